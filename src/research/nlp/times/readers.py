"""What the match of a pattern means: the period, and what tells it; `by_date.py` has what needs the document's date."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from research.loading.months import english_months
from research.nlp.times import fiscal, periods, words
from research.nlp.times.periods import MONTH, SEASON, Moment, Period

IN_TEXT, BY_DATE = "text", "document date"
"""What tells a period: the words alone, or the words and the date of the document."""


class Context(NamedTuple):
    """The text around a match, and the date of the document."""

    text: str
    moment: Moment | None
    written: bool = False
    """Whether it is written prose, as news are: nobody in particular speaks all of it."""


Found = tuple[Period | None, str | None] | None
"""The period and what tells it; None for a match that is no time."""
Read = Callable[[re.Match[str], Context], Found]
"""What a match of a pattern means."""


SHIFT = {
    "last": -1,
    **dict.fromkeys(("this", "the", "current", "present"), 0),
    **dict.fromkeys(("next", "coming", "forthcoming", "upcoming"), 1),
}
"""How many units away from that of the document."""

# --- absolute expressions ---


def month_of(match: re.Match[str], name: str = "month") -> int:
    """Return the number of the month in a group of a match."""
    return english_months()[match[name].lower().rstrip(".")]


_SCANNED = str.maketrans("lI", "11")


def day_of_month(match: re.Match[str]) -> int:
    """Return the day in a match; scanning leaves "l" or "I" for 1."""
    if match.groupdict().get("nth"):
        return words.ordinal(match["nth"])
    return int(match["day"].translate(_SCANNED))


def day_of_year(match: re.Match[str], _: Context) -> Found:
    """Return the period of "29 September 2023", "September 3-5, 2023", "2023-09-29"."""
    found = days_of(match, int(match["year"]), _number_of_month(match))
    return None if found is None else (found, IN_TEXT)


def days_of(match: re.Match[str], year: int, month: int) -> Period | None:
    """Return the period of the day or days in a match; "3 and 17 May" are two expressions and none here."""
    day, to = day_of_month(match), match.groupdict().get("to")
    found = periods.of_day(year, month, day)
    if found is None or not to:
        return found
    last = periods.of_day(year, month, int(to))
    apart = match["and"] and int(to) != day + 1
    if last is None or (apart and not _BETWEEN.search(match.string, max(0, match.start() - 12), match.start())):
        return None
    return periods.joined(found, last)


_BETWEEN = re.compile(r"\bbetween\s+\Z", re.IGNORECASE)


def _number_of_month(match: re.Match[str]) -> int:
    written = match["month"]
    return int(written) if written.isdigit() else month_of(match)


def by_slashes(match: re.Match[str], _: Context) -> Found:
    """A day in figures, where the order of day and month cannot be mistaken."""
    one, other, year = int(match[1]), int(match[2]), int(match[3])
    if (one > 12) == (other > 12) and one != other:
        return None
    day, month = (one, other) if one > 12 else (other, one)
    found = periods.of_day(year, month, day)
    return None if found is None else (found, IN_TEXT)


def month_of_year(match: re.Match[str], _: Context) -> Found:
    """Return the period of "September 2023"."""
    return periods.of_months(int(match["year"]), month_of(match), 1, MONTH), IN_TEXT


def months_of_year(match: re.Match[str], _: Context) -> Found:
    """Return the period of "March to May 2015"."""
    first, last = month_of(match), month_of(match, "to")
    if first >= last:
        return None
    return periods.of_months(int(match["year"]), first, last - first + 1, MONTH), IN_TEXT


def year(match: re.Match[str], context: Context) -> Found:
    """Return the period of "2023", unless it is a number of something else."""
    return None if _is_no_year(match, context.text) else (periods.of_year(int(match["year"])), IN_TEXT)


def named_year(match: re.Match[str], _: Context) -> Found:
    """Return the period of "the year 2023"."""
    return periods.of_year(int(match["year"])), IN_TEXT


def part_of_year(match: re.Match[str], context: Context) -> Found:
    """Return the period of "the last three months of 2015"; of days and weeks it is that of the year."""
    year, anchor = _year_or_relative(match, context)
    if year is None:
        return None, BY_DATE
    n = 1 if match["n"] is None and not match[0].lower().split()[-3].endswith("s") else 0
    if match["n"] and match["n"].lower() not in ("few", "several"):
        n = words.number(match["n"])
    if match["unit"].lower() != MONTH or not 1 <= n <= 12:
        return periods.of_year(year), anchor
    first = 1 if match["which"].lower() in ("first", "opening") else 13 - n
    return periods.of_months(year, first, n, MONTH), anchor


def _year_or_relative(match: re.Match[str], context: Context) -> tuple[int | None, str]:
    """Return the year that a match names, or the document's or the one before or after it; None without a date."""
    if match["year"]:
        return int(match["year"]), IN_TEXT
    if context.moment is None:
        return None, BY_DATE
    return context.moment.year + (SHIFT[match["relative"].lower()] if match["relative"] else 0), BY_DATE


