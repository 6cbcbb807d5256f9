"""What a notebook calls: a study opens a source, shows what it is given, and writes it into a run folder."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from research.analysis.figures import Figure, NotComputable
from research.analysis.findings import Finding, plural
from research.errors import ResearchError
from research.loading import Corpus, Rejected, load
from research.nlp.annotate import Annotations, annotate
from research.outputs import display
from research.outputs.anchors import write_anchors
from research.outputs.citations import write_citations
from research.outputs.folder import RunFolder
from research.outputs.manifest import add_to_manifest, refuse_another_run
from research.outputs.pages import write_report
from research.outputs.steps import is_step


class Study:
    """One notebook's look at one source.

    Everything that it is given is shown. With a run folder it is written as well, findings at the
    end, in ``close``; without one nothing is written.
    """

    def __init__(self, name: str, annotations: Annotations, folder: RunFolder | None, parameters: Mapping[str, Any]):
        self.name = name
        self.annotations = annotations
        self._folder = folder
        self._parameters = dict(parameters)
        self._figures = 0
        self._written: set[str] = set()
        self._findings: list[Finding] = []

    @property
    def corpus(self) -> Corpus:
        """The documents that are studied."""
        return self.annotations.corpus

    def notes(self) -> None:
        """Show what a reader should know before any number: copies, and what the documents' owner should settle."""
        corpus, copies = self.corpus, self.annotations.copies
        notes = list(corpus.notes)
        if copies and not self.annotations.with_copies:
            notes.append(
                f"Copies: {len(copies):,} of {plural(len(corpus), 'document')}. What repeats another document is "
                "listed in 01_corpus and not counted again. With copies = True it is."
            )
        for note in notes:
            display.show(display.note(note))

    def table(self, name: str, frame: pd.DataFrame, caption: str, shown: Sequence[str] | None = None) -> None:
        """Show the first rows of a table, in the columns ``shown`` if only some are to be seen, and write all of it."""
        display.show(display.table(frame if shown is None else frame[list(shown)], caption))
        if self._folder is not None:
            self._folder.write_table(f"{self.name}.{name}", frame)
            self._written.add(f"{self.name}.{name}")

    def figure(self, name: str, figure: Figure | NotComputable) -> None:
        """Show a figure with its caption, its alternative text and its data, and write all of them."""
        if isinstance(figure, NotComputable):
            display.show(display.no_figure(figure))
            return
        self._figures += 1
        number = f"Figure {self._figures}"
        display.show(*display.picture(figure, number))
        display.show(display.caption(figure, number))
        if self._folder is not None:
            self._folder.write_figure(f"{self.name}.{name}", figure)
            self._written.add(f"{self.name}.{name}")

    def rejected(self) -> None:
        """Show the files that no document was taken from; ``close`` writes them."""
        frame = pd.DataFrame(self.corpus.rejected, columns=list(Rejected._fields), dtype=object)
        display.show(display.table(frame, "Files that were left out"))

    def finding(self, finding: Finding) -> None:
        """Show a finding; it is written with the others when the study is closed.

        Raises ``ResearchError`` for a key of another notebook, or one that was used before.
        """
        if finding.notebook != self.name or finding.key in {other.key for other in self._findings}:
            raise ResearchError(f"The key {finding.key!r} is not a new key of {self.name!r}: each finding has its own.")
        display.show(display.finding(finding))
        self._findings.append(finding)

    def close(self) -> None:
        """Write findings, evidence, citations, annotations, rejected files and manifest, and the report of them all."""
        if self._folder is None:
            return
        self._folder.keep_only(self.name, self._written)
        others = [finding for finding in self._folder.findings if finding.notebook != self.name]
        self._folder.write_findings([*others, *self._findings])
        self._folder.write_rejected(self.corpus.rejected)
        self._folder.write_annotations(self.annotations)
        write_anchors(self._folder, self.corpus)
        write_citations(self._folder, self.corpus)
        add_to_manifest(self._folder, self.corpus, {self.name: self._parameters})
        if not is_step(self._folder):
            write_report(self._folder, self.corpus)


def open_study(
    name: str,
    source: str | os.PathLike[str] = "seeds",
    run: str | os.PathLike[str] | None = None,
    *,
    copies: bool = False,
    **parameters: Any,
) -> Study:
    """Open a source for a notebook, annotated; ``run`` is the run folder to write into, or None.

    ``copies`` says whether documents that repeat another one count as well. ``parameters`` are the notebook's own
    ones, which go into the manifest with it. Raises ``SourceError`` and
    ``EmptySource`` as ``load`` does, and ``UsageError`` where the run folder holds another source or other parameters.
    """
    parameters = {"copies": copies, **parameters}
    annotations = annotate(load(source), with_copies=copies)
    folder = None if run is None else RunFolder(Path(run))
    if folder is not None and folder.manifest_path.exists():
        remedy = "Give the parameter run another folder."
        refuse_another_run(folder, annotations.corpus, {name: parameters}, remedy, growing=False)
    study = Study(name, annotations, folder, parameters)
    study.notes()
    return study
