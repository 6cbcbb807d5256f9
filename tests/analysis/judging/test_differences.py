"""Differences between groups and periods, and figures, corrected by judged sentences; other values say why not."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from research import Annotations, annotate, load
from research.analysis import actors, claims, language, statements
from research.analysis import time as over_time
from research.analysis.findings import Finding
from research.analysis.judging.corrected import UNCORRECTED
from research.analysis.judging.corrections import recounted, table, why
from research.analysis.judging.items import Answer, Item, items, rows_of
from research.analysis.recount import recount
from research.analysis.statistics.judged import NotComputable
from research.loading.judgements import FIGURE, Judgement, written

N = 14
WRONG = "was not ready"
COMPARE = "period:2031-05-01"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Documents that quote before May 2031 and report from then on, with a figure each."""
    its = tmp_path_factory.mktemp("town")
    for number in range(2 * N):
        late = number >= N
        day = f"2031-{6 if late else 3:02}-{number % N + 1:02}"
        said = (
            f"Ada Okell said that the pier {number} was open"
            if late
            else f"“We open the pier {number},” Ada Okell said"
        )
        (its / f"{day}_town.txt").write_text(
            f"It was a cold day. {said}. Otto Berg said that the ferry {number} {WRONG}. Otto Berg said that the "
            "ferry cost $3 million. Rain fell on the roofs of Norway. Few people came to the pier.\n",
            "utf-8",
        )
    return its


@pytest.fixture(scope="module")
def every(folder: Path) -> list[Item]:
    (folder / "judgements.csv").unlink(missing_ok=True)
    return items(annotate(load(folder), with_copies=True), 10_000)


def judged(folder: Path, its: Iterable[Item], wrong: Callable[[Item, int], bool]) -> Annotations:
    rows: list[Judgement] = []
    for it in its:
        rows += rows_of(it, [Answer(at, right=not wrong(it, at)) for at in range(len(it.found))])
    (folder / "judgements.csv").write_text(written(rows), "utf-8")
    return annotate(load(folder), with_copies=True)


def not_ready_after_may(it: Item, at: int) -> bool:
    return WRONG in it.found[at].exact and (it.date or "") > "2031-05"


def of_direct(found: Iterable[Finding]) -> Finding:
    (one,) = (it for it in found if it.key.startswith("statements.compared") and "direct_quotations" in it.key)
    return one


def test_with_all_judged_a_difference_is_what_is_right(folder: Path, every: list[Item]) -> None:
    one = of_direct(statements.findings(judged(folder, every, not_ready_after_may), compare=COMPARE))
    its = one.corrected
    assert its is not None
    assert its.value == one.value == pytest.approx(100 / 3, abs=1e-4)
    assert its.model == pytest.approx(100 / 3, abs=1e-4)  # the model quotes 14 of 42 before, and none of 42 after
    assert its.against is not None
    assert (its.model_counted, its.model_base, its.against.counted, its.against.base) == (14, 42, 0, 42)
    assert "percentage points" in its.sentence


def test_a_sample_corrects_a_difference_and_gives_it_again(folder: Path, every: list[Item]) -> None:
    wrong = lambda it, at: WRONG in it.found[at].exact and (it.date or "") < "2031-05"  # noqa: E731
    found = statements.findings(judged(folder, every[:90], wrong), compare=COMPARE)
    one = of_direct(found)
    its = one.corrected
    assert its is not None
    assert its.value is not None
    assert its.model == pytest.approx(100 / 3, abs=1e-4)
    assert its.value > 38  # 14 of 28 before May if all were judged
    assert its.interval is not None
    assert its.interval.low < 50 < its.interval.high
    assert recounted(one, table(found)) == its.value
    again = Finding.from_fields(one.fields()).corrected
    assert again is not None
    assert (again.value, again.against, again.interval) == (its.value, its.against, its.interval)
    assert recounted(Finding.from_fields(one.fields()), table(found)) == its.value


def test_words_of_speakers_are_known_from_statements(folder: Path, every: list[Item]) -> None:
    """The words of a speaker are those of right statements, so a rate per 1,000 of them changes both ways."""
    annotations = judged(folder, every, not_ready_after_may)
    found = claims.findings(annotations, compare="speaker")
    compared = [it for it in found if it.key.startswith("claims.compared.speaker.") and "figures" in it.key]
    assert compared
    for it in compared:
        assert it.corrected is not None
        assert it.corrected.value == pytest.approx(it.value, rel=1e-3)
        assert it.corrected.model != it.corrected.value
        assert "per 1,000 words" in it.corrected.sentence


