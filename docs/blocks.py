"""Write the parts of the manual that the program itself knows: what commands print, tables of notebooks and measures.

    python docs/blocks.py

rewrites README.md and the pages of this folder in place; ``make docs`` calls it. Two kinds of blocks are rewritten:

- A fenced block of the language ``console``. Each line that begins with ``$`` is a command; what the command prints on
  the reference run ``outputs/seeds`` is written below it.
- A block between ``<!-- NAME -->`` and ``<!-- end -->``, where NAME is one of ``TABLES``.

``tests/test_docs.py`` fails as long as a page differs from what this script would write.
"""

from __future__ import annotations

import ast
import json
import os
import re
import shlex
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import chdir
from pathlib import Path
from unittest.mock import patch

import click
from click.testing import CliRunner

from research import cli
from research.analysis.findings import MEASURES, STATUSES
from research.loading import load
from research.loading.fields import USUAL
from research.nlp.accuracy import ACCURACY, digits
from research.outputs.folder.run_folder import RunFolder
from research.outputs.runs import Outcome

ROOT = Path(__file__).resolve().parent.parent
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
WIDTH = 100
"""Columns of the help texts."""
COMMON = ("source", "run", "judgements")
"""The parameters that every notebook has."""
ROOMS = ("loading", "nlp", "analysis", "outputs")


# --- what commands print ---


def printed(command: str) -> str:
    """The standard output of a command line, run in the repository. Raises ``RuntimeError`` where it ends with 2."""
    words = shlex.split(command)
    if words == ["make", "run"]:
        return _screen_of_reference_run()
    if words[:1] != ["research"]:
        raise RuntimeError(f"The output of {command!r} is not known. Use the command research, or make run.")
    with chdir(ROOT):
        done = CliRunner().invoke(cli.app, words[1:])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise RuntimeError(f"{command}: {done.exception}") from done.exception
    if done.exit_code:
        raise RuntimeError(f"{command}: {done.stderr}")
    return done.stdout


def _screen_of_reference_run() -> str:
    """What ``make run`` prints in a fresh clone, without the progress bars."""
    with chdir(ROOT), patch.object(cli, "_called_as", lambda: [".venv/bin/research"]):
        folder = RunFolder(Path("outputs/seeds"))
        outcome = Outcome(folder, load("seeds"), folder.findings, [], ["01_corpus"], "kept", None)
        return "\n".join(cli._outcome_lines(outcome))


_CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def _with_output(block: re.Match[str]) -> str:
    commands = [line for line in block[1].splitlines() if line.startswith("$ ")]
    parts = [f"{command}\n{_plain(printed(command[2:]))}" for command in commands]
    return "```console\n" + "\n".join(parts) + "```"


def _plain(text: str) -> str:
    """Text without blanks at the ends of lines, and with one line break at its end."""
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines()) + "\n"


# --- tables ---


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table in Markdown; a bar within a cell is escaped."""
    names = list(head)
    lines = [names, ["---"] * len(names), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", r"\|") for cell in line) + " |" for line in lines)


def _meanings(kind: str, meanings: Iterable[tuple[str, str]]) -> str:
    return _table((kind, "meaning"), meanings)


def _commands() -> str:
    """The help of every command, a section each."""
    sections = []
    for name, command in sorted(cli.app.commands.items()):
        context = click.Context(command, info_name=f"research {name}", terminal_width=WIDTH, max_content_width=WIDTH)
        sections.append(f"## research {name}\n\n```text\n{_plain(command.get_help(context))}```")
    return "\n\n".join(sections)


NOTEBOOKS = tuple(sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb")))


def question_of(notebook: str) -> str:
    """The question in the title of a notebook."""
    content = json.loads((ROOT / "notebooks" / f"{notebook}.ipynb").read_text(encoding="utf-8"))
    return "".join(content["cells"][0]["source"]).splitlines()[0].removeprefix("# ")


def parameters_of(notebook: str) -> dict[str, tuple[str, str]]:
    """The parameters in a notebook's cell: the default as Python writes it, and the meaning."""
    from papermill import inspect_notebook

    told = inspect_notebook(str(ROOT / "notebooks" / f"{notebook}.ipynb"))
    return {name: (its["default"], its["help"]) for name, its in told.items()}


def _notebooks() -> str:
    rows = (
        (f"`{name}`", question_of(name), ", ".join(f"`{it}`" for it in parameters_of(name) if it not in COMMON))
        for name in NOTEBOOKS
    )
    return _table(("notebook", "question", "parameters of its own"), rows)


def _parameters() -> str:
    """Every parameter with its default and its meaning, in the order in which the notebooks have them."""
    rows: dict[str, tuple[str, str, str]] = {}
    for name in NOTEBOOKS:
        for parameter, (default, meaning) in parameters_of(name).items():
            rows.setdefault(parameter, (f"`{parameter}`", f"`{default}`", meaning))
    return _table(("parameter", "default", "meaning"), rows.values())


def _accuracy() -> str:
    """Every measured figure of the annotator, once where it counts for two kinds of documents."""
    figures = json.loads(ACCURACY.read_text(encoding="utf-8"))["figures"]
    rows = (
        (
            it["measure"],
            digits(it["value"]),
            "" if it["low"] is None else f"{digits(it['low'])} to {digits(it['high'])}",
            f"{it['data']}, {it['split']}",
            f"{it['n']:,}",
        )
        for it in figures.values()
    )
    return _table(("measure", "value", "95% CI", "measured on", "n"), dict.fromkeys(rows))


def _columns() -> str:
    """The names by which a column, an element or a header line is known."""
    return _table(("part", "usual names"), ((part, ", ".join(names)) for part, names in USUAL.items()))


def _rooms() -> str:
    """The folders of the package, each with the first line of its docstring."""
    package = ROOT / "src" / "research"
    lines = ["src/research/"]
    folders = (path.parent.relative_to(package) for path in package.rglob("__init__.py"))
    for folder in sorted(folders, key=lambda it: ([ROOMS.index(part) for part in it.parts[:1]], it)):
        if folder.parts:
            path = package / folder / "__init__.py"
            said = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").splitlines()[0]
            indented = "  " * len(folder.parts) + folder.name + "/"
            lines.append(f"{indented:<18}{said}")
    return "```text\n" + "\n".join(lines) + "\n```"


TABLES: Mapping[str, Callable[[], str]] = {
    "accuracy": _accuracy,
    "columns": _columns,
    "commands": _commands,
    "measures": lambda: _meanings("measure", MEASURES.items()),
    "notebooks": _notebooks,
    "parameters": _parameters,
    "rooms": _rooms,
    "statuses": lambda: _meanings("status", STATUSES.items()),
}
"""What a block between marks may be."""

_MARKED = re.compile(r"^<!-- ([a-z]+) -->$.*?^<!-- end -->$", re.MULTILINE | re.DOTALL)


def _with_table(block: re.Match[str]) -> str:
    return f"<!-- {block[1]} -->\n\n{TABLES[block[1]]()}\n\n<!-- end -->"


def rewritten(text: str) -> str:
    """A page with all of its blocks as the program has them now."""
    return _MARKED.sub(_with_table, _CONSOLE.sub(_with_output, text))


def changed() -> Iterator[tuple[Path, str]]:
    """Every page that differs from what the program says, with the text that it should have."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        if (new := rewritten(text)) != text:
            yield page, new


def main() -> None:
    """Rewrite every page that differs."""
    os.environ.setdefault("COLUMNS", str(WIDTH))
    for page, text in changed():
        page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
