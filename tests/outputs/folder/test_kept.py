"""A kept part is used for what it was made from, and for nothing else."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from research.loading import Document, Span
from research.loading.documents import Origin
from research.nlp.cache import Cache
from research.outputs.folder import kept
from research.outputs.folder.kept import KeptParts

TEXT = "The ferry to Ossel leaves at nine."
DOCUMENT = Document("ferry", TEXT, Span(0, len(TEXT)), Origin("ferry.txt", "ab" * 32, "utf-8"))


class Parts:
    """Parts of one kind, and how often one was made."""

    def __init__(self, path: Path) -> None:
        self.path, self.made = path, 0

    def of(self, document: Document = DOCUMENT, rests_on: Any = (1, "a"), kind: str = "pages") -> list[Any]:
        with Cache(self.path) as cache:
            return list(KeptParts(cache, kind, ["numpy"]).of(document, rests_on, self._make))

    def _make(self) -> Iterator[list[int | str]]:
        self.made += 1
        yield ["a \ud800 part", 1]
        yield ["another", 2]


@pytest.fixture
def parts(tmp_path: Path) -> Parts:
    return Parts(tmp_path / "cache.sqlite")


def test_a_part_is_made_once(parts: Parts) -> None:
    assert parts.of() == parts.of() == [["a \ud800 part", 1], ["another", 2]]
    assert parts.made == 1


@pytest.mark.parametrize(
    "other",
    [
        {"document": replace(DOCUMENT, text=TEXT.replace("nine", "nun."))},
        {"document": replace(DOCUMENT, id="boat")},
        {"document": replace(DOCUMENT, body=Span(4, len(TEXT)))},
        {"rests_on": (1, "b")},
        {"kind": "contexts"},
    ],
)
def test_a_part_of_anything_else_is_made(parts: Parts, other: dict[str, Any]) -> None:
    parts.of()
    parts.of(**other)
    assert parts.made == 2


def test_a_part_of_other_code_or_another_library_is_made(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    parts.of()
    monkeypatch.setattr(kept, "code_digest", lambda: "another")
    parts.of()
    assert parts.made == 2
    monkeypatch.setattr("research.nlp.versions.metadata.version", lambda _: "0.9")
    parts.of()
    assert parts.made == 3


def test_only_the_last_part_of_a_document_is_kept(parts: Parts) -> None:
    for number in range(5):
        parts.of(rests_on=number)
    with closing(sqlite3.connect(parts.path)) as connection:
        assert connection.execute("select count(*) from annotations").fetchall() == [(1,)]


@pytest.mark.parametrize("damaged", [None, [], ["digest"], {"a": 1}, ["digest", "no list"]])
def test_a_damaged_part_is_made_again(parts: Parts, damaged: Any) -> None:
    parts.of()
    with Cache(parts.path) as cache:
        cache.put(DOCUMENT.digest, "part pages", damaged)
    assert parts.of()[1] == ["another", 2]
    assert parts.made == 2


def test_nothing_is_kept_of_a_very_long_document(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_LARGEST", 10)
    assert parts.of() == parts.of()
    assert parts.made == 2
