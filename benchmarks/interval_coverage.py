"""Do 95% intervals hold the true value 95 times in 100?

    python benchmarks/interval_coverage.py [chosen|confirmed|shared|list|documents]

Corpora are drawn whose rates are known, again and again: documents of very different lengths (lognormal), and in each
document its own rate (gamma or lognormal) or share (beta) around the true one, so that what a document has once it is
likely to have again. For each corpus the package's intervals are computed, and the share of those that include the true
value is printed, beside the share of corpora that have an interval: what too few documents have gets none. The
thresholds and the method were chosen with corpora like those of ``chosen``; those of ``confirmed`` have other sizes,
lengths, shapes and rates, and were drawn once, after the choice. In ``shared`` both sides of a log ratio are in the
same documents, as what two speakers say is; ``list`` has log ratios to a frequency list, and ``documents`` the
probability that Wilson's interval holds a share of documents, which is computed. "Percentiles" are the plain ones of
1,000 resamples.
Random numbers are fixed, so the figures come out the same again. The results are in RESULTS.md beside this file.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.stats import binom

from research.analysis.statistics.ratios import FEWEST_ON_EACH_SIDE, estimate, of_difference
from research.analysis.statistics.sides import Side, log_ratio_intervals
from research.analysis.statistics.uncertainty import wilson

Floats = NDArray[np.float64]
Sample = tuple[Floats, Floats]
CORPORA = 2000
RESAMPLES = 1000
DRAWN = 4
"""How often the documents of a log ratio are drawn; each has ``CORPORA / DRAWN`` words, each a corpus of its own."""


class Grid(NamedTuple):
    """What is varied. Rates are of 1,000 words, with the standard deviation of documents' own rates as a multiple."""

    name: str
    documents: tuple[int, ...]
    pairs: tuple[tuple[int, int], ...]
    unlike: tuple[float, ...]
    """The standard deviation of the lengths of documents, as a multiple of their mean."""
    words: int
    shape: str
    rates: tuple[tuple[float, float], ...]
    times: float
    """How many times as frequent something is in the first side of a comparison."""
    shares: tuple[tuple[float, float, int], ...]
    """A share, the correlation within a document, and the mean of the statements of one."""


GRIDS = (
    Grid(
        *("chosen", (10, 20, 30, 100), ((10, 10), (20, 20), (30, 30), (10, 100), (100, 100)), (0.8,), 500, "gamma"),
        rates=((4, 0.0), (4, 0.7), (4, 1.5), (0.8, 0.7), (0.2, 0.7)),
        times=2,
        shares=((0.5, 0.1, 12), (0.2, 0.1, 12), (0.5, 0.3, 12), (0.9, 0.3, 12), (0.05, 0.3, 12)),
    ),
    Grid(
        *("confirmed", (12, 16, 25, 50, 150), ((12, 12), (15, 25), (50, 50), (12, 150), (200, 80)), (0.5, 1.2), 800),
        "lognormal",
        rates=((3, 0.4), (3, 1.2), (1, 0.8), (0.3, 0.5)),
        times=1.5,
        shares=((0.4, 0.15, 8), (0.15, 0.2, 20), (0.97, 0.1, 30), (0.7, 0.5, 6)),
    ),
)


def lengths(chance: np.random.Generator, shape: tuple[int, ...], mean: float, unlike: float, least: float) -> Floats:
    """Lengths of documents: lognormal with a standard deviation of ``unlike`` times the mean."""
    sigma = np.sqrt(np.log(1 + unlike**2))
    drawn: Floats = np.round(chance.lognormal(np.log(mean) - sigma**2 / 2, sigma, shape))
    return np.maximum(least, drawn)


def own(chance: np.random.Generator, rate: float, spread: float, shape: tuple[int, ...], name: str) -> Floats:
    """The rate of each document; ``spread`` is the standard deviation as a multiple of the mean."""
    if not spread:
        return np.full(shape, rate)
    if name == "gamma":
        return rate * chance.gamma(1 / spread**2, spread**2, shape)
    sigma = np.sqrt(np.log(1 + spread**2))
    return rate * chance.lognormal(-(sigma**2) / 2, sigma, shape)


