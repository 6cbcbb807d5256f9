"""Whole sources: of one sentence, with no name cut in two, with its title, with a noun to its article."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from research.loading.documents import Span
from research.nlp.names.descriptions import descriptions
from research.nlp.records import Attribution, Mention
from research.nlp.statements.trimming import trimmed
from research.nlp.text.abbreviations import ends_in_full_stop
from research.nlp.text.segmentation import sentences

_DETERMINERS = frozenset(
    ("the", "a", "an", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my", "your")
)

_REACH_OF_DETERMINER = 60


class Names:
    """Mentions of persons and organisations by their place in the text."""

    def __init__(self, found: Sequence[Mention]) -> None:
        self.found = [mention for mention in found if mention.type in ("PERSON", "ORG")]
        self.starts = [mention.start for mention in self.found]

    def near(self, start: int, end: int) -> list[Mention]:
        """Return the mentions that start within a stretch of text, and the one before them."""
        return self.found[max(0, bisect_right(self.starts, start) - 1) : bisect_right(self.starts, end)]


def whole_source(text: str, found: Attribution, names: Names) -> Span | None:
    """Return the source of an attribution in whole: one sentence's, no name cut in two, with title and noun.

    "President of Kazakhstan" before "Kassym-Jomart Tokayev" is extended by the name, and the name by the title; "The"
    before "President reminded" by the words up to the cue.
    """
    if found.source is None:
        return None
    start, end = _of_one_sentence(text, found.source, found.cue)
    taken = [span for span in (found.cue, *found.content) if span is not None]
    if text[start:end].lower() in _DETERMINERS and found.cue and end < found.cue[0] < end + _REACH_OF_DETERMINER:
        longer = trimmed(text, start, found.cue[0])
        if longer and not any(s < longer[1] and e > start for s, e in taken):
            start, end = longer
    for name in names.near(start, end + 1):
        follows = name.type == "PERSON" and text[end : name.start] == " " and text[start:end].strip()
        overlaps = name.start < end and name.end > start
        if not (follows or overlaps):
            continue
        low, high = min(start, name.start), max(end, name.end)
        if low == name.start and name.type == "PERSON":
            low = _start_of_title(text, name)
        if not any(s < high and e > low for s, e in taken):
            start, end = low, high
    if found.cue is not None and end <= found.cue[0] and (manner := _MANNER.search(text, start, end)) is not None:
        end = manner.start()
    return Span(start, end)


_MANNER = re.compile(r"(?<=\w),\s+[a-z]{2,20}ly(?:\s+(?:and|or|but)\s+without\b[^,.;“”\"]{0,40})?,?\Z")
"""How somebody says it, behind who says it: "Ada Okell, falsely and without evidence, charges"."""


def _start_of_title(text: str, name: Mention) -> int:
    """Return where the title directly before a name begins ("Foreign Minister Ada Okell"), or else the name."""
    for described in descriptions(text, name.start, name.end):
        at = name.start - len(described.phrase) - 1
        if described.before and text[max(0, at) : name.start] == f"{described.phrase} ":
            return at
    return name.start


def _of_one_sentence(text: str, source: Span, cue: Span | None) -> Span:
    """Return the part of a source that is in the sentence of its cue."""
    parts = sentences(text, *source) if _PERHAPS_SENTENCES.search(text, *source) else []
    start, end = parts[0 if cue and cue < source else -1] if parts else source
    return Span(start, end - (bool(parts) and ends_in_full_stop(text, start, end)))


_PERHAPS_SENTENCES = re.compile(r"[.!?]\s")
