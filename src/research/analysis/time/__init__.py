"""06_time: what changed, and when?"""

from research.analysis.declaring import Notebook, Table, as_written, base_form
from research.analysis.language.tables import TERMS
from research.analysis.parameters import COPIES, LEAST_CONFIDENCE
from research.analysis.statements.headlines import SPEAKERS_ASKED
from research.analysis.time.charts import series_chart
from research.analysis.time.headlines import findings
from research.analysis.time.material import BY, DATE_NAMED
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
    "NOTEBOOK",
    "SERIES",
    "TRENDS",
    "at_date",
    "changes",
    "findings",
    "left_out",
    "series",
    "series_chart",
    "trends",
    "where_computable",
]

_OF = {"of": as_written, "series": base_form}

NOTEBOOK = Notebook(
    "06_time",
    layers=("text", "counts", "kinds", "statements", "actors"),
    findings=findings,
    parameters=(BY, TERMS, SPEAKERS_ASKED, DATE_NAMED, COPIES, LEAST_CONFIDENCE),
    tables={
        "series": Table(
            identity={**_OF, "period": as_written},
            findings=("time.change", "time.trend", "time.changes", "time.trends"),
        ),
        "changes": Table(identity=_OF, findings=("time.change", "time.changes")),
        "trends": Table(identity=_OF, findings=("time.trend", "time.trends")),
        "at_date": Table(identity={**_OF, "date": as_written}, findings=("time.date",)),
        "left_out": Table(findings=("time.left_out",)),
    },
    figures={"series": ("time.series", "time.changes")},
)
