"""Whether a number that differs from a finding stands where one of the finding's own numbers would stand.

A sentence that gives a finding's value has said what it cites the finding for. Another number there may be of anything:
of another year, of a budget, of a page. It is an error only where it takes the place of a number that the finding has
besides its value: a bound of the interval, one of "231 of 277", "in 23 documents", a number that differs from one of
the finding's sentence by a digit. Elsewhere it is worth a warning.
"""

from __future__ import annotations

import re

from research.nlp.quantities.units import COUNT, PERCENT, POINTS
from research.outputs.checking.blocks import CELL
from research.outputs.checking.cases import Case
from research.outputs.checking.facts import Fact, Facts, Fit, fit, same_unit, significant
from research.outputs.checking.number import RATIO, Number
from research.outputs.checking.unlike import SMALL, belongs, differs_by_a_digit, is_close, is_in_pair

_QUOTED_WORDS = 3


def is_the_cell(case: Case, number: Number) -> bool:
    """Whether a number fills a cell of a row that has no other number and one citation: it is the finding's value."""
    its = [it for it in case.all_numbers if not it.incidental]
    if case.sentence.block.kind != "row" or len(case.cited) != 1 or its != [number]:
        return False
    cells = [it.strip() for it in case.text.split(CELL)]
    return number.text in cells[1:] and (number.kind == PERCENT or number.value > SMALL)


def is_told(case: Case, facts: Facts, used: set[int]) -> bool:
    """Whether a sentence gives the value of a finding: as a number, as a pair, as its own sentence, by a macro."""
    finding = facts.finding
    if case.repeats(finding) or any(it.cite.prints and it.finding is finding for it in case.targets):
        return True
    values = facts.of_role("value")
    if not values or any(id(it) in used for it in [*values, *facts.of_role("derived")]):
        return True
    given = [it for it in facts.facts if id(it) in used]
    stated = {it.value for it in given}
    pair = any(one in stated and other in stated for one, other in facts.pairs)
    return finding.measure == "share" and (pair or any(" of " in it.written for it in given))


def quotes_at(case: Case, at: int) -> bool:
    """Whether the part of a sentence that an offset is in quotes more than a term: it may be cited for that."""
    part = case.segment_of(at)
    if case.is_quoted(at, at):
        return False
    return any(
        len(case.block_text[slice(*it)].split()) >= _QUOTED_WORDS
        for it in case.sentence.quotations
        if part is None or (part.start <= it.start < part.end)
    )


def is_beside_its_value(case: Case, number: Number, facts: Facts, used: set[int]) -> bool:
    """Whether a number stands where a bound, the level or one of a pair of the finding does."""
    if number.incidental == "confidence":
        return any(id(it) not in used for it in facts.of_role("level"))
    if number.plus_minus or _is_bound(case, number, facts):
        return True
    return is_in_pair(case, number) and _pairs_with(case, number, facts)


def takes_a_place(case: Case, number: Number, facts: Facts, used: set[int], here: set[int]) -> bool:
    """Whether a number stands for one of a finding's numbers that the sentence has not given yet.

    ``here`` are the facts that the sentence gives, ``used`` also those that the sentences under the same citation do.
    """
    free = [it for it in facts.facts if id(it) not in here and it.period is None]
    if is_beside_its_value(case, number, facts, here):
        return True
    before = case.block_text[max(case.sentence.start, number.start - 40) : number.start]
    if is_the_cell(case, number) or _OWN_LABEL.search(before):
        return True
    if number.kind == POINTS and any(
        it.kind == PERCENT and abs(it.value - number.value) <= number.step / 2
        for it in facts.of_role("value")
        if id(it) not in here or it.value > SMALL
    ):
        return True
    if number.kind == PERCENT and _BEHIND_A_PAIR.search(case.block_text[max(0, number.start - 60) : number.start]):
        return any(it.role == "value" and it.kind == PERCENT for it in free)
    stated = [it for it in free if it.role in ("value", "statement", "documents", "n")]
    its = [it for it in stated if number.kind == COUNT and _has_noun_of(number, it)]
    if not _A_RATE.match(case.block_text, number.end) and any(id(it) not in used or is_close(number, it) for it in its):
        return True
    exact = [it for it in stated if significant(it.value) >= _EXACT]
    return any((differs_by_a_digit(number, it) or _turned(number, it)) and same_unit(number, it) for it in exact)


def _turned(number: Number, fact: Fact) -> bool:
    """Whether a number has the digits of a fact in another order: 213 for 231."""
    return number.value != fact.value and sorted(f"{number.value:f}") == sorted(f"{fact.value:f}")


