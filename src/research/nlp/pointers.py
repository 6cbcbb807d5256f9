"""Statements to which the next sentence points back, as official news agencies write them.

    The strait stays open. This is what the minister said in Varn.

    The strait stays open. The ministry said this at a briefing.

The encoder, which learned from US news, takes "This" for what was said. A reader wants the sentence before.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from research.nlp.attributions import POINTER, Attribution, Span, kind_of, quoted_share, trimmed
from research.nlp.quotations import quotations
from research.nlp.text import ends_in_full_stop, sentences

_ENDS = re.compile(r"[.,;]|\s+(?:after|as|at|during|following|in|on|to|via|when|while)\b|\s*\Z")
"""What follows a "this" that stands for all that was said; in "said this treaty" it does not."""


def with_antecedents(text: str, found: Sequence[Attribution]) -> list[Attribution]:
    """The attributions of a text; where the content of one only points back, it is what it points to.

    That is the sentence before, in the same paragraph, unless an attribution has a part in it.
    """
    pointing = [number for number, it in enumerate(found) if _points_back(text, it)]
    if not pointing:
        return list(found)
    marked, spans = quotations(text), sentences(text)
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
    """The numbers of the sentences in which attributions have their parts."""
    return {
        sentence
        for it in found
        for start, end in it.spans
        for sentence in range(_sentence_of(spans, start), _sentence_of(spans, end - 1) + 1)
    }


def _sentence_of(spans: Sequence[Span], at: int) -> int:
    return bisect_right(spans, at, key=lambda span: span[0]) - 1


def _points_back(text: str, it: Attribution) -> bool:
    """Whether the content is the "This" of "This is what she said" or "This was stated", or that of "said this"."""
    if len(it.content) > 1 or it.cue is None:
        return False
    start, end = it.content[0]
    if text[start:end] == "this":
        return text[it.cue[1] : start].isspace() and bool(_ENDS.match(text, end))
    return bool(POINTER.fullmatch(text, start, end)) and end <= it.cue[0]


def _within_punctuation(text: str, sentence: Span) -> Span | None:
    """A sentence without the marks around it, as content stands."""
    start, end = sentence
    return trimmed(text, start, end - ends_in_full_stop(text, start, end))
