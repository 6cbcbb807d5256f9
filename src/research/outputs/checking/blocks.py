"""What a report consists of: blocks of prose, with the place of every character and with the citations in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

from research.loading import Span

Kind = Literal["paragraph", "heading", "item", "row", "caption", "footnote", "quotation"]

WORD = "\ue001"
"""A character of a stand-in for a citation that is a word of its sentence, or for a value that a macro prints."""
CELL = "\ue002"
"""The border between two cells of a row."""


class Cite(NamedTuple):
    """A citation: the key as written, its offset in the block, and what is special about it.

    ``since`` is where the stretch begins that the citation marks (an element of HTML), ``prints`` is True for a macro
    that prints the value itself, and ``version`` is that of the finding when it was cited, where the report has it.
    """

    at: int
    key: str
    since: int | None = None
    prints: bool = False
    version: str = ""


@dataclass(frozen=True)
class Block:
    """A paragraph, heading, list item, row of a table, caption, footnote or block quotation.

    ``text`` is prose without markup and without citations, on one line. ``quoted`` are the quotations that the markup
    itself marks. ``notes`` are the offsets and labels of references to footnotes; ``label`` is that of a footnote.
    """

    kind: Kind
    text: str
    pieces: Sequence[tuple[int, int, int]]
    citations: Sequence[Cite] = ()
    quoted: Sequence[Span] = ()
    notes: Sequence[tuple[int, str]] = ()
    label: str = ""

    @cached_property
    def _begins(self) -> list[int]:
        return [piece[0] for piece in self.pieces]

    def source_at(self, offset: int) -> int:
        """Return the offset in the source of a character of the text."""
        if not self.pieces:
            return 0
        begin, source, length = self.pieces[max(0, bisect_right(self._begins, offset) - 1)]
        return source + max(0, min(offset - begin, length))

    def source_span(self, start: int, end: int) -> Span:
        """Return the stretch of the source that a stretch of the text is made of, markup within it included.

        Where the source writes something else than the text, as in a macro, the whole of it belongs to the stretch.
        """
        first, last = (max(0, bisect_right(self._begins, at) - 1) for at in (start, end - 1))
        begin, source, length = self.pieces[first]
        low = source + (start - begin if self._is_verbatim(first) else 0)
        begin, source, length = self.pieces[last]
        return Span(low, source + (end - begin if self._is_verbatim(last) else length))

    def _is_verbatim(self, number: int) -> bool:
        begin, _, length = self.pieces[number]
        following = self._begins[number + 1] if number + 1 < len(self.pieces) else len(self.text)
        return 0 <= length - (following - begin) <= 1  # a blank at its end may be left out before a sign


@dataclass
class Report:
    """A report as it was read.

    ``source`` is its text, to which the blocks' offsets refer: the file itself, or the paragraphs of a Word document,
    one a line. ``place`` says where in the file a line is, if it is not a line of the file (a cell, a paragraph).
    ``remarks`` are sentences on how it was read. ``runs`` are run folders that the report itself names.
    """

    path: str
    source: str
    blocks: list[Block]
    remarks: list[str] = field(default_factory=list)
    runs: list[str] = field(default_factory=list)
    place: Callable[[int], str] = lambda _: ""
    """What a line is in, if it is no line of the file: a cell of a notebook, a paragraph of a Word document."""
    first_lines: Sequence[int] = ()
    """Where the cells of a notebook begin; a line counts from there."""

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(found.end() for found in _LINE_END.finditer(self.source))]

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """Return the line and the column of an offset in the source, both from 1."""
        line = bisect_right(self._lines, offset)
        column = offset - self._lines[line - 1] + 1
        first = self.first_lines[bisect_right(self.first_lines, line) - 1] if self.first_lines else 1
        return line - first + 1, column

    def place_of(self, offset: int) -> str:
        """Return what an offset is in; see ``place``."""
        return self.place(bisect_right(self._lines, offset))


_LINE_END = re.compile(r"\r\n|\n|\r")


class Malformed(Exception):
    """A report that cannot be read. The message is a sentence; ``line`` is where, if it is known."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line


class Writer:
    """Puts a block together, character by character of the source."""

    def __init__(self, kind: Kind, label: str = "") -> None:
        self.kind: Kind = kind
        self.label = label
        self.size = 0
        self._parts: list[str] = []
        self._pieces: list[tuple[int, int, int]] = []
        self._citations: list[Cite] = []
        self._quoted: list[Span] = []
        self._open: list[int] = []
        self._notes: list[tuple[int, str]] = []
        self._blank = True
        self._after_citation = False

    def put(self, text: str, at: int, length: int | None = None) -> None:
        """Add text that the source has at an offset, there as ``length`` characters (by default as many)."""
        if not text:
            return
        if self._blank and text[0] == " ":
            stripped = text.lstrip(" ")
            if length is None:
                at += len(text) - len(stripped)
            text = stripped
            if not text:
                return
        if self._after_citation and text[0] in ".,;:!?)]”’" and self._parts and self._parts[-1].endswith(" "):
            self._parts[-1] = self._parts[-1][:-1]
            self.size -= 1
        self._after_citation = False
        self._pieces.append((self.size, at, len(text) if length is None else length))
        self._parts.append(text)
        self.size += len(text)
        self._blank = text[-1] == " "

    def space(self, at: int) -> None:
        """Add a blank, unless one is there."""
        self.put(" ", at)

    def text_from(self, offset: int) -> str:
        """Return what was put in from an offset on."""
        kept, size = [], self.size
        for part in reversed(self._parts):
            if size <= offset:
                break
            size -= len(part)
            kept.append(part[max(0, offset - size) :])
        return "".join(reversed(kept))

    def cite(
        self, key: str, *, since: int | None = None, prints: bool = False, version: str = "", at: int | None = None
    ) -> None:
        """Add a citation here, or at an offset before."""
        last = self._parts[-1] if self._parts else ""
        if at is None:
            at = self.size - (len(last) - len(last.rstrip()))
        self._citations.append(Cite(max(at, 0), key, since, prints, version))
        self._after_citation = True

    def stand_in(self, at: int, length: int, letters: int = 6) -> None:
        """Add a word that stands for something printed here."""
        self.put(WORD * letters, at, length)

    def cell(self, at: int) -> None:
        """End a cell of a row."""
        if self.size:
            self.put(f" {CELL} " if not self._blank else f"{CELL} ", at, 1)

    def note(self, label: str) -> None:
        """Add a reference to a footnote."""
        self._notes.append((self.size, label))
        self._after_citation = True

    def begin_quotation(self) -> None:
        """Mark that a quotation begins here."""
        self._open.append(self.size)

    def end_quotation(self) -> None:
        """Mark that the last open quotation ends here."""
        if self._open:
            start = self._open.pop()
            if not self._open and self.size > start:
                self._quoted.append(Span(start, self.size))

    @property
    def begun(self) -> bool:
        """Whether there is anything in the block."""
        return bool(self._parts or self._citations or self._notes)

    def block(self) -> Block:
        """Return the block."""
        while self._open:
            self.end_quotation()
        text = "".join(self._parts)
        return Block(self.kind, text, self._pieces, self._citations, self._quoted, self._notes, self.label)