_EXACT = 3
"""Digits of a number that is not likely to be met by chance."""


_OWN_LABEL = re.compile(r"[(\[](?:share|value|rate|count|total|estimated?)\s?[:=]\s?\Z")
"""A label of the finding's own value within brackets: "(share: 47%)"."""
_BEHIND_A_PAIR = re.compile(r"[0-9]\s(?:of|out of)\s(?:the |all )?[0-9][0-9,.]*(?:\s[a-z]+){0,4}(?:,\s|\s\()\Z")
"""What stands before the share that a pair makes: "12 of 22 mentions (55%)"."""
_A_RATE = re.compile(r"\s(?:an?|each|every|per)\s(?:second|minute|hour|day|week|month|year|head|person|page)\b")


def _head(unit: str) -> str:
    """Return the noun of a unit: that before "per"."""
    return unit.lower().partition(" per ")[0].split()[-1].removesuffix("s")


def _has_noun_of(number: Number, fact: Fact) -> bool:
    """Whether a number counts the very noun of a fact: "in 32 documents", and no synonym of it ("2 pages")."""
    if not number.unit or not fact.unit or fact.kind not in (COUNT, ""):
        return False
    one, other = (_head(it) for it in (number.unit, fact.unit))
    return one == other or (one == "time" and other in ("passage", "mention"))


_BRACKETED = re.compile(r"[(\[](?:[^()\[\]]{0,40}[\s:])?\Z")
_SIGN = r"\s?(?:%|\\%|per ?cent)?\s?"
_RANGE_AFTER = re.compile(rf"{_SIGN}(?:to|and|or|[-–—,;])\s?(?:[0-9]+(?:\.[0-9]+)?){_SIGN}[)\]]")
_RANGE_BEFORE = re.compile(rf"[(\[](?:[^()\[\]]{{0,40}}[\s:])?[0-9]+(?:\.[0-9]+)?{_SIGN}(?:to|and|or|[-–—,;])\s?\Z")
_JOINED = re.compile(rf"{_SIGN}(?:to|and|[-–—,;])\s?")


def _is_bound(case: Case, number: Number, facts: Facts) -> bool:
    """Whether a number stands where a bound of the finding's interval would: behind "CI", in brackets, beside a bound.

    "40% (36% to 44%)", "between 36% and 44%", "36–44%".
    """
    bounds = facts.of_role("interval")
    if not bounds or not (number.kind in (PERCENT, RATIO, "") or same_unit(number, bounds[0])):
        return False
    text = case.block_text
    begin = max(case.sentence.start, number.start - 60)
    before, after = text[begin : number.start], text[number.digits.end : number.digits.end + 24]
    if _BRACKETED.search(before) and _RANGE_AFTER.match(after):
        return True
    if _RANGE_BEFORE.search(before) and re.match(rf"{_SIGN}[)\]]", after):
        return True
    if not belongs(case, number, bounds[0]) and not any(
        same_unit(other, it) and fit(other, it) == Fit.YES for other in _partners(case, number) for it in bounds
    ):
        return False
    return bool(_partners(case, number))


def _partners(case: Case, number: Number) -> list[Number]:
    """Return the other end of a range that a number is an end of."""
    text = case.block_text
    found = []
    for it in case.all_numbers:
        between = text[it.digits.end : number.start] if it.end <= number.start else text[number.digits.end : it.start]
        if it is not number and (it.end <= number.start or number.end <= it.start) and _JOINED.fullmatch(between):
            found.append(it)
    return found


def _pairs_with(case: Case, number: Number, facts: Facts) -> bool:
    """Whether the other number of "231 of 277" is one of the finding's, or counts what the finding counts."""
    its = {it for pair in facts.pairs for it in pair} | {it.value for it in facts.of_role("n", "documents", "value")}
    nouns = {_head(it.unit) for it in facts.facts if it.unit and it.kind in (COUNT, "")}
    nouns |= {it.removesuffix("s") for it in re.findall(r"[a-z]+", facts.finding.statement.lower())}
    text = case.block_text
    for it in case.all_numbers:
        first, second = (it, number) if it.start < number.start else (number, it)
        if it is number or not re.fullmatch(
            r"\s?\S{0,12}\s(?:of|out of)\s(?:the |all |all the |these |its )?", text[first.digits.end : second.start]
        ):
            continue
        unit = second.unit or first.unit
        same = _head(unit) in nouns if unit else it.value in its
        if same:
            return True
    return False
