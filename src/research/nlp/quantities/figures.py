"""Figures: where a text gives a quantity, of what kind, in which unit, and with which value.

Years, dates and clock times belong to the layer ``times`` and are no quantities, nor are ordinals, scores, telephone
numbers, and the numbers of resolutions, articles, pages and the like. "One of", "one day" and "the two countries" count
nothing. The span runs from the sign or the first digit to the end of the unit, without "about" or "more than", which
become bounds. ``value`` is in the written unit, scaled: 30 per cent is 30, $66 million is 66000000.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from research.loading.documents import Span
from research.nlp.quantities import units, values
from research.nlp.quantities.ages import ages, ages_in_words
from research.nlp.quantities.bounds import OR_MORE, Figure, with_bounds
from research.nlp.quantities.number_words import AND_A_PART, NUMBER, ONES, SCALES, SIGNS, TENS, fraction_of, value_of
from research.nlp.quantities.readers import bare_numbers, halves, multiples, ratios, vague_numbers
from research.nlp.quantities.units import COUNT, DURATION, MONEY
from research.nlp.text.lists import word_list

_GAP = "[,\u00a0\u202f\u2009 ]"
_DIGITS = (
    rf"[0-9]{{1,3}}(?:(?:{_GAP}[0-9]{{3}}|,\s000)(?![0-9]))+(?:\.[0-9]+)?|"
    r"[0-9]+,[0-9]{1,2}(?= ?(?:per ?cent|%|[mb]illion))|"
    r"[0-9]{1,15}(?:\.[0-9]{1,9})?(?![0-9])"
)
_SCALE = (
    r"(?:(?:[\s-]odd)?(?:\s{{1,2}}|-)?"
    r"(?P<{0}>hundred|thousand|million|billion|trillion|mln|bln|mn|bn|trn|tn|m|b|k)(?![\w’']))?"
)
_SIGN = "|".join(re.escape(it).replace("/", r"/\s?") for it in SIGNS)
_ONE = rf"(?:(?:{_DIGITS})(?:\s{{0,2}}(?:{_SIGN})(?![0-9/])|{AND_A_PART})?|{NUMBER}{AND_A_PART}?)"
_ANY = re.compile(
    rf"[0-9]|\b(?:{'|'.join([*ONES, *TENS, *SCALES])}|dozen|half|hal(?:ves|ved|ving)|doubl|tripl|trebl|quadrupl|twice|"
    r"scores|thirds?|quarters?|fifths?|sixths?|sevenths?|eighths?|tenths?|hundredths?)",
    re.IGNORECASE,
)
"""What a sentence with a figure holds."""
_WORD = re.compile(r"[a-z]+|[0-9]")
_DIGITS_ALONE = frozenset("0123456789")
_VAGUE_WORDS = frozenset(
    (
        "thousands",
        "millions",
        "billions",
        "trillions",
        "hundreds",
        "dozens",
        "scores",
        "tens",
        "several",
        "few",
        "many",
        "couple",
    )
)
_OF_MULTIPLES = frozenset(
    f"{stem}{ending}" for stem in ("doubl", "tripl", "trebl", "quadrupl", "halv") for ending in ("e", "es", "ed", "ing")
) | {"times", "twice", "fold", "half", *(f"{word}fold" for word in (*ONES, *TENS, *SCALES))}
_OF_AGES = frozenset(("age", "aged", "when", "until"))
_HALVES = frozenset(("half",))
_PARTS_OF_ONE = ("third", "quarter", "fifth", "sixth", "seventh", "eighth", "tenth", "hundredth")
_NUMBER_WORDS = (
    _DIGITS_ALONE
    | _VAGUE_WORDS - {"several", "few", "many", "couple"}
    | _OF_MULTIPLES - {"times", "fold"}
    | {*ONES, *TENS, *SCALES, "dozen", "half", "halves"}
    | {f"{part}{s}" for part in _PARTS_OF_ONE for s in ("", "s")}
)
"""The words and digits without which no reader need look at a sentence: finding its words is faster than a pattern."""
_RANGE = re.compile(
    rf"(?P<one>{_ONE}){_SCALE.format('s1')}(?:(?:\s?(?:%|per\s?cent)|-(?=\s{{1,2}}(?:to|or)\s))?(?P<joint>\s?[-–—]\s?|\s{{1,2}}(?:to|or|and)\s{{1,2}})"
    rf"(?:[$€£]\s?)?(?P<two>{_ONE}){_SCALE.format('s2')})?",
    re.IGNORECASE,
)
_START = re.compile(
    rf"(?:(?<![\w./:’'-])(?<!\w\+)|(?<=[0-9]%[-–])|(?<=\$(?:US|NZ|HK))|(?<=\$[ACS]))(?=[0-9]|{NUMBER})", re.IGNORECASE
)
_SCALES = {"m": 6, "mn": 6, "mln": 6, "b": 9, "bn": 9, "bln": 9, "tn": 12, "trn": 12, "k": 3} | dict(SCALES)
_LETTERS = frozenset("mbk")


_DESCRIBE = frozenset(("recent", "current", "present", "future"))
"""Times that describe what is counted: "two recent statements"."""


def figures(text: str, sentence: Span, taken: Sequence[Span]) -> list[Figure]:
    """Return the quantities of a sentence, in order; ``taken`` are the time expressions, which hold none."""
    words = set(_WORD.findall(text[sentence.start : sentence.end].lower()))
    if words.isdisjoint(_NUMBER_WORDS):
        return []
    held = _Held(it for it in taken if text[it.start : it.end].lower() not in _DESCRIBE)
    if taken and not _left(text, sentence, held):
        return []
    found = held.free(sorted((it for read in _readers(words) for it in read(text, sentence)), key=_place))
    found += held.free(_numbers(text, sentence, held))
    if _left(text, sentence, held):
        found += held.free(sorted(bare_numbers(text, sentence, words), key=_place))
    return sorted(found, key=_place)


def _left(text: str, sentence: Span, held: _Held) -> bool:
    """Whether a sentence has a number that nothing has taken."""
    return any(not held.holds(Span(*match.span())) for match in _ANY.finditer(text, *sentence))


def _readers(words: set[str]) -> Iterator[Callable[[str, Span], Iterator[Figure]]]:
    """Yield the readers that may find something in a sentence with these words."""
    yield ratios
    if not words.isdisjoint(_OF_MULTIPLES):
        yield multiples
    if not words.isdisjoint(_VAGUE_WORDS):
        yield vague_numbers
    if not words.isdisjoint(_DIGITS_ALONE):
        yield ages
    if not words.isdisjoint(_OF_AGES):
        yield ages_in_words
    if not words.isdisjoint(_HALVES):
        yield halves


class _Held:
    """The stretches of a sentence that are taken already; none overlap."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans)

    def holds(self, span: Span) -> bool:
        """Whether any of them overlaps a span."""
        at = bisect_left(self._spans, (span.end, span.end))
        return at > 0 and self._spans[at - 1].end > span.start

    def free(self, figures: Iterable[Figure]) -> list[Figure]:
        """Return the figures, in order, that overlap nothing taken and none before them; from now on they are taken."""
        found: list[Figure] = []
        last = 0
        for it in figures:
            if it.start >= last and not self.holds(it.span):
                found.append(it)
                last = it.end
        self._spans = sorted([*self._spans, *(it.span for it in found)])
        return found


