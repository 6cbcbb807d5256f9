"""Dates and years in a sentence of a report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from research.loading import Span
from research.nlp.times.expressions import times
from research.outputs.checking.number import ANY_YEAR, Form, Number

_HAS_MONTH = re.compile(
    r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\b|[0-9]{4}-[0-9]{2}|[0-9]/[0-9]|(?:1[5-9]|20|"
    r"21)[0-9]{2}"
)
_YEAR = re.compile(
    r"(?<![\w.,$€£/-])(?:1[4-9][0-9]{2}|20[0-9]{2}|21[0-9]{2})(?:s\b|[’']s\b|[/–-][0-9]{2}(?![0-9]))?(?![\w%]|"
    r"[.,][0-9]|-[0-9])"
)
_ISO = re.compile(r"(?<![\w-])(?P<y>[0-9]{4})-(?P<m>[01][0-9])(?:-(?P<d>[0-3][0-9]))?(?![\w-])")
_AFTER_YEAR = re.compile(
    r"\s+(?:words?|documents?|people|statements?|passages?|times|percent|per cent|[a-z]*illion|hundred|thousand|"
    r"US dollars|"
    r"dollars|euros|speakers?|articles?|mentions?|sentences?|crowns|farmers|households|marchers)\b"
)


_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1
    )
}
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|"
    r"\.)?|"
    r"Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY = re.compile(
    rf"(?<![\w.,])(?P<day>[12][0-9]|3[01]|0?[1-9])(?:st|nd|rd|th)? (?:of )?(?P<after>{_MONTH})(?![\w])|"
    rf"\b(?P<before>{_MONTH}) (?P<number>[12][0-9]|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![\w%]|[.,][0-9])"
)


def dates(text: str) -> Iterator[Number]:
    """Yield the dates and years of a text."""
    if not _HAS_MONTH.search(text):
        return
    held: list[Span] = []
    for found in _ISO.finditer(text):
        month = f"-{found['m']}"
        first = f"{found['y']}{month}-{found['d'] or '01'}"
        last = f"{found['y']}{month}-{found['d'] or '31'}"
        held.append(Span(*found.span()))
        yield _date(text, Span(*found.span()), (first, last), "date")
    for reading in times(text, Span(0, len(text)), None):
        words = text[slice(*reading.span)]
        if not any(c.isdigit() for c in words) or any(
            reading.span.start < end and start < reading.span.end for start, end in held
        ):
            continue
        if reading.period is None or _AFTER_YEAR.match(text, reading.span.end):
            continue
        is_year = re.fullmatch(r"(?:the )?[0-9]{4}s?", words) is not None
        if not is_year and not re.search(r"[A-Z]|[0-9]/[0-9]|[0-9]{4}", words):
            continue
        held.append(reading.span)
        yield _date(text, reading.span, _named(words) or reading.period.iso(), "year" if is_year else "date")
    for found in _DAY.finditer(text):
        span = Span(*found.span())
        if not any(span.start < end and start < span.end for start, end in held):
            held.append(span)
            of_year = _MONTHS[(found["after"] or found["before"])[:3].lower()]
            day = f"{ANY_YEAR}-{of_year:02}-{int(found['day'] or found['number']):02}"
            yield _date(text, span, (day, day), "date")
    for found in _YEAR.finditer(text):
        span = Span(*found.span())
        if not any(span.start < end and start < span.end for start, end in held) and not _AFTER_YEAR.match(
            text, span.end
        ):
            year = found[0][:4]
            yield _date(text, span, (f"{year}-01-01", f"{year}-12-31"), "year")


def _named(words: str) -> tuple[str | None, str | None] | None:
    """Return the day or month that words name by themselves: "until" before them says what lasted, not another day."""
    its = [it.period for it in times(words, Span(0, len(words)), None) if it.period is not None]
    return its[0].iso() if len(its) == 1 else None


def _date(text: str, span: Span, period: tuple[str | None, str | None], form: Form) -> Number:
    written = text[slice(*span)]
    year = Decimal(re.search(r"[0-9]+", written)[0]) if re.search(r"[0-9]+", written) else Decimal(0)  # type: ignore[index]
    return Number(*span, written, (year,), Decimal(1), "", form, form, span, period=period)
