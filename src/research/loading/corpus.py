"""A folder of files as a corpus: found, read once to see what is there, then read lazily."""

from __future__ import annotations

import hashlib
import os
import stat
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from research.errors import EmptySource, SourceError
from research.loading.archives import Member, is_archive, members, settings_among
from research.loading.cleaning import damage
from research.loading.dates import Order, Orders, is_unclear, read_date
from research.loading.documents import HIDDEN, Document, Rejected
from research.loading.encodings import Unreadable
from research.loading.files import Input, cannot_open, is_of_system, on_disk, printable
from research.loading.months import month_names_release
from research.loading.readers import DATE_AS_WRITTEN, FORMATS, documents_in, names, reader_of
from research.loading.settings import LARGEST as LARGEST_SETTINGS
from research.loading.settings import NAME as SETTINGS
from research.loading.settings import Settings, read_settings, understood

if TYPE_CHECKING:
    import pandas as pd

Progress = Callable[[int, int], None]
"""Called with how many are done, and how many there are: documents or files, or pieces of large files."""


class Corpus:
    """Documents in a stable order, read from disk each time they are asked for.

    The order is that of the files by id, and within a file that of its records. ``name`` is the logical name
    of the source: no place on this machine is in it. ``rejected`` lists every file, row and member of an
    archive that no document was taken from; what a run of this package wrote is no file of the source.

    ``citation`` says how to cite the collection, ``report`` who makes the findings (``author``), ``complete`` whether
    these are all the documents there are; all three come from ``corpus.toml``. ``notes`` are sentences on what a
    reader should know of the corpus.
    """

    def __init__(
        self,
        name: str,
        files: list[Input],
        rejected: list[Rejected],
        progress: Progress | None = None,
        settings: Settings | None = None,
    ) -> None:
        self.name = name
        self._settings = settings or Settings()
        self.citation: Mapping[str, str] = self._settings.citation
        self.report: Mapping[str, str] = self._settings.report
        self.complete = self._settings.complete
        self._files = sorted(files, key=lambda file: file.id)
        self._rows: dict[str, _Row] = {}
        self._ids_in: list[list[str]] = []
        self._rejected = set(rejected)
        self._orders = Orders(self._settings.order)
        unread = self._read_all(progress)
        self.rejected = sorted(self._rejected)
        self.notes = self._understand(unread)

    def _read_all(self, progress: Progress | None) -> dict[str, str]:
        """Read every file once and keep what is said about its documents; give the dates that were not understood."""
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
                self._rows[found.id] = _row_of(found, number)
                if (written := found.metadata.get(DATE_AS_WRITTEN)) is not None:
                    if found.date is None:
                        unread[found.id] = written
                    seen.see(found.origin.path, written)
            bar.past(file)
        self._orders = seen
        return unread

    def _understand(self, unread: Mapping[str, str]) -> list[str]:
        """Read the dates whose order of day and month others have shown; say which ones stay unread."""
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
        which_first = f'Say in {SETTINGS} which number comes first: date_format = "dd/mm/yyyy" or "mm/dd/yyyy".'
        if both_orders:
            which_first = (
                f"Others show both orders: part them into two folders, and {which_first[0].lower()}{which_first[1:]}"
            )
        kinds = (
            (unclear, "which may be two days", which_first),
            (unknown, "which is not understood", "A date such as 2023-09-29 always is."),
        )
        notes = [
            f"{len(dates):,} of {len(self):,} documents: a date such as {dates[0]!r}, {why}, is left out. {remedy}"
            for dates, why, remedy in kinds
            if dates
        ]
        if by_file:
            notes.append(
                f"{len(by_file):,} of {len(self):,} documents: a date such as {by_file[0][0]!r}, which may be two "
                f"days, is read as other dates of its file show, since the files differ: {_orders_of(by_file)}."
            )
        if not self.complete:
            return notes
        said = f"{_ALL_THERE_ARE} {_NOT_ALL.format(n=self.unread)}" if self.unread else _ALL_THERE_ARE
        return [said, *notes]

    @property
    def unread(self) -> int:
        """How many files and parts of files no document was taken from, but for those that systems keep."""
        return sum(not it.is_hidden for it in self.rejected)

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Document]:
        return (document for number in range(len(self._files)) for document in self._read(number))

    def __contains__(self, document_id: object) -> bool:
        return document_id in self._rows

    def __getitem__(self, document_id: str) -> Document:
        """Read one document; KeyError for an id that is not in the corpus.

        Within a large table this reads all rows before it: to read many documents, iterate.
        """
        number = self._rows[document_id].file
        return next(document for document in self._read(number) if document.id == document_id)

    def _read(self, number: int) -> Iterator[Document]:
        """The documents of one file once more; ``SourceError`` where they are not those of the first time."""
        file, expected = self._files[number], self._ids_in[number]
        if not expected:
            return
        seen = 0
        for found in documents_in(file.afresh(), self._orders):
            if isinstance(found, Rejected):
                if found not in self._rejected:
                    raise _changed(file.path, f": {found.reason}")
                continue
            if seen == len(expected) or found.id != expected[seen]:
                raise _changed(file.path)
            if found.origin.sha256 != self._rows[found.id].sha256:
                raise _changed(found.origin.path)
            seen += 1
            yield found
        if seen < len(expected):
            raise _changed(file.path)

    @property
    def ids(self) -> list[str]:
        """The ids of the documents, in order."""
        return list(self._rows)

    @cached_property
    def documents(self) -> pd.DataFrame:
        """The metadata, one row a document.

        Columns: ``doc_id, date, title, source, language, characters, body_start, body_end, path,
        sha256, encoding, row, reader, reader_version, date_origin``, and how many places are damaged:
        ``mojibake, control, replacement``. What a document does not say is missing.
        """
        import pandas as pd

        rows = [(document_id, *row[1:]) for document_id, row in self._rows.items()]
        table = pd.DataFrame(rows, columns=["doc_id", *_Row._fields[1:]], dtype=object)
        return table.astype(dict.fromkeys(_NUMBERS, "int64"))

    @cached_property
    def digest(self) -> str:
        """A sha256 of everything that was read or rejected, and of how: the same inputs, the same digest."""
        lines = [
            f"{document_id}\0{row.path}\0{row.sha256}\0{row.reader} {row.reader_version}"
            for document_id, row in self._rows.items()
        ]
        lines += [f"{file}\0{reason}" for file, reason, _ in self.rejected]
        lines += [f"month names {month_names_release()}"]
        lines += [self._settings.written] if self._settings.written else []
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()


