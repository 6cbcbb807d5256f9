"""The table of a comparison: how often each thing is found in each group, and in all other groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from research.analysis.declaring import Table, as_written
from research.analysis.parameters import LEAST_CONFIDENCE, Parameter, text_or_none
from research.analysis.statistics.comparison import COMPARED, compared
from research.analysis.statistics.uncertainty import rounded
from research.loading import Corpus
from research.nlp.annotate import Annotations
from research.nlp.groups.grouping import PERIOD, Groups

if TYPE_CHECKING:
    import pandas as pd


def _check_column(compare: str | None, corpus: Corpus) -> None:
    """Raise ``ParameterError`` for a column that neither the documents nor ``speakers.csv`` have, or for no date."""
    if compare is not None:
        Annotations(corpus, with_copies=True, layers=()).by(compare)


def _check_value(compare: str | None, annotations: Annotations, settings: Mapping[str, Any]) -> None:
    """Raise ``ParameterError`` for a value that the column does not have."""
    if compare is not None:
        groups = annotations.by(compare, settings.get(LEAST_CONFIDENCE.name, LEAST_CONFIDENCE.default))
        if groups.value is not None and groups.column != PERIOD:
            groups.names  # noqa: B018  reads the documents, and refuses


COMPARE = Parameter(
    "compare",
    text_or_none("source", "period:2022-02-24"),
    None,
    "What to compare by: a column, period:DATE, or COLUMN:VALUE; None: nothing",
    check_corpus=_check_column,
    check_annotations=_check_value,
)
MOST_GROUPS = 30
"""The most groups of a comparison; smaller ones are only in "all others"."""
_SMALLER = "smaller groups"

Unit = Literal["passages", "documents", "words"]
RestsOn = Literal["judged", "names", "text"]
"""What decides what is counted: statements and figures, which people can judge; names; or the text alone."""
UNITS: Mapping[Unit, str] = {"passages": "share", "documents": "share of documents", "words": "per 1,000 words"}
"""The unit of a ratio, by what it is a ratio of."""
POINTS = "percentage points"
"""The unit of a difference of shares."""

_AT = COMPARED.index("difference_high") + 1
_COLUMNS = ("group", "item", "unit", *COMPARED[2:_AT], "difference_unit", *COMPARED[_AT:])
SHOWN = (
    *("group", "item", "unit", "value", "low", "high", "others", "difference", "difference_unit", "p_holm"),
    "n_documents",
)
"""The columns of a comparison to read; the others are what they are computed from."""
COMPARED_TABLE = Table(identity={"group": as_written, "item": as_written})


class Item(NamedTuple):
    """Something that is counted in each group.

    ``counted`` are the rows that count (``doc_id, start``), and ``base`` those they are a share of; without a base they
    are counted per 1,000 words, or by documents, as ``of`` says. ``clause`` says so in a sentence, with ``{}`` for the
    value: "{} of statements are direct quotations". ``rests_on`` says what decides what is counted.
    """

    name: str
    clause: str
    counted: pd.DataFrame
    base: pd.DataFrame | None = None
    of: Unit = "words"
    rests_on: RestsOn = "text"

    @property
    def unit(self) -> Unit:
        """What the ratio is of."""
        return "passages" if self.base is not None else self.of


def comparison(annotations: Annotations, groups: Groups[Annotations] | None, items: Sequence[Item]) -> pd.DataFrame:
    """Return how often each item is found in each group, with the columns of ``statistics.comparison`` and the units.

    Differences are in ``difference_unit``: of shares they are percentage points, as findings have them. Without groups
    the table is empty. The thirty groups with the most documents have rows; the others count in "all others" alone.
    """
    import pandas as pd

    if groups is None:
        return pd.DataFrame(columns=list(_COLUMNS))
    kept = groups.names[:MOST_GROUPS]
    bases = _bases(groups, words=any(item.unit == "words" for item in items))
    counts = pd.concat([_counts(item, groups, bases) for item in items])
    counts["group"] = counts["group"].where(counts["group"].isin(kept), _SMALLER)
    counts = counts.groupby(["group", "item", "doc_id"], sort=False, as_index=False).sum()
    units = {item.name: item.unit for item in items}
    rates = [name for name, unit in units.items() if unit == "words"]
    in_order, complete = _in_order(counts, [*kept, _SMALLER], items), annotations.corpus.complete
    table = compared(in_order, rates=rates, untested=[_SMALLER], complete=complete)
    table["unit"] = table["item"].map(lambda name: UNITS[units[name]]).astype(object)
    table = table[table["group"] != _SMALLER]
    return _in_units(table, table["item"].map(units) == "words")[list(_COLUMNS)].reset_index(drop=True)


def _bases(groups: Groups[Annotations], *, words: bool) -> pd.DataFrame:
    """Return the documents of each group, and if asked the words that each has of it: ``group, doc_id, words``."""
    import pandas as pd

    rows = [(name, its.document.id, its.n_words if words else 0) for name, its in groups.parts()]
    return pd.DataFrame(rows, columns=["group", "doc_id", "words"]).astype({"words": "int64"})


def _counts(item: Item, groups: Groups[Annotations], bases: pd.DataFrame) -> pd.DataFrame:
    """Return what is counted of an item and its base: ``group, item, doc_id, counted, base``."""
    import pandas as pd

    counted = _sizes(item.counted, groups)
    if item.base is not None:
        base = _sizes(item.base, groups)
    else:
        its = bases.set_index(["group", "doc_id"])["words"]
        base = its if item.of == "words" else (its * 0 + 1)
        counted = counted if item.of == "words" else counted.clip(upper=1)
    table = pd.DataFrame({"base": base}).join(counted.rename("counted")).fillna({"counted": 0})
    table = table[table["base"] > 0].rename_axis(["group", "doc_id"]).reset_index()
    return table.assign(item=item.name).astype({"counted": "int64", "base": "int64"})


def _sizes(rows: pd.DataFrame, groups: Groups[Annotations]) -> pd.Series[int]:
    """Return the number of rows of each group and document."""
    its = rows[["doc_id"]].assign(group=groups.of(rows))
    return its.dropna(subset=["group"]).groupby(["group", "doc_id"]).size()


def _in_order(counts: pd.DataFrame, groups: Sequence[str], items: Sequence[Item]) -> pd.DataFrame:
    """Return the counts with the items in their order, and of each the groups in theirs."""
    place = {name: number for number, name in enumerate(groups)}
    of_item = {item.name: number for number, item in enumerate(items)}
    order = counts.assign(_item=counts["item"].map(of_item), _group=counts["group"].map(place))
    return order.sort_values(["_item", "_group", "doc_id"], ignore_index=True)[list(counts.columns)]


_SCALED = ("value", "low", "high", "others", "others_low", "others_high")
_DIFFERENCES = ("difference", "difference_low", "difference_high")


def _in_units(table: pd.DataFrame, rate: pd.Series[bool]) -> pd.DataFrame:
    """Return the table with ratios of words as rates per 1,000 words, and differences of shares in points."""
    for name in (*_SCALED, *_DIFFERENCES):
        of_share = 100 if name in _DIFFERENCES else 1
        scaled = [rounded((1000 if it else of_share) * value) for value, it in zip(table[name], rate, strict=True)]
        table = table.assign(**{name: scaled})
    return table.assign(difference_unit=[UNITS["words"] if it else POINTS for it in rate])


def rows_of(table: pd.DataFrame) -> Iterator[Any]:
    """Yield the rows of a comparison whose difference has a p-value, those least likely by chance first.

    Of equal ones the larger difference comes first.
    """
    tested = table.dropna(subset=["p_holm"])
    order = tested.assign(size=tested["difference"].abs())
    yield from order.sort_values(["p", "size", "group", "item"], ascending=[True, False, True, True]).itertuples(
        index=False
    )
