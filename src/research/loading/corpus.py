"""A source as a corpus: find its files, read each once to see what it holds, then read documents lazily."""

from __future__ import annotations

import hashlib
import os
import zlib
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from research.errors import EmptySource, SourceError
from research.loading.archives import Member, is_archive, members, settings_among
from research.loading.dates import Order, Orders, is_unclear, read_date
from research.loading.documents import Document, Rejected
from research.loading.encodings import Unreadable
from research.loading.files import (
    Input,
    on_disk,
    printable,
)
from research.loading.folders import find_files
from research.loading.judgements import LARGEST as LARGEST_JUDGEMENTS
from research.loading.judgements import NAME as JUDGEMENTS
from research.loading.judgements import Judgements, read_judgements
from research.loading.judgements_file import find_judgements, judgements_set, read_named
from research.loading.months import month_names_release
from research.loading.places import find_source, source_name
from research.loading.readers import ARTICLE_MARK, DATE_AS_WRITTEN, FORMATS, documents_in, reader_of
from research.loading.rows import NUMBERS, Row, row_of
from research.loading.settings import LARGEST as LARGEST_SETTINGS
from research.loading.settings import NAME as SETTINGS
from research.loading.settings import Settings, read_own, understood
from research.loading.speakers import LARGEST as LARGEST_SPEAKERS
from research.loading.speakers import NAME as SPEAKERS
from research.loading.speakers import Speakers, read_speakers

if TYPE_CHECKING:
    import pandas as pd

Progress = Callable[[int, int], None]
"""Called with the number of files or pieces of large files that are done, and their total."""


class Found(NamedTuple):
    """What is found in a source before a file is read: the analyst's own files, documents, and what is left out."""

    settings: Settings
    speakers: Speakers
    judgements: Judgements
    judgements_in: Path | None
    files: list[Input]
    left_out: list[Rejected]


