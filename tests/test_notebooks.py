"""The notebooks are essays without logic, kept clean, and run by plain papermill from anywhere."""

import ast
import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest
from papermill import inspect_notebook

from research.analysis.notebooks import NOTEBOOKS as DECLARED
from tests.commands import research

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
each_notebook = pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)


def cells(notebook: Path, kind: str | None = None) -> list[dict[str, Any]]:
    found = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return [cell | {"source": "".join(cell["source"])} for cell in found if kind in (None, cell["cell_type"])]


def outputs(notebook: Path) -> list[dict[str, Any]]:
    return [output for cell in cells(notebook, "code") for output in cell["outputs"]]


def text_of(outputs: list[dict[str, Any]]) -> str:
    """All that outputs say; pictures left out."""
    texts = [text for output in outputs for kind, text in output["data"].items() if not kind.startswith("image/")]
    return "\n".join("".join(text) for text in texts)


def test_the_notebooks_are_there() -> None:
    assert [path.stem for path in NOTEBOOKS] == [it.name for it in DECLARED]


# --- an essay ---


@each_notebook
def test_it_opens_with_its_question(notebook: Path) -> None:
    title = cells(notebook)[0]["source"].splitlines()[0]
    assert title.startswith("# ")
    assert title.endswith("?")


@each_notebook
def test_it_says_its_terms_and_what_it_does_not_show(notebook: Path) -> None:
    prose = [cell["source"] for cell in cells(notebook, "markdown")]
    assert "**Terms.**" in prose[0]
    assert "**What it does not show:**" in prose[-1]


@each_notebook
def test_it_has_one_cell_of_parameters_and_those_that_all_notebooks_have_are_the_first(notebook: Path) -> None:
    tagged = [cell for cell in cells(notebook) if "parameters" in cell["metadata"].get("tags", [])]
    assert len(tagged) == 1
    assert tagged[0] is not None
    assert cells(notebook, "code")[0]["source"] == tagged[0]["source"]
    lines = tagged[0]["source"].splitlines()
    assert re.match(r'source = "seeds"  # type: str [A-Z].+', lines[0])
    assert re.match(r"run = None  # type: str\|None [A-Z].+", lines[1])
    assert re.match(r"judgements = None  # type: str\|None [A-Z].+", lines[2])
    assert all(re.match(r"\w+ = .+  # type: \S+ [A-Z].+", line) for line in lines), "each says its type and what it is"


@each_notebook
def test_its_code_is_short_and_holds_no_logic(notebook: Path) -> None:
    for cell in cells(notebook, "code"):
        assert len(cell["source"].splitlines()) <= (12 if cell["id"] == "parameters" else 6), cell["id"]
        for node in ast.walk(ast.parse(cell["source"])):
            allowed = (
                *(ast.Module, ast.Import, ast.ImportFrom, ast.alias, ast.Assign, ast.Expr, ast.Call, ast.keyword),
                *(ast.Name, ast.Attribute, ast.Constant, ast.Load, ast.Store, ast.For, ast.List, ast.Dict),
            )
            assert isinstance(node, allowed), f"{cell['id']}: {type(node).__name__}"
            if isinstance(node, ast.For):
                assert isinstance(node.target, ast.Name)
                assert node.target.id == "finding", "a loop is over findings"


@each_notebook
def test_its_code_stands_under_prose(notebook: Path) -> None:
    """Two cells of code may share one; opening, showing and closing a study explain themselves."""
    code_in_a_row = 0
    for cell in cells(notebook):
        code_in_a_row = code_in_a_row + 1 if cell["cell_type"] == "code" else 0
        assert cell["source"].strip()
        assert code_in_a_row <= 2, cell["id"]


@each_notebook
def test_its_cells_have_names_of_their_own(notebook: Path) -> None:
    names = [cell["id"] for cell in cells(notebook)]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", name) for name in names), "a random id would change with each editor"


def test_what_belongs_to_each_table_and_figure_is_known_and_to_no_other() -> None:
    made: dict[str, set[str]] = {"table": set(), "figure": set()}
    for notebook in NOTEBOOKS:
        for node in ast.walk(ast.parse("\n".join(cell["source"] for cell in cells(notebook, "code")))):
            match node:
                case ast.Call(
                    ast.Attribute(ast.Name("study"), "table" | "figure" as kind), [ast.Constant(str(name)), *_]
                ):
                    made[kind].add(f"{notebook.stem.partition('_')[2]}.{name}")
    declared = {kind: {f"{it.short}.{name}" for it in DECLARED for name in getattr(it, f"{kind}s")} for kind in made}
    assert made == declared
    counted = {table.counts for it in DECLARED for table in it.tables.values() if table.counts}
    drawn = {table for it in DECLARED for tables in it.figures.values() for table in tables}
    speakers = {it.speakers for it in DECLARED if it.speakers}
    assert counted | drawn | speakers <= made["table"]


# --- kept clean ---


@each_notebook
def test_it_is_kept_with_all_its_outputs(notebook: Path) -> None:
    counts = [cell["execution_count"] for cell in cells(notebook, "code")]
    assert counts == list(range(1, len(counts) + 1))
    assert text_of(outputs(notebook))


@each_notebook
def test_its_outputs_hold_no_error_and_no_warning(notebook: Path) -> None:
    assert {output["output_type"] for output in outputs(notebook)} <= {"display_data", "execute_result"}


