"""Findings corrected by what people judged: the model's value, and an unbiased estimate beside it.

The findings of a notebook are made twice: from the annotations put right by what people judged, and from those of the
model alone. In each judged sentence the evidence of the two says what the model counts there and what is right; the
model's total over all sentences and these differences give the estimate (``statistics.judged``). This holds for values
that add up over sentences: numbers of statements and figures, shares of them, words, and differences of shares or rates
between groups and periods. Whatever does not add up (the number of speakers, a median, a test) stays the model's alone
and says why (``corrected.UNCORRECTED``).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, NamedTuple, ParamSpec
from weakref import WeakKeyDictionary

from research.analysis.evidence import Passage
from research.analysis.findings import Finding
from research.analysis.judging.corrected import UNCORRECTED, Against, Corrected, Place, Side, UnitValues
from research.analysis.recount import words_in
from research.analysis.statistics.judged import (
    Correction,
    Estimate,
    NotComputable,
    Ratio,
    Sample,
    Values,
    estimate_difference,
    estimate_ratio,
    estimate_total,
    known_total,
    not_computable,
)
from research.analysis.statistics.spread import Spread, spread_as_judged, spread_between_documents
from research.analysis.statistics.uncertainty import FEWEST_DOCUMENTS, Interval, rounded
from research.analysis.wording import listed, plural
from research.loading import Span
from research.nlp.annotate import Annotations
from research.nlp.annotated import AnnotatedDocument
from research.nlp.judged.units import STRATA, Unit, frame, units
from research.nlp.records import Attribution

if TYPE_CHECKING:
    import pandas as pd

_Given = ParamSpec("_Given")
_Findings = Callable[Concatenate[Annotations, _Given], list[Finding]]

TABLE = "judged_sentences"
"""The table of a notebook with the judged sentences behind its corrected findings."""

CAPTION = "What the model and what people counted in each judged sentence, for every corrected finding"


def corrected(findings: _Findings[_Given]) -> _Findings[_Given]:
    """Give each finding of a notebook its ``corrected`` value, where people judged sentences and the value adds up."""

    @wraps(findings)
    def with_corrections(annotations: Annotations, /, *args: _Given.args, **kwargs: _Given.kwargs) -> list[Finding]:
        found = findings(annotations, *args, **kwargs)
        if annotations.alone is annotations:
            return found
        summed = any(it.additive or it.sums is not None for it in found)
        again = findings(annotations.alone, *args, **kwargs) if summed else []
        alone = {it.key: it for it in again}
        sample = judged_sample(annotations)
        return [sample.correct(it, alone.get(it.key)) for it in found]

    return with_corrections


class JudgedUnit(NamedTuple):
    """A unit that was judged to the end: its document, the unit as it is now, and its weight in its stratum."""

    doc_id: str
    unit: Unit
    weight: float


_SAMPLES: WeakKeyDictionary[Annotations, JudgedSample] = WeakKeyDictionary()


def judged_sample(annotations: Annotations) -> JudgedSample:
    """Return the judged units of a corpus, with the sizes of the strata; made once for the same annotations."""
    if annotations not in _SAMPLES:
        _SAMPLES[annotations] = _sample(annotations)
    return _SAMPLES[annotations]


def _sample(annotations: Annotations) -> JudgedSample:
    whole = frame(annotations.alone)
    found: list[tuple[str, Unit, str]] = []
    probabilities: dict[str, float] = {}
    documents: dict[str, _Homes] = {}
    for annotated in annotations:
        if annotated.judged is None:
            continue
        present = units(replace(annotated, judged=None))
        starts = [unit.start for unit in present]
        taken: set[Unit] = set()
        for span, judgement in annotated.judged.sentences.items():
            at = bisect_right(starts, span.start) - 1
            if at < 0 or present[at].end <= span.start or present[at] in taken:
                continue
            taken.add(present[at])
            then = judgement.stratum if judgement.stratum in STRATA else present[at].stratum
            found.append((annotated.document.id, present[at], then))
            probabilities[then] = max(probabilities.get(then, 0.0), judgement.probability or 0.0)
        documents[annotated.document.id] = _Homes.of(annotated, sorted(taken))
    # A unit whose stratum has changed since it was drawn keeps the weight with which it was drawn.
    redrawn = any(unit.stratum != then for _, unit, then in found)
    weights = {then: 1 / p if redrawn and p else 1.0 for then, p in probabilities.items()}
    judged = tuple(JudgedUnit(doc_id, unit, weights[then]) for doc_id, unit, then in found)
    return JudgedSample(judged, whole.sizes, whole.starts, documents)


@dataclass(frozen=True)
class _Homes:
    """The judged units of one document, where each statement begins (where its content does), and all words."""

    units: Sequence[Unit]
    begins: Mapping[Span, int]
    words: Sequence[int]

    @classmethod
    def of(cls, annotated: AnnotatedDocument, judged: Sequence[Unit]) -> _Homes:
        model: list[Attribution] = replace(annotated, judged=None).records("attributions")
        every = [*model, *annotated.attributions]
        begins = {it.extent: it.content[0].start for it in every}
        return cls(judged, begins, [word.start for word in annotated.words] if judged else [])

    def unit_of(self, row: Passage | Place) -> int | None:
        """Return the number of the judged unit in which a passage begins; None for another unit."""
        place = self.begins.get(Span(row.start, row.end), row.start)
        at = bisect_right([unit.start for unit in self.units], place) - 1
        return at if at >= 0 and place < self.units[at].end else None

    def words_in_units(self, row: Passage | Place) -> Iterable[tuple[int, int]]:
        """Return the numbers of the judged units that a passage is in, each with its words there."""
        for at, unit in enumerate(self.units):
            start, end = max(unit.start, row.start), min(unit.end, row.end)
            if start >= end:
                continue
            if isinstance(row, Place):
                yield at, bisect_left(self.words, end) - bisect_left(self.words, start)
            else:
                yield at, words_in(row.exact[start - row.start : end - row.start])


_COUNTED, _BASE, _OTHERS, _OTHERS_BASE = "counted", "base", "others", "others_base"
"""What is added up: the roles of evidence, and the same of the group that is compared with."""


class _Added(NamedTuple):
    """Sums over what a finding counts: over all of it, by document, and in the judged units, by role.

    ``occurring`` is the number of units in which there is something.
    """

    total: Mapping[str, float]
    by_document: Mapping[tuple[str, str], float]
    in_units: Mapping[tuple[str, str, int], float]
    occurring: Mapping[str, int]


@dataclass(frozen=True)
class JudgedSample:
    """The judged units of a corpus, the sizes of the strata, and the judged documents.

    ``starts`` are the offsets at which the units of each document begin, judged or not.
    """

    judged: tuple[JudgedUnit, ...]
    sizes: Mapping[str, int]
    starts: Mapping[str, Sequence[int]]
    documents: Mapping[str, _Homes]

    @property
    def n_units(self) -> int:
        """The number of all units."""
        return sum(self.sizes.values())

    def correct(self, finding: Finding, alone: Finding | None) -> Finding:
        """Return a finding with its corrected value; as it is where it does not rest on the model."""
        on_model = finding.additive or finding.sums is not None or finding.uncorrected is not None
        if finding.status == "not computable" or not (on_model or finding.accuracy or finding.accuracy_note):
            return finding
        its = self._corrected(finding, alone)
        before = None if alone is None or alone.status == "not computable" else alone.display
        if its.value is not None and isinstance(finding.value, int | float) and its.model is not None:
            # As many decimals in both, so that a difference is one of the values.
            before = its.model_display if finding.shown(finding.value) != its.model_display else finding.display
        if before is not None and before != finding.display:
            its = replace(its, model_display=before, put_right=finding.display)
        return replace(finding, corrected=its)

    @property
    def _sample(self) -> Sample:
        return _sampled(self.sizes, [(it.unit.stratum, it.weight) for it in self.judged])

    def _corrected(self, finding: Finding, alone: Finding | None) -> Corrected:
        n, total = len(self.judged), self.n_units
        if not finding.additive and finding.sums is None:
            return Corrected(n, total, reason=UNCORRECTED[finding.uncorrected or "other"])
        if alone is None or alone.status == "not computable":
            return Corrected(n, total, reason="without what was judged, the model finds nothing of the kind")
        if (missing := not_computable(self._sample)) is not None:
            return Corrected(n, total, reason=why(missing))
        of_model, of_people = self._sums_of(alone), self._sums_of(finding)
        rows = self._rows(of_model, of_people)
        sums = _as_judged(_sums(finding, of_model), rows, of_model)
        found = estimate(rows, sums)
        if isinstance(found, NotComputable):
            return Corrected(n, total, reason=why(found))
        return Corrected(
            judged=n,
            units=total,
            value=found.value,
            display=finding.shown(found.value),
            interval=Interval(found.low, found.high, found.level),
            interval_display=f"{finding.shown(found.low)} to {finding.shown(found.high)}",
            model=found.model,
            model_display=finding.shown(found.model),
            power=found.power,
            unit=finding.unit_display if finding.measure == "statistic" and "%" not in finding.display else "",
            rows=rows,
            **sums._asdict(),
        )

    def share(self, model: Side, right: Side) -> Share | NotComputable:
        """Return the corrected share of what is counted in its base, from the model's places and the right ones."""
        if (missing := not_computable(self._sample)) is not None:
            return missing
        of_model, of_people = (
            self._added(
                (
                    (role, Place(*it))
                    for role, its in ((_COUNTED, side.counted), (_BASE, side.base or ()))
                    for it in its
                ),
                (),
                {_COUNTED},
            )
            for side in (model, right)
        )
        total, occurring = of_model.total, of_model.occurring.get(_COUNTED, 0)
        sums = ModelSums(total.get(_COUNTED, 0.0), total.get(_BASE, 0.0), occurring)
        rows = self._rows(of_model, of_people)
        found = estimate(rows, sums)
        return found if isinstance(found, NotComputable) else Share(found, rows, sums)

    def _sums_of(self, finding: Finding) -> _Added:
        """Add up what a finding counts: its evidence by role, or the places of its two groups."""
        if finding.sums is None:
            in_words = finding.measure == "words" or finding.unit == "words"
            words = {_COUNTED, _BASE} if in_words else set()
            return self._added(((row.role, row) for row in finding.evidence), words, {_COUNTED})
        here, there, _ = finding.sums
        parts = {_COUNTED: here.counted, _BASE: here.base, _OTHERS: there.counted, _OTHERS_BASE: there.base}
        places = ((role, Place(*it)) for role, its in parts.items() for it in its or ())
        words = {role for role, side in ((_BASE, here), (_OTHERS_BASE, there)) if side.in_words}
        found = self._added(places, words, set(parts))
        return found._replace(total={**found.total, _BASE: here.total, _OTHERS_BASE: there.total})

    def _added(
        self, rows: Iterable[tuple[str, Passage | Place]], words: Collection[str], sought: Collection[str]
    ) -> _Added:
        """Add up passages by role, those of some roles in ``words``, and find the units with something ``sought``."""
        total: dict[str, float] = defaultdict(float)
        by_document: dict[tuple[str, str], float] = defaultdict(float)
        in_units: dict[tuple[str, str, int], float] = defaultdict(float)
        occurring: dict[str, set[tuple[str, int]]] = defaultdict(set)
        for role, row in rows:
            in_words = role in words
            # The total of the words at a place is not counted again: whoever names places has it.
            size = (0 if isinstance(row, Place) else words_in(row.exact)) if in_words else 1
            total[role] += size
            by_document[role, row.doc_id] += size
            if role in sought:
                occurring[role].update((row.doc_id, at) for at in self._units_of(row, whole=in_words))
            if (homes := self.documents.get(row.doc_id)) is None:
                continue
            if in_words:
                for at, n in homes.words_in_units(row):
                    in_units[role, row.doc_id, homes.units[at].start] += n
            elif (here := homes.unit_of(row)) is not None:
                in_units[role, row.doc_id, homes.units[here].start] += 1
        return _Added(total, by_document, in_units, {role: len(its) for role, its in occurring.items()})

    def _units_of(self, row: Passage | Place, *, whole: bool) -> Iterable[int]:
        """Return the numbers of the units that a passage is in, or of the one in which it begins."""
        starts = self.starts.get(row.doc_id, ())
        first = max(0, bisect_right(starts, row.start) - 1)
        return range(first, max(first + 1, bisect_right(starts, row.end - 1) if whole else 0))

    def _rows(self, model: _Added, right: _Added) -> tuple[UnitValues, ...]:
        return tuple(
            UnitValues(
                it.doc_id,
                it.unit.start,
                it.unit.end,
                it.unit.stratum,
                self.sizes[it.unit.stratum],
                it.weight,
                *(
                    its.in_units.get((role, it.doc_id, it.unit.start), 0.0)
                    for role in (_COUNTED, _BASE, _OTHERS, _OTHERS_BASE)
                    for its in (model, right)
                ),
            )
            for it in self.judged
        )


