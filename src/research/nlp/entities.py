"""Whom and what a text names: which mentions stand for the same person, organisation or place.

Everything is decided within one document. A person is first named in full and then by the last name, an
organisation by its letters or the beginning of its name; titles, honorifics, possessives, initials and the several
spellings of a name make no other name. Of two with one last name it means whom gender or title tell, or else who was
named most lately. What a person is called beside the name is kept as the person's description: from it come the
office, and the words by which the text may speak of that person again.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache

from research.nlp.attributions import Mention
from research.nlp.descriptions import FEMALE, HONORIFICS, MALE, Description, descriptions, is_office, roles, words_of
from research.nlp.text import FUNCTION_WORDS, word_list


@dataclass(frozen=True)
class Entity:
    """What mentions stand for within their document."""

    name: str
    """The fullest form in the document."""
    type: str
    gender: str | None = None
    office: str | None = None
    """The title with which the document introduces a person."""
    descriptions: tuple[Description, ...] = ()
    mentions: tuple[int, ...] = ()
    """The numbers of its mentions."""


def country(name: str) -> str | None:
    """The ISO 3166-1 alpha-2 code of the state that a place's name means; None for other and ambiguous places.

    "the United States", "U.S." and "USA" are one; "us" in lower case is a pronoun. Source: the list
    ``lexicon/countries.txt``.
    """
    low = " ".join(other_form(name).words).casefold().replace("’", "'").replace(" ", "_")
    if low == "us" and "US" not in name:
        return None
    return _countries().get(low)


_CURRENCY = re.compile(
    r"\s+(?:crowns?|dirhams?|dollars?|francs?|kron(?:a|or|e|er)|liras?|pesos?|pounds?|rands?|reals?|riyals?|rou?bles?|"
    r"rupees?|shekels?|tenge|won|yen|yuan)\b",
    re.IGNORECASE,
)


def is_of_a_currency(text: str, mention: Mention) -> bool:
    """Whether a mention is a part of the name of money ("U.S. dollars"), where no state is meant."""
    return _CURRENCY.match(text, mention.end) is not None


@cache
def _countries() -> dict[str, str]:
    return {
        name: code.upper() for name, _, code in (pair.partition("=") for pair in word_list("countries.txt")["names"])
    }


# --- names -------------------------------------------------------------------------------------------


@cache
def _first_names() -> tuple[dict[str, str], frozenset[tuple[str, str]]]:
    """First names with their gender, and short forms with what they stand for."""
    groups = word_list("first_names.txt")
    gender = dict.fromkeys(groups["men"], MALE) | dict.fromkeys(groups["women"], FEMALE)
    short = [pair.partition("=") for pair in groups["short forms"]]
    return gender, frozenset((one, other) for one, _, other in short)


def gender_of_first_name(name: str) -> str | None:
    """The gender of nearly all who bear a first name; None where it does not tell."""
    low = name.lower()
    known = _first_names()[0]
    return known.get(low) or known.get(low.partition("-")[0])


def with_first_names(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, where a person's last name that the model saw alone has the first name that stands before it.

    Only names that are in the list count, and none that is a title or another English word as well.
    """
    taken = frozenset(it.end for it in mentions)
    return [_with_first_name(text, it, taken) if it.type == "PERSON" else it for it in mentions]


def _with_first_name(text: str, mention: Mention, taken: Collection[int]) -> Mention:
    before = _FIRST_NAME.search(text, max(0, mention.start - _LONGEST_FIRST_NAME), mention.start)
    if before is None or before.end(1) in taken or " " in text[mention.start : mention.end]:
        return mention
    low = before[1].lower()
    if gender_of_first_name(low) is None or low in FUNCTION_WORDS | words_of("dates") | words_of("openers"):
        return mention
    return replace(mention, start=before.start(1))


_FIRST_NAME = re.compile(r"(?<![\w'’.-])([^\W\d_a-z][\w-]*) \Z")
_LONGEST_FIRST_NAME = 24

_NAMESAKES = 20
"""How many persons of one name are told apart at most."""

_MOST_DESCRIPTIONS = 100
"""How many descriptions of one are kept at most: every title is held against them."""

