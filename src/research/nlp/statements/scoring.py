"""Scores of the roles that pieces may have, before the best path through them is chosen."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from research.nlp.statements.encoder import Reading
from research.nlp.statements.labels import BEGIN, INSIDE, OUTSIDE, ROLES
from research.nlp.statements.quotations import Quotation, quotations


@dataclass(frozen=True)
class Decoding:
    """Constants of decoding, chosen on the articles of PolNeAR train that were held out."""

    source: float = 0.75
    """Added to the score of a source that begins; likewise the next two."""
    cue: float = 0.75
    content: float = -1.0
    no_source: float = 0.0
    """Added to the score of a cue that has no source."""
    cue_support: float = 0.6
    """Weight of the links from content that support a cue; likewise for a source and its cues."""
    source_support: float = 0.6
    stranded: float = 0.75
    """A cue left without content takes one stretch from a cue that has several if the links differ by less."""
    second: float = 3.0
    """Content may go to a cue that scores less than this below its best one, if that one is taken."""
    gap: int = 1000
    """Stretches on the same side of a cue may both be its content if no more pieces than this separate them."""
    alone: bool = True
    """Whether content whose cue has no place left becomes an attribution without a cue, with that cue's source."""
    names: bool = True
    """Whether a source is extended to the whole of a name that it touches."""
    quotations: bool = True
    """Whether a quotation is kept whole."""
    relative: float = 2.4
    """Added to the score of content for a relative clause."""
    pointer: float = 3.0
    """Added to the score of content that begins with the "This" of "This is what she said"; set by hand."""


DEFAULT = Decoding()

# The states of each role in a path: outside is 0.
_BEGINS = tuple(1 + 2 * role for role in range(len(ROLES)))

_INSIDES = tuple(2 + 2 * role for role in range(len(ROLES)))


def role_scores(reading: Reading, constants: Decoding) -> npt.NDArray[np.float64]:
    """Return the scores of outside and of each role's begin and inside; a piece has at most one role."""
    roles = reading.roles.astype(np.float64)
    outside = roles[:, :, OUTSIDE]
    scores = np.zeros((len(reading), 1 + 2 * len(ROLES)))
    for role, name in enumerate(ROLES):
        scores[:, _BEGINS[role]] = roles[:, role, BEGIN] - outside[:, role] + getattr(constants, name)
        scores[:, _INSIDES[role]] = roles[:, role, INSIDE] - outside[:, role]
    bearing = 1 - np.exp(outside)
    source, cue, content = range(len(ROLES))
    cues = reading.to_cue.support(bearing[:, content])
    sources = reading.to_source.support(bearing[:, cue])
    scores[:, _BEGINS[cue]] += constants.cue_support * _voted(cues, 2.0)
    scores[:, _BEGINS[source]] += constants.source_support * _voted(sources, 0.5)
    _keep_clauses(reading, scores, bearing, constants.relative)
    _keep_pointers(reading, scores, constants.pointer)
    if constants.quotations:
        _keep_whole(reading, scores, bearing[:, content])
    return np.round(scores, 4)


_RELATIVE = re.compile(r", (?:which|who|whose|whom|where)\b[^.!?;:\n“”\"]{0,300}")


def _keep_clauses(
    reading: Reading, scores: npt.NDArray[np.float64], bearing: npt.NDArray[np.float64], bonus: float
) -> None:
    """Keep a relative clause after a comma with the content before it, as a whole or not at all.

    In PolNeAR train 196 are content and 182 are not. The annotators do not agree, so a bonus decides.
    """
    starts, cue, content = reading.offsets[:, 0], ROLES.index("cue"), ROLES.index("content")
    for match in _RELATIVE.finditer(reading.text):
        first, after = np.searchsorted(starts, match.span())
        if first < after and bearing[first:after, cue].max() < 0.3:
            column = scores[first:after, _INSIDES[content]]
            column[:] = column.mean() + bonus


_POINTS_BACK = re.compile(r"(?:^|(?<=\s))(?:This|That) (?:is|was) (?:what|how)\b", re.MULTILINE)


def _keep_pointers(reading: Reading, scores: npt.NDArray[np.float64], bonus: float) -> None:
    """Keep the "This is what" of "This is what she said" as content, as a whole or not at all: it points to content."""
    begin, inside = _BEGINS[ROLES.index("content")], _INSIDES[ROLES.index("content")]
    for match in _POINTS_BACK.finditer(reading.text):
        first, after = np.searchsorted(reading.offsets[:, 0], match.span())
        if first < after:
            scores[first, begin] += bonus
            scores[first + 1 : after, begin] = _NEVER
            scores[first + 1 : after, inside] = np.maximum(scores[first + 1 : after, inside], 0.0)


_WORD = re.compile(r"\w+")

_NEVER = -1e3


def _keep_whole(reading: Reading, scores: npt.NDArray[np.float64], bearing: npt.NDArray[np.float64]) -> None:
    """Keep a quotation whole: content of one attribution, or of none.

    Of 2,734 quotations in PolNeAR train, 2,437 are within the content of one attribution and 239 in none; 47 are in
    part, mostly because a mark is missing.
    """
    begin, inside = _BEGINS[ROLES.index("content")], _INSIDES[ROLES.index("content")]
    starts, ends = reading.offsets[:, 0], reading.offsets[:, 1]
    last: Quotation | None = None
    for quotation in quotations(reading.text):
        goes_on = last is not None and last.continued and not reading.text[last.end : quotation.start].strip()
        last = quotation
        if not (quotation.closed or quotation.continued):
            continue
        first = int(np.searchsorted(starts, quotation.inner_start))
        after = int(np.searchsorted(ends, quotation.inner_end, side="right"))
        words = sum(1 for _ in _WORD.finditer(reading.text, quotation.inner_start, quotation.inner_end))
        if after <= first or not words:
            continue
        wanted = 0.3 if words >= 10 else 0.4 if words >= 5 else 0.5
        if float(bearing[first:after].mean()) < wanted:
            scores[first:after, [begin, inside]] = _NEVER
            continue
        others = [state for state in range(scores.shape[1]) if state not in (begin, inside)]
        scores[first:after, others] = _NEVER
        scores[first + 1 : after, begin] = _NEVER
        if goes_on:
            # A quotation that goes on in the next paragraph continues the same content, with the mark that reopens it.
            opening = int(np.searchsorted(starts, quotation.start))
            scores[opening:first, others] = scores[opening : first + 1, begin] = _NEVER


def _voted(support: npt.NDArray[np.float64], usual: float) -> npt.NDArray[np.float64]:
    """Return the vote of the links for a beginning: positive if more point there than usual, negative if fewer do."""
    return np.clip(np.log((support + 0.05) / usual), -3.0, 1.0)
