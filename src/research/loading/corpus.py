"""A folder of files as a corpus: found, read once to see what is there, then read lazily."""

from __future__ import annotations

import hashlib
import os
import stat
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from research.errors import EmptySource, SourceError
from research.loading.documents import Document, Rejected
from research.loading.readers import READERS, Unreadable

if TYPE_CHECKING:
    import pandas as pd

Progress = Callable[[int, int], None]
"""Called with how many are done, and how many there are."""


@dataclass(frozen=True)
class _File:
    """A file that was found: where it lies, how the corpus calls it, and the id of its document."""

    place: Path
    path: str
    document_id: str


class Corpus:
    """Documents in a stable order (by id), read from disk each time they are asked for.

    ``name`` is the logical name of the source: no place on this machine is in it. ``rejected`` lists
    every file that no document was taken from; what a run of this package wrote is no file of the source.
    """

    def __init__(self, name: str, files: list[_File], rejected: list[Rejected], progress: Progress | None = None):
        self.name = name
        self._files: dict[str, _File] = {}
        self._sha256: dict[str, str] = {}
        rows = []
        for done, file in enumerate(sorted(files, key=lambda file: file.document_id), start=1):
            try:
                document = _read(file)
            except Unreadable as problem:
                rejected.append(Rejected(file.path, problem.reason, problem.remedy))
            else:
                self._files[document.id] = file
                self._sha256[document.id] = document.origin.sha256
                rows.append(_metadata_row(document))
            if progress is not None:
                progress(done, len(files))
        self._rows = rows
        self.rejected = sorted(rejected)

    def __len__(self) -> int:
        return len(self._files)

    def __iter__(self) -> Iterator[Document]:
        return (self[document_id] for document_id in self._files)

    def __contains__(self, document_id: object) -> bool:
        return document_id in self._files

    def __getitem__(self, document_id: str) -> Document:
        """Read one document; KeyError for an id that is not in the corpus."""
        file = self._files[document_id]
        try:
            document = _read(file)
        except Unreadable as problem:
            raise SourceError(f"{file.path} changed while it was being read: {problem.reason}. Run it again.") from None
        if document.origin.sha256 != self._sha256[document_id]:
            raise SourceError(f"{file.path} changed while it was being read. Run it again.")
        return document

    @property
    def ids(self) -> list[str]:
        """The ids of the documents, in order."""
        return list(self._files)

    @cached_property
    def documents(self) -> pd.DataFrame:
        """The metadata, one row a document.

        Columns: ``doc_id, date, title, source, language, characters, body_start, body_end, path,
        sha256, encoding``. What a document does not say is missing.
        """
        import pandas as pd

        return pd.DataFrame(self._rows, columns=_METADATA, dtype=object).astype(
            {"characters": "int64", "body_start": "int64", "body_end": "int64"}
        )

    @cached_property
    def digest(self) -> str:
        """A sha256 of everything that was read or rejected: the same inputs, the same digest."""
        lines = [f"{row[0]}\0{row[8]}\0{row[9]}" for row in self._rows]
        lines += [f"{file}\0{reason}" for file, reason, _ in self.rejected]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()


_METADATA = (
    *("doc_id", "date", "title", "source", "language"),
    *("characters", "body_start", "body_end", "path", "sha256", "encoding"),
)


def _metadata_row(document: Document) -> tuple[str | int | None, ...]:
    return (
        *(document.id, document.date, document.title, document.source, document.language),
        *(len(document.text), document.body.start, document.body.end),
        *(document.origin.path, document.origin.sha256, document.origin.encoding),
    )


def load(source: str | os.PathLike[str], progress: Progress | None = None) -> Corpus:
    """Read a file or a folder (with its subfolders) into a corpus.

    A relative source is tried against the working directory, then against the folder that holds the
    notebooks. Raises ``SourceError`` where there is no such file or folder and ``EmptySource`` where
    not one document could be read; every other problem is listed in ``Corpus.rejected``.
    """
    place = find_source(source)
    files, rejected = _find_files(place)
    corpus = Corpus(source_name(place), files, rejected, progress)
    if len(corpus) == 0:
        raise EmptySource(_nothing_read(source, corpus.rejected))
    return corpus


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


