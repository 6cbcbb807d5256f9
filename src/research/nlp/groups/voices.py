"""Whose words each place of a document is, and how they are quoted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Generic, NamedTuple, TypeVar

from research.loading import Speakers
from research.nlp.annotated import AnnotatedDocument, overlaps
from research.nlp.groups.who_is_who import owner_name, speaker_of
from research.nlp.records import Attribution

LEAST_CONFIDENCE = 0.2
"""Statements below this confidence are not counted: of those, about one in four was right on PolNeAR dev."""
OWN = "own"
"""How the words of a whole document's speaker are quoted, outside the statements of others in it."""


class Voice(NamedTuple):
    """A stretch of a document: whose words it is (None where nobody is named), and how they are quoted.

    ``quoted`` is the kind of the statement (direct, mixed, indirect, turn), ``own`` for the words of the speaker of the
    whole document, and None for what the text says by itself.
    """

    start: int
    end: int
    speaker: str | None
    quoted: str | None


def voices(annotated: AnnotatedDocument, people: Speakers, least_confidence: float) -> list[Voice]:
    """Return the stretches that make up the body of a document, or what counts of it, in order.

    Within a turn, the statement of somebody else is theirs. Names are those of the document, or as ``people`` says.
    """
    owner = annotated.whose
    own = None if owner is None else owner_name(owner, annotated.document, people)
    parts = [Stretch(*annotated.document.body, (own, None if owner is None else OWN))]
    for found in annotated.attributions:
        if found.level == 0 and found.confidence >= least_confidence:
            speaker = _speaker(found, annotated, people)
            parts += [Stretch(start, end, (speaker, found.kind)) for start, end in found.content]
    made = [Voice(start, end, *its) for start, end, its in _undivided(innermost(parts))]
    inside = overlaps((it[:2] for it in made), annotated.counted)
    return [made[number]._replace(start=start, end=end) for number, (start, end) in inside]


def _speaker(found: Attribution, annotated: AnnotatedDocument, people: Speakers) -> str | None:
    person = speaker_of(found, annotated.document, annotated.whose, people)
    return found.speaker if person is None else person.name


Value = TypeVar("Value")


class Stretch(NamedTuple, Generic[Value]):
    """Part of a document, and what it is taken for."""

    start: int
    end: int
    value: Value


def innermost(parts: Iterable[Stretch[Value]]) -> Iterator[Stretch[Value]]:
    """Yield what is left of each part where the one that begins last counts; of two that begin together, the shorter.

    What is yielded is in order and does not overlap.
    """
    open_parts: list[Stretch[Value]] = []
    place = 0
    for part in sorted(parts, key=lambda it: (it.start, -it.end)):
        while open_parts and open_parts[-1].end <= part.start:
            yield from _left(open_parts, place)
            place = max(place, open_parts.pop().end)
        if open_parts and place < part.start:
            yield open_parts[-1]._replace(start=place, end=part.start)
        place = max(place, part.start)
        open_parts.append(part)
    while open_parts:
        yield from _left(open_parts, place)
        place = max(place, open_parts.pop().end)


def _left(open_parts: list[Stretch[Value]], place: int) -> Iterator[Stretch[Value]]:
    last = open_parts[-1]
    if place < last.end:
        yield last._replace(start=place)


def _undivided(stretches: Iterable[Stretch[Value]]) -> Iterator[Stretch[Value]]:
    """Yield stretches with neighbours of one value as one."""
    before: Stretch[Value] | None = None
    for it in stretches:
        if before is not None and before.end == it.start and before.value == it.value:
            before = before._replace(end=it.end)
            continue
        if before is not None:
            yield before
        before = it
    if before is not None:
        yield before
