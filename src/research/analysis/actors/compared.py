"""What 03_actors compares: whom groups name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from research.analysis.actors.tables import actors as actor_table
from research.analysis.actors.tables import mentions as mention_table
from research.analysis.comparing import COMPARE, Item, comparison
from research.analysis.declaring import kept
from research.analysis.statements.tables import LEAST_CONFIDENCE
from research.nlp.annotate import Annotations

if TYPE_CHECKING:
    import pandas as pd

MOST_ACTORS = 12
"""The actors that are compared: those named in the most documents."""


@kept
def compared(
    annotations: Annotations, compare: Any = None, least_confidence: Any = LEAST_CONFIDENCE.default
) -> pd.DataFrame:
    """Return whom the groups of ``compare`` name, beside all others; see ``comparing.comparison`` for the columns."""
    least = LEAST_CONFIDENCE.read(least_confidence)
    return comparison(annotations, compare, items(annotations, compare, least), least)


def items(annotations: Annotations, compare: Any, least_confidence: float) -> Sequence[Item]:
    """Return what is counted in each group; nothing where nothing is compared."""
    if COMPARE.read(compare) is None:
        return []
    mentions = mention_table(annotations, least_confidence)
    named = {str(name): its for name, its in mentions.groupby("actor", sort=False)}
    first = actor_table(mentions)["actor"].drop_duplicates().head(MOST_ACTORS)
    whole = annotations.by(str(COMPARE.read(compare)), least_confidence).of_documents
    noun = "of documents name {}" if whole else "of the documents that report them have {} in their words"
    return [Item(name, noun.format(name), named[name], of="documents") for name in first]
