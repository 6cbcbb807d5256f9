"""What the match of a pattern means: the period, and what tells it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from research.loading.months import english_months
from research.nlp.times import periods, words
from research.nlp.times.periods import CENTURY, DAY, FORTNIGHT, MONTH, SEASON, WEEK, YEAR, Moment, Period
from research.nlp.times.tenses import FUTURE, PAST, is_ahead, is_deadline, is_nowadays, tense

IN_TEXT, BY_DATE = "text", "document date"
"""What tells a period: the words alone, or the words and the date of the document."""


class Context(NamedTuple):
    """The text around a match, and the date of the document."""

    text: str
    moment: Moment | None


Found = tuple[Period | None, str | None] | None
"""The period and what tells it; None for a match that is no time."""
Read = Callable[[re.Match[str], Context], Found]
"""What a match of a pattern means."""


# --- absolute expressions ---


def _month_of(match: re.Match[str], name: str = "month") -> int:
    return english_months()[match[name].lower().rstrip(".")]


def day_of_year(match: re.Match[str], _: Context) -> Found:
    """Return the period of "29 September 2023", "September 3-5, 2023", "2023-09-29"."""
    found = periods.of_day(int(match["year"]), _number_of_month(match), int(match["day"]))
    if found is None:
        return None
    if match.groupdict().get("to"):
        last = periods.of_day(int(match["year"]), _number_of_month(match), int(match["to"]))
        found = periods.joined(found, last) if last else None
    return None if found is None else (found, IN_TEXT)


def _number_of_month(match: re.Match[str]) -> int:
    written = match["month"]
    return int(written) if written.isdigit() else _month_of(match)


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
    return periods.of_months(int(match["year"]), _month_of(match), 1, MONTH), IN_TEXT


def months_of_year(match: re.Match[str], _: Context) -> Found:
    """Return the period of "March to May 2015"."""
    first, last = _month_of(match), _month_of(match, "to")
    if first >= last:
        return None
    return periods.of_months(int(match["year"]), first, last - first + 1, MONTH), IN_TEXT


def year(match: re.Match[str], context: Context) -> Found:
    """Return the period of "2023", unless it is a number of something else."""
    return None if _is_no_year(match, context.text) else (periods.of_year(int(match["year"])), IN_TEXT)


def named_year(match: re.Match[str], _: Context) -> Found:
    """Return the period of "the year 2023"."""
    return periods.of_year(int(match["year"])), IN_TEXT


def part_of_year(match: re.Match[str], _: Context) -> Found:
    """Return the period of "the last three months of 2015"; of days and weeks it is that of the year."""
    year = int(match["year"])
    n = 1 if match["n"] is None and not match[0].lower().split()[-3].endswith("s") else 0
    if match["n"] and match["n"].lower() not in ("few", "several"):
        n = words.number(match["n"])
    if match["unit"].lower() != MONTH or not 1 <= n <= 12:
        return periods.of_year(year), IN_TEXT
    first = 1 if match["which"].lower() in ("first", "opening") else 13 - n
    return periods.of_months(year, first, n, MONTH), IN_TEXT


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
_CLAUSE_ENDS = re.compile(r"\s*[.,;)](?![0-9])|\s*\Z|\s+(?:and|when|as|in|to)\b")
_ITS_YEAR = re.compile(r"\s?\((?:(?:19|20)[0-9]{2}|[A-Z]{0,2}-?[IVXL]+)\)")
"""After the number of a resolution: "1397 (2002)", "2145 (XXI)"."""
_IN_A_LIST = re.compile(
    r"\b(?:resolutions|paragraphs|articles|pages|sections)\s+[0-9][0-9IVXL(),\s-]*(?:,|\band|\bto)\s+\Z"
)
"""Before a further number of such a list: "resolutions 1514 and 2145"."""
_PLAN = re.compile(r"\s+(?:agenda|development agenda|sustainable|census tract)\b", re.IGNORECASE)


def _is_no_year(match: re.Match[str], text: str) -> bool:
    before, year = text[max(0, match.start() - 24) : match.start()], match["year"]
    if _IN_A_LIST.search(text, max(0, match.start() - 80), match.start()):
        return True
    said = _IN_OR_THE.search(before)
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
    if not first < last <= first + 150 or _is_no_year(match, context.text):
        return None
    return periods.of_years(first, last), IN_TEXT


def fiscal_year(match: re.Match[str], _: Context) -> Found:
    """A fiscal year's days depend on the country; given are the calendar years that it is named after."""
    written = match["year"]
    first = int(written) if len(written) == len("2019") else int(written) + (2000 if int(written) < 70 else 1900)
    last = match["to"]
    if not last:
        return periods.of_year(first), IN_TEXT
    end = int(last) if len(last) == len("2019") else first // 100 * 100 + int(last)
    return (periods.of_years(first, end), IN_TEXT) if end == first + 1 else None


