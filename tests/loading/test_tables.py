"""Every row of a table is a document or is rejected by its number, while the other rows go on."""

import csv
import io
import json
import sys
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from research.loading import Corpus, archives, load, tables
from research.loading.readers import READERS
from tests.loading.formats import TABLES, Table, csv_bytes, excel_bytes


def loaded(folder: Path, suffix: str, data: bytes, settings: str = "") -> Corpus:
    (folder / f"news{suffix}").write_bytes(data)
    (folder / "note.txt").write_text("A note.")  # so that the corpus is never empty
    if settings:
        (folder / "corpus.toml").write_text(settings)
    return load(folder)


def reasons(corpus: Corpus) -> dict[str, str]:
    assert all(remedy.endswith(".") for *_, remedy in corpus.rejected)
    return {file: reason for file, reason, _ in corpus.rejected}


ROWS: Table = [
    ["id", "Headline", "Full Text", "Outlet", "Published", "section"],
    ["a", "Harbour reopens", "The harbour reopened. It’s open.", "Harbour News", "2021-03-04", "home"],
    ["b", "Strike", "Dock workers, “tired”, went\non strike.", "The Tide", "5 March 2021", "work"],
    ["c", "Budget", "The budget passed.", "Harbour News", "2021", "home"],
]


@pytest.mark.parametrize("suffix", TABLES)
def test_a_row_is_a_document_with_its_metadata(tmp_path: Path, suffix: str) -> None:
    corpus = loaded(tmp_path, suffix, TABLES[suffix](ROWS))
    assert corpus.ids == ["news#1", "news#2", "news#3", "note"]
    assert corpus.rejected == []
    documents = list(corpus)[:3]
    assert [it.text for it in documents] == [row[2] for row in ROWS[1:]]
    assert [it.title for it in documents] == ["Harbour reopens", "Strike", "Budget"]
    assert [it.source for it in documents] == ["Harbour News", "The Tide", "Harbour News"]
    assert [it.date for it in documents] == ["2021-03-04", "2021-03-05", "2021"]
    assert {it.date_origin for it in documents} == {"column Published"}
    assert {(it.body, it.date_span) for it in documents} == {((0, len(it.text)), None) for it in documents}
    assert [it.origin.row for it in documents] == [1, 2, 3]
    assert {it.origin.path for it in documents} == {f"news{suffix}"}
    assert documents[1].metadata.items() >= {"id": "b", "section": "work", "date as written": "5 March 2021"}.items()
    assert corpus["news#2"] == documents[1]


@pytest.mark.parametrize("suffix", TABLES)
def test_a_row_without_text_is_rejected_by_its_number(tmp_path: Path, suffix: str) -> None:
    rows = [["text", "title"], ["One.", "a"], ["", "b"], [" \n", "c"], ["Four.", "d"]]
    corpus = loaded(tmp_path, suffix, TABLES[suffix](rows))
    assert corpus.ids == ["news#1", "news#4", "note"]
    part = READERS[suffix].part
    assert part == ("record" if "json" in suffix else "row")
    assert reasons(corpus) == dict.fromkeys([f"news{suffix}#2", f"news{suffix}#3"], f"the {part} holds no text")


