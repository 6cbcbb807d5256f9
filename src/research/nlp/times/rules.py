"""The patterns of time expressions, each with what reads its match."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from research.loading.months import english_months
from research.nlp.times import by_date, readers, words
from research.nlp.times.readers import Read


class Rule(NamedTuple):
    """A pattern, what reads its match, and words in small letters, digits, "0000" or "’00": a match holds one."""

    pattern: re.Pattern[str]
    read: Read
    cues: frozenset[str]


_D = (
    # Scanning leaves "l" or "I" for 1: "Ist July", "l4th February".
    r"(?P<day>0?[1-9]|[12][0-9]|3[01]|[lI](?=st)|[lI][0-9lI](?=th)|[23][lI](?=st))(?:st|nd|rd|th)?"
)
_TO = r"(?:(?:\s?[-–/]\s?|\s+(?:to|through|(?P<and>and|or))\s+)(?P<to>[12]?[0-9]|3[01])(?:st|nd|rd|th)?)?"
_NTH = rf"(?P<nth>{'|'.join(words.ORDINAL_WORDS)})"
_Y = r"(?P<year>1[4-9][0-9]{2}|20[0-9]{2}|21[0-9]{2})"
_NO_DIGIT = r"(?<![\w.,/’'-])"
_END = r"(?![\w/]|[.,][0-9]|-[0-9])"
_RELATIVE = r"(?:the )?(?:last|past|current|present|next|coming|forthcoming|upcoming)|this(?: past)?"
_UNIT = r"(?:day|week|month|quarter|half-year|year|decade|century)"
_WHICH = r"(?:(?P<which>(?i:last|past|next|coming|this))\s+)"

_YEARS, _TWO_DIGITS = frozenset(["0000"]), frozenset(["’00"])
"""For four digits, and for two after an apostrophe."""
_UNITS = frozenset(f"{unit}{s}" for unit in (*words.UNITS, "weekend") for s in ("", "s")) | {"half"}
_SEASONS, _WEEKDAYS = frozenset(words.SEASONS), frozenset(words.WEEKDAYS)


@cache
def rules() -> tuple[Rule, ...]:
    """Return every rule, compiled once."""
    return (*_of_days(), *_of_longer(), *_of_years(), *_by_date(), *_so_far_away(), *_vague())


def _rule(pattern: str, read: Read, cues: Iterable[str], flags: int = 0) -> Rule:
    # Between words there may be a line break; a class of characters and a look-behind keep their blank.
    spaced = re.sub(r"(?<!\[)(?<!from)(?<!between)(?<!\]ost)(?<!\]s)(?<!0s)(?<!0s and) ", r"\\s+", pattern)
    return Rule(re.compile(spaced, flags), read, frozenset(cues))


def _of_days() -> list[Rule]:
    """The rules of days and months."""
    names = sorted(english_months(), key=len, reverse=True)
    month = rf"(?P<month>{'|'.join([*map(str.capitalize, names), *map(str.upper, names)])})\b(?:\.(?=[ ,]?\s?[0-9]))?"
    whole = [name.capitalize() for name in names if len(name) > len("sept") or name in ("may", "june", "july")]
    weekday = "|".join(it.capitalize() for it in words.WEEKDAYS)
    on = rf"(?:(?:(?:[Ll]ast|[Tt]his|[Nn]ext)\s+)?(?:{weekday}),?\s+)?"
    after = r"(?P<after>last|next)(?=[.,;:)]| (?:in|at|to|for|by|the)\b)"
    whose = rf"(?:,? (?:of )?(?P<whose>this|last|next) year| {after})?"
    return [
        _rule(
            rf"{_NO_DIGIT}(?P<year>[12][0-9]{{3}})-(?P<month>[01][0-9])-(?P<day>[0-3][0-9]){_END}",
            readers.day_of_year,
            _YEARS,
        ),
        _rule(rf"{_NO_DIGIT}([0-3]?[0-9])/([0-3]?[0-9])/([12][0-9]{{3}}){_END}", readers.by_slashes, _YEARS),
        _rule(rf"{_NO_DIGIT}9/11{_END}", by_date.eleventh_of_september, "9"),
        _rule(
            rf"(?:{_NO_DIGIT}|(?<=[a-z][-–])){on}(?:the )?{_D}{_TO}(?: of)?\s+{month},?\s+{_Y}{_END}",
            readers.day_of_year,
            names,
        ),
        _rule(rf"(?<!\w){on}{month}\s+{_D}{_TO},?\s+{_Y}{_END}", readers.day_of_year, names),
        _rule(rf"{_NO_DIGIT}{on}(?:the )?{_D}{_TO}(?: of)?\s+{month}{whose}(?!\w)", by_date.month_alone, names),
        _rule(rf"(?<!\w){on}{month}\s+{_D}{_TO}(?![\w%/]|[.,:][0-9]|\s+per ?cent){whose}", by_date.month_alone, names),
        _rule(rf"(?<!\w){month}\s+the\s+(?:{_D}|{_NTH})(?!\w)", by_date.month_alone, names),
        _rule(rf"(?<!\w)(?:the )?{_NTH} of {month}(?:,?\s+{_Y}{_END})", readers.day_of_year, names),
        _rule(rf"(?<!\w)(?:the )?{_NTH} of {month}{whose}(?!\w)", by_date.month_alone, names),
        _rule(rf"(?<!\w){month},?\s+(?:of )?{_Y}{_END}", readers.month_of_year, names),
        _rule(
            rf"(?<!\w){month}(?: to |\s?[-–/]\s?| and ){month.replace('month', 'to')} {_Y}{_END}",
            readers.months_of_year,
            names,
        ),
        _rule(rf"(?<!\w){_WHICH}?(?P<month>{'|'.join(whole)})\b{whose}(?!\s+[0-9]|\w)", by_date.month_with_word, names),
        _rule(
            rf"(?<!\w){_WHICH}?(?P<weekday>{weekday})(?:\s+(?:morning|afternoon|evening|night))?"
            rf"(?: {after})?(?!\w|\s+(?:mornings|afternoons|evenings|nights|Island)\b)",
            by_date.weekday,
            _WEEKDAYS,
        ),
    ]


def _of_longer() -> list[Rule]:
    """The rules of quarters, halves, seasons, decades and centuries."""
    season, any_case = "|".join(words.SEASONS), re.IGNORECASE
    return [
        _rule(
            r"(?<!\w)(?:the )?(?P<which>first|second|third|fourth|opening|last|final|closing|latter) "
            rf"(?P<part>half|quarter|decade) of (?:the (?P<n>{words.ORDINAL})[\s-]{{1,3}}|"
            r"(?P<relative>this|the|the present|the current|the next|the last) )century(?!\w)",
            readers.part_of_century,
            ["century"],
            any_case,
        ),
        _rule(
            r"(?<!\w)(?:the )?(?P<which>first|second|last|latter) half of the "
            r"(?P<year>1[5-9][0-9]0|20[0-9]0)[’']?s(?!\w)",
            readers.half_of_decade,
            ["half"],
            any_case,
        ),
        _rule(
            r"(?<!\w)(?:the|these|this)\s+(?P<which>last|past|next|coming) "
            r"(?P<part>half|quarter)(?:[ -]|[ -]of[ -])(?:an?[ -])?(?P<unit>century|decade)(?!\w)",
            by_date.part_of_window,
            ["half", "quarter"],
            any_case,
        ),
        _rule(r"(?<=\s)[’'‘](?P<short>[3-9][0-9]|[01][0-9])(?![\w’'])", readers.short_year, _TWO_DIGITS),
        _rule(
            rf"(?<!\w)(?:the )?(?P<n>{words.ORDINAL})[\s-]{{1,3}}century(?!\w)", readers.century, ["century"], any_case
        ),
        _rule(
            r"(?<![\w’'])(?:the )?(?:(?P<year>1[5-9][0-9]0|20[0-9]0)(?:[’']\s?)?s|[’'‘](?P<short>[2-9]0)[’']?s|"
            rf"(?P<word>{words.DECADE_WORD}))(?!\w)",
            readers.decade,
            [*_YEARS, *_TWO_DIGITS, *words.DECADE_WORD.split("|")],
            any_case,
        ),
        # The year is that of the decade before: "the 1960s and 70s".
        _rule(r"(?<=[0-9]0s and )[’'‘]?(?P<short>[2-9]0)[’']?s(?!\w)", readers.second_decade, _YEARS),
        _rule(
            r"(?<!\w)(?:the )?(?:(?P<quarter>first|second|third|fourth|last|final|[1-4](?:st|nd|rd|th)) quarter|"
            r"(?P<half>first|second|last|final) half) (?:of|in) (?:the (?:calendar )?year )?"
            rf"(?:{_Y}|(?P<relative>this|last|next|the) year){_END}",
            readers.quarter,
            ["quarter", "half"],
            any_case,
        ),
        _rule(rf"(?<!\w)(?P<letter>[QH])(?P<n>[1-4])[ ,]\s?{_Y}{_END}", readers.short_quarter, "1234"),
        _rule(rf"(?<!\w)(?:the )?(?:{season})(?: of|,)?\s+{_Y}{_END}", readers.season, _SEASONS, any_case),
        _rule(
            rf"(?<!\w)(?:the )?(?P<which>first|opening|last|final|closing) (?:(?P<n>{words.NUMBER}|few|several) )?"
            rf"(?P<unit>day|week|month|year)s? of (?:{_Y}|(?P<relative>this|last|next|the) (?:calendar )?year){_END}",
            readers.part_of_year,
            _UNITS,
            any_case,
        ),
    ]


def _of_years() -> list[Rule]:
    """The rules of years, fiscal years and ranges of years."""
    any_case = re.IGNORECASE
    return [
        _rule(
            r"(?<!\w)(?:the )?(?:(?:fiscal|financial)(?: year)?s?|FY)\s?(?P<year>[0-9]{4}|[0-9]{2})"
            rf"(?:[-–/](?P<to>[0-9]{{4}}|[0-9]{{2}}))?{_END}",
            readers.fiscal_year,
            ["fiscal", "financial", "fy"],
            any_case,
        ),
        _rule(rf"{_NO_DIGIT}{_Y}\s?[-–/]\s?(?P<to>[12][0-9]{{3}}|[0-9]{{1,2}}){_END}", readers.years_from_to, _YEARS),
        _rule(
            rf"{_NO_DIGIT}{_Y}\s+(?:to|until|through)\s+(?P<to>[12][0-9]{{3}}){_END}",
            readers.years_from_to,
            _YEARS,
            any_case,
        ),
        _rule(rf"(?<=between ){_Y}\s+and\s+(?P<to>[12][0-9]{{3}}){_END}", readers.years_from_to, _YEARS, any_case),
        _rule(rf"(?<!\w)(?:the )?year {_Y}{_END}", readers.named_year, ["year"], any_case),
        _rule(
            rf"{_NO_DIGIT}(?:the )?{_Y}(?:[-–/](?P<to>[0-9]{{4}}|[0-9]{{2}}))? "
            r"(?:fiscal|financial|calendar) years?(?!\w)",
            readers.fiscal_year,
            ["fiscal", "financial", "calendar"],
            any_case,
        ),
        _rule(rf"(?:{_NO_DIGIT}|(?<=[Mm]id-)){_Y}{_END}", readers.year, _YEARS),
    ]


def _by_date() -> list[Rule]:
    """The rules of what the date of the document resolves."""
    season, any_case = "|".join(words.SEASONS), re.IGNORECASE
    return [
        _rule(
            r"(?<!\w)(?:the day before yesterday|the day after tomorrow|"
            r"(?:yesterday|tomorrow)(?: (?:morning|afternoon|evening|night))?|today|tonight|"
            r"this (?:morning|afternoon|evening)|last night)(?!\w)",
            by_date.today,
            ["yesterday", "tomorrow", "today", "tonight", "morning", "afternoon", "evening", "night"],
            any_case,
        ),
        _rule(
            rf"(?<!\w)(?P<which>{_RELATIVE})(?: very)? (?:(?P<kind>fiscal|financial|calendar|academic|school) )?"
            rf"(?P<unit>{_UNIT})(?P<half>{words.A_HALF})?(?![\w-])",
            by_date.relative,
            _UNITS,
            any_case,
        ),
        _rule(
            r"(?<!\w)(?:(?:the )?(?:very )?(?:beginning|start|end|close|turn|middle|rest|remainder|course) of|"
            r"(?:early|earlier|late|later)(?: on)? in) the "
            r"(?:(?P<kind>fiscal|financial|calendar) )?(?P<unit>week|month|year|decade|century)(?![\w-]| of\b)",
            by_date.part_of_this,
            _UNITS,
            any_case,
        ),
        _rule(
            rf"{_NO_DIGIT}(?:the )?{_D} of (?P<which>this|last|next) month(?!\w)",
            by_date.day_of_this_month,
            ["month"],
            any_case,
        ),
        _rule(
            r"(?<!\w)(?:(?:New Year|Valentine)[’']s (?:Eve|Day)|Christmas(?: Eve| Day)?|Boxing Day|Halloween|"
            r"Cinco de Mayo|(?:the )?Fourth of July|July Fourth|Anzac Day|ANZAC Day|Australia Day)(?!\w)",
            by_date.holiday,
            ["year", "valentine", "christmas", "boxing", "halloween", "cinco", "july", "anzac", "australia"],
        ),
        _rule(r"(?<!\w)(?P<which>last|this(?: past)?|next|the) weekend(?!\w)", by_date.weekend, ["weekend"], any_case),
        _rule(
            r"(?<!\w)(?:(?:early|late|later|earlier)(?: on)? (?:in )?)?"
            rf"(?P<which>last|this(?: past| coming)?|next|the) (?P<season>{season})(?!\w)",
            by_date.relative_season,
            _SEASONS,
            any_case,
        ),
    ]


def _so_far_away() -> list[Rule]:
    """The rules of what lies so many units away: "two years ago", "in a week's time", "the past decade and a half"."""
    number, any_case = words.NUMBER, re.IGNORECASE
    return [
        _rule(
            rf"(?<!\w)(?:(?:(?P<part>half|a quarter(?: of)?) )?(?:(?P<least>{number})(?: or | to |(?<=[0-9])[-–]))?"
            rf"(?P<n>an?|{number})(?P<half>{words.A_HALF})?|{words.FEW}) "
            r"(?P<unit>(?:day|week|fortnight|month|year|decade|centurie)s?|century)"
            rf"(?:(?P<or> or two)|(?P<and_a_half>{words.A_HALF}))? (?P<word>ago|from now|hence)(?!\w)",
            by_date.ago,
            ["ago", "now", "hence"],
            any_case,
        ),
        _rule(
            rf"(?<=[Ii]n\s)(?:(?P<part>half) )?(?P<n>an?|{number})(?P<half>{words.A_HALF})?(?P<or> or two)? "
            r"(?P<unit>day|week|fortnight|month|year|decade|centurie)(?P<and_a_half>)?(?P<least>)?"
            r"(?:s|[’']s|s[’'])? (?P<word>time)(?!\w)",
            by_date.ago,
            ["time"],
            any_case,
        ),
        _rule(
            r"(?<!\w)(?:the|these|our|his|her|their)\s+(?P<which>last|past|next|coming)\s+"
            rf"(?:(?:{number}(?:\s+(?:or|to)\s+|(?<=[0-9])[-–]))?(?P<n>{number})(?P<half>{words.A_HALF})?|"
            r"few|several|couple(?:\s+of)?|many)\s+"
            r"(?P<unit>(?:day|week|month|year|decade|centurie)s)(?:\s+(?:and|or)\s+(?:days|weeks|months|years|decades))?(?!\w)",
            by_date.window,
            _UNITS,
            any_case,
        ),
    ]


def _vague() -> list[Rule]:
    """The rules of what nothing resolves."""
    any_case = re.IGNORECASE
    return [
        _rule(
            r"(?<!\w)(?:recent (?:days|weeks|months|years|decades|times|memory|history)|"
            r"(?:(?:the|these) )?(?:coming|past|next|last) (?:days|weeks|months|years|decades)|"
            r"the other (?:day|night|week)|"
            r"(?:the )?(?:days|weeks|months|years|decades|centuries) (?:ahead|to come))(?!\w)",
            by_date.vague,
            [*_UNITS, "times", "memory", "history", "other"],
            any_case,
        ),
        _rule(
            r"(?<!\w)the recent (?:session|meeting|summit|visit|talks|conference|elections?|debate|events)(?!\w)",
            by_date.vague,
            ["recent"],
            any_case,
        ),
        _rule(
            r"(?<!\w)(?:(?<![Mm]ost )(?i:recent|recently)|(?i:lately|currently|presently|nowadays|at the moment)|"
            r"(?<![Aa]s )soon|(?i:shortly)(?! (?:after|before|there|following|prior|put)))(?!\w)",
            by_date.vague,
            ["recent", "recently", "lately", "currently", "presently", "nowadays", "moment", "soon", "shortly"],
        ),
        _rule(
            r"(?<!\w)(?:(?:not )?(?:so |that |too |very )?long(?! ago as)|some time|"
            r"(?:quite )?a (?:short |little |long |good )?while|(?:a|a few|some|several|many|two) generations?|"
            r"(?:days|weeks|months|years|decades|centuries|generations)) ago(?!\w)|"
            r"(?<!\w)(?:weeks|months|years|decades|centuries|generations) from now(?!\w)",
            by_date.vague,
            ["ago", "now"],
            any_case,
        ),
        _rule(r"(?<!\w)(?:now|Now|NOW)(?![\w-])", by_date.now, ["now"]),
    ]
