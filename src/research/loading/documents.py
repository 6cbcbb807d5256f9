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
    """A file that no document was taken from: where it lies, why, and what to do."""

    file: str
    reason: str
    remedy: str


@dataclass(frozen=True)
class Origin:
    """Where a document came from.

    ``path`` is relative to the source, ``sha256`` is that of the file's bytes, and decoding these
    bytes with ``encoding`` gives ``Document.text`` again.
    """

    path: str
    sha256: str
    encoding: str


@dataclass(frozen=True)
class Document:
    """One text, immutable, with its metadata.

    ``text`` is exactly the decoded file, and every offset in this package counts in it. ``body`` is
    the part that is prose, without header. ``date`` is an ISO 8601 date and ``date_span`` the place
    where the text states it; both are None where the document carries no date.
    """

    id: str
    text: str
    body: Span
    origin: Origin
    date: str | None = None
    date_span: Span | None = None
    title: str | None = None
    source: str | None = None
    language: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def digest(self) -> str:
        """A sha256 of what an annotator sees: the text, and which part of it is prose."""
        seen = f"{self.body.start} {self.body.end}\n{self.text}"
        return hashlib.sha256(seen.encode("utf-8", "surrogatepass")).hexdigest()
