"""Invented figures and claims, given by hand as the tables of 04_claims have them."""

from __future__ import annotations

from typing import Any

import pandas as pd

from research.analysis.claims import tables

_FIGURE: dict[str, Any] = {
    **dict.fromkeys(tables._QUANTITIES),
    "doc_id": "a",
    "start": 0,
    "end": 4,
    "source": "the minister",
    "kind": "money",
    "text": "25 billion crowns",
    "value": 25e9,
    "unit": "crowns",
    "role": "level",
    "approximate": "no",
    "assumed": "no",
    "measure": "the volume of the Orland trade",
    "verb": "reached",
    "in_sentence": "It reached 25 billion crowns.",
    "sha256": "f" * 64,
}
_CLAIM: dict[str, Any] = {
    **dict.fromkeys(tables._CLAIMS),
    "doc_id": "a",
    "start": 0,
    "end": 9,
    "claim": "It rose.",
    "reasons": "trend",
    "score": 0.35,
    "n_figures": 0,
    "source": "the minister",
    "sha256": "f" * 64,
}


def figures(*changed: dict[str, Any]) -> pd.DataFrame:
    """Return a table of figures, each as given and otherwise alike; each has a place of its own."""
    rows = [_FIGURE | {"start": 10 * number, "end": 10 * number + 4} | it for number, it in enumerate(changed)]
    return pd.DataFrame(rows, columns=tables._QUANTITIES, dtype=object).astype(tables._OFFSETS)


def claims(*changed: dict[str, Any]) -> pd.DataFrame:
    """Return a table of claims, each as given and otherwise alike; each has a place of its own."""
    rows = [_CLAIM | {"start": 10 * number, "end": 10 * number + 9} | it for number, it in enumerate(changed)]
    types = tables._OFFSETS | {"score": "float64", "n_figures": "int64"}
    return pd.DataFrame(rows, columns=tables._CLAIMS, dtype=object).astype(types)


def in_2030(**changed: Any) -> dict[str, Any]:
    """Return what a figure of the year 2030 has."""
    return {"period": "2030", "period_start": "2030-01-01", "period_end": "2030-12-31"} | changed
