"""Numbers of something else beside a finding's value: targets, other years, pages, labels, settings."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from research.outputs.check import check

Say = Callable[..., Sequence[tuple[str, str, str]]]


@pytest.mark.parametrize(
    "text",
    [
        "Average sentence: 18.4 words (best practice: 15) {sentence}.",
        "37% of the attributed words are Okell's (SLA: 80%) {okell}.",
        "37% of the attributed words are Okell's vs. 75% in the 2033 release {okell}.",
        "Here is the 5-second version: 12 documents were read {documents}.",
        "In a 12-page memo: there are 12 documents {documents}.",
        "Orme 1987, 212 f.; Spain is named 41 times {spain}.",
        "As Marsh 2017, 88–91 has it, Spain is named 41 times {spain}.",
        "The corpus holds 12 documents, excluding 3 that were withdrawn {documents}.",
        "There were 96 attributed statements, of which we read a dozen twice {said}.",
    ],
)
def test_a_number_of_something_else_is_no_error(say: Say, text: str) -> None:
    assert [it for it in say(text) if it[0] == "error"] == []


@pytest.mark.parametrize(
    "text",
    [
        "Average sentence: 16.4 words (best practice: 15) {sentence}.",
        "37% of the attributed words are Okell's (CI: 21% to 44%) {okell}.",
        "37% of the attributed words are Okell's (share: 47%) {okell}.",
        "35% of the attributed words are Okell's, against 50% in our 2018 note {okell}.",
        "In 2022, 13 documents were read {documents}.",
        "Mentions of Spain stand at 44, more than of any other country {spain}.",
        "Okell 1,582 of 4,012 words, which is far from the 10% that is claimed {okell}.",
    ],
)
def test_a_wrong_number_of_the_finding_beside_it_is_an_error(say: Say, text: str) -> None:
    assert "error" in [it[0] for it in say(text)]


def test_a_bare_number_beside_a_value_that_latex_prints_is_no_error(room: Path) -> None:
    path = room / "printed.tex"
    text = r"There are \finding{corpus.documents} documents, 3 of which were withdrawn."
    path.write_text("\\input{outputs/harbour/findings}\n" + text, encoding="utf-8")
    said = check([str(path)], [str(room / "outputs" / "harbour")])
    assert [it for it in said.messages if it.severity == "error" and it.kind != "stale"] == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Of the words, 1,582 of 4,012 are Okell's. She has 1,482 of 4,012 attributed words {okell}.", "number"),
        ("In all 7,837 words. It took a day to read 7,838 words {words}.", "number"),
        ("| Documents | 11 | {documents} |", "number"),
        ("“Harbour”: 5,800 hits in 11 documents {harbour}.", "magnitude"),
        ("Ada Okell can be heard saying: “We asked for safe cranes, dry sheds and a doctor on the quay.” {okell}", ""),
        ("It has 7,838 words {documents} and 12 documents {words}.", "swapped key"),
        (
            "Links are many. Tamaris turns up in 883 of 4,012 attributed words. Varga has 22% of the words {varga}.",
            "who",
        ),
    ],
)
def test_a_fault_before_the_sentence_that_cites_or_beside_another_noun(say: Say, text: str, kind: str) -> None:
    its = [it for it in say(text) if it[0] == "error"]
    assert [it for it in its if not kind or it[1] == kind]


@pytest.mark.parametrize(
    "text",
    [
        "6 of 96 attributed statements are shouted. Two in three, 64 of 96, are direct quotations {direct}.",
        "Some 6,000 words were lost. The corpus holds 7,838 words {words}.",
    ],
)
def test_another_count_before_the_sentence_that_cites_is_no_error(say: Say, text: str) -> None:
    assert [it for it in say(text) if it[0] == "error"] == []


@pytest.mark.parametrize(
    "text",
    [
        "The parser yields 96 attributed statements over 12 documents {said}.",
        "What Okell calls “The harbour will not close” is a frame in the sense of Entman (1993) {okell}.",
        "Table A2: Okell has 37% of the attributed words {okell}.",
        "With so few texts the share of 37% could be 31% or 44% {okell}.",
        "Varga, who joined at twenty-one, has 22% of the attributed words {varga}.",
    ],
)
def test_a_preposition_an_author_a_label_and_an_age_are_no_faults(say: Say, text: str) -> None:
    assert [it for it in say(text) if it[0] == "error"] == []


def test_an_epigraph_is_no_part_of_the_paragraph_below_it(room: Path) -> None:
    path = room / "epigraph.tex"
    words = r"\epigraph{Counting is 90 per cent of thinking.}{Anonymous}"
    path.write_text(f"{words}\nOkell has 37\\% \\cite{{otr.harbour.statements.words.ada+okell}}.", encoding="utf-8")
    said = check([str(path)], [str(room / "outputs" / "harbour")])
    assert [it for it in said.messages if it.kind != "stale"] == []


@pytest.mark.parametrize(
    "text",
    [
        "At minute 12, Okell is heard to say “The harbour will not close” {okell}.",
        "From seat 14 one hears Okell say “The harbour will not close” {okell}.",
        "37% of the attributed words are Okell's; Rule 4 demands at least half {okell}.",
    ],
)
def test_a_number_beside_a_quotation_or_a_rule_is_no_wrong_result(say: Say, text: str) -> None:
    assert [it for it in say(text) if it[0] == "error"] == []
