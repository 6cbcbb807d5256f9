"""Downloads of a press archive: one file with many articles, split where the archive itself marks them.

    2 of 120 DOCUMENTS            Document 2 of 120
    The Harbour Post              Harbour vote nears
    May 12, 2031 Tuesday          The Harbour Post
    Harbour vote nears            May 12, 2031 Tuesday
    LENGTH: 210 words             Length: 210 words
    BODY:                         Body

The left column is how LexisNexis wrote them until about 2018, the right one how Nexis Uni and Lexis+ do. ProQuest
numbers articles in the same way and names every field: ``Publication date: May 12, 2031``, ``Full text: …``. Word, RTF
and PDF files of Nexis Uni have no numbers; ``End of Document`` follows each article. In Factiva's, ``Document`` and a
code do.

Each mark is judged by the article below it: numbers have gaps where articles were selected, and begin anew where files
were joined.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from research.loading.documents import Span
from research.loading.mastheads import (
    BODY,
    LENGTH,
    LONGEST_HEAD,
    PARAGRAPHS,
    Masthead,
    day_in,
    masthead,
    masthead_of_factiva,
)
from research.loading.records import Record

NAME, PROQUEST, FACTIVA = "LexisNexis download", "ProQuest download", "Factiva download"

_NUMBER = "[0-9][0-9,]{0,8}"
_MARK = re.compile(
    rf"^[ \t\xa0\f\ufeff]{{0,80}}(?:(?P<old>{_NUMBER})[ \xa0]of[ \xa0](?P<old_all>{_NUMBER})[ \xa0]DOCUMENTS?"
    rf"|Document[ \xa0](?P<new>{_NUMBER})[ \xa0]of[ \xa0](?P<new_all>{_NUMBER}))[ \t\xa0\f]{{0,80}}\r?$",
    re.MULTILINE,
)
_END = re.compile(r"^[ \t\xa0\f]{0,80}End of Document[ \t\xa0]{0,80}\r?$", re.MULTILINE)
_FACTIVA_END = re.compile(
    r"^[ \t\xa0\f]{0,80}Document [A-Z]{2,10}[0-9]{8,16}[a-z0-9]{6,16}[ \t\xa0]{0,80}\r?$", re.MULTILINE
)
_BEHIND = re.compile(
    r"^[ \t\xa0\f]{0,80}(?:(?:LOAD-DATE|Load-Date|LANGUAGE|Language|GRAPHIC|Graphic|PUBLICATION-TYPE|Classification"
    r"|CORRECTION-DATE|DOCUMENT-TYPE|JOURNAL-CODE|ACC-NO|SUBJECT|ORGANIZATION|GEOGRAPHIC)(?::|[ \t]{0,80}\r?$)"
    r"|End of Document)",
    re.MULTILINE,
)
_COPYRIGHT = re.compile(r"^[ \t\xa0\f]{0,80}(?:Copyright\b|©)", re.MULTILINE)
_LONGEST_FOOTER = 500
_BREAKS = "\r\n\f"


def articles(text: str, encoding: str) -> Iterator[Record]:
    """Yield the articles of a download, each from the line after its number to the next number.

    Other texts give nothing. Text above the first number, such as a list of all articles, begins the first header. A
    download of one article is one record without a number.
    """
    for divided in (_numbered, _ended, _of_factiva):
        if spans := divided(text):
            break
    else:
        return
    for row, (start, end, old) in enumerate(spans, start=1):
        article = text[start:end].lstrip(_BREAKS)
        is_said_above = row == 1 and any(map(str.isalnum, text[:start].rpartition("\n")[0]))
        above = text[: end - len(article)] if is_said_above else ""
        place = _Place(encoding, row if len(spans) > 1 else None, len(above), old)
        yield _article(above + article.rstrip(_BREAKS), place, factiva=divided is _of_factiva)


def undivided(record: Record) -> str | None:
    """The first mark of a press archive at which the text of a record was not divided; None for other records."""
    text = record.text
    marks = (it for it in _marks(text) if record.part_of is None or it.start() >= record.body_start)
    if (mark := next(marks, None)) is not None:
        return " ".join(mark[0].split())
    ends = () if record.part_of is not None else (next(found, None) for found in (_ends(text), _codes(text)))
    end = next((end for end in ends if end is not None and text[end.end() :].strip()), None)
    return " ".join(end[0].split()) if end is not None else None


class _Article(NamedTuple):
    """Where an article is, and whether its outlet comes above its title, as it did until about 2018."""

    start: int
    end: int
    is_old: bool


class _Place(NamedTuple):
    """What a record of a download needs to know beside its text; the article begins ``at``."""

    encoding: str
    row: int | None
    at: int
    is_old: bool


class _Mark(NamedTuple):
    start: int
    end: int
    number: int
    all: int
    is_old: bool


def _marks(text: str) -> Iterator[re.Match[str]]:
    return _MARK.finditer(text) if "ocument" in text or "DOCUMENT" in text else iter(())


def _ends(text: str) -> Iterator[re.Match[str]]:
    return _END.finditer(text) if "End of Document" in text else iter(())


def _codes(text: str) -> Iterator[re.Match[str]]:
    return _FACTIVA_END.finditer(text) if "Document " in text else iter(())


def _numbered(text: str) -> list[_Article]:
    """The articles below numbers. A number counts if an article follows, or if the number before or after it does."""
    marks = [_mark(it) for it in _marks(text)]
    ends = [mark.start for mark in marks[1:]] + [len(text)] if marks else []
    separate = [
        mark
        for at, (mark, end) in enumerate(zip(marks, ends, strict=True))
        if _is_in_a_row(marks, at) or _is_article(text, mark.end, end)
    ]
    if len(separate) == 1 and separate[0].start > LONGEST_HEAD:  # a text that goes on to cite an article
        return []
    behind = [mark.start for mark in separate[1:]] + [len(text)]
    return [_Article(mark.end, end, mark.is_old) for mark, end in zip(separate, behind, strict=False)]


def _mark(found: re.Match[str]) -> _Mark:
    number, total = (int((found[old] or found[new]).replace(",", "")) for old, new in _GROUPS)
    return _Mark(*found.span(), number, total, found["old"] is not None)


_GROUPS = (("old", "new"), ("old_all", "new_all"))


def _is_in_a_row(marks: Sequence[_Mark], at: int) -> bool:
    """Whether the mark before or after this one has the number before or after it, out of the same total."""
    mark = marks[at]
    near = [(step, marks[at + step]) for step in (-1, 1) if 0 <= at + step < len(marks)]
    return any(it.number == mark.number + step and it.all == mark.all for step, it in near)


def _is_article(text: str, start: int, end: int) -> bool:
    """Whether a head of an article follows: a length or the mark of a body, or else a day and what is always below."""
    head = min(end, start + LONGEST_HEAD)
    if any(it.search(text, start, head) for it in (LENGTH, BODY, _FULL_TEXT)):
        return True
    is_dated = any(day_in(line) for line in _LINE.finditer(text, start, min(head, start + _LONGEST_FOOTER)))
    return is_dated and any(it.search(text, start, end) for it in (_BEHIND, _COPYRIGHT))


_LINE = re.compile(r"\S[^\r\n]*")


def _ended(text: str) -> list[_Article]:
    """The articles that each have an end, a length and a body; what has none of these belongs to the one before."""
    return _between(text, [it.end() for it in _ends(text)], lambda *it: bool(BODY.search(*it) and LENGTH.search(*it)))


def _of_factiva(text: str) -> list[_Article]:
    """The articles that Factiva's code of a document ends, with the number of their words and a date above them."""
    return _between(text, [it.end() for it in _codes(text)], lambda *it: masthead_of_factiva(*it) is not None)


