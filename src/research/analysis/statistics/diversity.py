"""Lexical diversity: how many different words a text uses for its length.

Every measure takes counts or tokens and returns one number. The type-token ratio falls with the length of a text
whatever its vocabulary, so texts of different lengths cannot be compared by it; MATTR and, less, Yule's K can.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd

WINDOW = 500
"""The words of a window for MATTR. Covington and McFall recommend 500 to compare texts by their vocabulary."""
_YULE = 10_000


def diversity(
    ids: NDArray[np.integer[Any]], documents: NDArray[np.integer[Any]], n_documents: int, window: int = WINDOW
) -> pd.DataFrame:
    """Return the lexical diversity of documents: one row for each of ``n_documents``, one column a measure.

    ``ids`` are the numbers of the words, in order, and ``documents`` the number of the document of each, from 0. With N
    words (tokens) and V different ones (types), the columns are ``words`` (N), ``types`` (V) and

    - ``ttr``: V / N, the type-token ratio (Johnson 1944).
    - ``cttr``: V / √(2 N), corrected (Carroll 1964).
    - ``guiraud_r``: V / √N (Guiraud 1954).
    - ``herdan_c``: ln V / ln N (Herdan 1960); missing for one word.
    - ``yule_k``: 10,000 (S - N) / N², where S is the sum of the squared counts of words (Yule 1944): low is diverse.
    - ``simpson_d``: the chance that two words drawn from the text are the same (Simpson 1949); missing for one word.
    - ``mattr``: the mean type-token ratio of all windows of ``window`` words in a row (Covington and McFall 2010,
      *Journal of Quantitative Linguistics* 17); missing where the document is shorter.

    All are missing for a document without words. Raises ValueError for a window below 1 or ids below 0.
    """
    import pandas as pd

    if window < 1 or (ids < 0).any() or len(ids) != len(documents):
        raise ValueError("Diversity needs a window of 1 word or more, and an id, from 0, and a document for each word.")
    words = np.bincount(documents, minlength=n_documents).astype(np.float64)
    size = int(ids.max(initial=0)) + 1
    pairs, counts = np.unique(documents.astype(np.int64) * size + ids, return_counts=True)
    of_pair = pairs // size
    types = np.bincount(of_pair, minlength=n_documents).astype(np.float64)
    squares = np.bincount(of_pair, counts.astype(np.float64) ** 2, minlength=n_documents)
    with np.errstate(divide="ignore", invalid="ignore"):
        columns = {
            "ttr": types / words,
            "cttr": types / np.sqrt(2 * words),
            "guiraud_r": types / np.sqrt(words),
            "herdan_c": np.where(words > 1, np.log(types) / np.log(words), np.nan),
            "yule_k": _YULE * (squares - words) / words**2,
            "simpson_d": (squares - words) / (words * (words - 1)),
            "mattr": _mattr(ids, documents, n_documents, window),
        }
    return pd.DataFrame({"words": words.astype(np.int64), "types": types.astype(np.int64), **columns})


def _mattr(
    ids: NDArray[np.integer[Any]], documents: NDArray[np.integer[Any]], n_documents: int, window: int
) -> NDArray[np.float64]:
    """Return the mean type-token ratio of all windows; each token tells in how many windows it is a word's first.

    A token is the first of its word in those windows that include it and start after the word's previous token. The sum
    of types over all windows is the sum of these numbers over all tokens, so no window has to be counted by itself.
    """
    order = np.argsort(documents, kind="stable")
    ids, documents = ids[order], documents[order]
    words = np.bincount(documents, minlength=n_documents)
    place = np.arange(len(ids)) - (np.cumsum(words) - words)[documents]
    by_word = np.lexsort((place, ids, documents))
    same = (ids[by_word][1:] == ids[by_word][:-1]) & (documents[by_word][1:] == documents[by_word][:-1])
    previous = np.full(len(ids), -1)
    previous[by_word[1:]] = np.where(same, place[by_word[:-1]], -1)
    starts = words[documents] - window  # the last start of a window
    first = np.maximum(previous + 1, place - window + 1)
    windows = np.maximum(np.minimum(place, starts) - np.maximum(first, 0) + 1, 0)
    total = np.bincount(documents, windows, minlength=n_documents)
    number = words - window + 1
    return np.where(number > 0, total / (window * np.maximum(number, 1)), np.nan)
