"""The recount: the value of a finding once more, from nothing but its evidence or the table that it names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from math import fsum
from typing import TYPE_CHECKING

from research.analysis.evidence import Passage
from research.analysis.findings import Computation, Finding, Value
from research.analysis.statistics.comparison import difference_of_ratios
from research.analysis.statistics.readability import flesch_reading_ease, words_per_sentence
from research.analysis.statistics.series import slope_of
from research.analysis.statistics.uncertainty import rounded
from research.analysis.wording import listed, quoted
from research.loading.dates import earliest, latest
from research.nlp import text as texts

if TYPE_CHECKING:
    import pandas as pd


def _of_totals(compute: Callable[..., Value]) -> Callable[..., Value]:
    return lambda *columns: compute(*(int(column.sum()) for column in columns))


def _of_texts(compute: Callable[[Iterable[str]], str]) -> Callable[..., Value]:
    return lambda column: compute(value for value in column if isinstance(value, str) and value)


def weighted_ratio(weight: Iterable[float], counted: Iterable[float], base: Iterable[float]) -> float:
    """Return a ratio of two totals over the units of a sample, each weighted by how many units it is an example of.

    >>> weighted_ratio([10, 2], [1, 3], [2, 3])
    0.6153846153846154
    """
    rows = list(zip(weight, counted, base, strict=True))
    return fsum(its * above for its, above, _ in rows) / fsum(its * below for its, _, below in rows)


STATISTICS: Mapping[str, Callable[..., Value]] = {
    "sum": _of_totals(lambda total: total),
    "earliest": _of_texts(lambda dates: earliest(dates)[0]),
    "latest": _of_texts(lambda dates: latest(dates)[0]),
    "flesch_reading_ease": _of_totals(flesch_reading_ease),
    "words_per_sentence": _of_totals(words_per_sentence),
    "difference_in_points": _of_totals(partial(difference_of_ratios, per=100)),
    "difference_per_1000": _of_totals(partial(difference_of_ratios, per=1000)),
    "first_five": lambda terms: listed([quoted(it) for it in terms.head(5)]),
    "number_below_0_05": lambda p: int((p < 0.05).sum()),
    "single": lambda column: float(column.iloc[0]),
    "theil_sen": slope_of,
    "theil_sen_in_points": lambda *columns: 100 * slope_of(*columns),
    "weighted_ratio": weighted_ratio,
    "difference": lambda before, after: float(after.sum()) - float(before.sum()),
    "points_between": lambda before, after: 100 * (float(after.sum()) - float(before.sum())),
}
"""Every function that a ``Computation`` can name, one row each; it takes the columns in the order named."""


def statistic(computation: Computation, table: pd.DataFrame) -> Value:
    """Compute a statistic from its table; fractions are rounded as every value is.

    >>> import pandas as pd
    >>> statistic(Computation("sum", "corpus.documents", ("words",)), pd.DataFrame({"words": [340, 12]}))
    352
    """
    rows = computation.rows(table)
    value = STATISTICS[computation.function](*(rows[column] for column in computation.columns))
    return rounded(value) if isinstance(value, float) else value


def recount(finding: Finding, table: pd.DataFrame | None = None) -> Value | None:
    """Compute the value again from the evidence, or from the table that ``finding.computation`` names.

    Returns None for a finding that is not computable. Raises ValueError where the evidence cannot give the value: no
    table for a statistic, any number of passages but one for a ``value``.
    """
    if not finding.is_computable:
        return None
    counted, base = _Tally(), _Tally()
    for row in finding.evidence:
        (counted if row.role == "counted" else base).add(row, count_words=finding.measure in ("words", "share"))
    match finding.measure:
        case "count":
            return counted.passages
        case "documents":
            return len(counted.documents)
        case "words":
            return counted.words
        case "share":
            return rounded(counted.in_unit(finding.unit) / base.in_unit(finding.unit))
        case "rate":
            return rounded(1000 * counted.passages / float(_from_table(finding, table)))
        case "value":
            if counted.passages != 1:
                raise ValueError(f"{counted.passages} passages instead of one")
            return counted.last
        case "statistic":
            return _from_table(finding, table)


class _Tally:
    """A running count of passages, their documents and their words."""

    def __init__(self) -> None:
        self.passages = self.words = 0
        self.documents: set[str] = set()
        self.last = ""

    def add(self, row: Passage, *, count_words: bool) -> None:
        self.passages += 1
        self.documents.add(row.doc_id)
        self.last = row.exact
        if count_words:
            self.words += words_in(row.exact)

    def in_unit(self, unit: str | None) -> int:
        return {"passages": self.passages, "documents": len(self.documents), "words": self.words}[unit or "passages"]


def words_in(text: str) -> int:
    """Count the words of a passage by itself, so that a recount from the evidence alone gives the same.

    >>> words_in("We will stay, and 25 more.")
    6
    """
    return sum(texts.is_word(text[start:end]) for start, end in texts.tokens(text))


def _from_table(finding: Finding, table: pd.DataFrame | None) -> Value:
    if finding.computation is None or table is None:
        raise ValueError(f"{finding.key} needs its table to be recounted")
    return statistic(finding.computation, table)
