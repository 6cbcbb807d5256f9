"""The annotator of the layer *sentences*: most layers need sentences alone, and tokens take ten times as long."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from research.loading.documents import Document
from research.nlp.text.segmentation import sentences_of_body


def annotate(document: Document, needed: Mapping[str, list[Any]]) -> dict[str, list[Any]]:  # noqa: ARG001
    """Return the table ``sentences`` of a document's body, as pairs of start and end."""
    return {"sentences": [list(span) for span in sentences_of_body(document.text, document.body)]}
