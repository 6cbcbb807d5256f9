"""What 02_statements compares: how much groups quote, whom they name, and with which verbs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from research.analysis.comparing import COMPARE, Item, comparison
from research.analysis.declaring import kept
from research.analysis.statements.tables import LEAST_CONFIDENCE
from research.analysis.statements.tables import statements as statement_table
from research.nlp.accuracy import TURN
from research.nlp.annotate import Annotations
from research.nlp.groups.grouping import QUOTED
from research.nlp.records import spans

if TYPE_CHECKING:
    import pandas as pd

FEWEST_CUES = 20
"""The fewest statements of a class of verbs that is compared."""


@kept
def compared(
    annotations: Annotations, compare: Any = None, least_confidence: Any = LEAST_CONFIDENCE.default
) -> pd.DataFrame:
    """Return how the groups of ``compare`` quote, beside all others; see ``comparing.comparison`` for the columns."""
    least = LEAST_CONFIDENCE.read(least_confidence)
    return comparison(annotations, compare, items(annotations, compare, least), least)


def items(annotations: Annotations, compare: Any, least_confidence: float) -> Sequence[Item]:
    """Return what is counted in each group; nothing where nothing is compared.

    Turns of transcripts are not quotations and count nowhere. Speakers are not compared by what makes them speakers.
    """
    asked = COMPARE.read(compare)
    if asked is None:
        return []
    table = statement_table(annotations, least_confidence)
    table = table[table["kind"] != TURN]
    table = table.assign(start=[spans(content)[0].start for content in table["content_at"]])
    groups = annotations.by(asked, least_confidence)
    its = []
    if groups.column != QUOTED:
        its.append(Item("direct quotations", "of statements are direct quotations", _kind(table, "direct"), table))
    if groups.of_documents:
        named = table[table["speaker"].notna()]
        its.append(Item("named speakers", "of statements have a named speaker", named, table))
        its.append(Item("statements", "statements per 1,000 words", table))
    classes = table["cue_class"].value_counts()
    return [
        *its,
        *(
            Item(f"verbs: {name}", f"of statements have a verb of the class {name}", its, table)
            for name, its in sorted((str(name), its) for name, its in table.groupby("cue_class"))
            if classes[name] >= FEWEST_CUES
        ),
    ]


def _kind(table: pd.DataFrame, kind: str) -> pd.DataFrame:
    return table[table["kind"] == kind]
