"""Words that a person copied or typed are found in the text that they are from, and no others."""

import pytest

from research.loading import Span
from research.outputs.judging.words import Stretch, places_of

TEXT = "“We won’t sign,” she said – twice. The harbour\nstays   open… In the harbours, 5½ tons. The harbour sleeps."


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("We won’t sign", "We won’t sign"),
        ("we won't sign", "We won’t sign"),
        ('"We won\'t sign,"', "We won’t sign,"),
        ("she said - twice", "she said – twice"),
        ("she said -- twice", "she said – twice"),
        ("The harbour stays open...", "The harbour\nstays   open…"),
        ("the  harbour\u00a0stays", "The harbour\nstays"),
        ("harbours", "harbours"),
        ("  twice. ", "twice."),
    ],
)
def test_what_a_spreadsheet_changes_makes_no_other_words(words: str, found: str) -> None:
    [span] = places_of(words, TEXT, 0) or []
    assert TEXT[span.start : span.end] == found


@pytest.mark.parametrize("words", ["harbou", "arbour", "we sign", "", "  ", "“”", "[…]", "sleeps. The"])
def test_other_words_are_not_found(words: str) -> None:
    assert places_of(words, TEXT, 0) is None


def test_the_next_place_counts_and_else_the_last_before() -> None:
    first, last = TEXT.index("The harbour"), TEXT.rindex("The harbour")
    assert places_of("The harbour", TEXT, 0) == [Span(first, first + 11)]
    assert places_of("The harbour", TEXT, first + 1) == [Span(last, last + 11)]
    assert places_of("The harbour", TEXT, last + 1) == [Span(last, last + 11)]


@pytest.mark.parametrize("between", [" […] ", "[...]", " [...]  ", " [?] "])
def test_parts_are_found_in_their_order(between: str) -> None:
    spans = places_of(f"We won’t sign{between}twice", TEXT, 0)
    assert [TEXT[it.start : it.end] for it in spans or []] == ["We won’t sign", "twice"]
    assert places_of(f"twice{between}We won’t sign", TEXT, 0) is None


def test_a_stretch_has_the_words_of_its_own_spans_alone() -> None:
    stretch = Stretch(10, "the harbour")
    assert stretch.of((14, 21)) == "harbour"
    assert [stretch.of(it) for it in ((9, 12), (14, 22), None)] == ["", "", ""]
