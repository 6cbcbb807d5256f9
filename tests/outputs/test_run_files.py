"""Every file of a run folder is one row of the list, and nothing else needs the one that can be left out."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from research.loading import load
from research.nlp.layers import extracted
from research.outputs.folder.collection import collection_block
from research.outputs.folder.manifest import problems
from research.outputs.folder.run_folder import ANCHORS, RunFolder
from research.outputs.run_files import RUN_FILES, Shared, write_shared


def test_every_file_of_a_run_is_one_row_of_the_list(made: RunFolder) -> None:
    files = [*made.files(), "manifest.json"]
    found = {}
    for file in RUN_FILES:
        pattern = re.escape(file.path).replace("NOTEBOOK", r"[\w-]+").replace("NAME", r"[\w.-]+")
        found[file.path] = [path for path in files if re.fullmatch(pattern, path)]
    assert sorted(path for its in found.values() for path in its) == sorted(files)
    assert [path for path, its in found.items() if not its] == [
        "suggested_speakers.csv",  # nothing to suggest
        "report/NAME.html",  # the report is short
    ]
    assert all(file.holds and not file.holds.endswith(".") for file in RUN_FILES)


def shared(made: RunFolder, dispatches: Path) -> Shared:
    return Shared(made, load(dispatches), set(extracted()), made.manifest())


def test_the_files_that_are_shared_are_the_same_bytes_again(made: RunFolder, dispatches: Path) -> None:
    before = made.manifest()
    write_shared(shared(made, dispatches))
    assert made.manifest() == before
    assert problems(made) == []


def test_web_annotations_can_be_left_out(made: RunFolder, dispatches: Path, research: Callable[..., Any]) -> None:
    write_shared(replace(shared(made, dispatches), web_annotations=False))
    assert ANCHORS not in made.manifest()["outputs"]
    assert problems(made) == []
    assert ANCHORS not in (made.path / "report.html").read_text(encoding="utf-8")
    for key in ("language.count.harbour", f"corpus.documents#{row_of(made)}"):
        code, out, err = research("why", made.path, key, "--source", dispatches)
        assert (code, err) == (0, ""), out
    assert research("verify", made.path, "--no-rerun")[0] == 0


def row_of(made: RunFolder) -> str:
    return str(made.table("corpus.documents")["address"][0].partition("#")[2])


def test_suggestions_are_written_where_there_are_any_and_removed_where_there_are_none(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Text.")
    run = RunFolder(tmp_path / "run")
    (write,) = (it.write for it in RUN_FILES if it.path == "suggested_speakers.csv")
    assert write is not None
    path, it = run.path / "suggested_speakers.csv", Shared(run, load(tmp_path), (), {})
    for names, there in ((["Ada Okell", "Okell"], True), (["Ada Okell"], False)):
        said = {"source": "she", "kind": "direct", "date": "2031", "office": "", "doc_id": "a"}
        run.write_table("statements.statements", pd.DataFrame([{"speaker": name, **said} for name in names]))
        write(it, path)
        assert path.exists() is there


def test_the_manifest_has_the_checksum_of_speakers_csv(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Text.")
    assert "speakers" not in collection_block(load(tmp_path))
    (tmp_path / "speakers.csv").write_bytes(b"name\nAda Okell")
    sha256 = hashlib.sha256(b"name\nAda Okell").hexdigest()
    assert collection_block(load(tmp_path))["speakers"] == {"path": "speakers.csv", "sha256": sha256}
