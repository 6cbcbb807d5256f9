"""History: who was mentioned when, in the order of the text, named or not."""

from __future__ import annotations

import re
from collections import Counter, OrderedDict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from research.nlp.names.cast import Cast
from research.nlp.names.descriptions import HONORIFICS, Description, roles, words_of
from research.nlp.names.places import Places
from research.nlp.text.function_words import FUNCTION_WORDS

_PROMINENCE = {"pronoun": 2, "subject": 2, "object": 0, "possessive": 0}
"""How likely a mention in a role is the topic of its sentence; its source comes first, other roles count 1."""


class Event(NamedTuple):
    """One mention of somebody."""

    at: int
    sentence: int
    paragraph: int
    role: str
    quoted: bool
    told: bool
    """Whether it is within the content of a statement."""


@dataclass
class Referent:
    """A person, organisation, place or group that the text refers to."""

    name: str | None
    type: str
    """A type of entity, or GROUP."""
    gender: str | None = None
    office: str | None = None
    descriptions: tuple[Description, ...] = ()
    open: deque[Event] = field(default_factory=lambda: deque(maxlen=6))
    """The last mentions outside quotations."""
    hidden: deque[Event] = field(default_factory=lambda: deque(maxlen=2))
    """The last mentions inside quotations."""
    count: int = 0
    pronouns: Counter[str] = field(default_factory=Counter)
    """How often a pronoun of each gender meant it."""
    said: Counter[str] = field(default_factory=Counter)
    """How often a pronoun of each gender was a source that meant it."""


class History:
    """The referents of one text, and their mentions up to the place that has been read.

    The first referents are the entities of the cast, under the same numbers.
    """

    def __init__(self, text: str, places: Places, cast: Cast) -> None:
        self.referents = [Referent(it.name, it.type, it.gender, it.office, it.descriptions) for it in cast.entities]
        self.spoke_last = self.asked_last = self.topic = -1
        self._topic_rank = (-1, -1)
        self._text, self._places = text, places
        self._recent: OrderedDict[int, None] = OrderedDict()
        self._named: dict[str, int] = {}

    def latest(self, most: int) -> Iterator[int]:
        """Yield the referents that were mentioned last, the latest first."""
        return islice(reversed(self._recent), most)

    def happens(self, referent: int, at: int, end: int, role: str = "") -> None:
        """Note a mention; without a role it is told from the words around."""
        sentence, quoted = self._places.sentence(at), self._places.quoted(at)
        role = role or self._role(at, end)
        event = Event(at, sentence, self._places.paragraph(at), role, quoted, self._places.told(at))
        it = self.referents[referent]
        (it.hidden if quoted else it.open).append(event)
        it.count += 1
        self._recent.pop(referent, None)
        self._recent[referent] = None
        if not quoted:
            rank = 3 if "source" in role else _PROMINENCE.get(role, 1)
            shown = rank == 3 or (rank > 0 and not event.told)
            if it.type == "PERSON" and shown and (sentence, rank) > self._topic_rank:
                self.topic, self._topic_rank = referent, (sentence, rank)

    def speaks(self, referent: int, asks: bool) -> None:
        """Note that somebody spoke, outside quotations."""
        self.spoke_last = referent
        self.asked_last = referent if asks else -1

    def last_speaker(self, *types: str) -> int | None:
        """Return who spoke last, if of one of these types."""
        return self.spoke_last if self.spoke_last >= 0 and self.referents[self.spoke_last].type in types else None

    def _role(self, at: int, end: int) -> str:
        """Return whether a mention is a subject, an object or a possessive, as far as the words around it tell."""
        after = self._text[end : end + 24]
        if re.match(r"['’]s?\s", after):
            return "possessive"
        before = self._text[max(0, at - 60) : at].split()
        while before and _titular(before[-1]):
            before.pop()
        if before and before[-1].lower().strip('“"(') in words_of("before objects"):
            return "object"
        return "subject" if re.match(_SUBJECT_BEFORE, after) else ""

    # Referents that no mention names.

    def unnamed(self, type_: str, gender: str | None) -> int:
        """Add a referent without a name."""
        self.referents.append(Referent(None, type_, gender))
        return len(self.referents) - 1

    def once(self, name: str, type_: str) -> int:
        """Return the referent of this name that is made of others' names; add it the first time."""
        if name not in self._named:
            self._named[name] = len(self.referents)
            self.referents.append(Referent(name, type_))
        return self._named[name]

    def joint(self, members: Sequence[int]) -> int:
        """Return the referent that several are together: "Ada Okell and Jon Brandt"."""
        members = list(dict.fromkeys(members))
        if len(members) == 1:
            return members[0]
        names = [self.referents[member].name or "" for member in members]
        return self.once(", ".join(names[:-1]) + " and " + names[-1], "GROUP")


def _titular(word: str) -> bool:
    """Return whether a word may be part of the title before a name."""
    if roles().noun(word) or word.lower() in roles().modifiers or word.lower().rstrip(".") in HONORIFICS:
        return True
    return word[0].isupper() and word[-1].isalnum() and word.lower() not in FUNCTION_WORDS


_SUBJECT_BEFORE = re.compile(
    r"(?:,[^,]{0,20},)?\s(?:is|was|has|had|will|would|could|can|may|might|must|should|did|does|also|said|says|told|"
    r"\w{3,}ed|\w{3,}[^s\W]s)\b"
)
