"""Whether a quotation is in a passage word for word, and if it is not, which words differ.

Quotation marks, dashes, spaces, soft hyphens, capitals and punctuation may differ. "[…]" and "…" stand for words that
were left out within one passage; words in square brackets are the report's own and may replace some of the source's.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import Match, SequenceMatcher
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from research.nlp.text.function_words import FUNCTION_WORDS

_SAME = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛`´′", "'"),
        **dict.fromkeys("“”„‟«»‹›″", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
        **dict.fromkeys("\u00a0\u202f\u2009\u2008\u2007\u2006\u200a\u2005\n\r\t", " "),
    }
)
_TOKEN = re.compile(r"\[[^\[\]]{0,200}\]|\.(?: ?\.){2,}|…|[$€£¥]|%|\w+(?:['.,:/-]\w+)*")
_WORD = re.compile(r"[$€£¥]|%|\w+(?:['.,:/-]\w+)*")
_GAP, _ANY = "\0", "\1"
_CAPITAL = re.compile(r"\[([^\W\d_])\](?=\w)")
"""A changed capital: "[T]he"."""
_DOTS = re.compile(r"[.… ]*\Z")
_REMARK = re.compile(
    r"sic\b|recte\b|emphas[ie]s\b|italics\b|(?:the |our |my )?(?:author|writer|editor|speaker)?[’']?s? ?"
    r"(?:emphasis|italics|note)\b",
    re.IGNORECASE,
)
"""What is said in brackets of the words themselves: it takes the place of none."""
_MOST_INSERTED = 12
"""The most words of the source that words in square brackets may replace."""


@lru_cache(maxsize=1 << 13)
def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a passage as they are compared."""
    return tuple(_word(it) for it in _WORD.findall(_normal(text)))


def _normal(text: str) -> str:
    return unicodedata.normalize("NFC", text).translate(_SAME)


def _word(token: str) -> str:
    return token.casefold()


def pattern_of(quotation: str) -> list[str]:
    """Return the words of a quotation, with a sign for each gap and for each insertion."""
    found: list[str] = []
    for token in _TOKEN.findall(_CAPITAL.sub(r"\1", _normal(quotation))):
        if token[0] == "[":
            inner = token[1:-1].strip()
            if _DOTS.fullmatch(inner):
                found.append(_GAP)
            elif not _REMARK.match(inner):
                found.append(_ANY)
        elif token[0] in ".…":
            found.append(_GAP)
        else:
            found.append(_word(token))
    return found


def is_in(quotation: Sequence[str], passage: Sequence[str]) -> bool:
    """Return whether a pattern of words occurs in the words of a passage.

    >>> is_in(pattern_of("the harbour […] stays [always] open"), words_of("The harbour, he said, stays open."))
    True
    """
    chunks = _chunks(tuple(quotation))
    if not chunks:
        return True
    text = f" {' '.join(passage)} "
    starts = [0]
    for number, (sign, words) in enumerate(chunks):
        wanted = f" {' '.join(words)} "
        at = text.find(wanted, starts[-1] if number else 0)
        while at >= 0 and sign == _ANY and number and _count(text, starts[-1], at) > _MOST_INSERTED:
            at = -1
        if at < 0 or (number and _hides_a_negation(sign, text[starts[-1] : at].split())):
            return False
        starts.append(at + len(wanted) - 1)
    return True


def places_in(quotation: Sequence[str], text: str) -> Iterator[tuple[int, int]]:
    """Yield where in a text a pattern of words occurs: offsets of its first and behind its last character.

    >>> list(places_in(pattern_of("stays open"), "The harbour stays open."))
    [(12, 22)]
    """
    chunks = _chunks(tuple(quotation))
    tokens = list(_WORD.finditer(_normal(text)))
    words = [_word(it[0]) for it in tokens]
    for first in range(len(words)) if chunks else ():
        at = first
        for number, (_, wanted) in enumerate(chunks):
            following = range(at, at + 1) if not number else range(at, len(words) - len(wanted) + 1)
            at = next((it + len(wanted) for it in following if words[it : it + len(wanted)] == wanted), -1)
            if at < 0:
                break
        else:
            yield tokens[first].start(), tokens[at - 1].end()


_NEGATIONS = frozenset(("not", "never", "no", "nor", "neither", "cannot", "hardly", "n't"))


