"""Quantities other than a number with its unit: ratios, fractions, multiples, "hundreds of", bare counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace
from decimal import Decimal

from research.loading.documents import Span
from research.nlp.quantities import units
from research.nlp.quantities.bounds import ABOUT, AT_LEAST, AT_MOST, Figure, with_bounds
from research.nlp.quantities.number_words import FRACTION, NUMBER, ONES, SCALES, fraction_of, value_of
from research.nlp.quantities.units import COUNT, DURATION, MULTIPLE, RATIO

# --- ratios and fractions ---

_RATIO = re.compile(
    rf"(?<![\w.])(?P<part>[0-9]+|{'|'.join(ONES)})\s+(?:in|out\s+of)(?:\s+(?:every|each))?\s+(?P<whole>[0-9][0-9,]*|{NUMBER})"
    r"(?![\w-])",
    re.IGNORECASE,
)
_TO_ONE = re.compile(
    rf"\bratio\s+of\s+(?:(?:{ABOUT}|{AT_LEAST}|{AT_MOST})\s+)?(?P<one>[0-9]+|{NUMBER})(?:\s|-)to(?:\s|-)"
    rf"(?P<other>[0-9]+|{NUMBER})(?![\w-])",
    re.IGNORECASE,
)
_FRACTION = re.compile(rf"(?<![\w-])(?P<part>{FRACTION})(?!\s(?:century|hour|day|year|time|term|world))", re.IGNORECASE)
_NO_FRACTION = re.compile(r"[\s-](?:to|party|way|dozen|hour|mast|time)\b|[’']")
_AFTER_A_NUMBER = re.compile(
    rf"(?:[0-9]|\b(?:{'|'.join(ONES)}|hundred|thousand|[mb]illion|year|hour|month))\s+and\s+\Z"
)
_PART_OF_WHAT = re.compile(
    r"\s*(?:[.,;:)!?—–”\"]|\Z)|\s+(?:of|to|in|is|are|was|were|has|have|had|do|did|say|said|or|and|but|by|since|as|at|on|for|more|"
    r"less|fewer|higher|lower|larger|from|over|voted|vote|support|believe|think|agree|identify|were|would|will|could|"
    r"chose|cited|named|called|disagreed?|agreed|approved?)\b"
)
_HALF_OF_WHAT = re.compile(r"\s+(?:of|as|that|what|the|my|his|her|its|their|our|your|all|these|those)\b")
_SO_MUCH = re.compile(
    rf"\b(?:{AT_LEAST}|{AT_MOST}|{ABOUT}|by|only|exactly)\s+\Z",
    re.IGNORECASE,
)


_NAME = re.compile(r"\b[A-Z][\w-]*\s\Z")


def ratios(text: str, sentence: Span) -> Iterator[Figure]:
    """Yield "one in five", "three out of ten", "two thirds", "half of"."""
    for match in _RATIO.finditer(text, *sentence):
        if match["part"][0].isupper() and _NAME.search(text, sentence.start, match.start()):
            continue  # "Harbour One in three ports"
        part, whole = _plain(match["part"]), _plain(match["whole"])
        if part and whole and part < whole and not re.fullmatch("1[5-9][0-9]{2}|20[0-9]{2}", match["whole"]):
            unit = units.sharers_after(text, match.end("whole"))
            of = unit.name or units.whole_after(text, match.end("whole"))
            yield with_bounds(text, sentence, Figure(match.start(), unit.end, RATIO, of, part / whole))
    for match in _FRACTION.finditer(text, *sentence):
        value = fraction_of(match["part"])
        if value is None or not _is_fraction(text, sentence, match):
            continue
        of = units.whole_after(text, match.end())
        yield with_bounds(text, sentence, Figure(match.start(), match.end(), RATIO, of, value))
    for match in _TO_ONE.finditer(text, *sentence):
        one, other = _plain(match["one"]), _plain(match["other"])
        if one and other:
            yield with_bounds(text, sentence, Figure(match.start("one"), match.end("other"), RATIO, "", one / other))


_SCALED = re.compile(rf"[\s-](?:of\s)?(?:an?\s)?(?:{'|'.join(SCALES)}|dozen)\b")


def _is_fraction(text: str, sentence: Span, match: re.Match[str]) -> bool:
    written = match["part"].lower()
    before = text[max(sentence.start, match.start() - 20) : match.start()]
    if _NO_FRACTION.match(text, match.end()) or _AFTER_A_NUMBER.search(before):
        return False
    if _SCALED.match(text, match.end(), sentence.end):
        return False  # "half a million" is a number
    if _OF_A_UNIT.match(text, match.end(), sentence.end):
        return False  # "a quarter of a century"
    if _ORDERED.search(before) and _OF_A_TIME.match(text, match.end(), sentence.end):
        return False  # "the first half of the season" is a stretch of time
    if text[match.end() : match.end() + 1] == "-":
        return False  # "a half-measure"
    if _ONE_OF_SEVERAL.match(text, match.end(), sentence.end) and _OTHERS.search(
        text, max(sentence.start, match.start() - 150), match.start()
    ):
        return False  # "one is a port, a third is a lake"
    if written == "half":
        return _HALF_OF_WHAT.match(text, match.end(), sentence.end) is not None or (
            _SO_MUCH.search(before) is not None and _PART_OF_WHAT.match(text, match.end(), sentence.end) is not None
        )
    if re.match(r"(?:an?|one)\b", written):
        return _PART_OF_WHAT.match(text, match.end(), sentence.end) is not None  # "a third party"
    return True


_ONE_OF_SEVERAL = re.compile(r"\s+(?:is|was|has|had|would|will|could|might|may|says?|said|wants?|to)\b")
_OTHERS = re.compile(
    r"\b(?:[Oo]ne|[Aa]nother|[Tt]wo|first|second)\b(?!\s+(?:in|of|out)\b|-|\s+thirds?\b)|"
    r"\b(?:[Tt]hree|[Ff]our)\b(?!\s+(?:in|out)\b|-)"
)
_ORDERED = re.compile(r"\b(?:first|second|last|latter|former|final|other)[,\s]\s*(?:[a-z]+\s+)?\Z", re.IGNORECASE)
_OF_A_UNIT = re.compile(r"\s+of\s+an?\s+(?:century|decade|hour|year|day|mile)\b")
_OF_A_TIME = re.compile(
    r"\s+of\s+(?:the|this|last|next|our|his|her|its)?\s*(?:[\w-]+\s+)?(?:century|decade|year|month|week|day|game|match|season|term|"
    r"January|February|March|April|May|June|July|August|September|October|November|December|"
    r"[12][0-9]{3}s?)\b"
)


def _plain(written: str) -> Decimal | None:
    return Decimal(written.replace(",", "")) if written[0].isdigit() else value_of(written)


# --- half a unit ---

_UNITS = (
    r"minute|hour|day|week|month|year|mile|kilomet(?:re|er)|percentage\s+point|per\s+cent|percent|tonne|ton|degree|"
    "acre|hectare"
)
_HALF_A_UNIT = re.compile(
    rf"\b(?:half\s+an?\s+(?P<of>{_UNITS})|half-(?P<joined>hour|day|mile|year|tonne|point)|"
    rf"an?\s+(?P<more>{_UNITS})\s+and\s+a\s+half)(?![\w-])(?!\s+ago\b)",
    re.IGNORECASE,
)


def halves(text: str, sentence: Span) -> Iterator[Figure]:
    """Yield "half an hour", "a half-mile", "a year and a half"."""
    for match in _HALF_A_UNIT.finditer(text, *sentence):
        name = match["of"] or match["joined"] or match["more"]
        unit = units.unit_after(f" {name}s", 0) or units.unit_after(f" {name}", 0) or units.Unit("points", COUNT, 0)
        value = Decimal("1.5") if match["more"] else Decimal("0.5")
        yield with_bounds(text, sentence, Figure(match.start(), match.end(), unit.kind, unit.name, value))


# --- multiples ---

_OFTEN_ENOUGH = 100
"""Nothing grows so many times: "was shown more than 5,000 times" counts."""
_IDIOM = re.compile(r"\s+(?:down|up|back)\b")
"""After "doubled" these double nothing: "she doubled down"."""
_MULTIPLE = re.compile(
    r"(?<![\w.,-])(?:(?P<word>doubl(?:ed|ing)|tripl(?:ed|ing)|trebl(?:ed|ing)|quadrupl(?:ed|ing)|halv(?:ed|ing))|"
    r"(?P<verb>doubles?|triples?|trebles?|quadruples?|halves?)|"
    rf"(?P<n>[0-9]+(?:,[0-9]{{3}}){{0,3}}(?:\.[0-9]+)?|{'|'.join(ONES)}|{NUMBER})(?P<how>(?:\s{{1,2}}|-)times|[\s-]?fold)(?=\s|[.,;]|$)"
    r"(?!\s(?:a|per)\s)|(?P<twice>twice)(?=\s(?:as|the|that|its|what|their)\s))",
    re.IGNORECASE,
)
_TIMES = {"doubl": Decimal(2), "tripl": Decimal(3), "trebl": Decimal(3), "quadrupl": Decimal(4), "hal": Decimal("0.5")}
_TO_DO = re.compile(
    r"\b(?:to|will|would|could|can|must|may|might|shall|should|than|nearly|almost|about)\s+\Z", re.IGNORECASE
)
_WHAT_IS_DOUBLE = re.compile(
    r"\s+(?:the|that|its|his|her|their|our|what|in|by|since|over|every|last|[A-Z])|\s*[.,;]|\Z"
)
_WHAT_TO_DOUBLE = re.compile(
    r"\s+(?!(?:again|agents?|back|check|click|cross|digits?|dip|dissolution|down|figures|glazing|jeopardy|over|standards?|"
    r"taxation|up)\b)[a-z]"
)
"""After "to double" any noun, "to double output", and no other verb."""
_WHAT_DOUBLES = re.compile(r"\s+(?:the|that|its|his|her|their|our|in|by|every|[A-Z])")
_COMPARED = re.compile(
    r"\s*(?:as\b|more\b|less\b|fewer\b|the\b|that\b|than\b|larger|higher|greater|bigger|longer|faster|over\b|its\b|what\b|their\b|"
    r"likelier|[a-z]+er\s+than)"
)
_MULTIPLIED = re.compile(
    r"\b(?:by|than|to|grew|grown|grow|risen|rose|rise|increased?|multiplied|expanded|up|jumped|nearly|almost|over|about|worth)"
    r"\s+(?:[a-z]+\s+){0,2}\Z"
)


def multiples(text: str, sentence: Span) -> Iterator[Figure]:
    """Yield "doubled", "twice as many", "five times higher"; "elected four times" counts and multiplies nothing."""
    for match in _MULTIPLE.finditer(text, *sentence):
        kind = MULTIPLE
        if _IDIOM.match(text, match.end()):
            continue
        before = text[max(sentence.start, match.start() - 30) : match.start()]
        if match["n"]:
            value = _plain(match["n"]) if match["n"][0].isdigit() else value_of(match["n"])
            if value is None or value <= 1:
                continue
            if "times" in match["how"] and not _COMPARED.match(text, match.end(), sentence.end):
                kind = MULTIPLE if value < _OFTEN_ENOUGH and _MULTIPLIED.search(before) else COUNT
        elif match["twice"]:
            value = Decimal(2)
        elif match["verb"]:
            infinitive = match["verb"][-1] != "s" and _TO_DO.search(before)
            what = _WHAT_DOUBLES if match["verb"].lower().endswith("s") else _WHAT_IS_DOUBLE
            told = what.match(text, match.end(), sentence.end) and (
                infinitive or match["verb"][-1] == "s" or _is_the(text, match)
            )
            if not told and not (infinitive and _WHAT_TO_DOUBLE.match(text, match.end(), sentence.end)):
                continue
            value = _times(match["verb"])
        else:
            value = _times(match["word"])
        yield with_bounds(text, sentence, Figure(match.start(), match.end(), kind, "times", value))


def _is_the(text: str, match: re.Match[str]) -> bool:
    """Whether "double" is followed by what is multiplied: "double the number"."""
    return re.match(r"\s+(?:the|that|its|their|what|last)\b", text[match.end() : match.end() + 8]) is not None


def _times(word: str) -> Decimal:
    return next(n for stem, n in _TIMES.items() if word.lower().startswith(stem))


# --- "hundreds of people" ---

_VAGUE = re.compile(
    r"(?<![\w-])(?P<n>(?:tens\s+of\s+|hundreds\s+of\s+|(?:thousands|millions)\s+(?:and|upon|on|after)\s+)?"
    r"(?:thousands|millions|billions|trillions)|hundreds|dozens|scores|"
    r"tens|(?:several|a\s+few|many|a\s+couple(?:\s+of)?)\s+(?:hundred|thousand|million|billion|trillion|dozen))"
    r"(?P<of>[\"”’']{0,2}\s+of(?:\s+(?:our|your|my|the|these|those|his|her|its|their|all))?)?(?=[\s.,;:!?)\"”’']|\Z)",
    re.IGNORECASE,
)
_OFTEN = re.compile(r"\s+times\b")
_LOW = {word: 10**power for word, power in SCALES.items()} | {"dozen": 12, "score": 20}


def vague_numbers(text: str, sentence: Span) -> Iterator[Figure]:
    """Yield "hundreds of people", "millions of dollars", "thousands fled": no value, at least so many."""
    for match in _VAGUE.finditer(text, *sentence):
        unit = units.unit_after(text, match.end()) or units.counted_after(text, match.end())
        if unit is None and match["of"] and (often := _OFTEN.match(text, match.end(), sentence.end)):
            unit = units.Unit("times", COUNT, often.end())
        if unit is None:
            if match["n"].lower() in ("tens", "scores") or text[match.end("n") : match.end("n") + 1] == "-":
                continue
            unit = units.Unit("", COUNT, match.end("n"))
        elif unit.kind == DURATION and not match["n"].lower().startswith(("several", "a few", "many")):
            continue
        low = 1
        # "thousands and thousands" are thousands
        for word in re.sub(r"\w+\s+(?:and|upon|on|after)\s+", "", match["n"].lower()).split():
            low *= _LOW.get(word.removesuffix("s"), 10 if word == "tens" else 1)
        figure = Figure(match.start(), unit.end, unit.kind, unit.name, None, low=Decimal(low), approximate=True)
        yield replace(figure, value=2 * Decimal(low), low=None) if "couple" in match["n"] else figure


# --- numbers without a noun ---

_N = rf"(?P<n>[1-9][0-9]{{0,2}}(?:,[0-9]{{3}})*(?![0-9.,]*[0-9])|{NUMBER})"
_GROUPS = (
    "teams?|family|families|crowds?|total|group|panel|staff|workforce|audience|class|jury|fleet|membership|turnout|population|"
    "majority|lead|margin|minimum|maximum|average|squad|delegation|committee|Senate|party|force|list|target"
)
_OF_A_GROUP = re.compile(
    rf"\b(?:{_GROUPS})\s+of\s+(?:(?:{AT_LEAST}|{AT_MOST}|{ABOUT})\s+)?{_N}(?=\s*[.,;:!?)]|\s+(?:and|or|in|on|at|to|for|was|were|is|are|"
    r"has|have|who|that|with|from|by)\b|\Z)"
)
_BOUNDED = re.compile(
    rf"\b(?i:more\s+than|at\s+least|no\s+(?:fewer|less)\s+than|up\s+to|as\s+many\s+as|fewer\s+than|less\s+than|nearly|almost|"
    rf"approximately|roughly)\s+{_N}(?=\s*[.,;:!?)]|\s+(?:and|or|but|in|on|at|were|are|was|have|had|has|will|would|while|who|others?|killed|dead|"
    r"injured|wounded|missing|arrested)\b|\Z)"
    r"(?!\s*(?:and|or)\s+(?:a\s+half|[0-9]))"
)
_VERB = (
    r"\b(?:won|wins?|has|have|had|kill(?:ed|ing)|wound(?:ed|ing)|injur(?:ed|ing)|leaving|totall?ed|numbered|numbering|received|"
    r"gained|lost|losing|taken|earned)"
)
_AFTER_A_VERB = re.compile(
    rf"{_VERB}\s+(?:only\s+|just\s+|about\s+|at\s+least\s+|another\s+)?{_N}(?=\s*[,;]\s|\s*\.(?:\s|\Z)|\s+(?:and|but|while|injured|dead|wounded)\b|(?<=[a-z])\Z|"
    r"(?<=[0-9]{3})\Z)"
)
"""A short number at the very end is that of a page."""
_CASUALTIES = re.compile(
    rf"\b(?:kill(?:ed|ing)|wound(?:ed|ing)|injur(?:ed|ing))\s+(?:(?:{AT_LEAST}|{AT_MOST}|{ABOUT}|only|another)\s+)?{_N}"
    r"(?=\s+(?:in|at|on|near|during|across|last|this|over|outside|inside|since)\b)"
)
_OF_THEM = re.compile(
    rf"(?<![\w.,/’'$€£-])(?<!\ball\s)(?<!\bthe\s)(?<!\bany\s)(?<!hese\s)(?<!hose\s)(?:(?P<low>one|two|three|four|five)\sor\s)?{_N}(?P<them>\s+of\s+(?:them|[’']em|us|you|whom|our\s+own|their\s+own))\b",
    re.IGNORECASE,
)
_ROSE_TO = re.compile(
    r"\b(?:risen|rose|rises?|grew|grown|increased?|fell|fallen|dropped|reduced|cut|enlarged|expanded|remains?|remained|stands?|stood|"
    rf"came|comes|brings?|brought|raised?)\s+(?:(?:the|its|their)\s+[a-z]+\s+)?(?:to|at|from)\s+{_N}"
    r"(?=\s*[.,;]\s|\s*\.\Z|(?<=[a-z])\Z|(?<=[0-9]{3})\Z|\s+(?:from|to|in|by|on|this|last|entering|following|as|when|after|"
    r"before|since|and|with)\b)"
)
_FEW = 12
_OF_SUCH = re.compile(rf"\bthe\s+{_N}(?=\s+(?:that|who|which|already)\b)")
_WITH_A_VERB = re.compile(
    rf"(?<![\w.,/’'$€£-]){_N}(?=\s+(?:were|are|have|had|was|remain(?:ed)?|died|voted|will\s+be)\b)", re.IGNORECASE
)
_THERE_ARE = re.compile(
    rf"\b[Tt]here\s+(?:are|were|will\s+be|have\s+been)\s+(?:(?:{AT_LEAST}|{AT_MOST}|{ABOUT}|only|now)\s+)?{_N}"
    r"(?=\s*[.,;](?:\s|\Z)|\s+(?:here|there|in|at|on|now|left|today|across|around)\b)"
)
_ONLY = re.compile(
    rf"(?<!\bthe\s)(?<!\bour\s)(?<!\bhis\s)(?<!\bher\s)\b(?:only|just)\s+{_N}(?=\s+(?:(?:[a-z]{{3,}}ed|won|got|went|came|made|took|voted)\s|(?:shy|short)\s+of\b))"
)
_UP_FROM = re.compile(
    rf"\b(?:up|down)\s+(?:from|to)\s+(?:(?:{ABOUT}|only|just)\s+)?{_N}"
    r"(?=\s*[.,;)](?:\s|\Z)|\s+(?:last|in|this|a|on|to|at|when|during|before)\b)"
)
_DEAD = re.compile(
    rf"(?<![\w.,/’'$€£:-]){_N}(?=\s+(?:others\s+|more\s+)?(?:dead|homeless|hurt|injured|missing|wounded)\b)"
)
_IN_ALL = re.compile(rf"(?<![\w.,/’'$€£:-]){_N}(?=\s+(?:in\s+(?:total|all)|altogether)\b)")
_AGAINST = re.compile(
    rf"\b(?:to|than|against|over|and)\s+(?:for\s+)?(?:[A-Z][\w.-]+\s)?[A-Z][\w.-]+[’']s?\s+{_N}"
    r"(?=\s*[.,;)](?:\s|\Z)|\s+(?:and|or|but|in|on|with|according)\b)"
)
_A_CLAUSE_BEGINS = re.compile(r"(?:[.;,:(“\"]\s|\bthan\s|[a-z]\s+and\s)\Z")


_ROSE = (
    "risen rose rise rises grew grown increase increased fell fallen dropped reduced cut enlarged expanded remain "
    "remains remained stand stands stood came come comes bring brings brought raise raised"
)
_WON = (
    "won win wins has have had killed killing wounded wounding injured injuring leaving totaled totalled numbered "
    "numbering received gained lost losing taken earned"
)
_BARE = tuple(
    (pattern, frozenset(words.split()))
    for pattern, words in (
        (_OF_A_GROUP, "of"),
        (_OF_SUCH, "that who which already"),
        (_OF_THEM, "them em us you whom own"),
        (_BOUNDED, "than least up as nearly almost approximately roughly"),
        (_ROSE_TO, _ROSE),
        (_AFTER_A_VERB, _WON),
        (_CASUALTIES, "killed killing wounded wounding injured injuring"),
        (_WITH_A_VERB, "were are have had was remain remained died voted be"),
        (_THERE_ARE, "there"),
        (_ONLY, "only just"),
        (_UP_FROM, "up down"),
        (_DEAD, "dead homeless hurt injured missing wounded"),
        (_IN_ALL, "total all altogether"),
        (_AGAINST, "to than against over and"),
    )
)
"""Patterns, each with the words one of which a sentence must hold."""


def bare_numbers(text: str, sentence: Span, words: AbstractSet[str]) -> Iterator[Figure]:
    """Yield counts whose noun is left out: "a team of 15", "has won at least 12", "more than 260 were hurt".

    ``words`` are those of the sentence, in lower case.
    """
    for pattern, needed in _BARE:
        if words.isdisjoint(needed):
            continue
        for match in pattern.finditer(text, *sentence):
            written = match["n"]
            value = Decimal(written.replace(",", "")) if written[0].isdigit() else value_of(written)
            begins = match.start() == sentence.start or _A_CLAUSE_BEGINS.search(
                text, max(sentence.start, match.start() - 8), match.start()
            )
            known = pattern is _OF_SUCH and value is not None and value <= _FEW  # "the two who were there"
            if value is not None and value > 1 and not known and (begins or pattern is not _WITH_A_VERB):
                figure = Figure(match.start("n"), match.end("n"), COUNT, "", value)
                yield _of_them(match, value) if pattern is _OF_THEM else with_bounds(text, sentence, figure)


def _of_them(match: re.Match[str], value: Decimal) -> Figure:
    """Return "three of them", "one or two of us"."""
    low = value_of(match["low"]) if match["low"] else None
    start = match.start("low") if low is not None and low < value else match.start("n")
    if low is None or low >= value:
        return Figure(start, match.end("them"), COUNT, "", value)
    return Figure(start, match.end("them"), COUNT, "", None, low, value)
