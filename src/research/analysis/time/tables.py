"""Tables of 06_time: every series by period, what takes no part, and changes, trends and a named date."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from research.analysis.declaring import kept
from research.analysis.parameters import LEAST_CONFIDENCE
from research.analysis.statistics.changes import Change, Difference, Sides, change_point, difference_at
from research.analysis.statistics.keyness import adjusted_by_holm
from research.analysis.statistics.periods import side_of
from research.analysis.statistics.series import Trend, intervals, totals, trend
from research.analysis.statistics.uncertainty import Interval, wilson
from research.analysis.time.material import (
    BY,
    CORPUS,
    DATE_NAMED,
    DOCUMENTS,
    Material,
    Series,
    dated,
    material,
)
from research.analysis.time.points import scaled, unit_of_change
from research.nlp.annotate import Annotations

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from research.analysis.statistics.series import Counts

ALPHA = 0.05
"""The adjusted p-value up to which a change or a trend is one that chance does not explain."""

SERIES = ("of", "series", "unit", "period", "value", "low", "high", "n_counted", "n_base", "n_documents")
_SIDES = Sides._fields
CHANGES = ("series", "unit", "value_before", "value_after", "period", "earliest", "latest", "p", "p_adjusted", "reason")
"""The columns of the changes to read; the others are what the levels are computed from."""
TRENDS = ("series", "unit", "slope", "low", "high", "slope_unit", "n_periods", "p", "p_adjusted", "reason")
AT_DATE = (
    *("series", "unit", "value_before", "value_after", "difference", "low", "high", "difference_unit"),
    *("p", "p_adjusted", "reason"),
)

_CHANGES = [
    *("of", "series", "unit", "changed", "period", "earliest", "latest", "p", "p_adjusted"),
    *(*_SIDES, "reason"),
]
_TRENDS = [
    *("of", "series", "unit", "trend", "slope", "low", "high", "slope_unit", "n_periods", "p", "p_adjusted", "reason"),
]
_AT_DATE = [
    *("of", "series", "unit", "date", "changed", "difference", "low", "high", "difference_unit"),
    *("p", "p_adjusted"),
    *(*_SIDES, "reason"),
]


@kept
def series(
    annotations: Annotations,
    by: Any = BY.default,
    terms: Any = None,
    speakers: Any = None,
    least_confidence: Any = LEAST_CONFIDENCE.default,
    *,
    dictionary: Any = None,
    actors: Any = None,
) -> pd.DataFrame:
    """Return every series in every period from the first to the last, one row each.

    Columns: what the series is ``of`` (corpus, term, category, speaker, speech, country, or another actor) and its
    name, ``series``; ``unit`` of its values; ``period``; the ``value`` with its 95% interval ``low, high``;
    ``n_counted``, what is counted, and ``n_base``, the words, statements or documents in which; ``n_documents``, those
    with a base. A period without a base has no value; one in which nothing is counted has the value 0. The interval is
    Wilson's for a share of documents, otherwise that of ``ratios.of_ratio``; below ten documents, or five with what is
    counted, there is none.

    >>> from research import annotate, load
    >>> table = series(annotate(load("seeds")), terms=["sanctions"])
    >>> table.loc[table["of"] == "term", ["period", "value", "n_counted", "n_base"]].values.tolist()
    [['2023', 11.7647, 4, 340]]
    """
    import pandas as pd

    of = material(annotations, by, terms, speakers, least_confidence, dictionary=dictionary, actors=actors)
    rows = [row for it in of.series for row in _rows(of, it)]
    table = pd.DataFrame(rows, columns=list(SERIES))
    numbers = dict.fromkeys(("value", "low", "high"), "float64")
    return table.astype({**numbers, **dict.fromkeys(("n_counted", "n_base", "n_documents"), "int64")})


def _rows(of: Material, it: Series) -> list[tuple[Any, ...]]:
    labels = of.periods.labels
    if it.of == CORPUS:
        return [(*it, it.unit, label, n, None, None, n, n, documents) for label, n, documents in _sizes(of, it)]
    counts = of.counts(it)
    found = totals(counts, len(labels))
    whole = zip(
        labels,
        found.rate.tolist(),
        _intervals(of, it, counts),
        found.counted.astype("int64").tolist(),
        found.base.astype("int64").tolist(),
        found.n_documents.tolist(),
        strict=True,
    )
    return [
        (*it, it.unit, label, value, *(interval[:2] if interval else (None, None)), *numbers)
        for label, value, interval, *numbers in whole
    ]


def _sizes(of: Material, it: Series) -> list[tuple[str, int, int]]:
    """Return how many documents or words there are in each period."""
    import numpy as np

    dated = of.at >= 0
    n_periods = len(of.periods.labels)
    n = np.bincount(of.at[dated], minlength=n_periods)
    words = np.bincount(of.at[dated], of.documents["words"].to_numpy()[dated], minlength=n_periods).astype("int64")
    return list(zip(of.periods.labels, (n if it.name == DOCUMENTS else words).tolist(), n.tolist(), strict=True))


def _intervals(of: Material, it: Series, counts: Counts) -> Sequence[Interval | None]:
    n_periods = len(of.periods.labels)
    if of.complete:
        return [None] * n_periods
    if not it.names_actor:
        return intervals(counts, n_periods)
    found = totals(counts, n_periods)
    return [wilson(int(naming), int(n)) for naming, n in zip(found.counted, found.base, strict=True)]


def left_out(
    annotations: Annotations, by: Any = BY.default, least_confidence: Any = LEAST_CONFIDENCE.default
) -> pd.DataFrame:
    """Return the documents that take no part: ``doc_id, date, reason, words``."""
    import pandas as pd

    of = dated(annotations, by, least_confidence)
    its = of.documents[of.at < 0]
    reasons = [
        f"only the {'year' if len(it) == 4 else 'month'} is known" if isinstance(it, str) else "no date"
        for it in its["date"]
    ]
    table = its.assign(reason=pd.Series(reasons, its.index, dtype=object))
    return table[["doc_id", "date", "reason", "words"]].reset_index(drop=True)


@kept
def changes(
    annotations: Annotations,
    by: Any = BY.default,
    terms: Any = None,
    speakers: Any = None,
    least_confidence: Any = LEAST_CONFIDENCE.default,
    *,
    dictionary: Any = None,
    actors: Any = None,
) -> pd.DataFrame:
    """Return the clearest change of each series.

    Columns: ``of, series, unit``; ``changed``, 1 if the adjusted p-value is at most 0.05 and 0 otherwise; ``period``,
    the first one after the change, and ``earliest, latest``, between which it is with 95% confidence; ``p``, and
    ``p_adjusted`` for the number of series (Holm 1979); ``counted, base, documents, value`` on both
    sides (``_before``, ``_after``); ``reason`` where it is not computable. See ``statistics.changes.change_point``.
    """
    of = material(annotations, by, terms, speakers, least_confidence, dictionary=dictionary, actors=actors)
    labels = of.periods.labels
    found = [(it, change_point(of.counts(it)) if of.n_dated else _undated(of)) for it in of.tested]
    adjusted = iter(adjusted_by_holm([it.p for _, it in found if isinstance(it, Change)]))
    rows: list[tuple[Any, ...]] = []
    for it, change in found:
        if isinstance(change, str):
            rows.append((*it, it.unit, 0, *[None] * (len(_CHANGES) - 5), change))
            continue
        p = next(adjusted)
        when = (labels[change.at], labels[change.earliest], labels[change.latest])
        rows.append((*it, it.unit, int(p <= ALPHA), *when, change.p, p, *change.sides, None))
    return _table(rows, _CHANGES)


def _undated(of: Material) -> str:
    fine = f" that is fine enough for a {of.periods.unit}" if of.documents["date"].notna().any() else ""
    return f"no document has a date{fine}"


@kept
def trends(
    annotations: Annotations,
    by: Any = BY.default,
    terms: Any = None,
    speakers: Any = None,
    least_confidence: Any = LEAST_CONFIDENCE.default,
    *,
    dictionary: Any = None,
    actors: Any = None,
) -> pd.DataFrame:
    """Return the trend of each series.

    Columns: ``of, series, unit``; ``trend``, 1 if the adjusted p-value is at most 0.05 and 0 otherwise; ``slope`` a
    period with its 95% interval ``low, high``, in ``slope_unit``: percentage points for a share;
    ``n_periods`` that take part; ``p``, and ``p_adjusted`` for the number of series (Holm 1979); ``reason`` where it
    is not computable. See ``statistics.series.trend``.
    """
    of = material(annotations, by, terms, speakers, least_confidence, dictionary=dictionary, actors=actors)
    n_periods = len(of.periods.labels)
    found = [(it, trend(of.counts(it), n_periods, complete=of.complete)) for it in of.tested]
    adjusted = iter(adjusted_by_holm([it.p for _, it in found if isinstance(it, Trend)]))
    rows: list[tuple[Any, ...]] = []
    for it, its in found:
        if isinstance(its, str):
            rows.append((*it, it.unit, 0, *[None] * (len(_TRENDS) - 5), its))
            continue
        p = next(adjusted)
        low, high = its.interval[:2] if its.interval else (None, None)
        slope = (*scaled(it, its.slope, low, high), unit_of_change(it))
        rows.append((*it, it.unit, int(p <= ALPHA), *slope, its.n_periods, its.p, p, None))
    return _table(rows, _TRENDS)


@kept
def at_date(
    annotations: Annotations,
    date: Any = None,
    terms: Any = None,
    speakers: Any = None,
    least_confidence: Any = LEAST_CONFIDENCE.default,
    *,
    dictionary: Any = None,
    actors: Any = None,
) -> pd.DataFrame:
    """Return each series before a named date and from it on; no row without a date.

    Columns as in ``changes``, and ``difference`` with its 95% interval ``low, high``, in ``difference_unit``:
    percentage points for a share. Documents whose date is too coarse to say on which side they are
    take no part. See ``statistics.changes.difference_at``.
    """
    named = DATE_NAMED.read(date)
    if named is None:
        return _table([], _AT_DATE)
    of = material(annotations, "auto", terms, speakers, least_confidence, dictionary=dictionary, actors=actors)
    before, after = sides(of, named)
    found = [(it, _difference(of, it, before, after)) for it in of.tested]
    adjusted = iter(adjusted_by_holm([it.p for _, it in found if isinstance(it, Difference)]))
    rows: list[tuple[Any, ...]] = []
    for it, its in found:
        if isinstance(its, str):
            rows.append((*it, it.unit, named, 0, *[None] * (len(_AT_DATE) - 6), its))
            continue
        p = next(adjusted)
        low, high = its.interval[:2] if its.interval else (None, None)
        difference = (*scaled(it, its.value, low, high), unit_of_change(it))
        rows.append((*it, it.unit, named, int(p <= ALPHA), *difference, its.p, p, *its.sides, None))
    return _table(rows, _AT_DATE)


def sides(of: Material, date: str) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which documents are certainly before a date, and which from it on."""
    import numpy as np

    side = [side_of(it, date) if isinstance(it, str) else None for it in of.documents["date"]]
    return np.array([it == "before" for it in side], dtype=bool), np.array([it == "after" for it in side], dtype=bool)


def _difference(of: Material, it: Series, before: NDArray[np.bool_], after: NDArray[np.bool_]) -> Difference | str:
    chosen = (before | after) & of.takes_part(it)
    return difference_at(of.counts_where(it, chosen), after[chosen], complete=of.complete)


def _table(rows: Sequence[tuple[Any, ...]], columns: Sequence[str]) -> pd.DataFrame:
    import pandas as pd

    table = pd.DataFrame(rows, columns=list(columns), dtype=object)
    return table.astype({it: "float64" if it in _FRACTIONS else "int64" for it in columns if it in _NUMBERS})


_FRACTIONS = frozenset(("p", "p_adjusted", "value_before", "value_after", "slope", "difference", "low", "high"))
_NUMBERS = _FRACTIONS | {"changed", "trend"}


def where_computable(tests: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of ``changes``, ``trends`` or ``at_date``, or none where all rows only say why not."""
    return tests if tests["reason"].isna().any() else tests.head(0)
