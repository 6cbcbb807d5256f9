"""06_time: what changed, and when?"""

from research.analysis.actors.headlines import ACTORS_ASKED
from research.analysis.declaring import Notebook, Table, as_written, base_form, number_of
from research.analysis.language.categories import DICTIONARY
from research.analysis.language.tables import TERMS
from research.analysis.parameters import COPIES, LEAST_CONFIDENCE
from research.analysis.statements.headlines import SPEAKERS_ASKED
from research.analysis.time.charts import categories_chart, series_chart
from research.analysis.time.corrected_series import corrected_sentences, corrected_series, recounted
from research.analysis.time.headlines import findings
from research.analysis.time.material import BY, DATE_NAMED
from research.analysis.time.measures import (
    FIGURES,
    MEASURE_TRENDS,
    MEASURED,
    MEASURES,
    measure_figures,
    measure_trends,
    measured,
)
from research.analysis.time.measures_shown import measures_chart
from research.analysis.time.tables import (
    AT_DATE,
    CHANGES,
    SERIES,
    TRENDS,
    at_date,
    changes,
    left_out,
    series,
    trends,
    where_computable,
)

__all__ = [
    "AT_DATE",
    "CHANGES",
    "FIGURES",
    "MEASURED",
    "MEASURE_TRENDS",
    "NOTEBOOK",
    "SERIES",
    "TRENDS",
    "at_date",
    "categories_chart",
    "changes",
    "corrected_sentences",
    "corrected_series",
    "findings",
    "left_out",
    "measure_figures",
    "measure_trends",
    "measured",
    "measures_chart",
    "series",
    "series_chart",
    "trends",
    "where_computable",
]

_MEASURE = {"measure": base_form, "unit": as_written}
_OF = {"of": as_written, "series": base_form}

NOTEBOOK = Notebook(
    "06_time",
    layers=("sentences", "text", "counts", "kinds", "statements", "actors", "times", "quantities"),
    findings=findings,
    parameters=(BY, TERMS, DICTIONARY, SPEAKERS_ASKED, ACTORS_ASKED, DATE_NAMED, MEASURES, COPIES, LEAST_CONFIDENCE),
    tables={
        "series": Table(
            identity={**_OF, "period": as_written},
            findings=("time.change", "time.trend", "time.changes", "time.trends"),
        ),
        "corrected": Table(
            identity={**_OF, "period": as_written},
            counts="time.corrected_sentences",
            numbers={"corrected": recounted},
            findings=("time.change", "time.trend", "time.changes", "time.trends"),
        ),
        "corrected_sentences": Table(
            findings=("time.change", "time.trend", "time.changes", "time.trends"),
        ),
        "changes": Table(identity=_OF, findings=("time.change", "time.changes")),
        "trends": Table(identity=_OF, findings=("time.trend", "time.trends")),
        "at_date": Table(identity={**_OF, "date": as_written}, findings=("time.date",)),
        "measures": Table(
            identity={**_MEASURE, "period": as_written},
            counts="time.measure_figures",
            numbers={"n_figures": len, "n_documents": number_of("doc_id")},
            findings=("time.measure", "time.measure_trend"),
        ),
        "measure_figures": Table(findings=("time.measure", "time.measure_trend"), speaker=("speaker", "source")),
        "measure_trends": Table(identity=_MEASURE, findings=("time.measure_trend",)),
        "left_out": Table(findings=("time.left_out",)),
    },
    figures={
        "series": ("time.series", "time.changes"),
        "categories": ("time.series", "time.changes"),
        "measures": ("time.measures",),
    },
)
