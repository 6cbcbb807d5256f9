"""What 05_language compares: how often groups use the terms, and the categories of a dictionary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from research.analysis.comparing import Compared, Item
from research.analysis.language.categories import category_passages
from research.analysis.language.tables import chosen_terms, concordance, frequencies
from research.analysis.wording import quoted
from research.nlp.annotate import Annotations
from research.nlp.groups.grouping import Groups

MOST_CATEGORIES = 30
"""The most categories that are compared, the most frequent ones: each more makes every p-value larger."""


def items(
    annotations: Annotations,
    groups: Groups[Annotations],  # noqa: ARG001
    terms: Any = None,
    dictionary: Any = None,
) -> Sequence[Item]:
    """Return the terms and the categories of a dictionary that occur, per 1,000 words of a group."""
    chosen = chosen_terms(frequencies(annotations), terms)
    found = concordance(annotations, chosen)
    return [
        *(
            Item(term, f"{quoted(term)} occurs {{}} times per 1,000 words", found[found["term"] == term])
            for term in chosen
        ),
        *_categories(annotations, dictionary),
    ]


def _categories(annotations: Annotations, dictionary: Any) -> Iterator[Item]:
    """Yield the most frequent categories. They are called so, as a category may have the name of a term."""
    found = category_passages(annotations, dictionary)
    often = found["category"].value_counts(sort=False).sort_values(ascending=False, kind="stable")
    for category in often.index[:MOST_CATEGORIES]:
        clause = f"terms of the category {quoted(str(category))} occur {{}} times per 1,000 words"
        yield Item(f"category: {category}", clause, found[found["category"] == category])


compared = Compared("language", items)
