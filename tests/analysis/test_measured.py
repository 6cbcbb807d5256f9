"""A finding carries the accuracy measured on documents of its kind, and says where nothing is known."""

from dataclasses import fields
from typing import Any

import pytest

from research import Finding
from research.analysis.measured import KINDS, known
from research.loading.documents import KINDS as KINDS_OF_DOCUMENTS
from research.nlp import accuracy
from research.nlp.accuracy import QUOTABLE, Accuracy
from research.outputs.showing import display
from tests.analysis.said import STORIES, Told, summary_of
from tests.analysis.statements.test_floor import DEBATE

FOUND = "attributions.found"


def figure(name: str, kind: str, value: float = 0.8) -> Accuracy:
    return Accuracy(name, f"F1 of {kind}", value, 0.7, 0.9, f"texts of the kind {kind}", "dev", 900, "0", kind)


@pytest.fixture(autouse=True)
def figures(monkeypatch: pytest.MonkeyPatch) -> dict[str, Accuracy]:
    """What a file of measured figures holds: those of news, and of turns."""
    made = {name: figure(name, "turn" if name.startswith("turns.") else "news") for name in QUOTABLE}
    monkeypatch.setattr(accuracy, "_figures", lambda: made)
    return made


def kinds_of(found: Finding) -> set[str]:
    return {it.kind for it in found.accuracy}


def test_every_kind_of_document_has_words_for_it() -> None:
    assert {*KINDS_OF_DOCUMENTS, "turn"} == set(KINDS)


def test_findings_of_news_carry_what_was_measured_on_news_and_no_more() -> None:
    for found in summary_of(Told(STORIES)).values():
        assert kinds_of(found) == {"news"}, found.key
        assert found.accuracy_note == "", found.key


def test_findings_of_speeches_say_that_nothing_is_known_and_quote_no_figure() -> None:
    for found in summary_of(Told(STORIES, kinds=dict.fromkeys(STORIES, "speech"))).values():
        assert found.accuracy == (), found.key
        assert found.accuracy_note == (
            "Nothing is known about how often the model errs in speeches and statements, because nothing was measured "
            "there."
        )
        shown = display.finding(found)
        for form in ("text/plain", "text/html"):
            assert found.accuracy_note in shown[form]
            assert "Measured accuracy" not in shown[form]
            assert "0.8" not in shown[form].replace(found.statement, "")


def test_findings_of_turns_carry_what_was_measured_on_turns() -> None:
    found = summary_of(Told({**STORIES, "f": DEBATE}, kinds={"f": "transcript"}))
    for key in ("statements.floor.ann_lee", "statements.turns"):
        assert kinds_of(found[key]) == {"turn"}
        assert found[key].accuracy_note == ""
    assert kinds_of(found["statements.direct"]) == {"news"}, "turns are not in its base"
    assert found["statements.direct"].accuracy_note == ""


def test_a_mixture_says_which_part_was_measured() -> None:
    found = summary_of(Told({**STORIES, "f": DEBATE}, kinds={"a": "speech", "f": "transcript"}))
    mixed = found["statements.attributions"]
    assert kinds_of(mixed) == {"news", "turn"}
    assert mixed.accuracy_note == (
        "These figures hold for the 8 of 12 statements behind the finding that are in news and in turns of "
        "transcripts. Nothing is known about how often the model errs in speeches and statements, because nothing was "
        "measured there."
    )
    assert found["statements.documents"].accuracy_note.startswith("These figures hold for the 4 of 5 documents behind")
    measured = summary_of(Told({**STORIES, "f": DEBATE}))["statements.attributions"]
    assert measured.accuracy_note == (
        "Of the 12 statements behind the finding, 9 are in news and 3 are in turns of transcripts."
    )


@pytest.mark.parametrize(
    ("unit", "of", "said"),
    [
        (
            "documents",
            {"news": 11, "turn": 9},
            "Of the 20 documents behind the finding, 11 are news and 9 are transcripts.",
        ),
        (
            "documents",
            {"news": 1, "turn": 1},
            "Of the 2 documents behind the finding, 1 is news and 1 is a transcript.",
        ),
        (
            "statements",
            {"news": 1, "turn": 3},
            "Of the 4 statements behind the finding, 1 is in news and 3 are in turns of transcripts.",
        ),
        (
            "documents",
            {"news": 3, "turn": 2, "speech": 5},
            "These figures hold for the 5 of 10 documents behind the finding that are news and transcripts.",
        ),
        (
            "documents",
            {"news": 1, "interview": 5},
            "These figures hold for the 1 of 6 documents behind the finding that is news.",
        ),
        (
            "documents",
            {"news": 3, "turn": 2, "transcript": 5},
            "These figures hold for the 5 of 10 documents behind the finding that are news and transcripts with turns.",
        ),
    ],
)
def test_documents_are_of_a_kind_and_statements_are_in_it(unit: str, of: dict[str, int], said: str) -> None:
    assert known(FOUND, "turns.office", of=of, unit=unit).note.split(" Nothing")[0] == said


