"""Keyness in 05_language: which words and phrases set a corpus, or a group of it, apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from research.analysis.comparing import COMPARE
from research.analysis.comparing.tables import MOST_GROUPS
from research.analysis.cues import is_reporting
from research.analysis.declaring import kept
from research.analysis.language.own_names import is_own_name
from research.analysis.language.reference import NAME, reference_counts
from research.analysis.language.words import Words, why_aside, words_of
from research.analysis.statistics.dispersion import dispersion
from research.analysis.statistics.keyness import keyness as scored
from research.analysis.statistics.sides import Side, log_ratio_intervals
from research.analysis.statistics.uncertainty import FEWEST_DOCUMENTS, rounded
from research.nlp.annotate import Annotations

if TYPE_CHECKING:
    import pandas as pd

THE_CORPUS = "the corpus"
NO, OWN_NAME, FEW_DOCUMENTS = "no", "own name", "few documents"
"""Why a term is set aside where findings name the most characteristic ones; see ``words.why_aside`` as well."""
FEWEST_OCCURRENCES = 5
"""The fewest occurrences of a term, on both sides together, that is scored."""
FEWEST_HERE = 3
"""The fewest of them in the group: what is said once or twice characterises nothing."""
FEWEST_WORDS = 300
"""The fewest words of a side."""
MOST_TERMS = 40
"""The terms of each group that are kept: those that are more frequent there, the clearest first."""
FALSE_ONES = 0.05
"""The share of false ones among the terms that are kept (Benjamini and Hochberg 1995)."""

KEYNESS = ("group", "term", "count", "others", "log_ratio", "low", "high", "log_likelihood", "n_documents", "set_aside")
"""The columns of the keyness to read."""
_SCORES = (
    *("log_likelihood", "chi_squared", "log_ratio", "conservative_log_ratio", "log_odds_z", "p", "p_holm", "p_fdr"),
)
_COLUMNS = [
    *("group", "against", "term", "count", "others", "rate", "others_rate", *_SCORES, "low", "high"),
    *("n_documents", "others_documents", "dp", "tests", "set_aside"),
]


@kept
def keyness(annotations: Annotations, compare: Any = None) -> pd.DataFrame:
    """Return the terms that are most characteristic of each group of ``compare``, or of the corpus without one.

    A group is set against all others, the corpus against the reference (``language.reference``). Content words and
    phrases that occur five times on both sides together, and three times in the group, are scored; of those that are
    more frequent in the group the forty with the highest G² are kept, as long as at most one in twenty of them is
    expected to be there by chance. Reporting verbs are left out, and so is a side of fewer than 300 words.

    Columns: ``group, against, term``; ``count`` and ``others``, the occurrences on both sides, and ``rate`` and
    ``others_rate`` per 1,000 words; the scores of ``statistics.keyness``, corrected for all ``tests``; ``low, high``,
    the 95% CI of the log ratio over documents, missing for fewer than ten and for a full population; ``n_documents``
    and ``others_documents`` with the term; ``dp``, its dispersion over the documents of the group; ``set_aside``, why
    no finding names the term: it is the group's own name, it says how many or when ("one", "January"), it is a
    form of address ("Speaker", "Sir"), or it occurs in few documents of the group; else "no".
    """
    import pandas as pd

    words = words_of(annotations)
    complete = annotations.corpus.complete
    asked = COMPARE.read(compare)
    column = None if asked is None else annotations.by(asked).column
    tables = [_of_side(words, it, column, complete=complete) for it in _sides(annotations, words, asked)]
    return pd.concat(tables, ignore_index=True)[_COLUMNS] if tables else pd.DataFrame(columns=_COLUMNS)


@kept
def sizes(annotations: Annotations, compare: Any = None) -> pd.DataFrame:
    """Return the size of each group of ``compare``, or of the corpus: ``group, n_documents, words``, in English."""
    import pandas as pd

    words = words_of(annotations)
    rows = [
        (it.target.name, len(it.target.documents), it.target.size)
        for it in _sides(annotations, words, COMPARE.read(compare))
    ]
    return pd.DataFrame(rows, columns=["group", "n_documents", "words"])


class _Pair(NamedTuple):
    """Two sides: counts of documents by terms, or of one list by terms."""

    target: Side
    reference: Side


def _sides(annotations: Annotations, words: Words, compare: str | None) -> Iterator[_Pair]:
    whole = np.ones(len(words.ids), dtype=bool)
    if compare is None:
        if int(words.sizes.sum()) >= FEWEST_WORDS:
            yield _Pair(_side(THE_CORPUS, words, whole), _reference(words))
        return
    groups = annotations.by(compare)
    of_token = words.groups(groups)
    for number, name in enumerate(groups.names[:MOST_GROUPS]):
        own = of_token == number
        target = _side(name, words, own)
        others = _side(f"all others but {name}", words, (of_token >= 0) & ~own)
        if min(target.size, others.size) >= FEWEST_WORDS:
            yield _Pair(target, others)


def _side(name: str, words: Words, kept_tokens: NDArray[np.bool_]) -> Side:
    """Return the counts of some tokens, of the documents that have any."""
    counted = kept_tokens & (words.ids >= 0)
    sizes = np.bincount(words.documents[counted], minlength=len(words.doc_ids))
    having = np.flatnonzero(sizes)
    counts = (words.counts if kept_tokens.all() else words.counts_of(kept_tokens))[having]
    return Side(name, [words.doc_ids[it] for it in having.tolist()], counts, sizes[having])


def _reference(words: Words) -> Side:
    from scipy.sparse import csr_array

    counts, total = reference_counts(words.term_forms, words.phrases["term"])
    return Side(NAME, (), csr_array(counts.astype(np.int64)[None, :]), np.array([total]))


def _of_side(words: Words, pair: _Pair, column: str | None, *, complete: bool) -> pd.DataFrame:
    import pandas as pd

    target, reference = pair
    totals = target.totals, reference.totals
    told = words.telling & (totals[0] + totals[1] >= FEWEST_OCCURRENCES) & (totals[0] >= FEWEST_HERE)
    places = np.array([it for it in np.flatnonzero(told) if not is_reporting(words.term_forms[it])], dtype=np.int64)
    if not len(places):
        return pd.DataFrame(columns=_COLUMNS)
    counts = pd.DataFrame({"target": totals[0][places], "reference": totals[1][places]})
    table = scored(counts, target.size, reference.size).assign(place=places, tests=len(places))
    table = table[table["log_ratio"] > 0]
    table = table.assign(form=[words.term_forms[it] for it in table["place"]])
    table["log_likelihood"] = table["log_likelihood"].map(rounded)
    table = table.sort_values(["log_likelihood", "form"], ascending=[False, True], ignore_index=True).head(MOST_TERMS)
    table = table[table["p_fdr"] < FALSE_ONES]
    columns = table["place"].to_numpy(dtype=np.int64)
    kept_sides = [it._replace(counts=it.counts.tocsc()[:, columns].tocsr()) for it in pair]
    table["low"], table["high"] = _intervals(*kept_sides, complete=complete)
    table["n_documents"], table["dp"] = kept_sides[0].having, dispersion(kept_sides[0].counts, target.words)["dp"]
    table["others_documents"] = kept_sides[1].having if reference.documents else np.nan
    table = table.rename(columns={"target": "count", "reference": "others", "target_rate": "rate"})
    table = table.rename(columns={"reference_rate": "others_rate"}).astype({"count": "int64", "others": "int64"})
    for name in ("rate", "others_rate", *_SCORES, "low", "high", "dp"):
        table[name] = table[name].astype(float).map(rounded)
    against = reference.name if not reference.documents else "all others"
    table = table.assign(group=target.name, against=against, term=words.written(columns))
    return table.assign(set_aside=_set_aside(table, len(target.documents), column))


def fewest_documents(n_documents: int) -> int:
    """Return in how many documents of a group a term has to occur so that it characterises the group."""
    return max(3, -(-n_documents // 10)) if n_documents >= FEWEST_DOCUMENTS else 1


def _set_aside(table: pd.DataFrame, n_documents: int, column: str | None) -> list[str]:
    fewest = fewest_documents(n_documents)
    return [
        OWN_NAME
        if column is not None and is_own_name(term, group, column)
        else why_aside(form) or (FEW_DOCUMENTS if having < fewest else NO)
        for term, form, group, having in zip(
            table["term"], table["form"], table["group"], table["n_documents"], strict=True
        )
    ]


def _intervals(target: Side, reference: Side, *, complete: bool) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    few = [it for it in (target, reference) if it.documents and len(it.documents) < FEWEST_DOCUMENTS]
    if complete or few or not target.counts.shape[1]:
        missing = np.full(target.counts.shape[1], np.nan)
        return missing, missing.copy()
    return log_ratio_intervals(target, reference)
