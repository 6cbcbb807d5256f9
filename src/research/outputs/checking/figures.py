"""Numbers in a sentence of a report, in any usual writing, with their unit and what is said of their precision.

The values are those of ``nlp.quantities``, which reads the documents: "25 billion" is one number there and here. Years,
dates, section numbers, clock times, ordinals and the numbers in names ("COVID-19", "G7") are told apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from research.loading import Span
from research.nlp.quantities import units, values
from research.nlp.quantities.number_words import FRACTION, NUMBER, ONES, SCALES, TENS, fraction_of, value_of
from research.nlp.quantities.units import COUNT, MONEY, PERCENT, POINTS
from research.nlp.times.expressions import times
from research.outputs.checking.occurrences import occurrences

Hedge = Literal["", "about", "nearly", "over", "under", "least", "most"]
Form = Literal["digits", "words", "fraction", "ratio", "multiple", "date", "year"]

RATIO = "ratio"


@dataclass(frozen=True)
class Number:
    """A number as it is written.

    ``values`` are its possible values: one, or two where the writing leaves it open ("1.234"); a range gives two
    numbers. ``step`` is one in the last digit that is shown, ``unit`` and ``kind`` are those of ``nlp.quantities``, and
    ``digits`` is the span of the number without its unit. ``incidental`` is why it is no result: a section, a year.
    """

    start: int
    end: int
    text: str
    values: tuple[Decimal, ...]
    step: Decimal
    unit: str
    kind: str
    form: Form
    digits: Span
    hedge: Hedge = ""
    incidental: str = ""
    plus_minus: bool = False
    closely: bool = False
    """Whether its bound is said to be near: "just over"."""
    period: tuple[str | None, str | None] | None = None

    @property
    def value(self) -> Decimal:
        """The likeliest value."""
        return self.values[0]


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
    dates = list(_dates(text))
    taken = [Span(it.start, it.end) for it in dates]
    found = [*dates]
    for read in (_ratios, _fractions, _multiples, _plain):
        for it in read(text):
            if not any(start < it.end and it.start < end for start, end in taken):
                found.append(it)
                taken.append(Span(it.start, it.end))
    found.sort(key=lambda it: it.start)
    return tuple(_finished(text, it) for it in _ranges(text, found))


_ANY = re.compile(
    rf"[0-9½⅓⅔¼¾]|\b(?:{'|'.join([*ONES, *TENS, *SCALES])}|dozen|half|hal(?:f|ves)|thirds?|quarters?|twice|once|"
    rf"thrice)\b",
    re.IGNORECASE,
)
"""What every number has: most sentences have none, and are told quickly."""


# --- dates and years ---

_HAS_MONTH = re.compile(
    r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\b|[0-9]{4}-[0-9]{2}|[0-9]/[0-9]|(?:1[5-9]|20|"
    r"21)[0-9]{2}"
)
_YEAR = re.compile(
    r"(?<![\w.,$€£/-])(?:1[4-9][0-9]{2}|20[0-9]{2}|21[0-9]{2})(?:s\b|[’']s\b|[/–-][0-9]{2}(?![0-9]))?(?![\w%]|"
    r"[.,][0-9]|-[0-9])"
)
_ISO = re.compile(r"(?<![\w-])(?P<y>[0-9]{4})-(?P<m>[01][0-9])(?:-(?P<d>[0-3][0-9]))?(?![\w-])")
_AFTER_YEAR = re.compile(
    r"\s+(?:words?|documents?|people|statements?|passages?|times|percent|per cent|[a-z]*illion|hundred|thousand|"
    r"US dollars|"
    r"dollars|euros|speakers?|articles?|mentions?|sentences?|crowns|farmers|households|marchers)\b"
)


ANY_YEAR = "****"
"""The year of a date that names none."""
_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1
    )
}
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|"
    r"\.)?|"
    r"Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY = re.compile(
    rf"(?<![\w.,])(?P<day>[12][0-9]|3[01]|0?[1-9])(?:st|nd|rd|th)? (?:of )?(?P<after>{_MONTH})(?![\w])|"
    rf"\b(?P<before>{_MONTH}) (?P<number>[12][0-9]|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![\w%]|[.,][0-9])"
)


def _dates(text: str) -> Iterator[Number]:
    if not _HAS_MONTH.search(text):
        return
    held: list[Span] = []
    for found in _ISO.finditer(text):
        month = f"-{found['m']}"
        first = f"{found['y']}{month}-{found['d'] or '01'}"
        last = f"{found['y']}{month}-{found['d'] or '31'}"
        held.append(Span(*found.span()))
        yield _date(text, Span(*found.span()), (first, last), "date")
    for reading in times(text, Span(0, len(text)), None):
        words = text[slice(*reading.span)]
        if not any(c.isdigit() for c in words) or any(
            reading.span.start < end and start < reading.span.end for start, end in held
        ):
            continue
        if reading.period is None or _AFTER_YEAR.match(text, reading.span.end):
            continue
        is_year = re.fullmatch(r"(?:the )?[0-9]{4}s?", words) is not None
        if not is_year and not re.search(r"[A-Z]|[0-9]/[0-9]|[0-9]{4}", words):
            continue
        held.append(reading.span)
        yield _date(text, reading.span, reading.period.iso(), "year" if is_year else "date")
    for found in _DAY.finditer(text):
        span = Span(*found.span())
        if not any(span.start < end and start < span.end for start, end in held):
            held.append(span)
            of_year = _MONTHS[(found["after"] or found["before"])[:3].lower()]
            day = f"{ANY_YEAR}-{of_year:02}-{int(found['day'] or found['number']):02}"
            yield _date(text, span, (day, day), "date")
    for found in _YEAR.finditer(text):
        span = Span(*found.span())
        if not any(span.start < end and start < span.end for start, end in held) and not _AFTER_YEAR.match(
            text, span.end
        ):
            year = found[0][:4]
            yield _date(text, span, (f"{year}-01-01", f"{year}-12-31"), "year")


def _date(text: str, span: Span, period: tuple[str | None, str | None], form: Form) -> Number:
    written = text[slice(*span)]
    year = Decimal(re.search(r"[0-9]+", written)[0]) if re.search(r"[0-9]+", written) else Decimal(0)  # type: ignore[index]
    return Number(*span, written, (year,), Decimal(1), "", form, form, span, period=period)


# --- fractions, ratios, multiples ---

_RATIO = re.compile(
    rf"(?<![\w.])(?P<part>[0-9]{{1,4}}|{'|'.join(ONES)})\s(?:in|out of|of)(?: every| the)?\s(?P<whole>[0-9]{{1,4}}|"
    rf"{'|'.join(ONES)})\b(?![.,]?[0-9])",
    re.IGNORECASE,
)
_FRACTION = re.compile(
    rf"(?<![\w-])(?P<part>{FRACTION}|(?<!first )(?<!second )(?<!other )half(?= (?:of|the|its|their|all)\b|[.,;:)])|"
    rf"[½⅓⅔¼¾])(?![\w-])",
    re.IGNORECASE,
)
_NO_FRACTION = re.compile(
    r" (?:of )?(?:the|that|its|their|as) (?:\w+ )?(?:length|size|number|rate|height|speed|price|amount|level|as|"
    r"much|many)\b|"
    r"[ -](?:party|parties|century|hour|day|year|time|term|world|way|dozen|mast|(?:of )?an? (?:million|billion|"
    r"dozen|hundred|thousand|hour|day|year|century))"
)
_SIGNED = {"½": Decimal("0.5"), "⅓": Decimal(1) / 3, "⅔": Decimal(2) / 3, "¼": Decimal("0.25"), "¾": Decimal("0.75")}


def _ratios(text: str) -> Iterator[Number]:
    for found in _RATIO.finditer(text):
        part, whole = _whole(found["part"]), _whole(found["whole"])
        of = re.search(r"\sof\b", found[0]) and "out of" not in found[0].lower()
        if part is None or not whole or part > whole or of or re.fullmatch("[0-9]{4}", found["whole"]):
            continue  # "231 of 277" are two numbers
        share = part / whole * 100
        yield Number(*found.span(), found[0], (share,), Decimal(1), "%", RATIO, "ratio", Span(*found.span()))


def _whole(written: str) -> Decimal | None:
    return Decimal(written) if written.isdigit() else value_of(written)


def _fractions(text: str) -> Iterator[Number]:
    for found in _FRACTION.finditer(text):
        value = _SIGNED.get(found["part"]) or fraction_of(found["part"])
        if value is None or _NO_FRACTION.match(text, found.end()):
            continue
        yield Number(*found.span(), found[0], (value * 100,), Decimal(1), "%", RATIO, "fraction", Span(*found.span()))


_MULTIPLE = re.compile(r"(?<![\w-])(?:once|twice|thrice)(?! (?:as|the|that|its|what|their)\b)(?![\w-])", re.IGNORECASE)
_TIMES = {"once": 1, "twice": 2, "thrice": 3}


def _multiples(text: str) -> Iterator[Number]:
    """Yield "twice" where it counts occurrences; "once" may mean "at some time"."""
    for found in _MULTIPLE.finditer(text):
        word = found[0].lower()
        span = Span(*found.span())
        why = "a word" if word == "once" else ""
        yield Number(
            *span, found[0], (Decimal(_TIMES[word]),), Decimal(1), "times", COUNT, "words", span, incidental=why
        )


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
    rf"(?P<pm>±\s?)?(?P<sign>(?<![\w)\]%])[-+])?(?<![\w.,/:#§])(?P<one>(?:{_DIGITS})|{NUMBER}){_SCALE}", re.IGNORECASE
)
_POWERS = {"m": 6, "mn": 6, "mln": 6, "mio": 6, "b": 9, "bn": 9, "bln": 9, "tn": 12, "trn": 12, "k": 3} | dict(SCALES)
_LETTERS = frozenset("mbk")
_PART_OF_A_NAME = re.compile(r"[A-Za-z]-?\Z|[A-Za-z]\.\Z|[A-Z]{2,} \Z")
_GLUED = re.compile(r"(?:st|nd|rd|th)\b|:[0-9]{2}|/[0-9]|\.[0-9]+\.|-[0-9]+-|[’']?s\b|[A-Za-z]")


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
        occurrences(text, end) if in_words else None
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
    r"channel|route|flight|room|article|agenda|sdgs?|goals?|world war|isbn|issn|doi)|"
    r"[#§])\s?(?:[0-9]+(?:\.[0-9]+)*(?:\s?(?:,|and|to|or|–|-)\s?))*\Z",
    re.IGNORECASE,
)
_LISTED = re.compile(r"\s*\(?\Z")
_CONFIDENCE = re.compile(r"\s?(?:%|per ?cent)?[ -]?(?:CI\b|C\.I\.|confidence|credible|interval)", re.IGNORECASE)
_CLOCK = re.compile(r"\s?(?:[ap]\.?m\b|o[’']clock|GMT|UTC|hours? (?:GMT|local))")
_AGE = re.compile(r"[A-Z][\w’'-]+,\s\Z|\baged\s\Z")
_AGE_ENDS = re.compile(r"[,;)]|\s(?:and|who)\b")
_PRONOUN = frozenset(("one", "zero"))


def _incidental(text: str, found: re.Match[str], unit: units.Unit | None, begin: int, *, in_words: bool) -> str:
    """Return why a number is no result, or nothing."""
    start, end = found.start("one"), found.end("one")
    written = found["one"].lower()
    before = text[max(0, begin - 60) : begin]
    if _CONFIDENCE.match(text, end):
        return "confidence"
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
    if _CLOCK.match(text, end):
        return "a time of day"
    if _NUMBERED.search(before) and not in_words:
        return "a number of a part"
    if (
        not in_words
        and found["one"].isdigit()
        and _LISTED.fullmatch(text[:begin])
        and re.match(r"[.)]\s", text[end : end + 2])
    ):
        return "a number of a list"
    if written in _PRONOUN and unit is None:
        return "a word"
    if in_words and written == "one":
        return "a word" if unit is None or unit.kind not in (COUNT, PERCENT) else ""
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
    r"more than|over|above|in excess of|upwards? of|exceeding|beyond|just over|well over|a little over|"
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
