"""Runs of two notebooks: bars, failures, kills and interrupts, and a run that goes on where another ended.

They need no statements, so that each takes a few seconds.
"""

import json
import os
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
from pathlib import Path

import pytest

from research.loading.folders import AT_WORK
from tests.commands import research
from tests.places import Ended, Place, a_place, everything, same, wait_for

TWO = ("--notebook", "01", "--notebook", "09")
THREE = (*TWO, "--notebook", "05")


@pytest.fixture(scope="session")
def part(speeches: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Place, Ended]:
    """A run in a place where nothing was run."""
    place = a_place(tmp_path_factory.mktemp("part"))
    done = place.run_on(speeches, *TWO)
    assert done.returncode == 0, done.stderr
    return place, done


# --- what is seen meanwhile ---


def test_every_bar_moves_forward_to_its_end_and_that_of_a_notebook_cell_by_cell(
    part: tuple[Place, Ended],
) -> None:
    _, run = part
    shown: dict[str, list[float]] = {}
    ends: dict[str, float] = {}
    for name, done, of in re.findall(r"(\w+) +[^\w\r\n][^\r\n]{23} ([\d.]+)/(\d+)", run.stderr):
        shown.setdefault(name, []).append(float(done))
        ends[name] = float(of)
    assert list(shown) == [
        "reading",
        "annotating",
        "comparing",
        "notebooks",
        "01_corpus",
        "rereading",
        "09_report",
        *list(shown)[7:],
    ]
    assert {name: its[-1] for name, its in shown.items()} == ends
    assert all(its == sorted(its) for its in shown.values())
    assert ends["notebooks"] == 2
    assert all(any(0 < it < ends[name] for it in shown[name]) for name in ("01_corpus", "notebooks"))


def test_verify_makes_the_run_again_and_finds_it_identical(
    part: tuple[Place, Ended], speeches: Path, tmp_path: Path
) -> None:
    """The documents have moved into a folder of another name."""
    place, _ = part
    elsewhere = Path(shutil.copytree(speeches, tmp_path / "renamed"))
    before, sources = everything(place.room), everything(elsewhere)
    done = place.research("verify", place.run, "--source", elsewhere, "--format", "json")
    assert done.returncode == 0, done.stdout
    files, rerun = json.loads(done.stdout)
    assert (files["result"], rerun["result"]) == ("intact", "identical")
    assert "identical, every byte of every file" in rerun["message"]
    assert (everything(place.room), everything(elsewhere)) == (before, sources), "verifying writes nothing"


# --- what goes wrong ---


@pytest.fixture(scope="session")
def failed(speeches: Path, tmp_path_factory: pytest.TempPathFactory, root: Path) -> tuple[Place, Path, Ended]:
    """A run with a release whose 05_language fails while a certain file is not there, and that file."""
    room = tmp_path_factory.mktemp("failed")
    release, map_of_it = room / "release", room / "map"
    for part in ("src/research", "notebooks", "seeds"):
        shutil.copytree(root / part, release / part, ignore=shutil.ignore_patterns("__pycache__"))
    notebook = release / "notebooks" / "05_language.ipynb"
    content = json.loads(notebook.read_text(encoding="utf-8"))
    for cell in content["cells"]:
        if cell["id"] == "open":
            cell["source"] = [f"open({str(map_of_it)!r}).close()\n", *cell["source"]]
    notebook.write_text(json.dumps(content), encoding="utf-8")
    place = a_place(room / "room", PYTHONPATH=str(release / "src"))
    return place, map_of_it, place.run_on(speeches, *THREE)


def test_a_notebook_that_fails_is_named_and_the_others_are_finished(
    failed: tuple[Place, Path, Ended], speeches: Path
) -> None:
    place, map_of_it, done = failed
    assert done.returncode == 1
    (line,) = (line for line in done.stdout.splitlines() if line.startswith("FAILED"))
    assert line.startswith(
        "FAILED: 05_language stopped in cell [3]: FileNotFoundError: [Errno 2] No such file or directory: "
        f"'{map_of_it}' "
    )
    assert Path(line.split()[-1]).exists(), "the notebook can be opened as far as it came"
    assert f"Written to {place.run} without 05_language." in done.stdout
    made = sorted(path.stem for path in (place.run / "notebooks").iterdir())
    assert made == ["01_corpus", "09_report"]
    assert json.loads((place.run / "manifest.json").read_text(encoding="utf-8"))["failed"] == ["05_language"]
    for path in place.run.rglob("*"):
        data = b"" if path.is_dir() else path.read_bytes()
        assert str(place.room.parent).encode() not in data
        assert str(speeches).encode() not in data
    verified = research("verify", place.run, "--no-rerun")
    assert verified.returncode == 1
    assert "The notebook 05_language failed when the run was made." in verified.stdout


def test_where_the_first_run_failed_another_notebook_can_be_run_alone(
    failed: tuple[Place, Path, Ended], speeches: Path, tmp_path: Path
) -> None:
    place = a_place(tmp_path / "room", **failed[0].settings)
    done = place.run_on(speeches, "--notebook", "05")
    assert done.returncode == 1
    assert "0 findings" not in done.stdout
    assert f"There is no finding, so {place.run} was not written.\n" in done.stdout
    assert "Fix the cause and repeat the command: only 05_language and what builds on it" in done.stdout
    assert not place.run.exists()
    assert place.run_on(speeches, "--notebook", "01").returncode == 0
    assert [path.stem for path in (place.run / "notebooks").iterdir()] == ["01_corpus"]


