"""``judgements.csv``: what a person decided about passages of the documents: right, wrong, or the right value.

It lies beside the documents, one row a judgement. A row is found again by its anchor (the document, the place, the
words and what stands around them), so it survives a changed text, or is refused and listed. Rows have one order, so
that two coders' files merge line by line.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from research.errors import SourceError
from research.loading.encodings import Unreadable, decode, probe
from research.loading.formulas import plain, safe
from research.loading.separated import MalformedRow, numbered_rows, separated

NAME = "judgements.csv"
LARGEST = 100_000_000

SENTENCE, STATEMENT, FIGURE, MISSED, MISSED_FIGURE = "sentence", "statement", "figure", "missed", "missed figure"
JUDGED = (SENTENCE, STATEMENT, FIGURE, MISSED, MISSED_FIGURE)
"""What can be judged: a sentence as a whole, a statement or a figure that the model found, and those that it missed."""
RIGHT, WRONG, MENDED, SKIPPED = "right", "wrong", "mended", "skipped"
VERDICTS: Mapping[str, tuple[str, ...]] = {
    SENTENCE: (RIGHT, WRONG, SKIPPED),
    STATEMENT: (RIGHT, MENDED, WRONG),
    FIGURE: (RIGHT, MENDED, WRONG),
    MISSED: (MENDED,),
    MISSED_FIGURE: (MENDED,),
}
"""The verdicts on each. A sentence is right if all that was found in it is, and nothing was missed."""
NOBODY = "-"
"""The right speaker of a statement whose source has no name."""

_ANCHOR = ("document", "sha256", "start", "end", "exact", "prefix", "suffix")
COLUMNS = (
    *_ANCHOR,
    *("judged", "model", "verdict", "right_speaker", "right_words", "right_value"),
    *("coder", "stratum", "probability", "sheet"),
)
_NEEDED = ("document", "start", "end", "exact", "judged", "verdict")


@dataclass(frozen=True)
class Judgement:
    """One row.

    ``document`` to ``suffix`` are the anchor: the id of the document, the sha256 of its file, the Python character
    offsets (end exclusive), the words there, and those before and after. ``judged`` is one of ``JUDGED``, ``verdict``
    one of ``VERDICTS``; ``model`` is what the model said then. ``right_speaker`` is a name, or ``NOBODY``;
    ``right_words`` are the words as they should be, and ``right_value`` a figure's value, unit and period; empty where
    the model's stand. ``stratum`` and ``probability`` say how the sentence was drawn, in the sheet called ``sheet``.
    ``further`` are columns that the coders added.
    """

    document: str
    sha256: str
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str
    judged: str
    model: str
    verdict: str
    right_speaker: str = ""
    right_words: str = ""
    right_value: str = ""
    coder: str = ""
    stratum: str = ""
    probability: float | None = None
    sheet: str = ""
    further: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, int, int, str, str]:
        """What a coder can say only once: the document, the place, what is judged there, and the coder."""
        return self.document, self.start, self.end, self.judged, self.coder

    @property
    def order(self) -> tuple[str, int, int, str, int]:
        """The place of the row in the file: by document, place and coder, a sentence before what is in it."""
        return self.document, self.start, -self.end, self.coder, JUDGED.index(self.judged)

    def cells(self) -> dict[str, str]:
        """Return the row as text, by column."""
        shown = "" if self.probability is None else f"{self.probability:.6g}"
        numbers = {"start": str(self.start), "end": str(self.end), "probability": shown}
        return {name: numbers[name] if name in numbers else getattr(self, name) for name in COLUMNS} | dict(
            self.further
        )


class Unread(NamedTuple):
    """A row that is not understood: why, in one sentence with its line, and its cells, so that it is not lost."""

    why: str
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Judgements:
    """The rows of a file of judgements; none without it. ``sha256`` is that of its bytes, empty without the file."""

    entries: tuple[Judgement, ...] = ()
    unread: tuple[Unread, ...] = ()
    sha256: str = ""
    name: str = NAME

    @property
    def problems(self) -> tuple[str, ...]:
        """What is wrong with the rows that are not understood, a sentence each."""
        return tuple(it.why for it in self.unread)

    @cached_property
    def by_document(self) -> Mapping[str, tuple[Judgement, ...]]:
        """The rows about each document."""
        found: dict[str, list[Judgement]] = {}
        for it in self.entries:
            found.setdefault(it.document, []).append(it)
        return {document: tuple(its) for document, its in found.items()}


def read_judgements(data: bytes, name: str = NAME) -> Judgements:
    r"""Return what the bytes of a ``judgements.csv`` say, or of a file of another ``name``.

    A row that is not understood is kept in ``unread``. Of two rows with one key the later counts, and the earlier is
    kept there as well if it says something else. Raises ``SourceError`` for a file that is no table of judgements.

    >>> sheet = b"document;start;end;exact;judged;verdict\nharbour;0;25;The harbour opens in May.;sentence;rihgt"
    >>> print(read_judgements(sheet).problems[0])
    judgements.csv, line 2: the verdict on a sentence is right, wrong or skipped, not 'rihgt'. Correct the cell.
    """
    if len(data) > LARGEST:
        raise SourceError(f"{name} is too large (over {LARGEST / 1e6:,.0f} MB). Keep only judgements in it.")
    try:
        text, _ = decode(data, probe(io.BytesIO(data)))
    except Unreadable as error:
        raise SourceError(f"{name} cannot be read: {error.reason}. Save it as CSV in UTF-8.") from None
    if not text.strip():
        return Judgements(sha256=hashlib.sha256(data).hexdigest(), name=name)
    kept: dict[tuple[str, int, int, str, str], tuple[int, Judgement]] = {}
    unread: list[Unread] = []
    for line, cells in _rows(text, name):
        try:
            found = _judgement(cells)
        except ValueError as error:
            unread.append(Unread(f"{name}, line {line:,}: {error}", cells))
            continue
        if (before := kept.get(found.key)) is not None and before[1] != found:
            told = f"line {line:,} judges the same passage for the same coder again, and counts instead"
            unread.append(Unread(f"{name}, line {before[0]:,}: {told}. Remove one of the two rows.", before[1].cells()))
        kept[found.key] = line, found
    entries = tuple(sorted((its for _, its in kept.values()), key=lambda it: it.order))
    return Judgements(entries, tuple(unread), hashlib.sha256(data).hexdigest(), name)


def written(entries: Iterable[Judgement], unread: Iterable[Unread] = ()) -> str:
    r"""Return the text of a ``judgements.csv``: rows that were not understood, then the others in their one order.

    Those that were not understood come first, because of two rows with one key the later counts.

    All cells are quoted, lines end with ``\n``, and no cell is a formula. Every row is one line, or git could merge the
    lines of two rows: a line break in a text is written as its sign.
    """
    rows = [dict(it.cells) for it in unread] + [it.cells() for it in sorted(entries, key=lambda it: it.order)]
    columns = [*COLUMNS, *sorted({name for row in rows for name in row} - {*COLUMNS})]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(columns)
    writer.writerows([safe(row.get(name, "").translate(_SIGN)) for name in columns] for row in rows)
    return text.getvalue()


_SIGN = {ord("\n"): "␤", ord("\r"): "␍"}
_BREAK = {ord(sign): chr(code) for code, sign in _SIGN.items()}


def merged(*several: Iterable[Judgement]) -> list[Judgement]:
    """Return the rows of several files as one, in their order; of rows with one key the last counts."""
    kept = {it.key: it for its in several for it in its}
    return sorted(kept.values(), key=lambda it: it.order)


# --- cells ---


def _rows(text: str, file: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield every row that is not blank with the number of its first line. Raises ``SourceError`` for no such table."""
    columns: list[str] = []
    try:
        for line, row in numbered_rows(separated(text, COLUMNS)):
            names = ["_".join(cell.casefold().split()) for cell in row]
            if not columns:
                columns = names
                if lacking := [name for name in _NEEDED if name not in columns]:
                    raise SourceError(f"{file} has no column {lacking[0]}. Its columns are {', '.join(COLUMNS)}.")
            elif names != columns:  # two files joined have the heading twice
                yield line, _cells(columns, row)
    except MalformedRow as error:
        raise SourceError(
            f"{file}, line {error.line:,}: the row is malformed ({error.why}). Put quotation marks around a cell with "
            "a separator or a line break, and double quotation marks within."
        ) from None


