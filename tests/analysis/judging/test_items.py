"""The sample that a coder is shown, and the judgements that answers make."""

from pathlib import Path

import pytest

from research import Annotations, annotate, load
from research.analysis.judging.items import Answer, items, rows_of
from research.loading.judgements import written
from research.nlp.judged.units import frame

NEWS = (
    "“The harbour opens in May,” President Ada Okell said. The pier cost $3 million, Otto Berg said. It was cold. "
    "Mara Lind said that the town was ready. The street was empty. Rain fell on the stones. Few people came.\n"
)
TALK = (
    "CHAIR: The council sat for a long time and heard the reports. It was late.\n\n"
    "MS OKELL: We thank the council. We will not sell the harbour.\n\nCHAIR: So noted.\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in {"a": NEWS, "b": NEWS.replace("May", "June"), "talk": TALK}.items():
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    return tmp_path


def annotations(folder: Path) -> Annotations:
    return annotate(load(folder), with_copies=True)


def test_all_units_are_drawn_once_and_a_larger_sample_extends_a_smaller_one(folder: Path) -> None:
    every = items(annotations(folder), 1000)
    assert len({(it.doc_id, it.span) for it in every}) == len(every) == sum(frame(annotations(folder)).sizes.values())
    assert {it.probability for it in every} == {1.0}
    few = items(annotations(folder), 7)
    assert [(it.doc_id, it.span) for it in few] == [(it.doc_id, it.span) for it in every[:7]]
    assert all(0 < it.probability < 1 or it.stratum for it in few)
    other = items(annotations(folder), 1000, seed=2)
    assert [it.span for it in other] != [it.span for it in every]


def test_an_item_shows_what_the_model_found(folder: Path) -> None:
    (pier,) = [it for it in items(annotations(folder), 1000) if it.doc_id == "a" and "pier" in it.text]
    statement, figure = pier.found
    assert (statement.what, statement.speaker, statement.exact) == (
        "statement",
        "Otto Berg",
        "The pier cost $3 million",
    )
    assert statement.model.startswith("Otto Berg | indirect | 0.")
    assert (figure.what, figure.model) == ("figure", "3000000 USD")
    assert NEWS.strip() == (pier.before + pier.text + pier.after).strip()


def test_a_turn_is_shown_in_the_stretch_that_is_judged(folder: Path) -> None:
    (chair,) = [it for it in items(annotations(folder), 1000) if "the reports" in it.text]
    (turn,) = chair.found
    assert (turn.kind, turn.exact) == ("turn", chair.text)


def test_answers_become_judgements_that_put_the_annotations_right(folder: Path) -> None:
    by_text = {it.text: it for it in items(annotations(folder), 1000) if it.doc_id == "a"}
    pier = by_text["The pier cost $3 million, Otto Berg said."]
    rows = rows_of(pier, [Answer(0, True, right_speaker="Otto Bergh"), Answer(1, False)], coder="ao")
    assert [(it.judged, it.verdict) for it in rows] == [
        ("sentence", "wrong"),
        ("statement", "mended"),
        ("figure", "wrong"),
    ]
    street = by_text["The street was empty."]
    start = NEWS.index("street was")
    rows += rows_of(street, [], [((start, start + 10), "")], coder="ao")  # type: ignore[list-item]
    rows += rows_of(by_text["It was cold."], [], coder="ao")
    rows += rows_of(by_text["Few people came."], [], skipped=True, coder="ao")
    (folder / "judgements.csv").write_text(written(rows), "utf-8")
    judged = next(iter(annotations(folder)))
    assert [(it.speaker, judged[it.content[0]]) for it in judged.attributions][1::2] == [
        ("Otto Bergh", "The pier cost $3 million"),
        (None, "street was"),
    ]
    assert judged.records("quantities") == []
    assert judged.judged is not None
    assert [NEWS[slice(*span)] for span in judged.judged.sentences] == [pier.text, "It was cold.", street.text]
    again = items(annotations(folder), 1000)
    assert [it.found for it in again] == [it.found for it in items(annotations(folder).alone, 1000)]


def test_a_unit_with_an_open_answer_is_not_judged_to_the_end(folder: Path) -> None:
    (pier,) = [it for it in items(annotations(folder), 1000) if it.doc_id == "a" and "pier" in it.text]
    assert [it.judged for it in rows_of(pier, [Answer(0, True), Answer(1, None)])] == ["statement"]


def test_the_turn_whose_stretch_is_mended_is_mended(folder: Path) -> None:
    (chair,) = [it for it in items(annotations(folder), 1000) if "the reports" in it.text]
    (folder / "judgements.csv").write_text(
        written(rows_of(chair, [Answer(0, True, right_speaker="Mara Lind")])), "utf-8"
    )
    talk = list(annotations(folder))[-1]
    assert next(it.speaker for it in talk.attributions if it.kind == "turn") == "Mara Lind"
