"""Speakers: the canonical name behind each source, decided document by document.

A source is read for its head (``heads``): a name, a title ("the minister"), a pronoun, or something without a name ("a
spokesman for Ada Okell", "critics"). Names are those of the cast. A title belongs to the person whom the document
introduces with it (``titles``). A pronoun goes to the most salient candidate that agrees with it (``candidates``): the
last speaker, the subject of the sentences before, a name that occurs often; the nearest name counts for little. Unnamed
sources are candidates as well, so that "he" after "the correspondent asked" may be the correspondent. "I" and "my"
within a statement mean its speaker.

Decisions:

- Two named together ("Okell and Brandt") are one speaker under both names, "Ada Okell and Jon Brandt".
- A state that speaks is named like an organisation.
- "The Okell campaign", "Okell's campaign" and "her campaign" are the organisation "Okell campaign", never the person.
- The report of a newspaper and the poll of an institute are theirs, even as "a poll by" them.
- "They" is unnamed unless two named together or an organisation spoke just before.
- "I" and "we" outside quotations are whose turn it is, or whose words the whole document is. In a state's speech "my
  delegation", "my Government" and "our country" are that state as well.
- A treaty, a region, an illness or a tax says nothing, whatever it "states".
- A title belongs to nobody whose introduction names another party, business or place.
- "The two presidents", "her husband" and, in a transcript, "THE PRESIDENT" are the only two, or the only one, whom the
  text introduces so.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from research.loading.documents import Span
from research.nlp.names.candidates import Candidates
from research.nlp.names.cast import Cast
from research.nlp.names.descriptions import HONORIFICS, roles, words_of
from research.nlp.names.floor import Floor
from research.nlp.names.forms import cannot_speak
from research.nlp.names.heads import HE, TOKEN, Head, HeadReader
from research.nlp.names.history import History
from research.nlp.names.located import Located
from research.nlp.names.places import Places
from research.nlp.names.states import is_state
from research.nlp.names.titles import Titles
from research.nlp.records import Attribution, Mention


class Speaker(NamedTuple):
    """The speaker behind a source."""

    name: str | None
    """The canonical name of a person or an organisation; None if the source is unnamed."""
    label: str | None
    """The source as the text words it ("the correspondent", "he"); None if there is no source."""
    office: str | None
    """The title or office with which the document introduces a person."""


NOBODY = Speaker(None, None, None)


def resolve(
    text: str,
    attributions: Sequence[Attribution],
    cast: Cast,
    floor: Floor,
    sentences: Sequence[Span],
    *,
    owner: str | None = None,
) -> list[Speaker]:
    """Return the speaker of each attribution, in the same order; ``owner`` is whose words the whole text is."""
    return Resolution(text, attributions, cast, floor, sentences, owner=owner).speakers()


class Resolution:
    """The sources of one text and whom they mean, found in one reading from its beginning to its end."""

    def __init__(
        self,
        text: str,
        attributions: Sequence[Attribution],
        cast: Cast,
        floor: Floor,
        sentences: Sequence[Span],
        *,
        owner: str | None = None,
    ) -> None:
        self._text, self._attributions, self._cast, self._floor = text, attributions, cast, floor
        self._owner = owner
        self._sources = sorted({a.source for a in attributions if a.source is not None})
        self._reader = HeadReader(text, cast.mentions, cast.types)
        self._places = Places(text, sentences, attributions)
        self.history = History(text, self._places, cast)
        self._titles = Titles(cast, self.history)
        self._interviewed = floor.interviewed(cast)
        own: dict[Span, list[Span]] = defaultdict(list)
        for attribution in attributions:
            if attribution.source is not None:
                own[attribution.source].extend(attribution.content)
        self.candidates = Candidates(self.history, self._places, own, self._speaker_around)
        self._outer = _outer_sources(attributions, self._sources)
        self._found: dict[Span, int] = {}
        self._by_name: dict[str, int] = {}
        self.renamed: dict[int, str] = {}
        """The entities of the cast for whom the layout has a fuller name, by number."""

    def speakers(self) -> list[Speaker]:
        """Return the speaker of each attribution."""
        self._read()
        return [self._speaker(attribution) for attribution in self._attributions]

    def _with_apposed(self, source: Span) -> Span:
        """Return a source with the name set beside it: "the minister", where ", Mr. Jon Brandt," comes next."""
        title, beside = _A_TITLE.fullmatch(self._text, *source), _BESIDE.match(self._text, source[1])
        if beside is None or title is None or not roles().noun(title[1]):
            return source
        end = self._people.get(beside.end())
        return Span(source[0], end) if end and self._text.startswith(",", end) else source

    @cached_property
    def _people(self) -> dict[int, int]:
        """Where the names of persons end, by where they begin."""
        return {it.start: it.end for it in self._cast.mentions if it.type == "PERSON"}

    def _read(self) -> None:
        """Find the referent of every source, in the order of all that is mentioned."""
        cast = self._cast
        heads = {source: self._reader.head(*self._with_apposed(source)) for source in self._sources}
        naming = {n for head in heads.values() if head.kind == "name" for n in head.names}
        starts = {source[0] for source in self._sources}
        events: list[tuple[int, int, Span | int | str]] = [(source[0], 0, source) for source in self._sources]
        events += [(m.start, 1, n) for n, m in enumerate(cast.mentions) if n not in naming]
        events += [
            (match.start(), 2, match.group().lower())
            for match in _THIRD.finditer(self._text)
            if match.start() not in starts
        ]
        inside = Located([Mention(start, end, "", 1.0) for start, end in self._sources])
        events += [
            (match.start(), 3, Span(*match.span()))
            for match in _THE_TITLE.finditer(self._text)
            if self._titles.knows(roles().noun(match.group(1))) and not inside.within(*match.span())
        ]
        for at, kind, event in sorted(events, key=lambda event: event[:2]):
            if isinstance(event, int):
                if cast.types[event] in ("PERSON", "ORG", "GPE"):
                    self.history.happens(cast.of[event], at, cast.mentions[event].end)
            elif isinstance(event, str):
                self._pronoun_in_passing(Span(at, at + len(event)), HE[event])
            elif kind == 3:
                self._title_in_passing(event)
            else:
                self._source(event, heads[event])
        self._give_short_names_to_owner()
        for source in self._sources:
            if heads[source].kind == "i" or (self._owner_is_state and _OURS.fullmatch(self._text, *source)):
                self._first_person(source)

    def _pronoun_in_passing(self, span: Span, gender: str) -> None:
        """Note "he" or "she" outside sources: a mention like any other."""
        chosen = self.candidates.choose(span.start, span, gender, "other")
        if chosen is not None:
            self.history.referents[chosen].pronouns[gender] += 1
            self.history.happens(chosen, *span, "pronoun")

    def _title_in_passing(self, span: Span) -> None:
        """Note "the President" outside sources: a mention like any other."""
        head = Head("title", noun=roles().noun(self._text[slice(*span)].split()[-1]) or "")
        chosen = self._titles.holder(head)
        if chosen is not None:
            self.history.happens(chosen, *span)

    def _source(self, source: Span, head: Head) -> None:
        is_label = source in self._floor.known
        chosen = self._of_turn(source) if is_label else self._referent(source, head)
        if chosen is None:
            return
        self._found[source] = chosen
        pronoun = head.kind in ("he", "who")
        self.history.happens(chosen, source[0], source[1], "pronoun source" if pronoun else "source")
        if not self._places.quoted(source[0]):
            self.history.speaks(chosen, self._asks(source))

    def _asks(self, source: Span) -> bool:
        """Return whether a source asks a question: then the next to speak is another."""
        after = self._text[source[1] : source[1] + 20].split()[:1]
        before = self._text[max(0, source[0] - 12) : source[0]].split()[-1:]
        return any(word.strip(',.”"').lower() in words_of("asking") for word in (*after, *before))

    # Whom a head means.

    def _referent(self, source: Span, head: Head) -> int | None:
        match head.kind:
            case "name":
                return self._cast.of[head.names[0]]
            case "joint":
                return self.history.joint([self._cast.of[n] for n in head.names])
            case "compound":
                return self._compound(source, head)
            case "he":
                chosen = self._or_owner(source, head, self.candidates.choose(source[0], source, head.gender, "source"))
                if chosen is not None and head.gender is not None:
                    self.history.referents[chosen].pronouns[head.gender] += 1
                    self.history.referents[chosen].said[head.gender] += 1
                return chosen
            case "who":
                return self._antecedent(source)
            case "they":
                return self.history.last_speaker("GROUP", "ORG")
            case "it":
                return self.history.last_speaker("ORG", "GPE", "GROUP")
            case "i":
                return None  # resolved when every other source is known
        return self._described(source, head)

    def _described(self, source: Span, head: Head) -> int:
        """Return whom a title or a noun means; a new, unnamed referent if the text does not tell."""
        found, type_ = None, "GROUP"
        if head.kind == "title":
            found, type_ = self._titles.holder(head), "PERSON"
            if found is None:
                found = self._epithet(source, head)
        elif head.kind == "owned":
            found, type_ = self._titles.owned(head), "PERSON"
        elif head.kind == "pair":
            found = self._titles.pair(head)
        elif head.kind == "organisation":
            found = self._titles.organisation(head)
        elif head.kind == "someone":
            type_ = "PERSON"
        return found if found is not None else self.history.unnamed(type_, head.gender)

    def _epithet(self, source: Span, head: Head) -> int | None:
        """Return whom "the candidate" means if nobody was introduced so: whom "he" or "she" would mean.

        Of 60 such sources in PolNeAR train, 18 of 21 without a place went to the right person; with a place ("the
        Vermont senator") a third went to the wrong one, and those stay unnamed.
        """
        if head.noun not in words_of("epithets") or not self._text[source[0] : source[1]].lower().startswith("the "):
            return None
        if any(self._cast.types[n] in ("GPE", "LOC") for n in self._reader.located.within(*source)):
            return None
        return self.candidates.choose(
            source[0], source, head.gender, "source", lambda number: not self._titles.other_party(number, head)
        )

    def _compound(self, source: Span, head: Head) -> int | None:
        """Return the organisation that "the Okell campaign" or "her campaign" is."""
        if head.names:
            owner: int | None = self._cast.of[head.names[0]]
        else:
            owner = self.candidates.choose(source[0], source, head.gender, "other")
        name = self.history.referents[owner].name if owner is not None else None
        if name is None:
            return self.history.unnamed("GROUP", head.gender)
        return self.history.once(f"{name.split()[-1]} {head.noun}", "ORG")

    def _or_owner(self, source: Span, head: Head, chosen: int | None) -> int | None:
        """Return whose document it is in place of somebody whom quotations alone name.

        "She notes" in a minister's release, after the minister was quoted about the president, is the minister. Not so
        in a text in the first person, where the owner is "I".
        """
        if chosen is None or self.history.referents[chosen].open or not self._owner_is_told_of:
            return chosen
        if self._places.quoted(source[0]) or self._owner is None:
            return chosen
        owner = self._called(self._owner)
        return owner if self.history.referents[owner].gender in (None, head.gender) else chosen

    @cached_property
    def _owner_is_told_of(self) -> bool:
        """Whether the text is a person's and speaks of that person as others do: never as "I"."""
        if self._owner is None or self._owner_is_state:
            return False
        return all(self._places.quoted(it.start()) for it in _FIRST_PERSON.finditer(self._text))

    def _antecedent(self, source: Span) -> int | None:
        """Return whom "who" follows: a name right before it, or one with an apposition between."""
        text, cast = self._text, self._cast
        near = self._reader.located.within(max(0, source[0] - 160), source[0])
        named = [n for n in near if cast.types[n] in ("PERSON", "ORG")]
        if not named:
            return None
        last = cast.mentions[named[-1]]
        gap = text[last.end : source[0]]
        if len(gap.strip(" ,—–-")) <= 1 or re.fullmatch(r"\s?\([^()]*\)[\s,]*", gap):
            comma = "," in gap or "—" in gap or "–" in gap
            return None if _is_governed(text, last.start, comma) else cast.of[named[-1]]
        for n in reversed(named):
            gap = text[cast.mentions[n].end : source[0]]
            if "." in gap or "\n" in gap or not gap.startswith(",") or not gap.rstrip().endswith(","):
                continue
            inner = gap.strip(" ,")
            words = TOKEN.findall(inner)
            if words and (words[0].lower() in ("a", "an", "the", "his", "her") or re.fullmatch(r"\d{1,3}", words[0])):
                return cast.of[n]
            if re.fullmatch(r"\d{1,3}|R-.*|D-.*", inner):
                return cast.of[n]
        return None

    # Turns and statements around a place.

    def _of_turn(self, label: Span) -> int | None:
        """Return who speaks in a turn of a transcript, by the label that begins it."""
        turn = self._floor.of(label)
        head = self._reader.head(*label)
        own = self._cast.of[head.names[0]] if head.kind == "name" and turn.role == "person" else None
        if turn.speaker is not None:
            return self._called(turn.speaker, own)
        if turn.role == "answer":
            return self._interviewed
        if turn.role == "office" and head.kind == "title":
            return self._titles.only_holder(self._text[slice(*label)], head)
        return own

    def _owner_of_text(self, name: str) -> int:
        """Return whose words the whole text is: a state or body under the name that the cast has, or a person."""
        others = ((n, it) for n, it in enumerate(self._cast.entities) if it.type in ("GPE", "ORG"))
        found = next((n for n, it in others if it.name.casefold() == name.casefold()), None)
        return self._called(name) if found is None else found

    @cached_property
    def _owner_is_state(self) -> bool:
        return self._owner is not None and is_state(self._owner)

    def _give_short_names_to_owner(self) -> None:
        """In a state's own speech a short name that two states share is its own: "Congo" in that of either."""
        if self._owner is None or not self._owner_is_state:
            return
        for number, it in enumerate(self._cast.entities):
            short = it.type in ("GPE", "ORG") and self._owner.casefold().endswith(f" {it.name.casefold()}")
            if short and not is_state(it.name) and it.name in _SHARED_BY_STATES:
                self.history.referents[number].name = self.renamed[number] = self._owner

    def _called(self, name: str, own: int | None = None) -> int:
        """Return the referent of a full name that the layout gives; ``own`` is whom the label itself names.

        Whom the cast knows under a shorter name has the fuller one from here on.
        """
        if name not in self._by_name:
            words = set(name.casefold().split())
            last = name.casefold().split()[-1]
            fitting = [own] if own is not None else []
            fitting += [n for n, it in enumerate(self._cast.entities) if it.type == "PERSON"]
            chosen = next((n for n in fitting if _same_person(words, last, self._cast.entities[n].name)), None)
            if chosen is None:
                chosen = self.history.once(name, "PERSON")
            elif len(words) > len(known := self._cast.entities[chosen].name.split()) or " ".join(known).isupper():
                self.history.referents[chosen].name = self.renamed[chosen] = name
            self._by_name[name] = chosen
        return self._by_name[name]

    def _speaker_around(self, at: int, span: Span) -> tuple[int | None, bool]:
        """Return who makes the statement, or has the turn, around a place; and whether it is a turn."""
        around = self._found.get(self._outer[span]) if span in self._outer else None
        if around is None and (turn := self._floor.at(at)) is not None:
            return self._of_turn(turn), True
        return around, False

    def _first_person(self, source: Span) -> None:
        """Give "I" and "we" to the speaker of the statement, of the turn, or of the whole document around them."""
        outer = self._outer.get(source)
        if outer in self._found:
            self._found[source] = self._found[outer]
        elif outer is None and (turn := self._floor.at(source[0])) is not None:
            speaker = self._of_turn(turn)
            if speaker is not None:
                self._found[source] = speaker
        elif outer is None and self._owner is not None and not self._places.quoted(source[0]):
            self._found[source] = self._owner_of_text(self._owner)

    def _speaker(self, attribution: Attribution) -> Speaker:
        source = attribution.source
        if source is None:
            return NOBODY
        label = " ".join(self._text[source[0] : source[1]].split())
        number = self._found.get(source)
        if number is None:
            return Speaker(None, label, None)
        it = self.history.referents[number]
        if it.name is None or not _tells_who(it.name):
            return Speaker(None, label, None)
        if source not in self._floor.known and cannot_speak(it.name, it.type):
            return Speaker(None, label, None)
        given = self._floor.of(source).office if source in self._floor.known else None
        in_text = None if given and it.office and it.office.isupper() else it.office  # "MINISTER" of a label
        return Speaker(it.name, label, in_text or given)


def _same_person(words: set[str], last: str, name: str) -> bool:
    """Return whether a name of the cast is the same person's: one has all words of the other, and the last name."""
    other = name.casefold().split()
    return bool(other) and last in other and (words <= set(other) or set(other) <= words)


def _is_governed(text: str, start: int, comma: bool) -> bool:
    """Return whether a preposition before a name hides it from "who": "a friend of Ada Okell who"."""
    word = text[max(0, start - 12) : start].split()[-1:]
    if not word or word[0].lower() not in words_of("before objects"):
        return False
    governor = text[max(0, start - 40) : start].split()[-2:-1]
    return not comma or bool(governor and roles().noun(governor[0]))


_GENERIC = frozenset(
    (
        *("assembly", "charter", "commission", "committee", "conference", "council", "delegation", "government"),
        *("governments", "group", "members", "organization", "powers", "republic", "secretariat", "state", "states"),
        *("sub-committee", "subcommittee", "union"),
    )
)
_NO_BEGINNING = frozenset(
    (
        *("my", "our", "his", "her", "its", "their", "your", "this", "these", "that", "those", "such", "both"),
        *("most", "several", "certain", "each"),
    )
)
_MAY_BEGIN = frozenset(("all", "another", "any", "every", "many", "no", "other", "some"))
"""Words that begin names as well ("All Progressives Congress", "No Labels"), but not before those for many bodies."""
_MANY = _GENERIC | {"countries", "delegations", "nations", "parties", "peoples"}
_NUMERAL = re.compile(r"[IVX]{2,6}")
_NO_END = frozenset(("and", "at", "by", "for", "from", "in", "of", "on", "the", "to", "with"))


def _tells_who(name: str) -> bool:
    """Return whether a name identifies somebody outside its document; not "My Government", nor "Ministry of"."""
    words = name.casefold().split()
    if not words or _NUMERAL.fullmatch(name):
        return False
    if " and " in name and not is_state(name):
        return all(_tells_who(part) for part in name.split(" and "))
    if words[0] in _MAY_BEGIN and words[-1] in _MANY:
        return False
    return words[0] not in _NO_BEGINNING and words[-1] not in _NO_END and (len(words) > 1 or words[0] not in _GENERIC)


_OURS = re.compile(
    r"(?:my|our)\s(?:own\s)?(?:delegation|government|country|nation|state|republic)(?:,\s[^.;:“”\"]{1,80})?",
    re.IGNORECASE,
)
"""What speaks for a state in its own speech."""
_SHARED_BY_STATES = frozenset(("Congo", "Korea"))
"""Names that mean either of two states by themselves, and one of them in its own speech."""

_FIRST_PERSON = re.compile(r"\b(?:I|me|my|My|myself)\b")
_THIRD = re.compile(r"\b(?:he|him|his|himself|she|her|hers|herself)\b", re.IGNORECASE)
_A_TITLE = re.compile(r"[Tt]he\s+(?:[^\W\d_][\w-]*\s+){0,3}([^\W\d_][\w-]*)")
_BESIDE = re.compile(rf",\s+(?:(?i:{'|'.join(sorted(HONORIFICS))})\b\.?\s+)?")
_THE_TITLE = re.compile(r"\b[Tt]he ([^\W\d_][\w-]{0,30})\b(?! of\b)")


def _outer_sources(attributions: Sequence[Attribution], sources: Sequence[Span]) -> dict[Span, Span]:
    """Return, for each source within the content of another attribution, the source of that one."""
    contents = sorted((part[0], -part[1], a.source) for a in attributions if a.source is not None for part in a.content)
    found: dict[Span, Span] = {}
    stack: list[tuple[int, int, Span]] = []
    at = 0
    for source in sources:
        while at < len(contents) and contents[at][0] <= source[0]:
            start, end, of = contents[at]
            stack = [it for it in stack if it[1] > start][-20:]
            stack.append((start, -end, of))
            at += 1
        for _start, end, of in reversed(stack):
            if end >= source[1] and of != source:
                found[source] = of
                break
    return found
