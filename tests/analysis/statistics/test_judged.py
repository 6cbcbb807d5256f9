"""Estimates from a judged sample: against other programs, a textbook, and every sample that could have been drawn."""

from dataclasses import replace
from itertools import combinations, pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from research.analysis.statistics import judged
from research.analysis.statistics.draws import order
from research.analysis.statistics.judged import (
    Estimate,
    NotComputable,
    Ratio,
    Sample,
    Values,
    estimate_difference,
    estimate_ratio,
    estimate_total,
    expected_width,
    known_total,
    not_computable,
)
from research.analysis.statistics.spread import Spread, spread_between_documents

Floats = NDArray[np.float64]
Z = 1.959963984540054


def floats(digits: str) -> Floats:
    return np.array([*map(int, digits)], dtype=np.float64)


def found(it: Estimate | NotComputable) -> Estimate:
    assert isinstance(it, Estimate)
    return it


# ppi-python 0.2.3 on 400 units of which the first 50 are judged, made with numpy 2.4.6: r = default_rng(2023),
# x = r.poisson(1.2, 400), y = maximum(0, x + r.choice([-1, 0, 1, 2], 400, p=[.12, .7, .15, .03])).
MODEL = floats("00023212220351211000321211111012213102011210202000")
RIGHT = floats("00023212220351112000221111111011213202021110102100")
REST = np.repeat(np.arange(6.0), [117, 121, 71, 31, 8, 2])
EVERY = np.concatenate([MODEL, REST])
OF_400 = Sample({"": 400}, [""] * 50)
COUNTED = Values(MODEL, RIGHT, float(EVERY.sum()))


@pytest.mark.parametrize(
    ("power", "value", "low", "high"),
    [(1.0, 1.1075, 0.9447538223, 1.2702461777), (0.0, 1.18, 0.8936037208, 1.4663962792)],
)
def test_estimate_and_interval_are_those_of_ppi(power: float, value: float, low: float, high: float) -> None:
    """ppi_mean_pointestimate and ppi_mean_ci with lam=power; the predictions "without a label" are those of all units.

    ppi takes the units for a sample of infinitely many, so the model's mean has a variance there and the judged ones
    have no finite population correction; both variances are those with the divisor n.
    """
    mine = found(estimate_total(OF_400, COUNTED, per=400, power=power))
    assert mine.value == pytest.approx(value, abs=1e-10)
    rectifier = mine.standard_error**2 / (1 - 50 / 400) * 49 / 50
    half = Z * (rectifier + power**2 * EVERY.var() / 400) ** 0.5
    assert (value - half, value + half) == pytest.approx((low, high), rel=1e-5)


def test_tuned_estimate_is_that_of_ppi() -> None:
    """The same functions without lam; the predictions without a label are those of the 350 other units.

    The model's mean over all units has a part of 1/8 that is judged, so ppi's lam is 7/8 of our power; and ppi takes
    the variance of the model's values from all units, we from the judged ones, where its errors were seen.
    """
    lam, value, low, high = 0.7607282763627823, 1.1169682285, 0.9677464229, 1.2661900342
    mine = found(estimate_total(OF_400, COUNTED, per=400, power=lam / (7 / 8)))
    assert mine.value == pytest.approx(value, rel=1e-5)
    rectifier = found(estimate_total(OF_400, COUNTED, per=400, power=lam)).standard_error ** 2 / (7 / 8) * 49 / 50
    half = Z * (rectifier + lam**2 * REST.var() / 350) ** 0.5
    assert (value - half, value + half) == pytest.approx((low, high), rel=1e-5)
    tuned = found(estimate_total(OF_400, COUNTED))
    assert tuned.power == pytest.approx(lam / (7 / 8) * EVERY.var(ddof=1) / MODEL.var(), rel=1e-5)


