"""Simulated corpora with known rates, whose documents differ more than chance would let their words differ."""

import numpy as np

from research.analysis.statistics.series import Counts


def corpus(
    rng: np.random.Generator,
    *,
    periods: int = 30,
    documents: float = 4,
    rate: float = 2.0,
    changes_at: int | None = None,
    factor: float = 1.0,
    slope: float = 0.0,
    shape: float = 1.0,
) -> Counts:
    """Return documents of 200 to 2,000 words with a term, ``rate`` times per 1,000 words.

    From the period ``changes_at`` on, the rate is multiplied by ``factor``; ``slope`` is added in every period. The
    rates of documents vary by a gamma distribution of this ``shape``: the smaller, the more they are clustered.
    """
    at = np.repeat(np.arange(periods), rng.poisson(documents, periods))
    words = rng.integers(200, 2000, len(at)).astype(np.float64)
    rates = np.full(periods, rate) + slope * np.arange(periods)
    if changes_at is not None:
        rates[changes_at:] *= factor
    expected = words * rates[at] / 1000 * rng.gamma(shape, 1 / shape, len(at))
    return Counts(at, rng.poisson(expected).astype(np.float64), words, 1000.0)
