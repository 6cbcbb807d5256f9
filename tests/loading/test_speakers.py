"""speakers.csv says who is who; what is not understood, and what contradicts, is refused with its line."""

import hashlib
import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from research.errors import SourceError
from research.loading import load
from research.loading.speakers import Person, Speakers, read_speakers

ROWS = """name,also_called,office,group,from,to,side
Samir Oduya,Oduya; Dr. Oduya,,commission,,,
Tomas Abelard,PRIME MINISTER,Prime Minister,Ordania,2031-01-01,2031-09,for
Henrik Vale,Prime Minister,Prime Minister,Ordania,2031-10-01,,against
Henrik Vale,Vale,,,,,
"""


def speakers(written: str | bytes) -> Speakers:
    return read_speakers(written if isinstance(written, bytes) else written.encode())


def refusal(written: str | bytes) -> str:
    with pytest.raises(SourceError) as caught:
        speakers(written)
    return str(caught.value)


def name_of(person: Person | None) -> str | None:
    return None if person is None else person.name


@pytest.fixture
def known() -> Speakers:
    return speakers(ROWS)


# --- who is called what ---


@pytest.mark.parametrize("called", ["Oduya", "dr.  ODUYA", "Samir Oduya", "the Oduya"])
def test_a_name_and_what_it_is_also_called_are_one_person_on_any_day(known: Speakers, called: str) -> None:
    assert [known.find(called, date) for date in (None, "1999", "2031-05-01")] == [
        Person("Samir Oduya", None, {"group": "commission"})
    ] * 3


@pytest.mark.parametrize(
    ("date", "name"),
    [
        ("2030-12-31", None),
        ("2031-01-01", "Tomas Abelard"),
        ("2031-09-30", "Tomas Abelard"),
        ("2031-10-01", "Henrik Vale"),
        ("2090", "Henrik Vale"),
        ("2031-05", "Tomas Abelard"),
        ("2031", None),  # it may be before or after October
        (None, None),
    ],
)
def test_an_office_is_whose_it_was_on_the_date_of_the_document(known: Speakers, date: str | None, name: str) -> None:
    assert name_of(known.find("the Prime Minister", date)) == name


def test_what_is_said_of_a_person_is_what_holds_on_that_day(known: Speakers) -> None:
    assert known.find("Vale", "2031-11-02") == (
        "Henrik Vale",
        "Prime Minister",
        {"group": "Ordania", "side": "against"},
    )
    assert known.find("Vale", "2031-02-02") == ("Henrik Vale", None, {})
    assert known.find("Tomas Abelard", "1999") == ("Tomas Abelard", None, {})
    assert known.find("Ada Okell", None) is None
    assert known.columns == ("group", "side")


# --- as spreadsheets write ---


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_way_that_spreadsheets_save_is_read(delimiter: str, encoding: str, end: str) -> None:
    rows = [
        ["Name", "Also called", "Office", "From", "To", "Gender", ""],
        ["Zoë Müller", '"Müller; ""Zo""; Zoë\nM."', "Premier ministre d’État", "12.05.2031", "30/06/2031", "f", ""],
        [""] * 7,
        ["Ada Okell", "", "", "", "", "", ""],
    ]
    found = speakers(end.join(delimiter.join(row) for row in rows).encode(encoding))
    first, second = found.entries
    assert (first.name, first.also_called) == ("Zoë Müller", ("Müller", '"Zo"', "Zoë M."))
    assert (first.first, first.last, first.values) == ("2031-05-12", "2031-06-30", {"gender": "f"})
    assert (second.name, second.line) == ("Ada Okell", 5)


def test_the_line_that_excel_writes_first_names_the_separator() -> None:
    found = speakers("sep=;\nname;group\nAda, Lady Okell;north")
    assert found.entries[0].name == "Ada, Lady Okell"
    assert found.entries[0].line == 3


def test_the_notes_of_a_suggestion_may_be_copied_with_it() -> None:
    found = speakers("name,also_called,why,how_often\nAda Okell,Okell,the last name alone,often")
    assert found.columns == ()
    assert name_of(found.find("Okell", None)) == "Ada Okell"


def test_one_date_shows_the_order_of_the_others() -> None:
    found = speakers("name,from,to\nAda Okell,03/04/2031,15/04/2031")
    assert found.entries[0].first == "2031-04-03"


# --- what is refused ---


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("who,group\nAda,a", "line 1: no column is called name; the columns are who, group. Give the columns name,"),
        ("", "cannot be read: the file is empty. Save it as CSV"),
        ("name,group,Group\nAda,a,b", "line 1, column group: two columns have this name. Give each"),
        ("name,group\nAda,a\n,b", "line 3, column name: the row names nobody. Write the full name"),
        ("name,group\nAda,a,b", "line 2: the cell 'b' has no named column above it. Put quotation marks"),
        ('name,group\nAda,"a', "line 2: the row is malformed"),
        ("name,from\nAda,soon", "line 2, column from: 'soon' is not understood as a date. Write dates like 2031-05-12"),
        ("name,to\nAda,03/04/2031", "line 2, column to: '03/04/2031' may be two days. Write dates like 2031-05-12"),
        ("name,from,to\nAda,2031-05,2031-04", "line 2, column to: 2031-04 is before 2031-05. Correct one"),
        ("name,group\nAda,a\x02", "line 2, column group: the control character U+0002. Remove it."),
        (b"PK\x03\x04\0\0", "cannot be read: the file is binary"),
    ],
)
def test_what_is_not_understood_is_refused_with_its_line_and_column(written: str | bytes, said: str) -> None:
    message = refusal(written)
    assert message.startswith("speakers.csv")
    assert said in message


