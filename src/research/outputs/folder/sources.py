"""Where the documents of a run are on this machine: a note in the cache, never in the run folder."""

from __future__ import annotations

import hashlib
from pathlib import Path

from research.loading.corpus import is_there
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


def _source_note(folder: RunFolder) -> Path:
    notes = cache_folder() / "sources"
    notes.mkdir(parents=True, exist_ok=True)
    return notes / hashlib.sha256(str(folder.path.resolve()).encode()).hexdigest()
