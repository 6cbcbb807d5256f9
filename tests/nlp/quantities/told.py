"""What is found in a sentence of a test."""

from decimal import Decimal

from research.loading import Span
from research.nlp.quantities.bounds import Figure
from research.nlp.quantities.figures import figures
from research.nlp.times.expressions import times
from research.nlp.times.periods import Moment


def found(text: str) -> list[Figure]:
    whole = Span(0, len(text))
    return figures(text, whole, [it.span for it in times(text, whole, Moment.read("2023-09-29"))])


def told(text: str) -> list[tuple[str, str, str, float | None, float | None, float | None]]:
    def number(value: Decimal | None) -> float | None:
        return None if value is None else round(float(value), 6)

    return [
        (text[it.start : it.end], it.kind, it.unit, number(it.value), number(it.low), number(it.high))
        for it in found(text)
    ]
