"""A seeded piece of the harness in ``mutations``: no damaged file ends a run, is lost, or costs too much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from research.loading.files import Input
from research.loading.readers import READERS
from research.loading.records import Record
from tests.loading import mutations
from tests.loading.mutations import TooCostly, read, read_as_corpus, try_all, valid_files


def test_mutated_files_keep_the_law() -> None:
    tallies, wrong = try_all(range(400), seed=2031)
    assert wrong == []
    assert sum(it.tried for it in tallies.values()) == 400
    rejected: Counter[object] = Counter()  # .txt and .text are one reader's
    for suffix, it in tallies.items():
        rejected[READERS[suffix].read if suffix in READERS else suffix] += it.rejected
    assert all(rejected.values()), "the changes do damage"
    assert sum(it.read for it in tallies.values()) > 100, "and leave something to read"


@pytest.mark.parametrize("name", valid_files())
def test_the_files_that_are_mutated_are_valid(name: str) -> None:
    outcome = read(name, valid_files()[name])
    assert (outcome.rejected, outcome.wrong) == (0, None)
    assert outcome.documents
    assert read_as_corpus(name, valid_files()[name]) is None


def _raising(file: Input) -> Iterator[Record]:
    if file.path:
        raise KeyError("odd")
    yield Record("", "")


def _endless(file: Input) -> Iterator[Record]:
    while file.path:
        len("")
    yield Record("", "")


def _silent(file: Input) -> Iterator[Record]:
    yield from (Record("Text.", "", row=1) for _ in range(2))


@pytest.mark.parametrize(
    ("reader", "wrong"),
    [(_raising, "reading the file failed"), (_endless, "too many calls"), (_silent, "two documents of one id")],
)
def test_the_harness_sees_what_is_wrong(reader: object, wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    changed = {**READERS, ".csv": READERS[".csv"]._replace(read=reader)}  # type: ignore[arg-type]
    monkeypatch.setattr("research.loading.readers.READERS", changed)
    monkeypatch.setattr(mutations, "CALLS", 100_000)
    assert wrong in (read("a.csv", b"text\nOne.\n").wrong or "")
    assert issubclass(TooCostly, BaseException)
