"""Ratios over documents: their intervals by hand, against published figures, and on drawn corpora."""

from math import exp, inf, log, sqrt

import numpy as np
import pytest
from scipy import stats

from research.analysis.statistics.ratios import (
    FEWEST_ON_EACH_SIDE,
    FEWEST_WITH_IT,
    Estimate,
    estimate,
    of_difference,
    of_ratio,
    welch,
)
from research.analysis.statistics.uncertainty import Interval, rounded, wilson

COUNTED = np.array([0, 1, 5, 2, 0, 1, 3, 0, 2, 1])
BASE = np.array([100, 200, 400, 300, 100, 150, 250, 90, 210, 160])
QUANTILE = stats.t.ppf(0.975, BASE.sum() ** 2 / (BASE**2).sum() - 1)


def by_hand(values: list[float]) -> float:
    """The jackknife error of the values without each document."""
    return sqrt(9 / 10 * sum((it - sum(values) / 10) ** 2 for it in values))


def test_the_interval_of_a_rate_is_that_of_leaving_out_each_document() -> None:
    error = by_hand([log(np.delete(COUNTED, i).sum() / np.delete(BASE, i).sum()) for i in range(10)])
    factor, rate = exp(QUANTILE * error), 1000 * COUNTED.sum() / BASE.sum()
    found = of_ratio(COUNTED, BASE, share=False, per=1000)
    assert found == Interval(rounded(rate / factor), rounded(rate * factor))


def test_the_interval_of_a_share_is_on_its_log_odds() -> None:
    """So that it never leaves 0 to 1, and that of what is left is its mirror image."""
    base = BASE // 20
    quantile = stats.t.ppf(0.975, base.sum() ** 2 / (base**2).sum() - 1)
    parts = [(np.delete(COUNTED, i).sum(), np.delete(base, i).sum()) for i in range(10)]
    error = by_hand([log(part / (whole - part)) for part, whole in parts])
    odds = COUNTED.sum() / (base.sum() - COUNTED.sum())
    low, high = (its / (1 + its) for its in (odds * exp(-quantile * error), odds * exp(quantile * error)))
    assert of_ratio(COUNTED, base, share=True) == Interval(rounded(low), rounded(high))
    rest = of_ratio(base - COUNTED, base, share=True)
    assert rest is not None
    assert rest[:2] == pytest.approx((1 - high, 1 - low), rel=1e-5)


def test_a_share_of_documents_has_wilsons_interval() -> None:
    """Each document is one of one, so nothing is clustered; none of twelve has an interval as well."""
    ones = np.ones(12)
    assert of_ratio(np.arange(12) < 5, ones, share=True) == wilson(5, 12)
    assert of_ratio(np.zeros(12), ones, share=True) == wilson(0, 12)
    assert of_ratio(np.zeros(9), np.ones(9), share=True) is None


@pytest.mark.parametrize("share", [False, True])
def test_too_few_documents_have_no_interval(*, share: bool) -> None:
    def found(having: int, documents: int, full: int = 0, *, complete: bool = False) -> Interval | None:
        base = np.full(documents, 5)
        counted = np.where(np.arange(documents) < having, 1, 0)
        counted[documents - full :] = 5
        return of_ratio(counted, base, share=share, complete=complete)

    assert found(FEWEST_WITH_IT, 20) is not None
    assert found(FEWEST_WITH_IT - 1, 20) is None
    assert found(9, 9) is None, "fewer than ten documents"
    assert found(9, 20, complete=True) is None
    assert (found(0, 20, full=16) is None) == share, "four documents have something else"
    base = np.array([5] * 9 + [0])
    assert of_ratio(np.minimum(1, base), base, share=share) is None, "nothing to count in is no document"


def test_documents_that_do_not_differ_leave_no_interval() -> None:
    assert of_ratio(np.full(12, 2), np.full(12, 50), share=False) is None


def test_documents_of_unlike_size_are_worth_fewer() -> None:
    """One document with half of all words tells little more than itself."""
    found = estimate(np.arange(20) % 4, np.array([1900] + [100] * 19), share=False)
    assert found is not None
    assert found.freedom == pytest.approx(3800**2 / (1900**2 + 19 * 100**2) - 1)


