"""Cues: which verb introduces a statement, and what kind of saying that verb is.

``cue_verbs.txt`` lists the classes, their verbs and the published schemes behind them. Three rules find the head of a
cue:

1. It is the first verb of the list, in any form ("said", "is emphasising"). Of entries with the same beginning the
   longest is taken ("call for" before "call").
2. A verb that only carries another one ("would like to emphasize", "went on to say") gives way to it.
3. Without a verb of the list, it is the first noun or other word of the list ("according to", "allegations of").

Negation and hedges are ignored: "did not say" and "almost promised" count as "say" and "promise".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from research.nlp import text as texts

OTHER, NONE = "other", "none"
"""The classes of a cue that is not in the list, and of a statement without a cue, or with a mark such as a colon."""


class Cue(NamedTuple):
    """The head of a cue as the list writes it, None for a cue that is not in it, and its class."""

    head: str | None
    cue_class: str


class _List(NamedTuple):
    """Entries by their first word, longest first, and the class of each."""

    by_first: Mapping[str, Sequence[tuple[str, ...]]]
    class_of: Mapping[tuple[str, ...], str]


class _Lexicon(NamedTuple):
    classes: tuple[str, ...]
    verbs: _List
    others: _List
    carriers: frozenset[tuple[str, ...]]
    irregular: Mapping[str, str]
    nouns: frozenset[str]


def classes() -> tuple[str, ...]:
    """Return the classes in their order, those of cues without a head last."""
    return (*_lexicon().classes, OTHER, NONE)


@lru_cache(maxsize=1 << 14)
def classify(cue: str | None) -> Cue:
    """Return the head of a cue and its class.

    >>> classify("would like to emphasize")
    Cue(head='emphasize', cue_class='pointing out')
    >>> classify("According to"), classify("waltzed"), classify(":")
    (Cue(head='according to', cue_class='neutral'), Cue(head=None, cue_class='other'), Cue(head=None, cue_class='none'))
    """
    words = _words(cue or "")
    if not words:
        return Cue(None, NONE)
    lexicon = _lexicon()
    head = _head_verb(words, lexicon)
    if head is not None:
        return Cue(" ".join(head), lexicon.verbs.class_of[head])
    for _, entry in _entries(words, lexicon.others, {}):
        return Cue(" ".join(entry), lexicon.others.class_of[entry])
    return Cue(None, OTHER)


@lru_cache(maxsize=1 << 14)
def is_reporting(word: str) -> bool:
    """Return whether a word can only be a form of a verb that reports speech and takes no side (class ``neutral``).

    A base form that is a noun as well is none, nor is one in -s, since nobody has looked at the sentence.

    >>> [is_reporting(word) for word in ("said", "tell", "stated", "state", "States", "promised")]
    [True, True, True, False, False, False]
    """
    lexicon = _lexicon()
    form = texts.folded(word)
    for base in _bases(form, lexicon.irregular):
        if lexicon.verbs.class_of.get((base,)) == _NEUTRAL:
            return not (base in lexicon.nouns and form in (base, f"{base}s", f"{base}es", f"{base[:-1]}ies"))
    return False


def _words(cue: str) -> list[str]:
    tokens = (cue[start:end] for start, end in texts.tokens(cue))
    return [texts.folded(token) for token in tokens if texts.is_word(token)]


def _head_verb(words: Sequence[str], lexicon: _Lexicon) -> tuple[str, ...] | None:
    found = list(_entries(words, lexicon.verbs, lexicon.irregular))
    for number, (end, entry) in enumerate(found, start=1):
        carries = entry in lexicon.carriers and words[end : end + 1] == ["to"] and number < len(found)
        if not carries:
            return entry
    return None


def _entries(words: Sequence[str], known: _List, irregular: Mapping[str, str]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the entries of a list that occur in a cue, in order, each with the position of its end."""
    for position, word in enumerate(words):
        for base in _bases(word, irregular):
            if entry := _longest(words[position + 1 :], known.by_first.get(base, ())):
                yield position + len(entry), entry
                break


def _longest(following: Sequence[str], entries: Sequence[tuple[str, ...]]) -> tuple[str, ...] | None:
    return next((entry for entry in entries if tuple(following[: len(entry) - 1]) == entry[1:]), None)


_ENDINGS = (("ies", "y"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"))


def _bases(form: str, irregular: Mapping[str, str]) -> Iterator[str]:
    """Yield the possible base forms of a word form; the list decides which of them is a word.

    Regular endings go, "e" comes back, a doubled consonant becomes single, and "-ise" is spelt "-ize".
    """
    yield irregular.get(form, form)
    for ending, replacement in _ENDINGS:
        if form.endswith(ending):
            stem = form.removesuffix(ending)
            yield stem + replacement
            if not replacement and stem[-1:] == stem[-2:-1] != "":
                yield stem[:-1]
    for british in ("ise", "ises", "ised", "ising"):
        if form.endswith(british):
            yield form.removesuffix(british) + "ize"


@cache
def _lexicon() -> _Lexicon:
    """Return the list of ``cue_verbs.txt``."""
    sections = _sections()
    carriers = frozenset(tuple(entry.split()) for entry in sections.pop("carriers"))
    nouns = frozenset(sections.pop("nouns as well"))
    pairs = (entry.partition(" = ") for entry in sections.pop("irregular forms"))
    others = {name.removesuffix(_NO_VERBS): its for name, its in sections.items() if name.endswith(_NO_VERBS)}
    verbs = {name: its for name, its in sections.items() if not name.endswith(_NO_VERBS)}
    return _Lexicon(tuple(verbs), _list(verbs), _list(others), carriers, {form: base for form, _, base in pairs}, nouns)


_NEUTRAL = "neutral"
_NO_VERBS = ": words that are no verbs"


def _sections() -> dict[str, list[str]]:
    """Return the headings of the list with the entries under each."""
    text = (files(__package__) / "cue_verbs.txt").read_text(encoding="utf-8")
    lines = (line.partition("#")[0] for line in text.splitlines())
    headed = (section.partition("]") for section in "\n".join(lines).split("[")[1:])
    return {
        heading: [" ".join(entry.split()) for entry in entries.split(",") if entry.strip()]
        for heading, _, entries in headed
    }


def _list(sections: Mapping[str, Sequence[str]]) -> _List:
    class_of = {tuple(entry.split()): name for name, entries in sections.items() for entry in entries}
    by_first: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for entry in sorted(class_of, key=lambda entry: (-len(entry), entry)):
        by_first[entry[0]].append(entry)
    return _List(by_first, class_of)
