"""Of a table with a million bad rows the first are listed, and the others are counted."""

from __future__ import annotations

import json
from copy import copy
from pathlib import Path

from research.analysis.corpus.tables import left_out
from research.analysis.corpus.tables import reasons as table_of_reasons
from research.loading.listing import MOST_LISTED
from research.outputs.folder.collection import collection_block
from tests.loading.test_archives import zipped
from tests.loading.test_tables import loaded


def test_of_very_many_bad_rows_the_first_are_listed_and_none_is_uncounted(tmp_path: Path) -> None:
    rows = ["text,date", "One.,2031-05-12", *["a,b,c"] * 5_000, *[","] * 3_000, "Two.,2031-05-13"]
    corpus = loaded(tmp_path, ".csv", "\n".join(rows).encode())
    assert [it.text for it in corpus][:2] == ["One.", "Two."]
    assert len(corpus.rejected) == MOST_LISTED + 2
    many, empty = (it for it in corpus.rejected if it.times > 1)
    assert (many.file, many.times) == ("news.csv#102", 4_900)
    assert copy(many).times == many.times
    assert many.reason == ("the row has 3 cells, and the table has 2 columns (and 4,899 more, the last of them 5001)")
    assert (empty.file, empty.times) == ("news.csv#5002", 3_000)
    assert corpus.unread == collection_block(corpus)["rejected"] == 8_000
    assert left_out(corpus.rejected) == ["8,000 rows of tables were rejected"]
    assert table_of_reasons(corpus.rejected)["parts"].to_list() == [5_000, 3_000]


def test_rows_whose_reasons_all_differ_make_no_long_list(tmp_path: Path) -> None:
    lines = [json.dumps({f"name{'x' * n}": "One."}) for n in range(1_000)]
    corpus = loaded(tmp_path, ".jsonl", "\n".join(lines).encode())
    assert len(corpus.rejected) < MOST_LISTED + 30
    assert corpus.unread == 1_000


def test_the_bad_rows_of_one_file_hide_none_of_another(tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text("text,date\na,b,c\n")
    corpus = loaded(tmp_path, ".csv", "\n".join(["text,date", *["a,b,c"] * (MOST_LISTED + 1)]).encode())
    assert len(corpus.rejected) == MOST_LISTED + 2
    assert "other.csv#1" in {it.file for it in corpus.rejected}
    assert {it.times for it in corpus.rejected} == {1}


def test_the_bad_rows_of_a_table_in_an_archive_are_counted_as_well(tmp_path: Path) -> None:
    rows = ["text,date", "One.,2031-05-12", *["a,b,c"] * 300]
    corpus = loaded(tmp_path, ".zip", zipped({"wire.csv": "\n".join(rows).encode()}))
    assert len(corpus.rejected) == MOST_LISTED + 1
    assert corpus.unread == 300
