"""Whose words each place of a document is, and how they are quoted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from research.loading import Speakers
from research.nlp.annotated import AnnotatedDocument, overlaps
from research.nlp.groups.who_is_who import speaker_of
from research.nlp.records import Attribution

LEAST_CONFIDENCE = 0.2
"""Statements below this confidence are not counted: of those, about one in seven was right on PolNeAR dev."""
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
    own = None if owner is None else owner.name
    if owner is not None and people.entries:
        asked = (people.find(it, annotated.document.date) for it in (owner.name, annotated.document.speaker) if it)
        own = next((person.name for person in asked if person is not None), own)
    parts = [Voice(*annotated.document.body, own, None if owner is None else OWN)]
    for found in annotated.attributions:
        if found.level == 0 and found.confidence >= least_confidence:
            speaker = _speaker(found, annotated, people)
            parts += [Voice(start, end, speaker, found.kind) for start, end in found.content]
    made = list(_undivided(_innermost(parts)))
    inside = overlaps((it[:2] for it in made), annotated.counted)
    return [made[number]._replace(start=start, end=end) for number, (start, end) in inside]


def _speaker(found: Attribution, annotated: AnnotatedDocument, people: Speakers) -> str | None:
    person = speaker_of(found, annotated.document, annotated.whose, people)
    return found.speaker if person is None else person.name


def _innermost(parts: Iterable[Voice]) -> Iterator[Voice]:
    """Yield what is left of each part where the one that begins last counts; of two that begin together, the shorter.

    The first part holds all others.
    """
    open_parts: list[Voice] = []
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


def _left(open_parts: list[Voice], place: int) -> Iterator[Voice]:
    last = open_parts[-1]
    if place < last.end:
        yield last._replace(start=place)


def _undivided(stretches: Iterable[Voice]) -> Iterator[Voice]:
    """Yield stretches with neighbours of one voice as one."""
    before: Voice | None = None
    for it in stretches:
        if before is not None and before.end == it.start and before[2:] == it[2:]:
            before = before._replace(end=it.end)
            continue
        if before is not None:
            yield before
        before = it
    if before is not None:
        yield before
