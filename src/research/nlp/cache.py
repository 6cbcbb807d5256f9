"""What was annotated before: one SQLite file in the user's cache folder.

Nothing depends on the cache but time: a file that is damaged is thrown away and filled anew, and where
none can be written (a full disk, a folder that is read-only) the work goes on in memory.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import sqlite3
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

_SCHEMA = """
create table if not exists annotations (
    document text not null, version text not null, tables blob not null,
    primary key (document, version)
) without rowid
"""


def cache_folder() -> Path:
    """The folder for what can be computed again, which is there and can be written.

    ``RESEARCH_CACHE`` names it; by default it is the user's cache folder, and where that cannot be
    written, one that lasts as long as this process.
    """
    from platformdirs import user_cache_path

    chosen = os.environ.get("RESEARCH_CACHE")
    folder = Path(chosen) if chosen else user_cache_path("on-the-record", appauthor=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return _folder_of_this_process()
    return folder if os.access(folder, os.W_OK) else _folder_of_this_process()


@cache
def _folder_of_this_process() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="on-the-record-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@contextmanager
def fresh_cache(folder: Path) -> Iterator[None]:
    """Use a cache of one's own, here and in the kernels that are started, so that nothing kept is reused."""
    before = os.environ.get("RESEARCH_CACHE")
    os.environ["RESEARCH_CACHE"] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ["RESEARCH_CACHE"]
        else:
            os.environ["RESEARCH_CACHE"] = before


class Cache:
    """Annotations by document and annotator version; a context manager, for one thread."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or cache_folder() / "annotations.sqlite"
        self._connection = self._connect()

    def __enter__(self) -> Cache:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def get(self, document: str, version: str) -> Any | None:
        """What was put, or None. A row that cannot be read counts as missing."""
        rows = self._run("select tables from annotations where document = ? and version = ?", document, version)
        try:
            return json.loads(zlib.decompress(rows[0][0])) if rows else None
        except (zlib.error, ValueError, TypeError):  # TypeError: no bytes stand where they should
            return None

    def put(self, document: str, version: str, tables: Any) -> None:
        """Keep the annotations of a document."""
        packed = zlib.compress(json.dumps(tables, separators=(",", ":")).encode(), 1)
        self._run("insert or replace into annotations values (?, ?, ?)", document, version, packed)

    def holds(self, document: str, version: str) -> bool:
        """Whether something is kept for this document and version of the annotator."""
        return bool(self._run("select 1 from annotations where document = ? and version = ?", document, version))

    def _run(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(statement, values).fetchall()
        except sqlite3.OperationalError:  # full, read-only, or locked for half a minute
            self._connection.close()
            self._connection = _opened(":memory:")
        except sqlite3.DatabaseError:
            self._connection.close()
            self._connection = self._fresh()
        return []

    def _connect(self) -> sqlite3.Connection:
        try:
            return _opened(self._path)
        except sqlite3.OperationalError:
            return _opened(":memory:")
        except sqlite3.DatabaseError:
            return self._fresh()

    def _fresh(self) -> sqlite3.Connection:
        try:
            self._path.unlink(missing_ok=True)
            return _opened(self._path)
        except (OSError, sqlite3.DatabaseError):
            return _opened(":memory:")


def _opened(path: Path | str) -> sqlite3.Connection:
    # Every statement is a transaction of its own, so that no reader waits for a long one; what a power cut
    # damages is only a cache, so the disk need not confirm each.
    connection = sqlite3.connect(path, timeout=30, isolation_level=None)
    try:
        connection.execute("pragma synchronous = off")
        connection.execute(_SCHEMA)
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection
