"""Verify a run: check its files and documents against the manifest, then run it again and compare."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple

from research.analysis.parameters import JUDGEMENTS
from research.errors import ResearchError, SourceError
from research.loading import load
from research.loading.places import source_name
from research.nlp.annotate import keep
from research.nlp.cache import Cache, fresh_cache
from research.nlp.layers import LAYERS
from research.outputs.folder.comparing import Comparison, compare
from research.outputs.folder.manifest import Problem, problems
from research.outputs.folder.run_folder import ANCHORS, ANNOTATIONS, RunFolder
from research.outputs.folder.sources import judgements_of, place_of
from research.outputs.folder.writing import json_line
from research.outputs.runs import Stage, run


class Agreement(NamedTuple):
    """How many of the kept annotations came out the same when the documents were annotated again."""

    same: int
    kept: int
    new: int
    elsewhere: bool
    """Whether the run was made in another environment than this one."""

    @property
    def close(self) -> bool:
        """Whether another processor explains the difference, by scores that are almost equal for two labels."""
        return self.elsewhere and self.same >= EXPECTED_AGREEMENT * max(self.kept, self.new)

    @property
    def _why(self) -> str:
        return "fewer than another processor explains" if self.elsewhere else "although the environment is the same"

    def __str__(self) -> str:
        return f"Annotated again: {self.same:,} of {max(self.kept, self.new):,} annotations are the same" + (
            "; a few differ between processors." if self.close else f", {self._why}."
        )


EXPECTED_AGREEMENT = 0.995
"""The share of annotations that must come out the same in another environment; in the same one all must."""


@dataclass(frozen=True)
class Verdict:
    """The result of verifying.

    ``comparison`` compares the run with its repetition; it is None if the run could not be repeated, and ``why_not``
    says why. If annotating again gave other annotations, the analysis was repeated on the kept ones, and ``agreement``
    says how far the two sets agree.
    """

    problems: list[Problem]
    comparison: Comparison | None = None
    why_not: str = ""
    agreement: Agreement | None = None

    @property
    def holds(self) -> bool:
        """Whether the run was verified without a problem."""
        return (
            not self.problems
            and not self.why_not
            and (self.comparison is None or self.comparison.level != "differs")
            and (self.agreement is None or self.agreement.close)
        )

    def entries(self) -> Iterator[dict[str, str]]:
        """The verdict as a list of results, each with a path and a sentence."""
        for problem in self.problems:
            yield {"result": "problem", "path": problem.path, "message": problem.problem}
        if not self.problems:
            yield {"result": "intact", "path": "", "message": "All files match the manifest."}
        if self.comparison is not None and self.comparison.apart:
            said = "The notebooks were run one by one, outside the run folder: they were not compared."
            yield {"result": "notebooks apart", "path": "notebooks", "message": said}
        if self.why_not:
            yield {"result": "not run again", "path": "", "message": f"Not run again: {self.why_not}"}
        if self.agreement is not None:
            result = "annotations agree" if self.agreement.close else "annotations differ"
            yield {"result": result, "path": ANNOTATIONS, "message": str(self.agreement)}
        if self.comparison is not None and self.comparison.pictures:
            said = _not_compared(self.comparison)
            yield {"result": "pictures not compared", "path": self.comparison.pictures[0], "message": said}
        if self.comparison is not None:
            yield {"result": self.comparison.level, "path": "", "message": self._after_running_again(self.comparison)}

    def _after_running_again(self, comparison: Comparison) -> str:
        again = "Run again" if self.agreement is None else "Run again on the kept annotations"
        match comparison.level:
            case "identical":
                return f"{again}: identical, every byte of every file."
            case "same findings":
                only = "the environment block or the pixels of pictures differ"
                if not comparison.pictures:
                    only = "the environment block differs, and every picture is the same"
                return f"{again}: same findings; only {only} ({', '.join(comparison.files)})."
            case "differs":
                return f"{again}: differs, in {', '.join(comparison.files)}. First difference: {comparison.first}"


def _not_compared(comparison: Comparison) -> str:
    """What to know of pictures that another machine may draw in other pixels."""
    return (
        f"Pictures were not compared: the run says that it was made elsewhere ({comparison.elsewhere}), where the same "
        f"data give other pixels. In {', '.join(comparison.pictures)} another picture would not be noticed here. "
        "Verify the run where it was made, or look at the pictures of a new run."
    )


def verify(
    folder: RunFolder, *, rerun: bool = True, source: str | None = None, stage: Stage = lambda *_: None
) -> Verdict:
    """Check a run folder, then repeat the run in a temporary folder with an empty cache.

    ``source`` is the path of the documents, by default the one that the run was made from, or their logical name.
    Raises ``SourceError`` for a ``source`` that does not exist.
    """
    found = problems(folder)
    if not rerun or any(problem.path == "manifest.json" for problem in found):
        return Verdict(found)
    manifest = folder.manifest()
    try:
        place = place_of(folder, source)
    except SourceError as error:
        if source is not None:
            raise
        return Verdict(found, why_not=str(error))
    try:
        with tempfile.TemporaryDirectory(prefix="on-the-record-") as temporary:
            room = Path(temporary)
            judgements = judgements_of(folder, place)
            place = _under_its_name(place, manifest["source"]["name"], room / "source")
            problem_list = [*found, *_changed_documents(manifest, place, judgements)]
            with fresh_cache(room / "cache"):
                again = _made_again(manifest, place, judgements, room / "outputs", stage)
            agreement = _agreement(folder, again)
            if agreement is None or problem_list:
                return Verdict(problem_list, compare(folder, again))
            with fresh_cache(room / "kept"):
                _keep_annotations(folder, place)
                again = _made_again(manifest, place, judgements, room / "analysed", stage)
            return Verdict(problem_list, compare(folder, again), agreement=agreement)
    except ResearchError as error:
        return Verdict(found, why_not=str(error))


def _agreement(kept: RunFolder, again: RunFolder) -> Agreement | None:
    """How far the annotations of two runs agree; None if all are the same, or the older run kept none.

    Both files are read side by side; in memory are only documents that one file has reached and the other has not.
    """
    totals: Counter[str] = Counter()
    alone: tuple[dict[str, Counter[str]], dict[str, Counter[str]]] = ({}, {})
    for records in zip_longest(kept.annotations(), again.annotations()):
        for its, others, record in zip(alone, reversed(alone), records, strict=True):
            if record is not None:
                its[record["doc"]] = _annotated(record)
                if record["doc"] in others:
                    before, now = (side.pop(record["doc"]) for side in alone)
                    totals += Counter(same=(before & now).total(), kept=before.total(), new=now.total())
    for name, side in zip(("kept", "new"), alone, strict=True):
        totals[name] += sum(found.total() for found in side.values())
    if totals["same"] == totals["kept"] == totals["new"] or not totals["kept"]:
        return None
    elsewhere = kept.manifest()["environment"] != again.manifest()["environment"]
    return Agreement(totals["same"], totals["kept"], totals["new"], elsewhere)


def _annotated(record: Mapping[str, Any]) -> Counter[str]:
    """Every annotation of a document, each as one line of JSON."""
    return Counter(json_line([table, annotation]) for table, found in _tables(record).items() for annotation in found)


def _tables(record: Mapping[str, Any]) -> dict[str, list[Any]]:
    """The tables of annotations among what a run kept of a document."""
    return {name: value for name, value in record.items() if isinstance(value, list)}


def _keep_annotations(folder: RunFolder, place: Path) -> None:
    """Put the annotations of a run into the cache, so that they are not computed again."""
    with Cache() as cache:
        for document, record in zip(load(place), folder.annotations(), strict=False):
            if (record["doc"], record["sha256"]) == (document.id, document.origin.sha256):
                keep(cache, document, _with_internal(_tables(record)))


def _with_internal(tables: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Add the tables that only other layers need, empty: a run has what these layers made of them."""
    complete = (layer for layer in LAYERS if tables.keys() >= set(layer.written))
    return tables | {table: [] for layer in complete for table in layer.internal}


