"""The passages behind the findings of 02_statements, gathered in one pass over the documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from research.analysis.evidence import Passages, passage
from research.analysis.findings import Finding, Measure
from research.analysis.making import not_computable
from research.analysis.measured import Known, known
from research.analysis.rows import ByDocument
from research.analysis.statistics.ratios import of_ratio
from research.analysis.statistics.uncertainty import Interval
from research.analysis.wording import listed, plural
from research.loading import Span
from research.nlp.accuracy import TURN
from research.nlp.annotate import Annotations
from research.nlp.english import is_english
from research.nlp.records import spans

if TYPE_CHECKING:
    import pandas as pd

HEADLINE_SPEAKERS = 3
"""The number of speakers with a finding where none are asked for; the tables list all."""

_BY_NAME = (
    "The source is identified within its document; names that differ in capitals or a middle initial alone, and the "
    "names of one state, are one speaker."
)
_BY_ANALYST = "speakers.csv, which the analyst wrote, says which names are one person's and who holds an office when."


@dataclass
class Gathered:
    """The passages behind the findings, in the order of the statements."""

    least_confidence: float
    named_by: str
    """How names are told, in one or two sentences."""
    complete: bool
    """Whether the documents are a full population."""
    statements: Passages = field(default_factory=Passages)
    """Each statement as one passage, from its first character to its last."""
    parts: Passages = field(default_factory=Passages)
    """The parts of each statement's content."""
    n_parts: list[int] = field(default_factory=list)
    """The number of parts of each statement's content."""
    openings: Passages = field(default_factory=Passages)
    """The first statement of each document in English, or its first sentence where it has none."""
    documents: list[str] = field(default_factory=list)
    """The documents in English."""
    kinds: dict[str, str] = field(default_factory=dict)
    """The kind of each document in English."""
    attributing: set[str] = field(default_factory=set)
    """The documents with a statement."""

    @property
    def parameters(self) -> dict[str, Any]:
        """The parameters behind every finding."""
        return {"least_confidence": self.least_confidence}

    def known(self, *names: str, rows: pd.DataFrame) -> Known:
        """Return what is known about the errors behind a finding that rests on these statements.

        Without any statement it rests on the documents in which none was found.
        """
        if rows.empty:
            return known(*names, of=Counter(self.kinds.values()), unit="documents")
        of = rows["doc_id"].map(self.kinds).where(rows["kind"] != TURN, TURN)
        return known(*names, of=Counter(of), unit="statements")

    @property
    def found(self) -> str:
        """How the statements were found, in one sentence."""
        least = f"{self.least_confidence:g}"
        return f"A model extracts the statements; those below a confidence of {least} are not counted."

    def in_parts(self, counted: pd.Series[bool], base: pd.Series[bool], noun: str) -> str:
        """Return a sentence on why passages are more than statements, with a blank before it; empty where they are not.

        ``counted`` and ``base`` say which statements count, and ``noun`` is what one of them is called.
        """
        told = [
            f"the {plural(n, noun)} {where} {'has' if n == 1 else 'have'} {plural(passages, 'passage')}"
            for its, where in ((counted, "counted"), (base, "in the base"))
            if (n := int(its.sum())) != (passages := int((its * self.n_parts).sum()))
        ]
        return f" A {noun} in several parts has a passage for each: {listed(told)}." if told else ""

    def too_little(self, key: str, subject: str, reason: str, *, unit: str, measure: Measure, method: str) -> Finding:
        """Return the finding for a corpus without what it is about."""
        n = len(self.documents)
        return not_computable(key, subject, reason, unit=unit, measure=measure, method=method, n_documents=n)


def gathered(annotations: Annotations, statements: pd.DataFrame, least_confidence: float) -> Gathered:
    """Return the passages of the statements of a corpus, which are given in its order."""
    by_name = f"{_BY_NAME} {_BY_ANALYST}" if annotations.corpus.speakers.entries else _BY_NAME
    found = Gathered(least_confidence, by_name, annotations.corpus.complete)
    rows = ByDocument(statements)
    for annotated in annotations:
        document = annotated.document
        if not is_english(annotated.language):
            continue  # statements are extracted from English only
        found.documents.append(document.id)
        found.kinds[document.id] = annotated.kind
        if document.id not in rows:
            found.openings.add(passage(document, annotated.opening))
            continue
        its = rows[document.id]
        whole = [passage(document, Span(*span)) for span in zip(its["start"], its["end"], strict=True)]
        parts = [spans(content) for content in its["content_at"]]
        found.statements.add(*whole)
        found.parts.add(*(passage(document, span) for spans in parts for span in spans))
        found.n_parts.extend(map(len, parts))
        found.openings.add(whole[0])
        found.attributing.add(document.id)
    return found


def over_documents(evidence: Gathered, rows: pd.DataFrame, documents: Iterable[str] | None = None) -> Interval | None:
    """Return the interval of a share: the sum of ``counted`` over that of ``base``, over documents (``of_ratio``).

    ``documents`` are those it is over, by default all in English.
    """
    table = rows.groupby("doc_id")[["counted", "base"]].sum().astype("int64")
    table = table.reindex(evidence.documents if documents is None else list(documents), fill_value=0)
    return of_ratio(table["counted"].to_numpy(), table["base"].to_numpy(), share=True, complete=evidence.complete)
