"""One function a format: the bytes of a file become documents.

``READERS`` is the only place that says which formats there are. A reader gets the bytes and where
they came from, yields documents, and raises ``Unreadable`` for a file that it can make nothing of.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping

from research.loading.cleaning import read_header
from research.loading.documents import Document, Origin, Span

Reader = Callable[[bytes, str, str], Iterator[Document]]


class Unreadable(Exception):
    """No document can be taken from a file: the reason, and what its owner can do."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.remedy = remedy


def read_plain_text(data: bytes, path: str, document_id: str) -> Iterator[Document]:
    """Yield the one document of a UTF-8 text file, with or without a byte-order mark."""
    text, encoding = _decode(data)
    if not text.strip():
        raise Unreadable("the file is blank: it holds white space only", "Remove it, or put a text into it.")
    header = read_header(text)
    if not text[header.body_start :].strip():
        raise Unreadable("the file holds a header and no text", "Remove it, or put a text under the header.")
    yield Document(
        id=document_id,
        text=text,
        body=Span(header.body_start, len(text)),
        origin=Origin(path, hashlib.sha256(data).hexdigest(), encoding),
        date=header.date,
        date_span=header.date_span,
    )


def _decode(data: bytes) -> tuple[str, str]:
    if not data:
        raise Unreadable("the file is empty", "Remove it, or put a text into it.")
    if b"\0" in data:
        raise Unreadable(
            "the file is binary data, not text (it holds NUL bytes)",
            "Export its text as UTF-8, or remove it from the folder.",
        )
    encoding = "utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8"
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"the file is not UTF-8 text (byte {error.start:,} cannot be decoded)",
            "Save it as UTF-8 text, or remove it from the folder.",
        ) from error


READERS: Mapping[str, Reader] = {
    ".txt": read_plain_text,
    ".text": read_plain_text,
}
"""The reader of each file-name suffix, in lower case."""