class Corpus:
    """Documents in a stable order, read lazily from disk.

    Files are ordered by id, and documents within a file by record. ``name`` is the logical name of the source and holds
    no path of this machine. ``rejected`` lists every file, row and member of an archive that gave no document, the
    rows of one file beyond the first hundred by number; run folders of this package are not part of a source and are
    not listed.

    ``citation`` says how to cite the collection, ``report`` who makes the findings (``author``), ``complete`` whether
    these are all the documents that exist; all three come from ``corpus.toml``. ``speakers`` says who is who, as
    ``speakers.csv`` does, and ``judgements`` what a person decided about passages, as ``judgements.csv`` does. The path
    of that file, which need not exist, is ``judgements_in``; it is None where none was named and the documents are in
    no folder. ``judgements_named`` says whether it was named when the corpus was loaded, which goes before
    ``corpus.toml``.
    ``notes`` are sentences on what a reader should know of the corpus.
    ``settings_sha256`` is the checksum of ``corpus.toml``, empty without one.
    """

    def __init__(
        self,
        name: str,
        find: Callable[[], Found],
        progress: Progress | None = None,
        *,
        judgements_named: bool = False,
    ) -> None:
        self.name = name
        self.judgements_named = judgements_named
        self._find = find
        self._settings, self.speakers, self.judgements, self.judgements_in, files, self._left_out = find()
        self.citation: Mapping[str, str] = self._settings.citation
        self.report: Mapping[str, str] = self._settings.report
        self.complete = self._settings.complete
        self.settings_sha256 = self._settings.sha256
        self._files = sorted(files, key=lambda file: file.id)
        self._rows: dict[str, Row] = {}
        self._ids_in: list[list[str]] = []
        self._rejected = set(self._left_out)
        self._orders = Orders(self._settings.order)
        self._marks: list[tuple[str, str]] = []
        unread = self._read_all(progress)
        self.rejected = sorted(self._rejected)
        self._notes = [*self._understand(unread), *_unread_rows(self.judgements)]
        if (judgements_named or self._settings.judgements is not None) and not self.judgements.sha256:
            self._notes.append(_NO_JUDGEMENTS.format(name=self.judgements.name))

    def _read_all(self, progress: Progress | None) -> dict[str, str]:
        """Read every file once and keep the metadata of its documents; return the dates that were not understood."""
        unread: dict[str, str] = {}
        seen = Orders(self._settings.order)
        bar = _Bar(progress, self._files)
        for number, file in enumerate(self._files):
            self._ids_in.append([])
            reading = file.afresh()
            for found in documents_in(reading, self._orders):
                bar.within(reading)
                if isinstance(found, Rejected):
                    self._rejected.add(found)
                    continue
                self._ids_in[-1].append(found.id)
                self._rows[found.id] = row_of(found, number)
                if (mark := found.metadata.get(ARTICLE_MARK)) is not None:
                    self._marks.append((found.id, mark))
                if (written := found.metadata.get(DATE_AS_WRITTEN)) is not None:
                    if found.date is None:
                        unread[found.id] = written
                    seen.see(found.origin.path, written)
            bar.past(file)
        self._orders = seen
        return unread

    def _understand(self, unread: Mapping[str, str]) -> list[str]:
        """Read the dates whose order of day and month other dates show, and return notes on those left."""
        unclear: list[str] = []
        unknown: list[str] = []
        by_file: list[tuple[str, str, Order | None]] = []
        both_orders = False
        for document_id, written in unread.items():
            row = self._rows[document_id]
            order = self._orders.of(row.path, written)
            differ = self._orders.said is None and len(self._orders.shown(written)) > 1
            if (day := read_date(written, order)) is None:
                (unclear if order is None and is_unclear(written) else unknown).append(written)
                both_orders = both_orders or differ
            elif differ:
                by_file.append((written, row.path, order))
            self._rows[document_id] = row._replace(date=day)
        which_first = f'Set date_format in {SETTINGS}: date_format = "dd/mm/yyyy" or "mm/dd/yyyy".'
        if both_orders:
            which_first = (
                f"Other dates show both orders: split the files into two sources, and {which_first[0].lower()}"
                f"{which_first[1:]}"
            )
        kinds = (
            (unclear, "may be two days", which_first),
            (unknown, "is not understood", "Write dates like 2023-09-29."),
        )
        notes = [
            f"{len(dates):,} of {len(self):,} documents: a date such as {dates[0]!r} {why} and is left out. {remedy}"
            for dates, why, remedy in kinds
            if dates
        ]
        if by_file:
            notes.append(
                f"{len(by_file):,} of {len(self):,} documents: a date such as {by_file[0][0]!r} may be two days. Files "
                f"differ, so it is read as the other dates of its file show: {_orders_of(by_file)}."
            )
        return notes + _undivided(self._marks, len(self))

    @property
    def notes(self) -> list[str]:
        """Sentences on what a reader should know of the corpus."""
        if not self.complete:
            return self._notes
        said = f"{_ALL_THERE_ARE} {_NOT_ALL.format(n=self.unread)}" if self.unread else _ALL_THERE_ARE
        return [said, *self._notes]

    def reject(self, document_id: str, reason: str, remedy: str) -> None:
        """Reject a document that was read, because nothing else can be done with it.

        Raises KeyError for an unknown id.
        """
        row = self._rows.pop(document_id)
        file = row.path if row.row is None else f"{row.path}#{row.row}"
        self._rejected.add(Rejected(file, reason, remedy))
        self.rejected = sorted(self._rejected)
        for kept in ("documents", "digest", "documents_digest"):
            self.__dict__.pop(kept, None)

    @property
    def unread(self) -> int:
        """How many files and parts of files gave no document, without those that systems keep."""
        return sum(it.times for it in self.rejected if not it.is_hidden)

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Document]:
        return (document for number in range(len(self._files)) for document in self._read(number))

    def __contains__(self, document_id: object) -> bool:
        return document_id in self._rows

    def __getitem__(self, document_id: str) -> Document:
        """Read one document; KeyError for an unknown id.

        In a large table this reads all rows before it: iterate to read many documents.
        """
        number = self._rows[document_id].file
        return next(document for document in self._read(number) if document.id == document_id)

    def _read(self, number: int, *, whole: bool = False) -> Iterator[Document]:
        """Read the documents of one file again. Raises ``SourceError`` if they are not those of the first reading."""
        file, expected = self._files[number], self._ids_in[number]
        if not (expected or whole):
            return
        seen = 0
        for found in documents_in(file.afresh(), self._orders):
            if isinstance(found, Rejected):
                if found not in self._rejected:
                    raise _changed(file.path, f": {found.reason}")
                continue
            if seen == len(expected) or found.id != expected[seen]:
                raise _changed(file.path)
            seen += 1
            row = self._rows.get(found.id)
            if row is None:  # rejected since
                continue
            if found.origin.sha256 != row.sha256:
                raise _changed(found.origin.path)
            yield found
        if seen < len(expected):
            raise _changed(file.path)

    def changed(self) -> str | None:
        """Return the path of something that is not as it was read; None where all is as it was.

        Files that changed, appeared or are gone count, and so do ``corpus.toml``, ``speakers.csv`` and
        ``judgements.csv``. A file is read again only if its folder entry (size, times, inode) changed, so that this is
        cheap while nothing changes.
        """
        try:
            settings, speakers, judgements, _, files, left_out = self._find()
        except SourceError as error:
            return next((name for name in (*_OWN, self.judgements.name) if str(error).startswith(name)), SETTINGS)
        if settings.written != self._settings.written:
            return SETTINGS
        if speakers.sha256 != self.speakers.sha256:
            return SPEAKERS
        if judgements.sha256 != self.judgements.sha256:
            return self.judgements.name
        now = {file.path: file.stamp for file in files}
        others = {file.path for file in self._files} ^ now.keys()
        others |= {it.file for it in set(left_out) ^ set(self._left_out)}
        if others:
            return min(others)
        for number, file in enumerate(self._files):
            if file.stamp is None or file.stamp != now[file.path]:
                try:
                    deque(self._read(number, whole=True), maxlen=0)
                except SourceError:
                    return file.path
                file.stamp = now[file.path]
        return None

    @property
    def ids(self) -> list[str]:
        """The ids of the documents, in order."""
        return list(self._rows)

    @cached_property
    def documents(self) -> pd.DataFrame:
        """The metadata, one row per document.

        Columns: ``doc_id, date, title, source, speaker, kind, language, characters, body_start, body_end, path, sha256,
        encoding, row, reader, reader_version, date_origin``, and the number of damaged places: ``mojibake, control,
        replacement``. Values that a document does not state are missing.
        """
        import pandas as pd

        rows = [(document_id, *row[1:]) for document_id, row in self._rows.items()]
        table = pd.DataFrame(rows, columns=["doc_id", *Row._fields[1:]], dtype=object)
        return table.astype(dict.fromkeys(NUMBERS, "int64"))

    @cached_property
    def digest(self) -> str:
        """A sha256 of everything that was read or rejected, and of how: the same inputs, the same digest."""
        lines = self._documents_and_how
        lines += [f"{SPEAKERS}\0{self.speakers.sha256}"] if self.speakers.sha256 else []
        lines += [f"{self.judgements.name}\0{self.judgements.sha256}"] if self.judgements.sha256 else []
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    @cached_property
    def documents_digest(self) -> str:
        """A sha256 of the documents and of how they were read, whatever is said of speakers and judged of passages."""
        return hashlib.sha256("\n".join(self._documents_and_how).encode()).hexdigest()

    @property
    def _documents_and_how(self) -> list[str]:
        lines = [
            f"{document_id}\0{row.path}\0{row.sha256}\0{row.reader} {row.reader_version}"
            for document_id, row in self._rows.items()
        ]
        lines += [f"{file}\0{reason}" for file, reason, _ in self.rejected]
        lines += [f"month names {month_names_release()}"]
        return lines + ([self._settings.written] if self._settings.written else [])


