"""08_accuracy: how often is this wrong on these documents?"""

from research.analysis.accuracy.agreement import DISAGREEMENTS, coders, disagreements
from research.analysis.accuracy.charts import measured_chart
from research.analysis.accuracy.headlines import findings
from research.analysis.accuracy.sampling import CODER, JUDGE, SEED, SIZE
from research.analysis.accuracy.tables import JUDGED, MEASURED, judged, measured, sentences, strata, widths
from research.analysis.declaring import Notebook, Table, as_written
from research.analysis.parameters import COPIES

__all__ = [
    "DISAGREEMENTS",
    "JUDGED",
    "MEASURED",
    "NOTEBOOK",
    "coders",
    "disagreements",
    "findings",
    "judged",
    "measured",
    "measured_chart",
    "sentences",
    "strata",
    "widths",
]

_SENTENCES = "accuracy.sentences"
_FINDINGS = tuple(f"accuracy.{name}" for name in ("precision", "recall", "speaker", "figures", "figure-recall"))

NOTEBOOK = Notebook(
    "08_accuracy",
    layers=("sentences", "text", "counts", "kinds", "statements", "quantities"),
    findings=findings,
    parameters=(JUDGE, SIZE, SEED, CODER, COPIES),
    tables={
        "judged": Table(findings=_FINDINGS),
        "sentences": Table(findings=_FINDINGS, verbatim=True),
        "strata": Table(
            identity={"stratum": as_written}, counts=_SENTENCES, numbers={"n_judged": len}, findings=_FINDINGS
        ),
        "measured": Table(identity=dict.fromkeys(("measure", "by", "among"), as_written), findings=_FINDINGS),
        "widths": Table(identity=dict.fromkeys(("measure", "n_more"), as_written), findings=_FINDINGS),
        "coders": Table(identity={"question": as_written}, findings=_FINDINGS),
        "disagreements": Table(findings=_FINDINGS),
    },
    figures={"measured": ("accuracy.measured",)},
)
