"""Phrases: which words belong together, and counting these as one."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from research.analysis.statistics.phrases import Ids, joined, phrases

WORDS = ["river", "commission", "dam", "of", "prime", "minister", "talks", "joint", "water", "grain", "old", "new"]
FILL = [7, 8, 9, 10, 11]


def corpus(documents: int = 8) -> tuple[Ids, Ids, Ids]:
    """Documents of five sentences: "prime minister" in all, "river commission talks" in all, the rest at random."""
    chance = np.random.default_rng(5)
    ids, sentences, of = [], [], []
    for document in range(documents):
        for number, fixed in enumerate(([4, 5], [0, 1, 6], [3, 8], [9], [10])):
            sentence = [*chance.choice(FILL, 4).tolist(), -1, *fixed, -1, *chance.choice(FILL, 3).tolist()]
            ids += sentence
            sentences += [5 * document + number] * len(sentence)
            of += [document] * len(sentence)
    return np.array(ids), np.array(sentences), np.array(of)


CONTENT = np.array([word != "of" for word in WORDS])


def texts(table: pd.DataFrame) -> list[str]:
    return [" ".join(WORDS[i] for i in phrase) for phrase in table["words"]]


def test_words_that_belong_together_are_found() -> None:
    found = phrases(*corpus(), CONTENT)
    assert texts(found) == ["river commission talks", "prime minister"]  # both 8 times: in the order of their ids
    assert found["f"].tolist() == [8, 8]
    assert found["documents"].tolist() == [8, 8]
    assert (found["npmi"] > 0.9).all()


def test_parts_of_a_longer_phrase_are_left_out_unless_they_occur_alone() -> None:
    ids, sentences, of = corpus()
    more = np.array([0, 1] * 4), np.arange(4).repeat(2) + sentences.max() + 1, np.arange(4).repeat(2)
    longer = [np.concatenate(pair) for pair in zip((ids, sentences, of), more, strict=True)]
    assert "river commission" in texts(phrases(longer[0], longer[1], longer[2], CONTENT))
    assert "commission talks" not in texts(phrases(longer[0], longer[1], longer[2], CONTENT))


def test_a_phrase_of_one_document_is_no_term_of_the_corpus() -> None:
    ids, sentences, of = corpus()
    many = np.where(np.isin(ids, [4, 5]) & (of > 1), -1, ids)
    again = np.concatenate([many, np.tile([4, 5, -1], 9)])
    sentences, of = np.append(sentences, np.full(27, sentences.max() + 1)), np.append(of, np.full(27, of.max()))
    assert "prime minister" in texts(phrases(again, sentences, of, CONTENT))
    assert "prime minister" not in texts(phrases(again, sentences, of, CONTENT, fewest_documents=4))


def test_words_that_meet_by_chance_are_no_phrase() -> None:
    chance = np.random.default_rng(1)
    ids = chance.integers(0, 6, 5000)
    assert phrases(ids, np.arange(5000) // 20, np.arange(5000) // 500, np.ones(6, dtype=bool)).empty


def test_phrases_do_not_cross_sentences_marks_or_function_words() -> None:
    ids = np.tile([0, 1, -1, 4, 3, 5], 30)  # river commission . prime of minister
    sentences, of = np.arange(180) // 1, np.arange(180) // 18
    assert phrases(ids, sentences, of, CONTENT).empty  # a sentence for each word
    found = phrases(ids, np.arange(180) // 6, of, CONTENT, least_npmi=-1, least_log_likelihood=0)
    assert texts(found) == ["river commission"]


def test_a_phrase_counts_as_one_word() -> None:
    ids, sentences = np.array([0, 1, 6, 0, 1, 4, 5, 0]), np.array([0, 0, 0, 0, 0, 0, 1, 1])
    assert joined(ids, sentences, [(0, 1), (0, 1, 6), (4, 5)], 12).tolist() == [13, -1, -1, 12, -1, 4, 5, 0]


@given(st.lists(st.integers(-1, 3), max_size=30), st.sets(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=4))
def test_joining_loses_no_word(words: list[int], pairs: set[tuple[int, int]]) -> None:
    ids, found = np.array(words, dtype=np.int64), sorted(pairs)
    result = joined(ids, np.zeros(len(ids), dtype=np.int64), found, 10)
    again: list[int] = []
    for number in result.tolist():
        again += found[number - 10] if number >= 10 else [number] * (number >= 0)
    assert again == [word for word in words if word >= 0]
    unjoined = [pair for pair in zip(result.tolist(), result[1:].tolist(), strict=False) if pair in pairs]
    assert unjoined == []


def test_a_text_without_words_has_no_phrase() -> None:
    none = np.zeros(0, dtype=np.int64)
    found = phrases(none, none, none, CONTENT)
    assert found.empty
    assert {"words", "length", "f", "f1", "f2", "N", "npmi", "log_likelihood", "documents", "dp"} <= set(found.columns)
    assert joined(none, none, [(0, 1)], 12).tolist() == []


def test_arrays_that_do_not_match_are_refused() -> None:
    ids, sentences, of = corpus()
    with pytest.raises(ValueError, match="one id, one sentence and one document"):
        phrases(ids, sentences[1:], of, CONTENT)
