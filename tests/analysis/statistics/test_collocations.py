"""Words next to and near each other, against counts that go from token to token."""

from collections import Counter
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from research.analysis.statistics import collocations
from research.analysis.statistics.association import association
from research.analysis.statistics.collocations import Ids, adjacent, window_counts

TOKENS = st.lists(st.tuples(st.integers(-1, 4), st.booleans()), max_size=40)
"""Words, -1 for punctuation, and whether a sentence begins."""


def arrays(tokens: list[tuple[int, bool]]) -> tuple[Ids, Ids]:
    ids = np.array([word for word, _ in tokens], dtype=np.int64)
    return ids, np.cumsum([begins for _, begins in tokens], dtype=np.int64)


def text(*sentences: str) -> tuple[Ids, Ids]:
    """One letter a word, "." for what is not counted."""
    ids = [-1 if letter == "." else ord(letter) - ord("a") for sentence in sentences for letter in sentence]
    numbers = [number for number, sentence in enumerate(sentences) for _ in sentence]
    return np.array(ids, dtype=np.int64), np.array(numbers, dtype=np.int64)


def rows(table: pd.DataFrame) -> list[list[int]]:
    return table.to_numpy().tolist()


def test_the_pairs_of_quanteda() -> None:
    """quanteda.textstats, textstat_collocations: λ and z of "a b" in the text "a b c a b d e b d a b"."""
    table = association(adjacent(*text("abcabdebdab"), minimum=2), ["log_odds", "log_odds_z"])
    assert rows(table[["first", "second", "f", "f1", "f2", "N"]]) == [[0, 1, 3, 3, 4, 10], [1, 3, 2, 3, 2, 10]]
    assert table["log_odds"][0] == pytest.approx(3.412247, abs=5e-7)
    assert table["log_odds_z"][0] == pytest.approx(1.936083, abs=5e-7)


def test_pairs_do_not_cross_a_sentence_or_a_mark() -> None:
    assert rows(adjacent(*text("ab", "ab.b")))[0] == [0, 1, 2, 2, 2, 2]
    assert len(adjacent(*text("a", "b.a"))) == 0


def test_a_window_by_hand() -> None:
    """Two places to each side of "b" in "a b c b d e": a, c, d, e are near, c once though two b's are near it."""
    table = window_counts(*text("abcbde"), left=2, right=2)
    near_b = table[table["node"] == 1]
    assert rows(near_b[["collocate", "f", "f1", "f2", "N"]]) == [
        [0, 1, 4, 1, 4],
        [2, 1, 4, 1, 4],
        [3, 1, 4, 1, 4],
        [4, 1, 4, 1, 4],
    ]
    only_left = window_counts(*text("abcbde"), left=2, right=0)
    assert only_left[only_left["node"] == 1]["collocate"].tolist() == [0, 2]


def test_a_term_of_two_words_is_not_its_own_collocate() -> None:
    ids, sentences = text("abcdab", "ae")
    nodes = np.where(np.isin(np.arange(len(ids)), [0, 1, 4, 5]), 0, -1)
    table = window_counts(ids, sentences, nodes=nodes, left=1, right=1)
    assert rows(table) == [[0, 2, 1, 2, 1, 4], [0, 3, 1, 2, 1, 4]]


@given(TOKENS)
def test_adjacent_pairs_are_those_found_token_by_token(tokens: list[tuple[int, bool]]) -> None:
    ids, sentences = arrays(tokens)
    its = list(zip(ids.tolist(), sentences.tolist(), strict=True))
    pairs = [(a, b) for (a, s), (b, t) in pairwise(its) if s == t and a >= 0 and b >= 0]
    counts, begins, ends = Counter(pairs), Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    expected = [[a, b, f, begins[a], ends[b], len(pairs)] for (a, b), f in sorted(counts.items())]
    assert rows(adjacent(ids, sentences)) == expected


@given(TOKENS, st.integers(0, 3), st.integers(1, 3), st.integers(1, 3), st.integers(1, 50))
def test_windows_are_those_found_token_by_token(
    tokens: list[tuple[int, bool]], left: int, right: int, minimum: int, at_once: int
) -> None:
    ids, sentences = arrays(tokens)
    near = set()
    for place, word in enumerate(ids.tolist()):
        for other in range(max(0, place - right), min(len(ids), place + left + 1)):
            node = int(ids[other])
            if word >= 0 and node >= 0 and node != word and sentences[other] == sentences[place]:
                near.add((node, place))
    pairs, f1 = Counter((node, int(ids[place])) for node, place in near), Counter(node for node, _ in near)
    totals = Counter(ids[ids >= 0].tolist())
    expected = [
        [node, word, f, f1[node], totals[word], totals.total() - totals[node]]
        for (node, word), f in sorted(pairs.items())
        if f >= minimum
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(collocations, "_TOKENS_AT_ONCE", at_once)
        table = window_counts(ids, sentences, left=left, right=right, minimum=minimum)
    assert rows(table) == expected
    association(table)  # the counts are possible


@given(TOKENS, st.integers(1, 3))
def test_rare_pairs_can_be_left_out(tokens: list[tuple[int, bool]], minimum: int) -> None:
    whole = adjacent(*arrays(tokens))
    assert rows(adjacent(*arrays(tokens), minimum=minimum)) == rows(whole[whole["f"] >= minimum])


def test_arrays_that_do_not_match_are_refused() -> None:
    ids, sentences = text("ab", "cd")
    with pytest.raises(ValueError, match="one id and one sentence"):
        adjacent(ids, sentences[1:])
    with pytest.raises(ValueError, match="sentences fall"):
        window_counts(ids, sentences[::-1])
    with pytest.raises(ValueError, match="0 tokens before and 0 after a word has no place"):
        window_counts(ids, sentences, left=0, right=0)


def test_a_text_without_words_has_no_pairs() -> None:
    for empty in (arrays([]), text("..")):
        assert adjacent(*empty).empty
        assert window_counts(*empty).empty
