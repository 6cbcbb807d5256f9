"""Findings of 04_claims: figures that are asserted, sources that differ, and how much there is to check."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from research.analysis.articles import the
from research.analysis.claims.charts import check_units
from research.analysis.claims.compared import compared
from research.analysis.claims.difference_headlines import differences
from research.analysis.claims.disagreements import puts
from research.analysis.claims.gathered import MEASURES, NOT_CHECKED, WHOSE, Gathered, at_rows, gathered
from research.analysis.claims.measures import when, within
from research.analysis.claims.tables import KINDS, YES, by_speaker, records
from research.analysis.claims.tables import claims as claim_table
from research.analysis.claims.tables import quantities as quantity_table
from research.analysis.claims.tables import reasons as reason_table
from research.analysis.claims.tables import speakers as speaker_table
from research.analysis.findings import Finding, slug
from research.analysis.judging.corrections import corrected
from research.analysis.making import BY_JACKKNIFE, of_count, of_share
from research.analysis.one_speaker import check_speakers
from research.analysis.parameters import LEAST_CONFIDENCE, Parameter
from research.analysis.parameters import words as list_of
from research.analysis.statistics.uncertainty import rounded
from research.analysis.wording import capitalised, confidence, listed, percent, plural, share_of, share_precision
from research.nlp.annotate import Annotations
from research.nlp.claims.lexicon import plain, words
from research.nlp.claims.reasons import (
    ALLEGATION,
    COMPARISON,
    DENIAL,
    FIGURE,
    FORECAST,
    PROMISE,
    STATE,
    SUPERLATIVE,
    TREND,
)
from research.nlp.groups.joining import any_case
from research.nlp.groups.nearest import nearest_names

if TYPE_CHECKING:
    import pandas as pd

SPEAKERS_ASKED = Parameter(
    "speakers",
    list_of("names", "Kassym-Jomart Tokayev"),
    None,
    "The speakers whose figures have a finding each; None: the figures that say most exactly what they measure",
    check_annotations=check_speakers,
)
UNITS_ASKED = Parameter(
    "units",
    list_of("units", "USD"),
    None,
    "The units of the timeline; None: the most frequent ones",
    check_annotations=check_units,
)

MOST_VALUES = 3
"""The most findings about single figures, of all speakers or of each that is asked for; the tables list all."""


@corrected
def findings(
    annotations: Annotations,
    speakers: Any = None,
    least_confidence: Any = LEAST_CONFIDENCE.default,
    units: Any = None,
    compare: Any = None,
) -> list[Finding]:
    """Return the findings about figures and claims, single figures first.

    ``units`` chooses what the timeline draws, and no finding depends on it.

    >>> from research import annotate, load
    >>> print(findings(annotate(load("seeds")))[0].statement)
    Kassym-Jomart Tokayev puts the volume of the Kazakh-Russian trade at 25 billion U.S. dollars in 2022.
    """
    UNITS_ASKED.read(units)
    figures, claims = quantity_table(annotations, least_confidence), claim_table(annotations, least_confidence)
    least = LEAST_CONFIDENCE.read(least_confidence)
    evidence = gathered(annotations, figures, claims, least)
    asked = SPEAKERS_ASKED.read(speakers)
    return [
        *_values(figures, evidence, asked),
        *differences(figures, evidence),
        *compared.findings(annotations, compare, least_confidence),
        # The same speaker with and without what people judged, so that both have the finding.
        *_most_figures(figures, evidence, quantity_table(annotations.with_judgements, least_confidence)),
        _figure_count(figures, evidence),
        _named_share(figures, evidence),
        _claim_count(claims, evidence),
        _claims_with_figures(claims, evidence),
    ]


# --- single figures ---


def _values(figures: pd.DataFrame, evidence: Gathered, asked: Sequence[str] | None) -> Iterator[Finding]:
    """Yield a finding for each of the figures that say whose, what, how much and when most exactly."""
    ready = figures.loc[[row for row, it in zip(figures.index, records(figures), strict=True) if _is_ready(it)]]
    ready = ready.assign(
        undated=ready["period"].isna(),
        order=[_ORDER.index(kind) for kind in ready["kind"]],
        placeless=ready["countries"].isna(),
        size=[-abs(float(value)) for value in ready["value"]],
    ).sort_values(["undated", "order", "placeless", "size", "doc_id", "start"])
    taken: set[str] = set()
    for chosen in _chosen(ready, figures, asked):
        if isinstance(chosen, str):
            yield _nothing_of(chosen, figures, evidence)
            continue
        for row in records(chosen):
            key = _key_of(row)
            key = key if key not in taken else f"{key}.{slug(row['text'])}"
            if key not in taken:
                taken.add(key)
                yield _value(key, row, figures, evidence)


def _chosen(ready: pd.DataFrame, figures: pd.DataFrame, asked: Sequence[str] | None) -> Iterator[pd.DataFrame | str]:
    """Yield the figures with a finding of their own; of a speaker asked for in vain, the name."""
    if asked is None:
        yield ready.drop_duplicates("speaker").head(MOST_VALUES)
        return
    known = {any_case(name): name for name in figures["speaker"].dropna()}
    for name in asked:
        its = ready[ready["speaker"] == known.get(any_case(name), name)].head(MOST_VALUES)
        yield name if its.empty else its


_ORDER = ("money", "percentage", "count", "measure")
_NOT_SO = re.compile(r"(?i:\b(?:not|never|no longer|if|unless|would|could|might|should)\b)|\bmay\b|n['’]t\b|\?")
"""Words of a sentence that may deny its figure, suppose it or ask for it."""
_ENDS = re.compile(
    r"(?:,? (?:in|by|at the end of|during) (?:(?:early|late|mid) )?(?:[A-Z][a-z]+ )?[12]\d{3}"
    r"| a year| annually| last year| today)?"
    r"(?:[\s\"'”’)]*(?:$|[.,;:–—])| (?:and|but|while|whereas|according)\b)"
)
"""What may follow a figure that holds for all that is measured: a time, and the end of the clause."""
_STARTS = re.compile(
    r"(?:[Tt]he\b|[A-Z]\w+['’]s )(?!.*(?:…|\[|\b(?:this|that|these|those|our|my|your|his|her|its|their)\b))"
)
_PART = re.compile(r"\b(?:about|against|at|between|by|for|from|in|into|of|on|or|over|than|to|with)\s+$")
"""Words before a measure that is only part of what is measured: "sorties by the aircraft"."""
_NAMED = re.compile(r".\b[A-Z][a-z]")
_LONGEST, _TELLING = 12, 4
"""The most words of a measure in a sentence, and how many say enough without a name ("the price of water in towns")."""


def _is_ready(row: dict[str, Any]) -> bool:
    """Return whether a figure can be told in one sentence: by whom, of what (in words that hold out of context)."""
    measure, value = row["measure"], row["value"]
    if not isinstance(row["speaker"], str) or not isinstance(measure, str) or row["role"] != "level":
        return False
    if row["kind"] not in _ORDER or not isinstance(value, int | float) or value != value:  # noqa: PLR0124  NaN
        return False
    if not puts(row):
        return False
    if isinstance(row["period"], str) and row["period"].startswith(("since", "until")):
        return False
    # A measure with a verb is none: "the loss would not" of "the loss would not be 6 percent".
    if words("finite verbs").search(plain(measure)) or _NOT_SO.search(row["in_sentence"]):
        return False
    if not _holds_for_all(row):
        return False
    if not any(word[:1].islower() for word in measure.split()[1:]):
        return False  # "the Compensation Commission" is nothing that has a value
    named = _NAMED.search(measure) is not None or isinstance(row["countries"], str)
    telling = len(measure.split()) >= (2 if named else _TELLING)
    return _STARTS.match(measure) is not None and telling and len(measure.split()) <= _LONGEST


def _holds_for_all(row: dict[str, Any]) -> bool:
    """Return whether the measure is whole, and nothing but a time follows: "$226 for the poor" is not everybody's."""
    before, after = row["in_sentence"].partition(row["measure"])[0], row["in_sentence"].partition(row["text"])[2]
    return _PART.search(before) is None and _ENDS.match(after) is not None


