"""Tables, where every row is a document: CSV, TSV, Excel and Parquet."""

from __future__ import annotations

import csv
import io
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from itertools import chain, dropwhile, islice
from math import isfinite
from typing import Any

from research.loading.archives import far_too_much, largest_unpacked, refuse_explosive
from research.loading.encodings import Unreadable
from research.loading.fields import parts_among, record_of
from research.loading.files import LARGEST_RECORD, Input
from research.loading.prose import prose_of, said_of
from research.loading.records import BadRow, Record, parsing

_SAY_WHICH = (
    'Name the column in corpus.toml: write [columns], and below it text = "NAME". If these are not names, put a row '
    "of names above them."
)
_LONGEST_LINE = 10 * LARGEST_RECORD


def read_csv(file: Input) -> Iterator[Record | BadRow]:
    """Yield a document for each row of a table whose first row names the columns.

    The delimiter is comma, semicolon, tab or bar: the one that gives a column named like a text and the most columns,
    or the one that a first line such as ``sep=;`` names. Lines above the names of columns, such as a title, are
    skipped.
    """
    yield from _delimited(file, ",;\t|")


def read_tsv(file: Input) -> Iterator[Record | BadRow]:
    """Yield a document for each row of a table with tabs between columns, as ``read_csv`` does."""
    yield from _delimited(file, "\t")


def _delimited(file: Input, signs: str) -> Iterator[Record | BadRow]:
    stream, encoding = file.text()
    with stream:
        lines = dropwhile(str.isspace, lines_in(stream, encoding))
        first = list(islice(lines, _MOST_ABOVE + 1))
        said = _SEPARATOR.fullmatch(first[0]) if first else None
        if said is not None:
            first = first[1:]
        tables = {sign: [_cells(line, sign) for line in first] for sign in (said[1] if said else signs)}
        begins = {sign: _names_at(rows, file) for sign, rows in tables.items()}
        begin = {sign: _past_title(rows) if begins[sign] is None else begins[sign] for sign, rows in tables.items()}
        named = {sign: rows[begin[sign] or 0] if rows else [] for sign, rows in tables.items()}
        delimiter = max(named, key=lambda sign: (begins[sign] is not None, len(named[sign])))
        yield from _rows(chain(first[begin[delimiter] or 0 :], lines), delimiter, file, encoding)


def _cells(line: str, delimiter: str) -> list[str]:
    """The cells of a single line; empty for a line that is too long to name columns."""
    return [] if len(line) > _LONGEST_NAMES else next(csv.reader([line], delimiter=delimiter), [])


_LONGEST_NAMES = 100_000
_SEPARATOR = re.compile(r"sep=([,;\t|])\s{0,9}", re.IGNORECASE)
_MOST_ABOVE = 12
"""How many rows may be above the one that names the columns."""


def _names_at(rows: Sequence[Sequence[str | None]], file: Input) -> int | None:
    """Which of the first rows of a table names its columns: the first, or one below a title; None if none does.

    Rows above are a title if they are shorter and no cell is named like a text. The row itself needs another usual name
    as well, unless the owner has named the column of the text.
    """
    longest, said = 0, file.settings.columns.get("text")
    for number, row in enumerate(rows):
        cells = [cell for cell in row if cell and cell.strip()]
        parts = parts_among(cells, {part: name for part, name in file.settings.columns.items() if name in cells})
        if "text" in parts and (number == 0 or said in cells or (len(parts) > 1 and len(cells) > longest)):
            return number
        longest = max(longest, len(cells))
    return None


def _past_title(rows: Sequence[Sequence[str | None]]) -> int:
    """Which row must name the columns if no cell is named like a text: the longest, if a title is above it."""
    filled = [sum(bool(cell and cell.strip()) for cell in row) for row in rows] or [0]
    return filled.index(max(filled)) if filled[0] < 2 else 0


def lines_in(stream: io.TextIOWrapper, encoding: str) -> Iterator[str]:
    """Yield the lines of a stream, none longer than memory allows."""
    number = 0
    try:
        while line := stream.readline(_LONGEST_LINE):
            if len(line) == _LONGEST_LINE:
                raise Unreadable(
                    f"a line is too long (more than {_LONGEST_LINE / 1e6:,.0f} million characters)",
                    "Check that the file has the format that its name says.",
                )
            number += 1
            yield line
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"the file is not {encoding.upper()} text after line {number:,}",
            "Save it as UTF-8 text.",
        ) from error


