"""``tables.xlsx``: the tables of a run on a sheet each, and its findings, for those who work in spreadsheets.

The sheets hold what the CSV files hold. Texts are typed as texts, so that none is ever a formula; dates are texts as
well, because many documents state no more than a year or a month, and Excel has no day before 1900.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from research.analysis import notebooks
from research.analysis.declaring import SHARE
from research.analysis.findings import Finding
from research.analysis.wording import plural
from research.outputs.citing.citations import References
from research.outputs.folder import spreadsheet
from research.outputs.folder.run_folder import RunFolder
from research.outputs.folder.spreadsheet import LONGEST, LONGEST_NAME, Cell, Sheet, Style, write_spreadsheet
from research.outputs.folder.writing import read_rows
from research.outputs.pages.html import visible
from research.outputs.showing.cells import ADDRESS

CONTENTS, FINDINGS = "Contents", "Findings"
MOST_CELLS = 10_000_000
"""The most cells of a sheet. Excel takes minutes to open more, and needs several times the memory of the text."""
MOST_BYTES = 200_000_000
"""The most bytes of a CSV file whose rows are all on a sheet; of a larger one the first part is."""
_SAMPLE = 200
"""Rows that the widths of a sheet's columns are set by."""
_NARROWEST, _WIDEST, _IN_ONE_WORD, _HEADING = 8, 60, 44, 22
"""The least width of a column, the largest of one with words and of one without, and the largest for the sake of its
heading, in characters."""
_BACK = f"← {CONTENTS}"
_ABOVE = 2
"""Rows above those of a table: the way back with the caption, and the headings."""


def write_workbook(folder: RunFolder, said: Mapping[str, Any], path: Path) -> None:
    """Write the workbook of a run folder that has its tables, findings and evidence.

    ``said`` is what the manifest says about the run (see ``manifest.about``).
    """
    references = References(folder, said)
    title = _text(references.of("").title)
    tables = list(_tables(folder, references))
    findings = _findings(folder.findings)
    sheets = [_contents(title, folder, len(said["source"]["documents"]), tables), findings, *map(_sheet, tables)]
    write_spreadsheet(path, title, sheets)


def sheet_name(table: str) -> str:
    """The name of a table's sheet: that of the table, or its beginning and a hash where that cannot name a sheet.

    It depends on the table alone, so that another table renames no sheet.

    >>> sheet_name("statements.speakers"), sheet_name("statements.speakers_by_party_and_year")
    ('statements.speakers', 'statements.speakers_by_par~2afa')
    """
    if spreadsheet.sheet_name_fits(table):
        return table
    plain = _NOT_IN_A_NAME.sub("_", table)[: LONGEST_NAME - 5]
    return f"{plain}~{hashlib.sha256(table.encode()).hexdigest()[:4]}"


_NOT_IN_A_NAME = re.compile(r"[^\w. -]")


class _Table(NamedTuple):
    """A table of the run: its sheet, its title and its file, how many rows it has, and how many of them are shown."""

    name: str
    sheet: str
    title: str
    path: Path
    rows: int
    shown: int

    @property
    def file(self) -> str:
        """The file as it is found in the run folder."""
        return f"tables/{self.path.name}"

    @property
    def said(self) -> str:
        """How many rows there are, and where those are that the sheet does not have."""
        if self.shown == self.rows:
            return plural(self.rows, "row")
        return f"the first {self.shown:,} of {plural(self.rows, 'row')}; {self.file} has all of them"


