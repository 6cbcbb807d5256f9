"""Tables of 08_accuracy: what was judged, and how often the model is right."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from research.analysis.accuracy.estimates import MEASURES, STRATA_IN_WORDS, estimated, expected, sentences_of, too_few
from research.analysis.accuracy.figures import KINDS, kind_of_figure
from research.analysis.accuracy.gathered import gathered, told
from research.analysis.declaring import kept
from research.analysis.statistics.uncertainty import rounded
from research.analysis.wording import listed
from research.loading.judgements import FIGURE, MISSED_FIGURE, STATEMENT, Judgement
from research.nlp.annotate import Annotations
from research.nlp.judged.units import BANDS, STRATA

if TYPE_CHECKING:
    import pandas as pd

JUDGED = ["thing", "exact", "model", "verdict", "right_speaker", "right_words", "right_value", "by", "doc_id", "status"]
"""The columns of ``judged`` that are shown."""
MEASURED = ["measure", "among", "n", "value", "low", "high", "why_not"]
"""The columns of ``measured`` that are shown."""
EVERYTHING = "everything"
ALL_MEASURES = "every share"
"""The measure of the one row of ``measured`` where too few sentences are judged."""
MORE = (100, 200, 400)
"""How many more sentences may be judged."""

_JUDGED = [*("doc_id", "start", "end"), *JUDGED[:-2], "stratum", "status"]


@kept
def judged(annotations: Annotations) -> pd.DataFrame:
    """Return every judgement, in the order of ``judgements.csv``.

    ``thing`` was judged (``sentence``, ``statement``, ``figure`` or ``missed``), ``model`` is what the model said then,
    ``by`` the coder. ``status`` is ``counts``, or why the row is in no share.
    """
    import pandas as pd

    rows = [
        (
            *(it.document, *span, it.judged, it.exact, it.model, it.verdict),
            *(it.right_speaker, it.right_words, it.right_value, it.coder, it.stratum, status),
        )
        for it, span, status in gathered(annotations).rows
    ]
    return pd.DataFrame(rows, columns=_JUDGED, dtype=object)


@kept
def sentences(annotations: Annotations) -> pd.DataFrame:
    """Return the judged sentences: where they are, their stratum and weight, and what was counted in each.

    ``weight`` is the number of sentences of the corpus that each is an example of. ``n_found`` statements were found,
    ``n_true`` of them are statements, ``n_speakers`` of these have the right speaker and ``n_exact`` the right words;
    ``n_there`` is ``n_true`` and the missed ones. ``n_figures`` figures were found, ``n_real`` of them are figures, and
    ``n_values``, ``n_units`` and ``n_periods`` of these have the right value, unit and period; ``n_read`` have all
    three. ``n_figures_there`` is ``n_real`` and the missed ones.
    """
    return sentences_of(gathered(annotations))


@kept
def strata(annotations: Annotations) -> pd.DataFrame:
    """Return the sentences by what the model found in them.

    The columns are ``stratum, meaning, n_sentences, n_judged, n_skipped, probability``; the last is the share of the
    sentences that were judged.
    """
    import pandas as pd

    found = gathered(annotations)
    counts = Counter(sentences(annotations)["stratum"])
    rows = [
        (name, STRATA_IN_WORDS[name], size, counts[name], found.skipped[name], rounded(counts[name] / size))
        for name in STRATA
        if (size := found.sizes.get(name, 0))
    ]
    return pd.DataFrame(rows, columns=["stratum", "meaning", "n_sentences", "n_judged", "n_skipped", "probability"])


@kept
def measured(annotations: Annotations) -> pd.DataFrame:
    """Return how often the model is right: one row a measure and a group of statements or figures.

    ``by`` is ``kind`` or ``confidence`` of statements or ``kind of figure``, and ``among`` one of them, or
    ``everything``. Figures have no confidence. ``n`` is the number of judged
    cases, ``value`` the estimated share with its 95% interval from ``low`` to ``high``. Without a value, ``why_not``
    says why. Where too few sentences are judged for any of them, one row says so, and ``n`` is how many are.
    """
    import pandas as pd

    found = gathered(annotations)
    columns = ["measure", "meaning", "by", "among", "n", "value", "low", "high", "why_not"]
    if why := too_few(found, sentences(annotations)):
        row = (ALL_MEASURES, listed(list(MEASURES)), "", EVERYTHING, len(found.units), None, None, None, why)
        return pd.DataFrame([row], columns=columns)
    rows = []
    for by, among, about, chosen in _groups(annotations):
        counted = sentences_of(found, chosen)
        for name, measure in MEASURES.items():
            if not by or (measure.grouped and measure.about == about):
                its = estimated(found, measure, counted)
                ends = (None, None) if its.interval is None else its.interval[:2]
                rows.append((name, measure.meaning, by, among, its.n, its.value, *ends, its.why_not))
    table = pd.DataFrame(rows, columns=columns)
    order = table["measure"].map({name: at for at, name in enumerate(MEASURES)})
    return table.assign(order=order).sort_values("order", kind="stable", ignore_index=True).drop(columns="order")


def _groups(annotations: Annotations) -> Iterator[tuple[str, str, str, Callable[[Judgement], bool]]]:
    """Yield the groups: by what, which, of statements or of figures, and whether a judgement is on one of them."""
    its = gathered(annotations).units
    said = [told(it.model) for unit in its for it in unit.of(STATEMENT)]
    yield "", EVERYTHING, "", lambda _: True
    for kind in sorted({it.kind for it in said if it.kind}):
        yield "kind", kind, STATEMENT, lambda it, kind=kind: told(it.model).kind == kind  # type: ignore[misc]
    for band in sorted({_band(it.confidence) for it in said}):
        yield "confidence", BANDS_IN_WORDS[band], STATEMENT, partial(_is_in_band, band=band)
    figures = {kind_of_figure(it) for unit in its for what in (FIGURE, MISSED_FIGURE) for it in unit.of(what)}
    for kind in filter(figures.__contains__, KINDS):
        yield "kind of figure", kind, FIGURE, partial(_is_figure, kind=kind)


def _is_in_band(judgement: Judgement, band: int) -> bool:
    return _band(told(judgement.model).confidence) == band


def _is_figure(judgement: Judgement, kind: str) -> bool:
    return judgement.judged in (FIGURE, MISSED_FIGURE) and kind_of_figure(judgement) == kind


BANDS_IN_WORDS = (
    f"below {BANDS[0]:g}",
    *(f"{low:g} to below {high:g}" for low, high in pairwise(BANDS)),
    f"from {BANDS[-1]:g}",
)


def _band(confidence: float | None) -> int:
    return bisect_right(BANDS, 1.0 if confidence is None else confidence)


@kept
def widths(annotations: Annotations) -> pd.DataFrame:
    """Return how wide each interval would be with more judged sentences.

    The columns are ``measure, n_more, n_judged, percentage_points``: ``n_judged`` is the number of judged sentences
    then, and the last the distance between the ends of the interval. Measures without an interval have no row, nor have
    the parts of a figure.
    """
    import pandas as pd

    found, counted = gathered(annotations), sentences(annotations)
    most = sum(found.sizes.values())
    rows = [
        (name, more, len(counted) + more, rounded(100 * width))
        for name, measure in MEASURES.items()
        if measure.about == STATEMENT or measure.grouped
        for more in MORE
        if len(counted) + more <= most and (width := expected(found, measure, counted, more)) is not None
    ]
    return pd.DataFrame(rows, columns=["measure", "n_more", "n_judged", "percentage_points"])