def _place(figure: Figure) -> tuple[int, int]:
    return figure.start, -figure.end


# --- numbers with a unit ---


def _numbers(text: str, sentence: Span, held: _Held) -> Iterator[Figure]:
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
        if figure is None and match and (word := _FIRST_OF_TWO.match(match["one"])):  # "six five-year periods"
            match = _RANGE.match(text, begin.start(), begin.start() + word.end(1))
            figure = _figure(text, sentence, match) if match else None
        if figure is None or held.holds(figure.span):
            at = max(begin.start() + 1, match.end("one") if match else 0)
            continue
        yield figure
        at = figure.end


_FIRST_OF_TWO = re.compile(r"([A-Za-z]+)\s[A-Za-z]")


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
        unit = _unit_after(text, sentence, match)
    if unit is None or not _can_be(unit, match, text):
        return None
    one, two = _value(match["one"], match["s1"] or (match["s2"] if match["two"] else None)), None
    if one is None:
        return None
    start = match.start() if before is None else before[1]
    if match["two"]:
        two = _value(match["two"], match["s2"])
        if two is None:
            return None
        if match["joint"].strip() == "to" and _is_from(text, sentence, match, falling=one > two):
            return Figure(start, match.start("joint"), unit.kind, unit.name, one.scaleb(unit.power))
        if not _is_range(text, match, one, two, unit):
            return None
    one = one.scaleb(unit.power)
    figure = Figure(start, unit.end, unit.kind, unit.name, None if match["two"] else one)
    if two is not None:
        return replace(figure, low=one, high=two.scaleb(unit.power))
    return with_bounds(text, sentence, figure, match.end())


