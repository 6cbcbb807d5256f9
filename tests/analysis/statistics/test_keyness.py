"""Keyness against quanteda's figures, its corrections, and intervals over documents."""

from math import inf, log, log2, sqrt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.sparse import csr_array

from research.analysis.statistics.keyness import (
    benjamini_hochberg,
    chi_squared,
    holm,
    keyness,
    keyness_of_documents,
    log_likelihood,
    log_odds_z,
    two_cell_log_likelihood,
)
from research.analysis.statistics.log_ratio import log_ratio_interval
from research.analysis.statistics.ratios import estimate, welch
from research.analysis.statistics.sides import Side, log_ratio_intervals
from research.analysis.statistics.uncertainty import effective_number
from research.errors import ResearchError

# quanteda.textstats, textstat_keyness: US inaugural addresses from 1945 on (43,002 tokens) against those before
# (108,539). The page does not print how many tokens each side has; these two give all twenty rows as printed.
QUANTEDA = [
    ("we", 764.4484, 1048, 779),
    (".", 300.1887, 2014, 3141),
    ("us", 207.5181, 289, 216),
    ("-", 205.0408, 242, 157),
    ("america", 200.5544, 148, 54),
    (":", 187.9821, 115, 29),
    ("our", 183.5362, 917, 1307),
    ("world", 171.9660, 196, 123),
    ("americans", 163.1532, 76, 7),
    ("today", 137.7753, 84, 21),
    ("upon", -58.39810, 39, 332),
    ("public", -58.87042, 12, 213),
    ("constitution", -59.66134, 9, 200),
    ("it", -60.68425, 266, 1132),
    ("states", -63.87803, 29, 305),
    ("be", -72.68161, 278, 1224),
    ("should", -88.14817, 16, 309),
    ("which", -177.10087, 96, 911),
    ("of", -197.08830, 1514, 5666),
    ("the", -331.99069, 2089, 8094),
]
N_TARGET, N_REFERENCE = 43_002, 108_539
COUNTS = st.tuples(st.integers(0, 200), st.integers(0, 200), st.integers(200, 2000), st.integers(200, 2000))


def array(*values: float) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    return np.array(values, dtype=np.float64)


def words(*counts: tuple[int, int]) -> pd.DataFrame:
    return pd.DataFrame(counts, columns=["target", "reference"])


# --- published figures ---


@pytest.mark.parametrize(("word", "published", "target", "reference"), QUANTEDA)
def test_chi_squared_is_that_of_quanteda(word: str, published: float, target: int, reference: int) -> None:
    found = keyness(words((target, reference)), N_TARGET, N_REFERENCE)["chi_squared"][0]
    assert found == pytest.approx(published, abs=5e-5)


def test_yates_correction_only_where_an_expected_count_is_below_5() -> None:
    """By hand: of 100 and 100 words, 7 and 1 occurrences; 4 are expected on each side, so |7 - 4| is taken as 2.5."""
    corrected = 2 * (2.5**2 / 4 + 2.5**2 / 96)
    assert chi_squared(array(7), array(1), 100, 100)[0] == pytest.approx(corrected)
    assert chi_squared(array(8), array(2), 100, 100)[0] == pytest.approx(2 * (3**2 / 5 + 3**2 / 95))
    # Nothing is taken from a difference below one half: 1 and 0 of 100 and 150 words differ by 0.6, 2 and 3 not at all.
    assert chi_squared(array(2), array(3), 100, 150)[0] == 0
    assert chi_squared(array(1), array(1), 100, 150)[0] == pytest.approx(
        0.2**2 * (1 / 0.8 + 1 / 1.2 + 1 / 99.2 + 1 / 148.8)
    )


def test_log_likelihood_of_two_cells_is_that_of_rayson() -> None:
    """Rayson and Garside (2000), by their formula; four cells add what the other words contribute."""
    a, b, c, d = 1048, 779, N_TARGET, N_REFERENCE
    expected = c * (a + b) / (c + d), d * (a + b) / (c + d)
    two = 2 * (a * log(a / expected[0]) + b * log(b / expected[1]))
    rest = 2 * ((c - a) * log((c - a) / (c - expected[0])) + (d - b) * log((d - b) / (d - expected[1])))
    assert two_cell_log_likelihood(array(a), array(b), c, d)[0] == pytest.approx(two)
    assert log_likelihood(array(a), array(b), c, d)[0] == pytest.approx(two + rest)
    assert 0 < rest < 0.02 * two


