"""`research verify` names what was done to a run: each copy here is called after that."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from research.outputs.folder.manifest import digest, problems
from research.outputs.folder.run_folder import RunFolder
from research.outputs.folder.writing import json_text
from research.outputs.verify import verify

Rewrite = Callable[..., None]
INTACT = "All files match the manifest."


def messages(folder: RunFolder, source: Path | None) -> tuple[bool, list[str]]:
    verdict = verify(folder, source=None if source is None else str(source))
    return verdict.holds, [entry["message"] for entry in verdict.entries()]


def test_an_intact_run_is_said_to_be_intact(made: RunFolder, research: Callable[..., Any]) -> None:
    assert research("verify", made.path, "--no-rerun") == (0, "All files match the manifest.\n", "")


# --- files ---


def byte_changed(at: Path) -> None:
    data = bytearray(at.read_bytes())
    data[len(data) // 2] ^= 1
    at.write_bytes(data)


def emptied(at: Path) -> None:
    at.write_bytes(b"")


def removed(at: Path) -> None:
    at.unlink()


def made_a_folder(at: Path) -> None:
    at.unlink()
    at.mkdir()


def made_a_dead_link(at: Path) -> None:
    at.unlink()
    at.symlink_to("nowhere")


KINDS = [
    "annotations.jsonl.gz",
    "annotations.jsonld.gz",
    "evidence/corpus.csv",
    "figures/corpus.lengths.csv",
    "figures/corpus.lengths.png",
    "figures/corpus.lengths.svg",
    "figures/corpus.lengths.txt",
    "findings.bib",
    "findings.json",
    "findings.md",
    "findings.tex",
    "notebooks/01_corpus.ipynb",
    "rejected.csv",
    "report.html",
    "tables.xlsx",
    "tables/corpus.documents.csv",
    "tables/corpus.documents.txt",
]


def test_every_kind_of_file_is_tampered_with(made: RunFolder) -> None:
    kinds = {(Path(path).parent, Path(path).suffix) for path in made.files()}
    assert {(Path(path).parent, Path(path).suffix) for path in KINDS} == kinds


@pytest.mark.parametrize("path", KINDS)
def test_one_changed_byte_is_found(made: RunFolder, path: str, research: Callable[..., Any]) -> None:
    byte_changed(made.path / path)
    code, out, _ = research("verify", made.path, "--no-rerun")
    assert code == 1
    assert f"{path} was changed: expected sha256 " in out
    assert out.count("\n") == 1


@pytest.mark.parametrize(
    ("tamper", "said"),
    [
        (emptied, "was changed"),
        (removed, "is missing"),
        (made_a_folder, "is missing"),
        (made_a_dead_link, "was changed: it is not a regular file"),
    ],
)
@pytest.mark.parametrize("path", ["tables/corpus.documents.csv", "findings.json"])
def test_a_file_that_is_no_more_what_it_was_is_found(
    made: RunFolder, path: str, tamper: Callable[[Path], None], said: str, research: Callable[..., Any]
) -> None:
    tamper(made.path / path)
    code, out, _ = research("verify", made.path, "--no-rerun")
    assert code == 1
    assert f"{path} {said}" in out


@pytest.mark.parametrize("path", ["extra.txt", "tables/extra.csv", ".hidden", "new/folder/file"])
def test_an_added_file_is_found(made: RunFolder, path: str, research: Callable[..., Any]) -> None:
    (made.path / path).parent.mkdir(parents=True, exist_ok=True)
    (made.path / path).write_text("", encoding="utf-8")
    code, out, _ = research("verify", made.path, "--no-rerun")
    assert code == 1
    assert f"{path} was added: it is not a file of this run." in out


@pytest.mark.parametrize("target", ["/dev/zero", "nowhere", "."])
def test_an_added_link_is_found_and_not_followed(made: RunFolder, target: str) -> None:
    (made.path / "tables" / "link.csv").symlink_to(target)
    assert [problem.problem for problem in problems(made)] == [
        "tables/link.csv was added: it is not a file of this run."
    ]


def test_a_link_in_place_of_a_file_is_not_followed(made: RunFolder) -> None:
    kept = shutil.copy(made.path / "findings.md", made.path.parent / "kept.md")
    (made.path / "findings.md").unlink()
    (made.path / "findings.md").symlink_to(kept)
    assert [problem.path for problem in problems(made)] == ["findings.md"]


def a_large_file(path: Path) -> None:
    """More than may be read at once, or more than the memory of the process below."""
    path.touch()
    os.truncate(path, 600_000_000 if path.suffix == ".json" else 200_000_000)


def a_pipe(run: RunFolder) -> None:
    run.manifest_path.unlink()
    os.mkfifo(run.manifest_path)


ENDLESS: dict[str, Callable[[Path], object]] = {
    "a pipe": os.mkfifo,
    "a link to a device without an end": lambda path: path.symlink_to("/dev/zero"),
    "a file larger than memory": a_large_file,
}
LITTLE_MEMORY = """
import re, resource, sys
from pathlib import Path
from research.cli import main
from research.outputs.citing import why
from research.outputs.folder import run_folder
used = int(re.search(r"VmSize:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1]) * 1024
resource.setrlimit(resource.RLIMIT_AS, (used + 150_000_000,) * 2)
command, *words = sys.argv
for run, key in zip(words[::2], words[1::2]):
    sys.argv = ["research", "why", run, key]
    try:
        main()
    except SystemExit as end:
        print(end.code, flush=True)
"""


@pytest.mark.parametrize("make", ENDLESS.values(), ids=ENDLESS)
def test_what_never_ends_is_no_file_of_a_run(made: RunFolder, make: Callable[[Path], object], tmp_path: Path) -> None:
    """In a process with little memory and little time: the file is looked at, and never taken in."""
    asked: list[str | Path] = []
    for number, (name, key) in enumerate(
        [
            ("findings.json", "corpus.words"),
            ("manifest.json", "corpus.words"),
            ("evidence/corpus.csv", "corpus.words"),
            ("tables/corpus.documents.csv", "tables/corpus.documents"),
            ("tables/corpus.documents.csv", "otr.dispatches.rows.none"),
        ]
    ):
        run = Path(shutil.copytree(made.path, tmp_path / f"run-{number}"))
        (run / name).unlink()
        make(run / name)
        asked += [run, key]
    command = [sys.executable, "-c", LITTLE_MEMORY, *asked]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.split() == ["1"] * 5, done.stderr
    assert [line[:10] for line in done.stderr.splitlines()] == ["research: "] * 5


def test_every_problem_is_listed_at_once(made: RunFolder, research: Callable[..., Any]) -> None:
    removed(made.path / "findings.md")
    byte_changed(made.path / "rejected.csv")
    (made.path / "extra").touch()
    code, out, _ = research("verify", made.path, "--no-rerun", "--format", "json")
    assert code == 1
    assert [(entry["result"], entry["path"]) for entry in json.loads(out)] == [
        ("problem", "extra"),
        ("problem", "findings.md"),
        ("problem", "rejected.csv"),
    ]


# --- the manifest ---


def edited(folder: RunFolder, **parts: Any) -> None:
    """Another content under the old digest."""
    content = json.loads(folder.manifest_path.read_text(encoding="utf-8"))
    folder.manifest_path.write_text(json.dumps(content | parts), encoding="utf-8")


def through_a_link(folder: RunFolder) -> None:
    kept = folder.manifest_path.rename(folder.path.parent / "kept.json")
    folder.manifest_path.symlink_to(kept)


def with_a_key_twice(folder: RunFolder) -> None:
    text = folder.manifest_path.read_text(encoding="utf-8")
    folder.manifest_path.write_text(text.replace("{", '{\n "approved": "yes",', 1).replace("{", '{\n "name": "x",', 1))


def in_another_order(folder: RunFolder) -> None:
    content = dict(reversed(json.loads(folder.manifest_path.read_text(encoding="utf-8")).items()))
    folder.manifest_path.write_text(json_text(content | {"digest": digest(content)}), encoding="utf-8")


def a_folder(run: RunFolder) -> None:
    run.manifest_path.unlink()
    run.manifest_path.mkdir()


MANIFESTS: dict[str, Callable[[RunFolder], Any]] = {
    "has a blank more": lambda run: run.manifest_path.write_bytes(run.manifest_path.read_bytes() + b" "),
    "has other line ends": lambda run: run.manifest_path.write_bytes(
        run.manifest_path.read_bytes().replace(b"\n", b"\r\n")
    ),
    "has a key twice": with_a_key_twice,
    "is in another order": in_another_order,
    "is a link": through_a_link,
    "is longer than any disk": lambda run: os.truncate(run.manifest_path, 3_000_000_000),
    "is a pipe": a_pipe,
    "is empty": lambda run: run.manifest_path.write_bytes(b""),
    "is missing": lambda run: run.manifest_path.unlink(),
    "is a folder": a_folder,
    "is cut off": lambda run: run.manifest_path.write_bytes(run.manifest_path.read_bytes()[:-50]),
    "is no text": lambda run: run.manifest_path.write_bytes(b"\xff\xfe\0"),
    "is a list": lambda run: run.manifest_path.write_text("[]"),
    "is a number": lambda run: run.manifest_path.write_text("NaN"),
    "holds nothing": lambda run: run.manifest_path.write_text("{}"),
    "is nested without end": lambda run: run.manifest_path.write_text("[" * 100_000),
    "lost a part": lambda run: edited(run, outputs=None),
    "has a number for a digest": lambda run: edited(run, outputs=dict.fromkeys(run.files(), 1)),
    "holds what is no number": lambda run: edited(run, source=float("inf")),
    "has another environment": lambda run: edited(run, environment={}),
    "has other parameters": lambda run: edited(run, notebooks={"corpus": {}, "language": {"terms": ["oil"]}}),
    "has a wrong digest": lambda run: edited(run, digest="0" * 64),
    "has another name for its source": lambda run: edited(
        run, source={"name": "other", "documents": [], "rejected": 0}
    ),
}


@pytest.mark.parametrize("tamper", MANIFESTS.values(), ids=MANIFESTS)
@pytest.mark.parametrize("rerun", [["--no-rerun"], []], ids=["files only", "with rerun"])
def test_a_manifest_that_was_damaged_or_edited_is_found(
    made: RunFolder, tamper: Callable[[RunFolder], Any], rerun: list[str], research: Callable[..., Any]
) -> None:
    tamper(made)
    code, out, err = research("verify", made.path, *rerun, "--format", "json")
    assert (code, err) == (1, "")
    assert [entry["path"] for entry in json.loads(out)] == ["manifest.json"]


@pytest.mark.parametrize(
    "parts",
    [
        {"source": {}},
        {"source": {"name": "../escape", "documents": [], "rejected": 0}},
        {"source": {"name": "/etc", "documents": [], "rejected": 0}},
        {"source": {"name": "..", "documents": [], "rejected": 0}},
        {"source": {"name": "", "documents": [], "rejected": 0}},
        {"source": {"name": "dispatches", "documents": [{}], "rejected": 0}},
        {"notebooks": ["corpus"]},
        {"notebooks": {"corpus": None}},
        {"failed": "corpus"},
        {"environment": None},
    ],
    ids=str,
)
def test_a_forged_manifest_of_another_form_is_damaged(
    made: RunFolder, parts: dict[str, Any], rewrite_manifest: Rewrite, research: Callable[..., Any]
) -> None:
    rewrite_manifest(made, **parts)
    code, out, err = research("verify", made.path)
    assert (code, err) == (1, "")
    assert "manifest.json is damaged" in out
    code, _, err = research("why", made.path, "corpus.words")
    assert code == 1
    assert "manifest.json is damaged" in err


def test_a_run_whose_notebook_failed_does_not_hold(
    made: RunFolder, rewrite_manifest: Rewrite, research: Callable[..., Any]
) -> None:
    rewrite_manifest(made, failed=["05_language"])
    code, out, _ = research("verify", made.path, "--no-rerun")
    assert code == 1
    assert "The notebook 05_language failed when the run was made." in out


def test_the_manifest_names_nothing_of_this_machine(made: RunFolder) -> None:
    text = made.manifest_path.read_text(encoding="utf-8")
    assert str(made.path.parent) not in text
    manifest = json.loads(text)
    assert sorted(manifest["outputs"]) == made.files()
    assert manifest["digest"] == digest(manifest)
    assert manifest["source"]["name"] == "dispatches"
    assert [entry["id"] for entry in manifest["source"]["documents"]] == ["harbour", "letters/reply", "strike"]
