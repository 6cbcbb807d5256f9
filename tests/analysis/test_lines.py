"""The lines of a concordance: whose words they are, whole sentences, and orders by what is beside the term."""

import pytest

from research.analysis.concordance import concordance
from research.analysis.language.lines import BESIDE, SORT, lines
from research.errors import ParameterError
from tests.analysis.conftest import AnnotationsOf

TEXT = (
    "The council met. Old dams fail, and new dams hold;\nthe Old dam leaks. “Our dams are safe,” Mayor Ada Okell said. "
    "The dam, however, closed."
)


def test_a_line_says_whose_words_it_is_in(annotated: AnnotationsOf) -> None:
    annotations = annotated({"a.txt": TEXT, "b.txt": "The dam will stand."})
    found = concordance(annotations, ["dam"])
    table = lines(annotations, found)
    assert table.columns.tolist() == [
        *("term", "doc_id", "date", "outlet", "title", "start", "end", "left", "keyword", "right", "speaker"),
        *("position", "sha256"),
    ]
    assert table["speaker"].tolist() == [None, None, None, "Ada Okell", None, None]
    assert table.drop(columns="speaker").equals(found)


def test_a_line_is_a_whole_sentence_where_that_is_asked_for(annotated: AnnotationsOf) -> None:
    annotations = annotated({"a.txt": TEXT, "b.txt": "x " * 400 + "dam."})
    table = lines(annotations, concordance(annotations, ["dam"]), context="sentence")
    assert table[["left", "right"]].values.tolist() == [
        ["Old ", " fail, and new dams hold;\nthe Old dam leaks."],
        ["Old dams fail, and new ", " hold;\nthe Old dam leaks."],
        ["Old dams fail, and new dams hold;\nthe Old ", " leaks."],
        ["“Our ", " are safe,” Mayor Ada Okell said."],
        ["The ", ", however, closed."],
        ["x " * 250, "."],
    ]


def test_lines_are_in_the_order_of_the_words_beside_the_term(annotated: AnnotationsOf) -> None:
    annotations = annotated({"a.txt": TEXT})
    found = concordance(annotations, ["dam", "council"])
    left = lines(annotations, found, sort="left")
    assert left["term"].tolist() == ["council"] + ["dam"] * 5, "the lines of a term stay together"
    assert [it.split()[-1] for it in left["left"]] == ["The", "new", "Old", "Old", "“Our", "The"]
    assert left["left"][2].endswith("met. Old "), "before “the Old”: further out"
    right = lines(annotations, found, sort="RIGHT")
    assert right["right"].str.split().str[0].tolist() == ["met.", "are", "fail,", "hold;", ",", "leaks."]


def test_the_order_goes_on_with_the_next_words_and_then_by_place(annotated: AnnotationsOf) -> None:
    annotations = annotated({"a.txt": "Dam bay alpha. Dam bay. Dam ALPHA cove. Dam alpha cove."})
    table = lines(annotations, concordance(annotations, ["dam"]), context="sentence", sort="right")
    assert table["right"].tolist() == [" ALPHA cove.", " alpha cove.", " bay.", " bay alpha."]


def test_a_concordance_without_a_line_stays_empty(annotated: AnnotationsOf) -> None:
    annotations = annotated({"a.txt": TEXT})
    for context, sort in (("words", "place"), ("sentence", "left")):
        assert lines(annotations, concordance(annotations, ["harbour"]), context, sort).empty


@pytest.mark.parametrize("given", ["sentences", "", None, 1, ["words"]])
def test_other_values_are_refused(given: object) -> None:
    with pytest.raises(ParameterError, match='takes "words" or "sentence", not'):
        BESIDE.read(given)
    with pytest.raises(ParameterError, match='takes "place" or "left" or "right", not'):
        SORT.read(given)
