"""What happens while a run is at work: documents that change, and a cache that is emptied. No wrong run comes of it."""

import errno
import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from research.errors import RunError, SourceError
from research.outputs import runs
from research.outputs.execution import read_notebook
from research.outputs.folder import publishing, run_folder, steps
from research.outputs.folder.comparing import compare
from research.outputs.folder.manifest import problems
from research.outputs.folder.run_folder import RunFolder
from research.outputs.showing import display
from tests import quick
from tests.outputs.conftest import TEXTS

NOTEBOOKS = ("01_corpus", "05_language")
Meanwhile = Callable[[str, int], object]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "dispatches"
    for name, text in TEXTS.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "corpus.toml").write_text("complete = true\n", encoding="utf-8")
    return folder


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RESEARCH_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def run(source: Path, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., RunFolder]:
    """Runs the notebooks into a folder; ``meanwhile`` is called before each cell."""

    def make(meanwhile: Meanwhile = lambda *_: None, outputs: str = "outputs") -> RunFolder:
        def execute(name: str, *arguments: Any, begins: Callable[[int], None]) -> Any:
            def step_in(number: int) -> None:
                begins(number)
                meanwhile(name, number)

            return quick.execute(name, *arguments, begins=step_in)

        monkeypatch.setattr(steps, "execute", execute)
        for place, name in ((display, "png"), (run_folder, "png"), (run_folder, "svg")):  # half of the time of a run
            monkeypatch.setattr(place, name, lambda figure: figure.caption.encode())
        done = runs.run(source, outputs=tmp_path / outputs, notebooks=NOTEBOOKS, jobs=1)
        assert not done.failures, str(done.failures)
        return done.folder

    return make


def at(name: str, number: int, change: Callable[[], object]) -> Meanwhile:
    return lambda *cell: change() if cell == (name, number) else None


def move_away(source: Path) -> object:
    return (source / "strike.txt").rename(source.parent / "aside.txt")


def put_back(source: Path) -> object:
    return (source.parent / "aside.txt").rename(source / "strike.txt")


CHANGES: dict[str, tuple[Callable[[Path], object], Callable[[Path], object]]] = {
    # what is done while a notebook runs, and how it is undone
    "a file moved away": (move_away, put_back),
    "a file added": (
        lambda source: (source / "new.txt").write_text("The minister resigned.", encoding="utf-8"),
        lambda source: (source / "new.txt").unlink(),
    ),
    "the settings changed": (
        lambda source: (source / "corpus.toml").write_text("complete = false\n", encoding="utf-8"),
        lambda source: (source / "corpus.toml").write_text("complete = true\n", encoding="utf-8"),
    ),
    "the folder moved away": (
        lambda source: source.rename(source.parent / "elsewhere"),
        lambda source: (source.parent / "elsewhere").rename(source),
    ),
}


@pytest.fixture(scope="module")
def wanted(tmp_path_factory: pytest.TempPathFactory) -> list[RunFolder]:
    """What the first run gives that nothing happens to."""
    return []


@pytest.fixture
def is_as_it_should(
    run: Callable[..., RunFolder], wanted: list[RunFolder], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], bool]:
    """Whether a run is byte by byte that of a place where nothing happened."""

    def look() -> bool:
        if not wanted:
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("RESEARCH_CACHE", str(tmp_path_factory.mktemp("calm")))
                calm = run(outputs="calm").path
            wanted.append(RunFolder(Path(shutil.copytree(calm, tmp_path_factory.mktemp("wanted") / "run"))))
        return compare(run(), wanted[0]).level == "identical"

    return look


@pytest.mark.parametrize("back", [True, False], ids=["undone before the notebook ends", "undone after the run"])
@pytest.mark.parametrize(("change", "undo"), CHANGES.values(), ids=CHANGES)
def test_documents_that_change_while_a_notebook_runs_poison_no_later_run(
    *,
    run: Callable[..., RunFolder],
    is_as_it_should: Callable[[], bool],
    source: Path,
    change: Callable[[Path], object],
    undo: Callable[[Path], object],
    back: bool,
) -> None:
    """The notebook opens the source while it is another one; for the run it is the same before and after."""
    changed: list[bool] = []

    def meanwhile(name: str, number: int) -> None:
        if (name, number) == ("05_language", 1):
            changed.append(True)
            change(source)
        if changed and back and (name, number) != ("05_language", 1):
            changed.clear()
            undo(source)

    with pytest.raises(SourceError) as raised:
        run(meanwhile)
    assert str(raised.value).count("\n") == 0
    if changed:
        undo(source)
    assert not list(source.parent.glob("outputs/*"))
    assert is_as_it_should()


@pytest.mark.parametrize("when", [("01_corpus", 0), ("01_corpus", 4), ("05_language", 4)])
def test_a_cache_that_is_emptied_meanwhile_loses_no_table(
    run: Callable[..., RunFolder], is_as_it_should: Callable[[], bool], cache: Path, when: tuple[str, int]
) -> None:
    """One sentence, or a run that is whole all the same, since a notebook keeps what it made until its last cell."""
    try:
        run(at(*when, lambda: shutil.rmtree(cache)))
    except RunError as error:
        assert re.fullmatch(r"[^\n]*was emptied while the run was at work\. Run it again\.", str(error))  # noqa: PT017
    assert is_as_it_should()


def test_a_part_of_the_cache_that_goes_meanwhile_is_missed(run: Callable[..., RunFolder], cache: Path) -> None:
    def one_table_less() -> None:
        next((cache / "steps").glob("*.partial/run/tables/corpus.documents.csv")).unlink()

    last = sum(cell.cell_type == "code" for cell in read_notebook("01_corpus").cells)
    with pytest.raises(RunError, match=r"tables/corpus\.documents\.csv was removed"):
        run(at("01_corpus", last, one_table_less))
    assert "corpus.documents" in run().names("tables")


@pytest.mark.parametrize("lost", ["manifest.json", "findings.json", "evidence/*"])
def test_steps_that_are_gone_when_they_are_put_together_are_missed(
    run: Callable[..., RunFolder], cache: Path, lost: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_together = runs._put_together

    def emptied(*arguments: Any) -> Any:
        for path in (cache / "steps").glob(f"*/{lost}"):
            path.unlink()
        return put_together(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(runs, "_put_together", emptied)
        with pytest.raises(RunError, match="was emptied while the run was at work"):
            run()
    assert len(json.loads((run().path / "findings.json").read_text(encoding="utf-8"))) > 5


def test_a_full_disk_in_the_outputs_is_one_sentence(
    run: Callable[..., RunFolder], cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is space for the cache, and none where the notebooks are put together."""

    copy = shutil.copyfileobj

    def full(source: Any, target: Any, *length: int) -> None:
        if "outputs" in Path(target.name).parts:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        copy(source, target, *length)

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copyfileobj", full)
        with pytest.raises(RunError, match=r"cannot be written \(No space left on device\)") as raised:
            run()
    assert str(raised.value).count("\n") == 0
    assert not list(cache.parent.glob("outputs/*")), "nothing half-written is left"


def test_a_cache_that_is_emptied_at_the_end_harms_nothing(
    run: Callable[..., RunFolder], cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish = publishing.publish

    def emptied(*arguments: Any, **options: Any) -> Any:
        shutil.rmtree(cache)
        return publish(*arguments, **options)

    monkeypatch.setattr(runs, "publish", emptied)
    assert problems(run()) == []
