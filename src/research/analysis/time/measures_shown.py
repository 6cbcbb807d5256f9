"""The figure of the measures over time, and their findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from research.analysis.evidence import Evidence, Passages, passage
from research.analysis.figures import BLUE, GREY, SKY, Figure, NotComputable, period_ticks, shortened, style
from research.analysis.findings import Computation, Finding, slug
from research.analysis.making import BOOTSTRAPPED, not_computable, with_interval
from research.analysis.measured import known
from research.analysis.statistics.periods import in_words, labels_between, number_of_label
from research.analysis.statistics.series import FEWEST_IN_A_PERIOD, FEWEST_PERIODS
from research.analysis.statistics.uncertainty import Interval
from research.analysis.time.material import dated
from research.analysis.time.measures import MEASURES, measure_figures, measure_trends, measured
from research.analysis.wording import confidence, plural, quoted
from research.loading import Span
from research.nlp.annotate import Annotations

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

MOST_PANELS = 8
_COLUMNS = 2
_WIDE, _HIGH, _MORE = 7.5, 1.7, 0.5
_LARGE, _MILLION = 100_000, 1_000_000
"""From here on an axis has no decimals, and a sentence neither: six digits would become 2.30521e+12."""
_METHOD = (
    "The figures whose measure has the words and that give one value, changes and bounds left out, each in the period "
    "that it is for, or in that of its document where it names none. The value of a period is the median."
)
_TREND = (
    "The slope is the median of those between all pairs of periods (Theil 1950, Sen 1968) and the test that of Mann "
    f"(1945) and Kendall (1975), on the medians of periods with at least {FEWEST_IN_A_PERIOD} documents; "
    f"{FEWEST_PERIODS} periods are needed. p is adjusted for the number of measures (Holm 1979)."
)


def measures_chart(table: pd.DataFrame) -> Figure | NotComputable:
    """Draw the medians of each measure and unit over time, a panel each: at most eight, in the order of the table.

    Grey lines run from the lowest to the highest figure of a period, bars are intervals, and nothing is drawn for a
    period without a figure.
    """
    if table.empty:
        return NotComputable("No measure has figures in enough documents and periods, so there is nothing to draw.")
    its = list(table.groupby(["measure", "unit"], sort=False))[:MOST_PANELS]
    in_order = sorted(table["period"], key=number_of_label)
    labels = labels_between(in_order[0], in_order[-1])
    rows = -(-len(its) // _COLUMNS)
    with style():
        from matplotlib.figure import Figure as Plot

        plot = Plot(figsize=(_WIDE, _MORE + _HIGH * rows))
        grid = plot.subplots(rows, _COLUMNS, squeeze=False)
        for axes, ((name, unit), drawn) in zip(grid.flat, its, strict=False):
            _panel(axes, drawn, labels)
            axes.set_title(f"{shortened(str(name), 34)}, {shortened(str(unit), 12)}", fontsize=9.5, pad=5)
        for axes in grid.flat[len(its) :]:
            axes.set_visible(False)
    import pandas as pd

    left_out = table.groupby(["measure", "unit"]).ngroups - len(its)
    more = f" Not drawn: {plural(left_out, 'more series', 'more series')}; the table has all." if left_out else ""
    return Figure(
        plot,
        pd.concat([drawn for _, drawn in its], ignore_index=True),
        caption="What the documents put each measure at: the median of the figures of a period. Grey lines go from the "
        "lowest to the highest. Each panel has its own scale. Hollow points have fewer than "
        f"{FEWEST_IN_A_PERIOD} documents; blue bars are 95% intervals over documents and need ten.{more}",
        alt=f"{plural(len(its), 'panel')} from {labels[0]} to {labels[-1]}. "
        + " ".join(_in_words(str(name), str(unit), drawn) for (name, unit), drawn in its),
    )


def _panel(axes: Axes, drawn: pd.DataFrame, labels: Sequence[str]) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    place = {label: at for at, label in enumerate(labels)}
    x = drawn["period"].map(place).to_numpy()
    axes.grid(visible=False, axis="x")
    axes.grid(visible=True, axis="y")
    axes.tick_params(labelsize=8.5)
    axes.vlines(x, drawn["lowest"], drawn["highest"], color=GREY, linewidth=1, alpha=0.6, zorder=1)
    has = drawn["low"].notna()
    axes.vlines(x[has], drawn["low"][has], drawn["high"][has], color=SKY, linewidth=5, alpha=0.7, zorder=2)
    few = (drawn["n_documents"] < FEWEST_IN_A_PERIOD).to_numpy()
    for chosen, inside in ((few, "white"), (~few, BLUE)):
        values = drawn["value"].to_numpy()[chosen]
        axes.plot(x[chosen], values, "o", color=BLUE, markerfacecolor=inside, markersize=4, zorder=3)
    low, high = float(drawn["lowest"].min()), float(drawn["highest"].max())
    room = 0.08 * (high - low or abs(high) or 1.0)
    axes.set_ylim(0 if 0 <= low < high / 2 else low - room, high + room)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=4))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: _short(value)))
    period_ticks(axes, labels)


def _short(value: float) -> str:
    """Return a value as an axis has it: 1.5e9 as "1.5 bn"."""
    for size, name in ((1e12, " tn"), (1e9, " bn"), (1e6, " m")):
        if abs(value) >= size:
            return f"{value / size:,.4g}{name}"
    return f"{value:,.0f}" if abs(value) >= _LARGE else f"{value:,.6g}"


def _in_words(name: str, unit: str, drawn: pd.DataFrame) -> str:
    first, last = drawn.iloc[0], drawn.iloc[-1]
    return (
        f"{name}, {unit}: {_written(first['value'])} in {first['period']}, {_written(last['value'])} in "
        f"{last['period']}, {plural(len(drawn), 'period')} with a figure."
    )


def _written(value: float) -> str:
    return f"{value:,.0f}" if float(value).is_integer() or abs(value) >= _MILLION else f"{value:,.6g}"


def _with_unit(written: str, unit: str) -> str:
    return f"{written}%" if unit == "%" else f"{written} {unit}"


def _in_words_of(unit: str) -> str:
    return "percent" if unit == "%" else unit


# --- findings ---


def measure_findings(annotations: Annotations, by: Any, measures: Any, least_confidence: Any) -> Iterator[Finding]:
    """Yield what each measure is put at in its last period, and its trend, or why there is none.

    A measure that is asked for and has no figure is a finding as well.
    """
    asked = (by, measures, least_confidence)
    table, trends = measured(annotations, *asked), measure_trends(annotations, *asked)
    figures = measure_figures(annotations, *asked)
    made = _Made(annotations, figures, table, dated(annotations, by, least_confidence).periods.unit)
    for (name, unit), rows in table.groupby(["measure", "unit"], sort=False):
        yield made.last(str(name), str(unit), rows)
        (row,) = trends[(trends["measure"] == name) & (trends["unit"] == unit)].itertuples()
        if row.reason is None or measures is not None:
            yield made.trend(row)
    for name in MEASURES.read(measures) or ():
        if name not in set(table["measure"]):
            reason = "no figure that gives one value in one period measures it"
            yield made.too_little(f"time.measure.{slug(name)}", f"A series of {quoted(name)}", reason, _METHOD)


class _Made:
    def __init__(self, annotations: Annotations, figures: pd.DataFrame, table: pd.DataFrame, unit: str) -> None:
        self._annotations, self._figures, self._table, self._unit = annotations, figures, table, unit
        self._complete = annotations.corpus.complete

    def last(self, name: str, unit: str, rows: pd.DataFrame) -> Finding:
        first, last = rows.iloc[0], rows.iloc[-1]
        interval = None if last["low"] != last["low"] else Interval(last["low"], last["high"])
        ci = confidence(interval, ",.0f" if abs(last["value"]) >= _MILLION else ",.6g", before=", ")
        here, there = (_with_unit(_written(it["value"]), unit) for it in (last, first))
        before = f", against {there} in {in_words(first['period'])}" if len(rows) > 1 else ""
        documents, n = (int(last[it]) for it in ("n_documents", "n_figures"))
        which = (("measure", name), ("unit", unit))
        return self._finding(
            f"time.measure.{slug(name)}.{slug(_in_words_of(unit))}",
            f"Figures on {quoted(name)} put it at {here} in {in_words(last['period'])} (the "
            f"median of {plural(n, 'figure')} in {plural(documents, 'document')}{ci}){before}.",
            which,
            value=float(last["value"]),
            display=_written(last["value"]),
            unit=unit,
            computation=Computation("single", "time.measures", ("value",), (*which, ("period", last["period"]))),
            method=with_interval(_METHOD, interval, BOOTSTRAPPED, complete=self._complete),
            interval=interval,
            rows=self._rows(name, unit, last["period"]),
            uncorrected="median",
        )

    def trend(self, row: Any) -> Finding:
        key = f"time.measure_trend.{slug(row.measure)}.{slug(_in_words_of(row.unit))}"
        subject = f"A trend of {quoted(row.measure)} in {_in_words_of(row.unit)}"
        if row.reason is not None:
            return self.too_little(key, subject, row.reason, f"{_METHOD} {_TREND}")
        interval = None if row.low != row.low else Interval(row.low, row.high)
        p = f"p = {row.p_adjusted:.2g}" if row.p_adjusted >= _SMALLEST else f"p < {_SMALLEST}"
        ci = confidence(interval, ",.4g", before=", ")
        verb = ("rise" if row.slope > 0 else "fall") if row.trend else "show no trend larger than chance explains"
        slope = _with_unit(f"{row.slope:,.4g}", row.unit)
        which = (("measure", row.measure), ("unit", row.unit))
        return self._finding(
            key,
            f"Figures on {quoted(row.measure)} {verb}: the slope is {slope} a {self._unit}, in "
            f"{plural(int(row.n_periods), self._unit)} with at least {FEWEST_IN_A_PERIOD} documents ({p}{ci}).",
            which,
            value=float(row.slope),
            display=f"{row.slope:,.4g}",
            unit=f"{row.unit} a {self._unit}",
            computation=Computation("theil_sen", "time.measures", ("period", "value", "n_documents"), which),
            method=with_interval(f"{_METHOD} {_TREND}", interval, BOOTSTRAPPED, complete=self._complete),
            interval=interval,
            rows=self._rows(row.measure, row.unit),
            uncorrected="trend",
        )

    def too_little(self, key: str, subject: str, reason: str, method: str) -> Finding:
        n = len({it.document.id for it in self._annotations})
        return not_computable(key, subject, reason, unit=None, measure="statistic", method=method, n_documents=n)

    def _rows(self, name: str, unit: str, period: str | None = None) -> pd.DataFrame:
        its = self._figures
        chosen = (its["measure"] == name) & (its["unit"] == unit)
        return its[chosen & (its["period"] == period)] if period is not None else its[chosen]

    def _finding(
        self, key: str, statement: str, which: tuple[tuple[str, str], ...], *, rows: pd.DataFrame, **told: Any
    ) -> Finding:
        evidence, kinds = self._evidence(rows)
        errors = known("quantities.values", "times.periods", of=kinds, unit="passages")
        return Finding(
            key=key,
            statement=statement,
            measure="statistic",
            status="descriptive" if told["interval"] is None else "supported",
            n=len(rows),
            n_documents=rows["doc_id"].nunique(),
            accuracy=errors.figures,
            accuracy_note=errors.note,
            parameters={"by": self._unit, **dict(which)},
            evidence=evidence,
            **told,
        )

    def _evidence(self, rows: pd.DataFrame) -> tuple[Evidence, Counter[str]]:
        """Return the figures of some rows as passages, and how many are in documents of each kind."""
        found, kinds = Passages(), Counter[str]()
        places = dict(list(rows.groupby("doc_id")))
        for annotated in self._annotations:
            its = places.get(annotated.document.id)
            if its is not None:
                spans = sorted(zip(its["start"].tolist(), its["end"].tolist(), strict=True))
                found.add(*(passage(annotated.document, Span(*place)) for place in spans))
                kinds[annotated.kind] += len(its)
        return found, kinds


_SMALLEST = 0.001
