"""The words of a corpus as numbers, and its phrases: what frequencies, keyness and collocations are counted from."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from research.analysis.cues import is_reporting
from research.analysis.statistics.phrases import joined, phrases
from research.analysis.wording import most_often
from research.nlp import text as texts
from research.nlp.annotate import Annotations
from research.nlp.english import is_english
from research.nlp.groups.grouping import Groups
from research.nlp.quantities.number_words import ONES, SCALES, TENS
from research.nlp.times.words import WEEKDAYS

if TYPE_CHECKING:
    import pandas as pd
    from scipy.sparse import csr_array

Ids = NDArray[np.integer[Any]]
OF_TOKENS = np.int32
"""The type of what there is one of for each token: tokens are by far the most of all that is held in memory."""


@dataclass(frozen=True)
class Words:
    """The tokens of the documents in English, in the order of the corpus, one entry each.

    ``starts`` are their first characters. ``ids`` is the number of the token's base form, -1 for punctuation;
    ``spelled`` that of its spelling. ``sentences`` numbers its sentence from 0; one of which only some spans count is
    several. ``first`` is the number of the first token of each document, and of the end. ``forms`` and ``spellings``
    are the texts behind the numbers, ``content`` says which forms are content words, and ``sizes`` are the words of
    each document.
    """

    starts: Ids
    ids: Ids
    spelled: Ids
    sentences: Ids
    first: Ids
    forms: Sequence[str]
    spellings: Sequence[str]
    content: NDArray[np.bool_]
    doc_ids: Sequence[str]
    sizes: Ids

    @property
    def documents(self) -> Ids:
        """The number of each token's document, from 0."""
        return np.repeat(np.arange(len(self.doc_ids), dtype=OF_TOKENS), np.diff(self.first))

    @cached_property
    def phrases(self) -> pd.DataFrame:
        """The phrases (``statistics.phrases``), with their base form as ``term``; none has a word of ``framing``."""
        found = phrases(self.ids, self.sentences, self.documents, self.content & ~self.framing)
        terms = [" ".join(self.forms[it] for it in words) for words in found["words"]]
        return found.assign(term=np.array(terms, dtype=object))

    @cached_property
    def framing(self) -> NDArray[np.bool_]:
        """Which forms say who speaks, how many or when, not what about: "said", "two", "last", "Monday".

        A phrase with one of them, such as "Carver said" or "last week", is no term of its own.
        """
        return np.array([frames(form) for form in self.forms], dtype=bool)

    @cached_property
    def terms(self) -> Ids:
        """The ids with every phrase as one word, numbered after the forms; the rest of its tokens are -1."""
        return joined(self.ids, self.sentences, list(self.phrases["words"]), len(self.forms))

    @cached_property
    def syllables(self) -> Ids:
        """The syllables of each document."""
        of_spelling = np.array([*map(texts.syllables, self.spellings), 0], dtype=np.int64)
        before = np.append(0, np.cumsum(of_spelling[self.spelled]))
        return np.diff(before[self.first])

    def apart(self, taken: NDArray[np.bool_]) -> Ids:
        """Return ``terms`` without the phrases that have one of some tokens: their words stand by themselves."""
        unit = np.cumsum(~((self.ids >= 0) & (self.terms < 0)), dtype=OF_TOKENS)
        split = np.zeros(int(unit[-1]) + 1 if len(unit) else 1, dtype=bool)
        split[unit[taken]] = True
        return np.where(split[unit], self.ids, self.terms)

    @cached_property
    def everywhere(self) -> Ids:
        """How often each of ``term_forms`` occurs, within longer phrases as well."""
        return np.concatenate(
            [np.bincount(self.ids[self.ids >= 0], minlength=len(self.forms)), self.phrases["f"].to_numpy()]
        )

    def example_with(self, form: str) -> str | None:
        """Return the most frequent phrase that a word, or a shorter phrase, is a part of; None for none."""
        its = self.phrases
        part = f" {form} "
        within = [part in f" {term} " and term != form for term in its["term"]]
        if not any(within):
            return None
        first = int(np.flatnonzero(within)[its["f"].to_numpy()[within].argmax()])
        return self.written(np.array([len(self.forms) + first]))[0]

    @cached_property
    def term_forms(self) -> list[str]:
        """The base form of each number in ``terms``."""
        return [*self.forms, *self.phrases["term"]]

    @cached_property
    def telling(self) -> NDArray[np.bool_]:
        """Which numbers in ``terms`` are content words or phrases."""
        return np.concatenate([self.content, np.ones(len(self.phrases), dtype=bool)])

    def places(self, rows: pd.DataFrame) -> Ids:
        """Return for each token the number of the row of ``doc_id, start, end`` that it is in, -1 for none."""
        found = np.full(len(self.ids), -1, dtype=OF_TOKENS)
        number = {doc_id: it for it, doc_id in enumerate(self.doc_ids)}
        for row, (doc_id, start, end) in enumerate(zip(rows["doc_id"], rows["start"], rows["end"], strict=True)):
            if doc_id in number:
                document = slice(self.first[number[doc_id]], self.first[number[doc_id] + 1])
                its = np.searchsorted(self.starts[document], (start, end))
                found[document.start + its[0] : document.start + its[1]] = row
        return found

    def groups(self, groups: Groups[Annotations]) -> Ids:
        """Return for each token the number of its group in ``groups.names``, -1 for none."""
        stretches = groups.stretches()
        number = {name: it for it, name in enumerate(groups.names)}
        return np.array([*map(number.__getitem__, stretches["group"]), -1], dtype=np.int64)[self.places(stretches)]

    def counts_of(self, kept: NDArray[np.bool_]) -> csr_array[Any, tuple[int, int]]:
        """Return how often each document has each of ``terms`` among some tokens: documents by terms."""
        from scipy.sparse import coo_array

        kept = kept & (self.terms >= 0)
        shape = max(1, len(self.doc_ids)), max(1, len(self.term_forms))
        ones = np.ones(int(kept.sum()), dtype=np.int64)
        return coo_array((ones, (self.documents[kept], self.terms[kept])), shape=shape).tocsr()

    @cached_property
    def counts(self) -> csr_array[Any, tuple[int, int]]:
        """How often each document has each of ``terms``: documents by terms."""
        return self.counts_of(np.ones(len(self.ids), dtype=bool))

    def written(self, terms: Ids) -> list[str]:
        """Return the most frequent spelling of each of some ``terms``."""
        lengths = np.ones(len(self.term_forms), dtype=np.int64)
        lengths[len(self.forms) :] = self.phrases["length"].to_numpy()
        spellings: dict[int, Counter[tuple[int, ...]]] = defaultdict(Counter)
        # A word is spelled as it is everywhere, in phrases as well.
        for of_token, some in (
            (self.ids, terms[terms < len(self.forms)]),
            (self.terms, terms[terms >= len(self.forms)]),
        ):
            places = np.flatnonzero(np.isin(of_token, some))
            for place, term in zip(places.tolist(), of_token[places].tolist(), strict=True):
                spellings[term][tuple(self.spelled[place : place + lengths[term]].tolist())] += 1
        return [self._spelling(spellings[int(term)]) for term in terms]

    def place_of(self, token: int) -> tuple[int, int]:
        """Return where the term that begins at a token stands in its document: the first character, and its end."""
        term = int(self.terms[token])
        more = 0 if term < len(self.forms) else int(self.phrases["length"].iloc[term - len(self.forms)]) - 1
        return int(self.starts[token]), int(self.starts[token + more]) + len(
            self.spellings[int(self.spelled[token + more])]
        )

    def _spelling(self, counts: Counter[tuple[int, ...]]) -> str:
        said = Counter({" ".join(self.spellings[it] for it in its): n for its, n in counts.items()})
        return str(most_often(said.elements()))


