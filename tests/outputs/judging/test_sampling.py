"""The command: draw a sheet from a run, fill it in, read it back into the file beside the documents."""

import csv
import io
import shutil
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path

import openpyxl
import pytest

from research import load
from research.loading.judgements import NAME, read_judgements
from research.nlp.annotate import annotate
from research.outputs.folder.run_folder import RunFolder
from research.outputs.folder.sources import remember_source
from research.outputs.judging.sheet import COLUMNS, RIGHT
from research.outputs.study import open_study
from tests.outputs.judging.conftest import Cells, answered, of, saved

Research = Callable[..., tuple[int, str, str]]


@pytest.fixture
def place(town: Path, tmp_path: Path) -> Path:
    """The documents of a run, to write beside."""
    return Path(shutil.copytree(town, tmp_path / "town"))


@pytest.fixture
def run(place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RunFolder:
    """A run of them, in the folder in which the command is called."""
    monkeypatch.chdir(tmp_path)
    open_study("corpus", place, tmp_path / "outputs" / "town").close()
    folder = RunFolder(tmp_path / "outputs" / "town")
    remember_source(folder, place)
    return folder


def rows_in(path: Path) -> list[Cells]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))


def fill(path: Path, rows: Iterable[Cells]) -> Path:
    path.write_bytes(saved(rows))
    return path


# --- drawing ---


def test_a_sheet_is_drawn_from_a_run_by_its_name(run: RunFolder, research: Research) -> None:
    code, printed, _ = research("sample", "town", "--size", "5", "--coder", "anna")
    assert code == 0
    first, *others = printed.splitlines()
    assert first.startswith("Written to town-sample.xlsx: 5 sentences from ")
    assert others[-1].endswith("research sample --read town-sample.xlsx outputs/town")
    sheet = openpyxl.load_workbook("town-sample.xlsx")["Sample"]
    numbers = {row[COLUMNS.index("no.")] for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert numbers == {"1", "2", "3", "4", "5"}


def test_another_seed_draws_other_sentences_and_more_than_there_are_is_said(run: RunFolder, research: Research) -> None:
    for seed in (1, 2):
        _, printed, _ = research("sample", run.path, "--seed", seed, "-o", f"{seed}.csv")
    one, two = (rows_in(Path(f"{seed}.csv")) for seed in (1, 2))
    assert [it["sentence"] for it in one] != [it["sentence"] for it in two]
    assert {it["sentence"] for it in one} == {it["sentence"] for it in two}
    assert "Written to 2.csv: 11 sentences from 3 documents (" in printed
    assert "The documents have no more sentences in English." in printed


def test_a_sheet_that_may_be_filled_in_is_not_overwritten(run: RunFolder, research: Research) -> None:
    assert research("sample", "town", "-o", "a.csv")[0] == 0
    assert research("sample", "town", "-o", "a.csv")[0] == 0, "the same bytes"
    fill(Path("a.csv"), answered(rows_in(Path("a.csv"))))
    data = Path("a.csv").read_bytes()
    code, _, said = research("sample", "town", "-o", "a.csv")
    assert code == 2
    assert "a.csv exists and may have been filled in. Name another file with -o" in said
    assert Path("a.csv").read_bytes() == data


def test_what_is_judged_does_not_change_the_sheet(run: RunFolder, place: Path, research: Research) -> None:
    research("sample", "town", "-o", "a.csv")
    wrong = [row | {RIGHT: "no"} if row["found"] != "nothing" else row for row in answered(rows_in(Path("a.csv")))]
    assert research("sample", "town", "--read", fill(Path("b.csv"), wrong))[0] == 0
    assert (place / NAME).exists()
    assert research("sample", "town", "-o", "c.csv")[0] == 0
    assert Path("a.csv").read_bytes() == Path("c.csv").read_bytes()


def test_a_run_whose_documents_are_gone_is_said(run: RunFolder, place: Path, research: Research) -> None:
    place.rename(place.with_name("elsewhere"))
    code, _, said = research("sample", "town")
    assert (code, said.splitlines()[-1]) == (
        *(2, "research: The documents of this run, 'town', were not found. Give their path with --source."),
    )
    assert research("sample", "town", "--source", "elsewhere")[0] == 0


def test_a_sample_of_documents_that_have_changed_says_so(run: RunFolder, place: Path, research: Research) -> None:
    said = "The documents have changed since the run was made."
    assert said not in research("sample", "town")[1]
    (place / "strike.txt").unlink()
    assert said in research("sample", "town", "-o", "b.csv")[1]


# --- reading back ---


def test_a_sheet_becomes_judgements_that_override_the_model(run: RunFolder, place: Path, research: Research) -> None:
    research("sample", "town", "-o", "a.csv")
    rows = answered(rows_in(Path("a.csv")))
    of(rows, "We have won").update({RIGHT: "no", "right speaker": "Ada Okell"})
    of(rows, "The pier is old").update({RIGHT: "perhaps"})
    of(rows, "Dock workers").update({RIGHT: ""})
    of(rows, "Nobody answered").update({RIGHT: "skip"})
    code, printed, _ = research("sample", "--read", fill(Path("b.csv"), rows), "town", "--coder", "anna")
    assert code == 1
    said, problem, written, last = printed.splitlines()
    assert last == "Run the notebooks again to see what follows from them. The report says what they change."
    assert said == "b.csv: 8 of 11 sentences judged, 1 skipped, 1 row not understood."
    at = rows.index(of(rows, "The pier is old")) + 2
    assert problem == f"  row {at}: 'right' is 'perhaps', which is not understood. Write yes, no or skip."
    assert written == f"Written to {place / NAME}: 9 new."
    speakers = annotate(load(place)).attributions.set_index("content_text")["speaker"]
    assert speakers["We have won"] == "Ada Okell"


def test_reading_again_says_what_is_replaced(run: RunFolder, place: Path, research: Research) -> None:
    research("sample", "town", "-o", "a.csv")
    rows = answered(rows_in(Path("a.csv")))
    research("sample", "town", "--read", fill(Path("b.csv"), rows))
    of(rows, "We have won")[RIGHT] = "no"
    code, printed, _ = research("sample", "--source", place, "--read", fill(Path("b.csv"), rows))
    assert code == 0
    assert printed.splitlines() == [
        "b.csv: 11 of 11 sentences judged.",
        f"Written to {place / NAME}: 10 as before and 1 judged anew, which replaces the same coder's earlier verdict.",
        "Run the notebooks again to see what follows from them. The report says what they change.",
    ]


def test_a_changed_and_a_removed_document_are_said_and_their_judgements_kept(
    run: RunFolder, place: Path, research: Research
) -> None:
    research("sample", "town", "-o", "a.csv")
    rows = fill(Path("b.csv"), answered(rows_in(Path("a.csv"))))
    text = (place / "harbour.txt").read_text("utf-8")
    (place / "harbour.txt").write_text(text.replace("The pier is old.", "A pier was built there long ago."), "utf-8")
    (place / "strike.txt").unlink()
    code, printed, _ = research("sample", "town", "--read", rows)
    assert code == 0
    said, changed, gone, *_ = printed.splitlines()
    assert said == "b.csv: 11 of 11 sentences judged."
    assert changed.startswith("  harbour has changed since the sheet was drawn: ")
    assert changed.endswith(" judgements find their words again. The others are kept, and count for nothing.")
    assert gone == "  strike is not among the documents any more: its 4 judgements are kept, and count for nothing."
    entries = read_judgements((place / NAME).read_bytes()).entries
    assert {it.document for it in entries} == {"harbour", "letters/reply", "strike"}


def test_a_blank_sheet_writes_nothing(run: RunFolder, place: Path, research: Research) -> None:
    research("sample", "town")
    code, printed, _ = research("sample", "town", "--read", "town-sample.xlsx")
    assert (code, printed.splitlines()[0]) == (0, "town-sample.xlsx: 0 of 11 sentences judged.")
    assert printed.splitlines()[1] == f"Nothing is judged yet, so {place / NAME} stays as it is."
    assert not (place / NAME).exists()


def test_judgements_on_a_single_file_need_a_place(run: RunFolder, place: Path, research: Research) -> None:
    research("sample", "town", "-o", "a.csv")
    filled = fill(Path("b.csv"), answered(rows_in(Path("a.csv"))))
    code, _, said = research("sample", "--read", filled, "--source", place / "harbour.txt")
    assert code == 2
    assert "harbour.txt is a single file, so judgements.csv has no place beside it. Name the file to write with" in said
    assert "-p judgements harbour-judgements.csv" in said
    assert research("sample", "--read", filled, "--source", place / "harbour.txt", "-o", "mine.csv")[0] == 0
    assert Path("mine.csv").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Name the RUN to draw from, or a sheet to read with --read."),
        (("--read", "none.csv", "town"), "none.csv cannot be read (No such file or directory)."),
        (("--read", "text.csv"), "Name the run that the sheet was drawn from, or its documents with --source PATH."),
        (("--read", "text.csv", "town"), "text.csv is no sheet of research sample: it has no column 'right'."),
    ],
)
def test_what_cannot_be_done_is_said(words: tuple[str, ...], said: str, run: RunFolder, research: Research) -> None:
    Path("text.csv").write_text("title,text\nA,B\n", encoding="utf-8")
    code, _, error = research("sample", *words)
    assert code == 2
    assert said in error


