"""All annotations of a corpus as JSON Lines."""

from __future__ import annotations

from collections.abc import Iterator

from research.loading import Corpus
from research.loading.corpus import Progress
from research.nlp.annotate import Annotations
from research.outputs.folder.writing import json_line


def extract(corpus: Corpus, progress: Progress | None = None, jobs: int = 1) -> Iterator[str]:
    """Yield each document's annotations as a line of JSON, as soon as it is annotated.

    A line has ``doc``, ``sha256`` (of the file), ``date``, ``attributions`` (``source``, ``cue`` and ``content`` as
    lists of start and end, ``speaker``, ``speaker_label``, ``office``, ``kind``, ``confidence``) and ``mentions``
    (``start``, ``end``, ``text``, ``type``, ``entity``, ``country``, ``confidence``). Offsets count characters of the
    document's text, end exclusive. Statements within another statement are left out.
    """
    for annotated in Annotations(corpus, layers=["statements"]).stream(progress, jobs):
        record = annotated.record()
        top = [dict(it) for it in record["attributions"] if it["level"] == 0]
        for attribution in top:
            del attribution["level"]
        yield json_line(record | {"attributions": top})
