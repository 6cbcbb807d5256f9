"""The lines of a text that look like the label of a turn, by their form alone.

    MR. CARVER:  Good afternoon.            a colon
    Hon. Pat Marlow (Laval, BQ): Why?       with brackets, which are no part of the name
    Rita Dole (00:02):                      with the words on the next line
    Mr. TRAVANT (during the reading). No.   a full stop, in the form of the Congressional Record
    HON. P. VELL.- Order!                   a full stop and a dash, as parliaments of the Commonwealth print it
    Q    Thank you.                         a letter
    Prime Minister                          a line of its own
    Rita Dole <tab> Thank you all.          a cell of a table

Whether the words of a label mean somebody who can speak is told in :mod:`research.nlp.statements.labels`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from research.loading.documents import Span
from research.nlp.statements.label_words import in_capitals, is_courtesy, is_office_word

_OTHER_LINE_END = re.compile(r"\r(?!\n)|[\v\f\x1c-\x1e\x85\u2028\u2029]")
"""Ends of lines beside the line feed: all that Python's ``str.splitlines`` knows."""


class Line(NamedTuple):
    """A line without its line end, and whether it begins a paragraph."""

    start: int
    end: int
    first: bool
    """Whether a blank line, or the beginning of the text, precedes it."""


class Mark(NamedTuple):
    """A line that may begin a turn."""

    form: str
    """``colon``, ``stop`` (a full stop), ``dash`` (a full stop and a dash), ``letter`` (Q or A alone), ``time`` (a time
    without a colon), ``cell`` (a tab behind it, as the cells of a table have) or ``line``."""
    label: Span
    """The words that name who speaks, without brackets."""
    sign: Span | None
    """The colon or full stop; None where there is none."""
    words: int
    """Where the words of the turn begin."""
    brackets: tuple[str, ...]
    timed: bool
    """Whether a time is given, as automatic transcripts do."""
    line: Line


_ROW = re.compile(r"^[ \t]*\|[^\n]*\|[ \t]*$", re.MULTILINE)


def in_lines(text: str) -> str:
    """Return the text with every line ended by a line feed, and the cells of Markdown's tables set apart by tabs.

    Each character keeps its place.
    """
    return _ROW.sub(lambda row: row[0].replace("|", "\t"), _OTHER_LINE_END.sub("\n", text))


def lines(text: str, start: int, end: int) -> Iterator[Line]:
    """The lines of a stretch of text that has no line ends but line feeds; blank ones are left out."""
    first = True
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        if text[start:stop].isspace() or start == stop:
            first = True
        else:
            yield Line(start, stop, first)
            first = False
        start = stop + 1


def end_of_line(text: str, start: int, end: int) -> int:
    """Return where the line of a place ends, not behind the end of the stretch."""
    at = text.find("\n", start, end)
    return end if at < 0 else at


def within_one(spans: Sequence[Span], at: int) -> bool:
    """Whether a place is in one of some spans, which are in order."""
    number = bisect_right(spans, at, key=lambda span: span[0]) - 1
    return number >= 0 and at < spans[number][1]


