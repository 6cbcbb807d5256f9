"""How long documents are, when they date from and who published them: drawn as counted."""

import pandas as pd
import pytest

from research import Annotations
from research.analysis import corpus
from research.analysis.figures import Figure, NotComputable
from tests.analysis.conftest import rectangles


def dated(*dates: str | None) -> pd.DataFrame:
    return pd.DataFrame({"doc_id": [f"{n}" for n in range(len(dates))], "date": dates}, dtype=object)


def timeline(*dates: str | None) -> Figure:
    figure = corpus.timeline(dated(*dates))
    assert isinstance(figure, Figure)
    return figure


def from_outlets(*names: str | None) -> pd.DataFrame:
    return pd.DataFrame({"outlet": names}, dtype=object)


def test_outlets_are_drawn_by_their_documents() -> None:
    figure = corpus.outlets(from_outlets("Wire", None, "Post", "Wire"))
    assert isinstance(figure, Figure)
    assert figure.data.values.tolist() == [["Wire", 2], ["Post", 1]]
    assert figure.caption.endswith("Excluded: 1 document without an outlet.")


def test_many_outlets_are_drawn_in_part_and_kept_in_full() -> None:
    figure = corpus.outlets(from_outlets(*(f"Post {n}" for n in range(50)), "Wire", "Wire"))
    assert isinstance(figure, Figure)
    assert len(figure.data) == 51
    labels = [label.get_text() for label in figure.plot.axes[0].get_yticklabels()]
    assert labels[0] == "Wire"
    assert len(labels) == 20
    assert figure.plot.axes[0].get_title(loc="left") == "The 20 outlets with the most documents"
    assert figure.caption.endswith("Not drawn: 31 more outlets with 31 documents (60%); the data list all.")


def test_without_an_outlet_there_is_no_figure_of_them() -> None:
    assert isinstance(corpus.outlets(from_outlets(None, None)), NotComputable)


# --- how long the documents are ---


def sized(n: int) -> pd.DataFrame:
    return pd.DataFrame({"doc_id": [f"{i:04}" for i in range(n)], "words": [(i * 7919) % 3001 + 1 for i in range(n)]})


@pytest.mark.parametrize("n", [1, 2, 25])
def test_a_few_documents_are_drawn_one_by_one(n: int) -> None:
    figure = corpus.lengths(sized(n))
    pd.testing.assert_frame_equal(figure.data, sized(n))
    assert [bar.get_width() for bar in rectangles(figure.plot.axes[0].patches)] == sized(n)["words"].tolist()


@pytest.mark.parametrize(
    ("words", "alt"),
    [
        ([340], "1 document: 340 words."),
        ([1], "1 document: 1 word."),
        ([5, 5], "2 documents: 5 words."),
        ([2000, 7, 12], "3 documents: 7 to 2,000 words."),
        ([0, 1], "2 documents: 0 to 1 word."),
    ],
)
def test_the_lengths_of_a_few_documents_in_words(words: list[int], alt: str) -> None:
    figure = corpus.lengths(sized(len(words)).assign(words=words))
    assert figure.alt == f"Bar chart of the length of {alt}"


@pytest.mark.parametrize("n", [26, 30, 3000])
def test_many_documents_are_drawn_as_a_distribution(n: int) -> None:
    table = sized(n)
    figure = corpus.lengths(table)
    data = figure.data
    assert data["documents"].sum() == n
    assert data["from_words"].tolist()[1:] == data["below_words"].tolist()[:-1]
    assert len(data) <= 30
    assert len(set(data["below_words"] - data["from_words"])) == 1
    assert {round(bar.get_width(), 6) for bar in rectangles(figure.plot.axes[0].patches)} == {
        float((data["below_words"] - data["from_words"])[0])
    }
    for least, below, documents in data[["from_words", "below_words", "documents"]].values.tolist():
        assert table["words"].between(least, below, inclusive="left").sum() == documents
    assert [bar.get_height() for bar in rectangles(figure.plot.axes[0].patches)] == data["documents"].tolist()
    assert f"{n:,} documents" in figure.alt
    assert f"median {table['words'].median():,.0f}" in figure.alt


