"""Annotations of documents and of a whole corpus: computed once, kept in the cache, streamed or as data frames.

``annotate_document`` is a pure function of the document and the versions of the layers (``layers``). ``Annotations``
are those of a corpus.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from research.loading import Corpus, Document
from research.loading.corpus import Progress
from research.loading.duplicates import Duplicates
from research.nlp import layers as _layers
from research.nlp.annotated import AnnotatedDocument
from research.nlp.cache import Cache, unpacked
from research.nlp.copies import copies_in
from research.nlp.groups.grouping import Groups
from research.nlp.groups.voices import LEAST_CONFIDENCE
from research.nlp.judged.mending import Mending, found_in
from research.nlp.layers import Making, Tables
from research.nlp.processes import Call, Killed, done, in_order
from research.nlp.rejections import reject

if TYPE_CHECKING:
    import pandas as pd

    from research.nlp.cluster.client import Cluster


def annotate(
    corpus: Corpus,
    progress: Progress | None = None,
    jobs: int = 1,
    *,
    with_copies: bool = False,
    layers: Iterable[str] | None = None,
    cluster: Cluster | None = None,
) -> Annotations:
    """Annotate every document of a corpus that the cache does not hold yet, and return the annotations.

    ``layers`` are the names of the layers to make, by default all. They are made in ``jobs`` processes, or on a
    ``cluster``. See ``Annotations`` for copies and for what the annotations offer.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from research import annotate, load
    >>> with TemporaryDirectory() as folder:
    ...     _ = Path(folder, "harbour.txt").write_text("“The harbour opens in May,” President Ada Okell said.", "utf-8")
    ...     statements = annotate(load(folder)).attributions
    >>> statements[["speaker", "office", "cue_text", "content_text"]].values.tolist()
    [['Ada Okell', 'President', 'said', 'The harbour opens in May']]
    """
    annotations = Annotations(corpus, with_copies=with_copies, layers=layers)
    annotations.fill_cache(progress, jobs, cluster)
    return annotations


def annotate_document(document: Document, layers: Iterable[str] | None = None) -> Tables:
    """Return the tables of a document's layers, by default of all. Nothing is read from the cache, or kept in it."""
    wanted = _layers.in_order(_layers.names() if layers is None else layers)
    made = _layers.make(document, _layers.with_needs(it.name for it in wanted), {})
    return {table: made[table] for it in wanted for table in it.tables}


