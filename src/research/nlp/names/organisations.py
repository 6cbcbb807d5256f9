"""Organisations with an "of" in their name ("the Bank of the Three Rivers"), which the encoder cuts in two."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from research.loading.documents import Span
from research.nlp.names.descriptions import FORMER, roles, words_of
from research.nlp.names.located import OVERLOOKED, Located
from research.nlp.records import Mention
from research.nlp.text.function_words import FUNCTION_WORDS

_CAPITAL = re.compile(r"\b[A-Z][\w&.’'-]*")
_JOINING = re.compile(r"\s(?:of|for|on)\s(?:(?:the|an?)\s)?(?=[A-Z])")
_NUMBERED = re.compile(r"\sof\s\d{1,3}(?![\w.,]\w)")
"""What makes a name of a group: "the Group of 77"."""
_AND_ON = re.compile(r"\s(?:and|&)\s(?=[A-Z])")
_FURTHER = re.compile(r"\s(?=[A-Z])")
_LOOSE_END = re.compile(r"(?:\s(?:and|at|for|in|of|on|the|to|with|&))+\Z")
_SCHOOLS = frozenset(("church", "college", "hospital", "library", "museum", "school", "university"))
"""Nouns that "on" and "for" follow without being part of the name: "the school for girls"."""
_LONGEST = 12
"""Most parts of a name."""


def with_whole_organisations(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions, in order, with every organisation in one piece; mentions within its name are dropped.

    A name begins with the capitalised words before a noun for an organisation. It goes on over "of", "for" and "on" as
    long as capitals follow, and over "and" only if the encoder sees an organisation there. It never ends within a
    person's name.
    """
    located = Located(mentions)
    whole: list[Mention] = []
    gone: set[int] = set()
    for span in _with_an_of(text, located):
        numbers = located.within(*span)
        seen = (mentions[n] for n in numbers)
        parts = [it for it in seen if it.type == "ORG" or it.start < span[0]]
        if whole and min([span[0], *(part.start for part in parts)]) < whole[-1].end:
            parts.append(whole.pop())  # "University of Varn School of Ports" is one name with two nouns
        start = min([span[0], *(part.start for part in parts)])
        end = max([span[1], *(part.end for part in parts)])
        end = start + len(_LOOSE_END.sub("", text[start:end]))
        gone.update(numbers)
        whole.append(Mention(start, end, "ORG", max((part.confidence for part in parts), default=OVERLOOKED)))
    kept = [mention for n, mention in enumerate(mentions) if n not in gone]
    return sorted([*kept, *whole], key=lambda it: (it.start, it.end))


def _with_an_of(text: str, located: Located) -> Iterator[Span]:
    """Yield the spans of names that go on over an "of", in order."""
    last = 0
    for match in _first_nouns().finditer(text):
        low, joined = match.group().lower(), _JOINING.match(text, match.end()) or _NUMBERED.match(text, match.end())
        if match.start() < last or not joined or (low in _SCHOOLS and not joined.group()[1:].startswith("of")):
            continue
        numbered = _NUMBERED.match(text, match.end()) if low == "group" else None
        end = _end_of_organisation(text, match.end(), located) if numbered is None else numbered.end()
        if end is not None:
            last = end
            yield Span(_start_of_organisation(text, match.start(), located), end)


@cache
def _first_nouns() -> re.Pattern[str]:
    """Return a pattern of capitalised nouns for organisations before "of", "for" or "on"."""
    nouns = "|".join(re.escape(noun.capitalize()) for noun in sorted(roles().organisations))
    return re.compile(rf"(?<![\w&.'’-])(?:{nouns})(?=\s(?:of|for|on)\s)")


def _end_of_organisation(text: str, end: int, located: Located) -> int | None:
    """Return where the name ends whose first noun ends at a place; None if nothing more belongs to it."""
    first = end
    for _ in range(_LONGEST):
        joined = _JOINING.match(text, end)
        number = located.at(end)
        if not joined and number is not None and located.mentions[number].type == "ORG":
            joined = _AND_ON.match(text, end)
        further = joined or (end > first and _FURTHER.match(text, end)) or None
        word = further and _CAPITAL.match(text, further.end())
        if not further or not word or _ends_name(text, word, located, after_of=joined is not None):
            break
        end = word.end() - len(_tail_of_word(word.group()))
        if end < word.end():
            break
    return end if end > first else None


def _tail_of_word(word: str) -> str:
    """Return the end of a last word that does not belong to the name: the possessive, the full stop."""
    tail = re.search(r"(?:['’]s?|(?<![A-Z])\.|['’-])\Z", word)
    return tail.group() if tail else ""


def _ends_name(text: str, word: re.Match[str], located: Located, after_of: bool) -> bool:
    """Return whether a capitalised word begins something else: a title, a day, or a person's name."""
    low = word.group().lower().rstrip(".")
    number = located.at(word.start())
    seen = None if number is None else located.mentions[number]
    person = seen is not None and seen.type == "PERSON" and (not after_of or seen.end > word.end())
    titled = roles().noun(word.group()) is not None and not after_of
    another = low in roles().organisations and text[word.end() : word.end() + 4] in (" of ", " for")
    return person or titled or another or low in words_of("dates")


def _start_of_organisation(text: str, start: int, located: Located) -> int:
    """Return where the name begins whose first noun is at a place: "Federal Reserve" before "Bank of"."""
    for _ in range(3):
        before = re.search(r"(?<![\w'’.-])([A-Z][\w.-]*)\s\Z", text[max(0, start - 30) : start])
        if before is None:
            break
        word = before.group(1)
        at = start - len(before.group())
        number = located.at(at)
        part = number is not None and located.mentions[number].type == "ORG"
        part = part or (word.lower() in roles().modifiers - FORMER and number is None)
        if not part or word.lower() in FUNCTION_WORDS or roles().noun(word):
            break
        start = at
    return start
