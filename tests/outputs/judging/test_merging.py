"""Judgements are merged by coder and place: only the coder's own rows are replaced, and git merges two files."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from research.analysis.judging.items import Item
from research.errors import RunError, SourceError
from research.loading.judgements import NAME, Judgement, merged, read_judgements, written
from research.outputs.judging.merging import Merged, merge_into
from research.outputs.judging.reading import Judged, read_sheet
from tests.outputs.judging.conftest import Cells, answered, of, saved

Rows = list[Judgement]


def judged(rows: list[Cells], coder: str = "anna") -> list[Judged]:
    reading = read_sheet("a.csv", saved(rows), coder)
    assert not reading.problems
    return reading.judged


def kept(path: Path) -> Rows:
    return list(read_judgements(path.read_bytes()).entries)


def test_a_sheet_becomes_a_file_and_a_second_time_nothing_changes(rows: list[Cells], tmp_path: Path) -> None:
    path = tmp_path / NAME
    assert merge_into(path, judged(answered(rows))) == Merged(new=11, anew=0, same=0)
    data = path.read_bytes()
    assert merge_into(path, judged(answered(rows)[::-1])) == Merged(new=0, anew=0, same=11)
    assert path.read_bytes() == data
    assert sum(it.judged == "sentence" for it in kept(path)) == 11


def test_the_same_coder_replaces_all_that_was_said_about_a_sentence(rows: list[Cells], tmp_path: Path) -> None:
    path, rows = tmp_path / NAME, answered(rows)
    of(rows, "The pier is old").update({"right": "no", "missed words": "is old", "whose": "-"})
    merge_into(path, judged(rows))
    assert [it.exact for it in kept(path) if it.judged == "missed"] == ["is old"]
    of(rows, "The pier is old").update({"right": "yes", "missed words": "", "whose": ""})
    assert merge_into(path, judged(rows)) == Merged(new=0, anew=1, same=10)
    assert not [it for it in kept(path) if it.judged == "missed"]


def test_rows_of_another_coder_and_rows_that_are_not_understood_stay(rows: list[Cells], tmp_path: Path) -> None:
    path = tmp_path / NAME
    merge_into(path, judged(answered(rows, "no")[:0] + answered(rows), "ben"))
    before = kept(path)
    path.write_text(path.read_text("utf-8") + "harbour,,x,9,words,,,sentence,,right,,,,ben,,,\n", encoding="utf-8")
    wrong = [row | {"right": "no"} if row["found"] == "statement" else row for row in answered(rows)]
    merge_into(path, judged(wrong, "anna"))
    read = read_judgements(path.read_bytes())
    assert [it for it in read.entries if it.coder == "ben"] == before
    assert len(read.unread) == 1
    assert {it.coder for it in read.entries} == {"anna", "ben"}


def test_a_column_that_a_coder_added_stays(rows: list[Cells], tmp_path: Path) -> None:
    path = tmp_path / NAME
    merge_into(path, judged(answered(rows)))
    entries = [replace(it, further={"remark": "ask Ben"}) for it in kept(path)]
    path.write_text(written(entries), encoding="utf-8")
    assert {it.further["remark"] for it in kept(path)} == {"ask Ben"}
    no = [row | {"right": "no"} if row["found"] != "nothing" else row for row in answered(rows)]
    merge_into(path, judged(no))
    assert {it.further["remark"] for it in kept(path)} == {"ask Ben"}


def test_a_file_that_is_no_table_of_judgements_is_left_alone(rows: list[Cells], tmp_path: Path) -> None:
    (tmp_path / NAME).write_text("title,text\nA,B\n", encoding="utf-8")
    with pytest.raises(SourceError, match="has no column"):
        merge_into(tmp_path / NAME, judged(answered(rows)))
    assert (tmp_path / NAME).read_text("utf-8") == "title,text\nA,B\n"


def test_the_file_is_written_whole_or_not_at_all(
    rows: list[Cells], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / NAME
    merge_into(path, judged(answered(rows[:4])))
    data = path.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("research.outputs.folder.writing.os.fsync", full)
    with pytest.raises(RunError, match=r"judgements\.csv cannot be written \(No space left on device\)"):
        merge_into(path, judged(answered(rows)))
    assert path.read_bytes() == data
    assert [it.name for it in tmp_path.iterdir()] == [NAME]


# --- git ---


def files(tmp_path: Path, base: Rows, ours: Rows, theirs: Rows) -> list[Path]:
    paths = [tmp_path / f"{name}.csv" for name in ("ours", "base", "theirs")]
    for path, rows in zip(paths, (ours, base, theirs), strict=True):
        path.write_text(written(rows), encoding="utf-8")
    return paths


def merge(paths: list[Path], *options: str) -> tuple[int, str]:
    done = subprocess.run(
        ["git", "merge-file", "-p", *options, *map(str, paths)], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout


def rows_by(coder: str, rows: list[Cells], *documents: str) -> Rows:
    its = judged([row for row in answered(rows) if row["document"] in documents], coder)
    return merged([row for it in its for row in it.rows])


def test_git_merges_coders_who_judged_other_documents(rows: list[Cells], tmp_path: Path) -> None:
    base = rows_by("agreed", rows, "harbour", "letters/reply", "strike")
    ours, theirs = rows_by("anna", rows, "harbour"), rows_by("ben", rows, "strike")
    code, text = merge(files(tmp_path, base, [*base, *ours], [*base, *theirs]))
    assert code == 0, "no conflict"
    assert not read_judgements(text.encode()).problems
    assert text == written([*base, *ours, *theirs]), "in the one order"


def test_git_joins_coders_who_judged_the_same_sentences(rows: list[Cells], tmp_path: Path) -> None:
    documents = ("harbour", "letters/reply", "strike")
    ours, theirs = rows_by("anna", rows, *documents), rows_by("ben", rows, *documents)
    paths = files(tmp_path, [], ours, theirs)
    code, conflict = merge(paths)
    assert code > 0, "both added rows at one place"
    code, union = merge(paths, "--union")
    assert code == 0
    for text in (union, conflict):
        entries = read_judgements(text.encode()).entries
        assert sorted(map(str, entries)) == sorted(map(str, [*ours, *theirs]))
    marks = read_judgements(conflict.encode()).problems
    assert len(marks) == 3, "the marks of the conflict, each with its line"
    assert all("a merge of two versions left this mark. Compare the rows around it" in it for it in marks)
    assert not read_judgements(union.encode()).problems


def test_two_files_one_below_the_other_are_both_read(rows: list[Cells], tmp_path: Path, sample: list[Item]) -> None:
    ours, theirs = rows_by("anna", rows, "harbour"), rows_by("ben", rows, "harbour", "strike")
    joined = f"{written(ours)}\n\n{written(theirs)}\n"
    (tmp_path / NAME).write_text(joined, encoding="utf-8")
    assert sorted(map(str, kept(tmp_path / NAME))) == sorted(map(str, [*ours, *theirs]))
    merge_into(tmp_path / NAME, judged(answered(rows), "ben"))
    assert len([it for it in kept(tmp_path / NAME) if it.judged == "sentence"]) == 4 + len(sample)


def test_rows_about_texts_of_several_lines_are_not_mixed(rows: list[Cells], tmp_path: Path) -> None:
    first = rows_by("anna", rows, "harbour")[0]
    text = "The harbour\nstays open for good\r\nall ships."
    ours = [replace(first, start=number * 100, end=number * 100 + len(text), exact=text) for number in range(5)]
    theirs = [replace(it, coder="ben") for it in ours]
    _, union = merge(files(tmp_path, [], ours, theirs), "--union")
    read = read_judgements(union.encode())
    assert (read.problems, len(read.entries)) == ((), 10)
    assert {it.exact for it in read.entries} == {text}
