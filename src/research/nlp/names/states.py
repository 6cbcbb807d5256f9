"""States of several words ("the United States", "the Democratic Republic of the Congo"), whole as the list has them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from research.loading.documents import Span
from research.nlp.names.countries import country, names_of_states
from research.nlp.names.located import Located
from research.nlp.records import Mention


def with_whole_states(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions, in order, with every state of several words in one piece.

    Of what the encoder saw nothing of, no mention is made. A mention that goes on beyond the state's name ("United
    States Government") has the whole of both.
    """
    located = Located(mentions)
    gone: set[int] = set()
    whole: list[Mention] = []
    for span in _states(text):
        numbers = [n for n in located.within(*span) if n not in gone]
        parts = [mentions[n] for n in numbers]
        if not parts or any(it.start <= span.start and span.end <= it.end for it in parts):
            continue
        beyond = [it for it in parts if it.start < span.start or it.end > span.end]
        type_ = beyond[0].type if beyond else "GPE"
        start, end = min(span.start, parts[0].start), max(span.end, parts[-1].end)
        gone.update(numbers)
        whole.append(Mention(start, end, type_, max(it.confidence for it in parts)))
    kept = [mention for n, mention in enumerate(mentions) if n not in gone]
    return sorted([*kept, *whole], key=lambda it: (it.start, it.end))


def is_state(name: str) -> bool:
    """Return whether a name is a state's."""
    return country(name) is not None


def _states(text: str) -> Iterator[Span]:
    """Yield where states of several words are named, the longest name at each place."""
    known, first = _of_several_words()
    last = 0
    for match in first.finditer(text):
        if match.start() < last:
            continue
        for words in known[match.group().casefold()]:
            named = words.match(text, match.start())
            if named is not None:
                last = named.end()
                yield Span(*named.span())
                break


_SMALL = frozenset(("and", "of", "the"))


@cache
def _of_several_words() -> tuple[dict[str, list[re.Pattern[str]]], re.Pattern[str]]:
    """Return a pattern for each state of several words, by its first word, the longest first; and one of first words.

    In a text these have capitals: "new zealand" is no name, and neither is "united states".
    """
    found: dict[str, list[list[str]]] = defaultdict(list)
    for name in names_of_states():
        words = name.split("_")
        if len(words) > 1:
            found[words[0]].append(words)
    known = {
        first: [_pattern(words) for words in sorted(names, key=lambda words: (-len(words), words))]
        for first, names in found.items()
    }
    firsts = "|".join(re.escape(word) for word in sorted(known))
    return known, re.compile(rf"(?<![\w-])(?=[A-Z])(?i:{firsts})(?!\w)")


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    written = (
        f"(?i:{re.escape(word)})" if word in _SMALL else f"(?=[^\\W\\da-z_])(?i:{_any_apostrophe(word)})"
        for word in words
    )
    return re.compile(r"[\s-]{1,2}".join(written) + r"(?!\w)")


def _any_apostrophe(word: str) -> str:
    return re.escape(word).replace("'", "['’]")
