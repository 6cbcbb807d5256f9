"""Tokens of English prose.

They are those of NLTK's ``NLTKWordTokenizer``, found in a *shadow* of each sentence: a copy of the same length in which
single characters are exchanged for others that the tokenizer treats as they deserve (see :func:`_shadow`). Nothing
moves, so an offset in the shadow is an offset in the text.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec, module_from_spec
from threading import Lock
from typing import TYPE_CHECKING

from research.loading.documents import Span
from research.nlp.text.abbreviations import ACRONYM, LONGEST_WORD, WORD_BEFORE, abbreviations, model
from research.nlp.text.segmentation import ADDRESS, sentences
from research.nlp.text.words import CONTRACTION, folded

if TYPE_CHECKING:
    from nltk.tokenize import NLTKWordTokenizer


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Return the tokens of ``text[start:end]`` in order: those of all its sentences, one after the other."""
    return sentence_tokens(text, sentences(text, start, end))


def sentence_tokens(text: str, spans: Iterable[Span]) -> list[Span]:
    """Return the tokens of sentences that are known already, in the order of the sentences.

    Every character that is not white space is in exactly one token, and no token crosses the end of a sentence.
    """
    return [
        Span(start + token_start, start + token_end)
        for start, end in spans
        for token_start, token_end in _tokens_of_sentence(text[start:end])
    ]


_Offsets = tuple[int, int]
"""Start and end within one sentence. Plain numbers, as there are many of them; spans of the text are made once."""


# Each is exchanged for a character that NLTK always makes a token of its own. `"` is one of them because NLTK turns
# straight quotation marks into `` and '' and then has to find them again, which fails in a sentence of mixed styles;
# "…" and others because NLTK does not know them and leaves them on the word. A zero-width space and a byte-order mark
# do not belong to a word either.
_QUOTATION_MARKS = '"‚‛‟‹›'
_OTHER_MARKS = "…•¿¡€£¥₤₽₸،؛؟۔。！？，、：；\u200b\ufeff"
_TOKENS_OF_THEIR_OWN = str.maketrans(dict.fromkeys(_QUOTATION_MARKS, "”") | dict.fromkeys(_OTHER_MARKS, ";"))
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])[’‘ʼ＇](?=[^\W\d_])")
_QUOTE_OF_APOSTROPHES = re.compile(r"'{2,}")
_JOINS_WORD = re.compile(r"(?<![\w&@#])[@#](?=[^\W\d])|(?<=[A-Z])&(?=[A-Z])")
# Most sentences need no shadow, and looking once is faster than five exchanges.
_NEEDS_SHADOW = re.compile(rf"[{_QUOTATION_MARKS}{_OTHER_MARKS}’‘ʼ＇@#&]|''|://|www\.", re.IGNORECASE)

# Characters that the tokenizer gets at a time. Its patterns fail after five seconds (nltk.redos), which would make the
# result depend on the machine; a piece of this size takes milliseconds.
_PIECE = 8192
_LAST_GAP = re.compile(r"(?s:.*)\w(\s+)(?=\w)")


def _tokens_of_sentence(sentence: str) -> list[_Offsets]:
    """Return the tokens within one sentence."""
    shadow = _shadow(sentence)
    found: list[_Offsets] = []
    for start, end in _pieces(shadow):
        found += ((start + s, start + e) for s, e in _nltk_spans(shadow[start:end]))
    return _mended(sentence, found)


def _shadow(sentence: str) -> str:
    """Return a copy of the same length in which NLTK's tokenizer finds the tokens of news.

    - A curly apostrophe inside a word becomes a straight one: "don’t" is split like "don't". Other quotation
      marks and marks that NLTK does not know become one that it always splits off.
    - An address, the @ of "@name", the # of "#topic" and the & of "AT&T" become letters: they stay whole.
    """
    if not _NEEDS_SHADOW.search(sentence):
        return sentence
    shadow = _APOSTROPHE.sub("'", sentence.translate(_TOKENS_OF_THEIR_OWN))
    shadow = _QUOTE_OF_APOSTROPHES.sub(lambda match: "”" * len(match.group()), shadow)
    shadow = ADDRESS.sub(lambda match: "x" * len(match.group()), shadow)
    return _JOINS_WORD.sub("x", shadow)


