"""The annotator of the layer *kinds*: the kind of a document, whose words it is, and the labels of its turns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from research.loading.documents import Document
from research.nlp.statements.turns import turns
from research.nlp.statements.whose import kind_of, speaker_of


def annotate(document: Document, needed: Mapping[str, list[Any]]) -> dict[str, list[Any]]:  # noqa: ARG001
    """Return the tables ``kind``, ``whose`` and ``labels``.

    ``kind`` has the kind of a document, ``whose`` the name, the office and what tells them, or nothing. ``labels`` are
    start and end of the label of each turn with its colon or full stop, in order: "Mr VALE:".
    """
    spoken = turns(document)
    kind = kind_of(document, spoken)
    whose = speaker_of(document, kind)
    return {
        "kind": [kind],
        "whose": [] if whose is None else list(whose),
        "labels": [[it.label.start, (it.sign or it.label).end] for it in spoken],
    }