def test_all_kinds_of_documents_have_words(figures: dict[str, Accuracy]) -> None:
    for kind in ("speech", "transcript", "interview"):
        figures[f"{FOUND}.{kind}"] = figure(f"{FOUND}.{kind}", kind)
    names = (FOUND, "turns.office")
    each = ("news", "speech", "transcript", "interview", "turn")
    assert known(*names, of=dict.fromkeys(each, 2), unit="documents").note == (
        "Of the 10 documents behind the finding, 2 are news, 2 are speeches and statements, 2 are transcripts without "
        "turns, 2 are interviews and 2 are transcripts with turns."
    )
    assert known(*names, of={"speech": 1, "interview": 1}, unit="documents").note == (
        "Of the 2 documents behind the finding, 1 is a speech or statement and 1 is an interview."
    )


@pytest.mark.parametrize("kind", ["speech", "transcript", "interview"])
def test_one_entry_in_the_file_is_all_that_a_further_kind_needs(figures: dict[str, Accuracy], kind: str) -> None:
    before = known(FOUND, of={kind: 5})
    figures[f"{FOUND}.{kind}"] = figure(f"{FOUND}.{kind}", kind, 0.7)
    after = known(FOUND, of={kind: 5})
    assert before.figures == ()
    assert KINDS[kind] in before.note
    assert [(it.kind, it.value) for it in after.figures] == [(kind, 0.7)]
    assert after.note == ""
    assert known(FOUND, of={"news": 2}).figures == (figures[FOUND],), "news keeps its own"


def test_a_measure_that_was_not_taken_on_a_kind_is_named(figures: dict[str, Accuracy]) -> None:
    for kind in ("speech", "interview"):
        figures[f"{FOUND}.{kind}"] = figure(f"{FOUND}.{kind}", kind)
    its = known(FOUND, "attributions.direct_found", "turns.office", of={"speech": 3, "interview": 1, "turn": 2})
    assert [it.kind for it in its.figures] == ["speech", "interview", "turn"]
    assert its.note == (
        "Of the 6 statements behind the finding, 3 are in speeches and statements, 1 is in interviews and 2 are in "
        "turns of transcripts. Not measured in speeches and statements or in interviews: F1 of news."
    )
    partly = known(FOUND, "speakers.agreement", of={"speech": 1, "transcript": 1}).note
    assert partly.startswith("These figures hold for the 1 of 2 statements behind the finding that is in speeches and")
    assert "Not measured in speeches and statements: F1 of news. Nothing is known" in partly


def test_one_measurement_that_counts_for_two_kinds_is_quoted_once(figures: dict[str, Accuracy]) -> None:
    for kind in ("transcript", "interview"):
        figures[f"{FOUND}.{kind}"] = figure(f"{FOUND}.{kind}", "transcript")._replace(kind=kind)
    assert len(known(FOUND, of={"transcript": 1, "interview": 2}).figures) == 1


def test_what_was_not_found_anywhere_rests_on_the_documents() -> None:
    text = "Nobody said a word. The hall was empty."
    found = summary_of(Told({"a": (text, [])}, kinds={"a": "speech"}))["statements.attributions"]
    assert (found.value, found.accuracy) == (0, ())
    assert "speeches" in found.accuracy_note


def test_the_note_is_kept_with_a_finding() -> None:
    found = summary_of(Told(STORIES, kinds={"a": "speech"}))["statements.attributions"]
    kept: dict[str, Any] = found.fields()
    again = Finding.from_fields(kept, found.evidence)
    assert all(
        getattr(again, it.name) == getattr(found, it.name)
        for it in fields(Finding)
        if it.compare and it.name != "evidence"
    )
    older = Finding.from_fields({name: value for name, value in kept.items() if name != "accuracy_note"})
    assert older.accuracy_note == "", "as runs before it have it"
