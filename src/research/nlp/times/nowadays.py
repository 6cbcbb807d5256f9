"""Whether "today" means a day or these times, as its sentence tells."""

from __future__ import annotations

import re

from research.nlp.times.tenses import first_tense, tense

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
_EVENT = (
    r"announcements?|attacks?|anniversar|briefing|bombing|cabinet|ceremon|celebration|"
    r"conference|debate|decision|demonstration|discussion|edition|event|figures|gathering|hearing|headline|interview|issue|"
    r"launch|lunch|march|meeting|news|occasion|opening|(?:news)?papers?\b|poll|press|primar|proceeding|program|protest|question|rall|"
    r"release|remarks|report|result|ruling|session|shooting|signing|sitting|speech|statement|summit|talks|testimony|topic|"
    r"tragedy|trip|verdict|visit|vote|announcement|editorial|paper\b|data|numbers|agenda|action|agreement|game|match|inauguration|"
    r"comments?\b|signature|outcome|proceedings|order|turnout|ballot|contests?|caucus|election"
)
_PEOPLE = (
    "(?:Democrat|Republican|American|European|Australian|African|Russia|Washington|"
    r"(?:America|Europe|Congress|China|GOP)\b)"
)
_A_DAYS = re.compile(rf"[’']s\s+(?:[\w-]+\s+){{0,3}}?(?:(?!{_PEOPLE})[A-Z]|{_EVENT})")
"""After "today" these make it a day, not these times."""
_POSSESSIVE = re.compile(r"[’']s\s")


def is_nowadays(match: re.Match[str], text: str, *, written: bool) -> bool:
    """Whether "today" means these times: "in the world today", "the youth of today", "today's refugees".

    In ``written`` prose, such as news, it does so wherever the sentence tells what is, not what happens.
    """
    if _TODAYS.match(text, match.end()):
        return True
    if _POSSESSIVE.match(text, match.end()):
        return _A_DAYS.match(text, match.end()) is None
    before = text[max(0, match.start() - 48) : match.start()]
    before = before[max(map(before.rfind, ".;:?!")) + 1 :]
    if _OF_TODAY.search(before) or _COMPARED.search(before) or _THAN.match(text, match.end()):
        return True
    if _AS_MUCH.search(before) and _AS.match(text, match.end()):
        return True
    if _DAY_BY_DAY.search(text, max(0, match.start() - 90), match.start()):
        return False  # "they won yesterday, and today there is silence"
    if _FIRST.search(text, max(0, match.start() - 5), match.start()):
        return _begins(match, text, written=written)
    told = tense(match, text)
    if _WHERE.search(before):
        return told is None
    if _IS.search(before) and _WHAT.match(text, match.end()):
        return True
    if _HELD.match(text, match.end()):
        return _NO_STATE.search(before) is None and (written or _PLACE.search(before) is not None)
    if written and _DO.search(before):
        return True
    is_state = _STATE.search(before) is not None or _FOR.search(before) is not None
    return written and told is None and is_state and _HAPPENS.search(before) is None


