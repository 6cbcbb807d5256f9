"""Rates by period and trends: against scipy, by hand, and on simulated corpora with known rates."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from research.analysis.statistics.ratios import of_ratio
from research.analysis.statistics.series import Counts, Trend, intervals, mann_kendall, theil_sen, totals, trend
from tests.analysis.statistics.simulated import corpus


def counts(rows: Sequence[tuple[int, float, float]], per: float = 1000.0) -> Counts:
    at, counted, base = zip(*rows, strict=True)
    return Counts(np.array(at), np.array(counted, dtype=float), np.array(base, dtype=float), per)


def test_a_period_without_documents_has_no_rate_and_one_without_the_term_has_zero() -> None:
    found = totals(counts([(0, 1, 100), (0, 3, 300), (2, 0, 500), (3, 0, 0)]), 5)
    assert found.n_documents.tolist() == [2, 0, 1, 1, 0]
    np.testing.assert_equal(found.rate, [10, np.nan, 0, np.nan, np.nan])


def test_without_a_document_every_period_is_empty() -> None:
    nothing = Counts(np.array([], dtype=np.int64), np.array([]), np.array([]))
    assert totals(nothing, 2).n_documents.tolist() == [0, 0]
    assert intervals(nothing, 2) == [None, None]
    assert isinstance(trend(nothing, 2), str)


def test_each_period_has_the_interval_of_its_own_documents() -> None:
    few, same, many = (
        [(0, i, 100.0) for i in range(9)],
        [(1, 2, 100.0)] * 12,
        [(3, i % 4, 100.0 + i) for i in range(40)],
    )
    columns = [np.array([row[at] for row in many]) for at in (1, 2)]
    for per in (1.0, 1000.0):
        found = intervals(counts([*few, *same, *many], per=per), 4)
        assert found[0] is None, "nine documents"
        assert found[2] is None, "no document"
        assert found[3] == of_ratio(*columns, share=per == 1, per=per), "what is counted is no part of words"
    assert intervals(counts(same), 2)[1] is None, "all documents are alike"


def test_intervals_do_not_depend_on_the_order_of_periods() -> None:
    rows = [(i % 2, i % 5, 100.0 + i) for i in range(60)]
    assert intervals(counts(rows), 2) == intervals(counts(sorted(rows, key=lambda row: row[0])), 2)


def test_the_interval_of_a_rate_of_clustered_documents_covers_it() -> None:
    """About 95 of 100 intervals of 40 documents."""
    rng = np.random.default_rng(5)
    found = [intervals(corpus(rng, periods=1, documents=40), 1)[0] for _ in range(200)]
    assert 0.92 <= np.mean([it is not None and it.low <= 2 <= it.high for it in found]) <= 0.985


# --- Mann and Kendall, Theil and Sen ---

VALUES = st.lists(st.integers(-20, 20), min_size=3, max_size=40)


@given(VALUES)
def test_the_slope_is_that_of_scipy(values: list[int]) -> None:
    its = np.array(values, dtype=float)
    at = np.arange(len(its))
    assert theil_sen(at, its)[0] == pytest.approx(stats.theilslopes(its, at).slope)


def test_gaps_count_as_time() -> None:
    assert theil_sen(np.array([0, 10]), np.array([1.0, 6.0])).tolist() == [0.5]


@given(st.permutations(range(12)))
def test_without_ties_the_test_is_exact(values: list[int]) -> None:
    exact = stats.kendalltau(range(12), values, method="exact").pvalue
    assert mann_kendall(values) == pytest.approx(exact, rel=1e-5)


def test_with_ties_the_variance_and_the_continuity_are_corrected() -> None:
    """By hand: S = 9, variance (5·4·15 - 2·1·9) / 18 = 15.667, z = 8 / 3.958 = 2.021, p = 0.0433."""
    assert mann_kendall([1, 2, 2, 3, 4]) == pytest.approx(0.0433, abs=5e-5)
    assert mann_kendall([3, 3, 3]) == 1


def test_a_trend_is_found_with_its_slope() -> None:
    found = trend(corpus(np.random.default_rng(2), documents=12, slope=0.2), 30)
    assert isinstance(found, Trend)
    assert found.p < 0.001
    assert found.interval is not None
    assert found.interval.low < 0.2 < found.interval.high
    assert found.n_periods == 30
    whole = trend(corpus(np.random.default_rng(2), documents=12, slope=0.2), 30, complete=True)
    assert whole == found._replace(interval=None)


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([(at, i, 10.0) for at in range(7) for i in range(5)], "8 periods of at least 5 documents, and only 7 have"),
        ([(at, i, 10.0) for at in range(20) for i in range(4)], "and none has that many"),
        ([(at, 1, 10.0) for at in range(8) for _ in range(5)], "all periods have the same value"),
    ],
)
def test_too_little_says_why(rows: list[tuple[int, float, float]], reason: str) -> None:
    found = trend(counts(rows), 20)
    assert isinstance(found, str)
    assert reason in found


def test_periods_with_few_documents_are_left_out_of_a_trend() -> None:
    steady = [(at, at + i % 2, 10.0) for at in range(8) for i in range(6)]
    found = trend(counts([*steady, (8, 900, 10.0)]), 9)
    assert isinstance(found, Trend)
    assert (found.slope, found.n_periods) == (100, 8)
