"""The figure of the keyness in 05_language: the terms that set each group apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from research.analysis.figures import BLUE, GREY, Figure, NotComputable, new_plot, overall_title, shortened, style
from research.analysis.language.keyness import NO
from research.analysis.language.reference import NAME
from research.analysis.statistics.ratios import FEWEST_ON_EACH_SIDE
from research.analysis.statistics.uncertainty import FEWEST_DOCUMENTS
from research.analysis.wording import listed, plural, quoted

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

MOST_PANELS, IN_A_ROW = 6, 2
_ALONE, _BESIDE_OTHERS = 15, 8
"""The most terms of a group by itself, and of one among several."""

_SET_ASIDE = " Names of a group itself, and terms that few of its documents have, are in the table alone."


def keyness_chart(keyness: pd.DataFrame) -> Figure | NotComputable:
    """Draw how much more often the clearest terms of each group occur there: a panel for each of the first six groups.

    A log ratio of 1 is twice as often, of 3 eight times. Terms that occur nowhere else have a ratio as if they occurred
    there half a time.
    """
    if keyness.empty:
        return NotComputable("No term occurs often enough to say that it is characteristic.")
    full, keyness = keyness, told(keyness)
    groups = list(dict.fromkeys(keyness["group"]))[:MOST_PANELS]
    most = _ALONE if len(groups) == 1 else _BESIDE_OTHERS
    drawn = keyness[keyness["group"].isin(groups)].groupby("group", sort=False).head(most)
    columns = min(IN_A_ROW, len(groups))
    sizes = [int((drawn["group"] == group).sum()) for group in groups]
    # A row is as high as its longest panel needs: one term alone in a tall panel looks as if others were missing.
    slots = [max(3, *sizes[first : first + columns]) for first in range(0, len(groups), columns)]
    heights = [1.1 + 0.26 * its for its in slots]
    right = 1.15 * float(drawn["log_ratio"].max())  # one scale, so that panels side by side can be compared
    with style():
        several = len(groups) > 1
        plot, axes = new_plot(height=sum(heights) + 0.4 * several, width=7.5 if columns == 1 else 9.5)
        axes.remove()
        grid = plot.add_gridspec(len(slots), columns, height_ratios=heights)
        for number, group in enumerate(groups):
            axes = plot.add_subplot(grid[number // columns, number % columns])
            _panel(axes, drawn[drawn["group"] == group], slots[number // columns], right)
            axes.set_title(shortened(str(group), 36) if several else f"What sets {group} apart", fontsize=11)
        if several:
            overall_title(plot, "What sets each group apart from all others")
    against = drawn["against"].iloc[0]
    first = [quoted(str(it)) for it in drawn["term"].head(3)]
    return Figure(
        plot,
        drawn[["group", "against", "term", "count", "others", "log_ratio", "low", "high"]].reset_index(drop=True),
        caption=f"The terms most characteristic of {'each group' if len(groups) > 1 else groups[0]} against {against}, "
        "the clearest first, by the log ratio of their rates (1 is twice as often, 3 eight times). In brackets are the "
        "occurrences outside longer phrases. Lines are 95% confidence intervals over documents, without an end where a "
        "term occurs nowhere else. "
        f"Hollow points have none: an interval needs {FEWEST_DOCUMENTS} documents on each side, {FEWEST_ON_EACH_SIDE} "
        f"of them with the term.{_SET_ASIDE if (full['set_aside'] != NO).any() else ''}",
        alt=f"Dots for the log ratios of {plural(len(drawn), 'term')} in {plural(len(groups), 'panel')}, against "
        f"{NAME if against == NAME else 'all others'}. The first are {listed(first)}.",
    )


def told(keyness: pd.DataFrame) -> pd.DataFrame:
    """Return the terms that are not set aside; all of them where every one is."""
    some = keyness[keyness["set_aside"] == NO]
    return keyness if some.empty else some


def _panel(axes: Axes, rows: pd.DataFrame, slots: int, right: float) -> None:
    its: Any = list(rows.itertuples(index=False))
    for at, row in enumerate(its):
        if row.low == row.low:
            axes.plot([max(row.low, 0), min(row.high, right)], [at, at], color=BLUE, linewidth=2)
        inside = BLUE if row.low == row.low else "white"
        axes.plot([row.log_ratio], [at], "o", color=BLUE, markerfacecolor=inside, markersize=5)
    axes.axvline(0, color=GREY, linewidth=1)
    axes.set_xlim(0, right)
    axes.set_yticks(range(len(its)), [f"{shortened(row.term, 26)} ({row.count:,})" for row in its])
    axes.set_ylim(slots - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel("log ratio (1: twice as often, 3: eight times)", fontsize=9)
