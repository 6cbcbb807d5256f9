"""Why a clause is worth checking, and how much.

Each reason has a weight, and what a clause does instead of asserting something lowers the score. The score orders
claims for a reader; it is no probability. It says nothing about whether a claim is true.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from math import prod
from typing import Any, NamedTuple

from research.loading.documents import Span
from research.nlp.claims.lexicon import first_words, plain, run_words, words

FIGURE, SUPERLATIVE, COMPARISON, TREND = "figure", "superlative", "comparison", "trend"
DENIAL, ALLEGATION, STATE = "denial", "allegation", "present state"
PROMISE, FORECAST = "promise", "forecast"

REASONS: Mapping[str, str] = {
    FIGURE: "a figure with its unit",
    SUPERLATIVE: "the most, the first, the only, never before",
    COMPARISON: "more, less or other than something else",
    TREND: "something rises, falls, improves or gets worse",
    DENIAL: "somebody says that something is not so",
    ALLEGATION: "somebody is said to do wrong, or is accused",
    PROMISE: "what somebody promises or plans to do, with a date",
    FORECAST: "what is said to come, with a date",
    STATE: "how things are, of somebody or something named",
}
"""What each reason means to a reader."""


class Judged(NamedTuple):
    """The reasons to check a clause, the weightiest first, and its score from 0 to 1."""

    reasons: tuple[str, ...]
    score: float


@dataclass(frozen=True)
class Clause:
    """A clause with what the other layers found in it.

    ``accused`` says that the clause is what somebody is charged with: by the verb that introduces it, or by a following
    sentence that calls it an allegation. ``asked`` says that its sentence is a question. ``date`` is that of the
    document.
    """

    text: str
    span: Span
    names: Sequence[Mapping[str, Any]] = ()
    quantities: Sequence[Mapping[str, Any]] = ()
    times: Sequence[Mapping[str, Any]] = ()
    accused: bool = False
    asked: bool = False
    hoped: bool = False
    date: str | None = None

    @cached_property
    def said(self) -> str:
        """The clause in small letters, character for character."""
        return plain(self.text[self.span.start : self.span.end])

    @cached_property
    def _words(self) -> frozenset[str]:
        return run_words(self.said)

    def may_have(self, *groups: str) -> bool:
        """Whether the clause has the first word of an entry under some headings of the lexicon; if not, it has none."""
        return not self._words.isdisjoint(first_words(*groups))

    def has(self, *groups: str) -> bool:
        """Whether the clause has an entry under some headings of the lexicon."""
        return self.may_have(*groups) and words(*groups).search(self.said) is not None

    @cached_property
    def verb(self) -> int:
        """The place of the first finite verb in ``said``, or its length."""
        found = words("finite verbs", "irregular trends", "trend verbs").search(self.said)
        past = _PAST.search(self.said)
        return min(found.start() if found else len(self.said), past.start() if past else len(self.said))

    @cached_property
    def subject_is_named(self) -> bool:
        """Whether a name comes before the first finite verb."""
        return any(it["start"] - self.span.start < self.verb for it in self.names)


_PAST = re.compile(r"(?<![\w-])[a-z]{3,20}ed(?![\w-])")


def judged(clause: Clause) -> Judged:
    """Return why a clause is worth checking, and how much."""
    weights = {reason: weight for reason, weigh in _WEIGH.items() if (weight := weigh(clause))}
    if not weights:
        return Judged((), 0.0)
    if clause.subject_is_named:
        weights["named"] = 0.1
    if any(it.get("period_start") for it in clause.times):
        weights["dated"] = 0.1
    certainty = prod(factor for lowers, factor in _LOWERED if lowers(clause))
    score = (1 - prod(1 - weight for weight in weights.values())) * certainty
    reasons = sorted((it for it in weights if it in REASONS), key=lambda it: (-weights[it], list(REASONS).index(it)))
    return Judged(tuple(reasons), round(score, 3))


# --- reasons ---


def _figure(clause: Clause) -> float:
    return max((_of_quantity(it) for it in clause.quantities), default=0.0)


_BY_KIND = {
    "money": 0.55,
    "percentage": 0.55,
    "percentage points": 0.55,
    "multiple": 0.5,
    "ratio": 0.45,
    "measure": 0.45,
}
_SMALL = 10


def _of_quantity(quantity: Mapping[str, Any]) -> float:
    """Return the weight of a figure: "two sides" and "for 50 years" are seldom worth checking, a sum of money is."""
    kind, value = quantity["kind"], quantity["value"] or quantity["high"] or quantity["low"]
    if kind in _BY_KIND:
        return _BY_KIND[kind]
    if kind != "count":
        return 0.12
    return 0.45 if value is not None and value >= _SMALL else 0.12


def _superlative(clause: Clause) -> float:
    if clause.has("unique") or (
        clause.may_have("superlatives")
        and any(not _is_courtesy(it, clause.said) for it in _est().finditer(clause.said))
    ):
        return 0.4
    if "most" not in clause.said:
        return 0.0
    # "The most daunting challenge" is mostly an opinion.
    return 0.22 if any(not _is_courtesy(it, clause.said) for it in _MOST.finditer(clause.said)) else 0.0


@cache
def _est() -> re.Pattern[str]:
    named = words("superlatives").pattern
    before = r"(?:the|its|our|their|his|her|my|\w's|second|third|world's)\s+(?:[a-z]+\s+)?"
    return re.compile(rf"{before}{named}|{named}\s+(?:ever|in the world)")


_MOST = re.compile(r"(?:the|its|our|their|'s)\s+most\s+(?![a-z]{2,30}ly\b|of\b)[a-z-]{4,30}")


def _is_courtesy(found: re.Match[str], said: str) -> bool:
    """Return whether a superlative measures nothing: "the greatest respect", "the earliest possible date"."""
    following = _NEXT.match(said, found.end())
    return following is not None and words("no superlatives").fullmatch(following["word"]) is not None


_NEXT = re.compile(r"\s+(?P<word>[a-z]+)")


def _comparison(clause: Clause) -> float:
    if clause.has("comparisons", "comparative verbs"):
        return 0.35
    than = _THAN.search(clause.said) if "than" in clause.said else None
    # "More than 200" is a figure, and "more than ever" compares with nothing.
    return 0.3 if than and words("comparatives").search(clause.said, max(0, than.start() - _BEFORE_THAN)) else 0.0


_THAN = re.compile(
    r"\bthan (?!\d|[$€£]|(?:an?|one|two|three|five|half|ever|enough|usual|words|ten|twenty|hundreds|thousands)\b)"
)
_BEFORE_THAN = 40


def _trend(clause: Clause) -> float:
    verbs = words("trend verbs", "irregular trends").finditer(clause.said) if clause.may_have(*_TRENDS) else ()
    for found in verbs:
        before = clause.said[: found.start()].split()[-3:]
        if any(words("before wishes").fullmatch(word) for word in before):
            continue
        if _is_finite(found, clause.said, before):
            return 0.35
    return 0.25 if clause.has("trend nouns") and clause.verb < len(clause.said) else 0.0


_TRENDS = ("trend verbs", "irregular trends")


def _is_finite(found: re.Match[str], said: str, before: Sequence[str]) -> bool:
    """Return whether a form is a verb here: not a noun ("the increase"), nor an adjective ("increasing pressure")."""
    form, last = found.group(), before[-1] if before else ""
    if form.endswith("ing"):
        return words("before verbs").fullmatch(last) is not None
    if words("before nouns").fullmatch(last) or last.endswith(("'s", "ive", "ent", "al")):
        return False
    if form.endswith("ed") or words("irregular trends").fullmatch(form):
        return not _IDIOM.match(said, found.end())
    return form.endswith("s") and bool(before)


_IDIOM = re.compile(
    r"\s+(?:apart|behind|from|into|ill|out|short|under|up|victim|within|to (?:his|the|its) (?:feet|ground|knees))\b"
)  # "fell short"


def _denial(clause: Clause) -> float:
    """Return the weight of a denial: of what somebody is or does, it can be checked; "this is not enough" seldom."""
    weight = 0.0
    patterns = [words("denials")] if clause.may_have("denials") else []
    if "n't" in clause.said or " no" in clause.said:
        patterns.append(_NEGATED)
    for pattern in patterns:
        for found in pattern.finditer(clause.said):
            if not _is_undeniable(clause.said, found):
                known = clause.subject_is_named or _SUBJECT.search(clause.said, 0, found.start())
                weight = max(weight, 0.35 if known else 0.2)
    return weight


_SUBJECT = re.compile(r"\b(?:i|we|he|she|they|our|my)\b")
_FEWEST_DENIED = 2
_NEGATED = re.compile(
    r"\b(?:(?:do|does|did|is|are|was|were|has|have|had)(?: also| still| therefore)?(?:n't| not)(?! only)|"
    r"(?:is|are|was|were) no\b)"
)


def _is_undeniable(said: str, found: re.Match[str]) -> bool:
    """Return whether a negation is of what somebody thinks or wants, or of nothing said here ("I never have")."""
    breaks_off = len(said[found.end() :].split()) < _FEWEST_DENIED
    if breaks_off and (found.re is _NEGATED or found.group() == "never"):
        return True
    around = said[max(0, found.start() - 12) : found.end() + 24]
    return words("no denials").search(around) is not None


def _allegation(clause: Clause) -> float:
    if clause.accused:
        return 0.4
    if (clause.may_have("allegation nouns") or "allegedly" in clause.said) and _ALLEGED.search(clause.said):
        return 0.3
    done = any(_does(clause, it) for it in _outside_names(clause, "wrong verbs", "irregular wrongs"))
    return 0.3 if done or any(_is_of(clause, it) for it in _outside_names(clause, "wrong nouns")) else 0.0


def _outside_names(clause: Clause, *groups: str) -> Iterator[re.Match[str]]:
    """Yield entries of the lexicon, but none within a name: the Convention against Corruption accuses nobody."""
    if not clause.may_have(*groups):
        return
    names = [(it["start"] - clause.span.start, _end(clause, it)) for it in clause.names]
    for found in words(*groups).finditer(clause.said):
        if not any(start <= found.start() < end for start, end in names):
            yield found


def _does(clause: Clause, wrong: re.Match[str]) -> bool:
    """Return whether somebody named does the wrong that a verb says: before it, or after "by"."""
    form = wrong.group()
    acts = not form.endswith("ing") or _HELPED.search(clause.said, 0, wrong.start())
    passive = _PASSIVE.search(clause.said, 0, wrong.start())
    between = [clause.said[_end(clause, it) : wrong.start()] for it in clause.names if _end(clause, it) < wrong.start()]
    before = any(all(words("between").fullmatch(word) for word in it.strip(" ,'s").split()) for it in between)
    return bool(acts and before and not passive) or _follows(clause, wrong, ("by",))


def _is_of(clause: Clause, wrong: re.Match[str]) -> bool:
    """Return whether a wrong is somebody's who is named: "the aggression of Orland", "Orland's aggression"."""
    at = any(0 <= wrong.start() - _end(clause, it) <= _ADJECTIVE for it in clause.names)
    return at or _follows(clause, wrong, ("by", "of", "from"))


