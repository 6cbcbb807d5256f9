"""Fit the confidence of attributions: `python -m training.attributions.confidence MODEL DATA`.

A logistic regression on the articles of PolNeAR train that were held out: is an attribution right, given how
sure its labels and links are? Right is what the scorer calls linked: half of the words of content in common and the
same source. Prints the weights for `research/nlp/attributions.py`, and how well the confidence does on dev.
"""

from __future__ import annotations

import argparse
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from research.nlp.statements.confidence import Signs, confidence, signs
from research.nlp.statements.decoding import drafts, finish
from research.nlp.statements.quotations import quotations
from training.attributions.data import as_row, linked_ones, scorer
from training.attributions.evaluate import gold, readings

Floats = npt.NDArray[np.float64]
RIDGE = 1.0
"""The inverse of the variance that weights are expected to have."""
EDGES = (0.0, 0.2, 0.3, 0.5, 0.7, 0.9, 1.01)
"""The bounds of what is counted together in the report."""


def cases(model: Path, data: Path, held: bool) -> tuple[list[Signs], Floats]:
    """What speaks for each attribution of the articles, and whether it is right (1 or 0)."""
    score = scorer(data)
    found = readings(model, data, held)
    rows: list[Signs] = []
    right: list[float] = []
    for name, document in gold(data, held, score, found).items():
        reading = found[name]
        marked = quotations(reading.text)
        made = [(finish(reading, draft, marked), signs(reading, draft)) for draft in drafts(reading)]
        kept = [(as_row(attribution), its_signs) for attribution, its_signs in made if attribution is not None]
        linked = linked_ones(score, document, [row for row, _ in kept])
        rows += [its_signs for _, its_signs in kept]
        right += [float(number in linked) for number in range(len(kept))]
    return rows, np.array(right)


def fit(rows: list[Signs], right: Floats) -> Floats:
    """Weights and, last, the bias of a logistic regression with a ridge (Newton's method)."""
    table = np.column_stack([np.array(rows), np.ones(len(rows))])
    ridge = RIDGE * np.diag([1.0] * (table.shape[1] - 1) + [0.0])
    weights = np.zeros(table.shape[1])
    for _ in range(25):
        probability = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (right - probability) - ridge @ weights
        curve = (table * (probability * (1 - probability))[:, None]).T @ table + ridge
        weights += np.linalg.solve(curve, slope)
    return weights


def report(given: Floats, right: Floats) -> None:
    """Print how often attributions of like confidence are right, and what sums that up."""
    order = np.argsort(given)
    ranks = np.empty(len(given))
    ranks[order] = np.arange(1, len(given) + 1)
    above = ranks[right == 1].sum() - right.sum() * (right.sum() + 1) / 2
    area = above / (right.sum() * (len(right) - right.sum()))
    brier = np.mean((given - right) ** 2)
    print(f"n {len(right)}, right {right.mean():.3f}, area under ROC {area:.3f}, Brier {brier:.3f}")
    for low, high in pairwise(EDGES):
        chosen = (given >= low) & (given < high)
        if chosen.any():
            shown = f"{given[chosen].mean():.2f}, right {right[chosen].mean():.2f}"
            print(f"  confidence from {low} to below {high}: n {chosen.sum():5}, mean {shown}")


def main() -> None:
    """Fit on the articles held out, and try on dev."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("model", type=Path)
    parser.add_argument("data", type=Path)
    options = parser.parse_args()
    weights = fit(*cases(options.model, options.data, held=True))
    named = zip(Signs._fields, weights[:-1], strict=True)
    print("fitted:", ", ".join(f"{name}={value:.2f}" for name, value in named), f"bias={weights[-1]:.2f}")
    rows, right = cases(options.model, options.data, held=False)
    report(np.array([confidence(row) for row in rows]), right)


if __name__ == "__main__":
    main()
