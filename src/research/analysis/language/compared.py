"""What 05_language compares: how often groups use the terms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from research.analysis.comparing import Compared, Item
from research.analysis.language.tables import chosen_terms, concordance, frequencies
from research.analysis.wording import quoted
from research.nlp.annotate import Annotations
from research.nlp.groups.grouping import Groups


def items(annotations: Annotations, groups: Groups[Annotations], terms: Any = None) -> Sequence[Item]:  # noqa: ARG001
    """Return the terms, per 1,000 words of a group."""
    chosen = chosen_terms(frequencies(annotations), terms)
    found = concordance(annotations, chosen)
    return [
        Item(term, f"occurrences of {quoted(term)} per 1,000 words", found[found["term"] == term]) for term in chosen
    ]


compared = Compared("language", items)
