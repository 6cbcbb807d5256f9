"""The names that a coder can choose a speaker from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from research.nlp.annotate import Annotations

MOST = 500
"""The most names of the corpus that are offered; any other can be typed."""


class Names(NamedTuple):
    """The names of each document, and those of the whole corpus."""

    of_documents: Mapping[str, Sequence[str]]
    of_corpus: Sequence[str]

    def of(self, doc_id: str) -> list[str]:
        """Return the names for a passage of a document: its own first, each once."""
        return list(dict.fromkeys([*self.of_documents.get(doc_id, ()), *self.of_corpus]))


def names(annotations: Annotations, documents: Collection[str]) -> Names:
    """Return the names to choose from in some documents.

    A document has its speakers and those it mentions, in the order of the text. The corpus has the names of
    ``speakers.csv``, then its speakers, the most frequent first.
    """
    wanted = set(documents)
    of_documents: dict[str, list[str]] = {}
    spoken: Counter[str] = Counter()
    for annotated in annotations:
        speakers = [it.speaker for it in annotated.attributions if it.speaker]
        spoken.update(speakers)
        if annotated.document.id in wanted:
            named = [it.entity for it in annotated.mentions if it.entity and it.type in ("PERSON", "ORG")]
            of_documents[annotated.document.id] = list(dict.fromkeys([*speakers, *named]))
    known = [entry.name for entry in annotations.corpus.speakers.entries]
    frequent = sorted(spoken, key=lambda name: (-spoken[name], name))
    return Names(of_documents, list(dict.fromkeys([*known, *frequent]))[:MOST])
