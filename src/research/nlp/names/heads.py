"""Heads: what the source of an attribution is by its own words: a name, a title, a pronoun, or neither."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from research.loading.documents import Span
from research.nlp.names.descriptions import (
    FEMALE,
    HONORIFICS,
    MALE,
    head_noun,
    is_determiner,
    owner_of,
    roles,
    words_of,
)
from research.nlp.names.located import Located
from research.nlp.records import Mention

HE = dict.fromkeys(["he", "him", "his", "himself"], MALE) | dict.fromkeys(["she", "her", "hers", "herself"], FEMALE)

_I = frozenset(["i", "me", "my", "myself", "mine", "we", "us", "our", "ourselves"])

_THEY = frozenset(["they", "them", "their", "themselves", "both"])

_IT = frozenset(["it", "its", "itself"])

_WHO = frozenset(["who", "whom", "whose", "which", "that"])

BOUNDARY = re.compile(
    r"[,;:()\[\]—–]|\s-{1,2}\s|(?<![\w-])(?:" + "|".join(sorted(words_of("end of a head"))) + r")(?![\w-])",
    re.IGNORECASE,
)

_AND = re.compile(r"(?:,|,?\s+(?:and|&|or|as well as))\s+", re.IGNORECASE)

_CONJUNCTION = re.compile(r"\s(?:and|&|or)\s|as well as", re.IGNORECASE)

_TAIL = re.compile(r"(?:['’]s?|\s+(?:himself|herself|itself|themselves|also|alike|both))+\Z")

TOKEN = re.compile(r"[^\W_](?:[\w.'’&/-]*\w)?\.?")

LOOK = 240
"""Characters of a source that are read, as its head is at its beginning."""


@dataclass(frozen=True)
class Head:
    """The head of a source: what the source is by its own words."""

    kind: str
    """"name", "joint", "pair", "compound", "title", "owned" ("her lawyer"), "someone", "organisation", "he", "they",
    "it", "who", "i", or "other"."""
    names: Sequence[int] = ()
    """Numbers of the mentions that name it."""
    noun: str = ""
    words: tuple[str, ...] = ()
    gender: str | None = None
    proper: frozenset[str] = frozenset()
    """The words with a capital."""
    whose: tuple[str, ...] = ()
    """The words after "of", or the owner before it: "the president of Ashland", "her husband"."""


class HeadReader:
    """A reader of the heads of sources in one document, with its mentions and their types."""

    def __init__(self, text: str, mentions: Sequence[Mention], types: Sequence[str]) -> None:
        self.text, self.mentions, self.types = text, mentions, types
        self.located = Located(mentions)

    def head(self, start: int, end: int) -> Head:
        """Return the head of the source at a place."""
        end = min(end, start + LOOK)
        low = self.text[start:end].lower().strip()
        first = low.split()[0].strip("“”\"'’,.") if low else ""
        last = low.split()[-1].strip("“”\"'’,.") if low else ""
        if first == low.strip("“”\"'’,.") or (last in ("himself", "herself") and first in HE):
            alone = pronoun(first)
            if alone:
                return alone
        names = [n for n in self.located.within(start, end) if self.types[n] != "EVENT"]
        core = self._core(start, end, names)
        joint = self._joint(start, end, core, names)
        if joint is not None:
            return joint
        named = self._named(start, core, end, names) or self._published(start, core, end, names)
        return named if named is not None else self._noun(start, core, names)

    def _published(self, start: int, core: int, end: int, names: Sequence[int]) -> Head | None:
        """Return the organisation of a report: "a poll by Radio Varn", not "a letter obtained by Radio Varn"."""
        known = roles().publications
        if not any(word.lower() in known for word in TOKEN.findall(self.text[start:core])):
            return None
        for match in _BY.finditer(self.text, start, end):
            word = self.text[max(start, match.start() - 20) : match.start()].split()[-1:]
            if not word or word[0].lower() not in words_of("authored") | known:
                continue
            by = [n for n in names if self.mentions[n].start == match.end() and self.types[n] == "ORG"]
            core = self._core(match.end(), end, names)
            if by:
                joint = self._joint(match.end(), end, core, names)
                if joint is not None and joint.names:
                    return joint
                return Head("name", by) if self._name_at_end(match.end(), core, names) == by[0] else None
        return None

    def _core(self, start: int, end: int, names: Sequence[int]) -> int:
        """Return where the head's part ends: at the first comma, preposition or relative pronoun outside a name."""
        for match in BOUNDARY.finditer(self.text, start, end):
            quoted = sum(self.text.count(mark, start, match.start()) for mark in '“”"') % 2
            if match.start() > start and not quoted and not self._in_name(match.start(), match.end(), names):
                return match.start()
        return end

    def _in_name(self, start: int, end: int, names: Sequence[int]) -> bool:
        return any(self.mentions[n].start < end and self.mentions[n].end > start for n in names)

    def _after_preposition(self, n: int) -> bool:
        before = self.text[max(0, self.mentions[n].start - 24) : self.mentions[n].start].split()
        while before and before[-1].lower() in ("the", "both"):
            before.pop()
        word = before[-1:]
        return (
            bool(word)
            and word[0].lower() in words_of("before objects")
            and word[0].lower() not in ("and", "as", "than")
        )

    def _tail(self, start: int, end: int) -> int:
        """Return the end of a stretch without the possessive, "himself" and spaces at its end."""
        while True:
            stripped = start + len(self.text[start:end].rstrip(" ,.\"”“’'\n\t"))
            match = _TAIL.search(self.text, max(start, stripped - 12), stripped)
            if match is None or match.start() <= start:
                return stripped
            end = match.start()

    def _name_at_end(self, start: int, end: int, names: Sequence[int]) -> int | None:
        """Return the mention in which a stretch ends, apart from possessives."""
        end = self._tail(start, end)
        for n in reversed(names):
            mention = self.mentions[n]
            if mention.start < end and mention.end >= end and mention.start >= start - 1:
                return n
            if mention.start < end and self._tail(mention.start, mention.end) >= end and mention.end > start:
                return n
        return None

    def _joint(self, start: int, end: int, core: int, names: Sequence[int]) -> Head | None:
        """Return the head of two or more named together, or of another group joined by "and"."""
        stop = end
        for match in re.finditer(r"\b(?:who|which|that|said)\b|[;:—–]", self.text[start:end]):
            if not self._in_name(start + match.start(), start + match.end(), names):
                stop = start + match.start()
                break
        if not _CONJUNCTION.search(self.text[start:stop]):
            return None
        parts: list[Span] = []
        at = start
        for match in _AND.finditer(self.text, start, stop):
            if self._in_name(match.start(), match.end(), names):
                continue
            parts.append(Span(at, match.start()))
            at = match.end()
        parts.append(Span(at, stop))
        if len(parts) < 2 or not any(self.text[a:b].strip() for a, b in parts):
            return None
        plain = "," not in self.text[start:stop]
        heads = [self._name_of_part(a, b, names) for a, b in parts if self.text[a:b].strip()]
        may_speak = ("PERSON", "ORG", "GPE")
        found = [n for n in takewhile(lambda n: n is not None and self.types[n] in may_speak, heads) if n is not None]
        several = len(found)
        governed = any(self._after_preposition(n) for n in found if self.mentions[n].start > start)
        if several > 1 and not governed:
            between = self.text[self.mentions[found[-2]].end : self.mentions[found[-1]].start]
            if several == len(heads) or _CONJUNCTION.search(between):
                return Head("joint", found)
        ends_core = re.match(r"\s*(?:and|&|or)\s", self.text[core:stop]) or plain
        return Head("other", noun="and") if ends_core and core >= stop else None

    def _name_of_part(self, start: int, end: int, names: Sequence[int]) -> int | None:
        """Return the name in which a part ends, or that of its head: "Ada Okell", "Okell of Ashport"."""
        whole = self._name_at_end(start, end, names)
        if whole is not None and not self._after_preposition(whole):
            return whole
        head = self._name_at_end(start, self._core(start, end, names), names)
        return whole if head is None else head

    def _named(self, start: int, core: int, end: int, names: Sequence[int]) -> Head | None:
        at_end = self._name_at_end(start, core, names)
        if at_end is not None:
            return None if self.types[at_end] == "NORP" else Head("name", (at_end,))
        following = self.text[core:end]
        persons = [n for n in names if self.mentions[n].start >= core and self.types[n] == "PERSON"]
        if not persons:
            return None
        first, last = self.mentions[persons[0]], self.mentions[persons[-1]]
        noun = head_noun(TOKEN.findall(self.text[start:core]) or ["-"])
        if noun in roles().persons and re.match(r"of\s", following) and _of_title(self.text[core : first.start]):
            return Head("name", persons[:1])
        words = self.text[start:core].split()
        owned = any(is_determiner(word) for word in words) and not _ANDS & set(words)
        if not words or not (owned or is_determiner(words[0])):
            return None
        between = self.text[core : first.start]
        after = self.text[first.end : first.end + 5]
        closed = first.end >= end - 1 or after[:1] in ",.—–;:(" or after.startswith((" of ", " from"))
        if following[0] in ",:—–" and _only_title(between) and closed:
            return Head("name", persons[:1])
        # In "One superdelegate from Ohio, Ada Okell," the name follows the last comma.
        comma = self.text.rfind(",", start, last.start)
        if comma > start and _only_title(self.text[comma : last.start]) and last.end >= end - 2:
            return Head("name", persons[-1:])
        return None

    def _noun(self, start: int, core: int, names: Sequence[int]) -> Head:
        words = TOKEN.findall(self.text[start:core])
        if not words:
            return Head("other")
        lows = [word.lower() for word in words]
        last = re.sub(r"['’]s?\Z", "", lows[-1])
        core_end = self._tail(start, core)
        before = [n for n in names if self.mentions[n].end <= core_end]
        known = roles()
        if before and last in known.publications | {"website", "site", "reporter"} and last != "reporter":
            gap = self.text[self.mentions[before[-1]].end : core_end]
            if self.types[before[-1]] == "ORG" and len(gap.split()) <= 4:
                return Head("name", (before[-1],))
        if last in _TEAMS:
            if before and self.types[before[-1]] == "PERSON":
                return Head("compound", (before[-1],), noun=last)
            if lows[0] in ("his", "her"):
                return Head("compound", noun=last, gender=HE[lows[0]])
        if last in known.organisations and lows[0] in ("the", "that", "this"):
            return Head("organisation", noun=last, words=tuple(lows[1:-1]))
        head = head_noun([*words[:-1], last])
        if head is not None and head in (*known.persons, "vice-president"):
            bare = len(words) <= 2 and words[-1][:1].isupper() and not is_determiner(lows[0])
            definite = lows[0] in ("the", "this", "that") or bare
            alone = not definite and not _ANDS & set(lows)
            owner = owner_of(words[:-1]) if alone else ()
            place = _OF.match(self.text, core)
            said = tuple(re.sub(r"['’]s?\Z", "", w) for w in lows[:-1])
            of = tuple(place.group(1).lower().split()) if place else ()
            if head == "head" and of in _HEADS:
                head, more = _HEADS[of]
                said, of = (*said, *more), ()
            kind = "title" if definite else "owned" if owner else "someone"
            proper = frozenset(word.lower() for word in words if word[0].isupper())
            gender = known.gender.get(head)
            return Head(kind, noun=head, words=said, gender=gender, proper=proper, whose=(*owner, *of))
        two = lows[:2] == ["the", "two"] or lows[0] == "both"
        if two and last.removesuffix("s") in known.persons:
            return Head("pair", noun=last.removesuffix("s"))
        return Head("other", noun=last)


