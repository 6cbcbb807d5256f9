"""Precision and recall of figures, counted by hand from sentences that were judged by hand."""

from pathlib import Path

import pandas as pd
import pytest

from research import Annotations, annotate, load
from research.analysis import accuracy
from research.analysis.accuracy.figures import kind_of_figure, right_parts
from research.analysis.judging.items import Answer, Item, items, rows_of
from research.analysis.recount import recount
from research.loading import Span
from research.loading.judgements import Judgement, written

N = 24


def figure(model: str, right_value: str = "", verdict: str = "mended") -> Judgement:
    judged = "figure" if model else "missed figure"
    return Judgement("a", "", 0, 1, "5", "", "", judged, model, verdict, right_value=right_value)


@pytest.mark.parametrize(
    ("model", "right", "parts"),
    [
        ("25000000 USD 2031", "25,000,000 USD 2031", (True, True, True)),
        ("25000000 USD 2031", "2500000 USD 2031", (False, True, True)),
        ("25000000 USD 2031", "25000000 EUR", (True, False, True)),
        ("25000000 USD", "25000000 USD 2031", (True, True, False)),
        ("25000000 USD 2031", "25000000 USD 2031-05", (True, True, False)),
        ("11 to 14 %", "14 %", (False, True, True)),
        ("11 to 14 % 2031", "11 % 2030", (False, True, False)),
        ("5", "5 per cent", (True, False, True)),
        ("30 %", "30 per cent", (True, True, True)),
    ],
)
def test_parts_of_a_mended_figure_are_compared(model: str, right: str, parts: tuple[bool, ...]) -> None:
    assert tuple(right_parts(figure(model, right))) == parts


def test_a_right_figure_is_right_in_all_parts() -> None:
    assert all(right_parts(figure("5 %", verdict="right")))


@pytest.mark.parametrize(
    ("model", "right", "kind"),
    [
        ("11 to 14 % 2031", "", "percentage"),
        ("30000000 USD", "30000000 people", "money"),
        ("", "2000000 people 2031", "count"),
        ("4 hours", "", "duration"),
        ("5", "", "without a unit"),
    ],
)
def test_a_figure_is_of_a_kind(model: str, right: str, kind: str) -> None:
    assert kind_of_figure(figure(model, right)) == kind


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    its = tmp_path_factory.mktemp("budgets")
    for at in range(N):
        (its / f"budget{at:02}.txt").write_text(
            f"The town spent {at + 3} million dollars on the school in 2030. About {at + 20} percent of it was a loan. "
            "Every second house was empty. The street was empty. Rain fell on the roofs.\n",
            "utf-8",
        )
    return its


def every(folder: Path) -> list[Item]:
    (folder / "judgements.csv").unlink(missing_ok=True)
    return items(annotate(load(folder), with_copies=True), 10_000)


def judged(folder: Path, of: list[Item]) -> Annotations:
    """Money is right; every fourth percentage is none, every other fourth is another one; houses were missed."""
    rows: list[Judgement] = []
    for it in of:
        said, missed = [], []
        at = int(it.doc_id[-2:])
        for number, found in enumerate(it.found):
            if "%" not in found.model:
                said.append(Answer(number, right=True))
            elif at % 4 == 0:
                said.append(Answer(number, right=False))
            else:
                said.append(Answer(number, right=True, right_value=f"{at + 21} %" if at % 4 == 1 else ""))
        if it.text.startswith("Every second") and not it.found:
            missed.append((Span(it.span.start, it.span.start + 18), "50 %"))
        rows += rows_of(it, said, missed_figures=missed, coder="ann")
    (folder / "judgements.csv").write_text(written(rows), "utf-8")
    return annotate(load(folder), with_copies=True)


def value(table: pd.DataFrame, measure: str, among: str = "everything") -> dict[str, object]:
    [row] = table[(table["measure"] == measure) & (table["among"] == among)].to_dict("records")
    return {str(key): its for key, its in row.items()}


def test_with_all_sentences_judged_the_shares_of_figures_are_those_of_the_documents(folder: Path) -> None:
    its = every(folder)
    n = sum(found.what == "figure" for it in its for found in it.found)
    percentages = sum("%" in found.model for it in its for found in it.found)
    houses = sum(it.text.startswith("Every second") and not it.found for it in its)
    assert (percentages, houses) == (N, N), "the model finds percentages, and no second houses"
    measured = accuracy.measured(judged(folder, its))
    none, other = N // 4, N // 4
    expected = {
        "figure precision": (n - none) / n,
        "figure recall": (n - none) / (n - none + houses),
        "right value": (n - none - other) / (n - none),
        "right unit": 1,
        "right period": 1,
        "right figure": (n - none - other) / n,
        "right figure found": (n - none - other) / (n - none + houses),
    }
    assert {name: value(measured, name)["value"] for name in expected} == pytest.approx(expected, abs=1e-5)
    assert value(measured, "right figure", "percentage")["value"] == pytest.approx(1 - (none + other) / N, abs=1e-5)
    assert value(measured, "right figure", "money")["value"] == 1
    of_percentages = value(measured, "figure recall", "percentage")["value"]
    assert of_percentages == pytest.approx((N - none) / (N - none + houses), abs=1e-5), (
        "a missed one is of a kind as well"
    )
    of_kinds = measured[measured["by"] == "kind of figure"]
    assert "precision" not in set(of_kinds["measure"]), "statements are not of a kind of figure"
    assert not measured[measured["by"] == "confidence"]["measure"].str.contains("figure").any()


def test_a_sample_gives_findings_with_intervals_and_recounts(folder: Path) -> None:
    annotations = judged(folder, every(folder)[:80])
    found = {it.key: it for it in accuracy.findings(annotations)}
    sentences = accuracy.sentences(annotations)
    for key in ("accuracy.figures", "accuracy.figure-recall"):
        finding = found[key]
        assert finding.status == "supported"
        assert finding.interval is not None
        assert finding.interval.low < float(finding.value or 0) < finding.interval.high
        assert recount(finding, sentences) == finding.value
    assert "right value, unit and period" in found["accuracy.figures"].statement


def test_a_rare_kind_says_how_many_more_it_takes(tmp_path: Path) -> None:
    for at in range(N):
        last = "One lamp was 7 metres tall." if at == 3 else "The lamps were lit."
        (tmp_path / f"lamp{at:02}.txt").write_text(
            f"The town paid {at + 3} dollars for lamps. Rain fell on the roofs. {last}\n", "utf-8"
        )
    its = every(tmp_path)
    lamp = next(it for it in its if it.text.startswith("One lamp"))
    measured = accuracy.measured(judged(tmp_path, its[:60] if lamp in its[:60] else [*its[:60], lamp]))
    rare = value(measured, "right figure", "measure")
    assert rare["n"] == 1
    assert rare["value"] != rare["value"]
    assert str(rare["why_not"]).startswith("such cases are rare, and ")


def test_without_a_judgement_there_is_no_finding_on_figures(folder: Path) -> None:
    every(folder)
    keys = {it.key for it in accuracy.findings(annotate(load(folder), with_copies=True))}
    assert keys == {"accuracy.precision", "accuracy.recall", "accuracy.speaker"}
