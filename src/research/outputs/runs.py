"""A run: all notebooks over one source, by papermill, into one run folder.

The stages: check what was asked, read the source, annotate it once as far as the notebooks need, run them side by side
as steps that are kept, put them together, run the report, write what they share, and move the whole into place.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from research.analysis.findings import Finding
from research.loading import Corpus, load
from research.loading.corpus import AT_WORK, find_source, is_there, source_name
from research.nlp.annotate import LAYERS, annotate, copies_in
from research.nlp.cache import cache_folder
from research.outputs.compare import Comparison
from research.outputs.folder import RunFolder
from research.outputs.manifest import refuse_another_run, run_name, short_name, write_manifest
from research.outputs.notebooks import NotebookFailed, check_parameters, chosen_notebooks
from research.outputs.pages import write_report
from research.outputs.publishing import Result, alone_in, publish, run_folder
from research.outputs.steps import Step, forget_old_steps
from research.outputs.study import NEEDED, how_far, write_shared
from research.outputs.writing import write_text

REPORT = "08_report"
"""The notebook that shows the findings of the others, and so runs last."""

Stage = Callable[[str, int, int], None]
"""Told how far a stage is: its name, how many are done, how many there are."""


@dataclass(frozen=True)
class Outcome:
    """What a run came to.

    ``findings`` are those that were come to, ``computed`` the notebooks that were run; the others had been
    before. ``result`` says what became of it (see ``publish``), and ``comparison`` is that of the run folder as
    it was with what was made, None where there was none.
    """

    folder: RunFolder
    corpus: Corpus
    findings: Sequence[Finding]
    failures: Sequence[NotebookFailed]
    computed: Sequence[str]
    result: Result
    comparison: Comparison | None


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
    name = name or source_name(place)
    target = run_folder(Path(outputs), name)
    corpus = load(place, lambda done, of: stage("reading", done, of))
    with alone_in(target) as workplace:
        if target.manifest_path.exists() and not force:
            names = sorted({*names, *chosen_notebooks(list(target.manifest()["notebooks"]))})
            remedy = f"Choose another name, such as --name {target.path.name}-2, or replace it with --force."
            settings = {short_name(name): its for name, its in check_parameters(given, names).items()}
            refuse_another_run(target, corpus, settings, remedy)
            name = run_name(target, name)  # a folder that was renamed holds the run that it held
        steps = _steps(corpus, names, given)
        staged, findings, failures, computed = _carry_out(steps, place, workplace, jobs, stage, name=name)
        result, comparison = publish(staged, target, failed=bool(failures), force=force)
    forget_old_steps()
    write_text(_source_note(target), str(place))
    return Outcome(target, corpus, findings, failures, computed, result, comparison)


def remembered_source(folder: RunFolder) -> str | None:
    """Where the documents of a run lay when it was made on this machine, if the cache knows and they still do."""
    note = _source_note(folder)
    place = note.read_text(encoding="utf-8") if note.exists() else ""
    return place if place and is_there(Path(place)) else None


def _source_note(folder: RunFolder) -> Path:
    notes = cache_folder() / "sources"
    notes.mkdir(exist_ok=True)
    return notes / hashlib.sha256(str(folder.path.resolve()).encode()).hexdigest()


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
    steps: Sequence[Step], place: Path, workplace: Path, jobs: int, stage: Stage, *, name: str
) -> tuple[RunFolder, list[Finding], list[NotebookFailed], list[str]]:
    """Run the steps that are not kept from before, and put all of them together in one folder, as the run ``name``.

    Gives the findings as the steps keep them, whatever becomes of that folder.
    """
    made = {step.notebook: folder for step in steps if (folder := step.kept()) is not None}
    missing = [step for step in steps if step.notebook not in made]
    if missing:
        needed = {layer for step in missing for layer in NEEDED.get(short_name(step.notebook), LAYERS)}
        annotate(steps[0].corpus, lambda done, of: stage("annotating", done, of), jobs, layers=needed)
        copies_in(steps[0].corpus, lambda done, of: stage("comparing", done, of))
    failures: list[NotebookFailed] = []
    failed_folder = workplace.with_name(workplace.stem.removeprefix(AT_WORK) + ".failed")
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
        begun = [step for step in missing if step.notebook != REPORT]
        at_work = {pool.submit(attempt, step): (step.notebook, step.at_work.part_path) for step in begun}
        while running := wait(at_work, timeout=1).not_done:
            for notebook, path in map(at_work.__getitem__, running):
                if (told := how_far(path)) is not None:
                    stage(notebook, *told)
        for future in at_work:
            future.result()
    finally:
        # All are done by now, unless this is an interrupt, which is not to wait for those at work.
        pool.shutdown(wait=False, cancel_futures=True)
    staged = RunFolder(workplace / "run")
    shutil.rmtree(staged.path, ignore_errors=True)
    done = [step for step in steps if step.notebook in made and step.notebook != REPORT]
    for step in done:
        _add(made[step.notebook], staged)
    findings = [finding for step in done for finding in made[step.notebook].findings]
    staged.list_findings(findings)

    def list_files() -> None:
        settings = {short_name(step.notebook): step.parameters for step in done}
        write_manifest(staged, steps[0].corpus, settings, [failure.notebook for failure in failures], name)

    for report in (step for step in steps if step.notebook == REPORT):
        if report in missing:
            list_files()  # the report reads off it what the run is of
            # A report without what failed is another one, and is not kept in the place of the whole.
            attempt(replace(report, builds_on=tuple(done)), staged.path)
        if REPORT in made:
            _add(made[REPORT], staged)
            done.append(report)
    notebooks = [short_name(step.notebook) for step in done]
    write_shared(staged, steps[0].corpus, notebooks, lambda done, of: stage("writing", done, of), name)
    list_files()
    write_report(staged, steps[0].corpus)
    return staged, findings, sorted(failures, key=str), [step.notebook for step in missing]


def _add(step: RunFolder, staged: RunFolder) -> None:
    """Copy what a step made into the folder of the whole run."""
    for part in ("notebooks", "figures", "tables", "evidence"):
        if (step.path / part).exists():
            shutil.copytree(step.path / part, staged.path / part, dirs_exist_ok=True)
