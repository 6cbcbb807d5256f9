"""Mentions by their place in the text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from research.nlp.records import Mention

OVERLOOKED = 0.3
"""The confidence of a mention that the encoder overlooked, set by hand."""


class Located:
    """Mentions in the order of the text, found by their place."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self.mentions = mentions
        self.starts = [mention.start for mention in mentions]

    def at(self, place: int) -> int | None:
        """Return the number of the mention that covers a character."""
        number = bisect_right(self.starts, place) - 1
        return number if number >= 0 and place < self.mentions[number].end else None

    def within(self, start: int, end: int) -> list[int]:
        """Return the numbers of the mentions that are at least partly within a stretch of text."""
        first = bisect_left(self.starts, start)
        if first and self.mentions[first - 1].end > start:
            first -= 1
        return list(range(first, bisect_left(self.starts, end)))