_OPENING = re.compile(
    r"[ \t\xa0\ufeff]{0,16}(?:(?:[*_]{1,3}|#{1,6}|>{1,3}|§|•|<bullet>|--?)[ \t\xa0]{0,2}){0,2}[\"“‘']?"
)
"""What may precede a label: blanks, the marks of Markdown, the sign of a column, a quotation mark."""
_TIME = r"(?:\d{1,2}:)?\d{1,3}:\d{2}(?:[.,]\d{1,3})?"
_TIME_BEFORE = re.compile(rf"[\[(]?{_TIME}[\])]?[ \t\xa0]{{0,4}}(?:[-–—][ \t]{{1,2}})?")
_TIME_BEHIND = re.compile(rf"[ \t\xa0]{{1,4}}[\[(]?{_TIME}[\])]?[ \t\xa0]{{0,4}}\Z")
_COLON = re.compile(r":(?=[*_]{0,3}(?:\s|\Z|[A-Z\"“‘(\[…—]))")
_STOP_AND_DASH = re.compile(r"\.[ \t]?[-–—]{1,2}(?=[ \t\xa0\"“A-Z]|\Z)")
_BEHIND_HEADING = re.compile(r"(?:\S+ ){3,12}?(?=(?:(?:THE )?HON|MR|MRS|MS|DR|MADAM)\.? [A-Z])")
"""A heading of three words or more, without an end of its own: "THE DEBATE ON FISH HON. P. VELL.- Order!"."""
_STOP_TOO_MANY = re.compile(r"[A-Z]{3,24}\.\Z")
_DASH = re.compile(r"[ \t\xa0]{0,4}(?:[-–—]{1,2}[ \t\xa0]|—(?=\S))")
"""A dash behind the colon is not said: "HON. P. VELL: – Order!"."""
_FURTHEST = 140
"""A label, its brackets and its colon are within so many characters."""
_BRACKETS = re.compile(
    r"[ \t\xa0]{0,2}(?:\(([^()\n]{0,100}(?:\([^()\n]{0,40}\))?[^()\n]{0,60})\)|\[([^\[\]\n]{0,100})\])"
    r"[*_ \t\xa0]{0,4}\Z"
)
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2} ?[AaPp]\.? ?[Mm]\b")
_IS_TIME = re.compile(rf"{_TIME}(?: ?[ap]\.?m\.?)?|\d{{1,2}}[.:]\d{{2}} ?(?:[ap]\.?m\.?)?", re.IGNORECASE)
_LETTER = re.compile(
    r"(?:([QA])\d{0,3}(?:[.:]|[ \t\xa0]?[-–—]{1,2})[*_]{0,3}[ \t\xa0]{0,12}(?=[^a-z\s]|\Z)"
    r"|(Q)[*_]{0,3}(?:(?:[ \t\xa0]{2,12}|\t)(?=\S)|[ \t\xa0](?=[^a-z\s])|\Z)"
    r"|(A)[*_]{0,3}(?:[ \t\xa0]{2,12}|\t)(?=[^a-z\s]))"
)
_BRACKET_AND_COLON = re.compile(r"[(\[][^()\[\]\n]{1,40}[)\]] ?:")
_OFFICE_LETTERS = re.compile(r"P\. ?M\.[ \t]{1,8}(?=\S)")
_CAPITALS = r"(?:(?:Ma?c|La|Le|De|Du|Di|Van|O['’])?[A-Z][A-Z'’.]{1,24}|[A-Z])"
_NAME_IN_CAPITALS = (
    r"(?:(?:[Dd]e|[Ll]a|[Dd]el|[Vv]an|[Vv]on|[Ss]t)\.? ){0,2}"
    rf"(?=[\w'’-]{{0,4}}[A-Z]{{2}}){_CAPITALS}(?:[ -]{_CAPITALS}){{0,3}}"
)
_STOPPED = re.compile(
    rf"(?P<label>(?:(?:Mr|Mrs|Ms|Miss|Dr|Messrs|Senator|Sen)\.? {_NAME_IN_CAPITALS}"
    r"(?: of(?: the)?(?: [A-Z][a-z]{2,14}){1,3})?"
    r"|The (?:(?:ACTING|Acting|VICE|Vice|DEPUTY|Deputy) ){0,2}[A-Z]{4,16}(?: [A-Z]{4,16}){0,2}(?: pro tempore)?))"
    r"(?P<bracket> \([^()\n]{2,60}\))?(?P<stop>\.)(?=\s{1,4}[\"“(\[A-Z0-9]|\s{0,4}\Z)"
)
_LONGEST_LINE = 60


def marks(text: str, start: int, end: int, *, announced: bool = False) -> list[Mark]:
    """All lines of a stretch of text that may begin a turn, in order.

    ``announced`` says whether the text calls itself a transcript. Where it does not, the rows of a table begin turns
    only if somebody asks in one of them: a table of parties and their promises has the same form.
    """
    found = [it for line in lines(text, start, end) if (it := _mark(text, line)) is not None]
    if announced or any(it.form == "cell" and "?" in text[it.words : it.line.end] for it in found):
        return found
    return [it for it in found if it.form != "cell"]


def _mark(text: str, line: Line) -> Mark | None:
    opening = _OPENING.match(text, line.start, line.end)
    at = opening.end() if opening else line.start
    timed = False
    if _CLOCK.match(text, at, line.end):
        return None
    if (time := _TIME_BEFORE.match(text, at, line.end)) is not None:
        at, timed = time.end(), True
    letter = _LETTER.match(text, at, line.end)
    if letter is not None and not _BRACKET_AND_COLON.match(text, letter.end(), line.end):
        group = next(n for n in (1, 2, 3) if letter[n])
        sign = None if group > 1 else _sign(text, letter.end(1), letter.end())
        return Mark("letter", Span(*letter.span(group)), sign, letter.end(), (), timed, line)
    if (letters := _OFFICE_LETTERS.match(text, at, line.end)) is not None:
        return Mark("letter", Span(at, at + len(letters[0].rstrip())), None, letters.end(), (), timed, line)
    if (stopped := _STOPPED.match(text, at, line.end)) is not None:
        brackets = (stopped["bracket"].strip(" ()"),) if stopped["bracket"] else ()
        return Mark(
            "stop",
            Span(*stopped.span("label")),
            Span(*stopped.span("stop")),
            stopped.end("stop"),
            brackets,
            timed,
            line,
        )
    return (
        _with_dash(text, at, line, timed)
        or _in_cell(text, at, line, timed)
        or _with_colon(text, at, line, timed)
        or _alone(text, at, line, timed)
    )