@each_notebook
def test_it_names_no_place_no_version_and_no_environment(notebook: Path) -> None:
    whole = json.loads(notebook.read_text(encoding="utf-8"))
    assert set(whole["metadata"]) == {"kernelspec", "language_info"}
    assert "version" not in whole["metadata"]["language_info"]
    assert {tuple(cell["metadata"]) for cell in whole["cells"]} <= {(), ("tags",)}
    said = text_of(outputs(notebook))
    for trace in (str(ROOT), "/home/", "/root", "/tmp", "site-packages", "\\Users\\", "3.11", "matplotlib"):  # noqa: S108
        assert trace not in said
    known = {hashlib.sha256(path.read_bytes()).hexdigest() for path in (ROOT / "seeds").iterdir()}
    assert set(re.findall(r"\b[0-9a-f]{40,}\b", said)) <= known, "the only hashes are those of documents"


@each_notebook
def test_its_pictures_have_words_and_data_beside_them(notebook: Path) -> None:
    for cell in cells(notebook, "code"):
        for picture, caption in zip_longest(cell["outputs"], cell["outputs"][1:]):
            if "image/png" in picture["data"]:
                assert caption is not None
                assert "In words: " in "".join(caption["data"]["text/plain"])
                assert "<details>" in "".join(caption["data"]["text/html"])
                assert picture["metadata"]["image/png"]["alt"]


# --- plain papermill ---


@pytest.fixture(scope="session")
def papermill(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Executes a notebook by papermill alone, from a folder of its own; gives that folder."""
    room = tmp_path_factory.mktemp("papermill")
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "JUPYTER", "MPL"))
    }
    environment |= {"HOME": str(room / "home"), "RESEARCH_CACHE": str(room / "cache")}
    (room / "home").mkdir()

    def execute(name: str, **parameters: object) -> Path:
        cwd = room / f"{name}-{len(parameters)}"
        cwd.mkdir()
        given = [word for key, value in parameters.items() for word in ("-p", key, str(value))]
        command = [sys.executable, "-m", "papermill", ROOT / "notebooks" / f"{name}.ipynb", cwd / "out.ipynb", *given]
        done = subprocess.run(
            [*map(str, command), "--no-progress-bar"],
            cwd=cwd,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return cwd

    return execute


@pytest.fixture(scope="session")
def shown_only(papermill: Callable[..., Path]) -> Path:
    """Where a notebook was run with its defaults. What the others show with theirs, nbval compares."""
    return papermill("01_corpus")


@each_notebook
def test_papermill_finds_its_parameters_with_their_defaults(notebook: Path) -> None:
    declared = next(it for it in DECLARED if it.name == notebook.stem)
    found = inspect_notebook(str(notebook))
    defaults = {"source": "seeds", "run": None, "judgements": None} | {
        it.name: it.default for it in declared.parameters
    }
    assert {name: ast.literal_eval(it["default"]) for name, it in found.items()} == defaults


@each_notebook
def test_its_code_runs_with_its_defaults_in_any_folder_and_writes_nothing(
    notebook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a kernel: nbval starts one for each notebook, in the folder of the notebooks."""
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {"__name__": "__main__"}
    for cell in cells(notebook, "code"):
        exec(compile(cell["source"], cell["id"], "exec"), names)  # noqa: S102
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(scope="session")
def written(papermill: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The run folder that two notebooks write, one after the other."""
    run = tmp_path_factory.mktemp("run") / "mine"
    for name in ("02_statements", "05_language"):
        papermill(name, source=ROOT / "seeds", run=run)
    return run


def test_without_a_run_folder_papermill_writes_nothing_but_its_notebook(shown_only: Path) -> None:
    assert [path.name for path in shown_only.rglob("*")] == ["out.ipynb"]


def test_papermill_gives_the_outputs_that_are_kept(shown_only: Path) -> None:
    assert text_of(outputs(shown_only / "out.ipynb")) == text_of(outputs(ROOT / "notebooks" / "01_corpus.ipynb"))


def test_two_notebooks_write_one_run(written: Path) -> None:
    manifest = json.loads((written / "manifest.json").read_text(encoding="utf-8"))
    assert list(manifest["notebooks"]) == ["statements", "language"]
    keys = [finding["key"] for finding in json.loads((written / "findings.json").read_text(encoding="utf-8"))]
    assert {key.partition(".")[0] for key in keys} == {"language", "statements"}


@pytest.mark.parametrize(
    "words", ["verify {run} --no-rerun", "why {run} language.count.sanction", "why {run} statements.direct"]
)
def test_a_run_that_papermill_wrote_is_a_run(words: str, written: Path) -> None:
    done = research(*words.format(run=written).split())
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_report_shows_the_run_that_it_is_given(written: Path, papermill: Callable[..., Path]) -> None:
    before = {path: path.read_bytes() for path in written.rglob("*") if path.is_file()}
    report = papermill("09_report", source="seeds", run=written)
    said = text_of(outputs(report / "out.ipynb"))
    for finding in json.loads((written / "findings.json").read_text(encoding="utf-8")):
        assert finding["statement"] in said
    assert {path: path.read_bytes() for path in written.rglob("*") if path.is_file()} == before
