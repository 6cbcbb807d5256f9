"""Concordance: every place of a term, as the keyword in its context (KWIC)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from research.errors import ParameterError
from research.loading import Span
from research.nlp import text as texts
from research.nlp.annotate import AnnotatedDocument, Annotations

if TYPE_CHECKING:
    import pandas as pd

CONTEXT = 60
"""Characters of the prose on either side of the keyword."""

_COLUMNS = ["term", "doc_id", "date", "start", "end", "left", "keyword", "right", "position", "sha256"]

_Pattern = tuple[str, ...]


def concordance(annotations: Annotations, terms: Sequence[str]) -> pd.DataFrame:
    """Find every place of every term, in the order of the corpus.

    A term is one or more words; capitals aside, it finds singular and plural (``text.base_form``). Columns:
    ``term, doc_id, date, start, end, left, keyword, right, position, sha256``, where ``position`` counts
    the words of the corpus before the keyword. Raises ``ParameterError`` for a term without a word.
    """
    import pandas as pd

    patterns = _patterns(terms)
    rows = []
    words_before = 0
    for annotated in annotations:
        document = annotated.document
        for term, span, position in _places(annotated, patterns):
            left = document.text[max(document.body.start, span.start - CONTEXT) : span.start]
            right = document.text[span.end : span.end + CONTEXT]
            place = (document.id, document.date, *span)
            rows.append((term, *place, left, annotated[span], right, words_before + position, document.origin.sha256))
        words_before += len(annotated.words)
    return pd.DataFrame(rows, columns=_COLUMNS)


def _patterns(terms: Sequence[str]) -> Mapping[str, list[tuple[str, _Pattern]]]:
    """The terms as sequences of base forms, by their first."""
    by_first = defaultdict(list)
    for term in dict.fromkeys(terms):
        # Its last full stop stays where a word keeps it within a sentence, before a word ("Mr.") or a number ("No.").
        tokens = min((texts.tokens(f"{term} {following}")[:-1] for following in ("x", "1")), key=len)
        pattern = tuple(texts.base_form(term[start:end]) for start, end in tokens)
        if not any(map(texts.is_word, pattern)):
            raise ParameterError(f"The term {term!r} holds no word that could be looked up. Name a word or a phrase.")
        by_first[pattern[0]].append((term, pattern))
    return by_first


def _places(
    annotated: AnnotatedDocument, patterns: Mapping[str, list[tuple[str, _Pattern]]]
) -> Iterator[tuple[str, Span, int]]:
    """Each place of a term: the term, its span, and how many words of the document stand before it."""
    tokens = annotated.tokens
    forms = [texts.base_form(annotated[span]) for span in tokens]
    position = 0
    for i, form in enumerate(forms):
        for term, pattern in patterns.get(form, ()):
            if tuple(forms[i : i + len(pattern)]) == pattern:
                yield term, Span(tokens[i].start, tokens[i + len(pattern) - 1].end), position
        position += texts.is_word(annotated[tokens[i]])
