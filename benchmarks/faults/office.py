"""Reports of Word, LibreOffice and Jupyter, written from blocks: a kind, a tab, a text with blanks."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from itertools import groupby
from random import Random
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from benchmarks.faults.sentences import Part, Sentence
from benchmarks.faults.writing import drawing

SUFFIXES = (".docx", ".odt", ".ipynb")
Piece = str | Sentence


def write(template: str, suffix: str, sentences: Sequence[Sentence], seed: str) -> bytes:
    """A report in one of SUFFIXES."""
    blocks = list(_blocks(template, list(sentences)))
    return {".docx": _word, ".odt": _opendocument, ".ipynb": _notebook}[suffix](blocks, drawing(seed))


def _blocks(template: str, left: list[Sentence]) -> Iterator[tuple[str, list[Piece]]]:
    for line in template.splitlines():
        kind, _, text = line.partition("\t")
        yield (
            kind,
            [left.pop(0) if piece.startswith("{{") else piece for piece in re.split(r"(\{\{\w+\}\})", text) if piece],
        )


def _cells(pieces: Sequence[Piece]) -> list[list[Part]]:
    """The cells of a row of a table, each as parts."""
    cells: list[list[Part]] = [[]]
    for piece in pieces:
        parts = [Part(text) for text in re.split(r"(\|)", piece)] if isinstance(piece, str) else piece.parts
        for part in parts:
            if part.text == "|":
                cells.append([])
            else:
                cells[-1].append(part)
    return cells


def _parts(pieces: Sequence[Piece]) -> list[Part]:
    return [part for piece in pieces for part in ([Part(piece)] if isinstance(piece, str) else piece.parts)]


def _brackets(part: Part) -> str:
    return "[" + "; ".join(f"@{key}" for key in part.text.split("\n")) + "]"


# --- Word ---

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TEXT = '<w:t xml:space="preserve">{}</w:t>'
_STYLES = {
    "heading": "Heading1", "item": "ListBullet", "number": "ListNumber", "caption": "Caption", "quote": "Quote",
    "code": "PlainText",
}  # fmt: skip
_BY = 'w:id="{}" w:author="A" w:date="2031-05-01T10:00:00Z"'


def _word(blocks: Sequence[tuple[str, list[Piece]]], random: Random) -> bytes:
    import docx
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part as Package
    from docx.oxml import parse_xml

    document = docx.Document()
    body, notes = document.element.body, list[str]()
    for kind, group in groupby(blocks, key=lambda block: block[0]):
        if kind == "table":
            rows = "".join(_word_row(pieces, random) for _, pieces in group)
            body.insert(-1, parse_xml(f"<w:tbl {_W}><w:tblPr/><w:tblGrid/>{rows}</w:tbl>"))
            body.insert(-1, parse_xml(f"<w:p {_W}/>"))
            continue
        for _, pieces in group:
            runs, style = _word_runs(_parts(pieces), random), _STYLES.get(kind)
            if kind == "note":
                notes.append(f'<w:footnote w:id="{len(notes) + 2}"><w:p>{runs}</w:p></w:footnote>')
                mark = f'<w:r><w:footnoteReference w:id="{len(notes) + 1}"/></w:r>'
                runs = f"<w:r>{_TEXT.format('See the note.')}</w:r>{mark}"
            styled = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
            body.insert(-1, parse_xml(f"<w:p {_W}>{styled}{runs}</w:p>"))
    if notes:
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
        data = f'<?xml version="1.0" encoding="UTF-8"?><w:footnotes {_W}>{"".join(notes)}</w:footnotes>'
        part = Package(PackURI("/word/footnotes.xml"), kind, data.encode(), document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    stream = io.BytesIO()
    document.save(stream)
    return _without_times(stream)


def _without_times(stream: io.BytesIO) -> bytes:
    """The same archive with the same date for every file, whenever it was written."""
    made = io.BytesIO()
    with zipfile.ZipFile(stream) as archive, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in archive.namelist():
            copy.writestr(zipfile.ZipInfo(name), archive.read(name))
    return made.getvalue()


def _word_row(pieces: Sequence[Piece], random: Random) -> str:
    cells = "".join(f"<w:tc><w:p>{_word_runs(cell, random)}</w:p></w:tc>" for cell in _cells(pieces))
    return f"<w:tr>{cells}</w:tr>"


def _word_runs(parts: Sequence[Part], random: Random) -> str:
    return "".join(_word_part(part, random) for part in parts)


def _word_part(part: Part, random: Random) -> str:
    number, draw = random.randint(10, 9999), random.random()
    if part.role == "cite":
        keys = part.text.split("\n")
        if draw < 0.5:
            return f"<w:r>{_TEXT.format(escape(_brackets(part)))}</w:r>"
        if draw < 0.75:
            return _word_field(f"ADDIN ZOTERO_ITEM CSL_CITATION {_zotero(keys, named=draw < 0.6)}", "[7]")
        return "".join(_word_field(rf"CITATION {key} \l 1033", "(n.d.)") for key in keys)
    if part.role == "value" and draw < 0.25:
        gone = f"<w:del {_BY.format(number)}><w:r><w:delText>{number}</w:delText></w:r></w:del>"
        return f"{gone}<w:ins {_BY.format(number + 1)}><w:r>{_TEXT.format(escape(part.text))}</w:r></w:ins>"
    cut = int(draw * len(part.text)) if draw < 0.5 else 0
    bold = "<w:rPr><w:b/></w:rPr>" if draw > 0.9 else ""
    pieces = [piece for piece in (part.text[:cut], part.text[cut:]) if piece]
    return "".join(f"<w:r>{bold}{_TEXT.format(escape(piece))}</w:r>" for piece in pieces)


def _word_field(instruction: str, result: str) -> str:
    sign = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    half = len(instruction) // 2  # Word splits long instructions
    said = "".join(
        f'<w:r><w:instrText xml:space="preserve">{escape(piece)}</w:instrText></w:r>'
        for piece in (f" {instruction[:half]}", f"{instruction[half:]} ")
    )
    return f"{sign.format('begin')}{said}{sign.format('separate')}<w:r>{_TEXT.format(result)}</w:r>{sign.format('end')}"


def _zotero(keys: Sequence[str], named: bool) -> str:
    """The citation as Zotero keeps it; the key is the item's id, or its citation key behind a number."""
    items = [
        {"id": 400 + at, "itemData": {"id": 400 + at, "citation-key": key, "type": "dataset"}}
        if named
        else {"id": key, "itemData": {"id": key, "type": "dataset"}}
        for at, key in enumerate(keys)
    ]
    return json.dumps({"citationID": "aB3dE9", "properties": {"formattedCitation": "[7]"}, "citationItems": items})


