"""The collection as the manifest describes it: how to cite it, and each document with its title, date and outlet."""

from __future__ import annotations

import re
from typing import Any

from research.loading import Corpus
from research.loading.settings import NAME as SETTINGS
from research.loading.speakers import NAME as SPEAKERS

SINGLY = 200
"""The largest number of documents that are cited one by one, and searched for their outlets."""

_LEAD = 500
"""Characters at the beginning of a document that are searched for its outlet."""
# "…said in a comment to the Harbour Post correspondent": in its lead, an article refers to its own staff like this.
# In the 924 articles of PolNeAR no lead does; two articles refer to a reporter of another outlet further down.
_OWN_PEOPLE = re.compile(
    r"\b(?:comment|interview|remarks|statement)s? (?:to|with) (?:a |an |the )?"
    r"((?:[A-Z][\w-]{1,30} ){1,4})(?:correspondent|reporter)\b"
)


def collection_block(corpus: Corpus) -> dict[str, Any]:
    """The collection for the manifest: name, the analyst's files, citation, documents and the number of rejected files.

    A document has ``id, date, path, sha256, title, outlet`` and ``inferred``, which says whether the outlet is inferred
    from the text because the file does not name one. Unknown values are None. ``settings`` has the sha256 of
    ``corpus.toml``, which decides how documents are described (title, kind, speaker), ``speakers`` that of
    ``speakers.csv`` and ``judgements`` that of ``judgements.csv``, or of the file named ``by_parameter``; a collection
    without the file has no such part.
    """
    documents = corpus.documents[["doc_id", "date", "path", "sha256", "title", "source"]].rename(
        columns={"doc_id": "id", "source": "outlet"}
    )
    entries = [{**entry, "inferred": False} for entry in documents.to_dict("records")]
    if len(entries) <= SINGLY:
        for entry, document in zip(entries, corpus, strict=True):
            if entry["outlet"] is None and (outlet := inferred_outlet(document.text)):
                entry.update(outlet=outlet, inferred=True)
    own = {
        "settings": (SETTINGS, corpus.settings_sha256),
        "speakers": (SPEAKERS, corpus.speakers.sha256),
        "judgements": (corpus.judgements.name, corpus.judgements.sha256),
    }
    parts: dict[str, dict[str, Any]] = {
        part: {"path": path, "sha256": sha256} for part, (path, sha256) in own.items() if sha256
    }
    if corpus.judgements_named and "judgements" in parts:
        parts["judgements"]["by_parameter"] = True
    return {
        "name": corpus.name,
        **parts,
        "citation": {str(name): str(value) for name, value in getattr(corpus, "citation", {}).items()},
        "documents": entries,
        "rejected": sum(it.times for it in corpus.rejected),
    }


def dates_of(corpus: Corpus) -> dict[str, str | None]:
    """The date of each document by its id; None for an undated one."""
    documents = corpus.documents
    return dict(zip(documents["doc_id"], documents["date"], strict=True))


def inferred_outlet(text: str) -> str | None:
    """The outlet whose own correspondent or reporter the lead of a text mentions; None for none or several.

    >>> inferred_outlet("“The harbour stays open,” she said in an interview with the Harbour Post correspondent.")
    'Harbour Post'
    """
    named = {match[1].strip() for match in _OWN_PEOPLE.finditer(text[:_LEAD])}
    return named.pop() if len(named) == 1 else None
