"""What 02_statements compares: how much groups quote, whom they name, and with which verbs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from research.analysis.comparing import Compared, Item
from research.analysis.cues import NONE, OTHER
from research.analysis.one_speaker import SPEAKER
from research.analysis.statements.tables import content_starts, said_by
from research.analysis.statements.tables import statements as statement_table
from research.analysis.wording import most_often, quoted
from research.nlp.accuracy import TURN
from research.nlp.annotate import Annotations
from research.nlp.groups.grouping import QUOTED, Groups

if TYPE_CHECKING:
    import pandas as pd

FEWEST_CUES = 20
"""The fewest statements of a class of verbs that is compared."""


def items(annotations: Annotations, groups: Groups[Annotations], speaker: Any = None) -> Sequence[Item]:
    """Return what is counted in each group, of all statements or of those of one ``speaker`` (see ``one_speaker``).

    Turns of transcripts are not quotations and count nowhere. Speakers are not compared by what makes them speakers.
    """
    table = said_by(
        annotations, statement_table(annotations, groups.least_confidence), speaker, groups.least_confidence
    )
    table = table[table["kind"] != TURN]
    table = table.assign(start=content_starts(table))
    its = []
    if groups.column != QUOTED:
        direct = table[table["kind"] == "direct"]
        its.append(
            Item("direct quotations", "{} of statements are direct quotations", direct, table, rests_on="judged")
        )
    if groups.of_documents:
        if SPEAKER.read(speaker) is None:
            named = table[table["speaker"].notna()]
            its.append(Item("named speakers", "{} of statements have a named speaker", named, table, rests_on="judged"))
        its.append(Item("statements", "there are {} statements per 1,000 words", table, rests_on="judged"))
    classes = sorted((str(name), of_class) for name, of_class in table.groupby("cue_class"))
    return [
        *its,
        *(
            Item(f"verbs: {name}", _introduced(name, of_class), of_class, table, rests_on="judged")
            for name, of_class in classes
            if len(of_class) >= FEWEST_CUES
        ),
    ]


def _introduced(cue_class: str, statements: pd.DataFrame) -> str:
    """Return the clause that statements have a verb of a class, with the most frequent one as an example."""
    if cue_class == NONE:
        return "{} of statements have no verb of saying"
    if cue_class == OTHER:
        return "{} of statements have a verb outside the list of verbs of saying"
    example = most_often(statements["cue_head"].dropna())
    such_as = f", such as {quoted(example)}" if example else ""
    return f"{{}} of statements have {a_verb_of(cue_class)}{such_as}"


def a_verb_of(cue_class: str) -> str:
    """Return what a verb of a class is called: "a neutral verb", "a verb of urging"."""
    return "a neutral verb" if cue_class == "neutral" else f"a verb of {cue_class}"


compared = Compared("statements", items)
