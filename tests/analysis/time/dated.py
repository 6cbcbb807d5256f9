"""Invented documents with dates, statements and countries given by hand, and a change in the year 2031."""

from __future__ import annotations

from collections.abc import Iterable
from types import SimpleNamespace
from typing import NamedTuple, cast

from research.loading import Corpus, Document, Span, Speakers
from research.loading.documents import Origin
from research.loading.judgements import Judgements
from research.nlp.actors import lexicon
from research.nlp.actors.annotator import mentions
from research.nlp.annotated import AnnotatedDocument
from research.nlp.records import Attribution
from tests.analysis.said import LEE, RAY, Told, with_attributions

QUOTED, REPORTED = "“The boats are late today,” {name} said.", "{name} said that the boats are late today."


class Note(NamedTuple):
    """A document: its date, what stands in it, and whether its one statement is quoted; None for no statement."""

    date: str | None
    text: str
    quoted: bool | None = True
    speaker: str = LEE


class Dated(Told):
    """Documents that are called by their numbers."""

    def __init__(self, notes: Iterable[Note], *, complete: bool = False) -> None:
        self.corpus = cast(Corpus, SimpleNamespace(complete=complete, speakers=Speakers(), judgements=Judgements()))
        self._documents = [_annotated(f"{number:04}", note) for number, note in enumerate(notes)]


def _annotated(name: str, note: Note) -> AnnotatedDocument:
    said = "" if note.quoted is None else (QUOTED if note.quoted else REPORTED).format(name=note.speaker)
    text = f"{said} {note.text}"
    found = []
    if said:
        content = "The boats are late today" if note.quoted else "that the boats are late today"
        start = text.index(content)
        found.append(
            Attribution(
                source=Span(text.index(note.speaker), text.index(note.speaker) + len(note.speaker)),
                cue=Span(text.index("said"), text.index("said") + 4),
                content=(Span(start, start + len(content)),),
                kind="direct" if note.quoted else "indirect",
                confidence=0.9,
                speaker=note.speaker,
                speaker_label=note.speaker,
                office=None,
            )
        )
    document = Document(name, text, Span(0, len(text)), Origin(f"{name}.txt", "f" * 64, "utf-8"), date=note.date)
    annotated = with_attributions(document, found)
    named = mentions(text, [], list(lexicon.hits(text, 0, len(text))))
    tables = cast(dict[str, object], annotated.tables)
    tables["mentions"] = [it.record(text) for it in named]
    return annotated


def year(*, changes_in: int = 7, in_a_month: int = 6) -> list[Note]:
    """Return six documents a month: from ``changes_in`` on there are more ferries, Kenya is named and nobody quoted."""
    return [_note(month, day, later=month >= changes_in) for month in range(1, 13) for day in range(in_a_month)]


def _note(month: int, day: int, *, later: bool) -> Note:
    ferries = "A ferry left. " * (day % 2 + 3 * later)
    pier = "The pier was empty, as in Kenya." if later else "The pier was full."
    speaker = RAY if (month + day) % 3 == 0 else LEE
    return Note(f"2031-{month:02}-{day + 1:02}", ferries + pier, not later, speaker)