def test_fightin_words_from_the_equations_of_monroe() -> None:
    """Equations 16, 19 and 22 with the prior spread as the words of both sides: here 1,000 of 3,000 words."""
    y_i, y_j, n_i, n_j, a = 30, 30, 1000, 2000, 20
    odds = log((y_i + a) / (n_i + 1000 - y_i - a)) - log((y_j + a) / (n_j + 1000 - y_j - a))
    z = odds / sqrt(1 / (y_i + a) + 1 / (y_j + a))
    assert log_odds_z(array(y_i), array(y_j), n_i, n_j)[0] == pytest.approx(z)


def test_rates_and_ratios_by_hand() -> None:
    found = keyness(words((20, 10), (5, 0)), 1000, 2000).loc[0]
    assert found["target_rate"] == 20
    assert found["reference_rate"] == 5
    assert found["difference"] == pytest.approx(300)
    assert found["odds_ratio"] == pytest.approx((20 / 980) / (10 / 1990))
    assert found["log_ratio"] == pytest.approx(2)
    low, high = log_ratio_interval(array(20), array(10), 1000, 2000)
    assert found["log_ratio_low"] == low[0] < 2 < high[0] == found["log_ratio_high"]
    absent = keyness(words((5, 0)), 1000, 2000).loc[0]
    assert absent["difference"] == absent["odds_ratio"] == absent["log_ratio_high"] == inf
    assert absent["log_ratio"] == pytest.approx(log2((5 / 1000) / (0.5 / 2000)))


# --- laws ---


@given(COUNTS)
def test_exchanging_the_sides_turns_the_signs(given_counts: tuple[int, int, int, int]) -> None:
    a, b, n_a, n_b = given_counts
    one, other = keyness(words((a, b)), n_a, n_b).loc[0], keyness(words((b, a)), n_b, n_a).loc[0]
    for name in ("log_likelihood", "chi_squared", "log_ratio", "conservative_log_ratio", "log_odds_z"):
        np.testing.assert_allclose(one[name], -other[name], rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(one["log_ratio_low"], -other["log_ratio_high"], rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(one["p"], other["p"], rtol=1e-9)


@given(COUNTS)
def test_the_same_rate_is_not_key(given_counts: tuple[int, int, int, int]) -> None:
    a, _, n, _ = given_counts
    found = keyness(words((a, 3 * a)), n, 3 * n).loc[0]
    for name in ("log_likelihood", "chi_squared"):
        assert found[name] == pytest.approx(0, abs=1e-9)
    assert found["p"] == pytest.approx(1, abs=1e-6)
    if a:
        assert found["log_ratio"] == pytest.approx(0, abs=1e-12)
        assert found["conservative_log_ratio"] == 0
        assert found["log_ratio_low"] < 0 < found["log_ratio_high"]


def test_a_word_on_neither_side_has_no_ratio() -> None:
    found = keyness(words((0, 0), (3, 1)), 100, 100).loc[0]
    assert found["log_likelihood"] == found["chi_squared"] == 0
    assert found["p"] == 1
    assert found[["log_ratio", "log_ratio_low", "conservative_log_ratio", "log_odds_z"]].isna().all()


# --- corrections ---


def test_holm_and_benjamini_hochberg_against_the_example_of_the_latter() -> None:
    """Benjamini and Hochberg (1995), section 3.2: of 15 p values, Bonferroni and Holm reject 3 at 0.05, theirs 4."""
    p = array(
        0.0001,
        0.0004,
        0.0019,
        0.0095,
        0.0201,
        0.0278,
        0.0298,
        0.0344,
        0.0459,
        0.3240,
        0.4262,
        0.5719,
        0.6528,
        0.7590,
        1,
    )
    assert (holm(p) <= 0.05).sum() == 3
    assert (benjamini_hochberg(p) <= 0.05).sum() == 4
    assert benjamini_hochberg(p)[3] == pytest.approx(0.0095 * 15 / 4)
    assert holm(p)[2] == pytest.approx(0.0019 * 13)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30), st.integers(0, 50), st.randoms(use_true_random=False))
