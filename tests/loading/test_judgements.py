"""``judgements.csv``: rows read and written, and what happens to those that are not understood."""

from dataclasses import replace
from pathlib import Path

import pytest

from research import load
from research.errors import SourceError
from research.loading.judgements import COLUMNS, Judgement, merged, read_judgements, written

HARBOUR = Judgement(
    document="harbour",
    sha256="ab" * 32,
    start=0,
    end=25,
    exact="The harbour opens in May.",
    prefix="",
    suffix=" “We are ready,” she said.",
    judged="sentence",
    model="nothing",
    verdict="right",
    coder="ao",
    stratum="nothing",
    probability=0.125,
    sheet="1-5f0c",
)
STATEMENT = replace(HARBOUR, start=27, end=39, exact="We are ready", judged="statement", verdict="mended")


def test_what_is_written_is_read_again_in_one_order() -> None:
    mended = replace(STATEMENT, right_speaker="Ada Okell", further={"note": "=1+1"})
    text = written([mended, HARBOUR])
    found = read_judgements(text.encode())
    assert found.entries == (replace(HARBOUR, further={}), mended)
    assert not found.problems
    assert written(reversed(found.entries)) == text
    assert "'=1+1" in text


def test_spreadsheets_may_change_separator_numbers_and_capitals() -> None:
    cells = "harbour;ab;1.027;1.039;We are ready;;;Statement;;RIGHT;0,125"
    text = f"sep=;\r\ndocument;sha256;start;end;exact;prefix;suffix;Judged;model;Verdict;probability\r\n{cells}\r\n"
    (found,) = read_judgements(text.encode("utf-16")).entries
    assert (found.start, found.end, found.judged, found.verdict, found.probability) == (
        1027,
        1039,
        "statement",
        "right",
        0.125,
    )


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("verdict", "maybe", "line 2: the verdict on a sentence is right, wrong or skipped, not 'maybe'"),
        (
            "judged",
            "tone",
            "line 2: what is judged is sentence, statement, figure, missed or missed figure, not 'tone'",
        ),
        ("start", "12-Jan", "line 2: start is a whole number, not '12-Jan'"),
        ("end", "0", "line 2: start (0) is not before end (0)"),
        ("exact", " ", "line 2: the cell exact is empty"),
        ("probability", "7", "line 2: the probability is above 0 and at most 1, not '7'"),
    ],
)
def test_a_row_that_is_not_understood_is_named_and_kept(column: str, cell: str, said: str) -> None:
    cells = HARBOUR.cells() | {column: cell}
    line = ",".join(f'"{cells[name]}"' for name in COLUMNS)
    good = ",".join(f'"{STATEMENT.cells()[name]}"' for name in COLUMNS)
    found = read_judgements("\n".join([",".join(COLUMNS), line, good]).encode())
    assert found.entries == (STATEMENT,)
    assert said in found.problems[0]
    again = read_judgements(written(found.entries, found.unread).encode())
    assert again.entries == (STATEMENT,)
    assert again.unread[0].cells[column].strip() == cell.strip()


def test_two_files_joined_have_the_heading_twice_and_the_later_row_counts() -> None:
    other = replace(HARBOUR, verdict="wrong")
    found = read_judgements((written([HARBOUR]) + "\n" + written([other, STATEMENT])).encode())
    assert found.entries == (other, STATEMENT)
    (problem,) = found.problems
    assert problem.startswith("judgements.csv, line 2: line 5 judges the same passage for the same coder again, and")
    assert read_judgements(written(found.entries, found.unread).encode()).entries == (other, STATEMENT)


def test_two_coders_are_kept_apart() -> None:
    second = replace(HARBOUR, coder="bt", verdict="wrong")
    assert merged([HARBOUR], [second, HARBOUR]) == [HARBOUR, second]


def test_another_table_is_refused() -> None:
    with pytest.raises(SourceError, match=r"judgements.csv has no column document\. Its columns are document, sha256"):
        read_judgements(b"name;party\nAda Okell;Green\n")


def test_it_is_no_document_and_an_input_of_the_corpus(tmp_path: Path) -> None:
    (tmp_path / "harbour.txt").write_text("The harbour opens in May.", "utf-8")
    before = load(tmp_path)
    (tmp_path / "judgements.csv").write_text(written([HARBOUR]), "utf-8")
    after = load(tmp_path)
    assert after.ids == ["harbour"]
    assert after.judgements.entries == (HARBOUR,)
    assert after.digest != before.digest
    assert not after.rejected
    assert before.changed() == "judgements.csv"
    (tmp_path / "judgements.csv").write_text("damaged", "utf-8")
    assert after.changed() == "judgements.csv"
