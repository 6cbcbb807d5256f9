"""The list of notebooks, and what the rest of the package looks up in it.

A new notebook is one ``.ipynb``, one module here that declares its ``NOTEBOOK``, and one entry in ``NOTEBOOKS``.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from research.analysis import corpus, language, statements
from research.analysis.declaring import Notebook, Table
from research.analysis.findings import Finding
from research.nlp.annotate import Annotations

REPORT = Notebook("08_report", parameters=(), shows_others=True)
"""Declared here because it has nothing of its own to compute; ``outputs.report`` shows it."""

NOTEBOOKS: tuple[Notebook, ...] = (corpus.NOTEBOOK, statements.NOTEBOOK, language.NOTEBOOK, REPORT)
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
    return Table() if notebook is None else notebook.tables.get(name, Table())


def tables_behind(figure: str) -> tuple[str, ...]:
    """Return the full names of the tables that a figure is drawn from.

    >>> tables_behind("statements.speech")
    ('statements.speakers', 'statements.sources')
    """
    short, _, name = figure.partition(".")
    notebook = named(short)
    return () if notebook is None else notebook.figures.get(name, ())


def position(short: str) -> tuple[int, str]:
    """Return the place of a notebook in the order of their numbers, by its short name; unknown ones come last."""
    shorts = [it.short for it in NOTEBOOKS]
    return (shorts.index(short) if short in shorts else len(shorts), short)


def heading(short: str) -> str:
    """Return the heading of a notebook's findings, by its short name.

    >>> heading("statements"), heading("corpus")
    ('Statements', 'The corpus')
    """
    notebook = named(short)
    return "The corpus" if notebook is not None and notebook.about_corpus else short.capitalize()


def reading_place(short: str) -> tuple[bool, int, str]:
    """Return the place of a notebook for readers: answers first, bookkeeping about the corpus last."""
    notebook = named(short)
    return (notebook is not None and notebook.about_corpus, *position(short))


def in_reading_order(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings by notebook, in the order of ``reading_place``."""
    return sorted(findings, key=lambda finding: reading_place(finding.notebook))


def summary(annotations: Annotations) -> list[Finding]:
    """Return the findings of all notebooks with their default parameters."""
    return in_reading_order(chain.from_iterable(it.summary(annotations) for it in NOTEBOOKS))
