"""Dates whose day and month could be exchanged are read as other dates beside them show."""

from pathlib import Path
from zipfile import ZipFile

from research.loading import load
from tests.loading.conftest import fill


def test_a_header_whose_day_is_unclear_is_read_as_the_others_show(tmp_path: Path) -> None:
    fill(tmp_path, {"a.txt": " date 06/05/1996 The council met.", "b.txt": "date 2023-09-29 It met again."})
    corpus = load(tmp_path)
    document = corpus["a"]
    assert (document.date, document.date_span, document.date_origin) == (None, None, "header")
    assert document.text[document.body.start :] == "The council met."
    [note] = corpus.notes
    assert note.startswith("1 of 2 documents: a date such as '06/05/1996' may be two days and is left out. Set")
    fill(tmp_path, {"c.txt": " date 15/06/1996 It met a third time."})
    shown = load(tmp_path)
    assert (shown["a"].date, shown["a"].body, shown.notes) == ("1996-05-06", document.body, [])
    assert shown["a"].text[slice(*(shown["a"].date_span or ()))] == "06/05/1996"
    assert shown.documents["date"].tolist() == ["1996-05-06", "2023-09-29", "1996-06-15"]
    fill(tmp_path, {"d.txt": "date 06/15/1996 It met once more."})
    [note] = load(tmp_path).notes
    assert "Other dates show both orders: split the files into two sources" in note
    (tmp_path / "c.txt").unlink()
    assert load(tmp_path)["a"].date == "1996-06-05"
    fill(tmp_path, {"corpus.toml": 'date_format = "dd/mm/yyyy"'})
    assert load(tmp_path)["a"].date == "1996-05-06"


def test_a_table_is_read_as_its_own_dates_show_whatever_another_shows(tmp_path: Path) -> None:
    fill(
        tmp_path,
        {
            "ossel.csv": "date,text\n03/04/2031,The ferry left.\n25/04/2031,It came back.\n",
            "vell.csv": "date,text\n03/04/2031,The mill burned.\n04/25/2031,It was rebuilt.\n",
            "tarn.csv": "date,text\n03/04/2031,Nobody came.\n",
            "kest.csv": "date,text\n03/04/2031,One.\n25/04/2031,Two.\n04/25/2031,Three.\n",
        },
    )
    corpus = load(tmp_path)
    assert {it.id: it.date for it in corpus} == {
        "kest#1": None,
        "kest#2": "2031-04-25",
        "kest#3": "2031-04-25",
        "ossel#1": "2031-04-03",
        "ossel#2": "2031-04-25",
        "tarn#1": None,
        "vell#1": "2031-03-04",
        "vell#2": "2031-04-25",
    }
    assert corpus.documents["date"].tolist() == [it.date for it in corpus]
    left, read = corpus.notes
    assert left.startswith("2 of 8 documents: a date such as '03/04/2031' may be two days and is left out. Other dates")
    assert read == (
        "2 of 8 documents: a date such as '03/04/2031' may be two days. Files differ, so it is read as the other dates "
        "of its file show: the day comes first in ossel.csv, the month comes first in vell.csv."
    )
    (tmp_path / "vell.csv").unlink()
    (tmp_path / "kest.csv").unlink()
    corpus = load(tmp_path)
    assert (corpus["tarn#1"].date, corpus.notes) == ("2031-04-03", [])
    fill(tmp_path, {"corpus.toml": 'date_format = "mm/dd/yyyy"'})
    assert (load(tmp_path)["tarn#1"].date, load(tmp_path)["ossel#1"].date) == ("2031-03-04", "2031-03-04")


def test_a_date_shows_nothing_of_those_with_another_sign(tmp_path: Path) -> None:
    tables = {
        "post.csv": "Datum;Volltext\n03.04.2031;Die Fähre fährt.\n",
        "courier.csv": "date,text\n03/04/2031,One.\n04/25/2031,Two.\n",
    }
    corpus = load(fill(tmp_path, tables))
    assert (corpus["post#1"].date, corpus["courier#1"].date) == (None, "2031-03-04")
    [note] = corpus.notes
    assert note.startswith("1 of 3 documents: a date such as '03.04.2031' may be two days and is left out. Set")
    fill(tmp_path, {"herald.csv": "Datum;Volltext\n25.04.2031;Die Mühle brennt.\n"})
    assert load(tmp_path)["post#1"].date == "2031-04-03"


def test_each_table_of_an_archive_has_its_own_order_of_day_and_month(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "wires.zip", "w") as archive:
        archive.writestr("a.csv", "date,text\n03/04/2031,The ferry left.\n25/04/2031,It came back.\n")
        archive.writestr("b.csv", "date,text\n03/04/2031,The mill burned.\n04/25/2031,It was rebuilt.\n")
    dates = {it.id: it.date for it in load(tmp_path)}
    assert (dates["wires.zip/a#1"], dates["wires.zip/b#1"]) == ("2031-04-03", "2031-03-04")


def test_a_day_in_a_file_name_is_read_as_the_others_show(tmp_path: Path) -> None:
    fill(tmp_path, {"12-05-2031_vote.txt": "One.", "sub/2031-05-14.txt": "Two."})
    corpus = load(tmp_path)
    assert (corpus["12-05-2031_vote"].date, len(corpus.notes)) == (None, 1)
    fill(tmp_path, {"13-05-2031_vote.txt": "Three."})
    corpus = load(tmp_path)
    assert {it.id: it.date for it in corpus} == {
        "12-05-2031_vote": "2031-05-12",
        "13-05-2031_vote": "2031-05-13",
        "sub/2031-05-14": "2031-05-14",
    }
    assert corpus.notes == []
