"""Evidence: the passages that a finding rests on, as exact spans of the source text."""

from __future__ import annotations

import os
import sqlite3
import tempfile
import weakref
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, compress, islice, zip_longest
from pathlib import Path
from typing import Literal, NamedTuple, SupportsIndex, overload

from research.errors import ResearchError
from research.loading import Document, Span

Role = Literal["counted", "base"]

CONTEXT = 32
"""Characters of the source kept on either side of a passage, so that it can be found again in a changed text."""


class Passage(NamedTuple):
    """One row of evidence: the selectors of the W3C Web Annotation model, and the passage's role in the finding.

    ``start`` and ``end`` are Python character offsets into the document's text, end exclusive, and ``exact`` is the
    text between them. ``sha256`` is that of the file's bytes.
    """

    role: Role
    doc_id: str
    sha256: str
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str


def passage(document: Document, span: Span, role: Role = "counted") -> Passage:
    """Return the passage of a document that a span marks, with its context."""
    start, end = span
    text = document.text
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    return Passage(role, document.id, document.origin.sha256, start, end, text[start:end], before, after)


class Evidence(Sequence[Passage]):
    """Passages in order, read again on every pass and never all held in memory.

    ``read`` starts one pass. Iterating is quick and takes no memory; an index costs a whole pass, and so does ``len``
    where ``count`` does not tell how many there are.
    """

    def __init__(self, read: Callable[[], Iterable[Passage]], count: Callable[[], int] | None = None) -> None:
        self._read = read
        self._count = count

    def __iter__(self) -> Iterator[Passage]:
        yield from self._read()  # a generator keeps its source open for as long as it is read

    def __len__(self) -> int:
        return sum(1 for _ in self) if self._count is None else self._count()

    def __bool__(self) -> bool:
        return any(True for _ in self)

    @overload
    def __getitem__(self, at: SupportsIndex) -> Passage: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Passage, ...]: ...
    def __getitem__(self, at: SupportsIndex | slice) -> Passage | tuple[Passage, ...]:
        """Return one passage by its number from 0, or several. Raises IndexError past the end."""
        if isinstance(at, slice) or at.__index__() < 0:
            return tuple(iter(self))[at]  # tuple() of a sequence asks for its length first, which costs a pass
        for row in islice(self, at.__index__(), None):
            return row
        raise IndexError(f"there is no passage {at}")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and all(one == two for one, two in zip_longest(self, other))

    __hash__ = None  # type: ignore[assignment]  # compared by content, as a list is

    def counted_as(self, role: Role) -> Evidence:
        """Return the same passages in another role."""
        return Evidence(lambda: (row._replace(role=role) for row in self), self.__len__)

    def where(self, chosen: Callable[[Passage], bool]) -> Evidence:
        """Return the passages for which ``chosen`` is true."""
        return Evidence(lambda: filter(chosen, self))

    def marked(self, marks: Collection[object]) -> Evidence:
        """Return the passages whose mark is true; there is one mark a passage, in the same order."""
        return Evidence(lambda: compress(self, marks), lambda: sum(map(bool, marks)))


class Passages(Evidence):
    """Passages in the order in which they are added, kept: few in memory, many in a temporary file."""

    def __init__(self) -> None:
        rows = self._rows = temporary_rows("passages", Passage._fields)
        self._added = 0
        weakref.finalize(self, rows.close)
        super().__init__(lambda: map(Passage._make, rows.execute("select * from passages order by rowid")))

    def __iter__(self) -> Iterator[Passage]:
        with room_for_temporary_rows():
            yield from super().__iter__()

    def add(self, *passages: Passage) -> None:
        """Keep more passages. Raises ``ResearchError`` where the disk is full."""
        with room_for_temporary_rows():
            self._rows.executemany("insert into passages values (?, ?, ?, ?, ?, ?, ?, ?)", passages)
        self._added += len(passages)

    def __len__(self) -> int:
        return self._added


def joined(*parts: Iterable[Passage]) -> Evidence:
    """Return several series of passages as one."""
    return Evidence(lambda: chain.from_iterable(parts))


# --- temporary rows ---


def temporary_rows(table: str, columns: Iterable[str]) -> sqlite3.Connection:
    """Return an empty table in a database of its own that disappears when it is closed.

    SQLite moves it from memory to a temporary file beyond two megabytes; see ``room_for_temporary_rows``.
    """
    rows = sqlite3.connect("", isolation_level=None, check_same_thread=False)
    rows.execute("pragma journal_mode = off")
    rows.execute(f"create table {table} ({', '.join(map(_column, columns))})")
    rows.execute("begin")
    return rows


@contextmanager
def room_for_temporary_rows() -> Iterator[None]:
    """Turn SQLite's error for a full disk into a ``ResearchError`` that says where to make room."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise ResearchError(
            f"The passages behind the findings do not fit into the temporary files in {_temporary_folder()} ({error}). "
            "Free some space there, or name a folder that has more in TMPDIR, then run it again."
        ) from error


def _temporary_folder() -> str:
    """Return the folder of SQLite's temporary files: the first writable one of its list (sqlite.org/tempfiles)."""
    if os.name == "nt":
        return tempfile.gettempdir()
    named = [os.environ[name] for name in ("SQLITE_TMPDIR", "TMPDIR") if name in os.environ]
    places = [*named, "/var/tmp", "/usr/tmp", "/tmp"]  # noqa: S108  nothing is written there by these names
    return next((it for it in places if Path(it).is_dir() and os.access(it, os.W_OK | os.X_OK)), str(Path.cwd()))


def _column(name: str) -> str:
    return f'"{name}"'  # "end" is a keyword of SQL
