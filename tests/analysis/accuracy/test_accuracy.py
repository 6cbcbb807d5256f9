"""Shares counted by hand from sentences that were judged by hand, and the agreement of two coders."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest

from research import Annotations, annotate, load
from research.analysis import accuracy
from research.analysis.accuracy.names import names
from research.analysis.figures import Figure, NotComputable
from research.analysis.judging.items import Answer, Item, items, rows_of
from research.analysis.recount import recount
from research.loading import Span
from research.loading.judgements import Judgement, written

PEOPLE = ("Ada Okell", "Otto Berg", "Mara Lind")
TOPICS = ("the harbour", "the bridge", "the school", "the ferry", "the market", "the tower", "the mill")
N = 21


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty-one documents with two statements each, which are easy to find, and three sentences without one."""
    its = tmp_path_factory.mktemp("town")
    for number in range(N):
        topic, person, other = TOPICS[number % 7], PEOPLE[number % 3], PEOPLE[(number + 1) % 3]
        (its / f"town{number:02}.txt").write_text(
            f"It was day {number}. “We will open {topic} in the spring,” {person} said. {other} said that {topic} was "
            f"not ready. The street in front of {topic} was empty. Rain fell on the roofs.\n",
            "utf-8",
        )
    return its


@pytest.fixture
def every(folder: Path) -> Iterator[list[Item]]:
    """Every sentence; no judgement is left in the folder."""
    (folder / "judgements.csv").unlink(missing_ok=True)
    yield items(annotate(load(folder), with_copies=True), 10_000)
    (folder / "judgements.csv").unlink(missing_ok=True)


def judged(folder: Path, rows: list[Judgement]) -> Annotations:
    (folder / "judgements.csv").write_text(written(rows), "utf-8")
    return annotate(load(folder), with_copies=True)


def rows(
    every: list[Item],
    coder: str = "ann",
    answer: Callable[[str], tuple[bool, str]] = lambda _: (True, ""),
    missed: tuple[str, ...] = (),
) -> list[Judgement]:
    """The judgements of a coder: ``answer`` says whether words are a statement and who says them."""
    made: list[Judgement] = []
    for it in every:
        said = []
        for number, found in enumerate(it.found):
            right, speaker = answer(found.exact) if found.what == "statement" else (True, "")
            said.append(Answer(number, right=right, right_speaker=speaker))
        places = [(Span(it.span.start, it.span.start + 4), "-") for word in missed if it.text.startswith(word)]
        made += rows_of(it, said, places, coder=coder)
    return made


def value(table: pd.DataFrame, measure: str, among: str = "everything") -> dict[str, object]:
    [row] = table[(table["measure"] == measure) & (table["among"] == among)].to_dict("records")
    return {str(key): its for key, its in row.items()}


def test_with_all_sentences_judged_the_shares_are_those_of_the_documents(folder: Path, every: list[Item]) -> None:
    def answer(words: str) -> tuple[bool, str]:
        """No statement about the mill's being ready, and another speaker of what is said of the ferry's."""
        return "mill was" not in words, "Cara Moss" if "ferry was" in words else ""

    annotations = judged(folder, rows(every, answer=answer, missed=("Rain",)))
    measured = accuracy.measured(annotations)
    precision = value(measured, "precision")
    assert (precision["n"], precision["value"]) == (42, pytest.approx(39 / 42, abs=1e-5))
    assert (precision["low"], precision["high"]) == (precision["value"],) * 2, "nothing is left to be unsure of"
    assert value(measured, "recall")["value"] == pytest.approx(39 / (39 + 21), abs=1e-5)
    assert value(measured, "right speaker")["value"] == pytest.approx(36 / 39, abs=1e-5)
    assert value(measured, "right words")["value"] == 1
    assert value(measured, "precision", "direct")["value"] == 1
    assert value(measured, "precision", "indirect")["value"] == pytest.approx(18 / 21, abs=1e-5)
    assert measured[measured["measure"] == "recall"]["among"].tolist() == ["everything"]
    assert accuracy.sentences(annotations)["weight"].unique().tolist() == [1]


def test_a_sample_has_weights_intervals_and_a_recount(folder: Path, every: list[Item]) -> None:
    annotations = judged(folder, rows(every[:60], answer=lambda words: ("mill was" not in words, ""), missed=("Rain",)))
    strata = accuracy.strata(annotations)
    assert strata["n_sentences"].sum() == len(every) == 5 * N
    assert strata["n_judged"].sum() == 60
    sentences = accuracy.sentences(annotations)
    for stratum, its in sentences.groupby("stratum"):
        size = strata.loc[strata["stratum"] == stratum, "n_sentences"].item()
        assert its["weight"].sum() == pytest.approx(size, rel=1e-4)
    recall = value(accuracy.measured(annotations), "recall")
    weighted = sentences["weight"]
    expected = (weighted * sentences["n_true"]).sum() / (weighted * sentences["n_there"]).sum()
    assert recall["value"] == pytest.approx(expected, rel=1e-5)
    assert 0 <= float(str(recall["low"])) < float(str(recall["value"])) < float(str(recall["high"])) <= 1
    of_statements = accuracy.findings(annotations)[:3]
    assert [it.key for it in of_statements] == ["accuracy.precision", "accuracy.recall", "accuracy.speaker"]
    for finding in of_statements:
        assert finding.status == "supported"
        assert recount(finding, sentences) == finding.value
        assert "60 judged sentences of 105" in finding.statement
    figure = accuracy.measured_chart(accuracy.measured(annotations))
    assert isinstance(figure, Figure)
    assert "everything, recall: " in figure.alt


