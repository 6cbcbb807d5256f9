"""What can go wrong in a sentence: each function gives the sentence with one fault, or None where it does not apply."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from random import Random

from benchmarks.faults import quoting, writing
from benchmarks.faults.known import Known
from benchmarks.faults.planted import Fault, Plant, fault, place_of
from benchmarks.faults.sentences import Part, Sentence, is_year

# --- numbers ---


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


# --- dates ---


def date(sentence: Sentence, random: Random, _known: Known) -> Fault | None:
    """Another year, month or day."""
    at = place_of(sentence, random, "date")
    if at is None:
        return None
    text = sentence.parts[at].text
    others = [re.sub(r"\b(\d{3})(\d)\b", lambda it: f"{it[1]}{(int(it[2]) + 3) % 10}", text, count=1)]
    months = [name for name in writing.MONTHS if name not in text]
    if not re.search(r"\b(?:29|30|31)\b", text):
        others += [re.sub("|".join(writing.MONTHS), random.choice(months), text)]
    others += [re.sub(r"-(\d\d)$", lambda it: f"-{int(it[1]) % 28 + 1:02}", text)]
    others = [it for it in others if it != text]
    return fault("a date", sentence, at, replace(sentence.parts[at], text=random.choice(others))) if others else None


def period(sentence: Sentence, random: Random, _known: Known) -> Fault | None:
    """Another year where a finding is about a year: "… in 2022"."""
    found = [
        at
        for at, it in enumerate(sentence.parts)
        if re.fullmatch(r"(?:19|20)\d\d", it.text) or re.fullmatch(r" (?:in|for|from) (?:19|20)\d\d", it.text)
    ]
    if not found:
        return None
    part = sentence.parts[found[-1]]
    now = f"{part.text[:-1]}{(int(part.text[-1]) + random.choice([1, 4, 7])) % 10}"
    return fault("the period", sentence, found[-1], replace(part, text=now))


# --- names, keys, words ---


def speaker(sentence: Sentence, random: Random, known: Known) -> Fault | None:
    """Another speaker, actor or group."""
    at = place_of(sentence, random, "who")
    if at is None:
        return None
    cited = " ".join(f"{fact.finding.statement} {fact.speaker}" for fact in sentence.facts)
    actor = not sentence.facts[sentence.parts[at].fact].speaker
    names = [*known.speakers, *(known.actors if actor else ())]
    others = [name for name in names if name not in cited and not set(name.split()) & set(cited.split())]
    if not others:
        return None
    return fault("another name", sentence, at, replace(sentence.parts[at], text=random.choice(others)))


_NOBODY = (
    "Hedda Marlowe", "Viktor Brenna", "Agnes Tollivar", "Prime Minister Cato Renholm", "Dr Ines Valdane", "Tamaris",
    "the Republic of Ostrava Minor", "Jorund Halvik", "Lady Penrose Ashby", "Corvinia",
)  # fmt: skip
"""Names that no run knows."""


def unknown_name(sentence: Sentence, random: Random, _known: Known) -> Fault | None:
    """A name that the run does not know."""
    at = place_of(sentence, random, "who")
    if at is None:
        return None
    place = not sentence.facts[sentence.parts[at].fact].speaker
    names = _NOBODY if place else [it for it in _NOBODY if it not in ("Tamaris", "Corvinia") and "Republic" not in it]
    return fault(
        "a name that the run does not know", sentence, at, replace(sentence.parts[at], text=random.choice(names))
    )


def foreign_words(sentence: Sentence, random: Random, _known: Known) -> Fault | None:
    """The words of somebody else, put into a speaker's mouth: they stand in the base of the speaker's share."""
    at, who = place_of(sentence, random, "quote"), place_of(sentence, random, "who")
    if at is None or who is None or abs(at - who) > 4:
        return None
    if any(". " in part.text for part in sentence.parts[min(at, who) : max(at, who)] if part.role == "text"):
        return None  # they stand in two sentences
    fact = sentence.facts[sentence.parts[at].fact]
    mine = {passage.text for passage in fact.passages if passage.counted}
    others = [it.text for it in fact.passages if it.text not in mine and len(it.text.split()) > 8]
    if fact.family != "statements.words" or not others:
        return None
    return fault("somebody else's words", sentence, at, replace(sentence.parts[at], text=random.choice(others)))


def unknown_key(sentence: Sentence, random: Random, known: Known) -> Fault | None:
    """A slip in a key."""
    at = place_of(sentence, random, "cite")
    if at is None:
        return None
    key = sentence.parts[at].text.split("\n")[0]
    place = random.choice([at for at in range(len(f"otr.{known.name}.") + 1, len(key) - 1) if key[at].isalpha()])
    made = random.choice(
        [key[:place] + key[place + 1 :], key[:place] + key[place] + key[place:], f"{key[:place]}q{key[place + 1 :]}"]
    )
    if made in {fact.key for fact in known.facts}:
        return None
    part = replace(sentence.parts[at], text=sentence.parts[at].text.replace(key, made, 1))
    return replace(fault("an unknown key", sentence, at, part), now=made)


def swapped_key(sentence: Sentence, random: Random, known: Known) -> Fault | None:
    """The key of a finding that has none of these numbers and not this quotation."""
    if len(sentence.facts) > 1 or sentence.way == "several":
        return None
    at = place_of(sentence, random, "cite")
    if at is None:
        return None
    said = [it for it in sentence.parts if it.role in ("value", "rounded") and it.number > 1]
    quoted = [it.text for it in sentence.parts if it.role == "quote"]
    if not said and not quoted:
        return None
    mine = sentence.facts[0]
    unit = mine.finding.unit
    others = [
        it
        for it in known.facts
        if it.key != mine.key
        and it.computable
        and not any(it.allows(float(part.number), float(part.step)) for part in said)
        and (quoted or it.finding.unit == unit)
        and not (quoted and it.finding.notebook in ("statements", "claims"))
    ]
    if not others:
        return None
    return fault("another finding's key", sentence, at, replace(sentence.parts[at], text=random.choice(others).key))


def exchanged_keys(sentence: Sentence, _random: Random, _known: Known) -> Fault | None:
    """Two citations that have changed places, where neither finding has the other's number."""
    places = [at for at, it in enumerate(sentence.parts) if it.role == "cite"]
    if sentence.way != "pair" or len(places) != 2:
        return None
    said = [[it for it in sentence.parts if it.fact == n and it.role in ("value", "rounded")] for n in (0, 1)]
    for n in (0, 1):
        if not said[n] or any(sentence.facts[1 - n].allows(float(it.number), float(it.step)) for it in said[n]):
            return None
    one, other = places
    keys = sentence.parts[one].text, sentence.parts[other].text
    if keys[0] == keys[1]:
        return None
    made = sentence.put(one, replace(sentence.parts[one], text=keys[1]))
    return replace(fault("exchanged keys", made, other, replace(sentence.parts[other], text=keys[0])), was=keys[0])


