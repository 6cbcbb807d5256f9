"""Descriptions: titles and appositions of a name, and the nouns for persons and organisations that they are made of.

A title precedes the name ("Chairman of the Board Ada Okell"), an apposition follows it ("Ada Okell, chairman of the
board,").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from research.nlp.text.lists import word_list

MALE, FEMALE = "male", "female"
HONORIFICS = {
    "mr": MALE, "mister": MALE, "sir": MALE, "lord": MALE, "monsieur": MALE, "messrs": None,
    "mrs": FEMALE, "ms": FEMALE, "miss": FEMALE, "madam": FEMALE, "madame": FEMALE, "lady": FEMALE, "dame": FEMALE,
    "comrade": None, "comrades": None, "señor": MALE, "senor": MALE, "señora": FEMALE, "senora": FEMALE,
    "herr": MALE, "frau": FEMALE,
}  # fmt: skip
"""Forms of address that say nothing about an office, with the gender they imply."""


@dataclass(frozen=True)
class Description:
    """A title or apposition: the phrase, and the noun that is its head; "former" is kept apart."""

    phrase: str
    head: str
    former: bool
    before: bool
    """Whether it precedes the name, as a title does."""
    whose: tuple[str, ...] = ()
    """The owner, if outside the phrase: "Ashland" in "Ashland's president", or "her"."""


@dataclass(frozen=True)
class Roles:
    """The nouns for persons and organisations, from the list ``lexicon/roles.txt``."""

    persons: frozenset[str]
    organisations: frozenset[str]
    publications: frozenset[str]
    gender: dict[str, str]
    abbreviations: dict[str, str]
    synonyms: dict[str, str]
    wider: frozenset[tuple[str, str]]
    modifiers: frozenset[str]

    def noun(self, word: str) -> str | None:
        """Return the noun for a person that a word is or abbreviates; None for any other word."""
        low = word.lower()
        low = self.abbreviations.get(low, low)
        return low if low in self.persons else None

    def same(self, one: str, other: str) -> bool:
        """Return whether a person called `one` may be called `other`."""
        if one == other or self.synonyms.get(one, one) == self.synonyms.get(other, other):
            return True
        return (one, other) in self.wider or (self.synonyms.get(one, one), other) in self.wider


@cache
def roles() -> Roles:
    """Return the list, read once."""
    groups = word_list("roles.txt")

    def pairs(name: str) -> list[tuple[str, str]]:
        return [(one, other) for one, _, other in (pair.partition("=") for pair in groups[name])]

    return Roles(
        persons=frozenset((*groups["persons"], *groups["men"], *groups["women"])),
        organisations=frozenset(groups["organisations"]),
        publications=frozenset(groups["publications"]),
        gender=dict.fromkeys(groups["men"], MALE) | dict.fromkeys(groups["women"], FEMALE),
        abbreviations=dict(pairs("abbreviations")),
        synonyms=dict(pairs("synonyms")),
        wider=frozenset(pairs("wider words")),
        modifiers=frozenset(groups["modifiers"]),
    )


@cache
def words_of(group: str) -> frozenset[str]:
    """Return a group of the list ``lexicon/sources.txt``."""
    return frozenset(word_list("sources.txt")[group])


_BEFORE, _AFTER = 110, 170
"""How far a description reaches from the name, in characters."""
_PIECE = re.compile(r"[^\W_](?:[\w.'’&/-]*\w)?\.?|[^\w\s]")
FORMER = frozenset(("former", "ex", "late", "then", "onetime", "one-time", "retired"))


def descriptions(text: str, start: int, end: int) -> list[Description]:
    """Return the descriptions before and after the name at a place."""
    window = text[max(0, start - _BEFORE) : start]
    window = window[window.rfind("\n") + 1 :]
    after = text[end : end + _AFTER].partition("\n")[0]
    found = [*_title_before(_PIECE.findall(window), text[end : end + 1] in (",", ".", ";", ":"))]
    place = _OF_PLACE.match(after)
    if place is not None:  # "President Ada Okell of Ashland"
        of = tuple(place.group(1).lower().split())
        found = [replace(it, whose=(*it.whose, *of)) for it in found]
    found.extend(_apposition(after))
    return found


_OF_PLACE = re.compile(r"\sof\s(?:the\s)?([A-Z][\w-]*(?:\s[A-Z][\w-]*){0,2})")


def owner_of(pieces: Sequence[str]) -> tuple[str, ...]:
    """Return the owner in the words before a noun: "her", or the word with the "'s"; empty if there is none."""
    low = pieces[-1].lower().replace("’", "'") if pieces else ""
    if low in ("his", "her", "its", "their"):
        return (low,)
    return (low.rstrip("s").rstrip("'"),) if re.search(r"\w's?\Z", low) and "'" in low else ()


def _title_before(pieces: list[str], closed: bool) -> Iterable[Description]:
    if pieces and pieces[-1] == "," and closed:
        yield from _title_before_comma(pieces[:-1])
        return
    while pieces:
        if roles().noun(pieces[-1]) in _ACADEMIC and len(pieces) > 1:
            ranks = next((n for n, piece in enumerate(reversed(pieces[:-1])) if piece.lower() not in _RANKS), 0)
            first = len(pieces) - 1 - ranks
            yield from _described(pieces[first:], before=True)
            if not (roles().noun(pieces[first - 1]) or pieces[first - 1].lower().rstrip(".") in HONORIFICS):
                break
            pieces = pieces[:first]
        elif pieces[-1].lower().rstrip(".") in HONORIFICS:
            pieces = pieces[:-1]
        else:
            break
    if not pieces or (is_office_acronym(pieces[-1]) and pieces[-2:-1] and pieces[-2][-1].isdigit()):
        return  # "At 3 PM Ada Okell left"
    if roles().noun(pieces[-1]):
        first = _title_start(pieces)
        yield from _described(pieces[first:], before=True, whose=owner_of(pieces[:first]))
        return
    # In "President of the Coastal Union Ada Okell" the words between "of" and the name are capitalised.
    at = len(pieces) - 1
    while at > max(0, len(pieces) - 7) and pieces[at][:1].isupper():
        at -= 1
    if at == len(pieces) - 1:
        return
    at -= pieces[at].lower() == "the"
    if at > 0 and pieces[at].lower() == "of" and roles().noun(pieces[at - 1]):
        first = _title_start(pieces[:at])
        yield from _described(pieces[first:], before=True)


def _title_before_comma(pieces: Sequence[str]) -> Iterable[Description]:
    """Yield the title in "The finance minister, Ada Okell, said" and "The CFO of the Harbour Fund, Ada Okell, said"."""
    reach = range(len(pieces) - 1, max(-1, len(pieces) - _LONGEST_TITLE), -1)
    opened = next((n for n in reach if is_determiner(pieces[n]) or pieces[n] == ","), None)
    if opened is not None and pieces[opened] == ",":
        opened = None
    of = next((n for n in reach if n and pieces[n].lower() in ("of", "for") and roles().noun(pieces[n - 1])), None)
    if of is not None and (opened is None or of <= opened):
        first = _title_start(pieces[:of])
        if "," not in pieces[first:]:
            yield from _described(pieces[first:], before=True, whose=owner_of(pieces[:first]))
    elif opened is not None:
        yield from _described(pieces[opened + 1 :], before=True, whose=owner_of(pieces[: opened + 1]))


_LONGEST_TITLE = 12


def is_office_acronym(word: str) -> bool:
    """Return whether a word in capitals is an office: "CEO", "PM"."""
    return word.isupper() and len(word.replace(".", "")) > 1 and word.lower() in roles().abbreviations


def is_determiner(piece: str) -> bool:
    """Return whether a word begins a noun phrase: an article, or a possessive with "'s"."""
    return piece.lower() in words_of("determiners") or bool(re.search(r"\w['’]s\Z", piece))


def _title_start(pieces: Sequence[str]) -> int:
    """Return where the title begins whose last word is the last of these."""
    at = len(pieces) - 1
    while at > 0 and len(pieces) - at < 8:
        word = pieces[at - 1]
        low = word.lower()
        if _ends_sentence(word):
            break
        belongs = low in roles().modifiers or roles().noun(word) or low in FORMER or low in roles().organisations
        name = word[:1].isupper() and low not in words_of("end of a head") and not is_determiner(word) and len(word) > 1
        if not (belongs or (name and not _starts_sentence(pieces, at - 1))):
            break
        at -= 1
    return at


def _starts_sentence(pieces: Sequence[str], at: int) -> bool:
    """Return whether a word is capitalised only because it begins a sentence."""
    first = at == 0 or _ends_sentence(pieces[at - 1])
    return first and pieces[at].lower() in words_of("openers")


def _ends_sentence(piece: str) -> bool:
    return piece.endswith((".", "!", "?")) and not _abbreviated(piece)


def _apposition(after: str) -> Iterable[Description]:
    """Yield the apposition after a name: ", the president of the Coastal Union," or " is the president of …."."""
    match = re.match(r"(?:\s\([^()]{1,20}\))?,\s(?:\d{1,3},\s)?(?:now\s|then\s)?", after)
    copula = None if match else re.match(r"\s(?:is|was|became|has been|serves as|served as)\s(?=the|a|an)", after)
    opened = match or copula
    if opened is None:
        return
    pieces: list[str] = []
    closed = False
    for piece in _PIECE.finditer(after, opened.end()):
        if piece.group().endswith(".") and not _abbreviated(piece.group()):
            pieces.append(piece.group()[:-1])
            closed = True
            break
        if piece.group() in ',;:.—–()“”"!?' or piece.group().lower() in ("who", "which", "whose", "told", "said"):
            closed = piece.group() not in ("told", "said")
            break
        pieces.append(piece.group())
    else:
        closed = True
    if not pieces or len(pieces) > 18 or not (closed or copula):
        return
    start = 0
    while start < min(2, len(pieces)) and is_determiner(pieces[start]):
        start += 1
    if (
        start < 2
        and len(pieces) > 2
        and is_determiner(pieces[start + 1])
        and "’" in pieces[start + 1].replace("'", "’")
    ):
        start += 2  # "the Coastal Union's director"
    if pieces[start : start + 1] and pieces[start].lower() in words_of("end of a head"):
        return
    yield from _described(pieces[start:], before=False, whose=owner_of(pieces[:start]))


def _abbreviated(word: str) -> bool:
    return word.lower() in roles().abbreviations or (len(word) < 6 and "." in word[:-1])


def _described(pieces: Sequence[str], before: bool, whose: tuple[str, ...] = ()) -> Iterable[Description]:
    """Yield a phrase as a description, if the last word before its first preposition denotes a person or group."""
    ends = words_of("end of a head") | {"and"}
    stop = next((n for n, piece in enumerate(pieces) if piece.lower() in ends), len(pieces))
    if any(piece.lower() in words_of("determiners") for piece in pieces[:stop]):
        return  # "Okell, met her lawyer" is a sentence, not a title
    core = [
        piece
        for piece in pieces[:stop]
        if piece.isalpha() or "." in piece or "-" in piece or "’" in piece or "'" in piece
    ]
    if not core:
        return
    head = head_noun(core)
    if head is None:
        return
    pieces = _without_second_verb(pieces)
    former = any(piece.lower() in FORMER or piece.lower().startswith("ex-") for piece in core)
    yield Description(_joined(pieces), head, former, before, whose)


def _without_second_verb(pieces: Sequence[str]) -> Sequence[str]:
    """Return a phrase up to an "and" that no further title follows ("a historian and runs the museum")."""
    for at, piece in enumerate(pieces):
        if piece.lower() == "and" and not any(roles().noun(word) for word in pieces[at + 1 : at + 4]):
            organisation = any(word[:1].isupper() for word in pieces[max(0, at - 1) : at])
            if not organisation:
                return pieces[:at]
    return pieces


def head_noun(core: Sequence[str]) -> str | None:
    """Return the noun for a person or an organisation that these words end in; "vice president" is one noun."""
    head = roles().noun(core[-1])
    if head is None:
        low = core[-1].lower()
        return low if low in roles().organisations else None
    before = core[-2].lower() if len(core) > 1 else ""
    return "vice-president" if before == "vice" and head == "president" else head


def _joined(pieces: Sequence[str]) -> str:
    return re.sub(r" ([,.'’%)])", r"\1", " ".join(pieces))


_ACADEMIC = frozenset(("doctor", "professor"))
_RANKS = frozenset(("adjunct", "assistant", "associate", "assoc.", "emeritus", "emerita"))


def is_office(described: Description) -> bool:
    """Return whether a description is an office: neither a relation ("wife", "voter") nor an academic title ("Dr.")."""
    head = described.head
    holds = head not in words_of("relations") and (head in roles().persons or head == "vice-president")
    return holds and not all(
        roles().noun(word) in _ACADEMIC or word.lower() in _RANKS for word in described.phrase.split()
    )
