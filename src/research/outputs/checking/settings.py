"""The rule for settings and coefficients: "p = 0.02", "a threshold of 0.5", "a baseline of 12%".

They are results of no finding, unless the finding has one of the same kind in its sentence or its method: then it must
be that one. Anything else of that kind, another study's p or the analyst's own threshold, is none of ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from research.outputs.checking.cases import Case, Problem, Severity
from research.outputs.checking.figures import CONFIDENCE_OF, SETTING, numbers
from research.outputs.checking.matching import is_cited_next
from research.outputs.checking.number import Number

_KINDS: Mapping[str, str] = {
    "threshold": r"threshold|cut-?off|confidence",
    "p": r"p(?:-value)?",
    "correlation": r"correlation(?: coefficient)?|tau|rho|r|[ρτ]",
    "baseline": r"baseline",
    "kappa": r"kappa|κ",
    "alpha": r"alpha|α|significance level",
    "standard deviation": r"standard deviation|SD",
}
"""What a setting may be called, by its kind."""
_BEFORE = re.compile(
    "|".join(rf"(?P<{kind.replace(' ', '_')}>(?<!\\w)(?:{words})(?!\\w))" for kind, words in _KINDS.items())
)
_REACH = 40


def settings_agree(case: Case) -> Iterator[Problem]:
    """Yield a problem for each setting or coefficient of which the cited finding has another one."""
    if case.supported:
        return
    for number in case.numbers:
        kind = _kind(case.block_text, case.sentence.start, number) if number.incidental == "a setting" else ""
        if kind:
            yield from _compared(case, number, kind)


def _compared(case: Case, number: Number, kind: str) -> Iterator[Problem]:
    for target, facts in zip(case.cited, case.facts, strict=True):
        if not is_cited_next(case, number, facts):
            continue
        stated, set_so = _its(facts.finding.statement, kind), _its(facts.finding.method, kind)
        its = stated or set_so
        if its and not any(abs(it - number.value) <= number.step / 2 for it in [*stated, *set_so]):
            said = f"says {kind} {number.text}; {target.key} says {its[0]}"
            severity: Severity = "error" if stated else "warning"
            yield Problem(number.start, number.end, "number", severity, target.key, said, facts.finding.statement)
            return


def _its(text: str, kind: str) -> list[Decimal]:
    """Return the settings of a kind that a text gives."""
    return [it.value for it in numbers(text) if not it.period and _kind(text, 0, it) == kind]


def _kind(text: str, begin: int, number: Number) -> str:
    """Return of what kind a setting is by the words right before it; empty where they say nothing."""
    before = text[max(begin, number.start - _REACH) : number.start]
    found = SETTING.search(before) or CONFIDENCE_OF.search(before)
    if found is None:
        return ""
    named = _BEFORE.search(found[0])
    return named.lastgroup.replace("_", " ") if named and named.lastgroup else ""
