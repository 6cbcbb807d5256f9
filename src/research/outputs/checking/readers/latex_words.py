r"""The commands and environments of LaTeX that a report's reader knows, and what they print."""

from __future__ import annotations

import re

UNREAD = frozenset(
    (
        *(
            "verbatim",
            "verbatim*",
            "Verbatim",
            "lstlisting",
            "minted",
            "comment",
            "filecontents",
            "tikzpicture",
            "alltt",
        ),
        "thebibliography",
    )
)
"""Environments whose content is no prose."""
HEADINGS = ("part", "chapter", "section", "subsection", "subsubsection", "paragraph", "subparagraph", "title")
QUOTES = ("enquote", "textquote", "blockquote", "foreignquote", "blockcquote", "textcquote")
SIUNITX = ("num", "SI", "qty", "SIrange", "numrange", "qtyrange", "si", "unit", "numlist")
_ONE_ARGUMENT = (
    *(
        "label",
        "ref",
        "eqref",
        "pageref",
        "autoref",
        "cref",
        "Cref",
        "nameref",
        "url",
        "path",
        "input",
        "include",
        "code",
    ),
    *(
        "includegraphics",
        "bibliography",
        "bibliographystyle",
        "usepackage",
        "vspace",
        "hspace",
        "color",
        "nocite",
        "index",
    ),
    *("pagestyle", "thispagestyle", "hypersetup", "graphicspath", "addbibresource", "textcolor", "texttt", "lstinline"),
    *(
        "mintinline",
        "pagenumbering",
        "captionsetup",
        "bibitem",
        "hyphenation",
        "enlargethispage",
        "lstset",
        "tikz",
        "todo",
    ),
    *(
        "phantom",
        "date",
        "documentclass",
        "pdfbookmark",
        "stepcounter",
        "cline",
        "href",
        "selectlanguage",
        "linespread",
    ),
    *("newline", "def"),
)
_TWO_ARGUMENTS = (
    *("setlength", "addtolength", "definecolor", "newcommand", "renewcommand", "providecommand", "fontsize", "rule"),
    *("setcounter", "addtocounter", "newcolumntype", "raisebox", "resizebox", "multicolumn"),
)
SKIPPED = {
    **dict.fromkeys(_ONE_ARGUMENT, 1),
    **dict.fromkeys(_TWO_ARGUMENTS, 2),
    **dict.fromkeys(("titleformat", "titlespacing"), 4),
}
"""How many arguments in braces of a command are no prose."""
CODE = frozenset(("texttt", "code", "lstinline", "path", "url"))
CITES = re.compile(r"(?:finding|[A-Za-z]*)cite[A-Za-z]*|Cite[a-z]*")
TEXTUAL = ("textcite", "citet", "citeauthor", "Textcite")
"""Commands that cite with a word of the sentence."""
_OTHERS = (
    *(
        ("textendash", "–"),
        ("textemdash", "—"),
        ("textquotedblright", "”"),
        ("textquoteleft", "‘"),
        ("textquoteright", "’"),
    ),
    *(("percent", "%"), ("textdollar", "$"), ("textbackslash", "\\"), ("textperthousand", "‰")),
    *(("ss", "ß"), ("ae", "æ"), ("o", "ø"), ("l", "ł"), ("i", "ı"), ("aa", "å")),
)
SIGNS = {
    **{sign: sign for sign in "%$&#_{}"},
    **dict.fromkeys((",", "thinspace"), "\u2009"),
    **dict.fromkeys((" ", ";", ":", "quad", "qquad", "enspace", "space", "hfill", "\n"), " "),
    **dict.fromkeys(("ldots", "dots", "textellipsis", "dotsc"), "…"),
    **dict.fromkeys(("pounds", "textsterling"), "£"),
    **dict.fromkeys(("euro", "texteuro", "EUR"), "€"),
    **dict.fromkeys(("textquotedblleft", "glqq", "grqq"), "“"),
    **dict.fromkeys(("guillemotleft", "flqq"), "«"),
    **dict.fromkeys(("guillemotright", "frqq"), "»"),
    **dict.fromkeys(("textpm", "pm"), "±"),
    **dict(_OTHERS),
}
"""What a command without arguments prints."""
ACCENTS = {
    accent: chr(int(code, 16))
    for accent, code in zip(
        ("'", "`", "^", '"', "~", "=", ".", "c", "v", "H", "u", "r"),
        ["0301", "0300", "0302", "0308", "0303", "0304", "0307", "0327", "030c", "030b", "0306", "030a"],
        strict=True,
    )
}
"""The combining mark of each accent."""
UNITS = {"percent": "%", "dollar": "dollars", "USD": "US dollars", "euro": "euros"}
MARKS = {"``": "“", "''": "”", "--": "–", "---": "—", "`": "‘", "'": "’", "~": "\u00a0"}
