"""Values of written figures: number, unit and precision; and whether two of them agree.

"25 billion US dollars" and "USD 25 bn" are one value, written in two ways; "$25bn" agrees with it and with 25 billion
dollars of any other country. "1.234" may be two values: an ambiguous figure is refused with a sentence, never guessed.

Findings use this module for the precision of what they display, checks of reports for the numbers in them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import NamedTuple


class Written(NamedTuple):
    """A figure that was read.

    ``unit`` is the ISO 4217 code of a currency (``USD``) or a name that several share (``dollar``), ``%``, ``percentage
    points``, any other unit in small letters (``cubic metres per second``), or empty. ``step`` is the value of one in
    the last written digit: 1,000,000,000 for "25 billion", 0.1 for "22.7".
    """

    number: Decimal
    unit: str
    step: Decimal


class NotAValue(ValueError):
    """The text is not one single value, or may be several: the message says why, in a sentence."""


def read(text: str) -> Written:
    """Return the value of a text that holds one figure and nothing else.

    Raises ``NotAValue`` for anything else: a range, a word before the figure ("about", "more than"), two units, and
    figures that can be read in two ways.

    >>> read("25 billion US dollars") == read("USD 25 bn") == read("US$25bn")
    True
    >>> agree(read("USD 25 bn"), read("$25bn"))
    True
    >>> read("9.4%")
    Written(number=Decimal('9.4'), unit='%', step=Decimal('0.1'))
    """
    rest = " ".join(text.replace("\N{MINUS SIGN}", "-").split()) if len(text) <= _LONGEST else ""
    sign, rest = _sign(rest)
    before, rest = _currency_before(rest)
    if not sign:  # "$-5" as well as "-$5"
        sign, rest = _sign(rest)
    number, step, rest = _number(rest, text)
    scale, rest = _scale(rest, text, money=bool(before))
    after = _unit(rest, text)
    factor = Decimal(10) ** scale
    return Written((-number if sign else number) * factor, _one_unit(before, after, text), step * factor)


def agree(one: Written, other: Written) -> bool:
    """Return whether two written values agree at the precision of the coarser one.

    >>> agree(read("22.7 million"), read("23 million")), agree(read("22.4 million"), read("23 million"))
    (True, False)
    """
    coarser = max(one.step, other.step)
    return same_unit(one.unit, other.unit) and abs(one.number - other.number) * 2 <= coarser


def same_unit(one: str, other: str) -> bool:
    """Return whether two units are the same; "dollars" are those of any country that has dollars."""
    if _stem(one) == _stem(other):
        return True
    shared = _currencies().shared
    return one in shared.get(other, ()) or other in shared.get(one, ())


_LONGEST = 120
"""Characters of the longest text that is read; no figure is longer."""


def _stem(unit: str) -> str:
    """Return a unit without plural endings."""
    return " ".join(word.removesuffix("s") for word in unit.split())


# --- the number ---

_SIGN = re.compile(r"(?:-|minus )")
# Digits, in groups of three with one separator or in one run, then a point or a comma with the decimals.
_FIGURE = re.compile(
    r"(?P<whole>[0-9]{1,3}(?:(?P<group>[,.' ])[0-9]{3})(?:(?P=group)[0-9]{3}){0,3}|[0-9]{1,15})"
    r"(?:(?P<point>[.,])(?P<decimals>[0-9]{1,12}))?(?![0-9.,']*[0-9])"
)
_WORDS = {
    word: number
    for number, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
}
_WORD = re.compile(r"[A-Za-z]+")


def _sign(text: str) -> tuple[bool, str]:
    found = _SIGN.match(text)
    return (True, text[found.end() :]) if found else (False, text)


def _number(rest: str, text: str) -> tuple[Decimal, Decimal, str]:
    """Return the number at the beginning, without sign and scale, its step, and the rest of the text."""
    if (word := _WORD.match(rest)) and word[0].lower() in _WORDS:
        return Decimal(_WORDS[word[0].lower()]), Decimal(1), rest[word.end() :].lstrip()
    found = _FIGURE.match(rest)
    if found is None:
        raise NotAValue(f"{text!r} does not begin with a number, or holds more than one.")
    digits, decimals = _without_marks(text, *found.group("whole", "group", "point", "decimals"))
    if len(digits) > 1 and digits.startswith("0"):
        raise NotAValue(f"{text!r} begins with a superfluous zero.")
    number = Decimal(f"{digits}.{decimals}" if decimals else digits)
    return number, Decimal(1).scaleb(-len(decimals)), rest[found.end() :]


def _without_marks(
    text: str, whole: str, group: str | None, point: str | None, decimals: str | None
) -> tuple[str, str]:
    """Return the digits before and after the decimal mark, be it a point or a comma."""
    if group is None:
        return whole, decimals or ""
    if group == point:
        raise NotAValue(f"{text!r} is not a number: {group!r} separates both thousands and decimals.")
    first, *others = whole.split(group)
    if group in ".," and point is None and len(others) == 1:
        if first == "0":  # no group of thousands begins with 0
            return first, others[0]
        if group == ".":
            thousands = f"{first},{others[0]}"
            raise NotAValue(f"{text!r} can be {thousands} or a number with decimals: write {thousands} or {whole}0.")
    return "".join([first, *others]), decimals or ""


# --- the scale ---

_SCALES: Mapping[str, int] = {
    **dict.fromkeys(("hundred",), 2),
    **dict.fromkeys(("thousand", "k"), 3),
    **dict.fromkeys(("million", "millions", "mn", "mln", "mio", "m"), 6),
    **dict.fromkeys(("billion", "billions", "bn", "bln", "b"), 9),
    **dict.fromkeys(("trillion", "trillions", "tn", "trn", "t"), 12),
}
_LETTERS = {"m": "metres", "b": "bits", "t": "tonnes"}
"""Scales of one letter that are also units, unless a sum of money is meant."""


def _scale(rest: str, text: str, *, money: bool) -> tuple[int, str]:
    """Return the power of ten of a word after the number, and the rest of the text."""
    word = _WORD.match(rest.lstrip())
    name = word[0].lower() if word else ""
    if word is None or name not in _SCALES:
        return 0, rest
    behind = rest.lstrip()[word.end() :]
    if word[0] in _LETTERS and not money and not currency(behind.strip()):
        raise NotAValue(f"{text!r} can mean {_LETTERS[name]} or a large number: write the word.")
    return _SCALES[name], behind


# --- the unit ---

_PERCENT = {"%", "percent", "per cent", "pct"}
_POINTS = {"percentage point", "percentage points", "percentage-point", "percentage-points", "pp", "p.p.", "ppt"}
_UNIT = re.compile(r"[^\W\d_](?:[^\W\d_]|[.'’/²³-])*(?: [^\W\d_](?:[^\W\d_]|[.'’/²³-])*){0,5}")
_NO_UNIT = {
    *("to", "or", "and", "of", "per", "percent", "times", "than", "dozen", "dozens"),
    *("st", "nd", "rd", "th", "s", "half", "halves", "third", "thirds", "quarter", "quarters", "fifth", "fifths"),
    *(scale for scale in _SCALES if len(scale) > 1),
    *_WORDS,
}
"""Words that no unit begins with: they form an ordinal, a decade or a fraction, or lead to another number."""


def _unit(rest: str, text: str) -> str:
    """Return the unit in the words or signs after the number."""
    name = rest.strip().rstrip(".") if rest.strip() not in _POINTS else rest.strip()
    if not name:
        return ""
    if name.lower() in _PERCENT:
        return "%"
    if name.lower() in _POINTS:
        return "percentage points"
    if code := currency(name):
        return code
    if not _UNIT.fullmatch(name) or name.split()[0].lower() in _NO_UNIT:
        raise NotAValue(f"{text!r} is more than one value: {name!r} is not a unit.")
    return name.lower()


def _one_unit(before: str, after: str, text: str) -> str:
    if before and after and not (same_unit(before, after) and _is_currency(after)):
        raise NotAValue(f"{text!r} has two units: {before} and {after}.")
    return after if after in _currencies().codes or not before else before


_CODE = 3
"""Letters of a currency's code."""

