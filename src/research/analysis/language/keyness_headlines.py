"""Findings about keyness: which words and phrases set the corpus, or a group of it, apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from research.analysis.comparing import COMPARE
from research.analysis.findings import Computation, Finding, slug
from research.analysis.language.keyness import FEWEST_OCCURRENCES, THE_CORPUS
from research.analysis.language.reference import NAME, SOURCE
from research.analysis.recount import statistic
from research.analysis.statistics.uncertainty import FEWEST_DOCUMENTS
from research.analysis.wording import listed, plural, quoted
from research.nlp.groups.joining import any_case

if TYPE_CHECKING:
    import pandas as pd

HEADLINE_GROUPS = 4
_NAMED = 5


def keyness_findings(keyness: pd.DataFrame, compare: Any, sizes: pd.DataFrame) -> list[Finding]:
    """Return what sets the corpus, or each of the four largest groups, apart; nothing where no term does.

    ``sizes`` has the documents and words of each group: ``group, n_documents, words``.
    """
    asked = COMPARE.read(compare)
    groups = list(dict.fromkeys(keyness["group"]))[:HEADLINE_GROUPS]
    documents = dict(zip(sizes["group"], sizes["n_documents"], strict=True))
    return [
        _finding(str(group), keyness[keyness["group"] == group], asked, int(documents.get(group, 0)))
        for group in groups
        if asked is None or documents.get(group, 0) >= FEWEST_DOCUMENTS
    ]


def _finding(group: str, rows: pd.DataFrame, asked: str | None, n_documents: int) -> Finding:
    computation = Computation("first_five", "language.keyness", ("term",), (("group", group),))
    value = str(statistic(computation, rows))
    terms = listed([quoted(it) for it in rows["term"].head(_NAMED)])
    if asked is None:
        key = "language.keyness"
        statement = f"What sets {THE_CORPUS} apart from {NAME} is above all {terms}."
        side = f"{NAME} ({SOURCE})"
    else:
        key = f"language.keyness.{slug(any_case(asked))}.{slug(any_case(group))}"
        statement = f"{group}: the words and phrases that set it apart from all others are above all {terms}."
        side = "all other groups"
    return Finding(
        key=key,
        statement=statement,
        value=value,
        display=value,
        unit="terms",
        measure="statistic",
        computation=computation,
        method=f"Content words and phrases are ranked by Dunning's log-likelihood (1993) against {side}; of "
        f"{plural(int(rows['tests'].iloc[0]), 'term')} with at least {FEWEST_OCCURRENCES} occurrences on both sides "
        "together, only those that are more frequent here. Reporting verbs are left out, and phrases are one term.",
        status="descriptive",
        n=int(rows["count"].head(_NAMED).sum()),
        n_documents=n_documents,
        parameters={} if asked is None else {"compare": asked, "group": group},
    )
