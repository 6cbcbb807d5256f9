"""Persons and bodies by their state: whose president somebody is, and of which state "the Government" is."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace

from research.nlp.actors.lexicon import ABBREVIATION, BODY, DEMONYM, FORMER, NAME, OFFICE, words
from research.nlp.records import Mention

_NEAR = 70
"""Characters between a name and its state."""
_MOST = 9
"""Words of an office."""
_PHRASE = re.compile(r"(?:[’']s)?[^,.;:!?\n“”\"()]*")
_PLAIN = re.compile(r"[^.;:!?\n“”\"()]*\Z")
_WORD = re.compile(r"[^\W\d_][\w-]*")
_OF_BEFORE = re.compile(r"\bof (?:the )?\Z")
_AFTER_COMMA = re.compile(r"\bof (?:the )?\Z|, \Z")


def with_offices(text: str, found: Sequence[Mention]) -> list[Mention]:
    """Return mentions with the country of persons in an office, and of bodies such as "the Government" of a state.

    *President of Kazakhstan Kassym-Jomart Tokayev*, *French Foreign Minister Ada Okell*, *Ada Okell, the president of
    Kenya*. Offices of two countries give none.
    """
    states = [it for it in found if it.country and it.named_by in (NAME, DEMONYM, ABBREVIATION, FORMER)]
    starts = [it.start for it in states]
    of = _countries(text, [it for it in found if it.type == "PERSON"], states, starts)
    return [_placed(text, it, of, states, starts) for it in found]


def _placed(text: str, it: Mention, of: Mapping[str, str], states: Sequence[Mention], starts: Sequence[int]) -> Mention:
    if it.type == "PERSON" and it.entity is not None and it.entity in of:
        return replace(it, country=of[it.entity], named_by=OFFICE)
    if it.type == "ORG" and it.country is None and it.bloc is None:
        return _with_its_state(text, it, states, starts)
    return it


def _countries(
    text: str, persons: Sequence[Mention], states: Sequence[Mention], starts: Sequence[int]
) -> Mapping[str, str]:
    """Return the country of each person, by entity, whose office stands next to a mention of the name."""
    found: dict[str, set[str]] = {}
    for person in persons:
        if person.entity is None:
            continue
        low, high = bisect_left(starts, person.start - _NEAR), bisect_left(starts, person.end + _NEAR)
        for state in states[low:high]:
            if state.country and _tells(text, person, state):
                found.setdefault(person.entity, set()).add(state.country)
    return {entity: min(its) for entity, its in found.items() if len(its) == 1}


def _tells(text: str, person: Mention, state: Mention) -> bool:
    """Whether nothing but an office is between a state and a person, or right before both."""
    if state.start >= person.end:
        between = text[person.end : state.start]
        if _OF_AFTER.fullmatch(between):  # "President Ada Okell of Kenya"
            return _ends_in_office(text[max(0, person.start - _NEAR) : person.start])
        if _OPENS.fullmatch(between):  # "Ada Okell, the French foreign minister,"
            phrase = _PHRASE.match(text, state.end, state.end + _NEAR)
            return phrase is not None and _is_office(phrase[0])
        return between.startswith(",") and _is_office(between) and _AFTER_COMMA.search(between) is not None
    between = text[state.end : person.start]
    if _is_office(between) and not between.startswith(" and "):  # not "Brazil and President Chirac"
        return True
    before = text[max(0, state.start - _NEAR) : state.start]
    of = _OF_BEFORE.search(before)
    if of is None or between.strip(" ,"):
        return False
    if "," in between:  # "the president of France, Ada Okell", not "President Chirac of France, Pope John Paul"
        return _ends_in_office(before[: of.start()])
    return _names_office(before)


def _is_office(between: str) -> bool:
    """Whether words name an office of a state and nothing else: "led by Chairman of the Government"."""
    named = [word.lower() for word in _WORD.findall(between)]
    if not named or len(named) > _MOST or _PLAIN.match(between) is None:
        return False
    offices = words("offices")
    return any(word in offices for word in named) and all(
        word in offices or word in words("with offices") for word in named
    )


_OF_AFTER = re.compile(r"\s+of\s+(?:the\s+)?")
_OPENS = re.compile(r",\s+(?:the\s+|a\s+|an\s+)?")


def _ends_in_office(before: str) -> bool:
    named = _WORD.findall(before)
    return bool(named) and named[-1].lower() in words("offices") and before.rstrip().endswith(named[-1])


def _names_office(before: str) -> bool:
    return any(word.lower() in words("offices") for word in _WORD.findall(before)[-6:])


_LEFT = 80
_OF = re.compile(r"\s+of\s+(?:the\s+)?")
_LED = re.compile(r"[’']s\s+|\s+|\s+(?:led|headed)\s+by\s+(?:the\s+)?[\w\s]{0,30}(?:of\s+(?:the\s+)?)?")


def _with_its_state(text: str, body: Mention, states: Sequence[Mention], starts: Sequence[int]) -> Mention:
    """Return a body with its state: "the Government of Kenya", "Kenya's Government", "Kenya, led by the Government"."""
    said = " ".join(text[body.start : body.end].split())
    if said.lower().replace(" ", "_") not in words("generic bodies"):
        return body
    after = bisect_left(starts, body.end)
    following = states[after] if after < len(states) else None
    before = states[after - 1] if after else None
    if following is not None and _OF.fullmatch(text, body.end, following.start):
        state = following
    elif before is not None and before.start >= body.start - _LEFT and _LED.fullmatch(text, before.end, body.start):
        state = before
    else:
        return body
    return replace(body, country=state.country, named_by=BODY, entity=f"{said} of {state.entity}")
