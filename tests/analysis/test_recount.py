"""Counting again gives the value, from the evidence or the table alone."""

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from research.analysis.findings import Computation
from research.analysis.recount import STATISTICS, recount, statistic
from tests.analysis.conftest import finding, place


@pytest.mark.parametrize(
    ("changed", "value"),
    [
        ({"measure": "count"}, 3),
        ({"measure": "documents"}, 2),
        ({"measure": "words"}, 5),
        ({"measure": "value", "evidence": (place(exact="2024-05-01"),)}, "2024-05-01"),
        ({"measure": "share", "unit": "passages"}, 0.75),
        ({"measure": "share", "unit": "documents"}, 0.666667),
        ({"measure": "share", "unit": "words"}, 0.833333),
        ({"measure": "share", "unit": None}, 0.75),
        ({"measure": "rate", "computation": Computation("sum", "t", ("words",))}, 7.5),
        ({"measure": "statistic", "computation": Computation("sum", "t", ("words",))}, 400),
        (
            {"measure": "statistic", "computation": Computation("words_per_sentence", "t", ("words", "sentences"))},
            13.3333,
        ),
        ({"status": "not computable", "value": None, "evidence": ()}, None),
    ],
)
def test_a_measure_says_how_the_value_follows_from_the_evidence(changed: dict[str, Any], value: Any) -> None:
    """Three passages with five words in two documents, of four passages with six words in three."""
    counted = (place("a", "trade"), place("a", "free trade", start=9), place("b", "don't … trade"))
    base = (*(row._replace(role="base") for row in counted), place("c", "fair", role="base"))
    table = pd.DataFrame({"words": [100, 300], "sentences": [10, 20]})
    assert recount(finding(**({"evidence": (*counted, *base)} | changed)), table) == value


def test_a_passage_that_is_missing_or_doubled_is_noticed() -> None:
    whole = finding()
    assert recount(whole) == whole.value
    assert recount(replace(whole, evidence=whole.evidence[:1])) != whole.value
    assert recount(replace(whole, evidence=(*whole.evidence, place(start=20)))) != whole.value


@pytest.mark.parametrize(
    "changed",
    [
        {"measure": "statistic", "computation": Computation("sum", "t", ("words",))},
        {"measure": "rate", "computation": Computation("sum", "t", ("words",))},
        {"measure": "statistic"},
        {"measure": "value"},
        {"measure": "value", "evidence": ()},
    ],
)
def test_evidence_that_cannot_carry_the_measure_is_an_error(changed: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"table|instead of one"):
        recount(finding(**changed))


def test_statistics_are_named_functions_of_a_table() -> None:
    table = pd.DataFrame({"words": [100, 50], "sentences": [6, 6], "syllables": [150, 75], "more": [300, 300]})
    table = table.assign(date=["1976", None])
    numbers = {"sum": 1, "words_per_sentence": 2, "flesch_reading_ease": 3, "number_below_0_05": 1}
    numbers |= {"difference_in_points": 4, "difference_per_1000": 4}
    listing = {"first_five"}  # below
    columns = {name: tuple(map(str, table))[: numbers[name]] if name in numbers else ("date",) for name in STATISTICS}
    values = {
        name: statistic(Computation(name, "t", columns[name]), table) for name in STATISTICS if name not in listing
    }
    # 206.835 - 1.015 * 150 / 12 - 84.6 * 225 / 150
    assert {name: values.pop(name) for name in ("earliest", "latest")} == {"earliest": "1976", "latest": "1976"}
    # 150 of 12 less 225 of 600
    assert {name: values.pop(name) for name in ("difference_in_points", "difference_per_1000")} == {
        "difference_in_points": 1212.5,
        "difference_per_1000": 12125.0,
    }
    assert values == {"sum": 150, "flesch_reading_ease": 67.2475, "words_per_sentence": 12.5, "number_below_0_05": 0}
    assert type(values["sum"]) is int


def test_a_statistic_of_some_rows_is_computed_from_these_alone() -> None:
    table = pd.DataFrame({"group": ["a", "a", "b"], "term": ["x", "y", "z"], "p": [0.01, 0.2, 0.03]})
    assert statistic(Computation("number_below_0_05", "t", ("p",)), table) == 2
    assert statistic(Computation("number_below_0_05", "t", ("p",), (("group", "a"),)), table) == 1
    assert statistic(Computation("first_five", "t", ("term",), (("group", "a"),)), table) == "“x” and “y”"