class ModelSums(NamedTuple):
    """What the model counts in all sentences, as ``Corrected`` has it."""

    model_counted: float
    model_base: float
    occurring: int
    spread: float = 0.0
    freedom: float = 0.0
    third: float = 0.0
    against: Against | None = None


class Share(NamedTuple):
    """A corrected share, and the judged sentences and sums that it is computed from."""

    estimate: Estimate
    rows: tuple[UnitValues, ...]
    sums: ModelSums


def _sums(finding: Finding, model: _Added) -> ModelSums:
    """Return the model's sums behind a finding, with the spread between documents if the finding has an interval."""
    found = ModelSums(model.total.get(_COUNTED, 0.0), model.total.get(_BASE, 0.0), model.occurring.get(_COUNTED, 0))
    if finding.sums is not None:
        own, base = ((model.total.get(role, 0.0), model.occurring.get(role, 0)) for role in (_OTHERS, _OTHERS_BASE))
        known = finding.sums.here.base is None
        own_base = model.occurring.get(_BASE, 0)
        against = Against(own[0], base[0], own[1], base[1], own_base, known, finding.sums.per)
        found = found._replace(against=against)
        if finding.interval is not None:
            return found._replace(spread=_variance(finding, finding.interval), freedom=finding.n_documents - 1)
        return found
    spread = _spread(model) if finding.interval is not None else None
    if spread is None:
        return found
    return found._replace(spread=rounded(spread.variance), freedom=rounded(spread.freedom), third=rounded(spread.third))


