"""The rule for numbers: every number beside a citation is one of the finding's, or the difference is told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from research.analysis.findings import Finding
from research.nlp.quantities import values
from research.nlp.quantities.units import AGE, COUNT, DURATION, MEASURE, MONEY, MULTIPLE, PERCENT, POINTS
from research.outputs.checking.blocks import CELL
from research.outputs.checking.cases import Case, Problem, Severity, around, shown
from research.outputs.checking.facts import Fact, Facts, Fit, family, fit, noun, same_unit, significant
from research.outputs.checking.figures import RATIO, Number, numbers
from research.outputs.checking.fixing import rewritten
from research.outputs.checking.matching import best, breaks_a_pair, order
from research.outputs.checking.periods import other_period
from research.outputs.checking.subject import is_said_of, speaks_of

_SMALL = 12
"""Small numbers in words count what the report itself talks of: "the three intervals"."""


def numbers_agree(case: Case) -> Iterator[Problem]:
    """Yield a problem for each number that no cited finding has."""
    if not case.cited:
        return
    if case.supported:
        yield from _supported(case)
        return
    yield from _compared(case, [it for it in case.numbers if not _is_before(case, it)])
    yield from _swapped(case)


def _supported(case: Case) -> Iterator[Problem]:
    """Yield the problems of a sentence whose citation comes later: errors only where it speaks of the finding."""
    plain = Case(case.sentence, case.targets, case.sources)
    said = [it for it in plain.numbers if any(is_said_of(plain, it, facts) for facts in plain.facts)]
    yield from _compared(plain, said)
    for number in plain.numbers:
        dated = [it for it in plain.facts if any(one.role == "value" and one.period for one in it.facts)]
        if number.period is not None and any(speaks_of(plain, it.finding) for it in dated):
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
    return not any(speaks_of(case, facts.finding) for facts in case.facts)


def _compared(case: Case, its: Sequence[Number]) -> Iterator[Problem]:
    unmatched = []
    stated = [*case.held_numbers, *_in_company(case)]
    used = {id(fact) for number in stated for fact in best(case, number, case.facts)[1]}
    for number in its:
        if number.incidental and number.incidental != "confidence":
            continue
        if breaks_a_pair(case, number):
            unmatched.append(number)
            continue
        fits, facts = best(case, number, case.facts)
        used |= {id(it) for it in facts}
        if fits == Fit.LOOSE:
            yield from _loose(case, number, facts[0])
        elif fits == Fit.NO:
            unmatched.append(number)
    for number in unmatched:
        yield from _unmatched(case, number, used)


_LONG = 2_000


def _in_company(case: Case) -> Sequence[Number]:
    """Return the numbers of the other sentences that the citation behind this one covers."""
    company = case.sentence.company
    if company is None or company.end - company.start > _LONG:
        return ()
    whole = Case(replace(case.sentence, start=company.start, end=company.end), case.targets, case.sources)
    return [it for it in whole.numbers if not case.sentence.start <= it.start < case.sentence.end]


def _loose(case: Case, number: Number, fact: Fact) -> Iterator[Problem]:
    finding, key = _owner(case, fact)
    said = f"says {_hedged(case, number)}; {key} says {_written(finding, fact)}"
    yield Problem(number.start, number.end, "rounding", "warning", key, said)


def _owner(case: Case, fact: Fact) -> tuple[Finding, str]:
    for facts, target in zip(case.facts, case.cited, strict=True):
        if any(it is fact for it in facts.facts):
            return facts.finding, target.key
    return case.facts[0].finding, case.cited[0].key


_HEDGE_WORDS = re.compile(r"(?:[A-Za-z]+ ){1,4}\Z")


def _hedged(case: Case, number: Number) -> str:
    """Return a number as the report writes it, with the words that hedge it."""
    before = case.block_text[max(case.sentence.start, number.start - 24) : number.start]
    hedge = re.search(
        r"(?:more than|less than|fewer than|at least|at most|up to|close to|just under|just over|nearly|almost|"
        r"about|around|"
        r"over|under|some|roughly|approximately)\s(?:an? )?\Z",
        before,
        re.IGNORECASE,
    )
    return f"{hedge[0] if hedge and number.hedge else ''}{' '.join(number.text.split())}"


def _written(finding: Finding, fact: Fact) -> str:
    return shown(finding) if fact.role == "value" else fact.written


# --- a number that fits nothing ---


def _unmatched(case: Case, number: Number, used: set[int]) -> Iterator[Problem]:
    if number.incidental == "confidence" and not any(it.role == "level" for facts in case.facts for it in facts.facts):
        return
    if number.period is not None:
        yield from other_period(case, number)
        return
    if number.kind == MULTIPLE or _is_row_number(case, number) or _is_of_others(case, number):
        return
    in_words = number.form == "words" and abs(number.value) <= _SMALL
    findings = order(case, number)
    judged = [it for n in findings if (it := _judged(case, number, case.facts[n], case.cited[n].key, used)) is not None]
    errors = [it for it in judged if it.severity == "error"]
    if errors and _is_behind(case, number, used):
        yield replace(errors[0], severity="warning", replacement=None)
    elif errors:
        yield from _or_swapped(case, number, errors[0])
    if errors:
        return
    other = _elsewhere(case, number)
    if other is not None:
        yield other
    elif judged and not in_words and number.kind not in (DURATION, AGE):
        yield judged[0]


def _is_behind(case: Case, number: Number, used: set[int]) -> bool:
    """Whether a number comes behind the last citation, when the sentence has given the findings' values before it."""
    if not case.segments or case.segment_of(number.start) is not None:
        return False
    if ":" in case.block_text[case.segments[-1].end : number.start]:  # "The run [@…] says: 5 of 40 documents are news"
        return False
    return all(any(id(it) in used for it in facts.of_role("value")) for facts in case.facts)


