"""The order of the draw: every beginning is a stratified random sample, and a larger one extends a smaller one."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from research.analysis.statistics.draws import FAVOURED, order
from research.nlp.accuracy import TURN
from research.nlp.judged.units import HIGH, LOW, MIDDLE, NOTHING, stratum

STRATA = [NOTHING] * 400 + [LOW] * 40 + [HIGH] * 200 + [TURN] * 3 + [MIDDLE]


def of_seed(seed: int) -> list[str]:
    drawn = order(STRATA, np.random.default_rng(seed).random(len(STRATA)))
    return [STRATA[place] for place in drawn]


def test_stratum_is_by_the_least_sure_statement() -> None:
    assert [stratum(it) for it in (None, 0.0, 0.59, 0.6, 0.84, 0.85, 1.0)] == [
        *(NOTHING, LOW, LOW, MIDDLE, MIDDLE, HIGH, HIGH)
    ]
    assert stratum(0.3, turn=True) == stratum(None, turn=True) == TURN


def test_sizes_do_not_depend_on_chance() -> None:
    assert of_seed(1) == of_seed(2)


def test_all_units_come_once() -> None:
    drawn = order(STRATA, np.random.default_rng(3).random(len(STRATA)))
    assert sorted(drawn.tolist()) == list(range(len(STRATA)))


def test_within_a_stratum_the_least_numbers_come_first() -> None:
    numbers = np.random.default_rng(4).random(len(STRATA))
    drawn = order(STRATA, numbers)[:100]
    for name in set(STRATA):
        taken = [numbers[place] for place in drawn if STRATA[place] == name]
        every = sorted(number for number, one in zip(numbers, STRATA, strict=True) if one == name)
        assert taken == every[: len(taken)]


def test_every_stratum_has_two_units_early() -> None:
    assert Counter(of_seed(5)[:9]) == {NOTHING: 2, LOW: 2, HIGH: 2, TURN: 2, MIDDLE: 1}


def test_order_from_the_definition() -> None:
    """Of 4 and 8 units the third has the priority 2.5/4 = 0.625 and 2.5/8 = 0.3125, and so on by 1/4 and 1/8."""
    names = ["a"] * 4 + ["b"] * 8
    drawn = order(names, np.linspace(0, 1, 12))
    assert "".join(names[place] for place in drawn) == "baba" + "bbbabbab"


@pytest.mark.parametrize("size", [50, 100, 200])
def test_shares_are_those_wanted(size: int) -> None:
    drawn = Counter(of_seed(6)[:size])
    wanted = {name: STRATA.count(name) * FAVOURED[name] for name in FAVOURED}
    for name in (NOTHING, LOW, HIGH):
        assert drawn[name] == pytest.approx(size * wanted[name] / sum(wanted.values()), abs=2.5)


def test_an_unknown_stratum_is_drawn_as_often_as_nothing() -> None:
    names = ["other", NOTHING] * 50
    drawn = order(names, np.random.default_rng(7).random(100))
    assert Counter(names[place] for place in drawn[:50]) == {"other": 25, NOTHING: 25}


@given(st.lists(st.sampled_from([NOTHING, LOW, TURN]), max_size=40))
def test_the_order_of_the_units_does_not_matter(names: list[str]) -> None:
    numbers = np.random.default_rng(8).random(len(names))
    drawn = order(names, numbers).tolist()
    mixed = np.random.default_rng(9).permutation(len(names))
    again = order([names[place] for place in mixed], numbers[mixed])
    assert [mixed[place] for place in again] == drawn


def test_every_unit_is_as_likely_as_its_stratum() -> None:
    """2,000 draws of 60: a unit is drawn n/N times, within four standard errors."""
    names = [NOTHING] * 100 + [LOW] * 40
    times = np.zeros(140)
    for seed in range(2000):
        times[order(names, np.random.default_rng(seed).random(140))[:60]] += 1
    for name in (NOTHING, LOW):
        its = times[[one == name for one in names]]
        likely = its.mean() / 2000
        assert np.abs(its / 2000 - likely).max() < 4 * (likely * (1 - likely) / 2000) ** 0.5


def test_no_units() -> None:
    assert order([], np.array([])).tolist() == []
