"""Time expressions: where they are, and which period they mean.

The span is that of TIMEX3 (TimeML): the expression without its preposition, with its article. The preposition changes
the period: *since 2014* begins in 2014 and goes on to the date of the document, *by 2030* ends in 2030, *before 2016*
ends with 2015. What the text does not say is not guessed: the parts of a year (*early 2020*, *the end of 2019*, *summer
2016*) have the period of the year, since nobody agrees where they begin.

*Last year* is the calendar year before, *two years ago* the calendar year two before, weeks run from Monday to Sunday.
A weekday is the last one, or the next one where the sentence speaks of the future (*will*, *next*, *upcoming*). A month
or a day without its year is the last one where the sentence tells the past, the next one where it speaks of the future,
and otherwise the nearest. *Recent*, *currently*, *now* and the like are vague and have no period.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import NamedTuple

from research.loading.documents import Span
from research.loading.months import english_months
from research.nlp.times import periods, words
from research.nlp.times.periods import DAY, MONTH, SEASON, WEEK, Moment, Period

IN_TEXT, BY_DATE = "text", "document date"
"""What tells a period: the words alone, or the words and the date of the document."""


class Reading(NamedTuple):
    """A time expression: its span, the period that it means, and what tells it; None for a vague or unresolved one."""

    span: Span
    period: Period | None
    anchor: str | None
    vague: bool = False


class _Context(NamedTuple):
    text: str
    moment: Moment | None


Found = tuple[Period | None, str | None] | None
"""The period and what tells it; None for a match that is no time."""
_Rule = tuple[re.Pattern[str], Callable[[re.Match[str], _Context], Found]]


def times(text: str, span: Span, moment: Moment | None) -> list[Reading]:
    """Return the time expressions in a stretch of text, in order; ``moment`` is the date of the document, if known."""
    context = _Context(text, moment)
    found: list[tuple[int, int, re.Match[str], Callable[[re.Match[str], _Context], Found]]] = []
    for pattern, read in _rules():
        found += [(match.start(), -match.end(), match, read) for match in pattern.finditer(text, *span)]
    readings: list[Reading] = []
    last = span.start
    for start, _, match, read in sorted(found, key=lambda it: it[:2]):
        if start < last:
            continue
        meant = read(match, context)
        if meant is None:
            continue
        reading = _with_surroundings(Span(*match.span()), *meant, context)
        if readings and reading.span.start < readings[-1].span.end:
            continue
        readings.append(reading)
        last = match.end()
    return readings


# --- what stands before and after ---

_PART = re.compile(
    r"(?:(?:the )?(?:very )?(?:early|late|mid|middle|beginning|start|end|close|turn|latter part|first part|rest|course|"
    r"remainder)(?:[ -](?:of|in))?[ -](?:the )?)\Z",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(
    r"\b(since|by|until|till|before|after|prior to|up to|up until|through|from|beyond)\s+(?:at least |about )?\Z",
    re.IGNORECASE,
)
_ONWARD = re.compile(r"\s+(?:onwards?|on\b)", re.IGNORECASE)
_BACK = 40


def _with_surroundings(span: Span, period: Period | None, anchor: str | None, context: _Context) -> Reading:
    """Return a reading with the part of the period that is named before it, and as its preposition has it."""
    text = context.text
    before = text[max(0, span.start - _BACK) : span.start]
    if part := _PART.search(before):
        span = Span(span.start - len(before) + part.start(), span.end)
        before = before[: part.start()]
    if period is None:
        return Reading(span, None, None, vague=anchor is None)
    preposition = _PREPOSITION.search(before)
    word = preposition[1].lower() if preposition else ""
    return Reading(span, _as_said(word, period, context, onward=bool(_ONWARD.match(text, span.end))), anchor)


def _as_said(preposition: str, period: Period, context: _Context, *, onward: bool) -> Period:
    start, end, precision = period
    if preposition == "since":
        return Period(start, context.moment and context.moment.last, precision)
    if preposition in ("by", "until", "till", "up to", "up until", "through"):
        return Period(None, end, precision)
    if preposition in ("before", "prior to"):
        return Period(None, start and start - timedelta(days=1), precision)
    if preposition in ("after", "beyond"):
        return Period(end and end + timedelta(days=1), None, precision)
    return Period(start, None, precision) if preposition == "from" and onward else period


# --- absolute expressions ---


def _month_of(match: re.Match[str], name: str = "month") -> int:
    return english_months()[match[name].lower().rstrip(".")]


def _day_of_year(match: re.Match[str], _: _Context) -> Found:
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


def _by_slashes(match: re.Match[str], _: _Context) -> Found:
    """A day in figures, where the order of day and month cannot be mistaken."""
    one, other, year = int(match[1]), int(match[2]), int(match[3])
    if (one > 12) == (other > 12) and one != other:
        return None
    day, month = (one, other) if one > 12 else (other, one)
    found = periods.of_day(year, month, day)
    return None if found is None else (found, IN_TEXT)


def _month_of_year(match: re.Match[str], _: _Context) -> Found:
    return periods.of_months(int(match["year"]), _month_of(match), 1, MONTH), IN_TEXT


def _months_of_year(match: re.Match[str], _: _Context) -> Found:
    first, last = _month_of(match), _month_of(match, "to")
    if first >= last:
        return None
    return periods.of_months(int(match["year"]), first, last - first + 1, MONTH), IN_TEXT


def _year(match: re.Match[str], context: _Context) -> Found:
    return None if _is_no_year(match, context.text) else (periods.of_year(int(match["year"])), IN_TEXT)


_NO_YEAR_BEFORE = re.compile(
    r"(?:\b(?:resolutions?|pages?|pp?|nos?|numbers?|paragraphs?|paras?|articles?|sections?|flight|boeing|route|highway|"
    r"room|box|chapter|rule|act|bill|order|decree|agenda|expo|vision|horizon|line|size|model|form|extension|ext|about|"
    r"around|some|nearly|almost|over|than|least|most|approximately|roughly|unit|class|channel|windows)\.?\s+|"
    r"[$€£¥#/:@_+=~*<>-]\s?)\Z",
    re.IGNORECASE,
)
_IN_OR_THE = re.compile(r"\b(?:in|since|by|until|of|the|for|during|from|and|to)\s+\Z", re.IGNORECASE)
_COUNTED = re.compile(
    r"\s+(?:[a-z]+[ -]){0,2}?(?!was\b|is\b|has\b|as\b|this\b)[a-z]{3,}s\b|"
    r"\s*(?:%|per ?cent|km|miles?|feet|kilo|tonnes?|(?:m|b|tr)illion|acres?|hectares?|people|men|women|troops)\b|\s*°",
    re.IGNORECASE,
)
_PLAN = re.compile(r"\s+(?:agenda|development agenda|sustainable|census tract)\b", re.IGNORECASE)


def _is_no_year(match: re.Match[str], text: str) -> bool:
    before, year = text[max(0, match.start() - 24) : match.start()], match["year"]
    said = _IN_OR_THE.search(before)
    if _NO_YEAR_BEFORE.search(before) and not said:
        return True
    if _PLAN.match(text, match.end()):
        return True
    # "2000 troops" counts, "the 2016 elections" dates.
    return not said and year.endswith("00") and _COUNTED.match(text, match.end()) is not None


def _years_from_to(match: re.Match[str], context: _Context) -> Found:
    first, written = int(match["year"]), match["to"]
    last = int(written) if len(written) == len("2014") else first // 100 * 100 + int(written)
    if not first < last <= first + 150 or _is_no_year(match, context.text):
        return None
    return periods.of_years(first, last), IN_TEXT


def _fiscal_year(match: re.Match[str], _: _Context) -> Found:
    """A fiscal year's days depend on the country; given are the calendar years that it is named after."""
    written = match["year"]
    first = int(written) if len(written) == len("2019") else int(written) + (2000 if int(written) < 70 else 1900)
    last = match["to"]
    if not last:
        return periods.of_year(first), IN_TEXT
    end = int(last) if len(last) == len("2019") else first // 100 * 100 + int(last)
    return (periods.of_years(first, end), IN_TEXT) if end == first + 1 else None


