"""Annotations put right: what people decided about passages of a document, in place of what the model found there.

A judgement is found again by its anchor. One whose words are gone, or that contradicts what stands there, is refused
and listed. Where several people judged a sentence, one of them rules: whoever signs as ``agreed``, or else the first by
name; their disagreements are for 08_accuracy to list.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

from research.loading import Document, Span
from research.loading.anchoring import resolve
from research.loading.dates import bounds
from research.loading.judgements import (
    FIGURE,
    MENDED,
    MISSED,
    MISSED_FIGURE,
    NOBODY,
    RIGHT,
    SENTENCE,
    SKIPPED,
    STATEMENT,
    WRONG,
    Judgement,
)
from research.nlp.accuracy import TURN
from research.nlp.quantities.units import COUNT, unit_after
from research.nlp.records import Attribution, Quantity
from research.nlp.statements.kinds import kind_of, quoted_share
from research.nlp.statements.quotations import quotations, single_quotations

AGREED = "agreed"
"""The coder whose judgements are what several agreed on."""
OMITTED = "[…]"
"""Stands between the parts of right words."""
SAID_OF = " | "
"""Stands between what the model said of a statement: speaker, kind, confidence."""

_REACH = 3_000
"""Right words begin and end at most so many characters before and after what they replace."""


class Found(NamedTuple):
    """A judgement, and where it is in the text; without a span it is refused, and ``why`` says so in one sentence."""

    judgement: Judgement
    span: Span | None
    why: str = ""


@dataclass(frozen=True)
class JudgedStatement(Attribution):
    """A statement that a person decided on: ``right`` as the model found it, ``mended``, or ``missed`` by the model."""

    judged: str = ""


@dataclass(frozen=True)
class JudgedFigure(Quantity):
    """A figure that a person decided on: ``right``, ``mended`` or ``missed``, as a ``JudgedStatement``."""

    judged: str = ""


def found_in(document: Document, judgements: Iterable[Judgement]) -> list[Found]:
    """Return where the judgements about a document are in its text.

    Quotation marks, dashes and blanks that a spreadsheet has changed are taken for what they were.
    """
    text = _folded(document.text)
    return [_found(it, text, document) for it in judgements]


def _found(judgement: Judgement, text: str, document: Document) -> Found:
    folded = replace(
        judgement,
        exact=_folded(judgement.exact),
        prefix=_folded(judgement.prefix),
        suffix=_folded(judgement.suffix),
    )
    resolution = resolve(folded, text, document.origin.sha256)
    if resolution.span is None:
        return Found(judgement, None, resolution.why)
    if judgement.right_words and not _placed(judgement.right_words, text, resolution.span):
        return Found(judgement, None, "The right words do not stand at this place.")
    its_value_counts = judgement.judged in (FIGURE, MISSED_FIGURE) and judgement.verdict == MENDED
    if its_value_counts and not written_value(judgement.right_value):
        return Found(judgement, None, "The right value begins with no number.")
    return Found(judgement, resolution.span)


@dataclass(frozen=True)
class Mending:
    """What was decided about one document. ``records`` are those of the model, put right."""

    document: Document
    found: tuple[Found, ...]

    @cached_property
    def sentences(self) -> dict[Span, Judgement]:
        """The sentences that were judged to the end, in order, each with the judgement that rules."""
        rulers: dict[Span, Judgement] = {}
        for judgement, span, _ in self.found:
            if span is not None and judgement.judged == SENTENCE and judgement.verdict != SKIPPED:
                before = rulers.get(span)
                if before is None or _rank(judgement) < _rank(before):
                    rulers[span] = judgement
        return dict(sorted(rulers.items()))

    def ruling(self, judged: str) -> dict[Span, Judgement]:
        """Return the judgements on passages of one sort that rule, by their place, in order."""
        rulers = self.sentences
        starts = [span.start for span in rulers]
        coders = [it.coder for it in rulers.values()]
        spans = list(rulers)
        ruling: dict[Span, Judgement] = {}
        for judgement, span, _ in self.found:
            if span is None or judgement.judged != judged:
                continue
            first = max(0, bisect_right(starts, span.start) - 1)
            last = bisect_right(starts, span.end - 1)
            over = {coders[at] for at in range(first, last) if spans[at].end > span.start}
            if over and judgement.coder not in over:
                continue
            before = ruling.get(span)
            if before is None or _rank(judgement) < _rank(before):
                ruling[span] = judgement
        return dict(sorted(ruling.items()))

    def records(self, table: str, records: list[Any], statements: Callable[[], list[Attribution]]) -> list[Any]:
        """Return the records of a table put right; ``statements`` gives all that the model found in the document."""
        if table == _STATEMENTS:
            return [it for it, _ in self._statements(records)]
        if table == _FIGURES:
            records = self._figures(records)
        if not records or not hasattr(records[0], "attribution"):
            return records
        righted = self._statements(statements())
        if table == _FIGURES:
            spoken = [it for it, _ in righted]
            return [replace(it, attribution=_innermost(spoken, it.start)) for it in records]
        now = {before: number for number, (_, before) in enumerate(righted) if before is not None}
        return [it if it.attribution is None else replace(it, attribution=now.get(it.attribution)) for it in records]

    def _statements(self, statements: Sequence[Attribution]) -> list[tuple[Attribution, int | None]]:
        """Return the statements put right, in the order of the text, each with its number among the model's."""
        judged = self.ruling(STATEMENT)
        meant, rest = _matched(judged, statements)
        kept: list[tuple[Attribution, int | None]] = []
        for number, it in enumerate(statements):
            judgement = meant.get(number)
            if judgement is None:
                kept.append((it, number))
            elif judgement.verdict != WRONG:
                kept.append((self._mended(it, judgement), number))
        # Another version of the model may not find what was judged; that it is a statement stands.
        kept += [(self._added(span, it, it.verdict), None) for span, it in rest.items() if it.verdict != WRONG]
        kept += [(self._added(span, it, MISSED), None) for span, it in self.ruling(MISSED).items()]
        return sorted(kept, key=lambda its: its[0].spans)

    def _mended(self, it: Attribution, judgement: Judgement) -> JudgedStatement:
        its = {name: getattr(it, name) for name in Attribution.__dataclass_fields__} | {"confidence": 1.0}
        if judgement.right_words:
            content = _placed(judgement.right_words, self._text, content_of(it))
            its |= {"content": content, "kind": it.kind if it.kind == TURN else self._kind(content)}
        if judgement.right_speaker:
            speaker = _speaker(judgement.right_speaker)
            # The label of a turn is looked up in speakers.csv before the name, and must not undo what was decided.
            label = speaker if it.kind == TURN else it.speaker_label
            its |= {"speaker": speaker, "speaker_label": label, "office": None}
        return JudgedStatement(**its, judged=judgement.verdict)

    def _added(self, span: Span, judgement: Judgement, judged: str) -> JudgedStatement:
        content = _placed(judgement.right_words, self._text, span) if judgement.right_words else (span,)
        said = judgement.right_speaker or judgement.model.partition(SAID_OF)[0].strip()
        speaker = _speaker(said)
        return JudgedStatement(
            source=None,
            cue=None,
            content=content,
            kind=self._kind(content),
            confidence=1.0,
            speaker=speaker,
            speaker_label=speaker,
            judged=judged,
        )

    def _figures(self, figures: Iterable[Quantity]) -> list[Quantity]:
        judged, missed = self.ruling(FIGURE), self.ruling(MISSED_FIGURE)
        kept: list[Quantity] = []
        for it in figures:
            judgement = judged.pop(Span(it.start, it.end), None)
            if judgement is None:
                if not any(_overlaps(span, [it]) for span in missed):
                    kept.append(it)
            elif judgement.verdict != WRONG:
                kept.append(_mended_figure(it, judgement))
        # Another version of the model may not find what was judged; that it is a figure stands.
        rest = [(span, it) for span, it in judged.items() if it.verdict != WRONG and not _overlaps(span, kept)]
        added = [_added_figure(span, it.right_value or it.model, it.verdict) for span, it in rest]
        added += [_added_figure(span, it.right_value, MISSED) for span, it in missed.items()]
        return sorted([*kept, *filter(None, added)], key=lambda it: (it.start, it.end))

    @cached_property
    def _text(self) -> str:
        return _folded(self.document.text)

    def _kind(self, content: Sequence[Span]) -> str:
        text = self.document.text
        return kind_of(quoted_share(text, content, sorted([*quotations(text), *single_quotations(text)])))


