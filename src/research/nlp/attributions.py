"""Who said what: from the encoder's scores to attributions with source, cue and content.

A path through the labels is decoded that is valid (no inside without a beginning, no word cut in two)
and in which no piece bears two roles. Every cue stands for one attribution. Each stretch of content goes to
the cue that it points to, each cue to its source or to none. Then quotation marks have their say: a
quotation is not cut in two by a label that flickered, and its two ends belong to one speaker.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from operator import add, ge, lt
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from research.nlp.descriptions import descriptions
from research.nlp.encoder import FLOOR, LEAST, Encoder, Reading, sections
from research.nlp.labels import BEGIN, ENTITY_TYPES, INSIDE, OUTSIDE, ROLES
from research.nlp.quotations import Quotation, quotations, single_quotations
from research.nlp.text import ends_in_full_stop, sentences

Span = tuple[int, int]


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
    """How much it speaks for a cue that content points to it; likewise for a source and its cues."""
    source_support: float = 0.6
    stranded: float = 0.75
    """A cue left without content takes one from a cue that has several if the links differ by less."""
    second: float = 3.0
    """Content may go to a cue that is by less than this worse than its best one, if that one is taken."""
    gap: int = 1000
    """Stretches on the same side of a cue may both be its content if no more pieces divide them."""
    alone: bool = True
    """Whether content whose cue has no place left stands alone, with that cue's source."""
    names: bool = True
    """Whether a source takes in the whole of a name that it touches."""
    quotations: bool = True
    """Whether a quotation is kept whole."""
    relative: float = 2.4
    """Added to the score of content for a relative clause."""
    pointer: float = 3.0
    """Added to the score of content that begins with the "This" of "This is what she said"; set by hand."""


DEFAULT = Decoding()

DIRECT = 0.8
INDIRECT = 0.1
"""Shares of the words of content within quotation marks from which, and up to which, it is so called."""


