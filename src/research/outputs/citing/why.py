"""Why a finding, a row, a figure or a table says what it says: its passages, counted again, or its data."""

from __future__ import annotations

import shlex
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pandas as pd

from research.analysis import notebooks
from research.analysis.declaring import OFFSETS
from research.analysis.evidence import Passage
from research.analysis.findings import STATUSES, Computation, Finding, Value
from research.analysis.judging import corrections
from research.analysis.recount import recount
from research.analysis.wording import in_brief, plural
from research.errors import RunError, UsageError
from research.loading import Corpus, load
from research.loading.anchoring import Resolution
from research.nlp.records import spans
from research.outputs.citing import addresses
from research.outputs.citing.anchors import anchors_of, with_context
from research.outputs.citing.citations import meant
from research.outputs.citing.located import (
    GONE,
    Shown,
    entry,
    in_context,
    passage_in,
    place_in,
    place_of,
    resolved,
    speaker_table,
    speakers_of,
    where,
    who_speaks,
)
from research.outputs.folder.manifest import refuse_changed_files
from research.outputs.folder.run_folder import ANCHORS, FINDINGS, RunFolder
from research.outputs.folder.writing import read_rows
from research.outputs.showing import cells

SHOWN = 20
"""The number of passages shown to people by default; programs get all."""


class Explanation(ABC):
    """What is behind a part of a run. With a source, each passage is looked up in it."""

    passages: Sequence[Shown]

    def __init__(self, folder: RunFolder) -> None:
        self._dates = folder.dates()

    @property
    @abstractmethod
    def agrees(self) -> bool:
        """Whether counting again gives the same."""

    @property
    def stands(self) -> bool:
        """Whether the source still has every passage in its place."""
        return all(it.found is None or it.found.status == "exact" for it in self.passages)

    @abstractmethod
    def entries(self) -> list[dict[str, Any]]:
        """Return the explanation as a list for programs."""

    @abstractmethod
    def lines(self, most: int | None = None) -> Iterator[str]:
        """Yield the explanation for people, with at most so many passages of a kind."""

    def _passage_entries(self) -> Iterator[dict[str, Any]]:
        for it in self.passages:
            speaker = {} if it.speaker is None else {"speaker": it.speaker}
            address = {} if it.address is None else {"address": it.address}
            date = self._dates.get(it.passage.doc_id)
            yield {"kind": "passage", **it.passage._asdict(), "date": date, **address, **speaker, **entry(it.found)}

    def _listed(self, passages: Sequence[Shown], most: int) -> Iterator[str]:
        """Yield the first passages, and some of the others that have moved or are missing in the source."""
        astray = [
            n for n, it in enumerate(passages) if n >= most and it.found is not None and it.found.status != "exact"
        ]
        chosen = [*range(min(most, len(passages))), *astray[:SHOWN]]
        for number in chosen:
            it = passages[number]
            speaker = f": {it.speaker}" if it.speaker else ""
            yield f"  {number + 1}. {self._place(it.passage)}{speaker}"
            if it.address:
                yield f"     {it.address}"
            yield f"     {in_context(it.passage)}"
            if it.found is not None:
                yield f"     {where(it.found)}"
        if more := len(passages) - len(chosen):
            yield f"  and {more:,} more: see them with --limit or --all" if chosen else "  see them with --all"

    def _place(self, it: Passage) -> str:
        date = self._dates.get(it.doc_id) or "no date"
        return f"{it.doc_id} ({date}), characters {it.start:,} to {it.end:,}"

    def _looked_up(self) -> Iterator[str]:
        """Yield one line on how many passages the source still has in their place."""
        status = Counter(it.found.status for it in self.passages if it.found is not None)
        if status:
            said = [f"{status['exact']:,} of {plural(status.total(), 'passage')} there"]
            said += [f"{status[name]:,} {name}" for name in ("moved", "refused") if status[name]]
            yield f"  source   {', '.join(said)}"


