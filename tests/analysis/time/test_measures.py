"""What documents put a measure at, over time: counted by hand, told, and too little data in one sentence."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from research import Annotations
from research.analysis import time
from research.analysis.figures import Figure, NotComputable
from research.analysis.recount import recount
from research.analysis.time.measures import MEASURES
from research.errors import ParameterError
from tests.analysis.claims.told import Asserted, Story
from tests.analysis.claims.told import Figure as Quantity
from tests.analysis.said import records

JOBS = "the jobless rate"


class Dated(Asserted):
    """Documents of given dates, each with figures, one a sentence."""

    def __init__(self, *told: tuple[str | None, list[Quantity]]) -> None:
        stories: list[Story] = [
            (" ".join(f"{it.measure} is {it.text} here." for it in its), [], its) for _, its in told
        ]
        super().__init__({f"{number:04}": story for number, story in enumerate(stories)})
        self._documents = [
            replace(it, document=replace(it.document, date=date))
            for it, (date, _) in zip(self._documents, told, strict=True)
        ]


def rate(value: float, **more: Any) -> Quantity:
    return Quantity(f"{value:g}%", value, "%", "percentage", JOBS, "is", **more)


def measures(annotations: Annotations, *names: str, by: str = "year") -> list[list[object]]:
    table = time.measured(annotations, by, list(names))
    return records(table.drop(columns=["low", "high"]))


def test_a_figure_counts_in_the_period_that_it_is_for() -> None:
    annotations = Dated(
        ("2031-02-03", [rate(4)]),
        ("2031-05", [rate(6)]),
        ("2032", [rate(9)]),
        ("2033-01-01", [rate(3, period=("2031-01-01", "2031-12-31"))]),
        ("2033-01-01", [rate(50, period=("2031-01-01", "2032-12-31"))]),
        ("2033-01-01", [rate(60, period=("1990-01-01", "1990-12-31"))]),
        (None, [rate(70)]),
    )
    assert measures(annotations, "jobless rate") == [
        ["jobless rate", "%", "2031", 4.0, 3.0, 6.0, 3, 3],
        ["jobless rate", "%", "2032", 9.0, 9.0, 9.0, 1, 1],
    ]
    figures = time.measure_figures(annotations, "year", ["jobless rate"])
    assert records(figures[["doc_id", "period", "value", "text"]]) == [
        ["0000", "2031", 4.0, "4%"],
        ["0001", "2031", 6.0, "6%"],
        ["0003", "2031", 3.0, "3%"],
        ["0002", "2032", 9.0, "9%"],
    ]


def test_levels_with_one_value_count_and_units_are_kept_apart() -> None:
    annotations = Dated(
        ("2031", [rate(4, role="change")]),
        ("2031", [Quantity("more than 5%", 5, "%", "percentage", JOBS, "is", low=5)]),
        ("2031", [Quantity("6 to 8%", None, "%", "percentage", JOBS, "is", low=6, high=8)]),
        ("2031", [Quantity("12 crowns", 12, measure=JOBS, verb="is")]),
        ("2031", [Quantity("12 boats", 12, "boat", "count", "the fleet", "is")]),
    )
    assert [it[:4] for it in measures(annotations, "jobless rate")] == [
        ["jobless rate", "%", "2031", 7.0],
        ["jobless rate", "crowns", "2031", 12.0],
    ]
    assert measures(annotations, "job* rates", "rate of jobs")[0][0] == "job* rates", "as terms are found, in order"
    assert {it[0] for it in measures(annotations, "rate of jobs")} == set()


def test_a_part_of_what_is_measured_is_no_value_of_it() -> None:
    text = "32% of the claims were paid."
    annotations = Asserted({"a": (text, [], [Quantity("32%", 32, "%", "percentage", "the claims", "of")])})
    assert time.measured(annotations, "year", ["claims"]).empty


def decade(n_documents: int = 5) -> Dated:
    return Dated(*((str(2031 + at), [rate(4 + at + number / 10)]) for at in range(8) for number in range(n_documents)))


def told(annotations: Annotations, names: list[str] | None) -> dict[str, Any]:
    found = time.findings(annotations, "year", ["nothing"], measures=names)
    return {it.key: it for it in found if ".measure" in it.key}


def test_the_last_value_and_the_trend_are_findings_that_recount() -> None:
    annotations = decade()
    found = told(annotations, ["jobless rate"])
    last, trend = found.values()
    assert last.statement == (
        "Figures on “jobless rate” put it at 11.2% in 2038 (the median of 5 figures in 5 documents), against 4.2% in "
        "2031."
    )
    assert trend.statement.startswith(
        "Figures on “jobless rate” rise: the slope is 1% a year, in 8 years with at least 5 documents (p < 0.001, "
        "95% CI"
    )
    for it in (last, trend):
        table = time.measured(annotations, "year", ["jobless rate"])
        assert recount(it, table) == it.value
        assert len(list(it.evidence)) == it.n


def test_too_little_is_said_where_it_is_asked_for() -> None:
    found = told(decade(4), ["jobless rate", "debt"])
    assert found["time.measure_trend.jobless_rate.percent"].statement == (
        "A trend of “jobless rate” in percent is not computable: a trend needs 8 periods of at least 5 documents, and "
        "none has that many."
    )
    assert found["time.measure.debt"].statement == (
        "A series of “debt” is not computable: no figure that gives one value in one period measures it."
    )


def test_without_a_name_the_measures_of_most_documents_are_followed() -> None:
    (name,) = {it[0] for it in records(time.measured(decade(), "year"))}
    assert name == JOBS
    assert time.measured(Dated(("2031", [rate(4)])), "year").empty
    assert told(Dated(("2031", [rate(4)])), None) == {}


def test_each_measure_and_unit_has_a_panel() -> None:
    figure = time.measures_chart(time.measured(decade(12), "year", ["jobless rate"]))
    assert isinstance(figure, Figure)
    assert (
        figure.alt
        == "1 panel from 2031 to 2038. jobless rate, %: 4.55 in 2031, 11.55 in 2038, 8 periods with a figure."
    )
    assert figure.data["low"].notna().all()
    assert isinstance(time.measures_chart(figure.data.head(0)), NotComputable)


def test_a_measure_without_a_word_is_refused() -> None:
    with pytest.raises(ParameterError, match="has no word to look up"):
        MEASURES.read(["..."])
