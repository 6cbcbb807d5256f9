"""A notebook is run again when something changed that it reads, and only then."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from research.loading import load
from research.outputs.execution import check_parameters
from research.outputs.folder.steps import Step
from tests.places import same
from tests.quick import execute

ALL = ("01_corpus", "02_statements", "03_actors", "04_claims", "05_language", "06_time", "08_accuracy")
TEXTS = {
    "harbour": "The council approved the harbour budget. “We had to,” said Mayor Ilse Brandt.",
    "strike": "Dock workers ended their strike on Monday, the union said.",
}
JUDGED = (
    "document,sha256,start,end,exact,prefix,suffix,judged,model,verdict\n"
    "harbour,ab,57,66,We had to,,,statement,,wrong\n"
)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "dispatches"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(f"date 2031-05-04 {text}", encoding="utf-8")
    return folder


def fingerprints(source: Path) -> dict[str, str]:
    corpus = load(source)
    return {name: Step(name, corpus, its, {}).fingerprint for name, its in check_parameters({}, ALL).items()}


def write(name: str, text: str) -> Callable[[Path], Any]:
    return lambda source: (source / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "as_before"),
    [
        (lambda _: None, set(ALL)),
        (write("judgements.csv", JUDGED), {"01_corpus"}),
        (write("judgements.csv", JUDGED.replace("wrong", "perhaps")), set()),  # a note says that it is not understood
        (write("speakers.csv", "name\nIlse Brandt\n"), set()),
        (write("corpus.toml", "complete = true\n"), set()),
        (write("strike.txt", "date 2031-05-04 Dock workers ended their strike."), set()),
        (write("quay.txt", "The quay is closed."), set()),
        (lambda source: (source / "strike.txt").unlink(), set()),
    ],
)
def test_a_notebook_is_run_again_for_a_change_of_what_it_reads(
    source: Path, change: Callable[[Path], Any], as_before: set[str]
) -> None:
    before = fingerprints(source)
    change(source)
    now = fingerprints(source)
    assert {name for name in ALL if now[name] == before[name]} == as_before


def test_judgements_change_no_byte_of_a_notebook_that_is_not_run_again(source: Path, tmp_path: Path) -> None:
    for room in ("before", "judged"):
        run = tmp_path / room / "run"
        execute("01_corpus", {"source": str(source), "run": str(run)}, {}, tmp_path, tmp_path)
        (run / "manifest.json").unlink()  # it names judgements.csv; that of the run is written anew
        (source / "judgements.csv").write_text(JUDGED, encoding="utf-8")
    assert same(tmp_path / "before", tmp_path / "judged") == []
    assert (tmp_path / "judged" / "run" / "tables").is_dir()
