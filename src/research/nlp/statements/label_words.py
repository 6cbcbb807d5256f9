"""The words of a label: a person, an office, a role, a field of a form, or words that go on with the text.

``MR. CARVER`` is a person with a title, ``PRIME MINISTER`` an office, ``SECOND REPORTER`` a role, ``MEDIA CONTACT`` a
field; "Let me be clear" is none of these.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from research.nlp.names.descriptions import HONORIFICS, roles
from research.nlp.text.function_words import FUNCTION_WORDS
from research.nlp.text.lists import word_list


class Label(NamedTuple):
    """What the words of a label mean."""

    sort: str
    """``person``, ``office``, ``role``, ``name`` (it may be one, but nothing tells), ``field`` or ``text``."""
    role: str = ""
    """``journalist``, ``caller``, ``chair``, ``group``, ``answer`` or ``unnamed``; empty for persons and offices."""
    title: tuple[str, ...] = ()
    """What precedes the name, or the office, in lower case and without articles."""
    name: tuple[str, ...] = ()
    """The words of the name as they are written."""
    capitals: bool = False


ANNOUNCED = re.compile(
    r"\b(?:transcript|interview(?:ed|s)?|press conference|news conference|briefing|gaggle|doorstop|joint press|hearing|"
    r"debates?|hansard|remarks|town hall|q ?(?:&|and) ?a|questions and answers|congressional record|"
    r"question (?:time|period)|oral questions|podcast)\b",
    re.IGNORECASE,
)
"""What a title or a head says that announces a transcript."""
FIELD, TEXT = Label("field"), Label("text")
_MOST_WORDS = 9
_PARTICLES = frozenset(
    ("al", "af", "ben", "bin", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du")
)
_PARTICLES |= {"e", "el", "la", "le", "los", "st", "st.", "ten", "ter", "van", "von", "zu", "y"}
_NAME_WORD = re.compile(r"[^\W\d_](?:[\w'’.&;#-]{0,30}[^\W_.]\.?|\.)?")
_PREPOSITIONS = frozenset(("of", "for", "from", "in", "on", "at", "to", "with", "and", "by", "&", "pro", "about", "on"))
_MAY_BE_GIVEN = frozenset(("an", "do", "may", "so", "will", "he", "no", "so", "our", "my", "you", "both", "down"))
"""Words of grammar that are first names as well."""
_APPENDED = re.compile(r"\s+[-–—]\s+|,\s+")
_NUMBER = re.compile(r"(?:no\.?\s?|#)?\d{1,5}(?:st|nd|rd|th)?", re.IGNORECASE)


@cache
def words_of(group: str) -> frozenset[str]:
    """A group of the list ``lexicon/turns.txt``."""
    return frozenset(word_list("turns.txt")[group])


def folded(word: str) -> str:
    """A word as names and titles are compared: without capitals, accents and the marks around it."""
    plain = unicodedata.normalize("NFKD", word.casefold().replace("’", "'").strip('.,;*"“”'))
    return "".join(character for character in plain if not unicodedata.combining(character))


def in_capitals(words: Sequence[str]) -> bool:
    """Whether words are set in capitals, but for the small letters of a "Mc", a "de" or an "of"."""
    letters = [c for word in words if word.lower() not in _PARTICLES | _PREPOSITIONS for c in word if c.isalpha()]
    return bool(letters) and sum(map(str.isupper, letters)) > 0.7 * len(letters)


def is_office_word(word: str) -> bool:
    """Whether a word is the noun of an office or a title: "minister", "Sen.", "PM"."""
    low = folded(word)
    return low in words_of("offices") or roles().noun(low) is not None or roles().noun(low + ".") is not None


def is_courtesy(word: str) -> bool:
    """Whether a word is said before a name and means no office: "Mr.", "Hon.", "Sir"."""
    low = folded(word)
    return low != "lady" and (low in words_of("courtesy") or low in HONORIFICS)


def is_name_word(word: str) -> bool:
    """Whether a word may be part of a name by its form."""
    return word.lower() in _PARTICLES or (_NAME_WORD.fullmatch(word) is not None and word[0].isupper())


def read_label(label: str, known: Callable[[Sequence[str]], bool], *, bracketed: bool = False) -> Label:
    """What a label means. ``known`` tells whether words are the name of somebody whom the document names."""
    whole = _without_appended(_TITLE_IN_BRACKETS.sub(r"\1 ", label.strip()))
    main = _without_outlet(whole)
    words = [word for word in main.replace("\xa0", " ").split(" ") if word.strip(".,")]
    capitals = in_capitals(words)
    while words and _NUMBER.fullmatch(words[-1]):
        words.pop()
    numbered = len(words) < len(main.split())
    the = bool(words) and words[0].lower() == "the"
    words = words[1:] if the or (words and words[0].lower() in ("a", "an") and len(words) > 1) else words
    if not words or len(words) > _MOST_WORDS or not words[0][0].isalpha() or not label.lstrip()[0].isupper():
        return TEXT
    if label.endswith(".") and not capitals and len(words[-1].rstrip(".")) > 2:
        return TEXT
    if folded(words[0]).replace(".", "") in ("pm", "dpm", "vp", "mp") and len(words) == 1:
        return Label("office", "", (folded(words[0]).replace(".", ""),), capitals=capitals)
    if len(words) == 2 and capitals and within_two(folded(words[0]), "prime") and folded(words[1]).endswith("ster"):
        return Label("office", "", ("prime", "minister"), capitals=True)
    if any(map(str.isdigit, "".join(words))) and capitals and len(words) < 3:
        return Label("role", "unnamed", capitals=True)  # "PM4": a page that was scanned badly
    listing = " ".join(map(folded, words)) in _LISTS and not numbered
    if listing or known(words):
        return FIELD if listing else Label("person", name=tuple(_without_letters(words)), capitals=capitals)
    if not capitals and _is_salutation(words):
        return TEXT
    head = _head(words)
    role = (
        _role(words, head, chairs=the or bracketed or is_courtesy(words[0]))
        if not (known(head[-1:]) and len(words) > 1)
        else ""
    )
    if role == "unnamed" and not (
        capitals or numbered or len(head) > 1 or folded(words[0]) in words_of("before roles")
    ):
        return Label("name", role="unnamed", name=tuple(words), capitals=capitals)
    if role:
        return Label("role", role, tuple(map(folded, words)), capitals=capitals)
    if numbered:  # "Speaker 2", but not "H.R. 282"
        return Label("role", "unnamed", tuple(map(folded, words)), capitals=capitals) if _is_unnamed(words) else TEXT
    if head and folded(head[-1]) in words_of("fields"):
        form = capitals or all(word[0].isupper() or word.lower() in FUNCTION_WORDS for word in words)
        named = {folded(word) for word in words[:-1]} <= words_of("fields") | {"press", "media"}
        return FIELD if form or named else TEXT
    found = _titled_or_named(words, known, capitals)
    return found._replace(sort="person") if main != whole and found.sort == "name" else found


_TITLE_IN_BRACKETS = re.compile(r"\(((?:[A-Z][a-z]{0,4}\.? ?){1,2})\) ?(?=[A-Z])")
"""As Kenya's parliament prints it: "Hon. (Dr.) Vell"."""


