"""Addresses of rows: ``TABLE#ROW``, by which any row of a run's tables is cited and followed.

ROW is made of what the row is about, never of its position, so that another document renames nothing: its place
(document, start, end), or else what it counts (a speaker, a word, a document). The address stays when the rest of the
row changes; the version shows whether it did. ROW is a letter and ten digits of a hash, which a shell, a spreadsheet,
the fragment of a URL and BibTeX leave alone. What a row is about and what it counts is declared by its notebook; see
``analysis.declaring.Table``.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from research.analysis import notebooks
from research.analysis.declaring import PLACE, as_written
from research.analysis.wording import in_brief
from research.errors import UsageError
from research.outputs.folder.run_folder import RunFolder, nearest
from research.outputs.folder.writing import csv_text, json_line
from research.outputs.showing import cells
from research.outputs.showing.cells import ADDRESS, shown

if TYPE_CHECKING:
    import pandas as pd

    from research.analysis.findings import Finding


class Row(NamedTuple):
    """A row of a run: its table or finding, the part of its address behind the ``#``, and its cells.

    ``times`` is the number of rows of the table that are equal to it in every cell.
    """

    table: str
    name: str
    cells: dict[str, Any]
    times: int = 1

    @property
    def address(self) -> str:
        """``TABLE#ROW``."""
        return f"{self.table}#{self.name}"

    @property
    def version(self) -> str:
        """A hash of all cells: the address stays, the version shows whether the row is the same."""
        return _hash(list(self.cells.items()))[:16]

    @property
    def has_place(self) -> bool:
        """Whether the row is about a passage of a document."""
        return set(PLACE) <= self.cells.keys()

    @property
    def label(self) -> str:
        """The row in a few words: who says what, or what is counted and its first numbers."""
        if self.has_place:
            declared = notebooks.table(self.table)
            who = declared.who_speaks(self.cells)
            return (f"{who}: " if who else "") + f"“{self.cells.get(declared.words) or ''}”"
        about = _about(self.table, list(self.cells))
        numbers = [
            f"{name} {shown(value, name)}"
            for name, value in self.cells.items()
            if name not in about and isinstance(value, int | float)
        ]
        called = ", ".join(str(self.cells[name]) for name in reversed(about))
        return called + (f" ({', '.join(numbers[:4])})" if numbers else "")


