"""Addresses of rows: ``TABLE#ROW``, by which any row of a run's tables is cited and followed.

ROW is made of what the row is about, never of its position, so that another document renames nothing: of its place
where it has one (document, start, end), or else of what it counts (a speaker, a word, a document). As with the key of
a finding, the address stays when the rest of the row changes, and its version tells whether it is the same. It is a
letter and ten signs of a hash, which a shell, a spreadsheet, the fragment of a URL and BibTeX leave alone.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from research.analysis.corpus import TOO_SHORT
from research.analysis.findings import in_brief
from research.analysis.statements import head_of, nameless, source_of
from research.errors import UsageError
from research.nlp import text as texts
from research.outputs.folder.run_folder import RunFolder, nearest
from research.outputs.folder.writing import csv_text, json_line
from research.outputs.showing import cells
from research.outputs.showing.cells import ADDRESS, shown

if TYPE_CHECKING:
    import pandas as pd

    from research.analysis.findings import Finding

PLACE = ("doc_id", "start", "end")
_KNOWN_BY = {"statements.cues": ("cue_class", "head")}
"""What rows without a place are about, where it is more than their first column."""


def _any_case(name: str) -> str:
    return " ".join(texts.folded(name).split())


def _base_form(term: str) -> str:
    return " ".join(map(texts.base_form, term.split()))


_SAME: Mapping[str, Callable[[str], str]] = {
    "speaker": _any_case,
    "called": _any_case,
    "head": _any_case,
    "word": _base_form,
    "term": _base_form,
}
"""What is the same for all ways to write what a table counts as one; the way most often written may change."""


class Row(NamedTuple):
    """A row of a run: the table or the finding that it is of, the part behind the ``#``, and what stands in it.

    ``times`` says how many rows of the table are equal to it in every cell.
    """

    table: str
    name: str
    cells: dict[str, Any]
    times: int = 1

    @property
    def address(self) -> str:
        """``TABLE#ROW``."""
        return f"{self.table}#{self.name}"

    @property
    def version(self) -> str:
        """A hash of all that the row says: the address stays, this tells whether it is the same."""
        return _hash(list(self.cells.items()))[:16]

    @property
    def has_place(self) -> bool:
        """Whether it stands for a passage of a document."""
        return set(PLACE) <= self.cells.keys()

    @property
    def label(self) -> str:
        """The row in a few words: who says what, or what is counted with its first numbers."""
        if self.has_place:
            words = next((self.cells[name] for name in _WORDS if self.cells.get(name)), "")
            who = self.cells.get("speaker") or self.cells.get("called")
            return (f"{who}: " if who else "") + f"“{words}”"
        about = _about(self.table, list(self.cells))
        numbers = [
            f"{name} {shown(value, name)}"
            for name, value in self.cells.items()
            if name not in about and isinstance(value, int | float)
        ]
        called = ", ".join(str(self.cells[name]) for name in reversed(about))
        return called + (f" ({', '.join(numbers[:4])})" if numbers else "")


_WORDS = ("content", "quotation", "keyword", "exact")
"""The columns that hold the words of a passage."""


