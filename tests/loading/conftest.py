"""Folders to load, and a user who may not read everything in them."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from research.loading import Corpus, judgements_file, load, places

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"


def fill(folder: Path, contents: Mapping[str, str | bytes]) -> Path:
    for name, content in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def reasons(corpus: Corpus) -> dict[str, str]:
    """Why each file was left out; all have a remedy, and are in order."""
    assert all(remedy.endswith(".") for _, _, remedy in corpus.rejected)
    assert corpus.rejected == sorted(corpus.rejected)
    return {file: reason for file, reason, _ in corpus.rejected}


@pytest.fixture
def ordinary_user(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder to work in for someone who may not read everything: the superuser steps down for a while."""
    folder = Path(tempfile.mkdtemp(prefix="research-test-"))
    if os.getuid() != 0:
        yield folder
    else:
        # This package may be in a folder that only the superuser may enter: what it reads of itself, it reads before.
        for module in (places, judgements_file):
            monkeypatch.setattr(module, "home", lambda: folder)
        load(fill(folder, {"first.txt": "Text."}))
        (folder / "first.txt").unlink()
        nobody = 65534
        os.chown(folder, nobody, nobody)
        os.setresuid(nobody, nobody, 0)
        try:
            yield folder
        finally:
            os.setresuid(0, 0, 0)
    for path in folder.rglob("*"):
        if path.is_dir():
            path.chmod(0o700)
    shutil.rmtree(folder)