def test_a_column_may_say_in_brackets_which_text_it_is(tmp_path: Path) -> None:
    rows: Table = [["No.", "Date", "Speaker", "Statement (English)"], [1, "2031-05-02", "Ilse Brandt", "We will not."]]
    found = loaded(tmp_path, ".xlsx", excel_bytes(rows))["news#1"]
    assert (found.text, found.speaker, found.date) == ("We will not.", "Ilse Brandt", "2031-05-02")
    assert found.source is None
    both = [["Statement (English)", "Statement (Kazakh)"], ["We will not.", "Жоқ."]]
    [reason] = reasons(loaded(tmp_path, ".xlsx", excel_bytes(both))).values()
    assert reason.endswith("the columns are Statement (English), Statement (Kazakh)"), (
        "which one is for its owner to say"
    )
    said = '[columns]\ntext = "Statement (Kazakh)"'
    assert loaded(tmp_path, ".xlsx", excel_bytes(both), said)["news#1"].text == "Жоқ."


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_columns_below_a_title_are_named_where_none_is_known_and_can_be_chosen(tmp_path: Path, suffix: str) -> None:
    rows: Table = [
        ["Levy in the press"],
        ["", ""],
        ["Tag", "Wer", "Rede"],
        ["2031-05-02", "Ilse Brandt", "We will not."],
    ]
    data = TABLES[suffix](rows)
    [reason] = reasons(loaded(tmp_path, suffix, data)).values()
    assert reason == "no column is named like a text; the columns are Tag, Wer, Rede"
    found = loaded(tmp_path, suffix, data, '[columns]\ntext = "Rede"\nsource = "Wer"')["news#1"]
    assert (found.text, found.source) == ("We will not.", "Ilse Brandt")


def test_a_text_in_pieces_is_these_pieces(tmp_path: Path) -> None:
    """As Telegram exports messages."""
    pieces = ["We ", {"type": "bold", "text": "will"}, " not."]
    items = [{"id": 1, "text": pieces}, {"id": 2, "text": ["One.", "Two."]}, {"id": 3, "text": ["One.", {"n": 2}]}]
    corpus = loaded(tmp_path, ".json", json.dumps({"name": "Ossel", "messages": items}).encode())
    assert [corpus[f"news#{row}"].text for row in (1, 2)] == ["We will not.", "One.\n\nTwo."]
    assert reasons(corpus) == {"news.json#3": "the record holds no text"}


@pytest.mark.parametrize("suffix", TABLES)
def test_without_a_column_of_text_the_columns_are_named(tmp_path: Path, suffix: str) -> None:
    rows = [["day", "Wortlaut"], ["2021-03-04", "The harbour reopened."]]
    corpus = loaded(tmp_path, suffix, TABLES[suffix](rows))
    [(file, reason, remedy)] = corpus.rejected
    assert file.startswith(f"news{suffix}")
    assert reason == "no column is named like a text; the columns are day, Wortlaut"
    assert "[columns]" in remedy
    mended = loaded(tmp_path, suffix, TABLES[suffix](rows), '[columns]\ntext = "Wortlaut"')
    assert [it.text for it in mended] in (["The harbour reopened.", "A note."], ["A note.", "The harbour reopened."])


@pytest.mark.parametrize("suffix", TABLES)
def test_a_column_that_settings_name_and_that_is_not_there_is_said(tmp_path: Path, suffix: str) -> None:
    corpus = loaded(tmp_path, suffix, TABLES[suffix](ROWS), '[columns]\ntext = "Wortlaut"')
    assert (
        "the table has no column 'Wortlaut', which corpus.toml names; the columns are id, Headline"
        in corpus.rejected[0].reason
    )


@pytest.mark.parametrize("suffix", TABLES)
def test_a_text_that_is_too_long_is_refused_and_the_others_go_on(
    tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("research.loading.readers.LARGEST_RECORD", 1000)
    corpus = loaded(tmp_path, suffix, TABLES[suffix]([["text"], ["One."], ["x" * 1001], ["Three."]]))
    assert corpus.ids == ["news#1", "news#3", "note"]
    assert reasons(corpus)[f"news{suffix}#2"].startswith("the text is too long")


def test_a_cell_of_ten_megabytes_is_refused_and_the_others_go_on(tmp_path: Path) -> None:
    before = csv.field_size_limit(131_072)  # a setting of the whole process, which others rely on
    corpus = loaded(tmp_path, ".csv", csv_bytes([["text"], ["One."], ["x" * 10_000_001], ["Three."]]))
    assert corpus.ids == ["news#1", "news#3", "note"]
    assert reasons(corpus) == {
        "news.csv#2": "the text is too long (10.0 million characters; up to 10 million are read)"
    }
    assert csv.field_size_limit(before) == 131_072


def test_a_cell_without_end_does_not_fill_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "_LONGEST_LINE", 100)
    corpus = loaded(tmp_path, ".csv", b'text\nOne.\n"' + b"lines\n" * 100 + b'"\nThree.\n')
    assert corpus.ids == ["news#1", "note"]
    assert reasons(corpus)["news.csv"].endswith("never ends")


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".jsonl"])
def test_a_line_without_end_does_not_fill_the_memory(
    tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "_LONGEST_LINE", 100)
    corpus = loaded(tmp_path, suffix, b"x" * 1000)
    assert reasons(corpus)[f"news{suffix}"].startswith("a line is too long")


# --- CSV ---


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_delimiter_and_the_encoding_are_found(tmp_path: Path, delimiter: str, encoding: str) -> None:
    rows = [["title", "text"], ["Café; au, lait|", "The “café” opened;\r\nit is, they say, dear|"]]
    corpus = loaded(tmp_path, ".csv", csv_bytes(rows, delimiter).decode().encode(encoding))
    document = corpus["news#1"]
    assert (document.title, document.text, document.origin.encoding) == (*rows[1], encoding)


def test_where_a_table_stops_to_be_text_it_is_said(tmp_path: Path) -> None:
    data = "text\nOne.\n".encode("utf-16") + b"\x00\xdc\x00\xdc"  # the second half of a pair, twice
    corpus = loaded(tmp_path, ".csv", data)
    assert reasons(corpus)["news.csv"].startswith("the file is not UTF-16 text after line")


def test_malformed_rows_are_rejected_and_the_others_go_on(tmp_path: Path) -> None:
    lines = ["title,text", "a,One.", "b,Two, too", "c", '"d" x,Four.', "", "e,Five.", '"f,Six.']
    corpus = loaded(tmp_path, ".csv", "\n".join(lines).encode())
    assert corpus.ids == ["news#1", "news#5", "note"]
    assert reasons(corpus) == {
        "news.csv#2": "the row has 3 cells, and the table has 2 columns",
        "news.csv#3": "the row has 1 cell, and the table has 2 columns",
        "news.csv#4": "the row is malformed (',' expected after '\"')",
        "news.csv#6": "the row is malformed (unexpected end of data)",
    }


def test_two_columns_of_one_name_are_refused(tmp_path: Path) -> None:
    corpus = loaded(tmp_path, ".csv", b"text,text\nOne.,Two.\n")
    assert reasons(corpus) == {"news.csv": "two columns are named 'text'"}


