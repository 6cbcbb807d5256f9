"""A finding can be cited, followed to its passages, and counted again."""

import doctest
import json
import re
import tracemalloc
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from research import Annotations, Finding
from research.analysis import corpus, findings, language
from research.analysis.evidence import Evidence, Passage, Passages, joined, passage
from research.analysis.findings import Computation, slug
from research.analysis.making import not_computable, of_statistic
from research.analysis.recount import STATISTICS, recount, statistic
from research.analysis.statistics.uncertainty import Interval
from research.analysis.wording import between, plural, quoted
from research.errors import ResearchError
from research.loading import Document, Origin, Span
from research.nlp.accuracy import Accuracy
from research.nlp.quantities import values

Tables = Callable[[Annotations], dict[str, pd.DataFrame]]


def place(doc_id: str = "a", exact: str = "trade", role: Any = "counted", start: int = 0) -> Passage:
    return Passage(role, doc_id, "0" * 64, start, start + len(exact), exact, "", " grew")


def finding(**changed: Any) -> Finding:
    fields: dict[str, Any] = {
        "key": "language.count.trade",
        "statement": "“trade” stands in 2 places.",
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
    assert {it.measure for it in found} >= {"count", "documents", "share", "value", "statistic"}
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
        assert it.display in it.statement
        assert (it.status == "supported") == (it.interval is not None)
        assert (it.value is None) == (it.status == "not computable")
        assert it.n_documents >= len({row.doc_id for row in it.evidence if row.role == "counted"})
        assert (it.measure in {"statistic", "rate"}) == (it.computation is not None)
        assert it.accuracy == (), "it rests on counting alone"
        if it.interval is not None:
            assert it.interval.low <= float(str(it.value)) <= it.interval.high
            assert f"interval {it.interval_display})" in it.statement


def test_what_is_counted_in_a_share_is_listed_in_its_base_as_well(found: list[Finding]) -> None:
    shares = [it for it in found if it.measure == "share"]
    assert len(shares) == 3
    for share in shares:
        counted = {row._replace(role="base") for row in share.evidence if row.role == "counted"}
        base = [row for row in share.evidence if row.role == "base"]
        assert counted <= set(base)
        assert len({row.doc_id for row in base}) == len(base) == share.n


def test_a_value_is_what_is_displayed_as_far_as_its_precision_goes(found: list[Finding]) -> None:
    numbers = [it for it in found if isinstance(it.value, int | float)]
    assert len(numbers) > 5
    for it in numbers:
        shown = values.read(it.display)
        percent = 100 if it.measure == "share" else 1
        assert it.precision == float(shown.step / percent)
        assert abs(it.value * percent - float(shown.number)) <= float(shown.step) / 2 * (1 + 1e-9), it.key
    assert all(it.precision is None for it in found if it not in numbers)


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


# --- recounting ---


@pytest.mark.parametrize(
    ("changed", "value"),
    [
        ({"measure": "count"}, 3),
        ({"measure": "documents"}, 2),
        ({"measure": "words"}, 5),
        ({"measure": "value", "evidence": (place(exact="2024-05-01"),)}, "2024-05-01"),
        ({"measure": "share", "unit": "passages"}, 0.75),
        ({"measure": "share", "unit": "documents"}, 0.666667),
        ({"measure": "share", "unit": "words"}, 0.833333),
        ({"measure": "share", "unit": None}, 0.75),
        ({"measure": "rate", "computation": Computation("sum", "t", ("words",))}, 7.5),
        ({"measure": "statistic", "computation": Computation("sum", "t", ("words",))}, 400),
        (
            {"measure": "statistic", "computation": Computation("words_per_sentence", "t", ("words", "sentences"))},
            13.3333,
        ),
        ({"status": "not computable", "value": None, "evidence": ()}, None),
    ],
)
def test_a_measure_says_how_the_value_follows_from_the_evidence(changed: dict[str, Any], value: Any) -> None:
    """Three passages with five words in two documents, of four passages with six words in three."""
    counted = (place("a", "trade"), place("a", "free trade", start=9), place("b", "don't … trade"))
    base = (*(row._replace(role="base") for row in counted), place("c", "fair", role="base"))
    table = pd.DataFrame({"words": [100, 300], "sentences": [10, 20]})
    assert recount(finding(**({"evidence": (*counted, *base)} | changed)), table) == value


def test_a_passage_that_is_missing_or_doubled_is_noticed() -> None:
    whole = finding()
    assert recount(whole) == whole.value
    assert recount(replace(whole, evidence=whole.evidence[:1])) != whole.value
    assert recount(replace(whole, evidence=(*whole.evidence, place(start=20)))) != whole.value


@pytest.mark.parametrize(
    "changed",
    [
        {"measure": "statistic", "computation": Computation("sum", "t", ("words",))},
        {"measure": "rate", "computation": Computation("sum", "t", ("words",))},
        {"measure": "statistic"},
        {"measure": "value"},
        {"measure": "value", "evidence": ()},
    ],
)
def test_evidence_that_cannot_carry_the_measure_is_an_error(changed: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"table|stand where one should"):
        recount(finding(**changed))


def test_statistics_are_named_functions_of_a_table() -> None:
    table = pd.DataFrame({"words": [100, 50], "sentences": [6, 6], "syllables": [150, 75], "date": ["1976", None]})
    numbers = {"sum": 1, "words_per_sentence": 2, "flesch_reading_ease": 3}
    columns = {name: tuple(table)[: numbers[name]] if name in numbers else ("date",) for name in STATISTICS}
    values = {name: statistic(Computation(name, "t", columns[name]), table) for name in STATISTICS}
    # 206.835 - 1.015 * 150 / 12 - 84.6 * 225 / 150
    assert {name: values.pop(name) for name in ("earliest", "latest")} == {"earliest": "1976", "latest": "1976"}
    assert values == {"sum": 150, "flesch_reading_ease": 67.2475, "words_per_sentence": 12.5}
    assert type(values["sum"]) is int


# --- versions and fields ---

CHANGES: dict[str, Any] = {
    "key": "language.count.trades",
    "statement": "“trade” stands in two places.",
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
    "computation": Computation("sum", "t", ("words",)),
    "parameters": {"term": "trades"},
    "evidence": (place(),),
}


def test_the_changes_are_of_every_field() -> None:
    assert CHANGES.keys() == {field.name for field in fields(Finding)}


@pytest.mark.parametrize("name", CHANGES)
def test_the_version_changes_with_what_a_finding_says_and_rests_on(name: str) -> None:
    assert finding(**{name: CHANGES[name]}).version != finding().version


@pytest.mark.parametrize("name", Passage._fields)
def test_the_version_changes_with_every_part_of_a_passage(name: str) -> None:
    first, second = finding().evidence
    changed = 7 if name in {"start", "end"} else "base" if name == "role" else "other"
    assert finding(evidence=(first._replace(**{name: changed}), second)).version != finding().version


def test_the_version_does_not_change_otherwise() -> None:
    assert finding().version == finding(parameters={"term": "trade"}).version == replace(finding()).version
    two = {"first": 1, "second": 2}
    assert finding(parameters=two).version == finding(parameters=dict(reversed(two.items()))).version
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


# --- what is not computable, and what is computed from a table ---


def test_what_is_not_computable_says_why() -> None:
    it = not_computable(
        "a.b", "The mean", "there is one document", unit="words", measure="statistic", method="Mean.", n_documents=1
    )
    assert it.statement == "The mean is not computable: there is one document."
    assert (it.value, it.display, it.status, it.interval, it.evidence) == (
        *(None, "not computable", "not computable", None, ()),
    )
    assert recount(it) is None


@pytest.mark.parametrize(("n", "status"), [(9, "descriptive"), (10, "supported")])
def test_a_statistic_has_an_interval_from_ten_documents_on(n: int, status: str) -> None:
    table = pd.DataFrame({"words": [1000 + 10 * i for i in range(n)], "sentences": [50] * n})
    it = of_statistic(
        "a.b",
        "The mean is {value}{interval}.",
        unit="words",
        computation=Computation("words_per_sentence", "t", ("words", "sentences")),
        method="Mean.",
        table=table,
        digits=1,
    )
    assert it.status == status
    assert ("95% interval" in it.statement) == (it.interval is not None) == ("bootstrap" in it.method) == (n == 10)
    assert it.n == it.n_documents == n


# --- passages ---

DOCUMENT = Document(
    "a", "date 2024-05-01 " + "x" * 40 + "TERM" + "y" * 40, Span(16, 100), Origin("a.txt", "f" * 64, "utf-8")
)


@pytest.mark.parametrize(
    ("span", "prefix", "suffix"),
    [
        (Span(56, 60), "x" * 32, "y" * 32),
        (Span(0, 4), "", " 2024-05-01 " + "x" * 20),
        (Span(98, 100), "y" * 32, ""),
        (Span(0, 100), "", ""),
        (Span(20, 20), "date 2024-05-01 xxxx", "x" * 32),
    ],
)
def test_a_passage_has_its_context_as_far_as_the_text_goes(span: Span, prefix: str, suffix: str) -> None:
    row = passage(DOCUMENT, span)
    assert (row.prefix, row.suffix) == (prefix, suffix)
    assert row == ("counted", "a", "f" * 64, *span, DOCUMENT.text[slice(*span)], prefix, suffix)


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


# --- words ---


def test_counts_and_intervals_as_a_sentence_has_them() -> None:
    assert [plural(n, "document") for n in (0, 1, 2301)] == ["0 documents", "1 document", "2,301 documents"]
    assert plural(2, "country", "countries") == "2 countries"
    assert quoted("trade") == "“trade”"
    assert between(None, ".1f") == ""
    assert between(Interval(0.125, 0.5), ".1f") == " (95% interval 0.1 to 0.5)"


# --- evidence that is read from where it lies ---

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
ROWS = st.lists(
    st.builds(Passage, st.sampled_from(["counted", "base"]), *[TEXT] * 2, *[st.integers(0, 9)] * 2, *[TEXT] * 3)
)


@settings(deadline=None, database=None)
@given(ROWS)
def test_passages_that_are_kept_come_back_as_they_were_each_time(rows: list[Passage]) -> None:
    kept = Passages()
    kept.add(*rows[:2])
    kept.add(*rows[2:])
    assert list(kept) == list(kept) == rows
    assert (len(kept), bool(kept), kept) == (len(rows), bool(rows), rows)
    assert list(joined(kept.where(lambda row: row.start > 4), kept.counted_as("base"))) == [
        *(row for row in rows if row.start > 4),
        *(row._replace(role="base") for row in rows),
    ]
    assert list(kept.marked([at % 2 for at in range(len(rows))])) == rows[1::2]


def test_evidence_is_gone_through_from_the_beginning_each_time() -> None:
    begun = []
    rows = [place(start=at) for at in range(5)]
    evidence = Evidence(lambda: begun.append(1) or iter(rows))  # type: ignore[func-returns-value]
    assert evidence[3] == rows[3]
    assert evidence[1:3] == tuple(rows[1:3])
    assert evidence[-1] == rows[-1]
    assert len(begun) == 3
    with pytest.raises(IndexError):
        evidence[5]
    assert evidence != rows[:4]


def test_a_finding_is_the_same_wherever_its_evidence_lies() -> None:
    kept = Passages()
    kept.add(*finding().evidence)
    other = replace(finding(), evidence=kept)
    assert other == finding()
    assert (other.version, recount(other)) == (finding().version, recount(finding()))
    kept.add(place(start=99))
    changed = replace(finding(), evidence=kept)
    assert changed.version != finding().version


def test_many_passages_are_not_held_in_memory() -> None:
    """Thirty thousand passages of half a kilobyte would take some twenty megabytes."""
    kept = Passages()
    tracemalloc.start()
    try:
        for at in range(30_000):
            kept.add(Passage("counted", f"d{at}", "0" * 64, at, at + 1, f"{at:300}", "y" * 32, "z" * 32))
        assert sum(row.start for row in kept.counted_as("base")) == sum(range(30_000))
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


def test_passages_that_do_not_fit_on_the_disk_are_said_to_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SQLITE_TMPDIR", str(tmp_path))
    kept = Passages()
    kept._rows.execute("pragma max_page_count = 10")  # of 4,096 bytes each
    said = rf"do not fit into the temporary files in {re.escape(str(tmp_path))} \(.*full\)\. Free some space there"
    with pytest.raises(ResearchError, match=said):
        kept.add(*(place(start=at) for at in range(1_000)))


def test_passages_last_as_long_as_somebody_reads_them() -> None:
    def two() -> Passages:
        kept = Passages()
        kept.add(place(start=1), place(start=2))
        return kept

    assert [row.start for row in two()] == [1, 2]
    assert [row.role for row in two().counted_as("base").where(lambda row: row.start > 1)] == ["base"]


def test_evidence_is_compared_by_what_is_in_it() -> None:
    kept = Passages()
    kept.add(place(start=1), place(start=2))
    assert kept == (place(start=1), place(start=2))
    assert kept != (place(start=1),)
    assert kept != (place(start=1), place(start=2), place(start=3))


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
