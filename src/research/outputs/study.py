"""What a notebook calls: a study opens a source, shows what it is given, and writes it into a run folder."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from research.analysis.figures import Figure, NotComputable
from research.analysis.findings import Finding
from research.errors import ResearchError, RunError
from research.loading import Corpus, load
from research.nlp.annotate import Annotations, annotate
from research.outputs import display
from research.outputs.folder import RunFolder
from research.outputs.manifest import add_to_manifest

if TYPE_CHECKING:
    import pandas as pd


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
        self._findings: list[Finding] = []

    @property
    def corpus(self) -> Corpus:
        """The documents that are studied."""
        return self.annotations.corpus

    def table(self, name: str, frame: pd.DataFrame, caption: str, shown: Sequence[str] | None = None) -> None:
        """Show the first rows of a table, in the columns ``shown`` if only some are to be seen, and write all of it."""
        display.show(display.table(frame if shown is None else frame[list(shown)], caption))
        if self._folder is not None:
            self._folder.write_table(f"{self.name}.{name}", frame)

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

    def finding(self, finding: Finding) -> None:
        """Show a finding; it is written with the others when the study is closed.

        Raises ``ResearchError`` for a key of another notebook, or one that was used before.
        """
        if finding.notebook != self.name or finding.key in {other.key for other in self._findings}:
            raise ResearchError(f"The key {finding.key!r} is not a new key of {self.name!r}: each finding has its own.")
        display.show(display.finding(finding))
        self._findings.append(finding)

    def close(self) -> None:
        """Write findings, evidence, rejected files and manifest; without a run folder do nothing."""
        if self._folder is None:
            return
        others = [finding for finding in self._folder.findings if finding.notebook != self.name]
        self._folder.write_findings([*others, *self._findings])
        self._folder.write_rejected(self.corpus.rejected)
        add_to_manifest(self._folder, self.corpus, {self.name: self._parameters})


def open_study(
    name: str, source: str | os.PathLike[str] = "seeds", run: str | os.PathLike[str] | None = None, **parameters: Any
) -> Study:
    """Open a source for a notebook, annotated; ``run`` is the run folder to write into, or None.

    ``parameters`` are the notebook's own ones, which go into the manifest. Raises ``SourceError`` and
    ``EmptySource`` as ``load`` does, and ``RunError`` where the run folder holds another source.
    """
    annotations = annotate(load(source))
    folder = None if run is None else RunFolder(Path(run))
    if folder is not None:
        _refuse_another_source(folder, annotations.corpus)
    return Study(name, annotations, folder, parameters)


def _refuse_another_source(folder: RunFolder, corpus: Corpus) -> None:
    if folder.manifest_path.exists() and folder.manifest()["source"]["name"] != corpus.name:
        raise RunError(f"{folder.path} holds a run of another source. Give the parameter run another folder.")

