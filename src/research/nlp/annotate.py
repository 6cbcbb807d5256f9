"""A document in, its annotations out; computed once, kept in a cache.

``annotate_document`` is a pure function of the document and the annotator's version. ``Annotations``
are those of a whole corpus, streamed a document at a time or gathered into tables.

Annotations come in layers, each of which is computed and kept by itself: who said what takes a model and a
hundred times as long as sentences do, and is not looked for where nobody asks.
"""

from __future__ import annotations

import hashlib
import signal
import unicodedata
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, cached_property, partial
from importlib import metadata
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from research.loading import Corpus, Document, Span, duplicates, languages
from research.loading.corpus import Progress
from research.loading.duplicates import Copy, Duplicates
from research.nlp import text as texts
from research.nlp.cache import Cache

if TYPE_CHECKING:
    import pandas as pd

    from research.nlp.attributions import Attribution, Mention
    from research.nlp.encoder import Encoder

Tables = dict[str, list[Any]]
"""The annotations of one document as the cache keeps them, in what JSON can say.

``language`` has one entry, the language's code in ISO 639-1 or None; ``counts`` are the numbers of words and of
sentences, ``opening`` is the first sentence; ``foreign`` are start, end, language and number of words of the paragraphs
of an English document that are in another language. ``sentences`` and ``tokens`` are pairs of start and end;
``attributions`` and ``mentions`` are records.
"""

Layer = Literal["counts", "text", "statements"]
LAYERS: Mapping[Layer, tuple[str, ...]] = {
    "counts": ("language", "counts", "opening", "foreign"),
    "text": ("sentences", "tokens"),
    "statements": ("attributions", "mentions"),
}
"""The layers of the annotations, with the tables of each."""


def annotate_document(document: Document, layers: Collection[Layer] = tuple(LAYERS)) -> Tables:
    """The annotations of a document's body, all layers or some.

    Who said what is looked for in English alone: in no other document, and in no paragraph in another language.
    """
    tables: Tables = {}
    if "counts" in layers or "text" in layers:
        tables |= _sentences_and_tokens(document)
    if "counts" in layers or "statements" in layers:
        language = languages.code(document.language) or languages.language(document.text, document.body)
        foreign = _foreign_paragraphs(document, language) if is_english(language) else []
        if "counts" in layers:
            tables |= _counts(document, tables, language, foreign)
        if "statements" in layers:
            tables |= _statements(document, language, [span for span, _ in foreign])
    return {name: tables[name] for layer in layers for name in LAYERS[layer]}


def _sentences_and_tokens(document: Document) -> Tables:
    sentences = texts.sentences(document.text, document.body.start, document.body.end)
    tokens = texts.sentence_tokens(document.text, sentences)
    return {"sentences": [list(span) for span in sentences], "tokens": [list(span) for span in tokens]}


def _counts(document: Document, tables: Tables, language: str | None, foreign: Iterable[tuple[Span, str]]) -> Tables:
    sentences = tables["sentences"]
    words = [start for start, end in tables["tokens"] if texts.is_word(document.text[start:end])]
    return {
        "language": [language],
        "counts": [len(words), len(sentences)],
        "opening": sentences[0] if sentences else list(document.body),
        "foreign": [[*span, name, _count_within(words, span)] for span, name in foreign],
    }


def _statements(document: Document, language: str | None, foreign: Sequence[Span]) -> Tables:
    attributions, mentions = _who_said_what(document) if is_english(language) else ([], [])
    return {
        "attributions": [it.record() for it in attributions if not _within(foreign, it.content[0][0])],
        "mentions": [it.record(document.text) for it in mentions if not _within(foreign, it.start)],
    }


def is_english(language: str | None) -> bool:
    """Whether to read a text as English: also where it is too short to say."""
    return language in (None, "en")


def _foreign_paragraphs(document: Document, language: str | None) -> list[tuple[Span, str]]:
    """The paragraphs of a document in English that are in another language, in order, each with its language."""
    found = languages.paragraphs(document.text, document.body, language)
    return [(span, name) for span, name in found if name is not None and not is_english(name)]


def _count_within(starts: Sequence[int], span: Span) -> int:
    """How many of some places, in order, lie within a span."""
    return bisect_left(starts, span.end) - bisect_left(starts, span.start)


def _within(spans: Sequence[Span], at: int) -> bool:
    """Whether a place lies within one of some spans, which are in order."""
    before = bisect_right(spans, at, key=lambda span: span.start)
    return before > 0 and at < spans[before - 1].end


