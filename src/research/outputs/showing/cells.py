"""Format values for people: the same way in the report, in notebooks and on the screen.

Files keep every value in full. Here a number gets thousands separators and a readable number of digits, and a share
gets its sign.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from research.analysis.declaring import BEFORE, SHARE
from research.analysis.wording import percent

if TYPE_CHECKING:
    import pandas as pd

MISSING = "–"
ADDRESS = "address"
"""The last column of every table of a run; see ``citing.addresses``."""
_FINGERPRINT_SHOWN = 8
LONGEST = 600
"""Characters of a text that are shown. It is cut at its end: "[…]" inside would look like a gap."""


class Column(NamedTuple):
    """A column of a table as it is shown.

    ``right`` says whether it is aligned to the right, as numbers are; ``empty``, whether no row has a value in it.
    """

    name: str
    cells: list[str]
    right: bool
    empty: bool = False

    @property
    def side(self) -> str:
        """The side to which it is aligned."""
        return "right" if self.right else "left"


class _Form:
    """How a column is formatted: whether all of its numbers are whole, and whether it has only numbers."""

    def __init__(self) -> None:
        self.whole, self._numbers, self._texts = True, False, False

    def see(self, value: Any) -> None:
        """Take a value into account."""
        if isinstance(value, str):  # the common case first: a table can have a million rows
            self._texts = self._texts or value != ""
            return
        it = plain(value)
        if _is_number(it):
            self._numbers = True
            self.whole = self.whole and float(it).is_integer()
        elif it is not None:
            self._texts = True

    @property
    def numbers(self) -> bool:
        """Whether it has numbers and nothing else."""
        return self._numbers and not self._texts

    @property
    def empty(self) -> bool:
        """Whether no value was seen."""
        return not self._numbers and not self._texts

    def alike(self, value: Any) -> Any:
        """A plain value. A number has the type of the others in its column: 2 beside 2.5 is 2.0."""
        it = plain(value)
        return (int(it) if self.whole else float(it)) if _is_number(it) and (self.whole or self.numbers) else it


def columns(names: Sequence[str], rows: Iterable[Sequence[Any]], most: int | None = None) -> tuple[list[Column], int]:
    """The columns of a table with their first ``most`` rows (None: all), formatted, and its number of rows.

    Every row is read, because each can change how its column is formatted; only those shown are kept in memory.
    """
    forms = [_Form() for _ in names]
    kept: list[Sequence[Any]] = []
    total = 0
    for row in rows:
        total += 1
        for form, value in zip(forms, row, strict=True):
            form.see(value)
        if most is None or total <= most:
            kept.append(row)
    values = list(zip(*kept, strict=True)) or [()] * len(names)
    return [_column(str(name), its, form) for name, its, form in zip(names, values, forms, strict=True)], total


def columns_of(frame: pd.DataFrame, most: int | None = None) -> list[Column]:
    """The columns of a data frame with their first ``most`` rows (None: all), formatted; see ``columns``."""
    return columns([str(name) for name in frame.columns], frame.itertuples(index=False, name=None), most)[0]


def _column(name: str, values: Sequence[Any], form: _Form) -> Column:
    """A column. Numbers and the left context of a keyword are aligned to the right."""
    if name == ADDRESS:
        # The part before the # names the table and is the same in all rows.
        return Column(name, [f"#{str(address).partition('#')[2]}" for address in values], right=False)
    its = [shown(form.alike(value), name) for value in values]
    return Column(name, its, right=form.numbers or name == BEFORE, empty=form.empty)


def shown(value: Any, name: str = "") -> str:
    """A single value of the column ``name``, on one line; a long text is cut.

    >>> shown(7964), shown(13.8122), shown(0.0932203, "share"), shown(0.00314), shown(None)
    ('7,964', '13.81', '9.3%', '0.0031', '–')
    """
    it = plain(value)
    if it is None:
        return MISSING
    if isinstance(it, bool):
        return "yes" if it else "no"
    if _is_number(it):
        return percent(it) if name == SHARE else number(it)
    line = " ".join(str(it).split())
    most = _FINGERPRINT_SHOWN if name == "sha256" else LONGEST
    return line if len(line) <= most else f"{line[:most]}…"


def number(value: float) -> str:
    """A number with thousands separators. One that is not whole has two decimals, or more if it is small."""
    if isinstance(value, int):
        return f"{value:,}"
    small = 0 < abs(value) < 0.1
    return f"{value:,.{1 - math.floor(math.log10(abs(value))) if small else 2}f}"


def lines(columns: Sequence[Column]) -> list[str]:
    """A table as lines of plain text, the header first."""
    widths = [max(map(len, [column.name, *column.cells])) for column in columns]
    rows = zip(*([column.name, *column.cells] for column in columns), strict=True)
    return [
        "  ".join(
            cell.rjust(width) if column.right else cell.ljust(width)
            for cell, column, width in zip(row, columns, widths, strict=True)
        ).rstrip()
        for row in rows
    ]


def records(names: Sequence[str], columns: Iterable[Sequence[Any]]) -> Iterator[dict[str, Any]]:
    """The rows of a table as plain values by column; missing values are None, whole numbers integers."""
    rows = zip(*map(_plain_column, columns), strict=True)
    return (dict(zip(names, row, strict=True)) for row in rows)


def _plain_column(values: Sequence[Any]) -> list[Any]:
    """The values of a column as plain values of one type."""
    form = _Form()
    for value in values:
        form.see(value)
    return list(map(form.alike, values))


def plain(value: Any) -> Any:
    """A value as a plain Python type; None if it is missing."""
    item = getattr(value, "item", None)
    it = value if item is None else item()
    missing = it is None or it == "" or (isinstance(it, float) and not math.isfinite(it))
    return None if missing else it


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
