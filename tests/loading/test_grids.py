"""A table is read with the numbers of its rows, whatever program saved it last."""

import datetime
import io
import subprocess
from pathlib import Path

import openpyxl
import pytest

from research.loading.encodings import Unreadable
from research.loading.grids import Row, read_grids

KNOWN = ["no.", "right", "words"]
ROWS = [["no.", "right", "words"], ["1", "yes", "“half”, he said;\nno more"], ["2", "", "café"]]


def as_csv(separator: str, encoding: str, line_end: str = "\r\n") -> bytes:
    lines = [separator.join(f'"{cell}"' for cell in row) for row in ROWS]
    return line_end.join([*lines, ""]).encode(encoding)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_is_read_whatever_separates_and_encodes_it(separator: str, encoding: str) -> None:
    [grid] = read_grids("a.csv", as_csv(separator, encoding), KNOWN)
    assert [row.cells for row in grid.rows] == ROWS
    assert [row.number for row in grid.rows] == [1, 2, 3]


def test_blank_rows_count_and_are_left_out() -> None:
    [grid] = read_grids("a.csv", b"A title\r\n\r\nno.,right\r\n,\r\n7,yes\r\n", KNOWN)
    assert grid.rows == [Row(1, ["A title"]), Row(3, ["no.", "right"]), Row(5, ["7", "yes"])]


def test_the_line_that_names_the_separator_is_no_row() -> None:
    [grid] = read_grids("a.csv", b"sep=|\r\nno.|right\r\n7|yes\r\n", KNOWN)
    assert grid.rows == [Row(1, ["no.", "right"]), Row(2, ["7", "yes"])]


def test_a_workbook_has_its_own_numbers_of_rows() -> None:
    book = openpyxl.Workbook()
    book.active.title = "About"
    sheet = book.create_sheet("Sample")
    sheet["A3"], sheet["B3"], sheet["C3"] = "no.", "right", "words"
    sheet["A9"], sheet["B9"], sheet["C9"] = 2, True, datetime.date(2031, 2, 1)
    data = io.BytesIO()
    book.save(data)
    about, sample = read_grids("a.XLSX", data.getvalue(), KNOWN)
    assert (about.title, about.rows, sample.title) == ("About", [], "Sample")
    assert sample.rows == [Row(3, ["no.", "right", "words"]), Row(9, ["2", "true", "2031-02-01"])]


def test_a_percentage_of_a_workbook_is_no_share() -> None:
    book = openpyxl.Workbook()
    for form, value in (("0%", 0.07), ("0.00%", 0.125), ('0.0 "of" 100%', 1), ("General", 0.07)):
        book.active.append([value])
        book.active.cell(book.active.max_row, 1).number_format = form
    data = io.BytesIO()
    book.save(data)
    [grid] = read_grids("a.xlsx", data.getvalue(), KNOWN)
    assert [row.cells for row in grid.rows] == [["7 %"], ["12.5 %"], ["100 %"], ["0.07"]]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.pdf", b"%PDF", "a file of the kind .pdf is not read"),
        ("a.xlsx", b"PK\x03\x04", "not an office document"),
        ("a.ods", b"PK\x03\x04", "not an office document"),
        ("a.csv", b"", "the file is empty"),
        ("a.csv", b"PK\x03\x04", "a ZIP archive or an office document"),
    ],
)
def test_what_is_no_table_is_said(name: str, data: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        read_grids(name, data, KNOWN)


@pytest.mark.libreoffice
def test_what_libreoffice_saves_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Sample"
    book.active.append(["no.", "right", "words"])
    book.active.append([1, "true", "two\nlines  and  blanks"])
    book.active.append([])
    book.active.append([2.5, datetime.date(2031, 2, 1), "x", None, None, "far"])
    book.active.append([0.05, 3])
    book.active["A5"].number_format, book.active["B5"].number_format = "0%", "[$$-409]#,##0.00"
    book.save(tmp_path / "a.xlsx")
    profile = (tmp_path / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "ods", "--outdir"]
    subprocess.run([*command, str(tmp_path), str(tmp_path / "a.xlsx")], check=True, capture_output=True)
    [grid] = read_grids("a.ods", (tmp_path / "a.ods").read_bytes(), KNOWN)
    assert grid.title == "Sample"
    assert grid.rows == [
        Row(1, ["no.", "right", "words"]),
        Row(2, ["1", "true", "two\nlines  and  blanks"]),
        Row(4, ["2.5", "2031-02-01", "x", "", "", "far"]),
        Row(5, ["5 %", "3 USD"]),
    ]
