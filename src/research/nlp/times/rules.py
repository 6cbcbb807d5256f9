"""The patterns of time expressions, each with what reads its match."""

from __future__ import annotations

import re
from functools import cache

from research.loading.months import english_months
from research.nlp.times import readers, words
from research.nlp.times.readers import Read

Rule = tuple[re.Pattern[str], Read]

_D = r"(?P<day>0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?"
_TO = r"(?:\s?[-–]\s?(?P<to>[12]?[0-9]|3[01])(?:st|nd|rd|th)?)?"
_Y = r"(?P<year>1[4-9][0-9]{2}|20[0-9]{2}|21[0-9]{2})"
_NO_DIGIT = r"(?<![\w.,/’'-])"
_END = r"(?![\w/]|[.,][0-9]|-[0-9])"
_RELATIVE = r"(?:the )?(?:last|past|previous|preceding|current|present|next|coming|following|forthcoming|upcoming)|this"
_UNIT = r"(?:day|week|month|quarter|half-year|year|decade|century)"
_WHICH = r"(?:(?P<which>last|past|next|coming|this)\s+)"


@cache
def rules() -> tuple[Rule, ...]:
    """Return every rule, compiled once: a pattern, and what reads its match."""
    return (*_of_days(), *_of_longer(), *_of_years(), *_by_date())


def _rule(pattern: str, read: Read, flags: int = 0) -> Rule:
    # Between words there may be a line break; a class of characters and a look-behind keep their blank.
    return re.compile(re.sub(r"(?<!\[)(?<!from)(?<!between)(?<!\]s) ", r"\\s+", pattern), flags), read


def _of_days() -> list[Rule]:
    """The rules of days and months."""
    names = sorted(english_months(), key=len, reverse=True)
    month = rf"(?P<month>{'|'.join([*map(str.capitalize, names), *map(str.upper, names)])})\b(?:\.(?=[ ,]?\s?[0-9]))?"
    whole = [name.capitalize() for name in names if len(name) > len("sept") or name in ("may", "june", "july")]
    weekday = "|".join(it.capitalize() for it in words.WEEKDAYS)
    on = rf"(?:(?:{weekday}),?\s+)?"
    whose = r"(?:,? (?:of )?(?P<whose>this|last|next) year)?"
    return [
        _rule(
            rf"{_NO_DIGIT}(?P<year>[12][0-9]{{3}})-(?P<month>[01][0-9])-(?P<day>[0-3][0-9]){_END}", readers.day_of_year
        ),
        _rule(rf"{_NO_DIGIT}([0-3]?[0-9])/([0-3]?[0-9])/([12][0-9]{{3}}){_END}", readers.by_slashes),
        _rule(rf"{_NO_DIGIT}{on}(?:the )?{_D}{_TO}(?: of)?\s+{month},?\s+{_Y}{_END}", readers.day_of_year),
        _rule(rf"(?<!\w){on}{month}\s+{_D}{_TO},?\s+{_Y}{_END}", readers.day_of_year),
        _rule(rf"{_NO_DIGIT}{on}(?:the )?{_D}(?: of)?\s+{month}{whose}(?!\w)", readers.month_alone),
        _rule(rf"(?<!\w){on}{month}\s+{_D}(?![\w%/]|[.,:][0-9]|\s+per ?cent){whose}", readers.month_alone),
        _rule(rf"(?<!\w){month},?\s+(?:of )?{_Y}{_END}", readers.month_of_year),
        _rule(
            rf"(?<!\w){month}(?: to |\s?[-–]\s?| and ){month.replace('month', 'to')} {_Y}{_END}", readers.months_of_year
        ),
        _rule(rf"(?<!\w){_WHICH}?(?P<month>{'|'.join(whole)})\b{whose}(?!\s+[A-Z0-9]|\w)", readers.month_with_word),
        _rule(
            rf"(?<!\w){_WHICH}?(?P<weekday>{weekday})(?:\s+(?:morning|afternoon|evening|night))?(?!\w)",
            readers.weekday,
        ),
    ]


