"""06_time: series counted by hand, a known change found and told, and too little data in one sentence."""

import gc
import weakref
from typing import Any

import numpy as np
import pandas as pd
import pytest

from research import Annotations, Finding
from research.analysis import time
from research.analysis.figures import Figure, NotComputable
from research.analysis.language.words import words_of
from research.analysis.recount import recount
from research.analysis.time.charts import MOST_PANELS
from research.errors import ParameterError
from tests.analysis.said import LEE, RAY, records
from tests.analysis.time.dated import Dated, Note, year

TERMS = ["ferry", "pier"]


@pytest.fixture(scope="module")
def changed() -> Dated:
    return Dated(year())


@pytest.fixture(scope="module")
def found(changed: Dated) -> dict[str, Finding]:
    return of(changed, terms=TERMS, date="2031-10")


def of(annotations: Annotations, **parameters: Any) -> dict[str, Finding]:
    made = time.findings(annotations, **parameters)
    assert len({it.key for it in made}) == len(made)
    return {it.key.removeprefix("time."): it for it in made}


def rows(table: pd.DataFrame, of: str, *columns: str) -> list[list[object]]:
    return records(table.loc[table["of"] == of, list(columns)])


# --- the table ---


def test_every_series_has_a_row_for_every_period() -> None:
    notes = [
        Note("2031-01-05", "The ferry and the ferries of Kenya."),
        Note("2031-01-20", "Nothing.", None),
        Note("2031-03", "No boat, said nobody.", False, RAY),
        Note("2031", "A ferry.", None),
        Note(None, "A ferry.", None),
    ]
    annotations = Dated(notes)
    table = time.series(annotations, "month", ["ferry"])
    assert rows(table, "corpus", "series", "period", "value") == [
        ["documents", "2031-01", 2],
        ["documents", "2031-02", 0],
        ["documents", "2031-03", 1],
        ["words", "2031-01", 16],
        ["words", "2031-02", 0],
        ["words", "2031-03", 13],
    ]
    assert rows(table, "term", "period", "value", "n_counted", "n_base", "n_documents") == [
        ["2031-01", 125, 2, 16, 2],
        ["2031-02", None, 0, 0, 0],
        ["2031-03", 0, 0, 13, 1],
    ]
    assert rows(table, "speech", "period", "value", "n_counted", "n_base", "n_documents") == [
        ["2031-01", 1, 1, 1, 1],
        ["2031-02", None, 0, 0, 0],
        ["2031-03", 0, 0, 1, 1],
    ]
    assert rows(table, "country", "series", "period", "value") == [
        ["Kenya", "2031-01", 0.5],
        ["Kenya", "2031-02", None],
        ["Kenya", "2031-03", 0],
    ]
    assert [it[0] for it in rows(table, "speaker", "series")[::3]] == [RAY, LEE]
    assert records(time.left_out(annotations, "month")) == [
        ["0003", "2031", "only the year is known", 2],
        ["0004", None, "no date", 2],
    ]
    assert time.left_out(annotations, "year")["reason"].tolist() == ["no date"]
    [told] = [it for it in time.findings(annotations, "month") if it.key == "time.left_out"]
    assert told.statement == (
        "2 of 5 documents take no part in the series by month: 1 with no date and 1 with only a year."
    )
    assert [row.exact for row in told.evidence] == ["A ferry."] * 2


def test_intervals_need_ten_documents_in_a_period_and_no_full_population(changed: Dated) -> None:
    quarters = time.series(changed, "quarter", TERMS)
    assert quarters.loc[quarters["series"] == "ferry", "low"].notna().all()
    assert time.series(changed, "month", TERMS)["low"].isna().all()
    assert time.series(Dated(year(), complete=True), "quarter", TERMS)["low"].isna().all()


def test_too_many_periods_are_refused_with_a_longer_one() -> None:
    annotations = Dated([Note("1931-01-05", "A ferry."), Note("2031-01-05", "A ferry.")])
    with pytest.raises(ParameterError, match=r"from 1931-01-05 to 2031-01-05 there are 36,526 days.* Take 'year'"):
        time.series(annotations, "day")


