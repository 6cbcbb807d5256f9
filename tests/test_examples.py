"""The invented corpus in examples/: all of it can be read, and there is something in it for every notebook."""

import csv
import json
import tomllib
import zipfile
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from research.loading import Corpus, Document, load
from research.loading.duplicates import CONTAINED, find
from research.loading.languages import language

CAST = [
    *("Irena Castellan", "Dominik Rask", "Tomas Abelard", "Livia Sorn", "Henrik Vale"),
    *("Amina Dessay", "Paulo Teague", "Katrin Holm", "Samir Oduya", "Marta Quill"),
]
PICTURE = "ossel-wire_2031-09-12_photograph-from-the-bridge"
WIRE, SHORTENED = "ossel-wire_2031-04-15_gates-close-at-hesper", "castrel-post_2031-04-16_filling-of-reservoir-begins"
FRENCH = "gazette-de-la-cote_2031-03-07_les-pecheurs-attendent"


@pytest.fixture(scope="module")
def folder(root: Path) -> Path:
    return root / "examples" / "corpus"


@pytest.fixture(scope="module")
def corpus(folder: Path) -> Corpus:
    return load(folder)


@pytest.fixture(scope="module")
def texts(corpus: Corpus) -> list[Document]:
    """The plain texts, which have a header and need nothing but the simplest reader."""
    return [
        document for document in corpus if document.origin.path.endswith(".txt") and "/" not in document.origin.path
    ]


def test_the_readme_says_that_all_is_invented(root: Path, folder: Path) -> None:
    readme = (root / "examples" / "README.md").read_text(encoding="utf-8")
    assert "invented" in readme.splitlines()[0]
    assert "**Nothing in `corpus/` is real.**" in readme
    assert "invented" in tomllib.loads((folder / "corpus.toml").read_text(encoding="utf-8"))["citation"]["title"]


def test_the_readme_tells_of_every_kind_of_file_and_every_person(root: Path, folder: Path) -> None:
    readme = (root / "examples" / "README.md").read_text(encoding="utf-8")
    assert all(f"`{file.suffix}`" in readme or file.name in readme for file in folder.iterdir())
    assert all(f"| {name} |" in readme for name in CAST)


def test_the_plain_texts_are_read_and_one_picture_is_not(corpus: Corpus, texts: list[Document], root: Path) -> None:
    assert len(texts) == len(list((root / "examples" / "corpus").glob("*.txt"))) - 1 == 32
    assert "32 plain texts" in (root / "examples" / "README.md").read_text(encoding="utf-8")
    assert [rejected.file for rejected in corpus.rejected if rejected.file.endswith(".txt")] == [f"{PICTURE}.txt"]


def test_every_plain_text_has_the_date_and_the_outlet_of_its_name(texts: list[Document]) -> None:
    for document in texts:
        outlet, day, title = document.id.split("_")
        assert document.date == day == date.fromisoformat(day).isoformat()
        assert outlet
        assert title


def test_the_texts_are_short_and_none_is_a_stub(texts: list[Document]) -> None:
    for document in texts:
        assert 120 <= len(document.text[document.body.start :].split()) <= 400, document.id


def test_the_dates_run_over_several_months(texts: list[Document]) -> None:
    assert len({(document.date or "")[:7] for document in texts}) >= 8


def test_everybody_of_the_cast_appears_in_full_and_by_last_name_in_several_texts(texts: list[Document]) -> None:
    for name in CAST:
        assert sum(name in document.text for document in texts) >= 3, name
        last = name.split()[-1]
        assert sum(document.text.count(last) > document.text.count(name) for document in texts) >= 2, name


def test_the_sides_disagree_about_the_same_figures(texts: list[Document]) -> None:
    together = " ".join(document.text for document in texts)
    for figures in (("9 percent", "22 percent", "11 and 14 percent"), ("410", "550", "480"), ("12,000", "40,000")):
        assert all(figure in together for figure in figures)


@pytest.mark.parametrize(
    "mark", ["“", '"', " '", "« ", "\nQ: ", "\nHOST: ", "\nReporter: ", "\nPRIME MINISTER: ", "\nMr VALE: "]
)
def test_every_way_to_quote_is_there(texts: list[Document], mark: str) -> None:
    assert any(mark in document.text for document in texts)


def test_speakers_csv_knows_the_cast_and_who_was_prime_minister(corpus: Corpus) -> None:
    found = {name: corpus.speakers.find(name, None) for name in CAST}
    assert all(person is not None and person.values["group"] for person in found.values())
    holder = corpus.speakers.find("PRIME MINISTER", "2031-06-30")
    assert holder is not None
    assert holder.name == "Tomas Abelard"


def test_one_report_is_told_twice_and_the_full_one_counts(corpus: Corpus) -> None:
    found = find(corpus)
    assert list(found) == [SHORTENED]
    assert found[SHORTENED].duplicate_of == WIRE
    assert found[SHORTENED].kind == CONTAINED


def test_one_text_is_french_and_all_others_are_english(corpus: Corpus) -> None:
    named = {document.id: language(document.text, document.body) for document in corpus}
    assert {doc_id for doc_id, name in named.items() if name == "fr"} == {FRENCH}
    assert set(named.values()) == {"fr", "en"}


def test_the_other_formats_hold_what_the_readme_says(folder: Path) -> None:
    with (folder / "official-statements_2031-07.csv").open(encoding="utf-8", newline="") as file:
        assert [row["speaker"] for row in csv.DictReader(file)] == ["Irena Castellan", "Livia Sorn", "Samir Oduya"]
    lines = (folder / "newspapers_2031-08.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["date"] for line in lines] == ["2031-08-28", "2031-09-03"]
    with zipfile.ZipFile(folder / "later-reports.zip") as archive:
        assert archive.testzip() is None
        assert all(archive.read(name).startswith(b" date 2031-1") for name in archive.namelist())
        assert len(archive.namelist()) == 2
    with zipfile.ZipFile(folder / "mediator_2031-07-15_letter-to-the-delegations.docx") as document:
        letter = "".join(ET.fromstring(document.read("word/document.xml")).itertext())  # noqa: S314  our own file
    assert letter.endswith("Katrin Holm")
    assert "\0" in (folder / f"{PICTURE}.txt").read_bytes().decode("latin-1")
