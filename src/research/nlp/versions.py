"""Versions: hashes of everything that a result depends on beside its document."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path

PACKAGE = Path(__file__).parent.parent
"""The folder of the package, to which declared files are relative."""


def digest(files: Iterable[str], package: Path = PACKAGE) -> str:
    """Return a hash of files and folders of the package: their paths and bytes, without compiled code.

    Raises FileNotFoundError for a path that does not exist.
    """
    total = hashlib.sha256()
    for path in sorted({path for name in files for path in _files(package / name)}):
        name = path.relative_to(package).as_posix() if path.is_relative_to(package) else path.name
        total.update(name.encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    yield from (it for it in path.rglob("*") if it.is_file() and "__pycache__" not in it.parts)


def version(libraries: Iterable[str], *parts: str) -> str:
    """Return a hash of releases of libraries, Python's Unicode tables and further parts."""
    releases = " ".join(f"{name} {metadata.version(name)}" for name in sorted(set(libraries)))
    return hashlib.sha256(" ".join([releases, unicodedata.unidata_version, *parts]).encode()).hexdigest()
