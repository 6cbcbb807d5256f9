"""Sentences of English prose.

A text is first cut into *blocks* at the line breaks that end a sentence. Within a block, a full stop, question mark,
exclamation mark or ellipsis can end a sentence.

A blank line, a form feed and a paragraph separator always end a sentence, so a headline needs no full stop. A lone
line break ends a paragraph in one document and merely fills the line in another:

1. The sentence goes on if the next line starts in lower case, or this one ends in a comma, an article, "of" or "and".
2. In a hard-wrapped text (two in five of its lone line breaks precede lower case) the sentence goes on if the next
   line's first word would not have fitted on a line that is nearly full. A line that stops short stopped on purpose:
   a heading, the end of a paragraph, an item of a list.
3. Otherwise the line break ends the sentence.

Punkt decides whether a full stop ends a sentence or belongs to an abbreviation (Kiss and Strunk 2006, "Unsupervised
Multilingual Sentence Boundary Detection", Computational Linguistics 32:485-525), with parameters trained for this
project (``training/punkt``) and the list ``lexicon/abbreviations.txt``. The cases that Punkt does not cover (quotation
marks, brackets, numbered paragraphs, "What?" he asked) follow the rules in :func:`_ends_sentence`.

Every step looks at a bounded stretch of text, so time is linear in the length of any text. The result depends on
``text[start:end]`` alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from research.loading.documents import Span
from research.nlp.text.abbreviations import ACRONYM, LONGEST_WORD, WORD_BEFORE, WORD_EDGE, abbreviations, model


def sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Return the sentences of ``text[start:end]`` in order, without the white space around them.

    They do not overlap, and every character that is not white space is in exactly one of them.
    """
    start, end, _ = slice(start, end).indices(len(text))
    return [span for block in _blocks(text, start, end) for span in _sentences_of_block(text, *block)]


@lru_cache(maxsize=1)  # several layers need the sentences of the document at hand
def sentences_of_body(text: str, body: Span) -> tuple[Span, ...]:
    """Return the sentences of a document's body; they are found once for the document at hand."""
    return tuple(sentences(text, *body))


def unwrapped(text: str, spans: Sequence[Span]) -> str:
    """Return a text with a space for each line break within its sentences, so that every offset stays."""
    found = (match.start() for start, end in spans for match in _WHITE_BREAK.finditer(text, start, end))
    characters = list(text)
    for at in found:
        characters[at] = " "
    return "".join(characters)


_WHITE_BREAK = re.compile(r"[\n\r\v\x1c-\x1e\x85\u2028]")

# What Python's str.splitlines() takes for the end of a line.
_LINE_BREAK = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_ENDS_PARAGRAPH = frozenset("\f\u2029")  # without a blank line

# Marks that may precede the first word of a sentence. A dash is one of them: '"Yes!" — he said' goes on in lower
# case, '— Reuters' does not.
_QUOTES_AND_BRACKETS = r"\"'“”‘’‚‛„‟«»‹›`(\[{<"
_DASHES = r"–—―-"
_OPENING = rf"{_QUOTES_AND_BRACKETS}*•·{_DASHES}"
ADDRESS = re.compile(r"(?:https?://|www\.)\S*[\w/]|(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)++", re.IGNORECASE)
_FIRST_WORD = re.compile(rf"[{_QUOTES_AND_BRACKETS}]*+(\S{{0,64}})")  # a bullet begins something new

# A line of a hard-wrapped text is full if, with the next line's first word, it would reach this share of the usual
# width; typeset lines differ in their number of characters. In 145 hard-wrapped UN General Debate speeches 99.7% of the
# line breaks before lower case reach this share (99.8% reach 0.5, 96.9% reach 1.0).
_FULL_LINE = 0.75

