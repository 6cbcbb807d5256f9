"""A run: all notebooks on one source, executed by papermill, into one run folder.

The stages: check the request, read the documents, annotate them once with all that the notebooks need, run the
notebooks side by side as cached steps, combine their files, run the report, write the shared files, and move everything
into place.
"""

from __future__ import annotations

import os
import shlex
import shutil
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from research.analysis.findings import Finding
from research.analysis.notebooks import NOTEBOOKS, in_reading_order, named
from research.analysis.parameters import COPIES, JUDGEMENTS
from research.errors import EmptySource, ResearchError, RunError, SourceError, UsageError
from research.loading import Corpus
from research.loading.folders import AT_WORK
from research.loading.places import find_source, source_name
from research.nlp.annotate import Annotations, annotate
from research.nlp.copies import copies_in
from research.nlp.rejections import load_annotatable
from research.outputs.execution import NotebookFailed, cells_of, check_parameters, chosen_notebooks, declared_by
from research.outputs.folder.changes import changes, shown_in
from research.outputs.folder.comparing import Comparison
from research.outputs.folder.manifest import about, refuse_another_run, run_name, seal, short_name
from research.outputs.folder.publishing import REMEDY, Result, alone_in, publish, run_folder
from research.outputs.folder.run_folder import FINDINGS, RunFolder
from research.outputs.folder.sources import remember_source
from research.outputs.folder.steps import CacheRemoved, Step, forget_old_steps
from research.outputs.folder.writing import remove_folder, said_plainly, sha256_of
from research.outputs.run_files import Shared, write_shared
from research.outputs.study import CHANGED, layers_of

if TYPE_CHECKING:
    from research.nlp.cluster.client import Cluster

Stage = Callable[[str, int, int], None]
"""Called with a stage's name, the number done and the total; again with the same numbers while it is at work."""


@dataclass(frozen=True)
class Outcome:
    """The outcome of a run.

    ``computed`` are the notebooks that were executed; the others were cached. ``result`` is that of ``publish``, and
    ``comparison`` compares the run folder as it was with the new run; it is None if there was no run folder.
    ``described_anew`` says whether the new run replaced one that recorded another ``corpus.toml``, or none. ``changes``
    are lines on the findings that a run which replaced another has otherwise.
    """

    folder: RunFolder
    corpus: Corpus
    findings: Sequence[Finding]
    failures: Sequence[NotebookFailed]
    computed: Sequence[str]
    result: Result
    comparison: Comparison | None
    described_anew: bool = False
    changes: Sequence[str] = ()


def run(
    source: str | os.PathLike[str] = "seeds",
    *,
    name: str | None = None,
    outputs: str | os.PathLike[str] = "outputs",
    parameters: Mapping[str, Any] | None = None,
    notebooks: Sequence[str] = (),
    jobs: int | None = None,
    force: bool = False,
    web_annotations: bool | None = None,
    cluster: Cluster | None = None,
    stage: Stage = lambda *_: None,
) -> Outcome:
    """Run notebooks on a source into the run folder ``outputs/name``.

    The notebooks of a run folder are run with those that are asked for, and each is given the parameters that it has.
    The parameter ``judgements`` names a file of judgements for all of them. ``jobs`` is the number of processes
    (default: one per processor). ``web_annotations`` says whether to write every passage as a W3C Web Annotation; by
    default as the run folder has it, and a new one has them. Documents are annotated on the ``cluster``, if one is
    given. Raises ``UsageError`` before anything runs: for an unknown notebook,
    parameter or source, and for a run folder that holds another source or other parameters, unless ``force`` replaces
    it; ``ClusterError`` where the cluster cannot be used or is lost. A notebook that fails is listed in the outcome and
    does not stop the others.
    """
    jobs = jobs or os.cpu_count() or 1
    given = dict(parameters or {})
    judgements = JUDGEMENTS.read(given.pop(JUDGEMENTS.name, None))
    names = chosen_notebooks(notebooks)
    if len(names) == len(NOTEBOOKS):  # otherwise the run folder may hold others that have a parameter
        check_parameters(given, names)
    place = find_source(source)
    name = name or source_name(place)
    target = run_folder(Path(outputs), name)
    check_parameters(given, _with_those_of(target, names, force=force))
    if cluster is not None:
        cluster.check()
    corpus = load_annotatable(place, lambda done, of: stage("reading", done, of), judgements)
    with alone_in(target) as workplace:
        if target.manifest_path.exists() and not force:
            names = _with_those_of(target, names, force=force)
            remedy = f"Choose another name, such as --name {target.path.name}-2, or replace it with --force."
            settings = {short_name(name): its for name, its in check_parameters(given, names).items()}
            refuse_another_run(target, corpus, settings, remedy)
            _refuse_forgotten_judgements(target, corpus)
            name = run_name(target, name)  # renaming a folder does not rename its run
        steps = _steps(corpus, names, given)
        if web_annotations is None:
            web_annotations = target.has_web_annotations
        staged, findings, failures, computed = _carry_out(
            steps, place, workplace, jobs, stage, name=name, web_annotations=web_annotations, cluster=cluster
        )
        settings_before, shown_before = _recorded_settings(target), shown_in(target)
        result, comparison = publish(staged, target, failed=bool(failures), force=force)
    forget_old_steps()
    with suppress(OSError, RunError):  # a cache that cannot be written now costs no more than a word to verify
        remember_source(target, place, corpus.judgements_in if corpus.judgements_named else None)
    described_anew = result == "replaced" and settings_before != _recorded_settings(target)
    changed = changes(shown_before, findings) if result == "replaced" else []
    return Outcome(target, corpus, findings, failures, computed, result, comparison, described_anew, changed)


