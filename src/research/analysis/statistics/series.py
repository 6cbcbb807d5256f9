"""Series: a rate or a share by period with its interval, and the trend of one.

A document is the unit of chance, since the words of one document resemble each other. For a trend whole documents are
resampled, and only within their period.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import harmonic_mean
from typing import TYPE_CHECKING, Any, NamedTuple

from research.analysis.statistics.periods import FEWEST_A_PERIOD, FEWEST_FOR_A_TREND, number_of_label
from research.analysis.statistics.ratios import of_ratio
from research.analysis.statistics.uncertainty import (
    RESAMPLES,
    Interval,
    effective_number,
    expanded_tail,
    rounded,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Places = NDArray[np.int64]

FEWEST_PERIODS = FEWEST_FOR_A_TREND
"""The fewest periods for a trend."""
FEWEST_IN_A_PERIOD = FEWEST_A_PERIOD
"""The fewest documents of a period that a trend takes in."""
_DRAWN_AT_ONCE = 2_000_000
_MOST_SLOPES = 40_000_000
_EXACT = 33
"""Up to so many periods without ties scipy computes the p-value of Kendall's tau exactly."""


class Counts(NamedTuple):
    """What is counted in each document of a series: three arrays of one length.

    ``at`` is the number of the document's period, from 0; ``counted`` is what is counted, ``base`` that of which it is
    a part or a rate (words, statements, 1 for the document itself). The rate is ``per`` times the sum of ``counted``
    over the sum of ``base``.
    """

    at: Places
    counted: Numbers
    base: Numbers
    per: float = 1.0

    def rate(self) -> float | None:
        """Return the rate over all documents; None without any base."""
        base = float(self.base.sum())
        return self.per * float(self.counted.sum()) / base if base else None

    @property
    def is_rate(self) -> bool:
        """Whether what is counted is no part of the base, as occurrences are none of the words: ``per`` is not 1."""
        return self.per != 1.0

    def take(self, chosen: NDArray[Any]) -> Counts:
        """Return the counts of some of the documents: a mask, or their places in any order."""
        return Counts(self.at[chosen], self.counted[chosen], self.base[chosen], self.per)


class Totals(NamedTuple):
    """The sums of each period, from the first to the last, and its rate: NaN where the base is 0."""

    n_documents: Places
    counted: Numbers
    base: Numbers
    rate: Numbers


def totals(counts: Counts, n_periods: int) -> Totals:
    """Return the sums of each of ``n_periods`` periods.

    A period without a document has no rate; one whose documents hold nothing that is counted has the rate 0.
    """
    import numpy as np

    counted = np.bincount(counts.at, counts.counted, n_periods).astype(np.float64)
    base = np.bincount(counts.at, counts.base, n_periods).astype(np.float64)
    rate = np.full(n_periods, np.nan)
    np.divide(counts.per * counted, base, out=rate, where=base > 0)
    rate = np.array([rounded(it) for it in rate.tolist()])  # as tables have it, so that they give a slope again
    return Totals(np.bincount(counts.at, minlength=n_periods), counted, base, rate)


def intervals(counts: Counts, n_periods: int) -> list[Interval | None]:
    """Return an interval for the rate or share of each period (``ratios.of_ratio``); None where it has none."""
    found: list[Interval | None] = [None] * n_periods
    for at in sorted({*counts.at.tolist()}):
        its = counts.take(counts.at == at)
        found[at] = of_ratio(its.counted, its.base, share=not counts.is_rate, per=counts.per)
    return found


def percentiles(values: Numbers, worth: float) -> Interval | None:
    """Return the 95% percentile interval of the values of resamples, None where all are the same.

    It is expanded for as many documents as those behind the values are ``worth`` (``expanded_tail``).
    """
    import numpy as np

    cut = expanded_tail(worth)
    low, high = (rounded(float(it)) for it in np.quantile(values, (cut, 1 - cut)))
    return Interval(low, high) if low < high else None


def resampled_rates(counts: Counts, n_resamples: int, rng: np.random.Generator) -> Numbers:
    """Return the rate of all documents in each resample of them; NaN where a resample has no base."""
    import numpy as np

    n, done = len(counts.at), 0
    rates = np.full(n_resamples, np.nan)
    for size in _batches(n_resamples, n):
        drawn = rng.integers(0, n, (size, n))
        # Sums of whole numbers are exact in any order, so the result is the same on every machine.
        counted, base = counts.counted[drawn].sum(axis=1), counts.base[drawn].sum(axis=1)
        np.divide(counts.per * counted, base, out=rates[done : done + size], where=base > 0)
        done += size
    return rates


