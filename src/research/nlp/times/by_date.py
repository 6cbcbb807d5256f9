"""What the match of a pattern means where the date of the document tells it: "last year", "on Tuesday", "in March"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from research.nlp.times import periods, words
from research.nlp.times.periods import CENTURY, DAY, FORTNIGHT, MONTH, WEEK, YEAR
from research.nlp.times.readers import BY_DATE, IN_TEXT, SHIFT, Context, Found, month_of
from research.nlp.times.tenses import FUTURE, PAST, is_ahead, is_deadline, is_nowadays, tense


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
    return periods.away(context.moment, unit, {"past": -1, "this past": -1}.get(which, SHIFT.get(which, 0))), BY_DATE


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


_OVER = re.compile(r"\b(?:over|during|on|at|of|for|until|by|before|since|through)\s+\Z", re.IGNORECASE)
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
    if match[0][0].isupper() and (
        _NAMED.search(context.text, max(0, match.start() - 24), match.start())
        or _QUOTED.match(context.text, match.end())
        or _SHOW.match(context.text, match.end())
    ):
        return None  # "USA Today"
    if said == "today" and is_nowadays(match, context.text):
        return None, None
    if context.moment is None:
        return None, BY_DATE
    return periods.away(context.moment, DAY, _DAYS.get(said) or _DAYS.get(said.partition(" ")[0], 0)), BY_DATE


_NAMED = re.compile(r"\b(?!(?:At|For|On|In|Of|And|The|Is|Are|To|By|From|But|Until|Since|With)\b)[A-Z][A-Za-z&-]*\s+\Z")
"""Before a word with a capital: it goes on with a name."""


_QUOTED = re.compile(r"[,.]?(?:''|”|\"|’(?!s))")
_SHOW = re.compile(r"\s+(?:show|program(?:me)?|anchor|host)\b")


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
    month, day, which = month_of(match), given.get("day"), (given.get("which") or "").lower()
    if (month, day) == (9, "11") and moment.last > _ATTACKS and _is_of_the_attacks(match, context):
        return periods.of_day(2001, 9, 11), BY_DATE
    if given.get("whose"):
        year: int | None = moment.year + SHIFT[given["whose"].lower()]
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


_ATTACKS = date(2001, 9, 11)
_ATTACK = re.compile(
    r"\b(?:attacks?|attacked|terror\w*|tragic|tragedy|tragedies|horr\w+|atrocit\w+|World\s+Trade\s+Cent|[Tt]win\s+[Tt]owers|"
    r"events\s+of)\b"
)


def _is_of_the_attacks(match: re.Match[str], context: Context) -> bool:
    """Whether "11 September" is the name of the attacks of 2001, as the words around it tell."""
    return _ATTACK.search(context.text, max(0, match.start() - 90), match.end() + 60) is not None


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
    year, month = divmod(12 * moment.year + moment.month - 1 + SHIFT[match["which"].lower()], 12)
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


_TURNS = re.compile(
    r"\b(?:I|we|us|me)(?:\s+(?:will|shall|should|would|want|wish|like|must|can|may|to)){0,3}\s+(?:turn|come|move|pass|go)\s+\Z"
)
_TO = re.compile(r"\s+to\b")


def now(match: re.Match[str], context: Context) -> Found:
    """Return no period; "I now come to" orders a speech and is no time."""
    before = context.text[max(0, match.start() - 40) : match.start()]
    if _ORDERS.search(before) and _ORDERED.match(context.text, match.end()):
        return None
    if _TURNS.search(before) and _TO.match(context.text, match.end()):
        return None
    return None, None


def vague(_: re.Match[str], __: Context) -> Found:
    """Return no period: "recently", "now"."""
    return None, None
