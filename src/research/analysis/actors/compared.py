"""What 03_actors compares: whom groups name."""

from __future__ import annotations

from collections.abc import Sequence

from research.analysis.actors.tables import PEOPLE
from research.analysis.actors.tables import actors as actor_table
from research.analysis.actors.tables import mentions as mention_table
from research.analysis.articles import the
from research.analysis.comparing import Compared, Item
from research.analysis.wording import quoted
from research.nlp.annotate import Annotations
from research.nlp.groups.grouping import Groups

_NAMES = ("actor", "group")
MOST_ACTORS = 12
"""The actors that are compared: those named in the most documents."""


def items(annotations: Annotations, groups: Groups[Annotations]) -> Sequence[Item]:
    """Return the first actors, each with the documents of a group that name it."""
    mentions = mention_table(annotations, groups.least_confidence)
    named = {str(name): its for name, its in mentions.groupby("actor", sort=False)}
    first = actor_table(mentions).drop_duplicates("actor").head(MOST_ACTORS)
    where = "documents" if groups.of_documents else "the documents that report them"
    # "Arab" and "African" are words for people, not names of somebody.
    called = [
        quoted(name) if group == PEOPLE else the(name) for name, group in zip(*map(first.get, _NAMES), strict=True)
    ]
    return [
        Item(name, f"{it} is named in {{}} of {where}", named[name], of="documents", rests_on="names")
        for name, it in zip(first["actor"], called, strict=True)
    ]


compared = Compared("actors", items)
