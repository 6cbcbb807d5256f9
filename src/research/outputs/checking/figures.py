"""Numbers in a sentence of a report, in any usual writing, with their unit and what is said of their precision.

The values are those of ``nlp.quantities``, which reads the documents: "25 billion" is one number there and here. Years,
dates, section numbers, clock times, ordinals and the numbers in names ("COVID-19", "G7") are told apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from research.loading import Span
from research.nlp.quantities import units, values
from research.nlp.quantities.number_words import NUMBER, ONES, SCALES, TENS, value_of
from research.nlp.quantities.units import COUNT, MONEY, PERCENT, POINTS
from research.outputs.checking.dates import dates as dates_in
from research.outputs.checking.number import Hedge, Number
from research.outputs.checking.occurrences import occurrences
from research.outputs.checking.ratios import fractions, multiples, ratios

_BLANKS = str.maketrans(dict.fromkeys("\u00a0\u202f\u2009\u2008\u2007\u2006\u200a\u2005", " "))


@lru_cache(maxsize=1 << 14)
def numbers(sentence: str) -> tuple[Number, ...]:
    """Return the numbers of a sentence in order.

    >>> [(it.text, str(it.value), it.unit) for it in numbers("Nearly 25bn US dollars, 83% of 4,720 words")]
    [('25bn US dollars', '25000000000', 'USD'), ('83%', '83', '%'), ('4,720 words', '4720', 'words')]
    """
    if not _ANY.search(sentence):
        return ()
    text = sentence.translate(_BLANKS).replace("\u2212", "-").replace("\u00ad", "\u200b")
    dates = list(dates_in(text))
    taken = [Span(it.start, it.end) for it in dates]
    found = [*dates]
    for read in (ratios, fractions, multiples, _plain):
        for it in read(text):
            if not any(start < it.end and it.start < end for start, end in taken):
                found.append(it)
                taken.append(Span(it.start, it.end))
    found.sort(key=lambda it: it.start)
    return tuple(_finished(text, it) for it in _ranges(text, found))


_ANY = re.compile(
    rf"[0-9½⅓⅔¼¾]|\b(?:{'|'.join([*ONES, *TENS, *SCALES])}|dozen|half|halves|thirds?|quarters?|(?:fif|six|seven|"
    rf"eigh|nin|ten|twelf|twentie|hundred|thousand)ths?|twice|once|thrice)\b",
    re.IGNORECASE,
)
"""What every number has: most sentences have none, and are told quickly."""


# --- numbers ---

_GROUPED = (
    r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|"
    r"[0-9]{1,3}(?: [0-9]{3}(?![0-9]))+(?:[.,][0-9]{1,3}(?![0-9]))?|"
    r"[0-9]{1,3}(?:['’][0-9]{3})+(?![0-9])"
)
_DIGITS = rf"{_GROUPED}|[0-9]{{1,3}}(?:\.[0-9]{{3}}){{2,}}(?![0-9])|[0-9]{{1,15}}(?:[.,][0-9]{{1,9}})?"
_SCALE = (
    r"(?:(?P<gap>-?\s?)(?P<scale>hundred|thousand|million|billion|trillion|mln|bln|mio|mn|bn|trn|tn|m|b|k)(?![\w’'])"
    r"(?:(?<=mio)\.)?)?"
)
_NUMBER = re.compile(
    r"(?P<pm>±\s?|\+/[-−]\s?|\b(?:plus or minus|plus/minus|give or take)\s)?(?P<sign>(?<![\w)\]%])[-+])?"
    rf"(?<![\w.,/:#§])(?P<one>(?:{_DIGITS})|{NUMBER}){_SCALE}",
    re.IGNORECASE,
)
_POWERS = {"m": 6, "mn": 6, "mln": 6, "mio": 6, "b": 9, "bn": 9, "bln": 9, "tn": 12, "trn": 12, "k": 3} | dict(SCALES)
_LETTERS = frozenset("mbk")
_PART_OF_A_NAME = re.compile(r"[A-Za-z]-?\Z|[A-Za-z]\.\Z|[A-Z]{2,} \Z")
_GLUED = re.compile(r"(?:st|nd|rd|th)\b|:[0-9]{2}|/[0-9]|\.[0-9]+\.|-[0-9]+[-/]|[’']?s\b|[A-Za-z]")


def _plain(text: str) -> Iterator[Number]:
    at = 0
    while (found := _NUMBER.search(text, at)) is not None:
        at = max(found.end("one"), found.start() + 1)
        number = _number(text, found)
        if number is not None:
            at = max(number.end, at)
            yield number


def _number(text: str, found: re.Match[str]) -> Number | None:
    written, scale = found["one"], (found["scale"] or "").lower()
    start, end = found.start("one"), found.end()
    in_words = not written[0].isdigit()
    before = None if in_words else units.money_before(text, start)
    if scale in _LETTERS and not (before or _is_money(text, end) or (found["gap"] == "" and scale != "m")):
        scale, end = "", found.end("one")
    read = _values(written, scale)
    if read is None:
        return None
    possible, step = read
    unit = _unit(text, end, before, in_words=in_words, written=written) or (
        occurrences(text, end) if in_words or "." in written else None
    )
    begin = start if before is None or before[1] > start else before[1]
    if found["sign"] == "-" and not text[: found.start()].rstrip().endswith(tuple("0123456789%")):
        possible = tuple(-it for it in possible)
    incidental = _incidental(text, found, unit, begin, in_words=in_words)
    stop = max(end, unit.end) if unit else end
    return Number(
        begin,
        stop,
        text[begin:stop],
        tuple(it.scaleb(unit.power) if unit else it for it in possible),
        step.scaleb(unit.power) if unit else step,
        unit.name if unit else "",
        unit.kind if unit else "",
        "words" if in_words else "digits",
        Span(start, end),
        incidental=incidental,
        plus_minus=bool(found["pm"]),
    )


def _is_money(text: str, end: int) -> bool:
    unit = units.unit_after(text, end)
    return unit is not None and unit.kind == MONEY


def _values(written: str, scale: str) -> tuple[tuple[Decimal, ...], Decimal] | None:
    """Return the possible values of a number and its step."""
    factor = Decimal(10) ** _POWERS.get(scale, 0)
    if not written[0].isdigit():
        value = value_of(written)
        if value is None:
            return None
        shown = 10 ** _zeros(value)
        return (value * factor,), max(Decimal(1), Decimal(shown) if _has_scale(written) else Decimal(1)) * factor
    plain = re.sub("[ ’]", ",", written) if re.match(r"[0-9]{1,3}[ ’'][0-9]{3}", written) else written
    try:
        it = values.read(plain.replace("'", ","))
        return (it.number * factor,), it.step * factor
    except values.NotAValue:
        pass
    digits = plain.replace(",", "")
    if re.fullmatch(r"[0-9]{1,3}\.[0-9]{3}", plain):  # decimals, or thousands as continental Europe writes them
        return (Decimal(plain) * factor, Decimal(plain.replace(".", "")) * factor), Decimal("0.001") * factor
    if re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{3})+", plain):
        return (Decimal(plain.replace(".", "")) * factor,), factor
    if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", digits):
        number = Decimal(digits)
        decimals = len(digits.partition(".")[2])
        return (number * factor,), Decimal(1).scaleb(-decimals) * factor
    return None


def _has_scale(written: str) -> bool:
    return any(word in written.lower() for word in SCALES)


def _zeros(value: Decimal) -> int:
    whole = str(int(value))
    return len(whole) - len(whole.rstrip("0")) if value else 0


def _unit(text: str, end: int, before: tuple[str, int] | None, *, in_words: bool, written: str) -> units.Unit | None:
    if before is not None:
        unit = units.Unit(before[0], MONEY, end)
        if (after := units.unit_after(text, end)) and after.kind == MONEY:
            return units.Unit(after.name if len(after.name) == len("USD") else before[0], MONEY, after.end)
        return unit
    found = units.unit_after(text, end)
    if found is not None and (found.kind in (PERCENT, POINTS) or not in_words or written.lower() != "one"):
        return found
    return _counted(text, end)


_SINGULAR = re.compile(
    r"[ \n](?:[a-z-]+[ \n]){0,2}?(word|document|statement|speaker|passage|sentence|mention|country|figure|claim|"
    r"article|file|"
    r"time|person|source|quotation|actor|term|language)\b"
)


def _counted(text: str, end: int) -> units.Unit | None:
    """Return the noun that is counted, also a singular one: "1 document"."""
    if found := units.counted_after(text, end):
        return found
    if one := _SINGULAR.match(text, end, min(len(text), end + 60)):
        return units.Unit(f"{one[1]}s", COUNT, one.end(1))
    return None


# --- what is no result ---

_NUMBERED = re.compile(
    r"(?:\b(?:sections?|chapters?|figures?|figs?\.?|tables?|appendix|annex|pages?|pp?\.|nos?\.|numbers?|notes?|"
    r"footnotes?|"
    r"parts?|steps?|articles?|resolutions?|items?|equations?|eqs?\.?|lines?|volumes?|vols?\.?|issues?|versions?|"
    r"levels?|"
    r"questions?|q\.?|phases?|paragraphs?|paras?\.?|clauses?|rules?|top|round|box|panel|exhibit|model|python|"
    r"release|day|"
    r"channel|route|flight|room|article|agenda|sdgs?|goals?|world war|isbn|issn|doi|"
    r"graphics?|infographics?|notebooks?|maps?|photos?|plates?|points?|takeaways?|take-aways?|results?|examples?|"
    r"stor(?:y|ies)|slides?|recommendations?|conclusions?|"
    r"hypothes[ie]s|annexes|appendices|exercises?|studio|camera|desk|edition|series|session|programme|schedule|order|"
    r"bill|act|form|gate|platform|unit|module|lesson|lecture|item|cell|column|row|theorem|lemma|case|"
    r"document|text|speech|transcript|letter|respondent|subject|participant|speaker|coder|annotator|member|annex|"
    r"regulation|directive|decree|convention|protocol|ordinance|ruling|circular|reference|ref\.?|printed paper|"
    r"budget line|minute|division|district|ward|tier|category|claim|option|scenario|study|experiment|wave)|"
    r"[#§]|\b(?:examples?|equations?|eqs?\.?|formula|order)\s?\()\s?"
    r"(?:[0-9]+(?:\.[0-9]+)*(?:(?:\s?(?:,|and|to|or|of|/)\s?|[–-])))*\Z",
    re.IGNORECASE,
)
_PAGE_OF = re.compile(r"[A-Z][\w’'-]+,? \(?(?:1[5-9]|20)[0-9]{2}[a-z]?\)?[,:] (?:[0-9]+[–-])?\Z")
_PAGE_ENDS = re.compile(r"\s?ff?\.|[–-][0-9]|\s?[;.)\]]|\s?\Z")
"""Around a page of a work that is cited by author and year: "Orme 1987, 212 f."."""
_NUMBER_AS_VERB, _DIGITS_OF_A_PART = re.compile(r"\bnumber(?:ed|s)?\s\Z", re.IGNORECASE), 2
"""The words "number 340" and more are a verb and its result rather than the number of a part."""
_A_PART = re.compile(r"\b[A-Z][a-z]*[a-rt-z]\.?\s?\Z")
"""One part with a capital: "Table 12 lists", but not "Figures: 126 counts"."""
SETTING = re.compile(
    r"(?:\b(?:threshold|cut-?off|kappa|alpha|beta|seed|weight|bandwidth|significance level|F1(?: score)?|F-score|"
    r"standard deviation|SD|correlation(?: coefficient)?|baseline|null hypothesis|coefficient|odds ratio|rate ratio|"
    r"risk ratio|hazard ratio|deviance|degrees of freedom|AIC|BIC|statistical power|R-hat|p-value)|(?<!\w)[ακρστ]|"
    r"(?<!\w)(?:R²|R2)|(?<!\w)(?:p|r|tau|df|t|z|F|d|D|m|k)(?=\s?[=<>]))"
    r"\s?(?:of|is|was|at|set to|fixed at|[=<>≤≥:])?\s?\Z",
    re.IGNORECASE,
)
"""What stands before a setting or a coefficient, which is no result of a finding."""
CONFIDENCE_OF = re.compile(r"\bconfidence (?:of|below|above|at least)\s\Z", re.IGNORECASE)
"""What stands before the least confidence that a model must have, as in "a confidence below 0.5"."""
_OF_A_SECTION = re.compile(r"\s*[0-9]+(?:\.[0-9]+)+\.?\s(?!%)[A-Z][a-z]*\b(?! (?:[A-Z]|dollars|euros))")
"""A number at the beginning: "4.17 The documents hold"."""
_LISTED = re.compile(r"\s*\(?\Z")
_CONFIDENCE = re.compile(
    r"\s?(?:%|per ?cent)?[ -]?(?:(?!(?:of|in|on|to|and|or|is|are|was|were|with|from|for|the|an?|as|by|at|that|which)\b)"
    r"[A-Za-z][\w-]*\s){0,2}?(?:CIs?\b|C\.I\.|confidence|credible|uncertainty (?:interval|range)|interval)",
    re.IGNORECASE,
)
_BANDS = re.compile(
    r"\s?(?:%|per ?cent)?(?:,? (?:and|or|,) [5-9][0-9]\s?(?:%|per ?cent))? (?:bands?|intervals|regions|ribbons?)\b"
)
"""Behind the levels of a figure: "Grey: 80% and 95% bands"."""
_LEVEL = re.compile(r"[5-9][0-9](?:[.,][0-9]+)?|(?:fifty|sixty|seventy|eighty|ninety)(?:-[a-z]+)?")
_BEFORE_AN_HOUR = re.compile(r"\b(?:half|quarter|minutes?) (?:past|to) \Z", re.IGNORECASE)
_CLOCK = re.compile(r"\s?(?:[ap]\.?m\b|o[’']clock|GMT|UTC|hours? (?:GMT|local))")
_AGE = re.compile(r"[A-Z][\w’'-]+,\s\Z|\baged\s\Z")
_AT_AN_AGE = re.compile(r"[a-z],? (?:at|turned)(?: the age of| only| just)? \Z")
_LEVEL_AT = re.compile(
    r"\b(?:is|are|was|were|be|been|stands?|stood|peak\w*|puts?|comes?|came|ends?|ended|starts?|started|begins?|began|remain\w*|"
    r"stay\w*|settl\w*|holds?|held|count\w*|estimat\w*|level\w*|steady|sets?|lies?|lay|sits?|sat|topp?\w*|lows?|highs?|"
    r"stopp?\w*|bottom\w*|total\w*|measur\w*|share|rate|number)(?: (?:out|up|in))?,? at(?: only| just)? \Z"
)
"""Before a number it is a level, and no age: "mentions peaked at 60, then fell"."""
_AGE_ENDS = re.compile(r"[,;)]|\s(?:and|who)\b")
_GROUP = re.compile(
    r"\b(?:teams?|groups?|panels?|jury|juries|staff|crews?|famil(?:y|ies)|part(?:y|ies)|bands?|class(?:es)?|boards?|"
    r"committees?|tables?) (?:of|for) \Z",
    re.IGNORECASE,
)
_ONE_THAT_SPEAKS = re.compile(
    r"\s(?:(?:also|once|even|then)\s)?(?:told|tells|said|says|has it|had it|puts it|put it|wrote|writes|reads|notes|"
    r"noted|adds|added|argues|argued|warns|warned|recalls|recalled|explains|explained)\b"
)
_ACCORDING = re.compile(r"\baccording to\s\Z", re.IGNORECASE)
_PRONOUN = frozenset(("one", "zero"))


def _incidental(text: str, found: re.Match[str], unit: units.Unit | None, begin: int, *, in_words: bool) -> str:
    """Return why a number is no result, or nothing."""
    start, end = found.start("one"), found.end("one")
    written = found["one"].lower()
    before = text[max(0, begin - 60) : begin]
    if not in_words and (why := _is_source(text, found, unit, before)):
        return why
    if _LEVEL.fullmatch(written) and (found_level := _BANDS.match(text, end) or _CONFIDENCE.match(text, end)):
        return "confidence" if found_level.re is _CONFIDENCE else "a band"
    if (
        not in_words
        and begin == start
        and _PART_OF_A_NAME.search(before[-4:])
        and not re.search(r"\b[A-Z]{2,} \Z", before)
    ):
        return "a name"
    if not in_words and not found["scale"] and (unit is None or unit.end == end) and _GLUED.match(text, end):
        return "a name"
    if _AGE.search(before) and _AGE_ENDS.match(text, end) and found["one"].isdigit() and 15 <= int(found["one"]) <= 110:
        return "an age"
    at_an_age = _AT_AN_AGE.search(before) and not _LEVEL_AT.search(before)
    if unit is None and at_an_age and re.match(r"\s?[,;)]", text[end : end + 2]):
        return "an age"
    is_hour = in_words and unit is None and _BEFORE_AN_HOUR.search(before) is not None
    if _CLOCK.match(text, end) or is_hour:
        return "a time of day"
    many = len(re.sub(r"[^0-9]", "", found["one"])) > 1 and unit is not None and unit.kind == COUNT and unit.end > end
    many = many and not (found["one"].isdigit() and _A_PART.search(before))  # "Regulation 1049 demands"
    is_amount = many or (
        unit is not None and unit.kind in (PERCENT, POINTS, MONEY)
    )  # "a figure 38 percent of the time"
    verb = _NUMBER_AS_VERB.search(before) is not None and len(written) > _DIGITS_OF_A_PART
    if _NUMBERED.search(before) and not in_words and not is_amount and not verb:
        return "a number of a part"
    if (
        not in_words
        and found["one"].isdigit()
        and _LISTED.fullmatch(text[:begin])
        and re.match(r"[.)/]\s", text[end : end + 2])
    ) or (not in_words and _OF_A_SECTION.match(text) and not text[:begin].strip()):
        return "a number of a list"
    if unit is None and _GROUP.search(before):
        return "the size of a group"
    if written in _PRONOUN and unit is None:
        return "a word"
    if in_words and written == "one":
        speaks = unit is not None and (_ONE_THAT_SPEAKS.match(text, unit.end) or _ACCORDING.search(before))
        return "a word" if speaks or unit is None or unit.kind not in (COUNT, PERCENT) else ""
    return ""


def _is_source(text: str, found: re.Match[str], unit: units.Unit | None, before: str) -> str:
    """Return why a number in digits tells where something stands or how it was set, or nothing."""
    end = found.end("one")
    if unit is None and _PAGE_OF.search(before) and _PAGE_ENDS.match(text, end):
        return "a page"
    if found["one"].isdigit() and before.endswith("[") and text[end : end + 1] == "]":
        return "a reference"  # "In [7]", "see [12]"
    if SETTING.search(before) and (unit is None or unit.kind == PERCENT):
        return "a setting"
    if unit is None and found["one"].startswith("0.") and CONFIDENCE_OF.search(before):
        return "a setting"
    return ""


# --- ranges, hedges ---

_JOINT = re.compile(r"\s?(?:[-–—]|to|and|or)\s?(?:[$€£])?|\s?±\s?")


def _ranges(text: str, found: Sequence[Number]) -> Iterator[Number]:
    """Give the first number of a range the unit, and the scale, of the second one."""
    for number, following in zip(found, [*found[1:], None], strict=False):
        if following is None or number.form not in ("digits", "words") or number.incidental:
            yield number
            continue
        between = text[number.digits.end : following.start]
        joined = _JOINT.fullmatch(between) and following.form == number.form
        if not joined or number.end > following.start or number.unit or not following.unit:
            yield number
            continue
        scaled = number.values
        ratio = following.step if following.step >= 1000 else Decimal(1)
        if ratio > 1 and number.step < 1000:
            scaled = (number.value * ratio, *number.values)
        unit = (
            ""
            if following.kind == COUNT and "±" not in between and between.strip() in ("and", "or")
            else following.unit
        )
        yield replace(
            number,
            unit=unit,
            kind=following.kind if unit else "",
            values=scaled,
            step=number.step * (ratio if len(scaled) > len(number.values) else 1),
        )


_OVER = (
    r"more than|(?<!spread )(?<!scattered )(?<!distributed )(?<!statements )(?<!figures )(?<!claims )(?<!words )"
    r"(?<!mentions )(?<!times )(?<!passages )(?<!quotations )(?<!questions )(?<!turns )(?<!sentences )over|"
    r"above|in excess of|upwards? of|exceeding|beyond|just over|well over|a little over|"
    r"slightly more than|slightly over|(?:a little|just|well) above"
)
_NEARLY = (
    r"nearly|almost|close to|just under|just below|approaching|not far off|a little under|"
    r"slightly (?:less than|under|below)|a little (?:less than|below)|virtually"
)
_ABOUT = (
    r"about|around|some|roughly|approximately|circa|ca\.|c\.|an estimated|estimated|or so|more or less|on the order of|"
    r"approx\.?|~|≈"
)
_HEDGES: Sequence[tuple[Hedge, str]] = (
    ("nearly", _NEARLY),
    ("least", r"at least|no (?:fewer|less) than|not (?:fewer|less) than|a minimum of"),
    ("most", r"at most|up to|as many as|as much as|no more than|not more than|a maximum of"),
    ("under", r"less than|fewer than|under|below|just short of|short of|not quite"),
    ("over", _OVER),
    ("about", _ABOUT),
)
_BEFORE = re.compile(
    r"(?:(?<![\w])(?:" + "|".join(f"(?P<{name}>{words})" for name, words in _HEDGES) + r"))\s?(?:an? |the )?\Z",
    re.IGNORECASE,
)
_OR_MORE = re.compile(r"\s+or (?:(?P<least>more)|(?P<most>less|fewer)|(?P<about>so))\b|(?P<plus>\+)(?!\w)")
_REACH = 30
_CLOSELY = re.compile(r"just|slightly|a little|close to|approaching|not far off", re.IGNORECASE)


def _finished(text: str, number: Number) -> Number:
    """Return a number with its hedge."""
    before = _BEFORE.search(text[max(0, number.start - _REACH) : number.start])
    if before is not None:
        hedge = next(name for name, _ in _HEDGES if before.groupdict().get(name))
        return replace(number, hedge=hedge, closely=_CLOSELY.match(before[0]) is not None)
    after = _OR_MORE.match(text, number.end)
    if after is not None:
        name: Hedge = "least" if after["least"] or after["plus"] else "most" if after["most"] else "about"
        return replace(number, hedge=name)
    return number
