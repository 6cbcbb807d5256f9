"""A source is found by its name, or refused with what to do."""

import os
from pathlib import Path

import pytest

from research.errors import EmptySource, SourceError
from research.loading import load
from research.loading.places import home, is_there
from tests.loading.conftest import PNG, fill


def test_a_single_file_is_a_corpus_of_one(tmp_path: Path) -> None:
    fill(tmp_path, {"speech.v1.txt": "Text.", "other.txt": "Other."})
    corpus = load(tmp_path / "speech.v1.txt")
    assert (corpus.name, corpus.ids, corpus.rejected) == ("speech.v1", ["speech.v1"], [])
    assert corpus["speech.v1"].origin.path == "speech.v1.txt"


def test_the_name_of_a_corpus_is_that_of_its_folder_wherever_it_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path / "speeches", {"a.txt": "Text."})
    (tmp_path / "linked").symlink_to("speeches")
    monkeypatch.chdir(tmp_path)
    names = [load(source).name for source in ("speeches", "./speeches/", "speeches/../speeches", "linked")]
    assert names == ["speeches", "speeches", "speeches", "linked"]
    monkeypatch.chdir("speeches")
    assert load(".").name == "speeches"


@pytest.mark.parametrize("source", ["gone", "gone/too.txt", "/gone", "a" * 300, "a\0b", "~nosuchuser/a"])
def test_a_missing_source_is_named_with_a_remedy(source: str) -> None:
    with pytest.raises(SourceError, match="Check the spelling") as caught:
        load(source)
    assert repr(source) in str(caught.value)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("source", ["", " ", "\t\n"])
def test_a_blank_source_is_not_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str
) -> None:
    monkeypatch.chdir(fill(tmp_path, {"a.txt": "Text."}))
    with pytest.raises(SourceError, match="Check the spelling"):
        load(source)


def test_what_is_there_is_a_file_or_a_folder_that_one_may_see(ordinary_user: Path) -> None:
    fill(ordinary_user, {"a.txt": "Text.", "closed/b.txt": "Text."})
    (ordinary_user / "linked").symlink_to("a.txt")
    (ordinary_user / "nowhere").symlink_to("gone")
    os.mkfifo(ordinary_user / "pipe")
    (ordinary_user / "closed").chmod(0)
    there = {name: is_there(ordinary_user / name) for name in ("a.txt", "closed", "linked", "nowhere", "pipe", "gone")}
    assert there == {"a.txt": True, "closed": True, "linked": True, "nowhere": False, "pipe": False, "gone": False}
    assert not is_there(ordinary_user / "closed" / "b.txt")
    assert not is_there(ordinary_user / ("a" * 300))
    assert not is_there(ordinary_user / "a\0b")


def test_an_empty_folder_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    with pytest.raises(EmptySource, match=r"holds no file\. Put documents into it \(\.txt, \.text, "):
        load(tmp_path)


def test_a_folder_with_nothing_but_hidden_files_holds_no_file(tmp_path: Path) -> None:
    with pytest.raises(EmptySource, match="holds no file"):
        load(fill(tmp_path, {".DS_Store": "x", "Thumbs.db": "x"}))


def test_a_folder_without_a_document_says_why_the_first_file_was_not_read(tmp_path: Path) -> None:
    with pytest.raises(EmptySource, match=r"a\.mp3: files of the kind \.mp3 are not read \(and 2 more\)\."):
        load(fill(tmp_path, {"a.mp3": "A", "b.mp3": "B", "c.txt": ""}))
    assert EmptySource.exit_code == 1


def test_a_folder_without_a_document_says_what_is_wrong_with_most_of_its_files(tmp_path: Path) -> None:
    contents = {"a.dtd": "<!ELEMENT a ANY>", **{f"{it}.xml": "<a><b>We will not.</b></a>" for it in "bcd"}}
    with pytest.raises(
        EmptySource, match=r"b\.xml: XML needs a mapping .* \(and 3 more\)\. Map its elements in corpus"
    ) as raised:
        load(fill(tmp_path, contents))
    assert ".jsonl" not in str(raised.value), "this kind is read"


def test_where_nothing_was_read_the_kinds_that_can_be_are_listed_once(tmp_path: Path) -> None:
    for name in ("a.xyz", "b.doc"):
        folder = tmp_path / name[0]
        with pytest.raises(EmptySource) as raised:
            load(fill(folder, {name: "x"}))
        assert str(raised.value).count(".jsonl") == 1


def test_an_unreadable_single_file_says_why(tmp_path: Path) -> None:
    with pytest.raises(EmptySource, match=r"a\.txt: the file is binary data"):
        load(fill(tmp_path, {"a.txt": PNG}) / "a.txt")


def test_a_relative_source_is_tried_against_the_working_directory_and_then_the_repository(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root / "notebooks")
    assert load("seeds").ids == ["000_65dcf001ecf1b552"]
    monkeypatch.chdir(fill(tmp_path, {"seeds/mine.txt": "Text."}))
    assert load("seeds").ids == ["mine"]


def test_home_holds_the_notebooks_and_the_seeds(root: Path) -> None:
    assert home() == root
    assert (home() / "seeds").is_dir()


def test_a_tilde_is_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(fill(tmp_path, {"mine/a.txt": "Text."})))
    assert load("~/mine").ids == ["a"]
