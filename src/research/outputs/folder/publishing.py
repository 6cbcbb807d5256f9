"""Move a finished run into its folder: one run at a time, each file whole, and no good run replaced by a worse one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from research.errors import RunError, UsageError
from research.loading.folders import AT_WORK
from research.outputs.folder.comparing import Comparison, compare
from research.outputs.folder.manifest import problems
from research.outputs.folder.run_folder import ANCHORS, RunFolder, can_be_a_run
from research.outputs.folder.writing import said_plainly

Result = Literal["new", "replaced", "kept", "withheld"]
"""The outcome of ``publish``."""

_REMEDY = "Choose another folder with --outputs."


def run_folder(outputs: Path, name: str) -> RunFolder:
    """The run folder of a name, in an existing and writable folder.

    Raises ``UsageError`` for a name that no file can have or that leads elsewhere, and if something other than a run
    folder has this name; ``RunError`` if the folder cannot be written.
    """
    if not can_be_a_run(name):
        raise UsageError(f"{name!r} cannot be the name of a run folder. Give a plain name with --name.")
    target = RunFolder(outputs / name)
    with said_plainly(outputs, _REMEDY):
        outputs.mkdir(parents=True, exist_ok=True)
        if not os.access(outputs, os.W_OK):
            raise PermissionError(None, "Permission denied", str(outputs))
        if (
            not target.manifest_path.exists()
            and target.path.exists()
            and not (target.path.is_dir() and _is_empty(target.path))
        ):
            raise UsageError(f"{target.path} exists and is not a run folder. Choose another name with --name.")
    return target


@contextmanager
def alone_in(target: RunFolder) -> Iterator[Path]:
    """A temporary folder beside the run folder, for one run at a time; it is removed afterwards.

    Raises ``RunError`` if another run is at work.
    """
    from filelock import FileLock, Timeout

    outputs, name = target.path.parent, target.path.name
    workplace = outputs / f"{AT_WORK}{name}.partial"
    lock = FileLock(outputs / f"{AT_WORK}{name}.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise RunError(f"Another run is writing {target.path}. Wait for it to end, or choose another --name.") from None
    try:
        with said_plainly(outputs, _REMEDY):
            shutil.rmtree(workplace, ignore_errors=True)
            workplace.mkdir()
        yield workplace
    finally:
        shutil.rmtree(workplace, ignore_errors=True)
        Path(lock.lock_file).unlink(missing_ok=True)
        lock.release()


def publish(staged: RunFolder, target: RunFolder, *, failed: bool, force: bool) -> tuple[Result, Comparison | None]:
    """Move a staged run into place, each file whole and the manifest last, and return the outcome.

    - ``new``: there was no run.
    - ``kept``: the old files stay, because at most the environment and pixels differ. A reference run from another
      machine is not overwritten.
    - ``withheld``: the old files stay, because a notebook failed, or because the same documents and parameters gave
      other findings, which should not happen; ``force`` replaces them.
    - ``replaced``: documents, analyst, notebooks or options have changed, or old files were damaged.
    """
    if not target.manifest_path.exists():
        with said_plainly(target.path, _REMEDY):
            if target.path.exists():
                target.path.rmdir()
            staged.path.rename(target.path)
        return "new", None
    comparison = compare(target, staged)
    if not force and not problems(target):
        if comparison.level != "differs":
            return "kept", comparison
        if failed or _inputs(target) == _inputs(staged):
            return "withheld", comparison
    with said_plainly(target.path, _REMEDY):
        _replace(target, staged)
    return "replaced", comparison


def _inputs(folder: RunFolder) -> list[object]:
    manifest = folder.manifest()
    return [manifest["source"], manifest.get("report", {}), manifest["notebooks"], ANCHORS in manifest["outputs"]]


def _replace(target: RunFolder, staged: RunFolder) -> None:
    """Replace the old files by the new ones; a file that no run made stays."""
    try:
        stale = (set(target.manifest()["outputs"]) & set(target.files())) - set(staged.files())
    except RunError:
        stale = set()  # without a manifest it is unknown which files the old run made
    for path in staged.files():
        (target.path / path).parent.mkdir(parents=True, exist_ok=True)
        (staged.path / path).replace(target.path / path)
    for path in stale:
        (target.path / path).unlink(missing_ok=True)
        if _is_empty((target.path / path).parent):
            (target.path / path).parent.rmdir()
    # Last: until then the old manifest lists the files of the old run.
    staged.manifest_path.replace(target.manifest_path)


def _is_empty(folder: Path) -> bool:
    return not any(folder.iterdir())
