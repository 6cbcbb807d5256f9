"""Parts of a run's files that are about one document, kept in the cache, so that a changed document renews its own.

The last part of each kind is kept for a document, with a digest of everything that it was made from. So the cache grows
with the documents and not with the runs, and a part is never used for anything else than what it was made from.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import Any

from research.loading import Document
from research.nlp import versions
from research.nlp.cache import Cache
from research.outputs.folder.manifest import code_digest
from research.outputs.folder.writing import json_line

_LARGEST = 200_000
"""The most characters of a document whose parts are kept: they are held in memory as a whole."""


class KeptParts:
    """Parts of one kind, such as the pages that show a document.

    They depend on the ``libraries`` and the code of this package, on their document, and on what ``of`` is told.
    """

    def __init__(self, cache: Cache, kind: str, libraries: Iterable[str]) -> None:
        self._cache, self._kind = cache, f"part {kind}"
        self._version = versions.version(libraries, code_digest())

    def of(self, document: Document, rests_on: Any, make: Callable[[], Iterable[Any]]) -> Iterable[Any]:
        """Return what ``make`` makes of a document and of what else it ``rests_on``; both are of JSON's types.

        Nothing of a very long document is kept.
        """
        if len(document.text) > _LARGEST:
            return make()
        whole = json_line([self._version, document.id, rests_on])
        digest = hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()
        kept = self._cache.get(document.digest, self._kind)
        if isinstance(kept, list) and len(kept) == 2 and kept[0] == digest and isinstance(kept[1], list):
            return kept[1]
        made = list(make())
        self._cache.put(document.digest, self._kind, [digest, made])
        return made
