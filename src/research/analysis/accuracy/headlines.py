"""Findings of 08_accuracy: precision, recall and right speakers, as judged on these documents."""

from __future__ import annotations

from research.analysis.accuracy.estimates import (
    FIGURE_RECALL,
    FIGURES,
    MEASURES,
    PRECISION,
    RECALL,
    SPEAKER,
    WEIGHT,
    estimated,
)
from research.analysis.accuracy.gathered import gathered
from research.analysis.accuracy.tables import sentences, widths
from research.analysis.findings import Computation, Finding
from research.analysis.making import not_computable
from research.analysis.wording import confidence, listed, percent, plural, share_precision
from research.loading.judgements import STATEMENT
from research.nlp.annotate import Annotations

_SAID = {
    PRECISION: (
        "accuracy.precision",
        "The model's precision on these documents",
        "An estimated {value} of the statements that the model finds are real{ci}",
    ),
    RECALL: (
        "accuracy.recall",
        "The model's recall on these documents",
        "The model finds an estimated {value} of the statements in these documents{ci}",
    ),
    SPEAKER: (
        "accuracy.speaker",
        "The share of right speakers",
        "An estimated {value} of the statements that the model finds have the right speaker{ci}",
    ),
    FIGURES: (
        "accuracy.figures",
        "The share of right figures",
        "An estimated {value} of the figures that the model finds have the right value, unit and period{ci}",
    ),
    FIGURE_RECALL: (
        "accuracy.figure-recall",
        "The share of figures that are found",
        "The model finds an estimated {value} of the figures in these documents{ci}",
    ),
}
"""Each measure with a finding: its key, its subject where it is not computable, and its sentence."""


def findings(annotations: Annotations) -> list[Finding]:
    """Return the findings, which are not computable below 50 judged sentences.

    Those on figures are there once a sentence is judged.

    >>> from research import annotate, load
    >>> print(findings(annotate(load("seeds")))[0].statement)
    The model's precision on these documents is not computable: no sentence is judged yet, and all 15 are needed.
    """
    begun = not sentences(annotations).empty
    return [_finding(name, annotations) for name in _SAID if begun or MEASURES[name].about == STATEMENT]


def _finding(name: str, annotations: Annotations) -> Finding:
    key, subject, sentence = _SAID[name]
    found, table, measure = gathered(annotations), sentences(annotations), MEASURES[name]
    its = estimated(found, measure, table)
    units, documents = sum(found.sizes.values()), table["doc_id"].nunique()
    method = (
        f"A person judged {len(table):,} of {plural(units, 'sentence')}, drawn at random within strata by what the "
        "model found there. The value is a ratio of two totals over all sentences, each judged one weighted by how "
        f"many it is an example of: {measure.meaning}."
    )
    if its.value is None or its.interval is None:
        reason = its.why_not
        return not_computable(
            key, subject, reason, unit=None, measure="statistic", method=method, n_documents=documents
        )
    shown = percent(its.value)
    ci = confidence(its.interval, share_precision(its.value), before=" (") + ")"
    return Finding(
        key=key,
        statement=f"{sentence.format(value=shown, ci=ci)}, based on {len(table):,} judged sentences of {units:,}.",
        value=its.value,
        display=shown,
        unit=None,
        measure="statistic",
        computation=Computation("weighted_ratio", "accuracy.sentences", (WEIGHT, measure.counted, measure.base)),
        method=f"{method} The interval says how far the value could move with another sample of sentences of these "
        f"documents (Särndal, Swensson & Wretman 1992).{_with_more(name, annotations)}",
        status="supported",
        interval=its.interval,
        n=its.n,
        n_documents=documents,
    )


def _with_more(name: str, annotations: Annotations) -> str:
    """Return how wide the interval would be with more judged sentences, as a sentence with a blank before it."""
    table = widths(annotations)
    its = table[table["measure"] == name]
    if its.empty:
        return ""
    more, wide = listed([f"{it:,}" for it in its["n_more"]]), listed([f"{it:.0f}" for it in its["percentage_points"]])
    return f" With {more} more judged sentences it would be about {wide} percentage points wide."