class Annotations:
    """The annotations of a corpus. Iterating streams them, a document at a time, in bounded memory.

    Every table of spans is a data frame as well: ``sentences``, ``tokens``, ``attributions``, ``mentions``, and those
    of further layers under their own names (``frame`` says which columns they have).

    Documents that repeat another one (``copies``) are left out, so that each story counts once, unless ``with_copies``
    is true. ``layers`` are the names of those that are made for all documents and read with them, by default all; other
    tables are looked up, or made, when a document is asked for them. ``progress`` is told about each pass.

    What people decided about passages (``judgements.csv``) stands in place of what the model found there; ``alone`` are
    the annotations without it.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from research import Annotations, load
    >>> with TemporaryDirectory() as folder:
    ...     _ = Path(folder, "harbour.txt").write_text("The harbour opens in May. Ada Okell is pleased.", "utf-8")
    ...     annotations = Annotations(load(folder), layers=["text"])
    ...     print([annotated[span] for annotated in annotations for span in annotated.sentences])
    ...     print(annotations.sentences)
    ['The harbour opens in May.', 'Ada Okell is pleased.']
        doc_id  start  end                       text
    0  harbour      0   25  The harbour opens in May.
    1  harbour     26   47      Ada Okell is pleased.
    """

    _righted: Annotations | None = None
    is_alone = False
    """Whether these are the annotations of the model alone, whatever people decided about passages."""

    def __init__(
        self,
        corpus: Corpus,
        *,
        with_copies: bool = False,
        layers: Iterable[str] | None = None,
        progress: Progress | None = None,
    ) -> None:
        self.corpus = corpus
        self._progress = progress
        self.with_copies = with_copies
        wanted = _layers.in_order(_layers.names() if layers is None else layers)
        self.layers = tuple(it.name for it in wanted)

    def __iter__(self) -> Iterator[AnnotatedDocument]:
        left_out = () if self.with_copies else self.copies
        return (self._judged(it) for it in self.stream() if it.document.id not in left_out)

    def _judged(self, annotated: AnnotatedDocument) -> AnnotatedDocument:
        """Return a document with what people decided about it."""
        judgements = () if self.is_alone else self.corpus.judgements.by_document.get(annotated.document.id, ())
        if not judgements:
            return annotated
        found = tuple(found_in(annotated.document, judgements))
        return replace(annotated, judged=Mending(annotated.document, found))

    @cached_property
    def alone(self) -> Annotations:
        """The annotations of the model alone, without what people decided about passages; these if nobody did."""
        if self.is_alone or not self.corpus.judgements.entries:
            return self
        alone = Annotations(self.corpus, with_copies=self.with_copies, layers=self.layers, progress=self._progress)
        alone.is_alone = True
        alone._righted = self
        return alone

    @property
    def with_judgements(self) -> Annotations:
        """The annotations that have what people decided, of which these are the model's alone; otherwise these."""
        return self._righted or self

    @cached_property
    def copies(self) -> Duplicates:
        """The documents that repeat another one, from the cache if it holds them."""
        return copies_in(self.corpus)

    def stream(
        self, progress: Progress | None = None, jobs: int = 1, cluster: Cluster | None = None
    ) -> Iterator[AnnotatedDocument]:
        """Yield every document in order, including copies, annotated in ``jobs`` processes if the cache lacks it.

        With a ``cluster`` its workers annotate instead. The annotations of a document depend on the document alone, so
        the number of processes changes only the time. A document that ends every process that annotates it is rejected
        and left out.
        """
        with Cache() as cache:
            for document, made in self._computed(cache, progress, jobs, cluster):
                tables, kept = _Tables(document), dict[str, str]()
                for it in _layers.in_order(self.layers):
                    if made.keys() >= it.tables.keys():
                        tables.update({table: made[table] for table in it.tables})
                    else:
                        kept[it.name] = _key(it.name)
                found = cache.all_packed(document.digest, list(kept.values())) if kept else {}
                tables.packed = {layer: found.get(key) for layer, key in kept.items()}
                yield AnnotatedDocument(document, tables)

    def fill_cache(self, progress: Progress | None = None, jobs: int = 1, cluster: Cluster | None = None) -> None:
        """Annotate every document that the cache does not hold yet; see ``stream``."""
        with Cache() as cache:
            for _ in self._computed(cache, progress, jobs, cluster):
                pass

    def _computed(
        self, cache: Cache, progress: Progress | None, jobs: int, cluster: Cluster | None
    ) -> Iterator[tuple[Document, Tables]]:
        """Yield every document in order, with the tables that the cache lacked; these are now kept."""
        progress, count = progress or self._progress, len(self.corpus)
        work = ((document, _to_make(cache, document, self.layers)) for document in self.corpus)
        results = in_order(work, jobs, count) if cluster is None else cluster.in_order(work)
        for number, (document, tables) in enumerate(results, start=1):
            if isinstance(tables, Killed):
                reject(self.corpus, document.id, cache)
            else:
                keep(cache, document, tables)
                yield document, tables
            if progress is not None:
                progress(number, count)

    def frame(self, table: str) -> pd.DataFrame:
        """Return a table of spans: ``doc_id`` and the columns of its records (see ``nlp.records``), a row a record.

        Raises KeyError for a table that no layer makes, and for one that is not of spans.
        """
        import pandas as pd

        record_type = _layers.record_type(table)
        if record_type is None:
            raise KeyError(table)
        rows = [(it.document.id, *record.row(it.document.text)) for it in self for record in it.records(table)]
        return pd.DataFrame(rows, columns=["doc_id", *record_type.columns])

    def __getattr__(self, name: str) -> pd.DataFrame:
        # A further layer's tables need no property of their own. Dunder names are asked for by pickle and the like.
        if not name.startswith("_") and any(name in it.tables for it in _layers.LAYERS):
            return self.frame(name)
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    def by(self, what: str, least_confidence: float = LEAST_CONFIDENCE) -> Groups[Annotations]:
        """Return the annotations in groups that can be counted and compared (see ``nlp.groups.grouping``).

        ``what`` is ``source`` (the outlet), ``kind``, ``year``, ``language``, ``speaker``, ``country`` (of the
        speaker), ``direct`` (how words are quoted), a field of the documents, or a column of ``speakers.csv``.
        ``period:2022-02-24`` is before a day and from it on; ``source:Daily`` is one value and all others. Raises
        ``ParameterError`` for what the documents do not say.

        >>> from research import annotate, load
        >>> {name: len(its.attributions) for name, its in annotate(load("seeds")).by("speaker").items()}
        {'Kassym-Jomart Tokayev': 5}
        """
        if (what, least_confidence) not in self._groups:
            self._groups[what, least_confidence] = Groups(self, what, least_confidence)
        return self._groups[what, least_confidence]

    def where(self, **values: str | Iterable[str]) -> Annotations:
        """Return the annotations of the part that has these values, each named as in ``by``: ``where(year="2022")``.

        Several values of one name are alternatives. Raises ``ParameterError`` for what the documents do not say.
        """
        chosen: Annotations = self
        for what, its in values.items():
            chosen = chosen.by(what).part((its,) if isinstance(its, str) else tuple(its))
        return chosen

    @cached_property
    def _groups(self) -> dict[tuple[str, float], Groups[Annotations]]:
        """The groupings that were asked for; each of them read every document once."""
        return {}

    def restricted(self, chosen: Callable[[AnnotatedDocument], AnnotatedDocument | None]) -> Annotations:
        """Return the annotations of the documents, or of the parts of them, that ``chosen`` gives."""
        return _Restricted(self, chosen)

    @cached_property
    def sentences(self) -> pd.DataFrame:
        """Every sentence: ``doc_id, start, end, text``."""
        return self.frame("sentences")

    @cached_property
    def attributions(self) -> pd.DataFrame:
        """Every attribution, a row each.

        Columns: ``doc_id``; ``start, end, text`` from its first character to its last; ``kind`` (direct, indirect,
        mixed); ``speaker`` (canonical name), ``speaker_label`` (the source as the text words it) and ``office``; start,
        end and text of ``source``, ``cue`` and ``content``, which runs from its first part to its last;
        ``content_parts``, the offsets of each part; ``confidence``; ``level``, 1 for a statement within another one and
        0 otherwise. Values that the text does not give are missing.
        """
        return self.frame("attributions")

    @cached_property
    def mentions(self) -> pd.DataFrame:
        """Every mention of a named entity: ``doc_id, start, end, text, type, entity, country`` (ISO 3166-1 alpha-2)."""
        return self.frame("mentions")