def test_stratified_total_is_that_of_lohr() -> None:
    """Lohr (2010), "Sampling: Design and Analysis", 2nd edition, example 3.2: acres of farms in the USA, agstrat.

    Per region counties, sampled ones, mean and variance of the acres. The total is 909,736,035 acres (from means with
    more digits than are printed), its standard error 50,417,248.
    """
    regions = {
        "NC": (1054, 103, 300504.2, 29618183543),
        "NE": (220, 21, 97629.8, 7647472708),
        "S": (1382, 135, 211315.0, 53587487856),
        "W": (422, 41, 662295.5, 396185950266),
    }
    stratum, acres = [], []
    for name, (_, n, mean, variance) in regions.items():
        values = np.linspace(-1, 1, n)
        stratum += [name] * n
        acres.append(mean + values * (variance / values.var(ddof=1)) ** 0.5)
    sample = Sample({name: size for name, (size, *_) in regions.items()}, stratum)
    right = np.concatenate(acres)
    mine = found(estimate_total(sample, Values(np.zeros_like(right), right, 0.0, 3078), power=0))
    assert mine.value == pytest.approx(909_736_035, rel=1e-6)
    assert mine.standard_error == pytest.approx(50_417_248, rel=1e-5)


STRATA = ["a"] * 25 + ["b"] * 20 + ["c"] * 15
OF_610 = Sample({"a": 400, "b": 150, "c": 60}, STRATA)
BASE = np.array(
    [
        *(0, 2, 2, 3, 2, 2, 2, 5, 4, 1, 4, 3, 5, 5, 0, 4, 3, 4, 2, 1, 4, 1, 3, 4, 4, 9, 3, 4, 3, 4),
        *(6, 3, 2, 9, 4, 6, 7, 7, 5, 5, 4, 3, 5, 5, 7, 8, 5, 10, 3, 7, 11, 7, 7, 8, 10, 13, 5, 13, 6, 9),
    ],
    dtype=np.float64,
)
PART = floats("010210231120210202112011351310511622341111112316226432460536")


def test_stratified_total_and_ratio_are_those_of_samplics() -> None:
    """samplics 0.6.1, TaylorEstimator with strata, weights N/n and finite population corrections 1 - n/N."""
    nothing = np.zeros(60)
    counted, base = Values(nothing, PART, 0.0, 610), Values(nothing, BASE, 0.0)
    total = found(estimate_total(OF_610, counted, power=0))
    assert (total.value, total.standard_error) == pytest.approx((991, 93.76378094201063), rel=1e-5)
    with pytest.raises(ZeroDivisionError):  # the model alone has no base
        estimate_ratio(OF_610, counted, base, power=0)
    ratio = found(estimate_ratio(OF_610, counted, base._replace(total=1.0), power=0))
    assert ratio.value == pytest.approx(0.4189389135489326, rel=1e-5)
    assert ratio.standard_error == pytest.approx(0.028985060526608, rel=1e-5)


def test_estimate_and_variance_are_unbiased_over_all_samples() -> None:
    """All 1,326 samples of 50 of 52 units: the mean is the truth, the mean of the variances that of the estimates."""
    model, right = EVERY[:52], np.concatenate([RIGHT, [3.0, 0.0]])
    sample = Sample({"": 52}, [""] * 50)
    values, variances = [], []
    for chosen in combinations(range(52), 50):
        drawn = list(chosen)
        mine = found(estimate_total(sample, Values(model[drawn], right[drawn], model.sum()), power=1))
        values.append(mine.value)
        variances.append(mine.standard_error**2)
    assert np.mean(values) == pytest.approx(right.sum(), rel=1e-5)
    assert np.mean(variances) == pytest.approx(np.var(values), rel=1e-4)


def test_everything_judged_is_the_truth() -> None:
    sample = Sample({"a": 25, "b": 20, "c": 15}, STRATA)
    wrong = BASE - PART
    mine = found(estimate_ratio(sample, Values(wrong, PART, wrong.sum()), Values(BASE, BASE, BASE.sum())))
    assert mine[:3] == pytest.approx([PART.sum() / BASE.sum()] * 3, rel=1e-5)
    assert mine.standard_error == 0


