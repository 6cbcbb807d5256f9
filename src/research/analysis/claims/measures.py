"""What a figure measures, and when, as words within a sentence."""

from __future__ import annotations

from typing import Any

from research.analysis.statistics.periods import in_words


def within(measure: str) -> str:
    """Return a measure as it follows other words: without the capital of an opening "The"."""
    return f"the {measure[4:]}" if measure.startswith("The ") else measure


def when(period: Any) -> str:
    """Return " in July 2022", " on 5 March 2022", " since 2014" or " from … to …" for a period; nothing for none."""
    if not isinstance(period, str):
        return ""
    opening, _, end = period.partition(" ")
    if opening in ("since", "until"):
        return f" {opening} {in_words(end)}"
    first, to, last = period.partition(" to ")
    if to:
        return f" from {in_words(first)} to {in_words(last)}"
    return f" {'on' if len(period) == len('2022-03-05') else 'in'} {in_words(period)}"
