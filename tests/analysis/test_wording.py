"""Counts, shares, intervals and lists as sentences write them."""

import pytest

from research.analysis.statistics.uncertainty import Interval
from research.analysis.wording import capitalised, confidence, fraction, listed, most_often, one_line, plural, quoted


def test_counts_and_intervals_as_a_sentence_has_them() -> None:
    assert [plural(n, "document") for n in (0, 1, 2301)] == ["0 documents", "1 document", "2,301 documents"]
    assert plural(2, "country", "countries") == "2 countries"
    assert quoted("trade") == "“trade”"
    assert confidence(None, ".1f") == ""
    assert confidence(Interval(0.125, 0.5), ".1f", before=", ") == ", 95% CI 0.1 to 0.5"


@pytest.mark.parametrize(
    ("share", "words"),
    [(0.5, "one in two"), (0.75, "three in four"), (2 / 3, "two in three"), (0.596, "three in five"), (0.63, None)],
)
def test_a_share_is_said_in_words_only_where_a_simple_fraction_is_close(share: float, words: str | None) -> None:
    assert fraction(share) == words
    assert fraction(0) is fraction(1) is None


def test_lists_capitals_and_white_space() -> None:
    assert [listed(["a", "b", "c"][:n]) for n in range(4)] == ["", "a", "a and b", "a, b and c"]
    assert listed(["a", "b"], "or") == "a or b"
    assert capitalised("one in two") == "One in two"
    assert one_line(" nuclear\n\tweapons\u00a0") == "nuclear weapons"


def test_the_most_frequent_text_is_taken_and_small_letters_where_two_are() -> None:
    assert most_often(["Trade", "Trade", "trade"]) == "Trade"
    assert most_often(["Trade", "trade"]) == most_often(["trade", "Trade"]) == "trade"
    assert most_often([]) is None
