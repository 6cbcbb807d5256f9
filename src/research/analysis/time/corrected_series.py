"""Shares of statements by period, corrected by judged sentences: periods are domains of the sample."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from research.analysis.declaring import Row, kept
from research.analysis.judging.corrected import UnitValues
from research.analysis.judging.corrections import ModelSums, estimate, judged_sample, why
from research.analysis.parameters import LEAST_CONFIDENCE
from research.analysis.statistics.judged import NotComputable
from research.analysis.time.gathered import Gathered
from research.analysis.time.material import BY, SPEAKER, SPEECH, material
from research.nlp.annotate import Annotations

if TYPE_CHECKING:
    import pandas as pd

_SERIES = ["of", "series", "unit", "period"]
_COLUMNS = [*_SERIES, "model", "corrected", "low", "high", "reason"]
_VALUES = [name for name in UnitValues._fields if "others" not in name]
_SUMS = ["total_counted", "total_base", "occurring"]


def corrected_series(
    annotations: Annotations,
    by: Any = BY.default,
    terms: Any = None,
    speakers: Any = None,
    least_confidence: Any = LEAST_CONFIDENCE.default,
    *,
    dictionary: Any = None,
    actors: Any = None,
) -> pd.DataFrame:
    """Return the shares of statements by period, corrected by judged sentences; no row where nothing was judged.

    Columns: ``of, series, unit, period`` as in ``series``; ``model``, the value of the model alone; ``corrected``, the
    estimate, with its 95% interval ``low, high`` for these documents; ``reason``, why a period has none. Periods
    without statements have no row. Words need no correction, and names are not judged. Raises ``ParameterError``.
    """
    import pandas as pd

    asked, more = (by, terms, speakers, least_confidence), {"dictionary": dictionary, "actors": actors}
    found = _found(annotations, *asked, **more)
    return pd.DataFrame(found["rows"].tolist(), columns=_COLUMNS, dtype=object)


def corrected_sentences(
    annotations: Annotations,
    by: Any = BY.default,
    terms: Any = None,
    speakers: Any = None,
    least_confidence: Any = LEAST_CONFIDENCE.default,
    *,
    dictionary: Any = None,
    actors: Any = None,
) -> pd.DataFrame:
    """Return the judged sentences behind ``corrected_series``, a row for each share of a period and sentence.

    Columns: ``of, series, unit, period``; then those of ``judging.corrected.UnitValues`` without those of another
    group; ``total_counted`` and ``total_base``, what the model counts in all sentences, and ``occurring``, in how many
    of them it counts something. From these ``recounted`` computes the share again. Raises ``ParameterError``.
    """
    import pandas as pd

    asked, more = (by, terms, speakers, least_confidence), {"dictionary": dictionary, "actors": actors}
    found = _found(annotations, *asked, **more)
    rows = [row for its in found["sentences"] for row in its]
    return pd.DataFrame(rows, columns=[*_SERIES, *_VALUES, *_SUMS], dtype=object)


def recounted(rows: Sequence[Row]) -> float | None:
    """Return a corrected share once more, from its rows of ``corrected_sentences``; None where there is none."""
    if not rows:
        return None
    its = [UnitValues(**{name: row[name] for name in _VALUES}) for row in rows]
    found = estimate(its, ModelSums(*(rows[0][name] for name in _SUMS)))
    return None if isinstance(found, NotComputable) else found.value


@kept
def _found(annotations: Annotations, *asked: Any, **more: Any) -> pd.DataFrame:
    """Return the rows of the two tables side by side: one a share of a period, with its judged sentences."""
    import pandas as pd

    columns = ["rows", "sentences"]
    if annotations.alone is annotations:
        return pd.DataFrame(columns=columns, dtype=object)
    right, alone = material(annotations, *asked, **more), material(annotations.alone, *asked, **more)
    of_people, of_model, sample = Gathered(right), Gathered(alone), judged_sample(annotations)
    rows: list[tuple[tuple[Any, ...], list[tuple[Any, ...]]]] = []
    for it in right.series:
        for place, period in enumerate(right.periods.labels if it.of in (SPEECH, SPEAKER) else ()):
            chosen = right.at == place
            model = of_model.side(it, chosen)
            if not model.total:
                continue
            found, about = sample.share(model, of_people.side(it, chosen)), (it.of, it.name, it.unit, period)
            if isinstance(found, NotComputable):
                rows.append(((*about, None, None, None, None, why(found)), []))
                continue
            sums = (found.sums.model_counted, found.sums.model_base, found.sums.occurring)
            sentences = [(*about, *(getattr(row, name) for name in _VALUES), *sums) for row in found.rows]
            its = found.estimate
            rows.append(((*about, its.model, its.value, its.low, its.high, None), sentences))
    return pd.DataFrame(rows, columns=columns, dtype=object)