def test_corrected_p_values_keep_their_order_and_grow(p: list[float], more: int, chance) -> None:  # type: ignore[no-untyped-def]
    tests = len(p) + more
    for correct in (holm, benjamini_hochberg):
        found = correct(array(*p), tests)
        assert (found >= array(*p) - 1e-15).all()
        assert (found <= 1).all()
        order = np.argsort(p, kind="stable")
        assert (np.diff(found[order]) >= 0).all()
        shuffled = list(range(len(p)))
        chance.shuffle(shuffled)
        np.testing.assert_array_equal(correct(array(*p)[shuffled], tests), found[shuffled])
    assert (benjamini_hochberg(array(*p), tests) <= holm(array(*p), tests) + 1e-15).all()


def test_all_tests_count_though_the_table_has_some() -> None:
    found = keyness(words((20, 5)), 1000, 1000, tests=500).loc[0]
    alone = keyness(words((20, 5)), 1000, 1000).loc[0]
    assert found["p_holm"] == pytest.approx(min(1, 500 * alone["p"]))
    assert found["p_fdr"] == pytest.approx(min(1, 500 * alone["p"]))
    assert found["conservative_log_ratio"] < alone["conservative_log_ratio"]


# --- documents ---


def side(
    name: str, counts: "list[list[int]] | np.ndarray[tuple[int, int], np.dtype[np.int64]]", other_words: int = 50
) -> Side:
    table = np.array(counts)
    ids = [f"{name}/{number}" for number in range(len(table))]
    return Side(name, ids, csr_array(table), table.sum(axis=1) + other_words)


CLUMPED = side("clumped", [[9 * (i == 0), 1, i % 3] for i in range(12)])
EVEN = side("even", [[1, 1, 2 * (i % 2)] for i in range(14)])
TERMS = ["dam", "river", "treaty"]


def test_documents_and_dispersion_are_beside_each_score() -> None:
    found = keyness_of_documents(CLUMPED, EVEN, TERMS)
    assert found["term"].tolist() == TERMS
    assert found[["target", "reference"]].values.tolist() == [[9, 14], [12, 14], [12, 14]]
    assert found[["target_documents", "reference_documents"]].values.tolist() == [[1, 14], [12, 14], [8, 7]]
    assert found["target_dp"][0] > 0.8
    assert found["target_dp"][1] < 0.1
    scores = keyness(found[["target", "reference"]], CLUMPED.size, EVEN.size)
    pd.testing.assert_frame_equal(found[scores.columns], scores)
    assert (found["tests"] == 3).all()


def test_a_word_that_few_documents_repeat_has_a_wide_interval() -> None:
    """Seven documents have "dam", one of them fifty times; all have "river" as often as they have words."""
    repeated = side("repeated", [[50 if i == 0 else int(i < 7), 4] for i in range(12)])
    even = side("even", [[4, 4]] * 14)
    low, high = log_ratio_intervals(repeated, even)
    alone = log_ratio_interval(repeated.totals, even.totals, repeated.size, even.size)
    assert high[0] - low[0] > 3 * (alone[1][0] - alone[0][0])
    assert high[1] - low[1] < alone[1][1] - alone[0][1]


def test_a_word_in_too_few_documents_of_a_side_has_no_interval() -> None:
    seven, six = ([[int(i < n), 1] for i in range(12)] for n in (7, 6))
    for sides in ((side("few", six), EVEN_TWO), (EVEN_TWO, side("few", six))):
        low, high = log_ratio_intervals(*sides)
        assert np.isnan([low[0], high[0]]).all()
        assert np.isfinite([low[1], high[1]]).all()
    assert np.isfinite(log_ratio_intervals(side("more", seven), EVEN_TWO)).all()


EVEN_TWO = side("even two", [[1 + i % 2, 1 + i % 3] for i in range(14)])


