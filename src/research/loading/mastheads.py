"""The head of an article from a press archive: title, outlet and date are told by what a line is, not by its number.

What a line is shows in its words: a field (``BYLINE: …``), a copyright, a number of a page, an edition, a notice that
took the place of the date (``Correction Appended``), a column of a blog (``(Sinosphere)``), or a date. What remains is
the outlet and the title. The outlet is the last of these lines above the date. The title is above the outlet, or below
the date where the archive is of the older form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from research.loading.dates import is_day, read_date
from research.loading.documents import Span

BODY = re.compile(r"^[ \t\xa0\f]{0,80}(?:BODY:?|Body)[ \t\xa0]{0,80}\r?$", re.MULTILINE)
LENGTH = re.compile(r"^[ \t\xa0\f]{0,80}(?:LENGTH|Length):[^\n]{0,80}$", re.MULTILINE)
LONGEST_HEAD = 5_000
PARAGRAPHS = re.compile(r"\n[ \t\xa0\r\f]{0,80}\n")

_LINE = re.compile(r"\S[^\r\n]*")
_WORDS_OF_A_DATE = 4
_LONGEST_TITLE = 500


class Masthead(NamedTuple):
    """What the head of an article says, and where its body begins.

    ``is_complete`` says that the head ends where the archive says so, even if nothing is below it.
    """

    body_start: int
    date: Span | None
    title: str | None
    source: str | None
    is_complete: bool = False


class _Line(NamedTuple):
    """A line of a head: its words and where they begin, and what it is.

    ``kind`` is ``field``, ``cover``, ``notice``, ``edition``, ``none`` or, for a title or an outlet, ``words``.
    """

    words: str
    start: int
    kind: str
    date: Span | None


_FIELDS = (
    "ABSTRACT|ACC-NO|ANCHORS?|AUTHOR|BYLINE|CATEGORY|CITY|COLUMN|COMPANY|CORRECTION|CORRECTION-DATE|COUNTRY|DATELINE"
    "|DISTRIBUTION|DOCUMENT-TYPE|EDITION|GEOGRAPHIC|GRAPHIC|GUESTS?|HEADLINE|HIGHLIGHT|INDUSTRY|ISSN|JOURNAL-CODE"
    "|LANGUAGE|LENGTH|LOAD-DATE|NOTES?|ORGANIZATION|PERSON|PUB-TYPE|PUBLICATION-TYPE|REPORTERS?|SECTION|SERIES|SHOW"
    "|SOURCE|STATE|SUBJECT|TEASER|TICKER|TITLE|TYPE|URL|WEBSITE"
)
_FIELD = re.compile(rf"(?P<name>{_FIELDS}):\s*(?P<value>.*)", re.IGNORECASE)
_FIELD_BELOW = re.compile(
    rf"(?P<gap>\s*+)(?:{_FIELDS}):[^\n]*(?P<more>(?:\n[ \t\xa0\r\f]*+[^\s][^\n]*)*)", re.IGNORECASE
)
_COVER = re.compile(
    r"(?:User Name|Date and Time|Job Number|Client/Matter|Search Terms|Search Type|Narrowed by|Content Type|Terms"
    r"|Download Request|Time Of Request|Project ID):.*|Documents? \([0-9]+\)|[0-9]{1,4}\. .*|\| About LexisNexis.*",
    re.IGNORECASE,
)
_LIST = re.compile(r"Documents? \([0-9]+\)", re.IGNORECASE)
_NOTICE = re.compile(
    r"(?:corrections?|clarifications?|editors?['’]?s?['’]? notes?|updates?|retractions?)[ \w]{0,20} appended\W*",
    re.IGNORECASE,
)
_NONE = re.compile(r"Page [0-9]+ of [0-9]+|Copyright\b.*|©.*|All Rights Reserved.*|\([^()]*\)|\W+", re.IGNORECASE)
_EDITION = re.compile(
    r"(?:(?:[0-9]{1,2}(?:st|nd|rd|th)?|all|city|correct(?:ed|ion)|country|early|eastern|european|evening|fifth|final|first"
    r"|fourth|home|international|irish|late|london|main|metro(?:politan)?|mid|morning|national|northern|regional"
    r"|replate|round|saturday|scotland|scottish|second|southern|state|suburban|sunday|third|ulster|weekend|western"
    r"|a|and|the|-|–|,|;|/)[\s,;/-]*){1,8}editions?\b(?:\s*[-–,;:(/].*|\s*[0-9]{0,2})|edition [0-9]{1,2}(?:\W.*)?",
    re.IGNORECASE,
)
"""A line that names an edition and no outlet."""
_ANY_EDITION = re.compile(
    r"(?:[A-Z0-9–-][\w.&'’/-]*\s+){1,5}[Ee](?:dition|DITION)[Ss]?(?:\s*[-–,;:(/].*|\s*[0-9]{0,2})"
)
"""A line that may name an edition: below the date, where no outlet is expected."""
_BEHIND_A_DAY = re.compile(
    r"(?:[\s,;.|]|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2})?|\b[ap]\.?m\b"
    r"|\b[A-Z]{2,5}\b|[+-][0-9:]{2,5})*(?:.*\bedition\b.*)?",
    re.IGNORECASE,
)


def day_in(line: re.Match[str]) -> Span | None:
    """The date that a line begins with: ``May 12, 2031 Tuesday, Late Edition``; or a month that is all of the line."""
    words = list(re.finditer(r"\S+", line[0][:80]))[:_WORDS_OF_A_DATE]
    for word in words:
        written = line[0][: word.end()].rstrip(",;")
        if is_day(written):
            return Span(line.start(), line.start() + len(written))
    whole = line[0].rstrip()
    is_month = len(whole) < 40 and any(map(str.isalpha, whole)) and len(read_date(whole) or "") == len("2031-05")
    return Span(line.start(), line.start() + len(whole)) if is_month else None


def _line(found: re.Match[str]) -> _Line:
    words = " ".join(found[0].split())
    kinds = (("field", _FIELD), ("cover", _COVER), ("notice", _NOTICE), ("edition", _EDITION), ("none", _NONE))
    kind = next((kind for kind, pattern in kinds if pattern.fullmatch(words)), "words")
    return _Line(words, found.start(), kind, day_in(found) if kind in ("words", "edition") else None)


def masthead(text: str, at: int, *, is_old: bool, has_cover: bool) -> Masthead:
    """Read the head of a LexisNexis article that begins at ``at``.

    The body follows ``BODY``, or else the length and the fields below it. ``is_old`` says that the archive puts the
    title below the date. ``has_cover`` says that a list of all articles may come above it.
    """
    length = LENGTH.search(text, at, at + LONGEST_HEAD)
    body = BODY.search(text, at, len(text) if length is None else length.end() + LONGEST_HEAD)
    begins = body or length
    if begins is None:
        return Masthead(_past_blanks(text, at), None, None, None)
    start = _past_blanks(text, begins.end() if body is not None else _past_fields(text, begins.end()))
    lines = [_line(it) for it in _LINE.finditer(text, at, begins.start() if body is not None else start)]
    if has_cover:
        lines, has_cover = _below_cover(lines)
    dated = _dated(lines)
    title, source = _old(text, lines, dated) if is_old else _new(text, lines, dated, has_cover=has_cover)
    date = lines[dated].date if dated is not None else None
    return Masthead(start, date, _headline(lines) or title, source, body is not None and length is not None)


def _past_blanks(text: str, at: int) -> int:
    return at + len(text[at:]) - len(text[at:].lstrip())


def _past_fields(text: str, at: int) -> int:
    """Where the fields below a length end; a field is a paragraph if a blank line is above it, and else a line."""
    while field := _FIELD_BELOW.match(text, at):
        is_paragraph = field["gap"].count("\n") > 1 and PARAGRAPHS.match(text, field.end()) is not None
        at = field.end() if is_paragraph else field.start("more")
    return at


def _below_cover(lines: list[_Line]) -> tuple[list[_Line], bool]:
    """The lines below a list of all articles, and whether there is such a list."""
    if not any(_LIST.fullmatch(line.words) for line in lines):
        return [line._replace(kind="words") if line.kind == "cover" else line for line in lines], False
    last = max(at for at, line in enumerate(lines) if line.kind == "cover")
    return lines[last + 1 :], True


def _dated(lines: Sequence[_Line]) -> int | None:
    """Which line is the date: one that says no more than a date if there is such a line."""
    dated = [at for at, line in enumerate(lines) if line.date is not None]
    plain = [at for at in dated if _BEHIND_A_DAY.fullmatch(_behind_the_day(lines[at]))]
    return next(iter([*plain, *dated]), None)


def _behind_the_day(line: _Line) -> str:
    return line.words[line.date[1] - line.date[0] :] if line.date is not None else ""


def _headline(lines: Sequence[_Line]) -> str | None:
    """The title where a field names it."""
    named = (found["value"] for line in lines if (found := _FIELD.fullmatch(line.words)) and found["name"] in _TITLES)
    return next(named, None) or None


_TITLES = ("HEADLINE", "Headline")


def _anchor(lines: Sequence[_Line], dated: int | None) -> int:
    """The line below the outlet: the date, what took its place, or else the first field or copyright below words."""
    if dated is not None:
        return dated
    notices = (at for at, line in enumerate(lines) if line.kind == "notice")
    said = [at for at, line in enumerate(lines) if line.kind == "words"]
    others = (at for at, line in enumerate(lines) if said and at > said[0] and line.kind in ("field", "none"))
    return next(notices, next(others, len(lines)))


def _new(text: str, lines: Sequence[_Line], dated: int | None, *, has_cover: bool) -> tuple[str | None, str | None]:
    """The title and the outlet of an article with its title above its outlet, and the date below both."""
    anchor = _anchor(lines, dated)
    above = [line for line in lines[:anchor] if line.kind in ("words", "edition", "cover")]
    while len(above) > 2 and above[-1].kind == "edition":
        above.pop()
    if len(above) > 1:
        return above[-2].words if has_cover else _block(text, above[:-1][::-1]), above[-1].words
    below = [line.words for line in lines[anchor + 1 :] if line.kind == "words"] if dated is not None else []
    source = above[0].words if above else None
    return (below[0] if below else None), source


def _old(text: str, lines: Sequence[_Line], dated: int | None) -> tuple[str | None, str | None]:
    """The title and the outlet of an article with its outlet above its date, and the title below it."""
    anchor = _anchor(lines, dated)
    above = [line for line in lines[:anchor] if line.kind in ("words", "cover")]
    above = above or [line for line in lines[:anchor] if line.kind == "edition"]
    below = [line for line in _without_editions(lines[anchor + 1 :]) if line.kind in ("words", "cover")]
    if dated is None and not below and len(above) > 1:  # neither a date nor a notice between them
        return _block(text, above[1:]), above[0].words
    if not below and len(above) > 1:
        return above[-2].words, above[-1].words
    return (_block(text, below) if below else None), (above[-1].words if above else None)


def _without_editions(lines: Sequence[_Line]) -> Iterator[_Line]:
    """The lines below a date that name no edition; ``Edition 1;`` goes on in the next line."""
    goes_on = False
    for line in lines:
        is_edition = line.kind == "edition" or _ANY_EDITION.fullmatch(line.words) is not None
        if not (is_edition or goes_on or line.date is not None):
            yield line
        goes_on = is_edition and line.words.endswith((";", ","))


def _block(text: str, lines: Sequence[_Line]) -> str:
    """The first of these lines with those that adjoin it, in the order of the text: a long title has several lines."""
    block = [lines[0]]
    for line in lines[1:]:
        first, second = sorted((block[-1], line), key=lambda it: it.start)
        if text.count("\n", first.start, second.start) != 1:
            break
        block.append(line)
    title = " ".join(line.words for line in sorted(block, key=lambda it: it.start))
    return title if len(title) <= _LONGEST_TITLE else lines[0].words


# --- Factiva ---

_WORDS = re.compile(r"^[ \t\xa0]{0,9}(?:WC[ \t\xa0]{1,9})?[0-9][0-9,.]{0,9} words[ \t\xa0]{0,9}\r?$", re.MULTILINE)
_CODE = re.compile(r"(?:HD|SE|BY|CR|WC|PD|ET|SN|SC|ED|PG|LA|CY|VOL|CX)[ \t\xa0]{1,9}(?=\S)")
_TIME = re.compile(r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?: ?[AP]M)?", re.IGNORECASE)
_RIGHTS = re.compile(r"(?:\(c\)|©|Copyright\b).*", re.IGNORECASE)
_BYLINE = re.compile(r"by\b.*", re.IGNORECASE)
_MOST_LINES_OF_A_HEAD = 12


def masthead_of_factiva(text: str, at: int, end: int) -> Masthead | None:
    """Read the head of an article that Factiva wrote as text; None for other texts.

    The number of words separates the title from the date, the time, the outlet, its code, the language and the
    copyright, which ends the head.
    """
    words = _WORDS.search(text, at, min(end, at + LONGEST_HEAD))
    if words is None:
        return None
    lines = _LINE.finditer(text, words.end(), min(end, words.end() + LONGEST_HEAD))
    below = list(islice(lines, _MOST_LINES_OF_A_HEAD))
    dated = next((n for n, line in enumerate(below[:2]) if day_in(_uncoded(line))), None)
    if dated is None:
        return None
    above = [_said(line) for line in _LINE.finditer(text, at, words.start())]
    titles = [line for line in above if line and not _BYLINE.fullmatch(line)][-3:]
    outlets = [n for n, line in enumerate(below) if n > dated and not _TIME.fullmatch(_said(line))]
    rights = [n for n, line in enumerate(below) if _RIGHTS.fullmatch(_said(line))]
    last = below[rights[0] if rights else outlets[0] if outlets else dated]
    return Masthead(
        _past_blanks(text, last.end()),
        day_in(_uncoded(below[dated])),
        max(titles, key=len, default=None),
        _said(below[outlets[0]]) if outlets else None,
        is_complete=True,
    )


def _uncoded(line: re.Match[str]) -> re.Match[str]:
    """The line without the code of its field."""
    code = _CODE.match(line.string, line.start())
    return line if code is None else (_LINE.match(line.string, code.end()) or line)


def _said(line: re.Match[str]) -> str:
    return " ".join(_uncoded(line)[0].split())