_ALL_THERE_ARE = (
    f"{SETTINGS} says that these are all the documents there are (complete = true). Nothing was sampled, so findings "
    "describe them as they are and carry no interval."
)
_NOT_ALL = (
    "But {n:,} of the files or parts of files could not be read: findings are of those that were, and of all only if "
    "none of the others is a document. 01_corpus and rejected.csv list them."
)


def _orders_of(dates: Iterable[tuple[str, str, Order | None]]) -> str:
    """Which number comes first in which files, of dates with their files and orders; of many files the first ones."""
    orders = {path: order for _, path, order in dates}
    named = [f"the {'day' if order == 'dmy' else 'month'} first in {path}" for path, order in orders.items()]
    return f"{', '.join(named[:6])}{' …' if len(named) > 6 else ''}"


class _Bar:
    """Tells how far reading has come: every file counts once, and a large one once more for some megabytes each."""

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


class _Row(NamedTuple):
    """What is kept of a document: never its text."""

    file: int
    date: str | None
    title: str | None
    source: str | None
    language: str | None
    characters: int
    body_start: int
    body_end: int
    path: str
    sha256: str
    encoding: str
    row: int | None
    reader: str
    reader_version: str
    date_origin: str | None
    mojibake: int
    control: int
    replacement: int


_NUMBERS = ("characters", "body_start", "body_end", "mojibake", "control", "replacement")