def of_rates(chance: np.random.Generator, grid: Grid, documents: int, drawn: tuple[float, float, float]) -> Sample:
    """Occurrences and words of the documents of many corpora; ``drawn`` are how unlike they are, rate and spread."""
    unlike, rate, spread = drawn
    words = lengths(chance, (CORPORA, documents), grid.words, unlike, 30)
    counted = chance.poisson(own(chance, rate, spread, words.shape, grid.shape) * words)
    return counted.astype(np.float64), words


def of_shares(chance: np.random.Generator, documents: int, drawn: tuple[float, float, float, int]) -> Sample:
    """Direct statements and all statements of documents; ``drawn`` are how unlike they are, and an entry of a grid."""
    unlike, share, alike, statements = drawn
    base = lengths(chance, (CORPORA, documents), statements, unlike, 1)
    size = 1 / alike - 1
    counted = chance.binomial(base.astype(int), chance.beta(share * size, (1 - share) * size, base.shape))
    return counted.astype(np.float64), base


def resampled(chance: np.random.Generator, sample: Sample) -> Floats:
    """The ratio of the sums in every resample: corpora by resamples."""
    documents = sample[0].shape[1]
    weights = chance.multinomial(documents, np.full(documents, 1 / documents), RESAMPLES).T.astype(np.float64)
    ratio: Floats = (sample[0] @ weights) / (sample[1] @ weights)
    return ratio


def percentiles(values: Floats, true: float) -> str:
    """How many plain percentile intervals hold the true value, in percent."""
    low, high = np.quantile(values, (0.025, 0.975), axis=1)
    return f"{100 * np.mean((low <= true) & (true <= high)):5.1f}"


def held(ends: list[tuple[float, float]], true: float, of: int = CORPORA) -> str:
    """How many intervals hold the true value, and of how many corpora there is one, in percent."""
    if len(ends) < of / 20:
        return f"    –  given {100 * len(ends) / of:5.1f}"
    return f"{100 * np.mean([low <= true <= high for low, high in ends]):5.1f}  given {100 * len(ends) / of:5.1f}"


def single(sample: Sample, *, share: bool) -> list[tuple[float, float]]:
    """The package's intervals of a rate or share."""
    found = (estimate(*row, share=share) for row in zip(*sample, strict=True))
    return [it.ends() for it in found if it is not None]


def differences(one: Sample, other: Sample, *, share: bool) -> list[tuple[float, float]]:
    """The package's intervals of a difference."""
    found = []
    for rows in zip(*one, *other, strict=True):
        sides = [estimate(*its, share=share, fewest=FEWEST_ON_EACH_SIDE) for its in (rows[:2], rows[2:])]
        if sides[0] is not None and sides[1] is not None:
            found.append(of_difference(sides[0], sides[1]))
    return found


def of_sums(grid: Grid) -> Iterator[str]:
    """Rates and shares."""
    for unlike in grid.unlike:
        for rate, spread in grid.rates:
            for n in grid.documents:
                chance = np.random.default_rng([1, n, int(10 * rate), int(10 * spread), int(10 * unlike)])
                sample = of_rates(chance, grid, n, (unlike, rate / 1000, spread))
                plain = percentiles(resampled(chance, sample), rate / 1000)
                found = held(single(sample, share=False), rate / 1000)
                yield f"rate {rate} spread {spread}  unlike {unlike}  {n:3}  {found}  percentiles {plain}"
        for share, alike, statements in grid.shares:
            for n in grid.documents:
                chance = np.random.default_rng([2, n, int(100 * share), int(10 * alike), int(10 * unlike)])
                sample = of_shares(chance, n, (unlike, share, alike, statements))
                plain = percentiles(resampled(chance, sample), share)
                found = held(single(sample, share=True), share)
                yield f"share {share} alike {alike}  unlike {unlike}  {n:3}  {found}  percentiles {plain}"