_ANDS = frozenset(("and", "or", "&"))

_BY = re.compile(r"\bby\s+(?:the\s+)?")

_OF = re.compile(r"\s*of\s+(?:the\s+)?([A-Z][\w-]*(?:\s+[A-Z][\w-]*){0,3}|state\b|government\b)")

_HEADS: dict[tuple[str, ...], tuple[str, tuple[str, ...]]] = {
    ("state",): ("president", ()),
    ("government",): ("minister", ("prime",)),
}
"""The titles that "the head of state" and "the head of government" mean."""

_TEAMS = frozenset(["campaign", "administration", "team", "camp"])


def pronoun(word: str) -> Head | None:
    """Return the head that a pronoun is; None for any other word."""
    if word in HE:
        return Head("he", gender=HE[word])
    for kind, group in (("i", _I), ("they", _THEY), ("it", _IT), ("who", _WHO)):
        if word in group:
            return Head(kind, noun=word)
    return None


def _of_title(between: str) -> bool:
    """Return whether a text may separate a title from its bearer's name: "of Kazakhstan ", "of the Coastal Union "."""
    words = between.split()
    return (
        between[-1:] == " "
        and len(words) in range(2, 8)
        and words[-1].lower() not in ("of", "for", "to", "the", "and", "from", "by", "with")
        and not words[-1].endswith(("'s", "’s", ","))
        and roles().noun(words[-1]) is None
    )


def _only_title(between: str) -> bool:
    """Return whether the text between a noun and a name is only a comma and a title."""
    words = [word.strip(",:—–") for word in between.split()]
    words = [word for word in words if word and not is_determiner(word)]
    if not words or words[-1].lower().rstrip(".") in HONORIFICS:
        return len(words) < 2
    return (
        len(words) < 6
        and roles().noun(words[-1]) is not None
        and not any(w.lower() in words_of("before objects") for w in words)
    )
