"""Compare two run folders: identical, the same findings, or different, and the first difference."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import takewhile, zip_longest
from typing import Any, Literal

from research.errors import RunError
from research.outputs.folder.manifest import BY_NOTEBOOK
from research.outputs.folder.packed import PACKED, UNPACKING_FAILED, unpack_to_the_same, unpacked
from research.outputs.folder.pictures import drawing_form, picture_form
from research.outputs.folder.run_folder import REPORT, WORKBOOK, RunFolder, is_notebook
from research.outputs.folder.writing import json_text, sha256_of

Level = Literal["identical", "same findings", "differs"]


@dataclass(frozen=True)
class Comparison:
    """How far two runs agree, the files that differ, and the first difference in one sentence.

    ``same findings`` is what another processor or another supported Python may produce: only the manifest's
    ``environment`` block and the pixels of pictures differ. Where both runs name the same environment, nothing may.
    """

    level: Level
    files: tuple[str, ...] = ()
    first: str = ""
    apart: bool = False
    """Whether notebooks were passed over, since those of the expected run are not in its folder."""
    pictures: tuple[str, ...] = ()
    """The files whose pictures differ in pixels or coordinates, which nothing can check between two environments."""
    elsewhere: str = ""
    """Where the expected run says that it was made, as far as it is not here."""


def compare(expected: RunFolder, found: RunFolder) -> Comparison:
    """Compare all files of two run folders: by their bytes, and between two environments by their content.

    Plain papermill writes notebooks wherever the analyst wants them. If the manifest of the expected run says that this
    was so, they are ignored.
    """
    paths = sorted({*expected.files(), *found.files(), MANIFEST})
    apart = _by_notebook(expected) and not any(map(is_notebook, expected.files()))
    passed_over = apart and any(map(is_notebook, found.files()))
    if apart:
        paths = [path for path in paths if not is_notebook(path)]
    unequal = [path for path in paths if _sha256(expected, path) != _sha256(found, path)]
    if apart and unequal == [MANIFEST] and _manifest_says(expected, apart=True) == _manifest_says(found, apart=True):
        unequal = []
    if not unequal:
        return Comparison("identical", apart=passed_over)
    different = unequal
    here, there = _environment(found), _environment(expected)
    if here and there and here != there:
        # A report with the same bytes names another environment than its manifest.
        looked_at = sorted({*unequal, *([REPORT] if _sha256(expected, REPORT) else [])})
        different = [path for path in looked_at if not _says_the_same(expected, found, path, apart=apart)]
    if not different:
        pictures = tuple(path for path in unequal if path != MANIFEST and _pictures_differ(expected, found, path))
        return Comparison("same findings", tuple(unequal), "", passed_over, pictures, _elsewhere(here, there))
    # The manifest repeats the sha256 of whatever differs, and the workbook all tables, so another file tells more.
    first = min(different, key=lambda path: (path == MANIFEST, path == WORKBOOK, paths.index(path)))
    return Comparison("differs", tuple(different), _first_difference(expected, found, first), passed_over)


MANIFEST = "manifest.json"


def _manifest(folder: RunFolder) -> dict[str, Any] | None:
    try:
        return folder.manifest()
    except RunError:
        return None


def _environment(folder: RunFolder) -> Any:
    """Where a run says that it was made; for one without a manifest, nowhere."""
    return (_manifest(folder) or {}).get("environment")


def _by_notebook(folder: RunFolder) -> bool:
    return (_manifest(folder) or {}).get(BY_NOTEBOOK) is True


def _sha256(folder: RunFolder, path: str) -> str | None:
    place = folder.path / path
    return sha256_of(place) if place.is_file() and not place.is_symlink() else None


def _says_the_same(expected: RunFolder, found: RunFolder, path: str, *, apart: bool) -> bool:
    """Whether a file says the same in two environments: all of it but pixels, and what names the environment.

    ``found`` was made here and now: what is much larger than its file says something else, and is not read.
    """
    if path == MANIFEST:
        return bool(_manifest_says(expected, apart=apart) == _manifest_says(found, apart=apart))
    kept, new = expected.path / path, found.path / path
    if any(_sha256(folder, path) is None for folder in (expected, found)):
        return False
    if kept.stat().st_size > 2 * new.stat().st_size + 1_000_000:
        return False
    if path.endswith(PACKED):
        return unpack_to_the_same(kept, new)
    says = _SAYS.get(kept.suffix)
    if says is None:
        return False
    try:
        return bool(says(kept.read_bytes(), expected) == says(new.read_bytes(), found))
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        return False  # it is not what this package writes


def _pictures_differ(expected: RunFolder, found: RunFolder, path: str) -> bool:
    """Whether pictures are what differs in a file that says the same in two environments."""
    if path.endswith(".html"):
        pages = [_page_without_environment((folder.path / path).read_bytes(), folder) for folder in (expected, found)]
        return pages[0] != pages[1]
    return not path.endswith(PACKED)


def _elsewhere(here: Mapping[str, Any], there: Mapping[str, Any]) -> str:
    """What differs of another environment, in a few words: ``python 3.13.1 instead of 3.11.7``."""
    ours, theirs = (_by_name(environment) for environment in (here, there))
    differing = [name for name in {**theirs, **ours} if theirs.get(name) != ours.get(name)]
    said = [f"{name} {theirs.get(name, 'none')} instead of {ours.get(name, 'none')}" for name in differing[:_SAID]]
    return ", ".join([*said, *([f"and {len(differing) - _SAID} more"] if len(differing) > _SAID else [])])


_SAID = 3


def _by_name(environment: Mapping[str, Any]) -> dict[str, str]:
    """The values of an environment by name, those of packages among them, each shortened."""
    values: dict[str, str] = {}
    for name, value in environment.items():
        its = value if isinstance(value, dict) else {"": value}
        prefix = "" if name == "packages" else name
        values |= {f"{prefix} {part}".strip(): str(it)[:_SHORT] for part, it in its.items()}
    return values


_SHORT = 16
"""Characters of a value that are shown: enough for a version, and to tell two sums apart."""


def _page_says(page: bytes, folder: RunFolder) -> Any:
    """A page, with the form of its pictures, and a mark where the block of its own environment is.

    The block is found by ``partition``, not by a pattern, so that no forged page takes more than linear time.
    """
    before, found, after = _page_without_environment(page, folder)
    return _without_pictures(before), found, _without_pictures(after)


def _page_without_environment(page: bytes, folder: RunFolder) -> tuple[bytes, bool, bytes]:
    from research.outputs.pages.html import environment_block

    before, found, after = page.partition(environment_block(folder.manifest()["environment"]).encode())
    return before, bool(found), after


def _without_pictures(html: bytes) -> Any:
    """HTML without its embedded pictures, and the form of each of them."""
    forms = [(it[1], _PICTURES[it[1]](b64decode(it[2], validate=True))) for it in _PICTURE.finditer(html)]
    return _PICTURE.sub(b"", html), forms


_PICTURE = re.compile(rb'(?<=<img src=")data:image/(png|svg\+xml);base64,([^"]*+)')
_PICTURES: Mapping[bytes, Callable[[bytes], Any]] = {b"png": picture_form, b"svg+xml": drawing_form}


def _notebook_says(notebook: bytes, _: RunFolder) -> Any:
    content = json.loads(notebook)
    if (json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode() != notebook:
        raise ValueError("a notebook that nbformat did not write")
    for cell in content["cells"]:
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            if "image/png" in data:
                data["image/png"] = picture_form(b64decode(data["image/png"]))
                # The same pixels in an element that carries their alternative text (see ``display.picture``).
                data["text/html"] = _without_pictures("".join(data.get("text/html", "")).encode())
    return content


_SAYS: Mapping[str, Callable[[bytes, RunFolder], Any]] = {
    ".png": lambda data, _: picture_form(data),
    ".svg": lambda data, _: drawing_form(data),
    ".html": _page_says,
    ".ipynb": _notebook_says,
}
"""What must be the same on every machine, of the files that are not the same in every byte."""


def _manifest_says(folder: RunFolder, *, apart: bool) -> Any:
    """A manifest but for the values in its environment, and the sums of files that are compared by themselves."""
    manifest = _manifest(folder)
    if manifest is None:
        return None
    kept = {name: value for name, value in manifest.items() if name not in ("environment", "digest", BY_NOTEBOOK)}
    kept["outputs"] = {
        path: None if path.endswith((*_SAYS, *PACKED)) else sha256
        for path, sha256 in manifest["outputs"].items()
        if not (apart and is_notebook(path))
    }
    return json_text(kept), _names_an_environment(manifest["environment"])


_ENVIRONMENT = ("python", "implementation", "system", "machine", "instructions", "packages", "on-the-record")
_WORDS = re.compile(r"[\w.+ -]{1,300}")


def _names_an_environment(block: Mapping[str, Any]) -> bool:
    """Whether a block names an environment and nothing else: short words and numbers, under the names that it has."""
    names, values = list(block), list(block.values())
    for name in ("packages", "on-the-record"):
        if isinstance(its := block.get(name), dict):
            names += [] if name == "packages" else [f"{name} {it}" for it in its]
            values += [*its, *its.values()]
    known = {*_ENVIRONMENT, "on-the-record version", "on-the-record code"}
    words = [it for it in values if not isinstance(it, dict)]
    return set(names) <= known and all(isinstance(it, str) and _WORDS.fullmatch(it) for it in words)


def _first_difference(expected: RunFolder, found: RunFolder, path: str) -> str:
    with _lines(expected, path) as before, _lines(found, path) as after:
        if before is None or after is None:
            return f"{path} is only in {'the new run' if before is None else 'the kept run'}."
        try:
            for one, other in zip_longest(before, after, fillvalue=(0, None)):
                (number, line_before), (also, line_after) = one, other
                if line_before != line_after:
                    pairs = zip(line_before or "", line_after or "", strict=False)
                    at = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
                    kept, new = _excerpt(line_before, at), _excerpt(line_after, at)
                    return f"{path}, line {number or also}: kept {kept}, new {new}."
        except UNPACKING_FAILED:
            return f"{path} cannot be unpacked in one of the runs."
    return f"{path} differs in its line endings."


@contextmanager
def _lines(folder: RunFolder, path: str) -> Iterator[Iterator[tuple[int, str | None]] | None]:
    """The lines of a file with their numbers, unpacked, a long one in pieces; None where there is no such file."""
    place = folder.path / path
    if not place.is_file() or place.is_symlink():
        yield None
        return
    with unpacked(place) as pieces:
        yield _numbered(pieces)


def _numbered(pieces: Iterator[bytes]) -> Iterator[tuple[int, str | None]]:
    number = 1
    for piece in pieces:
        yield number, piece.decode("utf-8", "replace").rstrip("\r\n")
        number += piece.endswith(b"\n")


_SHOWN = 120


def _excerpt(line: str | None, at: int) -> str:
    """A line, or the part of a long line around the first difference."""
    if line is None:
        return "nothing"
    start = max(0, at - _SHOWN // 2) if len(line) > _SHOWN else 0
    part = line[start : start + _SHOWN]
    return repr(("…" if start else "") + part + ("…" if start + _SHOWN < len(line) else ""))
