"""What a notebook declares about itself, for everything that shows, cites, follows and checks what it makes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec
from weakref import WeakKeyDictionary

from research.analysis import terms
from research.analysis.findings import Finding
from research.analysis.parameters import COPIES, Parameter
from research.errors import ParameterError
from research.loading import Corpus, Span
from research.nlp.annotate import Annotations
from research.nlp.records import spans

if TYPE_CHECKING:
    import pandas as pd

DOCUMENT = "doc_id"
"""The column of the document that a row is about, in every table."""
PLACE = (DOCUMENT, "start", "end")
"""The columns of a row that is about one passage of a document."""
SHARE = "share"
"""The column of a part of a whole, from 0 to 1, in every table and in the data of every figure."""
BEFORE, AFTER = "left", "right"
"""The columns of the text before and after a keyword, in every concordance."""
OFFSETS = "_at"
"""The ending of the columns that hold offsets of parts of a passage; see ``nlp.records.offsets``."""

Same = Callable[[str], str]
"""Takes all spellings of one identity to one text."""


def as_written(text: str) -> str:
    """Return a text as it is: only the same spelling is the same."""
    return text


def base_form(term: str) -> str:
    r"""Return what all forms of a term share: capitals, white space and a regular ending in -s are ignored.

    A word with a wildcard keeps its ending, because it finds words as they are written.

    >>> base_form("Nuclear\nweapons"), base_form("*Nations")
    ('nuclear weapon', '*nations')
    """
    return " ".join(map(terms.form, term.split()))


Row = Mapping[str, Any]
"""The cells of a row by column."""
Count = Callable[[Sequence[Row]], int]
"""Computes a whole number of a row once more, from the rows that it counts."""
Number = Callable[[Sequence[Row]], float | None]
"""Computes any number of a row once more, from the rows that it counts."""


def number_of(column: str) -> Count:
    """Return the count of the different values of a column.

    >>> number_of("doc_id")([{"doc_id": "a"}, {"doc_id": "a"}, {"doc_id": "b"}])
    2
    """
    return lambda rows: len({row[column] for row in rows})


def sum_of(column: str, **where: Any) -> Count:
    """Return the sum of a column, of the rows with these values in other columns.

    >>> sum_of("words", kind="direct")([{"words": 4, "kind": "direct"}, {"words": 9, "kind": "indirect"}])
    4
    """
    return lambda rows: sum(row[column] for row in rows if all(row[name] == value for name, value in where.items()))


@dataclass(frozen=True)
class Material:
    """How a table is shown where the report says what of the material is left out or repeated.

    ``heading`` begins the sentence for a run without the table: "Copies are listed by …". ``said`` makes the sentence
    above the rows from their number and from whether copies are counted.
    """

    heading: str
    caption: str
    said: Callable[[int, bool], str]


@dataclass(frozen=True)
class Table:
    """What a row of a table is about, what it counts, and which findings are about the table.

    ``identity`` names the columns that say what a row is about, each with what its spellings share; by default a row
    is about its place (``PLACE``), or else its first column. ``counts`` is the full name of the table whose rows a row
    counts, ``grouped`` gives that table the columns of ``identity``, and ``numbers`` computes columns of the row from
    the rows that it counts. ``findings`` are keys of findings, or the beginnings of keys. ``remedy`` says where the
    passages behind a row can be had, if the run keeps none.

    Of a row that is about a passage, ``words`` is the column of what it says, by default that of evidence; ``verbatim``
    says that this is the text at its place, unless the column ``parts`` has the offsets of several parts. ``speaker``
    are the columns that say who speaks: the first one with a value does. ``original`` is the column of the document
    that the document of a row repeats. ``material`` says how the report shows the table, if it is about the material.
    """

    identity: Mapping[str, Same] = field(default_factory=dict)
    counts: str = ""
    grouped: Callable[[pd.DataFrame], pd.DataFrame] = lambda frame: frame
    numbers: Mapping[str, Number] = field(default_factory=dict)
    findings: tuple[str, ...] = ()
    remedy: str = ""
    words: str = "exact"
    verbatim: bool = False
    parts: str = ""
    speaker: tuple[str, ...] = ()
    original: str = ""
    material: Material | None = None

    def who_speaks(self, row: Row) -> str | None:
        """Return the speaker of a row, by name or as the text calls the source; None where it does not say."""
        return next((row[name] for name in self.speaker if row.get(name)), None)

    def parts_of(self, row: Row) -> list[Span]:
        """Return the spans of the parts of a row's passage; none where the table does not have them."""
        return spans(row.get(self.parts))

    def text_of(self, row: Row) -> str:
        """Return the text at the place of a row; empty where the row does not hold it."""
        whole = self.verbatim and (not self.parts or len(self.parts_of(row)) == 1)
        return (row.get(self.words) if whole else None) or ""


