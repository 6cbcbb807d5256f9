"""Overlooked names: those that sources and labels of turns end in, and last names, that the encoder did not see."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from research.loading.documents import Span
from research.nlp.names.descriptions import HONORIFICS, head_noun, is_office_acronym, roles, words_of
from research.nlp.names.forms import is_mute, is_nationality
from research.nlp.names.heads import BOUNDARY, LOOK, TOKEN, pronoun
from research.nlp.names.located import OVERLOOKED, Located
from research.nlp.records import Mention
from research.nlp.text.function_words import FUNCTION_WORDS

_INITIAL = re.compile(r"[A-Z]\.")

_LOWER_WORD = re.compile(r"\b[^\W\dA-Z_]+\b")


def with_overlooked(text: str, mentions: Sequence[Mention], sources: Iterable[Span]) -> list[Mention]:
    """Return the mentions with the overlooked names, in the order of the text.

    A name is looked for at the end of each of the ``sources``. A person's name of which the encoder saw a part is
    completed, and a bare "Mr." is dropped.
    """
    located = Located(mentions)
    types = {text[m.start : m.end].casefold(): m.type for m in mentions}
    people = (text[m.start : m.end].split() for m in mentions if m.type == "PERSON")
    last_names = {words[-1].casefold() for words in people if words}
    common = frozenset(_LOWER_WORD.findall(text)) | FUNCTION_WORDS
    added = []
    cut: set[int] = set()
    for start, end in sources:
        found = _capitalised_end(text, start, min(end, start + LOOK))
        if found is None:
            continue
        parts = located.within(*found)
        if parts:
            longer = _whole_name(text, found, [mentions[n] for n in parts], common)
            if longer is not None:
                cut.update(parts)
                added.append(longer)
            continue
        surface = text[slice(*found)]
        words = surface.split()
        low = surface.casefold()
        type_ = types.get(low) or _type_of(words, low in last_names, common)
        if type_ is not None:
            added.append(Mention(*found, type_, OVERLOOKED))
    added.extend(_last_names(text, mentions, common))
    kept: list[Mention] = []
    seen = [mention for n, mention in enumerate(mentions) if n not in cut and not _is_honorific(text, mention)]
    for mention in sorted([*seen, *added], key=lambda m: (m.start, -m.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def _is_honorific(text: str, mention: Mention) -> bool:
    """Return whether the encoder took a bare "Mr." for a name."""
    return text[mention.start : mention.end].lower().rstrip(".") in HONORIFICS


def _whole_name(text: str, found: Span, parts: Sequence[Mention], common: frozenset[str]) -> Mention | None:
    """Return a name of which the encoder saw only a part ("Ki-moon" of "Ban Ki-moon"); None if nothing is missing."""
    start, end = parts[0].start, parts[-1].end
    if len(parts) != 1 or parts[0].type != "PERSON" or start < found[0] or end > found[1]:
        return None
    for word in reversed(list(TOKEN.finditer(text, found[0], start))):
        if not _may_be_named(word.group(), common) or text[word.end() : start] != " ":
            break
        start = word.start()
    for word in TOKEN.finditer(text, end, found[1]):
        if not _may_be_named(word.group(), common) or text[end : word.start()] != " ":
            break
        end = word.end()
    longer = (start, end) != (parts[0].start, parts[0].end) and len(text[start:end].split()) <= 4
    return Mention(start, end, "PERSON", parts[0].confidence) if longer else None


def _may_be_named(word: str, common: frozenset[str]) -> bool:
    """Return whether a capitalised word may belong to a name: not a title, a day, or a word of small letters too."""
    if _INITIAL.fullmatch(word):
        return True
    if not word.isalpha() or not word[0].isupper() or word.isupper() or is_nationality(word):
        return False
    low, known = word.lower(), roles()
    lists = (known.persons, known.modifiers, known.organisations, known.abbreviations, HONORIFICS, common)
    groups = ("dates", "greetings", "openers", "parties", "relations")
    return not any(low in it for it in (*lists, *map(words_of, groups)))


def _last_names(text: str, mentions: Sequence[Mention], common: frozenset[str]) -> Iterator[Mention]:
    """Yield last names of persons named in full that the encoder overlooked."""
    full = (text[m.start : m.end].split() for m in mentions if m.type == "PERSON")
    known = {words[-1] for words in full if len(words) > 1 and len(words[-1]) > 2}
    known = {word for word in known if word.lower() not in common and word[0].isupper()}
    located = Located(mentions)
    for match in re.finditer(r"\b[^\W\da-z_][\w-]*", text):
        if match.group() not in known or located.within(*match.span()):
            continue
        if not text[match.end() : match.end() + 2].lstrip(" -")[:1].isupper():
            yield Mention(*match.span(), "PERSON", OVERLOOKED)


def _capitalised_end(text: str, start: int, end: int) -> Span | None:
    """Return the capitalised words at the end of a source's head, without article; None if there are none."""
    end = next((match.start() for match in BOUNDARY.finditer(text, start, end) if match.start() > start), end)
    words = list(TOKEN.finditer(text, start, end))
    if not words or text[words[-1].end() : end].strip(" .\"”“’'"):
        return None
    at = len(words)
    particles = words_of("particles")
    while at and (words[at - 1].group()[0].isupper() or (words[at - 1].group() in particles and at < len(words))):
        at -= 1
    while at < len(words) and (
        words[at].group() in particles or words[at].group().lower() in ("the", "a", "an", "former")
    ):
        at += 1
    if at == len(words):
        return None
    last = re.sub(r"['’]s?\Z", "", words[-1].group())
    return Span(words[at].start(), words[-1].start() + len(last))


_ACRONYM = 4
"""Up to so many capitals are an organisation's name, even if they end in an S ("I.R.S.")."""


def _type_of(words: Sequence[str], last_name: bool, common: frozenset[str]) -> str | None:
    """Return the type of what capitalised words name; None for words that are no name."""
    if is_mute(" ".join(words)):
        return None
    if last_name:
        return "PERSON"
    last = words[-1].lower().rstrip(".")
    known = roles()
    if last in words_of("dates") or (len(words) == 1 and is_office_acronym(words[0])):
        return None
    if words[0].lower().rstrip(".") in HONORIFICS and len(words) > 1:
        return "PERSON"
    letters = words[0].replace(".", "") if len(words) == 1 else ""
    if letters.isupper() and 2 < len(letters) <= _ACRONYM and last not in common | known.organisations:
        return "ORG"
    if head_noun(words) in known.persons or (
        len(words) == 1 and (last in common or pronoun(last) or last.endswith("s"))
    ):
        return None
    if last in known.organisations | known.publications | {"news", "times", "post", "today", "party"}:
        return "ORG" if len(words) > 1 else None
    if len(words) == 1 and (words[0].isupper() or len(words[0]) < 3):
        return "ORG" if len(words[0]) > 2 else None
    return "PERSON" if len(words) <= 4 else None
