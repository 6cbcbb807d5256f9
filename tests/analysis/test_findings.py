"""A finding can be cited, followed to its passages, and counted again."""

import doctest
import json
import re
from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from research import Annotations, Finding
from research.analysis import corpus, findings, language
from research.analysis.evidence import Passage
from research.analysis.findings import Computation, slug
from research.analysis.judging.corrected import Corrected, Side, Sums
from research.analysis.making import not_computable
from research.analysis.recount import recount
from research.analysis.statistics.uncertainty import Interval
from research.nlp.accuracy import Accuracy
from research.nlp.quantities import values
from tests.analysis.conftest import finding, place

Tables = Callable[[Annotations], dict[str, pd.DataFrame]]


# --- every finding of every notebook, under one contract ---


@pytest.fixture(params=["seed", "twelve"])
def corpus_name(request: pytest.FixtureRequest) -> Any:
    return request.param


@pytest.fixture
def found(findings_of: dict[str, list[Finding]], corpus_name: str) -> list[Finding]:
    return findings_of[corpus_name]


@pytest.fixture
def annotations(seed: Annotations, twelve: Annotations, corpus_name: str) -> Annotations:
    return {"seed": seed, "twelve": twelve}[corpus_name]


def test_counting_again_gives_the_value_of_every_finding(
    found: list[Finding], annotations: Annotations, tables: Tables
) -> None:
    named = tables(annotations)
    assert {it.measure for it in found} >= {"count", "documents", "value", "statistic"}
    for it in found:
        table = None if it.computation is None else named[it.computation.table]
        assert recount(it, table) == it.value, it.key


def test_every_passage_stands_where_it_says(found: list[Finding], annotations: Annotations) -> None:
    passages = [row for it in found for row in it.evidence]
    terms = {row for it in found if it.notebook == "language" for row in it.evidence}
    assert terms
    assert not terms >= set(passages)
    for row in passages:
        document = annotations.corpus[row.doc_id]
        assert document.text[row.start : row.end] == row.exact
        first = document.body.start if row in terms else 0  # the header is no context of a term
        assert document.text[max(first, row.start - 32) : row.start] == row.prefix
        assert document.text[row.end : row.end + 32] == row.suffix
        assert document.origin.sha256 == row.sha256
        assert document.body.start <= row.start or row.exact == document.date


def test_every_finding_is_whole(found: list[Finding]) -> None:
    keys = [it.key for it in found]
    assert len(set(keys)) == len(keys)
    for it in found:
        assert it.key.partition(".")[0] == it.notebook in {"corpus", "language"}
        assert it.statement.endswith(".")
        assert it.display in it.statement or it.value == 0
        assert (it.status == "supported") == (it.interval is not None)
        assert (it.value is None) == (it.status == "not computable")
        assert it.n_documents >= len({row.doc_id for row in it.evidence if row.role == "counted"})
        assert (it.measure in {"statistic", "rate"}) == (it.computation is not None)
        assert it.accuracy == (), "it rests on counting alone"
        if it.interval is not None:
            assert it.interval.low <= float(str(it.value)) <= it.interval.high
            assert f"95% CI {it.interval_display})" in it.statement


def test_a_value_is_what_is_displayed_as_far_as_its_precision_goes(found: list[Finding]) -> None:
    numbers = [(it, it.value) for it in found if isinstance(it.value, int | float)]
    assert len(numbers) > 5
    for it, value in numbers:
        shown = values.read(it.display)
        percent = 100 if it.measure == "share" else 1
        assert it.precision == float(shown.step / percent)
        assert abs(value * percent - float(shown.number)) <= float(shown.step) / 2 * (1 + 1e-9), it.key
    assert all(it.precision is None for it in found if not isinstance(it.value, int | float))


