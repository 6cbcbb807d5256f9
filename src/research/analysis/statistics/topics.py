"""Topics: groups of terms that occur in the same documents, kept only where they come back in half of the documents.

The documents are weighted by TF-IDF and factorised into non-negative parts (NMF; Lee and Seung 1999, *Nature* 401):
each topic is a row of weights of terms, each document a mixture of topics. The factors of all documents start from
their singular vectors (NNDSVD; Boutsidis and Gallopoulos 2008, *Pattern Recognition* 41) and are improved by
hierarchical alternating least squares (Cichocki and Phan 2009, *IEICE Transactions* E92-A).

NMF finds as many topics as it is asked for, in noise as well. So the factorisation is repeated on random halves of the
documents, each from another random start, and a topic counts only if it comes back (Greene, O'Callaghan and Cunningham
2014, "How many topics? Stability analysis for topic models", ECML PKDD): its ten first terms and those of its partner
in the half have a Jaccard index of 0.5 or more, seven terms in common, in at least half of the halves. What comes back
because its terms are frequent everywhere is no topic either: the terms of a topic have to occur in the same documents
(normalised pointwise mutual information, as in Lau, Newman and Baldwin 2014, "Machine reading tea leaves", EACL).

The number of topics is the one with which most documents have a main topic that counts. More topics would split those
that are there into parts, which may come back as well.

Products of dense matrices are summed by ``einsum`` rather than BLAS, whose sums depend on the number of threads.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:  # scipy is read when it is used: commands that count nothing start faster
    from scipy.sparse import csr_array

    Matrix = csr_array[Any, tuple[int, int]]

Floats = NDArray[np.float64]
Ids = NDArray[np.int64]

FEWEST_DOCUMENTS = 200
"""The fewest documents: half of them still have to show the topics."""
FEWEST_WITH_TERM, MOST_WITH_TERM = 5, 0.5
"""A term is in five documents or more and in half of them at most."""
MOST_TERMS = 5_000
"""The most terms, those in most documents; it bounds time and memory."""
SIZES = (5, 8, 12, 16, 20)
"""The numbers of topics that are tried."""
HALVES = 10
LARGEST_HALF = 1_000
"""The most documents of a half; more take longer and tell little more."""
TOP = 10
"""The terms of a topic that are compared and shown."""
ALIKE = 0.5
"""The least Jaccard index of two topics that are the same."""
LEAST_STABILITY = 0.5
"""The least share of halves in which a topic comes back."""
LEAST_COHERENCE = 0.2
"""The least mean NPMI of the pairs of its terms; 0 is chance, and 1 is terms that only occur together.