def _quarter(match: re.Match[str], context: _Context) -> Found:
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


def _short_quarter(match: re.Match[str], _: _Context) -> Found:
    size = 3 if match["letter"] in "Qq" else 6
    n = int(match["n"])
    if n > 12 // size:
        return None
    period = periods.QUARTER if size == 3 else periods.HALF
    return periods.of_months(int(match["year"]), 1 + (n - 1) * size, size, period), IN_TEXT


def _season(match: re.Match[str], _: _Context) -> Found:
    found = periods.of_year(int(match["year"]))
    return (found._replace(precision=SEASON), IN_TEXT) if found else None


def _decade(match: re.Match[str], context: _Context) -> Found:
    if match["word"] and _AN_AGE.search(context.text[max(0, match.start() - 16) : match.start()]):
        return None
    if match["word"]:
        first = words.decade(match["word"])
    else:
        first = int(match["year"]) if match["year"] else 1900 + int(match["short"])
    return periods.of_years(first, first + 9, periods.DECADE), IN_TEXT


_AN_AGE = re.compile(r"\b(?:his|her|their|my|your|our)\s+(?:early |mid-?|late )?\Z", re.IGNORECASE)


def _century(match: re.Match[str], _: _Context) -> Found:
    n = words.ordinal(match["n"])
    return periods.of_years(100 * (n - 1) + 1, 100 * n, periods.CENTURY), IN_TEXT


