"""Passages behind an explanation: who speaks in them, and where they are in a source as it is now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from research.analysis import notebooks
from research.analysis.declaring import AFTER, BEFORE
from research.analysis.evidence import CONTEXT, Passage, passage
from research.analysis.wording import in_brief
from research.loading import Corpus, Span
from research.loading.anchoring import Resolution, resolve
from research.outputs.citing import addresses
from research.outputs.folder.run_folder import RunFolder


class Shown(NamedTuple):
    """A passage in a list: its speaker, its address if it is a row, and where a source has it now."""

    passage: Passage
    speaker: str | None = None
    address: str | None = None
    found: Resolution | None = None


GONE = "The source has no document of this name any more."

Place = tuple[str, int, int]


def place_of(it: Passage) -> Place:
    """Return the place of a passage."""
    return it.doc_id, it.start, it.end


def place_in(row: addresses.Row) -> Place:
    """Return the place of a row about a passage."""
    return row.cells["doc_id"], row.cells["start"], row.cells["end"]


def passage_in(row: addresses.Row) -> Passage:
    """Return the passage of a row that is in no evidence; without words if the row does not hold them."""
    cells = row.cells
    exact = notebooks.table(row.table).text_of(cells)
    doc_id, start, end = place_in(row)
    prefix, suffix = cells.get(BEFORE) or "", cells.get(AFTER) or ""
    return Passage("counted", doc_id, cells.get("sha256") or "", start, end, exact, prefix, suffix)


def who_speaks(row: addresses.Row) -> str | None:
    """Return the speaker of a row, by name or as the text calls the source."""
    return notebooks.table(row.table).who_speaks(row.cells)


def speaker_table(folder: RunFolder, notebook: str) -> str | None:
    """Return the table that says who speaks in the passages of a notebook's findings, if the run has it."""
    declared = notebooks.named(notebook)
    name = "" if declared is None else declared.speakers
    return name if name and folder.has_table(name) else None


def speakers_of(folder: RunFolder, notebook: str) -> dict[Place, str | None]:
    """Return who speaks in each passage of a notebook's findings, by its place."""
    who: dict[Place, str | None] = {}
    table = speaker_table(folder, notebook)
    if table is None:
        return who
    declared = notebooks.table(table)
    for its in addresses.records(folder.table(table)):
        for start, end in [(its["start"], its["end"]), *declared.parts_of(its)]:
            who.setdefault((its["doc_id"], start, end), declared.who_speaks(its))
    return who


def resolved(anchors: Sequence[Passage], corpus: Corpus) -> list[Resolution]:
    """Return where a source has each anchor now, in their order."""
    by_document = defaultdict(list)
    for number, anchor in enumerate(anchors):
        by_document[anchor.doc_id].append((number, anchor))
    found = [Resolution("refused", None, GONE)] * len(anchors)
    for document in corpus:
        for number, anchor in by_document.get(document.id, ()):
            known = anchor
            if not anchor.exact and anchor.sha256 == document.origin.sha256:  # the run kept no words, only the place
                known = passage(document, Span(anchor.start, anchor.end))
            found[number] = resolve(known, document.text, document.origin.sha256)
    return found


def entry(found: Resolution | None) -> dict[str, Any]:
    """Return where a source has a passage, for programs; empty if no source was given."""
    if found is None:
        return {}
    start, end = found.span or (None, None)
    return {"in_source": found.status, "source_start": start, "source_end": end, "why": found.why}


def where(found: Resolution) -> str:
    """Return where a source has a passage, in a sentence for people."""
    match found:
        case Resolution("exact"):
            return "in the source: there"
        case Resolution("moved", span) if span is not None:
            return f"in the source: MOVED to characters {span.start:,} to {span.end:,}. {found.why}"
    return f"in the source: REFUSED. {found.why}"


def in_context(it: Passage) -> str:
    """Return a passage in brackets with the text before and after it, on one line."""
    if not it.exact:
        return "The run keeps only the place; --source shows the words."
    return " ".join(f"…{it.prefix[-CONTEXT:]}[{in_brief(it.exact)}]{it.suffix[:CONTEXT]}…".split())
