"""CSV as any program saves it: which sign separates the cells, and on which line each row begins."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

_SEPARATORS = ",;\t|"


class Separated(NamedTuple):
    """The lines of a text without Excel's own first line, how many lines that leaves out, and the separator."""

    lines: list[str]
    before: int
    separator: str


class MalformedRow(Exception):
    """A row that is no CSV: the number of its first line, and why."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(line, why)
        self.line, self.why = line, why


def separated(text: str, known: Collection[str], above: int = 0) -> Separated:
    """Return how the cells of a text are separated; ``known`` are names of columns, as ``column`` gives them.

    The separator is the one that Excel's line ``sep=;`` names, or else the one with which a line has the most of the
    known names; ``above`` is how many other lines may stand before that one.

    >>> separated("name;party", ["name"]).separator
    ';'
    """
    lines = list(io.StringIO(text, newline=""))
    if lines and (told := re.fullmatch(r"\"?sep=(.)\"?\s*", lines[0], re.IGNORECASE)):
        return Separated(lines[1:], 1, told[1])
    heads = [line for line in lines if line.strip()][: above + 1]
    wanted = {*map(column, known)}

    def fits(mark: str) -> tuple[int, int]:
        return max(((len({*_names(line, mark)} & wanted), line.count(mark)) for line in heads), default=(0, 0))

    return Separated(lines, 0, max(_SEPARATORS, key=fits))


def numbered_rows(its: Separated, *, strict: bool = False) -> Iterator[tuple[int, list[str]]]:
    """Yield every row that is not blank with the number of its first line. Raises ``MalformedRow``."""
    reader = csv.reader(its.lines, delimiter=its.separator, strict=strict)
    while True:
        line = reader.line_num + 1 + its.before
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise MalformedRow(line, str(error)) from None
        if row is None:
            return
        if any(cell.strip() for cell in row):
            yield line, row


def column(name: str) -> str:
    """Return what all spellings of a column's name share: capitals, blanks and underscores make no difference.

    >>> column(" Right_Speaker ")
    'right speaker'
    """
    return " ".join(name.replace("_", " ").casefold().split())


def _names(line: str, separator: str) -> Sequence[str]:
    return [column(cell) for cell in next(csv.reader([line], delimiter=separator), [])]