_OF_OTHERS = re.compile(r"[0-9]\s(?P<noun>[a-z]+)\s(?:in|out of|of)\s\Z")


def _is_of_others(case: Case, number: Number) -> bool:
    """Whether a number is one of "2 readers in 10", of a noun that no finding counts."""
    if number.kind not in (COUNT, "") or number.period is not None:
        return False
    text = case.block_text
    before = _OF_OTHERS.search(text[max(case.sentence.start, number.start - 40) : number.start])
    following = next((it for it in case.numbers if it.start > number.start and not it.unit and not it.period), None)
    after = following is not None and re.fullmatch(r"\s(?:in|out of)\s", text[number.end : following.start])
    unit = before["noun"] if before and not number.unit else number.unit if after else ""
    return bool(unit) and not any(noun(unit) == noun(it.unit) for facts in case.facts for it in facts.facts if it.unit)


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
        fact = facts.of_role("level")[0]
        return _problem(case, number, key, finding, fact, kind="number")
    if _is_of_another_kind(number, finding, own):
        return None
    if (stated := _in_its_place(case, number, facts)) is not None:
        return _problem(case, number, key, finding, stated)
    free = [it for it in own if id(it) not in used]
    slot_is_free = bool(value) and not any(id(it) in used for it in value)
    if other := _another_unit(number, [*value, *facts.of_role("statement")]):
        severity: Severity = "error" if slot_is_free or other.role == "value" else "warning"
        return _problem(case, number, key, finding, other, kind="unit", severity=severity)
    if not case.supported and (other := _another_magnitude(number, value, free)):
        return _problem(case, number, key, finding, other, kind="magnitude")
    near = [it for it in own if _same_kind(number, it, facts) and (not case.supported or _is_close(number, it))]
    if not near and not case.supported and number.kind in (COUNT, "") and _is_in_pair(case, number):
        near = [it for it in facts.of_role("statement", "n") if not it.unit or family(it.unit) == family(number.unit)]
    if near:
        fact = min(near, key=lambda it: (id(it) in used, abs(it.value - number.value)))
        if number.hedge and fact.role != "value" and value and _same_kind(number, value[0], facts):
            fact = value[0]
        return _problem(case, number, key, finding, fact)
    if number.unit and number.kind == COUNT and not family(number.unit):
        near = [it for it in free if it.role == "value" and it.kind == COUNT and _is_close(number, it)]
    elif not number.unit and number.form == "digits":
        near = [it for it in free if it.kind != MONEY or number.value > 1000 or slot_is_free]
        near = [it for it in near if not case.supported or _is_close(number, it)]
        near = [it for it in near if slot_is_free or _is_close(number, it) or _belongs(case, number, it)]
    if near and (fact := min(near, key=lambda it: (not _is_close(number, it), it.role != "value"))):
        return _problem(case, number, key, finding, fact)
    if case.supported:
        return None
    fact = value[0] if value else Fact(Decimal(0), "", "", "value", finding.display)
    said = f"says {_hedged(case, number)}, which is no number of {key}"
    return Problem(number.start, number.end, "number", "warning", key, said, _passage(case, finding, key))


