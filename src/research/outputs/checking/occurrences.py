"""Tell "three times", which counts occurrences, from "three times as many" and "three times over"."""

from __future__ import annotations

import re

from research.nlp.quantities.units import COUNT, Unit

_COUNTED = re.compile(
    r"\s(?P<unit>times)\b(?!\s(?:as|over|more|less|fewer|higher|larger|greater|longer|smaller|faster|the|that|its|their|"
    r"what|daily|an?\s(?:day|week|month|year))\b)"
)


_HOW_OFTEN = re.compile(r"\s?(?:[:,–—-]\s?(?:that|this|which)\s)?(?:is|was)\show\s(?P<unit>often)\b")


def occurrences(text: str, end: int) -> Unit | None:
    """Return the unit of a number in words that ends at an offset, if what is behind it counts occurrences.

    >>> occurrences("three times in June", 5), occurrences("three times as many", 5)
    (Unit(name='times', kind='count', end=11, power=0), None)
    """
    found = _COUNTED.match(text, end) or _HOW_OFTEN.match(text, end)
    return None if found is None else Unit("times", COUNT, found.end())
