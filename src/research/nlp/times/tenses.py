"""Whether a day or a month that is named without its year or week is past or still to come, as its sentence tells."""

from __future__ import annotations

import re

PAST, FUTURE = "past", "future"

_PARTICIPLE = r"(?:[a-z]{3,}ed|[a-z]+en|held|made|met|sent|paid|built|brought|put|set|done|sworn|read|heard|kept|left)"
_FUTURE = (
    r"(?<!appears )(?<!seems )(?<!appear )(?<!seem )\b(?:will|shall|would|to|may|must|should|can)\s+"
    rf"(?:[a-z]+ly\s+|not\s+|also\s+)?(?:be|get)\s+(?:[a-z]+ly\s+)?{_PARTICIPLE}\b|"
    r"\b(?:will|shall|going\s+to|ha(?:ve|s)\s+to|needs?\s+to|(?:should|might|may|could)\s+(?!not\b|be\b|have\s+(?:been\b|[a-z]+(?:ed|en|ne)\b))[a-z]+|"
    r"next(?!\s+[a-z]+,?\s+on\b)|upcoming|coming|forthcoming|scheduled|slated|due|(?:is|are)\s+planned|"
    r"(?<!was )(?<!were )plan(?:s|ned|ning)?\s+(?:to|for|on)|"
    r"tomorrow|[Ll]et\s+us|set\s+(?:to|for)|expected(?:\s+to)?|hop(?:es?|ing)\s+to|poised\s+to|must|"
    r"be\s+able\s+to|prospects?\s+of|likely\s+to|holds|meets|opens|convenes|begins|kicks?\s+off|resumes|"
    r"(?:[Oo]nce|[Ww]hen|[Uu]ntil|before)\s+(?:\w+\s+){1,4}?(?:goes|takes|comes|enters|starts|ends))\b|"
    r"[’']ll\b|\b[Ll]et[’']s\b"
)
_PAST = (
    r"\b(?:(?:was|were)(?:\s+to\b)?|ha(?:s|ve)\s+been\s+[a-z]+ing|had|did|said|told|met|took|came|began|won|lost|held|made|went|gave|got|saw|left|became|died|spoke|wrote|"
    r"ran|fell|rose|paid|brought|chose|flew|spent|sent|found|thought|knew|built|drew|led|fled|hosted|agreed|sold|stood|grew|drove|threw|felt|sat|fought|taught|caught|broke|"
    r"bore|sank|sang|"
    r"(?<!the )(?<!a )(?<!an )(?<!of )(?<!and )(?!followed\b|hundred\b|[a-z]+eed\b)[a-z]{3,}ed)\b"
)
_SET = r"(?:expected|scheduled|slated|planned|set)\b"
_TENSE = re.compile(
    # "If he is elected on Saturday" is not past.
    rf"(?P<future>{_FUTURE})|\b(?:is|are|be|being|gets?)\s+(?!{_SET})(?:not\s+)?{_PARTICIPLE}\b|(?P<past>{_PAST})"
)
_AHEAD = re.compile(
    r"\b(?:before|ahead of|heading into|going into|leading up to|in advance of|run-up to)"
    r"(?:\s+(?!had\b|was\b|were\b)[\w’'-]+(?<!ed)){0,8}?"
    r"(?:\s+on)?\s+\Z|"
    r"\b(?:ends|starts|expires|closes|is|are)(?:\s+on)?\s+\Z|"
    r"\b(?:prepar\w+|brac(?:e|ed|es|ing)|ready|filed|taped|(?<!was )(?<!were )planned) for\s+\Z"
)
"""Before a weekday or a month these tell that it is still to come: "before the vote on Tuesday"."""
_BY = re.compile(r"\b(?:by|until|till)\s+(?:the\s+(?:end|middle|beginning|start)\s+of\s+|early\s+|late\s+|next\s+)?\Z")
_HAD = re.compile(r"\b(?:had|was|were)\b")
_CLAUSE = re.compile(r"\bthat\b|[;:“”\"]|,\s+(?:and|but|so|while)\b|\b(?:but|while|whereas)\b")
"""Where a clause begins whose tense is its own: "she said that on Tuesday she will"."""
_QUOTE = re.compile('[”"]')
_BEFORE, _AFTER = 120, 45


