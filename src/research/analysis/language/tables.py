"""Tables of 05_language: frequent words, terms in context, and readability.

Terms are looked up in all documents. The list of function words, the lengths of sentences and the reading ease are
made for English and leave out documents in other languages.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from research.analysis import concordance as kwic
from research.analysis.corpus.tables import in_english
from research.analysis.cues import is_reporting
from research.analysis.declaring import base_form, kept
from research.analysis.language.reference import reference_counts
from research.analysis.language.words import why_aside, words_of
from research.analysis.parameters import Parameter
from research.analysis.parameters import words as list_of
from research.analysis.statistics.dispersion import dispersion
from research.analysis.statistics.keyness import log_likelihood
from research.analysis.statistics.readability import SHORTEST, flesch_reading_ease
from research.analysis.statistics.uncertainty import FEWEST_DOCUMENTS, rounded
from research.analysis.terms import Terms
from research.nlp.annotate import Annotations
from research.nlp.english import is_english

if TYPE_CHECKING:
    import pandas as pd

DEFAULT_TERMS = 6
"""The number of frequent content words that are looked up where no terms are given."""
READABILITY = ("doc_id", "language", "words", "sentences", "words_per_sentence", "flesch_reading_ease")
"""The columns of the readability to read; the others are what it is computed from."""


def each_has_a_word(terms: Sequence[str] | None) -> None:
    """Raise ``ParameterError`` for a term without a word."""
    Terms(terms or ())


TERMS = Parameter(
    "terms",
    list_of("words", "sanctions"),
    None,
    "The words to look up; None: those that are characteristic",
    check=each_has_a_word,
)


@kept
def frequencies(annotations: Annotations) -> pd.DataFrame:
    """Count the content words and phrases of the documents in English, the most frequent first.

    Columns: ``word`` in its most frequent spelling; ``count``, outside longer phrases; ``in_phrases``, its occurrences
    within them; ``per_1000_words`` of all words of these documents, and ``n_documents``, both of ``count``;
    ``log_likelihood``, Dunning's G² against the reference (see ``language.reference``), negative for a
    word that is rarer here. Singular and plural, capitals or not, count together (``text.base_form``), and a phrase
    such as "United Nations" is one word, whose parts are in ``in_phrases`` alone.

    >>> from research import annotate, load
    >>> frequencies(annotate(load("seeds"), layers=["counts", "text"]))["word"].head(3).tolist()
    ['Kazakhstan', 'Russia', 'sanctions']
    """
    import pandas as pd

    words = words_of(annotations)
    counts = np.bincount(words.terms[words.terms >= 0], minlength=len(words.term_forms))
    having = np.asarray((words.counts > 0).sum(axis=0), dtype=np.int64)
    told = np.flatnonzero(words.telling & (counts > 0))
    total = int(words.sizes.sum())
    table = pd.DataFrame({"form": [words.term_forms[it] for it in told], "word": words.written(told)}, dtype=object)
    table["count"] = counts[told]
    table["in_phrases"] = words.everywhere[told] - counts[told]
    table["per_1000_words"] = [rounded(1000 * count / total) for count in counts[told].tolist()]
    table["n_documents"] = having[told]
    table["log_likelihood"] = against_reference(table["form"], counts[told], total, words.phrases["term"])
    table = table.sort_values(["count", "form"], ascending=[False, True], ignore_index=True)
    return table[["word", "count", "in_phrases", "per_1000_words", "n_documents", "log_likelihood"]]


def phrases(annotations: Annotations) -> pd.DataFrame:
    """Return the phrases that count as one word, the most frequent first (``statistics.phrases``).

    Columns: ``phrase`` in its most frequent spelling, ``count``, ``n_documents``; ``npmi`` and ``log_likelihood``, how
    much its words attract each other where they do least; ``dp``, how unevenly it is spread over the documents.
    """
    import pandas as pd

    words = words_of(annotations)
    its = words.phrases
    numbers = len(words.forms) + np.arange(len(its))
    return pd.DataFrame(
        {
            "phrase": np.array(words.written(numbers), dtype=object),
            "count": its["f"],
            "n_documents": its["documents"],
            **{name: its[name].astype(float).map(rounded) for name in ("npmi", "log_likelihood", "dp")},
        }
    )


def against_reference(
    forms: Iterable[str], counts: NDArray[np.int64], total: int, phrases: Iterable[str]
) -> list[float]:
    """Return G² of each base form against the reference; of a word within a phrase of the corpus, outside of it."""
    listed, n = reference_counts(forms, phrases)
    if not total:
        return []
    return [rounded(it) for it in log_likelihood(counts.astype(float), listed, float(total), float(n)).tolist()]


def chosen_terms(frequencies: pd.DataFrame, terms: Any = None) -> list[str]:
    """Return the terms that are asked for, or else those that characterise the corpus.

    These are the content words and phrases that are more frequent than in the reference, the clearest first. Reporting
    verbs ("said") are passed over unless they are asked for: every text that quotes has them. Of terms with the same
    occurrences ("sanction", "Sanctions") the first is kept. Raises ``ParameterError`` for anything but a list
    of words.

    >>> import pandas as pd
    >>> chosen_terms(pd.DataFrame({"word": ["trade"]}), ["sanction", "Sanctions", "nuclear  weapons"])
    ['sanction', 'nuclear weapons']
    """
    asked = TERMS.read(terms)
    if asked is None:
        return [str(word) for word in characteristic(frequencies)["word"].head(DEFAULT_TERMS)]
    first: dict[str, str] = {}
    for term in asked:
        first.setdefault(base_form(term), term)
    return list(first.values())


def characteristic(frequencies: pd.DataFrame) -> pd.DataFrame:
    """Return the telling words that are more frequent than in the reference, those that differ most clearly first.

    Words that occur once or twice, and in a corpus of ten documents or more those that only one or two documents have,
    are passed over where enough others are left. So are words that say how many or when ("one", "January") and
    forms of address ("Speaker", "Sir"): they are frequent whatever a text is about.
    """
    about = of_subject(frequencies)
    told = telling(frequencies) if about.empty else about
    more = told[told["log_likelihood"] > 0].sort_values("log_likelihood", ascending=False, kind="stable")
    many = told["n_documents"].max() >= FEWEST_DOCUMENTS
    often = (more[(more["count"] >= least) & (more["n_documents"] >= (least if many else 1))] for least in (3, 2))
    return next((its for its in often if len(its) >= DEFAULT_TERMS), more).reset_index(drop=True)


def telling(frequencies: pd.DataFrame) -> pd.DataFrame:
    """Return the content words that are no reporting verbs (see ``cues.is_reporting``), the most frequent first.

    >>> import pandas as pd
    >>> telling(pd.DataFrame({"word": ["said", "harbour"]}))["word"].tolist()
    ['harbour']
    """
    return frequencies[~frequencies["word"].map(is_reporting).astype(bool)].reset_index(drop=True)


def of_subject(frequencies: pd.DataFrame) -> pd.DataFrame:
    """Return the telling words that can say what a text is about (see ``words.why_aside``), the most frequent first.

    >>> import pandas as pd
    >>> of_subject(pd.DataFrame({"word": ["said", "three", "Speaker", "harbour"]}))["word"].tolist()
    ['harbour']
    """
    told = telling(frequencies)
    can_say = told["word"].map(lambda word: why_aside(base_form(word)) is None).astype(bool)
    return told[can_say].reset_index(drop=True)


@kept
def concordance(annotations: Annotations, terms: Sequence[str]) -> pd.DataFrame:
    """Return every occurrence of the terms in its context; see ``analysis.concordance`` for the columns."""
    return kwic.concordance(annotations, terms)


def term_table(concordance: pd.DataFrame, terms: Sequence[str], readability: pd.DataFrame) -> pd.DataFrame:
    """Return how often each term occurs, and how evenly.

    Columns: ``term, count, per_1000_words, n_documents``; ``dp, dp_norm, juilland_d``, how unevenly (``dp``) or evenly
    (``juilland_d``) it is spread over the documents that have words (see ``statistics.dispersion``), missing for fewer
    than ten.
    """
    import pandas as pd
    from scipy.sparse import csr_array

    words, n_documents = int(readability["words"].sum()), int((readability["words"] > 0).sum())
    rows = []
    for term in terms:
        found = concordance.loc[concordance["term"] == term, "doc_id"]
        by_document = found.value_counts()
        spread: list[float | None] = [None] * len(_SPREAD)
        if n_documents >= FEWEST_DOCUMENTS and len(found):
            counts = [int(by_document.get(doc_id, 0)) for doc_id in readability["doc_id"]]
            its = dispersion(csr_array(np.array(counts)[:, None]), readability["words"].to_numpy()).iloc[0]
            spread = [rounded(round(float(its[name]), _DECIMALS)) for name in _SPREAD]
        rate = rounded(1000 * len(found) / words) if words else None
        rows.append((term, len(found), rate, found.nunique(), *spread))
    return pd.DataFrame(rows, columns=["term", "count", "per_1000_words", "n_documents", *_SPREAD])


_SPREAD = ("dp", "dp_norm", "juilland_d")
_DECIMALS = 9
"""Of a measure from 0 to 1, so that what is even to the last bit but one is even."""


@kept
def readability(annotations: Annotations) -> pd.DataFrame:
    """Return length and reading ease, one row a document.

    Columns: ``doc_id, date, language, words, sentences``; ``english_words, english_sentences, syllables``, which are
    0 for a document in another language; ``words_per_sentence, flesch_reading_ease``, which are missing there. The
    reading ease is missing below 100 words as well.

    >>> from research import annotate, load
    >>> readability(annotate(load("seeds"), layers=["counts", "text"]))["words_per_sentence"].tolist()
    [22.6667]
    """
    import pandas as pd

    rows: list[tuple[object, ...]] = []
    syllables_of = dict(zip(words_of(annotations).doc_ids, words_of(annotations).syllables.tolist(), strict=True))
    for annotated in annotations:
        words, sentences = annotated.n_words, annotated.n_sentences
        document = annotated.document
        known = (document.id, document.date, annotated.language, words, sentences)
        if not is_english(annotated.language):
            rows.append((*known, 0, 0, 0, None, None))
            continue
        syllables = syllables_of[document.id]
        # What a group says may begin within a sentence, and have none of its own.
        length = rounded(words / sentences) if sentences else None
        long_enough = sentences and words >= SHORTEST
        ease = rounded(flesch_reading_ease(words, sentences, syllables)) if long_enough else None
        rows.append((*known, words, sentences, syllables, length, ease))
    return pd.DataFrame(rows, columns=_READABILITY).astype(
        {"date": object, "language": object, **dict.fromkeys(_MEANS, "float64")}
    )


_MEANS = ("words_per_sentence", "flesch_reading_ease")
_READABILITY = [
    *("doc_id", "date", "language", "words", "sentences"),
    "english_words",
    "english_sentences",
    "syllables",
    *_MEANS,
]


def not_in_english(readability: pd.DataFrame) -> pd.DataFrame:
    """Return the documents in another language: ``doc_id, language, words``."""
    others = readability[~in_english(readability)]
    return others[["doc_id", "language", "words"]].reset_index(drop=True)
