"""Findings about keyness: which words and phrases set the corpus, or a group of it, apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from research.analysis.articles import the
from research.analysis.comparing.headlines import within
from research.analysis.findings import Computation, Finding, slug
from research.analysis.language.keyness import FEWEST_OCCURRENCES, NO, THE_CORPUS, fewest_documents
from research.analysis.language.reference import NAME, SOURCE
from research.analysis.recount import statistic
from research.analysis.statistics.uncertainty import FEWEST_DOCUMENTS
from research.analysis.wording import capitalised, listed, plural
from research.nlp.annotate import Annotations
from research.nlp.groups.grouping import QUOTED, Groups
from research.nlp.groups.joining import any_case

if TYPE_CHECKING:
    import pandas as pd

HEADLINE_GROUPS = 4
_NAMED = 5


def keyness_findings(keyness: pd.DataFrame, groups: Groups[Annotations] | None, sizes: pd.DataFrame) -> list[Finding]:
    """Return what sets the corpus, or each of the four largest ``groups``, apart; nothing where no term does.

    ``sizes`` has the documents and words of each group: ``group, n_documents, words``.
    """
    names = list(dict.fromkeys(keyness["group"]))[:HEADLINE_GROUPS]
    documents = dict(zip(sizes["group"], sizes["n_documents"], strict=True))
    return [
        _finding(str(name), keyness[keyness["group"] == name], groups, int(documents.get(name, 0)))
        for name in names
        if groups is None or (documents.get(name, 0) >= FEWEST_DOCUMENTS and _has_terms_to_name(keyness, name))
    ]


def _has_terms_to_name(keyness: pd.DataFrame, group: str) -> bool:
    return bool(((keyness["group"] == group) & (keyness["set_aside"] == NO)).any())


def _finding(group: str, rows: pd.DataFrame, groups: Groups[Annotations] | None, n_documents: int) -> Finding:
    told = rows[rows["set_aside"] == NO]
    only_told: tuple[tuple[str, str], ...] = () if told.empty else (("set_aside", NO),)
    computation = Computation("first_five", "language.keyness", ("term",), (("group", group), *only_told))
    named = (rows if told.empty else told).head(_NAMED)
    value = str(statistic(computation, computation.rows(rows)))
    asked = None if groups is None else groups.what
    if asked is None:
        key, side = "language.keyness", f"{NAME} ({SOURCE})"
    else:
        key, side = f"language.keyness.{slug(any_case(asked))}.{slug(any_case(group))}", "all other groups"
    fewest = fewest_documents(n_documents)
    left_out = ["numbers and dates", "forms of address"]
    left_out = left_out if groups is None else ["the group's own names", *left_out]
    left_out += [f"terms in fewer than {fewest} of its documents"] if fewest > 1 else []
    aside = f" This sentence passes over {listed(left_out)}; the table has them." if left_out and only_told else ""
    return Finding(
        key=key,
        statement=f"{_most_characteristic(group, groups, named['term'].tolist())} {value}"
        f"{_in_documents(named['n_documents'].tolist(), n_documents)}.",
        value=value,
        display=value,
        unit="terms",
        measure="statistic",
        computation=computation,
        method=f"Content words and phrases are ranked by Dunning's log-likelihood (1993) against {side}; of "
        f"{plural(int(rows['tests'].iloc[0]), 'term')} with at least {FEWEST_OCCURRENCES} occurrences on both sides "
        f"together, only those that are more frequent here. Reporting verbs are left out, and phrases are one term."
        f"{aside}",
        status="descriptive",
        n=int(named["count"].sum()),
        n_documents=n_documents,
        parameters={} if asked is None else {"compare": asked, "group": group},
    )


def _most_characteristic(group: str, groups: Groups[Annotations] | None, terms: list[str]) -> str:
    """Return the beginning of the sentence, with its verb: "Before 1991, the most characteristic words are"."""
    what = "words and phrases" if any(" " in it for it in terms) else "words"
    what, verb = (what, "are") if len(terms) > 1 else ("term", "is")
    if groups is None:
        return f"Compared with {NAME}, the {what} most characteristic of {THE_CORPUS} {verb}"
    if groups.of_documents or groups.column == QUOTED:
        return f"{capitalised(within(group, groups))}, the most characteristic {what} {verb}"
    return f"The {what} most characteristic of {the(group)} {verb}"


def _in_documents(having: list[int], n_documents: int) -> str:
    """Return in how many documents each term occurs, as the rest of a sentence; nothing for a single document."""
    return f" (in {listed([f'{it:,}' for it in having])} of {n_documents:,} documents)" if n_documents > 1 else ""
