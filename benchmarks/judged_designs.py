"""Do estimates from a judged sample hold in other designs? Groups, documents that are a sample of more, changed strata.

    python -m benchmarks.judged_designs DATA [--split dev] [--texts FOLDER] [--draws 1000]

Units, coder and the two models are those of ``benchmarks/judged.py``. Three tables, each with the share of 95%
intervals that hold the true value, the bias in standard errors and the mean width:

- groups: the share of direct speech and that of the words of a speaker in a part of the articles less that in the
  others; the part is every second, every third and every sixth article. Width is in percentage points.
- documents: a collection of as many articles is drawn with replacement, a sample of it is judged, and the interval with
  the spread between documents (``spread_between_documents``, ``spread_as_judged``) is to hold the value of all
  articles. The share of what the same interval without the spread holds stands beside it.
- weights: the sample was drawn in the strata of another version of the model (its confidence shuffled, a fifth of its
  speakers swapped), and is weighted with the probabilities of then in the strata of now.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from benchmarks.judged import SIZES, Finding, asked, findings, holding, samples
from benchmarks.judged_units import Counted, Floats, Units, spoilt, units
from research.analysis.statistics.draws import order
from research.analysis.statistics.judged import (
    Correction,
    Estimate,
    NotComputable,
    Ratio,
    Sample,
    Values,
    estimate_difference,
    estimate_ratio,
    estimate_total,
)
from research.analysis.statistics.spread import spread_as_judged, spread_between_documents

_PARTS = (2, 3, 6)
"""The group that is compared with the others is every second, third or sixth article."""
_HEAD = "| finding | true value | judged | 95% CI holds, % | bias, s.e. | width"


def main() -> None:
    """Print the tables."""
    read, draws = asked(__doc__)
    now, other = units(read), units(spoilt(read))
    for name, of in (("as it is", now), ("spoilt", other)):
        print(f"\ngroups, model {name}\n\n{_HEAD}, points |\n| --- | ---: | ---: | ---: | ---: | ---: |")
        for row in differences(of, draws):
            print(row, flush=True)
        print(f"\ndocuments, model {name}\n\n{_HEAD}, % | without the spread: holds, % |")
        print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
        for row in over_documents(of, draws):
            print(row, flush=True)
    print(f"\nweights\n\n{_HEAD}, % |\n| --- | ---: | ---: | ---: | ---: | ---: |")
    for row in redrawn(now, other, draws):
        print(row, flush=True)


def _shown(start: str, found: list[Estimate | NotComputable], true: float, scale: float) -> str:
    """Return the beginning of a row, with what an interval holds; the width is times a scale."""
    its = [it for it in found if isinstance(it, Estimate)]
    if len(its) < len(found) / 2:
        return f"{start} refused in {len(found) - len(its):,} of {len(found):,} | | |"
    held, bias, width = holding(its, true)
    refused = "" if len(its) == len(found) else f" ({len(found) - len(its)} refused)"
    return f"{start} {held:.1f}{refused} | {bias:+.2f} | {abs(width * scale):.3g} |"


# --- groups ---


def differences(of: Units, draws: int) -> Iterator[str]:
    """The rows of the table of groups."""
    shares = [it for it in findings(of) if it.base_model is not None][:3]
    for it in shares:
        for part in _PARTS:
            here = of.document % part == 0
            true = _ratio(it, here) - _ratio(it, ~here)
            for size in SIZES:
                found = [_difference(it, here, sample, drawn) for sample, drawn in samples(of, size, draws)]
                start = f"| {it.name}, every {part}. article | {100 * true:.3g} | {size} |"
                yield _shown(start, found, true, true)


def _ratio(it: Finding, chosen: np.ndarray) -> float:
    assert it.base_right is not None  # noqa: S101  for the type checker
    return float(it.right[chosen].sum() / it.base_right[chosen].sum())


def _difference(it: Finding, here: np.ndarray, sample: Sample, drawn: np.ndarray) -> Estimate | NotComputable:
    assert it.base_model is not None  # noqa: S101  for the type checker
    assert it.base_right is not None  # noqa: S101
    sides = []
    for chosen in (here, ~here):
        counted, base = (
            _values(model * chosen, right * chosen, drawn)
            for model, right in ((it.model, it.right), (it.base_model, it.base_right))
        )
        sides.append(Ratio(counted, base))
    return estimate_difference(sample, *sides)


def _values(model: Floats, right: Floats, drawn: np.ndarray) -> Values:
    return Values(model[drawn], right[drawn], float(model.sum()), int((model != 0).sum()))


# --- documents ---


def over_documents(of: Units, draws: int) -> Iterator[str]:
    """The rows of the table of documents."""
    its = list(findings(of))[:3]
    chance, n = np.random.default_rng(7), int(of.document.max()) + 1
    first = np.searchsorted(of.document, np.arange(n + 1))
    collections = []
    for _ in range(draws):
        chosen = chance.integers(0, n, n)
        places = np.concatenate([np.arange(first[it], first[it + 1]) for it in chosen])
        number = np.repeat(np.arange(n), [first[it + 1] - first[it] for it in chosen])
        collections.append((_taken(of, places, number), chance.random(len(places))))
    for at, it in enumerate(its):
        for size in SIZES:
            pairs = [_of_collection(part, list(findings(part))[at], numbers, size) for part, numbers in collections]
            start = f"| {it.name} | {it.true():.4g} | {size} |"
            without = [alone for _, alone in pairs if isinstance(alone, Estimate)]
            held = holding(without, it.true())[0] if without else float("nan")
            yield f"{_shown(start, [one for one, _ in pairs], it.true(), 1.0)} {held:.1f} |"


def _taken(of: Units, places: np.ndarray, number: np.ndarray) -> Units:
    """Return the units at some places, as those of so numbered documents."""
    model, right = (
        Counted(
            its.statements[places],
            its.direct[places],
            its.words[places],
            {name: words[places] for name, words in its.by.items()},
        )
        for its in (of.model, of.right)
    )
    return Units(number, of.stratum[places], model, right)


def _of_collection(
    of: Units, it: Finding, numbers: Floats, size: int
) -> tuple[Estimate | NotComputable, Estimate | NotComputable]:
    """Return the estimate from a judged sample of a collection, with the spread between its documents and without."""
    strata = of.stratum.tolist()
    drawn = order(strata, numbers)[:size]
    sample = Sample({name: strata.count(name) for name in set(strata)}, [strata[place] for place in drawn])
    n = int(of.document.max()) + 1
    counted = np.bincount(of.document, it.model, n).astype(np.float64)
    base = None if it.base_model is None else np.bincount(of.document, it.base_model, n).astype(np.float64)
    if not counted.sum():
        return (NotComputable("rare", 0, 1),) * 2
    values = _values(it.model, it.right, drawn)
    below = None if it.base_model is None or it.base_right is None else _values(it.base_model, it.base_right, drawn)
    correction = Correction(sample, [(values, below)], None)
    if correction.reason is not None:
        return (correction.reason,) * 2
    spread = spread_between_documents(counted, base)
    if correction.value:
        of_model = [counted] if base is None else [counted, base]
        spread = spread_as_judged(spread, *correction.of_documents(n, of.document[drawn], of_model))
    if below is None:
        return estimate_total(sample, values, spread=spread), estimate_total(sample, values)
    return estimate_ratio(sample, values, below, spread=spread), estimate_ratio(sample, values, below)


# --- weights ---


def redrawn(now: Units, then: Units, draws: int) -> Iterator[str]:
    """The rows of the table of weights: samples in the strata of then, estimates in those of now."""
    names, at = np.unique(now.stratum, return_inverse=True)
    sizes = dict(zip(names.tolist(), np.bincount(at).tolist(), strict=True))
    before, was = np.unique(then.stratum, return_inverse=True)
    units_then = np.bincount(was)
    for it in list(findings(now))[:3]:
        for size in SIZES:
            found = []
            for _, drawn in samples(then, size, draws):
                weight = (units_then / np.maximum(np.bincount(was[drawn], minlength=len(before)), 1))[was[drawn]]
                sample = Sample(sizes, now.stratum[drawn].tolist(), weight)
                values = _values(it.model, it.right, drawn)
                if it.base_model is None or it.base_right is None:
                    found.append(estimate_total(sample, values))
                else:
                    found.append(estimate_ratio(sample, values, _values(it.base_model, it.base_right, drawn)))
            yield _shown(f"| {it.name} | {it.true():.4g} | {size} |", found, it.true(), 1.0)


if __name__ == "__main__":
    main()