@pytest.mark.parametrize("by", ["hour", 3, None])
def test_an_unknown_period_is_refused(changed: Dated, by: Any) -> None:
    with pytest.raises(ParameterError, match="The parameter by takes one of 'auto', 'day'"):
        time.series(changed, by)


# --- what changed ---


def test_a_known_change_is_told_with_its_values_and_its_date(found: dict[str, Finding]) -> None:
    told = found["change.term.ferry"]
    assert told.statement.startswith(
        "The rate of “ferry” rose from 37.04 before July 2031 to "
    )  # 18 of 36 times 12 words and 18 times 3
    assert " per 1,000 words from then on (p = 0.00" in told.statement
    assert "; with 95% confidence the change came in July 2031). It also has a trend" in told.statement
    assert told.measure == "rate"
    assert told.n == len(list(told.evidence)) == 3 * 36 + 18
    assert {row.exact.casefold() for row in told.evidence} == {"ferry"}
    assert found["change.country.kenya"].statement.startswith(
        "The share of documents that name Kenya rose from 0% before July 2031 to 100% from then on (p"
    )
    assert found["change.direct"].statement.startswith(
        "The share of statements that are direct quotations fell from 100% before July 2031"
    )
    assert found["changes"].value == 4, "the documents grew longer, so that one “pier” in each is a smaller part"


def test_what_is_asked_for_and_did_not_change_is_said_as_well(found: dict[str, Finding]) -> None:
    assert found["change.term.pier"].statement.startswith("The rate of “pier” ")
    unchanged = of(Dated(year(changes_in=13)), terms=["ferry"])
    assert unchanged["change.term.ferry"].statement.startswith(
        "The rate of “ferry” shows no change larger than chance explains (p = "
    )
    assert unchanged["changes"].value == 0
    absent = of(Dated(year()), terms=["zeppelin"])["change.term.zeppelin"]
    assert absent.statement == (
        "A change of the rate of “zeppelin” is not computable: a change point needs 10 documents with what is "
        "counted, and there is none."
    )


def test_a_named_date_is_compared_before_and_after(found: dict[str, Finding]) -> None:
    told = found["date.2031-10.term.ferry"]
    assert " from October 2031 on and " in told.statement
    assert told.interval is not None
    assert isinstance(told.value, float)
    assert told.interval.low < told.value < told.interval.high
    assert told.statement.count(told.display) == 1
    assert found["date.2031-10"].statement.endswith(
        "differ by more than chance explains between the documents before October 2031 and those from then on."
    )
    early = of(Dated(year()), terms=TERMS, date="2031-01-02")["date.2031-01-02"]
    assert early.statement == (
        "A comparison of before and since 2 January 2031 is not computable: the test needs 10 documents before, "
        "and there is 1."
    )


def test_a_trend_is_told_with_its_slope() -> None:
    notes = [
        Note(f"{2000 + at}-05-01", "A ferry left. " * (at + number % 3) + "The pier was empty and cold that day.")
        for at in range(10)
        for number in range(6)
    ]
    told = of(Dated(notes), terms=["ferry"])["trend.term.ferry"]
    assert "The rate of “ferry” rises: the slope is " in told.statement
    assert " per 1,000 words a year, in 10 years with at least 5 documents (p < 0.001, 95% CI " in told.statement
    assert told.interval is not None


def test_every_finding_is_counted_again(changed: Dated, found: dict[str, Finding]) -> None:
    tables = {
        "time.series": time.series(changed, "auto", TERMS),
        "time.changes": time.changes(changed, "auto", TERMS),
        "time.trends": time.trends(changed, "auto", TERMS),
        "time.at_date": time.at_date(changed, "2031-10", TERMS),
    }
    texts = {it.document.id: it.document.text for it in changed}
    for finding in found.values():
        table = None if finding.computation is None else tables[finding.computation.table]
        assert recount(finding, table) == finding.value, finding.key
        assert finding.value is None or finding.display in finding.statement or finding.value == 0
        for row in finding.evidence:
            assert texts[row.doc_id][row.start : row.end] == row.exact


