"""Word: paragraphs, rows of tables, notes, and citations as keys in brackets or as fields.

Tracked changes are read as accepted: insertions are text, deletions are not. A field of Zotero, Mendeley or Word itself
is a citation if what it holds names a finding: its key, or "Finding corpus.words, version …", which is in every entry
of ``findings.csl.json``. A line is a paragraph, counted from the beginning, notes last.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from research.outputs.checking.blocks import Kind, Report
from research.outputs.checking.keys import Named, named_in
from research.outputs.checking.readers.office import Paragraphs, opened, tree_of

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED = frozenset(
    (
        f"{_W}del",
        f"{_W}moveFrom",
        f"{_W}delText",
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    )
)
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": " ", f"{_W}cr": " ", f"{_W}noBreakHyphen": "-", f"{_W}softHyphen": "\u00ad"}
_CHANGED = frozenset((f"{_W}ins", f"{_W}del", f"{_W}moveFrom", f"{_W}moveTo"))
_CITES = re.compile(r"\s*(?:ADDIN\s+(?:ZOTERO_ITEM|CSL_CITATION|EN\.CITE|Mendeley|CITAVI)|CITATION\b)", re.IGNORECASE)
_LISTS = re.compile(r"\s*(?:ADDIN\s+(?:ZOTERO_BIBL|Mendeley Bibliography|EN\.REFLIST)|BIBLIOGRAPHY\b)", re.IGNORECASE)
_WORD_TAG = re.compile(r"(?:CITATION|\\m)\s+(\S+)")
REMEDY = "Open it in Word and save it again as .docx."


def read_word(path: str, data: bytes) -> Report:
    """Return a Word document. Raises ``Malformed``."""
    with opened(data, "a Word document", REMEDY) as archive:
        body = tree_of(archive, "word/document.xml")
        if body is None:
            raise ValueError("it has no word/document.xml")
        document = _Document(_sources(archive))
        document.read(body)
        for part in ("footnotes", "endnotes"):
            notes = tree_of(archive, f"word/{part}.xml")
            if notes is not None:
                document.read_notes(notes, part)
    said = document.paragraphs
    remarks = ["It has tracked changes: it is read as if all of them were accepted."] if document.changed else []
    return Report(path, said.source, said.blocks, remarks, place=lambda line: f"paragraph {line}")


def _sources(archive: Any) -> dict[str, list[Named]]:
    """Return what Word's own sources name, by their tags."""
    found = {}
    for name in archive.namelist():
        if re.fullmatch(r"customXml/item[0-9]+\.xml", name):
            tree = tree_of(archive, name)
            for source in tree.iter("{http://schemas.openxmlformats.org/officeDocument/2006/bibliography}Source"):
                texts = [element.text or "" for element in source.iter()]
                tag = next((it.text or "" for it in source if str(it.tag).endswith("}Tag")), "")
                found[tag] = named_in(" ; ".join(texts))
    return found


class _Document:
    """Walks through a document without recursion, so that no depth of nesting can stop it."""

    def __init__(self, sources: Mapping[str, list[Named]]) -> None:
        self.paragraphs = Paragraphs()
        self.changed = False
        self._sources = sources
        self._fields: list[list[str] | None] = []
        """The open fields: their instruction while it is read, then None while a result that is no prose goes by."""
        self._hidden = 0
        self._rows = 0

    def read_notes(self, root: Any, part: str) -> None:
        """Read footnotes or endnotes; each paragraph of one is a block."""
        for note in root:
            if note.get(f"{_W}type") not in ("separator", "continuationSeparator", "continuationNotice"):
                self.read(note, f"{part} {note.get(f'{_W}id')}")

    def read(self, root: Any, label: str = "") -> None:
        """Read the paragraphs of an element."""
        from lxml import etree

        walk = etree.iterwalk(root, events=("start", "end"))
        paragraphs = self.paragraphs
        nested = 0
        for event, element in walk:
            tag = element.tag
            if tag in _CHANGED:
                self.changed = True
            if tag in _SKIPPED and event == "start":
                walk.skip_subtree()
            elif tag == f"{_W}p":
                if event == "start":
                    nested += 1
                    if nested > 1:
                        paragraphs.end()
                    paragraphs.begin("footnote" if label else _kind(element), label)
                else:
                    nested -= 1
                    paragraphs.end()
                    if nested:  # the rest of the paragraph that a text box stands in
                        paragraphs.begin("paragraph", label)
            elif tag == f"{_W}tr":
                self._row(event)
            elif tag == f"{_W}tc" and event == "end" and self._rows == 1:
                paragraphs.end_cell()
            elif event == "start":
                self._element(tag, element)
            elif tag == f"{_W}fldSimple" and self._fields:
                self._end_field()

    def _row(self, event: str) -> None:
        self._rows += 1 if event == "start" else -1
        if event == "start" and self._rows == 1:
            self.paragraphs.begin_row()
        elif event == "end" and self._rows == 0:
            self.paragraphs.end_row()

    def _element(self, tag: str, element: Any) -> None:
        if tag == f"{_W}t":
            if not self._hidden:
                self.paragraphs.text(element.text or "")
        elif tag in _SIGNS and element.getparent().tag == f"{_W}r":
            if not self._hidden:
                self.paragraphs.text(_SIGNS[tag])
        elif tag == f"{_W}instrText":
            if self._fields and self._fields[-1] is not None:
                self._fields[-1].append(element.text or "")
        elif tag == f"{_W}fldChar":
            self._field(element.get(f"{_W}fldCharType"))
        elif tag == f"{_W}fldSimple":
            self._fields.append([element.get(f"{_W}instr") or ""])
            self._instructed()
        elif tag in (f"{_W}footnoteReference", f"{_W}endnoteReference"):
            part = "footnotes" if tag.endswith("footnoteReference") else "endnotes"
            self.paragraphs.flush()
            self.paragraphs.writer.note(f"{part} {element.get(f'{_W}id')}")

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append([])
        elif kind == "separate" and self._fields:
            self._instructed()
        elif kind == "end" and self._fields:
            if self._fields[-1]:  # a field without a result
                self._instructed()
            self._end_field()

    def _instructed(self) -> None:
        """Act on the instruction of a field: cite what it cites, and leave out what it prints then."""
        instruction = "".join(self._fields[-1] or ())
        self._fields[-1] = []
        if _CITES.match(instruction):
            names = named_in(instruction)
            for tag in _WORD_TAG.findall(instruction):
                names = names or list(self._sources.get(tag, ()))
            self.paragraphs.flush()
            for key, version in names:
                self.paragraphs.writer.cite(key, version=version)
            self._fields[-1] = None
        elif _LISTS.match(instruction):
            self._fields[-1] = None
        self._hidden = sum(it is None for it in self._fields)

    def _end_field(self) -> None:
        self._fields.pop()
        self._hidden = sum(it is None for it in self._fields)


def _kind(paragraph: Any) -> Kind:
    """Return the kind of a paragraph by its style."""
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = (style.get(f"{_W}val") or "").lower() if style is not None else ""
    if name.startswith(("heading", "title", "subtitle")):
        return "heading"
    if "caption" in name:
        return "caption"
    if "quote" in name or "blocktext" in name:
        return "quotation"
    if "list" in name or paragraph.find(f"{_W}pPr/{_W}numPr") is not None:
        return "item"
    return "paragraph"
