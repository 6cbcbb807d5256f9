"""How often words and phrases occur in US political news: the reference that a corpus is compared with."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

FILE = Path(__file__).with_name("reference.tsv.gz")
NAME = "US political news of 2016"
SOURCE = "the 840 articles of PolNeAR's training set (Newell, Margolin and Ruths 2018)"


class Reference(NamedTuple):
    """A frequency list: the words of all its texts, and how often each base form or phrase occurs."""

    words: int
    counts: Mapping[str, int]


def reference_counts(forms: Iterable[str], phrases: Iterable[str]) -> tuple[NDArray[np.float64], int]:
    """Return how often the reference has each base form, and its words; a part of one of the phrases is not counted.

    A phrase within a longer one of the phrases ("united nations" in "united nations security council") is a part too.
    """
    listed = reference()
    counts = dict(listed.counts)
    longest_first = sorted(((tuple(it.split(" ")), it) for it in set(phrases)), key=lambda its: (-len(its[0]), its))
    known = {words for words, _ in longest_first}
    for words, phrase in longest_first:
        own = counts.get(phrase, 0)
        for length in range(1, len(words)):
            for start in range(len(words) - length + 1):
                part = words[start : start + length]
                if length == 1 or part in known:
                    counts[" ".join(part)] = counts.get(" ".join(part), 0) - own
    return np.array([max(0, counts.get(form, 0)) for form in forms], dtype=np.float64), listed.words


@cache
def reference() -> Reference:
    """Return the list; ``training/reference`` says how it was made.

    Words that occurred once are missing, and phrases that occurred fewer than five times.

    >>> reference().counts["sanction"] < reference().counts["campaign"]
    True
    """
    with gzip.open(FILE, "rt", encoding="utf-8") as lines:
        total = int(next(lines).split("\t")[1])
        rows = (line.rstrip("\n").split("\t") for line in lines)
        return Reference(total, {term: int(count) for term, count in rows})