def _sign(text: str, start: int, end: int) -> Span | None:
    """The sign between a letter and the words: its first character that is no blank and no digit."""
    at = next((n for n in range(start, end) if text[n] in ".:-–—"), None)
    return None if at is None else Span(at, at + 1)


_CELL = re.compile(r"(?P<label>[^\W\d_][^\t\n:|]{1,60}?)[ \xa0]*\t[ \t]*(?=\S)")


def _in_cell(text: str, at: int, line: Line, timed: bool) -> Mark | None:
    """A label in the first cell of a row, with whole sentences in the second one, and no third."""
    found = _CELL.match(text, at, line.end)
    if found is None or "\t" in text[found.end() : line.end].strip():
        return None
    stop, brackets, in_brackets = _without_brackets(text, *found.span("label"))
    label = _trimmed(text, found.start("label"), stop)
    if label is None or text[found.end() : line.end].rstrip()[-1:] not in '.?!…"”’)]':
        return None
    return Mark("cell", label, None, found.end(), brackets, timed or in_brackets, line)


def _with_dash(text: str, at: int, line: Line, timed: bool) -> Mark | None:
    sign = _STOP_AND_DASH.search(text, at, min(line.end, at + _FURTHEST))
    if sign is None:
        return None
    stop, brackets, in_brackets = _without_brackets(text, at, sign.start())
    label = _trimmed(text, at, stop)
    if label is None or ":" in text[slice(*label)]:
        return None
    if (behind := _BEHIND_HEADING.search(text, *label)) is not None:
        label = Span(behind.end(), label.end)
    if not text[label.start].isalpha():
        return None
    words = text[slice(*label)].split()
    if not (in_capitals(words) or is_courtesy(words[0]) or brackets or is_office_word(words[-1])):
        return None  # "Ana Vell (PPE). – Madam President" is how the European Parliament prints it
    return Mark("dash", label, Span(*sign.span()), sign.end(), brackets, timed or in_brackets, line)


def _with_colon(text: str, at: int, line: Line, timed: bool) -> Mark | None:
    colon = _COLON.search(text, at, min(line.end, at + _FURTHEST))
    if colon is None:
        return None
    stop, brackets, in_brackets = _without_brackets(text, at, colon.start())
    label = _trimmed(text, at, stop)
    if label is None:
        return None
    if _STOP_TOO_MANY.search(text, *label):
        label = Span(label.start, label.end - 1)  # "HON. P. VELL.: Order!"
    words = colon.end()
    while words < line.end and text[words] in "*_":
        words += 1
    if (dash := _DASH.match(text, words, line.end)) is not None:
        words = dash.end()
    return Mark("colon", label, Span(*colon.span()), words, brackets, timed or in_brackets, line)


def _without_brackets(text: str, start: int, end: int) -> tuple[int, tuple[str, ...], bool]:
    """Where a label ends before up to three brackets, what they hold, and whether one is a time."""
    brackets: list[str] = []
    timed = False
    for _ in range(3):
        found = _BRACKETS.search(text, start, end) if text[start:end].rstrip(" *_\t\xa0")[-1:] in (")", "]") else None
        if found is None:
            break
        inner = (found[1] or found[2] or "").strip()
        if _IS_TIME.fullmatch(inner):
            timed = True
        else:
            brackets.insert(0, inner)
        end = found.start()
    behind = _TIME_BEHIND.search(text, start, end)
    if behind is not None:
        return behind.start(), tuple(brackets), True
    return end, tuple(brackets), timed


def _alone(text: str, at: int, line: Line, timed: bool) -> Mark | None:
    """A label that fills its line, or one with a time and no colon."""
    if line.end - at > _LONGEST_LINE or text[at : line.end].rstrip()[-1:] in (",", "!", ";"):
        return None  # a salutation: "Mr. President,"
    stop, brackets, in_brackets = _without_brackets(text, at, line.end)
    label = _trimmed(text, at, stop)
    if label is None:
        return None
    form = "time" if in_brackets or timed else "line"
    return Mark(form, label, None, line.end, brackets, form == "time", line)


def _trimmed(text: str, start: int, end: int) -> Span | None:
    """A stretch without blanks and the marks of Markdown around it; None where nothing is left."""
    while start < end and (text[start].isspace() or text[start] in "*_"):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in "*_,"):
        end -= 1
    return Span(start, end) if start < end else None
