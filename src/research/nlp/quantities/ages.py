"""Ages: "aged 48", "when she was sixteen", "18-29 year olds", and the number after a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from research.loading.documents import Span
from research.nlp.names.countries import country
from research.nlp.quantities.bounds import ABOUT, Figure
from research.nlp.quantities.number_words import ONES, TENS, value_of
from research.nlp.quantities.units import AGE

_SAYS_AGE = (
    r"\b(?:aged|ages|at\s+the\s+age\s+of|(?P<limit>under|over|above|below)\s+the\s+age\s+of|age\s+of|at\s+age|ages\s+of|(?P<below>under|over|above|below)\s+age|age|turn(?:s|ed|ing)|"
    r"(?:people|adults|men|women|children|voters|those|anyone|everyone|Americans|Australians|citizens|persons|residents)\s+"
    r"(?:aged\s+)?(?P<bound>under|over|above|below))\s+(?:between\s+|from\s+)?"
)
_AGED = re.compile(
    rf"{_SAYS_AGE}(?P<n>[1-9][0-9]{{0,2}}|0(?=\s?(?:-|–|to|and)))(?:\s?(?:-|–|to|and)\s?(?P<to>[1-9][0-9]{{0,2}}))?(?P<years>\s+years)?(?![\w%,]\w|[\w%])",
    re.IGNORECASE,
)
# "Okell, 48, a clerk"; a month or another number before it makes it a day, a state after a town makes it none.
_NAMED = re.compile(
    r"(?<=[^\W\d_][^\W\d_]), (?:(?P<n>[1-9][0-9]|10[0-9])(?=, (?!\d)|\.?\Z)|"
    r"(?P<small>[1-9])(?=, (?:who|an?|the|his|her|of|from|and|was|is|has|had)\b))"
)
_LAST_WORD = re.compile(
    r"(\b(?:brother|daughter|father|girlfriend|husband|mother|resident|sister|son|student|wife|[a-z]*(?:man|woman))|"
    r"[A-Z][\w’'-]*[a-z][\w’'-]*)(?:,? Jr\.?)?\Z"
)
_OLDER = re.compile(
    r"\b(?:am|is|was|be|I[’']m|[Hh]e[’']s|[Ss]he[’']s|now)\s+(?P<n>[1-9][0-9])(?=(?:,|\s+(?:when|and retired|now))\s)|"
    r"\b(?:(?:[Hh]e|[Ss]he)\s+(?:is|was|turned)|di(?:es|ed)\s+at|dead\s+at)\s+(?P<at>[1-9][0-9]|10[0-9])"
    r"(?=[”\"’']{0,2}\s*(?:[.,;]\s|[.;]?[”\"’']{0,2}\Z))"
)
_COMPARED_AGE = re.compile(
    r"\b(?P<how>younger|older)\s+than\s+"
    r"(?P<n>[1-9][0-9])(?![\w%,.]\w|\s+(?:years?|months?|weeks?|days?|hours?|per|percent)\b|[\w%])|"
    r"(?<![\w.,$€£-])(?P<m>[1-9][0-9])(?=\s+(?:and|or)\s+(?:older|over|above|up)\b(?!\s+[0-9]))"
)
_RANGE_OF_AGES = re.compile(
    r"(?<![\w.])(?P<n>[1-9][0-9]?)(?:-?\s?(?:-|–|to)\s?)(?P<to>[1-9][0-9])[\s-]year[\s-]olds?\b|"
    r"(?<=those )(?P<from>[1-9][0-9])\s?(?:-|–|to)\s?(?P<end>[1-9][0-9])(?=,?\s)"
    r"(?!\s(?:years|per|percent|points|million|billion)\b)"
)
# "27 and 29 years old": the first; the last, with its unit, is read with the durations.
_ALSO_OLD = re.compile(
    r"(?<![\w.,$€£-])(?P<n>[1-9][0-9]?)(?=-?(?:,\s[1-9][0-9]?){0,4},?\s(?:and|or)\s[1-9][0-9]?[\s-]years?[\s-]olds?\b)|"
    r"(?<=[0-9],\s)(?P<next>[1-9][0-9]?)(?=(?:,\s[1-9][0-9]?){0,3},?\s(?:and|or)\s[1-9][0-9]?[\s-]years?[\s-]olds?\b)"
)
_BETWEEN = re.compile(r"\b[Bb]etween\s\Z")
_MONTH = re.compile(
    "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    "Nov(?:ember)?|Dec(?:ember)?)"
)


def ages(text: str, sentence: Span) -> Iterator[Figure]:
    """Yield "aged 48", "under the age of 25", "18-29 year olds", and the number after a name: "Okell, 48, a clerk"."""
    for match in _AGED.finditer(text, *sentence):
        limit = (match["limit"] or match["bound"] or match["below"] or "").lower()
        age = Decimal(match["n"])
        if match["to"]:
            if age < Decimal(match["to"]):
                yield Figure(match.start("n"), match.end(), AGE, "years", None, age, Decimal(match["to"]))
            continue
        figure = Figure(match.start("n"), match.end(), AGE, "years", age)
        if limit in ("under", "below"):
            figure = replace(figure, high=age, approximate=True)
        elif limit:
            figure = replace(figure, low=age, approximate=True)
        yield figure
    for match in _COMPARED_AGE.finditer(text, *sentence):
        age, older = Decimal(match["n"] or match["m"]), match["how"] != "younger"
        start = match.start("n") if match["n"] else match.start("m")
        end = match.end("n") if match["n"] else match.end("m")
        low, high = (age, None) if older else (None, age)
        yield Figure(start, end, AGE, "years", age, low, high, approximate=True)
    yield from _ages_listed(text, sentence)
    for match in _RANGE_OF_AGES.finditer(text, *sentence):
        low, high = Decimal(match["n"] or match["from"]), Decimal(match["to"] or match["end"])
        yield Figure(match.start(), match.end(), AGE, "years", None, low, high)
    for match in _NAMED.finditer(text, *sentence):
        name = _LAST_WORD.search(text[max(sentence.start, match.start() - 24) : match.start()])
        if name and not _MONTH.fullmatch(name[1]) and country(name[1]) is None:
            yield _age(match, "n" if match["n"] else "small")
    for match in _OLDER.finditer(text, *sentence):
        if match["at"] or _is_somebodys(text, match, sentence):
            yield _age(match, "n" if match["n"] else "at")


def _ages_listed(text: str, sentence: Span) -> Iterator[Figure]:
    """Yield the ages before the last of a list: "27 and 29 years old"; "between 27 and 29" is no list."""
    for match in _ALSO_OLD.finditer(text, *sentence):
        if not _BETWEEN.search(text, max(sentence.start, match.start() - len("between ")), match.start()):
            yield _age(match, "n" if match["n"] else "next")


def _is_somebodys(text: str, match: re.Match[str], sentence: Span) -> bool:
    """Whether what has a number is a person: "he is 48, and", but not "the index was 48, and"."""
    if _SHORT.match(match[0]) or _THEN.match(text, match.end("n")):
        return True
    before = text[max(sentence.start, match.start() - _BACK) : match.start()]
    return _PERSON.search(_VERB.sub("", before)) is not None


_SHORT = re.compile(r"(?:I|[Hh]e|[Ss]he)[’']|am\b")
_THEN = re.compile(r"\s+(?:when|and retired)\b")
_VERB = re.compile(r"(?:\b(?:is|was|am|be)|[’']s)\s+\Z")
_PERSON = re.compile(
    r"(?:\b(?:I|[Hh]e|[Ss]he|[Ww]ho)|(?<=\s)[A-Z][\w’'-]*[a-z][\w’'-]*)(?:\s+(?:would|will|must|may|is|was))?\s*\Z"
)
"""A pronoun, or a name that is not the first word of its sentence."""
_BACK = 40


def _age(match: re.Match[str], group: str) -> Figure:
    return Figure(match.start(group), match.end(group), AGE, "years", Decimal(match[group]))


_IN_WORDS = rf"(?:(?:{'|'.join(TENS)})(?:[\s-](?:{'|'.join(ONES)}))?|{'|'.join(sorted(ONES, key=len, reverse=True))})\b"
_AGED_IN_WORDS = re.compile(
    rf"\b(?:aged|(?:(?P<limit>under|over|above|below)\s+)?the\s+age\s+of|at\s+age)\s+(?P<about>(?:{ABOUT}|only)\s+)?"
    rf"(?P<n>{_IN_WORDS})(?:\s(?:to|and)\s(?P<to>{_IN_WORDS}))?",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"\b(?:when|until|since|before|after|because)\s+(?:I|he|she|[A-Z][\w’'-]*)\s+(?:was|is|turned|am)\s+"
    rf"(?P<about>(?:{ABOUT}|only|barely|still)\s+)?(?P<n>[1-9][0-9]?(?![\w,.%:/-][\w]|[\w%])|{_IN_WORDS})(?!-)"
    r"(?!\s+(?:years|months|weeks|days|hours|minutes|points|miles|seats|votes|times|shots|metres|meters|pounds|dollars|kilos|per|percent|in|of|out|down|up|behind|ahead|under|over|short|away|feet|off|million|billion|thousand|"
    r"hundred|dozen|point)\b)"
)


def ages_in_words(text: str, sentence: Span) -> Iterator[Figure]:
    """Yield "the age of five", "aged sixteen", "when he was 12"."""
    for pattern in (_AGED_IN_WORDS, _WHEN):
        for match in pattern.finditer(text, *sentence):
            age = _years(match["n"])
            to = match.groupdict().get("to")
            if age is None or (to and (_years(to) or age) <= age):
                continue
            figure = Figure(match.start("n"), match.end("n"), AGE, "years", age)
            limit = (match.groupdict().get("limit") or "").lower()
            about = (match["about"] or "").strip().lower() not in ("", "only", "just", "barely", "still")
            if to:
                figure = replace(figure, end=match.end("to"), value=None, low=age, high=_years(to))
            elif limit:
                below = limit in ("under", "below")
                figure = replace(figure, approximate=True, low=None if below else age, high=age if below else None)
            yield replace(figure, approximate=figure.approximate or about)


def _years(written: str) -> Decimal | None:
    return Decimal(written) if written[0].isdigit() else value_of(written)
