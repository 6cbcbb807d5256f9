"""The passages behind the findings of 03_actors, gathered in one pass over the documents."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from research.analysis.evidence import Passages, passage
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
    sentences: Passages = field(default_factory=Passages)
    """The sentences that name the pair with a finding, each from the first mention of the two to the last."""
    openings: Passages = field(default_factory=Passages)
    """The first sentence of each document in English."""
    documents: list[str] = field(default_factory=list)
    """The documents in English."""
    kinds: dict[str, str] = field(default_factory=dict)
    """The kind of each document in English."""

    def known(self, rows: pd.DataFrame) -> Known:
        """Return what is known about the errors behind a finding that rests on these mentions."""
        return known(*MEASURES, of=Counter(rows["doc_id"].map(self.kinds)), unit="mentions")


def gathered(annotations: Annotations, mentions: pd.DataFrame, sentences: pd.DataFrame) -> Gathered:
    """Return the passages of the mentions of a corpus, which are given in its order.

    ``sentences`` are further passages (``doc_id, start, end``), in the same order.
    """
    found = Gathered(annotations.corpus.complete)
    named, said = _by_document(mentions), _by_document(sentences)
    for annotated in annotations:
        document = annotated.document
        if not is_english(annotated.language):
            continue  # names are recognised in English only
        found.documents.append(document.id)
        found.kinds[document.id] = annotated.kind
        found.openings.add(passage(document, annotated.opening))
        found.mentions.add(*(passage(document, span) for span in named.get(document.id, ())))
        found.sentences.add(*(passage(document, span) for span in said.get(document.id, ())))
    return found


def _by_document(rows: pd.DataFrame) -> dict[str, list[Span]]:
    spans: dict[str, list[Span]] = {}
    for doc_id, start, end in zip(rows["doc_id"], rows["start"], rows["end"], strict=True):
        spans.setdefault(doc_id, []).append(Span(int(start), int(end)))
    return spans
