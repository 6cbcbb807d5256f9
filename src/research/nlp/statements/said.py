"""A turn, and what is said in one: the stretch between two labels without what nobody says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from research.loading.documents import Span
from research.nlp.statements import asides
from research.nlp.statements.marks import Line, lines


class Turn(NamedTuple):
    """One turn: spans of characters of the document's text, and who speaks."""

    label: Span
    sign: Span | None
    """The colon or full stop behind the label; None where there is none ("Q   Thank you")."""
    words: tuple[Span, ...]
    """What is said, in one or several parts, without applause and the like."""
    role: str
    """``person``, ``office``, ``journalist``, ``caller``, ``chair``, ``group``, ``answer`` or ``unnamed``."""
    speaker: str | None
    """The full name, as far as the document tells it; None for whoever has none."""
    office: str | None
    """The office that the label or its brackets give."""

    def moved(self, by: int) -> Turn:
        """Return the same turn, so many characters further on."""
        return self._replace(
            label=_moved(self.label, by),
            sign=None if self.sign is None else _moved(self.sign, by),
            words=tuple(_moved(part, by) for part in self.words),
        )


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")


def words_said(text: str, stretch: Span, *, stopped: bool, last: bool) -> tuple[Span, ...]:
    """Return what is said in a stretch, in one or several parts; none where there are no words.

    ``stopped`` says that labels end in full stops, where a clerk's procedure is between the paragraphs; no heading
    follows the ``last`` turn.
    """
    start, end = stretch
    out: list[Span] = []
    every = list(lines(text, start, end))
    for number, line in enumerate(every):
        if asides.is_unsaid(text, line):
            out.append(Span(line.start, line.end))
        elif stopped and number and _is_procedure(text, line, start):
            out.append(Span(line.start, end_of_paragraph(text, line.end, end)))
    for line in reversed(every[1:] if every and every[0].start == start else every):
        if last or not line.first or not asides.is_heading(text, line):
            break
        out.append(Span(line.start, line.end))
    out += asides.in_brackets(text, start, end)
    return _without(text, stretch, sorted(out))


def _is_procedure(text: str, line: Line, start: int) -> bool:
    """Whether a line begins a clerk's procedure: by its words, or as labels are not indented and it is."""
    if asides.is_procedure(text, line):
        return True
    label = text.rfind("\n", 0, start) + 1
    indented = text[line.start : line.start + 2].isspace()
    return line.first and indented and not text[label : label + 1].isspace()


def end_of_paragraph(text: str, start: int, end: int) -> int:
    """Return where the paragraph of a place ends."""
    blank = _BLANK_LINE.search(text, start, end)
    return blank.start() if blank else end


def _without(text: str, stretch: Span, out: Sequence[Span]) -> tuple[Span, ...]:
    """What is left of a stretch without some others, in order; parts without a letter are left out."""
    kept: list[Span] = []
    at = stretch.start
    for left, right in (*out, Span(stretch.end, stretch.end)):
        if left > at:
            part = _trimmed(text, at, left)
            if part is not None and any(map(str.isalpha, text[slice(*part)])):
                kept.append(part)
        at = max(at, right)
    return tuple(kept)


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None