def test_what_failed_once_is_in_the_report_when_it_works_again(
    failed: tuple[Place, Path, Ended], speeches: Path
) -> None:
    place, map_of_it, _ = failed
    map_of_it.touch()
    done = place.run_on(speeches, *THREE)
    assert done.returncode == 0, done.stdout
    report = (place.run / "notebooks" / "09_report.ipynb").read_text(encoding="utf-8")
    assert "language.count.harbour" in report
    assert not [path for path in place.outputs.iterdir() if path.name.startswith(".")], "no failed notebook is left"


def test_without_space_nothing_half_written_is_left_and_one_sentence_says_so(speeches: Path, tmp_path: Path) -> None:
    # Python would cut its own compiled files at the limit, and every later process would stumble over them.
    place = a_place(tmp_path, PYTHONDONTWRITEBYTECODE="1")
    limit = {"preexec_fn": lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))}
    done = place.run_on(speeches, **limit)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr + done.stdout
    said = [line for line in (done.stderr + done.stdout).splitlines() if "File too large" in line]
    assert said
    assert "cannot be written (File too large)" in said[0]
    assert not [path for path in place.outputs.rglob("*") if path.is_file()]


@pytest.fixture(scope="session")
def killed(speeches: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Place, Ended]:
    """A place where a run was killed in the middle, and what a second run was told while the first was at work."""
    place = a_place(tmp_path_factory.mktemp("killed"))
    first = place.start(
        *("run", speeches, "--outputs", place.outputs, "--jobs", 1, *TWO),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    wait_for("the run to begin", (place.outputs / f"{AT_WORK}speeches.partial").exists)
    second = research("run", speeches, "--outputs", place.outputs)
    wait_for("a first notebook to be done", lambda: [*(place.room / "cache" / "steps").glob("*/manifest.json")])
    os.killpg(first.pid, signal.SIGKILL)
    first.wait(timeout=30)
    return place, second


def test_a_second_run_into_the_same_folder_is_refused_meanwhile(
    killed: tuple[Place, Ended],
) -> None:
    place, second = killed
    assert (second.returncode, second.stdout) == (1, "")
    assert f"research: Another run is writing {place.run}. Wait for it to end" in second.stderr


def test_a_run_that_was_killed_leaves_nothing_half_written_and_the_next_call_finishes_it(
    killed: tuple[Place, Ended], part: tuple[Place, Ended], speeches: Path
) -> None:
    place, _ = killed
    assert not place.run.exists(), "the run was killed before it was in place"
    done = place.run_on(speeches, *TWO)
    assert done.returncode == 0, done.stderr
    assert same(place.run, part[0].run) == []
    assert [path.name for path in place.outputs.iterdir()] == ["speeches"]


def test_an_interrupt_ends_a_run_with_one_sentence(speeches: Path, tmp_path: Path) -> None:
    place = a_place(tmp_path)
    process = place.start("run", speeches, "--outputs", place.outputs)
    wait_for("the run to begin", lambda: [*place.outputs.glob(".on-the-record.*.partial")])
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err.splitlines()[-1] == "research: stopped. Finished steps are kept; the same command resumes."
    assert "Traceback" not in err
    assert list(place.outputs.iterdir()) == []


def test_an_interrupt_within_a_notebook_is_as_clean_and_the_next_call_goes_on(
    part: tuple[Place, Ended], speeches: Path, tmp_path: Path
) -> None:
    place = a_place(tmp_path)
    process = place.start("run", speeches, "--outputs", place.outputs, "--jobs", 1, *TWO)
    steps = place.room / "cache" / "steps"
    wait_for("a notebook to be at work", lambda: [*steps.glob("*.partial/run/.part-of-a-run")])
    with sqlite3.connect(place.room / "cache" / "annotations.sqlite") as cache:
        before = cache.execute("select count(*) from annotations").fetchone()
    cache.close()
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err.splitlines()[-1] == "research: stopped. Finished steps are kept; the same command resumes."
    assert "Traceback" not in err
    assert before[0] == 4 * 12 + 1, "sentences, tokens, counts and kind of each document are kept, and which are copies"
    done = place.run_on(speeches, *TWO)
    assert done.returncode == 0, done.stderr
    assert same(place.run, part[0].run) == []


def test_counting_documents_alone_asks_no_model_and_keeps_no_statements(
    part: tuple[Place, Ended],
) -> None:
    place, _ = part
    assert not (place.run / "annotations.jsonl.gz").exists()
    with sqlite3.connect(place.room / "cache" / "annotations.sqlite") as cache:
        kept = {version.split()[0] for (version,) in cache.execute("select version from annotations")}
    cache.close()
    layers = kept - {"part"}  # parts of the anchors and of the report
    assert layers == {"counts", "copies", "kinds", "sentences", "text"}, "sentences and tokens; no statement is made"
