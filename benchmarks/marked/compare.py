"""Compare what is marked in a sentence with what was found in it.

Marked and found spans are paired one to one where they overlap, the longest overlap first. A pair is then compared
attribute by attribute. What counts as equal:

- numbers: within 0.2%, so that a third may be written 0.333;
- value: the values; where none is marked (a range, "hundreds of"), `low` and `high`;
- unit: currencies and percent as they are, others by their head noun in the singular ("Clinton staffers" and
  "staffers" are one unit); not compared where the text gives none;
- period: both ends. An open end of a marked period ("by 2050" has no start) is not compared. A time of which neither
  end is marked, because it is vague or its document's date too coarse, must have no period;
- country: the code of the country or the name of the bloc; not compared where the text leaves open which is meant.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from research.nlp.text import base_form

Row = Mapping[str, Any]
TOLERANCE = 2e-3
_EXACT_UNITS = frozenset({"money", "percentage", "percentage points"})
_KNOWN_BY_KNOWLEDGE = frozenset({"body", "office", "outlet"})
_SPEEDS = re.compile(r"(?:km|kilomet(?:re|er))s?\s*(?:/|per|an)\s*h(?:our)?|kph", re.IGNORECASE)
_AFTER_HEAD = re.compile(r"\s+(?:of|in|for|per|to|from|who|that|which|with)\s.*", re.DOTALL)


@dataclass(frozen=True)
class Pairs:
    """Marks and findings of one table in one sentence: those that belong together, and those that are left."""

    both: Sequence[tuple[Row, Row]]
    missed: Sequence[Row]
    invented: Sequence[Row]


def pair(marked: Sequence[Row], found: Sequence[Row]) -> Pairs:
    """Pair marked and found spans one to one, the longest overlap first."""
    shared = [
        (_overlap(mark, it), -mark["start"], -it["start"], m, f)
        for m, mark in enumerate(marked)
        for f, it in enumerate(found)
        if _overlap(mark, it) > 0
    ]
    of_mark: dict[int, int] = {}
    taken: set[int] = set()
    for *_, m, f in sorted(shared, reverse=True):
        if m not in of_mark and f not in taken:
            of_mark[m] = f
            taken.add(f)
    return Pairs(
        both=[(marked[m], found[f]) for m, f in sorted(of_mark.items())],
        missed=[it for m, it in enumerate(marked) if m not in of_mark],
        invented=[it for f, it in enumerate(found) if f not in taken],
    )


def _overlap(one: Row, other: Row) -> int:
    return int(min(one["end"], other["end"]) - max(one["start"], other["start"]))


def countable(marked: Sequence[Row], found: Sequence[Row]) -> list[Row]:
    """Return the mentions of a country or bloc that can be compared with marks.

    A country that follows from knowledge of a body, office or outlet alone ("the Kremlin") is not marked; such
    mentions count where they overlap a marked one, and are left out elsewhere.
    """
    named = [it for it in found if it["country"] or it["bloc"]]
    return [
        it
        for it in named
        if it["named_by"] not in _KNOWN_BY_KNOWLEDGE or any(_overlap(it, mark) > 0 for mark in marked)
    ]


# --- attributes ------------------------------------------------------------------------------------


def same_number(one: float | None, other: float | None) -> bool:
    """Whether two numbers are equal, or both missing.

    >>> same_number(1 / 3, 0.333), same_number(66, 66e6), same_number(None, 0)
    (True, False, False)
    """
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=TOLERANCE)


def same_value(mark: Row, found: Row) -> bool:
    """Whether the values agree; of a range, its ends."""
    return same_number(mark["value"], found["value"]) and (mark["value"] is not None or same_bounds(mark, found))


def same_bounds(mark: Row, found: Row) -> bool:
    """Whether both ends agree, of a range or of "more than" and "up to"."""
    return all(same_number(mark[name], found[name]) for name in ("low", "high"))


def same_unit(mark: Row, found: Row) -> bool | None:
    """Whether the units agree; None where the text gives none."""
    if mark["unit"] is None:
        return None
    if mark["kind"] in _EXACT_UNITS:
        return bool(mark["unit"] == found["unit"])
    return head(mark["unit"]) == head(found["unit"] or "")


def head(unit: str) -> str:
    """Return the head noun of a unit, in the singular.

    >>> head("well-known cable news hosts"), head("members of the party"), head("kms per hour")
    ('host', 'member', 'km/h')
    """
    if _SPEEDS.fullmatch(unit.strip()):
        return "km/h"
    words = _AFTER_HEAD.sub("", unit.strip()).split()
    return base_form(words[-1].lower()) if words else ""


def same_period(mark: Row, found: Row) -> bool:
    """Whether both ends of the period agree; an open end beside a marked one is not compared."""
    ends = [(mark[name], found[name]) for name in ("period_start", "period_end")]
    vague = all(marked is None for marked, _ in ends)
    return all(marked == it for marked, it in ends if vague or marked is not None)


def same_country(mark: Row, found: Row) -> bool | None:
    """Whether the country or bloc agrees; None where the text leaves open which is meant."""
    if mark["country"] is None and mark["bloc"] is None:
        return None
    return bool((mark["country"], mark["bloc"]) == (found["country"], found["bloc"]))


def _equal(name: str) -> Callable[[Row, Row], bool | None]:
    return lambda mark, found: bool(mark[name] == found[name])


Compare = Callable[[Row, Row], bool | None]
ATTRIBUTES: dict[str, dict[str, Compare]] = {
    "quantities": {
        "value": same_value,
        "unit": same_unit,
        "bounds": same_bounds,
        "kind": _equal("kind"),
        "approximate": _equal("approximate"),
        "period": same_period,
    },
    "times": {"period": same_period},
    "countries": {"country": same_country},
}
"""What is compared of a pair, by table; None says that it cannot be."""

END_TO_END = {"quantities": ("value", "unit"), "times": ("period",), "countries": ("country",)}
"""The attributes that must be right beside the span."""


def same_span(mark: Row, found: Row) -> bool:
    """Whether the spans are the same."""
    return bool((mark["start"], mark["end"]) == (found["start"], found["end"]))
