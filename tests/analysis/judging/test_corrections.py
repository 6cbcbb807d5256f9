"""Findings corrected by judged sentences: with all of them judged the estimate is the truth, and it says so exactly."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from research import Annotations, annotate, load
from research.analysis.findings import Finding
from research.analysis.judging.corrections import ModelSums, estimate, judged_sample, table
from research.analysis.judging.items import Answer, Item, items, rows_of
from research.analysis.statements import findings
from research.analysis.statistics.judged import Estimate
from research.loading.judgements import Judgement, written

PEOPLE = ("Ada Okell", "Otto Berg", "Mara Lind")
TOPICS = ("the harbour", "the bridge", "the school", "the ferry", "the market", "the tower", "the mill")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fourteen documents, in which every statement is easy to find."""
    its = tmp_path_factory.mktemp("town")
    for number in range(14):
        topic, person, other = TOPICS[number % 7], PEOPLE[number % 3], PEOPLE[(number + 1) % 3]
        (its / f"town{number:02}.txt").write_text(
            f"It was day {number}. “We will open {topic} in the spring,” {person} said. {other} said that {topic} was "
            f"not ready. The street in front of {topic} was empty. Rain fell on the roofs. Few people came.\n",
            "utf-8",
        )
    return its


def judged(folder: Path, rows: list[Judgement]) -> Annotations:
    (folder / "judgements.csv").write_text(written(rows), "utf-8")
    return annotate(load(folder), with_copies=True)


def by_key(found: list[Finding]) -> dict[str, Finding]:
    return {it.key: it for it in found}


def answers(item: Item, wrong: Callable[[str], bool]) -> list[Answer]:
    return [Answer(number, right=not wrong(it.exact)) for number, it in enumerate(item.found)]


def test_without_judgements_nothing_is_corrected(folder: Path) -> None:
    (folder / "judgements.csv").unlink(missing_ok=True)
    found = findings(annotate(load(folder), with_copies=True))
    assert {it.corrected for it in found} == {None}
    assert all("corrected" not in it.fields() for it in found)


def test_with_all_sentences_judged_the_estimate_is_what_is_right(folder: Path) -> None:
    (folder / "judgements.csv").unlink(missing_ok=True)
    every = items(annotate(load(folder), with_copies=True), 10_000)
    rows = [row for it in every for row in rows_of(it, answers(it, lambda words: "not ready" in words))]
    found = by_key(findings(judged(folder, rows)))
    count = found["statements.attributions"]
    assert count.corrected is not None
    assert count.corrected.interval is not None
    assert (count.value, count.corrected.value, count.corrected.model) == (14, 14, 28)
    assert (count.corrected.interval.low, count.corrected.interval.high) == (14, 14)
    assert count.corrected.sentence.endswith("; the model alone gives 28, and 14 once what was judged is put right."), (
        "the value of the finding is neither the model's nor, in a sample, the corrected one"
    )
    assert count.corrected.occurring == 28
    share = found["statements.direct"].corrected
    assert share is not None
    assert (share.value, share.model) == (1, 0.5)
    assert found["statements.speakers"].corrected is not None
    assert "how many different speakers" in found["statements.speakers"].corrected.sentence


def test_a_half_of_them_gives_an_interval_that_holds_and_a_recount(folder: Path) -> None:
    (folder / "judgements.csv").unlink(missing_ok=True)
    every = items(annotate(load(folder), with_copies=True), 56)
    wrong = {it.text for it in every if "not ready" in it.text and len(it.text) % 2}
    rows = [row for it in every for row in rows_of(it, [Answer(n, it.text not in wrong) for n in range(len(it.found))])]
    found = findings(judged(folder, rows))
    count = by_key(found)["statements.attributions"].corrected
    assert count is not None
    assert count.interval is not None
    assert count.interval.low < count.value < 28 if count.value is not None else False
    assert count.sentence.startswith("Corrected by 56 judged sentences of 84: ")
    its = table(found)
    assert set(its.loc[its["key"] == "statements.attributions", "right_counted"]) == {0.0, 1.0}
    again = estimate(count.rows, ModelSums(count.model_counted, count.model_base, count.occurring))
    assert isinstance(again, Estimate)
    assert again.value == count.value
    assert Finding.from_fields(by_key(found)["statements.direct"].fields()).corrected is not None


def test_missed_words_count_where_they_stand(folder: Path) -> None:
    (folder / "judgements.csv").unlink(missing_ok=True)
    every = items(annotate(load(folder), with_copies=True), 10_000)
    rows = []
    for it in every:
        missed = [(it.span._replace(end=it.span.end - 1), "Nils Falk")] if it.text.startswith("Few people") else []
        rows += rows_of(it, answers(it, lambda _: False), missed)
    found = by_key(findings(judged(folder, rows), speakers=["Nils Falk"]))
    words = found["statements.words.nils_falk"]
    assert words.corrected is not None
    assert (words.corrected.value, words.corrected.model) == (words.value, 0)
    count = found["statements.attributions"].corrected
    assert count is not None
    assert (count.value, count.model) == (42, 28)


def test_too_few_judged_sentences_say_how_many_more_it_takes(folder: Path) -> None:
    (folder / "judgements.csv").unlink(missing_ok=True)
    few = items(annotate(load(folder), with_copies=True), 30)
    rows = [row for it in few for row in rows_of(it, answers(it, lambda _: False))]
    count = by_key(findings(judged(folder, rows)))["statements.attributions"].corrected
    assert count is not None
    assert count.sentence == "Model alone: 30 sentences are judged, and a correction takes 20 more."
    rows = [row for it in few for row in rows_of(it, answers(it, lambda words: "not ready" in words))]
    found = by_key(findings(judged(folder, rows)))["statements.attributions"]
    assert found.corrected is not None
    assert found.corrected.sentence == (
        f"The model alone gives 28, and {found.display} once what was judged is put right; 30 sentences are judged, "
        "and a correction takes 20 more."
    )
    assert found.display != "28"


def test_a_sentence_whose_stratum_has_changed_keeps_its_weight(folder: Path) -> None:
    (folder / "judgements.csv").unlink(missing_ok=True)
    drawn = items(annotate(load(folder), with_copies=True), 60)
    rows = [row for it in drawn for row in rows_of(it, answers(it, lambda _: False))]
    assert len({it.weight for it in judged_sample(judged(folder, rows)).judged}) == 1
    moved = [replace(it, stratum="low", probability=0.9) if it.start == rows[0].start else it for it in rows]
    assert len({it.weight for it in judged_sample(judged(folder, moved)).judged}) > 1
