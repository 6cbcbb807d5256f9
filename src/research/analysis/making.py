"""Findings as notebooks make them: counts, shares, statistics, and those that are not computable.

Each function fills in what follows from the measure (status, n, how the interval was computed), so that a notebook
says only what is its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from research.analysis.evidence import Evidence, Passage, joined
from research.analysis.findings import Computation, Finding, Measure
from research.analysis.judging.corrected import Uncorrected
from research.analysis.measured import Known
from research.analysis.recount import statistic
from research.analysis.statistics.ratios import FEWEST_ON_EACH_SIDE, FEWEST_WITH_IT
from research.analysis.statistics.uncertainty import FEWEST_DOCUMENTS, RESAMPLES, Interval, bootstrap
from research.analysis.wording import confidence

if TYPE_CHECKING:
    import pandas as pd

BY_WILSON = "The interval is Wilson's (1927)."
BOOTSTRAPPED = (
    f"The interval is a percentile bootstrap over documents ({RESAMPLES:,} resamples), expanded for few documents "
    "(Hesterberg 2015)."
)
BY_JACKKNIFE = (
    "The interval is Student's on the logarithm of a rate or the log odds of a share; its standard error leaves out "
    "each document in turn (the jackknife, Tukey 1958), and documents of unlike length count as fewer (Kish 1965)."
)
OF_DIFFERENCE = (
    "The interval joins those of the two sides (Zou and Donner 2008): Student's on the logarithm of a rate or the log "
    "odds of a share, with the standard error of leaving out each document in turn (the jackknife, Tukey 1958); "
    "Wilson's for a share of documents."
)
_NONE = {
    BY_JACKKNIFE: f"An interval needs {FEWEST_DOCUMENTS} documents, of which {FEWEST_WITH_IT} have what is counted, "
    f"and for a share {FEWEST_WITH_IT} something else; these are too few.",
    OF_DIFFERENCE: f"An interval needs {FEWEST_DOCUMENTS} documents on each side, of which {FEWEST_ON_EACH_SIDE} have "
    f"what is counted, and for a share {FEWEST_ON_EACH_SIDE} something else; these are too few.",
    BOOTSTRAPPED: f"An interval needs {FEWEST_DOCUMENTS} documents that differ; there is none.",
    BY_WILSON: f"An interval needs {FEWEST_DOCUMENTS} documents; these are too few.",
}
"""Why there is no interval, by how it would be computed."""
_BY_COUNTING = Known((), "")
"""What is known about a finding that rests on counting alone: there is nothing to know."""
FULL_POPULATION = "corpus.toml says that these are all the documents there are, so there is no interval."


def with_interval(method: str, interval: Interval | None, interval_by: str, *, complete: bool) -> str:
    """Return a method with how its interval was computed, or why there is none."""
    if complete:
        return f"{method} {FULL_POPULATION}"
    return f"{method} {_NONE[interval_by] if interval is None else interval_by}"


def not_computable(
    key: str, subject: str, reason: str, *, unit: str | None, measure: Measure, method: str, n_documents: int
) -> Finding:
    """Return the finding for too little data; ``subject`` and ``reason`` make its sentence."""
    return Finding(
        key=key,
        statement=f"{subject} is not computable: {reason}.",
        value=None,
        display="not computable",
        unit=unit,
        measure=measure,
        method=method,
        status="not computable",
        n=0,
        n_documents=n_documents,
    )


def of_count(
    key: str,
    statement: str,
    *,
    value: int,
    unit: str,
    method: str,
    n: int,
    n_documents: int,
    evidence: Sequence[Passage],
    measure: Measure = "count",
    accuracy: Known = _BY_COUNTING,
    parameters: Mapping[str, Any] | None = None,
    additive: bool = False,
    uncorrected: Uncorrected | None = None,
) -> Finding:
    """Return a finding that counts what these documents hold: passages, or documents as ``measure`` says."""
    return Finding(
        key=key,
        statement=statement,
        value=value,
        display=f"{value:,}",
        unit=unit,
        measure=measure,
        method=method,
        status="descriptive",
        n=n,
        n_documents=n_documents,
        accuracy=accuracy.figures,
        accuracy_note=accuracy.note,
        parameters=parameters or {},
        evidence=evidence,
        additive=additive,
        uncorrected=uncorrected,
    )


def of_share(
    key: str,
    statement: str,
    *,
    value: float,
    display: str,
    unit: str,
    interval: Interval | None,
    interval_by: str,
    complete: bool,
    method: str,
    counted: Evidence,
    base: Evidence,
    n_documents: int,
    accuracy: Known = _BY_COUNTING,
    parameters: Mapping[str, Any] | None = None,
    additive: bool = False,
    uncorrected: Uncorrected | None = None,
) -> Finding:
    """Return a finding that is a share of the passages in ``base``, or of their documents or words as ``unit`` says.

    ``interval_by`` says how the interval was computed, ``complete`` that the documents are a full population.
    """
    return Finding(
        key=key,
        statement=statement,
        value=value,
        display=display,
        unit=unit,
        measure="share",
        method=with_interval(method, interval, interval_by, complete=complete),
        status="descriptive" if interval is None else "supported",
        interval=interval,
        n=len(base),
        n_documents=n_documents,
        accuracy=accuracy.figures,
        accuracy_note=accuracy.note,
        parameters=parameters or {},
        evidence=joined(counted, base),
        additive=additive,
        uncorrected=uncorrected,
    )


def of_statistic(
    key: str,
    statement: str,
    *,
    unit: str,
    computation: Computation,
    method: str,
    table: pd.DataFrame,
    digits: int,
    complete: bool = False,
) -> Finding:
    """Return a finding whose value is a statistic of a table with one row a document, with its interval.

    ``digits`` is the number of decimals shown. ``{value}`` and ``{interval}`` in the statement are filled in.
    """
    value = statistic(computation, table)
    interval = bootstrap(table, lambda rows: float(statistic(computation, rows)), complete=complete)
    display = f"{value:,.{digits}f}"
    bracketed = confidence(interval, f",.{digits}f")
    return Finding(
        key=key,
        statement=statement.format(value=display, interval=f" ({bracketed})" if bracketed else ""),
        value=value,
        display=display,
        unit=unit,
        measure="statistic",
        computation=computation,
        method=with_interval(method, interval, BOOTSTRAPPED, complete=complete),
        status="descriptive" if interval is None else "supported",
        interval=interval,
        n=len(table),
        n_documents=len(table),
    )
