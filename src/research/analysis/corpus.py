"""01_corpus: what is in this corpus, and can it be trusted?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from research.analysis.figures import (
    BLUE,
    ORANGE,
    Figure,
    NotComputable,
    horizontal_bars,
    new_plot,
    style,
    whole_numbers,
)
from research.analysis.findings import (
    Computation,
    Finding,
    Passage,
    between,
    not_computable,
    passage,
    plural,
    statistic,
)
from research.analysis.uncertainty import rounded, wilson
from research.loading import Corpus
from research.nlp.annotate import Annotations

if TYPE_CHECKING:
    import pandas as pd

MOST_BARS = 25
"""The most documents that are drawn one by one; more are drawn as a distribution."""

SIZES = ("doc_id", "date", "words", "sentences", "characters", "sha256")
"""The columns of the documents that are for reading; the others are for finding the text again."""


def documents(annotations: Annotations) -> pd.DataFrame:
    """The documents with their sizes, one row a document.

    Columns: ``doc_id, date, words, sentences, characters`` (of the whole file), ``encoding, path, sha256``
    (of the file's bytes), ``body_start, body_end`` (character offsets of the prose).
    """
    sizes = {it.document.id: (len(it.words), len(it.sentences)) for it in annotations}
    table = annotations.corpus.documents
    table = table.assign(
        words=[sizes[doc_id][0] for doc_id in table["doc_id"]],
        sentences=[sizes[doc_id][1] for doc_id in table["doc_id"]],
    )
    return table[
        [
            "doc_id",
            "date",
            "words",
            "sentences",
            "characters",
            "encoding",
            "path",
            "sha256",
            "body_start",
            "body_end",
        ]
    ]


def lengths(documents: pd.DataFrame) -> Figure:
    """Draw how long the documents are: a bar for each of a few, the distribution of many."""
    if len(documents) <= MOST_BARS:
        return _length_of_each(documents)
    return _length_distribution(documents)


def _length_of_each(documents: pd.DataFrame) -> Figure:
    names, words = documents["doc_id"].tolist(), documents["words"].tolist()
    with style():
        plot, axes = new_plot(height=1.2 + 0.3 * len(names))
        horizontal_bars(axes, names, words, "words")
        axes.set_title("How long each document is")
    return Figure(
        plot,
        documents[["doc_id", "words"]],
        caption="Length of each document in words.",
        alt=f"Bar chart of the length of {plural(len(names), 'document')}: {_from_to(words)}.",
    )


def _from_to(words: list[int]) -> str:
    shortest, longest = min(words), max(words)
    return plural(longest, "word") if shortest == longest else f"{shortest:,} to {plural(longest, 'word')}"


def _length_distribution(documents: pd.DataFrame) -> Figure:
    import numpy as np
    import pandas as pd

    words = documents["words"]
    edges = np.unique(np.linspace(0, int(words.max()) + 1, 31).round().astype(int))
    counts, _ = np.histogram(words, edges)
    median = float(words.median())
    with style():
        plot, axes = new_plot(height=3.4)
        axes.bar(edges[:-1], counts, np.diff(edges), align="edge", color=BLUE, edgecolor="white", linewidth=0.5)
        axes.axvline(median, color=ORANGE, linewidth=2)
        axes.annotate(
            f"median {median:,.0f}",
            (median, 1),
            xycoords=("data", "axes fraction"),
            xytext=(5, -2),
            textcoords="offset points",
            va="top",
            color=ORANGE,
        )
        axes.grid(axis="y")
        axes.set_xlim(0, edges[-1])
        axes.set_ylim(0, 1.15 * int(counts.max()))  # room for the median's label above the bars
        whole_numbers(axes, "x")
        whole_numbers(axes, "y")
        axes.set_xlabel("words in a document")
        axes.set_ylabel("documents")
        axes.set_title("How long the documents are")
    return Figure(
        plot,
        pd.DataFrame({"from_words": edges[:-1], "below_words": edges[1:], "documents": counts}),
        caption="Distribution of the documents' lengths in words; the line marks the median.",
        alt=f"Histogram of the lengths of {plural(len(documents), 'document')}: from {int(words.min()):,} to "
        f"{int(words.max()):,} words, median {median:,.0f}.",
    )


def timeline(documents: pd.DataFrame) -> Figure | NotComputable:
    """Draw how many documents date from each day, month, year, decade or century, in at most about sixty bars.

    Where a document states no more than its month or its year, all are counted by month or by year.
    """
    import pandas as pd

    written = documents["date"].dropna()
    if written.nunique() < 2:
        found = "none here carries one" if written.empty else f"all here that carry one are of {written.iloc[0]}"
        return NotComputable(f"A timeline needs documents of at least two dates; {found}.")
    dated = pd.to_datetime(written + written.str.len().map({4: "-01-01", 7: "-01", 10: ""}), format="%Y-%m-%d")
    unit, labels, counts = _by_period(dated, _FINEST[int(written.str.len().min())])
    with style():
        plot, axes = new_plot(height=3.2)
        axes.bar(range(len(labels)), counts, color=BLUE, width=0.85)
        step = -(-len(labels) // 8)
        axes.set_xticks(range(0, len(labels), step), labels[::step])
        axes.grid(visible=False, axis="x")
        axes.grid(visible=True, axis="y")
        whole_numbers(axes, "y")
        axes.set_xlabel(unit)
        axes.set_ylabel("documents")
        axes.set_title(f"Documents by {unit}")
    return Figure(
        plot,
        pd.DataFrame({unit: labels, "documents": counts}),
        caption=f"Documents by {unit} of their date; without a date, and left out: {len(documents) - len(dated):,}.",
        alt=f"Bar chart of {plural(len(dated), 'dated document')} by {unit}, from {labels[0]} to {labels[-1]}; "
        f"most in {labels[counts.index(max(counts))]} ({max(counts):,}).",
    )


_PERIODS = {"day": (60, "D"), "month": (5 * 366, "M"), "year": (60 * 366, "Y")}
"""The longest span, in days, that is drawn in a unit, and the unit's name in pandas."""
_FINEST = {4: ("year",), 7: ("month", "year"), 10: ("day", "month", "year")}
"""The units that dates of so many characters can be counted in."""


def _by_period(dated: pd.Series[pd.Timestamp], units: Sequence[str]) -> tuple[str, list[str], list[int]]:
    """The unit that suits the dates, every period of it from the first to the last, and the dates in each."""
    import pandas as pd

    days = (dated.max() - dated.min()).days
    for unit, (longest, frequency) in _PERIODS.items():
        if unit in units and days <= longest:
            periods = dated.dt.to_period(frequency)
            every = pd.period_range(periods.min(), periods.max(), freq=frequency)
            return unit, [str(period) for period in every], periods.value_counts().reindex(every, fill_value=0).tolist()
    unit, years = ("decade", 10) if days <= 600 * 366 else ("century", 100)
    starts = dated.dt.year // years * years
    each = range(int(starts.min()), int(starts.max()) + 1, years)
    return unit, [f"{start}s" for start in each], starts.value_counts().reindex(each, fill_value=0).tolist()


def findings(annotations: Annotations, documents: pd.DataFrame) -> list[Finding]:
    """The headline findings: how many documents and words, and what dates they carry."""
    openings, dates = _openings(annotations)
    return [
        _document_count(annotations.corpus, openings),
        _word_total(documents),
        _dated_share(openings, dates),
        *_first_and_last(dates, len(documents)),
    ]


def summary(annotations: Annotations) -> list[Finding]:
    """The findings that the notebook declares with its default parameters."""
    return findings(annotations, documents(annotations))


class _Dated(NamedTuple):
    """A date that a document carries: the place where the text states it, or else how the text begins."""

    date: str
    passage: Passage
    in_header: bool


def _openings(annotations: Annotations) -> tuple[list[Passage], list[_Dated]]:
    """The first sentence of each document, and each date that a document carries."""
    openings, dates = [], []
    for annotated in annotations:
        document = annotated.document
        openings.append(passage(document, annotated.sentences[0] if annotated.sentences else document.body))
        if document.date is not None:
            stated = openings[-1] if document.date_span is None else passage(document, document.date_span)
            dates.append(_Dated(document.date, stated, document.date_origin == "header"))
    return openings, dates


def _document_count(corpus: Corpus, openings: list[Passage]) -> Finding:
    n = len(openings)
    left_out = (
        f"; {plural(len(corpus.rejected), 'file')} {'was' if len(corpus.rejected) == 1 else 'were'} left out"
        if corpus.rejected
        else ""
    )
    return Finding(
        key="corpus.documents",
        statement=f"The corpus holds {plural(n, 'document')}{left_out}.",
        value=n,
        display=f"{n:,}",
        unit="documents",
        measure="documents",
        method="Every file that a text could be read from; the evidence is the first sentence of each.",
        status="descriptive",
        n=n,
        n_documents=n,
        evidence=tuple(openings),
    )


def _word_total(documents: pd.DataFrame) -> Finding:
    computation = Computation("sum", "corpus.documents", ("words",))
    total = int(statistic(computation, documents))
    return Finding(
        key="corpus.words",
        statement=f"The corpus holds {plural(total, 'word')}.",
        value=total,
        display=f"{total:,}",
        unit="words",
        measure="statistic",
        computation=computation,
        method="The words of all documents, headers left out. A word is a token with a letter or a digit.",
        status="descriptive",
        n=len(documents),
        n_documents=len(documents),
    )


def _dated_share(openings: list[Passage], dates: list[_Dated]) -> Finding:
    stated = [it.passage for it in dates]
    dated = {row.doc_id for row in stated}
    undated = [row for row in openings if row.doc_id not in dated]
    base = [row._replace(role="base") for row in [*stated, *undated]]
    where = (
        "whose header states a date" if all(it.in_header for it in dates) else "with a date in them or given with them"
    )
    n = len(base)
    interval = wilson(len(dates), n)
    share = rounded(len(dates) / n)
    return Finding(
        key="corpus.dated",
        statement=f"{len(dates):,} of {plural(n, 'document')} ({share:.0%}) "
        f"{'carries' if 1 in (len(dates), n) else 'carry'} a date{between(interval, '.0%')}.",
        value=share,
        display=f"{share:.0%}",
        unit="documents",
        measure="share",
        method=f"Documents {where}, of all documents." + (" The interval is Wilson's (1927)." if interval else ""),
        status="descriptive" if interval is None else "supported",
        interval=interval,
        n=n,
        n_documents=n,
        evidence=(*stated, *base),
    )


def _first_and_last(dates: list[_Dated], n_documents: int) -> list[Finding]:
    in_order = sorted(dates, key=lambda it: (it.date, it.passage.doc_id))
    ends = {"earliest": in_order[:1], "latest": in_order[-1:]}
    return [_end_of_period(which, found, n_documents) for which, found in ends.items()]


def _end_of_period(which: str, found: list[_Dated], n_documents: int) -> Finding:
    """The first or last date: read off the text where it stands there as ISO 8601, else off the table of documents."""
    key, subject = f"corpus.{which}", f"The {which} date of a document"
    stated = not found or found[0].passage.exact == found[0].date
    method = f"Read off the {'header' if stated else 'date'} of that document; of several with this date, one is shown."
    if not found:
        reason = f"of {plural(n_documents, 'document')}, none carries a date"
        return not_computable(key, subject, reason, unit=None, measure="value", method=method, n_documents=n_documents)
    return Finding(
        key=key,
        statement=f"{subject} is {found[0].date}.",
        value=found[0].date,
        display=found[0].date,
        unit=None,
        measure="value" if stated else "statistic",
        computation=None if stated else Computation(which, "corpus.documents", ("date",)),
        method=method,
        status="descriptive",
        n=1,
        n_documents=1,
        evidence=(found[0].passage,),
    )
