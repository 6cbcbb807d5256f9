"""Findings of 01_corpus: counts of what is there, each in a short sentence.

They describe the material and estimate nothing, so none of them has an interval.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from research.analysis import kinds
from research.analysis.corpus.tables import counted, documents, in_english, left_out
from research.analysis.evidence import Evidence, Passages, passage
from research.analysis.findings import Computation, Finding
from research.analysis.making import not_computable, of_count
from research.analysis.recount import statistic
from research.analysis.statistics.periods import in_words
from research.analysis.wording import listed, plural
from research.loading import Corpus
from research.loading.dates import earliest, latest
from research.loading.documents import NEWS
from research.nlp.annotate import Annotations

if TYPE_CHECKING:
    import pandas as pd


_ALL_ENGLISH = "All documents are in English."


def findings(annotations: Annotations) -> list[Finding]:
    """Return the findings about the corpus: documents, words, copies, languages and dates.

    >>> from research import annotate, load
    >>> print(findings(annotate(load("seeds"), layers=["counts"]))[1].statement)
    The corpus holds 340 words.
    """
    table = documents(annotations)
    openings, stated = _openings(annotations)
    return [
        _document_count(annotations.corpus, openings),
        _word_total(table),
        *_kinds(openings, table),
        _copies(openings, table),
        _not_english(openings, table),
        _dated(stated, table),
        *_first_and_last(stated, table),
    ]


def _openings(annotations: Annotations) -> tuple[Passages, Passages]:
    """Return the first sentence of each document, and the date of each dated one where its text states it.

    A date from outside the text (a file name, a column) has no passage, so the first sentence is shown for it.
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
        lost[0] += ", so the documents may not be complete"
    return of_count(
        "corpus.documents",
        f"The corpus holds {'; '.join((plural(n, 'document'), *lost))}.",
        value=n,
        unit="documents",
        measure="documents",
        method="Every file or part of a file that was read as a text is a document. The evidence is the first sentence "
        "of each document.",
        n=n,
        n_documents=n,
        evidence=openings,
    )


def _word_total(documents: pd.DataFrame) -> Finding:
    computation = Computation("sum", "corpus.documents", ("counted_words",))
    total, n = int(statistic(computation, documents)), len(counted(documents))
    without = f", not counting {plural(len(documents) - n, 'copy', 'copies')}" if n < len(documents) else ""
    return Finding(
        key="corpus.words",
        statement=f"The corpus holds {plural(total, 'word')}{without}.",
        value=total,
        display=f"{total:,}",
        unit="words",
        measure="statistic",
        computation=computation,
        method=f"The words of all documents{without}, headers excluded. A word is a token with a letter or a digit.",
        status="descriptive",
        n=n,
        n_documents=n,
    )


def _kinds(openings: Evidence, documents: pd.DataFrame) -> list[Finding]:
    """Return one finding for each kind of document that there is."""
    found = set(documents["kind"])
    return [_of_kind(name, openings, documents) for name in kinds.NAMES if name in found]


def _of_kind(name: str, openings: Evidence, documents: pd.DataFrame) -> Finding:
    chosen = set(documents.loc[documents["kind"] == name, "doc_id"])
    are = "is" if len(chosen) == 1 else "are"
    what = kinds.what_they_are(name, len(chosen))
    return _of_documents(
        f"corpus.kind.{name}",
        chosen,
        openings,
        none=f"No document {are} {what}.",
        some=f"{are} {what}",
        every=f"All {len(documents):,} documents are {what}.",
        method="The kind that corpus.toml or the metadata of a document give it, or else the one that its layout "
        "shows: turns under labels make a transcript or an interview; the heading of a speech, an address to an "
        "audience, or “I” and “we” throughout make a speech or statement; all other documents are news.",
    )


def _copies(openings: Evidence, documents: pd.DataFrame) -> Finding:
    chosen = set(documents.loc[documents["copy_of"].notna(), "doc_id"])
    again = "is counted too" if len(counted(documents)) == len(documents) else "is not counted again"
    many = again.replace("is", "are", 1)
    return _of_documents(
        "corpus.copies",
        chosen,
        openings,
        none="No document repeats another.",
        some=f"repeats another and {again}" if len(chosen) == 1 else f"repeat another and {many}",
        method="A copy shares half of its sequences of four words with another document, or at least eight tenths of "
        "the shorter text occur in the longer one (bottom-k sketches, Broder 1997). Of several versions the earliest "
        "is counted; of a text within a longer one, the longer.",
    )


def _not_english(openings: Evidence, documents: pd.DataFrame) -> Finding:
    chosen = set(documents.loc[~in_english(documents), "doc_id"])
    unknown = int(documents["language"].isna().sum())
    unsaid = f"; {unknown:,} {'is' if unknown == 1 else 'are'} too short to tell" if unknown else ""
    are = "is" if len(chosen) == 1 else "are"
    return _of_documents(
        "corpus.not_english",
        chosen,
        openings,
        none=f"No document is known to be in a language other than English{unsaid}." if unknown else _ALL_ENGLISH,
        some=f"{are} not in English, and statements are extracted from English only{unsaid}",
        method="The language that a document declares, or else the one that py3langid recognises in it.",
    )


def _dated(stated: Evidence, documents: pd.DataFrame) -> Finding:
    dated = documents.dropna(subset=["date"])
    where = "in the header" if (dated["date_origin"] == "header").all() else "in the document or given with it"
    return _of_documents(
        "corpus.dated",
        set(dated["doc_id"]),
        stated,
        none="No document has a date.",
        some="has a date" if len(dated) == 1 else "have a date",
        every=f"All {len(documents):,} documents have a date.",
        method=f"Documents with a date {where} are counted.",
        n=len(documents),
    )


