"""04_claims: which figures and checkable claims are asserted, by whom, and for when?"""

from collections.abc import Sequence

from research.analysis.claims.charts import kinds_chart, reasons_chart, timeline
from research.analysis.claims.compared import compared
from research.analysis.claims.disagreements import DISAGREEMENTS, disagreements
from research.analysis.claims.headlines import SPEAKERS_ASKED, UNITS_ASKED, findings
from research.analysis.claims.tables import (
    CLAIMS,
    KINDS,
    QUANTITIES,
    REASON_COUNTS,
    SPEAKERS,
    UNITS,
    by_reason,
    by_speaker,
    claims,
    quantities,
    quantity_columns,
    reasons,
    speakers,
    units,
    with_unit,
)
from research.analysis.comparing import COMPARE, COMPARED_TABLE
from research.analysis.declaring import Count, Notebook, Row, Table, as_written, number_of
from research.analysis.parameters import COPIES, LEAST_CONFIDENCE
from research.nlp.groups.joining import any_case

__all__ = [
    "CLAIMS",
    "DISAGREEMENTS",
    "NOTEBOOK",
    "QUANTITIES",
    "REASON_COUNTS",
    "SPEAKERS",
    "UNITS",
    "claims",
    "compared",
    "disagreements",
    "findings",
    "kinds_chart",
    "quantities",
    "quantity_columns",
    "reasons",
    "reasons_chart",
    "speakers",
    "timeline",
    "units",
]

_FIGURES, _CLAIMS = "claims.quantities", "claims.claims"
_SPEAKER = ("speaker", "source")


def _named(rows: Sequence[Row]) -> int:
    return len({row["speaker"] for row in rows if row["speaker"]})


def _of_kinds(kinds: Sequence[str]) -> Count:
    return lambda rows: sum(row["kind"] in kinds for row in rows)


NOTEBOOK = Notebook(
    "04_claims",
    layers=("sentences", "text", "counts", "kinds", "statements", "times", "quantities", "claims"),
    findings=findings,
    parameters=(SPEAKERS_ASKED, UNITS_ASKED, COMPARE, COPIES, LEAST_CONFIDENCE),
    tables={
        "compared": COMPARED_TABLE,
        "quantities": Table(
            findings=("claims.value", "claims.figures", "claims.named", "claims.figures_of"),
            words="text",
            verbatim=True,
            speaker=_SPEAKER,
        ),
        "units": Table(
            identity={"kind": as_written, "unit": as_written},
            counts=_FIGURES,
            grouped=with_unit,
            numbers={"n_figures": len, "speakers": _named, "n_documents": number_of("doc_id")},
            findings=("claims.figures",),
        ),
        "speakers": Table(
            identity={"speaker": any_case},
            counts=_FIGURES,
            grouped=by_speaker,
            numbers={
                "n_figures": len,
                "n_documents": number_of("doc_id"),
                **{name: _of_kinds(its) for name, its in KINDS.items()},
            },
            findings=("claims.figures_of", "claims.named"),
        ),
        "disagreements": Table(findings=("claims.differences",), words="text", verbatim=True, speaker=_SPEAKER),
        "claims": Table(
            findings=("claims.claims", "claims.with_figures"), words="claim", verbatim=True, speaker=_SPEAKER
        ),
        "reasons": Table(
            identity={"reason": as_written},
            counts=_CLAIMS,
            grouped=by_reason,
            numbers={"claims": len, "n_documents": number_of("doc_id")},
            findings=("claims.claims", "claims.with_figures"),
        ),
    },
    figures={
        "compared": ("claims.compared",),
        "timeline": (_FIGURES,),
        "kinds": ("claims.speakers",),
        "reasons": ("claims.reasons",),
    },
    speakers=_FIGURES,
)
