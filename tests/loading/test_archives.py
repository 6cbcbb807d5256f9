"""Archives are read where they are; whatever would lead out of them, or explode, is refused and the rest goes on."""

import gzip
import io
import stat
import struct
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from research.errors import EmptySource
from research.loading import Corpus, load
from research.loading import archives as subject
from research.loading import files as files_read
from tests.loading.formats import MAKERS, csv_bytes

FILES = {
    "b.txt": b"date 2021-03-04 The harbour reopened.",
    "2021/a.txt": b"Dock workers went on strike.",
    "2021/wire_2021-03-05.txt": b"The strike ended.",
    "table.csv": csv_bytes([["text"], ["One."], ["Two."]]),
    "page.html": MAKERS[".html"](["The council met."]),
    "bad.bin": b"\0\1",
}


def zipped(files: Mapping[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return written.getvalue()


def tarred(files: Mapping[str, bytes], *others: tarfile.TarInfo) -> bytes:
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w:gz") as archive:
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
        for entry in others:
            archive.addfile(entry)
    return written.getvalue()


PACKERS: dict[str, Callable[[Mapping[str, bytes]], bytes]] = {
    ".zip": zipped,
    ".tar.gz": tarred,
    ".tgz": tarred,
    ".tar": lambda files: gzip.decompress(tarred(files)),
}


def fill(folder: Path, files: Mapping[str, bytes]) -> Path:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def beside(folder: Path, name: str, data: bytes) -> Corpus:
    """A folder with an archive and a text, so that the corpus is never empty."""
    return load(fill(folder, {name: data, "note.txt": b"A note."}))


def reasons(corpus: Corpus) -> dict[str, str]:
    assert all(remedy.endswith(".") for *_, remedy in corpus.rejected)
    return {file: reason for file, reason, _ in corpus.rejected}


@pytest.mark.parametrize("suffix", PACKERS)
def test_an_archive_is_read_like_the_folder_that_it_was_made_of(tmp_path: Path, suffix: str) -> None:
    folder = load(fill(tmp_path / "folder", FILES))
    (tmp_path / f"wire{suffix}").write_bytes(PACKERS[suffix](FILES))
    alone = load(tmp_path / f"wire{suffix}")
    assert {it.id: (it.text, it.date, it.origin) for it in alone} == {
        it.id: (it.text, it.date, it.origin) for it in folder
    }
    assert alone.rejected == folder.rejected
    assert len(alone) == 6


@pytest.mark.parametrize("suffix", PACKERS)
def test_an_archive_among_others_puts_its_path_before_those_of_its_files(tmp_path: Path, suffix: str) -> None:
    corpus = beside(tmp_path, f"wire{suffix}", PACKERS[suffix](FILES))
    assert sorted(corpus.ids) == sorted(
        [f"wire{suffix}/{name}" for name in ("2021/a", "2021/wire_2021-03-05", "b", "page", "table#1", "table#2")]
        + ["note"]
    )
    document = corpus[f"wire{suffix}/2021/wire_2021-03-05"]
    assert document.origin.path == f"wire{suffix}/2021/wire_2021-03-05.txt"
    assert (document.date, document.date_origin) == ("2021-03-05", "file name")
    assert reasons(corpus).keys() == {f"wire{suffix}/bad.bin"}
    assert [it.id for it in corpus] == corpus.ids


def test_a_zip_file_is_read_in_order_of_its_names_and_a_tar_file_in_its_own(tmp_path: Path) -> None:
    files = {"b.txt": b"B", "c.txt": b"C", "a.txt": b"A"}
    assert load(fill(tmp_path, {"w.zip": zipped(files)}) / "w.zip").ids == ["a", "b", "c"]
    assert load(fill(tmp_path, {"w.tgz": tarred(files)}) / "w.tgz").ids == ["b", "c", "a"]


@pytest.mark.parametrize("suffix", PACKERS)
def test_settings_in_an_archive_that_is_the_source_are_heeded(tmp_path: Path, suffix: str) -> None:
    files = {"corpus.toml": b'language = "fr"\ncomplete = true', "a.txt": b"Text."}
    (tmp_path / f"wire{suffix}").write_bytes(PACKERS[suffix](files))
    corpus = load(tmp_path / f"wire{suffix}")
    assert (corpus.complete, corpus["a"].language, corpus.rejected) == (True, "fr", [])


@pytest.mark.parametrize("suffix", PACKERS)
@pytest.mark.parametrize(("top", "document_id"), [("./", "a"), ("wire/", "wire/a"), ("./wire/", "wire/a")])
def test_settings_lie_in_the_one_folder_that_was_packed(
    tmp_path: Path, suffix: str, top: str, document_id: str
) -> None:
    files = {f"{top}a.txt": b"Text.", f"{top}corpus.toml": b'language = "fr"', "__MACOSX/._a.txt": b"x"}
    (tmp_path / f"wire{suffix}").write_bytes(PACKERS[suffix](files))
    corpus = load(tmp_path / f"wire{suffix}")
    assert {it.id: (it.language, it.origin.path) for it in corpus} == {document_id: ("fr", f"{document_id}.txt")}
    assert list(reasons(corpus)) == ["__MACOSX/._a.txt"]


@pytest.mark.parametrize("suffix", PACKERS)
def test_settings_of_one_of_several_folders_are_not_those_of_the_archive(tmp_path: Path, suffix: str) -> None:
    files = {"b.txt": b"Text.", "wire/a.txt": b"Text.", "wire/corpus.toml": b'language = "fr"'}
    (tmp_path / f"all{suffix}").write_bytes(PACKERS[suffix](files))
    corpus = load(tmp_path / f"all{suffix}")
    assert [it.language for it in corpus] == [None, None]
    assert reasons(corpus) == {"wire/corpus.toml": "files of the kind .toml are not read"}


@pytest.mark.parametrize("suffix", [".zip", ".tar.gz"])
@pytest.mark.parametrize(
    "name",
    ["../out.txt", "a/../../out.txt", "/etc/out.txt", "C:\\out.txt", "c:/out.txt", "..\\out.txt", "\\\\host\\out.txt"],
)
def test_a_name_that_leads_out_of_the_archive_is_refused(tmp_path: Path, suffix: str, name: str) -> None:
    corpus = beside(tmp_path / "inner", f"wire{suffix}", PACKERS[suffix]({name: b"Secret.", "a.txt": b"Text."}))
    assert corpus.ids == ["note", f"wire{suffix}/a"]
    [reason] = reasons(corpus).values()
    assert reason == "its name leads out of the archive"
    assert sorted(path.name for path in tmp_path.rglob("*.txt")) == ["note.txt"]


@pytest.mark.parametrize("suffix", [".zip", ".tar.gz"])
def test_what_is_no_document_in_an_archive_is_listed(tmp_path: Path, suffix: str) -> None:
    inner = zipped({"a.txt": b"Text."})
    files = {
        **dict.fromkeys(("in.zip", "in.TAR.GZ", "in.7z", "in.docx"), inner),
        "in.txt.gz": gzip.compress(b"Text."),
        "__MACOSX/._a.txt": b"x",
        ".git/a.txt": b"x",
        "empty.txt": b"",
        "line\nbreak.txt": b"Text.",
        "large.txt": b"x" * 200,
    }
    corpus = beside(tmp_path, f"wire{suffix}", PACKERS[suffix](files))
    found = {file.partition("/")[2]: reason for file, reason in reasons(corpus).items()}
    for name in ("in.zip", "in.TAR.GZ", "in.7z", "in.txt.gz"):
        assert found[name] == "an archive within an archive"
    assert "malformed" in found["in.docx"]
    assert found["__MACOSX/._a.txt"] == found[".git/a.txt"] == "a hidden file, which systems and tools keep"
    assert found["empty.txt"] == "the file is empty"
    assert sorted(corpus.ids) == ["note", f"wire{suffix}/large", f"wire{suffix}/line\\nbreak"]


def test_links_and_devices_in_an_archive_are_not_followed(tmp_path: Path) -> None:
    entries = []
    for name, kind in (("soft.txt", tarfile.SYMTYPE), ("hard.txt", tarfile.LNKTYPE), ("pipe.txt", tarfile.FIFOTYPE)):
        entry = tarfile.TarInfo(name)
        entry.type, entry.linkname = kind, "/etc/passwd"
        entries.append(entry)
    corpus = beside(tmp_path, "wire.tgz", tarred({"a.txt": b"Text."}, *entries))
    assert set(reasons(corpus).values()) == {"not a file but a link or a device"}
    assert len(corpus.rejected) == 3
    link = zipfile.ZipInfo("soft.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "wire.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert reasons(load(tmp_path))["wire.zip/soft.txt"] == "a link, which is not followed"


def test_two_files_of_one_name_are_not_mixed_up(tmp_path: Path) -> None:
    entry = tarfile.TarInfo("a.txt")
    corpus = beside(tmp_path, "wire.tgz", tarred({"a.txt": b"Text."}, entry))
    assert corpus["wire.tgz/a"].text == "Text."
    assert reasons(corpus) == {"wire.tgz/a.txt": "the archive has two files of this name"}


def test_an_encrypted_file_is_refused(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": b"Text.", "b.txt": b"Text."}))
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1  # the flag in the archive's own list
    corpus = beside(tmp_path, "wire.zip", bytes(data))
    assert reasons(corpus) == {"wire.zip/a.txt": "the file is encrypted"}
    assert corpus.ids == ["note", "wire.zip/b"]


# --- bombs ---


def test_a_file_that_unpacks_to_far_more_than_it_is_is_refused(tmp_path: Path) -> None:
    zeros = bytes(30_000_000)
    corpus = beside(tmp_path / "zip", "wire.zip", zipped({"bomb.txt": zeros, "a.txt": b"Text."}))
    assert corpus.ids == ["note", "wire.zip/a"]
    assert "more than 200 times its size" in reasons(corpus)["wire.zip/bomb.txt"]
    corpus = beside(tmp_path / "gz", "bomb.txt.gz", gzip.compress(zeros))
    assert "more than 200 times its size" in reasons(corpus)["bomb.txt.gz"]
    corpus = beside(tmp_path / "tar", "wire.tgz", tarred({"bomb.txt": zeros}))
    assert "more than 200 times its size" in reasons(corpus)["wire.tgz"]
    corpus = beside(tmp_path / "csv", "bomb.csv.gz", gzip.compress(b"text\n" + zeros))
    assert "more than 200 times its size" in reasons(corpus)["bomb.csv.gz"]


def test_a_size_that_an_archive_only_claims_is_not_believed(tmp_path: Path) -> None:
    entry = tarfile.TarInfo("a.txt")
    entry.size = 50_000_000
    written = io.BytesIO()
    with gzip.GzipFile(fileobj=written, mode="wb") as packed:
        packed.write(entry.tobuf() + b"Text.")
    corpus = beside(tmp_path, "wire.tgz", written.getvalue())
    assert corpus.ids == ["note"]
    assert "damaged" in reasons(corpus)["wire.tgz"]


def test_an_archive_has_a_limit_as_a_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subject, "LARGEST_UNPACKED", 1000)
    files = {f"{n}.txt": b"Text. " * 50 for n in range(5)}
    for name, data in (
        ("wire.zip", zipped(files)),
        ("wire.tgz", tarred(files)),
        ("a.txt.gz", gzip.compress(bytes(2000))),
    ):
        assert "it unpacks to more than" in reasons(beside(tmp_path / name, name, data))[name]


def test_an_archive_of_very_many_files_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subject, "MOST_MEMBERS", 3)
    for name, pack in (("wire.zip", zipped), ("wire.tgz", tarred)):
        corpus = beside(tmp_path / name, name, pack({f"{n}.txt": b"Text." for n in range(5)}))
        assert reasons(corpus) == {name: "the archive holds more than 3 files"}


def test_a_member_has_the_limit_of_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files_read, "LARGEST", 100)
    for name, pack in (("wire.zip", zipped), ("wire.tgz", tarred)):
        corpus = beside(tmp_path / name, name, pack({"a.txt": b"x" * 101, "b.txt": b"Text."}))
        assert "too large" in reasons(corpus)[f"{name}/a.txt"]
        assert f"{name}/b" in corpus


def test_many_members_that_unpack_to_far_more_than_the_archive_are_listed(tmp_path: Path) -> None:
    files = {f"{n:02}.txt": f"{n:02}".encode() + b"Text. " * 1_500_000 for n in range(20)}  # 9 MB each, 180 MB
    corpus = beside(tmp_path, "wire.zip", zipped(files | {"99.txt": b"Text."}))
    found = reasons(corpus)
    assert len(found) >= 15
    assert all("more than 200 times its size" in reason for reason in found.values())
    assert "wire.zip/99" in corpus


@pytest.mark.parametrize("suffix", PACKERS)
def test_a_member_with_an_endless_name_is_listed_and_makes_no_id(tmp_path: Path, suffix: str) -> None:
    name = "n" * (60_000 if suffix == ".zip" else 3_000_000)
    corpus = beside(tmp_path, f"wire{suffix}", PACKERS[suffix]({f"{name}.txt": b"Text.", "a.txt": b"Text."}))
    assert corpus.ids == ["note", f"wire{suffix}/a"]
    [(file, reason, _)] = corpus.rejected
    assert reason == "its path is too long (over 1,000 characters)"
    assert len(file) < 300


# --- damage ---


@pytest.mark.parametrize("keep", range(100, 9_500, 333))
def test_of_a_tar_file_that_was_cut_all_before_the_cut_is_read_and_the_rest_is_listed(
    tmp_path: Path, keep: int
) -> None:
    files = {f"{n}.txt": f"Text {n} ".encode() * 40 for n in range(9)}
    data = PACKERS[".tar"](files)[:keep]
    corpus = beside(tmp_path, "wire.tar", data)
    whole = [n for n, text in enumerate(files.values()) if 1024 * (n + 1) - (512 - len(text) % 512) <= keep]
    assert corpus.ids == ["note", *(f"wire.tar/{n}" for n in whole)]
    [reason] = reasons(corpus).values()
    assert reason.startswith(f"the archive is damaged after {len(whole)} file" if whole else "the file is damaged")


@pytest.mark.parametrize("damage", [b"\0" * 512, b"x" * 512, b"\xff" * 8])
def test_of_a_tar_file_with_a_damaged_header_all_before_it_is_read(tmp_path: Path, damage: bytes) -> None:
    data = bytearray(PACKERS[".tar"]({f"{n}.txt": b"Text." for n in range(9)}))
    data[5 * 1024 : 5 * 1024 + len(damage)] = damage
    corpus = beside(tmp_path, "wire.tar", bytes(data))
    assert corpus.ids == ["note", *(f"wire.tar/{n}" for n in range(5))]
    assert list(reasons(corpus)) == ["wire.tar"]
    assert reasons(corpus)["wire.tar"].startswith("the archive is damaged after 5 files, and the rest of it cannot")


@pytest.mark.parametrize("suffix", [*PACKERS, ".txt.gz"])
@pytest.mark.parametrize("keep", [0.0, 0.3, 0.7, 0.95])
def test_a_damaged_archive_is_listed(tmp_path: Path, suffix: str, keep: float) -> None:
    files = {f"{n}.txt": f"Text {n} ".encode() * 40 for n in range(9)}
    data = gzip.compress(b"Text. " * 400) if suffix == ".txt.gz" else PACKERS[suffix](files)
    corpus = beside(tmp_path, f"wire{suffix}", data[: int(len(data) * keep)])
    found = reasons(corpus)
    if suffix != ".tar" or keep < 0.9:  # the last tenth of a tar file is padding
        assert any("damaged" in reason or "empty" in reason or "holds no file" in reason for reason in found.values())
    assert "note" in corpus
    assert [it.id for it in corpus] == corpus.ids


def test_an_archive_of_nothing_is_listed(tmp_path: Path) -> None:
    for name, pack in (("wire.zip", zipped), ("wire.tgz", tarred)):
        assert reasons(beside(tmp_path / name, name, pack({}))) == {name: "the archive holds no file"}
    with pytest.raises(EmptySource, match="the archive holds no file"):
        load(tmp_path / "wire.zip" / "wire.zip")


def test_of_a_zip_file_whose_list_of_contents_is_cut_short_by_any_bit_nothing_is_lost_unlisted(tmp_path: Path) -> None:
    data = zipped({f"{n}.txt": f"Text {n}.".encode() for n in range(3)})
    begins = data.find(b"PK\1\2")
    comment = begins + 32  # a comment swallows the files behind it
    for at, bit in [(comment, 6), (comment + 1, 0), (len(data) - 22 + 12, 5), (len(data) - 22 + 10, 1)]:
        changed = bytearray(data)
        changed[at] ^= 1 << bit
        corpus = beside(tmp_path / f"{at}-{bit}", "wire.zip", bytes(changed))
        assert any("damaged" in reason for reason in reasons(corpus).values())


def test_a_zip_file_with_the_long_form_of_its_end_is_whole(tmp_path: Path) -> None:
    """Programs that need the long form for a size or a place write no number of files into the short one."""
    data = zipped({"a.txt": b"Text.", "b.txt": b"Text."})
    at = len(data) - 22
    size, begins = struct.unpack("<II", data[at + 12 : at + 20])

    def with_long_end(files: int) -> bytes:
        end = struct.pack("<4sQHHIIQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, files, files, size, begins)
        locator = struct.pack("<4sIQI", b"PK\6\7", 0, at, 1)
        return data[:at] + end + locator + data[at : at + 8] + b"\xff" * 12 + data[at + 20 :]

    whole = beside(tmp_path / "whole", "wire.zip", with_long_end(2))
    assert (whole.ids, whole.rejected) == (["note", "wire.zip/a", "wire.zip/b"], [])
    cut = beside(tmp_path / "cut", "wire.zip", with_long_end(3))
    assert any("2 of 3 files" in reason for reason in reasons(cut).values())


def test_an_archive_in_front_of_another_is_listed(tmp_path: Path) -> None:
    first, second = (zipped({f"{name}.txt": b"Text."}) for name in "ab")
    corpus = beside(tmp_path, "wire.zip", first + second)
    assert corpus.ids == ["note", "wire.zip/b"]
    [reason] = reasons(corpus).values()
    assert "its list of contents does not have the file at its beginning" in reason
    assert not beside(tmp_path / "program", "wire.zip", b"a program that unpacks" + second).rejected


@pytest.mark.parametrize("suffix", [".tar", ".tgz"])
def test_a_member_that_claims_to_be_endless_ends_nothing(tmp_path: Path, suffix: str) -> None:
    data = bytearray(PACKERS[".tar"]({"a.txt": b"Text.", "b.txt": b"Text.", "c.txt": b"Text."}))
    header = memoryview(data)[1024:1536]
    header[124:136] = b"\x80" + (2**62).to_bytes(11, "big")
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    packed = bytes(data) if suffix == ".tar" else gzip.compress(data)
    corpus = beside(tmp_path, f"wire{suffix}", packed)
    assert corpus.ids == ["note", f"wire{suffix}/a"]
    assert reasons(corpus).keys() == {f"wire{suffix}", f"wire{suffix}/b.txt"}


@pytest.mark.parametrize("suffix", PACKERS)
def test_the_folders_that_an_archive_lists_are_no_files_of_it(tmp_path: Path, suffix: str) -> None:
    """As Finder, Explorer and tar list them beside their files."""
    if suffix == ".zip":
        written = io.BytesIO(zipped({"2021/a.txt": b"One."}))
        with zipfile.ZipFile(written, "a") as archive:
            archive.mkdir("2021/")
            archive.mkdir("empty/")
        data = written.getvalue()
    else:
        folders = [tarfile.TarInfo("2021"), tarfile.TarInfo("empty")]
        for folder in folders:
            folder.type = tarfile.DIRTYPE
        data = tarred({"2021/a.txt": b"One."}, *folders)
        data = gzip.decompress(data) if suffix == ".tar" else data
    corpus = beside(tmp_path, f"wire{suffix}", data)
    assert (len(corpus.ids), corpus.rejected) == (2, [])


def test_a_sparse_file_in_an_archive_is_refused(tmp_path: Path) -> None:
    """It says where its gaps are, and may say that they are endless."""
    sparse = tarfile.TarInfo("gaps.txt")
    sparse.type = tarfile.GNUTYPE_SPARSE
    corpus = beside(tmp_path, "wire.tgz", tarred({"a.txt": b"One."}, sparse))
    assert corpus.ids == ["note", "wire.tgz/a"]
    assert [*reasons(corpus)] == ["wire.tgz/gaps.txt"]


@pytest.mark.parametrize("suffix", [".docx", ".xlsx"])
def test_an_office_document_with_an_encrypted_part_is_refused(tmp_path: Path, suffix: str) -> None:
    data = bytearray(MAKERS[suffix](["One."]))
    data[data.index(b"PK\x01\x02") + 8] |= 1  # the first entry of the list of contents
    assert reasons(beside(tmp_path, f"a{suffix}", bytes(data))) == {f"a{suffix}": "the file is encrypted"}
