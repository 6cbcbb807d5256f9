"""Downloads of a press archive: one file with many articles, split where the archive itself marks them.

    2 of 120 DOCUMENTS            Document 2 of 120
    The Harbour Post              Harbour vote nears
    May 12, 2031 Tuesday          The Harbour Post
    Harbour vote nears            May 12, 2031 Tuesday
    LENGTH: 210 words             Length: 210 words
    BODY:                         Body

The left column is how LexisNexis wrote them until about 2018, the right one how Nexis Uni and Lexis+ do. ProQuest
numbers articles in the same way and names every field: ``Publication date: May 12, 2031``, ``Full text: …``. Word and
PDF files of Nexis Uni have no numbers; ``End of Document`` follows each article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from research.loading.dates import is_day
from research.loading.documents import Span
from research.loading.records import Record

NAME, PROQUEST = "LexisNexis download", "ProQuest download"

_MARK = re.compile(
    r"^[ \t\f\ufeff]{0,80}(?:(?P<old>[0-9]{1,6}) of (?P<old_all>[0-9]{1,6}) DOCUMENTS"
    r"|Document (?P<new>[0-9]{1,6}) of (?P<new_all>[0-9]{1,6}))[ \t\f]{0,80}\r?$",
    re.MULTILINE,
)
_BODY = re.compile(r"^[ \t\f]{0,80}(?:BODY:?|Body)[ \t]{0,80}\r?$", re.MULTILINE)
_LENGTH = re.compile(r"^[ \t\f]{0,80}(?:LENGTH|Length):[^\n]{0,80}$", re.MULTILINE)
_BEHIND = re.compile(
    r"^[ \t\f]{0,80}(?:(?:LOAD-DATE|Load-Date|LANGUAGE|Language|GRAPHIC|Graphic|PUBLICATION-TYPE|Classification)"
    r"(?::|[ \t]{0,80}\r?$)|End of Document)",
    re.MULTILINE,
)
_END = re.compile(r"^[ \t\f]{0,80}End of Document[ \t]{0,80}\r?$", re.MULTILINE)
_LINE = re.compile(r"\S[^\r\n]*")
_BREAKS = "\r\n\f"
_NO_NAME = re.compile(
    r"Page [0-9]+ of [0-9]+|Copyright\b.*|©.*|All Rights Reserved.*|[A-Za-z-]{2,20}:.*|.*\bEdition\b.*"
)
_LONGEST_HEAD = 5_000
_WORDS_OF_A_DATE = 4


def articles(text: str, encoding: str) -> Iterator[Record]:
    """Yield the articles of a download, each from the line after its number to the next number.

    Other texts give nothing. Text above the first number, such as a list of all articles, begins the first header.
    """
    for row, (start, end) in enumerate(_numbered(text) or _ended(text), start=1):
        article = text[start:end].lstrip(_BREAKS)
        is_said_above = row == 1 and any(map(str.isalnum, text[:start].rpartition("\n")[0]))
        above = text[: end - len(article)] if is_said_above else ""
        yield _article(above + article.rstrip(_BREAKS), encoding, row, len(above))


def _numbered(text: str) -> list[Span]:
    """The spans of articles that are numbered without a gap, out of the same total."""
    marks = [_Mark(*it.span(), int(it["old"] or it["new"]), int(it["old_all"] or it["new_all"])) for it in _marks(text)]
    numbers = [mark.number for mark in marks]
    in_order = numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else False
    if len(marks) < 2 or not in_order or len({mark.all for mark in marks}) > 1:
        return []
    ends = [mark.start for mark in marks[1:]] + [len(text)]
    return [Span(mark.end, end) for mark, end in zip(marks, ends, strict=True)]


def _ended(text: str) -> list[Span]:
    """The spans of articles that each have an end, a length and a body; text after the last end belongs to it."""
    ends = [mark.end() for mark in _END.finditer(text)] if "End of Document" in text else []
    if len(ends) < 2:
        return []
    ends[-1] = len(text)
    spans = [Span(start, end) for start, end in zip([0, *ends[:-1]], ends, strict=True)]
    return spans if all(_BODY.search(text, *it) and _LENGTH.search(text, *it) for it in spans) else []


class _Mark(NamedTuple):
    start: int
    end: int
    number: int
    all: int


def _marks(text: str) -> Iterator[re.Match[str]]:
    return _MARK.finditer(text) if "ocument" in text or "DOCUMENTS" in text else iter(())


def _article(text: str, encoding: str, row: int, at: int) -> Record:
    """The article that begins at ``at``."""
    full = _FULL_TEXT.search(text, at)
    fields = {} if full is None else {it["name"]: it for it in reversed(list(_FIELD.finditer(text, full.end())))}
    if full is None or not any(fields):  # "Full text:" can occur in any article
        return _with_head(text, encoding, row, at)
    return _of_fields(text, encoding, row, at, start=full.end(), fields=fields)


_FULL_TEXT = re.compile(r"^Full text: {0,9}", re.MULTILINE)
_FIELD = re.compile(
    r"^(?:(?P<name>Business indexing term|Company / organization|Copyright|First page|Identifier / keyword|Location"
    r"|People|Publication date|Publication title|Publication year|Publisher|Subject|Title):|_{10,})"
    r" {0,9}(?P<value>[^\r\n]*)",
    re.MULTILINE,
)
"""A field by its name, or the line below all fields, which has none."""


def _of_fields(
    text: str, encoding: str, row: int, at: int, *, start: int, fields: Mapping[str | None, re.Match[str]]
) -> Record:
    """A ProQuest article; its text ends where the next field begins."""
    end = len(text[: min(field.start() for field in fields.values())].rstrip())
    written = {name: field["value"].strip() for name, field in fields.items()}
    date = fields.get("Publication date")
    return Record(
        text,
        encoding,
        start if start < end else at,
        written.get("Publication date"),
        date and "header",
        date and Span(date.start("value"), date.start("value") + len(written["Publication date"])),
        written.get("Title"),
        written.get("Publication title"),
        row=row,
        body_end=end if start < end else len(text),
        part_of=PROQUEST,
    )


def _with_head(text: str, encoding: str, row: int, at: int) -> Record:
    """An article with the fields of its head. The body follows ``BODY``, or else the length."""
    body, length = _BODY.search(text, at), _LENGTH.search(text, at, at + _LONGEST_HEAD)
    begins = body or length
    start = begins.end() if begins is not None else at
    start += len(text[start:]) - len(text[start:].lstrip())
    behind = _BEHIND.search(text, start)
    end = len(text[: behind.start()].rstrip()) if behind is not None else len(text)
    if start >= end and body is not None and length is not None:
        start = end = len(text)  # head only: a picture, or a story that the archive may not show
    elif start >= end:
        start, end = at, len(text)
    lines = list(_LINE.finditer(text, at, start))
    dated, date = next(((n, span) for n, line in enumerate(lines) if (span := _day_in(line))), (0, None))
    title, source = _title_and_source([line[0].strip() for line in lines], dated) if date else (None, None)
    return Record(
        text,
        encoding,
        start,
        date and text[slice(*date)],
        date and "header",
        date,
        title,
        source,
        row=row,
        body_end=end,
        part_of=NAME,
    )


def _day_in(line: re.Match[str]) -> Span | None:
    """The date that a line begins with: ``May 12, 2031 Tuesday, Late Edition``."""
    words = list(re.finditer(r"\S+", line[0][:80]))[:_WORDS_OF_A_DATE]
    for word in words:
        written = line[0][: word.end()].rstrip(",;")
        if is_day(written):
            return Span(line.start(), line.start() + len(written))
    return None


def _title_and_source(lines: list[str], date: int) -> tuple[str | None, str | None]:
    """The title and the outlet of an article; the date comes between them or after both."""
    before, behind = ([it for it in some if not _NO_NAME.fullmatch(it)] for some in (lines[:date], lines[date + 1 :]))
    if len(before) > 1:
        return before[-2], before[-1]
    return (behind[0] if behind else None), (before[0] if before else None)