In documents of unequal length chance gives more, since long ones have more of all terms: up to 0.16 for the words of
PolNeAR's training set in random order.
"""
ITERATIONS, ITERATIONS_OF_A_HALF = 60, 30
_SEED = 19990788
_DIGITS = 9


class Topics(NamedTuple):
    """The topics of a corpus, also those that do not come back.

    ``terms`` has for each topic the columns of its ten first terms, the heaviest first, and ``weights`` their weights.
    ``mixture`` has a row a document and a column a topic: the shares of the topics in what is explained of the
    document, all 0 for one with none of the terms. ``stability`` is the share of halves in which a topic comes back,
    ``coherence`` the mean NPMI of its terms.
    """

    terms: Sequence[Ids]
    weights: Sequence[Floats]
    mixture: Floats
    stability: Floats
    coherence: Floats

    @property
    def kept(self) -> NDArray[np.bool_]:
        """Which topics count: they come back, and their terms occur together."""
        return (self.stability >= LEAST_STABILITY) & (self.coherence >= LEAST_COHERENCE)

    @property
    def main(self) -> Ids:
        """The topic with the largest share of each document, of equal ones the first; -1 for a document without any."""
        return np.where(self.mixture.max(axis=1) > 0, self.mixture.argmax(axis=1), -1)

    @property
    def covered(self) -> int:
        """The number of documents whose main topic counts."""
        return int(np.append(self.kept, np.False_)[self.main].sum())


def topics(counts: Matrix, sizes: Sequence[int] = SIZES) -> Topics:
    """Return the topics of documents; see the head of this module.

    ``counts`` has one row a document and one column a term. Of ``sizes``, the number of topics is taken with which most
    documents have a main topic that counts, of equal ones the first. The same counts give the same topics. Raises
    ValueError for fewer than 200 documents.
    """
    if counts.shape[0] < FEWEST_DOCUMENTS:
        raise ValueError(f"Topics need {FEWEST_DOCUMENTS} documents, and there are {counts.shape[0]}.")
    matrix, columns = weighted(counts)
    tried = [_of_size(matrix, counts, columns, size) for size in sizes if size < min(matrix.shape)]
    if not tried:
        none = np.zeros(0)
        return Topics((), (), np.zeros((counts.shape[0], 1)), none, none)
    return max(tried, key=lambda it: it.covered)  # of equal ones max takes the first


def weighted(counts: Matrix) -> tuple[Matrix, Ids]:
    """Return the TF-IDF of the terms that can tell documents apart, and the columns that these have in ``counts``.

    A cell is (1 + ln f) · ln(N / n), where the term occurs f times in the document and in n of all N documents; each
    row has the length 1 (Salton and Buckley 1988, *Information Processing and Management* 24).
    """
    from scipy.sparse import csr_array

    having = np.asarray((counts > 0).sum(axis=0), dtype=np.int64)
    allowed = np.flatnonzero((having >= FEWEST_WITH_TERM) & (having <= MOST_WITH_TERM * counts.shape[0]))
    columns = np.sort(allowed[np.argsort(-having[allowed], kind="stable")][:MOST_TERMS])
    chosen = counts[:, columns].astype(np.float64)
    chosen.data = 1 + np.log(chosen.data)
    matrix = csr_array(chosen.multiply(np.log(counts.shape[0] / having[columns])[None, :]))
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    matrix.data /= np.repeat(lengths, np.diff(matrix.indptr))
    return matrix, columns


def _of_size(matrix: Matrix, counts: Matrix, columns: Ids, size: int) -> Topics:
    documents, terms = factorised(matrix, _first_factor(matrix, size), ITERATIONS)
    tops = top_terms(terms)
    halves = [top_terms(factorised(*_half(matrix, size, number))[1]) for number in range(HALVES)]
    stability = np.mean([_comes_back(tops, half) for half in halves], axis=0)
    # The weights of a topic are scaled to add up to 1, so that the shares of two topics in a document compare.
    mixture = documents * terms.sum(axis=1)[None, :]
    total = mixture.sum(axis=1, keepdims=True)
    mixture = np.round(np.divide(mixture, total, out=np.zeros_like(mixture), where=total > 0), _DIGITS)
    return Topics(
        terms=[columns[top] for top in tops],
        weights=[row[top] / row.sum() for row, top in zip(terms, tops, strict=True)],
        mixture=mixture,
        stability=stability,
        coherence=np.array([coherence(counts[:, columns[top]]) for top in tops]),
    )


def factorised(matrix: Matrix, start: Floats, iterations: int) -> tuple[Floats, Floats]:
    """Return non-negative factors whose product is close to a matrix: documents by topics, and topics by terms.

    ``start`` is the first of them to begin with. In each iteration every column of the first factor, and every row of
    the second, takes its best value while all else stays (Cichocki and Phan 2009).
    """
    from scipy.sparse import csr_array

    across = csr_array(matrix.T)
    first, second = np.ascontiguousarray(start.T), np.zeros((start.shape[1], matrix.shape[1]))
    for _ in range(iterations):
        _improve(second, np.ascontiguousarray((across @ first.T).T), first)
        _improve(first, np.ascontiguousarray((matrix @ second.T).T), second)
    return np.round(first.T, _DIGITS), np.round(second, _DIGITS)


def _improve(rows: Floats, products: Floats, others: Floats) -> None:
    """Set each row to its best value, where ``products`` are those of the matrix with the other factor."""
    gram = np.einsum("ik,jk->ij", others, others)
    for number in range(len(rows)):
        if gram[number, number] > 0:
            change = products[number] - np.einsum("i,ik->k", gram[number], rows)
            rows[number] = np.maximum(0.0, rows[number] + change / gram[number, number])


def _first_factor(matrix: Matrix, size: int) -> Floats:
    """Return the first factor to begin with: the larger part, positive or negative, of each singular vector."""
    from scipy.sparse.linalg import svds

    left, values, right = svds(matrix, k=size, v0=np.ones(min(matrix.shape)), tol=1e-10)
    order = np.argsort(-values, kind="stable")
    result = np.zeros((matrix.shape[0], size))
    for column, it in enumerate(order):
        sides = [(np.maximum(sign * left[:, it], 0.0), np.maximum(sign * right[it], 0.0)) for sign in (1.0, -1.0)]
        sizes = [float(np.sqrt((one**2).sum() * (other**2).sum())) for one, other in sides]
        # Rounded, so that neither choice nor value hangs on the last digits of the solver.
        larger = sides[int(round(sizes[1], _DIGITS) > round(sizes[0], _DIGITS))][0]
        result[:, column] = np.round(larger * np.sqrt(values[it]), _DIGITS)
    return result


def _half(matrix: Matrix, size: int, number: int) -> tuple[Matrix, Floats, int]:
    """Return a random half of the documents, and a random first factor for it."""
    from scipy.sparse import csr_array

    drawn = np.random.default_rng([_SEED, number])
    n = min(matrix.shape[0] // 2, LARGEST_HALF)
    chosen = np.sort(drawn.permutation(matrix.shape[0])[:n])
    start = np.random.default_rng([_SEED, number, size]).random((n, size))
    return csr_array(matrix[chosen]), start, ITERATIONS_OF_A_HALF


def top_terms(terms: Floats) -> list[Ids]:
    """Return the columns of the ten heaviest terms of each row, of equal ones the first; without those of weight 0."""
    return [top[row[top] > 0] for row in terms for top in [np.argsort(-row, kind="stable")[:TOP]]]


def jaccard(one: Ids, other: Ids) -> float:
    """Return the number of common values over the number of all.

    >>> jaccard(np.array([1, 2, 3]), np.array([2, 3, 4]))
    0.5
    """
    common = len(set(one.tolist()) & set(other.tolist()))
    together = len(one) + len(other) - common
    return common / together if together else 0.0


def _comes_back(tops: Sequence[Ids], half: Sequence[Ids]) -> NDArray[np.bool_]:
    """Return which topics have a partner in a half that is alike, where each is the partner of one (Kuhn 1955)."""
    from scipy.optimize import linear_sum_assignment

    alike = np.array([[jaccard(one, other) for other in half] for one in tops])
    rows, partners = linear_sum_assignment(alike, maximize=True)
    result = np.zeros(len(tops), dtype=bool)
    result[rows] = alike[rows, partners] >= ALIKE
    return result


def coherence(counts: Matrix) -> float:
    """Return the mean normalised pointwise mutual information (NPMI) of the pairs of some terms over documents.

    ``counts`` has one column for each of the terms. Bouma (2009): ln(p(x, y) / p(x) p(y)) / -ln p(x, y), from -1 for
    terms that never occur in the same document to 1 for those that only occur together. 0 for fewer than two terms.
    """
    n, k = counts.shape
    if k < 2:
        return 0.0
    has = (counts > 0).astype(np.int64)
    together = np.asarray((has.T @ has).toarray(), dtype=np.float64) / n
    alone = together.diagonal()
    with np.errstate(divide="ignore", invalid="ignore"):
        npmi = np.log(together / np.outer(alone, alone)) / -np.log(together)
    npmi = np.where(together == 0, -1.0, np.where(together == 1, 0.0, npmi))
    return float(np.round(npmi[np.triu_indices(k, 1)].mean(), _DIGITS))
