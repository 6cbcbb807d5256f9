"""What the cells of one row of a sheet mean: the answer, what is right instead, and the words that were missed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from research.analysis.judging.items import Answer, Item
from research.analysis.wording import one_line, plural
from research.loading import Span
from research.loading.judgements import FIGURE, NOBODY
from research.loading.months import month_numbers
from research.nlp.judged.mending import written_value
from research.outputs.judging.sheet import (
    ITS_VALUE,
    MISSED,
    MISSED_FIGURE,
    NO,
    RIGHT,
    RIGHT_SPEAKER,
    RIGHT_VALUE,
    RIGHT_WORDS,
    SKIP,
    TO_FILL,
    WHOSE,
    YES,
)
from research.outputs.judging.words import PARTS, Stretch, around, places_of

Filled = Mapping[str, str]
"""What is filled in, by column; an empty cell is an empty text."""


class Doubt(ValueError):
    """A row that is not understood: what is wrong and what to do, in one or two sentences."""


_MEANS = {
    **dict.fromkeys(("yes", "y", "ja", "j", "oui", "o", "si", "sí", "sì", "s", "true", "wahr", "vrai", "1"), YES),
    **dict.fromkeys(("x", "✓", "✔", "right", "richtig", "correct", "ok", "да"), YES),
    **dict.fromkeys(("no", "n", "nein", "non", "false", "falsch", "faux", "0", "wrong", "incorrect", "нет"), NO),
    **dict.fromkeys(("skip", "skipped", "s/k", "?", "??", "unsure", "unclear", "überspringen", "unklar"), SKIP),
}


def verdict_of(filled: Filled) -> str:
    """Return what ``right`` says: ``YES``, ``NO`` or ``SKIP``. Raises ``Doubt``.

    >>> verdict_of({RIGHT: "JA "}), verdict_of({RIGHT: "?"})
    ('yes', 'skip')
    """
    said = " ".join(filled[RIGHT].casefold().split()).strip(".!'\"“”")
    if said not in _MEANS:
        raise Doubt(f"{RIGHT!r} is {filled[RIGHT][:40]!r}, which is not understood. Write {YES}, {NO} or {SKIP}.")
    return _MEANS[said]


def refuse_nothing(filled: Filled, *, right: bool, has_missed: bool) -> None:
    """Raise ``Doubt`` for a row of a sentence with nothing in it that contradicts itself.

    ``has_missed`` says whether words or a figure were missed in the sentence.
    """
    _refuse_others(filled, _OF_MISSED, "nothing was found in this sentence")
    if right and has_missed:
        cell = MISSED if filled[MISSED] else MISSED_FIGURE
        raise Doubt(f"{RIGHT!r} is {YES}, but {cell!r} is filled in. Write {NO}, or empty {cell!r}.")
    if not right and not has_missed:
        raise Doubt(
            f"{RIGHT!r} is {NO}, so something was missed. Copy a statement into {MISSED!r}, with {WHOSE!r}, or a "
            f"figure into {MISSED_FIGURE!r}, with {ITS_VALUE!r}."
        )


def answer_of(item: Item, number: int, filled: Filled, *, right: bool) -> tuple[Answer, str]:
    """Return the answer of a row about the thing of that number, and a note on how it was read. Raises ``Doubt``."""
    if item.found[number].what == FIGURE:
        _refuse_others(filled, (RIGHT_VALUE, *_OF_MISSED), "this is a figure")
    else:
        _refuse_others(filled, (RIGHT_SPEAKER, RIGHT_WORDS, *_OF_MISSED), "this is a statement")
    speaker, words, value = _mended_in(item, number, filled)
    written = [name for name in (RIGHT_SPEAKER, RIGHT_WORDS, RIGHT_VALUE) if filled[name]]
    if written and not right and not any((speaker, words, value)):
        raise Doubt(
            f"{RIGHT!r} is {NO}, but {written[0]!r} has what was found. Write {YES}, correct {written[0]!r}, or empty "
            "it if nothing of the kind is there."
        )
    answer = Answer(
        number,
        right=right or bool(written),
        right_speaker=speaker,
        right_words=words,
        right_value=value,
    )
    mended = right and any((speaker, words, value))
    return answer, f"{RIGHT!r} is {YES}, but {written[0]!r} is filled in; that counts." if mended else ""


def _mended_in(item: Item, number: int, filled: Filled) -> tuple[str, str, str]:
    """Return the right speaker, words and value of a row, each empty where it is what was found. Raises ``Doubt``."""
    found = item.found[number]
    speaker, value = one_line(filled[RIGHT_SPEAKER]), one_line(filled[RIGHT_VALUE])
    speaker = NOBODY if speaker in _DASHES else speaker
    _refuse_value(value, RIGHT_VALUE)
    spans, words = _words_in(item, number, filled[RIGHT_WORDS])
    same_words = tuple(spans) == tuple(sorted(Span(*it) for it in found.content))
    return (
        "" if speaker == (found.speaker or NOBODY) else speaker,
        "" if same_words else words,
        "" if value in (found.model, found.value) else value,
    )


def missed_in(item: Item, filled: Filled) -> list[tuple[Span, str]]:
    """Return the words that were missed, as spans of the document, each with whose they are. Raises ``Doubt``."""
    whose = [one_line(line) for line in filled[WHOSE].splitlines() if line.strip()]
    if len(whose) == 1:
        whose *= max(1, len(_lines(filled[MISSED])))
    remedy = f"Write a name for each, or {NOBODY} if the text names nobody."
    its = _paired(item, filled, MISSED, (WHOSE, whose), remedy)
    return [(span, NOBODY if name in _DASHES else name) for span, name in its]


def missed_figures_in(item: Item, filled: Filled) -> list[tuple[Span, str]]:
    """Return the figures that were missed, as spans of the document, each with its value. Raises ``Doubt``."""
    values = [one_line(line) for line in _lines(filled[ITS_VALUE])]
    for value in values:
        _refuse_value(value, ITS_VALUE)
    return _paired(item, filled, MISSED_FIGURE, (ITS_VALUE, values), "Write value, unit and period of each.")


def _lines(cell: str) -> list[str]:
    return [line.strip() for line in cell.splitlines() if line.strip()]


def _paired(item: Item, filled: Filled, name: str, told: tuple[str, list[str]], remedy: str) -> list[tuple[Span, str]]:
    """Return the places of the words in one cell, each with what a line of another cell tells of them."""
    words, (other, said) = _lines(filled[name]), told
    if said and not words:
        raise Doubt(f"{other!r} is filled in, but {name!r} is empty. Copy the words there, or empty {other!r}.")
    if len(said) != len(words):
        counts = f"has {plural(len(said), 'line')}, and {name!r} has {len(words)}" if said else "is empty"
        raise Doubt(f"{other!r} {counts}. {remedy}")
    found = []
    for its, one in zip(words, said, strict=True):
        spans = _spans_of(around(item), its, name, item.span.start)
        span = Span(spans[0].start, spans[-1].end)
        if not item.span.start <= span.start < item.span.end:
            raise Doubt(f"{its[:60]!r} in {name!r} does not begin in the sentence itself. Leave out what does not.")
        found.append((span, one))
    return found


_DASHES = ("-", "–", "—", "−")
"""What a spreadsheet may make of ``NOBODY``."""


_OF_MISSED = (MISSED, WHOSE, MISSED_FIGURE, ITS_VALUE)
"""Columns that can be filled in in any row of a sentence."""


def _refuse_others(filled: Filled, these: tuple[str, ...], why: str) -> None:
    for name in TO_FILL:
        if name not in (RIGHT, *these) and filled[name]:
            raise Doubt(f"{name!r} is filled in, but {why}. Empty the cell, or use another row of the sentence.")


_DAY = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9:.]{4,15})?|[0-9]{1,2}[./-][0-9]{1,2}[./-](?:[0-9]{2}){0,2}"
    r"|[0-9]{1,2}[. -]{1,2}(?P<month>[^\W\d_]{3,9})\.?(?:[- ][0-9]{2,4})?|(?P<name>[^\W\d_]{3,9})[- ][0-9]{2}"
)
"""What spreadsheets make of ``1-2`` and the like."""
_TIME = re.compile(r"[0-9]{1,4}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?: ?[AP]M)?", re.IGNORECASE)
"""What they make of ``4:00``."""


def _is_day(value: str) -> bool:
    """Whether a value is a day, as ``1-Feb`` is; ``25 years`` is none.

    >>> _is_day("1-Feb"), _is_day("01. März"), _is_day("2026-02-01"), _is_day("25 years")
    (True, True, True, False)
    """
    match = _DAY.fullmatch(value)
    if match is None:
        return False
    word = (match["month"] or match["name"] or "").lower()
    return not word or word == "mrz" or any(name.startswith(word) for name in month_numbers())


def _refuse_value(value: str, name: str) -> None:
    """Raise ``Doubt`` for a value that a spreadsheet has made a day of, and for one that begins with no number."""
    kind = "a day" if _is_day(value) else "a time of day" if _TIME.fullmatch(value) else ""
    if kind:
        raise Doubt(
            f"{name!r} is {value!r}, {kind}. The spreadsheet may have made it of something else: format the cell "
            "as text, and write value, unit and period again."
        )
    if value and (problem := problem_of_value(value)):
        raise Doubt(f"{name!r} is {problem}")


def problem_of_value(value: str) -> str:
    """Return what is wrong with a written value, and what to do; nothing for one that begins with a number in digits.

    >>> problem_of_value("25000000 USD 2030"), problem_of_value("25 million")[:46]
    ('', "'25 million', which is no number in digits. Wr")
    """
    if written_value(value) and not _IN_WORDS.search(value):
        return ""
    if any(unicodedata.name(it, "").startswith("VULGAR FRACTION") for it in value):
        return f"{value[:40]!r}, a fraction. Write it as a decimal number, such as 0.5 for a half."
    return (
        f"{value[:40]!r}, which is no number in digits. Write value, unit and period with blanks between, such as "
        "25000000000 USD 2030."
    )


_IN_WORDS = re.compile(r"[0-9]\s?(?:hundred|thousand|million|billion|trillion|[mbt]n)\b", re.IGNORECASE)


def _words_in(item: Item, number: int, words: str) -> tuple[list[Span], str]:
    """Return where right words are, and these as the text has them. Raises ``Doubt`` where they are not in it."""
    if not words.strip():
        return [], ""
    found = item.found[number]
    text = around(item, found)
    spans = _spans_of(text, words, RIGHT_WORDS, found.span.start)
    return spans, PARTS.join(text.of(it) for it in spans)


def _spans_of(text: Stretch, words: str, name: str, near: int) -> list[Span]:
    """Return the places of words in the document, the parts in order."""
    spans = places_of(words, text.text, max(near - text.start, 0))
    if spans is None:
        raise Doubt(f"{one_line(words)[:60]!r} in {name!r} is not in the text. Copy the words from it as they are.")
    return [Span(text.start + it.start, text.start + it.end) for it in spans]
