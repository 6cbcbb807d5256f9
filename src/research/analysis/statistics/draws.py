"""The order in which units are drawn to be judged: random within strata, more from strata where errors are likelier.

Every unit has a permanent random number. Within a stratum the units are taken in the order of these numbers, so the
first k are a simple random sample without replacement; Ohlsson (1995), "Coordination of samples using permanent random
numbers", in Cox et al., "Business Survey Methods", chapter 9. The strata are merged by priority, in proportions that do
not depend on chance, so every beginning of the order is a stratified random sample, and a larger sample extends a
smaller one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from research.nlp.accuracy import TURN
from research.nlp.judged.units import HIGH, LOW, MIDDLE, NOTHING

Floats = NDArray[np.float64]
Places = NDArray[np.int64]

FAVOURED: Mapping[str, float] = {NOTHING: 1.0, LOW: 2.5, MIDDLE: 2.0, HIGH: 1.5, TURN: 1.0}
"""How much more often the units of a stratum are drawn than those in which nothing was found.

Chosen on PolNeAR train, as it is and with a fifth of the speakers wrong: among the steps of a grid, these make the mean
variance of the number of statements, the share of direct ones and the words of the five first speakers smallest. It is
1.1 to 1.4 times that of a sample drawn for one of them alone.
"""
FIRST = 2
"""The units of each stratum that come before all others: one alone has no variance."""


def drawn(sizes: Mapping[str, int], size: int, favoured: Mapping[str, float] = FAVOURED) -> list[str]:
    """Return the strata of the first ``size`` units in the order of ``order``, from the number of units of each.

    >>> drawn({"high": 2, "nothing": 4}, 5)
    ['high', 'high', 'nothing', 'nothing', 'nothing']
    """
    strata = [name for name in sorted(sizes) for _ in range(min(size, sizes[name]))]
    ranks = np.array([rank for name in sorted(sizes) for rank in range(min(size, sizes[name]))], dtype=np.float64)
    taken = np.array([sizes[name] * favoured.get(name, 1.0) for name in strata])
    places = np.lexsort((np.arange(len(strata)), (ranks + 0.5) / taken, ranks >= FIRST))
    return [strata[place] for place in places[:size]]


def order(strata: Sequence[str], numbers: Floats, favoured: Mapping[str, float] = FAVOURED) -> Places:
    """Return the places of all units in the order in which they are to be judged.

    ``strata`` and ``numbers`` have the stratum and the permanent random number (0 to 1) of each unit. Within stratum h
    with N units, the k-th by random number has the priority (k - 1/2) / (f N), where f is ``favoured``, 1 for a stratum
    that is not in it; the least priority comes first. The first two units of each stratum come before all others. Equal
    priorities follow the names of the strata, equal numbers the places of the units.
    """
    names, at = np.unique(np.asarray(strata, dtype=object).astype(str), return_inverse=True)
    places = np.arange(len(at))
    by_number = np.lexsort((places, numbers, at))
    sizes = np.bincount(at, minlength=len(names))
    rank = np.arange(len(at)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    taken = np.repeat(sizes * np.array([favoured.get(name, 1.0) for name in names.tolist()]), sizes)
    priority = (rank + 0.5) / taken
    merged = np.lexsort((at[by_number], priority, rank >= FIRST))
    return by_number[merged].astype(np.int64)
