"""A study refuses what would make two findings one, or two sources one run."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from research.analysis import corpus, language
from research.errors import ResearchError, SourceError, UsageError
from research.loading import load
from research.outputs.folder.manifest import problems
from research.outputs.folder.run_folder import RunFolder
from research.outputs.study import open_study


def test_a_key_is_used_once(made: RunFolder, dispatches: Path) -> None:
    study = open_study("corpus", dispatches)
    finding = made.finding("corpus.words")
    study.finding(finding)
    with pytest.raises(ResearchError, match=r"'corpus\.words' is not a new key of 'corpus'"):
        study.finding(replace(finding, value=9))


def test_a_key_belongs_to_its_notebook(made: RunFolder, dispatches: Path) -> None:
    with pytest.raises(ResearchError, match=r"'language\.count\.harbour' is not a new key of 'corpus'"):
        open_study("corpus", dispatches).finding(made.finding("language.count.harbour"))


def test_a_run_folder_of_another_source_is_refused(made: RunFolder, root: Path) -> None:
    with pytest.raises(UsageError, match=r"holds a run of another source"):
        open_study("corpus", root / "seeds", made.path)
    assert problems(made) == []


def test_a_notebook_writes_through_no_link_in_a_run_folder(made: RunFolder, dispatches: Path) -> None:
    elsewhere = (made.path / "tables").rename(made.path.parent / "elsewhere")
    (made.path / "tables").symlink_to(elsewhere)
    with pytest.raises(UsageError, match=r"tables is a link, and nothing is written through it"):
        open_study("corpus", dispatches, made.path)


def test_notebooks_merge_into_one_run(made: RunFolder) -> None:
    assert list(made.manifest()["notebooks"].items()) == [
        ("corpus", {"copies": False}),
        ("statements", {"copies": False, "speakers": None, "least_confidence": 0.2}),
        ("language", {"copies": False, "terms": None}),
    ]
    assert {finding.notebook for finding in made.findings} == {"corpus", "statements", "language"}
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
    for finding in corpus.summary(study.annotations):
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
        patch.setattr("research.nlp.annotate._who_said_what", None)  # counting words takes no model
        for name, module in (("corpus", corpus), ("language", language)):
            study = open_study(name, dispatches, tmp_path / "run")
            for finding in module.summary(study.annotations):
                study.finding(finding)
            study.close()
    assert "annotations.jsonl.gz" not in RunFolder(tmp_path / "run").files()
    open_study("statements", dispatches, tmp_path / "run").close()
    run = RunFolder(tmp_path / "run")
    assert "annotations.jsonl.gz" in run.files()
    assert problems(run) == []


def test_a_notebook_that_is_part_of_a_run_leaves_to_it_what_all_share(dispatches: Path, tmp_path: Path) -> None:
    folder = RunFolder(tmp_path / "run")
    folder.path.mkdir()
    folder.part_path.write_text(load(dispatches).digest, encoding="utf-8")
    study = open_study("corpus", dispatches, folder.path)
    for finding in corpus.summary(study.annotations):
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
