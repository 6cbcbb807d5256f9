"""How often are changes and trends found that are not there, and those that are?

    python -m benchmarks.changes [--corpora N] [--json]
    python -m benchmarks.changes [--corpora N] --lengths
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

With --lengths documents become longer or shorter over time. Their lengths are lognormal, with a standard deviation of
half the mean, and what is counted has the same rate throughout, or from some period on (the share of documents in
brackets) twice that. Each line is a row of a table: how often a change, or a difference at a named date, is found.

The results are in RESULTS.md beside this file.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from statistics import mean
from typing import Any, NamedTuple

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


# --- documents that become longer or shorter ---


class Lengths(NamedTuple):
    """Periods of so many documents each, with so many words on average."""

    name: str
    documents: tuple[int, ...]
    words: tuple[int, ...]
    named: int
    """The number of the period with which the named date begins."""


def _periods(name: str, documents: int, words: Callable[[int], float]) -> Lengths:
    return Lengths(name, (documents,) * 12, tuple(round(words(at)) for at in range(12)), 4)


SERIES_OF_LENGTHS = tuple(
    _periods(f"12 periods of {n} documents, {name}", n, words)
    for n in (10, 40)
    for name, words in (
        ("600 words", lambda _: 600),
        ("300 words growing to 1,500", lambda at: 300 * 5 ** (at / 11)),
        ("1,500 words shrinking to 300", lambda at: 1500 * 5 ** (-at / 11)),
        ("two periods of 3,000 words, then 600", lambda at: 3000 if at < 2 else 600),
        ("600 words, at last two periods of 3,000", lambda at: 3000 if at >= 10 else 600),
    )
)
DATES_OF_LENGTHS = (
    Lengths("10 and 10 documents of 1,000 words", (10, 10), (1000, 1000), 1),
    Lengths("60 documents of 1,500 words, 60 of 300", (60, 60), (1500, 300), 1),
    Lengths("300 documents of 400 words, 300 of 2,000", (300, 300), (400, 2000), 1),
    Lengths("15 and 120 documents of 600 words", (15, 120), (600, 600), 1),
    Lengths("15 documents of 3,000 words, 120 of 300", (15, 120), (3000, 300), 1),
    Lengths("15 documents of 300 words, 120 of 3,000", (15, 120), (300, 3000), 1),
)


def of_lengths(rng: np.random.Generator, lengths: Lengths, shape: float, factor: float) -> Counts:
    """Return a corpus whose rate is multiplied by ``factor`` from the named date on."""
    at = np.repeat(np.arange(len(lengths.documents)), lengths.documents)
    sigma = np.sqrt(np.log(1.25))
    mean = np.array(lengths.words, dtype=np.float64)[at]
    words = np.maximum(30, np.round(rng.lognormal(np.log(mean) - sigma**2 / 2, sigma)))
    rate = 0.002 * np.where(at >= lengths.named, factor, 1)
    return Counts(
        at, rng.poisson(rate * words * rng.gamma(shape, 1 / shape, len(at))).astype(np.float64), words, 1000.0
    )


def rows_of_lengths(n: int) -> Iterator[str]:
    """Yield the rows of both tables: false alarms at each shape, then what is found of a rate that doubles."""
    for kind, its in (("change point", SERIES_OF_LENGTHS), ("named date", DATES_OF_LENGTHS)):
        for lengths in its:
            cells = []
            for factor, corpora in ((1, n), (2, n // 4)):
                for shape in SHAPES:
                    rng = np.random.default_rng(
                        [5, int(factor), int(2 * shape), sum(lengths.documents), *lengths.words]
                    )
                    drawn = (of_lengths(rng, lengths, shape, factor) for _ in range(corpora))
                    p = [p_of(change_point(it) if kind == "change point" else _named(it, lengths)) for it in drawn]
                    cells.append(f"{100 * mean(one <= ALPHA for one in p):.1f}%")
            yield f"| {kind}: {lengths.name} | {' | '.join(cells)} |"


def _named(counts: Counts, lengths: Lengths) -> Difference | str:
    return difference_at(counts, counts.at >= lengths.named)


def main() -> None:
    """Print the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=int, default=CORPORA)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--series")
    parser.add_argument("--lengths", action="store_true")
    given = parser.parse_args()
    if given.lengths:
        for row in rows_of_lengths(given.corpora):
            print(row, flush=True)
        return
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
