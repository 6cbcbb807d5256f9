"""An input file, on disk or in an archive: its bytes, bounded, and unchanged from beginning to end."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, BinaryIO, NamedTuple
from zipfile import ZipExtFile

from research.loading.encodings import Facts, Unreadable, probe
from research.loading.settings import Settings

LARGEST = 100_000_000
"""The largest file, in bytes, that is read whole: a hundred times a long report."""
LARGEST_RECORD = 10_000_000
"""The longest text, in characters, of one row or one record."""

LONGEST_PATH = 1_000
"""The longest path, in characters, of a file or a member of an archive: ids are made of it."""

Opener = Callable[[], BinaryIO]


class Stamp(NamedTuple):
    """What changes whenever a file on disk does, read from its folder entry."""

    device: int
    inode: int
    size: int
    modified: int
    changed: int


class Input:
    """A file on disk or a member of an archive.

    ``path`` is its name in the corpus; ``id`` is the id of its document, or what the ids of its documents begin with.
    ``open`` opens it again each time. ``name_date`` is the date that its name states. ``stamp`` identifies the state of
    a file on disk without reading it; it is taken before the file is read.
    """

    def __init__(
        self,
        path: str,
        document_id: str,
        opened: Opener,
        settings: Settings | None = None,
        *,
        size: int | None = None,
        name_date: str | None = None,
        stamp: Stamp | None = None,
    ) -> None:
        self.path = path
        self.id = document_id
        self.settings = settings or Settings()
        self.name_date = name_date
        self.stamp = stamp
        self.open = opened
        self._size = size
        self._facts: Facts | None = None
        self._data: bytes | None = None
        self.taken = 0
        """How many of its bytes have become documents so far, as far as that is known."""

    @property
    def size(self) -> int:
        """The size on disk; 0 where it is unknown."""
        return self._size or 0

    def afresh(self) -> Input:
        """The same file, of which nothing has been read."""
        return Input(
            self.path, self.id, self.open, self.settings, size=self._size, name_date=self.name_date, stamp=self.stamp
        )

    def within(self, unpacked: Callable[[Input], BinaryIO]) -> Input:
        """The content that is packed into this file, under its name."""
        return Input(self.path, self.id, lambda: unpacked(self), self.settings, name_date=self.name_date)

    @property
    def facts(self) -> Facts:
        """Size, sha256 and the evidence for its encoding; reads the whole file in bounded memory."""
        if self._facts is None:
            with self.open() as stream:
                self._facts = probe(stream)
        return self._facts

    def data(self) -> bytes:
        """The whole file, read once. Raises ``Unreadable`` where it is too large for that."""
        if self._data is not None:
            return self._data
        refuse_large(self._size)
        with self.open() as stream:
            data = stream.read(LARGEST + 1)
        refuse_large(max(len(data), self._size or 0) if len(data) > LARGEST else None)
        self._facts, self._data = probe(io.BytesIO(data)), data
        return data

    def stream(self) -> io.BufferedReader:
        """The bytes again, as far as ``facts`` saw them. Reading raises ``Unreadable`` if they changed."""
        return io.BufferedReader(_Unchanged(self.open(), self.facts, self), 1 << 20)

    def text(self) -> tuple[io.TextIOWrapper, str]:
        """The characters as a stream, line ends kept, and their encoding."""
        encoding = self.facts.encoding()
        return io.TextIOWrapper(self.stream(), encoding, newline=""), encoding

    def seekable(self) -> IO[bytes]:
        """A stream with random access: the file itself if it is on disk, otherwise its bytes in memory."""
        stream = self.open()
        if stream.seekable() and not isinstance(stream, ZipExtFile):  # seeking in one unpacks it again from its start
            return stream
        with stream:
            return io.BytesIO(self.data())


def refuse_large(size: int | None) -> None:
    """Raise ``Unreadable`` for a file that is too large to be read whole."""
    if size is not None and size > LARGEST:
        raise Unreadable(
            f"the file is too large ({size / 1e6:,.1f} MB; up to {LARGEST / 1e6:,.0f} MB are read)",
            "Split it into one file per document.",
        )


class _Unchanged(io.RawIOBase):
    """A stream that ends where it ended the first time, and raises ``Unreadable`` if its bytes changed."""

    def __init__(self, stream: BinaryIO, facts: Facts, file: Input) -> None:
        self._stream = stream
        self._file = file
        self._facts = facts
        self._left = facts.size
        self._sha256 = hashlib.sha256()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        wanted = min(len(buffer), self._left)
        data = self._stream.read(wanted) if wanted else b""
        self._sha256.update(data)
        self._left -= len(data)
        self._file.taken += len(data)
        if not data and (self._left or self._sha256.hexdigest() != self._facts.sha256):
            raise Unreadable("the file changed while it was being read", "Run it again.")
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._stream.close()
        super().close()


def on_disk(place: Path) -> Opener:
    """Return the opener of a file on disk."""

    def opened() -> BinaryIO:
        # Without O_NONBLOCK, opening a pipe that took the place of a file would wait for ever.
        number = os.open(place, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        if not stat.S_ISREG(os.fstat(number).st_mode):
            os.close(number)
            raise OSError(errno.EINVAL, "not a regular file")
        return os.fdopen(number, "rb")

    return opened


def stamp_of(place: Path) -> Stamp | None:
    """The stamp of a file on disk; None where it cannot be read."""
    try:
        found = place.stat()
    except OSError:  # opening it will say why
        return None
    return Stamp(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def shortened(path: str) -> str:
    """A path for a list of rejected files: a name that is too long is cut, with its length."""
    return path if len(path) <= LONGEST_PATH else f"{path[:200]}… ({len(path):,} characters)"


def refuse_long(path: str) -> tuple[str, str] | None:
    """Reason and remedy for a path that is too long; None for others."""
    if len(path) <= LONGEST_PATH:
        return None
    return f"its path is too long (over {LONGEST_PATH:,} characters)", "Give it a shorter name."


def printable(name: str) -> str:
    r"""A file name that can be written anywhere: control characters and undecodable bytes become escapes.

    Two names never become one: a backslash is doubled, ``\x85`` is an undecodable byte and ``\u0085`` a character.
    """
    decoded = os.fsencode(name.replace("\\", r"\\")).decode("utf-8", "backslashreplace")
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape").decode().replace(r"\x", r"\u00") for c in decoded
    )


_OF_SYSTEMS = frozenset(("__macosx", "desktop.ini", "ehthumbs.db", "icon\r", "thumbs.db"))


def is_of_system(name: str) -> bool:
    """Whether systems and tools use this name for files of their own, which hold no text."""
    return name.startswith((".", "~$")) or name.casefold() in _OF_SYSTEMS


def cannot_open(what: str, error: OSError) -> tuple[str, str]:
    """Reason and remedy for a file that the system does not open."""
    reason = f"the {what} cannot be opened ({' '.join(str(error.strerror or error).split())})"
    return reason, "Check that it exists and that you may read it."
