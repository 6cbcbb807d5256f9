"""Notebooks run within this process: a whole run takes less than a second, and a test can step in between two cells."""

import contextlib
import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from research.errors import EmptySource, SourceError
from research.outputs.execution import NotebookFailed, normalised, read_notebook


def execute(
    name: str,
    parameters: Mapping[str, Any],
    shown: Mapping[str, Any],
    folder: Path,
    failed: Path,
    *,
    begins: Callable[[int], None] = lambda _: None,
) -> NotebookNode:
    """Run a notebook as ``execution.execute`` does, without a kernel, and so without its outputs."""
    notebook = read_notebook(name)
    namespace: dict[str, Any] = {}
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for number, cell in enumerate(cells):
        begins(number)
        cell.outputs = []
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                exec(cell.source, namespace)  # noqa: S102  it is a notebook of this release
        except (EmptySource, SourceError) as error:
            raise SourceError(str(error)) from error
        except Exception as error:
            raise NotebookFailed(name, f"{name} stopped: {type(error).__name__}: {error}") from error
        if "parameters" in cell.metadata.get("tags", []):
            namespace |= parameters
    begins(len(cells))
    return normalised(notebook)
