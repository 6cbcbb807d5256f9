"""What the match of a pattern means where the date of the document tells it: "last year", "on Tuesday", "in March"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from research.nlp.times import fiscal, periods, words
from research.nlp.times.nowadays import is_nowadays
from research.nlp.times.periods import CENTURY, DAY, DECADE, FORTNIGHT, MONTH, WEEK, YEAR, Moment, Period
from research.nlp.times.readers import BY_DATE, IN_TEXT, SHIFT, Context, Found, day_of_month, days_of, month_of
from research.nlp.times.tenses import FUTURE, PAST, is_ahead, is_deadline, tense


def _which(match: re.Match[str]) -> str:
    return " ".join(match["which"].lower().split()).removeprefix("the ")


def relative(match: re.Match[str], context: Context) -> Found:
    """*Last year*, *this month*, *next week*; *the next day* hangs on the text and is no time of its own."""
    unit, which = words.UNITS[match["unit"].lower()], _which(match)
    article = match["which"].lower().startswith("the")
    if _OR_SO.match(context.text, match.end()):
        return None, None
    if article and which in ("last", "next") and unit in (DAY, WEEK, MONTH):
        within = _WITHIN.search(context.text, max(0, match.start() - 8), match.start())
        if unit == DAY or not within or _OF.match(context.text, match.end()):
            return None  # "the last day of the session", "the next week it rained"
    if context.moment is None:
        return None, BY_DATE
    stretch = which in ("past", "this past") or (article and which == "last" and unit != CENTURY)
    if not match["kind"] and (stretch or (article and which == "next" and unit != CENTURY)):
        if match["half"] and unit == YEAR:
            return periods.window(context.moment, MONTH, 18 if which == "next" else -18), BY_DATE
        return periods.window(context.moment, unit, 1 if which == "next" else -1), BY_DATE
    if match["half"]:
        return None, None
    if match["kind"] and match["kind"].lower() in ("fiscal", "financial"):
        return fiscal.away(context.moment, -1 if "past" in which else SHIFT.get(which, 0), context.text), BY_DATE
    return periods.away(context.moment, unit, {"past": -1, "this past": -1}.get(which, SHIFT.get(which, 0))), BY_DATE


_WITHIN = re.compile(r"\b(?:in|within|over|during|for)\s+\Z", re.IGNORECASE)
_OF = re.compile(r"\s+(?:of|before|after)\b")
_OR_SO = re.compile(r"\s+or\s+(?:two|so|more|three)\b")
"""After "the last week" these leave open how long."""


def part_of_this(match: re.Match[str], context: Context) -> Found:
    """*The end of the year*, *later in the month*: that of the document, where the sentence speaks of no other year."""
    unit, moment = words.UNITS[match["unit"].lower()], context.moment
    if moment is None:
        return None, BY_DATE
    named = _NAMED_YEAR.search(context.text, max(0, match.start() - _BEFORE_THAT), match.start())
    if named and int(named[1]) != moment.year:
        return None
    if match["kind"] and match["kind"].lower() != "calendar":
        return fiscal.away(moment, 0, context.text), BY_DATE
    return periods.away(moment, unit, 0), BY_DATE


_NAMED_YEAR = re.compile(r"\b(?:[Ii]n|[Oo]f|[Dd]uring|[Bb]y)\s+((?:1[89]|20)[0-9]{2})(?![0-9])[^.!?;]*\Z")


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


def relative_season(match: re.Match[str], context: Context) -> Found:
    """*Last winter*, *in the spring*: the months depend on the hemisphere, and in January it may be this one."""
    fall = match["season"].lower() == "fall"
    if fall and _GOES_DOWN.match(context.text, match.end()):
        return None  # "the fall of the wall", "this fall in prices"
    at = match.start("which")
    if match["which"].lower() == "the" and (
        not _BEFORE_SEASON.search(context.text, max(0, at - 12), at)
        or (fall and not _ENDS.match(context.text, match.end()))
    ):
        return None  # "in the fall he broke a leg"
    return None, BY_DATE


_BEFORE_SEASON = re.compile(r"\b(?:in|into|through|during|until|by|over|since|for|of|late|early)\s+\Z", re.IGNORECASE)
_GOES_DOWN = re.compile(r"\s+(?:of|in|from|to)\b(?!\s+[12][0-9]{3})|-")
_ENDS = re.compile(r"\s*[.,;:)?!”\"]|\s+(?:and|or|when|as|if|but|for|election|campaign|term|semester)\b|\s*\Z")


def ago(match: re.Match[str], context: Context) -> Found:
    """*Two years ago*, *a month ago*, *three weeks from now*; *a few days ago* is vague."""
    if match["n"] is None or match["or"]:
        return None, None
    word = match["word"].lower()
    n = 1 if match["n"].lower() in ("a", "an") else words.number(match["n"])
    unit = words.UNITS[match["unit"].lower().removesuffix("s")]
    if context.moment is None:
        return None, BY_DATE
    if unit in _YEARS_IN:  # "two decades ago" is twenty years ago
        n, unit = n * _YEARS_IN[unit], YEAR
        if match["part"]:
            n = n // 4 if "quarter" in match["part"].lower() else n // 2
        elif match["half"] or match["and_a_half"]:
            n += _YEARS_IN[words.UNITS[match["unit"].lower().removesuffix("s")]] // 2
    elif match["part"]:
        return None, None
    elif match["half"] or match["and_a_half"]:
        # Two and a half years ago is the year in which that day was.
        if unit != YEAR or context.moment.month is None:
            return None, BY_DATE
        months = -(12 * n + 6) if word == "ago" else 12 * n + 6
        return periods.of_year((12 * context.moment.year + context.moment.month - 1 + months) // 12), BY_DATE
    if unit == FORTNIGHT:
        unit, n = WEEK, 2 * n
    days = 7 if unit == WEEK else 1  # "a week ago" is that day
    unit = DAY if unit == WEEK else unit
    if match["least"]:
        return _from_to(context.moment, unit, -days * n, -days * words.number(match["least"]), word), BY_DATE
    n *= days
    return periods.away(context.moment, unit, -n if word == "ago" else n), BY_DATE


def _from_to(moment: Moment, unit: str, far: int, near: int, word: str) -> Period | None:
    """Return the stretch of "two or three months ago", or as far ahead."""
    ends = (far, near) if word == "ago" else (-near, -far)
    first, last = (periods.away(moment, unit, n) for n in ends)
    return None if first is None or last is None else periods.joined(first, last)


_YEARS_IN = {DECADE: 10, CENTURY: 100}


def window(match: re.Match[str], context: Context) -> Found:
    """*The past five years*, *the next decade and a half*."""
    which = _which(match)
    if _OF_ITS_OWN.match(context.text, match.end()):
        return None  # "the last two years of his term"
    if match["n"] is None or context.moment is None:
        return None, BY_DATE
    n, unit = words.number(match["n"]), words.UNITS[match["unit"].lower().removesuffix("s")]
    if match["half"]:
        if unit != YEAR:
            return None, BY_DATE
        n, unit = 12 * n + 6, MONTH
    return periods.window(context.moment, unit, n if which in ("next", "coming") else -n), BY_DATE


_OF_ITS_OWN = re.compile(
    r"\s+of\s+(?:his|her|its|their|my|our|the|a|an)\s+(?:[\w-]+\s+)?(?:terms?|lives|life|career|presidency|mandate|tenure|reign|war|"
    r"century|millennium|decade|campaign|session|contract)\b"
)


def part_of_window(match: re.Match[str], context: Context) -> Found:
    """*The past half century*, *the last quarter of a century*."""
    if context.moment is None:
        return None, BY_DATE
    years = _YEARS_IN[match["unit"].lower()] // (2 if match["part"].lower() == "half" else 4)
    return periods.window(
        context.moment, YEAR, years if match["which"].lower() in ("next", "coming") else -years
    ), BY_DATE


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
    if said == "today" and is_nowadays(match, context.text, written=context.written):
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
    if _OF_A_MONTH.match(context.text, match.end()):
        return None  # "the first Tuesday in November"
    moment = context.moment
    if moment is None or moment.today is None:
        return None, BY_DATE
    number, which = words.WEEKDAYS.index(match["weekday"].lower()), (match["which"] or match["after"] or "").lower()
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


_OF_A_MONTH = re.compile(
    r"\s+(?:in|of)\s+(?:each|every|the\s+month|January|February|March|April|May|June|July|August|"
    r"September|October|November|December)\b"
)
_PART_OF_A_NAME = re.compile(r"\b(?:Black|Super|Good|Ash|Bloody|Cyber|Easter|Palm|Holy|Ruby|Happy|Fat|Shrove)\s+\Z")


def month_alone(match: re.Match[str], context: Context) -> Found:
    """*March*, *last March*, *29 September*, *June this year*."""
    moment, given = context.moment, match.groupdict()
    if moment is None or _OF_THAT_YEAR.match(context.text, match.end()):
        return None, BY_DATE
    month, which = month_of(match), (given.get("which") or given.get("after") or "").lower()
    day = day_of_month(match) if given.get("day") or given.get("nth") else None
    if (month, day) == (9, 11) and moment.last > _ATTACKS and _is_of_the_attacks(match, context):
        return periods.of_day(2001, 9, 11), BY_DATE
    if given.get("whose"):
        year: int | None = moment.year + SHIFT[given["whose"].lower()]
    else:
        year = moment.year if which == "this" else _year_of_month(month, which, match, context)
        if year is not None and day is not None and not which and moment.today is not None:
            year = _nearest_year(year, month, day, moment.today)
    if year is None:
        return None, BY_DATE
    if day is None:
        return periods.of_months(year, month, 1, MONTH), BY_DATE
    found = days_of(match, year, month)
    return None if found is None else (found, BY_DATE)


_ATTACKS = date(2001, 9, 11)
_ATTACK = re.compile(
    r"\b(?:attacks?|attacked|terror\w*|tragic|tragedy|tragedies|horr\w+|atrocit\w+|World\s+Trade\s+Cent|[Tt]win\s+[Tt]owers|"
    r"events\s+of)\b"
)


_LONG_AFTER, _SOME_WEEKS = date(2006, 1, 1), 60
"""In these years "the 11th of September" was that of 2001, but in the weeks around another one."""
_LANDMARK = re.compile(
    r"\b(?:since|result\s+of|wake\s+of|aftermath\s+of|consequence\s+of|light\s+of|post|pre|victims\s+of|lessons\s+of|before)"
    r"[\s-]+(?:the\s+)?\Z",
    re.IGNORECASE,
)
"""Before "11 September" these look back at the day from which much else is reckoned."""


def _is_of_the_attacks(match: re.Match[str], context: Context) -> bool:
    """Whether "11 September" is the name of the attacks of 2001, as the words around it tell."""
    if _ATTACK.search(context.text, max(0, match.start() - 90), match.end() + 60) is not None:
        return True
    if _LANDMARK.search(context.text, max(0, match.start() - 24), match.start()) is not None:
        return True
    today = context.moment.today if context.moment else None
    if today is None or "the" not in match[0].lower() or not _ATTACKS < today < _LONG_AFTER:
        return False
    return min(abs((date(year, 9, 11) - today).days) for year in (today.year - 1, today.year)) > _SOME_WEEKS


_OF_THAT_YEAR = re.compile(r",?\s+(?:of\s+)?(?:that|the\s+same|the\s+following|the\s+previous)\s+year\b")


_NEAR = timedelta(days=75)


def _nearest_year(year: int, month: int, day: int, today: date) -> int:
    """Return the year that brings a day near to another, or else the one that the sentence tells.

    Nobody leaves out the year of a day that is long ago, so a day that is near outweighs a tense.
    """
    found = {it.start: it.start.year for n in (-1, 0, 1) if (it := periods.of_day(year + n, month, day)) and it.start}
    nearest = min(found, key=lambda it: (abs(it - today), it), default=None)
    return year if nearest is None or abs(nearest - today) > _NEAR else found[nearest]


_HOLIDAYS = {
    "new year's eve": (12, 31),
    "new year's day": (1, 1),
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "christmas": (12, 25),
    "boxing day": (12, 26),
    "valentine's day": (2, 14),
    "halloween": (10, 31),
    "fourth of july": (7, 4),
    "july fourth": (7, 4),
    "cinco de mayo": (5, 5),
    "anzac day": (4, 25),
    "australia day": (1, 26),
}
"""Days of the calendar that are called by a name, each with its month and day."""


def holiday(match: re.Match[str], context: Context) -> Found:
    """*New Year's Eve*, *Christmas*: the nearest one."""
    name = " ".join(match[0].lower().replace("’", "'").split())
    if _GOES_ON.match(context.text, match.end()) or (
        name == "christmas" and not _BEFORE_CHRISTMAS.search(context.text, max(0, match.start() - 12), match.start())
    ):
        return None
    moment = context.moment
    if moment is None or moment.today is None:
        return None, BY_DATE
    month, day = _HOLIDAYS[name.removeprefix("the ")]
    today, past = moment.today, tense(match, context.text) == PAST
    ones = (periods.of_day(moment.year + n, month, day) for n in (-1, 0, 1))
    days = [it.start for it in ones if it and it.start and (it.start <= today or not past)]
    nearest = min(days, key=lambda it: (abs(it - today), it), default=None)
    return None if nearest is None else periods.of_day(nearest.year, month, day), BY_DATE


