"""Who said what: from the encoder's scores to attributions with source, cue and content.

A path through the labels is decoded that is valid (no inside without a beginning, no word cut in two)
and in which no piece bears two roles. Every cue stands for one attribution. Each stretch of content goes to
the cue that it points to, each cue to its source or to none. Then quotation marks have their say: a
quotation is not cut in two by a label that flickered, and its two ends belong to one speaker.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from research.nlp.encoder import FLOOR, Encoder, Reading
from research.nlp.labels import BEGIN, ENTITY_TYPES, INSIDE, OUTSIDE, ROLES
from research.nlp.quotations import Quotation, quotations

Span = tuple[int, int]


@dataclass(frozen=True)
class Decoding:
    """Constants of decoding, chosen on the articles of PolNeAR train that were held out."""

    source: float = 0.0
    """Added to the score of a source that begins; likewise the next two."""
    cue: float = 0.0
    content: float = 0.0
    no_source: float = 0.0
    """Added to the score of a cue that has no source."""
    weak_cue: float = -4.0
    """Content whose best link is below this looks for a cue that was not decoded."""


DEFAULT = Decoding()

DIRECT = 0.8
INDIRECT = 0.1
"""Shares of the words of content within quotation marks from which, and up to which, it is so called."""


@dataclass(frozen=True)
class Attribution:
    """One statement: spans of characters, `content` in one or several parts, in order."""

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    kind: str
    confidence: float
    level: int = 0
    """0 at the top, 1 for one within the content of another."""


@dataclass(frozen=True)
class Mention:
    """A named entity."""

    start: int
    end: int
    type: str
    confidence: float


# --- paths through labels --------------------------------------------------------------------------

_BEGINS = tuple(1 + 2 * role for role in range(len(ROLES)))
_INSIDES = tuple(2 + 2 * role for role in range(len(ROLES)))


def _transitions(states: int) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Allowed steps (0) and forbidden ones (-inf) between pieces, and between pieces of one word.

    State 0 is outside; then a pair of begin and inside for each class.
    """
    between = np.zeros((states, states))
    within = np.full((states, states), -np.inf)
    within[0, 0] = 0
    for begin in range(1, states, 2):
        inside = begin + 1
        between[:, inside] = -np.inf
        between[[begin, inside], inside] = 0
        within[[begin, inside], inside] = 0
    return between, within


