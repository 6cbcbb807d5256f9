"""Counting again gives the value, from the evidence or the table alone."""

import json
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
    table = pd.DataFrame({"words": [100, 50], "sentences": [6, 6], "syllables": [150, 75], "date": ["1976", None]})
    numbers = {
        "sum": 1,
        "words_per_sentence": 2,
        "flesch_reading_ease": 3,
        "single": 1,
        "difference": 2,
        "points_between": 2,
    }
    numbers_of_table = {name: tuple(map(str, table))[:n] for name, n in numbers.items()}
    others = {"difference_in_points", "difference_per_1000", "first_five", "number_below_0_05"}  # below
    others |= {"weighted_ratio"}  # of judged sentences, see tests/analysis/accuracy
    slopes = dict.fromkeys(("theil_sen", "theil_sen_in_points"), ("date", "words", "words"))
    columns = numbers_of_table | {"earliest": ("date",), "latest": ("date",)} | slopes
    assert columns.keys() | others == STATISTICS.keys()
    series = pd.DataFrame({"date": ["1976", "1980"], "words": [100, 50]})
    values = {
        name: statistic(Computation(name, "t", its), series if name in slopes else table)
        for name, its in columns.items()
    }
    # 206.835 - 1.015 * 150 / 12 - 84.6 * 225 / 150
    assert {name: values.pop(name) for name in ("earliest", "latest")} == {"earliest": "1976", "latest": "1976"}
    assert values == {
        "sum": 150,
        "flesch_reading_ease": 67.2475,
        "words_per_sentence": 12.5,
        "single": 100,
        "difference": -138,
        "points_between": -13800,
        "theil_sen": -12.5,
        "theil_sen_in_points": -1250,
    }
    assert type(values["sum"]) is int


def test_a_statistic_is_computed_from_the_rows_that_it_names() -> None:
    table = pd.DataFrame({"of": ["term", "term", "speaker"], "series": ["oil", "gas", "oil"], "n": [3, 5, 7]})
    computation = Computation("sum", "t", ("n",), (("of", "term"), ("series", "oil")))
    assert statistic(computation, table) == 3
    assert str(computation) == "sum of n in tables/t.csv where of is term and series is oil"
    assert Computation.from_fields(json.loads(json.dumps(computation.fields()))) == computation
    assert "where" not in Computation("sum", "t", ("n",)).fields()


def test_a_statistic_of_some_rows_is_computed_from_these_alone() -> None:
    table = pd.DataFrame({"group": ["a", "a", "b"], "term": ["x", "y", "z"], "p": [0.01, 0.2, 0.03]})
    assert statistic(Computation("number_below_0_05", "t", ("p",)), table) == 2
    assert statistic(Computation("number_below_0_05", "t", ("p",), (("group", "a"),)), table) == 1
    assert statistic(Computation("first_five", "t", ("term",), (("group", "a"),)), table) == "“x” and “y”"
    counts = pd.DataFrame({"counted": [12], "base": [100], "others_counted": [3], "others_base": [50]})
    assert statistic(Computation("difference_in_points", "t", tuple(map(str, counts))), counts) == 6
    assert statistic(Computation("difference_per_1000", "t", tuple(map(str, counts))), counts) == 60
