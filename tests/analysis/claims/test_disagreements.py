"""Sources that differ are set side by side, and only those: each condition holds back a pair that only looks alike."""

from typing import Any

import pytest

from research.analysis.claims.disagreements import DISAGREEMENTS, content_words, describe, disagreements
from research.analysis.claims.periods import overlap
from tests.analysis.claims.asserted import figures, in_2030

OTHER = {"doc_id": "b", "speaker": "Bo Ray", "value": 30e9, "text": "30 billion crowns"}


def pair(first: dict[str, Any], second: dict[str, Any]) -> int:
    """Return the number of figures that differ, of two that do so but for what is given."""
    return len(disagreements(figures(in_2030() | first, in_2030() | OTHER | second)))


def test_the_same_measure_with_different_values_is_side_by_side_the_lowest_first() -> None:
    table = figures(
        in_2030(speaker="Bo Ray", value=30e9, text="30 billion crowns", doc_id="b"),
        in_2030(speaker="Ann Lee"),
        in_2030(measure="the age of the bridge of Orland", doc_id="c"),
    )
    found = disagreements(table)
    assert found["speaker"].tolist() == ["Ann Lee", "Bo Ray"]
    assert found["about"].unique().tolist() == ["the volume of the Orland trade, crowns, 2030"]
    assert set(DISAGREEMENTS) <= set(found.columns)
    assert list(describe(found)) == ["25 billion crowns (Ann Lee)", "30 billion crowns (Bo Ray)"]


def test_values_are_told_with_who_gives_them() -> None:
    asked = {"speaker": None, "source": "Q", "doc_id": "b"}
    table = figures(in_2030(text="Two years", speaker="Ann Lee"), in_2030(text="9 years") | asked)
    assert list(describe(table)) == ["two years (Ann Lee)", "9 years (a journalist)"]
    alone = figures(in_2030(text="Two years", speaker="Ann Lee"), in_2030(text="US$9", speaker="Ann Lee"))
    assert list(describe(alone)) == ["two years", "US$9 (all Ann Lee)"]
    counted = figures(
        in_2030(text="71,000", unit="", speaker="Ann Lee"), in_2030(text="80,000 homes", unit="homes", speaker="Bo Ray")
    )
    assert list(describe(counted)) == ["71,000 homes (Ann Lee)", "80,000 homes (Bo Ray)"]


def test_the_words_of_a_measure_may_come_in_another_order_and_number() -> None:
    assert pair({}, {"measure": "The volumes of trade with Orland"}) == 2
    assert content_words("the volume of the Orland trade") == content_words("Orland's trade volume")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({}, {"unit": "USD"}),
        ({}, {"verb": None}),
        ({}, {"verb": "cut"}),
        ({}, {"role": "change"}),
        ({}, {"kind": "count"}),
        ({}, {"countries": "XX"}),
        ({}, {"measure": "the volume of the Maravel trade"}),
        ({}, {"measure": None}),
        ({}, {"unit": None}),
        ({}, {"period": "2029", "period_start": "2029-01-01", "period_end": "2029-12-31"}),
        ({}, {"period": None, "period_start": None, "period_end": None}),
        ({"measure": "the volume of trade"}, {"measure": "the volume of trade"}),
        ({"measure": "our volume of Orland trade"}, {"measure": "our volume of Orland trade"}),
        ({"measure": "the Orland trade"}, {"doc_id": "a", "speaker": None, "source": "the minister"}),
        ({}, {"value": 25.4e9, "text": "25.4 billion crowns"}),
        ({}, {"value": 27e9, "text": "27 billion crowns", "approximate": "yes"}),
        ({}, {"value": None, "low": 20e9, "text": "more than 20 billion crowns"}),
        ({}, {"value": None, "text": "billions of crowns"}),
    ],
)
def test_what_only_looks_alike_is_no_disagreement(first: dict[str, Any], second: dict[str, Any]) -> None:
    assert pair({}, {}) == 2
    assert pair(first, second) == 0


def test_a_bound_contradicts_a_value_beyond_it() -> None:
    assert pair({}, {"value": None, "low": 26e9, "text": "more than 26 billion crowns"}) == 2
    assert pair({}, {"value": None, "high": 24e9, "text": "less than 24 billion crowns"}) == 2
    assert pair({}, {"value": 20e9, "low": 20e9, "text": "20 billion crowns"}) == 0, "more than that"


def test_figures_without_a_period_are_compared_within_a_document_or_a_month() -> None:
    undated = {"period": None, "period_start": None, "period_end": None}
    assert pair(undated, undated | {"doc_id": "a"}) == 2
    assert pair(undated | {"date": "2031-02-03"}, undated | {"date": "2031-02-20"}) == 2
    assert pair(undated | {"date": "2031-02-03"}, undated | {"date": "2031-05-20"}) == 0
    assert pair(undated | {"date": "2031"}, undated | {"date": "2031-02-20"}) == 0


def test_a_measure_of_nobody_named_is_compared_within_a_document_alone() -> None:
    nameless = {"measure": "the volume of trade"}
    assert pair(nameless, nameless | {"doc_id": "a"}) == 2
    assert pair(nameless | {"countries": "AU"}, nameless | {"countries": "AU"}) == 2


def test_disagreements_with_more_sources_come_first_and_the_order_of_the_rows_changes_nothing() -> None:
    table = figures(
        in_2030(speaker="Ann Lee", measure="the price of Orland water"),
        in_2030(measure="the price of Orland water") | OTHER,
        *(in_2030(speaker=name, value=value, text=f"{value:.0f}") for name, value in [("A", 10), ("B", 20), ("C", 30)]),
    )
    found = disagreements(table)
    assert found["speaker"].tolist() == ["A", "B", "C", "Ann Lee", "Bo Ray"]
    assert disagreements(table.iloc[::-1])["speaker"].tolist() == found["speaker"].tolist()
    assert disagreements(table.head(0)).empty


def test_figures_are_joined_by_pairs_however_many_lie_between_them() -> None:
    """A figure agrees with its neighbour and differs from the next but one; undated ones, only within a month."""
    chain = [
        in_2030(doc_id=f"d{number}", speaker=f"Speaker {number}", value=number * 1e9, text=f"{number} billion crowns")
        for number in (5, 1, 4, 2, 3)
    ]
    apart = [
        in_2030(period=None, period_start=None, period_end=None, date=date, doc_id=f"e{at}", value=at * 10e9)
        for at, date in enumerate(["2030-01-01", "2030-06-01", "2030-06-02", "2030-12-01"], start=1)
    ]
    found = disagreements(figures(*apart, *chain))
    assert found["doc_id"].tolist() == ["d1", "d2", "d3", "d4", "d5", "e2", "e3"]


def test_a_period_overlaps_what_it_shares_a_day_with() -> None:
    assert overlap(("2030-01-01", "2030-12-31"), ("2030-12-31", "2031-01-05"))
    assert not overlap(("2030-01-01", "2030-12-31"), ("2031-01-01", "2031-12-31"))
    assert overlap(("2030-01-01", None), ("2031-01-01", "2031-12-31"))
    assert not overlap((None, "2030-12-31"), ("2031-01-01", "2031-12-31"))
    assert not overlap((None, None), ("2031-01-01", "2031-12-31"))
