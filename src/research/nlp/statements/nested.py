"""Statements within what somebody is told to have said.

    President Ada Okell told Jon Brandt that the deal was dead, an official said.

The encoder finds the official's statement alone. What Ada Okell told is a statement within it, of level 1.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from research.loading.documents import Span
from research.nlp.names.descriptions import roles
from research.nlp.names.located import Located
from research.nlp.records import Attribution, Mention
from research.nlp.statements.trimming import trimmed

_SAID = re.compile(
    r"\s(?P<cue>(?:has|have|had)?\s?(?:(?:told|assured|warned|informed|reminded|promised)\s(?P<whom>[^,.;:“”\"\n]{1,80}?)|"
    r"(?:said|says|warned|announced|insisted|claimed|argued|stressed|added|stated|maintained|complained)))"
    r"\s(?=that\s)"
)
_LONGEST_SOURCE = 80


def with_nested(text: str, found: Sequence[Attribution], mentions: Sequence[Mention]) -> list[Attribution]:
    """Return the attributions of a text with those that begin the content of an indirect one, in order."""
    located = Located(mentions)
    nested = [made for it in found if it.kind == "indirect" and (made := _nested(text, it, located)) is not None]
    known = {it.source for it in found}
    return sorted([*found, *(it for it in nested if it.source not in known)], key=lambda it: (it.content[0], it.level))


def _nested(text: str, it: Attribution, located: Located) -> Attribution | None:
    """Return the statement at the beginning of another's content; None if that does not begin so."""
    if it.source is None or len(it.content) > 1 or it.level:
        return None
    start, end = it.content[0]
    start += len("that ") if text.startswith("that ", start) else 0
    said = _SAID.search(text, start, min(end, start + 2 * _LONGEST_SOURCE))
    if said is None or said.start() - start > _LONGEST_SOURCE:
        return None
    names = [located.mentions[n] for n in located.within(start, said.start())]
    if not names or names[-1].end != said.start() or names[-1].type not in ("PERSON", "ORG", "GPE"):
        return None
    title = text[start : names[-1].start].split()
    if not all(word[:1].isupper() or word.lower() in roles().modifiers or word.lower() == "the" for word in title):
        return None
    content = trimmed(text, said.end(), end)
    if content is None:
        return None
    cue_end = said.start("whom") - 1 if said["whom"] else said.end("cue")
    cue = trimmed(text, said.start("cue"), cue_end)
    return Attribution(Span(start, said.start()), cue, (content,), "indirect", it.confidence, level=1)
