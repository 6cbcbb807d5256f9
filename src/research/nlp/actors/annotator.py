"""The annotator of the layer *actors*: whom a document mentions, with the country or the bloc that each name means."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from research.loading.documents import Document, Span
from research.nlp.actors import lexicon
from research.nlp.actors.doubts import Places, is_meant, is_money
from research.nlp.actors.lexicon import (
    ABBREVIATION,
    BLOC,
    BODY,
    CAPITAL,
    DEMONYM,
    FORMER,
    FORMER_STATE,
    NAME,
    OUTLET,
    PART_OF_A_NAME,
    Hit,
    any_of,
    words,
)
from research.nlp.actors.offices import with_offices
from research.nlp.actors.states import name_of_state
from research.nlp.actors.unlisted import with_places
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
    hits = [hit for hit in lexicon.hits(document.text, *document.body) if not _within(foreign, hit.span.start)]
    return {"mentions": [it.record(document.text) for it in mentions(document.text, names, hits)]}


def _within(spans: Sequence[Span], at: int) -> bool:
    before = bisect_right(spans, at, key=lambda span: span.start)
    return before > 0 and at < spans[before - 1].end


def mentions(text: str, names: Sequence[Mention], hits: Sequence[Hit]) -> list[Mention]:
    """Return the mentions of a text, in order; none overlap. ``names`` are the encoder's, ``hits`` the lists'."""
    located = Located(names)
    gone: set[int] = set()
    within: dict[int, Hit] = {}
    added: list[Mention] = []
    for hit in _meant(text, hits):
        numbers = located.within(*hit.span)
        holder = next((n for n in numbers if _stays_whole(text, names[n], hit)), None)
        if holder is not None:
            within.setdefault(holder, hit)
            continue
        gone.update(numbers)
        confidence = max((names[n].confidence for n in numbers), default=OVERLOOKED)
        added.append(_mention(text, hit, confidence))
    kept = [
        _with_its_country(text, it, within.get(n))
        for n, it in enumerate(names)
        if n not in gone and not is_money(text, it.end)
    ]
    whole = sorted([*kept, *_apart_from(added, kept)], key=lambda it: (it.start, it.end))
    placed = with_offices(text, _with_events(text, whole))
    return with_places(text, [it for it in placed if not _is_generic(text, it)])


def _meant(text: str, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Yield the hits that mean a country or a bloc here, each with the country that it means in this document."""
    acting = lexicon.only_where_they_act()
    meant = [hit for hit in hits if is_meant(text, hit) and (hit.key not in acting or _acts(text, hit))]
    of = (hit.meaning.country for hit in meant if hit.meaning.how == NAME and hit.meaning.country)
    places = Places(text, Counter(of))
    for hit in meant:
        country, is_place = places.country_of(hit)
        if is_place:
            yield hit._replace(meaning=hit.meaning._replace(country=country))


# --- a name and a hit at one place ---

_ONE_WORD = frozenset(("GPE", "NORP", "LOC", "ORG"))


def _stays_whole(text: str, name: Mention, hit: Hit) -> bool:
    """Whether a name of the encoder stays as it is, with the hit within it: "Vietnam War", "Chad Okell"."""
    start, end = hit.span
    if (name.start, name.end) == (start, end) or name.start > start or name.end < end:
        return name.type == "PERSON" and (name.start, name.end) != (start, end)
    whole = text[name.start : name.end]
    if "-" in whole and len(whole.replace("- ", "-").split()) == 1 and name.type in _ONE_WORD:
        return False  # "Kazakh-Russian", "Russia-Ukraine"
    if name.type == "GPE" and hit.meaning.how == NAME and end == name.end and _OF_IT.fullmatch(text, name.start, start):
        return False  # "western Okelland"
    around = text[name.start : start] + _DISTRICT.sub("", text[end : name.end])
    return bool(around.strip(" ’'s.,"))


