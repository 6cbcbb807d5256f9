"""What is known about the errors in documents of a kind is said wherever a finding is shown."""

import json
from pathlib import Path

import lxml.html
import pytest

from research.analysis import statements
from research.nlp import accuracy
from research.outputs.citing.why import explain
from research.outputs.folder.run_folder import RunFolder
from research.outputs.study import open_study

TEXT = "I believe that the harbour will open in May. The minister said that the dock is old.\n"
UNKNOWN = (
    "Nothing is known about how often the model errs in speeches and statements, because nothing was measured there."
)
KEY = "statements.attributions"


@pytest.fixture
def only_news(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if nothing had been measured on other texts than news."""
    news = {name: figure for name, figure in accuracy._figures().items() if figure.kind == "news"}
    monkeypatch.setattr(accuracy, "_figures", lambda: news)


def run_of(folder: Path, kind: str | None) -> RunFolder:
    source = folder / "source"
    source.mkdir()
    (source / "a.txt").write_text(TEXT, encoding="utf-8")
    (source / "b.txt").write_text(f"Yesterday it rained. {TEXT}", encoding="utf-8")
    for name in "ab" if kind == "speech" else "a" if kind == "mixed" else "":
        (source / f"{name}.txt").write_text(f"---\ntype: speech\n---\n{(source / f'{name}.txt').read_text()}")
    study = open_study("statements", source, folder / "run")
    for finding in statements.findings(study.annotations):
        study.finding(finding)
    study.close()
    return RunFolder(folder / "run")


def shown(run: RunFolder) -> tuple[str, str]:
    """What ``research why`` prints of a finding, and the text of the report."""
    page = lxml.html.fromstring((run.path / "report.html").read_text(encoding="utf-8"))
    return "\n".join(explain(run, KEY).lines()), " ".join(page.text_content().split())


@pytest.mark.usefixtures("only_news")
def test_a_run_on_speeches_prints_no_figure_and_says_so(tmp_path: Path) -> None:
    run = run_of(tmp_path, "speech")
    lines, report = shown(run)
    assert f"  accuracy {UNKNOWN}" in lines
    assert f"Accuracy unknown. {UNKNOWN}" in report
    assert "Accuracy of the model" in report
    for text in (lines, report, (run.path / "findings.json").read_text(encoding="utf-8")):
        assert "PolNeAR" not in text
        assert "F1" not in text
    assert {it["accuracy_note"] for it in json.loads((run.path / "findings.json").read_text(encoding="utf-8"))} == {
        UNKNOWN
    }


def test_a_run_on_news_prints_figures_and_no_reservation(tmp_path: Path) -> None:
    lines, report = shown(run_of(tmp_path, None))
    assert "measured on US political news" in lines
    for text in (lines, report):
        assert "Nothing is known" not in text
        assert "These figures hold" not in text


def test_a_run_on_speeches_prints_what_was_measured_on_speeches(tmp_path: Path) -> None:
    lines, report = shown(run_of(tmp_path, "speech"))
    for text in (lines, report):
        assert "measured on passages of UN speeches" in text
        assert "annotated by a language model, not by people" in text
        assert "annotated by people" not in text
        assert "PolNeAR" not in text
        assert "Nothing is known" not in text


def test_a_report_says_in_words_what_f1_is(tmp_path: Path) -> None:
    _, report = shown(run_of(tmp_path, None))
    assert "two in three statements are found with the right words and speaker" in report


@pytest.mark.usefixtures("only_news")
def test_a_run_on_both_says_which_part_was_measured(tmp_path: Path) -> None:
    lines, report = shown(run_of(tmp_path, "mixed"))
    said = f"These figures hold for the 2 of 4 statements behind the finding that are in news. {UNKNOWN}"
    assert "measured on US political news" in lines
    assert f"  accuracy {said}" in lines
    assert f"What that covers. {said}" in report


@pytest.mark.parametrize("kind", ["speech", None])
def test_a_run_without_turns_has_no_table_of_turns(tmp_path: Path, kind: str | None) -> None:
    run = run_of(tmp_path, kind)
    study = open_study("statements", tmp_path / "source", tmp_path / "other")
    turns = statements.turns(statements.statements(study.annotations))
    study.table("floor", statements.floor(turns), caption="Floor", optional=True)
    study.figure("floor", statements.floor_chart(statements.floor(turns)), optional=True)
    study.close()
    assert not list((tmp_path / "other").glob("*/statements.floor*"))
    assert run.path.exists()