# The end of a line in the middle of a sentence, or of a name: "Lula da", "Donald J.", "Mr.".
_UNFINISHED = re.compile(
    r",\Z|(?<!\w)(?:(?i:a|an|and|of|the)|bin|da|de|del|della|di|dos|du|ibn|van|von|(?:M[rs]s?|Dr|Sen|Rep|Gov|Gen)\.)\Z|"
    r"\w [A-Z]\.\Z"
)
# A name of which the next line begins with the second word.
_FIRST_OF_TWO = re.compile(
    r"(?<!\w)(?:United|New|Saudi|Sri|Papua New|El|Costa|Sierra|Burkina|Prime|Vice|White|Supreme)\Z"
)
_SECOND_OF_TWO = re.compile(
    r"(?:States|Kingdom|Nations|Arab|Zealand|York|Jersey|Hampshire|Mexico|Delhi|Guinea|Arabia|Lanka|Salvador|Rica|Leone|"
    r"Faso|Minister|President|House|Court)\b"
)
# A surname that tells itself by its form, in a line that goes on, and a line of prose that ends in a given name or an
# initial: "Justice Sandra Day" before "O'Connor said". A list of names has one whole name in a line.
_SURNAME = re.compile(r"(?:O['’]|Ma?c|Fitz)[^\W\da-z_][\w'’-]{1,30}(?:['’]s)?(?:[,.;:]|\s+[a-z(])")
_GIVEN_NAME = re.compile(r"(?<![\w'’])(?:[^\W\da-z_][a-zà-ž]{1,20}|[^\W\da-z_]\.)\Z")


