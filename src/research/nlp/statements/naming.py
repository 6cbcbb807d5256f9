"""Who speaks in a turn: the full name and the office that a document tells for a label."""

from __future__ import annotations

import re
from collections.abc import Sequence

from research.nlp.names.descriptions import words_of
from research.nlp.statements.full_names import is_first_name, recased
from research.nlp.statements.label_words import Label, folded, is_courtesy, is_office_word, read_label
from research.nlp.statements.people import SPELT, People
from research.nlp.text.function_words import FUNCTION_WORDS


def who_speaks(read: Label, brackets: Sequence[str], people: People) -> tuple[str | None, str | None]:
    """Return the full name and the office of whom a label means, as far as the document tells."""
    if read.sort in ("person", "name") and not read.role:
        office = office_of(read.title) or _office_in(brackets)
        return people.full_name(read.name, read.title) or recased(read.name), office
    bracketed = _person_in(brackets, people)
    if read.sort == "office":
        return bracketed or people.holder(read.title), office_of(read.title)
    if read.role == "chair":
        return bracketed or people.listed("moderator" if "moderator" in read.title else "chair"), None
    if read.role == "answer":
        return bracketed or people.interviewed(), None
    return bracketed if read.role in ("group", "unnamed") else None, None


def _person_in(brackets: Sequence[str], people: People) -> str | None:
    """Whom the brackets behind an office name: "The Minister of Transport (Mr. Barden)"."""
    for bracket in brackets:
        first = bracket.split(",")[0]
        words = [word for word in first.split() if not is_courtesy(word)]
        read = read_label(first, people.knows)
        titled = len(words) < len(first.split())
        if read.sort == "person" or (read.sort == "name" and (len(read.name) > 1 or titled)):
            return people.full_name(read.name) or recased(read.name)
    return None


def tells_a_person(written: str, read: Label, title: str) -> bool:
    """Whether a line alone tells a person and no subject: by a courtesy, a title, a first name or the heading."""
    if not read.name:
        return False
    if read.title or is_courtesy(written.split(maxsplit=1)[0]) or is_first_name(read.name[0]):
        return True
    return folded(read.name[-1]) in map(folded, title.split())


def _office_in(brackets: Sequence[str]) -> str | None:
    """The office in the brackets behind a name: "(Minister of Transport, CPC)"."""
    for bracket in brackets:
        for part in bracket.split(","):
            head = re.split(r"\b(?:of|for|to)\b", part, maxsplit=1)[0].split()
            if (
                head
                and is_office_word(head[-1])
                and part.strip()[0].isupper()
                and part.strip().lower() not in words_of("parties")
            ):
                return part.strip()
    return None


def office_of(title: Sequence[str]) -> str | None:
    """A title as an office is written: "Prime Minister", also for "PM"; "Minister for Health"."""
    words = [part for word in title if not is_courtesy(word) for part in SPELT.get(word, (word,))]
    if not any(map(is_office_word, words)):
        return None
    return " ".join(word if word in FUNCTION_WORDS else word.capitalize() for word in words)
