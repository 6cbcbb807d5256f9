"""A document with its annotations, and the part of one that belongs to a group."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from research.loading import Document, Span
from research.nlp import layers as _layers
from research.nlp.judged.mending import Mending
from research.nlp.layers import Tables
from research.nlp.records import Attribution, Mention
from research.nlp.statements.whose import Whose
from research.nlp.text.words import is_word


@dataclass(frozen=True)
class AnnotatedDocument:
    """A document with its annotations. Subscripting it with a span gives the text of the span.

    ``judged`` is what people decided about it; then records are those of the model put right.
    """

    document: Document
    tables: Tables
    judged: Mending | None = None

    def records(self, table: str) -> list[Any]:
        """Return the records of a table of any layer, in the order of the text; made at each call."""
        records = self._of_model(table)
        if self.judged is None or _layers.record_type(table) is None:
            return records
        return self.judged.records(table, records, lambda: self._of_model(_STATEMENTS))

    def _of_model(self, table: str) -> list[Any]:
        record_type = _layers.record_type(table)
        rows = self.tables[table]
        return rows if record_type is None else [record_type.from_record(row) for row in rows]

    @cached_property
    def sentences(self) -> list[Span]:
        """The sentences of the body, in order."""
        return self.records("sentences")

    @cached_property
    def pieces(self) -> list[Span]:
        """The sentences without the labels of turns ("Mr VALE:"), which nobody says, in order."""
        return self.records("pieces")

    @cached_property
    def tokens(self) -> list[Span]:
        """The tokens of all sentences, in order; the label of a turn has none."""
        return self.records("tokens")

    @cached_property
    def words(self) -> list[Span]:
        """The tokens that have a letter or a digit, which every count of words counts."""
        return [span for span in self.tokens if is_word(self[span])]

    @property
    def n_words(self) -> int:
        """The number of words."""
        n: int = self.tables["counts"][0]
        return n

    @property
    def n_sentences(self) -> int:
        """The number of sentences."""
        n: int = self.tables["counts"][1]
        return n

    @property
    def counted(self) -> Sequence[Span]:
        """The spans that count, in order: the body."""
        return (self.document.body,)

    @property
    def opening(self) -> Span:
        """The first sentence, or the whole body if it has none."""
        return Span(*self.tables["opening"])

    @property
    def language(self) -> str | None:
        """The language that the document states, or else the one recognised; None if it is too short to tell."""
        language: str | None = self.tables["language"][0]
        return language

    @property
    def kind(self) -> str:
        """The kind of the document: ``news``, ``speech``, ``transcript`` or ``interview``."""
        kind: str = self.tables["kind"][0]
        return kind

    @property
    def whose(self) -> Whose | None:
        """Whose words the whole document is; None for news, and for what several say in turns."""
        return Whose(*self.tables["whose"]) if self.tables["whose"] else None

    @property
    def foreign(self) -> list[tuple[Span, str, int]]:
        """The paragraphs of an English document in another language, each with its language and number of words.

        Statements are not extracted from them.
        """
        return [(Span(start, end), language, words) for start, end, language, words in self.tables["foreign"]]

    @cached_property
    def attributions(self) -> list[Attribution]:
        """The attributions, in the order of the text; statements within a statement have level 1."""
        return self.records("attributions")

    @cached_property
    def mentions(self) -> list[Mention]:
        """The mentions of persons, organisations, places, groups and events, in the order of the text."""
        return self.records("mentions")

    def record(self, layers: Iterable[str] | None = None) -> dict[str, Any]:
        """Return annotations in JSON's types, with the document that they belong to.

        ``layers`` are by default those that ``research extract`` writes.
        """
        chosen = _layers.in_order(_layers.extracted() if layers is None else layers)
        document = self.document
        return {
            "doc": document.id,
            "sha256": document.origin.sha256,
            "date": document.date,
            **{table: self.tables[table] for it in chosen for table in it.written},
        }

    def __getitem__(self, span: tuple[int, int]) -> str:
        return self.document.text[span[0] : span[1]]

    def within(self, spans: Sequence[Span]) -> PartOfDocument:
        """Return the part of the document that is in these spans, which are in order and do not overlap."""
        return PartOfDocument(self.document, self.tables, self.judged, tuple(spans))


@dataclass(frozen=True)
class PartOfDocument(AnnotatedDocument):
    """A document of which only some spans count: what begins within them, and no other record of any table.

    Where a statement begins is where its content does. The document, its language and its kind are those of the whole.
    """

    spans: tuple[Span, ...] = ()

    def records(self, table: str) -> list[Any]:
        """Return the records that begin within the spans, with the numbers of statements as they are here."""
        whole = super().records(table)
        if table == _STATEMENTS:
            return [whole[number] for number in self._statements]
        inside = [it for it in whole if self._holds(_start(it))]
        if not inside or not hasattr(inside[0], "attribution"):
            return inside
        return [replace(it, attribution=self._statements.get(it.attribution)) for it in inside]

    @cached_property
    def _statements(self) -> dict[int, int]:
        """The numbers of the statements of the document that are in this part, each with its number here."""
        whole = super().records(_STATEMENTS)
        kept = [number for number, it in enumerate(whole) if self._holds(_start(it))]
        return {number: here for here, number in enumerate(kept)}

    @property
    def counted(self) -> Sequence[Span]:
        """The spans that count, in order."""
        return self.spans

    def within(self, spans: Sequence[Span]) -> PartOfDocument:
        """Return the part of this part that is in these spans, which are in order and do not overlap."""
        return super().within([span for _, span in overlaps(spans, self.spans)])

    @property
    def n_words(self) -> int:
        """The number of words within the spans."""
        return len(self.words)

    @property
    def n_sentences(self) -> int:
        """The number of sentences that begin within the spans, wherever the labels of their turns do."""
        return len(self.pieces)

    def _holds(self, place: int) -> bool:
        at = bisect_right(self._starts, place) - 1
        return at >= 0 and place < self.spans[at].end

    @cached_property
    def _starts(self) -> list[int]:
        return [it.start for it in self.spans]


_STATEMENTS = "attributions"


def overlaps(stretches: Iterable[tuple[int, int]], spans: Sequence[Span]) -> Iterator[tuple[int, Span]]:
    """Yield what of each stretch is within the spans, with the number of the stretch.

    Both are in order, and neither overlap among themselves.

    >>> list(overlaps([(0, 4), (6, 9)], [Span(2, 7)]))
    [(0, Span(start=2, end=4)), (1, Span(start=6, end=7))]
    """
    first = 0
    for number, (start, end) in enumerate(stretches):
        while first < len(spans) and spans[first].end <= start:
            first += 1
        at = first
        while at < len(spans) and spans[at].start < end:
            yield number, Span(max(start, spans[at].start), min(end, spans[at].end))
            at += 1


def _start(record: Any) -> int:
    start: int = record.content[0].start if isinstance(record, Attribution) else record.start
    return start
