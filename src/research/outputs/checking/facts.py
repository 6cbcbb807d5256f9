"""What a finding offers for the numbers beside its citation, and whether a number is one of them.

A number is a fact of the finding if it is that fact rounded to the digits that it shows, half up or half to even. With
"about" it may also be the nearest rounder number; with "nearly", "more than" and the like it must be on the right side
and within 10 %. A fraction in words may differ by two percentage points, with "about" by five, and by a
fifth of itself, with "about" by three tenths. See ``Fit``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from research.analysis.evidence import Passage
from research.analysis.findings import Finding
from research.nlp.quantities import values
from research.nlp.quantities.units import AGE, COUNT, DURATION, MEASURE, MONEY, MULTIPLE, PERCENT, POINTS
from research.outputs.checking.figures import numbers
from research.outputs.checking.number import ANY_YEAR, RATIO, Number

Role = Literal[
    "value", "interval", "level", "half", "n", "documents", "statement", "method", "period", "passage", "derived"
]


class Fit(IntEnum):
    """How well a number fits a fact."""

    NO = 0
    LOOSE = 1
    """It is true, but coarser than a reader expects: "more than 300" for 400."""
    YES = 2


class Fact(NamedTuple):
    """A number that a finding offers: its value, its unit and kind, what it is, and how the finding writes it."""

    value: Decimal
    unit: str
    kind: str
    role: Role
    written: str
    hedge: str = ""
    digits: int = 0
    """How many significant digits the finding shows of it; 0 for all."""
    period: tuple[str | None, str | None] | None = None


class Facts(NamedTuple):
    """All that a finding offers; ``nouns`` are the families of what it counts."""

    finding: Finding
    facts: tuple[Fact, ...]
    nouns: frozenset[str]
    pairs: tuple[tuple[Decimal, Decimal], ...] = ()
    """The numbers of "231 of 277" in the finding's sentence."""

    def of_role(self, *roles: Role) -> list[Fact]:
        """Return the facts of some roles."""
        return [it for it in self.facts if it.role in roles]


def facts_of(finding: Finding, passages: Iterable[Passage] = (), dates: Sequence[str] = ()) -> Facts:
    """Return the facts of a finding. ``passages`` give the numbers of its source, ``dates`` those of its documents."""
    found = [*_value(finding), *_interval(finding), *_counts(finding), *_said(finding)]
    for passage in passages:
        text = f"{passage.prefix}{passage.exact}{passage.suffix}"
        found += [_fact(it, "passage") for it in numbers(text)]
    found += [Fact(Decimal(0), "", "date", "period", date, period=(date, date)) for date in dates]
    its = [it for it in found if it.role in ("value", "statement", "n", "documents")]
    nouns = frozenset(filter(None, (family(it.unit) for it in its if it.kind in (COUNT, ""))))
    pairs = tuple(_pairs(finding.statement))
    for one, other in pairs:  # "8 of 43" may be given as 19%
        if other:
            found.append(Fact(one / other * 100, "%", PERCENT, "derived", f"{one:,} of {other:,}"))
    return Facts(finding, tuple(found), nouns, pairs)


_OF = re.compile(r"\s(?:of|out of)\s(?:the |all )?")


def _pairs(statement: str) -> Iterator[tuple[Decimal, Decimal]]:
    for one, other in pairwise(numbers(statement)):
        if not one.unit and _OF.fullmatch(statement[one.end : other.start]):
            yield one.value, other.value


def _value(finding: Finding) -> Iterator[Fact]:
    written = f"{finding.display} {finding.unit_display}".strip()
    if isinstance(finding.value, bool) or finding.value is None:
        return
    if isinstance(finding.value, str):
        yield from (_fact(it, "value") for it in numbers(finding.value))
        return
    value = Decimal(str(finding.value))
    if finding.display.endswith("%"):
        yield Fact(value * 100, "%", PERCENT, "value", finding.display, digits=_shown(finding.display))
        return
    yield Fact(value, finding.unit or "", COUNT, "value", written, digits=_shown(finding.display))


def _shown(display: str) -> int:
    """Return how many significant digits a display has."""
    digits = re.sub(r"[^0-9.]", "", display)
    whole = digits.lstrip("0.").replace(".", "")
    return len(whole if "." in digits else whole.rstrip("0")) or 1