# --- expressions that the date of the document resolves ---

_SHIFT = {
    "last": -1,
    **dict.fromkeys(("this", "current", "present"), 0),
    **dict.fromkeys(("next", "coming", "forthcoming", "upcoming"), 1),
}


def _which(match: re.Match[str]) -> str:
    return " ".join(match["which"].lower().split()).removeprefix("the ")


_HANGS_ON_THE_TEXT = frozenset(("previous", "preceding", "following"))


def _relative(match: re.Match[str], context: _Context) -> Found:
    """*Last year*, *this month*, *next week*; *the previous year* and *the next day* hang on the text."""
    unit, which = words.UNITS[match["unit"].lower()], _which(match)
    article = match["which"].lower().startswith("the")
    if article and which in ("last", "next") and unit in (DAY, WEEK, MONTH):
        return (None, BY_DATE) if which == "next" else None  # "the last day of the session" is no time
    if context.moment is None or which in _HANGS_ON_THE_TEXT:
        return None, BY_DATE
    if which == "past":
        return periods.window(context.moment, unit, -1), BY_DATE
    return periods.away(context.moment, unit, _SHIFT[which]), BY_DATE


def _relative_season(_: re.Match[str], __: _Context) -> Found:
    """*Last winter*: the months depend on the hemisphere, and in January it may be this one."""
    return None, BY_DATE


def _ago(match: re.Match[str], context: _Context) -> Found:
    """*Two years ago*, *a month ago*, *three weeks from now*; *two years earlier* hangs on something else."""
    word = " ".join(match["word"].lower().split())
    n = 1 if match["n"].lower() in ("a", "an") else words.number(match["n"])
    unit = words.UNITS[match["unit"].lower().removesuffix("s")]
    if context.moment is None or word not in ("ago", "from now", "hence"):
        return None, BY_DATE
    return periods.away(context.moment, unit, -n if word == "ago" else n), BY_DATE


def _window(match: re.Match[str], context: _Context) -> Found:
    """*The past five years*, *the next decade and a half*."""
    which = _which(match)
    if match["n"] is None or context.moment is None or which in _HANGS_ON_THE_TEXT:
        return None, BY_DATE
    n, unit = words.number(match["n"]), words.UNITS[match["unit"].lower().removesuffix("s")]
    forward = which in ("next", "coming", "following", "forthcoming", "upcoming")
    return periods.window(context.moment, unit, n if forward else -n), BY_DATE


