"""The cast of a document: which mentions mean the same person, organisation or place.

Everything is decided within one document. A person is first named in full and then by the last name; an organisation by
its letters or the beginning of its name. Titles, honorifics, possessives, initials and spellings do not make another
name. A last name that several share means the one whom gender or title tell, or else the one named most recently. The
descriptions of a person (titles, appositions) are kept: they give the office, and the words by which the text may refer
to the person again.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from research.nlp.names.descriptions import (
    FEMALE,
    HONORIFICS,
    MALE,
    Description,
    descriptions,
    is_office,
    roles,
    words_of,
)
from research.nlp.names.forms import (
    Form,
    gender_of_first_name,
    in_small_letters,
    initials,
    is_acronym,
    is_newspaper,
    other_form,
    person_form,
    same_first,
    written_suffix,
)
from research.nlp.names.states import is_state
from research.nlp.records import Mention


@dataclass(frozen=True)
class Entity:
    """The person, organisation or place that mentions of one document share."""

    name: str
    """The fullest form in the document."""
    type: str
    gender: str | None = None
    office: str | None = None
    """The title or office with which the document introduces a person."""
    descriptions: tuple[Description, ...] = ()
    mentions: tuple[int, ...] = ()
    """The numbers of its mentions."""


_NAMESAKES = 20
"""Most persons of one name that are told apart. This bounds time for any text."""

_MOST_DESCRIPTIONS = 100
"""Most descriptions of an entity that are kept, as every title is compared with them."""

_MOST_WORDS = 6
"""A name with more words than this is an error of the encoder."""

_REFLEXIVE = re.compile(r"[^.!?,;:“”\"]*\b(him|her)self\b")


@dataclass
class _Draft:
    """An entity under construction."""

    type: str
    forms: list[tuple[int, Form]] = field(default_factory=list)
    full: Form | None = None
    """The longest name of a person."""
    times_meant: int = 0
    """How often the name occurs in full, or the last name with an honorific that identifies the bearer."""
    honorifics: set[str] = field(default_factory=set)

    def add(self, number: int, form: Form) -> None:
        self.forms.append((number, form))
        if len(form.words) > 1:
            self.full = self.full or form
            self.times_meant += 1
        if form.gender:
            self.honorifics.add(form.gender)

    @property
    def gender(self) -> str | None:
        """The gender that honorifics imply, or else the first name."""
        if len(self.honorifics) == 1:
            return next(iter(self.honorifics))
        named = self.full or self.forms[0][1]
        return gender_of_first_name(named.words[0]) if named.words and not self.honorifics else None


class _Lately:
    """How often each entity was named, with less weight the longer ago."""

    HALF = 1500
    """Characters after which a mention has half its weight."""

    def __init__(self) -> None:
        self.shares: dict[int, tuple[float, int]] = {}

    def share(self, entity: int, at: int) -> float:
        """Return the weight of an entity at a place."""
        share, last = self.shares.get(entity, (0.0, at))
        return round(share * math.exp2((last - at) / self.HALF), 6)

    def add(self, entity: int, at: int) -> None:
        self.shares[entity] = self.share(entity, at) + 1, at


class _Bearers:
    """Persons named in full, by the words of their names."""

    def __init__(self) -> None:
        self.last: dict[str, list[int]] = defaultdict(list)
        self.first: dict[str, list[int]] = defaultdict(list)
        self.other: dict[str, list[int]] = defaultdict(list)
        """By the words between first and last: "Ms. Acosta" is "Melba Acosta Febo"."""

    def add(self, key: Sequence[str], entity: int) -> None:
        """Add a person, up to the number of namesakes that are told apart."""
        between = [(self.other, word) for word in key[1:-1] if len(word) > 2]
        for names, word in ((self.last, key[-1]), (self.first, key[0]), *between):
            if len(names[word]) < _NAMESAKES:
                names[word].append(entity)

    def of(self, word: str) -> list[int]:
        """Return the persons whom a word may name."""
        return self.last.get(word) or self.first.get(word) or self.other.get(word) or []


class Cast:
    """The entities of one document; ``of`` holds the number of the entity of each mention.

    The mentions must be in order, and organisations whole (:mod:`research.nlp.names.organisations`).
    """

    def __init__(self, text: str, mentions: Sequence[Mention]) -> None:
        self.text, self.mentions = text, mentions
        self.types = types = _types(text, mentions)
        self._drafts: list[_Draft] = []
        self.of = [-1] * len(mentions)
        self._came_as_kin: dict[int, int] = {}
        """Per person with possible namesakes: the first mention in full if it is as another's kin, else -1."""
        self._called: dict[int, set[str]] = {}
        """The titles before the full names of persons with namesakes."""
        self._people([number for number, type_ in enumerate(types) if type_ == "PERSON"])
        self._others([(number, type_) for number, type_ in enumerate(types) if type_ != "PERSON"])
        self._mentioned: list[list[int]] = [[] for _ in self._drafts]
        for number, entity in enumerate(self.of):
            self._mentioned[entity].append(number)
        self.entities = [self._entity(number) for number in range(len(self._drafts))]

    @property
    def names(self) -> list[str]:
        """The canonical name of each mention, in the same order."""
        return [self.entities[number].name for number in self.of]

    def surface(self, number: int) -> str:
        """Return the text of a mention."""
        mention = self.mentions[number]
        return self.text[mention.start : mention.end]

    def _give(self, number: int, form: Form, entity: int) -> None:
        self.of[number] = entity
        self._drafts[entity].add(number, form)

    def _new(self, type_: str) -> int:
        self._drafts.append(_Draft(type_))
        return len(self._drafts) - 1

    def _people(self, numbers: Sequence[int]) -> None:
        """Assign persons: full names first, then parts of names."""
        forms = {number: self._person_form(number) for number in numbers}
        bearers = _Bearers()
        self._in_full([number for number in numbers if len(forms[number].words) > 1], forms, bearers)
        self._in_part(numbers, forms, bearers)

    def _in_full(self, numbers: Sequence[int], forms: Mapping[int, Form], bearers: _Bearers) -> None:
        """Assign names of several words to persons, the longest first."""
        known: dict[tuple[tuple[str, ...], str | None], int] = {}
        for number in sorted(numbers, key=lambda number: (-len(forms[number].words), number)):
            form = forms[number]
            key = form.sound
            entity = known.get((key, form.suffix))
            if entity is None:
                entity = next((e for e in bearers.last[key[-1]] if self._may_be(e, form)), None)
            if entity is None:
                entity = self._new("PERSON")
                bearers.add(key, entity)
            known[key, form.suffix] = entity
            self._give(number, form, entity)

    def _in_part(self, numbers: Sequence[int], forms: Mapping[int, Form], bearers: _Bearers) -> None:
        """Assign names of one word: to a person named in full, or to a new one."""
        may_be: dict[int, list[int]] = {}
        first: dict[str, int] = {}
        strangers: dict[str, int] = {}
        for number in numbers:
            if len(forms[number].words) > 1:
                continue
            only = "".join(forms[number].sound)
            first.setdefault(only, number)
            may_be[number] = [it for it in bearers.of(only) if not self._came_later(it, first[only])]
            agreeing = self._agreeing(may_be[number], forms[number])
            if forms[number].gender and len(agreeing) == 1:
                self._drafts[agreeing[0]].times_meant += 1
            if not agreeing:
                # "Mr. Okell" if only Ada Okell is named in full, and "Okell" before "his wife, Ada Okell".
                may_be[number] = []
                if only not in strangers:
                    strangers[only] = self._new("PERSON")
                self._give(number, forms[number], strangers[only])
        seen = _Lately()
        for number in numbers:
            form, at = forms[number], self.mentions[number].start
            if self.of[number] >= 0:
                # After "His wife, Ada Okell, came", "Okell" does not mean her yet.
                if not (form.words and len(bearers.last[form.sound[-1]]) > 1 and self._is_kin(number)):
                    seen.add(self.of[number], at)
                continue
            only = "".join(form.sound)
            candidates = [*may_be[number], *([strangers[only]] if only in strangers else [])]
            entity = self._choose(candidates, number, form, seen)
            if len(candidates) > 1:
                seen.add(entity, at)
            self._give(number, form, entity)

    def _came_later(self, entity: int, number: int) -> bool:
        """Return whether a person is introduced as another's kin ("his wife, Ada Okell,") after this mention."""
        if entity not in self._came_as_kin:
            first = min(n for n, form in self._drafts[entity].forms if len(form.words) > 1)
            self._came_as_kin[entity] = first if self._is_kin(first) else -1
        return self._came_as_kin[entity] > number

    def _is_kin(self, number: int) -> bool:
        """Return whether a mention names a person as another's kin: "his wife, Ada Okell,"."""
        return any(it.before and it.head in words_of("kin") for it in descriptions(self.text, *self._extent(number)))

    def _agreeing(self, candidates: Sequence[int], form: Form) -> list[int]:
        """Return the candidates of the form's gender, or else those of unknown gender."""
        if form.gender is None:
            return list(candidates)
        agreeing = [entity for entity in candidates if self._drafts[entity].gender == form.gender]
        return agreeing or [entity for entity in candidates if self._drafts[entity].gender is None]

    def _person_form(self, number: int) -> Form:
        start, end = self._extent(number)
        form = person_form(self.text[start:end])
        if form.gender is None:
            before = self.text[max(0, start - 9) : start].split()
            gender = HONORIFICS.get(before[-1].lower().rstrip(".")) if before else None
            if gender is None and (reflexive := _REFLEXIVE.match(self.text, end, end + 50)):
                gender = FEMALE if reflexive.group(1) == "her" else MALE
            form = Form(form.words, gender, form.suffix)
        return form

    def _extent(self, number: int) -> tuple[int, int]:
        """Return the extent of a person's name, including the other half of one that the encoder cut in two."""
        start, end = self.mentions[number].start, self.mentions[number].end
        if number and self._one_name(number - 1):
            start = self.mentions[number - 1].start
        if self._one_name(number):
            end = self.mentions[number + 1].end
        return start, end

    def _one_name(self, number: int) -> bool:
        """Return whether a mention and the next are the two halves of one name."""
        if number + 1 >= len(self.mentions) or {self.types[number], self.types[number + 1]} != {"PERSON"}:
            return False
        return self.text[self.mentions[number].end : self.mentions[number + 1].start] == " "

    def _may_be(self, entity: int, form: Form) -> bool:
        first = self._drafts[entity].full
        if first is None:
            return False
        if first.suffix != form.suffix and "jr" in (first.suffix, form.suffix):
            return False
        if first.sound[-len(form.key) :] == form.sound:
            return True
        return first.sound[0] == form.sound[0] or same_first(first.key[0], form.key[0])

    def _choose(self, candidates: Sequence[int], number: int, form: Form, seen: _Lately) -> int:
        """Return the person whom a last name alone means: of those who agree in gender and title, the most recent."""
        if len(candidates) > 1:
            candidates, titles = self._agreeing(candidates, form) or candidates, self._titles(number)
            candidates = [it for it in candidates if titles and titles & self._known_titles(it)] or candidates
        at = self.mentions[number].start
        return max(candidates, key=lambda entity: (seen.share(entity, at), self._drafts[entity].times_meant, -entity))

    def _titles(self, number: int) -> set[str]:
        """Return the nouns before a name that are its titles."""
        start, end = self.mentions[number].start, self.mentions[number].end
        before = {it.head for it in descriptions(self.text, start, end) if it.before}
        words = self.surface(number).split()[:-1]
        return before | {noun for word in words if (noun := roles().noun(word))}

    def _known_titles(self, entity: int) -> set[str]:
        """Return the titles before the full name of a person."""
        if entity not in self._called:
            full = [n for n, form in self._drafts[entity].forms if len(form.words) > 1]
            self._called[entity] = {noun for n in full[:_NAMESAKES] for noun in self._titles(n)}
        return self._called[entity]

    def _others(self, numbers: Sequence[tuple[int, str]]) -> None:
        forms = [(number, type_, other_form(self.surface(number))) for number, type_ in numbers]
        longer = _longer({form.key for _, type_, form in forms if type_ == "ORG"})
        by_key: dict[tuple[str, tuple[str, ...]], int] = {}
        by_letters: dict[str, int] = {}
        short = []
        for number, type_, form in forms:
            if type_ == "ORG" and (is_acronym(form) or is_newspaper(form)):
                short.append((number, type_, form))
                continue
            key = longer.get(form.key, form.key) if type_ == "ORG" else form.key
            entity = by_key.get((type_, key))
            if entity is None:
                entity = by_key[type_, key] = self._new(type_)
                if type_ == "ORG":
                    by_letters.setdefault(initials(form), entity)
                    by_letters.setdefault(form.key[-1] if form.key else "", entity)
            self._give(number, form, entity)
        for number, type_, form in short:
            letters = form.key[0].replace(".", "")
            entity = by_letters.get(letters) if len(letters) > 1 else None
            if entity is None:
                entity = by_letters[letters] = self._new(type_)
            self._give(number, form, entity)

    def _entity(self, number: int) -> Entity:
        draft = self._drafts[number]
        found: list[Description] = []
        if draft.type in ("PERSON", "ORG"):
            for mention in self._mentioned[number]:
                where = self.mentions[mention]
                found.extend(descriptions(self.text, where.start, where.end))
        gender = draft.gender if draft.type == "PERSON" else None
        for described in found:
            gender = gender or roles().gender.get(described.head)
        titles = [it for it in found if is_office(it) and _OF_A_HEADING.search(it.phrase) is None]
        office = next((it.phrase for it in titles if it.before), next((it.phrase for it in titles), None))
        return Entity(
            name=_fullest(draft, self),
            type=draft.type,
            gender=gender,
            office=office if draft.type == "PERSON" else None,
            descriptions=tuple(dict.fromkeys(found))[:_MOST_DESCRIPTIONS],
            mentions=tuple(self._mentioned[number]),
        )


