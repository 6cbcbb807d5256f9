"""Whether a day or a month that is named without its year or week is past or still to come, as its sentence tells."""

from __future__ import annotations

import re

PAST, FUTURE = "past", "future"

_PARTICIPLE = r"(?:[a-z]{3,}ed|[a-z]+en|held|made|met|sent|paid|built|brought|put|set|done|sworn|read|heard|kept|left)"
_FUTURE = (
    r"(?<!appears )(?<!seems )(?<!appear )(?<!seem )\b(?:will|shall|would|to|may|must|should|can)\s+"
    rf"(?:[a-z]+ly\s+|not\s+|also\s+)?(?:be|get)\s+(?:[a-z]+ly\s+)?{_PARTICIPLE}\b|"
    r"\b(?:will|shall|going\s+to|next|upcoming|coming|forthcoming|scheduled|slated|due|plan(?:s|ned|ning)?\s+(?:to|for|on)|"
    r"tomorrow|[Ll]et\s+us|set\s+(?:to|for)|expected(?:\s+to)?|hop(?:es?|ing)\s+to|poised\s+to|must|"
    r"be\s+able\s+to|prospects?\s+of|likely\s+to|holds|meets|opens|convenes|begins|kicks?\s+off|resumes)\b|"
    r"[’']ll\b|\b[Ll]et[’']s\b"
)
_PAST = (
    r"\b(?:was|were|had|did|said|told|met|took|came|began|won|lost|held|made|went|gave|got|saw|left|became|died|spoke|wrote|"
    r"ran|fell|rose|paid|brought|chose|flew|spent|sent|found|thought|knew|built|drew|led|fled|hosted|agreed|"
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
    r"(?:\s+on)?\s+\Z|\b(?:prepar\w+|brac(?:e|ed|es|ing)|ready|filed|taped|planned) for\s+\Z"
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


def is_deadline(match: re.Match[str], text: str) -> bool:
    """Whether something is to be done by a day or a month: "by the end of August"."""
    if _BY.search(text, max(0, match.start() - _BEFORE // 2), match.start()) is None:
        return False
    return _HAD.search(text, *_sentence(match, text)) is None


def is_ahead(match: re.Match[str], text: str) -> bool:
    """Whether a day or month without more is still to come, as its sentence tells."""
    before = (max(0, match.start() - _BEFORE // 2), match.start())
    if _AHEAD.search(text, *before) is not None or is_deadline(match, text):
        return True
    told = tense(match, text)
    if told is None and _EVENT.match(text, match.end()):
        return _OVER.search(text, *before) is None
    return told == FUTURE


_EVENT = re.compile(
    r"[’']s\s+(?:[A-Za-z-]+\s+){0,3}?(?:primar(?:y|ies)|caucus(?:es)?|debates?|elections?|votes?|contests?|hearings?|summits?|"
    r"meetings?|rally|convention|runoff|referendum)\b(?!\s+(?:results?|win|victory|loss|defeat))"
)
"""After a day these make it one to come, where no verb tells the past: "Tuesday's primaries"."""
_OVER = re.compile(r"\b(?:after|in|since|following|during|from|at|of)\s+\Z", re.IGNORECASE)


_AGE = (
    "world|society|societies|life|economy|economies|community|age|era|generations?|mankind|humanity|region|continent|"
    "situation|reality|realities|circumstances|conditions|challenges|problems|youth|environment|technology|standards|terms|"
    "market|markets|climate"
)
_OF_TODAY = re.compile(
    rf"\b(?:{_AGE})\s+(?:of\s+)?\Z|\bas\s+(?:it|they|we|he|she|things)\s+(?:is|are|stands?|exists?|knows?(?:\s+(?:it|them))?)\s+\Z|"
    r"\b(?:we|they)\s+(?:are|face|live\s+in|live\s+with|enjoy|know)\s+\Z|\b(?:is|remains)\s+the\s+case\s+\Z|"
    r"\b(?:still|remains?)\s+(?:[\w’'-]+\s+){0,5}\Z",
    re.IGNORECASE,
)
_STILL_TODAY = re.compile(
    r",?\s+(?:(?!I\b|we\b|announc|sign)[\w’'-]+\s+){0,3}(?:no\s+longer|still|remains?)\b|"
    r",?\s+(?:those|these|most|many|more|some|few|there\s+(?:are|is))\s"
)
_TODAYS = re.compile(rf"[’']s\s+(?:[\w-]+\s+){{0,2}}?(?:{_AGE})\b", re.IGNORECASE)
_A_DAYS = re.compile(
    r"[’']s\s+(?:[\w-]+\s+){0,3}?(?:[A-Z]|announcements?|attacks?|anniversar|briefing|bombing|cabinet|ceremon|celebration|"
    r"conference|debate|decision|demonstration|discussion|edition|event|figures|gathering|hearing|headline|interview|issue|"
    r"launch|lunch|march|meeting|news|occasion|opening|papers?\b|poll|press|primar|proceeding|program|protest|question|rall|"
    r"release|remarks|report|result|ruling|session|shooting|signing|sitting|speech|statement|summit|talks|testimony|topic|"
    r"tragedy|trip|verdict|visit|vote|announcement|editorial|paper\b|data|numbers|agenda|action|agreement|game|match)"
)
"""After "today" these make it a day, not these times."""
_POSSESSIVE = re.compile(r"[’']s\s")


def is_nowadays(match: re.Match[str], text: str) -> bool:
    """Whether "today" means these times: "in the world today", "the youth of today", "today's refugees"."""
    if _TODAYS.match(text, match.end()):
        return True
    if _POSSESSIVE.match(text, match.end()):
        return _A_DAYS.match(text, match.end()) is None
    if _STILL_TODAY.match(text, match.end()) and _FIRST.search(text, max(0, match.start() - 3), match.start()):
        return True
    before = text[max(0, match.start() - 48) : match.start()]
    return _OF_TODAY.search(before[max(map(before.rfind, ".;:?!")) + 1 :]) is not None


_FIRST = re.compile(r"(?:[.?!“\"(]\s?|\n|\A|\band\s|\bbut\s)\Z")
"""Before a word that begins a sentence or a clause."""
