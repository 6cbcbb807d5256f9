"""The log ratio: how many times as frequent something is here as there, as a power of 2, and how sure that is.

A log ratio of 1 means twice, 2 four times, -1 half as frequent. The intervals here treat every word as drawn by itself.
Words come in documents, and a word that one document repeats makes such intervals too narrow; ``keyness`` therefore
has intervals over documents.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Interval = Literal["exact", "normal"]

ZERO = 0.5
"""What is taken for a count of 0, after Hardie (2014), so that the ratio stays finite."""
_ALPHA = 0.05


def log_ratio(here: Floats, there: Floats, n_here: Floats | float, n_there: Floats | float) -> Floats:
    """Return log2 of the ratio of the relative frequencies, with 0.5 for a count of 0.

    Hardie (2014), "Log Ratio – an informal introduction". ``here`` and ``there`` are counts, ``n_here`` and
    ``n_there`` the words in all. Where both counts are 0 the value compares the two sizes only and means nothing.

    >>> log_ratio(np.array([8.0, 0.0]), np.array([2.0, 2.0]), 100, 100).tolist()
    [2.0, -2.0]
    """
    one, other = np.where(here > 0, here, ZERO), np.where(there > 0, there, ZERO)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.log2((one / other) * (np.asarray(n_there, dtype=np.float64) / n_here))


def log_ratio_interval(
    here: Floats,
    there: Floats,
    n_here: Floats | float,
    n_there: Floats | float,
    *,
    alpha: float = _ALPHA,
    kind: Interval = "exact",
) -> tuple[Floats, Floats]:
    """Return the ends of the confidence interval of the log ratio if words were drawn one by one.

    ``exact`` is the conditional Poisson test: given here + there, ``here`` is binomial, and the ends of its
    Clopper-Pearson interval are turned into ratios (Evert 2022, "Measuring keyness"; R package corpora); an end is
    infinite where a count is 0. ``normal`` is the approximation of Hardie (2014): the standard error of the natural
    log is the root of 1/here + 1/there - 1/n_here - 1/n_there, with 0.5 for a count of 0. ``alpha`` is split over both
    ends.
    """
    from scipy import special

    sizes = np.asarray(n_there, dtype=np.float64) / n_here
    with np.errstate(divide="ignore", invalid="ignore"):
        if kind == "normal":
            one, other = np.where(here > 0, here, ZERO), np.where(there > 0, there, ZERO)
            error = np.sqrt(1 / one + 1 / other - 1 / np.asarray(n_here, dtype=np.float64) - 1 / np.asarray(n_there))
            half = -special.ndtri(alpha / 2) * error / np.log(2)
            value = log_ratio(here, there, n_here, n_there)
            return value - half, value + half
        low = special.betaincinv(np.maximum(here, 1.0), there + 1, alpha / 2)
        high = special.betainccinv(here + 1, np.maximum(there, 1.0), alpha / 2)
        low_end = np.where(here > 0, np.log2(sizes * low / (1 - low)), -np.inf)
        high_end = np.where(there > 0, np.log2(sizes * high / (1 - high)), np.inf)
        return low_end, high_end


def conservative_log_ratio(
    here: Floats,
    there: Floats,
    n_here: Floats | float,
    n_there: Floats | float,
    *,
    alpha: float = _ALPHA,
    tests: int = 1,
    kind: Interval = "exact",
) -> Floats:
    """Return the end of the interval of the log ratio that is nearest to 0, and 0 where the interval includes 0.

    Evert (2022), "Measuring keyness", measure LRC: what a word's log ratio is at least. ``alpha`` is divided by
    ``tests``, the number of words compared (Bonferroni).
    """
    low, high = log_ratio_interval(here, there, n_here, n_there, alpha=alpha / tests, kind=kind)
    more = log_ratio(here, there, n_here, n_there) >= 0
    return np.where(more, np.maximum(low, 0.0), np.minimum(high, 0.0)) + 0.0