def share_of_documents(counted: int, documents: int) -> Estimate:
    found = estimate(np.arange(documents) < counted, np.ones(documents), share=True)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("one", "other", "ends"),
    [
        ((56, 70), (48, 80), (0.0524, 0.3339)),
        ((9, 10), (3, 10), (0.1705, 0.8090)),
        ((10, 10), (0, 20), (0.6791, 1.0)),
        ((10, 10), (0, 10), (0.6075, 1.0)),
    ],
)
def test_a_difference_of_shares_of_documents_is_that_of_newcombe(
    one: tuple[int, int], other: tuple[int, int], ends: tuple[float, float]
) -> None:
    """Newcombe (1998), table II, method 10 (see ``ratios``)."""
    found = of_difference(share_of_documents(*one), share_of_documents(*other))
    assert found == pytest.approx(ends, abs=0.00006)


def test_a_difference_joins_the_ends_of_both_sides_with_the_freedom_of_welch() -> None:
    one, other = Estimate(0.4, 0.2, 9, 10, share=False), Estimate(0.1, 0.5, 30, 12, share=False)
    freedom = welch(0.08**2, 9, 0.05**2, 30)
    assert 9 < freedom < 39
    half = stats.t.ppf(0.975, freedom)
    low, high = 0.4 * exp(-half * 0.2), 0.4 * exp(half * 0.2)
    other_low, other_high = 0.1 * exp(-half * 0.5), 0.1 * exp(half * 0.5)
    expected = (
        0.3 - sqrt((0.4 - low) ** 2 + (other_high - 0.1) ** 2),
        0.3 + sqrt((high - 0.4) ** 2 + (0.1 - other_low) ** 2),
    )
    assert of_difference(one, other) == pytest.approx(expected)
    narrow, wide = of_difference(one, other, 0.8), of_difference(one, other, -0.8)
    assert wide[0] < expected[0] < narrow[0] < 0.3 < narrow[1] < expected[1] < wide[1]
    assert welch(0, 9, 0, 9) == inf


# --- on drawn corpora ---


def test_intervals_hold_shares_near_an_end() -> None:
    """About 95 of 100; of percentile intervals, even expanded, 87 to 91."""
    rng = np.random.default_rng(8)
    base = np.maximum(1, np.round(rng.lognormal(2.3, 0.7, (400, 20))))
    counted = rng.binomial(base.astype(int), rng.beta(0.9 * 2.3, 0.1 * 2.3, base.shape))
    found = [of_ratio(*row, share=True) for row in zip(counted, base, strict=True)]
    assert 0.92 <= np.mean([it.low <= 0.9 <= it.high for it in found if it is not None]) <= 0.98


@pytest.mark.parametrize("documents", [10, 20])
def test_intervals_hold_rates_that_are_clustered_in_few_documents(documents: int) -> None:
    """About 96 of 100; of percentile intervals, even expanded, 92."""
    rng = np.random.default_rng(8)
    base = np.maximum(30, rng.lognormal(6, 0.7, (400, documents)))
    counted = rng.poisson(0.004 * base * rng.gamma(1, 1, base.shape))
    found = [of_ratio(*row, share=False) for row in zip(counted, base, strict=True)]
    assert 0.93 <= np.mean([it.low <= 0.004 <= it.high for it in found if it is not None]) <= 0.985


def test_intervals_hold_the_difference_of_rates_of_few_and_many_documents() -> None:
    """About 95 of 100; of percentile intervals, even expanded, 87."""
    rng = np.random.default_rng(9)
    held = []
    for _ in range(400):
        sides = []
        for documents in (10, 80):
            base = np.maximum(30, rng.lognormal(6, 0.7, documents))
            counted = rng.poisson(0.004 * base * rng.gamma(1, 1, documents))
            sides.append(estimate(counted, base, share=False, fewest=FEWEST_ON_EACH_SIDE))
        if sides[0] is not None and sides[1] is not None:
            low, high = of_difference(sides[0], sides[1])
            held.append(low <= 0 <= high)
    assert len(held) > 150
    assert 0.92 <= np.mean(held) <= 0.98
