"""Worked examples that others published come out as they published them.

All units here are 0 or 1, so the counts of each combination are the whole data.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

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
    estimate_total,
    known_total,
)

Floats = NDArray[np.float64]
Z = 1.9599639845


def found(it: Estimate | NotComputable) -> Estimate:
    assert isinstance(it, Estimate)
    return it


def repeated(counts: Mapping[Any, int]) -> Iterable[Floats]:
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
