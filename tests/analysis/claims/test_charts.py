"""The figures of 04_claims agree with their tables, and say what they leave out."""

from typing import Any

import numpy as np
import pytest

from research.analysis import claims
from research.analysis.claims.charts import OF_DOCUMENT, STATED, in_words
from research.analysis.figures import Figure, NotComputable
from research.outputs.showing.rendering import png, svg
from tests.analysis.claims.asserted import claims as claims_of
from tests.analysis.claims.asserted import figures, in_2030
from tests.analysis.conftest import rectangles


def drawn(*changed: dict[str, Any], units: list[str] | None = None) -> Figure:
    figure = claims.timeline(figures(*changed), units)
    assert isinstance(figure, Figure)
    return figure


FIVE = [in_2030(value=float(value), speaker="Ann Lee") for value in (1, 2, 3, 4, 5)]


def test_a_value_is_drawn_in_the_middle_of_its_period_or_at_the_date_of_its_document() -> None:
    undated = {"period_start": None, "period_end": None, "date": "2031-07-02", "speaker": "Ann Lee"}
    figure = drawn(*FIVE, {"value": 6.0} | undated, {"value": 7.0} | undated | {"date": None})
    assert figure.data["value"].tolist() == [1, 2, 3, 4, 5, 6]
    assert figure.data["when"].tolist() == ["2030"] * 5 + ["2031-07-02"]
    stated, of_documents = (np.asarray(its.get_offsets())[:, 0].tolist() for its in figure.plot.axes[0].collections)
    assert stated == [2030.5] * 5
    assert of_documents == pytest.approx([2031.5], abs=0.01)
    assert figure.data["dated_by"].tolist() == [STATED] * 5 + [OF_DOCUMENT]
    assert "5 of 6 have a period" in figure.caption
    assert figure.alt == "Values over time in 1 panel. Crowns: 6 values from 2030 to 2031, between 1 and 6."


def test_changes_and_values_without_a_number_are_left_out() -> None:
    ranged = in_2030(value=None, low=8.0, high=10.0)
    figure = drawn(*FIVE, in_2030(role="change"), in_2030(value=None), in_2030(value=None, low=7.0), ranged)
    assert figure.data["value"].tolist() == [1, 2, 3, 4, 5, 9]


def test_too_few_values_make_no_picture() -> None:
    assert isinstance(claims.timeline(figures(*FIVE[:4])), NotComputable)
    assert isinstance(claims.timeline(figures()), NotComputable)
    assert isinstance(claims.timeline(figures(*FIVE), ["USD"]), NotComputable)


def test_money_and_percentages_come_first_and_durations_are_not_drawn() -> None:
    people = [it | {"kind": "count", "unit": "people"} for it in (*FIVE, *FIVE)]
    years = [it | {"kind": "duration", "unit": "years"} for it in FIVE]
    figure = drawn(*people, *years, *FIVE)
    assert [axes.get_title(loc="left") for axes in figure.plot.axes] == ["Crowns (5 values)", "People (10 values)"]
    figure = drawn(*people, *years, *FIVE, units=["years"])
    assert [axes.get_title(loc="left") for axes in figure.plot.axes] == ["Years (5 values)"]


def test_a_log_scale_is_used_for_wide_values_alone_and_says_so() -> None:
    wide = drawn(*FIVE[:4], in_2030(value=5e6))
    assert wide.plot.axes[0].get_yscale() == "log"
    assert wide.plot.axes[0].get_title(loc="left") == "Crowns (5 values, log scale)"
    assert "The scale of crowns is logarithmic" in wide.caption
    assert drawn(*FIVE).plot.axes[0].get_yscale() == "linear"
    percentages = [it | {"kind": "percentage", "unit": "%"} for it in (*FIVE[:4], in_2030(value=5e6))]
    assert drawn(*percentages).plot.axes[0].get_yscale() == "linear"
    assert drawn(*FIVE[:4], in_2030(value=5e6), in_2030(value=-1.0)).plot.axes[0].get_yscale() == "linear"


def test_few_speakers_are_told_apart_by_colour_and_mark_and_many_are_not() -> None:
    few = drawn(*FIVE, in_2030(speaker="Bo Ray", value=2.0))
    assert [text.get_text() for text in few.plot.legends[0].get_texts()] == ["Ann Lee", "Bo Ray", STATED]
    many = drawn(*(it | {"speaker": str(number)} for number, it in enumerate(FIVE)))
    assert [text.get_text() for text in many.plot.legends[0].get_texts()] == [STATED]
    assert "They come from 5 speakers and sources." in many.caption


def test_the_chart_of_kinds_agrees_with_its_table() -> None:
    table = claims.speakers(figures(*FIVE, in_2030(speaker="Bo Ray", kind="age"), in_2030(speaker="Bo Ray")))
    figure = claims.kinds_chart(table)
    assert isinstance(figure, Figure)
    widths = [[bar.get_width() for bar in rectangles(its)] for its in figure.plot.axes[0].containers]
    assert widths == [[5, 1], [0, 1]]
    assert figure.alt == "Bar chart of 7 figures by who asserts them. Ann Lee 5, Bo Ray 2."
    assert isinstance(claims.kinds_chart(table.tail(1)), NotComputable)


def test_of_many_speakers_twelve_are_drawn_and_the_rest_is_said() -> None:
    figure = claims.kinds_chart(claims.speakers(figures(*({"speaker": f"S{number}"} for number in range(20)))))
    assert isinstance(figure, Figure)
    assert len(figure.plot.axes[0].containers[0]) == 12
    assert figure.caption.endswith("Not drawn: 8 more speakers and sources, with 8 figures.")


def test_the_chart_of_reasons_agrees_with_its_table() -> None:
    figure = claims.reasons_chart(claims.reasons(claims_of({}, {"reasons": "figure, trend"})))
    assert isinstance(figure, Figure)
    assert figure.alt == "Bar chart of reasons to check claims: trend 2, figure 1."
    assert isinstance(claims.reasons_chart(claims.reasons(claims_of())), NotComputable)


@pytest.mark.parametrize("name", ["$5 bn", "<b>&amp;</b>", "السلام", "x" * 200, "_hidden", "%s"])
def test_any_name_can_be_drawn_the_same_twice(name: str) -> None:
    table = figures(*(it | {"speaker": name, "unit": name} for it in FIVE))
    for make in (claims.timeline, lambda its: claims.kinds_chart(claims.speakers(its))):
        first, second = make(table), make(table)
        assert isinstance(first, Figure)
        assert isinstance(second, Figure)
        assert png(first) == png(second)
        assert svg(first) == svg(second)


def test_an_axis_says_large_numbers_in_words() -> None:
    assert [in_words(value) for value in (0, 1500, 2.5e6, -3e9, 1.25e12, 0.5)] == [
        *("0", "1,500", "2.5 million", "-3 billion", "1.25 trillion", "0.5"),
    ]