def _follows(clause: Clause, wrong: re.Match[str], joins: Sequence[str]) -> bool:
    after = _JOINED.match(clause.said, wrong.end())
    if after is None or after["join"] not in joins:
        return False
    return any(0 <= it["start"] - clause.span.start - after.end() <= _ADJECTIVE for it in clause.names)


def _end(clause: Clause, name: Mapping[str, Any]) -> int:
    return int(name["end"]) - clause.span.start


_ADJECTIVE = 14
"""Characters between a name and the noun that is its own."""
_PASSIVE = re.compile(r"\b(?:be|been|being|is|are|was|were)\s+(?:[a-z]+ly\s+)?$")
_HELPED = re.compile(r"\b(?:is|are|was|were|been|keeps|of)\s+(?:[a-z]+ly\s+)?$")
_JOINED = re.compile(r"\s+(?:[a-z]+\s+)?(?P<join>by|of|from)\s+(?:the\s+)?")
_ALLEGED = re.compile(rf"{words('allegation nouns').pattern} (?:against|of|that)\b|\ballegedly\b")


def _promise(clause: Clause) -> float:
    return 0.4 if _promises(clause) and _has_a_date_ahead(clause) else 0.0


def _forecast(clause: Clause) -> float:
    if not clause.has("will", "promise verbs", "expected") or not _has_a_date_ahead(clause):
        return 0.0
    return 0.0 if _promises(clause) else 0.3