def _is_salutation(words: Sequence[str]) -> bool:
    """Whether words address somebody: "Mr. President", "Distinguished delegates". "Mr. Speaker" may be a label."""
    low = [folded(word) for word in words]
    courteous = low[0] in ("mr", "mrs", "ms", "madam") and all(map(is_office_word, words[1:]))
    return low[0] in _ADDRESSING or (len(words) > 1 and courteous and low[-1] != "speaker")


_ADDRESSING = frozenset(("dear", "distinguished", "excellencies", "excellency", "fellow", "ladies", "my", "your"))


def _is_unnamed(words: Sequence[str]) -> bool:
    return folded(words[-1]) in words_of("unnamed")


def _without_appended(label: str) -> str:
    """A label without what a dash or a comma appends to a name: "MARK BRAND – CEO, YUMAR", "Ana Weiss, Minister"."""
    found = _APPENDED.search(label)
    if found is None or is_courtesy(label[: found.start()]):
        return label.replace(",", ".", 1) if found is not None else label
    name, behind = label[: found.start()], label[found.end() :].split()
    plain = [word for word in behind if word.lower() not in _PREPOSITIONS | {"the"}]
    return name if plain and all(word[0].isupper() for word in plain) else label


def _without_outlet(label: str) -> str:
    """A label without the outlet behind a name in capitals: "RITA VARN Laval Times", "MR. DOLE N. B. C."."""
    words = label.split()
    end = next((n for n, word in enumerate(words) if not (word.isupper() or _MAC.match(word))), len(words))
    letters = next((n for n in range(len(words), 0, -1) if not _INITIAL.fullmatch(words[n - 1])), 0)
    if end == len(words) and "".join(words[letters:]).count(".") > 1:
        end = letters
    while end and len(words[end - 1].strip(".")) == 1:
        end -= 1  # "ANN POLK A. B. C. News"
    name, outlet = words[:end], words[end:]
    plain = [word for word in name if not is_courtesy(word)]
    if not outlet or len(outlet) > _LONGEST_OUTLET or len(plain) + (len(plain) < len(name)) < 2 or len(plain) > 3:
        return label
    if any(is_office_word(word) or not is_name_word(word) or folded(word) in FUNCTION_WORDS for word in plain):
        return label
    if outlet[0] != "The" and folded(outlet[0]) in FUNCTION_WORDS | words_of("openers") and outlet[0][1:2].isalpha():
        return label
    capitalised = all(word[0].isupper() or word[0].isdigit() or word in ("of", "the", "and", "&") for word in outlet)
    return " ".join(name) if capitalised and folded(outlet[-1]) not in _WORKS else label


