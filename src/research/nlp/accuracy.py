"""How often the annotator errs: figures measured on texts that people annotated, for findings to quote.

They stand in ``models/accuracy.json``, which ``benchmarks/accuracy.py`` writes and nobody edits.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any, NamedTuple

from research.nlp.annotate import room_digest
from research.nlp.encoder import MODELS

ACCURACY = MODELS / "accuracy.json"


class Accuracy(NamedTuple):
    """One measured figure.

    ``name`` is what a finding asks for it by, and ``measure`` says what was measured. ``value`` lies between ``low``
    and ``high`` with a confidence of 95% (bootstrap over documents; both None where it was not computed), all as
    fractions. ``data`` and ``split`` say on which texts, ``n`` how many cases they hold, and ``annotator`` is the
    fingerprint of the annotator that was measured.
    """

    name: str
    measure: str
    value: float
    low: float | None
    high: float | None
    data: str
    split: str
    n: int
    annotator: str

    def __str__(self) -> str:
        spread = "" if self.low is None or self.high is None else f", 95% interval {self.low:.2f} to {self.high:.2f}"
        return f"{self.measure} {self.value:.2f}{spread} (measured on {self.data}, {self.split}, n = {self.n:,})"


def measured(*names: str) -> tuple[Accuracy, ...]:
    """The figures of these names. Raises KeyError for a name under which nothing was measured."""
    return tuple(_figures()[name] for name in names)


@cache
def _figures() -> dict[str, Accuracy]:
    content: dict[str, Any] = json.loads(ACCURACY.read_text(encoding="utf-8"))
    fingerprint = content["annotator"]
    return {name: Accuracy(name, **figure, annotator=fingerprint) for name, figure in content["figures"].items()}


def annotator_fingerprint() -> str:
    """The fingerprint of the annotator as it stands, shortened as ``accuracy.json`` has it."""
    return room_digest()[:16]
