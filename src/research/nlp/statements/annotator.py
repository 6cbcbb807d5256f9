"""The annotator of the layer *statements*: attributions with their speakers, and mentions with their entities."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from research.loading.documents import Document, Span
from research.nlp.english import foreign_paragraphs, is_english, language_of

if TYPE_CHECKING:
    from research.nlp.records import Attribution, Mention
    from research.nlp.statements.encoder import Encoder


def annotate(document: Document, needed: Mapping[str, list[Any]]) -> dict[str, list[Any]]:  # noqa: ARG001
    """Return the tables ``attributions`` and ``names`` of a document's body.

    Both are empty for documents in another language than English, and without the records of paragraphs in another one.
    """
    attributions, mentions = read(document) if is_english(language_of(document)) else ([], [])
    foreign = [span for span, _ in foreign_paragraphs(document)]
    return {
        "attributions": [it.record(document.text) for it in attributions if not _within(foreign, it.content[0].start)],
        "names": [it.record(document.text) for it in mentions if not _within(foreign, it.start)],
    }


def _within(spans: Sequence[Span], at: int) -> bool:
    """Return whether a character is within one of some spans, which are in order."""
    before = bisect_right(spans, at, key=lambda span: span.start)
    return before > 0 and at < spans[before - 1].end


def read(document: Document) -> tuple[list[Attribution], list[Mention]]:
    """Return the attributions and mentions of an English document, from one pass of the encoder."""
    # Imported here, so that layers without a model do not wait for its libraries.
    from research.nlp.names import casting, floor, speakers
    from research.nlp.statements import announced, decoding, layout, nested, pointers, turns, whose
    from research.nlp.text.segmentation import sentences_of_body, unwrapped

    start, end = document.body
    body = document.text[start:end]
    sentences = [Span(low - start, high - start) for low, high in sentences_of_body(document.text, document.body)]
    spoken = turns.turns(document)
    owner = whose.speaker_of(document, whose.kind_of(document, spoken))
    in_body = [turn.moved(-start) for turn in spoken]
    labels = floor.Floor(in_body)
    prose = unwrapped(body, sentences)
    found, seen = decoding.find(encoder(), prose)
    found = layout.with_layout(body, pointers.with_antecedents(body, found, sentences), in_body)
    found = nested.with_nested(prose, announced.with_announced(body, found, seen), seen)
    # One cast serves mentions and speakers: a name that only a source or a label shows is a mention as well.
    cast = casting.cast_of(prose, seen, found, labels)
    reading = speakers.Resolution(prose, found, cast, labels, sentences, owner=None if owner is None else owner.name)
    attributed = [
        replace(it, speaker=who.name, speaker_label=who.label, office=who.office)
        for it, who in zip(found, reading.speakers(), strict=True)
    ]
    mentions = casting.mentions_of(cast, reading.renamed)
    return [it.moved(start) for it in attributed], [it.moved(start) for it in mentions]


@cache
def encoder() -> Encoder:
    """Return the encoder, loaded once a process."""
    from research.nlp.statements.encoder import Encoder

    return Encoder()