# --- OpenDocument ---

_ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
_MIME = "application/vnd.oasis.opendocument.text"
_AROUND = {
    "heading": '<text:h text:outline-level="1">{}</text:h>',
    "item": "<text:list><text:list-item><text:p>{}</text:p></text:list-item></text:list>",
    "number": "<text:list><text:list-item><text:p>{}</text:p></text:list-item></text:list>",
    "caption": '<text:p text:style-name="Caption">{}</text:p>',
    "note": '<text:p>See the note.<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
    "<text:note-body><text:p>{}</text:p></text:note-body></text:note></text:p>",
    "code": '<text:p text:style-name="Preformatted_20_Text">{}</text:p>',
}


def _opendocument(blocks: Sequence[tuple[str, list[Piece]]], random: Random) -> bytes:
    gone: list[str] = []
    made = []
    for kind, group in groupby(blocks, key=lambda block: block[0]):
        if kind == "table":
            rows = "".join(_odf_row(pieces, random, gone) for _, pieces in group)
            made.append(f"<table:table>{rows}</table:table>")
        else:
            made += [_AROUND.get(kind, "<text:p>{}</text:p>").format(_odf(_parts(it), random, gone)) for _, it in group]
    changes = f"<text:tracked-changes>{''.join(gone)}</text:tracked-changes>" if gone else ""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_ODF} office:version="1.3"><office:body>'
        f"<office:text>{changes}{''.join(made)}</office:text></office:body></office:document-content>"
    )
    listed = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_MIME}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in (("mimetype", _MIME), ("content.xml", content), ("META-INF/manifest.xml", listed)):
            archive.writestr(zipfile.ZipInfo(name), data)
    return stream.getvalue()


