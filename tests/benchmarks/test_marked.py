"""Sentences marked by hand: marks become offsets, what is found is compared with them, and the sentences are drawn."""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from research.analysis.statistics import uncertainty
from research.loading import Document, Origin, Span
from research.nlp.annotated import AnnotatedDocument

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.marked import compare, corpora, draw, marks, measure  # noqa: E402
from training.attributions.gold.draw import digest  # noqa: E402

TEXT = (
    "Kenya and the Kenyan port\nauthority paid $66 million last year, Oslo said, and now between 5 and 10 per cent "
    "of 300 boats wait; now the UN helps Kenya."
)
ROW: dict[str, Any] = {
    "id": "m001",
    "quantities": [
        {"text": "$66 million", "value": 66e6, "unit": "USD", "kind": "money"},
        {"text": "5 and 10 per cent", "low": 5, "high": 10, "unit": "%", "kind": "percentage"},
        {"text": "300 boats", "value": 300, "unit": "boats", "kind": "count", "period_start": "2015-01-01"},
    ],
    "times": [["last year", "2015-01-01", "2015-12-31"], ["now#2", None, None]],
    "countries": [["Kenya", "KE", None], ["Kenyan", "KE", None], ["Oslo", "NO", None], ["UN", None, "UN"]],
}


def changed(**tables: Any) -> marks.Reading:
    return marks.read(TEXT, {**ROW, **tables})


def quantity(**fields: Any) -> list[dict[str, Any]]:
    return [{"text": "300 boats", "value": 300, "unit": "boats", "kind": "count"} | fields]


def sentence(**fields: Any) -> draw.Sentence:
    known = {"id": "m001", "corpus": "ungdc", "kind": "speech", "document": "a", "start": 100, "end": 100 + len(TEXT)}
    return draw.Sentence(**cast(Any, known | {"digest": "", "drawn_from": "all"} | fields))


# --- marks -----------------------------------------------------------------------------------------


def test_words_become_offsets_in_order() -> None:
    reading = marks.read(TEXT, ROW)
    assert reading.errors == []
    words = {table: [TEXT[it["start"] : it["end"]] for it in getattr(reading, table)] for table in marks.TABLES}
    assert words == {
        "quantities": ["$66 million", "5 and 10 per cent", "300 boats"],
        "times": ["last year", "now"],
        "countries": ["Kenya", "Kenyan", "Oslo", "UN"],
    }
    assert reading.times[1]["start"] == TEXT.rindex("now")
    assert reading.quantities[1] == {
        "start": TEXT.index("5 and"),
        "end": TEXT.index(" of 300"),
        **marks.QUANTITY,
        "low": 5,
        "high": 10,
        "unit": "%",
        "kind": "percentage",
    }


def test_offsets_are_moved_into_the_document() -> None:
    moved = marks.read(TEXT, ROW).moved(100)
    assert [it["start"] for it in moved["countries"]][:2] == [100, 100 + TEXT.index("Kenyan")]
    assert moved["times"][0] == {
        "start": 100 + TEXT.index("last"),
        "end": 100 + TEXT.index(", Oslo"),
        "period_start": "2015-01-01",
        "period_end": "2015-12-31",
    }


@pytest.mark.parametrize(
    ("tables", "problem"),
    [
        ({"countries": [["Norway", "NO", None]]}, "“Norway” does not occur"),
        ({"countries": [["Oslo", "NO", None], ["Kenyan", "KE", None]]}, "list marks in order"),
        ({"countries": [["Kenya", "KN1", None]]}, "no code of ISO 3166-1"),
        ({"countries": [["UN", "UN", None]]}, "no code of ISO 3166-1"),
        ({"countries": [["Kenya", "KE", "AU"]]}, "not both"),
        ({"times": [["now#3", None, None]]}, "there is no #3"),
        ({"times": [["last year", "2015-12-31", "2015-01-01"]]}, "ends before it starts"),
        ({"times": [["last year", "2015", "2015-12-31"]]}, "Invalid isoformat string"),
        ({"times": [["last year"]]}, "start and the end of its period"),
        ({"quantities": quantity(kind="number")}, "'number' is no kind"),
        ({"quantities": quantity(value=None)}, "neither value, low nor high"),
        ({"quantities": quantity(amount=3)}, "a quantity has text, kind"),
        ({"names": []}, "a line has the fields"),
    ],
)
def test_the_checker_says_what_is_wrong(tables: dict[str, Any], problem: str) -> None:
    errors = changed(**tables).errors
    assert len(errors) == 1
    assert problem in errors[0]


