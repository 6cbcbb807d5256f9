"""What 04_claims compares: how many figures and claims groups assert, and of which kinds."""

from __future__ import annotations

from collections.abc import Sequence

from research.analysis.claims.tables import KINDS, by_reason
from research.analysis.claims.tables import claims as claim_table
from research.analysis.claims.tables import quantities as quantity_table
from research.analysis.comparing import Compared, Item
from research.nlp.annotate import Annotations
from research.nlp.groups.grouping import Groups


def items(annotations: Annotations, groups: Groups[Annotations]) -> Sequence[Item]:
    """Return figures and claims, all and by kind, per 1,000 words of a group."""
    least = groups.least_confidence
    figures, claims = quantity_table(annotations, least), claim_table(annotations, least)
    reasons = by_reason(claims)
    return [
        Item("figures", "figures per 1,000 words", figures, rests_on="judged"),
        *(
            Item(f"figures: {name}", f"figures of the kind “{name}” per 1,000 words", its, rests_on="judged")
            for name, kinds in KINDS.items()
            if len(its := figures[figures["kind"].isin(kinds)])
        ),
        Item("claims", "claims per 1,000 words", claims),
        *(
            Item(f"claims: {name}", f"claims with the reason “{name}” per 1,000 words", its)
            for name, its in sorted((str(name), its) for name, its in reasons.groupby("reason"))
        ),
    ]


compared = Compared("claims", items)