def _unread_rows(judgements: Judgements) -> list[str]:
    """A note on the rows of judgements that are not understood."""
    problems = judgements.problems
    if not problems:
        return []
    more = f" {len(problems) - 1:,} more rows are not understood either." if len(problems) > 1 else ""
    return [f"{problems[0]}{more} Such rows stay in the file and count for nothing."]


_NO_JUDGEMENTS = (
    "There is no file {name} yet, so no judgement counts. If sentences were judged already, check its name and its "
    "folder."
)
_ALL_THERE_ARE = (
    f"{SETTINGS} says that the collection is complete (complete = true). Nothing was sampled, so findings carry no "
    "interval."
)
_NOT_ALL = (
    "But {n:,} files or parts of files could not be read. Findings describe the documents that were; see 01_corpus and "
    "rejected.csv for the others."
)


def _undivided(marks: Sequence[tuple[str, str]], documents: int) -> list[str]:
    """A note on documents that carry a mark of a press archive within their text."""
    if not marks:
        return []
    document_id, mark = marks[0]
    note = (
        f"{len(marks):,} of {documents:,} documents: a line such as {mark!r} (in {document_id}) looks like the mark of "
        "an article in a download of a press archive, but no head of an article (length, date, copyright) follows. The "
        "text was not divided there. If it holds several articles, save each as its own file."
    )
    return [note]