def _of_documents(
    key: str,
    chosen: Collection[str],
    passages: Evidence,
    *,
    none: str,
    some: str,
    method: str,
    every: str = "",
    n: int | None = None,
) -> Finding:
    """Return the number of chosen documents, each shown by a passage, of ``n`` in all (default: one a passage)."""
    n, n_chosen = len(passages) if n is None else n, len(chosen)
    statement = f"{n_chosen:,} of {plural(n, 'document')} {some}."
    if n_chosen == n == 1:
        statement = f"The only document (1 of 1) {some}."
    elif n_chosen == n > 2 and every:
        statement = every
    return of_count(
        key,
        statement if n_chosen else none,
        value=n_chosen,
        unit="documents",
        measure="documents",
        method=method,
        n=n_chosen,
        n_documents=n,
        evidence=passages.where(lambda row: row.doc_id in chosen),
    )


def _first_and_last(stated: Evidence, documents: pd.DataFrame) -> list[Finding]:
    ends = {"earliest": earliest, "latest": latest}
    written = sorted(set(documents["date"].dropna()))
    return [_end_of_period(which, end(written) if written else [], stated, documents) for which, end in ends.items()]


def _end_of_period(which: str, dates: list[str], stated: Evidence, documents: pd.DataFrame) -> Finding:
    """Return the first or last date: from the text where that has it as ISO 8601, else from the documents' table.

    ``dates`` are the candidates: a bare year, and the days within it that may be earlier or later.
    """
    key, subject = f"corpus.{which}", f"The {which} date of a document"
    ids = sorted(documents.loc[documents["date"].isin(dates[:1]), "doc_id"])
    shown = ids[0 if which == "earliest" else -1] if ids else None
    found = tuple(stated.where(lambda row: row.doc_id == shown))
    written = not found or found[0].exact == dates[0]
    method = f"The date is taken from {'the header of a document' if written else 'the table of documents'}."
    if not dates:
        n = len(documents)
        reason = f"no date in {plural(n, 'document')}"
        return not_computable(key, subject, reason, unit=None, measure="value", method=method, n_documents=n)
    comparative = which[:-3] + "er"
    within = listed([in_words(it) for it in dates[1:]])
    unknown = f"; {within} {'is' if len(dates) == 2 else 'are'} within it and may be {comparative}" if within else ""
    return Finding(
        key=key,
        statement=f"The {which} document is dated {in_words(dates[0])}{unknown}.",
        value=dates[0],
        display=in_words(dates[0]),
        unit=None,
        measure="value" if written else "statistic",
        computation=None if written else Computation(which, "corpus.documents", ("date",)),
        method=method,
        status="descriptive",
        n=1,
        n_documents=1,
        evidence=found,
    )


def in_one_line(findings: Iterable[Finding]) -> str:
    """Return one line that sums up the findings about the corpus, from their values alone.

    >>> from research import annotate, load
    >>> in_one_line(findings(annotate(load("seeds"), layers=["counts"])))
    'Corpus: 1 document (news report), 340 words, dated 29 September 2023, all in English; no document repeats another.'
    """
    found = {it.key.removeprefix("corpus."): it for it in findings}
    clauses = [", ".join(_extent(found)), *_set_apart(found)]
    return f"Corpus: {'; '.join(filter(None, clauses))}."


def _extent(found: Mapping[str, Finding]) -> Iterator[str]:
    """Return how many documents and words there are, from when, and that all are in English."""
    if "documents" in found:
        yield plural(_whole(found["documents"]), "document") + _of_kinds(found)
    if "words" in found:
        yield plural(_whole(found["words"]), "word")
    if {"dated", "earliest", "latest"} <= found.keys():
        first, last = found["earliest"], found["latest"]
        if first.value is None:
            yield "undated"
        else:
            yield f"dated {first.display}" + (f" to {last.display}" if last.value != first.value else "")
            if undated := found["dated"].n_documents - _whole(found["dated"]):
                yield f"{undated:,} without a date"
    if "not_english" in found and found["not_english"].statement == _ALL_ENGLISH:
        yield "all in English"


_IN_BRIEF = {**kinds.NAMES, NEWS: ("news report", "news reports")}


def _of_kinds(found: Mapping[str, Finding]) -> str:
    """Return how many documents are of each kind, in brackets."""
    counts = {name: _whole(found[f"kind.{name}"]) for name in kinds.NAMES if f"kind.{name}" in found}
    if len(counts) == 1:
        ((name, n),) = counts.items()
        word = _IN_BRIEF[name][n != 1]
        return f" ({word if n == 1 else f'all {word}'})"
    parts = (plural(n, *_IN_BRIEF[name]) for name, n in counts.items())
    return f" ({', '.join(parts)})" if counts else ""


def _set_apart(found: Mapping[str, Finding]) -> Iterator[str]:
    """Return how many documents are copies, and how many are not in English."""
    if "copies" in found:
        n = _whole(found["copies"])
        left_out = "words" in found and found["words"].n < found["copies"].n_documents
        again = f" and {'is' if n == 1 else 'are'} not counted again" if left_out else ""
        yield f"{plural(n, 'document')} repeat{'s' if n == 1 else ''} another{again}" if n else _NO_COPY
    if n := _whole(found["not_english"]) if "not_english" in found else 0:
        yield f"{plural(n, 'document')} {'is' if n == 1 else 'are'} not in English"


_NO_COPY = "no document repeats another"


def _whole(finding: Finding) -> int:
    return finding.value if isinstance(finding.value, int) else 0
