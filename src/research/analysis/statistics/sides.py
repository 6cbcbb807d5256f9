"""Two sides of a comparison, and intervals of log ratios over their documents, for many words at once.

Words of one document resemble each other, so a document is the unit of chance, never a word.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from research.analysis.statistics.log_ratio import ZERO, log_ratio
from research.analysis.statistics.ratios import FEWEST_ON_EACH_SIDE
from research.analysis.statistics.uncertainty import FEWEST_DOCUMENTS, LEVEL, effective_number

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Floats = NDArray[np.float64]


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

    It is Student's t on the difference of the logarithms of the two rates. The variance of each is that of leaving out
    each document in turn (the jackknife, Tukey 1958), and the degrees of freedom are Welch's (1947) for as many
    documents as each side's are worth (``effective_number``). A frequency list has no documents: its rate has the
    interval of a Poisson count under Jeffreys' prior (Brown, Cai and DasGupta 2003, "Interval estimation in exponential
    families", Statistica Sinica 13), and both are joined as Zou and Donner (2008) join them (see ``ratios``); an end is
    infinite where the list does not have the word.

    A word that fewer than seven documents of a side have has no interval: nothing tells how its occurrences are
    clustered. Nor has any word where a side has fewer than ten documents. benchmarks/interval_coverage.py measures how
    often the intervals hold the true log ratio.
    """
    from scipy.special import stdtrit

    terms = target.counts.shape[1]
    few = [side for side in (target, reference) if side.documents and len(side.documents) < FEWEST_DOCUMENTS]
    if few or not target.documents:
        missing = np.full(terms, np.nan)
        return missing, missing.copy()
    value = log_ratio(target.totals, reference.totals, target.size, reference.size)
    here, quantile = _LogRates.of(target), (1 + LEVEL) / 2
    if reference.documents:
        there = _LogRates.of(reference)
        half = stdtrit(_welch(here, there), quantile) * np.sqrt(here.variance + there.variance)
        below = above = half
        told = here.told & there.told
    else:
        own = stdtrit(here.freedom, quantile) * np.sqrt(here.variance)
        less, more = _of_poisson(reference.totals)
        # The list's larger rates make the smaller ratios.
        below, above, told = np.hypot(own, more), np.hypot(own, less), here.told
    ends = value - below / np.log(2), value + above / np.log(2)
    return np.where(told, ends[0], np.nan), np.where(told, ends[1], np.nan)


class _LogRates(NamedTuple):
    """The variance of the logarithm of each word's rate, its degrees of freedom, and whether it can be told."""

    variance: Floats
    freedom: float
    told: NDArray[np.bool_]

    @classmethod
    def of(cls, side: Side) -> _LogRates:
        """Leave out each document in turn: without one, a rate is multiplied by (1 - y / Y) / (1 - x / X)."""
        words = side.words.astype(np.float64)
        n, told = int((words > 0).sum()), side.having >= FEWEST_ON_EACH_SIDE
        of_words = -np.log1p(-words / words.sum())
        counts = side.counts.tocsc().astype(np.float64)
        totals = np.where(told, side.totals, np.inf)
        counts.data = np.log1p(-counts.data / np.repeat(totals, np.diff(counts.indptr)))
        sums = of_words.sum() + np.asarray(counts.sum(axis=0))
        squares = np.square(of_words).sum() + 2 * (of_words @ counts) + np.asarray(counts.power(2).sum(axis=0))
        variance = (n - 1) / n * np.maximum(0.0, squares - sums**2 / n)
        return cls(variance, effective_number(words) - 1, told)


def _welch(one: _LogRates, other: _LogRates) -> Floats:
    """Return the degrees of freedom of each difference (``ratios.welch``)."""
    below = one.variance**2 / one.freedom + other.variance**2 / other.freedom
    above = (one.variance + other.variance) ** 2
    return np.divide(above, below, out=np.full_like(above, one.freedom + other.freedom), where=below > 0)


def _of_poisson(counts: Floats) -> tuple[Floats, Floats]:
    """Return how far the ends of the interval of each count's logarithm lie below it and above it."""
    from scipy.special import gammaincinv

    taken, tail = np.where(counts > 0, counts, ZERO), (1 - LEVEL) / 2
    low, high = (gammaincinv(counts + 0.5, end) for end in (tail, 1 - tail))
    return np.where(counts > 0, np.log(taken / low), np.inf), np.log(high / taken)
