"""Folders of texts as arrays of words, which the benchmarks of statistics share."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

from research.analysis.statistics.readability import COMPLEX, flesch_kincaid_grade, flesch_reading_ease, gunning_fog
from research.nlp import text as texts

Ids = NDArray[np.int64]


class Tokens(NamedTuple):
    """A folder: ids of its words (-1: punctuation), sentence and document of each token, and the words in order."""

    ids: Ids
    sentences: Ids
    documents: Ids
    words: list[str]
    names: list[str]

    @property
    def counts(self) -> csr_array[Any, tuple[int, int]]:
        """Documents by words."""
        kept = self.ids >= 0
        shape = len(self.names), len(self.words)
        ones = np.ones(int(kept.sum()), dtype=np.int64)
        return coo_array((ones, (self.documents[kept], self.ids[kept])), shape=shape).tocsr()

    @property
    def sizes(self) -> Ids:
        """Words of each document."""
        return np.bincount(self.documents[self.ids >= 0], minlength=len(self.names)).astype(np.int64)


def read(folder: Path) -> Tokens:
    """Tokenize every .txt file of a folder, as the package does; words in small letters."""
    known: dict[str, int] = {}
    ids, sentences, documents, sentence = [], [], [], 0
    paths = sorted(path for path in folder.glob("*.txt") if not path.name.startswith("._"))
    for number, path in enumerate(paths):
        text = path.read_bytes().decode("utf-8-sig", errors="replace")
        for sentence_span in texts.sentences(text):
            for s, e in texts.sentence_tokens(text, [sentence_span]):
                token = texts.folded(text[s:e])
                ids.append(known.setdefault(token, len(known)) if texts.is_word(text[s:e]) else -1)
                sentences.append(sentence)
                documents.append(number)
            sentence += 1
    arrays = [np.array(column, dtype=np.int64) for column in (ids, sentences, documents)]
    return Tokens(arrays[0], arrays[1], arrays[2], list(known), [path.stem for path in paths])


def readability(its: Tokens) -> pd.DataFrame:
    """Return the readability of each document, and its syllables."""
    syllables = np.array([texts.syllables(word) for word in its.words], dtype=np.int64)
    rows = []
    for number in range(len(its.names)):
        own = (its.ids >= 0) & (its.documents == number)
        spoken = syllables[its.ids[own]]
        words, sentences, total = int(own.sum()), len(np.unique(its.sentences[own])), int(spoken.sum())
        rows.append(
            {
                "flesch_reading_ease": flesch_reading_ease(words, sentences, total),
                "flesch_kincaid_grade_level": flesch_kincaid_grade(words, sentences, total),
                "gunning_fog_index": gunning_fog(words, sentences, int((spoken >= COMPLEX).sum())),
                "syllables": total,
            }
        )
    return pd.DataFrame(rows)
