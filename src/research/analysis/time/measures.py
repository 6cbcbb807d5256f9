"""Quantities over time: what the documents put one measure at, by period and unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from research.analysis.claims.disagreements import what_is_measured
from research.analysis.claims.tables import quantities, records, usual_measure
from research.analysis.declaring import kept
from research.analysis.language.tables import each_has_a_word
from research.analysis.parameters import LEAST_CONFIDENCE, Parameter
from research.analysis.parameters import words as list_of
from research.analysis.rows import number_in
from research.analysis.statistics.keyness import adjusted_by_holm
from research.analysis.statistics.medians import Values, median_trend, medians
from research.analysis.statistics.periods import Unit, number_of, number_of_label
from research.analysis.statistics.series import Trend
from research.analysis.terms import Terms
from research.analysis.time.material import BY, Dated, dated
from research.analysis.time.tables import ALPHA
from research.nlp.annotate import Annotations

if TYPE_CHECKING:
    import pandas as pd

MOST_MEASURES = 3
"""The measures that are followed where none are asked for: those with figures in the most documents."""
FEWEST_WITH_FIGURES = 5
"""The fewest documents with a figure, and the fewest periods, of a measure that is followed without being asked for."""
MEASURES = Parameter(
    "measures",
    list_of("words", "unemployment rate"),
    None,
    "What figures measure, to follow their values; None: what is measured in the most documents",
    check=each_has_a_word,
)

MEASURED = ("measure", "unit", "period", "value", "low", "high", "lowest", "highest", "n_figures", "n_documents")
FIGURES = ("measure", "unit", "period", "value", "text", "speaker", "source", "date", "outlet", "title", "doc_id")
MEASURE_TRENDS = ("measure", "unit", "slope", "low", "high", "n_periods", "p", "p_adjusted", "reason")
"""The columns to read."""
_FIGURES = [*FIGURES, "start", "end", "exact", "in_sentence", "sha256"]
_TRENDS = ["measure", "unit", "trend", *MEASURE_TRENDS[2:]]
_NUMBERS = ("value", "low", "high", "lowest", "highest", "slope", "p", "p_adjusted")


class Measure(NamedTuple):
    """A measure and the unit of its figures."""

    name: str
    unit: str


@kept
def measure_figures(
    annotations: Annotations,
    by: Any = BY.default,
    measures: Any = None,
    least_confidence: Any = LEAST_CONFIDENCE.default,
) -> pd.DataFrame:
    """Return the figures of the measures that are followed, a row each, by measure, unit, period and place.

    Columns: ``measure``, as it is asked for or most often worded, and ``unit``; ``period`` and ``value``; ``text`` as
    written, ``speaker, source`` who asserts it, ``date, outlet, title, doc_id, start, end``, ``exact`` (the figure in
    the text), ``in_sentence`` and ``sha256``.

    A level with a value counts: a change ("rose by 4%") and a bound ("more than 300") do not; of a range the middle
    does. Its period is the one that the figure is for, or that of the document where it names none. A figure for
    several periods, or one outside of those of the documents, has no row. A measure that is asked for is found in the
    words of what is measured, as terms are in a text; others are the same where ``disagreements`` takes them for the
    same. Raises ``ParameterError``.
    """
    import pandas as pd

    when = dated(annotations, by, least_confidence)
    asked = MEASURES.read(measures)
    told = [
        {**row, **more} for row in records(quantities(annotations, least_confidence)) if (more := _point(row, when))
    ]
    named = _asked(told, asked) if asked is not None else _most_frequent(told)
    rows = [
        {**row, "measure": it.name}
        for it, its in named
        for row in sorted(its, key=lambda row: (row["at"], row["doc_id"], row["start"]))
    ]
    table = pd.DataFrame(rows, columns=_FIGURES, dtype=object)
    return table.astype({"value": "float64", "start": "int64", "end": "int64"})


def _point(row: Mapping[str, Any], when: Dated) -> dict[str, Any] | None:
    """Return the value and the period of a figure, if it is a level with both."""
    value = _value(row)
    if row["role"] != "level" or not row["unit"] or not isinstance(row["measure"], str) or value is None:
        return None
    labels = when.periods.labels
    at = _number_of(row, when.periods.unit) if labels else None
    place = None if at is None else at - number_of_label(labels[0])
    if place is None or not 0 <= place < len(labels):
        return None
    return {"value": value, "at": place, "period": labels[place], "exact": row["text"]}


def _value(row: Mapping[str, Any]) -> float | None:
    """Return the value, or the middle of a range; None for a bound alone."""
    value, low, high = (number_in(row[name]) for name in ("value", "low", "high"))
    if low is not None and high is not None:
        return (low + high) / 2
    return value if low is None and high is None else None


def _number_of(row: Mapping[str, Any], unit: Unit) -> int | None:
    """Return the number of the one period that a figure is for, or of its document; None for several, and for none."""
    ends = [row[name] if isinstance(row[name], str) else None for name in ("period_start", "period_end")]
    if ends == [None, None]:
        return number_of(row["date"] if isinstance(row["date"], str) else None, unit)
    first, last = (number_of(it, unit) for it in ends)
    return first if first == last else None


_Named = tuple[Measure, list[Mapping[str, Any]]]


def _asked(told: Sequence[Mapping[str, Any]], asked: Sequence[str]) -> Iterator[_Named]:
    """Yield the figures of the measures that are asked for, those of each in the order of their units' frequency."""
    looked_up = {name: Terms([name]) for name in asked}
    for name, terms in looked_up.items():
        by_unit = defaultdict(list)
        for row in told:
            if not _is_part(row) and terms.occur_in(row["measure"]):
                by_unit[row["unit"]].append(row)
        for unit, its in sorted(by_unit.items(), key=lambda it: (-len(it[1]), it[0])):
            yield Measure(name, unit), its


