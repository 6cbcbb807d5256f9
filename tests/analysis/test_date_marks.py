"""Dates on the axis of a dispersion plot: few, legible, and where the first document of the year is."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from research.analysis import language
from research.analysis.figures import Figure
from research.analysis.language.date_marks import MOST_MARKS, Marks, date_marks
from tests.analysis.conftest import AnnotationsOf


@pytest.mark.parametrize(
    ("dates", "words", "marks"),
    [
        (["2031-01-02", "2031-12-30"], [5, 5], None),
        ([], [], None),
        (["2030", "2031", "2031"], [40, 10, 50], Marks([0, 40], ["2030", "2031"], "year")),
        (["2030-11", "2031-02"], [40, 60], Marks([0, 40], ["2030 Q4", "2031 Q1"], "quarter")),
        # A label needs an eighth of the axis: the third is too close to the second.
        (
            ["2030-12-31", "2031-03-31", "2031-04-01", "2031-07-01"],
            [40, 11, 30, 19],
            Marks([0, 40, 81], ["2030 Q4", "2031 Q1", "2031 Q3"], "quarter"),
        ),
        # Nine quarters are too many, three years are not.
        (
            [f"20{30 + n // 4}-{3 * (n % 4) + 1:02}-15" for n in range(9)],
            [10] * 9,
            Marks([0, 40, 80], ["2030", "2031", "2032"], "year"),
        ),
        # Of 30 years every fifth has a mark.
        (
            [str(1994 + n) for n in range(30)],
            [10] * 30,
            Marks([10, 60, 110, 160, 210, 260], ["1995", "2000", "2005", "2010", "2015", "2020"], "year"),
        ),
        # No round years: those that are far enough apart.
        (["1981", "1983", "1987"], [500, 20, 480], Marks([0, 500], ["1981", "1983"], "year")),
    ],
)
def test_marks_are_at_the_first_document(dates: list[str], words: list[int], marks: Marks | None) -> None:
    assert date_marks(dates, words) == marks


@given(st.lists(st.tuples(st.integers(1900, 2040), st.integers(1, 12), st.integers(0, 400)), min_size=2, max_size=60))
def test_marks_are_few_apart_and_true(documents: list[tuple[int, int, int]]) -> None:
    documents.sort()
    dates, words = [f"{year}-{month:02}-01" for year, month, _ in documents], [size for *_, size in documents]
    marks = date_marks(dates, words)
    if marks is None:
        assert documents[0][0] == documents[-1][0]
        return
    assert 1 <= len(marks.places) <= MOST_MARKS
    for place, label in zip(marks.places, marks.labels, strict=True):
        first = next(n for n, date in enumerate(dates) if date.startswith(label[:4]) and sum(words[:n]) == place)
        assert not label[5:] or (documents[first][1] + 2) // 3 == int(label[6:])
    apart = [later - place for place, later in zip(marks.places, marks.places[1:], strict=False)]
    assert all(it >= 0.06 * sum(words) for it in apart)


def test_the_axis_has_dates_only_where_there_are_several_years(annotated: AnnotationsOf) -> None:
    def drawn(dates: list[str]) -> tuple[list[str], str, str]:
        texts = {f"{n}.txt": f"date {date} The dam holds." for n, date in enumerate(dates)}
        annotations = annotated(texts)
        readable = language.readability(annotations)
        found = language.concordance(annotations, ["dam"])
        figure = language.where_terms_occur(found, ["dam"], readable)
        assert isinstance(figure, Figure)
        assert isinstance(figure.data, pd.DataFrame)
        [axes] = figure.plot.axes
        return [it.get_text() for it in axes.get_xticklabels()], axes.get_xlabel(), figure.caption

    labels, below, caption = drawn(["2031-05-01", "2029-01-01", "2030-01-01"])
    assert labels == ["2029 Q1", "2030 Q1", "2031 Q2"]
    assert below == "words, documents ordered by date; marks: first of the quarter"
    assert caption.endswith("Dates on the axis mark the first document of a quarter.")
    labels, below, caption = drawn(["2031-05-01", "2031-01-01"])
    assert below == "words from the beginning, documents ordered by date"
    assert "on the axis" not in caption