def with_addresses(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the table with the address of each row as its last column.

    Rows that are about the same thing and differ otherwise get a suffix made of all their cells; equal rows share one.
    """
    names = _row_names(table, frame)
    return frame.assign(**{ADDRESS: [f"{table}#{name}" for name in names]})


def are_places(table: str, frame: pd.DataFrame) -> bool:
    """Return whether the rows of a table are about passages, so that any choice of rows keeps their addresses."""
    return _about(table, [str(name) for name in frame.columns]) == PLACE


def is_address(text: str) -> bool:
    """Return whether a text has the form of a row's address; the name of a document may contain ``#`` as well."""
    return "#" in text and not text.startswith("documents/")


def _row_names(table: str, frame: pd.DataFrame) -> list[str]:
    columns = [str(name) for name in frame.columns]
    about = _about(table, columns)
    values = zip(*(frame[name].tolist() for name in about), strict=True) if about else ()
    names = ["r" + _hash(_identity(table, dict(zip(about, its, strict=True))))[:10] for its in values]
    shared = {name for name, times in Counter(names).items() if times > 1}
    said = {
        number: csv_text((), [row])
        for number, row in enumerate(frame.itertuples(index=False))
        if names[number] in shared
    }
    contents = defaultdict(set)
    for number, content in said.items():
        contents[names[number]].add(content)
    return [
        f"{name}-{_hash(said[number])[:4]}" if len(contents[name]) > 1 else name for number, name in enumerate(names)
    ]


def _about(table: str, columns: Sequence[str]) -> tuple[str, ...]:
    """Return the columns that say what a row of a table is about."""
    if declared := notebooks.table(table).identity:
        return tuple(declared)
    return PLACE if set(PLACE) <= set(columns) else tuple(columns[:1])


def _identity(table: str, row: Mapping[str, Any]) -> list[str]:
    """Return what a row is about, the same for every spelling of it."""
    same = notebooks.table(table).identity
    texts = {name: "" if cells.plain(row[name]) is None else str(row[name]) for name in _about(table, list(row))}
    return [same.get(name, as_written)(text) for name, text in texts.items()]


def _hash(content: Any) -> str:
    return hashlib.sha256(json_line(content).encode("utf-8", "surrogatepass")).hexdigest()


# --- from an address to its row ---


def find(folder: RunFolder, address: str) -> Row:
    """Return the row at an address, in a table of the run or else in the evidence of a finding.

    Raises ``UsageError`` with the nearest table or row.
    """
    table, wanted = split(address)
    tables = folder.names("tables")
    rows = [] if table not in tables else list(rows_of(folder, table))
    passages = [row for finding in folder.findings if finding.key == table for row in evidence_rows(finding)]
    for its in (rows, passages):
        if same := [row for row in its if row.name == wanted]:
            return same[0]._replace(times=len(same))
    where = f"The run {folder.path.name} has no"
    if table not in tables and not passages:
        near = nearest(table, tables)
        raise UsageError(f"{where} table {table!r}." + (f" Did you mean {near}#{wanted or 'ROW'}?" if near else ""))
    alike = max(rows or passages, key=lambda row: _likeness(row.name, wanted), default=None)
    hint = f" Did you mean {alike.address}, {in_brief(alike.label, 80)}?" if alike else " The table is empty."
    raise UsageError(f"{where} row {wanted!r} in {table}.{hint}")


def split(address: str) -> tuple[str, str]:
    """Return TABLE and ROW of an address; the table may be written as a path of the run folder."""
    table, _, row = address.partition("#")
    return table.removeprefix("tables/").removesuffix(".csv"), row


def rows_of(folder: RunFolder, table: str) -> Iterator[Row]:
    """Yield the rows of a table of a run. Raises ``UsageError`` for a run of a release without addresses."""
    frame = folder.table(table)
    if ADDRESS not in frame.columns:
        raise UsageError(f"The rows of {table} have no address: {folder.path.name} is an older run. Run it again.")
    for its in records(frame):
        yield Row(table, its.pop(ADDRESS).partition("#")[2], its)


def records(frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Return the rows of a table as plain values; see ``cells.records``."""
    return cells.records([str(name) for name in frame.columns], (frame[name].tolist() for name in frame.columns))


def evidence_rows(finding: Finding) -> Iterator[Row]:
    """Yield the passages of a finding as rows; a counted one is in the base as well, and comes once."""
    seen: set[Hashable] = set()
    for passage in sorted(finding.evidence, key=lambda row: row.role != "counted"):
        its = passage._asdict()
        if (place := tuple(its[name] for name in PLACE)) not in seen:
            seen.add(place)
            yield Row(finding.key, place_name(*place), its)


def place_name(doc_id: str, start: int, end: int) -> str:
    """Return the ROW of a passage, the same in every table and finding."""
    return "r" + _hash([doc_id, str(start), str(end)])[:10]


def _likeness(one: str, other: str) -> int:
    return sum(a == b for a, b in zip(one, other, strict=False))


# --- what a row counts ---


def counted_table(table: str) -> str:
    """Return the table whose rows a table counts, or nothing."""
    return notebooks.table(table).counts


def counted_by(folder: RunFolder, row: Row) -> list[Row]:
    """Return the rows of another table that a row counts; none where the run does not keep them."""
    import pandas as pd

    counted = counted_table(row.table)
    if not folder.has_table(counted):
        return []
    frame = folder.table(counted)
    about = _about(row.table, list(row.cells))
    groups = notebooks.table(row.table).grouped(pd.DataFrame(list(records(frame)), columns=frame.columns, dtype=object))

    def identity(cells: Mapping[str, Any]) -> list[str]:
        return _identity(row.table, {name: cells[name] for name in about})

    wanted = identity(row.cells)
    numbers = {number for number, its in zip(groups.index, records(groups), strict=True) if identity(its) == wanted}
    return [its for number, its in enumerate(rows_of(folder, counted)) if number in numbers]


def recount(row: Row, counted: Sequence[Row]) -> dict[str, float | None]:
    """Return numbers of a row once more, from the rows that it counts."""
    its = [it.cells for it in counted]
    declared = notebooks.table(row.table).numbers
    return {name: declared[name](its) for name in row.cells if name in declared}


# --- what belongs together ---


def drawn_from(folder: RunFolder, figure: str) -> list[str]:
    """Return the tables of a run that a figure was drawn from."""
    return [table for table in notebooks.tables_behind(figure) if folder.has_table(table)]


def findings_on(folder: RunFolder, tables: Sequence[str]) -> list[Finding]:
    """Return the findings of a run about these tables, or are computed from them."""
    begin = [begin for table in tables for begin in notebooks.table(table).findings]
    return [
        finding
        for finding in folder.findings
        if any(f"{finding.key}.".startswith(f"{it}.") for it in begin)
        or (finding.computation is not None and finding.computation.table in tables)
    ]
