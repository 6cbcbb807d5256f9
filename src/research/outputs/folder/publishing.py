"""Move a finished run into its folder: one run at a time, the folder as a whole, no good run replaced by a worse."""

from __future__ import annotations

import ctypes
import errno
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
from research.outputs.folder.writing import refuse_irregular, remove_folder, said_plainly

Result = Literal["new", "replaced", "kept", "withheld"]
"""The outcome of ``publish``."""

REMEDY = "Choose another folder with --outputs."


def run_folder(outputs: Path, name: str) -> RunFolder:
    """The run folder of a name, in an existing and writable folder.

    Raises ``UsageError`` for a name that no file can have or that leads elsewhere, and if something other than a run
    folder has this name; ``RunError`` if the folder cannot be written.
    """
    if not can_be_a_run(name):
        raise UsageError(f"{name!r} cannot be the name of a run folder. Give a plain name with --name.")
    target = RunFolder(outputs / name)
    if target.path.is_symlink():
        raise UsageError(
            f"{target.path} is a link, and runs do not write through links. Choose another name with --name."
        )
    with said_plainly(outputs, REMEDY):
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
    with said_plainly(Path(lock.lock_file), "Remove it, or choose another folder with --outputs."):
        try:
            if os.path.lexists(lock.lock_file):
                refuse_irregular(Path(lock.lock_file))  # opening a pipe would wait for ever
            lock.acquire()
        except Timeout:
            said = f"Another run is writing {target.path}. Wait for it to end, or choose another --name."
            raise RunError(said) from None
    try:
        with said_plainly(outputs, REMEDY):
            _recover(target)
            remove_folder(workplace)
            workplace.mkdir()
        yield workplace
    finally:
        remove_folder(workplace)
        Path(lock.lock_file).unlink(missing_ok=True)
        lock.release()


def publish(staged: RunFolder, target: RunFolder, *, failed: bool, force: bool) -> tuple[Result, Comparison | None]:
    """Move a staged run into place, the folder as a whole, and return the outcome.

    - ``new``: there was no run.
    - ``kept``: the old files stay, because at most the environment and pixels differ. A reference run from another
      machine is not overwritten.
    - ``withheld``: the old files stay, because a notebook failed, or because the same documents and parameters gave
      other findings, which should not happen; ``force`` replaces them. Where notebooks failed and none has a finding,
      nothing is written.
    - ``replaced``: documents, ``corpus.toml``, ``speakers.csv``, analyst, notebooks or options have changed, or old
      files were damaged.
    """
    if failed and not staged.findings:
        return "withheld", None
    if not target.manifest_path.exists():
        with said_plainly(target.path, REMEDY):
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
    with said_plainly(target.path, REMEDY):
        _replace(target, staged)
    return "replaced", comparison


def _inputs(folder: RunFolder) -> list[object]:
    manifest = folder.manifest()
    return [manifest["source"], manifest.get("report", {}), manifest["notebooks"], ANCHORS in manifest["outputs"]]


def _replace(target: RunFolder, staged: RunFolder) -> None:
    """Put the new folder in the place of the old one, with every file of the old one that no run made.

    At every moment the folder that is there is the old one or the new one, never some of each. A link in the old one
    is not followed: it is carried over as a link, or gives way to what the run has in its place.
    """
    for path in _of_the_owner(target, staged):
        (staged.path / path).parent.mkdir(parents=True, exist_ok=True)
        _have_as_well(target.path / path, staged.path / path)
    if not exchanged(staged.path, target.path):
        aside = _aside(target)
        remove_folder(aside)
        target.path.rename(aside)
        staged.path.rename(target.path)
        remove_folder(aside)


def _of_the_owner(target: RunFolder, staged: RunFolder) -> list[str]:
    """The files of a run folder that no run made, but those that the new run has something in the place of."""
    try:
        made = set(target.manifest()["outputs"])
    except RunError:
        made = set()  # without a manifest it is unknown which files the old run made
    return [path for path in target.files() if path not in made and not os.path.lexists(staged.path / path)]


def _have_as_well(old: Path, new: Path) -> None:
    """Have a file at a second place, whatever it is, without a copy where the file system can do without."""
    try:
        os.link(old, new, follow_symlinks=False)
    except (OSError, NotImplementedError):
        shutil.copy2(old, new, follow_symlinks=False)


_EXCHANGE = 2
"""RENAME_EXCHANGE of renameat2(2)."""
_AT_FDCWD = -100


def exchanged(one: Path, other: Path) -> bool:
    """Whether two folders could change places in a single step: on Linux, where the file system can do it."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, TypeError, AttributeError):  # not Linux, or a library without it
        return False
    if not renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _EXCHANGE):
        return True
    problem = ctypes.get_errno()
    if problem in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EPERM):
        return False
    raise OSError(problem, os.strerror(problem), str(other))


def _aside(target: RunFolder) -> Path:
    """Where the old folder is for the moment between two steps, where folders cannot change places in one."""
    return target.path.with_name(f"{AT_WORK}{target.path.name}.old")


def _recover(target: RunFolder) -> None:
    """Put the old folder back if a run was killed before the new one was in its place."""
    aside = _aside(target)
    if aside.is_dir() and not aside.is_symlink() and not os.path.lexists(target.path):
        aside.rename(target.path)
    remove_folder(aside)


def _is_empty(folder: Path) -> bool:
    return not any(folder.iterdir())
