"""What a difference between groups is made of, so that judged sentences can correct it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from research.analysis.comparing.tables import Item, RestsOn
from research.analysis.judging.corrected import Place, Side, Sums
from research.nlp.annotate import Annotations
from research.nlp.groups.grouping import Groups

if TYPE_CHECKING:
    import pandas as pd


def rests_on(item: Item, groups: Groups[Annotations]) -> RestsOn:
    """Return what decides the counts of an item in groups: whose words they are is told by statements."""
    return "judged" if item.rests_on == "text" and not groups.of_documents else item.rests_on


def sums_of(item: Item, groups: Groups[Annotations], row: Any) -> Sums:
    """Return the sums behind the difference in a row of a comparison: those of its group, and of all others."""
    counted = item.counted.assign(group=groups.of(item.counted))
    per = 100 if item.unit != "words" else 1000
    base: pd.DataFrame | None = None  # the words of whole documents are known
    if item.base is not None:
        base = item.base.assign(group=groups.of(item.base))
    elif not groups.of_documents:
        base = groups.stretches()
    here, there = (
        Side(
            _places(counted, row.group, here=is_here),
            None if base is None else _places(base, row.group, here=is_here),
            float(row.base if is_here else row.others_base),
            in_words=item.base is None and base is not None,
        )
        for is_here in (True, False)
    )
    return Sums(here, there, per)


def _places(rows: pd.DataFrame, group: str, *, here: bool) -> list[Place]:
    """Return the places of the rows of a group, or else of all other groups."""
    chosen = rows[rows["group"].notna() & ((rows["group"] == group) == here)]
    end = "end" if "end" in chosen.columns else "start"
    return [Place(*its) for its in zip(chosen["doc_id"], chosen["start"].tolist(), chosen[end].tolist(), strict=True)]
