"""Transcripts and signed quotations are told from other texts, and each says who speaks."""

import pytest

from research.loading import Span
from research.nlp.records import Attribution
from research.nlp.statements.layout import signed_quotations, with_layout
from research.nlp.statements.turns import turns
from tests.nlp.statements.talks import document

INTERVIEW = """The minister spoke to Radio Varn on Tuesday.

JOURNALIST: When will the harbour open?

MINISTER ORLOVA: In spring. The council said that it has the money.

As for the rest, ask the mayor.

(Laughter)

JOURNALIST: And the bridge?

MINISTER ORLOVA: In autumn.

The programme is repeated on Sunday.
"""


def test_what_is_said_within_a_turn_is_a_statement_within_a_statement() -> None:
    def attribution(source: str, content: str) -> Attribution:
        at, start = INTERVIEW.index(source), INTERVIEW.index(content)
        return Attribution(Span(at, at + len(source)), None, (Span(start, start + len(content)),), "indirect", 0.5)

    before = attribution("The minister", "spoke to Radio Varn")
    within = attribution("The council", "that it has the money")
    across = attribution("the mayor", "And the bridge")
    after = attribution("The programme", "is repeated on Sunday")
    found = with_layout(INTERVIEW, [before, within, across, after], turns(document(INTERVIEW)))
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
    found = with_layout(text, [mixed_up, alone], turns(document(text)))
    assert [text[slice(*it.source)] for it in found if it.source] == ["Ana Weiss", "Petr Malik"]
    assert len(found) == 2
