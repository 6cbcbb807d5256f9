"""A number as a report writes it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from research.loading import Span

Hedge = Literal["", "about", "nearly", "over", "under", "least", "most"]
Form = Literal["digits", "words", "fraction", "ratio", "multiple", "date", "year"]

RATIO = "ratio"


@dataclass(frozen=True)
class Number:
    """A number as it is written.

    ``values`` are its possible values: one, or two where the writing leaves it open ("1.234"); a range gives two
    numbers. ``step`` is one in the last digit that is shown, ``unit`` and ``kind`` are those of ``nlp.quantities``, and
    ``digits`` is the span of the number without its unit. ``incidental`` is why it is no result: a section, a year.
    """

    start: int
    end: int
    text: str
    values: tuple[Decimal, ...]
    step: Decimal
    unit: str
    kind: str
    form: Form
    digits: Span
    hedge: Hedge = ""
    incidental: str = ""
    plus_minus: bool = False
    closely: bool = False
    """Whether its bound is said to be near: "just over"."""
    period: tuple[str | None, str | None] | None = None

    @property
    def value(self) -> Decimal:
        """The likeliest value."""
        return self.values[0]


ANY_YEAR = "****"
"""The year of a date that names none."""
