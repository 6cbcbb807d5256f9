"""Put judgements into ``judgements.csv``: whole or not at all, and nobody's rows but the coder's own are replaced."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from research.analysis.judging.items import Item
from research.loading.judgements import SENTENCE, Judgement, Judgements, merged, read_judgements, written
from research.outputs.folder.writing import write_text
from research.outputs.judging.reading import Judged, decided

Key = tuple[str, int, int, str, str]


class Merged(NamedTuple):
    """How many sentences are new in the file, how many a coder has judged anew, and how many are as they were."""

    new: int
    anew: int
    same: int


def rows_on(item: Item, coder: str, rows: Iterable[Judgement]) -> list[Judgement]:
    """Return a coder's rows about a sentence and about what begins in it.

    Rows on a text that has changed since are about other words at the same place, unless the sentence is as it was.
    """
    found = {(it.what, it.span.start, it.span.end) for it in item.found}
    own = [row for row in rows if (row.document, row.coder) == (item.doc_id, coder)]
    sentence = (SENTENCE, *item.span, item.text)
    as_it_was = any((row.judged, row.start, row.end, row.exact) == sentence for row in own)
    return [
        row
        for row in own
        if (as_it_was or row.sha256 == item.sha256)
        and ((row.judged, row.start, row.end) in found or item.span.start <= row.start < item.span.end)
    ]


def merge_into(path: Path, judged: Sequence[Judged]) -> Merged:
    """Add judgements to a file, or make it.

    Of one coder's verdicts on a sentence the later replaces the earlier. Rows of others, and rows that are not
    understood, stay. Raises ``SourceError`` for a file that is no table of judgements, and ``RunError`` where it cannot
    be written.
    """
    before = read_judgements(path.read_bytes()) if path.exists() else Judgements()
    counts = {"new": 0, "anew": 0, "same": 0}
    gone: set[Key] = set()
    now: list[Judgement] = []
    for _, item, coder, rows in judged:
        earlier = {it.key: it for it in rows_on(item, coder, before.by_document.get(item.doc_id, ()))}
        same = {key: decided(it) for key, it in earlier.items()} == {it.key: decided(it) for it in rows}
        counts["same" if same else "anew" if earlier else "new"] += 1
        gone |= earlier.keys()
        # Columns that the coder added in the file belong to the sentence, whatever the verdict on it.
        now += [replace(it, further=earlier[it.key].further) if it.key in earlier else it for it in rows]
    kept = [row for row in before.entries if row.key not in gone]
    write_text(path, written(merged(kept, now), before.unread))
    return Merged(**counts)
