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
