"""`research verify` runs again and tells another processor, other documents and another value apart."""

import gzip
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from research.analysis import statements
from research.errors import SourceError
from research.loading import Document
from research.nlp import layers
from research.nlp.layers import Layer, Tables
from research.outputs import verify as verifying
from research.outputs.folder.run_folder import RunFolder
from research.outputs.folder.writing import sha256_of
from research.outputs.study import open_study
from research.outputs.verify import verify
from tests.outputs.test_verify import ENDLESS, INTACT, Rewrite, byte_changed, messages

# --- annotating again: another processor is played by an annotator that is a little less sure ---


@pytest.fixture
def again_with_cache(dispatches: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Running again without a kernel: the corpus is annotated, from the cache that verifying set up, and counted."""

    def run(source: Path, *, outputs: Path, name: str, **_: Any) -> SimpleNamespace:
        study = open_study("statements", source, outputs / name)
        for finding in statements.findings(study.annotations):
            study.finding(finding)
        study.close()
        return SimpleNamespace(folder=RunFolder(outputs / name))

    monkeypatch.setattr(verifying, "run", run)


@pytest.fixture
def made_elsewhere(
    again_with_cache: None, dispatches: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> RunFolder:
    """A run whose annotations came out a little different from what they come to here."""

    make = layers.make

    def less_sure(document: Document, wanted: Iterable[Layer], known: Mapping[str, list[Any]]) -> Tables:
        tables = make(document, wanted, known)
        if "attributions" not in tables:
            return tables
        return tables | {"attributions": [it | {"confidence": 0.01} for it in tables["attributions"]]}

    monkeypatch.setenv("RESEARCH_CACHE", str(tmp_path / "elsewhere"))
    with monkeypatch.context() as patch:
        patch.setattr(layers, "make", less_sure)
        made: RunFolder = vars(verifying)["run"](dispatches, outputs=tmp_path, name="dispatches").folder
        return made


def test_annotations_that_are_the_same_are_not_spoken_of(
    again_with_cache: None, dispatches: Path, tmp_path: Path
) -> None:
    made = vars(verifying)["run"](dispatches, outputs=tmp_path, name="dispatches").folder
    assert messages(made, dispatches) == (True, [INTACT, "Run again: identical, every byte of every file."])


def test_other_annotations_than_here_do_not_hide_that_the_analysis_is_the_same(
    made_elsewhere: RunFolder,
    dispatches: Path,
    monkeypatch: pytest.MonkeyPatch,
    carried_over: Callable[[RunFolder], None],
) -> None:
    monkeypatch.setattr(verifying, "EXPECTED_AGREEMENT", 0)
    carried_over(made_elsewhere)
    holds, said = messages(made_elsewhere, dispatches)
    assert holds
    assert said[1] == "Annotated again: 0 of 3 annotations are the same; a few differ between processors."
    assert said[2].startswith("Run again on the kept annotations: same findings; only the environment")


@pytest.mark.parametrize(
    ("environment", "limit", "why"),
    [
        ({"machine": "another"}, 0.9, "fewer than another processor explains"),
        (None, 0, "although the environment is the same"),
    ],
)
def test_annotations_that_differ_without_an_excuse_do_not_hold(
    *,
    made_elsewhere: RunFolder,
    dispatches: Path,
    rewrite_manifest: Rewrite,
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str] | None,
    limit: float,
    why: str,
) -> None:
    monkeypatch.setattr(verifying, "EXPECTED_AGREEMENT", limit)
    if environment is not None:
        rewrite_manifest(made_elsewhere, environment=environment)
    holds, said = messages(made_elsewhere, dispatches)
    assert not holds
    assert said[1].endswith(f"are the same, {why}.")
    assert "Run again on the kept annotations: " in said[2], "the analysis is none the worse"


def test_kept_annotations_that_are_damaged_are_said_to_be(
    made_elsewhere: RunFolder, dispatches: Path, rewrite_manifest: Rewrite
) -> None:
    kept = made_elsewhere.path / "annotations.jsonl.gz"
    kept.write_bytes(gzip.compress(b'{"doc": "harbour", "attributions": [{}]}\n'))
    rewrite_manifest(made_elsewhere, outputs=made_elsewhere.manifest()["outputs"] | {kept.name: sha256_of(kept)})
    holds, said = messages(made_elsewhere, dispatches)
    assert not holds
    assert "annotations.jsonl.gz is damaged" in said[1]


# --- running again: what the second run gives is put in its place, so that no kernel is needed ---


@pytest.fixture
def again(made: RunFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RunFolder:
    """What running again gives: a copy of the run, to be changed before verifying."""
    copy = RunFolder(Path(shutil.copytree(made.path, tmp_path / "again")))
    monkeypatch.setattr(verifying, "run", lambda *_, **__: SimpleNamespace(folder=copy))
    return copy


def test_the_same_bytes_are_identical(made: RunFolder, again: RunFolder, dispatches: Path) -> None:
    assert messages(made, dispatches) == (True, [INTACT, "Run again: identical, every byte of every file."])


def test_another_environment_and_other_pixels_are_the_same_findings(
    made: RunFolder, again: RunFolder, dispatches: Path, carried_over: Callable[[RunFolder], None]
) -> None:
    carried_over(made)
    holds, said = messages(made, dispatches)
    assert holds
    assert said[1].startswith("Pictures were not compared: the run says that it was made elsewhere (")
    assert said[1].count("figures/corpus.lengths.png") == 1, "another picture in its place would not be noticed"
    assert said[2].startswith("Run again: same findings; only the environment block or the pixels of pictures differ")
    assert "figures/corpus.lengths.png, manifest.json" in said[2]


def test_where_all_pictures_are_the_same_another_environment_leaves_nothing_to_doubt(
    made: RunFolder,
    again: RunFolder,
    dispatches: Path,
    rewrite_manifest: Rewrite,
    carried_over: Callable[[RunFolder], None],
) -> None:
    carried_over(made)
    for path in made.path.glob("figures/*.png"):
        shutil.copy(again.path / "figures" / path.name, path)
    now = {path: sha256_of(made.path / path) for path in made.manifest()["outputs"]}
    rewrite_manifest(made, outputs=now)
    holds, said = messages(made, dispatches)
    assert holds
    assert said[1].startswith("Run again: same findings; only the environment block differs, and every picture is the")
    assert not any("not compared" in message for message in said)


def test_another_value_differs_and_is_shown(
    made: RunFolder, again: RunFolder, dispatches: Path, rewrite_manifest: Rewrite
) -> None:
    table = made.path / "tables" / "corpus.documents.csv"
    table.write_text(table.read_text(encoding="utf-8").replace('"strike"', '"Strike"'), encoding="utf-8")
    rewrite_manifest(made, outputs=made.manifest()["outputs"] | {"tables/corpus.documents.csv": sha256_of(table)})
    holds, said = messages(made, dispatches)
    assert not holds
    assert said[0] == INTACT, "the forger made the manifest agree"
    assert said[1].startswith("Run again: differs, in manifest.json, tables/corpus.documents.csv. First difference: ")
    assert 'tables/corpus.documents.csv, line 4: kept \'"Strike",' in said[1]
    assert 'new \'"strike",' in said[1]


def test_a_changed_file_is_found_twice(made: RunFolder, again: RunFolder, dispatches: Path) -> None:
    byte_changed(made.path / "findings.md")
    holds, said = messages(made, dispatches)
    assert not holds
    assert said[0].startswith("findings.md was changed")
    assert said[1].startswith("Run again: differs, in findings.md. First difference: findings.md, line ")


@pytest.fixture
def documents(dispatches: Path, tmp_path: Path) -> Path:
    """The documents once more, to be changed, in a folder of another name."""
    return Path(shutil.copytree(dispatches, tmp_path / "elsewhere"))


def test_documents_that_were_changed_added_and_removed_are_named(
    made: RunFolder, again: RunFolder, documents: Path
) -> None:
    (documents / "harbour.txt").write_text("date 2021-03-04 Another text.", encoding="utf-8")
    (documents / "letters" / "reply.txt").unlink()
    (documents / "new.txt").write_text("A new text.", encoding="utf-8")
    holds, said = messages(made, documents)
    assert not holds
    assert said[:3] == [
        "The document harbour.txt was changed since the run was made.",
        "The document letters/reply.txt is missing since the run was made.",
        "The document new.txt was added since the run was made.",
    ]


def test_a_corpus_toml_that_was_changed_or_removed_is_named(
    made: RunFolder, again: RunFolder, documents: Path, rewrite_manifest: Rewrite
) -> None:
    (documents / "corpus.toml").write_text('language = "en"', encoding="utf-8")
    source = made.manifest()["source"]
    for folder in (made, again):
        rewrite_manifest(folder, source=source | {"settings": {"path": "corpus.toml", "sha256": "0"}})
    assert messages(made, documents)[1][0] == "corpus.toml was changed since the run was made."
    (documents / "corpus.toml").unlink()
    assert messages(made, documents)[1][0] == "corpus.toml is missing since the run was made."


def test_documents_in_a_folder_of_another_name_are_the_documents(
    made: RunFolder, again: RunFolder, documents: Path
) -> None:
    assert messages(made, documents) == (True, [INTACT, "Run again: identical, every byte of every file."])


def test_a_document_in_a_file_of_another_name_is_the_document(
    made: RunFolder, again: RunFolder, tmp_path: Path, rewrite_manifest: Rewrite
) -> None:
    at = tmp_path / "renamed.txt"
    at.write_text("A text.", encoding="utf-8")
    document = {"id": "speech", "date": None, "path": "speech.txt", "sha256": sha256_of(at)}
    for folder in (made, again):
        rewrite_manifest(folder, source={"name": "speech", "documents": [document], "rejected": 0})
    assert messages(made, at) == (True, [INTACT, "Run again: identical, every byte of every file."])


def test_documents_that_are_gone_can_be_named_with_source(made: RunFolder, research: Callable[..., Any]) -> None:
    code, out, _ = research("verify", made.path)
    assert code == 1
    assert out.splitlines() == [
        INTACT,
        "Not run again: The documents of this run, 'dispatches', were not found. Give their path with --source.",
    ]


def test_a_source_that_does_not_exist_is_a_usage_error(made: RunFolder, research: Callable[..., Any]) -> None:
    with pytest.raises(SourceError, match="There is no file or folder 'nowhere'"):
        verify(made, source="nowhere")
    assert research("verify", made.path, "--source", "nowhere")[0] == 2


def test_documents_that_cannot_be_read_are_said_and_nothing_is_run(
    made: RunFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verifying, "run", lambda *_, **__: pytest.fail("it was run"))
    (tmp_path / "empty").mkdir()
    holds, said = messages(made, tmp_path / "empty")
    assert not holds
    assert said[1].startswith("Not run again: ")
    assert "holds no file" in said[1]


def test_an_unknown_run_is_a_usage_error(research: Callable[..., Any]) -> None:
    code, out, err = research("verify", "nowhere")
    assert (code, out) == (2, "")
    assert err.startswith("research: There is no run 'nowhere'")
    assert err.count("\n") == 1


@pytest.mark.parametrize("make", ENDLESS.values(), ids=ENDLESS)
@pytest.mark.parametrize("name", ["annotations.jsonl.gz", "report.html"])
def test_what_never_ends_is_named_when_a_run_is_made_again(
    made: RunFolder, again: RunFolder, dispatches: Path, name: str, make: Callable[[Path], object]
) -> None:
    (made.path / name).unlink()
    make(made.path / name)
    holds, said = messages(made, dispatches)
    assert not holds
    assert said[0].startswith(f"{name} was changed")
