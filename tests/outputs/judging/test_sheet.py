"""The sheet can be read and filled in by a person, is the same bytes again, and grows without changing."""

import csv
import io
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from research import annotate, load
from research.analysis.judging.items import Found, Item, items
from research.errors import UsageError
from research.loading import Span
from research.outputs.judging.packing import pack, packed, unpack, whole
from research.outputs.judging.sheet import ANCHOR, COLUMNS, TO_FILL, TO_READ, lines, write_sheet
from tests.outputs.judging.conftest import Cells, of


def test_a_row_shows_what_was_found(rows: list[Cells]) -> None:
    statement = of(rows, "Samir Oduya said", "statement")
    assert statement["words"].startswith("that the new pier would cost $25 million")
    assert (statement["speaker"], statement["source"], statement["cue"]) == ("Samir Oduya", "Samir Oduya", "said")
    assert (statement["document"], statement["date"]) == ("harbour", "2031-03-04")
    assert statement["before"].endswith("The pier is old.")
    assert statement["after"] == "Nobody answered him."
    figure = of(rows, "Samir Oduya said", "figure")
    assert (figure["words"], figure["value"], figure["unit"]) == ("$25 million", "25000000", "USD")
    assert (figure["no."], figure["part"]) == (statement["no."], "2")
    nothing = of(rows, "The pier is old.")
    assert (nothing["found"], nothing["words"], nothing["speaker"]) == ("nothing", "", "")
    assert not any(row[name] for row in rows for name in TO_FILL)


def test_every_sentence_has_a_row_and_is_numbered_in_the_order_of_the_draw(
    rows: list[Cells], sample: list[Item]
) -> None:
    assert list(dict.fromkeys(row["no."] for row in rows)) == [str(number + 1) for number in range(len(sample))]
    assert [row["no."] for row in rows] == sorted((row["no."] for row in rows), key=int)


def test_a_larger_sheet_begins_with_the_rows_of_a_smaller_one(town: Path) -> None:
    annotations = annotate(load(town))
    small, large = (list(lines(items(annotations, size, 1))) for size in (4, 9))
    shown = [[{**line.cells, ANCHOR: ""} for line in its] for its in (small, large)]
    assert shown[1][: len(small)] == shown[0]
    assert len(large) > len(small)


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_the_same_sample_is_the_same_bytes_at_any_time(
    suffix: str, sample: list[Item], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, now in (("a", 1_000_000_000), ("b", 1_900_000_000)):
        monkeypatch.setattr(time, "time", lambda now=now: now)
        write_sheet(tmp_path / f"{name}{suffix}", sample, "Sample of town")
    assert (tmp_path / f"a{suffix}").read_bytes() == (tmp_path / f"b{suffix}").read_bytes()


def test_the_workbook_explains_itself_and_has_columns_to_fill_in(sample: list[Item], tmp_path: Path) -> None:
    write_sheet(tmp_path / "a.xlsx", sample, "Sample of town", "anna")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["How to judge", "Sample"]
    guide = [cell.value for row in book["How to judge"] for cell in row if cell.value]
    assert "Sample of town: 11 sentences" in guide
    assert set(TO_FILL) <= set(guide)
    sheet = book["Sample"]
    assert tuple(cell.value for cell in sheet[1]) == COLUMNS
    assert sheet.freeze_panes == "C2", "the sentence stays in view beside every column to fill in"
    assert COLUMNS[:2] == ("right", "sentence")
    [rule] = sheet.data_validations.dataValidation
    assert (str(rule.sqref), rule.formula1) == (f"A2:A{sheet.max_row}", '"yes,no,skip"')
    assert sheet.column_dimensions[sheet.cell(1, len(COLUMNS)).column_letter].hidden
    for row in sheet.iter_rows(min_row=2):
        to_fill = [row[COLUMNS.index(name)] for name in TO_FILL]
        assert {cell.number_format for cell in to_fill} == {"@"}, "what is typed stays a text"
        assert {cell.fill.fgColor.rgb for cell in to_fill} == {"FFFFF8DC"}
    assert {row[COLUMNS.index("coder")].value for row in sheet.iter_rows(min_row=2)} == {"anna"}


def test_csv_is_taken_for_utf_8_and_no_cell_for_a_formula(sample: list[Item], tmp_path: Path) -> None:
    evil = replace(sample[0], text="=HYPERLINK(1)", before="+1", title="@SUM(1)")
    write_sheet(tmp_path / "a.csv", [evil], "Sample")
    data = (tmp_path / "a.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    [row] = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert (row["sentence"], row["before"], row["title"]) == ("'=HYPERLINK(1)", "'+1", "'@SUM(1)")


def test_a_sheet_of_another_kind_is_refused(sample: list[Item], tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"'a\.ods' is neither\. Name it \.xlsx or \.csv"):
        write_sheet(tmp_path / "a.ods", sample, "Sample")


def test_a_sentence_comes_back_from_the_cells_of_its_rows(sample: list[Item]) -> None:
    for number, item in enumerate(sample, start=1):
        rows = [unpack(pack(row)) for row in packed(number, len(sample), item)]
        assert whole(rows[::-1]) == item
        assert {(row.number, row.size, row.parts) for row in rows} == {(number, 11, len(rows))}


def test_a_changed_cell_is_noticed(sample: list[Item]) -> None:
    cell = pack(packed(1, 1, sample[0])[0])
    assert cell.isascii()
    for changed in (cell.replace("0", "1", 1), cell[:-1], cell[1:], "", "#", "[]#00000000"):
        with pytest.raises(ValueError, match="it was changed or cut"):
            unpack(changed)


def test_words_of_many_pages_fit_into_a_workbook(sample: list[Item], tmp_path: Path) -> None:
    words = "".join(f"The harbour stays open for {number} days. " for number in range(2_000))
    found = Found("statement", Span(0, len(words)), words, content=(Span(0, len(words)),), confidence=0.9)
    item = replace(sample[0], text=words, span=Span(0, len(words)), before="", found=(found,))
    write_sheet(tmp_path / "a.xlsx", [item], "Sample")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["Sample"]
    cells = {name: cell.value for name, cell in zip(COLUMNS, sheet[2], strict=True)}
    assert max(len(cell) for cell in cells.values() if cell) <= 32_767
    assert cells["words"].endswith("…")
    assert whole([unpack(cells[ANCHOR])]) == item


def test_what_xml_forbids_is_shown_by_a_sign(sample: list[Item], tmp_path: Path) -> None:
    write_sheet(tmp_path / "a.xlsx", [replace(sample[0], text="bell \x07\nrings")], "Sample")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["Sample"]
    assert sheet.cell(2, COLUMNS.index("sentence") + 1).value == "bell ␇ rings"
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        assert b"\x07" not in archive.read("xl/worksheets/sheet2.xml")


def test_what_is_judged_stands_beside_the_answer() -> None:
    wide = {name: TO_FILL.get(name, TO_READ.get(name, 0)) for name in COLUMNS}
    seen = COLUMNS[: COLUMNS.index("speaker") + 1]
    assert seen[:2] == ("right", "sentence")
    assert {"found", "words"} <= set(seen)
    assert sum(wide[name] for name in seen) < 160, "it fits on a laptop's screen"
