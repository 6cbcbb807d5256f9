"""Forms of names: their words without title, honorific and possessive, and which of them may mean the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from research.nlp.names.descriptions import FEMALE, HONORIFICS, MALE, roles, words_of
from research.nlp.text.lists import word_list


@cache
def _first_names() -> tuple[dict[str, str], frozenset[tuple[str, str]]]:
    """Return first names with their gender, and pairs of short form and full name."""
    groups = word_list("first_names.txt")
    gender = dict.fromkeys(groups["men"], MALE) | dict.fromkeys(groups["women"], FEMALE)
    short = [pair.partition("=") for pair in groups["short forms"]]
    return gender, frozenset((one, other) for one, _, other in short)


def gender_of_first_name(name: str) -> str | None:
    """Return the gender of nearly all bearers of a first name; None if it does not tell."""
    low = name.lower()
    known = _first_names()[0]
    return known.get(low) or known.get(low.partition("-")[0])


_SUFFIXES = frozenset(("jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "esq.", "esq"))

_POSSESSIVE = re.compile(r"(?:['’]s?|\s['’]s)\Z")

_WORD = re.compile(r"[^\s,()“”\"]+")


@dataclass(frozen=True)
class Form:
    """The name in one mention: its words, without title, honorific and possessive."""

    words: tuple[str, ...]
    gender: str | None = None
    suffix: str | None = None

    @property
    def key(self) -> tuple[str, ...]:
        """The words as they are compared: in small letters, without full stops."""
        return tuple(word.casefold().rstrip(".") for word in self.words)

    @property
    def sound(self) -> tuple[str, ...]:
        """The words as all spellings of a name share them."""
        return tuple(map(_sound, self.key))


@lru_cache(4096)
def _sound(word: str) -> str:
    """Return a word of a name as all its spellings share it: "Müller", "Mueller" and "Muller" are one.

    In longer words, letters that transliterations write in several ways are merged as well ("Tokayev", "Tokaev";
    "Yuriy", "Yuri").
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
    """Return the name in a mention of a person: "Ada B. Okell" in "Former Sen. Ada B. Okell's"."""
    words = _WORD.findall(_POSSESSIVE.sub("", _EXCELLENCY.sub("", surface)))
    gender = suffix = None
    while len(words) > 1 and _is_no_part(words):
        gender = HONORIFICS.get(words[0].lower().rstrip("."), gender)
        words.pop(0)
    while len(words) > 1 and words[-1].lower() in _SUFFIXES:
        suffix = words.pop().rstrip(".").lower()
    return Form(tuple(words), gender, suffix)


_EXCELLENCY = re.compile(
    r"\A(?:(?:his|her|your)\s(?:(?:royal|serene|imperial)\s)?(?:excellency|majesty|highness|holiness|eminence|honou?r)|"
    r"(?:(?:royal|serene|imperial)\s)?(?:excellency|majesty|highness|holiness|eminence)|"  # "Honor" alone is a name
    r"(?:the\s)?(?:rt\.?|right)\s(?:hon\.?|honou?rable)|h\.\s?e\.|hon\.?|honou?rable)[,\s]+(?=\S)",
    re.IGNORECASE,
)


def _is_no_part(words: Sequence[str]) -> bool:
    """Return whether the first word is no part of the name: a title, a greeting, or a nationality ("Italian")."""
    first, second = words[0].lower(), words[1]
    if _is_title(words[0]) or first == "the" or (first in words_of("greetings") and words[0] != "Good"):
        return True
    if words[0] == "Good":
        return second.lower() in words_of("greetings")
    return (
        len(words) > 2
        and is_nationality(words[0])
        and (first not in _nationalities()[1] or gender_of_first_name(second) is not None)
    )


@cache
def _nationalities() -> tuple[frozenset[str], frozenset[str]]:
    """Return all nationalities, and those that are first names as well."""
    groups = word_list("nationalities.txt")
    both = frozenset(groups["first names too"])
    return frozenset(groups["nationalities"]) | both, both


