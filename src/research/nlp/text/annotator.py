"""The annotator of the layer *text*: tokens, and the sentences that they are in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from research.loading.documents import Document, Span
from research.nlp.text.tokenization import sentence_tokens


def annotate(document: Document, needed: Mapping[str, list[Any]]) -> dict[str, list[Any]]:
    """Return the tables ``pieces`` and ``tokens`` of a document's body, as pairs of start and end.

    The label of a turn ("Mr VALE:") is layout: nobody says it, so it has no tokens, and no count of words or sentences
    has it. ``pieces`` are the sentences without labels; one with a label in its midst makes two.
    """
    pieces = list(_without_labels(document.text, needed["sentences"], needed["labels"]))
    tokens = sentence_tokens(document.text, pieces)
    return {"pieces": [list(it) for it in pieces], "tokens": [list(it) for it in tokens]}


def _without_labels(text: str, sentences: Iterable[Sequence[int]], labels: Sequence[Sequence[int]]) -> Iterator[Span]:
    """Yield what the labels leave of each sentence, where that has a letter or a digit. Both are in order."""
    at = 0
    for start, end in sentences:
        while at < len(labels) and labels[at][1] <= start:
            at += 1
        if at == len(labels) or labels[at][0] >= end:
            yield Span(start, end)
            continue
        left = start
        for label_start, label_end in labels[at:]:
            if label_start >= end:
                break
            yield from _said(text, left, label_start)
            left = label_end
        yield from _said(text, left, end)


def _said(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    if any(map(str.isalnum, piece)):
        yield Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))
