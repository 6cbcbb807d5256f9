"""What a notebook calls: a study opens a source, shows results, and writes them into a run folder."""

from __future__ import annotations

import os
import shutil
import weakref
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pandas as pd

from research.analysis.figures import Figure, NotComputable
from research.analysis.findings import Finding
from research.analysis.judging import corrections
from research.analysis.notebooks import lists_copies, named
from research.analysis.parameters import COPIES
from research.analysis.wording import listed, plural
from research.errors import ResearchError, SourceError
from research.loading import Corpus, Rejected
from research.nlp import layers
from research.nlp.annotate import Annotations
from research.nlp.rejections import load_annotatable
from research.outputs.citing import addresses
from research.outputs.citing.citations import Collection, Pasted, to_paste
from research.outputs.citing.styles import Reference
from research.outputs.folder.collection import dates_of
from research.outputs.folder.manifest import about_with, refuse_another_run, shown_briefly
from research.outputs.folder.run_folder import FINDINGS, RunFolder
from research.outputs.folder.writing import copy_whole, frame_sha256, sha256_of
from research.outputs.run_files import Shared, write_shared
from research.outputs.showing import cells, display


class Study:
    """One notebook at work on one source.

    It shows everything that it is given. With a run folder it also writes it, in ``close``; without one it writes
    nothing. A study that ``shows_part`` of what a run keeps shows many rows about places, each with the address
    that it has in the run, and gives nothing else a citation but findings.
    """

    def __init__(
        self,
        name: str,
        annotations: Annotations,
        folder: RunFolder | None,
        parameters: Mapping[str, Any],
        *,
        shows_part: bool = False,
    ) -> None:
        self.name = name
        self.annotations = annotations
        self._folder = folder
        self._part = folder is not None and folder.part_path.exists()
        # A notebook that stops half-way must leave the run folder as it was, so all it makes waits here for ``close``.
        self._made = RunFolder(Path(mkdtemp(prefix="on-the-record-")))
        weakref.finalize(self, shutil.rmtree, self._made.path, ignore_errors=True)
        self._parameters = dict(parameters)
        self._shows_part = shows_part
        self._figures = 0
        self._findings: list[Finding] = []
        self._collection = Collection.of(annotations.corpus)

    @property
    def corpus(self) -> Corpus:
        """The documents of the study."""
        return self.annotations.corpus

    def notes(self, *first: str) -> None:
        """Show what a reader should know before any number: copies, and what the owner of the documents can settle."""
        corpus, copies = self.corpus, self.annotations.copies
        notes = [*first, *corpus.notes]
        if copies and not self.annotations.with_copies:
            notes.append(
                f"{len(copies):,} of {plural(len(corpus), 'document')} "
                f"{'repeats another and is' if len(copies) == 1 else 'repeat another and are'} not counted again; "
                f"{lists_copies()} lists {'it' if len(copies) == 1 else 'them'}. "
                f"Set {COPIES.name} = True to count every document."
            )
        for note in notes:
            display.show(display.note(note))

    def table(
        self,
        name: str,
        frame: pd.DataFrame,
        caption: str,
        shown: Sequence[str] | None = None,
        *,
        optional: bool = False,
    ) -> None:
        """Show the first rows of a table, in the columns ``shown`` or in all, and write the whole table.

        Each row gets its address as the last column; see ``outputs.citing.addresses``. An ``optional`` table is neither
        shown nor written without a row.
        """
        if optional and frame.empty:
            return
        full_name = f"{self.name}.{name}"
        whole = addresses.with_addresses(full_name, frame)
        columns = [*(frame.columns if shown is None else shown), cells.ADDRESS]
        if self._shows_part:
            if addresses.are_places(full_name, frame):
                display.show(display.table(whole[columns], caption, rows=_ROWS_OF_A_PART))
            else:
                display.show(display.table(whole[columns[:-1]], caption))
            return
        if self._folder is None:
            sha256 = frame_sha256(whole)
        else:
            self._made.write_table(full_name, whole, caption, None if shown is None else columns)
            sha256 = sha256_of(self._made.path / "tables" / f"{full_name}.csv")
        cited = self._cited(self._collection.table(f"tables/{full_name}", caption, sha256), f"tables/{full_name}")
        display.show(display.table(whole[columns], caption, cited=cited))

    def figure(self, name: str, figure: Figure | NotComputable, *, optional: bool = False) -> None:
        """Show a figure with its caption, its alternative text and its data, and write all four.

        Nothing is said in place of an ``optional`` figure that is not computable.
        """
        if isinstance(figure, NotComputable):
            if not optional:
                display.show(display.no_figure(figure))
            return
        self._figures += 1
        number = f"Figure {self._figures}"
        display.show(*display.picture(figure, number))
        full_name = f"{self.name}.{name}"
        reference = self._collection.figure(f"figures/{full_name}", figure.caption, frame_sha256(figure.data))
        cited = None if self._shows_part else self._cited(reference, f"figures/{full_name}")
        display.show(display.caption(figure, number, cited))
        if self._folder is not None:
            self._made.write_figure(full_name, figure)

    def rejected(self) -> None:
        """Show the rejected files and parts of files; ``close`` writes them."""
        frame = pd.DataFrame(self.corpus.rejected, columns=list(Rejected._fields), dtype=object)
        kept = self._folder is not None
        display.show(display.table(frame, "Rejected files and parts of files", kept=kept))

    def finding(self, finding: Finding) -> None:
        """Show a finding; ``close`` writes it with the others.

        Raises ``ResearchError`` for a key of another notebook, or a key that is taken.
        """
        if finding.notebook != self.name or finding.key in {other.key for other in self._findings}:
            raise ResearchError(
                f"The key {finding.key!r} cannot be used in {self.name!r}: it is taken, or belongs to another notebook."
            )
        cited = self._cited(self._collection.finding(finding), finding.key)
        display.show(display.finding(finding, cited, self._dates))
        self._findings.append(finding)

    def _cited(self, reference: Reference, address: str) -> Pasted:
        return to_paste(reference, address, kept=self._folder is not None)

    @cached_property
    def _dates(self) -> dict[str, str | None]:
        return dates_of(self.corpus)

    def close(self) -> None:
        """Write tables, figures, findings and evidence into the run folder, if there is one.

        What the notebooks of a run share is written here too, unless ``research run`` writes it for all of them.
        """
        if self._folder is None:
            return
        judged = corrections.table(self._findings)
        if not judged.empty:
            name = f"{self.name}.{corrections.TABLE}"
            self._made.write_table(name, addresses.with_addresses(name, judged), corrections.CAPTION, None)
        written = self._made.files()
        for path in written:
            copy_whole(self._made.path / path, self._folder.path / path)
        self._folder.keep_only(self.name, {Path(path).stem for path in written})
        self._folder.write_findings(self._findings, self.name)
        if self._part:
            self._folder.write_receipt([*written, f"evidence/{self.name}.csv", FINDINGS])
        else:
            said = about_with(self._folder, self.corpus, self.name, self._parameters)
            # The folder keeps what its other notebooks asked for too.
            needed = layers_of(said["notebooks"])
            write_shared(Shared(self._folder, self.corpus, needed, said, self._folder.has_web_annotations))


