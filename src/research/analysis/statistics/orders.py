"""Random orders of the documents: how often they give a difference of two ratios as clear as the one that is seen.

The statistic is the difference of the ratios on both sides of a split, over its standard error, which is computed anew
in each order. Documents that are alike in all but their length may then come in any lengths on either side: without
the error of each order, a test that shuffles documents rejects too often where those of one side are much longer
(Janssen 1997, "Studentized permutation tests for non-i.i.d. hypotheses and the generalized Behrens-Fisher problem",
Statistics & Probability Letters 36; Chung and Romano 2013, "Exact and asymptotically robust permutation tests", Annals
of Statistics 41). If nothing changes, lengths included, all orders are equally likely and the test is exact.

The variance of a side's ratio is that of its linearised ratio (Cochran 1977, "Sampling techniques", 6.3): the squares
of what is counted less the side's own ratio times the base, over the square of the base. A side of ten documents knows
its own variance badly, and of many possible splits the one with the smallest error by chance would win. It is
therefore averaged with the variance that documents of these lengths have in the whole corpus, which counts for ten
documents: that of independent events plus one that grows with the square of the base (overdispersed counts;
Williams 1982, "Extra-binomial variation in logistic linear models", Applied Statistics 31). benchmarks/changes.py
measures how often the tests find what is not there, and what is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from math import comb, exp
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from research.analysis.statistics.uncertainty import rounded

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Places = NDArray[np.int64]

ORDERS = 1999
"""The number of random orders of the documents that a test compares with."""
ENOUGH = 100
"""How many orders that reach what was found settle a p-value: it is then within a fifth of that from all orders."""
_FEWEST_ORDERS = 499
_MOST_DRAWN = 20_000_000
_DRAWN_AT_ONCE = 25_000
_FEWEST_AT_ONCE = 16
_MOST_KEPT = 500_000
"""The most places of all orders together that are kept: four megabytes."""
_FEWEST_REACHED = 10
_WEIGHT = 10
"""For how many documents of a side the variance of the whole corpus counts."""


class Documents(NamedTuple):
    """What decides the statistic, a row a document.

    The columns are the residual r (what is counted, less the overall ratio times the base), the base b, r², rb and b²;
    ``whole`` are their sums. A document of the base b has the variance ``events`` b + ``clustered`` b².
    """

    rows: Numbers
    whole: Numbers
    events: float
    clustered: float

    @classmethod
    def of(cls, counted: NDArray[Any], base: NDArray[Any], *, share: bool) -> Documents:
        """Return the documents in the order given; ``share`` says that what is counted is part of the base."""
        counted, base = counted.astype(np.float64), base.astype(np.float64)
        ratio = float(counted.sum() / base.sum())
        residuals = counted - ratio * base
        squares = base**2
        events = ratio * (1 - ratio) if share else ratio
        clustered = max(0.0, float((residuals**2).sum() - events * base.sum()) / float(squares.sum()))
        columns = residuals, base, residuals**2, residuals * base, squares
        return cls(np.column_stack(columns), np.array([its.sum() for its in columns]), events, clustered)

    def __len__(self) -> int:
        """Return the number of documents."""
        return len(self.rows)

    def statistics(self, orders: Places, ends: Places) -> Numbers:
        """Return the statistic of each split in each order (orders x splits).

        ``orders`` are the places of the documents, a row an order; ``ends`` are how many documents are before each
        split, rising.
        """
        # The documents behind the last split are the rest. One take of whole rows, transposed so that a sum runs over
        # rows and not along each of them, is several times as fast as one for each column.
        taken = self.rows.take(orders[:, : ends[-1]].T, axis=0)
        starts = np.concatenate([[0], ends[:-1]])
        sums = np.add.accumulate(np.add.reduceat(taken, starts, axis=0), axis=0)
        return self._of_sums(np.ascontiguousarray(sums.transpose(2, 1, 0)), ends)

    def _of_sums(self, before: Numbers, ends: Places) -> Numbers:
        """Return the statistics from the sums of the columns before each split (columns x orders x splits)."""
        after = self.whole[:, None, None] - before
        difference = before[0] / before[1] - after[0] / after[1]
        variance = self._variance(before, ends) + self._variance(after, len(self) - ends)
        found: Numbers = np.zeros_like(variance)
        np.divide(np.abs(difference), np.sqrt(variance), out=found, where=variance > 0)
        return np.round(found, 9)  # so that equal ones are equal on every machine

    def _variance(self, sums: Numbers, n: Places) -> Numbers:
        """Return the variance of the ratio of ``n`` documents, from the sums of their columns."""
        residuals, base, squared, crossed, base_squared = sums
        apart = residuals / base
        own = np.maximum(0.0, squared - apart * (2 * crossed - apart * base_squared))
        expected = self.events * base + self.clustered * base_squared
        found: Numbers = (n * own + _WEIGHT * expected) / ((n - 1 + _WEIGHT) * base**2)
        return found


def number_of_orders(n: int) -> int:
    """Return how many orders of ``n`` documents a test compares with: fewer for more than 10,000 documents."""
    return max(_FEWEST_ORDERS, min(ORDERS, _MOST_DRAWN // n))


def shuffled(n_orders: int, parts: Sequence[tuple[int, int]]) -> Iterable[Places]:
    """Return random orders in batches that are small enough for memory, each part of the documents for itself.

    ``parts`` are the first document of each and the one behind its last; together they are all documents. The seed is
    fixed, and the orders of few documents are kept, since all series of a corpus are compared with the same.
    """
    its = tuple(parts)
    return _kept(n_orders, its) if n_orders * its[-1][1] <= _MOST_KEPT else _drawn(n_orders, its)


@lru_cache(maxsize=32)
def _kept(n_orders: int, parts: tuple[tuple[int, int], ...]) -> list[Places]:
    return list(_drawn(n_orders, parts))


def _drawn(n_orders: int, parts: tuple[tuple[int, int], ...]) -> Iterator[Places]:
    rng, n = np.random.default_rng(0), parts[-1][1]
    most = max(_FEWEST_AT_ONCE, _DRAWN_AT_ONCE // n)
    for done in range(0, n_orders, most):
        size = min(most, n_orders - done)
        drawn = np.broadcast_to(np.arange(n), (size, n)).copy()
        for start, end in parts:
            rng.permuted(drawn[:, start:end], axis=1, out=drawn[:, start:end])
        yield drawn


def chance_of(reached: int, n_orders: int) -> float:
    """Return the p-value where so many random orders reach what was found.

    The order that was found counts as one of them (Davison and Hinkley 1997, "Bootstrap methods", 4.11).
    """
    return rounded((1 + reached) / (1 + n_orders))


def chance_in_turn(reaches: Iterable[NDArray[np.bool_]], n_orders: int, enough: int = ENOUGH) -> float:
    """Return the p-value of what random orders reach or not, which are drawn until ``enough`` of them do.

    ``reaches`` has whether each order of a batch does, ``n_orders`` in all. If the last of ``enough`` is the order
    number n, p is ``enough`` / n, and no further batch is drawn: where nothing changes that is early, and p is as
    valid as one from all orders (Besag and Clifford 1991, "Sequential Monte Carlo p-values", Biometrika 78).
    """
    reached = done = 0
    for its in reaches:
        if reached + int(its.sum()) >= enough:
            return rounded(enough / (done + int(np.flatnonzero(its)[enough - reached - 1]) + 1))
        reached, done = reached + int(its.sum()), done + len(its)
    return chance_of(reached, n_orders)


def chance_of_differences(
    counted: NDArray[Any], base: NDArray[Any], sides: Sequence[NDArray[np.bool_]], *, share: bool
) -> list[float]:
    """Return the p-value of the difference between each side's ratio and that of all other documents.

    ``counted`` and ``base`` have an entry a document, each with a base, and a side says of each document whether it
    belongs there: two at least, and not all but one. No more orders are drawn once every side has ``chance_in_turn``
    enough. The p-value is that of the same sides whatever the order in which the documents are given, and of a side and
    its opposite. The seed is fixed.
    """
    documents = Documents.of(counted, base, share=share)
    n = len(documents)
    # Sorted by what they hold, so that the same documents get the same random orders.
    canonical = np.lexsort((base, counted))
    smaller = [side if 2 * int(side.sum()) <= n else ~side for side in sides]
    sizes = np.array([int(side.sum()) for side in smaller], dtype=np.int64)
    ends, place = np.unique(sizes, return_inverse=True)
    found = np.array(
        [
            documents.statistics(np.argsort(~side, kind="stable")[None, :], size[None])[0, 0]
            for side, size in zip(smaller, sizes, strict=True)
        ]
    )
    drawn: list[Numbers] = []
    reached = np.zeros(len(found), dtype=np.int64)
    for its in shuffled(number_of_orders(n), [(0, n)]):
        drawn.append(documents.statistics(canonical[its], ends)[:, place])
        reached += (drawn[-1] >= found).sum(axis=0)
        if reached.min() >= ENOUGH:
            break
    least = [1 / comb(n, int(size)) for size in sizes.tolist()]
    every = np.concatenate(drawn)
    return [_chance(every[:, at], its, least[at]) for at, its in enumerate(found.tolist())]


def _chance(drawn: Numbers, found: float, least: float) -> float:
    """Return the p-value of a statistic among those of random orders; ``least`` is that of one split among all.

    Where fewer than ten of them reach it, it follows from the tail of the others, as p-values that are to hold over
    hundreds of tests are smaller than one in the number of orders: what is above the highest tenth is taken as
    exponential (Knijnenburg and others 2009, "Fewer permutations, more accurate P-values", Bioinformatics 25, with the
    shape 0). Tails of these statistics are seldom longer. No p-value is smaller than that of one split among all that
    there are.
    """
    n, reached = len(drawn), int((drawn >= found).sum())
    if reached >= _FEWEST_REACHED:
        return chance_in_turn([drawn >= found], n)
    tail = np.sort(drawn)[-(n // 10 + 1) :]
    excess = float((tail[1:] - tail[0]).mean())
    if not excess:
        return chance_of(reached, n)
    in_the_tail = max(exp(-(found - float(tail[0])) / excess) / 10, least)
    return rounded(min(in_the_tail, chance_of(_FEWEST_REACHED, n)))
