"""The records that annotators make and every room shares.

A table of annotations holds one kind of record. A record knows how it is kept (``record``, ``from_record``), which
columns its rows in a data frame have (``columns``, ``row``) and how ``research extract`` writes it (``extracted``).
Spans count characters of the document's text, end exclusive.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

from research.loading.documents import Span


class Record:
    """One row of a table of annotations; the base of all records."""

    __slots__ = ()

    columns: ClassVar[tuple[str, ...]] = ()
    """The columns of a data frame of these records, after ``doc_id``."""

    @classmethod
    def from_record(cls, record: Any) -> Self:
        """Return what ``record`` wrote. Raises KeyError, IndexError, TypeError or ValueError for anything else."""
        raise NotImplementedError

    def record(self, text: str) -> Any:
        """Return the record in JSON's types; ``text`` is that of the document."""
        raise NotImplementedError

    def row(self, text: str) -> Sequence[Any]:
        """Return the values of the columns; ``text`` is that of the document."""
        raise NotImplementedError

    @classmethod
    def extracted(cls, record: Any) -> Any | None:
        """Return a record as ``research extract`` writes it; None for one that it leaves out."""
        return record


class Passage(Span, Record):
    """A span that is all there is to say: a sentence, a token. It is kept as start and end."""

    __slots__ = ()

    columns = ("start", "end", "text")

    @classmethod
    def from_record(cls, record: Any) -> Self:
        """Return the passage."""
        start, end = record
        return cls(int(start), int(end))

    def record(self, text: str) -> list[int]:  # noqa: ARG002
        """Return start and end."""
        return list(self)

    def row(self, text: str) -> Sequence[Any]:
        """Return start, end and the text between."""
        return self.start, self.end, text[self.start : self.end]


