"""The spread between documents, where those that were judged in part are a sample of more."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from research.analysis.statistics.uncertainty import FEWEST_DOCUMENTS

Floats = NDArray[np.float64]

FEWEST_FREE = 3.0
"""The fewest degrees of freedom: with fewer, t is so wide that the interval says nothing."""


class Spread(NamedTuple):
    """The spread between documents: what they add to an estimate.

    ``variance`` is relative to the square of the estimate, and so is ``third``, their third moment, to its cube.
    ``freedom`` are the degrees of freedom of the variance: few documents with most of what is counted say little of it.
    """

    variance: float
    freedom: float
    third: float = 0.0


def spread_between_documents(counted: Floats, base: Floats | None = None) -> Spread:
    """Return the spread between documents of a total or a ratio, from the model's values of each document.

    Where the documents are a sample of more, they add a variance of the estimate's square times D / (D - 1) times the
    sum over the D documents of the squares of (counted / all counted - base / all base). These are the linearised
    residuals of a ratio relative to the ratio; for a total the base of every document is 1. Cochran (1977), "Sampling
    Techniques", sections 2.11 and 6.4. The degrees of freedom are those of a variance of values with such a kurtosis,
    2 V² / var(V), at most D - 1. Raises ValueError for fewer than ten documents.
    """
    documents = len(counted)
    if documents < FEWEST_DOCUMENTS:
        raise ValueError(f"{documents} documents say too little of the spread between documents")
    below = np.ones(documents) if base is None else base
    if not counted.sum() or not below.sum():
        return Spread(0.0, documents - 1)
    return _of_residuals(counted / counted.sum() - below / below.sum())


def _of_residuals(residuals: Floats) -> Spread:
    documents = len(residuals)
    squares = float((residuals**2).sum())
    uncertain = float((residuals**4).sum()) / squares**2 - 1 / documents if squares else 0.0
    freedom = min(documents - 1, max(FEWEST_FREE, 2 / uncertain)) if uncertain > 0 else documents - 1
    inflated = documents / (documents - 1)
    third = inflated * documents / (documents - 2) * float((residuals**3).sum())
    return Spread(inflated * squares, float(freedom), third)


def spread_as_judged(spread: Spread, parts: Floats, sampling: float) -> Spread:
    """Return the spread between documents, at least as large as judged sentences show it.

    ``parts`` are what the documents add to the corrected estimate (``Correction.of_documents``), and ``sampling`` is
    the part of their variance that comes from judging few sentences of each. The variance between the documents' parts
    is that of the ultimate clusters (Hansen, Hurwitz & Madow 1953, "Sample Survey Methods and Theory"). A model that
    gives words to the wrong speakers makes documents look more alike than they are; the judged sentences show that.
    """
    own = _of_residuals(parts)
    between = own.variance - sampling
    if between <= spread.variance or not spread.variance:
        return spread
    third = spread.third * (between / spread.variance) ** 1.5
    return Spread(between, min(spread.freedom, own.freedom), third)
