"""The same measure with different values: who puts it at what, side by side.

Precision comes first, as two figures that only look alike would set sources against each other that agree. Figures are
compared in three ways: in the same words, as below, and in other words or side by side, as ``likeness`` says. In the
same words two figures are compared only if all of this holds:

- What is measured has the same content words, at least two, and the same countries, and both are levels in the same
  unit, or both are changes in the same direction.
- A verb puts the measure at the value ("is", "reached"), or "of" does ("a population of 5 million"): in "32% of the
  claims" the claims are what it is a part of.
- Their periods overlap; without a period both are from one document, or from documents dated within a month.
- What is measured is somebody's who is named, or both figures are from one document: "the budget" of two documents may
  be two budgets, and "our population" is the speaker's.
- They are in different documents, or asserted by different sources.

Two values differ if they do so beyond the precision with which they are written: 25 billion agrees with 25.4 billion,
and "about 100" with anything from 90 to 110. Nothing says which of them is right, nor that the two are about one thing:
an analyst reads both passages.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

from research.analysis.claims import likeness
from research.analysis.claims.clauses import clauses
from research.analysis.claims.periods import overlap
from research.analysis.claims.tables import YES, records, usual_measure, who
from research.analysis.rows import number_in
from research.analysis.wording import one_line
from research.nlp import text as texts
from research.nlp.quantities import number_words, values
from research.nlp.statements.label_words import read_label

if TYPE_CHECKING:
    import pandas as pd

DISAGREEMENTS = (
    *("about", "speaker", "source", "text", "period", "measure", "in_sentence"),
    *("date", "outlet", "title", "doc_id", "start"),
)
"""The columns to read. The rows of one disagreement follow each other and have the same ``about``."""

FEWEST_WORDS = 2
"""Content words that two measures must share: "rate" or "number" alone may be of anything."""
MONTH = 31
"""Days between the dates of two documents whose figures have no period."""
ABOUT = 0.1
"""How far, as a part of it, an approximate value may be off."""


def disagreements(quantities: pd.DataFrame) -> pd.DataFrame:
    """Return the figures that differ from another one that may be of the same measure, those of one measure together.

    Columns: ``about``, what they measure (in the most frequent wording, or words that their clauses share), unit and
    period; then those of ``quantities``. The measure with the most sources comes first.
    """
    import pandas as pd

    told = quantities.assign(who=who(quantities))
    groups = [told.loc[sorted(its)] for its in _groups(told)]
    groups.sort(key=lambda its: (-its["who"].nunique(), -len(its), its["doc_id"].iloc[0], its["start"].iloc[0]))
    columns = ["about", *quantities.columns]
    shown = _told_apart([_as_one(its) for its in groups])
    return pd.concat(shown, ignore_index=True)[columns] if shown else pd.DataFrame(columns=columns, dtype=object)


def _as_one(group: pd.DataFrame) -> pd.DataFrame:
    """Return the figures of one disagreement, from the lowest value to the highest, under one name."""
    periods = sorted({it for it in group["period"] if isinstance(it, str)})
    when = periods[0] if len(periods) == 1 and group["period"].notna().all() else None
    unit = next((it for it in group["unit"] if isinstance(it, str) and it), None)
    about = ", ".join(filter(None, [_subject(group), unit, when]))
    ordered = group.assign(order=[_range(row).middle for row in records(group)])
    return ordered.sort_values(["order", "doc_id", "start"]).assign(about=about)


def _told_apart(groups: Sequence[pd.DataFrame]) -> list[pd.DataFrame]:
    """Return disagreements with a name each: two that would have the same one are told apart by their documents."""
    counts = Counter(str(its["about"].iloc[0]) for its in groups)
    return [
        its if counts[str(its["about"].iloc[0])] == 1 else its.assign(about=its["about"] + f" ({its['doc_id'].min()})")
        for its in groups
    ]


def _subject(group: pd.DataFrame) -> str:
    """Return what the figures of a disagreement measure: its wording, or words of their clauses, shared ones first."""
    around = [it for it in clauses(records(group)) if not (it.elliptic or it.inverted)]
    counts = Counter(word for it in around for word in it.told)
    shared = [word for word in counts if counts[word] > 1] or list(counts)
    most = sorted(shared, key=lambda word: (-counts[word], word))[:_MOST_WORDS]
    measures = group["measure"].dropna()
    wording = usual_measure(measures) if len(measures) > 1 or not most else None
    return wording or " ".join(most) or str(group["title"].iloc[0])


_MOST_WORDS = 4
"""Words by which a disagreement is called whose figures have no measure in common."""


def _groups(told: pd.DataFrame) -> Iterator[set[Any]]:
    """Yield the labels of the rows of each disagreement: figures of one measure that differ, joined by pairs."""
    attributed = told["speaker"].notna() | (told["source"] != told["outlet"])
    rows = records(told.assign(attributed=attributed).reset_index(names="row"))
    figures = [_Figure.of(row) for row in rows]
    group_of = {number: {number} for number in range(len(rows))}
    for one, other in _differing(rows, figures, group_of):
        smaller, larger = sorted((group_of[one], group_of[other]), key=len)
        larger |= smaller
        group_of.update(dict.fromkeys(smaller, larger))
    for group in {id(it): it for it in group_of.values()}.values():
        if len(group) > 1:
            yield {figures[number].row for number in group}


def _differing(
    rows: Sequence[Mapping[str, Any]], figures: Sequence[_Figure], group_of: Mapping[int, set[int]]
) -> Iterator[tuple[int, int]]:
    """Yield pairs of figures that differ and are not yet in one group: in the same words, alike, or set against."""
    same: dict[Any, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        if (key := what_is_measured(row)) is not None:
            same[key].append(number)
    for one, other in (pair for its in same.values() for pair in combinations(its, 2)):
        apart = group_of[one] is not group_of[other]
        if apart and _differ(figures[one], figures[other]) and _comparable(figures[one], figures[other]):
            yield one, other
    yield from _alike(rows, figures)


def _alike(rows: Sequence[Mapping[str, Any]], figures: Sequence[_Figure]) -> Iterator[tuple[int, int]]:
    around = clauses(rows)
    pairs = [
        pair
        for pair in likeness.alike(rows, around)
        if _differ(*(figures[it] for it in pair))
        or _bounds_differ(rows[pair[0]], rows[pair[1]], around[pair[0]].denied)
    ]
    # What one source gives two values in one document is two things: delegates for each of two nominations.
    two_things = {_values(rows, pair) for pair in pairs if _one_voice(*(figures[it] for it in pair))}
    for one, other in pairs:
        if _values(rows, (one, other)) not in two_things and _at_one_time(
            rows[one], rows[other], figures[one], figures[other]
        ):
            yield one, other
    for one, other in likeness.set_against(rows, around):
        if _differ(figures[one], figures[other]) and not _one_speaker(rows[one], rows[other]):
            yield one, other


def _values(rows: Sequence[Mapping[str, Any]], pair: tuple[int, int]) -> frozenset[Any]:
    return frozenset((rows[it]["unit"], rows[it]["value"]) for it in pair)


def _one_voice(one: _Figure, other: _Figure) -> bool:
    return one.doc_id == other.doc_id and one.who == other.who


def _one_speaker(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return isinstance(one["speaker"], str) and one["speaker"] == other["speaker"]


def _at_one_time(row: Mapping[str, Any], its: Mapping[str, Any], one: _Figure, other: _Figure) -> bool:
    """Return whether two figures of different sources are of one time: periods overlap, or dates are near."""
    if _one_voice(one, other) or _one_speaker(row, its) or row["role"] != its["role"]:
        return False
    near = one.doc_id == other.doc_id or _within_a_month(one.date, other.date)
    if (None, None) in (one.period, other.period):
        return near
    return overlap(one.period, other.period)


def _bounds_differ(one: Mapping[str, Any], other: Mapping[str, Any], denied: bool) -> bool:
    """Return whether two bounds that a "no" turns are apart: "in no month less than 410"."""
    for name, free in (("high", "low"), ("low", "high")):
        ends = number_in(one[name]), number_in(other[name])
        if denied and None not in ends and number_in(one[free]) is None and number_in(other[free]) is None:
            return ends[0] != ends[1]
    return False


class _Figure(NamedTuple):
    """What decides whether a figure is compared with another one; worked out once, as pairs are many."""

    row: int
    doc_id: str
    date: str | None
    who: Any
    period: tuple[str | None, str | None]
    is_of_somebody: bool
    range: _Range

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> _Figure:
        period = _text(row["period_start"]), _text(row["period_end"])
        return cls(row["row"], row["doc_id"], row["date"], row["who"], period, _is_of_somebody(row), _range(row))


def what_is_measured(row: Mapping[str, Any]) -> tuple[Any, ...] | None:
    """Return what two figures of one measure have in common; None for a figure that is compared with none.

    Its first two parts are the content words of the measure and the unit.
    """
    measure = row["measure"]
    if not isinstance(measure, str) or not row["unit"] or _range(row).empty:
        return None
    if not (puts(row) if row["role"] == "level" else isinstance(row["verb"], str)):
        return None
    words = content_words(measure)
    if len(words) < FEWEST_WORDS:
        return None
    return words, row["unit"], row["kind"], row["role"], row["direction"], row["countries"]


_PUTS = re.compile(
    r"(?:(?:has|have|had|will|would) )?(?:now |already |still )?"
    r"(?:amount|equal|exceed|reach|remain|stand|total)(?:s|ed|led)?(?: to| at)?|is|are|was|were|be|been|stood(?: at)?|"
    r"of|at"
)
"""Verbs by which a measure is put at a value; with others it may be part of something else."""


def puts(row: Mapping[str, Any]) -> bool:
    """Return whether a verb puts what is measured at the value: "32% of the claims" says nothing of all claims."""
    return isinstance(row["verb"], str) and _PUTS.fullmatch(row["verb"].lower()) is not None


def content_words(measure: str) -> frozenset[str]:
    """Return the words that say what is measured, in their base forms.

    >>> sorted(content_words("the volumes of the Orland-Maravel trade"))
    ['orland-maravel', 'trade', 'volume']
    """
    tokens = (measure[start:end] for start, end in texts.tokens(measure))
    return frozenset(
        texts.base_form(token) for token in tokens if texts.is_content_word(token) and texts.is_word(token)
    )


def _comparable(one: _Figure, other: _Figure) -> bool:
    same_document = one.doc_id == other.doc_id
    if same_document and one.who == other.who:
        return False
    if not same_document and not (one.is_of_somebody and other.is_of_somebody):
        return False
    if (None, None) in (one.period, other.period):
        undated = one.period == other.period
        return undated and (same_document or _within_a_month(one.date, other.date))
    return overlap(one.period, other.period)


_OWN = re.compile(r"(?:our|my|your|their|his|her|its)\b", re.IGNORECASE)
_NAME = re.compile(r"(?<!^)(?<![.?!] )\b[A-Z][\w-]+")


def _is_of_somebody(row: Mapping[str, Any]) -> bool:
    """Return whether a measure names whose it is: a country, or a name within it."""
    measure = str(row["measure"])
    if _OWN.match(measure):
        return False
    return bool(_text(row["countries"])) or _NAME.search(measure) is not None


def _text(cell: Any) -> str | None:
    return cell if isinstance(cell, str) and cell else None


def _within_a_month(one: Any, other: Any) -> bool:
    try:
        days = date.fromisoformat(str(one)) - date.fromisoformat(str(other))
    except ValueError:  # a year, a month, or no date
        return False
    return abs(days.days) <= MONTH


# --- values ---


class _Range(NamedTuple):
    """The values that a figure may have; an open end is infinite."""

    low: float
    high: float

    @property
    def empty(self) -> bool:
        return self.low == -_ANY and self.high == _ANY

    @property
    def middle(self) -> float:
        ends = [end for end in self if abs(end) != _ANY]
        return sum(ends) / len(ends) if ends else 0.0


_ANY = float("inf")


def _differ(one: _Figure, other: _Figure) -> bool:
    """Return whether no value is meant by both figures."""
    return one.range.high < other.range.low or other.range.high < one.range.low


def _range(row: Mapping[str, Any]) -> _Range:
    low, value, high = (number_in(row[name]) for name in ("low", "value", "high"))
    if value is None or low is not None or high is not None:  # "more than 20" has 20 as its value and its bound
        return _Range(-_ANY if low is None else low, _ANY if high is None else high)
    half = _half_a_step(str(row["text"]), value)
    if row["approximate"] == YES:
        half = max(half, abs(value) * ABOUT)
    return _Range(value - half, value + half)


def _half_a_step(written: str, value: float) -> float:
    """Return half of one in the last digit of a figure as written, or of its value where it is written in words."""
    try:
        return float(values.read(one_line(written)).step) / 2
    except values.NotAValue:
        digits = f"{abs(value):.6g}".rstrip("0").rstrip(".")
        return 0.5 * 10 ** -len(digits.partition(".")[2]) if "." in digits else 0.5


def describe(group: pd.DataFrame) -> Sequence[str]:
    """Return the values with who gives them, each once: "two years (Ann Lee)".

    The text itself is called by its outlet, or its document where it has none; a reporter who asks by the role. Values
    that all have one source have its name once, behind the last.
    """
    rows = records(group)
    unit = next((row["unit"] for row in rows if isinstance(row["unit"], str) and row["unit"] not in ("", "%")), None)
    values_of = [_with_unit(_within_a_sentence(str(row["text"])), unit) for row in rows]
    sources = [_called(row) for row in rows]
    if len(set(sources)) == 1:
        *others, last = dict.fromkeys(values_of)
        return [*others, f"{last} (all {sources[0]})"]
    return list(dict.fromkeys(f"{value} ({source})" for value, source in zip(values_of, sources, strict=True)))


def _called(row: Mapping[str, Any]) -> str:
    if isinstance(row["speaker"], str):
        return row["speaker"]
    role = read_label(row["source"], lambda _: False).role
    return f"a {role}" if role in ("journalist", "caller") else row["source"]


def _with_unit(written: str, unit: str | None) -> str:
    """Return "71,000 households" for "71,000" beside figures in households; a figure with words or a sign as it is."""
    return f"{written} {unit}" if unit and re.fullmatch(r"[\d.,\s]+", written) else written


def _within_a_sentence(written: str) -> str:
    """Return a figure without the capital of a sentence that it begins: "ninety thousand"."""
    first = re.match("[A-Z][a-z]+", written)
    is_number = first is not None and number_words.value_of(first[0].lower()) is not None
    return written[:1].lower() + written[1:] if is_number else written
