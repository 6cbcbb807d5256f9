"""Concordance: every occurrence of a term, as a keyword in context (KWIC)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from research.analysis.terms import Terms
from research.nlp.annotate import Annotations

if TYPE_CHECKING:
    import pandas as pd

CONTEXT = 60
"""Characters of the text on either side of the keyword."""

_COLUMNS = [
    *("term", "doc_id", "date", "outlet", "title", "start", "end", "left", "keyword", "right", "position", "sha256"),
]


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
    import pandas as pd

    looked_up = Terms(terms)
    rows = []
    words_before = 0
    for annotated in annotations:
        document = annotated.document
        for term, span, position, *_ in looked_up.found_in(annotated):
            left = document.text[max(document.body.start, span.start - CONTEXT) : span.start]
            right = document.text[span.end : span.end + CONTEXT]
            place = (document.id, document.date, document.source, document.title, *span)
            rows.append((term, *place, left, annotated[span], right, words_before + position, document.origin.sha256))
        words_before += len(annotated.words)
    return pd.DataFrame(rows, columns=_COLUMNS)
