"""The list of notebooks, and what the rest of the package looks up in it.

A new notebook is one ``.ipynb``, one module here that declares its ``NOTEBOOK``, and one entry in ``NOTEBOOKS``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, groupby
from typing import Any, NamedTuple

from research.analysis import accuracy, actors, claims, corpus, language, statements, time
from research.analysis.declaring import Notebook, Table
from research.analysis.findings import Finding
from research.analysis.judging.corrections import TABLE as JUDGED
from research.analysis.parameters import COPIES
from research.nlp.annotate import Annotations

REPORT = Notebook("09_report", parameters=(), shows_others=True)
"""Declared here because it has nothing of its own to compute; ``outputs.report`` shows it."""

NOTEBOOKS: tuple[Notebook, ...] = (
    corpus.NOTEBOOK,
    statements.NOTEBOOK,
    actors.NOTEBOOK,
    claims.NOTEBOOK,
    language.NOTEBOOK,
    time.NOTEBOOK,
    accuracy.NOTEBOOK,
    REPORT,
)
"""Every notebook, in the order of their numbers."""


def names() -> list[str]:
    """Return the names of all notebooks.

    >>> names()[0]
    '01_corpus'
    """
    return [it.name for it in NOTEBOOKS]


def named(name: str) -> Notebook | None:
    """Return the notebook of a name, with or without its number; None for an unknown one.

    >>> named("statements").name, named("05_language").short
    ('02_statements', 'language')
    """
    return next((it for it in NOTEBOOKS if name in (it.name, it.short)), None)


def table(full_name: str) -> Table:
    """Return what is declared of a table, by its full name such as ``statements.speakers``; nothing for others."""
    short, _, name = full_name.partition(".")
    notebook = named(short)
    if name == JUDGED:  # of any notebook with corrected findings
        return Table(findings=(short,))
    return Table() if notebook is None else notebook.tables.get(name, Table())


def tables_behind(figure: str) -> tuple[str, ...]:
    """Return the full names of the tables that a figure is drawn from.

    >>> tables_behind("statements.speech")
    ('statements.speakers', 'statements.sources')
    """
    short, _, name = figure.partition(".")
    notebook = named(short)
    return () if notebook is None else notebook.figures.get(name, ())


class Listed(NamedTuple):
    """A table that a notebook declares: the notebook, the full name of the table, and what is declared of it."""

    notebook: Notebook
    full_name: str
    table: Table


def declared_tables() -> Iterator[Listed]:
    """Yield every declared table, in the order of the notebooks.

    >>> next(it.full_name for it in declared_tables() if it.table.original)
    'corpus.copies'
    """
    for notebook in NOTEBOOKS:
        for name, its in notebook.tables.items():
            yield Listed(notebook, f"{notebook.short}.{name}", its)


def lists_copies() -> str:
    """Return the name of the notebook that lists the documents that repeat another.

    >>> lists_copies()
    '01_corpus'
    """
    return next(it.notebook.name for it in declared_tables() if it.table.original)


def counts_copies(parameters: Iterable[Mapping[str, Any]]) -> bool:
    """Return whether documents that repeat another one are counted, by the parameters of each notebook of a run."""
    return any(its.get(COPIES.name) for its in parameters)


def position(short: str) -> tuple[int, str]:
    """Return the place of a notebook in the order of their numbers, by its short name; unknown ones come last."""
    shorts = [it.short for it in NOTEBOOKS]
    return (shorts.index(short) if short in shorts else len(shorts), short)


def heading(short: str) -> str:
    """Return the heading of a notebook's findings, by its short name.

    >>> heading("statements"), heading("corpus")
    ('Statements', 'The corpus')
    """
    return "The corpus" if is_about_corpus(short) else short.capitalize()


def is_about_corpus(short: str) -> bool:
    """Whether the findings of a notebook describe the material."""
    notebook = named(short)
    return notebook is not None and notebook.in_one_line is not None


def reading_place(short: str) -> tuple[bool, int, str]:
    """Return the place of a notebook for readers: answers first, bookkeeping about the corpus last."""
    return (is_about_corpus(short), *position(short))


def in_reading_order(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings by notebook, in the order of ``reading_place``."""
    return sorted(findings, key=lambda finding: reading_place(finding.notebook))


class Brief(NamedTuple):
    """Findings as they are listed in brief: the answers, those that are not computable, and those about the corpus.

    ``line`` sums the latter up; it is empty where nothing is about the corpus.
    """

    answers: list[Finding]
    not_computable: list[Finding]
    about_corpus: list[Finding]
    line: str


def in_brief(findings: Iterable[Finding]) -> Brief:
    """Return findings in reading order, with those about the corpus in one line."""
    answers: list[Finding] = []
    missing: list[Finding] = []
    about: list[Finding] = []
    for finding in in_reading_order(findings):
        if is_about_corpus(finding.notebook):
            about.append(finding)
        else:
            (answers if finding.is_computable else missing).append(finding)
    lines = [
        notebook.in_one_line(list(its))
        for short, its in groupby(about, key=lambda finding: finding.notebook)
        if (notebook := named(short)) is not None and notebook.in_one_line is not None
    ]
    return Brief(answers, missing, about, " ".join(lines))


def summary(annotations: Annotations) -> list[Finding]:
    """Return the findings of all notebooks with their default parameters."""
    return in_reading_order(chain.from_iterable(it.summary(annotations) for it in NOTEBOOKS))
