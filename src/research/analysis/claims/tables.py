"""Tables of 04_claims: every figure and every claim with who asserts it, then speakers, units and reasons counted."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from research.analysis.claims.periods import period_of
from research.analysis.claims.voices import Voices
from research.analysis.declaring import kept
from research.analysis.parameters import LEAST_CONFIDENCE
from research.analysis.rows import table_of
from research.analysis.statistics.uncertainty import rounded
from research.analysis.wording import most_often, one_line
from research.loading import Span
from research.nlp.annotate import Annotations
from research.nlp.annotated import AnnotatedDocument
from research.nlp.claims.reasons import REASONS
from research.nlp.groups.joining import joined_names
from research.nlp.judged.mending import JudgedFigure
from research.nlp.records import Claim, Quantity

if TYPE_CHECKING:
    import pandas as pd

_WHERE = ("date", "outlet", "title", "doc_id", "start")
QUANTITIES = ("speaker", "source", "text", "measure", "period", "in_sentence", *_WHERE)
"""The columns of the figures to read; the others have the value in numbers."""


def quantity_columns(quantities: pd.DataFrame) -> list[str]:
    """Return the columns of ``quantities`` to show: the usual ones, and where people judged some, what they decided."""
    return [*QUANTITIES[:1], *(["judged"] if "judged" in quantities else []), *QUANTITIES[1:]]


CLAIMS = ("claim", "reasons", "score", "speaker", "source", *_WHERE)

_DOCUMENT = ("doc_id", "date", "outlet", "title", "start", "end")
_QUANTITIES = [
    *(*_DOCUMENT, "speaker", "source", "kind", "text", "value", "low", "high", "unit", "role", "direction"),
    *("approximate", "assumed", "measure", "verb", "period", "period_start", "period_end", "countries"),
    *("in_sentence", "sentence_at", "sha256"),
]
_CLAIMS = [*_DOCUMENT, "claim", "reasons", "score", "speaker", "source", "n_figures", "sha256"]
_TEXTS = ("claim", "in_sentence", "sentence_at")
"""The columns of which hardly two rows are equal."""
_OFFSETS = {"start": "int64", "end": "int64"}
YES, NO = "yes", "no"


@kept
def quantities(annotations: Annotations, least_confidence: Any = LEAST_CONFIDENCE.default) -> pd.DataFrame:
    """Return every figure, one row each, in the order of the corpus.

    Columns: ``doc_id, date, outlet, title`` of the document; ``start, end`` of the figure; ``speaker`` who asserts it
    (missing without a name) and ``source``, as the text calls whoever does; ``kind`` (money, percentage, count …);
    ``text`` as written; ``value``, ``low``, ``high`` in numbers and their ``unit``; ``role`` (level or change),
    ``direction``; ``approximate`` and ``assumed`` (yes or no); ``measure``, what is measured, and the ``verb``;
    ``period`` in brief, ``period_start, period_end`` as ISO dates; ``countries`` in the measure; ``in_sentence``, the
    sentence around it, and its offsets ``sentence_at``; ``sha256``. With a ``judgements.csv``, ``judged`` says what
    people decided: ``right``, ``mended`` (value, unit or period are theirs) or ``missed`` (the model had not found it).

    A figure is asserted by the speaker of the statement that it is in, if its confidence is at least
    ``least_confidence``, else by the speaker of the document, else by the text itself. Names that differ in capitals
    or in a middle initial alone, and the names of one state, are one speaker.
    """
    if not annotations.corpus.judgements.entries:
        return _with_one_name(_frame(annotations, least_confidence, _figures, _QUANTITIES))
    return _with_one_name(_frame(annotations, least_confidence, _judged_figures, [*_QUANTITIES, "judged"]))


@kept
def claims(annotations: Annotations, least_confidence: Any = LEAST_CONFIDENCE.default) -> pd.DataFrame:
    """Return every claim, one row each, those most worth checking first.

    Columns: ``doc_id, date, outlet, title`` of the document; ``start, end`` and the text of the ``claim``; ``reasons``
    to check it, the weightiest first; ``score`` from 0 to 1, which orders claims and is no probability; ``speaker``
    and ``source`` as in ``quantities``; ``n_figures``, the number of figures in it; ``sha256``.
    """
    table = _with_one_name(_frame(annotations, least_confidence, _claims, _CLAIMS))
    order = ["score", "doc_id", "start"]
    return table.astype({"score": "float64", "n_figures": "int64"}).sort_values(
        order, ascending=[False, True, True], ignore_index=True
    )


Rows = Callable[[AnnotatedDocument, Voices], Iterator[tuple[Any, ...]]]


def _frame(annotations: Annotations, least_confidence: Any, rows_of: Rows, columns: Sequence[str]) -> pd.DataFrame:
    least, people = LEAST_CONFIDENCE.read(least_confidence), annotations.corpus.speakers
    rows = (row for annotated in annotations for row in rows_of(annotated, Voices(annotated, people, least)))
    return table_of(rows, columns, on_disk=_TEXTS).astype(_OFFSETS)


def _with_one_name(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with names that are one speaker's by rule under the most frequent of them."""
    known = joined_names(table["speaker"].dropna())
    name = table["speaker"].map(lambda it: known[it].name, na_action="ignore")
    return table.assign(speaker=name.astype(object).where(name.notna(), None))


