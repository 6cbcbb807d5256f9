"""A folder of everything that goes wrong: each thing is listed with its reason, and the good ones are untouched."""

import gzip
import io
import json
import os
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from research.loading import Corpus, Rejected, load
from research.loading.files import Input
from research.loading.readers import READERS, UNFORESEEN, documents_in
from research.loading.records import Record
from research.loading.settings import Settings
from tests.loading.formats import (
    MAKERS,
    csv_bytes,
    excel_bytes,
    html_bytes,
    parquet_bytes,
    pdf_bytes,
    word_bytes,
    xml_bytes,
)
from tests.loading.test_archives import tarred, zipped
from tests.loading.test_office import encrypted

ZEROS = bytes(12_000_000)
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 80
SETTINGS = '[xml]\ndocument = "item"\ntext = "text"\n'

BAD: dict[str, bytes] = {
    # nothing in it
    "empty.txt": b"",
    "blank.txt": b" \r\n\t",
    "mark.txt": b"\xef\xbb\xbf",
    "header.txt": b"date 2021-03-04\n",
    "front.md": b"---\ntitle: a\n---\n",
    "empty.csv": b"",
    "names.csv": b"text,title\n",
    "blank.jsonl": b"\n\n",
    "half.jsonl": b'{"\\ud800": "x"}',
    "list.json": b"[]",
    "empty.html": b"<html><body></body></html>",
    "script.htm": b"<script>x()</script>",
    "empty.docx": word_bytes(""),
    "scan.pdf": pdf_bytes(""),
    "empty.xlsx": excel_bytes([[]]),
    "empty.xml": b"",
    "empty.zip": zipped({}),
    "empty.tar.gz": tarred({}),
    "empty.txt.gz": gzip.compress(b""),
    "nothing.gz.txt": b"\n",
    # of another kind than its name says
    "picture.txt": PNG,
    "photo.md": b"\xff\xd8\xff\xe0JFIF",
    "paper.txt": pdf_bytes("Text."),
    "letter.txt": word_bytes("Text."),
    "rich.txt": b"{\\rtf1 Text.}",
    "packed.txt": gzip.compress(b"Text."),
    "database.csv": b"SQLite format 3\0",
    "text.docx": b"Text.",
    "text.pdf": b"Text.",
    "text.xlsx": b"Text.",
    "text.zip": b"Text.",
    "text.tgz": b"Text.",
    "text.txt.gz": b"Text.",
    "text.json": b"Text.",
    "text.jsonl": b"Text.",
    "text.xml": b"Text.",
    "nul.txt": b"Te\0xt.",
    "old.doc": OLD_OFFICE,
    "old.docx": OLD_OFFICE,
    "film.mp4": b"\0\0\0\x18ftyp",
    "no_suffix": b"Text.",
    # hidden
    ".DS_Store": b"\0\0\0\1Bud1",
    "._speech.txt": b"\0\5\x16\7",
    "Thumbs.db": OLD_OFFICE,
    # undecodable
    "broken.txt": "“Yes”, she said.".encode() + b"\xff",
    "utf16.txt": "Text.".encode("utf-16-le"),
    "odd.txt": b"\xff\xfeT",
    "surrogate.txt": b"\xed\xa0\x80",
    "bytes.txt": bytes(range(128, 256)),
    # malformed
    "cut.json": b'[{"text": "One."',
    "deep.json": b"[" * 100_000,
    "number.json": b'{"text": ' + b"9" * 5000 + b"}",
    "half.json": b'{"text": "\\ud800"}',
    "columns.csv": b"a,b\n1,2\n",
    "twice.csv": b"text,text\nA,B\n",
    "quote.csv": b'text,title\n"A,B\n',
    "cut.xml": b"<items><item><text>Text.</text>",
    "none.xml": b"<items><thing/></items>",
    "cut.docx": word_bytes("Text.")[:800],
    "cut.xlsx": excel_bytes([["text"], ["Text."]])[:800],
    "cut.pdf": pdf_bytes("Text.")[:100],
    "cut.zip": zipped({"a.txt": b"Text."})[:60],
    "cut.tgz": tarred({"a.txt": b"Text."})[:60],
    "cut.txt.gz": gzip.compress(b"Text. " * 100)[:30],
    "cut.parquet": b"PAR1PAR1",
    # hostile
    "laughs.xml": b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><items><item><text>&b;</text></item></items>',
    "outside.xml": b'<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><items><item><text>&a;</text></item></items>',
    "nested.xml": b"<a>" * 5000,
    "bomb.txt.gz": gzip.compress(ZEROS),
    "bomb.csv.gz": gzip.compress(b"text\n" + ZEROS),
    "bomb.tgz": tarred({"a.txt": ZEROS}),
    "secret.pdf": encrypted("secret"),
    "long.csv": csv_bytes([["text"], ["x" * 10_000_001]]),
    "line\nbreak.mp4": b"x",
    "escape\x1b[31m.mp4": b"x",
}
"""Files that no document can be taken from."""

