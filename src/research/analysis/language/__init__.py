"""05_language: which words and phrases are characteristic of a corpus or its groups, and in what context?"""

from collections.abc import Mapping

from research.analysis.comparing import COMPARE, COMPARED_TABLE
from research.analysis.declaring import Count, Notebook, Table, as_written, base_form, number_of
from research.analysis.language.categories import DICTIONARY, category_table, category_terms
from research.analysis.language.category_headlines import category_chart
from research.analysis.language.charts import frequency_chart, where_terms_occur
from research.analysis.language.collocates import COLLOCATES, collocates
from research.analysis.language.compared import compared
from research.analysis.language.headlines import findings
from research.analysis.language.keyness import KEYNESS, keyness
from research.analysis.language.keyness_charts import keyness_chart
from research.analysis.language.lines import BESIDE, KWIC, SORT, lines
from research.analysis.language.style import STYLE, style
from research.analysis.language.tables import (
    READABILITY,
    TERMS,
    chosen_terms,
    concordance,
    frequencies,
    not_in_english,
    phrases,
    readability,
    term_table,
)
from research.analysis.language.themes import TOPIC_DOCUMENTS, keyphrases, topic_documents, topic_table
from research.analysis.language.themes_charts import topics_chart
from research.analysis.language.topic_periods_chart import topic_periods_chart
from research.analysis.language.topics_over_time import TOPIC_PERIODS, topic_periods
from research.analysis.one_speaker import SPEAKER, spoken_by
from research.analysis.parameters import COPIES

__all__ = [
    "COLLOCATES",
    "KEYNESS",
    "KWIC",
    "NOTEBOOK",
    "READABILITY",
    "STYLE",
    "TOPIC_DOCUMENTS",
    "TOPIC_PERIODS",
    "category_chart",
    "category_table",
    "category_terms",
    "chosen_terms",
    "collocates",
    "compared",
    "concordance",
    "findings",
    "frequencies",
    "frequency_chart",
    "keyness",
    "keyness_chart",
    "keyphrases",
    "lines",
    "not_in_english",
    "phrases",
    "readability",
    "spoken_by",
    "style",
    "term_table",
    "topic_documents",
    "topic_periods",
    "topic_periods_chart",
    "topic_table",
    "topics_chart",
    "where_terms_occur",
]

_NUMBERS: Mapping[str, Count] = {"count": len, "n_documents": number_of("doc_id")}

NOTEBOOK = Notebook(
    "05_language",
    layers=("counts", "kinds", "statements", "sentences", "text"),
    findings=findings,
    parameters=(TERMS, DICTIONARY, SPEAKER, BESIDE, SORT, COMPARE, COPIES),
    tables={
        "frequencies": Table(
            identity={"word": base_form},
            findings=("language.count",),
            remedy="05_language keeps the passages of a word that it is asked for: -p terms WORD.",
        ),
        "keyness": Table(identity={"group": as_written, "term": base_form}, findings=("language.keyness",)),
        "keyphrases": Table(findings=("language.keyness",)),
        "topics": Table(identity={"topic": base_form}, findings=("language.topic",)),
        "topic_periods": Table(identity={"topic": base_form, "period": as_written}, findings=("language.topic",)),
        "topic_documents": Table(findings=("language.topic",)),
        "phrases": Table(identity={"phrase": base_form}, findings=("language.keyness",)),
        "collocates": Table(
            identity={"group": as_written, "term": base_form, "collocate": base_form}, findings=("language.count",)
        ),
        "compared": COMPARED_TABLE,
        "concordance": Table(
            findings=("language.count", "language.rate"), words="keyword", verbatim=True, speaker=("speaker",)
        ),
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
        "style": Table(findings=("language.words_per_sentence", "language.flesch_reading_ease")),
        "not_in_english": Table(findings=("language.words_per_sentence", "language.flesch_reading_ease")),
    },
    figures={
        "keyness": ("language.keyness",),
        "topics": ("language.topics",),
        "topic_periods": ("language.topic_periods",),
        "compared": ("language.compared",),
        "frequent_words": ("language.frequencies",),
        "dispersion": ("language.concordance",),
        "categories": ("language.categories",),
    },
)