def frames(form: str) -> bool:
    """Return whether a base form is a reporting verb, a number, a day or month, or a word such as "last" or "ago".

    >>> [frames(form) for form in ("said", "two", "monday", "last", "school")]
    [True, True, True, True, False]
    """
    return says_number_or_time(form) or is_reporting(form)


def says_number_or_time(form: str) -> bool:
    """Return whether a base form is a number, in words or digits, a day or month, or a word such as "last" or "ago".

    >>> [says_number_or_time(form) for form in ("one", "second", "20th", "1990s", "january", "today", "covid-19")]
    [True, True, True, True, True, True, False]
    """
    return form in _FRAMING or form[:1].isdigit()


def is_address(form: str) -> bool:
    """Return whether a base form is how a house or a host is addressed, and not what is talked about.

    >>> [is_address(form) for form in ("speaker", "sir", "honourable member", "thank", "member", "prime minister")]
    [True, True, True, True, False, False]
    """
    return form.split(" ", 1)[0] in _ADDRESS


def why_aside(form: str) -> str | None:
    """Return why a base form tells nothing of what a text is about, whatever its frequency; None where it may."""
    return NUMBER_OR_TIME if says_number_or_time(form) else FORM_OF_ADDRESS if is_address(form) else None


NUMBER_OR_TIME, FORM_OF_ADDRESS = "number or time", "form of address"
_FRAMING = frozenset(
    (
        *(texts.base_form(it) for it in (*ONES, *TENS, *SCALES, *WEEKDAYS)),
        *("first", "second", "third", "fourth", "fifth", "dozen", "half", "st", "nd", "rd", "th"),
        *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october"),
        *("november", "december", "jan.", "feb.", "aug.", "sept.", "oct.", "nov.", "dec."),
        *("last", "past", "next", "ago", "earlier", "later", "today", "tomorrow", "yesterday"),
    )
)
_ADDRESS = frozenset(
    (
        *("hon", "hon.", "honourable", "honorable", "honourables", "sir", "madam", "ma'am", "excellency", "speaker"),
        *("mr", "mr.", "mrs", "mrs.", "ms", "ms.", "thank", "ladies", "lady", "gentlemen", "distinguished"),
    )
)
"""A term that begins with one of these is a form of address: "Speaker", "Honourable Members", "Mr. President"."""


