"""Forgeries of a run folder, for ``benchmarks/chaos.py``: of every file, of several files, and of the manifest."""

from __future__ import annotations

import json
import os
import random
import shutil
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from research.outputs.folder.comparing import compare
from research.outputs.folder.manifest import digest, problems
from research.outputs.folder.run_folder import RunFolder
from research.outputs.folder.writing import json_text, sha256_of
from research.outputs.pages.html import environment_block

Table = Counter[tuple[str, str]]
"""How many cases of a kind came to what."""


def _rewritten(path: Path, change: Callable[[bytes], bytes]) -> None:
    path.write_bytes(change(path.read_bytes()))


def _through_a_link(path: Path) -> None:
    kept = path.rename(path.parent.parent / f"kept-{path.name}")
    path.symlink_to(kept)


def _as_a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


FORGERIES: Mapping[str, Callable[[Path], object]] = {
    "a byte changed": lambda path: _rewritten(path, lambda data: data[:-9] + bytes([data[-9] ^ 1]) + data[-8:]),
    "a blank more": lambda path: _rewritten(path, lambda data: data + b" "),
    "other line ends": lambda path: _rewritten(path, lambda data: data.replace(b"\n", b"\r\n") + b"\r\n"),
    "cut": lambda path: _rewritten(path, lambda data: data[: len(data) // 2]),
    "empty": lambda path: path.write_bytes(b""),
    "removed": lambda path: path.unlink(),
    "a link": _through_a_link,
    "a pipe": _as_a_pipe,
    "a script": lambda path: _rewritten(path, lambda data: data + b"<script>alert(1)</script>"),
    "another file": lambda path: path.with_name(f"{path.name}.txt").write_text("forged", encoding="utf-8"),
}


def _in_report(folder: RunFolder, change: Callable[[str, str], str]) -> None:
    report, block = folder.path / "report.html", environment_block(folder.manifest()["environment"])
    report.write_text(change(report.read_text(encoding="utf-8"), block), encoding="utf-8")


def _environment_to_the_top(folder: RunFolder) -> None:
    _in_report(folder, lambda page, block: (block + page.replace(block, "")).replace("Environment", "Approved", 1))


def _scripts_in_pictures(folder: RunFolder) -> None:
    for path in folder.path.glob("figures/*.svg"):
        _rewritten(path, lambda data: data.replace(b"</svg>", b"<script>alert(1)</script></svg>"))
    for path in folder.path.glob("figures/*.png"):
        path.write_bytes(b"\x89PNG\r\n\x1a\nforged")


WHOLE: Mapping[str, Callable[[RunFolder], object]] = {
    "the environment of the report moved to the top": _environment_to_the_top,
    "the environment of the report with other words": lambda folder: _in_report(
        folder, lambda page, block: page.replace(block, block.replace("CPython", "Approved by CPython"))
    ),
    "every picture replaced, with a script in each": _scripts_in_pictures,
    "all notebooks removed": lambda folder: shutil.rmtree(folder.path / "notebooks"),
    "all notebooks emptied": lambda folder: [path.write_text("{}") for path in folder.path.glob("notebooks/*")],
    "a subfolder is a link": lambda folder: _through_a_link(folder.path / "tables"),
}
"""Forgeries of several files; the manifest is made to agree with each."""


def manifest_text(folder: RunFolder) -> str:
    """The manifest as it is written."""
    return folder.manifest_path.read_text(encoding="utf-8")


OF_THE_MANIFEST: Mapping[str, Callable[[RunFolder], object]] = {
    "a blank more": lambda folder: folder.manifest_path.write_text(manifest_text(folder) + " "),
    "a blank within": lambda folder: folder.manifest_path.write_text(manifest_text(folder).replace(":", " :", 1)),
    "a key twice": lambda folder: folder.manifest_path.write_text(
        manifest_text(folder).replace("{", '{\n "name": "forged",', 1)
    ),
    "a link": lambda folder: _through_a_link(folder.manifest_path),
    "a pipe": lambda folder: _as_a_pipe(folder.manifest_path),
    "another order": lambda folder: sealed(folder, lambda it: dict(reversed(it.items()))),
    "another part": lambda folder: sealed(folder, lambda it: {**it, "approved": "yes"}),
    "another environment": lambda folder: sealed(
        folder, lambda it: it | {"environment": it["environment"] | {"machine": "other"}}
    ),
    "another code": lambda folder: sealed(
        folder,
        lambda it: it | {"environment": it["environment"] | {"on-the-record": {"version": "9", "code": "f" * 64}}},
    ),
    "another source": lambda folder: sealed(folder, lambda it: it | {"source": it["source"] | {"rejected": 7}}),
    "another parameter": lambda folder: sealed(
        folder, lambda it: it | {"notebooks": it["notebooks"] | {"corpus": {"copies": True}}}
    ),
    "run one by one": lambda folder: sealed(folder, lambda it: it | {"by_notebook": True}),
}


def sealed(folder: RunFolder, change: Callable[[dict[str, Any]], dict[str, Any]] = lambda it: it) -> None:
    """Write a manifest that agrees with the files as they are, as a careful forger would."""
    content = change({name: value for name, value in json.loads(manifest_text(folder)).items() if name != "digest"})
    present = [path for path in folder.files() if (folder.path / path).is_file()]
    content["outputs"] = {path: sha256_of(folder.path / path) for path in sorted(present)}
    folder.manifest_path.write_text(json_text(content | {"digest": digest(content)}), encoding="utf-8")


def from_elsewhere(folder: RunFolder) -> None:
    """Make a run one of another machine, as far as it says where it was made."""
    here = folder.manifest()["environment"]
    there = here | {"machine": "aarch64", "python": "3.13.1"}
    report = folder.path / "report.html"
    page = report.read_text(encoding="utf-8").replace(environment_block(here), environment_block(there))
    report.write_text(page, encoding="utf-8")
    sealed(folder, lambda it: it | {"environment": there})


def is_found(folder: RunFolder, again: RunFolder) -> bool:
    """Whether verifying finds something against a run, given what running again makes."""
    return bool(problems(folder)) or compare(folder, again).level == "differs"


def forge(room: Path, again: RunFolder, table: Table, most: int | None, draw: random.Random) -> None:
    """Try every forgery of copies of a run, or so many drawn ones, and count in the table what verifying finds."""
    files = again.files()
    cases: list[tuple[str, Callable[[RunFolder], object], bool]] = []
    for name, forgery in FORGERIES.items():
        of_files = [(path, (lambda folder, path=path, forgery=forgery: forgery(folder.path / path))) for path in files]
        cases += [(f"{path}: {name}", deed, True) for path, deed in of_files]
    cases += [(name, deed, True) for name, deed in WHOLE.items()]
    cases += [(f"manifest.json: {name}", deed, False) for name, deed in OF_THE_MANIFEST.items()]
    if most is not None:
        cases = draw.sample(cases, most)
    for number, (name, deed, agrees) in enumerate(cases):
        for kind in ("as it is", "with a manifest that agrees", "and from another machine") if agrees else ("alone",):
            folder = RunFolder(Path(shutil.copytree(again.path, room / str(number) / "dispatches")))
            if kind == "and from another machine":
                from_elsewhere(folder)
            with suppress(FileNotFoundError):
                deed(folder)
                if kind != "as it is" and agrees:
                    sealed(folder)
            # Elsewhere the bytes of pixels may be others; that nothing but pixels is, is what the rest of it tries.
            table["forgeries", "right" if is_found(folder, again) else f"wrong: {name}, {kind}"] += 1
            shutil.rmtree(room / str(number))
    whole = RunFolder(Path(shutil.copytree(again.path, room / "whole" / "dispatches")))
    table["forgeries", "wrong: a whole run" if is_found(whole, again) else "right"] += 1
    from_elsewhere(whole)
    table["forgeries", "wrong: a run from elsewhere" if is_found(whole, again) else "right"] += 1
    shutil.rmtree(room / "whole")
