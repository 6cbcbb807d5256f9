"""What names mean by exact knowledge: countries, nationalities, capitals, blocs, bodies of a state, news agencies."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from research.loading.documents import Span
from research.nlp.names.countries import country, names_of_states
from research.nlp.text.lists import word_list

NAME, ABBREVIATION, FORMER, DEMONYM, CAPITAL = "name", "abbreviation", "former name", "demonym", "capital"
BODY, OFFICE, OUTLET, BLOC, FORMER_STATE = "body", "office", "outlet", "bloc", "former state"
PART_OF_A_NAME = "part of a name"


@cache
def words(heading: str) -> frozenset[str]:
    """Return the words of a heading of ``lexicon/actors.txt``, with "_" for a blank."""
    return frozenset(word_list("actors.txt")[heading])


@cache
def any_of(heading: str) -> str:
    """Return a pattern that matches any word of a heading, the longest first."""
    written = sorted(words(heading), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace("_", r"\s+") for word in written)


class Meaning(NamedTuple):
    """What a name means: how it names it, and a country's code or the name of a bloc or former state."""

    how: str
    country: str | None
    name: str | None = None


class Hit(NamedTuple):
    """A name of the list in a text."""

    span: Span
    key: str
    """The name in the form of the list, in small letters."""
    meaning: Meaning


class _Entry(NamedTuple):
    words: tuple[str, ...]
    key: str
    meaning: Meaning
    capitals: bool
    """Whether it counts in capitals alone: "EU", "AU"."""


_SHORT = 3
"""Letters of an abbreviation that counts in capitals alone: "Nato" and "Opec" are read, "Us" and "Au" are not."""


def _pairs(words: Iterable[str]) -> Iterator[tuple[str, str]]:
    for word in words:
        name, _, value = word.partition("=")
        yield name, value


@cache
def only_with_state() -> frozenset[str]:
    """Return the capitals that count only where the text names their state as well: "Victoria", "Kingston"."""
    return frozenset(name for name, _ in _pairs(word_list("capitals.txt")["only with their state"]))


@cache
def only_where_they_act() -> frozenset[str]:
    """Return the cities that are no capital but are named for a government: "Tel Aviv said"."""
    return frozenset(name for name, _ in _pairs(word_list("capitals.txt")["only where they act"]))


@cache
def languages() -> frozenset[str]:
    """Return the nationalities that name a language as well."""
    return frozenset(word_list("demonyms.txt")["languages"])


@cache
def demonyms() -> Mapping[str, str]:
    """Return the country's code of each nationality, in small letters with "_" for a blank."""
    return {name: code.upper() for name, code in _pairs(word_list("demonyms.txt")["demonyms"])}


@cache
def capitals() -> Mapping[str, str]:
    """Return the country's code of each capital and seat of government."""
    found = word_list("capitals.txt")
    return {name: code.upper() for its in found.values() for name, code in _pairs(its)}


def _meanings() -> Iterator[tuple[str, Meaning]]:
    """Yield every name with its meaning; a later one replaces an earlier one."""
    for name, code in capitals().items():
        yield name, Meaning(CAPITAL, code)
    for name, code in demonyms().items():
        yield from ((form, Meaning(DEMONYM, code)) for form in _numbers(name))
    former = dict(_pairs(word_list("blocs.txt")["former names"]))
    for name in names_of_states():
        how = FORMER if name in former else ABBREVIATION if _is_abbreviation(name) else NAME
        yield name, Meaning(how, country(name.replace("_", " ").upper()))
    for name, code in _territories().items():
        yield name, Meaning(NAME, code)
    for name in ("congo", "korea", "georgia"):  # two states each, or one and a part of another
        yield name, Meaning(NAME, None)
    yield from _of_groups()


@cache
def _territories() -> Mapping[str, str]:
    """Return the code of each territory that is no state of ``countries.txt``, by its name in the Unicode CLDR.

    Without them "American Samoa" would be of two other countries.
    """
    from babel import Locale

    states = {country(name.replace("_", " ").upper()) for name in names_of_states()}
    left_out = states | set(word_list("blocs.txt")["no territories"])
    found: dict[str, str] = {}
    for code, name in sorted(Locale("en").territories.items()):
        key = name.replace(" & ", " and ").casefold().replace(" ", "_")
        if code.isalpha() and code not in left_out and "(" not in key:
            found |= {key: code, key.replace("u.s._", "us_"): code}
    return found


def _numbers(name: str) -> Iterator[str]:
    """Yield the singular and the plural of a nationality."""
    yield name
    if name.endswith("man") and name != "german":
        yield f"{name.removesuffix('man')}men"
    elif not name.endswith(("ese", "ish", "ch", "s")):
        yield f"{name}s"


