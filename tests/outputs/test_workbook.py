"""The workbook of a run has every table on a sheet, every row at its address, and says what it leaves out."""

from typing import Any

import openpyxl
import pandas as pd
import pytest

from research.outputs import workbook
from research.outputs.citing.addresses import find
from research.outputs.folder.run_folder import WORKBOOK, RunFolder
from research.outputs.workbook import sheet_name, write_workbook


def book_of(folder: RunFolder) -> Any:
    write_workbook(folder, folder.manifest(), folder.path / WORKBOOK)
    return openpyxl.load_workbook(folder.path / WORKBOOK)


def table_in(book: Any, name: str) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in book[name].iter_rows(min_row=2)]


def test_every_table_is_on_a_sheet_as_it_is_in_its_file(made: RunFolder) -> None:
    read = pd.read_excel(made.path / WORKBOOK, sheet_name=None, header=1)
    assert list(read) == ["Contents", "Findings", "language.readability", "corpus.documents"]
    for name in made.names("tables"):
        kept = made.table(name).replace("", None).astype(object)
        its = read[name].astype(object)
        assert list(its.columns) == list(kept.columns)
        assert its.where(its.notna(), None).to_numpy().tolist() == kept.where(kept.notna(), None).to_numpy().tolist()


def test_an_address_in_the_workbook_is_followed_to_its_row(made: RunFolder) -> None:
    book = openpyxl.load_workbook(made.path / WORKBOOK)
    names, first, *_ = table_in(book, "corpus.documents")
    row = dict(zip(names, first, strict=True))
    assert find(made, row.pop("address")).cells["doc_id"] == row["doc_id"]


def test_the_first_sheet_leads_to_every_other_and_each_leads_back(made: RunFolder) -> None:
    book = openpyxl.load_workbook(made.path / WORKBOOK)
    contents = book["Contents"]
    links = {cell.value: cell.hyperlink.location for (cell,) in contents.iter_rows(max_col=1) if cell.hyperlink}
    assert links == {name: f"'{name}'!A1" for name in book.sheetnames[1:]}
    for name in book.sheetnames[1:]:
        assert book[name]["A1"].hyperlink.location == "'Contents'!A1"
        assert book[name].freeze_panes == "A3"
        assert book[name].auto_filter.ref.startswith("A2:")
    assert contents["A1"].value == "Findings on “dispatches”"
    assert [cell.value for cell in contents[8]] == [
        *("corpus.documents", "corpus", "Documents", 3, "tables/corpus.documents.csv")
    ]


def test_every_finding_is_a_row_with_its_value_as_a_number(made: RunFolder) -> None:
    names, *rows = table_in(openpyxl.load_workbook(made.path / WORKBOOK), "Findings")
    read = [dict(zip(names, row, strict=True)) for row in rows]
    for row, finding in zip(read, made.findings, strict=True):
        assert (row["key"], row["statement"], row["value"]) == (finding.key, finding.statement, finding.value)
        assert (row["passages"], row["documents"], row["status"]) == (finding.n, finding.n_documents, finding.status)


def test_shares_are_percentages_and_long_texts_are_wrapped(made: RunFolder) -> None:
    rows = {"share": [0.25, 1 / 3], "words": [1200, 7], "rate": [2.0, 3.25], "content": ["short", "some words " * 30]}
    made.write_table("claims.made", pd.DataFrame(rows))
    sheet = book_of(made)["claims.made"]
    share, words, rate, content = sheet[4]
    assert [(it.value, it.number_format) for it in (share, words, rate)] == [
        *((1 / 3, "0.0%"), (7, "#,##0"), (3.25, "#,##0.00"))
    ]
    assert sheet["C3"].number_format == "#,##0.00", "as the others of its column"
    assert content.alignment.wrap_text
    assert sheet.column_dimensions["D"].width == 60
    assert sheet.row_dimensions[4].height > 60


def test_a_text_is_never_a_formula_and_has_a_sign_for_what_xml_forbids(made: RunFolder) -> None:
    texts = ["=HYPERLINK(1)", "-2", "bell \x07", "line\r\nline", "2031", "=1+1"]
    made.write_table("claims.made", pd.DataFrame({"content": texts}))
    cells = [row[0] for row in book_of(made)["claims.made"].iter_rows(min_row=3)]
    assert [cell.value for cell in cells] == ["=HYPERLINK(1)", "-2", "bell ␇", "line\nline", "2031", "=1+1"]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.quotePrefix for cell in cells] == [True, True, False, False, False, True]


@pytest.mark.parametrize("letter", ["a", "\U0001f30d"])
def test_a_text_that_is_too_long_for_a_cell_is_cut_and_says_where_all_of_it_is(letter: str, made: RunFolder) -> None:
    made.write_table("claims.made", pd.DataFrame({"content": [letter * 40_000, letter * 16_000]}))
    cut, whole = (row[0].value for row in book_of(made)["claims.made"].iter_rows(min_row=3))
    assert whole == letter * 16_000
    assert len(cut.encode("utf-16-le")) // 2 in (32_766, 32_767)
    assert cut.endswith(f"{letter} […] Cut: the whole text of 40,000 characters is in tables/claims.made.csv.")


@pytest.mark.parametrize("limit", ["MOST_CELLS", "MOST_BYTES"])
def test_what_does_not_fit_on_a_sheet_is_said(limit: str, made: RunFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    made.write_table("claims.made", pd.DataFrame({"word": ["harbour"] * 1000, "n": 1}), "All words")
    monkeypatch.setattr(workbook, limit, 80 if limit == "MOST_CELLS" else 480)
    book = book_of(made)
    shown = book["claims.made"].max_row - 2
    assert 30 <= shown <= 40
    said = f"All words (the first {shown} of 1,000 rows; tables/claims.made.csv has all of them)"
    assert book["claims.made"]["B1"].value == said
    [row] = [row for row in book["Contents"].iter_rows(values_only=True) if row[0] == "claims.made"]
    assert row == ("claims.made", "claims", said, 1000, "tables/claims.made.csv")


def test_names_of_sheets_are_unique_and_depend_on_the_table_alone() -> None:
    tables = [f"statements.speakers_by_party_and_year_{number}" for number in range(50)]
    names = {sheet_name(table) for table in tables}
    assert len(names) == 50
    assert all(len(name) == 31 and name.startswith("statements.speakers_by_par~") for name in names)
    assert sheet_name("claims.a/b") != sheet_name("claims.a:b")


def test_a_run_without_a_table_has_a_workbook(made: RunFolder) -> None:
    for path in made.path.glob("tables/*"):
        path.unlink()
    assert book_of(made).sheetnames == ["Contents", "Findings"]
