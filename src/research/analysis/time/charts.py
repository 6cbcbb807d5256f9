"""The figure of 06_time: every series over the same periods, one small panel each."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from research.analysis.figures import (
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    SKY,
    Figure,
    NotComputable,
    overall_title,
    percent_axis,
    period_ticks,
    shortened,
    style,
    whole_numbers,
)
from research.analysis.statistics.periods import in_words, number_of_label
from research.analysis.statistics.ratios import FEWEST_WITH_IT
from research.analysis.statistics.series import FEWEST_IN_A_PERIOD
from research.analysis.statistics.uncertainty import FEWEST_DOCUMENTS
from research.analysis.time.material import ACTOR, CATEGORY, CORPUS, COUNTRY, DATE_NAMED, DOCUMENTS, SPEECH, TERM
from research.analysis.wording import percent, plural

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

MOST_PANELS = 12
_COLUMNS = 2
_WIDE, _HIGH, _MORE = 7.5, 1.55, 1.2
"""The size in inches: the width of the figure, the height of a row of panels, and of all else."""


def categories_chart(series: pd.DataFrame, changes: pd.DataFrame, date: Any = None) -> Figure | NotComputable:
    """Draw the number of documents and the categories of a dictionary over time, as ``series_chart`` does all else."""
    if not (series["of"] == CATEGORY).any():
        return NotComputable("There is no dictionary, so there is no category to draw.")
    return _chart(series[series["of"].isin((CORPUS, CATEGORY))], changes, date)


def series_chart(series: pd.DataFrame, changes: pd.DataFrame, date: Any = None) -> Figure | NotComputable:
    """Draw the number of documents and every series over time, a panel each: at most twelve, in the order of the table.

    The categories of a dictionary have a figure of their own (``categories_chart``).

    ``changes`` marks the clearest change of a series where chance does not explain it, with the periods in which it may
    be; ``date`` is a named one. Nothing is drawn for a period without a value.
    """
    return _chart(series[series["of"] != CATEGORY], changes, date)


def _chart(series: pd.DataFrame, changes: pd.DataFrame, date: Any) -> Figure | NotComputable:
    date, labels = DATE_NAMED.read(date), list(dict.fromkeys(series["period"]))
    if len(labels) < 2:
        found = f"all documents with one are of {labels[0]}" if labels else "no document has one"
        return NotComputable(f"A series needs dates in at least two periods; {found}, so there is nothing to draw.")
    panels = _panels(series)
    marked = {(row.of, row.series): row for row in changes[changes["changed"] == 1].itertuples(index=False)}
    rows = -(-len(panels) // _COLUMNS)
    with style():
        from matplotlib.figure import Figure as Plot

        plot = Plot(figsize=(_WIDE, _MORE + _HIGH * rows))
        grid = plot.subplots(rows, _COLUMNS, sharex=True, squeeze=False)
        for axes, (key, its) in zip(grid.flat, panels, strict=False):
            _panel(axes, its, key[0], marked.get(key))
            period_ticks(axes, labels)
            if date is not None and (at := _place(date, labels)) is not None:
                axes.axvline(at, color=GREEN, linewidth=1.5, linestyle="--", zorder=4)
        for axes in grid.flat[len(panels) :]:
            axes.set_visible(False)
        for axes in grid.flat[max(0, len(panels) - _COLUMNS) : len(panels)]:
            axes.tick_params(labelbottom=True)
        overall_title(plot, f"Over time, {_span(labels)}")
        _legend(plot, series, marked, date)
    import pandas as pd

    return Figure(
        plot,
        pd.concat([its for _, its in panels], ignore_index=True),
        caption=_caption(series, len(panels), labels),
        alt=f"{plural(len(panels), 'panel')} over {plural(len(labels), 'period')} {_span(labels)}. "
        + " ".join(_in_words(key, its, marked.get(key)) for key, its in panels),
    )


_Key = tuple[str, str]


def _panels(series: pd.DataFrame) -> list[tuple[_Key, pd.DataFrame]]:
    """Return the series to draw: the number of documents, then the others, but not the number of words."""
    groups = series.groupby(["of", "series"], sort=False)
    drawn = [((str(of), str(name)), its) for (of, name), its in groups if of != CORPUS or name == DOCUMENTS]
    return drawn[:MOST_PANELS]


def _panel(axes: Axes, its: pd.DataFrame, of: str, change: Any) -> None:
    from matplotlib.ticker import MaxNLocator

    x = range(len(its))
    values = its["value"].astype("float64")
    axes.grid(visible=False, axis="x")
    axes.grid(visible=True, axis="y")
    axes.set_title(_title(of, str(its["series"].iloc[0])), fontsize=9.5, pad=5)
    axes.tick_params(labelsize=8.5)
    if of == CORPUS:
        axes.bar(x, values, color=GREY, width=0.85)
        axes.set_ylim(0, max(1.0, float(values.max())) * 1.08)
        whole_numbers(axes, "y")
        axes.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
        return
    band = its["low"].notna()
    places = [at for at, known in zip(x, band, strict=True) if known]
    axes.bar(places, (its["high"] - its["low"])[band], 1.0, its["low"][band], color=SKY, alpha=0.45, linewidth=0)
    axes.plot(x, values, color=BLUE, linewidth=1.3, zorder=3)
    few = its["n_documents"].to_numpy() < FEWEST_IN_A_PERIOD
    for chosen, inside in ((few, "white"), (~few, BLUE)):
        shown = values.where(chosen)
        axes.plot(x, shown, "o", color=BLUE, markerfacecolor=inside, markersize=3.4, markeredgewidth=0.8, zorder=4)
    if change is not None:
        _mark(axes, its, change)
    highest = max(values.max(), its["high"].max() if band.any() else 0.0)
    if of in (TERM, CATEGORY):
        axes.set_ylim(0, float(highest) * 1.1 if highest > 0 else 1.0)
        axes.yaxis.set_major_locator(MaxNLocator(nbins=4))
    else:
        percent_axis(axes, float(highest))


def _mark(axes: Axes, its: pd.DataFrame, change: Any) -> None:
    """Mark a change: where it is, where it may be, and the level on either side."""
    places = {label: at for at, label in enumerate(its["period"])}
    at = places[change.period] - 0.5
    # A change is at the beginning of a period: of one period alone there is no span, only the line.
    first, last = (places[it] - 0.5 for it in (change.earliest, change.latest))
    axes.axvspan(first, last, color=ORANGE, alpha=0.16, linewidth=0, zorder=0)
    axes.axvline(at, color=ORANGE, linewidth=1.5, zorder=4)
    axes.hlines(
        [change.value_before, change.value_after],
        [-0.5, at],
        [at, len(its) - 0.5],
        ORANGE,
        linestyles="dotted",
        zorder=5,
    )


def _title(of: str, name: str) -> str:
    short = shortened(name, 28)
    return {
        CORPUS: "Documents",
        TERM: f"“{short}” per 1,000 words",
        CATEGORY: f"{short}, per 1,000 words",
        SPEECH: "Direct quotations, share of statements",
        **dict.fromkeys((COUNTRY, ACTOR), f"{short}, share of documents"),
    }.get(of, f"{short}, share of statements")


def _place(date: str, labels: Sequence[str]) -> float | None:
    """Return where the first day of a date is on the axis; None where it is outside."""
    first = [_first_day(label) for label in labels]
    day = datetime.date.fromisoformat(date + "-01-01"[: 10 - len(date)] if len(date) < 10 else date).toordinal()
    if not first[0] <= day <= first[-1] + (first[-1] - first[-2]):
        return None
    at = max(number for number, start in enumerate(first) if start <= day)
    width = (first[at + 1] if at + 1 < len(first) else 2 * first[at] - first[at - 1]) - first[at]
    return at - 0.5 + (day - first[at]) / width


def _first_day(label: str) -> int:
    """Return the first day of a period as a number."""
    if label.endswith("s"):
        return datetime.date(max(1, int(label[:-1])), 1, 1).toordinal()
    year, _, rest = label.partition("-")
    if rest.startswith("W"):
        return datetime.date.fromisocalendar(int(year), int(rest[1:]), 1).toordinal()
    if rest.startswith("Q"):
        return datetime.date(int(year), 3 * int(rest[1:]) - 2, 1).toordinal()
    if len(rest) > 2:
        return number_of_label(label)
    return datetime.date(int(year), int(rest or 1), 1).toordinal()


_IN_ONE_LINE = 4
"""The most entries of a legend that fit beside each other."""


def _legend(plot: Any, series: pd.DataFrame, marked: Any, date: str | None) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    handles: list[Any] = []
    if series["low"].notna().any():
        handles.append(Patch(color=SKY, alpha=0.45, label="95% interval"))
    rows = series[(series["of"] != CORPUS) & series["value"].notna()]
    if (rows["n_documents"] < FEWEST_IN_A_PERIOD).any():
        label = f"fewer than {FEWEST_IN_A_PERIOD} documents"
        handles.append(Line2D([], [], linestyle="", marker="o", color=BLUE, markerfacecolor="white", label=label))
    if marked:
        handles.append(Line2D([], [], color=ORANGE, label="clearest change"))
        if any(it.earliest != it.latest for it in marked.values()):
            handles.append(Patch(color=ORANGE, alpha=0.16, label="where it may begin (95%)"))
    if date is not None:
        handles.append(Line2D([], [], color=GREEN, linestyle="--", label=date))
    if handles:
        # Five do not fit into one line: the last, the named date, was cut.
        ncols = len(handles) if len(handles) <= _IN_ONE_LINE else 3
        plot.legend(handles=handles, loc="outside lower left", ncols=ncols, frameon=False, fontsize=8.5)


def _caption(series: pd.DataFrame, n_panels: int, labels: Sequence[str]) -> str:
    n = len(_groups(series)) - 1  # the number of words is in the table alone
    more = (
        f" Not drawn: {plural(n - n_panels, 'more series', 'more series')}; the table has all." if n > n_panels else ""
    )
    return (
        f"Documents and series {_span(labels)}. Each panel has its own scale. A gap is a period "
        "without documents, or without anything to count in; a point at 0 is a period whose documents hold nothing "
        f"that is counted. Intervals need {FEWEST_DOCUMENTS} documents, {FEWEST_WITH_IT} of them with what is counted."
        f"{more}"
    )


def _span(labels: Sequence[str]) -> str:
    return f"from {in_words(labels[0])} to {in_words(labels[-1])}"


def _groups(series: pd.DataFrame) -> list[_Key]:
    return list(dict.fromkeys(zip(series["of"], series["series"], strict=True)))


def _in_words(key: _Key, its: pd.DataFrame, change: Any) -> str:
    values = its["value"].dropna()
    name = _title(*key)
    if values.empty:
        return f"{name}: no value."
    if not values.any():
        return f"{name}: 0 in every period."
    write = (lambda value: f"{value:,.3g}") if key[0] in (CORPUS, TERM, CATEGORY) else percent
    low, high = write(float(values.min())), write(float(values.max()))
    highest = str(its.loc[values.index, "period"].iloc[int(values.argmax())])
    if low == high:
        return f"{name}: {low} throughout."
    said = f"{name}: between {low} and {high}, highest in {in_words(highest)}"
    return f"{said}, with a change in {in_words(change.period)}." if change is not None else f"{said}."