def _promises(clause: Clause) -> bool:
    """Return whether somebody says what they or their government will do, or uses a verb of promising."""
    if not clause.may_have("will", "promise verbs"):
        return False
    if _PLEDGES.search(clause.said):
        return True
    return any(not words("no deed verbs").fullmatch(it["verb"]) for it in _OWN_DEED.finditer(clause.said))


def _has_a_date_ahead(clause: Clause) -> bool:
    return _BY_WHEN.search(clause.said) is not None or _is_ahead(clause)


_PLEDGES = re.compile(
    rf"{words('promise verbs').pattern}\s+(?:[a-z]+ly\s+)?(?:to|that)\b|"
    rf"\b(?:i|we)\s+(?:(?:also|hereby|now|again|[a-z]+ly)\s+)?{words('promise verbs').pattern}"
)
_OWN_DEED = re.compile(
    r"\b(?:(?:i|we)(?:\s+(?:[a-z]+ly|all|both|also|now|therefore))?|"
    rf"(?:my|our|this|the)\s+(?:[a-z-]+\s+){{0,2}}{words('own bodies').pattern})"
    r"(?:\s+(?:[a-z]+ly|also|now|therefore))?(?:\s+(?:will|shall|(?:am|are|is)\s+going\s+to)|'ll|'(?:re|m)\s+going\s+to)"
    r"\s+(?:(?:not|also|now|soon|then|therefore|[a-z]+ly)\s+){0,2}(?:be\s+(?=[a-z]+ing\b)|have\s+(?=[a-z]+ed\b))?(?P<verb>[a-z]+)\b"
)
"""Who speaks, or their government, does something: "we will build", "my Government will also open"."""


