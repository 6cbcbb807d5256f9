"""What a run refuses, before anything is run: one sentence, and nothing is written or changed."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from research.errors import RunError
from research.loading import load
from research.loading.folders import AT_WORK
from research.outputs import runs
from research.outputs.folder.manifest import about, seal
from research.outputs.folder.run_folder import ANCHORS, RunFolder
from research.outputs.folder.steps import Step

Research = Callable[..., tuple[int, str, str]]


def everything(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file below a folder, hidden ones as well, with its bytes and the time of its last change."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


@pytest.fixture
def nothing_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "_carry_out", lambda *_, **__: pytest.fail("something was run"))


pytestmark = pytest.mark.usefixtures("nothing_runs")


@pytest.mark.parametrize(
    ("words", "exit_code", "sentence"),
    [
        ("{source} -p term oil", 2, "No notebook has a parameter 'term'. Did you mean terms?"),
        ("{source} -p terms [1.5]", 2, "The parameter terms takes a list of words, such as"),
        ("{source} -p source x", 2, "The parameter source is set by the command itself"),
        ("{source} -p compare sauce", 2, "There is no column 'sauce' to compare by. The nearest is source. "),
        ("{source} -p compare period:soon", 2, "compared at a date such as period:2022-02-24, not 'soon'"),
        ("{source} --notebook 05_langauge", 2, "There is no notebook '05_langauge'. Did you mean 05_language?"),
        (
            "{source} --notebook 01 -p terms oil",
            2,
            "01_corpus has no parameter 'terms'; 05_language and 06_time have it.",
        ),
        ("nowhere", 2, "There is no file or folder 'nowhere'"),
        ("{empty}", 1, "holds no file. Put documents into it (.txt, .text, "),
        ("{picture}", 1, "photo.txt: the file is binary data, not text"),
        ("{source} --name ../elsewhere", 2, "'../elsewhere' cannot be the name of a run folder"),
        ("{source} --name a/b", 2, "'a/b' cannot be the name of a run folder"),
        ("{source} --name .", 2, "'.' cannot be the name of a run folder"),
        ("{source} --name ..", 2, "'..' cannot be the name of a run folder"),
        ("{source} --name .hidden", 2, "'.hidden' cannot be the name of a run folder"),
        ("{source} --jobs 0", 2, "Invalid value for '--jobs'"),
    ],
)
def test_what_cannot_be_run_is_refused_and_nothing_is_written(  # noqa: PLR0917
    words: str, exit_code: int, sentence: str, dispatches: Path, tmp_path: Path, research: Research
) -> None:
    room = tmp_path / "room"
    for name in ("empty", "picture"):
        (room / name).mkdir(parents=True)
    (room / "picture" / "photo.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    before = everything(tmp_path)
    asked = words.format(source=dispatches, empty=room / "empty", picture=room / "picture").split()
    code, out, err = research("run", *asked, "--outputs", room / "outputs")
    assert (code, out) == (exit_code, "")
    assert sentence in err
    assert everything(tmp_path) == before
    assert not list((room / "outputs").glob("*"))


def test_an_error_is_one_sentence(research: Research) -> None:
    _, _, err = research("run", "nowhere")
    assert err.startswith("research: ")
    assert err.count("\n") == 1


@pytest.fixture
def refused(made: RunFolder, research: Research) -> Callable[..., str]:
    """Asks for a run into the folder that is there; gives what is said, when it is refused and nothing is touched."""

    def ask(*words: object, exit_code: int = 2) -> str:
        before = everything(made.path.parent)
        code, out, err = research("run", *words, "--name", "dispatches", "--outputs", made.path.parent)
        assert (code, out) == (exit_code, "")
        assert everything(made.path.parent) == before
        return err

    return ask


def test_another_source_in_the_same_run_folder_is_refused(refused: Callable[..., str], root: Path) -> None:
    assert "holds a run on other documents: the two have no document in common" in (said := refused(root / "seeds"))
    assert "--name dispatches-2, or replace it with --force" in said


def test_a_source_of_the_same_name_with_other_documents_is_refused(refused: Callable[..., str], tmp_path: Path) -> None:
    (tmp_path / "dispatches").mkdir()
    (tmp_path / "dispatches" / "other.txt").write_text("Another text.", encoding="utf-8")
    assert "holds a run on other documents" in refused(tmp_path / "dispatches")


def test_other_parameters_in_the_same_run_folder_are_refused(refused: Callable[..., str], dispatches: Path) -> None:
    said = refused(dispatches, "-p", "terms", "oil")
    assert "holds a run with other parameters: it has terms = None, this run has terms = ['oil']" in said
    assert "--name dispatches-2" in said


def test_a_parameter_that_another_notebook_of_the_folder_has_is_one_of_the_run(
    made: RunFolder, refused: Callable[..., str], dispatches: Path, research: Research, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = refused(dispatches, "--notebook", "corpus", "-p", "terms", "oil")
    assert "it has terms = None, this run has terms = ['oil']" in said, "all of its notebooks are run again"
    said = refused(dispatches, "--notebook", "corpus", "-p", "terms", "oil", "--force")
    assert "01_corpus has no parameter 'terms'; 05_language and 06_time have it" in said, "the folder is replaced"

    ran: list[dict[str, object]] = []

    def carry_out(steps: list[Step], *_: object, **__: object) -> None:
        ran.extend({"notebook": it.notebook, **it.parameters} for it in steps)
        raise RunError("enough")

    monkeypatch.setattr(runs, "_carry_out", carry_out)
    research(
        *("run", dispatches, "--name", "dispatches", "--outputs", made.path.parent),
        *("--notebook", "corpus", "-p", "least_confidence", "0.2"),
    )
    assert {"notebook": "01_corpus", "copies": False} in ran
    assert [it["least_confidence"] for it in ran if it["notebook"] == "02_statements"] == [0.2]


@pytest.mark.parametrize("content", [b"", b"{}", b"[]"])
def test_a_run_folder_with_a_damaged_manifest_is_not_written_to(
    made: RunFolder, refused: Callable[..., str], dispatches: Path, content: bytes
) -> None:
    made.manifest_path.write_bytes(content)
    assert "--force" in refused(dispatches, exit_code=1)


def test_a_folder_that_is_no_run_folder_is_not_written_to(
    made: RunFolder, refused: Callable[..., str], dispatches: Path
) -> None:
    made.manifest_path.unlink()
    assert "exists and is not a run folder. Choose another name with --name." in refused(dispatches)


@pytest.mark.parametrize("force", [[], ["--force"]], ids=["", "--force"])
def test_a_file_in_the_place_of_the_run_folder_stays(
    made: RunFolder, refused: Callable[..., str], dispatches: Path, force: list[str]
) -> None:
    shutil.rmtree(made.path)
    made.path.write_text("mine", encoding="utf-8")
    assert "exists and is not a run folder" in refused(dispatches, *force)


def test_force_does_not_empty_a_folder_that_is_no_run_folder(
    made: RunFolder, refused: Callable[..., str], dispatches: Path
) -> None:
    shutil.rmtree(made.path)
    made.path.mkdir()
    (made.path / "thesis.docx").write_text("mine", encoding="utf-8")
    assert "exists and is not a run folder" in refused(dispatches, "--force")


def test_a_second_run_into_the_same_folder_is_refused_while_the_first_is_at_work(
    made: RunFolder, refused: Callable[..., str], dispatches: Path
) -> None:
    with FileLock(made.path.parent / f"{AT_WORK}dispatches.lock"):
        assert "Another run is writing" in refused(dispatches, exit_code=1)


@pytest.mark.parametrize("place", ["file", "file/below"])
def test_a_file_in_the_place_of_the_outputs_folder_is_said_and_stays(
    place: str, dispatches: Path, tmp_path: Path, research: Research
) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    code, _, err = research("run", dispatches, "--outputs", tmp_path / place)
    assert code == 1
    assert "cannot be written" in err
    assert "Choose another folder with --outputs." in err
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_outputs_folder_is_said(dispatches: Path, tmp_path: Path, research: Research) -> None:
    (tmp_path / "locked").mkdir(mode=0o500)
    code, _, err = research("run", dispatches, "--outputs", tmp_path / "locked")
    assert code == 1
    assert "cannot be written (Permission denied). Choose another folder with --outputs." in err


def test_a_folder_that_was_renamed_holds_the_run_that_it_held(
    made: RunFolder, dispatches: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its name is in every key that was cited; another one comes with a run that replaces it."""
    called: list[str] = []

    def carry_out(*_: object, name: str, **__: object) -> None:
        called.append(name)
        raise RunError("stopped here")

    monkeypatch.setattr(runs, "_carry_out", carry_out)
    renamed = made.path.rename(made.path.with_name("renamed"))
    folder = RunFolder(renamed)
    seal(folder, about(folder, load(dispatches), {}, name="before-the-strike"))
    for name, force in (("renamed", False), ("renamed", True), ("new", False), (None, False)):
        with pytest.raises(RunError, match="stopped here"):
            runs.run(dispatches, name=name, outputs=renamed.parent, force=force)
    assert called == ["before-the-strike", "renamed", "new", "dispatches"]


