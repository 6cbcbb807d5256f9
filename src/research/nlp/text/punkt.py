"""Punkt: whether a full stop ends a sentence or belongs to an abbreviation.

Kiss and Strunk (2006), "Unsupervised Multilingual Sentence Boundary Detection", Computational Linguistics 32:485-525,
with parameters that NLTK trains (``training/punkt``). The tests compare these verdicts with NLTK's own. NLTK is not
used itself, as importing it takes a second of processor time and 95 MB, more than extracting the statements of a short
text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

PARAMETERS = Path(__file__).parent.parent / "models" / "punkt.json"

NUMBER = "##number##"
"""The type that all numbers share."""

_NUMERAL = re.compile(r"-?[.,]?\d[\d,.-]*")
_NO_FIRST_WORD = frozenset(";:,.!?")

# How a word occurred in training: with a capital or not; at the beginning of a sentence, inside one, or unknown.
_BEGAN_UPPER, _INSIDE_UPPER, _UNKNOWN_UPPER, _BEGAN_LOWER, _INSIDE_LOWER, _UNKNOWN_LOWER = (
    1 << bit for bit in range(1, 7)
)
_UPPER = _BEGAN_UPPER | _INSIDE_UPPER | _UNKNOWN_UPPER
_LOWER = _BEGAN_LOWER | _INSIDE_LOWER | _UNKNOWN_LOWER


@dataclass(frozen=True)
class Punkt:
    """Trained parameters of a language.

    Abbreviations, pairs of words that a full stop often separates, words that often begin a sentence, and how each word
    occurred.
    """

    abbreviations: frozenset[str]
    collocations: frozenset[tuple[str, str]]
    starters: frozenset[str]
    orthography: dict[str, int]

    def ends_sentence(self, word: str, following: str) -> bool:
        """Return whether the full stop after a word ends a sentence, given the word that follows."""
        kind, next_kind = _kind(word), self._kind_of_next(following)
        if (kind, next_kind) in self.collocations:
            return False
        initial = len(word) == 1 and (word.isalpha() or word == "_")
        abbreviated = self._abbreviated(word)
        if initial or kind == NUMBER:
            begins = self._begins(following, next_kind)
            if begins is False:
                return False
            always_upper = following[0].isupper() and not self._met(next_kind) & _LOWER
            if initial and begins is None and always_upper:
                return False
        if abbreviated and not initial:
            return self.ends_after_abbreviation(following)
        return not abbreviated and not word.endswith(".")

    def ends_after_abbreviation(self, following: str) -> bool:
        """Return whether a sentence ends after an abbreviation or an ellipsis, given the word that follows."""
        kind = self._kind_of_next(following)
        return self._begins(following, kind) is True or (following[0].isupper() and kind in self.starters)

    def _begins(self, word: str, kind: str) -> bool | None:
        """Return whether a word begins a sentence, by its case here and in training; None if that is open."""
        met = self._met(kind)
        if word in _NO_FIRST_WORD:
            return False
        if word[0].isupper() and met & _LOWER and not met & _INSIDE_UPPER:
            return True
        if word[0].islower() and (met & _UPPER or not met & _BEGAN_LOWER):
            return False
        return None

    def _met(self, kind: str) -> int:
        return self.orthography.get(kind, 0)

    def _abbreviated(self, word: str) -> bool:
        small = word.lower()
        return small in self.abbreviations or small.rpartition("-")[2] in self.abbreviations

    def _kind_of_next(self, word: str) -> str:
        """Return the type of the word that follows: without a full stop, unless it is an abbreviation's."""
        alone = word.endswith(".") and not word.endswith("..") and not self._abbreviated(word[:-1])
        return _kind(word[:-1] if alone and len(word) > 1 else word)


def _kind(word: str) -> str:
    """Return the type under which a word is counted."""
    return NUMBER if _NUMERAL.fullmatch(word) else word.lower()


def load(abbreviations: Iterable[str]) -> Punkt:
    """Return Punkt with the parameters trained for this project, and with further abbreviations."""
    model = json.loads(PARAMETERS.read_text(encoding="utf-8"))
    return Punkt(
        abbreviations=frozenset(model["abbreviations"]).union(abbreviations),
        collocations=frozenset((first, second) for first, second in model["collocations"]),
        starters=frozenset(model["sentence_starters"]),
        orthography={word: int(flags) for flags, words in model["orthography"].items() for word in words},
    )
