"""Attributions from the layout: the turns of a transcript, and signed quotations.

    JOURNALIST: When will the harbour open?

    MINISTER ORLOVA: In spring.

    “The sea belongs to all of us.” — Ana Weiss

Each turn is an attribution: its source is the label, its cue the colon, and its content the text up to the next label.
The cue of a signed quotation is its dash. PolNeAR's annotators marked both in this way. What the encoder finds within
one of them is a statement within a statement.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from research.loading.documents import Span
from research.nlp.records import Attribution
from research.nlp.statements.trimming import trimmed

CONFIDENCE = 0.95
"""The confidence of an attribution from the layout, set by hand: the speaker is certain, that it is one is convention.

In four of the six PolNeAR articles with such a layout the annotators marked every turn and signed quotation (51 in
all, each with the speaker that is found here); in two they marked none (43).
"""

_LABEL = re.compile(
    r"""^[ \t]{0,8}["“]?(?P<label>[A-Z][\w.'’&-]{0,25}(?:[ ][\w.'’&-]{1,25}){0,5})"""
    r"""(?:[ ]?[(\[][^()\[\]\n]{1,40}[)\]])?(?P<colon>:)(?=\s)""",
    re.MULTILINE,
)
_OTHER_LABEL = re.compile(
    r"""(?:\A|\n[ \t\r]{0,80}\n)[ \t]{0,8}["“]?(?P<label>[A-Z][\w.'’&-]{0,25}(?:[ ][\w.'’&-]{1,25}){0,5})"""
    r"""(?P<colon>:)(?=[ \t]+\S)"""
)
"""The beginning of a paragraph, which may be a label if the text is known to be a transcript."""
_FEWEST_TURNS = 3
_NO_SPEAKERS = frozenset(
    (
        *("breaking", "caption", "exclusive", "more", "note", "photo", "photos", "read", "read more", "related"),
        *("source", "sources", "update", "via", "video", "watch"),
    )
)
"""Words that news sites set in capitals before a colon."""
_SMALL_WORDS = frozenset(("and", "de", "for", "of", "the", "to", "van", "von"))
_ASIDE = re.compile(r"""\s*(?:["“”]?[(\[][^()\[\]]{1,80}[)\]]["“”]?|ends?)?\s*""", re.IGNORECASE)
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_OTHER_LINE_END = re.compile(r"\r(?!\n)|[\v\f\x1c-\x1e\x85\u2028\u2029]")
"""The line ends of Python's ``str.splitlines`` other than a line feed."""


def _in_lines(text: str) -> str:
    """Return the text with every line ended by a line feed; each character keeps its place."""
    return _OTHER_LINE_END.sub("\n", text)


class Turn(NamedTuple):
    """One turn of a transcript."""

    label: Span
    colon: Span
    content: Span


def turns(text: str) -> list[Turn]:
    """Return the turns of a transcript, in order; none for any other text.

    A transcript has at least two labels and at least three turns, and one label occurs more than once. A label is a
    name or an office at the beginning of a line; one that is not in capitals has to occur again.
    """
    text = _in_lines(text)
    found = [match for match in _LABEL.finditer(text) if _may_speak(match["label"])]
    times = Counter(match["label"] for match in found)
    sure = [match for match in found if times[match["label"]] > 1 or _in_capitals(match["label"])]
    if not _is_transcript(text, sure):
        return []
    # In a transcript, a name at the beginning of a paragraph is a label even if it occurs once: "Second reporter:".
    others = (match for match in _OTHER_LABEL.finditer(text) if match["label"].casefold() not in _NO_SPEAKERS)
    found = sorted(
        {match.start("label"): match for match in (*others, *sure)}.values(), key=lambda match: match.start()
    )
    # The last turn has one paragraph, and so has a headline on the first line ("Orlova: The harbour stays shut").
    short = {found[-1].start()} | {match.start() for match in found[:1] if not text[: match.start()].strip()}
    ends = [
        min(_end_of_paragraph(text, match.end()), after) if match.start() in short else after
        for match, after in zip(found, [*(match.start() for match in found[1:]), len(text)], strict=True)
    ]
    contents = (_content(text, match.end(), end) for match, end in zip(found, ends, strict=True))
    return [
        Turn(Span(*match.span("label")), Span(*match.span("colon")), content)
        for match, content in zip(found, contents, strict=True)
        if content is not None
    ]


def _is_transcript(text: str, found: Sequence[re.Match[str]]) -> bool:
    """Return whether labels take turns: some occur again, and words follow each."""
    ends = [match.start() for match in found[1:]] + [len(text)] * bool(found)
    spoken = [match["label"] for match, end in zip(found, ends, strict=True) if _content(text, match.end(), end)]
    return len(spoken) >= _FEWEST_TURNS and 2 <= len(set(spoken)) < len(spoken)


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


def signed_quotations(text: str) -> list[Attribution]:
    """Return lines that are a quotation and, after a dash, a name: “The sea is ours.” — Ana Weiss, teacher."""
    text = _in_lines(text)
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
    told = [_told(*turn) for turn in spoken] or signed_quotations(text)
    starts = [it.spans[0][0] for it in told]
    ends = [max(end for _, end in it.spans) for it in told]
    kept = []
    for attribution in found:
        start, end = attribution.spans[0][0], max(end for _, end in attribution.spans)
        number = bisect_right(starts, start) - 1
        content = told[number].content[0] if number >= 0 else Span(0, 0)
        if content[0] <= start and end <= content[1]:
            if attribution.source is not None:
                kept.append(replace(attribution, level=1))
        elif (number < 0 or ends[number] <= start) and (number + 1 == len(told) or end <= starts[number + 1]):
            kept.append(attribution)
        # An attribution across the bounds of a turn mixes two speakers up, and is dropped.
    return sorted([*kept, *told], key=lambda it: (it.content[0], it.level))


def _told(source: Span, cue: Span, content: Span) -> Attribution:
    return Attribution(source=source, cue=cue, content=(content,), kind="direct", confidence=CONFIDENCE)


def _may_speak(label: str) -> bool:
    words = label.split()
    return label.casefold() not in _NO_SPEAKERS and all(word[0].isupper() or word in _SMALL_WORDS for word in words)


def _in_capitals(label: str) -> bool:
    """Return whether a label is set in capitals, except for the small letters of a "Mc" or an "and"."""
    letters = [
        character for word in label.split() if word not in _SMALL_WORDS for character in word if character.isalpha()
    ]
    return sum(map(str.isupper, letters)) > 0.7 * len(letters)


def _end_of_paragraph(text: str, start: int) -> int:
    """Return where the paragraph ends: prose may follow the last turn."""
    blank = _BLANK_LINE.search(text, start)
    return blank.start() if blank else len(text)


def _content(text: str, start: int, end: int) -> Span | None:
    """Return the content of a turn, without asides such as "(Laughter)" at its end; None if it has no words."""
    bounds = [match.end() for match in _BLANK_LINE.finditer(text, start, end)]
    while bounds and _ASIDE.fullmatch(text, bounds[-1], end):
        end = bounds.pop()
    said = trimmed(text, start, end)
    # "Orlova: 41" is a line of a table.
    return said if said is not None and any(map(str.isalpha, text[slice(*said)])) else None
