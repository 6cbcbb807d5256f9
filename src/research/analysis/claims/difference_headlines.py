"""Findings of 04_claims on sources that differ: who puts the same measure at what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from research.analysis.claims.disagreements import describe, disagreements
from research.analysis.claims.gathered import MEASURES, WHOSE, Gathered, at_rows
from research.analysis.claims.measures import when, within
from research.analysis.claims.tables import usual_measure
from research.analysis.findings import Finding, slug
from research.analysis.making import of_count
from research.analysis.wording import listed, plural

if TYPE_CHECKING:
    import pandas as pd

MOST_DIFFERENCES = 10
"""The most findings on one measure each; the table lists all."""

_DIFFER = (
    "Figures of one unit and time are compared where what they measure has the same words, where the clauses around "
    "them share most of their rarer words, or where one clause only says who puts it at what, beside another figure; "
    "two differ if they do so beyond the precision with which they are written. They may be about two things."
)


def differences(figures: pd.DataFrame, evidence: Gathered) -> Iterator[Finding]:
    """Yield a finding for each measure on which sources may disagree, most sources first, and one that counts them."""
    differing = disagreements(figures)
    n = differing["about"].nunique()
    for about in differing["about"].drop_duplicates().head(MOST_DIFFERENCES):
        group = differing[differing["about"] == about]
        documents = group["doc_id"].nunique()
        said = listed(describe(group)[:_MOST_SAID])
        more = f", and {len(group) - _MOST_SAID:,} more differ" if len(group) > _MOST_SAID else ""
        yield of_count(
            f"claims.differences.{slug(about)}",
            f"{plural(len(group), 'figure')} may disagree{_on(group)}: {said}{more}.{_key_words(group)}",
            value=len(group),
            unit="passages",
            method=evidence.method(WHOSE, _DIFFER, "Nothing says which of them is right."),
            n=len(group),
            n_documents=documents,
            accuracy=evidence.known(*MEASURES, rows=group),
            parameters={**evidence.parameters, "about": about},
            evidence=at_rows(evidence.figures, group),
            uncorrected="pairs",
        )
    yield of_count(
        "claims.differences",
        f"Sources may disagree on {plural(n, 'measure')}: {plural(len(differing), 'figure')} differ."
        if n
        else "No two sources give different figures for what looks like the same measure.",
        value=len(differing),
        unit="passages",
        method=evidence.method(WHOSE, _DIFFER),
        n=len(differing),
        n_documents=differing["doc_id"].nunique(),
        accuracy=evidence.known(*MEASURES, rows=differing),
        parameters=evidence.parameters,
        evidence=at_rows(evidence.figures, differing),
        uncorrected="pairs",
    )


_MOST_SAID = 4


def _on(group: pd.DataFrame) -> str:
    """Return what figures measure, in its usual wording and with its time, where all have one."""
    if group["measure"].notna().all():
        return f" on {within(str(usual_measure(group['measure'])))}{_when_all(group)}"
    return ""


def _key_words(group: pd.DataFrame) -> str:
    """Return the words that tell what figures without a measure in common are about."""
    return "" if _on(group) else f" Key words: {str(group['about'].iloc[0]).partition(', ')[0]}."


def _when_all(group: pd.DataFrame) -> str:
    periods = group["period"].dropna().unique()
    return when(periods[0]) if len(periods) == 1 and group["period"].notna().all() else ""
