"""Collocations: how often words occur next to each other, or near each other, counted for ``association``.

A text is two arrays of one length: ``ids``, the number of each token's word, and ``sentences``, the number of its
sentence, which does not fall. A token with the id -1 keeps its place and is never counted: punctuation, or what else
should not be. Pairs do not cross the end of a sentence. All functions take time and memory that grow with the tokens
and with the pairs that are found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd
    from scipy.sparse import csr_array

Ids = NDArray[np.integer[Any]]

_TOKENS_AT_ONCE = 200_000


def adjacent(ids: Ids, sentences: Ids, *, minimum: int = 1) -> pd.DataFrame:
    """Return the pairs of adjacent words, ``first`` before ``second``, that occur ``minimum`` times or more.

    The sample are all pairs of adjacent words. Columns: ``first, second`` (ids); ``f``, the pairs of these two; ``f1``,
    the pairs that begin with the first; ``f2``, those that end with the second; ``N``, all pairs. Sorted by the ids.
    Raises ValueError for arrays that do not match.
    """
    _check(ids, sentences)
    together = (sentences[1:] == sentences[:-1]) & (ids[1:] >= 0) & (ids[:-1] >= 0)
    first, second = ids[:-1][together], ids[1:][together]
    size = int(ids.max(initial=-1)) + 1
    begins, ends = np.bincount(first, minlength=size), np.bincount(second, minlength=size)
    counts = _pairs(first, second, (size, size))
    margins = begins, ends, np.full(size, len(first))
    return _table(counts, ("first", "second"), margins, minimum)


def window_counts(
    ids: Ids,
    sentences: Ids,
    *,
    left: int = 5,
    right: int = 5,
    nodes: Ids | None = None,
    minimum: int = 1,
) -> pd.DataFrame:
    """Return which words occur near which: the collocates of every node that occur ``minimum`` times or more near it.

    A collocate is near a node if it is among the ``left`` tokens before it or the ``right`` tokens after it, in the
    same sentence. ``nodes`` gives the node that each token belongs to, -1 for none: a term of several words, a
    category, or only the terms that are asked for; by default every word is a node.

    The sample are the word tokens outside the node (surface cooccurrence: Evert 2008, "Corpora and collocations",
    section 4.1). A token near two occurrences of a node counts once. Columns: ``node, collocate`` (ids); ``f``, the
    tokens of the collocate near the node; ``f1``, all word tokens near the node; ``f2``, the tokens of the collocate;
    ``N``, all word tokens; the last two leave out the tokens of the node itself. Sorted by the ids. Raises ValueError
    for arrays that do not match or a window of nothing.
    """
    nodes = ids if nodes is None else nodes
    _check(ids, sentences, nodes)
    if left < 0 or right < 0 or left + right == 0:
        raise ValueError(f"A window of {left} tokens before and {right} after a word has no place for another.")
    shape = int(nodes.max(initial=-1)) + 1, int(ids.max(initial=-1)) + 1
    words = ids >= 0
    totals = np.bincount(ids[words], minlength=shape[1])
    frequent = np.append(totals >= minimum, np.False_)  # so that the id -1 is not frequent
    near, counts = np.zeros(shape[0], dtype=np.int64), _pairs(ids[:0], ids[:0], shape)
    for start in range(0, len(ids), _TOKENS_AT_ONCE):
        block = slice(start, min(start + _TOKENS_AT_ONCE, len(ids)))
        near_ids: list[tuple[Ids, Ids]] = []
        for node, place in _near(nodes, sentences, block, left, right):
            kept = words[place]
            near += np.bincount(node[kept], minlength=shape[0])
            kept = frequent[ids[place]]
            near_ids.append((node[kept], ids[place[kept]]))
        one, other = (np.concatenate([pair[side] for pair in near_ids]) for side in (0, 1))
        counts = counts + _pairs(one, other, shape)
    inside = words & (nodes >= 0)
    own = _pairs(nodes[inside], ids[inside], shape)
    outside = int(words.sum()) - np.asarray(own.sum(axis=1), dtype=np.int64)
    table = _table(counts, ("node", "collocate"), (near, totals, outside), minimum)
    shared = own[table["node"].to_numpy(), table["collocate"].to_numpy()] if len(table) else 0
    return table.assign(f2=table["f2"] - np.asarray(shared, dtype=np.int64))


def _near(nodes: Ids, sentences: Ids, block: slice, left: int, right: int) -> list[tuple[Ids, Ids]]:
    """Return nodes and places of the tokens of a block that are near a node, each place once for each node."""
    places = np.arange(block.start, block.stop)
    own = nodes[block]
    found: list[tuple[Ids, Ids]] = []
    seen: list[Ids] = []
    for offset in [*range(-right, 0), *range(1, left + 1)]:  # from a token to the node that it is near
        at = np.clip(places + offset, 0, len(nodes) - 1)
        there = np.where((at == places + offset) & (sentences[at] == sentences[block]), nodes[at], -1)
        there[there == own] = -1
        for earlier in seen:
            there[there == earlier] = -1
        seen.append(there)
        near = there >= 0
        found.append((there[near], places[near]))
    return found


def _pairs(one: Ids, other: Ids, shape: tuple[int, int]) -> csr_array[Any, tuple[int, int]]:
    from scipy.sparse import coo_array

    counted = coo_array((np.ones(len(one), dtype=np.int64), (one, other)), shape=(max(1, shape[0]), max(1, shape[1])))
    return counted.tocsr()


def _table(
    counts: csr_array[Any, tuple[int, int]],
    names: tuple[str, str],
    margins: tuple[Ids, Ids, Ids],
    minimum: int,
) -> pd.DataFrame:
    import pandas as pd

    f1, f2, n = margins
    counts.sort_indices()
    kept = counts.data >= max(1, minimum)
    one = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))[kept]
    other = counts.indices[kept].astype(np.int64)
    columns = {names[0]: one, names[1]: other, "f": counts.data[kept], "f1": f1[one], "f2": f2[other], "N": n[one]}
    return pd.DataFrame({name: np.asarray(values, dtype=np.int64) for name, values in columns.items()})


def _check(ids: Ids, *others: Ids) -> None:
    if any(len(other) != len(ids) for other in others):
        raise ValueError("Each token needs one id and one sentence.")
    if len(ids) and (np.diff(others[0]) < 0).any():
        raise ValueError("The numbers of the sentences fall; give the tokens in the order of the text.")
