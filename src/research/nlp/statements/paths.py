"""Paths through labels: the best valid sequence of labels for the pieces of a text.

A path is valid if no inside comes without a beginning and no word is cut in two; no piece has two roles.
"""

from __future__ import annotations

import math
from itertools import chain
from operator import add, ge, lt

import numpy as np
import numpy.typing as npt

from research.loading.documents import Span
from research.nlp.statements.encoder import Reading

Run = tuple[int, int]
"""A stretch of pieces: the number of the first one, and of the one after the last."""


def best_path(scores: npt.NDArray[np.float64], glued: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """Return the valid path with the highest sum of finite scores (Viterbi); `glued` marks pieces that continue a word.

    State 0 is outside; then follows a pair of begin and inside for each class. Inside follows begin or inside of its
    class. Of equally good paths, the one whose states have the lower numbers wins, compared from the end. Paths are
    compared only where a state other than outside may win: most pieces are outside whatever their neighbours are.
    """
    count, states = scores.shape
    path = np.zeros(count, dtype=np.int64)
    gains = scores[:, 1:] - scores[:, :1]
    begin, inside = gains[:, 0::2], gains[:, 1::2]
    # A run that begins here loses to one that begins at the next piece, and if it ends here, to none.
    later = (begin[:-1] < 0) & (begin[:-1] + inside[1:] < begin[1:]) & ~glued[1:, None]
    starts = np.flatnonzero(~np.concatenate([later, begin[-1:] < 0]).all(axis=1)).tolist()
    # Plain numbers are quicker than arrays of a few elements.
    rows = begin.tolist(), inside.tolist(), glued.tolist()
    left, began = [0] * count, [[False] * (states // 2)] * count
    state = after = 0
    for start in starts:
        if start >= after:
            after, state = _compare(rows, start, left, began)
    for row in range(after - 1, -1, -1):
        path[row] = state
        goes_on = state and state % 2 == 0
        state = state - began[row][state // 2 - 1] if goes_on else left[row]
    return path


def _compare(
    rows: tuple[list[list[float]], list[list[float]], list[bool]],
    start: int,
    left: list[int],
    began: list[list[bool]],
) -> tuple[int, int]:
    """Compare paths from a piece on until every run that has begun loses; return that piece and the state before.

    Write into `left` the state of the piece before each one, if no run of its class goes on, and into `began` whether a
    run that goes on began right before.
    """
    begins, insides, glued = rows
    none = [-math.inf] * len(began[start])
    outside, begun, inside = 0.0, none, none
    for row in range(start, len(begins)):
        # A word keeps the state in which it began: outside, or its class.
        bearing = list(map(max, begun, inside))
        best, joined = max(bearing), glued[row] and row > 0
        inside, before = list(map(add, bearing, insides[row])), [begun, inside]
        began[row] = list(map(ge, *before))
        if best > outside and not joined:
            number = bearing.index(best)
            outside, left[row] = best, 2 + 2 * number - began[row][number]
        begun = none if joined else [outside + gain for gain in begins[row]]
        if best < outside and row > start and all(map(lt, inside, begun)):
            return row, 0
    total = [outside, *chain.from_iterable(zip(begun, inside, strict=True))]
    return len(begins), total.index(max(total))


def runs(path: npt.NDArray[np.int64], role: int) -> list[Run]:
    """Return the stretches of pieces that have a class, end exclusive."""
    begin, inside = 1 + 2 * role, 2 + 2 * role
    found = []
    for start in np.flatnonzero(path == begin).tolist():
        end = start + 1
        while end < len(path) and path[end] == inside:
            end += 1
        found.append((start, end))
    return found


def glued(reading: Reading) -> npt.NDArray[np.bool_]:
    """Return which pieces continue the word of the piece before."""
    joined = np.zeros(len(reading), dtype=bool)
    text, offsets = reading.text, reading.offsets
    for row in np.flatnonzero(offsets[1:, 0] == offsets[:-1, 1]) + 1:
        at = int(offsets[row, 0])
        joined[row] = at > 0 and text[at - 1].isalnum() and text[at].isalnum()
    return joined


def extent(reading: Reading, run: Run) -> Span:
    """Return the characters that a run of pieces covers."""
    return Span(int(reading.offsets[run[0], 0]), int(reading.offsets[run[1] - 1, 1]))
