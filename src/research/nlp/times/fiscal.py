"""Fiscal years, where the text says that it speaks of one: their days depend on the country that the document is about.

Australia's run from July to June and are named after both calendar years, those of the United States from October to
September and are named after the second. Of other countries, and where a document names neither, a fiscal year has the
calendar years that it is named after.
"""

from __future__ import annotations

import re
from functools import lru_cache

from research.nlp.times import periods
from research.nlp.times.periods import YEAR, Moment, Period

_AUSTRALIA = re.compile(r"\bAustralia")
_UNITED_STATES = re.compile(
    r"\bU\.S\.|\b(?:(?<!National )Congress(?! [Pp]arty)|White\s+House|Pentagon|Republicans?|Democrats?)\b"
)
"""Words of its politics: others speak of "the United States" as well."""
JULY, OCTOBER = 7, 10


@lru_cache(maxsize=8)
def first_month(text: str) -> int | None:
    """Return the month in which a fiscal year begins in the country that a text is more about; None for neither."""
    ours, theirs = len(_AUSTRALIA.findall(text)), len(_UNITED_STATES.findall(text))
    return None if ours == theirs else JULY if ours > theirs else OCTOBER


def ending_in(year: int, text: str) -> Period | None:
    """Return the fiscal year that is named after the calendar year in which it ends."""
    month = first_month(text)
    return periods.of_year(year) if month is None else periods.of_months(year - 1, month, 12, YEAR)


def beginning_in(year: int, text: str) -> Period | None:
    """Return the fiscal year that is named after two calendar years; that of the United States has one in its name."""
    if first_month(text) != JULY:
        return periods.of_years(year, year + 1)
    return periods.of_months(year, JULY, 12, YEAR)


def away(moment: Moment, n: int, text: str) -> Period | None:
    """Return the fiscal year that lies ``n`` years after that of a moment; None where its month is not known."""
    month = first_month(text)
    if month is None:
        return periods.away(moment, YEAR, n)
    if moment.month is None:
        return None
    return periods.of_months(moment.year + n - (moment.month < month), month, 12, YEAR)
