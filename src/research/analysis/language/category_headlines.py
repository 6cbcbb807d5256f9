"""Findings and figure of the categories of a dictionary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from research.analysis.evidence import CONTEXT, Evidence, Passage
from research.analysis.figures import BLUE, Figure, NotComputable, new_plot, shortened, style
from research.analysis.findings import Finding, slug
from research.analysis.language.categories import (
    called,
    category_passages,
    category_table,
    category_terms,
    dictionary_of,
)
from research.analysis.language.rates import rate, rate_interval
from research.analysis.language.tables import readability
from research.analysis.making import of_count
from research.analysis.statistics.uncertainty import FEWEST_DOCUMENTS
from research.analysis.wording import listed, plural, quoted, times
from research.loading.dictionaries import Dictionary
from research.nlp.annotate import Annotations

if TYPE_CHECKING:
    import pandas as pd

HEADLINE_CATEGORIES = 6
"""The most categories with findings of their own; the table lists all."""
MOST_DRAWN = 12
_MOST_NAMED = 3
_FORMS = (
    "Each occurrence counts once in a category, and the longest where terms of it overlap. A word with * (any letters) "
    "or ? (one letter) finds words as they are written, any other word its singular and plural; capitals and small "
    "letters count together."
)


def category_findings(annotations: Annotations, dictionary: Any = None) -> list[Finding]:
    """Return how often the six most frequent categories occur, and from ten documents on at which rate."""
    asked = dictionary_of(dictionary)
    if asked is None:
        return []
    readable, found = readability(annotations), category_passages(annotations, dictionary)
    table, forms = category_table(annotations, readable, dictionary), category_terms(annotations, dictionary)
    chosen = _most_frequent(table)["category"].head(HEADLINE_CATEGORIES).tolist()
    made = [_count(found, forms, asked, category) for category in chosen]
    if len(readable) >= FEWEST_DOCUMENTS:
        complete = annotations.corpus.complete
        occurring = [it for it in chosen if (found["category"] == it).any()]
        made += [_rate(found, asked, category, readable, complete=complete) for category in occurring]
    return made


def _most_frequent(table: pd.DataFrame) -> pd.DataFrame:
    """Return the categories by their frequency; equally frequent ones are in the order of the dictionary."""
    return table.sort_values("count", ascending=False, kind="stable", ignore_index=True)


def _slug(category: str) -> str:
    return ".".join(map(slug, category.split(".")))


def _passages(found: pd.DataFrame, category: str) -> Evidence:
    its = found[found["category"] == category]

    def read() -> Iterator[Passage]:
        rows: Iterable[Any] = its.itertuples(index=False)
        for row in rows:
            before, after = row.left[-CONTEXT:], row.right[:CONTEXT]
            yield Passage("counted", row.doc_id, row.sha256, row.start, row.end, row.keyword, before, after)

    return Evidence(read)


def _parameters(dictionary: Dictionary, category: str) -> dict[str, str]:
    return {"category": category, "dictionary": dictionary.file, "sha256": dictionary.sha256}


def _count(found: pd.DataFrame, forms: pd.DataFrame, dictionary: Dictionary, category: str) -> Finding:
    passages = _passages(found, category)
    n, documents = len(passages), len({row.doc_id for row in passages})
    its = forms[(forms["category"] == category) & (forms["count"] > 0)]
    most = listed([quoted(it) for it in its["found_as"].head(_MOST_NAMED)])
    said = f"No term of the category {quoted(category)} occurs in the corpus."
    if not dictionary.categories[category]:
        said = f"The category {quoted(category)} has no term in the dictionary, so nothing is counted."
    if n:
        often = f"most often {most}" if len(its) > 1 else f"always as {most}"
        said = f"Terms of the category {quoted(category)} occur {times(n)} in {plural(documents, 'document')}, {often}."
    terms = plural(len(dictionary.categories[category]), "term")
    return of_count(
        f"language.category.{_slug(category)}",
        said,
        value=n,
        unit="passages",
        method=f"Every occurrence of the {terms} that {called(dictionary)} has in the category is counted. {_FORMS}",
        n=n,
        n_documents=documents,
        parameters=_parameters(dictionary, category),
        evidence=passages,
    )


def _rate(
    found: pd.DataFrame, dictionary: Dictionary, category: str, readable: pd.DataFrame, *, complete: bool
) -> Finding:
    return rate(
        f"language.category_rate.{_slug(category)}",
        _passages(found, category),
        readable,
        occurs=f"Terms of the category {quoted(category)} occur",
        counted=f"Occurrences of the terms that {called(dictionary)} has in the category",
        forms=_FORMS,
        parameters=_parameters(dictionary, category),
        complete=complete,
    )


def category_chart(annotations: Annotations, dictionary: Any = None) -> Figure | NotComputable:
    """Draw the rates of the twelve most frequent categories, from ten documents on with their intervals."""
    import numpy as np

    readable, found = readability(annotations), category_passages(annotations, dictionary)
    table = _most_frequent(category_table(annotations, readable, dictionary))
    drawn = table[table["count"] > 0].head(MOST_DRAWN)[["category", "count", "per_1000_words", "n_documents"]]
    if drawn.empty:
        return NotComputable("No term of the dictionary occurs in the corpus, so there is nothing to draw.")
    complete = annotations.corpus.complete
    intervals = [
        rate_interval(found.loc[found["category"] == category, "doc_id"], readable, complete=complete)
        for category in drawn["category"]
    ]
    drawn = drawn.assign(
        low=[np.nan if it is None else it.low for it in intervals],
        high=[np.nan if it is None else it.high for it in intervals],
    )
    names, rates = drawn["category"].tolist(), drawn["per_1000_words"].tolist()
    with style():
        plot, axes = new_plot(height=1.2 + 0.3 * len(names))
        places = range(len(names))
        axes.hlines(places, drawn["low"], drawn["high"], color=BLUE, linewidth=2)
        axes.plot(rates, places, "o", color=BLUE, markersize=6)
        axes.set_yticks(places, [shortened(name) for name in names])
        axes.set_ylim(len(names) - 0.5, -0.5)
        axes.tick_params(axis="y", length=0)
        axes.set_xlim(left=0)
        axes.set_xlabel("occurrences per 1,000 words")
        axes.set_title("How often the categories occur")
    lines = " Lines are 95% confidence intervals over documents." if any(intervals) else ""
    first = ", ".join(f"{name} {value:,.2f}" for name, value in zip(names[:5], rates[:5], strict=True))
    which = (
        "Categories" if len(names) == int((table["count"] > 0).sum()) else f"The {len(names)} most frequent categories"
    )
    return Figure(
        plot,
        drawn,
        caption=f"{which} of the dictionary by their occurrences per 1,000 words.{lines}",
        alt=f"Dots for {plural(len(names), 'category', 'categories')} by rate per 1,000 words. First: {first}.",
    )
