"""Layers: the annotators of this package, and everything that the rest of it needs to know about them.

An annotator is one module, or folder, and one entry in ``LAYERS``. The cache, versions, ``research extract``, the run
folder's annotations, ``verify``, ``Annotations`` and the accuracy file all go through this list and look it up when
they need it. Layers are made and kept separately: extracting statements takes a model, and a hundred times as long as
finding sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from research.loading.documents import Document
from research.nlp import counts, kinds, versions
from research.nlp.actors import annotator as actors
from research.nlp.claims import annotator as claims
from research.nlp.quantities import annotator as quantities
from research.nlp.records import Attribution, Claim, Mention, Passage, Quantity, Record, Time
from research.nlp.statements import annotator as statements
from research.nlp.text import annotator as text
from research.nlp.text import sentence_annotator as sentences
from research.nlp.times import annotator as times

Tables = dict[str, list[Any]]
"""Annotations of one document by table, in JSON's types, as the cache keeps them."""


@dataclass(frozen=True, eq=False)
class Layer:
    """One annotator.

    ``tables`` holds the record type of each table that it makes, or None for a table that is not of spans. ``make``
    returns the tables of a document; it is given those of the layers in ``needs``, and should import its libraries when
    called. ``files`` are all files and folders that a result depends on, relative to the package, and ``libraries`` the
    distributions; those of the layers that it needs are included. ``extracted`` says whether ``research extract`` and a
    run folder write the tables, ``internal`` which of them only other layers need.
    """

    name: str
    tables: Mapping[str, type[Record] | None]
    make: Callable[[Document, Mapping[str, list[Any]]], Tables]
    needs: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    libraries: tuple[str, ...] = ()
    extracted: bool = True
    internal: tuple[str, ...] = ()

    @property
    def written(self) -> tuple[str, ...]:
        """The tables that ``research extract`` and a run folder write, if they write the layer."""
        return tuple(table for table in self.tables if table not in self.internal)


_SENTENCES = (
    "nlp/lexicon/abbreviations.txt",
    "nlp/models/punkt.json",
    "nlp/text/abbreviations.py",
    "nlp/text/lists.py",
    "nlp/text/punkt.py",
    "nlp/text/segmentation.py",
)
_TURNS = (
    *(f"nlp/lexicon/{name}.txt" for name in ("first_names", "function_words", "roles", "sources", "turns")),
    *("nlp/names/descriptions.py", "nlp/text/function_words.py", "nlp/text/lists.py"),
    *(f"nlp/statements/{name}.py" for name in ("asides", "full_names", "label_words", "marks", "naming")),
    *(f"nlp/statements/{name}.py" for name in ("participants", "people", "said", "scanned")),
)
_LANGUAGES = ("loading/languages.py", "nlp/english.py")

LAYERS: tuple[Layer, ...] = (
    Layer(
        name="sentences",
        tables={"sentences": Passage},
        make=sentences.annotate,
        files=(*_SENTENCES, "nlp/text/sentence_annotator.py"),
        extracted=False,
    ),
    Layer(
        name="kinds",
        tables={"kind": None, "whose": None, "labels": None},
        make=kinds.annotate,
        files=(*_TURNS, *(f"nlp/statements/{name}.py" for name in ("turns", "whose")), "nlp/kinds.py"),
        libraries=("babel",),
        extracted=False,
    ),
    Layer(
        name="text",
        tables={"pieces": Passage, "tokens": Passage},
        make=text.annotate,
        needs=("sentences", "kinds"),
        files=("nlp/text/annotator.py", "nlp/text/tokenization.py", "nlp/text/words.py"),
        libraries=("nltk", "regex"),
        extracted=False,
    ),
    Layer(
        name="counts",
        tables={"language": None, "counts": None, "opening": None, "foreign": None},
        make=counts.annotate,
        needs=("sentences", "text"),
        files=(*_LANGUAGES, "nlp/counts.py", "nlp/text/words.py"),
        libraries=("numpy", "py3langid"),
        extracted=False,
    ),
    Layer(
        name="statements",
        tables={"attributions": Attribution, "names": Mention},
        make=statements.annotate,
        # Not the layer sentences: it finds them where it reads, and the model and its text stay together.
        files=(
            *_SENTENCES,
            *_LANGUAGES,
            *(
                f"nlp/lexicon/{name}.txt"
                for name in ("countries", "first_names", "function_words", "nationalities", "roles", "sources", "turns")
            ),
            *("nlp/models/encoder.onnx", "nlp/models/tokenizer.json"),
            *("nlp/names", "nlp/records.py", "nlp/statements", "nlp/text/function_words.py"),
        ),
        libraries=("numpy", "onnxruntime", "py3langid", "tokenizers"),
        internal=("names",),
    ),
    Layer(
        name="actors",
        tables={"mentions": Mention},
        make=actors.annotate,
        needs=("statements",),
        files=(
            *_LANGUAGES,
            *(f"nlp/lexicon/{name}.txt" for name in ("actors", "blocs", "capitals", "countries", "demonyms")),
            *("nlp/actors", "nlp/names/countries.py", "nlp/names/forms.py"),
            *("nlp/names/located.py", "nlp/records.py", "nlp/text/lists.py"),
        ),
        libraries=("babel", "py3langid"),
    ),
    Layer(
        name="times",
        tables={"times": Time},
        make=times.annotate,
        needs=("sentences",),
        files=(*_LANGUAGES, "loading/dates.py", "loading/months.py", "nlp/records.py", "nlp/times"),
        libraries=("babel", "numpy", "py3langid"),
    ),
    Layer(
        name="quantities",
        tables={"quantities": Quantity},
        make=quantities.annotate,
        needs=("sentences", "statements", "actors", "times"),
        files=(
            *("nlp/lexicon/not_plurals.txt", "nlp/lexicon/quantities.txt"),
            *("nlp/quantities", "nlp/records.py", "nlp/text/lists.py"),
        ),
        libraries=("babel", "py3langid"),
    ),
    Layer(
        name="claims",
        tables={"claims": Claim},
        make=claims.annotate,
        needs=("sentences", "statements", "actors", "times", "quantities"),
        files=(
            *(*_LANGUAGES, "nlp/claims", "nlp/lexicon/claims.txt", "nlp/records.py"),
            *("nlp/text/lists.py", "nlp/text/words.py"),
        ),
        libraries=("py3langid",),
    ),
)
"""All layers. A layer comes after those that it needs."""


