"""What 03_actors compares: whom groups name."""

from __future__ import annotations

from collections.abc import Sequence

from research.analysis.actors.tables import actors as actor_table
from research.analysis.actors.tables import mentions as mention_table
from research.analysis.comparing import Compared, Item
from research.nlp.annotate import Annotations
from research.nlp.groups.grouping import Groups

MOST_ACTORS = 12
"""The actors that are compared: those named in the most documents."""


def items(annotations: Annotations, groups: Groups[Annotations]) -> Sequence[Item]:
    """Return the first actors, each with the documents of a group that name it."""
    mentions = mention_table(annotations, groups.least_confidence)
    named = {str(name): its for name, its in mentions.groupby("actor", sort=False)}
    first = actor_table(mentions)["actor"].drop_duplicates().head(MOST_ACTORS)
    noun = "of documents name {}" if groups.of_documents else "of the documents that report them have {} in their words"
    return [Item(name, noun.format(name), named[name], of="documents", rests_on="names") for name in first]


compared = Compared("actors", items)