_CHANGES = re.compile(
    r"\b(?:rose|risen|rises?|rising|fell|fall(?:s|en|ing)?|grew|grow(?:n|s|ing)?|increas(?:ed?|es|ing)|declin(?:ed?|es|ing)|"
    r"decreas(?:ed?|es|ing)|cut|reduc(?:ed?|es|ing)|drop(?:ped|s|ping)?|climb(?:ed|s|ing)?|jump(?:ed|s|ing)?|rais(?:ed?|es|ing)|"
    r"lower(?:ed|s|ing)?|went|go(?:es|ing|ne)?|up|down|mov(?:ed?|es|ing)|shr[aiu]nk|expand(?:ed|s|ing)?)\b[^.;:]*\bfrom\s+\Z"
)
"""Before "from 5 to 10 per cent": these are two quantities, the ends of a change, and no range."""
_FAR = 90
_FROM = re.compile(r"\bfrom\s+(?:(?:about|around|nearly|almost|some|over|under|just)\s+)?[$€£]?\Z")


def _is_from(text: str, sentence: Span, match: re.Match[str], *, falling: bool) -> bool:
    """Whether the first of two numbers is where a change began: "fell from 5 to 4 per cent"."""
    start = max(sentence.start, match.start() - _FAR)
    if falling:
        return _FROM.search(text, start, match.start()) is not None
    return _CHANGES.search(text, start, match.start()) is not None


def _unit_after(text: str, sentence: Span, match: re.Match[str]) -> units.Unit | None:
    """Return what follows a number: a unit, what is counted, or nothing after a large one."""
    end = match.end() + text.startswith("+", match.end())  # "2,470+ delegates"
    found = units.unit_after(text, end)
    if (
        found is None
        and match["one"].lower() == "one"
        and _POINT.match(text, end)
        and _BY.search(text, sentence.start, match.start())
    ):
        return units.Unit("point", COUNT, end + len(" point"))
    if found is None and (more := OR_MORE.match(text, end)) is not None and more["more"]:
        found = units.unit_after(text, more.end())
    if found is None and not match["two"]:
        joined = text[end : end + 1] == "-"
        found = (units.compound_after(text, end) if joined else None) or units.counted_of(text, end)
    found = found or units.counted_after(text, end)
    if found is None and not match["two"] and (match["s1"] or match["one"][0].isdigit()):
        found = units.compound_after(text, end)  # "a 12 person race"
    return found if found and found.end <= sentence.end else _uncounted(match)


_POINT = re.compile(r"[\s-]point\b(?!\s+(?:of|in|where|when|that|is|was|to)\b)")
_BY = re.compile(r"\b(?:by|just|than|nearly|about|only|up|down)\s+\Z")
_THOUSAND = 1000


def _uncounted(match: re.Match[str]) -> units.Unit | None:
    """Return an empty unit after a large number that names none: "40,570 are unaffiliated"."""
    if match["two"]:
        return None
    large = match["s1"] or ("," in match["one"] and match["one"][0].isdigit())
    if not large and not match["one"][0].isdigit():
        large = (value_of(match["one"]) or 0) >= _THOUSAND
    return units.Unit("", COUNT, match.end()) if large else None


def _is_money(unit: units.Unit | None) -> bool:
    return unit is not None and unit.kind == MONEY


def _value(written: str, scale: str | None) -> Decimal | None:
    number = _number(written)
    return None if number is None else number * Decimal(10) ** (_SCALES[scale.lower()] if scale else 0)


