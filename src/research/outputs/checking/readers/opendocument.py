"""OpenDocument text (LibreOffice): paragraphs, rows of tables, notes, keys in brackets and reference marks.

Tracked changes are read as accepted: what was deleted is kept elsewhere in the file, what was inserted is in the text.
A line is a paragraph, counted from the beginning.
"""

from __future__ import annotations

from typing import Any

from research.outputs.checking.blocks import Kind, Report
from research.outputs.checking.keys import named_in
from research.outputs.checking.readers.office import Paragraphs, opened, tree_of

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_UNREAD = frozenset(
    (
        *(
            f"{_TEXT}{it}"
            for it in ("tracked-changes", "note-citation", "bibliography", "table-of-content", "ruby-text")
        ),
        f"{_OFFICE}annotation",
        f"{_OFFICE}forms",
    )
)
_PARAGRAPHS = (f"{_TEXT}p", f"{_TEXT}h")
REMEDY = "Open it in LibreOffice and save it again as .odt."


def read_opendocument(path: str, data: bytes) -> Report:
    """Return an OpenDocument text. Raises ``Malformed``."""
    with opened(data, "an OpenDocument text", REMEDY) as archive:
        root = tree_of(archive, "content.xml")
        body = None if root is None else root.find(f"{_OFFICE}body/{_OFFICE}text")
        if body is None:
            raise ValueError("it has no text")
        document = _Document(root)
        document.read(body)
    said = document.paragraphs
    changed = body.find(f"{_TEXT}tracked-changes") is not None
    remarks = ["It has tracked changes: it is read as if all of them were accepted."] if changed else []
    return Report(path, said.source, [*said.blocks, *document.notes], remarks, place=lambda line: f"paragraph {line}")


class _Document:
    """Walks through a text without recursion."""

    def __init__(self, root: Any) -> None:
        self.paragraphs = Paragraphs()
        self.notes: list[Any] = []
        self._parents = {
            it.get(f"{_STYLE}name"): it.get(f"{_STYLE}parent-style-name") for it in root.iter(f"{_STYLE}style")
        }
        self._lists = self._rows = self._marks = 0
        self._note: tuple[Any, str] | None = None

    def read(self, root: Any) -> None:
        """Read the paragraphs of an element."""
        from lxml import etree

        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            tag = element.tag
            if tag in _UNREAD and event == "start":
                walk.skip_subtree()
                self._tail(element)
                continue
            if event == "start":
                self._start(tag, element)
            else:
                self._end(tag)
                if element is not root:
                    self._tail(element)

    def _tail(self, element: Any) -> None:
        if element.tail and not self._marks and self._within(element.getparent()):
            self.paragraphs.text(element.tail)

    def _within(self, parent: Any) -> bool:
        """Whether text here is prose: in a paragraph, or in a part of one."""
        return parent is not None and parent.tag in (
            *_PARAGRAPHS,
            f"{_TEXT}span",
            f"{_TEXT}a",
            f"{_TEXT}meta",
            f"{_TEXT}ruby-base",
        )

    def _start(self, tag: str, element: Any) -> None:
        paragraphs = self.paragraphs
        if tag == f"{_TEXT}note":
            label = element.get(f"{_TEXT}id") or f"note {len(self.notes) + 1}"
            paragraphs.flush()
            paragraphs.writer.note(label)
            self._note = (paragraphs, label)
            self.paragraphs = _Aside(paragraphs)
            return
        if tag in _PARAGRAPHS:
            label = self._note[1] if self._note else ""
            paragraphs.begin("footnote" if label else self._kind(tag, element), label)
        elif tag == f"{_TEXT}list-item":
            self._lists += 1
        elif tag == f"{_TABLE}table-row":
            self._rows += 1
            if self._rows == 1:
                paragraphs.begin_row()
        elif tag == f"{_TEXT}s" or tag in (f"{_TEXT}tab", f"{_TEXT}line-break"):
            paragraphs.text(" ")
        elif tag in (f"{_TEXT}bibliography-mark", f"{_TEXT}reference-mark-start"):
            said = " ; ".join(str(value) for value in element.attrib.values())
            paragraphs.flush()
            names = named_in(said)
            for key, version in names:
                paragraphs.writer.cite(key, version=version)
            if tag.endswith("start") and "CSL_CITATION" in said:
                self._marks += 1
            return
        elif tag == f"{_TEXT}reference-mark-end" and self._marks:
            self._marks -= 1
        if element.text and not self._marks and self._within(element):
            paragraphs.text(element.text)

    def _end(self, tag: str) -> None:
        paragraphs = self.paragraphs
        if tag == f"{_TEXT}note" and self._note:
            self.notes += paragraphs.blocks
            self.paragraphs, self._note = self._note[0], None
        elif tag in _PARAGRAPHS:
            paragraphs.end()
        elif tag == f"{_TEXT}list-item":
            self._lists -= 1
        elif tag == f"{_TABLE}table-cell" and self._rows == 1:
            paragraphs.end_cell()
        elif tag == f"{_TABLE}table-row":
            self._rows -= 1
            if self._rows == 0:
                paragraphs.end_row()

    def _kind(self, tag: str, element: Any) -> Kind:
        if tag == f"{_TEXT}h":
            return "heading"
        name = element.get(f"{_TEXT}style-name") or ""
        names = f"{name} {self._parents.get(name) or ''}".lower()
        if "caption" in names or "illustration" in names:
            return "caption"
        if "quot" in names:
            return "quotation"
        return "item" if self._lists else "paragraph"


class _Aside(Paragraphs):
    """The paragraphs of a note, which has the place of the paragraph that refers to it."""

    def __init__(self, around: Paragraphs) -> None:
        super().__init__()
        self._size = around._size

    def end(self) -> None:
        """End the paragraph; the source does not grow."""
        size = self._size
        super().end()
        self._size = size