_MAC = re.compile(r"(?:Mac|Mc|O['’])[A-Z]{2}")
_INITIAL = re.compile(r"(?:[A-Z]\.){1,4}")
_LONGEST_OUTLET = 6
_WORKS = frozenset(("interview", "transcript", "speech", "address", "remarks", "statement", "conference", "grab"))
"""What a heading in capitals and small letters may end in."""


def _head(words: Sequence[str]) -> Sequence[str]:
    """The words before the first preposition: "MEMBER" of "MEMBER OF THE PRESS"."""
    end = next((n for n, word in enumerate(words) if word.lower() in _PREPOSITIONS and n), len(words))
    return words[:end]


_LISTS = frozenset(
    ("attendees", "participants", "panelists", "panellists", "present", "also present", "members present")
)
"""Labels of lists of who takes part. "Panelist:" may speak."""
_ROLES = (
    ("journalist", "journalists"),
    ("caller", "callers"),
    ("chair", "chairs"),
    ("answer", "answers"),
    ("group", "groups"),
    ("unnamed", "unnamed"),
)


def _role(words: Sequence[str], head: Sequence[str], *, chairs: bool) -> str:
    """The role that the head of a label names, if its other words may precede one."""
    if not head:
        return ""
    noun = folded(head[-1])
    behind = [word.lower() for word in words[len(head) + 1 :]]
    if any(word in FUNCTION_WORDS and word not in _PREPOSITIONS | {"the", "a", "an", "our"} for word in behind):
        return ""
    before = [folded(word) for word in head[:-1]]
    plain = [word for word in before if not is_courtesy(word)]  # "mr" is a word of grammar as well
    if any(word in FUNCTION_WORDS and word not in words_of("before roles") for word in plain):
        return ""
    acting = {"acting", "deputy", "assistant", "temporary", "vice", "presiding"}
    if noun == "speaker" and (chairs or acting & set(before)):
        return "chair"
    if noun in ("member", "members") and (
        words_of("groups") | {"government", "panel", "press", "public", "media"}
    ).intersection([*before, *behind]):
        return "unnamed"
    if noun in ("question", "questions") and not in_capitals(head) and len(words) > 1:
        return ""
    if noun == "officer" and "presiding" in before:
        return "chair"
    if noun in ("president", "speaker") and "pro" in map(str.lower, words):
        return "chair"
    for role, group in _ROLES:
        if (noun in words_of(group) or (role == "journalist" and _misspelt(noun))) and not (
            role == "chair" and noun == "speaker"
        ):
            if role in ("answer", "unnamed", "group") and noun in words_of("offices") and not before:
                continue
            return role
    return ""


_MISSPELT = ("journalist", "question", "reporter", "interviewer", "presenter")


@lru_cache(maxsize=4096)
def _misspelt(word: str) -> bool:
    """Whether a word is one of those for who asks, but for two letters: scanned pages are full of them."""
    return len(word) >= 7 and any(within_two(word, right) for right in _MISSPELT)


def within_two(word: str, right: str) -> bool:
    """Whether two words differ by at most two letters, and not in the first one."""
    return word[:1] == right[0] and edits(word, right) <= 2


def edits(word: str, right: str) -> int:
    """How many letters of a word are wrong, missing or too many; 3 for all that differ by more than two in length."""
    if abs(len(word) - len(right)) > 2:
        return 3
    row = list(range(len(right) + 1))
    for n, letter in enumerate(word, start=1):
        last, row[0] = row[0], n
        for m, other in enumerate(right, start=1):
            last, row[m] = row[m], min(row[m] + 1, row[m - 1] + 1, last + (letter != other))
    return row[-1]


