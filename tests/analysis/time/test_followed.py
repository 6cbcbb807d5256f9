"""06_time follows the categories of a dictionary and the actors that are asked for, as it follows terms."""

from pathlib import Path
from typing import Any

import pytest

from research import Finding
from research.analysis import time
from research.analysis.figures import Figure, NotComputable
from research.analysis.recount import recount
from research.analysis.time.material import MOST_CATEGORIES
from research.errors import ParameterError
from tests.analysis.said import records
from tests.analysis.time.dated import Dated, Note, year

BOATS = """boats: ["ferr*", tug]
shore:
  built: [pier, the pier]
  sand: [beach]
"""


@pytest.fixture
def dictionary(tmp_path: Path) -> str:
    (tmp_path / "boats.yaml").write_text(BOATS, encoding="utf-8")
    return str(tmp_path / "boats.yaml")


@pytest.fixture(scope="module")
def changed() -> Dated:
    return Dated(year())


def found(annotations: Dated, **asked: Any) -> dict[str, Finding]:
    return {it.key.removeprefix("time."): it for it in time.findings(annotations, **asked)}


def test_a_category_is_counted_as_its_terms_are_and_the_longest_counts(changed: Dated, dictionary: str) -> None:
    table = time.series(changed, "year", ["ferry", "pier"], dictionary=dictionary)
    counts = dict(table.loc[table["of"].isin(("term", "category")), ["series", "n_counted"]].values.tolist())
    assert counts == {
        "ferry": 3 * 36 + 36,
        "pier": 72,
        "boats": 3 * 36 + 36,
        "shore.built": 72,  # "the pier" once, and not its "pier" again
        "shore.sand": 0,
    }
    assert set(table.loc[table["of"] == "category", "unit"]) == {"per 1,000 words"}


def test_a_change_of_a_category_names_the_dictionary_and_recounts(changed: Dated, dictionary: str) -> None:
    its = found(changed, dictionary=dictionary, date="2031-10")
    told = its["change.category.boats"]
    assert told.statement.startswith("The rate of the category “boats” rose from 37.04 before July 2031 to 132.07 per ")
    assert " The terms of the category are those of the dictionary boats.yaml (sha256 " in told.method
    assert told.parameters["dictionary"] == "boats.yaml"
    assert {row.exact.casefold() for row in told.evidence} == {"ferry"}
    changes = time.changes(changed, dictionary=dictionary)
    assert recount(told, changes) == told.value
    assert its["change.category.shore.sand"].statement.startswith(
        "A change of the rate of the category “shore.sand” is not computable"
    )
    assert its["date.2031-10.category.boats"].unit == "times per 1,000 words"


def test_only_the_most_frequent_categories_are_followed_in_the_order_of_the_file(tmp_path: Path) -> None:
    lines = [f"c{number}: [word{number}]" for number in range(MOST_CATEGORIES + 2)]
    (tmp_path / "many.yaml").write_text("\n".join(lines), encoding="utf-8")
    notes = [Note("2031-01-05", " ".join(f"word{number}." for number in range(2, MOST_CATEGORIES + 2)), None)]
    table = time.series(Dated(notes), "year", dictionary=str(tmp_path / "many.yaml"))
    its = table.loc[table["of"] == "category", "series"].tolist()
    assert its == [f"c{number}" for number in range(2, MOST_CATEGORIES + 2)]


def test_categories_have_a_figure_of_their_own(changed: Dated, dictionary: str) -> None:
    table, changes = (make(changed, dictionary=dictionary) for make in (time.series, time.changes))
    drawn, others = time.categories_chart(table, changes), time.series_chart(table, changes)
    assert isinstance(drawn, Figure)
    assert isinstance(others, Figure)
    assert list(dict.fromkeys(drawn.data["series"])) == ["documents", "boats", "shore.built", "shore.sand"]
    assert "category" not in set(others.data["of"])
    assert isinstance(time.categories_chart(time.series(changed), time.changes(changed)), NotComputable)


def test_actors_replace_the_countries_and_come_before_what_nobody_asked_for(changed: Dated) -> None:
    asked = ["republic of kenya", "Blorgia"]
    table = time.series(changed, "year", actors=asked)
    assert records(table.loc[table["of"].isin(("country", "actor")), ["of", "series", "value", "n_base"]]) == [
        ["country", "Kenya", 0.5, 72],
        ["actor", "Blorgia", 0, 72],
    ]
    assert table["of"].tolist().index("actor") < table["of"].tolist().index("speaker")
    its = found(changed, actors=[*asked, "Kenja"])
    assert its["change.country.kenya"].statement.startswith("The share of documents that name Kenya rose from 0%")
    assert its["change.actor.kenja"].statement.endswith("and there is none; the nearest name is Kenya.")


def test_a_dictionary_that_cannot_be_read_is_refused(changed: Dated) -> None:
    with pytest.raises(ParameterError, match="The parameter dictionary cannot be used"):
        time.findings(changed, dictionary="nowhere.yaml")


def test_a_category_that_never_occurs_is_said_so_in_words(changed: Dated, dictionary: str) -> None:
    table, changes = (make(changed, dictionary=dictionary) for make in (time.series, time.changes))
    drawn = time.categories_chart(table, changes)
    assert isinstance(drawn, Figure)
    assert "shore.sand, per 1,000 words: 0 in every period." in drawn.alt
