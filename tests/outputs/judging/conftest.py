"""Three short texts, the sentences to judge in them, and a way to fill in a sheet as a person would."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path

import pytest

from research import annotate, load
from research.analysis.judging.items import Item, items
from research.outputs.judging.sheet import COLUMNS, lines

TEXTS = {
    "harbour.txt": (
        "date 2031-03-04 “The harbour stays open,” said Ada Okell, the mayor. The pier is old. Samir Oduya said on "
        "Monday that the new pier would cost $25 million and would open “before the spring”. Nobody answered him."
    ),
    "letters/reply.txt": (
        "date 2031-03-06 The minister answered within a week.\n\nTomas Abelard told reporters that the ferries would "
        "come back in May. He would not say more. In all, 300,000 people use them, the council said."
    ),
    "strike.txt": (
        "date 2031-05-17 Dock workers ended their strike. “We have won,” Mara Lindqvist said. The harbour reopened on "
        "Monday, and it was a good day for the town; the mayor smiled."
    ),
}


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the texts. A test that writes into it takes a copy."""
    folder = tmp_path_factory.mktemp("source") / "town"
    for name, text in TEXTS.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def sample(town: Path) -> list[Item]:
    """All sentences of the texts, in the order in which they are drawn."""
    return items(annotate(load(town)), 100, 1)


Cells = dict[str, str]


@pytest.fixture
def rows(sample: list[Item]) -> list[Cells]:
    """The rows of the sheet, nothing filled in."""
    return [dict(line.cells) for line in lines(sample)]


def of(rows: Iterable[Cells], words: str, found: str = "") -> Cells:
    """The row about a sentence with these words, or about one thing that was found in it."""
    [row] = [it for it in rows if words in it["sentence"] and it["found"].startswith(found)][:1]
    return row


def answered(rows: Iterable[Cells], answer: str = "yes") -> list[Cells]:
    """The rows with one answer in all of them."""
    return [row | {"right": answer} for row in rows]


def saved(
    rows: Iterable[Cells], separator: str = ",", encoding: str = "utf-8", columns: Iterable[str] = COLUMNS
) -> bytes:
    """A sheet of these rows, as a spreadsheet saves it as CSV."""
    text = io.StringIO()
    names = list(columns)
    writer = csv.writer(text, delimiter=separator, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([row.get(name, "") for name in names] for row in rows)
    return text.getvalue().encode(encoding, "replace")
