"""A folder becomes a corpus: everything that was found is a document or is listed with its reason."""

import gzip
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from research.errors import SourceError
from research.loading import Rejected, folders, load
from research.loading import files as files_read
from research.loading.encodings import Facts, probe
from research.loading.readers import READERS, what_it_was
from tests.loading.conftest import PNG, fill, reasons
from tests.strategies import BOM

# --- documents ---


def test_ids_are_relative_paths_without_suffix_in_order(tmp_path: Path) -> None:
    fill(tmp_path, {"b.txt": "B", "a/z.text": "Z", "a/y/x.TXT": "X", "a.v2.txt": "V", "ä.txt": "Ä", "B.txt": "b"})
    corpus = load(tmp_path)
    assert corpus.ids == ["B", "a.v2", "a/y/x", "a/z", "b", "ä"]
    assert [document.id for document in corpus] == corpus.ids
    assert [corpus[name].text for name in corpus.ids] == ["b", "V", "X", "Z", "B", "Ä"]
    assert len(corpus) == 6
    assert "a/z" in corpus
    assert "a/z.text" not in corpus


def test_an_unknown_id_is_a_key_error(tmp_path: Path) -> None:
    corpus = load(fill(tmp_path, {"a.txt": "A"}))
    with pytest.raises(KeyError):
        corpus["b"]


def test_the_order_on_disk_does_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = ["c.txt", "a.txt", "b/d.txt", "b/a.txt", "x.mp3", "w.mp3", ".y"]
    fill(tmp_path, dict.fromkeys(names, "Text"))
    listed = Path.iterdir

    def other_way_round(folder: Path) -> Iterator[Path]:
        return iter(sorted(listed(folder), reverse=True))

    usual = load(tmp_path)
    monkeypatch.setattr(Path, "iterdir", other_way_round)
    other = load(tmp_path)
    assert other.ids == usual.ids == ["a", "b/a", "b/d", "c"]
    assert other.rejected == usual.rejected
    assert other.digest == usual.digest


def test_the_table_of_documents_says_what_each_document_says(tmp_path: Path) -> None:
    fill(tmp_path, {"b.txt": "Ünder way.", "sub/a.txt": BOM + b"date 2023-09-29 Text."})
    table = load(tmp_path).documents
    assert table.columns.tolist() == [
        *("doc_id", "date", "title", "source", "speaker", "kind", "language"),
        *("characters", "body_start", "body_end", "path", "sha256", "encoding", "row", "reader", "reader_version"),
        *("date_origin", "mojibake", "control", "replacement"),
    ]
    assert table["date_origin"].dropna().tolist() == ["header"]
    assert table["reader"].tolist() == ["plain text"] * 2
    assert table[["doc_id", "characters", "body_start", "body_end", "path", "encoding"]].values.tolist() == [
        ["b", 10, 0, 10, "b.txt", "utf-8"],
        ["sub/a", 21, 16, 21, "sub/a.txt", "utf-8-sig"],
    ]
    assert table["date"].isna().tolist() == [True, False]
    assert table["date"][1] == "2023-09-29"
    assert table[["title", "source", "speaker", "kind", "language"]].isna().all(axis=None)


def test_documents_are_read_when_they_are_asked_for(tmp_path: Path) -> None:
    corpus = load(fill(tmp_path, {"a.txt": "Text"}))
    assert corpus["a"] is not corpus["a"]
    assert corpus["a"] == corpus["a"]


