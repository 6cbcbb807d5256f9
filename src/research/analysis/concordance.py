"""Concordance: every occurrence of a term, as a keyword in context (KWIC)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from research.errors import ParameterError
from research.loading import Span
from research.nlp import text as texts
from research.nlp.annotate import Annotations
from research.nlp.annotated import AnnotatedDocument

if TYPE_CHECKING:
    import pandas as pd

CONTEXT = 60
"""Characters of the text on either side of the keyword."""

_COLUMNS = [
    *("term", "doc_id", "date", "outlet", "title", "start", "end", "left", "keyword", "right", "position", "sha256"),
]

_Pattern = tuple[str, ...]


def concordance(annotations: Annotations, terms: Sequence[str]) -> pd.DataFrame:
    """Find every occurrence of every term, in the order of the corpus.

    A term is one or more words; it finds singular and plural, in capitals or not (``text.base_form``). Columns:
    ``term, doc_id, date, outlet, title, start, end, left, keyword, right, position, sha256``. ``keyword`` is the exact
    text, ``position`` the number of words of the corpus before it. Raises ``ParameterError`` for a term without a
    word.

    >>> from research import annotate, load
    >>> found = concordance(annotate(load("seeds"), layers=["counts", "text"]), ["sanction"])
    >>> found["keyword"].tolist()
    ['Sanction', 'sanctions', 'sanctions', 'sanction']
    """
    import pandas as pd

    by_first = patterns(terms)
    rows = []
    words_before = 0
    for annotated in annotations:
        document = annotated.document
        for term, span, position in _occurrences(annotated, by_first):
            left = document.text[max(document.body.start, span.start - CONTEXT) : span.start]
            right = document.text[span.end : span.end + CONTEXT]
            place = (document.id, document.date, document.source, document.title, *span)
            rows.append((term, *place, left, annotated[span], right, words_before + position, document.origin.sha256))
        words_before += len(annotated.words)
    return pd.DataFrame(rows, columns=_COLUMNS)


def patterns(terms: Sequence[str]) -> Mapping[str, list[tuple[str, _Pattern]]]:
    """Return the terms as sequences of base forms, by their first. Raises ``ParameterError`` for one without a word."""
    by_first = defaultdict(list)
    for term in dict.fromkeys(terms):
        # The tokenizer takes a full stop off at the end of a sentence. In the middle of one, "Mr." keeps it before a
        # word and "No." before a number, so the term is read before both and the shorter reading is taken.
        tokens = min((texts.tokens(f"{term} {following}")[:-1] for following in ("x", "1")), key=len)
        pattern = tuple(texts.base_form(term[start:end]) for start, end in tokens)
        if not any(map(texts.is_word, pattern)):
            raise ParameterError(f"The term {term!r} has no word to look up. Give a word or a phrase.")
        by_first[pattern[0]].append((term, pattern))
    return by_first


def _occurrences(
    annotated: AnnotatedDocument, patterns: Mapping[str, list[tuple[str, _Pattern]]]
) -> Iterator[tuple[str, Span, int]]:
    """Yield each occurrence of a term: the term, its span, and the number of words of the document before it."""
    tokens = annotated.tokens
    forms = [texts.base_form(annotated[span]) for span in tokens]
    position = 0
    for i, form in enumerate(forms):
        for term, pattern in patterns.get(form, ()):
            if tuple(forms[i : i + len(pattern)]) == pattern:
                yield term, Span(tokens[i].start, tokens[i + len(pattern) - 1].end), position
        position += texts.is_word(annotated[tokens[i]])