def with_addresses(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The table with the address of each row as its last column.

    Rows that are about the same and differ otherwise get a suffix made of all that they say; equal ones share one.
    """
    names = _row_names(table, frame)
    return frame.assign(**{ADDRESS: [f"{table}#{name}" for name in names]})


def is_address(text: str) -> bool:
    """Whether a text has the form of the address of a row; the name of a document may have its ``#`` as well."""
    return "#" in text and not text.startswith("documents/")


def _row_names(table: str, frame: pd.DataFrame) -> list[str]:
    columns = [str(name) for name in frame.columns]
    about = _about(table, columns)
    values = zip(*(frame[name].tolist() for name in about), strict=True) if about else ()
    names = ["r" + _hash(_identity(dict(zip(about, its, strict=True)), about))[:10] for its in values]
    shared = {name for name, times in Counter(names).items() if times > 1}
    said = {
        number: csv_text((), [row])
        for number, row in enumerate(frame.itertuples(index=False))
        if names[number] in shared
    }
    contents = defaultdict(set)
    for number, content in said.items():
        contents[names[number]].add(content)
    return [
        f"{name}-{_hash(said[number])[:4]}" if len(contents[name]) > 1 else name for number, name in enumerate(names)
    ]


def _about(table: str, columns: Sequence[str]) -> tuple[str, ...]:
    """The columns that say what a row of a table is about."""
    if set(PLACE) <= set(columns):
        return PLACE
    return _KNOWN_BY.get(table, tuple(columns[:1]))


def _identity(row: Mapping[str, Any], about: Sequence[str]) -> list[str]:
    values = ((name, row[name]) for name in about)
    texts_of = ((name, "" if cells.plain(value) is None else str(value)) for name, value in values)
    return [_SAME[name](text) if name in _SAME else text for name, text in texts_of]


def _hash(content: Any) -> str:
    return hashlib.sha256(json_line(content).encode("utf-8", "surrogatepass")).hexdigest()


# --- from an address to its row ---


def find(folder: RunFolder, address: str) -> Row:
    """The row at an address, in a table of the run or else in the evidence of a finding.

    Raises ``UsageError`` that names the nearest table, or the nearest row.
    """
    table, wanted = split(address)
    tables = folder.names("tables")
    rows = [] if table not in tables else list(rows_of(folder, table))
    passages = [row for finding in folder.findings if finding.key == table for row in evidence_rows(finding)]
    for its in (rows, passages):
        if same := [row for row in its if row.name == wanted]:
            return same[0]._replace(times=len(same))
    where = f"The run {folder.path.name} has no"
    if table not in tables and not passages:
        near = nearest(table, tables)
        raise UsageError(f"{where} table {table!r}." + (f" Did you mean {near}#{wanted or 'ROW'}?" if near else ""))
    alike = max(rows or passages, key=lambda row: _likeness(row.name, wanted), default=None)
    hint = f" Did you mean {alike.address}, {in_brief(alike.label, 80)}?" if alike else " The table is empty."
    raise UsageError(f"{where} row {wanted!r} in {table}.{hint}")


def split(address: str) -> tuple[str, str]:
    """TABLE and ROW of an address, where the table may be written as it lies in the run folder."""
    table, _, row = address.partition("#")
    return table.removeprefix("tables/").removesuffix(".csv"), row


def rows_of(folder: RunFolder, table: str) -> Iterator[Row]:
    """The rows of a table of a run. Raises ``UsageError`` where it was written by a release without addresses."""
    frame = folder.table(table)
    if ADDRESS not in frame.columns:
        raise UsageError(f"The rows of {table} have no address: {folder.path.name} is an older run. Run it again.")
    for its in records(frame):
        yield Row(table, its.pop(ADDRESS).partition("#")[2], its)


def records(frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """The rows of a table as plain values; see ``cells.records``."""
    return cells.records([str(name) for name in frame.columns], (frame[name].tolist() for name in frame.columns))


def evidence_rows(finding: Finding) -> Iterator[Row]:
    """The passages of a finding as rows; one that is counted stands in the base as well, and comes once."""
    seen: set[Hashable] = set()
    for passage in sorted(finding.evidence, key=lambda row: row.role != "counted"):
        its = passage._asdict()
        if (place := tuple(its[name] for name in PLACE)) not in seen:
            seen.add(place)
            yield Row(finding.key, place_name(*place), its)


def place_name(doc_id: str, start: int, end: int) -> str:
    """The ROW of a passage, the same in every table and finding that has it."""
    return "r" + _hash([doc_id, str(start), str(end)])[:10]


def _likeness(one: str, other: str) -> int:
    return sum(a == b for a, b in zip(one, other, strict=False))


# --- what a row counts ---


def _as_it_is(frame: pd.DataFrame) -> pd.DataFrame:
    return frame


_COUNTS: Mapping[str, tuple[str, Callable[[pd.DataFrame], pd.DataFrame]]] = {
    "statements.speakers": ("statements.statements", _as_it_is),
    "statements.unnamed": ("statements.statements", nameless),
    "statements.sources": ("statements.statements", lambda frame: frame.assign(source=source_of(frame))),
    "statements.kinds": ("statements.statements", _as_it_is),
    "statements.cues": ("statements.statements", lambda frame: frame.assign(head=head_of(frame))),
    "language.terms": ("language.concordance", _as_it_is),
    "language.frequencies": ("language.concordance", lambda frame: frame.assign(word=frame["term"])),
    "corpus.languages": ("corpus.documents", lambda frame: frame.fillna({"language": TOO_SHORT})),
}
"""The table whose rows a table counts, and how these are grouped; a row counts those that are about the same."""


def counted_table(table: str) -> str:
    """The table whose rows a table counts, or nothing."""
    return _COUNTS.get(table, ("", _as_it_is))[0]


def counted_by(folder: RunFolder, row: Row) -> list[Row]:
    """The rows of another table of the run that a row counts; none where the run does not keep them."""
    import pandas as pd

    counted, grouped = counted_table(row.table), _COUNTS.get(row.table, ("", _as_it_is))[1]
    if not folder.has_table(counted):
        return []
    frame = folder.table(counted)
    about = _about(row.table, list(row.cells))
    groups = grouped(pd.DataFrame(list(records(frame)), columns=frame.columns, dtype=object))
    wanted = _identity(row.cells, about)
    numbers = {
        number for number, its in zip(groups.index, records(groups), strict=True) if _identity(its, about) == wanted
    }
    return [its for number, its in enumerate(rows_of(folder, counted)) if number in numbers]


def recount(row: Row, counted: Sequence[Row]) -> dict[str, int]:
    """The whole numbers of a row once more, from the rows that it counts."""
    again: Counter[str] = Counter()
    for its in (row.cells for row in counted):
        again.update(("attributions", "count", "documents"))
        if "words" in its:
            again["words"] += its["words"]
            again[f"{its.get('kind')}_words"] += its["words"]
    again["n_documents"] = len({its.cells["doc_id"] for its in counted})
    return {name: again[name] for name in row.cells if name in again or name in _OF_A_KIND}


_OF_A_KIND = ("direct_words", "mixed_words", "indirect_words")
"""Words that a row may count none of."""


# --- what belongs together ---

_DRAWN_FROM: Mapping[str, tuple[str, ...]] = {
    "corpus.lengths": ("corpus.documents",),
    "corpus.sources": ("corpus.documents",),
    "corpus.timeline": ("corpus.documents",),
    "language.dispersion": ("language.concordance",),
    "language.frequent_words": ("language.frequencies",),
    "statements.cues": ("statements.cues",),
    "statements.speech": ("statements.speakers", "statements.sources"),
}
"""The tables that the figures are drawn from."""

_SAY: Mapping[str, tuple[str, ...]] = {
    "corpus.copies": ("corpus.copies",),
    "corpus.documents": ("corpus.documents", "corpus.words", "corpus.dated", "corpus.earliest", "corpus.latest"),
    "corpus.foreign_paragraphs": ("corpus.not_english",),
    "corpus.languages": ("corpus.not_english",),
    "corpus.reasons": ("corpus.documents",),
    "language.concordance": ("language.count", "language.rate"),
    "language.frequencies": ("language.count",),
    "language.not_in_english": ("language.words_per_sentence", "language.flesch_reading_ease"),
    "language.terms": ("language.count", "language.rate"),
    "statements.cues": ("statements.attributions",),
    "statements.kinds": ("statements.direct",),
    "statements.quotations": ("statements.direct",),
    "statements.sources": ("statements.attributions", "statements.words"),
    "statements.speakers": ("statements.speakers", "statements.words"),
    "statements.unnamed": ("statements.attributions",),
    "statements.unsure": ("statements.attributions",),
    "statements.statements": ("statements.attributions", "statements.documents", "statements.direct"),
}
"""The findings that say something of what a table holds: their keys, or what these begin with."""


def drawn_from(folder: RunFolder, figure: str) -> list[str]:
    """The tables of a run that a figure was drawn from."""
    return [table for table in _DRAWN_FROM.get(figure, ()) if folder.has_table(table)]


def findings_on(folder: RunFolder, tables: Sequence[str]) -> list[Finding]:
    """The findings of a run that say something of what these tables hold, or are computed from them."""
    begin = [begin for table in tables for begin in _SAY.get(table, ())]
    return [
        finding
        for finding in folder.findings
        if any(f"{finding.key}.".startswith(f"{it}.") for it in begin)
        or (finding.computation is not None and finding.computation.table in tables)
    ]
