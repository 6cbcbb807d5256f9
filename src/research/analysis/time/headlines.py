"""Findings of 06_time: what changed, when, how sure that is, and what was tested without a result."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from research.analysis.articles import the
from research.analysis.declaring import base_form
from research.analysis.findings import Computation, Finding, slug
from research.analysis.judging.corrected import Sums, Uncorrected
from research.analysis.judging.corrections import corrected
from research.analysis.language.categories import called, dictionary_of
from research.analysis.making import BOOTSTRAPPED, OF_DIFFERENCE, not_computable, of_count, with_interval
from research.analysis.parameters import LEAST_CONFIDENCE
from research.analysis.statistics.orders import ORDERS
from research.analysis.statistics.periods import in_words
from research.analysis.statistics.series import FEWEST_IN_A_PERIOD, FEWEST_PERIODS
from research.analysis.statistics.uncertainty import FEWEST_DOCUMENTS, Interval
from research.analysis.time.gathered import Gathered
from research.analysis.time.material import BY, CATEGORY, DATE_NAMED, SPEAKER, SPEECH, TERM, Material, Series, material
from research.analysis.time.measures_shown import measure_findings
from research.analysis.time.points import difference_function, digits, of_change, slope_function, with_interval_of
from research.analysis.time.tables import at_date, changes, left_out, sides, trends
from research.analysis.wording import confidence, listed, plural, quoted, share_precision
from research.loading.dictionaries import Dictionary
from research.nlp.annotate import Annotations
from research.nlp.groups.joining import any_case

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

MOST_CHANGES = 5
"""The most changes with a finding of their own, beside those of series that are asked for; the table has all."""
MOST_TRENDS = 3
MOST_AT_DATE = 3

_RARE = 0.1
_SMALLEST = 0.001
"""Below this p-value a sentence does not say how far."""
_ORDERED = (
    "The test compares the difference by its standard error with that in random orders of the documents, each document "
    f"kept whole (up to {ORDERS:,} orders, with a fixed seed)."
)
_SEVERAL = "The p-value is adjusted for the number of series tested (Holm 1979)."
_METHODS = {
    "change": f"The beginning of a period that splits the documents most clearly, with at least {FEWEST_DOCUMENTS} of "
    f"them on either side. {_ORDERED} The periods in which it may be are those that the same test does not rule out. "
    f"{_SEVERAL} A gradual rise or fall has a clearest change as well. The values before and after it have no "
    "interval, because the change was looked for.",
    "trend": "The slope is the median of those between all pairs of periods (Theil 1950, Sen 1968); the test is that "
    f"of Mann (1945) and Kendall (1975). Periods with fewer than {FEWEST_IN_A_PERIOD} documents are left out, and "
    f"{FEWEST_PERIODS} must remain. {_SEVERAL}",
    "date": f"The value from the date on, less the value before it. {_ORDERED} {_SEVERAL} Documents whose date is too "
    "coarse to say on which side they are take no part.",
}


@corrected
def findings(
    annotations: Annotations,
    by: Any = BY.default,
    terms: Any = None,
    *,
    dictionary: Any = None,
    speakers: Any = None,
    actors: Any = None,
    date: Any = None,
    measures: Any = None,
    least_confidence: Any = LEAST_CONFIDENCE.default,
) -> list[Finding]:
    """Return the findings about changes, those that chance does not explain first, then those about ``measures``.

    >>> from research import annotate, load
    >>> [it.statement for it in findings(annotate(load("seeds")))]
    ['A change over time is not computable: a change point needs 20 dated documents, and there is 1.']
    """
    asked, more = (by, terms, speakers, least_confidence), {"dictionary": dictionary, "actors": actors}
    of = material(annotations, *asked, **more)
    # The same series and periods with and without what people judged, so that both have the findings.
    judged = annotations.with_judgements
    found = Findings(of, changes(judged, *asked, **more), trends(judged, *asked, **more))
    named = DATE_NAMED.read(date)
    return [
        *found.changes(),
        *(found.at(named, at_date(judged, named, *asked[1:], **more)) if named else ()),
        *found.trends(),
        *found.tested(),
        *measure_findings(annotations, by, measures, least_confidence),
        *found.without_period(left_out(annotations, by, least_confidence)),
    ]


class Findings:
    """The findings about the series of one corpus."""

    def __init__(self, of: Material, changes: pd.DataFrame, trends: pd.DataFrame) -> None:
        self._of = of
        self._changes, self._trends = changes, trends
        self._evidence = Gathered(of)
        self._unit = of.periods.unit

    # --- changes ---

    def changes(self) -> Iterator[Finding]:
        """Yield the clearest changes, and what became of the series that are asked for."""
        changed = self._changes[self._changes["changed"] == 1].sort_values(["p_adjusted", "p"], kind="stable")
        first = set(changed.head(MOST_CHANGES).index)
        for row in _each(changed):
            if row.Index in first or _series(row) in self._of.asked:
                yield self._change(row)
        for row in _each(self._changes[self._changes["changed"] == 0]):
            if _series(row) in self._of.asked:
                yield self._no_change(row)

    def _change(self, row: Any) -> Finding:
        it = _series(row)
        labels = self._of.periods.labels
        place = labels.index(row.period)
        is_after = (self._of.at >= place) & self._of.takes_part(it)
        both = (row.value_before, row.value_after)
        verb = "rose" if row.value_after > row.value_before else "fell"
        first, last = in_words(row.earliest), in_words(row.latest)
        where = f"between {first} and {last}" if first != last else f"in {first}"
        trend = self._trends[(self._trends["of"] == it.of) & (self._trends["series"] == it.name)]
        gradual = " It also has a trend, so the change may be gradual." if trend["trend"].eq(1).any() else ""
        return self._of_side(
            f"time.change.{_key(it)}",
            f"{_subject(it)} {verb} from {_value(it, *both)} before {in_words(row.period)} to "
            f"{_value(it, *both[::-1])}{_unit_in_words(it)} from then on ({self._p(row)}; with 95% confidence the "
            f"change came {where}).{gradual}",
            it,
            both[::-1],
            is_after,
            n=int(row.counted_after),
        )

    def _of_side(
        self, key: str, statement: str, it: Series, values: tuple[float, float], chosen: NDArray[np.bool_], *, n: int
    ) -> Finding:
        """Return the finding whose value is the first of two, that of a series in the chosen documents."""
        evidence, value = self._evidence, values[0]
        is_rate = it.is_rate
        counted, n_documents = evidence.counted(it, chosen), int(chosen.sum())
        known = evidence.known(it, chosen)
        side = "after the change"
        return Finding(
            key=key,
            statement=statement,
            value=value,
            display=_value(it, *values),
            unit="passages per 1,000 words" if is_rate else _PARTS[it.of],
            measure="rate" if is_rate else "share",
            computation=Computation("sum", "time.changes", ("base_after",), _row(it)) if is_rate else None,
            method=f"{_METHODS['change']}{self._of_dictionary(it)} The evidence is what is counted {side}.",
            status="descriptive",
            n=n,
            n_documents=n_documents,
            accuracy=known.figures,
            accuracy_note=known.note,
            parameters=self._parameters(it),
            evidence=counted if is_rate else evidence.with_base(it, chosen),
            additive=it.of in _OF_STATEMENTS,
            uncorrected="names" if it.names_actor else None,
        )

    def _no_change(self, row: Any) -> Finding:
        it = _series(row)
        key = f"time.change.{_key(it)}"
        if row.reason is not None:
            subject = f"A change of {_object(it)}"
            near = self._of.nearest(it)
            meant = f"; the nearest {'name is' if len(near) == 1 else 'names are'} {listed(near)}" if near else ""
            return self._too_little(key, subject, f"{row.reason}{meant}", method=_METHODS["change"])
        return self._statistic(
            key,
            f"{_subject(it)} shows no change larger than chance explains ({self._p(row)}).",
            it,
            value=row.p_adjusted,
            display=f"{row.p_adjusted:.2g}",
            unit="p-value",
            computation=Computation("single", "time.changes", ("p_adjusted",), _row(it)),
            method=_METHODS["change"],
            uncorrected="test",
        )

    def _p(self, row: Any) -> str:
        return f"p = {row.p_adjusted:.2g}" if row.p_adjusted >= _SMALLEST else f"p < {_SMALLEST}"

    # --- a named date ---

    def at(self, date: str, table: pd.DataFrame) -> Iterator[Finding]:
        """Yield what differs before and after a named date, and how much of what was tested does."""
        tested = table[table["reason"].isna()]
        chosen = tested[tested["changed"] == 1].sort_values(["p_adjusted", "p"], kind="stable").head(MOST_AT_DATE)
        for row in _each(table):
            if row.Index in chosen.index or (row.Index in tested.index and _series(row) in self._of.asked):
                yield self._difference(date, row)
        key, method = f"time.date.{slug(date)}", _METHODS["date"]
        if tested.empty:
            reason = _usual(table["reason"])
            yield self._too_little(key, f"A comparison of before and since {in_words(date)}", reason, method=method)
            return
        n = int(tested["changed"].sum())
        yield self._statistic(
            key,
            f"{_of_tested(n, len(tested), 'differs')} between the documents before {in_words(date)} and those from "
            "then on.",
            None,
            value=n,
            display=f"{n:,}",
            unit="tested series",
            computation=Computation("sum", "time.at_date", ("changed",)),
            method=method,
            uncorrected="tests",
        )

    def _difference(self, date: str, row: Any) -> Finding:
        it = _series(row)
        value, interval = with_interval_of(row.difference, row.low, row.high)
        precision = digits(it, value)
        ci = confidence(interval, precision, before=", ")
        both = (row.value_after, row.value_before)
        before, after = sides(self._of, date)
        sure = "" if row.changed else ", which chance may explain"
        return self._statistic(
            f"time.date.{slug(date)}.{_key(it)}",
            f"{_subject(it)} is {_value(it, *both)}{_unit_in_words(it)} from {in_words(date)} on and "
            f"{_value(it, *both[::-1])} before: a difference of {value:{precision}}"
            f"{of_change(it)}{sure} ({self._p(row)}{ci}).",
            it,
            value=value,
            display=f"{value:{precision}}",
            unit=_DIFFERENCES[it.of],
            computation=Computation(
                difference_function(it),
                "time.at_date",
                ("value_before", "value_after"),
                _row(it),
            ),
            method=with_interval(_METHODS["date"], interval, OF_DIFFERENCE, complete=self._of.complete),
            interval=interval,
            chosen=(before | after) & self._of.takes_part(it),
            sums=self._evidence.difference(it, after, before) if it.of in _OF_STATEMENTS else None,
            uncorrected="names",
        )

    # --- trends ---

    def trends(self) -> Iterator[Finding]:
        """Yield the clearest trends."""
        chosen = self._trends[self._trends["trend"] == 1].sort_values(["p_adjusted", "p"], kind="stable")
        for row in _each(chosen.head(MOST_TRENDS)):
            it = _series(row)
            value, interval = with_interval_of(row.slope, row.low, row.high)
            precision = digits(it, value, further=1)
            verb = "rises" if row.slope > 0 else "falls"
            ci = confidence(interval, precision, before=", ")
            yield self._statistic(
                f"time.trend.{_key(it)}",
                f"{_subject(it)} {verb}: the slope is {value:{precision}}{of_change(it)}{_unit_in_words(it)} a "
                f"{self._unit}, in {plural(int(row.n_periods), self._unit)} with at least {FEWEST_IN_A_PERIOD} "
                f"documents ({self._p(row)}{ci}).",
                it,
                value=value,
                display=f"{value:{precision}}",
                unit=f"{_DIFFERENCES[it.of]} a {self._unit}",
                computation=Computation(
                    slope_function(it), "time.series", ("period", "value", "n_documents"), _row(it)
                ),
                method=with_interval(_METHODS["trend"], interval, BOOTSTRAPPED, complete=self._of.complete),
                interval=interval,
                chosen=(self._of.at >= 0) & self._of.takes_part(it),
                uncorrected="trend",
            )

    # --- how much was tested ---

    def tested(self) -> Iterator[Finding]:
        """Yield how many series have a change or a trend that chance does not explain, or why none was looked for."""
        whole = {"change": (self._changes, "changed", "changes"), "trend": (self._trends, "trend", "trends")}
        any_tested = self._changes["reason"].isna().any()
        for name, (table, column, key) in whole.items():
            tested = table[table["reason"].isna()]
            if tested.empty:
                subject = "A change over time" if name == "change" else "A trend"
                yield self._too_little(f"time.{key}", subject, _usual(table["reason"]), method=_METHODS[name])
                if not any_tested:
                    return  # one reason says it all
                continue
            n = int(tested[column].sum())
            labels = self._of.periods.labels
            span = f"over {plural(len(labels), self._unit)}, from {in_words(labels[0])} to {in_words(labels[-1])}"
            what = "changes" if name == "change" else "has a trend"
            yield self._statistic(
                f"time.{key}",
                f"{_of_tested(n, len(tested), what)} {span}.",
                None,
                value=n,
                display=f"{n:,}",
                unit="tested series",
                computation=Computation("sum", f"time.{key}", (column,)),
                method=_METHODS[name],
                uncorrected="tests",
            )

    def without_period(self, table: pd.DataFrame) -> Iterator[Finding]:
        """Yield how many documents take no part, if there are any."""
        if table.empty:
            return
        n, n_all = len(table), len(self._of.documents)
        reasons = Counter(table["reason"])
        why = listed([f"{count:,} with {_WITH.get(reason, reason)}" for reason, count in sorted(reasons.items())])
        yield of_count(
            "time.left_out",
            f"{n:,} of {plural(n_all, 'document')} {'takes' if n == 1 else 'take'} no part in the series by "
            f"{self._unit}: {why}.",
            value=n,
            unit="documents",
            measure="documents",
            method="Documents without a date, and those whose date is too coarse for a period, are counted. The "
            "evidence is the first sentence of each.",
            n=n,
            n_documents=n_all,
            evidence=self._evidence.openings(set(table["doc_id"])),
        )

    # --- what they share ---

    def _statistic(
        self,
        key: str,
        statement: str,
        it: Series | None,
        *,
        value: float,
        display: str,
        unit: str,
        computation: Computation,
        method: str,
        interval: Interval | None = None,
        chosen: NDArray[np.bool_] | None = None,
        sums: Sums | None = None,
        uncorrected: Uncorrected | None = None,
    ) -> Finding:
        dated = self._of.at >= 0
        its = dated if chosen is None else chosen
        evidence: Sequence[Any] = () if it is None else self._evidence.counted(it, its)
        known = None if it is None else self._evidence.known(it, its)
        return Finding(
            key=key,
            statement=statement,
            value=value,
            display=display,
            unit=unit,
            measure="statistic",
            computation=computation,
            method=f"{method}{self._of_dictionary(it)}",
            status="descriptive" if interval is None else "supported",
            interval=interval,
            n=len(evidence),
            n_documents=int(its.sum()),
            accuracy=known.figures if known else (),
            accuracy_note=known.note if known else "",
            parameters=self._parameters(it),
            evidence=evidence,
            sums=sums,
            # Words are counted without a model.
            uncorrected=uncorrected if sums is None and (it is None or not it.is_rate) else None,
        )

    def _too_little(self, key: str, subject: str, reason: str, *, method: str) -> Finding:
        n = self._of.n_dated
        return not_computable(
            key, subject, reason, unit="tested series", measure="statistic", method=method, n_documents=n
        )

    def _dictionary(self, it: Series | None) -> Dictionary | None:
        """Return the dictionary that a series is a category of."""
        return dictionary_of(self._of.dictionary) if it is not None and it.of == CATEGORY else None

    def _of_dictionary(self, it: Series | None) -> str:
        """Return the sentence of a method that says whose category is counted; nothing for other series."""
        named = self._dictionary(it)
        return "" if named is None else f" The terms of the category are those of {called(named)}; the longest counts."

    def _parameters(self, it: Series | None) -> Mapping[str, Any]:
        made: dict[str, Any] = {"by": self._unit}
        if it is not None:
            made |= {it.of: it.name}
        if (named := self._dictionary(it)) is not None:
            made |= {"dictionary": named.file, "sha256": named.sha256}
        return made if it is None or it.is_rate else made | {"least_confidence": self._of.least_confidence}


def _each(table: pd.DataFrame) -> Iterator[Any]:
    """Yield the rows of a table with their index."""
    yield from table.itertuples()


def _series(row: Any) -> Series:
    return Series(row.of, row.series)


def _row(it: Series) -> tuple[tuple[str, str], ...]:
    return (("of", it.of), ("series", it.name))


def _key(it: Series) -> str:
    """Return what a series is about, as keys have it, the same for all spellings."""
    if it.of == SPEECH:
        return "direct"
    if it.of == CATEGORY:
        return ".".join([it.of, *map(slug, it.name.split("."))])
    return f"{it.of}.{slug(base_form(it.name) if it.of == TERM else any_case(it.name))}"


_OF_STATEMENTS = (SPEECH, SPEAKER)
"""The series that judged sentences can correct."""
_PARTS = {"speech": "passages", "speaker": "passages", "country": "documents", "actor": "documents"}
"""The unit of a share."""
_DIFFERENCES: Mapping[str, str] = defaultdict(
    lambda: "percentage points", dict.fromkeys(("term", "category"), "times per 1,000 words")
)
_WITH = {
    "no date": "no date",
    "only the year is known": "only a year",
    "only the month is known": "only a month",
}


def _subject(it: Series) -> str:
    if it.of == TERM:
        return f"The rate of {quoted(it.name)}"
    if it.of == CATEGORY:
        return f"The rate of the category {quoted(it.name)}"
    if it.names_actor:
        return f"The share of documents that name {the(it.name)}"
    who = "that are direct quotations" if it.of == SPEECH else f"by {the(it.name)}"
    return f"The share of statements {who}"


def _object(it: Series) -> str:
    subject = _subject(it)
    return subject[:1].lower() + subject[1:]


def _unit_in_words(it: Series) -> str:
    return " per 1,000 words" if it.is_rate else ""


def _precision(it: Series, value: float) -> str:
    if not it.is_rate:
        return share_precision(abs(value))
    return ",.2f" if value == 0 or abs(value) >= _RARE else ",.4f"


def _value(it: Series, value: float, beside: float | None = None) -> str:
    """Return a value as a sentence has it, a rate as precisely as the one beside it."""
    precise = [abs(other) for other in (value, beside) if other] if it.is_rate else []
    return f"{value:{_precision(it, min(precise, default=value))}}"


def _usual(reasons: pd.Series[Any]) -> str:
    """Return the most frequent reason, the first of equally frequent ones."""
    counts = Counter(reasons.dropna())
    return max(counts, key=lambda it: counts[it]) if counts else "there is no series"


def _of_tested(n: int, n_tested: int, what: str) -> str:
    several = {"changes": "change", "has a trend": "have a trend", "differs": "differ"}[what]
    beyond = "beyond chance" if what == "has a trend" else "by more than chance explains"
    if n == 0:
        return f"None of the {plural(n_tested, 'series', 'series')} tested {what} {beyond}"
    return f"{n:,} of the {plural(n_tested, 'series', 'series')} tested {what if n == 1 else several} {beyond}"
