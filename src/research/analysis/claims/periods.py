"""Periods as people write them, and whether two of them overlap."""

from __future__ import annotations

from calendar import monthrange


def period_of(start: str | None, end: str | None) -> str | None:
    """Return a period in brief: a year, a month or a day where it is one, else its ends; None for none.

    >>> period_of("2022-01-01", "2022-12-31"), period_of("1990-01-01", "1999-12-31")
    ('2022', '1990 to 1999')
    >>> period_of("2022-03-01", "2022-03-31"), period_of("2022-01-01", "2022-03-31")
    ('2022-03', '2022-01 to 2022-03')
    >>> period_of("2022-01-01", None), period_of(None, "2022-03-31")
    ('since 2022', 'until 2022-03')
    >>> period_of("2022-03-05", "2022-03-05"), period_of(None, None), period_of("2022-03-05", "2022-04-01")
    ('2022-03-05', None, '2022-03-05 to 2022-04-01')
    """
    if not start or not end:
        return f"since {_beginning(start)}" if start else f"until {_ending(end)}" if end else None
    if start == end:
        return start
    length = max(len(_beginning(start)), len(_ending(end)))
    low, high = start[:length], end[:length]
    return low if low == high else f"{low} to {high}"


def overlap(one: tuple[str | None, str | None], other: tuple[str | None, str | None]) -> bool:
    """Return whether two periods, given by their ISO dates, have a day in common; None is an open end.

    A period without any end is unknown, and overlaps none.
    """
    if one == (None, None) or other == (None, None):
        return False
    return _before(one[0], other[1]) and _before(other[0], one[1])


def _before(start: str | None, end: str | None) -> bool:
    return start is None or end is None or start <= end


def _beginning(date: str) -> str:
    """Return the shortest form of the first day of a period: the year, or year and month, that begins on it."""
    if date.endswith("-01-01"):
        return date[:4]
    return date[:7] if date.endswith("-01") else date


def _ending(date: str) -> str:
    """Return the shortest form of the last day of a period."""
    if date.endswith("-12-31"):
        return date[:4]
    year, month, day = int(date[:4]), int(date[5:7]), int(date[8:10])
    return date[:7] if day == monthrange(year, month)[1] else date
