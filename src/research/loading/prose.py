"""Prose out of markup: blocks, lines and cells as a browser shows them, and characters that were escaped twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any, NamedTuple

from research.loading.encodings import Unreadable

# --- trees of elements ---

BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt"),
        *("fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr"),
        *("legend", "li", "main", "menu", "nav", "ol", "option", "p", "pre", "section", "summary", "table", "tbody"),
        *("tfoot", "thead", "title", "tr", "ul"),
        *("head", "item", "list", "quote", "row"),  # as trafilatura calls headings, lists, quotations and rows
    )
)
SKIPPED = frozenset(
    ("datalist", "head", "iframe", "math", "noscript", "object", "script", "select", "style", "svg", "template")
)
_LINE, _CELL = "\x00", "\x01"
"""Placeholders for a line break and the end of a cell while white space is collapsed; no markup holds them."""
SPACE = re.compile("[ \t\r\n\f]+")
_LINE_END = re.compile(r"\r\n|[\r\n]")
_MANY_BREAKS = re.compile("\n{3,}")


def prose(tree: Any, skipped: frozenset[str] = SKIPPED) -> str:
    """The text of a tree of elements, with a blank line between blocks and white space as a browser shows it."""
    blocks: list[str] = []
    pieces: list[str] = []
    preformatted = 0  # links and the like can be within
    for event, element in _walk(tree, skipped):
        name = element_name(element)
        if event == "start":
            preformatted += name == "pre"
            if name in BLOCKS:
                _end_block(pieces, blocks)
            if name in ("br", "lb"):
                pieces.append(_LINE)
            elif name in ("td", "th", "cell") and pieces:
                pieces.append(_CELL)
            pieces.append(_kept_lines(element.text) if preformatted else element.text or "")
        else:
            preformatted -= name == "pre"
            if name in BLOCKS:
                _end_block(pieces, blocks)
            if element is not tree:
                pieces.append(_kept_lines(element.tail) if preformatted else element.tail or "")
    _end_block(pieces, blocks)
    return "\n\n".join(blocks)


def _walk(tree: Any, skipped: frozenset[str]) -> Iterator[tuple[str, Any]]:
    """Yield the starts and ends of elements in order; of comments and skipped elements, only the end."""
    from lxml import etree

    walk = etree.iterwalk(tree, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event in ("comment", "pi"):
            yield "end", element
        elif event == "start" and element_name(element) in skipped and element is not tree:
            walk.skip_subtree()
        else:
            yield event, element


def element_name(element: Any) -> str:
    """The name of an element without its namespace; empty for a comment."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _kept_lines(text: str | None) -> str:
    return _LINE_END.sub(_LINE, text or "")


def _end_block(pieces: list[str], blocks: list[str]) -> None:
    text = SPACE.sub(" ", "".join(pieces)).replace(_CELL, "\t")
    pieces.clear()
    lines = "\n".join(line.strip(" ") for line in text.split(_LINE)).strip("\n\t ")
    if lines:
        blocks.append(_MANY_BREAKS.sub("\n\n", lines))


def html_tree(text: str) -> Any:
    """The tree of a web page or of a fragment; None for one without elements.

    Raises ``Unreadable`` where elements are nested deeper than the parser goes: it would drop the rest; and where an
    element has thousands of attributes, each of which the parser compares with all before it.
    """
    from lxml import etree

    _refuse_crowded(text)
    tree, parser = _parsed(text)
    if any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
        raise Unreadable(
            "the page nests its elements too deep to be read whole (over 2,000 levels)",
            "Open it in a browser and save its text as .txt.",
        )
    return tree


def _parsed(text: str) -> tuple[Any, Any]:
    """The tree of a page, None without elements, and its parser."""
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        return html.document_fromstring(text.encode("utf-8", "surrogatepass"), parser=parser), parser
    except etree.ParserError:
        return None, parser


_START_TAG = re.compile(r"<[A-Za-z][^\s/>]*+((?:=\s*+(?:\"[^\"]*+\"?|'[^']*+'?|[^\s>]*+)|[^>=]++)*+)")
_ITS_VALUES = re.compile(r"=\s*+(?:\"[^\"]*+\"?|'[^']*+'?|[^\s>]*+)")
_ITS_NAMES = re.compile(r"[^\s/]++")
_MOST_ATTRIBUTES = 5_000
_FEWEST_CHARACTERS = 5 * _MOST_ATTRIBUTES
"""Characters that more attributes than that take at least, for a name that occurs twice counts once."""


_MOST_IN_SCRIPTS = 5
"""How many places that look like crowded elements the parser is asked about; it parses the page up to each."""


