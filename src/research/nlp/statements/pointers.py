"""Statements to which the next sentence points back, in the style of official news agencies.

    The strait stays open. This is what the minister said in Varn.

    The strait stays open. The ministry said this at a briefing.

The encoder learned from US news and takes "This" for the content. The content is the sentence before.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from research.loading.documents import Span
from research.nlp.records import Attribution
from research.nlp.statements.kinds import kind_of, quoted_share
from research.nlp.statements.quotations import quotations
from research.nlp.statements.trimming import trimmed
from research.nlp.text.abbreviations import ends_in_full_stop

POINTER = re.compile(r"(?:This|That)(?: is| was)?(?: what| how)?")
"""Content that only points to the sentence before, at the beginning of a sentence."""
_ENDS = re.compile(r"[.,;]|\s+(?:after|as|at|during|following|in|on|to|via|when|while)\b|\s*\Z")
"""What follows a "this" that means the whole statement, unlike that of "said this treaty"."""


def with_antecedents(text: str, found: Sequence[Attribution], spans: Sequence[Span]) -> list[Attribution]:
    """Return the attributions of a text, with the content that a pointing one points to; ``spans`` are its sentences.

    That content is the sentence before, in the same paragraph, unless it has a part of another attribution.
    """
    pointing = [number for number, it in enumerate(found) if _points_back(text, it)]
    if not pointing:
        return list(found)
    marked = quotations(text)
    taken = _taken(found, spans)
    moved = list(found)
    for number in pointing:
        it = found[number]
        before = _sentence_of(spans, it.content[0][0]) - 1
        if before < 0 or before in taken or "\n" in text[spans[before][1] : spans[before + 1][0]]:
            continue
        if meant := _within_punctuation(text, spans[before]):
            moved[number] = replace(it, content=(meant,), kind=kind_of(quoted_share(text, [meant], marked)))
    return sorted(moved, key=lambda it: it.content[0])


def _taken(found: Sequence[Attribution], spans: Sequence[Span]) -> set[int]:
    """Return the numbers of the sentences that hold parts of attributions."""
    return {
        sentence
        for it in found
        for start, end in it.spans
        for sentence in range(_sentence_of(spans, start), _sentence_of(spans, end - 1) + 1)
    }


def _sentence_of(spans: Sequence[Span], at: int) -> int:
    return bisect_right(spans, at, key=lambda span: span[0]) - 1


def _points_back(text: str, it: Attribution) -> bool:
    """Return whether the content is the "This" of "This is what she said", "This was stated" or "said this"."""
    if len(it.content) > 1 or it.cue is None:
        return False
    start, end = it.content[0]
    if text[start:end] == "this":
        return text[it.cue[1] : start].isspace() and bool(_ENDS.match(text, end))
    return bool(POINTER.fullmatch(text, start, end)) and end <= it.cue[0]


def _within_punctuation(text: str, sentence: Span) -> Span | None:
    """Return a sentence without the marks around it, as content is trimmed."""
    start, end = sentence
    return trimmed(text, start, end - ends_in_full_stop(text, start, end))
