"""Whole runs, as a person starts them: each is a process of its own, with real kernels.

A run takes several seconds, so that the runs are made once and shared; what is tampered with is a copy.
"""

import getpass
import gzip
import json
import re
import socket
import sys
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from research.outputs.showing.display import script
from tests.commands import research
from tests.places import Place, a_folder_of_twelve, a_place, copied, everything, same


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


# --- the same bytes ---


def test_the_same_bytes_whatever_folder_user_locale_zone_seed_threads_and_jobs(here: Place, there: Place) -> None:
    assert len(list(here.run.rglob("*.*"))) > 20
    assert same(here.run, there.run) == []


def test_a_run_folder_holds_what_it_should(here: Place) -> None:
    assert sorted(path.name for path in here.run.iterdir()) == [
        *("annotations.jsonl.gz", "annotations.jsonld.gz", "evidence", "figures"),
        *("findings.bib", "findings.csl.json", "findings.json", "findings.md", "findings.tex"),
        *("manifest.json", "notebooks", "rejected.csv", "report.html", "suggested_speakers.csv", "tables"),
        "tables.xlsx",
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
                assert not traces.search(pixels.sub(b"", unpacked(path))), path.name


def unpacked(path: Path) -> bytes:
    """The bytes of a file without compression, in which a short name of a host may occur by chance."""
    if path.suffix == ".gz":
        return gzip.decompress(path.read_bytes())
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as book:
            return b"\n".join(name.encode() + b"\n" + book.read(name) for name in book.namelist())
    return path.read_bytes()


def test_a_second_call_computes_nothing_and_changes_no_byte(here: Place, speeches: Path) -> None:
    before = everything(here.run)
    done = here.run_on(speeches)
    assert done.returncode == 0
    assert "Nothing to compute: all notebooks were cached." in done.stdout
    assert f"cite {here.run} statements.words." in done.stdout
    assert everything(here.run) == before


def test_notebooks_that_run_one_after_the_other_make_the_same_run(here: Place, speeches: Path, tmp_path: Path) -> None:
    for notebooks in (
        ["--notebook", "corpus", "--notebook", "02", "--notebook", "claims"],
        [
            "--notebook",
            "05_language.ipynb",
            "--notebook",
            "03",
            "--notebook",
            "06",
            "--notebook",
            "08",
            "--notebook",
            "09",
        ],
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
    own = f"<script>\n{script()}</script>"
    assert any(own in page for page in pages), "the one script, which sorts tables, is the package's"
    pages = [page.replace(own, "") for page in pages]
    assert not [page for page in pages if re.search(r"<(script|img(?! src=\"data:image/png;base64,))\b", page)]
    assert any("&lt;img src=x onerror=alert(1)&gt;" in page for page in pages)
    assert not re.search(r"(?<!\\)<", (here.run / "findings.md").read_text(encoding="utf-8"))


# --- verify and why ---


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
    assert manifest["notebooks"].keys() == {"language"}
    assert manifest["notebooks"]["language"]["terms"] == ["grain", "the strike"]
    refused = research("run", speeches, "--outputs", place.outputs)
    assert refused.returncode == 2
    assert "it has terms = ['grain', 'the strike'], this run has terms = None" in refused.stderr
    assert place.run_on(speeches, "--force").returncode == 0
    assert same(place.run, here.run) == []


# --- the reference run ---


def test_the_reference_run_is_what_the_seeds_give(root: Path, tmp_path: Path) -> None:
    if not (root / "outputs" / "seeds" / "manifest.json").exists():
        pytest.skip("outputs/seeds is not there: make notebooks")
    place = a_place(tmp_path)
    done = place.research("verify", root / "outputs" / "seeds", "--source", root / "seeds", "--format", "json")
    said = [entry["result"] for entry in json.loads(done.stdout)]
    assert said in (["intact", "identical"], ["intact", "same findings"]), done.stdout
    assert done.returncode == 0
