"""The files of citations of a run, written without the others."""

from collections.abc import Mapping
from typing import Any

from research.outputs.citing.citations import write_citation
from research.outputs.folder.run_folder import RunFolder

FILES = ("findings.bib", "findings.csl.json", "findings.tex", "findings.md")


def write_citations(folder: RunFolder, said: Mapping[str, Any]) -> None:
    """Write them all; ``said`` is the manifest, or what it will say about the run."""
    for name in FILES:
        write_citation(folder, said, name)