INSIDE: dict[str, dict[str, bytes]] = {
    "slip.zip": {"../out.txt": b"Text.", "/etc/out.txt": b"Text.", "C:\\out.txt": b"Text."},
    "slip.tar.gz": {"../out.txt": b"Text.", "a/../../out.txt": b"Text."},
    "nested.zip": {"in.zip": zipped({"a.txt": b"Text."}), "in.txt.gz": gzip.compress(b"Text."), "in.rar": b"Rar!"},
    "bomb.zip": {"a.txt": ZEROS},
    "mac.zip": {"__MACOSX/._a.txt": b"x", ".DS_Store": b"x"},
}
"""Archives whose members are each listed."""

GOOD: dict[str, bytes] = {
    "good.txt": b"The harbour reopened.",
    "good.md": b"---\ntitle: Harbour\n---\nThe harbour reopened.",
    "good_latin.txt": "The café reopened.".encode("cp1252"),
    "good.html": html_bytes("The harbour reopened."),
    "good.docx": word_bytes("The harbour reopened."),
    "good.pdf": pdf_bytes("The harbour reopened."),
    "good.csv": csv_bytes([["text"], ["The harbour reopened."]]),
    "good.xlsx": excel_bytes([["text"], ["The harbour reopened."]]),
    "good.json": json.dumps({"text": "The harbour reopened."}).encode(),
    "good.xml": xml_bytes("The harbour reopened."),
    "good.zip": zipped({"a.txt": b"The harbour reopened."}),
    "good.txt.gz": gzip.compress(b"The harbour reopened."),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile") / "source"
    folder.mkdir()
    for name, data in {**BAD, **GOOD}.items():
        (folder / name).write_bytes(data)
    for name, files in INSIDE.items():
        (folder / name).write_bytes((zipped if name.endswith(".zip") else tarred)(files))
    (folder / "corpus.toml").write_text(SETTINGS)
    (folder.parent / "outside.txt").write_text("Secret.")
    (folder / "link_out.txt").symlink_to("../outside.txt")
    (folder / "link_nowhere.txt").symlink_to("gone.txt")
    (folder / "link_circle.txt").symlink_to("link_circle.txt")
    (folder / "link_folder").symlink_to("..")
    os.mkfifo(folder / "pipe.txt")
    with (folder / "large.txt").open("wb") as large:
        large.truncate(300_000_000)  # it takes no room on the disk
    return folder


SPECIAL = ("link_out.txt", "link_nowhere.txt", "link_circle.txt", "link_folder", "pipe.txt", "large.txt")


@pytest.fixture(scope="module")
def corpus(folder: Path) -> Corpus:
    return load(folder)


def test_there_are_sixty_kinds_and_more() -> None:
    assert len(BAD) + len(INSIDE) + len(SPECIAL) >= 60


def test_each_bad_thing_is_listed_with_a_reason_and_a_remedy(corpus: Corpus) -> None:
    listed = {entry.file for entry in corpus.rejected}
    for name in (*BAD, *SPECIAL):
        written = name.replace("\n", "\\n").replace("\x1b", "\\u001b")
        assert any(file == written or file.startswith(f"{written}#") for file in listed), name
    for name, files in INSIDE.items():
        assert sum(file.startswith(f"{name}/") for file in listed) == len(files), name
    for file, reason, remedy in corpus.rejected:
        assert file.isprintable()
        assert reason
        assert reason[-1] != "."
        assert remedy.endswith(".")
        assert "\n" not in reason + remedy
        assert "Error" not in reason, reason


def test_the_good_ones_are_untouched(corpus: Corpus) -> None:
    assert {document.origin.path.partition("/")[0] for document in corpus} == set(GOOD)
    for document in corpus:
        assert document.text[document.body.start :] in ("The harbour reopened.", "The café reopened.")


def test_nothing_of_another_folder_was_read_or_written(corpus: Corpus, folder: Path) -> None:
    assert not any("Secret" in document.text for document in corpus)
    assert sorted(path.name for path in folder.parent.iterdir()) == ["outside.txt", "source"]


def test_reading_it_again_gives_the_same(corpus: Corpus, folder: Path) -> None:
    again = load(folder)
    assert (again.ids, again.rejected, again.digest) == (corpus.ids, corpus.rejected, corpus.digest)
    assert list(again) == list(corpus)


FILES = {
    **{f"a{suffix}": make(["The harbour reopened (at last).", "The café closed."]) for suffix, make in MAKERS.items()},
    "a.zip": zipped({"a.txt": b"Text.", "b.csv": csv_bytes([["text"], ["One."]])}),
    "a.tar.gz": tarred({"a.txt": b"Text.", "b.csv": csv_bytes([["text"], ["One."]])}),
    "a.txt.gz": gzip.compress(b"The harbour reopened. " * 9),
}


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=60)
@given(data=st.data())
def test_a_damaged_file_gives_documents_or_reasons_and_nothing_else(name: str, data: st.DataObject) -> None:
    damaged = bytearray(FILES[name])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(damaged)))
        damaged[at : at + data.draw(st.integers(0, 8))] = data.draw(st.binary(max_size=8))
    said = Settings(xml={"document": "item", "text": "text"})
    file = Input(name, "a", lambda: io.BytesIO(bytes(damaged)), said)
    for found in documents_in(file):
        if isinstance(found, Rejected):
            assert found.reason
            assert UNFORESEEN not in found.reason
            assert "\n" not in found.reason
            assert found.remedy.endswith(".")
        else:
            assert found.text[found.body.start : found.body.end].strip()
            assert found.text.encode()