@pytest.mark.parametrize(
    ("longest", "width"),
    [(0, 1), (29, 1), (30, 2), (59, 2), (60, 5), (149, 5), (150, 10), (3000, 200), (9_000_000, 500_000)],
)
def test_the_classes_of_lengths_are_equal_and_round(longest: int, width: int) -> None:
    figure = corpus.lengths(sized(30).assign(words=[longest] * 30))
    data = figure.data
    assert set(data["below_words"] - data["from_words"]) == {width}
    assert data["from_words"].iloc[0] == 0
    assert data["below_words"].iloc[-1] > longest >= data["from_words"].iloc[-1]
    classes = f"in classes of {width:,} word{'s' if width > 1 else ''}"
    assert classes in figure.caption
    assert figure.plot.axes[0].get_xlabel() == f"words in a document, {classes}"


def test_a_few_very_long_documents_do_not_press_all_others_into_one_bar() -> None:
    """Of thousand documents nine have a hundred times the length of all others."""
    table = sized(1000).assign(words=[100 + n % 50 for n in range(991)] + [20_000] * 9)
    figure = corpus.lengths(table)
    axes = figure.plot.axes[0]
    assert axes.get_xlim()[1] <= 151
    assert sum(bar.get_height() for bar in rectangles(axes.patches)) == 991
    assert figure.data.iloc[-1].tolist() == [axes.get_xlim()[1], 20_001, 9]
    assert figure.data["documents"].sum() == 1000
    assert figure.caption.endswith("Not drawn: 9 longer documents, up to 20,000 words.")
    assert "9 longer, up to 20,000 →" in {text.get_text() for text in axes.texts}


@pytest.mark.parametrize("words", [0, 1, 5])
@pytest.mark.parametrize("n", [1, 26])
def test_documents_of_equal_or_no_length_are_drawn_as_well(n: int, words: int) -> None:
    table = sized(n).assign(words=words)
    data = corpus.lengths(table).data
    assert data["documents"].sum() == n if n > 25 else data["words"].tolist() == [words]


# --- when they date from ---


@pytest.mark.parametrize(
    ("dates", "unit", "labels"),
    [
        (["2024-02-28", "2024-03-01"], "day", ["2024-02-28", "2024-02-29", "2024-03-01"]),
        (["2024-03-01", "2024-01-15"], "day", 47),
        (["2024-01-01", "2024-03-01"], "day", 61),
        (["2024-01-01", "2024-03-02"], "month", ["2024-01", "2024-02", "2024-03"]),
        (["2020-01-01", "2025-01-04"], "month", 61),  # 5 * 366 days
        (["2020-01-01", "2025-01-05"], "year", ["2020", "2021", "2022", "2023", "2024", "2025"]),
        (["1960-01-01", "2020-02-15"], "year", 61),  # 60 * 366 days
        (["1960-01-01", "2020-02-16"], "decade", [f"{year}s" for year in range(1960, 2021, 10)]),
        (["1946-01-10", "2023-09-20"], "decade", [f"{year}s" for year in range(1940, 2021, 10)]),
        (["1999-12-31", "1900-01-01"], "decade", [f"{year}s" for year in range(1900, 1991, 10)]),
        (["1420-01-01", "2021-03-30"], "decade", 61),  # 600 * 366 days
        (["1420-01-01", "2021-03-31"], "century", [f"{year}s" for year in range(1400, 2001, 100)]),
        (["0001-01-01", "2024-05-01"], "century", ["0s", *(f"{year}s" for year in range(100, 2001, 100))]),
    ],
)
def test_a_timeline_has_the_unit_that_its_length_asks_for(dates: list[str], unit: str, labels: list[str] | int) -> None:
    data = timeline(*dates).data
    assert data.columns.tolist() == [unit, "documents"]
    assert data[unit].tolist() == labels if isinstance(labels, list) else len(data) == labels
    assert data["documents"].sum() == 2


