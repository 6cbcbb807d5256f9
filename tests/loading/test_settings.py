"""corpus.toml says what only the owner of a collection knows; what is not understood is never ignored."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from research.errors import SourceError
from research.loading import load
from research.loading.settings import LARGEST, NAME, Settings, read_own, understood


def read_settings(folder: Path) -> Settings:
    data = read_own(folder, NAME, LARGEST)
    return Settings() if data is None else understood(data)


def settings(folder: Path, written: str | bytes) -> Settings:
    (folder / "corpus.toml").write_bytes(written if isinstance(written, bytes) else written.encode())
    return read_settings(folder)


def test_without_a_file_nothing_is_said(tmp_path: Path) -> None:
    assert read_settings(tmp_path) == Settings()


def test_everything_that_can_be_said(tmp_path: Path) -> None:
    said = settings(
        tmp_path,
        """
        language = "en"
        date_format = "mm/dd/yyyy"
        complete = true
        columns = { text = "Full story", date = "Day" }
        xml = { document = "item", text = "body" }
        citation = { author = "Harbour council", title = "Speeches", date = 2020, url = "https://example.org" }
        report = { author = "Weiss, Ana; Kolb, Jon" }
        """,
    )
    assert (said.language, said.order, said.complete) == ("en", "mdy", True)
    assert said.columns == {"text": "Full story", "date": "Day"}
    assert said.xml == {"document": "item", "text": "body"}
    assert said.citation["date"] == "2020"
    assert said.report == {"author": "Weiss, Ana; Kolb, Jon"}


def test_whose_words_documents_are_and_of_which_kind_may_be_said(tmp_path: Path) -> None:
    (tmp_path / "KAZ_75_2020.txt").write_text("We thank the Assembly.")
    (tmp_path / "talks.csv").write_text("Orator,text\nAda Okell,We will pay.")
    settings(tmp_path, 'kind = "speech"\nfile_names = "{speaker}_{}_{date}"\n[columns]\nspeaker = "Orator"')
    corpus = load(tmp_path)
    assert [(it.id, it.speaker, it.date) for it in corpus] == [
        ("KAZ_75_2020", "KAZ", "2020"),
        ("talks#1", "Ada Okell", None),
    ]
    assert {it.kind for it in corpus} == {"speech"}
    assert corpus.documents["speaker"].tolist() == ["KAZ", "Ada Okell"]


def test_front_matter_and_header_lines_may_name_the_speaker(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: The harbour\nspeaker: Ada Okell\n---\nWe will pay.")
    (tmp_path / "b.txt").write_text("Title: The harbour\nSpeaker: Ada Okell\n\nWe will pay.")
    assert [(it.speaker, it.source) for it in load(tmp_path)] == [("Ada Okell", None)] * 2


def test_the_dollar_of_documents_may_be_said_and_a_document_may_say_another(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ndollar: NZD\n---\nWe will pay $4.")
    (tmp_path / "b.txt").write_text("We will pay $4.")
    assert [it.metadata.get("dollar") for it in load(tmp_path)] == ["NZD", None]
    settings(tmp_path, 'dollar = "AUD"')
    assert [it.metadata["dollar"] for it in load(tmp_path)] == ["NZD", "AUD"]


@pytest.mark.parametrize("code", ["A$", "aud", "dollars", "AUDD"])
def test_a_dollar_that_is_no_currency_is_refused(tmp_path: Path, code: str) -> None:
    with pytest.raises(SourceError, match=re.escape(f"the dollar {code!r} is unknown")):
        settings(tmp_path, f'dollar = "{code}"')


def test_an_unknown_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="the kind 'talk' is unknown"):
        settings(tmp_path, 'kind = "talk"')


def test_the_corpus_keeps_what_was_said_and_the_file_is_no_document(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Text.")
    before = load(tmp_path)
    settings(tmp_path, 'language = "fr"\ncomplete = true\n[citation]\ntitle = "Speeches"\n[report]\nauthor = "Ana"')
    corpus = load(tmp_path)
    assert (corpus.ids, corpus.rejected) == (["a"], [])
    assert (corpus.complete, corpus.citation, corpus["a"].language) == (True, {"title": "Speeches"}, "fr")
    assert (corpus.report, before.report) == ({"author": "Ana"}, {})
    assert (before.complete, before.citation, before["a"].language) == (False, {}, None)
    assert corpus.digest != before.digest


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("language = ?", "is not valid TOML: .*line 1"),
        (b"\xff", "is not valid TOML"),
        ("[" * 5000, "is not valid TOML"),
        ('colums = { text = "a" }', r"'colums' is not a setting. The settings are language, .*columns"),
        ('[columns]\nbody = "a"', r"\[columns\] has no setting 'body'. It may have text, date"),
        ("[columns]\ntext = 3", r"text in \[columns\] has the wrong kind of value. Give a text in quotation marks"),
        ('[columns]\ntext = " "', "wrong kind of value"),
        ('columns = "text"', r"columns is not a table. Write \[columns\] on a line of its own"),
        ('complete = "yes"', "complete = 'yes' has the wrong kind of value. Give true or false"),
        ('date_format = "dd.mm.yy"', "the date_format 'dd.mm.yy' is unknown. Give dd/mm/yyyy or mm/dd/yyyy"),
        ('[report]\ntitle = "a"', r"\[report\] has no setting 'title'. It may have author"),
        ("[report]\nauthor = 3", r"author in \[report\] has the wrong kind of value. Give a text in quotation marks"),
        ("[report]\nauthor = ''", r"author in \[report\] has the wrong kind of value"),
        ('report = "Ana"', r"report is not a table. Write \[report\]"),
        ("[citation]\ntitle = true", "wrong kind of value"),
        (f"[citation]\ndate = {'9' * 5000}", "is not valid TOML: Exceeds the limit"),
        ('[citation]\ndate = "2031-02-30"', r"the date '2031-02-30' in \[citation\] is not in the calendar. Give one"),
        ('[citation]\ndate = "2031-13"', "is not in the calendar"),
        ('[citation]\ndate = "2031-00-01"', "is not in the calendar"),
        ('[citation]\nurl = "<script>x()</script>"', "is no web address. Give one such as https://example.org"),
        ("[citation]\nurl = 'https://example.org/\"><b>'", "is no web address"),
        ('[citation]\nurl = "javascript:x()"', "is no web address"),
        ('[citation]\ndoi = "10.1234/<img src=x>"', "is no DOI. Give one such as 10.1234/abc"),
        ('[citation]\ntitle = "a\\u202eb"', r"title in \[citation\] has the control character U\+202E. Remove it"),
        ('[report]\nauthor = "a\\u009bb"', r"has the control character U\+009B"),
        ("#" * 1_000_001, "is too large"),
        ("[citation]\ntitle = [1]", r"title in \[citation\] has the wrong kind of value"),
    ],
)
def test_what_is_not_understood_is_said_in_a_sentence(tmp_path: Path, written: str | bytes, sentence: str) -> None:
    with pytest.raises(SourceError, match=f"^corpus.toml.*{sentence}.*\\.$"):
        settings(tmp_path, written)


@pytest.mark.parametrize("doi", ["10.1234/abc", "https://doi.org/10.1234/abc", "10.1002/(SICI)1096<1::AID-J1>3.0.CO;2"])
def test_a_doi_in_each_of_its_forms_is_kept(tmp_path: Path, doi: str) -> None:
    assert settings(tmp_path, f'[citation]\ndoi = "{doi}"').citation == {"doi": doi}


@pytest.mark.parametrize("written", ["2031", '"2031-05"', "2031-05-12", '"spring 2031"'])
def test_a_date_of_a_collection_is_kept_as_written(tmp_path: Path, written: str) -> None:
    assert settings(tmp_path, f"[citation]\ndate = {written}").citation == {"date": written.strip('"')}


def test_a_file_of_settings_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "source" / "corpus.toml"
    place.parent.mkdir()
    (tmp_path / "outside.toml").write_text('language = "fr"')
    (place.parent / "other.toml").write_text('language = "fr"')
    attempts: tuple[tuple[Callable[[], object], str], ...] = (
        (lambda: os.mkfifo(place), "corpus.toml is not a regular file. Replace it"),
        (place.mkdir, "corpus.toml is not a regular file"),
        (lambda: place.symlink_to("gone.toml"), r"corpus.toml cannot be opened \(No such file or directory\)"),
        (lambda: place.symlink_to("corpus.toml"), "corpus.toml cannot be opened"),
        (lambda: place.symlink_to("../outside.toml"), "corpus.toml is a link that leads out of the folder. Copy"),
    )
    for make, sentence in attempts:
        make()
        with pytest.raises(SourceError, match=sentence):
            load(place.parent)
        place.rmdir() if place.is_dir() and not place.is_symlink() else place.unlink()
    place.symlink_to("other.toml")
    assert read_settings(place.parent).language == "fr"


# --- the names of files ---


@pytest.mark.parametrize(
    ("pattern", "name", "told"),
    [
        (
            "{source}_{date}_{title}",
            "wire_2031-01-14_the_dam",
            {"source": "wire", "date": "2031-01-14", "title": "the_dam"},
        ),
        ("{source}_{date}_{title}", "wire 2031-01-14", {}),
        ("{date} {source} ({})", "2031-01-14 wire (late)", {"date": "2031-01-14", "source": "wire"}),
        ("speech by {source}", "speech by Ana Weiss", {"source": "Ana Weiss"}),
        ("{source}/{date}", "2031/the-post/2031-01-14", {"source": "the-post", "date": "2031-01-14"}),
        ("{source}/{date}", "2031-01-14", {}),
        ("{source}_{date}", "the-post/wire_2031", {"source": "wire", "date": "2031"}),
        ("{source}.{language}", "wire.fr", {"source": "wire", "language": "fr"}),
        (None, "wire_2031", {}),
    ],
)
def test_the_parts_of_a_file_name(pattern: str | None, name: str, told: dict[str, str]) -> None:
    assert Settings(file_names=pattern).told_by(name) == told


@pytest.mark.parametrize("pattern", ["{outlet}_{date}", "{source}_{source}", "{source}{date}", "plain", "{source"])
def test_a_pattern_that_cannot_be_understood_is_refused(tmp_path: Path, pattern: str) -> None:
    with pytest.raises(SourceError, match="cannot be understood"):
        settings(tmp_path, f'file_names = "{pattern}"')


def test_a_name_of_another_build_costs_nothing() -> None:
    assert Settings(file_names="{source}_{}_{title}_{}_{date}_{}_{language}-").told_by("_" * 250) == {}


def test_the_corpus_takes_from_names_what_the_texts_do_not_say(tmp_path: Path) -> None:
    (tmp_path / "corpus.toml").write_text('file_names = "{source}_{date}_{title}"')
    (tmp_path / "wire_2031-01-14_dam.txt").write_text("Text.")
    (tmp_path / "wire_2031-01-15_flood.md").write_text("---\nsource: The Post\n---\nText.")
    (tmp_path / "other.txt").write_text("Text.")
    table = load(tmp_path).documents.set_index("doc_id")
    assert table["source"].to_dict() == {
        "other": None,
        "wire_2031-01-14_dam": "wire",
        "wire_2031-01-15_flood": "The Post",
    }
    assert table["title"].to_dict() == {
        "other": None,
        "wire_2031-01-14_dam": "dam",
        "wire_2031-01-15_flood": "flood",
    }


def test_file_names_say_that_a_number_is_a_date(tmp_path: Path) -> None:
    (tmp_path / "resolution_1973.txt").write_text("The council met.")
    (tmp_path / "resolution_7-74.txt").write_text("The council met again.")
    assert [it.date for it in load(tmp_path)] == [None, None]
    (tmp_path / "corpus.toml").write_text('file_names = "resolution_{date}"')
    assert [(it.date, it.date_origin) for it in load(tmp_path)] == [("1973", "file name"), (None, None)]


def test_the_name_of_a_folder_is_a_source_where_it_is_said_to_be(tmp_path: Path) -> None:
    for folder in ("ossel-courier", "coast-times"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "2031-05-10.txt").write_text("Text.")
    assert [it.source for it in load(tmp_path)] == [None, None]
    (tmp_path / "corpus.toml").write_text('file_names = "{source}/{}"')
    assert [(it.source, it.date) for it in load(tmp_path)] == [
        ("coast-times", "2031-05-10"),
        ("ossel-courier", "2031-05-10"),
    ]
