"""Who has the floor in a transcript ("REPORTER:", "Q:", "ADA OKELL:"), by the labels of its turns."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from research.loading.documents import Span
from research.nlp.names.cast import Cast
from research.nlp.names.descriptions import words_of
from research.nlp.statements.layout import Turn

ANSWERS = frozenset(("A", "Answer"))
"""Labels for the person who is interviewed."""


class Floor:
    """The labels of the turns of a transcript; without any for other texts."""

    def __init__(self, text: str, spoken: Sequence[Turn]) -> None:
        self.spans = [turn.label for turn in spoken]
        self.labels = [text[start:end] for start, end in self.spans]
        self._starts = [start for start, _ in self.spans]
        self.known = frozenset(self.spans)

    def at(self, place: int) -> Span | None:
        """Return the label of the turn that covers a place."""
        number = bisect_right(self._starts, place) - 1
        return self.spans[number] if number >= 0 else None

    def named(self) -> list[Span]:
        """Return the labels that are names."""
        return [
            span
            for span, label in zip(self.spans, self.labels, strict=True)
            if not any(word.lower().strip(".") in words_of("labels") for word in label.split())
        ]

    def interviewed(self, cast: Cast) -> int | None:
        """Return who answers under "A:": the only person who is named before the first turn."""
        if not ANSWERS & set(self.labels):
            return None
        start = self._starts[0]
        named = {
            cast.of[number]
            for number, mention in enumerate(cast.mentions)
            if mention.end <= start and cast.types[number] == "PERSON"
        }
        return named.pop() if len(named) == 1 else None
