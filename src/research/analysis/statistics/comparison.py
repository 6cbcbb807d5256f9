"""Comparison: a ratio in each group of a corpus beside the same ratio in all other groups, documents resampled.

What is counted in one document depends on the document, so all groups are resampled together: a document that is drawn
twice counts twice in every group that has a part of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from research.analysis.statistics.uncertainty import FEWEST_DOCUMENTS, LEVEL, RESAMPLES, rounded

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

COMPARED = (
    *("group", "item", "value", "low", "high", "others", "others_low", "others_high"),
    *("difference", "difference_low", "difference_high", "p", "p_holm"),
    *("counted", "base", "others_counted", "others_base", "n_documents", "others_documents"),
)
"""The columns of ``compared``."""
_AT_ONCE = 4_000_000
"""The most weights of documents that are held at once while resampling."""


def compared(counts: pd.DataFrame, *, complete: bool = False) -> pd.DataFrame:
    """Return each group's ratio for each item, that of all other groups, and the difference: a row a group and item.

    ``counts`` has a row a group, item and document: ``group, item, doc_id``, what is ``counted`` and of what ``base``
    (documents, words, statements); the ratio is their sums' quotient. The order of groups and items is kept.

    Columns: ``COMPARED``. The intervals are 95% percentile intervals of 2,000 resamples of the documents (Efron 1979;
    of a ratio of sums as Cochran 1977, *Sampling techniques*, chapter 6), ``p`` is two-sided and takes the difference
    by its resampled standard error for normal, and ``p_holm`` holds over all differences of the table (Holm 1979, "A
    simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6). They are missing
    where a side has fewer than ten documents with a base, for a full population, and where no resample differs.
    ``n_documents`` are the documents in which the group has a base.
    """
    import pandas as pd

    sums = _Sums.of(counts)
    here, there = _ratio(sums.counted, sums.base), _ratio(sums.others_counted, sums.others_base)
    table = sums.keys.assign(value=here, others=there, difference=here - there)
    enough = (sums.n_documents >= FEWEST_DOCUMENTS) & (not complete)
    compared_with = enough & (sums.others_documents >= FEWEST_DOCUMENTS)
    for name, its in _intervals(sums, enough, compared_with).items():
        table[name] = its
    table["p_holm"] = holm(table["p"])
    numbers = ("counted", "base", "others_counted", "others_base", "n_documents", "others_documents")
    table = table.assign(**{name: getattr(sums, name) for name in numbers}).astype(dict.fromkeys(numbers, "int64"))
    for name in (it for it in COMPARED if it not in ("group", "item", *numbers)):
        table[name] = table[name].map(rounded)
    return table[list(COMPARED)]


def holm(p: pd.Series[float]) -> pd.Series[float]:
    """Return p-values that hold over all of them (Holm 1979); missing ones are no tests and stay missing.

    >>> import pandas as pd
    >>> holm(pd.Series([0.01, 0.04, None, 0.03])).tolist()
    [0.03, 0.06, nan, 0.06]
    """
    known = p.dropna().sort_values(kind="stable")
    steps = known * range(len(known), 0, -1)
    return steps.cummax().clip(upper=1.0).reindex(p.index)


class _Sums(NamedTuple):
    """What is counted, and its base, in each group and item (an entry a pair) and in all other groups."""

    keys: pd.DataFrame
    counted: NDArray[np.float64]
    base: NDArray[np.float64]
    others_counted: NDArray[np.float64]
    others_base: NDArray[np.float64]
    n_documents: NDArray[np.int64]
    others_documents: NDArray[np.int64]
    by_document: csr_array
    """A row a document, a column for what is counted in each pair, then one for the base of each."""
    of_item: csr_array
    """A row a pair, a column an item: 1 for the item of the pair."""

    @classmethod
    def of(cls, counts: pd.DataFrame) -> _Sums:
        import numpy as np
        import pandas as pd
        from scipy.sparse import csr_array

        keys = counts[["group", "item"]].drop_duplicates(ignore_index=True)
        pair = counts[["group", "item"]].merge(keys.reset_index(), how="left", on=["group", "item"])["index"].to_numpy()
        document, documents = pd.factorize(counts["doc_id"])
        item, items = pd.factorize(keys["item"])
        n = len(keys)
        values = np.concatenate([counts["counted"].to_numpy(float), counts["base"].to_numpy(float)])
        place = (np.concatenate([document, document]), np.concatenate([pair, pair + n]))
        by_document = csr_array((values, place), shape=(len(documents), 2 * n))
        of_item = csr_array((np.ones(n), (np.arange(n), item)), shape=(n, len(items)))
        totals = np.asarray(by_document.sum(axis=0), dtype=np.float64)
        others = _elsewhere(totals[None, :n], of_item)[0], _elsewhere(totals[None, n:], of_item)[0]
        with_base = _marks(by_document[:, n:], lambda base: base > 0)
        groups_with_base = with_base @ of_item
        anywhere = _marks(groups_with_base, lambda groups: groups > 0).sum(axis=0)[item]
        only_here = with_base.multiply(_marks(groups_with_base, lambda groups: groups == 1)[:, item]).sum(axis=0)
        having = with_base.sum(axis=0)
        documents_of = having.astype(np.int64), (anywhere - only_here).astype(np.int64)
        return cls(keys, totals[:n], totals[n:], *others, *documents_of, by_document, of_item)


def _marks(matrix: csr_array, chosen: Callable[[NDArray[np.float64]], NDArray[np.bool_]]) -> Any:
    """Return a matrix with 1 where an entry is chosen, and 0 elsewhere."""
    marked: Any = matrix.copy()
    marked.data = chosen(marked.data).astype(float)
    return marked


def _elsewhere(values: NDArray[np.float64], of_item: csr_array) -> NDArray[np.float64]:
    """Return for each pair the sum over all other groups of its item, row by row."""
    elsewhere: NDArray[np.float64] = (values @ of_item) @ of_item.T - values
    return elsewhere


def _ratio(counted: NDArray[np.float64], base: NDArray[np.float64]) -> NDArray[np.float64]:
    import numpy as np

    return np.divide(counted, base, out=np.full_like(counted, np.nan), where=base > 0)


def _intervals(
    sums: _Sums, enough: NDArray[np.bool_], compared_with: NDArray[np.bool_]
) -> dict[str, NDArray[np.float64]]:
    """Return the ends of the intervals and ``p``, missing where nothing can be said."""
    import numpy as np
    from scipy.stats import norm

    n = len(sums.keys)
    nothing = np.full(n, np.nan)
    names = ("low", "high", "others_low", "others_high", "difference_low", "difference_high", "p")
    found = {name: nothing.copy() for name in names}
    if not enough.any():
        return found
    here, there = _resampled(sums)
    tails = ((1 - LEVEL) / 2, (1 + LEVEL) / 2)
    series = (("", here, enough), ("others_", there, compared_with), ("difference_", here - there, compared_with))
    for prefix, its, allowed in series:
        varies = allowed & np.isfinite(its).all(axis=0) & (np.ptp(its, axis=0) > 0)
        if varies.any():
            ends = np.quantile(its[:, varies], tails, axis=0)
            found[f"{prefix}low"][varies], found[f"{prefix}high"][varies] = ends
        if prefix == "difference_" and varies.any():
            seen = _ratio(sums.counted, sums.base) - _ratio(sums.others_counted, sums.others_base)
            z = np.abs(seen[varies]) / its[:, varies].std(axis=0, ddof=1)
            found["p"][varies] = 2 * norm.sf(z)
    return found


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
