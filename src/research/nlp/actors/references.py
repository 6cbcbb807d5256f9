"""References: where a document means a person by the office alone, such as "the President" or "the prime minister".

Two things tell whom: the layer *statements*, which says who the source of a statement is ("the senator said"), and the
titles of the document. Of these an office counts only if exactly one person of the document has it, by a title that is
the office and nothing else ("President Okell", not "the union's president Okell") and not former. What is not plain is
left out: "the president of the club", "the next president", "if I am the president".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from research.loading.documents import Span
from research.nlp.actors.lexicon import OFFICE, any_of
from research.nlp.names.descriptions import descriptions
from research.nlp.records import Attribution, Mention

_LONGEST = 6
"""Words of a source that is a reference: "the Coastal Union's deputy president"."""


def references(text: str, mentions: Sequence[Mention], attributions: Sequence[Attribution]) -> list[Mention]:
    """Return the places where a text means a person of its mentions by the office, in order; none overlap a mention."""
    persons = {it.entity: it for it in mentions if it.type == "PERSON" and it.entity is not None}
    if not persons:
        return []
    found = [*_sources(text, persons, attributions), *_offices(text, mentions, persons)]
    taken = sorted((it.start, it.end) for it in mentions)
    kept: list[Mention] = []
    for it in sorted(found, key=lambda mention: (mention.start, -mention.end)):
        if not _within(taken, it) and not (kept and it.start < kept[-1].end):
            kept.append(it)
    return kept


def _within(taken: Sequence[tuple[int, int]], it: Mention) -> bool:
    """Whether a mention of the list overlaps this one."""
    at = bisect_right(taken, it.end - 1, key=lambda span: span[0])
    return at > 0 and taken[at - 1][1] > it.start


def _meant(span: Span, person: Mention) -> Mention:
    named_by = person.named_by if person.country else None
    return Mention(*span, "PERSON", person.confidence, person.entity, person.country, named_by=named_by)


# --- sources of statements ---

_DESCRIBED = re.compile(r"the\s+[a-z]", re.IGNORECASE)


def _sources(text: str, persons: Mapping[str, Mention], attributions: Sequence[Attribution]) -> Iterator[Mention]:
    for it in attributions:
        person = persons.get(it.speaker or "")
        if it.source is None or person is None:
            continue
        said = text[slice(*it.source)]
        if _DESCRIBED.match(said) and len(said.split()) <= _LONGEST and "," not in said:
            yield _meant(it.source, person)


# --- offices that one person has ---


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w’'-])[Tt]he\s+(?P<office>(?i:{any_of('referred offices')}))"
        r"(?![\w-]|\s*:|,?\s+(?:of\b|for\b|[Ee]lect\b|and\s+(?:chief|CEO)|[A-Z][a-z]+))"
    )


_SUPPOSED = re.compile(
    r"\b(?:be|am|been|not|become|becomes|became|becoming|being|as|elect|elects|electing|was|were|is|are|like|between|than|either|of)"
    r"\s+\Z",
    re.IGNORECASE,
)
"""Before "the president" these tell who it is, or leave open who it may be: "to become the president"."""


def _offices(text: str, mentions: Sequence[Mention], persons: Mapping[str, Mention]) -> Iterator[Mention]:
    places = list(_pattern().finditer(text, mentions[0].start))
    if not places:
        return
    holders = _holders(text, mentions)
    for match in places:
        entity = holders.get(_plain(match["office"]))
        # A name comes first, as the reader could not know otherwise.
        if entity is None or match.start() < _first(mentions, entity):
            continue
        if _SUPPOSED.search(text, max(0, match.start() - 16), match.start()):
            continue
        yield _meant(Span(*match.span()), persons[entity])


def _first(mentions: Sequence[Mention], entity: str) -> int:
    return next(it.start for it in mentions if it.entity == entity)


def _holders(text: str, mentions: Sequence[Mention]) -> Mapping[str, str]:
    """Return the person of each office that exactly one person of a document has."""
    found: dict[str, set[str]] = defaultdict(set)
    for it in mentions:
        if it.type != "PERSON" or it.entity is None:
            continue
        for described in descriptions(text, it.start, it.end):
            office = _office_of().match(_plain(described.phrase))
            if office is None or described.former:
                continue
            whole = office[0] == _plain(described.phrase)
            if (described.before and whole and not described.whose) or it.named_by == OFFICE:
                found[office[0]].add(it.entity)
    return {office: next(iter(its)) for office, its in found.items() if len(its) == 1}


@cache
def _office_of() -> re.Pattern[str]:
    offices = any_of("referred offices").replace("\\-", r"[\s-]")
    return re.compile(rf"(?:{offices})(?![\w-])")


def _plain(office: str) -> str:
    return " ".join(office.lower().replace("-", " ").split())