@pytest.mark.parametrize(
    ("value", "display", "precision"),
    [
        *((0.67, "67%", 0.01), (0.094, "9.4%", 0.001), (0.00012, "0.012%", 0.00001)),
        *((3854, "3,854", 1), (22.7, "22.7", 0.1), (0.0123, "0.0123", 0.0001), (25 * 10**9, "25 billion", 10**9)),
        *(("2023-09-29", "2023-09-29", None), ("2016", "2016", None), (None, "not computable", None)),
    ],
)
def test_a_finding_says_how_precisely_it_is_displayed(
    value: float | str | None, display: str, precision: float | None
) -> None:
    written = finding(value=value, display=display).fields()
    assert written["precision"] == precision
    assert json.dumps(written["precision"]) == json.dumps(precision)


def test_a_finding_of_a_run_without_precisions_is_still_the_same() -> None:
    written = finding().fields()
    del written["precision"]
    read = Finding.from_fields(written, finding().evidence)
    assert read == finding()
    assert read.version == written["version"]


def test_findings_survive_being_written_and_read(found: list[Finding]) -> None:
    for it in found:
        read = Finding.from_fields(json.loads(json.dumps(it.fields())), it.evidence)
        assert read == it
        assert read.version == it.version
        assert read.fields() == it.fields()


def test_findings_are_the_same_when_they_are_made_again(
    findings_of: dict[str, list[Finding]], seed: Annotations
) -> None:
    assert [*corpus.findings(seed), *language.findings(seed)] == findings_of["seed"]


# --- versions and fields ---

CHANGES: dict[str, Any] = {
    "key": "language.count.trades",
    "statement": "“trade” occurs twice.",
    "value": 3,
    "display": "two",
    "unit": "places",
    "measure": "words",
    "method": "Counted twice.",
    "status": "supported",
    "n": 3,
    "n_documents": 2,
    "interval": Interval(1.0, 3.0),
    "accuracy": (Accuracy("a", "F1", 0.8, 0.7, 0.9, "own texts", "dev", 9, "0"),),
    "accuracy_note": "Nothing is known.",
    "computation": Computation("sum", "t", ("words",)),
    "parameters": {"term": "trades"},
    "evidence": (place(),),
    "additive": True,
    "uncorrected": "names",
    "sums": Sums(Side([], None, 10.0), Side([], None, 20.0)),
    "corrected": Corrected(5, 10, reason="five more are needed"),
}


def test_the_changes_are_of_every_field() -> None:
    assert CHANGES.keys() == {field.name for field in fields(Finding)}


@pytest.mark.parametrize("name", CHANGES)
def test_the_version_changes_with_what_a_finding_says_and_rests_on_and_with_nothing_else(name: str) -> None:
    says = {"value", "statement", "display", "method", "accuracy", "accuracy_note", "evidence", "corrected"}
    assert (finding(**{name: CHANGES[name]}).version != finding().version) == (name in says)


@pytest.mark.parametrize("name", Accuracy._fields)
def test_the_version_covers_the_measured_error_and_not_the_fingerprint_of_the_annotator(name: str) -> None:
    """A comment in a source file changes the fingerprint, and must not rename a citation."""
    (measured,) = CHANGES["accuracy"]
    before, after = (finding(accuracy=(it,)) for it in (measured, measured._replace(**{name: "another"})))
    assert (before.version == after.version) == (name == "annotator")
    assert after.fields()["accuracy"][0][name] == "another", "it is still written down"


@pytest.mark.parametrize("name", Passage._fields)
def test_the_version_changes_with_every_part_of_a_passage(name: str) -> None:
    first, second = finding().evidence
    changed: dict[str, Any] = {name: 7 if name in {"start", "end"} else "base" if name == "role" else "other"}
    assert finding(evidence=(first._replace(**changed), second)).version != finding().version


def test_the_version_does_not_change_otherwise() -> None:
    assert finding().version == replace(finding()).version
    assert len(finding().version) == 16


def test_a_finding_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        finding().value = 3  # type: ignore[misc]


