"""The clause around a figure: its words in forms that can be compared, and whether it only says who puts it at what."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from research.nlp import text as texts
from research.nlp.text.lists import word_list

LEXICON = "same_measure.txt"


class Clause(NamedTuple):
    """What stands around a figure."""

    words: frozenset[str]
    """The content words, in forms that synonyms share; without months, units of time and verbs of saying."""
    told: frozenset[str]
    """The same words as they are written, in small letters."""
    names: frozenset[str]
    """Capitalised words of the sentence, without those of whoever asserts the figure."""
    sides: frozenset[tuple[str, str]]
    """Words of a contrast, each with its contrast: of "men" and "women" a figure is about one."""
    apart: bool
    """Whether it is about somebody that only the text around it names, a poll, or another thing of a kind."""
    denied: bool
    """Whether a "no" or "never" turns its bound: "in no month less than 410"."""
    elliptic: bool
    """Whether it says who puts something at the figure, and no more: "The ministry counts 180,000"."""
    inverted: bool
    """Whether it says so the other way round: "Nine percent is what the minister has named"."""


@cache
def _synonyms() -> dict[str, str]:
    entries = [entry.split("=") for entry in word_list(LEXICON)["synonyms"]]
    return {stem(word): stem(entry[0]) for entry in entries for word in entry}


@cache
def _sides() -> dict[str, tuple[str, str]]:
    entries = word_list(LEXICON)["contrasts"]
    return {stem(word): (entry, stem(word)) for entry in entries for word in entry.split("=")}


@cache
def _ignored() -> frozenset[str]:
    return frozenset(map(stem, word_list(LEXICON)["no content"]))


_ENDINGS = ("ings", "ing", "ied", "ed", "es", "e", "s")
_SHORTEST = 3
_POSSESSIVE = re.compile(r"['’]s?$")


@cache
def stem(word: str) -> str:
    """Return what the forms of a word share, roughly: its base form without the endings of verbs.

    >>> stem("filled") == stem("filling") == stem("fill"), stem("reached"), stem("Ordania's")
    (True, 'reach', 'ordania')
    """
    form = _POSSESSIVE.sub("", texts.base_form(word))
    for ending in _ENDINGS:
        if form.endswith(ending) and len(form) - len(ending) >= _SHORTEST:
            form = form[: -len(ending)] + ("y" if ending == "ied" else "")
            break
    return form[:-1] if len(form) > _SHORTEST + 1 and form[-1] == form[-2] and form[-1] not in "ls" else form


def clauses(rows: Sequence[Mapping[str, Any]]) -> list[Clause]:
    """Return the clause around each figure, in the order of the rows."""
    together: dict[tuple[Any, Any], list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        together[row["doc_id"], row["sentence_at"]].append(number)
    found: dict[int, Clause] = {}
    for numbers in together.values():
        in_order = sorted(numbers, key=lambda it: int(rows[it]["start"]))
        spans = _places([rows[it] for it in in_order])
        for at, number in enumerate(in_order):
            found[number] = _clause(rows[number], spans, at)
    return [found[number] for number in range(len(rows))]


def _places(rows: Sequence[Mapping[str, Any]]) -> list[tuple[int, int]]:
    """Return where the figures of a sentence are in it; blanks and line ends are single blanks there."""
    spans, after = [], 0
    for row in rows:
        at = max(str(row["in_sentence"]).find(str(row["text"]), after), 0)
        after = at + len(str(row["text"]))
        spans.append((at, after))
    return spans


_BREAK = re.compile(r"[;:()–—]|,\s(?:and|but|while|whereas|which|who|as|because|according)\b|\bnot\b|[.?!]\s")
_JOIN = re.compile(r",\s|\s(?:and|but|or|to)\s")


def _clause(row: Mapping[str, Any], spans: Sequence[tuple[int, int]], at: int) -> Clause:
    sentence, (start, end) = str(row["in_sentence"]), spans[at]
    low, high = _ends(sentence, spans, at)
    after = high if row["kind"] not in _SHARES or not sentence.startswith(" of ", end) else end
    unit = {stem(str(row["unit"]))} if row["kind"] == "measure" and row["unit"] else set()
    asserts = {stem(it[0]) for it in _WORD.finditer(str(row["who"]))}
    told = _told(sentence, low, start) + _told(sentence, end, after)
    words = frozenset(_synonyms().get(form, form) for form in map(stem, told))
    all_words = [it[0] for it in _WORD.finditer(sentence)]
    names = {stem(it) for it in all_words if it[0].isupper() and texts.is_content_word(it)} - asserts - _ignored()
    return Clause(
        (words - asserts) | unit,
        frozenset(map(texts.base_form, told)),
        frozenset(names),
        frozenset(_sides()[form] for form in map(stem, all_words) if form in _sides()),
        _is_apart(row, sentence, low, high),
        _DENIED.search(sentence, 0, start) is not None,
        at == 0 and _ELLIPTIC.fullmatch(sentence[:start].strip("\"'“”‘’* ")) is not None and _ends_at(sentence, end),
        _INVERTED.match(sentence, end) is not None and not sentence[:start].strip("\"'“”‘’* "),
    )


def _ends(sentence: str, spans: Sequence[tuple[int, int]], at: int) -> tuple[int, int]:
    """Return where the clause of a figure begins and ends, at the latest where that of another figure does."""
    start, end = spans[at]
    low = spans[at - 1][1] if at else 0
    high = spans[at + 1][0] if at + 1 < len(spans) else len(sentence)
    if at and (joins := list(_JOIN.finditer(sentence, low, start))):
        low = joins[-1].start()
    if high < len(sentence) and (join := _JOIN.search(sentence, end, high)):
        high = join.start()
    breaks = list(_BREAK.finditer(sentence, low, high))
    before = bisect_right([it.end() for it in breaks], start)
    if before:
        low = breaks[before - 1].end()
    return low, next((it.start() for it in breaks if it.start() >= end), high)


_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")


def _told(sentence: str, low: int, high: int) -> list[str]:
    words = (it[0] for it in _WORD.finditer(sentence, low, high))
    return [it for it in words if texts.is_content_word(it) and stem(it) not in _ignored()]


_SOMEBODY = re.compile(r"\b(?:he|she|his|her|hers|him|its|another|additional|other|extra|further)\b", re.IGNORECASE)
_POLL = re.compile(
    r"\b(?:poll(?:s|ed|ing)?|survey(?:s|ed)?|respondents?|sample|margin of (?:sampling )?error)\b", re.IGNORECASE
)
_VOTES = re.compile(
    r"\b(?:vot(?:e|es|ers|ing)|lead(?:s|ing)?|led|trail(?:s|ed|ing)?|beats?|won|followed by|ahead|edge|favou?r\w{0,6}|"
    r"ratings?|supporters|delegates)\b",
    re.IGNORECASE,
)
_SHARES = frozenset({"percentage", "percentage points", "ratio"})
_DENIED = re.compile(r"\b(?:no|never|not)\b", re.IGNORECASE)


def _is_apart(row: Mapping[str, Any], sentence: str, low: int, high: int) -> bool:
    share = row["kind"] in _SHARES or row["unit"] == "points"
    if _POLL.search(sentence) or (share and _VOTES.search(sentence)):
        return True
    return _SOMEBODY.search(sentence, low, high) is not None


_ELLIPTIC = re.compile(
    r"(?:[^\W\d][\w.'’-]*,? ){1,18}?(?:(?:has|have|had|now|only|long) ){0,2}"
    r"(?:says?|said|count(?:s|ed)?|report(?:s|ed)?|estimate[sd]?|finds?|found|maintain(?:s|ed)?|gives?|gave|names?|named|"
    r"puts? (?:[\w-]+ ){1,6}at|speaks? of|spoke of|talk(?:s|ed)? of|arrive[sd]? at|recommend(?:s|ed)?|insist(?:s|ed)?|"
    r"calculate[sd]?|offer(?:s|ed)?|ask(?:s|ed)? for|demand(?:s|ed)?)"
    r"(?: that)?(?: (?:it|they|there|the (?:true |real )?(?:cost|figure|number|total)) (?:is|was|were|are))?"
    r"(?: (?:about|around|nearly|almost|only|some|just|fewer than|more than|less than|at least)){0,2}"
)
_END = re.compile(r"(?:[\s\"'”’*]|this (?:morning|week|year)|last year|today|alone)*(?:$|[.,;!?“\"])")
_INVERTED = re.compile(r"[*\"”’\s]*(?:is|was) (?:what|the (?:figure|number|estimate|sum|count) (?:of|that|which)\b)")


def _ends_at(sentence: str, end: int) -> bool:
    return _END.match(sentence, end) is not None
