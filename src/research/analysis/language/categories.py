"""Categories of a dictionary: how often the terms of each occur, counted as terms are.

Each occurrence counts once in a category. Where terms of one category overlap, the longest counts: with the terms
"nations" and "united nations", "United Nations" is one occurrence.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from research.analysis.concordance import contexts
from research.analysis.declaring import kept
from research.analysis.parameters import Kind, Parameter
from research.analysis.statistics.dispersion import deviation_of_proportions
from research.analysis.statistics.uncertainty import FEWEST_DOCUMENTS, rounded
from research.analysis.terms import Occurrence, Terms
from research.analysis.wording import most_often, one_line
from research.errors import ParameterError, SourceError
from research.loading.dictionaries import LONGEST, MOST_TERMS, Dictionary, open_dictionary
from research.loading.places import find_source
from research.nlp import text as texts
from research.nlp.annotate import Annotations

if TYPE_CHECKING:
    import pandas as pd

_SHA256 = re.compile(r"[0-9a-f]{64}")


def _read(given: Any) -> dict[str, Any] | None:
    """Return a dictionary as a run keeps it: its file, the sha256 of that, and its categories.

    A run has no path of this machine in it, and can be repeated where the file is gone.
    """
    if given is None or given in ("None", "null", ""):
        return None
    if isinstance(given, Mapping):
        found = _as_kept(given)
    elif isinstance(given, str):
        try:
            found = open_dictionary(find_source(given))
        except SourceError as error:
            raise ParameterError(f"The parameter dictionary cannot be used. {error}") from None
    else:
        raise TypeError(given)
    categories = {name: [*terms] for name, terms in found.categories.items()}
    return {"file": found.file, "sha256": found.sha256, "categories": categories}


def _as_kept(given: Mapping[str, Any]) -> Dictionary:
    """Return the dictionary that a run kept. Raises ValueError for anything else."""
    if given.keys() != {"file", "sha256", "categories"} or not isinstance(given["categories"], Mapping):
        raise ValueError(given)
    categories = {name: tuple(terms) for name, terms in given["categories"].items() if isinstance(terms, list | tuple)}
    texts_given = [given["file"], *categories, *(term for terms in categories.values() for term in terms)]
    if not all(isinstance(it, str) and it == one_line(it) and 0 < len(it) <= LONGEST for it in texts_given):
        raise ValueError(given)
    if len(categories) < len(given["categories"]) or not any(categories.values()):
        raise ValueError(given)
    if len(texts_given) > 2 * MOST_TERMS or not _SHA256.fullmatch(str(given["sha256"])):
        raise ValueError(given)
    return Dictionary(given["file"], given["sha256"], categories)


def _each_has_a_word(value: Mapping[str, Any] | None) -> None:
    for category, terms in (value or {"categories": {}})["categories"].items():
        try:
            Terms(terms)
        except ParameterError as error:
            raise ParameterError(
                f"The parameter dictionary cannot be used. {(value or {})['file']}, category {category!r}: {error}"
            ) from None


DICTIONARY = Parameter(
    "dictionary",
    Kind("str|None", 'the path of a dictionary, such as "dictionary.yaml", or None', _read),
    None,
    "A file with categories of terms (YAML, CSV, a list); None: none",
    check=_each_has_a_word,
)


def dictionary_of(given: Any) -> Dictionary | None:
    """Return the dictionary that a parameter names; None for none. Raises ``ParameterError``."""
    value = DICTIONARY.read(given)
    return None if value is None else _as_kept(value)


def called(dictionary: Dictionary) -> str:
    """Return a dictionary as methods name it: by its file and the first digits of its sha256."""
    return f"the dictionary {dictionary.file} (sha256 {dictionary.sha256[:12]})"


def category_passages(annotations: Annotations, dictionary: Any = None) -> pd.DataFrame:
    """Return every occurrence of every category of a dictionary, in the order of the corpus.

    Columns: ``category, term, doc_id, start, end, left, keyword, right, sha256``; none of the rows without a
    dictionary. An occurrence that two categories share has a row in each.
    """
    return _passages(annotations, DICTIONARY.read(dictionary))


@kept
def _passages(annotations: Annotations, value: Mapping[str, Any] | None) -> pd.DataFrame:
    import pandas as pd

    dictionary = None if value is None else _as_kept(value)
    categories = {} if dictionary is None else dictionary.categories
    having = defaultdict(list)
    for category, terms in categories.items():
        for term in terms:
            having[term].append(category)
    looked_up, rows = Terms(having), []
    for annotated in annotations if categories else ():
        found: dict[str, list[Occurrence]] = defaultdict(list)
        for occurrence in looked_up.found_in(annotated):
            for category in having[occurrence.term]:
                found[category].append(occurrence)
        document = annotated.document
        counted = [(it, category) for category, its in found.items() for it in longest(its)]
        for it, category in sorted(counted, key=lambda its: its[0].first):
            left, right = contexts(document, it.span)
            place = (category, it.term, document.id, *it.span)
            rows.append((*place, left, annotated[it.span], right, document.origin.sha256))
    return pd.DataFrame(rows, columns=_PASSAGES)


_PASSAGES = ["category", "term", "doc_id", "start", "end", "left", "keyword", "right", "sha256"]


def longest(found: Iterable[Occurrence]) -> list[Occurrence]:
    """Return the occurrences that share no token with a longer one, or with an equally long one before them."""
    taken: set[int] = set()
    counted = []
    for it in sorted(found, key=lambda it: (-it.length, it.first)):
        tokens = range(it.first, it.first + it.length)
        if taken.isdisjoint(tokens):
            taken.update(tokens)
            counted.append(it)
    return sorted(counted, key=lambda it: it.first)


def category_table(annotations: Annotations, readability: pd.DataFrame, dictionary: Any = None) -> pd.DataFrame:
    """Return how often each category occurs, in the order of the dictionary.

    Columns: ``category``; ``terms`` and ``terms_found``, how many terms it has and how many of them occur; ``count,
    per_1000_words, n_documents, dp`` as in the table of terms. ``readability`` has the words of each document.
    """
    import pandas as pd

    asked, found = dictionary_of(dictionary), category_passages(annotations, dictionary)
    words, n_documents = int(readability["words"].sum()), int((readability["words"] > 0).sum())
    sizes = readability["words"].tolist()
    by_category = dict(list(found.groupby("category", sort=False)))
    rows = []
    for category, terms in {} if asked is None else asked.categories.items():
        its = by_category.get(category, found.head(0))
        by_document = its["doc_id"].value_counts()
        dp = None
        if n_documents >= FEWEST_DOCUMENTS and len(its):
            counts = readability["doc_id"].map(by_document).fillna(0).astype("int64").tolist()
            dp = rounded(deviation_of_proportions(counts, sizes))
        rate = rounded(1000 * len(its) / words) if words else None
        rows.append((category, len(terms), its["term"].nunique(), len(its), rate, by_document.size, dp))
    return pd.DataFrame(
        rows, columns=["category", "terms", "terms_found", "count", "per_1000_words", "n_documents", "dp"]
    ).astype({"category": object})


def category_terms(annotations: Annotations, dictionary: Any = None) -> pd.DataFrame:
    """Return what each term of a dictionary found: ``category, term, found_as, count``.

    A row is a word or phrase as it is most often written, the most frequent of a category first. A term that found
    nothing has one row, without ``found_as``, at the end of its category.
    """
    import pandas as pd

    asked, found = dictionary_of(dictionary), category_passages(annotations, dictionary)
    written: dict[tuple[str, str], dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for category, term, keyword in zip(found["category"], found["term"], found["keyword"], strict=True):
        shown = one_line(keyword)
        written[category, term][texts.folded(shown)][shown] += 1
    rows: list[tuple[str, str, str | None, int]] = []
    for category, terms in {} if asked is None else asked.categories.items():
        its: list[tuple[str, str, str | None, int]] = []
        for term in terms:
            forms = written.get((category, term), {})
            its += [(category, term, most_often(it.elements()), it.total()) for _, it in sorted(forms.items())]
            its += [(category, term, None, 0)] * (not forms)
        rows += sorted(its, key=lambda row: -row[3])
    return pd.DataFrame(rows, columns=["category", "term", "found_as", "count"]).astype({"found_as": object})
