"""02_statements: who speaks, and how?"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, NamedTuple

from research.analysis import cues as heads
from research.analysis.figures import (
    BLUE,
    ORANGE,
    SKY,
    Figure,
    NotComputable,
    horizontal_bars,
    label_ends,
    new_plot,
    shortened,
    style,
)
from research.analysis.findings import (
    BOOTSTRAPPED,
    BY_WILSON,
    Finding,
    Passages,
    between,
    not_computable,
    of_share,
    passage,
    percent,
    plural,
    share_precision,
    slug,
    words_in,
)
from research.analysis.statistics.uncertainty import Interval, bootstrap, rounded, wilson
from research.errors import ParameterError
from research.loading import Span
from research.nlp import text as texts
from research.nlp.accuracy import measured
from research.nlp.annotate import AnnotatedDocument, Annotations
from research.nlp.english import is_english

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Plot

    from research.nlp.records import Attribution

LAYERS: tuple[str, ...] = ("counts", "statements")
"""What this needs of the annotations."""
KINDS = ("direct", "mixed", "indirect")
HEADLINE_SPEAKERS = 3
"""How many speakers have a finding where none are asked for; each of the others has its rows in the tables."""
MOST_BARS = 12
"""The most speakers that are drawn one by one."""
OMITTED = " […] "
"""What stands between the parts of a content that the text interrupts: “We will stay,” he said, “and fight.”"""

STATEMENTS = ("speaker", "called", "kind", "cue", "cue_class", "content", "words", "doc_id", "start")
"""The columns of the statements that are for reading; the others are for finding each part again."""
SPEAKERS = ("speaker", "office", "words", "share", "attributions", "n_documents", "see_also")
UNNAMED = ("called", "words", "share", "attributions", "n_documents")
SOURCES = ("source", "words", "share", "attributions", "n_documents")
QUOTATIONS = ("speaker", "called", "quotation", "words", "doc_id", "start")
UNSURE = ("confidence", "speaker", "called", "cue", "content", "words", "doc_id", "start")

_STATEMENTS = [
    *("doc_id", "date", "start", "end", "speaker", "called", "office", "kind", "cue", "cue_head", "cue_class"),
    *("content", "words", "confidence", "source_at", "cue_at", "content_at", "sha256"),
]
_NUMBERS = {"start": "int64", "end": "int64", "words": "int64", "confidence": "float64"}
_NAMED, _UNNAMED, _NO_SOURCE = "named speakers", "unnamed sources", "without a source"


# --- tables ---


LEAST_CONFIDENCE = 0.2
"""The confidence from which on a statement is counted: of those below, about one in five was right on PolNeAR dev."""


def statements(annotations: Annotations, least_confidence: float = LEAST_CONFIDENCE) -> pd.DataFrame:
    """Every attribution that is sure enough, one row each, in the order of the corpus; none within another one.

    Columns: ``doc_id, date``; ``start, end`` from its first character to its last; ``speaker`` (missing where
    the source has no name), ``called`` (how the text calls the source), ``office``; ``kind`` (direct, indirect,
    mixed); ``cue`` with ``cue_head, cue_class`` (see ``analysis.cues``); ``content``, its parts joined by
    `` […] ``, and their ``words``; ``confidence``; ``source_at, cue_at, content_at``, the offsets of each as
    ``start-end``, a pair a part; ``sha256``. Speakers whose names differ in capitals alone are one.
    """
    return _table(annotations, lambda found: found.confidence >= least_confidence)


def unsure(annotations: Annotations, least_confidence: float = LEAST_CONFIDENCE) -> pd.DataFrame:
    """The attributions that ``statements`` leaves out for their confidence, with the same columns, the surest first."""
    table = _table(annotations, lambda found: found.confidence < least_confidence)
    return table.sort_values("confidence", ascending=False, kind="stable", ignore_index=True)


def _table(annotations: Annotations, wanted: Callable[[Attribution], bool]) -> pd.DataFrame:
    import pandas as pd

    rows = [
        _row(annotated, found)
        for annotated in annotations
        for found in annotated.attributions
        if found.level == 0 and wanted(found)
    ]
    table = pd.DataFrame(rows, columns=_STATEMENTS, dtype=object).astype(_NUMBERS)
    return table.assign(speaker=_as_most_often_written(table["speaker"]))


def _row(annotated: AnnotatedDocument, found: Attribution) -> tuple[Any, ...]:
    document = annotated.document
    parts = [annotated[span] for span in found.content]
    cue = None if found.cue is None else annotated[found.cue]
    head, cue_class = heads.classify(cue)
    return (
        *(document.id, document.date, *_whole(found)),
        *(found.speaker, found.speaker_label, found.office, found.kind),
        *(cue, head, cue_class, OMITTED.join(parts), sum(map(words_in, parts)), found.confidence),
        *(_offsets([found.source]), _offsets([found.cue]), _offsets(found.content)),
        document.origin.sha256,
    )


def _whole(found: Attribution) -> tuple[int, int]:
    return found.spans[0][0], max(end for _, end in found.spans)


def _offsets(spans: Iterable[tuple[int, int] | None]) -> str | None:
    return " ".join(f"{span[0]}-{span[1]}" for span in spans if span is not None) or None


def _spans(offsets: str) -> list[Span]:
    """What ``_offsets`` wrote."""
    pairs = (span.partition("-") for span in offsets.split())
    return [Span(int(start), int(end)) for start, _, end in pairs]


def _identity(name: str) -> str:
    """What is the same for all ways to write a name, or what a source is called."""
    return " ".join(texts.folded(name).split())


def _as_most_often_written(names: pd.Series[Any]) -> pd.Series[Any]:
    """The same names, each as it is most often written; missing ones stay missing."""
    written: dict[str, Counter[str]] = defaultdict(Counter)
    for name in names.dropna():
        written[_identity(name)][name] += 1
    usual = {identity: min(its, key=lambda name: (-its[name], name)) for identity, its in written.items()}
    return names.map(lambda name: usual[_identity(name)], na_action="ignore").astype(object)


def speakers(statements: pd.DataFrame) -> pd.DataFrame:
    """The named speakers, those with the most words first.

    Columns: ``speaker``; ``see_also``, the names that may be the same speaker's, because one ends with the other
    ("Tokayev"), and that are counted apart all the same; ``office`` as it is most often given; ``words`` of
    content, their ``share`` in those of all attributions; ``attributions, n_documents``; of the words those in each
    kind: ``direct_words, mixed_words, indirect_words``.
    """
    named = statements.dropna(subset=["speaker"])
    offices = named["office"].groupby(named["speaker"]).agg(_most_often).rename("office")
    table = _by("speaker", named, statements).merge(offices, how="left", left_on="speaker", right_index=True)
    alike = _names_that_end_alike(table["speaker"])
    table["see_also"] = table["speaker"].map(lambda name: "; ".join(alike[name]) or None)
    return table[["speaker", "see_also", "office", *_COUNTS]]


def unnamed(statements: pd.DataFrame) -> pd.DataFrame:
    """The sources without a name, by how the text calls them, capitals aside: ``called``, then as in ``speakers``."""
    its = nameless(statements)
    return _by("called", its.assign(called=_as_most_often_written(its["called"])), statements)


def nameless(statements: pd.DataFrame) -> pd.DataFrame:
    """The statements whose source has no name."""
    return statements[statements["speaker"].isna() & statements["called"].notna()]


def sources(statements: pd.DataFrame) -> pd.DataFrame:
    """How much of all is said by named speakers, by unnamed sources, and without a source: one row each."""
    return _in_order("source", (_NAMED, _UNNAMED, _NO_SOURCE), statements.assign(source=source_of(statements)))


def source_of(statements: pd.DataFrame) -> pd.Series[Any]:
    """Of each statement whether its source has a name, has none, or is left out, as ``sources`` counts them."""
    source = statements["speaker"].where(statements["speaker"].isna(), _NAMED)
    return source.where(source.notna() | statements["called"].isna(), _UNNAMED).fillna(_NO_SOURCE)


def kinds(statements: pd.DataFrame) -> pd.DataFrame:
    """How much is quoted: ``kind, words, share`` (of words), ``attributions, n_documents``."""
    return _in_order("kind", KINDS, statements)[["kind", "words", "share", "attributions", "n_documents"]]


_COUNTS = ("words", "share", "attributions", "n_documents", *(f"{kind}_words" for kind in KINDS))


def _by(column: str, part: pd.DataFrame, statements: pd.DataFrame) -> pd.DataFrame:
    """The counts of a part of the statements by the values of a column, those with the most words first."""
    import pandas as pd

    words = int(statements["words"].sum())
    groups = part.groupby(column, sort=False)
    table = pd.DataFrame(
        {
            "words": groups["words"].sum(),
            "attributions": groups["words"].size(),
            "n_documents": groups["doc_id"].nunique(),
            **{f"{kind}_words": _words_of(kind, part).groupby(part[column]).sum() for kind in KINDS},
        }
    ).astype("int64")
    table["share"] = table["words"].map(lambda count: rounded(count / words) if words else 0.0)
    table = table.rename_axis(column).reset_index()
    return table.sort_values(["words", "attributions", column], ascending=[False, False, True], ignore_index=True)[
        [column, *_COUNTS]
    ]


def _words_of(kind: str, part: pd.DataFrame) -> pd.Series[int]:
    return part["words"].where(part["kind"] == kind, 0)


def _in_order(column: str, values: Sequence[str], statements: pd.DataFrame) -> pd.DataFrame:
    """The counts of all statements by a column, with a row for each of these values, also where there is none."""
    table = _by(column, statements, statements).set_index(column).reindex(list(values), fill_value=0)
    return table.rename_axis(column).reset_index()


def _most_often(texts: pd.Series[str]) -> str | None:
    counts = Counter(texts.dropna())
    return min(counts, key=lambda text: (-counts[text], text)) if counts else None


def _names_that_end_alike(names: Iterable[str]) -> Mapping[str, list[str]]:
    """For each name the others that end with its words, or whose words it ends with."""
    whole = {_identity(name): name for name in names}
    alike: dict[str, list[str]] = {name: [] for name in whole.values()}
    for identity, name in whole.items():
        words = identity.split()
        endings = (" ".join(words[first:]) for first in range(1, len(words)))
        for shorter in (whole[ending] for ending in endings if ending in whole):
            alike[name].append(shorter)
            alike[shorter].append(name)
    return {name: sorted(others) for name, others in alike.items()}


def cues(statements: pd.DataFrame) -> pd.DataFrame:
    """The cues by their heads, the most frequent first.

    Columns: ``cue_class``; ``head``, or the cue itself where the list of cue verbs knows none of its words;
    ``attributions``, their ``share`` in all, ``n_documents``; ``written``, the cue as it is most often written.
    """
    import pandas as pd

    written = statements["cue"].map(lambda cue: " ".join(cue.split()), na_action="ignore")
    table = statements.assign(written=written, head=head_of(statements))
    groups = table.groupby(["cue_class", "head"], sort=False)
    counted = pd.DataFrame(
        {
            "attributions": groups["doc_id"].size(),
            "share": [rounded(count / len(statements)) for count in groups["doc_id"].size()],
            "n_documents": groups["doc_id"].nunique(),
            "written": groups["written"].agg(_most_often),
        }
    ).reset_index()
    return counted.sort_values(["attributions", "cue_class", "head"], ascending=[False, True, True], ignore_index=True)[
        ["cue_class", "head", "attributions", "share", "n_documents", "written"]
    ]


def head_of(statements: pd.DataFrame) -> pd.Series[Any]:
    """The head of each statement's cue, or the cue itself, as ``cues`` counts them; a dash where there is none."""
    itself = statements["cue"].map(_identity, na_action="ignore")
    return statements["cue_head"].where(statements["cue_head"].notna(), itself).fillna("–")


