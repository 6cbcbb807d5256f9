"""Rows of many documents as a table, and a table as the rows of its documents; both in little memory."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from research.analysis.texts_on_disk import Written


IN_MEMORY = 20_000
"""The most rows of a table of which no column lies on disk."""


def table_of(rows: Iterable[Sequence[Any]], columns: Sequence[str], on_disk: Collection[str] = ()) -> pd.DataFrame:
    """Return rows as a table of objects. Equal texts are one text: a speaker is named in many rows.

    Rows are taken one by one and not kept, so that a generator of them is never held whole. ``on_disk`` are columns of
    texts of which hardly two are equal; those of a table with many rows are not in memory (``texts_on_disk``).

    >>> table = table_of((("Vell", number) for number in range(3)), ["speaker", "number"])
    >>> len(table), table["speaker"][0] is table["speaker"][2]
    (3, True)
    """
    import numpy as np
    import pandas as pd

    known: dict[str, str] = {}
    aside = [at for at, name in enumerate(columns) if name in on_disk]
    written: Written | None = None
    values: list[list[Any]] = [[] for _ in columns]
    for number, row in enumerate(rows):
        if number == IN_MEMORY and aside:
            written = _written(values, aside)
        if written is not None:
            written.add([row[at] for at in aside])
        for at, (column, value) in enumerate(zip(values, row, strict=True)):
            if written is None or at not in aside:
                column.append(known.setdefault(value, value) if type(value) is str else value)
    texts = dict(zip(aside, written.columns(), strict=True)) if written is not None else {}
    made: dict[str, Any] = {}
    for at, name in enumerate(columns):
        its = np.empty(len(values[0]), dtype=object)
        its[:] = values.pop(0)
        made[name] = texts[at] if at in texts else pd.Series(its, dtype=object, copy=False)
    return pd.DataFrame(made, columns=list(columns), copy=False)


def number_in(cell: Any) -> float | None:
    """Return the number of a cell; None for an empty one, which pandas gives as NaN, and for a text.

    >>> number_in(3), number_in(float("nan")), number_in("3")
    (3.0, None, None)
    """
    return float(cell) if isinstance(cell, int | float) and cell == cell else None  # noqa: PLR0124  NaN is not itself


def _written(values: Sequence[list[Any]], aside: Sequence[int]) -> Written:
    """Move the values of some columns, so far, to the disk."""
    from research.analysis.texts_on_disk import Written

    written = Written(len(aside))
    for row in zip(*(values[at] for at in aside), strict=True):
        written.add(row)
    for at in aside:
        values[at].clear()
    return written


class ByDocument:
    """The rows of each document of a table in the order of the corpus, where they follow each other."""

    def __init__(self, table: pd.DataFrame) -> None:
        self._table = table
        self._places: dict[str, tuple[int, int]] = {}
        before, first = None, 0
        for number, doc_id in enumerate([*table["doc_id"], None]):
            if doc_id != before:
                if before is not None:
                    self._places[before] = first, number
                before, first = doc_id, number

    def __contains__(self, doc_id: str) -> bool:
        """Return whether a document has a row."""
        return doc_id in self._places

    def __getitem__(self, doc_id: str) -> pd.DataFrame:
        """Return the rows of a document, none for one that has none. Nothing is copied."""
        first, end = self._places.get(doc_id, (0, 0))
        return self._table.iloc[first:end]
