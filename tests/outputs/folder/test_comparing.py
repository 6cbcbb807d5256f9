"""Two run folders: how far they agree, and the first place where they do not."""

import base64
import gzip
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from research.outputs.folder.comparing import compare
from research.outputs.folder.run_folder import RunFolder
from research.outputs.folder.writing import json_text
from research.outputs.pages.html import environment_block


def png(level: int = 9, text: str = "", shade: int = 0) -> bytes:
    """A picture of two pixels by two."""
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", 2, 2, 8, 0, 0, 0, 0)),
        *([(b"tEXt", text.encode())] if text else []),
        (b"IDAT", zlib.compress(bytes([0, shade, shade, 0, shade, shade]), level)),
        (b"IEND", b""),
    ]
    chunks = (
        struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def svg(outline: str = "M 0 1.5 z", *, mark: str = "p0123456789", more: str = "", title: str = "Lengths") -> str:
    drawn = f'<path id="{mark}" d="{outline}"/><use href="#{mark}" x="1.25"/>'
    return f'<?xml version="1.0"?>\n<svg xmlns="s" width="2"><title>{title}</title><!-- 10 -->{drawn}{more}</svg>\n'


FILES: dict[str, str | bytes] = {
    "tables/t.csv": '"a"\n1\n2\n',
    "figures/f.png": png(),
    "figures/f.svg": svg(),
    "findings.md": "# Findings\n",
}
HERE = {
    "python": "3.11",
    "implementation": "CPython",
    "system": "Linux",
    "machine": "x86_64",
    "packages": {"numpy": "2.1", "pypdf": "not installed"},
    "on-the-record": {"version": "0.1", "code": "c" * 64},
}
ELSEWHERE = HERE | {"machine": "aarch64"}


def packed(text: str, level: int = 9) -> bytes:
    return gzip.compress(text.encode(), level, mtime=0)


def archive(text: str, level: int = 6, comment: str = "") -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as file:
        file.writestr(zipfile.ZipInfo("sheet.xml"), f"{text}\n" * 99, zipfile.ZIP_DEFLATED, level)
        file.comment = comment.encode()
    return written.getvalue()


ANNOTATIONS = "{" + "abc" * 999 + "}\n"


def notebook(text: str = "a table", picture: bytes = png()) -> str:
    output = {"data": {"image/png": base64.b64encode(picture).decode(), "text/plain": text}}
    content = {"cells": [{"outputs": [output]}, {"cell_type": "markdown"}]}
    return json.dumps(content, indent=1, sort_keys=True) + "\n"


def manifest(**parts: Any) -> str:
    outputs = {
        "tables/t.csv": "1",
        "figures/f.png": "2",
        "notebooks/n.ipynb": "3",
        "annotations.jsonl.gz": "4",
        "tables.xlsx": "5",
    }
    content = {"source": {"name": "s", "documents": []}, "notebooks": {}, "failed": [], "outputs": outputs}
    return json_text(content | {"environment": HERE, "digest": "d"} | parts)


def page(
    picture: bytes = png(),
    environment: dict[str, Any] = HERE,
    *,
    end: str = "end",
    start: str = "",
    drawing: str = svg(),
) -> str:
    kinds = {"png": picture, "svg+xml": drawing.encode()}
    shown = "".join(
        f'<img src="data:image/{kind};base64,{base64.b64encode(data).decode()}" alt="">' for kind, data in kinds.items()
    )
    return f"{start}<p>{shown}{environment_block(environment)}<p>{end}"


BASE = FILES | {
    "report.html": page(),
    "annotations.jsonl.gz": packed(ANNOTATIONS),
    "tables.xlsx": archive("<row>1</row>"),
    "notebooks/n.ipynb": notebook(),
    "manifest.json": manifest(),
}
OTHER_OUTPUTS = {
    "tables/t.csv": "1",
    "figures/f.png": "other",
    "notebooks/n.ipynb": "other",
    "annotations.jsonl.gz": "x",
    "tables.xlsx": "x",
}
THERE = {"manifest.json": manifest(environment=ELSEWHERE), "report.html": page(environment=ELSEWHERE)}
"""What another environment makes of a run that is the same."""

# What another environment may give, and what is a difference here.
MAY_DIFFER: dict[str, dict[str, str | bytes]] = {
    "pixels": {"figures/f.png": png(1, shade=7)},
    "lines": {"figures/f.svg": svg("M 0 1.25 L 2 3 z", mark="pabcdef0123")},
    "pixels in a notebook": {"notebooks/n.ipynb": notebook(picture=png(shade=3))},
    "pixels on a page": {"report.html": page(png(shade=3), ELSEWHERE)},
    "lines on a page": {"report.html": page(environment=ELSEWHERE, drawing=svg("M 2 2 z"))},
    "packed another way": {"annotations.jsonl.gz": packed(ANNOTATIONS, 1)},
    "a workbook packed another way": {"tables.xlsx": archive("<row>1</row>", 0)},
    "the sums of pictures": {"manifest.json": manifest(environment=ELSEWHERE, outputs=OTHER_OUTPUTS)},
}
# What is forged wherever it was made.
FORGED: dict[str, dict[str, str | bytes | None]] = {
    "no picture": {"figures/f.png": b"x"},
    "another number in a workbook": {"tables.xlsx": archive("<row>2</row>")},
    "a comment in a workbook": {"tables.xlsx": archive("<row>1</row>", comment="forged")},
    "no workbook": {"tables.xlsx": b"forged"},
    "a picture with a text": {"figures/f.png": png(text="forged")},
    "bytes behind a picture": {"figures/f.png": png() + b"forged"},
    "a script in a drawing": {"figures/f.svg": svg(more="<script>alert(1)</script>")},
    "an address in a drawing": {"figures/f.svg": svg(more='<use href="http://a"/>')},
    "an event in a drawing": {"figures/f.svg": svg().replace('width="2"', 'width="2" onload="alert(1)"')},
    "words in an outline": {"figures/f.svg": svg("forged")},
    "another title of a drawing": {"figures/f.svg": svg(title="Forged")},
    "a comment in a drawing": {"figures/f.svg": svg(more="<!-- forged -->")},
    "entities in a drawing": {"figures/f.svg": f'<!DOCTYPE svg [<!ENTITY a "b">]>{svg()}'},
    "a drawing that is none": {"figures/f.svg": "<svg></p></svg>"},
    "no picture in a notebook": {"notebooks/n.ipynb": notebook(picture=b"forged")},
    "a key twice in a notebook": {"notebooks/n.ipynb": notebook().replace('"cells"', '"cells": [],\n "cells"')},
    "no notebooks": {"notebooks/n.ipynb": None},
    "a script in a drawing on a page": {
        "report.html": page(environment=ELSEWHERE, drawing=svg(more="<script>alert(1)</script>"))
    },
    "a blank behind a drawing": {"figures/f.svg": svg() + " "},
    "another environment in the manifest alone": {
        "manifest.json": manifest(environment=ELSEWHERE),
        "report.html": page(),
    },
    "no picture on a page": {"report.html": page(b"forged", ELSEWHERE)},
    "other words in the environment of a page": {
        "report.html": page(environment=ELSEWHERE).replace("3.11", "forged", 1)
    },
    "another environment on a page": {"report.html": page(environment=ELSEWHERE | {"system": "Windows"})},
    "the environment moved to the top of a page": {
        "report.html": page(start=environment_block(ELSEWHERE)).replace(environment_block(HERE), "")
    },
    "the environment twice on a page": {"report.html": page(environment=ELSEWHERE, end=environment_block(ELSEWHERE))},
    "a sentence in the environment": {
        "manifest.json": manifest(environment=ELSEWHERE | {"system": "Approved, by the editor: all of it."})
    },
    "another name in the environment": {"manifest.json": manifest(environment=ELSEWHERE | {"approved": "yes"})},
    "a file behind the annotations": {"annotations.jsonl.gz": packed(ANNOTATIONS) + packed("{}\n")},
    "a name in the annotations": {
        "annotations.jsonl.gz": b"\x1f\x8b\x08\x08" + packed("")[4:10] + b"forged\0" + packed(ANNOTATIONS)[10:]
    },
}


@pytest.mark.parametrize("change", MAY_DIFFER.values(), ids=MAY_DIFFER)
def test_pixels_differ_between_environments_and_never_within_one(
    change: dict[str, str | bytes], tmp_path: Path
) -> None:
    kept = written(tmp_path / "kept", {**BASE, **THERE, **change})
    assert compare(kept, written(tmp_path / "new", dict(BASE))).level == "same findings"
    same_place = {path: content for path, content in change.items() if path.startswith(("fig", "not", "ann"))}
    kept = written(tmp_path / "kept here", {**BASE, **same_place})
    comparison = compare(kept, RunFolder(tmp_path / "new"))
    assert (comparison.level, comparison.files) == ("differs" if same_place else "identical", tuple(same_place))


@pytest.mark.parametrize("change", FORGED.values(), ids=FORGED)
def test_what_is_forged_is_found_in_another_environment_as_well(
    change: dict[str, str | bytes | None], tmp_path: Path
) -> None:
    kept = written(tmp_path / "kept", {**BASE, **THERE, **change})
    comparison = compare(kept, written(tmp_path / "new", dict(BASE)))
    assert comparison.level == "differs"
    assert set(change) - {"manifest.json"} <= set(comparison.files)


def test_notebooks_that_papermill_ran_are_passed_over_where_the_manifest_says_so(tmp_path: Path) -> None:
    outputs = {path: sha256 for path, sha256 in OTHER_OUTPUTS.items() if not path.endswith(".ipynb")}
    apart = {"notebooks/n.ipynb": None, "manifest.json": manifest(outputs=outputs, by_notebook=True)}
    new = written(tmp_path / "new", BASE | {"manifest.json": manifest(outputs=OTHER_OUTPUTS)})
    comparison = compare(written(tmp_path / "kept", {**BASE, **apart}), new)
    assert (comparison.level, comparison.apart) == ("identical", True)


PAIRS: dict[str, tuple[dict[str, str | bytes | None], str, tuple[str, ...], str]] = {
    # what was done to the copy: files (None: taken away); level, files that differ, what the first difference says
    "nothing": ({}, "identical", (), ""),
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
        "notebooks/n.ipynb, line 8: ",
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
    "another text behind the environment of a page": (
        {"report.html": page(end="other")},
        "differs",
        ("report.html",),
        "report.html, line 8: ",
    ),
    "a page that never ends its environment": (
        {"report.html": page() + '<section id="environment"' * 9},
        "differs",
        ("report.html",),
        "report.html, line 8: ",
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
        "manifest.json, line 6: kept ",
    ),
    "a manifest of another form": (
        {"manifest.json": '{"outputs": [1]}'},
        "differs",
        ("manifest.json",),
        "manifest.json, line 1: ",
    ),
}


def written(at: Path, files: Mapping[str, str | bytes | None]) -> RunFolder:
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