def _figures(annotated: AnnotatedDocument, voices: Voices) -> Iterator[tuple[Any, ...]]:
    document = annotated.document
    found: Sequence[Quantity] = annotated.records("quantities")
    sentences = _Sentences(annotated.sentences if found else ())
    for it in found:
        voice, sentence = voices.of(it.attribution), sentences.around(Span(it.start, it.end))
        yield (
            *(document.id, document.date, document.source, document.title, it.start, it.end),
            *(voice.speaker, voice.source, it.kind, one_line(annotated[it.start, it.end])),
            *(it.value, it.low, it.high, it.unit, it.role, it.direction, _yes(it.approximate), _yes(it.assumed)),
            *(_said(annotated, it.measure), _said(annotated, it.verb), period_of(it.period_start, it.period_end)),
            *(it.period_start, it.period_end, " ".join(it.countries) or None, one_line(annotated[sentence])),
            *(f"{sentence.start}-{sentence.end}", document.origin.sha256),
        )


def _judged_figures(annotated: AnnotatedDocument, voices: Voices) -> Iterator[tuple[Any, ...]]:
    found: Sequence[Quantity] = annotated.records("quantities")
    for it, row in zip(found, _figures(annotated, voices), strict=True):
        yield (*row, it.judged if isinstance(it, JudgedFigure) else None)


def _said(annotated: AnnotatedDocument, span: Span | None) -> str | None:
    return None if span is None else one_line(annotated[span])


def _yes(flag: bool) -> str:
    return YES if flag else NO


class _Sentences:
    """The sentences of a document, by the characters that they hold."""

    def __init__(self, sentences: Sequence[Span]) -> None:
        self._sentences = sentences
        self._starts = [it.start for it in sentences]

    def around(self, span: Span) -> Span:
        """Return the sentence that holds a span, or the span where none does."""
        at = bisect_right(self._starts, span.start) - 1
        if at >= 0 and span.end <= self._sentences[at].end:
            return self._sentences[at]
        return span


def _claims(annotated: AnnotatedDocument, voices: Voices) -> Iterator[tuple[Any, ...]]:
    document = annotated.document
    found: Sequence[Claim] = annotated.records("claims")
    figures = [(it.start, it.end) for it in annotated.records("quantities")] if found else []
    for it in found:
        voice = voices.of(it.attribution)
        n = sum(it.start <= start and end <= it.end for start, end in figures)
        yield (
            *(document.id, document.date, document.source, document.title, it.start, it.end),
            *(one_line(annotated[it.start, it.end]), ", ".join(it.reasons), it.score),
            *(voice.speaker, voice.source, n, document.origin.sha256),
        )


# --- counted from them ---

KINDS = {
    "money": ("money",),
    "percentages": ("percentage", "percentage points"),
    "counts": ("count",),
    "durations": ("duration", "age"),
    "others": ("measure", "multiple", "ratio"),
}
"""The kinds of figures as columns and in the figure: each with the kinds of the annotator that it has."""
SPEAKERS = ("speaker", "n_figures", "share", "n_documents", *KINDS)
UNITS = ("kind", "unit", "n_figures", "speakers", "n_documents", "lowest", "highest")
REASON_COUNTS = ("reason", "means", "claims", "share", "n_documents")


