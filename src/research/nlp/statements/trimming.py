"""Trimming: where content, cue and source begin and end, in characters."""

from __future__ import annotations

import re
from collections.abc import Sequence

from research.loading.documents import Span

_EDGES = ' \t\r\n\xa0,;:–—-“”„«»‹›"`'


def trimmed(text: str, start: int, end: int) -> Span | None:
    """Return a span without the spaces, commas and quotation marks at its edges; None if nothing is left.

    A mark is kept if the other mark of its quotation is within the span: the plan “a fantasy”.
    """
    while start < end and text[start] in _EDGES + _SINGLE_MARKS:
        start += 1
    while start < end and (text[end - 1] in _EDGES or _closes(text, start, end)):
        end -= 1
    if start >= end:
        return None
    closing, before = _CLOSING.match(text, end), text[start - 1 : start]
    for opens, closes in _PAIRS:
        left = text.count(opens, start, end) - text.count(closes, start, end)
        odd = opens == closes and text.count(opens, start, end) % 2 == 1
        if (left > 0 or odd) and closing is not None and closing[1] == closes:
            return Span(start, closing.end())
        if (left < 0 or odd) and before == opens:
            return Span(start - 1, end)
    return Span(start, end)


_CLOSING = re.compile(r"""[,.!?…]?(["”»])""")

_PAIRS = (("“", "”"), ("„", "“"), ("«", "»"), ('"', '"'))

_SINGLE_MARKS = "'‘’"


def _closes(text: str, start: int, end: int) -> bool:
    """Return whether a span ends in a single mark that is no apostrophe ("the fishermen's", "the workers'")."""
    return text[end - 1] in _SINGLE_MARKS and (end - 2 < start or text[end - 2] in ",.!?…" or text[end - 2] in _EDGES)


_PREPOSITION = re.compile(r"\w\s+(?:at|during|in|on)\Z")

_OCCASION = re.compile(r"(?<=\w)\s+(?!on the record\b)(?:at|during|in|on)\s+(?:an?|the|his|her|their)\s+\w")


def without_occasion(text: str, cue: Span, content: Sequence[Span]) -> Span:
    """Return a cue without the occasion, or the preposition that begins one: "said in an interview" becomes "said".

    PolNeAR's annotators include the occasion in half of the cases. "Went on" stays whole, as do "is on the record" and
    "believes in" before what is believed.
    """
    start, end = cue
    occasion = _OCCASION.search(text, start, end)
    if occasion:
        return Span(start, occasion.start())
    last = _PREPOSITION.search(text[start:end])
    begins = re.match(r"\s\w", text[end : end + 2]) and not any(0 <= part[0] - end <= 1 for part in content)
    return Span(start, start + last.start() + 1) if last and begins else cue
