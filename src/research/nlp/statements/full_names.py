"""Full names as a text writes them: a first name, or initials, and a surname; names in capitals as others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from research.nlp.names.descriptions import roles
from research.nlp.statements.label_words import (
    as_office,
    folded,
    in_capitals,
    is_courtesy,
    is_name_word,
    is_office_word,
    words_of,
)
from research.nlp.text.function_words import FUNCTION_WORDS
from research.nlp.text.lists import word_list

IN_METADATA, LISTED, IN_TITLE, IN_HEAD, IN_TEXT = 10_000, 5_000, 500, 200, 1
"""How much it counts where a name is given."""

_WORD = r"[^\W\d_](?:[\w'’&;#-]{0,30}\.?)"
_CAPITALISED = rf"(?![a-z]){_WORD}"
_PARTICLE = r"(?:al|af|bin|da|das|de|del|della|den|der|di|dos|du|el|la|le|st|ten|ter|van|von|zu|y)"
_SPACE = r"(?:[ \t\xa0]{1,2}|[ \t]?\n[ \t]{0,4})"
_RUN = re.compile(
    rf"(?<![\w'’])(?=[^\W\d_]){_CAPITALISED}(?:{_SPACE}(?:{_PARTICLE}{_SPACE}){{0,2}}{_CAPITALISED}){{1,7}}"
)
_COMMA_NAME = re.compile(r"([^\d,;:/]{1,40}),\s*([^\d,;:/]{1,40})")


class Named(NamedTuple):
    """A name with where it is: the places of its characters in a text, and how much it counts."""

    name: str
    start: int
    end: int
    weight: int


@cache
def _first_names() -> frozenset[str]:
    groups = word_list("first_names.txt")
    return frozenset(folded(name) for name in (*groups["women"], *groups["men"]))


def is_first_name(word: str) -> bool:
    """Whether a word is a usual first name."""
    return folded(word) in _first_names()


_STOPS = frozenset(words_of("no given names"))


@lru_cache(maxsize=65_536)
def _no_given_name(low: str) -> bool:
    """Whether a word stops a name: a title, a word of grammar or one that opens a sentence."""
    if low in _first_names():
        return False
    return (
        low in _STOPS
        or low in FUNCTION_WORDS
        or low in words_of("openers")
        or low in words_of("fields")
        or low in words_of("letters after names")
        or any(low in words_of(group) for group in ("journalists", "callers", "unnamed", "groups"))
        or any(is_courtesy(it) or is_office_word(it) for it in (low, low.removesuffix("s")))
        or as_office(low) == "minister"
        or low in roles().organisations
        or low in roles().modifiers
    )


def names_in(text: str, start: int, end: int, weight: int, common: frozenset[str] = frozenset()) -> Iterator[Named]:
    """The names of a first name, or initials, and a surname in a stretch of text."""
    for run in _RUN.finditer(text, start, end):
        words = list(re.finditer(r"\S+", run[0]))
        at = 0
        for n in range(1, len(words)):
            word = words[n][0]
            low = folded(word)
            participle = weight > IN_TEXT and low.endswith("ing") and len(low) > 6
            if (
                (low in common or participle)
                and low not in _first_names()
                and folded(words[n - 1][0]) not in _first_names()
            ):
                at = n + 1
                continue
            if (
                len(low) < 2
                or not word[0].isupper()
                or (_no_given_name(low) and low not in _first_names() and not _may_end(low, n, words))
            ):
                at = n + 1 if word[0].isupper() and len(low) > 1 else at
                continue
            first = _first_of(words, n, at)
            alone = n + 1 == len(words) or _ends_name(folded(words[n + 1][0]), common)
            if first == n and alone and weight > IN_TEXT and is_office_word(words[n - 1][0]):
                yield Named(
                    recased([word.rstrip(".")]), run.start() + words[n].start(), run.start() + words[n].end(), weight
                )
            if (first < n and not words[n - 1][0].endswith((".", "!", "?"))) or (
                first < n and _is_initial(words[n - 1][0])
            ):
                given = [recased([it[0]]) for it in words[first : n + 1]]
                given[-1] = given[-1].rstrip(".")
                yield Named(" ".join(given), run.start() + words[first].start(), run.start() + words[n].end(), weight)


def _ends_name(low: str, common: frozenset[str]) -> bool:
    """Whether a word of a title does not go on with a name: "President Okell Marking a Year"."""
    return _no_given_name(low) or low in common or (low.endswith("ing") and len(low) > 6)


def _may_end(low: str, n: int, words: Sequence[re.Match[str]]) -> bool:
    """Whether a surname that is a common noun too ("Julie Bishop") may end a name here: after a first name."""
    return (
        folded(words[n - 1][0]) in _first_names()
        and low not in FUNCTION_WORDS
        and low not in _STOPS
        and low not in words_of("letters after names")
    )


def _is_initial(word: str) -> bool:
    return len(word.strip(".")) == 1 and word[0].isupper()


def _first_of(words: Sequence[re.Match[str]], n: int, least: int) -> int:
    """Where the name begins that ends in a word: at most three words before it, none of which is a title."""
    first = n
    while first > max(least, n - 4):
        word = words[first - 1][0]
        if _is_initial(word) or (
            is_name_word(word) and not _no_given_name(folded(word)) and not word.endswith((".", "!", "?"))
        ):
            first -= 1
        else:
            break
    while first < n and not words[first][0][0].isupper():
        first += 1
    known = next((m for m in range(first, n) if folded(words[m][0]) in _first_names()), None)
    if known is not None:
        return known
    return max(first, n - 2)


_MAC = re.compile(r"(Mc)([a-z])")
_BEFORE_NAME = re.compile(r"((?:[^\W\d_]\.){1,5})(?=[^\W\d_]{3})")


def _apart(words: Sequence[str]) -> list[str]:
    """Words without marks that end a list, and with a blank between initials and a surname: "K.V.RAVU;"."""
    return _BEFORE_NAME.sub(r"\1 ", " ".join(words)).rstrip(";, ").split()


_INITIALS = re.compile(r"(?:[^\W\d_]\.){2,5}[^\W\d_]?")
_AFTER_MARK = re.compile(r"(?<=['’-])[^\W\d_]")


def recased(words: Sequence[str]) -> str:
    """Words in capitals written as names are; other words stay as they are."""
    written = []
    for word in _apart(words):
        if (
            not in_capitals([word + "X" if word.isupper() else word])
            or len(word.strip(".")) == 1
            or (len(word) <= 3 and "." in word)
            or _INITIALS.fullmatch(word)
        ):
            written.append(word)
            continue
        if not word.isupper():
            written.append(word)  # McCORMACK
            lead = re.match(r"(?:Ma?c|[A-Z]['’]|La|Le|De|Du|Di|Van|O['’])(?=[A-Z]{2})", word)
            if lead:
                written[-1] = lead[0] + word[lead.end() :].capitalize()
            continue
        plain = _AFTER_MARK.sub(lambda it: it[0].upper(), word.capitalize())
        plain = re.sub(r"(?<=['’])[A-Z]\Z", lambda it: it[0].lower(), plain)  # "ITALY'S"
        written.append(_MAC.sub(lambda it: it[1] + it[2].upper(), plain) if len(plain) > 4 else plain)
    return " ".join(written)


def person_in(value: str) -> str | None:
    """The name of a person that a field of metadata holds: "Howard, John" or "John Howard"; None for anything else."""
    value = " ".join(value.split())
    turned = _COMMA_NAME.fullmatch(value)
    words = (f"{turned[2]} {turned[1]}" if turned else value).split()
    words = [word for word in words if not is_courtesy(word)]
    named = 1 < len(words) <= 5 and all(is_name_word(word) for word in words)
    return recased(words) if named and not is_office_word(words[-1]) else None
