"""Whom a document itself introduces: in its metadata, its title, its head, a list of who takes part, and its text.

A label gives a surname ("MITCHELL"), initials ("JC") or an office ("PRIME MINISTER"); the rest of the document tells
the full name. What the metadata and the head say counts more than what is mentioned in passing, and an office that
several persons are said to hold is nobody's.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from research.nlp.statements.full_names import IN_HEAD, IN_METADATA, IN_TEXT, LISTED, names_in, person_in
from research.nlp.statements.label_words import as_office, folded, is_courtesy, is_office_word, words_of

_MOST_IN_TEXT = 20_000
_GAP = (
    r"(?:,?[ \n]+(?:the|mr|mrs|ms|dr|sir|hon|honou?rable|rt|right|he|his|her|excellency|senator)\b\.?){0,5},?[ \n]*\Z"
)
_JUST_BEFORE = re.compile(_GAP, re.IGNORECASE)
_FORMER = re.compile(
    r"\b(?:former|ex|then|late|shadow|previous|would-be|deputy|vice|assistant|acting)[- ]\Z", re.IGNORECASE
)
_INTERVIEW = re.compile(
    r"\b(?:interview(?:ed|s)?|q ?& ?a|q and a|questions|conversation|talk(?:ed|s)?|sp(?:eaks?|oke)|sat down|"
    r"sits down)[ ](?:with|to|for)[ ]",
    re.IGNORECASE,
)
_OFFICE_FIELDS = ("office", "position", "post", "function", "role", "speaker office", "speaker_office")
_SPOUSE = re.compile(r"\b(?:lady|gentleman) \Z", re.IGNORECASE)


class People:
    """The persons whom a document names, by surname, by first name and by initials, and who holds which office."""

    def __init__(self) -> None:
        self._by_surname: dict[str, Counter[str]] = defaultdict(Counter)
        self._order: dict[str, int] = {}
        self._spouse: dict[str, bool] = defaultdict(bool)
        self._offices: list[tuple[str, str, str, int]] = []
        """What precedes and what follows a name, in lower case, the name, and how much it counts."""
        self._holders: dict[tuple[str, ...], str | None] = {}
        self._metadata: dict[tuple[str, ...], str] = {}
        self._listed_roles: dict[str, list[str]] = defaultdict(list)
        self._interviewed: str | None = None
        self.speaker: str | None = None
        """Whose words the whole document is, where that is known."""

    # What is known is added first.

    def add_metadata(self, metadata: Mapping[str, str]) -> None:
        """Take the fields that name a person by an office: ``prime-minister``, ``president``."""
        for key, value in metadata.items():
            office = tuple(folded(word) for word in re.split(r"[\s_-]+", key) if word)
            name = person_in(value) if office and is_office_word(office[-1]) else None
            if name is not None:
                self._metadata[office] = name
                self._add(name, IN_METADATA)

    def add_speaker(self, name: str, metadata: Mapping[str, str]) -> None:
        """Take whose words the document is, with the office that a field of the metadata gives: ``position``."""
        self.speaker = name
        person = person_in(name)
        if person is None:
            return
        self._add(person, IN_METADATA)
        for key, value in metadata.items():
            office = _spelt_out(value.split())
            if key.casefold() in _OFFICE_FIELDS and office and is_office_word(office[-1]):
                self._metadata.setdefault(office, person)

    def add_listed(self, name: str, office: str, role: str) -> None:
        """Take a person from a list of who takes part, with the office and the role that the list gives."""
        self._add(name, LISTED)
        self._offices.append((office.casefold() + " ", "", name, LISTED))
        if role:
            self._listed_roles[role].append(name)

    def add_text(
        self,
        text: str,
        start: int,
        end: int,
        weight: int,
        *,
        common: frozenset[str] = frozenset(),
        labels: Sequence[tuple[int, int]] = (),
    ) -> None:
        """Take the names in a stretch of text, with what precedes and follows them.

        ``common`` are words that the document uses in small letters: in a title, all words may have capitals. What
        is in one of the ``labels`` is left out: that it is a name is what the text has to tell.
        """
        for count, it in enumerate(names_in(text, start, end, weight, common)):
            if weight == IN_TEXT and count > _MOST_IN_TEXT:
                break
            number = bisect_right(labels, it.start, key=lambda span: span[0]) - 1
            if number >= 0 and it.start < labels[number][1]:
                continue
            self._add(it.name, weight)
            if _SPOUSE.search(text, max(start, it.start - 20), it.start):
                self._spouse[it.name] = True
            if weight > IN_TEXT or count < 2000:
                before, after = text[max(start, it.start - 90) : it.start], text[it.end : min(end, it.end + 110)]
                self._offices.append((before.casefold(), after.casefold(), it.name, weight))

    def add_label(self, name: str) -> None:
        """Take a full name that a label gives: another label may give the surname alone."""
        self._add(name, IN_TEXT)

    def add_interview(self, head: str) -> None:
        """Take whom a title or a head calls interviewed ("Q&A with Ada Okell"), or who alone is in its first line."""
        if self._interviewed is not None:
            return
        found = _INTERVIEW.search(head)
        if found is not None:
            named = [it.name for it in names_in(head, found.end(), min(len(head), found.end() + 90), IN_HEAD)]
            self._interviewed = named[0] if named else None
        elif head:
            line = head.lstrip().partition("\n")[0]
            named = [it.name for it in names_in(line, 0, len(line), IN_HEAD)]
            self._interviewed = named[0] if len(set(named)) == 1 else None

    def _add(self, name: str, weight: int) -> None:
        words = name.split()
        self._by_surname[folded(words[-1])][name] += weight
        self._order.setdefault(name, len(self._order))

    # What a label means.

    def knows(self, words: Sequence[str]) -> bool:
        """Whether words are a surname, or a full name, of somebody whom the document names in full."""
        return self.full_name(words) is not None

    def full_name(self, words: Sequence[str], title: Sequence[str] = ()) -> str | None:
        """The fullest name that the document gives whom a label names; None where it gives none with a first name.

        ``title`` is that of the label: PRESIDENT BIDEN is not "First Lady Jill Biden".
        """
        label = [folded(word) for word in words if folded(word) not in words_of("letters after names")]
        if not label:
            return None
        if (found := self._best(label, title)) is not None:
            return found
        if len(label) == 1:
            return self._by_first_name_or_initials(label[0])
        return None

    def _best(self, label: Sequence[str], title: Sequence[str] = ()) -> str | None:
        fitting = {
            name: weight
            for name, weight in self._by_surname.get(label[-1], Counter()).items()
            if _fits(label, [folded(word) for word in name.split()])
            and (not title or self._spouse[name] == ({"first", "lady"} <= set(title)))
        }
        if not fitting:
            return None
        # Of a name with and one without a middle initial, the one that weighs more, and then the fuller one. A surname
        # alone ("Mayor Okell" on a line of its own) tells no more than the label.
        return min(fitting, key=lambda name: (" " not in name, -fitting[name], -len(name), self._order[name]))

    @cached_property
    def _introduced(self) -> list[str]:
        """Those whom metadata, title, head or a list name; not to be asked for before all is added."""
        return [name for names in self._by_surname.values() for name, weight in names.items() if weight >= IN_HEAD]

    @cached_property
    def _first_and_initials(self) -> dict[str, set[str]]:
        """Whom a first name, or initials, may mean."""
        found: dict[str, set[str]] = defaultdict(set)
        for name in self._introduced:
            words = [folded(it) for it in name.split()]
            found["".join(it[:1] for it in words)].add(name)
            if len(words[0]) > 2:
                found[words[0]].add(name)
        return found

    def _by_first_name_or_initials(self, word: str) -> str | None:
        found = self._first_and_initials.get(word.replace(".", ""), set())
        return next(iter(found)) if len(found) == 1 else None

    def of_metadata_within(self, title: Sequence[str]) -> str | None:
        """Whom the metadata name by an office that is among others: "Prime Minister and Minister for Trade"."""
        words = _spelt_out(title)
        for office, name in self._metadata.items():
            for at in range(len(words) - len(office) + 1):
                before, behind = words[at - 1 : at], words[at + len(office) : at + len(office) + 1]
                if words[at : at + len(office)] == office and behind != ("of",) and before not in _NOT_THE_SAME:
                    return name
        return None

    def only_holder(self) -> tuple[str, str] | None:
        """Whom the metadata name by an office, with the office, if that is one person."""
        if len(set(self._metadata.values())) != 1:
            return None
        office, name = next(iter(self._metadata.items()))
        return name, " ".join(word if word in ("of", "for") else word.capitalize() for word in office)

    def holder(self, office: Sequence[str]) -> str | None:
        """Who holds an office: by the metadata, else by the title and head, else by the text, if that is one person."""
        words = _spelt_out(office)
        if words not in self._holders:
            self._holders[words] = self._metadata.get(words) or self._told(words) if len(self._holders) < 200 else None
        return self._holders[words]

    def _told(self, office: Sequence[str]) -> str | None:
        forms = [rf"(?:the )?{pattern}" for pattern in _patterns_of(office)]
        before = re.compile(rf"\b(?:{'|'.join(forms)})(?:[ \n]+of(?:[ \n]+[\w'’]+){{1,4}})?\Z")
        after = re.compile(
            rf"(?:[ \n](?:mp|am|qc|ac|mhr))?,?[ \n]*(?:(?:the|our|who is|as)[ \n]+){{0,3}}(?:[\w'’-]+[ \n]+){{0,2}}?"
            rf"(?:{'|'.join(forms)})\b(?![ \n]+of[ \n]+[^a])"
        )
        plain = re.compile(
            rf"(?:[ \n](?:mp|am|qc|ac|mhr))?,?[ \n]*(?:(?:the|our|as)[ \n]+){{0,3}}(?:{'|'.join(forms)})\b"
        )
        for least in (IN_HEAD, IN_TEXT):
            found = set()
            for left, right, name, weight in self._offices:
                if weight < least:
                    continue
                gap = _JUST_BEFORE.search(left)
                title = left[: gap.start()] if gap else left.rstrip()
                hit = before.search(title.rstrip(" ,\n"))
                behind = (plain if least == IN_TEXT else after).match(right)
                if (hit and not _FORMER.search(title[: hit.start()])) or (
                    behind and not _FORMER.search(right[: behind.end()].rpartition(office[-1])[0][-9:])
                ):
                    found.add(name)
            same = self._one(found, office)
            if same is not None or found:
                return same
        return None

    def _one(self, names: Iterable[str], office: Sequence[str]) -> str | None:
        """The fullest of some names, if all are one person's."""
        if "lady" in office:
            names = [name for name in names if self._spouse[name]]
        whole = {self._best([folded(name.split()[-1])], office) or name for name in names}
        # "Ada" is nobody else beside "Ada Okell".
        parts = {word for name in whole if " " in name for word in name.split()}
        whole = {name for name in whole if name not in parts}
        return whole.pop() if len(whole) == 1 else None

    def listed(self, role: str) -> str | None:
        """Who has a role by the list of who takes part, if that is one person."""
        names = self._listed_roles.get(role, [])
        return names[0] if len(names) == 1 else None

    def interviewed(self) -> str | None:
        """Who answers an interview: the speaker of the document, or the only person whom its head names."""
        if self.speaker is not None:
            return self.speaker
        if self._interviewed is not None and not self._metadata:
            return self.full_name(self._interviewed.split()) or self._interviewed
        names = set(self._metadata.values()) or self._distinct(self._introduced)
        return names.pop() if len(names) == 1 else None

    def _distinct(self, names: Iterable[str]) -> set[str]:
        return {self._best([folded(name.split()[-1])]) or name for name in names}