_STATEMENTS, _FIGURES = "attributions", "quantities"


def content_of(statement: Attribution) -> Span:
    """Return the place of a statement that a judgement is about: its content, from the first part to the last."""
    return Span(statement.content[0].start, statement.content[-1].end)


def _innermost(statements: Sequence[Attribution], place: int) -> int | None:
    """Return the number of the innermost statement whose content holds a place, as figures are given to statements."""
    holding = [
        (it.level, -(end - start), number)
        for number, it in enumerate(statements)
        for start, end in it.content
        if start <= place < end
    ]
    return max(holding)[2] if holding else None


def _overlaps(span: Span, figures: Iterable[Quantity]) -> bool:
    return any(span.start < it.end and it.start < span.end for it in figures)


def _mended_figure(it: Quantity, judgement: Judgement) -> JudgedFigure:
    its = {name: getattr(it, name) for name in Quantity.__dataclass_fields__}
    if judgement.verdict == MENDED:
        right = dict(written_value(judgement.right_value))
        if right.get("unit") == it.unit:
            del right["kind"]
        its |= right
    return JudgedFigure(**its, judged=judgement.verdict)


def _added_figure(span: Span, written: str, judged: str) -> JudgedFigure | None:
    """Return a figure that the model does not find, by its value, unit and period; None where no value is written."""
    value = dict(written_value(written))
    if not value:
        return None
    its: dict[str, Any] = dict.fromkeys(Quantity.__dataclass_fields__)
    its |= {"start": span.start, "end": span.end, "kind": COUNT, "unit": "", "role": "level", "countries": ()}
    return JudgedFigure(**its | {"approximate": False, "assumed": False} | value, judged=judged)


