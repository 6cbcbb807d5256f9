"""How often something occurs per 1,000 words, as a finding with its interval over documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from research.analysis.evidence import Passage
from research.analysis.findings import Computation, Finding
from research.analysis.language.tables import not_in_english
from research.analysis.making import BY_JACKKNIFE, with_interval
from research.analysis.statistics.ratios import of_ratio
from research.analysis.statistics.uncertainty import Interval, rounded
from research.analysis.wording import confidence, plural

if TYPE_CHECKING:
    import pandas as pd

_RARE = 0.1
"""Below this rate per 1,000 words two decimals say too little."""


def rate(
    key: str,
    passages: Sequence[Passage],
    readability: pd.DataFrame,
    *,
    occurs: str,
    counted: str,
    forms: str,
    parameters: Mapping[str, Any],
    complete: bool,
) -> Finding:
    """Return the finding that the passages occur so often per 1,000 words of all documents.

    There is at least one: a rate of 0 says no more than that something does not occur. ``occurs`` is the beginning of
    the sentence with its verb. ``counted`` and ``forms`` say in the method what is counted, and which forms of words
    are.
    """
    unit = "passages per 1,000 words"
    others = len(not_in_english(readability))
    whole = f"the corpus, {plural(others, 'document')} in other languages included" if others else "the corpus"
    method = f"{counted} per 1,000 words of {whole}. {forms}"
    words = int(readability["words"].sum())
    documents = [row.doc_id for row in passages]
    interval = rate_interval(documents, readability, complete=complete)
    value = rounded(1000 * len(documents) / words)
    precision = ",.2f" if value >= _RARE else ",.4f"
    ci = confidence(interval, precision)
    return Finding(
        key=key,
        statement=f"{occurs} {value:{precision}} times per 1,000 words{f' ({ci})' if ci else ''}.",
        value=value,
        display=f"{value:{precision}}",
        unit=unit,
        measure="rate",
        computation=Computation("sum", "language.readability", ("words",)),
        method=with_interval(method, interval, BY_JACKKNIFE, complete=complete),
        status="descriptive" if interval is None else "supported",
        interval=interval,
        n=len(documents),
        n_documents=len({*documents}),
        parameters=parameters,
        evidence=passages,
    )


def rate_interval(found: Iterable[str], readability: pd.DataFrame, *, complete: bool) -> Interval | None:
    """Return the interval of a rate per 1,000 words over documents; ``found`` has a document's id a passage."""
    import pandas as pd

    counts = pd.Series(list(found), dtype=object).value_counts()
    of_each = readability["doc_id"].map(counts).fillna(0).to_numpy(dtype="int64")
    return of_ratio(of_each, readability["words"].to_numpy(), share=False, per=1000, complete=complete)
