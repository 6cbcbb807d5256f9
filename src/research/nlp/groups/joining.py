"""Names that are one speaker's by rule, whatever the document: middle initials, and the names of states.

Nothing else is joined: "Okell" and "Ada Okell" may be two persons, and an analyst says who is who.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from research.nlp.names.countries import country
from research.nlp.text.words import folded

CAPITALS, INITIAL, STATE = "capitals", "middle initial", "name of a state"


_BETWEEN_INITIALS = re.compile(r"(?<=\b[^\W\d_]\.) (?=[^\W\d_]\.)")


def any_case(name: str) -> str:
    """Return what all spellings of a name share: capitals, white space and blanks between initials are ignored.

    >>> any_case("MARA  Lindqvist"), any_case("M. L. Okell") == any_case("M.L. Okell")
    ('mara lindqvist', True)
    """
    return _BETWEEN_INITIALS.sub("", " ".join(folded(name).split()))


def one_spelling(names: Iterable[str]) -> Mapping[str, str]:
    """Return for each name the spelling under which it is counted: of those that differ in capitals, the most frequent.

    >>> one_spelling(["Reuters", "REUTERS", "Reuters", "dpa"])["REUTERS"]
    'Reuters'
    """
    counts = Counter(names)
    usual: dict[str, str] = {}
    for name in sorted(counts, key=lambda it: (-counts[it], it)):
        usual.setdefault(any_case(name), name)
    return {name: usual[any_case(name)] for name in counts}


class Joined(NamedTuple):
    """The name under which a name is counted, and the rule that joins the two; None for a name that keeps its own."""

    name: str
    rule: str | None


def joined_names(names: Iterable[str]) -> Mapping[str, Joined]:
    """Return for each name the one under which it is counted: of those that are one, the most frequent.

    >>> joined_names(["Jon T. Okell", "Jon Okell", "Jon Okell", "Russian Federation", "Russia"])["Jon T. Okell"]
    Joined(name='Jon Okell', rule='middle initial')
    """
    counts = Counter(names)
    groups: dict[str, list[str]] = defaultdict(list)
    for name in sorted(counts):
        groups[any_case(name)].append(name)
    usual = {identity: _usual(its, counts) for identity, its in groups.items()}
    times = Counter({usual[identity]: sum(counts[name] for name in its) for identity, its in groups.items()})
    by_rule = {
        name: Joined(_usual(its, times), rule)
        for rule, found in ((INITIAL, _initials(times)), (STATE, _states(times)))
        for its in found
        for name in its
    }
    joined = {}
    for name in counts:
        spelling = usual[any_case(name)]
        kept = Joined(spelling, CAPITALS if spelling != name else None)
        other = by_rule.get(spelling, kept)
        joined[name] = other if other.name != spelling else kept
    return joined


def names_in(joined: str | None) -> list[str]:
    """Return the names in a cell of the column ``joined``.

    >>> names_in("Jon T. Okell (middle initial)")
    ['Jon T. Okell']
    """
    return [other.rpartition(" (")[0] for other in joined.split("; ")] if isinstance(joined, str) else []


def _usual(names: Iterable[str], counts: Mapping[str, int]) -> str:
    """Return the most frequent name; of equally frequent ones the shortest."""
    return min(names, key=lambda name: (-counts[name], len(name), name))


def _states(names: Iterable[str]) -> list[list[str]]:
    """Return the names that mean one state: "Russia" and "Russian Federation"."""
    groups: dict[str, list[str]] = defaultdict(list)
    for name in names:
        code = country(name)
        if code is not None:
            groups[code].append(name)
    return [its for its in groups.values() if len(its) > 1]


_INITIAL = re.compile(r"[^\W\d_]\.?")


def _initials(names: Iterable[str]) -> list[list[str]]:
    """Return the names that differ in a middle initial alone: "Jon T. Okell" and "Jon Okell".

    Two with different initials are two persons, and then a name without one may be either's.
    """
    groups: dict[tuple[str, ...], dict[tuple[str, ...], list[str]]] = defaultdict(lambda: defaultdict(list))
    for name in names:
        words = folded(name).split()
        between = words[1:-1]
        if len(words) < 2 or len(words[0].rstrip(".")) < 2:
            continue
        if between and words[-1].rstrip(".") in ("jr", "sr", "ii", "iii", "iv"):
            between = words[1:-2]
        if all(_INITIAL.fullmatch(word) for word in between):
            rest = (words[0], *words[1 + len(between) :])
            groups[rest][tuple(word.rstrip(".") for word in between)].append(name)
    found = []
    for by_initials in groups.values():
        with_one = [key for key in by_initials if key]
        together = [name for its in by_initials.values() for name in its]
        if len(with_one) == 1 and len(together) > 1:
            found.append(together)
    return found