def _matched(
    judged: Mapping[Span, Judgement], statements: Sequence[Attribution]
) -> tuple[dict[int, Judgement], dict[Span, Judgement]]:
    """Return the judgement on each statement that has one, by its number, and the judgements on no statement.

    A statement is judged at the place of its content, or, where another version of the model drew it differently, at
    the place that shares at least half of the longer of the two. A turn is judged in stretches; one that is not right
    counts for all of it.
    """
    top = {number: content_of(it) for number, it in enumerate(statements) if it.level == 0}
    turns = {number: it for number, it in top.items() if statements[number].kind == TURN}
    at = {span: number for number, span in reversed(list(top.items())) if number not in turns}
    matched = {at[span]: judgement for span, judgement in judged.items() if span in at}
    rest: dict[Span, Judgement] = {}
    for span, judgement in judged.items():
        if span in at:
            continue
        turn = next((number for number, it in turns.items() if it.start <= span.start and span.end <= it.end), None)
        if turn is not None and _is_of_turn(judgement):
            if turn not in matched or matched[turn].verdict == RIGHT:
                matched[turn] = judgement
            continue
        best = _most_alike(span, {number: it for number, it in top.items() if number not in matched.keys() | turns})
        if best is None:
            rest[span] = judgement
        else:
            matched[best] = judgement
    return matched, rest


def _is_of_turn(judgement: Judgement) -> bool:
    return judgement.model.split(SAID_OF)[1:2] == [TURN]


def _most_alike(span: Span, contents: Mapping[int, Span]) -> int | None:
    """Return the content that shares at least half of the longer of the two with a span."""
    shared = {number: min(span.end, it.end) - max(span.start, it.start) for number, it in contents.items()}
    best = max(shared, key=lambda number: shared[number], default=None)
    if best is None or shared[best] <= 0:
        return None
    longer = max(span.end - span.start, contents[best].end - contents[best].start)
    return best if 2 * shared[best] >= longer else None


def _rank(judgement: Judgement) -> tuple[bool, str]:
    return judgement.coder.casefold() != AGREED, judgement.coder


def _speaker(said: str) -> str | None:
    return None if said in ("", NOBODY) else said


# --- what the cells of a judgement say ---

_FOLDED = {ord(mark): plain for marks, plain in (("“”„«»‟", '"'), ("‘’‚‹›´`", "'"), ("–—−‑", "-")) for mark in marks}
_FOLDED |= {ord(blank): " " for blank in "\t\n\r\u00a0\u2009\u202f"}


def _folded(text: str) -> str:
    """Return a text of the same length, without what spreadsheets change: the shape of quotation marks and blanks."""
    return text.translate(_FOLDED)


def _placed(words: str, text: str, near: Span) -> tuple[Span, ...]:
    """Return where right words stand in a folded text, a span for each part, in order; none if they are not there."""
    place, last = max(0, near.start - _REACH), near.end + _REACH
    found: list[Span] = []
    for part in _folded(words).split(OMITTED):
        pattern = r" {1,9}".join(map(re.escape, part.split()))
        places = [] if not pattern else [Span(*match.span()) for match in re.finditer(pattern, text[place:last])]
        if not places:
            return ()
        # Of several places of the same words, the one nearest to what they replace is meant.
        nearest = min(places, key=lambda it: abs(it.start + place - near.start)) if not found else places[0]
        found.append(Span(nearest.start + place, nearest.end + place))
        place = found[-1].end
    return tuple(found)


_PERIOD = re.compile(r"(\d{4}(?:-\d\d){0,2})(?:/(\d{4}(?:-\d\d){0,2}))?")


_PERCENT = re.compile(r"^\s{0,9}(-?[0-9][0-9.,]{0,20})%(?=\s|$)")


def written_value(written: str) -> Mapping[str, Any]:
    """Return the fields of a figure: value, unit, kind and period as far as they are written; none if no number leads.

    >>> written_value("25,000,000,000 USD 2022")["value"], written_value("30 % 2021-01/2021-06")["period_end"]
    (25000000000.0, '2021-06-30')
    >>> written_value("5%")["unit"], written_value("many")
    ('%', {})
    """
    number, *rest = _PERCENT.sub(r"\1 %", written).split() or [""]
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?|-?\d+(\.\d+)?", number) is None:
        return {}
    found: dict[str, Any] = {"value": float(number.replace(",", "")), "low": None, "high": None, "approximate": False}
    if rest and (period := _PERIOD.fullmatch(rest[-1])) is not None:
        first, last = period[1], period[2] or period[1]
        found |= {"period_start": bounds(first)[0], "period_end": bounds(last)[1]}
        rest = rest[:-1]
    if not rest:
        return found
    written_unit = " ".join(rest)
    known = unit_after(f" {written_unit}", 0)
    if known is None or known.end <= len(written_unit) or known.power:
        return found | {"unit": written_unit, "kind": COUNT, "assumed": False}
    return found | {"unit": known.name, "kind": known.kind, "assumed": False}