def _who_said_what(document: Document) -> tuple[list[Attribution], list[Mention]]:
    """Attributions with their speakers, and mentions with their entities, from one pass of the encoder."""
    from research.nlp import attributions as decoding
    from research.nlp import entities, layout, pointers, speakers
    from research.nlp.organisations import with_whole_organisations

    start, end = document.body
    body = document.text[start:end]
    found, mentions = decoding.find(_encoder(), body)
    mentions = with_whole_organisations(body, entities.with_first_names(body, mentions))
    cast = entities.Cast(body, mentions)
    found = layout.with_layout(body, pointers.with_antecedents(body, found))
    named = [
        replace(
            it,
            entity=name,
            country=entities.country(name) if it.type == "GPE" and not entities.is_of_a_currency(body, it) else None,
        )
        for it, name in zip(cast.mentions, cast.names, strict=True)
    ]
    attributed = [
        replace(it, speaker=who.name, speaker_label=who.label, office=who.office)
        for it, who in zip(found, speakers.resolve(body, found, cast), strict=True)
    ]
    return [it.moved(start) for it in attributed], [it.moved(start) for it in named]


@cache
def _encoder() -> Encoder:
    """The encoder, loaded once a process."""
    from research.nlp.encoder import Encoder

    return Encoder()


_LIBRARIES = ("nltk", "numpy", "onnxruntime", "py3langid", "tokenizers")
_OF_TEXT = (
    "annotate.py",
    "lexicon/abbreviations.txt",
    "lexicon/function_words.txt",
    "models/punkt.json",
    "punkt.py",
    "text.py",
)
"""The files of this room that counts, sentences and tokens depend on; they take no model but Punkt's."""
_TOLD_ABOUT = (".md", "accuracy.json")
"""Files of this room that tell about the annotator and take no part in it."""


@cache
def annotator_version() -> str:
    """A hash of all that an annotation depends on beside the document.

    That is this room, how languages are told apart, the releases of the libraries and Python's Unicode tables.
    """
    return _version(_LIBRARIES, room_digest())


@cache
def text_version() -> str:
    """A hash of all that counts, sentences and tokens depend on beside the document, as ``annotator_version`` is."""
    room = Path(__file__).parent
    digest = hashlib.sha256(b"".join(name.encode() + b"\0" + (room / name).read_bytes() for name in _OF_TEXT))
    return _version(("nltk", "numpy", "py3langid"), digest.hexdigest())


def _version(libraries: Sequence[str], files: str) -> str:
    releases = " ".join(f"{name} {metadata.version(name)}" for name in libraries)
    tongues = Path(languages.__file__).read_bytes()
    return hashlib.sha256(f"{releases} {unicodedata.unidata_version} {files}".encode() + tongues).hexdigest()


@cache
def room_digest() -> str:
    """A hash of this room's files: its code, word lists and models."""
    return _digest_of(Path(__file__).parent)


