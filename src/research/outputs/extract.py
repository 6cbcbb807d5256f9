"""All annotations of a corpus as JSON Lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from research.loading import Corpus
from research.loading.corpus import Progress
from research.nlp import layers
from research.nlp.annotate import Annotations
from research.outputs.folder.writing import json_line

if TYPE_CHECKING:
    from research.nlp.cluster.client import Cluster


def extract(
    corpus: Corpus, progress: Progress | None = None, jobs: int = 1, cluster: Cluster | None = None
) -> Iterator[str]:
    """Yield each document's annotations as a line of JSON, as soon as it is annotated.

    A line has ``doc``, ``sha256`` (of the file), ``date``, ``attributions`` (``source``, ``cue`` and ``content`` as
    lists of start and end, ``speaker``, ``speaker_label``, ``office``, ``kind``, ``confidence``) and ``mentions``
    (``start``, ``end``, ``text``, ``type``, ``entity``, ``country``, ``confidence``). Offsets count characters of the
    document's text, end exclusive. Statements within another statement are left out.
    """
    for annotated in Annotations(corpus, layers=layers.extracted()).stream(progress, jobs, cluster):
        yield json_line({name: _extracted(name, value) for name, value in annotated.record().items()})


def _extracted(name: str, value: Any) -> Any:
    """Return a table as it is written, without the records that are left out; any other value as it is."""
    if not isinstance(value, list) or (record_type := layers.record_type(name)) is None:
        return value
    return [record for it in value if (record := record_type.extracted(it)) is not None]
