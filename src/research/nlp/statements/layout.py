"""Attributions from the layout: the turns of a transcript, and signed quotations.

    JOURNALIST: When will the harbour open?

    MINISTER ORLOVA: In spring.

    “The sea belongs to all of us.” — Ana Weiss

A turn (``turns``) is an attribution of the kind ``turn``: its source is the label, its cue the colon, and its content
what is said up to the next label. The cue of a signed quotation is its dash. PolNeAR's annotators marked both in this
way. What the encoder finds within one of them is a statement within a statement.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from research.loading.documents import Span
from research.nlp.records import Attribution
from research.nlp.statements.marks import in_lines
from research.nlp.statements.said import Turn
from research.nlp.statements.trimming import trimmed

CONFIDENCE = 0.86
"""The confidence of a signed or announced quotation, as counted by one reader: (5 + 1) / (5 + 2).

All that are found in 400 transcripts of Australian prime ministers, 272 speeches in the UN General Debate and 924
articles of PolNeAR were read: 28, all with the right words and the right speaker. 24 of them are in one article, so the
five documents are counted, not the quotations; five right of five give no more by Laplace's rule of succession.
"""
CONFIDENCE_OF_TURNS = {"office": 0.99, "person": 0.98}
CONFIDENCE_OF_ROLES = 0.98
"""The share of words in turns that have the right speaker, by what the label gives: measured by
``benchmarks/turns.py`` on 400 documents of the Australian prime ministers, 1945 to 2018."""

_SIGNED = re.compile(
    r"""^[ \t]{0,8}["“”„«](?P<content>\S[^\r\n]*)["”“»][ \t\xa0]{0,3}(?P<dash>[—―–]|--?)[ \t\xa0]{0,3}"""
    r"""(?P<name>[A-Z][^\r\n:;!?“”"«»]{1,80}?)[ \t\xa0.]{0,4}\r?$""",
    re.MULTILINE,
)
_WITHIN_PROSE = re.compile(
    r"""[,.!?…]["”»]\s(?:[^"“”„«»\r\n]{0,100}\s)?(?:said|says|told|asked|added|wrote)\b[^"“”„«»\r\n]{0,100}["“„«](?=\w)"""
)
"""The end of one quotation, its speaker, and the beginning of another: “Yes,” said A. “No,” said B."""
_LONGEST_NAME = 6
_ENDS = ".!?…,"
_SMALL_WORDS = frozenset(("and", "de", "for", "of", "the", "to", "van", "von"))


def signed_quotations(text: str) -> list[Attribution]:
    """Return lines that are a quotation and, after a dash, a name: “The sea is ours.” — Ana Weiss, teacher."""
    text = in_lines(text)
    found = []
    for line in _SIGNED.finditer(text):
        content = trimmed(text, *line.span("content"))
        name = line["name"].partition(",")[0].split()
        is_name = len(name) <= _LONGEST_NAME and all(word[0].isupper() or word in _SMALL_WORDS for word in name)
        prose = _WITHIN_PROSE.search(line["content"])
        if is_name and content is not None and prose is None and line["content"].rstrip()[-1] in _ENDS:
            found.append(_told(Span(*line.span("name")), Span(*line.span("dash")), content))
    return found


def with_layout(text: str, found: Sequence[Attribution], spoken: Sequence[Turn]) -> list[Attribution]:
    """Return the attributions of a text with those of its layout; a statement within one of those has level 1.

    ``spoken`` are the turns of the text.
    """
    told = [_of_turn(turn) for turn in spoken] or signed_quotations(text)
    starts = [it.spans[0][0] for it in told]
    ends = [max(end for _, end in it.spans) for it in told]
    kept = []
    for attribution in found:
        start, end = attribution.spans[0][0], max(end for _, end in attribution.spans)
        number = bisect_right(starts, start) - 1
        content = (told[number].content[0][0], told[number].content[-1][1]) if number >= 0 else (0, 0)
        if content[0] <= start and end <= content[1]:
            if attribution.source is not None:
                kept.append(replace(attribution, level=1))
        elif (number < 0 or ends[number] <= start) and (number + 1 == len(told) or end <= starts[number + 1]):
            kept.append(attribution)
        # An attribution across the bounds of a turn mixes two speakers up, and is dropped.
    return sorted([*kept, *told], key=lambda it: (it.content[0], it.level))


def _of_turn(turn: Turn) -> Attribution:
    confidence = CONFIDENCE_OF_TURNS.get(turn.role, CONFIDENCE_OF_ROLES)
    return Attribution(source=turn.label, cue=turn.sign, content=turn.words, kind="turn", confidence=confidence)


def _told(source: Span, cue: Span, content: Span) -> Attribution:
    return Attribution(source=source, cue=cue, content=(content,), kind="direct", confidence=CONFIDENCE)
