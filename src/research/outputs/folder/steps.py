"""A step: one notebook on one collection with its parameters, run once and cached.

A step is identified by a fingerprint of everything that its result depends on: the notebook, its parameters, every
document, the code and the environment. Its files are kept in the user's cache folder under that fingerprint, so that an
interrupted run resumes and nothing is computed twice.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from research.analysis.notebooks import named
from research.analysis.parameters import JUDGEMENTS
from research.errors import RunError
from research.loading import Corpus
from research.nlp import layers
from research.nlp.cache import cache_folder
from research.outputs.execution import NotebookFailed, execute, sources_of, write_notebook
from research.outputs.folder.manifest import about, environment, problems, seal, short_name
from research.outputs.folder.run_folder import RunFolder
from research.outputs.folder.writing import json_text, said_plainly

if TYPE_CHECKING:
    from nbformat import NotebookNode

_REMEDY = "Free some space there, or name another folder for the cache in RESEARCH_CACHE."
_DAYS = 30
"""Days after which an unused step is removed."""


@dataclass(frozen=True)
class Step:
    """A notebook to run; ``builds_on`` are the steps whose findings it shows."""

    notebook: str
    corpus: Corpus
    parameters: Mapping[str, Any]
    given: Mapping[str, Any]
    builds_on: Sequence[Step] = ()

    @property
    def fingerprint(self) -> str:
        """A sha256 over everything that the result depends on."""
        content = {
            "notebook": sources_of(self.notebook),
            "parameters": dict(self.parameters),
            "given": self._judgements(lambda it: it.name),
            "source": [self.corpus.name, *self._read],
            "environment": environment(),
            "builds on": [step.fingerprint for step in self.builds_on],
        }
        return hashlib.sha256(json_text(content).encode()).hexdigest()

    @property
    def _read(self) -> list[Any]:
        """What the notebook reads of the corpus, as digests.

        Judgements change records of spans alone. A notebook that has none shows no more of ``judgements.csv`` than what
        the notes of the corpus say of it.
        """
        notebook = named(self.notebook)
        if notebook is None or notebook.shows_others or any(map(_has_spans, notebook.layers)):
            return [self.corpus.digest]
        return [self.corpus.documents_digest, self.corpus.speakers.sha256, self.corpus.notes]

    def kept(self) -> RunFolder | None:
        """The cached files of the step, if they are complete and unchanged."""
        folder = RunFolder(_steps_folder() / self.fingerprint)
        try:
            if not folder.manifest_path.exists() or problems(folder):
                return None
            os.utime(folder.path)
        except OSError:  # it is being removed at this moment
            return None
        return folder

    def carry_out(
        self, place: Path, run: Path | None, failed: Path, begins: Callable[[int], None] = lambda _: None
    ) -> RunFolder:
        """Run the notebook and keep the files that it writes.

        ``run`` is the run folder that it is given, by default a new one. ``begins`` is called when a cell begins, with
        the number of cells before it. Raises ``NotebookFailed`` and leaves the unfinished notebook at ``failed``;
        ``SourceError`` if the notebook read other documents than the run; ``CacheRemoved`` if the cache was emptied.
        """
        kept = _steps_folder() / self.fingerprint
        partial = _steps_folder() / f"{self.fingerprint}.{os.getpid()}.partial"
        folder, mark = RunFolder(partial / "run"), partial / "at-work"
        shutil.rmtree(partial, ignore_errors=True)
        try:
            with said_plainly(partial, _REMEDY):  # papermill writes there as well
                folder.path.mkdir(parents=True)
                mark.touch()
                folder.part_path.write_text(self.corpus.digest, encoding="utf-8")
                notebook = execute(
                    self.notebook,
                    {"source": str(place), "run": str((run or folder.path).absolute()), **self._judgements(str)},
                    {"source": self.corpus.name, **self._judgements(lambda it: it.name)},
                    partial,
                    failed,
                    begins=begins,
                )
            self._seal(folder, notebook, writes=run is None)
            if self.kept() is None:  # another run may have finished the same step in the meantime
                with said_plainly(kept, _REMEDY):
                    shutil.rmtree(kept, ignore_errors=True)
                    folder.path.rename(kept)
        except (RunError, NotebookFailed):
            if mark.exists():
                raise
            failed.unlink(missing_ok=True)  # the notebook is none the worse
            raise CacheRemoved from None
        finally:
            shutil.rmtree(partial, ignore_errors=True)
        return RunFolder(kept)

    def _judgements(self, shown: Callable[[Path], str]) -> dict[str, Any]:
        """Return the parameters that are given, with the file of judgements where one was named."""
        file = self.corpus.judgements_in if self.corpus.judgements_named else None
        return dict(self.given) if file is None else {JUDGEMENTS.name: shown(file), **self.given}

    def _seal(self, folder: RunFolder, notebook: NotebookNode, *, writes: bool) -> None:
        """Write the notebook beside what it wrote, and the manifest, if all is there that it says it wrote."""
        try:
            written = folder.receipt() if writes else set()
            folder.part_path.unlink()
        except (OSError, ValueError):
            raise CacheRemoved from None
        name = f"notebooks/{self.notebook}.ipynb"
        write_notebook(notebook, folder.path / name)
        with said_plainly(folder.path, _REMEDY):
            said = about(folder, self.corpus, {short_name(self.notebook): self.parameters})
            seal(folder, said, written | {name})


def _has_spans(layer: str) -> bool:
    return any(record_type is not None for record_type in layers.layer(layer).tables.values())


class CacheRemoved(RunError):
    """The cache was removed while a notebook wrote into it; what is there still is not all that it wrote."""

    def __init__(self) -> None:
        super().__init__(f"The cache folder {cache_folder()} was emptied while the run was at work. Run it again.")


def forget_old_steps() -> None:
    """Remove the steps that were not used for thirty days, and the remains of killed runs."""
    with suppress(OSError):  # somebody else removes it
        for folder in _steps_folder().iterdir():
            days = _DAYS if folder.suffix != ".partial" else 1
            if folder.stat().st_mtime < time.time() - days * 86_400:
                shutil.rmtree(folder, ignore_errors=True)


def _steps_folder() -> Path:
    folder = cache_folder() / "steps"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
