"""A folder is entered with all below it: links, pipes, closed folders, runs and strange names."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from research.loading import load
from research.loading.files import printable
from research.loading.folders import RUN_FOLDER
from tests.loading.conftest import fill, reasons
from tests.strategies import files, stray

MANIFEST = f'{{\n "format": "{RUN_FOLDER} 1",\n "source": {{}}\n}}\n'


def test_what_a_run_made_is_no_part_of_a_source(tmp_path: Path) -> None:
    """Its captions would otherwise be taken for documents, and a second run would find another corpus."""
    run = {"manifest.json": MANIFEST, "figures/corpus.timeline.txt": "A bar chart.", "findings.md": "# Findings"}
    documents = {"a.txt": "Text.", "sub/b.txt": "Text.", "c.mp3": "Text."}
    alone = load(fill(tmp_path / "alone" / "x", documents))
    beside = fill(tmp_path / "beside" / "x", documents)
    for folder in ("run", "sub/deep/run", ".hidden", ".on-the-record.run.1"):
        fill(beside / folder, run)
    fill(beside, {".on-the-record.run.partial/a.txt": "A bar chart.", "sub/.on-the-record.lock": ""})
    corpus = load(beside)
    assert corpus.ids == ["a", "sub/b"]
    assert reasons(corpus) == {"c.mp3": "files of the kind .mp3 are not read"}
    assert corpus.digest == alone.digest


def test_the_reference_run_is_known_for_one(tmp_path: Path, root: Path) -> None:
    fill(tmp_path, {"a.txt": "Text."})
    shutil.copytree(root / "outputs" / "seeds", tmp_path / "earlier")
    corpus = load(tmp_path)
    assert (corpus.ids, corpus.rejected) == (["a"], [])


@pytest.mark.parametrize(
    "manifest",
    [
        b"{}",
        b"",
        b"\xff\xfe",
        f'{{"name": "{"x" * 200}", "format": "{RUN_FOLDER} 1"}}'.encode(),  # it does not begin with it
        None,
    ],
    ids=["another", "empty", "not UTF-8", "later", "a folder"],
)
def test_a_folder_with_another_manifest_is_entered(tmp_path: Path, manifest: bytes | None) -> None:
    name = "sub/manifest.json" if manifest is not None else "sub/manifest.json/c.json"
    corpus = load(fill(tmp_path, {name: manifest or b"", "sub/a.txt": "Text."}))
    assert corpus.ids == ["sub/a"]
    assert reasons(corpus).keys() == {name}


@pytest.mark.parametrize(
    "manifest",
    [
        f'{{"note": "copied from an {RUN_FOLDER} 1"}}',
        f'{{"format": "{RUN_FOLDER} 1 is what we call it"}}',
        f'{{"format": "An {RUN_FOLDER} 1"}}',
        f"The {RUN_FOLDER} 1",
    ],
)
def test_a_folder_whose_manifest_only_mentions_a_run_is_entered(tmp_path: Path, manifest: str) -> None:
    assert load(fill(tmp_path, {"sub/manifest.json": manifest, "sub/a.txt": "Text."})).ids == ["sub/a"]


def test_a_file_named_as_if_a_run_were_at_work_is_listed(tmp_path: Path) -> None:
    files = {".on-the-record.notes.txt": "Text.", ".on-the-record.run.lock": "", ".on-the-record.mine/a.txt": "Text."}
    corpus = load(fill(tmp_path, {"a.txt": "Text.", ".on-the-record.run.partial/run/findings.md": "Text.", **files}))
    assert reasons(corpus) == {
        ".on-the-record.mine": "a hidden folder, which systems and tools keep",
        ".on-the-record.notes.txt": "a hidden file, which systems and tools keep",
    }


def test_folders_below_folders_without_end_are_entered_as_far_as_names_go(tmp_path: Path) -> None:
    fill(tmp_path, {"a.txt": "Text."})
    at, deepest = str(tmp_path), 1500
    before = os.open(tmp_path, os.O_RDONLY)
    for _ in range(deepest):
        os.mkdir("d", dir_fd=before)
        after = os.open("d", os.O_RDONLY, dir_fd=before)
        os.close(before)
        before = after
    with open(os.open("b.txt", os.O_CREAT | os.O_WRONLY, dir_fd=before), "w") as file:  # noqa: PTH123
        file.write("Text.")
    os.close(before)
    try:
        corpus = load(at)
    finally:  # Python's own way to remove folders calls itself for each level
        subprocess.run(["rm", "-r", f"{at}/d"], check=True)
    assert corpus.ids == ["a"]
    [(file_name, reason, _)] = corpus.rejected
    assert file_name.startswith("d/d/d/")
    assert reason == "its path is too long (over 1,000 characters)"


def test_a_folder_named_like_a_text_is_a_folder(tmp_path: Path) -> None:
    assert load(fill(tmp_path, {"a.txt/b.txt": "Text"})).ids == ["a.txt/b"]


def test_links_stay_in_the_folder(tmp_path: Path) -> None:
    outside = fill(tmp_path / "outside", {"secret.txt": "Secret."})
    source = fill(tmp_path / "source", {"a.txt": "Text.", "sub/b.txt": "More."})
    (source / "inside.txt").symlink_to("sub/b.txt")
    (source / "out.txt").symlink_to(outside / "secret.txt")
    (source / "out_twice.txt").symlink_to("out.txt")
    (source / "folder").symlink_to("sub")
    (source / "folder_out").symlink_to(outside)
    (source / "sub" / "up").symlink_to("..")
    corpus = load(source)
    assert corpus.ids == ["a", "inside", "sub/b"]
    assert reasons(corpus) == {
        "folder": "a link to a folder, which is not followed",
        "folder_out": "a link that leads out of the folder",
        "out.txt": "a link that leads out of the folder",
        "out_twice.txt": "a link that leads out of the folder",
        "sub/up": "a link to a folder, which is not followed",
    }


def test_links_that_lead_nowhere_or_in_a_circle_are_listed(tmp_path: Path) -> None:
    fill(tmp_path, {"a.txt": "Text."})
    (tmp_path / "circle.txt").symlink_to("circle.txt")
    (tmp_path / "nowhere.txt").symlink_to("gone.txt")
    corpus = load(tmp_path)
    assert corpus.ids == ["a"]
    assert all("cannot be opened" in reason for reason in reasons(corpus).values())
    assert reasons(corpus).keys() == {"circle.txt", "nowhere.txt"}


def test_a_pipe_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(fill(tmp_path, {"a.txt": "Text."}) / "pipe.txt")
    assert reasons(load(tmp_path)) == {"pipe.txt": "not a regular file"}


def test_what_the_user_may_not_read_is_listed(ordinary_user: Path) -> None:
    fill(ordinary_user, {"a.txt": "Text.", "b.txt": "Text.", "closed/c.txt": "Text.", "half/d.txt": "Text."})
    (ordinary_user / "half" / "deep").mkdir()
    (ordinary_user / "half" / ".hidden").mkdir()
    (ordinary_user / "b.txt").chmod(0)
    (ordinary_user / "closed").chmod(0)
    (ordinary_user / "half").chmod(0o444)  # its files can be listed, and that is all
    corpus = load(ordinary_user)
    found = reasons(corpus)
    assert corpus.ids == ["a"]
    assert found["b.txt"] == "the file cannot be opened (Permission denied)"
    assert found["closed"] == "the folder cannot be opened (Permission denied)"
    assert found["half/d.txt"] == "the file cannot be opened (Permission denied)"
    assert "half/deep" in found
    assert "hidden" in found["half/.hidden"]


@settings(max_examples=30)
@given(st.lists(files() | stray(), min_size=1, max_size=6))
def test_nothing_is_lost_whatever_the_files_hold(contents: list[bytes]) -> None:
    """Every file is a document or is rejected, and none is both."""
    with tempfile.TemporaryDirectory() as folder:
        fill(Path(folder), {f"{number}.txt": content for number, content in enumerate(contents)} | {"a.txt": "Text"})
        corpus = load(folder)
        named = [*corpus.documents["path"], *reasons(corpus)]
        assert sorted(named) == sorted(path.name for path in Path(folder).iterdir())
        assert len(corpus) == len(corpus.documents)


# --- names that cannot be written anywhere ---


def test_control_characters_and_stray_bytes_in_names_are_written_as_escapes(tmp_path: Path) -> None:
    fill(tmp_path, {"a\nb.txt": "A", "c\x1b[31m.txt": "C", "d\u202e.txt": "D"})
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/e\xff.txt")).write_text("E", encoding="utf-8")
    corpus = load(tmp_path)
    assert {corpus[name].text for name in corpus.ids} == {"A", "C", "D", "E"}
    assert all(name.isprintable() and name.encode() for name in corpus.ids)
    assert "a\\nb" in corpus
    assert "e\\xff" in corpus


@pytest.mark.parametrize("suffix", [b".\xff", b".p\ndf"])
def test_a_strange_suffix_can_be_written_as_well(tmp_path: Path, suffix: bytes) -> None:
    fill(tmp_path, {"a.txt": "A"})
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/b" + suffix)).write_text("B", encoding="utf-8")
    corpus = load(tmp_path)
    assert all(text.isprintable() and text.encode() for row in corpus.rejected for text in row)
    assert corpus.digest


def test_an_escaped_name_never_meets_another_one(tmp_path: Path) -> None:
    fill(tmp_path, {"a\n.txt": "first", "a\\n.txt": "second", "b\x85.txt": "third", "b\\x85.txt": "fourth"})
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/b\x85.txt")).write_text("fifth", encoding="utf-8")
    corpus = load(tmp_path)
    assert {corpus[name].text for name in corpus.ids} == {"first", "second", "third", "fourth", "fifth"}


@example(b"\n", rb"\n")
@example(b"\x85", rb"\x85")
@example(b"\x85", "\x85".encode())
@example("\u202e".encode(), rb"\u202e")
@given(st.binary(min_size=1, max_size=8), st.binary(min_size=1, max_size=8))
def test_different_names_are_written_differently(one: bytes, other: bytes) -> None:
    written = [printable(os.fsdecode(name)) for name in (one, other)]
    assert (written[0] == written[1]) == (one == other)
    assert all(name.isprintable() for name in written)
