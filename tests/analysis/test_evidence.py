"""Passages are exact, complete, and read again on every pass."""

import re
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from research.analysis.evidence import Evidence, Passage, Passages, joined, passage
from research.analysis.recount import recount
from research.errors import ResearchError
from research.loading import Document, Origin, Span
from tests.analysis.conftest import finding, place

DOCUMENT = Document(
    "a", "date 2024-05-01 " + "x" * 40 + "TERM" + "y" * 40, Span(16, 100), Origin("a.txt", "f" * 64, "utf-8")
)


@pytest.mark.parametrize(
    ("span", "prefix", "suffix"),
    [
        (Span(56, 60), "x" * 32, "y" * 32),
        (Span(0, 4), "", " 2024-05-01 " + "x" * 20),
        (Span(98, 100), "y" * 32, ""),
        (Span(0, 100), "", ""),
        (Span(20, 20), "date 2024-05-01 xxxx", "x" * 32),
    ],
)
def test_a_passage_has_its_context_as_far_as_the_text_goes(span: Span, prefix: str, suffix: str) -> None:
    row = passage(DOCUMENT, span)
    assert (row.prefix, row.suffix) == (prefix, suffix)
    assert row == ("counted", "a", "f" * 64, *span, DOCUMENT.text[slice(*span)], prefix, suffix)


TEXT = st.text(st.characters(exclude_categories=["Cs"]))
ROWS = st.lists(
    st.builds(Passage, st.sampled_from(["counted", "base"]), *[TEXT] * 2, *[st.integers(0, 9)] * 2, *[TEXT] * 3)
)


@settings(deadline=None, database=None)
@given(ROWS)
def test_passages_that_are_kept_come_back_as_they_were_each_time(rows: list[Passage]) -> None:
    kept = Passages()
    kept.add(*rows[:2])
    kept.add(*rows[2:])
    assert list(kept) == list(kept) == rows
    assert (len(kept), bool(kept)) == (len(rows), bool(rows))
    assert kept == rows
    assert list(joined(kept.where(lambda row: row.start > 4), kept.counted_as("base"))) == [
        *(row for row in rows if row.start > 4),
        *(row._replace(role="base") for row in rows),
    ]
    assert list(kept.marked([at % 2 for at in range(len(rows))])) == rows[1::2]


def test_evidence_is_gone_through_from_the_beginning_each_time() -> None:
    begun: list[int] = []
    rows = [place(start=at) for at in range(5)]

    def read() -> Iterator[Passage]:
        begun.append(1)
        return iter(rows)

    evidence = Evidence(read)
    assert evidence[3] == rows[3]
    assert evidence[1:3] == tuple(rows[1:3])
    assert evidence[-1] == rows[-1]
    assert len(begun) == 3
    with pytest.raises(IndexError):
        evidence[5]
    assert evidence != rows[:4]


def test_marked_passages_are_counted_by_their_marks() -> None:
    rows = [place(), place(), place()]
    read: list[int] = []

    def all_rows() -> Iterator[Passage]:
        read.append(1)
        yield from rows

    marked = Evidence(all_rows).marked([True, False, True]).counted_as("base")
    assert len(marked) == 2
    assert not read, "counting them takes no pass"
    assert len(list(marked)) == 2


def test_a_finding_is_the_same_wherever_its_evidence_lies() -> None:
    kept = Passages()
    kept.add(*finding().evidence)
    other = replace(finding(), evidence=kept)
    assert other == finding()
    assert (other.version, recount(other)) == (finding().version, recount(finding()))
    kept.add(place(start=99))
    changed = replace(finding(), evidence=kept)
    assert changed.version != finding().version


def test_many_passages_are_not_held_in_memory() -> None:
    """Thirty thousand passages of half a kilobyte would take some twenty megabytes."""
    kept = Passages()
    tracemalloc.start()
    try:
        for at in range(30_000):
            kept.add(Passage("counted", f"d{at}", "0" * 64, at, at + 1, f"{at:300}", "y" * 32, "z" * 32))
        assert sum(row.start for row in kept.counted_as("base")) == sum(range(30_000))
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


def test_passages_that_do_not_fit_on_the_disk_are_said_to_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SQLITE_TMPDIR", str(tmp_path))
    kept = Passages()
    kept._rows.execute("pragma max_page_count = 10")  # of 4,096 bytes each
    said = rf"do not fit into the temporary files in {re.escape(str(tmp_path))} \(.*full\)\. Free some space there"
    with pytest.raises(ResearchError, match=said):
        kept.add(*(place(start=at) for at in range(1_000)))


def test_passages_last_as_long_as_somebody_reads_them() -> None:
    def two() -> Passages:
        kept = Passages()
        kept.add(place(start=1), place(start=2))
        return kept

    assert [row.start for row in two()] == [1, 2]
    assert [row.role for row in two().counted_as("base").where(lambda row: row.start > 1)] == ["base"]


def test_evidence_is_compared_by_what_is_in_it() -> None:
    kept = Passages()
    kept.add(place(start=1), place(start=2))
    assert kept == (place(start=1), place(start=2))
    assert kept != (place(start=1),)
    assert kept != (place(start=1), place(start=2), place(start=3))
