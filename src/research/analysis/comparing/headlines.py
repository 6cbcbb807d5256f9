"""Findings of a comparison: how many differences hold, and the largest of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import isnan
from typing import TYPE_CHECKING, Any

from research.analysis import kinds
from research.analysis.articles import the
from research.analysis.comparing.sums import rests_on, sums_of
from research.analysis.comparing.tables import POINTS, UNITS, Item, rows_of
from research.analysis.findings import Computation, Finding, slug
from research.analysis.making import OF_DIFFERENCE, not_computable, with_interval
from research.analysis.statistics.periods import in_words
from research.analysis.statistics.uncertainty import FEWEST_DOCUMENTS, Interval
from research.analysis.wording import capitalised, listed, percent, plural
from research.nlp.annotate import Annotations
from research.nlp.groups.grouping import OTHERS, PERIOD, QUOTED, Groups
from research.nlp.groups.joining import any_case

if TYPE_CHECKING:
    import pandas as pd

HEADLINES = 3
"""The most differences with a finding of their own; the table has all."""
SIGNIFICANT = 0.05
_RATE = UNITS["words"]
_COLUMNS = ("counted", "base", "others_counted", "others_base")
_METHOD = (
    "Each group is set against all other groups together. The p-values compare the difference by its standard error "
    "with random orders of the documents, or where documents have a part in both sides with Student's t, and Holm's "
    "(1979) correction holds them over all differences of the table. What has fewer than five expected cases is not "
    "tested."
)

_EACH = " A document counts once for each group that it has words of."


def compared_findings(
    short: str, table: pd.DataFrame, items: Sequence[Item], groups: Groups[Annotations], *, complete: bool, every: bool
) -> list[Finding]:
    """Return the findings of a comparison in the notebook ``short``, the clearest differences first.

    ``complete`` says that the documents are a full population. With ``every`` all differences have a finding, so that
    each of those that hold with what people judged has its counterpart by the model alone.
    """
    holding = [row for row in rows_of(table) if row.p_holm < SIGNIFICANT][:HEADLINES]
    chosen: list[Any] = list(table.itertuples(index=False)) if every else holding
    known = {item.name: item for item in items}
    on_model = any(rests_on(item, groups) != "text" for item in items)
    return [
        *(_difference(short, row, known[row.item], groups, _others(table, row.group, groups)) for row in chosen),
        replace(_number(short, table, groups, complete=complete), uncorrected="tests" if on_model else None),
    ]


def _others(table: pd.DataFrame, group: str, groups: Groups[Annotations]) -> str:
    """Return what a group is set against, as a sentence goes on: of two the other one."""
    names = [str(it) for it in table["group"].drop_duplicates()]
    return within(next(it for it in names if it != group) if len(names) == 2 else OTHERS, groups)


def within(group: str, groups: Groups[Annotations]) -> str:
    """Return where a group says something: "before 1991", "in documents from the Harbour Post", "in direct speech"."""
    if groups.column == PERIOD:
        return group.replace(str(groups.value), in_words(str(groups.value)))
    if groups.column in ("year", QUOTED):
        return f"in {group}"
    if not groups.of_documents:
        return f"in the words of {the(group)}"
    if group == OTHERS:
        return "in all other documents"
    if groups.column == "kind":
        return f"in {kinds.NAMES[group][1]}" if group in kinds.NAMES else f"in documents of the kind {group}"
    return f"in documents {'from' if groups.column == 'source' else 'of'} {the(group)}"


def _difference(short: str, row: Any, item: Item, groups: Groups[Annotations], others: str) -> Finding:
    share = item.unit != "words"
    value, low, high = (float(it) for it in (row.difference, row.difference_low, row.difference_high))
    here, there = (percent(it) if share else f"{it:,.2f}" if it else "0" for it in (row.value, row.others))
    form, unit = ("+,.1f", POINTS) if share else ("+,.2f", _RATE)
    p = "p below 0.001" if row.p_holm < 0.001 else f"p = {row.p_holm:.3f}"
    interval = None if isnan(low) else Interval(low, high)
    asked = groups.what
    each = "" if groups.of_documents or item.unit != "documents" else _EACH
    ci = "" if interval is None else f", 95% CI {low:{form}} to {high:{form}}"
    on = rests_on(item, groups)
    return Finding(
        key=".".join((short, "compared", *(slug(any_case(it)) for it in (asked, row.group, item.name)))),
        statement=f"{capitalised(within(row.group, groups))}, {item.clause.format(here)}, against {there} {others} "
        f"(a difference of {value:{form}} {unit}{ci}).",
        value=value,
        display=f"{value:{form}}".lstrip("+"),
        unit=POINTS if share else _RATE,
        measure="statistic",
        computation=Computation(
            "difference_in_points" if share else "difference_per_1000",
            f"{short}.compared",
            _COLUMNS,
            (("group", row.group), ("item", item.name)),
        ),
        # A difference is tested only where the documents are not all there are.
        method=f"{with_interval(_METHOD, interval, OF_DIFFERENCE, complete=False)}{each} After the correction, {p}.",
        status="descriptive" if interval is None else "supported",
        n=int(row.base),
        n_documents=int(row.n_documents),
        interval=interval,
        parameters={"compare": asked, "group": row.group},
        sums=sums_of(item, groups, row) if on == "judged" else None,
        uncorrected="names" if on == "names" else None,
    )


def _number(short: str, table: pd.DataFrame, groups: Groups[Annotations], *, complete: bool) -> Finding:
    asked = groups.what
    key = f"{short}.compared.{slug(any_case(asked))}"
    tests = table["p_holm"].notna()
    if not tests.any():
        return not_computable(
            key,
            f"A comparison by {asked}",
            _why_not(table, complete=complete),
            unit="differences",
            measure="statistic",
            method=_METHOD,
            n_documents=groups.n_documents,
        )
    holding = int((table["p_holm"] < SIGNIFICANT).sum())
    large = int((_sizes(table) >= FEWEST_DOCUMENTS).sum())
    outside = groups.n_without
    without = (
        f"; {plural(outside, 'document')} {'belongs' if outside == 1 else 'belong'} to no group" if outside else ""
    )
    all_large = large == len(_sizes(table)) == 2 and not without  # then there is nothing to say about sizes
    sizes = "" if all_large else f" ({plural(large, 'group')} with at least {FEWEST_DOCUMENTS} documents{without})"
    return Finding(
        key=key,
        statement=f"{_how_many(holding, int(tests.sum()))} {_tested_between(groups)} "
        f"{'are' if holding > 1 else 'is'} larger than chance explains, after correction for their number{sizes}.",
        value=holding,
        display=f"{holding:,}",
        unit="differences",
        measure="statistic",
        computation=Computation("number_below_0_05", f"{short}.compared", ("p_holm",)),
        method=_METHOD,
        status="descriptive",
        n=int(tests.sum()),
        n_documents=groups.n_documents,
        parameters={"compare": asked},
    )


def _how_many(n: int, n_tested: int) -> str:
    return f"{f'{n:,}' if n else 'None'} of the {n_tested:,} differences"


def _tested_between(groups: Groups[Annotations]) -> str:
    if groups.column == PERIOD:
        return f"tested between documents before and since {in_words(str(groups.value))}"
    if groups.column == QUOTED:
        return "tested between direct and indirect speech"
    return (
        f"tested by {groups.column.replace('_', ' ')}{f', {groups.value} against all others,' if groups.value else ''}"
    )


def _sizes(table: pd.DataFrame) -> pd.Series[int]:
    """Return the number of documents of each group."""
    return table.groupby("group", sort=False)["n_documents"].max()


def _why_not(table: pd.DataFrame, *, complete: bool) -> str:
    sizes = _sizes(table)
    if len(sizes) < 2:
        return f"the corpus has one group, {sizes.index[0]}" if len(sizes) else "no document has a value to group it by"
    if complete:
        return "the documents are all there are, so none of its differences is due to which documents were drawn"
    if (table[["n_documents", "others_documents"]] >= FEWEST_DOCUMENTS).all(axis=1).any():
        return "nothing that is compared has five expected cases in a group"
    named = [f"{name} ({n:,})" for name, n in list(sizes.items())[:_MOST_NAMED]]
    more = [f"{len(sizes) - _MOST_NAMED:,} more"] if len(sizes) > _MOST_NAMED else []
    return (
        f"it needs a group of at least {FEWEST_DOCUMENTS} documents and as many in the others, and the groups are too "
        f"small: {listed([*named, *more])}"
    )


_MOST_NAMED = 8
