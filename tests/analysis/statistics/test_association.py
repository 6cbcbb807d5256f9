"""Association measures against the figures of Evert's UCS toolkit, of quanteda and of NLTK."""

from math import inf, isclose, log
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from nltk.metrics import BigramAssocMeasures

from research.analysis.statistics.association import MEASURES, association, npmi
from research.analysis.statistics.log_ratio import Interval, conservative_log_ratio, log_ratio, log_ratio_interval

REFERENCE = Path(__file__).parent / "reference"
BITS = np.log10(2)

# Ours, the name in UCS, and what ours is multiplied by: UCS has logarithms to base 10.
UCS = {
    "log_likelihood": ("log.likelihood", 1),
    "simple_log_likelihood": ("simple.ll", 1),
    "chi_squared": ("chi.squared", 1),
    "chi_squared_yates": ("chi.squared.corr", 1),
    "z_score": ("z.score", 1),
    "z_score_yates": ("z.score.corr", 1),
    "t_score": ("t.score", 1),
    "fisher": ("Fisher.pv", 1),
    "poisson": ("Poisson.pv", 1),
    "poisson_stirling": ("Poisson.Stirling", 1),
    "mi": ("MI", BITS),
    "mi2": ("MI2", BITS),
    "mi3": ("MI3", BITS),
    "local_mi": ("local.MI", BITS),
    "average_mi": ("average.MI", BITS),
    "dice": ("Dice", 1),
    "jaccard": ("Jaccard", 1),
    "minimum_sensitivity": ("MS", 1),
    "geometric_mean": ("gmean", 1),
    "log_odds": ("odds.ratio.disc", 1 / log(10)),
}
LOGARITHMS = {"odds_ratio": "odds.ratio", "relative_risk": "relative.risk"}
INEXACT = {"log_likelihood", "average_mi"}
"""UCS subtracts large terms here: its G² of row "Vella" is right to 8 digits, by arithmetic with 60 digits."""

SIGNATURES = st.tuples(*[st.integers(0, 300)] * 4).filter(lambda o: o[0] + o[1] > 0 and o[0] + o[2] > 0)


def reference(name: str) -> pd.DataFrame:
    return pd.read_csv(REFERENCE / name, sep="\t", comment="#", quoting=3)


def pairs(*signatures: tuple[float, float, float, float]) -> pd.DataFrame:
    return pd.DataFrame(signatures, columns=["f", "f1", "f2", "N"])


def from_cells(*o: tuple[int, int, int, int]) -> pd.DataFrame:
    return pairs(*((a, a + b, a + c, a + b + c + d) for a, b, c, d in o))


# --- published figures ---


@pytest.mark.parametrize("name", UCS)
def test_measures_are_those_of_ucs(name: str) -> None:
    """All figures as printed, to 15 digits, or 22 for p values, of which a float holds 15."""
    published = reference("ucs.tsv")
    theirs, factor = UCS[name]
    ours = association(published, [name])[name] * factor
    np.testing.assert_allclose(ours, published[f"am.{theirs}"], rtol=1e-8 if name in INEXACT else 1e-11)


@pytest.mark.parametrize("name", LOGARITHMS)
def test_ratios_are_those_of_ucs(name: str) -> None:
    """UCS prints logarithms to base 10, and 10 million where a cell is empty."""
    published = reference("ucs.tsv")
    ours = np.log10(association(published, [name])[name]).replace(inf, 1e7)
    np.testing.assert_allclose(ours, published[f"am.{LOGARITHMS[name]}"], rtol=1e-12)


def test_every_measure_of_ucs_is_there() -> None:
    """All but am.random, which is random, and am.frequency, which is f."""
    theirs = {name.removeprefix("am.") for name in reference("ucs.tsv").columns if name.startswith("am.")}
    assert theirs == {name for name, _ in UCS.values()} | set(LOGARITHMS.values())
    assert len(theirs) == 22


def test_log_likelihood_to_more_digits_than_ucs_has() -> None:
    """G² of "Vella" with integers and 60 digits; UCS prints 0.00193857114270142."""
    found = association(pairs((1, 15334, 12, 191998)), ["log_likelihood"])
    assert found["log_likelihood"][0] == pytest.approx(0.0019385711538979447, rel=1e-11)


def test_log_ratio_and_its_conservative_end_are_those_of_evert() -> None:
    published = reference("log_ratio.tsv")
    found = association(published, ["log_ratio", "conservative_log_ratio"], tests=599)
    np.testing.assert_allclose(found["log_ratio"], published["lr"], rtol=1e-12)
    np.testing.assert_allclose(found["conservative_log_ratio"], published["lrc"], rtol=1e-11)


