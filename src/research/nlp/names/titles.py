"""Titles and offices: whom "the minister", "her lawyer", "the two presidents" or "the ministry" mean in a text."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Sequence

from research.nlp.names.cast import Cast
from research.nlp.names.descriptions import Description, roles, words_of
from research.nlp.names.heads import HE, Head
from research.nlp.names.history import History

_NAMESAKES = 200
"""Most bearers of one title that are compared."""
_STEPS = 60
"""Most of the latest mentions among which an organisation is looked for."""
_LIGHT_WORDS = frozenset("the this that a an his her their former ex late then own new current".split())  # noqa: SIM905


class Titles:
    """The titles with which a text introduces the members of its cast."""

    def __init__(self, cast: Cast, history: History) -> None:
        self._history, self._referents = history, history.referents
        self._by_noun: dict[str, list[int]] = defaultdict(list)
        self._genders: dict[str, set[str | None]] = defaultdict(set)
        """The genders of all whose name ends in a word."""
        for number, entity in enumerate(cast.entities):
            for described in entity.descriptions:
                if number not in self._by_noun[described.head][-1:]:
                    self._by_noun[described.head].append(number)
            for word in entity.name.lower().split()[-1:]:
                self._genders[word].add(entity.gender)

    def knows(self, noun: str | None) -> bool:
        """Return whether somebody is introduced with this noun."""
        return noun in self._by_noun

    def holder(self, head: Head) -> int | None:
        """Return who was introduced with a title; of several, who fits its other words and was mentioned last."""
        best: tuple[float, int] | None = None
        for noun in self._by_noun:
            if not roles().same(noun, head.noun):
                continue
            for number in self._by_noun[noun][:_NAMESAKES]:
                it = self._referents[number]
                if it.type != "PERSON" or (it.gender and head.gender and it.gender != head.gender):
                    continue
                score = self._fit(number, noun, head)
                if score > 0 and (best is None or score > best[0]):
                    best = (score, number)
        return None if best is None else best[1]

    def only_holder(self, label: str, head: Head) -> int | None:
        """Return who "THE PRESIDENT" is in a transcript: the only one introduced with all words of that title."""
        said = [word for word in head.words if word not in _LIGHT_WORDS]
        if not label.lower().endswith(head.noun):  # "PM" may be anybody
            return None
        holders = [
            number
            for number in self._by_noun.get(head.noun, [])[:_NAMESAKES]
            if any(
                it.head == head.noun and set(said) <= set(it.phrase.lower().split())
                for it in self._referents[number].descriptions
            )
        ]
        return holders[0] if len(holders) == 1 else None

    def owned(self, head: Head) -> int | None:
        """Return who "her husband" and "Okell's lawyer" are: the only one introduced as that person's."""
        holders = []
        for number in self._by_noun.get(head.noun, [])[:_NAMESAKES]:
            it = self._referents[number]
            owners = [set(d.whose) for d in it.descriptions if d.head == head.noun and d.whose]
            if it.type == "PERSON" and any(self._same_owner(owner, set(head.whose)) for owner in owners):
                holders.append(number)
        return holders[0] if len(holders) == 1 else None

    def pair(self, head: Head) -> int | None:
        """Return who "the two presidents" are: the only two whom the text calls so."""
        holders = [
            number
            for noun in sorted(self._by_noun)
            if roles().same(noun, head.noun)
            for number in self._by_noun[noun][:_NAMESAKES]
            if self._referents[number].type == "PERSON" and self._referents[number].count
        ]
        holders = sorted(set(holders))
        return self._history.joint(holders) if len(holders) == 2 else None

    def organisation(self, head: Head) -> int | None:
        """Return which organisation "the ministry" is: the latest whose name has all these words."""
        known = roles()
        for number in self._history.latest(_STEPS):
            it = self._referents[number]
            if it.type != "ORG" or it.name is None:
                continue
            words = it.name.lower().split()
            nouns = {words[-1], *(d.head for d in it.descriptions), *words}
            if head.noun in nouns or any(known.same(word, head.noun) for word in nouns):
                modifiers = [word for word in head.words if word not in _LIGHT_WORDS]
                if all(word in words for word in modifiers):
                    return number
        return None

    def other_party(self, number: int, head: Head) -> bool:
        """Return whether a title names another party than the descriptions of somebody do."""
        said = {*head.words, *head.whose} - _LIGHT_WORDS
        known = {word for described in self._referents[number].descriptions for word in _words(described)}
        return _contradicts(said, known, (_party,))

    def _fit(self, number: int, noun: str, head: Head) -> float:
        """Return how well a title fits one who was introduced with this noun. The weights are guesses, not fitted."""
        it = self._referents[number]
        mine = [described for described in it.descriptions if described.head == noun]
        said = {word for word in (*head.words, *head.whose) if word not in _LIGHT_WORDS}
        words = {word.strip(".,") for described in mine for word in _words(described)} - {noun}
        strange = {word for word in said if not _among(word, words)}
        loose = (noun, head.noun) in roles().wider or not it.count
        kinds = (_party, _business, _place) if noun == head.noun else (_party,)
        vice = any(word.startswith("vice") for word in words) and not any(word.startswith("vice") for word in said)
        if vice or _contradicts(said, words, kinds) or (loose and strange - head.proper):
            # "The band leader" is no president, and one whom the text names only later must be called exactly so.
            return 0.0
        former = any(word in ("former", "ex", "late") for word in head.words)
        score = 1.0 if noun == head.noun else 0.5
        score += 0.7 * (len(said) - 2 * len(strange))
        was = any(described.former for described in mine)
        score -= 1.6 * (was and not former) + 0.8 * (former and not was)
        score -= 0.8 * (not it.count)
        score += 0.8 * (number == self._history.spoke_last) + 0.4 * (number in self._history.latest(4))
        return round(score + 0.2 * math.log1p(it.count), 6)

    def _same_owner(self, one: set[str], other: set[str]) -> bool:
        """Return whether two owners may be one person: equal names, or "her" and a woman's name."""
        if one & other:
            return True
        genders = {HE[word] for word in one | other if word in HE}
        named = {word for word in one | other if word not in HE}
        if len(genders) != 1 or not named:
            return False
        owners = self._genders.get(max(named))
        return not owners or bool(owners & {*genders, None})


def _words(described: Description) -> list[str]:
    """Return the words of a description and of its owner."""
    return [re.sub(r"['’]s?\Z", "", word) for word in (*described.phrase.lower().split(), *described.whose)]


def _contradicts(said: set[str], known: set[str], kinds: Sequence[Callable[[str], bool]]) -> bool:
    """Return whether a title names another party, another business or another place than a description does."""
    for kind in kinds:
        ours, theirs = set(filter(kind, said)), set(filter(kind, known))
        if ours and theirs and not any(_among(word, theirs) for word in ours):
            return True
    return False


def _party(word: str) -> bool:
    return word in words_of("parties")


def _business(word: str) -> bool:
    return word in roles().modifiers and not _party(word)


def _place(word: str) -> bool:
    known = _party(word) or _business(word) or word in _LIGHT_WORDS or word in words_of("end of a head")
    return not known and word.isalpha() and roles().noun(word) is None


def _among(word: str, words: set[str]) -> bool:
    """Return whether a word, or one of its family ("Russian", "Russia"), is among others."""
    if word in words or _PARTY_NAMES.get(word) in words:
        return True
    return len(word) > 4 and any(len(it) > 4 and it[:5] == word[:5] for it in words)


_PARTY_NAMES = {"gop": "republican", "republican": "gop", "labor": "labour", "labour": "labor"}
