"""A run: all notebooks over one source, by papermill, into one run folder.

The stages: check what was asked, read the source, annotate it once, run the notebooks side by side
as steps that are kept, put them together, run the report, and move the whole into place.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from research.analysis.findings import Finding
from research.errors import RunError, UsageError
from research.loading import Corpus, load
from research.loading.corpus import find_source, source_name
from research.nlp.annotate import annotate
from research.nlp.cache import cache_folder
from research.outputs.compare import Comparison, compare
from research.outputs.folder import RunFolder
from research.outputs.manifest import problems, short_name, write_manifest
from research.outputs.notebooks import NotebookFailed, check_parameters, chosen_notebooks
from research.outputs.steps import Step, forget_old_steps

REPORT = "08_report"
"""The notebook that shows the findings of the others, and so runs last."""

Stage = Callable[[str, int, int], None]
"""Told how far a stage is: its name, how many are done, how many there are."""


@dataclass(frozen=True)
class Outcome:
    """What a run came to.

    ``computed`` are the notebooks that were run; the others had been before. ``comparison`` is that of the
    run folder as it was before with the result, None where there was none; ``kept`` says that the files
    that were there stayed.
    """

    folder: RunFolder
    corpus: Corpus
    findings: Sequence[Finding]
    failures: Sequence[NotebookFailed]
    computed: Sequence[str]
    comparison: Comparison | None
    kept: bool


def run(
    source: str | os.PathLike[str] = "seeds",
    *,
    name: str | None = None,
    outputs: str | os.PathLike[str] = "outputs",
    parameters: Mapping[str, Any] | None = None,
    notebooks: Sequence[str] = (),
    jobs: int | None = None,
    force: bool = False,
    stage: Stage = lambda *_: None,
) -> Outcome:
    """Run notebooks over a source into the run folder ``outputs/name``.

    ``jobs`` is the number of processes (default: that of the processors). Raises ``UsageError`` before
    anything is run: for an unknown notebook, parameter or source, and for a run folder that holds
    another source or other parameters, unless ``force`` replaces it. A notebook that fails is listed in
    the outcome and does not stop the others.
    """
    jobs = jobs or os.cpu_count() or 1
    given = dict(parameters or {})
    names = chosen_notebooks(notebooks)
    check_parameters(given, names)
    place = find_source(source)
    target = RunFolder(Path(outputs) / _plain(name or source_name(place)))
    with _alone_in(target) as workplace:
        _refuse_what_is_no_run(target)
        corpus = load(place, lambda done, of: stage("reading", done, of))
        if target.manifest_path.exists() and not force:
            before = target.manifest()
            names = sorted({*names, *chosen_notebooks(list(before["notebooks"]))})
            _refuse_another_run(target, before, corpus, check_parameters(given, names))
        steps = _steps(corpus, names, given)
        staged, failures, computed = _carry_out(steps, place, workplace, jobs, stage)
        comparison, kept = _publish(staged, target, force)
    forget_old_steps()
    _source_note(target).write_text(str(place), encoding="utf-8")
    return Outcome(target, corpus, target.findings, failures, computed, comparison, kept)


def remembered_source(folder: RunFolder) -> str | None:
    """Where the documents of a run lay when it was made on this machine, if the user's cache still knows."""
    note = _source_note(folder)
    return note.read_text(encoding="utf-8") if note.exists() else None


def _source_note(folder: RunFolder) -> Path:
    notes = cache_folder() / "sources"
    notes.mkdir(exist_ok=True)
    return notes / hashlib.sha256(str(folder.path.resolve()).encode()).hexdigest()


def _plain(name: str) -> str:
    """A name that stays in the folder it is used in. Raises ``UsageError`` for any other."""
    if name.startswith(".") or Path(name).name != name:
        raise UsageError(f"{name!r} cannot be the name of a run folder. Give a plain name with --name.")
    return name


@contextmanager
def _alone_in(target: RunFolder) -> Iterator[Path]:
    """A folder to work in beside the run folder, for one run at a time; it is gone afterwards.

    Raises ``RunError`` where nothing can be written there, or another run is at work.
    """
    from filelock import FileLock, Timeout

    outputs, name = target.path.parent, target.path.name
    workplace = outputs / f".{name}.partial"
    lock = FileLock(outputs / f".{name}.lock", timeout=0)
    try:
        outputs.mkdir(parents=True, exist_ok=True)
        with lock:
            shutil.rmtree(workplace, ignore_errors=True)
            workplace.mkdir()
            try:
                yield workplace
            finally:
                shutil.rmtree(workplace, ignore_errors=True)
                Path(lock.lock_file).unlink(missing_ok=True)
    except Timeout:
        raise RunError(f"Another run is writing {target.path} at this moment. Wait for it, or choose another --name.") from None
    except OSError as error:
        raise RunError(
            f"{error.filename or outputs} cannot be written ({error.strerror}). Choose another folder with --outputs."
        ) from error


def _refuse_what_is_no_run(target: RunFolder) -> None:
    """Raise ``UsageError`` where something else than a run lies; what is in it is not ours to replace."""
    if target.manifest_path.exists() or not target.path.exists():
        return
    if not target.path.is_dir() or any(target.path.iterdir()):
        raise UsageError(f"{target.path} is there and is no run folder. Choose another name with --name.")