_DO = re.compile(r"(?<!\bto )(?<!\bwe )(?<!\byou )(?<!\bI )\bdo\s+\Z")
_FIRST = re.compile(r"(?:[.?!“\"(]\s{0,2}|\n|\A|''|\b(?:[Aa]nd|[Bb]ut|[Yy]et)\s)\Z")
"""Before a word that begins a sentence or a clause."""
_COMPARED = re.compile(
    r"\bthan\s+(?:[\w’'-]+\s+){0,2}\Z|\b(?:even|become|becomes|live|exists?)\s+\Z|"
    r"\bfac(?:es?|ing)\s+(?:[\w’'-]+\s+){0,3}\Z|"
    r"\b(?:problems|politics|[a-z]+ists?|leaders|men|women|children|workers|"
    r"voters|students|parents|families)\s+of\s+\Z",
    re.IGNORECASE,
)
_DAY_BY_DAY = re.compile(r"\b(?:yesterday|last\s+(?:night|week)|tomorrow)\b", re.IGNORECASE)
_THAN = re.compile(r"\s+(?:than|compared)\b")
_AS_MUCH, _AS = re.compile(r"\bas\s+[\w-]+\s+\Z"), re.compile(r"\s+as\b")
"""Around "today": "as strong today as ever"."""
_WHERE = re.compile(
    r"\b(?:in|across|throughout)\s+(?:(?:the|this|our|their)\s+)?(?:United\s+States|U\.S\.|America|country|nation|party|politics|"
    r"Europe|Africa|Asia|Middle\s+East|field|West|industry|workplace|countryside|media)\s+\Z"
)
_HELD = re.compile(
    r"\s+(?:(?:is|are)\s+(?!to\b|that\b|because\b|welcome\b|with\b|[a-z]+ing\b)|(?:has|have)\s+(?:a|an|the|no|more|few|some)\b|agrees?\b|remains?\b)"
)
"""After "today" these tell what is: "the party today agrees"."""
_PLACE = re.compile(
    r"(?:^\s*|\b(?:that|but|and|because|while)\s+|,\s+)(?:[Tt]he\s+)?[A-Z][a-z]+(?:\s+[A-Z][a-z]+)?\s+\Z"
)
"""In a speech only a name does: "Australia today is", not "the thing for me today is"."""
_IS = re.compile(r"\b(?:is|are)\s+\Z")
_WHAT = re.compile(r"\s+(?:an?|one|more|less|much|typically|usually|widely|considered|regarded|known|called)\b")
_NO_STATE = re.compile(
    rf"(?:^\s*|[,—–-]\s*|\b(?:here|what|who|which|that|this|it|you|I|we|us|there|and|but|about|of|in|for|done|said|doing)\s+|"
    rf"\b(?:{_EVENT})[a-z]*\s+)\Z",
    re.IGNORECASE,
)
_STATE = re.compile(
    r"\b(?:is|are|isn[’']t|aren[’']t|has|have|does|do|doesn[’']t|don[’']t|faces?|agrees?|remains?|seems?|needs?|wants?|lives?|works?|"
    r"tends?|thinks?|believes?)\b"
)
_FOR = re.compile(r"^\s*(?:For|Among)\s+(?:[\w’'-]+\s+){1,4}\Z")
_HAPPENS = re.compile(
    rf"\b(?:I|[a-z]+ing|here|just|later|earlier|for|after|before|until|from|released|out|{_EVENT})\s+\Z|"
    r"\b(?:is|are)\s+(?:also\s+|now\s+|not\s+)?[a-z]+ing\b|\b(?:I|I[’']m|here|announc[a-z]+|vot[a-z]+)\b"
)
"""What happens on a day: "is voting today", "the ruling today"."""
_DAY_BEGINS = re.compile(
    r",?\s+(?:is|was|marks|will|I|he|she|and|at|on|after|before|with|in\s+an?)\b|\s*[.,?!:—–]?\s*[”\"?!]|\s*[.?!:]"
)
_WE = re.compile(
    r",?\s+we\s+(?!are\s+seeing\b|live\b|face\b|know\b|see\b|have\s+(?:a|an|the|more|some|no|over|about)\b)"
)
_STATES = re.compile(r",?\s+(?:we\s+(?:are\s+seeing|live|face|have\s+(?:more|some|over|about))|there\s+(?:is|are))\b")
_REACH = 60


def _begins(match: re.Match[str], text: str, *, written: bool) -> bool:
    """Whether "today" at the start of a sentence means these times: "Today, many live on the coast"."""
    if _STILL_TODAY.match(text, match.end()) or _STATES.match(text, match.end()):
        return True
    if not written or _DAY_BEGINS.match(text, match.end()) or _WE.match(text, match.end()):
        return False
    return first_tense(text, match.end(), match.end() + _REACH) is None