# --- files that change while they are read ---


class Growing(io.BytesIO):
    """A file that someone goes on writing to: there is always more of it."""

    def __init__(self, data: bytes, more: bytes, limit: int) -> None:
        super().__init__(data)
        self.more, self.left = more, limit

    def read(self, size: int | None = -1) -> bytes:
        data = super().read(size)
        if not data and self.left > 0:
            self.left -= 1
            return self.more if size is None or size < 0 else self.more[:size]
        return data


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".xml"])
def test_a_file_that_changes_between_two_readings_is_rejected_from_there_on(suffix: str) -> None:
    first, second = MAKERS[suffix](["One.", "Two."]), MAKERS[suffix](["One.", "TWO."])
    opened = iter([first, second])
    said = Settings(xml={"document": "item", "text": "text"})
    found = list(documents_in(Input(f"a{suffix}", "a", lambda: io.BytesIO(next(opened)), said)))
    assert found[-1] == Rejected(f"a{suffix}", "the file changed while it was being read", "Run it again.")


@pytest.mark.parametrize("suffix", [".csv", ".jsonl"])
def test_of_a_file_that_grows_no_more_is_read_than_was_there(suffix: str) -> None:
    data = MAKERS[suffix](["One.", "Two."])
    opened = iter([io.BytesIO(data), Growing(data, b"more\n", 1000)])
    found = list(documents_in(Input(f"a{suffix}", "a", lambda: next(opened))))
    assert [getattr(it, "text", it) for it in found] == ["One.", "Two."]


