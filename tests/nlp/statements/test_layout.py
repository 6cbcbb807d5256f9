"""Transcripts and signed quotations are told from other texts, and each says who speaks."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from research.loading import Span
from research.nlp.records import Attribution
from research.nlp.statements.layout import signed_quotations, turns, with_layout

INTERVIEW = """The minister spoke to Radio Varn on Tuesday.

JOURNALIST: When will the harbour open?

MINISTER ORLOVA: In spring. The council said that it has the money.

As for the rest, ask the mayor.

(Laughter)

JOURNALIST: And the bridge?

MINISTER ORLOVA: In autumn.

The programme is repeated on Sunday.
"""


def spoken(text: str) -> list[tuple[str, str]]:
    return [(text[slice(*turn.label)], text[slice(*turn.content)]) for turn in turns(text)]


def test_a_transcript_is_read_turn_by_turn() -> None:
    assert spoken(INTERVIEW) == [
        ("JOURNALIST", "When will the harbour open?"),
        (
            "MINISTER ORLOVA",
            "In spring. The council said that it has the money.\n\nAs for the rest, ask the mayor.",
        ),
        ("JOURNALIST", "And the bridge?"),
        ("MINISTER ORLOVA", "In autumn."),
    ]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Q: Why?\nA: Because.\nQ: Really?\nA: Yes.", ["Q", "A", "Q", "A"]),
        ("Ana Weiss: Why?\nPetr Malik: Because.\nAna Weiss: Really?", ["Ana Weiss", "Ana Weiss"]),
        ("Ana Weiss: Why?\nPetr Malik: So.\nAna Weiss: How?\nPetr Malik: So.", ["Ana Weiss", "Petr Malik"] * 2),
        ('"WEISS: Why?\n\n"MALIK: So.\n\n"WEISS: How?', ["WEISS", "MALIK", "WEISS"]),
        ("McLEOD (by phone): Why?\nDr. O’HARA: So.\nMcLEOD: How?", ["McLEOD", "Dr. O’HARA", "McLEOD"]),
        ("MINISTER FOR TRADE: Why?\nHOST: So.\nHOST: How?", ["MINISTER FOR TRADE", "HOST", "HOST"]),
    ],
)
def test_labels_are_names_and_offices_at_the_beginning_of_a_line(text: str, labels: list[str]) -> None:
    found = [label for label, _ in spoken(text)]
    assert found == (labels if len(labels) > 2 else []), "two turns are no transcript"


def test_who_speaks_only_once_takes_the_floor_as_well() -> None:
    text = "HOST: Why?\n\nORLOVA: So.\n\nA listener from the hall: Really?\n\nORLOVA: Yes: really.\n\nHOST: Thanks."
    assert [label for label, _ in spoken(text)] == ["HOST", "ORLOVA", "A listener from the hall", "ORLOVA", "HOST"]


@pytest.mark.parametrize(
    "transcript", [INTERVIEW, INTERVIEW.replace("JOURNALIST", "Host").replace("MINISTER ORLOVA", "Orlova")]
)
def test_a_headline_before_a_transcript_is_not_the_beginning_of_a_turn_that_takes_in_the_report(
    transcript: str,
) -> None:
    transcript = transcript.partition("\n\n")[2]
    text = "Orlova: The harbour opens in spring\n\nThe minister said so.\n\nNobody objected.\n\n" + transcript
    assert spoken(text) == [("Orlova", "The harbour opens in spring"), *spoken(transcript)]


def test_who_opens_a_transcript_and_never_returns_may_speak_in_paragraphs() -> None:
    text = "Noon news\n\nA listener: Two remarks.\n\nThe first one.\n\nHOST: Why?\n\nORLOVA: So.\n\nHOST: Yes?"
    assert spoken(text)[0] == ("A listener", "Two remarks.\n\nThe first one.")


@pytest.mark.parametrize("aside", ["(Laughter)", "[CROSSTALK.]", '"(CROSSTALK.)', "“(Applause)”"])
def test_an_aside_between_two_turns_belongs_to_neither(aside: str) -> None:
    text = f"HOST: Why?\n\nORLOVA: So.\n\n{aside}\n\nHOST: Really?\n\nORLOVA: Yes."
    assert spoken(text) == [("HOST", "Why?"), ("ORLOVA", "So."), ("HOST", "Really?"), ("ORLOVA", "Yes.")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"])
def test_line_ends_change_nothing(end: str) -> None:
    assert [label for label, _ in spoken(INTERVIEW.replace("\n", end))] == [label for label, _ in spoken(INTERVIEW)]
    text = f"“The sea is ours.” — Ana Weiss{end}More."
    (found,) = signed_quotations(text)
    assert found.source is not None
    assert text[slice(*found.source)] == "Ana Weiss"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The minister said: We will see.\nThe mayor said: So be it.\nThe minister said: No.",
        "RELATED: A bridge.\nVIDEO: A harbour.\nRELATED: A town.\nVIDEO: A boat.",
        "VARN: One day only.\nLUDA: Two days.\nMOLSK: Three days.",
        "NOTE TO EDITORS: One.\nNOTE TO EDITORS: Two.\nNOTE TO EDITORS: Three.",
        "Orlova: 41\nMalik: 12\nOrlova: 17\nMalik: 3",
        "Date: Monday\nSubject: The harbour\nContact: The mayor\nPlace: Varn",
        "HOST: \nHOST: \nGUEST: \nGUEST: ",
        "At 10:30 he left. At 11:30 she left. At 12:30 we left.",
    ],
)
def test_other_texts_are_no_transcripts(text: str) -> None:
    assert turns(text) == []


def test_what_is_said_within_a_turn_is_a_statement_within_a_statement() -> None:
    def attribution(source: str, content: str) -> Attribution:
        at, start = INTERVIEW.index(source), INTERVIEW.index(content)
        return Attribution(Span(at, at + len(source)), None, (Span(start, start + len(content)),), "indirect", 0.5)

    before = attribution("The minister", "spoke to Radio Varn")
    within = attribution("The council", "that it has the money")
    across = attribution("the mayor", "And the bridge")
    after = attribution("The programme", "is repeated on Sunday")
    found = with_layout(INTERVIEW, [before, within, across, after], turns(INTERVIEW))
    assert [INTERVIEW[slice(*it.source)] for it in found if it.source and it.level == 0] == [
        *("The minister", "JOURNALIST", "MINISTER ORLOVA", "JOURNALIST", "MINISTER ORLOVA", "The programme"),
    ]
    assert [it.content for it in found if it.level == 1] == [within.content]


def test_a_text_that_is_no_transcript_keeps_its_attributions() -> None:
    one = Attribution(Span(0, 2), Span(3, 7), (Span(8, 20),), "indirect", 0.5)
    assert with_layout("He said that he is ill.", [one], []) == [one]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“The sea is ours.” — Ana Weiss\nMore.", "Ana Weiss"),
        ("“The sea is ours.”― Ana Weiss.", "Ana Weiss"),
        ("”The sea is ours.” ― Ana Weiss", "Ana Weiss"),
        ('"The sea is ours!" -- Ana Weiss, teacher\n', "Ana Weiss, teacher"),
        ("«The sea is ours.»\xa0– Ana van Weiss\xa0", "Ana van Weiss"),
    ],
)
def test_a_quotation_may_be_signed(text: str, name: str) -> None:
    (found,) = signed_quotations(text)
    assert found.source is not None
    assert text[slice(*found.source)] == name
    assert text[slice(*found.content[0])].rstrip("!.") == "The sea is ours"
    assert found.kind == "direct"


@pytest.mark.parametrize(
    "text",
    [
        "“The sea is ours,” Ana Weiss said.",
        "The “Sea” — Varn’s only newspaper — is closed.",
        "“The sea is ours.” — and so on",
        "“The sea is ours.” — The minister did not say whose sea it is, nor when.",
        "“The sea” — Ana Weiss",
        "“We will go on,\n” he said. “It is over.” — Reuters",
        '" he said. "They are gone." -- Smith',
        '"Yes," said A. "No," said B. "It is over." - Associated Press',
    ],
)
def test_other_quotations_are_not_signed(text: str) -> None:
    assert signed_quotations(text) == []


@pytest.mark.parametrize(
    "inner", ["He told me: “The sea is ours.” And so it is.", "He calls us “gulls,” and the sea “a puddle”."]
)
def test_a_signed_quotation_may_quote_another_one(inner: str) -> None:
    text = f"“{inner}” — Ana Weiss"
    (found,) = signed_quotations(text)
    assert text[slice(*found.content[0])] == inner


def test_what_the_encoder_made_of_a_signed_quotation_gives_way() -> None:
    text = "“The sea is ours.” — Ana Weiss\n“It is not.” — Petr Malik\n"
    mixed_up = Attribution(Span(21, 30), Span(19, 20), (Span(1, 17), Span(32, 42)), "direct", 0.5)
    alone = Attribution(None, None, (Span(1, 17),), "direct", 0.5)
    found = with_layout(text, [mixed_up, alone], turns(text))
    assert [text[slice(*it.source)] for it in found if it.source] == ["Ana Weiss", "Petr Malik"]
    assert len(found) == 2


LINES = st.sampled_from(
    ["HOST: ", "GUEST: ", "Ana Weiss: ", "words and more", "(Laughter)", "", '"', ": ", "A:", "é: "]
)


@given(st.lists(LINES, max_size=30).map("\n".join))
def test_turns_stand_in_order_and_do_not_overlap(text: str) -> None:
    found = turns(text)
    for turn in found:
        assert re.match(r"\w", text[slice(*turn.label)])
        assert text[slice(*turn.colon)] == ":"
        assert turn.label[1] <= turn.colon[0] < turn.colon[1] <= turn.content[0] < turn.content[1] <= len(text)
    assert all(one.content[1] <= other.label[0] for one, other in pairwise(found))
