"""Read, check and execute notebooks, and normalise what an execution leaves in them."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from research import errors
from research.analysis.declaring import Notebook
from research.analysis.notebooks import NOTEBOOKS, named
from research.analysis.notebooks import names as notebook_names
from research.analysis.parameters import JUDGEMENTS
from research.analysis.wording import listed
from research.errors import ParameterError, ResearchError, SourceError, UsageError
from research.outputs.folder.run_folder import nearest, notebooks_folder
from research.outputs.folder.writing import write_text

if TYPE_CHECKING:
    from nbformat import NotebookNode

KERNEL = "python3"

_GIVEN_BY_THE_RUN = ("source", "run")


_OF_THE_SOURCE = ("SourceError", "EmptySource")
"""The errors of a notebook whose documents are no longer those that the run has read."""


class NotebookFailed(ResearchError):
    """A notebook failed; the message names the notebook, the cell and the error."""

    def __init__(self, notebook: str, message: str) -> None:
        super().__init__(message)
        self.notebook = notebook


def read_notebook(name: str) -> NotebookNode:
    """Read a notebook of this release."""
    return _nbformat().read(notebooks_folder() / f"{name}.ipynb", as_version=4)  # type: ignore[no-any-return]


def _nbformat() -> ModuleType:
    """Import nbformat, which papermill uses too, without the grammars that jsonschema would build.

    They check international web addresses, which no notebook has, and take 0.8 of the second that the import takes.
    jsonschema does without the package if it is not installed.
    """
    grammars = "rfc3987_syntax"
    hidden = grammars not in sys.modules
    if hidden:
        sys.modules[grammars] = None  # type: ignore[assignment]
    try:
        import nbformat
    finally:
        if hidden:
            del sys.modules[grammars]
    return nbformat


def sources_of(name: str) -> list[str]:
    """The text of a notebook's cells, which its result depends on; the outputs kept in it do not matter."""
    return [cell.source for cell in read_notebook(name).cells]


@cache
def cells_of(name: str) -> int:
    """The number of cells that a run executes: those with code, and the injected one with the parameters."""
    return 1 + sum(1 for cell in read_notebook(name).cells if cell.cell_type == "code")


def chosen_notebooks(asked: Sequence[str]) -> list[str]:
    """The notebooks asked for, or all; ``corpus`` and ``01`` both mean ``01_corpus``.

    Raises ``UsageError`` for an unknown one, with the nearest.
    """
    names = notebook_names()
    if not asked:
        return names
    chosen = set()
    for wanted in asked:
        stem = Path(wanted).name.removesuffix(".ipynb")
        matches = [name for name in names if stem in (name, *name.split("_", 1))]
        if not matches:
            near = nearest(stem, names)
            hint = f"Did you mean {near}? " if near else ""
            raise UsageError(f"There is no notebook {wanted!r}. {hint}The notebooks are: {', '.join(names)}.")
        chosen.update(matches)
    return [name for name in names if name in chosen]