def _refuse_forgotten_judgements(target: RunFolder, corpus: Corpus) -> None:
    """Raise ``UsageError`` where a run counts judgements in a file that was named, and this one names none."""
    before = target.manifest()["source"].get("judgements", {})
    if before.get("by_parameter") and not corpus.judgements_named:
        raise UsageError(
            f"{target.path} counts the judgements in {before['path']}, and this run names none. Add "
            f"-p {JUDGEMENTS.name} {shlex.quote(before['path'])}, or replace the run with --force."
        )


def _recorded_settings(folder: RunFolder) -> object:
    """What a run records of its ``corpus.toml``; None for none, and where no manifest can be read."""
    try:
        return folder.manifest()["source"].get("settings")
    except RunError:
        return None


def _with_those_of(target: RunFolder, names: Sequence[str], *, force: bool) -> list[str]:
    """Return these notebooks and those of the run folder, which are run again unless ``force`` replaces it."""
    if force or not target.manifest_path.exists():
        return list(names)
    there = list(target.manifest()["notebooks"])
    return sorted({*names, *(chosen_notebooks(there) if there else ())})


def _steps(corpus: Corpus, names: Sequence[str], given: Mapping[str, Any]) -> list[Step]:
    """The steps of a run, in order; the report is last. Raises ``ParameterError`` for what the source does not have."""
    settings, defaults = check_parameters(given, names), check_parameters({}, names)
    made: list[Step] = []
    for name in names:
        declared_by(name).check_corpus(settings[name], corpus)
        its_own = {key: value for key, value in settings[name].items() if value != defaults[name][key]}
        made.append(Step(name, corpus, settings[name], its_own))
    parts = tuple(step for step in made if not _shows_others(step))
    return [*parts, *(replace(step, builds_on=parts) for step in made if _shows_others(step))]


def _shows_others(step: Step) -> bool:
    """Whether the notebook of a step shows the findings of the others, and so runs last."""
    notebook = named(step.notebook)
    return notebook is not None and notebook.shows_others


