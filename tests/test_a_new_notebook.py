"""A new notebook and its annotator find their place: they are run, kept, extracted, addressed, explained, verified."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from research.analysis import notebooks
from research.nlp import layers
from research.outputs.citing import addresses
from research.outputs.citing.citations import cite
from research.outputs.citing.why import explain
from research.outputs.folder import run_folder
from research.outputs.folder.run_folder import RunFolder
from tests import questions
from tests.commands import research

TEXTS = {
    "harbour.txt": "date 2021-03-04 Who pays for the harbour? The council does. Why now? Nobody asked: what else?",
    "pier.txt": "date 2021-03-05 who owns the pier? The harbour office does. And the cranes? It was not said.",
}


# Commands that run notebooks have a process of their own, as papermill leaves loops and sockets open.
RELEASE = """
import sys
from pathlib import Path
from research import cli
from research.outputs.folder import run_folder
from tests import questions

place = Path(sys.argv.pop(1))
run_folder.home = lambda: place
questions.register()
cli.main()
"""


@dataclass
class Release:
    """A release that has one more notebook: its folder, and its command."""

    place: Path
    environment: dict[str, str]

    def research(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", RELEASE, self.place, *words],
            cwd=self.place,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Iterator[Release]:
    place = tmp_path_factory.mktemp("release")
    shutil.copytree(root / "notebooks", place / "notebooks")
    questions.write(place / "notebooks")
    (place / "harbours").mkdir()
    for name, text in TEXTS.items():
        (place / "harbours" / name).write_text(text, encoding="utf-8")
    path = os.pathsep.join(map(str, (root, root / "src")))
    release = Release(place, os.environ | {"PYTHONPATH": path, "RESEARCH_CACHE": str(place / "cache")})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(notebooks, "NOTEBOOKS", notebooks.NOTEBOOKS)  # so that it is put back
        patch.setattr(layers, "LAYERS", layers.LAYERS)
        patch.setattr(run_folder, "home", lambda: place)
        questions.register()
        yield release


RUN = ("run", "harbours", "--notebook", "questions", "--notebook", "report", "--jobs", "1")


@pytest.fixture(scope="module")
def made(release: Release) -> RunFolder:
    done = release.research(*RUN)
    assert done.returncode == 0, done.stderr
    assert "questions.asked  The texts ask 5 questions." in done.stdout
    return RunFolder(release.place / "outputs" / "harbours")


def test_it_is_run_with_its_own_parameters_and_kept(made: RunFolder, release: Release) -> None:
    assert made.manifest()["notebooks"] == {"questions": {"fewest_words": 2.0, "copies": False}, "report": {}}
    again = release.research(*RUN)
    assert "Nothing to compute: all notebooks were cached." in again.stdout


def test_a_parameter_of_it_is_checked(release: Release) -> None:
    done = research("run", release.place / "harbours", *RUN[2:], "-p", "fewest_words", "99")
    assert done.returncode == 2
    assert "The parameter fewest_words takes a number from 1 to 50, not '99'." in done.stderr


def test_its_annotations_are_extracted_and_kept_with_the_run(made: RunFolder, release: Release) -> None:
    done = research("extract", release.place / "harbours", "--jobs", 1)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    asked = {it["doc"]: [TEXTS[f"{it['doc']}.txt"][start:end] for start, end in it["questions"]] for it in lines}
    assert asked == {
        "harbour": ["Who pays for the harbour?", "Why now?", "Nobody asked: what else?"],
        "pier": ["who owns the pier?", "And the cranes?"],
    }
    assert [it["questions"] for it in made.annotations()] == [it["questions"] for it in lines]


def test_its_rows_have_addresses_and_lead_back_to_their_words(made: RunFolder) -> None:
    rows = list(addresses.rows_of(made, "questions.openings"))
    assert [(row.cells["opening"], row.cells["count"]) for row in rows] == [
        ("who", 2),
        ("and", 1),
        ("nobody", 1),
        ("why", 1),
    ]
    who = explain(made, rows[0].address)
    assert who.agrees
    said = "\n".join(who.lines())
    assert "count 2, n_documents 2: as in the row" in said
    assert "[Who pays for the harbour?]" in said
    assert "[who owns the pier?]" in said


def test_its_findings_and_figures_are_explained(made: RunFolder) -> None:
    finding = explain(made, "questions.asked", str(made.path.parent.parent / "harbours"))
    assert finding.agrees
    assert finding.stands
    figure = "\n".join(explain(made, "figures/questions.openings").lines())
    assert "tables/questions.openings.csv" in figure
    table = "\n".join(explain(made, "tables/questions.questions").lines())
    assert "questions.asked  The texts ask 5 questions." in table


def test_it_is_cited_and_in_the_report(made: RunFolder) -> None:
    assert "The texts ask 5 questions" in cite(made, ["questions.asked"], "apa").text
    report = (made.path / "report.html").read_text(encoding="utf-8")
    assert "Which questions are asked?" in report
    assert "The texts ask 5 questions." in report
    shown = (made.path / "notebooks" / "09_report.ipynb").read_text(encoding="utf-8")
    assert re.search(r"<h3>Questions</h3>", shown)


def test_it_is_verified_by_running_it_again(made: RunFolder, release: Release) -> None:
    done = release.research("verify", "harbours")
    assert done.returncode == 0, done.stdout
    assert "Run again: identical" in done.stdout
