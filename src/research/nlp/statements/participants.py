"""Lists of who takes part, above a transcript: they say nothing, and tell who is who.

PARTICIPANTS:
Senator Rita Dole (D-Maravel)
Mayor Olga Brandt (R)

MODERATOR:
Jon Malm (The Post)
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from research.nlp.statements.full_names import recased
from research.nlp.statements.label_words import folded, is_courtesy, is_name_word, is_office_word, words_of
from research.nlp.statements.marks import Mark, lines
from research.nlp.text.function_words import FUNCTION_WORDS


class Listed(NamedTuple):
    """Somebody on a list, and the stretch of text that the whole list takes."""

    start: int
    end: int
    name: str
    office: str
    role: str


_END_OF_ENTRY = re.compile(r"(?:[;,.]|;? and)?\s*\Z")
_BEHIND_NAME = re.compile(r"\s*(?:[(\[,–—]|\s-\s)")
_LONGEST_ENTRY = 120
_MOST_WORDS = 9


def participants(text: str, marks: Sequence[Mark], end: int) -> list[Listed]:
    """Those whom lists of who takes part name, in order."""
    found: list[Listed] = []
    for mark in marks:
        words = [folded(word) for word in text[slice(*mark.label)].split()]
        plain = [word for word in words if word not in FUNCTION_WORDS]
        if (
            mark.form not in ("colon", "line")
            or not plain
            or plain[-1] not in words_of("participants")
            or len(words) > 4
        ):
            continue
        if found and mark.line.start < found[-1].end:
            continue
        entries, stop = _entries(text, mark, end)
        role = plain[-1].removesuffix("s")
        found += [Listed(mark.line.start, stop, name, office, role) for name, office in entries]
    return found


def _entries(text: str, mark: Mark, end: int) -> tuple[list[tuple[str, str]], int]:
    """The names on a list, with offices, and where it ends; none where its first line is no name."""
    entries: list[tuple[str, str]] = []
    stop = mark.line.end
    if mark.form == "colon" and text[mark.words : mark.line.end].strip():
        inline = text[mark.words : mark.line.end]
        parts = [part for part in re.split(r";|,(?=\s*(?:[A-Z][\w.'’-]*\s){1,4}[A-Z])|\band\b", inline) if part.strip()]
        read = [_entry(part) for part in parts]
        if not read or any(it is None for it in read):
            return [], stop
        entries += [it for it in read if it is not None]
    for line in lines(text, mark.line.end, min(end, mark.line.end + 20_000)):
        entry = _entry(text[line.start : line.end]) if line.end - line.start <= _LONGEST_ENTRY else None
        if entry is None or (line.first and entries):
            break
        entries.append(entry)
        stop = line.end
    return entries, stop


def _entry(line: str) -> tuple[str, str] | None:
    """The name and the title in a line of a list: "Senator Rita Dole (D-Maravel);"; None for other lines."""
    line = _END_OF_ENTRY.sub("", line.strip(" \t\xa0*_-•"))
    if not line or line[-1] in ".?!:":
        return None
    behind = _BEHIND_NAME.search(line)
    words = (line[: behind.start()] if behind else line).split()
    if not 1 < len(words) <= _MOST_WORDS:
        return None
    at = max(
        (n + 1 for n, word in enumerate(words) if is_courtesy(word) or is_office_word(word) or word.islower()),
        default=0,
    )
    name = words[at:]
    if (
        not 1 < len(name) <= 4
        or not all(map(is_name_word, name))
        or any(folded(word) in FUNCTION_WORDS for word in name[1:])
    ):
        return None
    return recased(name), " ".join(word for word in words[:at] if not is_courtesy(word))
