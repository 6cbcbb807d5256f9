"""The annotator of the layer *claims*: what is asserted and can be checked, a sentence or a clause at a time."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from research.loading.documents import Document, Span
from research.nlp.claims.clauses import clauses, has_finite_verb, is_whole, n_words
from research.nlp.claims.lexicon import plain, words
from research.nlp.claims.reasons import Clause, judged
from research.nlp.claims.voices import Piece, Voices
from research.nlp.english import foreign_paragraphs, is_english, language_of
from research.nlp.records import Claim

LEAST_SCORE = 0.25
"""Below it a clause has one weak reason, or does something other than asserting."""

_FEWEST_WORDS = 5
"""Fewer words of the text between those of a statement only introduce it."""


def annotate(document: Document, needed: Mapping[str, list[Any]]) -> dict[str, list[Any]]:
    """Return the table ``claims`` of a document's body, in the order of the text.

    It is empty for documents in another language than English, and without the claims of paragraphs in another one.
    """
    if not is_english(language_of(document)):
        return {"claims": []}
    foreign = [span for span, _ in foreign_paragraphs(document)]
    found = (it for it in read(document, needed) if not any(low <= it.start < high for low, high in foreign))
    return {"claims": [it.record(document.text) for it in found]}


def read(document: Document, needed: Mapping[str, list[Any]]) -> Iterator[Claim]:
    """Yield the claims of a document, given its sentences, attributions, mentions, times and quantities."""
    text, attributions = document.text, needed["attributions"]
    voices = Voices(len(text), attributions)
    layers = {name: _Located(needed[name]) for name in ("mentions", "quantities", "times")}
    sentences = [Span(*span) for span in needed["sentences"]]
    for sentence, following in zip_longest(sentences, sentences[1:], fillvalue=Span(len(text), len(text))):
        charged = _calls_it_an_allegation(text[following.start : following.end])
        for piece in _worded(text, sentence, list(voices.pieces(sentence))):
            cue = _cue_of(text, attributions, piece.attribution)
            accused = charged or bool(words("allegation verbs").search(cue))
            hoped = bool(words("hoping").search(cue))
            for span in clauses(text, piece.span):
                clause = Clause(
                    text,
                    span,
                    names=layers["mentions"].within(span),
                    quantities=layers["quantities"].within(span),
                    times=layers["times"].within(span),
                    accused=accused,
                    asked="?" in text[piece.span.end - 3 : piece.span.end + 2],
                    hoped=hoped,
                    date=document.date,
                )
                reasons, score = judged(clause)
                if score >= LEAST_SCORE:
                    yield Claim(*span, reasons, score, piece.attribution)


def _calls_it_an_allegation(sentence: str) -> bool:
    return _BACK.search(plain(sentence)) is not None


_BACK = re.compile(rf"\b(?:such|these|those)\s+{words('back to allegations').pattern}")


def _worded(text: str, sentence: Span, pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the pieces of a sentence that can be read by themselves.

    A statement that goes on after an interruption is one piece. What only introduces a statement is none. A statement
    without a subject of its own ("claimed to have paid") takes the whole sentence, if no other piece can be read.
    """
    joined: list[Piece] = []
    for piece in pieces:
        said = text[piece.span.start : piece.span.end]
        before = joined[-1] if joined else None
        if before is not None and before.attribution == piece.attribution and not has_finite_verb(said):
            joined[-1] = Piece(Span(before.span.start, piece.span.end), piece.attribution)
        elif n_words(said) >= (1 if piece.attribution is not None else _FEWEST_WORDS):
            joined.append(piece)
    whole = [it for it in joined if it.span == sentence or is_whole(text, it.span, sentence)]
    if joined and not whole:
        whole = [Piece(sentence, next((it.attribution for it in joined if it.attribution is not None), None))]
    yield from whole


def _cue_of(text: str, attributions: Sequence[Mapping[str, Any]], number: int | None) -> str:
    if number is None:
        return ""
    return plain(" ".join(text[start:end] for start, end in attributions[number]["cue"]))


class _Located:
    """The records of a table, found by where they begin."""

    def __init__(self, records: Sequence[Mapping[str, Any]]) -> None:
        self._records = sorted(records, key=lambda it: (it["start"], it["end"]))
        self._starts = [it["start"] for it in self._records]

    def within(self, span: Span) -> list[Mapping[str, Any]]:
        """Return the records that are within a span."""
        low, high = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        return [it for it in self._records[low:high] if it["end"] <= span.end]