def _key_of(row: dict[str, Any]) -> str:
    parts = [slug(any_case(row["speaker"])), slug(row["measure"])]
    period = row["period"] if isinstance(row["period"], str) else None
    return ".".join(["claims.value", *parts, *([slug(period)] if period else [])])


def _value(key: str, row: dict[str, Any], figures: pd.DataFrame, evidence: Gathered) -> Finding:
    at = figures[(figures["doc_id"] == row["doc_id"]) & (figures["start"] == row["start"])].head(1)
    [counted] = list(at_rows(evidence.figures, at))[:1]
    accuracy = evidence.known(*MEASURES, "times.periods", "turns.office", "turns.person", rows=at)
    at_time = when(row["period"])
    return Finding(
        key=key,
        statement=f"{capitalised(the(row['speaker']))} puts {within(row['measure'])} at {_bound(row)}{row['text']}"
        f"{at_time}.",
        value=counted.exact,
        display=row["text"],
        unit=None,
        measure="value",
        method=evidence.method(WHOSE, NOT_CHECKED),
        status="descriptive",
        n=1,
        n_documents=1,
        accuracy=accuracy.figures,
        accuracy_note=accuracy.note,
        parameters={**evidence.parameters, "speaker": row["speaker"]},
        evidence=(counted,),
        uncorrected="passage",
    )


