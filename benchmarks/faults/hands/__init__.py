"""How somebody writes: the words around a finding, a quotation, a comparison. Each hand has templates of its own.

``analyst`` is the hand whose misses were read while the rules of the command were written. ``desk`` was written
without a look at the rules, and its misses were read afterwards; ``scholar`` after those were
mended. A hand measures what holds for reports of another
make only as long as nobody has read its misses.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Hand:
    """The phrases of one writer. Places in braces are those of ``sentences``.

    ``patterns`` has what is written on a finding, by the beginning of its key, without a full stop, and ``whole`` and
    ``part`` what stands around a quotation, ``{who}`` (``unnamed`` for a passage of somebody else) and ``{quote}``.
    ``compared`` has a pattern with a ``{d}``, what stands there, and its contrary, by the kind of two findings;
    ``contrary`` the contraries of all other words of direction, and ``sure`` leads that say more than a finding does.
    ``leads`` stand before a sentence in the finding's own words, with the citation where they have a ``{c}``, and
    ``joints`` between two findings. ``spans`` tell the earliest and the latest date in one sentence.
    """

    name: str
    patterns: Mapping[str, Sequence[str]]
    whole: Sequence[str]
    part: Sequence[str]
    unnamed: Sequence[str]
    compared: Mapping[str, tuple[str, str, str]]
    contrary: Mapping[str, str]
    sure: Sequence[str]
    leads: Sequence[str]
    joints: Sequence[str]
    spans: Sequence[str] = ()
