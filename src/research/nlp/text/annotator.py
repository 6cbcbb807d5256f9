"""The annotator of the layer *text*: sentences and tokens."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from research.loading.documents import Document
from research.nlp.text.segmentation import sentences_of_body
from research.nlp.text.tokenization import sentence_tokens


def annotate(document: Document, needed: Mapping[str, list[Any]]) -> dict[str, list[Any]]:  # noqa: ARG001
    """Return the tables ``sentences`` and ``tokens`` of a document's body, as pairs of start and end."""
    sentences = sentences_of_body(document.text, document.body)
    tokens = sentence_tokens(document.text, sentences)
    return {"sentences": [list(span) for span in sentences], "tokens": [list(span) for span in tokens]}