def of_differences(grid: Grid) -> Iterator[str]:
    """Differences of rates, and of shares; those of the second side are smaller."""
    for unlike in grid.unlike:
        for n, m in grid.pairs:
            for rate, spread in grid.rates:
                chance = np.random.default_rng([3, n, m, int(10 * rate), int(10 * spread), int(10 * unlike)])
                rates = rate / 1000, rate / 1000 / grid.times
                one, other = (
                    of_rates(chance, grid, its, (unlike, r, spread)) for its, r in zip((n, m), rates, strict=True)
                )
                ends, true = differences(one, other, share=False), rates[0] - rates[1]
                plain = percentiles(resampled(chance, one) - resampled(chance, other), true)
                named = f"difference of rates {rate} spread {spread}  unlike {unlike}  {n:3} {m:3}"
                yield f"{named}  {held(ends, true)}  percentiles {plain}"
            for share, alike, statements in grid.shares:
                chance = np.random.default_rng([5, n, m, int(100 * share), int(10 * alike), int(10 * unlike)])
                shares = share, share / grid.times
                one, other = (
                    of_shares(chance, its, (unlike, s, alike, statements))
                    for its, s in zip((n, m), shares, strict=True)
                )
                ends, true = differences(one, other, share=True), shares[0] - shares[1]
                plain = percentiles(resampled(chance, one) - resampled(chance, other), true)
                named = f"difference of shares {share} alike {alike}  unlike {unlike}  {n:3} {m:3}"
                yield f"{named}  {held(ends, true)}  percentiles {plain}"


