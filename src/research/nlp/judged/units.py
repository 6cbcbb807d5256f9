"""The units that a person judges: sentences, and stretches of turns, each in a stratum by what the model found there.

Units are drawn at random within a stratum, and more often from one in which errors are likelier. They do not overlap,
and together they are all English sentences of a document.
"""

from __future__ import annotations

import hashlib
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from heapq import nsmallest
from itertools import pairwise
from typing import NamedTuple

from research.loading import Span
from research.nlp.accuracy import TURN
from research.nlp.annotated import AnnotatedDocument, overlaps
from research.nlp.english import is_english
from research.nlp.records import Attribution

NOTHING, LOW, MIDDLE, HIGH = "nothing", "low", "middle", "high"
STRATA = (NOTHING, LOW, MIDDLE, HIGH, TURN)
"""No statement was found in the unit; the least sure one has low, middling or high confidence; it is part of a turn."""
BANDS = (0.6, 0.85)
"""The confidence from which on a statement is in the middle and in the high band.

On the units of 140 articles of PolNeAR train, the number of statements is wrong in 39% of those below 0.6, in 14% below
0.85, in 3% above, and in 7% of those without a statement.
"""
WORDS_OF_A_TURN = 60
"""A turn is cut before the sentence with which a stretch of it would have more words."""


class Unit(NamedTuple):
    """A sentence or a stretch of a turn: where it is, and its stratum."""

    start: int
    end: int
    stratum: str

    @property
    def span(self) -> Span:
        """Where it is."""
        return Span(self.start, self.end)


class Place(NamedTuple):
    """A unit and the id of its document."""

    document: str
    unit: Unit


class Frame(NamedTuple):
    """The units of a corpus that a sample is drawn from.

    ``sizes`` are the numbers of units by stratum, for strata that have any. ``first`` are the units of each stratum
    that come first in random order. ``starts`` are the offsets at which the units of each document begin. ``digest`` is
    of all units: the same documents and the same model, the same digest.
    """

    sizes: dict[str, int]
    first: dict[str, list[Place]]
    starts: dict[str, array[int]]
    digest: str


def frame(annotated: Iterable[AnnotatedDocument], most: int = 0, seed: int = 1) -> Frame:
    """Return the units of documents as the model alone annotates them, with the ``most`` first units of each stratum.

    Each unit has a random number of its own, made of the seed and its place, by which the order goes; so a larger
    sample extends a smaller one, and the order does not depend on what else is in the corpus. Ohlsson (1995),
    "Coordination of samples using permanent random numbers".
    """
    first: dict[str, list[tuple[str, Place]]] = {stratum: [] for stratum in STRATA}
    sizes: Counter[str] = Counter()
    starts: dict[str, array[int]] = {}
    whole = hashlib.sha256()
    for its in annotated:
        document = f"{its.document.id}\0{its.document.origin.sha256}"
        whole.update(f"{document}\n".encode())
        drawn: dict[str, list[tuple[str, Place]]] = {}
        begin = starts[its.document.id] = array("q")
        for unit in units(its):
            begin.append(unit.start)
            sizes[unit.stratum] += 1
            whole.update(f"{unit.start} {unit.end} {unit.stratum}\n".encode())
            if most:
                number = hashlib.sha256(f"{seed}\0{document}\0{unit.start}-{unit.end}".encode()).hexdigest()
                drawn.setdefault(unit.stratum, []).append((number, Place(its.document.id, unit)))
        for stratum, places in drawn.items():
            first[stratum] = nsmallest(most, [*first[stratum], *places])
    chosen = {stratum: [place for _, place in its] for stratum, its in first.items() if its}
    present = {stratum: sizes[stratum] for stratum in STRATA if sizes[stratum]}
    return Frame(present, chosen, starts, whole.hexdigest())


def units(annotated: AnnotatedDocument) -> list[Unit]:
    """Return the units of a document in order, without overlaps; none if it is not in English.

    Paragraphs in another language are left out, because no statement is extracted from them.
    """
    if not is_english(annotated.language):
        return []
    foreign = [span for span, _, _ in annotated.foreign]
    top = [it for it in annotated.attributions if it.level == 0]
    turns = sorted(span for it in top if it.kind == TURN for span in it.content)
    statements = [it for it in top if it.kind != TURN]
    sentences = [it for it in annotated.sentences if not _within(foreign, it.start)]
    labels = [Span(it.spans[0].start, it.content[0].start) for it in top if it.kind == TURN]
    starts = [turn.start for turn in turns]

    def turn_at(place: int) -> int | None:
        at = bisect_right(starts, place) - 1
        return at if at >= 0 and place < turns[at].end else None

    pieces = [(span, turn_at(span.start)) for span in _cut(sentences, turns) if not _is_label(span, labels)]
    joined = [Span(*its) for its in _joined(pieces, annotated)]
    least = _least_confidence(joined, statements)
    return [
        Unit(*span, stratum(least.get(number), turn=turn_at(span.start) is not None))
        for number, span in enumerate(joined)
    ]


def _cut(sentences: Iterable[Span], turns: Sequence[Span]) -> Iterator[Span]:
    """Yield sentences, cut where a turn begins or ends within one."""
    bounds = sorted({bound for turn in turns for bound in turn})
    for start, end in sentences:
        first, last = bisect_right(bounds, start), bisect_right(bounds, end - 1)
        places = [start, *bounds[first:last], end]
        yield from (Span(one, other) for one, other in pairwise(places))


def _joined(pieces: Iterable[tuple[Span, int | None]], annotated: AnnotatedDocument) -> Iterator[tuple[int, int]]:
    """Yield the pieces, those of one turn put together up to so many words."""
    pieces = list(pieces)
    # Reading the words takes longer than all else, and only turns are counted in words.
    starts = [word.start for word in annotated.words] if any(turn is not None for _, turn in pieces) else []
    open_piece: tuple[int, int, int] | None = None  # start, end, turn
    for (start, end), turn in pieces:
        if open_piece is not None:
            first, last, its = open_piece
            words = bisect_right(starts, end - 1) - bisect_right(starts, first - 1)
            if its == turn and words <= WORDS_OF_A_TURN:
                open_piece = first, end, its
                continue
            yield first, last
        open_piece = None if turn is None else (start, end, turn)
        if turn is None:
            yield start, end
    if open_piece is not None:
        yield open_piece[:2]


def _is_label(piece: Span, labels: Sequence[Span]) -> bool:
    return any(start <= piece.start and piece.end <= end for start, end in labels)


def _within(spans: Sequence[Span], place: int) -> bool:
    return any(start <= place < end for start, end in spans)


def _least_confidence(pieces: Sequence[Span], statements: Iterable[Attribution]) -> dict[int, float]:
    """Return the confidence of the least sure statement with content in each piece that has one, by its number."""
    least: dict[int, float] = {}
    for it in statements:
        for part in it.content:
            for number, _ in overlaps(pieces, [part]):
                least[number] = min(it.confidence, least.get(number, 1.0))
    return least


def stratum(least_confidence: float | None, *, turn: bool = False) -> str:
    """Return the stratum of a unit: by the least confidence of the statements in it, None where it has none."""
    if turn:
        return TURN
    if least_confidence is None:
        return NOTHING
    return (LOW, MIDDLE, HIGH)[bisect_right(BANDS, least_confidence)]
