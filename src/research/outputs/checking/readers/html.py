"""HTML: what a reader of the page sees, with ``data-finding`` and keys in brackets.

A scanner of tags, not a tree: deep nesting costs nothing, and every character keeps its place in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from research.outputs.checking.blocks import Block, Kind, Report, Writer
from research.outputs.checking.readers.plain import put_text

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "header",
        "hr",
        "html",
        "main",
        "nav",
        "ol",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "ul",
        "p",
        "br",
    ]
)
_KINDS: dict[str, Kind] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("li", "dt", "dd"), "item"),
    **dict.fromkeys(("figcaption", "caption"), "caption"),
    "blockquote": "quotation",
}
_UNREAD = frozenset(
    [
        "script",
        "style",
        "head",
        "template",
        "code",
        "pre",
        "kbd",
        "samp",
        "textarea",
        "noscript",
        "svg",
        "math",
        "button",
        "select",
    ]
)
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)

_MARKUP = re.compile(
    r"<(?:!--|[!?]|(?P<close>/)?(?P<name>[A-Za-z][A-Za-z0-9:-]*))|&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|"
    r"[A-Za-z][A-Za-z0-9]{1,30});"
)
_ATTRIBUTE = re.compile(r"([A-Za-z_:][\w:.-]*)\s*(?:=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_TAG_END = re.compile(r"(?:[^<>\"']|\"[^\"]*\"|'[^']*')*+>")


def read_html(path: str, text: str) -> Report:
    """Return a page."""
    return Report(path, text, list(_Page(text).blocks()))


class _Page:
    """Reads a page tag by tag."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._writer = Writer("paragraph")
        self._marked: list[tuple[str, str, int]] = []
        """The open elements that cite: their name, key, and where they began in the block; -1 where it is cited."""
        self._kinds: list[tuple[str, Kind]] = []

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks of the page."""
        text, at = self._text, 0
        while (found := _MARKUP.search(text, at)) is not None:
            self._put(at, found.start())
            name = (found["name"] or "").lower()
            if found[0] == "<!--":
                at = _after(text, "-->", found.end())
            elif found[0][0] == "&":
                self._writer.put(unescape(found[0]).replace("\n", " "), found.start(), len(found[0]))
                at = found.end()
            elif not name:
                at = _after(text, ">", found.end())
            else:
                end = _TAG_END.match(text, found.end())
                at = end.end() if end else _after(text, ">", found.end())
                attributes = {} if found["close"] else _attributes(text, found.end(), at)
                if not found["close"] and (name in _UNREAD or _is_rendered(attributes)):
                    at = self._unread(name, attributes, found.start(), at)
                else:
                    yield from self._tag(name, bool(found["close"]), attributes, found.start())
        self._put(at, len(text))
        yield from self._end()

    def _put(self, begin: int, end: int) -> None:
        put_text(self._writer, _BLANKS.sub(" ", self._text[begin:end]), begin)

    def _unread(self, name: str, attributes: dict[str, str], begin: int, at: int) -> int:
        """Leave out an element, and return the offset behind it: code, a script, a citation as it is printed."""
        if name in ("code", "kbd", "samp"):
            self._writer.stand_in(begin, at - begin)
        for key in attributes.get("data-cites", "").split():
            if key.startswith("otr."):
                self._writer.cite(key)
        return self._after_element(name, at)

    def _after_element(self, name: str, at: int) -> int:
        """Return the offset behind an element whose content is not read; elements of its name may be nested."""
        pattern = re.compile(rf"<(/?){name}\b[^>]*>", re.IGNORECASE)
        depth = 1
        for found in pattern.finditer(self._text, at):
            depth += -1 if found[1] else 1
            if found[1] and (depth == 0 or name in ("script", "style")):
                return found.end()
        return len(self._text)

    def _tag(self, name: str, close: bool, attributes: dict[str, str], at: int) -> Iterator[Block]:
        if name in ("td", "th"):
            if close:
                self._close_cites(name)
                self._writer.cell(at)
        elif name == "tr":
            yield from self._end()
            self._close_row()
            if not close:
                self._writer = Writer("row")
        elif name == "q":
            self._writer.end_quotation() if close else self._writer.begin_quotation()
        elif name in _KINDS or name in _BLOCKS:
            if close:
                self._close_cites(name)
            if not (self._writer.kind == "row" and name in ("p", "div", "br", "ul", "li")):
                yield from self._block(name, close, at)
        if close:
            self._close_cites(name)
        elif (key := attributes.get("data-finding")) is not None:
            if name in _VOID:
                self._writer.cite(key)
            else:
                self._marked.append((name, key, self._writer.size))

    def _block(self, name: str, close: bool, at: int) -> Iterator[Block]:
        if name == "br":
            self._writer.space(at)
            return
        kind = self._kinds[-1][1] if self._kinds else "paragraph"
        if name in _KINDS:
            if not close:
                self._kinds.append((name, _KINDS[name]))
            else:
                while self._kinds and self._kinds.pop()[0] != name:
                    pass
            kind = self._kinds[-1][1] if self._kinds else "paragraph"
        yield from self._end(kind)

    def _close_cites(self, name: str) -> None:
        if self._marked and self._marked[-1][0] == name:
            _, key, since = self._marked.pop()
            self._cite(key, since)

    def _cite(self, key: str, since: int) -> None:
        """Cite what an element marks, unless all of it stood in blocks that have ended."""
        if since < 0 and not self._writer.size:
            return
        begin = min(max(since, 0), self._writer.size)
        is_mark = not _MARKED_WORDS.search(self._writer.text_from(begin))
        for it in key.split():
            self._writer.cite(it, since=None if is_mark else begin, at=begin if is_mark else None)

    def _close_row(self) -> None:
        """Close the elements of a row that has ended; the end tags of cells and rows may be left out."""
        while self._marked and self._marked[-1][0] in ("td", "th", "tr"):
            self._marked.pop()

    def _end(self, kind: Kind = "paragraph") -> Iterator[Block]:
        if self._writer.size:
            for _, key, since in self._marked:
                self._cite(key, since)
        if self._writer.begun:
            yield self._writer.block()
            self._marked = [(name, key, -1) for name, key, _ in self._marked]
        self._writer = Writer(kind)


_MARKED_WORDS = re.compile(r"\w{3}|[0-9]\s?%|\w\s\w")
"""What an element marks if it is no mere sign of a note: "†", "[12]"."""
_BLANKS = re.compile(r"[ \t\r\n\f]")


def _is_rendered(attributes: dict[str, str]) -> bool:
    """Whether an element prints a citation, or the mark of a footnote."""
    classes = attributes.get("class", "").split()
    return "data-cites" in attributes or bool({"footnote-ref", "footnote-back", "footnote-number"} & set(classes))


def _after(text: str, mark: str, at: int) -> int:
    end = text.find(mark, at)
    return len(text) if end < 0 else end + len(mark)


def _attributes(text: str, begin: int, end: int) -> dict[str, str]:
    inner = text[begin : min(end - 1, begin + 4000)]
    found = _ATTRIBUTE.finditer(inner)
    return {it[1].lower(): unescape(next((part for part in it.groups()[1:] if part is not None), "")) for it in found}
