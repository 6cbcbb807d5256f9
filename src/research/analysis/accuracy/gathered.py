"""What was judged, sentence by sentence, beside all sentences that could have been drawn."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple
from weakref import WeakKeyDictionary

from research.analysis.judging.corrections import JudgedUnit, judged_sample
from research.loading import Span
from research.loading.judgements import SENTENCE, SKIPPED, Judgement
from research.nlp.annotate import Annotations
from research.nlp.annotated import AnnotatedDocument
from research.nlp.judged.mending import SAID_OF, Mending
from research.nlp.judged.units import Unit, units

COUNTS, IS_SKIPPED, SECOND = "counts", "skipped", "another coder's counts"
_GONE = "The document is not among those that are counted."
_REDRAWN = "No sentence of the documents begins here any more, so it is in no share."
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
class Judged:
    """A sentence that somebody judged, and its weight within its stratum.

    ``by_coder`` has the judgements of each coder on what begins in it; those of ``coder`` count.
    """

    doc_id: str
    unit: Unit
    weight: float
    text: str
    coder: str
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

    sizes: Mapping[str, int]
    units: list[Judged] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)


def gathered(annotations: Annotations) -> Gathered:
    """Return what was judged of the documents that are counted; made once for the same annotations."""
    if annotations not in _MADE:
        _MADE[annotations] = _gathered(annotations)
    return _MADE[annotations]


_MADE: WeakKeyDictionary[Annotations, Gathered] = WeakKeyDictionary()


def _gathered(annotations: Annotations) -> Gathered:
    sample = judged_sample(annotations)
    gathered = Gathered(sample.sizes)
    judged: dict[str, list[JudgedUnit]] = {}
    for it in sample.judged:
        judged.setdefault(it.doc_id, []).append(it)
    seen = set()
    for annotated in annotations:
        if annotated.judged is not None:
            seen.add(annotated.document.id)
            _gather(annotated, annotated.judged, judged.get(annotated.document.id, []), gathered)
    for document, its in annotations.corpus.judgements.by_document.items():
        if document not in seen:
            gathered.rows += [Row(it, Span(it.start, it.end), _GONE) for it in its]
    gathered.rows.sort(key=lambda row: row.judgement.order)
    return gathered


def _gather(annotated: AnnotatedDocument, mending: Mending, judged: Sequence[JudgedUnit], gathered: Gathered) -> None:
    """Add the judgements on one document."""
    its = sorted(judged, key=lambda it: it.unit.start)
    inside: list[list[Place]] = [[] for _ in its]
    for judgement, span, why in mending.found:
        if span is None:
            gathered.rows.append(Row(judgement, Span(judgement.start, judgement.end), why))
        elif (at := _home(its, span)) is not None:
            inside[at].append(Place(judgement, span))
        else:
            gathered.rows.append(Row(judgement, span, _status_outside(judgement)))
    skipped = {it.span for it in mending.found if it.judgement.verdict == SKIPPED} - mending.sentences.keys()
    if skipped:
        present = units(replace(annotated, judged=None))
        gathered.skipped.update(unit.stratum for unit in present if unit.span in skipped)
    for one, places in zip(its, inside, strict=True):
        coders = [it.judgement.coder for it in places if _is_whole(it.judgement)]
        rulers = mending.sentences
        coder = next(rulers[it.span].coder for it in places if it.span in rulers)
        by_coder = {
            name: [it for it in places if it.judgement.coder == name and it.judgement.judged != SENTENCE]
            for name in sorted(set(coders))
        }
        unit = one.unit
        gathered.units.append(Judged(one.doc_id, unit, one.weight, annotated[unit.span], coder, by_coder))
        gathered.rows += [Row(*it, _status(it.judgement, coder)) for it in places]


def _home(judged: Sequence[JudgedUnit], span: Span) -> int | None:
    """Return the number of the judged sentence in which a place begins.

    A statement of several sentences counts in the first one, so that it can be drawn only once.
    """
    at = bisect_right(judged, span.start, key=lambda it: it.unit.start) - 1
    return at if at >= 0 and span.start < judged[at].unit.end else None


def _is_whole(judgement: Judgement) -> bool:
    return judgement.judged == SENTENCE and judgement.verdict != SKIPPED


def _status_outside(judgement: Judgement) -> str:
    if judgement.verdict == SKIPPED:
        return IS_SKIPPED
    return _REDRAWN if judgement.judged == SENTENCE else _ALONE


def _status(judgement: Judgement, coder: str) -> str:
    if judgement.verdict == SKIPPED:
        return IS_SKIPPED
    return COUNTS if judgement.coder == coder else SECOND
