"""A file of judgements that is named, for a single file, an archive, or in place of the one beside the documents."""

import zipfile
from pathlib import Path

import pytest

from research import load
from research.errors import SourceError
from research.loading.judgements import Judgement, written
from research.loading.judgements_file import find_judgements

TEXT = "The harbour opens in May."
ROW = Judgement("harbour", "", 0, len(TEXT), TEXT, "", "", "sentence", "0 found", "right", coder="ann")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "harbour.txt").write_text(TEXT, "utf-8")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    return tmp_path


def test_a_single_file_has_the_judgements_that_are_named(folder: Path) -> None:
    source = folder / "texts" / "harbour.txt"
    assert load(source).judgements_in is None
    before = load(source, judgements="ours.csv")
    assert before.judgements_in == folder / "texts" / "ours.csv"
    assert before.notes[-1].startswith("There is no file ours.csv yet, so no judgement counts.")
    before.judgements_in.write_text(written([ROW]), "utf-8")
    assert before.changed() == "ours.csv"
    after = load(source, judgements="ours.csv")
    assert after.judgements.entries == (ROW,)
    assert after.digest != before.digest
    assert (after.changed(), after.notes) == (None, [])
    assert not load(source).judgements.entries


def test_an_archive_has_the_judgements_that_are_named(folder: Path) -> None:
    with zipfile.ZipFile(folder / "press.zip", "w") as archive:
        archive.writestr("harbour.txt", TEXT)
        archive.writestr("judgements.csv", written([]))
    (folder / "elsewhere" / "ours.csv").write_text(written([ROW]), "utf-8")
    corpus = load(folder / "press.zip", judgements="ours.csv")
    assert (corpus.ids, corpus.judgements.entries) == (["harbour"], (ROW,))


def test_the_named_file_is_no_document_and_stands_for_the_one_beside(folder: Path) -> None:
    texts = folder / "texts"
    (texts / "judgements.csv").write_text("damaged", "utf-8")
    (texts / "ours.csv").write_text(written([ROW]), "utf-8")
    corpus = load(texts, judgements="ours.csv")
    assert (corpus.ids, corpus.rejected, corpus.judgements.entries) == (["harbour"], [], (ROW,))


@pytest.mark.parametrize("named", ["ours.csv", "judged/ours.csv", "../elsewhere/ours.csv"])
def test_corpus_toml_names_the_file_by_its_path_from_the_folder(named: str, folder: Path) -> None:
    texts = folder / "texts"
    (texts / "judged").mkdir()
    (texts / "judgements.csv").write_text(written([]), "utf-8")
    (texts / "corpus.toml").write_text(f'judgements = "{named}"\n', "utf-8")
    before = load(texts)
    assert before.notes[-1].startswith("There is no file ours.csv yet, so no judgement counts.")
    assert before.judgements_in == (texts / named).resolve()
    before.judgements_in.write_text(written([ROW]), "utf-8")
    after = load(texts)
    assert (after.ids, after.judgements.entries, after.judgements_named) == (["harbour"], (ROW,), False)
    assert "judged/ours.csv" not in {it.file for it in after.rejected}
    (texts / named).write_text(written([]), "utf-8")
    assert after.changed() == "ours.csv"


def test_a_named_file_goes_before_that_of_corpus_toml(folder: Path) -> None:
    texts = folder / "texts"
    (texts / "corpus.toml").write_text('judgements = "ours.csv"\n', "utf-8")
    (texts / "ours.csv").write_text(written([]), "utf-8")
    (folder / "elsewhere" / "theirs.csv").write_text(written([ROW]), "utf-8")
    corpus = load(texts, judgements=folder / "elsewhere" / "theirs.csv")
    assert (corpus.judgements.entries, corpus.judgements_named) == ((ROW,), True)
    assert corpus.judgements_in == folder / "elsewhere" / "theirs.csv"


def test_the_corpus_toml_of_an_archive_names_a_file_beside_it_alone(folder: Path) -> None:
    def packed(named: str) -> Path:
        with zipfile.ZipFile(folder / "press.zip", "w") as archive:
            archive.writestr("harbour.txt", TEXT)
            archive.writestr("corpus.toml", f'judgements = "{named}"\n')
        return folder / "press.zip"

    (folder / "ours.csv").write_text(written([ROW]), "utf-8")
    assert load(packed("ours.csv")).judgements.entries == (ROW,)
    with pytest.raises(SourceError, match="of an archive, and names a folder"):
        load(packed("../ours.csv"))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "judgements = 3",
            r"^corpus\.toml: judgements = 3 has the wrong kind of value\. Give a text",
        ),
        (
            'judgements = ""',
            r"^corpus\.toml: judgements = '' is no path of a CSV file from the folder of",
        ),
        ('judgements = "ours.xlsx"', "is no path of a CSV file"),
        ('judgements = "/home/ann/ours.csv"', "is no path of a CSV file"),
        ("judgements = 'C:\\ours.csv'", "is no path of a CSV file"),
        ('judgements = "~/ours.csv"', "is no path of a CSV file"),
        ('judgements = "away/ours.csv"', "'away/ours.csv' is in a folder that does not exist. Give one such as"),
        ('judgements = "folder.csv"', "'folder.csv' is a folder, and judgements are in one file."),
    ],
)
def test_a_wrong_file_in_corpus_toml_is_refused_in_one_sentence(line: str, said: str, folder: Path) -> None:
    (folder / "texts" / "folder.csv").mkdir()
    (folder / "texts" / "corpus.toml").write_text(f"{line}\n", "utf-8")
    with pytest.raises(SourceError, match=said) as caught:
        load(folder / "texts")
    assert "\n" not in str(caught.value)


def test_problems_name_the_file(folder: Path) -> None:
    source, file = folder / "texts" / "harbour.txt", folder / "texts" / "ours.csv"
    file.write_text(written([ROW]).replace('"right"', '"rihgt"'), "utf-8")
    assert load(source, judgements="ours.csv").notes[0].startswith("ours.csv, line 2: the verdict on a sentence is")
    file.write_text("name;party\nAda;Green\n", "utf-8")
    with pytest.raises(SourceError, match=r"^ours\.csv has no column document\."):
        load(source, judgements=file)


@pytest.mark.parametrize(
    ("named", "where"),
    [
        ("ours.csv", "texts/ours.csv"),
        ("./sub/ours.csv", "elsewhere/sub/ours.csv"),
        ("../ours.csv", "ours.csv"),
    ],
)
def test_a_name_is_beside_the_documents_and_a_path_is_where_it_says(named: str, where: str, folder: Path) -> None:
    (folder / "elsewhere" / "sub").mkdir()
    assert find_judgements(named, folder / "texts" / "harbour.txt") == folder / where


@pytest.mark.parametrize(
    ("named", "said"),
    [
        (" ", "The file of judgements has no name."),
        ("../texts", "is a folder, and judgements are in one file."),
        ("nowhere/ours.csv", "There is no folder 'nowhere' for judgements."),
    ],
)
def test_what_can_be_no_file_is_refused(named: str, said: str, folder: Path) -> None:
    with pytest.raises(SourceError, match=said):
        find_judgements(named, folder / "texts")
