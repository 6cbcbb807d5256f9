"""Tables as people save them again: the rows of a file of Excel, LibreOffice or any program that writes CSV.

Unlike the readers of documents, this keeps every row with its number in the spreadsheet, so that a person can be told
where something is wrong.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from research.loading.archives import refuse_explosive
from research.loading.encodings import Unreadable, decode, probe
from research.loading.records import parsing
from research.loading.separated import separated
from research.loading.tables import percentage, rows_of_workbook

WORKBOOKS, OPENDOCUMENT, DELIMITED = (".xlsx", ".xlsm"), (".ods",), (".csv", ".tsv", ".txt")
SUFFIXES = (*WORKBOOKS, *OPENDOCUMENT, *DELIMITED)
"""The suffixes of the files that are read."""


class Row(NamedTuple):
    """A row: its number as a spreadsheet counts, from 1, and its cells up to the last that is not empty.

    An empty cell is an empty text.
    """

    number: int
    cells: Sequence[str]


class Grid(NamedTuple):
    """The rows of one sheet that are not blank. A file of CSV is one sheet, without a title."""

    title: str
    rows: list[Row]


def read_grids(name: str, data: bytes, known: Collection[str]) -> list[Grid]:
    r"""Return the sheets of a file.

    ``known`` are names of columns as ``separated.column`` gives
    them, which show how CSV is separated.

    Raises ``Unreadable`` for a file that is no such table.

    >>> read_grids("a.csv", b"no.;right\n1;yes\n\n2;no\n", ["no.", "right"])[0].rows[2]
    Row(number=4, cells=['2', 'no'])
    """
    suffix = f".{name.rpartition('.')[2].lower()}"
    if suffix in WORKBOOKS:
        found = list(rows_of_workbook(data))
    elif suffix in OPENDOCUMENT:
        found = list(_opendocument(data))
    elif suffix in DELIMITED:
        found = [("", list(_delimited(data, known)))]
    else:
        raise Unreadable(f"a file of the kind {suffix} is not read", "Save it as .xlsx, .ods or .csv.")
    return [Grid(title, list(_filled(rows))) for title, rows in found]


def _filled(rows: Sequence[tuple[int, Sequence[str | None]]]) -> Iterator[Row]:
    for number, cells in rows:
        filled = [at for at, cell in enumerate(cells, start=1) if cell and cell.strip()]
        if filled:
            yield Row(number, [cell or "" for cell in cells[: filled[-1]]])


# --- CSV ---

_MOST_ABOVE = 12
"""How many rows may be above the one that names the columns."""


def _delimited(data: bytes, known: Collection[str]) -> Iterator[tuple[int, list[str | None]]]:
    """Yield the rows of a file of CSV, whose encoding and separator are those of whichever program saved it."""
    text, _ = decode(data, probe(io.BytesIO(data)))
    its = separated(text, known, _MOST_ABOVE)
    with parsing("CSV", "Save it again as CSV, or as .xlsx."):
        for number, row in enumerate(csv.reader(its.lines, delimiter=its.separator), start=1):
            yield number, [*row]


# --- OpenDocument ---

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_MOST_COLUMNS = 200
"""Columns that are read: LibreOffice ends a row with a blank cell that is repeated to the end of the sheet."""


def _opendocument(data: bytes) -> Iterator[tuple[str, list[tuple[int, list[str | None]]]]]:
    """Yield the sheets of a spreadsheet that LibreOffice saved as it does unless told otherwise."""
    from lxml import etree

    remedy = "Open it in LibreOffice and save it again as .xlsx."
    with parsing("an OpenDocument spreadsheet", remedy):
        stream = io.BytesIO(data)
        refuse_explosive(stream)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        with zipfile.ZipFile(stream) as archive:
            root = etree.fromstring(archive.read("content.xml"), parser=parser)
        for table in root.iter(f"{_TABLE}table"):
            yield table.get(f"{_TABLE}name") or "", list(_rows_in(table))


def _rows_in(table: Any) -> Iterator[tuple[int, list[str | None]]]:
    number = 1
    for row in table.iter(f"{_TABLE}table-row"):
        cells: list[str | None] = []
        for cell in row.iterchildren(*_CELLS):
            times = _repeated(cell, "columns")
            cells += [_content(cell)] * min(times, _MOST_COLUMNS - len(cells))
        times = _repeated(row, "rows")
        if any(cells):
            # A filled row that is repeated stands for equal rows below one another; thousands of them are blank ones.
            yield from ((number + at, cells) for at in range(min(times, _MOST_COLUMNS)))
        number += times


def _repeated(element: Any, what: str) -> int:
    return max(1, int(element.get(f"{_TABLE}number-{what}-repeated") or 1))


def _content(cell: Any) -> str | None:
    """What a cell holds: a number or a day in its own form, whatever the cell shows, and else its paragraphs.

    A percentage and an amount of money have their unit: LibreOffice keeps 5% as 0.05.
    """
    match cell.get(f"{_OFFICE}value-type"):
        case "float":
            return _number(float(cell.get(f"{_OFFICE}value")))
        case "percentage":
            return percentage(float(cell.get(f"{_OFFICE}value")))
        case "currency":
            return f"{_number(float(cell.get(f'{_OFFICE}value')))} {cell.get(f'{_OFFICE}currency') or ''}".strip()
        case "date":
            return str(cell.get(f"{_OFFICE}date-value"))
        case "boolean":
            return str(cell.get(f"{_OFFICE}boolean-value"))
    return "\n".join("".join(_words(it)) for it in cell.iterchildren(f"{_TEXT}p")) or None


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _words(paragraph: Any) -> Iterator[str]:
    if paragraph.tag == f"{_TEXT}s":
        yield " " * min(int(paragraph.get(f"{_TEXT}c") or 1), 1000)
    elif paragraph.tag == f"{_TEXT}tab":
        yield "\t"
    elif paragraph.tag == f"{_TEXT}line-break":
        yield "\n"
    elif paragraph.text:
        yield paragraph.text
    for child in paragraph:
        yield from _words(child)
        yield child.tail or ""
