"""What a corpus keeps of each document: its metadata, never its text."""

from __future__ import annotations

from typing import NamedTuple

from research.loading.cleaning import damage
from research.loading.documents import Document


class Row(NamedTuple):
    """The columns of ``Corpus.documents`` for one document, and the number of its file."""

    file: int
    date: str | None
    title: str | None
    source: str | None
    speaker: str | None
    kind: str | None
    language: str | None
    characters: int
    body_start: int
    body_end: int
    path: str
    sha256: str
    encoding: str
    row: int | None
    reader: str
    reader_version: str
    date_origin: str | None
    mojibake: int
    control: int
    replacement: int


NUMBERS = ("characters", "body_start", "body_end", "mojibake", "control", "replacement")
"""The columns that hold whole numbers, none of them missing."""


def row_of(document: Document, file: int) -> Row:
    """Return the row of a document that comes from this file."""
    origin = document.origin
    return Row(
        file,
        document.date,
        document.title,
        document.source,
        document.speaker,
        document.kind,
        document.language,
        len(document.text),
        document.body.start,
        document.body.end,
        origin.path,
        origin.sha256,
        origin.encoding,
        origin.row,
        origin.reader,
        origin.version,
        document.date_origin,
        *damage(document.text),
    )
