"""A text as paragraphs of HTML, with the passages of all findings marked.

Passages may overlap, but HTML elements only nest. Where a passage ends inside a later one, the later one is closed and
opened again: its mark has several pieces, and the first has its id.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from markupsafe import Markup

from research.loading import Span
from research.outputs.pages.html import escaped

LONGEST_PIECE = 4_000
"""Characters that are escaped at once."""
_FULL = 60_000
"""Bytes after which a paragraph is continued in another one, so that no piece is larger than a page."""

_BLANK_LINES = re.compile(r"(?>\r\n?|\n)(?:[ \t]*+(?>\r\n?|\n))+")
_LINE_END = re.compile(r"\r\n?")


class Mark(NamedTuple):
    """A passage in a text, with the numbers of the findings that count it or have it in their base."""

    start: int
    end: int
    counted: tuple[int, ...] = ()
    base: tuple[int, ...] = ()


class Paragraph(NamedTuple):
    """A paragraph: its HTML, whether it is prose, the marks that begin in it, and whether it has any mark."""

    html: Markup
    prose: bool
    begins: list[Mark]
    marked: bool


Name = Callable[[Mark], str]
"""Returns the id of a mark."""
Link = Callable[[int], str]
"""Returns the address of a finding by its number."""


def paragraphs(text: str, body: Span, marks: Iterable[Mark], name: Name, link: Link) -> Iterator[Paragraph]:
    """The paragraphs of a text, in order, in time linear in the text and its marks."""
    waiting = deque(sorted(marks, key=lambda it: (it.start, -it.end)))
    pen = _Pen(name, link)
    for start, shown, end in _stretches(text, body):
        pen.begin(prose=body.start <= start < body.end)
        at = start
        while True:
            pen.end_marks(at)
            if at == end:
                break
            while waiting and waiting[0].start <= at:
                pen.open_mark(waiting.popleft())
            next_start = waiting[0].start if waiting else end
            stop = min(end, at + LONGEST_PIECE, next_start, pen.next_end(end))
            pen.write(text[at : min(stop, shown)])
            at = max(stop, at)
            if pen.size > _FULL and at < end:
                yield pen.paragraph()
                pen.begin(prose=body.start <= at < body.end)
        yield pen.paragraph()


def _stretches(text: str, body: Span) -> Iterator[tuple[int, int, int]]:
    """The start of each paragraph, the end of its visible text, and the start of the next one."""
    edges = {0: 0, body.start: body.start, body.end: body.end, len(text): len(text)}
    edges |= {found.end(): found.start() for found in _BLANK_LINES.finditer(text)}
    ordered = sorted(edges)
    for start, end in pairwise(ordered):
        yield start, max(start, edges[end]), end


class _Pen:
    """Writes one paragraph at a time and tracks the open marks."""

    def __init__(self, name: Name, link: Link) -> None:
        self._name, self._link = name, link
        self._open: list[Mark] = []
        self.begin(prose=True)

    def begin(self, *, prose: bool) -> None:
        self._pieces: list[str] = []
        self._prose = prose
        self._begins: list[Mark] = []
        self._marked = bool(self._open)
        self.size = 0
        for mark in self._open:
            self._put(_start_tag(mark))

    def write(self, text: str) -> None:
        self._put(escaped(_LINE_END.sub("\n", text)))

    def open_mark(self, mark: Mark) -> None:
        self._open.append(mark)
        self._begins.append(mark)
        self._marked = True
        self._put(_start_tag(mark, self._name(mark)))

    def next_end(self, otherwise: int) -> int:
        return min((mark.end for mark in self._open), default=otherwise)

    def end_marks(self, at: int) -> None:
        """Close the marks that end here, each followed by the numbers of its findings."""
        while any(mark.end <= at for mark in self._open):
            inner = []
            while self._open[-1].end > at:
                inner.append(self._open.pop())
                self._put("</mark>")
            self._put(f"</mark>{self._numbers(self._open.pop())}")
            for mark in reversed(inner):
                self._open.append(mark)
                self._put(_start_tag(mark))

    def paragraph(self) -> Paragraph:
        html = "".join([*self._pieces, "</mark>" * len(self._open)])
        return Paragraph(Markup(html), self._prose, self._begins, self._marked)  # noqa: S704 - only `write` has text

    def _put(self, html: str) -> None:
        self._pieces.append(str(html))
        self.size += len(html)

    def _numbers(self, mark: Mark) -> str:
        where = "" if mark.counted else ", in its base"
        links = (
            f'<a href="{escaped(self._link(number))}" aria-label="Back to finding {number}{where}">{number}</a>'
            for number in mark.counted or mark.base
        )
        return f"<sup>\u2060{' '.join(links)}</sup>"  # the word joiner keeps a number on the line of its passage


def _start_tag(mark: Mark, name: str = "") -> str:
    kind = "" if mark.counted else ' class="base"'
    return f'<mark{kind} id="{name}" tabindex="-1">' if name else f"<mark{kind}>"
