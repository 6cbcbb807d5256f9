"""The annotator of the layer *text*: tokens."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from research.loading.documents import Document, Span
from research.nlp.text.tokenization import sentence_tokens


def annotate(document: Document, needed: Mapping[str, list[Any]]) -> dict[str, list[Any]]:
    """Return the table ``tokens`` of a document's body, as pairs of start and end."""
    tokens = sentence_tokens(document.text, (Span(*it) for it in needed["sentences"]))
    return {"tokens": [list(span) for span in tokens]}
