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
from research.analysis.declaring import Material, Notebook, Table, as_written, sum_of
from research.analysis.wording import plural

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


def _copies(n: int, counted: bool) -> str:
    if not n:
        return "No document repeats another."
    repeat, are = ("repeats", "is") if n == 1 else ("repeat", "are")
    again = "counted as well" if counted else "not counted again"
    return f"{plural(n, 'document')} {repeat} another and {are} {again} (parameter copies)."


NOTEBOOK = Notebook(
    "01_corpus",
    layers=("counts", "kinds"),  # no model, so that a hundred thousand documents take minutes
    findings=findings,
    tables={
        "documents": Table(
            findings=("corpus.documents", "corpus.words", "corpus.dated", "corpus.earliest", "corpus.latest")
        ),
        "copies": Table(
            findings=("corpus.copies",),
            original="copy_of",
            material=Material("Copies", "Documents that repeat another", _copies),
        ),
        "kinds": Table(
            identity={"kind": as_written},
            counts="corpus.documents",
            numbers={"documents": len, "words": sum_of("words")},
            findings=("corpus.kind",),
        ),
        "languages": Table(
            identity={"language": as_written},
            counts="corpus.documents",
            grouped=lambda documents: documents.fillna({"language": TOO_SHORT}),
            numbers={"documents": len, "words": sum_of("words")},
            findings=("corpus.not_english",),
            material=Material(
                "Languages", "Documents by language", lambda *_: "Statements are extracted from English only."
            ),
        ),
        "foreign_paragraphs": Table(findings=("corpus.not_english",)),
        "reasons": Table(
            findings=("corpus.documents",), remedy="rejected.csv lists every rejected file with its reason."
        ),
    },
    figures=dict.fromkeys(("lengths", "timeline", "outlets"), ("corpus.documents",)),
    in_one_line=in_one_line,
)
