"""The usual ways to write a number. A form can write another number as well, which is how a fault is planted."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from random import Random

_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def drawing(seed: str) -> Random:
    """Chance that is the same for the same seed."""
    return Random(seed)  # noqa: S311  nothing is kept secret by it


def in_words(number: int) -> str:
    """A whole number below a million in words.

    >>> in_words(9235), in_words(41)
    ('nine thousand two hundred and thirty-five', 'forty-one')
    """
    if number < 20:
        return _ONES[number]
    if number < 100:
        return _TENS[number // 10] + (f"-{_ONES[number % 10]}" if number % 10 else "")
    if number < 1000:
        rest = f" and {in_words(number % 100)}" if number % 100 else ""
        return f"{_ONES[number // 100]} hundred{rest}"
    left = number % 1000
    joined = "" if not left else f" and {in_words(left)}" if left < 100 else f" {in_words(left)}"
    return f"{in_words(number // 1000)} thousand{joined}"


def _digits(number: Decimal) -> str:
    return f"{number:,}"


def _with(sign: str) -> Callable[[Decimal], str]:
    return lambda number: f"{number:,}".replace(",", sign)


def _words(number: Decimal) -> str:
    return in_words(int(number))


COUNTS: Mapping[str, Callable[[Decimal], str]] = {
    "digits": _digits,
    "plain": str,
    "thin": _with("\N{THIN SPACE}"),
    "narrow": _with("\N{NARROW NO-BREAK SPACE}"),
    "no-break": _with("\N{NO-BREAK SPACE}"),
    "words": _words,
}
"""Forms of a count."""

PERCENT: Mapping[str, Callable[[Decimal], str]] = {
    "percent sign": lambda number: f"{number}%",
    "spaced sign": lambda number: f"{number}\N{NO-BREAK SPACE}%",
    "percent": lambda number: f"{number} percent",
    "per cent": lambda number: f"{number} per cent",
    "percent in words": lambda number: f"{in_words(int(number))} percent",
}
"""Forms of a share in percent."""


def _decimal(number: Decimal) -> str:
    return str(number / 100)


def _thousands(number: Decimal) -> str:
    return f"{(number / 1000).normalize():f} thousand"


FORMS = {**COUNTS, **PERCENT, "decimal": _decimal, "thousands": _thousands}


def count_form(number: Decimal, random: Random) -> str:
    """Draw a form that a writer would use for this count."""
    if number != int(number):
        return "plain"
    if number <= 10:
        return random.choice(["plain", "words"])
    if number < 1000:
        return random.choice(["plain", "plain", "plain", "words"]) if number < 100 else "plain"
    return random.choice(["digits", "digits", "digits", "thin", "narrow", "no-break", "plain"])


def percent_form(number: Decimal, random: Random) -> str:
    """Draw a form that a writer would use for this share."""
    whole = number == int(number)
    return random.choice([form for form in PERCENT if whole or form != "percent in words"])


def in_thousands(number: Decimal) -> tuple[Decimal, Decimal] | None:
    """A number rounded as "9.2 thousand" shows it, and the step of that; None below 2,000.

    >>> in_thousands(Decimal(9235)), in_thousands(Decimal(124961))
    ((Decimal('9200'), Decimal('100')), (Decimal('125000'), Decimal('1000')))
    """
    if number < 2000:
        return None
    step = Decimal(100) if number < 20_000 else Decimal(1000)
    return Decimal(int((number / step).quantize(Decimal(1)) * step)), step


FRACTIONS = {
    "a tenth": 0.1, "one in ten": 0.1, "a fifth": 0.2, "one in five": 0.2, "a quarter": 0.25, "one in four": 0.25,
    "a third": 1 / 3, "one in three": 1 / 3, "two fifths": 0.4, "half": 0.5, "three in five": 0.6, "two thirds": 2 / 3,
    "two in three": 2 / 3, "three quarters": 0.75, "three in four": 0.75, "four fifths": 0.8, "four in five": 0.8,
    "nine tenths": 0.9, "nine in ten": 0.9,
}  # fmt: skip


def fractions(share: float) -> list[tuple[str, str]]:
    """Every hedge and fraction by which a careful writer could tell a share."""
    found = []
    for words, fraction in FRACTIONS.items():
        off = share - fraction
        if abs(off) < 0.005:
            found.append(("", words))
        elif abs(off) <= min(0.02, 0.05 * fraction):
            found.append(("about ", words))
            found.append(("nearly ", words) if off < 0 else ("just over ", words))
    return found


def other_fractions(share: float) -> list[str]:
    """Fractions that this share is far from."""
    return [words for words, fraction in FRACTIONS.items() if abs(share - fraction) > 0.07]


def one_in(share: float) -> int | None:
    """The number of which one is this share, to a fiftieth of it; None where a writer would not say it so.

    >>> one_in(0.0833), one_in(0.4)
    (12, None)
    """
    number = round(1 / share) if share else 0
    return number if 3 <= number <= 20 and abs(1 / number - share) <= 0.02 * share else None


def half_of(display: str, interval: str) -> str:
    """How far an interval of plain numbers goes to either side; empty where the sides differ, rounded as the value is.

    >>> half_of("27.3", "25.7 to 29.0"), half_of("17%", "14% to 20%"), half_of("6.2", "5.1 to 9")
    ('1.7', '', '')
    """
    if not (found := re.fullmatch(r"([\d.]+) to ([\d.]+)", interval)) or not re.fullmatch(r"[\d.]+", display):
        return ""
    value, low, high = map(Decimal, (display, *found.groups()))
    step = Decimal(1).scaleb(-len(display.partition(".")[2]))
    return str(max(value - low, high - value)) if abs((value - low) - (high - value)) <= step else ""


def rounded(number: Decimal, random: Random) -> tuple[str, Decimal, Decimal] | None:
    """A hedge, a rounded number and one step of the rounding; None where nobody would round."""
    if number < 100:
        return None
    digits = len(str(int(number)))
    step = Decimal(10) ** (digits - 2)
    nearest = (number / step).quantize(Decimal(1)) * step
    if nearest == number:
        return None
    hedges = ["some ", "about ", "around ", "roughly "] + (
        ["nearly ", "almost "] if nearest > number else ["more than ", "over "]
    )
    return random.choice(hedges), Decimal(int(nearest)), step


def date_forms(date: str) -> list[str]:
    """A date of the form 2031-01-14, 2031-01 or 2031 as reports write it."""
    year, month, day = [*date.split("-"), "", ""][:3]
    if not month:
        return [date]
    name = MONTHS[int(month) - 1]
    if not day:
        return [f"{name} {year}"]
    return [date, f"{int(day)} {name} {year}", f"{name} {int(day)}, {year}"]


_MONEY = re.compile(r"(\d+(?:\.\d+)?) (million|billion) (?:U\.S\.|US) dollars")


def money_forms(display: str) -> list[str]:
    """Ways to write a sum of money; the display alone where it is not in dollars.

    >>> money_forms("25 billion U.S. dollars")[1:4]
    ['25 billion US dollars', '25bn US dollars', 'US$25 billion']
    """
    if not (found := _MONEY.fullmatch(display)):
        return [display]
    number, scale = found.groups()
    short = {"million": "m", "billion": "bn"}[scale]
    made = [
        display, f"{number} {scale} US dollars", f"{number}{short} US dollars", f"US${number} {scale}",
        f"${number}{short}", f"USD {number} {scale}",
    ]  # fmt: skip
    if scale == "billion":
        made += [f"{Decimal(number) * 1000:,.0f} million US dollars", f"{Decimal(number) * 10**9:,.0f} US dollars"]
    if "." not in number:
        made.append(f"{in_words(int(number))} {scale} US dollars")
    return made