def test_progress_is_told_of_every_file_the_rejected_ones_too(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    load(fill(tmp_path, {"a.txt": "A", "b.mp3": "B", "c.txt": ""}), lambda done, all_: told.append((done, all_)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_progress_is_told_within_a_large_table_as_well(tmp_path: Path) -> None:
    rows = b"text\n" + b"".join(b"Text %d %s\n" % (n, b"x" * 1000) for n in range(25_000))
    fill(
        tmp_path,
        {"a.csv": rows, "b.txt": "B", "c.csv.gz": gzip.compress(rows, 0)},
    )
    told: list[tuple[int, int]] = []
    load(tmp_path, lambda done, all_: told.append((done, all_)))
    assert told == [(n, 15) for n in range(1, 16)]


# --- ids that would meet ---


def test_two_files_with_one_stem_both_keep_their_suffix(tmp_path: Path) -> None:
    corpus = load(fill(tmp_path, {"a.txt": "first", "a.text": "second", "b/a.txt": "third"}))
    assert {name: corpus[name].text for name in corpus.ids} == {"a.text": "second", "a.txt": "first", "b/a": "third"}


def test_an_id_never_meets_the_suffix_that_another_one_keeps(tmp_path: Path) -> None:
    corpus = load(fill(tmp_path, {"a.txt": "first", "a.text": "second", "a.txt.txt": "third"}))
    assert {corpus[name].text for name in corpus.ids} == {"first", "second", "third"}
    assert len(corpus) == len(corpus.documents) == 3


@pytest.mark.parametrize(
    ("names", "ids"),
    [
        (["a.txt", "a.mp3"], ["a"]),
        (["a.TXT", "a.mp3", "a.odt"], ["a"]),
        (["a.txt", "a.text", "a.mp3"], ["a.text", "a.txt"]),
        (["a.txt.mp3", "a.txt"], ["a"]),
        (["a.txt", "a"], ["a"]),
        (["a.mp3", "a.mp3.txt"], ["a.mp3"]),
        (["sub/a.txt", "sub/a.MP3", "a.txt"], ["a", "sub/a"]),
    ],
)
def test_a_file_that_is_not_read_changes_the_id_of_no_other(tmp_path: Path, names: list[str], ids: list[str]) -> None:
    corpus = load(fill(tmp_path, {name: name for name in names}))
    assert corpus.ids == ids
    assert len(corpus.rejected) == len(names) - len(ids)


@settings(max_examples=40)
@given(st.sets(st.text("a.tx", min_size=1, max_size=6).map(lambda name: f"a{name}.txt") | st.just("a.text")))
def test_every_file_has_an_id_of_its_own(names: set[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        corpus = load(fill(Path(folder), {name: name for name in {*names, "a.txt"}}))
        assert {corpus[name].text for name in corpus.ids} == {*names, "a.txt"}


# --- what is rejected, while the rest goes on ---

UNREADABLE: dict[str, tuple[str | bytes, str]] = {
    "blank.txt": (" \r\n", "only white space"),
    "empty.txt": ("", "empty"),
    "header.txt": ("date 2023-09-29", "only a header"),
    "picture.txt": (PNG, "binary data"),
    "broken.txt": (b"M\x81ller", "not UTF-8"),
    "paper.mp3": ("%PDF", "files of the kind .mp3 are not read"),
    "README": ("Text", "the file name has no suffix that says what it holds"),
    ".DS_Store": ("Text", "a hidden file"),
    "._a.txt": ("Text", "a hidden file"),
    "deep/deeper/empty.text": ("", "empty"),
}


def test_whatever_cannot_be_read_is_listed_with_its_reason_and_the_rest_goes_on(tmp_path: Path) -> None:
    fill(tmp_path, {name: content for name, (content, _) in UNREADABLE.items()})
    fill(tmp_path, {"a.txt": "Text.", ".git/config.txt": "Text.", "deep/.cache/deeper/x.txt": "Text."})
    corpus = load(tmp_path)
    found = reasons(corpus)
    assert corpus.ids == ["a"]
    assert found.keys() == {*UNREADABLE, ".git", "deep/.cache"}
    for name, (_, reason) in UNREADABLE.items():
        assert reason in found[name]
    assert "a hidden folder" in found[".git"]
    assert "a hidden folder" in found["deep/.cache"]


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("letter.doc", "save it as .docx"),
        ("letter.ODT", "save it as .docx"),
        ("table.xls", "save it as .xlsx or .csv"),
        ("mail.msg", ".eml or plain text"),
        ("book.epub", ".html, .docx or .txt"),
        ("scan.jpg", "OCR"),
        ("talk.mp3", "a transcript"),
        ("all.7z", "as .zip"),
        ("page.url", "save it as .html"),
        ("LICENSE", "the suffix .txt"),
        ("Mr. Kolb speaks", "the suffix .txt"),
        ("Speech of 12.5.2031", "the suffix .txt"),
        ("thing.xyz", "another format that is read (.txt,"),
    ],
)
def test_a_file_that_is_not_read_comes_with_what_to_do_with_its_kind(tmp_path: Path, name: str, remedy: str) -> None:
    [rejected] = load(fill(tmp_path, {"a.txt": "Text.", name: "x"})).rejected
    assert remedy in rejected.remedy


@pytest.mark.parametrize(
    "name", ["Thumbs.db", "desktop.ini", "Icon\r", "~$letter.docx", "__MACOSX/._a.txt", ".~lock.a#"]
)
def test_what_systems_keep_is_passed_over(tmp_path: Path, name: str) -> None:
    [rejected] = load(fill(tmp_path, {"a.txt": "Text.", name: "x"})).rejected
    assert rejected.is_hidden


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("a.csv#12", "row"),
        ("a.tsv.gz#3", "row"),
        ("wire.zip/b.jsonl#1", "record"),
        ("hansard.xml#1", "record"),
        ("wire.zip/nexis.txt#1", "article"),
        ("nexis.docx#7", "article"),
        ("a.xlsx#sheet Notes", "sheet"),
        ("a.csv", "file"),
        ("a#1", "file"),
        ("a.csv#one", "file"),
    ],
)
def test_parts_of_files_are_told_from_files_and_called_what_they_are(file: str, kind: str) -> None:
    assert what_it_was(Rejected(file, "", "")) == kind


def test_a_full_population_of_which_some_was_not_read_is_said_to_be_none(tmp_path: Path) -> None:
    fill(tmp_path, {"a.txt": "Text.", ".DS_Store": "x", "corpus.toml": "complete = true"})
    [note] = load(tmp_path).notes
    assert "could not be read" not in note
    fill(tmp_path, {"b.doc": "x", "c.csv": 'text\nOne.\n""\n'})
    corpus = load(tmp_path)
    assert corpus.unread == 2
    assert "But 2 files or parts of files could not be read" in corpus.notes[0]


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path, {"a.txt": "x" * 10, "b.txt": "x" * 11, "c.txt": "é" * 6})
    monkeypatch.setattr(files_read, "LARGEST", 10)
    read: list[str] = []
    usual = files_read.on_disk

    def counted(place: Path) -> Callable[[], BinaryIO]:
        def opened() -> BinaryIO:
            read.append(place.name)
            return usual(place)()

        return opened

    monkeypatch.setattr(folders, "on_disk", counted)
    corpus = load(tmp_path)
    assert corpus.ids == ["a"]
    assert reasons(corpus).keys() == {"b.txt", "c.txt"}
    assert all(reason.startswith("the file is too large") for reason in reasons(corpus).values())
    assert read == ["a.txt"]


