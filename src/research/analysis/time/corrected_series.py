"""Shares of statements by period, corrected by judged sentences: periods are domains of the sample."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from research.analysis.declaring import kept
from research.analysis.judging.corrections import judged_sample, why
from research.analysis.parameters import LEAST_CONFIDENCE
from research.analysis.statistics.judged import NotComputable
from research.analysis.time.gathered import Gathered
from research.analysis.time.material import BY, SPEAKER, SPEECH, material
from research.nlp.annotate import Annotations

if TYPE_CHECKING:
    import pandas as pd

_COLUMNS = ["of", "series", "unit", "period", "model", "corrected", "low", "high", "reason"]


@kept
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

    if annotations.alone is annotations:
        return pd.DataFrame(columns=_COLUMNS, dtype=object)
    asked, more = (by, terms, speakers, least_confidence), {"dictionary": dictionary, "actors": actors}
    right, alone = material(annotations, *asked, **more), material(annotations.alone, *asked, **more)
    of_people, of_model, sample = Gathered(right), Gathered(alone), judged_sample(annotations)
    rows = []
    for it in right.series:
        for place, period in enumerate(right.periods.labels if it.of in (SPEECH, SPEAKER) else ()):
            chosen = right.at == place
            model = of_model.side(it, chosen)
            if not model.total:
                continue
            found = sample.share(model, of_people.side(it, chosen))
            told = (
                (None, None, None, None, why(found))
                if isinstance(found, NotComputable)
                else (found.model, found.value, found.low, found.high, None)
            )
            rows.append((it.of, it.name, it.unit, period, *told))
    return pd.DataFrame(rows, columns=_COLUMNS, dtype=object)