def _carry_out(
    steps: Sequence[Step],
    place: Path,
    workplace: Path,
    jobs: int,
    stage: Stage,
    *,
    name: str,
    web_annotations: bool,
    cluster: Cluster | None,
) -> tuple[RunFolder, list[Finding], list[NotebookFailed], list[str]]:
    """Run the steps that are not cached, and put all of them together in one folder, as the run ``name``.

    Return the findings as the steps keep them, whatever becomes of that folder.
    """
    corpus = steps[0].corpus
    failed_folder = workplace.with_name(workplace.stem.removeprefix(AT_WORK) + ".failed")
    remove_folder(failed_folder)
    if failed_folder.is_symlink():
        failed_folder.unlink()  # nothing is written through it
    parts = [step for step in steps if not _shows_others(step)]
    made = _annotated_for(parts, corpus, jobs, stage, cluster)
    missing = [step for step in parts if step.notebook not in made]
    _check_what_is_asked(missing, corpus)
    bars = _Bars(stage, len(made), len(steps))
    tried = _side_by_side(missing, place, failed_folder, jobs, bars)
    made |= {notebook: it for notebook, it in tried.items() if isinstance(it, RunFolder)}
    if missing:
        refuse_changed_source(corpus, place, stage)
    done = [step for step in parts if step.notebook in made]

    staged = RunFolder(workplace / "run")
    shutil.rmtree(staged.path, ignore_errors=True)
    findings = _put_together([made[step.notebook] for step in done], staged)
    failures = [it for it in tried.values() if isinstance(it, NotebookFailed)]
    settings = {short_name(step.notebook): step.parameters for step in done}
    said = about(staged, corpus, settings, [it.notebook for it in failures], name)
    for report in filter(_shows_others, steps):
        # It builds on the finished steps only: a report without a failed notebook is cached as another step.
        its = replace(report, builds_on=tuple(done))
        if (shown := its.kept()) is not None:
            bars.is_done()
        else:
            missing.append(report)
            seal(staged, said)  # the report notebook reads the manifest
            [result] = _side_by_side([its], place, failed_folder, jobs, bars, run=staged.path).values()
            shown = result if isinstance(result, RunFolder) else None
            failures += [result] if isinstance(result, NotebookFailed) else []
        if shown is not None:
            _add(shown, staged)
            settings[short_name(report.notebook)] = report.parameters
        said |= {"notebooks": settings, "failed": sorted(it.notebook for it in failures)}
    write_shared(Shared(staged, corpus, layers_of(settings), said, web_annotations, stage))
    return staged, findings, sorted(failures, key=str), [step.notebook for step in missing]


def refuse_changed_source(corpus: Corpus, place: Path, stage: Stage) -> None:
    """Raise ``SourceError`` where a source is not as it was read before."""
    try:
        judgements = corpus.judgements_in if corpus.judgements_named else None
        now = load_annotatable(place, lambda done, of: stage("rereading", done, of), judgements).digest
    except (EmptySource, SourceError):
        now = None
    if now != corpus.digest:
        raise SourceError(CHANGED)


def _annotated_for(
    steps: Sequence[Step], corpus: Corpus, jobs: int, stage: Stage, cluster: Cluster | None
) -> dict[str, RunFolder]:
    """Return the steps that are cached; annotate the corpus with all that the others need, so that they only read.

    A document that cannot be annotated is rejected, which makes another corpus, and other steps, of this one.
    """
    while True:
        made = {step.notebook: folder for step in steps if (folder := step.kept()) is not None}
        needed = layers_of(short_name(step.notebook) for step in steps if step.notebook not in made)
        if len(made) == len(steps):
            return made
        before = corpus.digest
        annotate(corpus, lambda done, of: stage("annotating", done, of), jobs, layers=needed, cluster=cluster)
        if corpus.digest == before:
            copies_in(corpus, lambda done, of: stage("comparing", done, of))
            return made


def _check_what_is_asked(steps: Sequence[Step], corpus: Corpus) -> None:
    """Raise ``ParameterError`` where a notebook is asked for what the documents lack, before any of them runs."""
    its = {}
    for step in steps:
        copies = bool(step.parameters.get(COPIES.name))
        if copies not in its:
            layers = layers_of(short_name(it.notebook) for it in steps)
            its[copies] = Annotations(corpus, with_copies=copies, layers=layers)
        declared_by(step.notebook).check_annotations(step.parameters, its[copies])