_DAYS = {"yesterday": -1, "last night": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2}
_NOWADAYS = re.compile(r"\s*(?:[’'](?:s world|s society)|, more than ever)", re.IGNORECASE)


def _today(match: re.Match[str], context: _Context) -> Found:
    if context.moment is None:
        return None, BY_DATE
    return periods.away(context.moment, DAY, _DAYS.get(" ".join(match[0].lower().split()), 0)), BY_DATE


_FUTURE = re.compile(
    r"\b(?:will|shall|going to|next|upcoming|coming|forthcoming|scheduled|due|plans? to|tomorrow)\b|[’']ll\b"
)
_PAST = re.compile(
    r"\b(?:was|were|had|did|said|told|met|took|came|began|won|lost|held|made|went|gave|got|saw|left|became|[a-z]{3,}ed)\b"
)
_FURTHER = 120


def _is(tense: re.Pattern[str], match: re.Match[str], text: str) -> bool:
    """Whether a tense shows in the sentence, before or shortly after a match."""
    start = max(text.rfind(". ", 0, match.start()), text.rfind("\n", 0, match.start()), match.start() - _FURTHER)
    stop = min(at for at in (text.find(". ", match.end()), match.end() + _FURTHER) if at >= 0)
    return tense.search(text, max(start, 0), stop) is not None


def _weekday(match: re.Match[str], context: _Context) -> Found:
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
    elif which in ("next", "coming") or (not which and _is(_FUTURE, match, context.text)):
        ahead = (number - today.weekday()) % 7 or (7 if which else 0)
        it = today + timedelta(days=ahead)
    elif which in ("last", "past"):
        it = today - timedelta(days=back or 7)
    else:
        it = today - timedelta(days=back)
    return periods.of_day(it.year, it.month, it.day), BY_DATE


_PART_OF_A_NAME = re.compile(r"\b(?:Black|Super|Good|Ash|Bloody|Cyber|Easter|Palm|Holy|Ruby|Happy|Fat|Shrove)\s+\Z")


def _month_alone(match: re.Match[str], context: _Context) -> Found:
    """*March*, *last March*, *29 September*, *June this year*."""
    moment, given = context.moment, match.groupdict()
    if moment is None:
        return None, BY_DATE
    month, day, which = _month_of(match), given.get("day"), (given.get("which") or "").lower()
    if given.get("whose"):
        year: int | None = moment.year + _SHIFT[given["whose"].lower()]
    else:
        year = moment.year if which == "this" else _year_of_month(month, which, match, context)
    if year is None:
        return None, BY_DATE
    if day is None:
        return periods.of_months(year, month, 1, MONTH), BY_DATE
    found = periods.of_day(year, month, int(day))
    return None if found is None else (found, BY_DATE)


def _year_of_month(month: int, which: str, match: re.Match[str], context: _Context) -> int | None:
    """Return the year of a month that is named without it; None where the document has no month itself."""
    moment = context.moment
    if moment is None or moment.month is None:
        return None
    past = which in ("last", "past")
    future = which in ("next", "coming") or (not past and _is(_FUTURE, match, context.text))
    if past and month == moment.month:
        return moment.year - 1
    if future:
        return moment.year + (month < moment.month)
    last = moment.year - (month > moment.month)
    since = (moment.month - month) % 12
    return last if past or since <= _HALF_A_YEAR or _is(_PAST, match, context.text) else last + 1


_HALF_A_YEAR = 6


def _month_with_word(match: re.Match[str], context: _Context) -> Found:
    """A month alone counts only after a preposition or the like: "April said", "May we", "August body"."""
    if not match["which"] and not _BEFORE_MONTH.search(context.text[max(0, match.start() - 24) : match.start()]):
        return None
    return _month_alone(match, context)


_BEFORE_MONTH = re.compile(
    r"\b(?:in|since|until|till|by|of|during|from|to|through|before|after|early|late|mid|mid-|between|and|for|this|every)"
    r"\s*-?\s*\Z",
    re.IGNORECASE,
)


def _vague(_: re.Match[str], __: _Context) -> Found:
    return None, None


# --- the rules ---

