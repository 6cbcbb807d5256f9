"""What a run keeps of its source: how the collection asks to be cited, and each document as what it is."""

from __future__ import annotations

import re
from typing import Any

from research.loading import Corpus

SINGLY = 200
"""Up to how many documents are cited one by one, and read for what they are."""

_LEAD = 500
"""Characters at the head of a document that are searched for its outlet."""
# "…said in a comment to the Harbour Post correspondent": in its lead, an article speaks so of its own people. Of the
# 924 articles of PolNeAR none does; two tell further down what was said to a reporter of another outlet.
_OWN_PEOPLE = re.compile(
    r"\b(?:comment|interview|remarks|statement)s? (?:to|with) (?:a |an |the )?"
    r"((?:[A-Z][\w-]{1,30} ){1,4})(?:correspondent|reporter)\b"
)


def source_block(corpus: Corpus) -> dict[str, Any]:
    """The source as the manifest lists it: its name, its citation, its documents and how many were left out.

    A document has ``id, date, path, sha256, title, outlet`` and ``inferred``, which says that the outlet is none that
    the file names but one that its text speaks of. None stands for what is not known.
    """
    documents = corpus.documents[["doc_id", "date", "path", "sha256", "title", "source"]].rename(
        columns={"doc_id": "id", "source": "outlet"}
    )
    entries = [{**entry, "inferred": False} for entry in documents.to_dict("records")]
    if len(entries) <= SINGLY:
        for entry, document in zip(entries, corpus, strict=True):
            if entry["outlet"] is None and (outlet := inferred_outlet(document.text)):
                entry.update(outlet=outlet, inferred=True)
    return {
        "name": corpus.name,
        "citation": {str(name): str(value) for name, value in getattr(corpus, "citation", {}).items()},
        "documents": entries,
        "rejected": len(corpus.rejected),
    }


def dates_of(corpus: Corpus) -> dict[str, str | None]:
    """The date of each document by its id; None for one that carries none."""
    documents = corpus.documents
    return dict(zip(documents["doc_id"], documents["date"], strict=True))


def inferred_outlet(text: str) -> str | None:
    """The outlet whose own correspondent or reporter a text speaks of at its head; None for none or several.

    >>> inferred_outlet("“The harbour stays open,” she said in an interview with the Harbour Post correspondent.")
    'Harbour Post'
    """
    named = {match[1].strip() for match in _OWN_PEOPLE.finditer(text[:_LEAD])}
    return named.pop() if len(named) == 1 else None
