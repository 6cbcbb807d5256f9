"""Quotations: pairs of quotation marks in every style, including unbalanced ones.

A fifth of real articles have a mark too many or too few. A mark without a partner never reaches beyond its
paragraph, so the rest of the document is not affected.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from research.loading.documents import Span

OPENING = "“„«‹"
CLOSING = "”»›"
STRAIGHT = '"'
MARKS = OPENING + CLOSING + STRAIGHT

LONGEST = 5_000
"""Most characters of a quotation within a paragraph. A mark without a partner in this reach has none."""

_KEPT = 2
"""Texts whose quotations are kept, as several steps ask for those of the text at hand."""

_MARK = re.compile(f"[{MARKS}]|``|''")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_BEFORE_OPENING = " \t\r\n([{—–-/\xa0‘'"


class Quotation(NamedTuple):
    """A stretch between quotation marks.

    `start` and `end` include the marks; `inner_start` and `inner_end` do not. `closed` is false for a quotation that
    runs to the end of its paragraph without a closing mark. `continued` is true if the next paragraph opens with a mark
    again, as in a speech over several paragraphs.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool
    continued: bool


@lru_cache(maxsize=_KEPT)
def paragraphs(text: str) -> tuple[Span, ...]:
    """Return the paragraphs of a text: separated by blank lines, or by every line break if it has none."""
    text = text.replace("\r", " ")
    separator = re.compile(r"\n[^\S\n]*\n\s*") if _BLANK_LINE.search(text) else re.compile(r"\n\s*")
    found = []
    start = 0
    for match in separator.finditer(text):
        found.append((start, match.start()))
        start = match.end()
    found.append((start, len(text)))
    return tuple(Span(start, end) for start, end in found if text[start:end].strip())


@lru_cache(maxsize=_KEPT)
def quotations(text: str) -> tuple[Quotation, ...]:
    """Return all quotations that are not inside another one, in order."""
    spans = paragraphs(text)
    found: list[Quotation] = []
    for number, (start, end) in enumerate(spans):
        next_start = spans[number + 1][0] if number + 1 < len(spans) else len(text)
        found.extend(_in_paragraph(text, start, end, opens_again=_opens(text, next_start)))
    return tuple(found)


def _opens(text: str, at: int) -> bool:
    return text[at : at + 1] in (*OPENING, STRAIGHT) or text[at : at + 2] == "``"


def _in_paragraph(text: str, start: int, end: int, opens_again: bool) -> list[Quotation]:
    found: list[Quotation] = []
    opened: re.Match[str] | None = None
    other: re.Match[str] | None = None
    for match in _MARK.finditer(text, start, end):
        mark = match.group()
        if opened is None:
            if _may_open(text, match, start):
                opened, other = match, None
        elif match.start() - opened.end() > LONGEST:
            opened = match if _may_open(text, match, start) else None
            other = None
        elif _closes(text, opened, match):
            found.append(_closed(opened, match))
            opened = None
        elif mark == opened.group() and mark in OPENING:
            # A second opening mark of the same kind: the first was closed by a mark of another kind, or never.
            if other is not None:
                found.append(_closed(opened, other))
            opened, other = match, None
        elif other is None and mark == STRAIGHT and _may_close(text, match):
            other = match
    if opened is None:
        return found
    leads = not text[start : opened.start()].strip()
    if other is not None and not (leads and opens_again):
        found.append(_closed(opened, other))
    elif opens_again or leads:
        found.append(Quotation(opened.start(), end, opened.end(), end, closed=False, continued=opens_again))
    return found


def _closed(opened: re.Match[str], by: re.Match[str]) -> Quotation:
    return Quotation(opened.start(), by.end(), opened.end(), by.start(), closed=True, continued=False)


def _may_open(text: str, match: re.Match[str], start: int) -> bool:
    mark = match.group()
    if mark in ("``", *OPENING):
        return True
    if mark == STRAIGHT:
        at = match.start()
        spaced = at == start or text[at - 1] in _BEFORE_OPENING
        follows = text[match.end() : match.end() + 1]
        return spaced and bool(follows) and not follows.isspace()
    # Openings as in »so« and “so“ are rare in English; other stray closing marks open nothing.
    return mark == "»"


_PARTNERS = {"“": "”", "„": "“”", "«": "»", "‹": "›", "»": "«", STRAIGHT: STRAIGHT + "”", "``": "''"}


def _closes(text: str, opened: re.Match[str], match: re.Match[str]) -> bool:
    mark = match.group()
    return mark in _PARTNERS[opened.group()] and (mark != STRAIGHT or _may_close(text, match))


def _may_close(text: str, match: re.Match[str]) -> bool:
    """Return whether a straight mark may close: not with a space before it and a letter after it."""
    before = text[match.start() - 1]
    follows = text[match.end() : match.end() + 1]
    return not before.isspace() or not follows.isalnum()


_SINGLE = re.compile(
    r"""(?P<opens>(?<![\w.,!?…'’‘])[‘'](?=[\w“"$£€(\[])(?!(?:tis|twas|em|\d\ds)\b))"""
    r"""|(?P<closes>(?<=[.,!?…;:—–-])[’'](?![\w’']))|(?P<may_close>(?<=\w)[’'](?![\w’']))""",
    re.IGNORECASE,
)


@lru_cache(maxsize=_KEPT)
def single_quotations(text: str) -> tuple[Quotation, ...]:
    """Return quotations between single marks, ‘so’ or 'so', outside all other quotations.

    An apostrophe looks like the closing mark, so the first mark after a comma or a stop closes. A mark after a word
    ("the fishermen's", "the 'lost' years") closes if another quotation opens before that.
    """
    others = quotations(text)
    starts = [quotation.start for quotation in others]
    found = []
    for start, end in paragraphs(text):
        for opened, closed in _single_marks(text, start, end):
            within = bisect_right(starts, opened) - 1
            if within < 0 or others[within].end <= opened:
                found.append(Quotation(opened, closed + 1, opened + 1, closed, closed=True, continued=False))
    return tuple(found)


def _single_marks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where quotations between single marks open and close in a paragraph."""
    opened = after_word = -1
    for match in _SINGLE.finditer(text, start, end):
        at = match.start()
        if match["opens"]:
            if opened >= 0 and after_word < 0:
                continue
            if opened >= 0:
                yield opened, after_word
            opened, after_word = at, -1
        elif opened >= 0 and match["closes"]:
            yield opened, at
            opened = after_word = -1
        elif opened >= 0 and after_word < 0:
            after_word = at
    if opened >= 0 and after_word >= 0:
        yield opened, after_word
