"""Where the documents of a run are on this machine: a note in the cache, never in the run folder."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path

from research.errors import SourceError
from research.loading.places import find_source, is_there
from research.nlp.cache import cache_folder
from research.outputs.folder.run_folder import RunFolder
from research.outputs.folder.writing import write_text


def remember_source(folder: RunFolder, place: Path, judgements: Path | None = None) -> None:
    """Note the path of the documents that a run was made from, and of the file of judgements that was named for it.

    Raises OSError or ``RunError`` as ``write_text``.
    """
    write_text(_source_note(folder), str(place))
    write_text(_judgements_note(folder), "" if judgements is None else str(judgements))


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


def judgements_of(folder: RunFolder, place: Path) -> Path | None:
    """Return the file of judgements that was named for a run on the documents at ``place``; None where none was.

    It is where it was then, or beside the documents under its name, and need not exist.
    """
    entry = folder.manifest()["source"].get("judgements", {})
    with suppress(OSError):
        noted = Path(_judgements_note(folder).read_text(encoding="utf-8"))
        if noted.name and entry.get("path", noted.name) == noted.name:
            return noted
    return (place if place.is_dir() else place.parent) / entry["path"] if entry.get("by_parameter") else None


def _judgements_note(folder: RunFolder) -> Path:
    note = _source_note(folder)
    return note.with_name(f"{note.name}.judgements")


def _source_note(folder: RunFolder) -> Path:
    notes = cache_folder() / "sources"
    notes.mkdir(parents=True, exist_ok=True)
    return notes / hashlib.sha256(str(folder.path.resolve()).encode()).hexdigest()
