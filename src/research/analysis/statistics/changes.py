"""Changes: where a series changed most and whether chance explains it, and a date that was named beforehand.

Both ask what would be seen if the same documents came in any other order. That keeps each document whole, with all it
holds, so that one long or repetitive document is no evidence by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from research.analysis.statistics.ratios import FEWEST_ON_EACH_SIDE, estimate, of_difference
from research.analysis.statistics.series import Counts
from research.analysis.statistics.uncertainty import FEWEST_DOCUMENTS, Interval, rounded

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Places = NDArray[np.int64]

FEWEST_WITH_DOCUMENTS = 5
"""The fewest periods with documents for a change point; with fewer, name the date."""
ORDERS = 1999
"""The number of random orders of the documents that a test compares with."""
_FEWEST_ORDERS = 499
_ORDERS_OF_PART = 199
_RULED_OUT = 0.05
_MOST_DRAWN = 20_000_000
_DRAWN_AT_ONCE = 2_000_000
_MANY = 5_000
"""From so many documents on the set of possible change points uses the normal distribution of sums."""


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

    Every beginning of a period with at least ten documents on either side is a candidate. Its statistic is the sum of
    the documents' residuals (what is counted, minus the overall rate times the base) before it, divided by the standard
    deviation that the sum has over all orders of the documents: the score test of one step in the rate, clustered by
    document. The largest of all candidates is compared with the largest of 1,999 random orders (fewer for more than
    10,000 documents), so that the search makes no p-value too small. The test takes documents as exchangeable. Where
    they grow much longer or shorter over time they are not, and it finds a change too often or too seldom
    (benchmarks/RESULTS.md). James, James and Siegmund (1987), "Tests for a change-point", Biometrika 74; permutation:
    Antoch and Hušková (2001), "Permutation tests in change point analysis", Statistics & Probability Letters 53. The
    seed is fixed.

    The set of possible change points inverts the same test: a candidate stays unless the orders of the documents before
    it and of those after it, each for itself, rarely give so large a maximum elsewhere. Worsley (1986), "Confidence
    regions and tests for a change-point in a sequence of exponential family random variables", Biometrika 73.
    """
    import numpy as np

    n = len(counts.at)
    order = np.argsort(counts.at, kind="stable")
    counts = counts.take(order)
    periods, starts = np.unique(counts.at, return_index=True)
    if reason := _too_little(counts, len(periods)):
        return reason
    scan = _Scan.of(counts, starts)
    if not len(scan.ends):
        return f"no period has {FEWEST_DOCUMENTS} documents before it and {FEWEST_DOCUMENTS} from it on"
    found = scan.statistics(scan.residuals[None, :])[0]
    best = int(np.argmax(found))
    rng = np.random.default_rng(0)
    n_orders = max(_FEWEST_ORDERS, min(ORDERS, _MOST_DRAWN // n))
    p = scan.chance_of(float(found[best]), n_orders, [(0, n)], rng)
    possible = scan.possible(best, float(found[best]), rng) if p <= _RULED_OUT else [*range(len(found))]
    first = periods[np.searchsorted(starts, scan.ends)]
    return Change(
        int(first[best]),
        int(first[possible[0]]),
        int(first[possible[-1]]),
        p,
        _sides(counts, np.arange(n) >= scan.ends[best]),
    )


def _too_little(counts: Counts, n_periods: int) -> str:
    """Return why a series has no change point to look for; empty where it has one."""
    n, documents = len(counts.at), int((counts.counted > 0).sum())
    if n < 2 * FEWEST_DOCUMENTS:
        return f"a change point needs {2 * FEWEST_DOCUMENTS} dated documents, and there {_are(n)}"
    if n_periods < FEWEST_WITH_DOCUMENTS:
        return f"a change point needs {FEWEST_WITH_DOCUMENTS} periods with documents, and there {_are(n_periods)}"
    if documents < FEWEST_DOCUMENTS:
        return f"a change point needs {FEWEST_DOCUMENTS} documents with what is counted, and there {_are(documents)}"
    if (rate := counts.rate()) is None or _varies_not(counts, rate):
        return "all documents have the same value"
    return ""


def _are(n: int) -> str:
    return "is none" if n == 0 else "is 1" if n == 1 else f"are {n:,}"


def _varies_not(counts: Counts, rate: float) -> bool:
    import numpy as np

    return bool(np.allclose(counts.per * counts.counted, rate * counts.base))


class _Scan(NamedTuple):
    """The residuals of the documents by date, and the candidates: how many documents each has before it."""

    residuals: Numbers
    starts: Places
    """Where each period begins."""
    ends: Places
    """Where each candidate splits the documents."""
    deviation: Numbers
    """The standard deviation of the sum of the residuals before each candidate, over all orders."""

    @classmethod
    def of(cls, counts: Counts, starts: Places) -> _Scan:
        import numpy as np

        n = len(counts.at)
        residuals = counts.counted - counts.base * (counts.counted.sum() / counts.base.sum())
        ends = starts[(starts >= FEWEST_DOCUMENTS) & (n - starts >= FEWEST_DOCUMENTS)]
        # A side without any base has no rate.
        with_base = np.add.accumulate(counts.base)
        ends = ends[(with_base[ends - 1] > 0) & (with_base[-1] - with_base[ends - 1] > 0)]
        variance = float(np.square(residuals).sum()) / (n - 1)
        return cls(residuals, starts, ends, np.sqrt(variance * ends * (n - ends) / n))

    def statistics(self, orders: Numbers) -> Numbers:
        """Return the statistic of each candidate in each order of the residuals (orders x documents)."""
        import numpy as np

        sums = np.add.accumulate(np.add.reduceat(orders, self.starts, axis=1), axis=1)
        return self._of_sums(sums)

    def _of_sums(self, sums: Numbers) -> Numbers:
        import numpy as np

        before = sums[:, np.searchsorted(self.starts, self.ends) - 1]
        # Rounded, so that equal maxima are equal on every machine.
        return np.round(np.abs(before) / self.deviation, 9)

    def chance_of(
        self, found: float, n_orders: int, parts: Sequence[tuple[int, int]], rng: np.random.Generator
    ) -> float:
        """Return how often random orders, each part of the documents for itself, have a maximum of at least ``found``.

        The order that was found counts as one of them (Davison and Hinkley 1997, "Bootstrap methods", 4.11).
        """
        import numpy as np

        n = len(self.residuals)
        most = max(1, _DRAWN_AT_ONCE // n)
        reached = 0
        for done in range(0, n_orders, most):
            size = min(most, n_orders - done)
            drawn = np.empty((size, n))
            for start, end in parts:
                its = np.broadcast_to(self.residuals[start:end], (size, end - start))
                drawn[:, start:end] = rng.permuted(its, axis=1)
            reached += int((self.statistics(drawn).max(axis=1) >= found).sum())
        return rounded((1 + reached) / (1 + n_orders))

    def possible(self, best: int, found: float, rng: np.random.Generator) -> list[int]:
        """Return the candidates that the data do not rule out, in order."""
        n = len(self.residuals)
        chance = self._normal_chance_of if n > _MANY else self.chance_of
        return [
            candidate
            for candidate, end in enumerate(self.ends.tolist())
            if candidate == best or chance(found, _ORDERS_OF_PART, [(0, end), (end, n)], rng) > _RULED_OUT
        ]

    def _normal_chance_of(
        self, found: float, n_orders: int, parts: Sequence[tuple[int, int]], rng: np.random.Generator
    ) -> float:
        """Return the same as ``chance_of`` from normal sums of periods with the moments of random orders."""
        import numpy as np

        sums = np.empty((n_orders, len(self.starts)))
        for start, end in parts:
            its = self.residuals[start:end]
            here = (self.starts >= start) & (self.starts < end)
            sizes = np.diff(np.append(self.starts[here], end))
            free = rng.normal(size=(n_orders, len(sizes))) * np.sqrt(sizes * its.var(ddof=1))
            sums[:, here] = free + sizes * (its.mean() - free.sum(axis=1, keepdims=True) / len(its))
        reached = int((self._of_sums(np.add.accumulate(sums, axis=1)).max(axis=1) >= found).sum())
        return rounded((1 + reached) / (1 + n_orders))


def _sides(counts: Counts, is_after: NDArray[np.bool_]) -> Sides:
    before, after = counts.take(~is_after), counts.take(is_after)
    return Sides(*_side(before), *_side(after))


def _side(counts: Counts) -> tuple[int, int, int, float]:
    return int(counts.counted.sum()), int(counts.base.sum()), len(counts.at), rounded(counts.rate() or 0.0)


# --- a date that was named ---


def difference_at(counts: Counts, is_after: NDArray[np.bool_], *, complete: bool = False) -> Difference | str:
    """Return the change at a named date, or why it is not computable, as a clause.

    ``is_after`` says of each document on which side it is. The interval is that of ``ratios.of_difference``: None where
    a side has too few documents with what is counted, and for a full population (``complete``). The p-value compares
    with 1,999 random orders of the documents, by the statistic of ``change_point``. The seed is fixed.
    """
    import numpy as np

    n, n_after = len(is_after), int(is_after.sum())
    for side, its in (("before", n - n_after), ("from it on", n_after)):
        if its < FEWEST_DOCUMENTS:
            return f"the test needs {FEWEST_DOCUMENTS} documents {side}, and there {_are(its)}"
    ordered = np.argsort(is_after, kind="stable")
    counts, is_after = counts.take(ordered), is_after[ordered]
    before, after = counts.take(~is_after), counts.take(is_after)
    rate, rates = counts.rate(), (before.rate(), after.rate())
    if rate is None or rates[0] is None or rates[1] is None:
        return "one side has no words or statements"
    if _varies_not(counts, rate):
        return "all documents have the same value"
    starts = np.array([0, n - n_after])
    scan = _Scan.of(counts, starts)
    rng = np.random.default_rng(0)
    n_orders = max(_FEWEST_ORDERS, min(ORDERS, _MOST_DRAWN // n))
    p = scan.chance_of(float(scan.statistics(scan.residuals[None, :])[0, 0]), n_orders, [(0, n)], rng)
    interval = None
    if not complete:
        interval = _interval(after, before)
    sides = _sides(counts, is_after)
    return Difference(rounded(sides.value_after - sides.value_before), interval, p, sides)


def _interval(after: Counts, before: Counts) -> Interval | None:
    share = not after.is_rate
    sides = [estimate(its.counted, its.base, share=share, fewest=FEWEST_ON_EACH_SIDE) for its in (after, before)]
    if sides[0] is None or sides[1] is None:
        return None
    low, high = (rounded(after.per * end) for end in of_difference(sides[0], sides[1]))
    return Interval(low, high) if low < high else None
