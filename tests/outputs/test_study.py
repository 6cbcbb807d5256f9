"""A study refuses what would make two findings one, or two sources one run."""

import gc
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from research.analysis import corpus, language, notebooks, statements
from research.analysis.declaring import Notebook
from research.errors import ParameterError, ResearchError, SourceError, UsageError
from research.loading import load
from research.nlp import layers
from research.outputs.citing.addresses import with_addresses
from research.outputs.execution import check_parameters
from research.outputs.folder.manifest import problems
from research.outputs.folder.run_folder import ANCHORS, RunFolder
from research.outputs.study import Study, open_study
from tests.nlp import vowels

UNTOUCHED = {"dictionary": None, "context": "words", "sort": "place", "compare": None}
"""The defaults of the other parameters of 05_language."""


def test_a_key_is_used_once(made: RunFolder, dispatches: Path) -> None:
    study = open_study("corpus", dispatches)
    finding = made.finding("corpus.words")
    study.finding(finding)
    with pytest.raises(ResearchError, match=r"'corpus\.words' cannot be used in 'corpus'"):
        study.finding(replace(finding, value=9))


def test_a_key_belongs_to_its_notebook(made: RunFolder, dispatches: Path) -> None:
    with pytest.raises(ResearchError, match=r"'language\.count\.harbour' cannot be used in 'corpus'"):
        open_study("corpus", dispatches).finding(made.finding("language.count.harbour"))


def test_a_run_folder_of_another_source_is_refused(made: RunFolder, root: Path) -> None:
    with pytest.raises(UsageError, match=r"holds a run on other documents"):
        open_study("corpus", root / "seeds", made.path)
    assert problems(made) == []


def test_a_notebook_writes_through_no_link_in_a_run_folder(made: RunFolder, dispatches: Path) -> None:
    elsewhere = (made.path / "tables").rename(made.path.parent / "elsewhere")
    (made.path / "tables").symlink_to(elsewhere)
    with pytest.raises(UsageError, match=r"tables is a link, and runs do not write through links"):
        open_study("corpus", dispatches, made.path)


def test_notebooks_merge_into_one_run(made: RunFolder) -> None:
    assert list(made.manifest()["notebooks"].items()) == [
        ("corpus", {"copies": False}),
        ("statements", {"copies": False, "speakers": None, "compare": None, "least_confidence": 0.2}),
        ("actors", {"copies": False, "actors": None, "compare": None, "least_confidence": 0.2}),
        ("claims", {"copies": False, "speakers": None, "units": None, "compare": None, "least_confidence": 0.2}),
        ("language", {"copies": False, "terms": None, **UNTOUCHED}),
    ]
    assert {finding.notebook for finding in made.findings} == {"corpus", "statements", "actors", "claims", "language"}
    assert problems(made) == []


def test_a_notebook_that_runs_again_replaces_its_own_findings_only(made: RunFolder, dispatches: Path) -> None:
    study = open_study("corpus", dispatches, made.path)
    study.finding(made.finding("corpus.words"))
    study.close()
    again = RunFolder(made.path)
    assert [finding.key for finding in again.findings if finding.notebook == "corpus"] == ["corpus.words"]
    assert [f for f in again.findings if f.notebook == "language"] == [
        f for f in made.findings if f.notebook == "language"
    ]
    assert problems(again) == []


def test_what_failed_and_was_not_run_now_is_still_said_to_have_failed(
    made: RunFolder, dispatches: Path, rewrite_manifest: Callable[..., None]
) -> None:
    rewrite_manifest(made, failed=["02_statements", "05_language"])
    open_study("language", dispatches, made.path, terms=None).close()
    assert made.manifest()["failed"] == ["02_statements"]
    assert [it.path for it in problems(made)] == ["02_statements"]


@pytest.mark.parametrize(("folder", "name"), [("spring", "spring"), (".hidden", "dispatches")])
def test_a_run_is_called_as_its_folder_and_keeps_its_name_when_that_is_moved(
    dispatches: Path, tmp_path: Path, folder: str, name: str
) -> None:
    study = open_study("corpus", dispatches, tmp_path / folder)
    for finding in corpus.findings(study.annotations):
        study.finding(finding)
    study.close()
    assert RunFolder(tmp_path / folder).manifest()["name"] == name
    moved = RunFolder((tmp_path / folder).rename(tmp_path / "moved"))
    for _ in range(2):
        assert f"{{otr.{name}," in (moved.path / "findings.bib").read_text(encoding="utf-8")
        assert moved.manifest()["name"] == name
        open_study("corpus", dispatches, moved.path).close()


