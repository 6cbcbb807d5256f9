"""What a transcript holds that nobody says: applause, interjections, procedure, headings, the end of the record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from research.loading.documents import Span
from research.nlp.statements.label_words import words_of
from research.nlp.statements.marks import Line
from research.nlp.text.function_words import FUNCTION_WORDS

_BRACKETED = re.compile(r"\(([^()\[\]]{1,120})\)|\[([^()\[\]]{1,120})\]")
_MOST_ASIDE_WORDS = 10
_WHOLE_LINE = re.compile(r"[ \t\xa0\"“”*_]{0,12}(?:\([^()]{1,140}\)|\[[^\[\]]{1,140}\])[ \t\xa0\"“”*_.]{0,12}")
_INTERJECTING = re.compile(r"[^\n]{2,80}?[ \xa0]?\binterject(?:ing|ed)\b[ .—–:-]{0,6}")
_TIME_OR_RULE = re.compile(
    r"[\W_]{1,80}|\W{0,4}\d{1,2}[:.]\d{2}\W{0,2}(?:[ap]\.?m\.?)?[ ]?(?:[A-Z]{2,5})?\W{0,4}|\W{0,6}\d{1,4}\W{0,4}",
    re.IGNORECASE,
)
_END = re.compile(
    r"[\W_]{0,12}(?:END(?:S|ED)?|[Ee]nds|(?:END|[Ee]nd) (?:OF|[Oo]f)(?: (?:THE|[Tt]he))? (?:\w+ )?"
    r"(?i:transcript|briefing|interview|audio|video|excerpt|text|record)|-30-|- 30 -|###)"
    r"(?:[\W_]{0,8}|[ \t\xa0]{1,8}(?:AT )?\d{1,2}[:.]\d{2}[^\n]{0,24})"
)
_ADJOURNED = re.compile(
    r"[ \t*_(\[]{0,12}(?:The )?(?i:house|senate|sitting|chamber|assembly|parliament|committee|council|meeting|session|"
    r"hearing|court|plenary|proceedings)(?: (?:was|were|is|stands?|stood|then|accordingly)){0,2} "
    r"(?:adjourned|suspended|rose|recessed|(?:concluded|ended|closed)(?= at \d))"
    r"(?:,? (?:at|from|until|till|to(?= [A-Z\d])|for|on|under|sine|pursuant|accordingly) [^\n?!]{1,80})?"
    r"[ \t*_.)\]—–-]{0,8}"
)
_PROCEDURE = re.compile(
    r"[ \t]{0,12}(?:The (?:\w+ ){0,3}(?:[Cc]lerk|question|amendments?|motions?|bills?|joint resolution|"
    r"concurrent resolution|conference report|resolution|vote|yeas and nays|previous question|result|material|text|"
    r"nomination|preamble|SPEAKER|Speaker|House|Senate|[Cc]ommittee|point of order|order of the day|Journal|doors|"
    r"presiding officer)\b[^\n]{0,80}\b(?:proceeded|reads?|reported|agreed|taken|announced|ordered|laid|passed|"
    r"rejected|put|follows|engrossed|withdrawn|resumed|designated|called|adjourned|divided|met|recessed|confirmed|considered|"
    r"printed|negatived|suspended)\b|There (?:being|was) no objection|Thereupon|Whereupon|Accordingly, |"
    r"A motion to reconsider|Amendment offered by|(?:Motion|Amendment|Bill|Question)s? (?:agreed|negatived|withdrawn|"
    r"carried|put|read)|A recorded vote was|(?:Mr|Mrs|Ms|Miss|Dr)\. [A-Z][\w'’-]{1,24} "
    r"(?:asked and was given|changed (?:his|her|their) vote)|\[Roll(?:call)? )"
)


@cache
def _asides() -> frozenset[str]:
    return words_of("asides")


def ends_record(text: str, line: Line) -> bool:
    """Whether a line says that the record ends, or pauses: ``END 1:20 P.M. EDT``, ``[ENDS]``, ``###``.

    "The House adjourned at 2:40 p.m." is such a line where a new paragraph, or a new sentence, begins with it.
    """
    if _END.fullmatch(text, line.start, line.end) is not None:
        return True
    begins = line.first or text[max(0, line.start - 9) : line.start].rstrip()[-1:] in ".?!)]—–-"
    return begins and _ADJOURNED.fullmatch(text, line.start, line.end) is not None


def is_unsaid(text: str, line: Line) -> bool:
    """Whether nobody says a line: a remark in brackets, an interjection that is noted, a time, a rule, a page."""
    if line.end - line.start > 420:
        return False
    return any(
        pattern.fullmatch(text, line.start, line.end) is not None
        for pattern in (_WHOLE_LINE, _INTERJECTING, _TIME_OR_RULE)
    )


def is_procedure(text: str, line: Line) -> bool:
    """Whether a line begins what a clerk records: "The Clerk proceeded to read the amendment"."""
    return _PROCEDURE.match(text, line.start, line.end) is not None


def in_brackets(text: str, start: int, end: int) -> Iterator[Span]:
    """The remarks in brackets within words: "(Applause.)", "[inaudible 00:00:25]"."""
    for found in _BRACKETED.finditer(text, start, end):
        words = (found[1] or found[2]).split()
        if len(words) <= _MOST_ASIDE_WORDS and any(word.strip(".,;:!?-–—").casefold() in _asides() for word in words):
            yield Span(*found.span())


def is_heading(text: str, line: Line) -> bool:
    """Whether a line that precedes a label is a heading: a few words with capitals and no sign that ends a sentence."""
    written = text[line.start : line.end].strip(" \t\xa0*_#")
    words = written.split()
    if not 1 < len(words) <= 9 or written[-1:] in ".?!…,;:—–-\"”'’)":
        return False
    content = [word for word in words if word.lower() not in FUNCTION_WORDS]
    return (
        len(content) > 1
        and all(word[0].isupper() or word[0].isdigit() for word in content)
        and not words[0].startswith(("I", "“", '"'))
    )
