"""A run on a single file counts the judgements in a file that is named, and notices when they change."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from research.outputs.folder.run_folder import RunFolder
from research.outputs.folder.sources import judgements_of, remember_source
from research.outputs.study import open_study
from tests.outputs.judging.conftest import answered
from tests.outputs.judging.test_sampling import fill, rows_in

Research = Callable[..., tuple[int, str, str]]


def command(*words: object) -> tuple[int, str, str]:
    """The command in a process of its own, as kernels want it."""
    done = subprocess.run(
        [sys.executable, "-m", "research", *map(str, words)], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def harbour(town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copy(town / "harbour.txt", tmp_path / "harbour.txt"))


def test_a_run_on_a_single_file_counts_named_judgements(harbour: Path, research: Research) -> None:
    its = ("--notebook", "01", "--jobs", "1")
    code, said, _ = command("run", harbour, "-p", "judgements", "ours.csv", *its)
    assert code == 0
    assert "There is no file ours.csv yet, so no judgement counts." in said
    research("sample", "harbour", "-o", "a.csv")
    filled = fill(Path("b.csv"), answered(rows_in(Path("a.csv"))))
    assert f"Written to {harbour.parent / 'ours.csv'}: " in research("sample", "harbour", "--read", filled)[1]
    assert command("run", harbour, "-p", "judgements", "ours.csv", *its)[0] == 0
    folder = RunFolder(Path("outputs/harbour"))
    written = folder.manifest_path.read_text(encoding="utf-8")
    entry = json.loads(written)["source"]["judgements"]
    assert (entry["path"], entry["by_parameter"]) == ("ours.csv", True)
    assert str(harbour.parent) not in written
    code, _, said = command("run", harbour, *its)
    assert code == 2
    assert "counts the judgements in ours.csv, and this run names none. Add -p judgements ours.csv, or" in said
    assert command("verify", "harbour")[0] == 0
    (harbour.parent / "ours.csv").write_text("document,start,end,exact,judged,verdict\n", encoding="utf-8")
    code, said, _ = command("verify", "harbour")
    assert code == 1
    assert "ours.csv was changed since the run was made." in said
    Path("report.md").write_text("It has one document [@otr.harbour.corpus.documents].\n", encoding="utf-8")
    assert "ours.csv was changed since the run" in research("check", "report.md", "--run", folder.path)[1]


def test_where_named_judgements_are_is_noted_outside_of_the_run(harbour: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    file = tmp_path / "elsewhere" / "ours.csv"
    file.write_text("document,start,end,exact,judged,verdict\n", encoding="utf-8")
    folder = RunFolder(tmp_path / "outputs" / "harbour")
    open_study("corpus", harbour, folder.path, judgements=file).close()
    assert judgements_of(folder, harbour) == tmp_path / "ours.csv", "on another machine, beside the documents"
    remember_source(folder, harbour, file)
    assert judgements_of(folder, harbour) == file
    open_study("corpus", harbour, tmp_path / "other").close()
    assert judgements_of(RunFolder(tmp_path / "other"), harbour) is None


def test_a_run_counts_the_judgements_that_corpus_toml_names(
    town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, research: Research
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(town, tmp_path / "town")
    (tmp_path / "judged").mkdir()
    with (tmp_path / "town" / "corpus.toml").open("a", encoding="utf-8") as settings:
        settings.write('judgements = "../judged/ours.csv"\n')
    its = ("--notebook", "01", "--jobs", "1")
    assert command("run", "town", *its)[0] == 0
    research("sample", "town", "-o", "a.csv")
    filled = fill(Path("b.csv"), answered(rows_in(Path("a.csv"))))
    file = tmp_path / "judged" / "ours.csv"
    assert f"Written to {file}: " in research("sample", "town", "--read", filled)[1]
    assert command("run", "town", *its)[0] == 0
    written = RunFolder(Path("outputs/town")).manifest_path.read_text(encoding="utf-8")
    assert json.loads(written)["source"]["judgements"]["path"] == "ours.csv"
    assert str(tmp_path) not in written
    assert command("verify", "town")[0] == 0
    Path("report.md").write_text("It has some documents [@otr.town.corpus.documents].\n", encoding="utf-8")
    assert "was changed" not in research("check", "report.md", "--run", "outputs/town")[1]
    file.write_text("document,start,end,exact,judged,verdict\n", encoding="utf-8")
    said = research("check", "report.md", "--run", "outputs/town")[1]
    assert "ours.csv was changed since the run" in said
    assert "was added" not in said
