"""Findings of 05_language: how often terms occur, and how hard the corpus is to read."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from research.analysis.comparing import COMPARE
from research.analysis.corpus.tables import in_english
from research.analysis.declaring import base_form
from research.analysis.evidence import CONTEXT, Evidence, Passage
from research.analysis.findings import Computation, Finding, slug
from research.analysis.judging.corrections import corrected
from research.analysis.language.category_headlines import category_findings
from research.analysis.language.compared import compared
from research.analysis.language.keyness import keyness, sizes
from research.analysis.language.keyness_headlines import keyness_findings
from research.analysis.language.lines import BESIDE, SORT
from research.analysis.language.rates import rate
from research.analysis.language.spellings import in_place_of, words_found
from research.analysis.language.tables import (
    TERMS,
    chosen_terms,
    concordance,
    frequencies,
    not_in_english,
    readability,
    telling,
)
from research.analysis.language.themes_headlines import topic_findings
from research.analysis.language.words import words_of
from research.analysis.making import not_computable, of_count, of_statistic
from research.analysis.one_speaker import SPEAKER, spoken_by, whose
from research.analysis.statistics.readability import SHORTEST
from research.analysis.statistics.uncertainty import FEWEST_DOCUMENTS
from research.analysis.terms import has_wildcard
from research.analysis.wording import listed, most_often, one_line, plural, quoted, times
from research.nlp import text as texts
from research.nlp.annotate import Annotations

if TYPE_CHECKING:
    import pandas as pd

HEADLINE_TERMS = 3
"""The number of terms with a finding where none are given; the tables list all."""


@corrected
def findings(
    annotations: Annotations,
    terms: Any = None,
    *,
    compare: Any = None,
    dictionary: Any = None,
    context: Any = BESIDE.default,
    sort: Any = SORT.default,
    speaker: Any = None,
) -> list[Finding]:
    """Return the findings about what sets the corpus or its groups apart, terms, categories, topics and readability.

    With a ``speaker`` they are about the words of one speaker, or of one group, and have keys of their own: no run has
    them. Sentence length and reading ease are left out then, since a quotation may begin within a sentence. ``context``
    and ``sort`` choose how the concordance is shown, and no finding depends on them.

    >>> from research import annotate, load
    >>> print(findings(annotate(load("seeds"), layers=["counts", "text"]), "sanctions")[0].statement)
    “sanctions” (also “sanction”) occurs 4 times in 1 document.
    """
    BESIDE.read(context)
    SORT.read(sort)
    if (one := SPEAKER.read(speaker)) is not None:
        # The words are the same with and without what people judged, so that both have the findings.
        whole = annotations.with_judgements
        found = _findings(spoken_by(whole, one), terms, compare, dictionary)
        return _of_one(found, whose(whole, one))
    readable, complete = readability(annotations), annotations.corpus.complete
    return [
        *_findings(annotations, terms, compare, dictionary),
        _sentence_length(readable, complete=complete),
        _reading_ease(readable, complete=complete),
    ]


def _of_one(findings: Iterable[Finding], name: str) -> list[Finding]:
    """Return findings on the words of one speaker, as they are told beside those of everybody."""
    return [
        replace(
            it,
            key=f"{it.key}.of.{slug(name)}",
            statement=f"In the words of {name}: {it.statement.replace('the corpus', 'these words')}",
            method=f"{it.method} Only the words of {name} are counted.",
            parameters={**it.parameters, "speaker": name},
        )
        for it in findings
    ]


def _findings(annotations: Annotations, terms: Any, compare: Any, dictionary: Any) -> list[Finding]:
    """Return the findings about words."""
    frequent, readable = frequencies(annotations), readability(annotations)
    chosen = chosen_terms(frequent, terms)
    found = concordance(annotations, chosen)
    headline = headline_terms(chosen, terms)
    most_frequent = _most_frequent(frequent)
    complete = annotations.corpus.complete
    absent = {term: in_place_of(annotations, term) for term in headline if not (found["term"] == term).any()}
    within = {term: _within_phrases(annotations, frequent, term) for term in headline}
    made = [_term_count(found, term, most_frequent, within[term] or absent.get(term, "")) for term in headline]
    if len(readable) >= FEWEST_DOCUMENTS:
        made += [_term_rate(found, term, readable, complete=complete) for term in headline if term not in absent]
    asked = COMPARE.read(compare)
    key_terms = keyness_findings(
        keyness(annotations, compare), None if asked is None else annotations.by(asked), sizes(annotations, compare)
    )
    return [
        *(key_terms if TERMS.read(terms) is None else ()),
        *made,
        *(() if TERMS.read(terms) is None else key_terms),
        *compared.findings(annotations, compare, terms=terms, dictionary=dictionary),
        *category_findings(annotations, dictionary),
        *topic_findings(annotations),
    ]


def headline_terms(chosen: Sequence[str], terms: Any) -> list[str]:
    """Return the terms with a finding of their own: all that are asked for, or the first of the chosen ones."""
    return list(chosen if TERMS.read(terms) is not None else chosen[:HEADLINE_TERMS])


class _First(NamedTuple):
    """The base form of the most frequent content word, and whether a reporting verb is as frequent or more."""

    word: str
    after_reporting_verbs: bool


def _most_frequent(frequencies: pd.DataFrame) -> _First | None:
    """Return the most frequent content word that is no reporting verb; None where two words are equally frequent.

    What occurs within longer phrases counts, except for the words of the first one itself.
    """
    told = telling(frequencies)
    counts = told["count"].tolist()
    if not counts:
        return None
    first = str(told["word"].iloc[0])
    everywhere = told["count"] + told["in_phrases"]
    parts = {base_form(it) for it in first.split()}
    others = everywhere[1:][~told["word"].iloc[1:].map(base_form).isin(parts)]
    if not others.empty and others.max() >= everywhere.iloc[0]:
        return None
    ahead = frequencies.loc[frequencies["count"] >= counts[0], "word"]
    return _First(base_form(first), len(ahead) > 1)


def _within_phrases(annotations: Annotations, frequencies: pd.DataFrame, term: str) -> str:
    """Return how many occurrences of a term are within phrases, where other tables do not count them."""
    if has_wildcard(term):
        return ""
    form = base_form(term)
    rows = frequencies[frequencies["word"].map(base_form) == form]
    n = int(rows["in_phrases"].sum())
    example = words_of(annotations).example_with(form) if n else None
    return f", {times(n)} within {'a phrase' if n == 1 else 'phrases'} such as {quoted(example)}" if example else ""


_WORD_FORMS = (
    "Singular and plural count together, and so do capitals and small letters; parts of hyphenated words do not count."
)

_PATTERNS = (
    "A word with * (any letters) or ? (one letter), or a regular expression between slashes, finds words as they are "
    "written, and any other word its singular and plural; capitals and small letters count together. Parts of "
    "hyphenated words do not count."
)


def _forms_of(term: str) -> str:
    """Return the sentence of a method about which forms of a term count."""
    return _PATTERNS if has_wildcard(term) else _WORD_FORMS


_RANKED = "Function words, and reporting verbs such as “said” and “told”, are left out of the ranking."


def _slug(term: str) -> str:
    """Return a term as keys have it: its base form, since its most frequent spelling changes with the documents."""
    return slug(base_form(term))


def _passages(concordance: pd.DataFrame, term: str) -> Evidence:
    found = concordance.loc[concordance["term"] == term]

    def read() -> Iterator[Passage]:
        rows: Iterable[Any] = found.itertuples(index=False)
        for row in rows:
            before, after = row.left[-CONTEXT:], row.right[:CONTEXT]
            yield Passage("counted", row.doc_id, row.sha256, row.start, row.end, row.keyword, before, after)

    return Evidence(read)


def _as_found(passages: Evidence, term: str) -> str:
    """Return a term with its other forms, each in its most frequent spelling: “sanctions” (also “sanction”)."""
    if has_wildcard(term):
        return words_found(passages, term)
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for row in passages:
        form = one_line(row.exact)
        forms[texts.folded(form)][form] += 1
    forms.pop(texts.folded(term), None)
    others = [quoted(str(most_often(its.elements()))) for _, its in sorted(forms.items())]
    return f"{quoted(term)} (also {listed(others, 'or')})" if others else quoted(term)


def _term_count(concordance: pd.DataFrame, term: str, most_frequent: _First | None, more: str = "") -> Finding:
    passages = _passages(concordance, term)
    n, documents = len(passages), len({row.doc_id for row in passages})
    absent = f"does not occur in the corpus{more}"
    occurs = f"occurs {times(n)} in {plural(documents, 'document')}{more}" if n else absent
    first, ranked = "", ""
    if n and most_frequent is not None and base_form(term) == most_frequent.word:
        aside = ", reporting verbs aside" if most_frequent.after_reporting_verbs else ""
        kind = "content word or phrase" if " " in term else "content word"
        first, ranked = f"is the most frequent {kind}{aside}: it ", f" {_RANKED}"
    return of_count(
        f"language.count.{_slug(term)}",
        f"{_as_found(passages, term)} {first}{occurs}.",
        value=n,
        unit="passages",
        method=f"Every occurrence of the term is counted. {_forms_of(term)}{ranked}",
        n=n,
        n_documents=documents,
        parameters={"term": term},
        evidence=passages,
    )


def _term_rate(concordance: pd.DataFrame, term: str, readability: pd.DataFrame, *, complete: bool) -> Finding:
    passages = _passages(concordance, term)
    return rate(
        f"language.rate.{_slug(term)}",
        passages,
        readability,
        occurs=f"{_as_found(passages, term)} occurs",
        counted="Occurrences of the term",
        forms=_forms_of(term),
        parameters={"term": term},
        complete=complete,
    )


_NO_WORD = "the corpus has no word in English"


def _excluded(readability: pd.DataFrame) -> str:
    """Return the sentence of a method about documents in other languages."""
    others = len(not_in_english(readability))
    return f" Excluded: {plural(others, 'document')} in languages other than English." if others else ""


def _sentence_length(readability: pd.DataFrame, *, complete: bool) -> Finding:
    key, unit = "language.words_per_sentence", "words per sentence"
    method = f"All words of the corpus divided by all its sentences.{_excluded(readability)}"
    english = readability[in_english(readability)]
    if not english["words"].any():
        subject, n = "The average length of a sentence", len(english)
        return not_computable(key, subject, _NO_WORD, unit=unit, measure="statistic", method=method, n_documents=n)
    return of_statistic(
        key,
        "The average sentence has {value} words{interval}.",
        unit=unit,
        computation=Computation("words_per_sentence", "language.readability", ("english_words", "english_sentences")),
        method=method,
        table=english,
        digits=1,
        complete=complete,
    )


def _reading_ease(readability: pd.DataFrame, *, complete: bool) -> Finding:
    key, unit = "language.flesch_reading_ease", "points of reading ease"
    subject = "The Flesch reading ease"
    method = (
        "206.835 - 1.015 words per sentence - 84.6 syllables per word (Flesch 1948). Syllables are those of the CMU "
        f"Pronouncing Dictionary, estimated from the vowels for words that it lacks.{_excluded(readability)}"
    )
    english = readability[in_english(readability)]
    words = int(english["words"].sum())
    if words < SHORTEST:
        reason = f"the corpus has {plural(words, 'word')} in English, and the formula needs {SHORTEST}"
        return not_computable(
            key, subject, reason, unit=unit, measure="statistic", method=method, n_documents=len(english)
        )
    return of_statistic(
        key,
        f"{subject} is {{value}}{{interval}}, on a scale from 0 (very hard) to 100 (very easy).",
        unit=unit,
        computation=Computation(
            "flesch_reading_ease", "language.readability", ("english_words", "english_sentences", "syllables")
        ),
        method=method,
        table=english,
        digits=1,
        complete=complete,
    )
