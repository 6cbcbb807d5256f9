"""What a notebook calls: a study opens a source, shows what it is given, and writes it into a run folder."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from research.analysis import corpus, language, statements
from research.analysis.figures import Figure, NotComputable
from research.analysis.findings import Finding, plural
from research.errors import ResearchError, SourceError
from research.loading import Corpus, Rejected, load
from research.nlp.annotate import LAYERS, Annotations, Layer
from research.outputs.citing import addresses
from research.outputs.citing.citations import Collection, Pasted, to_paste
from research.outputs.citing.styles import Reference
from research.outputs.folder.collection import dates_of
from research.outputs.folder.manifest import about_with, refuse_another_run
from research.outputs.folder.run_folder import RunFolder
from research.outputs.folder.writing import frame_sha256, sha256_of
from research.outputs.run_files import Shared, write_shared
from research.outputs.showing import cells, display

NEEDED: Mapping[str, tuple[Layer, ...]] = {
    "corpus": corpus.LAYERS,
    "statements": statements.LAYERS,
    "language": language.LAYERS,
    "report": (),
}
"""What each notebook needs of the annotations; one that is not listed here is given all."""


class Study:
    """One notebook's look at one source.

    Everything that it is given is shown. With a run folder it is written as well, findings at the
    end, in ``close``; without one nothing is written.
    """

    def __init__(
        self,
        name: str,
        annotations: Annotations,
        folder: RunFolder | None,
        parameters: Mapping[str, Any],
    ) -> None:
        self.name = name
        self.annotations = annotations
        self._folder = folder
        self._part = folder is not None and folder.part_path.exists()
        self._parameters = dict(parameters)
        self._figures = 0
        self._written: set[str] = set()
        self._findings: list[Finding] = []
        self._collection = Collection.of(annotations.corpus)

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
        """Show the first rows of a table, in the columns ``shown`` if only some are to be seen, and write all of it.

        Each row gets its address as the last column; see ``outputs.addresses``.
        """
        full_name = f"{self.name}.{name}"
        whole = addresses.with_addresses(full_name, frame)
        columns = [*(frame.columns if shown is None else shown), cells.ADDRESS]
        if self._folder is None:
            sha256 = frame_sha256(whole)
        else:
            self._folder.write_table(full_name, whole, caption, None if shown is None else columns)
            self._written.add(full_name)
            sha256 = sha256_of(self._folder.path / "tables" / f"{full_name}.csv")
        cited = self._cited(self._collection.table(f"tables/{full_name}", caption, sha256), f"tables/{full_name}")
        display.show(display.table(whole[columns], caption, cited=cited))

    def figure(self, name: str, figure: Figure | NotComputable) -> None:
        """Show a figure with its caption, its alternative text and its data, and write all of them."""
        if isinstance(figure, NotComputable):
            display.show(display.no_figure(figure))
            return
        self._figures += 1
        number = f"Figure {self._figures}"
        display.show(*display.picture(figure, number))
        full_name = f"{self.name}.{name}"
        reference = self._collection.figure(f"figures/{full_name}", figure.caption, frame_sha256(figure.data))
        display.show(display.caption(figure, number, self._cited(reference, f"figures/{full_name}")))
        if self._folder is not None:
            self._folder.write_figure(full_name, figure)
            self._written.add(full_name)

    def rejected(self) -> None:
        """Show the files and parts of files that no document was taken from; ``close`` writes them."""
        frame = pd.DataFrame(self.corpus.rejected, columns=list(Rejected._fields), dtype=object)
        display.show(
            display.table(frame, "Files, and parts of files, that were left out", kept=self._folder is not None)
        )

    def finding(self, finding: Finding) -> None:
        """Show a finding; it is written with the others when the study is closed.

        Raises ``ResearchError`` for a key of another notebook, or one that was used before.
        """
        if finding.notebook != self.name or finding.key in {other.key for other in self._findings}:
            raise ResearchError(f"The key {finding.key!r} is not a new key of {self.name!r}: each finding has its own.")
        cited = self._cited(self._collection.finding(finding), finding.key)
        display.show(display.finding(finding, cited, self._dates))
        self._findings.append(finding)

    def _cited(self, reference: Reference, address: str) -> Pasted:
        return to_paste(reference, address, kept=self._folder is not None)

    @cached_property
    def _dates(self) -> dict[str, str | None]:
        return dates_of(self.corpus)

    def close(self) -> None:
        """Write findings and their evidence, if there is a folder, and what the notebooks of a run share.

        That is written at the end of the run where this is one of several notebooks.
        """
        if self._folder is None:
            return
        self._folder.keep_only(self.name, self._written)
        self._folder.write_findings(self._findings, self.name)
        if self._part:
            self._folder.write_receipt()
        else:
            said = about_with(self._folder, self.corpus, self.name, self._parameters)
            write_shared(Shared(self._folder, self.corpus, NEEDED.get(self.name, LAYERS), said))


def open_study(
    name: str,
    source: str | os.PathLike[str] = "seeds",
    run: str | os.PathLike[str] | None = None,
    *,
    copies: bool = False,
    **parameters: Any,
) -> Study:
    """Open a source for a notebook, annotated as far as it needs; ``run`` is the run folder to write into, or None.

    ``copies`` says whether documents that repeat another one count as well. ``parameters`` are the notebook's own
    ones, which go into the manifest with it. Raises ``SourceError`` and
    ``EmptySource`` as ``load`` does, and ``UsageError`` where the run folder holds another source or other parameters.
    """
    parameters = {"copies": copies, **parameters}
    folder = None if run is None else RunFolder(Path(run))
    if folder is not None:
        folder.refuse_links()
    layers = NEEDED.get(name, tuple(LAYERS))
    annotations = Annotations(_corpus(source, folder), with_copies=copies, layers=layers)
    if folder is not None and folder.manifest_path.exists():
        remedy = "Give the parameter run another folder."
        refuse_another_run(folder, annotations.corpus, {name: parameters}, remedy, growing=False)
    study = Study(name, annotations, folder, parameters)
    study.notes()
    return study


def _corpus(source: str | os.PathLike[str], folder: RunFolder | None) -> Corpus:
    """The documents of a source. Raises ``SourceError`` where a run has read others, and the notebook is a part of it.

    A run keeps what a notebook finds under the digest of what it read itself, whatever has become of the source since.
    """
    corpus = load(source)
    if folder is not None and folder.part_path.exists():
        expected = folder.part_path.read_text(encoding="utf-8")
        if corpus.digest != expected:
            raise SourceError(CHANGED)
    return corpus


CHANGED = "The documents changed while the run was at work. Run it again."
