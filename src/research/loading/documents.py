"""A document, and the few small things that it is made of."""

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
    """A file, a row of a table or a member of an archive that no document was taken from: why, and what to do."""

    file: str
    reason: str
    remedy: str

    @property
    def is_hidden(self) -> bool:
        """Whether it is one of the files that systems and tools keep beside people's own: nothing of theirs is lost."""
        return self.reason in HIDDEN.values()


HIDDEN = {kind: f"a hidden {kind}, which systems and tools keep" for kind in ("file", "folder")}
"""Why a file or a folder that is nobody's text is left out (``files.is_of_system``)."""


@dataclass(frozen=True)
class Origin:
    """Where a document came from, and how it was read.

    ``path`` is relative to the source; what lies in an archive has the archive's path before its own
    (``wire.zip/2024/a.txt``). ``sha256`` is that of the file's bytes, unpacked. ``reader`` is the format or
    the library that took the text out (``LexisNexis download (pypdf)``), ``version`` that of this format or
    library, and ``row`` the number of the record, from 1, where a file holds many.

    Of plain text, decoding the bytes with ``encoding`` gives ``Document.text`` again, or what it is a part of
    where a download holds many articles. Where the characters come out of markup or a binary format,
    ``encoding`` is that of the bytes, or empty.
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

    ``text`` is exactly the decoded file, or the prose that was taken out of a table, of markup or of a binary
    format; every offset in this package counts in it. ``body`` is the part that is prose, without header.

    ``date`` is as much of an ISO 8601 date as the document states: ``2023-09-29``, ``2023-09`` or ``2023``.
    ``date_origin`` says where it was found (``header``, ``front matter``, ``metadata``, ``column NAME``,
    ``element NAME``, ``file name``), and ``date_span`` is the place where the text states it; all three are
    None where the document carries no date, and the last one where the date stands outside the text.

    ``speaker`` is whose words the whole text is, where its owner or its own fields say so: a speech's, a statement's;
    None for news. ``kind`` is what its owner calls it (``news``, ``speech``, ``transcript``, ``interview``).
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
        said = (self.language, self.title, self.speaker, self.kind, sorted(self.metadata.items()))
        seen = f"{self.body.start} {self.body.end} {said!r}\n{self.text}"
        return hashlib.sha256(seen.encode("utf-8", "surrogatepass")).hexdigest()