@pytest.mark.parametrize(
    ("suffix", "data", "reason"),
    [
        (".csv", b"", "the file is empty"),
        (".csv", b"\n\n", "no row of the table names its columns"),
        (".csv", b"text\n", "the file holds no record"),
        (".csv", b"text\nOne\0Two\n", "the file is binary data, not text (it has NUL bytes)"),
        (".csv", b'te"x"t,"a" b\n', "the row that names the columns is malformed"),
        (".tsv", b"PK\x03\x04", "not text (a ZIP archive or an office document)"),
        (".json", b"", "the file is empty"),
        (".json", b"{", "malformed: it cannot be read as JSON"),
        (".json", b"[" * 100_000, "malformed: it cannot be read as JSON"),
        (".json", b'{"text": ' + b"9" * 5000 + b"}", "malformed: it cannot be read as JSON"),
        (".json", b"[]", "the file holds no record"),
        (".json", b"3", "the record is not an object with names and values"),
        (".json", b'{"a": [{"tex": "A"}], "b": [{"tex": "B"}]}', "no column is named like a text"),
        (".csv", b"name,kind\ntext,title\ndate,source\n", "no column is named like a text"),
        (".jsonl", b" \n \n", "the file holds no record"),
        (".xlsx", b"", "it is not an office document"),
        (".xlsx", b"PK\x03\x04 and so on", "it is not an office document"),
        (".xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 80, "encrypted, or of the kind that Office wrote before 2007"),
        (".parquet", b"PAR1PAR1", "malformed: it cannot be read as Parquet"),
    ],
)
def test_a_file_that_is_no_table_says_why(tmp_path: Path, suffix: str, data: bytes, reason: str) -> None:
    corpus = loaded(tmp_path, suffix, data)
    assert reason in reasons(corpus)[f"news{suffix}"]
    assert corpus.ids == ["note"]


# --- columns ---


def test_year_month_and_day_may_stand_in_columns_of_their_own(tmp_path: Path) -> None:
    corpus = loaded(
        tmp_path, ".csv", b"text,year,month,day\nOne.,2031,5,12\nTwo.,2031,May,\nThree.,2031,,\nFour.,,5,12\n"
    )
    assert [it.date for it in corpus][:4] == ["2031-05-12", "2031-05", None, None]


TITLED: Table = [
    ["Press monitoring", "", "", ""],
    ["", "", "", ""],
    ["Article", "", "Content", ""],
    ["Date", "Outlet", "Headline", "Text"],
    ["2031-05-12", "The Post", "Vote nears", "One.\n\n\nTwo."],
]


@pytest.mark.parametrize(
    ("suffix", "data"),
    [
        (".csv", csv_bytes(TITLED, ";")),
        (".csv", b"Press on ports, trade, customs, fish, and more\n\n" + csv_bytes(TITLED, ";")),
        (".tsv", csv_bytes(TITLED, "\t")),
        (".xlsx", excel_bytes(TITLED)),
    ],
)
def test_the_names_of_columns_may_stand_below_a_title(tmp_path: Path, suffix: str, data: bytes) -> None:
    [document, _] = loaded(tmp_path, suffix, data)
    assert (document.id, document.text) == ("news#1", "One.\n\n\nTwo.")
    assert (document.date, document.source, document.title) == ("2031-05-12", "The Post", "Vote nears")


def test_a_table_may_say_what_parts_its_columns(tmp_path: Path) -> None:
    data = 'sep=;\r\nDate;Title, short;Text;Score\r\n2031-05-12;Über;"One; two, three, four.";0,75\r\n'.encode("cp1252")
    [document, _] = loaded(tmp_path, ".csv", data)
    assert (document.text, document.date) == ("One; two, three, four.", "2031-05-12")
    assert document.metadata == {"Title, short": "Über", "Score": "0,75"}


def test_a_first_row_with_a_very_long_text_is_read(tmp_path: Path) -> None:
    text = "A long text. " * 20_000
    assert loaded(tmp_path, ".csv", csv_bytes([["text", "title"], [text, "a"]]))["news#1"].text == text


@pytest.mark.parametrize("suffix", [suffix for suffix in TABLES if not suffix.startswith(".xls")])
def test_unusual_line_ends_are_part_of_the_text(tmp_path: Path, suffix: str) -> None:
    text = "One\u2028two\u2029three\x85four\x0bfive\x0csix\x1cseven"
    assert loaded(tmp_path, suffix, TABLES[suffix]([["text"], [text]]))["news#1"].text == text


# --- Excel and Parquet ---


def test_every_sheet_with_a_text_is_read_and_rows_are_numbered_through(tmp_path: Path) -> None:
    from datetime import date, datetime

    first: Table = [["text", "date"], ["One.", date(2021, 3, 4)], [None, None], ["Two.", datetime(2021, 3, 5)]]  # noqa: DTZ001
    corpus = loaded(tmp_path, ".xlsx", excel_bytes(first, [["a", "b"], [1, 2]], [[], ["text"], ["Three."]]))
    assert [(corpus[f"news#{n}"].text, corpus[f"news#{n}"].date) for n in (1, 2, 3)] == [
        ("One.", "2021-03-04"),
        ("Two.", "2021-03-05"),
        ("Three.", None),
    ]
    assert [corpus[f"news#{n}"].metadata["sheet"] for n in (1, 2, 3)] == ["Sheet1", "Sheet1", "Sheet3"]


def test_what_excel_writes_for_other_characters_is_read_as_they_are(tmp_path: Path) -> None:
    """It writes a carriage return as _x000D_, and a text that looks so with its underscore as _x005F_."""
    rows = [["text", "title"], ["One._x000D_\nTwo.", "_x005F_x0041_"]]
    document = loaded(tmp_path, ".xlsx", excel_bytes(rows))["news#1"]
    assert (document.text, document.title) == ("One.\r\nTwo.", "_x0041_")


def test_a_workbook_that_unpacks_to_far_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = excel_bytes([["text"], ["x" * 30_000]])
    monkeypatch.setattr(archives, "LARGEST_OFFICE", 20_000)
    assert "unpacks to" in reasons(loaded(tmp_path, ".xlsx", data))["news.xlsx"]


def with_rows(rows: str) -> bytes:
    """A workbook with rows added to its sheet, as XML."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(excel_bytes([["text"], ["One."]]))) as before,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for entry in before.infolist():
            data = before.read(entry)
            if entry.filename == "xl/worksheets/sheet1.xml":
                data = data.replace(b"</sheetData>", rows.encode() + b"</sheetData>")
            after.writestr(entry, data)
    return written.getvalue()


@pytest.mark.parametrize("row", [1_048_576, 10**15])
def test_a_stray_cell_far_below_costs_no_more_than_it_takes(
    tmp_path: Path, row: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = 0
    rows_of = tables._rows_of

    def counted(sheet: object) -> Iterator[tuple[int, list[str | None]]]:
        nonlocal seen
        for cells in rows_of(sheet):
            seen += 1
            yield cells

    monkeypatch.setattr(tables, "_rows_of", counted)
    cell = f'<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>Two.</t></is></c></row>'
    corpus = loaded(tmp_path, ".xlsx", with_rows(cell))
    assert [it.text for it in corpus][:-1] == ["One.", "Two."]
    assert seen == 3 * 2  # both readings


def test_empty_rows_are_bounded_by_the_size_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "200 times its size" in reasons(loaded(tmp_path, ".xlsx", with_rows("<row/>" * 3_000_000)))["news.xlsx"]
    monkeypatch.setattr(tables, "_MOST_ROWS", 100)
    corpus = loaded(tmp_path, ".xlsx", with_rows("<row/>" * 200))
    assert reasons(corpus) == {"news.xlsx": "a sheet has more than 100 rows, the most that Excel has"}


def test_a_row_beyond_the_dimension_that_a_sheet_claims_is_read(tmp_path: Path) -> None:
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(excel_bytes([["text"], ["One."], ["Two."]]))) as before,
        zipfile.ZipFile(written, "w") as after,
    ):
        for entry in before.infolist():
            after.writestr(entry, before.read(entry).replace(b'ref="A1:A3"', b'ref="A1:A2"'))
    assert [it.text for it in loaded(tmp_path, ".xlsx", written.getvalue())][:-1] == ["One.", "Two."]


def test_without_pyarrow_the_remedy_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    [(_, reason, remedy)] = loaded(tmp_path, ".parquet", b"PAR1PAR1").rejected
    assert "pyarrow, which is not installed" in reason
    assert "pip install pyarrow" in remedy


# --- ids, and dates over the whole collection ---


def test_an_id_like_that_of_a_row_keeps_its_suffix(tmp_path: Path) -> None:
    (tmp_path / "news#1.txt").write_text("A text.")
    corpus = loaded(tmp_path, ".csv", b"text\nOne.\n")
    assert corpus.ids == ["news#1", "news#1.txt", "note"]


def test_rows_come_in_the_order_of_the_table(tmp_path: Path) -> None:
    corpus = loaded(tmp_path, ".csv", csv_bytes([["text"], *([f"Text {n}."] for n in range(1, 13))]))
    assert corpus.ids == [*(f"news#{n}" for n in range(1, 13)), "note"]
    assert [it.id for it in corpus] == corpus.ids


@pytest.mark.parametrize(
    ("dates", "settings", "read"),
    [
        (["06/05/1996", "07/05/1996"], "", [None, None]),
        (["06/05/1996", "15/05/1996"], "", ["1996-05-06", "1996-05-15"]),
        (["06/05/1996", "05/15/1996"], "", ["1996-06-05", "1996-05-15"]),
        (["06/05/1996", "05/15/1996", "15/05/1996"], "", [None, "1996-05-15", "1996-05-15"]),
        (["06/05/1996", "15/05/1996"], 'date_format = "dd/mm/yyyy"', ["1996-05-06", "1996-05-15"]),
        (["06/05/1996", "15/05/1996"], 'date_format = "mm/dd/yyyy"', ["1996-06-05", None]),
    ],
)
def test_a_day_in_numbers_is_read_as_the_whole_collection_shows(
    tmp_path: Path, dates: list[str], settings: str, read: list[str | None]
) -> None:
    rows = [["text", "date"], *([f"Text {n}.", date] for n, date in enumerate(dates))]
    corpus = loaded(tmp_path, ".csv", csv_bytes(rows), settings)
    found = [corpus[f"news#{n}"] for n in range(1, len(dates) + 1)]
    assert [it.date for it in found] == read
    assert {it.date_origin for it in found} == {"column date"}
    table = corpus.documents.set_index("doc_id")["date"]
    assert [table[it.id] if isinstance(table[it.id], str) else None for it in found] == read
    unread = [date for date, day in zip(dates, read, strict=True) if day is None]
    assert len(corpus.notes) == bool(unread)
    if unread:
        [note] = corpus.notes
        assert note.startswith(f"{len(unread)} of {len(corpus)} documents: a date such as {unread[0]!r} ")
        assert ("date_format" in note) == ("may be two days" in note) == (not settings)


def test_a_date_that_is_not_understood_is_told(tmp_path: Path) -> None:
    corpus = loaded(tmp_path, ".csv", b"text,date\nOne.,last week\nTwo.,2021-03-04\nThree.,\n")
    assert [corpus[f"news#{n}"].date for n in (1, 2, 3)] == [None, "2021-03-04", None]
    assert [corpus[f"news#{n}"].date_origin for n in (1, 2, 3)] == ["column date", "column date", None]
    said = "1 of 4 documents: a date such as 'last week' is not understood and is left out."
    assert corpus.notes == [f"{said} Write dates like 2023-09-29."]


@pytest.mark.parametrize("suffix", [".xlsx", ".parquet"])
def test_a_cell_with_a_time_or_no_number_is_written_as_one_would(tmp_path: Path, suffix: str) -> None:
    at = datetime(2021, 3, 4, 17, 30)  # noqa: DTZ001  as in a workbook
    rows: list[list[Any]] = [["text", "date", "updated", "share"], ["One.", datetime(2021, 3, 4), at, 0.5]]  # noqa: DTZ001
    if suffix == ".parquet":
        rows.append(["Two.", datetime(2021, 3, 5), at, float("nan")])  # noqa: DTZ001
    corpus = loaded(tmp_path, suffix, TABLES[suffix](rows))
    documents = [it for it in corpus if it.id != "note"]
    assert [it.date for it in documents] == ["2021-03-04", "2021-03-05"][: len(documents)]
    assert {it.metadata["updated"] for it in documents} == {"2021-03-04T17:30:00"}
    assert [it.metadata.get("share") for it in documents] == ["0.5", None][: len(documents)]


def test_a_table_of_far_more_rows_than_its_file_can_hold_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "largest_unpacked", lambda _: 2)
    corpus = loaded(tmp_path, ".parquet", TABLES[".parquet"]([["text"], ["One."], ["Two."], ["Three."]]))
    assert (corpus.ids, [*reasons(corpus)]) == (["note"], ["news.parquet"])
