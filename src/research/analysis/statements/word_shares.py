"""Findings that are a share of words: those of all statements, or of the turns of transcripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from research.analysis.making import BY_JACKKNIFE, of_share
from research.analysis.statements.gathered import Gathered, over_documents
from research.analysis.statistics.uncertainty import Interval, rounded
from research.analysis.wording import confidence, percent, share_precision

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from research.analysis.findings import Finding
    from research.analysis.measured import Known


class WordShare(NamedTuple):
    """The words of some statements as a share of those of more, with its 95% interval."""

    words: int
    of: int
    interval: Interval | None

    @property
    def value(self) -> float:
        """The share, as a fraction."""
        return rounded(self.words / self.of)

    def __str__(self) -> str:
        return percent(self.value)

    @property
    def in_brackets(self) -> str:
        """Both numbers of words, and the interval: "231 of 277, 95% CI 70% to 90%"."""
        return f"{self.words:,} of {self.of:,}{confidence(self.interval, share_precision(self.value), before=', ')}"


def word_share(
    evidence: Gathered, base: pd.DataFrame, counted: pd.Series[bool], documents: Iterable[str] | None = None
) -> WordShare:
    """Return the words of the rows ``counted`` of ``base`` as a share of those of all its rows.

    ``documents`` are those that the interval is over, by default all in English. ``base`` has at least one word.
    """
    own = base["words"].where(counted, 0)
    interval = over_documents(evidence, base.assign(counted=own, base=base["words"]), documents)
    return WordShare(int(own.sum()), int(base["words"].sum()), interval)


def of_words(
    key: str,
    statement: str,
    share: WordShare,
    evidence: Gathered,
    *,
    counted: pd.Series[bool],
    base: pd.Series[bool],
    noun: str,
    method: str,
    n_documents: int,
    accuracy: Known,
    parameters: dict[str, Any],
) -> Finding:
    """Return the finding of a share of words.

    ``counted`` and ``base`` say which of all statements have the words; ``noun`` is what one of them is called.
    """
    return of_share(
        key,
        statement,
        value=share.value,
        display=str(share),
        unit="words",
        interval=share.interval,
        interval_by=BY_JACKKNIFE,
        complete=evidence.complete,
        method=method + evidence.in_parts(counted, base, noun),
        counted=evidence.parts.marked(counted.repeat(evidence.n_parts)),
        base=evidence.parts.marked(base.repeat(evidence.n_parts)).counted_as("base"),
        n_documents=n_documents,
        accuracy=accuracy,
        parameters={**evidence.parameters, **parameters},
        additive=True,
    )
