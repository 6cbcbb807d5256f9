"""Which tokens are words, and the form in which words are compared."""

from __future__ import annotations

import re
import unicodedata

_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ＇", "'"))
_ENDINGS = frozenset(["n't", "'s", "'d", "'m", "'re", "'ve", "'ll"])
CONTRACTION = re.compile(r"(.+)(n't|'(?:s|d|m|re|ve|ll))")
"""A word with a contracted ending that the tokenizer splits off."""


def folded(word: str) -> str:
    """Return a word as it is compared: without capitals, variants of apostrophes and letters, and soft hyphens.

    Letters are normalised to Unicode's NFKC, so that a combining accent or a ligature makes no other word.

    >>> folded("Don’t") == folded("don't")
    True
    """
    return unicodedata.normalize("NFKC", word).casefold().replace("\u00ad", "").translate(APOSTROPHES)


def is_word(token: str) -> bool:
    """Return whether a token is a word in every count of this package.

    A word has a letter or a digit. Endings that the tokenizer splits off ("n't", "'s") are not words, so "don't" and
    "Kazakhstan's" count as one word each.
    """
    if token.isascii() and token.isalnum():  # most tokens, and folding takes time
        return True
    return _LETTER_OR_DIGIT.search(token) is not None and folded(token) not in _ENDINGS
