"""Markdown as Pandoc, Quarto, GitHub and Jupyter read it: one scanner for the blocks, one for the text in them.

Code, comments, addresses and front matter are left out. Every step looks at each character a bounded number of times.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from html import unescape
from itertools import pairwise

from research.outputs.checking.blocks import Block, Kind, Report, Writer
from research.outputs.checking.keys import KEY, Named, named_in
from research.outputs.checking.readers.mathematics import plain_math

HIDDEN = "\0"
"""Stands for a character that is no part of the prose."""


def read_markdown(path: str, text: str) -> Report:
    """Return a report in Markdown."""
    return Report(path, text, list(blocks(text)))


def blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of a text in Markdown."""
    visible = _without_comments(text)
    for kind, spans, label in _Lines(visible).stretches():
        raw = _raw(visible, spans)
        start = spans[0][0]
        is_caption = kind == "paragraph" and raw.lstrip(f"{HIDDEN} ").startswith("![")
        writer = Writer("caption" if is_caption else kind, label)
        notes = _row(raw, start, writer) if kind == "row" else _inline(raw, start, writer)
        if writer.begun or kind == "row":
            yield writer.block()
        while notes:
            at, end = notes.pop(0)
            note = Writer("footnote", _label(at))
            notes = [*_inline(raw[at - start : end - start], at, note), *notes]
            if note.begun:
                yield note.block()


def _label(at: int) -> str:
    """Return what a footnote in the line is called, by the offset of its text."""
    return f"in the line, {at}"


def _without_comments(text: str) -> str:
    """Return a text with its comments hidden; one that is not closed goes on to the end."""
    parts, end = [], 0
    while (begin := text.find("<!--", end)) >= 0:
        close = text.find("-->", begin)
        stop = len(text) if close < 0 else close + 3
        parts += [text[end:begin], _NOT_A_BREAK.sub(HIDDEN, text[begin:stop])]
        end = stop
    return "".join([*parts, text[end:]])


_NOT_A_BREAK = re.compile(r"[^\r\n]")


def _raw(text: str, spans: list[tuple[int, int]]) -> str:
    """Return the lines of a block as one text as long as the source, what is between them hidden."""
    parts, at = [], spans[0][0]
    for start, end in spans:
        gap = start - at
        parts += [" ", HIDDEN * (gap - 1)] if gap else []
        parts.append(text[start:end].replace("\t", " "))
        at = end
    return "".join(parts)


# --- blocks ---

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}#{1,6}\s+(?P<text>.*?)(?:\s+#+)?\s*$")
_ITEM = re.compile(r"\s*(?:[-*+]|\(?(?:[0-9]{1,9}|#|[a-zA-Z]|[ivxIVX]{1,5})[.)]|\(@[\w-]*\))(?:\s+(?:\[[ xX]\]\s+)?|$)")
_BREAK = re.compile(r" {0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)\s*$")
_DIV = re.compile(r"\s*:{3,}")
_FOOTNOTE = re.compile(r" {0,3}\[\^(?P<label>[^\]\s]{1,100})\]:\s*")
_LINK = re.compile(r" {0,3}\[[^\]^][^\]]{0,200}\]:\s+\S+")
_QUOTE = re.compile(r" {0,3}>\s?")
_CAPTION = re.compile(r"\s*(?:[Tt]able)?:\s+")
_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:[|+]\s*:?-{2,}:?\s*)*\|?\s*$|\s*\+(?:[-=:]+\+)+\s*$")
_INDENTED = re.compile(r"(?: {4}|\t)")

Stretch = tuple[Kind, list[tuple[int, int]], str]


