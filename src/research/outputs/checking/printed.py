r"""What stands behind a value that a macro prints: ``\finding{corpus.words} documents`` gives it another unit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from research.outputs.checking.cases import Case, Problem, shown
from research.outputs.checking.cited import Target
from research.outputs.checking.facts import Facts, Fit, family, fit, same_unit
from research.outputs.checking.figures import numbers

_REACH = 60
_SIGN = re.compile(r"\s?(?:%|per ?cent\b(?!age)|percentage points?\b)")


def printed_units_agree(case: Case) -> Iterator[Problem]:
    """Yield a problem for each printed value that has another unit, or its sign twice."""
    for target in case.targets:
        if target.finding is None or not target.cite.prints or target.finding.value is None:
            continue
        facts, display = case.sources.facts(target), target.finding.display
        at = target.cite.at
        behind = case.block_text[at : min(case.sentence.end, at + _REACH)]
        if display.endswith("%") and (sign := _SIGN.match(behind)):
            yield _problem(case, target, f"{display}{sign[0]}")
            continue
        read = next(iter(numbers(f"{display}{behind}")), None)
        if read is None or read.start or read.end <= len(display) or not family(read.unit):
            continue
        its = facts.of_role("value", "statement", "documents")
        if not any(same_unit(read, it) and fit(read, it) == Fit.YES for it in its) and _has_unit(facts):
            yield _problem(case, target, read.text)


def _has_unit(facts: Facts) -> bool:
    """Whether it is known what the value of a finding counts."""
    return any(family(it.unit) or it.unit == "%" for it in facts.of_role("value"))


def _problem(case: Case, target: Target, prints: str) -> Problem:
    assert target.finding is not None  # noqa: S101
    end = target.cite.at
    start = max(case.sentence.start, end - 1)
    said = f"says {' '.join(prints.split())}; {target.key} says {shown(target.finding)}"
    return Problem(start, end, "unit", "error", target.key, said, target.finding.statement)
