"""Two run folders: how far they agree, and the first place where they do not."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from research.outputs.folder.comparing import compare
from research.outputs.folder.run_folder import RunFolder

FILES: dict[str, str | bytes] = {
    "tables/t.csv": '"a"\n1\n2\n',
    "figures/f.png": "pixels",
    "figures/f.svg": "lines",
    "findings.md": "# Findings\n",
}


def packed(text: str, level: int) -> bytes:
    return gzip.compress(text.encode(), level, mtime=0)


ANNOTATIONS = "{" + "abc" * 999 + "}\n"


def notebook(text: str = "a table", picture: str = "AAAA") -> str:
    output = {"data": {"text/plain": text, "image/png": picture}}
    return json.dumps({"cells": [{"outputs": [output]}, {"cell_type": "markdown"}]})


def manifest(**parts: Any) -> str:
    outputs = {"tables/t.csv": "1", "figures/f.png": "2", "notebooks/n.ipynb": "3", "annotations.jsonl.gz": "4"}
    return json.dumps({"outputs": outputs, "environment": {"python": "3.11"}, "digest": "d", "failed": [], **parts})


def page(picture: str = "AAAA", python: str = "3.11", end: str = "end") -> str:
    environment = f'<section id="environment" aria-label="Environment">{python}</section>'
    return f'<p><img src="data:image/png;base64,{picture}" alt="">{environment}<p>{end}'


BASE = FILES | {
    "report.html": page(),
    "annotations.jsonl.gz": packed(ANNOTATIONS, 9),
    "notebooks/n.ipynb": notebook(),
    "manifest.json": manifest(),
}
OTHER_OUTPUTS = {
    "tables/t.csv": "1",
    "figures/f.png": "other",
    "notebooks/n.ipynb": "other",
    "annotations.jsonl.gz": "x",
}

PAIRS: dict[str, tuple[dict[str, str | bytes | None], str, tuple[str, ...], str]] = {
    # what was done to the copy: files (None: taken away); level, files that differ, what the first difference says
    "nothing": ({}, "identical", (), ""),
    "other pixels": ({"figures/f.png": "x"}, "same findings", ("figures/f.png",), ""),
    "other lines": ({"figures/f.svg": "x"}, "same findings", ("figures/f.svg",), ""),
    "other pixels in a notebook": (
        {"notebooks/n.ipynb": notebook(picture="BB")},
        "same findings",
        ("notebooks/n.ipynb",),
        "",
    ),
    "another environment": (
        {"manifest.json": manifest(environment={}, digest="e")},
        "same findings",
        ("manifest.json",),
        "",
    ),
    "the digests of pictures": (
        {"manifest.json": manifest(outputs=OTHER_OUTPUTS), "figures/f.png": "x"},
        "same findings",
        ("figures/f.png", "manifest.json"),
        "",
    ),
    "packed another way": (
        {"annotations.jsonl.gz": packed(ANNOTATIONS, 1), "manifest.json": manifest(outputs=OTHER_OUTPUTS)},
        "same findings",
        ("annotations.jsonl.gz", "manifest.json"),
        "",
    ),
    "other annotations": (
        {"annotations.jsonl.gz": packed(ANNOTATIONS.replace("}", " }"), 9)},
        "differs",
        ("annotations.jsonl.gz",),
        "annotations.jsonl.gz, line 1: kept '…abcabc",
    ),
    "another number": (
        {"tables/t.csv": '"a"\n1\n3\n', "manifest.json": manifest(outputs={"tables/t.csv": "9"})},
        "differs",
        ("manifest.json", "tables/t.csv"),
        "tables/t.csv, line 3: kept '2', new '3'.",
    ),
    "a row less": (
        {"tables/t.csv": '"a"\n1\n'},
        "differs",
        ("tables/t.csv",),
        "tables/t.csv, line 3: kept '2', new nothing.",
    ),
    "other line ends": (
        {"tables/t.csv": '"a"\r\n1\r\n2\r\n'},
        "differs",
        ("tables/t.csv",),
        "tables/t.csv differs in its line endings.",
    ),
    "another text in a notebook": (
        {"notebooks/n.ipynb": notebook("b")},
        "differs",
        ("notebooks/n.ipynb",),
        "notebooks/n.ipynb, line 1: ",
    ),
    "no notebook any more": (
        {"notebooks/n.ipynb": "["},
        "differs",
        ("notebooks/n.ipynb",),
        "notebooks/n.ipynb, line 1: ",
    ),
    "a notebook of another form": (
        {"notebooks/n.ipynb": "[1]"},
        "differs",
        ("notebooks/n.ipynb",),
        "notebooks/n.ipynb, line 1: ",
    ),
    "a file less": ({"findings.md": None}, "differs", ("findings.md",), "findings.md is only in the kept run."),
    "another environment on a page": (
        {"report.html": page(picture="BB", python="3.12")},
        "same findings",
        ("report.html",),
        "",
    ),
    "another text behind the environment of a page": (
        {"report.html": page(end="other")},
        "differs",
        ("report.html",),
        "report.html, line 1: ",
    ),
    "a page that never ends its environment": (
        {"report.html": page() + '<section id="environment"' * 9},
        "differs",
        ("report.html",),
        "report.html, line 1: ",
    ),
    "a picture less": (
        {"figures/f.png": None},
        "differs",
        ("figures/f.png",),
        "figures/f.png is only in the kept run.",
    ),
    "a file more": ({"more.csv": ""}, "differs", ("more.csv",), "more.csv is only in the new run."),
    "no manifest": ({"manifest.json": None}, "differs", ("manifest.json",), "manifest.json is only in the kept run."),
    "another parameter": (
        {"manifest.json": manifest(notebooks=1)},
        "differs",
        ("manifest.json",),
        "manifest.json, line 1: kept ",
    ),
    "a manifest of another form": (
        {"manifest.json": '{"outputs": [1]}'},
        "differs",
        ("manifest.json",),
        "manifest.json, line 1: ",
    ),
}


def written(at: Path, files: dict[str, str | bytes | None]) -> RunFolder:
    for name, text in files.items():
        if text is not None:
            (at / name).parent.mkdir(parents=True, exist_ok=True)
            (at / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return RunFolder(at)


@pytest.mark.parametrize(("change", "level", "files", "first"), PAIRS.values(), ids=PAIRS)
def test_runs_are_compared_by_what_they_say(
    change: dict[str, str | bytes | None], level: str, files: tuple[str, ...], first: str, tmp_path: Path
) -> None:
    kept, new = written(tmp_path / "kept", dict(BASE)), written(tmp_path / "new", {**BASE, **change})
    comparison = compare(kept, new)
    assert (comparison.level, comparison.files) == (level, files)
    assert comparison.first.startswith(first)
    assert bool(comparison.first) == (level == "differs")


def test_a_long_line_is_shown_shortened(tmp_path: Path) -> None:
    kept, new = written(tmp_path / "kept", {"a": "x" * 500}), written(tmp_path / "new", {"a": "y" * 500})
    assert len(compare(kept, new).first) < 300


def test_an_environment_that_begins_again_and_again_and_never_ends_is_compared_as_it_is(tmp_path: Path) -> None:
    """A pattern would go to the end of the page each time that it begins, and this test would not come to its end."""
    begins = '<section id="environment"' * 100_000
    kept, new = written(tmp_path / "kept", {"a.html": begins}), written(tmp_path / "new", {"a.html": f"{begins}other"})
    assert compare(kept, new).level == "differs"
