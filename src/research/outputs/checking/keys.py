"""Citations in running text: keys in brackets, keys as words, and the citations that ``research cite`` prints."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

KEY = r"otr\.[A-Za-z0-9_+.#/-]{0,400}[A-Za-z0-9]"
"""The pattern of a citation key, also of one that is misspelt."""
_KEY = re.compile(KEY)
_NAMED = re.compile(
    r"\b(?:[Ff]inding|[Rr]ow|[Ff]igure|[Tt]able) (?P<key>[A-Za-z0-9_.#-]{1,300}), version (?P<version>[0-9a-f]{16})\b"
)
_BRACKETED = re.compile(rf"\[[^\[\]]{{0,60}}?@?{KEY}[^\[\]]{{0,2000}}\]")
_PAREN = re.compile(rf"\(\s*(?:see\s+)?@?{KEY}(?:\s*[;,]\s*@?{KEY}){{0,40}}\s*\)")
_AS_WORD = re.compile(rf"(?<![\w./@-])-?@({KEY})(?:\s\[[^\[\]]{{0,80}}\])?")


class Named(NamedTuple):
    """A key, and the version with it where the text has one."""

    key: str
    version: str = ""


class Found(NamedTuple):
    """A citation in a text: its span, what it names, and whether it is a word of its sentence."""

    start: int
    end: int
    names: list[Named]
    is_word: bool = False


def named_in(text: str) -> list[Named]:
    """Return everything that a field, a bracket or an entry of a bibliography names, each once.

    >>> named_in("[@otr.seeds.corpus.words; @otr.seeds.corpus.kind.news, p. 3]")[1].key
    'otr.seeds.corpus.kind.news'
    """
    versions = {found["key"]: found["version"] for found in _NAMED.finditer(text)}
    keys = list(dict.fromkeys(found[0] for found in _KEY.finditer(text)))
    if keys:
        return [Named(key, next(iter(versions.values())) if len(keys) == len(versions) == 1 else "") for key in keys]
    return [Named(key, version) for key, version in versions.items()]


def citations(text: str) -> Iterator[Found]:
    """Yield the citations of a text in order.

    They are ``[@otr…]``, ``[otr…; otr…]``, ``(otr…)``, ``@otr…``, and sources as the style "sentence" writes them.
    """
    found = [Found(*it.span(), named_in(it[0])) for it in _BRACKETED.finditer(text)] if "otr." in text else []
    if "otr." in text:
        found += [Found(*it.span(), named_in(it[0])) for it in _PAREN.finditer(text)]
        found += [Found(*it.span(), [Named(it[1])], is_word=True) for it in _AS_WORD.finditer(text)]
    if ", version " in text:
        found += [
            Found(*_brackets_around(text, it.start(), it.end()), [Named(it["key"], it["version"])])
            for it in _NAMED.finditer(text)
        ]
    end = 0
    for it in sorted(found, key=lambda it: (it.start, -it.end)):
        if it.start >= end:
            yield it
            end = it.end


_FAR = 600


def _brackets_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span of the round or square brackets around a stretch, or the stretch itself."""
    for opening, closing in ("()", "[]"):
        before = text.rfind(opening, max(0, start - _FAR), start)
        after = text.find(closing, end, end + _FAR)
        if before >= 0 and after >= 0 and text.count(closing, before, start) == text.count(opening, before + 1, start):
            return before, after + 1
    return start, end