_BY_WHEN = re.compile(
    r"\b(?:by|before|until|in)\s+(?:the\s+(?:end|year)\s+(?:of\s+)?)?20\d\d\b|\b(?:next|coming)\s+(?:week|month|year|decade)\b"
)


def _is_ahead(clause: Clause) -> bool:
    if clause.date is None:
        return False
    last = clause.date + "-12-31"[len(clause.date) - 4 :]  # of a year or month, its last day
    return any((it.get("period_end") or "") > last for it in clause.times)


def _state(clause: Clause) -> float:
    return 0.15 if clause.subject_is_named and _PRESENT.match(clause.said, clause.verb) else 0.0


_PRESENT = re.compile(
    r"(?:is|are|isn't|aren't|has|have|does|do|doesn't|don't|hasn't|keeps|remains|continues|holds|takes|makes)\b"
)

_WEIGH: Mapping[str, Callable[[Clause], float]] = {
    FIGURE: _figure,
    SUPERLATIVE: _superlative,
    COMPARISON: _comparison,
    TREND: _trend,
    DENIAL: _denial,
    ALLEGATION: _allegation,
    PROMISE: _promise,
    FORECAST: _forecast,
    STATE: _state,
}

# --- what lowers the score ---

_LOWERED: Sequence[tuple[Callable[[Clause], bool], float]] = (
    (lambda clause: clause.asked, 0.2),
    (lambda clause: clause.has("courtesy"), 0.2),
    (lambda clause: clause.has("urging"), 0.5),
    (lambda clause: clause.hoped or clause.has("hoping"), 0.5),
    (lambda clause: clause.has("opining"), 0.7),
    (lambda clause: clause.has("supposing"), 0.7),
    (lambda clause: clause.has("will") and not (_promise(clause) or _forecast(clause)), 0.7),
)
"""What a clause does instead of asserting something, and the factor for it."""
