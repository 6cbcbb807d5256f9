"""Figures: where a text gives a quantity, of what kind, in which unit, and with which value.

Years, dates and clock times belong to the layer ``times`` and are no quantities, nor are ordinals, scores, telephone
numbers, and the numbers of resolutions, articles, pages and the like. "One of", "one day" and "the two countries" count
nothing. The span runs from the sign or the first digit to the end of the unit, without "about" or "more than", which
become bounds. ``value`` is in the written unit, scaled: 30 per cent is 30, $66 million is 66000000.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from research.loading.documents import Span
from research.nlp.quantities import units, values
from research.nlp.quantities.number_words import FRACTION, NUMBER, ONES, SCALES, fraction_of, value_of
from research.nlp.quantities.units import AGE, COUNT, DURATION, MONEY, MULTIPLE, RATIO
from research.nlp.text.lists import word_list


@dataclass(frozen=True)
class Figure:
    """A quantity as written: its span, the bounds of its value, its unit and kind."""

    start: int
    end: int
    kind: str
    unit: str
    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    approximate: bool = False

    @property
    def span(self) -> Span:
        """The span."""
        return Span(self.start, self.end)


_GAP = "[,\u00a0\u202f\u2009 ]"
_DIGITS = (
    rf"[0-9]{{1,3}}(?:{_GAP}[0-9]{{3}}(?![0-9]))+(?:\.[0-9]+)?|[0-9]+,[0-9]{{1,2}}(?= ?(?:per ?cent|%|[mb]illion))|"
    r"[0-9]{1,15}(?:\.[0-9]{1,9})?(?![0-9])"
)
_SCALE = r"(?:(?:-odd)?[\s-]?(?P<{0}>hundred|thousand|million|billion|trillion|mln|bln|mn|bn|trn|tn|m|b|k)(?![\w’']))?"
_ONE = rf"(?:{_DIGITS}|{NUMBER})"
_RANGE = re.compile(
    rf"(?P<one>{_ONE}){_SCALE.format('s1')}(?:(?:\s?(?:%|per\s?cent))?(?P<joint>\s?[-–—]\s?|\s(?:to|or|and)\s)"
    rf"(?:[$€£]\s?)?(?P<two>{_ONE}){_SCALE.format('s2')})?",
    re.IGNORECASE,
)
_START = re.compile(rf"(?<![\w./:’'-])(?=[0-9]|{NUMBER})", re.IGNORECASE)
_SCALES = {"m": 6, "mn": 6, "mln": 6, "b": 9, "bn": 9, "bln": 9, "tn": 12, "trn": 12, "k": 3} | dict(SCALES)
_LETTERS = frozenset("mbk")


def figures(text: str, sentence: Span, taken: Sequence[Span]) -> list[Figure]:
    """Return the quantities of a sentence, in order; ``taken`` are the time expressions, which hold none."""
    found: list[Figure] = []
    last = sentence.start
    readers = (_ratios, _multiples, _vague_numbers, _ages)
    for it in sorted((it for read in readers for it in read(text, sentence)), key=_place):
        if not _overlaps(it.span, taken) and it.start >= last:
            found.append(it)
            last = it.end
    held = [*taken, *(it.span for it in found)]
    return sorted([*found, *_numbers(text, sentence, held)], key=_place)


def _place(figure: Figure) -> tuple[int, int]:
    return figure.start, -figure.end


def _overlaps(span: Span, others: Sequence[Span]) -> bool:
    return any(start < span.end and span.start < end for start, end in others)


# --- numbers with a unit ---


def _numbers(text: str, sentence: Span, taken: Sequence[Span]) -> Iterator[Figure]:
    at = sentence.start
    while (begin := _START.search(text, at, sentence.end)) is not None:
        match = _RANGE.match(text, begin.start(), sentence.end)
        if match is None or match.end() == match.start():
            at = begin.start() + 1
            continue
        figure = _figure(text, sentence, match)
        if figure is None and match["two"]:  # "in 5 and 20 people" is no range: each may be a figure by itself
            match = _RANGE.match(text, begin.start(), match.start("joint"))
            figure = _figure(text, sentence, match) if match else None
        if figure is None or _overlaps(figure.span, taken):
            at = max(begin.start() + 1, match.end("one") if match else 0)
            continue
        yield figure
        at = figure.end


def _figure(text: str, sentence: Span, match: re.Match[str]) -> Figure | None:
    """Return the figure at a match of numbers, or None where these are none."""
    if _is_no_quantity(text, sentence, match):
        return None
    before = units.money_before(text, match.start())
    scales = [match["s1"], match["s2"]]
    end = match.end()
    unit = None
    by_letter = any(it and it.lower() in _LETTERS for it in scales)
    if before is None and by_letter and not _is_money(units.unit_after(text, end)):
        return None  # "5m" may be metres
    if before is not None:
        unit = units.Unit(before[0], MONEY, end)
        if (after := units.unit_after(text, end)) and after.kind == MONEY:
            unit = units.Unit(after.name if len(after.name) == len("USD") else before[0], MONEY, after.end)
    else:
        unit = units.unit_after(text, end) or units.counted_after(text, end) or _uncounted(match)
    if unit is None or not _can_be(unit, match, text):
        return None
    one, two = _value(match["one"], match["s1"] or (match["s2"] if match["two"] else None)), None
    if one is None:
        return None
    if match["two"]:
        two = _value(match["two"], match["s2"])
        if two is None or not _is_range(text, match, one, two, unit):
            return None
    one = one.scaleb(unit.power)
    start = match.start() if before is None else before[1]
    figure = Figure(start, unit.end, unit.kind, unit.name, None if match["two"] else one)
    if two is not None:
        return replace(figure, low=one, high=two.scaleb(unit.power))
    return _with_bounds(text, sentence, figure)


def _uncounted(match: re.Match[str]) -> units.Unit | None:
    """Return an empty unit after a large number that names none: "40,570 are unaffiliated"."""
    large = match["s1"] or ("," in match["one"] and match["one"][0].isdigit())
    return units.Unit("", COUNT, match.end()) if large and not match["two"] else None


def _is_money(unit: units.Unit | None) -> bool:
    return unit is not None and unit.kind == MONEY


def _value(written: str, scale: str | None) -> Decimal | None:
    number = _number(written)
    return None if number is None else number * Decimal(10) ** (_SCALES[scale.lower()] if scale else 0)


def _number(written: str) -> Decimal | None:
    """Return the value of one number: figures as ``values`` reads them, or words."""
    if not written[0].isdigit():
        return value_of(written)
    try:
        return values.read(re.sub(_GAP, ",", written)).number
    except values.NotAValue:
        return Decimal(written) if re.fullmatch(r"[0-9]+\.[0-9]+", written) else None


def _is_range(text: str, match: re.Match[str], one: Decimal, two: Decimal, unit: units.Unit) -> bool:
    joint = match["joint"].strip()
    if joint == "and":
        between = re.search(r"\bbetween [$€£]?\s?\Z", text[max(0, match.start() - 12) : match.start()], re.IGNORECASE)
        return between is not None and one < two
    if joint == "to" and "%" in text[match.end("one") : match.start("joint")]:
        return False  # from one level to another
    return one < two and (joint not in "-–—" or unit.kind != COUNT or match["one"][0].isdigit())


_SMALL_WORD = frozenset(word for word, number in ONES.items() if number <= 12)
_DEFINITE = re.compile(
    r"\b(?:the|these|those|our|their|its|his|her|my|your|both|all|other|last|first|next|past|any|every|each)\s+"
    r"(?:[a-z]+\s+)?\Z",
    re.IGNORECASE,
)


def _can_be(unit: units.Unit, match: re.Match[str], text: str) -> bool:
    """Whether a number and its unit are a quantity: "one day" and "the two countries" are none."""
    written = match["one"].lower()
    alone = not match["two"] and not match["s1"]
    if unit.kind in (COUNT, DURATION) and alone and written in ("one", "1", "zero"):
        return unit.kind == DURATION and written == "1"
    if unit.kind == COUNT and alone and written in _SMALL_WORD:
        return _DEFINITE.search(text[max(0, match.start() - 30) : match.start()]) is None
    return True


# --- what is no quantity ---

_NUMBERED = re.compile(rf"\b(?:{'|'.join(word_list('quantities.txt')['numbered'])})\.?\s?\Z", re.IGNORECASE)
_AFTER = re.compile(r"(?:st|nd|rd|th)\b|:[0-9]|\s?[ap]\.?m\b|/[0-9]|[-–][0-9]+[-–]|\.[0-9]+\.|[’']s\b|[’']?s\b")
_LISTED = re.compile(r"[.)]\s+[A-Z]|\.?\t")
_SCORE = re.compile(
    r"\b(?:won|beat|lost|defeated|victory|score|led|vote|ruling|margin|decision|tied|draw)\b", re.IGNORECASE
)


def _is_no_quantity(text: str, sentence: Span, match: re.Match[str]) -> bool:
    before, start, end = text[max(0, match.start() - 16) : match.start()], match.start(), match.end()
    if _AFTER.match(text, match.end("one")) and not match["s1"]:
        return True
    if before.rstrip().endswith(("#", "§", "No", "no.")) or (_NUMBERED.search(before) and match["one"][0].isdigit()):
        return True
    if start == sentence.start and match["one"].isdigit() and _LISTED.match(text, end):
        return True
    joint = (match["joint"] or "").strip()
    if joint and joint in "-–—" and match["one"].isdigit() and (match["two"] or "").isdigit():
        return _SCORE.search(text, sentence.start, sentence.end) is not None and units.unit_after(text, end) is None
    return re.match(r"[-–][0-9]{2,}[-–][0-9]", text[match.end("one") : end + 8]) is not None


# --- bounds ---

_AT_LEAST = (
    "more than|over|at least|above|in excess of|no (?:fewer|less) than|not less than|upwards? of|exceeding|beyond|"
    "a minimum of"
)
_AT_MOST = (
    "up to|at most|as many as|as much as|no more than|not more than|less than|fewer than|under|below|a maximum of"
)
_ABOUT = "about|around|some|roughly|approximately|nearly|almost|close to|(?:an )?estimated|circa|an average of|just"
_BEFORE = re.compile(
    rf"\b(?:(?P<least>{_AT_LEAST})|(?P<most>{_AT_MOST})|(?P<about>{_ABOUT}))\s+"
    r"(?:an? |the )?(?:additional |further )?\Z",
    re.IGNORECASE,
)
_OR_MORE = re.compile(r"\s+or (?P<more>more|less|fewer|so)\b|-(?P<odd>odd)\b|\+")
_MUCH = 28


def _with_bounds(text: str, sentence: Span, figure: Figure) -> Figure:
    """Return a figure with what the words before it, or after it, say of its bounds."""
    before = _BEFORE.search(text[max(sentence.start, figure.start - _MUCH) : figure.start])
    if before is not None:
        if before["least"]:
            return replace(figure, low=figure.value, approximate=True)
        if before["most"]:
            return replace(figure, high=figure.value, approximate=True)
        return figure if before["about"].lower() == "just" else replace(figure, approximate=True)
    after = _OR_MORE.match(text, figure.end)
    if after is None:
        return figure
    if after["more"] == "more" or after[0] == "+":
        return replace(figure, low=figure.value, approximate=True)
    high = figure.value if after["more"] in ("less", "fewer") else None
    return replace(figure, high=high, approximate=True)


# --- ratios, fractions, multiples, vague numbers ---

_RATIO = re.compile(
    rf"(?<![\w.])(?P<part>[0-9]+|{'|'.join(ONES)})\s(?:in|out of)(?: every)?\s(?P<whole>[0-9][0-9,]*|{NUMBER})"
    r"(?: (?P<what>[a-z]+))?(?![\w-])",
    re.IGNORECASE,
)
_FRACTION = re.compile(rf"(?<![\w-])(?P<part>{FRACTION})(?! (?:century|hour|day|year|time|term|world))", re.IGNORECASE)
_MULTIPLE = re.compile(
    r"(?<![\w-])(?:(?P<word>doubl(?:ed|ing)|tripl(?:ed|ing)|trebl(?:ed|ing)|quadrupl(?:ed|ing)|halv(?:ed|ing))|"
    rf"(?P<n>[0-9]+(?:\.[0-9]+)?|{'|'.join(ONES)}|{NUMBER})(?:[ -]times|[ -]?fold)(?= |[.,;]|$)"
    r"(?! (?:a|per|in|when|before|since))|(?P<twice>twice)(?= (?:as|the|that|its|what|their) ))",
    re.IGNORECASE,
)
_TIMES = {"doubl": Decimal(2), "tripl": Decimal(3), "trebl": Decimal(3), "quadrupl": Decimal(4), "halv": Decimal("0.5")}
_VAGUE = re.compile(
    r"(?<![\w-])(?P<n>(?:tens\s+of\s+|hundreds\s+of\s+)?(?:thousands|millions|billions|trillions)|hundreds|dozens|scores|"
    r"tens|(?:several|a\s+few)\s+(?:hundred|thousand|million|billion|dozen))(?:\s+of)?(?=\s)",
    re.IGNORECASE,
)
_LOW = {word: 10**power for word, power in SCALES.items()} | {"dozen": 12, "score": 20}
_AGED = re.compile(r"\b(?:aged|at the age of|age) (?P<n>[0-9]{1,3})(?![\w%])")


def _ratios(text: str, sentence: Span) -> Iterator[Figure]:
    for match in _RATIO.finditer(text, *sentence):
        part, whole = _plain(match["part"]), _plain(match["whole"])
        if part and whole and part < whole and not re.fullmatch("1[5-9][0-9]{2}|20[0-9]{2}", match["whole"]):
            end = match.end("whole")
            end = match.end("what") if units.is_people(match["what"] or "") else end
            yield Figure(match.start(), end, RATIO, "", part / whole)
    for match in _FRACTION.finditer(text, *sentence):
        value = fraction_of(match["part"])
        after, before = text[match.end() : match.end() + 8], text[max(0, match.start() - 5) : match.start()]
        if value is None or _NO_FRACTION.match(after) or before.lower().endswith(" and "):
            continue
        scaled = re.match(rf"(?: of)? an? ({'|'.join(_LOW)})\b", text[match.end() : match.end() + 20])
        if scaled is None:
            yield _with_bounds(text, sentence, Figure(match.start(), match.end(), RATIO, "", value))


_NO_FRACTION = re.compile(r"[ -](?:to|of a|party|way|dozen|hour|mast)\b|[’']")


def _plain(written: str) -> Decimal | None:
    return Decimal(written.replace(",", "")) if written[0].isdigit() else value_of(written)


def _multiples(text: str, sentence: Span) -> Iterator[Figure]:
    for match in _MULTIPLE.finditer(text, *sentence):
        if match["n"]:
            value = _plain(match["n"]) if match["n"][0].isdigit() else value_of(match["n"])
            if value is None or value <= 1:
                continue
        elif match["twice"]:
            value = Decimal(2)
        else:
            value = next(n for stem, n in _TIMES.items() if match["word"].lower().startswith(stem))
        yield _with_bounds(text, sentence, Figure(match.start(), match.end(), MULTIPLE, "times", value))


def _vague_numbers(text: str, sentence: Span) -> Iterator[Figure]:
    """Yield "hundreds of people", "millions of dollars": no value, at least so many."""
    for match in _VAGUE.finditer(text, *sentence):
        unit = units.unit_after(text, match.end()) or units.counted_after(text, match.end())
        if unit is None or (unit.kind == DURATION and not match["n"].lower().startswith(("several", "a few"))):
            continue
        low = 1
        for word in match["n"].lower().split():
            low *= _LOW.get(word.removesuffix("s"), 10 if word == "tens" else 1)
        yield Figure(match.start(), unit.end, unit.kind, unit.name, None, low=Decimal(low), approximate=True)


def _ages(text: str, sentence: Span) -> Iterator[Figure]:
    for match in _AGED.finditer(text, *sentence):
        yield Figure(match.start("n"), match.end("n"), AGE, "years", Decimal(match["n"]))
