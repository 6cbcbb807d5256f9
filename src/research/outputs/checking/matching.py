"""Which fact of a finding a number may mean, by its unit and by the words around it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from research.nlp.quantities.units import COUNT, PERCENT
from research.outputs.checking.cases import Case
from research.outputs.checking.facts import Fact, Facts, Fit, family, fit, noun, same_unit
from research.outputs.checking.number import RATIO, Number


def best(case: Case, number: Number, offered: Sequence[Facts]) -> tuple[Fit, list[Fact]]:
    """Return how well a number fits what is offered, and the facts that it fits so well."""
    highest = Fit.NO
    found: list[Fact] = []
    for facts in offered:
        for fact in facts.facts:
            if not same_unit(number, fact) or not _may_be(case, number, facts, fact):
                continue
            if fact.role == "derived" and not (number.unit == "%" and is_cited_next(case, number, facts)):
                continue
            its = fit(number, fact)
            if its != Fit.NO and its >= highest:
                found = found if its == highest else []
                highest = its
                found.append(fact)
    return highest, found


_INTERVAL_BEFORE = re.compile(
    r"(?:\b(?:to|and|or|between|from|CI|interval|ranges?|bounds?|low|high|as|up to)|[-–—±(\[:]|[0-9]%?[,;])\s?\Z",
    re.IGNORECASE,
)
_INTERVAL_AFTER = re.compile(r"\s?(?:%|per ?cent|percent)?\s?(?:to\b|and\b|or\b|[-–—]|[,;]\s?[0-9.]+\s?%?[\])])")
_OF_DOCUMENTS = re.compile(
    r"\b(?:document|article|text|file|report|speech|speeche|stor(?:y|ie)|piece|transcript)s?\b", re.IGNORECASE
)


def _may_be(case: Case, number: Number, facts: Facts, fact: Fact) -> bool:
    """Whether a number of the unit of a fact may mean it, by what stands around it."""
    match fact.role:
        case "level":
            return number.incidental == "confidence"
        case _ if number.incidental == "confidence":
            return False
        case "half":
            return number.plus_minus and is_cited_next(case, number, facts)
        case "interval":
            if number.plus_minus:
                return False
            if number.hedge not in ("", "most", "least", "about") or not is_cited_next(case, number, facts):
                return False
            before = case.block_text[max(case.sentence.start, number.start - 20) : number.start]
            after = case.block_text[number.digits.end : min(case.sentence.end, number.digits.end + 12)]
            return bool(_INTERVAL_BEFORE.search(before) or _INTERVAL_AFTER.match(after))
        case _ if number.plus_minus:
            return False
        case "documents":
            unit = _unit_of(case, number)
            return family(unit) == "documents" or (not unit and _OF_DOCUMENTS.search(case.text) is not None)
        case "n":
            unit = _unit_of(case, number)
            counted = bool(family(unit)) and family(unit) == family(facts.finding.unit or "")
            return counted or (_may_be_counted(unit, facts) and not _has_own_noun(unit, facts))
        case "method":
            same = noun(number.unit) == noun(fact.unit) or not (number.unit and fact.unit)
            return same and any(it == fact.value for it in number.values)
        case "statement":
            return _may_be_stated(number, facts, fact)
    return True


def _may_be_stated(number: Number, facts: Facts, fact: Fact) -> bool:
    """Whether a number may be one that the finding's sentence states: it counts the same, as far as that is known."""
    if not number.unit or (fact.unit and noun(number.unit) == noun(fact.unit)):
        return True
    if facts.finding.status == "not computable":  # all its numbers say why: "5 periods, and there are 4"
        return True
    if _has_own_noun(number.unit, facts):
        return False
    return fact.kind != COUNT or not fact.unit or not family(number.unit) or bool(family(fact.unit))


def is_cited_next(case: Case, number: Number, facts: Facts) -> bool:
    """Whether the finding is among those that are cited next behind a number, or none is."""
    segment = case.segment_of(number.start)
    return segment is None or any(case.facts[it] is facts for it in segment.targets)


_PAIR = re.compile(r"(?:of|out of)\s(?:the |all |all the |these |its )?")


def _unit_of(case: Case, number: Number) -> str:
    """Return the unit of a number; the first one of "6 of 70 turns" has that of the second."""
    if number.unit:
        return number.unit
    return next(
        (
            it.unit
            for it in case.numbers
            if it.start > number.end and _PAIR.fullmatch(case.block_text[number.end : it.start].lstrip())
        ),
        "",
    )


def breaks_a_pair(case: Case, number: Number) -> bool:
    """Whether a number is the first of "5 of 6" where the finding has "4 of 6"."""
    second = next(
        (
            it
            for it in case.numbers
            if it.start > number.end and _PAIR.fullmatch(case.block_text[number.end : it.start].lstrip())
        ),
        None,
    )
    if second is None or number.kind in (PERCENT, RATIO):
        return False
    of_it = [one for facts in case.facts for one, other in facts.pairs if abs(other - second.value) < second.step]
    return bool(of_it) and not any(abs(one - number.value) < number.step for one in of_it)


def _may_be_counted(unit: str, facts: Facts) -> bool:
    """Whether *n* may count this noun: the finding speaks of it, or it is none of the usual ones."""
    if family(unit) in ("", "passages"):
        return True
    finding = facts.finding
    text = f"{finding.statement} {finding.unit}"
    return any(family(it) == family(unit) for it in re.findall(r"[a-z]+", text.lower()) if it != "named")


def _has_own_noun(unit: str, facts: Facts) -> bool:
    """Whether the finding's sentence itself counts this noun, so that none of its other numbers is meant."""
    return bool(unit) and any(it.unit and noun(it.unit) == noun(unit) for it in facts.of_role("statement"))


def order(case: Case, number: Number) -> list[int]:
    """Return the findings in the order in which a number is compared with them: first those cited next."""
    segment = case.segment_of(number.start)
    first = list(segment.targets) if segment else []
    return [*first, *(n for n in range(len(case.cited)) if n not in first)]
