"""Association: how much more often two things occur together than they would by chance.

``association`` measures many pairs at once. Each pair has a 2×2 table, which Evert (2008), "Corpora and collocations"
(*Corpus Linguistics: An International Handbook*, chapter 58), calls its frequency signature: ``f`` units of ``N`` have
both, ``f1`` have the one, ``f2`` have the other. The observed cells are O11 = f, O12 = f1 - f, O21 = f2 - f and
O22 = N - f1 - f2 + f; E11 = f1 f2 / N and so on are expected if the two were independent. The names in UCS are those of
Evert's UCS toolkit, whose published figures every measure reproduces, up to the base of a logarithm:

======================= ======================= ===========================================================
column                  UCS                     meaning
======================= ======================= ===========================================================
log_likelihood          log.likelihood          G² of all four cells (Dunning 1993), negative where O11 < E11
simple_log_likelihood   simple.ll               G² of O11 alone, negative where O11 < E11
chi_squared             chi.squared             Pearson's chi-squared, negative where O11 < E11
chi_squared_yates       chi.squared.corr        the same with Yates' correction
z_score                 z.score                 (O11 - E11) / √E11
z_score_yates           z.score.corr            the same with Yates' correction
t_score                 t.score                 (O11 - E11) / √O11 (Church et al. 1991)
fisher                  Fisher.pv               -log10 p of Fisher's exact test, one-sided: O11 or more
poisson                 Poisson.pv              -log10 p of O11 or more if O11 is Poisson with mean E11
poisson_stirling        Poisson.Stirling        O11 (log10(O11 / E11) - log10 e) (Quasthoff and Wolff 2002)
mi                      MI, × log2 10           log2(O11 / E11): pointwise mutual information, in bits
mi2, mi3                MI2, MI3, × log2 10     log2(O11² / E11), log2(O11³ / E11) (Daille 1994)
local_mi                local.MI, × log2 10     O11 × mi
average_mi              average.MI, × log2 10   sum of O log2(O / E) over the four cells
npmi                    (none)                  normalised PMI, from -1 to 1 (Bouma 2009)
dice                    Dice                    2 f / (f1 + f2)
log_dice                (none)                  14 + log2 dice (Rychlý 2008)
jaccard                 Jaccard                 f / (f1 + f2 - f)
minimum_sensitivity     MS                      the smaller of f / f1 and f / f2 (Pedersen and Bruce 1996)
geometric_mean          gmean                   f / √(f1 f2)
odds_ratio              10 ^ odds.ratio         O11 O22 / (O12 O21)
relative_risk           10 ^ relative.risk      (O11 / f2) / (O12 / (N - f2)): the one, given the other or not
log_odds                odds.ratio.disc, × ln10 natural log of the odds ratio, 0.5 added to each cell
log_odds_z              (none)                  log_odds over its standard error; λ and z of quanteda
log_ratio               (none)                  log2 of (O11 / f1) / (O21 / (N - f1)) (Hardie 2014)
conservative_log_ratio  (none)                  the end nearest 0 of its interval (Evert 2022)
======================= ======================= ===========================================================

UCS also has ``frequency``, which is ``f``. Its corrected measures subtract 0.5 from every difference, also from one
below 0.5, where the correction makes a statistic larger or turns its sign; ours do the same, to agree. UCS has 10⁷ for
an infinite odds ratio, ours is infinite. ``log_ratio`` takes 0.5 for a count of 0, as Hardie does.

NLTK's ``BigramAssocMeasures`` compute one pair a call, so only our tests call them. NLTK agrees for ``pmi`` (our mi),
``student_t``, ``dice`` and ``jaccard``, and for ``likelihood_ratio`` and ``chi_sq`` except that these have no sign: a
pair that avoids each other ranks as high as one that attracts. ``poisson_stirling`` differs: NLTK subtracts 1 from a
logarithm to base 2, while the formula subtracts 1 from a natural logarithm, which is log2 e = 1.44 in base 2; NLTK's
value is too high by 0.44 f bits. ``mi_like`` is f³ / (f1 f2), which ranks as mi3 does.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from math import log
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from research.analysis.statistics.log_ratio import conservative_log_ratio, log_ratio
from research.analysis.statistics.tails import minus_log10_hypergeometric, minus_log10_poisson, surplus

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
COUNTS = ("f", "f1", "f2", "N")


def npmi(together: int, one: int, other: int, n: int) -> float:
    """Return normalised pointwise mutual information, from -1 (never together) through 0 (chance) to 1 (only together).

    Bouma (2009), "Normalized (pointwise) mutual information in collocation extraction", GSCL: ln(p(x,y) / (p(x) p(y)))
    divided by -ln p(x,y). ``one`` and ``other`` of ``n`` units have each of the two, ``together`` have both. Raises
    ValueError for counts that cannot be.

    >>> npmi(5, 5, 5, 100), npmi(1, 10, 10, 100), npmi(0, 3, 4, 100)
    (1.0, 0.0, -1.0)
    """
    if not (0 <= together <= min(one, other) and max(one, other) <= n and one and other):
        raise ValueError(f"{together} of {one} and {other} in {n} cannot be")
    if together == 0:
        return -1.0
    if together == n:
        return 1.0  # the limit: both are everywhere
    return log(together * n / (one * other)) / -log(together / n) + 0.0


class Cells(NamedTuple):
    """The frequency signatures of pairs with their observed (``o11`` …) and expected (``e11`` …) cells, as arrays."""

    f: Floats
    f1: Floats
    f2: Floats
    n: Floats
    o12: Floats
    o21: Floats
    o22: Floats
    e11: Floats
    e12: Floats
    e21: Floats
    e22: Floats

    @property
    def sign(self) -> Floats:
        """1 where the two occur together at least as often as expected, otherwise -1."""
        # Products of counts are exact: e11 is rounded, and pairs exactly as frequent as expected would get either sign.
        return np.where(self.f * self.n >= self.f1 * self.f2, 1.0, -1.0)


def cells(table: pd.DataFrame) -> Cells:
    """Return the cells of a table with the columns ``f``, ``f1``, ``f2``, ``N``.

    Raises ValueError for a missing column and for counts that cannot be; the message names the first such row.
    """
    missing = [name for name in COUNTS if name not in table.columns]
    if missing:
        raise ValueError(f"The table of pairs has no column {', '.join(missing)}; it needs f, f1, f2 and N.")
    f, f1, f2, n = (table[name].to_numpy(dtype=np.float64) for name in COUNTS)
    possible = (f >= 0) & (f <= np.minimum(f1, f2)) & (f1 + f2 - f <= n) & (f1 > 0) & (f2 > 0) & np.isfinite(n)
    if not possible.all():
        row = int(np.argmin(possible))
        raise ValueError(
            f"Row {row + 1} of the table of pairs cannot be: f = {f[row]:g}, f1 = {f1[row]:g}, f2 = {f2[row]:g}, "
            f"N = {n[row]:g}. Both words must occur, f cannot exceed f1 or f2, nor f1 + f2 - f exceed N."
        )
    rest1, rest2 = n - f1, n - f2
    expected = f1 / n * f2, f1 / n * rest2, rest1 / n * f2, rest1 / n * rest2
    return Cells(f, f1, f2, n, f1 - f, f2 - f, rest1 - (f2 - f), *expected)


def association(
    table: pd.DataFrame, measures: Sequence[str] | None = None, *, tests: int | None = None
) -> pd.DataFrame:
    """Return the table of pairs with one more column for each measure; see the list at the head of this module.

    ``table`` has the columns ``f``, ``f1``, ``f2`` and ``N`` and any others; ``measures`` names those that are wanted,
    by default all. ``tests`` is the number of pairs for which the conservative log ratio is corrected (Bonferroni), by
    default the rows of the table. Where a pair never occurs together, mi, log_dice and poisson_stirling are -inf. A
    measure that is not defined, because a word is everywhere, is missing. Raises ValueError for an unknown measure, a
    missing column and counts that cannot be.
    """
    wanted = list(MEASURES) if measures is None else list(measures)
    unknown = [name for name in wanted if name not in MEASURES]
    if unknown:
        raise ValueError(f"There is no association measure {', '.join(unknown)}; there are {', '.join(MEASURES)}.")
    its = cells(table)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = {name: MEASURES[name](its) for name in wanted if name != "conservative_log_ratio"}
        if "conservative_log_ratio" in wanted:
            sides = its.f, its.o21, its.f1, its.n - its.f1
            found["conservative_log_ratio"] = conservative_log_ratio(*sides, tests=max(1, tests or len(table)))
    return table.assign(**{name: found[name] for name in wanted})


def _unsigned_g2(its: Cells) -> Floats:
    # The differences of the four cells add to 0. Less these, no term is negative, and no large ones cancel.
    difference = its.f - its.e11
    cells_of = (
        (its.f, its.e11, difference),
        (its.o12, its.e12, -difference),
        (its.o21, its.e21, -difference),
        (its.o22, its.e22, difference),
    )
    return 2 * sum((surplus(*cell) for cell in cells_of), np.zeros_like(its.f))


def _log_likelihood(its: Cells) -> Floats:
    return its.sign * _unsigned_g2(its)


def _simple_log_likelihood(its: Cells) -> Floats:
    return its.sign * 2 * surplus(its.f, its.e11, its.f - its.e11)


def _chi_squared(its: Cells, correction: float = 0.0) -> Floats:
    # All four differences are equal in size, and the sum of 1 / E over the table is N / (E11 E22).
    scale = its.e11 * its.e22
    difference = np.abs(its.f - its.e11) - correction
    return its.sign * difference**2 * np.where(scale > 0, its.n / np.where(scale > 0, scale, 1.0), 0.0)


def _z_score(its: Cells, correction: float = 0.0) -> Floats:
    difference: Floats = (its.f - its.e11 - its.sign * correction) / np.sqrt(its.e11)
    return difference


def _t_score(its: Cells) -> Floats:
    return (its.f - its.e11) / np.sqrt(its.f)


def _poisson_stirling(its: Cells) -> Floats:
    return np.where(its.f > 0, its.f * (np.log10(its.f / its.e11) - np.log10(math.e)), -np.inf)


def _mi(its: Cells, power: int = 1) -> Floats:
    return power * np.log2(its.f) - np.log2(its.e11)


def _npmi(its: Cells) -> Floats:
    value = _mi(its) / -np.log2(its.f / its.n)
    return np.select([its.f == 0, its.f == its.n], [-1.0, 1.0], value)


def _dice(its: Cells) -> Floats:
    return 2 * its.f / (its.f1 + its.f2)


def _log_odds(its: Cells) -> Floats:
    half = 0.5
    return np.log((its.f + half) * (its.o22 + half) / ((its.o12 + half) * (its.o21 + half)))


def _log_odds_z(its: Cells) -> Floats:
    variance = sum((1 / (cell + 0.5) for cell in (its.f, its.o12, its.o21, its.o22)), np.zeros_like(its.f))
    return _log_odds(its) / np.sqrt(variance)


def _local_mi(its: Cells) -> Floats:
    from scipy import special

    local: Floats = special.xlogy(its.f, np.where(its.f > 0, its.f / its.e11, 1.0)) / np.log(2)
    return local


MEASURES: dict[str, Callable[[Cells], Floats]] = {
    "log_likelihood": _log_likelihood,
    "simple_log_likelihood": _simple_log_likelihood,
    "chi_squared": _chi_squared,
    "chi_squared_yates": lambda its: _chi_squared(its, 0.5),
    "z_score": _z_score,
    "z_score_yates": lambda its: _z_score(its, 0.5),
    "t_score": _t_score,
    "fisher": lambda its: minus_log10_hypergeometric(its.f, its.n, its.f1, its.f2),
    "poisson": lambda its: minus_log10_poisson(its.f, its.e11),
    "poisson_stirling": _poisson_stirling,
    "mi": _mi,
    "mi2": lambda its: _mi(its, 2),
    "mi3": lambda its: _mi(its, 3),
    "local_mi": _local_mi,
    "average_mi": lambda its: _unsigned_g2(its) / (2 * np.log(2)),
    "npmi": _npmi,
    "dice": _dice,
    "log_dice": lambda its: 14 + np.log2(_dice(its)),
    "jaccard": lambda its: its.f / (its.f1 + its.f2 - its.f),
    "minimum_sensitivity": lambda its: its.f / np.maximum(its.f1, its.f2),
    "geometric_mean": lambda its: its.f / np.sqrt(its.f1 * its.f2),
    "odds_ratio": lambda its: its.f * its.o22 / (its.o12 * its.o21),
    "relative_risk": lambda its: (its.f / its.f2) / (its.o12 / (its.n - its.f2)),
    "log_odds": _log_odds,
    "log_odds_z": _log_odds_z,
    "log_ratio": lambda its: log_ratio(its.f, its.o21, its.f1, its.n - its.f1),
    "conservative_log_ratio": lambda its: conservative_log_ratio(
        its.f, its.o21, its.f1, its.n - its.f1, tests=max(1, len(its.f))
    ),
}
"""The measures, in the order of their columns."""
