r"""LaTeX: a scanner of the text between ``\begin{document}`` and ``\end{document}``, or of a part without them.

It knows the commands that reports use; of any other command the arguments in braces are read as text. Nothing is
expanded, except the folder of ``\input{…/findings.tex}``, by which a report names its run.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping

from research.outputs.checking.blocks import Block, Kind, Malformed, Report, Writer
from research.outputs.checking.readers.latex_words import (
    ACCENTS,
    CITES,
    CODE,
    HEADINGS,
    MARKS,
    QUOTES,
    SIGNS,
    SIUNITX,
    SKIPPED,
    UNITS,
    UNREAD,
)
from research.outputs.checking.readers.mathematics import plain_math, plain_number
from research.outputs.checking.readers.plain import put_text

_BEGIN, _END = r"\begin{document}", r"\end{document}"
_INPUT = re.compile(r"\\input\s*\{([^{}]*)findings(?:\.tex)?\}")
_MACRO = re.compile(r"\\(?:newcommand|renewcommand|def)\s*\*?\{?(\\[A-Za-z]+)\}?\s*\{([^{}\\]*)\}")

_MARK = re.compile(r"\\(?:[A-Za-z]+\*?|.)?|[%~{}$&\[]|``|''|---?|`|'|\n[ \t]*(?:\r?\n[ \t]*)+|\r?\n", re.DOTALL)
_SPACES = re.compile(r"[ \t]*(?:%[^\n]*\n[ \t]*)?\n?[ \t]*")
_GROUPED = re.compile(r"\{\s*,\s*\}")
_LETTER = re.compile(r"\s*\{?\\?([A-Za-z])\}?")
_MOST = 4000


def read_latex(path: str, text: str) -> Report:
    """Return a report in LaTeX. Raises ``Malformed`` where a brace is not closed."""
    begin = text.find(_BEGIN)
    start = begin + len(_BEGIN) if begin >= 0 else 0
    end = text.find(_END, start)
    end = len(text) if end < 0 else end
    macros = dict(_MACRO.findall(text[:start]))
    runs = [
        _expanded(found[1], macros).rstrip("/")
        for found in _INPUT.finditer(text)
        if not _is_comment(text, found.start())
    ]
    return Report(path, text, list(_Latex(text, start, end).blocks()), runs=[it for it in runs if "\\" not in it])


def _expanded(path: str, macros: dict[str, str]) -> str:
    return re.sub(r"\\[A-Za-z]+", lambda found: macros.get(found[0], found[0]), path)


def _is_comment(text: str, at: int) -> bool:
    line = text[text.rfind("\n", 0, at) + 1 : at]
    return re.search(r"(?<!\\)(?:\\\\)*%", line) is not None


def _closings(text: str, opening: str, closing: str) -> Mapping[int, int]:
    """Return the offset of the closing bracket for that of each opening one."""
    found, left = dict[int, int](), list[int]()
    for it in re.finditer(rf"\\.|[{re.escape(opening + closing)}]", text, re.DOTALL):
        if it[0] == opening:
            left.append(it.start())
        elif it[0] == closing and left:
            found[left.pop()] = it.start()
    return found


class _Latex:
    """Reads LaTeX command by command. Blocks within a block (a footnote, a caption) are kept on a stack."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text, self._at, self._end = text, start, end
        self._writer = Writer("paragraph")
        self._braces: list[tuple[int, str]] = []
        """The open braces: where, and what their end means."""
        self._outer: list[Writer] = []
        self._ready: list[Block] = []
        self._environments: list[str] = []
        self._notes = 0
        self._pairs: dict[str, Mapping[int, int]] = {}
        """Where each bracket of a kind is closed, found in one pass when it is first asked for."""

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks. Raises ``Malformed``."""
        text = self._text
        while self._at < self._end:
            found = _MARK.search(text, self._at, self._end)
            stop = found.start() if found else self._end
            self._put(self._at, stop)
            self._at = found.end() if found else self._end
            if found:
                self._marked(found)
            if self._ready:
                yield from self._ready
                self._ready.clear()
        if self._braces:
            raise Malformed("The brace { that opens here is never closed.", self._line(self._braces[-1][0]))
        self._break("paragraph")
        yield from self._ready

    def _line(self, at: int) -> int:
        return self._text.count("\n", 0, at) + 1

    def _put(self, begin: int, end: int) -> None:
        put_text(self._writer, self._text[begin:end], begin)

    def _print(self, text: str, begin: int) -> None:
        self._writer.put(text, begin, self._at - begin)

    def _marked(self, found: re.Match[str]) -> None:
        mark, at = found[0], found.start()
        match mark[0]:
            case "\\":
                self._command(mark[1:], at)
            case "%":
                end = self._text.find("\n", self._at)
                self._at = self._end if end < 0 else min(self._after_indent(end + 1), self._end)
            case "{":
                self._open(at)
            case "}":
                self._close(at)
            case "$":
                self._math(at)
            case "&" if self._is_table():
                self._writer.cell(at)
            case "[":
                self._bracket(at)
            case "\r" | "\n" if mark.count("\n") > 1 and not self._is_table():
                self._break(self._kind())
            case "\r" | "\n":
                self._print(" ", at)
            case _:
                self._print(MARKS.get(mark, mark), at)

    def _open(self, at: int) -> None:
        grouped = _GROUPED.match(self._text, at)
        if grouped:  # 25{,}000
            self._at = grouped.end()
            self._print(",", at)
        else:
            self._braces.append((at, ""))

    def _bracket(self, at: int) -> None:
        """Read ``[otr.…]`` as the citation that it is in other formats; any other bracket is text."""
        end = self._text.find("]", at, at + _MOST)
        inner = self._text[at : end + 1] if end > 0 else ""
        if "otr." in inner and "\\" not in inner and "[" not in inner[1:]:
            self._at = end + 1
            put_text(self._writer, inner, at)
        else:
            self._print("[", at)

    def _after_indent(self, at: int) -> int:
        while at < self._end and self._text[at] in " \t":
            at += 1
        return at

    def _close(self, at: int) -> None:
        if not self._braces:
            raise Malformed("The brace } closes nothing.", self._line(at))
        meaning = self._braces.pop()[1]
        if meaning == "quotation":
            self._writer.end_quotation()
        elif meaning == "block":
            if self._writer.begun:
                self._ready.append(self._writer.block())
            self._writer = self._outer.pop()

    # --- commands ---

    def _command(self, name: str, at: int) -> None:
        bare = name.rstrip("*")
        if bare[:1].isalpha() and name[-1:] != "*":
            self._skip_blanks_after_word()
        if known := _COMMANDS.get(bare):
            known(self, bare, at)
        elif CITES.fullmatch(bare):
            self._cite(bare, at)
        elif bare in SKIPPED:
            self._skip(bare, at)
        elif bare in SIGNS:
            self._print(SIGNS[bare], at)
            if bare[:1].isalpha():
                self._empty_braces()
        elif bare in ACCENTS and (letter := _LETTER.match(self._text, self._at)):
            self._at = letter.end()
            self._print(unicodedata.normalize("NFC", letter[1] + ACCENTS[bare]), at)
        elif bare[:1].isalpha():
            self._options()

    def _heading(self, _: str, __: int) -> None:
        self._options()
        if self._peek() == "{":
            self._break("paragraph")
            self._inner_block("heading")

    def _caption(self, name: str, _: int) -> None:
        self._options()
        if name == "captionof":
            self._argument()
        self._inner_block("caption")

    def _epigraph(self, _: str, __: int) -> None:
        for _part in ("the words", "their source"):
            if self._peek() == "{":
                self._inner_block("caption")

    def _footnote(self, _: str, __: int) -> None:
        self._options()
        self._notes += 1
        label = f"footnote {self._notes}"
        self._writer.note(label)
        self._inner_block("footnote", label)

    def _verb(self, name: str, at: int) -> None:
        delimiter = self._peek()
        if delimiter in ("{", "["):
            self._skip(name, at)
            return
        end = self._text.find(delimiter, self._at + 1, self._end) if delimiter else -1
        self._at = end + 1 if end >= 0 else self._end
        self._writer.stand_in(at, self._at - at)

    def _item(self, _: str, __: int) -> None:
        self._break("item")
        self._options()

    def _line_break(self, name: str, at: int) -> None:
        self._options()
        if self._is_table() or name == "par":
            self._break(self._kind())
        else:
            self._print(" ", at)

    def _display(self, name: str, at: int) -> None:
        self._formula(r"\)" if name == "(" else r"\]", at)

    def _skip_blanks_after_word(self) -> None:
        while self._at < self._end and self._text[self._at] in " \t":
            self._at += 1

    def _peek(self) -> str:
        return self._text[self._at : self._at + 1]

    def _empty_braces(self) -> None:
        if self._text.startswith("{}", self._at):
            self._at += 2

    def _options(self) -> None:
        """Leave out options in square brackets."""
        while self._peek() == "[":
            close = self._matching("[", "]")
            if close is None:
                return
            self._at = close + 1

    def _matching(self, opening: str, closing: str) -> int | None:
        """Return where the bracket that opens here is closed, if that is near."""
        if opening not in self._pairs:
            self._pairs[opening] = _closings(self._text, opening, closing)
        close = self._pairs[opening].get(self._at)
        return close if close is not None and close < min(self._end, self._at + _MOST) else None

    def _argument(self) -> str:
        """Return an argument in braces, unread, and go on behind it."""
        spaces = _SPACES.match(self._text, self._at)
        at = spaces.end() if spaces else self._at
        if self._text[at : at + 1] != "{":
            return ""
        self._at = at
        close = self._matching("{", "}")
        if close is None:
            return ""
        inner = self._text[self._at + 1 : close]
        self._at = close + 1
        return inner

    def _skip(self, name: str, at: int) -> None:
        self._options()
        for _ in range(SKIPPED[name]):
            self._argument()
            self._options()
        if name in CODE:
            self._writer.stand_in(at, self._at - at)
        elif name.endswith("ref") and name != "nameref":
            self._writer.stand_in(at, self._at - at, 1)
        elif name == "def":
            self._argument()

    def _inner_block(self, kind: Kind, label: str = "") -> None:
        if self._peek() == "{":
            self._braces.append((self._at, "block"))
            self._at += 1
            self._outer.append(self._writer)
            self._writer = Writer(kind, label)

    def _quotation(self, name: str, _: int) -> None:
        self._options()
        if name == "foreignquote":
            self._argument()
        if name.endswith("cquote"):
            self._cite_keys(self._argument(), prints=False)
        if self._peek() == "{":
            self._braces.append((self._at, "quotation"))
            self._at += 1
            self._writer.begin_quotation()

    def _cite(self, name: str, at: int) -> None:
        self._options()
        keys = self._argument()
        if name == "finding" or name in ("textcite", "citet", "citeauthor", "Textcite"):
            self._writer.stand_in(at, self._at - at)
        self._cite_keys(keys, prints=name == "finding", short=name.startswith("finding"))

    def _cite_keys(self, keys: str, *, prints: bool, short: bool = False) -> None:
        for key in filter(None, (it.strip() for it in keys.split(","))):
            if short or key.startswith("otr."):
                self._writer.cite(key, prints=prints)

    def _siunitx(self, name: str, at: int) -> None:
        self._options()
        if name in ("si", "unit"):
            self._print(_unit(self._argument()), at)
            return
        count = 2 if name.endswith("range") else 1
        numbers = [plain_number(part) for _ in range(count) for part in self._argument().split(";")]
        unit = "" if name.startswith("num") else _unit(self._argument())
        gap = "" if unit in ("", "%") else " "
        self._print(" to ".join(f"{number}{gap}{unit}" if number else "" for number in numbers), at)

    def _math(self, at: int) -> None:
        closing = "$$" if self._text.startswith("$$", at) else "$"
        self._at = at + len(closing)
        self._formula(closing, at)

    def _formula(self, closing: str, at: int) -> None:
        end = self._text.find(closing, self._at, min(self._end, self._at + _MOST))
        while end > 0 and closing[0] == "$" and self._text[end - 1] == "\\":
            end = self._text.find(closing, end + 1, min(self._end, self._at + _MOST))
        if end < 0:
            self._print(" ", at)
            return
        inner = self._text[self._at : end]
        self._at = end + len(closing)
        self._print(plain_math(inner), at)

    # --- environments and blocks ---

    def _begin_environment(self, _: str, __: int) -> None:
        name = self._argument()
        if name in UNREAD:
            end = self._text.find(rf"\end{{{name}}}", self._at, self._end)
            self._at = self._end if end < 0 else end + len(rf"\end{{{name}}}")
            self._break(self._kind())
            return
        self._environments.append(name)
        self._options()
        if name.startswith(("tabular", "longtable", "array", "tblr")):
            for _argument in range(2 if name in ("tabular*", "tabularx", "tabulary") else 1):
                self._argument()
        elif name in ("minipage", "multicols", "wrapfigure", "list"):
            self._argument()
            self._options()
        elif name in ("displayquote", "displaycquote"):
            self._options()
        self._break(self._kind())

    def _end_environment(self, _: str, __: int) -> None:
        name = self._argument()
        self._break(self._kind())
        if name in self._environments:
            while self._environments.pop() != name:
                pass
        if self._writer.kind != "heading":
            self._break(self._kind())

    def _is_table(self) -> bool:
        return bool(self._environments) and self._environments[-1].startswith(("tabular", "longtable", "array", "tblr"))

    def _kind(self) -> Kind:
        if self._is_table():
            return "row"
        if self._environments and self._environments[-1] in ("quote", "quotation", "displayquote", "displaycquote"):
            return "quotation"
        return "paragraph"

    def _break(self, kind: Kind) -> None:
        """End the block, unless it is within another one."""
        if self._outer:
            self._writer.put(" ", self._at, 0)
            return
        if self._writer.begun:
            self._ready.append(self._writer.block())
        self._writer = Writer(kind)


_COMMANDS: Mapping[str, Callable[[_Latex, str, int], None]] = {
    "begin": _Latex._begin_environment,
    "end": _Latex._end_environment,
    "finding": _Latex._cite,
    "findingcite": _Latex._cite,
    **dict.fromkeys(HEADINGS, _Latex._heading),
    **dict.fromkeys(("caption", "captionof"), _Latex._caption),
    "epigraph": _Latex._epigraph,
    **dict.fromkeys(("footnote", "footnotetext", "thanks"), _Latex._footnote),
    **dict.fromkeys(QUOTES, _Latex._quotation),
    **dict.fromkeys(SIUNITX, _Latex._siunitx),
    **dict.fromkeys(("verb", "lstinline"), _Latex._verb),
    "item": _Latex._item,
    **dict.fromkeys(("\\", "tabularnewline", "par"), _Latex._line_break),
    **dict.fromkeys(("(", "["), _Latex._display),
}
"""What each command does that is more than a sign or a skipped argument."""


def _unit(text: str) -> str:
    names = re.findall(r"\\([A-Za-z]+)", text)
    return " ".join(UNITS.get(name, name) for name in names) if names else text.strip()
