"""The rule for numbers: every number beside a citation is one of the finding's, or the difference is told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from research.analysis.findings import Finding
from research.nlp.quantities.units import AGE, COUNT, DURATION, MEASURE, MONEY, MULTIPLE, PERCENT, POINTS
from research.outputs.checking.asides import is_aside
from research.outputs.checking.blocks import CELL
from research.outputs.checking.cases import Case, Problem, Severity, around, hedged, shown
from research.outputs.checking.facts import Fact, Facts, Fit, family, noun
from research.outputs.checking.figures import numbers
from research.outputs.checking.fixing import rewritten
from research.outputs.checking.matching import best, breaks_a_pair, is_cited_next, order
from research.outputs.checking.number import RATIO, Number
from research.outputs.checking.periods import is_misplaced, is_of_another_citation, other_period
from research.outputs.checking.ratios import noun_of_ratio
from research.outputs.checking.slots import is_beside_its_value, is_the_cell, is_told, quotes_at, takes_a_place
from research.outputs.checking.subject import is_dated_as, is_said_of, speaks_of
from research.outputs.checking.swaps import changed_places, of_another_finding, or_swapped, repeats_another
from research.outputs.checking.unlike import (
    SMALL,
    another_magnitude,
    another_unit,
    belongs,
    is_close,
    is_in_pair,
    is_of_kind,
    kind_of_difference,
)


def numbers_agree(case: Case) -> Iterator[Problem]:
    """Yield a problem for each number that no cited finding has."""
    if not case.cited:
        return
    if case.supported:
        yield from _supported(case)
        return
    yield from _compared(case, [it for it in case.numbers if not _is_before(case, it)])
    yield from changed_places(case)
    yield from repeats_another(case)


def _supported(case: Case) -> Iterator[Problem]:
    """Yield the problems of a sentence whose citation comes later: errors only where it speaks of the finding."""
    plain = Case(case.sentence, case.targets, case.sources)
    said = [
        it
        for it in plain.numbers
        if any(
            is_said_of(plain, it, facts) or (_in_its_place(plain, it, facts) and speaks_of(plain, facts.finding))
            for facts in plain.facts
        )
    ]
    yield from _compared(plain, said)
    for number in plain.numbers:
        dated = [it for it in plain.facts if _dates(it)]
        if number.period is not None and any(
            speaks_of(plain, it.finding) or is_dated_as(plain, it.finding) for it in dated
        ):
            yield from _compared(plain, [number])
    yield from _compared(case, [it for it in case.numbers if it.unit and it.period is None and it not in said])


def _is_before(case: Case, number: Number) -> bool:
    """Whether a date or a bare number stands in an earlier sentence, which may be of anything, than the citation."""
    if not case.sentence.is_covered:
        return False
    own = {noun(it.unit) for facts in case.facts for it in facts.facts if it.unit}
    if number.unit and number.kind not in (DURATION, AGE) and (family(number.unit) or noun(number.unit) in own):
        return False
    if number.kind in (PERCENT, MONEY, POINTS, MEASURE):
        return False
    if number.period is not None and any(_dates(it) and is_dated_as(case, it.finding) for it in case.facts):
        return False
    return not any(speaks_of(case, facts.finding) for facts in case.facts)


def _dates(facts: Facts) -> bool:
    """Whether the value of a finding is a date."""
    return any(it.period is not None for it in facts.of_role("value"))


def _compared(case: Case, its: Sequence[Number]) -> Iterator[Problem]:
    unmatched = []
    here: set[int] = set()
    for number in case.held_numbers:
        here |= _given_by(case, number, best(case, number, case.facts)[1])
    for number in its:
        if number.incidental and number.incidental != "confidence":
            continue
        if breaks_a_pair(case, number) or is_of_another_citation(case, number) or is_misplaced(case, number):
            unmatched.append(number)
            continue
        fits, facts = best(case, number, case.facts)
        here |= _given_by(case, number, facts)
        if fits == Fit.LOOSE:
            yield from _loose(case, number, facts[0])
        elif fits == Fit.NO:
            unmatched.append(number)
    apart = {id(fact) for it in case.facts if not speaks_of(case, it.finding) for fact in it.facts}
    used = set(here)
    if unmatched:
        # Only of findings that this sentence does not speak of: of others it gives the value itself.
        for number in _in_company(case):
            used |= {id(fact) for fact in best(case, number, case.facts)[1]} & apart
    for number in unmatched:
        yield from _unmatched(case, number, used, here)


def _given_by(case: Case, number: Number, facts: Sequence[Fact]) -> set[int]:
    """Return which facts a number gives: those of the findings cited next behind it, if it fits one of theirs."""
    near = {id(fact) for it in case.facts if is_cited_next(case, number, it) for fact in it.facts}
    its = {id(it) for it in facts}
    return its & near or its


_LONG = 2_000


def _in_company(case: Case) -> Iterator[Number]:
    """Yield the numbers of the other sentences that a citation covers, or supports: those before it without one."""
    for span in (case.sentence.company, case.sentence.lead):
        if span is not None and span.end - span.start <= _LONG:
            whole = Case(replace(case.sentence, start=span.start, end=span.end), case.targets, case.sources)
            yield from (it for it in whole.all_numbers if not case.sentence.start <= it.start < case.sentence.end)


def _loose(case: Case, number: Number, fact: Fact) -> Iterator[Problem]:
    finding, key = _owner(case, fact)
    said = f"says {hedged(case, number)}; {key} says {_written(finding, fact)}"
    yield Problem(number.start, number.end, "rounding", "warning", key, said)


def _owner(case: Case, fact: Fact) -> tuple[Finding, str]:
    for facts, target in zip(case.facts, case.cited, strict=True):
        if any(it is fact for it in facts.facts):
            return facts.finding, target.key
    return case.facts[0].finding, case.cited[0].key


def _written(finding: Finding, fact: Fact) -> str:
    return shown(finding) if fact.role == "value" else fact.written


# --- a number that fits nothing ---


def _unmatched(case: Case, number: Number, used: set[int], here: set[int]) -> Iterator[Problem]:
    if number.incidental == "confidence" and not any(it.role == "level" for facts in case.facts for it in facts.facts):
        return
    if number.period is not None:
        yield from other_period(case, number)
        return
    if number.kind == MULTIPLE or _is_row_number(case, number) or _is_of_others(case, number):
        return
    if _is_of_the_next_sentence(case, number):
        return
    in_words = number.form == "words" and abs(number.value) <= SMALL
    findings = order(case, number)
    judged = [it for n in findings if (it := _judged(case, number, case.facts[n], case.cited[n].key, used)) is not None]
    errors = [it for it in judged if it.severity == "error"]
    next_ones = [facts for facts in case.facts if is_cited_next(case, number, facts)]
    if all(_is_beside(case, number, facts, used, here) for facts in next_ones):
        if errors or (judged and not in_words and number.kind not in (DURATION, AGE)):
            yield replace((errors or judged)[0], severity="warning", replacement=None)
        return
    structural = not _all_quote(case) and any(is_beside_its_value(case, number, facts, used) for facts in case.facts)
    meant = [facts for facts, it in zip(case.facts, case.cited, strict=True) if errors and it.key == errors[0].key]
    aside = all(is_told(case, it, used) for it in meant) and is_aside(case, number, used)
    if errors and ((_is_behind(case, number, used) and not structural) or aside):
        yield replace(errors[0], severity="warning", replacement=None)
    elif errors:
        yield from or_swapped(case, number, errors[0])
    if errors:
        return
    other = of_another_finding(case, number)
    if other is not None:
        yield other
    elif judged and not in_words and number.kind not in (DURATION, AGE):
        yield judged[0]


def _is_beside(case: Case, number: Number, facts: Facts, used: set[int], here: set[int]) -> bool:
    """Whether a sentence gives the value of a finding, or quotes, and a number is none of the finding's others."""
    if takes_a_place(case, number, facts, used, here) or _in_its_place(case, number, facts):
        return False
    near = number.value > SMALL and any(is_close(number, it) for it in facts.of_role("value"))
    return is_told(case, facts, used) or (quotes_at(case, number.start) and not near)


