"""Copies: the documents of a corpus that repeat another one, found once and kept in the cache."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from research.loading import Corpus, Document, duplicates
from research.loading.corpus import Progress
from research.loading.duplicates import Copy, Duplicates
from research.nlp import versions
from research.nlp.cache import Cache

_BEHIND_READERS = ("charset-normalizer", "lxml", "numpy", "pyyaml")
"""Libraries of the room loading other than those of its readers, whose releases are in a corpus' digest."""


def copies_in(corpus: Corpus, progress: Progress | None = None) -> Duplicates:
    """Return the documents of a corpus that repeat another one, from the cache if it holds them."""
    version = f"copies {reading_version()}"
    with Cache() as cache:
        kept = cache.get(corpus.documents_digest, version)
        if kept is None:
            found = duplicates.find(_told(corpus, progress))
            kept = {document_id: list(copy) for document_id, copy in found.items()}
            cache.put(corpus.documents_digest, version, kept)
    return {document_id: Copy(*copy) for document_id, copy in kept.items()}


@cache
def reading_version() -> str:
    """Return what a document's text and date depend on beside its file, as a hash: the room loading, its libraries."""
    return versions.version(_BEHIND_READERS, versions.digest(["loading"]))


def _told(corpus: Corpus, progress: Progress | None) -> Iterator[Document]:
    """Yield the documents of a corpus, and tell progress about each."""
    for done, document in enumerate(corpus, start=1):
        yield document
        if progress is not None:
            progress(done, len(corpus))
