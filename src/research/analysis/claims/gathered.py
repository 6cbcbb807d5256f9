"""The passages behind the findings of 04_claims, gathered in one pass over the documents."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from research.analysis.declaring import PLACE
from research.analysis.evidence import Evidence, Passages, passage
from research.analysis.findings import Finding, Measure
from research.analysis.making import not_computable
from research.analysis.measured import Known, known
from research.analysis.statistics.ratios import of_ratio
from research.analysis.statistics.uncertainty import Interval
from research.loading import Document, Span
from research.nlp.accuracy import TURN
from research.nlp.annotate import Annotations
from research.nlp.annotated import AnnotatedDocument
from research.nlp.english import is_english

if TYPE_CHECKING:
    import pandas as pd

_FOUND = (
    "Rules find the figures, what they measure and their period; a model finds the statements that they are in, and "
    "those below a confidence of {least:g} are not counted."
)
WHOSE = (
    "A figure is asserted by the speaker of the statement that it is in, else by the speaker of the document, else by "
    "the text itself."
)
NOT_CHECKED = "Nothing says whether it is true."

MEASURES = ("quantities.values", "attributions.linked", "speakers.agreement")
"""What findings about figures and who asserts them rest on."""


@dataclass
class Gathered:
    """The passages behind the findings, in the order of the corpus, and what is known of the documents in English."""

    least_confidence: float
    complete: bool
    """Whether the documents are a full population."""
    figures: Passages = field(default_factory=Passages)
    claims: Passages = field(default_factory=Passages)
    sentences: Passages = field(default_factory=Passages)
    """The sentence around each figure, where it is more than the figure."""
    kinds: dict[str, str] = field(default_factory=dict)
    """The kind of each document in English; ``turn`` for one with turns."""

    @property
    def documents(self) -> list[str]:
        """The documents in English."""
        return list(self.kinds)

    @property
    def parameters(self) -> dict[str, Any]:
        """The parameters behind every finding."""
        return {"least_confidence": self.least_confidence}

    def method(self, *more: str) -> str:
        """Return how figures and whose they are were found, and what a finding says beyond that."""
        return " ".join([_FOUND.format(least=self.least_confidence), *more])

    def known(self, *names: str, rows: pd.DataFrame) -> Known:
        """Return what is known about the errors behind a finding that rests on these rows of a table."""
        if rows.empty:
            return known(*names, of=Counter(self.kinds.values()), unit="documents")
        return known(*names, of=Counter(rows["doc_id"].map(self.kinds)), unit="passages")

    def interval(self, rows: pd.DataFrame, counted: pd.Series[bool]) -> Interval | None:
        """Return the interval of the share of rows that are counted, over documents."""
        table = rows.assign(counted=counted.astype("int64"), base=1).groupby("doc_id")[["counted", "base"]].sum()
        table = table.astype("int64").reindex(self.documents, fill_value=0)
        return of_ratio(table["counted"].to_numpy(), table["base"].to_numpy(), share=True, complete=self.complete)

    def too_little(self, key: str, subject: str, reason: str, *, unit: str, measure: Measure, method: str) -> Finding:
        """Return the finding for a corpus without what it is about."""
        n = len(self.kinds)
        return not_computable(key, subject, reason, unit=unit, measure=measure, method=method, n_documents=n)


def gathered(
    annotations: Annotations, quantities: pd.DataFrame, claims: pd.DataFrame, least_confidence: float
) -> Gathered:
    """Return the passages of the figures and claims of a corpus."""
    found = Gathered(least_confidence, annotations.corpus.complete)
    figures_of, claims_of = _places(quantities), _places(claims)
    for annotated in annotations:
        document = annotated.document
        if is_english(annotated.language):
            found.kinds[document.id] = _kind_of(annotated)
        found.figures.add(*_passages(document, figures_of.get(document.id, ())))
        found.claims.add(*_passages(document, claims_of.get(document.id, ())))
    return found


def _kind_of(annotated: AnnotatedDocument) -> str:
    return TURN if any(it.kind == TURN for it in annotated.attributions) else annotated.kind


def _places(table: pd.DataFrame) -> dict[str, list[tuple[int, int]]]:
    """Return the places of the rows of each document, in the order of the text."""
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for doc_id, start, end in zip(table["doc_id"], table["start"], table["end"], strict=True):
        places[doc_id].append((start, end))
    return {doc_id: sorted(its) for doc_id, its in places.items()}


def _passages(document: Document, places: Iterable[tuple[int, int]]) -> list[Any]:
    return [passage(document, Span(*place)) for place in places]


def at_rows(evidence: Evidence, rows: pd.DataFrame) -> Evidence:
    """Return the passages that are at the places of some rows."""
    places = set(rows[list(PLACE)].itertuples(index=False, name=None))
    return evidence.where(lambda row: (row.doc_id, row.start, row.end) in places)
