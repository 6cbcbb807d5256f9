"""A notebook and an annotator that only the tests have: which questions do the texts ask, and how do they begin?

It shows what they take: this module, an entry in ``LAYERS`` and one in ``NOTEBOOKS`` (here ``register``), and an
``.ipynb``.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from research import Annotations, Finding
from research.analysis import notebooks
from research.analysis.declaring import Notebook, Table, kept, number_of
from research.analysis.evidence import Passages, passage
from research.analysis.figures import Figure, NotComputable, horizontal_bars, new_plot, style
from research.analysis.making import of_count
from research.analysis.parameters import COPIES, Parameter, number
from research.analysis.recount import words_in
from research.analysis.wording import plural
from research.loading import Document, Span
from research.nlp import layers
from research.nlp.groups.joining import any_case
from research.nlp.layers import Layer
from research.nlp.records import Passage
from research.outputs.execution import write_notebook


def annotate(document: Document, needed: Mapping[str, list[Any]]) -> dict[str, list[Any]]:
    """Return the sentences that end in a question mark."""
    return {"questions": [it for it in needed["sentences"] if document.text[it[1] - 1] == "?"]}


LAYER = Layer(name="questions", tables={"questions": Passage}, make=annotate, needs=("sentences",), files=(__file__,))
FEWEST_WORDS = Parameter("fewest_words", number(1, 50), 2.0, "Shorter questions are not counted")
_COLUMNS = ["doc_id", "start", "end", "opening", "question", "sha256"]


@kept
def questions(annotations: Annotations, fewest_words: Any = FEWEST_WORDS.default) -> pd.DataFrame:
    """Return every sentence that ends in a question mark, one row each."""
    fewest = FEWEST_WORDS.read(fewest_words)
    rows = [
        (it.document.id, *span, it[span].split()[0], it[span], it.document.origin.sha256)
        for it in annotations
        for span in (Span(*record) for record in it.tables["questions"])
        if words_in(it[span]) >= fewest
    ]
    return pd.DataFrame(rows, columns=_COLUMNS, dtype=object)


def openings(questions: pd.DataFrame) -> pd.DataFrame:
    """Return how questions begin, the most frequent word first: ``opening, count, n_documents``."""
    groups = questions.groupby(questions["opening"].map(any_case))
    table = pd.DataFrame({"count": groups.size(), "n_documents": groups["doc_id"].nunique()}).reset_index()
    return table.sort_values(["count", "opening"], ascending=[False, True], ignore_index=True)


def chart(openings: pd.DataFrame) -> Figure | NotComputable:
    """Draw how questions begin."""
    if openings.empty:
        return NotComputable("No text asks a question.")
    with style():
        plot, axes = new_plot(height=2)
        horizontal_bars(axes, openings["opening"].tolist(), openings["count"].tolist(), "questions")
    return Figure(plot, openings, caption="How questions begin.", alt=f"{plural(len(openings), 'opening')}.")


def findings(annotations: Annotations, fewest_words: Any = FEWEST_WORDS.default) -> list[Finding]:
    """Return the number of questions."""
    table = questions(annotations, fewest_words)
    asked = {str(doc_id): its for doc_id, its in table.groupby("doc_id")}
    evidence = Passages()
    for it in annotations:
        if (its := asked.get(it.document.id)) is not None:
            evidence.add(*(passage(it.document, Span(*span)) for span in zip(its["start"], its["end"], strict=True)))
    return [
        of_count(
            "questions.asked",
            f"The texts ask {plural(len(table), 'question')}.",
            value=len(table),
            unit="passages",
            method="Sentences that end in a question mark.",
            n=len(table),
            n_documents=len(asked),
            evidence=evidence,
        )
    ]


NOTEBOOK = Notebook(
    "07_questions",
    layers=("counts", "questions"),
    findings=findings,
    parameters=(FEWEST_WORDS, COPIES),
    tables={
        "questions": Table(findings=("questions.asked",), words="question", verbatim=True),
        "openings": Table(
            identity={"opening": any_case},
            counts="questions.questions",
            numbers={"count": len, "n_documents": number_of("doc_id")},
            remedy="Ask for them in 07_questions.",
        ),
    },
    figures={"openings": ("questions.openings",)},
)


def register() -> None:
    """Add the annotator and the notebook to those of the release, in this process."""
    if LAYER not in layers.LAYERS:
        layers.LAYERS = (*layers.LAYERS, LAYER)
    if NOTEBOOK not in notebooks.NOTEBOOKS:
        *others, report = notebooks.NOTEBOOKS
        notebooks.NOTEBOOKS = (*others, NOTEBOOK, report)


_CELLS = {
    "parameters": """source = "seeds"  # type: str A file or a folder of documents
run = None  # type: str|None The run folder to write into; None: show everything, write nothing
fewest_words = 2.0  # type: float Shorter questions are not counted
copies = False  # type: bool Whether documents that repeat another one are counted too""",
    "open": """from tests import questions
questions.register()
from research import open_study

study = open_study("questions", source, run, copies=copies, fewest_words=fewest_words)""",
    "questions": """table = questions.questions(study.annotations, fewest_words)
study.table("questions", table, caption="Questions")""",
    "openings": """openings = questions.openings(table)
study.table("openings", openings, caption="How questions begin")
study.figure("openings", questions.chart(openings))""",
    "findings": """for finding in questions.findings(study.annotations, fewest_words=fewest_words):
    study.finding(finding)""",
    "close": "study.close()",
}


def write(folder: Path) -> None:
    """Write the notebook's ``.ipynb``."""
    import nbformat  # which kernels that import this module do without

    v4: Any = nbformat.v4
    cells = [v4.new_markdown_cell("# Which questions are asked?", id="question")]
    cells += [
        v4.new_code_cell(code, id=name, metadata={"tags": ["parameters"]} if name == "parameters" else {})
        for name, code in _CELLS.items()
    ]
    notebook = v4.new_notebook(cells=cells)
    notebook.metadata.kernelspec = {"display_name": "Python 3", "language": "python", "name": "python3"}
    write_notebook(notebook, folder / f"{NOTEBOOK.name}.ipynb")
