"""Numbers in words: "twenty-five", "two hundred and fifty thousand", "half a million", "a dozen", "two thirds"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

_FROM_ZERO = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_FROM_TWENTY = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
ONES: Mapping[str, int] = {word: number for number, word in enumerate(_FROM_ZERO)}
TENS: Mapping[str, int] = {word: 10 * number for number, word in enumerate(_FROM_TWENTY, start=2)}
SCALES: Mapping[str, int] = {"hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12}
"""The power of ten of each word."""
_PARTS = {
    "half": Decimal("0.5"),
    "third": Decimal(1) / 3,
    "quarter": Decimal("0.25"),
    "fifth": Decimal("0.2"),
    "sixth": Decimal(1) / 6,
    "seventh": Decimal(1) / 7,
    "eighth": Decimal("0.125"),
    "tenth": Decimal("0.1"),
    "hundredth": Decimal("0.01"),
}

_WORD = "|".join([*TENS, *reversed(_FROM_ZERO), *SCALES, "dozen"])
_A = rf"(?:(?:half\s)?an?\s(?=(?:{'|'.join(SCALES)}|dozen)\b))?"
NUMBER = rf"{_A}\b(?:{_WORD})(?:(?:\s|-)(?:and\s)?(?:{_WORD})){{0,8}}\b"
"""The pattern of a number in words."""
FRACTION = (
    rf"(?:one|two|three|four|five|six|seven|eight|nine|a|an)[ -](?:{'|'.join(_PARTS)}|halve)s?\b|half(?= of\b| the\b)"
)
"""The pattern of a fraction in words."""


def value_of(written: str) -> Decimal | None:
    """Return the value of a number in words; None for words that are no single number.

    >>> value_of("two hundred and fifty thousand"), value_of("half a million"), value_of("a dozen"), value_of("six two")
    (Decimal('250000'), Decimal('500000.0'), Decimal('12'), None)
    """
    words = [word for word in re.split(r"[\s-]+", written.lower()) if word != "and"]
    factor = Decimal(1)
    if words[:1] == ["half"]:
        factor, words = Decimal("0.5"), words[1:]
    if words[:1] in (["a"], ["an"]):
        words = ["one", *words[1:]]
    total = _sum(words)
    return None if total is None else factor * total


def _sum(words: list[str]) -> Decimal | None:
    """Return the sum of groups below a thousand, each with its scale, the scales falling."""
    total, group, smallest = Decimal(0), 0, 100
    last = ""
    for word in words:
        if word in ONES:
            if last in ONES or (last in TENS and ONES[word] > 9):
                return None
            group += ONES[word]
        elif word in TENS:
            if last in ONES or last in TENS:
                return None
            group += TENS[word]
        elif word == "dozen":
            group = max(group, 1) * 12
        elif word == "hundred":
            group = max(group, 1) * 100
        elif word in SCALES and SCALES[word] < smallest:
            smallest = SCALES[word]
            total += max(group, 1) * Decimal(10) ** smallest
            group = 0
        else:
            return None
        last = word
    return total + group if words else None


def fraction_of(written: str) -> Decimal | None:
    """Return the value of a fraction in words, such as "two thirds"; None for anything else.

    >>> fraction_of("three-quarters"), fraction_of("half")
    (Decimal('0.75'), Decimal('0.5'))
    """
    first, _, part = re.sub(r"[\s-]+", " ", written.lower()).rpartition(" ")
    part = "half" if part in ("half", "halve", "halves") else part.removesuffix("s")
    if part not in _PARTS:
        return None
    number = 1 if first in ("", "a", "an", "one") else ONES.get(first)
    return None if number is None else number * _PARTS[part]