@dataclass(frozen=True)
class Attribution:
    """One statement: spans of characters, `content` in one or several parts, in order.

    `speaker` is the canonical name of its source, None where the text gives none; `speaker_label` is how the text
    calls the source, and `office` the title or office that it gives the speaker.
    """

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    kind: str
    confidence: float
    level: int = 0
    """0 at the top, 1 for one within the content of another."""
    speaker: str | None = None
    speaker_label: str | None = None
    office: str | None = None

    @property
    def spans(self) -> list[Span]:
        """Source, cue and content, in the order of the text."""
        return sorted(span for span in (self.source, self.cue, *self.content) if span is not None)

    def moved(self, by: int) -> Attribution:
        """The same, so many characters further on."""
        if not by:
            return self
        return replace(
            self,
            source=_moved(self.source, by),
            cue=_moved(self.cue, by),
            content=tuple((start + by, end + by) for start, end in self.content),
        )

    def record(self) -> dict[str, Any]:
        """The attribution in what JSON can say."""
        return {
            "source": [] if self.source is None else [list(self.source)],
            "cue": [] if self.cue is None else [list(self.cue)],
            "content": [list(span) for span in self.content],
            "speaker": self.speaker,
            "speaker_label": self.speaker_label,
            "office": self.office,
            "kind": self.kind,
            "confidence": self.confidence,
            "level": self.level,
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Attribution:
        """What `record` wrote. Raises KeyError, TypeError or ValueError for anything else."""
        spans = {role: tuple((int(start), int(end)) for start, end in record[role]) for role in ROLES}
        return cls(
            source=spans["source"][0] if spans["source"] else None,
            cue=spans["cue"][0] if spans["cue"] else None,
            content=spans["content"],
            kind=str(record["kind"]),
            confidence=float(record["confidence"]),
            level=int(record["level"]),
            speaker=record["speaker"],
            speaker_label=record["speaker_label"],
            office=record["office"],
        )


def _moved(span: Span | None, by: int) -> Span | None:
    return None if span is None else (span[0] + by, span[1] + by)


@dataclass(frozen=True)
class Mention:
    """A named entity: where it is named, of which type it is, and the fullest name that the document gives it.

    `country` is the ISO 3166-1 alpha-2 code of the state that a place's name means, None for other names.
    """

    start: int
    end: int
    type: str
    confidence: float
    entity: str | None = None
    country: str | None = None

    def moved(self, by: int) -> Mention:
        """The same, so many characters further on."""
        if not by:
            return self
        return replace(self, start=self.start + by, end=self.end + by)

    def record(self, text: str) -> dict[str, Any]:
        """The mention in what JSON can say; `text` is that of the document."""
        return {
            "start": self.start,
            "end": self.end,
            "text": text[self.start : self.end],
            "type": self.type,
            "entity": self.entity,
            "country": self.country,
            "confidence": self.confidence,
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Mention:
        """What `record` wrote. Raises KeyError, TypeError or ValueError for anything else."""
        start, end = int(record["start"]), int(record["end"])
        entity, country = record["entity"], record["country"]
        return cls(start, end, str(record["type"]), float(record["confidence"]), entity, country)


OVERLOOKED = 0.3
"""The confidence of a mention that the model overlooked, set by hand."""


class Located:
    """Mentions found by where they stand."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self.mentions = mentions
        self.starts = [mention.start for mention in mentions]

    def at(self, place: int) -> int | None:
        """The number of the mention in which a character stands."""
        number = bisect_right(self.starts, place) - 1
        return number if number >= 0 and place < self.mentions[number].end else None

    def within(self, start: int, end: int) -> list[int]:
        """The numbers of the mentions that lie in a stretch of text, at least in part."""
        first = bisect_left(self.starts, start)
        if first and self.mentions[first - 1].end > start:
            first -= 1
        return list(range(first, bisect_left(self.starts, end)))


# --- paths through labels --------------------------------------------------------------------------

_BEGINS = tuple(1 + 2 * role for role in range(len(ROLES)))
_INSIDES = tuple(2 + 2 * role for role in range(len(ROLES)))


def best_path(scores: npt.NDArray[np.float64], glued: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """The valid path with the highest sum of finite scores (Viterbi). `glued` marks pieces that go on with a word.

    State 0 is outside; then a pair of begin and inside for each class. Inside follows begin or inside of its class.
    Of paths that are equally good it is the one whose states have the lower numbers, from the end. Paths are compared
    only where another than outside may win: most pieces are outside whatever stands beside them.
    """
    count, states = scores.shape
    path = np.zeros(count, dtype=np.int64)
    gains = scores[:, 1:] - scores[:, :1]
    begin, inside = gains[:, 0::2], gains[:, 1::2]
    # A run that begins here loses to one that begins at the next piece, and if it ends here, to none.
    later = (begin[:-1] < 0) & (begin[:-1] + inside[1:] < begin[1:]) & ~glued[1:, None]
    starts = np.flatnonzero(~np.concatenate([later, begin[-1:] < 0]).all(axis=1)).tolist()
    # Plain numbers are quicker than arrays of a few.
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
    """Compare paths from a piece on to where all that has begun is lost: that piece, and the state before it.

    Writes into `left` in which state the piece before each one is left, if no run of its class goes on, and into
    `began` whether a run that goes on began right before.
    """
    begins, insides, glued = rows
    none = [-math.inf] * len(began[start])
    outside, begun, inside = 0.0, none, none
    for row in range(start, len(begins)):
        # A word goes on as it began: outside, or in its class.
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
    """A relative clause after a comma goes with the content before it as a whole or not at all.

    In PolNeAR train 196 are content and 182 are not: the annotators do not agree, and a bonus decides.
    """
    starts, cue, content = reading.offsets[:, 0], ROLES.index("cue"), ROLES.index("content")
    for match in _RELATIVE.finditer(reading.text):
        first, after = np.searchsorted(starts, match.span())
        if first < after and bearing[first:after, cue].max() < 0.3:
            column = scores[first:after, _INSIDES[content]]
            column[:] = column.mean() + bonus


_POINTS_BACK = re.compile(r"(?:^|(?<=\s))(?:This|That) (?:is|was) (?:what|how)\b", re.MULTILINE)


def _keep_pointers(reading: Reading, scores: npt.NDArray[np.float64], bonus: float) -> None:
    """The "This is what" of "This is what she said" is content as a whole, if only as a pointer, or not at all."""
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
    """A quotation is content as a whole or not at all, and never that of two.

    In PolNeAR train, of 2,734 quotations 2,437 lie within the content of one attribution, 239 in none; 47
    are so in part, most of them because a mark is missing.
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
            # The paragraph's own mark, and with it the whole, continues what came before.
            opening = int(np.searchsorted(starts, quotation.start))
            scores[opening:first, others] = scores[opening : first + 1, begin] = _NEVER


def _voted(support: npt.NDArray[np.float64], usual: float) -> npt.NDArray[np.float64]:
    """What the links say of a beginning: positive if more point there than usual, negative if fewer do."""
    return np.clip(np.log((support + 0.05) / usual), -3.0, 1.0)


# --- attributions ----------------------------------------------------------------------------------


@dataclass
class Draft:
    """An attribution in pieces."""

    cue: Span | None
    source: Span | None = None
    content: list[Span] = field(default_factory=list)
    sureness: list[float] = field(default_factory=list)
    """Scores of the links that hold it together."""
    host: Draft | None = None
    """For content without a cue of its own: the attribution whose source it shares."""


def find(encoder: Encoder, text: str) -> tuple[list[Attribution], list[Mention]]:
    """The attributions and the mentions of a text, each in order; what is very long is read in sections."""
    found: list[Attribution] = []
    named: list[Mention] = []
    for start, end in sections(text):
        reading = encoder.read(text[start:end])
        here = mentions(reading)
        found += (it.moved(start) for it in decode(reading, named=here))
        named += (it.moved(start) for it in here)
    return found, named


def decode(
    reading: Reading, constants: Decoding = DEFAULT, named: Sequence[Mention] | None = None
) -> list[Attribution]:
    """The attributions of a text, in the order of their content; `named` are its mentions, if they are known."""
    marked = sorted([*quotations(reading.text), *single_quotations(reading.text)])
    names = _Names(mentions(reading) if named is None else named)
    finished = (finish(reading, draft, marked) for draft in drafts(reading, constants))
    found = [
        replace(it, source=_whole_source(reading.text, it, names) if constants.names else it.source)
        for it in finished
        if it is not None
    ]
    # What was dropped from content may have been its first part.
    return sorted(found, key=lambda it: it.content[0])


def drafts(reading: Reading, constants: Decoding = DEFAULT) -> list[Draft]:
    """The attributions of a text in pieces, in the order of their content."""
    if not len(reading):
        return []
    scores = role_scores(reading, constants)
    path = best_path(scores, _glued(reading))
    sources, cues, contents = (runs(path, role) for role in range(len(ROLES)))
    return link(reading, sources, cues, contents, constants)


def link(
    reading: Reading,
    sources: Sequence[Span],
    cues: Sequence[Span],
    contents: Sequence[Span],
    constants: Decoding,
) -> list[Draft]:
    """Give each stretch of content its cue, each cue its source."""
    drafts = _Assignment(reading, cues, contents, constants).drafts()
    nearby = _Nearby(sources)
    for draft in drafts:
        if draft.cue is None:
            continue
        candidates = nearby.of(draft.cue)
        none, *links = reading.to_source.towards(draft.cue, [(-1, 0), *candidates])
        links.append(none + constants.no_source)
        # Where the links say nothing, the nearest one is as good a guess as any.
        apart = [_apart(draft.cue, candidate) for candidate in candidates] + [0]
        best = max(range(len(links)), key=lambda number: (links[number], -apart[number]))
        draft.source = candidates[best] if best < len(candidates) else None
        draft.sureness.append(links[best])
    for draft in drafts:
        if draft.host is not None:
            draft.source = draft.host.source
    return sorted(drafts, key=lambda draft: draft.content[0])


def _apart(one: Span, other: Span) -> int:
    return max(one[0] - other[1], other[0] - one[1], 0)


class _Assignment:
    """Which cue each stretch of content belongs to.

    A cue has at most one stretch before and one after it (in PolNeAR train, of 1,500 attributions with
    content in two parts, 94 % have the cue between them), and it has at least one. The surest links are
    taken first; what finds its place taken goes to another cue that is nearly as good, or else stands alone,
    with the source of the cue that it points to.
    """

    def __init__(self, reading: Reading, cues: Sequence[Span], contents: Sequence[Span], constants: Decoding) -> None:
        self.constants, self.cues, self.contents = constants, cues, contents
        self.scores: dict[tuple[Span, Span], float] = {}
        self.best: dict[Span, Span] = {}
        nearby = _Nearby(cues)
        for content in contents:
            candidates = nearby.of(content)
            links = reading.to_cue.towards(content, candidates)
            linked = [(cue, score) for cue, score in zip(candidates, links, strict=True) if score > FLOOR]
            if candidates and not linked:
                # No link was seen: the nearest cue is as good a guess as any.
                linked = [(min(candidates, key=lambda cue: _apart(content, cue)), float(FLOOR))]
            self.scores.update({(content, cue): score for cue, score in linked})
            if linked:
                self.best[content] = min((cue for cue, _ in linked), key=lambda cue: self._rank(content, cue))
        self.cue_of: dict[Span, Span] = {}
        self.of_cue: dict[Span, list[Span]] = {}

    def _rank(self, content: Span, cue: Span) -> tuple[float, int, Span, Span]:
        return -self.scores[content, cue], _apart(content, cue), content, cue

    def drafts(self) -> list[Draft]:
        """Assign, and gather each cue's content."""
        for content, cue in sorted(self.scores, key=lambda pair: self._rank(*pair)):
            if content not in self.cue_of and self._fits(content, cue):
                self._give(content, cue)
        self._share_out()
        made = {cue: Draft(cue, content=sorted(found)) for cue, found in self.of_cue.items() if found}
        for cue, draft in made.items():
            draft.sureness = [self.scores[content, cue] for content in draft.content]
        alone = [
            Draft(None, content=[content], host=made.get(self.best[content]), sureness=[-1.0])
            for content in self.contents
            if content in self.best and content not in self.cue_of and self.constants.alone
        ]
        return [*made.values(), *alone]

    def _give(self, content: Span, cue: Span) -> None:
        self.cue_of[content] = cue
        self.of_cue.setdefault(cue, []).append(content)

    def _fits(self, content: Span, cue: Span) -> bool:
        if self.scores[content, self.best[content]] - self.scores[content, cue] > self.constants.second:
            return False
        same_side = [other for other in self.of_cue.get(cue, []) if (other < cue) == (content < cue)]
        return all(_apart(content, other) <= self.constants.gap for other in same_side)

    def _share_out(self) -> None:
        """Every cue has content: one left without takes what fits best from a cue with several."""
        wanted: dict[Span, list[tuple[float, Span]]] = {}
        for (content, cue), score in self.scores.items():
            if cue in self.of_cue:
                continue
            host = self.cue_of.get(content)
            if host is not None and len(self.of_cue[host]) < 2:
                continue
            held = self.scores[content, host if host is not None else self.best[content]]
            if held - score < self.constants.stranded:
                wanted.setdefault(cue, []).append((held - score, content))
        for cue in sorted(wanted, key=lambda cue: (min(wanted[cue]), cue)):
            for _, content in sorted(wanted[cue]):
                host = self.cue_of.get(content)
                if host is not None and len(self.of_cue[host]) < 2:
                    continue
                if host is not None:
                    self.of_cue[host].remove(content)
                self._give(content, cue)
                break


class _Nearby:
    """Spans within reach of a window from another span, found without looking at all of them."""

    REACH = 254

    def __init__(self, spans: Sequence[Span]) -> None:
        self.spans = sorted(spans)
        self.starts = np.array([start for start, _ in self.spans], dtype=np.int64)

    def of(self, span: Span) -> list[Span]:
        low, high = np.searchsorted(self.starts, (span[0] - self.REACH, span[1] + self.REACH))
        return self.spans[low:high]


def finish(reading: Reading, draft: Draft, marked: Sequence[Quotation]) -> Attribution | None:
    """The attribution that a draft comes to, in characters; None where nothing is left of its content."""
    text = reading.text

    def characters(run: Span | None) -> Span | None:
        return None if run is None else trimmed(text, *_extent(reading, run))

    content = tuple(span for run in sorted(draft.content) if (span := characters(run)) is not None)
    if len(content) > 1:
        # "This is what he said" points at content, and is none itself.
        content = tuple(span for span in content if not _LIGHT.fullmatch(text, *span)) or content
    if not content:
        return None
    cue, found = characters(draft.cue), signs(reading, draft)
    if len(content) == 1 and POINTER.fullmatch(text, *content[0]):
        # What it points to follows from the words (`pointers.py`): cue and source are what may be wrong.
        found = found._replace(content=0.0, begin=0.0, end=0.0)
    return Attribution(
        source=characters(draft.source),
        cue=cue and _without_occasion(text, cue, content),
        content=content,
        kind=kind_of(quoted_share(text, content, marked)),
        confidence=confidence(found),
    )


_PREPOSITION = re.compile(r"\w\s+(?:at|during|in|on)\Z")
_OCCASION = re.compile(r"(?<=\w)\s+(?!on the record\b)(?:at|during|in|on)\s+(?:an?|the|his|her|their)\s+\w")


def _without_occasion(text: str, cue: Span, content: Sequence[Span]) -> Span:
    """A cue without the occasion, or a preposition that begins one: "said in an interview" is "said".

    PolNeAR's annotators mark it in half of the cases. "Went on" is whole, so are "is on the record", and
    "believes in" before what is believed.
    """
    start, end = cue
    occasion = _OCCASION.search(text, start, end)
    if occasion:
        return start, occasion.start()
    last = _PREPOSITION.search(text[start:end])
    begins = re.match(r"\s\w", text[end : end + 2]) and not any(0 <= part[0] - end <= 1 for part in content)
    return (start, start + last.start() + 1) if last and begins else cue


class Signs(NamedTuple):
    """What speaks for an attribution: natural logarithms of probabilities, 0 where all is sure."""

    link: float
    """That content belongs to the cue and the cue to the source, on average."""
    content: float
    """That the pieces of the content are content, on average; likewise for cue and source."""
    begin: float
    """That content begins where it does, for the part where this is least sure; likewise that it ends."""
    end: float
    cue: float
    source: float


WEIGHTS = Signs(link=1.26, content=2.68, begin=0.33, end=1.48, cue=2.43, source=0.95)
BIAS = 2.19
"""A logistic regression of whether an attribution is right (`training/attributions/confidence.py`)."""
_WITHOUT_CUE = -3.0


def confidence(found: Signs) -> float:
    """The probability that an attribution agrees with an annotator's in content and source, to two decimals."""
    total = math.fsum([BIAS, *(weight * sign for weight, sign in zip(WEIGHTS, found, strict=True))])
    return round(1 / (1 + math.exp(-total)), 2)


def signs(reading: Reading, draft: Draft) -> Signs:
    """What speaks for a draft."""
    source, cue, content = range(len(ROLES))
    link = math.fsum(draft.sureness) / max(1, len(draft.sureness))
    begins = (float(np.exp(reading.roles[start, content, BEGIN])) for start, _ in draft.content)
    goes_on = (float(np.exp(reading.roles[end, content, INSIDE])) for _, end in draft.content if end < len(reading))
    return Signs(
        link=max(float(FLOOR), min(0.0, link)),
        content=_bearing(reading, content, draft.content),
        begin=_log(min(begins)),
        end=_log(1 - max(goes_on, default=0.0)),
        cue=_WITHOUT_CUE if draft.cue is None else _bearing(reading, cue, [draft.cue]),
        source=0.0 if draft.source is None else _bearing(reading, source, [draft.source]),
    )


def _bearing(reading: Reading, role: int, spans: Sequence[Span]) -> float:
    """The mean logarithm of the probability that pieces bear a role."""
    logs = [log for start, end in spans for log in reading.borne[role][start:end]]
    return math.fsum(logs) / len(logs)


def _log(probability: float) -> float:
    return round(math.log(max(LEAST, probability)), 4)


_DETERMINERS = frozenset(
    ("the", "a", "an", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my", "your")
)
_REACH_OF_DETERMINER = 60


class _Names:
    """Mentions of persons and organisations, found by where they stand."""

    def __init__(self, found: Sequence[Mention]) -> None:
        self.found = [mention for mention in found if mention.type in ("PERSON", "ORG")]
        self.starts = [mention.start for mention in self.found]

    def near(self, start: int, end: int) -> list[Mention]:
        """The mentions that start within a stretch of text, and the one before them."""
        return self.found[max(0, bisect_right(self.starts, start) - 1) : bisect_right(self.starts, end)]


def _whole_source(text: str, found: Attribution, names: _Names) -> Span | None:
    """A source of one sentence, with no name cut in two, with its title, and with a noun to its article.

    "President of Kazakhstan" before "Kassym-Jomart Tokayev" takes in the name, and the name the title; "The", before
    "President reminded", the words up to the cue.
    """
    if found.source is None:
        return None
    start, end = _of_one_sentence(text, found.source, found.cue)
    taken = [span for span in (found.cue, *found.content) if span is not None]
    if text[start:end].lower() in _DETERMINERS and found.cue and end < found.cue[0] < end + _REACH_OF_DETERMINER:
        longer = trimmed(text, start, found.cue[0])
        if longer and not any(s < longer[1] and e > start for s, e in taken):
            start, end = longer
    for name in names.near(start, end + 1):
        follows = name.type == "PERSON" and text[end : name.start] == " " and text[start:end].strip()
        overlaps = name.start < end and name.end > start
        if not (follows or overlaps):
            continue
        low, high = min(start, name.start), max(end, name.end)
        if low == name.start and name.type == "PERSON":
            low = _start_of_title(text, name)
        if not any(s < high and e > low for s, e in taken):
            start, end = low, high
    return start, end


def _start_of_title(text: str, name: Mention) -> int:
    """Where the title begins that stands directly before a name ("Foreign Minister Ada Okell"), or else the name."""
    for described in descriptions(text, name.start, name.end):
        at = name.start - len(described.phrase) - 1
        if described.before and text[max(0, at) : name.start] == f"{described.phrase} ":
            return at
    return name.start


def _of_one_sentence(text: str, source: Span, cue: Span | None) -> Span:
    """The sentence of a source in which the cue stands, which comes after it or else before it."""
    parts = sentences(text, *source) if _PERHAPS_SENTENCES.search(text, *source) else []
    start, end = parts[0 if cue and cue < source else -1] if parts else source
    return start, end - (bool(parts) and ends_in_full_stop(text, start, end))


_PERHAPS_SENTENCES = re.compile(r"[.!?]\s")


def _extent(reading: Reading, run: Span) -> Span:
    return int(reading.offsets[run[0], 0]), int(reading.offsets[run[1] - 1, 1])


_LIGHT = re.compile(r"(?:this|that|these|those|it|so)(?: is| was)?(?: what| how| all)?", re.IGNORECASE)
POINTER = re.compile(r"(?:This|That)(?: is| was)?(?: what| how)?")
"""What is content only in that it points to the sentence before, at the beginning of a sentence."""
_EDGES = ' \t\r\n\xa0,;:–—-“”„«»‹›"`'


def trimmed(text: str, start: int, end: int) -> Span | None:
    """A span without the spaces, commas and quotation marks at its edges; None if nothing is left.

    A mark stays that opens or closes a quotation whose other mark is within: the plan “a fantasy”.
    """
    while start < end and text[start] in _EDGES + _SINGLE_MARKS:
        start += 1
    while start < end and (text[end - 1] in _EDGES or _closes(text, start, end)):
        end -= 1
    if start >= end:
        return None
    closing, before = _CLOSING.match(text, end), text[start - 1 : start]
    for opens, closes in _PAIRS:
        left = text.count(opens, start, end) - text.count(closes, start, end)
        odd = opens == closes and text.count(opens, start, end) % 2 == 1
        if (left > 0 or odd) and closing is not None and closing[1] == closes:
            return start, closing.end()
        if (left < 0 or odd) and before == opens:
            return start - 1, end
    return start, end


_CLOSING = re.compile(r"""[,.!?…]?(["”»])""")
_PAIRS = (("“", "”"), ("„", "“"), ("«", "»"), ('"', '"'))


_SINGLE_MARKS = "'‘’"


def _closes(text: str, start: int, end: int) -> bool:
    """Whether a span ends in a single mark that is no apostrophe ("the fishermen's", "the workers'")."""
    return text[end - 1] in _SINGLE_MARKS and (end - 2 < start or text[end - 2] in ",.!?…" or text[end - 2] in _EDGES)


def mentions(reading: Reading) -> list[Mention]:
    """The named entities of a text, in order."""
    scores: npt.NDArray[np.float64] = reading.entities.astype(np.float64).round(4)
    path = best_path(scores, _glued(reading))
    found = []
    for number, name in enumerate(ENTITY_TYPES):
        for run in runs(path, number):
            start, end = _extent(reading, run)
            end -= ends_in_full_stop(reading.text, start, end)
            sure = math.fsum(float(scores[row, path[row]]) for row in range(*run)) / (run[1] - run[0])
            found.append(Mention(start, end, name, round(math.exp(min(0.0, sure)), 2)))
    return sorted(found, key=lambda mention: (mention.start, mention.end))


def quoted_share(text: str, content: Iterable[Span], marked: Sequence[Quotation]) -> float:
    """The share of the words of content that stand within quotation marks."""
    starts = [quotation.start for quotation in marked]
    words = within = 0
    for start, end in content:
        for match in _WORD.finditer(text, start, end):
            words += 1
            at = bisect_right(starts, match.start()) - 1
            within += at >= 0 and match.end() <= marked[at].end
    return within / words if words else 0.0


def kind_of(share: float) -> str:
    """What to call content of which this share is within quotation marks."""
    if share >= DIRECT:
        return "direct"
    return "indirect" if share <= INDIRECT else "mixed"