_D = r"(?P<day>0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?"
_TO = r"(?:\s?[-–]\s?(?P<to>[12]?[0-9]|3[01])(?:st|nd|rd|th)?)?"
_Y = r"(?P<year>1[4-9][0-9]{2}|20[0-9]{2}|21[0-9]{2})"
_NO_DIGIT = r"(?<![\w.,/’'-])"
_END = r"(?![\w/]|[.,][0-9]|-[0-9])"
_RELATIVE = r"(?:the )?(?:last|past|previous|preceding|current|present|next|coming|following|forthcoming|upcoming)|this"
_UNIT = r"(?:day|week|month|quarter|half-year|year|decade|century)"
_WHICH = r"(?:(?P<which>last|past|next|coming|this)\s+)"


@cache
def _rules() -> tuple[_Rule, ...]:
    """Return every rule, compiled once: a pattern, and what reads its match."""
    return (*_of_days(), *_of_longer(), *_of_years(), *_by_date())


def _rule(pattern: str, read: Callable[[re.Match[str], _Context], Found], flags: int = 0) -> _Rule:
    # Between words there may be a line break; a class of characters and a look-behind keep their blank.
    return re.compile(re.sub(r"(?<!\[)(?<!from)(?<!between)(?<!<!as) ", r"\\s+", pattern), flags), read


def _of_days() -> list[_Rule]:
    """The rules of days and months."""
    names = sorted(english_months(), key=len, reverse=True)
    month = rf"(?P<month>{'|'.join([*map(str.capitalize, names), *map(str.upper, names)])})\b\.?"
    whole = [name.capitalize() for name in names if len(name) > len("sept") or name in ("may", "june", "july")]
    weekday = "|".join(it.capitalize() for it in words.WEEKDAYS)
    on = rf"(?:(?:{weekday}),?\s+)?"
    whose = r"(?:,? (?:of )?(?P<whose>this|last|next) year)?"
    return [
        _rule(rf"{_NO_DIGIT}(?P<year>[12][0-9]{{3}})-(?P<month>[01][0-9])-(?P<day>[0-3][0-9]){_END}", _day_of_year),
        _rule(rf"{_NO_DIGIT}([0-3]?[0-9])/([0-3]?[0-9])/([12][0-9]{{3}}){_END}", _by_slashes),
        _rule(rf"{_NO_DIGIT}{on}(?:the )?{_D}{_TO}(?: of)?\s+{month},?\s+{_Y}{_END}", _day_of_year),
        _rule(rf"(?<!\w){on}{month}\s+{_D}{_TO},?\s+{_Y}{_END}", _day_of_year),
        _rule(rf"{_NO_DIGIT}{on}(?:the )?{_D}(?: of)?\s+{month}{whose}(?!\w)", _month_alone),
        _rule(rf"(?<!\w){on}{month}\s+{_D}(?![\w%/]|[.,:][0-9]|\s+per ?cent){whose}", _month_alone),
        _rule(rf"(?<!\w){month},?\s+(?:of )?{_Y}{_END}", _month_of_year),
        _rule(rf"(?<!\w){month}(?: to |\s?[-–]\s?| and ){month.replace('month', 'to')} {_Y}{_END}", _months_of_year),
        _rule(rf"(?<!\w){_WHICH}?(?P<month>{'|'.join(whole)})\b{whose}(?!\s+[A-Z0-9]|\w)", _month_with_word),
        _rule(
            rf"(?<!\w){_WHICH}?(?P<weekday>{weekday})(?:\s+(?:morning|afternoon|evening|night))?(?!\w)",
            _weekday,
        ),
    ]


