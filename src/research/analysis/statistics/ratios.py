"""Ratios of sums over documents, such as a rate per 1,000 words or a share of statements, and their intervals.

What is counted is clustered in some documents, so ratios from few documents are skewed, above all those near 0 or 1.
Percentiles of resamples have their short end on the wrong side then, and hold the true ratio too rarely. The intervals
here are symmetric on a scale without ends, the logarithm of a rate or the log odds of a share, where Student's t fits.
The standard error is that of leaving out each document in turn (the jackknife; Tukey 1958, and Efron and Tibshirani
1993, "An introduction to the bootstrap", chapter 11). The degrees of freedom are those of as many documents as the
bases are worth (``effective_number``). A share of documents has Wilson's interval.

The interval of a difference is made of the two sides' own (MOVER: Zou and Donner 2008, "Construction of confidence
limits about effect measures: a general approach", Statistics in Medicine 27; for shares of documents it is that of
Newcombe 1998, "Interval estimation for the difference between independent proportions", Statistics in Medicine 17),
with the degrees of freedom of Welch (1947, "The generalization of Student's problem", Biometrika 34).

benchmarks/interval_coverage.py measures how often all these hold, and from how many documents on.
"""

from __future__ import annotations

from math import exp, inf, sqrt
from typing import TYPE_CHECKING, Any, NamedTuple

from research.analysis.statistics.uncertainty import (
    FEWEST_DOCUMENTS,
    LEVEL,
    Interval,
    effective_number,
    rounded,
    wilson,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

FEWEST_WITH_IT = 5
"""The fewest documents with what is counted for an interval of a ratio; of a share, also those with something else."""
FEWEST_ON_EACH_SIDE = 7
"""The same for each side of a difference or a log ratio."""

FEWEST_EXPECTED = 5
"""The fewest that each side of a tested difference would have of what is counted, and of a share of the rest as well,
at the ratio of both together (Cochran 1954, "Some methods for strengthening the common chi-squared tests", Biometrics
10)."""


class Estimate(NamedTuple):
    """A ratio, and how sure it is.

    ``error`` is the standard error of its logarithm, or of its log odds if it is a ``share``; ``freedom`` are the
    degrees of freedom. ``having`` are the documents with what is counted, or if fewer those with something else. Where
    ``documents`` is set, it is a share of so many documents, and ``counted`` of them count.
    """

    value: float
    error: float
    freedom: float
    having: int
    share: bool
    documents: int = 0
    counted: int = 0

    def ends(self, freedom: float | None = None) -> tuple[float, float]:
        """Return the ends of the 95% interval, with the degrees of freedom of a difference if that is asked for."""
        from scipy.special import stdtrit

        if self.documents and (its := wilson(self.counted, self.documents)):
            return its.low, its.high
        half = float(stdtrit(self.freedom if freedom is None else freedom, (1 + LEVEL) / 2)) * self.error
        if not self.share:
            return self.value * exp(-half), self.value * exp(half)
        odds = self.value / (1 - self.value)
        low, high = (odds * exp(its) for its in (-half, half))
        return low / (1 + low), high / (1 + high)

    @property
    def variance(self) -> float:
        """The variance of the ratio itself, to first order."""
        return (self.value * (1 - self.value if self.share else 1) * self.error) ** 2


def estimate(
    counted: NDArray[Any], base: NDArray[Any], *, share: bool, fewest: int = FEWEST_WITH_IT
) -> Estimate | None:
    """Return the ratio of the sum of ``counted`` to that of ``base``, an entry a document; None if it has no interval.

    That is so for fewer than ten documents with a base, and where fewer than ``fewest`` have what is counted, or of a
    share something else. ``share`` says that what is counted is part of the base.
    """
    import numpy as np

    taken = base > 0
    counted, base = counted[taken].astype("float64"), base[taken].astype("float64")
    n, total, of = len(base), float(counted.sum()), float(base.sum())
    if n < FEWEST_DOCUMENTS:
        return None
    if share and bool((base == 1).all()):
        p = total / n
        return Estimate(p, 1 / (n * p * (1 - p)) ** 0.5 if 0 < p < 1 else 0.0, np.inf, n, share, n, int(total))
    rest = base - counted
    having = int(min((counted > 0).sum(), (rest > 0).sum())) if share else int((counted > 0).sum())
    if having < fewest:
        return None
    without = np.log(total - counted) - np.log((of - total) - rest if share else of - base)
    error = float(np.sqrt((n - 1) / n * np.square(without - without.mean()).sum()))
    return Estimate(total / of, error, effective_number(base) - 1, having, share)


def of_ratio(
    counted: NDArray[Any], base: NDArray[Any], *, share: bool, per: float = 1.0, complete: bool = False
) -> Interval | None:
    """Return the interval of ``per`` times the sum of ``counted`` over that of ``base``, an entry a document.

    ``share`` says that what is counted is part of the base. None where ``estimate`` has none, for a full population,
    and where documents do not differ at all.

    >>> import numpy as np
    >>> of_ratio(np.array([2, 0, 1, 3, 1, 0, 2, 1, 4, 1]), np.full(10, 500), share=False, per=1000)
    Interval(low=1.59893, high=5.62875, level=0.95)
    >>> of_ratio(np.array([2, 0, 1, 3, 1, 0, 2, 1, 4, 1]), np.full(10, 5), share=True)
    Interval(low=0.150265, high=0.509482, level=0.95)
    """
    found = None if complete else estimate(counted, base, share=share)
    if found is None:
        return None
    low, high = (rounded(per * end) for end in found.ends())
    return Interval(low, high) if low < high else None


def of_difference(one: Estimate, other: Estimate, correlation: float = 0.0) -> tuple[float, float]:
    """Return the ends of the 95% interval of one ratio less the other.

    ``correlation`` is that of the two ratios, where documents have a part in both.
    """
    freedom = welch(one.variance, one.freedom, other.variance, other.freedom)
    (low, high), (other_low, other_high) = one.ends(freedom), other.ends(freedom)
    value = one.value - other.value
    below = _joined(one.value - low, other_high - other.value, correlation)
    above = _joined(high - one.value, other.value - other_low, correlation)
    return value - below, value + above


def welch(variance: float, freedom: float, other_variance: float, other_freedom: float) -> float:
    """Return the degrees of freedom of a difference: the side that varies more decides.

    >>> welch(1.0, 9.0, 0.0, 99.0), welch(1.0, 9.0, 1.0, 9.0)
    (9.0, 18.0)
    """
    below = variance**2 / freedom + other_variance**2 / other_freedom
    return (variance + other_variance) ** 2 / below if below else inf


def _joined(one: float, other: float, correlation: float) -> float:
    """Return how far the end of a difference lies from it, from how far those of its sides do."""
    squared = one**2 + other**2 - 2 * correlation * one * other
    return sqrt(max(0.0, squared))
