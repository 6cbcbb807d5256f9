"""09_report: the findings of a run, or of a source where there is no run."""

from __future__ import annotations

import os
from itertools import groupby

import pandas as pd

from research.analysis import notebooks
from research.analysis.findings import Finding
from research.analysis.judging.corrected import Changes, changed, remaining
from research.analysis.wording import plural
from research.loading import load
from research.nlp.annotate import annotate
from research.outputs.citing.citations import Collection, to_paste
from research.outputs.folder.collection import dates_of
from research.outputs.folder.run_folder import RunFolder
from research.outputs.showing import display


def findings(
    source: str | os.PathLike[str] = "seeds",
    run: str | os.PathLike[str] | None = None,
    judgements: str | os.PathLike[str] | None = None,
) -> list[Finding]:
    """Return the findings of a run folder; without one, those of all notebooks on the source.

    ``judgements`` is as in ``load``. Raises ``UsageError`` where there is no such run.
    """
    if run is not None:
        return RunFolder.named(os.fspath(run)).findings
    return notebooks.summary(annotate(load(source, judgements=judgements or None)))


def show_overview(findings: list[Finding]) -> None:
    """Show all findings in one table: statement, value, unit, status, evidence and key.

    Where sentences were judged, a second table says what they change.
    """
    rows = [(it.statement, it.display, it.unit_display, it.status, _evidence(it), it.key) for it in findings]
    columns = ["statement", "value", "unit", "status", "evidence", "key"]
    display.show_script()
    display.show(display.table(pd.DataFrame(rows, columns=columns), "All findings", rows=len(rows)))
    if (judged := changed(findings)) is not None:
        display.show(display.note(judged.said))
        if judged.rows:
            display.show(display.table(_what_changed(judged), CHANGED, rows=len(judged.rows)))


CHANGED = "What judged sentences change"


def _what_changed(judged: Changes) -> pd.DataFrame:
    columns = ["key", "model_alone", "put_right", "corrected", "95%_CI"]
    return pd.DataFrame([[cell or None for cell in row] for row in judged.rows], columns=columns)


def _evidence(finding: Finding) -> str | None:
    """Return what a finding rests on: the number of its passages, or a table, which the finding itself names."""
    if not finding.is_computable:
        return None
    if finding.measure == "statistic":
        return "a table"
    return plural(sum(row.role == "counted" for row in finding.evidence), "passage")


def show(
    findings: list[Finding],
    source: str | os.PathLike[str] | None = None,
    run: str | os.PathLike[str] | None = None,
) -> None:
    """Show the findings with their evidence, under the name of the notebook that declared them.

    With the ``source`` and ``run`` that ``findings`` was called with, each has its citation too. Where sentences were
    judged, a table at the end says which findings they do not correct.
    """
    cited, dates = _cited_and_dated(source, run)
    for notebook, its in groupby(findings, key=lambda finding: finding.notebook):
        display.show(display.heading(notebooks.heading(notebook)))
        for finding in its:
            citation = None if cited is None else to_paste(cited.finding(finding), finding.key, kept=run is not None)
            display.show(display.finding(finding, citation, dates))
    if reasons := remaining(findings):
        rows = [(", ".join(it.keys), it.why, it.instead) for it in reasons]
        frame = pd.DataFrame(rows, columns=["findings", "why", "instead"])
        display.show(display.table(frame, "Findings that judged sentences do not correct", rows=len(rows)))


def _cited_and_dated(
    source: str | os.PathLike[str] | None, run: str | os.PathLike[str] | None
) -> tuple[Collection | None, dict[str, str | None]]:
    """Return how findings are cited, and the dates of the documents."""
    if run is not None:
        folder = RunFolder.named(os.fspath(run))
        return Collection.in_manifest(folder.manifest()), folder.dates()
    if source is None:
        return None, {}
    corpus = load(source)
    return Collection.of(corpus), dates_of(corpus)