def test_a_file_is_checked_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "read.jsonl"
    path.write_text(f"{json.dumps(ROW)}\n{json.dumps(ROW)}\nnothing\n", encoding="utf-8")
    sentences = {"m001": sentence(), "m002": sentence(id="m002")}
    readings, problems = marks.check(path, sentences, lambda _: TEXT)
    assert list(readings) == ["m001"]
    assert problems == [
        "line 2: m001 has been read on an earlier line",
        "line 3: not a JSON object with the id of a sentence",
        "not read yet: m002",
    ]


def test_written_marks_are_read_again(tmp_path: Path) -> None:
    path = tmp_path / "marks.jsonl"
    reading = marks.read(TEXT, ROW)
    path.write_text("".join(marks.written({"m001": sentence()}, {"m001": reading})), encoding="utf-8")
    assert marks.read_marks(path) == {"m001": reading.moved(100)}


def test_the_marks_in_the_project_are_whole() -> None:
    sentences, marked = draw.read_sentences(), marks.read_marks()
    assert list(marked) == list(sentences)
    assert len(sentences) == 300
    for name, it in sentences.items():
        for table in marks.TABLES:
            spans = [(mark["start"], mark["end"]) for mark in marked[name][table]]
            assert spans == sorted(spans)
            assert all(it.start <= start < end <= it.end for start, end in spans)


# --- comparing -------------------------------------------------------------------------------------


def span(start: int, end: int, **fields: Any) -> dict[str, Any]:
    return {"start": start, "end": end, **fields}


def test_spans_are_paired_one_to_one_by_overlap() -> None:
    pairs = compare.pair([span(0, 5), span(6, 20), span(30, 35)], [span(4, 18), span(0, 3), span(40, 45)])
    assert pairs.both == [(span(0, 5), span(0, 3)), (span(6, 20), span(4, 18))]
    assert (pairs.missed, pairs.invented) == ([span(30, 35)], [span(40, 45)])


def test_a_found_span_that_covers_two_marks_counts_for_one() -> None:
    pairs = compare.pair([span(0, 6), span(7, 15)], [span(0, 15)])
    assert pairs.both == [(span(7, 15), span(0, 15))]
    assert pairs.missed == [span(0, 6)]


def test_countries_known_without_a_word_for_them_are_left_out() -> None:
    def mention(start: int, named_by: str, country: str | None = "RU") -> dict[str, Any]:
        return span(start, start + 5, country=country, bloc=None, named_by=named_by)

    found = [mention(0, "name"), mention(10, "office"), mention(20, "body"), mention(30, "name", None)]
    assert compare.countable([span(20, 27)], found) == [found[0], found[2]]


@pytest.mark.parametrize(
    ("marked", "found", "same"),
    [
        (("boats", "count"), "fishing boats", True),
        (("boats", "count"), "boat", True),
        (("members of the crew", "count"), "member", True),
        (("boats", "count"), "crews", False),
        (("boats", "count"), None, False),
        (("USD", "money"), "USD", True),
        (("USD", "money"), "AUD", False),
        (("kms per hour", "measure"), "km/h", True),
        ((None, "ratio"), "anything", None),
    ],
)
def test_units_are_compared_by_their_head(marked: tuple[str, str], found: str | None, same: bool | None) -> None:
    assert compare.same_unit({"unit": marked[0], "kind": marked[1]}, {"unit": found}) is same


@pytest.mark.parametrize(
    ("marked", "found", "same"),
    [
        ((300, None, None), (300, None, None), True),
        ((300, None, None), (300, 300, None), True),  # bounds are an attribute of their own
        ((1 / 3, None, None), (0.333, None, None), True),
        ((300, None, None), (301, None, None), False),
        ((300, None, None), (None, None, None), False),
        ((None, 5, 10), (None, 5, 10), True),
        ((None, 5, 10), (None, 5, None), False),
        ((None, 5, 10), (7.5, 5, 10), False),
    ],
)
def test_values_are_compared_and_ranges_by_their_ends(marked: Any, found: Any, same: bool) -> None:
    rows = [dict(zip(marks.NUMBERS, numbers, strict=True)) for numbers in (marked, found)]
    assert compare.same_value(rows[0], rows[1]) is same


