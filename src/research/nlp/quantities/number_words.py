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
_PART_OF_A = r"(?:an?\s)?half[\s-](?:an?\s)?|(?:(?:an?|one|three)[\s-])quarters?[\s-]of[\s-]an?[\s-]|an?\s"
_A = rf"(?:(?:{_PART_OF_A})(?=(?:{'|'.join(SCALES)}|dozen)\b))?"
NUMBER = rf"{_A}\b(?:{_WORD})(?:(?:\s{{1,2}}|-)(?:and\s{{1,2}})?(?:{_WORD})){{0,8}}\b"
"""The pattern of a number in words."""
AND_A_PART = (
    r"(?:(?:\s|-)and(?:\s|-)(?:(?:an?|one|three)(?:\s|-)(?:half|quarters?|third)\b|half(?=\s)(?!\s(?:of|the|an?)\b)))"
)
"""The pattern of what may follow a number in words: "two *and a half* million"."""
SIGNS: Mapping[str, Decimal] = {
    "1/2": Decimal("0.5"),
    "½": Decimal("0.5"),
    "1/4": Decimal("0.25"),
    "¼": Decimal("0.25"),
    "3/4": Decimal("0.75"),
    "¾": Decimal("0.75"),
    "1/3": Decimal(1) / 3,
    "⅓": Decimal(1) / 3,
    "2/3": Decimal(2) / 3,
    "⅔": Decimal(2) / 3,
}
"""The fractions that may follow a number in figures: "4 1/2"."""
FRACTION = rf"(?:one|two|three|four|five|six|seven|eight|nine|a|an)(?:\s{{1,2}}|-)(?:{'|'.join(_PARTS)}|halve)s?\b|half"
"""The pattern of a fraction in words."""


def value_of(written: str) -> Decimal | None:
    """Return the value of a number in words; None for words that are no single number.

    >>> value_of("two hundred and fifty thousand"), value_of("half a million"), value_of("a dozen"), value_of("six two")
    (Decimal('250000'), Decimal('500000.0'), Decimal('12'), None)
    >>> value_of("seven-and-a-half"), value_of("a quarter of a million"), value_of("half-billion")
    (Decimal('7.5'), Decimal('250000.00'), Decimal('500000000.0'))
    """
    low = " ".join(re.split(r"[\s-]+", written.lower()))
    if part := _PLUS_A_PART.search(low):
        whole, more = value_of(low[: part.start()]), fraction_of(part[1])
        return None if whole is None or more is None else whole + more
    factor = Decimal(1)
    if prefix := _PREFIX.match(low):
        factor, low = (
            (fraction_of(prefix["part"]) or factor) if prefix["part"] else factor,
            f"one {low[prefix.end() :]}",
        )
    total = _sum([word for word in low.split() if word != "and"])
    return None if total is None else factor * total


_PLUS_A_PART = re.compile(r" and ((?:(?:an?|one|three) )?half|(?:an?|one|three) (?:quarters?|third))\Z")
_PREFIX = re.compile(r"(?P<part>(?:an? )?half(?= )|(?:an?|one|three) quarters?(?= of))(?: of)?(?: an?)? |an? ")


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
        elif word == "hundred" and group < 100:
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
