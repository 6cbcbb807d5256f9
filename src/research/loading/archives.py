"""Archives: the files in a ``.zip`` or tar file, read in place and never unpacked to disk."""

from __future__ import annotations

import io
import os
import stat
import tarfile
import zipfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from gzip import BadGzipFile, GzipFile
from tarfile import TarFile
from typing import IO, Any, BinaryIO, cast

from research.loading.documents import HIDDEN, Rejected
from research.loading.encodings import Unreadable
from research.loading.files import LARGEST, Input, Opener, is_of_system, printable, refuse_large, refuse_long, shortened

LARGEST_UNPACKED = 20_000_000_000
"""The most, in bytes, that an archive may unpack to."""
LARGEST_RATIO = 200
"""How many times its size a file may unpack to: text shrinks to a third or a twentieth of its size."""
TOO_SMALL_TO_MATTER = 10_000_000
"""Up to this size, in bytes, the ratio does not matter."""
MOST_MEMBERS = 1_000_000
LARGEST_OFFICE = 500_000_000
"""The most, in bytes, that an office document may unpack to."""

_TAR = (".tar", ".tar.gz", ".tgz")
_ARCHIVES = (".zip", *_TAR)
_OTHERS = (".7z", ".rar", ".tar.bz2", ".tbz2", ".tar.xz", ".txz", ".bz2", ".xz", ".zst")
PACK_AS_ZIP = "Unpack it, or pack it as .zip or .tar.gz."
ITSELF = ""
"""The path among members that means the archive itself."""


def is_archive(path: str) -> bool:
    """Whether this is the name of an archive that is read."""
    return path.lower().endswith(_ARCHIVES)


@dataclass(frozen=True)
class Member:
    """A file in an archive: its path, how to open it while the archive is open, and its sizes in bytes."""

    path: str
    open: Opener
    size: int
    packed: int


class _Damaged(Unreadable):
    """The archive cannot be read from here on."""


def members(file: Input) -> Iterator[Member | Rejected]:
    """Yield the files of an archive: of a ``.zip`` in order of their names, of a tar file in its own order.

    Members whose name or size rules them out are yielded as ``Rejected``. If the archive is damaged after some files,
    the last item is a ``Rejected`` for ``ITSELF``. Raises ``Unreadable`` where no file can be read.
    """
    seen: set[str] = set()
    try:
        for found in _in_tar(file) if file.path.lower().endswith(_TAR) else _in_zip(file):
            path = found.path if isinstance(found, Member) else found.file
            if isinstance(found, Member) and path in seen:
                yield Rejected(path, "the archive has two files of this name", "Give each file its own name.")
            else:
                yield found
            seen.add(path)
            if len(seen) > MOST_MEMBERS:
                raise Unreadable(f"the archive holds more than {MOST_MEMBERS:,} files", "Split it into smaller ones.")
    except _Damaged as damaged:
        if not seen:
            raise
        files = "1 file" if len(seen) == 1 else f"{len(seen):,} files"
        reason = f"the archive is damaged after {files}, and the rest of it cannot be read"
        yield Rejected(ITSELF, f"{reason} ({damaged.__cause__})", "Get it again from where it came from.")


def _in_zip(file: Input) -> Iterator[Member | Rejected]:
    with file.seekable() as stream, _reading("ZIP archive"), zipfile.ZipFile(stream) as archive:
        entries = sorted(archive.infolist(), key=lambda entry: entry.filename)
        lost = _not_listed(stream, entries)
        if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
            raise _too_much()
        left = largest_unpacked(stream.seek(0, os.SEEK_END))
        for entry in entries:
            if entry.is_dir():
                continue
            path = _path(entry.filename)
            problem = _unsafe(entry.filename) or refuse_long(path) or _unfit(entry)
            if problem is None and entry.file_size > left:  # many members can share the same packed bytes
                problem = far_too_much()
            if problem is not None:
                yield Rejected(shortened(path), *problem)
            else:
                left -= entry.file_size
                yield Member(path, _opener(archive, entry), entry.file_size, entry.compress_size)
        if lost:
            raise zipfile.BadZipFile(lost)


_END_OF_ZIP, _END_OF_ZIP64, _LOCAL_HEADER = b"PK\x05\x06", b"PK\x06\x06", b"PK\x03\x04"
_LONGEST_END = 56 + 20 + 22 + 0xFFFF
"""The bytes that the end of a ZIP archive takes at most: what it says of itself, and a comment."""