def quarter(match: re.Match[str], context: Context) -> Found:
    """A quarter or half of a year that is named, or of the year of the document where it is this, last or next year."""
    size, which = (3, match["quarter"]) if match["quarter"] else (6, match["half"])
    n = 12 // size
    n = n if which.lower() in ("last", "final") else (int(which) if which.isdigit() else words.ordinal(which))
    year, anchor = (int(match["year"]), IN_TEXT) if match["year"] else (0, BY_DATE)
    if not match["year"]:
        if context.moment is None:
            return None, BY_DATE
        shift = _SHIFT[match["relative"].lower()] if match["relative"] else 0
        year = context.moment.year + shift
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
_OF_A_CENTURY = {"half": 50, "quarter": 25, "decade": 10}


def part_of_century(match: re.Match[str], _: Context) -> Found:
    """Return the period of "the first decade of the 21st century": 2001 to 2010."""
    n, which, size = words.ordinal(match["n"]), match["which"].lower(), _OF_A_CENTURY[match["part"].lower()]
    number = 100 // size if which in ("last", "final", "closing") else words.ordinal(which.replace("opening", "first"))
    if number * size > 100:
        return None
    first = 100 * (n - 1) + (number - 1) * size + 1
    precision = periods.DECADE if size == _OF_A_CENTURY["decade"] else periods.YEARS
    return periods.of_years(first, first + size - 1, precision), IN_TEXT


# --- expressions that the date of the document resolves ---

_SHIFT = {
    "last": -1,
    **dict.fromkeys(("this", "the", "current", "present"), 0),
    **dict.fromkeys(("next", "coming", "forthcoming", "upcoming"), 1),
}


def _which(match: re.Match[str]) -> str:
    return " ".join(match["which"].lower().split()).removeprefix("the ")


def relative(match: re.Match[str], context: Context) -> Found:
    """*Last year*, *this month*, *next week*; *the next day* hangs on the text and is no time of its own."""
    unit, which = words.UNITS[match["unit"].lower()], _which(match)
    article = match["which"].lower().startswith("the")
    if _OR_SO.match(context.text, match.end()):
        return None, None
    if article and which in ("last", "next") and unit in (DAY, WEEK, MONTH):
        return None  # "the last day of the session"
    if context.moment is None:
        return None, BY_DATE
    stretch = which in ("past", "this past") or (article and which == "last" and unit != CENTURY)
    if not match["kind"] and (stretch or (article and which == "next" and unit != CENTURY)):
        return periods.window(context.moment, unit, 1 if which == "next" else -1), BY_DATE
    return periods.away(context.moment, unit, {"past": -1, "this past": -1}.get(which, _SHIFT.get(which, 0))), BY_DATE


_OR_SO = re.compile(r"\s+or\s+(?:two|so|more|three)\b")
"""After "the last week" these leave open how long."""


def part_of_this(match: re.Match[str], context: Context) -> Found:
    """*The end of the year*, *the rest of the month*: that of the document."""
    unit = words.UNITS[match["unit"].lower()]
    return None if context.moment is None else periods.away(context.moment, unit, 0), BY_DATE


def weekend(match: re.Match[str], context: Context) -> Found:
    """*This weekend*, *last weekend*; *over the weekend* is the last one, or the next where the sentence says so."""
    which = _which(match) or "the"
    the = match["which"].lower() == "the"
    if the and not _OVER.search(context.text, max(0, match.start() - 12), match.start()):
        return None
    moment = context.moment
    if moment is None or moment.today is None:
        return None, BY_DATE
    today, shift = moment.today, {"last": -1, "next": 1}.get(which, 0)
    begun = today.weekday() >= SATURDAY
    told = tense(match, context.text)
    past = which == "this past" or told == PAST or (the and told != FUTURE and today.weekday() <= _MIDWEEK)
    if not shift and not begun and past and (the or which == "this past" or today.weekday() <= 1):
        shift = -1
    return periods.of_weekend(today + timedelta(weeks=shift)), BY_DATE


_OVER = re.compile(r"\b(?:over|during|on|at|of|for)\s+\Z", re.IGNORECASE)
SATURDAY = 5
_MIDWEEK = 2


