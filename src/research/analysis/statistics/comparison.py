"""Comparison: a ratio in each group of a corpus beside the same ratio in all other groups, over documents.

What is counted in one document depends on the document, so documents are the unit of chance. Where documents have a
part in several groups, such as those of speakers, all groups are resampled together: a document that is drawn twice
counts twice in every group that has a part of it.

How often the intervals hold is in benchmarks/interval_coverage.py, how often the tests find what is not there in
benchmarks/changes.py.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any, NamedTuple

from research.analysis.statistics.keyness import holm
from research.analysis.statistics.orders import chance_of_differences
from research.analysis.statistics.ratios import FEWEST_EXPECTED, FEWEST_ON_EACH_SIDE, estimate, of_difference
from research.analysis.statistics.uncertainty import FEWEST_DOCUMENTS, RESAMPLES, rounded

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray
    from scipy.sparse import csc_array, csr_array

COMPARED = (
    *("group", "item", "value", "low", "high", "others", "others_low", "others_high"),
    *("difference", "difference_low", "difference_high", "p", "p_holm"),
    *("counted", "base", "others_counted", "others_base", "n_documents", "others_documents"),
)
"""The columns of ``compared``."""
_AT_ONCE = 4_000_000
"""The most weights of documents that are held at once while resampling."""
_LEAST_KNOWN = 0.95
"""The least share of resamples in which both ratios are known: some have no document of a small group."""


def compared(
    counts: pd.DataFrame, *, rates: Collection[str] = (), untested: Collection[str] = (), complete: bool = False
) -> pd.DataFrame:
    """Return each group's ratio for each item, that of all other groups, and the difference: a row a group and item.

    ``counts`` has a row a group, item and document: ``group, item, doc_id``, what is ``counted`` and of what ``base``
    (documents, words, statements); the ratio is their sums' quotient. What is counted is part of the base, except for
    the items named as ``rates``, such as occurrences per word. The order of groups and items is kept. Groups that are
    ``untested`` only serve to be compared with: they have no ``p``, and count as no difference.

    Columns: ``COMPARED``. The 95% intervals are those of ``ratios.estimate`` and ``ratios.of_difference``; where
    documents have a part in both sides, their correlation is that of 2,000 resamples of the documents. They are missing
    where a side has fewer than ten documents with a base or too few with what is counted, and for a full population.
    ``n_documents`` are the documents in which the group has a base.

    ``p`` is two-sided. Where every document has a part in one side only, it compares the difference by its standard
    error with 1,999 random orders of the documents (``orders.chance_of_differences``): the test of a date in 06_time,
    with the same p-value for the same documents. Where documents have a part in both sides they cannot change places,
    and the difference by its standard error follows Student's t, with the degrees of freedom of Welch (1947, "The
    generalization of Student's problem", Biometrika 34) for as many documents as the sides are worth; the error is the
    resampled one, widened for few documents, and at least that of independent events, since a group in which nothing
    was found never varies. Nothing is tested where the group, or all others, would have fewer than five at the common
    ratio (``ratios.FEWEST_EXPECTED``). Of two groups the first is tested: the second has the same difference.
    ``p_holm`` holds over all differences of the table (Holm 1979, "A simple sequentially rejective multiple test
    procedure", Scandinavian Journal of Statistics 6).
    """
    import numpy as np

    sums = _Sums.of(counts)
    here, there = _ratio(sums.counted, sums.base), _ratio(sums.others_counted, sums.others_base)
    table = sums.keys.assign(value=here, others=there, difference=here - there)
    enough = (sums.n_documents >= FEWEST_DOCUMENTS) & (not complete)
    compared_with = enough & (sums.others_documents >= FEWEST_DOCUMENTS) & ~_second_of_two(sums.keys)
    is_rate = sums.keys["item"].isin(list(rates)).to_numpy()
    for name, its in _intervals(sums, enough, compared_with, is_rate).items():
        table[name] = its
    table.loc[table["group"].isin(list(untested)), "p"] = np.nan
    known = table["p"].notna()
    table["p_holm"] = np.nan
    table.loc[known, "p_holm"] = holm(table.loc[known, "p"].to_numpy())
    numbers = ("counted", "base", "others_counted", "others_base", "n_documents", "others_documents")
    table = table.assign(**{name: getattr(sums, name) for name in numbers}).astype(dict.fromkeys(numbers, "int64"))
    for name in (it for it in COMPARED if it not in ("group", "item", *numbers)):
        table[name] = table[name].map(rounded)
    return table[list(COMPARED)]


def difference_of_ratios(counted: int, base: int, others_counted: int, others_base: int, per: int = 1) -> float:
    """Return a group's ratio less that of all others, per so many of the base. Raises ZeroDivisionError without a base.

    >>> difference_of_ratios(30, 100, 10, 100, per=100)
    20.0
    """
    return per * counted / base - per * others_counted / others_base


class _Sums(NamedTuple):
    """What is counted, and its base, in each group and item (an entry a pair) and in all other groups."""

    keys: pd.DataFrame
    counted: NDArray[np.float64]
    base: NDArray[np.float64]
    others_counted: NDArray[np.float64]
    others_base: NDArray[np.float64]
    n_documents: NDArray[np.int64]
    others_documents: NDArray[np.int64]
    documents: NDArray[np.int64]
    """The documents in which any group has a base."""
    worth: NDArray[np.float64]
    """How many documents of one size would tell as much as those with a base (``effective_number``)."""
    others_worth: NDArray[np.float64]
    by_document: csc_array
    """A row a document, a column for what is counted in each pair, then one for the base of each."""
    by_item: csc_array
    """The same with all groups of an item together: a column for each item, then one for the base of each."""
    of_item: csr_array
    """A row a pair, a column an item: 1 for the item of the pair."""

    @classmethod
    def of(cls, counts: pd.DataFrame) -> _Sums:
        import numpy as np
        import pandas as pd
        from scipy.sparse import csc_array, csr_array, hstack

        keys = counts[["group", "item"]].drop_duplicates(ignore_index=True)
        pair = counts[["group", "item"]].merge(keys.reset_index(), how="left", on=["group", "item"])["index"].to_numpy()
        document, documents = pd.factorize(counts["doc_id"])
        item, items = pd.factorize(keys["item"])
        n = len(keys)
        values = np.concatenate([counts["counted"].to_numpy(float), counts["base"].to_numpy(float)])
        place = (np.concatenate([document, document]), np.concatenate([pair, pair + n]))
        by_document = csc_array((values, place), shape=(len(documents), 2 * n))
        of_item = csr_array((np.ones(n), (np.arange(n), item)), shape=(n, len(items)))
        totals = np.asarray(by_document.sum(axis=0), dtype=np.float64)
        others = _elsewhere(totals[None, :n], of_item)[0], _elsewhere(totals[None, n:], of_item)[0]
        bases = by_document[:, n:]
        of_all = bases @ of_item
        by_item = csc_array(hstack([by_document[:, :n] @ of_item, of_all]))
        squares = np.asarray(bases.power(2).sum(axis=0), dtype=np.float64)
        # Of T - b, what all groups have of a document but one, the square is T² - 2Tb + b².
        crossed = bases.multiply(of_all[:, item]).sum(axis=0)
        others_squares = of_all.power(2).sum(axis=0)[item] - 2 * crossed + squares
        worth = _effective(totals[n:], squares), _effective(others[1], others_squares)
        with_base = _marks(bases, lambda base: base > 0)
        groups_with_base = with_base @ of_item
        anywhere = _marks(groups_with_base, lambda groups: groups > 0).sum(axis=0)[item]
        only_here = with_base.multiply(_marks(groups_with_base, lambda groups: groups == 1)[:, item]).sum(axis=0)
        having = with_base.sum(axis=0)
        others_having = (anywhere - only_here).astype(np.int64)
        documents_of = having.astype(np.int64), others_having, anywhere.astype(np.int64)
        return cls(keys, totals[:n], totals[n:], *others, *documents_of, *worth, by_document, by_item, of_item)

    def sides(self, at: int) -> tuple[_Side, _Side]:
        """Return what is counted and its base in each document, of a pair and of all other groups of its item."""
        n, whole = len(self.keys), self.whole(int(self.items()[at]))
        own = _Side(*(self.by_document[:, [its]].toarray()[:, 0] for its in (at, n + at)))
        return own, _Side(whole.counted - own.counted, whole.base - own.base)

    def whole(self, item: int) -> _Side:
        """Return what is counted of an item and its base in each document, in all groups together."""
        items = self.of_item.shape[1]
        return _Side(*(self.by_item[:, [its]].toarray()[:, 0] for its in (item, items + item)))

    def items(self) -> NDArray[np.int64]:
        """Return the number of the item of each pair."""
        found: NDArray[np.int64] = self.of_item.indices.astype("int64")
        return found

    def shared(self) -> NDArray[np.bool_]:
        """Return of which pairs a document has a part in the group and in another one."""
        every: NDArray[np.bool_] = self.n_documents + self.others_documents > self.documents
        return every


class _Side(NamedTuple):
    """What is counted in each document, and its base."""

    counted: NDArray[np.float64]
    base: NDArray[np.float64]


def _effective(size: NDArray[np.float64], squares: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return ``effective_number`` from the sum of the sizes of documents and the sum of their squares."""
    import numpy as np

    found = np.divide(size**2, squares, out=np.full_like(squares, 2.0), where=squares > 0)
    return np.maximum(2.0, found)


def _marks(matrix: csc_array, chosen: Callable[[NDArray[np.float64]], NDArray[np.bool_]]) -> Any:
    """Return a matrix with 1 where an entry is chosen, and 0 elsewhere."""
    marked: Any = matrix.copy()
    marked.data = chosen(marked.data).astype(float)
    return marked


def _elsewhere(values: NDArray[np.float64], of_item: csr_array) -> NDArray[np.float64]:
    """Return for each pair the sum over all other groups of its item, row by row."""
    elsewhere: NDArray[np.float64] = (values @ of_item) @ of_item.T - values
    return elsewhere


def _second_of_two(keys: pd.DataFrame) -> NDArray[np.bool_]:
    """Return which pairs are the second group of an item with two."""
    groups = keys.groupby("item")["group"]
    second: NDArray[np.bool_] = ((groups.transform("size") == 2) & (groups.cumcount() == 1)).to_numpy()
    return second


def _ratio(counted: NDArray[np.float64], base: NDArray[np.float64]) -> NDArray[np.float64]:
    import numpy as np

    return np.divide(counted, base, out=np.full_like(counted, np.nan), where=base > 0)


def _intervals(
    sums: _Sums, enough: NDArray[np.bool_], compared_with: NDArray[np.bool_], is_rate: NDArray[np.bool_]
) -> dict[str, NDArray[np.float64]]:
    """Return the ends of the intervals and ``p``, missing where nothing can be said."""
    import numpy as np

    names = ("low", "high", "others_low", "others_high", "difference_low", "difference_high", "p")
    found = {name: np.full(len(sums.keys), np.nan) for name in names}
    if not enough.any():
        return found
    shared = sums.shared()
    resampled = _resampled(sums) if (enough & shared).any() else None
    for at in np.flatnonzero(enough).tolist():
        one, other = (estimate(its.counted, its.base, share=not is_rate[at]) for its in sums.sides(at))
        if one is not None:
            found["low"][at], found["high"][at] = one.ends()
        if other is not None:
            found["others_low"][at], found["others_high"][at] = other.ends()
        if one is not None and other is not None and min(one.having, other.having) >= FEWEST_ON_EACH_SIDE:
            alike = _correlation(*(its[:, at] for its in resampled)) if resampled and shared[at] else 0.0
            found["difference_low"][at], found["difference_high"][at] = of_difference(one, other, alike)
    tested = compared_with & _expected(sums)
    _test_apart(sums, tested & ~shared, is_rate, found["p"])
    if resampled is not None:
        _test_shared(sums, tested & shared, *resampled, found["p"])
    return found


def _test_apart(sums: _Sums, tested: NDArray[np.bool_], is_rate: NDArray[np.bool_], p: NDArray[np.float64]) -> None:
    """Fill in ``p`` where no document has a part in both sides: random orders of the documents."""
    import numpy as np

    items = sums.items()
    for item in np.unique(items[tested]).tolist():
        pairs = np.flatnonzero(tested & (items == item)).tolist()
        whole = sums.whole(item)
        counts = whole.base > 0
        sides = [sums.sides(at)[0].base[counts] > 0 for at in pairs]
        share = not is_rate[pairs[0]]
        p[pairs] = chance_of_differences(whole.counted[counts], whole.base[counts], sides, share=share)


def _test_shared(
    sums: _Sums,
    tested: NDArray[np.bool_],
    here: NDArray[np.float64],
    there: NDArray[np.float64],
    p: NDArray[np.float64],
) -> None:
    """Fill in ``p`` where documents have a part in both sides: Student's t by the error over resamples."""
    import numpy as np
    from scipy.special import stdtr

    freedom, inflation = _freedom(sums, here, there)
    apart = np.ma.masked_invalid(here - there)  # a resample without a document of the group has no ratio
    tested = tested & (apart.count(axis=0) >= _LEAST_KNOWN * len(apart))
    if tested.any():
        seen = _ratio(sums.counted, sums.base) - _ratio(sums.others_counted, sums.others_base)
        error = apart[:, tested].std(axis=0, ddof=1).filled(np.nan) * inflation[tested]
        error = np.maximum(error, _least_error(sums)[tested])
        p[tested] = 2 * stdtr(freedom[tested], -np.abs(seen[tested]) / error)


def _freedom(
    sums: _Sums, here: NDArray[np.float64], there: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the degrees of freedom of each difference (Welch 1947), and by how much resampling understates its error.

    The variance of n resampled documents is (n - 1) / n of what it should be.
    """
    import numpy as np

    freedom = sums.worth - 1, sums.others_worth - 1
    resampled = [np.ma.masked_invalid(its).var(axis=0, ddof=1).filled(np.nan) for its in (here, there)]
    one, other = (its * (n + 1) / n for its, n in zip(resampled, freedom, strict=True))
    varies = one + other > 0
    welch = np.divide(
        (one + other) ** 2,
        one**2 / freedom[0] + other**2 / freedom[1],
        out=np.minimum(*freedom),
        where=varies,
    )
    ratio = np.divide(one + other, resampled[0] + resampled[1], out=np.ones_like(one), where=varies)
    return welch, np.sqrt(ratio)


def _correlation(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """Return the correlation of two ratios over the resamples in which both are known and vary."""
    import numpy as np

    known = np.isfinite(one) & np.isfinite(other)
    if np.ptp(one[known]) == 0 or np.ptp(other[known]) == 0:
        return 0.0
    return float(np.corrcoef(one[known], other[known])[0, 1])


def _common(sums: _Sums) -> NDArray[np.float64]:
    return _ratio(sums.counted + sums.others_counted, sums.base + sums.others_base)


def _expected(sums: _Sums) -> NDArray[np.bool_]:
    """Return whether both sides would have five at the common ratio, and five without where it is a share."""
    import numpy as np

    common, smaller = _common(sums), np.minimum(sums.base, sums.others_base)
    enough: NDArray[np.bool_] = (smaller * common >= FEWEST_EXPECTED) & (smaller * (1 - common) >= FEWEST_EXPECTED)
    return enough


def _least_error(sums: _Sums) -> NDArray[np.float64]:
    """Return the standard error of the difference if all events were independent, at the common ratio."""
    import numpy as np

    common = _common(sums)
    with np.errstate(divide="ignore"):
        error: NDArray[np.float64] = np.sqrt(common * (1 - common) * (1 / sums.base + 1 / sums.others_base))
    return error


def _resampled(sums: _Sums) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the ratio of each pair, and that of all other groups, in each resample of the documents."""
    import numpy as np

    many, n = sums.by_document.shape[0], len(sums.keys)
    rng = np.random.default_rng(0)
    here, there = np.empty((RESAMPLES, n)), np.empty((RESAMPLES, n))
    step = max(1, _AT_ONCE // many)
    for first in range(0, RESAMPLES, step):
        rows = min(step, RESAMPLES - first)
        weights = np.stack([np.bincount(rng.integers(0, many, many), minlength=many) for _ in range(rows)])
        totals = weights.astype(float) @ sums.by_document
        counted, base = totals[:, :n], totals[:, n:]
        here[first : first + rows] = _ratio(counted, base)
        there[first : first + rows] = _ratio(_elsewhere(counted, sums.of_item), _elsewhere(base, sums.of_item))
    return here, there
