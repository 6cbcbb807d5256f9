"""Rows of many documents as a table, and a table as the rows of its documents; both in little memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def table_of(rows: Iterable[Sequence[Any]], columns: Sequence[str]) -> pd.DataFrame:
    """Return rows as a table of objects. Equal texts are one text: a speaker is named in many rows.

    Rows are taken one by one and not kept, so that a generator of them is never held whole.

    >>> table = table_of((("Vell", number) for number in range(3)), ["speaker", "number"])
    >>> len(table), table["speaker"][0] is table["speaker"][2]
    (3, True)
    """
    import numpy as np
    import pandas as pd

    known: dict[str, str] = {}
    values: list[list[Any]] = [[] for _ in columns]
    for row in rows:
        for column, value in zip(values, row, strict=True):
            column.append(known.setdefault(value, value) if type(value) is str else value)
    made: dict[str, Any] = {}
    for name in columns:
        its = values.pop(0)
        made[name] = np.empty(len(its), dtype=object)
        made[name][:] = its
    return pd.DataFrame(made, columns=list(columns), dtype=object, copy=False)


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
