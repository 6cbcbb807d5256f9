"""A document in, its annotations out; computed once, kept in a cache.

``annotate_document`` is a pure function of the document and the annotator's version. ``Annotations``
are those of a whole corpus, streamed a document at a time or gathered into tables.
"""

from __future__ import annotations

import hashlib
import signal
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import metadata
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from research.loading import Corpus, Document, Span
from research.loading.corpus import Progress
from research.nlp import text as texts
from research.nlp.cache import Cache

if TYPE_CHECKING:
    import pandas as pd

Tables = dict[str, list[list[int]]]
"""The annotations of one document as the cache keeps them: rows by table."""


def annotate_document(document: Document) -> Tables:
    """Sentences and tokens of a document's body, each as ``[start, end]``."""
    sentences = texts.sentences(document.text, document.body.start, document.body.end)
    tokens = texts.sentence_tokens(document.text, sentences)
    return {"sentences": [list(span) for span in sentences], "tokens": [list(span) for span in tokens]}


@cache
def annotator_version() -> str:
    """A hash of all that an annotation depends on beside the document.

    That is this room's files, the release of NLTK and the Unicode tables that Python has.
    """
    digest = hashlib.sha256(f"{metadata.version('nltk')} {unicodedata.unidata_version}\n".encode())
    room = Path(__file__).parent
    for path in sorted(room.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(path.relative_to(room).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


@dataclass(frozen=True)
class AnnotatedDocument:
    """A document with its sentences, tokens and words as spans of its text."""

    document: Document
    sentences: Sequence[Span]
    tokens: Sequence[Span]

    @classmethod
    def of(cls, document: Document, tables: Tables) -> AnnotatedDocument:
        """Join a document with the rows that the annotator made of it."""
        return cls(document, *([Span(*row) for row in tables[name]] for name in ("sentences", "tokens")))

    @cached_property
    def words(self) -> list[Span]:
        """The tokens that have a letter or a digit: what every count of words here counts."""
        return [span for span in self.tokens if texts.is_word(self[span])]

    def __getitem__(self, span: Span) -> str:
        return self.document.text[span.start : span.end]


class Annotations:
    """The annotations of a corpus. Iterating streams them, a document at a time, in bounded memory."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus

    def __iter__(self) -> Iterator[AnnotatedDocument]:
        version = annotator_version()
        with Cache() as cache:
            for document in self.corpus:
                tables = cache.get(document.digest, version)
                if tables is None:
                    tables = annotate_document(document)
                    cache.put(document.digest, version, tables)
                yield AnnotatedDocument.of(document, tables)

    def fill_cache(self, progress: Progress | None = None, jobs: int = 1) -> None:
        """Annotate every document that the cache does not hold yet, in ``jobs`` processes.

        The result of a document depends on nothing but the document, so the number of processes
        changes nothing but the time.
        """
        version = annotator_version()
        with Cache() as cache, _workers(min(jobs, len(self.corpus) // _BATCH)) as workers:
            known = cache.known(version)
            done = 0
            for batch in _batches(self.corpus):
                missing = [document for document in batch if document.digest not in known]
                for document, tables in zip(missing, workers(annotate_document, missing), strict=True):
                    cache.put(document.digest, version, tables)
                done += len(batch)
                if progress is not None:
                    progress(done, len(self.corpus))

    @cached_property
    def sentences(self) -> pd.DataFrame:
        """Every sentence: ``doc_id, start, end, text``."""
        import pandas as pd

        rows = [(it.document.id, *span, it[span]) for it in self for span in it.sentences]
        return pd.DataFrame(rows, columns=["doc_id", "start", "end", "text"])


def annotate(corpus: Corpus, progress: Progress | None = None, jobs: int = 1) -> Annotations:
    """Annotate a corpus, from the cache where it can."""
    annotations = Annotations(corpus)
    annotations.fill_cache(progress, jobs)
    return annotations


_BATCH = 32
"""Documents that are held at once: enough to keep some processes busy, few enough for any memory."""


@contextmanager
def _workers(jobs: int) -> Iterator[Callable[..., Iterable[Tables]]]:
    """A ``map`` over ``jobs`` processes; with one job there is no other process."""
    if jobs <= 1:
        yield map
        return
    # An interrupt is for the process that was called; the others end with it, and say nothing.
    ignore_interrupt = (signal.SIGINT, signal.SIG_IGN)
    with ProcessPoolExecutor(jobs, get_context("spawn"), signal.signal, ignore_interrupt) as pool:
        yield pool.map


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    remaining = iter(documents)
    while batch := list(islice(remaining, _BATCH)):
        yield batch