@dataclass(frozen=True)
class Attribution(Record):
    """One statement: who said it, by which cue, and what was said. ``content`` has one or several parts, in order.

    ``speaker`` is the canonical name of its source, None if the text gives none; ``speaker_label`` is the source as the
    text words it, and ``office`` the title or office that the text gives the speaker.

    As a row, ``start`` and ``end`` run from its first character to its last, those of ``content`` from its first part
    to its last; ``content_parts`` are the offsets of each part.
    """

    columns = (
        *("start", "end", "text", "kind", "speaker", "speaker_label", "office"),
        *("source_start", "source_end", "source_text", "cue_start", "cue_end", "cue_text"),
        *("content_start", "content_end", "content_text", "content_parts", "confidence", "level"),
    )

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    kind: str
    """``direct``, ``mixed`` or ``indirect``, by the share of its words within quotation marks."""
    confidence: float
    level: int = 0
    """0 at the top, 1 for a statement within the content of another."""
    speaker: str | None = None
    speaker_label: str | None = None
    office: str | None = None

    @property
    def spans(self) -> list[Span]:
        """Source, cue and content, in the order of the text."""
        return sorted(span for span in (self.source, self.cue, *self.content) if span is not None)

    @property
    def extent(self) -> Span:
        """The span from the first character to the last."""
        spans = self.spans
        return Span(spans[0][0], max(end for _, end in spans))

    def moved(self, by: int) -> Attribution:
        """Return the same attribution so many characters further on."""
        if not by:
            return self
        return replace(
            self,
            source=_moved(self.source, by),
            cue=_moved(self.cue, by),
            content=tuple(Span(start + by, end + by) for start, end in self.content),
        )

    def record(self, text: str = "") -> dict[str, Any]:  # noqa: ARG002
        """Return the attribution in JSON's types; its text is not kept."""
        return {
            "source": [] if self.source is None else [list(self.source)],
            "cue": [] if self.cue is None else [list(self.cue)],
            "content": [list(span) for span in self.content],
            "speaker": self.speaker,
            "speaker_label": self.speaker_label,
            "office": self.office,
            "kind": self.kind,
            "confidence": self.confidence,
            "level": self.level,
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Attribution:
        """Return what ``record`` wrote. Raises KeyError, TypeError or ValueError for anything else."""
        source, cue, content = (
            tuple(Span(int(start), int(end)) for start, end in record[role]) for role in ("source", "cue", "content")
        )
        return cls(
            source=source[0] if source else None,
            cue=cue[0] if cue else None,
            content=content,
            kind=str(record["kind"]),
            confidence=float(record["confidence"]),
            level=int(record["level"]),
            speaker=record["speaker"],
            speaker_label=record["speaker_label"],
            office=record["office"],
        )

    def row(self, text: str) -> Sequence[Any]:
        """Return the values of the columns."""
        content = Span(self.content[0].start, self.content[-1].end)
        row: list[Any] = [*Passage(*self.extent).row(text), self.kind, self.speaker, self.speaker_label, self.office]
        for span in (self.source, self.cue, content):
            row += [None, None, None] if span is None else Passage(*span).row(text)
        return [*row, offsets(self.content), self.confidence, self.level]

    @classmethod
    def extracted(cls, record: Mapping[str, Any]) -> dict[str, Any] | None:
        """Return the record of a statement at the top, without its level; None for one within another statement."""
        return None if record["level"] else {name: value for name, value in record.items() if name != "level"}


def offsets(spans: Iterable[tuple[int, int] | None]) -> str | None:
    """Write spans as tables keep them: ``start-end``, separated by blanks; None for no span.

    >>> offsets([(0, 5), None, (12, 20)])
    '0-5 12-20'
    """
    return " ".join(f"{span[0]}-{span[1]}" for span in spans if span is not None) or None


def spans(offsets: str | None) -> list[Span]:
    """Read the spans that ``offsets`` wrote.

    >>> spans("0-5 12-20")
    [Span(start=0, end=5), Span(start=12, end=20)]
    """
    pairs = (pair.partition("-") for pair in (offsets or "").split())
    return [Span(int(start), int(end)) for start, _, end in pairs]


def _moved(span: Span | None, by: int) -> Span | None:
    return None if span is None else Span(span[0] + by, span[1] + by)


@dataclass(frozen=True)
class Mention(Record):
    """A named entity: where it is named, its type, who is meant, and the country or the bloc that it means.

    ``entity`` is the fullest name that the document gives it; a nationality has the name of its country. ``country`` is
    an ISO 3166-1 alpha-2 code, ``bloc`` a group of states or one of their institutions. ``named_by`` says how the
    country follows: ``name``, ``demonym``, ``abbreviation``, ``former name``, ``capital``, ``body`` (of that state),
    ``office`` (of a person) or ``outlet``. ``stands_for`` is ``government`` for a capital that acts.
    """

    columns = ("start", "end", "text", "type", "entity", "country", "bloc", "named_by", "stands_for")

    start: int
    end: int
    type: str
    confidence: float
    entity: str | None = None
    country: str | None = None
    bloc: str | None = None
    named_by: str | None = None
    stands_for: str | None = None

    def moved(self, by: int) -> Mention:
        """Return the same mention so many characters further on."""
        if not by:
            return self
        return replace(self, start=self.start + by, end=self.end + by)

    def record(self, text: str) -> dict[str, Any]:
        """Return the mention in JSON's types; ``text`` is that of the document."""
        return {**dict(zip(self.columns, self.row(text), strict=True)), "confidence": self.confidence}

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Mention:
        """Return what ``record`` wrote. Raises KeyError, TypeError or ValueError for anything else."""
        start, end = int(record["start"]), int(record["end"])
        kept = (record[name] for name in ("entity", "country", "bloc", "named_by", "stands_for"))
        return cls(start, end, str(record["type"]), float(record["confidence"]), *kept)

    def row(self, text: str) -> Sequence[Any]:
        """Return the values of the columns."""
        said = text[self.start : self.end]
        return (
            *(self.start, self.end, said, self.type, self.entity),
            *(self.country, self.bloc, self.named_by, self.stands_for),
        )


@dataclass(frozen=True)
class Time(Record):
    """A time expression, and the period that it means.

    ``kind`` is ``date`` (a day), ``period`` (anything longer, or open at one end), ``vague`` ("recently") or
    ``unresolved`` ("last year" in a document without a date). ``period_start`` and ``period_end`` are ISO 8601 dates,
    both ends included, None for an open end and for what has no period. ``precision`` is the unit that is named, and
    ``anchor`` what tells the period: the ``text``, or the ``document date``.
    """

    columns = ("start", "end", "text", "kind", "period_start", "period_end", "precision", "anchor")

    start: int
    end: int
    kind: str
    period_start: str | None
    period_end: str | None
    precision: str | None
    anchor: str | None

    def record(self, text: str) -> dict[str, Any]:
        """Return the time in JSON's types; ``text`` is that of the document."""
        return dict(zip(self.columns, self.row(text), strict=True))

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Time:
        """Return what ``record`` wrote. Raises KeyError, TypeError or ValueError for anything else."""
        start, end = int(record["start"]), int(record["end"])
        kept = (record[name] for name in ("period_start", "period_end", "precision", "anchor"))
        return cls(start, end, str(record["kind"]), *kept)

    def row(self, text: str) -> Sequence[Any]:
        """Return the values of the columns."""
        said = text[self.start : self.end]
        return self.start, self.end, said, self.kind, self.period_start, self.period_end, self.precision, self.anchor


@dataclass(frozen=True)
class Quantity(Record):
    """A figure as asserted: what is measured, how much, in which unit, and for when.

    ``value`` is in the written unit, scaled ("$66 million" is 66000000, "30 per cent" is 30); for a range it is None
    and ``low`` and ``high`` are its ends; for "more than" and "up to" one of them is the bound. ``unit`` is an ISO 4217
    code, ``%``, ``percentage points``, the noun that is counted, or a measure; ``kind`` is money, percentage,
    percentage points, count, ratio, measure, multiple, duration or age. ``role`` is ``level`` or ``change`` and
    ``direction`` ``up`` or ``down``, where the text says so. ``approximate`` figures are rounded or bounded by the
    text; ``assumed`` ones have a sign that several currencies share. ``measure``, ``verb`` and ``time`` are spans of
    the text. ``period_start`` and ``period_end`` are ISO 8601 dates. ``attribution`` is the number of the innermost
    statement that it is in, in the document's table. ``countries`` are those named in the measure.
    """

    columns = (
        *(
            "start",
            "end",
            "text",
            "value",
            "low",
            "high",
            "unit",
            "kind",
            "role",
            "direction",
            "approximate",
            "assumed",
        ),
        *("measure", "measure_start", "measure_end", "verb", "period_start", "period_end", "time_start", "time_end"),
        *("attribution", "countries"),
    )

    start: int
    end: int
    kind: str
    unit: str
    value: float | None
    low: float | None
    high: float | None
    approximate: bool
    assumed: bool
    role: str
    direction: str | None
    measure: Span | None
    verb: Span | None
    time: Span | None
    period_start: str | None
    period_end: str | None
    attribution: int | None
    countries: tuple[str, ...] = ()

    def record(self, text: str) -> dict[str, Any]:
        """Return the quantity in JSON's types; ``text`` is that of the document."""
        verb_start, verb_end = _ends(self.verb)
        return dict(zip(self.columns, self.row(text), strict=True)) | {"verb_start": verb_start, "verb_end": verb_end}

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Quantity:
        """Return what ``record`` wrote. Raises KeyError, TypeError or ValueError for anything else."""
        number = record["attribution"]
        return cls(
            start=int(record["start"]),
            end=int(record["end"]),
            kind=str(record["kind"]),
            unit=str(record["unit"]),
            value=_float(record["value"]),
            low=_float(record["low"]),
            high=_float(record["high"]),
            approximate=bool(record["approximate"]),
            assumed=bool(record["assumed"]),
            role=str(record["role"]),
            direction=record["direction"],
            measure=_span(record, "measure"),
            verb=_span(record, "verb"),
            time=_span(record, "time"),
            period_start=record["period_start"],
            period_end=record["period_end"],
            attribution=None if number is None else int(number),
            countries=tuple((record["countries"] or "").split()),
        )

    def row(self, text: str) -> Sequence[Any]:
        """Return the values of the columns."""
        said = [None if span is None else text[slice(*span)] for span in (self.measure, self.verb)]
        return (
            *(self.start, self.end, text[self.start : self.end], self.value, self.low, self.high, self.unit, self.kind),
            *(self.role, self.direction, self.approximate, self.assumed),
            *(said[0], *_ends(self.measure), said[1], self.period_start, self.period_end, *_ends(self.time)),
            *(self.attribution, " ".join(self.countries) or None),
        )


def _float(number: Any) -> float | None:
    return None if number is None else float(number)


def _ends(span: Span | None) -> tuple[int | None, int | None]:
    return (None, None) if span is None else (span[0], span[1])


def _span(record: Mapping[str, Any], name: str) -> Span | None:
    start, end = record[f"{name}_start"], record[f"{name}_end"]
    return None if start is None or end is None else Span(int(start), int(end))


@dataclass(frozen=True)
class Claim(Record):
    """What a sentence, or a clause of it, asserts and can be checked; nothing says whether it is true.

    ``reasons`` say why it is worth checking, the weightiest first (``nlp.claims.reasons.REASONS``); ``score`` orders
    claims, from 0 to 1, and is no probability. ``attribution`` is the number of the statement that it is in, in the
    document's table; None for the text's own words.
    """

    columns = ("start", "end", "text", "reasons", "score", "attribution")

    start: int
    end: int
    reasons: tuple[str, ...]
    score: float
    attribution: int | None = None

    def record(self, text: str) -> dict[str, Any]:
        """Return the claim in JSON's types; ``text`` is that of the document."""
        return {
            "start": self.start,
            "end": self.end,
            "text": text[self.start : self.end],
            "reasons": list(self.reasons),
            "score": self.score,
            "attribution": self.attribution,
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Claim:
        """Return what ``record`` wrote. Raises KeyError, TypeError or ValueError for anything else."""
        number = record["attribution"]
        return cls(
            int(record["start"]),
            int(record["end"]),
            tuple(map(str, record["reasons"])),
            float(record["score"]),
            None if number is None else int(number),
        )

    def row(self, text: str) -> Sequence[Any]:
        """Return the values of the columns."""
        said = text[self.start : self.end]
        return self.start, self.end, said, ", ".join(self.reasons), self.score, self.attribution
