"""Tables made of rows, and the rows of each document of a table."""

import weakref
from collections.abc import Iterator

import pandas as pd
import pytest

from research.analysis.rows import ByDocument, table_of

ROWS = [("vell", 1, "a harbour"), ("kest", None, "a harbour"), ("vell", 2.5, None)]


class Row(list[int]):
    """A row that can be watched."""


def copy_of(text: str) -> str:
    return "".join(list(text))


def test_a_table_is_that_of_its_rows() -> None:
    made = table_of(iter(ROWS), ["speaker", "number", "text"])
    pd.testing.assert_frame_equal(made, pd.DataFrame(ROWS, columns=["speaker", "number", "text"], dtype=object))


def test_a_table_without_rows_has_its_columns() -> None:
    pd.testing.assert_frame_equal(table_of([], ["doc_id"]), pd.DataFrame([], columns=["doc_id"], dtype=object))


def test_values_stay_as_they_are() -> None:
    [value] = table_of([((1, 2),)], ["spans"])["spans"]
    assert value == (1, 2)


def test_equal_texts_are_one_text() -> None:
    made = table_of(((copy_of("Doran Vell"), copy_of("Doran Vell")) for _ in range(2)), ["speaker", "source"])
    assert len({id(text) for column in made for text in made[column]}) == 1


def test_rows_are_taken_one_by_one() -> None:
    rows: list[weakref.ref[Row]] = []

    def made() -> Iterator[Row]:
        for number in range(5):
            assert sum(1 for it in rows if it() is not None) <= 1, "the rows before are gone"
            row = Row([number])
            rows.append(weakref.ref(row))
            yield row
            del row

    assert table_of(made(), ["n"])["n"].tolist() == [*range(5)]


def test_a_row_with_too_few_values_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        table_of([("a",)], ["doc_id", "start"])


def test_each_document_has_its_rows() -> None:
    table = pd.DataFrame({"doc_id": ["a", "a", "c"], "start": [4, 9, 2]})
    rows = ByDocument(table)
    assert {name: rows[name]["start"].tolist() for name in "abc"} == {"a": [4, 9], "b": [], "c": [2]}
    assert ("a" in rows, "b" in rows) == (True, False)


def test_a_table_without_rows_has_none_for_any_document() -> None:
    rows = ByDocument(pd.DataFrame({"doc_id": [], "start": []}))
    assert "a" not in rows
    assert rows["a"].empty


# --- columns on disk ---


@pytest.fixture
def on_disk(monkeypatch: pytest.MonkeyPatch) -> pd.DataFrame:
    """A table whose texts are on disk from the third row on, moved there together with those before."""
    monkeypatch.setattr("research.analysis.rows.IN_MEMORY", 2)
    rows = [("vell", "a harbour"), ("kest", None), ("vell", "ships"), ("roem", "a harbour")]
    return table_of(rows, ["speaker", "said"], on_disk=["said"])


def test_texts_on_disk_are_read_in_any_order(on_disk: pd.DataFrame) -> None:
    assert on_disk["said"].dtype.name == "text on disk"
    assert on_disk["said"].tolist() == ["a harbour", None, "ships", "a harbour"]
    assert on_disk[on_disk["speaker"] == "vell"]["said"].tolist() == ["a harbour", "ships"]
    by_name = on_disk.sort_values("speaker", ascending=False, kind="stable")
    assert by_name["said"].tolist() == ["a harbour", "ships", "a harbour", None]
    assert [row.said for row in on_disk.iloc[2:].itertuples()] == ["ships", "a harbour"]
    assert on_disk["said"].iloc[3] == "a harbour"


def test_texts_on_disk_are_computed_with_as_texts_are(on_disk: pd.DataFrame) -> None:
    said = on_disk["said"]
    assert said.eq("a harbour").tolist() == [True, False, False, True]
    assert said.isna().tolist() == [False, True, False, False]
    assert said.dropna().str.len().tolist() == [9, 5, 9]
    assert said.map(lambda it: "ship" in str(it)).astype(bool).tolist() == [False, False, True, False]
    assert pd.concat([on_disk, on_disk])["said"].tolist() == said.tolist() * 2
    assert said.reindex([2, 9]).tolist() == ["ships", None]


def test_texts_of_few_rows_are_in_memory() -> None:
    assert table_of([("ships",)], ["said"], on_disk=["said"])["said"].dtype == object


def test_far_apart_rows_on_disk_are_read_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("research.analysis.rows.IN_MEMORY", 0)
    table = table_of(((f"text {number}",) for number in range(5_000)), ["said"], on_disk=["said"])
    assert table["said"].iloc[[4_999, 3]].tolist() == ["text 4999", "text 3"]
    assert table["said"].tolist()[2_000] == "text 2000"
