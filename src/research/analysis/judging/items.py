"""What a coder is shown, drawn at random, and the judgements that follow from the answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from research.analysis.evidence import passage
from research.analysis.statistics.draws import drawn
from research.loading import Document, Span
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
from research.nlp.annotate import Annotations
from research.nlp.annotated import AnnotatedDocument
from research.nlp.judged.mending import SAID_OF, content_of
from research.nlp.judged.units import Unit, frame
from research.nlp.records import Attribution, Quantity

CONTEXT = 300
"""Most characters that are shown before and after a unit."""


@dataclass(frozen=True)
class Found:
    """One thing that the model found in a unit: a ``statement`` or a ``figure``.

    ``span`` is the place of a figure, or of a statement's content from its first part to its last; of a turn only the
    stretch in the unit. ``exact``, ``prefix`` and ``suffix`` are the words there and around. ``source``, ``cue`` and
    ``content`` are places in the document.
    """

    what: str
    span: Span
    exact: str = ""
    prefix: str = ""
    suffix: str = ""
    speaker: str | None = None
    source: Span | None = None
    cue: Span | None = None
    content: tuple[Span, ...] = ()
    kind: str = ""
    confidence: float | None = None
    value: str = ""
    unit: str = ""
    period: str = ""

    @property
    def model(self) -> str:
        """What the model said, in one line."""
        if self.what == STATEMENT:
            return SAID_OF.join((self.speaker or NOBODY, self.kind, f"{self.confidence:.2f}"))
        return " ".join(filter(None, (self.value, self.unit, self.period)))


@dataclass(frozen=True)
class Item:
    """A unit to judge: where it is, its text with some context, and what the model found in it.

    ``probability`` is that with which the unit is in the sample, given its ``stratum``; ``sheet`` names the sample.
    """

    doc_id: str
    title: str
    date: str | None
    sha256: str
    span: Span
    before: str
    text: str
    after: str
    stratum: str
    probability: float
    found: tuple[Found, ...]
    sheet: str = ""


class Answer(NamedTuple):
    """What a coder says of the thing with the number ``found``; ``right`` is None where it was not judged.

    It is ``right`` with another speaker, other words or another value where these are given: then it is mended.
    """

    found: int
    right: bool | None
    right_speaker: str = ""
    right_words: str = ""
    right_value: str = ""


def items(annotations: Annotations, size: int, seed: int = 1) -> list[Item]:
    """Return the first ``size`` units in the random order of a seed, all if there are not so many.

    What the model alone says decides the strata. Any beginning of the list is a stratified random sample without
    replacement, and a longer list extends a shorter one.
    """
    alone = annotations.alone
    sample = frame(alone, size, seed)
    order = drawn(sample.sizes, size)
    share = {stratum: order.count(stratum) / n for stratum, n in sample.sizes.items()}
    upcoming = {stratum: iter(its) for stratum, its in sample.first.items()}
    places = [next(upcoming[stratum]) for stratum in order]
    by_document: dict[str, list[Unit]] = {}
    for place in places:
        by_document.setdefault(place.document, []).append(place.unit)
    sheet = f"{seed}-{sample.digest[:8]}"
    made = {
        (annotated.document.id, unit): _item(annotated, unit, share[unit.stratum], sheet)
        for annotated in alone
        for unit in by_document.get(annotated.document.id, ())
    }
    return [made[place] for place in places]


def _item(annotated: AnnotatedDocument, unit: Unit, probability: float, sheet: str) -> Item:
    document = annotated.document
    text, body = document.text, document.body
    return Item(
        doc_id=document.id,
        title=document.title or "",
        date=document.date,
        sha256=document.origin.sha256,
        span=unit.span,
        before=_cut(
            text[max(body.start, unit.start - CONTEXT) : unit.start], at_start=unit.start - CONTEXT > body.start
        ),
        text=text[unit.start : unit.end],
        after=_cut(text[unit.end : min(body.end, unit.end + CONTEXT)], at_end=unit.end + CONTEXT < body.end),
        stratum=unit.stratum,
        probability=probability,
        found=tuple(sorted(_found(annotated, unit.span), key=lambda it: (it.span, it.what != STATEMENT))),
        sheet=sheet,
    )


def _cut(text: str, *, at_start: bool = False, at_end: bool = False) -> str:
    """Return context that begins and ends with a whole word."""
    if at_start:
        text = text[text.find(" ") + 1 :]
    return text[: text.rfind(" ") + 1] if at_end else text


def _found(annotated: AnnotatedDocument, unit: Span) -> Iterator[Found]:
    for it in annotated.attributions:
        if it.level == 0 and any(start < unit.end and unit.start < end for start, end in it.content):
            yield _statement(annotated.document, it, unit)
    for figure in annotated.records("quantities"):
        if unit.start <= figure.start < unit.end:
            yield _figure(annotated.document, figure)


def _statement(document: Document, it: Attribution, unit: Span) -> Found:
    span = content_of(it)
    if it.kind == TURN:
        span = Span(max(span.start, unit.start), min(span.end, unit.end))
    words = passage(document, span)
    return Found(
        STATEMENT,
        span,
        words.exact,
        words.prefix,
        words.suffix,
        speaker=it.speaker,
        source=it.source,
        cue=it.cue,
        content=it.content,
        kind=it.kind,
        confidence=it.confidence,
    )


def _figure(document: Document, it: Quantity) -> Found:
    span = Span(it.start, it.end)
    words = passage(document, span)
    ends = [_number(end) for end in (it.low, it.high) if end is not None]
    period = "/".join(dict.fromkeys(filter(None, (it.period_start, it.period_end))))
    value = " to ".join(ends) if it.value is None else _number(it.value)
    return Found(FIGURE, span, words.exact, words.prefix, words.suffix, value=value, unit=it.unit, period=period)


def _number(value: float) -> str:
    return f"{value:.15g}" if abs(value) < 1e15 else f"{value:.0f}"


# --- answers ---


def rows_of(
    item: Item,
    answers: Iterable[Answer],
    missed: Sequence[tuple[Span, str]] = (),
    missed_figures: Sequence[tuple[Span, str]] = (),
    *,
    coder: str = "",
    sheet: str = "",
    skipped: bool = False,
) -> list[Judgement]:
    """Return the judgements that answers make: on the sentence, on each thing found in it, and on what was missed.

    ``missed`` are places of words in the document, within the unit or its context, each with whose they are;
    ``missed_figures`` are those of figures, each with its value, unit and period as ``written_value`` reads them. The
    sentence is judged if everything that was found has an answer; a ``skipped`` one is not.
    """
    context = item.before + item.text + item.after
    begins = item.span.start - len(item.before)
    said = {it.found: it for it in answers if it.right is not None}

    def row(judged: str, verdict: str, model: str, span: Span, words: Found | None = None) -> Judgement:
        start, end = span[0] - begins, span[1] - begins
        anchor = (
            (context[start:end], context[max(0, start - 32) : max(0, start)], context[end : end + 32])
            if words is None
            else (words.exact, words.prefix, words.suffix)
        )
        return Judgement(
            *(item.doc_id, item.sha256, span[0], span[1], *anchor, judged, model, verdict),
            coder=coder,
            stratum=item.stratum,
            probability=item.probability,
            sheet=sheet or item.sheet,
        )

    found = f"{sum(it.what == STATEMENT for it in item.found)} found"
    if skipped:
        return [row(SENTENCE, SKIPPED, found, item.span)]
    rows = []
    for number, it in enumerate(item.found):
        if number in said:
            rows.append(_answered(row(it.what, _verdict(said[number]), it.model, it.span, it), said[number]))
    for span, whose in missed:
        rows.append(_answered(row(MISSED, MENDED, "", span), Answer(0, True, right_speaker=whose or NOBODY)))
    for span, value in missed_figures:
        rows.append(_answered(row(MISSED_FIGURE, MENDED, "", span), Answer(0, True, right_value=value)))
    if len(said) == len(item.found):
        as_found = all(it.verdict == RIGHT for it in rows)
        rows.insert(0, row(SENTENCE, RIGHT if as_found else WRONG, found, item.span))
    return rows


def _verdict(answer: Answer) -> str:
    if not answer.right:
        return WRONG
    return MENDED if answer.right_speaker or answer.right_words or answer.right_value else RIGHT


def _answered(row: Judgement, answer: Answer) -> Judgement:
    if row.verdict == WRONG:
        return row
    return replace(
        row,
        right_speaker=answer.right_speaker.strip(),
        right_words=answer.right_words.strip(),
        right_value=answer.right_value.strip(),
    )