def who(table: pd.DataFrame) -> pd.Series[Any]:
    """Return who asserts each row: the speaker by name, or else as the text calls the source."""
    return table["speaker"].where(table["speaker"].notna(), table["source"])


def speakers(quantities: pd.DataFrame) -> pd.DataFrame:
    """Return who asserts how many figures, whoever asserts most first.

    Columns: ``speaker``, a name, or a source without one as the text calls it; ``n_figures``, their ``share`` in all,
    ``n_documents``; and how many are ``money``, ``percentages``, ``counts``, ``durations`` (ages included), ``others``.
    """
    import pandas as pd

    told = by_speaker(quantities)
    groups = told.groupby("speaker", sort=False)
    table = pd.DataFrame({"n_figures": groups.size(), "n_documents": groups["doc_id"].nunique()})
    for name, kinds in KINDS.items():
        table[name] = told["kind"].isin(kinds).groupby(told["speaker"]).sum()
    table = table.astype("int64").rename_axis("speaker").reset_index()
    table["share"] = [rounded(n / len(quantities)) for n in table["n_figures"]]
    return table.sort_values(["n_figures", "speaker"], ascending=[False, True], ignore_index=True)[list(SPEAKERS)]


def by_speaker(quantities: pd.DataFrame) -> pd.DataFrame:
    """Return the figures with whoever asserts them as ``speaker``, as ``speakers`` counts them."""
    return quantities.assign(speaker=who(quantities))


def units(quantities: pd.DataFrame) -> pd.DataFrame:
    """Return in which units figures are given, the most frequent first.

    Columns: ``kind, unit``; ``n_figures``; ``speakers``, the named ones; ``n_documents``; ``lowest`` and ``highest``
    value, missing where none has one.
    """
    import pandas as pd

    known = with_unit(quantities)
    groups = known.groupby(["kind", "unit"], sort=False)
    values = known.assign(value=pd.to_numeric(known["value"])).groupby(["kind", "unit"], sort=False)["value"]
    table = pd.DataFrame(
        {
            "n_figures": groups.size(),
            "speakers": groups["speaker"].nunique(),
            "n_documents": groups["doc_id"].nunique(),
            "lowest": values.min(),
            "highest": values.max(),
        }
    ).reset_index()
    order = ["n_figures", "kind", "unit"]
    return table.sort_values(order, ascending=[False, True, True], ignore_index=True)[list(UNITS)]


def with_unit(quantities: pd.DataFrame) -> pd.DataFrame:
    """Return the figures that have a unit, which a bare "30 million" has not."""
    return quantities[quantities["unit"].notna() & (quantities["unit"] != "")]


def reasons(claims: pd.DataFrame) -> pd.DataFrame:
    """Return why claims are worth checking, the most frequent reason first.

    Columns: ``reason``, what it ``means``, the ``claims`` that have it, their ``share`` in all, ``n_documents``. A
    claim counts for each of its reasons, so the shares add up to more than one.
    """
    import pandas as pd

    groups = by_reason(claims).groupby("reason", sort=False)
    table = pd.DataFrame({"claims": groups.size(), "n_documents": groups["doc_id"].nunique()}).reset_index()
    table["means"] = table["reason"].map(REASONS)
    table["share"] = [rounded(n / len(claims)) for n in table["claims"]]
    order = ["claims", "reason"]
    return table.sort_values(order, ascending=[False, True], ignore_index=True)[list(REASON_COUNTS)]


def by_reason(claims: pd.DataFrame) -> pd.DataFrame:
    """Return every claim once for each of its reasons, with that ``reason``."""
    return claims.assign(reason=claims["reasons"].str.split(", ")).explode("reason")


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table, each by its columns."""
    names = [str(name) for name in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.itertuples(index=False, name=None)]


def usual_measure(measures: pd.Series[Any]) -> str | None:
    """Return the most frequent wording of a measure."""
    return most_often(measures.dropna())
