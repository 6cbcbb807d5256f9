"""Read a sheet back that people have filled in, whatever program saved it, into judgements.

What is not understood is named by the row of the spreadsheet, with what is wrong and what to do; everything else is
read. A sentence counts as judged when each of its rows has an answer and none of them is in doubt.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

from research.analysis.judging.items import Item, rows_of
from research.analysis.wording import listed, one_line
from research.errors import UsageError
from research.loading.encodings import Unreadable
from research.loading.formulas import plain
from research.loading.grids import Grid, Row, read_grids
from research.loading.judgements import SKIPPED, Judgement
from research.loading.separated import column
from research.outputs.judging.answers import (
    Doubt,
    Filled,
    answer_of,
    missed_figures_in,
    missed_in,
    refuse_nothing,
    verdict_of,
)
from research.outputs.judging.packing import Packed, unpack, whole
from research.outputs.judging.sheet import (
    ANCHOR,
    CODER,
    COLUMNS,
    HOW_TO,
    MISSED,
    MISSED_FIGURE,
    NO,
    NUMBER,
    PART,
    RIGHT,
    SAMPLE,
    SKIP,
    TO_FILL,
    YES,
)


class Judged(NamedTuple):
    """What a coder says about the sentence of a number: the rows of ``judgements.csv``."""

    number: int
    item: Item
    coder: str
    rows: list[Judgement]


@dataclass
class Reading:
    """What a sheet says.

    ``judged`` are the sentences with an answer, skipped ones included; ``sentences`` is how many the sheet has.
    ``problems`` name what is not understood, ``unfinished`` the sentences of which only a part is filled in, and
    ``notes`` what was read in another way than it is written.
    """

    judged: list[Judged] = field(default_factory=list)
    sentences: int = 0
    problems: list[str] = field(default_factory=list)
    unfinished: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def skipped(self) -> int:
        """How many sentences were skipped."""
        return sum(row.verdict == SKIPPED for judged in self.judged for row in judged.rows)


def read_sheet(name: str, data: bytes, coder: str = "") -> Reading:
    """Read a sheet. ``coder`` is who filled in the rows that name nobody.

    Raises ``UsageError`` for a file that cannot be read or is no such sheet.
    """
    reading = Reading()
    units: dict[tuple[str, int, str], list[_Line]] = defaultdict(list)
    for grid, heading, rows in _sheets(name, data):
        for row in rows:
            try:
                line = _line(grid, heading, row)
            except ValueError as error:
                reading.problems.append(f"{_where(grid, row)}: {error}")
                continue
            if line is not None:
                units[line.packed.item.sheet, line.packed.number, line.filled[CODER] or one_line(coder)].append(line)
    _judge(units, reading)
    return reading


# --- rows ---


class _Line(NamedTuple):
    """A row that can be placed: where it is, what it is about, and what is filled in."""

    where: str
    packed: Packed
    filled: Filled

    @property
    def is_blank(self) -> bool:
        return not any(self.filled[name] for name in TO_FILL)


def _sheets(name: str, data: bytes) -> list[tuple[Grid, Sequence[str], list[Row]]]:
    """Return the sheets to judge in a file, each with its heading and its rows. Raises ``UsageError`` if none is."""
    known = [column(it) for it in COLUMNS]
    try:
        grids = read_grids(name, data, known)
    except Unreadable as error:
        raise UsageError(f"{name} cannot be read: {error}. {error.remedy}") from error
    found: list[tuple[Grid, Sequence[str], list[Row]]] = []
    lacks_anchor = False
    for grid in grids:
        named = ([column(plain(cell)) for cell in row.cells] for row in grid.rows)
        at, heading = max(enumerate(named), key=lambda it: len({*it[1]} & {*known}), default=(0, []))
        if len({*heading} & {*known}) < _FEWEST_NAMES or RIGHT not in heading:
            continue
        if ANCHOR not in heading:
            lacks_anchor = True
            continue
        # Above the heading are titles, unless the sheet was sorted with its heading.
        place = heading.index(ANCHOR)
        above = [row for row in grid.rows[:at] if len(row.cells) > place and row.cells[place]]
        found.append((grid, heading, above + grid.rows[at + 1 :]))
    if not found and lacks_anchor:
        raise UsageError(
            f"{name} has no column {ANCHOR!r}, the hidden last one, so its rows cannot be placed. Make the same sheet "
            "again with research sample, with the same size and seed, and copy your columns into it."
        )
    if not found and any(HOW_TO in row.cells for grid in grids for row in grid.rows):
        raise UsageError(
            f"{name} has only the page “{HOW_TO}”. CSV keeps the one sheet that is shown: show the sheet “{SAMPLE}” "
            "and save again, or save the workbook as .xlsx or .ods."
        )
    if not found:
        raise UsageError(f"{name} is no sheet of research sample: it has no column {RIGHT!r}. Read the sheet itself.")
    return found


_FEWEST_NAMES = 3
"""How many names of columns make a row the heading."""


def _line(grid: Grid, heading: Sequence[str], row: Row) -> _Line | None:
    """Return what a row says; None for one that says nothing. Raises ValueError for one that cannot be placed."""
    cells: dict[str, str] = {}
    for name, cell in zip(heading, row.cells, strict=False):
        if name in COLUMNS:
            cells[name] = cells.get(name) or plain(cell).strip()
    filled = {name: cells.get(name, "") for name in (*TO_FILL, CODER)}
    if [column(plain(cell)) for cell in row.cells if cell] == [name for name in heading if name]:
        return None  # two sheets that were joined have the heading twice
    if not (anchor := cells.get(ANCHOR, "")):
        if any(filled[name] for name in TO_FILL):
            raise ValueError(
                f"the hidden column {ANCHOR!r} is empty, so nobody can tell which sentence this is about. Fill in the "
                "row of the sentence itself."
            )
        return None
    try:
        packed = unpack(anchor)
    except ValueError as error:
        raise ValueError(
            f"the hidden column {ANCHOR!r} is not as it was ({error}). Copy it from the same row of a new sheet, made "
            "with the same size and seed."
        ) from error
    for name, said in ((NUMBER, packed.number), (PART, packed.part)):
        its = cells.get(name, "").removesuffix(".0").removesuffix(",0")
        if its and its != str(said):
            raise ValueError(
                f"{name!r} is {its[:20]!r}, but the hidden column {ANCHOR!r} is of {NUMBER} {packed.number}, {PART} "
                f"{packed.part}. Undo it if the sheet was sorted without that column; otherwise restore the cell."
            )
    return _Line(_where(grid, row), packed, filled)


def _where(grid: Grid, row: Row) -> str:
    return f"{grid.title}, row {row.number:,}" if grid.title else f"row {row.number:,}"


# --- sentences ---


class _Sentence(NamedTuple):
    """A sentence as one coder has filled it in: its rows by part, and where each of them is."""

    number: int
    parts: int
    item: Item
    coder: str
    rows: Mapping[int, Filled]
    where: Mapping[int, str]


def _judge(units: Mapping[tuple[str, int, str], Sequence[_Line]], reading: Reading) -> None:
    """Judge each sentence by its rows, in the order of the sheet."""
    for (_, _, coder), lines in sorted(units.items()):
        if not all(line.is_blank for line in lines):
            _judge_one(coder, lines, reading)
    _refuse_contradictions(reading)
    for sheet in sorted({sheet for sheet, _, _ in units}):
        numbers = {number for its, number, _ in units if its == sheet}
        # A larger sample has the sentences of a smaller one, so the rows of both can be in one file.
        size = max(line.packed.size for (its, _, _), lines in units.items() if its == sheet for line in lines)
        gone = sorted({*range(1, size + 1)} - numbers)
        reading.sentences += len(numbers) + len(gone)
        if gone:
            are = "is" if len(gone) == 1 else "are"
            reading.notes.append(f"{NUMBER} {_in_brief(gone)} {are} not in the file any more, and {are} not judged.")


def _judge_one(coder: str, lines: Sequence[_Line], reading: Reading) -> None:
    before = len(reading.problems)
    rows: dict[int, Filled] = {}
    where: dict[int, str] = {}
    for line in lines:
        part = line.packed.part
        where.setdefault(part, line.where)
        with _told(line.where, reading):
            rows[part] = _joined(rows.get(part), line.filled)
    verdicts: dict[int, str] = {}
    for part, filled in sorted(rows.items()):
        with _told(where[part], reading):
            if filled[RIGHT]:
                verdicts[part] = verdict_of(filled)
            elif any(filled[name] for name in TO_FILL):
                raise Doubt(f"something is filled in, but {RIGHT!r} is empty. Write {YES}, {NO} or {SKIP} there.")
    if len(reading.problems) > before:
        return
    by_part = {line.packed.part: line.packed for line in lines}
    first = lines[0].packed
    sentence = _Sentence(first.number, first.parts, whole(by_part.values()), coder, rows, where)
    if SKIP in verdicts.values():
        made = rows_of(sentence.item, [], coder=coder, skipped=True)
        reading.judged.append(Judged(sentence.number, sentence.item, coder, made))
    elif _is_whole(sentence, reading):
        _answered(sentence, verdicts, reading)


@contextmanager
def _told(where: str, reading: Reading) -> Iterator[None]:
    """Keep a doubt about a row, with its place."""
    try:
        yield
    except Doubt as doubt:
        reading.problems.append(f"{where}: {doubt}")


def _joined(before: Filled | None, filled: Filled) -> Filled:
    """Return what two rows about one thing say together. Raises ``Doubt`` where they contradict each other."""
    if before is None:
        return filled
    for name, cell in filled.items():
        if cell and before[name] and cell.casefold() != before[name].casefold():
            raise Doubt(
                f"{name!r} is {cell[:40]!r} here and {before[name][:40]!r} in another row about the same thing. Keep "
                "one of the two."
            )
    return {name: cell or before[name] for name, cell in filled.items()}


def _is_whole(sentence: _Sentence, reading: Reading) -> bool:
    """Whether a sentence has all its rows, and each an answer; otherwise say what it lacks."""
    gone = sorted({*range(1, sentence.parts + 1)} - sentence.rows.keys())
    if gone:
        lost = f"the row of {PART} {gone[0]} was" if len(gone) == 1 else f"the rows of {PART} {_in_brief(gone)} were"
        reading.problems.append(
            f"{NUMBER} {sentence.number}: {lost} removed, so the sentence is not judged. Copy it from a new "
            "sheet, made with the same size and seed."
        )
        return False
    empty = [sentence.where[part] for part, filled in sorted(sentence.rows.items()) if not filled[RIGHT]]
    if empty:
        reading.unfinished.append(
            f"{NUMBER} {sentence.number} is half filled in: no answer in {listed(empty)}. It does not count yet."
        )
    return not empty


def _answered(sentence: _Sentence, verdicts: Mapping[int, str], reading: Reading) -> None:
    """Add the judgements on a sentence whose rows all have an answer, unless one of them is in doubt."""
    item, before = sentence.item, len(reading.problems)
    answers, missed, figures = [], [], []
    has_missed = any(filled[MISSED] or filled[MISSED_FIGURE] for filled in sentence.rows.values())
    for part, filled in sorted(sentence.rows.items()):
        with _told(sentence.where[part], reading):
            missed += missed_in(item, filled)
            figures += missed_figures_in(item, filled)
            if not item.found:
                refuse_nothing(filled, right=verdicts[part] == YES, has_missed=has_missed)
                continue
            answer, note = answer_of(item, part - 1, filled, right=verdicts[part] == YES)
            answers.append(answer)
            reading.notes += [f"{sentence.where[part]}: {note}"] if note else []
    if len(reading.problems) == before:
        its_missed = (list(dict.fromkeys(missed)), list(dict.fromkeys(figures)))
        made = rows_of(item, answers, *its_missed, coder=sentence.coder)
        reading.judged.append(Judged(sentence.number, item, sentence.coder, made))


def _refuse_contradictions(reading: Reading) -> None:
    """Take out sentences that say different things about a statement that goes from one of them into the other."""
    said: dict[tuple[object, ...], tuple[Judged, Judgement]] = {}
    refused: set[int] = set()
    for judged in reading.judged:
        for row in judged.rows:
            first, before = said.setdefault(row.key, (judged, row))
            if decided(row) != decided(before):
                reading.problems.append(
                    f"{NUMBER} {first.number} and {NUMBER} {judged.number} have the same {row.judged}, "
                    f"“{one_line(row.exact)[:60]}”, and different answers. Make them agree."
                )
                refused |= {id(first), id(judged)}
    reading.judged = [it for it in reading.judged if id(it) not in refused]


def decided(row: Judgement) -> tuple[str, ...]:
    """Return what a judgement decides, whatever the sample that it is from."""
    return row.verdict, row.right_speaker, row.right_words, row.right_value


def _in_brief(numbers: Sequence[int]) -> str:
    if len(numbers) <= _MOST_NAMED:
        return listed([str(it) for it in numbers])
    return f"{', '.join(map(str, numbers[:_MOST_NAMED]))} … ({len(numbers):,} in all)"


_MOST_NAMED = 12
