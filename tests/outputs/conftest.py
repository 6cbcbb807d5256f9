"""A small run folder, made once without a kernel, and copies of it to tamper with."""

import json
import shutil
import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest

from research.analysis import actors, claims, corpus, language, statements
from research.outputs.execution import write_notebook
from research.outputs.folder.manifest import digest
from research.outputs.folder.run_folder import RunFolder
from research.outputs.folder.writing import json_text, sha256_of
from research.outputs.pages import report
from research.outputs.pages.html import environment_block
from research.outputs.study import open_study
from tests import commands

TEXTS = {
    "harbour.txt": "date 2021-03-04 The council approved the harbour budget. Critics called the harbour too dear.",
    "letters/reply.txt": "The minister answered within a week. The harbour stays open, said the minister.",
    "strike.txt": "date 2021-05-17 Dock workers ended their strike. The harbour reopened on Monday.",
}


@pytest.fixture(scope="session", autouse=True)
def cache_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nothing here reads or writes the cache of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RESEARCH_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def dispatches(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of three texts and a picture that calls itself a text."""
    folder = tmp_path_factory.mktemp("source") / "dispatches"
    for name, text in TEXTS.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "photo.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    return folder


@pytest.fixture(scope="session")
def _made_once(dispatches: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("outputs") / "dispatches"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# A question", id="question")])
    write_notebook(notebook, path / "notebooks" / "01_corpus.ipynb")

    study = open_study("corpus", dispatches, path)
    documents = corpus.documents(study.annotations)
    study.table("documents", documents, caption="Documents")
    study.figure("lengths", corpus.lengths(documents))
    for finding in corpus.findings(study.annotations):
        study.finding(finding)
    study.close()

    study = open_study("statements", dispatches, path, speakers=None, least_confidence=0.2)
    for finding in statements.findings(study.annotations):
        study.finding(finding)
    study.close()

    study = open_study("actors", dispatches, path, actors=None, least_confidence=0.2)
    for finding in actors.findings(study.annotations):
        study.finding(finding)
    study.close()

    study = open_study("claims", dispatches, path, speakers=None, units=None, least_confidence=0.2)
    for finding in claims.findings(study.annotations):
        study.finding(finding)
    study.close()

    study = open_study("language", dispatches, path, terms=None)
    study.table("readability", language.readability(study.annotations), caption="Readability")
    for finding in language.findings(study.annotations):
        study.finding(finding)
    study.close()
    return path


@pytest.fixture
def made(_made_once: Path, tmp_path: Path) -> RunFolder:
    """A copy of the run folder of the three texts."""
    return RunFolder(Path(shutil.copytree(_made_once, tmp_path / "outputs" / "dispatches")))


@pytest.fixture
def rewrite_manifest() -> Callable[..., None]:
    """Changes the manifest of a run folder and gives it a digest that agrees, as a careful forger would."""

    def rewrite(folder: RunFolder, **parts: Any) -> None:
        content = json.loads(folder.manifest_path.read_text(encoding="utf-8")) | parts
        content["digest"] = digest(content)
        folder.manifest_path.write_text(json_text(content), encoding="utf-8")

    return rewrite


@pytest.fixture
def carried_over(rewrite_manifest: Callable[..., None]) -> Callable[[RunFolder], None]:
    """Makes a run one that was made on another machine: another environment and other pixels, and no word else."""

    def carry(folder: RunFolder) -> None:
        here = folder.manifest()["environment"]
        there = here | {"machine": "aarch64", "python": "3.99.1"}
        page = folder.path / "report.html"
        text = page.read_text(encoding="utf-8")
        assert text.count(environment_block(here)) == 1
        page.write_text(text.replace(environment_block(here), environment_block(there)), encoding="utf-8")
        for picture in folder.path.glob("figures/*.png"):
            picture.write_bytes(paler(picture.read_bytes()))
        outputs = folder.manifest()["outputs"]
        now = {path: sha256_of(folder.path / path) for path in outputs}
        rewrite_manifest(folder, outputs=now, environment=there)

    return carry


def paler(picture: bytes) -> bytes:
    """A PNG with other pixels, as many as before."""
    before, mark, rest = picture.partition(b"IDAT")
    (length,) = struct.unpack(">I", before[-4:])
    assert mark
    assert rest[length + 8 : length + 12] == b"IEND", "all pixels are in one chunk"
    pixels = zlib.compress(bytes(len(zlib.decompress(rest[:length]))))
    chunk = struct.pack(">I", len(pixels)) + mark + pixels + struct.pack(">I", zlib.crc32(mark + pixels))
    return before[:-4] + chunk + rest[length + 4 :]


@pytest.fixture
def on_pages(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Nothing fits into one file any more, and a page is full with little on it."""
    monkeypatch.setattr(report, "IN_ONE_FILE", 0)
    monkeypatch.setattr("research.outputs.pages.html._FULL", 2_000)
    monkeypatch.setattr("research.outputs.pages.documents._FULL", 1_000)
    monkeypatch.setattr(report, "LISTED_AT_ONCE", 1)
    monkeypatch.setattr(report, "ON_THE_FRONT", 4)
    monkeypatch.setattr(report, "SINGLY", 1)
    return monkeypatch


@pytest.fixture
def research() -> Callable[..., tuple[int, str, str]]:
    """The command in this process: its exit code, what it prints, and what it prints as an error."""

    def call(*words: object) -> tuple[int, str, str]:
        done = commands.research(*words)
        return done.returncode, done.stdout, done.stderr

    return call
