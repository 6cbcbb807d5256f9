"""The corpora of the marked sentences, as `research.loading` reads them: offsets count characters of a document.

DATA holds `polnear/dev/text`, `ungdc` and `pm-transcripts`.
"""

from __future__ import annotations

from pathlib import Path

from research.loading import Document, load
from training.attributions.gold import corpora

CORPORA = ("polnear", "ungdc", "pm-transcripts")


def read(corpus: str, data: Path) -> dict[str, Document]:
    """Return the documents of one corpus by their id."""
    if corpus == "polnear":
        return {document.id: document for document in load(data / "polnear" / "dev" / "text")}
    return corpora.read(corpus, data)


def kind(corpus: str, document: Document) -> str | None:
    """Return news, speech, release, interview or transcript; None for a document that is none of these."""
    return "news" if corpus == "polnear" else corpora.kind(corpus, document)
