"""What Word and LibreOffice files share: a ZIP archive of XML that is opened with care, and paragraphs as lines."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from research.loading.archives import refuse_explosive
from research.loading.encodings import Unreadable
from research.loading.records import parsing
from research.outputs.checking.blocks import Block, Kind, Malformed, Writer
from research.outputs.checking.readers.plain import put_text


@contextmanager
def opened(data: bytes, kind: str, remedy: str) -> Iterator[zipfile.ZipFile]:
    """Open an office document. Raises ``Malformed`` in one sentence, whatever is wrong with it."""
    stream = io.BytesIO(data)
    try:
        refuse_explosive(stream)
        with parsing(kind, remedy), zipfile.ZipFile(stream) as archive:
            yield archive
    except Unreadable as error:
        said = f"{error.reason}. {error.remedy}"
        raise Malformed(said[:1].upper() + said[1:]) from error


def tree_of(archive: zipfile.ZipFile, name: str) -> Any:
    """Return the root of a member; None where the archive has no such member."""
    from lxml import etree

    if name not in archive.namelist():
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    tree = etree.fromstring(archive.read(name), parser=parser)
    if tree.getroottree().docinfo.internalDTD is not None:  # its entities would be text that goes unread
        raise ValueError(f"{name} declares a document type, as no office program does")
    return tree


class Paragraphs:
    """Collects paragraphs: each is a line of the source, and a block or a cell of one."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._lines: list[str] = []
        self._size = 0
        self._line: list[str] = []
        self._written: list[str] = []
        self._row: Writer | None = None
        self._writer = Writer("paragraph")

    @property
    def source(self) -> str:
        """The text of all paragraphs, one a line."""
        return "\n".join(self._lines)

    @property
    def writer(self) -> Writer:
        """What the paragraph, or its row, is written into."""
        return self._row or self._writer

    def begin(self, kind: Kind = "paragraph", label: str = "") -> None:
        """Begin a paragraph."""
        self._writer = Writer(kind, label)

    def text(self, text: str) -> None:
        """Add text as it is; its citations are read when the paragraph ends."""
        self._line.append(text.replace("\n", " ").replace("\r", " "))

    def flush(self) -> None:
        """Write the text that was added, with the citations in it."""
        line = "".join(self._line)
        if line:
            put_text(self.writer, line, self._size)
        self._size += len(line)
        self._written.append(line)
        self._line = []

    def end(self) -> None:
        """End the paragraph."""
        self.flush()
        self._lines.append("".join(self._written))
        self._written = []
        self._size += 1
        if self._row is None and self._writer.begun:
            self.blocks.append(self._writer.block())
        elif self._row is not None:
            self._row.space(self._size - 1)

    def begin_row(self) -> None:
        """Begin a row of a table, whose paragraphs belong together."""
        if self._row is None:
            self._row = Writer("row")

    def end_cell(self) -> None:
        """End a cell."""
        if self._row is not None:
            self._row.cell(max(0, self._size - 1))

    def end_row(self) -> None:
        """End a row."""
        if self._row is not None and self._row.begun:
            self.blocks.append(self._row.block())
        self._row = None
