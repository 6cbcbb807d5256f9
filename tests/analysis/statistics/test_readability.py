"""Readability, against the figures that quanteda publishes."""

import pytest

from research import Annotations
from research.analysis.language import readability
from research.analysis.statistics.readability import (
    flesch_kincaid_grade,
    flesch_reading_ease,
    gunning_fog,
    words_per_sentence,
)
from tests.analysis.conftest import AnnotationsOf

# Texts and figures of quanteda.textstats, textstat_readability(measure = "Flesch"); the counts are by hand.
QUANTEDA = [
    ("Readability zero one. Ten, Eleven.", 5, 2, 12, 1.2575),
    ("The cat in a dilapidated tophat.", 6, 1, 11, 45.645),
]


@pytest.mark.parametrize(("text", "words", "sentences", "syllables", "flesch"), QUANTEDA)
def test_the_formula_gives_the_figures_of_quanteda(
    text: str, words: int, sentences: int, syllables: int, flesch: float
) -> None:
    assert flesch_reading_ease(words, sentences, syllables) == pytest.approx(flesch, abs=1e-9)


# The same texts and measure = "FOG": "Readability" and "Eleven" are complex, and "dilapidated".
@pytest.mark.parametrize(("words", "sentences", "complex_words", "fog"), [(5, 2, 2, 17.0), (6, 1, 1, 9.066667)])
def test_the_fog_index_is_that_of_quanteda(words: int, sentences: int, complex_words: int, fog: float) -> None:
    assert gunning_fog(words, sentences, complex_words) == pytest.approx(fog, abs=5e-7)


def test_the_grade_is_that_of_the_formula() -> None:
    """Kincaid and others (1975): 10 words a sentence and 1.5 syllables a word are 3.9 + 17.7 - 15.59."""
    assert flesch_kincaid_grade(100, 10, 150) == pytest.approx(6.01)


@pytest.mark.parametrize(("text", "words", "sentences", "syllables"), [row[:4] for row in QUANTEDA])
def test_words_sentences_and_syllables_are_those_of_quanteda(
    annotated: AnnotationsOf, text: str, words: int, sentences: int, syllables: int
) -> None:
    table = readability(annotated({"a.txt": text}))
    assert table[["words", "sentences", "syllables"]].values.tolist() == [[words, sentences, syllables]]


def test_reading_ease_is_the_same_for_a_text_and_for_the_text_twice(seed: Annotations) -> None:
    assert flesch_reading_ease(340, 15, 615) == pytest.approx(flesch_reading_ease(680, 30, 1230))


def test_without_a_sentence_there_is_no_mean_and_no_ease() -> None:
    with pytest.raises(ZeroDivisionError):
        words_per_sentence(3, 0)
    with pytest.raises(ZeroDivisionError):
        flesch_reading_ease(0, 1, 0)
    with pytest.raises(ZeroDivisionError):
        flesch_kincaid_grade(0, 1, 0)
    with pytest.raises(ZeroDivisionError):
        gunning_fog(3, 0, 0)
