"""A workbook is written as it comes, reads back as it was meant, and is the same bytes again."""

import subprocess
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from research.outputs.folder.spreadsheet import (
    LONGEST_NAME,
    Cell,
    Choice,
    Sheet,
    Style,
    column_letters,
    sheet_name_fits,
    write_spreadsheet,
)

SIGNS = ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "'quoted", "=HYPERLINK(1)"]
CELLS = [["plain", 12, 0.25, None, -3], ["a < b & c", 1e300, 7964.0, " blank ", "two\nlines"]]


def sheet(name: str, rows: Sequence[Sequence[Any]], style: Style = Style.TEXT, **more: Any) -> Sheet:
    head: list[Cell] = [(letter, Style.HEADING) for letter in "abcde"]
    cells: list[list[Cell]] = [[(value, style) for value in row] for row in rows]
    return Sheet(name, [10] * 5, iter([head, *cells]), 1, **more)


def test_cells_come_back_with_their_types(tmp_path: Path) -> None:
    write_spreadsheet(tmp_path / "a.xlsx", "A title & more", [sheet("first", CELLS)])
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert [[cell.value for cell in row] for row in book["first"].iter_rows(min_row=2)] == CELLS
    assert book.properties.title == "A title & more"
    assert (book["first"].freeze_panes, book["first"].auto_filter.ref) == ("A2", "A1:E3")


def test_no_text_is_a_formula_and_each_that_looks_like_one_is_marked_as_a_text(tmp_path: Path) -> None:
    write_spreadsheet(tmp_path / "a.xlsx", "", [sheet("first", [[sign, "safe"] for sign in SIGNS])])
    rows = openpyxl.load_workbook(tmp_path / "a.xlsx")["first"].iter_rows(min_row=2, max_col=2)
    for sign, (cell, safe) in zip(SIGNS, rows, strict=True):
        assert (cell.data_type, cell.value) == ("s", sign)
        assert (cell.quotePrefix, safe.quotePrefix) == (True, False)
        assert cell.alignment.vertical == safe.alignment.vertical == "top"


def test_the_bytes_are_the_same_at_another_time_and_have_no_clock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, now in (("a.xlsx", 1_000_000_000), ("b.xlsx", 1_900_000_000)):
        monkeypatch.setattr(time, "time", lambda now=now: now)
        write_spreadsheet(tmp_path / name, "Title", [sheet("first", CELLS)])
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        assert {it.date_time for it in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        properties = archive.read("docProps/core.xml").decode()
    assert properties.endswith("><dc:title>Title</dc:title></cp:coreProperties>"), "no author and no time"


def test_links_lead_to_other_sheets_whatever_their_names(tmp_path: Path) -> None:
    links = [("A1", "it's b")]
    write_spreadsheet(tmp_path / "a.xlsx", "", [sheet("a", CELLS, links=links), sheet("it's b", CELLS)])
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book["a"]["A1"].hyperlink.location == "'it''s b'!A1"
    assert book["it's b"].auto_filter.ref == "A1:E3"
    assert book["it's b"].print_title_rows == "$1:$1"


def test_a_row_is_as_tall_as_its_text_but_not_taller_than_six_lines(tmp_path: Path) -> None:
    rows = [["short"], ["words " * 4], ["words " * 400], ["one\ntwo\nthree"]]
    write_spreadsheet(tmp_path / "a.xlsx", "", [sheet("a", rows, Style.WRAPPED)])
    heights = openpyxl.load_workbook(tmp_path / "a.xlsx")["a"].row_dimensions
    assert [heights[number].height for number in (2, 3, 4, 5)] == [None, 45, 90, 45]


def test_a_text_that_looks_like_an_escape_of_excel_stays_what_it_is(tmp_path: Path) -> None:
    write_spreadsheet(tmp_path / "a.xlsx", "", [sheet("a", [["_x0041_ and _x41_"]])])
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        assert "<t>_x005F_x0041_ and _x41_</t>" in archive.read("xl/worksheets/sheet1.xml").decode()


@pytest.mark.parametrize("number", [1, 26, 27, 52, 702, 703, 16_384])
def test_columns_are_named_as_spreadsheets_name_them(number: int) -> None:
    assert column_letters(number) == openpyxl.utils.get_column_letter(number)


def test_names_that_no_sheet_can_have() -> None:
    for name in ("", "x" * (LONGEST_NAME + 1), "a:b", "a[1]", "a/b", "'a", "History", "a\nb"):
        assert not sheet_name_fits(name)
    assert sheet_name_fits("x" * LONGEST_NAME)


def test_a_column_has_a_list_to_choose_from_and_one_of_no_width_is_hidden(tmp_path: Path) -> None:
    choice = Choice(2, ("yes", "no & none"), 'Keep "it"?')
    form = sheet("form", [["a", None], ["b", None]], Style.FORM, choices=[choice])._replace(widths=[10, 10, 10, 10, 0])
    write_spreadsheet(tmp_path / "a.xlsx", "", [form])
    its = openpyxl.load_workbook(tmp_path / "a.xlsx")["form"]
    [rule] = its.data_validations.dataValidation
    assert (str(rule.sqref), rule.formula1, rule.error) == ("B2:B3", '"yes,no & none"', 'Keep "it"?')
    assert rule.errorStyle == "warning", "another word is let in"
    assert [its.column_dimensions[letter].hidden for letter in "ABCDE"] == [False] * 4 + [True]
    assert its["B3"].number_format == "@", "what is typed into an empty cell stays a text"


def test_a_sheet_to_read_like_a_page_has_no_heading_and_no_filter(tmp_path: Path) -> None:
    page = sheet("page", CELLS)._replace(frozen=0)
    write_spreadsheet(tmp_path / "a.xlsx", "", [page, sheet("table", CELLS)])
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert (book["page"].freeze_panes, book["page"].auto_filter.ref, book["page"].print_title_rows) == (
        None,
        None,
        None,
    )
    assert (book["table"].freeze_panes, book["table"].auto_filter.ref) == ("A2", "A1:E3")
    write_spreadsheet(tmp_path / "b.xlsx", "", [page])
    assert openpyxl.load_workbook(tmp_path / "b.xlsx").sheetnames == ["page"]


@pytest.mark.libreoffice
def test_libreoffice_reads_every_sheet_and_finds_no_formula(tmp_path: Path) -> None:
    first, second = sheet("first", [[sign] for sign in SIGNS]), sheet("second", CELLS)
    write_spreadsheet(tmp_path / "a.xlsx", "", [first, second])
    profile = (tmp_path / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "fods", "--outdir"]
    subprocess.run([*command, str(tmp_path), str(tmp_path / "a.xlsx")], check=True, capture_output=True)
    read = (tmp_path / "a.fods").read_text(encoding="utf-8")
    assert read.count("<table:table ") == 2
    assert "table:formula" not in read
    assert ">=HYPERLINK(1)<" in read
    assert 'office:value="7964"' in read