def _is_behind(case: Case, number: Number, used: set[int]) -> bool:
    """Whether a number comes behind the last citation, when the sentence has given the findings' values before it."""
    if not case.segments or case.segment_of(number.start) is not None:
        return False
    if ":" in case.block_text[case.segments[-1].end : number.start]:  # "The run [@…] says: 5 of 40 documents are news"
        return False
    if _all_quote(case):
        return True
    return all(any(id(it) in used for it in facts.of_role("value")) for facts in case.facts)


def _is_of_the_next_sentence(case: Case, number: Number) -> bool:
    """Whether a number behind the last citation is that of a finding cited in the sentence that follows."""
    if not case.sentence.following or not case.segments or case.segment_of(number.start) is not None:
        return False
    run = next(iter(case.runs), None)
    targets = [case.sources.runs.target(it, [run] if run else []) for it in case.sentence.following]
    its = [case.sources.facts(it) for it in targets if it.finding is not None]
    return best(case, number, its)[0] != Fit.NO


def _all_quote(case: Case) -> bool:
    """Whether every part of a sentence that ends in a citation quotes."""
    return bool(case.segments) and all(quotes_at(case, it.start) for it in case.segments)


_OF_OTHERS = re.compile(r"[0-9]\s(?P<noun>[a-z]+)\s(?:in|out of|of)\s\Z")