_NO_YEAR_BEFORE = re.compile(
    r"(?:\b(?:resolutions?|pages?|pp?|nos?|numbers?|paragraphs?|paras?|articles?|sections?|flight|boeing|route|highway|"
    r"room|box|chapter|rule|act|bill|order|decree|agenda|expo|vision|horizon|line|size|model|form|extension|ext|about|"
    r"around|some|nearly|almost|over|than|least|most|approximately|roughly|unit|class|channel|windows)\.?\s+|"
    r"[$€£¥#/:@_+=~*<>-]\s?)\Z",
    re.IGNORECASE,
)
_IN_OR_THE = re.compile(r"\b(?:in|since|by|until|of|the|for|during|from|and|to)\s+\Z", re.IGNORECASE)
_COUNTED = re.compile(
    r"\s+(?:[A-Za-z]+[ -]){0,2}?(?!was\b|is\b|has\b|as\b|this\b)[a-z]{3,}s\b|"
    r"\s*(?:%|per ?cent|km|miles?|feet|kilo|tonnes?|(?:m|b|tr)illion|acres?|hectares?|people|men|women|troops)\b|\s*°"
)
_ABOUT = re.compile(r"\b(?:about|around)\s+\Z", re.IGNORECASE)
_CLAUSE_ENDS = re.compile(r"\s*[.,;)](?![0-9])|\s*\Z|\s+(?:and|when|as|in|to(?!\s+[0-9]))\b")
_ITS_YEAR = re.compile(r"\s?\((?:(?:19|20)[0-9]{2}|[A-Z]{0,2}-?[IVXL]+)\)")
"""After the number of a resolution: "1397 (2002)", "2145 (XXI)"."""
_IN_A_LIST = re.compile(
    r"\b(?:resolutions|paragraphs|articles|pages|sections)\s+[0-9][0-9IVXL(),\s-]*(?:,|\band|\bto)\s+\Z"
)
"""Before a further number of such a list: "resolutions 1514 and 2145"."""
_TO_A_NUMBER = re.compile(
    r"\b(?:about|around|some|nearly|almost|over|than|least|most)\s+[0-9]{3,4}\s+(?:to|or|and)\s+\Z", re.IGNORECASE
)
_PLAN = re.compile(r"\s+(?:agenda|development agenda|sustainable|census tract)\b", re.IGNORECASE)


def _is_no_year(match: re.Match[str], text: str) -> bool:
    before, year = text[max(0, match.start() - 24) : match.start()], match["year"]
    if _IN_A_LIST.search(text, max(0, match.start() - 80), match.start()) or _TO_A_NUMBER.search(before):
        return True
    said = _IN_OR_THE.search(before) or before.lower().endswith("mid-")
    if _NO_YEAR_BEFORE.search(before) and not said:
        # "It will be ready around 2004."
        about = _ABOUT.search(before) and _CLAUSE_ENDS.match(text, match.end())
        return not about
    if _PLAN.match(text, match.end()) or _ITS_YEAR.match(text, match.end()):
        return True
    # "2000 troops" counts, "the 2016 elections" dates.
    return not said and year.endswith("00") and _COUNTED.match(text, match.end()) is not None


def years_from_to(match: re.Match[str], context: Context) -> Found:
    """Return the period of "2014 to 2016", "2014-16", "2014/15"."""
    first, written = int(match["year"]), match["to"]
    last = int(written) if len(written) == len("2014") else first // 100 * 100 + int(written)
    if len(written) == 1 and int(written) != (first + 1) % 10:
        return None  # "2008-9" is the year and the next one
    last = first + 1 if len(written) == 1 else last
    if not first < last <= first + 150 or _is_no_year(match, context.text):
        return None
    return periods.of_years(first, last), IN_TEXT


def fiscal_year(match: re.Match[str], context: Context) -> Found:
    """Return the period of "fiscal year 2019", "the 2019-20 financial year"; "the 2019 calendar year" is that year."""
    if "calendar" in match[0].lower():
        return periods.of_year(int(match["year"])), IN_TEXT
    written = match["year"]
    first = int(written) if len(written) == len("2019") else int(written) + (2000 if int(written) < 70 else 1900)
    last = match["to"]
    if not last:
        return fiscal.ending_in(first, context.text), IN_TEXT
    end = int(last) if len(last) == len("2019") else first // 100 * 100 + int(last)
    return (fiscal.beginning_in(first, context.text), IN_TEXT) if end % 100 == (first + 1) % 100 else None


def quarter(match: re.Match[str], context: Context) -> Found:
    """A quarter or half of a year that is named, or of the year of the document where it is this, last or next year."""
    size, which = (3, match["quarter"]) if match["quarter"] else (6, match["half"])
    n = 12 // size
    n = n if which.lower() in ("last", "final") else (int(which) if which.isdigit() else words.ordinal(which))
    year, anchor = _year_or_relative(match, context)
    if year is None:
        return None, BY_DATE
    if not 1 <= n <= 12 // size:
        return None
    return periods.of_months(year, 1 + (n - 1) * size, size, periods.QUARTER if size == 3 else periods.HALF), anchor


