"""Compare two run folders: identical, the same findings, or different, and the first difference."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from itertools import takewhile, zip_longest
from pathlib import Path
from typing import Any, Literal

from research.outputs.folder.run_folder import RunFolder
from research.outputs.folder.writing import sha256_of

Level = Literal["identical", "same findings", "differs"]


@dataclass(frozen=True)
class Comparison:
    """How far two runs agree, the files that differ, and the first difference in one sentence.

    ``same findings`` is what another processor or another supported Python may produce: only the manifest's
    ``environment`` block and the pixels of pictures differ.
    """

    level: Level
    files: tuple[str, ...] = ()
    first: str = ""


def compare(expected: RunFolder, found: RunFolder) -> Comparison:
    """Compare all files of two run folders, first by their bytes and then by their content.

    Plain papermill writes notebooks wherever the analyst wants them, so they are ignored if the expected run has none.
    """
    paths = sorted({*expected.files(), *found.files(), "manifest.json"})
    if not any(map(_is_notebook, expected.files())):
        paths = [path for path in paths if not _is_notebook(path)]
    unequal = [path for path in paths if _sha256(expected, path) != _sha256(found, path)]
    if not unequal:
        return Comparison("identical")
    different = [path for path in unequal if _meaning(expected, path) != _meaning(found, path)]
    if not different:
        return Comparison("same findings", tuple(unequal))
    # The manifest repeats the sha256 of whatever differs, so another file tells more.
    first = min(different, key=lambda path: (path == "manifest.json", paths.index(path)))
    return Comparison("differs", tuple(different), _first_difference(expected, found, first))


def _sha256(folder: RunFolder, path: str) -> str | None:
    place = folder.path / path
    return sha256_of(place) if place.is_file() else None


def _meaning(folder: RunFolder, path: str) -> Any:
    """The content that must be the same on every machine: all text, but only the presence of a picture."""
    sha256 = _sha256(folder, path)
    if sha256 is None:
        return None
    if path.endswith((".png", ".svg")):
        return "a picture"
    if path.endswith(".gz"):
        return _unpacked(folder.path / path)
    if path.endswith(".html"):
        return _without_machine((folder.path / path).read_bytes())
    if path == "manifest.json" or path.endswith(".ipynb"):
        try:
            content = json.loads((folder.path / path).read_bytes())
            return _without_environment(content) if path == "manifest.json" else _without_pixels(content)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return sha256
    return sha256


def _without_machine(page: bytes) -> bytes:
    """A page without the pixels of its pictures and without its environment block.

    The block is found by ``partition``, not by a pattern, so that no forged page takes more than linear time.
    """
    before, _, block = page.partition(b'<section id="environment"')
    _, ended, after = block.partition(b"</section>")
    return _PICTURE.sub(b"", before + after if ended else page)


_PICTURE = re.compile(rb'(?<=<img src=")data:[^"]*+')


def _unpacked(path: Path) -> str | None:
    """A sha256 of the unpacked content: another release of zlib packs the same content into other bytes."""
    total = hashlib.sha256()
    try:
        with gzip.open(path) as file:
            while part := file.read(1 << 20):
                total.update(part)
    except (OSError, EOFError, zlib.error):
        return sha256_of(path)
    return total.hexdigest()


def _without_environment(manifest: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in manifest.items() if name not in ("environment", "digest")}
    outputs = manifest["outputs"].items()
    # Notebooks and pages contain pixels, and packed files depend on zlib; each is compared by its own content.
    without_pixels = {path: sha256 for path, sha256 in outputs if not path.endswith((".png", ".svg", ".gz", ".html"))}
    kept["outputs"] = {path: sha256 for path, sha256 in without_pixels.items() if not _is_notebook(path)}
    return kept


def _is_notebook(path: str) -> bool:
    return path.endswith(".ipynb")


def _without_pixels(notebook: dict[str, Any]) -> dict[str, Any]:
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            if "image/png" in data:
                data["image/png"] = "a picture"
                # The same pixels in an element that carries their alternative text (see ``display.picture``).
                data["text/html"] = _PICTURE.sub(b"", "".join(data.get("text/html", "")).encode())
    return notebook


def _first_difference(expected: RunFolder, found: RunFolder, path: str) -> str:
    with _lines(expected, path) as before, _lines(found, path) as after:
        if before is None or after is None:
            return f"{path} is only in {'the new run' if before is None else 'the kept run'}."
        try:
            for number, (line_before, line_after) in enumerate(zip_longest(before, after), start=1):
                if line_before != line_after:
                    pairs = zip(line_before or "", line_after or "", strict=False)
                    at = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
                    return f"{path}, line {number}: kept {_excerpt(line_before, at)}, new {_excerpt(line_after, at)}."
        except (OSError, EOFError, zlib.error):
            return f"{path} cannot be unpacked in one of the runs."
    return f"{path} differs in its line endings."


@contextmanager
def _lines(folder: RunFolder, path: str) -> Iterator[Iterator[str] | None]:
    """The unpacked lines of a file, read lazily; None if there is no such file."""
    place = folder.path / path
    if not place.is_file():
        yield None
        return
    with place.open("rb") as file, gzip.open(file) if path.endswith(".gz") else nullcontext(file) as unpacked:
        yield (line.decode("utf-8", "replace").rstrip("\r\n") for line in unpacked)


_SHOWN = 120


def _excerpt(line: str | None, at: int) -> str:
    """A line, or the part of a long line around the first difference."""
    if line is None:
        return "nothing"
    start = max(0, at - _SHOWN // 2) if len(line) > _SHOWN else 0
    part = line[start : start + _SHOWN]
    return repr(("…" if start else "") + part + ("…" if start + _SHOWN < len(line) else ""))
