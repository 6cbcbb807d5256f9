"""What a careful reader sees at the edge of a quotation or a period, and in the words around a number."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from research.outputs.check import check
from research.outputs.checking.readers.formats import read_report
from tests.outputs.checking.conftest import with_keys

Say = Callable[..., Sequence[tuple[str, str, str]]]

# --- quotations ---

AT_AN_END = [
    ("Okell: “Certainly the harbour will not close” {okell}.", "the report begins with “certainly”"),
    ("Okell: “The harbour will not close today” {okell}.", "the report ends with “today”"),
    ("Okell: “Our harbour will not close” {okell}.", "instead of “our”"),
    ("Okell: “Surely it is the oldest port of this coast, and it pays for 4 schools” {okell}.", "begins with “surely”"),
    ("Varga: “We asked for safe cranes, dry sheds and a doctor on the ship” {varga}.", "the report ends with “ship”"),
    ("Varga: “We asked for safe cranes, dry sheds and a docotr on the quay” {varga}.", "“doctor” instead of “docotr”"),
]


@pytest.mark.parametrize(("text", "said"), AT_AN_END)
def test_a_word_at_an_end_of_a_quotation_is_an_error(say: Say, text: str, said: str) -> None:
    assert [(it[0], it[1], said in it[2]) for it in say(text)] == [("error", "quotation", True)]


@pytest.mark.parametrize(("text", "said"), AT_AN_END)
def test_it_is_an_error_without_the_documents_where_the_evidence_shows_what_is_there(
    elsewhere: Say, text: str, said: str
) -> None:
    assert [(it[0], it[1], said in it[2]) for it in elsewhere(text)] == [("error", "quotation", True)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Okell speaks of the “harbuor” {okell}.", "“harbour” instead of “harbuor”"),
        ("Varga wants “safe crnes” {varga}.", "“cranes” instead of “crnes”"),
        ("The word “harbor” occurs 58 times {harbour}.", "“harbour” instead of “harbor”"),
    ],
)
def test_a_slip_in_one_or_two_quoted_words_is_an_error(say: Say, text: str, said: str) -> None:
    assert [(it[0], it[1], said in it[2]) for it in say(text)] == [("error", "quotation", True)]


@pytest.mark.parametrize(
    "text",
    [
        "Okell speaks of the “harbours” of the coast {okell}.",
        "Okell counts on “harbouring” hope {okell}.",
        "The so-called “ferry war” left 96 statements {said}.",
        "What “counts” here is 37% of the words {okell}.",
    ],
)
def test_a_term_that_is_only_like_a_word_of_the_evidence_is_left_alone(say: Say, text: str) -> None:
    assert say(text) == []


# --- periods ---

SPANS = [
    "The texts run from 14 February 2022 {earliest} to 30 June 2022 {latest}.",
    "Between February 2022 {earliest} and June 2022 {latest}, 12 documents were written {documents}.",
    "First things first: The latest date of a document is 2022-06-30 {latest}!",
    "Work began in 2019. The latest document is of 30 June 2022. {latest}",
    "What sets the corpus apart from the port news of 2016 is, above all, “crane” {keyness}.",
]


@pytest.mark.parametrize("text", SPANS)
def test_a_period_that_is_right(say: Say, text: str) -> None:
    assert say(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The texts run from 14 February 2021 {earliest} to 30 June 2022 {latest}.",
        "The texts run from 2022 {earliest} to 2025 {latest}.",
        "The texts run from 30 June 2022 {earliest} to 30 June 2022 {latest}.",
        "Between June 2022 {earliest} and February 2022 {latest}, the port was open.",
        "The trail ends in 2021. Nothing is younger than 30 June 2022. {latest}",
        "The trail ends in 2021. The latest date of a document is 30 June 2022 {latest}.",
        "From a team of four: What sets the corpus apart from the port news of 2017 is above all “crane” {keyness}.",
    ],
)
def test_one_wrong_end_of_a_period(say: Say, text: str) -> None:
    found = say(text)
    assert found
    assert {it[:2] for it in found} == {("error", "period")}


# --- shares and counts in words ---


@pytest.mark.parametrize(
    "text",
    [
        "Three words in eight are Okell's {okell}.",
        "Two statements in three are direct quotations {direct}.",
        "Two attributed statements out of three are direct quotations {direct}.",
        "About one reader in twelve skips this. Okell has 37% of the words {okell}.",
        "Two readers in 10 will doubt it: Okell has 37% of the words {okell}.",
        "“The harbour will not close”, one document told the readers; Okell has 37% of the words {okell}.",
        "In the words of one document, “the harbour will not close”: so Okell, with 37% of the words {okell}.",
        "According to one document, Okell has 37% of the words {okell}.",
        "“harbour” has 58 occurrences, spread over 11 documents {harbour}.",
        "From the data team of 4: Okell has 37% of the words {okell}.",
        "Fifty-eight: that is how often “harbour” was written {harbour}.",
    ],
)
def test_a_share_or_a_count_in_words_that_agrees(say: Say, text: str) -> None:
    assert say(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "One word in twelve is Okell's {okell}.",
        "Two statements in five are direct quotations {direct}.",
        "One attributed word in nine comes from Okell {okell}.",
        "Six: that is how often “harbour” was written {harbour}.",
        "Eighty-five is how often the word “harbour” was written {harbour}.",
    ],
)
def test_a_share_or_a_count_in_words_that_does_not(say: Say, text: str) -> None:
    assert ("error", "number") in [it[:2] for it in say(text)]


# --- names, directions, certainty ---


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Cleo Varga, whose share of the attributed words is 37%, was hard to overhear {okell}.", "who"),
        ("The corpus holds 7,838 words {words} – and Peru got to 41 mentions {spain}.", "who"),
        ("Varga got to 36.9% of it. The council met on a Monday, it is said {okell}.", "who"),
        ("Spain is often named. Peru is named 41 times. The council met on a Monday {spain}.", "who"),
        ("A minority of the attributed statements that were found are direct quotations {direct}.", "direction"),
        ("“Ferry” occurs 33 times {ferry}, more often than “harbour” (58 times) {harbour}.", "direction"),
        ("37% of the attributed words are due to Cleo Varga {okell}.", "who"),
        ("It is Cleo Varga to whom 37% of the attributed words belong {okell}.", "who"),
        ("The frequency of “harbour” {harbour} falls short of that of “ferry” {ferry}.", "direction"),
        ("A minority of all checkable statements are direct quotations {direct}.", "direction"),
    ],
)
def test_a_name_or_a_direction(say: Say, text: str, kind: str) -> None:
    assert [it[:2] for it in say(text)] == [("error", kind)]


@pytest.mark.parametrize(
    "words",
    [
        "It is beyond question that Okell has 37% of the words {okell}.",
        "This is conclusive proof that Okell has 37% of the words {okell}.",
        "There is no question that Okell has 37% of the words {okell}.",
        "It is irrefutable that Okell has 37% of the words {okell}.",
        "It is certain that Okell has 37% of the words {okell}.",
    ],
)
def test_certainty_in_other_words(say: Say, words: str) -> None:
    assert [it[:2] for it in say(words)] == [("warning", "certainty")]


# --- formats ---


def told(room: Path, name: str, text: str) -> list[tuple[int, str, str]]:
    """The line, the kind and the message of what is told of a report."""
    (room / name).write_bytes(with_keys(text, "otr.harbour.{}").encode())
    found = check([str(room / name)], [str(room / "outputs" / "harbour")]).messages
    return [(it.line, it.kind, it.message.partition(";")[0]) for it in found if it.kind != "stale"]


def test_a_citation_on_the_next_line_of_a_text_with_windows_line_ends(room: Path) -> None:
    text = "The corpus holds 7,839 words\r\n[{words}].\r\n\r\nIt holds\r\n13 documents [{documents}].\r\n"
    assert told(room, "crlf.txt", text) == [(1, "number", "says 7,839 words"), (5, "number", "says 13 documents")]


def test_a_row_that_is_marked_with_its_finding(room: Path) -> None:
    text = (
        "<table>\n<tr data-finding='{words}'><td>Words</td><td>7,839</td></tr>\n"
        "<tr data-finding='{documents}'><td>Documents</td><td>12</td></tr>\n"
        "<tr><td>Mentions</td><td>33</td></tr></table>"
    )
    assert told(room, "row.html", text) == [(2, "number", "says 7,839")]


def test_an_unknown_key_in_a_row_is_told_at_its_line(room: Path) -> None:
    text = (
        "<p>Text</p>\n<table>\n<tr><td>Words</td><td>7,838</td>"
        "<td><span data-finding='{words}s'></span></td></tr></table>"
    )
    assert [it[:2] for it in told(room, "key.html", text)] == [(3, "key")]


def test_a_sign_for_about_stands_apart_from_its_number(tmp_path: Path) -> None:
    (tmp_path / "about.tex").write_text(r"A share of $\approx$37\,\% or $\approx 37\%$ or $\sim$ 37.", encoding="utf-8")
    (block,) = read_report(str(tmp_path / "about.tex")).blocks
    assert " ".join(block.text.split()) == "A share of about 37 % or about 37% or about 37."


def test_a_sign_of_a_note_that_is_marked_covers_the_sentences_before_it(room: Path) -> None:
    text = "<p>Okell has 38% of the words. She has 1,482 of 4,012 words. <a data-finding='{okell}'>†</a></p>"
    assert told(room, "mark.html", text) == [(1, "rounding", "says 38%")]


def test_a_wrong_share_is_compared_with_the_value_and_not_with_a_bound(say: Say) -> None:
    ((_, _, said),) = say("Okell has 42% of the words {okell}.")
    assert said == "says 42%; otr.harbour.statements.words.ada+okell says 37%"


def test_half_a_percent_is_no_half(say: Say) -> None:
    ((_, _, said),) = say("Okell has half a percent of the words {okell}.")
    assert said == "says half a percent; otr.harbour.statements.words.ada+okell says 37%"