def test_a_share_without_an_exception_has_an_interval_as_well(folder: Path, every: list[Item]) -> None:
    annotations = judged(folder, rows(every[:60]))
    precision = value(accuracy.measured(annotations), "precision")
    assert precision["value"] == precision["high"] == 1
    assert 0.5 < float(str(precision["low"])) < 0.95
    widths = accuracy.widths(annotations)
    assert widths.empty, "there are not 100 more"


def test_few_judged_sentences_give_no_share_and_say_how_many_more(folder: Path, every: list[Item]) -> None:
    annotations = judged(folder, rows(every[:30]))
    [row] = accuracy.measured(annotations).to_dict("records")
    assert (row["measure"], row["among"], row["n"], row["value"]) == ("every share", "everything", 30, None)
    assert row["meaning"].startswith("precision, recall, right speaker, ")
    assert row["why_not"] == "30 sentences are judged, and 20 more are needed"
    assert {it.status for it in accuracy.findings(annotations)} == {"not computable"}
    figure = accuracy.measured_chart(accuracy.measured(annotations))
    assert isinstance(figure, NotComputable)
    assert figure.reason == "30 sentences are judged, and 20 more are needed."


def test_without_judgements_every_table_has_its_columns(folder: Path, every: list[Item]) -> None:
    annotations = annotate(load(folder), with_copies=True)
    for table in (accuracy.judged, accuracy.sentences, accuracy.widths, accuracy.coders, accuracy.disagreements):
        assert table(annotations).empty
        assert len(table(annotations).columns) > 3
    assert accuracy.strata(annotations)["n_judged"].tolist() == [0] * len(accuracy.strata(annotations))


def test_every_judgement_is_listed_and_says_whether_it_counts(folder: Path, every: list[Item]) -> None:
    sentence = next(it for it in every if it.text.startswith("Rain"))
    made = rows(every[:3]) + rows(every[:3], "ben") + rows_of(sentence, [], coder="ann", skipped=True)
    gone = rows([sentence], "cleo")[0]
    elsewhere = [Judgement(**{**gone.__dict__, "document": "village", "further": {}})]
    statuses = accuracy.judged(judged(folder, made + elsewhere)).groupby(["by", "status"]).size().to_dict()
    statements = sum(len(it.found) for it in every[:3])
    assert statuses == {
        ("ann", "counts"): 3 + statements,
        ("ann", "skipped"): 1,
        ("ben", "another coder's counts"): 3 + statements,
        ("cleo", "The document is not among those that are counted."): 1,
    }
    strata = accuracy.strata(judged(folder, made))
    assert strata["n_skipped"].sum() == 1


def test_two_coders_are_compared_by_question(folder: Path, every: list[Item]) -> None:
    some = [it for it in every if it.found or it.text.startswith("Rain")]
    first = rows(some, "ann", lambda words: ("mill was" not in words, ""), missed=("Rain",))
    second = rows(some, "ben", lambda words: (True, "Cara Moss" if "ferry was" in words else ""))
    annotations = judged(folder, first + second)
    table = accuracy.coders(annotations).set_index("question")
    assert table.loc["is it a statement?", "by"] == "ann and ben"
    # 42 statements, three of them none for ann; 21 places that ann alone marks as missed.
    assert table.loc["is it a statement?", "n"] == 63
    assert table.loc["is it a statement?", "agreement"] == pytest.approx(39 / 63, abs=1e-5)
    assert table.loc["who speaks?", "n"] == 39
    assert table.loc["who speaks?", "agreement"] == pytest.approx(36 / 39, abs=1e-5)
    # Krippendorff's alpha for two coders and "yes" or "no", by the coincidence matrix: 99 yes, 27 no, 24 pairs apart.
    disagreement, yes, no = 24 * 2, 39 * 2 + 24, 24
    expected = 1 - (126 - 1) * disagreement / (2 * yes * no)
    assert table.loc["is it a statement?", "alpha"] == pytest.approx(expected, abs=1e-5)
    apart = accuracy.disagreements(annotations)
    assert len(apart) == 24 + 3
    ferry = apart[apart["question"] == "who speaks?"]
    assert all("ben: Cara Moss" in it for it in ferry["answers"])


def test_a_figure_that_one_coder_missed_is_a_disagreement(folder: Path, every: list[Item]) -> None:
    day = next(it for it in every if it.text.startswith("It was day"))
    words = Span(day.span.start, day.span.start + 6)
    answers = [Answer(number, right=True) for number, _ in enumerate(day.found)]
    first = rows_of(day, answers, missed_figures=[(words, "1 day")], coder="ann")
    annotations = judged(folder, first + rows_of(day, answers, coder="ben"))
    [apart] = accuracy.disagreements(annotations).to_dict("records")
    assert (apart["question"], apart["answers"]) == ("what is the figure?", "ann: 1 day; ben: no figure")


def test_coders_who_always_say_the_same_have_no_alpha(folder: Path, every: list[Item]) -> None:
    annotations = judged(folder, rows(every, "ann") + rows(every, "ben"))
    table = accuracy.coders(annotations).set_index("question")
    assert table.loc["is it a statement?", "agreement"] == 1
    assert table["alpha"].isna().to_dict() == {"is it a statement?": True, "who speaks?": False}
    assert table.loc["who speaks?", "alpha"] == 1
    assert accuracy.disagreements(annotations).empty


def test_the_names_to_choose_from_are_those_of_the_document_first(folder: Path, every: list[Item]) -> None:
    found = names(annotate(load(folder), with_copies=True), ["town01"])
    assert found.of("town01")[:2] == ["Otto Berg", "Mara Lind"]
    assert set(found.of("town00")) == set(PEOPLE)