def _as_judged(sums: ModelSums, rows: Sequence[UnitValues], model: _Added) -> ModelSums:
    """Return sums whose spread between documents is at least as large as the judged sentences show it."""
    import numpy as np

    if sums.against is not None or not sums.spread:
        return sums
    documents = sorted({row.doc_id for row in rows} | {it for role, it in model.by_document if role == _BASE})
    number = {doc_id: at for at, doc_id in enumerate(documents)}
    of_model = [np.array([model.by_document.get((role, it), 0.0) for it in documents]) for role in (_COUNTED, _BASE)]
    correction = Correction(*_ratio_of(rows, sums), power=None)
    if correction.reason is not None or not correction.value:
        return sums
    judged_in = np.array([number[row.doc_id] for row in rows])
    found = spread_as_judged(
        Spread(sums.spread, sums.freedom, sums.third), *correction.of_documents(len(documents), judged_in, of_model)
    )
    return sums._replace(spread=rounded(found.variance), freedom=rounded(found.freedom), third=rounded(found.third))


def _ratio_of(rows: Sequence[UnitValues], sums: ModelSums) -> tuple[Sample, Sequence[tuple[Values, Values | None]]]:
    """Return the sample, and what is counted with its base, None for a total."""
    sample = _sampled({row.stratum: row.units for row in rows}, [(row.stratum, row.weight) for row in rows])
    above = _values(rows, _COUNTED, sums.model_counted, sums.occurring)
    return sample, [(above, _values(rows, _BASE, sums.model_base) if sums.model_base else None)]


