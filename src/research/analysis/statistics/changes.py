"""Changes: where a series changed most and whether chance explains it, and a date that was named beforehand.

Both ask what would be seen if the same documents came in any other order. That keeps each document whole, with all it
holds, so that one long or repetitive document is no evidence by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from research.analysis.statistics.orders import (
    ENOUGH,
    Documents,
    chance_in_turn,
    chance_of_differences,
    number_of_orders,
    shuffled,
)
from research.analysis.statistics.ratios import FEWEST_EXPECTED, FEWEST_ON_EACH_SIDE, estimate, of_difference
from research.analysis.statistics.series import Counts
from research.analysis.statistics.uncertainty import FEWEST_DOCUMENTS, Interval, rounded

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Places = NDArray[np.int64]

FEWEST_WITH_DOCUMENTS = 5
"""The fewest periods with documents for a change point; with fewer, name the date."""
_ORDERS_OF_PART = 99
_STAYS = 5
"""So many of these orders are more than one in twenty: a candidate with them stays, whatever the others give."""
_RULED_OUT = 0.05


class Sides(NamedTuple):
    """The documents on one side of a change and on the other: what is counted, of what, and the rates."""

    counted_before: int
    base_before: int
    documents_before: int
    value_before: float
    counted_after: int
    base_after: int
    documents_after: int
    value_after: float


class Change(NamedTuple):
    """The change point of a series.

    ``at`` is the number of the first period after the change, and ``earliest`` and ``latest`` are the first and last
    such period that the data do not rule out at the 95% level. ``p`` is the probability of a change as clear anywhere
    in the series if the documents came in a random order.
    """

    at: int
    earliest: int
    latest: int
    p: float
    sides: Sides


class Difference(NamedTuple):
    """The change at a date that was named beforehand: rate after minus rate before, its interval, and the p-value."""

    value: float
    interval: Interval | None
    p: float
    sides: Sides


# --- one change, wherever it is ---


def change_point(counts: Counts) -> Change | str:
    """Return the one change point of a series, or why it is not computable, as a clause.

    Every beginning of a period is a candidate that has ten documents on either side and, at the overall rate, five of
    what is counted. Its statistic is the difference of the rates on both sides over its standard error (``orders``).
    The largest of all candidates is compared with the largest of up to 1,999 random orders (fewer for more than 10,000
    documents, and where a hundred have settled it: ``orders.chance_in_turn``), each with its own errors, so that the
    search makes no p-value too small, nor do documents that become longer or shorter over time. James, James and
    Siegmund (1987), "Tests for a change-point", Biometrika 74; permutation: Antoch and Hušková (2001), "Permutation
    tests in change point analysis", Statistics & Probability Letters 53. Documents without a base do not count. The
    seed is fixed.

    The set of possible change points inverts the same test: a candidate stays unless the orders of the documents before
    it and of those after it, each for itself, rarely give so large a maximum elsewhere. Worsley (1986), "Confidence
    regions and tests for a change-point in a sequence of exponential family random variables", Biometrika 73.
    """
    import numpy as np

    counts = counts.take(counts.base > 0)
    n = len(counts.at)
    counts = counts.take(np.argsort(counts.at, kind="stable"))
    periods, starts = np.unique(counts.at, return_index=True)
    if reason := _too_little(counts, len(periods)):
        return reason
    scan = _Scan.of(counts, starts)
    if not len(scan.ends):
        return (
            f"no period has {FEWEST_DOCUMENTS} documents before it and {FEWEST_DOCUMENTS} from it on in which "
            f"{FEWEST_EXPECTED} of what is counted would be expected"
        )
    seen = scan.seen()
    best = int(np.argmax(seen))
    found = float(seen[best])
    p = scan.chance_of(found, number_of_orders(n), [(0, n)])
    first, last = scan.possible(best, found) if p <= _RULED_OUT else (0, len(seen) - 1)
    of_candidate = periods[np.searchsorted(starts, scan.ends)]
    return Change(
        int(of_candidate[best]),
        int(of_candidate[first]),
        int(of_candidate[last]),
        p,
        _sides(counts, np.arange(n) >= scan.ends[best]),
    )


def _too_little(counts: Counts, n_periods: int) -> str:
    """Return why a series has no change point to look for; empty where it has one."""
    n, documents = len(counts.at), int((counts.counted > 0).sum())
    if n < 2 * FEWEST_DOCUMENTS:
        return f"a change point needs {2 * FEWEST_DOCUMENTS} dated documents, and there {_are(n)}"
    if n_periods < FEWEST_WITH_DOCUMENTS:
        lacking = f"a change point needs {FEWEST_WITH_DOCUMENTS} periods with documents, and there {_are(n_periods)}"
        return f"{lacking}; shorter periods may have changes"
    if documents < FEWEST_DOCUMENTS:
        return f"a change point needs {FEWEST_DOCUMENTS} documents with what is counted, and there {_are(documents)}"
    if (rate := counts.rate()) is None or _varies_not(counts, rate):
        return "all documents have the same value"
    return ""


def _are(n: int) -> str:
    return "is none" if n == 0 else "is 1" if n == 1 else f"are {n:,}"


def _expected(counts: Counts, base: Numbers) -> Numbers:
    """Return how many of what is counted would be in a base at the overall rate; of a share, of the rest if fewer."""
    rate = float(counts.counted.sum() / counts.base.sum())
    return base * (rate if counts.is_rate else min(rate, 1 - rate))


def _varies_not(counts: Counts, rate: float) -> bool:
    import numpy as np

    return bool(np.allclose(counts.per * counts.counted, rate * counts.base))


class _Scan(NamedTuple):
    """The documents by date, and the candidates: how many documents each has before it, rising."""

    documents: Documents
    ends: Places

    @classmethod
    def of(cls, counts: Counts, starts: Places) -> _Scan:
        import numpy as np

        n = len(counts.at)
        ends = starts[(starts >= FEWEST_DOCUMENTS) & (n - starts >= FEWEST_DOCUMENTS)]
        before = np.add.accumulate(counts.base)[ends - 1]
        expected = _expected(counts, np.minimum(before, counts.base.sum() - before))
        documents = Documents.of(counts.counted, counts.base, share=not counts.is_rate)
        return cls(documents, ends[expected >= FEWEST_EXPECTED])

    def seen(self) -> Numbers:
        """Return the statistic of each candidate as the documents are."""
        import numpy as np

        found: Numbers = self.documents.statistics(np.arange(len(self.documents))[None, :], self.ends)[0]
        return found

    def chance_of(self, found: float, n_orders: int, parts: Sequence[tuple[int, int]], enough: int = ENOUGH) -> float:
        """Return how often random orders, each part of the documents for itself, have a maximum of at least ``found``.

        The seed is fixed.
        """
        maxima = (self.documents.statistics(its, self.ends).max(axis=1) for its in shuffled(n_orders, parts))
        return chance_in_turn((its >= found for its in maxima), n_orders, enough)

    def possible(self, best: int, found: float) -> tuple[int, int]:
        """Return the first and the last candidate that the data do not rule out."""
        n = len(self.documents)

        def stays(candidate: int) -> bool:
            end = int(self.ends[candidate])
            return candidate == best or (
                self.chance_of(found, _ORDERS_OF_PART, [(0, end), (end, n)], _STAYS) > _RULED_OUT
            )

        candidates = range(len(self.ends))
        return next(filter(stays, candidates)), next(filter(stays, reversed(candidates)))


def _sides(counts: Counts, is_after: NDArray[np.bool_]) -> Sides:
    before, after = counts.take(~is_after), counts.take(is_after)
    return Sides(*_side(before), *_side(after))


def _side(counts: Counts) -> tuple[int, int, int, float]:
    return int(counts.counted.sum()), int(counts.base.sum()), len(counts.at), rounded(counts.rate() or 0.0)


# --- a date that was named ---


def difference_at(counts: Counts, is_after: NDArray[np.bool_], *, complete: bool = False) -> Difference | str:
    """Return the change at a named date, or why it is not computable, as a clause.

    ``is_after`` says of each document on which side it is; documents without a base do not count. The interval is that
    of ``ratios.of_difference``: None where a side has too few documents with what is counted, and for a full population
    (``complete``). The p-value compares with 1,999 random orders of the documents (``orders.chance_of_differences``),
    as ``comparison.compared`` does for groups of documents. The seed is fixed.
    """
    is_after, counts = is_after[counts.base > 0], counts.take(counts.base > 0)
    for side, its in (("before", int((~is_after).sum())), ("from then on", int(is_after.sum()))):
        if its < FEWEST_DOCUMENTS:
            return f"the test needs {FEWEST_DOCUMENTS} documents {side}, and there {_are(its)}"
    before, after = counts.take(~is_after), counts.take(is_after)
    if (rate := counts.rate()) is None or _varies_not(counts, rate):
        return "all documents have the same value"
    smaller = min(before, after, key=lambda its: float(its.base.sum()))
    if float(_expected(counts, smaller.base.sum())) < FEWEST_EXPECTED:
        return f"one side would have fewer than {FEWEST_EXPECTED} of what is counted if nothing changed"
    (p,) = chance_of_differences(counts.counted, counts.base, [is_after], share=not counts.is_rate)
    interval = None if complete else _interval(after, before)
    sides = _sides(counts, is_after)
    return Difference(rounded(sides.value_after - sides.value_before), interval, p, sides)


def _interval(after: Counts, before: Counts) -> Interval | None:
    share = not after.is_rate
    sides = [estimate(its.counted, its.base, share=share, fewest=FEWEST_ON_EACH_SIDE) for its in (after, before)]
    if sides[0] is None or sides[1] is None:
        return None
    low, high = (rounded(after.per * end) for end in of_difference(sides[0], sides[1]))
    return Interval(low, high) if low < high else None
