"""The recount: the value of a finding once more, from nothing but its evidence or the table that it names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from research.analysis.evidence import Passage
from research.analysis.findings import Computation, Finding, Value
from research.analysis.statistics.comparison import difference_of_ratios
from research.analysis.statistics.readability import flesch_reading_ease, words_per_sentence
from research.analysis.statistics.uncertainty import rounded
from research.loading.dates import earliest, latest
from research.nlp import text as texts

if TYPE_CHECKING:
    import pandas as pd


def _of_totals(compute: Callable[..., Value]) -> Callable[..., Value]:
    return lambda *columns: compute(*(int(column.sum()) for column in columns))


def _of_texts(compute: Callable[[Iterable[str]], str]) -> Callable[..., Value]:
    return lambda column: compute(value for value in column if isinstance(value, str) and value)


STATISTICS: Mapping[str, Callable[..., Value]] = {
    "sum": _of_totals(lambda total: total),
    "earliest": _of_texts(lambda dates: earliest(dates)[0]),
    "latest": _of_texts(lambda dates: latest(dates)[0]),
    "flesch_reading_ease": _of_totals(flesch_reading_ease),
    "words_per_sentence": _of_totals(words_per_sentence),
    "difference_in_points": _of_totals(partial(difference_of_ratios, per=100)),
    "difference_per_1000": _of_totals(partial(difference_of_ratios, per=1000)),
    "first_five": lambda terms: "; ".join(terms.head(5)),
    "number_below_0_05": lambda p: int((p < 0.05).sum()),
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
    if finding.status == "not computable":
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
