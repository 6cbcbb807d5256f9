"""Figures: a picture, the data that it shows, a caption, and the same in words for who cannot see it.

One style for all of them: matplotlib's own defaults, so that nobody's settings change a figure, its
bundled font, and the palette of Okabe and Ito (2008), which the colour-blind can tell apart.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator, Mapping
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
    "font.family": "DejaVu Sans",  # comes with matplotlib, so every machine has the same
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
    """A plot that knows its data; ``alt`` says what it shows to someone who cannot see it."""

    plot: Plot
    data: pd.DataFrame
    caption: str
    alt: str


@dataclass(frozen=True)
class NotComputable:
    """What stands in the place of a figure when the data are too few; ``reason`` is a full sentence."""

    reason: str


@contextmanager
def style() -> Iterator[None]:
    """Draw and save in the style of this package, whatever the user's matplotlib is set to."""
    # Building its font cache for the first time, matplotlib logs a warning into whatever is being run.
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    import matplotlib

    defaults: dict[Any, Any] = {k: v for k, v in matplotlib.rcParamsDefault.items() if k != "backend"}
    with matplotlib.rc_context(defaults | dict(_STYLE)), warnings.catch_warnings():
        # A term in a script that the bundled font lacks is drawn as boxes; the data name it rightly.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        yield


def new_plot(height: float, width: float = 7.5) -> tuple[Plot, Axes]:
    """An empty plot of a size in inches. Use it within ``style()``."""
    from matplotlib.figure import Figure as Plot

    plot = Plot(figsize=(width, height))
    return plot, plot.add_subplot()


def horizontal_bars(axes: Axes, labels: list[str], values: list[int], unit: str) -> None:
    """Bars from the top down, each with its label at the left and its value at its end."""
    bars = axes.barh(range(len(labels)), values, color=BLUE, height=0.7)
    axes.set_yticks(range(len(labels)), [shortened(label) for label in labels])
    axes.set_ylim(len(labels) - 0.4, -0.6)
    ends = [f"{value:,}" for value in values]
    label_ends(axes, bars, ends)
    axes.tick_params(axis="y", length=0)
    room = 1.04 + 0.02 * max(map(len, ends))  # for the value at the end of the longest bar
    axes.set_xlim(0, max(1, *values) * room)  # documents may have no word at all
    whole_numbers(axes, "x")
    axes.set_xlabel(unit)


def label_ends(axes: Axes, bars: BarContainer, ends: list[str]) -> None:
    """A label at the end of each bar. It says the value, so that no grid is needed, which would run through it."""
    axes.grid(visible=False)
    axes.bar_label(bars, ends, padding=3, fontsize=9)


def whole_numbers(axes: Axes, which: str) -> None:
    """Ticks at whole numbers only, with a separator of thousands. Call it when the limits are set."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axis = axes.xaxis if which == "x" else axes.yaxis
    largest = axis.get_view_interval()[1]
    most = 8 if which == "y" or largest < _LONG_NUMBER else 5  # or one label would run into the next
    axis.set_major_locator(MaxNLocator(nbins=most, integer=True))
    axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))


_LONG_NUMBER = 100_000


def shortened(label: str, longest: int = 40) -> str:
    """A label that leaves room for the picture: its end goes, and a sign says so."""
    return label if len(label) <= longest else label[: longest - 1] + "…"
