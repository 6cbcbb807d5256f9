"""Why a finding says what it says: every passage behind it, and the value counted once more."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

import pandas as pd

from research.analysis.findings import Computation, Finding, Value, plural, recount
from research.errors import RunError
from research.loading import Corpus, load
from research.outputs.anchors import ANCHORS, Resolution, anchors_of, read_anchors, resolve
from research.outputs.folder import RunFolder
from research.outputs.manifest import refuse_changed_files


class Explanation:
    """A finding of a run with its recount, and the table that it was computed from, if it was.

    With a ``source``, each passage is looked up in the documents as they lie there now: ``found`` says where.
    """

    def __init__(self, folder: RunFolder, key: str, source: str | None = None) -> None:
        self.finding: Finding = folder.finding(key)
        refuse_changed_files(folder, _rests_on(self.finding) | ({ANCHORS} if source is not None else set()))
        self.table: pd.DataFrame | None = None
        if self.finding.computation is not None:
            self.table = folder.table(self.finding.computation.table)
        try:
            self.recount: Value | None = recount(self.finding, self.table)
        except (ValueError, KeyError, TypeError, AttributeError, ZeroDivisionError) as error:
            raise RunError(f"The evidence of {key} does not carry its value ({error}). Run it again.") from error
        documents = folder.manifest()["source"]["documents"]
        self.found = [] if source is None else _looked_up(folder, self.finding, load(source))
        self._dates = {entry["id"]: entry["date"] for entry in documents}

    @property
    def agrees(self) -> bool:
        """Whether counting again gives the value of the finding."""
        return self.recount == self.finding.value

    @property
    def stands(self) -> bool:
        """Whether every passage that was looked up stands where it stood, in a source that was not changed."""
        return all(it.status == "exact" for it in self.found)

    def entries(self) -> list[dict[str, Any]]:
        """The same as a list for programs: the finding with its recount, then every passage, then every row."""
        finding = {"kind": "finding", **self.finding.fields(), "recount": self.recount, "agrees": self.agrees}
        passages = [
            {"kind": "passage", **row._asdict(), "date": self._dates.get(row.doc_id), **_entry(found)}
            for row, found in zip_longest(self.finding.evidence, self.found)
        ]
        rows = [] if self.table is None else json.loads(self.table.to_json(orient="records"))
        return [finding, *passages, *({"kind": "row", **row} for row in rows)]

    def lines(self) -> Iterator[str]:
        """The explanation for people, line by line."""
        it = self.finding
        yield it.statement
        yield f"  key      {it.key} (version {it.version})"
        yield f"  status   {it.status}"
        yield f"  method   {it.method}"
        yield from (f"  accuracy {figure}" for figure in it.accuracy)
        yield f"  recount  {self._verdict()}"
        for role, title in (("counted", "counted"), ("base", "in the base")):
            passages = [pair for pair in zip_longest(it.evidence, self.found) if pair[0].role == role]
            if passages:
                yield f"\n{plural(len(passages), 'passage')} {title}:"
            for number, (row, found) in enumerate(passages, start=1):
                date = self._dates.get(row.doc_id) or "no date"
                yield f"  {number}. {row.doc_id} ({date}), characters {row.start:,} to {row.end:,}"
                yield f"     {_in_context(row.prefix, row.exact, row.suffix)}"
                if found is not None:
                    yield f"     {_place(found)}"
        if it.computation is not None and self.table is not None:
            yield from self._computed(it.computation, self.table)

    def _verdict(self) -> str:
        if self.finding.status == "not computable":
            return "there is no value to count again"
        if self.agrees:
            return f"{self.recount}: the same"
        return f"{self.recount}: NOT the value of the finding, which is {self.finding.value}. Run it again."

    @staticmethod
    def _computed(computation: Computation, table: pd.DataFrame) -> Iterator[str]:
        yield f"\nComputed as {computation} ({plural(len(table), 'row')}):"
        shown = table[list(dict.fromkeys([table.columns[0], *computation.columns]))]
        yield from (f"  {line}" for line in shown.to_string(index=False).splitlines())


def _looked_up(folder: RunFolder, finding: Finding, corpus: Corpus) -> list[Resolution]:
    """Where each passage of a finding stands in a source, in the order of its evidence."""
    by_document = defaultdict(list)
    for number, anchor in enumerate(anchors_of(finding, read_anchors(folder))):
        by_document[anchor.doc_id].append((number, anchor))
    missing = Resolution("refused", None, "The source has no document of this name any more.")
    found = [missing] * len(finding.evidence)
    for document in corpus:
        for number, anchor in by_document.get(document.id, ()):
            found[number] = resolve(anchor, document.text, document.origin.sha256)
    return found


def _entry(found: Resolution | None) -> dict[str, Any]:
    if found is None:
        return {}
    start, end = found.span or (None, None)
    return {"in_source": found.status, "source_start": start, "source_end": end, "why": found.why}


def _place(found: Resolution) -> str:
    match found:
        case Resolution("exact"):
            return "in the source: there"
        case Resolution("moved", span) if span is not None:
            return f"in the source: MOVED to characters {span.start:,} to {span.end:,}. {found.why}"
    return f"in the source: REFUSED. {found.why}"


def _rests_on(finding: Finding) -> set[str]:
    """The files of a run that the explanation of a finding rests on."""
    tables = [] if finding.computation is None else [f"tables/{finding.computation.table}.csv"]
    evidence = [f"evidence/{finding.notebook}.csv"] if finding.evidence else []
    return {"manifest.json", "findings.json", *evidence, *tables}


def _in_context(prefix: str, exact: str, suffix: str) -> str:
    return " ".join(f"…{prefix}[{exact}]{suffix}…".split())
