"""``speakers.csv``: who is who in all documents of a collection, as the analyst says.

::

    name;also_called;office;group;from;to
    Samir Oduya;"Oduya; Dr. Oduya";;commission;;
    Tomas Abelard;PRIME MINISTER;Prime Minister;Ordania;2029-06-01;2033-05-31

A row with ``from`` or ``to`` holds for the documents of these days, and a row without them for all. A person may have
several rows. Two rows that cannot both hold are refused: a row that is ignored would change the findings.
"""

from __future__ import annotations

import hashlib
import io
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from research.errors import SourceError
from research.loading.dates import Order, bounds, is_unclear, order_of, order_shown, read_date
from research.loading.encodings import Unreadable, decode, probe
from research.loading.separated import MalformedRow, Separated, numbered_rows, separated
from research.loading.settings import CONTROL

NAME = "speakers.csv"
COLUMNS = ("name", "also_called", "office", "organisation", "country", "group", "from", "to")
"""The columns with a meaning of their own; any further column is one to compare by."""
NOTES = ("why", "how_often")
"""Columns of ``suggested_speakers.csv`` that may be copied with a row and say nothing about the person."""
LARGEST = 20_000_000

_COMPARED = ("organisation", "country", "group")
_ALWAYS = ("0000", "9999")


@dataclass(frozen=True)
class Entry:
    """One row: a name, what else it is called, and what is said about it, from ``first`` to ``last`` (ISO days)."""

    line: int
    name: str
    also_called: tuple[str, ...] = ()
    office: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    first: str = _ALWAYS[0]
    last: str = _ALWAYS[1]

    def holds(self, date: str | None) -> bool:
        """Whether the row holds on all days that a document's date can be; on unknown days if it always does."""
        if date is None:
            return (self.first, self.last) == _ALWAYS
        earliest, latest = bounds(date)
        return self.first <= earliest and latest <= self.last


class Person(NamedTuple):
    """A speaker at one time: the name, the office (None where no row says it), and the values to compare by."""

    name: str
    office: str | None
    values: Mapping[str, str]


