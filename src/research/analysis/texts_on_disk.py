"""Columns of texts of which hardly two are equal: those of a large table lie in a temporary file, not in memory.

What is said in a statement, or the sentence around a figure, takes most of the memory of a table, and is read once or
twice, in order. ``Texts`` is a column of such texts: an array of pandas that reads them from a temporary database of
SQLite when they are asked for (``evidence.temporary_rows``: part of Python, says plainly that a disk is full, and
leaves nothing behind). Four bytes a row stay in memory.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterator, Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from pandas.api.extensions import ExtensionArray, ExtensionDtype, take
from pandas.arrays import NumpyExtensionArray

from research.analysis.evidence import room_for_temporary_rows, temporary_rows

_AT_ONCE = 2_000
"""Rows that are written, and read, together."""
_NONE = -1
"""The number of a row that is missing."""


class TextDtype(ExtensionDtype):
    """The type of a column of texts that are not in memory."""

    name = "text on disk"
    type = str
    na_value = None

    @classmethod
    def construct_array_type(cls) -> Any:
        """Return the type of its arrays."""
        return Texts


class Written:
    """Rows of texts in a temporary file, numbered from 0 in the order in which they are added."""

    def __init__(self, n_columns: int) -> None:
        self._columns = [f"c{number}" for number in range(n_columns)]
        self._rows = temporary_rows("texts", self._columns)
        self._insert = f"insert into texts values ({', '.join('?' * n_columns)})"  # noqa: S608  marks, no text
        self._waiting: list[Sequence[str | None]] = []
        self._n = 0
        weakref.finalize(self, self._rows.close)

    def add(self, row: Sequence[str | None]) -> None:
        """Add a row. Raises ``ResearchError`` where the disk is full."""
        self._waiting.append(row)
        self._n += 1
        if len(self._waiting) == _AT_ONCE:
            self._write()

    def columns(self) -> list[Texts]:
        """Return the columns of all rows."""
        self._write()
        return [Texts(self, at, np.arange(self._n, dtype=np.int32)) for at in range(len(self._columns))]

    def read(self, column: int, numbers: NDArray[np.integer[Any]]) -> Iterator[str | None]:
        """Yield the texts of some rows of a column; None for a missing one, and for the number -1."""
        name = self._columns[column]
        for start in range(0, len(numbers), _AT_ONCE):
            its = numbers[start : start + _AT_ONCE].tolist()
            with room_for_temporary_rows():
                found = self._found(name, {it + 1 for it in its if it != _NONE})
            yield from (found.get(it + 1) for it in its)

    def _found(self, name: str, rows: set[int]) -> dict[int, str | None]:
        if not rows:
            return {}
        select = f"select rowid, {name} from texts where rowid"  # noqa: S608  the name is one of ours
        first, last = min(rows), max(rows)
        if last - first < 4 * len(rows):  # nearly all that is between them
            return dict(self._rows.execute(f"{select} between ? and ?", (first, last)))
        return dict(self._rows.execute(f"{select} = ?", (it,)).fetchone() for it in sorted(rows))

    def _write(self) -> None:
        with room_for_temporary_rows():
            self._rows.executemany(self._insert, self._waiting)
        self._waiting = []


class Texts(ExtensionArray):
    """A column of texts in a temporary file: those of some rows there, in any order. It cannot be written to."""

    def __init__(self, written: Written, column: int, rows: NDArray[np.integer[Any]]) -> None:
        self._written, self._column, self._rows = written, column, rows

    @property
    def dtype(self) -> TextDtype:
        """The type of its values."""
        return TextDtype()

    @property
    def nbytes(self) -> int:
        """The bytes that it takes in memory."""
        return int(self._rows.nbytes)

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Any]:
        return self._written.read(self._column, self._rows)

    def __getitem__(self, item: Any) -> Any:
        chosen = self._rows[np.asarray(item) if isinstance(item, ExtensionArray | list) else item]
        if isinstance(chosen, np.ndarray):
            return self._of(chosen)
        return next(self._written.read(self._column, np.array([chosen])))

    def __eq__(self, other: object) -> Any:
        others: Any = other if isinstance(other, Sequence | np.ndarray | ExtensionArray) else None
        if others is None or isinstance(other, str):
            return np.array([it == other for it in self], dtype=bool)
        return np.array([one == two for one, two in zip(self, others, strict=True)], dtype=bool)

    __hash__ = None  # type: ignore[assignment]  # compared by content

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> NDArray[Any]:
        made = np.empty(len(self), dtype=object)
        made[:] = list(self)
        return made if dtype is None else made.astype(dtype, copy=False)

    def isna(self) -> NDArray[np.bool_]:
        """Return which texts are missing."""
        return np.array([it is None for it in self], dtype=bool)

    def take(self, indices: Any, *, allow_fill: bool = False, fill_value: Any = None) -> Self:  # noqa: ARG002
        """Return the texts of some rows; with ``allow_fill`` -1 stands for a missing one."""
        rows: Any = take(self._rows, np.asarray(indices), allow_fill=allow_fill, fill_value=_NONE)
        return self._of(rows)

    def copy(self) -> Self:
        """Return the same texts, of which nobody can change one."""
        return self._of(self._rows)

    def view(self, dtype: Any = None) -> Any:
        """Return the same texts."""
        return self.copy() if dtype is None else super().view(dtype)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_str_"):  # what the accessor .str of pandas calls, of which an array of objects has all
            return getattr(NumpyExtensionArray(np.asarray(self)), name)
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    def _cast_pointwise_result(self, values: Any) -> Any:
        return values  # what is computed of texts is not kept on disk

    def _of(self, rows: NDArray[np.integer[Any]]) -> Self:
        return type(self)(self._written, self._column, rows)

    @classmethod
    def _from_sequence(cls, scalars: Any, *, dtype: Any = None, copy: bool = False) -> Self:  # noqa: ARG003
        written = Written(1)
        for text in scalars:
            if text is not None and not isinstance(text, str):
                raise TypeError(f"{text!r} is no text")
            written.add((text,))
        [its] = written.columns()
        return cls(written, 0, its._rows)

    @classmethod
    def _from_factorized(cls, values: Any, original: Any) -> Self:  # noqa: ARG003
        return cls._from_sequence(values)

    @classmethod
    def _concat_same_type(cls, to_concat: Sequence[Self]) -> Self:
        return cls._from_sequence(text for its in to_concat for text in its)