def test_intervals_are_those_of_leaving_out_each_document() -> None:
    chance = np.random.default_rng(7)
    counts = [chance.poisson(chance.gamma(2, 2, (n, 3))) for n in (12, 40)]
    one, other = side("one", counts[0]), side("other", counts[1], 200)
    low, high = log_ratio_intervals(one, other)
    for word in range(3):
        sides = [estimate(its.counts.toarray()[:, word], its.words, share=False) for its in (one, other)]
        assert sides[0] is not None
        assert sides[1] is not None
        variances = [its.error**2 for its in sides if its]
        freedom = welch(variances[0], sides[0].freedom, variances[1], sides[1].freedom)
        half = stats.t.ppf(0.975, freedom) * sqrt(sum(variances)) / log(2)
        value = log2(sides[0].value / sides[1].value)
        assert (low[word], high[word]) == pytest.approx((value - half, value + half))


@pytest.mark.parametrize(
    ("rate", "documents"), [((0.006, 0.003), (12, 30)), ((0.006, 0.006), (20, 20)), ((0.006, 0.0015), (10, 100))]
)
def test_intervals_hold_the_log_ratio_of_words_that_are_clustered_in_documents(
    rate: tuple[float, float], documents: tuple[int, int]
) -> None:
    """About 95 of 100; each of the 600 words is a corpus of its own."""
    chance = np.random.default_rng(11)
    sides = []
    for mean, n in zip(rate, documents, strict=True):
        words = np.maximum(30, np.round(chance.lognormal(6, 0.7, n)))
        counts = chance.poisson(mean * words[:, None] * chance.gamma(1.5, 1 / 1.5, (n, 600)))
        sides.append(side(f"of {n}/{mean}", counts)._replace(words=words.astype(np.int64)))
    low, high = log_ratio_intervals(*sides)
    told, true = np.isfinite(low), log2(rate[0] / rate[1])
    assert told.mean() > 0.4
    assert 0.92 <= ((low <= true) & (true <= high))[told].mean() <= 0.98


def test_sides_of_the_same_documents_have_the_interval_of_leaving_out_each_on_both() -> None:
    """The order of the documents differs between the sides."""
    chance = np.random.default_rng(13)
    own = chance.gamma(2, 2, (20, 1))
    one, other = (side("a", chance.poisson(own * [[1.0, 0.5, 2.0]]), more) for more in (50, 200))
    low, high = log_ratio_intervals(one, _turned(other))
    joint = effective_number(one.words / one.size + other.words / other.size) - 1
    for word in range(3):
        logs, sides = [], (one, other)
        for out in range(20):
            kept = np.arange(20) != out
            rates = [its.counts.toarray()[kept, word].sum() / its.words[kept].sum() for its in sides]
            logs.append(np.log(rates[0] / rates[1]))
        error = np.sqrt(19 / 20 * np.square(np.array(logs) - np.mean(logs)).sum())
        found = [estimate(its.counts.toarray()[:, word], its.words, share=False) for its in sides]
        freedom = min(joint, welch(*(it for its in found if its for it in (its.error**2, its.freedom))))
        assert (high[word] - low[word]) / 2 * log(2) == pytest.approx(stats.t.ppf(0.975, freedom) * error)


def _turned(it: Side) -> Side:
    return it._replace(documents=it.documents[::-1], counts=it.counts[::-1], words=it.words[::-1])


def test_documents_of_both_sides_are_taken_together_where_only_some_are() -> None:
    chance = np.random.default_rng(14)
    counts = chance.poisson(chance.gamma(1, 4, (30, 1)) * [[1.0, 0.5]])
    one, other = side("a", counts[:20]), side("a", counts[5:])
    other = other._replace(documents=[f"a/{number}" for number in range(5, 30)])
    low, high = log_ratio_intervals(one, other)
    alone = log_ratio_intervals(one, other._replace(documents=[f"b/{it}" for it in other.documents]))
    assert (low + high).tolist() == pytest.approx((alone[0] + alone[1]).tolist())
    assert (high - low < 0.8 * (alone[1] - alone[0])).all()


def test_intervals_hold_where_both_sides_are_in_the_same_documents() -> None:
    """About 95 of 100, as sure for words that both sides of a document use alike: taken as independent, 99."""
    chance = np.random.default_rng(11)
    words = np.maximum(60, np.round(chance.lognormal(6, 0.7, (25, 2))))
    own = chance.gamma(1.5, 1 / 1.5, (25, 600))
    sides = [
        side("same", chance.poisson(rate * words[:, [at]] * own))._replace(words=words[:, at].astype(np.int64))
        for at, rate in enumerate((0.012, 0.006))
    ]
    low, high = log_ratio_intervals(*sides)
    told = np.isfinite(low)
    assert told.mean() > 0.8
    assert 0.92 <= ((low <= 1) & (high >= 1))[told].mean() <= 0.98
    low, high = log_ratio_intervals(sides[0], sides[1]._replace(documents=[f"{it}" for it in range(25)]))
    assert ((low <= 1) & (high >= 1))[told].mean() > 0.98


