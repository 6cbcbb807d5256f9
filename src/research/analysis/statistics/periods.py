"""Periods: the day, ISO week, month, quarter, year or decade of a date, and every period between two of them.

A date is as much of an ISO 8601 date as is known: "2014", "2014-03" or "2014-03-05". It belongs to a period only if
that is certain: a bare year to a year and a decade, a month to a month and all that is longer, but to no week.
"""

from __future__ import annotations

from calendar import month_name
from collections.abc import Sequence
from datetime import date
from statistics import median
from typing import Literal, NamedTuple

Unit = Literal["day", "week", "month", "quarter", "year", "decade"]
UNITS: tuple[Unit, ...] = ("day", "week", "month", "quarter", "year", "decade")
"""The finest first."""

FEWEST_A_PERIOD = 5
"""The median number of documents in a period from which on a unit is fine enough to be chosen."""
FEWEST_FOR_A_TREND = 8
"""The fewest periods of so many documents that a trend needs."""
MOST_PERIODS = 60
"""The most periods of a unit that is chosen: more do not fit into a small figure."""
MOST_LEFT_OUT = 0.05
"""The largest part of the dates that a chosen unit leaves out because they are too coarse."""

_NEEDS = {"day": 10, "week": 10, "month": 7, "quarter": 7, "year": 4, "decade": 4}
"""The number of characters of a date that a unit needs."""
_DAYS_A_WEEK = 7  # and 1 January of the year 1 is a Monday in Python's calendar


def number_of(written: str | None, unit: Unit) -> int | None:
    """Return the number of the period of a date, consecutive within a unit; None without a date that is fine enough.

    >>> number_of("2014-03", "month") - number_of("2013-12-31", "month"), number_of("2014", "month")
    (3, None)
    """
    if written is None or len(written) < _NEEDS[unit]:
        return None
    year = int(written[:4])
    match unit:
        case "day":
            return date.fromisoformat(written).toordinal()
        case "week":
            return (date.fromisoformat(written).toordinal() - 1) // _DAYS_A_WEEK
        case "month":
            return 12 * year + int(written[5:7]) - 1
        case "quarter":
            return 4 * year + (int(written[5:7]) - 1) // 3
        case "year":
            return year
        case "decade":
            return year // 10


def label_of(number: int, unit: Unit) -> str:
    """Return how a period is written: ``2014-03-05``, ``2014-W10``, ``2014-03``, ``2014-Q1``, ``2014``, ``2010s``.

    >>> [label_of(number_of("2014-03-05", unit), unit) for unit in UNITS]
    ['2014-03-05', '2014-W10', '2014-03', '2014-Q1', '2014', '2010s']
    """
    match unit:
        case "day":
            return date.fromordinal(number).isoformat()
        case "week":
            week = date.fromordinal(number * _DAYS_A_WEEK + 1).isocalendar()
            return f"{week.year:04}-W{week.week:02}"
        case "month":
            return f"{number // 12:04}-{number % 12 + 1:02}"
        case "quarter":
            return f"{number // 4:04}-Q{number % 4 + 1}"
        case "year":
            return f"{number:04}"
        case "decade":
            return f"{10 * number:04}s"


def number_of_label(label: str) -> int:
    """Return the number of the period that a label of ``label_of`` names. Raises ValueError for any other text.

    >>> number_of_label("2014-Q1") == number_of("2014-01-31", "quarter")
    True
    """
    if label.endswith("s"):
        return int(label[:-1]) // 10
    year, _, rest = label.partition("-")
    if rest.startswith("W"):
        return (date.fromisocalendar(int(year), int(rest[1:]), 1).toordinal() - 1) // _DAYS_A_WEEK
    if rest.startswith("Q"):
        return 4 * int(year) + int(rest[1:]) - 1
    unit: Unit = "day" if len(label) == _NEEDS["day"] else "month" if rest else "year"
    number = number_of(label, unit)
    if number is None:
        raise ValueError(label)
    return number


def unit_of_label(label: str) -> Unit:
    """Return the unit of the period that a label of ``label_of`` names.

    >>> [unit_of_label(label_of(number_of("2014-03-05", unit), unit)) for unit in UNITS] == list(UNITS)
    True
    """
    rest = label[5:]
    if label.endswith("s"):
        return "decade"
    if rest.startswith(("W", "Q")):
        return "week" if rest.startswith("W") else "quarter"
    return "year" if not rest else "month" if len(rest) == 2 else "day"


def labels_between(first: str, last: str) -> list[str]:
    """Return the labels of all periods from one to another of the same unit.

    >>> labels_between("2014-Q3", "2015-Q1")
    ['2014-Q3', '2014-Q4', '2015-Q1']
    """
    unit = unit_of_label(first)
    return [label_of(number, unit) for number in range(number_of_label(first), number_of_label(last) + 1)]


