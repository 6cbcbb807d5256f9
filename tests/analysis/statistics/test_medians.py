"""Medians by period: by hand, against numpy's medians of drawn documents, and trends."""

import numpy as np
import pytest

from research.analysis.statistics.medians import Values, median_trend, medians, resampled_medians
from research.analysis.statistics.series import Trend


def values(*rows: tuple[int, int, float]) -> Values:
    at, document, value = zip(*rows, strict=True)
    return Values(np.array(at), np.array(document), np.array(value, dtype=np.float64))


def test_a_period_has_its_median_and_ends() -> None:
    found = medians(values((0, 1, 4.0), (0, 1, 2.0), (0, 2, 9.0), (0, 2, 3.0), (3, 5, 7.0)))
    assert [it[:1] + it[1:] for it in found] == [(0, 3.5, None, 2.0, 9.0, 4, 2), (3, 7.0, None, 7.0, 7.0, 1, 1)]


def test_a_resample_has_the_median_of_all_values_of_its_documents() -> None:
    rng = np.random.default_rng(3)
    its, documents = rng.normal(size=30), rng.integers(0, 9, 30)
    drawn = resampled_medians(its, documents, 40, np.random.default_rng(5))
    names = np.unique(documents)
    same = np.random.default_rng(5).multinomial(len(names), np.full(len(names), 1 / len(names)), 40)
    for one, times in zip(drawn, same, strict=True):
        pooled = np.concatenate([np.tile(its[documents == name], n) for name, n in zip(names, times, strict=True)])
        assert one == np.median(pooled)


@pytest.mark.parametrize(("documents", "has"), [(9, False), (10, True)])
def test_an_interval_needs_ten_documents_and_no_full_population(documents: int, *, has: bool) -> None:
    its = values(*((0, number, float(number)) for number in range(documents)))
    assert (medians(its)[0].interval is not None) == has
    assert medians(its, complete=True)[0].interval is None


def test_an_interval_resamples_documents_and_not_values() -> None:
    """Ten values of each of ten documents tell no more than one of each."""
    one = values(*((0, number, float(number)) for number in range(10)))
    ten = values(*((0, number, float(number)) for number in range(10) for _ in range(10)))
    assert medians(one)[0].interval == medians(ten)[0].interval


def test_a_trend_follows_the_medians() -> None:
    rows = [(at, 10 * at + number, 2.0 * at + number) for at in range(8) for number in range(5)]
    found = median_trend(values(*rows))
    assert isinstance(found, Trend)
    assert (found.slope, found.n_periods) == (2.0, 8)
    assert found.p < 0.001
    assert found.interval is not None
    assert found.interval.low <= 2.0 <= found.interval.high
    assert median_trend(values(*rows), complete=True) == found._replace(interval=None)


def test_too_few_periods_or_one_value_is_no_trend() -> None:
    rows = [(at, 10 * at + number, 2.0 * at) for at in range(8) for number in range(5)]
    too_few = "a trend needs 8 periods of at least 5 documents, and only 7 have that many"
    assert median_trend(values(*rows[1:])) == too_few
    assert median_trend(values(*((at, name, 1.0) for at, name, _ in rows))) == "all periods have the same value"