def _odf_row(pieces: Sequence[Piece], random: Random, gone: list[str]) -> str:
    cells = (
        f"<table:table-cell><text:p>{_odf(cell, random, gone)}</text:p></table:table-cell>" for cell in _cells(pieces)
    )
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def _odf(parts: Sequence[Part], random: Random, gone: list[str]) -> str:
    made = ""
    for part in parts:
        draw, keys = random.random(), part.text.split("\n")
        if part.role == "cite" and draw < 0.5:
            made += escape(_brackets(part))
        elif part.role == "cite" and draw < 0.75:
            made += "".join(
                f'<text:bibliography-mark text:identifier={quoteattr(key)} text:bibliography-type="misc">[7]'
                "</text:bibliography-mark>"
                for key in keys
            )
        elif part.role == "cite":
            name = quoteattr(f"ZOTERO_ITEM CSL_CITATION {_zotero(keys, named=draw < 0.85)} RNDa1b2c3")
            made += f"<text:reference-mark-start text:name={name}/>[7]<text:reference-mark-end text:name={name}/>"
        elif part.role == "value" and draw < 0.25:
            gone.append(
                f'<text:changed-region text:id="ct{len(gone)}"><text:deletion><office:change-info><dc:creator>A'
                "</dc:creator><dc:date>2031-05-01T10:00:00</dc:date></office:change-info>"
                f"<text:p>{random.randint(10, 9999)}</text:p></text:deletion></text:changed-region>"
            )
            made += f'<text:change text:change-id="ct{len(gone) - 1}"/><text:span>{escape(part.text)}</text:span>'
        else:
            made += escape(part.text)
    return made


# --- Jupyter ---

_MARKS = {"heading": "# ", "item": "- ", "number": "1. ", "quote": "> "}


def _notebook(blocks: Sequence[tuple[str, list[Piece]]], _random: Random) -> bytes:
    cells: list[dict[str, Any]] = []
    notes = 0
    for kind, group in groupby(blocks, key=lambda block: block[0]):
        texts: list[str] = []
        for _, pieces in group:
            if kind == "table":
                row = " | ".join("".join(map(_markdown, cell)) for cell in _cells(pieces))
                texts.append(f"| {row} |" + ("" if texts else "\n|---|---:|---|"))
            else:
                text = "".join(map(_markdown, _parts(pieces)))
                notes += kind == "note"
                texts.append(
                    f"See the note[^{notes}].\n\n[^{notes}]: {text}" if kind == "note" else _MARKS.get(kind, "") + text
                )
        text = ("\n" if kind in ("table", "item", "number") else "\n\n").join(texts)
        cell: dict[str, Any] = {
            "cell_type": "markdown",
            "id": f"c{len(cells)}",
            "metadata": {},
            "source": text.splitlines(keepends=True),
        }
        if kind == "code":
            output = {"output_type": "stream", "name": "stdout", "text": ["999 words [@otr.none.of.this]\n"]}
            cell |= {"cell_type": "code", "execution_count": 1, "outputs": [output]}
        cells.append(cell)
    notebook = {"cells": cells, "metadata": {"language_info": {"name": "python"}}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(notebook, indent=1, ensure_ascii=False).encode()


def _markdown(part: Part) -> str:
    return _brackets(part) if part.role == "cite" else part.text
