"""How sure a number is: intervals against published figures and the textbook."""

from collections.abc import Callable
from math import sqrt
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from research.analysis.statistics.uncertainty import (
    FEWEST_DOCUMENTS,
    bootstrap,
    effective_number,
    expanded_tail,
    rounded,
    wilson,
)


def mean(rows: Any) -> float:
    return float(rows["words"].mean())


def table(*words: float) -> pd.DataFrame:
    return pd.DataFrame({"words": words})


# --- Wilson ---


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_against_newcombe(successes: int, n: int, low: float, high: float) -> None:
    """Newcombe (1998), "Two-sided confidence intervals for the single proportion", Stat Med 17, table I, method 3."""
    interval = wilson(successes, n)
    assert interval is not None
    assert interval.low == pytest.approx(low, abs=5.1e-5)
    assert interval.high == pytest.approx(high, abs=5.1e-5)
    assert interval.level == 0.95


@given(st.integers(10, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_against_the_textbook_formula(counts: tuple[int, int]) -> None:
    """Agresti and Coull (1998), "Approximate is better than 'exact'", The American Statistician 52, formula (2)."""
    successes, n = counts
    p, z = successes / n, 1.959963984540054
    centre, half = p + z**2 / (2 * n), z * sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    interval = wilson(successes, n)
    assert interval is not None
    assert interval.low == pytest.approx((centre - half) / (1 + z**2 / n), rel=1e-5, abs=1e-9)
    assert interval.high == pytest.approx((centre + half) / (1 + z**2 / n), rel=1e-5)
    assert 0 <= interval.low <= p <= interval.high <= 1


def test_fewer_than_ten_documents_have_no_interval() -> None:
    assert wilson(5, 9) is None
    assert bootstrap(table(*range(9)), mean) is None
    assert wilson(5, FEWEST_DOCUMENTS) is not None
    assert bootstrap(table(*range(FEWEST_DOCUMENTS)), mean) is not None


# --- bootstrap ---


def test_the_bootstrap_of_a_mean_is_near_the_normal_interval() -> None:
    """Efron and Tibshirani (1993), "An Introduction to the Bootstrap", ch. 13: they agree where n is large."""
    data = table(*np.random.default_rng(1).normal(100, 15, 400))
    interval = bootstrap(data, mean)
    assert interval is not None
    half = 1.96 * float(data["words"].std(ddof=0)) / sqrt(400)
    assert interval.low == pytest.approx(mean(data) - half, abs=0.1 * half)
    assert interval.high == pytest.approx(mean(data) + half, abs=0.1 * half)


@pytest.mark.parametrize(
    "compute", [mean, lambda rows: float(np.median(rows["words"])), lambda rows: float(rows["words"].max())]
)
def test_a_bootstrap_interval_is_in_order_and_holds_the_estimate(compute: Callable[[Any], float]) -> None:
    data = table(*[(n * 37) % 101 for n in range(40)])
    interval = bootstrap(data, compute)
    assert interval is not None
    assert interval.low <= compute(data) <= interval.high


def test_the_bootstrap_gives_the_same_each_time_whatever_was_drawn_before() -> None:
    data = table(*[(n * 37) % 101 for n in range(12)])
    first = bootstrap(data, mean)
    np.random.seed(99)
    np.random.default_rng().random(10)
    assert bootstrap(data, mean) == first
    assert bootstrap(data.set_axis(list("abcdefghijkl")), mean) == first, "the index plays no part"


@pytest.mark.parametrize(
    "compute", [mean, lambda rows: float(len(rows["words"])), lambda rows: float(rows["words"].min())]
)
def test_resamples_that_are_all_alike_leave_no_interval(compute: Callable[[Any], float]) -> None:
    """An interval without a width would say that the value is certain, and ten like documents do not."""
    assert bootstrap(table(*[7] * 10), compute) is None


def test_whole_documents_are_drawn() -> None:
    """The columns of a row stay together: a ratio of 10 or 11 in each document is between them in all."""
    numbers = range(1, 13)
    data = pd.DataFrame({"words": [(10 + n % 2) * n for n in numbers], "sentences": numbers})
    interval = bootstrap(data, lambda rows: rows["words"].sum() / rows["sentences"].sum())
    assert interval is not None
    assert 10 <= interval.low < interval.high <= 11


def test_only_the_numbers_of_a_table_are_drawn() -> None:
    data = table(*[(n * 37) % 101 for n in range(12)]).assign(share=0.5)
    with_texts = data.assign(doc_id="a", date=None, words_as_text=data["words"].astype(str))
    columns: set[str] = set()

    def compute(rows: Any) -> float:
        columns.update(rows)
        return mean(rows)

    assert bootstrap(with_texts, compute) == bootstrap(data, mean)
    assert columns == {"words", "share"}


def test_a_resample_without_a_value_leaves_no_interval() -> None:
    data = pd.DataFrame({"places": [3] + [0] * 11, "words": [50] + [0] * 11})
    assert bootstrap(data, lambda rows: int(rows["places"].sum()) / int(rows["words"].sum())) is None


def test_few_documents_have_an_interval_as_wide_as_student_t() -> None:
    """Hesterberg (2015), section 3.3: in the normal case the expanded interval is the t interval of the mean."""
    data = table(*np.random.default_rng(4).normal(100, 15, 12))
    interval = bootstrap(data, mean)
    assert interval is not None
    half = 2.201 * float(data["words"].std(ddof=1)) / sqrt(12)  # the 97.5% point of t with 11 degrees of freedom
    assert interval.high - interval.low == pytest.approx(2 * half, rel=0.08)


def test_documents_of_unlike_size_are_worth_fewer() -> None:
    sizes = np.array([900] + [100] * 19)
    assert effective_number(sizes) == pytest.approx(2800**2 / (900**2 + 19 * 100**2))
    assert effective_number(np.full(7, 3)) == 7
    assert effective_number(np.zeros(5)) == effective_number(np.array([9, 0, 0])) == 2


@given(st.floats(2, 1e6))
def test_the_tail_is_cut_less_for_fewer_documents(n: float) -> None:
    assert 0 < expanded_tail(n) < expanded_tail(n * 1.1) < 0.025


# --- rounding ---


@pytest.mark.parametrize(
    ("value", "result"),
    [(1 / 3, 0.333333), (2 / 3, 0.666667), (123456.7, 123457.0), (1e-9 / 3, 3.33333e-10), (0.1 + 0.2, 0.3), (0.0, 0.0)],
)
def test_numbers_have_six_significant_digits(value: float, result: float) -> None:
    assert rounded(value) == result


@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_rounding_twice_is_rounding_once(value: float) -> None:
    assert rounded(rounded(value)) == rounded(value)
    assert rounded(value) == pytest.approx(value, rel=5.1e-6, abs=0)