def _bound(row: dict[str, Any]) -> str:
    """Return what a figure that is a bound, or approximate, is told with."""
    low, high = (isinstance(row[name], int | float) and row[name] == row[name] for name in ("low", "high"))
    if low != high:
        return "more than " if low else "less than "
    return "about " if row["approximate"] == YES and not low else ""


def _nothing_of(name: str, figures: pd.DataFrame, evidence: Gathered) -> Finding:
    """Return the finding for a speaker without a figure that can be told in a sentence."""
    speakers = sorted(set(figures["speaker"].dropna()))
    n = int((figures["speaker"] == name).sum())
    nearest = nearest_names(name, [it for it in speakers if it != name]) if not n else []
    hint = f"; the nearest {'name is' if len(nearest) == 1 else 'names are'} {listed(nearest)}" if nearest else ""
    reason = (
        f"none of the speaker's {plural(n, 'figure')} says what it measures"
        if n
        else f"no figure is attributed to this name{hint}"
    )
    subject = f"A figure asserted by {the(name)}"
    key = f"claims.value.{slug(any_case(name))}"
    method = evidence.method(WHOSE)
    return evidence.too_little(key, subject, reason, unit="passages", measure="value", method=method)


# --- how many figures, and whose ---


def _most_figures(figures: pd.DataFrame, evidence: Gathered, judged: pd.DataFrame) -> Iterator[Finding]:
    """Yield who asserts the most figures by what was judged, if that is somebody with a name and there are others."""
    table = speaker_table(judged)
    named = table[table["speaker"].isin(set(judged["speaker"].dropna()))]
    if len(named) < 2 or named["n_figures"].iloc[0] == named["n_figures"].iloc[1]:
        return
    speaker = str(named["speaker"].iloc[0])
    counted = by_speaker(figures)["speaker"] == speaker
    n, total = int(counted.sum()), len(figures)
    share = rounded(n / total)
    interval = evidence.interval(figures, counted)
    ci = confidence(interval, share_precision(share), before=", ")
    counts = f"{n:,} of {total:,}{ci}"
    yield of_share(
        f"claims.figures_of.{slug(any_case(speaker))}",
        f"{capitalised(the(speaker))} asserts {percent(share)} of all figures ({counts}), more than any other named "
        "speaker.",
        value=share,
        display=percent(share),
        unit="passages",
        interval=interval,
        interval_by=BY_JACKKNIFE,
        complete=evidence.complete,
        method=evidence.method(WHOSE),
        counted=at_rows(evidence.figures, figures[counted]),
        base=evidence.figures.counted_as("base"),
        n_documents=figures["doc_id"].nunique(),
        accuracy=evidence.known(*MEASURES, rows=figures),
        parameters={**evidence.parameters, "speaker": speaker},
        additive=True,
    )


def _figure_count(figures: pd.DataFrame, evidence: Gathered) -> Finding:
    n, documents = len(figures), figures["doc_id"].nunique()
    where = f" in {plural(documents, 'document')}" if n else ""
    return of_count(
        "claims.figures",
        f"The corpus holds {_one_figure(figures) if n == 1 else plural(n, 'figure') + where + _by_kind(figures)}.",
        value=n,
        unit="passages",
        method=evidence.method("Dates and numbers of paragraphs or documents are no figures."),
        n=n,
        n_documents=documents,
        parameters=evidence.parameters,
        additive=True,
        evidence=evidence.figures,
    )


_ONE_OF = {
    "money": ("sum of money", "sums of money"),
    "percentages": ("percentage", "percentages"),
    "counts": ("count", "counts"),
    "durations": ("duration or age", "durations and ages"),
    "others": ("other measure", "other measures"),
}


def _one_figure(figures: pd.DataFrame) -> str:
    kind = next(name for name, kinds in KINDS.items() if figures["kind"].isin(kinds).any())
    return "1 figure" + ("" if kind == "others" else f", a {_ONE_OF[kind][0]}")