def test_tuning_is_not_worse_than_all_or_nothing_of_the_model() -> None:
    errors = {
        power: found(estimate_total(OF_400, COUNTED, power=power)).standard_error for power in (None, 0.0, 0.5, 1.0)
    }
    assert errors[None] == min(errors.values())
    against = Values(-RIGHT, RIGHT, -459.0)
    assert found(estimate_total(OF_400, against)).power == 0
    half = Values(RIGHT / 2, RIGHT, 230.0)
    assert found(estimate_total(OF_400, half)).power == 1


def test_weights_are_relative_within_a_stratum() -> None:
    equal = estimate_total(OF_610, Values(PART, BASE, 900.0))
    scaled = np.select([np.array(STRATA) == "a", np.array(STRATA) == "b"], [3.0, 0.5], 7.0)
    assert estimate_total(replace(OF_610, weight=scaled), Values(PART, BASE, 900.0)) == equal
    weight = np.arange(1.0, 51.0)
    mine = found(estimate_total(replace(OF_400, weight=weight), COUNTED, power=1))
    assert mine.value == pytest.approx(EVERY.sum() + 400 * np.average(RIGHT - MODEL, weights=weight), rel=1e-5)
    with pytest.raises(ValueError, match="50 judged units"):
        replace(OF_400, weight=weight[:-1])


def test_no_error_found_is_not_no_error() -> None:
    """The classic failure: the variance is 0 where the judged units agree, and so would be the width."""
    mine = found(estimate_total(OF_400, Values(RIGHT, RIGHT, 459.0)))
    assert (mine.value, mine.standard_error) == (459, 0)
    assert mine.low < 450
    assert mine.high > 468
    shown = (RIGHT > 0).astype(np.float64)  # the model says the same of each unit of a stratum
    sample = Sample({"no": 100, "yes": 300}, ["yes" if it else "no" for it in shown])
    mine = found(estimate_total(sample, Values(shown, shown, 300.0)))
    assert mine.low < mine.value == 300 < mine.high


def test_interval_reaches_further_from_the_nearer_bound() -> None:
    few, many = PART / 20, BASE - PART / 20
    low = found(estimate_ratio(OF_610, Values(few, few[::-1], 50.0), Values(BASE, BASE, 2000.0)))
    assert 0 <= low.low < low.value < low.high
    assert low.high - low.value > low.value - low.low
    high = found(estimate_ratio(OF_610, Values(many, many - few[::-1] + few, 1950.0), Values(BASE, BASE, 2000.0)))
    assert high.low < high.value < high.high <= 1
    assert high.high - high.value < high.value - high.low


def test_rate_and_scale_are_factors() -> None:
    total, rate = (found(estimate_total(OF_400, COUNTED, per=per)) for per in (1, 20))
    assert [20 * it for it in rate[:5]] == pytest.approx(total[:5], rel=1e-5)
    share, percent = (
        found(estimate_ratio(OF_610, Values(PART, PART, 900.0), Values(BASE, BASE, 2000.0), scale=scale))
        for scale in (1, 100)
    )
    assert percent[:5] == pytest.approx([100 * it for it in share[:5]], rel=1e-5)


def test_few_judged_are_refused_with_how_many_are_missing() -> None:
    sample = Sample({"a": 100, "b": 10, "c": 1, "d": 0}, ["a"] * 30)
    assert not_computable(sample) == NotComputable("few", 30, 20, ("b", "c"))
    sample = Sample({"a": 100, "b": 10, "c": 1, "d": 0}, ["a"] * 60 + ["b"])
    assert not_computable(sample) == NotComputable("stratum", 61, 2, ("b", "c"))
    nothing = Values(np.zeros(61), np.zeros(61), 0.0)
    assert estimate_total(sample, nothing) == NotComputable("stratum", 61, 2, ("b", "c"))
    assert expected_width(sample, nothing, more=100) is None
    assert not_computable(Sample({"a": 3}, ["a"] * 3)) is None
    with pytest.raises(ValueError, match="4 units of the stratum “a” were judged, but it has 3"):
        Sample({"a": 3}, ["a"] * 4)