@pytest.mark.parametrize(
    ("marked", "found", "same"),
    [
        (("2015-01-01", "2015-12-31"), ("2015-01-01", "2015-12-31"), True),
        (("2015-01-01", "2015-12-31"), ("2015-01-01", "2016-12-31"), False),
        ((None, "2050-12-31"), ("2016-05-01", "2050-12-31"), True),
        ((None, "2050-12-31"), (None, "2050-01-01"), False),
        ((None, None), (None, None), True),
        ((None, None), ("2015-01-01", "2015-12-31"), False),
    ],
)
def test_periods_are_compared_at_both_ends(marked: Any, found: Any, same: bool) -> None:
    rows = [dict(zip(marks.PERIOD, ends, strict=True)) for ends in (marked, found)]
    assert compare.same_period(rows[0], rows[1]) is same


# --- measuring -------------------------------------------------------------------------------------


@pytest.fixture
def few_resamples(monkeypatch: pytest.MonkeyPatch) -> None:
    """Resample 50 times, so that the tests are quick."""
    monkeypatch.setattr(uncertainty, "RESAMPLES", 50)


def annotated(text: str, tables: dict[str, list[Any]]) -> AnnotatedDocument:
    """A document whose tables hold these records."""
    names = {"quantities": "quantities", "times": "times", "mentions": "countries"}
    records = {name: [SimpleNamespace(**it) for it in tables[table]] for name, table in names.items()}
    return cast(AnnotatedDocument, SimpleNamespace(document=text, records=records.__getitem__))


def cases(change: Any = lambda tables: tables) -> list[measure.Case]:
    """Twelve documents with one sentence each, in which what is marked is found, but for the change."""
    found_cases = []
    for number in range(12):
        it = sentence(document=f"d{number:02}", start=0, end=len(TEXT))
        marked = marks.read(TEXT, ROW).moved(0)
        tables = {table: [dict(mark) for mark in marked[table]] for table in marks.TABLES}
        for mention in tables["countries"]:
            mention["named_by"] = "name"
        found = measure.found_in(annotated(TEXT, change(tables) if number < 6 else tables))
        found_cases.append(measure.case(it, marked, found))
    return found_cases


def value(rows: list[dict[str, Any]], table: str, name: str, column: str) -> Any:
    (row,) = [it for it in rows if (it["table"], it["measure"], it["group"]) == (table, name, "all")]
    return row[column]


@pytest.mark.usefixtures("few_resamples")
def test_what_is_found_as_marked_is_right() -> None:
    rows = measure.rows(cases())
    in_all = [it for it in rows if it["group"] == "all"]
    assert {it[name] for it in in_all for name in ("precision", "recall", "f1", "right") if name in it} == {1.0}
    assert value(rows, "quantities", "span", "marked") == 36
    assert value(rows, "times", "period", "found") == 24
    assert value(rows, "countries", "span and country", "documents") == 12


@pytest.mark.usefixtures("few_resamples")
def test_errors_are_counted_where_they_belong() -> None:
    def change(tables: dict[str, list[Any]]) -> dict[str, list[Any]]:
        tables["quantities"][0]["unit"] = "AUD"
        tables["quantities"][1]["start"] += 6
        del tables["quantities"][2]
        tables["times"].append({**tables["times"][0], "start": 0, "end": 5})
        tables["countries"][2]["country"] = "SE"
        return tables

    rows = measure.rows(cases(change))
    assert value(rows, "quantities", "span", "precision") == 1
    assert value(rows, "quantities", "span", "recall") == 30 / 36
    assert value(rows, "quantities", "span, exact", "precision") == 24 / 30
    assert value(rows, "quantities", "span and value and unit", "recall") == 24 / 36
    assert value(rows, "quantities", "unit", "right") == 24 / 30
    assert value(rows, "quantities", "value", "right") == 1
    assert value(rows, "times", "span", "precision") == 24 / 30
    assert value(rows, "times", "span", "recall") == 1
    assert value(rows, "countries", "country", "right") == 42 / 48
    low, high = value(rows, "quantities", "span", "recall interval")
    assert low < 30 / 36 < high


def test_only_what_overlaps_the_sentence_is_found() -> None:
    marked: dict[str, list[Any]] = {table: [] for table in marks.TABLES}
    times = [span(start, start + 5, period_start=None, period_end=None) for start in (90, 97, 150, 300)]
    it = measure.case(sentence(start=100, end=200), marked, {**marked, "times": times})
    assert [row["start"] for row in it.pairs["times"].invented] == [97, 150]