def check_parameters(given: Mapping[str, Any], notebooks: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return the parameters of each notebook: the given values, checked, and the defaults of the others.

    Each notebook is given the parameters that it has. Raises ``ParameterError``: for a name that none of them has, with
    the other notebooks that have it or else the nearest known name; for a value that a parameter does not take (see
    ``analysis.parameters``). The file of ``judgements`` is checked, and not returned: it is an input like the source.
    """
    declared = {name: declared_by(name).of_a_run for name in notebooks}
    known = {parameter.name for its in declared.values() for parameter in its}
    for name in given:
        if name == JUDGEMENTS.name:  # an input of all notebooks, which none declares
            JUDGEMENTS.read(given[name])
            continue
        _refuse_view(name, given[name])
        if name in _GIVEN_BY_THE_RUN:
            raise ParameterError(f"The parameter {name} is set by the command itself: research run SOURCE --name NAME.")
        if name not in known and (others := _that_have(name)):
            raise ParameterError(
                f"{_have(declared, 'no parameter')} {name!r}; {_have(others, 'it')}. "
                f"Add --notebook {others[0]}, or leave the parameter out."
            )
        if name not in known:
            near = nearest(name, {*known, JUDGEMENTS.name})
            hint = f" Did you mean {near}?" if near else ""
            if not near:
                hint = f" The parameters are: {', '.join(sorted({*known, JUDGEMENTS.name}))}."
            raise ParameterError(f"No notebook has a parameter {name!r}.{hint}")
    return {
        notebook: {it.name: it.read(given.get(it.name, it.default)) for it in its} for notebook, its in declared.items()
    }


def _refuse_view(name: str, value: Any) -> None:
    """Raise ``ParameterError`` for a parameter that shows a part of a run, with how a notebook is given it."""
    showing = [it for it in NOTEBOOKS if name in {its.name for its in it.parameters if its.views}]
    if showing:
        raise ParameterError(
            f"The parameter {name} shows only part of a notebook, and a run needs all of it. Set {name} in "
            f"{listed([it.name for it in showing], 'or')} in JupyterLab, or run: papermill "
            f"notebooks/{showing[0].name}.ipynb shown.ipynb -p source SOURCE -p {name} {shlex.quote(str(value))}"
        )


def _that_have(parameter: str) -> list[str]:
    return [it.name for it in NOTEBOOKS if parameter in {its.name for its in it.of_a_run}]


def _have(notebooks: Iterable[str], what: str) -> str:
    names = list(notebooks)
    return f"{listed(names)} {'has' if len(names) == 1 else 'have'} {what}"


def declared_by(name: str) -> Notebook:
    """Return what a notebook declares. Raises ``UsageError`` for an unknown one."""
    notebook = named(name)
    if notebook is None:
        raise UsageError(f"There is no notebook {name!r}.")
    return notebook


def execute(
    name: str,
    parameters: Mapping[str, Any],
    shown: Mapping[str, Any],
    folder: Path,
    failed: Path,
    *,
    begins: Callable[[int], None] = lambda _: None,
) -> NotebookNode:
    """Run a notebook with papermill in a folder of its own, and return it normalised.

    ``shown`` replaces the parameters in the returned notebook: a source by its logical name, without paths of this
    machine. ``begins`` is called when a cell begins, with the number of cells before it (see ``cells_of``). Raises
    ``NotebookFailed`` and leaves the unfinished notebook at ``failed``.
    """
    import papermill
    from papermill.exceptions import PapermillExecutionError
    from papermill.parameterize import parameterize_notebook

    executed = folder / f"{name}.executed.ipynb"
    done = count()
    try:
        notebook = papermill.execute_notebook(
            notebooks_folder() / f"{name}.ipynb",
            executed,
            parameters=dict(parameters),
            kernel_name=KERNEL,
            progress_bar=False,
            # papermill's cwd changes that of the whole process, which other notebooks share; this sets the kernel's.
            resources={"metadata": {"path": str(folder)}},
            extra_arguments=["--log-level=50"],  # a kernel's own log is of no use to the reader
            on_cell_execute=lambda **_: begins(next(done)),  # papermill passes it on to nbclient
        )
    except PapermillExecutionError as error:
        if error.ename in _OF_THE_SOURCE:
            raise SourceError(" ".join(error.evalue.split())) from None
        failed.parent.mkdir(parents=True, exist_ok=True)
        executed.replace(failed)
        what = _why(error.ename, error.evalue)
        raise NotebookFailed(
            name,
            f"{name} stopped in cell [{error.exec_count}]: {what} Open the unfinished notebook: {failed}",
        ) from None
    finally:
        executed.unlink(missing_ok=True)
    if shown:
        notebook = parameterize_notebook(notebook, dict(shown), kernel_name=KERNEL, language="python")
    return normalised(notebook)


def _why(name: str, said: str) -> str:
    """Return why a notebook failed: the sentence of an error of this package, or the name and first line of another."""
    if isinstance(getattr(errors, name, None), type):
        return " ".join(said.split())
    lines = [" ".join(line.split()) for line in said.splitlines() if line.strip()]
    return f"{name}: {lines[0][:_LONGEST]}" if lines else name


_LONGEST = 500
"""The most characters of an error that a sentence repeats."""


def normalised(notebook: NotebookNode) -> NotebookNode:
    """An executed notebook without everything that differs between executions or machines.

    Times, durations, versions and papermill's metadata are removed, cells are numbered in order, and the injected cell
    gets a fixed id instead of a random one.
    """
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": KERNEL},
        "language_info": {"file_extension": ".py", "mimetype": "text/x-python", "name": "python"},
    }
    executions = 0
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        cell.metadata = {"tags": tags} if tags else {}
        if cell.cell_type != "code":
            continue
        executions += 1
        cell.execution_count = executions
        if "injected-parameters" in tags:
            cell.id = "injected-parameters"
        for output in cell.outputs:
            if "execution_count" in output:
                output.execution_count = executions
    return notebook


def write_notebook(notebook: NotebookNode, path: Path) -> None:
    """Write a notebook as nbformat does, whole or not at all."""
    write_text(path, _nbformat().writes(notebook) + "\n")
