"""Whether a number belongs to another finding than the one that is cited."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from research.analysis.findings import Finding
from research.loading import Span
from research.nlp.quantities.units import COUNT, PERCENT
from research.outputs.checking.cases import Case, Problem, Segment, hedged, shown
from research.outputs.checking.facts import Fact, Facts, Fit, fit, noun, same_unit
from research.outputs.checking.matching import best, order
from research.outputs.checking.number import RATIO, Number
from research.outputs.checking.unlike import SMALL


def of_another_finding(case: Case, number: Number) -> Problem | None:
    """Return the problem that a number is the value of a finding that is not cited."""
    if case.supported or number.form not in ("digits", "words", "ratio") or not (number.unit or number.value > 100):
        return None
    for run in case.runs:
        cited = {it.finding.key for it in case.cited if it.finding is not None}
        for finding in run.findings.values():
            if finding.key in cited or not _is_value_of(number, finding):
                continue
            enough = 1 if number.kind == PERCENT and not number.hedge else 2
            if abs(number.value) > SMALL or _shared_words(case.text, finding.statement) >= enough:
                key, own = run.citation(finding), case.cited[order(case, number)[0]]
                assert own.finding is not None  # noqa: S101
                said = f"says {hedged(case, number)}; that is {key}, and {own.key} says {shown(own.finding)}"
                return Problem(number.start, number.end, "swapped key", "error", own.key, said, own.finding.statement)
    return None


def or_swapped(case: Case, number: Number, problem: Problem) -> Iterator[Problem]:
    """Yield a problem, or that the number is another finding's if the sentence speaks of that one."""
    other = of_another_finding(case, number)
    if other is not None:
        yield other
    else:
        yield problem


def _is_value_of(number: Number, finding: Finding) -> bool:
    if not isinstance(finding.value, int | float) or isinstance(finding.value, bool):
        return False
    is_share = finding.display.endswith("%")
    if is_share != (number.kind in (PERCENT, RATIO)):
        return False
    if is_share:
        return (
            number.kind == PERCENT
            and number.hedge in ("", "about")
            and abs(number.value - Decimal(str(finding.value)) * 100) <= number.step / 2
        )
    if number.unit and noun(number.unit) != noun(finding.unit or ""):
        return False
    value = Decimal(str(finding.value))
    if number.hedge and fit(number, Fact(value, finding.unit or "", COUNT, "value", finding.display)) == Fit.YES:
        return True
    return bool(abs(number.value - value) <= min(number.step, Decimal(1)) / 2)


_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]{3,}")
_USUAL = frozenset(
    [
        "the",
        "that",
        "this",
        "with",
        "from",
        "have",
        "been",
        "were",
        "their",
        "than",
        "more",
        "most",
        "documents",
        "document",
        "corpus",
        "holds",
        "named",
    ]
)


def _shared_words(one: str, other: str) -> int:
    """Return how many words of some weight two sentences share."""
    first, second = ({it.lower().rstrip("s") for it in _WORD.findall(text)} - _USUAL for text in (one, other))
    return len(first & second)


def changed_places(case: Case) -> Iterator[Problem]:
    """Yield the problem that two citations of a sentence have changed places: each has only the other's numbers."""
    segments = [it for it in case.segments if len(it.targets) == 1]
    for one, other in pairwise(segments):
        first, second = case.facts[one.targets[0]], case.facts[other.targets[0]]
        if first is second:
            continue
        key, instead = case.cited[one.targets[0]].key, case.cited[other.targets[0]].key
        says = any(one.start <= it.start < one.end and not it.incidental for it in case.all_numbers)
        if _repeats(case, one, first.finding) and _repeats(case, other, second.finding):
            continue
        repeats = _repeats(case, one, second.finding) or (_repeats(case, other, first.finding) if says else None)
        if repeats is not None:
            whose = instead if repeats.start < one.end else key
            said = f"repeats what {whose} says: the two citations have changed places"
            yield Problem(*repeats, "swapped key", "error", key, said, first.finding.statement)
            continue
        told, back = _only(case, one, second, first), _only(case, other, first, second)
        if told is None and back is not None:
            told = _only(case, one, second, first, strictly=False)
        elif told is not None and back is None:
            back = _only(case, other, first, second, strictly=False)
        if told is not None and back is not None:
            said = f"says {told.text}, which is {instead}, not {key}: the two citations have changed places"
            yield Problem(told.start, told.end, "swapped key", "error", key, said, first.finding.statement)


def repeats_another(case: Case) -> Iterator[Problem]:
    """Yield the problem that a sentence is word for word that of a finding which it does not cite."""
    if case.supported or case.repeated or len(case.cited) != 1 or len(case.text) < _A_STATEMENT:
        return
    own = case.cited[0]
    assert own.finding is not None  # noqa: S101
    text = " ".join(case.text.split())
    for run in case.runs:
        for finding in run.findings.values():
            if finding.key != own.finding.key and len(finding.statement) >= _A_STATEMENT:
                words = finding.statement.rstrip(".")
                if words in text and _has_figures(words):
                    said = f"repeats what {run.citation(finding)} says, and cites {own.key}"
                    start, end = case.sentence.start, case.sentence.end
                    yield Problem(start, end, "swapped key", "error", own.key, said, own.finding.statement)
                    return


_A_STATEMENT = 30


def _has_figures(words: str) -> bool:
    return any(sign.isdigit() for sign in words)


def _repeats(case: Case, segment: Segment, finding: Finding) -> Span | None:
    """Return where the part of a sentence that one citation ends has the whole sentence of another finding."""
    return next((it for it in case.repeats(finding) if segment.start <= it.start and it.end <= segment.end), None)


def _only(case: Case, segment: Segment, these: Facts, not_these: Facts, *, strictly: bool = True) -> Number | None:
    """Return the value of one finding where all numbers of a part are its, and the other finding has no such number.

    Unless ``strictly``, the other finding may have it as a number beside its value: a count of documents.
    """
    its = [it for it in case.all_numbers if segment.start <= it.start < segment.end and not it.incidental]
    its = [it for it in its if it.form != "words" or it.value != 1]
    if any(_is_value(it, not_these) for it in its):
        return None
    of_these = [it for it in its if best(case, it, [these._replace(facts=_free(these))])[0] == Fit.YES]
    others = [it for it in its if it not in of_these and best(case, it, [not_these])[0] != Fit.NO]
    if others:
        return None
    values = [it for it in of_these if _is_value(it, these)]
    return next((it for it in values if not strictly or best(case, it, [not_these])[0] == Fit.NO), None)


def _is_value(number: Number, facts: Facts) -> bool:
    return any(same_unit(number, one) and fit(number, one) == Fit.YES for one in facts.of_role("value"))


def _free(facts: Facts) -> tuple[Fact, ...]:
    """Return facts without the roles that only stand where the finding is cited next."""
    return tuple(
        it._replace(role="statement") if it.role in ("interval", "derived", "half") else it for it in facts.facts
    )