def explain(folder: RunFolder, key: str, source: str | None = None) -> Explanation:
    """Explain a finding by its key, a row by its address, or a figure or a table; any of them by its citation key.

    Given ``source``, passages are looked up in it as it is now. Raises ``UsageError`` for an unknown name, and
    ``RunError`` where what the explanation rests on was changed.
    """
    refuse_changed_files(folder, {"manifest.json", FINDINGS})  # before anything is read of it
    address = key if addresses.is_address(key) else meant(folder, key)
    if addresses.is_address(address):
        return RowExplanation(folder, address, source)
    part, _, name = address.partition("/")
    match part:
        case "figures" | "tables" if source is not None:
            raise UsageError(f"{address} has no passages to look up. Give --source with a finding, or a row of it.")
        case "figures":
            return FigureExplanation(folder, name)
        case "tables":
            return TableExplanation(folder, name)
        case "collection":
            raise UsageError("The collection has no findings of its own. Cite it with: research cite RUN collection")
        case "documents":
            raise UsageError(f"{name} is a document; read it with: research show SOURCE {shlex.quote(name)}")
    return FindingExplanation(folder, address, source)


class FindingExplanation(Explanation):
    """A finding of a run with its recount, and the table that it was computed from, if any."""

    def __init__(self, folder: RunFolder, key: str, source: str | None = None) -> None:
        super().__init__(folder)
        self.finding: Finding = folder.finding(key)
        refuse_changed_files(folder, self._rests_on(folder) | ({ANCHORS} if source is not None else set()))
        self.table: pd.DataFrame | None = None
        if self.finding.computation is not None:
            self.table = folder.table(self.finding.computation.table)
        judged = f"{self.finding.notebook}.{corrections.TABLE}"
        try:
            self.recount: Value | None = recount(self.finding, self.table)
            self.corrected_recount: Value | None = (
                corrections.recounted(self.finding, folder.table(judged)) if folder.has_table(judged) else None
            )
        except (ValueError, KeyError, TypeError, AttributeError, ZeroDivisionError) as error:
            raise RunError(f"The evidence of {key} does not carry its value ({error}). Run it again.") from error
        evidence = self.finding.evidence
        found: Sequence[Resolution | None] = [None] * len(evidence)
        if source is not None:
            found = resolved(anchors_of(folder, self.finding), load(source))
        who = speakers_of(folder, self.finding.notebook)
        self.passages = [
            Shown(row, who.get(place_of(row)), None, its) for row, its in zip(evidence, found, strict=True)
        ]

    @property
    def agrees(self) -> bool:
        """Whether counting again gives the value of the finding."""
        corrected = None if self.finding.corrected is None else self.finding.corrected.value
        return self.recount == self.finding.value and self.corrected_recount == corrected

    def entries(self) -> list[dict[str, Any]]:
        """Return the finding with its recount, then every passage, then every row of its table."""
        finding = {"kind": "finding", **self.finding.fields(), "recount": self.recount, "agrees": self.agrees}
        rows = [] if self.table is None else _row_entries(addresses.records(self.table))
        return [finding, *self._passage_entries(), *rows]

    def lines(self, most: int | None = None) -> Iterator[str]:
        """Yield what the finding says, its recount, then its passages or its table."""
        it = self.finding
        yield it.statement
        yield f"  key      {it.key} (version {it.version})"
        yield f"  status   {it.status}: {STATUSES[it.status]}"
        if it.interval is not None:
            yield f"  interval {it.interval_display} ({it.interval.level:.0%})"
        if it.corrected is not None:
            yield f"  judged   {it.corrected.sentence}"
        if it.corrected is not None and it.corrected.value is not None:
            same = "as in" if self.corrected_recount == it.corrected.value else "NOT the value of"
            table = f"tables/{it.notebook}.{corrections.TABLE}.csv"
            yield f"  again    {_in_full(self.corrected_recount)} from {table}, {same} the finding"
        yield f"  n        {it.n:,} in {plural(it.n_documents, 'document')}"
        yield f"  method   {it.method}"
        yield from (f"  accuracy {said}" for said in (*it.accuracy, it.accuracy_note) if said)
        yield f"  recount  {self._verdict()}"
        yield from self._looked_up()
        # Readers want the counted passages first; the base can be the whole corpus, so only its size is shown.
        for role, title, by_default in (("counted", "counted", SHOWN), ("base", "in the base", 0)):
            passages = [shown for shown in self.passages if shown.passage.role == role]
            if passages:
                yield f"\n{plural(len(passages), 'passage')} {title}:"
                yield from self._listed(passages, by_default if most is None else most)
        if it.computation is not None and self.table is not None:
            yield from self._computed(it.computation, self.table)

    def _verdict(self) -> str:
        if not self.finding.is_computable:
            return "no value to recount"
        if self.recount == self.finding.value:
            return f"{_in_full(self.recount)}, as in the finding"
        value = _in_full(self.finding.value)
        return f"{_in_full(self.recount)}, NOT the value of the finding, which is {value}. Run it again."

    @staticmethod
    def _computed(computation: Computation, table: pd.DataFrame) -> Iterator[str]:
        table = computation.rows(table)
        yield f"\nComputed as {computation} ({plural(len(table), 'row')}):"
        shown = table[list(dict.fromkeys([table.columns[0], *computation.columns]))]
        yield from (f"  {line}" for line in cells.lines(cells.columns_of(shown)))

    def _rests_on(self, folder: RunFolder) -> set[str]:
        """Return the files that the explanation rests on."""
        it = self.finding
        tables = [] if it.computation is None else [f"tables/{it.computation.table}.csv"]
        if it.corrected is not None and it.corrected.value is not None:
            tables.append(f"tables/{it.notebook}.{corrections.TABLE}.csv")
        if speakers := speaker_table(folder, it.notebook):
            tables.append(f"tables/{speakers}.csv")
        return {"manifest.json", "findings.json", f"evidence/{it.notebook}.csv", *tables}


