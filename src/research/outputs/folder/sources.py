"""Where the documents of a run are on this machine: a note in the cache, never in the run folder."""

from __future__ import annotations

import hashlib
from pathlib import Path

from research.errors import SourceError
from research.loading.corpus import find_source, is_there
from research.nlp.cache import cache_folder
from research.outputs.folder.run_folder import RunFolder
from research.outputs.folder.writing import write_text


def remember_source(folder: RunFolder, place: Path) -> None:
    """Note the path of the documents that a run was made from. Raises OSError or ``RunError`` as ``write_text``."""
    write_text(_source_note(folder), str(place))


def remembered_source(folder: RunFolder) -> str | None:
    """The path of the documents that a run on this machine was made from, if it is known and still exists."""
    try:
        place = _source_note(folder).read_text(encoding="utf-8")
    except OSError:
        return None
    return place if place and is_there(Path(place)) else None


def place_of(folder: RunFolder, source: str | None = None) -> Path:
    """Return the path of a run's documents: ``source``, or where the run was made from them, or by their logical name.

    Raises ``SourceError``, and ``RunError`` as ``RunFolder.manifest``.
    """
    name = folder.manifest()["source"]["name"]
    try:
        return find_source(source or remembered_source(folder) or name)
    except SourceError:
        if source is not None:
            raise
        raise SourceError(
            f"The documents of this run, {name!r}, were not found. Give their path with --source."
        ) from None


def _source_note(folder: RunFolder) -> Path:
    notes = cache_folder() / "sources"
    notes.mkdir(parents=True, exist_ok=True)
    return notes / hashlib.sha256(str(folder.path.resolve()).encode()).hexdigest()
