"""Where a claim begins and ends: a sentence, or a clause of it that can be read by itself.

"As for trade, it keeps rising, and last year it reached 25 billion dollars" makes two claims. A sentence is divided
only where both parts have a finite verb and the second one begins like a clause; a wrong division would cost more than
a long claim. What a statement says is a claim without the words that introduce it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from research.loading.documents import Span
from research.nlp.claims.lexicon import beginning, plain, words

_KEPT = 256
"""Stretches of text whose answers are kept: a clause is asked for the same ones again and again."""
FEWEST_WORDS = 3
"""Shorter pieces assert nothing by themselves."""

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_JOIN = re.compile(r"[;:]\s+|,\s+(?=[a-z])|\s+[–—]\s+")
_PAST = re.compile(r"(?<![\w-])[a-z]{3,20}ed(?![\w-])")
_OPENING = re.compile(r"[\s\"'“”‘’«»(\[,;:.–—…-]+")
_NUMBER = re.compile(r"\d{1,4}\.\s+")  # that of a paragraph
_THAT = re.compile(r"that,?\s+")
_BEFORE = re.compile(r"(?:and|but|so|yet),?\s+")


def clauses(text: str, piece: Span) -> Iterator[Span]:
    """Yield the clauses of a piece of a sentence, trimmed, in order."""
    start = piece.start
    for join in _JOIN.finditer(text, piece.start, piece.end):
        if join.start() < start:
            continue
        low = join.end()
        if joined := beginning("joins").match(text, low, piece.end):
            low = _after_blanks(text, joined.end(), piece.end)
        elif join.group().startswith(","):
            continue
        if _begins(text, Span(low, piece.end)) and _is_clause(text, Span(start, join.start())):
            yield from _trimmed(text, Span(start, join.start()))
            start = join.end()
    yield from _trimmed(text, Span(start, piece.end))


def _begins(text: str, rest: Span) -> bool:
    """Return whether the rest of a piece begins with a subject, and has a finite verb soon after it."""
    opening = text[rest.start : min(rest.end, rest.start + _NEAR)]
    is_subject = opening[:1].isupper() or opening[:1].isdigit() or beginning("subjects").match(plain(opening))
    return bool(is_subject) and has_finite_verb(opening) and n_words(opening) >= FEWEST_WORDS


_NEAR = 90
"""Characters within which the verb of a clause is looked for."""


def _is_clause(text: str, span: Span) -> bool:
    return has_finite_verb(text[span.start : span.end]) and n_words(text[span.start : span.end]) >= FEWEST_WORDS


def is_whole(text: str, span: Span, sentence: Span) -> bool:
    """Return whether a part of a sentence can be read by itself: it begins like a clause and does not break off."""
    start, end = _without_marks(text, *span)
    following = text[end : sentence.end].lstrip()[:1]
    if following and following.isalnum():
        return False
    said = text[start:end]
    begins = said[:1].isupper() or said[:1].isdigit() or beginning("subjects", "openings").match(plain(said))
    last = plain(said).rpartition(" ")[2]
    return bool(begins) and has_finite_verb(said) and not words("dangling").fullmatch(last)


@lru_cache(maxsize=_KEPT)
def has_finite_verb(text: str) -> bool:
    """Return whether a text has a form that can be a finite verb: an auxiliary, a frequent verb, a past in "-ed"."""
    said = plain(text)
    if words("finite verbs", "irregular trends").search(said) or words("trend verbs").search(said):
        return True
    return any(text[found.start()].islower() for found in _PAST.finditer(said))


@lru_cache(maxsize=_KEPT)
def n_words(text: str) -> int:
    """Return the number of words of a text."""
    return sum(1 for _ in _WORD.finditer(text))


def _trimmed(text: str, span: Span) -> Iterator[Span]:
    """Yield a span without marks and joining words at its ends, and without a frame such as "I must say that"."""
    start, end = _without_marks(text, *span)
    said = plain(text[start:end])
    at = 0
    for pattern in (_NUMBER, _BEFORE, _THAT, _framed(), _THAT):
        if found := pattern.match(said, at):
            at = found.end()
    start, end = _without_marks(text, start + at, end)
    if n_words(text[start:end]) >= FEWEST_WORDS:
        yield Span(start, end)


@cache
def _framed() -> re.Pattern[str]:
    return re.compile(
        rf"{beginning('frames').pattern}(?:\s+(?:again|clearly|here|once\s+more|very\s+clearly))?,?\s+that\s+"
    )


def _without_marks(text: str, start: int, end: int) -> tuple[int, int]:
    if found := _OPENING.match(text, start, end):
        start = found.end()
    while end > start and (text[end - 1].isspace() or text[end - 1] in _CLOSING):
        end -= 1
    return start, end


_CLOSING = frozenset("\"'“”‘’«»([,;:.–—…-?!")


def _after_blanks(text: str, start: int, end: int) -> int:
    while start < end and (text[start].isspace() or text[start] == ","):
        start += 1
    return start
