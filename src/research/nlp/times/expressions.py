"""Time expressions: where they are, and which period they mean.

The span is that of TIMEX3 (TimeML): the expression without its preposition, with its article. Three prepositions change
the period: *since 2014* begins in 2014 and goes on to the date of the document, *by 2030* and *until 2030* end in 2030;
the period of *before 2016* is 2016. What the text does not say is not guessed: the parts of a year (*early 2020*, *the
end of 2019*, *summer 2016*) have the period of the year, since nobody agrees where they begin.

*Last year* is the calendar year before, *two years ago* the one two before, *a decade ago* the one ten before; weeks
run from Monday to Sunday; *the past five years* end, and *the next five* begin, on the day of the document. A fiscal
year is that of Australia or of the United States, where one is said and the document is about one of them
(`fiscal.py`). Seasons without a year have no period. What hangs on a time in the text (*three years later*, *the
following day*) is none itself.
A weekday is the last one, or the next one where the sentence speaks of the future (*will*, *next*, *upcoming*). A month
or a day without its year is the last one where the sentence tells the past, the next one where it speaks of the future,
and otherwise the nearest. *Recent*, *currently*, *now* and the like are vague and have no period; nor has *today* where
it means these times (`nowadays.py`).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from research.loading.documents import Span
from research.nlp.times.periods import Moment, Period, in_year, joined
from research.nlp.times.readers import BY_DATE, IN_TEXT, Context, Found, Read
from research.nlp.times.rules import rules


class Reading(NamedTuple):
    """A time expression: its span, the period that it means, and what tells it; None for a vague or unresolved one."""

    span: Span
    period: Period | None
    anchor: str | None
    vague: bool = False


def times(text: str, span: Span, moment: Moment | None, *, written: bool = False) -> list[Reading]:
    """Return the time expressions in a stretch of text, in order; ``moment`` is the date of the document, if known.

    ``written`` says that the text is written prose, as news are, not what somebody says.
    """
    context = Context(text, moment, written)
    held = _cues(text[slice(*span)])
    found: list[tuple[int, int, re.Match[str], Read]] = []
    for pattern, read, cues in rules():
        if not held.isdisjoint(cues):
            found += [(match.start(), -match.end(), match, read) for match in pattern.finditer(text, *span)]
    readings: list[Reading] = []
    last = span.start
    for first, _, match, read in sorted(found, key=lambda it: it[:2]):
        if first < last:
            continue
        (start, end), meant = _read(match, read, context)
        if meant is None:
            continue
        reading = _with_surroundings(Span(start, end), *meant, context)
        if readings and reading.span.start < readings[-1].span.end:
            continue
        readings.append(reading)
        last = end
    return _joined(text, readings)


def _read(match: re.Match[str], read: Read, context: Context) -> tuple[tuple[int, int], Found]:
    """Return where an expression is, and what it means; of "3 and 17 May" and "May 3 and 17", the one with a month."""
    meant = read(match, context)
    if meant is None and match.groupdict().get("and"):
        at = match.start("and")
        one = match.re.search(context.text, at, match.end()) or match.re.match(context.text, match.start(), at - 1)
        if one is not None:
            return one.span(), read(one, context)
    return match.span(), meant


_TO = re.compile(r"\s?[-–—]\s?|\s+(?:to|through|until|till)\s+")
_BOTH = re.compile(r"\s+and\s+")
_BETWEEN = re.compile(r"\bbetween\s+\Z", re.IGNORECASE)


def _joined(text: str, readings: list[Reading]) -> list[Reading]:
    """Join two expressions that are the ends of one stretch: "June 1 to July 15", "between March 2012 and May 2014"."""
    found: list[Reading] = []
    for it in readings:
        before = found[-1] if found else None
        if before is not None and (period := _stretch(text, before, it)) is not None:
            found[-1] = Reading(Span(before.span.start, it.span.end), period, it.anchor or before.anchor)
        else:
            found.append(it)
    return found


def _stretch(text: str, one: Reading, other: Reading) -> Period | None:
    if one.period is None or other.period is None or one.period.start is None or other.period.end is None:
        return None
    first = one.period
    if one.anchor == BY_DATE and other.anchor == IN_TEXT:
        first = in_year(first, other.period.end.year)  # "23 May to 1 June 1983"
    between = (one.span.end, other.span.start)
    if _TO.fullmatch(text, *between) is None and not (
        _BOTH.fullmatch(text, *between) and _BETWEEN.search(text, max(0, one.span.start - 12), one.span.start)
    ):
        return None
    if first.end is None or first.end >= other.period.end or first.precision != other.period.precision:
        return None
    return joined(first, other.period)


_CUE = re.compile(r"[a-z]+|[0-9]")
"""The words and digits of a sentence, one of which a rule needs: most rules need not look at most sentences."""
_FOUR_DIGITS, _TWO_DIGITS = re.compile(r"[0-9]{4}"), re.compile(r"[’'‘][0-9]{2}")


def _cues(text: str) -> set[str]:
    """Return what a sentence holds of which a rule needs one; "0000" stands for four digits, "’00" for two."""
    held = set(_CUE.findall(text.lower()))
    if _FOUR_DIGITS.search(text):
        held.add("0000")
    if _TWO_DIGITS.search(text):
        held.add("’00")
    return held


# --- what stands before and after ---

_PART = re.compile(
    r"(?<!\w)(?:(?:the\s+(?:very\s+)?(?:beginning|start|end)\s+in|(?:the\s+)?(?:very\s+)?(?:beginning|start|end|close|turn|middle|"
    r"latter\s+part|first\s+part|second\s+part|rest|course|remainder|eve|dawn)\s+of)\s+(?:the\s+)?|(?:the\s+)?(?:very\s+)?(?:early|late|mid|earlier|later)(?:\s+(?:in|of))?[\s-]+(?:the\s+)?)\Z",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(
    r"\b(since|by|until|till|up to|up until|from)\s+(?:at least |about )?\Z",
    re.IGNORECASE,
)
_UP_TO_NOW = re.compile(r"(?:the|these|our|his|her|their)\s+(?:last|past)\b", re.IGNORECASE)
"""Stretches that end today: "ravaged by the past three decades" sets no date by which."""
_ONWARD = re.compile(r"\s+(?:onwards?|on\b)", re.IGNORECASE)
_BACK = 40


def _with_surroundings(span: Span, period: Period | None, anchor: str | None, context: Context) -> Reading:
    """Return a reading with the part of the period that is named before it, and as its preposition has it."""
    text = context.text
    before = text[max(0, span.start - _BACK) : span.start]
    if part := _PART.search(before):
        span = Span(span.start - len(before) + part.start(), span.end)
        before = before[: part.start()]
    if period is None:
        return Reading(span, None, None, vague=anchor is None)
    preposition = _PREPOSITION.search(before)
    word = preposition[1].lower() if preposition and not _UP_TO_NOW.match(text, span.start) else ""
    return Reading(span, _as_said(word, period, context, onward=bool(_ONWARD.match(text, span.end))), anchor)


def _as_said(preposition: str, period: Period, context: Context, *, onward: bool) -> Period:
    start, end, precision = period
    if preposition == "since":
        return Period(start, context.moment and context.moment.last, precision)
    if preposition in ("by", "until", "till", "up to", "up until"):
        return Period(None, end, precision)
    return Period(start, None, precision) if preposition == "from" and onward else period
