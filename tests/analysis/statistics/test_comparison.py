"""Groups beside all others: by hand on small tables, and on drawn corpora."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from research.analysis.statistics.changes import Difference, difference_at
from research.analysis.statistics.comparison import COMPARED, compared, difference_of_ratios
from research.analysis.statistics.ratios import FEWEST_ON_EACH_SIDE, estimate, of_difference
from research.analysis.statistics.series import Counts
from research.analysis.statistics.uncertainty import wilson

COUNTS = ["group", "item", "doc_id", "counted", "base"]


def table(rows: Iterable[tuple[str, str, object, float, float]]) -> pd.DataFrame:
    """Counts of groups, items and documents."""
    return pd.DataFrame(list(rows), columns=COUNTS).astype({"doc_id": str})


def row(found: pd.DataFrame, group: str, item: str = "i") -> pd.Series:
    (its,) = (row for _, row in found[(found["group"] == group) & (found["item"] == item)].iterrows())
    return its


def side(group: str, counted: Iterable[int], base: int = 10, first: int = 0, item: str = "i") -> pd.DataFrame:
    """A document each with so many of a base of ten."""
    return table((group, item, first + number, it, base) for number, it in enumerate(counted))


# --- by hand ---


def test_ratios_are_of_sums_and_the_others_are_all_other_groups() -> None:
    counts = table([("a", "i", 1, 1, 4), ("a", "i", 2, 2, 2), ("b", "i", 1, 0, 3), ("c", "i", 3, 4, 5)])
    found = compared(counts)
    assert found.columns.tolist() == list(COMPARED)
    assert found[["group", "value", "others", "difference"]].values.tolist() == [
        ["a", 0.5, 0.5, 0.0],
        ["b", 0.0, 0.636364, -0.636364],
        ["c", 0.8, 0.333333, 0.466667],
    ]
    numbers = ["counted", "base", "others_counted", "others_base", "n_documents", "others_documents"]
    assert found[numbers].values.tolist() == [[3, 6, 4, 8, 2, 2], [0, 3, 7, 11, 1, 3], [4, 5, 3, 9, 1, 2]]


def test_items_are_apart_and_keep_their_order() -> None:
    counts = table([("b", "y", 1, 1, 2), ("a", "y", 2, 1, 1), ("b", "x", 1, 1, 4), ("a", "x", 2, 1, 2)])
    found = compared(counts)
    assert found[["group", "item", "value", "others"]].values.tolist() == [
        ["b", "y", 0.5, 1.0],
        ["a", "y", 1.0, 0.5],
        ["b", "x", 0.25, 0.5],
        ["a", "x", 0.5, 0.25],
    ]


def test_documents_without_a_base_are_no_documents() -> None:
    found = compared(table([("a", "i", 1, 1, 2), ("a", "i", 2, 0, 0), ("b", "i", 3, 1, 2)]))
    assert (row(found, "a")["n_documents"], row(found, "b")["others_documents"]) == (1, 1)


def test_a_group_without_others_has_no_difference() -> None:
    found = row(compared(side("a", range(12))), "a")
    assert found["low"] < found["value"] < found["high"]
    assert found[["others", "difference", "difference_low", "p"]].isna().all()
    assert (found["others_base"], found["others_documents"]) == (0, 0)


def test_difference_of_ratios() -> None:
    assert difference_of_ratios(1, 4, 2, 4) == -0.25
    with pytest.raises(ZeroDivisionError):
        difference_of_ratios(1, 4, 0, 0)


# --- what has an interval, and what is tested ---

ENDS = ["low", "high", "others_low", "others_high", "difference_low", "difference_high", "p", "p_holm"]


@pytest.mark.parametrize(("documents", "known"), [(9, False), (10, True)])
def test_intervals_and_tests_need_ten_documents_on_each_side(documents: int, known: bool) -> None:
    counts = pd.concat([side("a", [2, 4] * 5 + [3]), side("b", ([5, 7] * 6)[:documents], first=50)])
    found = row(compared(counts), "a")
    assert found[["low", "high"]].notna().all()
    assert found[ENDS[2:]].notna().all() == known
    assert found[ENDS[2:]].isna().all() == (not known)


def test_a_full_population_has_no_intervals_and_no_tests() -> None:
    counts = pd.concat([side("a", [2, 4] * 6), side("b", [5, 7] * 6, first=50)])
    assert compared(counts)[ENDS].notna().any(axis=None)
    assert compared(counts, complete=True)[ENDS].isna().all(axis=None)


def test_what_is_always_the_same_has_no_interval() -> None:
    """All of one group are the same; a difference of one document in the other is still tested."""
    counts = pd.concat([side("a", [0] * 12), side("b", [5, 7] * 6, first=50)])
    found = row(compared(counts), "a")
    assert found[["low", "high", "difference_low", "difference_high"]].isna().all()
    assert found[["others_low", "others_high", "p"]].notna().all()


def test_of_two_groups_the_first_is_tested_and_of_three_each() -> None:
    two = pd.concat([side("a", [2, 4] * 6), side("b", [5, 7] * 6, first=50)])
    assert compared(two)["p"].notna().tolist() == [True, False]
    assert compared(two)["difference_low"].notna().all()
    three = pd.concat([two, side("c", [1, 2] * 6, first=80)])
    assert compared(three)["p"].notna().all()


@pytest.mark.parametrize(("found", "tested"), [(9, False), (10, True), (190, True), (191, False)])
def test_fewer_than_five_expected_with_or_without_are_not_tested(found: int, tested: bool) -> None:
    """Each side has half of the base, so it would have half of what is found."""
    counted = [found // 20 + (number < found % 20) for number in range(20)]
    counts = pd.concat([side("a", counted[:10]), side("b", counted[10:], first=50)])
    assert (row(compared(counts), "a")["others_base"], sum(counted)) == (100, found)
    assert row(compared(counts), "a")[["p"]].notna().all() == tested


def test_groups_that_are_untested_count_as_no_difference() -> None:
    counts = pd.concat([side("a", [2, 4] * 6), side("b", [5, 7] * 6, first=50), side("rest", [3, 4] * 6, first=90)])
    all_three, two = compared(counts), compared(counts, untested=["rest"])
    assert two["p"].notna().tolist() == [True, True, False]
    assert two["p"].tolist()[:2] == all_three["p"].tolist()[:2]
    smallest = two["p"].min()
    assert two["p_holm"].min() == pytest.approx(2 * smallest, rel=1e-5)
    assert all_three["p_holm"].min() == pytest.approx(3 * smallest, rel=1e-5)


def test_a_group_of_ten_is_tested_although_some_resamples_have_none_of_it() -> None:
    """Of 2,000 resamples one has no document of the group with a probability of about a tenth."""
    for others in range(100, 400, 20):
        counts = pd.concat([side("a", [2, 4] * 5), side("b", [5, 7] * (others // 2), first=50)])
        found = row(compared(counts), "a")
        assert 0 < found["p"] < 0.001, others


def test_nothing_found_in_a_small_group_is_as_rare_as_drawing_its_documents() -> None:
    """Ten documents without any, where 40 of 80 others have some: a group in which nothing varies is not sure of it."""
    counts = pd.concat([side("a", [0] * 10, base=6), side("b", [1, 0, 1, 0, 3, 0, 1, 0] * 10, base=8, first=50)])
    found = row(compared(counts), "a")
    assert found["value"] == 0
    assert 0.8 * stats.hypergeom.pmf(0, 90, 40, 10) <= found["p"] < 0.01


def test_documents_of_one_side_only_have_the_test_of_a_named_date() -> None:
    """The p-value is that of 06_time, whichever group comes first, and in whatever order documents are given."""
    rng = np.random.default_rng(7)
    one, other = (side(name, rng.integers(0, 9, n), first=first) for name, n, first in (("a", 14, 0), ("b", 31, 50)))
    counts = pd.concat([one, other])
    turned = pd.concat([other, one]).sample(frac=1, random_state=1).sort_values("group", ascending=False)
    is_after = counts["group"].to_numpy() == "a"
    for rates, per in (((), 1.0), (("i",), 1000.0)):
        counted, base = (counts[name].to_numpy(float) for name in ("counted", "base"))
        its = Counts(np.zeros(45, dtype=int), counted, base, per)
        expected = difference_at(its, is_after)
        assert isinstance(expected, Difference)
        assert row(compared(counts, rates=rates), "a")["p"] == expected.p
        assert row(compared(turned, rates=rates), "b")["p"] == expected.p


def test_documents_with_a_part_in_both_sides_are_not_put_in_another_order() -> None:
    """Each has fifteen more on one side, which is little beside the differences between documents."""
    counted = list(range(10, 130, 10))
    more = side("a", [it + 15 for it in counted], 300)
    together = row(compared(pd.concat([more, side("b", counted, 300)])), "a")["p"]
    apart = row(compared(pd.concat([more, side("b", counted, 300, first=50)])), "a")["p"]
    assert together < 0.01
    assert apart > 0.2


def test_p_values_are_corrected_for_all_of_the_table() -> None:
    tables = []
    for number, higher in enumerate((2, 3, 1, 0)):
        tables += [side("a", [2, 4] * 8, item=f"i{number}")]
        tables += [side("b", [2 + higher, 4 + higher] * 8, first=50, item=f"i{number}")]
    tables += [side("a", [2] * 9, item="few"), side("b", [2] * 9, first=50, item="few")]
    found = compared(pd.concat(tables))
    tests = found.dropna(subset=["p"]).set_index("item")
    p, holm = tests["p"].to_dict(), tests["p_holm"].to_dict()
    assert list(holm) == ["i0", "i1", "i2", "i3"]
    assert p["i1"] < p["i0"] < p["i2"] < p["i3"]
    assert holm["i1"] == pytest.approx(4 * p["i1"], rel=1e-5)
    assert holm["i0"] == pytest.approx(max(4 * p["i1"], 3 * p["i0"]), rel=1e-5)
    assert holm["i3"] == min(1, max(p["i3"], holm["i2"]))
    assert found.loc[found["p"].isna(), "p_holm"].isna().all()


# --- intervals ---


@pytest.mark.parametrize("rates", [(), ("i",)])
def test_intervals_are_those_of_ratios_and_their_difference(rates: tuple[str, ...]) -> None:
    """What is counted is part of the base, except for items that are rates."""
    one, other = side("a", [0, 1, 2, 3, 4, 1] * 2), side("b", [2, 1, 1, 4] * 4, first=50)
    found = row(compared(pd.concat([one, other]), rates=rates), "a")
    sides = [estimate(its["counted"].to_numpy(), its["base"].to_numpy(), share=not rates) for its in (one, other)]
    assert sides[0] is not None
    assert sides[1] is not None
    assert found[["low", "high"]].tolist() == pytest.approx(sides[0].ends(), rel=1e-5)
    assert found[["others_low", "others_high"]].tolist() == pytest.approx(sides[1].ends(), rel=1e-5)
    expected = of_difference(sides[0], sides[1])
    assert found[["difference_low", "difference_high"]].tolist() == pytest.approx(expected, rel=1e-5)


def test_documents_of_both_sides_make_a_difference_surer_where_they_vary_together() -> None:
    """Each document has a part of both groups, and the one rises with the other; or they share no document."""
    counted = [0, 1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1]
    together = row(compared(pd.concat([side("a", counted), side("b", counted)])), "a")
    apart = row(compared(pd.concat([side("a", counted), side("b", counted, first=50)])), "a")
    assert together["difference_high"] < 0.2 * apart["difference_high"]
    assert together["high"] == apart["high"]


def test_a_share_of_documents_that_no_document_has_still_has_an_interval() -> None:
    found = row(compared(pd.concat([side("a", [0] * 12, base=1), side("b", [1, 0] * 8, base=1, first=50)])), "a")
    assert (found["low"], found["high"]) == wilson(0, 12)[:2]  # type: ignore[index]
    assert found["difference_low"] < -0.5 < found["difference_high"] < 0


def test_a_side_with_too_few_documents_that_have_it_has_no_difference() -> None:
    other = side("b", [2, 4] * 8, first=50)
    few = [0] * 14 + [3] * (FEWEST_ON_EACH_SIDE - 1)
    found = row(compared(pd.concat([side("a", few), other])), "a")
    assert np.isnan(found["difference_low"])
    assert found["low"] > 0, "six documents are enough for the ratio itself"
    assert found["p"] < 0.05, "and whether there is a difference can be told"
    found = row(compared(pd.concat([side("a", [*few, 3]), other])), "a")
    assert found["difference_low"] < found["difference"] < found["difference_high"]


# --- on drawn corpora ---


ITEMS = 300


def drawn(chance: np.random.Generator, first: int, second: int) -> pd.DataFrame:
    """Items that two groups have alike; documents are of very different lengths, with rates of their own."""
    shape = ITEMS, first + second
    words = np.round(chance.lognormal(6, 0.7, shape))
    counted = chance.poisson(0.004 * chance.gamma(2, 1 / 2, shape) * words)
    items, documents = (it.ravel() for it in np.indices(shape))
    groups = np.where(documents < first, "a", "b")
    columns = [groups, items, documents, counted.ravel(), words.ravel()]
    return pd.DataFrame(dict(zip(COUNTS, columns, strict=True)))


@pytest.mark.parametrize(("first", "second"), [(12, 12), (12, 60)])
def test_intervals_hold_the_true_difference_and_few_tests_reject_it(first: int, second: int) -> None:
    counts = drawn(np.random.default_rng(0), first, second)
    found = compared(counts, rates=counts["item"].unique())
    known = found.dropna(subset=["difference_low", "p"])
    assert len(known) > 0.7 * ITEMS, "others are in too few documents of a side"
    holds = (known["difference_low"] <= 0) & (known["difference_high"] >= 0)
    assert 0.9 <= holds.mean() <= 0.995
    assert (known["p"] < 0.05).mean() <= 0.1
