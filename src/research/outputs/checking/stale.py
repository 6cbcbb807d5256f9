"""Whether what a run was made from is still the same, where it is at hand: documents, settings, package, findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from research.errors import SourceError
from research.loading.corpus import judgements_of_settings
from research.outputs.checking.cases import Severity
from research.outputs.checking.cited import Run
from research.outputs.checking.documents import source_of
from research.outputs.folder.manifest import code_digest
from research.outputs.folder.sources import judgements_of
from research.outputs.folder.writing import read_rows, sha256_of

_MOST_NAMED = 3


def changes(run: Run, *, strict: bool = False) -> list[tuple[Severity, str]]:
    """Return what has changed since a run, a sentence each, with its weight. Empty where nothing is at hand."""
    found: list[tuple[Severity, str]] = [("error", said) for said in _documents(run)]
    return [*found, *_package(run.manifest, strict=strict)]


_OWN = ("corpus.toml", "speakers.csv", "judgements.csv")
"""The analyst's own files beside the documents."""


def _package(manifest: Mapping[str, Any], *, strict: bool) -> Iterator[tuple[Severity, str]]:
    made = manifest["environment"].get("on-the-record", {})
    now = version("on-the-record")
    if made.get("version") != now:
        before = made.get("version", "an unknown release")
        yield "warning", f"the run was made by On the Record {before}, this is {now}"
    elif strict and made.get("code") != code_digest():
        yield "warning", "the run was made by other code than that of this On the Record"


def _documents(run: Run) -> Iterator[str]:
    """Yield which documents and settings differ from those of the run."""
    place = source_of(run)
    if place is None:
        return
    source = run.manifest["source"]
    before = {str(entry["path"]): str(entry["sha256"]) for entry in source["documents"]}
    now = {path: _sha256(place, path) for path in before}
    if not any(now.values()):
        return  # another collection of the same name, or an archive
    differing = [path for path in sorted(before) if now[path] not in (before[path], None)]
    gone = [path for path in sorted(before) if now[path] is None and not _in_archive(place, path)]
    yield from _told("was changed", "were changed", differing)
    yield from _told("is missing", "are missing", gone)
    yield from _told("was added", "were added", _added(run, place, before))
    for name, entry in sorted(source.items()):
        if isinstance(entry, dict) and {"path", "sha256"} <= entry.keys():
            actual = _sha256(_folder_of(run, place, name, entry), str(entry["path"]))
            if actual is not None and actual != entry["sha256"]:
                yield f"{entry['path']} was changed since the run ({name})"
    named = {str(it["path"]) for it in source.values() if isinstance(it, dict) and "path" in it}
    if source.get("judgements", {}).get("by_parameter") or _file_of_settings(place) is not None:
        named.add(_OWN[-1])
    yield from (f"{name} was added since the run" for name in _OWN if name not in named and _sha256(place, name))


def _folder_of(run: Run, place: Path, part: str, entry: Mapping[str, Any]) -> Path:
    """Return the folder of one of the analyst's own files: that of the documents, or of a file that was named."""
    named = judgements_of(run.folder, place) if entry.get("by_parameter") else None
    if named is None and part == "judgements" and (file := _file_of_settings(place)) is not None:
        named = file if file.name == entry["path"] else None
    return named.parent if named is not None else place if place.is_dir() else place.parent


def _file_of_settings(place: Path) -> Path | None:
    """Return the file of judgements that ``corpus.toml`` names now, as far as it is understood."""
    try:
        return judgements_of_settings(place)
    except SourceError:
        return None


def _sha256(place: Path, path: str) -> str | None:
    file = place.parent / path if place.is_file() and place.name == path else place / path
    return sha256_of(file) if file.is_file() else None


def _in_archive(place: Path, path: str) -> bool:
    """Whether a document is a part of a file: a member of an archive, which is not looked into."""
    return place.is_file() or any((place / parent).is_file() for parent in Path(path).parents)


def _added(run: Run, place: Path, before: Mapping[str, str]) -> list[str]:
    """Return the files of a folder that the run neither read nor refused."""
    if not place.is_dir():
        return []
    known = {*before, *(path.partition("/")[0] for path in before)}
    rejected = run.folder.path / "rejected.csv"
    if rejected.is_file():
        _, rows = read_rows(rejected)
        known |= {str(row[0]) for row in rows}
    own = {str(it["path"]) for it in run.manifest["source"].values() if isinstance(it, dict) and "path" in it}
    own |= {*_OWN}
    if (file := _file_of_settings(place)) is not None and file.is_relative_to(place):
        own.add(file.relative_to(place).as_posix())
    suffixes = {Path(path).suffix.lower() for path in before}
    return [
        name
        for path in sorted(place.rglob("*"))
        if path.is_file()
        and path.suffix.lower() in suffixes
        and not any(part.startswith((".", "~", "_")) for part in path.relative_to(place).parts)
        and (name := path.relative_to(place).as_posix()) not in known
        and name not in own
    ]


def _told(one: str, many: str, paths: list[str]) -> Iterator[str]:
    if len(paths) == 1:
        yield f"the document {paths[0]} {one} since the run"
    elif paths:
        named = ", ".join(paths[:_MOST_NAMED])
        more = f" and {len(paths) - _MOST_NAMED:,} more" if len(paths) > _MOST_NAMED else ""
        yield f"{len(paths):,} documents {many} since the run ({named}{more})"
