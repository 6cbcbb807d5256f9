"""Whole runs, as a person starts them: each is a process of its own, with real kernels.

A run takes several seconds, so that the runs are made once and shared; what is tampered with is a copy.
"""

import filecmp
import getpass
import json
import os
import re
import resource
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from research.loading.folders import AT_WORK
from tests.commands import research

SPEECHES = [
    "The council of Aldmere approved a harbour budget of 4 million crowns. “We had to,” said Mayor Ilse Brandt.",
    "Critics called the harbour too dear. The opposition, led by Tomas Rhee, asked for a referendum on the budget.",
    "Dock workers in Aldmere began a strike on Monday. Their union demands that wages rise with prices.",
    "The strike ended after nine days. The minister of labour, Ana Novak, said that both sides had given way.",
    "“The harbour stays open,” Novak told reporters. She did not say who would pay for the new quay.",
    "Parliament debated the sanctions for six hours. Rhee warned that grain prices would follow.",
    "The sanctions were adopted with 61 votes to 48. Brandt abstained, her office said in a statement.",
    "Grain prices rose by 7 percent in a month, the statistics office reported. The minister called it passing.",
    "A court in Aldmere suspended the harbour budget. The council had not heard the fishermen, the judges wrote.",
    "The fishermen welcomed the ruling. “Nobody asked us,” said their speaker, Old Joris.",
    "Brandt announced a second hearing about the harbour. The opposition said that it would attend.",
]
HOSTILE = "<img src=x onerror=alert(1)>"
"""A name and a text that would do harm in a page if they were not escaped."""


def a_folder_of_twelve(at: Path) -> Path:
    """Twelve dated texts in two folders, and a picture that calls itself a text."""
    (at / "2022").mkdir(parents=True)
    for number, text in enumerate(SPEECHES, start=1):
        folder = at / "2022" if number > 6 else at
        (folder / f"{number:02}.txt").write_text(f"date {2021 + number // 7}-{number:02}-17 {text}", encoding="utf-8")
    hostile = f"date 2022-12-17 <script>alert(1)</script> The harbour {HOSTILE} closed. The harbour opened again."
    (at / f"{HOSTILE}.txt").write_text(hostile, encoding="utf-8")
    (at / "photo.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    return at


@dataclass(frozen=True)
class Place:
    """A machine's surroundings for a run: a folder of its own with home, cache and outputs."""

    room: Path
    settings: dict[str, str]
    working_directory: Path

    @property
    def outputs(self) -> Path:
        return self.room / "outputs"

    @property
    def run(self) -> Path:
        return self.outputs / "speeches"

    @property
    def environment(self) -> dict[str, str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PYTHON", "JUPYTER", "MPL", "IPYTHON"))
        }
        own = {"HOME": str(self.room / "home"), "RESEARCH_CACHE": str(self.room / "cache")}
        return kept | own | self.settings

    def start(self, *words: object, **options: Any) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "research.cli", *map(str, words)]
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "encoding": "utf-8"}
        with heeding_interrupts():
            return subprocess.Popen(
                command,
                cwd=self.working_directory,
                env=self.environment,
                start_new_session=True,
                **{**streams, **options},
            )

    def research(self, *words: object, **options: Any) -> "subprocess.CompletedProcess[str]":
        process = self.start(*words, **options)
        out, err = process.communicate(timeout=300)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def run_on(self, source: Path, *words: object, **options: Any) -> "subprocess.CompletedProcess[str]":
        return self.research("run", source, "--outputs", self.outputs, *words, **options)


@contextmanager
def heeding_interrupts() -> Iterator[None]:
    """Start processes that heed Ctrl-C, as from a terminal, even where nohup or a script has it ignored."""
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        yield
        return
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def a_place(room: Path, **settings: str) -> Place:
    (room / "home").mkdir(parents=True)
    return Place(room, settings, room)