@dataclass(frozen=True)
class Notebook:
    """One notebook: ``notebooks/NAME.ipynb``.

    ``layers`` are the annotations that it needs. ``findings`` takes the annotations and the notebook's own parameters
    by name, and returns what the notebook declares; its cell calls the same function. ``figures`` gives the full
    names of the tables behind each figure. ``speakers`` is the table that says who speaks in a passage of its
    evidence, and ``suggestions`` takes it, in the columns ``suggested_by``, to the names that may be one person, as
    rows of a ``speakers.csv``.
    ``in_one_line`` sums up findings that describe the material: they come last wherever findings are read.
    ``shows_others`` marks a notebook that shows the findings of the others and runs after them.
    """

    name: str
    layers: tuple[str, ...] = ()
    findings: Callable[..., list[Finding]] | None = None
    parameters: tuple[Parameter, ...] = (COPIES,)
    tables: Mapping[str, Table] = field(default_factory=dict)
    figures: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    speakers: str = ""
    suggestions: Callable[[pd.DataFrame], pd.DataFrame] | None = None
    suggested_by: tuple[str, ...] = ()
    in_one_line: Callable[[Iterable[Finding]], str] | None = None
    shows_others: bool = False

    @property
    def short(self) -> str:
        """The name without its number, as keys and the manifest have it: ``corpus`` for ``01_corpus``."""
        return self.name.partition("_")[2]

    def read(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return every parameter with its value, checked, or its default. Raises ``ParameterError``."""
        if unknown := given.keys() - {it.name for it in self.parameters}:
            known = ", ".join(it.name for it in self.parameters) or "none"
            raise ParameterError(f"{self.name} has no parameter {min(unknown)!r}. It takes: {known}.")
        return {it.name: it.read(given.get(it.name, it.default)) for it in self.parameters}

    @property
    def of_a_run(self) -> tuple[Parameter, ...]:
        """The parameters that a run has: all that do not show a part of it (``Parameter.views``)."""
        return tuple(it for it in self.parameters if not it.views)

    def viewed(self, settings: Mapping[str, Any]) -> dict[str, Any]:
        """Return the parameters that are set to show a part of what a run keeps, with their values."""
        return {it.name: settings[it.name] for it in self.parameters if it.views and settings[it.name] != it.default}

    def check_corpus(self, settings: Mapping[str, Any], corpus: Corpus) -> None:
        """Raise ``ParameterError`` for a parameter that these documents cannot have, before they are annotated."""
        for it in self.parameters:
            it.check_corpus(settings.get(it.name, it.default), corpus)

    def check_annotations(self, settings: Mapping[str, Any], annotations: Annotations) -> None:
        """Raise ``ParameterError`` for a parameter that asks for what these documents do not have."""
        for it in self.parameters:
            it.check_annotations(settings.get(it.name, it.default), annotations, settings)

    def summary(self, annotations: Annotations) -> list[Finding]:
        """Return the findings with the default parameters."""
        return [] if self.findings is None else self.findings(annotations)


_Given = ParamSpec("_Given")


def kept(
    make: Callable[Concatenate[Annotations, _Given], pd.DataFrame],
) -> Callable[Concatenate[Annotations, _Given], pd.DataFrame]:
    """Make a table of annotations once for the same arguments.

    A notebook shows a table in one cell and passes the annotations to ``findings`` in another; reading a hundred
    thousand documents again would double its time. A shallow copy is returned: pandas copies on write, so no change of
    the caller stays.
    """
    made: WeakKeyDictionary[Annotations, dict[str, pd.DataFrame]] = WeakKeyDictionary()

    @wraps(make)
    def once(annotations: Annotations, /, *args: _Given.args, **kwargs: _Given.kwargs) -> pd.DataFrame:
        tables = made.setdefault(annotations, {})
        key = repr((args, sorted(kwargs.items())))
        if key not in tables:
            tables[key] = make(annotations, *args, **kwargs)
        return tables[key].copy(deep=False)

    return once