@pytest.mark.parametrize(
    "damage",
    [
        lambda fields: fields.pop("interval"),
        lambda fields: fields.pop("computation"),
        lambda fields: fields.pop("key"),
        lambda fields: fields.update(unknown=1),
        lambda fields: fields.update(interval={"from": 1}),
        lambda fields: fields.update(computation={"table": "t"}),
        lambda fields: fields.update(interval=[1, 2]),
    ],
)
def test_fields_that_are_none_of_a_finding_are_refused(damage: Callable[[dict[str, Any]], Any]) -> None:
    written = finding().fields()
    damage(written)
    with pytest.raises((KeyError, TypeError)):
        Finding.from_fields(written)


def test_a_version_that_was_written_is_not_believed() -> None:
    assert (
        Finding.from_fields(finding().fields() | {"version": "forged"}, finding().evidence).version == finding().version
    )


@pytest.mark.parametrize(
    ("measure", "value", "unit", "said"),
    [
        ("count", 37, "documents", "documents"),
        ("count", 1, "documents", "document"),
        ("count", 0, "passages", "passages"),
        ("share", 0.27, "passages", "of passages"),
        ("share", 1.0, "documents", "of documents"),
        ("rate", 1.0, "passages per 1,000 words", "passages per 1,000 words"),
        ("value", "2031-01-14", None, ""),
        ("count", None, "documents", ""),
    ],
)
def test_a_unit_is_said_as_a_sentence_would(measure: Any, value: Any, unit: str | None, said: str) -> None:
    nothing = not_computable("a.b", "A", "c", unit=unit, measure=measure, method="m", n_documents=0)
    finding = nothing if value is None else replace(nothing, value=value, display=str(value))
    assert finding.unit_display == said
    assert finding.fields()["unit"] == unit, "programs read it as it is"


# --- keys ---


def test_the_examples_in_the_documentation_are_right() -> None:
    results = doctest.testmod(findings)
    assert results.attempted >= 1
    assert results.failed == 0


@pytest.mark.parametrize(
    ("text", "made"),
    [
        *(("sanctions", "sanctions"), ("SANCTIONS", "sanctions"), ("2024", "2024"), ("so-called", "so-called")),
        *(("free trade", "free_trade"), ("Kassym-Jomart Tokayev", "kassym-jomart_tokayev"), ("a - b", "a_-_b")),
        *(("a ", "a"), ("\ta\n", "a"), ("free \u00a0\r\n Trade", "free_trade"), ("STRASSE", "strasse")),
    ],
)
def test_plain_words_are_their_own_slug(text: str, made: str) -> None:
    assert slug(text) == made


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("U.S.", "us"),
        ("U.S.", "U.S"),
        ("a b", "a-b"),
        ("é", "e"),
        ("外交", "制裁"),
        ("$", "€"),
        ("-a", "a"),
        ("a-", "a"),
        ("a_b", "a b"),
        ("a_b", "ab"),
        ("_", "-"),
        ("a.b", "ab"),
        ("a, b", "a b"),
        ("a  , b", "a, b"),
    ],
)
def test_different_texts_have_different_slugs(one: str, other: str) -> None:
    assert slug(one) != slug(other)


@pytest.mark.parametrize(
    ("text", "beginning"),
    [
        *(("U.S. dollars", "us_dollars-"), ("a_b", "a_b-"), ("Café", "cafe-"), ("don't", "don_t-"), ("-a", "a-")),
        *(("a/b", "a_b-"), ("外交", "")),
    ],
)
def test_what_does_not_survive_is_told_apart_by_a_suffix(text: str, beginning: str) -> None:
    assert re.fullmatch(re.escape(beginning) + "[0-9a-f]{6}", slug(text))


TERMS = st.text(min_size=1) | st.text("aA é.-_\t", min_size=1, max_size=5)


def folded(text: str) -> str:
    return " ".join(text.casefold().split())


@given(TERMS, TERMS)
def test_a_slug_is_plain_and_ones_own(one: str, other: str) -> None:
    made = slug(one)
    assert made
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_")
    assert (made == slug(other)) == (folded(one) == folded(other))
