"""Lexical diversity, against the definitions and counts by hand."""

from collections import Counter
from math import log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from research.analysis.statistics.diversity import diversity

TEXTS = st.lists(st.lists(st.integers(0, 6), max_size=25), min_size=1, max_size=4)


def measured(texts: list[list[int]], window: int = 3) -> list[dict[str, float]]:
    ids = np.array([word for text in texts for word in text], dtype=np.int64)
    documents = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    table = diversity(ids, documents, len(texts), window)
    return [{str(name): float(value) for name, value in row.items()} for row in table.to_dict("records")]


def test_six_words_by_hand() -> None:
    """ "a b a c a b": 6 words, 3 types, counts 3, 2, 1."""
    found = measured([[0, 1, 0, 2, 0, 1]])[0]
    assert found["ttr"] == pytest.approx(3 / 6)
    assert found["cttr"] == pytest.approx(3 / sqrt(12))
    assert found["guiraud_r"] == pytest.approx(3 / sqrt(6))
    assert found["herdan_c"] == pytest.approx(log(3) / log(6))
    assert found["yule_k"] == pytest.approx(10_000 * (14 - 6) / 36)
    assert found["simpson_d"] == pytest.approx((3 * 2 + 2 * 1) / 30)
    assert found["mattr"] == pytest.approx((2 + 3 + 2 + 3) / 12)  # aba, bac, aca, cab


@given(TEXTS, st.integers(1, 8))
def test_measures_follow_their_definitions(texts: list[list[int]], window: int) -> None:
    for text, found in zip(texts, measured(texts, window), strict=True):
        counts, n = Counter(text), len(text)
        assert (found["words"], found["types"]) == (n, len(counts))
        windows = [len(set(text[start : start + window])) / window for start in range(n - window + 1)]
        assert found["mattr"] == pytest.approx(sum(windows) / len(windows) if windows else np.nan, nan_ok=True)
        if n > 1:
            same = sum(one == other for i, one in enumerate(text) for other in text[:i])
            assert found["simpson_d"] == pytest.approx(same / (n * (n - 1) / 2))
            assert found["yule_k"] == pytest.approx(10_000 * found["simpson_d"] * (n - 1) / n)


def test_the_order_of_documents_is_free() -> None:
    ids, documents = np.array([0, 5, 1, 5, 0, 6]), np.array([0, 1, 0, 1, 0, 1])
    apart = measured([[0, 1, 0], [5, 5, 6]])
    assert diversity(ids, documents, 2, 3).to_dict("records") == apart


def test_texts_too_short_have_no_figure() -> None:
    nothing, one_word = measured([[], [3]])
    assert all(np.isnan(value) for name, value in nothing.items() if name not in {"words", "types"})
    assert one_word["ttr"] == 1
    assert np.isnan(one_word["herdan_c"])
    assert np.isnan(one_word["simpson_d"])
    assert np.isnan(one_word["mattr"])


def test_what_cannot_be_counted_is_refused() -> None:
    for ids, window in (([-1], 3), ([0], 0)):
        with pytest.raises(ValueError, match="a window of 1 word or more, and an id, from 0"):
            diversity(np.array(ids), np.array([0]), 1, window)
