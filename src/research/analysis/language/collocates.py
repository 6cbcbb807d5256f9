"""Collocates in 05_language: which words stand near the terms, in the corpus and in each group of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from research.analysis.comparing import COMPARE
from research.analysis.declaring import base_form, kept
from research.analysis.language.keyness import THE_CORPUS
from research.analysis.language.tables import concordance
from research.analysis.language.words import OF_TOKENS, Ids, Words, words_of
from research.analysis.statistics.association import association
from research.analysis.statistics.collocations import window_counts
from research.analysis.statistics.uncertainty import rounded
from research.nlp.annotate import Annotations

if TYPE_CHECKING:
    import pandas as pd

WINDOW = 5
"""Tokens on either side of a term."""
FEWEST = 3
"""The fewest times that a collocate is near a term."""
MOST_COLLOCATES = 20
"""The collocates of a term in a group that are kept, those with the highest logDice."""
MOST_GROUPS = 10

_MEASURES = (*("log_dice", "npmi", "log_likelihood", "log_ratio", "mi", "mi2", "mi3", "t_score", "z_score", "dice"),)
COLLOCATES = ("group", "term", "collocate", "near", "elsewhere", "log_dice", "npmi", "log_likelihood", "n_documents")
"""The columns of the collocates to read."""
_COUNTS = ("near", "elsewhere", "words_near", "words")
_COLUMNS = ["group", "term", "collocate", *_COUNTS, "n_documents", *_MEASURES]


@kept
def collocates(annotations: Annotations, terms: Sequence[str], compare: Any = None) -> pd.DataFrame:
    """Return the content words and phrases that stand near each term, those that are most typical of it first.

    Near is within five tokens on either side, in the same sentence. With ``compare`` the places in each of the ten
    largest groups are counted by themselves as well: what a speaker says near "sanctions". Collocates that are near a
    term three times are scored, and the twenty with the highest logDice are kept (Rychlý 2008, "A
    lexicographer-friendly association score", RASLAN: at most 14, and independent of the size of the corpus).

    Columns: ``group`` ("the corpus" for all of it), ``term, collocate``; ``near``, how often it is near the term, and
    ``elsewhere``, how often it is not; ``words_near``, all words near the term, and ``words``, all but the term itself;
    ``n_documents`` in which it is near; and the measures of ``statistics.association``, whose ``f`` is ``near``, ``f1``
    is ``words_near``, ``f2`` is ``near`` and ``elsewhere`` together, and ``N`` is ``words``.
    """
    import pandas as pd

    words = words_of(annotations)
    found = concordance(annotations, terms)
    row_of = words.places(found)
    of_row = np.array([*(list(terms).index(term) for term in found["term"]), -1], dtype=OF_TOKENS)
    nodes = of_row[row_of]
    tables = [
        _near(words, np.where(inside, nodes, -1), inside, terms).assign(group=name)
        for name, inside in _parts(annotations, words, COMPARE.read(compare))
    ]
    table = pd.concat(tables, ignore_index=True)
    for name in _MEASURES:
        table[name] = table[name].astype(float).map(rounded)
    return table[_COLUMNS]


def _parts(annotations: Annotations, words: Words, compare: str | None) -> Iterator[tuple[str, NDArray[np.bool_]]]:
    """Yield the corpus and each group, with the tokens that belong to it."""
    yield THE_CORPUS, np.ones(len(words.ids), dtype=bool)
    if compare is None:
        return
    groups = annotations.by(compare)
    of_token = words.groups(groups)
    for number, name in enumerate(groups.names[:MOST_GROUPS]):
        yield name, of_token == number


def _near(words: Words, nodes: Ids, inside: NDArray[np.bool_], terms: Sequence[str]) -> pd.DataFrame:
    ids = np.where(inside, words.apart(nodes >= 0), -1)
    counts = window_counts(ids, words.sentences, left=WINDOW, right=WINDOW, nodes=nodes, minimum=FEWEST)
    own = [base_form(term) for term in terms]
    chosen = words.telling[counts["collocate"].to_numpy()] if len(counts) else np.zeros(0, dtype=bool)
    counts = counts[chosen & (counts["f"] >= FEWEST).to_numpy()]
    pairs = zip(counts["node"], counts["collocate"], strict=True)
    counts = counts[np.array([words.term_forms[it] != own[node] for node, it in pairs], dtype=bool)]
    scored = association(counts, list(_MEASURES))
    scored["log_dice"] = scored["log_dice"].map(rounded)
    scored["form"] = [words.term_forms[it] for it in scored["collocate"]]
    scored = scored.sort_values(["node", "log_dice", "form"], ascending=[True, False, True])
    scored = scored.groupby("node", sort=False).head(MOST_COLLOCATES).reset_index(drop=True)
    spelled = words.written(scored["collocate"].to_numpy(dtype=np.int64))
    return scored.assign(
        n_documents=_documents(words, ids, nodes, scored),
        term=[terms[it] for it in scored["node"]],
        collocate=np.array(spelled, dtype=object),
        near=scored["f"],
        elsewhere=scored["f2"] - scored["f"],
        words_near=scored["f1"],
        words=scored["N"],
    )


def _documents(words: Words, ids: Ids, nodes: Ids, scored: pd.DataFrame) -> list[int]:
    """Return in how many documents each collocate is near its term."""
    having = []
    for node, its in scored.groupby("node", sort=False):
        near = _around(nodes == node, words.sentences)
        kept_tokens = near & np.isin(ids, its["collocate"].to_numpy())
        pairs = np.unique(np.stack([ids[kept_tokens], words.documents[kept_tokens]]), axis=1)
        documents = dict(zip(*np.unique(pairs[0], return_counts=True), strict=True))
        having += [int(documents[it]) for it in its["collocate"]]
    return having


def _around(is_node: NDArray[np.bool_], sentences: Ids) -> NDArray[np.bool_]:
    """Return which tokens are within the window of a node, in its sentence, and no node themselves."""
    near = np.zeros(len(is_node), dtype=bool)
    for offset in range(1, WINDOW + 1):
        same = sentences[offset:] == sentences[:-offset]
        near[offset:] |= is_node[:-offset] & same
        near[:-offset] |= is_node[offset:] & same
    return near & ~is_node