def _of_longer() -> list[_Rule]:
    """The rules of quarters, halves, seasons, decades and centuries."""
    season, any_case = "|".join(words.SEASONS), re.IGNORECASE
    return [
        _rule(rf"(?<!\w)(?:the )?(?P<n>{words.ORDINAL})[ -]century(?!\w)", _century, any_case),
        _rule(
            r"(?<![\w’'])(?:the )?(?:(?P<year>1[5-9][0-9]0|20[0-9]0)[’']?s|[’'‘](?P<short>[2-9]0)[’']?s|"
            rf"(?P<word>{words.DECADE_WORD}))(?!\w)",
            _decade,
            any_case,
        ),
        _rule(
            r"(?<!\w)(?:the )?(?:(?P<quarter>first|second|third|fourth|last|final|[1-4](?:st|nd|rd|th)) quarter|"
            r"(?P<half>first|second|last|final) half) (?:of|in) (?:the (?:calendar )?year )?"
            rf"(?:{_Y}|(?P<relative>this|last|next) year){_END}",
            _quarter,
            any_case,
        ),
        _rule(rf"(?<!\w)(?P<letter>[QH])(?P<n>[1-4])[ ,]\s?{_Y}{_END}", _short_quarter),
        _rule(rf"(?<!\w)(?:the )?(?:{season})(?: of|,)?\s+{_Y}{_END}", _season, any_case),
    ]


def _of_years() -> list[_Rule]:
    """The rules of years, fiscal years and ranges of years."""
    any_case = re.IGNORECASE
    return [
        _rule(
            r"(?<!\w)(?:the )?(?:(?:fiscal|financial)(?: year)?s?|FY)\s?(?P<year>[0-9]{4}|[0-9]{2})"
            rf"(?:[-–/](?P<to>[0-9]{{4}}|[0-9]{{2}}))?{_END}",
            _fiscal_year,
            any_case,
        ),
        _rule(rf"{_NO_DIGIT}{_Y}\s?[-–/]\s?(?P<to>[12][0-9]{{3}}|[0-9]{{2}}){_END}", _years_from_to),
        _rule(rf"(?<=from ){_Y}\s+(?:to|until|through)\s+(?P<to>[12][0-9]{{3}}){_END}", _years_from_to, any_case),
        _rule(rf"(?<=between ){_Y}\s+and\s+(?P<to>[12][0-9]{{3}}){_END}", _years_from_to, any_case),
        _rule(rf"{_NO_DIGIT}{_Y}{_END}", _year),
    ]


def _by_date() -> list[_Rule]:
    """The rules of what the date of the document resolves, and of what nothing does."""
    number, season, any_case = words.NUMBER, "|".join(words.SEASONS), re.IGNORECASE
    return [
        _rule(
            r"(?<!\w)(?:the day before yesterday|the day after tomorrow|yesterday|tomorrow|today|tonight|"
            r"this (?:morning|afternoon|evening)|last night)(?!\w)",
            _today,
            any_case,
        ),
        _rule(
            rf"(?<!\w)(?P<which>{_RELATIVE}) (?:(?:fiscal|financial|calendar|academic) )?(?P<unit>{_UNIT})(?![\w-])",
            _relative,
            any_case,
        ),
        _rule(rf"(?<!\w)(?P<which>last|this|next) (?:{season})(?!\w)", _relative_season, any_case),
        _rule(
            rf"(?<!\w)(?P<n>an?|{number})\s+(?P<unit>{_UNIT}s?)\s+(?P<word>ago|from now|hence|earlier|later)(?!\w)",
            _ago,
            any_case,
        ),
        _rule(
            r"(?<!\w)(?:the|these|our|his|her|their)\s+(?P<which>last|past|previous|preceding|next|coming|following)\s+"
            rf"(?:(?P<n>{number})|few|several|couple of|many)\s+"
            r"(?P<unit>(?:day|week|month|year|decade|centurie)s)(?!\w)",
            _window,
            any_case,
        ),
        _rule(r"(?<!\w)recent (?:days|weeks|months|years|decades|times|memory|history)(?!\w)", _vague, any_case),
        _rule(
            r"(?<!\w)the recent (?:session|meeting|summit|visit|talks|conference|elections?|debate|events)(?!\w)",
            _vague,
            any_case,
        ),
        _rule(
            # "Now, let me say" opens a sentence and tells no time.
            r"(?<!\w)(?:(?i:recent|recently|currently|nowadays|at present|at the moment)|(?<!as )soon|now)(?!\w)",
            _vague,
        ),
    ]
