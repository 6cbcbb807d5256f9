"""Tails of distributions, also so far out that the probability is below the smallest number a computer has.

scipy's hypergeometric distribution loses five digits at the size of a corpus and becomes 0 below 1e-308. Here the
probability of one outcome follows Loader (2000), "Fast and accurate computation of binomial probabilities", as in R,
and the tail is summed from it outwards.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_SMALL = 1e-200
_FACTORIAL_IS_EXACT = 16


def surplus(observed: Floats, expected: Floats, difference: Floats) -> Floats:
    """Return O ln(O / E) - (O - E), which is 0 where both are equal and positive elsewhere; for O = 0 it is E.

    ``difference`` is O - E. Where it is small, a series avoids subtracting nearly equal numbers.
    """
    x = np.where(expected > 0, difference / np.where(expected > 0, expected, 1.0), 0.0)
    close: Floats = expected * x**2 * (1 / 2 - x * (1 / 6 - x * (1 / 12 - x * (1 / 20 - x / 30))))
    there: Floats = np.where(observed > 0, observed, 1.0)
    log_term = np.where(observed > 0, observed * np.log(there / np.where(observed > 0, expected, 1.0)), 0.0)
    return np.where(np.abs(x) < 1e-3, close, log_term - difference)


def minus_log10_poisson(f: Floats, mean: Floats) -> Floats:
    """Return -log10 of the probability that a Poisson variable with this mean is ``f`` or more; arrays of one shape."""
    from scipy import special

    p = np.where(f > 0, special.gammainc(np.maximum(f, 1.0), mean), 1.0)
    far = p < _SMALL
    result = -np.log10(np.where(far, 1.0, p)) + 0.0
    if far.any():
        first, its = f[far], mean[far]
        log_p = -_stirling_error(first) - surplus(first, its, first - its) - np.log(2 * np.pi * first) / 2
        total = _series(len(first), lambda step, rows: its[rows] / (first[rows] + step + 1))
        result[far] = -(log_p + np.log(total)) / np.log(10)
    return result


def minus_log10_hypergeometric(f: Floats, n: Floats, f1: Floats, f2: Floats) -> Floats:
    """Return -log10 of the probability of ``f`` or more hits; arrays of one shape.

    ``f1`` are drawn from ``n`` without replacement, and ``f2`` of the ``n`` are hits: the one-sided test of Fisher.
    """
    result = np.zeros_like(f)
    least = np.maximum(f1 + f2 - n, 0)  # so many or more are certain
    above = (f > f1 * f2 / n) & (f > least)
    if above.any():
        k, total, drawn, hits = f[above], n[above], f1[above], f2[above]
        rest = total - drawn - hits
        tail = _series(
            len(k),
            lambda step, rows: (
                (drawn[rows] - k[rows] - step)
                * (hits[rows] - k[rows] - step)
                / ((k[rows] + step + 1) * (rest[rows] + k[rows] + step + 1))
            ),
        )
        result[above] = -(_log_hypergeometric(k, total, drawn, hits) + np.log(tail)) / np.log(10)
    below = ~above & (f > least)
    if below.any():
        k, total, drawn, hits = f[below] - 1, n[below], f1[below], f2[below]
        rest = total - drawn - hits
        tail = _series(
            len(k),
            lambda step, rows: (
                (k[rows] - step)
                * (rest[rows] + k[rows] - step)
                / ((drawn[rows] - k[rows] + step + 1) * (hits[rows] - k[rows] + step + 1))
            ),
        )
        fewer = np.exp(_log_hypergeometric(k, total, drawn, hits)) * tail
        result[below] = -np.log1p(-np.minimum(fewer, 1 - 1e-16)) / np.log(10)
    return result + 0.0


def _series(size: int, ratio: Callable[[int, NDArray[np.intp]], Floats]) -> Floats:
    """Return 1 + r1 + r1 r2 + … for each row; ``ratio`` gives the next ratio of the rows that still change."""
    total, term, rows, step = np.ones(size), np.ones(size), np.arange(size), 0
    while rows.size:
        term = term * ratio(step, rows)
        total[rows] += term
        going = term > 1e-17 * total[rows]
        rows, term, step = rows[going], term[going], step + 1
    return total


def _stirling_error(n: Floats) -> Floats:
    """Return ln n! less Stirling's formula, for n of 1 or more."""
    from scipy import special

    n = np.maximum(n, 1.0)
    exact = special.gammaln(n + 1) - (n + 0.5) * np.log(n) + n - np.log(2 * np.pi) / 2
    square = n * n
    series = (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / 1188 / square) / square) / square) / square) / n
    return np.where(n < _FACTORIAL_IS_EXACT, exact, series)


def _log_binomial(k: Floats, n: Floats, p: Floats) -> Floats:
    """Return the log of the binomial probability of ``k`` of ``n``."""
    from scipy import special

    mean, other = n * p, n * (1 - p)
    inner = (
        _stirling_error(n)
        - _stirling_error(k)
        - _stirling_error(n - k)
        - surplus(k, mean, k - mean)
        - surplus(n - k, other, mean - k)
        + np.log(n / (2 * np.pi * np.maximum(k, 1.0) * np.maximum(n - k, 1.0))) / 2
    )
    return np.select([k == 0, k == n], [special.xlog1py(n, -p), special.xlogy(n, p)], inner)


def _log_hypergeometric(k: Floats, n: Floats, drawn: Floats, hits: Floats) -> Floats:
    """Return the log of the hypergeometric probability of ``k``: a product of binomial ones in which p cancels."""
    p = hits / n
    # n == 0 cannot be: both words occur. All drawn: the outcome is certain.
    rest = np.maximum(n - drawn, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        left = np.where(rest > 0, _log_binomial(hits - k, np.maximum(rest, 1.0), p), 0.0)
        return _log_binomial(k, drawn, p) + left - _log_binomial(hits, n, p)