def _refuse_another_run(
    target: RunFolder, before: Mapping[str, Any], corpus: Corpus, settings: Mapping[str, Mapping[str, Any]]
) -> None:
    """Raise ``UsageError`` where the run folder holds another source or other parameters."""
    remedy = f"Choose another name, such as --name {target.path.name}-2, or replace it with --force."
    documents = {(entry["path"], entry["sha256"]) for entry in before["source"]["documents"]}
    now = corpus.documents[["path", "sha256"]].itertuples(index=False, name=None)
    if before["source"]["name"] != corpus.name or documents.isdisjoint(now):
        raise UsageError(f"{target.path} holds a run of another source: no document is the same. {remedy}")
    for notebook, parameters in settings.items():
        earlier = before["notebooks"].get(short_name(notebook), parameters)
        for name in sorted({*parameters, *earlier}):
            if parameters.get(name) != earlier.get(name):
                raise UsageError(
                    f"{target.path} holds a run with other parameters: {name} was {earlier.get(name)!r} and is now "
                    f"{parameters.get(name)!r}. {remedy}"
                )


def _steps(corpus: Corpus, names: Sequence[str], given: Mapping[str, Any]) -> list[Step]:
    """The steps of a run, the report last."""
    settings, defaults = check_parameters(given, names), check_parameters({}, names)
    made: list[Step] = []
    for name in names:
        its_own = {key: value for key, value in settings[name].items() if value != defaults[name][key]}
        if name != REPORT:
            made.append(Step(name, corpus, settings[name], its_own))
    if REPORT in names:
        made.append(Step(REPORT, corpus, settings[REPORT], {}, builds_on=tuple(made)))
    return made


def _carry_out(
    steps: Sequence[Step], place: Path, workplace: Path, jobs: int, stage: Stage
) -> tuple[RunFolder, list[NotebookFailed], list[str]]:
    """Run the steps that are not kept from before, and put all of them together in one folder."""
    made = {step.notebook: folder for step in steps if (folder := step.kept()) is not None}
    missing = [step for step in steps if step.notebook not in made]
    if missing:
        annotate(steps[0].corpus, lambda done, of: stage("annotating", done, of), jobs)
    failures: list[NotebookFailed] = []
    failed_folder = workplace.with_suffix(".failed")
    shutil.rmtree(failed_folder, ignore_errors=True)

    def attempt(step: Step, run: Path | None = None) -> None:
        try:
            made[step.notebook] = step.carry_out(place, run, failed_folder / f"{step.notebook}.ipynb")
        except NotebookFailed as failure:
            failures.append(failure)
        stage("notebooks", len(made) + len(failures), len(steps))

    stage("notebooks", len(made), len(steps))
    pool = ThreadPoolExecutor(jobs)
    try:
        list(pool.map(attempt, [step for step in missing if step.notebook != REPORT]))
    finally:
        # All are done by now, unless this is an interrupt, which is not to wait for those at work.
        pool.shutdown(wait=False, cancel_futures=True)
    staged = RunFolder(workplace / "run")
    _put_together(steps, made, failures, staged)
    for report in (step for step in missing if step.notebook == REPORT):
        # A report without what failed is another one, and is not kept in the place of the whole.
        shown = tuple(step for step in report.builds_on if step.notebook in made)
        attempt(replace(report, builds_on=shown), staged.path)
        _put_together(steps, made, failures, staged)
    return staged, sorted(failures, key=str), [step.notebook for step in missing]


def _put_together(
    steps: Sequence[Step], made: Mapping[str, RunFolder], failures: Sequence[NotebookFailed], staged: RunFolder
) -> None:
    """Make one run folder of what the steps made."""
    shutil.rmtree(staged.path, ignore_errors=True)
    done = [step for step in steps if step.notebook in made]
    for step in done:
        for part in ("notebooks", "figures", "tables"):
            folder = made[step.notebook].path / part
            if folder.exists():
                shutil.copytree(folder, staged.path / part, dirs_exist_ok=True)
    corpus = steps[0].corpus
    staged.write_findings([finding for step in done for finding in made[step.notebook].findings])
    staged.write_rejected(corpus.rejected)
    settings = {short_name(step.notebook): step.parameters for step in done}
    write_manifest(staged, corpus, settings, failed=[failure.notebook for failure in failures])


def _publish(staged: RunFolder, target: RunFolder, force: bool) -> tuple[Comparison | None, bool]:
    """Move what was made into place, each file whole and the manifest last.

    The files that are there stay where only the environment and the pixels differ, so that a reference
    run from another machine stays what it is.
    """
    if not target.manifest_path.exists():
        if target.path.exists() and not any(target.path.iterdir()):
            target.path.rmdir()
        if not target.path.exists():
            staged.path.rename(target.path)
            return None, False
    comparison = compare(target, staged)
    if comparison.level != "differs" and not force and not problems(target):
        return comparison, True
    stale = set(target.files()) - set(staged.files())
    for path in [*staged.files(), staged.manifest_path.name]:
        (target.path / path).parent.mkdir(parents=True, exist_ok=True)
        os.replace(staged.path / path, target.path / path)
    for path in stale:
        (target.path / path).unlink()
    return comparison, False