def test_documents_without_words_do_not_count() -> None:
    empty = CLUMPED._replace(
        documents=[*CLUMPED.documents, *(f"empty/{number}" for number in range(20))],
        counts=csr_array(np.vstack([CLUMPED.counts.toarray(), np.zeros((20, 3), dtype=int)])),
        words=np.append(CLUMPED.words, [0] * 20),
    )
    pd.testing.assert_frame_equal(keyness_of_documents(empty, EVEN, TERMS), keyness_of_documents(CLUMPED, EVEN, TERMS))
    assert keyness_of_documents(empty, EVEN, TERMS)[["target_of", "reference_of"]].values.tolist() == [[12, 14]] * 3
    nine = side("nine", [[1, 2, 3]] * 9)
    more = nine._replace(
        documents=[*nine.documents, "empty"],
        counts=csr_array(np.vstack([nine.counts.toarray(), [0] * 3])),
        words=np.append(nine.words, 0),
    )
    assert np.isnan(log_ratio_intervals(more, EVEN)).all()


def test_fewer_than_ten_documents_have_no_interval() -> None:
    nine = side("nine", [[1, 2, 3]] * 9)
    found = keyness_of_documents(nine, EVEN, TERMS)
    assert found[["low", "high"]].isna().all(axis=None)
    assert keyness_of_documents(side("ten", [[1, 2, 3]] * 10), EVEN, TERMS)[["low", "high"]].notna().all(axis=None)


def test_a_frequency_list_can_be_the_reference() -> None:
    listed = Side("list", (), csr_array(np.array([[100, 300, 0]])), np.array([10_000]))
    found = keyness_of_documents(EVEN, listed, TERMS)
    assert found["reference"].tolist() == [100, 300, 0]
    assert found["reference_documents"].isna().all()
    assert found["reference_dp"].isna().all()
    assert found["reference_of"].isna().all()
    assert found["high"][2] == inf  # the list does not have the word, so no ratio is too high
    assert found["low"].notna().all()


def test_rare_words_can_be_left_out_and_are_not_tests_then() -> None:
    found = keyness_of_documents(side("a", [[1, 5]] * 10), side("b", [[0, 5]] * 10), ["seldom", "often"], fewest=20)
    assert found["term"].tolist() == ["often"]
    assert found["tests"].tolist() == [1]


@pytest.mark.parametrize(
    ("target", "reference", "message"),
    [
        (EVEN, EVEN, "14 documents, “even/0” first, would be compared with themselves: .* Choose sides"),
        (EVEN, CLUMPED._replace(documents=["even/3", *CLUMPED.documents[1:]]), "1 document, “even/3” first, .* itself"),
        (
            EVEN,
            CLUMPED._replace(words=CLUMPED.words * 0),
            "The reference, “clumped”, has no words, so there is nothing",
        ),
        (EVEN._replace(words=EVEN.words * 0), CLUMPED, "The target, “even”, has no words"),
    ],
)
def test_what_cannot_be_compared_is_refused(target: Side, reference: Side, message: str) -> None:
    with pytest.raises(ResearchError, match=message):
        keyness_of_documents(target, reference, TERMS)


def test_counts_that_cannot_be_are_named() -> None:
    with pytest.raises(ResearchError, match="The reference has no words, so there is nothing to compare"):
        keyness(words((1, 0)), 10, 0)
    with pytest.raises(
        ValueError, match="Row 2 of the table of words cannot be: 3 of 10 words in the target and 11 of 10"
    ):
        keyness(words((1, 1), (3, 11)), 10, 10)
    with pytest.raises(ValueError, match="no column reference"):
        keyness(words((1, 1))[["target"]], 10, 10)
    with pytest.raises(ValueError, match="one column for each term"):
        keyness_of_documents(EVEN, CLUMPED, ["dam"])
    assert keyness(words(), 10, 10).empty