@pytest.mark.parametrize(
    ("column", "alpha", "kind"),
    [("lrc.normal", 0.05, "normal"), ("clr", 0.01, "normal"), ("lrc.positive", 0.10, "exact")],
)
def test_other_conservative_log_ratios_are_those_of_evert(column: str, alpha: float, kind: Interval) -> None:
    """``lrc.positive`` has a one-sided interval, which is half of a two-sided one at twice the level."""
    published = reference("log_ratio.tsv")
    f, f1, f2, n = (published[name].to_numpy(dtype=np.float64) for name in ("f", "f1", "f2", "N"))
    found = conservative_log_ratio(f, f2 - f, f1, n - f1, alpha=alpha, tests=599, kind=kind)
    np.testing.assert_allclose(found, published[column], rtol=1e-11)


def test_lambda_and_z_are_those_of_quanteda() -> None:
    """quanteda.textstats, textstat_collocations: "a b" in "a b c a b d e b d a b" has λ 3.412247 and z 1.936083."""
    found = association(pairs((3, 3, 4, 10)), ["log_odds", "log_odds_z"])  # of 10 bigrams, 3 begin with a, 4 end in b
    assert found["log_odds"][0] == pytest.approx(3.412247, abs=5e-7)
    assert found["log_odds_z"][0] == pytest.approx(1.936083, abs=5e-7)


# --- NLTK: where it is right, and where not ---


@given(SIGNATURES)
def test_nltk_agrees_where_it_is_right(o: tuple[int, int, int, int]) -> None:
    table = from_cells(o)
    f, f1, f2, n = table.to_numpy()[0].tolist()
    found = association(table).iloc[0].to_dict()
    marginals = f, (f1, f2), n
    assert isclose(found["dice"], BigramAssocMeasures.dice(*marginals), abs_tol=1e-12)
    assert isclose(found["jaccard"], BigramAssocMeasures.jaccard(*marginals), abs_tol=1e-12)
    if f:
        assert isclose(found["mi"], BigramAssocMeasures.pmi(*marginals), abs_tol=1e-9)
        assert isclose(found["t_score"], BigramAssocMeasures.student_t(*marginals), abs_tol=1e-9)
        assert isclose(2 ** found["mi3"], BigramAssocMeasures.mi_like(*marginals) * n, rel_tol=1e-9)
    if all(o):
        assert isclose(abs(found["log_likelihood"]), BigramAssocMeasures.likelihood_ratio(*marginals), abs_tol=1e-6)
        assert isclose(abs(found["chi_squared"]), BigramAssocMeasures.chi_sq(*marginals), abs_tol=1e-6)


def test_nltk_mixes_two_logarithms() -> None:
    """Stirling's formula has f (ln(f / E) - 1); NLTK takes log2 and still subtracts 1."""
    found = association(pairs((8, 20, 30, 1000)), ["poisson_stirling"])["poisson_stirling"][0]
    assert found == pytest.approx(8 * (log(8 / 0.6) - 1) / log(10))
    assert BigramAssocMeasures.poisson_stirling(8, (20, 30), 1000) == pytest.approx(8 * (np.log2(8 / 0.6) - 1))


# --- laws ---


@given(SIGNATURES)
def test_measures_have_the_sign_of_the_association(o: tuple[int, int, int, int]) -> None:
    table = from_cells(o)
    found = association(table).loc[0]
    surplus = table["f"][0] - table["f1"][0] * table["f2"][0] / table["N"][0]
    if abs(surplus) > 1e-9:
        for name in ("log_likelihood", "chi_squared", "z_score", "t_score", "mi"):
            assert np.sign(found[name]) in {np.sign(surplus), 0} or np.isinf(found[name])
    assert -1 <= found["npmi"] <= 1 or np.isnan(found["npmi"])
    assert found["fisher"] >= 0
    assert found["poisson"] >= 0
    for name in ("dice", "jaccard", "minimum_sensitivity", "geometric_mean"):
        assert 0 <= found[name] <= 1


@given(SIGNATURES)
def test_npmi_of_a_table_is_npmi_of_a_pair(o: tuple[int, int, int, int]) -> None:
    f, f1, f2, n = from_cells(o).to_numpy()[0].tolist()
    found = association(from_cells(o), ["npmi"])["npmi"][0]
    assert isclose(found, npmi(f, f1, f2, n), abs_tol=1e-9)


@given(SIGNATURES)
@example((127, 127, 195, 195))  # exactly as often as expected, which e11 as a float is not
def test_measures_of_independent_words_do_not_depend_on_which_comes_first(o: tuple[int, int, int, int]) -> None:
    a, b, c, d = o
    names = [name for name in MEASURES if "log_ratio" not in name and name != "relative_risk"]
    one, other = association(from_cells((a, b, c, d)), names), association(from_cells((a, c, b, d)), names)
    np.testing.assert_allclose(one[names], other[names], rtol=1e-9, atol=1e-9)


def test_one_pair_has_the_same_measures_among_others() -> None:
    many = reference("ucs.tsv")
    wanted = [name for name in MEASURES if name != "conservative_log_ratio"]
    one_by_one = pd.concat([association(many.iloc[[i]], wanted) for i in range(len(many))])
    pd.testing.assert_frame_equal(association(many, wanted), one_by_one, rtol=1e-14)


