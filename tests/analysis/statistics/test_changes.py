"""Changes: known ones are found where they are, and documents in any order have none."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from research.analysis.statistics import changes
from research.analysis.statistics.changes import Change, Difference, change_point, difference_at
from research.analysis.statistics.keyness import adjusted_by_holm
from research.analysis.statistics.series import Counts
from tests.analysis.statistics.simulated import corpus

SEED = 20140301


def found_in(counts: Counts) -> Change:
    found = change_point(counts)
    assert isinstance(found, Change), found
    return found


def test_a_known_change_is_found_where_it_is() -> None:
    rng = np.random.default_rng(SEED)
    found = [found_in(corpus(rng, documents=8, changes_at=18, factor=3)) for _ in range(20)]
    assert all(it.p < 0.01 for it in found)
    assert sum(it.earliest <= 18 <= it.latest for it in found) >= 18
    assert np.mean([it.latest - it.earliest for it in found]) < 5, "the set of periods says something"
    assert sum(abs(it.at - 18) <= 1 for it in found) >= 15
    assert all(it.earliest <= it.at <= it.latest for it in found)


def test_documents_without_a_change_seldom_have_one() -> None:
    """At most 6 in 100, although documents are clustered; ``benchmarks/changes.py`` has many more."""
    rng = np.random.default_rng(SEED)
    assert sum(found_in(corpus(rng, shape=0.5)).p <= 0.05 for _ in range(200)) <= 12


def test_a_document_that_repeats_itself_is_no_change() -> None:
    """A test that takes each occurrence for an independent one would be sure of a change here."""
    counts = corpus(np.random.default_rng(SEED), periods=20, documents=5)
    counts.counted[-15] = 90
    assert found_in(counts).p > 0.05


def test_a_change_does_not_depend_on_the_order_in_which_documents_are_given() -> None:
    counts = corpus(np.random.default_rng(SEED), changes_at=18, factor=3)
    by_period = np.lexsort((counts.counted, counts.at))
    assert found_in(counts)._replace(p=0) == found_in(counts.take(by_period))._replace(p=0)


def test_the_levels_are_those_of_the_documents_on_either_side() -> None:
    counts = Counts(np.repeat(np.arange(10), 4), np.repeat([1.0, 4.0], 20), np.full(40, 500.0), 1000.0)
    found = found_in(counts)
    assert (found.at, found.earliest, found.latest) == (5, 5, 5)
    assert found.sides == changes.Sides(20, 10_000, 20, 2.0, 80, 10_000, 20, 8.0)
    assert found.p == pytest.approx(1 / 2000)


@pytest.mark.parametrize(
    ("at", "counted", "reason"),
    [
        ([], [], "needs 20 dated documents, and there is none"),
        ([0] * 9 + [8] * 10, [1.0] * 19, "needs 20 dated documents, and there are 19"),
        (
            [0] * 30 + [1] * 30,
            [1.0] * 60,
            "needs 5 periods with documents, and there are 2; shorter periods may have changes",
        ),
        ([*range(40)], [0.0] * 39 + [9.0], "needs 10 documents with what is counted, and there is 1"),
        ([*range(40)], [3.0] * 40, "all documents have the same value"),
        ([0, 0, 1, 2, 3, *[4] * 30], [1.0, 0.0] * 17 + [1.0], "no period has 10 documents before it and 10"),
    ],
)
def test_too_little_says_why(at: list[int], counted: list[float], reason: str) -> None:
    found = change_point(Counts(np.array(at, dtype=np.int64), np.array(counted), np.ones(len(at))))
    assert isinstance(found, str)
    assert reason in found


# --- a named date ---


def test_a_change_at_a_named_date_has_its_interval() -> None:
    counts = corpus(np.random.default_rng(SEED), documents=8, changes_at=15, factor=2)
    found = difference_at(counts, counts.at >= 15)
    assert isinstance(found, Difference)
    assert found.interval is not None
    assert found.interval.low < 2.0 < found.interval.high
    assert found.p < 0.01
    assert found.value == pytest.approx(found.sides.value_after - found.sides.value_before, rel=1e-5)
    assert difference_at(counts, counts.at >= 15, complete=True) == found._replace(interval=None)


def test_a_date_at_which_nothing_changed_is_seldom_a_change() -> None:
    rng = np.random.default_rng(SEED)
    drawn = (corpus(rng, shape=0.5) for _ in range(200))
    found = [difference_at(it, it.at >= 12) for it in drawn]
    assert sum(isinstance(it, Difference) and it.p <= 0.05 for it in found) <= 12


def test_each_side_of_a_named_date_needs_ten_documents() -> None:
    counts = corpus(np.random.default_rng(SEED), documents=8)
    assert difference_at(counts, np.arange(len(counts.at)) < 9) == (
        "the test needs 10 documents from then on, and there are 9"
    )
    assert difference_at(counts, np.ones(len(counts.at), bool)) == (
        "the test needs 10 documents before, and there is none"
    )


# --- documents that become longer or shorter ---


def of_lengths(rng: np.random.Generator, at: list[int], words: list[int]) -> Counts:
    """Documents of these periods and lengths, with a term twice per 1,000 words, clustered by document."""
    length = np.array(words, dtype=np.float64)
    expected = 0.002 * length * rng.gamma(1, 1, len(words))
    return Counts(np.array(at), rng.poisson(expected).astype(np.float64), length, 1000.0)


@pytest.mark.parametrize(("before", "after"), [((15, 3000), (120, 300)), ((60, 1500), (60, 300))])
def test_other_lengths_from_a_named_date_on_are_no_change(before: tuple[int, int], after: tuple[int, int]) -> None:
    """Shuffled sums of residuals differ in a fifth of the first of these corpora, and in none of the second."""
    rng = np.random.default_rng(SEED)
    words = [its[1] for its in (before, after) for _ in range(its[0])]
    is_after = np.arange(len(words)) >= before[0]
    drawn = (difference_at(of_lengths(rng, [0] * len(words), words), is_after) for _ in range(300))
    found = [it.p for it in drawn if isinstance(it, Difference)]
    assert 0.01 <= np.mean(np.array(found) <= 0.05) <= 0.085


def test_longer_documents_at_the_beginning_are_no_change_point() -> None:
    rng = np.random.default_rng(SEED)
    at, words = [number // 10 for number in range(120)], [3000] * 20 + [600] * 100
    found = [found_in(of_lengths(rng, at, words)).p for _ in range(200)]
    assert np.mean(np.array(found) <= 0.05) <= 0.085


def test_documents_without_words_take_no_part() -> None:
    counts = corpus(np.random.default_rng(SEED), changes_at=18, factor=3)
    at, counted, base = (np.append(its, [0] * 9) for its in counts[:3])
    empty = Counts(at, counted, base, counts.per)
    assert change_point(empty) == change_point(counts)
    assert difference_at(empty, empty.at >= 12) == difference_at(counts, counts.at >= 12)


def test_a_side_in_which_less_than_five_would_be_found_is_not_tested() -> None:
    words = [100] * 12 + [2000] * 60
    found = difference_at(of_lengths(np.random.default_rng(SEED), [0] * 72, words), np.arange(72) >= 12)
    assert found == "one side would have fewer than 5 of what is counted if nothing changed"


# --- several ---


def test_holm_is_that_of_his_definition() -> None:
    assert adjusted_by_holm([0.01, 0.02, 0.03, 0.04]) == [0.04, 0.06, 0.06, 0.06]
    assert adjusted_by_holm([0.6, 0.7]) == [1.0, 1.0]
    assert adjusted_by_holm([]) == []


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_holm_keeps_the_order_and_never_lowers(p_values: list[float]) -> None:
    adjusted = adjusted_by_holm(p_values)
    assert all(new >= old - 1e-6 for new, old in zip(adjusted, p_values, strict=True))
    order = sorted(range(len(p_values)), key=lambda i: p_values[i])
    assert [adjusted[i] for i in order] == sorted(adjusted)