def _between(text: str, ends: Sequence[int], is_article: Callable[[str, int, int], bool]) -> list[_Article]:
    """The articles between these ends; what is none belongs to the article before, or to the first."""
    found: list[_Article] = []
    start = 0
    for end in [*ends, len(text)] if ends else ():
        if is_article(text, start, end):
            found.append(_Article(start if found else 0, end, is_old=False))
        elif found:
            found[-1] = found[-1]._replace(end=end)
        start = end
    return found


def _article(text: str, place: _Place, *, factiva: bool) -> Record:
    if factiva and (head := masthead_of_factiva(text, place.at, len(text))) is not None:
        last = deque(_FACTIVA_END.finditer(text, head.body_start), maxlen=1)
        return _record(text, place, head, len(text[: last[0].start()].rstrip()) if last else len(text), FACTIVA)
    full = _FULL_TEXT.search(text, place.at)
    fields = {} if full is None else {it["name"]: it for it in reversed(list(_FIELD.finditer(text, full.end())))}
    if full is None or not any(fields):  # "Full text:" can occur in any article
        return _with_head(text, place)
    return _of_fields(text, place, start=full.end(), fields=fields)


_FULL_TEXT = re.compile(r"^Full text: {0,9}", re.MULTILINE)
_FIELD = re.compile(
    r"^(?:(?P<name>Business indexing term|Company / organization|Copyright|First page|Identifier / keyword|Location"
    r"|People|Publication date|Publication title|Publication year|Publisher|Subject|Title):|_{10,})"
    r" {0,9}(?P<value>[^\r\n]*)",
    re.MULTILINE,
)
"""A field by its name, or the line below all fields, which has none."""


def _of_fields(text: str, place: _Place, *, start: int, fields: Mapping[str | None, re.Match[str]]) -> Record:
    """A ProQuest article; its text ends where the next field begins."""
    end = len(text[: min(field.start() for field in fields.values())].rstrip())
    written = {name: field["value"].strip() for name, field in fields.items()}
    date = fields.get("Publication date")
    return Record(
        text,
        place.encoding,
        start if start < end else place.at,
        written.get("Publication date"),
        date and "header",
        date and Span(date.start("value"), date.start("value") + len(written["Publication date"])),
        written.get("Title"),
        written.get("Publication title"),
        row=place.row,
        body_end=end if start < end else len(text),
        part_of=PROQUEST,
    )


def _with_head(text: str, place: _Place) -> Record:
    """An article with the fields of its head and of its end."""
    head = masthead(text, place.at, is_old=place.is_old, has_cover=place.row in (1, None))
    behind = _BEHIND.search(text, head.body_start)
    end = len(text[: _footer(text, head.body_start) if behind is None else behind.start()].rstrip())
    if head.body_start >= end and head.is_complete:
        head, end = head._replace(body_start=len(text)), len(text)  # a picture, or a story that may not be shown
    elif head.body_start >= end:
        head, end = head._replace(body_start=place.at), len(text)
    return _record(text, place, head, end, NAME)


def _footer(text: str, start: int) -> int:
    """Where the copyright below an article without other fields begins; the end of the text where there is none."""
    found = deque(_COPYRIGHT.finditer(text, max(start, len(text) - _LONGEST_FOOTER)), maxlen=1)
    is_last = found and len(PARAGRAPHS.split(text[found[0].start() :].strip())) == 1
    return found[0].start() if is_last else len(text)


def _record(text: str, place: _Place, head: Masthead, end: int, name: str) -> Record:
    date = head.date
    return Record(
        text,
        place.encoding,
        head.body_start,
        date and text[slice(*date)],
        date and "header",
        date,
        head.title,
        head.source,
        row=place.row,
        body_end=end,
        part_of=name,
    )
