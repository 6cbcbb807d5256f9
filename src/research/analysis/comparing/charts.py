"""The figure of a comparison: each group's value with its interval, a panel an item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from research.analysis.comparing.headlines import SIGNIFICANT
from research.analysis.comparing.tables import UNITS, rows_of
from research.analysis.figures import (
    BLUE,
    GREY,
    ORANGE,
    Figure,
    NotComputable,
    new_plot,
    overall_title,
    shortened,
    style,
)
from research.analysis.statistics.ratios import FEWEST_WITH_IT
from research.analysis.statistics.uncertainty import FEWEST_DOCUMENTS
from research.analysis.wording import capitalised, listed, plural

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

MOST_PANELS = 6
_IN_A_ROW = 3


def comparison_chart(table: pd.DataFrame) -> Figure | NotComputable:
    """Draw the values of the groups, a panel for each of the six items whose groups differ most clearly.

    Groups that differ from all others after correction are diamonds, the others circles; the line is the corpus. A
    value of too little text is not drawn (``_FEWEST``) unless the group has ten documents: a word in the ten words of a
    speaker is 100 per 1,000.
    """
    if table.empty or table["group"].nunique() < 2:
        return NotComputable("There are no two groups to compare.")
    enough = (table["base"] >= table["unit"].map(_FEWEST)) | (table["n_documents"] >= FEWEST_DOCUMENTS)
    drawn = table[enough]
    items = _clearest(drawn)
    drawn = drawn[drawn["item"].isin(items)]
    groups = list(dict.fromkeys(drawn["group"]))
    if len(groups) < 2:
        least = listed([f"{_FEWEST[unit]:,} {noun}" for unit, noun in _BASES.items()], "or")
        return NotComputable(f"A value needs at least {least}, and no two groups have as many.")
    columns = min(_IN_A_ROW, len(items))
    rows = -(-len(items) // columns)
    with style():
        plot, axes = new_plot(height=rows * (1.0 + 0.26 * len(groups)) + 1.0, width=2.6 + 2.6 * columns)
        axes.remove()
        grid = plot.add_gridspec(rows, columns)
        for number, item in enumerate(items):
            axes = plot.add_subplot(grid[number // columns, number % columns])
            _panel(axes, drawn[drawn["item"] == item], groups, labelled=number % columns == 0)
        overall_title(plot, _title(groups))
        _legend(plot, drawn)
    differing = drawn[drawn["p_holm"] < SIGNIFICANT]
    told = [f"{row.group} in {row.item}" for row in rows_of(differing)][:_MOST_TOLD]
    little = f" In a group of fewer than {FEWEST_DOCUMENTS} documents, a value of {_little()} is not drawn."
    few = "" if enough.all() else little
    cut = " Intervals that reach far beyond all values are cut off at the edge." if _reaches_beyond(drawn) else ""
    return Figure(
        plot,
        drawn,
        caption=f"Value of each group with its 95% confidence interval, which needs {FEWEST_DOCUMENTS} documents, "
        f"{FEWEST_WITH_IT} of them with what is counted; hollow points have none. Diamonds differ from all other "
        "groups after Holm's correction for all differences tested. The grey line is the value of all groups together. "
        f"Each panel has its own scale.{cut}{few}",
        alt=f"Dots with intervals for {plural(len(groups), 'group')} in {plural(len(items), 'panel')}: "
        f"{listed(items)}. "
        + (f"The clearest of the differences: {listed(told)}." if told else "No group differs from the others."),
    )


_MOST_TOLD, _MANY = 3, 5
_FEWEST: Mapping[str, int] = {UNITS["words"]: 300, UNITS["passages"]: 10, UNITS["documents"]: 3}
"""What a value that is drawn is of at least: words, passages or documents."""
_BASES: Mapping[str, str] = {UNITS["words"]: "words", UNITS["passages"]: "passages", UNITS["documents"]: "documents"}


def _little() -> str:
    return listed([f"fewer than {_FEWEST[unit]:,} {noun}" for unit, noun in _BASES.items()], "or")


def _title(groups: Sequence[str]) -> str:
    if len(groups) == 2:
        return capitalised(f"{shortened(groups[0], 32)} and {shortened(groups[1], 32)} compared")
    if len(groups) < _MANY:
        return f"{listed(list(groups))} compared"
    return f"{len(groups)} groups, each beside all documents together"


def _legend(plot: Any, drawn: pd.DataFrame) -> None:
    from matplotlib.lines import Line2D

    differs = drawn["p_holm"] < SIGNIFICANT
    handles = [Line2D([], [], color=GREY, linewidth=1, label="all together")]
    if (drawn["low"].notna() & ~differs).any():
        handles.append(Line2D([], [], color=BLUE, marker="o", markersize=5, label="95% interval"))
    if differs.any():
        handles.append(Line2D([], [], color=ORANGE, marker="D", markersize=5, label="differs from all others"))
    if drawn["low"].isna().any():
        handles.append(
            Line2D(
                [], [], linestyle="", color=BLUE, marker="o", markersize=5, markerfacecolor="white", label="no interval"
            )
        )
    plot.legend(handles=handles, loc="outside lower left", ncols=4, frameon=False, fontsize=8.5)


def _clearest(table: pd.DataFrame) -> list[str]:
    """Return the items with the smallest p-values, then those that most groups have, in the order of the table."""
    first = dict.fromkeys(row.item for row in rows_of(table))
    having = table[table["counted"] > 0].groupby("item")["group"].nunique()
    others = sorted(dict.fromkeys(table["item"]), key=lambda item: -int(having.get(item, 0)))
    chosen = [*first, *(it for it in others if it not in first)][:MOST_PANELS]
    return [it for it in dict.fromkeys(table["item"]) if it in chosen]


def _end(rows: pd.DataFrame, scale: int) -> float:
    """Return where the axis of a panel ends: beyond all values, and at most at a few times the largest.

    The interval of a group with little text may reach to many times every value, and would press the others together.
    """
    largest = scale * float(rows["value"].max())
    farthest = scale * float(rows["high"].max()) if rows["high"].notna().any() else 0.0
    return max(largest, min(farthest, _MOST_BEYOND * largest)) or 1.0


def _reaches_beyond(drawn: pd.DataFrame) -> bool:
    largest = drawn.groupby("item")["value"].transform("max")
    return bool((drawn["high"] > _MOST_BEYOND * largest).any())


_MOST_BEYOND = 2.5


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
    axes.set_xlim(0, 1.05 * _end(rows, scale))
    axes.set_title(shortened(str(rows["item"].iloc[0]), 30), fontsize=10)
    axes.set_xlabel("per 1,000 words" if scale == 1 else "percent", fontsize=9)