def _under_its_name(place: Path, name: str, room: Path) -> Path:
    """The documents under the name that they had in the run, by a link if their folder was renamed."""
    if source_name(place) == name:
        return place
    room.mkdir()
    named = room / (name + place.suffix if place.is_file() else name)
    named.symlink_to(place)
    return named


def _made_again(
    manifest: Mapping[str, Any], place: Path, judgements: Path | None, outputs: Path, stage: Stage
) -> RunFolder:
    """Repeat a run in an empty folder. Raises ``ResearchError`` as ``run`` does."""
    parameters = {key: value for its in manifest["notebooks"].values() for key, value in its.items()}
    parameters |= {} if judgements is None else {JUDGEMENTS.name: str(judgements)}
    outcome = run(
        place,
        name=manifest.get("name", manifest["source"]["name"]),
        outputs=outputs,
        parameters=parameters,
        notebooks=list(manifest["notebooks"]),
        web_annotations=ANCHORS in manifest["outputs"],
        stage=stage,
    )
    return outcome.folder


def _changed_documents(manifest: Mapping[str, Any], place: Path, judgements: Path | None) -> list[Problem]:
    """The documents that were added, removed or changed since the run, and the analyst's files that are others now."""
    corpus = load(place, judgements=judgements)
    said, judged = (manifest["source"].get(part) for part in ("settings", "judgements"))
    before = {entry["path"]: entry["sha256"] for entry in manifest["source"]["documents"]}
    now = dict(corpus.documents[["path", "sha256"]].itertuples(index=False, name=None))
    found = [
        Problem(path, f"The document {path} {_change(before.get(path), now.get(path))} since the run was made.")
        for path in sorted({*before, *now})
        if before.get(path) != now.get(path)
    ]
    if said and said["sha256"] != corpus.settings_sha256:
        change = _change(said["sha256"], corpus.settings_sha256 or None)
        found.insert(0, Problem(said["path"], f"{said['path']} {change} since the run was made."))
    before_and_now = judged and judged["sha256"], corpus.judgements.sha256 or None
    if before_and_now[0] != before_and_now[1]:
        name = judged["path"] if judged else corpus.judgements.name
        found.insert(0, Problem(name, f"{name} {_change(*before_and_now)} since the run was made."))
    return found


def _change(before: str | None, now: str | None) -> str:
    if before is None:
        return "was added"
    return "is missing" if now is None else "was changed"