def _is_of_others(case: Case, number: Number) -> bool:
    """Whether a number is one of "2 readers in 10", of a noun that no finding counts."""
    if number.form == "ratio" and (said := noun_of_ratio(number.text)):
        return not any(family(said) in facts.nouns or _names(facts.finding, said) for facts in case.facts)
    if number.kind not in (COUNT, "") or number.period is not None:
        return False
    if number.form == "words" and number.value == 1 and family(number.unit) in _MAY_SPEAK and _quotes(case):
        return True  # "in the words of one document"
    if number.form == "words" and number.value == 1 and number.unit and _has_the_count(case, number):
        return True  # "in one sentence: that happens in 45 sentences"
    text = case.block_text
    before = _OF_OTHERS.search(text[max(case.sentence.start, number.start - 40) : number.start])
    following = next((it for it in case.numbers if it.start > number.start and not it.unit and not it.period), None)
    after = following is not None and re.fullmatch(r"\s(?:in|out of)\s", text[number.end : following.start])
    unit = before["noun"] if before and not number.unit else number.unit if after else ""
    return bool(unit) and not any(noun(unit) == noun(it.unit) for facts in case.facts for it in facts.facts if it.unit)


def _has_the_count(case: Case, one: Number) -> bool:
    """Whether the sentence also counts the noun of "one sentence", as the finding does."""
    its = [it for it in case.numbers if it is not one and it.unit and noun(it.unit) == noun(one.unit)]
    return any(best(case, it, case.facts)[0] == Fit.YES for it in its)


_MAY_SPEAK = frozenset(("documents", "speakers"))
_MORE_THAN_A_TERM = 3


def _quotes(case: Case) -> bool:
    """Whether a sentence quotes more than a term."""
    return any(len(case.block_text[slice(*it)].split()) >= _MORE_THAN_A_TERM for it in case.sentence.quotations)


def _names(finding: Finding, said: str) -> bool:
    """Whether a finding speaks of a noun."""
    spoken_of = re.findall(r"[a-z]+", f"{finding.statement} {finding.unit}")
    return noun(said) in {noun(it) for it in spoken_of}


def _is_row_number(case: Case, number: Number) -> bool:
    """Whether a number alone in the first cell of a row numbers it."""
    if case.sentence.block.kind != "row" or not number.text.isdigit():
        return False
    cell, border, _ = case.text.partition(CELL)
    alone = bool(border) and cell.strip() == number.text and number.start < case.sentence.start + len(cell)
    return alone and len(case.numbers) > 1