def side(
    chance: np.random.Generator, grid: Grid, documents: int, drawn: tuple[float, float, float], name: str = "one"
) -> Side:
    """A side of a comparison with many terms of one rate; each is a corpus of its own."""
    unlike, rate, spread = drawn
    words, shape = lengths(chance, (documents, 1), grid.words, unlike, 30), (documents, CORPORA // DRAWN)
    counts: csr_array[Any, tuple[int, int]] = csr_array(
        chance.poisson(own(chance, rate, spread, shape, grid.shape) * words)
    )
    return Side("", [f"{name}/{i}" for i in range(documents)], counts, words[:, 0].astype(np.int64))


def of_log_ratios(grid: Grid) -> Iterator[str]:
    """The log ratio, as ``keyness_of_documents`` computes it."""
    true = float(np.log2(grid.times))
    for unlike in grid.unlike:
        for n, m in grid.pairs:
            for rate, spread in grid.rates:
                chance = np.random.default_rng([4, n, m, int(10 * rate), int(10 * spread), int(10 * unlike)])
                ends: list[tuple[float, float]] = []
                for _ in range(DRAWN * 4):
                    one = side(chance, grid, n, (unlike, rate / 1000, spread))
                    other = side(chance, grid, m, (unlike, rate / 1000 / grid.times, spread), "other")
                    low, high = log_ratio_intervals(one, other)
                    ends += [its for its in zip(low, high, strict=True) if not np.isnan(its[0])]
                yield f"log ratio {rate} spread {spread}  unlike {unlike}  {n:3} {m:3}  {held(ends, true, 4 * CORPORA)}"


def shared_sides(
    chance: np.random.Generator, grid: Grid, documents: int, drawn: tuple[float, float, float, float]
) -> tuple[Side, Side]:
    """Two sides of the same documents; ``drawn`` are the share of the first in the words, rate, spread and likeness.

    A document has its own rate for both sides, one for each, or the mean of these (1, 0 or 0.5 of it alike).
    """
    part, rate, spread, alike = drawn
    words = lengths(chance, (documents,), 2 * grid.words, grid.unlike[0], 60)
    here = np.round(words * chance.beta(4 * part, 4 * (1 - part), documents)).clip(1, words - 1)
    shape = documents, CORPORA // DRAWN
    common, *apart = (own(chance, rate, spread, shape, grid.shape) for _ in range(3))
    sides = []
    for its, rates, times in zip((here, words - here), apart, (grid.times, 1.0), strict=True):
        mixed = times * (alike * common + (1 - alike) * rates)
        counts = csr_array(chance.poisson(mixed * its[:, None]))
        sides.append(Side("", [f"both/{i}" for i in range(documents)], counts, its.astype(np.int64)))
    return sides[0], sides[1]


def of_shared(grid: Grid) -> Iterator[str]:
    """The log ratio of two sides in the same documents, as the package has it and as if no document were shared."""
    true = float(np.log2(grid.times))
    for part in (0.5, 0.2):
        for rate, spread in grid.rates[1:4]:
            for alike in (1.0, 0.5, 0.0):
                for n in grid.documents[1:]:
                    chance = np.random.default_rng(
                        [7, n, int(10 * part), int(10 * rate), int(10 * spread), int(2 * alike)]
                    )
                    ends: tuple[list[tuple[float, float]], ...] = ([], [])
                    for _ in range(DRAWN * 2):
                        one, other = shared_sides(chance, grid, n, (part, rate / 1000, spread, alike))
                        apart = other._replace(documents=[f"apart/{i}" for i in range(n)])
                        for kept, its in zip(ends, (other, apart), strict=True):
                            found = zip(*log_ratio_intervals(one, its), strict=True)
                            kept += [it for it in found if not np.isnan(it[0])]
                    named = f"shared log ratio, part {part} rate {rate} spread {spread} alike {alike}  {n:3}"
                    both, apart_held = (held(its, true, 2 * CORPORA) for its in ends)
                    yield f"{named}  {both}  as if apart {apart_held[:5]}"


def of_lists(grid: Grid) -> Iterator[str]:
    """The log ratio of documents to a frequency list, by how often the list is expected to have the word."""
    for n in grid.documents:
        for expected in (0.3, 1, 3, 10, 100):
            for rate, spread in grid.rates[:3]:
                chance = np.random.default_rng([6, n, int(10 * expected), int(10 * rate), int(10 * spread)])
                ends: list[tuple[float, float]] = []
                for _ in range(DRAWN * 4):
                    one = side(chance, grid, n, (grid.unlike[0], rate / 1000, spread))
                    counts = csr_array(chance.poisson(expected, (1, one.counts.shape[1])))
                    size = np.array([round(1000 * expected / rate)])
                    low, high = log_ratio_intervals(one, Side("list", (), counts, size))
                    ends += [its for its in zip(low, high, strict=True) if not np.isnan(its[0])]
                true = float(np.log2(rate / 1000 * size[0] / expected))
                named = f"log ratio to a list {rate} spread {spread}  expects {expected:5}  {n:3}"
                yield f"{named}  {held(ends, true, 4 * CORPORA)}"


def of_shares_of_documents(grid: Grid) -> Iterator[str]:
    """Wilson's interval: no simulation, the probability itself.

    It jumps where a share enters or leaves an interval, so the least is that beside one of the ends of the intervals;
    the mean is that of 10,001 shares from 0.05 to 0.95.
    """
    for n in grid.documents:
        intervals = [its for k in range(n + 1) if (its := wilson(k, n))]
        ends = np.array([end for its in intervals for end in its[:2] if 0.05 <= end <= 0.95])
        chances = {}
        for name, shares in (
            ("mean", np.linspace(0.05, 0.95, 10_001)),
            ("least", np.concatenate([ends - 1e-9, ends + 1e-9])),
        ):
            holds = np.array([(its.low <= shares) & (shares <= its.high) for its in intervals])
            chances[name] = (holds * binom.pmf(np.arange(n + 1)[:, None], n, shares)).sum(axis=0)
        mean, least = 100 * chances["mean"].mean(), 100 * chances["least"].min()
        yield f"share of documents  {n:3}  mean {mean:.1f}, least {least:.1f}"


def main() -> None:
    """Print the share of intervals that hold the true value."""
    asked = sys.argv[1:] or ["chosen", "confirmed", "shared", "list", "documents"]
    np.seterr(invalid="ignore", divide="ignore")
    for grid in GRIDS:
        parts = [*((of_sums, of_differences, of_log_ratios) if grid.name in asked else ())]
        further = {"shared": of_shared, "list": of_lists, "documents": of_shares_of_documents}
        parts += [its for name, its in further.items() if name in asked and grid.name == "chosen"]
        for lines in parts:
            for line in lines(grid):
                print(f"{grid.name}  {line}", flush=True)


if __name__ == "__main__":
    main()
