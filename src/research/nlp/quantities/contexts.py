"""What a figure is about: what is measured, with which verb, whether it is a change, and when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from research.loading.documents import Span
from research.nlp.quantities.bounds import Figure
from research.nlp.quantities.units import AGE, COUNT, DURATION, MULTIPLE, PERCENT, POINTS, RATIO
from research.nlp.records import Time
from research.nlp.text.lists import word_list

LEVEL, CHANGE = "level", "change"
UP, DOWN = "up", "down"

_WORDS = word_list("quantities.txt")
_UP, _DOWN = frozenset(_WORDS["up"]), frozenset(_WORDS["down"])
_VERBS = frozenset(_WORDS["verbs"]) | _UP | _DOWN
_NOUNS = {**dict.fromkeys(_WORDS["up nouns"], UP), **dict.fromkeys(_WORDS["down nouns"], DOWN)}


_COPULAS = frozenset(("is", "are", "was", "were", "be", "been"))
"""Before a count these tell who they are, not how many: "the others were three moderates"."""


class Context(NamedTuple):
    """What stands around a figure; spans are those of the document."""

    measure: Span | None
    verb: Span | None
    role: str
    direction: str | None


_TOKEN = re.compile(r"[^\W_]+(?:[’'.-][^\W_]+)*[.]?")
_BOUNDARY = re.compile(
    r"[;:()“”\"—–]|,\s+(?!which|who)|\b(?:and|but|while|whereas|because|"
    r"(?<!for )(?<!of )(?<!in )(?<!to )(?<!at )(?<!on )that"
    r"(?!\s+(?:year|month|week|day|time|period|night)\b)|when|if|as|although|where|which|who|after|said|says)\b"
)
_REACH = 60
"""Characters between a verb and its figure: "rose last year, for the third time in a row, to $3 bn"."""
_BETWEEN = re.compile(
    r"(?:\s+(?:by|to|at|from|of|up|down|in|for|only|just|about|around|some|nearly|almost|approximately|roughly|over|more|less|"
    r"than|at|least|as|much|many|an?|the|estimated|additional|another|already|now|on|average|total|further|close|most|"
    r"fewer|excess|last|this|year|month|[0-9][0-9.,]*%?|%|per|cent|percent))*\s*\Z",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"\b(?:an?|the|this|that|its|their|our|any|no|each|every|of)\s+(?:[a-z]+\s+)?\Z", re.IGNORECASE)
_BY, _TO = re.compile(r"\bby\b[\w\s]*\Z"), re.compile(r"\bto\b[\w\s]*\Z")
_NOUN_AFTER = re.compile(r"[\s-]+(?:[a-z]+\s+)?([a-z]+)")
_NOUN_BEFORE = re.compile(r"\b([a-z]+) (?:of|by) (?:[a-z]+ ){0,3}\Z")


def context_of(text: str, sentence: Span, figure: Figure, times: Sequence[Time]) -> Context:
    """Return what is measured by a figure, and how; parts that the sentence does not plainly tell are None."""
    verb = _verb_before(text, sentence, figure)
    role, direction = _change(text, sentence, figure, verb)
    measure = _part_of(text, sentence, figure)
    counts = figure.kind == COUNT and verb is not None and text[slice(*verb)].lower() in _COPULAS
    if measure is None and verb is not None and figure.kind not in (AGE, DURATION) and not counts:
        measure = _subject(text, sentence, verb, times)
    if measure is None and figure.kind not in (AGE, DURATION):
        named = _there_are(text, sentence, figure) if counts else _before_of(text, sentence, figure)
        if named is not None:
            return Context(*named, role, direction)
    return Context(measure, verb, role, direction)


_BOUNDS = (
    r"(?:(?:about|around|some|nearly|almost|approximately|roughly|over|more\s+than|at\s+least|less\s+than|only|just|under|"
    r"up\s+to|close\s+to|an?|the)\s+){0,2}"
)
_OF_FIGURE = re.compile(
    rf"(?:(?P<owner>(?:the\s+)?[\w-]+(?:\s[A-Z][\w-]+)?[’']s?)\s+|\b(?:an?|the|its|their|our|his|her)\s+)?"
    rf"(?P<np>(?:[\w-]+\s+){{0,3}}(?:{'|'.join(_WORDS['measures'])}))\s+(?P<of>of|at)\s+{_BOUNDS}\Z",
    re.IGNORECASE,
)
_NO_PART = frozenset(_WORDS["function words"])
_NP = 70


def _before_of(text: str, sentence: Span, figure: Figure) -> tuple[Span, Span] | None:
    """Return what is measured, and the preposition that puts it at the figure: "Okelland's population of 5 million"."""
    low = max(sentence.start, figure.start - _NP)
    found = _OF_FIGURE.search(text, low, figure.start)
    if found is None:
        return None
    start = found.start("owner") if found["owner"] else found.start("np")
    words = [(match.start(), match[0].lower()) for match in re.finditer(r"\S+", text[start : found.end("np")])]
    for at, word in reversed(words):
        if word in _NO_PART:  # "country with a population of": the words before belong elsewhere
            start += at + len(word)
            break
    span = _trimmed(text, start, found.end("np"))
    return None if span is None else (span, Span(*found.span("of")))


_THERE = re.compile(rf"\bthere\s+(?P<verb>are|were|is|was)\s+{_BOUNDS}\Z", re.IGNORECASE)
_END_OF_COUNTED = re.compile(
    r"[.,;:()“”\"—–!?]|\b(?:I|we|they|he|she|it|you|who|that|which|and|or|but|with|at|by|for|from|to|on|as|when|while|said|waiting|living|being|now|"
    r"today|here|there|left|remaining|than|still|already|is|are|was|were|have|has)\b"
)


_DANGLING = re.compile(r"\s+(?:in|of|on|at|for)\s*\Z")


def _there_are(text: str, sentence: Span, figure: Figure) -> tuple[Span, Span] | None:
    """Return what is counted, with where: "there are 11 million [migrants in Okelland]", and the verb."""
    found = _THERE.search(text, max(sentence.start, figure.start - _NP), figure.start)
    unit = figure.unit.split(" ")[0]
    at = text.lower().find(unit, figure.start, figure.end) if found and unit else -1
    if found is None or at < 0:
        return None
    stop = _END_OF_COUNTED.search(text, figure.end, min(sentence.end, figure.end + _LONGEST))
    end = stop.start() if stop else min(sentence.end, figure.end + _LONGEST)
    # With the adjectives between the number and the noun.
    number = re.match(r"[0-9.,\s]*(?:hundred|thousand|million|billion)?\s*", text[figure.start : figure.end])
    start = figure.start + number.end() if number and number.end() and text[figure.start].isdigit() else at
    if dangling := _DANGLING.search(text, at, end):
        end = dangling.start()
    span = _trimmed(text, min(start, at), end)
    return None if span is None else (span, Span(*found.span("verb")))


def _verb_before(text: str, sentence: Span, figure: Figure) -> Span | None:
    """Return the verb of measuring right before a figure, with nothing but prepositions and bounds between."""
    if figure.kind == MULTIPLE and text[figure.start : figure.end].lower() in _VERBS:
        return figure.span
    low = max(sentence.start, figure.start - _REACH)
    found = None
    for token in _TOKEN.finditer(text, low, figure.start):
        if token[0].lower() in _VERBS:
            found = token
    if found is None or not _BETWEEN.match(text[found.end() : figure.start]):
        return None
    if found[0].lower() in _NOUNS and _ARTICLE.search(text[max(sentence.start, found.start() - 20) : found.start()]):
        return None  # "an increase of $4"
    return Span(*found.span())


def _change(text: str, sentence: Span, figure: Figure, verb: Span | None) -> tuple[str, str | None]:
    """Return whether a figure is a change or a level, and in which direction it went."""
    after = _NOUN_AFTER.match(text, figure.end, min(sentence.end, figure.end + 30))
    noun = _NOUNS.get(after[1]) if after else None
    if noun is None and (before := _NOUN_BEFORE.search(text[max(sentence.start, figure.start - 40) : figure.start])):
        noun = _NOUNS.get(before[1])
    if noun is not None:
        return CHANGE, noun
    if verb is None:
        return LEVEL, None
    word = text[slice(*verb)].lower()
    direction = UP if word in _UP else DOWN if word in _DOWN else None
    between = text[verb.end : figure.start]
    if direction is None or _TO.search(between):
        return LEVEL, direction
    relative = figure.kind in (PERCENT, POINTS, MULTIPLE, RATIO)
    return (CHANGE if relative or _BY.search(between) else LEVEL), direction


_OF = re.compile(r"\s+of (?=(?:the|all|its|their|our|his|her|these|those|[A-Z]|[a-z]))")
_END_OF_PART = re.compile(
    r"[.,;:()“”\"—–!?]|\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|and|or|but|that|which|who|"
    r"in|at|by|for|from|to|with|on|as|when|while|said|say|live|lives|remain|remains|do|does|did|voted|support|supports|than|"
    r"over|during|under|since|among|into|between|against|without|after|before|through|comes?|came|gives?|gave|gets?|got|"
    r"goes|went|saw|felt|knew|showed|(?:each|every|this|last|next|these|past)\s+(?:\w+\s+)?(?:year|month|week|day|quarter|decade)s?|"
    r"agree|agreed|believe|believed|think|thought|want|wanted|oppose|opposed|favou?r|approve|approved)\b"
)
_LONGEST = 80


def _part_of(text: str, sentence: Span, figure: Figure) -> Span | None:
    """Return the whole that a percentage or a fraction is of: "30 per cent of the population"."""
    if figure.kind not in (PERCENT, RATIO):
        return None
    of = _OF.match(text, figure.end, sentence.end)
    if of is None:
        return None
    stop = _END_OF_PART.search(text, of.end(), min(sentence.end, of.end() + _LONGEST))
    end = stop.start() if stop else min(sentence.end, of.end() + _LONGEST)
    if dangling := _DANGLING.search(text, of.end(), end):
        end = dangling.start()
    return _trimmed(text, of.end(), end)


_AUXILIARY = re.compile(
    r"\b(?:has|have|had|will|would|could|may|might|is|are|was|were|be|been|now|also|already|still|"
    r"(?:(?:appear|seem|continue|need|want)(?:s|e?d)?|able|expected|likely|set|going|projected|estimated|began|due)\s+to)\s*\Z"
)
_PRONOUNS = "i he she we they you it who which that there this these those what"
_NO_SUBJECT = frozenset(_PRONOUNS.split(" "))
_OPENING = re.compile(
    r"(?:Now|So|Well|And|But|Yet|Then|Still|Today|Since|If|Because|When|Although|Though|While|Whereas|As),?\s+"
)
_FEWEST, _MOST = 3, 12


def _subject(text: str, sentence: Span, verb: Span, times: Sequence[Time]) -> Span | None:
    """Return the noun phrase before a verb, back to the last boundary or time; None for pronouns and long stretches."""
    start = sentence.start
    for boundary in _BOUNDARY.finditer(text, sentence.start, verb.start):
        start = boundary.end()
    start = max([start, *(it.end for it in times if start < it.end <= verb.start)])
    end = verb.start
    while found := _AUXILIARY.search(text, start, end):
        end = found.start()
    span = _trimmed(text, start, end)
    if span is None:
        return None
    opening = _OPENING.match(text, *span)
    span = Span(opening.end() if opening else span.start, span.end)
    words = [re.split("[’']", word.lower())[0] for word in text[slice(*span)].split()]
    if words and re.fullmatch(r"[a-z]{3,}ed|not|to", words[-1]):
        return None  # "he involved" is no noun
    if not words or len(words) > _MOST or words[0] in _NO_SUBJECT or words[-1] in _NO_SUBJECT:
        return None
    return span if span.end - span.start >= _FEWEST else None


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and (text[start].isspace() or text[start] in ",.;:’'"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",.;:"):
        end -= 1
    return Span(start, end) if start < end else None


_ANOTHER_CLAUSE = re.compile(
    r"[;:()]|,\s+(?:and|but|while|whereas)\b|\b(?:despite|although|though|because|unless|even\s+(?:if|as|when)|whereas)\b"
)
_SAID = re.compile(
    r"\b(?:said|told|tells|says|announced|announc(?:es|ing)|tweeted|wrote|reported|reiterated|claimed|acknowledged|warned|"
    r"insisted|argued|testified|posted|interview(?:ed)?|statement|speech|briefing|conference)\s+"
    r"(?!that\b)(?:[A-Za-z’'-]+\s+){0,2}?(?:on\s+|in\s+)?\Z"
)
_SAYS = re.compile(r"\s+(?:said|told|announc(?:ed|es|ing)|tweeted|wrote|reported)\b")


def _tells_when_it_was_said(text: str, sentence: Span, time: Time) -> bool:
    """Whether a day is that of the saying, not of what is said: "the mayor said on Tuesday that 300 boats"."""
    if time.period_start is None or time.period_start != time.period_end:
        return False
    before = max(sentence.start, time.start - _SAID_BEFORE)
    return _SAID.search(text, before, time.start) is not None or _SAYS.match(text, time.end, sentence.end) is not None


_SAID_BEFORE = 50


def time_of(text: str, sentence: Span, figure: Figure, times: Sequence[Time]) -> Time | None:
    """Return the time that a figure is of: the nearest one in its clause, or the only one in its sentence."""
    if figure.kind in (AGE, DURATION):
        return None
    dated = [
        it
        for it in times
        if (it.period_start is not None or it.period_end is not None)
        and not _tells_when_it_was_said(text, sentence, it)
    ]
    start, end = sentence.start, sentence.end
    for stop in _ANOTHER_CLAUSE.finditer(text, *sentence):
        at = stop.start()
        if at <= figure.start:
            start = at
        elif at >= figure.end:
            end = at
            break
    near = [it for it in dated if start <= it.start < end]
    chosen = near or (dated if len(dated) == 1 else [])
    return min(
        chosen, key=lambda it: (min(abs(it.start - figure.end), abs(figure.start - it.end)), it.start), default=None
    )