def _fits(label: Sequence[str], name: Sequence[str]) -> bool:
    """Whether the words of a label may call somebody by this name: "g bush", "bush" and "george bush"."""
    if label[-1] != name[-1]:
        return False
    at = 0
    for word in label[:-1]:
        while at < len(name) - 1 and not (
            name[at] == word or (len(word.strip(".")) == 1 and name[at].startswith(word[0]))
        ):
            at += 1
        if at == len(name) - 1:
            return False
        at += 1
    return True


SPELT = {"pm": ("prime", "minister"), "dpm": ("deputy", "prime", "minister"), "vp": ("vice", "president")}
"""Offices in letters."""
_NOT_THE_SAME = (("deputy",), ("acting",), ("former",), ("vice",), ("assistant",), ("shadow",), ("to",))


def _spelt_out(office: Sequence[str]) -> tuple[str, ...]:
    words: list[str] = []
    for word in office:
        low = folded(word)
        if not is_courtesy(low) and low not in ("the", "cont"):
            words.extend(SPELT.get(low.replace(".", ""), (as_office(low),)))
    if words[:2] == ["prim", "minister"]:
        words[0] = "prime"
    return tuple(words)


def _patterns_of(office: Sequence[str]) -> Iterator[str]:
    """How an office may be written: "trade minister", "minister for trade"; "minister for health and ageing"."""
    words = [re.escape(word) for word in office]
    yield r"[ \n]+".join(words)
    at = next((n for n, word in enumerate(office) if word in ("of", "for")), None)
    if at is not None and at < len(words) - 1:
        yield r"[ \n]+".join(words[at + 1 :]) + r"[ \n]+" + r"[ \n]+".join(words[:at])
        first = words[at + 1 if office[at + 1] != "the" or at + 2 >= len(words) else at + 2]
        yield first + r"[ \n]+" + r"[ \n]+".join(words[:at])
    elif len(words) > 1 and office[0] not in ("prime", "vice", "deputy", "press", "first", "chief", "attorney"):
        yield words[-1] + r"[ \n]+(?:of|for)[ \n]+(?:the[ \n]+)?" + r"[ \n]+".join(words[:-1])