def quotations(statements: pd.DataFrame) -> pd.DataFrame:
    """What is quoted verbatim, in direct quotations: those of the most quoted speaker first, unnamed sources last.

    Columns: ``speaker, called, quotation, words, doc_id, date, start, end, content_at, confidence, sha256``, with
    ``start, end`` from the first character of the quotation to its last.
    """
    direct = statements[statements["kind"] == "direct"]
    quoted_words = direct.groupby("speaker")["words"].sum()
    spans = [_spans(offsets) for offsets in direct["content_at"]]
    table = direct.assign(
        quotation=direct["content"],
        start=[its[0][0] for its in spans],
        end=[its[-1][1] for its in spans],
        order=-direct["speaker"].map(quoted_words).fillna(-1).astype("int64"),
    ).sort_values(["order", "speaker"], kind="stable", ignore_index=True)
    return table[[*QUOTATIONS, "end", "date", "content_at", "confidence", "sha256"]]


# --- the choice of speakers ---


def headline_speakers(speakers: pd.DataFrame, asked: Sequence[str] | None) -> list[str]:
    """The speakers with a finding of their own: all that are asked for, or else those with the most words.

    A speaker who is asked for by name is given as the corpus most often writes the name. Raises
    ``ParameterError`` for anything but a list of names.
    """
    if asked is None:
        return [str(name) for name in speakers["speaker"].head(HEADLINE_SPEAKERS)]
    if not isinstance(asked, list | tuple) or not all(isinstance(name, str) and _identity(name) for name in asked):
        raise ParameterError('The parameter speakers takes a list of names, such as ["Kassym-Jomart Tokayev"].')
    known = {_identity(name): name for name in speakers["speaker"]}
    first: dict[str, str] = {}
    for name in asked:
        first.setdefault(_identity(name), str(known.get(_identity(name), name)))
    return list(first.values())


