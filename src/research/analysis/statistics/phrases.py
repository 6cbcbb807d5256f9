"""Phrases: terms of two to four content words that belong together, such as "prime minister", counted as one term.

A phrase is found by association and dispersion. Its words attract each other at every place where it could be cut, more
than chance explains and much more than their frequency suggests, and it occurs in several documents, so it is a term of
the corpus rather than of one text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from research.analysis.statistics.association import association
from research.analysis.statistics.dispersion import dispersion

if TYPE_CHECKING:
    import pandas as pd

Ids = NDArray[np.integer[Any]]

LONGEST = 4
FEWEST = 5
"""The fewest occurrences of a phrase."""
FEWEST_DOCUMENTS_OF_A_PHRASE = 3
LEAST_NPMI = 0.3
"""Bouma's scale ends at 1, for words that occur only together, and 0 is chance."""
LEAST_LOG_LIKELIHOOD = 15.13
"""G² of p = 0.0001 with one degree of freedom, as usual for many candidates (Rayson, Berridge and Francis 2004)."""
_PART_OF = 0.8


def phrases(
    ids: Ids,
    sentences: Ids,
    documents: Ids,
    content: NDArray[np.bool_],
    *,
    longest: int = LONGEST,
    fewest: int = FEWEST,
    fewest_documents: int = FEWEST_DOCUMENTS_OF_A_PHRASE,
    least_npmi: float = LEAST_NPMI,
    least_log_likelihood: float = LEAST_LOG_LIKELIHOOD,
) -> pd.DataFrame:
    """Return the phrases of a corpus, the most frequent first.

    ``ids``, ``sentences`` and ``documents`` have one entry a token, in the order of the text: the number of its word
    (-1 for punctuation, which no phrase contains), of its sentence and of its document. ``content`` tells for each word
    whether it is a content word. Candidates are all sequences of 2 to ``longest`` content words within a sentence that
    occur ``fewest`` times, in ``fewest_documents`` documents. A sequence of several words can be cut at several places;
    it counts for as much as its weakest cut, by NPMI.

    Columns: ``words`` (a tuple of ids), ``length``; ``f, f1, f2, N`` of the weakest cut, where ``f`` is the frequency
    of the phrase, ``f1`` and ``f2`` those of what is before and after the cut, and ``N`` the sequences of this length;
    ``log_likelihood, npmi, log_odds_z`` (see ``association``); ``documents``, ``range`` and ``dp`` (see
    ``dispersion``). A phrase is left out if four in five of its occurrences are part of one longer phrase: "nations
    security" in "united nations security council". Raises ValueError for arrays that do not match.
    """
    import pandas as pd

    if not len(ids) == len(sentences) == len(documents):
        raise ValueError("Each token needs one id, one sentence and one document.")
    inside = (ids >= 0) & np.append(content, np.False_)[ids]
    grams = _Grams(np.where(inside, ids, -1), sentences)
    sizes = np.bincount(documents[ids >= 0], minlength=int(documents.max(initial=-1)) + 1)
    tables = []
    for length in range(2, longest + 1):
        table = _candidates(grams, length, fewest)
        spread = _spread(grams, length, table["gram"].to_numpy(), documents, sizes)
        table = table.assign(documents=spread["parts"], range=spread["range"], dp=spread["dp"])
        strong = (table["npmi"] >= least_npmi) & (table["log_likelihood"] >= least_log_likelihood)
        tables.append(table[strong & (table["documents"] >= fewest_documents)])
    found = pd.concat(tables, ignore_index=True)
    found = _without_parts(found)
    order = sorted(range(len(found)), key=lambda row: (-int(found["f"][row]), found["words"][row]))
    return found.iloc[order].drop(columns="gram").reset_index(drop=True)


def joined(ids: Ids, sentences: Ids, found: Sequence[tuple[int, ...]], first_id: int) -> Ids:
    """Return the ids with every phrase as one word: the first of its tokens has the phrase's id, the others -1.

    ``found`` are phrases as tuples of ids; the one at place i gets the id ``first_id`` + i, so ``first_id`` is usually
    the number of words. Longer phrases go before shorter ones, and earlier places before later ones, so no token is in
    two phrases. The result has the length of ``ids``, so sentences and documents still fit.

    >>> joined(np.array([0, 1, 2, 0, 1]), np.zeros(5, dtype=int), [(0, 1), (0, 1, 2)], 3).tolist()
    [4, -1, -1, 3, -1]
    """
    result, free = ids.copy(), ids >= 0
    for length in sorted({len(phrase) for phrase in found}, reverse=True):
        its = [(phrase, first_id + number) for number, phrase in enumerate(found) if len(phrase) == length]
        for start, phrase_id in _places(ids, sentences, its, length):
            if free[start : start + length].all():
                free[start : start + length] = False
                result[start : start + length] = -1
                result[start] = phrase_id
    return result


