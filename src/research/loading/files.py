"""A file that is to be read, wherever it lies: its bytes, bounded, and the same from beginning to end."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Callable
from typing import IO, Any, BinaryIO, cast
from zipfile import ZipExtFile

from research.loading.encodings import Facts, Unreadable, probe
from research.loading.settings import Settings

LARGEST = 100_000_000
"""The largest file, in bytes, that is read as a whole: a hundred times a long report."""
LARGEST_RECORD = 10_000_000
"""The longest text, in characters, of one row or one record."""

Opener = Callable[[], BinaryIO]


class Input:
    """A file on disk or a member of an archive; what was read of it once is held against what is read next.

    ``path`` is how the corpus calls it, ``id`` the id of its document or what the ids of its documents begin
    with. ``open`` opens it anew each time. ``name_date`` is the date that its name states, and ``size`` is known
    beforehand for what lies on disk.
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
    ) -> None:
        self.path = path
        self.id = document_id
        self.settings = settings or Settings()
        self.name_date = name_date
        self.open = opened
        self._size = size
        self._facts: Facts | None = None
        self._data: bytes | None = None
        self.taken = 0
        """How many of its bytes were turned into documents so far, as far as that is known."""

    @property
    def size(self) -> int:
        """The size on disk; 0 where it is not known."""
        return self._size or 0

    def afresh(self) -> Input:
        """The same file, of which nothing was read yet."""
        return Input(self.path, self.id, self.open, self.settings, size=self._size, name_date=self.name_date)

    def within(self, unpacked: Callable[[Input], BinaryIO]) -> Input:
        """What is packed into this file, under its name."""
        return Input(self.path, self.id, lambda: unpacked(self), self.settings, name_date=self.name_date)

    @property
    def facts(self) -> Facts:
        """Size, sha256 and what tells the encoding; reads the whole file in bounded memory."""
        if self._facts is None:
            with self.open() as stream:
                self._facts = probe(stream)
        return self._facts

    def data(self) -> bytes:
        """The whole file, which is read once. Raises ``Unreadable`` where it is too large for that."""
        if self._data is not None:
            return self._data
        refuse_large(self._size)
        with self.open() as stream:
            data = stream.read(LARGEST + 1)
        refuse_large(max(len(data), self._size or 0) if len(data) > LARGEST else None)
        self._facts, self._data = probe(io.BytesIO(data)), data
        return data

    def stream(self) -> io.BufferedReader:
        """The bytes once more, as far as ``facts`` saw them. Reading on raises ``Unreadable`` if they changed."""
        return io.BufferedReader(_Unchanged(self.open(), self.facts, self), 1 << 20)

    def text(self) -> tuple[io.TextIOWrapper, str]:
        """The characters as a stream, line ends kept, and the encoding that gives them."""
        encoding = self.facts.encoding()
        return io.TextIOWrapper(self.stream(), encoding, newline=""), encoding

    def seekable(self) -> IO[bytes]:
        """The file for readers that jump about: itself where it lies on disk, otherwise held in memory."""
        stream = self.open()
        if stream.seekable() and not isinstance(stream, ZipExtFile):  # which would unpack all before a place again
            return stream
        with stream:
            return io.BytesIO(self.data())


def refuse_large(size: int | None) -> None:
    """Raise ``Unreadable`` for a size that is not read as a whole."""
    if size is not None and size > LARGEST:
        raise Unreadable(
            f"the file is too large ({size / 1e6:,.1f} MB; up to {LARGEST / 1e6:,.0f} MB are read)",
            "Split it into its documents, one file each.",
        )


class _Unchanged(io.RawIOBase):
    """A stream that ends where it ended the first time, and complains at the end if it was another one."""

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


def on_disk(place: Any) -> Opener:
    """How a file on disk is opened."""
    return lambda: cast(BinaryIO, place.open("rb"))


def printable(name: str) -> str:
    r"""A file name that can be written anywhere: control characters and stray bytes become escapes.

    Two names never become one: a backslash is doubled, ``\x85`` is a stray byte and ``\u0085`` a character.
    """
    decoded = os.fsencode(name.replace("\\", r"\\")).decode("utf-8", "backslashreplace")
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape").decode().replace(r"\x", r"\u00") for c in decoded
    )


_OF_SYSTEMS = frozenset(("__macosx", "desktop.ini", "ehthumbs.db", "icon\r", "thumbs.db"))


def is_of_system(name: str) -> bool:
    """Whether systems and tools keep a file or a folder of this name for themselves: none of it is anybody's text."""
    return name.startswith((".", "~$")) or name.casefold() in _OF_SYSTEMS


def cannot_open(what: str, error: OSError) -> tuple[str, str]:
    """Reason and remedy for what the system does not let one open."""
    reason = f"the {what} cannot be opened ({' '.join(str(error.strerror or error).split())})"
    return reason, "Check that it is there and that you may read it."