def _digest_of(room: Path) -> str:
    digest = hashlib.sha256()
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

    @property
    def n_words(self) -> int:
        """How many words there are."""
        n: int = self.tables["counts"][0]
        return n

    @property
    def n_sentences(self) -> int:
        """How many sentences there are."""
        n: int = self.tables["counts"][1]
        return n

    @property
    def opening(self) -> Span:
        """The first sentence, or the whole body where it has none."""
        return Span(*self.tables["opening"])

    @property
    def language(self) -> str | None:
        """The language that the document is in, or is said to be in; None where it is too short to say."""
        language: str | None = self.tables["language"][0]
        return language

    @property
    def foreign(self) -> list[tuple[Span, str, int]]:
        """The paragraphs in another language within a document in English, each with its language and number of words.

        Who said what is not looked for in them.
        """
        return [(Span(start, end), language, words) for start, end, language, words in self.tables["foreign"]]

    @cached_property
    def attributions(self) -> list[Attribution]:
        """Who said what, in the order of the text; statements within a statement have level 1."""
        from research.nlp.attributions import Attribution

        return [Attribution.from_record(record) for record in self.tables["attributions"]]

    @cached_property
    def mentions(self) -> list[Mention]:
        """Persons, organisations, places, groups and events that are named, in the order of the text."""
        from research.nlp.attributions import Mention

        return [Mention.from_record(record) for record in self.tables["mentions"]]

    def record(self) -> dict[str, Any]:
        """Who said what and who is named, in what JSON can say, with the document that it is of."""
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
    """The annotations of a corpus. Iterating streams them, a document at a time, in bounded memory.

    Documents that repeat another one (``copies``) are passed over, so that each story counts once, unless
    ``with_copies`` says otherwise. ``layers`` are those that are made for all documents and read with them; what is
    asked of a document beyond them is made, or looked up, at that moment. ``progress`` is told how far each pass is.
    """

    def __init__(
        self,
        corpus: Corpus,
        *,
        with_copies: bool = False,
        layers: Collection[Layer] = tuple(LAYERS),
        progress: Progress | None = None,
    ) -> None:
        self.corpus = corpus
        self._progress = progress
        self.with_copies = with_copies
        self.layers = tuple(layer for layer in LAYERS if layer in layers)

    def __iter__(self) -> Iterator[AnnotatedDocument]:
        passed_over = () if self.with_copies else self.copies
        return (it for it in self.stream() if it.document.id not in passed_over)

    @cached_property
    def copies(self) -> Duplicates:
        """The documents that repeat another one, from the cache where they were looked for before."""
        return copies_in(self.corpus)

    def stream(self, progress: Progress | None = None, jobs: int = 1) -> Iterator[AnnotatedDocument]:
        """Every document in order, copies as well, annotated in ``jobs`` processes where the cache does not hold it.

        The result of a document depends on nothing but the document, so the number of processes
        changes nothing but the time.
        """
        with Cache() as cache:
            for document, made in self._computed(cache, progress, jobs):
                tables = _Tables(document, made)
                for layer in self.layers:
                    if not tables.keys() >= set(LAYERS[layer]):
                        tables.update(_kept(cache, document, layer))
                yield AnnotatedDocument(document, tables)

    def fill_cache(self, progress: Progress | None = None, jobs: int = 1) -> None:
        """Annotate every document that the cache does not hold yet; see ``stream``."""
        with Cache() as cache:
            for _ in self._computed(cache, progress, jobs):
                pass

    def _computed(self, cache: Cache, progress: Progress | None, jobs: int) -> Iterator[tuple[Document, Tables]]:
        """Every document in order with what was computed and put into the cache, none of what it held already."""
        jobs = min(jobs, -(-len(self.corpus) // _WORTH_A_PROCESS))
        progress = progress or self._progress

        def missing(document: Document) -> list[Layer]:
            return [layer for layer in self.layers if not cache.holds(document.digest, _kept_as(layer))]

        with _workers(jobs) as submit:
            in_order = _in_order(self.corpus, missing, submit, ahead=0 if jobs == 1 else _AHEAD * jobs)
            for done, (document, tables) in enumerate(in_order, start=1):
                keep(cache, document, tables)
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
        ``content_parts``, the offsets of each part; ``confidence``; ``level``, 1 for what is said within another
        statement and 0 otherwise. What the text does not give is missing.
        """
        return self._table(_ATTRIBUTIONS, lambda it: (_attribution_row(it, found) for found in it.attributions))

    @cached_property
    def mentions(self) -> pd.DataFrame:
        """Every mention of a named entity: ``doc_id, start, end, text, type, entity, country`` (ISO 3166-1 alpha-2)."""
        return self._table(
            ("start", "end", "text", "type", "entity", "country"),
            lambda it: ((m.start, m.end, it[m.start, m.end], m.type, m.entity, m.country) for m in it.mentions),
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
    *("content_parts", "confidence", "level"),
)


def _attribution_row(it: AnnotatedDocument, found: Attribution) -> list[Any]:
    spans = found.spans
    whole = spans[0][0], max(end for _, end in spans)
    content = found.content[0][0], found.content[-1][1]
    row: list[Any] = [*whole, it[whole], found.kind, found.speaker, found.speaker_label, found.office]
    for span in (found.source, found.cue, content):
        row += [None, None, None] if span is None else [*span, it[span]]
    return [*row, " ".join(f"{start}-{end}" for start, end in found.content), found.confidence, found.level]


class _Tables(dict[str, list[Any]]):
    """The annotations of a document; a layer that is not among them is looked up or made when it is asked for."""

    def __init__(self, document: Document, known: Tables) -> None:
        super().__init__(known)
        self._document = document

    def __missing__(self, name: str) -> list[Any]:
        layer = next((layer for layer, tables in LAYERS.items() if name in tables), None)
        if layer is None:
            raise KeyError(name)
        with Cache() as cache:
            self.update(_kept(cache, self._document, layer))
        return self[name]


def annotate(
    corpus: Corpus,
    progress: Progress | None = None,
    jobs: int = 1,
    *,
    with_copies: bool = False,
    layers: Collection[Layer] = tuple(LAYERS),
) -> Annotations:
    """Annotate a corpus, from the cache where it can; see ``Annotations`` for the copies in it and for the layers."""
    annotations = Annotations(corpus, with_copies=with_copies, layers=layers)
    annotations.fill_cache(progress, jobs)
    return annotations


def copies_in(corpus: Corpus, progress: Progress | None = None) -> Duplicates:
    """The documents of a corpus that repeat another one, looked for once and kept in the cache."""
    version = f"copies {_reading_version()}"
    with Cache() as cache:
        kept = cache.get(corpus.digest, version)
        if kept is None:
            found = duplicates.find(_told(corpus, progress))
            kept = {document_id: list(copy) for document_id, copy in found.items()}
            cache.put(corpus.digest, version, kept)
    return {document_id: Copy(*copy) for document_id, copy in kept.items()}


_BEHIND_READERS = ("charset-normalizer", "lxml", "numpy", "pyyaml")
"""The libraries that the room loading uses beside those of its readers, whose releases are in a corpus' digest."""


@cache
def _reading_version() -> str:
    """A hash of all that a document's text and date depend on beside its file: the room loading and its libraries."""
    releases = " ".join(f"{name} {metadata.version(name)}" for name in _BEHIND_READERS)
    code = _digest_of(Path(duplicates.__file__).parent)
    return hashlib.sha256(f"{releases} {unicodedata.unidata_version} {code}".encode()).hexdigest()


def _told(corpus: Corpus, progress: Progress | None) -> Iterator[Document]:
    """The documents of a corpus, one by one, with the progress told."""
    for done, document in enumerate(corpus, start=1):
        yield document
        if progress is not None:
            progress(done, len(corpus))


def _kept_as(layer: Layer) -> str:
    """What the cache knows a layer by: its name, and all that it depends on beside the document."""
    return f"{layer} {annotator_version() if layer == 'statements' else text_version()}"


def keep(cache: Cache, document: Document, tables: Tables) -> None:
    """Put annotations of a document into the cache, each whole layer by itself."""
    for layer, names in LAYERS.items():
        if tables.keys() >= set(names):
            cache.put(document.digest, _kept_as(layer), {name: tables[name] for name in names})


def _kept(cache: Cache, document: Document, layer: Layer) -> Tables:
    """What the cache holds of a document, computed where it has none, or should the row be damaged."""
    tables: Tables | None = cache.get(document.digest, _kept_as(layer))
    if tables is None:
        tables = annotate_document(document, [layer])
        keep(cache, document, tables)
    return tables


_WORTH_A_PROCESS = 8
"""Documents that it takes before starting one more process saves time."""
_AHEAD = 4
"""Documents that are held for each process: enough to keep it busy, few enough for any memory."""

_Submit = Callable[[Document, list[Layer]], Callable[[], Tables]]
"""Begins to annotate a document; what it gives waits for the result."""


@contextmanager
def _workers(jobs: int) -> Iterator[_Submit]:
    """Where documents are annotated: in ``jobs`` processes; with one job, here, when the result is asked for."""
    if jobs <= 1:
        yield lambda document, layers: partial(annotate_document, document, layers)
        return
    # An interrupt is for the process that was called; the others end with it, and say nothing.
    ignore_interrupt = (signal.SIGINT, signal.SIG_IGN)
    with ProcessPoolExecutor(jobs, get_context("spawn"), signal.signal, ignore_interrupt) as pool:
        yield lambda document, layers: pool.submit(annotate_document, document, layers).result


def _in_order(
    documents: Iterable[Document], missing: Callable[[Document], list[Layer]], submit: _Submit, ahead: int
) -> Iterator[tuple[Document, Tables]]:
    """Documents with the layers that are missing; at most ``ahead`` of them wait for their turn."""
    waiting: deque[tuple[Document, Callable[[], Tables]]] = deque()
    for document in documents:
        layers = missing(document)
        waiting.append((document, submit(document, layers) if layers else dict))
        while len(waiting) > ahead:
            first, result = waiting.popleft()
            yield first, result()
    for first, result in waiting:
        yield first, result()