def tense(match: re.Match[str], text: str) -> str | None:
    """Return the tense that a sentence shows closest before a match, or shortly after it; None without any."""
    start, stop = _sentence(match, text)
    before = [(it.end(), it.lastgroup) for it in _TENSE.finditer(text, start, match.start()) if it.lastgroup]
    clause = max((it.end() for it in _CLAUSE.finditer(text, start, match.start())), default=start)
    if before and before[-1][0] > clause:
        return before[-1][1]
    if closed := _QUOTE.search(text, match.end(), stop):
        stop = closed.start()
    after = next((it.lastgroup for it in _TENSE.finditer(text, match.end(), stop) if it.lastgroup), None)
    if after is not None:
        return after
    return before[-1][1] if before else None


def _sentence(match: re.Match[str], text: str) -> tuple[int, int]:
    """Return the stretch around a match in which its tense is looked for; within quotation marks it is theirs."""
    low, high = max(0, match.start() - _BEFORE), min(len(text), match.end() + _AFTER)
    start = max(text.rfind(". ", low, match.start()), text.rfind("\n\n", low, match.start()), low)
    stops = [text.find(mark, match.end(), high) for mark in (". ", ".\n", "\n\n")]
    stop = min([high, *(at for at in stops if at >= 0)])
    opened = text.rfind("“", start, match.start())
    if opened >= 0 and text.find("”", opened, match.start()) < 0:
        start = opened
    return start, stop


def first_tense(text: str, start: int, stop: int) -> str | None:
    """Return the first tense that a stretch of text shows; None without any."""
    return next((it.lastgroup for it in _TENSE.finditer(text, start, min(stop, len(text))) if it.lastgroup), None)


def _until(match: re.Match[str], text: str) -> tuple[int, int]:
    return _sentence(match, text)[0], match.start()


def is_deadline(match: re.Match[str], text: str) -> bool:
    """Whether something is to be done by a day or a month: "by the end of August"."""
    if _BY.search(text, max(0, match.start() - _BEFORE // 2), match.start()) is None:
        return False
    return _HAD.search(text, *_sentence(match, text)) is None


def is_ahead(match: re.Match[str], text: str, *, whole: bool = False) -> bool:
    """Whether a day or (``whole``) a month without more is still to come, as its sentence tells."""
    before = (max(0, match.start() - _BEFORE // 2), match.start())
    if _AHEAD.search(text, *before) is not None:
        return _PLUPERFECT.search(text, *_until(match, text)) is None
    if is_deadline(match, text):
        return True
    told = tense(match, text)
    if told is None and whole and _AT_STAKE.search(text, *_sentence(match, text)):
        return True
    if told is None and (_EVENT.match(text, match.end()) or _NAMED_EVENT.match(text, match.end())):
        return _OVER.search(text, *before) is None
    return told == FUTURE


_EVENT = re.compile(
    r"[’']s\s+(?:[A-Za-z-]+\s+){0,3}?(?:primar(?:y|ies)|caucus(?:es)?|debates?|elections?|votes?|contests?|hearings?|summits?|"
    r"meetings?|rally|convention|runoff|referendum)\b(?!\s+(?:results?|win|victory|loss|defeat))"
)
"""After a day these make it one to come, where no verb tells the past: "Tuesday's primaries"."""
_AT_STAKE = re.compile(r"\b(?:[Ee]lection|[Ee]lect|[Tt]urnout|[Bb]allot|[Vv]oters?|[Nn]ominees?|[Ee]lectab\w+)\b")
"""A month named beside these is that of the vote to come, where no verb tells the past."""
_NAMED_EVENT = re.compile(
    r"\s+(?:general\s+|presidential\s+)?(?:election|ballot|referendum|primary|primaries|caucuses|convention|deadline)s?\b"
    r"(?!\s+(?:results?|win|victory|loss|defeat))"
)
_PLUPERFECT = re.compile(r"\bhad\s+(?:been\s+)?[a-z]+\b")
_OVER = re.compile(r"\b(?:after|in|since|following|during|from|at|of)\s+\Z", re.IGNORECASE)
