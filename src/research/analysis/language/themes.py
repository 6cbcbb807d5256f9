"""Themes in 05_language: the key phrases of each document, and the topics that documents share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from research.analysis.declaring import kept
from research.analysis.language.reference import reference_counts
from research.analysis.language.words import Words, words_of
from research.analysis.statistics.keyness import log_likelihood
from research.analysis.statistics.topics import FEWEST_DOCUMENTS, Ids, topics
from research.analysis.statistics.uncertainty import rounded
from research.nlp.annotate import Annotations

if TYPE_CHECKING:
    import pandas as pd

MOST_KEYPHRASES = 5
FEWEST_TIMES = 2
"""The fewest occurrences of a key phrase in its document."""
LEAST_LOG_LIKELIHOOD = 6.63
"""G² of p = 0.01 with one degree of freedom."""
NAMED = 3
"""The terms that name a topic."""
STRONGEST = 10
"""The documents of a topic that are listed."""
TOPIC_DOCUMENTS = ("topic", "weight", "title", "date", "doc_id")
"""The columns of the documents of topics in the order to read."""

_KEYPHRASES = ["doc_id", "date", "title", "keyphrases"]
_TOPICS = ["topic", "terms", "stability", "coherence", "n_documents", "share"]
_TOPIC_DOCUMENTS = ["doc_id", "topic", "date", "title", "weight"]


@kept
def keyphrases(annotations: Annotations) -> pd.DataFrame:
    """Return up to five terms that set each document in English apart from the others, the clearest first.

    They are content words and phrases that occur twice or more in the document and are more frequent there than in all
    other documents, or in the reference (``language.reference``) for a corpus of one; ranked by G² (Dunning 1993), of
    6.63 or more. Reporting verbs, numbers and dates are left out. Columns: ``doc_id, date, title``; ``keyphrases``, in
    one text, "; " between them, and empty for a document without any.
    """
    import pandas as pd

    words = words_of(annotations)
    documents, terms = _chosen(words)
    numbers, place = np.unique(terms, return_inverse=True)
    written = words.written(numbers)
    of_document: list[list[str]] = [[] for _ in words.doc_ids]
    for document, at in zip(documents.tolist(), place.tolist(), strict=True):
        of_document[document].append(written[at])
    table = _described(annotations, words.doc_ids)
    return pd.DataFrame(table.assign(keyphrases=["; ".join(its) for its in of_document]), columns=_KEYPHRASES)


def _chosen(words: Words) -> tuple[Ids, Ids]:
    """Return the documents and the numbers of their key phrases, document after document, the clearest first."""
    counts = words.counts.tocoo()
    told = characterising(words)
    frequent = (counts.data >= FEWEST_TIMES) & told[counts.col]
    documents, terms = counts.row[frequent].astype(np.int64), counts.col[frequent].astype(np.int64)
    here, sizes = counts.data[frequent].astype(np.float64), words.sizes.astype(np.float64)
    if len(words.doc_ids) == 1:
        listed, total = reference_counts(words.term_forms, words.phrases["term"])
        there, others = listed[terms], np.full(len(terms), float(total))
    else:
        there = np.asarray(words.counts.sum(axis=0), dtype=np.float64)[terms] - here
        others = sizes.sum() - sizes[documents]
    enough = others > 0
    documents, terms, here, there = documents[enough], terms[enough], here[enough], there[enough]
    g2 = np.array([rounded(it) for it in log_likelihood(here, there, sizes[documents], others[enough]).tolist()])
    # Of equal ones the first in the alphabet; the numbers of terms follow the order of the documents.
    forms = np.array([words.term_forms[it] for it in terms.tolist()], dtype=object)
    order = np.lexsort((np.unique(forms, return_inverse=True)[1] if len(forms) else terms, -g2, documents))
    order = order[g2[order] >= LEAST_LOG_LIKELIHOOD]
    first = np.searchsorted(documents[order], documents[order])
    order = order[np.arange(len(order)) - first < MOST_KEYPHRASES]
    return documents[order], terms[order]


def characterising(words: Words) -> NDArray[np.bool_]:
    """Return which of ``words.terms`` say what a text is about: phrases, and content words but those of ``framing``."""
    framing: NDArray[np.bool_] = np.append(words.framing, np.zeros(len(words.phrases), dtype=bool))
    return words.telling & ~framing


class Themes:
    """The topics of a corpus that count, the one with most documents first.

    ``terms`` are the numbers of the ten first terms of each. ``main`` has for each document in English the number of
    its main topic, -1 where that is none of these.
    """

    def __init__(self, words: Words) -> None:
        self.words = words
        columns = np.flatnonzero(characterising(words))
        self._found = found = topics(words.counts[:, columns])
        sizes = np.bincount(found.main + 1, minlength=len(found.terms) + 1)[1:]
        order = np.argsort(-sizes, kind="stable").tolist()
        self._numbers = [it for it in order if found.kept[it] and sizes[it]]
        self.terms = [columns[found.terms[it]] for it in self._numbers]
        number = {it: place for place, it in enumerate(self._numbers)}
        self.main = np.array([number.get(it, -1) for it in found.main.tolist()], dtype=np.int64)

    def parts(self, topic: int) -> NDArray[np.float64]:
        """Return the part of a topic in each document (``Topics.mixture``)."""
        return self._found.mixture[:, self._numbers[topic]]

    def quality(self, topic: int) -> tuple[float, float]:
        """Return the stability of a topic and its coherence."""
        number = self._numbers[topic]
        return float(self._found.stability[number]), float(self._found.coherence[number])


_made: WeakKeyDictionary[Annotations, Themes | None] = WeakKeyDictionary()


def themes_of(annotations: Annotations) -> Themes | None:
    """Return the topics of a corpus, found once; None for fewer than 200 documents in English."""
    if annotations not in _made:
        words = words_of(annotations)
        _made[annotations] = Themes(words) if len(words.doc_ids) >= FEWEST_DOCUMENTS else None
    return _made[annotations]


@kept
def topic_table(annotations: Annotations) -> pd.DataFrame:
    """Return the topics that come back (``statistics.topics``), the most widespread first.

    Columns: ``topic``, named by its three heaviest terms; ``terms``, the ten heaviest; ``stability``, the share of
    random halves of the documents in which it comes back; ``coherence``, the mean NPMI of its terms; ``n_documents``,
    those whose main topic it is, and ``share``, of all documents in English. Empty below 200 documents.
    """
    import pandas as pd

    themes, rows = themes_of(annotations), []
    if themes is not None:
        for topic, (name, its) in enumerate(_named(themes)):
            n = int((themes.main == topic).sum())
            stability, coherence = themes.quality(topic)
            quality = rounded(stability), rounded(coherence)
            rows.append((name, "; ".join(its), *quality, n, rounded(n / len(themes.main))))
    return pd.DataFrame(rows, columns=_TOPICS)


@kept
def topic_documents(annotations: Annotations) -> pd.DataFrame:
    """Return the ten documents of each topic whose main topic it is and in which it has the largest part.

    Columns: ``doc_id``, each document once; ``topic, date, title``; ``weight``, the part of the topic in all that the
    topics, also those left out, explain of the document.
    """
    import pandas as pd

    themes = themes_of(annotations)
    if themes is None or not themes.terms:
        return pd.DataFrame(columns=_TOPIC_DOCUMENTS)
    tables = []
    for topic, (name, _) in enumerate(_named(themes)):
        its = np.flatnonzero(themes.main == topic)
        weights = themes.parts(topic)[its]
        order = np.argsort(-weights, kind="stable")[:STRONGEST]
        table = _described(annotations, [themes.words.doc_ids[it] for it in its[order]])
        tables.append(table.assign(topic=name, weight=[rounded(it) for it in weights[order].tolist()]))
    return pd.concat(tables, ignore_index=True)[_TOPIC_DOCUMENTS]


def naming_terms(themes: Themes) -> list[Ids]:
    """Return the terms that each topic is named by: the three heaviest, or more where an earlier topic has the same."""
    taken: set[frozenset[int]] = set()
    found = []
    for numbers in themes.terms:
        lengths = range(NAMED, len(numbers))
        length = next((it for it in lengths if frozenset(numbers[:it].tolist()) not in taken), len(numbers))
        taken.add(frozenset(numbers[:length].tolist()))
        found.append(numbers[:length])
    return found


def _named(themes: Themes) -> list[tuple[str, list[str]]]:
    """Return the name of each topic, and its terms as they are written."""
    written = themes.words.written
    pairs = zip(naming_terms(themes), themes.terms, strict=True)
    return [(", ".join(written(first)), written(its)) for first, its in pairs]


def named_topics(themes: Themes) -> list[str]:
    """Return the names of the topics, as the tables have them."""
    return [name for name, _ in _named(themes)]


def _described(annotations: Annotations, doc_ids: Sequence[str]) -> pd.DataFrame:
    """Return ``doc_id, date, title`` of some documents, in their order."""
    documents = annotations.corpus.documents.set_index("doc_id", drop=False)
    return documents.loc[list(doc_ids), ["doc_id", "date", "title"]].reset_index(drop=True)
