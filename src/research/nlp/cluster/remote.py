"""What happens on a worker: it says which release it has, and annotates batches of documents.

Batches and answers are compressed JSON, so that nothing is unpickled but what Dask itself passes.
"""

from __future__ import annotations

import hashlib
import json
import threading
import traceback
import zlib
from collections.abc import Mapping
from functools import cache
from importlib import metadata
from typing import Any
from unicodedata import unidata_version

from research.loading.documents import Document, Origin, Span
from research.nlp import layers, versions

_CODE = ("loading/documents.py", "nlp/cluster", "nlp/layers.py", "nlp/versions.py")
"""What a result depends on beside the files of the layers."""
_TOLD = ("text", "language", "date", "title", "source", "speaker", "kind")
"""What an annotator sees of a document, beside its body and its metadata; see ``Document.digest``."""
_ONE_AT_A_TIME = threading.Lock()


@cache
def release() -> dict[str, str]:
    """Return what the results of this process depend on: the package, the code of each layer, and the libraries."""
    libraries = sorted({library for it in layers.LAYERS for library in it.libraries})
    return {
        "On the Record": metadata.version("on-the-record"),
        # Of each layer its own files, without those of the layers that it needs: the model is read once.
        **{f"the code of the layer {it.name}": versions.digest(it.files)[:16] for it in layers.LAYERS},
        "the code for clusters": versions.digest(_CODE)[:16],
        "Unicode": unidata_version,
        **{library: metadata.version(library) for library in libraries},
    }


def fingerprint() -> str:
    """Return ``release`` as a short hash."""
    return hashlib.sha256(json.dumps(release()).encode()).hexdigest()[:16]


def packed(value: Any) -> bytes:
    """Return a value of JSON's types as it travels."""
    return zlib.compress(json.dumps(value, separators=(",", ":")).encode(), 1)


def unpacked(data: bytes) -> Any:
    """Return what ``packed`` packed."""
    return json.loads(zlib.decompress(data))


def piece(making: layers.Making) -> list[Any]:
    """Return in JSON's types what a worker needs to make layers of a document: no id, no path, nothing of a disk."""
    document = making.document
    told = {name: getattr(document, name) for name in _TOLD}
    return [{**told, "body": document.body, "metadata": dict(document.metadata)}, making.layers, making.known]


def annotated(batch: bytes) -> bytes:
    """Annotate a batch of pieces; this is what a worker calls.

    Return the fingerprint of the worker, and the tables of each piece or, for a fault of an annotator, its traceback:
    Dask would pickle the exception, and the client waits for ever for one that it cannot read. A worker with several
    threads takes batches one at a time: they would wait for each other in any case.
    """
    with _ONE_AT_A_TIME:
        try:
            made: list[layers.Tables] | str = [_making(*it)() for it in unpacked(batch)]
        except Exception:
            made = traceback.format_exc()
    return packed([fingerprint(), made])


def _making(told: Mapping[str, Any], wanted: list[str], known: layers.Tables) -> layers.Making:
    said = {name: value for name, value in told.items() if name != "body"}
    document = Document(id="", origin=Origin("", "", ""), body=Span(*told["body"]), **said)
    return layers.Making(document, tuple(wanted), known)