# Babel gives each sign to one currency; English texts use these for any that shares the name.
_SHARED_SIGNS = {"$": "dollar", "£": "pound", "¥": "yen or yuan", "₩": "won", "US$": "USD", "U.S.$": "USD"}
# Names of the press that are not CLDR's.
_NAMES = {
    **dict.fromkeys(("u.s. dollars", "u.s. dollar", "american dollars", "american dollar"), "USD"),
    **dict.fromkeys(("pounds sterling", "pound sterling", "sterling"), "GBP"),
    **dict.fromkeys(("rouble", "roubles"), "ruble"),
    **dict.fromkeys(("russian rouble", "russian roubles"), "RUB"),
    **dict.fromkeys(("renminbi",), "CNY"),
    **dict.fromkeys(("kazakh tenge",), "KZT"),
}


_NAMED_LIKE_A_METAL = "ZWG"
"""The Zimbabwean gold: "5 gold" is not a sum of money."""


class _Currencies(NamedTuple):
    """Currencies by code, by sign and by name in small letters, and the codes that share a name (``dollar``)."""

    codes: frozenset[str]
    by_sign: Mapping[str, str]
    by_name: Mapping[str, str]
    shared: Mapping[str, frozenset[str]]


@cache
def _currencies() -> _Currencies:
    """Return every legal tender of the CLDR, past and present, with its English names and signs; read once."""
    from babel import Locale
    from babel.core import get_global
    from babel.numbers import get_currency_name

    english = Locale("en")
    # Legal tender alone: other codes are metals, units of account and tests.
    codes = {code for its in get_global("territory_currencies").values() for code, _, _, tender in its if tender}
    by_name: dict[str, str] = {}
    shared: dict[str, set[str]] = defaultdict(set)
    shared["yen or yuan"] = {"JPY", "CNY"}
    last_words: dict[str, str] = {}
    for code in sorted(codes - {_NAMED_LIKE_A_METAL}):
        names = [get_currency_name(code, count, locale=english).lower() for count in (1, 2)]
        common, *_ = lasts = [name.split()[-1] for name in names]
        if not all(map(_NAME.fullmatch, names)):
            continue  # "Belarusian rubles (2000–2016)" is never written with a number
        by_name |= dict.fromkeys(names, code)
        last_words |= dict.fromkeys(lasts, common)
        shared[common].add(code)
    alone = {name: min(having) for name, having in shared.items() if len(having) == 1}
    by_name |= {last: alone.get(common, common) for last, common in last_words.items()} | _NAMES
    signs = {str(sign): str(code) for code, sign in english.currency_symbols.items() if not str(sign).isalpha()}
    groups = {name: frozenset(having) for name, having in shared.items()}
    return _Currencies(frozenset(codes), signs | _SHARED_SIGNS, by_name, groups)


