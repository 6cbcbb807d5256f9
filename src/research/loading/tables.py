"""Tables: every row a document. CSV, TSV, Excel, JSON, JSON Lines and Parquet."""

from __future__ import annotations

import csv
import io
import json
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from itertools import chain, dropwhile, islice
from math import isfinite
from typing import IO, Any

from research.loading.encodings import Unreadable, decode
from research.loading.fields import parts_among, record_of
from research.loading.files import LARGEST, LARGEST_RECORD, Input
from research.loading.prose import prose_of, said_of
from research.loading.records import BadRow, Record, parsing

_SAY_WHICH = (
    'Say in corpus.toml which one it is: [columns] and below it text = "NAME". If these are no names, put a row '
    "of names above them."
)
_LONGEST_LINE = 10 * LARGEST_RECORD


def read_csv(file: Input) -> Iterator[Record | BadRow]:
    """Yield a document for each row of a table with a row that names the columns.

    Columns are parted by comma, semicolon, tab or bar: by the one that finds a name of a text and the most columns, or
    by the one that a first line such as ``sep=;`` names. Lines above the names of the columns, such as a title, are
    passed over.
    """
    yield from _delimited(file, ",;\t|")


def read_tsv(file: Input) -> Iterator[Record | BadRow]:
    """Yield a document for each row of a table with a tab between its columns, as ``read_csv`` does."""
    yield from _delimited(file, "\t")


def _delimited(file: Input, signs: str) -> Iterator[Record | BadRow]:
    stream, encoding = file.text()
    with stream:
        lines = dropwhile(str.isspace, _lines(stream, encoding))
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
    """The cells of a line by itself; none of one that is too long to name columns."""
    return [] if len(line) > _LONGEST_NAMES else next(csv.reader([line], delimiter=delimiter), [])


_LONGEST_NAMES = 100_000
_SEPARATOR = re.compile(r"sep=([,;\t|])\s{0,9}", re.IGNORECASE)
_MOST_ABOVE = 12
"""How many rows may stand above the one that names the columns."""