def _judged(case: Case, number: Number, facts: Facts, key: str, used: set[int]) -> Problem | None:
    """Return what is wrong with a number if it means this finding."""
    value = [it for it in facts.of_role("value") if it.period is None]
    finding = facts.finding
    own = [*value, *_beside(value, facts.of_role("statement")), *facts.of_role("interval", "documents")]
    if number.incidental == "confidence":
        levels = facts.of_role("level")
        return _problem(case, number, key, finding, levels[0], kind="number") if levels else None
    if _is_of_another_kind(number, finding, own):
        return None
    if (stated := _in_its_place(case, number, facts)) is not None:
        return _problem(case, number, key, finding, stated)
    free = [it for it in own if id(it) not in used]
    slot_is_free = bool(value) and not any(id(it) in used for it in value) and not _gives_it(case, finding)
    if other := another_unit(number, [*value, *facts.of_role("statement")]):
        severity: Severity = "error" if slot_is_free or other.role == "value" else "warning"
        return _problem(case, number, key, finding, other, kind="unit", severity=severity)
    if not case.supported and (other := another_magnitude(number, value, free)):
        return _problem(case, number, key, finding, other, kind="magnitude")
    near = [it for it in own if is_of_kind(number, it, facts) and (not case.supported or is_close(number, it))]
    if not near and not case.supported and number.kind in (COUNT, "") and is_in_pair(case, number):
        near = [it for it in facts.of_role("statement", "n") if not it.unit or family(it.unit) == family(number.unit)]
    if near:
        fact = min(
            near, key=lambda it: (id(it) in used, _is_bound_elsewhere(case, number, it), abs(it.value - number.value))
        )
        if number.hedge and fact.role != "value" and value and is_of_kind(number, value[0], facts):
            fact = value[0]
        return _problem(case, number, key, finding, fact)
    if number.unit and number.kind == COUNT and not family(number.unit):
        near = [it for it in free if it.role == "value" and it.kind == COUNT and is_close(number, it)]
    elif not number.unit and (number.form == "digits" or (number.form == "words" and _is_result(case, number))):
        near = [it for it in free if it.kind != MONEY or number.value > 1000 or slot_is_free]
        near = [it for it in near if not case.supported or is_close(number, it)]
        near = [it for it in near if slot_is_free or is_close(number, it) or belongs(case, number, it)]
        near = [it for it in near if _may_stand_for(case, number, facts, it)]
    if near and (fact := min(near, key=lambda it: (not is_close(number, it), it.role != "value"))):
        return _problem(case, number, key, finding, fact)
    return None if case.supported else _unlike_all(case, number, facts, key)


def _unlike_all(case: Case, number: Number, facts: Facts, key: str) -> Problem:
    """Return the problem of a number that is like none of the finding's: an error where it must be the value."""
    value = [it for it in facts.of_role("value") if it.period is None]
    finding = facts.finding
    fact = value[0] if value else Fact(Decimal(0), "", "", "value", finding.display)
    if is_the_cell(case, number):
        return _problem(case, number, key, finding, fact)
    said = f"says {hedged(case, number)}, which is no number of {key}"
    return Problem(number.start, number.end, "number", "warning", key, said, _passage(case, finding, key))


_PER = re.compile(r"\s(?:times )?(?:per|in every|out of every) (?:1,000|thousand|1 000|hundred|100)\b")


def _is_result(case: Case, number: Number) -> bool:
    """Whether a number in words is large enough for one, or a rate: "seven per 1,000 words"."""
    return abs(number.value) > SMALL or _PER.match(case.block_text, number.end) is not None


def _gives_it(case: Case, finding: Finding) -> bool:
    """Whether the sentence has the finding's value in its own sentence, or from a macro that prints it."""
    return bool(case.repeats(finding)) or any(it.cite.prints and it.finding is finding for it in case.targets)


def _may_stand_for(case: Case, number: Number, facts: Facts, fact: Fact) -> bool:
    """Whether a number without a unit may be a wrong one of a fact that it is not near to.

    A fraction stands for no count, and a number before another finding's citation for none of this finding's.
    """
    if is_close(number, fact) and (fact.role == "value" or not _quotes(case)):  # it may be cited for a quotation
        return True
    if belongs(case, number, fact) or _quotes(case):
        return belongs(case, number, fact)
    is_fraction = number.step < 1 and fact.kind == COUNT and fact.value == int(fact.value)
    return not is_fraction and is_cited_next(case, number, facts)


