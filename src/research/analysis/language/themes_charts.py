"""The figure of the topics in 05_language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from research.analysis.figures import BLUE, Figure, NotComputable, label_ends, new_plot, shortened, style, whole_numbers
from research.analysis.statistics.topics import FEWEST_DOCUMENTS
from research.analysis.wording import percent, plural

if TYPE_CHECKING:
    import pandas as pd

_SHOWN_TERMS = 6


def topics_chart(topics: pd.DataFrame, n_documents: int) -> Figure | NotComputable:
    """Draw how many of the documents have each topic as their main one, with its six heaviest terms."""
    if n_documents < FEWEST_DOCUMENTS:
        there = "there is" if n_documents == 1 else "there are"
        return NotComputable(f"Topics need {FEWEST_DOCUMENTS} documents in English, and {there} {n_documents:,}.")
    if topics.empty:
        return NotComputable("No topic came back in half of the random halves of the documents.")
    labels = [", ".join(it.split("; ")[:_SHOWN_TERMS]) for it in topics["terms"]]
    values = topics["n_documents"].tolist()
    with style():
        plot, axes = new_plot(height=1.1 + 0.34 * len(labels), width=9.5)
        bars = axes.barh(range(len(labels)), values, color=BLUE, height=0.7)
        axes.set_yticks(range(len(labels)), [shortened(it, 72) for it in labels])
        axes.set_ylim(len(labels) - 0.4, -0.6)
        label_ends(axes, bars, [f"{n:,} ({percent(share)})" for n, share in zip(values, topics["share"], strict=True)])
        axes.tick_params(axis="y", length=0)
        axes.set_xlim(0, 1.3 * max(values))
        whole_numbers(axes, "x")
        axes.set_xlabel("documents")
        axes.set_title("Main topics of the documents")
    others = plural(n_documents - sum(values), "document")
    of_all = f"of {plural(n_documents, 'document')} in English"
    return Figure(
        plot,
        topics,
        caption=f"The topics that come back in half or more of ten random halves, with the number and share {of_all} "
        f"whose main topic they are. The main topic of {others} is none of these.",
        alt=f"Bar chart of {plural(len(labels), 'topic')} by documents, {of_all}. First: {labels[0]}, {values[0]:,}.",
    )
