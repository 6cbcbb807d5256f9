"""What can go wrong in a number and in what is counted."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from random import Random

from benchmarks.faults import writing
from benchmarks.faults.known import Known
from benchmarks.faults.planted import Fault, Plant, fault, place_of
from benchmarks.faults.sentences import Part, Sentence, is_year


def _wrong(sentence: Sentence, part: Part, number: Decimal) -> bool:
    """Whether a number is none that the sentence may hold, however it is rounded."""
    return number > 0 and number != part.number and not sentence.allows(float(number), float(part.step) * 0.51)


def _is_numeral(part: Part) -> bool:
    return "words" not in part.form


def digit(sentence: Sentence, random: Random, _known: Known) -> Fault | None:
    """Another digit in the value."""
    return _digit(sentence, random, "a digit of the value", "value", "rounded")


def _digit(sentence: Sentence, random: Random, kind: str, *roles: str) -> Fault | None:
    at = place_of(sentence, random, *roles)
    if at is None or not _is_numeral(sentence.parts[at]):
        return None
    made = _other_digit(sentence, sentence.parts[at], random)
    return None if made is None else fault(kind, sentence, at, made)


def _other_digit(sentence: Sentence, part: Part, random: Random) -> Part | None:
    digits = str(part.number)
    places = [place for place, sign in enumerate(digits) if sign.isdigit()]
    for _ in range(12):
        place = random.choice(places)
        made = Decimal(digits[:place] + random.choice("123456789") + digits[place + 1 :])
        if _wrong(sentence, part, made):
            return part.other(made)
    return None


def bound(sentence: Sentence, random: Random, _known: Known) -> Fault | None:
    """Another digit in a bound of the interval."""
    return _digit(sentence, random, "a bound of the interval", "bound")


def own(sentence: Sentence, random: Random, _known: Known) -> Fault | None:
    """Another digit in another number of the finding: n, documents, counted of base.

    Where it is no count of what the finding counts, a warning will do as well.
    """
    found = [at for at, part in enumerate(sentence.parts) if part.role == "own" and not is_year(part)]
    if not found:
        return None
    at = random.choice(found)
    part = sentence.parts[at]
    if "reading_ease" in sentence.facts[part.fact].finding.key or part.number == 1000:
        return None
    before, after = (sentence.parts[place].text if place < len(sentence.parts) else "" for place in (at - 1, at + 1))
    unit = at + 2 < len(sentence.parts) and sentence.parts[at + 2].role == "unit"
    sure = unit or after.startswith(" of ") or before.endswith((" of ", "("))
    made = _other_digit(sentence, part, random)
    return None if made is None else fault("n, or counted of base", sentence, at, made, "error" if sure else "any")


def magnitude(sentence: Sentence, random: Random, _known: Known) -> Fault | None:
    """The value ten or a thousand times too large, or ten times too small."""
    at = place_of(sentence, random, "value", "rounded")
    if at is None:
        return None
    part = sentence.parts[at]
    percent = part.form in writing.PERCENT or part.form == "decimal"
    factors = [Decimal(10)] if percent else [Decimal(10), Decimal(1000), Decimal("0.1")]
    number = part.number * random.choice(factors)
    whole = number == int(number)
    number = Decimal(int(number)) if whole else number
    if not _wrong(sentence, part, number) or (percent and number > 100):
        return None
    if not _is_numeral(part) and (not whole or number > 999_999):
        return None
    if number >= 10_000 and part.form == "plain":
        part = replace(part, form="digits")
    return fault("magnitude", sentence, at, part.other(number))


def rounding(sentence: Sentence, random: Random, _known: Known) -> Fault | None:
    """The last digit one off."""
    at = place_of(sentence, random, "value", "rounded")
    if at is None:
        return None
    part, fact = sentence.parts[at], sentence.facts[sentence.parts[at].fact]
    value = fact.finding.value
    if not value or not isinstance(value, int | float) or not _is_numeral(part):
        return None
    value = value * 100 if part.form in writing.PERCENT or part.form == "decimal" else value
    hedge = sentence.parts[at - 1].text if at else ""
    step = part.step if part.role == "rounded" or part.step < 1 else Decimal(1)
    if part.role == "rounded" and re.search(r"(nearly|almost|more than|over) $", hedge):
        number = part.number - step if "nearly" in hedge or "almost" in hedge else part.number + step
    else:
        number = part.number + random.choice([step, -step])
    if number % 10 == 0 and abs(number - Decimal(str(value))) <= Decimal("0.01") * number:
        return None  # 250 for 251 is rounded as well
    # at half a step both ways of rounding are right
    if number <= 0 or abs(float(number) - value) <= float(step) * 0.5001 or _is_another(sentence, number, part):
        return None
    return fault("rounding", sentence, at, part.other(number))


def _is_another(sentence: Sentence, number: Decimal, part: Part) -> bool:
    """Whether it is, to the digit, another number of what is cited."""
    own = {one for fact in sentence.facts for one in fact.numbers if one != fact.finding.value}
    return any(abs(float(number) - one) <= float(part.step) * 0.51 for one in own)


def number_in_words(sentence: Sentence, random: Random, _known: Known) -> Fault | None:
    """Another number in words."""
    found = [at for at, part in enumerate(sentence.parts) if part.form in ("words", "percent in words")]
    if not found:
        return None
    at = random.choice(found)
    part = sentence.parts[at]
    for _ in range(12):
        number = part.number + random.choice([-30, -20, -10, -4, -3, -2, -1, 1, 2, 3, 4, 10, 20, 30])
        if 1 < number < 100 and _wrong(sentence, part, number):
            return fault("a number in words", sentence, at, part.other(number))
    return None


def fraction(sentence: Sentence, random: Random, _known: Known) -> Fault | None:
    """Another fraction in words."""
    at = place_of(sentence, random, "fraction")
    if at is None:
        return None
    value = sentence.facts[sentence.parts[at].fact].finding.value
    others = [
        words
        for words in writing.other_fractions(float(value or 0))
        if not sentence.allows(writing.FRACTIONS[words], 0.03)
        and not sentence.allows(100 * writing.FRACTIONS[words], 3)
    ]
    if not others:
        return None
    return fault("a fraction in words", sentence, at, replace(sentence.parts[at], text=random.choice(others)))


def ratio(sentence: Sentence, random: Random, _known: Known) -> Fault | None:
    """One in twelve for one in seven."""
    at = place_of(sentence, random, "ratio")
    if at is None:
        return None
    part = sentence.parts[at]
    share = float(sentence.facts[part.fact].finding.value or 0)
    for _ in range(12):
        number = random.randint(3, 20)
        one = 1 / number
        if abs(one - share) > max(0.3 * share, 0.03) and not sentence.allows(one) and not sentence.allows(100 * one):
            return fault("one in so many", sentence, at, part.other(Decimal(number)))
    return None


def half(sentence: Sentence, random: Random, _known: Known) -> Fault | None:
    """Another number behind ±."""
    return _digit(sentence, random, "a number behind ±", "half")


def estimate(sentence: Sentence, random: Random, _known: Known) -> Fault | None:
    """Another digit in a value that judged sentences corrected, or in the model's own beside it."""
    return _digit(sentence, random, "a corrected value", "estimate")


