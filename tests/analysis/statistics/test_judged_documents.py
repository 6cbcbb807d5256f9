"""The spread between documents is at least what the judged units show, whatever the model says of the documents."""

from __future__ import annotations

import numpy as np
import pytest

from research.analysis.statistics.judged import Correction, Estimate, Sample, Values, estimate_ratio
from research.analysis.statistics.spread import Spread, spread_as_judged, spread_between_documents

DOCUMENTS, EACH = 20, 30
OF = np.repeat(np.arange(DOCUMENTS), EACH)
BASE = np.ones(DOCUMENTS * EACH)
_chance = np.random.default_rng(31)
RIGHT = (_chance.random(len(OF)) < np.where(OF < 4, 0.7, 0.05)).astype(np.float64)
"""What one speaker says: most of it in four documents."""
SWAPPED = _chance.permutation(RIGHT)
"""A model that gives it to somebody anywhere, so that all documents look alike."""


def by_document(values: np.ndarray) -> np.ndarray:
    return np.bincount(OF, values, DOCUMENTS).astype(np.float64)


def corrected(model: np.ndarray, drawn: np.ndarray) -> tuple[Correction, Sample]:
    sample = Sample({"": len(OF)}, [""] * len(drawn))
    counted = Values(model[drawn], RIGHT[drawn], float(model.sum()))
    return Correction(sample, [(counted, Values(BASE[drawn], BASE[drawn], float(len(OF))))], None), sample


def as_judged(model: np.ndarray, drawn: np.ndarray) -> tuple[Spread, Spread]:
    correction, _ = corrected(model, drawn)
    of_model = [by_document(model), by_document(BASE)]
    before = spread_between_documents(*of_model)
    return before, spread_as_judged(before, *correction.of_documents(DOCUMENTS, OF[drawn], of_model))


def test_with_all_units_judged_the_spread_is_that_of_what_is_right() -> None:
    truth = spread_between_documents(by_document(RIGHT), by_document(BASE))
    before, found = as_judged(SWAPPED, np.arange(len(OF)))
    assert before.variance < truth.variance / 2
    assert found.variance == pytest.approx(truth.variance, rel=1e-9)
    assert found.freedom == pytest.approx(min(before.freedom, truth.freedom), rel=1e-9)


def test_a_sample_shows_most_of_the_spread_that_the_model_hides() -> None:
    truth = spread_between_documents(by_document(RIGHT), by_document(BASE)).variance
    chance = np.random.default_rng(32)
    found = [as_judged(SWAPPED, chance.permutation(len(OF))[:200])[1].variance for _ in range(200)]
    assert 0.8 * truth < np.mean(found) < 1.3 * truth


def test_a_model_that_shows_the_spread_keeps_its_own() -> None:
    exaggerated = RIGHT * np.where(OF < 2, 3.0, 1.0)
    before, found = as_judged(exaggerated, np.arange(len(OF)))
    assert found == before


def test_an_interval_with_spread_reaches_up_as_that_of_a_logarithm() -> None:
    drawn = np.random.default_rng(33).permutation(len(OF))[:200]
    counted = Values(RIGHT[drawn], RIGHT[drawn], float(RIGHT.sum()))
    base = Values(BASE[drawn], BASE[drawn], float(len(OF)))
    _, sample = corrected(RIGHT, drawn)
    found = estimate_ratio(sample, counted, base, spread=Spread(0.02, 19.0), share=False)
    assert isinstance(found, Estimate)
    up, down = found.high - found.value, found.value - found.low
    half = (up + down) / 2
    # exp(s) - 1 and 1 - exp(-s) differ by s², to the second order.
    assert (up - down) / 2 == pytest.approx(half**2 / (2 * found.value), rel=0.15)
