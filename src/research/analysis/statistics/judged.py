"""Estimates from a sample that a person judged: what the model counts, corrected, with an interval that holds.

A model reads every unit (a sentence, a piece of a turn), a person only a random sample of them, drawn within strata and
without replacement. The model's total is corrected by the errors found in the sample, so the estimate is unbiased
however bad the model is, and a good model makes the interval narrow. This is the difference estimator of Särndal,
Swensson & Wretman (1992), "Model Assisted Survey Sampling", section 6.3. How much of the model is used is tuned as in
Angelopoulos, Duchi & Zrnic (2023), "PPI++: Efficient Prediction-Powered Inference", arXiv:2311.01453; untuned it is the
estimator of Angelopoulos et al. (2023), "Prediction-powered inference", Science 382, and of Egami, Hinck, Stewart & Wei
(2023), "Using imperfect surrogates for downstream inference: design-based supervised learning", NeurIPS 36.

With N_h units and n_h judged ones in stratum h, y what is right and x what the model says of a unit:

    total      T = λ X + Σ_h N_h mean_h(y - λ x)                              X: the model's total
    ratio      R = T of the counted / T of the base, with one λ
    difference D = R of one group - R of another, with one λ; groups are domains: a unit of neither counts 0 in both
    residual   e = y - λ x; of a ratio (y - R y' - λ (x - R x')) / T', where the prime marks the base; of a difference
               that of one ratio less that of the other, so their covariance is in V (Särndal et al., section 5.8)
    variance   V = Σ_h N_h² (1 - n_h / N_h) Σ_i w_i² (e_i - mean_h(e))² n_h / (n_h - 1)
    λ          = Σ_h cov_h(right, model) / Σ_h var_h(model), from 0 to 1, the terms weighted as in V

w are weights within the stratum that sum to 1; equal ones give Cochran (1977), "Sampling Techniques", section 5.4. The
linearised residual of a ratio is that of section 6.11 there.

Errors are rare and of very different size, so V is often far too small, and 0 where the judged units have no error. The
interval allows for that in three ways, which were chosen on PolNeAR train (benchmarks/judged.py):

- V is at least what it would be if something were counted in three more judged units, and the model's error in them had
  a mean square of a fifth of that of its values: (m V + 3 · 0.2 · V_x) / (m + 3). m are the judged units in which the
  model or the person counts something, V_x is the formula of V with the model's own values, uncentred. A variance is
  smoothed towards a value known from elsewhere as in Wolter (2007), "Introduction to Variance Estimation", chapter 7.
- Student's t has the degrees of freedom 2 V² / var(V) of Satterthwaite (1946), Biometrics Bulletin 2, where var(V) is
  the sum of the squares of the units' parts in V: few errors, few degrees of freedom. V is multiplied by (m + 1) / m
  for the λ that was tuned.
- The interval is lopsided as the errors found are: by (1 + 2 z²) / 6 times the third moment over V, the term of Hall
  (1992), "The Bootstrap and Edgeworth Expansion", section 3.10; missed statements reach up, wrong ones down. The third
  moment of few errors says little, so this is averaged, for as many errors as V has degrees of freedom / 2, with three
  times the shift of the interval of the square root of the value (of a share, the arcsine of the square root): what
  occurs more often varies more. An interval ends at 0, and for a share at 1. The part of the variance that is the
  spread between documents shifts it as the logarithm does (of a share, the log odds): twice as far, at most half the
  half width.

All functions are pure and draw no random numbers. Drawing the sample is in ``draws``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from research.analysis.statistics.spread import FEWEST_FREE, Spread
from research.analysis.statistics.uncertainty import LEVEL, rounded

Floats = NDArray[np.float64]
Reason = Literal["few", "stratum", "rare", "group"]

FEWEST_JUDGED = 50
"""The fewest judged units for an estimate."""
FEWEST_IN_STRATUM = 2
"""The fewest judged units of a stratum that has more: one has no variance."""
FEWEST_COUNTED = 5
"""The fewest units in which the model counts something that a sample of this size is expected to have. With fewer, the
interval does not always hold (benchmarks/judged.py)."""
_SUPPOSED = 3
"""The number of further judged units that are supposed for the least variance."""
_ERROR = 0.2
"""The mean square of the error in them, relative to that of what the model says: 0.02 to 0.44 on PolNeAR train, 0.07 to
0.27 on dev, 0.31 to 0.65 where a fifth of the speakers are wrong."""
_EDGEWORTH = (1 + 2 * 1.959964**2) / 6
"""By what the third moment over the variance shifts a 95% interval."""


@dataclass(frozen=True)
class Sample:
    """Which units were judged: one entry a judged unit in ``stratum`` and ``weight``, in any order.

    ``sizes`` has the number of units of each stratum in the whole population, judged ones included. ``weight`` are
    relative weights within a stratum, by default equal: where the strata were redrawn after the sample (another version
    of the model, other documents), the units of one stratum were not drawn with one probability, and each weighs one
    over its own. Raises ValueError for a stratum that has more judged units than units, and for weights that are not
    positive or not one a unit.
    """

    sizes: Mapping[str, int]
    stratum: Sequence[str]
    weight: Floats | None = None

    def __post_init__(self) -> None:
        for stratum, n in self.judged.items():
            size = self.sizes.get(stratum, 0)
            if n > size:
                raise ValueError(f"{n} units of the stratum “{stratum}” were judged, but it has {size}")
        if self.weight is not None and (len(self.weight) != len(self.stratum) or not (self.weight > 0).all()):
            raise ValueError(f"weights are positive, one for each of the {len(self.stratum)} judged units")

    @property
    def judged(self) -> dict[str, int]:
        """The number of judged units of each stratum."""
        found = dict.fromkeys(self.sizes, 0)
        for stratum in self.stratum:
            found[stratum] = found.get(stratum, 0) + 1
        return found

    @property
    def units(self) -> int:
        """The number of units of the population."""
        return sum(self.sizes.values())


class Values(NamedTuple):
    """What is added up: one entry a judged unit, in the order of the sample.

    ``model`` is what the model says of the unit, ``right`` what the person says, and ``total`` what the model says of
    all units of the population together. ``occurring`` is the number of units of the population in which the model
    counts something; None estimates it from the sample. A ``known`` total does not rest on the model, such as the words
    of some documents: it is right, and the values of the units are of no use.
    """

    model: Floats
    right: Floats
    total: float
    occurring: int | None = None
    known: bool = False


def known_total(total: float, units: int) -> Values:
    """Return a total that does not rest on the model, for a sample of so many judged units."""
    nothing = np.zeros(units)
    return Values(nothing, nothing, total, known=True)


class Ratio(NamedTuple):
    """What a ratio is of: the counted, and its base."""

    counted: Values
    base: Values


class Estimate(NamedTuple):
    """A corrected estimate with its interval.

    ``value`` is the estimate; ``low`` and ``high`` are the ends of its confidence interval, ``standard_error`` its
    standard error (the unsmoothed one). ``model`` is the value of the model alone. ``power`` is how much of the model
    was used, from 0 (the judged units alone) to 1. ``judged`` and ``units`` are the numbers of judged and of all units.
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

    ``reason`` is ``few`` (fewer than 50 judged), ``stratum`` (``strata`` have units, but fewer than two judged ones),
    ``rare`` (what is counted occurs in too few units for a sample of this size) or ``group`` (so does the base of one
    of two groups). ``judged`` is the number of units that were judged, of ``rare`` and ``group`` of those in which
    there is something. ``more`` is how many more units must be judged, in
    the order of the draw; of ``stratum``, in those strata.
    """

    reason: Reason
    judged: int
    more: int
    strata: tuple[str, ...] = ()


def not_computable(sample: Sample, counted: Values | None = None) -> NotComputable | None:
    """Return why the sample gives no estimate of what is counted; None if it gives one.

    Without values, only what holds for all estimates is looked at. A sample of all units always gives one.
    """
    judged = sample.judged
    n, units = sum(judged.values()), sample.units
    short = {name: min(FEWEST_IN_STRATUM, size) - judged[name] for name, size in sample.sizes.items()}
    strata = tuple(sorted(name for name, missing in short.items() if missing > 0))
    missing = sum(short[name] for name in strata)
    if n < min(FEWEST_JUDGED, units):
        return NotComputable("few", n, max(min(FEWEST_JUDGED, units) - n, missing), strata)
    if strata:
        return NotComputable("stratum", n, missing, strata)
    if counted is None or n == units:
        return None
    return _too_rare(sample, counted, "rare")


def _too_rare(sample: Sample, its: Values, reason: Literal["rare", "group"]) -> NotComputable | None:
    """Return why what the values count occurs in too few units for a sample of this size; None if it does not."""
    n, units = len(sample.stratum), sample.units
    occurs, occurring = _occurs(its), its.occurring
    if occurring is None:
        occurring = round(Strata(sample).total((its.model != 0).astype(np.float64)))
    if n == units or (n * occurring >= FEWEST_COUNTED * units and occurs.any()):
        return None
    enough = math.ceil(FEWEST_COUNTED * units / occurring) if occurring else units
    return NotComputable(reason, int(occurs.sum()), max(1, min(enough, units) - n))


def _occurs(its: Values) -> NDArray[np.bool_]:
    occurs: NDArray[np.bool_] = (its.model != 0) | (its.right != 0)
    return occurs


def _not_comparable(sample: Sample, ratios: Sequence[Ratio]) -> NotComputable | None:
    """Return why the sample gives no difference: both groups need judged units, and so does what is counted."""
    if (lacking := not_computable(sample)) is not None:
        return lacking
    for counted, base in ratios:
        if (lacking := _too_rare(sample, counted if base.known else base, "group")) is not None:
            return lacking
    model, right = (np.add(*(getattr(it.counted, name) for it in ratios)) for name in ("model", "right"))
    occurring = [it.counted.occurring for it in ratios]
    known = None if None in occurring else sum(it for it in occurring if it is not None)
    return _too_rare(sample, Values(model, right, 0.0, known), "rare")


def estimate_total(
    sample: Sample,
    counted: Values,
    *,
    per: float = 1.0,
    power: float | None = None,
    spread: Spread | None = None,
) -> Estimate | NotComputable:
    """Return the corrected estimate of a total, such as the number of statements, or why there is none.

    ``per`` divides the total: statements in 20,000 words of the corpus are a rate per 1,000 words with ``per=20``.
    ``power`` fixes how much of the model is used; by default it is tuned. ``spread`` is that between documents
    (``statistics.spread``), where they are a sample of more. Numbers are rounded to six significant digits.
    Raises ValueError for values that are not one a judged unit.
    """
    return _estimate(Correction(sample, [(counted, None)], power), 1 / per, spread, share=False)


def estimate_ratio(
    sample: Sample,
    counted: Values,
    base: Values,
    *,
    scale: float = 1.0,
    share: bool = True,
    power: float | None = None,
    spread: Spread | None = None,
) -> Estimate | NotComputable:
    """Return the corrected estimate of one total over another, times ``scale``, or why there is none.

    A ``share`` is of a base that includes what is counted, and ends at 1; otherwise the ratio has no upper end.
    ``power``, ``spread``, rounding and errors are those of ``estimate_total``. Raises ZeroDivisionError where the base
    comes out as 0.
    """
    return _estimate(Correction(sample, [(counted, base)], power), scale, spread, share=share)


def estimate_difference(
    sample: Sample,
    here: Ratio,
    there: Ratio,
    *,
    scale: float = 1.0,
    power: float | None = None,
    spread: Spread | None = None,
) -> Estimate | NotComputable:
    """Return the corrected estimate of the ratio of one group less that of another, times ``scale``, or why none.

    A unit that belongs to neither group counts 0 in both, and one may belong to both; what the model takes for one
    group a person may have put into the other. ``spread`` is the variance between documents, which is not relative to
    the value here. The interval is symmetric. The rest is as in ``estimate_ratio``.
    """
    return _estimate(Correction(sample, [here, there], power), scale, spread, share=False)


def expected_width(
    sample: Sample,
    counted: Values,
    base: Values | None = None,
    *,
    more: int,
    scale: float = 1.0,
    share: bool = True,
    power: float | None = None,
    spread: Spread | None = None,
) -> float | None:
    """Return how wide the interval is expected to be with ``more`` units judged; None if it is not computable now.

    The further units are supposed to be drawn from the strata in the proportions so far, and to have errors like those
    found; how much of the model is used is tuned for the larger sample, or fixed by ``power``. ``scale`` is that of
    ``estimate_ratio``, or one over ``per`` of ``estimate_total``.
    """
    corrected = Correction(sample, [(counted, base)], power, more)
    if corrected.reason is not None:
        return None
    _, low, high = corrected.interval(spread, share=share and base is not None)
    return rounded(scale * (high - low))


def _estimate(corrected: Correction, scale: float, spread: Spread | None, *, share: bool) -> Estimate | NotComputable:
    if corrected.reason is not None:
        return corrected.reason
    value, low, high = corrected.interval(spread, share=share)
    found = (rounded(scale * it) for it in (value, low, high, corrected.standard_error(spread), corrected.alone))
    judged, units = len(corrected.sample.stratum), corrected.sample.units
    return Estimate(*found, rounded(corrected.power), judged, units)  # type: ignore[call-arg, arg-type]


class Strata:
    """The sample as arrays: the strata that have units, and of every judged unit its stratum and its weight."""

    def __init__(self, sample: Sample) -> None:
        names = sorted(name for name, size in sample.sizes.items() if size)
        number = {name: place for place, name in enumerate(names)}
        self.at = np.array([number[name] for name in sample.stratum], dtype=np.int64)
        self.size = np.array([sample.sizes[name] for name in names], dtype=np.float64)
        weight = np.ones(len(self.at)) if sample.weight is None else np.asarray(sample.weight, dtype=np.float64)
        self.judged = self.sum(np.ones(len(self.at)))
        self.weight = weight / self.sum(weight)[self.at]
        self._unbiased = self.judged / np.maximum(self.judged - 1, 1)

    def sum(self, values: Floats) -> Floats:
        """Return the sums over the judged units of each stratum."""
        return np.bincount(self.at, values, len(self.size)).astype(np.float64)

    def total(self, values: Floats) -> float:
        """Return the sum over strata of the units times the weighted mean of the judged ones."""
        return float((self.size * self.sum(self.weight * values)).sum())

    def centred(self, values: Floats) -> Floats:
        """Return the values less the weighted mean of their stratum."""
        return values - self.sum(self.weight * values)[self.at]

    def _larger(self, more: int) -> Floats:
        larger: Floats = np.minimum(self.size, self.judged * (1 + more / self.judged.sum()))
        return larger

    def drawn(self, more: int = 0) -> Floats:
        """Return the share of the units of its stratum that are judged, of each judged unit."""
        drawn: Floats = (self._larger(more) / self.size)[self.at]
        return drawn

    def parts(self, more: int = 0) -> Floats:
        """Return by what the product of two deviations of a unit is multiplied in the covariance of two totals.

        With ``more`` units judged in the same proportions, the variance of a stratum is that of a larger sample.
        """
        larger = self._larger(more)
        factor = self.size**2 * (1 - larger / self.size) * self.judged / larger * self._unbiased
        parts: Floats = factor[self.at] * self.weight**2
        return parts


class Correction:
    """The estimate, and what its interval is made of; of no use where there is a ``reason``.

    ``terms`` are the total or the ratio, or the two whose difference is estimated. ``more`` units are supposed to be
    judged beside those of the sample.
    """

    def __init__(
        self, sample: Sample, terms: Sequence[tuple[Values, Values | None]], power: float | None, more: int = 0
    ) -> None:
        for values in (its for term in terms for its in term if its is not None):
            if not len(values.model) == len(values.right) == len(sample.stratum):
                raise ValueError(f"values are needed for each of the {len(sample.stratum)} judged units")
        self.sample, self._terms = sample, [(sign, *its) for sign, its in zip((1, -1), terms, strict=False)]
        ratios = [Ratio(counted, base) for counted, base in terms if base is not None]
        self.reason = not_computable(sample, terms[0][0]) if len(terms) == 1 else _not_comparable(sample, ratios)
        if self.reason is not None:
            return
        self._strata = Strata(sample)
        self._parts, self._larger = self._strata.parts(more), 1 + more / len(sample.stratum)
        self.alone = sum(sign * its.total / (1.0 if of is None else of.total) for sign, its, of in self._terms)
        right, model = self._linear(1.0)
        self.power = self._tuned(right, model) if power is None else power
        self.value = self._value(self.power)
        right, model = self._linear(self.power)
        self._squares = self._strata.centred(right - self.power * model) ** 2
        self._of_model = model**2
        drawn = self._strata.drawn(more)
        self._cubed = np.sign(self._strata.centred(right - self.power * model)) * (1 - 2 * drawn)
        self._cubed /= np.sqrt(np.maximum(1 - drawn, 1e-9))
        self._occurring = int(np.logical_or.reduce([_occurs(counted) for counted, _ in terms]).sum())

    def _total(self, values: Values, power: float) -> float:
        if values.known:
            return values.total
        return power * values.total + self._strata.total(values.right - power * values.model)

    def _ratio(self, counted: Values, base: Values | None, power: float) -> float:
        above = self._total(counted, power)
        return above if base is None else above / self._total(base, power)

    def _value(self, power: float) -> float:
        return sum(sign * self._ratio(counted, base, power) for sign, counted, base in self._terms)

    def _linear(self, power: float) -> tuple[Floats, Floats]:
        """Return the linearised values: what is right and what the model says, less the ratio times the base."""
        right, model = np.zeros(len(self.sample.stratum)), np.zeros(len(self.sample.stratum))
        for sign, counted, base in self._terms:
            value, below = 0.0, 1.0
            if base is not None:
                value, below = self._ratio(counted, base, power), self._total(base, power)
            of_right, of_model = (0.0, 0.0) if base is None else (base.right, base.model)
            right = right + sign * (counted.right - value * of_right) / below
            model = model + sign * (counted.model - value * of_model) / below
        return right, model

    def _tuned(self, right: Floats, model: Floats) -> float:
        of_model = self._strata.centred(model)
        below = float((self._parts * of_model**2).sum())
        if below <= 0:
            return 1.0
        return float(np.clip((self._parts * of_model * self._strata.centred(right)).sum() / below, 0, 1))

    def of_documents(self, number: int, judged_in: NDArray[np.int64], model: Sequence[Floats]) -> tuple[Floats, float]:
        """Return what each document adds to the linearised estimate, relative to it, and the sampling variance of that.

        ``judged_in`` is the document of each judged unit, ``model`` the model's values of each document, counted and
        base. The variance has no finite population correction.
        """
        [(_, counted, base)] = self._terms
        weight = self._strata.size[self._strata.at] * self._strata.weight
        parts = np.full(number, -1 / number)
        for sign, its, of in zip((1, -1), (counted, base), model, strict=False):
            if its is not None:
                errors = np.bincount(judged_in, weight * (its.right - self.power * its.model), number)
                added = self.power * of + errors
                parts = (parts if sign < 0 or base is None else 0) + sign * added / self._total(its, self.power)
        drawn = np.minimum(self._strata.drawn(), 1 - 1e-9)
        return parts, float((self._parts / (1 - drawn) * self._squares).sum()) / self.value**2

    def _between(self, spread: Spread | None) -> float:
        """Return the variance between documents: relative to the square of the value, of a difference as it is."""
        if spread is None:
            return 0.0
        return spread.variance * (self.value**2 if len(self._terms) == 1 else 1.0)

    def standard_error(self, spread: Spread | None = None) -> float:
        """Return the standard error, with the spread between documents."""
        return float(((self._parts * self._squares).sum() + self._between(spread)) ** 0.5)

    def interval(self, spread: Spread | None, *, share: bool) -> tuple[float, float, float]:
        """Return the value and the ends of its interval, as it would be with more units judged."""
        from scipy.special import stdtrit

        occurring = max(1.0, self._occurring * self._larger)
        single = self._parts * self._squares
        variance, squared = float(single.sum()), float((single**2).sum()) / self._larger
        errors = variance**2 / squared if squared else 0.0
        supposed = _SUPPOSED * _ERROR * float((self._parts * self._of_model).sum())
        smoothed = (occurring * variance + supposed) / (occurring + _SUPPOSED)
        skewness = float((self._cubed * single**1.5).sum()) / variance**1.5 / self._larger**0.5 if variance else 0.0
        variance = max(variance * (1 + 1 / occurring), smoothed)
        third = skewness * variance**1.5
        below = variance**2 / max(FEWEST_FREE, 2 * errors)
        if spread is not None:
            between = self._between(spread)
            squared = variance**2 / max(errors, 1.0) + 2 * between**2 / spread.freedom
            errors = (variance + between) ** 2 / squared if squared else 0.0
            variance += between
            below += between**2 / spread.freedom
            third += spread.third * (self.value**3 if len(self._terms) == 1 else 1.0)
        half = float(stdtrit(variance**2 / below, (1 + LEVEL) / 2)) * variance**0.5 if variance else 0.0
        lopsided = float(np.clip(_EDGEWORTH * third / variance, -half / 2, half / 2)) if variance else 0.0
        is_difference = len(self._terms) > 1
        most = math.inf if is_difference or not share else 1.0
        least = -math.inf if is_difference else 0.0
        value = min(max(self.value, least), most)
        usual = 0.0 if is_difference else _shift_of_root(value, half, share=share)
        shift = (errors * lopsided + _SUPPOSED * usual) / (errors + _SUPPOSED)
        if spread is not None and variance and not is_difference:
            # The spread between documents is a factor, so its part of the interval is that of the logarithm.
            part = self._between(spread) / variance
            shift += part * (math.copysign(min(abs(2 * usual), half / 2), usual) - shift)
        return value, max(least, value - half + shift), min(most, value + half + shift)


def _shift_of_root(value: float, half: float, *, share: bool) -> float:
    """Return how far the interval on the scale of the square root lies above the symmetric one.

    It is at most half of the half width, which it is where the lower end is 0: the formula has no bound for values near
    0.
    """
    if share:
        spread, slope = 4 * value * (1 - value), 1 - 2 * value
    else:
        spread, slope = 4 * value, 1.0
    if half * half * abs(slope) < spread * half / 2:
        return half * half * slope / spread
    return math.copysign(half / 2, slope)
