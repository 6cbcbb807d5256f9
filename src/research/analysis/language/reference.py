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
    """Return how often the reference has each base form, and its words; a part of one of the phrases is not counted."""
    listed = reference()
    counts = dict(listed.counts)
    for phrase in phrases:
        for part in phrase.split(" "):
            counts[part] = counts.get(part, 0) - listed.counts.get(phrase, 0)
    return np.array([max(0, counts.get(form, 0)) for form in forms], dtype=np.float64), listed.words


@cache
def reference() -> Reference:
    """Return the list; ``training/reference`` says how it was made. Words that occurred fewer than twice are missing.

    >>> reference().counts["sanction"] < reference().counts["campaign"]
    True
    """
    with gzip.open(FILE, "rt", encoding="utf-8") as lines:
        total = int(next(lines).split("\t")[1])
        rows = (line.rstrip("\n").split("\t") for line in lines)
        return Reference(total, {term: int(count) for term, count in rows})
