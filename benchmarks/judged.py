"""Do estimates from a judged sample hold? People's annotation of PolNeAR plays the person who judges.

    python -m benchmarks.judged DATA [--split dev] [--texts FOLDER] [--draws 1000]

DATA holds ``polnear``; ``--texts`` takes the texts of another folder, such as part of ``polnear/train/text``. Units,
values and names are those of ``benchmarks/judged_units.py``. Samples of 100, 200 and 400 units are drawn 1,000 times
each, as ``draws.order`` draws them, and ``statistics.judged`` estimates the number of statements, the share of direct
ones and the shares of words of the five first speakers. The package's statements are taken as they are, and spoilt: a
fifth of the speakers swapped for others, the confidence shuffled.

For each: the share of 95% intervals that include the true value, how far the mean estimate is off in standard errors,
and the mean width in percent of the true value; width and coverage of the judged units alone (``power=0``, the same
interval); and those of the model alone: the percentile bootstrap over documents of what the model says, in 1,000
collections of as many articles, drawn with replacement. ``refused`` is what the package does not compute. Random
numbers are fixed and nothing is timed, so the table comes out the same again; it is in RESULTS.md beside this file.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.judged_units import Floats, Read, Units, articles, spoilt, units
from research.analysis.statistics.draws import order
from research.analysis.statistics.judged import Estimate, NotComputable, Sample, Values, estimate_ratio, estimate_total
from research.analysis.statistics.uncertainty import RESAMPLES, expanded_tail

SIZES = (100, 200, 400)
COLLECTIONS = 1000


class Finding(NamedTuple):
    """What is estimated: counted and, of a share, base, by the model and by people, of every unit."""

    name: str
    model: Floats
    right: Floats
    base_model: Floats | None = None
    base_right: Floats | None = None

    def of_model(self) -> float:
        """The value by the model alone."""
        return float(self.model.sum() / (1.0 if self.base_model is None else self.base_model.sum()))

    def true(self) -> float:
        """The value by people alone."""
        return float(self.right.sum() / (1.0 if self.base_right is None else self.base_right.sum()))


def findings(of: Units) -> Iterator[Finding]:
    """What is estimated of a population."""
    model, right = of.model, of.right
    yield Finding("number of statements", model.statements, right.statements)
    yield Finding("share of direct speech", model.direct, right.direct, model.statements, right.statements)
    for name in right.by:
        yield Finding(f"words of {name}", model.by[name], right.by[name], model.words, right.words)


def estimated(it: Finding, sample: Sample, drawn: np.ndarray, power: float | None) -> Estimate | NotComputable:
    """The estimate from one sample."""
    counted = Values(it.model[drawn], it.right[drawn], float(it.model.sum()), int((it.model != 0).sum()))
    if it.base_model is None or it.base_right is None:
        return estimate_total(sample, counted, power=power)
    base = Values(it.base_model[drawn], it.base_right[drawn], float(it.base_model.sum()))
    return estimate_ratio(sample, counted, base, power=power)


def samples(of: Units, size: int, draws: int) -> Iterator[tuple[Sample, np.ndarray]]:
    """Samples of a population, drawn as the package draws them."""
    strata = of.stratum.tolist()
    sizes = {name: strata.count(name) for name in sorted(set(strata))}
    for number in range(draws):
        drawn = order(strata, np.random.default_rng([5, number]).random(len(strata)))[:size]
        yield Sample(sizes, [strata[place] for place in drawn]), drawn


def holding(found: list[Estimate], true: float) -> tuple[float, float, float]:
    """Coverage in percent, bias in standard errors, and mean width in percent of the true value."""
    value, low, high = (np.array([getattr(it, name) for it in found]) for name in ("value", "low", "high"))
    held = 100 * float(np.mean((low <= true) & (true <= high)))
    return held, float((value.mean() - true) / value.std()), float(100 * np.mean(high - low) / true)


def of_model_alone(its: Sequence[Finding], documents: np.ndarray) -> Iterator[tuple[float, float]]:
    """Coverage and width, in percent, of the bootstrap over documents of what the model says, of each finding."""
    chance, n = np.random.default_rng(6), int(documents.max()) + 1
    counted = np.array([np.bincount(documents, it.model, n) for it in its]).T
    # A total is the mean of a document times their number.
    whole = np.full(n, 1 / n)
    bases = [whole if it.base_model is None else np.bincount(documents, it.base_model, n) for it in its]
    base = np.array(bases).T
    ends = []
    for _ in range(COLLECTIONS):
        drawn = chance.integers(0, n, n)
        weights = chance.multinomial(n, np.full(n, 1 / n), RESAMPLES).astype(np.float64)
        values = (weights @ counted[drawn]) / (weights @ base[drawn])
        ends.append(np.quantile(values, [expanded_tail(n), 1 - expanded_tail(n)], axis=0))
    low, high = np.array(ends).transpose(1, 2, 0)
    for it, least, most in zip(its, low, high, strict=True):
        held = (least <= it.true()) & (it.true() <= most)
        yield 100 * float(np.mean(held)), 100 * float(np.mean(most - least)) / it.true()


def rows(of: Units, draws: int) -> Iterator[str]:
    """The rows of the table, for one population."""
    its = list(findings(of))
    for it, alone in zip(its, of_model_alone(its, of.document), strict=True):
        true = it.true()
        off = 100 * (it.of_model() / true - 1)
        for size in SIZES:
            start = f"| {it.name} | {true:.4g} | {size} |"
            drawn = [(estimated(it, *its, None), estimated(it, *its, 0.0)) for its in samples(of, size, draws)]
            found = [one for one, _ in drawn if isinstance(one, Estimate)]
            if not found:
                more = sorted({one.more for one, _ in drawn if isinstance(one, NotComputable)})
                end = f"refused: {more[0]} more needed | | | | |"
            else:
                held, bias, width = holding(found, true)
                by_hand = holding([one for _, one in drawn if isinstance(one, Estimate)], true)
                refused = "" if len(found) == draws else f" ({draws - len(found)} refused)"
                end = f"{held:.1f}{refused} | {bias:+.2f} | {width:.0f} | {by_hand[2]:.0f} | {by_hand[0]:.1f} |"
            yield f"{start} {end} {off:+.1f} | {alone[1]:.0f} | {alone[0]:.1f} |"


def asked(description: str | None) -> tuple[list[Read], int]:
    """Return the articles and the number of draws that the command line asks for."""
    parser = argparse.ArgumentParser(description=(description or "").partition("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--split", default="dev")
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--draws", type=int, default=1000)
    options = parser.parse_args()
    folder = options.data / "polnear" / options.split
    return list(articles(options.texts or folder / "text", folder)), options.draws


def main() -> None:
    """Print the tables."""
    read, draws = asked(__doc__)
    for name, its in (("as it is", read), ("spoilt", spoilt(read))):
        of = units(its)
        strata = of.stratum.tolist()
        print(f"\nmodel {name}: {len(read)} articles, {len(strata):,} units:", end=" ")
        print(", ".join(f"{strata.count(one):,} {one}" for one in sorted(set(strata))), end="\n\n")
        print("| finding | true value | judged | 95% CI holds, % | bias, s.e. | width, % | judged alone: width "
              "| holds | model alone: error, % | width | holds |")  # fmt: skip
        print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
        for row in rows(of, draws):
            print(row, flush=True)


if __name__ == "__main__":
    main()
