"""Who asserts something: the speaker of the statement it is in, the speaker of the document, or the text itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from research.analysis.wording import one_line
from research.loading.documents import NEWS
from research.nlp.annotated import AnnotatedDocument
from research.nlp.groups.who_is_who import owner_name, speaker_of
from research.nlp.records import Attribution

if TYPE_CHECKING:
    from research.loading import Speakers

TEXT = "the text itself"
"""The source of what no statement has, where the document does not say which outlet it is from."""
WHOEVER_SPEAKS = "the speaker of the text"
"""The source of a speech whose speaker neither its metadata nor its heading names."""
NOT_NAMED = "somebody not named"
"""The source of a statement that is a pronoun: "they said"."""
_FIRST_PERSON = frozenset(("i", "me", "my", "we", "us", "our", "ours"))
_PRONOUNS = frozenset(
    ("he", "she", "it", "they", "them", "him", "her", "which", "who", "whom", "that", "this", "these", "those", "you")
)


class Voice(NamedTuple):
    """Who asserts something: by name, None where the name is not known, and as the text calls the source."""

    speaker: str | None
    source: str


class Voices:
    """The voices of one document. Statements below ``least`` confidence are passed over."""

    def __init__(self, annotated: AnnotatedDocument, people: Speakers, least: float) -> None:
        self._annotated = annotated
        self._people = people
        self._least = least
        self._attributions: Sequence[Attribution] = annotated.attributions

    def of(self, number: int | None) -> Voice:
        """Return who asserts what is in a statement, given by its number in the document's table; None for none."""
        found = None if number is None else self._attributions[number]
        while found is not None and (found.confidence < self._least or self._names_nobody(found)):
            found = self._around(found)
        return self._own() if found is None else self._named(found)

    def _named(self, found: Attribution) -> Voice:
        document, owner = self._annotated.document, self._annotated.whose
        person = speaker_of(found, document, owner, self._people)
        name = found.speaker if person is None else person.name
        source = one_line(found.speaker_label or name or TEXT)
        return Voice(name and one_line(name), source if name or source.casefold() not in _PRONOUNS else NOT_NAMED)

    def _own(self) -> Voice:
        """Return the voice of the document: the owner of a speech, or the text."""
        owner = self._annotated.whose
        if owner is not None:
            return Voice(one_line(owner_name(owner, self._annotated.document, self._people)), owner.name)
        if self._annotated.kind == NEWS:
            return Voice(None, self._annotated.document.source or TEXT)
        return Voice(None, WHOEVER_SPEAKS)

    def _names_nobody(self, found: Attribution) -> bool:
        """Return whether whoever speaks around a statement asserts it: its source is "I", "our delegation", or none."""
        label = (found.speaker_label or "i").split() or ["i"]
        return found.speaker is None and label[0].casefold() in _FIRST_PERSON

    def _around(self, found: Attribution) -> Attribution | None:
        """Return the smallest statement whose content has another one; None where none has."""
        start, end = found.extent
        around = [
            it
            for it in self._attributions
            if it is not found and any(part.start <= start and end <= part.end for part in it.content)
        ]
        return min(around, key=lambda it: (it.content[-1].end - it.content[0].start, it.content[0].start), default=None)
