"""Shares and multiples in words in a sentence of a report: "one in twelve", "two thirds", "twice"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from research.loading import Span
from research.nlp.quantities.number_words import FRACTION, ONES, TENS, fraction_of, value_of
from research.nlp.quantities.units import COUNT, PERCENT
from research.outputs.checking.number import RATIO, Number

_RATIO = re.compile(
    r"(?<![\w.])(?<![0-9][,: ])"
    rf"(?P<part>[0-9]{{1,4}}|{'|'.join(ONES)})\s(?-i:in|out of|of)(?: every| the)?\s(?P<whole>[0-9]{{1,4}}|"
    rf"{'|'.join(ONES)})\b(?![.,]?[0-9])",
    re.IGNORECASE,
)
_FRACTION = re.compile(
    rf"(?<![\w-])(?P<part>{FRACTION}|(?<!first )(?<!second )(?<!other )half(?= (?:of|the|its|their|all)\b|[.,;:)])|"
    rf"[½⅓⅔¼¾])(?![\w-])",
    re.IGNORECASE,
)
_NO_FRACTION = re.compile(
    r" (?:past|(?<=quarter )to) (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|midnight)\b"
    r"(?! (?:of|in|out|per|percent|thirds?|fifths?|quarters?)\b)|"
    r" (?:of )?(?:the|that|its|their|as) (?:\w+ )?(?:length|size|number|rate|height|speed|price|amount|level|as|"
    r"much|many)\b|"
    r"[ -](?:party|parties|century|hour|day|year|time|term|world|way|dozen|mast|(?:of )?an? (?:million|billion|"
    r"dozen|hundred|thousand|hour|day|year|century))"
)
_OF_A_PERCENT = re.compile(r"\s(?:of\s)?(?:an?|one)\sper\s?cent\b(?!age)")
_SIGNED = {"½": Decimal("0.5"), "⅓": Decimal(1) / 3, "⅔": Decimal(2) / 3, "¼": Decimal("0.25"), "¾": Decimal("0.75")}


_STOP = r"(?!(?:of|in|is|are|was|were|has|have|had|who|that|which|times|the|and|or|to|at|on|by|for|from|with|as)\b)"
_RATIO_OF = re.compile(
    rf"(?<![\w.,])(?<![0-9]:)(?P<part>[0-9]{{1,2}}|{'|'.join(ONES)})\s(?P<noun>(?:{_STOP}[a-z-]+\s){{1,4}}?)"
    rf"(?-i:in|out of)(?: every)?\s(?P<whole>[0-9]{{1,3}}|{'|'.join([*ONES, *TENS])})\b(?![.,]?[0-9]|\s?%|-|"
    r"\s(?:per|percent|hundred|thousand|"
    r"million|of|and|documents?|texts?|articles?|speech(?:es)?|files?|transcripts?|sentences?|words?|speakers?|"
    r"countries|languages?|places?|cases?|parts?|pages?|years?|months?|weeks?|days?|hours?|minutes?)\b)",
    re.IGNORECASE,
)
"""A share of a noun, "one figure in twelve"; a number of something else behind it makes it none: "in 12 documents".

Nor is there one behind a time of day: "20:10 In 12 texts", "20:15 Okell speaks in 12 texts"."""


def noun_of_ratio(written: str) -> str:
    """Return of what a share is told: the figure of "one figure in twelve"; empty where the number names nothing.

    >>> noun_of_ratio("two attributed words in five"), noun_of_ratio("two in five")
    ('attributed words', '')
    """
    found = _RATIO_OF.fullmatch(written)
    return found["noun"].strip() if found else ""


def ratios(text: str) -> Iterator[Number]:
    """Yield the shares that are told as "one in twelve"."""
    for found in [*_RATIO.finditer(text), *_RATIO_OF.finditer(text)]:
        part, whole = _whole(found["part"]), _whole(found["whole"])
        of = re.search(r"\sof\b", found[0]) and "out of" not in found[0].lower()
        if part is None or not whole or part > whole or of or re.fullmatch("[0-9]{4}", found["whole"]):
            continue  # "231 of 277" are two numbers
        share = part / whole * 100
        yield Number(*found.span(), found[0], (share,), Decimal(1), "%", RATIO, "ratio", Span(*found.span()))


def _whole(written: str) -> Decimal | None:
    return Decimal(written) if written.isdigit() else value_of(written)


def fractions(text: str) -> Iterator[Number]:
    """Yield the fractions in words."""
    for found in _FRACTION.finditer(text):
        value = _SIGNED.get(found["part"]) or fraction_of(found["part"])
        if value is not None and (percent := _OF_A_PERCENT.match(text, found.end())):
            span = Span(found.start(), percent.end())
            yield Number(*span, text[slice(*span)], (value,), Decimal("0.1"), "%", PERCENT, "words", span)
            continue
        if value is None or _NO_FRACTION.match(text, found.end()):
            continue
        yield Number(*found.span(), found[0], (value * 100,), Decimal(1), "%", RATIO, "fraction", Span(*found.span()))


_MULTIPLE = re.compile(r"(?<![\w-])(?:once|twice|thrice)(?! (?:as|the|that|its|what|their)\b)(?![\w-])", re.IGNORECASE)
_TIMES = {"once": 1, "twice": 2, "thrice": 3}


def multiples(text: str) -> Iterator[Number]:
    """Yield "twice" where it counts occurrences; "once" may mean "at some time"."""
    for found in _MULTIPLE.finditer(text):
        word = found[0].lower()
        span = Span(*found.span())
        why = "a word" if word == "once" else ""
        yield Number(
            *span, found[0], (Decimal(_TIMES[word]),), Decimal(1), "times", COUNT, "words", span, incidental=why
        )
