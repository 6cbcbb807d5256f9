"""The cache of annotations: one SQLite file in the user's cache folder.

Only time depends on the cache. A damaged file is deleted and filled again. If no file can be written (a full disk, a
read-only folder), the work goes on in memory.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import sqlite3
import tempfile
import zlib
from collections.abc import Iterator, Sequence
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
    """Return the folder for results that can be computed again; it exists and can be written.

    ``RESEARCH_CACHE`` names it. The default is the user's cache folder, or, if that cannot be written, a folder that is
    removed when this process ends.
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
    """Use an empty cache, here and in kernels started meanwhile, so that no kept result is reused."""
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
    """Annotations by document and version of the layer; a context manager, for one thread."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or cache_folder() / "annotations.sqlite"
        self._connection = self._connect()

    def __enter__(self) -> Cache:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def get(self, document: str, version: str) -> Any | None:
        """Return the value that was put, or None. A row that cannot be read counts as missing."""
        return unpacked(self.packed(document, version))

    def packed(self, document: str, version: str) -> bytes | None:
        """Return the value that was put as the cache keeps it, for ``unpacked``, or None."""
        rows = self._run("select tables from annotations where document = ? and version = ?", document, version)
        return rows[0][0] if rows else None

    def all_packed(self, document: str, versions: Sequence[str]) -> dict[str, bytes]:
        """Return the values that were put under some versions, each as ``packed`` does; without those that were not."""
        return dict(self._of("version, tables", document, versions))

    def put(self, document: str, version: str, tables: Any) -> None:
        """Keep the annotations of a document."""
        packed = zlib.compress(json.dumps(tables, separators=(",", ":")).encode(), 1)
        self._run("insert or replace into annotations values (?, ?, ?)", document, version, packed)

    def held(self, document: str, versions: Sequence[str]) -> set[str]:
        """Return for which of some versions a value of this document is kept."""
        return {version for (version,) in self._of("version", document, versions)}

    def _of(self, columns: str, document: str, versions: Sequence[str]) -> list[tuple[Any, ...]]:
        marks = ", ".join("?" * len(versions))
        wanted = f"select {columns} from annotations where document = ? and version in ({marks})"  # noqa: S608  no value
        return self._run(wanted, document, *versions)

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


def unpacked(packed: bytes | None) -> Any | None:
    """Return a value from what the cache keeps; None for None, and for what cannot be read."""
    try:
        return None if packed is None else json.loads(zlib.decompress(packed))
    except (zlib.error, ValueError, TypeError):  # TypeError: the column holds no bytes
        return None


def _opened(path: Path | str) -> sqlite3.Connection:
    # Every statement is its own transaction, so that no reader waits for a long one. A power cut could only damage the
    # cache, so writes need not wait for the disk.
    connection = sqlite3.connect(path, timeout=30, isolation_level=None)
    try:
        connection.execute("pragma synchronous = off")
        connection.execute(_SCHEMA)
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection
