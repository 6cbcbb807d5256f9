"""05_language: which words and phrases are characteristic of a corpus, and in what context?"""

from collections.abc import Mapping

from research.analysis.declaring import Count, Notebook, Table, as_written, base_form, number_of
from research.analysis.language.categories import DICTIONARY, category_table, category_terms
from research.analysis.language.category_headlines import category_chart
from research.analysis.language.charts import frequency_chart, where_terms_occur
from research.analysis.language.headlines import findings
from research.analysis.language.tables import (
    KWIC,
    READABILITY,
    TERMS,
    chosen_terms,
    concordance,
    frequencies,
    not_in_english,
    readability,
    term_table,
)
from research.analysis.parameters import COPIES

__all__ = [
    "KWIC",
    "NOTEBOOK",
    "READABILITY",
    "category_chart",
    "category_table",
    "category_terms",
    "chosen_terms",
    "concordance",
    "findings",
    "frequencies",
    "frequency_chart",
    "not_in_english",
    "readability",
    "term_table",
    "where_terms_occur",
]

_NUMBERS: Mapping[str, Count] = {"count": len, "n_documents": number_of("doc_id")}

NOTEBOOK = Notebook(
    "05_language",
    layers=("counts", "text"),
    findings=findings,
    parameters=(TERMS, DICTIONARY, COPIES),
    tables={
        "frequencies": Table(
            identity={"word": base_form},
            counts="language.concordance",
            grouped=lambda concordance: concordance.assign(word=concordance["term"]),
            numbers=_NUMBERS,
            findings=("language.count",),
            remedy="05_language keeps those of a word that it is asked for: -p terms WORD.",
        ),
        "concordance": Table(findings=("language.count", "language.rate"), words="keyword", verbatim=True),
        "terms": Table(
            identity={"term": base_form},
            counts="language.concordance",
            numbers=_NUMBERS,
            findings=("language.count", "language.rate"),
        ),
        "categories": Table(identity={"category": as_written}, findings=("language.category",)),
        "category_terms": Table(
            identity={"category": as_written, "term": as_written, "found_as": as_written},
            findings=("language.category",),
        ),
        "readability": Table(),  # findings name it themselves, as they are computed from it
        "not_in_english": Table(findings=("language.words_per_sentence", "language.flesch_reading_ease")),
    },
    figures={
        "frequent_words": ("language.frequencies",),
        "dispersion": ("language.concordance",),
        "categories": ("language.categories",),
    },
)
