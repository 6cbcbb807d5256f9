r"""LaTeX: a scanner of the text between ``\begin{document}`` and ``\end{document}``, or of a part without them.

It knows the commands that reports use; of any other command the arguments in braces are read as text. Nothing is
expanded, except the folder of ``\input{…/findings.tex}``, by which a report names its run.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from research.outputs.checking.blocks import Block, Kind, Malformed, Report, Writer
from research.outputs.checking.readers.mathematics import plain_math, plain_number
from research.outputs.checking.readers.plain import put_text

_BEGIN, _END = r"\begin{document}", r"\end{document}"
_INPUT = re.compile(r"\\input\s*\{([^{}]*)findings(?:\.tex)?\}")
_MACRO = re.compile(r"\\(?:newcommand|renewcommand|def)\s*\*?\{?(\\[A-Za-z]+)\}?\s*\{([^{}\\]*)\}")

_UNREAD = frozenset(
    "verbatim verbatim* Verbatim lstlisting minted comment filecontents tikzpicture alltt thebibliography".split()
)
_HEADINGS = frozenset("part chapter section subsection subsubsection paragraph subparagraph title".split())
_SKIPPED = {
    # command: how many arguments in braces are no prose
    **dict.fromkeys(
        (
            *("label", "ref", "eqref", "pageref", "autoref", "cref", "Cref", "nameref", "url", "path", "input", "include"),
            *("includegraphics", "bibliography", "bibliographystyle", "usepackage", "vspace", "hspace", "color", "nocite"),
            *("pagestyle", "thispagestyle", "hypersetup", "graphicspath", "addbibresource", "textcolor", "texttt", "code"),
            *("lstinline", "mintinline", "pagenumbering", "captionsetup", "bibitem", "hyphenation", "enlargethispage"),
            *("lstset", "tikz", "index", "phantom", "date", "documentclass", "pdfbookmark", "stepcounter", "cline", "href"),
            *("selectlanguage", "newline", "linespread", "todo"),
        ),
        1,
    ),
    **dict.fromkeys(
        ("setlength", "addtolength", "definecolor", "newcommand", "renewcommand", "providecommand", "fontsize", "rule"), 2
    ),
    **dict.fromkeys(("setcounter", "addtocounter", "newcolumntype", "raisebox", "resizebox", "multicolumn"), 2),
    "titleformat": 4,
    "titlespacing": 4,
    "def": 1,
}
_CODE = frozenset(("texttt", "code", "lstinline", "path", "url"))
_CITES = re.compile(r"(?:finding|[A-Za-z]*)cite[A-Za-z]*|Cite[a-z]*")
_SIGNS = {
    **{sign: sign for sign in "%$&#_{}"},
    **dict.fromkeys((",", "thinspace"), "\u2009"),
    **dict.fromkeys((" ", ";", ":", "quad", "qquad", "enspace", "space", "hfill", "\n"), " "),
    **dict.fromkeys(("ldots", "dots", "textellipsis", "dotsc"), "…"),
    **dict.fromkeys(("textendash",), "–"),
    **dict.fromkeys(("textemdash",), "—"),
    **dict.fromkeys(("pounds", "textsterling"), "£"),
    **dict.fromkeys(("euro", "texteuro", "EUR"), "€"),
    **dict.fromkeys(("textquotedblleft", "glqq", "grqq"), "“"),
    **dict.fromkeys(("textquotedblright",), "”"),
    **dict.fromkeys(("textquoteleft",), "‘"),
    **dict.fromkeys(("textquoteright",), "’"),
    **dict.fromkeys(("guillemotleft", "flqq"), "«"),
    **dict.fromkeys(("guillemotright", "frqq"), "»"),
    "percent": "%",
    "textdollar": "$",
    "textpm": "±",
    "pm": "±",
    "textbackslash": "\\",
    "textperthousand": "‰",
    "ss": "ß",
    "ae": "æ",
    "o": "ø",
    "l": "ł",
    "i": "ı",
    "aa": "å",
}
_ACCENTS = {"'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "c": "\u0327", "v": "\u030c", "=": "\u0304", ".": "\u0307", "H": "\u030b", "u": "\u0306", "r": "\u030a"}
_UNITS = {"percent": "%", "dollar": "dollars", "USD": "US dollars", "euro": "euros"}

_MARK = re.compile(r"\\(?:[A-Za-z]+\*?|.)?|[%~{}$&\[]|``|''|---?|`|'|\n[ \t]*(?:\r?\n[ \t]*)+|\r?\n", re.DOTALL)
_SPACES = re.compile(r"[ \t]*(?:%[^\n]*\n[ \t]*)?\n?[ \t]*")
_MOST = 4000


def read_latex(path: str, text: str) -> Report:
    """Return a report in LaTeX. Raises ``Malformed`` where a brace is not closed."""
    begin = text.find(_BEGIN)
    start = begin + len(_BEGIN) if begin >= 0 else 0
    end = text.find(_END, start)
    end = len(text) if end < 0 else end
    macros = {name: value for name, value in _MACRO.findall(text[:start])}
    runs = [_expanded(found[1], macros).rstrip("/") for found in _INPUT.finditer(text) if not _is_comment(text, found.start())]
    return Report(path, text, list(_Latex(text, start, end).blocks()), runs=[it for it in runs if "\\" not in it])


def _expanded(path: str, macros: dict[str, str]) -> str:
    return re.sub(r"\\[A-Za-z]+", lambda found: macros.get(found[0], found[0]), path)


def _is_comment(text: str, at: int) -> bool:
    line = text[text.rfind("\n", 0, at) + 1 : at]
    return re.search(r"(?<!\\)(?:\\\\)*%", line) is not None


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
        if mark[0] == "\\":
            self._command(mark[1:], at)
        elif mark == "%":
            end = self._text.find("\n", self._at)
            self._at = self._end if end < 0 else min(self._after_indent(end + 1), self._end)
        elif mark == "~":
            self._print("\u00a0", at)
        elif mark == "{":
            grouped = re.compile(r"\{\s*,\s*\}").match(self._text, at)
            if grouped:  # 25{,}000
                self._at = grouped.end()
                self._print(",", at)
            else:
                self._braces.append((at, ""))
        elif mark == "}":
            self._close(at)
        elif mark == "$":
            self._math(at)
        elif mark == "&":
            if self._is_table():
                self._writer.cell(at)
            else:
                self._print("&", at)
        elif mark == "[":
            self._bracket(at)
        elif mark[0] in "\r\n":
            if mark.count("\n") > 1 and not self._is_table():
                self._break(self._kind())
            else:
                self._print(" ", at)
        else:
            self._print({"``": "“", "''": "”", "--": "–", "---": "—", "`": "‘", "'": "’"}.get(mark, mark), at)

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
        if bare == "begin":
            self._begin_environment()
        elif bare == "end":
            self._end_environment()
        elif bare in ("finding", "findingcite") or _CITES.fullmatch(bare):
            self._cite(bare, at)
        elif bare in _HEADINGS and self._peek() in "{[":
            self._break("paragraph")
            self._options()
            self._inner_block("heading")
        elif bare in ("caption", "captionof", "footnote", "footnotetext", "thanks"):
            self._options()
            if bare == "captionof":
                self._argument()
            if bare != "caption" and bare != "captionof":
                self._notes += 1
                label = f"footnote {self._notes}"
                self._writer.note(label)
                self._inner_block("footnote", label)
            else:
                self._inner_block("caption")
        elif bare in ("enquote", "textquote", "blockquote", "foreignquote", "blockcquote", "textcquote"):
            self._quotation(bare)
        elif bare in ("num", "SI", "qty", "SIrange", "numrange", "qtyrange", "si", "unit", "numlist"):
            self._siunitx(bare, at)
        elif bare in ("verb", "lstinline") and self._peek() not in "{[":
            delimiter = self._peek()
            end = self._text.find(delimiter, self._at + 1, self._end) if delimiter else -1
            self._at = end + 1 if end >= 0 else self._end
            self._writer.stand_in(at, self._at - at)
        elif bare == "item":
            self._break("item")
            self._options()
        elif name == "\\" or bare in ("tabularnewline", "par"):
            self._options()
            if self._is_table() or bare == "par":
                self._break(self._kind())
            else:
                self._print(" ", at)
        elif name in ("(", "["):
            self._formula(r"\)" if name == "(" else r"\]", at)
        elif bare in _SKIPPED:
            self._skip(bare, at)
        elif bare in _SIGNS:
            self._print(_SIGNS[bare], at)
            if bare[:1].isalpha():
                self._empty_braces()
        elif bare in _ACCENTS and (letter := re.compile(r"\s*\{?\\?([A-Za-z])\}?").match(self._text, self._at)):
            self._at = letter.end()
            self._print(unicodedata.normalize("NFC", letter[1] + _ACCENTS[bare]), at)
        elif bare[:1].isalpha():
            self._options()

    def _skip_blanks_after_word(self) -> None:
        spaces = re.compile(r"[ \t]*").match(self._text, self._at)
        if spaces and spaces.end() < self._end and self._text[spaces.end()] in "{[":
            self._at = spaces.end()
        elif spaces and spaces.end() > self._at:
            self._at = spaces.end()

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
        depth = 0
        for found in re.compile(r"\\.|[\[\]{}]", re.DOTALL).finditer(self._text, self._at, min(self._end, self._at + _MOST)):
            if found[0] == opening:
                depth += 1
            elif found[0] == closing:
                depth -= 1
                if depth == 0:
                    return found.start()
        return None

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
        for _ in range(_SKIPPED[name]):
            self._argument()
            self._options()
        if name in _CODE:
            self._writer.stand_in(at, self._at - at)
        elif name.endswith("ref") and name not in ("nameref",):
            self._writer.stand_in(at, self._at - at, 1)
        elif name == "def":
            self._argument()

    def _inner_block(self, kind: Kind, label: str = "") -> None:
        if self._peek() == "{":
            self._braces.append((self._at, "block"))
            self._at += 1
            self._outer.append(self._writer)
            self._writer = Writer(kind, label)

    def _quotation(self, name: str) -> None:
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
        if name == "finding":
            self._writer.stand_in(at, self._at - at)
        elif name in ("textcite", "citet", "citeauthor", "Textcite"):
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

    def _begin_environment(self) -> None:
        name = self._argument()
        if name in _UNREAD:
            end = self._text.find(rf"\end{{{name}}}", self._at, self._end)
            self._at = self._end if end < 0 else end + len(rf"\end{{{name}}}")
            self._break(self._kind())
            return
        self._environments.append(name)
        self._options()
        if name.startswith(("tabular", "longtable", "array", "tblr")):
            for _ in range(2 if name in ("tabular*", "tabularx", "tabulary") else 1):
                self._argument()
        elif name in ("minipage", "multicols", "wrapfigure", "list"):
            self._argument()
            self._options()
        elif name in ("displayquote", "displaycquote"):
            self._options()
        self._break(self._kind())

    def _end_environment(self) -> None:
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


def _unit(text: str) -> str:
    names = re.findall(r"\\([A-Za-z]+)", text)
    return " ".join(_UNITS.get(name, name) for name in names) if names else text.strip()