class RowExplanation(Explanation):
    """A row of a table of a run: its cells, its place, or the rows of another table that it counts."""

    def __init__(self, folder: RunFolder, address: str, source: str | None = None) -> None:
        super().__init__(folder)
        table, _ = addresses.split(address)
        counted = addresses.counted_table(table)
        tables = {f"tables/{name}{suffix}" for name in (table, counted) for suffix in (".csv", ".txt")}
        evidence = {f"evidence/{table.partition('.')[0]}.csv"}
        refuse_changed_files(
            folder, {"manifest.json", "findings.json", *tables, *evidence, *([ANCHORS] if source is not None else [])}
        )
        self.row = addresses.find(folder, address)
        self.caption = folder.caption(self.row.table)
        self.counted = addresses.counted_by(folder, self.row)
        self.recount = addresses.recount(self.row, self.counted) if self.counted else {}
        self._counted_table = counted
        corpus = None if source is None else load(source)
        self.passages = self._looked_for(folder, corpus)
        self._document = self._document_status(folder, corpus)

    def _looked_for(self, folder: RunFolder, corpus: Corpus | None) -> list[Shown]:
        rows = [row for row in ([self.row] if self.row.has_place else self.counted) if row.has_place]
        wanted, notebook = set(map(place_in, rows)), self.row.table.partition(".")[0]
        kept = folder.passages(notebook) if corpus is None else with_context(folder, notebook)
        known = {place_of(it): it for _, it in kept if place_of(it) in wanted}
        passages = [(known.get(place_in(row)) or passage_in(row))._replace(role="counted") for row in rows]
        found: Sequence[Resolution | None] = [None] * len(rows)
        if corpus is not None:
            found = resolved(passages, corpus)
        return [
            Shown(it, who_speaks(row), None if row == self.row else row.address, its)
            for row, it, its in zip(rows, passages, found, strict=True)
        ]

    def _document_status(self, folder: RunFolder, corpus: Corpus | None) -> Resolution | None:
        """Return whether the document is the same in a source, for a row about a whole document."""
        name = self.row.cells.get("doc_id")
        if corpus is None or name is None or self.row.has_place:
            return None
        recorded = {entry["id"]: entry["sha256"] for entry in folder.manifest()["source"]["documents"]}
        now = {document.id: document.origin.sha256 for document in corpus if document.id == name}
        if name not in now:
            return Resolution("refused", None, GONE)
        if now[name] != recorded.get(name):
            return Resolution("refused", None, "The document was changed.")
        return Resolution("exact", None, "The document is the same.")

    @property
    def agrees(self) -> bool:
        """Whether counting again gives the numbers of the row."""
        return all(self.row.cells[name] == value for name, value in self.recount.items())

    @property
    def stands(self) -> bool:
        """Whether every passage is in its place, and a document that the row is about is the same."""
        return super().stands and (self._document is None or self._document.status == "exact")

    def entries(self) -> list[dict[str, Any]]:
        """Return the row with its recount, then its passage or every passage that it counts."""
        it = self.row
        row = {"kind": "row", "address": it.address, "version": it.version, "table": it.table, "caption": self.caption}
        checked = {"times": it.times, "recount": self.recount, "agrees": self.agrees}
        return [{**row, **checked, "cells": it.cells, **entry(self._document)}, *self._passage_entries()]

    def lines(self, most: int | None = None) -> Iterator[str]:
        """Yield the row column by column, then its passage or what it counts."""
        it = self.row
        yield in_brief(it.label)
        facts = {"address": f"{it.address} (version {it.version})", "table": self._table()}
        facts |= {name: cells.shown(value, name) for name, value in it.cells.items() if value is not None}
        width = max(map(len, facts))
        yield from (f"  {name:<{width}}  {value}" for name, value in facts.items())
        if it.times > 1:
            yield f"  {it.times:,} rows of the table are the same."
        if self.recount:
            yield f"  {'recount':<{width}}  {self._verdict()}"
        yield from self._looked_up()
        yield from self._behind(SHOWN if most is None else most)

    def _behind(self, most: int) -> Iterator[str]:
        """Yield what the row rests on."""
        it = self.row
        if it.has_place:
            yield "\nIn its place:"
            yield from self._listed(self.passages, most)
            yield from self._parts()
        elif self.passages:
            yield f"\n{plural(len(self.passages), 'passage')} counted, each a row of {self._counted_table}:"
            yield from self._listed(self.passages, most)
        elif self.counted:
            yield f"\n{plural(len(self.counted), 'row')} of {self._counted_table} counted:"
            for number, row in enumerate(self.counted[:most], start=1):
                yield f"  {number}. {row.label}"
                yield f"     {row.address}"
            if len(self.counted) > most:
                yield f"  and {len(self.counted) - most:,} more: see them with --limit or --all"
        elif "doc_id" in it.cells:
            document = shlex.quote(it.cells["doc_id"])
            yield f"\nThe row is about a whole document; read it with: research show SOURCE {document}"
            if self._document is not None:
                yield f"  {where(self._document)}"
        else:
            remedy = notebooks.table(it.table).remedy
            yield f"\nThe run keeps no passages behind the rows of {it.table}.{f' {remedy}' if remedy else ''}"

    def _parts(self) -> Iterator[str]:
        """Yield the parts of the passage that the row has offsets of (source, cue, content)."""
        for shown in self.passages:
            start, exact = shown.passage.start, shown.passage.exact
            for column in (name for name in self.row.cells if name.endswith(OFFSETS) and exact):
                for first, last in spans(self.row.cells[column]):
                    words = in_brief(exact[first - start : last - start])
                    yield f"     {column.removesuffix(OFFSETS):<7}  characters {first:,} to {last:,}: {words}"

    def _table(self) -> str:
        table = self.row.table
        if "role" in self.row.cells:
            return f"the evidence of the finding {table}"
        return f"{self.caption} (tables/{table}.csv)" if self.caption else f"tables/{table}.csv"

    def _verdict(self) -> str:
        values = ", ".join(f"{name} {_in_full(value)}" for name, value in self.recount.items())
        return f"{values}: {'as in the row' if self.agrees else 'NOT as in the row. Run it again.'}"