def test_a_timeline_counts_the_dated_documents_and_tells_of_the_others() -> None:
    figure = timeline("2024-05-01", None, "2024-05-03", "2024-05-01")
    assert figure.data.values.tolist() == [["2024-05-01", 2], ["2024-05-02", 0], ["2024-05-03", 1]]
    assert [bar.get_height() for bar in rectangles(figure.plot.axes[0].patches)] == [2, 0, 1]
    assert figure.caption == "Documents by day. Excluded: 1 document without a date."
    assert figure.alt == (
        "Bar chart of 3 dated documents by day, from 1 May 2024 to 3 May 2024; the day with the most is 1 May 2024 (2)."
    )


@pytest.mark.parametrize(
    ("dates", "why"),
    [
        ([None], "no document has a date."),
        ([None] * 3, "no document has a date."),
        (["2024-05-01"], "all dated documents are of 2024-05-01."),
        ([None, "2024-05-01", "2024-05-01"], "all dated documents are of 2024-05-01."),
    ],
)
def test_fewer_than_two_dates_make_no_timeline(dates: list[str | None], why: str) -> None:
    figure = corpus.timeline(dated(*dates))
    assert isinstance(figure, NotComputable)
    assert figure.reason == f"A timeline needs documents of at least two dates; {why}"


def test_three_thousand_documents_over_thirty_years() -> None:
    dates = [f"{1990 + n % 30}-{n % 12 + 1:02}-01" for n in range(3000)]
    data = timeline(*dates).data
    assert data["year"].tolist() == [str(year) for year in range(1990, 2020)]
    assert data["documents"].tolist() == [100] * 30


@pytest.mark.parametrize(
    ("dates", "unit", "data"),
    [
        (["2020", "2021-03-04", "2021"], "year", [["2020", 1], ["2021", 2]]),
        (["2021-01", "2021-03-04"], "month", [["2021-01", 1], ["2021-02", 0], ["2021-03", 1]]),
        (["2021", "2021-03-04"], "year", [["2021", 2]]),
        (["1899", "2020"], "decade", [[f"{year}s", int(year in (1890, 2020))] for year in range(1890, 2021, 10)]),
    ],
)
def test_dates_without_a_day_are_counted_by_what_they_state(
    dates: list[str], unit: str, data: list[list[str | int]]
) -> None:
    figure = timeline(*dates, None)
    assert figure.data.columns[0] == unit
    assert figure.data.values.tolist() == data


def test_every_decade_and_century_is_counted() -> None:
    decades = timeline("1929-12-31", "1930-01-01", "1939-12-31", None, "2001-01-01")
    assert decades.data.values.tolist() == [
        ["1920s", 1],
        ["1930s", 2],
        *([f"{year}s", 0] for year in range(1940, 2000, 10)),
        ["2000s", 1],
    ]
    assert [bar.get_height() for bar in rectangles(decades.plot.axes[0].patches)] == decades.data["documents"].tolist()
    assert decades.caption == "Documents by decade. Excluded: 1 document without a date."
    assert decades.alt == (
        "Bar chart of 4 dated documents by decade, from the 1920s to the 2000s; the decade with the most is "
        "the 1930s (2)."
    )
    centuries = timeline("1199-12-31", "1200-01-01", "1901-01-01", "1999-12-31")
    assert centuries.data.values.tolist() == [
        ["1100s", 1],
        ["1200s", 1],
        *([f"{year}s", 0] for year in range(1300, 1900, 100)),
        ["1900s", 2],
    ]


def test_the_figures_of_a_folder_agree_with_its_table(twelve: Annotations) -> None:
    table = corpus.documents(twelve)
    figure = corpus.timeline(table)
    assert isinstance(figure, Figure)
    assert figure.data.values.tolist()[:3] == [["2024-01", 2], ["2024-02", 2], ["2024-03", 1]]
    assert len(figure.data) == 13
    assert corpus.lengths(table).data.values.tolist() == table[["doc_id", "words"]].values.tolist()
