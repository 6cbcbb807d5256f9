"""A document for the screen: its metadata, then header and body, separately."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from itertools import islice

from research.errors import UsageError
from research.loading.cleaning import damage
from research.loading.corpus import Corpus
from research.loading.documents import Document
from research.loading.readers import stem, what_it_was

_MOST_COMPARED = 10_000


def document_of(corpus: Corpus, document_id: str) -> Document:
    """Return the document with this id. ``UsageError`` says why it was rejected, or names similar ids."""
    if document_id in corpus:
        return corpus[document_id]
    for it in corpus.rejected:
        path, _, row = it.file.rpartition("#")
        plain = stem(it.file) if what_it_was(it) == "file" else f"{stem(path)}#{row}"
        if document_id in (it.file, plain):
            raise UsageError(f"{it.file} gave no document: {it.reason}. {it.remedy}")
    alike = get_close_matches(document_id, list(islice(corpus.ids, _MOST_COMPARED)), n=3, cutoff=0.5)
    hint = f"Did you mean {' or '.join(alike)}?" if alike else f"The first document is {corpus.ids[0]}."
    raise UsageError(f"There is no document {document_id!r} in {corpus.name}. {hint}")


def lines(document: Document) -> Iterator[str]:
    """Yield the document for the screen, line by line, without characters that control a terminal."""
    yield _shown(document.id)
    for name, value in _known(document):
        if value:
            yield _shown(f"  {name:<10}  {value}")
    start, end = document.body
    if start:
        yield f"\n--- header (characters 0 to {start:,}) ---"
        yield _shown(document.text[:start].strip("\r\n"))
    yield f"\n--- body (characters {start:,} to {end:,}) ---"
    yield _shown(document.text[start:end])
    if end < len(document.text):
        yield f"\n--- after the body (characters {end:,} to {len(document.text):,}) ---"
        yield _shown(document.text[end:])


# Control characters and escapes, and the signs that turn the direction of writing.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]")


def _shown(text: str) -> str:
    """A text for a terminal, where control characters could move the cursor or hide what is written."""
    return _CONTROLS.sub(lambda it: it[0].encode("unicode_escape").decode(), text)


def _known(document: Document) -> Iterator[tuple[str, str | None]]:
    origin, found = document.origin, damage(document.text)
    unread = "not readable" if document.date_origin else "none"
    yield "date", f"{document.date or unread}{f' ({document.date_origin})' if document.date_origin else ''}"
    yield "title", document.title
    yield "source", document.source
    yield "speaker", document.speaker
    yield "kind", document.kind
    yield "language", document.language
    yield "file", origin.path if origin.row is None else f"{origin.path}, record {origin.row:,}"
    yield "read as", f"{origin.reader} {origin.version}{f', {origin.encoding}' if origin.encoding else ''}"
    yield "sha256", origin.sha256
    counts = {"wrongly decoded": found.mojibake, "control": found.control, "replacement": found.replacement}
    yield "damage", ", ".join(f"{n:,} {kind} characters" for kind, n in counts.items() if n)
    yield from document.metadata.items()