def _blocks(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the stretches between line breaks that end a sentence, without the white space around them."""
    lines = _lines(text, start, end)
    width = _wrapped_width(text, lines)
    block: Span | None = None
    previous: Span | None = None
    for line in lines:
        if line[0] == line[1]:
            previous = None
        elif block is not None and previous is not None and _goes_on(text, previous, line, width):
            block, previous = Span(block[0], line[1]), line
        else:
            if block is not None:
                yield block
            block, previous = line, line
    if block is not None:
        yield block


def _lines(text: str, start: int, end: int) -> list[Span]:
    """Return the lines without white space around them; an empty span separates paragraphs."""
    lines = []
    position = start
    for line_break in _LINE_BREAK.finditer(text, start, end):
        lines.append(_trimmed(text, position, line_break.start()))
        position = line_break.end()
        if line_break.group() in _ENDS_PARAGRAPH:
            lines.append(Span(position, position))
    lines.append(_trimmed(text, position, end))
    return lines


def _trimmed(text: str, start: int, end: int) -> Span:
    line = text[start:end]
    kept = line.strip()
    if not kept:
        return Span(start, start)
    start += len(line) - len(line.lstrip())
    return Span(start, start + len(kept))


def _wrapped_width(text: str, lines: Sequence[Span]) -> float | None:
    """Return the usual length of a full line in a hard-wrapped text; None for a text that is not hard-wrapped.

    The share of lone line breaks before lower case separates the two kinds: of 267 UN General Debate speeches, 114 are
    below 0.3, 145 above 0.6, none in between; 8 have no lone line break.
    """
    lone = [
        (line, following) for line, following in pairwise(lines) if line[0] < line[1] and following[0] < following[1]
    ]
    full = sorted(line[1] - line[0] for line, following in lone if _starts_in_lower_case(text, following))
    if len(full) < 2 or 5 * len(full) < 2 * len(lone):
        return None
    return full[len(full) // 2]


def _goes_on(text: str, line: Span, following: Span, width: float | None) -> bool:
    """Return whether a sentence may go on over the lone line break between two lines."""
    unfinished = _UNFINISHED.search(text[max(line[0], line[1] - 8) : line[1]])
    if unfinished or _starts_in_lower_case(text, following):
        return True
    if _SECOND_OF_TWO.match(text, *following) and _FIRST_OF_TWO.search(text, max(line[0], line[1] - 10), line[1]):
        return True
    if _SURNAME.match(text, *following) and _GIVEN_NAME.search(text, line[0], line[1]):
        return True
    if width is None:
        return False
    first_space = text.find(" ", following[0], min(following[0] + 64, following[1]))
    first_word = (first_space if first_space > 0 else following[1]) - following[0]
    return line[1] - line[0] + 1 + first_word >= _FULL_LINE * width


def _starts_in_lower_case(text: str, line: Span) -> bool:
    """Return whether a line begins with a word in lower case. An address ("www.un.org") is not a word."""
    match = _FIRST_WORD.match(text, *line)
    word = match.group(1) if match else ""
    return word[:1].islower() and not ADDRESS.match(word)


# --- Sentences of a block -------------------------------------------------------------------------------

_CLOSING = r"\"'”’»›)\]}"
# A mark that can end a sentence, with the quotation marks and brackets that close after it. An ellipsis may be spaced
# (". . ."), and so may a closing mark ('he said. "') with a space on both sides.
# The quantifiers are possessive because backtracking over a million full stops would take hours.
_STOP = re.compile(
    rf"(?P<mark>[.?!…](?:(?<=\.)(?:[ \t\xa0]\.){{2,}}|[.?!…]*+))"
    rf"(?P<closing>[{_CLOSING}]*+(?:[ \t\xa0][{_CLOSING}]++(?!\S))?)"
)
_NEXT_SENTENCE = re.compile(rf"[\s{_OPENING}]*+(?P<word>\S?)")
_WHITE = re.compile(r"\s*+")
# "273.", "(iv)", "B)" at the beginning of a sentence number it; they are not sentences themselves.
_ENUMERATOR = re.compile(r"[(\[]?(?:\d{1,3}|[^\W\d_]|[ivxlcIVXLC]{1,5})[.)\]]{1,2}")
# A dash counts as the following word: after an abbreviation the sentence goes on, as in a dateline
# ("Newport News, Va. — In").
_WORD_AFTER = re.compile(rf"[\s*•·{_QUOTES_AND_BRACKETS}]*+([{_DASHES}]|[^{WORD_EDGE}]{{0,64}})")


def _sentences_of_block(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the sentences of one block, which has no white space around it."""
    for stop in _STOP.finditer(text, start, end):
        if _ends_sentence(text, start, stop, end):
            yield Span(start, stop.end())
            white = _WHITE.match(text, stop.end(), end)
            start = white.end() if white else stop.end()
    if start < end:
        yield Span(start, end)


def _ends_sentence(text: str, start: int, stop: re.Match[str], end: int) -> bool:
    """Return whether the sentence that begins at `start` ends with `stop`, in a block that ends at `end`."""
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
    # An ellipsis of four dots includes a full stop, and a quotation that breaks off has ended.
    dots = mark.count(".") + 3 * mark.count("…")
    if "?" in mark or "!" in mark or dots > 3 or (dots > 1 and closing):
        return True
    return _punkt_ends(text, start, stop, end)


def _punkt_ends(text: str, start: int, stop: re.Match[str], end: int) -> bool:
    """Return whether Punkt takes the full stop or ellipsis after a word for the end of a sentence."""
    before = WORD_BEFORE.search(text[max(start, stop.start() - LONGEST_WORD) : stop.start()])
    after = _WORD_AFTER.match(text, stop.end(), end)
    word = before.group() if before else ""
    following = after.group(1) if after else ""
    if not following:
        return True
    return _decide(word, "." if stop["mark"] == "." else "...", following)


@lru_cache(maxsize=1 << 16)
def _decide(word: str, mark: str, following: str) -> bool:
    """Return Punkt's verdict on ``word`` + ``mark`` ("." or "...") before the word ``following``."""
    if mark == "...":
        return model().ends_after_abbreviation(following)
    kind = abbreviations().get(word.lower().rpartition("-")[2])
    if kind == "never":
        return False
    if kind == "number":
        return not following[0].isdigit()
    if not word or (kind == "capital" and word.islower()):
        return True
    if len(word) == 1 and word.isalpha():  # an initial; but "Plan B. The"
        return following.istitle() and following.lower() in model().starters
    # Not every acronym occurred in training, so each is treated as the most frequent one.
    return model().ends_sentence("U.S" if ACRONYM.fullmatch(word) else word, following)
