"""Differences and slopes over time: those of shares are in percentage points, those of rates per 1,000 words."""

from __future__ import annotations

from math import isnan

from research.analysis.statistics.uncertainty import Interval, rounded
from research.analysis.time.material import PER_1000, Series

POINTS = "percentage points"
_RARE = 0.1
"""From here on one decimal says enough of points, and two of a rate."""


def in_points(it: Series) -> bool:
    """Return whether a series is of shares."""
    return it.unit != PER_1000


def of_change(it: Series) -> str:
    """Return the unit of a difference as it follows the number; that of a rate is said elsewhere in the sentence."""
    return " percentage points" if in_points(it) else ""


def unit_of_change(it: Series) -> str:
    """Return the unit of a difference, or of a slope a period, as a table says it."""
    return POINTS if in_points(it) else PER_1000


def scaled(it: Series, *values: float | None) -> list[float | None]:
    """Return a difference or a slope and the ends of its interval, those of shares in percentage points."""
    return [rounded(100 * each) if each is not None and in_points(it) else each for each in values]


def with_interval_of(value: float, low: float, high: float) -> tuple[float, Interval | None]:
    """Return a value of a table with its interval: None where the ends are missing."""
    return value, None if isnan(low) else Interval(low, high)


def digits(it: Series, value: float, further: int = 0) -> str:
    """Return the format of a difference, or with ``further=1`` of a slope, which is smaller."""
    if in_points(it):
        return f",.{1 + further if value == 0 or abs(value) >= _RARE else 3 + further}f"
    return ",.2f" if value == 0 or abs(value) >= _RARE else ",.4f"


def difference_function(it: Series) -> str:
    """Return which function of ``recount.STATISTICS`` gives a difference."""
    return "points_between" if in_points(it) else "difference"


def slope_function(it: Series) -> str:
    """Return which function of ``recount.STATISTICS`` gives a slope."""
    return "theil_sen_in_points" if in_points(it) else "theil_sen"
