"""Figures of 01_corpus: how long the documents are, when they are from, and which outlets they come from."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import TYPE_CHECKING

from research.analysis.corpus.tables import by
from research.analysis.figures import (
    BLUE,
    GREY,
    ORANGE,
    Figure,
    NotComputable,
    horizontal_bars,
    new_plot,
    style,
    whole_numbers,
)
from research.analysis.statistics.periods import in_words
from research.analysis.wording import percent, plural

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

MOST_BARS = 25
"""The most documents that get a bar each; more are drawn as a distribution."""
MOST_OUTLETS = 20
"""The most outlets that get a bar each."""


def outlets(documents: pd.DataFrame) -> Figure | NotComputable:
    """Draw the number of documents of each outlet, the largest first."""
    import pandas as pd

    named = documents.dropna(subset=["outlet"])
    if named.empty:
        return NotComputable(
            "No document names its outlet or office. A column source, the front matter or corpus.toml can name it."
        )
    by_outlet = [(str(name), len(its)) for name, its in by(named, "outlet")]
    names, counts = map(list, zip(*by_outlet[:MOST_OUTLETS], strict=True))
    with style():
        plot, axes = new_plot(height=1.2 + 0.3 * len(names))
        horizontal_bars(axes, names, counts, "documents")
        all_drawn = len(names) == len(by_outlet)
        axes.set_title("Documents by outlet" if all_drawn else f"The {len(names)} outlets with the most documents")
    return Figure(
        plot,
        pd.DataFrame(by_outlet, columns=["outlet", "documents"]),
        caption=f"Documents by outlet.{_without('an outlet', len(documents) - len(named))}"
        f"{_other_outlets(by_outlet[MOST_OUTLETS:], len(named))}",
        alt=f"Bar chart of {plural(len(named), 'document')} by outlet; {plural(len(by_outlet), 'outlet')}. "
        f"The outlet with the most is {names[0]} ({counts[0]:,}).",
    )


def _without(what: str, n: int) -> str:
    """Return the sentence about documents that a chart leaves out."""
    return f" Excluded: {plural(n, 'document')} without {what}." if n else ""


def _other_outlets(others: Sequence[tuple[str, int]], n: int) -> str:
    """Return the sentence about outlets without a bar; one bar of all of them would dwarf the others."""
    if not others:
        return ""
    count = sum(documents for _, documents in others)
    return (
        f" Not drawn: {plural(len(others), 'more outlet')} with {plural(count, 'document')} ({percent(count / n)}); "
        "the data list all."
    )


def lengths(documents: pd.DataFrame) -> Figure:
    """Draw the lengths of the documents: a bar each for a few, the distribution of many."""
    if len(documents) <= MOST_BARS:
        return _length_of_each(documents)
    return _length_distribution(documents)


def _length_of_each(documents: pd.DataFrame) -> Figure:
    names, words = documents["doc_id"].tolist(), documents["words"].tolist()
    with style():
        plot, axes = new_plot(height=1.2 + 0.3 * len(names))
        horizontal_bars(axes, names, words, "words")
        axes.set_title("How long each document is")
    return Figure(
        plot,
        documents[["doc_id", "words"]],
        caption="Length of each document in words.",
        alt=f"Bar chart of the length of {plural(len(names), 'document')}: {_from_to(words)}.",
    )


def _from_to(words: list[int]) -> str:
    shortest, longest = min(words), max(words)
    return plural(longest, "word") if shortest == longest else f"{shortest:,} to {plural(longest, 'word')}"


def _length_distribution(documents: pd.DataFrame) -> Figure:
    import numpy as np
    import pandas as pd

    words = documents["words"]
    longest, most = int(words.max()), int(words.quantile(_NEARLY_ALL, interpolation="lower"))
    end = longest if longest <= 2 * most else most
    width = _round_width((end + 1) / _MOST_CLASSES)
    edges = np.arange(0, end + width + 1, width)
    counts, _ = np.histogram(words, [*edges[:-1], edges[-1] - 0.5])  # the last bin would take in its upper edge
    beyond = int((words >= edges[-1]).sum())
    median = float(words.median())
    with style():
        plot, axes = new_plot(height=3.4)
        axes.bar(edges[:-1], counts, np.diff(edges), align="edge", color=BLUE, edgecolor="white", linewidth=0.5)
        axes.axvline(median, color=ORANGE, linewidth=2)
        _write_at_top(axes, f"median {median:,.0f}", median, ORANGE)
        if beyond:
            _write_at_top(axes, f"{beyond:,} longer, up to {longest:,} →", int(edges[-1]), GREY, left=True)
        axes.grid(axis="y")
        axes.set_xlim(0, edges[-1])
        axes.set_ylim(0, 1.15 * int(counts.max()))  # room for the median's label above the bars
        whole_numbers(axes, "x")
        whole_numbers(axes, "y")
        axes.set_xlabel(f"words in a document, {_in_classes(width)}")
        axes.set_ylabel("documents")
        axes.set_title("How long the documents are")
    data = pd.DataFrame({"from_words": edges[:-1], "below_words": edges[1:], "documents": counts})
    if beyond:
        data.loc[len(data)] = [edges[-1], longest + 1, beyond]
    return Figure(
        plot,
        data,
        caption=f"Distribution of document lengths in words, {_in_classes(width)}. The line marks the median."
        + (f" Not drawn: {plural(beyond, 'longer document')}, up to {longest:,} words." if beyond else ""),
        alt=f"Histogram of the lengths of {plural(len(documents), 'document')}: from {int(words.min()):,} to "
        f"{longest:,} words, median {median:,.0f}.",
    )


_MOST_CLASSES = 30


def _round_width(least: float) -> int:
    """Return the next round number of words; all classes have this width, so that the bars can be compared."""
    return next(width for power in count() for digit in "125" if (width := int(digit + power * "0")) >= least)


def _in_classes(width: int) -> str:
    return f"in classes of {plural(width, 'word')}"


_NEARLY_ALL = 0.99
"""The share of the documents that is always drawn: a few very long ones would press all others into one bar."""


def _write_at_top(axes: Axes, text: str, x: float, colour: str, *, left: bool = False) -> None:
    """Write a note at the top of the plot, to the right or to the left of a point on the axis."""
    axes.annotate(
        text,
        (x, 1),
        xycoords=("data", "axes fraction"),
        xytext=(-5 if left else 5, -2),
        textcoords="offset points",
        ha="right" if left else "left",
        va="top",
        color=colour,
    )


def timeline(documents: pd.DataFrame) -> Figure | NotComputable:
    """Draw the number of documents a day, month, year, decade or century, in at most about sixty bars.

    The coarsest date decides: if one document gives only its year, all are counted by year.
    """
    import pandas as pd

    written = documents["date"].dropna()
    if written.nunique() < 2:
        found = "no document has a date" if written.empty else f"all dated documents are of {written.iloc[0]}"
        return NotComputable(f"A timeline needs documents of at least two dates; {found}.")
    dated = pd.to_datetime(written + written.str.len().map({4: "-01-01", 7: "-01", 10: ""}), format="%Y-%m-%d")
    unit, labels, counts = _by_period(dated, _FINEST[int(written.str.len().min())])
    with style():
        plot, axes = new_plot(height=3.2)
        axes.bar(range(len(labels)), counts, color=BLUE, width=0.85)
        step = -(-len(labels) // _MOST_LABELS.get(unit, 8))
        axes.set_xticks(range(0, len(labels), step), labels[::step])
        axes.grid(visible=False, axis="x")
        axes.grid(visible=True, axis="y")
        whole_numbers(axes, "y")
        axes.set_xlabel(unit)
        axes.set_ylabel("documents")
        axes.set_title(f"Documents by {unit}")
    return Figure(
        plot,
        pd.DataFrame({unit: labels, "documents": counts}),
        caption=f"Documents by {unit}.{_without('a date', len(documents) - len(dated))}",
        alt=f"Bar chart of {plural(len(dated), 'dated document')} by {unit}, from {in_words(labels[0])} to "
        f"{in_words(labels[-1])}; the {unit} with the most is {in_words(labels[counts.index(max(counts))])} "
        f"({max(counts):,}).",
    )


_MOST_LABELS = {"day": 6}
"""The number of labels that fit below the bars, for units with long names."""
_PERIODS = {"day": (60, "D"), "month": (5 * 366, "M"), "year": (60 * 366, "Y")}
"""The longest period, in days, that is drawn in a unit, and the unit's name in pandas."""
_FINEST = {4: ("year",), 7: ("month", "year"), 10: ("day", "month", "year")}
"""The units for dates of so many characters: 4 is a year, 7 a month, 10 a day."""


def _by_period(dated: pd.Series[pd.Timestamp], units: Sequence[str]) -> tuple[str, list[str], list[int]]:
    """Return the unit that suits the dates, every period from the first to the last, and the dates in each."""
    import pandas as pd

    days = (dated.max() - dated.min()).days
    for unit, (longest, frequency) in _PERIODS.items():
        if unit in units and days <= longest:
            periods = dated.dt.to_period(frequency)
            every = pd.period_range(periods.min(), periods.max(), freq=frequency)
            return unit, [str(period) for period in every], periods.value_counts().reindex(every, fill_value=0).tolist()
    unit, years = ("decade", 10) if days <= 600 * 366 else ("century", 100)
    starts = dated.dt.year // years * years
    each = range(int(starts.min()), int(starts.max()) + 1, years)
    return unit, [f"{start}s" for start in each], starts.value_counts().reindex(each, fill_value=0).tolist()