def _is_bound_elsewhere(case: Case, number: Number, fact: Fact) -> bool:
    """Whether a fact is a bound of an interval, and the number stands in none."""
    return fact.role == "interval" and not belongs(case, number, fact)


_COUNTS_TIMES = re.compile(r"\b(?:times?|once|twice|mentions?|occurrences?)\b")


def _is_of_another_kind(number: Number, finding: Finding, own: Sequence[Fact]) -> bool:
    """Whether a number is a part or a count of occurrences, and the finding has none of that kind."""
    if number.unit == "times" and not _COUNTS_TIMES.search(finding.statement):
        return True
    return number.form in ("fraction", "ratio") and not any(it.kind in (PERCENT, RATIO) for it in own)


def _in_its_place(case: Case, number: Number, facts: Facts) -> Fact | None:
    """Return the number whose place another has: behind ±, or among the same words in the finding's own sentence."""
    if number.plus_minus and (halves := facts.of_role("half")):
        return halves[0]
    statement = facts.finding.statement
    text = case.block_text[case.sentence.start : case.sentence.end]
    at, end = number.digits.start - case.sentence.start, number.digits.end - case.sentence.start
    around = _words_around(text, at, end)
    if number.incidental or number.period is not None or 0 < len(around[1]) < _FEWEST_BEHIND:
        return None
    for it in numbers(statement):
        if it.period is None and not it.incidental and it.values != number.values:
            its = _words_around(statement, it.digits.start, it.digits.end)
            enough = len(its[1]) == _WORDS_AROUND or (its[0] if its[1] else len(its[0]) == _WORDS_AROUND)
            same = its[0] == around[0] if not its[1] else its[0][-1:] == around[0][-1:]
            if its[1] == around[1] and same and enough:
                return Fact(it.value, it.unit, it.kind, "statement", it.text)
    return None


_WORDS_AROUND, _FEWEST_BEHIND = 3, 2
"""Words behind a number that must agree; fewer where both sentences end."""


def _words_around(text: str, start: int, end: int) -> tuple[list[str], list[str]]:
    """Return the words before and behind a number, in small letters."""
    before = re.findall(r"\w+|%", text[max(0, start - 60) : start].lower())
    return before[-_WORDS_AROUND:], re.findall(r"\w+|%", text[end : end + 60].lower())[:_WORDS_AROUND]


def _beside(value: Sequence[Fact], stated: Sequence[Fact]) -> list[Fact]:
    """Return the numbers of a statement that are not the value once more, rounded."""
    return [
        it
        for it in stated
        if not any((one.kind == it.kind or not it.unit) and abs(one.value - it.value) < 1 for one in value)
    ]


def _problem(
    case: Case, number: Number, key: str, finding: Finding, fact: Fact, *, kind: str = "", severity: Severity = "error"
) -> Problem:
    kind = kind or kind_of_difference(number, fact)
    said = f"says {hedged(case, number)}; {key} says {_written(finding, fact)}"
    plain = severity == "error" and not number.hedge and not case.supported and kind in ("number", "rounding")
    plain = plain and not (_is_end(case.text, number) and fact.role == "value")
    replacement = rewritten(number, fact) if plain else None
    return Problem(
        number.digits.start,
        number.digits.end,
        kind,
        "warning" if case.supported else severity,
        key,
        said,
        _passage(case, finding, key),
        replacement,
    )


_RANGE = r"\s{0,3}(?:to|and|–|-)\s{0,3}"


def _is_end(text: str, number: Number) -> bool:
    """Whether a number is one end of a range, "3% to 17%": no value may take its place."""
    after = re.match(rf"{_RANGE}[0-9]", text[number.end : number.end + 12])
    return (
        after is not None
        or re.search(rf"[0-9]%?{_RANGE}\Z", text[max(0, number.start - 12) : number.start]) is not None
    )


def _passage(case: Case, finding: Finding, key: str) -> str:
    """Return what to show below a message: the one passage that a value is read off, or the finding's sentence."""
    if finding.measure == "value":
        for target in case.cited:
            if target.key == key and target.run is not None:
                return next((around(it) for it in target.run.passages(finding)), finding.statement)
    return finding.statement
