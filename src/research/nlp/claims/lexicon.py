"""The words of ``lexicon/claims.txt`` as patterns.

Patterns match text in small letters with straight apostrophes (``plain``). They are alternatives of whole words and
phrases, so that they take time linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from research.nlp.text.lists import word_list
from research.nlp.text.words import APOSTROPHES


def plain(text: str) -> str:
    """Return text in small letters and with straight apostrophes, character for character.

    >>> plain("It doesn’t GROW")
    "it doesn't grow"
    """
    if text.isascii():
        return text.lower()
    straight = text.translate(APOSTROPHES)
    if len(small := straight.lower()) == len(straight):
        return small
    # A few capitals have small forms of two characters ("İ"); offsets must hold.
    return "".join(small if len(small := char.lower()) == 1 else char for char in straight)


@cache
def words(*groups: str) -> re.Pattern[str]:
    """Return the pattern of the entries under some headings, and of all forms of the verbs under them.

    >>> words("trend verbs").findall("it keeps increasing, and prices dropped")
    ['increasing', 'dropped']
    """
    return re.compile(rf"(?<![\w'-])(?:{'|'.join(_alternatives(*groups))})(?![\w'-])")


@cache
def first_words(*groups: str) -> frozenset[str]:
    """Return the words with which the entries under some headings begin.

    A text without any of them, as ``run_words`` finds words, has none of the entries: looking up its words is many
    times as fast as trying a pattern of hundreds of words at each place.

    >>> "collapsed" in first_words("trend verbs"), "table" in first_words("trend verbs")
    (True, False)
    """
    forms = (form.replace("_", " ") for group in groups for it in _entries(group) for form in _forms(it, group))
    return frozenset(found[0] for form in forms if (found := _RUN.match(form)))


_RUN = re.compile(r"[\w'-]+")


def run_words(said: str) -> frozenset[str]:
    """Return the runs of letters, digits, apostrophes and hyphens of a text: what ``words`` takes for whole words."""
    return frozenset(_RUN.findall(said))


@cache
def beginning(*groups: str) -> re.Pattern[str]:
    """Return the pattern of entries under some headings at the place where it is asked for."""
    return re.compile(rf"(?:{'|'.join(_alternatives(*groups))})(?![\w'-])")


def _alternatives(*groups: str) -> list[str]:
    found = {form for group in groups for entry in _entries(group) for form in _forms(entry, group)}
    # The longest first, so that a phrase is taken before its first word alone.
    return [re.escape(form).replace("_", r"\s{1,3}") for form in sorted(found, key=lambda form: (-len(form), form))]


@cache
def _entries(group: str) -> tuple[str, ...]:
    return tuple(_lists()[group])


@cache
def _lists() -> dict[str, list[str]]:
    return word_list("claims.txt")


def _forms(entry: str, group: str) -> Iterator[str]:
    """Yield an entry, or the regular forms of a verb."""
    yield entry
    if not group.endswith("verbs") or group.startswith("finite"):
        return
    if entry.endswith("e"):
        yield from (f"{entry}s", f"{entry}d", f"{entry[:-1]}ing")
    elif entry.endswith("y") and entry[-2] not in "aeiou":
        yield from (f"{entry[:-1]}ies", f"{entry[:-1]}ied", f"{entry}ing")
    else:
        stem = entry + entry[-1] if _DOUBLED.fullmatch(entry) else entry
        yield from (f"{entry}{'es' if entry.endswith(('s', 'x', 'z', 'ch', 'sh')) else 's'}", f"{stem}ed", f"{stem}ing")


_DOUBLED = re.compile(r"[^aeiou]{1,3}[aeiou][bdgklmnprt]|commit|kidnap|outstrip")
"""Verbs that double their last consonant: of one syllable with a short vowel, and a few with the stress at the end."""
