"""Periods of the calendar: days, weeks, months, years and longer, and those that lie so many units away."""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import NamedTuple

DAY, WEEK, MONTH, QUARTER, HALF, SEASON = "day", "week", "month", "quarter", "half", "season"
YEAR, YEARS, DECADE, CENTURY = "year", "years", "decade", "century"
WEEKEND, FORTNIGHT = "weekend", "fortnight"

_MONTHS_OF = {MONTH: 1, QUARTER: 3, HALF: 6}
_YEARS_OF = {YEAR: 1, DECADE: 10, CENTURY: 100}


class Period(NamedTuple):
    """A stretch of days, both ends included; an end is None where it is open."""

    start: date | None
    end: date | None
    precision: str

    def iso(self) -> tuple[str | None, str | None]:
        """Return both ends as ISO 8601 dates."""
        start, end = self.start, self.end
        return (None if start is None else start.isoformat()), (None if end is None else end.isoformat())


class Moment(NamedTuple):
    """The date of a document, as far as it is known."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def read(cls, written: str | None) -> Moment | None:
        """Return the moment of an ISO 8601 date of a day, a month or a year; None for anything else.

        >>> Moment.read("2023-09")
        Moment(year=2023, month=9, day=None)
        """
        try:
            parts = [int(part) for part in (written or "").split("-")]
            moment = cls(*parts)
            date(moment.year, moment.month or 1, moment.day or 1)
        except (ValueError, TypeError):
            return None
        return moment

    @property
    def today(self) -> date | None:
        """The day, where it is known."""
        return None if self.month is None or self.day is None else date(self.year, self.month, self.day)

    @property
    def first(self) -> date:
        """The first day that it may be."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last day that it may be."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])


def of_years(first: int, last: int, precision: str = YEARS) -> Period | None:
    """Return the period of some years; None beyond the calendar."""
    if not MINYEAR <= first <= last <= MAXYEAR:
        return None
    return Period(date(first, 1, 1), date(last, 12, 31), precision)


def of_year(year: int) -> Period | None:
    """Return the period of a year."""
    return of_years(year, year, YEAR)


def of_months(year: int, month: int, n: int, precision: str) -> Period | None:
    """Return the period of ``n`` months from a month on, which may be beyond 12 or below 1."""
    first, last = divmod(12 * year + month - 1, 12), divmod(12 * year + month + n - 2, 12)
    if not MINYEAR <= first[0] <= last[0] <= MAXYEAR:
        return None
    end = date(last[0], last[1] + 1, monthrange(last[0], last[1] + 1)[1])
    return Period(date(first[0], first[1] + 1, 1), end, precision)


def of_day(year: int, month: int, day: int) -> Period | None:
    """Return the period of a day; None for one that no calendar has."""
    try:
        it = date(year, month, day)
    except ValueError:
        return None
    return Period(it, it, DAY)


def of_week(day: date) -> Period:
    """Return the week of a day, from Monday to Sunday (ISO 8601)."""
    monday = day - timedelta(days=day.weekday())
    return Period(monday, monday + timedelta(days=6), WEEK)


def away(moment: Moment, unit: str, n: int) -> Period | None:
    """Return the unit that lies ``n`` units after that of a moment (before, where ``n`` is negative).

    None where the moment is not known as finely as the unit needs.

    >>> away(Moment(2023, 9, 29), "year", -1).iso()
    ('2022-01-01', '2022-12-31')
    """
    try:
        if unit in _YEARS_OF:
            size = _YEARS_OF[unit]
            first = moment.year // size * size + n * size
            # Centuries are counted from 1: the twentieth began in 1901.
            first = (moment.year - 1) // size * size + 1 + n * size if unit == CENTURY else first
            return of_years(first, first + size - 1, unit)
        if unit in _MONTHS_OF:
            size = _MONTHS_OF[unit]
            if moment.month is None:
                return None
            return of_months(moment.year, (moment.month - 1) // size * size + 1 + n * size, size, unit)
        today = moment.today
        if today is None:
            return None
        if unit == WEEK:
            return of_week(today + timedelta(weeks=n))
        it = today + timedelta(days=n)
        return Period(it, it, DAY)
    except (OverflowError, ValueError):
        return None


def window(moment: Moment, unit: str, n: int) -> Period | None:
    """Return the ``n`` units up to a moment, or from it on where ``n`` is positive.

    None where the moment is not known as finely as the unit needs. Of a moment that is a year or a month, its first or
    last day counts.

    >>> window(Moment(2023, 9, 29), "year", -5).iso(), window(Moment(2023), "year", 5).iso()
    (('2018-09-29', '2023-09-29'), ('2023-01-01', '2028-12-31'))
    """
    if unit not in _YEARS_OF and moment.month is None:
        return None
    if unit in (DAY, WEEK) and moment.day is None:
        return None
    first, last = moment.first, moment.last
    try:
        if unit in (DAY, WEEK):
            step = timedelta(days=n * (7 if unit == WEEK else 1))
            return Period(first + min(step, timedelta()), last + max(step, timedelta()), unit)
        months = n * (12 * _YEARS_OF[unit] if unit in _YEARS_OF else _MONTHS_OF[unit])
        precision = YEARS if unit in _YEARS_OF else unit
        return Period(_shifted(first, min(months, 0)), _shifted(last, max(months, 0)), precision)
    except (OverflowError, ValueError):
        return None


def _shifted(day: date, months: int) -> date:
    """Return the same day so many months away, or the last one of a shorter month."""
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def of_weekend(day: date) -> Period:
    """Return the Saturday and Sunday of the week of a day."""
    saturday = day + timedelta(days=5 - day.weekday())
    return Period(saturday, saturday + timedelta(days=1), WEEKEND)


def in_year(period: Period, year: int) -> Period:
    """Return a period of days or months in another year; itself where that year has none."""
    if period.start is None or period.end is None or period.precision not in (DAY, MONTH):
        return period
    if period.precision == MONTH:
        return of_months(year, period.start.month, 1, MONTH) or period
    return of_day(year, period.start.month, period.start.day) or period


def joined(one: Period, other: Period) -> Period | None:
    """Return the period from the start of one to the end of the other; None where that is none."""
    if one.start is None or other.end is None or one.start > other.end:
        return None
    return Period(one.start, other.end, YEARS if YEAR in (one.precision, other.precision) else other.precision)
