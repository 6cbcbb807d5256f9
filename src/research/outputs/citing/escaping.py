r"""Escape text for each format that a citation is written in, and make citation keys that all of them accept.

Whatever a title or a name contains, it comes out as text: one line, no LaTeX command, no Markdown, HTML or CSL markup,
no second RIS field.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

_INVISIBLE = {"Cc", "Cs", "Cn", "Co"}
_BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Characters that change the direction of text, also of what follows a title."""


def plain(text: str) -> str:
    r"""Text on one line, without control characters and without those that change the direction of text.

    >>> plain("A  title\r\nwith\x07 two lines")
    'A title with two lines'
    """
    kept = (c for c in text if c.isspace() or (unicodedata.category(c) not in _INVISIBLE and c not in _BIDI))
    return " ".join("".join(kept).split())


_LATEX = {c: f"\\{c}" for c in "&%$#_"} | {
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    "`": r"\textasciigrave{}",
    '"': "''",  # babel makes it a command in some languages
}
_LIGATURES = re.compile(r"(?<=-)(?=-)|(?<=')(?=')|(?<=,)(?=,)")


def escape_latex(text: str) -> str:
    r"""Text for LaTeX and for a BibTeX field: no command, and no brace that could end the field.

    >>> escape_latex("100% of R&D")
    '100\\% of R\\&D'
    """
    unlinked = _LIGATURES.sub("\0", plain(text))
    return "".join("{}" if c == "\0" else _LATEX.get(c, c) for c in unlinked)


_LIST_MARK = re.compile(r"^(\d*)([.)+-])(?=\s|$)")


def escape_markdown(text: str) -> str:
    r"""Text on one line, with every character escaped that Markdown, HTML or Pandoc would act on.

    >>> escape_markdown("1. <b>bold</b>")
    '1\\. \\<b\\>bold\\</b\\>'
    """
    escaped = "".join(f"\\{c}" if c in r"\`*_{}[]<>#|~$&@^" else c for c in " ".join(text.split()))
    return _LIST_MARK.sub(r"\1\\\2", escaped)


_CSL_TAG = re.compile(r"<(?=/?(?:i|b|sub|sup|sc|span)\b)", re.IGNORECASE)


def escape_csl(text: str) -> str:
    """Text for CSL-JSON, which knows a few tags: a word joiner after ``<`` keeps text from becoming one."""
    return _CSL_TAG.sub("<\u2060", plain(text))


def verbatim(address: str) -> str:
    """A URL or DOI for a BibTeX field that is not escaped; characters that would end the field are percent-encoded."""
    return "".join(f"%{ord(c):02X}" if c in '{}\\^`|"<>' else c for c in plain(address))


_NOT_IN_KEYS = re.compile(r"[^a-z0-9.+-]")
_TWO_SIGNS = re.compile(r"([.+-])[.+-]+")


def citation_key(*parts: str) -> str:
    """A citation key made of characters that BibTeX, biber, LaTeX, Pandoc, RIS and CSL all leave alone.

    ``_`` becomes ``+``, because some LaTeX packages act on it. Lower-case ASCII letters, digits, single dots and
    hyphens stay. Where anything else is lost, a hash of the content is appended, so that two keys never collide.

    >>> citation_key("seeds", "language.words_per_sentence")
    'otr.seeds.language.words+per+sentence'
    """
    wanted = ".".join(["otr", *parts]).replace("_", "+")
    made = _TWO_SIGNS.sub(r"\1", _NOT_IN_KEYS.sub("", wanted.lower())).strip(".+-")
    if made == wanted and not any("+" in part for part in parts):
        return made
    return f"{made}-{hashlib.sha256('.'.join(parts).encode()).hexdigest()[:6]}"