# --- LibreOffice ---


@pytest.mark.libreoffice
@pytest.mark.parametrize("suffix", ["xlsx", "ods", "csv"])
def test_libreoffice_saves_a_sheet_that_is_read(
    suffix: str, run: RunFolder, place: Path, research: Research, tmp_path: Path
) -> None:
    research("sample", "town", "--coder", "anna")
    book = openpyxl.load_workbook("town-sample.xlsx")
    sheet = book["Sample"]
    for row in sheet.iter_rows(min_row=2):
        row[0].value = "yes"
        if row[COLUMNS.index("found")].value == "figure":
            row[0].value, row[COLUMNS.index("right value")].value = "no", "026 EUR 2031-02"
    if suffix == "csv":  # the first sheet is what becomes CSV
        del book["How to judge"]
    book.save("filled.xlsx")
    profile = (tmp_path / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", suffix, "--outdir", "saved"]
    subprocess.run([*command, "filled.xlsx"], check=True, capture_output=True)
    code, printed, _ = research("sample", "--read", f"saved/filled.{suffix}", "town")
    assert code == 0, printed
    assert printed.startswith(f"saved/filled.{suffix}: 11 of 11 sentences judged.")
    entries = read_judgements((place / NAME).read_bytes()).entries
    assert {it.coder for it in entries} == {"anna"}
    assert {it.right_value for it in entries if it.judged == "figure"} == {"026 EUR 2031-02"}, "as it was typed"