def _rows(lines: Iterator[str], delimiter: str, file: Input, encoding: str) -> Iterator[Record | BadRow]:
    rows = (row for row in _parsed(lines, delimiter) if row)  # a blank line is not a row
    header = next(rows, [])
    if isinstance(header, str):
        raise Unreadable(f"the row that names the columns is malformed ({header})", _QUOTE)
    parts = columns_of(header, file)
    for number, row in enumerate(rows, start=1):
        if isinstance(row, str):
            yield BadRow(number, f"the row is malformed ({row})", _QUOTE)
        elif len(row) != len(header):
            cells = "1 cell" if len(row) == 1 else f"{len(row):,} cells"
            reason = f"the row has {cells}, and the table has {len(header):,} columns"
            yield BadRow(number, reason, _QUOTE)
        else:
            yield row_record(dict(zip(header, row, strict=True)), parts, encoding, number)


_QUOTE = "Put quotation marks around cells with a delimiter or a line break, and double quotation marks within."


def _parsed(lines: Iterator[str], delimiter: str) -> Iterator[list[str] | str]:
    """Yield the rows of a table, or what is wrong with a row.

    The longest cell is a setting of the whole process, so it is restored after each row.
    """
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    row: list[str] | str | None
    while True:
        before = csv.field_size_limit(_LONGEST_LINE)
        try:
            row = next(reader, None)
        except csv.Error as error:
            if "limit" in str(error):  # the rest of that cell would follow
                raise Unreadable(f"a cell before line {reader.line_num:,} never ends", _QUOTE) from error
            row = str(error)
        finally:
            csv.field_size_limit(before)
        if row is None:
            return
        yield row


def columns_of(names: Sequence[str], file: Input) -> dict[str, str]:
    """Map parts to columns. Raises ``Unreadable`` if no column can be the text, or if a chosen one is missing."""
    named = [name for name in names if name.strip()]
    chosen = {part: name for part, name in file.settings.columns.items() if name in named or part == "text"}
    parts = parts_among(named, chosen)
    shown = f"{', '.join(' '.join(name.split())[:40] for name in named[:12])}{', …' if len(named) > 12 else ''}"
    if not named:
        raise Unreadable("no row of the table names its columns", "Put the names into the first row.")
    if "text" not in parts:
        raise Unreadable(f"no column is named like a text; the columns are {shown}", _SAY_WHICH)
    if parts["text"] not in named:
        missing = f"the table has no column {parts['text']!r}, which corpus.toml names; the columns are {shown}"
        raise Unreadable(missing, "Correct the name in corpus.toml.")
    twice = sorted(name for name in set(parts.values()) if named.count(name) > 1)
    if twice:
        raise Unreadable(f"two columns are named {twice[0]!r}", "Give each column its own name.")
    return parts


def row_record(values: Mapping[str, str], parts: Mapping[str, str], encoding: str, number: int | None) -> Record:
    """The record of a row, whose text may hold HTML."""
    text, escapes = prose_of(values.get(parts["text"], ""))
    return record_of(text, encoding, values, parts, row=number, changed=said_of(escapes))


# --- values ---


def flat(item: Mapping[str, Any], levels: int = 3, most: int = 1000) -> dict[str, Any]:
    """The values of an object and of objects in it, those by path: ``{"source": {"name": "Wire"}}``."""
    found: dict[str, Any] = {}
    for name, value in item.items():
        if not isinstance(value, dict) or levels == 1:
            found[name] = value
        elif len(found) < most:
            found |= {f"{name}.{inner}": it for inner, it in flat(value, levels - 1, most - len(found)).items()}
    return found


def cell_text(value: Any) -> str | None:
    """A value as a table would show it; None for no value or a nested table."""
    match value:
        case None | dict():
            return None
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case datetime() if (value.hour, value.minute, value.second) == (0, 0, 0):
            return value.date().isoformat()
        case datetime() | date():
            return value.isoformat()
        case float() if not isfinite(value):
            return None
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case list():
            items = [cell_text(item) for item in value[:100]]
            return None if None in items else ", ".join(item for item in items if item is not None)
        case _:
            return str(value)


# --- Excel and Parquet ---

_MOST_COLUMNS = 200
"""Columns of a sheet that are read: one stray cell at its far end would fill a million rows."""
_MOST_ROWS = 1_048_576
"""The rows of a sheet in Excel."""


def read_excel(file: Input) -> Iterator[Record | BadRow]:
    """Yield a document for each row of each sheet that has a column of text. Row numbers continue across sheets."""
    with parsing("an Excel workbook", _SAVE_AGAIN):
        problems, number = [], 0
        for sheet in _sheets(_workbook(file.data())):
            filled = (row for _, row in _rows_of(sheet) if any(cell is not None for cell in row))
            first = list(islice(filled, _MOST_ABOVE + 1))
            if not first:
                continue
            begin = _names_at(first, file)
            begin = _past_title(first) if begin is None else begin
            names = [name or "" for name in first[begin]]
            try:
                parts = columns_of(names, file)
            except Unreadable as error:
                problems.append((sheet.title, error))
                continue
            for row in chain(first[begin + 1 :], filled):
                number += 1
                values = {name: cell for name, cell in zip(names, row, strict=False) if cell is not None}
                yield row_record({"sheet": sheet.title, **values}, parts, "", number)
        if number == 0 and problems:
            raise problems[0][1]
        for title, problem in problems:
            yield BadRow(f"sheet {title}", problem.reason, problem.remedy)


