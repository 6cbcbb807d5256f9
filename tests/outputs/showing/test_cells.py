"""A value is written in one way wherever people read it."""

import doctest
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from lxml import html

from research import load
from research.outputs.citing.why import explain
from research.outputs.folder.run_folder import RunFolder
from research.outputs.showing import cells, display
from research.outputs.study import open_study
from tests.planted import report_again


def test_the_examples_hold() -> None:
    assert doctest.testmod(cells).failed == 0


@pytest.mark.parametrize(
    ("value", "name", "written"),
    [
        (1234567, "words", "1,234,567"),
        (np.int64(1234), "words", "1,234"),
        (np.float64(1234.5678), "rate", "1,234.57"),
        (0.8, "confidence", "0.80"),
        (0.0, "dp", "0.00"),
        (0.000042, "dp", "0.000042"),
        (-0.05, "change", "-0.050"),
        (0.27027, "share", "27%"),
        (1, "share", "100%"),
        (float("nan"), "words", "–"),
        (float("inf"), "words", "–"),
        (None, "date", "–"),
        ("", "date", "–"),
        ("12 words\nof  text", "content", "12 words of text"),
        ("first […] then", "content", "first […] then"),
        ("ab" * 400, "content", "ab" * 300 + "…"),
        ("0123456789abcdef", "sha256", "01234567…"),
        (np.True_, "known", "yes"),
        (False, "known", "no"),
    ],
)
def test_a_value_is_written_so_that_it_can_be_read(value: object, name: str, written: str) -> None:
    assert cells.shown(value, name) == written


def test_a_count_that_is_missing_once_makes_no_decimals() -> None:
    ((column,), _) = cells.columns(["words"], [[1200.0], [None], [float("nan")], [3.0]])
    assert column == cells.Column("words", ["1,200", "–", "–", "3"], right=True)
    ((column,), _) = cells.columns(["mean"], [[12.0], [3.5]])
    assert column.cells == ["12.00", "3.50"], "a column has one way to write its numbers"


def test_how_a_column_is_written_is_decided_by_all_of_its_rows_also_where_a_few_are_shown() -> None:
    rows: list[list[object]] = [[1.0, None, 2.0], [2.0, None, 3.0], [2.5, 7.0, "none"]]
    columns, total = cells.columns(["mean", "late", "mixed"], rows, 2)
    assert (columns, total) == (
        [
            cells.Column("mean", ["1.00", "2.00"], right=True),
            cells.Column("late", ["–", "–"], right=True),
            cells.Column("mixed", ["2", "3"], right=False),
        ],
        3,
    )
    assert cells.columns_of(pd.DataFrame(rows, columns=["mean", "late", "mixed"]), 2) == columns
    assert cells.columns(["mean"], [[1.0], [2.0]], 1) == ([cells.Column("mean", ["1"], right=True)], 2)


def test_numbers_stand_at_the_right_and_texts_at_the_left_as_does_a_column_with_nothing_in_it() -> None:
    sides = [it.side for it in cells.columns(["n", "year", "left", "none"], [[1, "2021", "before ", None]])[0]]
    assert sides == ["right", "left", "right", "left"]


def test_the_address_of_a_row_is_short_and_comes_last() -> None:
    columns, _ = cells.columns(["word", "address"], [["harbour", "language.terms#r0123456789"]])
    assert [(it.name, it.cells) for it in columns] == [("word", ["harbour"]), ("address", ["#r0123456789"])]
    assert [it.name for it in cells.columns(["word", "address"], [])[0]] == ["word", "address"]


def test_a_table_of_text_has_its_numbers_one_below_the_other() -> None:
    assert cells.lines(cells.columns(["word", "count"], [["harbour", 1200], ["dock", 7]])[0]) == [
        "word     count",
        "harbour  1,200",
        "dock         7",
    ]


def test_report_notebook_and_screen_write_a_table_alike(dispatches: Path, tmp_path: Path) -> None:
    """Also where the row that decides how a column is written comes after those that are shown."""
    shares = [0.99942, 0.00058] * 15
    frame = pd.DataFrame(
        {"speaker": "a", "words": [12000, 7] * 15, "share": shares, "mean": [1.0, 2.0] * 15, "kept": "x"}
    )
    frame.loc[29, "mean"] = 2.34567
    study = open_study("corpus", dispatches, tmp_path / "run")
    read = ["speaker", "words", "share", "mean"]
    study.table("speakers", frame, caption="Who", shown=read)
    study.close()
    folder = RunFolder(tmp_path / "run")
    report_again(folder, load(dispatches))

    written = [["12,000", "100%", "1.00"], ["7", "0.058%", "2.00"]]
    page = html.fromstring((folder.path / "report.html").read_text(encoding="utf-8"))
    (table,) = page.xpath("//details[@id='tables/corpus.speakers']//table")
    assert table.xpath(".//th/text()") == [*read, "address"], "as in the notebook, without what is for programs"
    assert [[cell.text for cell in row.xpath("./td")][1:-1] for row in table.xpath(".//tbody/tr")][:2] == written
    (summary,) = page.xpath("//details[@id='tables/corpus.speakers']/summary")
    assert summary.text_content() == "Who corpus.speakers, 30 rows"

    shown = html.fromstring(display.table(frame[read], "Who")["text/html"])
    assert [[cell.text for cell in row.xpath("./td")][1:] for row in shown.xpath(".//tbody/tr")][:2] == written
    screen = "\n".join(explain(folder, "tables/corpus.speakers").lines())
    assert [line.split()[1:-1] for line in screen.splitlines() if line.startswith("  a ")][:2] == written
