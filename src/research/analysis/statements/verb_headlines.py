"""Findings of 02_statements on how statements are introduced: with which kind of verb, neutral or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from research.analysis.cues import NONE, OTHER
from research.analysis.findings import Finding, slug
from research.analysis.making import BY_JACKKNIFE, of_share
from research.analysis.statements.compared import a_verb_of
from research.analysis.statements.gathered import Gathered, over_documents
from research.analysis.statistics.uncertainty import rounded
from research.analysis.wording import confidence, listed, most_often, percent, quoted, share_precision
from research.nlp.accuracy import TURN

if TYPE_CHECKING:
    import pandas as pd

FEWEST = 20
"""The fewest statements with a verb for a finding about the verbs."""
_NEXT = 2
"""How many further kinds of verbs the sentence names."""


def verb_findings(evidence: Gathered, statements: pd.DataFrame) -> list[Finding]:
    """Return the finding about the most frequent kind of verb, with the next ones; none for few statements."""
    has_verb = (statements["kind"] != TURN) & (statements["cue_class"] != NONE)
    its = statements[has_verb]
    if len(its) < FEWEST:
        return []
    counts = its["cue_class"].value_counts()
    known = [str(name) for name in counts.index if name != OTHER]
    if not known:
        return []
    first, *others = sorted(known, key=lambda name: (-counts[name], name))
    is_first = has_verb & (statements["cue_class"] == first)
    n = int(is_first.sum())
    share = rounded(n / len(its))
    interval = over_documents(evidence, its.assign(counted=is_first[has_verb], base=1))
    ci = confidence(interval, share_precision(share), before=", ")
    next_ones = [f"{percent(rounded(counts[name] / len(its)))} {_one_of(name, its)}" for name in others[:_NEXT]]
    rest = f"; {listed(next_ones)}" if next_ones else ""
    return [
        of_share(
            f"statements.verbs.{slug(first)}",
            f"{percent(share)} of attributed statements with a reporting verb ({n:,} of {len(its):,}{ci}) use "
            f"{_one_of(first, its)}{rest}.",
            value=share,
            display=percent(share),
            unit="passages",
            interval=interval,
            interval_by=BY_JACKKNIFE,
            complete=evidence.complete,
            method=f"{evidence.found} The verb of a statement, or the noun or phrase in its place, belongs to one "
            "class of a list; a verb has the same class whatever it means in its sentence. Turns of transcripts and "
            "statements without a verb are left out.",
            counted=evidence.statements.marked(is_first),
            base=evidence.statements.marked(has_verb).counted_as("base"),
            n_documents=its["doc_id"].nunique(),
            accuracy=evidence.known("attributions.found", rows=its),
            parameters=evidence.parameters,
            uncorrected="verbs",
        )
    ]


def _one_of(cue_class: str, statements: pd.DataFrame) -> str:
    """Return a class of verbs with its most frequent verb as an example: "a verb of urging (“call for”)"."""
    example = most_often(statements.loc[statements["cue_class"] == cue_class, "cue_head"].dropna())
    return a_verb_of(cue_class) + (f" ({quoted(example)})" if example else "")