def test_p_values_far_below_the_smallest_float() -> None:
    """With integers: a pair of 400 that are always together in 10 million words has p = 1 / C(10⁷, 400)."""
    found = association(pairs((400, 400, 400, 10_000_000)), ["fisher", "poisson"])
    exact = sum(np.log10(10_000_000 - i) - np.log10(400 - i) for i in range(400))
    assert found["fisher"][0] == pytest.approx(exact, rel=1e-12)
    # Poisson with mean 0.016: e^-0.016 0.016^400 / 400! (1 + 0.016 / 401 + …)
    log_p = -0.016 + 400 * log(0.016) - sum(log(i) for i in range(1, 401)) + log(1 + 0.016 / 401)
    assert found["poisson"][0] == pytest.approx(-log_p / log(10), rel=1e-9)


# --- edges ---


def test_a_pair_that_never_occurs_together() -> None:
    found = association(pairs((0, 4, 5, 100))).loc[0]
    for name in ("mi", "mi2", "mi3", "log_dice", "poisson_stirling", "t_score"):
        assert found[name] == -inf
    assert found["npmi"] == -1
    assert found["fisher"] == found["poisson"] == found["local_mi"] == found["dice"] == 0
    assert found["log_likelihood"] < 0
    assert found["log_ratio"] == pytest.approx(np.log2((0.5 / 4) / (5 / 96)))  # 0.5 for 0, after Hardie


def test_words_that_are_everywhere_tell_nothing() -> None:
    found = association(pairs((1, 1, 1, 1), (5, 5, 5, 5))).loc[1]
    assert found["log_likelihood"] == found["chi_squared"] == found["mi"] == found["fisher"] == 0
    assert found["npmi"] == 1
    assert np.isnan(found["relative_risk"])


def test_a_table_without_pairs_has_every_column() -> None:
    found = association(pairs().astype(float))
    assert found.empty
    assert list(found.columns) == ["f", "f1", "f2", "N", *MEASURES]


def test_other_columns_and_the_index_are_kept() -> None:
    table = pairs((1, 2, 2, 10), (2, 2, 3, 10)).assign(pair=["a b", "c d"]).set_index(pd.Index([7, 3]))
    found = association(table, ["dice"])
    assert found.index.tolist() == [7, 3]
    assert found.columns.tolist() == ["f", "f1", "f2", "N", "pair", "dice"]


@pytest.mark.parametrize(
    "bad", [(3, 2, 5, 10), (-1, 2, 5, 10), (0, 0, 5, 10), (1, 6, 6, 10), (1, 2, 5, inf), (np.nan, 2, 5, 10)]
)
def test_counts_that_cannot_be_are_named(bad: tuple[float, float, float, float]) -> None:
    with pytest.raises(ValueError, match=r"^Row 2 of the table of pairs cannot be: f = .*\.$"):
        association(pairs((1, 2, 5, 10), bad))


def test_unknown_measures_and_missing_columns_are_named() -> None:
    with pytest.raises(ValueError, match="no association measure magic; there are log_likelihood"):
        association(pairs((1, 2, 5, 10)), ["magic"])
    with pytest.raises(ValueError, match="no column f1, N; it needs"):
        association(pairs((1, 2, 5, 10))[["f", "f2"]])


# --- log ratio ---


def counts(*values: float) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    return np.array(values, dtype=np.float64)


def test_log_ratio_is_that_of_hardie() -> None:
    """Hardie (2014): the same frequency 0, twice 1, four times 2, half -1; 0.5 for a count of 0."""
    found = log_ratio(counts(10, 20, 40, 5, 8, 0), counts(10, 10, 10, 10, 0, 8), 1000, 1000)
    assert found.tolist() == [0, 1, 2, -1, 4, -4]
    assert log_ratio(counts(10), counts(10), 1000, 2000).tolist() == [1]


@given(st.integers(0, 500), st.integers(0, 500), st.integers(1, 50))
def test_the_interval_of_the_log_ratio_includes_it(here: int, there: int, times: int) -> None:
    if here + there == 0:
        return
    kinds: list[Interval] = ["exact", "normal"]
    for kind in kinds:
        sides = counts(here), counts(there), 1000.0, 1000.0 * times
        low, high = log_ratio_interval(*sides, kind=kind)
        value = log_ratio(*sides)
        assert low[0] <= value[0] + 1e-9
        assert value[0] <= high[0] + 1e-9
        least = conservative_log_ratio(*sides, kind=kind)[0]
        assert abs(least) <= abs(value[0]) + 1e-9
        assert (least == 0) == (low[0] <= 0 <= high[0])


def test_the_exact_interval_is_that_of_a_binomial_test() -> None:
    """Clopper and Pearson (1934): 0 of 10 has a share of up to 1 - 0.025^(1/10), so the ratio is up to that odds."""
    low, high = log_ratio_interval(counts(0), counts(10), 1000, 1000)
    share = 1 - 0.025 ** (1 / 10)
    assert low[0] == -inf
    assert high[0] == pytest.approx(np.log2(share / (1 - share)))
