"""Small corpora to count by hand, and the seed document."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from matplotlib.artist import Artist
from matplotlib.patches import Rectangle

from research import Annotations, Finding, annotate, load
from research.analysis import corpus, language, statements
from research.analysis.evidence import Passage
from tests.analysis.said import STORIES, Told

AnnotationsOf = Callable[[Mapping[str, str]], Annotations]


def place(doc_id: str = "a", exact: str = "trade", role: Any = "counted", start: int = 0) -> Passage:
    return Passage(role, doc_id, "0" * 64, start, start + len(exact), exact, "", " grew")


def rectangles(artists: Iterable[Artist]) -> list[Rectangle]:
    """The bars of a plot, which are all that is given."""
    drawn = list(artists)
    bars = [it for it in drawn if isinstance(it, Rectangle)]
    assert len(bars) == len(drawn)
    return bars


def finding(**changed: Any) -> Finding:
    fields: dict[str, Any] = {
        "key": "language.count.trade",
        "statement": "“trade” occurs 2 times.",
        "value": 2,
        "display": "2",
        "unit": "passages",
        "measure": "count",
        "method": "Counted.",
        "status": "descriptive",
        "n": 2,
        "n_documents": 1,
        "parameters": {"term": "trade"},
        "evidence": (place(), place(start=9)),
    }
    return Finding(**(fields | changed))


# Twelve short texts, ten of them dated, invented for these tests.
TWELVE = {
    "01.txt": "date 2024-01-05 The council met on Monday. It approved the budget for new schools.",
    "02.txt": "date 2024-01-19 The mayor rejected the budget. Two schools will close.",
    "03.txt": "date 2024-02-02 Parents marched to the council. They want every school to stay open.",
    "04.txt": "date 2024-02-02 The budget passed after a long night, the council said.",
    "05.txt": "A letter to the editor: where are the buses?",
    "06.txt": "date 2024-03-11 The minister visited a school. She praised its teachers and promised money.",
    "07.txt": "date 2024-04-01 Buses will be free from May, according to the council.",
    "08.txt": "date 2024-04-22 “We have no money for free buses,” the mayor said. The council disagreed.",
    "09.txt": "Nobody had asked the drivers.",
    "10.txt": "date 2024-05-30 The drivers went on strike. School began an hour later than usual.",
    "11.txt": "date 2024-06-14 The strike ended. The council raised wages, and the budget grew again.",
    "12.txt": "date 2025-01-08 A year later the budget is balanced. The schools are open.",
}


@pytest.fixture(autouse=True, scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RESEARCH_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def annotated(tmp_path: Path) -> AnnotationsOf:
    """Annotations of texts by their file names, each time in a folder of its own."""
    made = 0

    def annotations(texts: Mapping[str, str]) -> Annotations:
        nonlocal made
        made += 1
        return written(tmp_path / f"corpus-{made}", texts)

    return annotations


def written(folder: Path, texts: Mapping[str, str]) -> Annotations:
    folder.mkdir()
    for name, text in texts.items():
        (folder / name).write_bytes(text.encode())
    return annotate(load(folder))


@pytest.fixture(scope="session")
def seed(root: Path) -> Annotations:
    return annotate(load(root / "seeds"))


@pytest.fixture(scope="session")
def twelve(tmp_path_factory: pytest.TempPathFactory) -> Annotations:
    return written(tmp_path_factory.mktemp("twelve") / "council", TWELVE)


@pytest.fixture(scope="session")
def findings_of(seed: Annotations, twelve: Annotations) -> dict[str, list[Finding]]:
    """Every finding that the notebooks declare with their default parameters."""
    return {
        name: [*corpus.findings(annotations), *language.findings(annotations)]
        for name, annotations in {"seed": seed, "twelve": twelve}.items()
    }


@pytest.fixture(scope="session")
def tables() -> Callable[[Annotations], dict[str, pd.DataFrame]]:
    """The tables that findings are computed from, by the names that findings give them."""
    return lambda annotations: {
        "corpus.documents": corpus.documents(annotations),
        "language.keyness": language.keyness(annotations),
        "language.readability": language.readability(annotations),
    }


@pytest.fixture
def told() -> Annotations:
    """Documents with who says what in them given by hand."""
    return Told(STORIES)


@pytest.fixture
def table(told: Annotations) -> pd.DataFrame:
    """Their statements."""
    return statements.statements(told)
