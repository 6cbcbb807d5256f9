"""Numbers that a sentence sets beside a finding's result: of another year, another study, a target, a rumour.

"18% are direct quotations, against a third in our 2018 note": the finding's own value is given, and the other number is
said to be of something else. That it differs is no error, unless it is so near to a number of the finding that it must
be that one, miscopied.
"""

from __future__ import annotations

import re

from research.outputs.checking.cases import Case
from research.outputs.checking.facts import Fact, Fit, fit, same_unit
from research.outputs.checking.number import Number
from research.outputs.checking.unlike import belongs, is_close

_COMPARED = re.compile(
    r"\b(?:against|compared (?:with|to)|in comparison with|as opposed to|versus|vs\.?|unlike|instead of|rather than|"
    r"not (?:the|a)|(?:up|down) from|higher than|lower than|above|below|than (?:the|our|in|at|it was)|short of|"
    r"recalls?|remembers?|recommend\w*|demand(?:s|ed)?|prescribe[sd]?|suggest\w*|requires?|allows?|expect\w*|hypothes[ie]s|null|targets?|"
    r"goal of|aim of|thresholds?|baselines?|best practice|SLA|"
    r"industry|peers?|peer group|guidelines?|standards?|benchmarks?|limits?|maximum|minimum|average of|norm|"
    r"elsewhere|formerly|previous(?:ly)?|earlier|former|last (?:year|month|time)|the (?:year|month) before|"
    r"a (?:year|decade|month) (?:ago|earlier)|pilot|rival|competing|claimed?|alleged|rumou?red|viral|"
    r"(?:in|of|from|our|its|their|the) (?:1[89]|20)[0-9]{2})\b",
    re.IGNORECASE,
)
"""What sets a number beside another one; looked for in the number's own clause."""
_CORRECTED = re.compile(r"\b(?:model|uncorrected|corrected|adjusted|raw|estimate[ds]?)\b", re.IGNORECASE)
_LABELLED = re.compile(r"[(\[,;]\s?(?P<label>[^()\[\];,]{2,40}?)\s?[:=]\s?\Z")
"""A label before a number within brackets: "(best practice: 15)"."""
_OWN_LABEL = re.compile(
    r"\b(?:CIs?|conf|confidence|interval|range|error|margin|bounds?|n|N|low|high|exact(?:ly)?|total|share|estimate[d]?|"
    r"value|rate|count|i\.e|that is|or|median|mean|average sentence)\b"
)
_CLAUSE = re.compile(r"[;()–—]|,\s(?!\d)|\.\s")


def is_aside(case: Case, number: Number, used: set[int]) -> bool:
    """Whether a number is said to be of something else, in a sentence that gives the finding's value besides."""
    if number.plus_minus or not _is_given(case, number):
        return False
    clause = _clause(case, number)
    if not (_COMPARED.search(clause) or _has_another_label(case, number)) or _CORRECTED.search(clause):
        return False
    return not any(_is_meant(case, number, it, used) for facts in case.facts for it in facts.facts)


def _has_another_label(case: Case, number: Number) -> bool:
    """Whether a number within brackets is labelled as something that is neither the finding's nor its interval."""
    found = _LABELLED.search(case.block_text[max(case.sentence.start, number.start - 60) : number.start])
    if found is None or _OWN_LABEL.search(found["label"]):
        return False
    own = {
        it.lower().rstrip("s") for facts in case.facts for it in re.findall(r"[A-Za-z]{4,}", facts.finding.statement)
    }
    return not own & {it.lower().rstrip("s") for it in re.findall(r"[A-Za-z]{4,}", found["label"])}


def _is_given(case: Case, number: Number) -> bool:
    """Whether another number of the same part of the sentence is the value of a finding that is cited there."""
    part = case.segment_of(number.start)
    offered = [it for n, it in enumerate(case.facts) if part is None or n in part.targets]
    others = [it for it in case.all_numbers if it is not number and (part is None or part.start <= it.start < part.end)]
    values = [it for facts in offered for it in facts.of_role("value")]
    if any(it.cite.prints and it.finding is facts.finding for it in case.targets for facts in offered):
        return True
    return any(same_unit(it, fact) and fit(it, fact) == Fit.YES for it in others for fact in values)


def _is_meant(case: Case, number: Number, fact: Fact, used: set[int]) -> bool:
    """Whether a number must be a fact that is not given yet, miscopied."""
    if id(fact) in used or fact.role not in ("value", "statement", "interval", "documents", "n") or fact.period:
        return False
    return is_close(number, fact) and (fact.role != "interval" or belongs(case, number, fact))


def _clause(case: Case, number: Number) -> str:
    """Return the clause that a number stands in."""
    text = case.own_words
    at, end = number.start - case.sentence.start, number.end - case.sentence.start
    start = max((it.end() for it in _CLAUSE.finditer(text, 0, at)), default=0)
    behind = _CLAUSE.search(text, end)
    return text[start : behind.start() if behind else len(text)]
