"""What was made is moved into place so that nothing good is lost, at whatever moment it is stopped."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from research.outputs.folder.comparing import compare
from research.outputs.folder.manifest import problems
from research.outputs.folder.publishing import publish
from research.outputs.folder.run_folder import RunFolder

PICTURE = "figures/corpus.lengths.png"


@pytest.fixture
def staged(made: RunFolder, tmp_path: Path, rewrite_manifest: Callable[..., None]) -> Callable[[], RunFolder]:
    """Makes another run to put in the place of ``made``: a file differs, and rejected.csv is not in it."""
    number = iter(range(100))
    original = Path(shutil.copytree(made.path, tmp_path / "original"))

    def make() -> RunFolder:
        folder = RunFolder(Path(shutil.copytree(original, tmp_path / f"staged-{next(number)}")))
        (folder.path / "findings.md").write_text("other", encoding="utf-8")
        (folder.path / "rejected.csv").unlink()
        outputs = folder.manifest()["outputs"]
        rewrite_manifest(folder, outputs={path: outputs[path] for path in folder.files()})
        return folder

    return make


def contents(folder: RunFolder) -> dict[str, tuple[bytes, int]]:
    files = (path for path in folder.path.rglob("*") if path.is_file())
    return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


@pytest.mark.parametrize("stop_at", range(13))
def test_a_run_that_is_stopped_while_it_replaces_another_is_finished_by_the_next(
    made: RunFolder, staged: Callable[[], RunFolder], stop_at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped before any of its steps: each file that is moved, each that is removed."""
    wanted, left = staged(), [stop_at]

    def stoppable(step: Callable[..., Any]) -> Callable[..., Any]:
        def take(*arguments: Any, **options: Any) -> Any:
            if not left[0]:
                raise KeyboardInterrupt
            left[0] -= 1
            return step(*arguments, **options)

        return take

    first = staged()
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", stoppable(os.replace))
        patch.setattr(Path, "unlink", stoppable(Path.unlink))
        with pytest.raises(KeyboardInterrupt):
            publish(first, made, failed=False, force=True)
    assert made.manifest_path.exists(), "it is a run folder still"
    if publish(staged(), made, failed=False, force=False)[0] == "withheld":
        assert problems(made) == [], "nothing was changed yet, so that the old run is whole"
        publish(staged(), made, failed=False, force=True)
    assert compare(made, wanted).level == "identical"


def test_a_run_that_is_intact_stays_where_only_pixels_differ(made: RunFolder, tmp_path: Path) -> None:
    again = RunFolder(Path(shutil.copytree(made.path, tmp_path / "again")))
    (again.path / PICTURE).write_bytes(b"other pixels")
    before = contents(made)
    result, comparison = publish(again, made, failed=False, force=False)
    assert result == "kept"
    assert comparison is not None
    assert (comparison.level, comparison.files) == ("same findings", (PICTURE,))
    assert contents(made) == before


@pytest.mark.parametrize("failed", [False, True])
def test_an_intact_run_is_not_replaced_by_other_findings_from_the_same_documents(
    made: RunFolder, staged: Callable[[], RunFolder], failed: bool
) -> None:
    before = contents(made)
    result, comparison = publish(staged(), made, failed=failed, force=False)
    assert result == "withheld"
    assert comparison is not None
    assert comparison.level == "differs"
    assert contents(made) == before


def test_force_replaces_it(made: RunFolder, staged: Callable[[], RunFolder]) -> None:
    assert publish(staged(), made, failed=False, force=True)[0] == "replaced"
    assert compare(made, staged()).level == "identical"


def test_other_documents_replace_the_run(
    made: RunFolder, staged: Callable[[], RunFolder], rewrite_manifest: Callable[..., None]
) -> None:
    source = made.manifest()["source"]
    new = staged()
    rewrite_manifest(new, source=source | {"documents": source["documents"][1:]})
    assert publish(new, made, failed=False, force=False)[0] == "replaced"
    assert not (made.path / "rejected.csv").exists(), "what the run no longer makes is gone"


def test_a_run_that_was_damaged_is_repaired(made: RunFolder, tmp_path: Path) -> None:
    again = RunFolder(Path(shutil.copytree(made.path, tmp_path / "again")))
    (made.path / PICTURE).write_bytes(b"")
    assert publish(again, made, failed=False, force=False)[0] == "replaced"
    assert problems(made) == []


def test_a_file_that_no_run_made_is_not_removed(made: RunFolder, staged: Callable[[], RunFolder]) -> None:
    (made.path / "notes.md").write_text("mine", encoding="utf-8")
    publish(staged(), made, failed=False, force=True)
    assert (made.path / "notes.md").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("listed", ["../mine.txt", "{}/mine.txt", "tables/../../mine.txt"])
def test_a_forged_manifest_removes_nothing_outside_the_run_folder(
    made: RunFolder, staged: Callable[[], RunFolder], listed: str, rewrite_manifest: Callable[..., None]
) -> None:
    mine = made.path.parent / "mine.txt"
    mine.write_text("mine", encoding="utf-8")
    outputs = made.manifest()["outputs"] | {listed.format(mine.parent): "0" * 64}
    rewrite_manifest(made, outputs=outputs)
    publish(staged(), made, failed=False, force=True)
    assert mine.read_text(encoding="utf-8") == "mine"
