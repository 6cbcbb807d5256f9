"""Wording: counts, shares, intervals and lists as sentences write them, here and in every table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from research.analysis.statistics.uncertainty import Interval


def plural(n: int, singular: str, many: str | None = None) -> str:
    """Return a count with its noun.

    >>> plural(1, "document"), plural(2301, "document")
    ('1 document', '2,301 documents')
    """
    return f"{n:,} {singular if n == 1 else many or singular + 's'}"


def times(n: int) -> str:
    """Return how often something happens.

    >>> times(1), times(2), times(1200)
    ('once', 'twice', '1,200 times')
    """
    return {1: "once", 2: "twice"}.get(n, plural(n, "time"))


def percent(share: float) -> str:
    """Return a share as a percentage.

    >>> percent(0.2703), percent(0.0932), percent(0.0004)
    ('27%', '9.3%', '0.040%')
    """
    return f"{share:{share_precision(share)}}"


def share_precision(share: float) -> str:
    """Return the format of a share: small ones get decimals."""
    if share == 0 or share >= 0.1:
        return ".0%"
    return ".1%" if share >= 0.001 else ".3%"


def fraction(share: float) -> str | None:
    """Return a share as people say it, or None where no simple fraction is close enough.

    >>> fraction(0.8), fraction(0.332), fraction(0.37)
    ('four in five', 'one in three', None)
    """
    # Half a percentage point: the percentage that follows in the sentence rounds to the same fraction.
    return next((words for value, words in _FRACTIONS if abs(share - value) < 0.005), None)


_NUMBERS = ("", "one", "two", "three", "four", "five")
_FRACTIONS = [
    (part / whole, f"{_NUMBERS[part]} in {_NUMBERS[whole]}")
    for whole in (2, 3, 4, 5)
    for part in range(1, whole)
    if not (whole == 4 and part == 2)
]


def confidence(interval: Interval | None, precision: str, before: str = "") -> str:
    """Return an interval as it follows a value in brackets, or nothing.

    >>> confidence(Interval(0.12, 0.19), ".0%")
    '95% CI 12% to 19%'
    """
    if interval is None:
        return ""
    return f"{before}{interval.level:.0%} CI {interval.low:{precision}} to {interval.high:{precision}}"


def listed(items: Sequence[str], last: str = "and") -> str:
    """Return a list in words.

    >>> listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])
    ('a', 'a and b', 'a, b and c')
    """
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def quoted(text: str) -> str:
    """Return a term in quotation marks."""
    return f"“{text}”"


def capitalised(text: str) -> str:
    """Return a sentence with its first letter as a capital; the rest stays.

    >>> capitalised("four in five of the UN's members")
    "Four in five of the UN's members"
    """
    return text[:1].upper() + text[1:]


def one_line(text: str) -> str:
    r"""Return text with every run of white space as one blank, as terms and names are written.

    >>> one_line("nuclear\n  weapons ")
    'nuclear weapons'
    """
    return " ".join(text.split())


def most_often(texts: Iterable[str]) -> str | None:
    """Return the most frequent of some texts; None for none.

    Of equally frequent ones the first in the alphabet is taken, small letters before capitals: a capital may only
    come from the beginning of a sentence or from a headline.

    >>> most_often(["Sanctions", "sanctions"])
    'sanctions'
    """
    counts = Counter(texts)
    return min(counts, key=lambda text: (-counts[text], text.swapcase(), text)) if counts else None


LONGEST = 300
"""Characters from which on people are shown the beginning and the end of a text."""


def in_brief(text: str, longest: int = LONGEST) -> str:
    """Return text on one line, without its middle where it is long.

    >>> in_brief("first words, and many more before the last words", 30)
    'first words, and […] last words'
    """
    line = one_line(text)
    if len(line) <= longest:
        return line
    head, tail = line[: longest * 3 // 5], line[-(longest * 2 // 5) :]
    whole_head, whole_tail = head.rpartition(" ")[0], tail.partition(" ")[2]  # no part of a word, if there are several
    return f"{whole_head or head} […] {whole_tail or tail}"


def share_of(n: int, total: int, many: str, shown: str, ci: str = "") -> str:
    """Return how many of several passages, as a sentence begins; all or none of them are said to be so.

    ``shown`` is the share as it is displayed, ``ci`` its interval as it goes on within the brackets.

    >>> share_of(13, 13, "figures", "100%"), share_of(3, 4, "figures", "75%", ", 95% CI 40% to 90%")
    ('All 13 figures (100%)', '75% of the figures (3 of 4, 95% CI 40% to 90%)')
    >>> share_of(0, 1, "figures", "0%"), share_of(0, 5, "figures", "0%")
    ('0% of the figures (0 of 1)', 'None of the 5 figures (0%)')
    """
    if total > 1 and n in (0, total):
        return f"{'All' if n else 'None of the'} {total:,} {many} ({shown}{ci})"
    return f"{shown} of the {many} ({n:,} of {total:,}{ci})"
