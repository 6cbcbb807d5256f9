"""Files are written whole or not at all, and what is written comes back as it was."""

import csv
import errno
import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from research.errors import RunError
from research.outputs.folder.writing import (
    csv_text,
    frame_sha256,
    json_text,
    read_csv,
    read_frame,
    sha256_of,
    write_bytes,
    write_frame,
    write_text,
)

# What a text may begin with that a spreadsheet acts on, or that a reader of CSV could stumble over.
FIRST = ["", "=", "+", "-", "@", "\t", "\r", "\n", "'", "''", "'=", '"', ",", "\ufeff"]
ANY_TEXT = st.builds("".join, st.tuples(st.sampled_from(FIRST), st.text(st.characters(exclude_categories=["Cs"]))))
thorough = settings(deadline=None, database=None)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "tables" / "old.csv"
    write_text(path, "as it was\n")
    return path


def holds_only(folder: Path, name: str) -> bool:
    return [path.name for path in folder.iterdir()] == [name]


def test_a_file_is_written_with_the_folders_above_it(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "er" / "file.txt"
    write_text(path, "ü\r\n")
    assert path.read_bytes() == b"\xc3\xbc\r\n"
    assert holds_only(path.parent, "file.txt")


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_full_disk_leaves_the_old_file_and_no_other(old: Path, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, step, full)
    with pytest.raises(RunError, match=r"old\.csv cannot be written \(No space left on device\)"):
        write_text(old, "half of")
    assert old.read_text(encoding="utf-8") == "as it was\n"
    assert holds_only(old.parent, "old.csv")


def test_a_process_that_may_write_no_more_leaves_the_old_file_and_no_other(old: Path) -> None:
    script = (
        "import resource, sys; from pathlib import Path; from research.errors import RunError\n"
        "from research.outputs.folder.writing import write_text\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try: write_text(Path(sys.argv[1]), 'x' * 5000)\n"
        "except RunError as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-B", "-c", script, old], capture_output=True, text=True, check=True)
    assert "old.csv cannot be written (File too large). Free some space" in done.stdout
    assert old.read_text(encoding="utf-8") == "as it was\n"
    assert holds_only(old.parent, "old.csv")


def test_a_file_that_stands_where_a_folder_must_be_is_refused_and_stays(old: Path) -> None:
    with pytest.raises(RunError, match="cannot be written"):
        write_bytes(old / "new.csv", b"new")
    assert old.read_text(encoding="utf-8") == "as it was\n"


