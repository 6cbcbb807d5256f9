"""Figures: a picture, its data, its caption and its alternative text.

All have one style: matplotlib's defaults, so that no user's settings change a figure, its bundled font, and the
palette of Okabe and Ito (2008), which colour-blind readers can tell apart.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.container import BarContainer
    from matplotlib.figure import Figure as Plot

BLUE, SKY, ORANGE, GREEN, GREY = "#0072B2", "#56B4E9", "#D55E00", "#009E73", "#6B6B6B"

_STYLE: Mapping[str, Any] = {
    "font.family": "DejaVu Sans",  # bundled with matplotlib, so every machine has it
    "font.size": 10,
    "text.parse_math": False,  # "$5 bn to $6 bn" is no formula
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 12,
    "axes.titlepad": 12,
    "axes.axisbelow": True,
    "axes.grid": True,
    "axes.grid.axis": "x",
    "grid.color": "#E3E3E3",
    "figure.constrained_layout.use": True,
    "figure.dpi": 100,
    "savefig.dpi": 144,
    "savefig.facecolor": "white",
    "svg.fonttype": "path",
    "svg.hashsalt": "on-the-record",  # otherwise the ids in an SVG are random
}


@dataclass(frozen=True)
class Figure:
    """A plot with its data; ``alt`` describes it for readers who cannot see it."""

    plot: Plot
    data: pd.DataFrame
    caption: str
    alt: str


@dataclass(frozen=True)
class NotComputable:
    """Replaces a figure for which there is too little data; ``reason`` is a full sentence."""

    reason: str


@contextmanager
def style() -> Iterator[None]:
    """Draw and save in the style of this package, whatever the user's matplotlib settings."""
    # On first use matplotlib builds its font cache and logs a warning, which would end up in the notebook.
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    import matplotlib

    defaults: dict[Any, Any] = {k: v for k, v in matplotlib.rcParamsDefault.items() if k != "backend"}
    with matplotlib.rc_context(defaults | dict(_STYLE)), warnings.catch_warnings():
        # The bundled font lacks some scripts and draws their terms as boxes; the data still have the term.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        yield


def new_plot(height: float, width: float = 7.5) -> tuple[Plot, Axes]:
    """Return an empty plot of a size in inches. Call it within ``style()``."""
    from matplotlib.figure import Figure as Plot

    plot = Plot(figsize=(width, height))
    return plot, plot.add_subplot()


def overall_title(plot: Plot, title: str) -> None:
    """Write the title of a figure of several panels, at the left like that of a single one."""
    plot.suptitle(title, x=0.005, ha="left", fontsize=12)


def horizontal_bars(axes: Axes, labels: list[str], values: list[int], unit: str) -> None:
    """Draw bars from the top down, each with its label on the left and its value at its end."""
    bars = axes.barh(range(len(labels)), values, color=BLUE, height=0.7)
    axes.set_yticks(range(len(labels)), [shortened(label) for label in labels])
    axes.set_ylim(len(labels) - 0.4, -0.6)
    ends = [f"{value:,}" for value in values]
    label_ends(axes, bars, ends)
    axes.tick_params(axis="y", length=0)
    room = 1.04 + 0.02 * max(map(len, ends))  # for the value at the end of the longest bar
    axes.set_xlim(0, max(1, *values) * room)  # every value may be 0
    whole_numbers(axes, "x")
    axes.set_xlabel(unit)


def label_ends(axes: Axes, bars: BarContainer, ends: list[str]) -> None:
    """Write a label at the end of each bar. It gives the value, so the grid, which would cross it, goes."""
    axes.grid(visible=False)
    axes.bar_label(bars, ends, padding=3, fontsize=9)


def whole_numbers(axes: Axes, which: str) -> None:
    """Set ticks at whole numbers only, with thousands separators. Call it after the limits are set."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axis = axes.xaxis if which == "x" else axes.yaxis
    largest = axis.get_view_interval()[1]
    most = 8 if which == "y" or largest < _LONG_NUMBER else 5  # more would overlap
    axis.set_major_locator(MaxNLocator(nbins=most, integer=True))
    axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))


_LONG_NUMBER = 100_000


def shortened(label: str, longest: int = 40) -> str:
    """Return a label that leaves room for the picture: a long one ends in "…"."""
    return label if len(label) <= longest else label[: longest - 1] + "…"


def percent_axis(axes: Axes, highest: float) -> None:
    """Set the y axis of shares from 0 to a little above the highest, with ticks at few percentages that can be read."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.set_ylim(0, min(1.04, highest * 1.1) if highest > 0 else 1.0)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=4))
    # As many decimals as the ticks need: 2.5% rounded to 2% would put a mark where it does not belong.
    ticks = [it for it in axes.get_yticks() if 0 <= it <= highest]
    decimals = next((n for n in range(3) if all(abs(round(it, 2 + n) - it) < _TINY for it in ticks)), 3)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.{decimals}%}"))


_TINY = 1e-9


def period_ticks(axes: Axes, labels: Sequence[str]) -> None:
    """Set few enough ticks of periods to be read below a small panel."""
    most = max(2, min(_MOST_LABELS, _MOST_LETTERS // max(map(len, labels))))
    step = -(-len(labels) // most)
    axes.set_xticks(range(0, len(labels), step), labels[::step])
    axes.set_xlim(-0.7, len(labels) - 0.3)


_MOST_LABELS, _MOST_LETTERS = 5, 30
"""The most labels, and letters of labels, that fit below a small panel."""
