"""Plain text, and the text of a paragraph that a word processor kept: keys in brackets are citations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from research.outputs.checking.blocks import Block, Report, Writer
from research.outputs.checking.keys import citations

_BLANK = re.compile(r"(?>\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)[\s]*|\f")
_BREAK = re.compile(r"\r\n|[\n\r\t]")
_ITEM = re.compile(r"[ \t]*(?:[-*•·–]|[0-9]{1,3}[.)])[ \t]+")
_NEXT_ITEM = re.compile(r"(?:\r\n|\n|\r)(?=[ \t]*(?:[-*•·]|[0-9]{1,3}[.)])[ \t]+\S)")


def read_plain(path: str, text: str) -> Report:
    """Return a report in plain text: its paragraphs are set apart by blank lines."""
    return Report(path, text, list(_blocks(text)))


def _blocks(text: str) -> Iterator[Block]:
    start = 0
    for end, following in [*((it.start(), it.end()) for it in _BLANK.finditer(text)), (len(text), len(text))]:
        begin = start
        for stop in [*(it.start() for it in _NEXT_ITEM.finditer(text, start, end)), end]:
            item = _ITEM.match(text, begin, stop)
            while begin < stop and text[begin] in "\r\n":
                begin += 1
                item = _ITEM.match(text, begin, stop)
            writer = Writer("item" if item else "paragraph")
            put_text(writer, text[item.end() if item else begin : stop], item.end() if item else begin)
            if writer.begun:
                yield writer.block()
            begin = stop
        start = following


def put_text(writer: Writer, text: str, start: int) -> None:
    """Write a stretch of text whose citations are keys in brackets; breaks of lines become blanks."""
    at = 0
    for found in citations(text):
        _put_lines(writer, text, at, found.start, start)
        if found.is_word:
            writer.stand_in(start + found.start, found.end - found.start)
        for key, version in found.names:
            writer.cite(key, version=version)
        at = found.end
    _put_lines(writer, text, at, len(text), start)


def _put_lines(writer: Writer, text: str, begin: int, end: int, start: int) -> None:
    for found in _BREAK.finditer(text, begin, end):
        writer.put(text[begin : found.start()], start + begin)
        writer.put(" ", start + found.start(), len(found[0]))
        begin = found.end()
    writer.put(text[begin:end], start + begin)