def _is_part(row: Mapping[str, Any]) -> bool:
    """Return whether a figure is a part of what is measured: "32% of the claims" does not put the claims at 32%."""
    after = str(row["in_sentence"]).partition(str(row["text"]))[2]
    return row["kind"] == "percentage" and after.lstrip().startswith("of ")


def _most_frequent(told: Sequence[Mapping[str, Any]]) -> Iterator[_Named]:
    """Yield the measures with figures in the most documents."""
    alike = defaultdict(list)
    for row in told:
        if (key := what_is_measured(row)) is not None:
            alike[key].append(row)
    sizes = {key: len({row["doc_id"] for row in its}) for key, its in alike.items()}
    periods = {key: len({row["at"] for row in its}) for key, its in alike.items()}
    often = [key for key in alike if min(sizes[key], periods[key]) >= FEWEST_WITH_FIGURES]
    named: dict[Measure, list[Mapping[str, Any]]] = {}
    for key in sorted(often, key=lambda it: (-sizes[it], -len(alike[it]), sorted(it[0]), it[1])):
        name = usual_measure(_column(alike[key], "measure"))
        named.setdefault(Measure(str(name), str(key[1])), alike[key])
    yield from list(named.items())[:MOST_MEASURES]


def _column(rows: Sequence[Mapping[str, Any]], name: str) -> pd.Series[Any]:
    import pandas as pd

    return pd.Series([row[name] for row in rows], dtype=object)


@dataclass(frozen=True)
class _Series:
    measure: Measure
    labels: Sequence[str]
    values: Values


def _series(figures: pd.DataFrame) -> Iterator[_Series]:
    """Yield the values of each measure and unit, with the labels of their periods."""
    import numpy as np
    import pandas as pd

    for (name, unit), its in figures.groupby(["measure", "unit"], sort=False):
        numbers = np.array([number_of_label(label) for label in its["period"]], dtype=np.int64)
        labels = dict(zip(numbers.tolist(), its["period"], strict=True))
        documents = pd.factorize(its["doc_id"])[0]
        values = Values(numbers - numbers.min(), documents, its["value"].to_numpy("float64"))
        first = int(numbers.min())
        whole = [labels.get(first + at, "") for at in range(int(numbers.max()) - first + 1)]
        yield _Series(Measure(str(name), str(unit)), whole, values)


@kept
def measured(
    annotations: Annotations,
    by: Any = BY.default,
    measures: Any = None,
    least_confidence: Any = LEAST_CONFIDENCE.default,
) -> pd.DataFrame:
    """Return the values of each measure by unit and period; periods without a figure have no row.

    Columns: ``measure, unit, period``; ``value``, the median of the figures, with its 95% interval ``low, high`` over
    documents (ten at least); ``lowest`` and ``highest``; ``n_figures, n_documents``. See ``measure_figures``.
    """
    import pandas as pd

    complete = annotations.corpus.complete
    rows = [
        (
            *(*it.measure, it.labels[of.at], of.value),
            *(of.interval[:2] if of.interval else (None, None)),
            *(of.lowest, of.highest, of.n_values, of.n_documents),
        )
        for it in _series(measure_figures(annotations, by, measures, least_confidence))
        for of in medians(it.values, complete=complete)
    ]
    return _typed(pd.DataFrame(rows, columns=list(MEASURED), dtype=object))


@kept
def measure_trends(
    annotations: Annotations,
    by: Any = BY.default,
    measures: Any = None,
    least_confidence: Any = LEAST_CONFIDENCE.default,
) -> pd.DataFrame:
    """Return the trend of each measure and unit.

    Columns: ``measure, unit``; ``trend``, 1 if the adjusted p-value is at most 0.05 and 0 otherwise; ``slope`` of the
    medians a period, with its 95% interval ``low, high``; ``n_periods`` that take part; ``p``, and ``p_adjusted`` for
    the number of measures (Holm 1979); ``reason`` where it is not computable. See ``statistics.medians.median_trend``.
    """
    import pandas as pd

    complete = annotations.corpus.complete
    figures = measure_figures(annotations, by, measures, least_confidence)
    found = [(it.measure, median_trend(it.values, complete=complete)) for it in _series(figures)]
    adjusted = iter(adjusted_by_holm([it.p for _, it in found if isinstance(it, Trend)]))
    rows: list[tuple[Any, ...]] = []
    for name, its in found:
        if isinstance(its, str):
            rows.append((*name, 0, *[None] * (len(_TRENDS) - 4), its))
            continue
        p = next(adjusted)
        low, high = its.interval[:2] if its.interval else (None, None)
        rows.append((*name, int(p <= ALPHA), its.slope, low, high, its.n_periods, its.p, p, None))
    return _typed(pd.DataFrame(rows, columns=_TRENDS, dtype=object))


def _typed(table: pd.DataFrame) -> pd.DataFrame:
    whole = dict.fromkeys((it for it in ("n_figures", "n_documents", "trend") if it in table.columns), "int64")
    return table.astype({it: "float64" for it in _NUMBERS if it in table.columns} | whole)
