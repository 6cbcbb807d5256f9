"""Write an Excel workbook as it comes, one row after another, and always in the same bytes.

The format is SpreadsheetML (ECMA-376, part 1, clause 18): a ZIP archive of XML files. It is written here and not by
openpyxl, which reads workbooks for this package: that writes the time of day into the file, and takes about four times
as long for styled cells, of which a run can have millions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from html import escape
from itertools import chain
from pathlib import Path
from typing import BinaryIO, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from research.loading.formulas import FORMULA
from research.outputs.folder.writing import whole_file

ROWS, COLUMNS = 1_048_576, 16_384
"""The most rows and columns of a sheet; Excel opens no larger one."""
LONGEST = 32_767
"""The most characters of a cell, as Excel counts them: a sign beyond U+FFFF counts twice."""
LONGEST_NAME = 31
"""The most characters of the name of a sheet."""
_TALLEST = 6
"""Lines of text that a row shows; a longer cell is read in the formula bar."""
_LINE = 15
"""The height of a line, in points."""
_TITLE = 20
"""The height of a title."""


class Style(IntEnum):
    """How a cell looks."""

    PLAIN = 0
    TITLE = 1
    SOFT = 2
    LINK = 3
    HEADING = 4
    TEXT = 5
    WRAPPED = 6
    WHOLE = 7
    DECIMAL = 8
    SHARE = 9
    NUMBER = 10
    SOFT_WRAPPED = 11
    FORM_HEADING = 12
    FORM = 13
    """A cell to fill in. What is typed stays a text: a spreadsheet makes no date of ``1-2``."""


_WRAP = (Style.WRAPPED, Style.SOFT_WRAPPED)
Value = str | float
Cell = tuple[Value | None, Style]
"""A value and how it looks; None leaves the cell empty."""


class Choice(NamedTuple):
    """A column, from 1, with a list to choose from; anything else is let in after a warning."""

    column: int
    values: Sequence[str]
    warning: str


class Sheet(NamedTuple):
    """A sheet. ``rows`` are its cells row by row, and are read once.

    ``widths`` are those of its columns, in characters; one of width 0 is hidden. The first ``frozen`` rows stay in
    view, and the last of them has the headings: its columns can be filtered. A sheet with none is to be read like a
    page. ``links`` are cells, such as ``A1``, with the sheets that they lead to. The first ``kept`` columns stay in
    view as well.
    """

    name: str
    widths: Sequence[int]
    rows: Iterable[Sequence[Cell]]
    frozen: int
    links: Sequence[tuple[str, str]] = ()
    choices: Sequence[Choice] = ()
    kept: int = 0


def sheet_name_fits(name: str) -> bool:
    """Whether a sheet can have a name as it is.

    >>> sheet_name_fits("statements.speakers"), sheet_name_fits("a/b")
    (True, False)
    """
    outside = name.strip("'") == name and name.lower() != "history"
    return 0 < len(name) <= LONGEST_NAME and not _NOT_IN_A_NAME.search(name) and outside


_NOT_IN_A_NAME = re.compile(r"[\x00-\x1f\[\]:*?/\\]")


def write_spreadsheet(path: Path, title: str, sheets: Sequence[Sheet]) -> None:
    """Write a workbook, whole or not at all; see ``writing.whole_file``.

    ``title`` is that of the file's properties, which say nothing else: no author and no time.
    """
    with whole_file(path) as file:
        _write(file, title, sheets)


def _write(file: BinaryIO, title: str, sheets: Sequence[Sheet]) -> None:
    with ZipFile(file, "w") as archive:
        numbers = range(1, len(sheets) + 1)
        _put(archive, "[Content_Types].xml", [_content_types(numbers)])
        _put(archive, "_rels/.rels", [_relations(_OF_THE_FILE)])
        _put(archive, "docProps/core.xml", [_CORE.format(escape(title))])
        _put(archive, "xl/styles.xml", [_styles()])
        last_rows = [_put_sheet(archive, number, sheet) for number, sheet in zip(numbers, sheets, strict=True)]
        _put(archive, "xl/workbook.xml", [_workbook(sheets, last_rows)])
        parts = [("worksheet", f"worksheets/sheet{number}.xml") for number in numbers]
        _put(archive, "xl/_rels/workbook.xml.rels", [_relations([*parts, ("styles", "styles.xml")])])


def _put(archive: ZipFile, name: str, pieces: Iterable[str]) -> None:
    """Add a file to the archive as it comes, without the time and whatever else tells when or where it was written."""
    member = ZipInfo(name)  # its time is 1 January 1980
    member.compress_type, member.create_system, member.external_attr = ZIP_DEFLATED, 3, 0o600 << 16
    with archive.open(member, "w") as part:
        for piece in chain([_XML], pieces):
            part.write(piece.encode())


_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SCHEMAS = "http://schemas.openxmlformats.org"
_MAIN = f"{_SCHEMAS}/spreadsheetml/2006/main"
_OFFICE = f"{_SCHEMAS}/officeDocument/2006/relationships"
_PACKAGE = f"{_SCHEMAS}/package/2006"
_CORE = (
    f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<dc:title>{}</dc:title></cp:coreProperties>"
)
_OF_THE_FILE = [("officeDocument", "xl/workbook.xml"), ("metadata/core-properties", "docProps/core.xml")]


# --- a sheet ---


def _put_sheet(archive: ZipFile, number: int, sheet: Sheet) -> int:
    """Add a sheet to the archive, and return the number of its last row."""
    last = 0

    def pieces() -> Iterator[str]:
        nonlocal last
        yield _before_rows(sheet, selected=number == 1)
        letters = [column_letters(column) for column in range(1, len(sheet.widths) + 1)]
        for row in sheet.rows:
            last += 1
            yield _row(last, row, letters, sheet.widths)
        yield _after_rows(sheet, last)

    _put(archive, f"xl/worksheets/sheet{number}.xml", pieces())
    return last


def _before_rows(sheet: Sheet, *, selected: bool) -> str:
    below = f"{column_letters(sheet.kept + 1)}{sheet.frozen + 1}"
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{width}" customWidth="1"{"" if width else _HIDDEN}/>'
        for number, width in enumerate(sheet.widths, start=1)
    )
    first = f"A{sheet.frozen + 1}"
    across, beside = "", ""
    if sheet.kept:
        across, beside = f'xSplit="{sheet.kept}" ', '<selection pane="topRight"/><selection pane="bottomRight"/>'
    pane = (
        f'<pane {across}ySplit="{sheet.frozen}" topLeftCell="{below}" activePane="bottomLeft" state="frozen"/>'
        f'<selection pane="bottomLeft" activeCell="{first}" sqref="{first}"/>{beside}'
    )
    return (
        f'<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews>'
        f'<sheetView{" tabSelected=" + chr(34) + "1" + chr(34) if selected else ""} workbookViewId="0">'
        f"{pane if sheet.frozen else ''}</sheetView></sheetViews>"
        f'<sheetFormatPr defaultRowHeight="{_LINE}"/><cols>{columns}</cols><sheetData>\n'
    )


_HIDDEN = ' hidden="1"'


def _after_rows(sheet: Sheet, last: int) -> str:
    links = "".join(
        f'<hyperlink ref="{cell}" location="{escape(_reference(target, "A1"))}"/>' for cell, target in sheet.links
    )
    return (
        "</sheetData>"
        + (f'<autoFilter ref="{_filtered(sheet, last)}"/>' if sheet.frozen else "")
        + _validations(sheet, last)
        + (f"<hyperlinks>{links}</hyperlinks>" if links else "")
        + '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/><ignoredErrors>'
        # Years and numbers of documents are texts where they name something; a mark on each would warn of nothing.
        f'<ignoredError sqref="A1:{column_letters(len(sheet.widths))}{max(last, 1)}" numberStoredAsText="1"/>'
        "</ignoredErrors></worksheet>\n"
    )


def _validations(sheet: Sheet, last: int) -> str:
    """The lists to choose from, below the headings."""
    if not sheet.choices:
        return ""
    first, last = sheet.frozen + 1, max(last, sheet.frozen + 1)
    rules = "".join(
        '<dataValidation type="list" errorStyle="warning" allowBlank="1" showErrorMessage="1" '
        f'error="{escape(it.warning)}" sqref="{letters}{first}:{letters}{last}">'
        f'<formula1>"{escape(",".join(it.values))}"</formula1></dataValidation>'
        for it in sheet.choices
        for letters in (column_letters(it.column),)
    )
    return f'<dataValidations count="{len(sheet.choices)}">{rules}</dataValidations>'


def _filtered(sheet: Sheet, last: int, dollar: str = "") -> str:
    end = column_letters(len(sheet.widths))
    return f"{dollar}A{dollar}{sheet.frozen}:{dollar}{end}{dollar}{max(last, sheet.frozen)}"


def _row(number: int, row: Sequence[Cell], letters: Sequence[str], widths: Sequence[int]) -> str:
    cells, lines, height = [], 1, 0
    for letter, width, (value, style) in zip(letters, widths, row, strict=False):
        if value is None:
            if style is Style.FORM:
                cells.append(f'<c r="{letter}{number}" s="{style}"/>')
            continue
        cells.append(f'<c r="{letter}{number}"{_content(value, style)}</c>')
        if style in _WRAP and isinstance(value, str):
            lines = max(lines, _lines(value, width))
        height = max(height, _TITLE if style is Style.TITLE else 0)
    height = max(height, _LINE * min(lines, _TALLEST))
    tall = f' ht="{height}" customHeight="1"' if height > _LINE else ""
    return f'<row r="{number}"{tall}>{"".join(cells)}</row>\n'


def _lines(text: str, width: int) -> int:
    """About how many lines a text takes in a column that wide."""
    if len(text) <= width and "\n" not in text:
        return 1
    return sum(-(-len(line) // width) or 1 for line in text.split("\n"))


def _content(value: Value, style: Style) -> str:
    """The rest of a cell: its style, its type and its value. A text is typed as one, so that it is never a formula."""
    if not isinstance(value, str):
        return f' s="{style}"><v>{_number(value)}</v>'
    look = style + len(Style) if value.startswith(FORMULA) else style
    space = ' xml:space="preserve"' if value != value.strip() else ""
    return f' s="{look}" t="inlineStr"><is><t{space}>{written(value)}</t></is>'


def _number(value: float) -> str:
    """A number as the file has it: the shortest form that reads back as the same."""
    return str(int(value)) if float(value).is_integer() and abs(value) < _EXACT else repr(float(value))


_EXACT = 1e15
"""Excel keeps fifteen digits of a number."""


def written(text: str) -> str:
    """A text as XML. Excel reads ``_x0041_`` as A, so a text that has this keeps it by its escape.

    >>> written("a < b"), written("_x0041_")
    ('a &lt; b', '_x005F_x0041_')
    """
    return escape(_LIKE_AN_ESCAPE.sub("_x005F_", text) if "_x" in text else text, quote=False)


_LIKE_AN_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def column_letters(number: int) -> str:
    """The letters of a column.

    >>> column_letters(1), column_letters(28)
    ('A', 'AB')
    """
    letters = ""
    while number:
        number, last = divmod(number - 1, 26)
        letters = chr(ord("A") + last) + letters
    return letters


# --- the parts around the sheets ---


def _content_types(numbers: Iterable[int]) -> str:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "xl/workbook.xml": f"{kind}.sheet.main+xml",
        "xl/styles.xml": f"{kind}.styles+xml",
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    } | {f"xl/worksheets/sheet{number}.xml": f"{kind}.worksheet+xml" for number in numbers}
    overrides = "".join(f'<Override PartName="/{name}" ContentType="{its}"/>' for name, its in parts.items())
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="{relations}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relations(parts: Iterable[tuple[str, str]]) -> str:
    its = "".join(
        f'<Relationship Id="rId{number}" Type="{_PACKAGE + "/relationships" if "/" in kind else _OFFICE}/{kind}" '
        f'Target="{target}"/>'
        for number, (kind, target) in enumerate(parts, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{its}</Relationships>'


def _workbook(sheets: Sequence[Sheet], last_rows: Sequence[int]) -> str:
    listed = "".join(
        f'<sheet name="{escape(sheet.name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, sheet in enumerate(sheets, start=1)
    )
    names = "".join(
        f'<definedName name="_xlnm._FilterDatabase" localSheetId="{number}" hidden="1">'
        f"{escape(_reference(sheet.name, _filtered(sheet, last, '$')))}</definedName>"
        f'<definedName name="_xlnm.Print_Titles" localSheetId="{number}">'
        f"{escape(_reference(sheet.name, f'${sheet.frozen}:${sheet.frozen}'))}</definedName>"
        for number, (sheet, last) in enumerate(zip(sheets, last_rows, strict=True))
        if sheet.frozen
    )
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><workbookPr/><bookViews><workbookView/></bookViews>'
        f"<sheets>{listed}</sheets>{f'<definedNames>{names}</definedNames>' if names else ''}</workbook>"
    )


def _reference(sheet: str, cells: str) -> str:
    """Cells of a sheet, as formulas and links name them."""
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!{cells}"


_TEXT_FORMAT = 49
"""The number of the format in which a cell holds what is typed, as every spreadsheet knows it."""
_SHARE_FORMAT = 164
"""The number of the first format that a file can have of its own."""
_FONT = '<font>{}<sz val="{}"/>{}<name val="Calibri"/><family val="2"/></font>'
_FONTS = [
    _FONT.format("", 11, ""),
    _FONT.format("<b/>", 14, ""),
    _FONT.format("", 11, '<color rgb="FF555D66"/>'),
    _FONT.format("<u/>", 11, '<color rgb="FF0A4F9E"/>'),
    _FONT.format("<b/>", 11, ""),
]
_LEFT = '<alignment horizontal="left" vertical="top" indent="1"/>'
_WRAPPED = '<alignment horizontal="left" vertical="top" wrapText="1" indent="1"/>'
_RIGHT = '<alignment horizontal="right" vertical="top" indent="1"/>'
_LOOKS: dict[Style, tuple[int, int, int, int, str]] = {
    # the font, the filling, the border, the format of numbers, and how the text is placed
    Style.PLAIN: (0, 0, 0, 0, ""),
    Style.TITLE: (1, 0, 0, 0, ""),
    Style.SOFT: (2, 0, 0, 0, ""),
    Style.LINK: (3, 0, 0, 0, _LEFT),
    Style.HEADING: (4, 2, 1, 0, '<alignment horizontal="left" vertical="bottom" wrapText="1" indent="1"/>'),
    Style.TEXT: (0, 0, 0, 0, _LEFT),
    Style.WRAPPED: (0, 0, 0, 0, _WRAPPED),
    Style.WHOLE: (0, 0, 0, 3, _RIGHT),
    Style.DECIMAL: (0, 0, 0, 4, _RIGHT),
    Style.SHARE: (0, 0, 0, _SHARE_FORMAT, _RIGHT),
    Style.NUMBER: (0, 0, 0, 0, _RIGHT),
    Style.SOFT_WRAPPED: (2, 0, 0, 0, _WRAPPED),
    Style.FORM_HEADING: (4, 4, 1, 0, '<alignment horizontal="left" vertical="bottom" wrapText="1" indent="1"/>'),
    Style.FORM: (0, 3, 2, _TEXT_FORMAT, _WRAPPED),
}


def _styles() -> str:
    fill = '<fill><patternFill patternType="{}">{}</patternFill></fill>'
    fills = [fill.format("none", ""), fill.format("gray125", "")]
    fills += [
        fill.format("solid", f'<fgColor rgb="{colour}"/><bgColor indexed="64"/>')
        for colour in ("FFF5F3EC", "FFFFF8DC", "FFFBE7A1")  # headings; cells to fill in, and their headings
    ]
    line = '<bottom style="thin"><color rgb="FF555D66"/></bottom>'
    borders = [f"<border><left/><right/><top/>{bottom}<diagonal/></border>" for bottom in ("<bottom/>", line)]
    sides = ("left", "right", "top", "bottom")
    edges = "".join(f'<{side} style="thin"><color rgb="FFD8CFB0"/></{side}>' for side in sides)
    borders.append(f"<border>{edges}<diagonal/></border>")
    # Each twice: the second time for a text that would be a formula if somebody typed it. As with an apostrophe before
    # it, it stays a text when its cell is edited.
    looks = [_look(style, guarded) for guarded in ("", ' quotePrefix="1"') for style in Style]
    return (
        f'<styleSheet xmlns="{_MAIN}">'
        f'<numFmts count="1"><numFmt numFmtId="{_SHARE_FORMAT}" formatCode="0.0%"/></numFmts>'
        f"{_counted('fonts', _FONTS)}{_counted('fills', fills)}{_counted('borders', borders)}"
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f"{_counted('cellXfs', looks)}"
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


def _look(style: Style, guarded: str) -> str:
    font, filling, border, form, alignment = _LOOKS[style]
    start = f'<xf numFmtId="{form}" fontId="{font}" fillId="{filling}" borderId="{border}" xfId="0"{guarded}'
    applied = ' applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1"'
    return f'{start}{applied} applyAlignment="1">{alignment}</xf>' if alignment else f"{start}{applied}/>"


def _counted(name: str, parts: Sequence[str]) -> str:
    return f'<{name} count="{len(parts)}">{"".join(parts)}</{name}>'