def level(sentence: Sentence, _random: Random, _known: Known) -> Fault | None:
    """Another level of the interval."""
    at = place_of(sentence, _random, "level")
    if at is None:
        return None
    return fault(
        "the level of an interval", sentence, at, replace(sentence.parts[at], text=_random.choice(["90%", "99%"]))
    )


def per(sentence: Sentence, random: Random, _known: Known) -> Fault | None:
    """So many per 100 words, or per 10,000."""
    at = place_of(sentence, random, "per")
    if at is None:
        return None
    return fault("per so many words", sentence, at, replace(sentence.parts[at], text=random.choice(["100", "10,000"])))


def scale(sentence: Sentence, random: Random, _known: Known) -> Fault | None:
    """Million for billion, or the other way round."""
    at = place_of(sentence, random, "money")
    if at is None:
        return None
    swaps = [("billion", "million"), ("million", "billion"), ("bn ", "m "), ("bn", "m"), ("000,000,000", "000,000")]
    for one, other in swaps:
        if one in sentence.parts[at].text:
            now = sentence.parts[at].text.replace(one, other)
            return fault("million or billion", sentence, at, replace(sentence.parts[at], text=now))
    return None


def money(sentence: Sentence, random: Random, _known: Known) -> Fault | None:
    """Another sum, or another currency."""
    at = place_of(sentence, random, "money")
    if at is None:
        return None
    text = sentence.parts[at].text
    if random.random() < 0.5 and "dollar" in text:
        now = re.sub(r"(?:U\.S\.|US) dollars", random.choice(["euros", "pounds"]), text)
        return fault("the unit", sentence, at, replace(sentence.parts[at], text=now))
    if not (found := re.search(r"[1-9]", text)):
        return None
    other = random.choice([sign for sign in "123456789" if sign != found.group()])
    now = text[: found.start()] + other + text[found.end() :]
    return fault("a digit of the value", sentence, at, replace(sentence.parts[at], text=now))


_OTHER_UNITS = {
    "documents": ("speakers", "sentences"), "words": ("documents", "sentences"), "speakers": ("documents", "countries"),
    "figures": ("documents", "speakers"), "turns": ("documents", "speakers"), "questions": ("documents", "turns"),
    "claims": ("documents", "speakers"), "countries": ("speakers", "documents"), "sentences": ("speakers", "turns"),
    "statements": ("speakers", "countries"),
}  # fmt: skip


def unit(sentence: Sentence, random: Random, _known: Known) -> Fault | None:
    """The right number of something else."""
    at = place_of(sentence, random, "unit")
    if (
        at is None
        or not at
        or sentence.parts[at - 1].text != " "
        or sentence.parts[at - 2].role not in ("value", "rounded")
    ):
        return None
    fact = sentence.facts[sentence.parts[at].fact]
    if not fact.finding.value:
        return None
    said = f"{fact.finding.statement} {fact.finding.unit} {fact.finding.method}"
    others = [it for it in _OTHER_UNITS.get(sentence.parts[at].text, ()) if it.rstrip("s") not in said]
    if not others:
        return None
    return fault("the unit", sentence, at, replace(sentence.parts[at], text=random.choice(others)))


def points(sentence: Sentence, _random: Random, _known: Known) -> Fault | None:
    """Percentage points for percent."""
    found = [at for at, it in enumerate(sentence.parts) if it.role == "value" and it.form in writing.PERCENT]
    if not found:
        return None
    part = sentence.parts[found[0]]
    if not part.number:
        return None
    number = writing.in_words(int(part.number)) if "words" in part.form else str(part.number)
    return fault("percentage points", sentence, found[0], replace(part, text=f"{number} percentage points", form=""))


KINDS: dict[str, Plant] = {
    "digit": digit,
    "bound": bound,
    "own": own,
    "magnitude": magnitude,
    "rounding": rounding,
    "number in words": number_in_words,
    "fraction": fraction,
    "ratio": ratio,
    "half": half,
    "estimate": estimate,
    "level": level,
    "per": per,
    "scale": scale,
    "money": money,
    "unit": unit,
    "points": points,
}
"""Everything that can go wrong in a number."""
