"""The turns of a transcript: who has the floor, what is said, and what is nobody's.

    MR. CARVER:  Good afternoon.

    Q    Will the bill pass?

    MR. CARVER:  It will.  (Laughter.)

Every turn has a label, the words up to the next label, and whom the label names. A label ends the turn before it
whether or not it is understood. Words before a colon are one only where they name a person, an office or a role; all
other words go on with the turn, and fields such as "CONTACT:" are nobody's.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from research.loading.documents import Document, Span
from research.nlp.statements import asides, scanned
from research.nlp.statements.full_names import IN_HEAD, IN_TEXT, IN_TITLE, recased
from research.nlp.statements.label_words import (
    ANNOUNCED,
    Label,
    folded,
    in_capitals,
    is_courtesy,
    read_label,
)
from research.nlp.statements.marks import Line, Mark, end_of_line, in_lines, lines, marks, within_one
from research.nlp.statements.naming import tells_a_person, who_speaks
from research.nlp.statements.participants import Listed, participants
from research.nlp.statements.people import People
from research.nlp.statements.said import Turn, end_of_paragraph, words_said


@dataclass
class _Found:
    """A line that may begin a turn, with what its label means."""

    mark: Mark
    read: Label
    written: str
    sure: bool
    """Whether its words, or its form, tell by themselves that somebody speaks."""


_WITH_WORDS = ("colon", "stop", "dash", "time", "cell")
"""The forms of labels that the words of a turn follow at once."""
_FEWEST = 3
_HEAD = 1500


def turns(document: Document) -> list[Turn]:
    """The turns of a document, in order; none where it is no transcript.

    It is one where at least two labels take three turns and one of them returns, where it announces itself as one and
    has two labels that are understood, or where its only label is that of a member or the chair, or names whom its
    metadata or its title name.
    """
    return Transcript(document).turns()


class Transcript:
    """A document, read line by line for labels."""

    def __init__(self, document: Document) -> None:
        self.text = in_lines(document.text)
        self.start, self.end = document.body
        self.title = " ".join((document.title or "").split())
        self.metadata = document.metadata
        self.marks = marks(self.text, self.start, self.end, announced=self._announced(self.end))
        self.listed = participants(self.text, self.marks, self.end)
        self.people = self._people(document)
        self._labels: dict[tuple[str, bool], Label] = {}

    def _people(self, document: Document) -> People:
        people = People()
        people.add_metadata(document.metadata)
        for it in self.listed:
            people.add_listed(it.name, it.office, it.role)
        common = frozenset(_SMALL_WORD.findall(self.text, self.start, self.end))
        people.add_text(self.title, 0, len(self.title), IN_TITLE, common=common)
        first = next(
            (it.line.start for it in self.marks if it.form == "cell" or (it.form != "line" and it.sign is not None)),
            self.end,
        )
        labels = [mark.label for mark in self.marks if mark.form in _WITH_WORDS]
        head = min(first, self.start + _HEAD)
        people.add_text(self.text, 0, head, IN_HEAD)
        people.add_text(self.text, head, self.end, IN_TEXT, labels=labels)
        if document.speaker is not None:
            people.add_speaker(document.speaker, document.metadata)
        people.add_interview(self.title)
        people.add_interview(self.text[self.start : head])
        return people

    @cached_property
    def _has_stops(self) -> bool:
        """Whether a full stop follows letters for who speaks: "Q.", "P. M."."""
        return any(mark.form == "letter" and mark.sign and self.text[mark.sign[0]] == "." for mark in self.marks)

    @cached_property
    def _is_record(self) -> bool:
        """Whether labels end in full stops, as in the Congressional Record."""
        stops = sum(mark.form == "stop" for mark in self.marks)
        return stops > 0 and 2 * stops >= sum(mark.form in ("stop", "letter") for mark in self.marks)

    # From lines to labels.

    def turns(self) -> list[Turn]:
        """The turns, in order."""
        found = self._labelled() or self._on_their_own_lines() or self._before_words()
        if not found:
            return []
        cuts = self._cuts(found)
        return [turn for turn in self._spoken(found, cuts) if turn is not None]

    def _labelled(self) -> list[_Found]:
        """The labels with a colon, a full stop, a time or a letter, if they make a transcript."""
        times = Counter(self._key(mark) for mark in self.marks if mark.form in _WITH_WORDS)
        letters = {self.text[mark.label[0]] for mark in self.marks if mark.form == "letter"}
        found = [
            it
            for mark in self.marks
            if mark.form != "line" and (it := self._understood(mark, times, letters)) is not None
        ]
        if not self._is_transcript(
            [it for it in found if it.read.sort not in ("field", "text") and (it.sure or times[self._key(it.mark)] > 1)]
        ):
            return []
        self._mend(found, times)
        sure = [it for it in found if it.sure and it.read.sort != "field"]
        capitals = sum(it.read.capitals for it in sure)
        for it in found:
            if it.read.sort in ("person", "name") and len(it.read.name) > 1 and not it.read.role:
                self.people.add_label(recased(it.read.name))
        style = capitals > 0 and sum(not it.read.capitals and times[it.written] > 1 for it in sure) <= 0.2 * capitals
        kept = [it for it in found if self._counts(it, times, style)]
        return self._with_hidden(kept)

    def _key(self, mark: Mark) -> str:
        return self.text[slice(*mark.label)]

    def _understood(self, mark: Mark, times: Mapping[str, int], letters: Iterable[str]) -> _Found | None:
        """What a line may begin; None for words that go on with the text."""
        if any(it.start <= mark.line.start < it.end for it in self._listed_near(mark.line.start)):
            return None
        written = self._key(mark)
        if mark.form == "letter":
            in_prose = mark.sign is None and not mark.line.first and "\t" not in self.text[mark.label[1] : mark.words]
            if written == "A" and ("Q" not in letters or in_prose):
                return None
            if written.startswith("P"):
                if "Q" not in letters or not self._has_stops:
                    return None
                return _Found(mark, Label("office", "", ("prime", "minister"), capitals=True), written, "Q" in letters)
            return _Found(
                mark, Label("role", "journalist" if written == "Q" else "answer", capitals=True), written, True
            )
        read = self._label(written, bool(mark.brackets))
        if read.sort == "text":
            return None
        if mark.form == "stop":
            read = (
                read
                if read.sort in ("person", "office", "role")
                else Label("person", "", (), tuple(written.split()[1:]), True)
            )
            return _Found(mark, read, written, True)
        if mark.form == "cell" and read.sort == "field":
            return None
        if mark.form == "dash":  # "NEW YORK.- " is where a report comes from
            named = read.sort == "name" and (times[written] > 1 or bool(mark.brackets))
            speaks = read.sort in ("person", "office", "role") or named
            return _Found(mark, read, written, True) if speaks else None
        if mark.form == "time":
            speaks = read.sort in ("person", "role", "name") or (read.sort == "office" and read.capitals)
            return _Found(mark, read, written, True) if speaks else None
        return _Found(mark, read, written, self._is_sure(mark, read, times[written]))

    def _label(self, written: str, bracketed: bool) -> Label:
        key = (written, bracketed)
        if key not in self._labels:
            plain = " ".join(written.split())
            self._labels[key] = read_label(plain, self.people.knows, bracketed=bracketed)
        return self._labels[key]

    def _listed_near(self, at: int) -> Sequence[Listed]:
        number = bisect_right(self.listed, at, key=lambda it: it.start)
        return self.listed[max(0, number - 1) : number]

    def _is_sure(self, mark: Mark, read: Label, times: int) -> bool:
        """Whether a label with a colon tells by itself that somebody speaks."""
        if read.sort in ("field", "name"):
            return mark.timed and read.sort == "name"
        if mark.timed or (read.capitals and len(read.name) + len(read.title) > 0) or times > 1:
            return True
        return read.capitals or self._after_sentence(mark.line)

    def _after_sentence(self, line: Line) -> bool:
        """Whether a line begins a paragraph, or follows the end of a sentence or a line that nobody says."""
        if line.first:
            return True
        before = self.text[max(0, line.start - 3) : line.start].rstrip()
        if before[-1:] in '.?!…"”’)]—:':
            return True
        above = Line(max(self.start, self.text.rfind("\n", self.start, line.start - 1) + 1), line.start - 1, False)
        return asides.is_unsaid(self.text, above) or (above.start == self.start and asides.is_heading(self.text, above))

    def _is_transcript(self, found: Sequence[_Found]) -> bool:
        if not found:
            return False
        spoken = [it for it, following in zip(found, [*found[1:], None], strict=True) if self._says(it, following)]
        different = {folded(it.written) for it in spoken}
        if len(spoken) >= _FEWEST and 2 <= len(different) < len(spoken):
            return True
        sure = [it for it in spoken if it.sure and it.read.capitals]
        times = Counter(it.written for it in spoken)
        if any(it.mark.form == "stop" or self._is_of_a_debate(it, times[it.written]) for it in spoken):
            return True
        if any(it.read.role == "journalist" for it in sure) and len(sure) >= _FEWEST:
            return True
        if sure and self._announced(found[0].mark.line.start):
            if len(sure) > 1 and len(different) > 1:
                return True
            if len(different) == 1 and sure[0].mark.line.start < self.start + _HEAD and self._has_floor(sure[0]):
                return True
        return bool(sure) and sure[0].mark.line.start < self.start + _HEAD and self._is_introduced(sure[0])

    def _is_of_a_debate(self, it: _Found, times: int) -> bool:
        """Whether a label before a dash tells of a debate; in a law, "SECRETARY.—The term means" begins a section."""
        if it.mark.form != "dash" or it.read.sort == "name":
            return False
        return it.read.sort == "person" or times > 1 or is_courtesy(it.written.split(maxsplit=1)[0])

    def _has_floor(self, it: _Found) -> bool:
        """Whether a label that stands alone is that of a member or of the chair: "HON. P. VELL", "MR SPEAKER"."""
        courteous = is_courtesy(it.written.split(maxsplit=1)[0])
        return it.read.role == "chair" or (it.read.sort == "person" and courteous)

    def _announced(self, head: int) -> bool:
        written = (
            f"{self.title} {' '.join(self.metadata.values())} {self.text[self.start : min(head, self.start + _HEAD)]}"
        )
        return ANNOUNCED.search(written) is not None

    def _is_introduced(self, it: _Found) -> bool:
        """Whether the metadata, or the title, name whom a label means."""
        name, _ = who_speaks(it.read, it.mark.brackets, self.people)
        if name is None or it.mark.form not in ("colon", "stop", "dash"):
            return False
        if it.read.sort == "office":
            return True
        return folded(name.split()[-1]) in {folded(word) for word in self.title.split()} and it.read.sort == "person"

    def _says(self, it: _Found, following: _Found | None) -> bool:
        """Whether words follow a label, and not numbers alone ("Orlova: 41", "MS OKELL: Pgs 3, 4")."""
        end = following.mark.line.start if following is not None else min(self.end, it.mark.words + 2000)
        return any(map(str.isalpha, _PAGES.sub("", self.text[it.mark.words : end])))

    def _counts(self, it: _Found, times: Mapping[str, int], style: bool) -> bool:
        """Whether a line begins a turn, or a field, where the document is known to be a transcript.

        ``style`` says that its labels are set in capitals: others then go on with the text, unless they return.
        """
        if self._is_record and it.mark.form == "colon" and not it.read.capitals:
            return False
        capitals = it.read.capitals or in_capitals(it.read.name)  # "Senator OKELL"
        if style and not capitals and not it.mark.timed and it.mark.form == "colon" and times[it.written] < 2:
            asks = it.read.role in ("journalist", "caller", "unnamed", "group") and len(it.written.split()) <= 4
            return (asks and self._after_sentence(it.mark.line)) or (it.read.sort == "field" and it.mark.line.first)
        if it.sure:
            return True
        if it.read.sort == "field":
            return it.mark.line.first or it.read.capitals
        if it.read.sort == "name":
            if times[it.written] > 1:
                return True
            return it.read.capitals or (it.mark.line.first and not self._is_common(it.read.name))
        return it.mark.line.first

    def _is_common(self, name: Sequence[str]) -> bool:
        """Whether the words that may be a name are used as common words in the text."""
        return len(name) > 3 or any(re.search(rf"\b{re.escape(word.lower())}\b", self.text) for word in name)

    # Labels without a colon, and labels within lines.

    def _on_their_own_lines(self) -> list[_Found]:
        """The labels that fill their lines, in a text that has no others: "Question" above what is asked."""
        found = []
        own = [
            mark
            for mark in self.marks
            if mark.form == "line" or (mark.form == "letter" and mark.words >= mark.line.end)
        ]
        for mark in own:
            written = self._key(mark)
            read = (
                Label("role", "journalist", capitals=True)
                if mark.form == "letter"
                else self._label(written, bool(mark.brackets))
            )
            if read.sort in ("person", "office", "role") and len(written.split()) <= 6:
                found.append(_Found(mark, read, written, True))
        labelled = found
        times = Counter(it.written for it in labelled)
        found = [it for it in labelled if times[it.written] > 1]
        if len(found) < _FEWEST or not len(times) >= 2 or len({it.written for it in found}) < 2:
            return []
        starts = {it.mark.line.start for it in found}
        followed = [self._next_line(it.mark.line) for it in found]
        said = [line for line in followed if line is not None and line.start not in starts and self._is_speech(line)]
        if len(said) < 0.8 * len(found):
            return []
        capitals = all(it.read.capitals for it in found)
        once = [it for it in labelled if times[it.written] == 1 and self._is_one_more(it, capitals)]
        return self._with_run_in(sorted([*found, *once], key=lambda it: it.mark.label[0]))

    def _is_one_more(self, it: _Found, capitals: bool) -> bool:
        """Whether a line that does not return is a label like those that do: a person or a role, then a sentence."""
        following = self._next_line(it.mark.line)
        if following is None or (capitals and not it.read.capitals) or it.read.sort == "office":
            return False
        if not (it.read.role or tells_a_person(it.written, it.read, self.title)):
            return False  # "ROYAL COMMISSION" above what is said of it
        return self._after_sentence(it.mark.line) and self._is_speech(following)

    def _with_run_in(self, found: list[_Found]) -> list[_Found]:
        """The labels with those of who asks that share their line with the words: "Caller Good afternoon"."""
        asking = {it.written: it for it in found if it.read.role in ("journalist", "caller")}
        if not asking:
            return found
        words = "|".join(map(re.escape, sorted(asking)))
        pattern = re.compile(rf"^[ \t]{{0,8}}(?P<label>{words})[ \t]+(?!{_MORE_OF_A_NAME})(?=[A-Z\"“‘'])", re.MULTILINE)
        taken = {it.mark.line.start for it in found}
        more = []
        for match in pattern.finditer(self.text, self.start, self.end):
            if match.start() in taken:
                continue
            line = Line(match.start(), end_of_line(self.text, match.end(), self.end), False)
            mark = Mark("line", Span(*match.span("label")), None, match.end(), (), False, line)
            more.append(_Found(mark, asking[match["label"]].read, match["label"], True))
        return sorted([*found, *more], key=lambda it: it.mark.label[0])

    def _before_words(self) -> list[_Found]:
        """The labels in capitals that only their type sets apart, in a text that has no others: "MAYOR OKELL We will".

        A web page has them bold, without a colon.
        """
        found = []
        for line in lines(self.text, self.start, self.end):
            match = _CAPITALS_BEFORE_WORDS.match(self.text, line.start, line.end) if line.first else None
            if match is None:
                continue
            read = self._label(match["label"], False)
            is_person = read.sort == "person" and tells_a_person(match["label"], read, self.title)  # no "NEW YORK"
            if read.capitals and (is_person or read.sort == "office" or read.role in ("journalist", "caller")):
                mark = Mark("line", Span(*match.span("label")), None, match.end(), (), False, line)
                found.append(_Found(mark, read, match["label"], True))
        times = Counter(it.written for it in found)
        return found if len(found) > _FEWEST and sum(n > 1 for n in times.values()) > 1 else []

    def _next_line(self, line: Line) -> Line | None:
        return next(lines(self.text, line.end, min(self.end, line.end + 3000)), None)

    def _is_speech(self, line: Line) -> bool:
        written = self.text[line.start : line.end].rstrip()
        return len(written) > 40 or written[-1:] in '.?!…"”'

    def _mend(self, found: Sequence[_Found], times: Mapping[str, int]) -> None:
        """Give labels with a wrong letter the meaning of those that they are by the rest of the document."""
        right = {it.written: it.read for it in found if times[it.written] >= _FEWEST and it.read.capitals}
        for it in found if right else ():
            if it.read.capitals and times[it.written] == 1 and not self.people.knows(it.read.name):
                near = scanned.nearest(it.written, right)
                if near is not None:
                    it.read, it.sure = right[near], True

    def _with_hidden(self, found: list[_Found]) -> list[_Found]:
        """The labels with those within a line, those whose colon was read as another sign, and those without one."""
        known = {
            it.written: it
            for it in found
            if it.read.capitals and it.mark.form in ("colon", "dash") and it.read.sort != "field"
        }
        if not any(it.read.capitals for it in found):
            return found
        times = Counter(it.written for it in found)
        frequent = {written: it.read for written, it in known.items() if times[written] > 1}
        taken = sorted(Span(it.mark.line.start, it.mark.words) for it in found)
        dashes = any(it.mark.form == "dash" for it in found)
        for it in scanned.hidden(self.text, Span(self.start, self.end), taken[0].start, known, frequent, dashes=dashes):
            like = known[it.written].read if it.written in known else self._label(it.written, False)
            plain = like.sort == "office" or like.role in ("journalist", "caller") or it.form == "dash"
            if within_one(taken, it.label.start) or not (
                it.written in known or (it.within and plain and like.capitals)
            ):
                continue
            line = Line(it.label.start, end_of_line(self.text, it.words, self.end), False)
            found.append(_Found(Mark(it.form, it.label, it.sign, it.words, (), False, line), like, it.written, True))
        return sorted(found, key=lambda it: it.mark.label[0])

    # From labels to turns.

    def _cuts(self, found: Sequence[_Found]) -> list[int]:
        """Where what is said ends for each label: at the next one, at the end of the record, or of the text."""
        starts = [it.mark.line.start for it in found]
        ends = [min(after, self.end) for after in (*starts[1:], self.end)]
        for line in lines(self.text, starts[0], self.end):
            if asides.ends_record(self.text, line):
                number = bisect_right(starts, line.start) - 1
                ends[number] = min(ends[number], line.start)
        ends[-1] = self._end_of_last(found[-1], ends[-1])
        first = found[0].mark
        opening = self.text[first.words : first.line.end].strip()
        if (
            not self.text[self.start : starts[0]].strip()
            and opening
            and opening[-1] not in '.?!…"”’—-)]'
            and not found[0].read.capitals
        ):
            ends[0] = min(
                ends[0], end_of_paragraph(self.text, first.line.end, ends[0])
            )  # a headline: "Orlova: The harbour opens"
        return ends

    def _end_of_last(self, last: _Found, end: int) -> int:
        """Where the last turn ends: with its paragraph in a report, with the text in a transcript."""
        if end < self.end or self._is_all_transcript(last):
            return end
        at = last.mark.words
        following = next(lines(self.text, at, end), None)
        at = following.start if following is not None else at
        return end_of_paragraph(self.text, at, end)

    def _is_all_transcript(self, last: _Found) -> bool:
        """Whether the document is a transcript from head to end, not a report that holds one."""
        first = self.first_label
        head = self.text[self.start : first]
        if self._announced(first) and (last.read.capitals or not _SENTENCE.search(head)):
            return True
        return last.read.capitals and not _SENTENCE.search(head)

    @property
    def first_label(self) -> int:
        """Where the first line is that looks like a label with a colon or full stop."""
        return next(
            (mark.line.start for mark in self.marks if mark.form in (*_WITH_WORDS, "letter") and self._may_open(mark)),
            self.end,
        )

    def _may_open(self, mark: Mark) -> bool:
        return mark.form in ("stop", "dash", "letter", "time") or self._label(
            self._key(mark), bool(mark.brackets)
        ).sort in (
            "person",
            "office",
            "role",
            "name",
        )

    def _spoken(self, found: Sequence[_Found], cuts: Sequence[int]) -> Iterable[Turn | None]:
        stopped = sum(it.mark.form in ("stop", "dash") for it in found) * 2 > len(found)
        carried: Turn | None = None
        for number, (it, end) in enumerate(zip(found, cuts, strict=True)):
            if it.read.sort == "field":
                rest = end_of_paragraph(self.text, it.mark.line.end, end)
                if carried is not None and number + 1 < len(found) and rest < end:
                    more = words_said(self.text, Span(rest, end), stopped=stopped, last=False)
                    carried = carried._replace(words=(*carried.words, *more))
                continue
            if carried is not None:
                yield carried
            words = words_said(self.text, Span(it.mark.words, end), stopped=stopped, last=number + 1 == len(found))
            name, office = who_speaks(it.read, it.mark.brackets, self.people)
            role = it.read.role or ("person" if it.read.sort in ("person", "name") else "office")
            carried = Turn(it.mark.label, it.mark.sign, words, role, name, office) if words else None
        yield carried


_MORE_OF_A_NAME = r"(?:Time|Hour|Period|Mark|Number)\b"  # "Question Time is over"
_CAPITALS_BEFORE_WORDS = re.compile(
    r"(?P<label>(?:[A-Z][A-Z.'’-]{1,24} ){0,3}[A-Z][A-Z.'’-]{2,24})[ \xa0]+(?=[“\"]?(?:[A-Z][a-z’']|[AI] [a-z]))"
)
_PAGES = re.compile(r"^\s*(?:[Pp]gs?|[Pp]p?|[Pp]ages?)\b\.?(?=[ \t]*\d)")
_SENTENCE = re.compile(r"[^\W\d_][\w,'’“”\" -]{24,400}[a-z”\"][.?!](?=\s)")
_SMALL_WORD = re.compile(r"(?<![\w'’])[^\W\dA-Z_][^\W\dA-Z_]+")
