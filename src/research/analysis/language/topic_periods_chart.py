"""The figure of the topics over time in 05_language: a small panel a topic."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from research.analysis.figures import (
    BLUE,
    SKY,
    Figure,
    NotComputable,
    percent_axis,
    period_ticks,
    shortened,
    style,
)
from research.analysis.statistics.periods import in_words, labels_between, number_of_label
from research.analysis.statistics.uncertainty import FEWEST_DOCUMENTS
from research.analysis.wording import percent, plural

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

MOST_PANELS = 12
_COLUMNS = 2
_WIDE, _HIGH, _MORE = 7.5, 1.55, 0.5
"""The size in inches: the width of the figure, the height of a row of panels, and of all else."""


def topic_periods_chart(table: pd.DataFrame) -> Figure | NotComputable:
    """Draw in which share of each period's documents a topic is the main one: a panel for each of the first twelve.

    All panels have one scale, so that topics can be compared. Bars are intervals, which need ten documents; points of
    fewer are hollow, and a period without documents has none.
    """
    if table.empty:
        return NotComputable("No topic has documents with dates, so there is nothing to draw over time.")
    in_order = sorted(table["period"], key=number_of_label)
    labels = labels_between(in_order[0], in_order[-1])
    if len(labels) < 2:
        return NotComputable(f"All documents with a date are of {labels[0]}, so there is nothing to draw over time.")
    topics = list(dict.fromkeys(table["topic"]))
    shown = topics[:MOST_PANELS]
    drawn = table[table["topic"].isin(shown)]
    columns = min(_COLUMNS, len(shown))
    rows = -(-len(shown) // columns)
    with style():
        from matplotlib.figure import Figure as Plot

        plot = Plot(figsize=(_WIDE, _MORE + _HIGH * rows))
        grid = plot.subplots(rows, columns, sharex=True, squeeze=False)
        for axes, name in zip(grid.flat, shown, strict=False):
            _panel(axes, drawn[drawn["topic"] == name], labels)
            axes.set_title(shortened(name, 40 if columns > 1 else 84), fontsize=9.5, pad=5)
        highest = max(drawn["share"].max(), drawn["high"].max() if drawn["high"].notna().any() else 0.0)
        for axes in grid.flat[: len(shown)]:
            percent_axis(axes, float(highest))
        for axes in grid.flat[len(shown) :]:
            axes.set_visible(False)
        for axes in grid.flat[max(0, len(shown) - columns) : len(shown)]:
            axes.tick_params(labelbottom=True)
    more = (
        f" Not drawn: {plural(len(topics) - len(shown), 'more topic')}; the table has all."
        if topics[len(shown) :]
        else ""
    )
    return Figure(
        plot,
        drawn.reset_index(drop=True),
        caption="The share of each period's documents with the topic as their main one. All panels have one scale. "
        f"Bars are 95% intervals (Wilson) and need {FEWEST_DOCUMENTS} documents; periods of fewer have hollow points, "
        f"and those without documents have none.{more}",
        alt=f"{plural(len(shown), 'panel')} over {plural(len(labels), 'period')} "
        f"from {in_words(labels[0])} to {in_words(labels[-1])}. "
        + " ".join(_in_words(name, drawn[drawn["topic"] == name]) for name in shown),
    )


def _panel(axes: Axes, its: pd.DataFrame, labels: Sequence[str]) -> None:
    x = its["period"].map({label: at for at, label in enumerate(labels)}).to_numpy()
    axes.grid(visible=False, axis="x")
    axes.grid(visible=True, axis="y")
    axes.tick_params(labelsize=8.5)
    known = its["low"].notna().to_numpy()
    low, high = its["low"].to_numpy(), its["high"].to_numpy()
    axes.bar(x[known], (high - low)[known], 0.8, low[known], color=SKY, alpha=0.45, linewidth=0)
    few = (its["of_documents"] < FEWEST_DOCUMENTS).to_numpy()
    for chosen, inside in ((few, "white"), (~few, BLUE)):
        shares = its["share"].to_numpy()[chosen]
        axes.plot(x[chosen], shares, "o", color=BLUE, markerfacecolor=inside, markersize=4, zorder=3)
    period_ticks(axes, labels)


def _in_words(name: str, its: pd.DataFrame) -> str:
    most = its.iloc[int(its["share"].to_numpy().argmax())]
    return (
        f"{name}: between {percent(float(its['share'].min()))} and {percent(float(most['share']))} of the documents, "
        f"most in {most['period']}."
    )
