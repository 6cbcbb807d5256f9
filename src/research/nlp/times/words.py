"""The words of time expressions, as parts of regular expressions and as numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping

from research.nlp.times.periods import CENTURY, DAY, DECADE, FORTNIGHT, HALF, MONTH, QUARTER, WEEK, YEAR

UNITS: Mapping[str, str] = {
    "day": DAY,
    "week": WEEK,
    "fortnight": FORTNIGHT,
    "month": MONTH,
    "quarter": QUARTER,
    "half": HALF,
    "half-year": HALF,
    "year": YEAR,
    "decade": DECADE,
    "century": CENTURY,
    "centurie": CENTURY,
}
"""The unit of each word, without an -s."""
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SEASONS = ("spring", "summer", "autumn", "fall", "winter")

_SMALL = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh"),
    *("twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"),
    "twentieth",
)
_DECADES = {f"{word.removesuffix('y')}ies": 20 + 10 * n for n, word in enumerate(_TENS)}

ORDINAL_WORDS = (*_ORDINALS, "twenty-first", "twenty-second", "thirtieth", "thirty-first")
ORDINAL = rf"(?:twenty[\s-]{{1,2}}first|{'|'.join(_ORDINALS)}|[0-9]{{1,2}}(?:st|nd|rd|th))"
NUMBER = (
    rf"(?:[0-9]{{1,4}}|(?:{'|'.join(_TENS)})(?:[ -](?:{'|'.join(_SMALL[:9])}))?|{'|'.join(reversed(_SMALL))}|"
    "(?:a )?hundred)"
)
A_HALF = r"(?: and a half)"
FEW = r"a few|several|some|many|a couple of|not (?:so |that )?many"
"""Numbers that nobody can count with: "a few days ago"."""
DECADE_WORD = "|".join(_DECADES)


_HIGHER = {"twenty-second": 22, "thirtieth": 30, "thirty-first": 31}


def number(written: str) -> int:
    """Return the value of what ``NUMBER`` matches.

    >>> number("twenty-five"), number("12")
    (25, 12)
    """
    low = written.lower()
    if low.isdigit():
        return int(low)
    if low.endswith("hundred"):
        return 100
    tens, _, ones = re.sub(" ", "-", low).partition("-")
    if tens in _TENS:
        return 20 + 10 * _TENS.index(tens) + (1 + _SMALL.index(ones) if ones else 0)
    return 1 + _SMALL.index(low)


def ordinal(written: str) -> int:
    """Return the value of what ``ORDINAL`` matches.

    >>> ordinal("twenty-first"), ordinal("20th")
    (21, 20)
    """
    low = written.lower()
    if low[0].isdigit():
        return int(low[:-2])
    if low in _HIGHER:
        return _HIGHER[low]
    return 21 if low.startswith("twenty") else 1 + _ORDINALS.index(low)


def decade(written: str) -> int:
    """Return the first year of a decade in words, of the twentieth century.

    >>> decade("nineties")
    1990
    """
    return 1900 + _DECADES[written.lower()]
