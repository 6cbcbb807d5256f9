"""What 04_claims compares: how many figures and claims groups assert, and of which kinds."""

from __future__ import annotations

from collections.abc import Sequence

from research.analysis.claims.tables import KINDS, by_reason
from research.analysis.claims.tables import claims as claim_table
from research.analysis.claims.tables import quantities as quantity_table
from research.analysis.comparing import Compared, Item
from research.nlp.annotate import Annotations
from research.nlp.claims.reasons import PROMISE, STATE
from research.nlp.groups.grouping import Groups

_FIGURES = {
    "money": "sums of money",
    "percentages": "percentages",
    "counts": "counts",
    "durations": "durations and ages",
    "others": "figures of other kinds",
}
_BECAUSE = {STATE: "a statement about the present", PROMISE: "a promise with a date"}
"""The reasons that a sentence puts otherwise than the table does."""


def items(annotations: Annotations, groups: Groups[Annotations]) -> Sequence[Item]:
    """Return figures and claims, all and by kind, per 1,000 words of a group."""
    least = groups.least_confidence
    figures, claims = quantity_table(annotations, least), claim_table(annotations, least)
    reasons = by_reason(claims)
    return [
        Item("figures", "there are {} figures per 1,000 words", figures, rests_on="judged"),
        *(
            Item(f"figures: {name}", f"there are {{}} {_FIGURES[name]} per 1,000 words", its, rests_on="judged")
            for name, kinds in KINDS.items()
            if len(its := figures[figures["kind"].isin(kinds)])
        ),
        Item("claims", "{} claims per 1,000 words are worth checking", claims),
        *(
            Item(f"claims: {name}", f"{{}} claims per 1,000 words are worth checking because of {_because(name)}", its)
            for name, its in sorted((str(name), its) for name, its in reasons.groupby("reason"))
        ),
    ]


def _because(reason: str) -> str:
    return _BECAUSE.get(reason, f"an {reason}" if reason[0] in "aeiou" else f"a {reason}")


compared = Compared("claims", items)