def _hides_a_negation(sign: str, left_out: Sequence[str]) -> bool:
    """Whether what a gap or an insertion leaves out is a mere negation: "does […] participate"."""
    return (sign == _ANY or len(left_out) == 1) and any(it in _NEGATIONS or it.endswith("n't") for it in left_out)


def _count(text: str, start: int, end: int) -> int:
    return len(text[start:end].split())


@lru_cache(maxsize=256)
def _chunks(pattern: tuple[str, ...]) -> list[tuple[str, list[str]]]:
    """Return the stretches of words between gaps and insertions, each with the sign before it."""
    found: list[tuple[str, list[str]]] = []
    sign, words = _GAP, list[str]()
    for token in pattern:
        if token in (_GAP, _ANY):
            if words:
                found.append((sign, words))
                words, sign = [], token
            elif token == _GAP:
                sign = _GAP
        else:
            words.append(token)
    return [*found, (sign, words)] if words else found


def goes_beyond(quotation: Sequence[str], passage: Sequence[str]) -> bool:
    """Return whether a quotation goes on where what is known of its source ends, and agrees as far as it is known.

    >>> goes_beyond(words_of("he said that the harbour will not close"), words_of("the harbour will not"))
    True
    """
    size, known = len(quotation), len(passage)
    if known < _LEAST_KNOWN or not known:
        return False
    for shift in range(_LEAST_KNOWN - known, size - _LEAST_KNOWN + 1):
        low, high = max(0, shift), min(size, shift + known)
        beyond = shift > 0 or shift + known < size
        if beyond and list(quotation[low:high]) == list(passage[low - shift : high - shift]):
            return True
    return False


_LEAST_KNOWN = 4
"""Words that must agree before a quotation is taken for one that goes beyond the known text."""


class Difference(NamedTuple):
    """How a quotation differs from the passage that is most like it: likeness from 0 to 1, and what to say.

    ``within`` says whether words differ between others that agree, and not only where the quotation begins or ends.
    ``opens`` and ``closes`` say whether the quotation has words where the passage has none before, or behind.
    """

    likeness: float
    said: str
    passage: int
    within: bool = False
    opens: bool = False
    closes: bool = False


_WINDOW = 400
_NEAREST = 4


def difference(quotation: Sequence[str], passages: Sequence[Sequence[str]]) -> Difference | None:
    """Return how a quotation differs from the nearest of some passages; None where there is none."""
    words = [it for it in quotation if it not in (_GAP, _ANY)][:_WINDOW]
    if not words:
        return None
    wanted = Counter(words)
    scores = [_overlap(wanted, passage) for passage in passages]
    highest = max(scores, default=0)
    near = [number for number, score in enumerate(scores) if score and 3 * score >= 2 * highest]
    if len(near) > _NEAREST:  # a long passage has every light word: words in a row tell more
        rows = set(pairwise(words))
        in_a_row = {number: len(rows & set(pairwise(passages[number]))) for number in near}
        near = sorted(near, key=lambda it: (-in_a_row[it], -scores[it], it))[:_NEAREST]
    found = [_compared(words, passages[number], number) for number in near]
    return max(found, key=lambda it: (it.likeness, -it.passage), default=None)


def _overlap(wanted: Counter[str], passage: Iterable[str]) -> int:
    return sum((wanted & Counter(passage)).values())


def _compared(words: Sequence[str], passage: Sequence[str], number: int) -> Difference:
    begin, source = _window(words, passage)
    blocks = _alike(words, source)
    if not blocks:
        return Difference(0.0, "", number)
    whole = _told_of(words, passage, number, (begin, source), blocks)
    longest = max(blocks, key=lambda it: it.size)
    low = max(0, longest.b - longest.a - _SLACK)
    near = source[low : longest.b + len(words) - longest.a + _SLACK]
    if len(near) == len(source):
        return whole
    tight = _told_of(words, passage, number, (begin + low, near), _alike(words, near))
    return max(whole, tight, key=lambda it: it.likeness)


_SLACK = 3
"""Words of the source beside the stretch that a quotation would take if all its words were there."""


def _alike(words: Sequence[str], source: Sequence[str]) -> list[Match]:
    matcher = SequenceMatcher(None, words, source, autojunk=False)
    return [it for it in matcher.get_matching_blocks() if it.size]


