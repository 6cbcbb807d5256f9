"""A written figure as a value: its number, its unit and its precision; and whether two of them say the same.

"25 billion US dollars", "USD 25 bn" and "$25bn" are one value, written in three ways. "1.234" is two values, and
nobody but its author knows which: what can be read in two ways is refused with a sentence and never guessed.

A finding asks it for the precision of what it displays, and a check of reports will for the numbers in them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import NamedTuple


class Written(NamedTuple):
    """A figure that was read.

    ``unit`` is a currency as ISO 4217 calls it (``USD``) or by a name that several share (``dollar``), ``%``,
    ``percentage points``, any other unit in small letters (``cubic metres per second``), or empty. ``step`` is what
    one more in the last digit that was written comes to: 1,000,000,000 for "25 billion", 0.1 for "22.7".
    """

    number: Decimal
    unit: str
    step: Decimal


class NotAValue(ValueError):
    """What was written is no single value, or one of several: the message says which, in a plain sentence."""


def read(text: str) -> Written:
    """The one value that a text writes, and nothing but that.

    Raises ``NotAValue`` for anything else: a range, a word before the figure ("about", "more than"), two units, and
    what can be read in two ways.

    >>> read("25 billion US dollars") == read("USD 25 bn") == read("$25bn")
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
    """Whether two written values say the same, as far as the coarser of them goes.

    >>> agree(read("22.7 million"), read("23 million")), agree(read("22.4 million"), read("23 million"))
    (True, False)
    """
    coarser = max(one.step, other.step)
    return same_unit(one.unit, other.unit) and abs(one.number - other.number) * 2 <= coarser


def same_unit(one: str, other: str) -> bool:
    """Whether two units are the same; "dollars" are those of any country that has dollars."""
    if _stem(one) == _stem(other):
        return True
    shared = _currencies().shared
    return one in shared.get(other, ()) or other in shared.get(one, ())


_LONGEST = 120
"""Characters of the longest text that is looked at: no figure is longer."""


def _stem(unit: str) -> str:
    """A unit without the endings that tell one from many."""
    return " ".join(word.removesuffix("s") for word in unit.split())


# --- the number ---

_SIGN = re.compile(r"(?:-|minus )")
# Digits, in groups of three behind one sign or in one run, then a point or a comma with what stands behind it.
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
    """The number at the beginning, without sign and scale, its step, and what stands behind it."""
    if (word := _WORD.match(rest)) and word[0].lower() in _WORDS:
        return Decimal(_WORDS[word[0].lower()]), Decimal(1), rest[word.end() :].lstrip()
    found = _FIGURE.match(rest)
    if found is None:
        raise NotAValue(f"{text!r} does not begin with a number, or holds more than one.")
    digits, decimals = _without_marks(text, *found.group("whole", "group", "point", "decimals"))
    if len(digits) > 1 and digits.startswith("0"):
        raise NotAValue(f"{text!r} begins with a zero that no number has.")
    number = Decimal(f"{digits}.{decimals}" if decimals else digits)
    return number, Decimal(1).scaleb(-len(decimals)), rest[found.end() :]


def _without_marks(
    text: str, whole: str, group: str | None, point: str | None, decimals: str | None
) -> tuple[str, str]:
    """The digits before and after the decimals begin, whichever of point and comma marks what."""
    if group is None:
        return whole, decimals or ""
    if group == point:
        raise NotAValue(f"{text!r} is no number: {group!r} stands both between thousands and before decimals.")
    first, *others = whole.split(group)
    if group in ".," and point is None and len(others) == 1:
        if first == "0":  # no thousand begins so
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
"""Scales of one letter that are also units, where no money is counted."""


def _scale(rest: str, text: str, *, money: bool) -> tuple[int, str]:
    """The power of ten that a word behind the number gives, and what stands behind that."""
    word = _WORD.match(rest.lstrip())
    name = word[0].lower() if word else ""
    if word is None or name not in _SCALES:
        return 0, rest
    behind = rest.lstrip()[word.end() :]
    if word[0] in _LETTERS and not money and not _currency(behind.strip()):
        raise NotAValue(f"{text!r} can be counted in {_LETTERS[name]}, or be large: write the word.")
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
"""Words that no unit begins with: they make an ordinal, a decade or a fraction of it, or lead to another number."""


def _unit(rest: str, text: str) -> str:
    """What is counted, as the words or signs behind the number have it."""
    name = rest.strip().rstrip(".") if rest.strip() not in _POINTS else rest.strip()
    if not name:
        return ""
    if name.lower() in _PERCENT:
        return "%"
    if name.lower() in _POINTS:
        return "percentage points"
    if currency := _currency(name):
        return currency
    if not _UNIT.fullmatch(name) or name.split()[0].lower() in _NO_UNIT:
        raise NotAValue(f"{text!r} is more than one value: {name!r} is no unit.")
    return name.lower()


