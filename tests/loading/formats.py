"""The same texts in every format: ``MAKERS`` writes the files that the tests read."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import pytest

Table = Sequence[Sequence[Any]]
"""Rows of cells; the first one names the columns."""

XML_SETTINGS = '[xml]\ndocument = "item"\ntext = "text"\n'


def csv_bytes(rows: Table, delimiter: str = ",") -> bytes:
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter).writerows(rows)
    return written.getvalue().encode()


def objects(rows: Table) -> list[dict[str, Any]]:
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def excel_bytes(rows: Table, *others: Table) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for number, sheet_rows in enumerate((rows, *others), start=1):
        sheet = book.create_sheet(f"Sheet{number}")
        for row in sheet_rows:
            sheet.append(list(row))
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def parquet_bytes(rows: Table) -> bytes:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    written = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_pylist(objects(rows)), written)
    return written.getvalue()


TABLES: dict[str, Callable[[Table], bytes]] = {
    ".csv": csv_bytes,
    ".tsv": lambda rows: csv_bytes(rows, "\t"),
    ".json": lambda rows: json.dumps(objects(rows)).encode(),
    ".jsonl": lambda rows: "\n".join(map(json.dumps, objects(rows))).encode(),
    ".ndjson": lambda rows: "\r\n".join(json.dumps(it, ensure_ascii=False) for it in objects(rows)).encode(),
    ".xlsx": excel_bytes,
    ".xlsm": excel_bytes,
    ".parquet": parquet_bytes,
}


def html_bytes(text: str) -> bytes:
    paragraphs = "".join(f"<p>{escape(block)}</p>\n" for block in text.split("\n\n"))
    return f"<!DOCTYPE html>\n<html><body><article>\n{paragraphs}</article></body></html>".encode()


def word_bytes(text: str) -> bytes:
    from docx import Document

    document = Document()
    for block in text.split("\n\n"):
        document.add_paragraph(block)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def pdf_bytes(*pages: str) -> bytes:
    """A PDF file of plain letters, with one line of text on each page."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(count))
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, page in enumerate(pages):
        shown = page.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        content = f"BT /F1 12 Tf 20 700 Td ({shown}) Tj ET"
        parts.append(
            f"<< /Type /Page /Parent 2 0 R /Contents {5 + 2 * number} 0 R /MediaBox [0 0 9999 800] "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        parts.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    written, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(written))
        written += f"{number} 0 obj\n{part}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    head = f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n{table}"
    tail = f"trailer\n<< /Size {len(parts) + 1} /Root 1 0 R >>\nstartxref\n{len(written)}\n%%EOF\n"
    return written + (head + tail).encode()


def rtf_bytes(text: str, information: str = "") -> bytes:
    """Rich text as Word writes it: characters beyond ASCII by number, with a question mark for older programs."""
    special = {"\\": "\\\\", "{": "\\{", "}": "\\}", "\n": "\\line ", "\t": "\\tab "}
    paragraphs = ("".join(special.get(c, _in_rtf(c)) for c in block) for block in text.split("\n\n"))
    fonts = r"{\fonttbl{\f0\froman\fcharset0 Times New Roman;}{\f1\fswiss\fcharset238 Arial CE;}}"
    body = "\\par\n".join(paragraphs)
    return f"{{\\rtf1\\ansi\\ansicpg1252\\deff0{fonts}{information}\\f0 {body}}}".encode()


def _in_rtf(character: str) -> str:
    if character.isascii():
        return character
    units = memoryview(character.encode("utf-16-le")).cast("h").tolist()
    return "".join(f"\\u{unit}?" for unit in units)


def mail_bytes(text: str, **headers: str) -> bytes:
    from email.message import EmailMessage

    message = EmailMessage()
    for name, value in {"Subject": "Statement", "From": "Press <press@example.org>", **headers}.items():
        message[name] = value
    message.set_content(text)
    return message.as_bytes()


def xml_bytes(*texts: str) -> bytes:
    items = "".join(f"<item><text>{escape(text)}</text></item>\n" for text in texts)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<items>\n{items}</items>'.encode()


def _table(suffix: str) -> Callable[[Sequence[str]], bytes]:
    return lambda texts: TABLES[suffix]([["text"], *([text] for text in texts)])


MAKERS: dict[str, Callable[[Sequence[str]], bytes]] = {
    **dict.fromkeys((".txt", ".text", ".md", ".markdown"), lambda texts: texts[0].encode()),
    **dict.fromkeys((".html", ".htm", ".xhtml"), lambda texts: html_bytes(texts[0])),
    ".docx": lambda texts: word_bytes(texts[0]),
    ".rtf": lambda texts: rtf_bytes(texts[0]),
    ".eml": lambda texts: mail_bytes(texts[0]),
    ".pdf": lambda texts: pdf_bytes(texts[0]),
    ".xml": lambda texts: xml_bytes(*texts),
    **{suffix: _table(suffix) for suffix in TABLES},
}
"""A file of each format that holds these texts, or the first of them where it can hold but one."""

MANY = (".xml", *TABLES)
"""The formats that can hold many documents."""
