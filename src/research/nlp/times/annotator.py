"""The annotator of the layer *times*: every time expression of a document, and the period that it means."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import Any

from research.loading.dates import bounds
from research.loading.documents import Document, Span
from research.nlp.english import foreign_paragraphs, is_english, language_of
from research.nlp.records import Time
from research.nlp.times.expressions import Reading, times
from research.nlp.times.periods import DAY, Moment


def annotate(document: Document, needed: Mapping[str, list[Any]]) -> dict[str, list[Any]]:
    """Return the table ``times`` of a document: where its header gives its date, and the expressions of its body.

    It is empty for documents in another language than English, and without those of paragraphs in another one.
    """
    if not is_english(language_of(document)):
        return {"times": []}
    moment = Moment.read(document.date)
    foreign = [span for span, _ in foreign_paragraphs(document)]
    readings = [
        *_header_date(document),
        *(
            reading
            for start, end in needed["sentences"]
            if not _within(foreign, start)
            for reading in times(document.text, Span(start, end), moment, written=document.speaker is None)
        ),
    ]
    return {"times": [_time(reading).record(document.text) for reading in readings]}


def _within(spans: list[Span], at: int) -> bool:
    before = bisect_right(spans, at, key=lambda span: span.start)
    return before > 0 and at < spans[before - 1].end


_HEADER = 2_000
"""The characters of a header in which its date is looked for."""


def _header_date(document: Document) -> Iterator[Reading]:
    """Yield the first place before the body that gives the date of the document."""
    if document.date is None:
        return
    for reading in times(document.text, Span(0, min(document.body.start, _HEADER)), None):
        if reading.period is not None and reading.period.iso() == bounds(document.date):
            yield reading
            return


def _time(reading: Reading) -> Time:
    (start, end), period = reading.span, reading.period
    if period is None:
        return Time(start, end, "vague" if reading.vague else "unresolved", None, None, None, None)
    kind = "date" if period.precision == DAY else "period"
    return Time(start, end, kind, *period.iso(), period.precision, reading.anchor)
