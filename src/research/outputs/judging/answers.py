"""What the cells of one row of a sheet mean: the answer, what is right instead, and the words that were missed."""

from __future__ import annotations

import re
from collections.abc import Mapping

from research.analysis.judging.items import Answer, Item
from research.analysis.wording import one_line
from research.loading import Span
from research.loading.judgements import FIGURE, NOBODY
from research.nlp.judged.mending import written_value
from research.outputs.judging.sheet import (
    MISSED,
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

    ``has_missed`` says whether words were missed in the sentence.
    """
    _refuse_others(filled, (MISSED, WHOSE), "nothing was found in this sentence")
    if right and has_missed:
        raise Doubt(f"{RIGHT!r} is {YES}, but words were missed. Write {NO}, or empty {MISSED!r}.")
    if not right and not has_missed:
        raise Doubt(f"{RIGHT!r} is {NO}, so something was missed. Copy it into {MISSED!r}, with {WHOSE!r}.")


def answer_of(item: Item, number: int, filled: Filled, *, right: bool) -> tuple[Answer, str]:
    """Return the answer of a row about the thing of that number, and a note on how it was read. Raises ``Doubt``."""
    if item.found[number].what == FIGURE:
        _refuse_others(filled, (RIGHT_VALUE, MISSED, WHOSE), "this is a figure")
    else:
        _refuse_others(filled, (RIGHT_SPEAKER, RIGHT_WORDS, MISSED, WHOSE), "this is a statement")
    speaker, value = one_line(filled[RIGHT_SPEAKER]), one_line(filled[RIGHT_VALUE])
    _refuse_value(value)
    answer = Answer(
        number,
        right=right or any((speaker, filled[RIGHT_WORDS], value)),
        right_speaker=NOBODY if speaker in _DASHES else speaker,
        right_words=_words_in(item, number, filled[RIGHT_WORDS]),
        right_value=value,
    )
    mended = [name for name in (RIGHT_SPEAKER, RIGHT_WORDS, RIGHT_VALUE) if filled[name]]
    note = f"{RIGHT!r} is {YES}, but {mended[0]!r} is filled in; that counts." if right and mended else ""
    return answer, note


def missed_in(item: Item, filled: Filled) -> list[tuple[Span, str]]:
    """Return the words that were missed, as spans of the document, each with whose they are. Raises ``Doubt``."""
    words = [line.strip() for line in filled[MISSED].splitlines() if line.strip()]
    whose = [one_line(line) for line in filled[WHOSE].splitlines() if line.strip()]
    if whose and not words:
        raise Doubt(f"{WHOSE!r} is filled in, but {MISSED!r} is empty. Copy the words there, or empty {WHOSE!r}.")
    if not words:
        return []
    if len(whose) == 1:
        whose *= len(words)
    if len(whose) != len(words):
        said = "is empty" if not whose else f"has {len(whose)} lines, and {MISSED!r} has {len(words)}"
        raise Doubt(f"{WHOSE!r} {said}. Write a name for each, or {NOBODY} if the text names nobody.")
    found = []
    for its, name in zip(words, whose, strict=True):
        spans = _spans_of(around(item), its, MISSED, item.span.start)
        span = Span(spans[0].start, spans[-1].end)
        if not item.span.start <= span.start < item.span.end:
            raise Doubt(f"{its[:60]!r} in {MISSED!r} does not begin in the sentence itself. Leave out what does not.")
        found.append((span, NOBODY if name in _DASHES else name))
    return found


_DASHES = ("-", "–", "—", "−")
"""What a spreadsheet may make of ``NOBODY``."""


def _refuse_others(filled: Filled, these: tuple[str, ...], why: str) -> None:
    for name in TO_FILL:
        if name not in (RIGHT, *these) and filled[name]:
            raise Doubt(f"{name!r} is filled in, but {why}. Empty the cell, or use another row of the sentence.")


_DAY = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9:.]{4,15})?|[0-9]{1,2}[./-][0-9]{1,2}[./-](?:[0-9]{2}){0,2}"
    r"|[0-9]{1,2}[. -]{1,2}[^\W\d_]{3,9}\.?(?:[- ][0-9]{2,4})?|[^\W\d_]{3,9}[- ][0-9]{2}"
)
"""What spreadsheets make of ``1-2`` and the like."""


def _refuse_value(value: str) -> None:
    """Raise ``Doubt`` for a value that a spreadsheet has made a day of, and for one that begins with no number."""
    if _DAY.fullmatch(value):
        raise Doubt(
            f"{RIGHT_VALUE!r} is {value!r}, a day. The spreadsheet may have made it of something else: format the cell "
            "as text, and write value, unit and period again."
        )
    if value and (not written_value(value) or _IN_WORDS.search(value)):
        raise Doubt(
            f"{RIGHT_VALUE!r} is {value[:40]!r}, which is no number in digits. Write value, unit and period with "
            "blanks between, such as 25000000000 USD 2030."
        )


_IN_WORDS = re.compile(r"[0-9]\s?(?:hundred|thousand|million|billion|trillion|[mbt]n)\b", re.IGNORECASE)


def _words_in(item: Item, number: int, words: str) -> str:
    """Return right words as the text has them, or nothing. Raises ``Doubt`` where they are not in it."""
    if not words.strip():
        return ""
    found = item.found[number]
    text = around(item, found)
    return PARTS.join(text.of(it) for it in _spans_of(text, words, RIGHT_WORDS, found.span.start))


def _spans_of(text: Stretch, words: str, name: str, near: int) -> list[Span]:
    """Return the places of words in the document, the parts in order."""
    spans = places_of(words, text.text, max(near - text.start, 0))
    if spans is None:
        raise Doubt(f"{one_line(words)[:60]!r} in {name!r} is not in the text. Copy the words from it as they are.")
    return [Span(text.start + it.start, text.start + it.end) for it in spans]