def _number(written: str) -> Decimal | None:
    """Return the value of one number: figures as ``values`` reads them, or words."""
    if not written[0].isdigit():
        return value_of(written)
    if part := _WITH_PART.search(written):
        whole = _number(written[: part.start()])
        more = SIGNS.get(re.sub(r"\s", "", part[1])) if part[1] else fraction_of(part[2])
        return None if whole is None or more is None else whole + more
    written = re.sub(r",\s+000", ",000", written)
    try:
        return values.read(re.sub(_GAP, ",", written)).number
    except values.NotAValue:
        return Decimal(written) if re.fullmatch(r"[0-9]+\.[0-9]+", written) else None


_WITH_PART = re.compile(rf"\s*({_SIGN})\Z|[\s-]and[\s-]((?:an?[\s-])?half|(?:an?|one|three)[\s-](?:quarters?|third))\Z")


def _is_range(text: str, match: re.Match[str], one: Decimal, two: Decimal, unit: units.Unit) -> bool:
    joint = match["joint"].strip()
    if joint == "and":
        between = re.search(r"\bbetween [$€£]?\s?\Z", text[max(0, match.start() - 12) : match.start()], re.IGNORECASE)
        return between is not None and one < two
    if joint == "to" and "%" in text[match.end("one") : match.start("joint")]:
        return False  # from one level to another
    return one < two and (joint not in "-–—" or unit.kind != COUNT or match["one"][0].isdigit())


_SMALL = frozenset(it for word, number in ONES.items() if number <= 12 for it in (word, str(number)))
_PARTS = frozenset(f"{part}s" for part in _PARTS_OF_ONE)
_THESE = re.compile(r"\b(?:these|those)\s+(?:same\s+|other\s+)?\Z", re.IGNORECASE)
_PAST = re.compile(
    r"\b(?:(?<!will )(?<!would )(?<!to )(?<!could )(?<!can )(?<!should )(?<!may )(?<!might )(?<!must )(?<!not )last|"
    r"past|next|previous|preceding|following|top|coming|ensuing)\s+\Z",
    re.IGNORECASE,
)
_FIRST = re.compile(r"\b(?:first|final|opening)\s+\Z")
_OF_A_YEAR = re.compile(
    r"\s+(?:of|in)\s+(?:the\s+(?:fiscal\s+)?year\b|(?:this|last|next)\s+(?:fiscal\s+)?year\b|[12][0-9]{3}\b)"
)
_WHICH = re.compile(
    r"\b(?:an?|another|the|that|this|per|every|each|extra|first|next|last|half|additional|one)\s+\Z", re.IGNORECASE
)
_NAMED = re.compile(r"\b[Aa]n?\s[A-Z][\w-]*[a-z]\s\Z")
_DEFINITE = re.compile(
    r"(?:\w[’']s|\b(?:the|these|those|our|their|its|his|her|my|your|both|all|other|last|first|next|past|any|every|each))\s+"
    r"(?:(?!over\b|of\b|in\b|to\b|with\b|for\b|by\b|than\b|and\b|on\b|at\b|from\b|against\b|held\b|has\b|have\b)[a-z]+\s+)?\Z",
    re.IGNORECASE,
)


_EVERY = re.compile(r"\bevery\s+(?:[\w-]+\s+(?:or|to)\s+)?\Z", re.IGNORECASE)
_DAMAGED = re.compile(r"[^\W\d]\w*[0-9]\w*\s\Z|[0-9][a-zA-Z]\w*\s\Z")


