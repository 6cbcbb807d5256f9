"""A study refuses what would make two findings one, or two sources one run."""

from dataclasses import replace
from pathlib import Path

import pytest

from research.errors import ResearchError, UsageError
from research.outputs.folder import RunFolder
from research.outputs.manifest import problems
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
