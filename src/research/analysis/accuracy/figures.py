"""What was right about a figure: its value, its unit, its period; and of which kind it is."""

from __future__ import annotations

from typing import NamedTuple

from research.loading.judgements import RIGHT, Judgement
from research.nlp.judged.mending import written_value

KINDS = ("money", "percentage", "percentage points", "count", "measure", "duration", "without a unit")
"""Kinds of figures by what is written of them, in the order of the tables.

Ages are durations here, and ratios and multiples are counts: a written figure does not tell them apart.
"""
_BARE = KINDS[-1]


class RightParts(NamedTuple):
    """Which parts of a figure the model read rightly."""

    value: bool
    unit: bool
    period: bool


class _Written(NamedTuple):
    """A written figure in its parts, each None where it is not written."""

    ends: tuple[float, ...]
    unit: str | None
    kind: str | None
    period: tuple[str, str] | None


def right_parts(judgement: Judgement) -> RightParts:
    """Return which parts of a figure are right; a part that the coder did not write stands as the model has it.

    >>> from research.loading.judgements import Judgement
    >>> row = Judgement("a", "", 0, 1, "5", "", "", "figure", "5 % 2021", "mended", right_value="5 % 2022")
    >>> right_parts(row)
    RightParts(value=True, unit=True, period=False)
    """
    if judgement.verdict == RIGHT:
        return RightParts(True, True, True)
    model, right = _read(judgement.model), _read(judgement.right_value)
    return RightParts(
        not right.ends or model.ends == right.ends,
        right.unit is None or model.unit == right.unit,
        right.period is None or model.period == right.period,
    )


def kind_of_figure(judgement: Judgement) -> str:
    """Return the kind of a figure by what the model said; of a missed one, by what the coder wrote.

    >>> from research.loading.judgements import Judgement
    >>> kind_of_figure(Judgement("a", "", 0, 1, "5", "", "", "missed figure", "", "mended", right_value="5 %"))
    'percentage'
    """
    return _read(judgement.model or judgement.right_value).kind or _BARE


def _read(written: str) -> _Written:
    """Return the parts of ``11 to 14 % 2031``; it is written as the model and coders write figures."""
    words = written.split()
    is_range = words[1:2] == ["to"]
    ends, rest = (words[0:3:2], words[3:]) if is_range else (words[:1], words[1:])
    rest = [_IN_FULL.get(word, word) for word in rest]
    numbers = [written_value(end).get("value") for end in ends]
    its = written_value(" ".join(["1", *rest]))
    period = (its["period_start"], its["period_end"]) if "period_start" in its else None
    return _Written(tuple(it for it in numbers if it is not None), its.get("unit"), its.get("kind"), period)


_IN_FULL = {"m": "metres", "g": "grams"}
"""Units that the model writes in a way in which it does not read them."""