_COUNTS_TIMES = re.compile(r"\b(?:times?|once|twice|mentions?|occurrences?)\b")


def _is_of_another_kind(number: Number, finding: Finding, own: Sequence[Fact]) -> bool:
    """Whether a number is a part or a count of occurrences, and the finding has none of that kind."""
    if number.unit == "times" and not _COUNTS_TIMES.search(finding.statement):
        return True
    return number.form in ("fraction", "ratio") and not any(it.kind in (PERCENT, RATIO) for it in own)


def _in_its_place(case: Case, number: Number, facts: Facts) -> Fact | None:
    """Return the number of a finding's own sentence whose place another has: the words around it are the same."""
    statement = facts.finding.statement
    text = case.block_text[case.sentence.start : case.sentence.end]
    at, end = number.digits.start - case.sentence.start, number.digits.end - case.sentence.start
    around = _words_around(text, at, end)
    if number.incidental or number.period is not None or len(around[1]) < _WORDS_AROUND:
        return None
    for it in numbers(statement):
        if it.period is None and not it.incidental and it.values != number.values:
            its = _words_around(statement, it.digits.start, it.digits.end)
            if its[1] == around[1] and its[0][-1:] == around[0][-1:]:
                return Fact(it.value, it.unit, it.kind, "statement", it.text)
    return None


_WORDS_AROUND = 3


def _words_around(text: str, start: int, end: int) -> tuple[list[str], list[str]]:
    """Return the words before and behind a number, in small letters."""
    before = re.findall(r"\w+|%", text[max(0, start - 60) : start].lower())
    return before[-1:], re.findall(r"\w+|%", text[end : end + 60].lower())[:_WORDS_AROUND]


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
    kind = kind or _kind(number, fact)
    said = f"says {_hedged(case, number)}; {key} says {_written(finding, fact)}"
    plain = severity == "error" and not number.hedge and not case.supported and kind in ("number", "rounding")
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


def _passage(case: Case, finding: Finding, key: str) -> str:
    """Return what to show below a message: the one passage that a value is read off, or the finding's sentence."""
    if finding.measure == "value":
        for target in case.cited:
            if target.key == key and target.run is not None:
                return next((around(it) for it in target.run.passages(finding)), finding.statement)
    return finding.statement


def _another_unit(number: Number, facts: Sequence[Fact]) -> Fact | None:
    """Return the fact that has the same number with another unit."""
    if not number.unit:
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


def _another_magnitude(number: Number, value: Sequence[Fact], free: Sequence[Fact]) -> Fact | None:
    """Return the fact that has the same digits at another power of ten."""
    if number.kind in (DURATION, AGE, RATIO) or not number.value or (not number.unit and abs(number.value) < 1):
        return None
    for fact in [*value, *free]:
        if not fact.value or not same_unit(number, fact) or fact.kind == RATIO:
            continue
        if number.kind == COUNT and not family(number.unit) and noun(number.unit) != noun(fact.unit):
            continue
        for power in (1, 2, 3, 6, 9, 12):
            for places in (power, -power):
                difference = abs(number.value.scaleb(places) - fact.value)
                several = significant(number.value) > 1 and difference <= number.step.scaleb(places) / 2
                if several or (difference == 0 and (number.unit or fact.value > _SMALL)):
                    return fact
    return None


def _same_kind(number: Number, fact: Fact, facts: Facts) -> bool:
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


def _kind(number: Number, fact: Fact) -> str:
    difference = abs(number.value - fact.value)
    is_near = difference * 4 <= 5 * number.step and difference <= abs(fact.value) / 5
    return "rounding" if is_near and fact.value % number.step else "number"