# --- figures ---


def speech_chart(speakers: pd.DataFrame, sources: pd.DataFrame) -> Figure | NotComputable:
    """Draw whose words are reported, and how: speakers one by one, and below them all that is attributed.

    The two parts have scales of their own: among tens of thousands of documents no speaker has much of the whole.
    """
    import pandas as pd

    words = int(sources["words"].sum())
    if not words:
        return NotComputable("The corpus attributes no word to anybody, so there is nothing to draw.")
    drawn, rest = speakers.head(MOST_BARS), speakers.iloc[MOST_BARS:]
    title = "Named speakers" if rest.empty else f"The {len(drawn)} named speakers with the most words"
    parts = {
        title: drawn.rename(columns={"speaker": "name"}),
        "All sources": sources.rename(columns={"source": "name"}),
    }
    shown = {title: part[part["words"] > 0] for title, part in parts.items() if part["words"].any()}
    with style():
        plot = _stacked_bars(shown, words)
    data = pd.concat([part.assign(part=title) for title, part in shown.items()], ignore_index=True)
    return Figure(
        plot,
        data[["part", "name", *_COUNTS]],
        caption="Words by source, in percent of all attributed words; the colours tell direct, mixed and indirect "
        f"speech apart. The two parts have scales of their own.{_said_of_the_rest(rest, words)}{_said_of_alike(drawn)}",
        alt=f"Bar charts of {plural(words, 'attributed word')} by source."
        f"{_in_words(sources, 'source')}{_in_words(drawn.head(3), 'speaker')}",
    )