def _pieces(shadow: str) -> Iterator[_Offsets]:
    """Yield a sentence whole, or in pieces cut between two words where it is too long.

    A stretch without a gap between two words is cut after the most characters that a piece may have.
    """
    start = 0
    while len(shadow) - start > _PIECE:
        gap = _LAST_GAP.match(shadow, start, start + _PIECE)
        end = gap.start(1) if gap else start + _PIECE
        yield start, end
        start = end
    yield start, len(shadow)


def _nltk_spans(shadow: str) -> list[_Offsets]:
    """Return NLTK's spans; if it fails to find its own tokens again, runs of word characters and single marks."""
    try:
        return list(_word_tokenizer().span_tokenize(shadow))
    except ValueError:
        return [match.span() for match in re.finditer(r"\w+|[^\w\s]", shadow)]


@cache
def _word_tokenizer() -> NLTKWordTokenizer:
    """Return NLTK's tokenizer, trying each pattern only where it can match: four times as fast, the same tokens."""
    tokenizer = _class_of_tokenizer()()
    for name in ("STARTING_QUOTES", "PUNCTUATION", "ENDING_QUOTES"):
        setattr(tokenizer, name, [(_OnlyWhereNeeded(pattern), put) for pattern, put in getattr(tokenizer, name)])
    for name in ("PARENS_BRACKETS", "DOUBLE_DASHES"):
        pattern, put = getattr(tokenizer, name)
        setattr(tokenizer, name, (_OnlyWhereNeeded(pattern), put))
    for name in ("CONTRACTIONS2", "CONTRACTIONS3"):
        setattr(tokenizer, name, [_OnlyWhereNeeded(pattern) for pattern in getattr(tokenizer, name)])
    return tokenizer


_importing = Lock()


def _class_of_tokenizer() -> type[NLTKWordTokenizer]:
    """Import NLTK's tokenizer without the rest of NLTK, which takes 60 MB and most of a second.

    NLTK imports all of its parts, scipy's statistics among them, as soon as one is asked for. An empty module in its
    place leads to the few that the tokenizer needs. They are forgotten again, so that whoever imports NLTK later gets
    all of it.
    """
    with _importing:
        spec = None if "nltk" in sys.modules else find_spec("nltk")
        if spec is not None:
            sys.modules["nltk"] = module_from_spec(spec)
        try:
            from nltk.tokenize import NLTKWordTokenizer
        finally:
            if spec is not None:
                for name in [it for it in sys.modules if it.partition(".")[0] == "nltk"]:
                    del sys.modules[name]
        its: type[NLTKWordTokenizer] = NLTKWordTokenizer
        return its


