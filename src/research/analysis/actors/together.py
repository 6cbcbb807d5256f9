"""Which actors are named together: pairs in one sentence."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from research.analysis.actors.tables import acting
from research.analysis.statistics.association import npmi
from research.analysis.statistics.uncertainty import FEWEST_DOCUMENTS, rounded

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

TOGETHER = ("actor", "other", "sentences", "n_documents", "npmi")
MOST_ACTORS = 100
"""The number of actors, those in the most documents, whose pairs are counted."""
FEWEST_SENTENCES, FEWEST_TOGETHER = 5, 3
"""The fewest sentences, and documents, in which a pair occurs for an NPMI: rare pairs get extreme values by chance."""


def together(mentions: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs of actors that occur in one sentence, the most frequent first.

    Columns: ``actor, other``; ``sentences`` with both; ``n_documents``; ``npmi``, which compares that with chance over
    all sentences that name an actor (``statistics.association``), missing for fewer than ten documents in the corpus
    and for pairs in fewer than five sentences or three documents. Pairs of actors that act (``tables.acting``)
    count; of more than a hundred actors, the pairs of those named in the most documents.
    """
    import pandas as pd

    sentences, n = _by_sentence(mentions, actors)
    alone: Counter[str] = Counter(name for _, names in sentences for name in names)
    pairs: Counter[tuple[str, str]] = Counter()
    documents: dict[tuple[str, str], set[str]] = defaultdict(set)
    for doc_id, names in sentences:
        for pair in combinations(sorted(names), 2):
            pairs[pair] += 1
            documents[pair].add(doc_id)
    enough = mentions["doc_id"].nunique() >= FEWEST_DOCUMENTS
    rows = []
    for pair in sorted(pairs, key=lambda it: (-pairs[it], -len(documents[it]), it)):
        often = enough and pairs[pair] >= FEWEST_SENTENCES and len(documents[pair]) >= FEWEST_TOGETHER
        score = rounded(npmi(pairs[pair], alone[pair[0]], alone[pair[1]], n)) if often else None
        rows.append((*pair, pairs[pair], len(documents[pair]), score))
    table = pd.DataFrame(rows, columns=list(TOGETHER))
    return table.astype({"sentences": "int64", "n_documents": "int64", "npmi": "float64"})


def most_often_together(together: pd.DataFrame) -> tuple[str, str, int] | None:
    """Return the pair in the most sentences, and its number of documents; None for a tie and for a single sentence."""
    most = int(together["sentences"].max()) if len(together) else 0
    first = together[together["sentences"] == most]
    if most <= 1 or len(first) > 1:
        return None
    return str(first["actor"].iloc[0]), str(first["other"].iloc[0]), int(first["n_documents"].iloc[0])


def in_one_sentence(mentions: pd.DataFrame, one: str, other: str) -> pd.DataFrame:
    """Return the sentences that name two actors, each from the first of these mentions to the last.

    Columns: ``doc_id, start, end``.
    """
    its = mentions[mentions["actor"].isin((one, other))]
    groups = its.groupby(["doc_id", "in_sentence"], sort=False)
    found = groups.agg(start=("start", "min"), end=("end", "max"), both=("actor", "nunique")).reset_index()
    return found.loc[found["both"] == len({one, other}), ["doc_id", "start", "end"]].reset_index(drop=True)


def _by_sentence(mentions: pd.DataFrame, actors: pd.DataFrame) -> tuple[list[tuple[str, set[str]]], int]:
    """Return the actors of each sentence , and the number of all sentences that name one."""
    found: dict[tuple[str, int], set[str]] = defaultdict(set)
    for doc_id, sentence, actor in _paired(mentions, actors):
        found[doc_id, sentence].add(actor)
    return [(doc_id, names) for (doc_id, _), names in found.items()], len(found)


def _paired(mentions: pd.DataFrame, actors: pd.DataFrame) -> Iterator[tuple[str, int, str]]:
    first = actors[actors["group"].isin(acting(actors))].head(MOST_ACTORS)
    wanted = set(zip(first["actor"], first["group"], strict=True))
    columns = (mentions[name] for name in ("doc_id", "in_sentence", "actor", "group"))
    for doc_id, sentence, actor, group in zip(*columns, strict=True):
        if (actor, group) in wanted:
            yield doc_id, sentence, actor
