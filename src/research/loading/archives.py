"""Archives: what lies in a ``.zip`` or a tar file, read where it is and never unpacked to disk."""

from __future__ import annotations

import io
import stat
import tarfile
import zipfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from gzip import GzipFile
from typing import IO, Any, BinaryIO, cast

from research.loading.documents import HIDDEN, Rejected
from research.loading.encodings import Unreadable
from research.loading.files import Input, Opener, is_of_system, printable, refuse_large

LARGEST_UNPACKED = 20_000_000_000
"""The most, in bytes, that an archive may unpack to."""
LARGEST_RATIO = 200
"""How many times its size an archive may unpack to: text shrinks to a third or a twentieth of its size."""
_TOO_SMALL_TO_MATTER = 10_000_000
MOST_MEMBERS = 1_000_000

_TAR = (".tar", ".tar.gz", ".tgz")
_ARCHIVES = (".zip", *_TAR)
_OTHERS = (".7z", ".rar", ".tar.bz2", ".tbz2", ".tar.xz", ".txz", ".bz2", ".xz", ".zst")
PACK_AS_ZIP = "Unpack it, or pack it as .zip or .tar.gz."


def is_archive(path: str) -> bool:
    """Whether this is the name of an archive that is read."""
    return path.lower().endswith(_ARCHIVES)


@dataclass(frozen=True)
class Member:
    """A file in an archive: its path there, how to open it while the archive is open, and its sizes in bytes."""

    path: str
    open: Opener
    size: int
    packed: int


def members(file: Input) -> Iterator[Member | Rejected]:
    """Yield what lies in an archive: those of a ``.zip`` in order of their names, those of a tar file in its order.

    What cannot be a document, judged by its name and size, is yielded as ``Rejected``. Raises ``Unreadable``
    where the archive as a whole cannot be read.
    """
    seen: set[str] = set()
    for found in _in_tar(file) if file.path.lower().endswith(_TAR) else _in_zip(file):
        if isinstance(found, Member) and found.path in seen:
            yield Rejected(found.path, "the archive has two files of this name", "Give each a name of its own.")
        else:
            yield found
        seen.add(found.path if isinstance(found, Member) else found.file)
        if len(seen) > MOST_MEMBERS:
            raise Unreadable(f"the archive holds more than {MOST_MEMBERS:,} files", "Split it into smaller ones.")


def _in_zip(file: Input) -> Iterator[Member | Rejected]:
    with file.seekable() as stream, _reading("a ZIP archive"), zipfile.ZipFile(stream) as archive:
        entries = sorted(archive.infolist(), key=lambda entry: entry.filename)
        if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
            raise _too_much()
        for entry in entries:
            if entry.is_dir():
                continue
            path = _path(entry.filename)
            problem = _unsafe(entry.filename) or _unfit(entry)
            if problem is not None:
                yield Rejected(path, *problem)
            else:
                yield Member(path, _opener(archive, entry), entry.file_size, entry.compress_size)


def _opener(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Opener:
    def opened() -> BinaryIO:
        with _reading("a ZIP archive"):
            return cast(BinaryIO, archive.open(entry))

    return opened


def _unfit(entry: zipfile.ZipInfo) -> tuple[str, str] | None:
    if entry.flag_bits & 1:
        return "the file is encrypted", "Unpack it with its password."
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "a link, which is not followed", "Pack the file itself."
    if entry.file_size > max(_TOO_SMALL_TO_MATTER, LARGEST_RATIO * entry.compress_size):
        return _far_too_much()
    return None


def _in_tar(file: Input) -> Iterator[Member | Rejected]:
    compressed = not file.path.lower().endswith(".tar")
    with (
        unpacked(file) if compressed else file.seekable() as stream,
        _reading("a tar archive"),
        tarfile.open(fileobj=stream, mode="r|") as archive,
    ):
        for entry in archive:
            if entry.isdir():
                continue
            path = _path(entry.name)
            problem = _unsafe(entry.name)
            if problem is None and not entry.isreg():
                problem = "a link or another thing that is no file", "Pack the file itself."
            if problem is None and entry.issparse():
                problem = _far_too_much()
            if problem is not None:
                yield Rejected(path, *problem)
                continue
            try:
                refuse_large(entry.size)
            except Unreadable as too_large:
                yield Rejected(path, too_large.reason, too_large.remedy)
                continue
            data = cast(IO[bytes], archive.extractfile(entry)).read()  # a stream cannot be gone back in
            packed = 0 if compressed else entry.size  # unpacking tells by itself how far it has come
            yield Member(path, lambda data=data: io.BytesIO(data), entry.size, packed)  # type: ignore[misc]
        if archive.fileobj.tell() <= archive.offset:  # no empty block, as at the end
            raise tarfile.ReadError("it ends too early")


def _path(name: str) -> str:
    """How a member is called: without the ``./`` that every name in a folder packed as ``.`` begins with."""
    return printable("/".join(step for step in name.split("/") if step != ".") or name)


def settings_among(paths: Collection[str], name: str) -> str | None:
    """Where a file of settings lies in an archive: at its top, or in the one folder that holds all else."""
    tops = {path.partition("/")[0] for path in paths}
    places = [name] if len(tops) > 1 else [name, *(f"{top}/{name}" for top in tops)]
    return next((place for place in places if place in paths), None)


def _unsafe(name: str) -> tuple[str, str] | None:
    """Why a member is left out whatever it holds, judged by its name."""
    steps = name.replace("\\", "/").split("/")
    if ".." in steps or steps[0] == "" or steps[0][1:2] == ":":
        return "its name leads out of the archive", "Pack it again with names below one folder."
    if any(is_of_system(step) for step in steps if step != "."):
        return HIDDEN["file"], "Nothing: it is left out."
    if is_archive(name) or name.lower().endswith((".gz", *_OTHERS)):
        return "an archive within an archive", "Unpack it, and put what it holds into the folder."
    return None


@contextmanager
def _reading(kind: str) -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, tarfile.TarError, NotImplementedError, RuntimeError, ValueError, LookupError) as error:
        raise Unreadable(f"the file is damaged, or no {kind[2:]} ({error})", PACK_AS_ZIP) from error


# --- gzip ---


def unpacked(file: Input) -> io.BufferedReader:
    """The content of a file that is compressed with gzip, as a stream that cannot explode."""
    return io.BufferedReader(_Bounded(file), 1 << 20)


class _Bounded(io.RawIOBase):
    """A compressed stream that complains when far more comes out of it than went in."""

    def __init__(self, file: Input) -> None:
        self._file = file
        self._packed = file.open()
        self._unpacked = GzipFile(fileobj=self._packed)
        self._size = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._unpacked.read(len(buffer))
        self._size += len(data)
        self._file.taken = self._packed.tell()
        if self._size > max(_TOO_SMALL_TO_MATTER, LARGEST_RATIO * self._packed.tell()):
            raise Unreadable(*_far_too_much())
        if self._size > LARGEST_UNPACKED:
            raise _too_much()
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._unpacked.close()
        self._packed.close()
        super().close()


def _too_much() -> Unreadable:
    return Unreadable(f"it unpacks to more than {LARGEST_UNPACKED / 1e9:,.0f} GB", "Split it into smaller ones.")


def _far_too_much() -> tuple[str, str]:
    return f"it unpacks to more than {LARGEST_RATIO} times its size, which no text does", "Unpack it, if you trust it."