def is_nationality(word: str) -> bool:
    """Return whether a word says where somebody is from: "Italian", "Spaniard", "French-Canadian"."""
    return all(part in _nationalities()[0] for part in word.lower().split("-"))


def is_mute(name: str) -> bool:
    """Return whether what is named cannot speak: an illness, a region, a teaching, a tax, a field of a form."""
    words = other_form(name).words
    low = "_".join(words).casefold()
    return low in words_of("mute") or (len(words) == 1 and low.endswith("ism") and len(low) > _SHORTEST_ISM)


_SHORTEST_ISM = 5


def cannot_speak(name: str, type_: str) -> bool:
    """Return whether what is named has no voice: also a treaty, a law, or what somebody is addressed by."""
    words = [word.strip(".,()") for word in name.casefold().split()]
    if not words:
        return True
    if " ".join(words) in words_of("forms of address") or (type_ != "PERSON" and (type_ == "LOC" or is_mute(name))):
        return True
    joining = next((n for n, word in enumerate(words) if word in ("of", "on", "for", "against")), len(words))
    document = words[joining - 1] in words_of("documents") or words[-1] in words_of("documents")
    return document and (type_ != "PERSON" or len(words) == 1)


def _is_title(word: str) -> bool:
    low = word.lower()
    known = roles()
    return low.rstrip(".") in HONORIFICS or low in known.abbreviations or low in known.persons or low in _LOOSE


_LOOSE = frozenset(("former", "ex", "acting", "then", "late", "vice", "prime", "presidential"))


def other_form(surface: str) -> Form:
    """Return the name in any other mention: without article and possessive."""
    words = _POSSESSIVE.sub("", surface).split()
    if len(words) > 1 and words[0].lower() == "the":
        words = words[1:]
    return Form(tuple(words))


def same_first(one: str, other: str) -> bool:
    """Return whether two first names, in lower case, may belong to one person: equal, initial or short form."""
    if one == other or (one, other) in _first_names()[1] or (other, one) in _first_names()[1]:
        return True
    short, long = sorted((one, other), key=len)
    return long.startswith(short) and (len(short) == 1 or len(short) >= 3)


def is_acronym(form: Form) -> bool:
    """Return whether a name is one word in capitals, as "NATO" or "U.N."."""
    return len(form.words) == 1 and 2 <= len(form.words[0]) <= 8 and form.words[0].replace(".", "").isupper()


_NEWSPAPERS = frozenset(("post", "times", "journal", "globe", "herald", "tribune", "guardian", "register", "telegraph"))


def is_newspaper(form: Form) -> bool:
    """Return whether a name is the short name of a newspaper: "the Times"."""
    return len(form.words) == 1 and form.key[0] in _NEWSPAPERS


def initials(form: Form) -> str:
    """Return the capitals that a name's words begin with, in small letters: "cu" of "Coastal Union"."""
    return "".join(word[0] for word in form.words if word[0].isupper()).casefold()


def written_suffix(form: Form) -> str:
    """Return the suffix of a name as it is written, with a space before it: " Jr."."""
    if form.suffix is None:
        return ""
    return " " + (form.suffix.upper() if form.suffix.startswith("i") else form.suffix.capitalize() + ".")


_CAPITALS = re.compile(r"\b(MC(?=[^\W\d_]{3})|O['’])?([^\W\d_]{2,})(?![\w.])")
"""A word of a name in capitals, but not initials such as "J.F."."""


def in_small_letters(name: str) -> str:
    """Return a name in capitals as it is otherwise written: "Ada Okell" for "ADA OKELL"."""
    return _CAPITALS.sub(_capitalised, name)


def _capitalised(match: re.Match[str]) -> str:
    return (match[1] or "").capitalize() + match[2].capitalize()