def test_the_line_is_that_of_the_file_where_cells_have_several() -> None:
    assert "line 5, column name" in refusal('name,group\n"Ada\nOkell","a\nb"\n,b')


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            "Ada Okell,Okell,,,\nBo Okell,OKELL,,,",
            "line 3, column also_called: 'OKELL' is Bo Okell here and Ada Okell in line 2, at the same time. Keep",
        ),
        ("Ada,PM,,2030,2031\nBo,PM,,2031-12-31,", "line 3, column also_called: 'PM' is Bo here and Ada in line 2"),
        ("Bo,PM,,2031-12-31,\nAda,PM,,2030,2031", "line 3, column also_called: 'PM' is Ada here and Bo in line 2"),
        ("Ada,PM,,,\nBo,PM,,2031,2031", "line 3, column also_called: 'PM' is Bo here and Ada in line 2"),
        ("Ada,PM,,2020,2040\nCy,PM,,2021,2021\nAda,,,,", "line 3, column also_called: 'PM' is Cy here and Ada"),
        ("Ada,Bo,,,\nBo,,,,", "line 2, column also_called: 'Bo' is a speaker with a row of their own, line 3."),
        ("Ada,,left,,\nAda,,right,,", "line 3, column group: Ada has 'right' here and 'left' in line 2, at the same"),
        ("Ada,,left,2020,\nAda,,right,,2020-01-01", "line 3, column group: Ada has 'right' here"),
    ],
)
def test_a_row_that_contradicts_another_is_refused_with_its_line(rows: str, said: str) -> None:
    assert said in refusal(f"name,also_called,group,from,to\n{rows}")


@pytest.mark.parametrize(
    "rows",
    [
        "Ada,PM,,2030,2031\nBo,PM,,2032,",
        "Ada,,left,,2019\nAda,,right,2020,",
        "Ada,A.,left,,\nAda,A.; Adi,left,2020,\nADA,,,,",
        "Ada,Ada,,,",
    ],
)
def test_rows_that_can_both_hold_are_no_contradiction(rows: str) -> None:
    assert speakers(f"name,also_called,group,from,to\n{rows}").entries


def test_many_rows_are_compared_in_little_time() -> None:
    rows = "\n".join(
        f"Speaker {n},PM,{n},{1000 + n // 12}-{n % 12 + 1:02},{1000 + n // 12}-{n % 12 + 1:02}" for n in range(12_000)
    )
    assert len(speakers(f"name,also_called,group,from,to\n{rows}").entries) == 12_000


# --- as an input ---


def packed(kind: str, files: dict[str, str]) -> bytes:
    stream = io.BytesIO()
    if kind == "zip":
        with zipfile.ZipFile(stream, "w") as archive:
            for name, text in files.items():
                archive.writestr(name, text)
    else:
        with tarfile.open(fileobj=stream, mode="w:gz") as archive:
            for name, text in files.items():
                entry = tarfile.TarInfo(name)
                entry.size = len(text.encode())
                archive.addfile(entry, io.BytesIO(text.encode()))
    return stream.getvalue()


@pytest.mark.parametrize("above", ["", "papers/"])
@pytest.mark.parametrize("kind", ["folder", "zip", "tar.gz"])
def test_it_is_read_beside_the_documents_and_is_none_of_them(tmp_path: Path, kind: str, above: str) -> None:
    files = {f"{above}a.txt": "Text.", f"{above}speakers.csv": ROWS, f"{above}corpus.toml": 'language = "en"'}
    source = tmp_path / ("papers" if kind == "folder" else f"papers.{kind}")
    if kind == "folder":
        (tmp_path / "papers").mkdir()
        for name, text in files.items():
            (source / name.removeprefix(above)).write_text(text, encoding="utf-8")
    else:
        source.write_bytes(packed(kind, files))
    corpus = load(source)
    assert [it.rpartition("/")[2] for it in corpus.ids] == ["a"]
    assert corpus.rejected == []
    assert len(corpus.speakers.entries) == 4
    assert corpus.speakers.sha256 == hashlib.sha256(ROWS.encode()).hexdigest()
    assert [it.language for it in corpus] == ["en"]


def test_without_it_nobody_is_known(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Text.")
    assert load(tmp_path).speakers == Speakers()
    assert load(tmp_path).speakers.find("Oduya", None) is None


def test_it_is_part_of_the_digest_and_a_change_is_seen(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Text.")
    without = load(tmp_path)
    (tmp_path / "speakers.csv").write_text("name\nAda Okell")
    corpus = load(tmp_path)
    assert without.digest != corpus.digest
    assert without.changed() == "speakers.csv"
    assert corpus.changed() is None
    for wrong in ("name\nBo Okell", "no\nsuch column"):
        (tmp_path / "speakers.csv").write_text(wrong)
        assert corpus.changed() == "speakers.csv"


def test_one_that_is_wrong_ends_the_reading(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Text.")
    (tmp_path / "speakers.csv").write_text("name,from\nAda,soon")
    with pytest.raises(SourceError, match=r"speakers\.csv, line 2, column from"):
        load(tmp_path)
    (tmp_path / "speakers.csv").unlink()
    (tmp_path / "speakers.csv").mkdir()
    with pytest.raises(SourceError, match=r"speakers\.csv is not a regular file"):
        load(tmp_path)


def test_the_date_format_of_the_collection_counts(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Text.")
    (tmp_path / "speakers.csv").write_text("name,from\nAda,03/04/2031")
    (tmp_path / "corpus.toml").write_text('date_format = "mm/dd/yyyy"')
    assert load(tmp_path).speakers.entries[0].first == "2031-03-04"


def test_a_table_of_this_name_in_a_folder_below_is_a_document(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "speakers.csv").write_text("text\nThe harbour opened.")
    assert load(tmp_path).ids == ["sub/speakers#1"]
