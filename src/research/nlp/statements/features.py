"""Features of word pieces that a lower-case vocabulary loses: capitals, line breaks, quotation marks.

Each piece has three small numbers, computed from the text alone, which the encoder gets beside the piece. Training and
use share this module, so that both see the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

import numpy as np
import numpy.typing as npt

from research.nlp.statements.quotations import MARKS, quotations

SHAPES = 8  # special, lower, Title, UPPER, miXed, digit, punctuation, single capital
BREAKS = 4  # glued to the piece before, after a space, after a line break, after a blank line
PLACES = 6  # outside, on a mark that opens, on one that closes, inside, on another mark, inside unclosed

_MARK = re.compile(f"[{MARKS}]")


@lru_cache(maxsize=1 << 14)
def shape(piece: str) -> int:
    """Return the number of a piece's shape, as listed at `SHAPES`."""
    if any(character.isdigit() for character in piece):
        return 5
    letters = [character for character in piece if character.isalpha()]
    if not letters:
        return 6
    upper = sum(character.isupper() for character in letters)
    if not upper:
        return 1
    if len(letters) == 1:
        return 7
    if upper == len(letters):
        return 3
    return 2 if upper == 1 and letters[0].isupper() else 4


def gap(between: str) -> int:
    """Return the number of the break before a piece, given the text between it and the piece before."""
    if not between:
        return 0
    return 1 if between == " " else 1 + min(2, between.count("\n"))


def features(text: str, offsets: Sequence[Sequence[int]]) -> npt.NDArray[np.int64]:
    """Return one row a piece: its shape, the break before it, and its place among quotation marks."""
    places = _places(text)
    rows = np.zeros((len(offsets), 3), dtype=np.int64)
    if not len(offsets):
        return rows
    count = len(offsets)
    starts = np.array(offsets, dtype=np.int64)[:, 0]
    pieces = (text[start:end] for start, end in offsets)
    lasts = chain([0], (end for _, end in offsets))
    gaps = (text[last:start] for last, (start, _) in zip(lasts, offsets, strict=False))
    rows[:, 0] = np.fromiter(map(shape, pieces), np.int64, count)
    rows[:, 1] = np.fromiter(map(gap, gaps), np.int64, count)
    rows[starts == 0, 1] = 3
    within = starts < len(places)
    rows[within, 2] = places[starts[within]]
    return rows


def _places(text: str) -> npt.NDArray[np.int8]:
    places = np.zeros(len(text), dtype=np.int8)
    for mark in _MARK.finditer(text):
        places[mark.start()] = 4
    for quotation in quotations(text):
        inner = places[quotation.inner_start : quotation.inner_end]
        inner[inner == 0] = 3 if quotation.closed or quotation.continued else 5
        places[quotation.start : quotation.inner_start] = 1
        places[quotation.inner_end : quotation.end] = 2
    return places