@cache
def _signs_at_home() -> Mapping[str, str]:
    """Return the signs that currencies have in their own countries, if they mean one: "₸" in Kazakhstan.

    English locales write the code instead. Reading the others takes one to three seconds, so it waits until such a sign
    occurs.
    """
    from babel import Locale, UnknownLocaleError
    from babel.core import get_global
    from babel.languages import get_official_languages

    found: dict[str, set[str]] = defaultdict(set)
    for territory, its in get_global("territory_currencies").items():
        present = [code for code, _, end, tender in its if tender and end is None]
        for language in get_official_languages(territory, de_facto=True):
            try:
                symbols = Locale(language, territory).currency_symbols
            except UnknownLocaleError:
                continue
            for code in present:
                found[str(symbols.get(code, code))].add(code)
    return {sign: min(codes) for sign, codes in found.items() if len(codes) == 1}


_NAME = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+)*")


def currency(name: str) -> str:
    """Return the currency of a code, a sign or a name; empty for anything else."""
    if name.isascii() and name.isalpha() and name.isupper() and len(name) == _CODE:
        return name if name in _currencies().codes else ""
    by_sign, by_name = _currencies().by_sign, _currencies().by_name
    if known := by_sign.get(name) or by_name.get(name.lower()):
        return known
    return _signs_at_home().get(name, "") if len(name) == 1 and unicodedata.category(name) == "Sc" else ""


def currency_names() -> frozenset[str]:
    """Return every name of a currency, in small letters."""
    return frozenset(_currencies().by_name)


def currency_codes() -> frozenset[str]:
    """Return the ISO 4217 code of every legal tender."""
    return _currencies().codes


def _is_currency(unit: str) -> bool:
    return unit in _currencies().codes or unit in _currencies().shared


_BEFORE = re.compile(r"(?:[A-Z]{3}(?![A-Za-z])|[A-Z.]{0,4}[^\w\s.,'%+()-])")


def _currency_before(text: str) -> tuple[str, str]:
    """Return the currency before a number, and the rest of the text."""
    if (found := _BEFORE.match(text)) and (code := currency(found[0])):
        return code, text[found.end() :].lstrip()
    return "", text