def layers_of(notebooks: Iterable[str]) -> list[str]:
    """Return the layers that some notebooks need, by their short names; an unknown notebook needs all."""
    declared = [named(name) for name in notebooks]
    return [layer for layer in layers.names() if any(it is None or layer in it.layers for it in declared)]


def open_study(
    name: str,
    source: str | os.PathLike[str] = "seeds",
    run: str | os.PathLike[str] | None = None,
    judgements: str | os.PathLike[str] | None = None,
    **parameters: Any,
) -> Study:
    """Open a source for a notebook and annotate it as far as the notebook needs.

    ``run`` is the run folder to write into, or None to write nothing. ``judgements`` is a file of judgements in place
    of the ``judgements.csv`` beside the documents. ``parameters`` are the notebook's own, which are checked before
    anything is read, or counted, and go into the manifest. Where the folder has this notebook with other parameters,
    a note says that its results are replaced. A parameter that shows a part (``Parameter.views``) leaves the run folder
    as it is, and a note says so. Raises ``ParameterError``; ``SourceError`` and ``EmptySource`` as
    ``load`` does; ``UsageError`` where the run folder belongs to another source, or to ``research run`` with other
    parameters.

    >>> study = open_study("corpus", "seeds")
    >>> len(study.corpus)
    1
    """
    notebook = named(name)
    part: list[str] = []
    if notebook is None:  # one that this release does not know is given all annotations, and its parameters as they are
        settings = {**parameters, COPIES.name: COPIES.read(parameters.get(COPIES.name, COPIES.default))}
    else:
        settings = asked = notebook.read(parameters)
        part = [f"{key} = {shown_briefly(value)}" for key, value in notebook.viewed(settings).items()]
        settings = {it.name: settings[it.name] for it in notebook.of_a_run}
    folder = None if run is None or part else RunFolder(Path(run))
    if folder is not None:
        folder.refuse_links()
    corpus = _corpus(source, folder, judgements or None)
    annotations = Annotations(corpus, with_copies=settings.get(COPIES.name, False), layers=layers_of([name]))
    if notebook is not None:
        notebook.check_corpus(asked, corpus)
        notebook.check_annotations(asked, annotations)
    study = Study(name, annotations, folder, settings, shows_part=bool(part))
    display.show_script()
    replaced = _replaced(folder, corpus, name, settings) if folder is not None and folder.manifest_path.exists() else []
    study.notes(*replaced, *([_shown_alone(part, run)] if part else []))
    return study