def _not_listed(stream: IO[bytes], entries: Collection[zipfile.ZipInfo]) -> str:
    """What an archive holds or should hold besides its entries, in a few words; empty where they are all.

    ``zipfile`` does not compare the length of the list of contents with what the archive says of it, and it takes an
    archive in front of another one for a program that unpacks it.
    """
    stream.seek(max(0, stream.seek(0, os.SEEK_END) - _LONGEST_END))
    end = stream.read()
    at = end.rfind(_END_OF_ZIP)
    said = int.from_bytes(end[at + 10 : at + 12], "little")
    if (long := end.rfind(_END_OF_ZIP64, 0, at)) >= 0 and said == 0xFFFF:
        said = int.from_bytes(end[long + 32 : long + 40], "little")
    if said != min(len(entries), 0xFFFF) and said != len(entries) & 0xFFFF:
        return f"its list of contents has {len(entries):,} of {said:,} files"
    stream.seek(0)
    if stream.read(4) == _LOCAL_HEADER and entries and all(entry.header_offset for entry in entries):
        return "its list of contents does not have the file at its beginning"
    return ""


def _opener(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Opener:
    def opened() -> BinaryIO:
        with _reading("ZIP archive"):
            return cast(BinaryIO, archive.open(entry))

    return opened


def _unfit(entry: zipfile.ZipInfo) -> tuple[str, str] | None:
    if entry.flag_bits & 1:
        return "the file is encrypted", "Unpack it with its password."
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "a link, which is not followed", "Pack the file itself."
    if entry.file_size > largest_unpacked(entry.compress_size):
        return far_too_much()
    return None


class _Header(tarfile.TarInfo):
    """A header of a tar file; one that is damaged or missing is an error, and not the end of the archive."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> _Header:
        header = super().frombuf(buf, encoding, errors)
        if header.type in _MORE_OF_A_HEADER and header.size > _LONGEST_HEADER:  # it would be read whole
            raise _END_TOO_EARLY(f"a header of {header.size:,} bytes")
        return header

    @classmethod
    def fromtarfile(cls, tarfile: TarFile) -> _Header:
        try:
            return super().fromtarfile(tarfile)
        except _NO_HEADER as error:
            if tarfile.offset == 0:  # this is no archive
                raise
            raise _END_TOO_EARLY(f"{error}, at byte {tarfile.offset:,}") from error


_NO_HEADER: tuple[type[Exception], ...] = (
    tarfile.InvalidHeaderError,  # type: ignore[attr-defined]
    tarfile.TruncatedHeaderError,  # type: ignore[attr-defined]
    tarfile.EmptyHeaderError,  # type: ignore[attr-defined]
)
_END_TOO_EARLY = tarfile.ReadError
_MORE_OF_A_HEADER = (
    *(tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK, tarfile.XHDTYPE, tarfile.XGLTYPE),
    tarfile.SOLARIS_XHDTYPE,
)
_LONGEST_HEADER = LARGEST


class _Ending:
    """A stream that is read only a few times after its end.

    ``tarfile`` skips a member by reading on: one that claims to have 2**62 bytes would take it years.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._left = 10

    def read(self, size: int) -> bytes:
        data = self._stream.read(size)
        self._left -= not data
        if self._left < 0:
            raise _END_TOO_EARLY("unexpected end of data")
        return data


def _in_tar(file: Input) -> Iterator[Member | Rejected]:
    compressed = not file.path.lower().endswith(".tar")
    with (
        unpacked(file) if compressed else file.seekable() as stream,
        _reading("tar archive"),
        tarfile.open(fileobj=cast(IO[bytes], _Ending(stream)), mode="r|", tarinfo=_Header) as archive,
    ):
        for entry in archive:
            if entry.isdir():
                continue
            path = _path(entry.name)
            problem = _unsafe(entry.name) or refuse_long(path)
            if problem is None and not entry.isreg():
                problem = "not a file but a link or a device", "Pack the file itself."
            if problem is None and entry.issparse():
                problem = far_too_much()
            if problem is not None:
                yield Rejected(shortened(path), *problem)
                continue
            try:
                refuse_large(entry.size)
            except Unreadable as too_large:
                yield Rejected(path, too_large.reason, too_large.remedy)
                continue
            data = cast(IO[bytes], archive.extractfile(entry)).read()  # a stream has no way back
            packed = 0 if compressed else entry.size  # unpacking counts its progress itself
            yield Member(path, lambda data=data: io.BytesIO(data), entry.size, packed)  # type: ignore[misc]
        # A block of zeros ends an archive. Where a header was overwritten with zeros, more than zeros follows.
        while block := archive.fileobj.read(1 << 20):
            if block.strip(b"\0"):
                raise tarfile.ReadError(f"more follows after its end, at byte {archive.offset:,}")


def _path(name: str) -> str:
    """The path of a member, without the ``./`` that every name has in a folder packed as ``.``."""
    return printable("/".join(step for step in name.split("/") if step != ".") or name)


def settings_among(paths: Collection[str], name: str) -> str | None:
    """The place of the analyst's own file in an archive: at its top, or in the one folder that holds everything."""
    tops = {path.partition("/")[0] for path in paths}
    places = [name] if len(tops) > 1 else [name, *(f"{top}/{name}" for top in tops)]
    return next((place for place in places if place in paths), None)


def _unsafe(name: str) -> tuple[str, str] | None:
    """Why the name of a member rules it out."""
    steps = name.replace("\\", "/").split("/")
    if ".." in steps or steps[0] == "" or steps[0][1:2] == ":":
        return "its name leads out of the archive", "Pack it again with names below one folder."
    if any(is_of_system(step) for step in steps if step != "."):
        return HIDDEN["file"], "Nothing: it is left out."
    if is_archive(name) or name.lower().endswith((".gz", *_OTHERS)):
        return "an archive within an archive", "Unpack it into the folder."
    return None


@contextmanager
def _reading(kind: str) -> Iterator[None]:
    """Turn what libraries raise on a damaged archive into ``_Damaged``."""
    try:
        yield
    except (Unreadable, MemoryError):
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno is not None and not isinstance(error, BadGzipFile):
            raise
        why = " ".join(str(error).split())[:120] or type(error).__name__
        raise _Damaged(f"the file is damaged, or is not a {kind} ({why})", PACK_AS_ZIP) from error


# --- gzip ---


def unpacked(file: Input) -> io.BufferedReader:
    """The content of a file compressed with gzip, as a stream that cannot explode."""
    return io.BufferedReader(_Bounded(file), 1 << 20)


class _Bounded(io.RawIOBase):
    """A compressed stream that raises ``Unreadable`` when far more comes out of it than went in."""

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
        if self._size > largest_unpacked(self._packed.tell()):
            raise Unreadable(*far_too_much())
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


def largest_unpacked(packed: int) -> int:
    """How many bytes a file of this size may unpack to."""
    return max(TOO_SMALL_TO_MATTER, LARGEST_RATIO * packed)


def far_too_much() -> tuple[str, str]:
    """Reason and remedy for a file that unpacks to more than that."""
    return f"it unpacks to more than {LARGEST_RATIO} times its size, as no text does", "Unpack it, if you trust it."


def refuse_explosive(data: IO[bytes]) -> None:
    """Raise ``Unreadable`` for an office document, which is a ZIP archive, that unpacks to far more than it is."""
    size = data.seek(0, os.SEEK_END)
    try:
        with zipfile.ZipFile(data) as archive:
            unpacks_to = sum(member.file_size for member in archive.infolist())
            encrypted = any(member.flag_bits & 1 for member in archive.infolist())
    except Exception as error:
        data.seek(0)
        if data.read(4) == b"\xd0\xcf\x11\xe0":
            raise Unreadable(
                "the file is encrypted, or of the kind that Office wrote before 2007",
                "Open it and save it without a password in the current format (.xlsx or .docx).",
            ) from error
        why = " ".join(str(error).split())[:120]
        raise Unreadable(
            f"the file is malformed: it is not an office document ({why})", "Open it in Office and save it again."
        ) from error
    if unpacks_to > min(LARGEST_OFFICE, largest_unpacked(size)):
        raise Unreadable(
            f"the file unpacks to {unpacks_to / 1e6:,.0f} MB, which is over {LARGEST_OFFICE / 1e6:,.0f} MB or "
            f"{LARGEST_RATIO} times its size",
            "Split it into smaller files.",
        )
    if encrypted:
        raise Unreadable("the file is encrypted", "Save it without a password.")