def _values(rows: Sequence[UnitValues], role: str, total: float, occurring: int | None = None) -> Values:
    import numpy as np

    model, right = (np.array([float(getattr(row, f"{who}_{role}")) for row in rows]) for who in ("model", "right"))
    return Values(model, right, total, occurring)


def _variance(finding: Finding, interval: Interval) -> float:
    """Return the variance between documents of a difference: that of which its own interval tells.

    The interval was made by resampling documents, so its half width is Student's t of so many documents times the
    standard error.
    """
    from scipy.special import stdtrit

    t = float(stdtrit(finding.n_documents - 1, (1 + interval.level) / 2))
    return rounded(((interval.high - interval.low) / 2 / t) ** 2)


def _spread(model: _Added) -> Spread | None:
    import numpy as np

    documents = sorted({doc_id for role, doc_id in model.by_document if role == _BASE})
    counted, base = (
        np.array([model.by_document.get((role, doc_id), 0.0) for doc_id in documents]) for role in (_COUNTED, _BASE)
    )
    return spread_between_documents(counted, base) if len(documents) >= FEWEST_DOCUMENTS else None


def estimate(rows: Sequence[UnitValues], sums: ModelSums) -> Estimate | NotComputable:
    """Return the estimate from its judged sentences and the model's sums, as the recount does.

    Every stratum has a judged sentence. The base is 0 for a value that is no share.
    """
    sample, [(above, below)] = _ratio_of(rows, sums)
    if (other := sums.against) is not None:
        per = other.per
        spread = Spread(sums.spread / per**2, sums.freedom) if sums.freedom else None
        bases = [known_total(it, len(rows)) for it in (sums.model_base, other.base)]
        if not other.known:
            bases = [
                _values(rows, _BASE, sums.model_base, other.own_base_occurring),
                _values(rows, _OTHERS_BASE, other.base, other.base_occurring),
            ]
        there = _values(rows, _OTHERS, other.counted, other.occurring)
        return estimate_difference(sample, Ratio(above, bases[0]), Ratio(there, bases[1]), scale=per, spread=spread)
    spread = Spread(sums.spread, sums.freedom, sums.third) if sums.freedom else None
    if below is None:
        return estimate_total(sample, above, spread=spread)
    return estimate_ratio(sample, above, below, spread=spread)