# What a text must contain, in small letters, for a pattern of NLTK's to change its tokens: one of these signs, or these
# letters in a row. The pattern of white space makes one space of several, which only patterns with an apostrophe see.
_SIGNS_NEEDED: dict[str, str] = {
    "([«“‘„]|[`]+)": "«“‘„`",
    r"^\"": '"',
    "(``)": "`",
    r"([ \(\[{<])(\"|\'{2})": "\"'",
    r"(?i)(?<!\w)(\')(?!(?:re|ve|ll|m|t|s|d|n)\b)(?=\w)": "'",
    r"([:,])([^\d])": ":,",
    "([:,])$": ":,",
    "[;@#$%&]": ";@#$%&",
    r"[\u2012-\u2015]": "‒–—―",
    "[?!]": "?!",
    "([^'])' ": "'",
    "[*]": "*",
    r"[\]\[\(\)\{\}\<\>]": "[](){}<>",
    "([»”’])": "»”’",
    "''": "'",
    '"': '"',
    r"\s+": "'",
    "([^' ])('[sS]|'[mM]|'[dD]|') ": "'",
    "([^' ])('ll|'LL|'re|'RE|'ve|'VE|n't|N'T) ": "'",
    r"(?i)\b(d)(?#X)('ye)\b": "'",
    r"(?i)\b(more)(?#X)('n)\b": "'",
    "(?i) ('t)(?#X)(is)\\b": "'",
    "(?i) ('t)(?#X)(was)\\b": "'",
}
_LETTERS_NEEDED: dict[str, str] = {
    r"\.{2,}": "..",
    "--": "--",
    r"(?i)\b(can)(?#X)(not)\b": "annot",
    r"(?i)\b(gim)(?#X)(me)\b": "mme",  # not the "i", which has capitals of other alphabets
    r"(?i)\b(gon)(?#X)(na)\b": "nna",
    r"(?i)\b(got)(?#X)(ta)\b": "tta",
    r"(?i)\b(lem)(?#X)(me)\b": "mme",
    r"(?i)\b(wan)(?#X)(na)(?=\s)": "nna",
}


class _OnlyWhereNeeded:
    """A pattern of NLTK's tokenizer; one that is not listed above is tried everywhere."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self._sub = pattern.sub
        self._letters = _LETTERS_NEEDED.get(pattern.pattern)
        self._signs = _SIGNS_NEEDED.get(pattern.pattern)

    def sub(self, put: str, text: str) -> str:
        """Return the text with every match of the pattern replaced."""
        if self._letters is not None and self._letters not in text.lower():
            return text
        if self._signs is not None and not any(map(text.__contains__, self._signs)):
            return text
        return self._sub(put, text)


def _mended(sentence: str, spans: Iterable[_Offsets]) -> list[_Offsets]:
    """Return the same spans with every full stop where it belongs: on an abbreviation, off any other word.

    NLTK always splits off the last full stop, even that of "U.S.", and no other, not even that of “… absolutely.”
    before a closing quotation mark. The last full stop of other abbreviations ("Inc.") stays off, as it also ends the
    sentence. A quotation mark of two apostrophes, separated in the shadow, becomes one again.
    """
    result: list[_Offsets] = []
    before = (0, 0)
    for start, end in spans:
        found = sentence[start:end]
        adjoins = before[1] == start > 0
        if adjoins and (
            (found == "." and ACRONYM.fullmatch(sentence, *before))
            or (found == "'" and sentence[slice(*before)] == found)
        ):
            result[-1] = (before[0], end)
        elif len(found) > 1 and found[-1] == "." != found[-2] and not _keeps_full_stop(sentence, end):
            # Before a closing quotation mark NLTK sees neither the full stop nor the contraction: “I don’t.”
            contraction = CONTRACTION.fullmatch(folded(found[:-1]))
            parted = end - 1 - len(contraction.group(2)) if contraction else start
            result += [span for span in ((start, parted), (parted, end - 1), (end - 1, end)) if span[0] < span[1]]
        else:
            result.append((start, end))
        before = result[-1]
    return result


def _keeps_full_stop(sentence: str, end: int) -> bool:
    """Return whether the word that ends at `end` with a full stop, inside a sentence, is an abbreviation."""
    before = WORD_BEFORE.search(sentence[max(0, end - 1 - LONGEST_WORD) : end - 1])
    word = before.group() if before else ""
    if len(word) <= 1:
        return word.isalpha()
    ending = word.lower().rpartition("-")[2]
    kind = abbreviations().get(ending)
    if kind == "number":
        return sentence[end : end + 2].strip().isdigit()
    if kind == "capital":
        return not word.islower()
    return bool(ACRONYM.fullmatch(word)) or ending in model().abbreviations
