"""Places that no list has, where the encoder took them for persons: "Ordania" in a text of an invented country.

A name is a place in a document if the document uses it as one: "the Prime Minister of Ordania", "the Ordanian
government", "in northern Ordania", or twice "in Ordania". It stays a person if the document ever gives it a title ("Mr
Ordania") or has a longer name with it, which is then the person's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from research.nlp.actors.lexicon import any_of
from research.nlp.records import Mention

_OF = re.compile(
    r"\b(?:ambassador|borders?|capital|cities|citizens|coast|constitution|east|embassy|farmers|foreign\s+minister|"
    r"independence|islands?|kingdom|king|mayor|north|parliament|peoples?|population|premier|president|prime\s+minister|"
    r"province|queen|republic|shores?|south|territory|towns?|villages?|west)\s+(?:of|to)\s+\Z",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\b(?:northern|southern|eastern|western|upper|lower|across|throughout|embassy\s+in|border\s+with)\s+\Z",
    re.IGNORECASE,
)
"""What only a place has: two signs at once. "The government of Okell" and "Okell's forces" may be a person's."""
_MINISTER = re.compile(
    r"\b(?:[Mm]inister|[Pp]resident|[Pp]remier|[Aa]mbassador)(?:\s+for\s+[A-Z]\w+)?(?:\s+[A-Z][\w-]+){0,3},?\s+(?:of|for)\s+\Z"
)
_ITS_MINISTER = re.compile(
    r"[’']s?\s+(?:ambassador|assembly|Assembly|foreign\s+minister|prime\s+minister|Prime\s+Minister|[a-z]+\s+minister)\b"
)
_ITS = re.compile(
    r"[’']s?\s+(?:[a-z]+\s+)?(?:borders?|capital|cities|coast|currency|exports|farmers|harbou?rs?|imports|mayor|north|parliament|"
    r"population|ports?|rivers?|south|towns|villages|west)\b"
)
_IN = re.compile(r"\b[Ii]n\s+\Z")
_TRUST = re.compile(
    r"\b(?:belie(?:f|ve[sd]?)|confidence|confident|faith|interest(?:ed)?|trust(?:ed)?|invest(?:ed)?|hope|support|disappointed)"
    r"\s+in\s+\Z"
)
_TITLE = re.compile(
    rf"\b(?:Mr|Mrs|Ms|Dr|Miss|Sir|Lord|Lady|Dame|Sen|Rep|Gov|{any_of('offices')})\.?\s+\Z", re.IGNORECASE
)
_BACK = 60
_ENOUGH = 2


def with_places(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions, with the type of those changed that are places by their use in this document."""
    groups: dict[str, list[Mention]] = defaultdict(list)
    for it in mentions:
        if it.type == "PERSON" and it.entity and it.named_by is None:
            groups[it.entity].append(it)
    places = {name for name, its in groups.items() if _is_place(text, name, its, groups)}
    if not places:
        return list(mentions)
    return [replace(it, type="GPE") if it.type == "PERSON" and it.entity in places else it for it in mentions]


def _is_place(text: str, name: str, its: Sequence[Mention], others: dict[str, list[Mention]]) -> bool:
    words = name.split()
    if len(words) > _ENOUGH or any(" ".join(text[it.start : it.end].split()) != name for it in its):
        return False
    if any(name in other.split() for other in others if other != name):
        return False
    signs = 0
    for it in its:
        before = text[max(0, it.start - _BACK) : it.start]
        if _TITLE.search(before):
            return False
        if any(sign.search(before) for sign in (_OF, _PART, _MINISTER)) or _ITS_MINISTER.match(text, it.end):
            signs += _ENOUGH
        elif _ITS.match(text, it.end) or (
            _IN.search(before) and not _TRUST.search(before) and text[it.end : it.end + 1] not in ("'", "’")
        ):
            signs += 1
    if signs < _ENOUGH and len(words) == 1 and _has_adjective(text, name):
        signs += _ENOUGH if name[-1] == "a" else 1
    return signs >= _ENOUGH


def _has_adjective(text: str, name: str) -> bool:
    """Whether a text has an adjective of a name: "Ordania" and "Ordanian exports", "Velland" and "Vellandian"."""
    adjective = f"{name}n " if name[-1] == "a" else f"{name}ian "
    at = text.find(adjective)
    while at >= 0:
        after = text[at + len(adjective) : at + len(adjective) + 1]
        if after.islower() and not text[max(0, at - 1) : at].isalnum():
            return True
        at = text.find(adjective, at + 1)
    return False
