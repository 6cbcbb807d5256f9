"""How often the model is right on these documents, estimated from the sentences that were judged.

A share is a ratio of two totals over the sentences (Särndal, Swensson & Wretman 1992, section 5.6): right statements of
statements, each sentence weighted by how many it is an example of. The totals are those of ``statistics.judged``
without help of the model, so that a share can be recounted from the table of judged sentences alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from research.analysis.accuracy.figures import right_parts
from research.analysis.accuracy.gathered import Gathered, Judged, told
from research.analysis.recount import weighted_ratio
from research.analysis.statistics.judged import (
    NotComputable,
    Sample,
    Values,
    estimate_ratio,
    expected_width,
    not_computable,
)
from research.analysis.statistics.uncertainty import LEVEL, Interval, effective_number, rounded
from research.analysis.wording import listed, plural
from research.loading.judgements import FIGURE, MISSED, MISSED_FIGURE, NOBODY, STATEMENT, WRONG, Judgement
from research.loading.speakers import same_name

if TYPE_CHECKING:
    import pandas as pd

WEIGHT = "weight"


class Measure(NamedTuple):
    """A share of what was judged, by the columns of the judged sentences, and what it is in words.

    ``counted`` is above the line and ``base`` below it; ``found`` is what the model found, statements or figures as
    ``about`` says. ``grouped`` says whether it is given by kind and confidence too: a missed statement has neither.
    """

    counted: str
    base: str
    meaning: str
    found: str = "n_found"
    grouped: bool = True

    @property
    def about(self) -> str:
        """What it is a share of: statements or figures."""
        return STATEMENT if self.found == "n_found" else FIGURE


def _of_figures(counted: str, base: str, meaning: str, *, grouped: bool = False) -> Measure:
    return Measure(counted, base, meaning, "n_figures", grouped)


PRECISION, RECALL, SPEAKER, WORDS, FIGURES = "precision", "recall", "right speaker", "right words", "right figure"
FIGURE_PRECISION, FIGURE_RECALL, RIGHT_FOUND = "figure precision", "figure recall", "right figure found"
MEASURES: Mapping[str, Measure] = {
    PRECISION: Measure("n_true", "n_found", "found statements that are real ones"),
    RECALL: Measure("n_true", "n_there", "statements in the text that are found", grouped=False),
    SPEAKER: Measure("n_speakers", "n_true", "rightly found statements with the right speaker"),
    WORDS: Measure("n_exact", "n_true", "rightly found statements with exactly the right words"),
    FIGURE_PRECISION: _of_figures("n_real", "n_figures", "found figures that are figures"),
    FIGURE_RECALL: _of_figures("n_real", "n_figures_there", "figures in the text that are found", grouped=True),
    "right value": _of_figures("n_values", "n_real", "rightly found figures with the right value"),
    "right unit": _of_figures("n_units", "n_real", "rightly found figures with the right unit"),
    "right period": _of_figures("n_periods", "n_real", "rightly found figures with the right period"),
    FIGURES: _of_figures("n_read", "n_figures", "found figures with the right value, unit and period", grouped=True),
    RIGHT_FOUND: _of_figures(
        "n_read", "n_figures_there", "figures in the text that are found with the right value, unit and period"
    ),
}
"""What is measured, in the order of the tables."""


class Estimated(NamedTuple):
    """A share, the number of cases it rests on, and its interval; without a value, why there is none."""

    n: int
    value: float | None = None
    interval: Interval | None = None
    why_not: str = ""
    more: int = 0


def sentences_of(found: Gathered, chosen: Callable[[Judgement], bool] = lambda _: True) -> pd.DataFrame:
    """Return the judged sentences with what was counted in each, as ``tables.sentences`` says.

    ``chosen`` says which judgements on statements and figures are counted.
    """
    import pandas as pd

    weights = _weights(found)
    rows = [
        (unit.doc_id, *unit.unit.span, unit.text, unit.coder, unit.unit.stratum, weight, *_counts(unit, chosen))
        for unit, weight in zip(found.units, weights, strict=True)
    ]
    return pd.DataFrame(rows, columns=COLUMNS, dtype=object).astype(dict.fromkeys(_COUNTED, "int64") | {WEIGHT: float})


_COUNTED = (
    *("n_found", "n_true", "n_speakers", "n_exact", "n_there"),
    *("n_figures", "n_real", "n_values", "n_units", "n_periods", "n_read", "n_figures_there"),
)
COLUMNS = ["doc_id", "start", "end", "exact", "by", "stratum", WEIGHT, *_COUNTED]


def _weights(found: Gathered) -> list[float]:
    """Return of how many sentences each judged one is an example: those of its stratum, shared out."""
    total: dict[str, float] = {}
    for its in found.units:
        total[its.unit.stratum] = total.get(its.unit.stratum, 0.0) + its.weight
    return [rounded(found.sizes[it.unit.stratum] * it.weight / total[it.unit.stratum]) for it in found.units]


def _counts(unit: Judged, chosen: Callable[[Judgement], bool]) -> tuple[int, ...]:
    statements = [it for it in unit.of(STATEMENT) if chosen(it)]
    true = [it for it in statements if it.verdict != WRONG]
    figures = [it for it in unit.of(FIGURE) if chosen(it)]
    real = [right_parts(it) for it in figures if it.verdict != WRONG]
    parts = [sum(its) for its in zip(*real, strict=True)] or [0, 0, 0]
    return (
        len(statements),
        len(true),
        sum(not names_another(it) for it in true),
        sum(not it.right_words for it in true),
        len(true) + sum(1 for it in unit.of(MISSED) if chosen(it)),
        len(figures),
        len(real),
        *parts,
        sum(all(its) for its in real),
        len(real) + sum(1 for it in unit.of(MISSED_FIGURE) if chosen(it)),
    )


def names_another(judgement: Judgement) -> bool:
    """Whether a coder names another speaker than the model."""
    if not judgement.right_speaker:
        return False
    return same_name(judgement.right_speaker) != same_name(told(judgement.model).speaker or NOBODY)


def too_few(found: Gathered, sentences: pd.DataFrame) -> str:
    """Return why none of the measures can be estimated, as a clause; nothing where the sample is large enough."""
    lacking = not_computable(_sample(found, sentences))
    return "" if lacking is None else _why_not(lacking, found)[0]


def estimated(found: Gathered, measure: Measure, sentences: pd.DataFrame) -> Estimated:
    """Return the share that a measure is, over the judged sentences."""
    n = int(sentences[measure.base].sum())
    sample = _sample(found, sentences)
    lacking = not_computable(sample)
    if lacking is not None:
        return Estimated(n, None, None, *_why_not(lacking, found))
    if not n:
        return Estimated(n, why_not="no such case was judged")
    value = rounded(weighted_ratio(sentences[WEIGHT], sentences[measure.counted], sentences[measure.base]))
    # Without help of the model (power 0) the value is that of the two weighted totals.
    estimate = estimate_ratio(sample, *_values(measure, sentences), power=0.0)
    if isinstance(estimate, NotComputable):
        return Estimated(n, None, None, *_why_not(estimate, found))
    if estimate.low < estimate.high:
        return Estimated(n, value, Interval(estimate.low, estimate.high))
    return Estimated(n, value, _of_all_or_none(value, sentences, measure, whole=estimate.judged == estimate.units))


def _of_all_or_none(value: float, sentences: pd.DataFrame, measure: Measure, *, whole: bool) -> Interval:
    """Return Wilson's interval for a sample without an exception, whose spread says nothing.

    The number of cases is Kish's effective one, as in Korn & Graubard (1998), "Confidence intervals for proportions
    with small expected number of positive counts estimated from survey data", Survey Methodology 24. Where all
    sentences were judged, there is nothing left to be unsure of.
    """
    from scipy.special import ndtri

    if whole:
        return Interval(value, value)
    weights = (sentences[WEIGHT] * sentences[measure.base]).to_numpy(dtype=float)
    n = min(effective_number(weights[weights > 0]), float(sentences[measure.base].sum()))
    z = float(ndtri((1 + LEVEL) / 2)) ** 2
    return Interval(rounded(n / (n + z)), 1.0) if value >= 1 else Interval(0.0, rounded(z / (n + z)))


def expected(found: Gathered, measure: Measure, sentences: pd.DataFrame, more: int) -> float | None:
    """Return how wide the interval of a share would be with ``more`` sentences judged; None where it has none yet.

    The width of now shrinks as ``statistics.judged`` expects it to, without help of the model as in the share itself;
    for a share without an exception, with the root of the number of sentences.
    """
    now = estimated(found, measure, sentences).interval
    if now is None:
        return None
    sample, values = _sample(found, sentences), _values(measure, sentences)
    before, after = (expected_width(sample, *values, more=it, power=0.0) for it in (0, more))
    shrinks = after / before if before and after is not None else (len(sentences) / (len(sentences) + more)) ** 0.5
    return rounded((now.high - now.low) * shrinks)


def _sample(found: Gathered, sentences: pd.DataFrame) -> Sample:
    return Sample(found.sizes, sentences["stratum"].tolist(), sentences[WEIGHT].to_numpy(dtype=float))


def _values(measure: Measure, sentences: pd.DataFrame) -> tuple[Values, Values]:
    """Return what is above and below the line; the model takes all that it finds for right."""
    model = sentences[measure.found].to_numpy(dtype=float)
    total = float((model * sentences[WEIGHT]).sum())
    above, below = (
        Values(model, sentences[column].to_numpy(dtype=float), total) for column in (measure.counted, measure.base)
    )
    return above, below


def _why_not(lacking: NotComputable, found: Gathered) -> tuple[str, int]:
    """Return why there is no estimate, as a clause that says how many more sentences it takes, and that number."""
    more = min(lacking.more, sum(found.sizes.values()) - len(found.units))
    are_needed = f"{'is' if more == 1 else 'are'} needed"
    if lacking.reason == "few":
        if not lacking.judged:
            every = "all " if more == sum(found.sizes.values()) > 1 else ""
            return f"no sentence is judged yet, and {every}{more:,} {are_needed}", more
        are = "is" if lacking.judged == 1 else "are"
        return f"{plural(lacking.judged, 'sentence')} {are} judged, and {more:,} more {are_needed}", more
    if lacking.reason == "stratum":
        few = listed([STRATA_IN_WORDS[it] for it in lacking.strata])
        return f"too few sentences with {few} are judged, and {more:,} more {are_needed}", more
    return f"such cases are rare, and {plural(more, 'more judged sentence')} {are_needed}", more


STRATA_IN_WORDS: Mapping[str, str] = {
    "nothing": "no statement",
    "low": "a statement of low confidence",
    "middle": "a statement of middling confidence",
    "high": "statements of high confidence alone",
    "turn": "a turn of a transcript",
}
"""What the model found in the sentences of each stratum."""
