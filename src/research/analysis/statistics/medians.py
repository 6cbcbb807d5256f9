"""Medians by period: the middle one of some values, its interval over documents, and the trend of a series of them.

Values of one measure are not parts of a whole, and one that is misread may be a thousand times too large, so a period
has a median and not a mean. The values of one document resemble each other, so whole documents are resampled.
"""

from __future__ import annotations

from statistics import harmonic_mean
from typing import TYPE_CHECKING, NamedTuple

from research.analysis.statistics.series import (
    FEWEST_IN_A_PERIOD,
    FEWEST_PERIODS,
    Trend,
    mann_kendall,
    percentiles,
    theil_sen,
    too_few_periods,
)
from research.analysis.statistics.uncertainty import (
    FEWEST_DOCUMENTS,
    RESAMPLES,
    Interval,
    rounded,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Places = NDArray[np.int64]


class Values(NamedTuple):
    """Values of one measure in one unit, three arrays of one length.

    ``at`` is the number of a value's period, from 0; ``document`` a number for the document that gives it.
    """

    at: Places
    document: Places
    value: Numbers


class Median(NamedTuple):
    """The median of a period with its interval, the lowest and the highest value, and how many there are."""

    at: int
    value: float
    interval: Interval | None
    lowest: float
    highest: float
    n_values: int
    n_documents: int


def medians(values: Values, *, complete: bool = False) -> list[Median]:
    """Return the median of each period that has a value, in order.

    The interval resamples the documents of the period (Efron 1979, Annals of Statistics 7) and is expanded for few
    documents (``expanded_tail``). None for fewer than ten documents, for a full population (``complete``), and where
    all resamples have the same median.
    """
    import numpy as np

    rng, found = np.random.default_rng(0), []
    for at in np.unique(values.at).tolist():
        chosen = values.at == at
        its, documents = values.value[chosen], values.document[chosen]
        n_documents = len(np.unique(documents))
        interval = None
        if n_documents >= FEWEST_DOCUMENTS and not complete:
            interval = percentiles(resampled_medians(its, documents, RESAMPLES, rng), n_documents)
        ends = (rounded(float(its.min())), rounded(float(its.max())))
        found.append(Median(at, rounded(float(np.median(its))), interval, *ends, len(its), n_documents))
    return found


def resampled_medians(values: Numbers, documents: Places, n_resamples: int, rng: np.random.Generator) -> Numbers:
    """Return the median of the values of all documents in each resample of the documents.

    >>> import numpy as np
    >>> drawn = resampled_medians(np.array([1.0, 5.0]), np.array([7, 8]), 500, np.random.default_rng(0))
    >>> np.unique(drawn).tolist()
    [1.0, 3.0, 5.0]
    """
    import numpy as np

    order = np.argsort(values, kind="stable")
    its = values[order]
    number = np.unique(documents, return_inverse=True)[1][order]
    n = int(number.max()) + 1
    drawn = rng.multinomial(n, np.full(n, 1 / n), n_resamples)
    before = np.cumsum(drawn[:, number], axis=1)  # how many values of a resample are not above each of all values
    total = before[:, -1]
    lower, upper = (its[np.argmax(before >= wanted[:, None], axis=1)] for wanted in ((total + 1) // 2, total // 2 + 1))
    middle: Numbers = (lower + upper) / 2
    return middle


def median_trend(values: Values, *, complete: bool = False) -> Trend | str:
    """Return the trend of the medians of periods, or why it is not computable, as a clause.

    Tests, slope and interval are those of ``series.trend``, and so are the periods that it needs.
    """
    import numpy as np

    ready = [it for it in medians(values, complete=True) if it.n_documents >= FEWEST_IN_A_PERIOD]
    if len(ready) < FEWEST_PERIODS:
        return too_few_periods(len(ready))
    at, its = np.array([it.at for it in ready]), np.array([it.value for it in ready])
    if (its == its[0]).all():
        return "all periods have the same value"
    slope = rounded(float(theil_sen(at, its)[0]))
    return Trend(slope, None if complete else _slope_interval(values, at), mann_kendall(its), len(ready))


def _slope_interval(values: Values, at: Places) -> Interval | None:
    import numpy as np

    rng, columns = np.random.default_rng(0), []
    for period in at.tolist():
        chosen = values.at == period
        columns.append(resampled_medians(values.value[chosen], values.document[chosen], RESAMPLES // 4, rng))
    worth = harmonic_mean([len(np.unique(values.document[values.at == period])) for period in at])
    return percentiles(theil_sen(at, np.column_stack(columns)), worth)
