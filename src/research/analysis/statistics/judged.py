"""Estimates from a sample that a person judged: what the model counts, corrected, with an interval that holds.

A model reads every unit (a sentence, a piece of a turn), a person only a random sample of them. The sample is drawn
within strata, at random and without replacement. The model's total is then corrected by the errors that were found in
the sample, so the estimate is unbiased however bad the model is; a good model makes the interval narrow. This is the
difference estimator of Särndal, Swensson & Wretman (1992), "Model Assisted Survey Sampling", section 6.3; how much of
the model is used is tuned as in Angelopoulos, Duchi & Zrnic (2023), "PPI++: Efficient Prediction-Powered Inference",
arXiv:2311.01453. Egami, Hinck, Stewart & Wei (2023), "Using imperfect surrogates for downstream inference:
design-based supervised learning", NeurIPS 36, show what goes wrong in text analysis without it.

All functions are pure and draw no random numbers. Drawing the sample is in ``draws``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from research.analysis.statistics.uncertainty import LEVEL, rounded

Floats = NDArray[np.float64]

FEWEST_JUDGED = 50
"""The fewest judged units for an estimate."""


@dataclass(frozen=True)
class Sample:
    """Which units were judged: one entry a judged unit in ``stratum`` and ``weight``, in any order.

    ``sizes`` has the number of units of each stratum in the whole population, judged ones included. ``weight`` are
    relative weights within a stratum, by default equal: where the strata were redrawn after the sample (another version
    of the model, other documents), the units of one stratum were not drawn with one probability, and each weighs one
    over its own. Raises ValueError for a stratum that has more judged units than units.
    """

    sizes: Mapping[str, int]
    stratum: Sequence[str]
    weight: Floats | None = None

    def __post_init__(self) -> None:
        judged = self.judged
        for stratum, n in judged.items():
            if n > self.sizes.get(stratum, 0):
                size = self.sizes.get(stratum, 0)
                raise ValueError(f"{n} units of the stratum “{stratum}” were judged, but it has {size}")

    @property
    def judged(self) -> dict[str, int]:
        """The number of judged units of each stratum."""
        names, counts = np.unique(np.asarray(self.stratum, dtype=object).astype(str), return_counts=True)
        return {stratum: 0 for stratum in self.sizes} | dict(zip(names.tolist(), counts.tolist(), strict=True))


class Values(NamedTuple):
    """What is added up: one entry a judged unit, in the order of the sample.

    ``model`` is what the model says of the unit, ``right`` what the person says, and ``total`` what the model says of
    all units of the population together.
    """

    model: Floats
    right: Floats
    total: float


class Estimate(NamedTuple):
    """A corrected estimate with its interval.

    ``value`` is the estimate; ``low`` and ``high`` are the ends of its 95% confidence interval, ``standard_error`` its
    standard error. ``model`` is the value of the model alone. ``power`` is how much of the model was used, from 0 (the
    judged units alone) to 1. ``judged`` and ``units`` are the numbers of judged units and of all units.
    """

    value: float
    low: float
    high: float
    standard_error: float
    model: float
    power: float
    judged: int
    units: int
    level: float = LEVEL


@dataclass(frozen=True)
class NotComputable:
    """Why there is no estimate, and how many more units must be judged.

    ``reason`` is ``few`` (fewer than 50 judged), ``stratum`` (``strata`` have units but fewer than two judged ones) or
    ``rare`` (what is counted occurs in too few of the judged units). ``judged`` is the number of units that were judged,
    or in which something is counted, and ``more`` how many more of them are needed.
    """

    reason: str
    judged: int
    more: int
    strata: tuple[str, ...] = ()


def not_computable(sample: Sample, counted: Values | None = None, base: Values | None = None) -> NotComputable | None:
    """Return why the sample gives no estimate; None if it gives one.

    Without values, only what holds for all estimates is looked at.
    """
    judged = sample.judged
    n = sum(judged.values())
    short = {
        stratum: min(2, size) - judged[stratum]
        for stratum, size in sample.sizes.items()
        if judged[stratum] < min(2, size)
    }
    more = max(FEWEST_JUDGED - n, sum(short.values()))
    if n < min(FEWEST_JUDGED, sum(sample.sizes.values())):
        return NotComputable("few", n, more, tuple(sorted(short)))
    if short:
        return NotComputable("stratum", n, more, tuple(sorted(short)))
    return None


def estimate_total(
    sample: Sample, counted: Values, *, per: float = 1.0, power: float | None = None, spread: float = 0.0
) -> Estimate | NotComputable:
    """Return the corrected estimate of a total, such as the number of statements.

    ``per`` divides the total: 1,000 statements in 20,000 words of the corpus are a rate with ``per=20`` (thousands).
    ``power`` fixes how much of the model is used; by default it is tuned. ``spread`` is the relative variance between
    documents (``spread_between_documents``), which is added where they are a sample of more.
    """
    return _estimate(sample, counted, None, 1 / per, power, spread)


def estimate_ratio(
    sample: Sample,
    counted: Values,
    base: Values,
    *,
    scale: float = 1.0,
    power: float | None = None,
    spread: float = 0.0,
) -> Estimate | NotComputable:
    """Return the corrected estimate of a share or a rate: a total over another total, times ``scale``."""
    return _estimate(sample, counted, base, scale, power, spread)


def expected_width(
    sample: Sample, counted: Values, base: Values | None = None, *, more: int, scale: float = 1.0, spread: float = 0.0
) -> float | None:
    """Return how wide the interval would be with ``more`` units judged in the same proportions; None if not computable.

    ``scale`` is that of ``estimate_ratio``, or one over ``per`` of ``estimate_total``.
    """
    if not_computable(sample, counted, base) is not None:
        return None
    corrected = _Corrected(_Strata(sample), counted, base, None)
    low, high = corrected.interval(spread, more)
    return rounded(scale * (high - low))


def spread_between_documents(counted: Floats, base: Floats | None = None) -> float:
    """Return the relative variance of a total or a ratio where the documents are a sample of more.

    One entry a document, the model's values: D / (D - 1) times the sum over the D documents of the squares of
    (counted / all counted - base / all base), which are the linearised residuals of a ratio relative to the ratio; for
    a total the base of every document is 1. Cochran (1977), "Sampling Techniques", sections 2.11 and 6.4. The variance
    of the estimate is this times its square. Zero where nothing is counted. Raises ValueError for one document.
    """
    documents = len(counted)
    if documents < 2:
        raise ValueError("one document says nothing of the spread between documents")
    below = np.ones(documents) if base is None else base
    if not counted.sum() or not below.sum():
        return 0.0
    residuals = counted / counted.sum() - below / below.sum()
    return float(documents / (documents - 1) * (residuals**2).sum())


def _estimate(
    sample: Sample, counted: Values, base: Values | None, scale: float, power: float | None, spread: float
) -> Estimate | NotComputable:
    reason = not_computable(sample, counted, base)
    if reason is not None:
        return reason
    strata = _Strata(sample)
    corrected = _Corrected(strata, counted, base, power)
    low, high = corrected.interval(spread)
    alone = counted.total / (1.0 if base is None else base.total)
    found = (corrected.value, low, high, corrected.standard_error(spread), alone)
    return Estimate(
        *(rounded(scale * it) for it in found),
        rounded(corrected.power),
        len(sample.stratum),
        sum(sample.sizes.values()),
    )


class _Strata:
    """The sample as arrays: the strata that have units, and of every judged unit its stratum and its weight."""

    def __init__(self, sample: Sample) -> None:
        names = sorted(name for name, size in sample.sizes.items() if size)
        number = {name: place for place, name in enumerate(names)}
        self.at = np.array([number[name] for name in sample.stratum], dtype=np.int64)
        self.size = np.array([sample.sizes[name] for name in names], dtype=np.float64)
        weight = np.ones(len(self.at)) if sample.weight is None else np.asarray(sample.weight, dtype=np.float64)
        self.judged = self.sum(np.ones(len(self.at)))
        self.weight = weight / self.sum(weight)[self.at]
        corrected = np.where(self.judged > 1, self.judged / np.maximum(self.judged - 1, 1), 0.0)
        self.factor = self.size**2 * (1 - self.judged / self.size) * corrected

    def sum(self, values: Floats) -> Floats:
        """Return the sums over the judged units of each stratum."""
        return np.bincount(self.at, values, len(self.size))

    def total(self, values: Floats) -> float:
        """Return the sum over strata of the units times the weighted mean of the judged ones."""
        return float((self.size * self.sum(self.weight * values)).sum())

    def centred(self, values: Floats) -> Floats:
        """Return the values less the weighted mean of their stratum."""
        return values - self.sum(self.weight * values)[self.at]

    def variances(self, one: Floats, other: Floats) -> Floats:
        """Return each stratum's part of the covariance of the estimated totals of two values."""
        return self.factor * self.sum(self.weight**2 * self.centred(one) * self.centred(other))


