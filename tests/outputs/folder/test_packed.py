"""Two packed files that hold the same are told from two that do not, however they are packed."""

import gzip
import zipfile
from pathlib import Path

import pytest

from research.outputs.folder.packed import unpack_to_the_same, unpacked

PARTS = {"a.xml": b"<a>one</a>\n" * 500, "b.xml": b"<b>two</b>\n"}


def archive(path: Path, level: int = 6, parts: dict[str, bytes] = PARTS, comment: bytes = b"") -> Path:
    with zipfile.ZipFile(path, "w") as file:
        for name, content in parts.items():
            file.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED, level)
        file.comment = comment
    return path


def test_another_packing_of_the_same_is_the_same(tmp_path: Path) -> None:
    one, other = archive(tmp_path / "one.xlsx", 1), archive(tmp_path / "other.xlsx", 9)
    assert one.read_bytes() != other.read_bytes()
    assert unpack_to_the_same(one, other)


@pytest.mark.parametrize(
    ("parts", "comment"),
    [
        (PARTS | {"b.xml": b"<b>six</b>\n"}, b""),
        (PARTS | {"c.xml": b""}, b""),
        ({"a.xml": PARTS["a.xml"]}, b""),
        (dict(reversed(PARTS.items())), b""),
        (PARTS, b"a word"),
    ],
)
def test_anything_else_in_an_archive_is_not(tmp_path: Path, parts: dict[str, bytes], comment: bytes) -> None:
    one = archive(tmp_path / "one.xlsx")
    other = archive(tmp_path / "other.xlsx", parts=parts, comment=comment)
    assert not unpack_to_the_same(one, other)
    assert not unpack_to_the_same(other, one)


def test_nothing_hides_between_or_before_the_files_of_an_archive(tmp_path: Path) -> None:
    one = archive(tmp_path / "one.xlsx")
    hiding = tmp_path / "hiding.xlsx"
    hiding.write_bytes(b"a word" + one.read_bytes())
    assert zipfile.ZipFile(hiding).namelist() == list(PARTS)
    assert not unpack_to_the_same(hiding, one)


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04" + bytes(40)])
def test_what_is_no_archive_is_not_the_same(tmp_path: Path, content: bytes) -> None:
    one, other = archive(tmp_path / "one.xlsx"), tmp_path / "other.xlsx"
    other.write_bytes(content)
    assert not unpack_to_the_same(one, other)


def test_lines_are_those_that_were_packed(tmp_path: Path) -> None:
    (tmp_path / "a.gz").write_bytes(gzip.compress(b"one\ntwo\n"))
    (tmp_path / "a.txt").write_bytes(b"one\ntwo\n")
    parts = {"a.xml": b"one\n", "b.xml": b"two\n"}
    for path in (tmp_path / "a.gz", tmp_path / "a.txt", archive(tmp_path / "a.xlsx", parts=parts)):
        with unpacked(path) as lines:
            assert list(lines) == [b"one\n", b"two\n"]
