"""Measured accuracy of the layers, on annotated texts, for findings to quote.

``benchmarks/accuracy.py`` writes the figures into ``models/accuracy.json``; nobody edits them. Each figure belongs to a
layer, records the fingerprint of the layer that was measured, and says of which kind its texts were. The same measure
on texts of another kind is one more entry there, called ``NAME.KIND`` and with this ``kind``; findings about documents
of that kind then quote it, and nothing else has to change.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from functools import cache
from typing import Any, NamedTuple

from research.nlp import layers
from research.nlp.versions import PACKAGE

ACCURACY = PACKAGE / "nlp" / "models" / "accuracy.json"

TURN = "turn"
"""The kind of what is said in the turns of a transcript; other kinds are those of documents (``whose.KINDS``)."""
QUOTABLE = (
    *(f"attributions.{name}" for name in ("content_tokens", "found", "linked", "direct_found")),
    "speakers.agreement",
    *("mentions.countries", "quantities.values", "times.periods"),
    *(f"turns.{name}" for name in ("office", "person", "unnamed")),
)
"""The measures that findings quote."""


class Accuracy(NamedTuple):
    """One measured figure.

    ``name`` identifies it, and ``measure`` says what was measured. ``value`` is between ``low`` and ``high`` (95% CI,
    bootstrap over documents; both None if it was not computed), all as fractions. ``data`` and ``split`` name the
    texts, ``n`` is the number of cases, and ``annotator`` is the fingerprint of the layer that was measured. ``kind``
    is that of the texts: ``news``, ``speech``, ``transcript``, ``interview``, or ``turn`` for the turns of transcripts.
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
    kind: str = "news"

    @property
    def value_display(self) -> str:
        """The value as people read it."""
        return digits(self.value)

    @property
    def interval_display(self) -> str:
        """The interval as people read it; empty if none was computed."""
        return "" if self.low is None or self.high is None else f"{digits(self.low)} to {digits(self.high)}"

    def __str__(self) -> str:
        spread = f", 95% CI {self.interval_display}" if self.interval_display else ""
        return f"{self.measure} {self.value_display}{spread} (measured on {self.data}, {self.split}, n = {self.n:,})"


def digits(value: float) -> str:
    """Return a fraction with two digits, and from 0.995 with as many as it takes, so that only 1 reads as perfect.

    >>> digits(0.759), digits(0.9951), digits(0.9997), digits(1)
    ('0.76', '0.995', '0.9997', '1.00')
    """
    if value >= 1:
        return f"{value:.2f}"
    shown = (f"{value:.{n}f}" for n in (range(3, 9) if value >= _NEARLY_ALL else (2,)))
    return next((it for it in shown if float(it) < 1), f"{value:g}")


_NEARLY_ALL = 0.995
"""From here on two digits would read as 1.00."""


def measured(*names: str, kinds: Collection[str] = ("news",)) -> tuple[Accuracy, ...]:
    """Return the figures of these measures on texts of some kinds, in the order of the names.

    None is returned for a kind on which a measure was not taken. Raises KeyError for a name that is no measure.
    """
    figures = _figures()
    if unknown := [name for name in names if name not in QUOTABLE and name not in figures]:
        raise KeyError(unknown[0])
    return tuple(
        figure
        for name in names
        for figure in figures.values()
        if figure.kind in kinds and figure.name in (name, f"{name}.{figure.kind}")
    )


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
