"""Figures of 05_language: the most frequent content words, and where terms occur."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from research.analysis.figures import Figure, NotComputable, horizontal_bars, new_plot, style
from research.analysis.language.date_marks import date_marks
from research.analysis.language.tables import of_subject
from research.analysis.statistics.dispersion import dispersion_plot
from research.analysis.wording import plural

if TYPE_CHECKING:
    import pandas as pd

BARS = 20
IN_ORDER_OF_NAMES, IN_ORDER_OF_DATES = "documents ordered by name", "documents ordered by date"


def frequency_chart(frequencies: pd.DataFrame) -> Figure | NotComputable:
    """Draw the most frequent content words as bars, without those that are frequent whatever a text is about.

    These are reporting verbs, numbers and times, and forms of address; the table of frequencies has them.
    """
    if frequencies.empty:
        return NotComputable("The corpus has no content word in English, so there is nothing to draw.")
    about = of_subject(frequencies)
    if about.empty:
        return NotComputable(
            "All content words are reporting verbs, numbers, times or forms of address; see the table."
        )
    shown = about.head(BARS)
    words, counts = shown["word"].tolist(), shown["count"].tolist()
    with style():
        plot, axes = new_plot(height=1.1 + 0.26 * len(words))
        inside = shown["in_phrases"].any()
        horizontal_bars(
            axes, words, counts, "occurrences outside longer phrases" if inside else "occurrences in the corpus"
        )
        axes.set_title("The most frequent content words")
    which = "The only content word" if len(words) == 1 else f"The {len(words)} most frequent content words"
    aside = (
        " Reporting verbs, numbers, times and forms of address are left out." if len(about) < len(frequencies) else ""
    )
    first = ", ".join(f"{word} {count:,}" for word, count in zip(words[:5], counts[:5], strict=True))
    return Figure(
        plot,
        shown,
        caption=f"{which} of the documents in English.{aside} Forms with "
        "and without a regular ending in -s count together, under the more frequent form. Equally frequent words are "
        f"in alphabetical order.{_PHRASES if inside else ''}",
        alt=f"Bar chart of {plural(len(words), 'content word')} by frequency. First: {first}.",
    )


_PHRASES = (
    " A phrase such as “prime minister” counts as one word. Occurrences of a word within longer phrases are not in its "
    "bar; the column in_phrases of the data has them."
)


def where_terms_occur(
    concordance: pd.DataFrame, terms: Sequence[str], readability: pd.DataFrame
) -> Figure | NotComputable:
    """Draw the dispersion of the terms, documents ordered by date if all have one; see ``statistics.dispersion``.

    Where they are of more than one year, the axis has dates.
    """
    order = by_date(readability)
    if order is None:
        return dispersion_plot(concordance, terms, readability["words"].tolist(), IN_ORDER_OF_NAMES)
    before = dict(zip(readability["doc_id"], _words_before(readability), strict=True))
    now = dict(zip(order["doc_id"], _words_before(order), strict=True))
    moved = concordance["doc_id"].map(lambda doc_id: now[doc_id] - before[doc_id])
    found = concordance.assign(position=concordance["position"] + moved).sort_values("position", kind="stable")
    sizes = order["words"].tolist()
    if (marks := date_marks(order["date"].tolist(), sizes)) is None:
        return dispersion_plot(found, terms, sizes, IN_ORDER_OF_DATES)
    labels = dict(zip(marks.places, marks.labels, strict=True))
    return dispersion_plot(found, terms, sizes, IN_ORDER_OF_DATES, marks=labels, marked=marks.of)


def by_date(readability: pd.DataFrame) -> pd.DataFrame | None:
    """Return the documents by date; None where one has no date, or where dates differ in precision."""
    dates = readability["date"]
    if dates.isna().any() or dates.nunique() < 2 or dates.str.len().nunique() > 1:
        return None
    return readability.sort_values("date", kind="stable", ignore_index=True)


def _words_before(documents: pd.DataFrame) -> list[int]:
    return [0, *accumulate(documents["words"].tolist())][:-1]
