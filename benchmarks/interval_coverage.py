"""Do 95% intervals hold the true value 95 times in 100?

    python benchmarks/interval_coverage.py

Corpora are drawn whose rates are known, again and again: documents of very different lengths (lognormal, the standard
deviation 0.8 of the mean), and in each document its own rate (gamma) or share (beta) around the true one, so that what
a document has once it is likely to have again. For each corpus the intervals are computed, and the share of those that
include the true value is printed: for the plain percentile bootstrap; for the one expanded for few documents
(``uncertainty.expanded_tail``); and for the one expanded for as many documents as those of unlike length are worth
(``uncertainty.effective_number``), with its width as a multiple of the first; for rates also that of
``uncertainty.of_rate``. Random numbers are fixed, so the figures
come out the same again. The results are in RESULTS.md beside this file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.stats import binom

from research.analysis.statistics.changes import difference_worth
from research.analysis.statistics.log_ratio import log_ratio_interval
from research.analysis.statistics.resampling import Side, log_ratio_intervals
from research.analysis.statistics.uncertainty import RESAMPLES, effective_number, expanded_tail, of_rate, wilson

Floats = NDArray[np.float64]
DOCUMENTS = (10, 15, 20, 30, 100)
CORPORA = 2000
PAIRS = ((10, 10), (20, 20), (30, 30), (10, 100), (100, 100))
WORDS = 500
TERMS, DRAWN = 100, 20


def lengths(chance: np.random.Generator, shape: tuple[int, ...], mean: float, least: float) -> Floats:
    """Lengths of documents: lognormal with a standard deviation of 0.8 of the mean."""
    sigma = np.sqrt(np.log(1 + 0.8**2))
    drawn: Floats = np.round(chance.lognormal(np.log(mean) - sigma**2 / 2, sigma, shape))
    return np.maximum(least, drawn)


def rates(chance: np.random.Generator, documents: int, rate: float, spread: float) -> tuple[Floats, Floats]:
    """Occurrences and words of the documents of many corpora; ``spread`` is that of a document's own rate."""
    words = lengths(chance, (CORPORA, documents), WORDS, 30)
    own = rate * chance.gamma(1 / spread**2, spread**2, words.shape) if spread else np.full(words.shape, rate)
    counted: Floats = chance.poisson(own * words).astype(np.float64)
    return counted, words


def shares(chance: np.random.Generator, documents: int, share: float, alike: float) -> tuple[Floats, Floats]:
    """Direct statements and all statements of documents; ``alike`` is the correlation within a document."""
    base = lengths(chance, (CORPORA, documents), 12, 1)
    size = 1 / alike - 1
    own = chance.beta(share * size, (1 - share) * size, base.shape)
    counted: Floats = chance.binomial(base.astype(int), own).astype(np.float64)
    return counted, base


def resampled(chance: np.random.Generator, counted: Floats, base: Floats) -> Floats:
    """The ratio of the sums in every resample: corpora by resamples."""
    documents = counted.shape[1]
    weights = chance.multinomial(documents, np.full(documents, 1 / documents), RESAMPLES).T.astype(np.float64)
    ratio: Floats = (counted @ weights) / (base @ weights)
    return ratio


def holding(values: Floats, true: float, base: Floats, worth: Floats | None = None) -> str:
    """How many intervals hold the true value, in percent, and the median width of the last over the first."""
    its = np.array([*map(effective_number, base)]) if worth is None else worth
    tails = (
        np.full(CORPORA, 0.025),
        np.full(CORPORA, expanded_tail(base.shape[1])),
        np.array([*map(expanded_tail, its)]),
    )
    ordered, found, widths = np.sort(values, axis=1), [], []
    for tail in tails:
        low, high = (ordered[np.arange(CORPORA), np.rint(p * (RESAMPLES - 1)).astype(int)] for p in (tail, 1 - tail))
        found.append(f"{100 * np.mean((low <= true) & (true <= high)):5.1f}")
        widths.append(np.median(high - low))
    return f"{' '.join(found)}  ×{widths[2] / widths[0]:.2f}"


def differing(one: Floats, other: Floats, true: float, base: Floats, other_base: Floats) -> str:
    """The same for a difference, whose sides are worth as many documents as ``difference_worth`` says."""
    rows = zip(one, other, map(effective_number, base), map(effective_number, other_base), strict=True)
    worth = np.array([difference_worth(*row) for row in rows])
    return holding(one - other, true, min(base, other_base, key=lambda its: its.shape[1]), worth)


