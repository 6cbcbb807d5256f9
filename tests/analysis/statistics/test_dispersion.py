"""Where terms occur: measures of dispersion against published figures, and the plot against the places."""

from collections.abc import Sequence
from math import inf
from random import Random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.collections import LineCollection
from scipy.sparse import csr_array

from research import Annotations
from research.analysis import language
from research.analysis.figures import Figure, NotComputable
from research.analysis.statistics.dispersion import MOST_MARKS, deviation_of_proportions, dispersion, dispersion_plot
from tests.analysis.conftest import AnnotationsOf, rectangles

PARTS = st.lists(st.tuples(st.integers(0, 50), st.integers(1, 500)), min_size=1, max_size=30).filter(
    lambda parts: any(count for count, _ in parts)
)


def test_dp_is_that_of_gries() -> None:
    """Gries (2008), "Dispersions and adjusted frequencies in corpora", IJCL 13: his example has DP = 0.18."""
    assert deviation_of_proportions([1, 2, 3, 4, 5], [9, 10, 10, 10, 11]) == pytest.approx(0.18, abs=0.005)


def test_dp_from_the_definition() -> None:
    """Half the sum of the differences: (|1/3 - 1/2| + |2/3 - 1/2|) / 2 = 1/6."""
    assert deviation_of_proportions([1, 2], [7, 7]) == pytest.approx(1 / 6)
    assert deviation_of_proportions([3, 3, 3], [10, 10, 10]) == 0
    assert deviation_of_proportions([8, 0], [1, 99]) == pytest.approx(0.99)


@given(PARTS)
def test_dp_lies_between_evenness_and_concentration(parts: list[tuple[int, int]]) -> None:
    counts, sizes = zip(*parts, strict=True)
    assert -1e-12 <= deviation_of_proportions(counts, sizes) <= 1 - min(sizes) / sum(sizes) + 1e-12


@given(PARTS, st.randoms(use_true_random=False))
def test_dp_does_not_depend_on_the_order_of_the_parts(parts: list[tuple[int, int]], chance: Random) -> None:
    other = parts.copy()
    chance.shuffle(other)
    assert deviation_of_proportions(*zip(*parts, strict=True)) == deviation_of_proportions(*zip(*other, strict=True))


@pytest.mark.parametrize(("counts", "sizes"), [([0, 0], [1, 1]), ([1, 1], [0, 0])])
def test_without_the_term_or_the_text_there_is_no_dp(counts: list[int], sizes: list[int]) -> None:
    with pytest.raises(ZeroDivisionError):
        deviation_of_proportions(counts, sizes)


# --- all measures ---


def of_one_term(counts: Sequence[int], sizes: Sequence[int]) -> dict[str, float]:
    table = dispersion(csr_array(np.array(counts)[:, None]), np.array(sizes))
    return dict(zip(table.columns, table.to_numpy(dtype=np.float64)[0].tolist(), strict=True))


def test_measures_are_those_of_gries() -> None:
    """Gries (2008, 2020) publishes DP 0.18, D 0.785, D2 0.938, S 0.95 and a divergence of 0.137 for this example."""
    found = of_one_term([1, 2, 3, 4, 5], [9, 10, 10, 10, 11])
    assert found["parts"] == 5
    assert found["range"] == 1
    assert found["dp"] == pytest.approx(0.18, abs=1e-12)
    assert found["dp_norm"] == pytest.approx(0.2195, abs=5e-5)
    assert found["juilland_d"] == pytest.approx(0.785, abs=5e-4)
    assert found["carroll_d2"] == pytest.approx(0.938, abs=5e-4)
    assert found["rosengren_s"] == pytest.approx(0.950, abs=5e-4)
    assert found["kl_divergence"] == pytest.approx(0.137, abs=5e-4)


def test_parts_without_words_are_no_parts() -> None:
    """An empty document would make every term rarer, and the smallest part that DPnorm divides by none at all."""
    found = of_one_term([1, 2, 0, 3, 4, 5, 0], [9, 10, 0, 10, 10, 11, 0])
    assert found == of_one_term([1, 2, 3, 4, 5], [9, 10, 10, 10, 11])
    assert (found["parts"], found["of_parts"], found["range"]) == (5, 5, 1)
    assert of_one_term([0, 2], [0, 10])["of_parts"] == 1


def test_even_and_concentrated_terms_have_the_ends_of_each_scale() -> None:
    even, one = of_one_term([2, 2, 4], [10, 10, 20]), of_one_term([0, 0, 8], [10, 10, 20])
    names = ["range", "dp", "dp_norm", "juilland_d", "carroll_d2", "rosengren_s", "kl_divergence"]
    assert [even[name] for name in names] == pytest.approx([1, 0, 0, 1, 1, 1, 0], abs=1e-9)
    assert [one[name] for name in names] == pytest.approx([1 / 3, 0.5, 0.5 / 0.75, 0, 0, 0.5, 1], abs=1e-9)


@given(PARTS)
def test_dp_of_many_terms_is_dp_of_each(parts: list[tuple[int, int]]) -> None:
    counts, sizes = zip(*parts, strict=True)
    many = dispersion(csr_array(np.column_stack([counts, counts[::-1], np.zeros(len(counts))])), np.array(sizes))
    assert many["dp"][0] == pytest.approx(deviation_of_proportions(counts, sizes), abs=1e-9)
    assert many["dp"][1] == pytest.approx(deviation_of_proportions(counts[::-1], sizes), abs=1e-9)
    assert (many["parts"][2], many["range"][2]) == (0, 0)
    assert many.drop(columns=["parts", "of_parts", "range"]).iloc[2:].isna().all(axis=None)


