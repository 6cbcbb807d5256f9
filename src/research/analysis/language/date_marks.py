"""Where dates are on an axis of words: the first document of a year or a quarter, few enough to read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

MOST_MARKS = 8
_STEPS = (1, 2, 5, 10, 20, 50, 100, 1000)
_APART = {"year": 0.09, "quarter": 0.15}
"""The least space between two marks, as a share of the axis: a label needs about as much beside long terms."""


class Marks(NamedTuple):
    """Marks on an axis: the words before each, its label, and what it is the first document of."""

    places: list[int]
    labels: list[str]
    of: str


def date_marks(dates: Sequence[str], words: Sequence[int]) -> Marks | None:
    """Return the marks of documents in the order of their dates; None where all are of one year.

    ``dates`` are ISO dates of the same precision, ``words`` the words of each document. Marks are at the first document
    of each quarter if there are at most eight, or else of each year, or of every second, fifth, tenth year and so on,
    whichever gives the most up to eight. One that would touch the one before is left out.

    >>> date_marks(["1999-01-31", "2000-02-01", "2000-06-30"], [500, 100, 400])
    Marks(places=[0, 500], labels=['1999 Q1', '2000 Q1'], of='quarter')
    """
    if not dates or dates[0][:4] == dates[-1][:4]:
        return None
    total = sum(words)
    if all(len(it) > len("2031") for it in dates):
        quarters = _firsts((f"{it[:4]} Q{(int(it[5:7]) + 2) // 3}" for it in dates), words)
        if len(quarters) <= MOST_MARKS:
            return _marks(_apart(quarters, total, "quarter"), "quarter")
    years = _firsts((it[:4] for it in dates), words)
    rounds = ([its for its in years if int(its[0]) % step == 0] for step in _STEPS)
    told = [_apart(its, total, "year") for its in rounds if len(its) <= MOST_MARKS]
    return _marks(max(told, key=len) or _apart(years, total, "year", 1 / MOST_MARKS), "year")


_Mark = tuple[str, int]


def _firsts(labels: Iterable[str], words: Sequence[int]) -> list[_Mark]:
    """Return each label with the words before its first document."""
    found: dict[str, int] = {}
    before = 0
    for label, size in zip(labels, words, strict=True):
        found.setdefault(label, before)
        before += size
    return list(found.items())


def _apart(marks: Iterable[_Mark], total: int, of: str, least: float = 0.0) -> list[_Mark]:
    space = max(_APART[of], least) * total
    kept: list[_Mark] = []
    for label, place in marks:
        if not kept or place - kept[-1][1] >= space:
            kept.append((label, place))
    return kept


def _marks(marks: Sequence[_Mark], of: str) -> Marks:
    return Marks([place for _, place in marks], [label for label, _ in marks], of)