class _Bars:
    """Report the progress of notebooks: each by the cells that it has finished, all together by notebooks.

    Nobody knows how long a cell takes, so a bar does not move within one. Every second the unfinished ones are reported
    again, which lets the screen show the elapsed time of a long cell.
    """

    def __init__(self, stage: Stage, done: int, of: int) -> None:
        self._stage, self._done, self._of = stage, done, of
        self._cells: dict[str, int] = {}
        stage("notebooks", done, of)

    def begins(self, notebook: str, done: int) -> None:
        """Note that a cell of a notebook begins after ``done`` others; called from the notebook's thread."""
        self._cells[notebook] = done

    def at_work(self, notebook: str) -> None:
        """Report a notebook that is running."""
        self._stage(notebook, self._cells.get(notebook, 0), cells_of(notebook))
        self._stage("notebooks", self._done, self._of)

    def ended(self, notebook: str, *, failed: bool = False) -> None:
        """Report a notebook that has run; the bar of one that failed stays at the cell where it failed."""
        cells = cells_of(notebook)
        self._stage(notebook, self._cells.get(notebook, 0) if failed else cells, cells)
        self.is_done()

    def is_done(self) -> None:
        """Report that one more notebook is finished: it has run, or was kept from before."""
        self._done += 1
        self._stage("notebooks", self._done, self._of)


def _side_by_side(
    steps: Sequence[Step], place: Path, failed_folder: Path, jobs: int, bars: _Bars, *, run: Path | None = None
) -> dict[str, RunFolder | NotebookFailed]:
    """Run steps side by side; return what each made, or how it failed, in their order.

    ``run`` is the run folder that they get, by default one of its own each. What went wrong with no notebook, but with
    the source or the cache, is raised when all have ended.
    """
    pool = ThreadPoolExecutor(jobs)
    try:
        at_work = {
            pool.submit(_attempt, step, place, run, failed_folder, partial(bars.begins, step.notebook)): step.notebook
            for step in steps
        }
        running: Collection[Future[RunFolder | ResearchError]] = at_work
        while running:
            finished, running = wait(running, timeout=1, return_when=FIRST_COMPLETED)
            for future in finished:
                bars.ended(at_work[future], failed=isinstance(future.result(), ResearchError))
            for future in running:
                if future.running():
                    bars.at_work(at_work[future])
        results = {notebook: future.result() for future, notebook in at_work.items()}
        for result in results.values():
            if isinstance(result, ResearchError) and not isinstance(result, NotebookFailed):
                raise result
        return {notebook: it for notebook, it in results.items() if isinstance(it, RunFolder | NotebookFailed)}
    finally:
        # All are done by now, unless this is an interrupt, which must not wait for the notebooks at work.
        pool.shutdown(wait=False, cancel_futures=True)


def _attempt(
    step: Step, place: Path, run: Path | None, failed_folder: Path, begins: Callable[[int], None]
) -> RunFolder | ResearchError:
    try:
        return step.carry_out(place, run, failed_folder / f"{step.notebook}.ipynb", begins)
    except ResearchError as failure:
        return failure


def _put_together(made: Sequence[RunFolder], staged: RunFolder) -> list[Finding]:
    """Copy the files of the notebooks into one folder, list their findings there, and return them."""
    findings = in_reading_order(finding for folder in made for finding in _add(folder, staged))
    staged.list_findings(findings)
    return findings


def _add(step: RunFolder, staged: RunFolder) -> list[Finding]:
    """Copy what a step made into the folder of the whole run, and return its findings.

    Raises ``CacheRemoved`` where the step is no longer as it was sealed.
    """
    try:
        outputs = step.manifest()["outputs"]
        findings = step.findings if FINDINGS in outputs else []
    except RunError:
        raise CacheRemoved from None
    for path, sha256 in outputs.items():
        _copy(step.path / path, staged.path / path)
        if sha256_of(staged.path / path) != sha256:
            raise CacheRemoved
    copied = RunFolder(staged.path).findings if FINDINGS in outputs else []
    if [it.fields() for it in findings] != [it.fields() for it in copied]:
        raise CacheRemoved
    return findings


def _copy(kept: Path, copy: Path) -> None:
    """Copy a file out of the cache. Raises ``CacheRemoved`` where it is gone, and ``RunError`` for a full disk."""
    try:
        file = kept.open("rb")
    except OSError:
        raise CacheRemoved from None
    with file, said_plainly(copy, REMEDY):
        copy.parent.mkdir(parents=True, exist_ok=True)
        with copy.open("wb") as written:
            shutil.copyfileobj(file, written, 1 << 20)
