"""The claims of the seed document that a person marked are among the first ten, with the reasons of their kinds."""

from pathlib import Path

import pytest

from research import load
from research.loading import Document
from research.nlp.annotate import annotate_document
from research.nlp.annotated import AnnotatedDocument
from research.nlp.claims import reasons
from research.nlp.records import Claim


@pytest.fixture(scope="module")
def seed(root: Path) -> AnnotatedDocument:
    [document] = load(root / "seeds")
    return AnnotatedDocument(document, annotate_document(document))


@pytest.fixture(scope="module")
def first_ten(seed: AnnotatedDocument) -> list[Claim]:
    found: list[Claim] = seed.records("claims")
    return sorted(found, key=lambda claim: (-claim.score, claim.start))[:10]


# Marked by one reader before anything was computed, each with its kind.
MARKED = [
    ("Kazakhstan does not have goods that fall under sanctions", reasons.STATE),
    ("Kazakhstan also does not participate in the so-called parallel import to Russia", reasons.DENIAL),
    ("it keeps rising", reasons.TREND),
    ("last year the volume of the Kazakh-Russian trade reached 25 billion U.S. dollars", reasons.FIGURE),
    ("the longest border in the world", reasons.SUPERLATIVE),
    ("Kazakhstan is moving away from cooperation with Russia", reasons.ALLEGATION),
]


@pytest.mark.parametrize(("words", "reason"), MARKED)
def test_a_marked_claim_is_among_the_first_ten_with_its_reason(
    words: str, reason: str, seed: AnnotatedDocument, first_ten: list[Claim]
) -> None:
    holding = [it for it in first_ten if words in text_of(seed.document, it)]
    assert [reason in it.reasons for it in holding] == [True]


def test_each_is_a_claim_of_its_own(seed: AnnotatedDocument, first_ten: list[Claim]) -> None:
    holding = {it for words, _ in MARKED for it in first_ten if words in text_of(seed.document, it)}
    assert len(holding) == len(MARKED)


def test_the_question_of_the_correspondent_is_not_the_presidents_claim(
    seed: AnnotatedDocument, first_ten: list[Claim]
) -> None:
    [claim] = [it for it in first_ten if reasons.ALLEGATION in it.reasons]
    assert claim.attribution is not None
    assert seed.attributions[claim.attribution].speaker is None


def text_of(document: Document, claim: Claim) -> str:
    return document.text[claim.start : claim.end]
