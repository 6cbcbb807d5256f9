"""The sheet that a person fills in: a row for each thing that was found in a sentence, as a workbook or as CSV.

The columns to fill in come first. Those for reading follow, and the last one carries what ``reading`` needs to know of
the row (see ``packing``). The same sentences give the same bytes, and a larger sample begins with the rows of a smaller
one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from research.analysis.judging.items import Found, Item
from research.analysis.wording import one_line, plural
from research.errors import UsageError
from research.loading import Span
from research.loading.judgements import FIGURE, NOBODY
from research.outputs.folder.spreadsheet import LONGEST, Cell, Choice, Sheet, Style, write_spreadsheet
from research.outputs.folder.writing import csv_text, write_bytes
from research.outputs.judging.packing import pack, packed
from research.outputs.judging.words import PARTS, around
from research.outputs.pages.html import visible

RIGHT, RIGHT_SPEAKER, RIGHT_WORDS, RIGHT_VALUE = "right", "right speaker", "right words", "right value"
MISSED, WHOSE = "missed words", "whose"
MISSED_FIGURE, ITS_VALUE = "missed figure", "its value"
TO_FILL = {
    RIGHT: 9,
    RIGHT_SPEAKER: 19,
    RIGHT_WORDS: 24,
    RIGHT_VALUE: 16,
    MISSED: 24,
    WHOSE: 19,
    MISSED_FIGURE: 18,
    ITS_VALUE: 16,
}
"""The columns to fill in, and their widths in characters."""
NUMBER, PART, FOUND, WORDS, CODER, ANCHOR = "no.", "part", "found", "words", "coder", "anchor"
SENTENCE, BEFORE, AFTER = "sentence", "before", "after"
TO_READ = dict(
    (
        *((NUMBER, 6), (PART, 6), (SENTENCE, 58), (FOUND, 11), (WORDS, 46), ("speaker", 22), ("source", 22)),
        *(("value", 14), ("unit", 10), ("period", 12), (BEFORE, 108), (AFTER, 108), ("cue", 14), ("kind", 10)),
        *(("document", 30), ("title", 30), ("date", 12), (CODER, 12)),
    )
)
"""The columns to read, and their widths."""
_JUDGED_BY = (SENTENCE, FOUND, WORDS, "speaker", "value", "unit", "period")
"""What a coder has to see beside the first column to fill in, without scrolling."""
COLUMNS = tuple(dict.fromkeys((RIGHT, *_JUDGED_BY, *TO_FILL, *TO_READ, ANCHOR)))
YES, NO, SKIP = "yes", "no", "skip"
HOW_TO, SAMPLE = "How to judge", "Sample"
"""The names of the two sheets of the workbook."""
NOTHING = "nothing"
"""What was found in a sentence without a statement and a figure."""
_BETWEEN_COLUMNS = 2
"""Characters that the space on both sides of a column takes."""


class Line(NamedTuple):
    """A row of the sheet, by column, and whether it is the first of its sentence."""

    cells: dict[str, str]
    first: bool


def write_sheet(path: Path, items: Sequence[Item], title: str, coder: str = "") -> None:
    """Write the sentences of a sample, in their order, as a sheet to fill in; whole or not at all.

    A ``coder`` is entered in every row. Raises ``UsageError`` for a suffix other than ``.xlsx`` and ``.csv``.
    """
    if path.suffix.lower() == ".csv":
        rows = [[line.cells[name] for name in COLUMNS] for line in lines(items, coder)]
        # With the mark Excel takes the file for UTF-8; without it, for the encoding of the system.
        write_bytes(path, b"\xef\xbb\xbf" + csv_text(COLUMNS, rows).encode())
    elif path.suffix.lower() == ".xlsx":
        write_spreadsheet(path, title, [_how_to(title, len(items)), _sample(lines(items, coder))])
    else:
        raise UsageError(f"A sheet is an Excel workbook or CSV, and {path.name!r} is neither. Name it .xlsx or .csv.")


def lines(items: Sequence[Item], coder: str = "") -> Iterator[Line]:
    """Yield the rows: one for each thing that was found in a sentence, and one for a sentence with nothing."""
    for number, item in enumerate(items, start=1):
        for row in packed(number, len(items), item):
            cells = dict.fromkeys(COLUMNS, "")
            cells |= {NUMBER: str(number), PART: str(row.part), CODER: coder, FOUND: NOTHING}
            cells |= {SENTENCE: item.text, BEFORE: item.before, AFTER: item.after}
            cells |= {"document": item.doc_id, "title": item.title, "date": item.date or ""}
            if row.found is not None:
                cells |= _of_found(item, row.found)
            cells = {name: _cut(visible(one_line(cell))) for name, cell in cells.items()}
            cells[ANCHOR] = pack(row)
            yield Line(cells, row.part == 1)


def _cut(text: str) -> str:
    """A text, or the beginning of one that is too long for a cell."""
    return text if len(text) <= LONGEST // 2 else f"{text[: LONGEST // 2 - 1]}…"


def _of_found(item: Item, found: Found) -> dict[str, str]:
    """The cells that say what was found."""
    text = around(item, found)
    if found.what == FIGURE:
        cells = {"value": found.value, "unit": found.unit, "period": found.period, WORDS: found.exact}
    else:
        parts = (Span(max(it[0], found.span[0]), min(it[1], found.span[1])) for it in found.content)
        cells = {"speaker": found.speaker or NOBODY, "source": text.of(found.source), "cue": text.of(found.cue)}
        cells |= {"kind": found.kind, WORDS: PARTS.join(text.of(it) for it in parts if it.start < it.end)}
    return {FOUND: found.what, **cells}


# --- the workbook ---


def _sample(rows: Iterator[Line]) -> Sheet:
    heading: list[Cell] = [(name, Style.FORM_HEADING if name in TO_FILL else Style.HEADING) for name in COLUMNS]
    wide = {name: width + _BETWEEN_COLUMNS for name, width in TO_READ.items()} | TO_FILL | {ANCHOR: 0}
    widths = [wide[name] for name in COLUMNS]
    choice = Choice(1, (YES, NO, SKIP), f"Write {YES}, {NO} or {SKIP}. Keep what you wrote?")
    return Sheet(SAMPLE, widths, _in_style(heading, rows), 1, choices=[choice], kept=COLUMNS.index(SENTENCE) + 1)


def _in_style(heading: list[Cell], rows: Iterator[Line]) -> Iterator[list[Cell]]:
    yield heading
    for line in rows:
        yield [(cell or None, _style(name, first=line.first)) for name, cell in line.cells.items()]


_AGAIN = (SENTENCE, BEFORE, AFTER, "document", "title", "date")
"""Columns that say the same in every row of a sentence."""


def _style(name: str, *, first: bool) -> Style:
    if name in TO_FILL or name == CODER:
        return Style.FORM
    if name in _AGAIN and not first:
        return Style.SOFT_WRAPPED
    return Style.TEXT if name in (NUMBER, PART, FOUND, ANCHOR) else Style.WRAPPED


_GUIDE = (
    "Each row is one thing that was found in a sentence: a statement or a figure. A sentence with nothing has one row.",
    f"Fill in the coloured columns of the sheet “{SAMPLE}”. A sentence counts when “right” is filled in all its rows.",
    "Judge what the text says, not whether it is true. “before” and “after” are the text around the sentence.",
)
_ANSWER = (
    f"{YES}: a statement of this speaker in these words, or a figure with this value; or there is nothing, and nothing "
    f"was found. {NO}: something about it is wrong. {SKIP}: you cannot tell; the sentence is left out."
)
_COPY = (
    "The words of a statement that begins in this sentence and was not found. Copy them from the text. Write each of "
    "several into a line of its own (Alt+Enter; Ctrl+Enter in LibreOffice)."
)
_COLUMN_BY_COLUMN = (
    (RIGHT, _ANSWER, YES),
    (
        RIGHT_SPEAKER,
        f"After {NO}: who said it. {NOBODY} if the text names nobody.",
        "Samir Oduya",
    ),
    (RIGHT_WORDS, f"After {NO}: what was said, if it begins or ends elsewhere. Copy it.", "The canals […] will be dry"),
    (RIGHT_VALUE, f"After {NO}: the value, unit and period of the figure.", "25000000000 USD 2030"),
    (MISSED, _COPY, "the dam is safe"),
    (WHOSE, f"Who said the missed words; {NOBODY} if the text names nobody. A line for each.", "Ada Okell"),
    (
        MISSED_FIGURE,
        "A figure in this sentence that was not found. Copy it from the text; a line for each.",
        "two million",
    ),
    (ITS_VALUE, "The value, unit and period of the missed figure. A line for each.", "2000000 people 2031"),
)
_AFTER = (
    f"{NO}, with nothing in the other columns, says that it is no statement, or no figure, at all.",
    "Leave the other columns as they are. Sort, filter and hide rows as you like; the hidden last column must stay.",
    "To read the sheet back: research sample --read FILE RUN",
)


def _how_to(title: str, size: int) -> Sheet:
    about = f"{title}: {plural(size, 'sentence')}"
    rows: list[list[Cell]] = [[(HOW_TO, Style.TITLE)], [(about, Style.SOFT)], []]
    rows += [[(sentence, Style.PLAIN)] for sentence in _GUIDE]
    rows += [[], [(name, Style.HEADING) for name in ("column", "what to write", "for example")]]
    for name, said, example in _COLUMN_BY_COLUMN:
        rows.append([(name, Style.FORM), (said, Style.WRAPPED), (example, Style.WRAPPED)])
    rows.append([])
    rows += [[(sentence, Style.PLAIN)] for sentence in _AFTER]
    return Sheet(HOW_TO, (18, 92, 36), rows, 0)