class _Restricted(Annotations):
    """Annotations of which only some documents, or parts of them, count."""

    def __init__(
        self,
        whole: Annotations,
        chosen: Callable[[AnnotatedDocument], AnnotatedDocument | None],
        righted: Annotations | None = None,
    ) -> None:
        self.corpus = whole.corpus
        self.with_copies = whole.with_copies
        self.layers = whole.layers
        self.is_alone = whole.is_alone
        self._progress = whole._progress
        self._righted = righted
        self._whole = whole
        self._chosen = chosen

    @cached_property
    def alone(self) -> Annotations:
        """The same part of the annotations of the model alone."""
        whole = self._whole.alone
        return self if whole is self._whole else _Restricted(whole, self._chosen, self)

    def __iter__(self) -> Iterator[AnnotatedDocument]:
        return (part for annotated in self._whole if (part := self._chosen(annotated)) is not None)


class _Tables(dict[str, list[Any]]):
    """The tables of a document; those of another layer are looked up or made when they are asked for.

    ``packed`` has layers as the cache keeps them. They are unpacked when one of their tables is asked for: reading the
    tokens of a document takes longer than all else that most tables need of it.
    """

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document
        self.packed: dict[str, bytes | None] = {}

    def __missing__(self, table: str) -> list[Any]:
        layer = _layers.layer_of(table)
        found = unpacked(self.packed.pop(layer.name, None))
        if found is None:  # of another layer, or damaged
            with Cache() as cache:
                found = _kept(cache, self._document, layer.name)
        self.update(found)
        return self[table]

    def _unpack(self) -> None:
        for layer in list(self.packed):
            self[next(iter(_layers.layer(layer).tables))]

    def __eq__(self, other: object) -> bool:
        self._unpack()
        if isinstance(other, _Tables):
            other._unpack()
        return dict.__eq__(self, other)

    __hash__ = None


def _key(layer: str) -> str:
    """Return the name under which the cache keeps a layer: its own, and its version."""
    return f"{layer} {_layers.version(layer)}"


def _to_make(cache: Cache, document: Document, layers: Iterable[str]) -> Call[Tables]:
    """Return the call that makes what the cache lacks of some layers, given what it holds of those they need."""
    held = cache.held(document.digest, [_key(layer) for layer in layers])
    missing = {layer for layer in layers if _key(layer) not in held}
    if not missing:
        return done({})
    known: Tables = {}
    for it in reversed(_layers.with_needs(missing)):  # a layer comes after those that it needs
        for need in it.needs if it.name in missing else ():
            kept: Tables | None = cache.get(document.digest, _key(need))
            if kept is None:
                missing.add(need)
            elif need not in missing:
                known |= kept
    return Making(document, tuple(it.name for it in _layers.in_order(missing)), known)


def keep(cache: Cache, document: Document, tables: Mapping[str, list[Any]]) -> None:
    """Keep the tables of a document in the cache, each whole layer separately."""
    for it in _layers.LAYERS:
        if tables.keys() >= it.tables.keys():
            cache.put(document.digest, _key(it.name), {table: tables[table] for table in it.tables})


def _kept(cache: Cache, document: Document, layer: str) -> Tables:
    """Return a layer of a document from the cache; made if the cache lacks it or the row is damaged."""
    tables: Tables | None = cache.get(document.digest, _key(layer))
    if tables is None:
        made = _to_make(cache, document, [layer])()
        if not made:  # held, but damaged
            made = annotate_document(document, [layer])
        keep(cache, document, made)
        tables = {table: made[table] for table in _layers.layer(layer).tables}
    return tables