def _cells(columns: Sequence[str], row: Sequence[str]) -> dict[str, str]:
    """Return the cells of a row that are not empty, by column; a cell below no name has its number."""
    named = (columns[at] if at < len(columns) and columns[at] else f"column {at + 1}" for at in range(len(row)))
    return {name: plain(cell).translate(_BREAK) for name, cell in zip(named, row, strict=False) if cell}


# --- rows ---


def _judgement(cells: Mapping[str, str]) -> Judgement:
    """Return what a row says. Raises ValueError with what is wrong and what to do."""
    if lacking := [name for name in _NEEDED if not cells.get(name, "").strip()]:
        if _MARK_OF_A_MERGE.match(cells.get("document", "")):
            raise ValueError("a merge of two versions left this mark. Compare the rows around it, and remove the line.")
        raise ValueError(f"the cell {lacking[0]} is empty. Fill it, or remove the row.")
    judged, verdict = (cells[name].strip().casefold() for name in ("judged", "verdict"))
    if judged not in VERDICTS:
        raise ValueError(f"what is judged is {_either(JUDGED)}, not {judged[:40]!r}. Correct the cell.")
    if verdict not in VERDICTS[judged]:
        one, known = "missed words" if judged == MISSED else f"a {judged}", _either(VERDICTS[judged])
        raise ValueError(f"the verdict on {one} is {known}, not {verdict[:40]!r}. Correct the cell.")
    start, end = _offset(cells, "start"), _offset(cells, "end")
    if start >= end:
        raise ValueError(f"start ({start:,}) is not before end ({end:,}). Restore the two cells.")
    texts = {name: cells.get(name, "").strip() for name in ("right_speaker", "right_value", "coder", "sheet")}
    return Judgement(
        document=cells["document"].strip(),
        sha256=cells.get("sha256", "").strip().casefold(),
        start=start,
        end=end,
        exact=cells["exact"],
        prefix=cells.get("prefix", ""),
        suffix=cells.get("suffix", ""),
        judged=judged,
        model=cells.get("model", ""),
        verdict=verdict,
        right_words=cells.get("right_words", "").strip(),
        stratum=cells.get("stratum", "").strip().casefold(),
        probability=_probability(cells.get("probability", "").strip()),
        further={name: cell for name, cell in cells.items() if name not in COLUMNS},
        **texts,
    )


_MARK_OF_A_MERGE = re.compile(r"(?:<{7}|={7}|>{7})(?: |$)")


def _offset(cells: Mapping[str, str], name: str) -> int:
    digits = re.sub(r"[,. \u00a0\u202f'](?=[0-9]{3}\b)", "", cells[name].strip())  # as spreadsheets group them
    if not re.fullmatch(r"[0-9]{1,12}", digits):
        raise ValueError(f"{name} is a whole number, not {cells[name][:40]!r}. Restore the cell.")
    return int(digits)


def _probability(written: str) -> float | None:
    if not written:
        return None
    try:
        found = float(written.replace(",", "."))
    except ValueError:
        found = 0.0
    if not 0 < found <= 1:
        raise ValueError(f"the probability is above 0 and at most 1, not {written[:40]!r}. Restore the cell.")
    return found


def _either(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else names[0]
