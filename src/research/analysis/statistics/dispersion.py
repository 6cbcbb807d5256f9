"""Dispersion: where in a corpus a term occurs, and how evenly it is spread over the documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import fsum
from typing import TYPE_CHECKING, Any

from research.analysis.figures import (
    BLUE,
    GREY,
    Figure,
    NotComputable,
    new_plot,
    shortened,
    style,
    whole_numbers,
)
from research.analysis.wording import plural, quoted

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from matplotlib.axes import Axes
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

MOST_MARKS = 400
"""The most occurrences of a term that are drawn as lines; if one term has more, all are drawn as bars."""
_BINS = 200
_MOST_BOUNDARIES = 30
_HALF = 0.32
"""Half the height of a lane."""


def deviation_of_proportions(counts: Sequence[int], sizes: Sequence[int]) -> float:
    """Return Gries' DP: 0 for a term that is spread as evenly as the text itself, towards 1 for a concentrated one.

    ``counts`` are the occurrences of the term in each part of the corpus, ``sizes`` the words of that part.
    Gries (2008), "Dispersions and adjusted frequencies in corpora", International Journal of Corpus
    Linguistics 13. Raises ZeroDivisionError where the term or the text is absent.

    >>> deviation_of_proportions([5, 5], [100, 100]), deviation_of_proportions([10, 0], [100, 100])
    (0.0, 0.5)
    """
    places, words = sum(counts), sum(sizes)
    return fsum(abs(count / places - size / words) for count, size in zip(counts, sizes, strict=True)) / 2


def dispersion(counts: csr_array[Any, tuple[int, int]], sizes: NDArray[np.integer[Any]]) -> pd.DataFrame:
    """Return how evenly each term is spread over the parts of a corpus: one row a term, one column a measure.

    ``counts`` is a sparse array of parts by terms, ``sizes`` the words of each part, s their shares of the corpus. v
    are the occurrences of a term in the parts, f their sum, and p = v / size its rate in a part. Parts without words,
    such as documents that are empty, are no parts: no term could be there. Columns:

    - ``parts``, ``of_parts``, ``range``: the number of parts that have the term, that of all parts with words, and the
      share of these that have it.
    - ``dp``: Gries' deviation of proportions, half the sum of |v / f - s|: 0 even, towards 1 concentrated.
    - ``dp_norm``: dp / (1 - min s), which reaches 1 (Lijffijt and Gries 2012, IJCL 17).
    - ``juilland_d``: 1 - sd(p) / (mean(p) √(parts - 1)), 1 even, 0 in one part only (Juilland and others 1970).
    - ``carroll_d2``: the entropy of p / sum(p) over log parts, 1 even, 0 in one part only (Carroll 1970).
    - ``rosengren_s``: the square of the sum of √(s v), over f: 1 even, min s the least (Rosengren 1971).
    - ``kl_divergence``: sum of v / f × log2(v / f / s): 0 even, without an upper limit (Gries 2020).

    All are missing for a term that does not occur; ``dp_norm``, ``juilland_d`` and ``carroll_d2`` for one part only.
    Gries (2008), "Dispersions and adjusted frequencies in corpora", IJCL 13, compares them. Raises ValueError for a
    part that has no words but a term.
    """
    import numpy as np
    import pandas as pd

    with_words = np.flatnonzero(sizes > 0)
    by_term = counts.tocsc().astype(np.float64)
    by_term.eliminate_zeros()
    if not np.isin(by_term.indices, with_words).all():
        raise ValueError("A part of the corpus has a term but no words.")
    sizes, parts, by_term = sizes[with_words], len(with_words), by_term[with_words]
    where, of_term = by_term.indices, np.repeat(np.arange(by_term.shape[1]), np.diff(by_term.indptr))
    terms = by_term.shape[1]

    def over_parts(values: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.bincount(of_term, values, terms).astype(np.float64)

    share = sizes / max(1, sizes.sum())
    v, s, p = by_term.data, share[where], by_term.data / sizes[where]
    f, rate = over_parts(v), over_parts(p)
    with np.errstate(divide="ignore", invalid="ignore"):
        of_f, of_rate = v / f[of_term], p / rate[of_term]
        mean = rate / parts
        variance = np.maximum(over_parts(p**2) / parts - mean**2, 0)
        columns = {
            "parts": np.diff(by_term.indptr),
            "of_parts": np.full(terms, parts),
            "range": np.diff(by_term.indptr) / parts,
            "dp": (1 + over_parts(np.abs(of_f - s) - s)) / 2,
            "dp_norm": 0.0,
            "juilland_d": 1 - np.sqrt(variance) / mean / np.sqrt(parts - 1),
            "carroll_d2": -over_parts(of_rate * np.log(of_rate)) / np.log(parts),
            "rosengren_s": over_parts(np.sqrt(s * v)) ** 2 / f,
            "kl_divergence": over_parts(of_f * np.log2(of_f / s)),
        }
        columns["dp_norm"] = columns["dp"] / (1 - share.min(initial=1.0))
    table = pd.DataFrame(columns)
    table.loc[f == 0, list(columns)[3:]] = np.nan
    return table


def dispersion_plot(
    concordance: pd.DataFrame,
    terms: Sequence[str],
    sizes: Sequence[int],
    order: str = "documents in a row",
    *,
    marks: Mapping[int, str] | None = None,
    marked: str = "",
) -> Figure | NotComputable:
    """Draw where each term occurs, from the first word of the corpus to the last (an "x-ray").

    ``sizes`` are the words of each document, in the order of the positions, and ``order`` names that order. Up to 400
    occurrences of a term are drawn as lines. If one term has more, bars show how many are in each 200th part of the
    corpus, each term on its own scale. ``marks`` are labels of the axis by position, in place of the numbers of words,
    and ``marked`` is the period of which they mark the first document.
    """
    if concordance.empty:
        return NotComputable("None of the terms occurs in the corpus, so there is nothing to draw.")
    places = {term: concordance.loc[concordance["term"] == term, "position"].tolist() for term in terms}
    words = sum(sizes)
    draw, legend = _lines, "Each line is one occurrence."
    order = f", {order}" if len(sizes) > 1 else ""
    if any(len(its) > MOST_MARKS for its in places.values()):
        draw, legend = (
            _bars,
            f"Bars count occurrences in each {_BINS}th part of the corpus; each term has its own scale.",
        )
    with style():
        plot, axes = new_plot(height=1.4 + 0.42 * len(terms))
        for lane, term in enumerate(terms):
            axes.axhline(lane + _HALF, color="#E3E3E3", linewidth=0.8, zorder=0)
            draw(axes, lane, places[term], words)
        axes.set_yticks(range(len(terms)), [f"{shortened(term, 28)} ({len(places[term]):,})" for term in terms])
        axes.set_ylim(len(terms) - 0.4, -0.6)
        axes.tick_params(axis="y", length=0)
        axes.grid(visible=False)
        if 1 < len(sizes) <= _MOST_BOUNDARIES:
            _mark_documents(axes, sizes)
            legend += " Dotted lines separate the documents."
        axes.set_xlim(-0.01 * words, 1.01 * words)  # keeps the first and the last word off the edge
        if marks:
            axes.set_xticks(list(marks), list(marks.values()))
            axes.set_xlabel(f"words{order}; marks: first of the {marked}")
        else:
            whole_numbers(axes, "x")
            axes.set_xlabel(f"words from the beginning{order}")
        axes.set_title("Where the terms occur")
    most = max(terms, key=lambda term: len(places[term]))
    return Figure(
        plot,
        concordance[["term", "doc_id", "position", "start", "end"]],
        caption=f"Dispersion of the terms over the corpus{order}; occurrences in brackets. {legend}"
        f"{f' Dates on the axis mark the first document of a {marked}.' if marks else ''}",
        alt=f"Dispersion plot with one lane for each of {plural(len(terms), 'term')} over {plural(words, 'word')} of "
        f"{plural(len(sizes), 'document')}. The most frequent, {quoted(most)}, occurs "
        f"{plural(len(places[most]), 'time')}; the data list every occurrence.",
    )


def _lines(axes: Axes, lane: int, places: list[int], words: int) -> None:
    del words  # only bars need to know how wide a part is
    axes.vlines(places, lane - _HALF, lane + _HALF, color=BLUE, linewidth=1.4)


def _bars(axes: Axes, lane: int, places: list[int], words: int) -> None:
    width = words / _BINS
    counts = [0] * _BINS
    for place in places:
        counts[min(int(place / width), _BINS - 1)] += 1
    heights = [-2 * _HALF * count / max(1, *counts) for count in counts]
    axes.bar([i * width for i in range(_BINS)], heights, width, lane + _HALF, align="edge", color=BLUE)


def _mark_documents(axes: Axes, sizes: Sequence[int]) -> None:
    end = 0
    for size in sizes[:-1]:
        end += size
        axes.axvline(end, color=GREY, linewidth=0.6, linestyle=":", zorder=0)
