"""Measured accuracy of the layers, on texts that people annotated, for findings to quote.

``benchmarks/accuracy.py`` writes the figures into ``models/accuracy.json``; nobody edits them. Each figure belongs to a
layer and records the fingerprint of the layer that was measured.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any, NamedTuple

from research.nlp import layers
from research.nlp.versions import PACKAGE

ACCURACY = PACKAGE / "nlp" / "models" / "accuracy.json"


class Accuracy(NamedTuple):
    """One measured figure.

    ``name`` identifies it, and ``measure`` says what was measured. ``value`` is between ``low`` and ``high`` (95% CI,
    bootstrap over documents; both None if it was not computed), all as fractions. ``data`` and ``split`` name the
    texts, ``n`` is the number of cases, and ``annotator`` is the fingerprint of the layer that was measured.
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
        spread = "" if self.low is None or self.high is None else f", 95% CI {self.low:.2f} to {self.high:.2f}"
        return f"{self.measure} {self.value:.2f}{spread} (measured on {self.data}, {self.split}, n = {self.n:,})"


def measured(*names: str) -> tuple[Accuracy, ...]:
    """Return the figures of these names. Raises KeyError for a name under which nothing was measured."""
    return tuple(_figures()[name] for name in names)


@cache
def _figures() -> dict[str, Accuracy]:
    content: dict[str, Any] = json.loads(ACCURACY.read_text(encoding="utf-8"))
    found = {}
    for name, figure in content["figures"].items():
        layer = figure.pop("layer")
        found[name] = Accuracy(name, **figure, annotator=content["annotators"][layer])
    return found


def fingerprints() -> dict[str, str]:
    """Return the present fingerprint of every layer."""
    return {name: layers.fingerprint(name) for name in layers.names()}
