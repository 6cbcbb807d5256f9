r"""Write files whole or not at all, and in one canonical form.

The same content always gives the same bytes: JSON with fixed separators, CSV with ``\n`` and the shortest form of a
number that reads back as the same number.
"""

from __future__ import annotations

import csv
import errno
import gzip
import hashlib
import io
import json
import math
import os
import shutil
import stat
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

from research.errors import RunError
from research.loading.formulas import plain, safe

if TYPE_CHECKING:
    import pandas as pd

csv.field_size_limit(2**31 - 1)


@contextmanager
def said_plainly(what: Path, remedy: str) -> Iterator[None]:
    """Turn an ``OSError`` into a ``RunError`` that says what cannot be written, why, and what to do."""
    try:
        yield
    except OSError as error:
        raise RunError(f"{error.filename or what} cannot be written ({error.strerror or error}). {remedy}") from error


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A temporary file that replaces its target at the end. On ``RunError`` the target is unchanged."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with said_plainly(path, "Free some space there or choose another folder, then run it again."):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with beside.open("wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file whole or not at all; see ``whole_file``."""
    with whole_file(path) as file:
        file.write(data)


def copy_whole(path: Path, to: Path) -> None:
    """Copy a file whole or not at all; see ``whole_file``."""
    with path.open("rb") as source, whole_file(to) as target:
        shutil.copyfileobj(source, target)


def write_lines(path: Path, lines: Iterable[str], *, packed: bool = False) -> None:
    """Write lines as UTF-8 as they come, compressed with gzip if ``packed``; see ``whole_file``."""
    with whole_file(path) as file:
        if not packed:
            file.writelines(f"{line}\n".encode() for line in lines)
            return
        with gzip.GzipFile(
            filename="", mode="wb", fileobj=file, mtime=0
        ) as archive:  # no name and no time in the header
            archive.writelines(f"{line}\n".encode() for line in lines)


def write_text(path: Path, text: str) -> None:
    """Write text as UTF-8; see ``write_bytes``."""
    write_bytes(path, text.encode("utf-8"))


def json_text(content: Any) -> str:
    """Content as JSON for people and version control: indented, not sorted."""
    pieces = json.JSONEncoder(indent=1, ensure_ascii=False, allow_nan=False).iterencode(content)
    # Joined 10,000 at a time: all pieces of a long list at once take many times the memory of the text.
    return "".join(iter(lambda: "".join(islice(pieces, 10_000)), "")) + "\n"


def json_line(content: Any) -> str:
    """Content as one line of JSON Lines."""
    return json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Rows as CSV. All text is quoted, so that a line break in it does not end the row.

    Text that a spreadsheet would evaluate as a formula is preceded by an apostrophe.
    """
    return "".join(_csv_rows(columns, rows))


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows as CSV as they come; see ``csv_text`` and ``whole_file``."""
    with whole_file(path) as file:
        file.writelines(row.encode() for row in _csv_rows(columns, rows))


def _csv_rows(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    for row in chain([columns], ([_cell(value) for value in row] for row in rows)):
        writer.writerow(row)
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def write_frame(path: Path, frame: pd.DataFrame) -> None:
    """Write a data frame as CSV, without its index."""
    write_csv(path, [str(column) for column in frame.columns], frame.itertuples(index=False))


def frame_sha256(frame: pd.DataFrame) -> str:
    """The sha256 of the CSV file of a data frame, computed row by row."""
    total = hashlib.sha256()
    for row in _csv_rows([str(column) for column in frame.columns], frame.itertuples(index=False)):
        total.update(row.encode())
    return total.hexdigest()


def read_csv(path: Path, begins: str | None = None) -> Iterator[dict[str, str]]:
    """The rows of a CSV file made by ``csv_text``, read lazily, without the added apostrophes.

    With ``begins``, only the rows whose first cell is that. They must be adjacent: reading stops after the last of
    them. Raises OSError, and ValueError for a file that ``csv_text`` cannot have made.
    """
    rows = _iterate_rows(path)
    columns = next(rows)
    found = False
    for row in rows:
        if begins is None or plain(row[0]) == begins:
            found = True
            yield dict(zip(columns, map(plain, row), strict=True))
        elif found:
            return


def read_frame(path: Path, only: Collection[str] | None = None) -> pd.DataFrame:
    """A table written by ``write_frame``, with its numbers as numbers; with ``only``, those of its columns.

    Raises as ``read_csv`` does.
    """
    import pandas as pd

    every, typed = read_rows(path)
    chosen = [at for at, name in enumerate(every) if only is None or name in only]
    columns = [every[at] for at in chosen]
    number, text = [False] * len(columns), [False] * len(columns)
    for row in typed:
        for at, place in enumerate(chosen):
            cell = row[place]
            if isinstance(cell, float):
                number[at] = True
            elif cell:
                text[at] = True
    rows = _iterate_rows(path)
    next(rows)
    known: dict[str, str] = {}  # a large table has few different texts in most columns
    values: list[list[str]] = [[] for _ in columns]
    for row in rows:
        for column, place in zip(values, chosen, strict=True):
            cell = plain(row[place])
            column.append(known.setdefault(cell, cell))
    frame = pd.DataFrame(dict(enumerate(values)))
    frame.columns = pd.Index(columns)
    for at, name in enumerate(columns):
        if number[at] and not text[at]:
            frame[name] = pd.to_numeric(frame[name].replace("", None))
    return frame


def read_rows(path: Path) -> tuple[list[str], Iterator[list[Any]]]:
    """The columns of a table and its rows, read lazily, with numbers as numbers. Raises as ``read_csv`` does."""
    rows = _iterate_rows(path, csv.QUOTE_NONNUMERIC)  # text is quoted, numbers are not
    columns = next(rows)
    return columns, ([plain(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)


def _iterate_rows(path: Path, quoting: Literal[0, 2] = csv.QUOTE_MINIMAL) -> Iterator[list[Any]]:
    columns: list[Any] | None = None
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.reader(file, strict=True, quoting=quoting):
                columns = row if columns is None else columns
                if len(row) != len(columns):
                    raise ValueError("a row has too few cells or too many")
                yield row
    except (csv.Error, ValueError) as error:
        raise ValueError(f"{path.name} is damaged: {error}") from error
    if columns is None:
        raise ValueError(f"{path.name} is damaged: it is empty")


def read_regular(path: Path, most: int) -> bytes:
    """The bytes of a regular file. Raises OSError for a link, a pipe or a device, and for more than ``most`` bytes."""
    if refuse_irregular(path) > most:
        raise OSError(errno.EFBIG, f"larger than {most / 1e6:,.0f} MB")
    return path.read_bytes()


def refuse_irregular(path: Path) -> int:
    """The size of a regular file. Raises OSError for a link, a pipe or a device, which might never end."""
    its = path.lstat()
    if not stat.S_ISREG(its.st_mode):
        raise OSError(errno.EINVAL, "not a regular file")
    return its.st_size


def remove_folder(path: Path) -> None:
    """Remove a folder, as far as that can be done. Anything else stays: to open a pipe would wait for ever."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)


def sha256_of(path: Path) -> str:
    """The sha256 of a file's bytes. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _cell(value: Any) -> Any:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, str):
        return safe(value)
    item = getattr(value, "item", None)  # numpy's numbers print their type
    return item() if item is not None else value
