"""Abbreviations before a full stop: the listed ones, initials, acronyms, and those that the sentence model learned."""

from __future__ import annotations

import re
from functools import cache

from research.nlp.text import punkt
from research.nlp.text.lists import word_list
from research.nlp.text.punkt import Punkt

ACRONYM = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}")
"""An acronym with inner full stops, without its last one: "U.S", "a.m", "Ph.D"."""

WORD_EDGE = r"\s\u200b\ufeff\"'“”‘’‚‛„‟«»‹›`(){}\[\]<>;,:?!*@…—–"
"""What ends a word, as the inside of a character class."""
# Includes the apostrophe, as the "t" of "don't." and the "s" of "Kazakhstan's." are not initials.
WORD_BEFORE = re.compile(rf"(?:[^\W\d_]{{1,32}}['’])?[^{WORD_EDGE}]*\Z")
"""The word in which a stretch of text ends."""
LONGEST_WORD = 64
"""Characters of a word that Punkt is asked about; no abbreviation is longer."""


@cache
def abbreviations() -> dict[str, str]:
    """Return the listed abbreviations and how each is used: never, number, capital or may (see the list's head)."""
    return {
        word: heading.partition(":")[0] for heading, words in word_list("abbreviations.txt").items() for word in words
    }


@cache
def model() -> Punkt:
    """Return Punkt with this project's parameters and abbreviations."""
    return punkt.load(abbreviations())


def is_abbreviation(word: str) -> bool:
    """Return whether a word before a full stop is a listed abbreviation, an initial or an acronym: "Jr", "U.S"."""
    return len(word) == 1 or word.lower() in abbreviations() or ACRONYM.fullmatch(word) is not None


def ends_in_full_stop(text: str, start: int, end: int) -> bool:
    """Return whether a stretch of text ends in the full stop of its sentence, not in that of an abbreviation."""
    last = text[start:end].split()[-1:]
    return bool(last) and last[0][-1:] == "." and last[0] != "." and not is_abbreviation(last[0][:-1])
