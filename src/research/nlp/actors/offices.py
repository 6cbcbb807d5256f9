"""Persons by their office: whose president somebody is, as the text says next to the name."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from research.nlp.names.descriptions import roles
from research.nlp.records import Mention

_NEAR = 70
_PLAIN = re.compile(r"[^.;:!?\n“”\"()]*\Z")
_LINK = re.compile(r"(?:,?\s+(?:the|an?|and|of|for|led|headed|by|former|then|new|its)\b|[,\s]|[’']s\b)+")


def countries_of_persons(text: str, persons: Sequence[Mention], states: Sequence[Mention]) -> Mapping[str, str]:
    """Return the country of each person, by entity, whose office of a state stands next to a mention of the name.

    *President of Kazakhstan Kassym-Jomart Tokayev*, *French Foreign Minister Ada Okell*, *Ada Okell, the president of
    Kenya*. Two countries for one person give none.
    """
    starts = [it.start for it in states]
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
    if state.end <= person.start:
        between = text[state.end : person.start]
        if _is_office(between):
            return True
        before = text[max(0, state.start - _NEAR) : state.start]
        return not between.strip() and bool(re.search(r"\bof (?:the )?\Z", before)) and _ends_with_office(before)
    between = text[person.end : state.start]
    return (
        between.lstrip().startswith(",") and _is_office(between) and bool(re.search(r"\bof (?:the )?\Z|,? \Z", between))
    )


def _is_office(between: str) -> bool:
    """Whether words name an office of a state, and nothing else but links: "led by Chairman of the Government"."""
    if not between.strip() or _PLAIN.match(between) is None:
        return False
    words = re.findall(r"[^\W\d_][\w’'-]*", between)
    named = [word.lower() for word in words]
    if not any(word in _HEADS for word in named):
        return False
    return all(word in _HEADS or word in _WITH for word in named) and len(words) <= _MOST


def _ends_with_office(before: str) -> bool:
    words = [word.lower() for word in re.findall(r"[^\W\d_][\w’'-]*", before)[-6:]]
    return any(word in _HEADS for word in words)


_MOST = 9
_WITH = frozenset(
    [
        "of",
        "the",
        "a",
        "an",
        "for",
        "and",
        "by",
        "led",
        "headed",
        "former",
        "then",
        "new",
        "its",
        "foreign",
        "prime",
        "first",
        "deputy",
        "vice",
        "acting",
        "interim",
        "affairs",
        "government",
        "state",
        "defence",
        "defense",
        "finance",
        "interior",
        "trade",
        "justice",
        "health",
        "education",
        "energy",
        "security",
        "national",
        "economy",
        "republic",
        "cabinet",
        "council",
        "ministers",
        "general",
        "supreme",
        "leader",
        "late",
        "outgoing",
        "incoming",
        "incumbent",
        "external",
        "relations",
        "international",
        "cooperation",
        "home",
        "s",
        "to",
        "united",
        "nations",
        "permanent",
        "representative",
        "honourable",
        "hon",
        "excellency",
        "his",
        "her",
    ]
)
_HEADS = frozenset(
    [
        "president",
        "minister",
        "chancellor",
        "king",
        "queen",
        "emir",
        "sultan",
        "premier",
        "chairman",
        "chairwoman",
        "ambassador",
        "secretary",
        "leader",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "representative",
        "envoy",
        "dictator",
        "prince",
        "princess",
        "emperor",
        "pm",
        "senator",
        "governor-general",
        "speaker",
        "head",
        "delegate",
        "commander",
        "chief",
    ]
) & (roles().persons | {"emir", "sultan", "pm", "governor-general", "head", "chief", "premier", "envoy", "leader"})
