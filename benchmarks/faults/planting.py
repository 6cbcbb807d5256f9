"""What can go wrong in a sentence: each function gives the sentence with one fault, or None where it does not apply."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from random import Random

from benchmarks.faults import counting, quoting, writing
from benchmarks.faults.known import Known
from benchmarks.faults.planted import Fault, Plant, fault, place_of
from benchmarks.faults.sentences import Part, Sentence

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
    if at is None or who is None or abs(at - who) > 4 or sentence.parts[at].fact != sentence.parts[who].fact:
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
    # a lead that is a sentence of its own cites nothing
    if sentence.hand is None or re.search(r"[.?!] |[?!]$", sentence.parts[0].text):
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
    **counting.KINDS,
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