def short_quarter(match: re.Match[str], _: Context) -> Found:
    """Return the period of "Q3 2020", "H1 2020"."""
    size = 3 if match["letter"] in "Qq" else 6
    n = int(match["n"])
    if n > 12 // size:
        return None
    period = periods.QUARTER if size == 3 else periods.HALF
    return periods.of_months(int(match["year"]), 1 + (n - 1) * size, size, period), IN_TEXT


def season(match: re.Match[str], _: Context) -> Found:
    """Return the period of "Summer 2016": the year, since the months depend on the hemisphere."""
    found = periods.of_year(int(match["year"]))
    return (found._replace(precision=SEASON), IN_TEXT) if found else None


def decade(match: re.Match[str], context: Context) -> Found:
    """Return the period of "The 1990s", "the nineties"; "in his eighties" is an age."""
    if match["word"] and _AN_AGE.search(context.text[max(0, match.start() - 16) : match.start()]):
        return None
    if match["word"]:
        first = words.decade(match["word"])
    else:
        first = int(match["year"]) if match["year"] else 1900 + int(match["short"])
    return periods.of_years(first, first + 9, periods.DECADE), IN_TEXT


def second_decade(match: re.Match[str], context: Context) -> Found:
    """Return the period of the second of two decades: "the 1960s and 70s"."""
    before = _YEAR_BEFORE.search(context.text, max(0, match.start() - len("1960s and ")), match.start())
    if before is None:
        return None
    first = 100 * int(before[1]) + int(match["short"])
    return periods.of_years(first, first + 9, periods.DECADE), IN_TEXT


_YEAR_BEFORE = re.compile(r"(?<![0-9])(1[5-9]|20)[0-9]0s and \Z")
_AN_AGE = re.compile(r"\b(?:his|her|their|my|your|our)\s+(?:early |mid-?|late )?\Z", re.IGNORECASE)


def century(match: re.Match[str], context: Context) -> Found:
    """Return the period of "The twentieth century", which began in 1901; "our third century" is counted otherwise."""
    owned = _OWNED.search(context.text, max(0, match.start() - 8), match.start())
    if owned or (match[0].endswith("Century") and _A_NAME.match(context.text, match.end())):
        return None
    n = words.ordinal(match["n"])
    return periods.of_years(100 * (n - 1) + 1, 100 * n, periods.CENTURY), IN_TEXT


_OWNED = re.compile(r"\b(?:our|its|their|his|her|your|my)\s+\Z", re.IGNORECASE)
_A_NAME = re.compile(r"\s+[A-Z]")
"""After "21st Century" a capital goes on with a name."""
_AFTER_THESE = re.compile(
    r"\b(?:in|since|of|by|until|till|from|to|for|before|after|back\s+in|early|late|through|during|between|and|the|that|"
    r"January|February|March|April|May|June|July|August|September|October|November|December)\s+\Z",
    re.IGNORECASE,
)


def short_year(match: re.Match[str], context: Context) -> Found:
    """Return the period of "in '93"."""
    if not _AFTER_THESE.search(context.text, max(0, match.start() - 12), match.start()):
        return None
    short = int(match["short"])
    return periods.of_year(short + (1900 if short >= _SHORTEST else 2000)), IN_TEXT


_SHORTEST = 30
"""'30 is 1930, '29 would be 2029."""


def half_of_decade(match: re.Match[str], _: Context) -> Found:
    """Return the period of "the second half of the 1980s": 1985 to 1989."""
    first = int(match["year"]) + (0 if match["which"].lower() == "first" else 5)
    return periods.of_years(first, first + 4), IN_TEXT


_OF_A_CENTURY = {"half": 50, "quarter": 25, "decade": 10}


def part_of_century(match: re.Match[str], context: Context) -> Found:
    """Return the period of "the first decade of the 21st century": 2001 to 2010."""
    which, size, anchor = match["which"].lower(), _OF_A_CENTURY[match["part"].lower()], IN_TEXT
    if match["n"]:
        n = words.ordinal(match["n"])
    elif context.moment is None:
        return None, BY_DATE
    else:
        relative = match["relative"].lower().split()[-1]
        n, anchor = (context.moment.year - 1) // 100 + 1 + SHIFT[relative], BY_DATE
    number = (
        100 // size
        if which in ("last", "final", "closing", "latter")
        else words.ordinal(which.replace("opening", "first"))
    )
    if number * size > 100:
        return None
    first = 100 * (n - 1) + (number - 1) * size + 1
    precision = periods.DECADE if size == _OF_A_CENTURY["decade"] else periods.YEARS
    return periods.of_years(first, first + size - 1, precision), anchor
