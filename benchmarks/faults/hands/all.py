"""The hands by their names."""

from __future__ import annotations

from collections.abc import Mapping

from benchmarks.faults.hands import Hand
from benchmarks.faults.hands.analyst import ANALYST
from benchmarks.faults.hands.desk import DESK
from benchmarks.faults.hands.scholar import SCHOLAR

HANDS: Mapping[str, Hand] = {hand.name: hand for hand in (ANALYST, DESK, SCHOLAR)}
