"""Messages (``.eml``), by the standard library: what they say, when, and who sent them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import policy
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr
from io import BytesIO
from typing import cast

from research.loading.encodings import Unreadable, decode, probe
from research.loading.fields import record_of
from research.loading.files import Input
from research.loading.markup import text_of_page
from research.loading.records import BadRow, Record, parsing

_MOST_PARTS = 200
"""The most parts of a message; each costs time for every line of it."""
_BOUNDARY = re.compile(rb"boundary\s{0,9}=", re.IGNORECASE)
_LONGEST_HEADER = 2_000
_REMEDY = "Open it in a mail program, and save its text as .txt."
_SOFT_BREAK = re.compile(r"(?<!^--) \n", re.MULTILINE)
_NAMES = ("date", "subject", "from")


def read_mail(file: Input) -> Iterator[Record | BadRow]:
    """Yield the one document of a message: its plain text, or else the text of its HTML.

    Its subject is the title, and its sender the source. Each attachment is listed as rejected: it is a file of its own.
    """
    data = file.data()
    if not data.strip():
        raise Unreadable("the file is empty", "Remove it, or put a text into it.")
    with parsing("a message", _REMEDY):
        if len(_BOUNDARY.findall(data)) > _MOST_PARTS:
            raise Unreadable(f"the message has more than {_MOST_PARTS} parts", _REMEDY)
        # The standard policy parses each header in full, which can take long; this one takes them as they are.
        message = cast(EmailMessage, BytesParser(EmailMessage, policy=policy.compat32).parse(BytesIO(data)))
        said = {name: _header(message, name) for name in _NAMES}
        if not any(said.values()):
            raise Unreadable("the file is no message: it has no date, subject or sender", _REMEDY)
        text, encoding = _body(message)
        attached = list(_attachments(message))
    if not text:
        raise Unreadable("the message holds no text", "Save what is attached to it as files of their own.")
    name, address = parseaddr(said["from"])
    values = {**said, "sender": name or address}
    parts = {"date": "date", "title": "subject", "source": "sender"}
    yield record_of(text, encoding, values, {part: it for part, it in parts.items() if values[it]}, "header")
    for name in attached:
        yield BadRow(
            f"attachment {name}", "an attachment of a message", "Save it into the folder as a file of its own."
        )


def _header(message: EmailMessage, name: str) -> str:
    written = " ".join(str(message.get(name, ""))[:_LONGEST_HEADER].split())
    try:
        return str(make_header(decode_header(written)))
    except (HeaderParseError, LookupError, ValueError):  # an encoding that nobody knows
        return written


def _body(message: EmailMessage) -> tuple[str, str]:
    """The text of a message and its encoding; empty for one without."""
    part = message.get_body(("plain", "html"))
    data = part.get_payload(decode=True) if isinstance(part, EmailMessage) else None
    if not isinstance(part, EmailMessage) or not isinstance(data, bytes) or not data.strip():
        return "", ""
    text, encoding = decode(data, probe(BytesIO(data)), part.get_content_charset())
    if part.get_content_subtype() == "html":
        return text_of_page(text), encoding
    text = text.replace("\r\n", "\n")
    if str(part.get_param("format", "")).lower() == "flowed":
        text = _SOFT_BREAK.sub(" ", text)
    return text.strip("\n"), encoding


def _attachments(message: EmailMessage) -> Iterator[str]:
    """The names of the files that a message carries."""
    for number, part in enumerate(message.walk()):
        name = part.get_filename()
        if name or part.get_content_disposition() == "attachment":
            yield " ".join((name or f"part {number}")[:_LONGEST_HEADER].split())