def _is_close(number: Number, fact: Fact) -> bool:
    """Whether a number may be a fact that was miscopied: near, or with one digit changed."""
    if not same_unit(number, fact):
        return False
    if abs(number.value - fact.value) * 5 <= abs(fact.value):
        return True
    shown = (number.value / number.step, (fact.value / number.step).to_integral_value())
    one, other = (re.sub(r"[^0-9]", "", f"{it:f}".partition(".")[0]) for it in shown)
    return len(one) == len(other) > 2 and sum(a != b for a, b in zip(one, other, strict=True)) == 1


_PAIR_AFTER = re.compile(r"\s(?:of|out of)\s(?:the |all |all the |these |its )?[0-9]")
_PAIR_BEFORE = re.compile(r"[0-9]\s(?:of|out of)\s(?:the |all |all the |these |its )?\Z")
_OF_INTERVAL = re.compile(r"(?:CI|interval|between|from)\b[^;()]{0,40}\Z")


def _is_in_pair(case: Case, number: Number) -> bool:
    """Whether a number is one of "231 of 277"."""
    text = case.block_text
    before = text[max(case.sentence.start, number.start - 60) : number.start]
    after = text[number.end : min(case.sentence.end, number.end + 20)]
    return bool(_PAIR_AFTER.match(after) or _PAIR_BEFORE.search(before))


def _belongs(case: Case, number: Number, fact: Fact) -> bool:
    """Whether a number is one of "231 of 277", or a bound of an interval, as the fact is."""
    if fact.role != "interval":
        return _is_in_pair(case, number)
    before = case.block_text[max(case.sentence.start, number.start - 60) : number.start]
    return _OF_INTERVAL.search(before) is not None


# --- another finding ---


def _elsewhere(case: Case, number: Number) -> Problem | None:
    """Return the problem that a number is the value of a finding that is not cited."""
    if case.supported or number.form not in ("digits", "words", "ratio") or not (number.unit or number.value > 100):
        return None
    for run in case.runs:
        cited = {it.finding.key for it in case.cited if it.finding is not None}
        for finding in run.findings.values():
            if finding.key in cited or not _is_value_of(number, finding):
                continue
            enough = 1 if number.kind == PERCENT and not number.hedge else 2
            if abs(number.value) > _SMALL or _shared_words(case.text, finding.statement) >= enough:
                key, own = run.citation(finding), case.cited[order(case, number)[0]]
                assert own.finding is not None  # noqa: S101
                said = f"says {_hedged(case, number)}; that is {key}, and {own.key} says {shown(own.finding)}"
                return Problem(number.start, number.end, "swapped key", "error", own.key, said, own.finding.statement)
    return None


def _or_swapped(case: Case, number: Number, problem: Problem) -> Iterator[Problem]:
    """Yield a problem, or that the number is another finding's if the sentence speaks of that one."""
    other = _elsewhere(case, number)
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
    if number.unit and family(number.unit) != family(finding.unit or ""):
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


def _swapped(case: Case) -> Iterator[Problem]:
    """Yield the problem that two citations of a sentence have changed places: each has only the other's numbers."""
    segments = [it for it in case.segments if len(it.targets) == 1]
    for one, other in pairwise(segments):
        first, second = case.facts[one.targets[0]], case.facts[other.targets[0]]
        if first is second:
            continue
        before = [it for it in case.numbers if one.start <= it.start < one.end and not it.incidental]
        behind = [it for it in case.numbers if other.start <= it.start < other.end and not it.incidental]
        if before and behind and _only(case, before, second, first) and _only(case, behind, first, second):
            key, instead = case.cited[one.targets[0]].key, case.cited[other.targets[0]].key
            said = f"says {before[0].text}, which is {instead}, not {key}: the two citations have changed places"
            yield Problem(before[0].start, before[0].end, "swapped key", "error", key, said, first.finding.statement)


def _only(case: Case, its: Sequence[Number], these: Facts, not_these: Facts) -> bool:
    """Whether one set of facts has all of some numbers and the other has none."""
    own, others = ([best(case, it, [facts])[0] for it in its] for facts in (these, not_these))
    return all(it == Fit.YES for it in own) and all(it == Fit.NO for it in others)