def _one_unit(before: str, after: str, text: str) -> str:
    if before and after and not (same_unit(before, after) and _is_currency(after)):
        raise NotAValue(f"{text!r} has two units: {before} and {after}.")
    return after if after in _currencies().codes or not before else before


_CODE = 3
"""Letters of a currency's code."""

# What CLDR's English names leave out: signs that several share, and what is written more often than those.
_SIGNS = {
    **dict.fromkeys(("$",), "dollar"),
    **dict.fromkeys(("£",), "pound"),
    **dict.fromkeys(("¥",), "yen or yuan"),
    **dict.fromkeys(("₩",), "won"),
    **dict.fromkeys(("US$", "U.S.$"), "USD"),
    **{
        sign: code
        for code, sign in (("RUB", "₽"), ("KZT", "₸"), ("UAH", "₴"), ("TRY", "₺"), ("NGN", "₦"), ("THB", "฿"))
    },
}
_NAMES = {
    **dict.fromkeys(("u.s. dollars", "u.s. dollar", "american dollars", "american dollar"), "USD"),
    **dict.fromkeys(("pounds sterling", "pound sterling", "sterling"), "GBP"),
    **dict.fromkeys(("rouble", "roubles"), "ruble"),
    **dict.fromkeys(("russian rouble", "russian roubles"), "RUB"),
    **dict.fromkeys(("renminbi",), "CNY"),
    **dict.fromkeys(("kazakh tenge",), "KZT"),
}


_FOUR_WITH_X = {"XAF", "XCD", "XOF", "XPF"}
"""The money whose code begins with X; all other such codes are metals, units of account and tests."""
_NOT_MONEY = {"BOV", "CHE", "CHW", "ECV", "MXV", "UYW", "ZWG"}
"""Units of account, and a money whose name is that of a metal."""


class _Currencies(NamedTuple):
    """Currencies by their signs and their names in small letters, and those that share one (``dollar``) by that."""

    codes: frozenset[str]
    by_sign: Mapping[str, str]
    by_name: Mapping[str, str]
    shared: Mapping[str, frozenset[str]]


@cache
def _currencies() -> _Currencies:
    """Every currency that CLDR names in English, as Babel carries them; they are read once, when one is asked for."""
    from babel import Locale
    from babel.numbers import get_currency_name

    english = Locale("en")
    codes = {code for code in map(str, english.currencies) if not code.startswith("X")} | _FOUR_WITH_X
    by_name: dict[str, str] = {}
    shared: dict[str, set[str]] = defaultdict(set)
    shared["yen or yuan"] = {"JPY", "CNY"}
    last_words: dict[str, str] = {}
    for code in sorted(codes - _NOT_MONEY):
        names = [get_currency_name(code, count, locale=english).lower() for count in (1, 2)]
        common, *_ = lasts = [name.split()[-1] for name in names]
        if not all(map(_NAME.fullmatch, names)):
            continue  # nobody writes "Belarusian rubles (2000–2016)" with a number
        by_name |= dict.fromkeys(names, code)
        last_words |= dict.fromkeys(lasts, common)
        shared[common].add(code)
    alone = {name: min(having) for name, having in shared.items() if len(having) == 1}
    by_name |= {last: alone.get(common, common) for last, common in last_words.items()} | _NAMES
    signs = {str(sign): str(code) for code, sign in english.currency_symbols.items() if not str(sign).isalpha()}
    groups = {name: frozenset(having) for name, having in shared.items()}
    return _Currencies(frozenset(codes), signs | _SIGNS, by_name, groups)


_NAME = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+)*")


def _currency(name: str) -> str:
    """The currency of a code, a sign or a name; empty for anything else."""
    if name.isascii() and name.isalpha() and name.isupper() and len(name) == _CODE:
        return name if name in _currencies().codes else ""
    by_sign, by_name = _currencies().by_sign, _currencies().by_name
    return by_sign.get(name) or by_name.get(name.lower(), "")


def _is_currency(unit: str) -> bool:
    return unit in _currencies().codes or unit in _currencies().shared


_BEFORE = re.compile(r"(?:[A-Z]{3}(?![A-Za-z])|[A-Z.]{0,4}[^\w\s.,'%+()-])")


def _currency_before(text: str) -> tuple[str, str]:
    """The currency that stands before a number, and what stands behind it."""
    if (found := _BEFORE.match(text)) and (currency := _currency(found[0])):
        return currency, text[found.end() :].lstrip()
    return "", text
