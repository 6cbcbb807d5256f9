"""Verifying a run: every file against the manifest, the sources against it, then the whole run again."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from research.errors import ResearchError, SourceError
from research.loading import load
from research.loading.corpus import find_source, source_name
from research.nlp.cache import fresh_cache
from research.outputs.compare import Comparison, compare
from research.outputs.folder import RunFolder
from research.outputs.manifest import Problem, problems
from research.outputs.runs import Stage, remembered_source, run


@dataclass(frozen=True)
class Verdict:
    """What verifying came to. ``comparison`` is None where the run was not made again, and ``why_not`` says why."""

    problems: list[Problem]
    comparison: Comparison | None = None
    why_not: str = ""

    @property
    def holds(self) -> bool:
        """Whether nothing was found against the run."""
        return not self.problems and not self.why_not and (self.comparison is None or self.comparison.level != "differs")

    def entries(self) -> Iterator[dict[str, str]]:
        """The verdict as a list: what was found, where, in one sentence each."""
        for problem in self.problems:
            yield {"result": "problem", "path": problem.path, "message": problem.problem}
        if not self.problems:
            yield {"result": "intact", "path": "", "message": "Every file is that of the manifest."}
        if self.why_not:
            yield {"result": "not run again", "path": "", "message": f"Not run again: {self.why_not}"}
        if self.comparison is not None:
            yield {"result": self.comparison.level, "path": "", "message": self._after_running_again(self.comparison)}

    @staticmethod
    def _after_running_again(comparison: Comparison) -> str:
        match comparison.level:
            case "identical":
                return "Run again: identical, every byte of every file."
            case "same findings":
                return (
                    "Run again: same findings; only the environment block or the pixels of pictures differ "
                    f"({', '.join(comparison.files)})."
                )
            case "differs":
                return f"Run again: differs, in {', '.join(comparison.files)}. First difference: {comparison.first}"


def verify(
    folder: RunFolder, *, rerun: bool = True, source: str | None = None, stage: Stage = lambda *_: None
) -> Verdict:
    """Check a run folder, and make the run again in a place of its own with nothing kept from before.

    ``source`` says where the documents lie; by default where the run found them, or by their logical
    name. Raises ``SourceError`` for a ``source`` that does not exist.
    """
    found = problems(folder)
    if not rerun or any(problem.path == "manifest.json" for problem in found):
        return Verdict(found)
    manifest = folder.manifest()
    try:
        place = find_source(source or remembered_source(folder) or manifest["source"]["name"])
    except SourceError:
        if source is not None:
            raise
        missing = f"The documents of this run, {manifest['source']['name']!r}, are not here. Say where with --source PATH."
        return Verdict(found, why_not=missing)
    try:
        with tempfile.TemporaryDirectory(prefix="on-the-record-") as room, fresh_cache(Path(room) / "cache"):
            place = _under_its_name(place, manifest["source"]["name"], Path(room) / "source")
            changed = _changed_documents(manifest, place)
            again = _made_again(manifest, place, Path(room) / "outputs", stage)
            return Verdict([*found, *changed], compare(folder, again))
    except ResearchError as error:
        return Verdict(found, why_not=str(error))


def _under_its_name(place: Path, name: str, room: Path) -> Path:
    """The documents under the name that the run knows them by, should they lie under another one by now."""
    if source_name(place) == name:
        return place
    room.mkdir()
    named = room / (name + place.suffix if place.is_file() else name)
    named.symlink_to(place)
    return named


def _made_again(manifest: Mapping[str, Any], place: Path, outputs: Path, stage: Stage) -> RunFolder:
    """The same run made once more, in an empty folder. Raises ``ResearchError`` as ``run`` does."""
    parameters = {key: value for its in manifest["notebooks"].values() for key, value in its.items()}
    outcome = run(
        place,
        name=manifest["source"]["name"],
        outputs=outputs,
        parameters=parameters,
        notebooks=list(manifest["notebooks"]),
        stage=stage,
    )
    return outcome.folder


def _changed_documents(manifest: Mapping[str, Any], place: Path) -> list[Problem]:
    """The documents that are not those which the run read."""
    before = {entry["path"]: entry["sha256"] for entry in manifest["source"]["documents"]}
    now = dict(load(place).documents[["path", "sha256"]].itertuples(index=False, name=None))
    return [
        Problem(path, f"The document {path} {_change(before.get(path), now.get(path))} since the run was made.")
        for path in sorted({*before, *now})
        if before.get(path) != now.get(path)
    ]


def _change(before: str | None, now: str | None) -> str:
    if before is None:
        return "was added"
    return "is missing" if now is None else "was changed"