def test_what_is_rare_is_refused_by_the_population_and_not_by_the_draw() -> None:
    once = np.eye(50)[0]
    assert not_computable(OF_400, Values(once, once, 30.0, 39)) == NotComputable("rare", 1, 2)  # 5 · 400 / 39 = 51.3
    assert not_computable(OF_400, Values(once, once, 30.0, 40)) is None
    assert not_computable(OF_400, Values(once, once, 30.0)) == NotComputable("rare", 1, 200)  # 8 of 400
    assert not_computable(OF_400, Values(0 * once, 0 * once, 30.0, 40)) == NotComputable("rare", 0, 1)
    assert not_computable(OF_400, Values(0 * once, once, 0.0, 0)) == NotComputable("rare", 1, 350)


def test_values_are_one_a_judged_unit() -> None:
    with pytest.raises(ValueError, match="50 judged units"):
        estimate_total(OF_400, Values(MODEL[:-1], RIGHT, 459.0))


def test_more_judged_units_make_the_interval_narrower() -> None:
    now = found(estimate_total(OF_400, COUNTED))
    widths = [expected_width(OF_400, COUNTED, more=more) for more in (0, 50, 150, 350)]
    assert widths[0] == pytest.approx(now.high - now.low, rel=1e-4)
    assert widths[3] == 0
    assert all(one and other is not None and one > other for one, other in pairwise(widths))
    # Four times as many: half as wide, by the finite population 0.378 times as wide, and t is 0.9 times as large.
    assert widths[2] is not None
    assert 0.33 < widths[2] / (now.high - now.low) < 0.378


def test_expected_width_is_the_width_that_comes_out() -> None:
    """Sixty samples of 100 foretell the width of samples of 300."""
    foretold, came = [], []
    for drawn in _draws(60, 300):
        sample, counted = _sampled(drawn[:100])
        foretold.append(expected_width(sample, counted, more=200))
        it = found(estimate_total(*_sampled(drawn)))
        came.append(it.high - it.low)
    assert np.mean(np.array(foretold, dtype=np.float64)) == pytest.approx(np.mean(came), rel=0.12)


def test_spread_between_documents_is_that_of_cluster_means() -> None:
    """For a total, D times the standard error of the mean of a document; for equal ratios none."""
    counted = np.array([3, 0, 5, 2, 8, 1, 4, 4, 2, 1], dtype=np.float64)
    spread = spread_between_documents(counted)
    assert spread.variance * counted.sum() ** 2 == pytest.approx(10**2 * counted.var(ddof=1) / 10)
    assert spread_between_documents(counted, 3 * counted).variance == pytest.approx(0)
    assert spread_between_documents(0 * counted).variance == 0
    alone, added = (found(estimate_total(OF_400, COUNTED, spread=its)) for its in (None, spread))
    between = added.value**2 * spread.variance
    assert added.standard_error == pytest.approx((alone.standard_error**2 + between) ** 0.5, rel=1e-5)
    assert added.low < alone.low < alone.high < added.high
    with pytest.raises(ValueError, match="9 documents"):
        spread_between_documents(counted[:9])


# 3,000 units with rare, skewed errors of the model.
_CHANCE = np.random.default_rng(11)
_SAYS = np.where(_CHANCE.random(3000) < 0.06, _CHANCE.integers(5, 40, 3000), 0).astype(np.float64)
_IS = np.where(_CHANCE.random(3000) < 0.015, _CHANCE.integers(5, 40, 3000), _SAYS).astype(np.float64)
_IS[(_SAYS > 0) & (_CHANCE.random(3000) < 0.15)] = 0
_STRATA = np.where(_SAYS > 0, "something", np.where(_CHANCE.random(3000) < 0.5, "little", "nothing"))
_SIZES = {name: _STRATA.tolist().count(name) for name in ("something", "little", "nothing")}


def _draws(number: int, size: int) -> list[NDArray[np.int64]]:
    return [order(_STRATA.tolist(), np.random.default_rng(seed).random(3000))[:size] for seed in range(number)]


def _sampled(drawn: NDArray[np.int64]) -> tuple[Sample, Values]:
    counted = Values(_SAYS[drawn], _IS[drawn], float(_SAYS.sum()), int((_SAYS > 0).sum()))
    return Sample(_SIZES, _STRATA[drawn].tolist()), counted


