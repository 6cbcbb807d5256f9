"""Where a block quotes: between quotation marks of any kind, and where its markup says so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from research.loading import Span
from research.outputs.checking.blocks import Block

LONGEST = 4_000
"""Characters of the longest quotation within a block; a mark without a partner in reach is no quotation."""

_PAIRS = {"“": "”", "„": "“”", "«": "»", "»": "«", "‹": "›", "‘": "’"}
_MARKS = re.compile(r"[“”„«»‹›‘’\"]|(?<![\w’])'(?=[\w\[“])|(?<=[\w.,;:!?…\]%)])'(?!\w)|''|``")


def quotations(block: Block) -> list[Span]:
    """Return the spans between quotation marks, and what the markup marks, in order; one within another is left out.

    >>> text = "He said “we won’t go” and 'that is final'."
    >>> [text[start:end] for start, end in quotations(Block("paragraph", text, []))]
    ['we won’t go', 'that is final']
    """
    found = [*block.quoted, *_between_marks(block.text)]
    if block.kind == "quotation" and block.text:
        found.append(_whole(block.text))
    kept: list[Span] = []
    for span in sorted(found, key=lambda it: (it.start, -it.end)):
        if span.start < span.end and (not kept or span.start >= kept[-1].end):
            kept.append(span)
    return kept


_SOURCE_LINE = re.compile(r"[\s.,]*[—–]{1,2}\s?[^—–]{0,200}\Z|\s-{1,3}\s?[A-Z][^-]{0,100}\Z|\s*\([^()]{0,120}\)\W*\Z")


def _whole(text: str) -> Span:
    """Return the quotation of a block quotation: all of it but the line that names its source."""
    end = len(text)
    if source := _SOURCE_LINE.search(text, max(0, len(text) - 240)):
        end = source.start()
    inner = _between_marks(text)
    if inner and inner[0].start <= 1 and inner[0].end >= end - 2:
        return inner[0]
    return Span(0, end)


def _between_marks(text: str) -> list[Span]:
    """Return the spans between marks that belong together."""
    found: list[Span] = []
    opened: tuple[str, int] | None = None
    nested = 0
    balanced = text.count("“") == text.count("”")
    for mark in _MARKS.finditer(text):
        sign, at = mark[0], mark.start()
        if opened is not None:
            begin, start = opened
            if balanced and begin == "“" and (sign == "“" or (nested and sign == "”")):
                nested += 1 if sign == "“" else -1
                continue
            if at - start > LONGEST:
                opened = None
            elif _closes(begin, sign, text, at):
                found.append(Span(start, at))
                opened = None
                continue
            else:
                continue
        if _opens(sign, text, at):
            opened, nested = (sign, mark.end()), 0
    return found


def _opens(sign: str, text: str, at: int) -> bool:
    if sign in _PAIRS:
        return True
    if sign == '"':
        return not text[at - 1 : at].isdigit() or not text[at - 1 : at]
    return sign in ("'", "``", "''")


def _closes(opening: str, sign: str, text: str, at: int) -> bool:
    if opening in ('"', "'"):
        return sign == opening
    if opening in ("``", "''"):
        return sign == "''"
    if sign not in _PAIRS[opening]:
        return False
    return sign != "’" or not text[at + 1 : at + 2].isalnum()


def within(spans: Sequence[Span], start: int, end: int) -> Span | None:
    """Return the first of some spans that holds a stretch."""
    return next((span for span in spans if span.start <= start and end <= span.end), None)
