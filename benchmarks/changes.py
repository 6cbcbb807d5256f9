"""How often are changes and trends found that are not there, and those that are?

    python -m benchmarks.changes [--corpora N] [--json]
    python -m benchmarks.changes [--corpora N] --series OUT.npz
    peers/bin/python benchmarks/statistics_peers.py changes OUT.npz

run in the root of the repository. The last two give pycorpdiff the rates of the same corpora by period, without a
change, twice and three times. Corpora are simulated: 30 periods with four documents each on average (Poisson),
200 to 2,000 words a document, a term twice per 1,000 words, and rates that differ between documents by a gamma
distribution of shape 0.5, 1 or 4: the smaller, the more the occurrences are clustered in few documents. *False* are
results with p up to 0.05 in N corpora in which nothing changes: of one series, and of any of six after Holm's
correction (N times). *Twice* and *three times* are N / 4 corpora whose rate is so many times higher from the
nineteenth period on: how many changes are *found*, how often the true period is between the earliest and the latest
(*covered*), and how many periods that is on average (*wide*). *Slope* is the part of the intervals of a slope, and
*difference* of those of a difference at a named date, that hold the true one.

The results are in RESULTS.md beside this file.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from statistics import mean
from typing import Any

import numpy as np

from research.analysis.statistics.changes import Change, Difference, change_point, difference_at
from research.analysis.statistics.keyness import adjusted_by_holm
from research.analysis.statistics.series import Counts, Trend, totals, trend
from tests.analysis.statistics.simulated import corpus

SHAPES = (0.5, 1.0, 4.0)
CORPORA = 1000
PERIODS, CHANGES_AT, NAMED = 30, 18, 12
SERIES = 6
MORE = 8
"""Documents a period where a trend is looked for, which needs five."""
ALPHA = 0.05


def p_of(found: Change | Trend | Difference | str) -> float:
    """Return a p-value; 1 for what is not computable."""
    return 1.0 if isinstance(found, str) else found.p


def at_named(counts: Counts) -> Difference | str:
    """Return the difference at the date that is named."""
    return difference_at(counts, counts.at >= NAMED)


def false(test: Callable[[Counts], Any], n: int, shape: float, documents: float = 4) -> float:
    """Return the part of corpora without a change in which a test finds one."""
    rng = np.random.default_rng(1)
    return mean(p_of(test(corpus(rng, shape=shape, documents=documents))) <= ALPHA for _ in range(n))


def false_of_several(n: int, shape: float) -> float:
    """Return the part of corpora in which any of six series has a change after Holm's correction."""
    rng = np.random.default_rng(2)
    families = ([p_of(change_point(corpus(rng, shape=shape))) for _ in range(SERIES)] for _ in range(n))
    return mean(min(adjusted_by_holm(its)) <= ALPHA for its in families)


def found(n: int, shape: float, factor: float) -> dict[str, float]:
    """Return how many changes of a size are found, and how well they are placed."""
    rng = np.random.default_rng(3)
    drawn = (change_point(corpus(rng, shape=shape, changes_at=CHANGES_AT, factor=factor)) for _ in range(n))
    its = [it for it in drawn if isinstance(it, Change) and it.p <= ALPHA]
    return {
        "found": len(its) / n,
        "covered": mean(it.earliest <= CHANGES_AT <= it.latest for it in its),
        "wide": mean(it.latest - it.earliest + 1 for it in its),
    }


def covered(n: int, shape: float) -> dict[str, float]:
    """Return how many intervals hold the true slope, and the true difference."""
    rng = np.random.default_rng(4)
    slopes = (trend(corpus(rng, shape=shape, documents=2 * MORE, slope=0.1), PERIODS) for _ in range(n))
    differences = (at_named(corpus(rng, shape=shape, documents=MORE, changes_at=NAMED, factor=2)) for _ in range(n))
    return {
        "slope": mean(_holds(it, 0.1) for it in slopes),
        "difference": mean(_holds(it, 2.0) for it in differences),
    }


def _holds(it: Trend | Difference | str, true: float) -> bool:
    return not isinstance(it, str) and it.interval is not None and it.interval.low <= true <= it.interval.high


def rates(n: int) -> Iterator[tuple[str, Any]]:
    """Yield a name and the rates by period of N corpora without a change, and of N / 4 that rise at one."""
    for shape in SHAPES:
        for seed, factor, corpora in ((1, 1, n), (3, 2, max(1, n // 4)), (3, 3, max(1, n // 4))):
            rng = np.random.default_rng(seed)
            drawn = [corpus(rng, shape=shape, changes_at=CHANGES_AT, factor=factor) for _ in range(corpora)]
            yield f"shape {shape}, times {factor}", np.array([totals(it, PERIODS).rate for it in drawn])


def measured(n: int) -> Iterator[dict[str, Any]]:
    """Yield the results of each shape."""
    for shape in SHAPES:
        yield {
            "shape": shape,
            "false change": false(change_point, n, shape),
            "false change in six": false_of_several(n, shape),
            "false difference": false(at_named, n, shape),
            "false trend": false(lambda counts: trend(counts, PERIODS, complete=True), n, shape, MORE),
            "twice": found(max(1, n // 4), shape, 2),
            "three times": found(max(1, n // 4), shape, 3),
            **covered(max(1, n // 4), shape),
        }


def main() -> None:
    """Print the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=int, default=CORPORA)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--series")
    given = parser.parse_args()
    if given.series:
        np.savez(given.series, **dict(rates(given.corpora)))
        return
    results = []
    for result in measured(given.corpora):
        results.append(result)
        if not given.json:
            print("  ".join(f"{name} {_shown(value)}" for name, value in result.items()), flush=True)
    if given.json:
        print(json.dumps(results, indent=1))


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {_shown(it)}" for name, it in value.items())
    return f"{value:.3g}"


if __name__ == "__main__":
    main()