class _Corrected:
    """The estimate and its variance, by stratum."""

    def __init__(self, strata: _Strata, counted: Values, base: Values | None, power: float | None) -> None:
        self._strata = strata
        self._counted, self._base = counted, base
        first = self._value(1.0)
        right, model = self._linear(first)
        self.power = self._tuned(right, model) if power is None else power
        self.value = self._value(self.power)
        right, model = self._linear(self.value)
        below = 1.0 if base is None else self._total(base, self.power)
        self.residuals = (right - self.power * model) / below
        self.variances = strata.variances(self.residuals, self.residuals)

    def _total(self, values: Values, power: float) -> float:
        return power * values.total + self._strata.total(values.right - power * values.model)

    def _value(self, power: float) -> float:
        above = self._total(self._counted, power)
        return above if self._base is None else above / self._total(self._base, power)

    def _linear(self, value: float) -> tuple[Floats, Floats]:
        """Return what is right and what the model says, less the ratio times the base."""
        counted, base = self._counted, self._base
        if base is None:
            return counted.right, counted.model
        return counted.right - value * base.right, counted.model - value * base.model

    def _tuned(self, right: Floats, model: Floats) -> float:
        below = self._strata.variances(model, model).sum()
        if below <= 0:
            return 1.0
        return float(np.clip(self._strata.variances(right, model).sum() / below, 0, 1))

    def standard_error(self, spread: float = 0.0) -> float:
        """Return the standard error, with the spread between documents."""
        return float((self.variances.sum() + spread * self.value**2) ** 0.5)

    def interval(self, spread: float = 0.0, more: int = 0) -> tuple[float, float]:
        """Return the ends of the interval, as it would be with more units judged."""
        from scipy.special import stdtrit

        strata = self._strata
        judged = np.minimum(strata.size, strata.judged * (1 + more / strata.judged.sum()))
        with np.errstate(invalid="ignore", divide="ignore"):
            scaled = (1 / judged - 1 / strata.size) / (1 / strata.judged - 1 / strata.size)
        variances = self.variances * np.where(strata.judged < strata.size, scaled, 0.0)
        variance, between = float(variances.sum()), spread * self.value**2
        below = float((variances**2 / np.maximum(judged - 1, 1)).sum())
        freedom = (variance + between) ** 2 / below if below else np.inf
        half = float(stdtrit(min(freedom, 1e6), (1 + LEVEL) / 2)) * (variance + between) ** 0.5
        return self.value - half, self.value + half
