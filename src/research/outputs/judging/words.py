"""Find words that a person copied or typed, in the text that they are from.

Spreadsheets change what is typed: straight quotation marks become curly ones, two hyphens a dash, three dots one sign,
the first letter a capital. None of this makes other words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from research.analysis.judging.items import Found, Item
from research.loading import Span
from research.nlp.judged.mending import OMITTED

PARTS = f" {OMITTED} "
"""Joins the parts of words that are not next to one another."""
_BETWEEN = re.compile(r"\s{0,9}\[(?:…|\.\.\.|\?)\]\s{0,9}")
_SIGNS = {
    **dict.fromkeys("'’‘‚‛`´′\"“”„‟«»‹›″", "'"),  # two single marks are one double mark
    **dict.fromkeys("-–—‐‑‒−", "-"),
    "…": "...",
    "\u00ad": "",
}


class Stretch(NamedTuple):
    """A stretch of a document: where it begins, and its text."""

    start: int
    text: str

    def of(self, span: tuple[int, int] | None) -> str:
        """Return the words of a span of the document; nothing for a span that the stretch does not have."""
        if span is None or span[0] < self.start or span[1] > self.start + len(self.text):
            return ""
        return self.text[span[0] - self.start : span[1] - self.start]


def around(item: Item, found: Found | None = None) -> Stretch:
    """Return what a person sees of a document: a sentence with its context, and the words of what was found in it."""
    start, text = item.span.start - len(item.before), f"{item.before}{item.text}{item.after}"
    if found is None:
        return Stretch(start, text)
    if found.span.start < start:
        start, text = found.span.start, found.exact[: start - found.span.start] + text
    if (over := found.span.end - start - len(text)) > 0:
        text += found.exact[-over:]
    return Stretch(start, text)


def places_of(words: str, text: str, near: int) -> list[Span] | None:
    """Return where words are in a text, part after part; None where one of them is not.

    Of several places the first that begins at ``near`` or after it counts, and else the last before it.

    >>> places_of('"The  harbour" -- […] Spring', "He said: “The harbour” – in spring.", 0)
    [Span(start=9, end=24), Span(start=28, end=34)]
    """
    found: list[Span] = []
    alike, at = _alike(text)
    for part in _BETWEEN.split(words.strip()):
        wanted = _alike(part.strip())[0].strip()
        if len(wanted) > 2 and wanted[0] == wanted[-1] == "'":
            wanted = wanted[1:-1].strip()  # the marks around a quotation are not part of its words
        if not any(map(str.isalnum, wanted)):
            continue
        starts = list(_starts(wanted, alike))
        after = [start for start in starts if at[start] >= near]
        if not starts or (found and not after):
            return None
        start = after[0] if after else starts[-1]
        found.append(Span(at[start], at[start + len(wanted) - 1] + 1))
        near = found[-1].end
    return found or None


def _starts(wanted: str, text: str) -> Iterator[int]:
    """Yield where whole words are."""
    start = text.find(wanted)
    while start >= 0:
        end = start + len(wanted)
        before, after = text[start - 1 : start] if start else "", text[end : end + 1]
        if not (before and (before + wanted[0]).isalnum()) and not (after and (wanted[-1] + after).isalnum()):
            yield start
        start = text.find(wanted, start + 1)


def _alike(text: str) -> tuple[str, list[int]]:
    """Return a text in which words are the same however they are typed, and where each of its characters is from."""
    said: list[str] = []
    at: list[int] = []
    for number, character in enumerate(text):
        plain = _SIGNS.get(character)
        if plain is None:
            plain = " " if character.isspace() else unicodedata.normalize("NFKC", character).casefold()
        if plain and said and plain == said[-1] and plain in " '-":
            continue  # blanks, marks and hyphens in a row are one
        said += plain
        at += [number] * len(plain)
    return "".join(said), at