@pytest.mark.parametrize("size", [100, 200, 400])
def test_intervals_hold_where_errors_are_rare(size: int) -> None:
    """Of 500 intervals of what is 95%, 92% or more include the truth, and the mean estimate is it."""
    its = [found(estimate_total(*_sampled(drawn))) for drawn in _draws(500, size)]
    values = np.array([it.value for it in its])
    assert np.mean([it.low <= _IS.sum() <= it.high for it in its]) >= 0.92
    assert abs(values.mean() - _IS.sum()) < 0.15 * values.std()


def test_one_sample_gives_one_estimate_whatever_its_order() -> None:
    drawn = _draws(1, 200)[0]
    sample, counted = _sampled(drawn)
    other = _sampled(drawn[::-1])
    assert estimate_total(sample, counted) == estimate_total(*other)
    assert judged.FEWEST_JUDGED == 50


# --- differences ---


def test_difference_is_that_of_two_ratios_with_their_covariance() -> None:
    """Of one population and of nothing else, twice: no difference and no error. Of disjoint parts: the errors add."""
    nothing = np.zeros(60)
    whole = Ratio(Values(nothing, PART, 1.0, 610), Values(nothing, BASE, 1.0, 610))
    same = found(estimate_difference(OF_610, whole, whole, power=0))
    assert (same.value, same.standard_error) == (0, 0)
    odd = np.arange(60) % 2 == 0
    sides = [
        Ratio(Values(nothing, PART * chosen, 1.0, 305), Values(nothing, BASE * chosen, 1.0, 305))
        for chosen in (odd, ~odd)
    ]
    apart = found(estimate_difference(OF_610, *sides, power=0))
    each = [found(estimate_ratio(OF_610, *side, power=0)) for side in sides]
    assert apart.value == pytest.approx(each[0].value - each[1].value, rel=1e-4)
    # Within a stratum a unit is in one part or the other, so the two errors are hardly correlated.
    assert apart.standard_error == pytest.approx(sum(it.standard_error**2 for it in each) ** 0.5, rel=0.1)
    turned = found(estimate_difference(OF_610, *sides[::-1], power=0))
    assert (turned.value, turned.low, turned.high) == pytest.approx((-apart.value, -apart.high, -apart.low), rel=1e-4)
    points = found(estimate_difference(OF_610, *sides, power=0, scale=100))
    assert points[:5] == pytest.approx([100 * it for it in apart[:5]], rel=1e-4)


def test_difference_over_known_bases_is_unbiased_over_all_samples() -> None:
    """All 1,326 samples of 50 of 52 units: the mean is the truth, the mean of the variances that of the estimates."""
    model, right = EVERY[:52], np.concatenate([RIGHT, [3.0, 0.0]])
    here = np.arange(52) % 3 == 0
    sample = Sample({"": 52}, [""] * 50)
    values, variances = [], []
    for chosen in combinations(range(52), 50):
        drawn = list(chosen)
        sides = [
            Ratio(Values((model * of)[drawn], (right * of)[drawn], (model * of).sum()), known_total(words, 50))
            for of, words in ((here, 200.0), (~here, 500.0))
        ]
        mine = found(estimate_difference(sample, *sides, power=1, scale=1000))
        values.append(mine.value)
        variances.append(mine.standard_error**2)
    assert np.mean(values) == pytest.approx(5 * right[here].sum() - 2 * right[~here].sum(), rel=1e-4)
    # A known base is right however little of the model is used.
    alone = found(estimate_difference(sample, *sides, power=0, scale=1000))
    scaled = 52 / 50 * right[drawn] * np.where(here[drawn], 5, -2)
    assert alone.value == pytest.approx(scaled.sum(), rel=1e-4)
    assert np.mean(variances) == pytest.approx(np.var(values), rel=1e-3)


