"""Find the files of a source, without opening them."""

from __future__ import annotations

import re
import stat
from collections.abc import Mapping
from pathlib import Path

from research.loading.archives import is_archive
from research.loading.documents import HIDDEN, Rejected
from research.loading.files import (
    Input,
    cannot_open,
    is_of_system,
    on_disk,
    printable,
    refuse_long,
    shortened,
    stamp_of,
)
from research.loading.judgements import NAME as JUDGEMENTS
from research.loading.readers import names
from research.loading.settings import NAME as SETTINGS
from research.loading.settings import Settings
from research.loading.speakers import NAME as SPEAKERS


def find_files(place: Path, settings: Settings) -> tuple[list[Input], list[Rejected]]:
    """Every file below a folder, or the one file, and what is left out unread."""
    if place.is_file():
        return _inputs({printable(place.name): place}, settings, alone=True), []
    found: dict[str, Path] = {}
    rejected: list[Rejected] = []

    waiting = [place]
    while waiting:  # os.walk calls itself for each level of folders, and Python ends a thousand such calls
        folder = waiting.pop()
        try:
            within = list(folder.iterdir())
        except OSError as error:
            rejected.append(Rejected(shortened(_relative(folder, place)), *cannot_open("folder", error)))
            continue
        for at in within:
            path = _relative(at, place)
            if _is_of_a_run(at) or path in (SETTINGS, SPEAKERS, JUDGEMENTS):
                continue
            if _is_folder(at) and not (is_of_system(at.name) or _is_link(at)):
                waiting.append(at)
            elif (problem := refuse_long(path) or _no_document(at, place)) is None:
                found[path] = at
            else:
                rejected.append(Rejected(shortened(path), *problem))
    return _inputs(found, settings), rejected


def _is_folder(at: Path) -> bool:
    try:
        return at.is_dir()
    except OSError:  # its folder may be listed and not entered
        return False


def _inputs(found: Mapping[str, Path], settings: Settings, *, alone: bool = False) -> list[Input]:
    known = names(found)
    return [
        Input(
            path,
            document_id="" if alone and is_archive(path) else known[path].id,
            opened=on_disk(place),
            settings=settings,
            size=None if (stamp := stamp_of(place)) is None else stamp.size,
            name_date=known[path].date,
            stamp=stamp,
        )
        for path, place in found.items()
    ]


RUN_FOLDER = "on-the-record run folder"
"""What the manifest of a run folder says it is."""
AT_WORK = ".on-the-record."
"""How the names begin of files and folders that a run uses while it works."""
_ENDS_AT_WORK = (".old", ".partial")
"""How the names of such folders end; any other folder is somebody's."""


_BEGINS_A_RUN = re.compile(rb'\{\s{1,9}"format": "' + RUN_FOLDER.encode() + rb' [0-9]+",\s')


def _is_of_a_run(at: Path) -> bool:
    """Whether a run of this package made or is making this, so that it is no part of any source."""
    try:
        if at.name.startswith(AT_WORK):
            # A lock is empty; a file with content is somebody's.
            its = at.lstat()
            if stat.S_ISREG(its.st_mode) and its.st_size == 0 and at.suffix == ".lock":
                return True
            if stat.S_ISDIR(its.st_mode) and at.suffix in _ENDS_AT_WORK:
                return True
        if not at.is_dir():
            return False
        with on_disk(at / "manifest.json")() as manifest:
            return _BEGINS_A_RUN.match(manifest.read(200)) is not None
    except OSError:
        return False


def _relative(place: Path, folder: Path) -> str:
    return printable(place.relative_to(folder).as_posix())


def _is_link(at: Path) -> bool:
    try:
        return at.is_symlink()
    except OSError:  # its folder may be listed and not entered
        return False


def _no_document(at: Path, root: Path) -> tuple[str, str] | None:
    """Why something in a folder cannot be a document, judged without opening it."""
    problem: tuple[str, str] | None = None
    try:
        kind = at.stat().st_mode
    except OSError as error:  # a link that leads nowhere or in a circle, a folder that may not be entered
        kind, problem = 0, cannot_open("file", error)
    if is_of_system(at.name):
        return HIDDEN["folder" if stat.S_ISDIR(kind) else "file"], "Nothing: it is left out."
    if problem is not None:
        return problem
    if at.is_symlink() and not at.resolve().is_relative_to(root.resolve()):
        return "a link that leads out of the folder", "Copy the file itself into the folder."
    if stat.S_ISDIR(kind):
        return (
            "a link to a folder, which is not followed",
            "Nothing, if that folder is in the source as well.",
        )
    if not stat.S_ISREG(kind):
        return "not a regular file", "Nothing: it is left out."
    return None
