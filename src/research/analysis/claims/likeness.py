"""Pairs of figures that may be about the same thing although their sentences use other words.

Two ways, both for precision:

- *Alike in words.* The clauses around two figures of one unit share most of their content words, weighed by how rare
  these are in all clauses, after a small table of synonyms. Their sentences name no different names and hold no
  different words of a contrast ("men", "women"). Not compared are polls, whose questions and groups differ, and
  sentences about "him" or "another": what they are about stands elsewhere.
- *Set against.* A clause that says no more than who puts it at what ("The ministry counts 180,000") is about what the
  figure beside it is about, if that one is of the same kind and size and somebody else's.

Words are looked up among the figures of a unit, and a word that many of them have is not, so that the work grows with
the number of figures and not with that of their pairs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from math import fsum, log
from typing import Any

from research.analysis.claims.clauses import Clause, stem
from research.analysis.rows import number_in

FEWEST_SHARED = 2
"""Things that two clauses share at least: words, a name, or a unit of measurement."""
LEAST_OF_SHORTER = 0.6
"""The least part of the words of the shorter clause, by weight, that the other one has, too."""
LEAST_OF_LONGER = 0.4
"""The least part of the words of the longer one; that of the shorter one where no name is shared."""
MOST_LOOKED_UP = 50
"""A word of more figures of a unit is not looked up."""
BESIDE = 350
"""Characters between two figures of which one is set against the other."""
LOOKED_BACK = 3
"""Figures before it among which the nearest of the same kind and size is the one that it is set against."""
SAME_LIST = 1_500
"""Characters between two figures of a list that says who names which."""
LARGEST_RATIO = 5
"""How many times larger a figure may be than the one that it is set against."""

Row = Mapping[str, Any]


def alike(rows: Sequence[Row], clauses: Sequence[Clause]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of figures whose clauses are alike, by their numbers; some of them are not to be compared."""
    weight = _weights(clauses)
    names = frozenset().union(*(it.names for it in clauses))
    by_unit: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        if row["unit"] and not clauses[number].apart:
            by_unit[_unit(row)].append(number)
    for numbers in by_unit.values():
        holding: dict[str, list[int]] = defaultdict(list)
        for number in numbers:
            for word in sorted(clauses[number].words):
                holding[word].append(number)
        taken: set[tuple[int, int]] = set()
        for its in holding.values():
            if len(its) <= MOST_LOOKED_UP:
                taken.update(combinations(its, 2))
        for one, other in sorted(taken):
            apart = (
                rows[one]["doc_id"] != rows[other]["doc_id"] or rows[one]["sentence_at"] != rows[other]["sentence_at"]
            )
            if apart and _are_alike(clauses[one], clauses[other], weight, names):
                yield one, other


def _unit(row: Row) -> str:
    """Return what a figure must share with one that it is compared with."""
    unit = str(row["unit"])
    return (
        unit
        if row["kind"] in ("money", "percentage", "measure")
        else stem(unit.split(" of ", maxsplit=1)[0].rsplit(maxsplit=1)[-1])
    )


def _weights(clauses: Sequence[Clause]) -> dict[str, float]:
    frequency = Counter(word for it in clauses for word in it.words)
    return {word: log((len(clauses) + 1) / n) for word, n in frequency.items()}


def _are_alike(one: Clause, other: Clause, weight: Mapping[str, float], names: frozenset[str]) -> bool:
    shared = one.words & other.words
    common, named = shared - names, bool(shared & names)
    if not common or len(common) + named < FEWEST_SHARED:
        return False
    if one.denied != other.denied or _contrast(one, other):
        return False
    if (one.names or other.names) and not one.names & other.names:
        return False
    both = fsum(weight[it] for it in sorted(shared))
    ends = sorted(fsum(weight[it] for it in sorted(its.words)) for its in (one, other))
    least = LEAST_OF_LONGER if named else LEAST_OF_SHORTER
    return both >= round(LEAST_OF_SHORTER * ends[0], 9) and both >= round(least * ends[1], 9)


def _contrast(one: Clause, other: Clause) -> bool:
    mine, its = dict(one.sides), dict(other.sides)
    return any(mine[contrast] != its[contrast] for contrast in mine.keys() & its.keys())


# --- set against the figure beside it ---

_SIZES = ("count", "money", "measure", "percentage", "percentage points")


def set_against(rows: Sequence[Row], clauses: Sequence[Clause]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of figures of one document of which one is set against the other, by their numbers."""
    by_document: dict[Any, list[int]] = defaultdict(list)
    for number in sorted(range(len(rows)), key=lambda it: (str(rows[it]["doc_id"]), int(rows[it]["start"]))):
        if rows[number]["kind"] in _SIZES:
            by_document[rows[number]["doc_id"]].append(number)
    for numbers in by_document.values():
        for place, at in enumerate(numbers):
            if not clauses[at].elliptic:
                continue
            before = [
                it for it in numbers[max(0, place - LOOKED_BACK) : place] if _are_beside(rows[it], rows[at], BESIDE)
            ]
            after = [it for it in numbers[place + 1 : place + 2] if _are_beside(rows[at], rows[it], BESIDE)]
            if before:
                yield before[-1], at
            elif after and rows[after[0]]["attributed"]:
                yield at, after[0]
        listed = [it for it in numbers if clauses[it].inverted]
        yield from (it for it in pairwise(listed) if _are_beside(rows[it[0]], rows[it[1]], SAME_LIST))


def _are_beside(one: Row, other: Row, within: int) -> bool:
    return bool(other["start"] - one["end"] <= within) and _comparable(one, other)


def _comparable(one: Row, other: Row) -> bool:
    """Return whether two figures are of one kind and size; one without a noun ("180,000") may be of any unit."""
    if one["sentence_at"] == other["sentence_at"] or one["role"] != other["role"] != "change":
        return False
    shares = [it["kind"] in ("percentage", "percentage points") for it in (one, other)]
    if shares[0] != shares[1] or (one["unit"] and other["unit"] and _unit(one) != _unit(other)):
        return False
    values = sorted(abs(float(it)) for it in (_middle(one), _middle(other)) if it)
    return len(values) == 2 and values[1] <= LARGEST_RATIO * values[0]


def _middle(row: Row) -> float | None:
    known = [it for name in ("low", "value", "high") if (it := number_in(row[name])) is not None]
    return sum(known) / len(known) if known else None