class TableExplanation(Explanation):
    """A table of a run: its first rows, and the findings and rows to follow."""

    _part = "tables"

    def __init__(self, folder: RunFolder, name: str) -> None:
        super().__init__(folder)
        self.passages = []
        self.name = name
        self._folder = folder
        self.tables = self._tables()
        its = [f"{self._part}/{name}{suffix}" for suffix in (".csv", ".txt")]
        refuse_changed_files(
            folder, {"manifest.json", "findings.json", *its, *(f"tables/{it}.csv" for it in self.tables)}
        )
        self._columns, rows = read_rows(folder.path / self._part / f"{name}.csv")
        self._rows = list(rows)
        self.findings = addresses.findings_on(folder, self.tables)

    def _tables(self) -> list[str]:
        return [self.name]

    @property
    def agrees(self) -> bool:
        """Always true: nothing is counted again, and the files agree with the manifest."""
        return True

    def entries(self) -> list[dict[str, Any]]:
        """Return what it is, with its tables and findings, then every row."""
        its = {
            "kind": self._part.removesuffix("s"),
            "address": f"{self._part}/{self.name}",
            **self._said(),
            "rows": len(self._rows),
            "tables": self.tables,
            "findings": [it.key for it in self.findings],
        }
        return [its, *_row_entries(cells.records(self._columns, zip(*self._rows, strict=True)))]

    def lines(self, most: int | None = None) -> Iterator[str]:
        """Yield its caption, its first rows, then the tables and findings to follow."""
        said = self._said()
        yield said.pop("caption") or self.name
        yield from (f"  {name:<7}  {value}" for name, value in self._facts(said).items())
        shown = min(len(self._rows), SHOWN if most is None else most)
        if shown:
            yield f"\n{self._heading(shown)}:"
            yield from (f"  {line}" for line in cells.lines(self._for_reading(shown)))
        if self.findings:
            yield f"\n{plural(len(self.findings), 'finding')} on it; follow one with: research why RUN KEY"
            width = max(len(it.key) for it in self.findings)
            yield from (f"  {it.key:<{width}}  {in_brief(it.statement)}" for it in self.findings)
        yield from self._rows_to_follow()

    def _said(self) -> dict[str, str]:
        return {"caption": self._folder.caption(self.name)}

    def _facts(self, said: dict[str, str]) -> dict[str, str]:
        return (
            {"data": f"{self._part}/{self.name}.csv, {plural(len(self._rows), 'row')}"}
            | said
            | {"cite": f"research cite RUN {self._part}/{self.name}"}
        )

    def _heading(self, shown: int) -> str:
        rows = plural(len(self._rows), "row")
        return rows if shown == len(self._rows) else f"The first {shown} of {rows} (see more with --limit or --all)"

    def _for_reading(self, most: int) -> list[cells.Column]:
        wanted = (self._folder.for_reading(self.name) if self._part == "tables" else None) or self._columns
        at = [self._columns.index(name) for name in wanted if name in self._columns]
        return cells.columns([self._columns[i] for i in at], ([row[i] for i in at] for row in self._rows), most)[0]

    def _rows_to_follow(self) -> Iterator[str]:
        """Yield how to follow the first row of each table to its words."""
        for table in self.tables:
            columns, rows = read_rows(self._folder.path / "tables" / f"{table}.csv")
            first = next(rows, None)
            if first and cells.ADDRESS in columns:
                total = 1 + sum(1 for _ in rows)
                yield f"\n{table} has {plural(total, 'row')}; follow one to its words, such as the first:"
                yield f"  research why RUN {first[columns.index(cells.ADDRESS)]}"


class FigureExplanation(TableExplanation):
    """A figure of a run: what it shows in words, its data, and the tables that it was drawn from."""

    _part = "figures"

    def _tables(self) -> list[str]:
        return addresses.drawn_from(self._folder, self.name)

    def _said(self) -> dict[str, str]:
        caption, alt = self._folder.figure_said(self.name)
        return {"caption": caption, "shows": alt}

    def _facts(self, said: dict[str, str]) -> dict[str, str]:
        drawn = " and ".join(f"tables/{table}.csv" for table in self.tables)
        return super()._facts(said) | ({"from": drawn} if drawn else {})


def _row_entries(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Return the rows of a table for programs; the cells are nested, since a column may be called ``kind``."""
    return ({"kind": "row", "cells": row} for row in rows)


def _in_full(value: Value | None) -> str:
    """Return a value with all its digits, so that no difference is hidden."""
    return f"{value:,}" if isinstance(value, int | float) else str(value)
