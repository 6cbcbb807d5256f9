"""What 05_language compares: how often groups use the terms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from research.analysis.comparing import COMPARE, Item, comparison
from research.analysis.declaring import kept
from research.analysis.language.tables import chosen_terms, concordance, frequencies
from research.analysis.wording import quoted
from research.nlp.annotate import Annotations
from research.nlp.groups.voices import LEAST_CONFIDENCE

if TYPE_CHECKING:
    import pandas as pd


@kept
def compared(annotations: Annotations, compare: Any = None, terms: Any = None) -> pd.DataFrame:
    """Return how often the groups of ``compare`` use the terms, beside all others; see ``comparing.comparison``."""
    return comparison(annotations, compare, items(annotations, compare, terms), LEAST_CONFIDENCE)


def items(annotations: Annotations, compare: Any, terms: Any) -> Sequence[Item]:
    """Return what is counted in each group, per 1,000 words; nothing where nothing is compared."""
    if COMPARE.read(compare) is None:
        return []
    chosen = chosen_terms(frequencies(annotations), terms)
    found = concordance(annotations, chosen)
    return [
        Item(term, f"occurrences of {quoted(term)} per 1,000 words", found[found["term"] == term]) for term in chosen
    ]
