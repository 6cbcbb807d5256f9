"""Batches of documents: what is sent to a worker at once, and what comes back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from research.loading.documents import Document
from research.nlp.cluster.remote import packed, piece, unpacked
from research.nlp.layers import Making, Tables
from research.nlp.processes import MOST_KILLED, Call, Killed

_DOCUMENTS, _CHARACTERS = 8, 32_000
"""The most that is sent at once: about half a second of work, so that nothing goes on for long after Ctrl-C and no
worker waits long for the last one. What Dask itself takes for a batch, some four milliseconds, is small beside it."""
_HELD = 1_000_000
"""The most characters of a batch with the documents between, of which the cache has all."""


@dataclass(eq=False)
class Batch:
    """Consecutive documents of a corpus, and the calls that annotate them; a worker makes those that are not done.

    ``parts`` are the batches, of one document each, that take its place when a worker died with it.
    """

    work: list[tuple[Document, Call[Tables]]]
    killed: int = 0
    answer: bytes | None = None
    parts: list[Batch] = field(default_factory=list)

    @property
    def pieces(self) -> list[Making]:
        """The calls that a worker makes."""
        return [call for _, call in self.work if isinstance(call, Making)]

    @property
    def alone(self) -> bool:
        """Whether it must have a worker to itself, so that nothing else is blamed for the death of that worker."""
        return self.killed > 0

    @property
    def message(self) -> bytes:
        """What is sent to a worker."""
        return packed([piece(it) for it in self.pieces])

    @property
    def is_finished(self) -> bool:
        """Whether all its results are known."""
        if self.parts:
            return all(it.is_finished for it in self.parts)
        return not self.pieces or self.answer is not None or self.killed >= MOST_KILLED

    def worker_died(self) -> list[Batch]:
        """Note that a worker died with it; return the batches that are to be sent instead, one document each."""
        self.killed += 1
        if len(self.work) == 1:
            return [] if self.is_finished else [self]
        self.parts = [Batch([it], self.killed) for it in self.work]
        return [it for it in self.parts if not it.is_finished]

    def results(self) -> Iterator[tuple[Document, Tables | Killed]]:
        """Yield the documents with their tables, in order, when it is finished."""
        if self.parts:
            for part in self.parts:
                yield from part.results()
            return
        made: Iterator[Any] = iter(()) if self.answer is None else iter(unpacked(self.answer)[1])
        for document, call in self.work:
            if not isinstance(call, Making):
                yield document, call()
            else:
                yield document, Killed() if self.answer is None else next(made)


def in_batches(work: Iterable[tuple[Document, Call[Tables]]]) -> Iterator[Batch]:
    """Divide work into batches of bounded size, in order."""
    batch, pieces, characters, held = Batch([]), 0, 0, 0
    for document, call in work:
        size = len(document.text)
        asked = isinstance(call, Making)
        if batch.work and (held + size > _HELD or (asked and pieces and characters + size > _CHARACTERS)):
            yield batch
            batch, pieces, characters, held = Batch([]), 0, 0, 0
        batch.work.append((document, call))
        held += size
        if asked:
            pieces, characters = pieces + 1, characters + size
        if pieces == _DOCUMENTS:
            yield batch
            batch, pieces, characters, held = Batch([]), 0, 0, 0
    if batch.work:
        yield batch
