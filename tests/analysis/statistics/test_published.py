"""Worked examples that others published come out as they published them.

All units here are 0 or 1, so the counts of each combination are the whole data.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pytest
from numpy.typing import NDArray

from research.analysis.statistics.judged import (
    Estimate,
    NotComputable,
    Ratio,
    Sample,
    Values,
    estimate_difference,
    estimate_ratio,
    estimate_total,
    known_total,
)

Floats = NDArray[np.float64]
Z = 1.9599639845
CELLS = ((0, 0), (0, 1), (1, 0), (1, 1))


def found(it: Estimate | NotComputable) -> Estimate:
    assert isinstance(it, Estimate)
    return it


def repeated(counts: Mapping[tuple[int, ...], int]) -> Iterable[Floats]:
    """Return each place of the keys as an array in which a key is repeated as often as it was counted."""
    keys = np.array(list(counts), dtype=np.float64)
    return np.repeat(keys, list(counts.values()), axis=0).T


def half_width(rectified: Estimate, lam: float, rest: Floats) -> float:
    """Return half of PPI's interval: it takes the units for a sample of infinitely many.

    So the variance of the errors, those of an estimate with λ = ``lam``, has no finite population correction, and the
    model's mean has a variance over the ``rest`` of the units, which nobody judged.
    """
    of_errors = rectified.standard_error**2 / (1 - rectified.judged / rectified.units)
    return float(Z * (of_errors + lam**2 * rest.var(ddof=1) / len(rest)) ** 0.5)


# --- truescore 0.6.0 on the Python Package Index, Apache-2.0: README.md, from examples/01_audit_an_eval.py and
# 02_compare_two_models.py with examples/data/support_eval.csv and support_compare.csv. A model judged 4,000 answers, a
# person 600 of them; the counts are those of the two files.

ONE = {(0, 0): 79, (0, 1): 15, (1, 0): 90, (1, 1): 416}
"""How many of the 600 answers passed: by the model, by the person."""
ONE_ELSEWHERE = {(0,): 553, (1,): 2847}
TWO = {
    (0, 0, 0, 0): 26,
    (0, 0, 0, 1): 5,
    (0, 0, 1, 0): 7,
    (0, 1, 0, 0): 10,
    (0, 1, 0, 1): 38,
    (0, 1, 1, 1): 8,
    (1, 0, 0, 0): 28,
    (1, 0, 0, 1): 8,
    (1, 0, 1, 0): 123,
    (1, 0, 1, 1): 29,
    (1, 1, 0, 0): 9,
    (1, 1, 0, 1): 45,
    (1, 1, 1, 0): 42,
    (1, 1, 1, 1): 222,
}
"""The same of two versions: v4 and v3 by the model, v4 and v3 by the person."""
TWO_ELSEWHERE = {(0, 0): 191, (0, 1): 362, (1, 0): 910, (1, 1): 1937}
OF_4000 = Sample({"": 4000}, [""] * 600)


def test_share_and_interval_are_those_of_a_published_audit() -> None:
    """Published: corrected 0.7150 [0.6836, 0.7463], by the model alone 0.8383, by the person alone 0.7183.

    There the mean of the model is that of the 3,400 answers that were not judged, so its λ is 3,400/4,000 of ours.
    """
    model, right = repeated(ONE)
    [rest] = repeated(ONE_ELSEWHERE)
    its = Values(model, right, float(model.sum() + rest.sum()))
    mine = found(estimate_total(OF_4000, its, per=4000))
    lam = 0.85 * mine.power
    half = half_width(found(estimate_total(OF_4000, its, per=4000, power=lam)), lam, rest)
    assert [round(it, 4) for it in (mine.value, mine.value - half, mine.value + half)] == [0.7150, 0.6836, 0.7463]
    assert mine.model == pytest.approx(0.8383, abs=0.00006)
    assert round(found(estimate_total(OF_4000, its, per=4000, power=0)).value, 4) == 0.7183
    assert 0.6836 < mine.low < mine.high < 0.7463, "ours is for these 4,000 answers, so it is narrower"


def test_difference_and_interval_are_those_of_a_published_comparison() -> None:
    """Published: by the model +0.1700, corrected +0.0950 [+0.0505, +0.1394]."""
    v4, v3, right_v4, right_v3 = repeated(TWO)
    rest_v4, rest_v3 = repeated(TWO_ELSEWHERE)
    base = known_total(4000.0, 600)
    sides = [
        Ratio(Values(v4, right_v4, float(v4.sum() + rest_v4.sum())), base),
        Ratio(Values(v3, right_v3, float(v3.sum() + rest_v3.sum())), base),
    ]
    mine = found(estimate_difference(OF_4000, *sides))
    lam = 0.85 * mine.power
    half = half_width(found(estimate_difference(OF_4000, *sides, power=lam)), lam, rest_v4 - rest_v3)
    assert [round(it, 4) for it in (mine.value, mine.value - half, mine.value + half)] == [0.0950, 0.0505, 0.1394]
    assert round(mine.model, 4) == 0.17


# --- dsl 0.1.0, the package of Egami, Hinck, Stewart & Wei for R (GPL-2): "How to use DSL for Estimating the Category
# Proportions over Time", https://naokiegami.com/dsl/articles/faq.html, with its example data data_time. 300 texts a
# year, 500 of the 3,000 coded by experts; the counts are those of its table.

BY_YEAR = {
    2001: ((5, 11, 10, 18), 170, 0.6447, 0.0652),
    2002: ((3, 13, 13, 15), 177, 0.6231, 0.0653),
    2003: ((12, 3, 30, 19), 176, 0.2958, 0.0808),
    2004: ((6, 5, 21, 16), 178, 0.4442, 0.0692),
    2005: ((5, 9, 15, 24), 173, 0.6289, 0.0722),
    2006: ((10, 4, 19, 18), 178, 0.4274, 0.0727),
    2007: ((5, 8, 21, 25), 178, 0.5713, 0.0766),
    2008: ((5, 10, 10, 22), 175, 0.6702, 0.0675),
    2009: ((6, 6, 15, 14), 185, 0.4958, 0.0639),
    2010: ((6, 10, 20, 13), 162, 0.4763, 0.0704),
}
"""By year: coded texts by (predicted, right) = (0, 0), (0, 1), (1, 0), (1, 1); texts not coded that were predicted 1;
then, as published, the corrected share and its standard error."""


def test_shares_by_year_are_those_that_dsl_publishes() -> None:
    """DSL corrects a random forest's predictions of what is right, cross-fitted; that forest cannot be had here.

    In its place: the share of right ones among the coded texts of each prediction. The estimate is then that of DSL's
    equation for these predictions, and each of the ten shares is within 0.005 of the published one, its standard
    error within 0.001. DSL takes the texts for a sample of infinitely many: its variance has the spread of the
    predictions, and no finite population correction.
    """
    counts = {(year, *its): n for year, (row, *_) in BY_YEAR.items() for its, n in zip(CELLS, row, strict=True)}
    years, model, right = repeated(counts)
    better = np.array([right[model == 0].mean(), right[model == 1].mean()])
    values = better[model.astype(np.int64)]
    of_all = Sample({"": 3000}, [""] * 500)
    for year, ((_, _, *ones), others, share, error) in BY_YEAR.items():
        its, predicted = years == year, sum(ones) + others
        total = float(predicted * better[1] + (300 - predicted) * better[0])
        mine = found(estimate_total(of_all, Values(values * its, right * its, total), per=300, power=1))
        assert mine.value == pytest.approx(share, abs=0.005), year
        spread = predicted * (300 - predicted) / 300**2 * (better[1] - better[0]) ** 2 / 300
        theirs = (mine.standard_error**2 / (1 - 500 / 3000) + spread) ** 0.5
        assert theirs == pytest.approx(error, abs=0.001), year
        one = its.astype(np.float64)
        ours = found(
            estimate_ratio(of_all, Values(model * its, right * its, float(predicted)), Values(one, one, 300.0))
        )
        assert ours.value == pytest.approx(share, abs=error / 3), year
