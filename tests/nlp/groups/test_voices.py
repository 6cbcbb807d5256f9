"""Whose words each place of a document is."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from research.loading import Span, Speakers
from research.loading.speakers import read_speakers
from research.nlp.annotated import AnnotatedDocument
from research.nlp.groups.voices import LEAST_CONFIDENCE, OWN, Voice, voices
from research.nlp.records import Attribution
from tests.nlp.groups.voiced import document, statement

ANN, BO = "Ann Lee", "Bo Ray"


def told(annotated: AnnotatedDocument, people: Speakers | None = None) -> list[tuple[str, str | None, str | None]]:
    found = voices(annotated, people or Speakers(), LEAST_CONFIDENCE)
    return [(annotated[it.start, it.end].strip(), it.speaker, it.quoted) for it in found]


def test_a_statement_is_its_speakers_and_the_rest_nobodys() -> None:
    text = "Prices rose. We will stay, she said, and win. It rained."
    annotated = document("a", text, [statement(text, "We will stay … and win", ANN, "direct")])
    assert told(annotated) == [
        ("Prices rose.", None, None),
        ("We will stay", ANN, "direct"),
        (", she said,", None, None),
        ("and win", ANN, "direct"),
        (". It rained.", None, None),
    ]


def test_a_statement_of_somebody_else_within_a_turn_is_theirs() -> None:
    text = "ANN: I heard that taxes fell, as Bo told us, and I agree."
    turn = statement(text, "I heard that taxes fell, as Bo told us, and I agree.", ANN, "turn")
    annotated = document("a", text, [turn, statement(text, "taxes fell", BO)])
    assert told(annotated) == [
        ("ANN:", None, None),
        ("I heard that", ANN, "turn"),
        ("taxes fell", BO, "indirect"),
        (", as Bo told us, and I agree.", ANN, "turn"),
    ]


def test_of_two_that_begin_together_the_shorter_counts_first() -> None:
    text = "Taxes fell and rents rose."
    whole, part = statement(text, "Taxes fell and rents rose.", ANN), statement(text, "Taxes fell", BO)
    assert told(document("a", text, [whole, part])) == [
        ("Taxes fell", BO, "indirect"),
        ("and rents rose.", ANN, "indirect"),
    ]


def test_of_two_that_overlap_the_later_one_counts_from_its_beginning() -> None:
    text = "Taxes fell and rents rose again."
    first, second = statement(text, "Taxes fell and rents", ANN), statement(text, "rents rose", BO)
    assert told(document("a", text, [first, second])) == [
        ("Taxes fell and", ANN, "indirect"),
        ("rents rose", BO, "indirect"),
        ("again.", None, None),
    ]


def test_neighbours_of_one_voice_are_one_stretch() -> None:
    text = "Taxes fell, rents rose."
    parts = statement(text, "Taxes fell,", ANN), statement(text, " rents rose.", ANN)
    assert told(document("a", text, parts)) == [("Taxes fell, rents rose.", ANN, "indirect")]


def test_the_words_of_a_speech_are_its_speakers_and_those_quoted_in_it_are_not() -> None:
    text = "Friends, my critics say that we are late. We are not."
    annotated = document("a", text, [statement(text, "we are late", "the critics")], owner=ANN)
    assert told(annotated) == [
        ("Friends, my critics say that", ANN, OWN),
        ("we are late", "the critics", "indirect"),
        (". We are not.", ANN, OWN),
    ]


def test_a_statement_without_a_named_speaker_is_nobodys_and_still_quoted() -> None:
    text = "Officials say that it is late."
    assert told(document("a", text, [statement(text, "it is late", None)], owner=ANN))[1] == (
        "it is late",
        None,
        "indirect",
    )


@pytest.mark.parametrize(
    ("confidence", "level", "counts"),
    [(LEAST_CONFIDENCE, 0, True), (LEAST_CONFIDENCE - 0.001, 0, False), (0.9, 1, False)],
)
def test_what_is_unsure_or_within_a_statement_is_no_voice(confidence: float, level: int, counts: bool) -> None:
    text = "She said that it is late."
    annotated = document("a", text, [statement(text, "it is late", ANN, confidence=confidence, level=level)])
    assert (ANN in {speaker for _, speaker, _ in told(annotated)}) == counts


def test_the_header_is_nobodys() -> None:
    text = "Title\n\nIt rained."
    assert told(document("a", text, body=Span(7, len(text)))) == [("It rained.", None, None)]
    assert told(document("a", "", owner=ANN)) == []


PEOPLE = read_speakers(b"name,also_called,country\nAnn Lee,Lee; ORD,Ordania\nBo Ray,,Ordania\n")


def test_names_are_as_speakers_csv_says() -> None:
    text = "Lee said that it is late, and Ray agreed that it rained."
    statements = [statement(text, "it is late", "Lee"), statement(text, "it rained", "bo ray")]
    its = told(document("a", text, statements, owner="A. Lee", speaker="ORD"), PEOPLE)
    assert {speaker for _, speaker, _ in its} == {ANN, BO}
    assert its[0] == ("Lee said that", ANN, OWN)


def test_a_part_of_a_document_has_the_voices_within_it() -> None:
    text = "Prices rose. We will stay, she said."
    whole = document("a", text, [statement(text, "We will stay", ANN, "direct")], owner=BO)
    assert told(whole.within([Span(7, 20)])) == [("rose.", BO, OWN), ("We will", ANN, "direct")]


LENGTH = 40


@st.composite
def nested(draw: st.DrawFn) -> list[Span]:
    """Spans within a text, any of which may hold, overlap or equal another."""
    places = st.integers(0, LENGTH - 1)
    ends = draw(st.lists(st.tuples(places, places), max_size=12))
    return sorted(Span(min(its), max(its) + 1) for its in ends)


def whole_text(spans: list[Span]) -> AnnotatedDocument:
    found = [Attribution(None, None, (it,), "indirect", 0.9, speaker=f"S{at}") for at, it in enumerate(spans)]
    return document("a", "x" * LENGTH, found, owner=ANN)


@settings(deadline=None, max_examples=60)
@given(nested())
def test_voices_cover_the_body_once_and_the_innermost_counts(spans: list[Span]) -> None:
    found = voices(whole_text(spans), Speakers(), LEAST_CONFIDENCE)
    assert (found[0].start, found[-1].end) == (0, LENGTH)
    assert all(one.end == other.start and one.start < one.end for one, other in pairwise(found))
    for place in range(LENGTH):
        holding = [(it.start, -it.end, f"S{at}") for at, it in enumerate(spans) if it.start <= place < it.end]
        (voice,) = (it for it in found if it.start <= place < it.end)
        last = max(holding, default=(0, 0, ANN))
        same = {name for start, end, name in holding if (start, end) == last[:2]} or {ANN}
        assert voice.speaker in same


@settings(deadline=None, max_examples=40)
@given(nested(), nested())
def test_a_part_has_the_voices_of_the_whole_where_it_counts(spans: list[Span], parts: list[Span]) -> None:
    apart = [it for before, it in pairwise([Span(0, 0), *parts]) if before.end <= it.start]
    apart = [it for at, it in enumerate(apart) if not at or apart[at - 1].end <= it.start]
    whole = whole_text(spans)

    def speakers(found: list[Voice]) -> dict[int, str | None]:
        return {place: it.speaker for it in found for place in range(it.start, it.end)}

    everywhere = speakers(voices(whole, Speakers(), LEAST_CONFIDENCE))
    inside = {place for it in apart for place in range(*it)}
    part = whole.within(apart)
    kept = [at for at, it in enumerate(spans) if it.start in inside]
    here = speakers(voices(part, Speakers(), LEAST_CONFIDENCE))
    assert here.keys() == inside
    if len(kept) == len(spans):
        assert here == {place: everywhere[place] for place in inside}
