"""First names that the encoder left out of a person's mention."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from research.nlp.names.descriptions import words_of
from research.nlp.names.forms import gender_of_first_name
from research.nlp.records import Mention
from research.nlp.text.function_words import FUNCTION_WORDS


def with_first_names(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions, with the first name before each last name that the encoder saw alone.

    Only listed first names count, and none that is also a title or another English word.
    """
    taken = frozenset(it.end for it in mentions)
    return [_with_first_name(text, it, taken) if it.type == "PERSON" else it for it in mentions]


def _with_first_name(text: str, mention: Mention, taken: Collection[int]) -> Mention:
    before = _FIRST_NAME.search(text, max(0, mention.start - _LONGEST_FIRST_NAME), mention.start)
    if before is None or before.end(1) in taken or " " in text[mention.start : mention.end]:
        return mention
    low = before[1].lower()
    if gender_of_first_name(low) is None or low in FUNCTION_WORDS | words_of("dates") | words_of("openers"):
        return mention
    return replace(mention, start=before.start(1))


_FIRST_NAME = re.compile(r"(?<![\w'’.-])([^\W\d_a-z][\w-]*) \Z")

_LONGEST_FIRST_NAME = 24
