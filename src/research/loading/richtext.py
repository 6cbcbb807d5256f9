r"""Rich text (RTF), by striprtf: its paragraphs, and the articles of a download.

striprtf decodes code pages and drops pictures, notes and running heads. What it would leave in the text, or what could
make it slow, is changed before: the addresses of links, bars between cells, hidden and deleted text, and a table of
fonts of any length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from research.loading.downloads import articles
from research.loading.encodings import Unreadable
from research.loading.files import Input
from research.loading.office import title_of
from research.loading.records import Record, parsing

_BEGINNING = b"{\\rtf"
_BINARY = re.compile(rb"\\\\|\\bin([0-9]{1,9}) ?")
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
# A backslash that is escaped begins no word.
_WORDS = re.compile(r"\\\\|\\(?P<word>(?i:fldinst)|line|(?:nest)?cell|softline)(?![A-Za-z])(?P<behind>-?[0-9]* ?)")
_LINE = "\u2028"
"""Stands for a line break within a paragraph until paragraphs are told apart."""
_INSTEAD = {"line": _LINE, "softline": _LINE, "cell": "\\tab ", "nestcell": "\\tab "}
_FONTS = re.compile(r"\{[^{}]*\\fonttbl")
_FONT = re.compile(
    r"\\f(?P<number>[0-9]{1,5})(?:\\(?!fcharset)[a-z]{1,32}[0-9]{0,9} ?){0,9}\\fcharset(?P<charset>[0-9]{1,3})"
)
_HIDES = re.compile(r"\\(?:v|deleted)(?![a-z])")
_PART = re.compile(
    r"\\(?P<word>[A-Za-z]{1,32})(?P<number>-?[0-9]{0,10}) ?|\\\*|\\\r?\n|(?P<brace>[{}])|\\.|[^\\{}]+", re.DOTALL
)
"""What rich text consists of: words that begin with a backslash, braces, characters that it escapes, and text."""
_WRITTEN = frozenset(
    (
        *("bullet", "emdash", "emspace", "endash", "enspace", "ldblquote", "line", "lquote", "qmspace", "rdblquote"),
        *("rquote", "tab", "u"),
    )
)
"""Words that stand for characters."""
_BRACE = re.compile(r"\\[{}\\]|[{}]")
_NAMED = re.compile(r"\{\\(?P<name>title|author) (?P<value>[^{}]{1,1000})\}")
_CREATED = re.compile(r"\\creatim\\yr([0-9]{4})\\mo([0-9]{1,2})\\dy([0-9]{1,2})")
_LONGEST_INFORMATION = 100_000
_SIGNS = str.maketrans({"\xad": None, "\u2011": "-"})
"""A soft hyphen shows only where a line ends; a hyphen that holds its line together is one."""


def read_rtf(file: Input) -> Iterator[Record]:
    """Yield the one document of a file in rich text: its paragraphs, without pictures, notes and running heads.

    Title and author are those of its properties. A download of a press archive gives its articles. Nothing that the
    file embeds is opened.
    """
    data = file.data()
    if not data.lstrip()[: len(_BEGINNING)] == _BEGINNING:
        raise Unreadable("the file is not rich text (RTF)", "Open it in Word or LibreOffice, and save it as .docx.")
    with parsing("rich text", "Open it in Word or LibreOffice, and save it as .docx."):
        written = _BEYOND_ASCII.sub(lambda it: b"\\'%02x" % it[0][0], _without_binary(data)).decode("ascii")
        text = _text_of(_without_hidden(_with_short_fonts(written)))
        said = {it["name"]: it["value"] for it in _NAMED.finditer(written, 0, _LONGEST_INFORMATION)}
        said = {name: _text_of(f"{written[: _head(written)]} {value}}}") for name, value in said.items()}
        created = _CREATED.search(written, 0, _LONGEST_INFORMATION)
    if not text:
        raise Unreadable("the document holds no text", "Put a text into it, or remove it from the folder.")
    metadata = {
        "author": said.get("author", ""),
        "created": "{}-{:0>2}-{:0>2}".format(*created.groups()) if created is not None else "",
    }
    yield from list(articles(text, "")) or [Record(text, "", title=title_of(said.get("title")), metadata=metadata)]


def _text_of(written: str) -> str:
    from striprtf.striprtf import rtf_to_text

    text: str = rtf_to_text(_WORDS.sub(_instead, written), errors="replace")  # type: ignore[no-untyped-call]
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").translate(_SIGNS)
    paragraphs = (paragraph.replace(_LINE, "\n").strip(" \t\r\n\0") for paragraph in whole.split("\n"))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _without_hidden(written: str) -> str:
    r"""The file without text that Word does not show: hidden (``\v``), and deleted where changes are tracked."""
    if _HIDES.search(written) is None:
        return written
    kept: list[str] = []
    hidden, outer = frozenset[str](), list[frozenset[str]]()
    for it in _PART.finditer(written):
        word = it["word"]
        if it["brace"] == "{":
            outer.append(hidden)
        elif it["brace"] == "}":
            hidden = outer.pop() if outer else frozenset()
        elif word in ("v", "deleted"):
            hidden = hidden - {word} if it["number"] == "0" else hidden | {word}
        elif word == "plain":
            hidden = frozenset()
        is_text = it["brace"] is None and (
            word in _WRITTEN or (word is None and it[0][:2] not in ("\\*", "\\\n", "\\\r"))
        )
        if not (hidden and is_text):
            kept.append(it[0])
    return "".join(kept)


def _instead(found: re.Match[str]) -> str:
    """What striprtf gets for a word: a link's address is dropped if a blank follows ``fldinst``."""
    word = found["word"]
    if word is None:
        return found[0]
    return _INSTEAD.get(word, f"\\{word} ")


def _without_binary(data: bytes) -> bytes:
    """The file without data in it that are no text, which its numbers measure."""
    kept, begin, at = [], 0, 0
    while (found := _BINARY.search(data, at)) is not None:
        at = found.end()
        if found[1] is not None:
            kept.append(data[begin : found.start()])
            begin = at = at + int(found[1])
    return b"".join((*kept, data[begin:]))


def _with_short_fonts(written: str) -> str:
    """The file with a table of fonts that says no more than their character sets; striprtf is slow with any other."""
    start = _FONTS.search(written)
    if start is None:
        return written
    end, depth = len(written), 1
    for brace in _BRACE.finditer(written, start.end()):
        depth += {"{": 1, "}": -1}.get(brace[0], 0)
        if depth == 0:
            end = brace.end()
            break
    named = _FONT.finditer(written, start.end(), end)
    fonts = {it["number"]: it["charset"] for it in named if not 77 < int(it["charset"]) < 90}  # Python has few of these
    table = "\n".join(f"{{\\f{number}\\fcharset{charset} x;}}" for number, charset in fonts.items())
    return f"{written[: start.start()]}{{\\fonttbl{table}}}{written[end:]}"


def _head(written: str) -> int:
    """Where the words at the start of a file end, which name its code page."""
    second = written.find("{", 1)
    return max(0, second)