def _can_be(unit: units.Unit, match: re.Match[str], text: str) -> bool:
    """Whether a number and its unit are a quantity: "one day" and "the two countries" are none."""
    written = match["one"].lower()
    alone = not match["two"] and not match["s1"]
    if unit.kind in (COUNT, DURATION) and alone and written in ("one", "1", "zero"):
        return (unit.kind == DURATION and written == "1") or unit.name == "point"
    before = text[max(0, match.start() - 30) : match.start()]
    compound = text[match.end() : match.end() + 1] == "-"
    if unit.kind == DURATION and _EVERY.search(before):
        return False  # "every five years" is a set of times
    if unit.kind == DURATION and _FIRST.search(before) and _OF_A_YEAR.match(text, unit.end):
        return False  # "the first four months of this year"
    if unit.kind in (COUNT, DURATION) and not compound and _PAST.search(before):
        return False  # "the last 24 hours" is a time; "the past nine elections" are known
    if written in SCALES and not _WHICH.search(before):
        return False  # "11h million", whose beginning scanning damaged
    if unit.kind == COUNT and unit.name in _PARTS and text.startswith(" of a", unit.end):
        return False  # "three quarters of a century"
    if unit.kind == COUNT and _THESE.search(before):
        return False  # "those 13 countries" were counted before
    if match["one"][0].isdigit() and not match["two"] and unit.kind != MONEY and _NAMED.search(before):
        return False  # "a Harbour 8 ferry"
    if not match["one"][0].isdigit() and _DAMAGED.search(text, max(0, match.start() - 8), match.start()):
        return False  # "Y00 million", a number that scanning damaged
    if unit.kind == COUNT and alone and not compound and written in _SMALL:
        return _DEFINITE.search(before) is None
    return True


# --- what is no quantity ---

_NUMBERED = re.compile(rf"\b(?:{'|'.join(word_list('quantities.txt')['numbered'])})\.?\s?\Z", re.IGNORECASE)
_LABELLED = re.compile(rf"\b(?:{'|'.join(word_list('quantities.txt')['numbered with a capital'])})\s?\Z")
_AFTER = re.compile(r"(?:st|nd|rd|th)\b|:[0-9]|\s?[ap]\.?m\b|/[0-9]|[-–][0-9]+[-–]|\.[0-9]+\.|[’']s\b|[’']?s\b")
_GROUP_OF = re.compile(r"\bGroup\s+of\s+\Z")
_TWO_YEARS = re.compile(r"(?:1[89]|20)[0-9]{2}(?:1[89]|20)[0-9]{2}")
"""Years that lost the dash between them: "the 19821986 plan"."""
_PART_OF_A_NAME = re.compile(r"[\s-][A-Z][a-z]")
_LISTED = re.compile(r"[.)]\s+[A-Z]|\.?\t")
_SCORE_BEFORE = re.compile(
    r"\b(?:votes?|scores?|record|margin|ruling)(?:\s+(?:of|was|by))?\s+\Z|"
    r"\b(?:won|beat|lost|tied|drew|led|leads?|leading|trail(?:ed|ing|s)?|voted)\s+(?:by\s+|[A-Z]\w+\s+){0,2}\Z"
)
_SCORE_AFTER = re.compile(
    r"[\s-]+(?:vote|ruling|decision|victory|win|defeat|loss|margin|score|lead|record|majority|split|draw|tie|series)\b"
)


def _is_no_quantity(text: str, sentence: Span, match: re.Match[str]) -> bool:
    before, start, end = text[max(0, match.start() - 16) : match.start()], match.start(), match.end()
    if _AFTER.match(text, match.end("one")) and not match["s1"]:
        return True
    if before.rstrip().endswith(("#", "§", "No", "no.")) or (
        match["one"][0].isdigit() and (_NUMBERED.search(before) or _LABELLED.search(before))
    ):
        return True
    if start == sentence.start and match["one"].isdigit() and _LISTED.match(text, end):
        return True
    if _GROUP_OF.search(before) or _TWO_YEARS.fullmatch(match["one"]):
        return True
    goes_on = before.rstrip()[-1:].isalnum()
    if goes_on and match["one"][0].isupper() and match["one"].isalpha() and _PART_OF_A_NAME.match(text, end):
        return True  # "the Million Paws Walk"
    joint = (match["joint"] or "").strip()
    if joint and joint in "-–—" and match["one"].isdigit() and (match["two"] or "").isdigit():
        if _SCORE_AFTER.match(text, end):
            return True
        scored = _SCORE_BEFORE.search(text, max(sentence.start, start - 40), start)
        return scored is not None and (units.unit_after(text, end) or units.counted_after(text, end)) is None
    return re.match(r"[-–][0-9]{2,}[-–][0-9]", text[match.end("one") : end + 8]) is not None
