"""What a notebook declares about itself, for everything that shows, cites, follows and checks what it makes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec
from weakref import WeakKeyDictionary

from research.analysis.findings import Finding
from research.analysis.parameters import COPIES, Parameter
from research.analysis.wording import one_line
from research.errors import ParameterError
from research.nlp import text as texts
from research.nlp.annotate import Annotations

if TYPE_CHECKING:
    import pandas as pd

PLACE = ("doc_id", "start", "end")
"""The columns of a row that is about one passage of a document."""

Same = Callable[[str], str]
"""Takes all spellings of one identity to one text."""


def as_written(text: str) -> str:
    """Return a text as it is: only the same spelling is the same."""
    return text


def any_case(name: str) -> str:
    """Return what all spellings of a name share: capitals and white space are ignored.

    >>> any_case("MARA  Lindqvist")
    'mara lindqvist'
    """
    return one_line(texts.folded(name))


def base_form(term: str) -> str:
    r"""Return what all forms of a term share: capitals, white space and a regular ending in -s are ignored.

    >>> base_form("Nuclear\nweapons")
    'nuclear weapon'
    """
    return " ".join(map(texts.base_form, term.split()))


@dataclass(frozen=True)
class Table:
    """What a row of a table is about, what it counts, and which findings are about the table.

    ``identity`` names the columns that say what a row is about, each with what its spellings share; by default a row
    is about its place (``PLACE``), or else its first column. ``counts`` is the full name of the table whose rows a row
    counts, and ``grouped`` gives that table the columns of ``identity``. ``zeros`` are columns of counts that stay 0
    where no row is counted. ``findings`` are keys of findings, or the beginnings of keys. ``remedy`` says where the
    passages behind a row can be had, if the run keeps none.
    """

    identity: Mapping[str, Same] = field(default_factory=dict)
    counts: str = ""
    grouped: Callable[[pd.DataFrame], pd.DataFrame] = lambda frame: frame
    zeros: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    remedy: str = ""


@dataclass(frozen=True)
class Notebook:
    """One notebook: ``notebooks/NAME.ipynb``.

    ``layers`` are the annotations that it needs. ``findings`` takes the annotations and the notebook's own parameters
    by name, and returns what the notebook declares; its cell calls the same function. ``figures`` gives the full
    names of the tables behind each figure. ``speakers`` is the table that says who speaks in a passage of its
    evidence. ``about_corpus`` marks findings that describe the material: they come last wherever findings are read.
    ``shows_others`` marks a notebook that shows the findings of the others and runs after them.
    """

    name: str
    layers: tuple[str, ...] = ()
    findings: Callable[..., list[Finding]] | None = None
    parameters: tuple[Parameter, ...] = (COPIES,)
    tables: Mapping[str, Table] = field(default_factory=dict)
    figures: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    speakers: str = ""
    about_corpus: bool = False
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
