"""The rule for dates and years: another one in the place of the finding's own is told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from research.analysis.findings import Finding
from research.outputs.checking.cases import Case, Problem
from research.outputs.checking.facts import Fact, Facts, Fit, fit
from research.outputs.checking.figures import numbers
from research.outputs.checking.fixing import rewritten
from research.outputs.checking.matching import best, order
from research.outputs.checking.number import Number

_POSITION = re.compile(
    r"\b(?:in|for|during|of|since|on|by|from|to|until|dated?|is|was|as of)\s(?:the (?:year|end of|start of)\s)?\Z"
)
_BOUNDARY = re.compile(r"[,;:()—–]|\b(?:which|who|while|whereas|when|but|after|before|since|because)\b")


def other_period(case: Case, number: Number) -> Iterator[Problem]:
    """Yield a problem for a date or year in the place of the finding's own."""
    for n in order(case, number):
        facts = case.facts[n]
        own = [it for it in facts.facts if it.period is not None and it.role in ("value", "period")]
        if not own:
            continue
        in_place = _is_in_its_place(case, number, facts.finding)
        if not in_place and _names_own(case, own, number if _is_right_before(case, number, n) else None):
            continue
        key, finding = case.cited[n].key, facts.finding
        dated = [it for it in own if it.role == "value"]
        said = f"says {' '.join(number.text.split())}; {key} says {(dated or own)[0].written}"
        if dated:
            if number.form == "date" or not _is_aside(case, number, facts) or _is_right_before(case, number, n):
                fix = rewritten(number, dated[0])
                yield Problem(number.start, number.end, "period", "error", key, said, finding.statement, fix)
            return
        before = case.block_text[max(case.sentence.start, number.start - 24) : number.start]
        if (_POSITION.search(before) and not _is_aside(case, number)) or in_place:
            fix = rewritten(number, own[0])
            yield Problem(number.start, number.end, "period", "error", key, said, finding.statement, fix)
        return


def is_of_another_citation(case: Case, number: Number) -> bool:
    """Whether a date stands right before the citation of a finding that has another one: "to 2012 [@…latest]"."""
    for n, facts in enumerate(case.facts):
        own = [it for it in facts.of_role("value") if it.period is not None]
        if number.period is not None and own and _is_right_before(case, number, n):
            return not any(fit(number, it) == Fit.YES for it in own)
    return False


def is_misplaced(case: Case, number: Number) -> bool:
    """Whether a year stands among the words of a cited finding's own sentence, which has another one there."""
    if number.period is None:
        return False
    its = [it for it in case.facts if _is_in_its_place(case, number, it.finding)]
    return bool(its) and not any(
        fit(number, fact) == Fit.YES for it in its for fact in it.facts if fact.period is not None
    )


_WORDS_AROUND = 3


def _is_in_its_place(case: Case, number: Number, finding: Finding) -> bool:
    """Whether a year has the place of another one of the finding's sentence: the words around it are the same."""
    segment = case.segment_of(number.start)
    begin, end = (segment.start, segment.end) if segment else (case.sentence.start, case.sentence.end)
    before, after = case.block_text[begin : number.start], case.block_text[number.end : end]
    around = (re.findall(r"\w+", before)[-_WORDS_AROUND:], re.findall(r"\w+", after)[:_WORDS_AROUND])
    if len(around[0]) < _WORDS_AROUND:
        return False
    return any(
        around
        == (
            re.findall(r"\w+", finding.statement[: it.start])[-_WORDS_AROUND:],
            re.findall(r"\w+", finding.statement[it.end :])[:_WORDS_AROUND],
        )
        for it in numbers(finding.statement)
        if it.period is not None
    )


def _is_right_before(case: Case, number: Number, n: int) -> bool:
    """Whether the citation of a finding stands right behind a year."""
    segment = case.segment_of(number.start)
    return (
        segment is not None
        and segment.targets == (n,)
        and not case.block_text[number.end : segment.end].strip(" .,;()")
    )


def _names_own(case: Case, own: Sequence[Fact], beside: Number | None) -> bool:
    """Whether the sentence has the finding's date or year as well, so that the other one is beside it.

    With ``beside`` it has to stand before that one in the same part of the sentence.
    """
    dates = [it for it in case.all_numbers if it.period is not None]
    if beside is not None:
        part = case.segment_of(beside.start)
        dates = [it for it in dates if part is not None and part.start <= it.start < beside.start]
    return any(fit(it, fact) == Fit.YES for it in dates for fact in own)


def _is_aside(case: Case, number: Number, facts: Facts | None = None) -> bool:
    """Whether a boundary of a clause is between a year and the nearest number, of one finding where it is given."""
    results = [it for it in case.numbers if it.period is None and not it.incidental]
    if facts is not None:
        results = [it for it in results if best(case, it, [facts])[0] != Fit.NO]
    if not results:
        return False
    text = case.block_text
    between = [text[it.end : number.start] if it.end <= number.start else text[number.end : it.start] for it in results]
    return all(_BOUNDARY.search(it) for it in between)
