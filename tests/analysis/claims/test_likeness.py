"""Figures in other words, and figures set against the one beside them, are compared; what only looks alike is not."""

from typing import Any

import pytest

from research.analysis.claims.disagreements import disagreements
from tests.analysis.claims.asserted import figures

FILLED = "The reservoir must be filled over seven years."


def told(sentence: str, text: str, value: float, **changed: Any) -> dict[str, Any]:
    row = {
        "in_sentence": sentence,
        "sentence_at": sentence,
        "text": text,
        "value": value,
        "measure": None,
        "verb": None,
    }
    return row | {"unit": "years", "kind": "duration", "date": "2031-02-03"} | changed


def pair(sentence: str, **changed: Any) -> int:
    first = told(FILLED, "seven years", 7, speaker="Ann Lee")
    return len(disagreements(figures(first, told(sentence, "two years", 2, doc_id="b", speaker="Bo Ray") | changed)))


def test_figures_in_clauses_that_share_most_of_their_words_are_compared() -> None:
    assert pair("It assumes that the reservoir is filled within two years.") == 2


@pytest.mark.parametrize(
    ("sentence", "changed"),
    [
        ("It assumes that the road is mended within two years.", {}),
        ("Another reservoir is filled within two years.", {}),
        ("The reservoir of Hesper is filled within two years.", {}),
        ("In a poll the reservoir is filled within two years.", {}),
        ("The reservoir is filled within two years.", {"date": "2031-08-03"}),
        ("The reservoir is filled within two years.", {"speaker": "Ann Lee"}),
        ("The reservoir is filled within two years.", {"unit": "months"}),
    ],
)
def test_what_only_looks_alike_is_not_compared(sentence: str, changed: dict[str, Any]) -> None:
    assert pair(sentence, **changed) == 0


@pytest.mark.parametrize(
    ("sentence", "value", "n"),
    [
        ("The ministry counts 180,000.", 180e3, 2),
        ("The ministry counts 180,000 fields on the river.", 180e3, 0),
        ("The ministry counts 1,800.", 1800, 0),
    ],
)
def test_a_clause_that_only_says_who_counts_is_set_against_the_figure_beside_it(
    sentence: str, value: float, n: int
) -> None:
    first = told("Lee said 300,000 farmers depend on the river.", "300,000 farmers", 3e5, speaker="Ann Lee")
    second = told(sentence, sentence.split()[3].rstrip("."), value, unit="", source="the ministry")
    assert len(disagreements(figures(first | {"unit": "farmers", "kind": "count"}, second | {"kind": "count"}))) == n