def _names_at(rows: Sequence[Sequence[str | None]], file: Input) -> int | None:
    """Which of the first rows of a table names its columns: the first one, or one below a title; None if none does.

    Rows above are a title where they are shorter and have no name of a text; that row has one, and another usual name
    unless its owner has named it.
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
    """Which row must name the columns where none has a name of a text: the longest one, if a title stands above."""
    filled = [sum(bool(cell and cell.strip()) for cell in row) for row in rows] or [0]
    return filled.index(max(filled)) if filled[0] < 2 else 0


def _lines(stream: io.TextIOWrapper, encoding: str) -> Iterator[str]:
    """The lines of a stream, none of them longer than can be held."""
    number = 0
    try:
        while line := stream.readline(_LONGEST_LINE):
            if len(line) == _LONGEST_LINE:
                raise Unreadable(
                    f"a line is too long (more than {_LONGEST_LINE / 1e6:,.0f} million characters)",
                    "See whether this is the format that its name says.",
                )
            number += 1
            yield line
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"after line {number:,} the file is not {encoding.upper()} text, as its beginning is",
            "Save it as UTF-8 text.",
        ) from error


def _rows(lines: Iterator[str], delimiter: str, file: Input, encoding: str) -> Iterator[Record | BadRow]:
    rows = (row for row in _parsed(lines, delimiter) if row)  # a line without anything in it is no row
    header = next(rows, [])
    if isinstance(header, str):
        raise Unreadable(f"the row that names the columns is malformed ({header})", _QUOTE)
    parts = _columns(header, file)
    for number, row in enumerate(rows, start=1):
        if isinstance(row, str):
            yield BadRow(number, f"the row is malformed ({row})", _QUOTE)
        elif len(row) != len(header):
            cells = "1 cell" if len(row) == 1 else f"{len(row):,} cells"
            reason = f"the row has {cells}, and the table has {len(header):,} columns"
            yield BadRow(number, reason, _QUOTE)
        else:
            yield _record(dict(zip(header, row, strict=True)), parts, encoding, number)


_QUOTE = "Put quotation marks around cells that hold a delimiter or a line break, and double those within."


def _parsed(lines: Iterator[str], delimiter: str) -> Iterator[list[str] | str]:
    """The rows of a table, or what is wrong with one.

    The longest cell is a setting of the whole process, so it is put back after each row.
    """
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    row: list[str] | str | None
    while True:
        before = csv.field_size_limit(_LONGEST_LINE)
        try:
            row = next(reader, None)
        except csv.Error as error:
            if "limit" in str(error):  # what comes next is the rest of that cell
                raise Unreadable(f"the table has a cell without end before line {reader.line_num:,}", _QUOTE) from error
            row = str(error)
        finally:
            csv.field_size_limit(before)
        if row is None:
            return
        yield row


def _columns(names: Sequence[str], file: Input) -> dict[str, str]:
    """Which column is what. Raises ``Unreadable`` where none can be the text, or a chosen one is not there."""
    named = [name for name in names if name.strip()]
    chosen = {part: name for part, name in file.settings.columns.items() if name in named or part == "text"}
    parts = parts_among(named, chosen)
    shown = f"{', '.join(' '.join(name.split())[:40] for name in named[:12])}{', …' if len(named) > 12 else ''}"
    if not named:
        raise Unreadable("the table has no row that names its columns", "Put their names into its first row.")
    if "text" not in parts:
        raise Unreadable(f"none of the columns has the name of a text; they are {shown}", _SAY_WHICH)
    if parts["text"] not in named:
        missing = f"there is no column {parts['text']!r}, which corpus.toml names; they are {shown}"
        raise Unreadable(missing, "Correct its name in corpus.toml.")
    twice = sorted(name for name in set(parts.values()) if named.count(name) > 1)
    if twice:
        raise Unreadable(f"two columns have the name {twice[0]!r}", "Give each column a name of its own.")
    return parts


def _record(values: Mapping[str, str], parts: Mapping[str, str], encoding: str, number: int | None) -> Record:
    text, escapes = prose_of(values.get(parts["text"], ""))
    return record_of(text, encoding, values, parts, row=number, changed=said_of(escapes))


# --- JSON ---


def read_json(file: Input) -> Iterator[Record | BadRow]:
    """Yield a document for each object of a list, be it the whole file or the value of one of its names.

    A file that is one object with a text is one document, and one that is JSON Lines is read as such.
    """
    text, encoding = decode(file.data(), file.facts)
    with parsing("JSON", "Correct it, or export it again."):
        content = _lines_of_objects(text) or json.loads(text)
    items = content if isinstance(content, list) else _list_in(content)
    if items is None:
        yield _of_object(_parsed_object(content), file, encoding, None)
    else:
        yield from _objects(items, file, encoding)


def _lines_of_objects(text: str) -> list[str]:
    """The lines of JSON Lines in a file that is called JSON; none where the file is one value, or its lines are not."""
    first, _, others = text.partition("\n")
    if not (first.startswith("{") and others.lstrip().startswith("{")):
        return []
    try:
        json.loads(first)
    except ValueError:  # {"articles": [
        return []
    return text.split("\n")


def _list_in(content: Any) -> list[Any] | None:
    """The objects with a text that an object holds; None for an object that is itself a document, or no object.

    They may lie some levels down (``{"response": {"docs": [...]}}``), in several lists, or each under its own name.
    """
    if not isinstance(content, dict):
        return None
    found = list(_objects_within(content, _DEEPEST))
    own = parts_among(_flat(content)).get("text")
    if own is not None and not (found and own == "message"):  # {"message": "ok", "articles": [...]}
        return None
    lists = [value for value in content.values() if isinstance(value, list) and value and isinstance(value[0], dict)]
    return found or (lists[0] if len(lists) == 1 else None)


_DEEPEST = 4


def _objects_within(content: Mapping[str, Any], levels: int) -> Iterator[Any]:
    values = list(content.values())
    if len(values) > 1 and all(map(_has_text, values)):
        yield from values
        return
    for value in values:
        if isinstance(value, list) and any(map(_has_text, value[:100])):
            yield from value
        elif isinstance(value, dict) and levels > 1:
            yield from _objects_within(value, levels - 1)


def _has_text(item: Any) -> bool:
    return isinstance(item, dict) and "text" in parts_among(_flat(item))


def _flat(item: Mapping[str, Any], levels: int = 3, most: int = 1000) -> dict[str, Any]:
    """The values of an object and of the first objects in it, these by path: ``{"source": {"name": "Wire"}}``."""
    found: dict[str, Any] = {}
    for name, value in item.items():
        if not isinstance(value, dict) or levels == 1:
            found[name] = value
        elif len(found) < most:
            found |= {f"{name}.{inner}": it for inner, it in _flat(value, levels - 1, most - len(found)).items()}
    return found


def read_jsonl(file: Input) -> Iterator[Record | BadRow]:
    """Yield a document for each line, which is a JSON object."""
    stream, encoding = file.text()
    with stream:
        yield from _objects(_lines(stream, encoding), file, encoding)


def _objects(items: Iterable[Any], file: Input, encoding: str) -> Iterator[Record | BadRow]:
    """Records of objects or of lines that hold one. Each object may have names of its own."""
    number = 0
    for item in items:
        if isinstance(item, str) and not item.strip():
            continue
        number += 1
        try:
            yield _of_object(_parsed_object(item), file, encoding, number)
        except Unreadable as problem:
            yield BadRow(number, problem.reason, problem.remedy)


def _parsed_object(item: Any) -> Mapping[str, Any]:
    if isinstance(item, str):
        try:
            item = json.loads(item)
        except (ValueError, RecursionError) as error:
            why = " ".join(str(error).split())[:120]
            raise Unreadable(
                f"the record is malformed: it is no JSON ({why})", "Correct it, or export it again."
            ) from error
    if not isinstance(item, dict):
        raise Unreadable("the record is no object with names and values", "Export it as an object, one a document.")
    return item


def _of_object(item: Mapping[str, Any], file: Input, encoding: str, number: int | None) -> Record:
    item = _flat(item)
    values = {name: written for name, value in item.items() if (written := _cell(value)) is not None}
    parts = _columns(list(item), file)
    text = item[parts["text"]]
    if isinstance(text, list) and all(isinstance(paragraph, str) for paragraph in text):
        values[parts["text"]] = "\n\n".join(text)
    elif isinstance(text, list) and None not in (pieces := list(map(_piece, text))):
        values[parts["text"]] = "".join(piece for piece in pieces if piece is not None)
    return _record(values, parts, encoding, number)


def _piece(item: Any) -> str | None:
    """A piece of a text that is kept in pieces, some with their format: ``["No", {"type": "bold", "text": "!"}]``."""
    text = item.get("text") if isinstance(item, dict) else item
    return text if isinstance(text, str) else None


def _cell(value: Any) -> str | None:
    """A value as it is written in a table; None for one that is none, or a table of its own."""
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
            items = [_cell(item) for item in value[:100]]
            return None if None in items else ", ".join(item for item in items if item is not None)
        case _:
            return str(value)


# --- Excel and Parquet ---

_LARGEST_UNPACKED = 5 * LARGEST
_MOST_COLUMNS = 200
"""Columns of a sheet that are read: one stray cell at its far end would fill a million rows."""


def read_excel(file: Input) -> Iterator[Record | BadRow]:
    """Yield a document for each row of each sheet that has a column of text; rows are numbered through."""
    from openpyxl import load_workbook
    from openpyxl.utils.escape import unescape

    data = io.BytesIO(file.data())
    refuse_explosive(data)
    with parsing("an Excel workbook", "Open it in Excel and save it again as .xlsx, or export it as CSV."):
        with _without_warnings():
            book = load_workbook(data, read_only=True, data_only=True)
        problems, number = [], 0
        for sheet in book.worksheets:
            rows = (
                [_cell(value) for value in row]
                for row in _quietly(sheet.iter_rows(max_col=_MOST_COLUMNS, values_only=True))
            )
            filled = (row for row in rows if any(cell is not None for cell in row))
            first = list(islice(filled, _MOST_ABOVE + 1))
            if not first:
                continue
            begin = _names_at(first, file)
            begin = _past_title(first) if begin is None else begin
            names = [name or "" for name in first[begin]]
            try:
                parts = _columns(names, file)
            except Unreadable as error:
                problems.append((sheet.title, error))
                continue
            for row in chain(first[begin + 1 :], filled):
                number += 1
                values = {name: unescape(cell) for name, cell in zip(names, row, strict=False) if cell is not None}
                metadata = {"sheet": sheet.title, **values}
                yield _record(metadata, parts, "", number)
        if number == 0 and problems:
            raise problems[0][1]
        for title, problem in problems:
            yield BadRow(f"sheet {title}", problem.reason, problem.remedy)


@contextmanager
def _without_warnings() -> Iterator[None]:
    """Keep to itself what a library says of styles, extensions and odd dates, which hold no text."""
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


def refuse_explosive(data: IO[bytes]) -> None:
    """Raise ``Unreadable`` for an office document that would unpack to far more than it is."""
    import zipfile

    try:
        with zipfile.ZipFile(data) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
            encrypted = any(member.flag_bits & 1 for member in archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        data.seek(0)
        if data.read(4) == b"\xd0\xcf\x11\xe0":
            raise Unreadable(
                "the file is encrypted, or of the kind that Office wrote before 2007",
                "Open it, and save it without a password in the present format (.xlsx or .docx).",
            ) from error
        raise Unreadable(
            f"the file is malformed: it is no office document ({error})", "Open it in Office and save it again."
        ) from error
    if unpacked > _LARGEST_UNPACKED:
        raise Unreadable(
            f"the file unpacks to {unpacked / 1e6:,.0f} MB; up to {_LARGEST_UNPACKED / 1e6:,.0f} MB are read",
            "Split it into smaller files.",
        )
    if encrypted:
        raise Unreadable("the file is encrypted", "Save it without a password.")


def read_parquet(file: Input) -> Iterator[Record | BadRow]:
    """Yield a document for each row of a Parquet table, which needs the library pyarrow."""
    try:
        from pyarrow import parquet
    except ImportError as error:
        raise Unreadable(
            "Parquet tables are read with the library pyarrow, which is not installed",
            "Install it with: pip install pyarrow. Or export the table as CSV.",
        ) from error
    file.facts  # noqa: B018  the file as a whole is read before it is jumped about in
    with file.seekable() as stream, parsing("Parquet", "Export it again, or as CSV."):
        table = parquet.ParquetFile(stream)
        names = [str(name) for name in table.schema_arrow.names]
        parts = _columns(names, file)
        number = 0
        for batch in table.iter_batches(batch_size=64):
            for row in batch.to_pylist():
                number += 1
                values = {name: cell for name, value in _flat(row).items() if (cell := _cell(value)) is not None}
                yield _record(values, parts, "", number)
