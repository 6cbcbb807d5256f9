"""A folder becomes a corpus: everything that was found is a document or is listed with its reason."""

import gzip
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO
from zipfile import ZipFile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from research.errors import EmptySource, SourceError
from research.loading import Corpus, Rejected, folders, load
from research.loading import corpus as reading
from research.loading import files as files_read
from research.loading.corpus import home, is_there
from research.loading.encodings import Facts, probe
from research.loading.files import printable
from research.loading.folders import RUN_FOLDER
from research.loading.readers import READERS, what_it_was
from tests.strategies import BOM, files, stray

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"


def fill(folder: Path, contents: Mapping[str, str | bytes]) -> Path:
    for name, content in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def reasons(corpus: Corpus) -> dict[str, str]:
    """Why each file was left out; all have a remedy, and are in order."""
    assert all(remedy.endswith(".") for _, _, remedy in corpus.rejected)
    assert corpus.rejected == sorted(corpus.rejected)
    return {file: reason for file, reason, _ in corpus.rejected}


@pytest.fixture
def ordinary_user(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder to work in for someone who may not read everything: the superuser steps down for a while."""
    folder = Path(tempfile.mkdtemp(prefix="research-test-"))
    if os.getuid() != 0:
        yield folder
    else:
        # This package may be in a folder that only the superuser may enter: what it reads of itself, it reads before.
        monkeypatch.setattr(reading, "home", lambda: folder)
        load(fill(folder, {"first.txt": "Text."}))
        (folder / "first.txt").unlink()
        nobody = 65534
        os.chown(folder, nobody, nobody)
        os.setresuid(nobody, nobody, 0)
        try:
            yield folder
        finally:
            os.setresuid(0, 0, 0)
    for path in folder.rglob("*"):
        if path.is_dir():
            path.chmod(0o700)
    shutil.rmtree(folder)


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


def test_a_header_whose_day_is_unclear_is_read_as_the_others_show(tmp_path: Path) -> None:
    fill(tmp_path, {"a.txt": " date 06/05/1996 The council met.", "b.txt": "date 2023-09-29 It met again."})
    corpus = load(tmp_path)
    document = corpus["a"]
    assert (document.date, document.date_span, document.date_origin) == (None, None, "header")
    assert document.text[document.body.start :] == "The council met."
    [note] = corpus.notes
    assert note.startswith("1 of 2 documents: a date such as '06/05/1996' may be two days and is left out. Set")
    fill(tmp_path, {"c.txt": " date 15/06/1996 It met a third time."})
    shown = load(tmp_path)
    assert (shown["a"].date, shown["a"].body, shown.notes) == ("1996-05-06", document.body, [])
    assert shown["a"].text[slice(*(shown["a"].date_span or ()))] == "06/05/1996"
    assert shown.documents["date"].tolist() == ["1996-05-06", "2023-09-29", "1996-06-15"]
    fill(tmp_path, {"d.txt": "date 06/15/1996 It met once more."})
    [note] = load(tmp_path).notes
    assert "Other dates show both orders: split the files into two sources" in note
    (tmp_path / "c.txt").unlink()
    assert load(tmp_path)["a"].date == "1996-06-05"
    fill(tmp_path, {"corpus.toml": 'date_format = "dd/mm/yyyy"'})
    assert load(tmp_path)["a"].date == "1996-05-06"


def test_a_table_is_read_as_its_own_dates_show_whatever_another_shows(tmp_path: Path) -> None:
    fill(
        tmp_path,
        {
            "ossel.csv": "date,text\n03/04/2031,The ferry left.\n25/04/2031,It came back.\n",
            "vell.csv": "date,text\n03/04/2031,The mill burned.\n04/25/2031,It was rebuilt.\n",
            "tarn.csv": "date,text\n03/04/2031,Nobody came.\n",
            "kest.csv": "date,text\n03/04/2031,One.\n25/04/2031,Two.\n04/25/2031,Three.\n",
        },
    )
    corpus = load(tmp_path)
    assert {it.id: it.date for it in corpus} == {
        "kest#1": None,
        "kest#2": "2031-04-25",
        "kest#3": "2031-04-25",
        "ossel#1": "2031-04-03",
        "ossel#2": "2031-04-25",
        "tarn#1": None,
        "vell#1": "2031-03-04",
        "vell#2": "2031-04-25",
    }
    assert corpus.documents["date"].tolist() == [it.date for it in corpus]
    left, read = corpus.notes
    assert left.startswith("2 of 8 documents: a date such as '03/04/2031' may be two days and is left out. Other dates")
    assert read == (
        "2 of 8 documents: a date such as '03/04/2031' may be two days. Files differ, so it is read as the other dates "
        "of its file show: the day comes first in ossel.csv, the month comes first in vell.csv."
    )
    (tmp_path / "vell.csv").unlink()
    (tmp_path / "kest.csv").unlink()
    corpus = load(tmp_path)
    assert (corpus["tarn#1"].date, corpus.notes) == ("2031-04-03", [])
    fill(tmp_path, {"corpus.toml": 'date_format = "mm/dd/yyyy"'})
    assert (load(tmp_path)["tarn#1"].date, load(tmp_path)["ossel#1"].date) == ("2031-03-04", "2031-03-04")


def test_a_date_shows_nothing_of_those_with_another_sign(tmp_path: Path) -> None:
    tables = {
        "post.csv": "Datum;Volltext\n03.04.2031;Die Fähre fährt.\n",
        "courier.csv": "date,text\n03/04/2031,One.\n04/25/2031,Two.\n",
    }
    corpus = load(fill(tmp_path, tables))
    assert (corpus["post#1"].date, corpus["courier#1"].date) == (None, "2031-03-04")
    [note] = corpus.notes
    assert note.startswith("1 of 3 documents: a date such as '03.04.2031' may be two days and is left out. Set")
    fill(tmp_path, {"herald.csv": "Datum;Volltext\n25.04.2031;Die Mühle brennt.\n"})
    assert load(tmp_path)["post#1"].date == "2031-04-03"


def test_each_table_of_an_archive_has_its_own_order_of_day_and_month(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "wires.zip", "w") as archive:
        archive.writestr("a.csv", "date,text\n03/04/2031,The ferry left.\n25/04/2031,It came back.\n")
        archive.writestr("b.csv", "date,text\n03/04/2031,The mill burned.\n04/25/2031,It was rebuilt.\n")
    dates = {it.id: it.date for it in load(tmp_path)}
    assert (dates["wires.zip/a#1"], dates["wires.zip/b#1"]) == ("2031-04-03", "2031-03-04")


def test_a_day_in_a_file_name_is_read_as_the_others_show(tmp_path: Path) -> None:
    fill(tmp_path, {"12-05-2031_vote.txt": "One.", "sub/2031-05-14.txt": "Two."})
    corpus = load(tmp_path)
    assert (corpus["12-05-2031_vote"].date, len(corpus.notes)) == (None, 1)
    fill(tmp_path, {"13-05-2031_vote.txt": "Three."})
    corpus = load(tmp_path)
    assert {it.id: it.date for it in corpus} == {
        "12-05-2031_vote": "2031-05-12",
        "13-05-2031_vote": "2031-05-13",
        "sub/2031-05-14": "2031-05-14",
    }
    assert corpus.notes == []


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


# --- sources ---


def test_a_single_file_is_a_corpus_of_one(tmp_path: Path) -> None:
    fill(tmp_path, {"speech.v1.txt": "Text.", "other.txt": "Other."})
    corpus = load(tmp_path / "speech.v1.txt")
    assert (corpus.name, corpus.ids, corpus.rejected) == ("speech.v1", ["speech.v1"], [])
    assert corpus["speech.v1"].origin.path == "speech.v1.txt"


def test_the_name_of_a_corpus_is_that_of_its_folder_wherever_it_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path / "speeches", {"a.txt": "Text."})
    (tmp_path / "linked").symlink_to("speeches")
    monkeypatch.chdir(tmp_path)
    names = [load(source).name for source in ("speeches", "./speeches/", "speeches/../speeches", "linked")]
    assert names == ["speeches", "speeches", "speeches", "linked"]
    monkeypatch.chdir("speeches")
    assert load(".").name == "speeches"


@pytest.mark.parametrize("source", ["gone", "gone/too.txt", "/gone", "a" * 300, "a\0b", "~nosuchuser/a"])
def test_a_missing_source_is_named_with_a_remedy(source: str) -> None:
    with pytest.raises(SourceError, match="Check the spelling") as caught:
        load(source)
    assert repr(source) in str(caught.value)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("source", ["", " ", "\t\n"])
def test_a_blank_source_is_not_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str
) -> None:
    monkeypatch.chdir(fill(tmp_path, {"a.txt": "Text."}))
    with pytest.raises(SourceError, match="Check the spelling"):
        load(source)


def test_what_is_there_is_a_file_or_a_folder_that_one_may_see(ordinary_user: Path) -> None:
    fill(ordinary_user, {"a.txt": "Text.", "closed/b.txt": "Text."})
    (ordinary_user / "linked").symlink_to("a.txt")
    (ordinary_user / "nowhere").symlink_to("gone")
    os.mkfifo(ordinary_user / "pipe")
    (ordinary_user / "closed").chmod(0)
    there = {name: is_there(ordinary_user / name) for name in ("a.txt", "closed", "linked", "nowhere", "pipe", "gone")}
    assert there == {"a.txt": True, "closed": True, "linked": True, "nowhere": False, "pipe": False, "gone": False}
    assert not is_there(ordinary_user / "closed" / "b.txt")
    assert not is_there(ordinary_user / ("a" * 300))
    assert not is_there(ordinary_user / "a\0b")


def test_an_empty_folder_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    with pytest.raises(EmptySource, match=r"holds no file\. Put documents into it \(\.txt, \.text, "):
        load(tmp_path)


def test_a_folder_with_nothing_but_hidden_files_holds_no_file(tmp_path: Path) -> None:
    with pytest.raises(EmptySource, match="holds no file"):
        load(fill(tmp_path, {".DS_Store": "x", "Thumbs.db": "x"}))


def test_a_folder_without_a_document_says_why_the_first_file_was_not_read(tmp_path: Path) -> None:
    with pytest.raises(EmptySource, match=r"a\.mp3: files of the kind \.mp3 are not read \(and 2 more\)\."):
        load(fill(tmp_path, {"a.mp3": "A", "b.mp3": "B", "c.txt": ""}))
    assert EmptySource.exit_code == 1


def test_a_folder_without_a_document_says_what_is_wrong_with_most_of_its_files(tmp_path: Path) -> None:
    contents = {"a.dtd": "<!ELEMENT a ANY>", **{f"{it}.xml": "<a><b>We will not.</b></a>" for it in "bcd"}}
    with pytest.raises(
        EmptySource, match=r"b\.xml: XML needs a mapping .* \(and 3 more\)\. Map its elements in corpus"
    ) as raised:
        load(fill(tmp_path, contents))
    assert ".jsonl" not in str(raised.value), "this kind is read"


def test_where_nothing_was_read_the_kinds_that_can_be_are_listed_once(tmp_path: Path) -> None:
    for name in ("a.xyz", "b.doc"):
        folder = tmp_path / name[0]
        with pytest.raises(EmptySource) as raised:
            load(fill(folder, {name: "x"}))
        assert str(raised.value).count(".jsonl") == 1


def test_an_unreadable_single_file_says_why(tmp_path: Path) -> None:
    with pytest.raises(EmptySource, match=r"a\.txt: the file is binary data"):
        load(fill(tmp_path, {"a.txt": PNG}) / "a.txt")


def test_a_relative_source_is_tried_against_the_working_directory_and_then_the_repository(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root / "notebooks")
    assert load("seeds").ids == ["000_65dcf001ecf1b552"]
    monkeypatch.chdir(fill(tmp_path, {"seeds/mine.txt": "Text."}))
    assert load("seeds").ids == ["mine"]


def test_home_holds_the_notebooks_and_the_seeds(root: Path) -> None:
    assert home() == root
    assert (home() / "seeds").is_dir()


def test_a_tilde_is_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(fill(tmp_path, {"mine/a.txt": "Text."})))
    assert load("~/mine").ids == ["a"]


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