def recounted(finding: Finding, rows: pd.DataFrame) -> float | None:
    """Return the corrected value of a finding again, from the table of judged sentences; None where it has none.

    Raises ValueError where the table does not have the sentences.
    """
    its = finding.corrected
    if its is None or its.value is None:
        return None
    of_finding = rows.loc[rows["key"] == finding.key, list(UnitValues._fields)]
    sentences = [UnitValues(*row) for row in of_finding.itertuples(index=False, name=None)]
    sums = ModelSums(*(getattr(its, name) for name in ModelSums._fields))
    found = estimate(sentences, sums) if sentences else None
    if not isinstance(found, Estimate):
        raise ValueError(f"the judged sentences of {finding.key} are missing")
    return found.value


def _sampled(sizes: Mapping[str, int], judged: Sequence[tuple[str, float]]) -> Sample:
    """Return the sample of judged sentences, each with its stratum and weight; equal weights are none."""
    import numpy as np

    weights = np.array([weight for _, weight in judged])
    return Sample(sizes, [stratum for stratum, _ in judged], weights if len(set(weights.tolist())) > 1 else None)


def why(missing: NotComputable) -> str:
    """Return why there is no estimate, as a clause, with how many more sentences it takes."""
    takes = f"a correction takes {missing.more:,} more"
    match missing.reason:
        case "few":
            return f"{plural(missing.judged, 'sentence')} {'is' if missing.judged == 1 else 'are'} judged, and {takes}"
        case "stratum":
            return f"{takes} judged sentences, some of them in the strata {listed(missing.strata)}"
        case "group":
            return f"{_judged(missing)} {'is' if missing.judged <= 1 else 'are'} in one of the groups, and {takes}"
        case _:
            return f"{_judged(missing)} {'has' if missing.judged <= 1 else 'have'} what is counted, and {takes}"


def _judged(missing: NotComputable) -> str:
    return f"only {plural(missing.judged, 'judged sentence')}" if missing.judged else "no judged sentence"


def table(findings: Iterable[Finding]) -> pd.DataFrame:
    """Return the judged sentences behind corrected findings, a row for each finding and sentence.

    Columns: ``key`` of the finding, then those of ``UnitValues``.
    """
    import pandas as pd

    rows = [(it.key, *row) for it in findings if it.corrected is not None for row in it.corrected.rows]
    return pd.DataFrame(rows, columns=["key", *UnitValues._fields])