def test_terms_in_groups_of_documents_rest_on_no_model(folder: Path, every: list[Item]) -> None:
    annotations = judged(folder, every, not_ready_after_may)
    found = language.findings(annotations, ["open"], compare=COMPARE)
    assert {it.corrected for it in found} == {None}
    of_speakers = language.findings(annotations, ["ferry", "pier"], compare="speaker")
    compared = [it.corrected for it in of_speakers if "compared.speaker." in it.key]
    assert compared
    assert all(it is not None and it.value is not None for it in compared)


def test_a_difference_before_and_after_a_date_is_corrected(folder: Path, every: list[Item]) -> None:
    annotations = judged(folder, every, not_ready_after_may)
    found = {it.key: it for it in over_time.findings(annotations, "month", speakers=["Otto Berg"], date="2031-05")}
    otto = found["time.date.2031-05.speaker.otto_berg"]
    assert otto.corrected is not None
    assert otto.corrected.value == pytest.approx(otto.value) == pytest.approx(100 * (1 / 2 - 2 / 3), abs=1e-3)
    assert otto.corrected.model == 0


def test_shares_by_period_are_corrected(folder: Path, every: list[Item]) -> None:
    annotations = judged(folder, every, not_ready_after_may)
    table = over_time.corrected_series(annotations, "month", speakers=["Otto Berg"])
    otto = table[table["of"] == "speaker"]
    assert otto["period"].tolist() == ["2031-03", "2031-06"]
    assert otto["model"].tolist() == pytest.approx([2 / 3, 2 / 3], abs=1e-5)
    for name in ("corrected", "low", "high"):
        assert otto[name].tolist() == pytest.approx([2 / 3, 1 / 2], abs=1e-5)
    some = over_time.corrected_series(judged(folder, every[:60], not_ready_after_may), "month", speakers=["Otto Berg"])
    late = some[(some["of"] == "speaker") & (some["period"] == "2031-06")].iloc[0]
    assert late["low"] < 0.5 < late["high"] or late["reason"]
    (folder / "judgements.csv").unlink()
    assert over_time.corrected_series(annotate(load(folder), with_copies=True), "month").empty


def test_a_corrected_share_of_a_period_is_computed_again_from_its_sentences(folder: Path, every: list[Item]) -> None:
    annotations = judged(folder, every[:60], not_ready_after_may)
    shares = over_time.corrected_series(annotations, "month").to_dict("records")
    sentences = over_time.corrected_sentences(annotations, "month")
    again = over_time.NOTEBOOK.tables["corrected"].numbers["corrected"]
    computed = 0
    for share in shares:
        same = (sentences[["series", "period"]] == [share["series"], share["period"]]).all(axis=1)
        rows = sentences[same & (sentences["of"] == share["of"])].to_dict("records")
        assert again(rows) == share["corrected"]
        computed += share["corrected"] is not None
        if rows and share["corrected"] not in (0, 1):
            changed = [{**row, "right_counted": row["right_counted"] + 1} for row in rows]
            assert again(changed) != share["corrected"]
    assert computed > 2


def test_figures_are_corrected(folder: Path, every: list[Item]) -> None:
    def wrong(it: Item, at: int) -> bool:
        return it.found[at].what == FIGURE and it.found[at].exact == "$3 million" and (it.date or "") > "2031-05"

    found = {it.key: it for it in claims.findings(judged(folder, every[:90], wrong))}
    money = found["claims.figures"].corrected
    assert money is not None
    assert money.value is not None
    assert money.model is not None
    assert money.value < money.model
    assert found["claims.named"].corrected is not None


def test_what_cannot_be_corrected_says_why_and_what_to_cite(folder: Path, every: list[Item]) -> None:
    annotations = judged(folder, every[:90], not_ready_after_may)
    found = [
        *statements.findings(annotations, compare=COMPARE),
        *actors.findings(annotations, compare=COMPARE),
        *claims.findings(annotations, compare=COMPARE),
        *over_time.findings(annotations, "month", speakers=["Otto Berg"], date="2031-05"),
    ]
    said = {it.corrected.reason for it in found if it.corrected is not None and it.corrected.value is None}
    assert {UNCORRECTED[it] for it in ("speakers", "documents", "names", "tests")} <= said
    assert UNCORRECTED["other"] not in said
    for it in found:
        rests = it.accuracy or it.accuracy_note or it.additive
        assert it.corrected is not None or not rests or it.status == "not computable", it.key
        if it.corrected is not None and it.corrected.value is not None:
            assert recount(it) == it.value if it.computation is None else True


def test_groups_that_are_too_small_say_how_many_more_it_takes() -> None:
    said = [why(NotComputable("group", judged, 40)) for judged in (0, 1, 3)]
    assert said == [
        "no judged sentence is in one of the groups, and a correction takes 40 more",
        "only 1 judged sentence is in one of the groups, and a correction takes 40 more",
        "only 3 judged sentences are in one of the groups, and a correction takes 40 more",
    ]