def _interval(finding: Finding) -> Iterator[Fact]:
    if finding.interval is None:
        return
    low, high = Decimal(str(finding.interval.low)), Decimal(str(finding.interval.high))
    share = finding.display.endswith("%")
    factor, unit, kind = (100, "%", PERCENT) if share else (1, finding.unit or "", COUNT)
    for bound in (low, high):
        yield Fact(bound * factor, unit, kind, "interval", finding.interval_display)
    halves = {(high - low) / 2}
    if isinstance(finding.value, int | float):
        halves |= {high - Decimal(str(finding.value)), Decimal(str(finding.value)) - low}
    for half in sorted(halves):
        yield Fact(half * factor, unit, kind, "half", finding.interval_display)
    yield Fact(Decimal(str(finding.interval.level)) * 100, "%", PERCENT, "level", f"{finding.interval.level:.0%}")


def _counts(finding: Finding) -> Iterator[Fact]:
    yield Fact(Decimal(finding.n), "", COUNT, "n", f"n = {finding.n:,}")
    documents = f"{finding.n_documents:,} {'document' if finding.n_documents == 1 else 'documents'}"
    yield Fact(Decimal(finding.n_documents), "documents", COUNT, "documents", documents)
    if (
        finding.measure == "share"
        and isinstance(finding.value, float | int)
        and finding.unit in ("passages", "documents")
    ):
        counted = Decimal(str(finding.value)) * finding.n
        if abs(counted - round(counted)) < Decimal("0.01") * max(1, finding.n // 1000):
            yield Fact(
                Decimal(round(counted)), finding.unit, COUNT, "statement", f"{round(counted):,} of {finding.n:,}"
            )


def _said(finding: Finding) -> Iterator[Fact]:
    yield from (_fact(it, _role(it, finding)) for it in numbers(finding.statement))
    if finding.corrected is not None:
        yield from _corrected(finding, finding.corrected.sentence)
    other = f"{finding.unit or ''}. {finding.method} {finding.accuracy_note}"
    yield from (_fact(it, "method") for it in numbers(other) if it.unit and it.period is None)
    for name, value in sorted(finding.parameters.items()):
        if isinstance(value, int | float) and not isinstance(value, bool):
            yield Fact(Decimal(str(value)), "", "", "method", f"{name} {value}")
    for year in re.findall(r"(?<![0-9])(?:1[5-9]|20|21)[0-9]{2}(?![0-9])", finding.key):
        yield Fact(Decimal(year), "", "year", "period", year, period=(f"{year}-01-01", f"{year}-12-31"))


def _corrected(finding: Finding, said: str) -> Iterator[Fact]:
    """Yield the numbers of a correction: behind the colon they are of the finding's unit, though it says none."""
    begin = said.find(":") if finding.corrected is not None and finding.corrected.value is not None else len(said)
    for it in numbers(said):
        fact = _fact(it, "level" if it.incidental == "confidence" else "statement")
        bare = not it.unit and not it.incidental and it.period is None and it.start > begin
        yield fact._replace(unit=finding.unit or "", kind=COUNT) if bare else fact


def _role(number: Number, finding: Finding) -> Role:
    """Return what a number of a finding's sentence is: the level or a bound of its interval, or a number it states."""
    if number.incidental:
        return "level"
    if finding.interval is not None:
        factor = 100 if finding.display.endswith("%") else 1
        bounds = (Decimal(str(it)) * factor for it in (finding.interval.low, finding.interval.high))
        if not number.unit or number.kind == PERCENT:
            return "interval" if any(abs(it - number.value) <= number.step / 2 for it in bounds) else "statement"
    return "statement"


def _fact(number: Number, role: Role) -> Fact:
    period = number.period
    return Fact(
        number.value,
        number.unit,
        number.kind,
        "period" if period and role == "statement" else role,
        number.text,
        number.hedge,
        period=period,
    )


# --- units ---

_FAMILIES = (
    ("words", "word token term"),
    ("documents", "document article text speech file report story piece transcript release address page item"),
    (
        "passages",
        (
            "passage statement quotation quote occurrence occasion mention place claim figure instance attribution "
            "reference time hit appearance"
        ),
    ),
    ("speakers", "speaker source voice person people named"),
    ("sentences", "sentence"),
    ("turns", "turn"),
    ("questions", "question"),
    ("countries", "country countrie state nation"),
)
_FAMILY = {word: name for name, words in _FAMILIES for word in words.split()}


@lru_cache(maxsize=1 << 10)
def family(unit: str) -> str:
    """Return the family of a noun, in which nouns mean the same beside a finding; empty for any other noun.

    >>> family("attributed statements"), family("mentions"), family("marchers")
    ('passages', 'passages', '')
    """
    words = unit.lower().split()
    if not words:
        return ""
    head = words[0] if "per" in words else words[-1]
    return _FAMILY.get(head.removesuffix("s"), _FAMILY.get(head, ""))


@lru_cache(maxsize=1 << 10)
def noun(unit: str) -> str:
    """Return the noun of a unit, or its family, as it is compared.

    >>> noun("attributed statements"), noun("turns"), noun("durations and ages")
    ('passages', 'turns', 'duration')
    """
    words = unit.lower().partition(" and ")[0].split()
    return family(unit) or (words[-1].removesuffix("s") if words else "")


def same_unit(number: Number, fact: Fact) -> bool:
    """Whether a number may be of the unit of a fact; a number without a unit may be of any, but a date of none."""
    if fact.period is not None or number.period is not None:
        return fact.period is not None and number.period is not None
    if number.kind in (PERCENT, RATIO):
        return fact.kind in (PERCENT, RATIO)
    if fact.kind in (PERCENT, RATIO):
        return not number.unit or number.unit == fact.unit
    if MONEY in (number.kind, fact.kind):
        return not number.unit or (not fact.unit and fact.role != "n") or values.same_unit(number.unit, fact.unit)
    if number.unit == "percentage points" and fact.role != "passage":
        return fact.kind == POINTS
    if fact.role == "n" and number.kind in (POINTS, MEASURE, AGE, DURATION, MULTIPLE):
        return False
    if number.kind in (POINTS, MEASURE, AGE, MULTIPLE) or fact.kind in (POINTS, MEASURE, AGE):
        return not number.unit or not fact.unit or values.same_unit(number.unit, fact.unit)
    one, other = family(number.unit), family(fact.unit)
    if DURATION in (number.kind, fact.kind):
        return not number.unit or number.unit == fact.unit or not fact.unit
    if fact.role == "n":
        return one not in ("documents", "words", "countries")
    return not one or not other or one == other


# --- values ---

_HALF = Decimal("0.5000001")
_SIDED, _FAR = Decimal("0.10"), Decimal("0.6")


def fit(number: Number, fact: Fact) -> Fit:
    """Return how well a number fits a fact of the same unit."""
    if number.period is not None and fact.period is not None:
        return Fit.YES if _overlap(number.period, fact.period) else Fit.NO
    return max(_fit(number, value, fact) for value in _candidates(number, fact))


def _overlap(one: tuple[str | None, str | None], other: tuple[str | None, str | None]) -> bool:
    """Whether one period holds the other: "in September" and the 29th; an open end reaches everywhere."""
    (a, b), (c, d) = ((start or "0000", end or "9999") for start, end in (one, other))
    if a.startswith(ANY_YEAR) or c.startswith(ANY_YEAR):
        return a[4:] == c[4:]
    return (a <= c and d <= b) or (c <= a and b <= d)


def _candidates(number: Number, fact: Fact) -> tuple[Decimal, ...]:
    if fact.kind in (PERCENT, RATIO) and not number.unit and number.form == "digits" and abs(number.value) <= 1:
        return (*number.values, number.value * 100)  # 0.42 as 42 %
    return number.values


def _fit(number: Number, written: Decimal, fact: Fact) -> Fit:
    actual = fact.value
    step = number.step * (100 if number.values and written not in number.values else 1)
    if number.form in ("fraction", "ratio") and number.unit == "%":
        return _fraction(number, written, actual)
    difference = abs(written - actual)
    rounds = difference <= step * _HALF
    exact = difference <= abs(actual) * Decimal("1e-9")
    scale = max(abs(actual), Decimal("1e-12"))
    match number.hedge:
        case "over" | "least":
            if exact:  # "more than 340" is not 340
                return Fit.YES if number.hedge == "least" or fact.hedge in ("over", "least") else Fit.NO
            return _sided(actual - written, written, scale)
        case "under" | "most":
            if exact:
                return Fit.YES if number.hedge == "most" or fact.hedge in ("under", "most") else Fit.NO
            return _sided(written - actual, written, scale)
        case "nearly":
            if rounds:
                return Fit.YES if written >= actual else Fit.LOOSE
            return Fit.YES if _sided(written - actual, written, scale) == Fit.YES else Fit.NO
        case "about" if not rounds:
            return _about(number, written, fact, scale)
    if rounds:
        return Fit.YES
    return _zeros_rounded(number, written, actual, scale)


def _sided(excess: Decimal, written: Decimal, scale: Decimal) -> Fit:
    """Return whether a bound is on the right side, and near: by one in its last digit other than 0 (5: by five)."""
    if excess < 0:
        return Fit.NO
    sign = written.normalize().as_tuple()
    step = Decimal(5 if sign.digits[-1] == 5 else 1).scaleb(sign.exponent if isinstance(sign.exponent, int) else 0)
    is_next = len(sign.digits) == 1 and written < 10 and excess < step  # "fewer than two percent" for 1.6%
    near = is_next or (excess <= scale * _SIDED and excess <= step)
    return Fit.YES if near else Fit.LOOSE if excess <= scale * _FAR else Fit.NO


def _about(number: Number, written: Decimal, fact: Fact, scale: Decimal) -> Fit:
    """Return whether a rounder number is the nearest of its kind: by its last digit other than 0, or by fives."""
    actual = fact.value
    difference = abs(written - actual)
    digits = fact.digits or significant(actual)
    sign = written.normalize().as_tuple()
    in_fives = sign.digits[-1] == 5
    size = Decimal(5 if in_fives else 1).scaleb(sign.exponent if isinstance(sign.exponent, int) else 0)
    if significant(written) > digits or (significant(written) == digits and not in_fives) or size <= number.step:
        return Fit.NO
    if difference > size * _HALF:
        return Fit.NO
    return Fit.YES if difference <= scale * _SIDED else Fit.LOOSE


def _fraction(number: Number, written: Decimal, actual: Decimal) -> Fit:
    difference = actual - written
    if number.form == "ratio" and number.hedge in ("", "about") and (whole := _one_in(number, written)):
        return Fit.YES if actual and abs(100 / actual - whole) <= _spare(whole, number.hedge) else Fit.NO
    match number.hedge:
        case "over" | "least" | "under" | "most":
            excess = difference if number.hedge in ("over", "least") else -difference
            if number.closely:
                return Fit.YES if 0 < excess <= 5 else Fit.NO
            return Fit.YES if 0 < excess <= 20 else Fit.LOOSE if 0 < excess <= 50 else Fit.NO
        case "nearly":
            return Fit.YES if -1 <= -difference <= 5 else Fit.NO
        case "about":
            return Fit.YES if abs(difference) <= min(Decimal(5), written * _PART_ABOUT) else Fit.NO
    return Fit.YES if abs(difference) <= min(Decimal(2), written * _PART) else Fit.NO


_ONE = re.compile(r"(?:one|1)\b", re.IGNORECASE)
_FEW = 5


def _one_in(number: Number, written: Decimal) -> Decimal:
    """Return the whole of "one in twelve"; 0 for another share, or a whole so small that its neighbours are far."""
    whole = (100 / written).to_integral_value() if written and _ONE.match(number.text) else Decimal(0)
    return whole if whole > _FEW else Decimal(0)


def _spare(whole: Decimal, hedge: str) -> Decimal:
    """Return how far the whole may be off: it is the nearest one, or the nearest ten."""
    near = max(Decimal("0.75"), whole * Decimal("0.1" if whole % 10 == 0 else "0.05"))
    return near * 2 if hedge == "about" else near


_PART, _PART_ABOUT = Decimal("0.2"), Decimal("0.3")
"""How much of a small fraction may be missing or added: one in twenty is 4% to 6%."""


def _zeros_rounded(number: Number, written: Decimal, actual: Decimal, scale: Decimal) -> Fit:
    """Return whether a number that ends in zeros is the fact rounded to the digits before them: 9,200 for 9,235."""
    if written == 0 or number.form not in ("digits", "words") or written != int(written) or number.step < 1:
        return Fit.NO  # the zero of "12.0" is exact
    shown = significant(written)
    size = Decimal(10) ** (len(str(int(abs(written)))) - shown)
    difference = abs(written - actual)
    if shown < 2 or difference > size * _HALF:
        return Fit.NO
    return Fit.YES if difference <= scale * Decimal("0.01") else Fit.LOOSE


def significant(value: Decimal) -> int:
    """Return the number of significant digits of a value, zeros at its end not counted."""
    digits = "".join(str(it) for it in value.normalize().as_tuple().digits)
    return len(digits.lstrip("0")) or 1
