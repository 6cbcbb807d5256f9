"""Proper names in a sentence of a report, known to the run or not: runs of capitals that no other reason explains."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from research.analysis.language.reference import reference
from research.nlp.text.function_words import FUNCTION_WORDS
from research.nlp.text.lists import word_list

_UPPER = r"[^\W\d_a-zà-ÿ]"
_RUN = re.compile(
    rf"(?<![\w.@/-]){_UPPER}[\w’'-]*\.?(?:\s(?:of|the|and|de|al|bin|van|von|da|du|del)(?=\s{_UPPER}))?"
    rf"(?:\s(?:(?:of|the|de|al|bin|van|von|da|du|del)\s)?{_UPPER}[\w’'-]*)*"
)
_COMMON = frozenset((
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march",
    "april", "may", "june", "july", "august", "september", "october", "november", "december", "english", "french",
    "german", "russian", "spanish", "section", "chapter", "table", "figure", "box", "chart", "annex", "appendix",
    "paragraph", "part", "page", "point", "result", "example", "question", "clause", "article", "note", "finding",
    "key", "graphic", "panel", "exhibit", "step", "item", "slide", "cell", "story", "takeaway", "summary",
    "abstract", "ci", "gmt", "utc", "bst", "cet", "am", "pm", "tl", "dr", "tldr", "ps", "nb", "iso", "flesch",
    "wilson", "bootstrap", "committee", "library", "house", "members", "member", "chamber", "parliament",
    "assembly", "council", "court", "bill", "act", "standing", "order", "report", "paper", "brief", "briefing",
    "memo", "number", "data", "method", "methods", "word", "words",
))  # fmt: skip
"""Words with a capital that name no speaker, country or group in a report."""
_TITLES = frozenset((
    "mr", "mrs", "ms", "miss", "dr", "prof", "professor", "sir", "dame", "lord", "lady", "president", "prime",
    "minister", "foreign", "vice", "deputy", "secretary", "general", "chancellor", "premier", "senator", "governor",
    "mayor", "king", "queen", "ambassador", "speaker", "chairman", "chairwoman", "hon", "head",
))  # fmt: skip
_LIKE_STATES = ("republic", "kingdom", "united", "federation", "federal", "democratic", "islamic", "union")


class ProperName(NamedTuple):
    """A proper name: its span in the words, and the name."""

    start: int
    end: int
    name: str


def proper_names(words: str) -> Iterator[ProperName]:
    """Yield the proper names of a sentence in order; not days, months, parts of a report, or the first word of it.

    >>> [it.name for it in proper_names("Nearest was Hedda Marlowe on Tuesday, and Tamaris came in Table 4.")]
    ['Hedda Marlowe', 'Tamaris']
    """
    for found in _RUN.finditer(words):
        start, parts = found.start(), re.split(r"(\s)", found[0].rstrip(".’'-"))
        opens = re.search(r"(?:\A\W*|[.:!?…]\s*)\Z", words[: found.start()]) is not None
        while parts and (_is_no_name(parts[0]) or (opens and _is_word(parts[0], alone=len(parts) == 1))):
            start += sum(map(len, parts[:2]))
            parts = parts[2:]
            opens = opens and bool(parts)
        name = "".join(parts)
        bare = re.sub(r"[’']s?\Z", "", name)
        if not bare or all(_is_plain(it) for it in bare.split()):
            continue
        if start == found.start() and not words[:start].strip() and _NOT_AT_THE_HEAD.match(words, start + len(bare)):
            continue
        if _LABEL.fullmatch(bare) or _IS_AUTHOR.match(words, start + len(bare)):
            continue
        if bare.isupper() and not words[:start].strip() and _DATELINE.match(words, start + len(bare)):
            continue
        titled = bare.split()[0].lower() in _TITLES and len(bare.split()) > _TITLE_AND_NAME
        person = titled or bare.split()[0].lower() in _known_names()  # "the Lady Penrose Ashby"
        if _has_article(words[:start]) and not person and not bare.lower().startswith(_LIKE_STATES):
            continue
        yield ProperName(start, start + len(bare), bare)


_TITLE_AND_NAME = 2
_LABEL = re.compile(r"[A-Z]{1,2}[0-9]+")
_IS_AUTHOR = re.compile(r"(?: et al\.?)?,? \(?(?:1[5-9]|20)[0-9]{2}[a-z]?[),;:]")
"""What follows the author of a work that is cited: "Entman (1993)"."""
_DATELINE = re.compile(r",\s|\s?[-–—]|\s\(")
"""What follows a place in capitals at the head of a report of an agency: "TARN, May 14 –"."""
_NOT_AT_THE_HEAD = re.compile(
    r",\s(?:[A-Z][a-z]{2,8}\.? [0-9]{1,2}\b|[0-9]{1,2} [A-Z][a-z]{2,8}\b)(?:,? [0-9]{4})?(?:\s\([^()]{0,40}\))?"
    r"\s?[-–—]|"
    r"\s(?:for|through|out|up|away|down|the|an?|your|my|our|these|those|him|her|it|them|me|us)\b"
)
"""What follows the first word of a sentence that is a place with a date ("Tarn, 14 May –"), or a verb ("Grep for")."""


def _is_plain(word: str) -> bool:
    """Whether a word with a capital is a title, a part of a report, or a common word, as in headings."""
    low = word.lower().strip(".")
    return low in _TITLES or low in _COMMON or (_is_word(word, alone=False) and low not in _known_names())


def _is_no_name(word: str) -> bool:
    low = word.lower().strip(".’'")
    return low in _COMMON or low in FUNCTION_WORDS or len(low) < 2


def _is_word(word: str, *, alone: bool) -> bool:
    """Whether a word that begins a sentence is a common one: "Nearest"."""
    low = word.lower()
    if low in _known_names() or low in _TITLES or (word.isupper() and len(word) > 1):
        return False
    known = {low, low.removesuffix("s"), low.removesuffix("es"), f"{low.removesuffix('ies')}y"}
    return not known.isdisjoint(reference().counts) or (alone and low.endswith(_ENDINGS))


_ENDINGS = ("ing", "ed", "ly", "ity", "tion", "tions", "ment", "ness", "ance", "ence", "able", "ible", "ism", "est")


@cache
def _known_names() -> frozenset[str]:
    groups = word_list("first_names.txt")
    return frozenset(it.lower() for its in groups.values() for it in its)


_ARTICLE = re.compile(r"\b(?:the|this|an?|our|its|his|her|their|my|your|no|each|every|same)\s\Z", re.IGNORECASE)


def _has_article(before: str) -> bool:
    return _ARTICLE.search(before) is not None
