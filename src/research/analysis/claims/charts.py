"""Figures of 04_claims: values over time, who asserts which kinds of figures, and why claims are worth checking."""

from __future__ import annotations

from calendar import isleap, month_name
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from research.analysis.claims.tables import KINDS, who, with_unit
from research.analysis.figures import (
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    SKY,
    Figure,
    NotComputable,
    horizontal_bars,
    label_ends,
    new_plot,
    shortened,
    style,
    whole_numbers,
)
from research.analysis.wording import capitalised, listed, plural
from research.errors import ParameterError
from research.nlp.annotate import Annotations
from research.nlp.groups.nearest import nearest_in_words

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Plot

FEWEST_VALUES = 5
"""The fewest values of a unit that are worth a picture of their own."""
MOST_PANELS = 4
MOST_SPEAKERS = 4
"""The most speakers that are told apart; more colours are hard to tell apart."""
MOST_BARS = 12
WIDE = 1_000
"""The ratio of the largest value to the smallest from which on small ones cannot be seen without a log scale."""

STATED, OF_DOCUMENT = "period stated", "date of the document"
DRAWN = ("unit", "when", "dated_by", "value", "text", "measure", "speaker", "doc_id", "start", "end")
_OTHERS = "others"


def timeline(quantities: pd.DataFrame, units: Sequence[str] | None = None) -> Figure | NotComputable:
    """Draw the values of each unit over time, one panel a unit.

    ``units`` are those to draw, by default the most frequent ones, money and percentages first. A value is placed at
    the middle of its period, or at the date of its document where no period is stated. Changes ("rose by 5%") are left
    out.
    """
    import pandas as pd

    dated = _dated(quantities)
    chosen = _chosen(dated, units)
    if not chosen:
        return NotComputable(
            f"No unit has {FEWEST_VALUES} values with a period or a dated document, so there is no timeline to draw."
        )
    shown = dated[dated["unit"].isin(chosen)]
    told = _told_apart(shown)
    with style():
        plot, axes = new_plot(height=0.9 + 1.9 * len(chosen))
        axes.remove()
        grid = plot.add_gridspec(len(chosen), 1)
        first: Axes | None = None
        for row, unit in enumerate(chosen):
            first = axes = plot.add_subplot(grid[row], sharex=first)
            _panel(axes, shown[shown["unit"] == unit], unit, told)
        _legend(plot, shown, told)
    drawn = pd.concat([shown[shown["unit"] == unit] for unit in chosen], ignore_index=True)
    return Figure(
        plot,
        drawn[list(DRAWN)],
        caption=_caption(drawn, chosen, told),
        alt=f"Values over time in {plural(len(chosen), 'panel')}. {' '.join(_in_words(drawn, it) for it in chosen)}",
    )


def _dated(quantities: pd.DataFrame) -> pd.DataFrame:
    """Return the levels with a value, a unit and a place in time: ``when``, ``at`` in years, and ``dated_by`` what."""
    import pandas as pd

    value = pd.to_numeric(quantities["value"], errors="coerce")
    ends = [pd.to_numeric(quantities[name], errors="coerce") for name in ("low", "high")]
    # "Millions of people" has a lower bound and no value.
    found = quantities.assign(value=value.fillna((ends[0] + ends[1]) / 2), speaker=who(quantities))
    found = with_unit(found[found["value"].notna() & (found["role"] == "level")])
    places = [_place(row) for row in found[["period_start", "period_end", "date"]].itertuples(index=False)]
    at, dated_by = (pd.Series(its, found.index) for its in zip(*places, strict=True)) if places else (None, None)
    when = found["period"].where(found["period_start"].notna() & found["period_end"].notna(), found["date"])
    found = found.assign(at=at, dated_by=dated_by, when=when)
    return found[found["at"].notna()].sort_values(["at", "doc_id", "start"])


def _place(row: Any) -> tuple[float | None, str | None]:
    low, high, written = _year(row.period_start), _year(row.period_end, last=True), _year(row.date)
    if low is not None and high is not None:
        return round((low + high) / 2, 3), STATED
    last = _year(row.date, last=True)
    return (None, None) if written is None or last is None else (round((written + last) / 2, 3), OF_DOCUMENT)


def _year(written: Any, *, last: bool = False) -> float | None:
    """Return a date as a number of years: the first moment of a year, month or day, or the last one."""
    if not isinstance(written, str):
        return None
    parts = [int(part) for part in written.split("-") if part.isdigit()]
    if not parts or not 0 < parts[0] < 9999:
        return None
    year, month = parts[0], parts[1] if len(parts) > 1 else (12 if last else 1)
    if len(parts) < 3:
        return year + (month if last else month - 1) / 12
    return year + (date(year, month, parts[2]).timetuple().tm_yday - 1 + last) / (366 if isleap(year) else 365)