def _of_longer() -> list[Rule]:
    """The rules of quarters, halves, seasons, decades and centuries."""
    season, any_case = "|".join(words.SEASONS), re.IGNORECASE
    return [
        _rule(rf"(?<!\w)(?:the )?(?P<n>{words.ORDINAL})[ -]century(?!\w)", readers.century, any_case),
        _rule(
            r"(?<![\w’'])(?:the )?(?:(?P<year>1[5-9][0-9]0|20[0-9]0)[’']?s|[’'‘](?P<short>[2-9]0)[’']?s|"
            rf"(?P<word>{words.DECADE_WORD}))(?!\w)",
            readers.decade,
            any_case,
        ),
        _rule(
            r"(?<!\w)(?:the )?(?:(?P<quarter>first|second|third|fourth|last|final|[1-4](?:st|nd|rd|th)) quarter|"
            r"(?P<half>first|second|last|final) half) (?:of|in) (?:the (?:calendar )?year )?"
            rf"(?:{_Y}|(?P<relative>this|last|next) year){_END}",
            readers.quarter,
            any_case,
        ),
        _rule(rf"(?<!\w)(?P<letter>[QH])(?P<n>[1-4])[ ,]\s?{_Y}{_END}", readers.short_quarter),
        _rule(rf"(?<!\w)(?:the )?(?:{season})(?: of|,)?\s+{_Y}{_END}", readers.season, any_case),
    ]


def _of_years() -> list[Rule]:
    """The rules of years, fiscal years and ranges of years."""
    any_case = re.IGNORECASE
    return [
        _rule(
            r"(?<!\w)(?:the )?(?:(?:fiscal|financial)(?: year)?s?|FY)\s?(?P<year>[0-9]{4}|[0-9]{2})"
            rf"(?:[-–/](?P<to>[0-9]{{4}}|[0-9]{{2}}))?{_END}",
            readers.fiscal_year,
            any_case,
        ),
        _rule(rf"{_NO_DIGIT}{_Y}\s?[-–/]\s?(?P<to>[12][0-9]{{3}}|[0-9]{{2}}){_END}", readers.years_from_to),
        _rule(
            rf"(?<=from ){_Y}\s+(?:to|until|through)\s+(?P<to>[12][0-9]{{3}}){_END}", readers.years_from_to, any_case
        ),
        _rule(rf"(?<=between ){_Y}\s+and\s+(?P<to>[12][0-9]{{3}}){_END}", readers.years_from_to, any_case),
        _rule(rf"{_NO_DIGIT}{_Y}{_END}", readers.year),
    ]


def _by_date() -> list[Rule]:
    """The rules of what the date of the document resolves, and of what nothing does."""
    number, season, any_case = words.NUMBER, "|".join(words.SEASONS), re.IGNORECASE
    return [
        _rule(
            r"(?<!\w)(?:the day before yesterday|the day after tomorrow|yesterday|tomorrow|today|tonight|"
            r"this (?:morning|afternoon|evening)|last night)(?!\w)",
            readers.today,
            any_case,
        ),
        _rule(
            rf"(?<!\w)(?P<which>{_RELATIVE}) (?:(?:fiscal|financial|calendar|academic) )?(?P<unit>{_UNIT})(?![\w-])",
            readers.relative,
            any_case,
        ),
        _rule(rf"(?<!\w)(?P<which>last|this|next) (?:{season})(?!\w)", readers.relative_season, any_case),
        _rule(
            rf"(?<!\w)(?P<n>an?|{number})\s+(?P<unit>{_UNIT}s?)\s+(?P<word>ago|from now|hence|earlier|later)(?!\w)",
            readers.ago,
            any_case,
        ),
        _rule(
            r"(?<!\w)(?:the|these|our|his|her|their)\s+(?P<which>last|past|previous|preceding|next|coming|following)\s+"
            rf"(?:(?P<n>{number})|few|several|couple of|many)\s+"
            r"(?P<unit>(?:day|week|month|year|decade|centurie)s)(?!\w)",
            readers.window,
            any_case,
        ),
        _rule(r"(?<!\w)recent (?:days|weeks|months|years|decades|times|memory|history)(?!\w)", readers.vague, any_case),
        _rule(
            r"(?<!\w)the recent (?:session|meeting|summit|visit|talks|conference|elections?|debate|events)(?!\w)",
            readers.vague,
            any_case,
        ),
        _rule(
            # "Now, let me say" opens a sentence and tells no time.
            r"(?<!\w)(?:(?i:recent|recently|currently|nowadays|at present|at the moment)|(?<![Aa]s )soon|now)(?!\w)",
            readers.vague,
        ),
    ]
