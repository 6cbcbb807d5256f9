"""Is a confidence of 0.8 right four times in five? By kind of document and by tenths of confidence.

    python -m training.attributions.gold.calibration --data DATA [--statements FOLDER]

Reads the passages that the network did not learn from (those to choose by and those to measure) and the articles of
PolNeAR dev, with the package as it is. A statement is right when the scorer counts it as linked: half of the words of
content in common, and the same source. Prints, for each kind, how many statements have a confidence in each tenth, its
mean, the share that is right with its Wilson interval (from ten statements on), and the expected calibration error:
the mean distance between confidence and share, weighted by statements (Naeini et al. 2015, "Obtaining well
calibrated probabilities using Bayesian binning").
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from research.analysis.statistics.uncertainty import wilson
from training.attributions.data import as_row, linked_ones, scorer
from training.attributions.gold import examples as gold
from training.attributions.gold.draw import read_passages
from training.attributions.gold.marks import Texts
from training.attributions.gold.measure import by_package_whole

UNSEEN = ("choose", "measure")
KINDS = {
    "speeches and releases": ("speech", "release"),
    "interviews and other transcripts": ("interview", "transcript"),
}
"""Kinds of document that are reported together. Passages of news are too few for a row of their own."""
NEWS = "news (PolNeAR dev)"
TENTHS = 10


class Case(NamedTuple):
    """A statement that was found: the kind of its document, its confidence, and whether it is right."""

    kind: str
    confidence: float
    right: bool


class Bin(NamedTuple):
    """The statements whose confidence, rounded down, has the same first digit: 0.8 to below 0.9."""

    low: float
    n: int
    mean: float
    right: int


def judged(score: Any, kind: str, text: str, marked: list[dict[str, Any]]) -> Iterator[Case]:
    """Yield what the package finds in a text, each compared with what is marked there."""
    found, _ = by_package_whole(text)
    linked = linked_ones(score, {"text": text, "attributions": marked}, [as_row(it) for it in found])
    for number, it in enumerate(found):
        yield Case(kind, it.confidence, number in linked)


def of_passages(score: Any, data: Path, statements: Path | None) -> Iterator[Case]:
    """Yield the cases of the passages that the network did not learn from; without STATEMENTS, those of the others."""
    passages = read_passages()
    texts = Texts(passages, data, statements)
    parts = gold.parts(list(passages.values()))
    named = {kind: name for name, kinds in KINDS.items() for kind in kinds}
    marked = gold.settled()
    for name in sorted(marked):
        passage = passages[name]
        without_text = passage.corpus == "statements" and not statements
        if parts[name] not in UNSEEN or passage.kind not in named or without_text:
            continue
        example = gold.example(passage, marked[name], texts.document(name), around=0)
        rows = [{"source": it.source, "cue": it.cue, "content": it.content} for it in example.attributions or []]
        yield from judged(score, named[passage.kind], texts[name], rows)


def of_news(score: Any, data: Path) -> Iterator[Case]:
    """Yield the cases of PolNeAR dev, whole articles."""
    for document in score.read_gold(data / "polnear" / "dev").values():
        yield from judged(score, NEWS, document["text"], document["attributions"])


def tenths(cases: Sequence[Case]) -> list[Bin]:
    """Sort cases into tenths of confidence, without those that are empty; 1.0 is in the last."""
    sorted_in: dict[int, list[Case]] = {}
    for case in cases:
        # Confidence has two decimals, so that a hundredfold is a whole number but for the noise of binary fractions.
        sorted_in.setdefault(min(round(100 * case.confidence) // TENTHS, TENTHS - 1), []).append(case)
    return [
        Bin(tenth / TENTHS, len(its), sum(it.confidence for it in its) / len(its), sum(it.right for it in its))
        for tenth, its in sorted(sorted_in.items())
    ]


def expected_error(bins: Sequence[Bin]) -> float:
    """Return the expected calibration error, from 0 to 1. Raises ValueError where there is no case."""
    total = sum(it.n for it in bins)
    if not total:
        raise ValueError("Calibration needs at least one statement.")
    return sum(abs(it.n * it.mean - it.right) for it in bins) / total


def shown(kind: str, cases: Sequence[Case]) -> Iterator[str]:
    """Yield the lines of one kind's table."""
    bins = tenths(cases)
    yield f"{kind}: {len(cases)} statements, expected calibration error {expected_error(bins):.3f}"
    for it in bins:
        interval = wilson(it.right, it.n)
        bounds = f" ({interval.low:.2f} to {interval.high:.2f})" if interval else ""
        yield f"  {it.low:.1f}  n {it.n:5}  mean {it.mean:.2f}  right {it.right / it.n:.2f}{bounds}"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--statements", type=Path)
    options = parser.parse_args()
    score = scorer(options.data)
    cases = [*of_passages(score, options.data, options.statements), *of_news(score, options.data)]
    for kind in (*KINDS, NEWS):
        print("\n".join(shown(kind, [it for it in cases if it.kind == kind])))


if __name__ == "__main__":
    main()