_BEFORE_CHRISTMAS = re.compile(
    r"\b(?:before|by|after|at|since|until|till|over|this|last|next|during|around|between)\s+\Z", re.IGNORECASE
)
_GOES_ON = re.compile(
    r"\s+[A-Z]|\s+(?:(?:is|was)\s+(?:a|the)\b|party|parties|cards?|trees?|carols?|presents?|gifts?|address|message)"
)


def day_of_this_month(match: re.Match[str], context: Context) -> Found:
    """*The 28th of this month*."""
    moment = context.moment
    if moment is None or moment.month is None:
        return None, BY_DATE
    year, month = divmod(12 * moment.year + moment.month - 1 + SHIFT[match["which"].lower()], 12)
    found = periods.of_day(year, month + 1, day_of_month(match))
    return None if found is None else (found, BY_DATE)


def _year_of_month(month: int, which: str, match: re.Match[str], context: Context) -> int | None:
    """Return the year of a month that is named without it; None where the document has no month itself."""
    moment = context.moment
    if moment is None:
        return None
    if moment.month is None:  # the year of the document; but "last June" may be this one or that of the year before
        return None if not match.groupdict().get("day") and which in ("last", "past", "next", "coming") else moment.year
    if (named := _IN_A_YEAR.search(context.text, max(0, match.start() - _BEFORE_THAT), match.start())) and not which:
        return int(named[1])
    since = (moment.month - month) % 12
    past = which in ("last", "past")
    if not which and is_deadline(match, context.text):
        return moment.year + (month < moment.month) if since > _JUST_OVER else moment.year - (month > moment.month)
    future = which in ("next", "coming") or (not past and is_ahead(match, context.text, whole=True))
    if past and month == moment.month:
        return moment.year - 1
    if future:
        return moment.year + (month < moment.month)
    last = moment.year - (month > moment.month)
    after = _AFTER_AN_EVENT.search(context.text, max(0, match.start() - _BEFORE_IT), match.start())
    return last if past or since <= _HALF_A_YEAR or after or tense(match, context.text) == PAST else last + 1