def in_words(label: str) -> str:
    """Return a period as a sentence has it.

    >>> [in_words(it) for it in ("2014-03-05", "2014-W10", "2014-03", "2014-Q1", "2014", "2010s")]
    ['5 March 2014', 'week 10 of 2014', 'March 2014', 'the first quarter of 2014', '2014', 'the 2010s']
    """
    if label.endswith("s"):
        return f"the {label}"
    year, _, rest = label.partition("-")
    if rest.startswith("W"):
        return f"week {int(rest[1:])} of {year}"
    if rest.startswith("Q"):
        return f"the {_QUARTERS[int(rest[1:]) - 1]} quarter of {year}"
    if not rest:
        return label
    month, _, day = rest.partition("-")
    return f"{int(day)} {month_name[int(month)]} {year}" if day else f"{month_name[int(month)]} {year}"


_QUARTERS = ("first", "second", "third", "fourth")


class Periods(NamedTuple):
    """The periods of some dates: the unit, the label of each period from the first to the last, and where dates are.

    ``at`` has a number into ``labels`` for each date, or None for one that is missing or too coarse.
    """

    unit: Unit
    labels: list[str]
    at: list[int | None]


def periods(dates: Sequence[str | None], unit: Unit) -> Periods:
    """Return the periods of dates, all from the first to the last, those without a date included.

    >>> periods(["2014-02-27", None, "2014", "2013-11"], "month")
    Periods(unit='month', labels=['2013-11', '2013-12', '2014-01', '2014-02'], at=[3, None, None, 0])
    """
    numbers = [number_of(it, unit) for it in dates]
    known = [it for it in numbers if it is not None]
    if not known:
        return Periods(unit, [], [None] * len(numbers))
    first, last = min(known), max(known)
    labels = [label_of(number, unit) for number in range(first, last + 1)]
    return Periods(unit, labels, [None if it is None else it - first for it in numbers])


def span(dates: Sequence[str | None], unit: Unit) -> int:
    """Return the number of periods from the first date to the last."""
    known = [number for it in dates if (number := number_of(it, unit)) is not None]
    return max(known) - min(known) + 1 if known else 0


def fitting(dates: Sequence[str | None]) -> Unit:
    """Return the finest unit with a median of at least five documents a period and at most 60 periods.

    There is one date a document. Periods without a document count in the median, and units that are too fine for more
    than one in twenty of the dates are passed over. Where no unit fits, years are taken, or decades beyond 60 years.
    A unit with fewer than eight periods of five documents, which a trend needs, makes room for the coarsest that has
    them, if one does.

    >>> fitting([f"2014-{month:02}" for month in range(1, 13)] * 5), fitting(["2014-03-05"])
    ('month', 'year')
    """
    dated = [it for it in dates if it is not None]
    counts = {unit: its for unit in UNITS if (its := _documents(dated, unit))}
    usual: Unit = "year" if span(dated, "year") <= MOST_PERIODS else "decade"
    chosen = next((unit for unit, its in counts.items() if median(its) >= FEWEST_A_PERIOD), usual)
    telling = [unit for unit, its in counts.items() if sum(it >= FEWEST_A_PERIOD for it in its) >= FEWEST_FOR_A_TREND]
    return chosen if chosen in telling or not telling else telling[-1]


def _documents(dated: Sequence[str], unit: Unit) -> list[int]:
    """Return the number of dates in each period; nothing for a unit that is too fine or has too many periods."""
    fine = sum(len(it) >= _NEEDS[unit] for it in dated)
    if not fine or fine < (1 - MOST_LEFT_OUT) * len(dated) or span(dated, unit) > MOST_PERIODS:
        return []
    found = periods(dated, unit)
    counts = [0] * len(found.labels)
    for at in found.at:
        if at is not None:
            counts[at] += 1
    return counts


def side_of(written: str, named: str) -> Literal["before", "after"] | None:
    """Return on which side of a named day, month or year a date lies; None where it is too coarse to say.

    The named date itself and all that follows is "after".

    >>> side_of("2014-02", "2014-03-05"), side_of("2014-03-05", "2014-03"), side_of("2014", "2014-03-05")
    ('before', 'after', None)
    """
    if len(written) >= len(named):
        return "before" if written[: len(named)] < named else "after"
    if written == named[: len(written)]:
        # A named beginning ("2014-01-01") leaves all of the year after it.
        return "after" if named[len(written) :] in ("-01", "-01-01") else None
    return "before" if written < named else "after"
