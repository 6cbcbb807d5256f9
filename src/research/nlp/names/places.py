"""Places: in which sentence and paragraph a character is, and whether it is quoted or within a statement."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from research.loading.documents import Span
from research.nlp.records import Attribution
from research.nlp.statements.quotations import paragraphs, quotations, single_quotations


class Places:
    """The sentences, paragraphs, quotations and statements of one text, found by a character."""

    def __init__(self, text: str, sentences: Sequence[Span], attributions: Sequence[Attribution]) -> None:
        self._sentences = [start for start, _ in sentences]
        self._paragraphs = [start for start, _ in paragraphs(text)]
        quoted = [*quotations(text), *single_quotations(text)]
        marked = sorted([*(Span(quotation.start, quotation.end) for quotation in quoted), *_between_apostrophes(text)])
        self._quotations = _Stretches(marked)
        self._statements = _Stretches(sorted(part for it in attributions for part in it.content))

    def sentence(self, at: int) -> int:
        """Return the number of the sentence of a character."""
        return bisect_right(self._sentences, at) - 1

    def paragraph(self, at: int) -> int:
        """Return the number of the paragraph of a character."""
        return bisect_right(self._paragraphs, at) - 1

    def quoted(self, at: int) -> bool:
        """Return whether a character is within quotation marks."""
        return at in self._quotations

    def told(self, at: int) -> bool:
        """Return whether a character is within the content of a statement."""
        return at in self._statements


class _Stretches:
    """Stretches of text, overlapping ones joined."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in spans:
            if self._ends and start < self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def __contains__(self, at: int) -> bool:
        number = bisect_right(self._starts, at) - 1
        return number >= 0 and at < self._ends[number]


def _between_apostrophes(text: str) -> Iterator[Span]:
    """Yield quotations between pairs of apostrophes (''so''), as some archives write them, paragraph by paragraph."""
    if "''" not in text:
        return
    for start, end in paragraphs(text):
        marks = [match.start() for match in re.finditer("''", text[start:end])]
        for opening, closing in zip(marks[::2], marks[1::2], strict=False):
            yield Span(start + opening, start + closing + 2)
