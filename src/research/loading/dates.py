"""Parse dates as people write them into as much of an ISO 8601 date as they state. A day is never guessed.

``2023-09-29``, ``29 September 2023``, ``Sept. 29, 2023`` and ``29/09/2023`` give a day, ``September 2023`` a month,
``2023`` a year, and seconds since 1970 their day in UTC. ``06/05/2023`` may be two days: it is parsed where the order
of day and month is known.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Literal, NamedTuple

from research.loading.months import ENGLISH_ABBREVIATIONS, month_numbers

Order = Literal["dmy", "mdy"]
"""Whether the day or the month comes first in ``06/05/2023``."""

_MONTH = r"(MONTH)\.?"
"""``_named_forms`` inserts the names of months, which are loaded on first use."""
_DAY = r"([0-9]{1,2})(?:st|nd|rd|th|er|\.)?"
_CLOCK = r"[0-9]{1,2}[:.h][0-9]{2}"
_TIME = rf"(?:(?:t|,? (?:at )?){_CLOCK}.{{0,60}})?"
_ENGLISH_DAY = "(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_FRENCH_DAY = "(?:lun|mar|mercre|jeu|vendre|same)di|dimanche"
_WEEKDAY = rf"(?:(?:(?:{_ENGLISH_DAY}|{_FRENCH_DAY})[.,]?|[^\W\d_]{{2,14}},) )?"
"""In languages other than English and French a comma follows it."""

_ISO = rf"([0-9]{{4}})([-/.])([0-9]{{1,2}})\2([0-9]{{1,2}}){_TIME}"
_BASIC_TIME = r"(?:[01][0-9]|2[0-3]):?[0-5][0-9](?::?[0-5][0-9](?:[.,][0-9]{1,9})?)?"
_BASIC = rf"([0-9]{{4}})([0-9]{{2}})([0-9]{{2}})(?:[t ]?{_BASIC_TIME}(?:z| ?[+-][0-9]{{2}}(?::?[0-9]{{2}})?)?)?"
_CHINESE = r"([0-9]{4}) ?年 ?([0-9]{1,2}) ?月 ?([0-9]{1,2}) ?日"
_YEAR_MONTH = r"([0-9]{4})-([0-9]{1,2})"
_OF_A_YEAR = r"([0-9]{1,2})[/-]([0-9]{4})"
_YEAR = r"([12][0-9]{3})(?:\.0)?"
_OF = "(?:of |de |del )?"
_DAY_MONTH = rf"{_WEEKDAY}{_DAY}[ /-]{_OF}{_MONTH}(?:,? |[,/-]){_OF}([0-9]{{4}})(?: г(?:\.|ода)| р(?:\.|оку))?{_TIME}"
_MONTH_DAY = rf"{_WEEKDAY}{_MONTH} {_DAY}(?:, ?| )([0-9]{{4}}){_TIME}"
_YEAR_LAST = rf"{_WEEKDAY}{_MONTH} {_DAY} {_CLOCK}(?::[0-9]{{2}})? (?:[a-z]{{3,4}}|[+-][0-9]{{4}}) ([0-9]{{4}})"
_MONTH_YEAR = rf"{_MONTH},? {_OF}([0-9]{{4}})"
_NUMBERS = rf"([0-9]{{1,2}})([/.-])([0-9]{{1,2}})\2([0-9]{{4}}){_TIME}"
_SECONDS = r"(1[0-9]{9})(?:\.[0-9]{1,9}|[0-9]{3})?"
"""Since 1970, or thousandths of them."""

_CALLED = re.compile(r"^(?:date|dated|posted|published|released)(?: on)?:? ")
_LONGEST = 80


def read_date(written: str, order: Order | None = None) -> str | None:
    """Return the date that is written, or None where it is no date or day and month cannot be told apart.

    >>> read_date("Sept. 29, 2023"), read_date("15/06/1996"), read_date("06/05/2023"), read_date("06/05/2023", "dmy")
    ('2023-09-29', '1996-06-15', None, '2023-05-06')
    """
    text = " ".join(written[: 2 * _LONGEST].lower().split())
    if len(text) > _LONGEST:
        return None
    text = _CALLED.sub("", text)
    if found := _in_one_of(_FORMS, text):
        return _date_in(*found)
    if match := _ALONE.fullmatch(text):
        return match[1]
    if match := _INSTANT.fullmatch(text):
        return _day_of_instant(match[1])
    if match := _ALL_NUMBERS.fullmatch(text):
        return _of_numbers(match, order)
    if _MAY_NAME_A_MONTH.search(text) and (found := _in_one_of(_named_forms(), text)):
        return _date_in(*found)
    return None


class _Form(NamedTuple):
    """A way to write a date, and which groups of the pattern are the year, the month and the day."""

    pattern: re.Pattern[str]
    year: int
    month: int
    day: int | None


_FORMS = [
    _Form(re.compile(pattern), *groups)
    for pattern, *groups in (
        (_ISO, 1, 3, 4),
        (_BASIC, 1, 2, 3),
        (_CHINESE, 1, 2, 3),
        (_YEAR_MONTH, 1, 2, None),
        (_OF_A_YEAR, 2, 1, None),
    )
]
_MAY_NAME_A_MONTH = re.compile(r"[^\W\d_].*[0-9]{4}")


@cache
def _named_forms() -> list[_Form]:
    """The forms that spell the month."""
    names = "|".join(sorted(month_numbers(), key=len, reverse=True))
    forms = ((_DAY_MONTH, 3, 2, 1), (_MONTH_DAY, 3, 1, 2), (_YEAR_LAST, 3, 1, 2), (_MONTH_YEAR, 2, 1, None))
    return [_Form(re.compile(pattern.replace("MONTH", names)), *groups) for pattern, *groups in forms]


def _in_one_of(forms: Iterable[_Form], text: str) -> tuple[_Form, re.Match[str]] | None:
    return next(((form, match) for form in forms if (match := form.pattern.fullmatch(text))), None)


def _date_in(form: _Form, match: re.Match[str]) -> str | None:
    year, month = match[form.year], match[form.month]
    number = month if month.isdecimal() else month_numbers()[month]
    return _month(year, number) if form.day is None else _day(year, number, match[form.day])


_ALONE, _INSTANT, _ALL_NUMBERS = map(re.compile, (_YEAR, _SECONDS, _NUMBERS))


def _day_of_instant(seconds: str) -> str | None:
    """The day in UTC; None for a number that may also be a day and an hour (``1999123123``)."""
    if "01" <= seconds[4:6] <= "12" and "01" <= seconds[6:8] <= "31" and seconds[8:] <= "23":
        return None
    return (date(1970, 1, 1) + timedelta(seconds=int(seconds))).isoformat()


def is_date(written: str) -> bool:
    """Whether this is a date, even one whose day and month could be swapped."""
    return read_date(written) is not None or is_unclear(written)


def is_day(written: str) -> bool:
    """Whether this is the date of a day, even one of two possible days."""
    return len(read_date(written) or "") == len("2023-09-29") or is_unclear(written)


def _of_numbers(match: re.Match[str], order: Order | None) -> str | None:
    first, second, year = match[1], match[3], match[4]
    by_order = {"dmy": _day(year, second, first), "mdy": _day(year, first, second)}
    if order is not None:
        return by_order[order]
    possible = {day for day in by_order.values() if day is not None}
    return possible.pop() if len(possible) == 1 else None


def bounds(date: str) -> tuple[str, str]:
    """Return the first and the last day that a date can be: for ``2016``, 1 January and 31 December."""
    if len(date) == len("2016"):
        return f"{date}-01-01", f"{date}-12-31"
    if len(date) == len("2016-03"):
        return f"{date}-01", f"{date}-{monthrange(int(date[:4]), int(date[5:]))[1]:02}"
    return date, date


def earliest(dates: Iterable[str]) -> list[str]:
    """Return the dates that may be the earliest, the least exact first; a single one where the order is known.

    Of ``2016`` and ``2016-03-01`` either may be. A day that its year begins with is before the rest of that year.

    >>> earliest(["2016", "2016-03-01", "2016-05"]), earliest(["2016", "2016-01-01"])
    (['2016', '2016-03-01'], ['2016-01-01'])
    """
    days = {date: bounds(date) for date in dates}
    surely_by = min(last for _, last in days.values())
    may_be = [date for date, (first, _) in days.items() if first <= surely_by]
    return _in_question(may_be, surely_by, min(days[date][0] for date in may_be))


def latest(dates: Iterable[str]) -> list[str]:
    """Return the dates that may be the latest, as ``earliest`` does."""
    days = {date: bounds(date) for date in dates}
    surely_from = max(first for first, _ in days.values())
    may_be = [date for date, (_, last) in days.items() if last >= surely_from]
    return _in_question(may_be, surely_from, max(days[date][1] for date in may_be))


def _in_question(may_be: list[str], surely: str, at_most: str) -> list[str]:
    """The dates that may be an end; all hold the day ``surely``, which alone counts if none reaches further."""
    return [surely] if surely == at_most and surely in may_be else sorted(may_be, key=len)


def order_shown(written: str) -> Order | None:
    """The order of day and month that a date of numbers must have, such as ``29/09/2023``."""
    by_order: dict[Order, str | None] = {"dmy": read_date(written, "dmy"), "mdy": read_date(written, "mdy")}
    possible: list[Order] = [order for order, day in by_order.items() if day is not None]
    return possible[0] if len(possible) == 1 else None


def is_unclear(written: str) -> bool:
    """Whether this is a date whose day and month could be swapped."""
    return read_date(written) is None and read_date(written, "dmy") is not None


def order_of(shown: Iterable[Order]) -> Order | None:
    """The one order that all dates of a collection can have; None where they show none, or both."""
    orders = set(shown)
    return orders.pop() if len(orders) == 1 else None


class Orders:
    """The order of day and month in each file of a collection: as the owner says, or as its dates show.

    A file follows its own dates: one person or one program wrote the table, whatever others do. A file that shows no
    order follows all others if they agree; a file that shows both has none. Dates with another separator show nothing:
    ``03.04.2031`` beside ``04/25/2031`` may well be written the other way round.
    """

    def __init__(self, said: Order | None = None) -> None:
        self.said = said
        self._shown: dict[tuple[str, str | None], set[Order]] = {}

    def see(self, path: str, written: str) -> None:
        """Record a date that occurs in a file."""
        if (order := order_shown(written)) is not None:
            for place in (path, None):
                self._shown.setdefault((_sign_of(written), place), set()).add(order)

    def of(self, path: str, written: str) -> Order | None:
        """The order of a date that occurs in a file, as far as it is known."""
        own = self._shown.get((_sign_of(written), path))
        return self.said or order_of(own or self.shown(written))

    def shown(self, written: str) -> set[Order]:
        """All orders that dates of the collection with the same separator show."""
        return self._shown.get((_sign_of(written), None), set())


_FIRST_SIGN = re.compile(r"(?<=[0-9])[/.-](?=[0-9])")


def _sign_of(written: str) -> str:
    """The separator between the first two numbers of a date; empty where there is none."""
    sign = _FIRST_SIGN.search(written, 0, 2 * _LONGEST)
    return sign[0] if sign is not None else ""


_DAYS_IN_NAME = [
    re.compile(rf"(?<![0-9])(?P<year>[12][0-9]{{3}}){pattern}(?![0-9])")
    for pattern in (
        r"(?P<sign>[-_. ])(?P<month>[0-9]{2})(?P=sign)(?P<day>[0-9]{2})",
        r"(?P<month>[0-9]{2})(?P<day>[0-9]{2})[Tt][0-9]{4}(?:[0-9]{2})?",
        r"年(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})日",
    )
]
_UNCLEAR_IN_NAME = re.compile(r"(?<![0-9])(?<![0-9][-.])[0-9]{2}([-.])[0-9]{2}\1[12][0-9]{3}(?!\1?[0-9])")
_CHANGE = re.compile(r"(?<=[0-9])(?=[^\W\d_])(?!(?:st|nd|rd|th)\b)|(?<=[^\W\d_])(?=[0-9])")
"""Where a number and a word meet: ``12May2031``."""
_ABBREVIATED = set(ENGLISH_ABBREVIATIONS) - {"mar", "sept"}
_MONTH_IN_NAME = re.compile(r"(?<![0-9])([12][0-9]{3})[-_]([0-9]{2})(?![0-9]|[-_][0-9])")
_FOUR_DIGITS = re.compile(r"[0-9]{4}")
_NUMBER = re.compile(r"[0-9]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_YEAR_ALONE = re.compile(r"(?:1[89]|20)[0-9]{2}")
_ALIKE = 3
"""How many names of one pattern must have a year in the same place for it to be a date beside a hyphen or a blank."""
_FIELD_ENDS = "_()[]"
"""The characters that delimit a field of a name."""
_NUMBERED = (
    *("act", "agenda", "article", "bill", "decree", "directive", "document", "goal", "goals", "horizon", "law", "no"),
    *("number", "page", "plan", "res", "resolution", "strategy", "target", "targets", "vision"),
)
# "Agenda 2030", "resolution 1973" and "2030 Agenda" are names of things.
_NUMBER_OF_A_THING = re.compile(
    rf"(?<![^\W\d_])(?:{'|'.join(_NUMBERED)})[-_. ]?[0-9]+"
    r"|[0-9]+[-_. ](?:agenda|goals|strategy|targets|vision)(?![^\W\d_])",
    re.IGNORECASE,
)


def dates_in_names(names: Iterable[str]) -> dict[str, str]:
    """Return the dates that the names of a collection's files state, by name.

    A plain number is a year (``2020``) or a day (``20160912``) only if it is one in every name of the same pattern:
    ``speech_1999`` beside ``speech_0007`` is the number of a speech. A year must be a field of the name, delimited by
    ``_``, brackets or the ends of the name; beside a hyphen or a blank it counts where three names have it there. In
    ``agenda-2030`` and ``resolution_1973`` the number belongs to the name of a thing and is no date. ``12-05-2031`` is
    returned as written, because the whole collection tells whether the day or the month is first.

    >>> dates_in_names(["outlet_2016-09-12_title", "KAZ_75_2020", "ALB_28_1973", "speech-1999", "speech-0007"])
    {'outlet_2016-09-12_title': '2016-09-12', 'ALB_28_1973': '1973', 'KAZ_75_2020': '2020'}
    """
    found: dict[str, str] = {}
    builds: dict[str, dict[str, list[str]]] = {}
    for name in sorted(set(names)):
        stated = _stated_in(name)
        if stated is not None:
            found[name] = stated
        else:
            dated = _NUMBER_OF_A_THING.sub("a", name)
            build = _NUMBER.sub("0", _LETTERS.sub("a", dated))
            builds.setdefault(build, {})[name] = _NUMBER.findall(dated)
    for build, numbers in builds.items():
        found |= _numbers_that_are_dates(build, numbers)
    return found


def date_of_folders(folders: Sequence[str]) -> str | None:
    """Return the one day that the folders of a file state, as archives by day have them; None where there is none.

    >>> date_of_folders(["Ossel", "2031", "June", "28"]), date_of_folders(["2031", "06"])
    ('2031-06-28', None)
    >>> date_of_folders(["debates", "2031-06-28"])
    '2031-06-28'
    """
    own = [folder for folder in folders if _OF_A_COPY.search(folder) is None]
    days = {stated for folder in own if (stated := _stated_in(folder)) and len(stated) == len("2031-06-28")}
    for year, month, day in zip(folders, folders[1:], folders[2:], strict=False):
        if _YEAR_ALONE.fullmatch(year) and _DAY_ALONE.fullmatch(day):
            number = month if _DAY_ALONE.fullmatch(month) else month_numbers().get(month.lower())
            if number is not None and (stated := _day(year, number, day)) is not None:
                days.add(stated)
    return days.pop() if len(days) == 1 else None


_DAY_ALONE = re.compile(r"[0-9]{1,2}")
_OF_A_COPY = re.compile(
    r"access|archived|backup|collected|copy|crawl|download|dump|export|fetch|retriev|saved|scrape|snapshot",
    re.IGNORECASE,
)
"""In names of folders whose day is that of a copy, and not of the documents: "export 2031-06-28"."""


def _stated_in(name: str) -> str | None:
    """The one day, or else the one month, that a name states, apart from the order of day and month."""
    days = {_day(match["year"], match["month"], match["day"]) for it in _DAYS_IN_NAME for match in it.finditer(name)}
    days |= {match[0] if is_date(match[0]) else None for match in _UNCLEAR_IN_NAME.finditer(name)}
    words = _CHANGE.sub(" ", re.sub(r"[\W_]+", " ", name)).lower().split()
    for at in range(len(words) - 2):
        first, second, year = words[at : at + 3]
        if not _FOUR_DIGITS.fullmatch(year):
            continue
        months = month_numbers()
        # MAR_28_1973 is Morocco in the 28th session, and 28 Mar 1973 is a day.
        if second in months or (first in months and (len(first) > 3 or first in _ABBREVIATED)):
            days.add(read_date(f"{first} {second} {year}"))
    as_months = {_month(*match.groups()) for match in _MONTH_IN_NAME.finditer(name)}
    for dates in (days - {None}, as_months - {None}):
        if dates:
            return dates.pop() if len(dates) == 1 else None
    return None


def _numbers_that_are_dates(build: str, numbers: Mapping[str, list[str]]) -> dict[str, str]:
    """The dates among the numbers of names of one pattern, at the one position where all names have a date."""
    beside = [(build[: it.start()][-1:], build[it.end() :][:1]) for it in _NUMBER.finditer(build)]
    apart = [at for at, signs in enumerate(beside) if "a" not in signs]
    fields = [at for at in apart if all(sign in _FIELD_ENDS for sign in beside[at])]
    as_days = [at for at in apart if all(len(n[at]) == 8 and read_date(n[at]) for n in numbers.values())]
    as_years = [at for at in apart if all(_YEAR_ALONE.fullmatch(n[at]) for n in numbers.values())]
    if len(numbers) < _ALIKE and len(as_years) == 1:
        as_years = [at for at in as_years if at in fields]
    for chosen in (as_days, as_years):
        if chosen:
            read = {name: read_date(n[chosen[0]]) for name, n in numbers.items()}
            return {name: day for name, day in read.items() if day is not None} if len(chosen) == 1 else {}
    return {}


def _day(year: str, month: str | int, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:  # the calendar has no such day
        return None


def _month(year: str, month: str | int) -> str | None:
    return f"{year}-{int(month):02}" if 1 <= int(month) <= 12 and int(year) else None