_made: WeakKeyDictionary[Annotations, Words] = WeakKeyDictionary()


def words_of(annotations: Annotations) -> Words:
    """Return the words of a corpus, read once."""
    if annotations not in _made:
        _made[annotations] = _read(annotations)
    return _made[annotations]


def forget_words(annotations: Annotations) -> None:
    """Let go of the words of a corpus, where nothing more is counted from them."""
    _made.pop(annotations, None)


def _read(annotations: Annotations) -> Words:
    lexicon = _Lexicon()
    columns = array("i"), array("i"), array("i")
    doc_ids, first = list[str](), [0]
    n_sentences = 0
    for annotated in annotations:
        if not is_english(annotated.language):
            continue  # the list of function words is English: elsewhere most of them would count as content words
        tokens = annotated.tokens
        spelled = [lexicon.number(annotated[span]) for span in tokens]
        starts = [span.start for span in tokens]
        # Where only some spans of a document count, no phrase runs from one to the next, nor past the label of a turn.
        breaks = {int(start) for start, _ in annotated.tables["pieces"]} | {it.start for it in annotated.counted}
        of_sentences = np.array(sorted(breaks), dtype=np.int64)
        sentences = n_sentences + np.searchsorted(of_sentences, starts, side="right") - 1
        for column, its in zip(columns, (starts, spelled, sentences.tolist()), strict=True):
            column.extend(its)
        n_sentences += len(of_sentences)
        doc_ids.append(annotated.document.id)
        first.append(len(columns[0]))
    of_tokens = [np.frombuffer(its, dtype=OF_TOKENS) for its in columns]
    ids = np.array([*lexicon.form_of, -1], dtype=OF_TOKENS)[of_tokens[1]]
    is_word = np.append(0, np.cumsum(ids >= 0))
    return Words(
        starts=of_tokens[0],
        ids=ids,
        spelled=of_tokens[1],
        sentences=of_tokens[2],
        first=np.array(first),
        forms=list(lexicon.forms),
        spellings=list(lexicon.spellings),
        content=np.array(lexicon.content, dtype=bool),
        doc_ids=doc_ids,
        sizes=np.diff(is_word[first]),
    )


class _Lexicon:
    """The spellings met so far, each with the number of its base form, -1 for what is no word."""

    def __init__(self) -> None:
        self.spellings: dict[str, int] = {}
        self.form_of: list[int] = []
        self.forms: dict[str, int] = {}
        self.content: list[bool] = []

    def number(self, spelling: str) -> int:
        """Return the number of a spelling."""
        known = self.spellings.get(spelling)
        if known is not None:
            return known
        number = self.spellings[spelling] = len(self.spellings)
        self.form_of.append(self._form(spelling) if texts.is_word(spelling) else -1)
        return number

    def _form(self, spelling: str) -> int:
        number = self.forms.setdefault(texts.base_form(spelling), len(self.forms))
        if number == len(self.content):
            self.content.append(False)
        self.content[number] = self.content[number] or texts.is_content_word(spelling)
        return number
