"""05_language: which words and phrases are characteristic of a corpus, and in what context?

Terms are looked up in all documents. What is made for English alone, the list of function words, the lengths of
sentences and the reading ease, leaves out the documents that are in another language.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from research.analysis import concordance as kwic
from research.analysis.corpus import in_english
from research.analysis.figures import Figure, NotComputable, horizontal_bars, new_plot, style
from research.analysis.findings import (
    BOOTSTRAPPED,
    CONTEXT,
    Computation,
    Evidence,
    Finding,
    Passage,
    between,
    not_computable,
    of_statistic,
    plural,
    quoted,
    slug,
    with_interval,
)
from research.analysis.statistics.dispersion import deviation_of_proportions, dispersion_plot
from research.analysis.statistics.readability import SHORTEST, flesch_reading_ease
from research.analysis.statistics.uncertainty import FEWEST_DOCUMENTS, bootstrap, rounded
from research.errors import ParameterError
from research.nlp import text as texts
from research.nlp.annotate import Annotations
from research.nlp.english import is_english

if TYPE_CHECKING:
    import pandas as pd

LAYERS: tuple[str, ...] = ("counts", "text")
"""What this needs of the annotations."""
DEFAULT_TERMS = 6
"""How many of the most frequent content words are looked up where no terms are given."""
_RARE = 0.1
"""The rate per 1,000 words under which two decimals would say little."""
HEADLINE_TERMS = 3
"""How many terms have a finding where none are given; each of the others has its rows in the tables."""
BARS = 20
KWIC = ("term", "doc_id", "start", "left", "keyword", "right")
"""The columns of a concordance that are for reading; the others are for finding the place again."""


def frequencies(annotations: Annotations) -> pd.DataFrame:
    """Count the words that are no function words in the documents in English, the most frequent first.

    Columns: ``word`` (as it is most often written), ``count``, ``per_1000_words`` (of all words of these documents,
    function words included), ``n_documents``. Capitals aside, singular and plural count together (``text.base_form``).
    """
    import pandas as pd

    counts: Counter[str] = Counter()
    documents: Counter[str] = Counter()
    written: dict[str, Counter[str]] = defaultdict(Counter)
    words = 0
    for annotated in annotations:
        if not is_english(annotated.language):
            continue  # there most function words would count as content words
        words += len(annotated.words)
        here = [annotated[span] for span in annotated.words if texts.is_content_word(annotated[span])]
        for form in here:
            written[texts.base_form(form)][form] += 1
        forms = Counter(map(texts.base_form, here))
        counts.update(forms)
        documents.update(forms.keys())
    rows = [
        (_most_often(written[word]), count, rounded(1000 * count / words), documents[word])
        for word, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]
    return pd.DataFrame(rows, columns=["word", "count", "per_1000_words", "n_documents"])


def _most_often(forms: Counter[str]) -> str:
    return min(forms, key=lambda form: (-forms[form], form))


def chosen_terms(frequencies: pd.DataFrame, terms: Sequence[str] | None) -> list[str]:
    """The terms that were asked for, or else the most frequent content words.

    Of terms that find the same places ("sanction", "Sanctions") the first stays. Raises ``ParameterError``
    for anything but a list of words.
    """
    if terms is None:
        return [str(word) for word in frequencies["word"].head(DEFAULT_TERMS)]
    if not isinstance(terms, list | tuple) or not all(isinstance(term, str) for term in terms):
        raise ParameterError('The parameter terms takes a list of words, such as ["sanctions", "Russia"].')
    first: dict[str, str] = {}
    for term in terms:
        first.setdefault(_base_form(term), term)
    return list(first.values())


def headline_terms(chosen: Sequence[str], terms: Sequence[str] | None) -> list[str]:
    """The terms with a finding of their own: all that were asked for, or else the first of the chosen ones."""
    return list(chosen if terms is not None else chosen[:HEADLINE_TERMS])


def frequency_chart(frequencies: pd.DataFrame) -> Figure | NotComputable:
    """Draw the most frequent content words as bars."""
    if frequencies.empty:
        return NotComputable("The corpus holds no English word but function words, so there is nothing to draw.")
    shown = frequencies.head(BARS)
    words, counts = shown["word"].tolist(), shown["count"].tolist()
    with style():
        plot, axes = new_plot(height=1.1 + 0.26 * len(words))
        horizontal_bars(axes, words, counts, "times in the corpus")
        axes.set_title("The most frequent content words")
    listed = ", ".join(f"{word} {count:,}" for word, count in zip(words[:5], counts[:5], strict=True))
    return Figure(
        plot,
        shown,
        caption="The most frequent words of the documents in English, function words left out; forms with and without "
        f"a regular ending in -s count together, under the more frequent one. At most {BARS} are drawn; of words that "
        "stand equally often, those first in the alphabet.",
        alt=f"Bar chart of {plural(len(words), 'content word')} by frequency. First: {listed}.",
    )


def concordance(annotations: Annotations, terms: Sequence[str]) -> pd.DataFrame:
    """Every place of the terms in its context; see ``analysis.concordance``."""
    return kwic.concordance(annotations, terms)


def where_terms_stand(
    concordance: pd.DataFrame, terms: Sequence[str], readability: pd.DataFrame
) -> Figure | NotComputable:
    """Draw the dispersion of the terms, in the order of time where it is known; see ``analysis.dispersion``."""
    order = by_date(readability)
    if order is None:
        return dispersion_plot(concordance, terms, readability["words"].tolist(), IN_ORDER_OF_NAMES)
    before = dict(zip(readability["doc_id"], _words_before(readability), strict=True))
    now = dict(zip(order["doc_id"], _words_before(order), strict=True))
    moved = concordance["doc_id"].map(lambda doc_id: now[doc_id] - before[doc_id])
    places = concordance.assign(position=concordance["position"] + moved).sort_values("position", kind="stable")
    return dispersion_plot(places, terms, order["words"].tolist(), IN_ORDER_OF_DATES)


IN_ORDER_OF_NAMES, IN_ORDER_OF_DATES = "documents in the order of their names", "documents in the order of their dates"


def by_date(readability: pd.DataFrame) -> pd.DataFrame | None:
    """The documents in the order of their dates; None where not all have one, or where some say less than others."""
    dates = readability["date"]
    if dates.isna().any() or dates.nunique() < 2 or dates.str.len().nunique() > 1:
        return None
    return readability.sort_values("date", kind="stable", ignore_index=True)


def _words_before(documents: pd.DataFrame) -> list[int]:
    return [0, *accumulate(documents["words"].tolist())][:-1]


def term_table(concordance: pd.DataFrame, terms: Sequence[str], readability: pd.DataFrame) -> pd.DataFrame:
    """How often each term stands, and how evenly: ``term, count, per_1000_words, n_documents, dp``.

    ``dp`` is Gries' deviation of proportions over the documents, missing where there are fewer than ten.
    """
    import pandas as pd

    words = int(readability["words"].sum())
    rows = []
    for term in terms:
        places = concordance.loc[concordance["term"] == term, "doc_id"]
        by_document = places.value_counts()
        dp = None
        if len(readability) >= FEWEST_DOCUMENTS and len(places):
            counts = [int(by_document.get(doc_id, 0)) for doc_id in readability["doc_id"]]
            dp = rounded(deviation_of_proportions(counts, readability["words"].tolist()))
        rate = rounded(1000 * len(places) / words) if words else None
        rows.append((term, len(places), rate, places.nunique(), dp))
    return pd.DataFrame(rows, columns=["term", "count", "per_1000_words", "n_documents", "dp"])


def readability(annotations: Annotations) -> pd.DataFrame:
    """Length and reading ease, one row a document.

    Columns: ``doc_id, date, language, words, sentences``; ``english_words, english_sentences, syllables``, which are
    0 where a document is in another language; ``words_per_sentence, flesch_reading_ease``, which are missing there.
    The reading ease is missing for documents shorter than 100 words as well.
    """
    import pandas as pd

    rows: list[tuple[object, ...]] = []
    for annotated in annotations:
        words, sentences = len(annotated.words), len(annotated.sentences)
        document = annotated.document
        known = (document.id, document.date, annotated.language, words, sentences)
        if not is_english(annotated.language):
            rows.append((*known, 0, 0, 0, None, None))
            continue
        syllables = sum(texts.syllables(annotated[span]) for span in annotated.words)
        ease = rounded(flesch_reading_ease(words, sentences, syllables)) if words >= SHORTEST else None
        rows.append((*known, words, sentences, syllables, rounded(words / sentences), ease))
    return pd.DataFrame(rows, columns=_READABILITY).astype(
        {"date": object, "language": object, **dict.fromkeys(_MEANS, "float64")}
    )


READABILITY = ("doc_id", "language", "words", "sentences", "words_per_sentence", "flesch_reading_ease")
"""The columns of the readability that are for reading; the others are for computing it again."""
_MEANS = ("words_per_sentence", "flesch_reading_ease")
_READABILITY = [
    *("doc_id", "date", "language", "words", "sentences"),
    "english_words",
    "english_sentences",
    "syllables",
    *_MEANS,
]


def _in_english(readability: pd.DataFrame) -> pd.DataFrame:
    """The rows of the documents in English; also of those that are too short to say."""
    return readability[in_english(readability)]


def not_in_english(readability: pd.DataFrame) -> pd.DataFrame:
    """The documents that are in another language: ``doc_id, language, words``."""
    others = readability[~in_english(readability)]
    return others[["doc_id", "language", "words"]].reset_index(drop=True)


def findings(
    concordance: pd.DataFrame, terms: Sequence[str], readability: pd.DataFrame, *, complete: bool
) -> list[Finding]:
    """The headline findings: how often each of the terms stands, and how hard the corpus is to read.

    ``complete`` says whether the documents are all there are, so that no interval is due.
    """
    found = [_term_count(concordance, term) for term in terms]
    found += [_sentence_length(readability, complete=complete), _reading_ease(readability, complete=complete)]
    if len(readability) >= FEWEST_DOCUMENTS:
        found += [_term_rate(concordance, term, readability, complete=complete) for term in terms]
    return found


def summary(annotations: Annotations) -> list[Finding]:
    """The findings that the notebook declares with its default parameters."""
    readable = readability(annotations)
    terms = chosen_terms(frequencies(annotations), None)
    places = concordance(annotations, terms)
    return findings(places, headline_terms(terms, None), readable, complete=annotations.corpus.complete)


_WORD_FORMS = (
    "Capitals aside, forms that differ by a regular ending in -s count together; a part of a hyphenated word is none."
)


def _base_form(term: str) -> str:
    """What is the same for all terms that find the same places."""
    return " ".join(map(texts.base_form, term.split()))


def _slug(term: str) -> str:
    """A term as keys have it: by its base form, since the form most often written changes with the documents."""
    return slug(_base_form(term))


def _passages(concordance: pd.DataFrame, term: str) -> Evidence:
    places = concordance.loc[concordance["term"] == term]

    def read() -> Iterator[Passage]:
        rows: Iterable[Any] = places.itertuples(index=False)
        for row in rows:
            before, after = row.left[-CONTEXT:], row.right[:CONTEXT]
            yield Passage("counted", row.doc_id, row.sha256, row.start, row.end, row.keyword, before, after)

    return Evidence(read)


def _as_found(passages: Evidence, term: str) -> str:
    """A term with the other forms that were counted as the same: “sanctions” or “sanction”."""
    others = {texts.folded(row.exact) for row in passages} - {texts.folded(term)}
    return " or ".join(quoted(form) for form in [term, *sorted(others)])


def _term_count(concordance: pd.DataFrame, term: str) -> Finding:
    passages = _passages(concordance, term)
    n, documents = len(passages), len({row.doc_id for row in passages})
    places = plural(n, "place")
    where = plural(documents, "document") if n else "the corpus"
    return Finding(
        key=f"language.count.{_slug(term)}",
        statement=f"{_as_found(passages, term)} stands in {places} of {where}.",
        value=n,
        display=f"{n:,}",
        unit="passages",
        measure="count",
        method=f"Every place of the term is counted. {_WORD_FORMS}",
        status="descriptive",
        n=n,
        n_documents=documents,
        parameters={"term": term},
        evidence=passages,
    )


def _term_rate(concordance: pd.DataFrame, term: str, readability: pd.DataFrame, *, complete: bool) -> Finding:
    import pandas as pd

    key, unit = f"language.rate.{_slug(term)}", "passages per 1,000 words"
    others = len(not_in_english(readability))
    whole = f"the corpus, {plural(others, 'document')} in other languages included" if others else "the corpus"
    method = f"Places of the term per 1,000 words of {whole}. {_WORD_FORMS}"
    words = int(readability["words"].sum())
    if words == 0:
        subject, reason = f"The rate of {quoted(term)}", "the corpus has no word"
        return not_computable(
            key, subject, reason, unit=unit, measure="rate", method=method, n_documents=len(readability)
        )
    passages = _passages(concordance, term)
    n = len(passages)
    by_document = pd.Series([row.doc_id for row in passages], dtype=object).value_counts()
    table = readability.assign(places=readability["doc_id"].map(by_document).fillna(0).astype("int64"))
    interval = bootstrap(
        table, lambda rows: 1000 * int(rows["places"].sum()) / int(rows["words"].sum()), complete=complete
    )
    rate = rounded(1000 * n / words)
    precision = ",.2f" if rate == 0 or rate >= _RARE else ",.4f"
    return Finding(
        key=key,
        statement=f"{_as_found(passages, term)} stands {rate:{precision}} times per 1,000 words"
        f"{between(interval, precision)}.",
        value=rate,
        display=f"{rate:{precision}}",
        unit=unit,
        measure="rate",
        computation=Computation("sum", "language.readability", ("words",)),
        method=with_interval(method, interval, BOOTSTRAPPED, complete=complete),
        status="descriptive" if interval is None else "supported",
        interval=interval,
        n=n,
        n_documents=by_document.size,
        parameters={"term": term},
        evidence=passages,
    )


_NO_WORD = "the corpus has no word in English"


def _of_english(readability: pd.DataFrame) -> str:
    """What a method says of the documents that it leaves out."""
    others = len(not_in_english(readability))
    return f" Left out: {plural(others, 'document')} in other languages than English." if others else ""


def _sentence_length(readability: pd.DataFrame, *, complete: bool) -> Finding:
    key, unit = "language.words_per_sentence", "words per sentence"
    method = f"All words of the corpus divided by all its sentences.{_of_english(readability)}"
    english = _in_english(readability)
    if not english["words"].any():
        subject, n = "The average length of a sentence", len(english)
        return not_computable(key, subject, _NO_WORD, unit=unit, measure="statistic", method=method, n_documents=n)
    columns = ("english_words", "english_sentences")
    return of_statistic(
        key,
        "The average sentence has {value} words{interval}.",
        unit=unit,
        computation=Computation("words_per_sentence", "language.readability", columns),
        method=method,
        table=english,
        digits=1,
        complete=complete,
    )


def _reading_ease(readability: pd.DataFrame, *, complete: bool) -> Finding:
    key, subject, unit = (
        "language.flesch_reading_ease",
        "The reading ease after Flesch",
        "points of reading ease",
    )
    method = (
        "206.835 - 1.015 words per sentence - 84.6 syllables per word (Flesch 1948). Syllables are those of the "
        f"CMU Pronouncing Dictionary, estimated from the vowels where a word is not in it.{_of_english(readability)}"
    )
    english = _in_english(readability)
    words = int(english["words"].sum())
    if words < SHORTEST:
        reason = f"the corpus has {plural(words, 'word')} in English, and the formula needs {SHORTEST}"
        return not_computable(
            key, subject, reason, unit=unit, measure="statistic", method=method, n_documents=len(english)
        )
    columns = ("english_words", "english_sentences", "syllables")
    return of_statistic(
        key,
        f"{subject} is {{value}}{{interval}}, on a scale from 0 (very hard) to 100 (very easy).",
        unit=unit,
        computation=Computation("flesch_reading_ease", "language.readability", columns),
        method=method,
        table=english,
        digits=1,
        complete=complete,
    )
