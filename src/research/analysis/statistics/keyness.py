"""Keyness: which words are more, or less, frequent in a target than in a reference.

``keyness`` scores counts. ``keyness_of_documents`` counts the documents of both sides first, adds how many documents
have a word and how evenly it is spread, and computes intervals over documents (``sides``).

=========================== ==========================================================================================
column                      meaning
=========================== ==========================================================================================
target_rate, reference_rate occurrences per 1,000 words
log_likelihood              G² of the 2×2 table (Dunning 1993), negative where the word is rarer in the target
chi_squared                 Pearson's chi-squared, signed alike, with Yates' correction only where an expected count is
                            below 5: the same as quanteda's ``textstat_keyness``
log_ratio                   log2 of the ratio of the two rates, 0.5 for a count of 0 (Hardie 2014)
log_ratio_low, …_high       its exact 95% CI if words were independent of each other (conditional Poisson)
conservative_log_ratio      the end nearest 0 of that interval, corrected for the number of tests; 0 if it includes 0
                            (Evert 2022, "Measuring keyness"; ``keyness(measure="LRC")`` in the R package corpora)
log_odds_z                  z of the log odds ratio with an informative Dirichlet prior ("Fightin' Words", Monroe,
                            Colaresi and Quinn 2008, *Political Analysis* 16, equations 16 and 22)
difference                  by how many percent the rate of the target exceeds that of the reference (%DIFF,
                            Gabrielatos and Marchi 2011); infinite where the reference does not have the word
odds_ratio                  the odds of the word in the target over those in the reference
p                           of G², chi-squared distributed with one degree of freedom
p_holm, p_fdr               corrected for all tests: Holm (1979); Benjamini and Hochberg (1995)
=========================== ==========================================================================================

G² has four cells, as in quanteda and in corpora. Rayson and Garside (2000) add up two, the occurrences of the word and
not the other words; the difference is below 1% for a word that makes up less than 1% of both sides.
``two_cell_log_likelihood`` gives theirs. quanteda also shifts its G² by Yates' correction where an expected count is
below 5, which Dunning does not, and adds 1e-9 within each logarithm; ours does neither.

All p values here take words as drawn one by one. They are not: a document that has a word is likely to have it again.
They rank; they do not prove. The intervals over documents are what a finding should rest on.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from research.analysis.statistics.dispersion import dispersion
from research.analysis.statistics.log_ratio import conservative_log_ratio, log_ratio, log_ratio_interval
from research.analysis.statistics.sides import Side, log_ratio_intervals
from research.analysis.statistics.tails import surplus
from research.analysis.statistics.uncertainty import rounded
from research.analysis.wording import plural, quoted
from research.errors import ResearchError

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]

PRIOR_WORDS = 1_000.0
"""How many words the prior of the log odds counts for: enough to calm words that occur once or twice."""
_PER = 1_000
_FEWEST_EXPECTED = 5


def keyness(
    table: pd.DataFrame,
    n_target: int,
    n_reference: int,
    *,
    tests: int | None = None,
    prior_words: float = PRIOR_WORDS,
) -> pd.DataFrame:
    """Return the table with the keyness of each of its words; see the columns at the head of this module.

    ``table`` has one row a word, with the columns ``target`` and ``reference``: how often the word occurs on each side.
    ``n_target`` and ``n_reference`` are the words in all. ``tests`` is the number of words that were compared if the
    table has only some of them, by default its rows; all corrections use it. Where a word occurs on neither side, the
    measures of its ratio are missing. Raises ResearchError where a side has no words and ValueError for counts that
    cannot be.
    """
    from scipy import special

    target, reference = _counts(table, n_target, n_reference)
    tests = max(tests or 0, len(table))
    sides = target, reference, float(n_target), float(n_reference)
    occurs = target + reference > 0
    g2 = log_likelihood(*sides)
    p = special.chdtrc(1, np.abs(g2))
    low, high = log_ratio_interval(*sides)
    with np.errstate(divide="ignore", invalid="ignore"):
        rates = target / n_target, reference / n_reference
        columns = {
            "target_rate": _PER * rates[0],
            "reference_rate": _PER * rates[1],
            "log_likelihood": g2,
            "chi_squared": chi_squared(*sides),
            "log_ratio": np.where(occurs, log_ratio(*sides), np.nan),
            "log_ratio_low": np.where(occurs, low, np.nan),
            "log_ratio_high": np.where(occurs, high, np.nan),
            "conservative_log_ratio": np.where(
                occurs, conservative_log_ratio(*sides, tests=max(1, tests)) if len(table) else target, np.nan
            ),
            "log_odds_z": log_odds_z(*sides, prior_words=prior_words),
            "difference": 100 * (rates[0] / rates[1] - 1),
            "odds_ratio": (target * (n_reference - reference)) / (reference * (n_target - target)),
            "p": p,
            "p_holm": holm(p, tests),
            "p_fdr": benjamini_hochberg(p, tests),
        }
    return table.assign(**columns)


def keyness_of_documents(target: Side, reference: Side, terms: Sequence[str], *, fewest: int = 1) -> pd.DataFrame:
    """Return the keyness of words from the counts of documents, with intervals over documents.

    The columns of ``counts`` on both sides are ``terms``. The table has one row for each term that occurs ``fewest``
    times or more on both sides together, in the order of ``terms``: ``term``; ``target`` and ``reference`` (counts);
    ``target_documents`` and ``reference_documents`` (documents that have it), and ``target_of`` and ``reference_of``
    (documents of the side; those without words do not count); ``target_dp`` and ``reference_dp``
    (Gries' DP over the documents of the side, 0 if spread evenly, towards 1 if in few; missing if it does not occur);
    the columns of ``keyness``; ``low`` and ``high``, the 95% CI of the log ratio over documents
    (``log_ratio_intervals``), missing where a side has fewer than 10 documents. ``tests`` is the number of rows. The
    columns of documents and DP are missing for a frequency list.

    Raises ResearchError where a side has no words, where both sides share documents, and where their words differ.
    """
    import pandas as pd

    target, reference = target.with_words(), reference.with_words()
    _compare_different_documents(target, reference)
    if not len(terms) == target.counts.shape[1] == reference.counts.shape[1]:
        raise ValueError("The counts of both sides need one column for each term.")
    kept = np.flatnonzero(target.totals + reference.totals >= max(1, fewest)).tolist()
    sides = [side._replace(counts=side.counts.tocsc()[:, kept].tocsr()) for side in (target, reference)]
    table = pd.DataFrame({"term": pd.Series([terms[i] for i in kept], dtype="str")})
    for name, side in zip(("target", "reference"), sides, strict=True):
        table[name] = side.totals.astype(np.int64)
    for name, side in zip(("target", "reference"), sides, strict=True):
        table[f"{name}_documents"] = pd.array(side.having, dtype="Int64") if side.documents else pd.NA
        table[f"{name}_of"] = pd.array([len(side.documents)] * len(table), "Int64") if side.documents else pd.NA
        table[f"{name}_dp"] = dispersion(side.counts, side.words)["dp"] if side.documents else np.nan
    table = keyness(table, target.size, reference.size)
    low, high = log_ratio_intervals(*sides)
    return table.assign(low=low, high=high, tests=len(table))


def _compare_different_documents(target: Side, reference: Side) -> None:
    for side, which in ((target, "target"), (reference, "reference")):
        if not side.size:
            raise ResearchError(
                f"The {which}, {quoted(side.name)}, has no words, so there is nothing to compare. "
                f"Choose another {which}."
            )
    shared = sorted(set(target.documents) & set(reference.documents))
    if shared:
        raise ResearchError(
            f"{plural(len(shared), 'document')}, {quoted(shared[0])} first, would be compared with "
            f"{'itself' if len(shared) == 1 else 'themselves'}: in the target, {quoted(target.name)}, and in the "
            f"reference, {quoted(reference.name)}. Choose sides that share no document."
        )


def log_likelihood(target: Floats, reference: Floats, n_target: float | Floats, n_reference: float | Floats) -> Floats:
    """Return G² over the four cells, negative where the word is rarer in the target; each row may have its own sizes.

    Dunning (1993), "Accurate methods for the statistics of surprise and coincidence", Computational Linguistics 19.
    """
    difference, expected, sign = _expected(target, reference, n_target, n_reference)
    observed = target, reference, n_target - target, n_reference - reference
    signs = 1, -1, -1, 1
    total = sum(
        (surplus(*cell) for cell in zip(observed, expected, (difference * way for way in signs), strict=True)),
        np.zeros_like(target),
    )
    return sign * 2 * total + 0.0


def two_cell_log_likelihood(target: Floats, reference: Floats, n_target: float, n_reference: float) -> Floats:
    """Return G² over the two cells of the word, negative where it is rarer in the target.

    Rayson and Garside (2000), "Comparing corpora using frequency profiling": 2 (a ln(a / E1) + b ln(b / E2)).
    """
    difference, expected, sign = _expected(target, reference, n_target, n_reference)
    return sign * 2 * (surplus(target, expected[0], difference) + surplus(reference, expected[1], -difference))


def chi_squared(target: Floats, reference: Floats, n_target: float, n_reference: float) -> Floats:
    """Return Pearson's chi-squared, negative where the word is rarer in the target.

    Yates' correction applies only where one of the four expected counts is below 5 and the counts differ from these by
    0.5 or more, as in quanteda's ``textstat_keyness``. 0 where a word occurs on neither side.
    """
    difference, expected, sign = _expected(target, reference, n_target, n_reference)
    few = np.min(expected, axis=0) < _FEWEST_EXPECTED
    size = np.abs(difference) - np.where(few & (np.abs(difference) >= 0.5), 0.5, 0.0)
    scale = expected[0] * expected[3]
    n = n_target + n_reference
    return sign * np.where(scale > 0, size**2 * n / np.where(scale > 0, scale, 1.0), 0.0) + 0.0


def log_odds_z(
    target: Floats, reference: Floats, n_target: float, n_reference: float, *, prior_words: float = PRIOR_WORDS
) -> Floats:
    """Return the z score of the log odds ratio under an informative Dirichlet prior.

    Monroe, Colaresi and Quinn (2008), "Fightin' words", Political Analysis 16: every word is expected in the share that
    it has on both sides together, as if ``prior_words`` further words had been seen on each. Missing where a word
    occurs on neither side.
    """
    prior = prior_words * (target + reference) / (n_target + n_reference)
    with np.errstate(divide="ignore", invalid="ignore"):
        one, other = target + prior, reference + prior
        odds = np.log(one / (n_target + prior_words - one)) - np.log(other / (n_reference + prior_words - other))
        return np.where(prior > 0, odds / np.sqrt(1 / one + 1 / other), np.nan)


def holm(p: Floats, tests: int | None = None) -> Floats:
    """Return p values that hold for all tests at once.

    Holm (1979), "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6.
    ``tests`` counts the tests if ``p`` has only the smallest of their p values.

    >>> holm(np.array([0.01, 0.04, 0.03])).tolist()
    [0.03, 0.06, 0.06]
    """
    tests = len(p) if tests is None else tests
    order = np.argsort(p, kind="stable")
    stepped = np.maximum.accumulate(p[order] * (tests - np.arange(len(p)))) if len(p) else p
    result = np.empty_like(p)
    result[order] = np.minimum(stepped, 1.0)
    return result


def adjusted_by_holm(p_values: Sequence[float]) -> list[float]:
    """Return the same for numbers to show, rounded.

    >>> adjusted_by_holm([0.01, 0.04, 0.03])
    [0.03, 0.06, 0.06]
    """
    return [rounded(it) for it in holm(np.array(p_values, dtype=np.float64)).tolist()]


def benjamini_hochberg(p: Floats, tests: int | None = None) -> Floats:
    """Return p values adjusted so that those below a limit have at most that share of false ones among them.

    Benjamini and Hochberg (1995), "Controlling the false discovery rate", Journal of the Royal Statistical Society B
    57. ``tests`` counts the tests if ``p`` has only the smallest of their p values.

    >>> benjamini_hochberg(np.array([0.01, 0.04, 0.03])).tolist()
    [0.03, 0.04, 0.04]
    """
    tests = len(p) if tests is None else tests
    order = np.argsort(p, kind="stable")
    scaled = p[order] * tests / np.arange(1, len(p) + 1)
    result = np.empty_like(p)
    result[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0) if len(p) else scaled
    return result


def _counts(table: pd.DataFrame, n_target: int, n_reference: int) -> tuple[Floats, Floats]:
    for side, n in (("target", n_target), ("reference", n_reference)):
        if side not in table.columns:
            raise ValueError(f"The table of words has no column {side}; it needs target and reference.")
        if n <= 0:
            raise ResearchError(f"The {side} has no words, so there is nothing to compare. Choose another {side}.")
    target, reference = (table[side].to_numpy(dtype=np.float64) for side in ("target", "reference"))
    possible = (target >= 0) & (target <= n_target) & (reference >= 0) & (reference <= n_reference)
    if not possible.all():
        row = int(np.argmin(possible))
        raise ValueError(
            f"Row {row + 1} of the table of words cannot be: {target[row]:g} of {n_target} words in the target and "
            f"{reference[row]:g} of {n_reference} in the reference. Counts run from 0 to the words of the side."
        )
    return target, reference


def _expected(
    target: Floats, reference: Floats, n_target: float | Floats, n_reference: float | Floats
) -> tuple[Floats, tuple[Floats, Floats, Floats, Floats], Floats]:
    """Return O - E of the first cell, the four expected cells and the sign: 1 where the target has more."""
    share = (target + reference) / (n_target + n_reference)
    expected = n_target * share, n_reference * share, n_target * (1 - share), n_reference * (1 - share)
    difference = target - expected[0]
    return difference, expected, np.where(difference > 0, 1.0, -1.0)