def relative_season(_: re.Match[str], __: Context) -> Found:
    """*Last winter*: the months depend on the hemisphere, and in January it may be this one."""
    return None, BY_DATE


def ago(match: re.Match[str], context: Context) -> Found:
    """*Two years ago*, *a month ago*, *three weeks from now*; *a few days ago* is vague."""
    if match["n"] is None:
        return None, None
    word = match["word"].lower()
    n = 1 if match["n"].lower() in ("a", "an") else words.number(match["n"])
    unit = words.UNITS[match["unit"].lower().removesuffix("s")]
    if context.moment is None:
        return None, BY_DATE
    if match["half"]:
        # Two and a half years ago is the year in which that day was.
        if unit != YEAR or context.moment.month is None:
            return None, BY_DATE
        months = -(12 * n + 6) if word == "ago" else 12 * n + 6
        return periods.of_year((12 * context.moment.year + context.moment.month - 1 + months) // 12), BY_DATE
    if unit == FORTNIGHT:
        unit, n = WEEK, 2 * n
    if unit == WEEK:  # "a week ago" is that day
        unit, n = DAY, 7 * n
    return periods.away(context.moment, unit, -n if word == "ago" else n), BY_DATE


def window(match: re.Match[str], context: Context) -> Found:
    """*The past five years*, *the next decade and a half*."""
    which = _which(match)
    if match["n"] is None or context.moment is None:
        return None, BY_DATE
    n, unit = words.number(match["n"]), words.UNITS[match["unit"].lower().removesuffix("s")]
    if match["half"]:
        if unit != YEAR:
            return None, BY_DATE
        n, unit = 12 * n + 6, MONTH
    return periods.window(context.moment, unit, n if which in ("next", "coming") else -n), BY_DATE


def eleventh_of_september(_: re.Match[str], __: Context) -> Found:
    """Return the day that "9/11" is the name of."""
    return periods.of_day(2001, 9, 11), IN_TEXT


_DAYS = {"yesterday": -1, "last night": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2}


def today(match: re.Match[str], context: Context) -> Found:
    """Return the period of "Today", "yesterday", "last night"."""
    said = " ".join(match[0].lower().split())
    if said == "today" and is_nowadays(match, context.text):
        return None, None
    if context.moment is None:
        return None, BY_DATE
    return periods.away(context.moment, DAY, _DAYS.get(said) or _DAYS.get(said.partition(" ")[0], 0)), BY_DATE


def weekday(match: re.Match[str], context: Context) -> Found:
    """Return the period of "Tuesday", "last Friday", "this Thursday"."""
    if _PART_OF_A_NAME.search(context.text[max(0, match.start() - 12) : match.start()]):
        return None
    moment = context.moment
    if moment is None or moment.today is None:
        return None, BY_DATE
    number, which = words.WEEKDAYS.index(match["weekday"].lower()), (match["which"] or "").lower()
    today = moment.today
    back = (today.weekday() - number) % 7
    if which == "this":
        it = today + timedelta(days=number - today.weekday())
    elif which in ("next", "coming") or (not which and is_ahead(match, context.text)):
        ahead = (number - today.weekday()) % 7 or (7 if which else 0)
        it = today + timedelta(days=ahead)
    elif which in ("last", "past"):
        it = today - timedelta(days=back or 7)
    else:
        it = today - timedelta(days=back)
    return periods.of_day(it.year, it.month, it.day), BY_DATE


_PART_OF_A_NAME = re.compile(r"\b(?:Black|Super|Good|Ash|Bloody|Cyber|Easter|Palm|Holy|Ruby|Happy|Fat|Shrove)\s+\Z")


def month_alone(match: re.Match[str], context: Context) -> Found:
    """*March*, *last March*, *29 September*, *June this year*."""
    moment, given = context.moment, match.groupdict()
    if moment is None or _OF_THAT_YEAR.match(context.text, match.end()):
        return None, BY_DATE
    month, day, which = _month_of(match), given.get("day"), (given.get("which") or "").lower()
    if given.get("whose"):
        year: int | None = moment.year + _SHIFT[given["whose"].lower()]
    else:
        year = moment.year if which == "this" else _year_of_month(month, which, match, context)
        if year is not None and day is not None and not which and moment.today is not None:
            year = _nearest_year(year, month, int(day), moment.today)
    if year is None:
        return None, BY_DATE
    if day is None:
        return periods.of_months(year, month, 1, MONTH), BY_DATE
    found = periods.of_day(year, month, int(day))
    if found and given.get("to"):
        last = periods.of_day(year, month, int(given["to"]))
        found = periods.joined(found, last) if last else None
    return None if found is None else (found, BY_DATE)


_OF_THAT_YEAR = re.compile(r",?\s+(?:of\s+)?(?:that|the\s+same|the\s+following|the\s+previous)\s+year\b")


def _nearest_year(year: int, month: int, day: int, today: date) -> int:
    """Return the year that brings a day closest to another: nobody leaves out the year of a day that is long ago."""
    found = {it.start: it.start.year for n in (-1, 0, 1) if (it := periods.of_day(year + n, month, day)) and it.start}
    return found[min(found, key=lambda it: (abs(it - today), it))] if found else year


def day_of_month(match: re.Match[str], context: Context) -> Found:
    """*The 28th of this month*."""
    moment = context.moment
    if moment is None or moment.month is None:
        return None, BY_DATE
    year, month = divmod(12 * moment.year + moment.month - 1 + _SHIFT[match["which"].lower()], 12)
    found = periods.of_day(year, month + 1, int(match["day"]))
    return None if found is None else (found, BY_DATE)


def _year_of_month(month: int, which: str, match: re.Match[str], context: Context) -> int | None:
    """Return the year of a month that is named without it; None where the document has no month itself."""
    moment = context.moment
    if moment is None:
        return None
    if moment.month is None:  # the year of the document; but "last June" may be this one or that of the year before
        return None if which in ("last", "past", "next", "coming") else moment.year
    since = (moment.month - month) % 12
    past = which in ("last", "past")
    if not which and is_deadline(match, context.text):
        return moment.year + (month < moment.month) if since > _JUST_OVER else moment.year - (month > moment.month)
    future = which in ("next", "coming") or (not past and is_ahead(match, context.text))
    if past and month == moment.month:
        return moment.year - 1
    if future:
        return moment.year + (month < moment.month)
    last = moment.year - (month > moment.month)
    after = _AFTER_AN_EVENT.search(context.text, max(0, match.start() - _BEFORE_IT), match.start())
    return last if past or since <= _HALF_A_YEAR or after or tense(match, context.text) == PAST else last + 1


_AFTER_AN_EVENT = re.compile(r"\b(?:after|since|following)\b[^.;,]*\Z")


_HALF_A_YEAR, _JUST_OVER = 6, 3
"""Months: half a year ago is nearer than half a year ahead; "by January" in March looks back."""
_BEFORE_IT = 60


def month_with_word(match: re.Match[str], context: Context) -> Found:
    """A month alone counts only after a preposition or the like: "April said", "May we", "August body"."""
    before = context.text[max(0, match.start() - 24) : match.start()]
    adjective = _THE.search(before) and _NOUN.match(context.text, match.end())
    if not match["which"] and not adjective and not _BEFORE_MONTH.search(before):
        return None
    return month_alone(match, context)


_THE = re.compile(r"\b(?:the|an?|its|his|her|their|our|my|that|[\w]+[’']s?)\s+\Z", re.IGNORECASE)
_NOUN = re.compile(
    r"\s+(?!to\b|on\b|of\b|for\b|and\b|in\b|from\b|has\b|was\b|is\b|be\b|body\b|with\b|at\b|by\b)[a-z]{4,}"
)
"""After "the April" these make it a month: "the April summit"."""


_BEFORE_MONTH = re.compile(
    r"\b(?:in|since|until|till|by|of|during|from|to|through|before|after|early|late|mid|mid-|between|and|for|this|every)"
    r"\s*-?\s*\Z",
    re.IGNORECASE,
)


_ORDERS = re.compile(
    r"(?:\b(?:I|we|us|me)(?:\s+(?:will|shall|should|would|want|wish|like|must|can|may|to)){0,3}\s+|[’']ll\s+|\band\s+)\Z",
    re.IGNORECASE,
)
_ORDERED = re.compile(
    r"\s+(?:turn|come|move|pass|refer|address|wish|want|would\s+like|go|deal|proceed|speak|say|touch|invite|ask)\b|,"
)


def now(match: re.Match[str], context: Context) -> Found:
    """Return no period; "I now come to" orders a speech and is no time."""
    before = context.text[max(0, match.start() - 40) : match.start()]
    if _ORDERS.search(before) and _ORDERED.match(context.text, match.end()):
        return None
    return None, None


def vague(_: re.Match[str], __: Context) -> Found:
    """Return no period: "recently", "now"."""
    return None, None
