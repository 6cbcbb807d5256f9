"""Places that no list has, where the encoder took them for persons: "Ordania" in a text of an invented country.

A name is a place in a document if the document uses it as one: "the Prime Minister of Ordania", "the Ordanian
government", "in northern Ordania", "on my way to Ordania", or twice "in Ordania". So it is if the encoder saw it as a
place as often as not, or if its name says so ("Port Okell"). It stays a person if the document ever gives it a title
("Mr Ordania") or has a longer name with it, which is then the person's. What a document calls Ordanian as well is of
the people of Ordania, not a person called so.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from research.nlp.actors.lexicon import any_of
from research.nlp.records import Mention

_OF = re.compile(
    r"\b(?:ambassador|borders?|capital|cent(?:re|er)|chancellor|cities|citizens|city|coast|constitution|east|embassy|farmers|"
    r"foreign\s+minister|independence|islands?|kingdom|king|market\s+halls|mayor|north|outskirts|parliament|peoples?|"
    r"population|port|premier|president|prime\s+minister|province|queen|republic|shores?|south|streets|suburbs|territory|"
    r"towns?|villages?|west)\s+(?:of|to)\s+\Z",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\b(?:northern|southern|eastern|western|upper|lower|across|throughout|embassy\s+in|border\s+with|river)\s+\Z",
    re.IGNORECASE,
)
"""What only a place has: two signs at once. "The government of Okell" and "Okell's forces" may be a person's."""
_HAPPENS_IN = re.compile(
    r"\b(?:airport|arriv(?:ed?|es|ing)|born|courts?|embassy|everybody|everyone|factor(?:y|ies)|families|family|farmers|lives?|"
    r"lived|living|landed|ministr(?:y|ies)|nobody|officials?|parliament|[Pp]arliament|people|polls?|protests?|said|"
    r"prot?esters|resid(?:es|ed|ing)|schools?|talks|troops|villages?|workers)\s+in\s+\Z"
)
_WAY_TO = re.compile(
    r"\b(?:fl(?:y|ies|ew|ight|ights)|drove|journey|road|sail(?:s|ed|ing)?|train|travel(?:s|l?ed|l?ing)?|trip|voyage|way)\s+to\s+\Z"
)
_MEMBER_FOR = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Sir)\.?\s+[A-Z][\w’'-]*\s+\(\Z")
"""Where a member of a parliament was elected, as its debates print it: "Ms OKELL (Harbour East)"."""
_LINE_OF_A_DATE = re.compile(
    r",\s+(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+[0-9]{1,2},\s+[0-9]{4}\s*(?:\n|\Z)"
)
_PLACE_BY_NAME = re.compile(r"(?:Cape|Fort|Mount|Port)\s+[A-Z]")
_MINISTER = re.compile(
    r"\b(?:[Mm]inister|[Pp]resident|[Pp]remier|[Aa]mbassador)(?:\s+for\s+[A-Z]\w+)?(?:\s+[A-Z][\w-]+){0,3},?\s+(?:of|for)\s+\Z"
)
_ITS_MINISTER = re.compile(
    r"[’']s?\s+(?:ambassador|assembly|Assembly|foreign\s+minister|prime\s+minister|Prime\s+Minister|[a-z]+\s+minister)\b"
)
_AIRPORT = re.compile(r"\s+airport\b")
_WEEKDAY = re.compile(r"\s+on\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
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
_AFTER_A_PLACE = (_ITS_MINISTER, _AIRPORT)
_BEFORE_A_PLACE = (_OF, _PART, _MINISTER, _MEMBER_FOR)
_BEFORE_A_PLACE_ITSELF = (_HAPPENS_IN, _WAY_TO)
"""Not "officials in Okell's team", "on the road to Okell's defeat"."""
_BACK = 60
_ENOUGH = 2


def with_places(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions, with the type of those changed that are places by their use in this document."""
    mentions = _peoples(text, mentions)
    groups: dict[str, list[Mention]] = defaultdict(list)
    seen = Counter(it.entity for it in mentions if it.type == "GPE")
    for it in mentions:
        if it.type == "PERSON" and it.entity and it.named_by is None:
            groups[it.entity].append(it)
    places = {name for name, its in groups.items() if _is_place(text, its, groups, seen[name])}
    if not places:
        return mentions
    return [replace(it, type="GPE") if it.type == "PERSON" and it.entity in places else it for it in mentions]


def _peoples(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions, with adjectives of a place that the document names: "the Maravelian delegation"."""
    return [replace(it, type="NORP") if it.type in _MISTAKEN and _is_of_a_people(text, it) else it for it in mentions]


_MISTAKEN = frozenset(("PERSON", "GPE"))


def _is_of_a_people(text: str, mention: Mention) -> bool:
    if mention.named_by is not None or mention.country or mention.bloc or _OF_A_STATE.match(text, mention.end) is None:
        return False
    said = text[mention.start : mention.end]
    stems = [said[: -len(end)] for end in ("ian", "n") if said.endswith(end) and len(said) > _SHORTEST]
    if not said.isalpha() or _TITLE.search(text[max(0, mention.start - _BACK) : mention.start]):
        return False
    return any(re.search(rf"\b{stem}\b", text) for stem in stems)


_SHORTEST = 5


def _is_place(text: str, its: Sequence[Mention], others: dict[str, list[Mention]], seen: int) -> bool:
    """Whether the mentions of one name are of a place; ``seen`` are those that the encoder took for one."""
    name = str(its[0].entity)
    words = name.split()
    if len(words) > _ENOUGH or any(" ".join(text[it.start : it.end].split()) != name for it in its):
        return False
    if any(name in other.split() for other in others if other != name):
        return False
    signs = _ENOUGH if seen >= max(_ENOUGH, len(its)) or _PLACE_BY_NAME.match(name) else min(seen, 1)
    for it in its:
        before = text[max(0, it.start - _BACK) : it.start]
        if _TITLE.search(before):
            return False
        if _is_placed(text, it, before):
            signs += _ENOUGH
        elif _ITS.match(text, it.end) or (_IN.search(before) and not _TRUST.search(before) and not _is_owner(text, it)):
            signs += 1
    if signs < _ENOUGH and len(words) == 1:
        signs += _signs_of_adjectives(text, name)
    return signs >= _ENOUGH


def _is_placed(text: str, mention: Mention, before: str) -> bool:
    """Whether the words around a name are those around places alone."""
    return bool(
        any(sign.search(before) for sign in _BEFORE_A_PLACE)
        or (not _is_owner(text, mention) and any(sign.search(before) for sign in _BEFORE_A_PLACE_ITSELF))
        or any(sign.match(text, mention.end) for sign in _AFTER_A_PLACE)
        or (_IN.search(before) and not _TRUST.search(before) and _WEEKDAY.match(text, mention.end))
        or _stands_alone(text, mention)
    )


def _is_owner(text: str, mention: Mention) -> bool:
    return text[mention.end : mention.end + 1] in ("'", "’")


def _stands_alone(text: str, mention: Mention) -> bool:
    """Whether a line has nothing but a name and a date, as letters begin: "Ansted, July 15, 2031"."""
    begins = text[max(0, mention.start - 1) : mention.start] in ("", "\n")
    return begins and _LINE_OF_A_DATE.match(text, mention.end) is not None


def _signs_of_adjectives(text: str, name: str) -> int:
    """Return how many signs of a place its adjective is: two in "Ordanian exports", one in "Vellandian wine".

    "Jeffersonian" is of a person; "the Vellandian delegation" is of a state again.
    """
    adjective = f"{name}n" if name[-1] == "a" else f"{name}ian"
    at, signs = text.find(adjective), 0
    while at >= 0 and signs < _ENOUGH:
        end = at + len(adjective)
        if text[end : end + 1] == " " and text[end + 1 : end + 2].islower() and not text[max(0, at - 1) : at].isalnum():
            signs = _ENOUGH if name[-1] == "a" or _OF_A_STATE.match(text, end) else 1
        at = text.find(adjective, at + 1)
    return signs


_OF_A_STATE = re.compile(
    r"\s+(?:ambassador|army|authorities|border|citizens?|coast|crowns?|delegat(?:es?|ion)|diplomats?|embassy|exports|"
    r"farmers?|foreign|government|imports|minist(?:er|ry)|officials?|parliament|people|president|prime|side|soldiers|"
    r"territory|troops|village)\b"
)
"""What a state has, and no school of thought."""
