"""Whether a sentence speaks of a finding that is cited behind a later one.

"Okell has 36% of the attributed words. That is much: 37% [@…]": the first sentence has no citation of its own. Its
number is said of the finding if it has the finding's unit, and if the sentence shares words of some weight, or the
name, with the finding's own sentence. A date, a duration or a bare number there may be of anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from research.analysis.findings import Finding
from research.nlp.quantities.units import COUNT, MONEY, PERCENT, POINTS
from research.outputs.checking.cases import Case
from research.outputs.checking.facts import Fact, Facts, Fit, fit, noun, same_unit, significant
from research.outputs.checking.figures import numbers
from research.outputs.checking.names import names_of
from research.outputs.checking.number import RATIO, Number
from research.outputs.checking.occurrences import occurrences
from research.outputs.checking.unlike import differs_by_a_digit, is_close

_WORD = re.compile(r"[^\W\d_][\w’'-]{2,}")
_LIGHT = frozenset(
    [
        "the",
        "and",
        "for",
        "that",
        "this",
        "these",
        "those",
        "with",
        "from",
        "have",
        "has",
        "had",
        "been",
        "was",
        "were",
        "are",
        "its",
        "their",
        "than",
        "more",
        "most",
        "not",
        "any",
        "all",
        "other",
        "others",
        "each",
        "but",
        "who",
        "which",
        "when",
        "where",
        "there",
        "here",
        "can",
        "could",
        "will",
        "would",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "hundred",
        "thousand",
        "million",
        "billion",
        "percent",
        "per",
        "cent",
        "point",
        "points",
        "interval",
        "between",
        "about",
        "nearly",
        "over",
        "some",
        "only",
        "also",
        "them",
        "they",
        "his",
        "her",
        "him",
        "she",
        "out",
        "into",
        "what",
        "such",
        "say",
        "said",
        "time",
        "times",
    ]
)


def speaks_of(case: Case, finding: Finding, besides: str = "", fewest: int = 2) -> bool:
    """Whether a sentence shares the name or term, or ``fewest`` words of weight, with a finding's own sentence.

    Words of ``besides``, such as the unit of a number, are not counted.
    """
    left_out = {_stem(it) for it in _WORD.findall(besides)}
    mine, its = ({_stem(it) for it in _WORD.findall(text)} for text in (case.own_words, finding.statement))
    both = (mine & its) - _LIGHT - left_out
    named = any(re.search(rf"(?<![\w-]){re.escape(it)}(?![\w-])", case.own_words) for it in names_of(finding))
    return named or len(both) >= fewest or _has_term(case, finding)


_SENSES = {
    "latest": re.compile(
        r"\b(?:ends?|ended|ending|stops?|stopped|"
        r"closes?|closed|breaks? off|until|up to|youngest|newest|newer|younger|most recent|last|to)\b"
    ),
    "earliest": re.compile(
        r"\b(?:starts?|started|starting|opens?|opened|begins?|began|beginning|oldest|older|first|since|from|"
        r"(?:goes|go|going|went|reach(?:es|ing)?) back(?: to)?)\b"
    ),
}
"""What other words say of a finding that tells the first or the last of something."""
_TEXTS = re.compile(
    r"\b(?:documents?|texts?|corpus|collection|material|archives?|(?:paper )?trail|period|records?|data|pile|run|"
    r"search|evidence|observations?|sample|set|coverage|series|speeches|articles|papers|transcripts?)\b",
    re.IGNORECASE,
)


def is_dated_as(case: Case, finding: Finding) -> bool:
    """Whether a sentence says in other words what a finding dates: that the texts begin, or end, at some time."""
    its = set(finding.statement.lower().split())
    begins = any(sense in its and words.search(case.own_words) for sense, words in _SENSES.items())
    return begins and _TEXTS.search(case.own_words) is not None


_SMALL = 12


def pairs_in(case: Case) -> Iterator[tuple[Number, Number]]:
    """Yield the numbers of "231 of 277" in a sentence."""
    for one, other in pairwise(case.numbers):
        if _PAIR.fullmatch(case.block_text[one.end : other.start]):
            yield one, other


def gives_value_of(case: Case, facts: Facts) -> bool:
    """Whether a sentence has the value of a finding with its unit, and the value is none that anything may have."""
    said = [it for it in case.numbers if it.unit and not it.hedge and (it.value > _SMALL or it.step < 1)]
    if any((one.value, other.value) in facts.pairs for one, other in pairs_in(case)):
        return True
    return any(same_unit(it, fact) and fit(it, fact) == Fit.YES for it in said for fact in facts.of_role("value"))


def _stem(word: str) -> str:
    plain = word.lower().replace("’", "'").removesuffix("'s")
    plain = plain.removesuffix("ing") if len(plain) > 6 else plain
    return plain if len(plain) < 4 else plain.removesuffix("s").removesuffix("d").removesuffix("e")


def is_said_of(case: Case, number: Number, facts: Facts) -> bool:
    """Whether a number has the unit of a finding, in a sentence that speaks of the finding."""
    own = [it for it in facts.of_role("value", "statement", "interval", "documents") if it.period is None]
    if number.incidental == "confidence":
        return bool(facts.of_role("level")) and speaks_of(case, facts.finding)
    if any(number is one and _has_base(case, facts, one, other) for one, other in pairs_in(case)):
        return True
    if number.kind in (PERCENT, RATIO, POINTS):
        return any(it.kind == PERCENT for it in own) and speaks_of(case, facts.finding)
    if number.kind == MONEY:
        return any(it.kind == MONEY for it in own) and speaks_of(case, facts.finding)
    if number.kind not in (COUNT, "") or number.period is not None:
        return False
    if not number.unit and (number.value > _SMALL or number.step < 1) and _has_term(case, facts.finding):
        return any(is_close(number, it) for it in facts.of_role("value"))
    before = case.block_text[max(case.sentence.start, number.start - 40) : number.start]
    if not number.unit and facts.of_role("interval") and (number.plus_minus or _INTERVAL.search(before)):
        return speaks_of(case, facts.finding)
    unit = number.unit or _noun_behind(case, number) or _times_behind(case, number)
    same = bool(unit) and any(it.unit and (noun(it.unit) == noun(unit) or it.value in number.values) for it in own)
    if any(_has_the_digits(number, it) for it in facts.of_role("value") if it.kind == COUNT):
        return True
    its = [it for it in facts.of_role("value") if noun(it.unit) == noun(unit)]
    is_near = any(abs(number.value - it.value) * 20 <= abs(it.value) for it in its)
    exact = any(number.step == it.step for it in numbers(facts.finding.display)) and number.step < 1
    is_near = is_near or any(differs_by_a_digit(number, it) for it in its)
    if same and is_near and significant(number.value) > _ROUND and not number.hedge:
        return True
    return same and speaks_of(case, facts.finding, unit, fewest=1 if is_near or exact else 2)


def _has_the_digits(number: Number, value: Fact) -> bool:
    """Whether a number is a value of three digits or more with another noun, or the same noun and other zeros."""
    if number.kind != COUNT or number.hedge or value.value < _LARGE:
        return False
    same = noun(number.unit) == noun(value.unit)
    powers = (1, 3, -3) if same and significant(value.value) > 1 else () if same else (0,)
    return any(number.value == value.value.scaleb(it) for it in powers)


_LARGE = 100
_ROUND = 2
"""The most significant digits of a number that may be any round number."""


def _has_term(case: Case, finding: Finding) -> bool:
    """Whether a sentence has the term that a finding counts, in quotation marks."""
    quoted = rf"[“\"‘']{re.escape(finding.term)}[”\"’']"
    return bool(finding.term) and re.search(quoted, case.text) is not None


def _has_base(case: Case, facts: Facts, one: Number, other: Number) -> bool:
    """Whether "18 of 60 documents" has the base, and the noun, of the finding's own pair, and is no other share."""
    pairs = [pair for pair in facts.pairs if pair[1] == other.value and other.value > _SMALL]
    nouns = {noun(it.unit) for it in facts.of_role("statement", "value") if it.unit}
    same = bool(pairs) and noun(other.unit) in nouns and not one.unit
    return same and speaks_of(case, facts.finding, f"{other.text} {other.unit} attributed", fewest=1)


def _times_behind(case: Case, number: Number) -> str:
    unit = occurrences(case.block_text, number.end)
    return unit.name if unit else ""


_INTERVAL = re.compile(r"(?:CI|interval)\b[^;()]{0,30}\Z")
_PAIR = re.compile(r"\s(?:of|out of)\s(?:the |all |all the |these |its )?")


def _noun_behind(case: Case, number: Number) -> str:
    """Return the unit of the second number of a pair: "8 of 40 documents"."""
    for it in case.numbers:
        if it.start > number.end:
            return it.unit if _PAIR.fullmatch(case.block_text[number.end : it.start]) else ""
    return ""
