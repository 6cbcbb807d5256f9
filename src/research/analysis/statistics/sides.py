"""Two sides of a comparison, and intervals of log ratios over their documents, for many words at once.

Words of one document resemble each other, so a document is the unit of chance, never a word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from research.analysis.statistics.log_ratio import ZERO, log_ratio
from research.analysis.statistics.ratios import FEWEST_ON_EACH_SIDE
from research.analysis.statistics.uncertainty import FEWEST_DOCUMENTS, LEVEL, effective_number

if TYPE_CHECKING:
    from scipy.sparse import csc_array, csr_array

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

    def with_words(self) -> Side:
        """Return the side without documents that have no words: what they might have said is not known."""
        kept = np.flatnonzero(self.words > 0)
        if not self.documents or len(kept) == len(self.words):
            return self
        documents = [self.documents[at] for at in kept.tolist()]
        return self._replace(documents=documents, counts=self.counts[kept], words=self.words[kept])

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
    documents as each side's are worth (``effective_number``). Where documents have a part in both sides, such as the
    words of two speakers, one that is left out is missing on both, which gives the covariance of the two logarithms;
    the degrees of freedom are at most those of all documents, each with its share of both sides. A frequency list has
    no documents: its rate has the interval of a Poisson count under Jeffreys' prior (Brown, Cai and DasGupta 2003,
    "Interval estimation in exponential families", Statistica Sinica 13), and both are joined as Zou and Donner (2008)
    join them (see ``ratios``); an end is infinite where the list does not have the word.

    Documents without words do not count. A word that fewer than seven documents of a side have has no interval: nothing
    tells how its occurrences are clustered. Nor has any word where a side has fewer than ten documents.
    benchmarks/interval_coverage.py measures how often the intervals hold the true log ratio.
    """
    from scipy.special import stdtrit

    target, reference = target.with_words(), reference.with_words()
    terms = target.counts.shape[1]
    few = [side for side in (target, reference) if side.documents and len(side.documents) < FEWEST_DOCUMENTS]
    if few or not target.documents:
        missing = np.full(terms, np.nan)
        return missing, missing.copy()
    value = log_ratio(target.totals, reference.totals, target.size, reference.size)
    here, quantile = _LogRates.of(target), (1 + LEVEL) / 2
    if reference.documents:
        there = _LogRates.of(reference)
        freedom, variance = _welch(here, there), here.variance + there.variance
        if both := set(target.documents) & set(reference.documents):
            variance = np.maximum(0.0, variance - 2 * _covariance(here, there, target, reference, both))
            freedom = np.minimum(freedom, _joint_number(target, reference) - 1)
        half = stdtrit(freedom, quantile) * np.sqrt(variance)
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
    """The variance of the logarithm of each word's rate, its degrees of freedom, and whether it can be told.

    ``left_out`` says by how much the logarithm differs from that of all documents where a document is left out: the
    sum of the entry of the sparse array and that of ``of_words``, less the mean over documents.
    """

    variance: Floats
    freedom: float
    told: NDArray[np.bool_]
    left_out: csc_array[Any]
    of_words: Floats
    mean: Floats

    @classmethod
    def of(cls, side: Side) -> _LogRates:
        """Leave out each document in turn: without one, a rate is multiplied by (1 - y / Y) / (1 - x / X)."""
        words = side.words.astype(np.float64)
        n, told = len(words), side.having >= FEWEST_ON_EACH_SIDE
        of_words = -np.log1p(-words / words.sum())
        counts = side.counts.tocsc().astype(np.float64)
        totals = np.where(told, side.totals, np.inf)
        counts.data = np.log1p(-counts.data / np.repeat(totals, np.diff(counts.indptr)))
        sums = of_words.sum() + np.asarray(counts.sum(axis=0))
        squares = np.square(of_words).sum() + 2 * (of_words @ counts) + np.asarray(counts.power(2).sum(axis=0))
        variance = (n - 1) / n * np.maximum(0.0, squares - sums**2 / n)
        return cls(variance, effective_number(words) - 1, told, counts, of_words, sums / n)


def _covariance(one: _LogRates, other: _LogRates, target: Side, reference: Side, both: Collection[str]) -> Floats:
    """Return the jackknife's covariance of the logarithms of each word's two rates.

    A document's deviation is an entry of a sparse array, and for all words together one number of the document less
    one of the word: the products of the sums of all three are taken without making the array dense.
    """
    places = [{name: at for at, name in enumerate(side.documents)} for side in (target, reference)]
    names, n = sorted(both), len(places[0].keys() | places[1].keys())
    sides = zip((one, other), ([its[name] for name in names] for its in places), strict=True)
    (first, here, first_mean), (second, there, second_mean) = (
        (its.left_out.tocsr()[rows], its.of_words[rows], its.mean) for its, rows in sides
    )
    sums = [np.asarray(its.sum(axis=0)) + own.sum() for its, own in ((first, here), (second, there))]
    products = np.asarray(first.multiply(second).sum(axis=0)) + there @ first + here @ second + (here * there).sum()
    found: Floats = products - sums[0] * second_mean - sums[1] * first_mean + len(names) * first_mean * second_mean
    return (n - 1) / n * found


def _joint_number(target: Side, reference: Side) -> float:
    """Return how many documents of one size would tell as much about both sides as these do."""
    of_document: Counter[str] = Counter()
    for side in (target, reference):
        for name, words in zip(side.documents, (side.words / side.size).tolist(), strict=True):
            of_document[name] += words
    return effective_number(np.array(list(of_document.values())))


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