def _row_of(document: Document, file: int) -> _Row:
    origin = document.origin
    return _Row(
        file,
        document.date,
        document.title,
        document.source,
        document.language,
        len(document.text),
        document.body.start,
        document.body.end,
        origin.path,
        origin.sha256,
        origin.encoding,
        origin.row,
        origin.reader,
        origin.version,
        document.date_origin,
        *damage(document.text),
    )


def _changed(path: str, why: str = "") -> SourceError:
    return SourceError(f"{path} changed while it was being read{why}. Run it again.")


def load(source: str | os.PathLike[str], progress: Progress | None = None) -> Corpus:
    """Read a file or a folder (with its subfolders) into a corpus.

    A relative source is tried against the working directory, then against the folder that holds the
    notebooks. Raises ``SourceError`` where there is no such file or folder and ``EmptySource`` where
    not one document could be read; every other problem is listed in ``Corpus.rejected``.
    """
    place = find_source(source)
    settings = _settings_of(place)
    files, rejected = _find_files(place, settings)
    corpus = Corpus(source_name(place), files, rejected, progress, settings)
    if len(corpus) == 0:
        raise EmptySource(_nothing_read(source, corpus.rejected))
    return corpus


def _settings_of(place: Path) -> Settings:
    """What ``corpus.toml`` says, at the top of a folder or of an archive, or in the one folder in it."""
    if place.is_dir():
        return read_settings(place)
    if not is_archive(place.name):
        return Settings()
    archive = Input(printable(place.name), "", on_disk(place))
    try:
        settings = _settings_in(archive)
    except (Unreadable, OSError, EOFError, zlib.error):  # reading its documents will say what is wrong with it
        return Settings()
    return Settings() if settings is None else understood(settings)


def _settings_in(archive: Input) -> bytes | None:
    paths, found = set(), {}
    for member in members(archive):
        if not isinstance(member, Member):
            continue
        paths.add(member.path)
        if member.path.rpartition("/")[2] == SETTINGS and member.path.count("/") < 2:
            found[member.path] = member.open().read(LARGEST_SETTINGS)
        if member.path == SETTINGS:
            break
    place = settings_among(paths, SETTINGS)
    return None if place is None else found[place]


def home() -> Path:
    """The folder that holds ``notebooks/`` and ``seeds/``.

    That is the root of the repository; in an installed wheel, which carries both, it is the package.
    """
    package = Path(__file__).resolve().parents[1]
    return package if (package / "notebooks").is_dir() else package.parents[1]


def find_source(source: str | os.PathLike[str]) -> Path:
    """The place of a source on this machine, absolute. Raises ``SourceError``."""
    try:
        written = Path(source).expanduser()
    except RuntimeError:  # "~name" where nobody has this name
        written = Path(source)
    for place in (Path.cwd() / written, home() / written):
        if str(source).strip() and is_there(place):
            return Path(os.path.abspath(place))  # noqa: PTH100  a link keeps its own name, which is the source's
    raise SourceError(
        f"There is no file or folder {str(source)!r}, neither from the working directory nor from the "
        "repository. Check the spelling, or give the full path."
    )


def is_there(place: Path) -> bool:
    """Whether there is a file or a folder, as far as one may see."""
    try:
        return place.is_file() or place.is_dir()
    except OSError:  # the name is too long, or a folder on the way may not be entered
        return False


def source_name(place: Path) -> str:
    """The logical name of a source: that of the folder, or of the file without its suffix."""
    name = place.stem if place.is_file() else place.name
    return printable(name) or "source"