_OF_IT = re.compile(r"(?:[a-z]+|Apartheid|Communist|Fascist|Imperial|Occupied)\s+")
_DISTRICT = re.compile(r"^,?\s+D\.?\s?C\b\.?")


_TYPES = {DEMONYM: "NORP", BODY: "ORG", OUTLET: "ORG", BLOC: "ORG"}
_WEST = "the West"
_NO_CODE = "XK"
"""Kosovo's code is in use, but ISO 3166-1 does not assign it."""
_OF_THE_UNION = "brussels"
"""Where it acts, it is the European Union that does; Belgium is named by its name."""
_PARTS = frozenset(("england", "scotland", "wales", "northern_ireland"))


def _mention(text: str, hit: Hit, confidence: float) -> Mention:
    how, code, name = hit.meaning
    said = " ".join(text[slice(*hit.span)].split())
    if name is not None:
        entity = name
    else:
        itself = how in (CAPITAL, BODY, OUTLET) or hit.key in _PARTS or code is None
        entity = said if itself else name_of_state(str(code))
    type_ = (
        "LOC"
        if name == _WEST and hit.key != "western"
        else "NORP"
        if hit.key in words("peoples") or hit.key == "western"
        else _TYPES.get(how, "GPE")
    )
    country = None if code == _NO_CODE else code
    stands_for = GOVERNMENT if how == CAPITAL and _acts(text, hit) else None
    if stands_for and hit.key == _OF_THE_UNION:
        return Mention(*hit.span, type_, confidence, entity, bloc="EU", stands_for=stands_for)
    return Mention(
        *(hit.span.start, hit.span.end, type_, confidence, entity, country),
        bloc=name if how == BLOC else None,
        named_by=how if country else None,
        stands_for=stands_for,
    )


_ACTS = re.compile(rf"(?:\s+and\s+[A-Z]\w+)?(?:\s+(?:{any_of('adverbs')}))*\s+(?:{any_of('acts')})\b")
_PLACED = re.compile(rf"\b(?:{any_of('prepositions of place')})\s+\Z", re.IGNORECASE)

_DEALS = re.compile(rf"\b(?:{any_of('dealings')})\s+(?:with|between(?:\s+[A-Z]\w+\s+and)?)\s+\Z", re.IGNORECASE)


def _acts(text: str, hit: Hit) -> bool:
    """Whether a capital is the subject of what governments do and no place, or one side of dealings between them."""
    start, end = hit.span
    if _DEALS.search(text[max(0, start - 50) : start]):
        return True
    return _ACTS.match(text, end, end + 60) is not None and _PLACED.search(text[max(0, start - 12) : start]) is None


_OF_STATE = re.compile(rf"\b(?:{any_of('bodies')})\b", re.IGNORECASE)
_UN = re.compile(r"^(?:the )?(?:UN|U\.N\.)(?= )")


def _with_its_country(text: str, name: Mention, hit: Hit | None) -> Mention:
    """Return a name of the encoder with the country or bloc of the hit within it, if it is a body of that state."""
    # Not the country that the name has by itself: "Lebanon, Ohio" and "Mrs. Ireland" were ruled out by their context.
    plain = Mention(name.start, name.end, name.type, name.confidence, name.entity)
    if hit is None or name.type not in ("ORG", "GPE", "EVENT"):
        return plain
    said = " ".join(text[name.start : name.end].split())
    if hit.meaning.how == BLOC:
        return replace(plain, entity=_UN.sub("United Nations", name.entity or said), bloc=hit.meaning.name)
    if hit.meaning.country in (None, _NO_CODE):
        return plain
    if name.type != "EVENT" and _OF_STATE.search(said):
        return replace(plain, country=hit.meaning.country, named_by=BODY)
    if name.type != "GPE" and hit.meaning.how in _NAMED and not _MEDIA.search(said):
        return replace(plain, country=hit.meaning.country, named_by=PART_OF_A_NAME)
    return plain


