"""How the corpus spells a term: the words that a wildcard found, and what there is in place of an absent term."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from difflib import get_close_matches
from typing import TYPE_CHECKING

from research.analysis.declaring import kept
from research.analysis.evidence import Passage
from research.analysis.terms import Terms, as_given, has_wildcard, is_expression
from research.analysis.wording import listed, most_often, one_line, quoted
from research.nlp import text as texts
from research.nlp.annotate import Annotations

if TYPE_CHECKING:
    import pandas as pd

MOST_NAMED = 3
"""The most words that are named in a sentence about a term."""
_MOST_COMPARED = 20_000
_LEAST_LIKENESS = 0.7
_SHORTEST_BEGINNING = 3


def words_found(passages: Iterable[Passage], term: str) -> str:
    """Return a term with wildcards and what it found, the most frequent first: “water*” (“water”, “waters”)."""
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for row in passages:
        found = one_line(row.exact)
        forms[texts.folded(found)][found] += 1
    ranked = sorted(forms, key=lambda it: (-forms[it].total(), it))
    named = [quoted(str(most_often(forms[it].elements()))) for it in ranked[:MOST_NAMED]]
    if not named:
        return quoted(term)
    more = [*named, "others"] if len(ranked) > MOST_NAMED else named
    return f"{quoted(term)} ({listed(more)})"


@kept
def vocabulary(annotations: Annotations) -> pd.DataFrame:
    """Return every word of the corpus, the most frequent first: ``word`` as it is most often written, and ``form``.

    ``form`` is the word without capitals, and has one row.
    """
    import pandas as pd

    counts: Counter[str] = Counter()
    for annotated in annotations:
        counts.update(annotated[span] for span in annotated.words)
    written: dict[str, Counter[str]] = defaultdict(Counter)
    for word, count in counts.items():
        written[texts.folded(word)][word] = count
    ranked = sorted(written, key=lambda form: (-written[form].total(), form))
    rows = [(most_often(written[form].elements()), form) for form in ranked]
    return pd.DataFrame(rows, columns=["word", "form"])


def in_place_of(annotations: Annotations, term: str) -> str:
    """Return what to look up in place of a term that the corpus lacks, as it continues a sentence; empty for nothing.

    That is the pattern of the words that begin like it, or else the most similar words.
    """
    known = vocabulary(annotations)
    spelled = dict(zip(known["form"], known["word"], strict=True))
    words = [it for it in as_given(term) if texts.is_word(it)]
    lacking = next((it for it in words if not _is_in(it, known["word"])), None)
    if lacking is None:
        return "; its words do, apart or in another order"
    if is_expression(lacking):
        return ""
    begun = texts.folded(lacking)
    if not has_wildcard(lacking) and len(begun) >= _SHORTEST_BEGINNING:
        longer = [word for form, word in spelled.items() if form.startswith(begun)][:MOST_NAMED]
        if longer:
            return f"; {quoted(begun + '*')} would find {listed([*map(quoted, longer)])}"
    letters = begun.replace("*", "").replace("?", "")
    compared = known["form"][known["form"].str.len().sub(len(letters)).abs() <= MOST_NAMED].head(_MOST_COMPARED)
    near = [quoted(spelled[it]) for it in get_close_matches(letters, compared.tolist(), MOST_NAMED, _LEAST_LIKENESS)]
    if not near:
        return ""
    noun, verb = ("word", "is") if len(near) == 1 else ("words", "are")
    return f"; the nearest {noun}{f' to {quoted(lacking)}' if len(words) > 1 else ''} in it {verb} {listed(near)}"


def _is_in(word: str, vocabulary: Iterable[str]) -> bool:
    looked_up = Terms([word])
    return any(looked_up.matches(it) for it in vocabulary)
