"""01_corpus: what is in this corpus, and can it be trusted?"""

from research.analysis.corpus.charts import lengths, outlets, timeline
from research.analysis.corpus.headlines import findings, in_one_line
from research.analysis.corpus.tables import (
    SIZES,
    TOO_SHORT,
    copies,
    counted,
    documents,
    foreign_paragraphs,
    kinds,
    languages,
    reasons,
)
from research.analysis.declaring import Notebook, Table, as_written

__all__ = [
    "NOTEBOOK",
    "SIZES",
    "copies",
    "counted",
    "documents",
    "findings",
    "foreign_paragraphs",
    "in_one_line",
    "kinds",
    "languages",
    "lengths",
    "outlets",
    "reasons",
    "timeline",
]

NOTEBOOK = Notebook(
    "01_corpus",
    layers=("counts", "kinds"),  # no model, so that a hundred thousand documents take minutes
    findings=findings,
    tables={
        "documents": Table(
            findings=("corpus.documents", "corpus.words", "corpus.dated", "corpus.earliest", "corpus.latest")
        ),
        "copies": Table(findings=("corpus.copies",)),
        "kinds": Table(identity={"kind": as_written}, counts="corpus.documents", findings=("corpus.kind",)),
        "languages": Table(
            identity={"language": as_written},
            counts="corpus.documents",
            grouped=lambda documents: documents.fillna({"language": TOO_SHORT}),
            findings=("corpus.not_english",),
        ),
        "foreign_paragraphs": Table(findings=("corpus.not_english",)),
        "reasons": Table(
            findings=("corpus.documents",), remedy="rejected.csv lists every rejected file with its reason."
        ),
    },
    figures=dict.fromkeys(("lengths", "timeline", "outlets"), ("corpus.documents",)),
    about_corpus=True,
)