def printable(name: str) -> str:
    r"""A file name that can be written anywhere: control characters and stray bytes become escapes.

    Two names never become one: a backslash is doubled, ``\x85`` is a stray byte and ``\u0085`` a character.
    """
    decoded = os.fsencode(name.replace("\\", r"\\")).decode("utf-8", "backslashreplace")
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape").decode().replace(r"\x", r"\u00") for c in decoded
    )


LARGEST = 100_000_000
"""The largest file, in bytes, that is read: a hundred times a long report."""
_NO_SUFFIX = "the file's name has no suffix that tells what it holds"


def _read(file: _File) -> Document:
    read = READERS.get(file.place.suffix.lower())
    if read is None:
        raise Unreadable(
            f"files of the kind {printable(file.place.suffix)} are not read" if file.place.suffix else _NO_SUFFIX,
            f"Save it as plain text in UTF-8 ({', '.join(READERS)}).",
        )
    try:
        size = file.place.stat().st_size
        if size > LARGEST:
            raise Unreadable(
                f"the file is too large ({size / 1e6:,.1f} MB; up to {LARGEST / 1e6:,.0f} MB are read)",
                "Split it into its documents, one file each.",
            )
        data = file.place.read_bytes()
    except OSError as error:
        raise Unreadable(*_cannot_open("file", error)) from error
    (document,) = read(data, file.path, file.document_id)
    return document


def _find_files(place: Path) -> tuple[list[_File], list[Rejected]]:
    """Every file under a folder, or the one file, and what was left out before anything was read."""
    if place.is_file():
        return [_File(place, printable(place.name), printable(place.stem))], []
    found: dict[str, Path] = {}
    rejected: list[Rejected] = []

    def cannot_list(error: OSError) -> None:
        path = _relative(Path(error.filename), place)
        rejected.append(Rejected(path, *_cannot_open("folder", error)))

    for folder, subfolders, names in os.walk(place, onerror=cannot_list):
        within = [Path(folder) / name for name in (*subfolders, *names) if not _is_of_a_run(Path(folder) / name)]
        enter = [at.name for at in within if at.name in subfolders and not (at.name.startswith(".") or _is_link(at))]
        subfolders[:] = enter
        for at in sorted(at for at in within if at.name not in enter):
            path = _relative(at, place)
            problem = _no_document(at, place)
            if problem is None:
                found[path] = at
            else:
                rejected.append(Rejected(path, *problem))
    return [
        _File(at, path, document_id) for (path, at), document_id in zip(found.items(), _ids(found), strict=True)
    ], rejected


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


def _cannot_open(what: str, error: OSError) -> tuple[str, str]:
    return f"the {what} cannot be opened ({error.strerror})", "Check that it is there and that you may read it."


def _no_document(at: Path, root: Path) -> tuple[str, str] | None:
    """Why something in a folder cannot be a document, judged without opening it."""
    problem: tuple[str, str] | None = None
    try:
        kind = at.stat().st_mode
    except OSError as error:  # a link that leads nowhere or in a circle, a folder that may not be entered
        kind, problem = 0, _cannot_open("file", error)
    if at.name.startswith("."):
        return (
            f"a hidden {'folder' if stat.S_ISDIR(kind) else 'file'}, which systems and tools keep",
            "Nothing: it is left out.",
        )
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


def _ids(paths: dict[str, Path]) -> list[str]:
    """A document's id is its relative path without suffix; where two would share one, both keep theirs.

    A file keeps its suffix as well where it would have the path of another as its id: ``a.txt.txt`` beside ``a.txt``.
    """
    stems = {path: path[: len(path) - len(Path(path).suffix)] for path in paths}
    readable = {path: stems[path] for path, place in paths.items() if place.suffix.lower() in READERS}
    shared = Counter(readable.values())
    return [path if shared[stem] > 1 or stem in readable else stem for path, stem in stems.items()]


def _nothing_read(source: str | os.PathLike[str], rejected: list[Rejected]) -> str:
    if not rejected:
        return f"{str(source)!r} holds no file. Put documents into it ({', '.join(READERS)}), or name another folder."
    first = rejected[0]
    others = f", and {len(rejected) - 1:,} more" if len(rejected) > 1 else ""
    return (
        f"No document could be read from {str(source)!r}: {first.file}: {first.reason}{others}. "
        f"What can be read are plain text files in UTF-8 ({', '.join(READERS)})."
    )