_IN_A_YEAR = re.compile(
    r"(?:\A|[.!?”\"]\s+|\n)(?:But\s+|And\s+)?[Ii]n\s+((?:19|20)[0-9]{2})(?!\s+(?:and|or|to)\b)[^.!?]*\Z"
)
"""A sentence that begins like this speaks of that year: "In 2012, they spent it all in April"."""
_BEFORE_THAT = 160
_AFTER_AN_EVENT = re.compile(r"\bsince\b[^.;,]*\Z|\b(?:after|following)\s+(?!(?:the\s+)?\Z)[^.;,]*\Z")


_HALF_A_YEAR, _JUST_OVER = 6, 3
"""Months: half a year ago is nearer than half a year ahead; "by January" in March looks back."""
_BEFORE_IT = 60


def month_with_word(match: re.Match[str], context: Context) -> Found:
    """A month alone counts only after a preposition or the like: "April said", "May we", "August body"."""
    before = context.text[max(0, match.start() - 24) : match.start()]
    if _EACH.search(before) or _ISLAND.match(context.text, match.end()):
        return None  # "every March"
    if match["month"] not in _ONLY_MONTHS and _NAME_AFTER.match(context.text, match.end()):
        return None  # "April Okell said"
    if match["month"] in _ONLY_MONTHS and not _NAMED.search(before):
        return month_alone(match, context)
    if not match["which"] and _POSSESSIVE.match(context.text, match.end()):
        return month_alone(match, context)
    adjective = _THE.search(before) and _NOUN.match(context.text, match.end())
    if not match["which"] and not adjective and not _BEFORE_MONTH.search(before):
        return None
    return month_alone(match, context)