def _orders_of(dates: Iterable[tuple[str, str, Order | None]]) -> str:
    """Which number comes first in which files; of many files, the first six."""
    orders = {path: order for _, path, order in dates}
    named = [f"the {'day' if order == 'dmy' else 'month'} comes first in {path}" for path, order in orders.items()]
    return f"{', '.join(named[:6])}{' …' if len(named) > 6 else ''}"


class _Bar:
    """Report how far reading has come: every file counts once, and a large one once more per some megabytes."""

    def __init__(self, progress: Progress | None, files: Sequence[Input]) -> None:
        self._progress = progress
        self._total = sum(map(self._weight, files))
        self._before = self._told = 0

    def within(self, file: Input) -> None:
        self._tell(self._before + min(file.taken // _LARGE, self._weight(file) - 1))

    def past(self, file: Input) -> None:
        self._before += self._weight(file)
        self._tell(self._before)

    def _tell(self, done: int) -> None:
        if self._progress is not None and done > self._told:
            self._told = done
            self._progress(done, self._total)

    @staticmethod
    def _weight(file: Input) -> int:
        return 1 + file.size // _LARGE


_LARGE = 4_000_000


def _changed(path: str, why: str = "") -> SourceError:
    return SourceError(f"{path} changed while it was being read{why}. Run it again.")


def load(
    source: str | os.PathLike[str],
    progress: Progress | None = None,
    judgements: str | os.PathLike[str] | None = None,
) -> Corpus:
    """Read a file, a folder with its subfolders, or an archive into a corpus.

    ``judgements`` is a file to take in place of the one that ``corpus.toml`` names, or else of the ``judgements.csv``
    beside the documents; see ``find_judgements``. A relative source is tried against the working directory, then
    against the folder that holds ``notebooks/``. Raises ``SourceError`` where the source does not exist or its
    ``corpus.toml``, ``speakers.csv`` or ``judgements.csv`` is not understood, and ``EmptySource`` where no document
    could be read. Every other problem is listed in ``Corpus.rejected``.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     _ = Path(folder, "harbour.txt").write_text("date 2031-05-12 The harbour reopened.")
    ...     _ = Path(folder, "photo.png").write_bytes(b"no text")
    ...     corpus = load(folder)
    ...     print(corpus.ids, corpus["harbour"].date, corpus.rejected[0].file)
    ['harbour'] 2031-05-12 photo.png
    """
    place = find_source(source)
    named = None if judgements is None else find_judgements(judgements, place)

    def find() -> Found:
        own = _own_files(place)
        settings = understood(own[SETTINGS]) if SETTINGS in own else Settings()
        speakers = read_speakers(own[SPEAKERS], settings.order) if SPEAKERS in own else Speakers()
        file = named or (judgements_set(settings.judgements, place) if settings.judgements is not None else None)
        if file is not None:
            judged, (files, left_out) = read_named(file), find_files(place, settings)
            files = [it for it in files if place / it.path != file]
            return Found(settings, speakers, judged, file, files, [it for it in left_out if place / it.file != file])
        judged = read_judgements(own[JUDGEMENTS]) if JUDGEMENTS in own else Judgements()
        beside = place / JUDGEMENTS if place.is_dir() else None
        return Found(settings, speakers, judged, beside, *find_files(place, settings))

    corpus = Corpus(source_name(place), find, progress, judgements_named=named is not None)
    if len(corpus) == 0:
        raise EmptySource(_nothing_read(source, corpus.rejected))
    return corpus


def judgements_of_settings(place: Path) -> Path | None:
    """Return the file of judgements that the ``corpus.toml`` of the documents at a place names; None where none is.

    Raises ``SourceError`` where ``corpus.toml`` is not understood.
    """
    own = _own_files(place)
    named = understood(own[SETTINGS]).judgements if SETTINGS in own else None
    return None if named is None else judgements_set(named, place)


_OWN = {SETTINGS: LARGEST_SETTINGS, SPEAKERS: LARGEST_SPEAKERS, JUDGEMENTS: LARGEST_JUDGEMENTS}
"""The analyst's own files beside the documents, and how large each may be."""


def _own_files(place: Path) -> dict[str, bytes]:
    """The analyst's own files by name: at the top of a folder or archive, or in the only folder of an archive."""
    if place.is_dir():
        read = {name: read_own(place, name, most) for name, most in _OWN.items()}
        return {name: data for name, data in read.items() if data is not None}
    if not is_archive(place.name):
        return {}
    archive = Input(printable(place.name), "", on_disk(place))
    try:
        return _own_files_in(archive)
    except (Unreadable, OSError, EOFError, zlib.error):  # reading its documents will say why
        return {}


def _own_files_in(archive: Input) -> dict[str, bytes]:
    paths, found = set(), {}
    for member in members(archive):
        if not isinstance(member, Member):
            continue
        paths.add(member.path)
        if (most := _OWN.get(member.path.rpartition("/")[2])) is not None and member.path.count("/") < 2:
            found[member.path] = member.open().read(most + 1)
        if found.keys() >= _OWN.keys():
            break
    places = {name: settings_among(paths, name) for name in _OWN}
    return {name: found[place] for name, place in places.items() if place is not None}


def _nothing_read(source: str | os.PathLike[str], rejected: list[Rejected]) -> str:
    if all(it.is_hidden for it in rejected):
        return f"{str(source)!r} holds no file. Put documents into it ({FORMATS}), or name another source."
    # The most common problem describes the source best: a schema or a picture beside the texts may come first.
    common = Counter[str]()
    for it in rejected:
        common[it.remedy] += 0 if it.is_hidden else it.times
    first = next(it for it in rejected if it.remedy == max(common, key=lambda remedy: common[remedy]))
    more = sum(it.times for it in rejected) - 1
    others = f" (and {more:,} more)" if more else ""
    said = FORMATS in first.remedy or reader_of(first.file) is not None
    formats = "" if said else f" Formats that are read: {FORMATS}."
    return (
        f"No document could be read from {str(source)!r}: {first.file}: {first.reason}{others}. {first.remedy}{formats}"
    )