def check_units(units: Sequence[str] | None, annotations: Annotations, _: Mapping[str, Any]) -> None:
    """Raise ``ParameterError`` for a unit that no figure has, with the nearest or the most frequent ones."""
    if units is None:
        return
    counts = Counter(it.unit for annotated in annotations for it in annotated.records("quantities") if it.unit)
    known = sorted(counts, key=lambda unit: (-counts[unit], unit))
    for unit in units:
        if unit not in counts:
            near = nearest_in_words(unit, known)
            first = f"The most frequent units are {listed(known[:_MOST_UNITS])}. " if known else ""
            raise ParameterError(
                f"No figure has the unit {unit!r}. {near or first}The table of units in 04_claims lists all."
            )


_MOST_UNITS = 5
_FIRST = ("money", "percentage")


def _chosen(dated: pd.DataFrame, units: Sequence[str] | None) -> list[str]:
    """Return the units to draw."""
    counts = dated.groupby("unit").size()
    enough = counts[counts >= FEWEST_VALUES]
    if units is not None:
        return [unit for unit in dict.fromkeys(units) if unit in enough.index][:MOST_PANELS]
    kind = dated.groupby("unit")["kind"].first()
    drawn = [unit for unit in enough.index if kind[unit] not in ("duration", "age")]
    return sorted(drawn, key=lambda unit: (kind[unit] not in _FIRST, -int(enough[unit]), unit))[:MOST_PANELS]


# --- one panel ---

_CROWD = 60
"""Values from which on points are drawn smaller."""
_MARKS = ("o", "s", "^", "D")
_COLOURS = (BLUE, ORANGE, GREEN, SKY)


def _told_apart(shown: pd.DataFrame) -> list[str]:
    """Return the speakers with a colour of their own: all where they are few, else none."""
    counts = shown.groupby("speaker").size()
    names = sorted(counts.index, key=lambda name: (-int(counts[name]), name))
    return names if len(names) <= MOST_SPEAKERS else []


def _panel(axes: Axes, values: pd.DataFrame, unit: str, told: Sequence[str]) -> None:
    for dated_by in (STATED, OF_DOCUMENT):
        for number, name in enumerate(told or [_OTHERS]):
            chosen = values[(values["dated_by"] == dated_by) & ((values["speaker"] == name) | (not told))]
            colour = _COLOURS[number] if told else BLUE
            axes.scatter(
                chosen["at"],
                chosen["value"],
                s=34 if len(values) <= _CROWD else 14,
                marker=_MARKS[number],
                facecolors=colour if dated_by == STATED else "white",
                edgecolors=colour,
                linewidths=1.2,
                alpha=0.85,
                zorder=3,
            )
    logarithmic = is_wide(values)
    if logarithmic:
        axes.set_yscale("log")
    else:
        low, high = min(0.0, float(values["value"].min())), float(values["value"].max())
        axes.set_ylim(low, high + 0.12 * (high - low or 1.0))
    axes.grid(visible=True, axis="y")
    scale = ", log scale" if logarithmic else ""
    title = f"{capitalised(shortened(_called(unit)))} ({plural(len(values), 'value')}{scale})"
    axes.set_title(title, fontsize=10)
    _ticks(axes)


def is_wide(values: pd.DataFrame) -> bool:
    """Return whether values need a log scale: all are positive, and small ones would lie on the axis.

    Percentages never do: readers know how much 0 and 100 percent are.
    """
    if (values["kind"] == "percentage").all():
        return False
    low, high = float(values["value"].min()), float(values["value"].max())
    return low > 0 and high / low >= WIDE


def _called(unit: str) -> str:
    return "percent" if unit == "%" else unit


def _ticks(axes: Axes) -> None:
    from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, MultipleLocator, NullFormatter

    if axes.get_yscale() == "log":
        axes.yaxis.set_major_locator(LogLocator(numticks=5))
        axes.yaxis.set_minor_formatter(NullFormatter())
    else:
        axes.yaxis.set_major_locator(MaxNLocator(nbins=5))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: in_words(value)))
    low, high = axes.get_xlim()
    if high - low > _FEW_YEARS:
        axes.xaxis.set_major_locator(MaxNLocator(nbins=8, integer=True))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.0f}"))
    else:
        axes.xaxis.set_major_locator(MultipleLocator(0.25 if high - low <= 1.6 else 0.5))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: _month(value)))


_FEW_YEARS = 3
"""Up to so many years the axis says months: years alone would repeat."""


def _month(at: float) -> str:
    """Return a time in years as a month.

    >>> _month(2031.25)
    'April 2031'
    """
    year, month = divmod(round(at * 12), 12)
    return f"{month_name[month + 1]} {year}"


_SCALES = ((1e12, " trillion"), (1e9, " billion"), (1e6, " million"))


def in_words(value: float) -> str:
    """Return a number as an axis shows it.

    >>> in_words(2.5e10), in_words(120000), in_words(0.25)
    ('25 billion', '120,000', '0.25')
    """
    for scale, word in _SCALES:
        if abs(value) >= scale:
            return f"{value / scale:,.4g}{word}"
    return f"{value:,.0f}" if value == int(value) else f"{value:,.4g}"


