"""What can go wrong in a quotation."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

from benchmarks.faults.known import Known
from benchmarks.faults.planted import Fault, Plant, fault, place_of
from benchmarks.faults.sentences import Sentence

_SWAPS = {
    "the": "our", "is": "was", "are": "were", "will": "may", "must": "should", "has": "had", "have": "had",
    "was": "is", "we": "they", "our": "their", "and": "or", "can": "should", "all": "some", "more": "less",
    "people": "citizens", "country": "nation", "world": "region", "first": "last", "new": "old", "years": "months",
    "would": "could", "should": "must", "many": "few", "government": "parliament", "peace": "order", "water": "river",
}  # fmt: skip
_ADDED = ("very", "truly", "always", "only", "now", "almost", "clearly")
_NOT = re.compile(r" (?:not|never)\b|(?<=[a-z])n['’]t\b")


def changed_by(kind: str, change: Callable[[list[str], Random], list[str] | None]) -> Plant:
    """Make a fault of a kind from a change of the words of a quotation, which gives None where it does not apply."""

    def plant(sentence: Sentence, random: Random, _known: Known) -> Fault | None:
        at = place_of(sentence, random, "quote")
        if at is None:
            return None
        part = sentence.parts[at]
        words = change(part.text.split(), random)
        if words is None:
            return None
        now = " ".join(words)
        plain = re.sub(r" ?\[[^]]*\]", "", now)
        fact = sentence.facts[part.fact]
        if now == part.text or any(plain in passage.text for passage in fact.passages):
            return None
        return fault(kind, sentence, at, replace(part, text=now))

    return plant


def _free(words: Sequence[str]) -> list[int]:
    """Where a word can be changed: not within brackets, and not at either end."""
    found, inside = [], False
    for at, word in enumerate(words):
        inside = inside or word.startswith("[")
        if not inside and 0 < at < len(words) - 1:
            found.append(at)
        inside = inside and not word.endswith("]")
    return found


def _change_word(words: list[str], random: Random) -> list[str] | None:
    found = [at for at in _free(words) if words[at] in _SWAPS]
    if not found:
        return None
    at = random.choice(found)
    return [*words[:at], _SWAPS[words[at]], *words[at + 1 :]]


def _drop_word(words: list[str], random: Random) -> list[str] | None:
    found = [at for at in _free(words) if words[at].isalpha() and not _NOT.search(f" {words[at]}")]
    # words in brackets may stand for those of the source beside them
    found = [at for at in found if words[at - 1][-1] != "]" and words[at + 1][0] != "["]
    if len(words) < 6 or not found:
        return None
    at = random.choice(found)
    return [*words[:at], *words[at + 1 :]]


def _add_word(words: list[str], random: Random) -> list[str] | None:
    found = _free(words)
    if not found:
        return None
    at = random.choice(found)
    return [*words[:at], random.choice(_ADDED), *words[at:]]


def _swap_words(words: list[str], random: Random) -> list[str] | None:
    free = _free(words)
    found = [at for at in free if at + 1 in free and words[at].isalpha() and words[at + 1].isalpha()]
    if not found:
        return None
    at = random.choice(found)
    return [*words[:at], words[at + 1], words[at], *words[at + 2 :]]


def _change_number(words: list[str], random: Random) -> list[str] | None:
    found = [at for at in range(len(words)) if re.fullmatch(r"[$€£]?\d[\d,.]*%?", words[at])]
    if not found:
        return None
    at = random.choice(found)
    digit = random.choice([place for place, sign in enumerate(words[at]) if sign.isdigit()])
    other = random.choice([sign for sign in "123456789" if sign != words[at][digit]])
    return [*words[:at], words[at][:digit] + other + words[at][digit + 1 :], *words[at + 1 :]]


def _drop_not(words: list[str], random: Random) -> list[str] | None:
    text = " ".join(words)
    found = list(_NOT.finditer(text))
    if not found:
        return None
    it = random.choice(found)
    return (text[: it.start()] + text[it.end() :]).split()


def _add_not(words: list[str], random: Random) -> list[str] | None:
    found = [
        at for at in _free(words) if words[at] in ("is", "are", "will", "was", "has", "must", "can", "should", "would")
    ]
    if not found or "not" in words:
        return None
    at = random.choice(found)
    return [*words[: at + 1], "not", *words[at + 1 :]]


def unmarked_omission(sentence: Sentence, random: Random, _known: Known) -> Fault | None:
    """Words left out without "[…]"."""
    at = place_of(sentence, random, "quote")
    if at is None or "[" in sentence.parts[at].text or len(sentence.parts[at].text.split()) < 10:
        return None
    words = sentence.parts[at].text.split()
    first = random.randint(3, len(words) - 6)
    now = " ".join([*words[:first], *words[first + 3 :]])
    return fault("an omission without a mark", sentence, at, replace(sentence.parts[at], text=now))


def _add_edge(words: list[str], random: Random) -> list[str] | None:
    """A word more before the first or behind the last."""
    if random.random() < 0.5:
        return [random.choice(("Certainly", "Now", "Surely", "And")), words[0][:1].lower() + words[0][1:], *words[1:]]
    return [*words, random.choice(("today", "again", "together", "forever"))]


def _change_edge(words: list[str], random: Random) -> list[str] | None:
    """The first or the last word changed."""
    ends = [at for at in (0, len(words) - 1) if words[at].lower() in _SWAPS]
    if not ends:
        return None
    at = random.choice(ends)
    other = _SWAPS[words[at].lower()]
    return [*words[:at], other.capitalize() if words[at][0].isupper() else other, *words[at + 1 :]]


def _slip(words: list[str], random: Random) -> list[str] | None:
    """A letter dropped, doubled or exchanged with the next within a long word."""
    found = [at for at in range(len(words)) if words[at].isalpha() and len(words[at]) >= 6]
    if not found:
        return None
    at = random.choice(found)
    word, place = words[at], random.randint(2, len(words[at]) - 3)
    made = random.choice(
        [
            word[:place] + word[place + 1 :],
            word[:place] + word[place] + word[place:],
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
        ]
    )
    return None if made == word else [*words[:at], made, *words[at + 1 :]]


KINDS: dict[str, Plant] = {
    "added at an end": changed_by("a word added at an end of a quotation", _add_edge),
    "changed at an end": changed_by("the first or last word of a quotation changed", _change_edge),
    "slip": changed_by("a slip of the pen in a quotation", _slip),
    "changed word": changed_by("a word changed in a quotation", _change_word),
    "dropped word": changed_by("a word dropped from a quotation", _drop_word),
    "added word": changed_by("a word added to a quotation", _add_word),
    "swapped words": changed_by("two words swapped in a quotation", _swap_words),
    "changed number": changed_by("a number changed in a quotation", _change_number),
    "dropped not": changed_by("“not” dropped from a quotation", _drop_not),
    "added not": changed_by("“not” added to a quotation", _add_not),
    "omission": unmarked_omission,
}
"""Everything that can go wrong in a quotation."""
