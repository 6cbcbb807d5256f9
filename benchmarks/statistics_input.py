"""Folders of texts as arrays of words, which the benchmarks of statistics share."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

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