def test_groups_without_enough_judged_units_are_refused() -> None:
    few = np.zeros(50)
    few[:2] = 1
    many = Ratio(Values(MODEL, RIGHT, 459.0, 260), Values(MODEL + 1, RIGHT + 1, 859.0, 400))
    small = Ratio(Values(few, few, 16.0, 16), Values(few, few, 16.0, 16))
    assert estimate_difference(OF_400, many, small) == NotComputable("group", 2, 75)  # 5 · 400 / 16 = 125
    assert estimate_difference(OF_400, small, many) == NotComputable("group", 2, 75)
    none = Ratio(Values(0 * few, 0 * few, 0.0, 0), Values(MODEL + 1, RIGHT + 1, 859.0, 400))
    rare = estimate_difference(OF_400, none, none)
    assert isinstance(rare, NotComputable)
    assert rare.reason == "rare"


@pytest.mark.parametrize("size", [200, 400])
def test_intervals_of_differences_hold(size: int) -> None:
    here = np.arange(3000) % 2 == 0
    base = _IS * 0 + 1
    truth = _IS[here].mean() - _IS[~here].mean()
    held = []
    for drawn in _draws(300, size):
        sides = [
            Ratio(
                Values((_SAYS * of)[drawn], (_IS * of)[drawn], float(_SAYS[of].sum()), int((_SAYS[of] > 0).sum())),
                Values((base * of)[drawn], (base * of)[drawn], float(of.sum()), int(of.sum())),
            )
            for of in (here, ~here)
        ]
        it = found(estimate_difference(Sample(_SIZES, _STRATA[drawn].tolist()), *sides))
        held.append(it.low <= truth <= it.high)
    assert np.mean(held) >= 0.91


# --- what the interval is made of ---


def test_expected_width_is_that_of_the_power_that_is_asked_for() -> None:
    for power in (None, 0.0, 1.0):
        now = found(estimate_total(OF_400, COUNTED, power=power))
        assert expected_width(OF_400, COUNTED, more=0, power=power) == pytest.approx(now.high - now.low, rel=1e-4)
    alone, tuned = (expected_width(OF_400, COUNTED, more=100, power=power) for power in (0.0, None))
    assert alone is not None
    assert tuned is not None
    assert tuned < alone


def test_interval_leans_as_the_errors_found_do() -> None:
    """Missed things reach up, wrong ones down: the same errors with the other sign give the mirrored lean."""
    says = np.where(np.arange(50) < 20, 10.0, 0.0)
    errors = np.where(np.arange(50) % 6 == 5, np.arange(50) % 4 + 1.0, 0.0)
    up = found(estimate_total(OF_400, Values(says, says + errors, 1600.0), power=1))
    down = found(estimate_total(OF_400, Values(says, says - errors, 1600.0), power=1))
    leans = [(it.high - it.value) - (it.value - it.low) for it in (up, down)]
    assert leans[0] > 0 > leans[1]


def test_spread_of_few_large_documents_has_few_degrees_of_freedom() -> None:
    alike = np.tile([1.0, 2.0, 3.0], 10)
    unlike = np.where(np.arange(30) < 2, 40.0, 1.0)
    assert spread_between_documents(alike).freedom == 29
    assert 3 <= spread_between_documents(unlike).freedom < 6
    assert spread_between_documents(unlike).third > 0 == pytest.approx(spread_between_documents(alike).third, abs=1e-9)
    sure, unsure = (found(estimate_total(OF_400, COUNTED, spread=Spread(0.01, freedom))) for freedom in (29.0, 4.0))
    assert unsure.high - unsure.low > sure.high - sure.low


def test_difference_is_the_coefficient_of_dsl() -> None:
    """Egami et al. (2023), equation 5: outcomes g + R / π (Y - g) in a regression on a dummy; here by least squares."""
    here = np.arange(400) % 3 == 0
    outcome = EVERY.copy()
    outcome[:50] += (RIGHT - MODEL) / (50 / 400)
    design = np.column_stack([np.ones(400), here])
    coefficient = np.linalg.lstsq(design, outcome)[0][1]
    sides = [
        Ratio(
            Values(MODEL * chosen[:50], RIGHT * chosen[:50], float(EVERY[chosen].sum())),
            known_total(float(chosen.sum()), 50),
        )
        for chosen in (here, ~here)
    ]
    assert found(estimate_difference(OF_400, *sides, power=1)).value == pytest.approx(coefficient, rel=1e-5)
