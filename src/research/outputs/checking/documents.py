"""The documents of a run, where they are at hand and still the same."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from research.errors import ResearchError
from research.loading import Corpus, load
from research.loading.places import find_source
from research.outputs.checking.cited import Run
from research.outputs.folder.sources import remembered_source

_MOST = 5_000
"""Documents of the largest collection that is read to look up a quotation."""


def source_of(run: Run) -> Path | None:
    """Return where the documents of a run are, if they are at hand."""
    try:
        found = find_source(remembered_source(run.folder) or run.manifest["source"]["name"])
    except (ResearchError, OSError):
        return None
    return found if found.exists() else None


@lru_cache(maxsize=4)
def corpus_of(run: Run) -> Corpus | None:
    """Return the documents of a run; None where they are not at hand, or too many to be read for a report."""
    place = source_of(run)
    if place is None or len(run.manifest["source"]["documents"]) > _MOST:
        return None
    try:
        return load(place)
    except ResearchError:
        return None


@lru_cache(maxsize=64)
def text_of_document(run: Run, document_id: str) -> str:
    """Return the text of a document as it was when the run was made; empty where that is not at hand."""
    corpus = corpus_of(run)
    known = {entry["id"]: entry["sha256"] for entry in run.manifest["source"]["documents"]}
    if corpus is None or document_id not in corpus:
        return ""
    try:
        document = corpus[document_id]
    except ResearchError:
        return ""
    return document.text if document.origin.sha256 == known.get(document_id) else ""