def _told_of(
    words: Sequence[str],
    passage: Sequence[str],
    number: int,
    window: tuple[int, Sequence[str]],
    blocks: Sequence[Match],
) -> Difference:
    """Return what differs within a part of a passage, given the words that are alike."""
    begin, source = window
    matched = sum(it.size for it in blocks)
    first, last = blocks[0], blocks[-1]
    low = max(0, first.b - first.a - _MORE)
    high = min(len(source), last.b + last.size + len(words) - last.a - last.size + _MORE)
    inner = source[low:high]
    codes = [it for it in SequenceMatcher(None, words, inner, autojunk=False).get_opcodes() if it[0] != "equal"]
    said = []
    for _, a, b, c, d in codes:
        its = inner[c:d]
        if a == 0 or b == len(words):
            if a < b:
                said.append(_at_an_end(words[a:b], its, opens=a == 0))
        else:
            said.append(_told(words[a:b], its))
    spanned = last.b + last.size - first.b
    within = any(a > 0 and b < len(words) for _, a, b, _, _ in codes)
    likeness = 2 * matched / (len(words) + max(spanned, 1))
    opens = first.a > 0 and begin + first.b == 0
    closes = last.a + last.size < len(words) and begin + last.b + last.size == len(passage)
    return Difference(likeness, "; ".join(said[:3]), number, within, opens, closes)


_MORE = 3
"""Words of the source on either side that may be what stands in place of the first or last word of a quotation."""


def _at_an_end(words: Sequence[str], source: Sequence[str], *, opens: bool) -> str:
    """Return what to say of words before the first, or behind the last, that agree: changed ones, or added ones."""
    its = source[max(0, len(source) - len(words)) :] if opens else source[: len(words)]
    alike = SequenceMatcher(None, " ".join(words), " ".join(its)).ratio() >= _LIKE
    if its and (alike or (len(words) == len(its) == 1 and {*words, *its} <= FUNCTION_WORDS)):
        return _told(words, its)
    place = "begins" if opens else "ends"
    return f"the report {place} with “{' '.join(words)}”, which the source does not have there"


_LIKE = 0.5
"""How alike words must be for one to be a changed form of the other."""


def _window(words: Sequence[str], passage: Sequence[str]) -> tuple[int, Sequence[str]]:
    """Return the part of a long passage that holds most words of the quotation, and where it begins."""
    if len(passage) <= _WINDOW:
        return 0, passage
    wanted = set(words)
    hits = [0]
    for word in passage:
        hits.append(hits[-1] + (word in wanted))
    size = min(len(passage), 2 * len(words) + 20)
    start = max(range(len(passage) - size + 1), key=lambda at: hits[at + size] - hits[at])
    return start, passage[start : start + size]


def _told(words: Sequence[str], source: Sequence[str]) -> str:
    mine, its = " ".join(words), " ".join(source)
    if not mine:
        return f"the source has “{its}”, which the report leaves out"
    if not its:
        return f"the report adds “{mine}”, which the source does not have"
    return f"the source has “{its}” instead of “{mine}”"


# --- a slip of the pen ---

_LONG_ENOUGH = 5
_ENDINGS = frozenset(("", "s", "d", "r", "n", "y", "e", "t", "es", "ed", "er", "ly", "al", "en", "or", "ic"))
"""What makes another form, or a relative, of a word: "voter" for "votes"."""


def slip(quoted: Sequence[str], passage: Sequence[str]) -> str:
    """Return the word of a passage that a short quotation has with one letter wrong; empty for none.

    >>> slip(["minster"], ["the", "minister"]), slip(["votes"], ["the", "voter"])
    ('minister', '')
    """
    size = len(quoted)
    for at in range(len(passage) - size + 1):
        pairs = [(mine, its) for mine, its in zip(quoted, passage[at : at + size], strict=True) if mine != its]
        if len(pairs) == 1 and _is_slip(*pairs[0]):
            return pairs[0][1]
    return ""


def _is_slip(mine: str, its: str) -> bool:
    """Whether one letter is left out, added, changed, or has changed places with the next, and it is no other form."""
    if min(len(mine), len(its)) < _LONG_ENOUGH or abs(len(mine) - len(its)) > 1 or not (mine + its).isalpha():
        return False
    same = next((at for at, (a, b) in enumerate(zip(mine, its, strict=False)) if a != b), min(len(mine), len(its)))
    one, other = mine[same:], its[same:]
    if {one, other} <= _ENDINGS:
        return False
    return (
        one[1:] == other
        or one == other[1:]
        or one[1:] == other[1:]
        or (one[:2] == other[1::-1] and one[2:] == other[2:])
    )
