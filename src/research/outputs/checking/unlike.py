"""How a number differs from a fact that it may stand for: in its unit, its power of ten, a digit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from research.nlp.quantities import values
from research.nlp.quantities.units import AGE, COUNT, DURATION, MEASURE, MONEY, PERCENT, POINTS
from research.outputs.checking.cases import Case
from research.outputs.checking.facts import Fact, Facts, Fit, family, fit, noun, same_unit, significant
from research.outputs.checking.number import RATIO, Number

_FEW_DIGITS = 2
SMALL = 12
"""Small numbers in words count what the report itself talks of: "the three intervals"."""


_MODIFIES = re.compile(r"[0-9a-z]-(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|page|word)\Z")
"""A number that modifies another noun: "the 5-second version"."""


def another_unit(number: Number, facts: Sequence[Fact]) -> Fact | None:
    """Return the fact that has the same number with another unit."""
    if not number.unit or _MODIFIES.search(number.text):
        return None
    for fact in facts:
        mantissa = fact.value
        if fact.kind == MONEY and number.kind != MONEY and fact.value:
            mantissa = fact.value.scaleb(-_thousands(fact.value))
        differs = not same_unit(number, fact) and fact.unit
        if differs and (
            any(abs(it - other) <= number.step / 2 for it in number.values for other in (fact.value, mantissa))
            or (number.hedge and fit(number, fact) == Fit.YES)
        ):
            return fact
    return None


def _thousands(value: Decimal) -> int:
    power = 0
    while abs(value) >= 1000 and power < 15:
        value, power = value / 1000, power + 3
    return power


def another_magnitude(number: Number, value: Sequence[Fact], free: Sequence[Fact]) -> Fact | None:
    """Return the fact that has the same digits at another power of ten."""
    if number.kind in (DURATION, AGE, RATIO) or not number.value or (not number.unit and abs(number.value) < 1):
        return None
    if not number.unit:  # "five were dropped" is no fifty, nor is a bare number where the value is given
        value = [it for it in value if any(it is one for one in free)]
        if number.form == "words" and abs(number.value) <= SMALL:
            return None
    for fact in [*value, *free]:
        if not fact.value or not same_unit(number, fact) or fact.kind == RATIO:
            continue
        same = number.kind != COUNT or family(number.unit) or noun(number.unit) == noun(fact.unit)
        if not same and not (any(it is fact for it in free) and significant(number.value) > _FEW_DIGITS):
            continue
        for power in (1, 2, 3, 6, 9, 12):
            for places in (power, -power):
                difference = abs(number.value.scaleb(places) - fact.value)
                several = significant(number.value) > 1 and difference <= number.step.scaleb(places) / 2
                if several or (difference == 0 and (number.unit or fact.value > SMALL)):
                    return fact
    return None


def is_of_kind(number: Number, fact: Fact, facts: Facts) -> bool:
    """Whether a number has the unit or the kind of a fact, so that the two cannot both be right."""
    if number.kind in (PERCENT, RATIO):
        return fact.kind in (PERCENT, RATIO)
    if number.kind == MONEY:
        return fact.kind == MONEY
    if number.kind in (POINTS, MEASURE, AGE, DURATION):
        return fact.kind == number.kind and values.same_unit(number.unit, fact.unit)
    if not number.unit or fact.kind not in (COUNT, ""):
        return False
    one, other = family(number.unit), family(fact.unit)
    if one or other:
        return one == other and one in facts.nouns
    return bool(fact.unit) and fact.unit.lower().split()[-1] == number.unit.lower().split()[-1]


def kind_of_difference(number: Number, fact: Fact) -> str:
    """Return the kind of problem that a difference is: rounded wrongly, or another number."""
    difference = abs(number.value - fact.value)
    is_near = difference * 4 <= 5 * number.step and difference <= abs(fact.value) / 5
    return "rounding" if is_near and fact.value % number.step else "number"


def is_close(number: Number, fact: Fact) -> bool:
    """Whether a number may be a fact that was miscopied: near, or with one digit changed."""
    if not same_unit(number, fact):
        return False
    return abs(number.value - fact.value) * 5 <= abs(fact.value) or differs_by_a_digit(number, fact)


def differs_by_a_digit(number: Number, fact: Fact) -> bool:
    """Whether a number of three digits or more differs from a fact, as it would be shown, in one digit."""
    shown = (number.value / number.step, (fact.value / number.step).to_integral_value())
    one, other = (re.sub(r"[^0-9]", "", f"{it:f}".partition(".")[0]) for it in shown)
    return len(one) == len(other) > 2 and sum(a != b for a, b in zip(one, other, strict=True)) == 1


_PAIR_AFTER = re.compile(r"\s(?:of|out of)\s(?:the |all |all the |these |its )?[0-9]")
_PAIR_BEFORE = re.compile(r"[0-9]\s(?:of|out of)\s(?:the |all |all the |these |its )?\Z")
_OF_INTERVAL = re.compile(r"(?:CI|interval|between|(?<!up )(?<!down )from|confidence)\b[^;()]{0,40}\Z")


def is_in_pair(case: Case, number: Number) -> bool:
    """Whether a number is one of "231 of 277"."""
    text = case.block_text
    before = text[max(case.sentence.start, number.start - 60) : number.start]
    after = text[number.end : min(case.sentence.end, number.end + 20)]
    return bool(_PAIR_AFTER.match(after) or _PAIR_BEFORE.search(before))


def belongs(case: Case, number: Number, fact: Fact) -> bool:
    """Whether a number is one of "231 of 277", or a bound of an interval, as the fact is."""
    if fact.role != "interval":
        return is_in_pair(case, number)
    before = case.block_text[max(case.sentence.start, number.start - 60) : number.start]
    return _OF_INTERVAL.search(before) is not None