def not_computable(sentence: Sentence, random: Random, known: Known) -> Fault | None:
    """A result where there is none."""
    found = [fact for fact in known.facts if not fact.computable]
    if not found or sentence.way == "row" or len(sentence.facts) > 1:
        return None
    fact = random.choice(found)
    subject = fact.finding.statement.partition(" is not computable")[0]
    result = random.choice(["3 March 1998", "1996"]) if "date" in subject else random.choice(["14%", "12.6"])
    end = () if sentence.way == "caption" else (Part("."),)
    made = Sentence(
        (Part(f"{subject} is {result}"), Part(" "), Part(fact.key, "cite"), *end), (fact,), "not computable"
    )
    return Fault("not computable", made, "error", "", result)


_STATED = {
    "more than any other": "fewer than any other", "the most frequent": "the least frequent",
    "most often": "least often", "comes first": "comes last",
}  # fmt: skip
"""Words of direction in the findings' own sentences, and their contraries."""


def direction(sentence: Sentence, random: Random, _known: Known) -> Fault | None:
    """The contrary of what the numbers say."""
    at = place_of(sentence, random, "direction")
    if at is None or sentence.hand is None:
        return None
    contrary = {said: other for _, said, other in sentence.hand.compared.values()} | dict(sentence.hand.contrary)
    # these stand in the findings' own words, whoever writes
    contrary = dict(_STATED) | contrary
    return fault("direction", sentence, at, replace(sentence.parts[at], text=contrary[sentence.parts[at].text]))


def certainty(sentence: Sentence, random: Random, _known: Known) -> Fault | None:
    """Certainty that no finding has."""
    if sentence.way in ("row", "several", "caption") or any(it.role == "quote" for it in sentence.parts):
        return None
    if any(re.search(r"\b(all|never|always)\b|100%", fact.finding.statement, re.IGNORECASE) for fact in sentence.facts):
        return None
    if sentence.hand is None or ". " in sentence.parts[0].text:  # a lead that is a sentence of its own cites nothing
        return None
    lead = random.choice(sentence.hand.sure)
    first = sentence.parts[0]
    now = replace(first, text=lead + first.text)
    return fault("certainty", sentence, 0, now, "warning")


def uncited(sentence: Sentence, _random: Random, _known: Known) -> Fault | None:
    """A number or a quotation without its citation, which only ``--strict`` tells."""
    said = any(it.role == "quote" or (it.role == "value" and it.number > 12) for it in sentence.parts)
    if not said or sentence.way in ("row", "several") or len(sentence.facts) > 1:
        return None
    at = next(at for at, it in enumerate(sentence.parts) if it.role == "cite")
    kept = [*sentence.parts[:at], *sentence.parts[at + 1 :]]
    if at and kept[at - 1].text.endswith(" "):
        kept[at - 1] = replace(kept[at - 1], text=kept[at - 1].text[:-1])
    return Fault(UNCITED, replace(sentence, parts=tuple(kept)), "warning", sentence.parts[at].text, "")


UNCITED = "no citation (with --strict)"


KINDS: Mapping[str, Plant] = {
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
    "date": date,
    "period": period,
    **quoting.KINDS,
    "speaker": speaker,
    "unknown name": unknown_name,
    "foreign words": foreign_words,
    "unknown key": unknown_key,
    "swapped key": swapped_key,
    "exchanged keys": exchanged_keys,
    "not computable": not_computable,
    "uncited": uncited,
    "direction": direction,
    "certainty": certainty,
}
"""Everything that can be planted, by a short name."""
