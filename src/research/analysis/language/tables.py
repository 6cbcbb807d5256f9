"""Tables of 05_language: frequent words, terms in context, and readability.

Terms are looked up in all documents. The list of function words, the lengths of sentences and the reading ease are
made for English and leave out documents in other languages.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from research.analysis import concordance as kwic
from research.analysis.corpus.tables import in_english
from research.analysis.cues import is_reporting
from research.analysis.declaring import base_form, kept
from research.analysis.parameters import Parameter, words
from research.analysis.statistics.dispersion import deviation_of_proportions
from research.analysis.statistics.readability import SHORTEST, flesch_reading_ease
from research.analysis.statistics.uncertainty import FEWEST_DOCUMENTS, rounded
from research.analysis.terms import Terms
from research.analysis.wording import most_often
from research.nlp import text as texts
from research.nlp.annotate import Annotations
from research.nlp.english import is_english

if TYPE_CHECKING:
    import pandas as pd

DEFAULT_TERMS = 6
"""The number of frequent content words that are looked up where no terms are given."""
KWIC = ("term", "left", "keyword", "right", "date", "outlet", "title", "doc_id", "start")
"""The columns of a concordance to read; the others locate the occurrence in the text."""
READABILITY = ("doc_id", "language", "words", "sentences", "words_per_sentence", "flesch_reading_ease")
"""The columns of the readability to read; the others are what it is computed from."""


def _each_has_a_word(terms: Sequence[str] | None) -> None:
    Terms(terms or ())


TERMS = Parameter(
    "terms",
    words("words", "sanctions"),
    None,
    "The words to look up; None: the most frequent ones",
    check=_each_has_a_word,
)


@kept
def frequencies(annotations: Annotations) -> pd.DataFrame:
    """Count the content words of the documents in English, the most frequent first.

    Columns: ``word`` in its most frequent spelling; ``count``; ``per_1000_words`` of all words of these documents;
    ``n_documents``. Singular and plural, capitals or not, count together (``text.base_form``).

    >>> from research import annotate, load
    >>> frequencies(annotate(load("seeds"), layers=["counts", "text"]))["word"].head(3).tolist()
    ['Kazakhstan', 'Russia', 'sanctions']
    """
    import pandas as pd

    counts: Counter[str] = Counter()
    documents: Counter[str] = Counter()
    written: dict[str, Counter[str]] = defaultdict(Counter)
    words = 0
    for annotated in annotations:
        if not is_english(annotated.language):
            continue  # the list of function words is English: elsewhere most of them would count as content words
        words += len(annotated.words)
        here = [annotated[span] for span in annotated.words if texts.is_content_word(annotated[span])]
        for form in here:
            written[texts.base_form(form)][form] += 1
        forms = Counter(map(texts.base_form, here))
        counts.update(forms)
        documents.update(forms.keys())
    rows = [
        (most_often(written[word].elements()), count, rounded(1000 * count / words), documents[word])
        for word, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]
    return pd.DataFrame(rows, columns=["word", "count", "per_1000_words", "n_documents"])


def chosen_terms(frequencies: pd.DataFrame, terms: Any = None) -> list[str]:
    """Return the terms that are asked for, or else the most frequent content words.

    Reporting verbs ("said") are passed over unless they are asked for: every text that quotes has them. Of terms with
    the same occurrences ("sanction", "Sanctions") the first is kept. Raises ``ParameterError`` for anything but a list
    of words.

    >>> import pandas as pd
    >>> chosen_terms(pd.DataFrame({"word": ["trade"]}), ["sanction", "Sanctions", "nuclear  weapons"])
    ['sanction', 'nuclear weapons']
    """
    asked = TERMS.read(terms)
    if asked is None:
        return [str(word) for word in telling(frequencies)["word"].head(DEFAULT_TERMS)]
    first: dict[str, str] = {}
    for term in asked:
        first.setdefault(base_form(term), term)
    return list(first.values())


def telling(frequencies: pd.DataFrame) -> pd.DataFrame:
    """Return the content words that are no reporting verbs (see ``cues.is_reporting``), the most frequent first.

    >>> import pandas as pd
    >>> telling(pd.DataFrame({"word": ["said", "harbour"]}))["word"].tolist()
    ['harbour']
    """
    return frequencies[~frequencies["word"].map(is_reporting).astype(bool)].reset_index(drop=True)


@kept
def concordance(annotations: Annotations, terms: Sequence[str]) -> pd.DataFrame:
    """Return every occurrence of the terms in its context; see ``analysis.concordance`` for the columns."""
    return kwic.concordance(annotations, terms)


def term_table(concordance: pd.DataFrame, terms: Sequence[str], readability: pd.DataFrame) -> pd.DataFrame:
    """Return how often each term occurs, and how evenly: ``term, count, per_1000_words, n_documents, dp``.

    ``dp`` is Gries' deviation of proportions over the documents, missing for fewer than ten documents.
    """
    import pandas as pd

    words = int(readability["words"].sum())
    rows = []
    for term in terms:
        found = concordance.loc[concordance["term"] == term, "doc_id"]
        by_document = found.value_counts()
        dp = None
        if len(readability) >= FEWEST_DOCUMENTS and len(found):
            counts = [int(by_document.get(doc_id, 0)) for doc_id in readability["doc_id"]]
            dp = rounded(deviation_of_proportions(counts, readability["words"].tolist()))
        rate = rounded(1000 * len(found) / words) if words else None
        rows.append((term, len(found), rate, found.nunique(), dp))
    return pd.DataFrame(rows, columns=["term", "count", "per_1000_words", "n_documents", "dp"])


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
