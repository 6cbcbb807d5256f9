"""Topics over time in 05_language: in which part of each period's documents a topic is the main one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from research.analysis.declaring import kept
from research.analysis.language.themes import named_topics, themes_of
from research.analysis.statistics.periods import fitting, periods
from research.analysis.statistics.uncertainty import rounded, wilson
from research.nlp.annotate import Annotations

if TYPE_CHECKING:
    import pandas as pd

TOPIC_PERIODS = ("topic", "period", "share", "low", "high", "n_documents", "of_documents")


@kept
def topic_periods(annotations: Annotations) -> pd.DataFrame:
    """Return in which share of the documents of each period a topic is the main one, a row each.

    Columns: ``topic``, as in ``topic_table``; ``period``, of the finest unit that the documents fill
    (``statistics.periods.fitting``); ``share`` with its 95% interval ``low, high`` (Wilson 1927; ten documents at
    least, and none for a full population); ``n_documents`` whose main topic it is, ``of_documents`` in English with a
    date that is fine enough. Periods without documents have no row, and there are no rows without topics.
    """
    import pandas as pd

    themes, rows = themes_of(annotations), []
    if themes is not None and themes.terms:
        known = annotations.corpus.documents.set_index("doc_id")["date"]
        dates = [it if isinstance(it := known[doc_id], str) else None for doc_id in themes.words.doc_ids]
        found = periods(dates, fitting(dates))
        at = np.array([-1 if it is None else it for it in found.at], dtype=np.int64)
        for topic, name in enumerate(named_topics(themes)):
            for number, label in enumerate(found.labels):
                here = at == number
                of, n = int(here.sum()), int((here & (themes.main == topic)).sum())
                if of:
                    interval = wilson(n, of, complete=annotations.corpus.complete)
                    rows.append((name, label, rounded(n / of), *(interval[:2] if interval else (None, None)), n, of))
    table = pd.DataFrame(rows, columns=list(TOPIC_PERIODS))
    whole = dict.fromkeys(("n_documents", "of_documents"), "int64")
    return table.astype({**dict.fromkeys(("share", "low", "high"), "float64"), **whole})
