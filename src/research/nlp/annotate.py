"""A document in, its annotations out; computed once, kept in a cache.

``annotate_document`` is a pure function of the document and the annotator's version. ``Annotations``
are those of a whole corpus, streamed a document at a time or gathered into tables.
"""

from __future__ import annotations

import hashlib
import signal
import unicodedata
from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, cached_property, partial
from importlib import metadata
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

from research.loading import Corpus, Document, Span
from research.loading.corpus import Progress
from research.nlp import text as texts
from research.nlp.cache import Cache

if TYPE_CHECKING:
    import pandas as pd

    from research.nlp.attributions import Attribution, Mention
    from research.nlp.encoder import Encoder

Tables = dict[str, list[Any]]
"""The annotations of one document as the cache keeps them, in what JSON can say.

``sentences`` and ``tokens`` are pairs of start and end; ``attributions`` and ``mentions`` are as
``research extract`` writes them.
"""


def annotate_document(document: Document) -> Tables:
    """Sentences, tokens, attributions and mentions of a document's body."""
    sentences = texts.sentences(document.text, document.body.start, document.body.end)
    tokens = texts.sentence_tokens(document.text, sentences)
    attributions, mentions = _who_said_what(document)
    return {
        "sentences": [list(span) for span in sentences],
        "tokens": [list(span) for span in tokens],
        "attributions": [attribution.record() for attribution in attributions],
        "mentions": [mention.record(document.text) for mention in mentions],
    }


def _who_said_what(document: Document) -> tuple[list[Attribution], list[Mention]]:
    """Attributions with their speakers, and mentions with their entities, from one pass of the encoder."""
    from research.nlp import attributions as decoding
    from research.nlp import entities, speakers

    start, end = document.body
    body = document.text[start:end]
    found, mentions = decoding.find(_encoder(), body)
    named = [replace(it, entity=name) for it, name in zip(mentions, entities.link(body, mentions), strict=True)]
    attributed = [
        replace(it, speaker=who.name, speaker_label=who.label, office=who.office)
        for it, who in zip(found, speakers.resolve(body, found, mentions), strict=True)
    ]
    return [it.moved(start) for it in attributed], [it.moved(start) for it in named]


@cache
def _encoder() -> Encoder:
    """The encoder, loaded once a process."""
    from research.nlp.encoder import Encoder

    return Encoder()


_LIBRARIES = ("nltk", "numpy", "onnxruntime", "tokenizers")
_TOLD_ABOUT = (".md", "accuracy.json")
"""Files of this room that tell about the annotator and take no part in it."""