def _by_kind(figures: pd.DataFrame) -> str:
    """Return how many figures are of each kind, as the rest of a sentence."""
    counts = {name: int(figures["kind"].isin(kinds).sum()) for name, kinds in KINDS.items()}
    parts = [plural(n, *_ONE_OF[name]) for name, n in sorted(counts.items(), key=lambda it: -it[1]) if n]
    return f": {listed(parts)}" if parts else ""


def _named_share(figures: pd.DataFrame, evidence: Gathered) -> Finding:
    key, method = "claims.named", evidence.method(WHOSE)
    counted = figures["speaker"].notna()
    n, total = int(counted.sum()), len(figures)
    if not total:
        subject = "The share of figures that a named speaker asserts"
        reason = "the corpus has no figure"
        return evidence.too_little(key, subject, reason, unit="passages", measure="share", method=method)
    share = rounded(n / total)
    interval = evidence.interval(figures, counted)
    ci = confidence(interval, share_precision(share), before=", ")
    verb = "come from named speakers" if n != 1 or total != 1 else "comes from a named speaker"
    alone = f"{'The only' if n else 'No'} figure ({n:,} of {total:,}{ci})"
    which = share_of(n, total, "figures", percent(share), ci) if total > 1 else alone
    return of_share(
        key,
        f"{which} {verb if total > 1 or n else 'comes from a named speaker'}.",
        value=share,
        display=percent(share),
        unit="passages",
        interval=interval,
        interval_by=BY_JACKKNIFE,
        complete=evidence.complete,
        method=method,
        counted=at_rows(evidence.figures, figures[counted]),
        base=evidence.figures.counted_as("base"),
        n_documents=figures["doc_id"].nunique(),
        accuracy=evidence.known(*MEASURES, rows=figures),
        parameters=evidence.parameters,
        additive=True,
    )


# --- how much there is to check ---

_RANKED = (
    "Rules rank the sentences and clauses by what makes them worth checking: figures, superlatives, comparisons, "
    "trends, denials, allegations, promises and forecasts with a date. Questions, courtesies, wishes and opinions rank "
    "lower. Nothing says whether a claim is true."
)


_BECAUSE = {
    FIGURE: "a figure",
    SUPERLATIVE: "a superlative",
    COMPARISON: "a comparison",
    TREND: "a trend",
    DENIAL: "a denial",
    ALLEGATION: "an allegation",
    PROMISE: "a promise with a date",
    FORECAST: "a forecast with a date",
    STATE: "a statement of how things are",
}


def _claim_count(claims: pd.DataFrame, evidence: Gathered) -> Finding:
    n, documents = len(claims), claims["doc_id"].nunique()
    most = reason_table(claims)
    first = most["reason"].head(3)
    why = f"{', most often' if n > 1 else ''} because of {listed([_BECAUSE[it] for it in first])}" if n else ""
    where = f" in {plural(documents, 'document')}" if n else ""
    return of_count(
        "claims.claims",
        f"{capitalised(plural(n, 'claim'))}{where} {'is' if n == 1 else 'are'} worth checking{why}.",
        value=n,
        unit="passages",
        method=_RANKED,
        n=n,
        n_documents=documents,
        parameters=evidence.parameters,
        evidence=evidence.claims,
    )


def _claims_with_figures(claims: pd.DataFrame, evidence: Gathered) -> Finding:
    key = "claims.with_figures"
    if claims.empty:
        subject, reason = "The share of claims with a figure", "the corpus has no claim that is worth checking"
        return evidence.too_little(key, subject, reason, unit="passages", measure="share", method=_RANKED)
    counted = claims["reasons"].str.split(", ").map(lambda its: FIGURE in its).astype(bool)
    n, total = int(counted.sum()), len(claims)
    share = rounded(n / total)
    interval = evidence.interval(claims, counted)
    ci = confidence(interval, share_precision(share), before=", ")
    return of_share(
        key,
        f"{share_of(n, total, 'claims that are worth checking', percent(share), ci)} rest on a figure.",
        value=share,
        display=percent(share),
        unit="passages",
        interval=interval,
        interval_by=BY_JACKKNIFE,
        complete=evidence.complete,
        method=_RANKED,
        counted=at_rows(evidence.claims, claims[counted]),
        base=evidence.claims.counted_as("base"),
        n_documents=claims["doc_id"].nunique(),
        parameters=evidence.parameters,
    )
