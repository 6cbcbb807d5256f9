"""Concordance: every occurrence of a term, as a keyword in context (KWIC)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from research.analysis import evidence
from research.analysis.rows import table_of
from research.analysis.terms import Terms
from research.loading import Document, Span
from research.nlp.annotate import Annotations

if TYPE_CHECKING:
    import pandas as pd

CONTEXT = 60
"""The most characters of the text on either side of the keyword."""
_LONGEST_WORD = CONTEXT - evidence.CONTEXT
"""A longer word, such as an address, or a text without blanks is cut, so that some context is left."""

_COLUMNS = [
    *("term", "doc_id", "date", "outlet", "title", "start", "end", "left", "keyword", "right", "position", "sha256"),
]
_NUMBERS = {"start": "int64", "end": "int64", "position": "int64"}


def concordance(annotations: Annotations, terms: Sequence[str]) -> pd.DataFrame:
    """Find every occurrence of every term, in the order of the corpus.

    A term is one or more words, with ``*`` for any letters and ``?`` for one (see ``analysis.terms``). Columns:
    ``term, doc_id, date, outlet, title, start, end, left, keyword, right, position, sha256``. ``keyword`` is the exact
    text, ``position`` the number of words of the corpus before it. Raises ``ParameterError`` for a term without a
    word.

    >>> from research import annotate, load
    >>> found = concordance(annotate(load("seeds"), layers=["counts", "text"]), ["sanction"])
    >>> found["keyword"].tolist()
    ['Sanction', 'sanctions', 'sanctions', 'sanction']
    """
    return table_of(_rows(annotations, Terms(terms)), _COLUMNS, on_disk=("left", "right")).astype(_NUMBERS)


def _rows(annotations: Annotations, looked_up: Terms) -> Iterator[tuple[Any, ...]]:
    words_before = 0
    for annotated in annotations:
        document = annotated.document
        for term, span, position, *_ in looked_up.found_in(annotated):
            left, right = contexts(document, span)
            place = (document.id, document.date, document.source, document.title, *span)
            yield (term, *place, left, annotated[span], right, words_before + position, document.origin.sha256)
        words_before += annotated.n_words


def contexts(document: Document, span: Span, bounds: Span | None = None, most: int = CONTEXT) -> tuple[str, str]:
    """Return the exact text on either side of a span: at most so many characters, and no part of a word.

    ``bounds`` are as far as the text may go, by default from the beginning of the body to the end of the file.
    """
    text = document.text
    first, last = bounds or (document.body.start, len(text))
    start, end = max(first, span.start - most), min(max(last, span.end), span.end + most)
    left, right = text[start : span.start], text[span.end : end]
    if start > first and not text[start - 1].isspace():
        left = _if_enough(_CUT_AT_ITS_START.sub("", left), left)
    if end < last and not text[end].isspace():
        right = _if_enough(_CUT_AT_ITS_END.sub("", right), right)
    return left, right


_CUT_AT_ITS_START = re.compile(r"\A\S+(?:\s+|\Z)")
_CUT_AT_ITS_END = re.compile(r"(?:\s|\A)\S+\Z")


def _if_enough(whole_words: str, cut: str) -> str:
    return whole_words if len(whole_words) >= len(cut) - _LONGEST_WORD else cut
