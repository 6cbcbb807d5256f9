"""The files of a run folder: one row each. A new file of a run is one row of ``RUN_FILES``."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from research.analysis.notebooks import NOTEBOOKS
from research.loading import Corpus
from research.nlp import layers
from research.nlp.annotate import Annotations
from research.outputs.citing.anchors import write_anchors
from research.outputs.citing.citations import write_citation
from research.outputs.folder.manifest import seal
from research.outputs.folder.run_folder import ANCHORS, ANNOTATIONS, REPORT, WORKBOOK, RunFolder
from research.outputs.folder.writing import write_frame
from research.outputs.pages import write_report
from research.outputs.workbook import write_workbook


@dataclass(frozen=True)
class Shared:
    """What the files are written from that all notebooks of a run share.

    ``layers`` are the annotations that the notebooks need, and ``said`` is what the manifest says about the run (see
    ``manifest.about``). ``web_annotations`` is False to leave out the largest file, which nothing else needs. ``stage``
    is called with the name of a stage, the number of documents done and the total.
    """

    folder: RunFolder
    corpus: Corpus
    layers: Collection[str]
    said: Mapping[str, Any]
    web_annotations: bool = True
    stage: Callable[[str, int, int], None] = lambda *_: None


class RunFile(NamedTuple):
    """A file of a run folder.

    ``path`` is relative to the folder, with NAME and NOTEBOOK in place of names. ``write`` writes it when the notebooks
    have run; it is None for a file that a notebook writes while it runs.
    """

    path: str
    holds: str
    write: Callable[[Shared, Path], None] | None = None


def _rejected(it: Shared, _: Path) -> None:
    it.folder.write_rejected(it.corpus.rejected)


def _suggested(it: Shared, path: Path) -> None:
    path.unlink(missing_ok=True)
    for notebook in NOTEBOOKS:
        if notebook.suggestions is not None and it.folder.has_table(notebook.speakers):
            rows = notebook.suggestions(it.folder.table(notebook.speakers, notebook.suggested_by))
            if not rows.empty:
                write_frame(path, rows)


def _annotations(it: Shared, _: Path) -> None:
    if kept := set(it.layers).intersection(layers.extracted()):  # otherwise no notebook asked for them
        it.folder.write_annotations(Annotations(it.corpus, layers=kept), partial(it.stage, "writing"))


def _web_annotations(it: Shared, path: Path) -> None:
    path.unlink(missing_ok=True)
    if it.web_annotations:
        write_anchors(it.folder, it.corpus, partial(it.stage, "anchoring"))


def _citation(it: Shared, path: Path) -> None:
    write_citation(it.folder, it.said, path.name)


def _workbook(it: Shared, path: Path) -> None:
    write_workbook(it.folder, it.said, path)


def _report(it: Shared, _: Path) -> None:
    write_report(it.folder, it.corpus, it.said, partial(it.stage, "report"))


def _manifest(it: Shared, _: Path) -> None:
    seal(it.folder, it.said)


RUN_FILES = (
    RunFile("notebooks/NOTEBOOK.ipynb", "the executed notebook"),
    RunFile("figures/NAME.svg", "a figure as a drawing"),
    RunFile("figures/NAME.png", "a figure as a picture"),
    RunFile("figures/NAME.csv", "the data of a figure"),
    RunFile("figures/NAME.txt", "the caption of a figure, and its alternative text"),
    RunFile("tables/NAME.csv", "a table, with the address of each row"),
    RunFile("tables/NAME.txt", "the caption of a table, and the columns that are shown if not all are"),
    RunFile("evidence/NOTEBOOK.csv", "every passage behind every finding of a notebook"),
    RunFile("findings.json", "the findings"),
    RunFile("rejected.csv", "the files that were not read, why, and what to do", _rejected),
    RunFile("suggested_speakers.csv", "names that may be one person, to copy into speakers.csv", _suggested),
    RunFile(ANNOTATIONS, "the statements and mentions of each document, one document a line", _annotations),
    RunFile(ANCHORS, "every passage of the evidence as a W3C Web Annotation", _web_annotations),
    RunFile("findings.bib", "citations for BibTeX and biblatex", _citation),
    RunFile("findings.csl.json", "citations for Pandoc and Zotero", _citation),
    RunFile("findings.tex", "LaTeX macros that print the value of a finding and cite it", _citation),
    RunFile("findings.md", "the findings to read, with their citations", _citation),
    RunFile(WORKBOOK, "all tables as an Excel workbook, a sheet each", _workbook),
    RunFile(REPORT, "the report", _report),
    RunFile("report/NAME.html", "further pages of a long report"),
    RunFile("manifest.json", "the sha256 of every file, the inputs, the parameters and the environment", _manifest),
)
"""Every file of a run folder, in the order in which they are written: later files may rest on earlier ones."""


def write_shared(shared: Shared) -> None:
    """Write the files that the notebooks of a run share, the manifest last."""
    for file in RUN_FILES:
        if file.write is not None:
            file.write(shared, shared.folder.path / file.path)