def test_who_said_what_is_kept_where_a_notebook_asks_for_it(
    dispatches: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RESEARCH_CACHE", str(tmp_path / "cache"))
    with monkeypatch.context() as patch:
        patch.setattr("research.nlp.statements.annotator.read", None)  # counting documents takes no model
        study = open_study("corpus", dispatches, tmp_path / "run")
        for finding in corpus.findings(study.annotations):
            study.finding(finding)
        study.close()
    assert "annotations.jsonl.gz" not in RunFolder(tmp_path / "run").files()
    open_study("statements", dispatches, tmp_path / "run").close()
    run = RunFolder(tmp_path / "run")
    assert "annotations.jsonl.gz" in run.files()
    assert problems(run) == []


def test_a_notebook_keeps_the_annotations_that_the_others_of_its_folder_need(
    made: RunFolder, dispatches: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("research.nlp.layers.LAYERS", (*layers.LAYERS, vowels.LAYER))
    other = Notebook("07_vowels", layers=("counts", "vowels"))
    monkeypatch.setattr("research.analysis.notebooks.NOTEBOOKS", (*notebooks.NOTEBOOKS, other))
    open_study("vowels", dispatches, made.path).close()
    assert all({"attributions", "vowels"} <= record.keys() for record in made.annotations())
    open_study("statements", dispatches, made.path, least_confidence=0.2).close()
    assert all({"attributions", "vowels"} <= record.keys() for record in made.annotations())


def test_a_notebook_leaves_web_annotations_out_where_its_folder_does(
    made: RunFolder, dispatches: Path, rewrite_manifest: Callable[..., None]
) -> None:
    (made.path / ANCHORS).unlink()
    rewrite_manifest(made, outputs={path: sha for path, sha in made.manifest()["outputs"].items() if path != ANCHORS})
    open_study("corpus", dispatches, made.path).close()
    assert ANCHORS not in made.files()
    assert problems(made) == []


def test_a_notebook_that_is_part_of_a_run_leaves_to_it_what_all_share(dispatches: Path, tmp_path: Path) -> None:
    folder = RunFolder(tmp_path / "run")
    folder.path.mkdir()
    folder.part_path.write_text(load(dispatches).digest, encoding="utf-8")
    study = open_study("corpus", dispatches, folder.path)
    for finding in corpus.findings(study.annotations):
        study.finding(finding)
    study.close()
    assert folder.files() == [".part-of-a-run", "evidence/corpus.csv", "findings.json"]
    assert folder.receipt() == {"evidence/corpus.csv", "findings.json"}


def test_a_notebook_that_is_part_of_a_run_reads_no_other_documents_than_the_run(
    dispatches: Path, tmp_path: Path
) -> None:
    folder = RunFolder(tmp_path / "run")
    folder.path.mkdir()
    folder.part_path.write_text("of another corpus", encoding="utf-8")
    with pytest.raises(SourceError, match="The documents changed while the run was at work"):
        open_study("corpus", dispatches, folder.path)


# --- the parameters of a notebook ---


def with_terms(source: Path, run: Path, terms: object, **others: Any) -> Study:
    """A notebook that looks up terms, as its cells do it, up to its last cell."""
    study = open_study("language", source, run, terms=terms, **others)
    frequencies = language.frequencies(study.annotations)
    study.table("frequencies", frequencies, caption="Words")
    places = language.concordance(study.annotations, language.chosen_terms(frequencies, terms))
    study.table("concordance", places, caption="Places")
    for finding in language.findings(study.annotations, terms=terms):
        study.finding(finding)
    return study


@pytest.mark.parametrize(
    ("name", "parameters", "sentence"),
    [
        ("language", {"terms": 5.5}, r"The parameter terms takes a list of words, such as .*, or None, not 5\.5\."),
        ("language", {"terms": "…"}, r"The term '…' has no word to look up\."),
        ("language", {"copies": "maybe"}, r"The parameter copies takes true or false, not 'maybe'\."),
        ("statements", {"least_confidence": "high"}, r"takes a number from 0 to 1, not 'high'\."),
        ("corpus", {"terms": ["a"]}, r"01_corpus has no parameter 'terms'\. It takes: copies\."),
    ],
)
def test_a_wrong_parameter_is_refused_before_anything_is_read_or_written(
    dispatches: Path, tmp_path: Path, name: str, parameters: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ParameterError, match=sentence):
        open_study(name, tmp_path / "no such source", tmp_path / "run", **parameters)
    assert list(tmp_path.iterdir()) == []


def test_parameters_are_taken_as_papermill_gives_them(dispatches: Path, tmp_path: Path) -> None:
    with_terms(dispatches, tmp_path / "run", "harbour, dock  workers", copies="no").close()
    run = RunFolder(tmp_path / "run")
    assert run.manifest()["notebooks"] == {
        "language": {"terms": ["harbour", "dock workers"], "copies": False, **UNTOUCHED}
    }
    assert {"language.count.harbour", "language.count.dock_worker"} <= {it.key for it in run.findings}


def test_a_notebook_replaces_its_own_results_of_other_parameters_and_says_so(
    dispatches: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "run"
    with_terms(dispatches, path, ["harbour"]).close()
    before = (path / "tables" / "language.concordance.csv").read_bytes()
    capsys.readouterr()
    study = with_terms(dispatches, path, ["strike"])
    said = capsys.readouterr().out
    assert "other parameters (terms = ['harbour'] before, ['strike'] now). study.close() replaces them." in said
    assert (path / "tables" / "language.concordance.csv").read_bytes() == before, "nothing is replaced half-way"
    assert problems(RunFolder(path)) == []
    study.close()
    run = RunFolder(path)
    assert [it.key for it in run.findings if it.measure == "count"] == ["language.count.strike"]
    assert run.manifest()["notebooks"] == {"language": {"terms": ["strike"], "copies": False, **UNTOUCHED}}
    assert problems(run) == []
    with_terms(dispatches, path, ["strike"])
    assert "other parameters" not in capsys.readouterr().out


def test_a_notebook_does_not_mix_two_lists_of_speakers_in_one_run(dispatches: Path, tmp_path: Path) -> None:
    source = Path(shutil.copytree(dispatches, tmp_path / "dispatches"))
    open_study("corpus", source, tmp_path / "run").close()
    (source / "speakers.csv").write_text("name,also_called\nMara Lindqvist,Lindqvist\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"speakers\.csv is not the same\. Give the parameter run another folder\."):
        open_study("statements", source, tmp_path / "run")


def test_what_another_notebook_or_a_run_depends_on_is_not_replaced(made: RunFolder, dispatches: Path) -> None:
    """The other notebooks of the run left copies out; and the run keeps 01_corpus as it was executed."""
    with pytest.raises(UsageError, match=r"copies = False, this run has copies = True\. Give the parameter"):
        open_study("language", dispatches, made.path, copies=True)
    with_terms(dispatches, made.path, ["strike"]).close()
    assert problems(made) == []
    (made.path / "notebooks" / "05_language.ipynb").write_text("{}", encoding="utf-8")
    with pytest.raises(UsageError, match=r"it has terms = \['strike'\], this run has terms = \['harbour'\]"):
        open_study("language", dispatches, made.path, terms=["harbour"])


def test_a_part_is_shown_and_a_run_stays_as_it_is(
    made: RunFolder, dispatches: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All rows about places are shown, with the addresses that they have in the run."""
    before = {it: it.read_bytes() for it in made.path.rglob("*") if it.is_file()}
    capsys.readouterr()
    study = open_study("statements", dispatches, made.path, speaker="kind:news")
    said = capsys.readouterr().out
    assert "Only a part is shown: speaker = 'kind:news'. Nothing is written, and " in said
    assert f"{made.path} stays as it is. Set speaker = None to see and to keep everything." in said
    table = statements.statements(study.annotations)
    study.table("statements", pd.concat([table] * 30), "All statements", ["content"])
    study.table("kinds", statements.kinds(table), "Kinds")
    for finding in statements.findings(study.annotations, speaker="kind:news"):
        study.finding(finding)
    study.close()
    shown = capsys.readouterr().out
    for address in with_addresses("statements.statements", table)["address"]:
        assert shown.count(address.partition("#")[2]) >= 30, "the table is named once"
    assert "Cite this table" not in shown
    assert with_addresses("statements.kinds", statements.kinds(table))["address"][0].partition("#")[2] not in shown
    assert {it: it.read_bytes() for it in made.path.rglob("*") if it.is_file()} == before


def test_a_part_is_shown_without_any_run_folder(dispatches: Path, capsys: pytest.CaptureFixture[str]) -> None:
    open_study("statements", dispatches, speaker="kind:news").close()
    assert "speaker = 'kind:news'. Nothing is written. Set speaker = None" in capsys.readouterr().out


def test_no_run_has_a_parameter_that_shows_a_part(made: RunFolder) -> None:
    assert "speaker" not in made.manifest()["notebooks"]["statements"]
    with pytest.raises(
        ParameterError,
        match=r"speaker shows only part of a notebook, and a run needs all of it\. Set speaker in 02_statements or "
        r"05_language in JupyterLab, or run: papermill notebooks/02_statements\.ipynb shown\.ipynb -p source SOURCE "
        r"-p speaker 'Ada Okell'$",
    ):
        check_parameters({"speaker": "Ada Okell"}, ["02_statements", "06_time"])


def test_a_notebook_that_stops_half_way_leaves_nothing(dispatches: Path, tmp_path: Path) -> None:
    study = with_terms(dispatches, tmp_path / "run", ["harbour"])
    made = study._made.path
    assert any(made.iterdir())
    del study
    gc.collect()  # something that ran before may have left a circle that leads to it
    assert not made.exists()
    assert list(tmp_path.iterdir()) == []


def test_a_problem_is_one_sentence_in_a_notebook() -> None:
    """IPython shows what this returns in the place of a traceback."""
    error = ParameterError("The parameter copies takes true or false, not 0.")
    assert error._render_traceback_() == ["ParameterError: The parameter copies takes true or false, not 0."]