def test_disagreements_are_listed_with_their_words() -> None:
    def change(tables: dict[str, list[Any]]) -> dict[str, list[Any]]:
        tables["countries"][2]["country"] = "SE"
        del tables["times"][1]
        return tables

    listing = measure.Listing({("ungdc", f"d{number:02}"): TEXT for number in range(12)})
    for it in cases(change)[5:7]:
        listing.add(it)
    assert listing.lines[0] == "## m001 ungdc d05"
    assert "- times, missed: “now” (period_start=None, period_end=None)" in listing.lines
    assert any(line.startswith("- countries, country: marked “Oslo” (country=NO") for line in listing.lines)
    assert len([line for line in listing.lines if line.startswith("##")]) == 1


@pytest.mark.usefixtures("few_resamples")
def test_the_table_shows_percentages_with_intervals() -> None:
    def change(tables: dict[str, list[Any]]) -> dict[str, list[Any]]:
        del tables["quantities"][2]
        return tables

    rows = [it for it in measure.rows(cases(change)) if it["group"] in ("all", "polnear")]
    lines = measure.shown(rows).splitlines()
    assert lines[2].startswith("| quantities | span | all | 12 | 36 | 30 | 100.0 | 83.3 (")
    assert lines[3] == "| quantities | span | polnear | 0 | 0 | 0 |  |  |  |  |"


# --- drawing ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cue", "text", "has"),
    [
        ("number", "The harbour holds 12 boats.", True),
        ("number", "12. The harbour was built in 1924.", False),
        ("number", "It took thirty boats.", True),
        ("time", "It was built in 1924.", True),
        ("time", "It opens next week.", True),
        ("time", "It is open.", False),
        ("country", "The Norwegian boats wait.", True),
        ("country", "Norway waits.", True),
        ("country", "The boats wait.", False),
        ("all", "The boats wait.", True),
    ],
)
def test_cues(cue: str, text: str, has: bool) -> None:
    assert draw.has_cue(cue, text) is has


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        ("The harbour is open to all.", True),
        ("“The harbour is open to all.”", True),
        ("The harbour is open", False),
        ("It is open.", False),
        ("THE HARBOUR IS OPEN TO ALL.", False),
    ],
)
def test_headings_are_not_drawn(text: str, prose: bool) -> None:
    assert draw.is_prose(text) is prose


def documents(seed: int) -> dict[str, Document]:
    chance = random.Random(seed)  # noqa: S311
    found = {}
    for number in range(6):
        kinds = ["The boats wait for the tide.", "Norway sent 30 boats to the harbour.", "It opens again next week."]
        text = " ".join(chance.choices(kinds, k=30))
        name = f"outlet{number % 3}_{number}"
        found[name] = Document(name, text, Span(0, len(text)), Origin(f"{name}.txt", "", "utf-8"), date="2016-05-01")
    return found


def test_the_same_sentences_are_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpora, "kind", lambda *_: "news")
    drawn = draw.draw(lambda _: documents(1), size=24)
    assert drawn == draw.draw(lambda _: documents(1), size=24)
    assert len(drawn) == 72
    assert len({(it.corpus, it.document, it.start) for it in drawn}) == 72
    assert [it.id for it in drawn] == [f"m{number:03}" for number in range(1, 73)]
    for it in drawn:
        text = documents(1)[it.document].text[it.start : it.end]
        assert draw.has_cue(it.drawn_from, text)
        assert it.digest == digest(text)
    assert sum(it.drawn_from == "all" for it in drawn) == 36


def test_a_corpus_that_is_too_small_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpora, "kind", lambda *_: "news")
    with pytest.raises(SystemExit, match="fewer than 500 sentences"):
        draw.draw(lambda _: documents(1), size=500)


# --- a second reader ---


def test_the_second_reader_marked_the_sentences_that_were_drawn() -> None:
    from benchmarks.marked import agreement

    marked = [json.loads(line)["id"] for line in agreement.SECOND.read_text(encoding="utf-8").splitlines()]
    assert marked == agreement.drawn(draw.read_sentences())
    assert len(marked) == agreement.SIZE


def test_agreement_is_that_of_both_readers_marks() -> None:
    """Both marked a sentence with one country; the second reader finds another code, or nothing."""
    from benchmarks.marked import agreement

    country = {"start": 0, "end": 5, "country": "KE", "bloc": None}
    for other, f1 in (([country], 1.0), ([{**country, "country": "UG"}], 0.0), ([], 0.0)):
        pairs = {table: compare.pair([], []) for table in marks.TABLES}
        pairs["countries"] = compare.pair([country], other)
        [row] = [
            it
            for it in measure.rows([measure.Case(sentence(), pairs)])
            if (it["table"], it["measure"], it["group"]) == ("countries", "span and country", "all")
        ]
        assert row["f1"] == f1
    assert all(len(it.pairs) == len(marks.TABLES) for it in agreement.cases())
