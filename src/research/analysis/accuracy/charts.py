"""The figure of 08_accuracy: how often the model is right, by kind of statement and by its own confidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from research.analysis.accuracy.estimates import PRECISION, RECALL, SPEAKER
from research.analysis.accuracy.tables import EVERYTHING
from research.analysis.figures import BLUE, GREEN, ORANGE, Figure, NotComputable, new_plot, style
from research.analysis.wording import capitalised, percent

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_SHOWN = {PRECISION: (BLUE, "o"), SPEAKER: (ORANGE, "s"), RECALL: (GREEN, "D")}
"""The measures that are drawn, each with its colour and its mark: either tells them apart."""
_APART = 0.24


def measured_chart(measured: pd.DataFrame) -> Figure | NotComputable:
    """Draw precision, recall and right speakers with their intervals: overall, by kind, and by confidence."""
    drawn = measured[measured["value"].notna() & measured["measure"].isin(_SHOWN)]
    if drawn.empty:
        why = next(iter(measured["why_not"]), "")
        return NotComputable(f"{capitalised(why)}." if why else "No sentence of these documents is judged yet.")
    groups = list(dict.fromkeys(zip(drawn["by"], drawn["among"], strict=True)))
    with style():
        plot, axes = new_plot(height=1.6 + 0.62 * len(groups))
        for at, measure in enumerate(_SHOWN):
            its = drawn[drawn["measure"] == measure]
            if not its.empty:
                places = [groups.index(group) for group in zip(its["by"], its["among"], strict=True)]
                _points(axes, its, measure, [place + (at - 1) * _APART for place in places])
        axes.set_yticks(range(len(groups)), [_label(*group) for group in groups])
        axes.set_ylim(len(groups) - 0.5, -0.5)
        axes.set_xlim(-1, 101)
        axes.tick_params(axis="y", length=0)
        axes.set_xlabel("percent")
        axes.set_title("How often the model is right on these documents")
        plot.legend(*axes.get_legend_handles_labels(), loc="outside lower right", ncols=len(_SHOWN), frameon=False)
    return Figure(
        plot,
        drawn[["measure", "by", "among", "n", "value", "low", "high"]].reset_index(drop=True),
        caption="Precision (found statements that are real), recall (statements in the text that are found) and right "
        "speakers (of rightly found statements), in percent, estimated from judged sentences. Lines are 95% intervals. "
        "What was missed has no kind and no confidence, so recall is for everything only.",
        alt=f"Points with intervals. {_in_words(drawn)}",
    )


def _points(axes: Axes, rows: pd.DataFrame, measure: str, at: list[float]) -> None:
    colour, mark = _SHOWN[measure]
    value, low, high = (100 * rows[name].to_numpy(dtype=float) for name in ("value", "low", "high"))
    bars = [value - low, high - value]
    axes.errorbar(value, at, xerr=bars, fmt=mark, color=colour, markersize=6, capsize=3, linewidth=1.6, label=measure)


def _label(by: str, among: str) -> str:
    return EVERYTHING if not by else among if by == "kind" else f"{by} {among}"


def _in_words(drawn: pd.DataFrame) -> str:
    columns = ("by", "among", "measure", "value", "low", "high")
    said = [
        f"{_label(by, among)}, {measure}: {percent(value)} ({percent(low)} to {percent(high)})"
        for by, among, measure, value, low, high in zip(*(drawn[name] for name in columns), strict=True)
    ]
    return "; ".join(said) + "."
