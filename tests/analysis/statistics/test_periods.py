"""Periods: which one a date belongs to, every one between two dates, and the unit that suits."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from research.analysis.statistics.periods import (
    UNITS,
    Unit,
    fitting,
    label_of,
    number_of,
    number_of_label,
    periods,
    side_of,
    span,
)

DAYS = st.dates(date(2, 1, 1), date(9990, 12, 31))


@pytest.mark.parametrize(
    ("written", "labels"),
    [
        ("2021-01-03", ["2021-01-03", "2020-W53", "2021-01", "2021-Q1", "2021", "2020s"]),
        ("2018-12-31", ["2018-12-31", "2019-W01", "2018-12", "2018-Q4", "2018", "2010s"]),
        ("1999-07", [None, None, "1999-07", "1999-Q3", "1999", "1990s"]),
        ("1946", [None, None, None, None, "1946", "1940s"]),
        (None, [None] * 6),
    ],
)
def test_a_date_belongs_only_where_that_is_certain(written: str | None, labels: list[str | None]) -> None:
    numbers = [number_of(written, unit) for unit in UNITS]
    assert [None if it is None else label_of(it, unit) for it, unit in zip(numbers, UNITS, strict=True)] == labels


@given(DAYS, st.sampled_from(UNITS))
def test_a_label_names_its_period(day: date, unit: Unit) -> None:
    number = number_of(day.isoformat(), unit)
    assert number is not None
    assert number_of_label(label_of(number, unit)) == number


@given(DAYS)
def test_weeks_are_those_of_iso_8601(day: date) -> None:
    number = number_of(day.isoformat(), "week")
    assert number is not None
    year, week, _ = day.isocalendar()
    assert label_of(number, "week") == f"{year:04}-W{week:02}"


def test_every_period_is_there_from_the_first_to_the_last() -> None:
    found = periods(["2020-12-31", "2021-03-02", "2021", None], "month")
    assert found.labels == ["2020-12", "2021-01", "2021-02", "2021-03"]
    assert found.at == [0, 3, None, None]
    assert periods(["2020"], "day").labels == []
    assert span(["1949", "1951"], "decade") == 2
    assert span(["1949"], "day") == 0


@pytest.mark.parametrize(
    ("dates", "unit"),
    [
        ([f"2020-01-{day:02}" for day in range(1, 31)] * 5, "day"),
        ([f"2020-01-{day:02}" for day in range(1, 31)] * 2, "week"),
        ([f"{year}-03-01" for year in range(1990, 2020)] * 5, "year"),  # every other month is empty
        ([f"{year}" for year in range(1940, 2020)] * 3, "decade"),
        (["2020-03-01"] * 90 + ["2020"] * 10, "year"),
        (["2020-03-01"] * 99 + ["2020"], "day"),
        (["2020-03-01", "2021-03-01"], "year"),
        (["1900", "2021-03-01"], "decade"),
        ([], "year"),
        # four quarters are full, and so are eight of the twelve months
        ([f"2020-{month:02}-03" for month in (1, 2, 4, 5, 7, 8, 10, 11)] * 5 + ["2020-03-03", "2020-06-03"], "month"),
        # weeks would do as well as months
        ([f"2020-{month:02}-{day:02}" for month in range(1, 9) for day in (2, 3, 4, 5, 6)], "month"),
    ],
)
def test_the_unit_is_the_finest_that_documents_fill(dates: list[str], unit: str) -> None:
    assert fitting([None, *dates]) == unit


@pytest.mark.parametrize(
    ("written", "named", "side"),
    [
        ("2014-03-04", "2014-03-05", "before"),
        ("2014-03-05", "2014-03-05", "after"),
        ("2014-03", "2014-03-05", None),
        ("2014-03", "2014-03-01", "after"),
        ("2014", "2014-01-01", "after"),
        ("2014", "2014-02", None),
        ("2013", "2014-02", "before"),
        ("2013-12-31", "2014", "before"),
        ("2014-01-01", "2014", "after"),
    ],
)
def test_the_side_of_a_named_date_is_said_only_where_it_is_certain(written: str, named: str, side: str | None) -> None:
    assert side_of(written, named) == side