def _find_files(place: Path, settings: Settings) -> tuple[list[Input], list[Rejected]]:
    """Every file under a folder, or the one file, and what was left out before anything was read."""
    if place.is_file():
        return _inputs({printable(place.name): place}, settings, alone=True), []
    found: dict[str, Path] = {}
    rejected: list[Rejected] = []

    def cannot_list(error: OSError) -> None:
        path = _relative(Path(error.filename), place)
        rejected.append(Rejected(path, *cannot_open("folder", error)))

    for folder, subfolders, files in os.walk(place, onerror=cannot_list):
        within = [Path(folder) / name for name in (*subfolders, *files) if not _is_of_a_run(Path(folder) / name)]
        enter = [at.name for at in within if at.name in subfolders and not (is_of_system(at.name) or _is_link(at))]
        subfolders[:] = enter
        for at in sorted(at for at in within if at.name not in enter):
            path = _relative(at, place)
            problem = _no_document(at, place)
            if path == SETTINGS:
                continue
            if problem is None:
                found[path] = at
            else:
                rejected.append(Rejected(path, *problem))
    return _inputs(found, settings), rejected


def _inputs(found: Mapping[str, Path], settings: Settings, *, alone: bool = False) -> list[Input]:
    known = names(found)
    return [
        Input(path, document_id, on_disk(place), settings, size=_size(place), name_date=known[path].date)
        for path, place in found.items()
        for document_id in ["" if alone and is_archive(path) else known[path].id]
    ]


def _size(place: Path) -> int | None:
    try:
        return place.stat().st_size
    except OSError:  # opening it will say why
        return None


RUN_FOLDER = "on-the-record run folder"
"""How the manifest of a run folder begins to say what it is."""
AT_WORK = ".on-the-record."
"""How the names begin of what a run writes while it is at work."""


def _is_of_a_run(at: Path) -> bool:
    """Whether this is what a run of this package made or is making, which is no part of any source."""
    if at.name.startswith(AT_WORK):
        return True
    try:
        if not (at / "manifest.json").is_file():  # opening a pipe would wait for ever
            return False
        with (at / "manifest.json").open(encoding="utf-8") as manifest:
            return RUN_FOLDER in manifest.read(200)
    except (OSError, UnicodeDecodeError):
        return False


def _relative(place: Path, folder: Path) -> str:
    return printable(place.relative_to(folder).as_posix())


def _is_link(at: Path) -> bool:
    try:
        return at.is_symlink()
    except OSError:  # its folder may be listed and not entered
        return False


def _no_document(at: Path, root: Path) -> tuple[str, str] | None:
    """Why something in a folder cannot be a document, judged without opening it."""
    problem: tuple[str, str] | None = None
    try:
        kind = at.stat().st_mode
    except OSError as error:  # a link that leads nowhere or in a circle, a folder that may not be entered
        kind, problem = 0, cannot_open("file", error)
    if is_of_system(at.name):
        return HIDDEN["folder" if stat.S_ISDIR(kind) else "file"], "Nothing: it is left out."
    if problem is not None:
        return problem
    if at.is_symlink() and not at.resolve().is_relative_to(root.resolve()):
        return "a link that leads out of the folder", "Copy the file itself into the folder."
    if stat.S_ISDIR(kind):
        return (
            "a link to a folder, which is not followed",
            "Nothing, if that folder lies in the source as well.",
        )
    if not stat.S_ISREG(kind):
        return "not a regular file", "Nothing: it is left out."
    return None


def _nothing_read(source: str | os.PathLike[str], rejected: list[Rejected]) -> str:
    if all(it.is_hidden for it in rejected):
        return f"{str(source)!r} holds no file. Put documents into it ({FORMATS}), or name another folder."
    # What is said of most of the files says most of the source: a schema or a picture beside them may come first.
    common = Counter(it.remedy for it in rejected if not it.is_hidden)
    first = next(it for it in rejected if it.remedy == max(common, key=lambda remedy: common[remedy]))
    others = f" (and {len(rejected) - 1:,} more)" if len(rejected) > 1 else ""
    said = FORMATS in first.remedy or reader_of(first.file) is not None
    formats = "" if said else f" What can be read: {FORMATS}."
    return (
        f"No document could be read from {str(source)!r}: {first.file}: {first.reason}{others}. {first.remedy}{formats}"
    )