def as_office(word: str) -> str:
    """A word of an office, mended where a scanned page misspells "minister"."""
    low = folded(word)
    if len(low) >= 6 and not is_office_word(low) and within_two(low, "minister"):
        return "minister"
    return low


def _titled_or_named(words: Sequence[str], known: Callable[[Sequence[str]], bool], capitals: bool) -> Label:
    """A label as a title and a name, an office, a name alone, or as words that go on with the text."""
    end = _end_of_title(words, known)
    title, rest = tuple(as_office(word) for word in words[:end] if not is_courtesy(word)), words[end:]
    courteous = end > 0
    if not rest:
        if not title:
            return TEXT
        if set(title) <= words_of("unnamed") | {"member", "members"}:
            return Label("role", "unnamed", title, capitals=capitals)
        return Label(
            "office",
            "chair" if title[-1] in ("chair", "chairman", "chairwoman", "chairperson") else "",
            title,
            capitals=capitals,
        )
    if courteous and rest[0].lower() in _PREPOSITIONS and title:
        return _office_of(words, title, rest, known, capitals)
    if courteous and not title and rest[0].lower() in ("members", "member"):
        return Label("role", "group", capitals=capitals)
    rest = _before_state(rest)
    name = _without_letters(rest)
    if not name or len(name) > 5 or not all(map(is_name_word, name)):
        return TEXT
    if not courteous and folded(words[-1]) in words_of("offices") and len(words) > 1 and capitals:
        return Label("office", "", tuple(map(as_office, words)), capitals=capitals)
    if not _may_be_name(name, capitals and len(name) > 1):
        return TEXT
    return Label("person" if courteous else "name", "", title, tuple(name), capitals)


def _end_of_title(words: Sequence[str], known: Callable[[Sequence[str]], bool]) -> int:
    """How many words at the beginning are a title; a modifier ("prime") is one where an office follows."""
    end = 0
    for n, word in enumerate(words):
        if is_courtesy(word) or is_office_word(word) or as_office(word) == "minister":
            if n and n == len(words) - 1 and known([word]) and end == n:
                break  # MINISTER BISHOP
            end = n + 1
        elif folded(word) not in roles().modifiers and folded(word) not in ("us", "u.s", "uk", "shadow", "prim"):
            break
    return end


def _office_of(
    words: Sequence[str],
    title: tuple[str, ...],
    rest: Sequence[str],
    known: Callable[[Sequence[str]], bool],
    capitals: bool,
) -> Label:
    """An office with its field ("MINISTER FOR HEALTH"), and the name behind it where the document knows one."""
    phrase = tuple(map(folded, words))
    for length in (2, 1):
        if (
            len(rest) > length + 1
            and known(rest[-length:])
            and rest[-length - 1].lower() not in _PREPOSITIONS | {"the"}
        ):
            return Label("person", "", phrase[:-length], tuple(rest[-length:]), capitals)
    if title[-1] in ("chair", "chairman", "chairwoman", "chairperson", "speaker") and rest[0].lower() == "pro":
        return Label("office", "chair", phrase, capitals=capitals)
    low = [word for word in rest if word.islower() and word not in _PREPOSITIONS | {"the", "a"}]
    return (
        TEXT
        if low and not capitals and title[-1] not in words_of("offices")
        else Label("office", "", phrase, capitals=capitals)
    )


def _before_state(words: Sequence[str]) -> Sequence[str]:
    """A name without the state that the Congressional Record adds: "ADELMAN of New York"."""
    at = next((n for n, word in enumerate(words) if word.lower() in ("of", "from") and n), len(words))
    return words[:at]


def _without_letters(words: Sequence[str]) -> list[str]:
    """A name without the letters behind it: "ANN SUDMALIS MP"."""
    kept = list(words)
    while len(kept) > 1 and folded(kept[-1]).replace(".", "") in words_of("letters after names"):
        kept.pop()
    return kept


def _may_be_name(name: Sequence[str], spared: bool) -> bool:
    """Whether words may be a name: no word of grammar, no field."""
    for n, word in enumerate(name):
        low = folded(word)
        if low in _PARTICLES and (n or len(name) > 1):
            continue
        if n < len(name) - 1 and len(low) == 1 and (word.endswith(".") or (spared and low not in ("a", "i"))):
            continue  # an initial: "S. NAPA"
        if low in FUNCTION_WORDS and not (spared and low in _MAY_BE_GIVEN):
            return False
        if low in words_of("fields") and len(name) == 1:
            return False
    return not (len(name) > 1 and all(folded(word) in words_of("fields") for word in name[1:]))