@dataclass(frozen=True)
class Speakers:
    """The rows of ``speakers.csv``; none without the file. ``sha256`` is that of its bytes, empty without it."""

    entries: tuple[Entry, ...] = ()
    sha256: str = ""
    header: tuple[str, ...] = ()

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns to compare by, in which at least one row has a value, in the order of the file."""
        used = {column for entry in self.entries for column in entry.values}
        return tuple(column for column in self.header if column in used)

    @cached_property
    def _by_name(self) -> Mapping[str, list[Entry]]:
        return _grouped((same_name(entry.name), entry) for entry in self.entries)

    @cached_property
    def _by_other(self) -> Mapping[str, list[Entry]]:
        return _grouped((same_name(other), entry) for entry in self.entries for other in entry.also_called)

    def find(self, called: str, date: str | None) -> Person | None:
        r"""Return who is called so in a document of this date; None for nobody.

        Somebody's own name is always theirs. Capitals, white space and an opening "the" make no difference.

        >>> read_speakers(b"name;also_called\nSamir Oduya;Oduya").find("ODUYA", None).name
        'Samir Oduya'
        """
        key = same_name(called)
        found = self._by_name.get(key) or [it for it in self._by_other.get(key, ()) if it.holds(date)]
        if not found:
            return None
        name, office = found[0].name, None
        values: dict[str, str] = {}
        for entry in self._by_name[same_name(name)]:
            if entry.holds(date):
                office = office or entry.office or None
                values.update(entry.values)
        return Person(name, office, values)


def same_name(name: str) -> str:
    """Return what all spellings of a name share: capitals, white space and an opening "the" make no difference.

    >>> same_name("THE  Prime Minister")
    'prime minister'
    """
    words = unicodedata.normalize("NFKC", name).casefold().replace("’", "'").split()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def read_speakers(data: bytes, order: Order | None = None) -> Speakers:
    """Return what the bytes of a ``speakers.csv`` say; ``order`` is that of day and month where the owner says it.

    Raises ``SourceError`` with the line and the column for what is not understood, and for two rows that contradict
    each other.
    """
    if len(data) > LARGEST:
        raise SourceError(f"{NAME} is too large (over {LARGEST / 1e6:,.0f} MB). Keep only speakers in it.")
    try:
        text, _ = decode(data, probe(io.BytesIO(data)))
    except Unreadable as error:
        raise SourceError(f"{NAME} cannot be read: {error.reason}. Save it as CSV in UTF-8.") from None
    header, rows = _cells(text)
    days = [row.cells[column] for row in rows for column in ("from", "to") if row.cells.get(column)]
    if order is None:
        order = order_of(shown for day in days if (shown := order_shown(day)) is not None)
    entries = tuple(_entry(row, order) for row in rows)
    _refuse_contradictions(entries)
    return Speakers(entries, hashlib.sha256(data).hexdigest(), header)


# --- cells ---


class _Row(NamedTuple):
    line: int
    cells: Mapping[str, str]


def _cells(text: str) -> tuple[tuple[str, ...], list[_Row]]:
    """The names of the columns, and the rows that are not blank, with the number of the line on which each begins."""
    found = _parsed(separated(text, COLUMNS))
    line, names = next(found, (1, []))
    columns = [_column(name) for name in names]
    if "name" not in columns:
        shown = ", ".join(name for name in columns[:12] if name) or "none"
        raise _wrong(
            line, None, f"no column is called name; the columns are {shown}", f"Give the columns {_listed(COLUMNS)}."
        )
    twice = [name for name, count in Counter(columns).items() if name and count > 1]
    if twice:
        raise _wrong(line, twice[0], "two columns have this name", "Give each column its own name.")
    return tuple(columns), [_row(line, row, columns) for line, row in found]


def _column(name: str) -> str:
    return "_".join(name.casefold().split())


def _parsed(its: Separated) -> Iterator[tuple[int, list[str]]]:
    try:
        yield from numbered_rows(its, strict=True)
    except MalformedRow as error:
        raise _wrong(error.line, None, f"the row is malformed ({error.why})", _QUOTE) from None


_QUOTE = "Put quotation marks around a cell with a separator or a line break, and double quotation marks within."


def _row(line: int, row: Sequence[str], columns: Sequence[str]) -> _Row:
    cells = {}
    for number, cell in enumerate(row):
        value = " ".join(cell.split())
        if not value:
            continue
        column = columns[number] if number < len(columns) else ""
        if not column:
            raise _wrong(line, None, f"the cell {value[:40]!r} has no named column above it", _QUOTE)
        if control := CONTROL.search(value):
            raise _wrong(line, column, f"the control character U+{ord(control[0]):04X}", "Remove it.")
        cells[column] = value
    return _Row(line, cells)


# --- entries ---


def _entry(row: _Row, order: Order | None) -> Entry:
    line, cells = row
    if "name" not in cells:
        raise _wrong(line, "name", "the row names nobody", "Write the full name, or remove the row.")
    first, last = (_day(row, column, order) for column in ("from", "to"))
    if first and last and bounds(first)[0] > bounds(last)[1]:
        raise _wrong(line, "to", f"{last} is before {first}", "Correct one of the two dates.")
    others = (" ".join(it.split()) for it in cells.get("also_called", "").split(";"))
    return Entry(
        line=line,
        name=cells["name"],
        also_called=tuple(dict.fromkeys(it for it in others if it)),
        office=cells.get("office", ""),
        values={name: value for name, value in cells.items() if name in _COMPARED or name not in {*COLUMNS, *NOTES}},
        first=bounds(first)[0] if first else _ALWAYS[0],
        last=bounds(last)[1] if last else _ALWAYS[1],
    )


def _day(row: _Row, column: str, order: Order | None) -> str | None:
    if (written := row.cells.get(column)) is None:
        return None
    if (day := read_date(written, order)) is None:
        what = "may be two days" if is_unclear(written) else "is not understood as a date"
        raise _wrong(
            row.line, column, f"{written[:40]!r} {what}", "Write dates like 2031-05-12, or only 2031-05 or 2031."
        )
    return day


# --- contradictions ---


def _refuse_contradictions(entries: Sequence[Entry]) -> None:
    names = {same_name(entry.name): entry for entry in reversed(entries)}
    for entry in entries:
        for other in entry.also_called:
            its = names.get(same_name(other))
            if its is not None and same_name(its.name) != same_name(entry.name):
                raise _wrong(
                    entry.line,
                    "also_called",
                    f"{other!r} is a speaker with a row of their own, line {its.line}",
                    "Keep it as a name or as what another is called, not as both.",
                )
    for called, rows in _grouped((same_name(it), entry) for entry in entries for it in entry.also_called).items():
        for one, two in _at_one_time(rows, lambda entry: same_name(entry.name)):
            written = next(it for it in two.also_called if same_name(it) == called)
            raise _wrong(
                two.line,
                "also_called",
                f"{written!r} is {two.name} here and {one.name} in line {one.line}, at the same time",
                "Keep it in one of the two rows, or give both rows a period (from, to).",
            )
    for rows in _grouped((same_name(entry.name), entry) for entry in entries).values():
        for column in dict.fromkeys(("office", *(column for entry in rows for column in entry.values))):
            saying = [entry for entry in rows if _said(entry, column)]
            for one, two in _at_one_time(saying, lambda entry, column=column: _said(entry, column)):  # type: ignore[misc]
                raise _wrong(
                    two.line,
                    column,
                    f"{two.name} has {_said(two, column)!r} here and {_said(one, column)!r} in line {one.line}, at the "
                    "same time",
                    "Keep one of the two values, or give both rows a period (from, to).",
                )


def _said(entry: Entry, column: str) -> str:
    return entry.office if column == "office" else entry.values.get(column, "")


def _at_one_time(entries: Iterable[Entry], value: Callable[[Entry], str]) -> Iterator[tuple[Entry, Entry]]:
    """Yield pairs of rows with different values whose periods overlap; the second is further down in the file.

    In the order of their beginnings, only the rows that have not ended matter, and of each value the last to end.
    """
    furthest: dict[str, Entry] = {}
    for entry in sorted(entries, key=lambda it: (it.first, it.line)):
        for said, earlier in furthest.items():
            if said != value(entry) and entry.first <= earlier.last:
                one, two = sorted((earlier, entry), key=lambda it: it.line)
                yield one, two
        its = furthest.get(value(entry))
        if its is None or its.last < entry.last:
            furthest = {said: it for said, it in furthest.items() if it.last >= entry.first}
            furthest[value(entry)] = entry


def _grouped(pairs: Iterable[tuple[str, Entry]]) -> dict[str, list[Entry]]:
    groups: dict[str, list[Entry]] = defaultdict(list)
    for key, entry in pairs:
        groups[key].append(entry)
    return groups


def _wrong(line: int, column: str | None, what: str, remedy: str) -> SourceError:
    where = f"line {line:,}" if column is None else f"line {line:,}, column {column}"
    return SourceError(f"{NAME}, {where}: {what}. {remedy}")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
