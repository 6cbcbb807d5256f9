"""Copies are found once, and again when reading changes."""

import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from research.loading import Document, duplicates, load
from research.loading.duplicates import Duplicates
from research.nlp import copies as subject
from research.nlp import versions


def test_copies_are_looked_for_again_when_reading_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESEARCH_CACHE", str(tmp_path / "cache"))
    (tmp_path / "texts").mkdir()
    for name in "ab":
        (tmp_path / "texts" / f"{name}.txt").write_text(f"Text {name}.", encoding="utf-8")
    corpus = load(tmp_path / "texts")
    asked: list[int] = []
    looked = duplicates.find

    def counting(documents: Iterable[Document]) -> Duplicates:
        asked.append(1)
        return looked(documents)

    monkeypatch.setattr(duplicates, "find", counting)
    assert subject.copies_in(corpus) == subject.copies_in(corpus) == {}
    assert len(asked) == 1
    (tmp_path / "texts" / "judgements.csv").write_text(JUDGED, encoding="utf-8")
    (tmp_path / "texts" / "speakers.csv").write_text("name\nAda Okell\n", encoding="utf-8")
    subject.copies_in(load(tmp_path / "texts"))
    assert len(asked) == 1, "only documents are compared"
    monkeypatch.setattr(subject, "reading_version", lambda: "another")
    subject.copies_in(corpus)
    assert len(asked) == 2


JUDGED = "document,sha256,start,end,exact,prefix,suffix,judged,model,verdict\na,ab,0,4,Text,,,sentence,,right\n"


@pytest.mark.parametrize("name", ["cleaning.py", "dates.py", "duplicates.py", "readers.py"])
def test_the_version_of_reading_changes_with_every_file_of_its_room(tmp_path: Path, name: str) -> None:
    before = versions.digest(["loading"])
    room = tmp_path / "loading"
    shutil.copytree(versions.PACKAGE / "loading", room, ignore=shutil.ignore_patterns("__pycache__"))
    assert versions.digest(["loading"], tmp_path) == before
    (room / name).write_bytes((room / name).read_bytes() + b"\n")
    assert versions.digest(["loading"], tmp_path) != before
