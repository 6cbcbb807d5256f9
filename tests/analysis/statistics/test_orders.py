"""Random orders: their statistic by hand, their p-values beside exact ones, and the same whatever the order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from research.analysis.statistics.orders import Documents, chance_in_turn, chance_of_differences, shuffled


def by_hand(counted: list[float], base: list[float], first: int, share: bool) -> float:
    """The difference of the ratios over its error, a document after the other."""
    ratio = sum(counted) / sum(base)
    events = ratio * (1 - ratio) if share else ratio
    squares = sum((y - ratio * b) ** 2 for y, b in zip(counted, base, strict=True))
    clustered = max(0.0, (squares - events * sum(base)) / sum(b * b for b in base))
    ratios, variances = [], []
    for its, of in ((counted[:first], base[:first]), (counted[first:], base[first:])):
        n, own = len(its), sum(its) / sum(of)
        seen = sum((y - own * b) ** 2 for y, b in zip(its, of, strict=True)) * n / (n - 1)
        expected = sum(events * b + clustered * b * b for b in of)
        ratios.append(own)
        variances.append(((n - 1) * seen + 10 * expected) / (n + 9) / sum(of) ** 2)
    return float(abs(ratios[0] - ratios[1]) / sum(variances) ** 0.5)


@pytest.mark.parametrize("share", [False, True])
def test_the_statistic_is_the_difference_over_its_error(share: bool) -> None:
    rng = np.random.default_rng(3)
    base = rng.integers(5, 40, 12).astype(float)
    counted = rng.binomial(base.astype(int), 0.3).astype(float)
    order, ends = rng.permutation(12), np.array([2, 5, 9])
    found = Documents.of(counted, base, share=share).statistics(order[None, :], ends)[0]
    its, of = counted[order].tolist(), base[order].tolist()
    assert found.tolist() == pytest.approx([by_hand(its, of, end, share) for end in ends.tolist()], rel=1e-7)


def test_the_p_value_is_that_of_all_orders() -> None:
    """4 of 12 documents can be chosen in 495 ways."""
    rng = np.random.default_rng(5)
    base = rng.integers(50, 900, 12).astype(float)
    counted = rng.poisson(base * 0.02).astype(float)
    documents = Documents.of(counted, base, share=False)
    every = np.array([[*its, *sorted(set(range(12)) - set(its))] for its in combinations(range(12), 4)])
    exact = documents.statistics(every, np.array([4]))[:, 0]
    for at in (3, 100, 250, 490):
        side = np.isin(np.arange(12), every[at, :4])
        (found,) = chance_of_differences(counted, base, [side], share=False)
        assert found == pytest.approx((exact >= exact[at]).mean(), abs=0.02, rel=0.2)


def test_the_order_of_documents_and_the_side_that_is_named_change_nothing() -> None:
    rng = np.random.default_rng(6)
    base = rng.integers(50, 900, 60).astype(float)
    counted = rng.poisson(base * 0.01).astype(float)
    sides = [np.arange(60) < 15, (np.arange(60) >= 15) & (np.arange(60) < 40), np.arange(60) >= 40]
    found = chance_of_differences(counted, base, sides, share=False)
    order = rng.permutation(60)
    assert chance_of_differences(counted[order], base[order], [~its[order] for its in sides], share=False) == found
    assert [chance_of_differences(counted, base, [its], share=False)[0] for its in sides] == found


def test_a_clear_difference_has_a_p_value_below_one_in_the_number_of_orders() -> None:
    """So that it can hold over hundreds of tests; the clearer, the smaller."""
    found = []
    for times in (1.0, 2.0, 3.0, 4.0):
        rng = np.random.default_rng(8)
        base = np.full(80, 500.0)
        side = np.arange(80) < 40
        counted = rng.poisson(2 * np.where(side, times, 1.0)).astype(float)
        found += chance_of_differences(counted, base, [side], share=False)
    assert found == sorted(found, reverse=True)
    assert found[0] > 0.05
    assert 0.001 > found[2] > found[3] > 0


def test_no_p_value_is_below_that_of_one_split_among_all() -> None:
    """10 of 20 documents can be chosen in 184,756 ways; the tail of 1,999 of them would say less."""
    side = np.arange(20) < 10
    counted = np.where(side, 30.0, 1.0)
    (found,) = chance_of_differences(counted, np.full(20, 500.0), [side], share=False)
    assert found == pytest.approx(1 / 184_756, rel=1e-5)


def test_each_part_is_shuffled_for_itself() -> None:
    batches = list(shuffled(60, [(0, 2000), (2000, 3000)]))
    drawn = np.concatenate(batches)
    assert len(batches) > 1
    assert drawn.shape == (60, 3000)
    assert (np.sort(drawn[:, :2000], axis=1) == np.arange(2000)).all()
    assert (np.sort(drawn[:, 2000:], axis=1) == np.arange(2000, 3000)).all()


def test_a_p_value_that_is_settled_early_is_that_of_all_orders() -> None:
    """The hundredth order that reaches what was found settles it; with fewer all orders count."""
    rng = np.random.default_rng(2)
    reaches = rng.random(1999) < 0.3
    asked: list[int] = []

    def batches() -> Iterator[NDArray[np.bool_]]:
        for start in range(0, 1999, 50):
            asked.append(start)
            yield reaches[start : start + 50]

    settled = chance_in_turn(batches(), 1999)
    last = int(np.flatnonzero(reaches)[99]) + 1
    assert settled == pytest.approx(100 / last, abs=1e-6)
    assert settled == pytest.approx(reaches.mean(), abs=0.06)
    assert asked[-1] == (last - 1) // 50 * 50, "no batch is drawn behind it"
    assert chance_in_turn([reaches], 1999) == settled, "whatever the size of a batch"
    rare = np.arange(1999) < 99
    assert chance_in_turn([rare], 1999) == 0.05