def _refuse_crowded(text: str) -> None:
    in_scripts = 0
    at = 0 if len(text) > _FEWEST_CHARACTERS else -1
    while at >= 0 and (at := text.find("<", at)) >= 0:
        tag = _START_TAG.match(text, at)
        if tag is None or not _is_crowded(tag[1]):
            at = at + 1 if tag is None else tag.end()
        elif in_scripts < _MOST_IN_SCRIPTS and _begins_no_element(text, at):
            in_scripts += 1
            at += 1
        else:
            raise Unreadable(
                f"an element of the page has more than {_MOST_ATTRIBUTES:,} attributes",
                "Open it in a browser and save its text as .txt.",
            )


def _is_crowded(attributes: str) -> bool:
    if len(attributes) <= _FEWEST_CHARACTERS:
        return False
    names = _ITS_VALUES.sub(" ", attributes)
    return sum(1 for _ in _ITS_NAMES.finditer(names)) > _MOST_ATTRIBUTES


def _begins_no_element(text: str, at: int) -> bool:
    """Whether the parser takes a ``<`` here for text, as within a script: "for (i=0;i<n;i++)"."""
    tree, _ = _parsed(f"{text[:at]}<probed></probed>")
    return tree is None or next(tree.iter("probed"), None) is None


# --- text with markup in it ---

_TAG = re.compile(
    r"</?(p|br|div|span|li|ul|ol|h[1-6]|strong|em|b|i|a|u|table|blockquote)(?:\s[^<>]{0,2000})?/?>", re.IGNORECASE
)


class Prose(NamedTuple):
    """A text without markup, and how many escapes were decoded that its markup had left in it."""

    text: str
    escapes: int


def prose_of(text: str, *, escaped: bool = False) -> Prose:
    """The prose of a text that may hold HTML; a text without HTML stays as it is.

    Where HTML marks no more than words, lines stay lines. ``escaped`` says that the text comes from markup, so that
    character references in it were escaped twice; they are decoded with HTML or without.
    """
    if _TAG.search(text):
        return unescaped(_without_tags(text))
    plain, escapes = unescaped(text)
    if _TAG.search(plain):
        return Prose(_without_tags(plain), escapes)
    return Prose(plain, escapes) if escaped else Prose(text, 0)


def _without_tags(text: str) -> str:
    tags = {tag.lower() for tag in _TAG.findall(text)}
    if tags.isdisjoint(BLOCKS | {"br"}):
        text = _TAG.sub(lambda tag: tag[0].replace("\n", " "), text)
        return "\n".join(_prose_of_html(line) if _TAG.search(line) else line for line in text.split("\n"))
    return _prose_of_html(text)


def _prose_of_html(text: str) -> str:
    tree = html_tree(text)
    return "" if tree is None else prose(tree)


# --- escapes ---

_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_MOST_LAYERS = 5
_WINDOWS = {code: char for code in range(0x80, 0xA0) if (char := bytes((code,)).decode("cp1252", "ignore"))}
"""What the numbers 128 to 159 mean in a character reference: Windows-1252, as in HTML5."""
_C1 = re.compile("[\x80-\x9f]")
# Some archives have "I';ve" for "I&#039;ve": the reference became an apostrophe, its semicolon stayed.
_LEFT_OVER = re.compile(r"(?<=[^\W_])(['’]);(?=[^\W\d_])")


def unescaped(text: str) -> Prose:
    r"""Decode character references until nothing changes, and count them; parsers of markup decode one layer only.

    >>> unescaped("Ports &amp;#150; and what we&amp;amp;#8217;ve built"), unescaped("I';ve \x91said\x92 so")
    (Prose(text='Ports – and what we’ve built', escapes=2), Prose(text="I've ‘said’ so", escapes=3))
    """
    escapes = 0
    for _ in range(_MOST_LAYERS):
        layer = sum(1 for _ in _REFERENCE.finditer(text)) if "&" in text else 0
        decoded = _REFERENCE.sub(lambda it: unescape(it[0]), text) if layer else text
        if decoded == text:
            break
        escapes, text = max(escapes, layer), decoded
    if _C1.search(text):
        escapes += sum(text.count(chr(code)) for code in _WINDOWS)
        text = text.translate(_WINDOWS)
    text, left_over = _LEFT_OVER.subn(r"\1", text)
    return Prose(text, escapes + left_over)


def said_of(escapes: int) -> str | None:
    """What ``Record.changed`` says of decoded escapes; None for none."""
    return f"{escapes:,} {'escape' if escapes == 1 else 'escapes'} decoded" if escapes else None