class _Lines:
    """Groups the lines of a text into blocks."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = list(_line_spans(text))
        self._kind: Kind = "paragraph"
        self._spans: list[tuple[int, int]] = []
        self._label = ""
        self._in_list = False

    def stretches(self) -> Iterator[Stretch]:
        """Yield the kind of each block, the spans of its lines without their marks, and the label of a footnote."""
        number = self._after_front_matter()
        previous_blank = True
        while number < len(self._lines):
            start, end = self._lines[number]
            line = self._text[start:end]
            if fence := _FENCE.match(line):
                yield from self._flush()
                number = self._after_fence(number, fence[1])
                previous_blank = True
                continue
            if not line.strip(f"{HIDDEN} \t\f"):
                yield from self._flush()
                previous_blank = True
            elif _INDENTED.match(line) and previous_blank and not self._in_list and not self._spans:
                pass  # code
            else:
                yield from self._line(line, start, end)
                previous_blank = False
            number += 1
        yield from self._flush()

    def _after_front_matter(self) -> int:
        if not self._lines or self._text[slice(*self._lines[0])].rstrip() != "---":
            return 0
        for number, span in enumerate(self._lines[1:], start=1):
            if self._text[slice(*span)].rstrip() in ("---", "..."):
                return number + 1
        return 0

    def _after_fence(self, number: int, fence: str) -> int:
        closing = re.compile(rf" {{0,3}}{re.escape(fence[0])}{{{len(fence)},}}\s*$")
        for following in range(number + 1, len(self._lines)):
            if closing.match(self._text, *self._lines[following]):
                return following + 1
        return len(self._lines)

    def _flush(self) -> Iterator[Stretch]:
        if self._spans:
            yield self._kind, self._spans, self._label
        self._kind, self._spans, self._label = "paragraph", [], ""

    def _begin(self, kind: Kind, start: int, end: int, label: str = "") -> None:
        self._kind, self._label = kind, label
        self._spans = [(start, end)] if start < end else []

    def _line(self, line: str, start: int, end: int) -> Iterator[Stretch]:
        """Yield the blocks that a line ends, or is."""
        if _QUOTE.match(line):
            yield from self._quoted_line(line, start, end)
        elif _BREAK.match(line) or _DIV.match(line) or _LINK.match(line) or _UNDERLINE.match(line):
            if self._spans and self._kind == "paragraph" and _UNDERLINE.match(line):
                self._kind = "heading"
            yield from self._flush()
        elif heading := _HEADING.match(line):
            yield from self._flush()
            self._in_list = False
            yield "heading", [(start + heading.start("text"), start + heading.end("text"))], ""
        elif self._is_row(line):
            yield from self._flush()
            if not _RULE.match(line):
                yield "row", [(start, end)], ""
        elif footnote := _FOOTNOTE.match(line):
            yield from self._flush()
            self._begin("footnote", start + footnote.end(), end, footnote["label"])
        elif (item := _ITEM.match(line)) and self._can_be_item(item):
            yield from self._flush()
            self._in_list = True
            self._begin("item", start + item.end(), end)
        elif (caption := _CAPTION.match(line)) and not self._spans:
            self._begin("caption", start + caption.end(), end)
        else:
            self._further_line(line, start, end)

    def _quoted_line(self, line: str, start: int, end: int) -> Iterator[Stretch]:
        if self._kind != "quotation":
            yield from self._flush()
            self._kind = "quotation"
        inner = 0
        while more := _QUOTE.match(line, inner):
            inner = more.end()
        if line[inner:].strip():
            self._spans.append((start + inner, end))

    def _further_line(self, line: str, start: int, end: int) -> None:
        if not self._spans:
            self._in_list = self._in_list and line[:1].isspace()
            self._kind = "paragraph" if self._kind == "quotation" else self._kind
        self._spans.append((start + len(line) - len(line.lstrip()), end))

    def _can_be_item(self, item: re.Match[str]) -> bool:
        """Whether a mark begins an item: within a paragraph only a bullet, or the number 1, does."""
        mark = item[0].strip()
        if not self._spans or self._kind == "item":
            return len(mark) < 3 or not mark[0].isalpha() or mark[-1] == ")" or not self._spans
        return mark[:1] in "-*+" or mark[:2] in ("1.", "1)")

    def _is_row(self, line: str) -> bool:
        stripped = line.strip()
        if stripped.startswith("|") or (stripped.startswith("+") and _RULE.match(line)):
            return True
        return "|" in stripped and bool(_RULE.match(line))


def _line_spans(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for found in _LINE_END.finditer(text):
        yield start, found.start()
        start = found.end()
    if start < len(text):
        yield start, len(text)


_LINE_END = re.compile(r"\r\n|\n|\r")


# --- what is in a block ---


def _row(raw: str, start: int, writer: Writer) -> list[tuple[int, int]]:
    """Write a row of a table, its cells set apart, and return where the texts of its footnotes in the line are."""
    notes: list[tuple[int, int]] = []
    edges = [-1, *(found.start() for found in re.finditer(r"(?<!\\)\|", raw)), len(raw)]
    for begin, end in pairwise(edges):
        if raw[begin + 1 : end].strip(f"{HIDDEN} "):
            notes += _inline(raw[begin + 1 : end].rstrip(), start + begin + 1, writer)
        if begin >= 0 and end < len(raw):
            writer.cell(start + end)
    return notes


_MARK = re.compile(r"[\\`\[\]!$*_~^&<{@\0(]|https?://")
_KEYS_IN_BRACKETS = re.compile(rf"-?@|{KEY}")
_ADDRESS = re.compile(
    r"\((?:<[^<>]{0,2000}>|[^()\s]{0,2000}(?:\([^()\s]{0,500}\)[^()\s]{0,500})?)(?:\s+(?:\"[^\"]{0,500}\"|"
    r"'[^']{0,500}'))?\)"
)
_ATTRIBUTES = re.compile(r"\{[^{}]{0,1000}\}")
_MATH = re.compile(r"\$\$(.{1,2000}?)\$\$|\$(?![\s$])([^$]{1,400}?)(?<![\s\\])\$(?![0-9])")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_TAG = re.compile(r"<(?:/?[A-Za-z][^<>]{0,2000}|!--)>|<https?://[^<>\s]{0,2000}>")
_DATA = re.compile(r"data-finding\s*=\s*[\"']?([^\"'\s>]+)")
_URL = re.compile(r"https?://[^\s<>)\]]{0,2000}")
_WORD_KEY = re.compile(rf"-?@({KEY})(?:\s\[[^\[\]]{{0,80}}\])?")
_MACRO = re.compile(r"\\(finding|findingcite|cite[a-z]*|[a-z]*cite)\*?(?:\[[^\[\]]{0,200}\]){0,2}\{([^{}]{1,2000})\}")
_SHORTCODE = re.compile(r"\{\{<.{0,500}?>\}\}")


class _Scanner:
    """Writes the text of one block, without its markup."""

    def __init__(self, raw: str, start: int, writer: Writer) -> None:
        self.raw, self.start, self.writer = raw, start, writer
        self._closing = _pairs(raw)
        self._opening = {end: begin for begin, end in self._closing.items()}
        self._ticks = _ticks(raw)
        self.notes: list[tuple[int, int]] = []
        """Where the texts of footnotes in the line are, in the source."""

    def scan(self) -> None:
        """Write it."""
        raw, at = self.raw, 0
        while (mark := _MARK.search(raw, at)) is not None:
            self._put(at, mark.start())
            at = self._marked(mark.start(), mark[0])
        self._put(at, len(raw))

    def _put(self, begin: int, end: int) -> None:
        self.writer.put(self.raw[begin:end], self.start + begin)

    def _marked(self, at: int, mark: str) -> int:  # noqa: PLR0912  one case a mark
        """Write what a mark means, and return where the text goes on."""
        raw = self.raw
        match mark:
            case "\0":
                return at + 1
            case "\\":
                return self._escaped(at)
            case "`":
                return self._code(at)
            case "[" | "!" | "(" | "^":
                return self._bracket(at, mark)
            case "]":
                return self._closed(at)
            case "$" if found := _MATH.match(raw, at):
                inner = found[1] if found[1] is not None else found[2]
                self.writer.put(plain_math(inner), self.start + at, found.end() - at)
                return found.end()
            case "*":
                alone = raw[at - 1 : at] in ("", " ") and raw[at + 1 : at + 2] in ("", " ")
                return self._literal(at) if alone else at + 1
            case "_" if not (raw[at - 1 : at].isalnum() and raw[at + 1 : at + 2].isalnum()):
                return at + 1
            case "~" if raw.startswith("~~", at):
                return at + 2
            case "&" if found := _ENTITY.match(raw, at):
                self.writer.put(unescape(found[0]), self.start + at, found.end() - at)
                return found.end()
            case "<" if found := _TAG.match(raw, at):
                if key := _DATA.search(found[0]):
                    self.writer.cite(key[1])
                return found.end()
            case "{" if found := _SHORTCODE.match(raw, at) or _ATTRIBUTES.match(raw, at):
                return found.end() if found[0][1:2] in "{#.=" else self._literal(at)
            case "@" if found := _WORD_KEY.match(raw, at):
                if raw[at - 1 : at].isalnum():
                    return self._literal(at)
                self.writer.stand_in(self.start + at, found.end() - at)
                self.writer.cite(found[1])
                return found.end()
            case _ if found := _URL.match(raw, at):
                return found.end()
        return self._literal(at)

    def _literal(self, at: int) -> int:
        self._put(at, at + 1)
        return at + 1

    def _escaped(self, at: int) -> int:
        if found := _MACRO.match(self.raw, at):
            if found[1] == "finding":
                self.writer.stand_in(self.start + at, found.end() - at)
            for key in filter(None, (it.strip() for it in found[2].split(","))):
                if found[1].startswith("finding") or key.startswith("otr."):
                    self.writer.cite(key, prints=found[1] == "finding")
            return found.end()
        following = self.raw[at + 1 : at + 2]
        if following and not following.isalnum():
            self.writer.put("\u00a0" if following == " " else following, self.start + at, 2)
            return at + 2
        return self._literal(at)

    def _code(self, at: int) -> int:
        length = len(self.raw) - at
        run = re.compile(r"`+").match(self.raw, at)
        length = len(run[0]) if run else 1
        places = self._ticks[length]
        number = bisect_right(places, at)
        if number >= len(places):
            return at + length
        self.writer.stand_in(self.start + at, places[number] + length - at)
        return places[number] + length

    def _bracket(self, at: int, mark: str) -> int:
        raw = self.raw
        if mark == "(":
            return self._parenthesis(at)
        if mark in "!^":
            if raw[at + 1 : at + 2] != "[" or at + 1 not in self._closing:
                return self._literal(at)
            if mark == "!":
                return at + 1  # a picture: its words are read
            span = self.start + at + 2, self.start + self._closing[at + 1]
            self.notes.append(span)
            self.writer.note(_label(span[0]))
            return self._closing[at + 1] + 1
        end = self._closing.get(at)
        if end is None:
            return self._literal(at)
        inner = raw[at + 1 : end] if end - at < 4000 else ""
        if inner.startswith("^") and " " not in inner:
            self.writer.note(inner[1:])
            return end + 1
        if "[" not in inner and _KEYS_IN_BRACKETS.search(inner):
            names = named_in(inner)
            for key, version in names:
                self.writer.cite(key, version=version)
            if names or _PANDOC.match(inner):
                return end + 1
        return at + 1 if self._is_link(end) else self._literal(at)

    def _parenthesis(self, at: int) -> int:
        """Leave out a source in round brackets: keys alone, or as the style "sentence" writes it."""
        end = self.raw.find(")", at, at + 900)
        inner = self.raw[at + 1 : end] if end > 0 else ""
        names = named_in(inner) if "otr." in inner or ", version " in inner else []
        if names and _is_source(inner, names):
            for key, version in names:
                self.writer.cite(key, version=version)
            return end + 1
        return self._literal(at)

    def _is_link(self, end: int) -> bool:
        raw = self.raw
        return bool(_ADDRESS.match(raw, end + 1) or _ATTRIBUTES.match(raw, end + 1)) or (
            raw[end + 1 : end + 2] == "[" and end + 1 in self._closing and "@" not in raw[end + 1 : end + 40]
        )

    def _closed(self, at: int) -> int:
        if at not in self._opening or not self._is_link(at):
            return self._literal(at)
        after = at + 1
        if found := _ADDRESS.match(self.raw, after):
            after = found.end()
        elif self.raw[after : after + 1] == "[":
            after = self._closing[after] + 1
        if found := _ATTRIBUTES.match(self.raw, after):
            if key := _DATA.search(found[0]):
                self.writer.cite(key[1])
            after = found.end()
        return after


_PANDOC = re.compile(r"(?:[^\[\]@]{0,80}\s)?-?@[\w{]")
_OTHER_WORDS = re.compile(r"\b[A-Za-z]{3,}\b")


def _is_source(inner: str, names: list[Named]) -> bool:
    if ", version " in inner:
        return True
    for name in names:
        inner = inner.replace(name.key, "")
    return len(_OTHER_WORDS.findall(inner)) <= 1


def _pairs(raw: str) -> dict[int, int]:
    """Return where each square bracket that is closed is closed."""
    found, open_at = {}, []
    for bracket in re.finditer(r"\\.|[\[\]]", raw):
        if bracket[0] == "[":
            open_at.append(bracket.start())
        elif bracket[0] == "]" and open_at:
            found[open_at.pop()] = bracket.start()
    return found


def _ticks(raw: str) -> dict[int, list[int]]:
    """Return where the runs of backticks begin, by their length."""
    places: dict[int, list[int]] = defaultdict(list)
    for run in re.finditer(r"`+", raw):
        places[len(run[0])].append(run.start())
    return places


def _inline(raw: str, start: int, writer: Writer) -> list[tuple[int, int]]:
    """Write the text of a block, and return where the texts of its footnotes in the line are."""
    scanner = _Scanner(raw, start, writer)
    scanner.scan()
    return scanner.notes