def test_the_order_of_documents_changes_nothing_that_is_told(changed: Dated, found: dict[str, Finding]) -> None:
    again = of(Dated(year()[::-1]), terms=TERMS, date="2031-10")
    said = {key: it.statement.partition(" (")[0] for key, it in found.items()}
    assert {key: it.statement.partition(" (")[0] for key, it in again.items()} == said


# --- too little ---


def test_of_the_seed_document_one_sentence_says_why_nothing_is_computable(seed: Annotations) -> None:
    assert [it.statement for it in time.findings(seed)] == [
        "A change over time is not computable: a change point needs 20 dated documents, and there is 1."
    ]
    assert time.where_computable(time.changes(seed)).empty
    assert time.where_computable(time.trends(seed)).empty
    assert time.at_date(seed).empty
    figure = time.series_chart(time.series(seed), time.changes(seed))
    assert isinstance(figure, NotComputable)
    assert figure.reason == (
        "A series needs dates in at least two periods; all documents with one are of 2023, so there is nothing to draw."
    )


def test_documents_without_dates_say_so() -> None:
    annotations = Dated([Note(None, "A ferry.")] * 3)
    assert [it.statement for it in time.findings(annotations)][:1] == [
        "A change over time is not computable: no document has a date."
    ]
    years = Dated([Note("2031", "A ferry.")] * 3)
    assert [it.statement for it in time.findings(years, "day")][:1] == [
        "A change over time is not computable: no document has a date that is fine enough for a day."
    ]
    figure = time.series_chart(time.series(annotations), time.changes(annotations))
    assert isinstance(figure, NotComputable)
    assert "no document has one" in figure.reason


# --- the figure ---


def test_each_series_has_a_panel_with_its_change(changed: Dated) -> None:
    changes = time.changes(changed, "auto", TERMS)
    figure = time.series_chart(time.series(changed, "auto", TERMS), changes, "2031-10")
    assert isinstance(figure, Figure)
    panels = {axes.get_title(loc="left"): axes for axes in figure.plot.axes if axes.get_visible()}
    assert list(panels) == [
        "Documents",
        "“ferry” per 1,000 words",
        "“pier” per 1,000 words",
        "Ann Lee, share of statements",
        "Bo Ray, share of statements",
        "Direct quotations, share of statements",
        "Kenya, share of documents",
    ]
    places = {
        name: {round(float(np.asarray(line.get_xdata())[0]), 2) for line in axes.lines} for name, axes in panels.items()
    }
    assert 5.5 in places["“ferry” per 1,000 words"], "before July"
    assert 8.5 in places["Documents"], "the named date"
    assert 5.5 not in places["Ann Lee, share of statements"]
    assert "“ferry” per 1,000 words: between" in figure.alt
    assert "with a change in July 2031." in figure.alt
    assert len(figure.data) == len(panels) * 12


def test_gaps_are_gaps() -> None:
    notes = [Note(f"2031-{month:02}-01", "A ferry.") for month in (1, 2, 5, 6) for _ in range(5)]
    annotations = Dated(notes)
    figure = time.series_chart(time.series(annotations, "month", ["ferry"]), time.changes(annotations, "month"))
    assert isinstance(figure, Figure)
    line = figure.plot.axes[1].lines[0]
    assert np.isfinite(np.asarray(line.get_ydata(), dtype=float)).tolist() == [True, True, False, False, True, True]


def test_what_is_not_drawn_is_counted() -> None:
    annotations = Dated(year(in_a_month=1))
    terms = [f"word{number}" for number in range(14)]
    figure = time.series_chart(time.series(annotations, "month", terms), time.changes(annotations, "month", terms))
    assert isinstance(figure, Figure)
    assert len(figure.plot.axes) == MOST_PANELS
    assert "Not drawn: 7 more series; the table has all." in figure.caption


def test_words_are_let_go_of_once_they_are_counted(changed: Dated) -> None:
    words = weakref.ref(words_of(changed))
    time.series(changed)
    gc.collect()
    assert words() is None
