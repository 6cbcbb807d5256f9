"""How hard and how varied the language of each document is, in 05_language: grades of readability, and diversity."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from research.analysis.declaring import kept
from research.analysis.language.words import Words, words_of
from research.analysis.statistics.diversity import diversity
from research.analysis.statistics.readability import COMPLEX, SHORTEST, flesch_kincaid_grade, gunning_fog
from research.analysis.statistics.uncertainty import rounded
from research.nlp import text as texts
from research.nlp.annotate import Annotations

if TYPE_CHECKING:
    import pandas as pd

WINDOW = 100
"""The words of a window of the moving-average type-token ratio: short, since many releases and reports are."""
_TOKENS_AT_ONCE = 200_000
_DIVERSITY = ("ttr", "cttr", "mattr", "yule_k")
STYLE = ("doc_id", "words", "flesch_kincaid_grade", "gunning_fog", "types", *_DIVERSITY)


@kept
def style(annotations: Annotations) -> pd.DataFrame:
    """Return grades of readability and measures of diversity, one row a document in English.

    Columns: ``doc_id, words``; ``flesch_kincaid_grade`` and ``gunning_fog``, years of school that a reader needs,
    missing below 100 words; ``types``, the different words by base form; ``ttr, cttr, mattr`` (in windows of 100
    words) and ``yule_k`` (see ``statistics.diversity``). The plain type-token ratio falls with the length of a text,
    so compare documents of unlike length by ``mattr``.
    """
    import pandas as pd

    words = words_of(annotations)
    is_word = words.ids >= 0
    table = pd.concat([_diversity(words, first, end) for first, end in _batches(words)], ignore_index=True)
    of_spelling = np.array([*map(texts.syllables, words.spellings), 0], dtype=np.int64)
    spoken, documents = of_spelling[words.spelled[is_word]], words.documents[is_word]
    long_ones = np.bincount(documents, spoken >= COMPLEX, minlength=len(words.doc_ids))
    document_of_sentence = words.documents[np.unique(words.sentences, return_index=True)[1]]
    sentences = np.bincount(document_of_sentence, minlength=len(words.doc_ids))
    sizes = (words.sizes, sentences, words.syllables, long_ones)
    grades = [_grades(*map(int, its)) for its in zip(*(it.tolist() for it in sizes), strict=True)]
    table = table.assign(
        doc_id=np.array(words.doc_ids, dtype=object),
        words=words.sizes,
        flesch_kincaid_grade=np.array([grade for grade, _ in grades]),
        gunning_fog=np.array([fog for _, fog in grades]),
        **{name: table[name].astype(float).map(rounded) for name in _DIVERSITY},
    )
    numbers = dict.fromkeys(("words", "types"), "int64") | dict.fromkeys(STYLE[2:4], "float64")
    return pd.DataFrame(table)[list(STYLE)].astype(numbers)


def _batches(words: Words) -> Iterator[tuple[int, int]]:
    """Yield the first document and the end of each batch: counting them all at once takes 80 bytes a token."""
    first = 0
    while True:
        most = words.first[first] + _TOKENS_AT_ONCE
        end = max(first + 1, int(np.searchsorted(words.first, most, "right")) - 1)
        yield first, min(end, len(words.doc_ids))
        first = end
        if first >= len(words.doc_ids):
            return


def _diversity(words: Words, first: int, end: int) -> pd.DataFrame:
    """Return the diversity of some documents that follow each other, which does not depend on any other."""
    its = slice(words.first[first], words.first[end])
    ids, documents = words.ids[its], np.repeat(np.arange(end - first), np.diff(words.first[first : end + 1]))
    return diversity(ids[ids >= 0], documents[ids >= 0], end - first, window=WINDOW)


def _grades(words: int, sentences: int, syllables: int, complex_words: int) -> tuple[float, float]:
    """Return the grade and the fog index of a document; missing for a short one."""
    if words < SHORTEST:
        return np.nan, np.nan
    grade = flesch_kincaid_grade(words, sentences, syllables)
    return rounded(grade), rounded(gunning_fog(words, sentences, complex_words))