def _of_groups() -> Iterator[tuple[str, Meaning]]:
    """Yield what ``blocs.txt`` lists: blocs, bodies and agencies of one state, former names and former states."""
    groups = word_list("blocs.txt")
    codes = {"former names": FORMER, "parts": NAME, "bodies": BODY, "news agencies": OUTLET, "beginnings": DEMONYM}
    for heading, how in codes.items():
        for name, code in _pairs(groups[heading]):
            yield name, Meaning(how, code.upper())
    heirs = dict(_pairs(groups["succeeded"]))
    for heading, how in (("blocs", BLOC), ("the", BLOC), ("former states", FORMER_STATE)):
        for name, its in _pairs(groups[heading]):
            heir = heirs[its].upper() if how == FORMER_STATE and its in heirs else None
            yield (f"the_{name}" if heading == "the" else name), Meaning(how, heir, its.replace("_", " "))


def _is_abbreviation(name: str) -> bool:
    letters = name.replace(".", "")
    return "_" not in name and (len(letters) <= len("uae") or "." in name) and name not in ("iran", "oman", "chad")


@cache
def _entries() -> Mapping[str, tuple[_Entry, ...]]:
    """Return the names by their first word, the longest first."""
    found: dict[str, list[_Entry]] = defaultdict(list)
    in_capitals = frozenset(word_list("blocs.txt")["in capitals"])
    for key, meaning in dict(_meanings()).items():
        words = tuple(key.split("_"))
        letters = key.replace(".", "").replace("-", "")
        short = (len(letters) <= _SHORT or key in in_capitals) and meaning.how in (BLOC, ABBREVIATION, BODY, OUTLET)
        found[words[0]].append(_Entry(words, key, meaning, short))
    return {first: tuple(sorted(its, key=lambda it: (-len(it.words), it.key))) for first, its in found.items()}


_PREFIX = 3
"""Letters that tell most words from the first word of any name."""


@cache
def _starts() -> frozenset[str]:
    its = frozenset(first[:_PREFIX].rstrip(".'") for first in _entries())
    return its | frozenset(it.replace("'", "’") for it in its)


_WORD = re.compile(r"(?<![\w’'])(?:[^\W\d_][\w.]*(?:['’][^\W\d_s]\w*)?(?:-[^\W\d_]\w*)*|[Gg]-?(?:7|8|20|77)\b)")
_PIECE = re.compile(r"[^\W\d_][\w.’']*")


def hits(text: str, start: int, end: int) -> Iterator[Hit]:
    """Yield the names of the list in a stretch of text, in order, the longest at each place; none overlap."""
    entries, starts, at = _entries(), _starts(), start
    while (word := _WORD.search(text, at, end)) is not None:
        if word[0][:_PREFIX].casefold().rstrip(".'’") not in starts and "-" not in word[0]:
            at = word.end()  # most words begin as no name does
            continue
        found = _longest(text, word.start(), end, entries)
        if found is not None:
            yield found
            at = found.span.end
            continue
        at = word.end()
        if "-" in word[0]:  # "Kazakh-Russian", "anti-Russia"
            for piece in _PIECE.finditer(text, *word.span()):
                part = _longest(text, piece.start(), word.end(), entries)
                if part is not None and part.span.end <= word.end():
                    yield part


def _longest(text: str, at: int, end: int, entries: Mapping[str, tuple[_Entry, ...]]) -> Hit | None:
    first = _PIECE.match(text, at, end)
    whole = _WORD.match(text, at, end)
    if first is None and whole is None:
        return None
    written = [match[0] for match in (whole, first) if match is not None]
    tried = dict.fromkeys(form for word in written for form in _forms(word))
    for form in tried:
        for entry in entries.get(form, ()):
            stop = _end_of(text, at, end, entry)
            if stop is not None and entry.words[0] == "the":
                inner = _longest(text, at + len("the "), end, entries)
                if inner is not None and inner.span.end > stop:  # "the Commonwealth of the Bahamas"
                    return inner
            if stop is not None:
                return Hit(Span(at, stop), entry.key, entry.meaning)
    return None


def _forms(word: str) -> Iterator[str]:
    low = word.casefold().replace("’", "'")
    yield low
    if low.endswith("'s"):
        yield low[:-2]
    yield low.rstrip(".'")


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    parts = (re.escape(word).replace("'", "['’]") for word in words)
    return re.compile(r"[\s-]{1,2}".join(parts) + r"(?!\w|-\d)", re.IGNORECASE)


def _end_of(text: str, at: int, end: int, entry: _Entry) -> int | None:
    """Return where an entry ends that begins at a place; None where it is not there, or not as a name."""
    match = _pattern(entry.words).match(text, at, end)
    if match is None:
        return None
    written = match[0]
    if entry.capitals and not written.replace(".", "").replace("-", "").isupper():
        return None
    name = written[len("the ") :] if entry.words[0] == "the" else written
    last = re.split(r"[\s-]", name)[-1]  # speeches have "the united States" and "north Korea"
    return match.end() if name[0].isupper() or last[0].isupper() else None
