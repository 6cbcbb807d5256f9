"""What 04_claims compares: how many figures and claims groups assert, and of which kinds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from research.analysis.claims.tables import KINDS, by_reason
from research.analysis.claims.tables import claims as claim_table
from research.analysis.claims.tables import quantities as quantity_table
from research.analysis.comparing import COMPARE, Item, comparison
from research.analysis.declaring import kept
from research.analysis.statements.tables import LEAST_CONFIDENCE
from research.nlp.annotate import Annotations

if TYPE_CHECKING:
    import pandas as pd


@kept
def compared(
    annotations: Annotations, compare: Any = None, least_confidence: Any = LEAST_CONFIDENCE.default
) -> pd.DataFrame:
    """Return what the groups of ``compare`` assert, beside all others; see ``comparing.comparison`` for the columns."""
    least = LEAST_CONFIDENCE.read(least_confidence)
    return comparison(annotations, compare, items(annotations, compare, least), least)


def items(annotations: Annotations, compare: Any, least_confidence: float) -> Sequence[Item]:
    """Return what is counted in each group, per 1,000 words; nothing where nothing is compared."""
    if COMPARE.read(compare) is None:
        return []
    figures, claims = quantity_table(annotations, least_confidence), claim_table(annotations, least_confidence)
    reasons = by_reason(claims)
    return [
        Item("figures", "figures per 1,000 words", figures),
        *(
            Item(f"figures: {name}", f"figures of the kind “{name}” per 1,000 words", its)
            for name, kinds in KINDS.items()
            if len(its := figures[figures["kind"].isin(kinds)])
        ),
        Item("claims", "claims per 1,000 words", claims),
        *(
            Item(f"claims: {name}", f"claims with the reason “{name}” per 1,000 words", its)
            for name, its in sorted((str(name), its) for name, its in reasons.groupby("reason"))
        ),
    ]