_OF_A_HEADING = re.compile(r"\S\s+(?:HON|MR|MRS|MS|DR)\b")
"""A heading in capitals runs on into the label of a turn: "ADDRESS BY THE PRESIDENT HON. P. VELL"."""


def _longer(keys: Collection[tuple[str, ...]]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return the longer name for each name that is the beginning of just one longer name, before its "of"."""
    found: dict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
    for key in keys:
        for at, word in enumerate(key):
            if word == "of" and at and key[:at] in keys:
                found[key[:at]].append(key)
    longest = {short: max(names, key=len) for short, names in found.items()}
    return {
        short: longest[short]
        for short, names in found.items()
        if all(longest[short][: len(name)] == name for name in names)
    }


def _fullest(draft: _Draft, cast: Cast) -> str:
    """Return the form with most words; of equal ones that with accents, then the most frequent, then the first.

    Forms in capitals come last; a person without another form is written in small letters: "Ada Okell".
    """
    written = [" ".join(form.words) + written_suffix(form) for _, form in draft.forms]
    most = _MOST_WORDS if draft.type == "PERSON" else 2 * _MOST_WORDS
    counts = Counter(written)
    for name in list(counts):
        # "Young Ada Okell" occurs once, otherwise it is "Ada Okell".
        epithet, _, rest = name.partition(" ")
        if counts[rest] > counts[name] and _is_epithet(epithet, rest):
            del counts[name]
    first = {name: number for number, name in reversed(list(enumerate(written)))}

    def rank(name: str) -> tuple[bool, bool, int, bool, int, int]:
        words = name.split()
        shouted = name.isupper() and len(words) > 1
        return len(words) > most, shouted, -len(words), name.isascii(), -counts[name], first[name]

    best = min(counts, key=rank)
    if draft.type == "PERSON" and best.isupper() and (" " in best or _has_title(draft, cast)):
        best = in_small_letters(best)
    return best or cast.surface(draft.forms[0][0])


def _has_title(draft: _Draft, cast: Cast) -> bool:
    """Return whether a title precedes a name somewhere: "MAYOR OKELL" is a person, "NATO" may not be."""
    return any(len(cast.surface(number).split()) > len(form.words) for number, form in draft.forms)


def _is_epithet(word: str, name: str) -> bool:
    """Return whether a word before a name is not one of its first names."""
    first = name.partition(" ")[0]
    return " " in name and bool(gender_of_first_name(first)) and len(word) > 2 and not gender_of_first_name(word)


def _types(text: str, mentions: Sequence[Mention]) -> list[str]:
    """Return the type of each mention, with slips of the encoder corrected: one name has one type in a document.

    A single word that is the last name of a person named in full is a person, unless it is mostly a place.
    """
    votes: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    keys = []
    last_names: set[tuple[str, ...]] = set()
    names: set[str] = set()
    for mention in mentions:
        surface = text[mention.start : mention.end]
        key = person_form(surface).key or (surface,)
        keys.append(key)
        votes[key][mention.type] += round(100 * mention.confidence)
        if mention.type == "PERSON" and len(key) > 1:
            last_names.update(key[first:] for first in range(1, len(key)))
            names.update(key)
    types = []
    for mention, key in zip(mentions, keys, strict=True):
        surface = text[mention.start : mention.end]
        cast = votes[key]
        best = min(cast, key=lambda type_: (-cast[type_], type_))
        mended = mention.type
        is_last_name = key in last_names or _is_last_name(text, mention)
        if {mention.type, best} <= {"PERSON", "ORG"}:
            mended = "PERSON" if is_last_name else best
        if not is_last_name and not names & {*key} and _is_state(surface, mention.type):
            mended = "GPE"
        types.append(mended)
    return types


def _is_last_name(text: str, mention: Mention) -> bool:
    """Return whether a name can only be a last name: after "Mr.", or "DE STOOP"."""
    before = text[max(0, mention.start - 8) : mention.start].split()
    if before and HONORIFICS.get(before[-1].lower().rstrip(".")) and text[mention.start - 1].isspace():
        return True
    words = text[mention.start : mention.end].split()
    return len(words) in (2, 3) and words[0] in ("DE", "DI", "VAN", "VON") and all(word.isupper() for word in words)


def _is_state(surface: str, type_: str) -> bool:
    """Return whether a state was taken for a person ("Israel"), a people, or an organisation ("Russian Federation")."""
    named = type_ in ("PERSON", "NORP") or (type_ == "ORG" and " " in surface)
    return named and is_state(surface) and not gender_of_first_name(surface.split(maxsplit=1)[0])