def test_the_limit_is_far_above_a_long_report_and_is_told_in_megabytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert files_read.LARGEST == 100_000_000
    fill(tmp_path, {"a.txt": "Text."})
    with (tmp_path / "b.txt").open("wb") as file:
        file.truncate(2_345_600_000)  # it takes no room on the disk
    assert reasons(load(tmp_path)) == {"b.txt": "the file is too large (2,345.6 MB; up to 100 MB are read)"}


# --- files that change ---


@pytest.mark.parametrize("content", ["Other.", "", None], ids=["changed", "emptied", "removed"])
def test_a_file_that_changes_after_loading_is_not_mixed_with_what_was_read(tmp_path: Path, content: str | None) -> None:
    corpus = load(fill(tmp_path, {"sub/a.txt": "Text.", "b.txt": "Text."}))
    if content is None:
        (tmp_path / "sub" / "a.txt").unlink()
    else:
        fill(tmp_path, {"sub/a.txt": content})
    with pytest.raises(SourceError, match=r"^sub/a\.txt changed while it was being read.* Run it again\.$"):
        list(corpus)
    assert corpus["b"].text == "Text."


def test_a_corpus_tells_whether_its_source_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    contents = {"sub/a.txt": "Text.", "b.csv": "text\nOne.\n", "c.mp3": "x", "empty.txt": "", "corpus.toml": ""}
    corpus = load(fill(tmp_path / "x", contents))
    place = tmp_path / "x"
    opened: list[str] = []

    def counted(stream: BinaryIO) -> Facts:
        opened.append("")
        return probe(stream)

    monkeypatch.setattr(files_read, "probe", counted)
    assert corpus.changed() is None
    assert opened == [], "nothing is read again while nothing changed"

    def moved_away_and_back() -> None:
        (place / "sub" / "a.txt").rename(tmp_path / "a")
        (tmp_path / "a").rename(place / "sub" / "a.txt")

    moved_away_and_back()
    assert corpus.changed() is None
    assert opened == [""], "its folder entry is another, its bytes are the same"
    assert corpus.changed() is None
    assert opened == [""]
    for change, changed in (
        ({"sub/a.txt": "Tex2."}, "sub/a.txt"),
        ({"b.csv": "text\nTwo.\n"}, "b.csv"),
        ({"b.csv": "text\nOne.\nTwo.\n"}, "b.csv"),
        ({"d.txt": "More."}, "d.txt"),
        ({"d.mp4": "More."}, "d.mp4"),
        ({"empty.txt": "No more."}, "empty.txt"),
        ({"corpus.toml": 'language = "fr"'}, "corpus.toml"),
        ({"corpus.toml": "language ="}, "corpus.toml"),
    ):
        fill(place, change)
        assert corpus.changed() == changed
        for name in change:
            (place / name).unlink()
        fill(place, contents)
        assert corpus.changed() is None
    (place / "c.mp3").unlink()
    assert corpus.changed() == "c.mp3"
    shutil.rmtree(place)
    assert corpus.changed() is not None


