"""What was made is moved into place so that nothing good is lost, at whatever moment it is stopped."""

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from research.errors import RunError, UsageError
from research.loading import load
from research.outputs.folder import publishing
from research.outputs.folder.collection import collection_block
from research.outputs.folder.comparing import compare
from research.outputs.folder.manifest import problems
from research.outputs.folder.publishing import alone_in, publish, run_folder
from research.outputs.folder.run_folder import RunFolder
from tests.outputs.conftest import paler

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


class Killed(BaseException):
    """The process ends at this moment: nothing behind it is done, no cleaning up either."""


@pytest.mark.parametrize("in_one_step", [True, False], ids=["in one step", "in two steps"])
@pytest.mark.parametrize("stop_at", range(6))
def test_a_run_that_is_killed_while_it_replaces_another_leaves_one_of_them_and_no_mixture(
    made: RunFolder, staged: Callable[[], RunFolder], stop_at: int, in_one_step: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed before any of its steps: the owner's file, the folders that change places, what is removed then."""
    if in_one_step and not can_exchange(made.path.parent):
        pytest.skip("folders cannot change places in one step here")
    (made.path / "notes.md").write_text("mine", encoding="utf-8")
    old, new, left = RunFolder(Path(shutil.copytree(made.path, made.path.parent / "old"))), staged(), [stop_at]

    def stoppable(step: Callable[..., Any]) -> Callable[..., Any]:
        def take(*arguments: Any, **options: Any) -> Any:
            if not left[0]:
                raise Killed
            left[0] -= 1
            return step(*arguments, **options)

        return take

    with monkeypatch.context() as patch:
        patch.setattr(os, "link", stoppable(os.link))
        patch.setattr(os, "replace", stoppable(os.replace))
        patch.setattr(os, "rename", stoppable(os.rename))
        patch.setattr(os, "unlink", stoppable(os.unlink))
        patch.setattr(Path, "unlink", stoppable(Path.unlink))
        exchange = stoppable(publishing.exchanged) if in_one_step else lambda *_: False
        patch.setattr(publishing, "exchanged", exchange)
        with suppress(Killed):
            publish(new, made, failed=False, force=True)
    with alone_in(made):
        pass  # the next run has begun
    assert (made.path / "notes.md").read_text(encoding="utf-8") == "mine"
    wanted = staged()
    (wanted.path / "notes.md").write_text("mine", encoding="utf-8")
    assert "identical" in {compare(made, old).level, compare(made, wanted).level}
    assert not list(made.path.parent.glob(".*")), "nothing else is left"


def can_exchange(room: Path) -> bool:
    for name in ("one", "other"):
        (room / name).mkdir()
    done = publishing.exchanged(room / "one", room / "other")
    for name in ("one", "other"):
        (room / name).rmdir()
    return done


@pytest.mark.parametrize("linked", ["tables", "findings.md", "manifest.json", "notes"])
def test_nothing_is_written_through_a_link_in_a_run_folder(
    made: RunFolder, staged: Callable[[], RunFolder], tmp_path: Path, linked: str
) -> None:
    elsewhere = tmp_path / "elsewhere"
    if (made.path / linked).exists():
        (made.path / linked).rename(elsewhere)
    else:
        elsewhere.mkdir()
    (made.path / linked).symlink_to(elsewhere)
    before = contents(RunFolder(elsewhere))
    assert publish(staged(), made, failed=False, force=True)[0] == "replaced"
    assert contents(RunFolder(elsewhere)) == before
    assert (made.path / linked).is_symlink() == (linked == "notes"), "the owner's own link stays, as a link"
    wanted = staged()
    for path in [*wanted.files(), "manifest.json"]:
        assert (made.path / path).read_bytes() == (wanted.path / path).read_bytes()
        assert not (made.path / path).is_symlink()


def test_a_link_in_the_place_of_a_run_folder_is_refused(made: RunFolder) -> None:
    kept = made.path.rename(made.path.with_name("elsewhere"))
    made.path.symlink_to(kept)
    with pytest.raises(UsageError, match="is a link, and runs do not write through links"):
        run_folder(made.path.parent, made.path.name)


def test_a_run_that_is_intact_stays_where_only_the_machine_is_another(
    made: RunFolder, tmp_path: Path, carried_over: Callable[[RunFolder], None]
) -> None:
    again = RunFolder(Path(shutil.copytree(made.path, tmp_path / "again")))
    carried_over(made)
    before = contents(made)
    result, comparison = publish(again, made, failed=False, force=False)
    assert result == "kept"
    assert comparison is not None
    assert (comparison.level, comparison.files) == ("same findings", (PICTURE, "manifest.json", "report.html"))
    assert contents(made) == before


def test_other_pixels_on_the_same_machine_are_another_result(made: RunFolder, tmp_path: Path) -> None:
    again = RunFolder(Path(shutil.copytree(made.path, tmp_path / "again")))
    (again.path / PICTURE).write_bytes(paler((made.path / PICTURE).read_bytes()))
    result, comparison = publish(again, made, failed=False, force=False)
    assert result == "withheld"
    assert comparison is not None
    assert comparison.files == (PICTURE,)


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


def test_documents_that_corpus_toml_describes_otherwise_replace_the_run(
    made: RunFolder, staged: Callable[[], RunFolder], rewrite_manifest: Callable[..., None], tmp_path: Path
) -> None:
    at = tmp_path / "papers"
    at.mkdir()
    (at / "Sorn_Answer_2031.txt").write_text("The dam stays closed.", encoding="utf-8")

    def described(settings: str) -> dict[str, Any]:
        (at / "corpus.toml").write_text(settings, encoding="utf-8")
        return collection_block(load(at))

    before = described('file_names = "{speaker}_{}_{date}"')
    rewrite_manifest(made, source=before)
    same, other = staged(), staged()
    rewrite_manifest(same, source=before)
    rewrite_manifest(other, source=described('file_names = "{}_{}_{date}"'))
    assert publish(same, made, failed=False, force=False)[0] == "withheld"
    assert publish(other, made, failed=False, force=False)[0] == "replaced", "only the speaker is another"


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


@pytest.mark.parametrize("part", ["lock", "partial", "old"])
@pytest.mark.parametrize("kind", ["link", "folder", "pipe"])
def test_nothing_in_the_place_of_a_runs_own_files_is_written_through_or_ends_in_a_traceback(
    tmp_path: Path, part: str, kind: str
) -> None:
    outputs, other = tmp_path / "outputs", tmp_path / "other"
    outputs.mkdir()
    (other / "run").mkdir(parents=True)
    (other / "run" / "kept.txt").write_text("mine", encoding="utf-8")
    place = outputs / f".on-the-record.town.{part}"
    if kind == "link":
        place.symlink_to(other / "run" / "kept.txt" if part == "lock" else other)
    elif kind == "folder":
        place.mkdir()
    else:
        os.mkfifo(place)
    with suppress(RunError), alone_in(RunFolder(outputs / "town")) as workplace:
        (workplace / "run").mkdir(exist_ok=True)
        assert not workplace.is_symlink()
    assert (other / "run" / "kept.txt").read_text(encoding="utf-8") == "mine"
    assert not (outputs / "town").is_symlink()
