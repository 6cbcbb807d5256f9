"""The annotator of the layer *actors*: whom a document mentions, with the country or the bloc that each name means."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from research.loading.documents import Document, Span
from research.nlp.actors import lexicon
from research.nlp.actors.doubts import Places, is_meant
from research.nlp.actors.lexicon import (
    ABBREVIATION,
    BLOC,
    BODY,
    CAPITAL,
    DEMONYM,
    FORMER,
    FORMER_STATE,
    NAME,
    OFFICE,
    OUTLET,
    Hit,
)
from research.nlp.actors.offices import countries_of_persons
from research.nlp.actors.states import name_of_state
from research.nlp.english import foreign_paragraphs, is_english, language_of
from research.nlp.names.located import OVERLOOKED, Located
from research.nlp.records import Mention

GOVERNMENT = "government"
"""What a capital stands for that acts: "Washington said"."""


def annotate(document: Document, needed: Mapping[str, list[Any]]) -> dict[str, list[Any]]:
    """Return the table ``mentions`` of a document's body: the names that the encoder saw, and those of the lists.

    It is empty for documents in another language than English, and without those of paragraphs in another one.
    """
    if not is_english(language_of(document)):
        return {"mentions": []}
    names = [Mention.from_record(it) for it in needed["names"]]
    foreign = [span for span, _ in foreign_paragraphs(document)]
    start, end = document.body
    hits = [hit for hit in lexicon.hits(document.text, start, end) if not _within(foreign, hit.span.start)]
    return {"mentions": [it.record(document.text) for it in mentions(document.text, names, hits)]}


def _within(spans: Sequence[Span], at: int) -> bool:
    before = bisect_right(spans, at, key=lambda span: span.start)
    return before > 0 and at < spans[before - 1].end


def mentions(text: str, names: Sequence[Mention], hits: Sequence[Hit]) -> list[Mention]:
    """Return the mentions of a text, in order, none overlapping; ``names`` are those of the encoder, ``hits`` of the lists."""
    meant = [hit for hit in hits if is_meant(text, hit)]
    places = Places(
        text, Counter(hit.meaning.country for hit in meant if hit.meaning.country and hit.meaning.how == NAME)
    )
    located = Located(names)
    gone: set[int] = set()
    added: list[Mention] = []
    whole: dict[int, Hit] = {}
    for hit in meant:
        country, is_place = places.country_of(hit)
        if not is_place:
            continue
        hit = hit._replace(meaning=hit.meaning._replace(country=country))
        numbers = located.within(*hit.span)
        holder = next((n for n in numbers if _keeps(text, names[n], hit)), None)
        if holder is not None:
            whole.setdefault(holder, hit)
            continue
        gone.update(numbers)
        confidence = max((names[n].confidence for n in numbers), default=OVERLOOKED)
        added.append(_as_mention(text, hit, confidence))
    kept = [_with_holder(text, it, whole.get(n)) for n, it in enumerate(names) if n not in gone]
    kept = [it for it in kept if not _is_currency(text, it)]
    joined = sorted([*kept, *_not_overlapping(added, kept)], key=lambda it: (it.start, it.end))
    return _with_offices(text, joined)


_OF_STATE = re.compile(
    r"\b(?:government|ministr(?:y|ies)|minister|army|navy|air force|armed forces|parliament|senate|congress|assembly|party|council|"
    r"court|embassy|commission|department|delegation|mission|police|forces|central bank|reserve bank|bank of|agency|"
    r"authority|administration|cabinet|house|treasury|guard|intelligence|coalition|mission|workers|front)\b",
    re.IGNORECASE,
)
_HYPHEN = re.compile(r"[-–]")


def _keeps(text: str, name: Mention, hit: Hit) -> bool:
    """Whether a name of the encoder stays whole, with the hit within it."""
    start, end = hit.span
    if name.start > start or name.end < end or (name.start, name.end) == (start, end):
        return name.type == "PERSON" and (name.start, name.end) != (start, end)
    around = text[name.start : start] + text[end : name.end]
    if (
        _HYPHEN.search(text[name.start : name.end])
        and name.type in ("GPE", "NORP", "LOC", "ORG")
        and len(text[name.start : name.end].split()) == 1
    ):
        return False  # "Kazakh-Russian", "Russia-Ukraine"
    return bool(around.strip(" ’'s.,"))


def _as_mention(text: str, hit: Hit, confidence: float) -> Mention:
    how, country, name = hit.meaning
    types = {DEMONYM: "NORP", BODY: "ORG", OUTLET: "ORG", BLOC: "ORG", FORMER_STATE: "GPE"}
    type_ = types.get(how, "GPE")
    if name in ("the West",):
        type_ = "LOC"
    if how == FORMER_STATE and hit.key in ("soviet", "soviets", "yugoslav", "yugoslavs", "czechoslovak"):
        type_ = "NORP"
    said = text[slice(*hit.span)]
    if how == BLOC or how == FORMER_STATE:
        entity = name
    elif how in (CAPITAL, BODY, OUTLET) or hit.key in _PARTS:
        entity = " ".join(said.split())
    else:
        entity = name_of_state(country) if country else " ".join(said.split())
    if country == "XK":
        country = None  # in use, but not assigned by ISO 3166-1
    stands = GOVERNMENT if how == CAPITAL and _acts(text, hit) else None
    return Mention(
        hit.span.start,
        hit.span.end,
        type_,
        confidence,
        entity,
        country,
        name if how == BLOC else None,
        how if country else None,
        stands,
    )


_PARTS = frozenset(("england", "scotland", "wales", "northern_ireland"))

_ACTS = re.compile(
    r"\s+(?:has |had |have |also |would |will |now |again |later |officially |formally |immediately )*(?:said|says|say|warned|warns|wants?|"
    r"wanted|accused|accuses|denied|denies|called|calls|believes?|believed|refused|refuses|announced|announces|insisted|insists|"
    r"rejected|rejects|agreed|agrees|hopes?|hoped|fears?|feared|views?|sees|considers?|considered|claims?|claimed|argues?|argued|"
    r"supports?|supported|backs|backed|imposed|imposes|sent|sends|expelled|condemned|condemns|urged|urges|demanded|demands|"
    r"threatened|threatens|pledged|pledges|promised|offered|signed|recognised|recognized|is (?:willing|ready|prepared|trying|"
    r"seeking|considering|determined)|responded|reacted|retaliated|decided|ruled out|summoned|recalled)\b"
)
_PLACED = re.compile(
    r"\b(?:in|at|from|to|near|of|around|outside|into|through|via|city|downtown|central|east|west|north|south)\s+\Z",
    re.IGNORECASE,
)


def _acts(text: str, hit: Hit) -> bool:
    """Whether a capital is the subject of what governments do, and no preposition makes it a place."""
    start, end = hit.span
    if _PLACED.search(text[max(0, start - 12) : start]):
        return False
    return _ACTS.match(text, end, end + 60) is not None


def _with_holder(text: str, name: Mention, hit: Hit | None) -> Mention:
    """Return a name of the encoder with the country of the hit within it, if it is a body of that state."""
    country = name.country if name.country != "XK" else None
    named_by = NAME if country else None
    plain = replace(name, country=country, named_by=named_by)
    if hit is None or name.type not in ("ORG", "GPE"):
        return replace(plain, country=None, named_by=None) if name.type == "PERSON" else plain
    said = " ".join(text[name.start : name.end].split())
    if hit.meaning.how == BLOC:
        full = _UN.sub("United Nations", name.entity or said)
        return replace(plain, entity=full, bloc=hit.meaning.name)
    if hit.meaning.country and hit.meaning.country != "XK" and name.type == "ORG" and _OF_STATE.search(said):
        return replace(plain, country=hit.meaning.country, named_by=BODY)
    return plain


_UN = re.compile(r"^(?:the )?(?:UN|U\.N\.)(?= )")


def _is_currency(text: str, mention: Mention) -> bool:
    from research.nlp.names.countries import is_of_a_currency

    return mention.type in ("GPE", "NORP", "ORG") and is_of_a_currency(text, mention)


def _not_overlapping(added: Sequence[Mention], kept: Sequence[Mention]) -> Iterator[Mention]:
    located = Located(kept)
    last = 0
    for it in sorted(added, key=lambda mention: (mention.start, -mention.end)):
        if it.start >= last and not located.within(it.start, it.end):
            last = it.end
            yield it


# --- offices ---

_GENERIC = frozenset(
    ("government", "parliament", "ministry", "cabinet", "senate", "congress", "foreign ministry", "embassy")
)
_LEFT = 80


def _with_offices(text: str, found: Sequence[Mention]) -> list[Mention]:
    """Return mentions with the country of persons in an office, and of bodies such as "the Government" of a state."""
    states = [it for it in found if it.country and it.named_by in (NAME, DEMONYM, ABBREVIATION, FORMER)]
    persons = [it for it in found if it.type == "PERSON"]
    of = countries_of_persons(text, persons, states)
    starts = [it.start for it in states]
    made = []
    for it in found:
        if it.type == "PERSON" and it.entity in of:
            it = replace(it, country=of[it.entity], named_by=OFFICE)
        elif it.type == "ORG" and it.country is None and it.bloc is None:
            it = _with_its_state(text, it, states, starts)
        made.append(it)
    return made


_OF = re.compile(r"\s+of\s+(?:the\s+)?\Z")
_LED = re.compile(r"\A(?:[’']s\s+|\s+|\s+(?:led|headed)\s+by\s+(?:the\s+)?[\w\s]{0,30}(?:of\s+(?:the\s+)?)?)\Z")


def _with_its_state(text: str, body: Mention, states: Sequence[Mention], starts: Sequence[int]) -> Mention:
    """Return "Government" with its state: "the Government of Kenya", "Kenya's Government", "… of Russia led by Chairman of the Government"."""
    said = " ".join(text[body.start : body.end].split())
    if said.lower() not in _GENERIC:
        return body
    after = bisect_left(starts, body.end)
    if after < len(states) and _OF.fullmatch(text[body.end : states[after].start]):
        state = states[after]
    elif (
        after and states[after - 1].start >= body.start - _LEFT and _LED.match(text[states[after - 1].end : body.start])
    ):
        state = states[after - 1]
    else:
        return body
    return replace(body, country=state.country, named_by=BODY, entity=f"{said} of {state.entity}")
