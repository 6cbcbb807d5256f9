"""Uncertainty: intervals over documents, and the rounding that gives the same numbers on every machine.

Passages of one document resemble each other, so only documents are resampled. No interval is computed for fewer than
ten documents.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

FEWEST_DOCUMENTS = 10
"""The fewest documents for an interval."""
LEVEL = 0.95
RESAMPLES = 2000
_DRAWN_AT_ONCE = 1_000_000
_DIGITS = 6


class Interval(NamedTuple):
    """A confidence interval: its ends, in the unit of the value, and its level."""

    low: float
    high: float
    level: float = LEVEL


def rounded(value: float) -> float:
    """Return a number to six significant digits, before it is compared or written.

    >>> rounded(2 / 3)
    0.666667
    """
    return float(f"{value:.{_DIGITS}g}")


def effective_number(sizes: NDArray[Any]) -> float:
    """Return how many documents of one size would tell as much as documents of these sizes, at least 2.

    Kish (1965), "Survey Sampling", section 11.7: the square of the sum over the sum of squares. A long document weighs
    more in a rate or a share, and one that outweighs the others leaves little to compare it with.

    >>> import numpy as np
    >>> effective_number(np.array([100, 100, 100, 100])), effective_number(np.array([300, 50, 50, 0]))
    (4.0, 2.0)
    """
    squares = float((sizes.astype("float64") ** 2).sum())
    return max(2.0, float(sizes.sum()) ** 2 / squares) if squares else 2.0


def expanded_tail(n: float, level: float = LEVEL) -> float:
    """Return the share to cut off at each end of a percentile interval from (effectively) ``n`` documents.

    Hesterberg (2015), "What teachers should know about the bootstrap", The American Statistician 69, section 3.3: the
    bootstrap distribution is too narrow by √((n - 1) / n) and lacks the longer tails of Student's t. Both make the
    intervals of few documents too short; cutting off less repairs that. benchmarks/interval_coverage.py measures it.

    >>> round(expanded_tail(10), 4), round(expanded_tail(100), 4), round(expanded_tail(10_000), 4)
    (0.0086, 0.0231, 0.025)
    """
    from scipy.special import ndtr, stdtrit

    return float(ndtr(-((n / (n - 1)) ** 0.5) * stdtrit(n - 1, (1 + level) / 2)))


def wilson(successes: int, n: int, *, complete: bool = False) -> Interval | None:
    """Return Wilson's score interval of a share of documents; None for fewer than ten, or for a full population.

    Wilson (1927), "Probable inference, the law of succession, and statistical inference", JASA 22,
    as computed by scipy's ``BinomTestResult.proportion_ci``.
    """
    if complete or n < FEWEST_DOCUMENTS:
        return None
    from scipy.stats import binomtest

    interval = binomtest(successes, n).proportion_ci(LEVEL, method="wilson")
    return Interval(rounded(float(interval.low)), rounded(float(interval.high)))


def bootstrap(
    table: pd.DataFrame,
    compute: Callable[[Any], float],
    *,
    complete: bool = False,
) -> Interval | None:
    """Return a percentile bootstrap interval of a statistic of a table with one row a document.

    ``compute`` gets the columns of numbers of the drawn rows, as arrays by name.

    Efron (1979), "Bootstrap methods: another look at the jackknife", Annals of Statistics 7: rows are
    drawn with replacement 2,000 times, with a fixed seed. The plain percentile interval of 10 to 30 documents holds the
    true value 86 to 94 times in 100, so it is expanded for few documents (``expanded_tail``). It is for means and
    medians of documents; rates and shares have the intervals of ``ratios``. None for fewer than ten documents and for a
    full population. None as well where the statistic divides by zero in a resample or is the same in all of them: the
    documents are then too empty or too much alike for resampling to measure uncertainty.
    """
    n = len(table)
    if complete or n < FEWEST_DOCUMENTS:
        return None
    import numpy as np
    from scipy import stats

    # Drawing rows is many times faster from arrays, without the texts.
    numbers = {str(name): its.to_numpy() for name, its in table.select_dtypes("number").items()}

    def of_resamples(drawn: NDArray[np.int64], **_: object) -> NDArray[np.float64]:
        values = [compute({name: its[rows] for name, its in numbers.items()}) for rows in drawn.reshape(-1, n)]
        return np.array(values).reshape(drawn.shape[:-1])

    # scipy calls a statistic that is not vectorized through wrappers that take longer than the statistic. A batch is
    # bounded because all its resamples are in memory at once.
    options: dict[str, Any] = {"vectorized": True, "method": "percentile", "batch": max(1, _DRAWN_AT_ONCE // n)}
    try:
        found = stats.bootstrap(
            (np.arange(n),),
            of_resamples,
            n_resamples=RESAMPLES,
            confidence_level=1 - 2 * expanded_tail(n),
            rng=np.random.default_rng(0),
            **options,
        ).confidence_interval
    except ZeroDivisionError:
        return None
    interval = Interval(rounded(float(found.low)), rounded(float(found.high)))
    return interval if interval.low < interval.high else None