_SAVE_AGAIN = "Open it in Excel and save it again as .xlsx, or export it as CSV."


def rows_of_workbook(data: bytes) -> Iterator[tuple[str, list[tuple[int, list[str | None]]]]]:
    """Yield each sheet of an Excel workbook: its title and its rows, each with its number in the sheet.

    A number that is shown as a percentage is one, with its sign: Excel keeps 5% as 0.05. Raises ``Unreadable``.
    """
    with parsing("an Excel workbook", _SAVE_AGAIN):
        for sheet in _sheets(_workbook(data)):
            yield sheet.title, list(_rows_of(sheet, with_percent=True))


def _workbook(data: bytes) -> Any:
    from openpyxl import load_workbook

    stream = io.BytesIO(data)
    refuse_explosive(stream)
    with _without_warnings():
        return load_workbook(stream, read_only=True, data_only=True)


def _sheets(book: Any) -> list[Any]:
    """The sheets of a workbook. Raises ``Unreadable`` where one part of the file is many of them."""
    sheets = list(book.worksheets)
    if len({sheet._worksheet_path for sheet in sheets}) < len(sheets):
        raise Unreadable("the file is malformed: two sheets are one part of it", "Open it in Excel and save it again.")
    return sheets


def percentage(value: float) -> str:
    """Return a share as a percentage, without what binary fractions add.

    >>> percentage(0.07), percentage(0.125)
    ('7 %', '12.5 %')
    """
    return f"{100 * value:.12g} %"


def _rows_of(sheet: Any, *, with_percent: bool = False) -> Iterator[tuple[int, list[str | None]]]:
    """Yield the rows that a sheet has, each with its number.

    ``sheet.iter_rows`` would yield those that it does not have as well, from the first to the last: a stray cell in
    row 1,048,576 takes ten seconds, and a row that claims to be number 10**15 never comes.
    """
    from openpyxl.utils.escape import unescape
    from openpyxl.worksheet._reader import WorkSheetParser

    book = sheet.parent
    with sheet._get_source() as source:
        parser = WorkSheetParser(
            source,
            sheet._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        for count, (number, cells) in enumerate(_quietly(parser.parse())):
            if count == _MOST_ROWS:
                raise Unreadable(f"a sheet has more than {_MOST_ROWS:,} rows, the most that Excel has", "Split it.")
            row: list[str | None] = []
            for cell in cells:
                its = cell["value"]
                if with_percent and isinstance(its, int | float) and "%" in _format_of(book, cell["style_id"]):
                    its = percentage(its)
                if (value := cell_text(its)) is not None and 1 <= cell["column"] <= _MOST_COLUMNS:
                    row += [None] * (cell["column"] - len(row))
                    row[cell["column"] - 1] = unescape(value)
            yield number, row


def _format_of(book: Any, style: int) -> str:
    """The format of numbers that a style of a workbook has."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE

    number = book._cell_styles[style].numFmtId
    if number < BUILTIN_FORMATS_MAX_SIZE:
        return str(BUILTIN_FORMATS.get(number, ""))
    return str(book._number_formats[number - BUILTIN_FORMATS_MAX_SIZE])


@contextmanager
def _without_warnings() -> Iterator[None]:
    """Silence a library's warnings about styles, extensions and odd dates, which hold no text."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _quietly(rows: Iterator[Any]) -> Iterator[Any]:
    while True:
        with _without_warnings():
            row = next(rows, None)
        if row is None:
            return
        yield row


def read_parquet(file: Input) -> Iterator[Record | BadRow]:
    """Yield a document for each row of a Parquet table, which needs the library pyarrow."""
    try:
        from pyarrow import parquet
    except ImportError as error:
        raise Unreadable(
            "Parquet tables need the library pyarrow, which is not installed",
            "Install it with: pip install pyarrow. Or export the table as CSV.",
        ) from error
    size = file.facts.size
    with file.seekable() as stream, parsing("Parquet", "Export it again, or as CSV."):
        table = parquet.ParquetFile(stream)
        if table.metadata.num_rows > largest_unpacked(size):
            raise Unreadable(*far_too_much())
        names = [str(name) for name in table.schema_arrow.names]
        parts = columns_of(names, file)
        number = 0
        for batch in table.iter_batches(batch_size=64):
            for row in batch.to_pylist():
                number += 1
                values = {name: cell for name, value in flat(row).items() if (cell := cell_text(value)) is not None}
                yield row_record(values, parts, "", number)
