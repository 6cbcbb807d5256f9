"""What a figure measures, and when, as words within a sentence."""

from __future__ import annotations

from typing import Any


def within(measure: str) -> str:
    """Return a measure as it follows other words: without the capital of an opening "The"."""
    return f"the {measure[4:]}" if measure.startswith("The ") else measure


def when(period: Any) -> str:
    """Return " in 2022", " on 2022-03-05" or " from … to …" for a period; nothing for none."""
    if not isinstance(period, str):
        return ""
    if " to " in period:
        return f" from {period}"
    return f" on {period}" if len(period) == len("2022-03-05") else f" in {period}"