def names() -> tuple[str, ...]:
    """Return the names of all layers."""
    return tuple(layer.name for layer in LAYERS)


def layer(name: str) -> Layer:
    """Return a layer by its name. Raises KeyError for a name that no layer has."""
    for it in LAYERS:
        if it.name == name:
            return it
    raise KeyError(f"no layer is called {name!r}; there are {', '.join(names())}")


def layer_of(table: str) -> Layer:
    """Return the layer that makes a table. Raises KeyError for a table that none makes."""
    for it in LAYERS:
        if table in it.tables:
            return it
    raise KeyError(table)


def record_type(table: str) -> type[Record] | None:
    """Return the type of the records of a table; None for one that is not of spans."""
    return layer_of(table).tables[table]


def extracted() -> tuple[str, ...]:
    """Return the names of the layers that ``research extract`` and a run folder write."""
    return tuple(it.name for it in LAYERS if it.extracted)


def in_order(wanted: Iterable[str]) -> list[Layer]:
    """Return layers in the order in which they can be made. Raises KeyError for a name that no layer has."""
    chosen = {layer(name).name for name in wanted}
    return [it for it in LAYERS if it.name in chosen]


def with_needs(wanted: Iterable[str]) -> list[Layer]:
    """Return layers with all that they need, in the order in which they can be made."""
    chosen: set[str] = set()
    waiting = list(wanted)
    while waiting:
        it = layer(waiting.pop())
        if it.name not in chosen:
            chosen.add(it.name)
            waiting.extend(it.needs)
    return in_order(chosen)


def make(document: Document, wanted: Iterable[Layer], known: Mapping[str, list[Any]]) -> Tables:
    """Return the tables of layers, made in this order; ``known`` are tables of layers that they need."""
    tables = dict(known)
    made: Tables = {}
    for it in wanted:
        # A layer sees the tables that it declares, so that none can depend on others unnoticed.
        found = it.make(document, {table: tables[table] for name in it.needs for table in layer(name).tables})
        if found.keys() != it.tables.keys():
            raise ValueError(f"the layer {it.name} declares {', '.join(it.tables)} and made {', '.join(found)}")
        tables |= found
        made |= found
    return made


@dataclass(frozen=True)
class Making:
    """A call that makes layers of a document, named in order, given tables of others; any process can do it."""

    document: Document
    layers: tuple[str, ...]
    known: Tables

    def __call__(self) -> Tables:
        """Return the tables."""
        return make(self.document, [layer(name) for name in self.layers], self.known)


def version(name: str) -> str:
    """Return what a layer's results depend on beside the document, as a hash: files, libraries, Unicode tables."""
    return _version(layer(name), versions.PACKAGE)


@cache
def _version(it: Layer, package: Path) -> str:
    needed = [_version(layer(name), package) for name in it.needs]
    return versions.version(it.libraries, it.name, versions.digest(it.files, package), *needed)


def fingerprint(name: str) -> str:
    """Return a short hash of a layer's files and those of the layers that it needs, the same on every machine."""
    files = {file for it in with_needs([name]) for file in it.files}
    return versions.digest(files)[:16]