def _tables(folder: RunFolder, references: References) -> Iterator[_Table]:
    """The tables in the order of the report: answers first, what describes the corpus last."""
    names = sorted(folder.names("tables"), key=lambda it: (notebooks.reading_place(it.partition(".")[0]), it))
    for name in names:
        path = folder.path / "tables" / f"{name}.csv"
        columns, rows = read_rows(path)
        total = sum(1 for _ in rows)
        most = min(spreadsheet.ROWS - _ABOVE, MOST_CELLS // max(len(columns), 1))
        if (size := path.stat().st_size) > MOST_BYTES:
            most = min(most, total * MOST_BYTES // size)
        title = _text(references.of(f"tables/{name}").title)
        yield _Table(name, sheet_name(name), title, path, total, min(total, most))


# --- the first sheets ---


def _contents(title: str, folder: RunFolder, documents: int, tables: Sequence[_Table]) -> Sheet:
    """The first sheet: what this is, and one row for each other sheet, with a link to it."""
    about = f"{plural(len(tables), 'table')} and {plural(len(folder.findings), 'finding')} from "
    about += f"{plural(documents, 'document')}. Run {folder.version[:16]}."
    follow = f"The column “{ADDRESS}” names each row: research why RUN ADDRESS shows the passages behind it."
    above: list[list[Cell]] = [[(title, Style.TITLE)], [(about, Style.SOFT)], [(follow, Style.SOFT)], []]
    heads: list[Cell] = [(name, Style.HEADING) for name in ("sheet", "notebook", "what it shows", "rows", "file")]
    every = "Every finding with its value, interval and status"
    rows = [_listed(FINDINGS, "all", every, len(folder.findings), "findings.json")]
    for it in tables:
        said = it.title if it.shown == it.rows else f"{it.title} ({it.said})"
        rows.append(_listed(it.sheet, it.name.partition(".")[0], said, it.rows, it.file))
    first = len(above) + 2
    names = [FINDINGS, *(it.sheet for it in tables)]
    links = [(f"A{number}", name) for number, name in enumerate(names, start=first)]
    return Sheet(CONTENTS, (34, 14, 80, 10, 42), [*above, heads, *rows], first - 1, links)


def _listed(sheet: str, notebook: str, said: str, rows: int, file: str) -> list[Cell]:
    return [
        (sheet, Style.LINK),
        (notebook, Style.TEXT),
        (said, Style.WRAPPED),
        (rows, Style.WHOLE),
        (file, Style.TEXT),
    ]


_OF_A_FINDING = (
    *(("key", 44), ("statement", 70), ("value", 12), ("as written", 14), ("unit", 22), ("interval from", 16)),
    *(("interval to", 14), ("passages", 13), ("documents", 14), ("status", 14), ("method", 60)),
)
"""The columns of the findings, and their widths."""


def _findings(findings: Sequence[Finding]) -> Sheet:
    said = f"{plural(len(findings), 'finding')}; research why RUN KEY shows the passages behind one"
    above: list[list[Cell]] = [
        [(_BACK, Style.LINK), (said, Style.SOFT)],
        [(name, Style.HEADING) for name, _ in _OF_A_FINDING],
    ]
    widths = [width for _, width in _OF_A_FINDING]
    return Sheet(FINDINGS, widths, [*above, *map(_finding, findings)], _ABOVE, [("A1", CONTENTS)])


def _finding(it: Finding) -> list[Cell]:
    low, high = (None, None) if it.interval is None else (it.interval.low, it.interval.high)
    share = it.display.endswith("%")
    return [
        _cell(it.key),
        _cell(it.statement, wrapped=True),
        *(_cell(it.value, share=share), _cell(it.display), _cell(it.unit)),
        *(_cell(low, share=share), _cell(high, share=share), _cell(it.n), _cell(it.n_documents)),
        _cell(it.status),
        _cell(it.method, wrapped=True),
    ]


# --- the sheet of a table ---


def _sheet(table: _Table) -> Sheet:
    """The sheet of a table. Its file is read as the sheet is written."""
    names, rows = read_rows(table.path)
    forms = [_Form(name, its) for name, its in zip(names, _columns(names, islice(rows, _SAMPLE)), strict=True)]
    return Sheet(table.sheet, [it.width for it in forms], _rows(table, names, forms), _ABOVE, [("A1", CONTENTS)])


def _columns(names: Sequence[str], rows: Iterator[Sequence[Any]]) -> list[list[Any]]:
    return [list(its) for its in zip(*rows, strict=True)] or [[] for _ in names]


def _rows(table: _Table, names: Sequence[str], forms: Sequence[_Form]) -> Iterator[list[Cell]]:
    yield [(_BACK, Style.LINK), (f"{table.title} ({table.said})", Style.SOFT)]
    yield [(_text(name), Style.HEADING) for name in names]
    file, (_, rows) = table.file, read_rows(table.path)
    for row in islice(rows, table.shown):
        yield [form.cell(value, file) for form, value in zip(forms, row, strict=True)]


class _Form:
    """How a column is shown: its width, whether its texts are wrapped, and with how many decimals its numbers."""

    def __init__(self, name: str, sample: Sequence[Any]) -> None:
        texts = [value if isinstance(value, str) else f"{value:,.2f}" for value in sample]
        longest = max((len(line) for text in texts for line in text.split("\n")), default=0) + 2
        prose = any(set(" \n") & set(text) for text in texts)  # anything else, such as a sha256, is looked up whole
        of_name = min(len(name) + 4, _HEADING)  # beside a heading is the button that filters
        self.width = min(max(longest, of_name, _NARROWEST), _WIDEST if prose else _IN_ONE_WORD)
        self._wrapped = prose and (longest > _WIDEST or any("\n" in text for text in texts))
        self._share = name == SHARE
        self._whole = all(value.is_integer() for value in sample if isinstance(value, float))

    def cell(self, value: Any, file: str) -> Cell:
        """A cell of the column; ``file`` has the text that is too long for one."""
        return _cell(value, share=self._share, whole=self._whole, wrapped=self._wrapped, file=file)


_SMALL = 0.1
"""A number closer to nothing is shown with as many decimals as fit."""


def _cell(
    value: Any, *, share: bool = False, whole: bool = True, wrapped: bool = False, file: str = "findings.json"
) -> Cell:
    if value is None or value == "":
        return None, Style.PLAIN
    if isinstance(value, str):
        return _fitting(_text(value), file), Style.WRAPPED if wrapped else Style.TEXT
    number = float(value)
    if not math.isfinite(number):
        return str(number), Style.TEXT
    if share:
        return number, Style.SHARE
    if number.is_integer() and whole:
        return number, Style.WHOLE
    return number, Style.NUMBER if 0 < abs(number) < _SMALL else Style.DECIMAL


def _text(text: str) -> str:
    """A text as a cell can hold it: with one kind of line break, and a sign for what XML forbids."""
    return text if text.isprintable() else visible(text.replace("\r\n", "\n").replace("\r", "\n"))


def _fitting(text: str, file: str) -> str:
    """A text, or the beginning of one that is too long for a cell, with a note that says so."""
    if 2 * len(text) <= LONGEST or _length(text) <= LONGEST:
        return text
    note = f" […] Cut: the whole text of {len(text):,} characters is in {file}."
    part = text[: LONGEST - len(note)]
    while (over := _length(part) + len(note) - LONGEST) > 0:
        part = part[: -max(over // 2, 1)]
    return part + note


def _length(text: str) -> int:
    """The length of a text as Excel counts: in units of UTF-16."""
    return len(text.encode("utf-16-le")) // 2
