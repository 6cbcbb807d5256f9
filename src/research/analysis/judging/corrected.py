"""The value of a finding, corrected by the sentences that people judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from research.analysis.statistics.uncertainty import Interval


class UnitValues(NamedTuple):
    """What a finding counts in one judged sentence: what the model says, and what is right.

    ``model_base`` and ``right_base`` are what a share is of; 0 for a finding that is no share. ``weight`` is relative
    to the other sentences of its stratum, of which there are ``units`` in all documents.
    """

    doc_id: str
    start: int
    end: int
    stratum: str
    units: int
    weight: float
    model_counted: float
    right_counted: float
    model_base: float
    right_base: float


@dataclass(frozen=True)
class Corrected:
    """An estimate that is unbiased whatever the model does, with its 95% interval.

    ``judged`` of ``units`` sentences were judged. ``model`` is the value of the model alone, without what people
    decided, and ``power`` how much of the model the estimate uses (0 to 1). ``model_counted`` and ``model_base`` are
    the model's totals over all sentences; it counts something in ``occurring`` of them. ``spread`` is the relative
    variance between ``documents`` that was added, 0 for none. Without an estimate ``value`` and ``interval`` are None,
    and ``reason`` says why in a clause. ``rows`` has the judged sentences; they are kept in a table.
    """

    judged: int
    units: int
    value: float | None = None
    display: str = ""
    interval: Interval | None = None
    interval_display: str = ""
    model: float | None = None
    model_display: str = ""
    power: float = 0.0
    model_counted: float = 0.0
    model_base: float = 0.0
    occurring: int = 0
    spread: float = 0.0
    documents: int = 0
    reason: str = ""
    rows: tuple[UnitValues, ...] = field(default=(), compare=False)

    @property
    def sentence(self) -> str:
        """What is known, in one sentence."""
        if self.value is None:
            return f"Model alone: {self.reason}."
        judged = f"{self.judged:,} judged {'sentence' if self.judged == 1 else 'sentences'} of {self.units:,}"
        level = "" if self.interval is None else f" ({self.interval.level:.0%} CI {self.interval_display})"
        return f"Corrected by {judged}: {self.display}{level}; the model alone gives {self.model_display}."

    @property
    def method(self) -> str:
        """How the estimate was computed."""
        if self.value is None:
            return ""
        whose = " The spread between documents is in the interval." if self.spread else " It is for these documents."
        return (
            "The judged sentences were drawn at random within strata. The estimate is the difference estimator "
            f"(Särndal et al. 1992) with {self.power:.0%} of the model's value, as PPI++ tunes it (Angelopoulos et "
            f"al. 2023).{whose}"
        )

    def fields(self) -> dict[str, Any]:
        """Return it in JSON's types, without the rows."""
        return {
            **{name: getattr(self, name) for name in self.__dataclass_fields__ if name not in ("rows", "interval")},
            "interval": None if self.interval is None else self.interval._asdict(),
        }

    @classmethod
    def from_fields(cls, fields: Mapping[str, Any]) -> Corrected:
        """Return what ``fields`` wrote. Raises TypeError or KeyError for anything else."""
        interval = fields["interval"]
        return cls(**{**fields, "interval": None if interval is None else Interval(**interval)})