def test_web_annotations_are_written_unless_left_out_and_then_as_the_run_has_them(
    made: RunFolder, dispatches: Path, rewrite_manifest: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[bool] = []

    def carry_out(*_: object, web_annotations: bool, **__: object) -> None:
        called.append(web_annotations)
        raise RunError("stopped here")

    monkeypatch.setattr(runs, "_carry_out", carry_out)

    def run(name: str, asked: bool | None) -> None:
        with pytest.raises(RunError, match="stopped here"):
            runs.run(dispatches, name=name, outputs=made.path.parent, web_annotations=asked)

    for name, asked in (("new", None), ("new", False), ("dispatches", None), ("dispatches", False)):
        run(name, asked)
    (made.path / ANCHORS).unlink()
    rewrite_manifest(made, outputs={path: sha for path, sha in made.manifest()["outputs"].items() if path != ANCHORS})
    run("dispatches", None)
    run("dispatches", True)
    assert called == [True, False, True, False, False, True]


def test_of_a_run_folder_without_a_finished_notebook_only_those_asked_for_are_run(
    made: RunFolder, rewrite_manifest: Callable[..., None]
) -> None:
    rewrite_manifest(made, notebooks={}, failed=["05_language"])
    assert runs._with_those_of(made, ["01_corpus"], force=False) == ["01_corpus"]
