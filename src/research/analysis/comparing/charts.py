"""The figure of a comparison: each group's value with its interval, a panel an item."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from research.analysis.comparing.headlines import SIGNIFICANT
from research.analysis.comparing.tables import UNITS, rows_of
from research.analysis.figures import BLUE, GREY, ORANGE, Figure, NotComputable, new_plot, shortened, style
from research.analysis.statistics.ratios import FEWEST_WITH_IT
from research.analysis.wording import listed, plural

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

MOST_PANELS = 6
_IN_A_ROW = 3


def comparison_chart(table: pd.DataFrame) -> Figure | NotComputable:
    """Draw the values of the groups, a panel for each of the six items whose groups differ most clearly.

    Groups that differ from all others after correction are diamonds, the others circles; the line is the corpus.
    """
    if table.empty or table["group"].nunique() < 2:
        return NotComputable("There are no two groups to compare.")
    items = _clearest(table)
    drawn = table[table["item"].isin(items)]
    groups = list(dict.fromkeys(drawn["group"]))
    columns = min(_IN_A_ROW, len(items))
    rows = -(-len(items) // columns)
    with style():
        plot, axes = new_plot(height=rows * (1.0 + 0.26 * len(groups)) + 0.5, width=2.6 + 2.6 * columns)
        axes.remove()
        grid = plot.add_gridspec(rows, columns)
        for number, item in enumerate(items):
            axes = plot.add_subplot(grid[number // columns, number % columns])
            _panel(axes, drawn[drawn["item"] == item], groups, labelled=number % columns == 0)
    differing = drawn[drawn["p_holm"] < SIGNIFICANT]
    told = [f"{row.group} in {row.item}" for row in rows_of(differing)][:_MOST_TOLD]
    return Figure(
        plot,
        drawn,
        caption="Values of the groups with 95% confidence intervals, where a group has at least ten documents and "
        f"{FEWEST_WITH_IT} with what is counted; hollow points have no interval. Diamonds differ from all other groups "
        "after Holm's correction for all differences tested; the grey line is the value of all groups together.",
        alt=f"Dots with intervals for {plural(len(groups), 'group')} in {plural(len(items), 'panel')}: "
        f"{listed(items)}. "
        + (f"The clearest of the differences: {listed(told)}." if told else "No group differs from the others."),
    )


_MOST_TOLD = 3


def _clearest(table: pd.DataFrame) -> list[str]:
    """Return the items with the smallest p-values, in the order of the table; without any, the first items."""
    first = dict.fromkeys(row.item for row in rows_of(table))
    chosen = [*first, *(it for it in dict.fromkeys(table["item"]) if it not in first)][:MOST_PANELS]
    return [it for it in dict.fromkeys(table["item"]) if it in chosen]


def _panel(axes: Axes, rows: pd.DataFrame, groups: list[str], *, labelled: bool) -> None:
    scale = 1 if rows["unit"].iloc[0] == UNITS["words"] else 100
    place = {name: number for number, name in enumerate(groups)}
    first = rows.iloc[0]
    total = float((first["counted"] + first["others_counted"]) / max(1, first["base"] + first["others_base"]))
    axes.axvline(total * (1000 if scale == 1 else 100), color=GREY, linewidth=1, zorder=1)
    its: Any = rows.itertuples(index=False)
    for row in its:
        at = place[str(row.group)]
        differs = row.p_holm < SIGNIFICANT
        colour = ORANGE if differs else BLUE
        axes.plot([scale * row.low, scale * row.high], [at, at], color=colour, linewidth=2, zorder=2)
        # Hollow without an interval: among thirty groups most have few documents, and look as sure as the others.
        axes.plot(
            [scale * row.value],
            [at],
            "D" if differs else "o",
            color=colour,
            markerfacecolor=colour if row.low == row.low else "white",
            markersize=5,
            zorder=3,
            clip_on=False,
        )
    axes.set_ylim(len(groups) - 0.5, -0.5)
    axes.grid(visible=True, axis="y", linewidth=0.5)
    axes.set_yticks(range(len(groups)), [shortened(it, 32) for it in groups] if labelled else [""] * len(groups))
    axes.tick_params(axis="y", length=0)
    axes.set_xlim(left=0)
    axes.set_title(shortened(str(rows["item"].iloc[0]), 30), fontsize=10)
    axes.set_xlabel("per 1,000 words" if scale == 1 else "percent", fontsize=9)