def _batches(total: int, width: int) -> list[int]:
    """Return ``total`` rows as batches that are small enough for memory, if each row has ``width`` numbers."""
    most = max(1, _DRAWN_AT_ONCE // max(1, width))
    return [min(most, total - done) for done in range(0, total, most)]


def _resampled(counts: Counts, fewest: int, n_resamples: int) -> Iterator[tuple[int, Numbers]]:
    """Yield each period with enough documents, and its rate in each resample. The seed is fixed."""
    import numpy as np

    if not len(counts.at):
        return
    rng = np.random.default_rng(0)
    order = np.argsort(counts.at, kind="stable")
    periods, starts = np.unique(counts.at[order], return_index=True)
    for period, rows in zip(periods.tolist(), np.split(order, starts[1:]), strict=True):
        if len(rows) >= fewest:
            yield period, resampled_rates(counts.take(rows), n_resamples, rng)


# --- trend ---


class Trend(NamedTuple):
    """A trend: the slope a period with its interval, and the p-value of Mann and Kendall's test of no trend.

    ``n_periods`` took part.
    """

    slope: float
    interval: Interval | None
    p: float
    n_periods: int


def trend(counts: Counts, n_periods: int, *, complete: bool = False) -> Trend | str:
    """Return the trend of a series, or why it is not computable, as a clause.

    Mann (1945), "Nonparametric tests against trend", Econometrica 13, and Kendall (1975), "Rank correlation methods":
    the test. Theil (1950) and Sen (1968), "Estimates of the regression coefficient based on Kendall's tau", JASA 63:
    the slope. Its interval resamples documents within their periods, and is None for a full population (``complete``).
    Periods with fewer than five documents are left out, and eight must remain.
    """
    import numpy as np

    found = totals(counts, n_periods)
    ready = (found.n_documents >= FEWEST_IN_A_PERIOD) & np.isfinite(found.rate)
    n = int(ready.sum())
    if n < FEWEST_PERIODS:
        return too_few_periods(n)
    at, rates = np.flatnonzero(ready), found.rate[ready]
    if (rates == rates[0]).all():
        return "all periods have the same value"
    slope = rounded(float(theil_sen(at, rates)[0]))
    interval = None if complete else _slope_interval(counts, at)
    return Trend(slope, interval, mann_kendall(rates), n)


def too_few_periods(n: int) -> str:
    """Return why ``n`` periods with enough documents give no trend, as a clause.

    >>> too_few_periods(1)
    'a trend needs 8 periods of at least 5 documents, and only 1 has that many'
    """
    have = "none has" if n == 0 else "only 1 has" if n == 1 else f"only {n:,} have"
    return f"a trend needs {FEWEST_PERIODS} periods of at least {FEWEST_IN_A_PERIOD} documents, and {have} that many"


def theil_sen(at: Places, rates: Numbers) -> Numbers:
    """Return the median of the slopes between all pairs of periods, for each row of ``rates`` (rows x periods)."""
    import numpy as np

    rows = np.atleast_2d(rates)
    one, other = np.triu_indices(len(at), k=1)
    apart = (at[other] - at[one]).astype(np.float64)
    medians = [
        np.median((batch[:, other] - batch[:, one]) / apart, axis=1)
        for batch in np.array_split(rows, len(_batches(len(rows), len(apart))))
    ]
    return np.concatenate(medians)


def slope_of(periods: Sequence[str], rates: Sequence[float], n_documents: Sequence[int]) -> float:
    """Return the slope of ``trend`` from the labels of periods, their rates and their numbers of documents.

    >>> slope_of([str(year) for year in range(2000, 2010)], [0.5 * at for at in range(10)], [5] * 10)
    0.5
    """
    import numpy as np

    at = np.array([number_of_label(label) for label in periods])
    its = np.asarray(rates, dtype=np.float64)
    ready = (np.asarray(n_documents) >= FEWEST_IN_A_PERIOD) & np.isfinite(its)
    return float(theil_sen(at[ready], its[ready])[0])


def _slope_interval(counts: Counts, at: Places) -> Interval | None:
    """Return the interval of a slope, as wide as the documents of a single period make it.

    All periods together would make it a little narrower. But where occurrences are clustered in few documents, most
    periods are below the mean of their rates, so the median of slopes falls short of the slope of the mean, and only
    the wider interval holds that; benchmarks/changes.py measures it.
    """
    import numpy as np

    pairs = len(at) * (len(at) - 1) // 2
    n_resamples = max(RESAMPLES // 10, min(RESAMPLES, _MOST_SLOPES // pairs))
    chosen = counts.take(np.isin(counts.at, at))
    drawn = np.column_stack([rates for _, rates in _resampled(chosen, FEWEST_IN_A_PERIOD, n_resamples)])
    if not np.isfinite(drawn).all():
        return None
    worth = [effective_number(chosen.base[chosen.at == it]) for it in at]
    return percentiles(theil_sen(at, drawn), harmonic_mean(worth))


def mann_kendall(values: Sequence[float] | Numbers) -> float:
    """Return the two-sided p-value of the test that a series has no trend.

    Exact up to 33 values without ties, else by the normal approximation with the corrections for ties and for
    continuity (Kendall 1975).

    >>> round(mann_kendall([1, 2, 3, 4, 5, 6, 7, 8]), 6)
    5e-05
    """
    import numpy as np
    from scipy import stats

    its = np.asarray(values, dtype=np.float64)
    n = len(its)
    _, ties = np.unique(its, return_counts=True)
    if n <= _EXACT and (ties == 1).all():
        return rounded(float(stats.kendalltau(np.arange(n), its, method="exact").pvalue))
    s = kendall_s(its)
    variance = (n * (n - 1) * (2 * n + 5) - int((ties * (ties - 1) * (2 * ties + 5)).sum())) / 18
    if variance <= 0:
        return 1.0
    return rounded(float(2 * stats.norm.sf(max(0, abs(s) - 1) / variance**0.5)))


def kendall_s(values: Numbers) -> int:
    """Return Kendall's S: the number of pairs that rise minus the number of those that fall."""
    import numpy as np

    one, other = np.triu_indices(len(values), k=1)
    return int(np.sign(values[other] - values[one]).sum())