@pytest.mark.parametrize("suffix", sorted(set(READERS) - {".parquet"}))
def test_a_file_that_grows_without_end_is_bounded(suffix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("research.loading.files.LARGEST", 10_000)
    file = Input(f"a{suffix}", "a", lambda: Growing(b"Text.\n", b"More text.\n" * 100, 100))
    found = list(documents_in(file))
    assert len(found) >= 1


@pytest.mark.parametrize(
    "declared",
    [
        *("utf-16", "utf-16-le", "utf-32", "hex", "rot13", "uu", "undefined", "base64", "zip", "bz2", "idna"),
        *("unicode_escape", "raw_unicode_escape", "utf-7", "punycode", "cp037", "no-such", "x" * 39),
    ],
)
@pytest.mark.parametrize("suffix", [".html", ".xml"])
def test_an_encoding_that_a_file_cannot_have_is_not_believed(tmp_path: Path, declared: str, suffix: str) -> None:
    head = f'<?xml version="1.0" encoding="{declared}"?>' if suffix == ".xml" else f'<meta charset="{declared}">'
    (tmp_path / "corpus.toml").write_text('[xml]\ntext = "p"')
    words = {"utf8": "café".encode(), "western": "café – and".encode("cp1252"), "odd": b"\x81\xff\x00"}
    for name, written in words.items():
        page = f"{head}<html><p>Text: ".encode() + written + b" \\u0041</p></html>"
        (tmp_path / f"{name}{suffix}").write_bytes(page)
    (tmp_path / "note.txt").write_text("A note.")
    corpus = load(tmp_path)
    assert "note" in corpus
    assert len(corpus) + len(corpus.rejected) == 4
    assert not any(UNFORESEEN in it.reason for it in corpus.rejected)
    if suffix == ".html":
        assert corpus["utf8"].text == "Text: café \\u0041"
        assert corpus["western"].text == "Text: café – and \\u0041"


@pytest.mark.parametrize("error", [ValueError("odd\x9b"), RecursionError("deep"), MemoryError(), AssertionError()])
def test_no_file_can_end_a_run_whatever_its_reader_raises(
    tmp_path: Path, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(file: Input) -> Iterator[Record]:
        if file.path:
            raise error
        yield Record("", "")

    monkeypatch.setattr("research.loading.readers.READERS", {**READERS, ".csv": READERS[".csv"]._replace(read=failing)})
    (tmp_path / "a.csv").write_text("text\nOne.\n")
    (tmp_path / "b.txt").write_text("Text.")
    corpus = load(tmp_path)
    assert corpus.ids == ["b"]
    [(file, reason, remedy)] = corpus.rejected
    assert (file, reason.isprintable(), remedy[-1]) == ("a.csv", True, ".")


def test_rows_that_share_a_text_cost_no_more_than_the_file_may(tmp_path: Path) -> None:
    text = "The harbour reopened. " * 1400  # as long as a cell can be
    (tmp_path / "a.parquet").write_bytes(parquet_bytes([["text"], *([[text]] * 1000)]))
    corpus = load(tmp_path)
    assert 0 < len(corpus) < 400
    assert "200 times its size" in corpus.rejected[0].reason


def test_a_link_within_an_archive_or_a_folder_never_leads_out(tmp_path: Path) -> None:
    entry = tarfile.TarInfo("a.txt")
    entry.type, entry.linkname = tarfile.SYMTYPE, "../outside.txt"
    (tmp_path / "outside.txt").write_text("Secret.")
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "a.tgz").write_bytes(tarred({"b.txt": b"Text."}, entry))
    assert [document.text for document in load(tmp_path / "source")] == ["Text."]


def test_an_archive_with_a_million_empty_names_does_not_fill_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("research.loading.archives.MOST_MEMBERS", 100)
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for number in range(1000):
            archive.writestr(f"{number:04}.txt", b"")
    (tmp_path / "b.txt").write_text("Text.")
    corpus = load(tmp_path)
    assert corpus.ids == ["b"]
    assert len(corpus.rejected) <= 102