def test_a_part_without_words_has_no_term() -> None:
    with pytest.raises(ValueError, match="a term but no words"):
        of_one_term([1, 1], [5, 0])
    assert of_one_term([1, 0], [5, 0])["dp"] == 0


# --- the plot ---


def places(**positions: list[int]) -> pd.DataFrame:
    rows = [(term, "a", at, 6 * at, 6 * at + 5) for term, its in positions.items() for at in its]
    return pd.DataFrame(rows, columns=["term", "doc_id", "position", "start", "end"])


def plot(table: pd.DataFrame, terms: list[str], sizes: list[int]) -> Figure:
    figure = dispersion_plot(table, terms, sizes)
    assert isinstance(figure, Figure)
    return figure


def test_the_plot_shows_every_place_of_the_concordance(seed: Annotations) -> None:
    terms = ["Russia", "Kazakhstan", "trade"]
    table = language.concordance(seed, terms)
    figure = language.where_terms_occur(table, terms, language.readability(seed))
    assert isinstance(figure, Figure)
    pd.testing.assert_frame_equal(figure.data, table[["term", "doc_id", "position", "start", "end"]])
    axes = figure.plot.axes[0]
    drawn = [
        [line[0][0] for line in lane.get_segments()] for lane in axes.collections if isinstance(lane, LineCollection)
    ]
    assert drawn == [table.loc[table["term"] == term, "position"].tolist() for term in terms]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["Russia (4)", "Kazakhstan (6)", "trade (4)"]
    assert axes.get_xlim() == pytest.approx((-3.4, 343.4))
    assert "Each line is one occurrence." in figure.caption
    assert figure.alt == (
        "Dispersion plot with one lane for each of 3 terms over 340 words of 1 document. "
        "The most frequent, “Kazakhstan”, occurs 6 times; the data list every occurrence."
    )


@pytest.mark.parametrize(
    ("dates", "order", "positions"),
    [
        (["2021-05-01", "2021-01-01"], "date", [("b", 1), ("a", 2)]),
        (["2021-05-01", "2021"], "name", [("a", 0), ("b", 5)]),
        (["2021-05-01", None], "name", [("a", 0), ("b", 5)]),
    ],
)
def test_documents_are_ordered_by_date_where_it_is_known(
    annotated: AnnotationsOf, dates: list[str | None], order: str, positions: list[tuple[str, int]]
) -> None:
    texts = ["trade grew for years", "our trade"]
    read = annotated({f"{name}.txt": text for name, text in zip("ab", texts, strict=True)})
    readable = language.readability(read).assign(date=pd.array(dates, dtype=object))
    figure = language.where_terms_occur(language.concordance(read, ["trade"]), ["trade"], readable)
    assert isinstance(figure, Figure)
    assert [*zip(figure.data["doc_id"], figure.data["position"], strict=True)] == positions
    assert f"documents ordered by {order}" in figure.caption
    assert figure.plot.axes[0].get_xlabel() == f"words from the beginning, documents ordered by {order}"


def test_a_term_that_stands_nowhere_keeps_its_lane() -> None:
    figure = plot(places(trade=[1, 5]), ["absent", "trade"], [10])
    assert [label.get_text() for label in figure.plot.axes[0].get_yticklabels()] == ["absent (0)", "trade (2)"]


@pytest.mark.parametrize("terms", [[], ["absent"]])
def test_without_a_place_there_is_no_plot(terms: list[str]) -> None:
    figure = dispersion_plot(places(), terms, [10])
    assert isinstance(figure, NotComputable)
    assert figure.reason.endswith("nothing to draw.")


def test_many_places_are_drawn_as_bars_that_count_them() -> None:
    """Two words in each of 200 parts: the first part holds two places, each of the others at most one."""
    frequent = [0, 1, *range(2, 400, 2), *([399] * 250)]
    figure = plot(places(frequent=frequent, rare=[399]), ["frequent", "rare"], [400])
    assert len(frequent) > MOST_MARKS
    bars = rectangles(figure.plot.axes[0].patches)
    heights = [-bar.get_height() for bar in bars]
    assert len(bars) == 400
    assert heights[0] / heights[1] == pytest.approx(2)
    assert max(heights[:200]) == heights[199] == pytest.approx(max(heights[200:]))
    assert [bar.get_x() for bar in bars[:3]] == [0, 2, 4]
    assert "Bars count occurrences in each 200th part" in figure.caption
    assert len(figure.data) == len(frequent) + 1


@pytest.mark.parametrize(
    ("sizes", "marked"), [([10], []), ([4, 6, 5], [4, 10]), ([1] * 30, [*range(1, 30)]), ([1] * 31, [])]
)
def test_the_ends_of_a_few_documents_are_marked(sizes: list[int], marked: list[int]) -> None:
    axes = plot(places(trade=[1]), ["trade"], sizes).plot.axes[0]
    assert [np.asarray(line.get_xdata())[0] for line in axes.lines if line.get_linestyle() == ":"] == marked


@pytest.mark.parametrize("n", [1, 30, 3000])
def test_the_plot_holds_for_one_document_and_for_thousands(n: int) -> None:
    figure = plot(places(trade=[*range(0, 100 * n, 50)]), ["trade"], [100] * n)
    assert len(figure.data) == 2 * n
    assert figure.plot.axes[0].get_xlim() == pytest.approx((-n, 101 * n))
    assert all(-inf < label.get_position()[0] < inf for label in figure.plot.axes[0].get_xticklabels())
    assert f"{100 * n:,} words of {n:,} document" in figure.alt