def best_path(scores: npt.NDArray[np.float64], glued: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """The valid path with the highest sum (Viterbi). `glued` marks pieces that go on with the word before."""
    count, states = scores.shape
    path = np.zeros(count, dtype=np.int64)
    if not count:
        return path
    between, within = _transitions(states)
    back = np.zeros((count, states), dtype=np.int8)
    columns = np.arange(states)
    total = scores[0].copy()
    total[2::2] = -np.inf
    for row in range(1, count):
        steps = total[:, None] + (within if glued[row] else between)
        best = steps.argmax(axis=0)
        back[row] = best
        total = steps[best, columns] + scores[row]
    state = int(total.argmax())
    for row in range(count - 1, -1, -1):
        path[row] = state
        state = int(back[row, state])
    return path


def runs(path: npt.NDArray[np.int64], role: int) -> list[Span]:
    """The stretches of pieces that bear a class, end exclusive."""
    begin, inside = 1 + 2 * role, 2 + 2 * role
    found = []
    for start in np.flatnonzero(path == begin).tolist():
        end = start + 1
        while end < len(path) and path[end] == inside:
            end += 1
        found.append((start, end))
    return found


def _glued(reading: Reading) -> npt.NDArray[np.bool_]:
    glued = np.zeros(len(reading), dtype=bool)
    text, offsets = reading.text, reading.offsets
    for row in np.flatnonzero(offsets[1:, 0] == offsets[:-1, 1]) + 1:
        at = int(offsets[row, 0])
        glued[row] = at > 0 and text[at - 1].isalnum() and text[at].isalnum()
    return glued


def role_scores(reading: Reading, constants: Decoding) -> npt.NDArray[np.float64]:
    """Scores of outside and of each role's begin and inside: a piece that bears one role bears no other."""
    roles = reading.roles.astype(np.float64)
    outside = roles[:, :, OUTSIDE]
    scores = np.zeros((len(reading), 1 + 2 * len(ROLES)))
    for role, name in enumerate(ROLES):
        scores[:, _BEGINS[role]] = roles[:, role, BEGIN] - outside[:, role] + getattr(constants, name)
        scores[:, _INSIDES[role]] = roles[:, role, INSIDE] - outside[:, role]
    return np.round(scores, 4)


# --- attributions ----------------------------------------------------------------------------------


@dataclass
class _Draft:
    """An attribution in pieces."""

    cue: Span | None
    source: Span | None = None
    content: list[Span] = field(default_factory=list)
    sureness: list[float] = field(default_factory=list)


def decode(reading: Reading, constants: Decoding = DEFAULT) -> list[Attribution]:
    """The attributions of a text, in the order of their content."""
    if not len(reading):
        return []
    scores = role_scores(reading, constants)
    path = best_path(scores, _glued(reading))
    sources, cues, contents = (runs(path, role) for role in range(len(ROLES)))
    drafts = link(reading, sources, cues, contents, constants)
    return [finished for draft in drafts if (finished := _finish(reading, draft)) is not None]


def link(
    reading: Reading, sources: Sequence[Span], cues: Sequence[Span], contents: Sequence[Span], constants: Decoding
) -> list[_Draft]:
    """Give each stretch of content its cue, each cue its source."""
    drafts: dict[Span | None, _Draft] = {}
    nearby = _Nearby(cues)
    for content in contents:
        candidates = nearby.of(content)
        if not candidates:
            continue
        links = reading.to_cue.table([content], candidates)[0]
        best = max(range(len(candidates)), key=lambda number: (links[number], -number))
        draft = drafts.setdefault(candidates[best], _Draft(candidates[best]))
        draft.content.append(content)
        draft.sureness.append(links[best])
    nearby = _Nearby(sources)
    for draft in drafts.values():
        if draft.cue is None:
            continue
        candidates = nearby.of(draft.cue)
        links = reading.to_source.table([draft.cue], [*candidates, (-1, 0)])[0]
        links[-1] += constants.no_source
        best = max(range(len(links)), key=lambda number: (links[number], -number))
        draft.source = candidates[best] if best < len(candidates) else None
        draft.sureness.append(links[best])
    return sorted(drafts.values(), key=lambda draft: draft.content[0])


class _Nearby:
    """Spans within reach of a window from another span, found without looking at all of them."""

    REACH = 254

    def __init__(self, spans: Sequence[Span]) -> None:
        self.spans = sorted(spans)
        self.starts = np.array([start for start, _ in self.spans], dtype=np.int64)

    def of(self, span: Span) -> list[Span]:
        low, high = np.searchsorted(self.starts, (span[0] - self.REACH, span[1] + self.REACH))
        return self.spans[low:high]


def _finish(reading: Reading, draft: _Draft) -> Attribution | None:
    text = reading.text

    def characters(run: Span | None) -> Span | None:
        return None if run is None else trimmed(text, *_extent(reading, run))

    content = tuple(span for run in sorted(draft.content) if (span := characters(run)) is not None)
    if not content:
        return None
    sureness = math.fsum(draft.sureness) / max(1, len(draft.sureness))
    return Attribution(
        source=characters(draft.source),
        cue=characters(draft.cue),
        content=content,
        kind="",
        confidence=round(math.exp(min(0.0, sureness)), 2),
    )


def _extent(reading: Reading, run: Span) -> Span:
    return int(reading.offsets[run[0], 0]), int(reading.offsets[run[1] - 1, 1])


_EDGES = " \t\r\n\xa0,;:–—-“”„«»‹›\"`"


def trimmed(text: str, start: int, end: int) -> Span | None:
    """A span without the spaces, commas and quotation marks at its edges; None if nothing is left."""
    while start < end and text[start] in _EDGES:
        start += 1
    while start < end and text[end - 1] in _EDGES:
        end -= 1
    return (start, end) if start < end else None


def attributions(text: str, encoder: Encoder) -> list[Attribution]:
    """The attributions of a text."""
    return decode(encoder.read(text))
