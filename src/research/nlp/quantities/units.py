"""Units: what follows a number, or precedes it, and says of what it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from research.nlp.quantities import values
from research.nlp.text.lists import word_list

MONEY, PERCENT, POINTS, COUNT, RATIO = "money", "percentage", "percentage points", "count", "ratio"
MEASURE, MULTIPLE, DURATION, AGE = "measure", "multiple", "duration", "age"


class Unit(NamedTuple):
    """A unit, its kind, the offset at which its words end, and the power of ten that takes a number to it."""

    name: str
    kind: str
    end: int
    power: int = 0


_PERCENT = re.compile(r"(?:\s{1,2}|-\s?)?(?:%|per[\s-]?cent(?:um)?\b|pct\b)(?P<points>[\s-]points?\b)?", re.IGNORECASE)
_POINTS = re.compile(r"[\s-]?(?:percentage[\s-]points?|p\.p\.|pp)(?!\w)", re.IGNORECASE)
_BASIS_POINTS = re.compile(r"[\s-]basis\s+points?\b", re.IGNORECASE)
_TIME = re.compile(
    r"(?:\s{1,2}|-\s?|(?<=[0-9]) -)(?P<unit>second(?=s)|(?<=[0-9]-)second|sec|minute|min|hour|hr|day|week|fortnight|"
    r"month|year|yr|decade)s?(?P<old>[\s-]olds?|\s+of age)?(?![\w-])"
)
_TIME_IN_CAPITALS = re.compile(r"(?:\s|-)(?P<unit>MINUTE|HOUR|DAY|WEEK|MONTH|YEAR)S?(?P<old>(?:\s|-)OLDS?)?(?![\w-])")
_WHOLE = {"sec": "second", "min": "minute", "hr": "hour", "yr": "year"}

_MEASURES: Mapping[str, str] = {
    **dict.fromkeys(("km", "kms", "kilometre", "kilometres", "kilometer", "kilometers"), "km"),
    **dict.fromkeys(("metre", "metres", "meter", "meters"), "m"),
    **dict.fromkeys(("centimetre", "centimetres", "centimeter", "centimeters", "cm"), "cm"),
    **dict.fromkeys(("mm", "millimetre", "millimetres", "millimeters"), "mm"),
    **dict.fromkeys(("mile", "miles"), "miles"),
    **dict.fromkeys(("nautical mile", "nautical miles"), "nautical miles"),
    **dict.fromkeys(("foot", "feet"), "feet"),
    **dict.fromkeys(("inch", "inches"), "inches"),
    **dict.fromkeys(("yard", "yards"), "yards"),
    **dict.fromkeys(("acre", "acres"), "acres"),
    **dict.fromkeys(("hectare", "hectares", "ha"), "hectares"),
    **dict.fromkeys(("tonne", "tonnes", "t", "metric ton", "metric tons", "metric tonnes"), "tonnes"),
    **dict.fromkeys(("ton", "tons"), "tons"),
    **dict.fromkeys(("megaton", "megatons"), "megatons"),
    **dict.fromkeys(("kg", "kilo", "kilos", "kilogram", "kilograms", "kilogramme", "kilogrammes"), "kg"),
    **dict.fromkeys(("gram", "grams", "gramme", "grammes"), "g"),
    **dict.fromkeys(("litre", "litres", "liter", "liters"), "litres"),
    **dict.fromkeys(("megalitre", "megalitres"), "megalitres"),
    **dict.fromkeys(("gigalitre", "gigalitres"), "gigalitres"),
    **dict.fromkeys(("gallon", "gallons"), "gallons"),
    **dict.fromkeys(("barrel", "barrels"), "barrels"),
    **dict.fromkeys(("bushel", "bushels"), "bushels"),
    **dict.fromkeys(("bale", "bales"), "bales"),
    **dict.fromkeys(("kw", "kilowatt", "kilowatts"), "kW"),
    **dict.fromkeys(("mw", "megawatt", "megawatts"), "MW"),
    **dict.fromkeys(("gw", "gigawatt", "gigawatts"), "GW"),
    **dict.fromkeys(("kwh", "kilowatt-hour", "kilowatt-hours", "kilowatt hours"), "kWh"),
    **dict.fromkeys(("degree", "degrees", "°c", "°f"), "degrees"),
    **dict.fromkeys(("mph",), "miles per hour"),
}
_SHORT = frozenset(("t", "ha", "kw", "mw", "gw", "mm", "cm", "km", "kg"))
_NAMES = "|".join(sorted(map(re.escape, _MEASURES), key=lambda name: (-len(name), name)))
_MEASURE = re.compile(
    rf"(?:\s{{1,2}}|-\s?)?(?P<power>(?:square|cubic|sq\.?)[\s-])?(?P<unit>{_NAMES})(?![\w’'])"
    r"(?P<rate>(?:\s+(?:a|an|per|each)\s+|/)(?:second|minute|hour|day|week|month|year|annum|capita|head|person)\b)?",
    re.IGNORECASE,
)


_ODD = re.compile(r"(?:-|\s)odd(?=\s)")


def unit_after(text: str, at: int) -> Unit | None:
    """Return the unit that follows a number at an offset: percent, points, a measure, a duration, an age or money."""
    if odd := _ODD.match(text, at):
        at = odd.end()  # "30 odd years"
    if found := _POINTS.match(text, at) or _BASIS_POINTS.match(text, at):
        basis = "basis" in found[0]
        return Unit("basis points" if basis else "percentage points", POINTS, found.end())
    if found := _PERCENT.match(text, at):
        points = found["points"]
        return Unit("percentage points" if points else "%", POINTS if points else PERCENT, found.end())
    if found := _TIME.match(text, at) or _TIME_IN_CAPITALS.match(text, at):
        old, unit = found["old"], found["unit"].lower()
        unit = f"{_WHOLE.get(unit, unit)}s"
        return Unit(unit, AGE if old else DURATION, found.end())
    return _money_after(text, at) or _measure_after(text, at)


def _measure_after(text: str, at: int) -> Unit | None:
    found = _MEASURE.match(text, at)
    if found is None:
        return None
    word = found["unit"].lower()
    if word in _SHORT and not found["unit"].islower() and word in ("t", "ha"):
        return None
    name = _MEASURES[word]
    if found["power"]:
        power = "cubic" if found["power"].lower().startswith("cubic") else "square"
        name = f"{power} {name}"
    if found["rate"]:
        name += f" per {found['rate'].split()[-1].lstrip('/').lower()}"
    return Unit(name, MEASURE, found.end())


_CURRENCY_WORDS = re.compile(r"(?:\s{1,2}|-)((?:[A-Z][\w.]*\s){0,2}?)([a-z]+|[A-Z]{3})\b")
_CAPITAL_CURRENCY = re.compile(r"\s{1,2}((?:[A-Z][\w.]*\s){1,2}?)([A-Z][a-z]+)\b")
"""A currency written like a name: "2 billion Swedish Krona"."""


def _money_after(text: str, at: int) -> Unit | None:
    """Return the currency whose name or code follows: "U.S. dollars", "tenge", "EUR"."""
    found = _CURRENCY_WORDS.match(text, at) or _CAPITAL_CURRENCY.match(text, at)
    if found is None:
        return None
    last = found[2]
    if last not in _HUNDREDTHS and last.lower() not in _last_words() and last not in _codes():
        return None
    name = " ".join(f"{found[1]}{last}".split())
    if last in _HUNDREDTHS:
        return Unit(_HUNDREDTHS[last], MONEY, found.end(), power=-2)
    code = values.currency(name) or values.currency(last)
    if not code or (last == "pounds" and text.startswith(" of ", found.end())):
        return None
    return Unit(code, MONEY, found.end())


_HUNDREDTHS = {"cents": "dollar", "cent": "dollar", "pence": "GBP"}


@cache
def _last_words() -> frozenset[str]:
    """The words that names of currencies end with, without those that mean more in English."""
    ordinary = {"real", "lek", "sol", "leu", "gold", "dong", "mark", "guarantees", "units", "won", "pa’anga", "shares"}
    return frozenset(name.split()[-1] for name in values.currency_names()) - ordinary


@cache
def _codes() -> frozenset[str]:
    return values.currency_codes()


_SIGN_BEFORE = re.compile(
    r"(?:(?:US|U\.S\.|A|AU|NZ|C|CA|Can|HK|S|R|J|F|T|BZ|NT)\s?)?[$€£¥₩₹₽₸₴₺₦₱₫₪]\s?\Z|\b[A-Z]{3}\s?[$€£¥]?\s?\Z|"
    r"\$\s?(?P<whose>US|A|NZ|C|HK|S)\s?\Z|(?P<scanned>(?<![^\W\d_])œ\s?)\Z"
)
"""The last is the sign of the pound in files of one encoding that were read in another."""
_DOLLARS = {
    "US": "USD",
    "U.S.": "USD",
    "A": "AUD",
    "AU": "AUD",
    "NZ": "NZD",
    "C": "CAD",
    "CA": "CAD",
    "Can": "CAD",
    "HK": "HKD",
    "S": "SGD",
    "R": "BRL",
    "J": "JMD",
    "F": "FJD",
    "T": "TTD",
    "BZ": "BZD",
    "NT": "TWD",
}


def money_before(text: str, at: int) -> tuple[str, int] | None:
    """Return the currency whose sign or code precedes a number, and where the sign begins."""
    start = max(0, at - 8)
    found = _SIGN_BEFORE.search(text[start:at])
    if found is None:
        return None
    sign = "£" if found["scanned"] else found[0].strip()
    if (code := sign[:3]).isalpha() and code in _codes():
        pass  # "AUD$ 5 million" has both
    elif "$" in sign:
        country = sign.replace("$", "").strip()
        code = _DOLLARS.get(country, "dollar" if not country else "")
    else:
        code = values.currency(sign)
    return (code, start + found.start()) if code else None


# --- what is counted ---

_TOKEN = re.compile(r"(?:[\s-]+|\s[\"“‘'])([^\W\d_][\w’'.-]*|(?<=\s)[0-9]{1,3}-[a-z]+)")
_QUOTED = re.compile(r"[\"”](?=\s)")
"""What closes a quotation within a noun phrase: "100 “unbound” delegates"."""
_UNITED = re.compile(r"\s+United\s+(?:Nations|States|Kingdom|Arab\s+Emirates)(?=[\s-]+[\w“\"])")
"""Before a noun these describe it: "12 United Nations conventions"."""
_INITIALS = re.compile(r"(?:[A-Z]\.){2,}")
_MORE = re.compile(r"\s+(?:more|fewer|less|such)\b(?!\s+than)|\s+or\s+(?:more|fewer|less|so)\b|-odd\b")
_MOST_WORDS = 5
_CLOCK = frozenset(("minute", "hour", "day", "week", "month", "year"))
"""With a capital these are names: “60 Minutes”."""
_WORDS = word_list("quantities.txt")
_STOP = frozenset(_WORDS["function words"])
_IRREGULAR = frozenset(_WORDS["plurals without -s"])
_PLURAL_ENDING = re.compile(r"(?:children|women|[bcdghkpstw](?:s?)men|people)$(?<!specimen)(?<!acumen)(?<!abdomen)")
_NOT_PLURAL = re.compile(r"(?:ss|us|is|’s|'s|ous)$")


def counted_after(text: str, at: int) -> Unit | None:
    """Return the noun that a number counts: the first plural in the next four words before a function word."""
    if text[at : at + 1] == "-" and not text.startswith("-odd", at):
        return None  # "a five-figure fee" counts nothing
    more = _MORE.match(text, at)
    end = more.end() if more else at
    if united := _UNITED.match(text, end) or _RANKING.match(text, end):
        end = united.end()
    people = None
    for _ in range(_MOST_WORDS):
        found = _TOKEN.match(text, end)
        if found is None:
            break
        word = found[1].rstrip("-") if _INITIALS.fullmatch(found[1]) else found[1].rstrip(".-")
        word = word.rstrip("’'")
        low = word.lower()
        if (low in ("and", "or") and end > at and text[end - 1] != ",") or (low == "most" and end == at):
            end = found.end(1)  # "46 Latin American and Caribbean countries", "three most pressing tasks"
            continue
        if low in _STOP or (low.removesuffix("s") in _CLOCK and word[0].isupper()):
            break
        end = found.start(1) + len(word)
        if _is_plural(low):
            if low in _last_words() and (code := values.currency(low)):
                return Unit(code, MONEY, end)
            following = _TOKEN.match(text, end)
            if following and text[end].isspace() and following[1].islower() and _heads(following[1]):
                return Unit(following[1], COUNT, following.end(1))
            return Unit(low, COUNT, end)
        if quoted := _QUOTED.match(text, end):
            end = quoted.end()
        if people is None and _PEOPLES.fullmatch(word):
            people = Unit(low, COUNT, end)
        if text[end : end + 1] in (",", ";", ":", "(", ")", "."):
            break
    return people


_RANKING = re.compile(r"\s(?:Fortune|S&P)\s[1-9][0-9]{1,3}(?=\s)")
"""A list of companies, whose number counts nothing: "58 Fortune 500 companies"."""
_PEOPLES = re.compile(r"[A-Z][a-z]+ese(?:-[A-Z][a-z]+)?")
"""These have no other plural: "thousands of Lebanese"; before a noun they describe it."""
_WHOSE = re.compile(
    r"\s+of\s+(?:all\s+)?(?:(?:the|these|those|his|her|its|their|our|my|your)\s+(?:[a-z]+[’']s?\s+)?|"
    r"(?:[A-Z][\w.-]*\s+){0,2}[A-Za-z][\w.-]*[’']s?\s+)(?:(?:last|past|previous|first|final|remaining|top|most)\s+)?"
    r"(?P<whole>(?:[0-9][0-9,]*|[a-z-]*(?:teen|ty|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred))"
    r"(?=[\s.,;]))?"
)


def counted_of(text: str, at: int) -> Unit | None:
    """Return the noun of which a number is a part: "59 of the 75 witnesses", "ten of her aides"."""
    whose = _WHOSE.match(text, at)
    if whose is None:
        return None
    counted = counted_after(text, whose.end() if whose["whole"] else whose.end() - 1)
    return counted or (Unit("", COUNT, whose.end()) if whose["whole"] else None)


_COMPOUNDS = frozenset(_WORDS["compounds"])
_COMPOUND = re.compile(
    r"(?:-|\s)(?:point(?=\s+(?:[a-z]+\s+)?(?:lead|margin|advantage|edge|gap|swing|deficit|rise|fall|drop|increase|jump|bounce|bump|"
    r"decline|win|victory|loss|defeat)s?\b)|([a-z]+)(?![\w’'])(?=[\s-]+[A-Za-z]))"
)


def compound_after(text: str, at: int) -> Unit | None:
    """Return what is counted in a compound that measures: "a 112-member body", "a 700-word column"."""
    found = _COMPOUND.match(text, at)
    if found is None or (found[1] and found[1] not in _COMPOUNDS):
        return None
    return Unit(_plural(found[1] or "point"), COUNT, found.end())


def _plural(noun: str) -> str:
    if noun.endswith("man"):
        return f"{noun[:-3]}men"
    return f"{noun[:-1]}ies" if noun.endswith("y") and noun[-2] not in "aeiou" else f"{noun}s"


def _heads(word: str) -> bool:
    """Whether a word after a plural is the noun that is counted: "500 nuclear-weapons tests"."""
    return (
        word not in _STOP
        and _is_plural(word)
        and not word.endswith(("ches", "ses", "ies"))
        and word not in _VERBS | _RATIO_VERBS
    )


_RATIO_VERBS = frozenset(_WORDS["verbs after a ratio"])
_VERBS = frozenset(_WORDS["verbs"]) | frozenset(_WORDS["up"]) | frozenset(_WORDS["down"])
_COUNTABLE = frozenset(
    ("arms", "brooks", "burns", "gates", "powers", "woods", "headquarters", "series", "species", "means")
)
"""Plurals after a number, though no plurals elsewhere."""


@cache
def _not_plurals() -> frozenset[str]:
    groups = word_list("not_plurals.txt")
    return (
        frozenset(word for name, its in groups.items() if not name.startswith("plurals") for word in its) - _COUNTABLE
    )


_RATIO_OF = re.compile(
    r"\s+(?:of\s+)?(?P<all>all\s+)?(?P<what>(?:the|that|this|these|those|its|their|our|his|her|my|your|all)\s+(?:of\s+(?:the\s+)?)?|"
    r"(?<=of\s)(?:[A-Z][\w.-]*[’']s?\s+)?)"
)
_SHARED_BY = re.compile(r"\s+(?P<word>[^\W\d_][\w’'-]*)")
_ENDS_A_NOUN = re.compile(r"(?:ed|(?<!supp)(?<!fami)(?<!assemb)(?<!mono)ly)$")
_TITLES = frozenset(("mr", "mrs", "ms", "dr", "st"))
_NO_WHOLE = frozenset(_WORDS["no whole"])


def whole_after(text: str, at: int) -> str:
    """Return the noun of which a fraction is: "half of the *voters*", "a third of its *catch*"; empty without one."""
    of = _RATIO_OF.match(text, at)
    if of is None or not of[0].strip():
        return ""
    counted = counted_after(text, of.end() - 1)
    if counted and counted.name not in _RATIO_VERBS:
        return counted.name if counted.kind == COUNT else ""
    last, end = "", of.end() - 1
    for _ in range(_MOST_WORDS):
        found = _SHARED_BY.match(text, end)
        word = found["word"].lower() if found else ""
        if word == "of" and last in ("number", "total"):
            return whole_after(text, end) or last
        if found is None or word in _STOP | _NO_WHOLE | _RATIO_VERBS or (last and _ENDS_A_NOUN.search(word)):
            break
        last, end = word, found.end()
    return "" if re.search(r"[’']s?$", last) or last in _TITLES else last


def sharers_after(text: str, at: int) -> Unit:
    """Return the noun that a ratio counts, "one in five *voters*", or an empty one: "one in five says so"."""
    first = _SHARED_BY.match(text, at)
    if first is None or first["word"].lower() in _RATIO_VERBS:
        return Unit("", RATIO, at)
    counted = counted_after(text, at)
    if counted is None or counted.kind != COUNT or any(it in _RATIO_VERBS for it in text[at : counted.end].split()):
        return Unit("", RATIO, at)
    return counted


def _is_plural(word: str) -> bool:
    last = word.rpartition("-")[2]
    if last in _IRREGULAR or _PLURAL_ENDING.search(last):
        return True
    return len(last) > 3 and last.endswith("s") and not _NOT_PLURAL.search(last) and last not in _not_plurals()
