"""How sure a number is: intervals over documents, and the rounding that makes numbers the same everywhere.

Passages of one document resemble each other, so only documents are resampled, and fewer than ten
documents give no interval at all.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

FEWEST_DOCUMENTS = 10
"""The fewest documents that an interval is computed from."""
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
    """A number to six significant digits: what is done before a value is compared or written."""
    return float(f"{value:.{_DIGITS}g}")


def wilson(successes: int, n: int, *, complete: bool = False) -> Interval | None:
    """Wilson's score interval of a share of documents; None for fewer than ten, or all there are.

    Wilson (1927), "Probable inference, the law of succession, and statistical inference", JASA 22,
    as computed by scipy's ``BinomTestResult.proportion_ci``.
    """
    if complete or n < FEWEST_DOCUMENTS:
        return None
    from scipy.stats import binomtest

    interval = binomtest(successes, n).proportion_ci(LEVEL, method="wilson")
    return Interval(rounded(float(interval.low)), rounded(float(interval.high)))


def bootstrap(
    table: pd.DataFrame, compute: Callable[[pd.DataFrame], float], *, complete: bool = False
) -> Interval | None:
    """A percentile bootstrap interval of a statistic of the numbers in a table with one row a document.

    Efron (1979), "Bootstrap methods: another look at the jackknife", Annals of Statistics 7: rows are
    drawn with replacement 2,000 times, with a fixed seed. None for fewer than ten documents, where they are all
    there are, and where the statistic divides by zero in a resample, or is the same in all of them: then the
    documents are too much alike, or too many are empty, for resampling to say how sure the value is.
    """
    n = len(table)
    if complete or n < FEWEST_DOCUMENTS:
        return None
    import numpy as np
    from scipy import stats

    # Drawing rows is many times faster without the texts, and from a copy, which has one block for each type.
    numbers = table.select_dtypes("number").copy()

    def of_resamples(drawn: NDArray[np.int64], **_: object) -> NDArray[np.float64]:
        return np.array([compute(numbers.iloc[rows]) for rows in drawn.reshape(-1, n)]).reshape(drawn.shape[:-1])

    # scipy calls a statistic that is not vectorized through wrappers that take longer than the statistic. A batch is
    # bounded because all its resamples are in memory at once.
    options: dict[str, Any] = {"vectorized": True, "method": "percentile", "batch": max(1, _DRAWN_AT_ONCE // n)}
    try:
        found = stats.bootstrap(
            (np.arange(n),),
            of_resamples,
            n_resamples=RESAMPLES,
            confidence_level=LEVEL,
            rng=np.random.default_rng(0),
            **options,
        ).confidence_interval
    except ZeroDivisionError:
        return None
    interval = Interval(rounded(float(found.low)), rounded(float(found.high)))
    return interval if interval.low < interval.high else None
