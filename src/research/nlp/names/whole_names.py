"""Names of persons that the encoder cut in two, or that it took too much for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from research.nlp.names.countries import country
from research.nlp.names.descriptions import HONORIFICS, is_office_acronym, words_of
from research.nlp.names.forms import gender_of_first_name, is_mute, is_nationality
from research.nlp.records import Mention
from research.nlp.text.function_words import FUNCTION_WORDS


def with_whole_names(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions, in order, with every person's name in one piece.

    A name goes on over particles ("Lula da Silva", "Mr. De Stoop") and initials ("Ada B. Okell"); it ends before "of".
    The country of an office is no part of it ("President of Ghana Ada Okell"). A nationality before a name is no
    mention ("Italian Giulia Conti"), and neither is an office ("CFO"), or an illness or the first word of a sentence
    that the encoder took for a person.
    """
    whole: list[Mention] = []
    people = (text[it.start : it.end].split() for it in mentions if it.type == "PERSON")
    last_names = {words[-1] for words in people if len(words) > 1}
    for seen in (part for mention in mentions for part in _without_country(text, mention)):
        mention = _without_of(text, _as_newspaper(text, seen))
        if _is_office(text, mention):
            continue
        if mention.type != "PERSON":
            whole.append(mention)
            continue
        surface = text[mention.start : mention.end]
        is_none = is_mute(surface) or _opens_a_sentence(surface)
        if is_none and surface not in last_names and not _after_honorific(text, mention.start):
            continue
        if whole and whole[-1].type == "PERSON":
            if is_nationality(text[whole[-1].start : whole[-1].end]) and text[whole[-1].end : mention.start] == " ":
                whole.pop()
            elif _goes_on(text, whole[-1], mention):
                whole[-1] = replace(whole[-1], end=mention.end)
                continue
        before = whole[-1].end if whole else 0
        whole.append(replace(mention, start=_with_particles(text, mention.start, before)))
    return whole


# "Minister Visits Cuba Today" is a headline: at the end of a line, "Today" is a day.
_OF_A_PAPER = re.compile(
    r"[ \xa0](?:(?:Today|TODAY)(?!\s*(?:\n|\Z))|(?:Daily|Times|Post|Herald|Tribune|Gazette))\b(?!['’]s\s[A-Z])"
)


def _as_newspaper(text: str, mention: Mention) -> Mention:
    """Return a place in the name of a newspaper as that newspaper: "USA TODAY", "India Today"."""
    paper = _OF_A_PAPER.match(text, mention.end) if mention.type in ("GPE", "LOC", "ORG") else None
    if paper is None or not text[mention.start : mention.end][-1:].isalpha():
        return mention
    return replace(mention, end=paper.end(), type="ORG")


def _without_of(text: str, mention: Mention) -> Mention:
    """Return a person's name without the "of" after it, as in "Ada Okell of" before "Ordania"."""
    surface = text[mention.start : mention.end]
    name = surface.removesuffix("of").rstrip()
    if mention.type != "PERSON" or not surface.endswith((" of", "\nof")) or not name[-1:].isalnum():
        return mention
    return replace(mention, end=mention.start + len(name))


_OFFICE_OF = re.compile(r"\b(?:President|Minister|King|Queen|Emir|Chancellor|Ambassador|Representative|Speaker) of\s\Z")


def _without_country(text: str, mention: Mention) -> list[Mention]:
    """Return "Ghana" and "Ada Okell" for the name "Ghana Ada Okell" after "President of"; else the mention alone."""
    if mention.type == "PERSON" and _OFFICE_OF.search(text, max(0, mention.start - 20), mention.start):
        words = list(re.finditer(r"\S+", text[mention.start : mention.end]))
        for number in range(min(3, len(words) - 2), 0, -1):
            end = mention.start + words[number - 1].end()
            if country(text[mention.start : end]) is not None:
                person = replace(mention, start=mention.start + words[number].start())
                return [replace(mention, end=end, type="GPE"), person]
    return [mention]


def _is_office(text: str, mention: Mention) -> bool:
    """Return whether the encoder took "CFO" or "COO of" for a name."""
    words = text[mention.start : mention.end].split()
    return bool(words) and is_office_acronym(words[0]) and all(word.islower() for word in words[1:])


def _opens_a_sentence(surface: str) -> bool:
    """Return whether the encoder took a word such as "Later" for a person: "Later Okell left"."""
    low = surface.lower()
    return low in FUNCTION_WORDS and gender_of_first_name(low) is None


_LONGEST_GAP = 16
_MOST_WORDS = 5
_PARTICLE = re.compile(r"[^\W\d_]+")
_INITIALS = re.compile(r"(?:[A-Z]\.\s?){1,3}")


def _goes_on(text: str, one: Mention, other: Mention) -> bool:
    """Return whether two mentions are one name: particles or initials between them, or at the end of the first."""
    between = text[one.end : other.start]
    if len(between) > _LONGEST_GAP or (not between[:1].isspace() and between[:1] != ".") or "\n" in between:
        return False
    first, second = text[one.start : one.end].split(), text[other.start : other.end].split()
    if len(first) + len(second) > _MOST_WORDS or not first or not second:
        return False
    joining = between.split()
    if joining == ["."] and len(first[-1]) == 1:
        joining = []  # "Ada B" and ". Okell"
        first[-1] += "."
    if not joining:
        cut = _is_particle(first[-1]) or bool(_INITIALS.fullmatch(first[-1])) or _is_particle(second[0])
        last_name = len(first) > 1 and len(second) == 1 and first[-1][0].isupper() and second[0][0].isupper()
        return between.strip(".") == " " and (cut or (last_name and not first[-1].endswith(("'s", "’s"))))
    return all(_is_particle(word) for word in joining) or bool(_INITIALS.fullmatch(" ".join(joining)))


def _is_particle(word: str) -> bool:
    return word.lower() in words_of("particles")


_TWO_MEANINGS = frozenset(("al", "den", "do", "el", "la", "le", "ten", "ter", "zu"))
"""Particles that are other words in small letters, or in capitals the beginning of something else."""
_BEFORE = re.compile(r"(?<![\w'’.-])([^\W\d_]{2,3})\s\Z")


def _with_particles(text: str, start: int, after: int) -> int:
    """Return where a name begins, with the particles right before it."""
    for _ in range(2):
        before = _BEFORE.search(text, max(after, start - 5), start)
        if before is None or "\n" in before.group() or not _is_particle(before[1]):
            break
        ambiguous = before[1].lower() in _TWO_MEANINGS and not before[1].istitle()
        if ambiguous or (before[1].lower() in _TWO_MEANINGS and not _after_honorific(text, before.start())):
            break
        start = before.start(1)
    return start


def _after_honorific(text: str, start: int) -> bool:
    """Return whether "Mr." or the like is right before a place."""
    before = text[max(0, start - 12) : start].split()
    return bool(before) and before[-1].lower().rstrip(".") in HONORIFICS and text[start - 1 : start].isspace()
