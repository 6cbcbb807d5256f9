"""Invented documents with statements and figures given by hand, and the claims that the rules find in them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, NamedTuple, cast

from research import Annotations
from research.loading import Corpus, Span, Speakers
from research.loading.judgements import Judgements
from research.nlp.annotated import AnnotatedDocument
from research.nlp.claims import annotator
from research.nlp.records import Quantity
from tests.analysis.said import Said, Told, annotated_by_hand


class Figure(NamedTuple):
    """A figure by its words, and those of what it measures and of the verb; each occurs once in its text."""

    text: str
    value: float | None
    unit: str = "crowns"
    kind: str = "money"
    measure: str | None = None
    verb: str | None = None
    period: tuple[str, str] | None = None
    role: str = "level"
    countries: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    approximate: bool = False


Story = tuple[str, list[Said], list[Figure]]
"""A text, its statements, its figures."""


class Asserted(Told):
    """Documents with the statements and figures that a test gives them."""

    def __init__(self, stories: dict[str, Story], *, complete: bool = False) -> None:
        self.corpus = cast(Corpus, SimpleNamespace(complete=complete, speakers=Speakers(), judgements=Judgements()))
        self._documents = [
            with_figures(annotated_by_hand(name, text, said), its) for name, (text, said, its) in stories.items()
        ]


def with_figures(annotated: AnnotatedDocument, figures: list[Figure]) -> AnnotatedDocument:
    text = annotated.document.text

    def place(part: str | None) -> Span | None:
        assert part is None or text.count(part) == 1, part
        return None if part is None else Span(text.index(part), text.index(part) + len(part))

    def attribution(start: int) -> int | None:
        holding = [
            number
            for number, it in enumerate(annotated.attributions)
            if any(low <= start < high for low, high in it.content)
        ]
        return holding[-1] if holding else None

    found = []
    for it in figures:
        span = place(it.text)
        assert span is not None
        low, high = it.period or (None, None)
        found.append(
            Quantity(
                *(
                    span.start,
                    span.end,
                    it.kind,
                    it.unit,
                    it.value,
                    it.low,
                    it.high,
                    it.approximate,
                    False,
                    it.role,
                    None,
                ),
                *(place(it.measure), place(it.verb), None, low, high, attribution(span.start), it.countries),
            )
        )
    tables: dict[str, Any] = annotated.tables
    tables |= {"times": [], "quantities": [it.record(text) for it in found]}
    tables |= annotator.annotate(annotated.document, tables)
    return annotated


def told_of(*stories: Story, complete: bool = False) -> Annotations:
    """Return the annotations of documents that are called by their numbers."""
    return Asserted({f"{number:03}": story for number, story in enumerate(stories)}, complete=complete)