class _Grams:
    """All sequences of content words: for each length the number of the sequence that starts at each token, or -1."""

    def __init__(self, ids: Ids, sentences: Ids) -> None:
        self._ids, self._sentences = ids, sentences
        self._at: dict[int, Ids] = {1: ids}

    def at(self, length: int) -> Ids:
        """Return the sequence that starts at each token; the same words have the same number."""
        if length not in self._at:
            shorter = self.at(length - 1)
            starts = np.flatnonzero(shorter[: max(0, len(shorter) - length + 1)] >= 0)
            ends = starts + length - 1
            whole = (self._ids[ends] >= 0) & (self._sentences[ends] == self._sentences[starts])
            starts, ends = starts[whole], ends[whole]
            keys = shorter[starts].astype(np.int64) * (int(self._ids.max(initial=0)) + 1) + self._ids[ends]
            numbers = np.full_like(shorter, -1)
            numbers[starts] = np.unique(keys, return_inverse=True)[1]
            self._at[length] = numbers
        return self._at[length]

    def words(self, place: int, length: int) -> tuple[int, ...]:
        """Return the words of the sequence at a token."""
        return tuple(self._ids[place : place + length].tolist())


def _candidates(grams: _Grams, length: int, fewest: int) -> pd.DataFrame:
    """Return the frequent sequences of a length, each with its weakest cut."""
    import pandas as pd

    at = grams.at(length)
    places = np.flatnonzero(at >= 0)
    numbers, first_place, counts = np.unique(at[places], return_index=True, return_counts=True)
    kept = counts >= max(1, fewest)
    numbers, starts, f = numbers[kept], places[first_place[kept]], counts[kept]
    cuts = []
    for cut in range(1, length):
        before, after = grams.at(cut), grams.at(length - cut)
        # Within the sample of sequences of this length: how many begin, and end, as this one does.
        begins, ends = np.bincount(before[places]), np.bincount(after[places + cut])
        table = pd.DataFrame({"f": f, "f1": begins[before[starts]], "f2": ends[after[starts + cut]], "N": len(places)})
        cuts.append(association(table, ["log_likelihood", "npmi", "log_odds_z"]))
    weakest = np.argmin([cut["npmi"].to_numpy() for cut in cuts], axis=0) if len(f) else np.zeros(0, dtype=int)
    columns = {name: np.choose(weakest, [cut[name].to_numpy() for cut in cuts]) for name in cuts[0].columns}
    words = pd.Series([grams.words(start, length) for start in starts.tolist()], dtype=object)
    return pd.DataFrame({"gram": numbers, "words": words, "length": length, **columns})


def _spread(grams: _Grams, length: int, numbers: Ids, documents: Ids, sizes: Ids) -> pd.DataFrame:
    from scipy.sparse import coo_array

    at = grams.at(length)
    column = np.full(int(at.max(initial=-1)) + 2, -1)
    column[numbers] = np.arange(len(numbers))
    places = np.flatnonzero(at >= 0)
    places = places[column[at[places]] >= 0]
    rows, columns = documents[places], column[at[places]]
    shape = max(1, len(sizes)), max(1, len(numbers))
    counts = coo_array((np.ones(len(places), dtype=np.int64), (rows, columns)), shape=shape).tocsr()
    return dispersion(counts, sizes).iloc[: len(numbers)]


def _without_parts(found: pd.DataFrame) -> pd.DataFrame:
    """Leave out what occurs nearly always as part of a longer phrase."""
    most: dict[tuple[int, ...], int] = {}
    for words, f in zip(found["words"], found["f"].tolist(), strict=True):
        for length in range(2, len(words)):
            for start in range(len(words) - length + 1):
                part = words[start : start + length]
                most[part] = max(most.get(part, 0), f)
    kept = [most.get(words, 0) < _PART_OF * f for words, f in zip(found["words"], found["f"].tolist(), strict=True)]
    return found[np.array(kept, dtype=bool)].reset_index(drop=True)


def _places(ids: Ids, sentences: Ids, its: list[tuple[tuple[int, ...], int]], length: int) -> list[tuple[int, int]]:
    """Return where phrases of one length start, with their ids, from the first place to the last."""
    by_first: dict[int, list[tuple[tuple[int, ...], int]]] = {}
    for phrase, phrase_id in its:
        by_first.setdefault(phrase[0], []).append((phrase, phrase_id))
    ends = len(ids) - length + 1
    starts = np.flatnonzero(np.isin(ids[: max(0, ends)], list(by_first)))
    starts = starts[sentences[starts] == sentences[starts + length - 1]]
    known = dict(its)
    windows = np.lib.stride_tricks.sliding_window_view(ids, length)[starts].tolist() if len(starts) else []
    places = []
    for start, window in zip(starts.tolist(), map(tuple, windows), strict=True):
        if window in known:
            places.append((start, known[window]))
    return places
