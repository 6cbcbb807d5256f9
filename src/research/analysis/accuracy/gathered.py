"""What was judged, sentence by sentence, beside all sentences that could have been drawn."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from weakref import WeakKeyDictionary

from research.loading import Span
from research.loading.judgements import SENTENCE, SKIPPED, Judgement
from research.nlp.annotate import Annotations
from research.nlp.annotated import AnnotatedDocument
from research.nlp.judged.mending import SAID_OF, Found, Mending, found_in
from research.nlp.judged.units import Unit, units

COUNTS, IS_SKIPPED, SECOND = "counts", "skipped", "another coder's counts"
_GONE = "The document is not among those that are counted."
_REDRAWN = "No sentence of the documents begins and ends here any more, so it is in no share."
_ALONE = "It does not begin in a sentence that was judged as a whole, so it is in no share."


class Row(NamedTuple):
    """A judgement, its place in the document as it is now, and whether it counts: ``COUNTS``, or why it does not.

    The place is the one in the file where the words are not found again.
    """

    judgement: Judgement
    span: Span
    status: str


class Told(NamedTuple):
    """What the model said of a statement when it was judged."""

    speaker: str
    kind: str
    confidence: float | None


def told(model: str) -> Told:
    """Read what the model said of a statement.

    >>> told("Ann Lee | direct | 0.87")
    Told(speaker='Ann Lee', kind='direct', confidence=0.87)
    """
    parts = model.rsplit(SAID_OF, 2)
    speaker, kind, sure = parts if len(parts) == 3 else (model, "", "")
    try:
        return Told(speaker.strip(), kind.strip(), float(sure))
    except ValueError:
        return Told(speaker.strip(), kind.strip(), None)


class Place(NamedTuple):
    """A judgement on something within a sentence, and where it is."""

    judgement: Judgement
    span: Span


@dataclass(frozen=True)
class JudgedUnit:
    """A sentence that somebody judged. ``by_coder`` has the judgements of each coder on what is in it.

    ``coder`` is the one whose judgements count. ``probability`` is that with which the sentence was drawn, None if the
    file does not say.
    """

    doc_id: str
    unit: Unit
    text: str
    coder: str
    probability: float | None
    by_coder: Mapping[str, Sequence[Place]]

    def of(self, judged: str) -> Iterator[Judgement]:
        """Yield the counted judgements on one sort of thing."""
        return (it.judgement for it in self.by_coder[self.coder] if it.judgement.judged == judged)


@dataclass
class Gathered:
    """The judged sentences of a corpus, and all that could have been drawn.

    ``sizes`` is the number of sentences of each stratum, and ``skipped`` that of those that were skipped and not
    judged. ``rows`` are all judgements, in the order of the file.
    """

    units: list[JudgedUnit] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    sizes: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)


def gathered(annotations: Annotations) -> Gathered:
    """Return what was judged of the documents that are counted; made once for the same annotations."""
    if annotations not in _MADE:
        _MADE[annotations] = _gathered(annotations)
    return _MADE[annotations]


_MADE: WeakKeyDictionary[Annotations, Gathered] = WeakKeyDictionary()


def _gathered(annotations: Annotations) -> Gathered:
    gathered = Gathered()
    by_document = annotations.corpus.judgements.by_document
    seen = set()
    for annotated in annotations.alone:
        drawn = {unit.span: unit for unit in units(annotated)}
        gathered.sizes.update(unit.stratum for unit in drawn.values())
        if its := by_document.get(annotated.document.id):
            seen.add(annotated.document.id)
            _gather(annotated, drawn, found_in(annotated.document, its), gathered)
    for document, its in by_document.items():
        if document not in seen:
            gathered.rows += [Row(it, Span(it.start, it.end), _GONE) for it in its]
    gathered.rows.sort(key=lambda row: row.judgement.order)
    return gathered


def _gather(
    annotated: AnnotatedDocument, drawn: Mapping[Span, Unit], found: Sequence[Found], gathered: Gathered
) -> None:
    """Add the judgements on one document."""
    document = annotated.document
    ruling = Mending(document, tuple(found)).sentences
    for it in found:
        if it.span is None:
            gathered.rows.append(Row(it.judgement, Span(it.judgement.start, it.judgement.end), it.why))
    placed = [Place(it.judgement, it.span) for it in found if it.span is not None]
    whole = {span: judgement for span, judgement in ruling.items() if span in drawn}
    within = _within(whole, placed)
    for place in placed:
        gathered.rows.append(Row(*place, _status(place, drawn, whole, within)))
    for span, judgement in whole.items():
        coders = {
            it.judgement.coder
            for it in placed
            if it.span == span and it.judgement.judged == SENTENCE and it.judgement.verdict != SKIPPED
        }
        inside = [it for it in placed if within.get(it.judgement.key) == span and it.judgement.judged != SENTENCE]
        by_coder = {coder: [it for it in inside if it.judgement.coder == coder] for coder in sorted(coders)}
        unit = JudgedUnit(document.id, drawn[span], annotated[span], judgement.coder, judgement.probability, by_coder)
        gathered.units.append(unit)
    skipped = {it.span for it in placed if it.judgement.verdict == SKIPPED and it.span in drawn} - whole.keys()
    gathered.skipped.update(drawn[span].stratum for span in skipped)


def _within(whole: Mapping[Span, Judgement], placed: Iterable[Place]) -> dict[tuple[object, ...], Span]:
    """Return the judged sentence in which what each judgement is about begins, by the key of the judgement.

    A statement of several sentences counts in the first one, so that it can be drawn only once.
    """
    spans = sorted(whole)
    starts = [span.start for span in spans]
    found: dict[tuple[object, ...], Span] = {}
    for judgement, span in placed:
        at = bisect_right(starts, span.start) - 1
        if at >= 0 and span.start < spans[at].end:
            found[judgement.key] = spans[at]
    return found


def _status(
    place: Place,
    drawn: Mapping[Span, Unit],
    whole: Mapping[Span, Judgement],
    within: Mapping[tuple[object, ...], Span],
) -> str:
    judgement, span = place
    if judgement.verdict == SKIPPED:
        return IS_SKIPPED
    if judgement.judged == SENTENCE and span not in drawn:
        return _REDRAWN
    its = within.get(judgement.key)
    if its is None:
        return _ALONE
    return COUNTS if judgement.coder == whole[its].coder else SECOND