@cache
def annotator_version() -> str:
    """A hash of all that an annotation depends on beside the document.

    That is this room's files, the releases of the libraries and the Unicode tables that Python has.
    """
    releases = " ".join(f"{name} {metadata.version(name)}" for name in _LIBRARIES)
    digest = hashlib.sha256(f"{releases} {unicodedata.unidata_version}\n".encode())
    room = Path(__file__).parent
    for path in sorted(room.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts and not path.name.endswith(_TOLD_ABOUT):
            digest.update(path.relative_to(room).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


@dataclass(frozen=True)
class AnnotatedDocument:
    """A document with its annotations: sentences, tokens and words as spans, who said what, and who is named."""

    document: Document
    tables: Tables

    @cached_property
    def sentences(self) -> list[Span]:
        """The sentences of the body, in order."""
        return [Span(*row) for row in self.tables["sentences"]]

    @cached_property
    def tokens(self) -> list[Span]:
        """The tokens of all sentences, in order."""
        return [Span(*row) for row in self.tables["tokens"]]

    @cached_property
    def words(self) -> list[Span]:
        """The tokens that have a letter or a digit: what every count of words here counts."""
        return [span for span in self.tokens if texts.is_word(self[span])]

    @cached_property
    def attributions(self) -> list[Attribution]:
        """Who said what, in the order of the text."""
        from research.nlp.attributions import Attribution

        return [Attribution.from_record(record) for record in self.tables["attributions"]]

    @cached_property
    def mentions(self) -> list[Mention]:
        """Persons, organisations, places, groups and events that are named, in the order of the text."""
        from research.nlp.attributions import Mention

        return [Mention.from_record(record) for record in self.tables["mentions"]]

    def words_in(self, spans: Iterable[tuple[int, int]]) -> int:
        """How many words begin within the spans, which do not overlap."""
        return sum(bisect_left(self._word_starts, end) - bisect_left(self._word_starts, start) for start, end in spans)

    @cached_property
    def _word_starts(self) -> list[int]:
        return [span.start for span in self.words]

    def record(self) -> dict[str, Any]:
        """All of it as ``research extract`` writes it, one line a document."""
        document = self.document
        return {
            "doc": document.id,
            "sha256": document.origin.sha256,
            "date": document.date,
            "attributions": self.tables["attributions"],
            "mentions": self.tables["mentions"],
        }

    def __getitem__(self, span: tuple[int, int]) -> str:
        return self.document.text[span[0] : span[1]]


class Annotations:
    """The annotations of a corpus. Iterating streams them, a document at a time, in bounded memory."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus

    def __iter__(self) -> Iterator[AnnotatedDocument]:
        return self.stream()

    def stream(self, progress: Progress | None = None, jobs: int = 1) -> Iterator[AnnotatedDocument]:
        """Every document in order, annotated in ``jobs`` processes where the cache does not hold it yet.

        The result of a document depends on nothing but the document, so the number of processes
        changes nothing but the time.
        """
        with Cache() as cache:
            for document, tables in self._computed(cache, progress, jobs):
                yield AnnotatedDocument(document, tables or _kept(cache, document))

    def fill_cache(self, progress: Progress | None = None, jobs: int = 1) -> None:
        """Annotate every document that the cache does not hold yet; see ``stream``."""
        with Cache() as cache:
            for _ in self._computed(cache, progress, jobs):
                pass

    def _computed(self, cache: Cache, progress: Progress | None, jobs: int) -> Iterator[tuple[Document, Tables | None]]:
        """Every document in order with what was computed and put into the cache; None where it held it already."""
        version = annotator_version()
        jobs = min(jobs, -(-len(self.corpus) // _WORTH_A_PROCESS))

        def known(document: Document) -> bool:
            return cache.holds(document.digest, version)

        with _workers(jobs) as submit:
            in_order = _in_order(self.corpus, known, submit, ahead=0 if jobs == 1 else _AHEAD * jobs)
            for done, (document, tables) in enumerate(in_order, start=1):
                if tables is not None:
                    cache.put(document.digest, version, tables)
                yield document, tables
                if progress is not None:
                    progress(done, len(self.corpus))

    @cached_property
    def sentences(self) -> pd.DataFrame:
        """Every sentence: ``doc_id, start, end, text``."""
        return self._table(("start", "end", "text"), lambda it: ((*span, it[span]) for span in it.sentences))

    @cached_property
    def attributions(self) -> pd.DataFrame:
        """Every attribution, a row each.

        Columns: ``doc_id``; ``start, end, text`` from its first character to its last; ``kind`` (direct, indirect,
        mixed); ``speaker`` (canonical name), ``speaker_label`` (how the text calls the source) and ``office``; start,
        end and text of ``source``, ``cue`` and ``content``, which runs from its first part to its last;
        ``content_parts``, the offsets of each part; ``confidence``. What the text does not give is missing.
        """
        return self._table(_ATTRIBUTIONS, lambda it: (_attribution_row(it, found) for found in it.attributions))

    @cached_property
    def mentions(self) -> pd.DataFrame:
        """Every mention of a named entity: ``doc_id, start, end, text, type, entity``."""
        return self._table(
            ("start", "end", "text", "type", "entity"),
            lambda it: ((m.start, m.end, it[m.start, m.end], m.type, m.entity) for m in it.mentions),
        )

    def _table(
        self, columns: Sequence[str], rows: Callable[[AnnotatedDocument], Iterable[Sequence[Any]]]
    ) -> pd.DataFrame:
        import pandas as pd

        found = [(it.document.id, *row) for it in self for row in rows(it)]
        return pd.DataFrame(found, columns=["doc_id", *columns])


_ROLES = ("source", "cue", "content")
_ATTRIBUTIONS = (
    *("start", "end", "text", "kind", "speaker", "speaker_label", "office"),
    *(f"{role}_{part}" for role in _ROLES for part in ("start", "end", "text")),
    *("content_parts", "confidence"),
)


def _attribution_row(it: AnnotatedDocument, found: Attribution) -> list[Any]:
    spans = found.spans
    whole = spans[0][0], max(end for _, end in spans)
    content = found.content[0][0], found.content[-1][1]
    row: list[Any] = [*whole, it[whole], found.kind, found.speaker, found.speaker_label, found.office]
    for span in (found.source, found.cue, content):
        row += [None, None, None] if span is None else [*span, it[span]]
    return [*row, " ".join(f"{start}-{end}" for start, end in found.content), found.confidence]


def annotate(corpus: Corpus, progress: Progress | None = None, jobs: int = 1) -> Annotations:
    """Annotate a corpus, from the cache where it can."""
    annotations = Annotations(corpus)
    annotations.fill_cache(progress, jobs)
    return annotations


def _kept(cache: Cache, document: Document) -> Tables:
    """What the cache holds of a document, computed again should the row be damaged."""
    tables: Tables | None = cache.get(document.digest, annotator_version())
    if tables is None:
        tables = annotate_document(document)
        cache.put(document.digest, annotator_version(), tables)
    return tables


_WORTH_A_PROCESS = 8
"""Documents that it takes before starting one more process saves time."""
_AHEAD = 4
"""Documents that are held for each process: enough to keep it busy, few enough for any memory."""

_Submit = Callable[[Document], Callable[[], Tables]]
"""Begins to annotate a document; what it gives waits for the result."""


@contextmanager
def _workers(jobs: int) -> Iterator[_Submit]:
    """Where documents are annotated: in ``jobs`` processes; with one job, here, when the result is asked for."""
    if jobs <= 1:
        yield lambda document: partial(annotate_document, document)
        return
    # An interrupt is for the process that was called; the others end with it, and say nothing.
    ignore_interrupt = (signal.SIGINT, signal.SIG_IGN)
    with ProcessPoolExecutor(jobs, get_context("spawn"), signal.signal, ignore_interrupt) as pool:
        yield lambda document: pool.submit(annotate_document, document).result


def _in_order(
    documents: Iterable[Document], known: Callable[[Document], bool], submit: _Submit, ahead: int
) -> Iterator[tuple[Document, Tables | None]]:
    """Documents with their annotations, None for those that are known; at most ``ahead`` wait for their turn."""
    waiting: deque[tuple[Document, Callable[[], Tables | None]]] = deque()
    for document in documents:
        waiting.append((document, _nothing if known(document) else submit(document)))
        while len(waiting) > ahead:
            first, result = waiting.popleft()
            yield first, result()
    for first, result in waiting:
        yield first, result()


def _nothing() -> None:
    """The result for a document that needs no work."""
