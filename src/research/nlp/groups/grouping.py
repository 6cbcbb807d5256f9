"""Groups: parts of a corpus that can be counted and compared like a corpus.

A grouping gives a value to whole documents (outlet, kind, year, any field), or to the words of each speaker wherever
they stand (speaker, country, any column of ``speakers.csv``), or to words by how they are quoted (``direct``).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Protocol, Self, TypeVar

from research.errors import ParameterError
from research.loading import Corpus, Document, Span
from research.loading.dates import bounds, read_date
from research.nlp.actors.states import name_of_state, state_called
from research.nlp.annotated import AnnotatedDocument
from research.nlp.groups.joining import any_case, joined_names, one_spelling
from research.nlp.groups.nearest import nearest_in_words
from research.nlp.groups.voices import LEAST_CONFIDENCE, Voice, voices

if TYPE_CHECKING:
    import pandas as pd

PERIOD, SPEAKER, COUNTRY, QUOTED = "period", "speaker", "country", "direct"
DIRECT, INDIRECT = "direct speech", "indirect speech"
OTHERS = "all others"
_QUOTED: Mapping[str | None, str] = {"direct": DIRECT, "turn": DIRECT, "indirect": INDIRECT}

_OF_DOCUMENTS: Mapping[str, Callable[[AnnotatedDocument], str | None]] = {
    "source": lambda annotated: annotated.document.source,
    "kind": lambda annotated: annotated.kind,
    "year": lambda annotated: (annotated.document.date or "")[:4] or None,
    "language": lambda annotated: annotated.language,
}
"""The groupings of documents that every corpus has, one row each."""


class Restrictable(Protocol):
    """Annotations: documents that can be read again and again, and restricted to parts of them."""

    corpus: Corpus

    def __iter__(self) -> Iterator[AnnotatedDocument]: ...

    def restricted(self, chosen: Callable[[AnnotatedDocument], AnnotatedDocument | None]) -> Self:
        """Return the annotations of the documents, or of the parts of them, that ``chosen`` gives."""


Whole = TypeVar("Whole", bound=Restrictable)
Value = Callable[[Voice, Document], str | None]
"""The value of a stretch of a document."""


class Part(NamedTuple):
    """What belongs to one group of one document."""

    group: str
    annotated: AnnotatedDocument


class Groups(Mapping[str, Whole], Generic[Whole]):
    """The groups of a corpus by name, each of them annotations like those of the whole corpus.

    ``what`` names the grouping, or with ``NAME:VALUE`` one value of it, which is set against all others. The groups
    with the most documents come first; years and periods are in order. ``parts`` reads all groups in one pass. The
    groups are made when they are first asked for; a value that the column does not have raises ``ParameterError``.
    """

    def __init__(self, whole: Whole, what: str, least_confidence: float = LEAST_CONFIDENCE) -> None:
        """Raises ``ParameterError`` for a column that neither the documents nor ``speakers.csv`` have."""
        self.what = what.strip()
        column, _, value = (it.strip() for it in what.partition(":"))
        self.column = _as_column(column)
        self.value: str | None = value or None
        self._whole = whole
        self.least_confidence = least_confidence
        self._of_document, self._of_voice = self._reading()

    @cached_property
    def names(self) -> list[str]:
        """The names of the groups, in order."""
        documents: Counter[str] = Counter()
        for its in self._labels.values():
            documents.update({it.value for it in its})
        if self.column == PERIOD:
            return [name for name in (f"before {self.value}", f"since {self.value}") if name in documents]
        if self.value is not None:
            return sorted(documents, key=lambda name: name == OTHERS)
        if self.column == "year":
            return sorted(documents)
        return sorted(documents, key=lambda name: (-documents[name], name))

    @property
    def of_documents(self) -> bool:
        """Whether a group is made of whole documents."""
        return self._of_document is not None

    @property
    def n_documents(self) -> int:
        """The number of documents that have a part in some group."""
        return sum(1 for its in self._labels.values() if its)

    @property
    def n_without(self) -> int:
        """The number of documents that belong to no group."""
        return sum(1 for its in self._labels.values() if not its)

    def parts(self) -> Iterator[Part]:
        """Yield what each document has of each group, in the order of the corpus, in one pass."""
        for annotated in self._whole:
            labels = self._labels[annotated.document.id]
            for name in dict.fromkeys(it.value for it in labels):
                yield Part(name, self._within(annotated, labels, (name,)))

    def stretches(self) -> pd.DataFrame:
        """Return the stretches that belong to a group, a row each: ``doc_id, start, end, group``, in order."""
        import pandas as pd

        rows = [(doc_id, *its) for doc_id, labels in self._labels.items() for its in labels]
        return pd.DataFrame(rows, columns=["doc_id", "start", "end", "group"])

    def of(self, rows: pd.DataFrame) -> pd.Series[Any]:
        """Return the group of each row of a table by its ``doc_id`` and ``start``; None for a row in no group."""
        import pandas as pd

        starts = {doc_id: [it.start for it in its] for doc_id, its in self._labels.items()}
        found: list[str | None] = []
        for doc_id, start in zip(rows["doc_id"], rows["start"], strict=True):
            at = bisect_right(starts.get(doc_id, ()), start) - 1
            label = self._labels[doc_id][at] if at >= 0 else None
            found.append(label.value if label is not None and start < label.end else None)
        return pd.Series(found, rows.index, dtype=object)

    def part(self, names: Collection[str]) -> Whole:
        """Return the annotations of the parts in some groups, named in any case.

        Raises ``ParameterError`` for a group that the corpus does not have.
        """
        known = {any_case(name) for name in self.names}
        for name in names:
            if any_case(name) not in known:
                raise self._no_value(name, self.names)
        asked = {any_case(name) for name in names}
        wanted = frozenset(name for name in self.names if any_case(name) in asked)
        if wanted not in self._asked_for:
            self._asked_for[wanted] = self._part(wanted)
        return self._asked_for[wanted]

    @cached_property
    def _asked_for(self) -> dict[frozenset[str], Whole]:
        """The parts that were asked for by name, kept so that what is counted of one is counted once."""
        return {}

    def _part(self, wanted: Collection[str]) -> Whole:
        def chosen(annotated: AnnotatedDocument) -> AnnotatedDocument | None:
            labels = self._labels.get(annotated.document.id, ())
            return self._within(annotated, labels, wanted) if any(it.value in wanted for it in labels) else None

        return self._whole.restricted(chosen)

    def __getitem__(self, name: str) -> Whole:
        if name not in self.names:
            raise KeyError(name)
        return self._part({name})

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)

    def _within(
        self, annotated: AnnotatedDocument, labels: Sequence[_Label], names: Collection[str]
    ) -> AnnotatedDocument:
        if self.of_documents:
            return annotated
        return annotated.within([Span(it.start, it.end) for it in labels if it.value in names])

    @cached_property
    def _labels(self) -> Mapping[str, Sequence[_Label]]:
        """The stretches of each document that belong to a group, in order, each with its group."""
        made = self._stretches if self._of_document is None else self._whole_document
        labels = {it.document.id: made(it) for it in self._whole}
        values = [it.value for its in labels.values() for it in its]
        if self.column == SPEAKER:
            usual: Mapping[str, str] = {value: it.name for value, it in joined_names(values).items()}
        else:
            usual = one_spelling(values)
        labels = {doc_id: [it._replace(value=usual[it.value]) for it in its] for doc_id, its in labels.items()}
        if self.value is None or self.column == PERIOD:
            return labels
        counts = Counter(value for its in labels.values() for value in {it.value for it in its})
        known = sorted(counts, key=lambda name: (-counts[name], name))
        asked = any_case(self.value)
        chosen = next((name for name in known if any_case(name) == asked), None)
        if chosen is None:
            raise self._no_value(self.value, known)
        sides = {name: chosen if any_case(name) == asked else OTHERS for name in known}
        return {doc_id: [it._replace(value=sides[it.value]) for it in its] for doc_id, its in labels.items()}

    def _whole_document(self, annotated: AnnotatedDocument) -> list[_Label]:
        assert self._of_document is not None  # noqa: S101  for the type checker
        value = self._of_document(annotated)
        return [] if value is None else [_Label(*annotated.document.body, value)]

    def _stretches(self, annotated: AnnotatedDocument) -> list[_Label]:
        document = annotated.document
        labels: list[_Label] = []
        for voice in voices(annotated, self._whole.corpus.speakers, self.least_confidence):
            value = self._of_voice(voice, document)
            if value is not None:
                labels.append(_Label(voice.start, voice.end, " ".join(value.split())))
        return labels

    # --- what can be grouped by ---

    def _reading(self) -> tuple[Callable[[AnnotatedDocument], str | None] | None, Value]:
        """Return how a document, or else a stretch of one, gets its value."""
        column, people = self.column, self._whole.corpus.speakers
        nothing: Value = lambda voice, document: None  # noqa: ARG005, E731
        if column == PERIOD:
            return _before_or_after(self.value), nothing
        if column == SPEAKER:
            return None, lambda voice, _: voice.speaker
        if column == QUOTED:
            return None, lambda voice, _: _QUOTED.get(voice.quoted)
        if column in _OF_DOCUMENTS:
            return _OF_DOCUMENTS[column], nothing
        if column in people.columns and column != COUNTRY:
            return None, lambda voice, document: _said(voice, document, people).get(column)
        if column in self._fields:
            return lambda annotated: _field(annotated.document, column), nothing
        if column == COUNTRY:
            return None, lambda voice, document: _country(voice, _said(voice, document, people))
        raise self._no_column(self.what.partition(":")[0].strip())

    @cached_property
    def _fields(self) -> list[str]:
        """The fields that the documents have beside those of every document."""
        found: dict[str, None] = {}
        for annotated in self._whole:
            found.update(dict.fromkeys(map(_as_column, annotated.document.metadata)))
        return sorted(found)

    def _no_column(self, asked: str) -> ParameterError:
        everywhere = [*_OF_DOCUMENTS, SPEAKER, COUNTRY, QUOTED]
        own = [it for it in (*self._whole.corpus.speakers.columns, *self._fields) if it not in everywhere]
        near = nearest_in_words(asked, [*everywhere, *own])
        hint = "A single value is written as COLUMN:VALUE, such as speaker:Kazakhstan. " if self.value is None else ""
        also = f" This one also has {_in_words(own, _MOST_COLUMNS)}." if own else ""
        return ParameterError(
            f"There is no column {asked!r} to compare by. {near}{hint}"
            f"Every corpus has {', '.join(everywhere)} and {PERIOD}:DATE.{also}"
        )

    def _no_value(self, asked: str, known: Sequence[str]) -> ParameterError:
        what = f"The column {self.column} has no value {asked!r}."
        if not known:
            return ParameterError(f"{what} No document says anything there.")
        if len(known) <= _MOST_VALUES:
            return ParameterError(f"{what} It has {_in_words(known, _MOST_VALUES)}.")
        every = f"to list all {len(known):,}" if len(known) <= _MOST_LISTED else f"to see the largest of {len(known):,}"
        near = nearest_in_words(asked, known)
        some = "" if near else f": {_in_words(known, _MOST_VALUES)}"
        return ParameterError(f"{what} {near}Compare by {self.column} {every}{some}.")


_MOST_COLUMNS, _MOST_VALUES = 8, 5
"""The most names of columns, and of values, in a sentence."""
_MOST_LISTED = 30
"""The most groups that a comparison lists."""


def _in_words(names: Sequence[str], most: int) -> str:
    """Return some names, and how many more there are."""
    shown = [*names[:most], *([f"{len(names) - most:,} more"] if len(names) > most else [])]
    return f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else shown[0]


class _Label(NamedTuple):
    start: int
    end: int
    value: str


def _before_or_after(written: str | None) -> Callable[[AnnotatedDocument], str | None]:
    """Return the reading of documents as before a day, or from it on; a document whose date may be both is neither.

    Raises ``ParameterError`` for anything but a date.
    """
    day = read_date(written or "")
    if day is None or written != day:
        raise ParameterError(f"A period is compared at a date such as period:2022-02-24, not {written or 'nothing'!r}.")
    first = bounds(day)[0]

    def side(annotated: AnnotatedDocument) -> str | None:
        date = annotated.document.date
        if date is None:
            return None
        earliest, latest = bounds(date)
        if latest < first:
            return f"before {written}"
        return f"since {written}" if earliest >= first else None

    return side


def _said(voice: Voice, document: Document, people: Any) -> Mapping[str, str]:
    person = people.find(voice.speaker, document.date) if voice.speaker and people.entries else None
    return {} if person is None else person.values


def _country(voice: Voice, said: Mapping[str, str]) -> str | None:
    """Return the name of a speaker's country: as ``speakers.csv`` says, or where the speaker is a state."""
    code = state_called(said.get(COUNTRY, "")) or (state_called(voice.speaker) if voice.speaker else None)
    return said.get(COUNTRY) if code is None else name_of_state(code)


def _as_column(field: str) -> str:
    return re.sub(r"[\s-]+", "_", field.strip().casefold())


def _field(document: Document, column: str) -> str | None:
    values = (value for name, value in document.metadata.items() if _as_column(name) == column)
    return next((" ".join(value.split()) for value in values if value and value.strip()), None)
