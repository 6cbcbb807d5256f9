"""Renew the results that git keeps: the outputs in ``notebooks/`` and the reference run ``outputs/seeds``.

python -m research.outputs.refresh
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from research.analysis.notebooks import names
from research.loading.places import home
from research.outputs.execution import execute, write_notebook
from research.outputs.folder.run_folder import notebooks_folder
from research.outputs.runs import run


def refresh() -> None:
    """Execute every notebook with its defaults, in place, and replace the reference run."""
    with tempfile.TemporaryDirectory() as room:
        for name in names():
            notebook = execute(name, {}, {}, Path(room), Path(room) / "failed.ipynb")
            write_notebook(notebook, notebooks_folder() / f"{name}.ipynb")
            print(f"notebooks/{name}.ipynb")
    outcome = run(outputs=home() / "outputs", force=True, web_annotations=True)
    print(f"outputs/{outcome.folder.path.name}: {len(outcome.findings)} findings")


if __name__ == "__main__":
    refresh()
