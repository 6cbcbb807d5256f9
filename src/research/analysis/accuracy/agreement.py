"""Whether two coders say the same of the same sentences: percent agreement and Krippendorff's alpha."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from research.analysis.accuracy.gathered import Gathered, Judged, Place, gathered, told
from research.analysis.declaring import kept
from research.analysis.statistics.uncertainty import rounded
from research.analysis.wording import listed
from research.loading import Span
from research.loading.judgements import FIGURE, MISSED, MISSED_FIGURE, NOBODY, STATEMENT, WRONG
from research.loading.speakers import same_name
from research.nlp.annotate import Annotations

if TYPE_CHECKING:
    import pandas as pd

IS_IT, WHO, FIGURE_IS = "is it a statement?", "who speaks?", "what is the figure?"
QUESTIONS = (IS_IT, WHO, FIGURE_IS)
"""What coders are compared on, in the order of the tables."""
YES, NO = "yes", "no"
DISAGREEMENTS = ["question", "exact", "answers", "doc_id"]
"""The columns of ``disagreements`` that are shown."""
_MOST_ANSWERS = 2_000
"""The most different answers to one question: NLTK compares each with each."""


class Answered(NamedTuple):
    """A question about a place, and what each coder answers, by coder."""

    question: str
    doc_id: str
    span: Span
    exact: str
    answers: Mapping[str, str]

    @property
    def agreed(self) -> bool:
        """Whether all coders say the same; capitals and an opening "the" in a name make no difference."""
        return len({same_name(it) for it in self.answers.values()}) == 1


@kept
def coders(annotations: Annotations) -> pd.DataFrame:
    """Return how far coders agree: ``question, by, n, agreement, alpha``, where sentences were judged by several.

    ``by`` are the coders, ``n`` the places that at least two of them judged, ``agreement`` the share of the pairs of
    answers that are the same, and ``alpha`` Krippendorff's (2004, "Content Analysis", chapter 11) for nominal answers,
    as NLTK computes it; empty where all answers are one and the same, which leaves nothing to agree on by chance.
    """
    import pandas as pd

    by_question = _by_question(gathered(annotations))
    rows = [
        (
            question,
            listed(_coders(its)),
            len(its),
            _agreement(its),
            _alpha(its),
        )
        for question in QUESTIONS
        if (its := by_question[question])
    ]
    return pd.DataFrame(rows, columns=["question", "by", "n", "agreement", "alpha"], dtype=object)


@kept
def disagreements(annotations: Annotations) -> pd.DataFrame:
    """Return where coders disagree, in the order of the text: ``doc_id, start, end, question, exact, answers``."""
    import pandas as pd

    rows = [
        (
            it.doc_id,
            *it.span,
            it.question,
            it.exact,
            _said(it),
        )
        for its in _by_question(gathered(annotations)).values()
        for it in its
        if not it.agreed
    ]
    table = pd.DataFrame(rows, columns=["doc_id", "start", "end", "question", "exact", "answers"], dtype=object)
    return table.sort_values(["doc_id", "start", "end", "question"], kind="stable", ignore_index=True)


def _said(it: Answered) -> str:
    return "; ".join(f"{_name(coder)}: {answer}" for coder, answer in it.answers.items())


def _coders(answered: Iterable[Answered]) -> list[str]:
    return sorted({_name(coder) for it in answered for coder in it.answers})


def _name(coder: str) -> str:
    return coder or "a coder without a name"


def _by_question(found: Gathered) -> Mapping[str, list[Answered]]:
    """Return the places that several coders judged, by question."""
    by_question: dict[str, list[Answered]] = defaultdict(list)
    for unit in found.units:
        if len(unit.by_coder) > 1:
            for it in _answered(unit):
                if len(it.answers) > 1:
                    by_question[it.question].append(it)
    return by_question


def _answered(unit: Judged) -> Iterator[Answered]:
    found: dict[tuple[str, Span], dict[str, Place]] = defaultdict(dict)
    for coder, places in unit.by_coder.items():
        for place in places:
            if place.judgement.judged not in (MISSED, MISSED_FIGURE):
                found[place.judgement.judged, place.span][coder] = place
    for (judged, span), its in sorted(found.items(), key=lambda it: (it[0][1], it[0][0])):
        words = next(iter(its.values())).judgement.exact
        if judged == STATEMENT:
            is_it = {coder: NO if it.judgement.verdict == WRONG else YES for coder, it in its.items()}
            yield Answered(IS_IT, unit.doc_id, span, words, is_it)
            who = {coder: _speaker(it) for coder, it in its.items() if it.judgement.verdict != WRONG}
            yield Answered(WHO, unit.doc_id, span, words, who)
        elif judged == FIGURE:
            yield Answered(FIGURE_IS, unit.doc_id, span, words, {coder: _figure(it) for coder, it in its.items()})
    for first, by in _missed(unit, MISSED):
        marked = {coder: YES if coder in by else NO for coder in unit.by_coder}
        yield Answered(IS_IT, unit.doc_id, first.span, first.judgement.exact, marked)
        who = {coder: _speaker(by[coder]) for coder in unit.by_coder if coder in by}
        yield Answered(WHO, unit.doc_id, first.span, first.judgement.exact, who)
    for first, by in _missed(unit, MISSED_FIGURE):
        value = {coder: _figure(by[coder]) if coder in by else _NO_FIGURE for coder in unit.by_coder}
        yield Answered(FIGURE_IS, unit.doc_id, first.span, first.judgement.exact, value)


def _missed(unit: Judged, judged: str) -> Iterator[tuple[Place, dict[str, Place]]]:
    """Yield what at least one coder says was missed, and what each of them marks; places that overlap are one."""
    places = sorted(
        (it.span, coder, it) for coder, its in unit.by_coder.items() for it in its if it.judgement.judged == judged
    )
    groups: list[list[tuple[Span, str, Place]]] = []
    for one in places:
        if groups and one[0].start < max(span.end for span, _, _ in groups[-1]):
            groups[-1].append(one)
        else:
            groups.append([one])
    for group in groups:
        yield group[0][2], {coder: place for _, coder, place in reversed(group)}


def _speaker(place: Place) -> str:
    judgement = place.judgement
    return judgement.right_speaker or told(judgement.model).speaker or NOBODY


_NO_FIGURE = "no figure"


def _figure(place: Place) -> str:
    judgement = place.judgement
    return _NO_FIGURE if judgement.verdict == WRONG else judgement.right_value or judgement.model


def _agreement(answered: Sequence[Answered]) -> float:
    same = [one == other for it in answered for one, other in combinations(_labels(it).values(), 2)]
    return rounded(sum(same) / len(same))


def _labels(it: Answered) -> dict[str, str]:
    return {coder: same_name(said) for coder, said in it.answers.items()}


def _alpha(answered: Iterable[Answered]) -> float | None:
    from nltk.metrics.agreement import AnnotationTask

    data = [(coder, at, label) for at, it in enumerate(answered) for coder, label in _labels(it).items()]
    used = Counter(label for _, _, label in data)
    if not 1 < len(used) <= _MOST_ANSWERS:
        return None
    return rounded(float(AnnotationTask(data).alpha()))