_NAMED = frozenset((NAME, DEMONYM, ABBREVIATION, FORMER, FORMER_STATE))
"""In a longer name these name a country: "Okellian Railways", but "the Paris Agreement" is no mention of a country."""
_MEDIA = re.compile(
    r"\b(?:Broadcasting|Channel|Daily|Herald|Journal|Magazine|News|Post|Press|Radio|Times|Today|TODAY|Tribune|TV)\b"
)


def _apart_from(added: Sequence[Mention], kept: Sequence[Mention]) -> Iterator[Mention]:
    located = Located(kept)
    last = 0
    for it in sorted(added, key=lambda mention: (mention.start, -mention.end)):
        if it.start >= last and not located.within(it.start, it.end):
            last = it.end
            yield it


_NEVER_PERSONS = re.compile(
    r"Bill No|Hansard|Hono(?:u)?rable|Sir|(?:(?:Mr\.?|Mrs\.?|Ms\.?|Madam) )?(?:Deputy )?Speaker|Madam"
)
"""What parliaments say with a capital on every page."""
_THE = re.compile(r"\b(?:[Tt]he|[Tt]his|[Tt]hat|Amendment|Appropriation)\s+\Z")
_NUMBER = re.compile(r"\s+(?:No\b|\d)")
_SHORT = 12
_PORTFOLIO = re.compile(r"\bMinisters?\s+(?:for|of)\s+(?:[A-Z][\w’'-]+(?:,\s+|\s+and\s+|\s+)){0,8}\Z")
"""What a minister is responsible for: "Minister for Finance, Strategic Planning and National Development"."""
_BACK = 160
_CUT_OFF = re.compile(r"\s(?:of|and|the|for|in|on)\Z")


def _is_generic(text: str, mention: Mention) -> bool:
    """Whether a mention is a common noun with a capital, such as "the Assembly", or the beginning of a name."""
    if mention.country or mention.bloc:
        return False
    said = " ".join(text[mention.start : mention.end].split())
    if mention.type == "PERSON":
        before = text[max(0, mention.start - _SHORT) : mention.start]
        is_bill = said == "Bill" and (_THE.search(before) or _NUMBER.match(text, mention.end))
        return _NEVER_PERSONS.fullmatch(said) is not None or bool(is_bill)
    if mention.type not in ("ORG", "GPE"):
        return False
    if mention.type == "ORG" and _PORTFOLIO.search(text[max(0, mention.start - _BACK) : mention.start]) is not None:
        return True
    return _CUT_OFF.search(said) is not None or said.lower().replace(" ", "_") in words("generic names")


# --- named events ---

_EVENT = re.compile(rf"(?<=[a-z,] )(?P<name>[A-Z][\w-]+) (?:{any_of('events')})\b")


def _with_events(text: str, whole: Sequence[Mention]) -> list[Mention]:
    """Return the mentions with named exhibitions, festivals and the like: "the recent Innoprom exhibition".

    A name that was taken for an organisation there is the event's, unless it is an acronym: "the OPEC forum".
    """
    if not whole:
        return []
    found = {it.start("name"): it for it in _EVENT.finditer(text, whole[0].start)}
    kept = list[Mention]()
    for it in whole:
        event = found.get(it.start)
        if event and event.end("name") == it.end and _names_an_event(text, it):
            kept.append(Mention(*event.span(), "EVENT", it.confidence, entity=event[0]))
        else:
            kept.append(it)
    unseen = [Mention(*it.span(), "EVENT", OVERLOOKED, entity=it[0]) for it in found.values()]
    return sorted([*kept, *_apart_from(unseen, kept)], key=lambda it: it.start)


def _names_an_event(text: str, mention: Mention) -> bool:
    known = mention.country or mention.bloc
    return mention.type == "ORG" and not known and not text[mention.start : mention.end].isupper()
