"""Quotations beside a citation: word for word as in the evidence, or the difference is named."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from research.outputs.checking.verbatim import difference, is_in, pattern_of, words_of

Say = Callable[..., Sequence[tuple[str, str, str]]]

AGREES = [
    "“The harbour will not close,” Okell said {okell}.",
    'Okell: "The harbour will not close" {okell}.',
    "Okell said that 'the harbour will not close' {okell}.",
    "«The harbour will not close», said Okell {okell}.",
    "„The harbour will not close“, said Okell {okell}.",
    "Okell said “the\u00a0harbour will not\u2009close” {okell}.",
    "Okell: “The har\u00adbour will not close!” {okell}.",
    "Okell: “[T]he harbour will not close” {okell}.",
    "Okell: “It is the oldest port […] and it pays for 4 schools” {okell}.",
    "Okell: “It is the oldest port … and it pays for 4 schools” {okell}.",
    "Okell: “It is the oldest port ... it pays for 4 schools.” {okell}",
    "Okell: “[The harbour] is the oldest port of this coast” {okell}.",
    "Okell: “It is the oldest port of this coast [in the north], and it pays for 4 schools.” {okell}",
    "“We asked for safe cranes, dry sheds and a doctor on the quay.” So Varga {varga}.",
    "Varga wanted “safe cranes, dry sheds and a doctor on the quay” {varga}.",
    "The earnings of “25 million euros” were for 2021 {earnings}.",
    "The so-called “ferry war” left 96 statements {said}.",
    "> The harbour will not close.\n>\n> — Ada Okell {okell}",
    "Okell said {okell}:\n\n> It is the oldest port of this coast, and it pays for 4 schools.",
    "The word “harbour” occurs 58 times {harbour}.",
    "> “The harbour will not close,” Okell said. “It is the oldest port of this coast.” {okell}",
]

FAILS = [
    ("“The harbour will close,” Okell said {okell}.", "the source has “not”, which the report leaves out"),
    ("“The harbour must not close,” Okell said {okell}.", "the source has “will” instead of “must”"),
    ("“The old harbour will not close,” Okell said {okell}.", "the report adds “old”"),
    ("Okell: “it pays for 40 schools” {okell}.", "the source has “4” instead of “40”"),
    ("Okell: “It is the oldest port […] and it pays for 5 schools” {okell}.", "the source has “4” instead of “5”"),
    ("Varga: “We asked for safe cranes, dry beds and a doctor on the quay” {varga}.", "“sheds” instead of “beds”"),
    ("Varga: “We asked for safe cranes and a doctor on the quay” {varga}.", "the source has “dry sheds”"),
    ("Varga: “We always asked for more money” {varga}.", "the source has “never”"),
    ("> The harbour will close.\n>\n> — Ada Okell {okell}", "the source has “not”"),
    ("Okell said {okell}:\n\n> It is the newest port of this coast, and it pays for 4 schools.", "“oldest”"),
    (
        "“We never asked for more money,” Okell said {okell}.",
        "it is in that of otr.harbour.statements.words.cleo+varga",
    ),
    ("Okell said “nothing whatever will change in this town” {okell}.", "which is not in the evidence"),
    ("The word “ferry” occurs 58 times {harbour}.", "is about “harbour”"),
    ("Okell told them “the port earned 26 million euros in 2021” {earnings}.", "“25” instead of “26”"),
]


@pytest.mark.parametrize("text", AGREES)
def test_a_quotation_from_the_evidence_passes_without_a_message(say: Say, text: str) -> None:
    assert say(text) == []


@pytest.mark.parametrize(("text", "said"), FAILS)
def test_another_word_is_an_error_and_is_named(say: Say, text: str, said: str) -> None:
    found = say(text)
    assert [it[0] for it in found] == ["error"]
    assert said in found[0][2]


def test_a_sentence_goes_on_within_a_quotation(say: Say) -> None:
    assert (
        say("Varga said “We never asked for more money. We asked for safe cranes” in 7,838 words {varga} {words}.")
        != []
    )
    text = (
        "“We never asked for more money,” she said. “We asked for safe cranes, dry sheds and a doctor "
        "on the quay.” {varga}"
    )
    assert say(text) == []


def test_a_title_in_quotation_marks_is_at_most_a_warning(say: Say) -> None:
    found = say("The note “Nine months that shook a small town” counts 96 statements {said}.")
    assert [it[:2] for it in found] in ([], [("warning", "quotation")])


@pytest.mark.parametrize(
    ("quotation", "passage", "expected"),
    [
        ("a b … d", "a b c d", True),
        ("a b … d", "d a b c", False),
        ("a [x] c", "a b c", True),
        ("a [x] c", f"a {'b ' * 40} c", False),
        ("[T]he end", "the end", True),
        ("the end", "the bend", False),
        ("don't go", "don’t go", True),
        ("well-known", "well‑known", True),
        ("…", "anything", True),
    ],
)
def test_gaps_and_insertions(quotation: str, passage: str, expected: bool) -> None:
    assert is_in(pattern_of(quotation), words_of(passage)) is expected


BEYOND = "Okell “told the council that the port earned 25 million euros in 2021” {earnings}."


def test_a_quotation_that_goes_beyond_its_passage_is_looked_up_in_the_document(say: Say, room: Path) -> None:
    assert say(BEYOND) == []
    assert [it[0] for it in say(BEYOND.replace("council", "committee"))] == ["error"]


def test_without_the_document_it_is_a_warning(elsewhere: Say) -> None:
    assert [it[:2] for it in elsewhere(BEYOND)] == [("warning", "quotation")]


@pytest.mark.parametrize(
    "text",
    [
        "Okell said: “The harbour will […] close” {okell}.",
        "One text has it: “We asked for safe cranes, wet sheds and a doctor.” Varga has 22% of the words {varga}.",
        "Varga said: “We asked for [sic] cranes, dry sheds and a doctor on the quay” {varga}.",
    ],
)
def test_a_word_left_out_or_changed_is_named(say: Say, text: str) -> None:
    assert ("error", "quotation") in [it[:2] for it in say(text)]


def test_two_words_that_changed_places_are_named_where_the_passage_has_light_words_elsewhere() -> None:
    passage = words_of(
        "The people, by its struggle and by the blood which was shed by its sons and daughters, won the undeniable and "
        "lasting right to payment of the damages"
    )
    others = [words_of("the right of the people and the right to the payment of the damages and the blood")] * 9
    found = difference(pattern_of("the and undeniable lasting right to payment of the damages"), [*others, passage])
    assert found is not None
    assert (found.passage, found.likeness > 0.8) == (9, True)