def _said_of_the_rest(rest: pd.DataFrame, words: int) -> str:
    if rest.empty:
        return ""
    share = percent(int(rest["words"].sum()) / words)
    return (
        f" {plural(len(rest), 'more named speaker')} with {share} of the words between them are not drawn one by one; "
        "they are part of the bar of all named speakers."
    )


def _said_of_alike(drawn: pd.DataFrame) -> str:
    """Which of the bars may be of one person, because one name ends with the other."""
    alike = [f"{row.speaker} (with {row.see_also})" for row in drawn.itertuples() if isinstance(row.see_also, str)]
    if not alike:
        return ""
    more = f" and {len(alike) - _MOST_ALIKE:,} more" if len(alike) > _MOST_ALIKE else ""
    return f" Names are not joined, though these may be one speaker's: {'; '.join(alike[:_MOST_ALIKE])}{more}."


_MOST_ALIKE = 6


def _in_words(table: pd.DataFrame, column: str) -> str:
    """The rows of a table that have words, as a sentence: “ Named speakers 82%, unnamed sources 18%”."""
    rows = zip(table[column], table["words"], table["share"], strict=True)
    listed = ", ".join(f"{name} {percent(share)}" for name, count, share in rows if count)
    return f" {listed[0].upper()}{listed[1:]}." if listed else ""


