"""01_corpus: what is in this corpus, and can it be trusted?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import count
from typing import TYPE_CHECKING

from research.analysis.figures import (
    BLUE,
    GREY,
    ORANGE,
    Figure,
    NotComputable,
    horizontal_bars,
    new_plot,
    style,
    whole_numbers,
)
from research.analysis.findings import (
    BY_WILSON,
    Computation,
    Evidence,
    Finding,
    Passages,
    between,
    joined,
    not_computable,
    of_share,
    passage,
    plural,
    statistic,
)
from research.analysis.statistics.uncertainty import rounded, wilson
from research.loading import Corpus, Rejected
from research.loading.dates import earliest, latest
from research.loading.readers import what_it_was
from research.nlp.annotate import AnnotatedDocument, Annotations
from research.nlp.english import is_english

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

LAYERS: tuple[str, ...] = ("counts",)
"""What this needs of the annotations: no more, so that it does for a hundred thousand documents."""
MOST_BARS = 25
"""The most documents that are drawn one by one; more are drawn as a distribution."""

SIZES = ("doc_id", "date", "source", "language", "words", "sentences", "copy_of", "sha256")
"""The columns of the documents that are for reading; the others are for finding the text again."""

_COLUMNS = (
    *("doc_id", "date", "date_origin", "title", "source", "language", "words", "counted_words", "sentences"),
    *("foreign_paragraphs", "foreign_words", "foreign_languages"),
    *("copy_of", "copy_kind", "similarity", "characters", "mojibake", "control", "replacement"),
    *("reader", "encoding", "path", "row", "sha256", "body_start", "body_end"),
)


def documents(annotations: Annotations) -> pd.DataFrame:
    """The documents with their sizes, one row a document.

    Columns: ``doc_id, date, date_origin, title, source, language`` (said or recognised), ``words, sentences``,
    ``counted_words`` (0 where the document is not counted, because it repeats another one), ``foreign_paragraphs,
    foreign_words, foreign_languages`` (what of these words is in another language within a document in English),
    ``copy_of, copy_kind, similarity`` (see ``loading.duplicates``), ``characters`` (of the whole text), how many places
    are damaged (``mojibake, control, replacement``), ``reader, encoding, path, row, sha256`` (of the file's bytes),
    ``body_start, body_end`` (character offsets of the prose).
    """
    import pandas as pd

    copies = annotations.copies
    rows = []
    for it in annotations.stream():
        copy = copies.get(it.document.id)
        words = it.n_words
        counted = words if copy is None or annotations.with_copies else 0
        rows.append((it.language, words, counted, it.n_sentences, *_foreign(it), *(copy or (None, None, None))))
    found = ["language", "words", "counted_words", "sentences", "foreign_paragraphs", "foreign_words"]
    found += ["foreign_languages", "copy_of", "copy_kind", "similarity"]
    said = annotations.corpus.documents.drop(columns="language")
    return said.join(pd.DataFrame(rows, columns=found, index=said.index))[list(_COLUMNS)]


def _foreign(it: AnnotatedDocument) -> tuple[int, int, str | None]:
    """How many paragraphs of an English document are in another language, their words, and which languages."""
    found = it.foreign
    return len(found), sum(words for _, _, words in found), "; ".join(sorted({name for _, name, _ in found})) or None


def counted(documents: pd.DataFrame) -> pd.DataFrame:
    """The documents that are counted: all but those that repeat another one, unless these count as well."""
    return documents[documents["counted_words"] == documents["words"]]


def copies(documents: pd.DataFrame) -> pd.DataFrame:
    """The documents that repeat another one: ``doc_id, copy_of, copy_kind, similarity, date, words``."""
    columns = ["doc_id", "copy_of", "copy_kind", "similarity", "date", "words"]
    return documents.loc[documents["copy_of"].notna(), columns].reset_index(drop=True)


TOO_SHORT = "too short to say"
"""What stands for the language of a text that tells none."""


def languages(documents: pd.DataFrame) -> pd.DataFrame:
    """How many documents and words are in each language: ``language, documents, words, statements``.

    ``statements`` says whether who said what was looked for.
    """
    import pandas as pd

    rows = [
        (
            TOO_SHORT if name is None else name,
            len(its),
            int(its["words"].sum()),
            "looked for" if is_english(name) else "not looked for",
        )
        for name, its in _by(documents, "language")
    ]
    return pd.DataFrame(rows, columns=["language", "documents", "words", "statements"])


def foreign_paragraphs(documents: pd.DataFrame) -> pd.DataFrame:
    """The documents in English with paragraphs in another language, those with the most of it first.

    Columns: ``doc_id, foreign_languages, foreign_paragraphs, foreign_words, words``. These words are part of the
    document's, and of all counts; who said what is not looked for in them.
    """
    columns = ["doc_id", "foreign_languages", "foreign_paragraphs", "foreign_words", "words"]
    mixed = documents.loc[documents["foreign_paragraphs"] > 0, columns]
    return mixed.sort_values(["foreign_words", "doc_id"], ascending=[False, True], ignore_index=True)


def sources(documents: pd.DataFrame) -> Figure | NotComputable:
    """Draw how many documents come from each source, the largest first."""
    named = documents.dropna(subset=["source"])
    if named.empty:
        return NotComputable(
            "No document says which outlet or office it comes from. A column source, the front matter or "
            "corpus.toml can say it."
        )
    by_source = [(str(name), len(its)) for name, its in _by(named, "source")]
    names, counts = map(list, zip(*by_source[:MOST_SOURCES], strict=True))
    with style():
        plot, axes = new_plot(height=1.2 + 0.3 * len(names))
        horizontal_bars(axes, names, counts, "documents")
        every = len(names) == len(by_source)
        axes.set_title(
            "Where the documents come from" if every else f"The {len(names)} sources with the most documents"
        )
    import pandas as pd

    return Figure(
        plot,
        pd.DataFrame(by_source, columns=["source", "documents"]),
        caption=f"Documents by source; without one, and left out: {len(documents) - len(named):,}."
        f"{_other_sources(by_source[MOST_SOURCES:], len(named))}",
        alt=f"Bar chart of {plural(len(named), 'document')} by {plural(len(by_source), 'source')}; most from "
        f"{names[0]} ({counts[0]:,}).",
    )


def _other_sources(others: Sequence[tuple[str, int]], n: int) -> str:
    """What is said of the sources that are not drawn, whose bar might dwarf all others."""
    if not others:
        return ""
    count = sum(documents for _, documents in others)
    verb = "is" if len(others) == 1 else "are"
    return (
        f" {plural(len(others), 'more source')} with {plural(count, 'document')} ({count / n:.0%} of those with a "
        f"source) {verb} not drawn; the data have all."
    )


MOST_SOURCES = 20
"""The most sources that are drawn one by one."""


def _by(documents: pd.DataFrame, column: str) -> list[tuple[str | None, pd.DataFrame]]:
    """The documents by a column's values, the most frequent first; None stands for what is missing."""
    groups = [(None if name == "" else str(name), its) for name, its in documents.groupby(documents[column].fillna(""))]
    return sorted(groups, key=lambda group: (-len(group[1]), group[0] or ""))


def reasons(rejected: Sequence[Rejected]) -> pd.DataFrame:
    """Why files and parts of files were left out: ``reason, files, parts, first``.

    Numbers within a reason, and what stands in brackets, do not tell reasons apart. A part of a file is a row or a
    sheet of a table, a record, or an article of a download.
    """
    import pandas as pd

    found: dict[str, list[Rejected]] = {}
    for it in rejected:
        found.setdefault(re.sub(r"[\d.,]*\d", "…", _without_brackets(it.reason)), []).append(it)
    rows = []
    for reason, its in found.items():
        files = sum(what_it_was(it) == "file" for it in its)
        rows.append((reason, files, len(its) - files, its[0].file))
    rows.sort(key=lambda row: (-row[1] - row[2], row[0]))
    return pd.DataFrame(rows, columns=["reason", "files", "parts", "first"])


def _without_brackets(reason: str) -> str:
    """A reason without what stands in brackets, which may hold others."""
    while (shorter := re.sub(r" ?\([^()]*\)", "", reason)) != reason:
        reason = shorter
    return reason


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
    longest, most = int(words.max()), int(words.quantile(_NEARLY_ALL, interpolation="lower"))
    end = longest if longest <= 2 * most else most
    width = _round_width((end + 1) / _MOST_CLASSES)
    edges = np.arange(0, end + width + 1, width)
    counts, _ = np.histogram(words, [*edges[:-1], edges[-1] - 0.5])  # the last bin would take in its upper edge
    beyond = int((words >= edges[-1]).sum())
    median = float(words.median())
    with style():
        plot, axes = new_plot(height=3.4)
        axes.bar(edges[:-1], counts, np.diff(edges), align="edge", color=BLUE, edgecolor="white", linewidth=0.5)
        axes.axvline(median, color=ORANGE, linewidth=2)
        _write_at_top(axes, f"median {median:,.0f}", median, ORANGE)
        if beyond:
            _write_at_top(axes, f"{beyond:,} longer, up to {longest:,} →", int(edges[-1]), GREY, left=True)
        axes.grid(axis="y")
        axes.set_xlim(0, edges[-1])
        axes.set_ylim(0, 1.15 * int(counts.max()))  # room for the median's label above the bars
        whole_numbers(axes, "x")
        whole_numbers(axes, "y")
        axes.set_xlabel(f"words in a document, {_in_classes(width)}")
        axes.set_ylabel("documents")
        axes.set_title("How long the documents are")
    data = pd.DataFrame({"from_words": edges[:-1], "below_words": edges[1:], "documents": counts})
    if beyond:
        data.loc[len(data)] = [edges[-1], longest + 1, beyond]
    return Figure(
        plot,
        data,
        caption=f"Distribution of the documents' lengths in words, {_in_classes(width)}; the line marks the median."
        + (f" Not drawn: {plural(beyond, 'longer document')}, up to {longest:,} words." if beyond else ""),
        alt=f"Histogram of the lengths of {plural(len(documents), 'document')}: from {int(words.min()):,} to "
        f"{longest:,} words, median {median:,.0f}.",
    )


_MOST_CLASSES = 30


def _round_width(least: float) -> int:
    """The next round number of words: all classes have this width, so that the bars can be compared."""
    return next(width for power in count() for digit in "125" if (width := int(digit + power * "0")) >= least)


def _in_classes(width: int) -> str:
    return f"in classes of {plural(width, 'word')}"


_NEARLY_ALL = 0.99
"""The share of the documents that is drawn for certain: a few very long ones would press all others into one bar."""


def _write_at_top(axes: Axes, text: str, x: float, colour: str, *, left: bool = False) -> None:
    """A note at the top of the plot, to the right or to the left of a place on the axis."""
    axes.annotate(
        text,
        (x, 1),
        xycoords=("data", "axes fraction"),
        xytext=(-5 if left else 5, -2),
        textcoords="offset points",
        ha="right" if left else "left",
        va="top",
        color=colour,
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
        step = -(-len(labels) // _MOST_LABELS.get(unit, 8))
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


_MOST_LABELS = {"day": 6}
"""How many labels fit below the bars, of units whose names are long."""
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
    """The headline findings: how many documents and words, how many copies, which languages, and from when."""
    openings, stated = _openings(annotations)
    complete = annotations.corpus.complete
    return [
        _document_count(annotations.corpus, openings),
        _word_total(documents),
        _copied_share(openings, documents, complete=complete),
        _foreign_share(openings, documents, complete=complete),
        _dated_share(openings, stated, documents, complete=complete),
        *_first_and_last(stated, documents),
    ]


def summary(annotations: Annotations) -> list[Finding]:
    """The findings that the notebook declares with its default parameters."""
    return findings(annotations, documents(annotations))


def _openings(annotations: Annotations) -> tuple[Passages, Passages]:
    """The first sentence of each document; and of each that carries a date the place where the text states it.

    Where the date stands outside the text, how the text begins stands in.
    """
    openings, stated = Passages(), Passages()
    for annotated in annotations.stream():
        document = annotated.document
        opening = passage(document, annotated.opening)
        openings.add(opening)
        if document.date is not None:
            stated.add(opening if document.date_span is None else passage(document, document.date_span))
    return openings, stated


def _document_count(corpus: Corpus, openings: Evidence) -> Finding:
    n, lost = len(openings), left_out(corpus.rejected)
    if corpus.complete and corpus.unread:
        lost[0] += ", so that these may not be all there are"
    return Finding(
        key="corpus.documents",
        statement=f"The corpus holds {'; '.join((plural(n, 'document'), *lost))}.",
        value=n,
        display=f"{n:,}",
        unit="documents",
        measure="documents",
        method="Every file that a text could be read from; the evidence is the first sentence of each.",
        status="descriptive",
        n=n,
        n_documents=n,
        evidence=openings,
    )


def left_out(rejected: Sequence[Rejected]) -> list[str]:
    """What was left out, as it stands in a sentence: files and each kind of their parts, and those that systems keep.

    >>> left_out([Rejected("a.csv#2", "", ""), Rejected("b.doc", "", ""), Rejected("c.doc", "", "")])
    ['2 files and 1 row of a table were left out']
    """
    lost = Counter(what_it_was(it) for it in rejected if not it.is_hidden)
    hidden = sum(it.is_hidden for it in rejected)
    kinds = [plural(lost[kind], *its) for kind, its in _LEFT_OUT.items() if lost[kind]]
    listed = " and ".join((", ".join(kinds[:-1]), kinds[-1])) if len(kinds) > 1 else "".join(kinds)
    counts = (
        (lost.total(), listed, "left out"),
        (hidden, plural(hidden, "hidden file of the system", "hidden files of the system"), "passed over"),
    )
    return [f"{what} {'was' if count == 1 else 'were'} {how}" for count, what, how in counts if count]


_LEFT_OUT = {
    "file": ("file", "files"),
    "sheet": ("sheet of a table", "sheets of tables"),
    "row": ("row of a table", "rows of tables"),
    "record": ("record of a file", "records of files"),
    "article": ("article of a download", "articles of downloads"),
}
"""How what was left out is called, one and many."""


def _word_total(documents: pd.DataFrame) -> Finding:
    computation = Computation("sum", "corpus.documents", ("counted_words",))
    total, n = int(statistic(computation, documents)), len(counted(documents))
    return Finding(
        key="corpus.words",
        statement=f"The corpus holds {plural(total, 'word')}."
        if n == len(documents)
        else f"The {plural(n, 'document')} that {'is' if n == 1 else 'are'} counted hold"
        f"{'s' if n == 1 else ''} {plural(total, 'word')}.",
        value=total,
        display=f"{total:,}",
        unit="words",
        measure="statistic",
        computation=computation,
        method="The words of all documents, headers left out"
        + (f", and without the {len(documents) - n:,} that repeat another one" if n < len(documents) else "")
        + ". A word is a token with a letter or a digit.",
        status="descriptive",
        n=n,
        n_documents=n,
    )


def _copied_share(openings: Evidence, documents: pd.DataFrame, *, complete: bool) -> Finding:
    chosen = set(documents.loc[documents["copy_of"].notna(), "doc_id"])
    again = "counted all the same" if len(counted(documents)) == len(documents) else "not counted again"
    predicate = f"repeats another one and is {again}" if len(chosen) == 1 else f"repeat another one and are {again}"
    return _share_of_documents(
        "corpus.copies",
        predicate if chosen else f"{'repeats' if len(documents) == 1 else 'repeat'} another one",
        openings.where(lambda row: row.doc_id in chosen),
        openings,
        complete=complete,
        method="Copies share half of their sequences of four words with another document, or eight tenths of the "
        "shorter one's stand in the longer (bottom-k sketches, Broder 1997). Of versions the earliest counts; of a "
        "text within a longer one, the longer.",
    )


def _foreign_share(openings: Evidence, documents: pd.DataFrame, *, complete: bool) -> Finding:
    chosen = set(documents.loc[~in_english(documents), "doc_id"])
    return _share_of_documents(
        "corpus.not_english",
        f"{'is' if 1 in (len(chosen), len(documents)) else 'are'} not in English, where who said what is not looked "
        "for",
        openings.where(lambda row: row.doc_id in chosen),
        openings,
        complete=complete,
        method="The language that a document is said to be in, or else the one that py3langid recognises in it.",
    )


def in_english(documents: pd.DataFrame) -> pd.Series[bool]:
    """Which rows of a table with a column ``language`` are of documents in English, or too short to say."""
    return documents["language"].map(lambda name: is_english(name if isinstance(name, str) else None)).astype(bool)


def _share_of_documents(
    key: str, predicate: str, chosen: Evidence, every: Evidence, *, complete: bool, method: str
) -> Finding:
    """A share of all documents, each of which is shown by a passage."""
    n_chosen, n = len(chosen), len(every)
    interval = wilson(n_chosen, n, complete=complete)
    share = rounded(n_chosen / n)
    return of_share(
        key,
        f"{n_chosen:,} of {plural(n, 'document')} ({share:.0%}) {predicate}{between(interval, '.0%')}.",
        value=share,
        display=f"{share:.0%}",
        unit="documents",
        interval=interval,
        interval_by=BY_WILSON,
        complete=complete,
        method=method,
        counted=chosen,
        base=every.counted_as("base"),
        n_documents=n,
    )


def _dated_share(openings: Evidence, stated: Evidence, documents: pd.DataFrame, *, complete: bool) -> Finding:
    dated = documents.dropna(subset=["date"])
    ids = set(dated["doc_id"])
    where = (
        "whose header states a date"
        if (dated["date_origin"] == "header").all()
        else "with a date in them or given with them"
    )
    return _share_of_documents(
        "corpus.dated",
        f"{'carries' if 1 in (len(dated), len(documents)) else 'carry'} a date",
        stated,
        joined(stated, openings.where(lambda row: row.doc_id not in ids)),
        complete=complete,
        method=f"Documents {where}, of all documents.",
    )


def _first_and_last(stated: Evidence, documents: pd.DataFrame) -> list[Finding]:
    ends = {"earliest": earliest, "latest": latest}
    written = sorted(set(documents["date"].dropna()))
    return [_end_of_period(which, end(written) if written else [], stated, documents) for which, end in ends.items()]


def _end_of_period(which: str, dates: list[str], stated: Evidence, documents: pd.DataFrame) -> Finding:
    """The first or last date: read off the text where it stands there as ISO 8601, else off the table of documents.

    ``dates`` are those that may be the first or last one: a year, and the days in it.
    """
    key, subject = f"corpus.{which}", f"The {which} date of a document"
    ids = sorted(documents.loc[documents["date"].isin(dates[:1]), "doc_id"])
    shown = ids[0 if which == "earliest" else -1] if ids else None
    found = tuple(stated.where(lambda row: row.doc_id == shown))
    written = not found or found[0].exact == dates[0]
    method = (
        f"Read off the {'header' if written else 'date'} of that document; of several with this date, one is shown."
    )
    if not dates:
        n = len(documents)
        reason = f"of {plural(n, 'document')}, none carries a date"
        return not_computable(key, subject, reason, unit=None, measure="value", method=method, n_documents=n)
    within = " and ".join(dates[1:])
    unknown = (
        f"; {within} {'falls' if len(dates) == 2 else 'fall'} within it and may be {which[:-3]}er" if within else ""
    )
    return Finding(
        key=key,
        statement=f"{subject} is {dates[0]}{unknown}.",
        value=dates[0],
        display=dates[0],
        unit=None,
        measure="value" if written else "statistic",
        computation=None if written else Computation(which, "corpus.documents", ("date",)),
        method=method,
        status="descriptive",
        n=1,
        n_documents=1,
        evidence=found,
    )