def same(one: Path, other: Path) -> list[str]:
    """What differs between two folders, byte by byte; nothing, when they are the same."""
    files = sorted({str(path.relative_to(root)) for root in (one, other) for path in root.rglob("*") if path.is_file()})
    _, mismatch, errors = filecmp.cmpfiles(one, other, files, shallow=False)
    return mismatch + errors


def everything(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file of a folder with its bytes and the time of its last change."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def wait_for(what: str, ready: Callable[[], Any], seconds: float = 120) -> Any:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if value := ready():
            return value
        time.sleep(0.02)
    return pytest.fail(f"waited {seconds:.0f} seconds for {what}")


@pytest.fixture(scope="session")
def speeches(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_folder_of_twelve(tmp_path_factory.mktemp("source") / "speeches")


@pytest.fixture(scope="session")
def _both(speeches: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Place, Place]:
    """The same run at the same time in two places that are unlike in all that must not count."""
    here = a_place(tmp_path_factory.mktemp("here"), PYTHONHASHSEED="0", TZ="UTC", LC_ALL="C.UTF-8", OMP_NUM_THREADS="2")
    there = a_place(
        tmp_path_factory.mktemp("there"),
        PYTHONHASHSEED="4242",
        TZ="Pacific/Kiritimati",
        LC_ALL="C",
        USER="zaphod",
        LOGNAME="zaphod",
        OMP_NUM_THREADS="1",
        OPENBLAS_NUM_THREADS="1",
    )
    ugly = "font.size: 31\nsavefig.dpi: 40\naxes.facecolor: red\nfigure.constrained_layout.use: False\n"
    settings = there.room / "home" / ".config" / "matplotlib"
    settings.mkdir(parents=True)
    for folder in (there.room, settings):
        (folder / "matplotlibrc").write_text(ugly, encoding="utf-8")
    a_folder_of_twelve(there.room / "another" / "place" / "speeches")
    runs = [
        here.start("run", speeches, "--outputs", here.outputs, "--jobs", 2),
        there.start("run", Path("another", "place", "speeches"), "--outputs", "outputs", "--jobs", 1),
    ]
    for run in runs:
        out, err = run.communicate(timeout=300)
        assert run.returncode == 0, err
        assert "speeches: 12 documents read; 1 file was rejected" in out
    return here, there


@pytest.fixture(scope="session")
def here(_both: tuple[Place, Place]) -> Place:
    """A run of the twelve texts."""
    return _both[0]


@pytest.fixture(scope="session")
def there(_both: tuple[Place, Place]) -> Place:
    """The same run in a place that is unlike the first."""
    return _both[1]


@pytest.fixture(scope="session")
def part(speeches: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Place, "subprocess.CompletedProcess[str]"]:
    """A run of two notebooks that need no statements, under a name of its own, in a place where nothing was run."""
    place = a_place(tmp_path_factory.mktemp("part"))
    done = place.run_on(speeches, "--notebook", "01", "--notebook", "08", "--name", "part")
    assert done.returncode == 0, done.stderr
    return place, done


def copied(place: Place, room: Path) -> Place:
    """A copy of a place, to change; its cache goes with it, so that nothing is computed again."""
    for part in ("cache", "outputs", "home"):
        shutil.copytree(place.room / part, room / part)
    return Place(room, place.settings, room)


# --- what is seen meanwhile ---


def test_every_bar_moves_forward_to_its_end_and_that_of_a_notebook_cell_by_cell(
    part: tuple[Place, "subprocess.CompletedProcess[str]"],
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
        "08_report",
        *list(shown)[7:],
    ]
    assert {name: its[-1] for name, its in shown.items()} == ends
    assert all(its == sorted(its) for its in shown.values())
    assert ends["notebooks"] == 2
    assert all(any(0 < it < ends[name] for it in shown[name]) for name in ("01_corpus", "notebooks"))


# --- the same bytes ---


def test_the_same_bytes_whatever_folder_user_locale_zone_seed_threads_and_jobs(here: Place, there: Place) -> None:
    assert len(list(here.run.rglob("*.*"))) > 20
    assert same(here.run, there.run) == []


def test_a_run_folder_holds_what_it_should(here: Place) -> None:
    assert sorted(path.name for path in here.run.iterdir()) == [
        *("annotations.jsonl.gz", "annotations.jsonld.gz", "evidence", "figures"),
        *("findings.bib", "findings.csl.json", "findings.json", "findings.md", "findings.tex"),
        *("manifest.json", "notebooks", "rejected.csv", "report.html", "suggested_speakers.csv", "tables"),
    ]
    assert (
        (here.run / "rejected.csv")
        .read_text(encoding="utf-8")
        .startswith('"file","reason","remedy"\n"photo.txt","the file is binary')
    )
    kinds = {path.suffix for path in (here.run / "figures").iterdir()}
    assert kinds == {".csv", ".png", ".svg", ".txt"}
    assert not list(here.outputs.glob(".*")), "no lock and no unfinished work is left"


def test_no_file_of_a_run_names_a_place_a_user_a_host_or_a_day(here: Place, there: Place, root: Path) -> None:
    today = {(datetime.now(tz=UTC) + timedelta(hours=hours)).date() for hours in (-12, 0, 14)}
    days = {day.strftime(form) for day in today for form in ("%Y-%m-%d", "%Y%m%d", "%d %b %Y", "%b %d, %Y")}
    places = {str(there.room), str(here.room), str(root), sys.prefix, str(Path.home())} - {"/"}
    persons = {"zaphod", getpass.getuser(), socket.gethostname()}
    traces = re.compile(
        "|".join([*map(re.escape, days | places), *(rf"\b{re.escape(name)}\b" for name in persons)]).encode()
    )
    pixels = re.compile(rb'"image/png": "[^"]*"|data:image/[a-z+]*;base64,[^"\\\\]*')
    for run in (here.run, there.run):
        for path in run.rglob("*"):
            if path.is_file() and path.suffix != ".png":  # what a PNG says of itself is tested with the figures
                assert not traces.search(pixels.sub(b"", path.read_bytes())), path.name


def test_a_second_call_computes_nothing_and_changes_no_byte(here: Place, speeches: Path) -> None:
    before = everything(here.run)
    done = here.run_on(speeches)
    assert done.returncode == 0
    assert "Nothing to compute: all notebooks were cached." in done.stdout
    assert f"cite {here.run} statements.words." in done.stdout
    assert everything(here.run) == before


def test_notebooks_that_run_one_after_the_other_make_the_same_run(here: Place, speeches: Path, tmp_path: Path) -> None:
    for notebooks in (
        ["--notebook", "corpus", "--notebook", "02"],
        ["--notebook", "05_language.ipynb", "--notebook", "08"],
    ):
        done = here.run_on(speeches, *notebooks, "--outputs", tmp_path)
        assert done.returncode == 0, done.stderr
    assert same(tmp_path / here.run.name, here.run) == []


def test_no_tag_of_a_document_is_in_a_notebook_or_in_the_findings(here: Place) -> None:
    pages = [
        "".join(output["data"]["text/html"])
        for path in (here.run / "notebooks").iterdir()
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
        for output in cell.get("outputs", ())
        if "text/html" in output["data"]
    ]
    assert len(pages) > 15
    assert not [page for page in pages if re.search(r"<(script|img(?! src=\"data:image/png;base64,))\b", page)]
    assert any("&lt;img src=x onerror=alert(1)&gt;" in page for page in pages)
    assert not re.search(r"(?<!\\)<", (here.run / "findings.md").read_text(encoding="utf-8"))


# --- verify and why ---


def test_verify_makes_the_run_again_and_finds_it_identical(
    part: tuple[Place, "subprocess.CompletedProcess[str]"], speeches: Path, tmp_path: Path
) -> None:
    """The documents have moved into a folder of another name."""
    place, _ = part
    elsewhere = Path(shutil.copytree(speeches, tmp_path / "renamed"))
    before, sources = everything(place.room), everything(elsewhere)
    done = place.research("verify", place.outputs / "part", "--source", elsewhere, "--format", "json")
    assert done.returncode == 0, done.stdout
    files, rerun = json.loads(done.stdout)
    assert (files["result"], rerun["result"]) == ("intact", "identical")
    assert "identical, every byte of every file" in rerun["message"]
    assert (everything(place.room), everything(elsewhere)) == (before, sources), "verifying writes nothing"


def test_verify_of_the_files_alone_runs_nothing(here: Place) -> None:
    done = research("verify", here.run, "--no-rerun")
    assert (done.returncode, done.stdout) == (0, "All files match the manifest.\n")


def test_why_lists_all_passages_and_counts_again(here: Place) -> None:
    done = research("why", here.run, "language.count.harbour")
    entries = json.loads(research("why", here.run, "language.count.harbour", "--format", "json").stdout)
    evidence = [entry for entry in entries if entry["kind"] == "passage"]
    assert done.returncode == 0
    assert f"recount  {len(evidence)}, as in the finding" in done.stdout
    assert len(re.findall(r"^  \d+\. .*, characters", done.stdout, flags=re.MULTILINE)) == len(evidence) >= 6
    for entry in evidence:
        assert f"{entry['doc_id']} ({entry['date']}), characters {entry['start']:,} to {entry['end']:,}" in done.stdout


# --- the run folder belongs to one source and its parameters ---


def test_force_replaces_a_run_with_other_parameters_and_back(here: Place, speeches: Path, tmp_path: Path) -> None:
    place = copied(here, tmp_path)
    done = place.run_on(speeches, "-p", "terms", "grain, the strike", "--notebook", "language", "--force")
    assert done.returncode == 0, done.stderr
    findings = json.loads((place.run / "findings.json").read_text(encoding="utf-8"))
    assert {"language.count.grain", "language.rate.grain"} <= {finding["key"] for finding in findings}
    manifest = json.loads((place.run / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["notebooks"] == {"language": {"copies": False, "terms": ["grain", "the strike"]}}
    refused = place.run_on(speeches)
    assert refused.returncode == 2
    assert "it has terms = ['grain', 'the strike'], this run has terms = None" in refused.stderr
    assert place.run_on(speeches, "--force").returncode == 0
    assert same(place.run, here.run) == []


# --- what goes wrong ---


@pytest.fixture(scope="session")
def failed(
    here: Place, speeches: Path, tmp_path_factory: pytest.TempPathFactory, root: Path
) -> tuple[Place, Path, "subprocess.CompletedProcess[str]"]:
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
    place = copied(here, room / "room")
    place = Place(place.room, {**place.settings, "PYTHONPATH": str(release / "src")}, place.room)
    return place, map_of_it, place.run_on(speeches, "--name", "speeches-2")


def test_a_notebook_that_fails_is_named_and_the_others_are_finished(
    failed: tuple[Place, Path, "subprocess.CompletedProcess[str]"], speeches: Path
) -> None:
    place, map_of_it, done = failed
    run = place.outputs / "speeches-2"
    assert done.returncode == 1
    (line,) = (line for line in done.stdout.splitlines() if line.startswith("FAILED"))
    assert line.startswith(
        "FAILED: 05_language stopped in cell [3]: FileNotFoundError: [Errno 2] No such file or directory: "
        f"'{map_of_it}' "
    )
    assert Path(line.split()[-1]).exists(), "the notebook can be opened as far as it came"
    made = sorted(path.stem for path in (run / "notebooks").iterdir())
    assert made == ["01_corpus", "02_statements", "08_report"]
    assert json.loads((run / "manifest.json").read_text(encoding="utf-8"))["failed"] == ["05_language"]
    for path in run.rglob("*"):
        data = b"" if path.is_dir() else path.read_bytes()
        assert str(place.room.parent).encode() not in data
        assert str(speeches).encode() not in data
    verified = research("verify", run, "--no-rerun")
    assert verified.returncode == 1
    assert "The notebook 05_language failed when the run was made." in verified.stdout


def test_what_failed_once_is_in_the_report_when_it_works_again(
    failed: tuple[Place, Path, "subprocess.CompletedProcess[str]"], speeches: Path
) -> None:
    place, map_of_it, _ = failed
    map_of_it.touch()
    done = place.run_on(speeches, "--name", "speeches-2")
    assert done.returncode == 0, done.stdout
    report = (place.outputs / "speeches-2" / "notebooks" / "08_report.ipynb").read_text(encoding="utf-8")
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
def killed(speeches: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Place, subprocess.CompletedProcess[str]]:
    """A place where a run was killed in the middle, and what a second run was told while the first was at work."""
    place = a_place(tmp_path_factory.mktemp("killed"))
    first = place.start(
        "run", speeches, "--outputs", place.outputs, "--jobs", 1, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    wait_for("the run to begin", (place.outputs / f"{AT_WORK}speeches.partial").exists)
    second = place.run_on(speeches)
    wait_for("a first notebook to be done", lambda: [*(place.room / "cache" / "steps").glob("*/manifest.json")])
    os.killpg(first.pid, signal.SIGKILL)
    first.wait(timeout=30)
    return place, second


def test_a_second_run_into_the_same_folder_is_refused_meanwhile(
    killed: tuple[Place, subprocess.CompletedProcess[str]],
) -> None:
    place, second = killed
    assert (second.returncode, second.stdout) == (1, "")
    assert f"research: Another run is writing {place.run}. Wait for it to end" in second.stderr


def test_a_run_that_was_killed_leaves_nothing_half_written_and_the_next_call_finishes_it(
    killed: tuple[Place, subprocess.CompletedProcess[str]], here: Place, speeches: Path
) -> None:
    place, _ = killed
    assert not place.run.exists(), "the run was killed before it was in place"
    done = place.run_on(speeches)
    assert done.returncode == 0, done.stderr
    assert same(place.run, here.run) == []
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
    here: Place, speeches: Path, tmp_path: Path
) -> None:
    place = a_place(tmp_path)
    process = place.start("run", speeches, "--outputs", place.outputs, "--jobs", 1)
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
    assert before[0] >= 3 * len([*speeches.iterdir()]), "all layers of all documents are kept"
    done = place.run_on(speeches)
    assert done.returncode == 0, done.stderr
    assert same(place.run, here.run) == []


def test_counting_documents_alone_asks_no_model_and_keeps_no_statements(
    part: tuple[Place, "subprocess.CompletedProcess[str]"],
) -> None:
    place, _ = part
    assert not (place.outputs / "part" / "annotations.jsonl.gz").exists()
    with sqlite3.connect(place.room / "cache" / "annotations.sqlite") as cache:
        layers = {version.split()[0] for (version,) in cache.execute("select version from annotations")}
    cache.close()
    assert layers == {"counts", "copies", "text"}, "counts rest on sentences and tokens; nothing else is made"


# --- the reference run ---


def test_the_reference_run_is_what_the_seeds_give(root: Path, tmp_path: Path) -> None:
    if not (root / "outputs" / "seeds" / "manifest.json").exists():
        pytest.skip("outputs/seeds is not there: make notebooks")
    place = a_place(tmp_path)
    done = place.research("verify", root / "outputs" / "seeds", "--source", root / "seeds", "--format", "json")
    said = [entry["result"] for entry in json.loads(done.stdout)]
    assert said in (["intact", "identical"], ["intact", "same findings"]), done.stdout
    assert done.returncode == 0
