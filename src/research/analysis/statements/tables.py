"""Tables of 02_statements: every statement, then speakers, sources, cues and quotations counted from them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from research.analysis import cues as heads
from research.analysis import one_speaker
from research.analysis.declaring import kept
from research.analysis.parameters import LEAST_CONFIDENCE
from research.analysis.recount import words_in
from research.analysis.rows import table_of
from research.analysis.statistics.uncertainty import rounded
from research.analysis.wording import most_often, one_line
from research.nlp.annotate import Annotations
from research.nlp.annotated import AnnotatedDocument
from research.nlp.groups.joining import CAPITALS, any_case, joined_names
from research.nlp.groups.who_is_who import speaker_of
from research.nlp.judged.mending import JudgedStatement
from research.nlp.records import offsets, spans

if TYPE_CHECKING:
    import pandas as pd

    from research.loading import Speakers
    from research.nlp.records import Attribution

KINDS = ("direct", "mixed", "indirect", "turn")
OMITTED = " […] "
"""Joins the parts of a content that the text interrupts: “We will stay,” he said, “and fight.”"""

_WHERE = ("date", "outlet", "title", "doc_id", "start")
STATEMENTS = ("speaker", "source", "kind", "cue", "content", "words", *_WHERE)
"""The columns of the statements to read; the others locate each part in the text."""
SPEAKERS = ("speaker", "office", "words", "share", "attributions", "n_documents", "joined", "see_also")
UNNAMED = ("source", "words", "share", "attributions", "n_documents")
SOURCES = ("source", "words", "share", "attributions", "n_documents")
QUOTATIONS = ("speaker", "source", "quotation", "words", *_WHERE)
GROUPS = ("column", "value", "words", "share", "attributions", "n_documents")
UNSURE = ("confidence", "speaker", "source", "cue", "content", "words", *_WHERE)

_STATEMENTS = [
    *("doc_id", "date", "outlet", "title", "start", "end", "speaker", "source", "office", "kind"),
    *("cue", "cue_head", "cue_class", "content", "words", "confidence", "source_at", "cue_at", "content_at"),
    *("sha256", "named"),
]
_TEXTS = ("content", "source_at", "cue_at", "content_at")
"""The columns of which hardly two rows are equal."""
_NUMBERS = {"start": "int64", "end": "int64", "words": "int64", "confidence": "float64"}
_NAMED, _UNNAMED, _NO_SOURCE = "named speakers", "unnamed sources", "without a source"


@kept
def statements(annotations: Annotations, least_confidence: Any = LEAST_CONFIDENCE.default) -> pd.DataFrame:
    """Return every statement from ``least_confidence`` on, one row each, in the order of the corpus.

    Statements within another statement are left out. Columns: ``doc_id, date, outlet, title`` of the document;
    ``start, end`` from the statement's first character to its last; ``speaker`` (missing where the source has no
    name), ``source`` (how the text calls the source), ``office``; ``kind`` (direct, mixed, indirect, turn); ``cue``
    with ``cue_head, cue_class`` (see ``analysis.cues``); ``content``, its parts joined by `` […] ``, and their
    ``words``; ``confidence``; ``source_at, cue_at, content_at``, the offsets of each part; ``sha256``; ``named``, the
    name that the speaker has in the document. Names that differ in capitals or in a middle initial alone, and the names
    of one state, are one speaker (see ``joining``).

    With a ``speakers.csv``, ``speaker`` and ``office`` are as it says (see ``nlp.groups.who_is_who``), and each further
    column that it has follows, as ``speaker_group``. With a ``judgements.csv``, ``judged`` says what people decided:
    ``right``, ``mended`` (speaker or words are theirs) or ``missed`` (the model had not found it).

    >>> from research import annotate, load
    >>> statements(annotate(load("seeds")))["kind"].value_counts().to_dict()
    {'direct': 4, 'indirect': 2}
    """
    least = LEAST_CONFIDENCE.read(least_confidence)
    return _table(annotations, lambda found: found.confidence >= least)


def said_by(
    annotations: Annotations,
    statements: pd.DataFrame,
    speaker: Any = None,
    least_confidence: Any = LEAST_CONFIDENCE.default,
) -> pd.DataFrame:
    """Return the statements of one speaker, or of one group of speakers, by where their content begins.

    See ``analysis.one_speaker.said_by``.
    """
    return one_speaker.said_by(annotations, statements, speaker, least_confidence, start=content_starts(statements))


def content_starts(statements: pd.DataFrame) -> list[int]:
    """Return where the content of each statement begins, which is in the words of its speaker; a source may not be."""
    return [spans(content)[0].start for content in statements["content_at"]]


def unsure(annotations: Annotations, least_confidence: Any = LEAST_CONFIDENCE.default) -> pd.DataFrame:
    """Return the statements below ``least_confidence``, with the columns of ``statements``, the surest first."""
    least = LEAST_CONFIDENCE.read(least_confidence)
    table = _table(annotations, lambda found: found.confidence < least)
    return table.sort_values("confidence", ascending=False, kind="stable", ignore_index=True)


def _table(annotations: Annotations, wanted: Callable[[Attribution], bool]) -> pd.DataFrame:
    judged = bool(annotations.corpus.judgements.entries)
    rows = (
        (*_row(annotated, found, annotations.corpus.speakers), *([_judged(found)] if judged else []))
        for annotated in annotations
        for found in annotated.attributions
        if found.level == 0 and wanted(found)
    )
    people = annotations.corpus.speakers
    further = [f"{_SAID}{column}" for column in people.columns] if people.entries else []
    columns = [*_STATEMENTS, *further, *(["judged"] if judged else [])]
    table = table_of(rows, columns, on_disk=_TEXTS).astype(_NUMBERS)
    known = joined_names(table["speaker"].dropna())
    before = table["speaker"]
    table["speaker"] = before.map(lambda name: known[name].name, na_action="ignore").astype(object)
    return _as_joined(table, before, people) if people.entries else table


def _as_joined(table: pd.DataFrame, before: pd.Series[Any], people: Speakers) -> pd.DataFrame:
    """Return the statements with what ``speakers.csv`` says of the name under which a rule counts another."""
    import pandas as pd

    columns = ["office", *(f"{_SAID}{column}" for column in people.columns)]
    values: dict[str, list[Any]] = {column: table[column].tolist() for column in columns}
    for row, (was, name, date) in enumerate(zip(before, table["speaker"], table["date"], strict=True)):
        if not isinstance(was, str) or was == name or people.find(was, date) is not None:
            continue
        person = people.find(name, date)
        if person is not None:
            values["office"][row] = person.office or values["office"][row]
            for column in people.columns:
                values[f"{_SAID}{column}"][row] = person.values.get(column)
    return table.assign(**{column: pd.Series(its, table.index, dtype=object) for column, its in values.items()})


def _row(annotated: AnnotatedDocument, found: Attribution, people: Speakers) -> tuple[Any, ...]:
    document = annotated.document
    parts = [annotated[span] for span in found.content]
    name, called, office = (name and one_line(name) for name in (found.speaker, found.speaker_label, found.office))
    person = speaker_of(found, document, annotated.whose, people) if people.entries else None
    said = (person and person.values.get(column) for column in people.columns) if people.entries else ()
    speaker, office = (name, office) if person is None else (person.name, person.office or office)
    cue = None if found.cue is None else annotated[found.cue]
    head, cue_class = heads.classify(cue)
    return (
        *(document.id, document.date, document.source, document.title, *_whole(found)),
        *(speaker, called, office, found.kind),
        *(cue, head, cue_class, OMITTED.join(parts), sum(map(words_in, parts)), found.confidence),
        *(offsets([found.source]), offsets([found.cue]), offsets(found.content)),
        *(document.origin.sha256, name),
        *said,
    )


def _judged(found: Attribution) -> str | None:
    return found.judged if isinstance(found, JudgedStatement) else None


def statement_columns(statements: pd.DataFrame) -> list[str]:
    """Return the columns of ``statements`` to show: the usual ones, and where people judged some, what they decided."""
    return [*STATEMENTS[:1], *(["judged"] if "judged" in statements else []), *STATEMENTS[1:]]


NOT_SAID = "not stated"
_SAID = "speaker_"
"""Before the columns of ``speakers.csv`` in the table of statements, which has other columns of such names."""


def _whole(found: Attribution) -> tuple[int, int]:
    return found.spans[0][0], max(end for _, end in found.spans)


def _as_most_often_written(names: pd.Series[Any]) -> pd.Series[Any]:
    """Return the same names, each in its most frequent spelling; missing ones stay missing."""
    written: dict[str, Counter[str]] = defaultdict(Counter)
    for name in names.dropna():
        written[any_case(name)][name] += 1
    usual = {identity: most_often(its.elements()) for identity, its in written.items()}
    return names.map(lambda name: usual[any_case(name)], na_action="ignore").astype(object)


def speakers(statements: pd.DataFrame) -> pd.DataFrame:
    """Return the named speakers, those with the most words first.

    Columns: ``speaker``; ``joined``, other names that are counted as this speaker's, each with the rule or with
    ``speakers.csv``; ``see_also``, other names that may be the same speaker's because one ends with the other
    ("Tokayev"), and that are counted separately; ``office`` in its most frequent wording; ``words`` of content and
    their ``share`` in the words of all statements; ``attributions, n_documents``; the words of each kind
    (``direct_words, mixed_words, indirect_words, turn_words``). The further columns of a ``speakers.csv`` follow, with
    every value that holds at some time.

    >>> from research import annotate, load
    >>> table = speakers(statements(annotate(load("seeds"))))
    >>> table["speaker"].tolist()
    ['Kassym-Jomart Tokayev']
    """
    import pandas as pd

    named = statements.dropna(subset=["speaker"])
    offices = named["office"].groupby(named["speaker"]).agg(usual).rename("office")
    table = _by("speaker", named, statements).merge(offices, how="left", left_on="speaker", right_index=True)
    alike = names_that_end_alike(table["speaker"])
    table["see_also"] = table["speaker"].map(lambda name: "; ".join(alike[name]) or None)
    said = {_column(it, table): _all_of(named[it], named) for it in said_columns(named)}
    table["joined"] = table["speaker"].map(_joined(named)).astype(object).where(lambda its: its.notna(), None)
    for column, values in said.items():
        table[column] = pd.Series([values.get(name) for name in table["speaker"]], table.index, dtype=object)
    return table[["speaker", "joined", "see_also", "office", *COUNTS, *said]]


def speaker_columns(speakers: pd.DataFrame) -> list[str]:
    """Return the columns of ``speakers`` to show: the usual ones, and with a ``speakers.csv`` what it says."""
    usual = {"speaker", "joined", "see_also", "office", *COUNTS}
    said = [column for column in speakers.columns if column not in usual]
    return [*SPEAKERS[:1], *said, *SPEAKERS[1:]]


def said_columns(statements: pd.DataFrame) -> list[str]:
    """Return the columns of the statements that hold what ``speakers.csv`` says of their speakers."""
    return [column for column in statements.columns if column.startswith(_SAID)]


def _column(said: str, table: pd.DataFrame) -> str:
    name = said.removeprefix(_SAID)
    return said if name in table.columns or name == "joined" else name


def _joined(named: pd.DataFrame) -> Mapping[str, str]:
    """Return for each speaker the other names that documents give it, each with the rule that joins it."""
    known = joined_names(named["named"].dropna())
    others: dict[str, set[str]] = defaultdict(set)
    for speaker, name, source in zip(named["speaker"], named["named"], named["source"], strict=True):
        called = name if isinstance(name, str) else source
        if isinstance(called, str) and any_case(called) != any_case(speaker):
            rule = known[called].rule if called in known else None
            others[speaker].add(f"{called} ({'speakers.csv' if rule in (None, CAPITALS) else rule})")
    return {speaker: "; ".join(sorted(its)) for speaker, its in others.items()}


def _all_of(values: pd.Series[Any], named: pd.DataFrame) -> Mapping[str, str | None]:
    """Return all values of each speaker, the most frequent first."""
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for speaker, value in zip(named["speaker"], values, strict=True):
        if isinstance(value, str):
            counted[speaker][value] += 1
    in_order = {who: sorted(its, key=lambda value: (-its[value], value)) for who, its in counted.items()}
    return {speaker: "; ".join(its) for speaker, its in in_order.items()}


def groups(statements: pd.DataFrame) -> pd.DataFrame:
    """Return how much speakers say by what ``speakers.csv`` says of them, one row for each value of its columns.

    Columns: ``column`` (group, country, party …), ``value``, then as in ``speakers``. Statements of other
    sources have the value "not stated", so that the shares of a column add up to one.
    """
    import pandas as pd

    tables = [
        _by("value", its, statements).assign(column=column)
        for column, its in by_column(statements).groupby("column", sort=False)
    ]
    columns = ["column", "value", *COUNTS]
    return pd.concat(tables, ignore_index=True)[columns] if tables else pd.DataFrame(columns=columns)


def by_column(statements: pd.DataFrame) -> pd.DataFrame:
    """Return every statement once for each column of ``speakers.csv``: its name as ``column``, and the ``value``."""
    import pandas as pd

    parts = [
        statements.assign(column=name.removeprefix(_SAID), value=statements[name].fillna(NOT_SAID))
        for name in said_columns(statements)
    ]
    return pd.concat(parts, ignore_index=True) if parts else statements.head(0).assign(column="", value="")


def unnamed(statements: pd.DataFrame) -> pd.DataFrame:
    """Return the sources without a name, by what the text calls them: ``source``, then as in ``speakers``."""
    its = nameless(statements)
    return _by("source", its.assign(source=_as_most_often_written(its["source"])), statements)


def nameless(statements: pd.DataFrame) -> pd.DataFrame:
    """Return the statements whose source has no name."""
    return statements[statements["speaker"].isna() & statements["source"].notna()]


def sources(statements: pd.DataFrame) -> pd.DataFrame:
    """Return how much is said by named speakers, by unnamed sources, and without a source: one row each."""
    return _in_order("source", (_NAMED, _UNNAMED, _NO_SOURCE), statements.assign(source=source_of(statements)))


def source_of(statements: pd.DataFrame) -> pd.Series[Any]:
    """Return for each statement whether its source has a name, has none, or is missing, as ``sources`` counts them."""
    source = statements["speaker"].where(statements["speaker"].isna(), _NAMED)
    return source.where(source.notna() | statements["source"].isna(), _UNNAMED).fillna(_NO_SOURCE)


def kinds(statements: pd.DataFrame) -> pd.DataFrame:
    """Return how much is quoted: ``kind, words, share`` (of words), ``attributions, n_documents``."""
    return _in_order("kind", KINDS, statements)[["kind", "words", "share", "attributions", "n_documents"]]


COUNTS = ("words", "share", "attributions", "n_documents", *(f"{kind}_words" for kind in KINDS))


def _by(column: str, part: pd.DataFrame, statements: pd.DataFrame) -> pd.DataFrame:
    """Return the counts of a part of the statements by the values of a column, the most words first."""
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
        [column, *COUNTS]
    ]


def _words_of(kind: str, part: pd.DataFrame) -> pd.Series[int]:
    return part["words"].where(part["kind"] == kind, 0)


def _in_order(column: str, values: Sequence[str], statements: pd.DataFrame) -> pd.DataFrame:
    """Return the counts of all statements by a column, one row for each of these values, used or not."""
    table = _by(column, statements, statements).set_index(column).reindex(list(values), fill_value=0)
    return table.rename_axis(column).reset_index()


def usual(texts: pd.Series[str]) -> str | None:
    """Return the most frequent of some texts; None where all are missing."""
    return most_often(texts.dropna())


def names_that_end_alike(names: Iterable[str]) -> Mapping[str, list[str]]:
    """Return for each name the others that end with its words, or whose words it ends with.

    Of several named together none is alike: "Russia" is not "United States and Russia".

    >>> names_that_end_alike(["Mara Lindqvist", "Lindqvist"])
    {'Mara Lindqvist': ['Lindqvist'], 'Lindqvist': ['Mara Lindqvist']}
    """
    whole = {any_case(name): name for name in names}
    alike: dict[str, list[str]] = {name: [] for name in whole.values()}
    for identity, name in whole.items():
        words = identity.split()
        if "and" in words[1:-1]:
            continue
        endings = (" ".join(words[first:]) for first in range(1, len(words)))
        for shorter in (whole[ending] for ending in endings if ending in whole):
            alike[name].append(shorter)
            alike[shorter].append(name)
    return {name: sorted(others) for name, others in alike.items()}


def cues(statements: pd.DataFrame) -> pd.DataFrame:
    """Return the cues by their heads, the most frequent first.

    Columns: ``cue_class``; ``head``, or the cue itself where none of its words is in the list of cue verbs;
    ``attributions``, their ``share`` in all, ``n_documents``; ``written``, the most frequent wording of the cue.
    """
    import pandas as pd

    written = statements["cue"].map(one_line, na_action="ignore")
    table = statements.assign(written=written, head=head_of(statements))
    groups = table.groupby(["cue_class", "head"], sort=False)
    counted = pd.DataFrame(
        {
            "attributions": groups["doc_id"].size(),
            "share": [rounded(count / len(statements)) for count in groups["doc_id"].size()],
            "n_documents": groups["doc_id"].nunique(),
            "written": groups["written"].agg(usual),
        }
    ).reset_index()
    return counted.sort_values(["attributions", "cue_class", "head"], ascending=[False, True, True], ignore_index=True)[
        ["cue_class", "head", "attributions", "share", "n_documents", "written"]
    ]


def head_of(statements: pd.DataFrame) -> pd.Series[Any]:
    """Return the head of each statement's cue, or the cue itself, as ``cues`` counts them; a dash for no cue."""
    itself = statements["cue"].map(any_case, na_action="ignore")
    return statements["cue_head"].where(statements["cue_head"].notna(), itself).fillna("–")


def quotations(statements: pd.DataFrame) -> pd.DataFrame:
    """Return the direct quotations, those of the most quoted speaker first, unnamed sources last.

    Columns: ``speaker, source, quotation, words, date, outlet, title, doc_id, start, end, content_at, confidence,
    sha256``, with ``start, end`` from the first character of the quotation to its last.
    """
    direct = statements[statements["kind"] == "direct"]
    quoted_words = direct.groupby("speaker")["words"].sum()
    parts = [spans(content) for content in direct["content_at"]]
    table = direct.assign(
        quotation=direct["content"],
        start=[its[0].start for its in parts],
        end=[its[-1].end for its in parts],
        order=-direct["speaker"].map(quoted_words).fillna(-1).astype("int64"),
    ).sort_values(["order", "speaker"], kind="stable", ignore_index=True)
    return table[[*QUOTATIONS, "end", "content_at", "confidence", "sha256"]]