_SUFFIXES = frozenset(("jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "esq.", "esq"))
_POSSESSIVE = re.compile(r"(?:['’]s?|\s['’]s)\Z")
_WORD = re.compile(r"[^\s,()“”\"]+")
_MOST_WORDS = 6
"""A name with more words than this is an error of the model."""


@dataclass(frozen=True)
class Form:
    """One mention's name: its words, without title, honorific and possessive."""

    words: tuple[str, ...]
    gender: str | None = None
    suffix: str | None = None

    @property
    def key(self) -> tuple[str, ...]:
        """The words as they are compared."""
        return tuple(word.casefold().rstrip(".") for word in self.words)

    @property
    def sound(self) -> tuple[str, ...]:
        """The words without what spellings of one name differ in."""
        return tuple(map(_sound, self.key))


@lru_cache(4096)
def _sound(word: str) -> str:
    """A word of a name as all its spellings have it: "Müller", "Mueller" and "Muller" are one.

    Of longer words also the letters fall together that are written in several ways where a name comes from another
    alphabet ("Tokayev", "Tokaev"; "Yuriy", "Yuri").
    """
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", word) if not unicodedata.combining(letter))
    if len(bare) < _LONG_WORD:
        return bare
    for pattern, instead in _SPELLINGS:
        bare = pattern.sub(instead, bare)
    return bare


_LONG_WORD = 4
_SPELLINGS = [
    (re.compile(pattern), instead)
    for pattern, instead in (("ye", "e"), ("[iyj]+", "i"), ("kh", "h"), ("([aou])e", r"\1"), (r"([^\W\d_])\1", r"\1"))
]


def person_form(surface: str) -> Form:
    """The name in "Former Sen. Ada B. Okell's"."""
    words = _WORD.findall(_POSSESSIVE.sub("", surface))
    gender = suffix = None
    while len(words) > 1 and (_is_title(words[0]) or words[0].lower() == "the"):
        gender = HONORIFICS.get(words[0].lower().rstrip("."), gender)
        words.pop(0)
    while len(words) > 1 and words[-1].lower() in _SUFFIXES:
        suffix = words.pop().rstrip(".").lower()
    return Form(tuple(words), gender, suffix)


def _is_title(word: str) -> bool:
    low = word.lower()
    known = roles()
    return low.rstrip(".") in HONORIFICS or low in known.abbreviations or low in known.persons or low in _LOOSE


_LOOSE = frozenset(("former", "ex", "acting", "then", "late", "vice", "prime", "presidential"))


def other_form(surface: str) -> Form:
    """The name of what is no person: without article and possessive."""
    words = _POSSESSIVE.sub("", surface).split()
    if len(words) > 1 and words[0].lower() == "the":
        words = words[1:]
    return Form(tuple(words))


def _same_first(one: str, other: str) -> bool:
    """Whether two first names, in lower case, may belong to one person: equal, initial or short form."""
    if one == other or (one, other) in _first_names()[1] or (other, one) in _first_names()[1]:
        return True
    short, long = sorted((one, other), key=len)
    return long.startswith(short) and (len(short) == 1 or len(short) >= 3)


# --- entities --------------------------------------------------------------------------------------


_REFLEXIVE = re.compile(r"[^.!?,;:“”\"]*\b(him|her)self\b")


@dataclass
class _Draft:
    """An entity that is being put together."""

    type: str
    forms: list[tuple[int, Form]] = field(default_factory=list)
    full: Form | None = None
    """The longest name of a person."""
    times_meant: int = 0
    """How often the name stands there in full, or the last name with an honorific that tells whose it is."""
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
        """What honorifics say; else the first name."""
        if len(self.honorifics) == 1:
            return next(iter(self.honorifics))
        named = self.full or self.forms[0][1]
        return gender_of_first_name(named.words[0]) if named.words and not self.honorifics else None


class _Lately:
    """How often each was named, the longer ago the less."""

    HALF = 1500
    """So many characters ago a mention counts half."""

    def __init__(self) -> None:
        self.shares: dict[int, tuple[float, int]] = {}

    def share(self, entity: int, at: int) -> float:
        """How much somebody is spoken of at a place."""
        share, last = self.shares.get(entity, (0.0, at))
        return round(share * math.exp2((last - at) / self.HALF), 6)

    def add(self, entity: int, at: int) -> None:
        self.shares[entity] = self.share(entity, at) + 1, at


class _Bearers:
    """The persons named in full, by the words of their names."""

    def __init__(self) -> None:
        self.last: dict[str, list[int]] = defaultdict(list)
        self.first: dict[str, list[int]] = defaultdict(list)
        self.other: dict[str, list[int]] = defaultdict(list)
        """By what stands between: "Ms. Acosta" is "Melba Acosta Febo"."""

    def add(self, key: Sequence[str], entity: int) -> None:
        """Note a person; of one name no more than can be told apart."""
        between = [(self.other, word) for word in key[1:-1] if len(word) > 2]
        for names, word in ((self.last, key[-1]), (self.first, key[0]), *between):
            if len(names[word]) < _NAMESAKES:
                names[word].append(entity)

    def of(self, word: str) -> list[int]:
        """Whom a word may stand for."""
        return self.last.get(word) or self.first.get(word) or self.other.get(word) or []


class Cast:
    """The entities of one document; ``of`` has for each mention the number of its entity.

    The mentions are in order, and organisations are whole (:mod:`research.nlp.organisations`).
    """

    def __init__(self, text: str, mentions: Sequence[Mention]) -> None:
        self.text, self.mentions = text, mentions
        self.types = types = _types(text, mentions)
        self._drafts: list[_Draft] = []
        self.of = [-1] * len(mentions)
        self._came_as_kin: dict[int, int] = {}
        """The first mention in full of those of whom there may be namesakes; -1 if it is not as another's kin."""
        self._called: dict[int, set[str]] = {}
        """The nouns before the full names of those of whom there are namesakes."""
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
        """A mention as the text has it."""
        mention = self.mentions[number]
        return self.text[mention.start : mention.end]

    def _give(self, number: int, form: Form, entity: int) -> None:
        self.of[number] = entity
        self._drafts[entity].add(number, form)

    def _new(self, type_: str) -> int:
        self._drafts.append(_Draft(type_))
        return len(self._drafts) - 1

    def _people(self, numbers: Sequence[int]) -> None:
        """Full names first, then what is only a part of a name."""
        forms = {number: self._person_form(number) for number in numbers}
        bearers = _Bearers()
        self._in_full([number for number in numbers if len(forms[number].words) > 1], forms, bearers)
        self._in_part(numbers, forms, bearers)

    def _in_full(self, numbers: Sequence[int], forms: Mapping[int, Form], bearers: _Bearers) -> None:
        """Give names of several words to their persons, the longest first."""
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
        """Give names of one word to whom they stand for: somebody named in full, or nobody of those."""
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
                # "Mr. Okell", where only Ada Okell is named in full, and "Okell" before "his wife, Ada Okell".
                may_be[number] = []
                if only not in strangers:
                    strangers[only] = self._new("PERSON")
                self._give(number, forms[number], strangers[only])
        seen = _Lately()
        for number in numbers:
            form, at = forms[number], self.mentions[number].start
            if self.of[number] >= 0:
                # "His wife, Ada Okell, came": "Okell" does not mean her yet.
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
        """Whether somebody is brought in as another's kin ("his wife, Ada Okell,") after a mention of the last name."""
        if entity not in self._came_as_kin:
            first = min(n for n, form in self._drafts[entity].forms if len(form.words) > 1)
            self._came_as_kin[entity] = first if self._is_kin(first) else -1
        return self._came_as_kin[entity] > number

    def _is_kin(self, number: int) -> bool:
        """Whether somebody is named as another's kin: "his wife, Ada Okell,"."""
        return any(it.before and it.head in words_of("kin") for it in descriptions(self.text, *self._extent(number)))

    def _agreeing(self, candidates: Sequence[int], form: Form) -> list[int]:
        """Those of whom is known that they are of a gender, or else those of whom it is not known that they are not."""
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
        """Where a person's name stands; one that the model cut in two is whole again."""
        start, end = self.mentions[number].start, self.mentions[number].end
        if number and self._one_name(number - 1):
            start = self.mentions[number - 1].start
        if self._one_name(number):
            end = self.mentions[number + 1].end
        return start, end

    def _one_name(self, number: int) -> bool:
        """Whether a mention and the next are the two halves of one name."""
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
        return first.sound[0] == form.sound[0] or _same_first(first.key[0], form.key[0])

    def _choose(self, candidates: Sequence[int], number: int, form: Form, seen: _Lately) -> int:
        """Whom a last name alone stands for: of several, who agrees in gender and title and was named most lately."""
        if len(candidates) > 1:
            candidates, titles = self._agreeing(candidates, form) or candidates, self._titles(number)
            candidates = [it for it in candidates if titles and titles & self._known_titles(it)] or candidates
        at = self.mentions[number].start
        return max(candidates, key=lambda entity: (seen.share(entity, at), self._drafts[entity].times_meant, -entity))

    def _titles(self, number: int) -> set[str]:
        """The nouns that stand before a name as its title."""
        start, end = self.mentions[number].start, self.mentions[number].end
        before = {it.head for it in descriptions(self.text, start, end) if it.before}
        words = self.surface(number).split()[:-1]
        return before | {noun for word in words if (noun := roles().noun(word))}

    def _known_titles(self, entity: int) -> set[str]:
        """The nouns that stand before somebody's name where it is given in full."""
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
            if type_ == "ORG" and (_is_acronym(form) or _is_newspaper(form)):
                short.append((number, type_, form))
                continue
            key = longer.get(form.key, form.key) if type_ == "ORG" else form.key
            entity = by_key.get((type_, key))
            if entity is None:
                entity = by_key[type_, key] = self._new(type_)
                if type_ == "ORG":
                    by_letters.setdefault(_letters(form), entity)
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
        titles = list(filter(is_office, found))
        office = next((it.phrase for it in titles if it.before), next((it.phrase for it in titles), None))
        return Entity(
            name=_fullest(draft, self),
            type=draft.type,
            gender=gender,
            office=office if draft.type == "PERSON" else None,
            descriptions=tuple(dict.fromkeys(found))[:_MOST_DESCRIPTIONS],
            mentions=tuple(self._mentioned[number]),
        )


def _longer(keys: Collection[tuple[str, ...]]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """For names that are the beginning of just one longer name before its "of", that one."""
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
    """The form with most words; of equal ones that with its accents, the most frequent, the first.

    Capitals throughout come last; a person who has no other form is written as elsewhere: "Ada Okell".
    """
    written = [" ".join(form.words) + _written_suffix(form) for _, form in draft.forms]
    most = _MOST_WORDS if draft.type == "PERSON" else 2 * _MOST_WORDS
    counts = Counter(written)
    for name in list(counts):
        # "Young Ada Okell" once, and else "Ada Okell".
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
        best = _CAPITALS.sub(_in_small_letters, best)
    return best or cast.surface(draft.forms[0][0])


def _has_title(draft: _Draft, cast: Cast) -> bool:
    """Whether a title stands before a name somewhere: "MAYOR OKELL" is a person, "NATO" might be none."""
    return any(len(cast.surface(number).split()) > len(form.words) for number, form in draft.forms)


_CAPITALS = re.compile(r"\b(MC(?=[^\W\d_]{3})|O['’])?([^\W\d_]{2,})(?![\w.])")
"""A word of a name in capitals; no initials such as "J.F."."""


def _in_small_letters(match: re.Match[str]) -> str:
    return (match[1] or "").capitalize() + match[2].capitalize()


def _is_epithet(word: str, name: str) -> bool:
    """Whether a word before a name is none of its first names."""
    first = name.partition(" ")[0]
    return " " in name and bool(gender_of_first_name(first)) and len(word) > 2 and not gender_of_first_name(word)


def _written_suffix(form: Form) -> str:
    if form.suffix is None:
        return ""
    return " " + (form.suffix.upper() if form.suffix.startswith("i") else form.suffix.capitalize() + ".")


def _is_acronym(form: Form) -> bool:
    return len(form.words) == 1 and 2 <= len(form.words[0]) <= 8 and form.words[0].replace(".", "").isupper()


_NEWSPAPERS = frozenset(("post", "times", "journal", "globe", "herald", "tribune", "guardian", "register", "telegraph"))


def _is_newspaper(form: Form) -> bool:
    return len(form.words) == 1 and form.key[0] in _NEWSPAPERS


def _letters(form: Form) -> str:
    return "".join(word[0] for word in form.words if word[0].isupper()).casefold()


def _types(text: str, mentions: Sequence[Mention]) -> list[str]:
    """The type of each mention, with the model's slips mended: one name has one type in a document.

    A single word that is the last name of somebody named in full is a person, unless it is mostly a place.
    """
    votes: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    keys = []
    last_names = set()
    for mention in mentions:
        surface = text[mention.start : mention.end]
        key = person_form(surface).key or (surface,)
        keys.append(key)
        votes[key][mention.type] += round(100 * mention.confidence)
        if mention.type == "PERSON" and len(key) > 1:
            last_names.add(key[-1:])
    types = []
    for mention, key in zip(mentions, keys, strict=True):
        cast = votes[key]
        best = min(cast, key=lambda type_: (-cast[type_], type_))
        mended = mention.type
        if {mention.type, best} <= {"PERSON", "ORG"}:
            mended = best
            if key in last_names:
                mended = "PERSON"
        types.append(mended)
    return types