def test_an_interrupt_in_the_middle_leaves_no_file_behind(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_text(old, "half of")
    assert holds_only(old.parent, "old.csv")


def test_json_has_one_form() -> None:
    assert json_text([{"b": 1, "a": "Zürich"}]) == '[\n {\n  "b": 1,\n  "a": "Zürich"\n }\n]\n'


def test_a_number_that_json_does_not_know_is_refused() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        json_text([float("nan")])


def test_csv_has_one_form(tmp_path: Path) -> None:
    frame = pd.DataFrame({"word": ["oil", None, "=1+1"], "n": [1, 20, -3], "share": [0.1 + 0.2, None, 2.0]})
    write_frame(tmp_path / "table.csv", frame)
    written = (tmp_path / "table.csv").read_text(encoding="utf-8")
    assert written == ('"word","n","share"\n"oil",1,0.30000000000000004\n"",20,""\n"\'=1+1",-3,2.0\n')


@thorough
@given(rows=st.lists(st.tuples(ANY_TEXT, ANY_TEXT), min_size=1))
def test_any_text_comes_back_from_csv(rows: list[tuple[str, str]], tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    write_text(path, csv_text(["a", "b"], rows))
    assert [(row["a"], row["b"]) for row in read_csv(path)] == rows


@thorough
@given(rows=st.lists(st.tuples(ANY_TEXT, ANY_TEXT), min_size=1))
def test_no_cell_starts_a_formula(rows: list[tuple[str, str]]) -> None:
    cells = [cell for row in csv.reader(io.StringIO(csv_text(["a", "b"], rows), newline="")) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]


def test_no_cell_starts_with_the_wide_form_of_a_sign(tmp_path: Path) -> None:
    cells = [f"{sign}1+1" for sign in "\uff1d\uff0b\uff0d\uff20"]
    write_text(tmp_path / "wide.csv", csv_text("abcd", [cells]))
    assert "".join(line[:2] for line in (tmp_path / "wide.csv").read_text().splitlines()[1].split(",")) == "\"'" * 4
    assert [list(row.values()) for row in read_csv(tmp_path / "wide.csv")] == [cells]


BLANKS = ["", " ", "  ", "\u00a0", "\u2009", "\u3000", "\u200b", "\t", "\n", "\x0b", "\u200e", " \t", "'"]


@pytest.mark.libreoffice
@pytest.mark.parametrize("options", ["", ",false,true,false,false,false,-1,true", ",false,true,false,true"])
def test_no_cell_is_a_formula_in_libreoffice_whatever_blanks_it_begins_with(options: str, tmp_path: Path) -> None:
    """As it opens a CSV file by itself; told to evaluate formulas; and told to trim blanks."""
    rows = [[f"{blank}{sign}1+1" for sign in ("=", "+", "-", "@", "\uff1d")] for blank in BLANKS]
    write_text(tmp_path / "table.csv", csv_text("abcde", rows) + '"=6*7","","","",""\n')
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += [f"--infilter=CSV:44,34,76,1,,0{options}", "--convert-to", "fods", "--outdir", str(tmp_path)]
    subprocess.run([*map(str, command), tmp_path / "table.csv"], check=True, capture_output=True)
    sheet = (tmp_path / "table.fods").read_text(encoding="utf-8")
    assert re.findall(r'table:formula="([^"]*)"', sheet) == ["of:=6*7"], "the last one is, and no other"


@thorough
@given(rows=st.lists(st.tuples(ANY_TEXT, st.integers(-(2**53), 2**53), st.floats(allow_nan=False)), min_size=1))
def test_numbers_come_back_as_the_same_numbers(
    rows: list[tuple[str, int, float]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    frame = pd.DataFrame(rows, columns=["word", "n", "share"])
    path = tmp_path_factory.getbasetemp() / "numbers.csv"
    write_frame(path, frame)
    back = read_frame(path)
    assert back["n"].tolist() == frame["n"].tolist()
    assert back["share"].tolist() == frame["share"].tolist()


def test_a_text_that_looks_like_a_number_stays_a_text(tmp_path: Path) -> None:
    frame = pd.DataFrame({"doc_id": ["001", "1e5", "002"], "words": [12, 7, 5]})
    write_frame(tmp_path / "table.csv", frame)
    pd.testing.assert_frame_equal(read_frame(tmp_path / "table.csv"), frame)


def test_an_empty_table_keeps_its_columns(tmp_path: Path) -> None:
    write_frame(tmp_path / "table.csv", pd.DataFrame(columns=["term", "count"]))
    assert list(read_frame(tmp_path / "table.csv").columns) == ["term", "count"]


@pytest.mark.parametrize(
    "damaged",
    ['"a","b"\n"1"\n', '"a","b"\n"1","2","3"\n', '"a","b"\nx\ry,2\n', '"a","b"\n"1","2'],
    ids=["a cell too few", "a cell too many", "a stray line end", "a quotation mark that never closes"],
)
def test_damaged_csv_is_a_value_error(damaged: str, tmp_path: Path) -> None:
    (tmp_path / "damaged.csv").write_text(damaged, encoding="utf-8", newline="")
    with pytest.raises(ValueError, match="damaged"):
        list(read_csv(tmp_path / "damaged.csv"))


def test_rows_of_one_beginning_are_read_and_nothing_behind_them(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    write_text(path, csv_text(["key", "word"], [("a", "oil"), ("=b", "gas"), ("=b", "\n"), ("c", "coal")]) + '"d"\n')
    assert [row["word"] for row in read_csv(path, "=b")] == ["gas", "\n"]
    with pytest.raises(ValueError, match="damaged"):
        list(read_csv(path, "c"))


def test_a_digest_is_that_of_the_bytes(tmp_path: Path) -> None:
    write_bytes(tmp_path / "file", b"abc")
    assert sha256_of(tmp_path / "file") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_the_digest_of_a_table_is_that_of_its_file(tmp_path: Path) -> None:
    frame = pd.DataFrame({"name": ["=1", "a\nb", None], "n": [1.5, 2.0, float("nan")]})
    write_frame(tmp_path / "t.csv", frame)
    assert frame_sha256(frame) == sha256_of(tmp_path / "t.csv")


def test_of_a_table_some_columns_can_be_read(tmp_path: Path) -> None:
    frame = pd.DataFrame({"term": ["a", "b"], "count": [1.5, 2], "said": ["x", None]})
    write_frame(tmp_path / "table.csv", frame)
    some = read_frame(tmp_path / "table.csv", {"count", "term"})
    pd.testing.assert_frame_equal(some, read_frame(tmp_path / "table.csv")[["term", "count"]])
