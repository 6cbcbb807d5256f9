"""Where a claim begins and ends, and who makes it: on invented sentences with the other layers given by hand."""

from typing import Any

import pytest
from hypothesis import given

from research.loading import Document, Origin, Span
from research.nlp.claims.annotator import LEAST_SCORE, annotate, read
from research.nlp.claims.clauses import clauses
from research.nlp.records import Claim
from research.nlp.text.segmentation import sentences_of_body
from tests.strategies import documents

EMPTY: dict[str, list[Any]] = {"attributions": [], "mentions": [], "quantities": [], "times": []}


def document(text: str) -> Document:
    return Document("a", text, Span(0, len(text)), Origin("a.txt", "f" * 64, "utf-8"), date="2031-06-01")


def said(text: str, content: str, cue: str, source: str, **more: Any) -> dict[str, Any]:
    def at(part: str) -> list[list[int]]:
        assert text.count(part) == 1, part
        return [[text.index(part), text.index(part) + len(part)]]

    return {"content": at(content), "cue": at(cue), "source": at(source), "confidence": 0.9} | more


def claims_of(text: str, **layers: list[dict[str, Any]]) -> list[Claim]:
    it = document(text)
    sentences = [list(span) for span in sentences_of_body(text, it.body)]
    return list(read(it, {**EMPTY, "sentences": sentences, **layers}))


def texts_of(text: str, **layers: list[dict[str, Any]]) -> list[str]:
    return [text[it.start : it.end] for it in claims_of(text, **layers)]


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        (
            "As for trade, it keeps rising, and last year the volume reached a peak.",
            ["As for trade, it keeps rising", "last year the volume reached a peak"],
        ),
        ("Prices rose; wages did not.", ["Prices rose; wages did not"]),
        ("The prices rose again; the wages did not move.", ["The prices rose again", "the wages did not move"]),
        ("The army, the police, and the courts obey him.", ["The army, the police, and the courts obey him"]),
        ("I would like to stress that Orland does not trade in arms.", ["Orland does not trade in arms"]),
        ("97. But the truth is that nobody has paid.", ["nobody has paid"]),
        ("“We never left,", ["We never left"]),
        ("Yes, sir.", []),
    ],
)
def test_a_sentence_is_divided_only_where_both_parts_can_be_read_alone(sentence: str, parts: list[str]) -> None:
    assert [sentence[start:end] for start, end in clauses(sentence, Span(0, len(sentence)))] == parts


def test_a_claim_is_what_a_statement_says_without_the_words_around_it() -> None:
    text = "We do not sell arms, the minister said on Monday."
    [claim] = claims_of(text, attributions=[said(text, "We do not sell arms", "said", "the minister")])
    assert text[claim.start : claim.end] == "We do not sell arms"
    assert claim.attribution == 0
    assert claim.reasons[0] == "denial"


def test_of_statements_within_statements_the_innermost_one_makes_the_claim() -> None:
    text = "“They say that he never paid his debts. We never saw it,” she said."
    outer = said(text, "They say that he never paid his debts. We never saw it", "said", "she")
    inner = said(text, "that he never paid his debts", "say", "They")
    found = claims_of(text, attributions=[outer, inner])
    assert [(text[it.start : it.end], it.attribution) for it in found] == [
        ("he never paid his debts", 1),
        ("We never saw it", 0),
    ]


def test_a_statement_without_a_subject_takes_its_whole_sentence() -> None:
    text = "He claims to have never met the ambassador."
    found = texts_of(text, attributions=[said(text, "to have never met the ambassador", "claims", "He")])
    assert found == ["He claims to have never met the ambassador"]


def test_an_unsure_statement_divides_nothing() -> None:
    text = "We do not sell arms, the minister said on Monday."
    unsure = said(text, "We do not sell arms", "said", "the minister", confidence=0.1)
    [claim] = claims_of(text, attributions=[unsure])
    assert text[claim.start : claim.end] == text[:-1]
    assert claim.attribution is None


def test_what_the_next_sentence_calls_an_allegation_is_one() -> None:
    plain = "Some say that Orland moves away from its neighbours. "
    names = [{"start": plain.index("Orland"), "end": plain.index("Orland") + 6}]
    assert claims_of(plain + "What of it?", mentions=names) == []
    [claim] = claims_of(plain + "What do you say to such allegations?", mentions=names)
    assert claim.reasons == ("allegation",)


def test_a_question_asserts_nothing() -> None:
    assert texts_of("Do we never pay our debts?") == []
    assert texts_of("We never pay our debts.") != []


def test_a_figure_and_a_time_count_for_the_clause_that_holds_them() -> None:
    text = "The mood was good, and the budget grew to 30 million crowns in 2030."
    place = {"start": text.index("30 million"), "end": text.index(" in 2030")}
    figure = {**place, "kind": "money", "value": 3e7, "low": None, "high": None}
    [claim] = claims_of(text, quantities=[figure])
    assert text[claim.start : claim.end] == "the budget grew to 30 million crowns in 2030"
    assert set(claim.reasons) == {"figure", "trend"}
    time = {"start": text.index("2030"), "end": text.index("2030") + 4, "period_start": "2030-01-01"}
    assert claims_of(text, quantities=[figure], times=[time])[0].score > claim.score


@given(documents())
def test_claims_are_in_their_sentences_in_order_and_survive_being_written(data: bytes) -> None:
    it = document(data.decode("utf-8-sig"))
    sentences = [list(span) for span in sentences_of_body(it.text, it.body)]
    made = annotate(it, {**EMPTY, "sentences": sentences})["claims"]
    found = [Claim.from_record(record) for record in made]
    assert [claim.record(it.text) for claim in found] == made
    assert [claim.start for claim in found] == sorted(claim.start for claim in found)
    for claim in found:
        assert any(start <= claim.start < claim.end <= end for start, end in sentences)
        assert LEAST_SCORE <= claim.score < 1
        assert it.text[claim.start : claim.end] == claim.record(it.text)["text"]
