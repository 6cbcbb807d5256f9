"""Who has the floor in a transcript ("REPORTER:", "Q:", "ADA OKELL:"), by the labels of its turns."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from research.loading.documents import Span
from research.nlp.names.cast import Cast
from research.nlp.statements.said import Turn


class Floor:
    """The labels of the turns of a transcript; without any for other texts."""

    def __init__(self, spoken: Sequence[Turn]) -> None:
        self._turns = spoken
        self._starts = [turn.label.start for turn in spoken]
        self._by_label = {turn.label: turn for turn in spoken}
        self.known = frozenset(self._by_label)

    def of(self, label: Span) -> Turn:
        """Return the turn of a label. Raises KeyError for any other span."""
        return self._by_label[label]

    def at(self, place: int) -> Span | None:
        """Return the label of the turn that covers a place; None between turns."""
        number = bisect_right(self._starts, place) - 1
        if number < 0 or place >= self._turns[number].words[-1].end:
            return None
        return self._turns[number].label

    def named(self) -> list[Span]:
        """Return the labels that are names."""
        return [turn.label for turn in self._turns if turn.role == "person"]

    def interviewed(self, cast: Cast) -> int | None:
        """Return who answers under "A:": the only person who is named before the first turn."""
        if not any(turn.role == "answer" for turn in self._turns):
            return None
        start = self._starts[0]
        named = {
            cast.of[number]
            for number, mention in enumerate(cast.mentions)
            if mention.end <= start and cast.types[number] == "PERSON"
        }
        return named.pop() if len(named) == 1 else None
