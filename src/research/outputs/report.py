"""08_report: the findings of a run, or of a source where there is no run."""

from __future__ import annotations

import os
from itertools import groupby

import pandas as pd

from research.analysis import corpus, language, statements
from research.analysis.findings import Finding, plural
from research.loading import load
from research.nlp.annotate import annotate
from research.outputs.citing.citations import Collection, to_paste
from research.outputs.folder.collection import dates_of
from research.outputs.folder.run_folder import RunFolder
from research.outputs.showing import display

SUMMARIES = (corpus.summary, statements.summary, language.summary)
"""What each notebook finds with its default parameters, in the order of the notebooks."""


def findings(source: str | os.PathLike[str] = "seeds", run: str | os.PathLike[str] | None = None) -> list[Finding]:
    """The findings of a run folder; without one, those that the notebooks come to on the source.

    Raises ``UsageError`` where there is no such run.
    """
    if run is not None:
        return RunFolder.named(os.fspath(run)).findings
    annotations = annotate(load(source))
    return [finding for summary in SUMMARIES for finding in summary(annotations)]


def show_overview(findings: list[Finding]) -> None:
    """Show a table with a row a finding: its key, what it says, its status and its evidence."""
    rows = [(it.key, it.statement, it.display, it.unit_display, it.status, _evidence(it)) for it in findings]
    columns = ["key", "statement", "value", "unit", "status", "evidence"]
    display.show(display.table(pd.DataFrame(rows, columns=columns), "The findings", rows=len(rows)))


def _evidence(finding: Finding) -> str | None:
    """What a finding rests on, in brief: its passages, or the table that it is computed from."""
    if finding.status == "not computable":
        return None
    if finding.measure == "statistic":
        return str(finding.computation)
    return plural(sum(row.role == "counted" for row in finding.evidence), "passage")


def show(
    findings: list[Finding],
    source: str | os.PathLike[str] | None = None,
    run: str | os.PathLike[str] | None = None,
) -> None:
    """Show the findings with their evidence, under the name of the notebook that declared them.

    Given ``source`` and ``run`` as ``findings`` was, each has its citation as well.
    """
    cited, dates = _cited_and_dated(source, run)
    for notebook, its in groupby(findings, key=lambda finding: finding.notebook):
        display.show(display.heading(notebook.capitalize()))
        for finding in its:
            citation = None if cited is None else to_paste(cited.finding(finding), finding.key, kept=run is not None)
            display.show(display.finding(finding, citation, dates))


def _cited_and_dated(
    source: str | os.PathLike[str] | None, run: str | os.PathLike[str] | None
) -> tuple[Collection | None, dict[str, str | None]]:
    """How findings are to be cited, and the dates of the documents."""
    if run is not None:
        folder = RunFolder.named(os.fspath(run))
        return Collection.in_manifest(folder.manifest()), folder.dates()
    if source is None:
        return None, {}
    corpus = load(source)
    return Collection.of(corpus), dates_of(corpus)