_COLOURS = {"direct": BLUE, "mixed": SKY, "indirect": ORANGE}


def _stacked_bars(parts: Mapping[str, pd.DataFrame], words: int) -> Plot:
    """A group of bars for each part, its title above it; the legend stands below."""
    rows = [len(part) for part in parts.values()]
    plot, axes = new_plot(height=1.1 + 0.7 * len(parts) + 0.3 * sum(rows))
    axes.remove()
    grid = plot.add_gridspec(len(parts), 1, height_ratios=rows)
    for row, (title, part) in enumerate(parts.items()):
        axes = plot.add_subplot(grid[row])
        _bars_by_kind(axes, part, words)
        axes.set_title(title)
    axes.set_xlabel("percent of all attributed words")
    plot.legend(*axes.get_legend_handles_labels(), loc="outside lower right", ncols=len(KINDS), frameon=False)
    return plot


def _bars_by_kind(axes: Axes, part: pd.DataFrame, words: int) -> None:
    labels = [shortened(name, 28) for name in part["name"]]
    before = part["words"] * 0.0
    for kind in KINDS:
        width = 100 * part[f"{kind}_words"] / words
        bars = axes.barh(range(len(part)), width, left=before, color=_COLOURS[kind], height=0.7, label=kind)
        before = before + width
    ends = [
        f"{percent(share)} · {plural(count, 'word')}" for share, count in zip(part["share"], part["words"], strict=True)
    ]
    label_ends(axes, bars, ends)
    axes.set_yticks(range(len(part)), labels)
    axes.set_ylim(len(part) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    room = 1.5 * float(before.max())  # for the labels, but with no ticks where no bar can be
    axes.set_xlim(0, room)
    axes.set_xticks([tick for tick in axes.get_xticks() if tick <= min(100, room)])
    axes.spines["bottom"].set_bounds(0, min(100, room))


def cue_chart(cues: pd.DataFrame) -> Figure | NotComputable:
    """Draw the classes of cues as bars, each with its most frequent verbs."""
    import pandas as pd

    if cues.empty:
        return NotComputable("The corpus has no attribution, so there is no cue to draw.")
    by_class = cues.groupby("cue_class")["attributions"].sum()
    found = sorted(by_class.index, key=lambda name: (name == heads.NONE, name == heads.OTHER, -by_class[name], name))
    labels = [_with_examples(name, cues) for name in found]
    counts = [int(by_class[name]) for name in found]
    with style():
        plot, axes = new_plot(height=1.2 + 0.3 * len(found))
        horizontal_bars(axes, labels, counts, "attributions")
        axes.set_title("How statements are introduced")
    absent = [name for name in heads.classes() if name not in by_class.index]
    without = f" Classes without an attribution: {', '.join(absent)}." if absent else ""
    share = [rounded(count / sum(counts)) for count in counts]
    listed = ", ".join(f"{name} {count:,}" for name, count in zip(found, counts, strict=True))
    return Figure(
        plot,
        pd.DataFrame({"cue_class": found, "examples": labels, "attributions": counts, "share": share}),
        caption="Attributions by the class of their cue, each with its most frequent verbs or words; “other” are cues "
        f"of which the list knows no word, “none” are marks such as a colon, and statements without any cue.{without}",
        alt=f"Bar chart of {plural(sum(counts), 'attribution')} by the class of the cue: {listed}.",
    )


def _with_examples(cue_class: str, cues: pd.DataFrame) -> str:
    if cue_class in (heads.OTHER, heads.NONE):
        return cue_class
    return f"{cue_class}: {', '.join(cues.loc[cues['cue_class'] == cue_class, 'head'].head(3))}"


# --- findings ---


class _Evidence(NamedTuple):
    """The evidence, document by document, in the order of the statements."""

    statements: Passages
    """Each statement as one passage, from its first character to its last."""
    parts: Passages
    """The parts of each statement's content, those of one after those of another."""
    n_parts: list[int]
    """How many parts each statement's content has."""
    openings: Passages
    """The first statement of each document in English, or its first sentence where it has none."""
    documents: list[str]
    """The documents in English."""
    attributing: set[str]
    """The documents with a statement."""
    least_confidence: float
    complete: bool
    """Whether the documents are all there are."""

    @property
    def parameters(self) -> dict[str, float]:
        """What the findings depend on beside the documents."""
        return {"least_confidence": self.least_confidence}

    @property
    def found(self) -> str:
        """How the statements were found, in one sentence."""
        least = f"{self.least_confidence:g}"
        return f"A model found the attributions in the text; those below a confidence of {least} are left out."


def findings(
    annotations: Annotations,
    statements: pd.DataFrame,
    headline: Sequence[str],
    least_confidence: float = LEAST_CONFIDENCE,
) -> list[Finding]:
    """The headline findings: how many statements, in how many documents, how many quoted, and whose words they are."""
    evidence = _evidence(annotations, statements, least_confidence)
    return [
        _attribution_count(evidence),
        _attributing_documents(evidence),
        _direct_share(evidence, statements),
        _speaker_count(evidence, statements),
        *(_speech_of(speaker, evidence, statements) for speaker in headline),
    ]


def summary(annotations: Annotations) -> list[Finding]:
    """The findings that the notebook declares with its default parameters."""
    table = statements(annotations)
    return findings(annotations, table, headline_speakers(speakers(table), None))


def _evidence(annotations: Annotations, statements: pd.DataFrame, least_confidence: float) -> _Evidence:
    found = _Evidence(Passages(), Passages(), [], Passages(), [], set(), least_confidence, annotations.corpus.complete)
    rows = {str(doc_id): its for doc_id, its in statements.groupby("doc_id", sort=False)}
    for annotated in annotations:
        document = annotated.document
        if not is_english(annotated.language):
            continue  # statements are not looked for there
        found.documents.append(document.id)
        if document.id not in rows:
            found.openings.add(passage(document, annotated.opening))
            continue
        its = rows[document.id]
        whole = [passage(document, Span(*span)) for span in zip(its["start"], its["end"], strict=True)]
        parts = [_spans(offsets) for offsets in its["content_at"]]
        found.statements.add(*whole)
        found.parts.add(*(passage(document, span) for spans in parts for span in spans))
        found.n_parts.extend(map(len, parts))
        found.openings.add(whole[0])
        found.attributing.add(document.id)
    return found


_BY_NAME = "Who the source is follows from the document alone; names that differ in capitals alone are one speaker."


def _attribution_count(evidence: _Evidence) -> Finding:
    n = len(evidence.statements)
    where = f" in {plural(len(evidence.attributing), 'document')}" if n else ""
    key = "statements.attributions"
    method = (
        f"{evidence.found} Each is one passage, from the first character of its source, cue and content to the last."
    )
    if not evidence.documents:
        subject = "The number of attributed statements"
        return not_computable(
            key, subject, _NOT_ENGLISH, unit="passages", measure="count", method=method, n_documents=0
        )
    return Finding(
        key=key,
        statement=f"The corpus holds {plural(n, 'attributed statement')}{where}.",
        value=n,
        display=f"{n:,}",
        unit="passages",
        measure="count",
        method=method,
        status="descriptive",
        n=n,
        n_documents=len(evidence.attributing),
        accuracy=measured("attributions.found"),
        parameters=evidence.parameters,
        evidence=evidence.statements,
    )


def _attributing_documents(evidence: _Evidence) -> Finding:
    counted = evidence.openings.where(lambda row: row.doc_id in evidence.attributing)
    n, n_counted = len(evidence.documents), len(evidence.attributing)
    key = "statements.documents"
    method = (
        f"{evidence.found} Documents in other languages than English are left out. The evidence is the first one of "
        "each document, or its first sentence where there is none."
    )
    if not n:
        subject = "The share of documents with a statement"
        return not_computable(
            key, subject, _NOT_ENGLISH, unit="documents", measure="share", method=method, n_documents=0
        )
    interval = wilson(n_counted, n, complete=evidence.complete)
    share = rounded(n_counted / n)
    verb = "attributes" if 1 in (n_counted, n) else "attribute"
    return of_share(
        key,
        f"{n_counted:,} of {plural(n, 'document')} ({percent(share)}) {verb} a statement to somebody"
        f"{between(interval, share_precision(share))}.",
        value=share,
        display=percent(share),
        unit="documents",
        interval=interval,
        interval_by=BY_WILSON,
        complete=evidence.complete,
        method=method,
        counted=counted,
        base=evidence.openings.counted_as("base"),
        n_documents=n,
        accuracy=measured("attributions.found"),
        parameters=evidence.parameters,
    )


def _direct_share(evidence: _Evidence, statements: pd.DataFrame) -> Finding:
    key = "statements.direct"
    method = (
        f"{evidence.found} One is direct when at least four fifths of the words of its content stand in quotation "
        "marks, or when it is a turn of a transcript."
    )
    direct = statements["kind"] == "direct"
    n, n_direct = len(evidence.statements), int(direct.sum())
    if not n:
        subject, n = "The share of direct quotations", len(evidence.documents)
        return not_computable(
            key, subject, _NO_ATTRIBUTION, unit="passages", measure="share", method=method, n_documents=n
        )
    share = rounded(n_direct / n)
    interval = _over_documents(evidence, statements.assign(counted=direct, base=1))
    verb = "is a direct quotation" if 1 in (n, n_direct) else "are direct quotations"
    return of_share(
        key,
        f"{n_direct:,} of {plural(n, 'attributed statement')} ({percent(share)}) {verb}"
        f"{between(interval, share_precision(share))}.",
        value=share,
        display=percent(share),
        unit="passages",
        interval=interval,
        interval_by=BOOTSTRAPPED,
        complete=evidence.complete,
        method=method,
        counted=evidence.statements.marked(direct),
        base=evidence.statements.counted_as("base"),
        n_documents=len(evidence.attributing),
        accuracy=measured("attributions.found", "attributions.direct_found"),
        parameters=evidence.parameters,
    )


_NO_ATTRIBUTION = "the corpus has no attribution"
_NOT_ENGLISH = "no document is in English"


def _over_documents(evidence: _Evidence, rows: pd.DataFrame) -> Interval | None:
    """The interval of a share that is the sum of ``counted`` over that of ``base``, documents resampled."""
    table = rows.groupby("doc_id")[["counted", "base"]].sum().astype("int64")
    table = table.reindex(evidence.documents, fill_value=0)
    return bootstrap(
        table, lambda drawn: int(drawn["counted"].sum()) / int(drawn["base"].sum()), complete=evidence.complete
    )


def _speaker_count(evidence: _Evidence, statements: pd.DataFrame) -> Finding:
    first = ~statements["speaker"].duplicated() & statements["speaker"].notna()
    n = int(first.sum())
    named = statements[statements["speaker"].notna()]
    key = "statements.speakers"
    method = (
        f"{evidence.found} {_BY_NAME} Other names count apart, also where one may be short for another. "
        "The evidence is the first statement of each speaker."
    )
    if not evidence.documents:
        subject = "The number of speakers"
        return not_computable(
            key, subject, _NOT_ENGLISH, unit="speakers", measure="count", method=method, n_documents=0
        )
    return Finding(
        key=key,
        statement=f"{plural(n, 'speaker')} {'is' if n == 1 else 'are'} named as the source of a statement"
        f"{_short_for_another(named['speaker'].unique())}.",
        value=n,
        display=f"{n:,}",
        unit="speakers",
        measure="count",
        method=method,
        status="descriptive",
        n=len(named),
        n_documents=named["doc_id"].nunique(),
        accuracy=measured("attributions.linked", "speakers.agreement"),
        parameters=evidence.parameters,
        evidence=evidence.statements.marked(first),
    )


def _short_for_another(speakers: Iterable[str]) -> str:
    """How many of some names may be short for another of them, as the rest of a sentence."""
    alike = _names_that_end_alike(speakers)
    n = sum(any(len(other) > len(name) for other in others) for name, others in alike.items())
    return f"; {n:,} of these names may be short for another of them" if n else ""


def _speech_of(speaker: str, evidence: _Evidence, statements: pd.DataFrame) -> Finding:
    key, subject = f"statements.words.{slug(_identity(speaker))}", f"The share of words attributed to {speaker}"
    alike = _names_that_end_alike({speaker, *statements["speaker"].dropna()})[speaker]
    apart = f" Counted apart, though they may be the same speaker's: {'; '.join(alike)}." if alike else ""
    method = (
        f"{evidence.found} Words of content attributed to the speaker, of those of all attributions, indirect speech "
        f"included; a “that” which leads in what is said is one of its words. {_BY_NAME}{apart}"
    )
    words = int(statements["words"].sum())
    if not words:
        n = len(evidence.documents)
        return not_computable(key, subject, _NO_WORD, unit="words", measure="share", method=method, n_documents=n)
    is_speaker = statements["speaker"] == speaker
    counted = evidence.parts.marked(is_speaker.repeat(evidence.n_parts))
    own_words = int(statements["words"].where(is_speaker, 0).sum())
    share = rounded(own_words / words)
    nobody = "" if counted else f"; nobody of that name speaks{_said_of_nearest(speaker, statements)}"
    elsewhere = f"; counted apart, perhaps the same speaker: {'; '.join(alike)}" if alike and counted else ""
    interval = _over_documents(
        evidence, statements.assign(counted=statements["words"].where(is_speaker, 0), base=statements["words"])
    )
    return of_share(
        key,
        f"{speaker} is the source of {own_words:,} of {plural(words, 'attributed word')} ({percent(share)})"
        f"{between(interval, share_precision(share))}{nobody}{elsewhere}.",
        value=share,
        display=percent(share),
        unit="words",
        interval=interval,
        interval_by=BOOTSTRAPPED,
        complete=evidence.complete,
        method=method,
        counted=counted,
        base=evidence.parts.counted_as("base"),
        n_documents=len(evidence.attributing),
        accuracy=measured("attributions.linked", "attributions.content_tokens", "speakers.agreement"),
        parameters={**evidence.parameters, "speaker": speaker},
    )


def _said_of_nearest(name: str, statements: pd.DataFrame) -> str:
    nearest = nearest_names(name, sorted(set(statements["speaker"].dropna())))
    return f"; the nearest {'name is' if len(nearest) == 1 else 'names are'} {', '.join(nearest)}" if nearest else ""


def nearest_names(name: str, names: Sequence[str]) -> list[str]:
    """At most three names that may have been meant by one that nobody has; those that share a word with it first."""
    asked = _identity(name)
    forms = defaultdict(list)
    for known in names:
        for form in {_identity(known), _identity(known).split()[-1]}:
            forms[form].append(known)
    words = {word for word in asked.split() if len(word) > 2}
    sharing = [known for known in names if words & set(_identity(known).split())]
    spelt_alike = [known for form in get_close_matches(asked, forms, n=_NEAREST) for known in forms[form]]
    return list(dict.fromkeys([*sharing[:_NEAREST], *spelt_alike]))[:_NEAREST]


_NEAREST = 3
_NO_WORD = "the corpus attributes no word to anybody"
