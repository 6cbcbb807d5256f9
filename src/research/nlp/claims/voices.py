"""Whose words each character of a document is: those of a statement, or the text's own."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from research.loading.documents import Span

LEAST_CONFIDENCE = 0.2
"""Statements below it divide nothing: four in five of them are wrong (see ``docs/methods.md``)."""

_TEXT, _FRAME = -1, -2


class Piece(NamedTuple):
    """A part of a sentence in one voice; ``attribution`` is the number of the statement, None for the text's own."""

    span: Span
    attribution: int | None


class Voices:
    """The voices of a document. Of statements within statements the innermost one speaks."""

    def __init__(self, length: int, attributions: Sequence[Mapping[str, Any]]) -> None:
        # One number a character: painting the widest statement first leaves the innermost one on top.
        self._voice = array("l", [_TEXT]) * length
        known = [(number, it) for number, it in enumerate(attributions) if it["confidence"] >= LEAST_CONFIDENCE]
        for number, it in sorted(known, key=lambda pair: (-_extent(pair[1]), pair[0])):
            for start, end in (*it["source"], *it["cue"]):
                self._paint(start, end, _FRAME)
            for start, end in it["content"]:
                self._paint(start, end, number)

    def _paint(self, start: int, end: int, voice: int) -> None:
        self._voice[start:end] = array("l", [voice]) * (end - start)

    def pieces(self, sentence: Span) -> Iterator[Piece]:
        """Yield the parts of a sentence by who speaks, without the words that introduce statements."""
        start = sentence.start
        voices = self._voice[sentence.start : sentence.end]
        if voices and voices.count(voices[0]) == len(voices):  # most sentences have one
            if voices[0] != _FRAME:
                yield Piece(sentence, None if voices[0] == _TEXT else voices[0])
            return
        for voice, run in groupby(voices):
            end = start + len(list(run))
            if voice != _FRAME:
                yield Piece(Span(start, end), None if voice == _TEXT else voice)
            start = end


def _extent(attribution: Mapping[str, Any]) -> int:
    """Return the length of a statement's content from its first character to its last."""
    content = attribution["content"]
    return int(max(end for _, end in content) - min(start for start, _ in content))
