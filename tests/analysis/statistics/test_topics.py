"""Topics: planted ones are found, and noise has none."""

from typing import Any

import numpy as np
import pytest
from scipy.sparse import csr_array

from research.analysis.statistics.topics import (
    FEWEST_DOCUMENTS,
    coherence,
    factorised,
    jaccard,
    top_terms,
    topics,
    weighted,
)

TOPICS, WORDS_OF_A_TOPIC, OTHERS = 4, 12, 200


def planted(documents: int = 240, of_topic: float = 0.3, seed: int = 3) -> csr_array[Any, tuple[int, int]]:
    """Documents of 120 words: some from the words of their own topic (its number is that of the document modulo 4)."""
    drawn = np.random.default_rng(seed)
    counts = np.zeros((documents, TOPICS * WORDS_OF_A_TOPIC + OTHERS), dtype=np.int64)
    for document in range(documents):
        own = drawn.binomial(120, of_topic)
        first = (document % TOPICS) * WORDS_OF_A_TOPIC
        counts[document, first : first + WORDS_OF_A_TOPIC] += drawn.multinomial(own, [1 / WORDS_OF_A_TOPIC] * 12)
        counts[document, -OTHERS:] += drawn.multinomial(120 - own, [1 / OTHERS] * OTHERS)
    return csr_array(counts)


def shuffled(counts: csr_array[Any, tuple[int, int]]) -> csr_array[Any, tuple[int, int]]:
    """The same words in the same numbers, each in a random document."""
    dense = np.asarray(counts.toarray())
    words = np.repeat(np.tile(np.arange(dense.shape[1]), dense.shape[0]), dense.ravel())
    documents = np.repeat(np.repeat(np.arange(dense.shape[0]), dense.shape[1]), dense.ravel())
    result = np.zeros_like(dense)
    np.add.at(result, (documents, np.random.default_rng(8).permutation(words)), 1)
    return csr_array(result)


def test_planted_topics_are_found_with_their_documents() -> None:
    found = topics(planted(), sizes=(TOPICS, 6))
    kept = np.flatnonzero(found.kept).tolist()
    of = {it: set((found.terms[it] // WORDS_OF_A_TOPIC).tolist()) for it in kept}
    assert sorted(map(sorted, of.values())) == [[0], [1], [2], [3]], "each has the words of one topic, and no others"
    for it in kept:
        assert found.stability[it] >= 0.9
        assert set((np.flatnonzero(found.main == it) % TOPICS).tolist()) == of[it]
    assert np.allclose(found.mixture.sum(axis=1), 1)


def test_the_same_words_shuffled_over_the_documents_have_no_topic() -> None:
    found = topics(shuffled(planted()), sizes=(TOPICS, 6))
    assert len(found.terms) in (TOPICS, 6), "something is found in noise as well"
    assert not found.kept.any()


def test_what_comes_back_because_it_is_frequent_is_no_topic() -> None:
    """Ten words are frequent everywhere and the others rare, so the first topic is always made of them."""
    drawn = np.random.default_rng(4)
    shares = np.array([0.017] * 10 + [0.83 / 300] * 300)
    counts = csr_array(np.array([drawn.multinomial(30, shares / shares.sum()) for _ in range(300)]))
    found = topics(counts, sizes=(1,))
    assert found.stability.tolist() == [1.0]
    assert not found.kept.any()


def test_the_number_of_topics_is_the_one_that_is_planted() -> None:
    """Two topics leave documents out, and twelve are parts of the four."""
    assert len(topics(planted(), sizes=(2, TOPICS)).terms) == TOPICS
    found = topics(planted(), sizes=(12, TOPICS))
    assert (len(found.terms), found.covered) == (TOPICS, 240)


def test_equal_counts_give_equal_topics() -> None:
    one, other = (topics(planted(), sizes=(TOPICS,)) for _ in range(2))
    assert np.array_equal(one.mixture, other.mixture)
    assert all(np.array_equal(a, b) for a, b in zip(one.weights, other.weights, strict=True))


def test_a_document_without_any_of_the_terms_has_no_topic() -> None:
    dense = np.asarray(planted().toarray())
    dense[7] = 0
    found = topics(csr_array(dense), sizes=(TOPICS,))
    assert found.main[7] == -1
    assert found.mixture[7].tolist() == [0.0] * TOPICS
    assert (np.delete(found.main, 7) >= 0).all()


def test_a_corpus_without_terms_has_no_topics() -> None:
    found = topics(csr_array((FEWEST_DOCUMENTS, 3), dtype=np.int64))
    assert (len(found.terms), found.kept.tolist(), set(found.main.tolist())) == (0, [], {-1})


def test_too_few_documents_are_refused() -> None:
    with pytest.raises(ValueError, match="Topics need 200 documents, and there are 199"):
        topics(planted(199))


def test_weights_by_hand() -> None:
    """Ten documents: a term in five of them, one in six (too many), one in four (too few)."""
    dense = np.zeros((10, 4), dtype=np.int64)
    dense[:5, 1], dense[:6, 0], dense[:4, 2] = 1, 1, 1
    dense[0, 1], dense[5:, 3] = 3, 2
    matrix, columns = weighted(csr_array(dense))
    assert columns.tolist() == [1, 3]
    assert np.allclose(matrix.toarray(), [[1, 0]] * 5 + [[0, 1]] * 5), "each row has one term, and the length 1"
    dense[0, 3], dense[9, 3] = 1, 0
    again = weighted(csr_array(dense))[0].toarray()
    assert again[0] == pytest.approx(np.array([1 + np.log(3), 1]) / np.hypot(1 + np.log(3), 1))


def test_the_factors_of_a_product_give_it_back() -> None:
    drawn = np.random.default_rng(6)
    first, second = drawn.random((30, 3)), drawn.random((3, 20)) * (drawn.random((3, 20)) < 0.4)
    product = first @ second
    found = factorised(csr_array(product), drawn.random((30, 3)), 500)
    assert min(found[0].min(), found[1].min()) >= 0
    assert np.abs(found[0] @ found[1] - product).max() < 0.01


def test_more_iterations_come_closer() -> None:
    matrix, _ = weighted(planted())
    start = np.random.default_rng(1).random((matrix.shape[0], 4))
    errors = [np.linalg.norm(matrix.toarray() - np.dot(*factorised(matrix, start, n))) for n in (1, 3, 10, 30)]
    assert errors == sorted(errors, reverse=True)


def test_the_first_terms_of_a_topic() -> None:
    rows = np.array([[0.0, 0.2, 0.5, 0.2], [0.0, 0.0, 0.0, 0.0]])
    assert [it.tolist() for it in top_terms(rows)] == [[2, 1, 3], []]
    assert jaccard(np.array([], dtype=np.int64), np.array([], dtype=np.int64)) == 0


def test_coherence_by_hand() -> None:
    """Of eight documents two have both terms and nothing else has either; or both have two, and none has both."""
    together, apart = np.zeros((8, 2), dtype=np.int64), np.zeros((8, 2), dtype=np.int64)
    together[:2] = 1
    apart[:2, 0], apart[2:4, 1] = 1, 1
    assert coherence(csr_array(together)) == 1
    assert coherence(csr_array(apart)) == -1
    half = np.array([[1, 1]] * 2 + [[1, 0]] * 2 + [[0, 1]] * 2 + [[0, 0]] * 2)
    assert coherence(csr_array(half)) == 0, "p(x, y) = p(x) p(y)"
    assert coherence(csr_array(together[:, :1])) == 0