def test_an_archive_tells_whether_it_changed(tmp_path: Path) -> None:
    def pack(text: str) -> None:
        with ZipFile(tmp_path / "a.zip", "w") as archive:
            archive.writestr("a.txt", text)

    pack("Text.")
    corpus = load(tmp_path / "a.zip")
    pack("Text.")
    assert corpus.changed() is None
    pack("Tex2.")
    assert corpus.changed() == "a.zip"


def test_the_digest_tells_whether_the_inputs_are_the_same(tmp_path: Path) -> None:
    content = {"a.txt": "A", "b.txt": "B", "c.mp3": "C"}
    digests = {
        load(fill(tmp_path / name / "x", changed)).digest
        for name, changed in {
            "text": content | {"a.txt": "A changed"},
            "name": {"a.txt": "A", "b2.txt": "B", "c.mp3": "C"},
            "more": content | {"d.txt": "D"},
            "rejected": content | {"e.mp3": "E"},
            "reason": {"a.txt": "A", "b.txt": "B", "c.txt": ""},
        }.items()
    }
    one, other = (load(fill(tmp_path / name, content)).digest for name in ("one", "other"))
    assert one == other
    assert len(digests) == 5
    assert one not in digests


def test_the_digest_changes_with_the_release_of_a_reader_that_was_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text("Text.")
    before = load(tmp_path).digest
    changed = {suffix: it._replace(version="2") for suffix, it in READERS.items() if suffix == ".csv"}
    monkeypatch.setattr("research.loading.readers.READERS", {**READERS, **changed})
    assert load(tmp_path).digest == before, "no table was read"
    monkeypatch.setattr("research.loading.readers.READERS", {**READERS, ".txt": READERS[".txt"]._replace(version="2")})
    assert load(tmp_path).digest != before
