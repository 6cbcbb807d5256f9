"""Documents that were read and cannot be annotated, because they end every process that tries.

They are rejected, as files are that cannot be read, and remembered in the cache, so that notebooks leave them out too.
"""

from __future__ import annotations

import hashlib
import os

from research.errors import EmptySource
from research.loading import Corpus, load
from research.loading.corpus import Progress
from research.nlp import layers
from research.nlp.cache import Cache
from research.nlp.processes import MOST_KILLED

_REASON = f"annotating it ended {MOST_KILLED} processes, one after another"
_REMEDY = "Divide it into shorter documents, or leave it out. Its process may need more memory than there is."


def load_annotatable(
    source: str | os.PathLike[str],
    progress: Progress | None = None,
    judgements: str | os.PathLike[str] | None = None,
) -> Corpus:
    """Read a source as ``load`` does, without the documents that an earlier run had to reject.

    Raises ``EmptySource`` where no other is left.
    """
    corpus = load(source, progress, judgements)
    with Cache() as cache:
        # Each rejection is kept with the documents as they were before.
        while isinstance(document_id := cache.get(corpus.documents_digest, _version()), str) and document_id in corpus:
            _reject(corpus, document_id)
    return corpus


def reject(corpus: Corpus, document_id: str, cache: Cache) -> None:
    """Reject a document of a corpus, and remember it. Raises ``EmptySource`` where no other is left."""
    cache.put(corpus.documents_digest, _version(), document_id)
    _reject(corpus, document_id)


def _reject(corpus: Corpus, document_id: str) -> None:
    corpus.reject(document_id, _REASON, _REMEDY)
    if len(corpus) == 0:
        raise EmptySource(f"No document of {corpus.name!r} is left: {document_id}: {_REASON}. {_REMEDY}")


def _version() -> str:
    """The name under which the cache keeps a rejection; another release of a layer may do without it."""
    versions = " ".join(layers.version(name) for name in layers.names())
    return f"rejected {hashlib.sha256(versions.encode()).hexdigest()}"
