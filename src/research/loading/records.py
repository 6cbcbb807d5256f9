"""What a reader finds in a file, before it becomes a document."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

from research.loading.documents import Span
from research.loading.encodings import Unreadable
from research.loading.files import Input


@dataclass(frozen=True)
class Record:
    """A text and what its file says about it, as written there.

    ``date`` is not parsed yet. ``row`` is the number of the record in its file, from 1, in formats that hold many.
    ``metadata`` holds all other fields. The body ends with the text unless ``body_end`` says where. ``part_of`` names
    the kind of download that was split into records; ``changed`` says how the extracted text was repaired.
    """

    text: str
    encoding: str
    body_start: int = 0
    date: str | None = None
    date_origin: str | None = None
    date_span: Span | None = None
    title: str | None = None
    source: str | None = None
    speaker: str | None = None
    language: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
    row: int | None = None
    body_end: int | None = None
    part_of: str | None = None
    changed: str | None = None


class BadRow(NamedTuple):
    """A record that gave no document, while the others of its file may."""

    row: int | str
    """Its number, or the name of a sheet or list."""
    reason: str
    remedy: str


Read = Callable[[Input], Iterator[Record | BadRow]]
"""A reader yields what it finds, one at a time, and raises ``Unreadable`` where it cannot go on."""


@contextmanager
def parsing(kind: str, remedy: str) -> Iterator[None]:
    """Turn any error of a parser into one sentence; libraries raise anything on damaged files."""
    try:
        yield
    except (Unreadable, MemoryError):
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno is not None:  # from the system, not from the library
            raise
        why = " ".join(str(error).split())[:120] or type(error).__name__
        raise Unreadable(f"the file is malformed: it cannot be read as {kind} ({why})", remedy) from error
