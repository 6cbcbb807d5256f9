"""Put judgements into ``judgements.csv``: whole or not at all, and nobody's rows but the coder's own are replaced."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from research.analysis.judging.items import Item
from research.errors import RunError, SourceError
from research.loading.judgements import SENTENCE, Judgement, Judgements, merged, read_judgements, written
from research.nlp.cache import cache_folder
from research.outputs.folder.writing import said_plainly, write_text
from research.outputs.judging.reading import Judged, decided

Key = tuple[str, int, int, str, str]


_WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


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
    understood, stay. Programs that judge at the same time wait for one another. Raises ``SourceError`` for a file that
    is no table of judgements, and ``RunError`` where it cannot be written.
    """
    with alone_with(path):
        return _merge_into(path, judged)


@contextmanager
def alone_with(path: Path) -> Iterator[None]:
    """Keep other sessions from a file of judgements. Raises ``RunError`` where one keeps it for long.

    The lock is in the cache, because nothing but judgements belongs beside the documents.
    """
    from filelock import FileLock, Timeout

    locks = cache_folder() / "locks"
    lock = FileLock(locks / hashlib.sha256(str(path.resolve()).encode()).hexdigest(), timeout=_MOST_SECONDS)
    with said_plainly(locks, "Free some space there, or name another folder for the cache in RESEARCH_CACHE."):
        locks.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire()
        except Timeout:
            raise RunError(f"Another program is writing {path.name}. Nothing was saved; answer again.") from None
    try:
        yield
    finally:
        lock.release()


_MOST_SECONDS = 5


def read_file(path: Path) -> Judgements:
    """Return what a file of judgements says; nothing without the file.

    Raises ``SourceError`` for a file that cannot be read, or is no table of judgements.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Judgements(name=path.name)
    except OSError as error:
        raise SourceError(f"{path.name} cannot be opened ({error.strerror}). Check that you may read it.") from None
    return read_judgements(data, path.name)


def _merge_into(path: Path, judged: Sequence[Judged]) -> Merged:
    before = read_file(path)
    if path.exists() and not path.stat().st_mode & _WRITABLE:
        # The file is replaced as a whole, which its folder alone would allow.
        raise RunError(f"{path.name} is read-only, so nothing was saved. Allow writing to it, then do it again.")
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
