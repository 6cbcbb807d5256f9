"""Association: how much more often two things occur together than they would by chance."""

from __future__ import annotations

from math import log


def npmi(together: int, one: int, other: int, n: int) -> float:
    """Return normalised pointwise mutual information, from -1 (never together) through 0 (chance) to 1 (only together).

    Bouma (2009), "Normalized (pointwise) mutual information in collocation extraction", GSCL: ln(p(x,y) / (p(x) p(y)))
    divided by -ln p(x,y). ``one`` and ``other`` of ``n`` units have each of the two, ``together`` have both. Raises
    ValueError for counts that cannot be.

    >>> npmi(5, 5, 5, 100), npmi(1, 10, 10, 100), npmi(0, 3, 4, 100)
    (1.0, 0.0, -1.0)
    """
    if not (0 <= together <= min(one, other) and max(one, other) <= n and one and other):
        raise ValueError(f"{together} of {one} and {other} in {n} cannot be")
    if together == 0:
        return -1.0
    if together == n:
        return 1.0  # the limit: both are everywhere
    return log(together * n / (one * other)) / -log(together / n) + 0.0
