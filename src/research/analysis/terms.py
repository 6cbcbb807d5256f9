"""Terms: words and phrases that are looked up in a corpus, with ``*`` for any letters, ``?`` for one, and expressions.

A word finds its singular and its plural, in capitals or not (``text.base_form``). A word with a wildcard is a pattern
of whole words as they are written, in capitals or not: ``water*`` finds "Water", "waters" and "waterway". A word
between slashes is a regular expression (``expressions``) of whole words: ``/(un)?employ(ed|ment)/``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from research.analysis.expressions import Expression
from research.errors import ParameterError
from research.loading import Span
from research.nlp import text as texts
from research.nlp.annotated import AnnotatedDocument

_WILDCARD = re.compile(r"[*?]")
_EXPRESSION = re.compile(r"(?<!\S)/\S+/(?!\S)")
_LETTERS = str.maketrans("*?", "xx")
_REMEMBERED = 1 << 16
"""The number of word forms whose matches are kept: more than most corpora have."""


def has_wildcard(term: str) -> bool:
    """Return whether a term, or a word of it, has ``*`` or ``?``, or is an expression between slashes."""
    return _WILDCARD.search(term) is not None or _EXPRESSION.search(term) is not None


def is_expression(word: str) -> bool:
    """Return whether a word of a term is a regular expression: one between slashes.

    >>> is_expression("/wat(er|t)s?/"), is_expression("and/or"), is_expression("water*")
    (True, False, False)
    """
    return _EXPRESSION.fullmatch(word) is not None


def form(word: str) -> str:
    """Return what all spellings of a word of a term share: its base form, or the pattern without capitals.

    >>> form("Sanctions"), form("Sanctions*"), form("*NATIONS")
    ('sanction', 'sanctions*', '*nations')
    """
    if is_expression(word):
        return texts.folded(word)
    return re.sub(r"\*+", "*", texts.folded(word)) if has_wildcard(word) else texts.base_form(word)


class Occurrence(NamedTuple):
    """An occurrence of a term: its place, the words of the document before it, and its tokens (first, how many)."""

    term: str
    span: Span
    position: int
    first: int
    length: int


class Terms:
    """Terms to look up. Raises ``ParameterError`` for one without a word.

    The time to look them up is linear in the length of a document; each distinct word is compared with the wildcards
    once.
    """

    def __init__(self, terms: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[int, str, Sequence[str]]]] = defaultdict(list)
        forms: set[str] = set()
        for number, term in enumerate(dict.fromkeys(terms)):
            words = words_of(term)
            self._by_first[words[0]].append((number, term, words))
            forms.update(words)
        self._words = frozenset(it for it in forms if not has_wildcard(it))
        self._expressions = {it: Expression(it[1:-1]) for it in sorted(forms) if is_expression(it)}
        self._wildcards = _Wildcards(it for it in forms if has_wildcard(it) and it not in self._expressions)
        self._read = lru_cache(_REMEMBERED)(self._reading)

    def found_in(self, annotated: AnnotatedDocument) -> Iterator[Occurrence]:
        """Yield each occurrence of a term, by place and then in the order of the terms; none runs across a label."""
        tokens = annotated.tokens
        read = [self._read(annotated[span]) for span in tokens]
        position = 0
        for first, (forms, is_word) in enumerate(read):
            here = [it for its in forms for it in self._by_first.get(its, ())]
            for _, term, words in sorted(here) if len(here) > 1 else here:
                last = first + len(words)
                if last <= len(read) and all(
                    word in its for word, (its, _) in zip(words[1:], read[first + 1 : last], strict=True)
                ):
                    if any(annotated[one.end, other.start].strip() for one, other in pairwise(tokens[first:last])):
                        continue  # a label is between them: two people say the words
                    span = Span(tokens[first].start, tokens[last - 1].end)
                    yield Occurrence(term, span, position, first, len(words))
            position += is_word

    def occur_in(self, text: str) -> bool:
        """Return whether one of the terms occurs in a text.

        >>> Terms(["unemployment rate"]).occur_in("the rates of unemployment"), Terms(["rate"]).occur_in("the rates")
        (False, True)
        """
        read = [self._read(text[start:end])[0] for start, end in texts.tokens(text)]
        return any(
            all(word in its for word, its in zip(words, read[first : first + len(words)], strict=False))
            for first, forms in enumerate(read)
            for form in forms
            for _, _, words in self._by_first.get(form, ())
            if first + len(words) <= len(read)
        )

    def matches(self, word: str) -> bool:
        """Return whether one of the terms is this word, alone."""
        return any(len(words) == 1 for its in self._read(word)[0] for _, _, words in self._by_first.get(its, ()))

    def _reading(self, token: str) -> tuple[tuple[str, ...], bool]:
        """Return which words and wildcards of the terms a token is, and whether it counts as a word."""
        is_word = texts.is_word(token)
        base = texts.base_form(token)
        forms = (base,) if base in self._words else ()
        if not is_word or not (self._wildcards or self._expressions):
            return forms, is_word
        written = {texts.folded(token)} | ({texts.folded(base)} if "." in token else set())  # "U.N." is "un" as well
        matched = dict.fromkeys(it for word in sorted(written) for it in self._matching(word))
        return (*forms, *matched), is_word

    def _matching(self, word: str) -> Iterator[str]:
        """Yield the wildcards and expressions that a whole word matches."""
        yield from self._wildcards.matching(word)
        yield from (written for written, its in self._expressions.items() if its.matches(word))


def as_given(term: str) -> list[str]:
    """Return the words and marks of a term as they are written in it.

    >>> as_given("Climate chang*, Mr. Brown")
    ['Climate', 'chang*', ',', 'Mr.', 'Brown']
    """
    # The tokenizer takes a full stop off at the end of a sentence. In the middle of one, "Mr." keeps it before a word
    # and "No." before a number, so the term is read before both and the shorter reading is taken. A wildcard is part of
    # its word, which the tokenizer sees when it stands for a letter.
    shown = _EXPRESSION.sub(lambda its: "x" * len(its[0]), term).translate(_LETTERS)
    tokens = min((texts.tokens(f"{shown} {following}")[:-1] for following in ("x", "1")), key=len)
    return [term[start:end] for start, end in tokens]


def words_of(term: str) -> tuple[str, ...]:
    """Return the words of a term, each in the form in which it is looked up. Raises ``ParameterError`` for none.

    >>> words_of("U.S. dollars"), words_of("Climate chang*")
    (('US', 'dollar'), ('climate', 'chang*'))
    """
    words = tuple(map(form, as_given(term)))
    if any(map(texts.is_word, words)):
        return words
    for word in filter(is_expression, term.split()):
        Expression(word[1:-1])  # refuses what it does not know
    if has_wildcard(term):
        raise ParameterError(f"The term {term!r} would find every word. Give a letter beside * or ?, such as water*.")
    raise ParameterError(f"The term {term!r} has no word to look up. Give a word or a phrase.")


class _Wildcards:
    """Patterns with wildcards, found by how a word begins or ends, so that few of them are tried on it."""

    def __init__(self, patterns: Iterable[str]) -> None:
        self._by_start: dict[str, list[tuple[str, re.Pattern[str]]]] = defaultdict(list)
        self._by_end: dict[str, list[tuple[str, re.Pattern[str]]]] = defaultdict(list)
        for pattern in sorted(patterns):
            start, *_, end = _WILDCARD.split(pattern)
            place = self._by_start[start] if start or not end else self._by_end[end]
            place.append((pattern, _compiled(pattern)))
        self._starts, self._ends = (sorted({*map(len, its)}) for its in (self._by_start, self._by_end))

    def __bool__(self) -> bool:
        return bool(self._by_start or self._by_end)

    def matching(self, word: str) -> Iterator[str]:
        """Yield the patterns that a whole word matches."""
        tried = [self._by_start.get(word[:length], ()) for length in self._starts if length <= len(word)]
        tried += [self._by_end.get(word[-length:], ()) for length in self._ends if length <= len(word)]
        return (pattern for its in tried for pattern, compiled in its if compiled.fullmatch(word))


def _compiled(pattern: str) -> re.Pattern[str]:
    """Return a pattern as a regular expression that decides in linear time.

    What is between two stars is found at its first place, and an atomic group forbids to try another: if the rest fits
    after any place, it fits after the first.
    """
    first, *between = (
        "".join("." if sign == "?" else re.escape(sign) for sign in piece) for piece in pattern.split("*")
    )
    if not between:
        return re.compile(first, re.DOTALL)
    middle = "".join(f"(?>.*?{piece})" for piece in between[:-1])
    return re.compile(f"{first}{middle}.*{between[-1]}", re.DOTALL)
