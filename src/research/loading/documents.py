"""A document and the small records it is made of."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple


class Span(NamedTuple):
    """Python character offsets into ``Document.text``, end exclusive."""

    start: int
    end: int


class Rejected(NamedTuple):
    """A file, a row of a table or a member of an archive that gave no document: the reason and the remedy."""

    file: str
    reason: str
    remedy: str

    @property
    def is_hidden(self) -> bool:
        """Whether systems and tools keep this file for themselves, so that no text is lost with it."""
        return self.reason in HIDDEN.values()

    @property
    def times(self) -> int:
        """How many files or parts of files this is about."""
        return 1


class RejectedRows(Rejected):
    """Several parts of one file that gave no document for one reason; ``file`` is the first of them.

    It is equal to a ``Rejected`` of the same words, which have the number in them.
    """

    def __new__(cls, file: str, reason: str, remedy: str, times: int) -> RejectedRows:
        """Make an entry for so many parts."""
        made = super().__new__(cls, file, reason, remedy)
        made._times = times
        return made

    _times: int

    def __getnewargs__(self) -> tuple[str, str, str, int]:
        """What a copy, or another process, makes the entry from."""
        return (*self, self._times)

    @property
    def times(self) -> int:
        """How many parts of the file these are."""
        return self._times


NEWS, SPEECH, TRANSCRIPT, INTERVIEW = "news", "speech", "transcript", "interview"
KINDS = (NEWS, SPEECH, TRANSCRIPT, INTERVIEW)
"""What a document can be. A speech is any text that is one person's, or one body's, words: a speech, a statement, a
release, an opinion."""

HIDDEN = {kind: f"a hidden {kind}, which systems and tools keep" for kind in ("file", "folder")}
"""Why hidden files and folders are left out (``files.is_of_system``)."""


@dataclass(frozen=True)
class Origin:
    """Where a document came from, and how it was read.

    ``path`` is relative to the source. A member of an archive has the archive's path before its own
    (``wire.zip/2024/a.txt``). ``sha256`` is that of the file's bytes, unpacked. ``reader`` is the format or the library
    that extracted the text, with what was repaired (``XML (12 escapes decoded)``); ``version`` is the version of that
    format or library. ``row`` is the number of the record, from 1, in a file that holds many.

    For plain text, decoding the bytes with ``encoding`` gives ``Document.text`` again, or a text that contains it where
    a download holds many articles. For markup and binary formats ``encoding`` is that of the bytes, or empty.
    """

    path: str
    sha256: str
    encoding: str
    reader: str = "plain text"
    version: str = "1"
    row: int | None = None


@dataclass(frozen=True)
class Document:
    """One text, immutable, with its metadata.

    ``text`` is exactly the decoded file, or the prose extracted from a table, markup or a binary format. Every offset
    in this package counts characters of ``text``. ``body`` is the part that is prose, without the header. ``source`` is
    the outlet.

    ``date`` is as much of an ISO 8601 date as the document states: ``2023-09-29``, ``2023-09`` or ``2023``.
    ``date_origin`` says where it was found (``header``, ``front matter``, ``metadata``, ``column NAME``,
    ``element NAME``, ``file name``, ``folder names``), and ``date_span`` where the text states it. All three are None
    for a document without a date; ``date_span`` is None as well where the date is not part of the text.

    ``speaker`` is whose words the whole text is, where its owner or its own fields say so: a speech's, a statement's;
    None for news. ``kind`` is what its owner calls it, one of ``KINDS``.
    """

    id: str
    text: str
    body: Span
    origin: Origin
    date: str | None = None
    date_span: Span | None = None
    date_origin: str | None = None
    title: str | None = None
    source: str | None = None
    speaker: str | None = None
    kind: str | None = None
    language: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def digest(self) -> str:
        """A sha256 of what an annotator sees: the text, which part of it is prose, and what is said about it."""
        told = (self.language, self.date, self.title, self.source, self.speaker, self.kind)
        said = (*told, sorted(self.metadata.items()))
        seen = f"{self.body.start} {self.body.end} {said!r}\n{self.text}"
        return hashlib.sha256(seen.encode("utf-8", "surrogatepass")).hexdigest()
