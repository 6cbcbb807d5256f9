"""The annotators of the layers *sentences* and *text* (tokens).

They are apart because most layers need sentences alone, and tokens take six times as long.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from research.loading.documents import Document, Span
from research.nlp.text.segmentation import sentences_of_body
from research.nlp.text.tokenization import sentence_tokens


def annotate_sentences(document: Document, needed: Mapping[str, list[Any]]) -> dict[str, list[Any]]:  # noqa: ARG001
    """Return the table ``sentences`` of a document's body, as pairs of start and end."""
    return {"sentences": [list(span) for span in sentences_of_body(document.text, document.body)]}


def annotate(document: Document, needed: Mapping[str, list[Any]]) -> dict[str, list[Any]]:
    """Return the table ``tokens`` of a document's body, as pairs of start and end."""
    tokens = sentence_tokens(document.text, (Span(*it) for it in needed["sentences"]))
    return {"tokens": [list(span) for span in tokens]}