def of_rates(counted: Floats, base: Floats, true: float) -> str:
    """How many intervals of rates hold the true one, in percent, of those that are given."""
    its = [found for row in zip(counted, base, strict=True) if (found := of_rate(*row)) is not None]
    return f"{100 * np.mean([it.low <= true <= it.high for it in its]):5.1f} of {len(its):,}"


def of_sums() -> Iterator[str]:
    """Rates, shares and their differences, as ``uncertainty.bootstrap`` computes them."""
    for spread in (0.0, 0.5, 1.0, 1.5):
        for n in DOCUMENTS:
            chance = np.random.default_rng([1, n, int(10 * spread)])
            counted, base = rates(chance, n, 0.004, spread)
            held = holding(resampled(chance, counted, base), 0.004, base)
            yield f"rate 4 per 1,000, spread {spread}  {n:3}  {held}  of_rate {of_rates(counted, base, 0.004)}"
    for share, alike in ((0.5, 0.1), (0.2, 0.1), (0.5, 0.3)):
        for n in DOCUMENTS:
            chance = np.random.default_rng([2, n, int(10 * share), int(10 * alike)])
            counted, base = shares(chance, n, share, alike)
            held = holding(resampled(chance, counted, base), share, base)
            yield f"share {share}, alike {alike}  {n:3}  {held}"
    for n, m in PAIRS:
        chance = np.random.default_rng([3, n, m])
        one, other = shares(chance, n, 0.5, 0.2), shares(chance, m, 0.3, 0.2)
        held = differing(resampled(chance, *one), resampled(chance, *other), 0.2, one[1], other[1])
        yield f"difference of shares 0.5 and 0.3  {n:3} {m:3}  {held}"
        one, other = rates(chance, n, 0.004, 0.7), rates(chance, m, 0.002, 0.7)
        held = differing(resampled(chance, *one), resampled(chance, *other), 0.002, one[1], other[1])
        yield f"difference of rates 4 and 2 per 1,000  {n:3} {m:3}  {held}"


def side(chance: np.random.Generator, documents: int, rate: float, spread: float) -> Side:
    """A side of a comparison with many terms of one rate; each is a corpus of its own."""
    words, shape = lengths(chance, (documents, 1), WORDS, 30), (documents, TERMS)
    own = rate * chance.gamma(1 / spread**2, spread**2, shape) if spread else np.full(shape, rate)
    counts: csr_array[Any, tuple[int, int]] = csr_array(chance.poisson(own * words))
    return Side("", [str(i) for i in range(documents)], counts, words[:, 0].astype(np.int64))


def of_log_ratios() -> Iterator[str]:
    """The log ratio, as ``keyness_of_documents`` computes it, beside the exact interval for independent words."""
    for n, m in PAIRS:
        for rate, spread in ((0.004, 0.0), (0.004, 0.7), (0.004, 1.5), (0.0008, 0.7), (0.0002, 0.7)):
            chance = np.random.default_rng([4, n, m, int(1e5 * rate), int(10 * spread)])
            held, alone, ends = [], [], []
            for _ in range(DRAWN):
                target, reference = side(chance, n, rate, spread), side(chance, m, rate / 2, spread)
                low, high = log_ratio_intervals(target, reference)
                occurs = ~np.isnan(low)
                held.append(((low <= 1) & (high >= 1))[occurs])
                ends.append(np.isfinite(low + high)[occurs])
                sides = target.totals, reference.totals, target.size, reference.size
                least, most = log_ratio_interval(*sides)
                alone.append(((least <= 1) & (most >= 1))[occurs])
            percent = [100 * np.concatenate(its).mean() for its in (held, alone, ends)]
            yield (
                f"log ratio 1, {1000 * rate:g} per 1,000, spread {spread}  {n:3} {m:3}  {percent[0]:5.1f}  "
                f"independent words {percent[1]:5.1f}  finite {percent[2]:5.1f}"
            )


def of_shares_of_documents() -> Iterator[str]:
    """Wilson's interval: no simulation, the probability itself."""
    for n in DOCUMENTS:
        held = []
        for p in np.linspace(0.05, 0.95, 181):
            inside = [k for k in range(n + 1) if (its := wilson(k, n)) and its.low <= p <= its.high]
            held.append(float(np.sum(binom.pmf(inside, n, p))))
        yield f"share of documents  {n:3}  mean {100 * np.mean(held):.1f}, least {100 * np.min(held):.1f}"


def main() -> None:
    """Print the share of intervals that hold the true value."""
    for lines in (of_sums(), of_log_ratios(), of_shares_of_documents()):
        for line in lines:
            print(line, flush=True)


if __name__ == "__main__":
    main()
