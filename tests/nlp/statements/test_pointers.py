"""Statements to which the next sentence points back."""

import pytest

from research.loading import Span
from research.nlp.records import Attribution
from research.nlp.statements.pointers import with_antecedents
from research.nlp.text import sentences


def said(text: str, source: str, cue: str, content: str, after: int = 0) -> Attribution:
    """An attribution of parts of a text, each the first of its kind from a place on."""

    def span(part: str) -> Span:
        start = text.index(part, after)
        return Span(start, start + len(part))

    return Attribution(span(source), span(cue), (span(content),), kind="indirect", confidence=0.5)


def contents(text: str, found: list[Attribution]) -> list[list[str]]:
    return [[text[slice(*part)] for part in it.content] for it in found]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("It rains. The strait stays open. This is what Okell said in Varn.", ("Okell", "said", "This is what")),
        ("It rains. The strait stays open. This is what Okell said in Varn.", ("Okell", "said", "This")),
        (
            "It rains. The strait stays open. This was stated by the ministry.",
            ("the ministry", "was stated by", "This"),
        ),
        ("It rains. The strait stays open. Okell said this at a briefing.", ("Okell", "said", "this")),
        ("It rains. The strait stays open. Okell said this.", ("Okell", "said", "this")),
    ],
)
def test_a_statement_is_the_sentence_that_the_next_one_points_to(text: str, parts: tuple[str, str, str]) -> None:
    (found,) = with_antecedents(text, [said(text, *parts)], sentences(text))
    assert contents(text, [found]) == [["The strait stays open"]]
    assert found.source is not None
    assert text[slice(*found.source)] == parts[0]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("This is what Okell said in Varn.", ("Okell", "said", "This is what")),
        ("The strait stays open.\n\nThis is what Okell said in Varn.", ("Okell", "said", "This is what")),
        ("The strait stays open. Okell called this treaty a trap.", ("Okell", "called", "this")),
        ("The strait stays open. Okell said that.", ("Okell", "said", "that")),
        ("The strait stays open. It was announced by Okell.", ("Okell", "was announced by", "It")),
    ],
)
def test_what_points_to_nothing_or_elsewhere_stays(text: str, parts: tuple[str, str, str]) -> None:
    found = [said(text, *parts)]
    assert with_antecedents(text, found, sentences(text)) == found


def test_a_sentence_that_is_part_of_another_statement_is_not_taken() -> None:
    text = "Weiss told us that it rains. This is what Okell said in Varn."
    found = [said(text, "Weiss", "told", "that it rains"), said(text, "Okell", "said", "This is what")]
    assert with_antecedents(text, found, sentences(text)) == found


def test_a_sentence_with_the_source_is_not_taken() -> None:
    text = "The strait stays open. Okell spoke first. This was said in Varn."
    found = [said(text, "Okell", "was said", "This")]
    assert with_antecedents(text, found, sentences(text)) == found


def test_a_quotation_that_is_pointed_to_is_direct() -> None:
    text = "“The strait stays open.” This was announced by Okell. A town in the U.S. This was announced by Okell."
    (one, other) = with_antecedents(
        text,
        [
            said(text, "Okell", "was announced by", "This"),
            said(text, "Okell", "was announced by", "This", after=text.index("A town")),
        ],
        sentences(text),
    )
    assert (one.kind, other.kind) == ("direct", "indirect")
    assert contents(text, [one, other]) == [["The strait stays open."], ["A town in the U.S."]]


def test_every_one_of_many_pointers_is_followed() -> None:
    part = "The strait stays open. This was announced by Okell. "
    found = [said(part * 50, "Okell", "was announced by", "This", len(part) * number) for number in range(50)]
    meant = with_antecedents(part * 50, found, sentences(part * 50))
    assert contents(part * 50, meant) == [["The strait stays open"]] * 50
    assert [it.content[0][0] for it in meant] == [len(part) * number for number in range(50)]