def _legend(plot: Plot, shown: pd.DataFrame, told: Sequence[str]) -> None:
    from matplotlib.lines import Line2D

    def mark(label: str, marker: str, colour: str, inside: str) -> Line2D:
        return Line2D([], [], linestyle="", marker=marker, color=colour, markerfacecolor=inside, label=label)

    named = [
        mark(shortened(name, 30), _MARKS[number], _COLOURS[number], _COLOURS[number])
        for number, name in enumerate(told)
    ]
    inside = {STATED: GREY, OF_DOCUMENT: "white"}
    placed = [mark(it, "o", GREY, inside[it]) for it in inside if (shown["dated_by"] == it).any()]
    marks = [*named, *placed] if len(told) != 1 or len(placed) > 1 else named
    plot.legend(handles=marks, loc="outside lower left", ncols=3, frameon=False, fontsize=9)


def _caption(data: pd.DataFrame, chosen: Sequence[str], told: Sequence[str]) -> str:
    stated = int((data["dated_by"] == STATED).sum())
    where = "at the middle of their period (filled) or, without one, at the date of their document (hollow)"
    apart = (
        ""
        if told
        else f" They come from {plural(data['speaker'].nunique(), 'speaker or source', 'speakers and sources')}."
    )
    log = [_called(unit) for unit in chosen if is_wide(data[data["unit"] == unit])]
    scale = (
        f" The scale of {listed(log)} is logarithmic, because its values differ more than {WIDE:,}-fold." if log else ""
    )
    return (
        f"Asserted values by unit over time, {where}; {stated:,} of {len(data):,} have a period. "
        "Different measures share a panel. A range is drawn at its middle; “millions of” and the like are not drawn."
        f"{apart}{scale} Whether a value is right is not checked."
    )


def _in_words(data: pd.DataFrame, unit: str) -> str:
    its = data[data["unit"] == unit]
    low, high = in_words(float(its["value"].min())), in_words(float(its["value"].max()))
    first, last = int(its["at"].min()), int(its["at"].max())
    when = f"in {first}" if first == last else f"from {first} to {last}"
    return f"{capitalised(_called(unit))}: {plural(len(its), 'value')} {when}, between {low} and {high}."


# --- who asserts which kinds ---

_BY_KIND = {"money": BLUE, "percentages": ORANGE, "counts": GREEN, "durations": SKY, "others": GREY}
_LABELS = {"durations": "durations and ages", "others": "measures and ratios"}


def kinds_chart(speakers: pd.DataFrame) -> Figure | NotComputable:
    """Draw how many figures of each kind each speaker asserts: those with the most figures."""
    total = int(speakers["n_figures"].sum())
    if total < FEWEST_VALUES:
        return NotComputable(f"The corpus has fewer than {FEWEST_VALUES} figures, so there is nothing to draw.")
    drawn, rest = speakers.head(MOST_BARS), speakers.iloc[MOST_BARS:]
    with style():
        plot, axes = new_plot(height=1.4 + 0.3 * len(drawn))
        before = drawn["n_figures"] * 0
        for kind in KINDS:
            if not drawn[kind].any():
                continue
            label = _LABELS.get(kind, kind)
            bars = axes.barh(range(len(drawn)), drawn[kind], left=before, color=_BY_KIND[kind], height=0.7, label=label)
            before = before + drawn[kind]
        label_ends(axes, bars, [f"{n:,}" for n in drawn["n_figures"]])
        axes.set_yticks(range(len(drawn)), [shortened(name, 28) for name in drawn["speaker"]])
        axes.set_ylim(len(drawn) - 0.4, -0.6)
        axes.tick_params(axis="y", length=0)
        axes.set_xlim(0, float(drawn["n_figures"].max()) * 1.12)
        whole_numbers(axes, "x")
        axes.set_xlabel("figures")
        axes.set_title("Who asserts figures" if rest.empty else f"The {len(drawn)} who assert the most figures")
        plot.legend(*axes.get_legend_handles_labels(), loc="outside lower right", ncols=5, frameon=False, fontsize=9)
    more = ""
    if not rest.empty:
        others = plural(len(rest), "more speaker or source", "more speakers and sources")
        more = f" Not drawn: {others}, with {plural(int(rest['n_figures'].sum()), 'figure')}."
    first = ", ".join(f"{row.speaker} {row.n_figures:,}" for row in drawn.head(5).itertuples())
    return Figure(
        plot,
        speakers,
        caption=f"Figures by who asserts them, and by kind.{more}",
        alt=f"Bar chart of {plural(total, 'figure')} by who asserts them. {capitalised(first)}.",
    )


def reasons_chart(reasons: pd.DataFrame) -> Figure | NotComputable:
    """Draw why claims are worth checking."""
    if reasons.empty:
        return NotComputable("The corpus has no claim that is worth checking, so there is nothing to draw.")
    names, counts = reasons["reason"].tolist(), [int(n) for n in reasons["claims"]]
    with style():
        plot, axes = new_plot(height=1.2 + 0.3 * len(names))
        horizontal_bars(axes, names, counts, "claims")
        axes.set_title("Why claims are worth checking")
    said = ", ".join(f"{name} {count:,}" for name, count in zip(names, counts, strict=True))
    return Figure(
        plot,
        reasons,
        caption="Claims by the reason to check them. A claim counts for each of its reasons.",
        alt=f"Bar chart of reasons to check claims: {said}.",
    )
