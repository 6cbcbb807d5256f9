"""Intervals over documents for many words at once: resample the documents of two sides, and compare them each time.

Words of one document resemble each other, so documents are drawn, never words. A resample is a row of weights, how
often each document was drawn; counting all words in all resamples is one product of sparse counts and weights.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from research.analysis.statistics.log_ratio import ZERO, log_ratio_interval
from research.analysis.statistics.uncertainty import FEWEST_DOCUMENTS, RESAMPLES, effective_number, expanded_tail

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Floats = NDArray[np.float64]

SPARSE = 10
"""A word in fewer documents of a side than this is too rare for resampling alone."""
_NUMBERS_AT_ONCE = 4_000_000
_SEED = 0


class Side(NamedTuple):
    """One side of a comparison.

    ``name`` is what messages call it, ``documents`` the ids of its documents, ``counts`` a sparse array of documents by
    words, ``words`` the number of words of each document. A frequency list has one row of counts and no documents.
    """

    name: str
    documents: Sequence[str]
    counts: csr_array[Any, tuple[int, int]]
    words: NDArray[np.int64]

    @property
    def totals(self) -> Floats:
        """How often each word occurs."""
        return np.asarray(self.counts.sum(axis=0), dtype=np.float64)

    @property
    def size(self) -> int:
        """The words of all documents."""
        return int(self.words.sum())

    @property
    def having(self) -> NDArray[np.int64]:
        """How many documents have each word."""
        return np.asarray((self.counts > 0).sum(axis=0), dtype=np.int64)


def log_ratio_intervals(target: Side, reference: Side) -> tuple[Floats, Floats]:
    """Return the ends of the 95% CI over documents of every word's log ratio.

    The documents of both sides are drawn with replacement 2,000 times with a fixed seed, and the interval is the
    percentile interval of the log ratio, expanded for few documents of unlike length (``expanded_tail``,
    ``effective_number``). A frequency list has no documents and stays as it is. A word that is in fewer than 10
    documents of a side, or occurs fewer than 10 times in a frequency list, is too rare for resampling to know what else
    could have been drawn; its interval is widened to the exact one for independent words where that is wider, so an end
    is infinite where a side does not have the word. All intervals are missing where a side has fewer than 10 documents.
    Memory is bounded, whatever the number of words.
    """
    few = [side for side in (target, reference) if side.documents and len(side.documents) < FEWEST_DOCUMENTS]
    terms = target.counts.shape[1]
    if few or not target.documents:
        missing = np.full(terms, np.nan)
        return missing, missing.copy()
    cut = expanded_tail(min(effective_number(side.words) for side in (target, reference) if side.documents))
    low, high = np.empty(terms), np.empty(terms)
    draws = [_Draws(side, stream) for stream, side in enumerate((target, reference))]
    by_words = draws[1].words / draws[0].words
    step = max(1, _NUMBERS_AT_ONCE // RESAMPLES)
    for start in range(0, terms, step):
        some = slice(start, min(start + step, terms))
        ratios, other = (draw.counts(some) for draw in draws)
        for counts in (ratios, other):
            counts[counts == 0] = ZERO
        ratios /= other
        ratios *= by_words
        np.log2(ratios, out=ratios)
        low[some], high[some] = np.quantile(ratios, [cut, 1 - cut], axis=1, overwrite_input=True)
    return _widened(low, high, target, reference)


class _Draws:
    """The resamples of one side: its counts under the same weights of documents for all terms."""

    def __init__(self, side: Side, stream: int) -> None:
        self._side, self._stream = side, stream
        self._by_term = side.counts.T.tocsr().astype(np.float64)
        self._at_once = max(1, _NUMBERS_AT_ONCE // max(1, len(side.documents)))
        # Weights that are too many to keep are drawn again for each block of terms.
        self._kept = list(self._drawn()) if self._at_once >= RESAMPLES else None
        words = side.words.astype(np.float64)
        self.words = np.concatenate([words @ weights for _, weights in self._weights()])
        """The words of each resample."""

    def counts(self, some: slice) -> Floats:
        """Return how often some of the terms occur in each resample."""
        its = self._by_term[some]
        counts = np.empty((its.shape[0], RESAMPLES))
        for of, weights in self._weights():
            counts[:, of] = its @ weights
        return counts

    def _weights(self) -> Iterable[tuple[slice, Floats]]:
        return self._drawn() if self._kept is None else self._kept

    def _drawn(self) -> Iterator[tuple[slice, Floats]]:
        """Yield the weights, documents by resamples, as many resamples at once as memory allows, always the same."""
        documents = len(self._side.documents)
        if not documents:
            yield slice(0, RESAMPLES), np.ones((1, RESAMPLES))
            return
        chance, equal = np.random.default_rng([_SEED, self._stream]), np.full(documents, 1 / documents)
        for start in range(0, RESAMPLES, self._at_once):
            end = min(start + self._at_once, RESAMPLES)
            weights = chance.multinomial(documents, equal, end - start)
            yield slice(start, end), np.ascontiguousarray(weights.T, dtype=np.float64)


def _widened(low: Floats, high: Floats, target: Side, reference: Side) -> tuple[Floats, Floats]:
    rare = np.zeros(len(low), dtype=bool)
    for side in (target, reference):
        rare |= (side.having if side.documents else side.totals) < SPARSE
    exact = log_ratio_interval(target.totals, reference.totals, target.size, reference.size)
    occurs = target.totals + reference.totals > 0
    low = np.where(rare, np.minimum(low, exact[0]), low)
    high = np.where(rare, np.maximum(high, exact[1]), high)
    return np.where(occurs, low, np.nan), np.where(occurs, high, np.nan)