def _shown_alone(part: Sequence[str], run: str | os.PathLike[str] | None) -> str:
    """Return the note above a notebook that shows a part of what a run keeps."""
    kept = "Nothing is written" if run is None else f"Nothing is written, and {run} stays as it is"
    names = listed([it.partition(" = ")[0] for it in part])
    return f"Only a part is shown: {listed(part)}. {kept}. Set {names} = None to see and to keep everything."


def _replaced(folder: RunFolder, corpus: Corpus, name: str, settings: Mapping[str, Any]) -> list[str]:
    """Return the note that a notebook replaces its results of other parameters; none where these are the same.

    Raises ``UsageError`` where the folder belongs to another source, and where more depends on a parameter than this
    notebook can replace: other notebooks share it, or ``research run`` kept the executed notebook.
    """
    before = folder.manifest()["notebooks"]
    notebook = named(name)
    executed = notebook is not None and (folder.path / "notebooks" / f"{notebook.name}.ipynb").exists()
    fixed = {short: its for short, its in before.items() if short != name or executed}
    now = {short: {key: settings.get(key, value) for key, value in its.items()} for short, its in fixed.items()}
    refuse_another_run(folder, corpus, now, "Give the parameter run another folder.", growing=False)
    earlier = before.get(name, {})
    changed = [key for key in settings if key in earlier and earlier[key] != settings[key]]
    changes = listed(
        [f"{key} = {shown_briefly(earlier[key])} before, {shown_briefly(settings[key])} now" for key in changed]
    )
    said = f"{folder.path} has results of this notebook with other parameters ({changes}). study.close() replaces them."
    return [said] if changed else []


def _corpus(
    source: str | os.PathLike[str], folder: RunFolder | None, judgements: str | os.PathLike[str] | None
) -> Corpus:
    """The documents of a source. Raises ``SourceError`` where a run has read others, and the notebook is a part of it.

    A run keeps what a notebook finds under the digest of what it read itself, whatever has become of the source since.
    """
    corpus = load_annotatable(source, judgements=judgements)
    if folder is not None and folder.part_path.exists():
        expected = folder.part_path.read_text(encoding="utf-8")
        if corpus.digest != expected:
            raise SourceError(CHANGED)
    return corpus


_ROWS_OF_A_PART = 2_000
"""The rows about places that are shown where nothing is written: as many as a browser shows at once."""
CHANGED = "The documents changed while the run was at work. Run it again."