_NAME_AFTER = re.compile(r"\s+[A-Z]")
_EACH = re.compile(r"\b(?:every|each|any|that|Black)\s+\Z")
_ONLY_MONTHS = frozenset(("January", "February", "September", "October", "November", "December"))
"""Nothing else has these names."""
_ISLAND = re.compile(r"\s+(?:Island|Revolution|Group|Movement|Surprise)\b")
_POSSESSIVE = re.compile(r"[’']s\s+[a-z]")
_THE = re.compile(r"\b(?:the|an?|its|his|her|their|our|my|that|[\w]+[’']s?)\s+\Z", re.IGNORECASE)
_NOUN = re.compile(
    r"\s+(?!to\b|on\b|of\b|for\b|and\b|in\b|from\b|has\b|was\b|is\b|be\b|body\b|with\b|at\b|by\b)[a-z]{4,}"
)
"""After "the April" these make it a month: "the April summit"."""


_BEFORE_MONTH = re.compile(
    r"\b(?:in|since|until|till|by|of|during|from|to|through|before|after|early|late|mid|mid-|between|and|for|this)"
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


_ONLY_NOW = re.compile(
    r",?\s+(?:more\s+than\s+ever|as\s+(?:never\s+before|before|then)|and\s+then)\b|\s+is\s+the\s+(?:time|moment|hour)\b"
)
"""After "Now" these speak of the time."""
_SPEAKS = re.compile(
    r",?\s+(?:I\b|I[’']|we\b|you\b|you[’']|let\b|look\b|if\b|when\b|what\b|why\b|how\b|who\b|that\b|don[’']t\b|remember\b|"
    r"there[’']s\b|listen\b|imagine\b|do\b|is\b|are\b|as\s+for\b|keep\b|to\b|in\s+fairness\b|of\s+course\b|then\b|granted\b)|"
    r"\s+[A-Z][a-z]+\b(?!\s+(?:is|are|has|have|wants?|says?|will|must|faces?|’s|'s)\b)|\s*[:!?]"
)
"""After "Now" these go on with a speech, or a name: "Now, what is this?", "Now Magazine"."""


_TURNS = re.compile(
    r"\b(?:I|we|us|me)(?:\s+(?:will|shall|should|would|want|wish|like|must|can|may|to)){0,3}\s+(?:turn|come|move|pass|go)\s+\Z"
)
_TO = re.compile(r"\s+to\b")


def now(match: re.Match[str], context: Context) -> Found:
    """Return no period; "I now come to" and "Now, let me" order a speech and are no times."""
    if match[0] == "Now" and not _ONLY_NOW.match(context.text, match.end()):
        named = _NAMED.search(context.text, max(0, match.start() - 24), match.start())
        if named or not context.written or _SPEAKS.match(context.text, match.end()):
            return None
    before = context.text[max(0, match.start() - 40) : match.start()]
    if _ORDERS.search(before) and _ORDERED.match(context.text, match.end()):
        return None
    if _TURNS.search(before) and _TO.match(context.text, match.end()):
        return None
    return None, None


def vague(_: re.Match[str], __: Context) -> Found:
    """Return no period: "recently", "now"."""
    return None, None
