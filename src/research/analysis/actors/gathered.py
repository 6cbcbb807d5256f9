"""The passages behind the findings of 03_actors, gathered in one pass over the documents."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from research.analysis.evidence import Evidence, Passages, passage
from research.analysis.measured import Known, known
from research.loading import Span
from research.nlp.annotate import Annotations
from research.nlp.english import is_english

if TYPE_CHECKING:
    import pandas as pd

MEASURES = ("mentions.countries",)
"""What findings about countries rest on."""


@dataclass
class Gathered:
    """The passages behind the findings, in the order of the mentions."""

    complete: bool
    """Whether the documents are a full population."""
    mentions: Passages = field(default_factory=Passages)
    """Each mention as one passage."""
    openings: Passages = field(default_factory=Passages)
    """The first sentence of each document in English."""
    documents: list[str] = field(default_factory=list)
    """The documents in English."""
    kinds: dict[str, str] = field(default_factory=dict)
    """The kind of each document in English."""

    def known(self, rows: pd.DataFrame) -> Known:
        """Return what is known about the errors behind a finding that rests on these mentions."""
        return known(*MEASURES, of=Counter(rows["doc_id"].map(self.kinds)), unit="mentions")

    def sentences(self, rows: pd.DataFrame, annotations: Annotations) -> Evidence:
        """Return stretches of text as passages; ``rows`` has the columns ``doc_id, start, end``."""
        found = Passages()
        for doc_id, its in rows.groupby("doc_id", sort=False):
            document = annotations.corpus[str(doc_id)]
            found.add(*(passage(document, Span(*span)) for span in zip(its["start"], its["end"], strict=True)))
        return found


def gathered(annotations: Annotations, mentions: pd.DataFrame) -> Gathered:
    """Return the passages of the mentions of a corpus, which are given in its order."""
    found = Gathered(annotations.corpus.complete)
    rows = {str(doc_id): its for doc_id, its in mentions.groupby("doc_id", sort=False)}
    for annotated in annotations:
        document = annotated.document
        if not is_english(annotated.language):
            continue  # names are recognised in English only
        found.documents.append(document.id)
        found.kinds[document.id] = annotated.kind
        found.openings.add(passage(document, annotated.opening))
        if document.id in rows:
            its = rows[document.id]
            found.mentions.add(*(passage(document, Span(*span)) for span in zip(its["start"], its["end"], strict=True)))
    return found
