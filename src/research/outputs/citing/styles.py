r"""A reference in each of the styles that it can be cited in, and the escaping that each of them needs.

Every style is drawn from the same fields of a ``Reference``. Whatever a title or a name holds, it comes out as
text: one line, no command of LaTeX, no markup of Markdown, HTML or CSL, no second field of RIS.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from research.outputs.folder.writing import json_text

Kind = Literal["run", "finding", "figure", "table", "document"]
Style = Literal["apa", "bibtex", "csl-json", "latex", "markdown", "ris", "sentence"]


class Author(NamedTuple):
    """Who is cited: a person with a given name, or an institution, whose name is taken as a whole."""

    family: str
    given: str = ""

    def __str__(self) -> str:
        return f"{self.family}, {self.given}" if self.given else self.family


@dataclass(frozen=True)
class Reference:
    """What is cited.

    ``description`` says what it is (``Finding corpus.words, version …``), ``container`` what it is a part of.
    ``date`` is as much of an ISO 8601 date as is known. ``claim`` is the full sentence that a text would quote.
    """

    key: str
    kind: Kind
    title: str
    description: str
    authors: tuple[Author, ...] = ()
    date: str | None = None
    container: str = ""
    version: str = ""
    doi: str = ""
    url: str = ""
    note: str = ""
    claim: str = ""


NO_DATE = "n.d."
_MONTHS = [
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
]


# --- escaping, a place for each ---

_UNSEEN = {"Cc", "Cs", "Cn", "Co"}
_TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Signs that turn the direction of a text around, beyond the end of a title."""


def plain(text: str) -> str:
    """Text on one line, without signs that nobody sees and without those that turn what follows around."""
    seen = (c for c in text if c.isspace() or (unicodedata.category(c) not in _UNSEEN and c not in _TURNS))
    return " ".join("".join(seen).split())


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
    '"': "''",  # some languages make it a command
}
_LIGATURES = re.compile(r"(?<=-)(?=-)|(?<=')(?=')|(?<=,)(?=,)")


def escape_latex(text: str) -> str:
    """Text for LaTeX and for a field of BibTeX: no command, no brace that could end the field."""
    unlinked = _LIGATURES.sub("\0", plain(text))
    return "".join("{}" if c == "\0" else _LATEX.get(c, c) for c in unlinked)


_LIST_MARK = re.compile(r"^(\d*)([.)+-])(?=\s|$)")


def escape_markdown(text: str) -> str:
    """Text with every sign that Markdown, HTML or Pandoc would act on taken literally, on one line."""
    escaped = "".join(f"\\{c}" if c in r"\`*_{}[]<>#|~$&@^" else c for c in " ".join(text.split()))
    return _LIST_MARK.sub(r"\1\\\2", escaped)


_CSL_TAG = re.compile(r"<(?=/?(?:i|b|sub|sup|sc|span)\b)", re.IGNORECASE)


def escape_csl(text: str) -> str:
    """Text for CSL-JSON, which knows a few tags: an invisible joiner keeps what looks like one from being one."""
    return _CSL_TAG.sub("<\u2060", plain(text))


# --- keys ---

_NOT_IN_KEYS = re.compile(r"[^a-z0-9.+-]")
_TWO_SIGNS = re.compile(r"([.+-])[.+-]+")


def citation_key(*parts: str) -> str:
    """The key of a reference, in signs that BibTeX, biber, LaTeX, Pandoc, RIS and CSL all leave alone.

    ``_`` becomes ``+``, since some packages of LaTeX act on it; small letters of ASCII, digits, single dots and hyphens
    stay. Where anything else is lost, a suffix made of the content keeps two keys apart.

    >>> citation_key("seeds", "language.words_per_sentence")
    'otr.seeds.language.words+per+sentence'
    """
    wanted = ".".join(["otr", *parts]).replace("_", "+")
    made = _TWO_SIGNS.sub(r"\1", _NOT_IN_KEYS.sub("", wanted.lower())).strip(".+-")
    if made == wanted and not any("+" in part for part in parts):
        return made
    return f"{made}-{hashlib.sha256('.'.join(parts).encode()).hexdigest()[:6]}"


# --- styles ---


def written(references: Iterable[Reference], style: Style) -> str:
    """References in a style, ready for a file or the screen."""
    if style in _RECORDS:
        return _RECORDS[style](references)
    return "".join(f"{_TEXTS[style](it)}\n" for it in references)


def _bibtex(references: Iterable[Reference]) -> str:
    """References for BibTeX and biblatex. Titles stand in two pairs of braces, so that no style changes capitals."""
    from bibtexparser.entrypoint import write_string
    from bibtexparser.library import Library
    from bibtexparser.model import Entry, Field
    from bibtexparser.writer import BibtexFormat

    form = BibtexFormat()  # type: ignore[no-untyped-call]
    form.indent, form.trailing_comma = "  ", True

    def entry(it: Reference) -> Entry:
        named = {name: value for name, value in _bibtex_fields(it).items() if value}
        bare = {"month": "no-enclosing"}  # a name that BibTeX knows
        return Entry("misc", it.key, [Field(name, value, enclosing=bare.get(name)) for name, value in named.items()])

    # Each in a library of its own: should two of a thousand keys be the same, there is a file all the same.
    return "\n".join(write_string(Library([entry(it)]), bibtex_format=form) for it in references)


def _bibtex_fields(it: Reference) -> dict[str, str]:
    year, month = (it.date or NO_DATE).partition("-")[::2]
    return {
        "author": " and ".join(_bibtex_author(author) for author in it.authors),
        # What BibTeX sorts by, and natbib cites by, in place of an author.
        "key": "" if it.authors else escape_latex(it.container or it.title),
        "title": f"{{{escape_latex(it.title)}}}",
        "howpublished": escape_latex(it.description),
        "note": escape_latex(". ".join(part for part in (_within(it), it.note) if part)),
        "version": escape_latex(it.version),
        "year": year,
        "month": month and _MONTHS[int(month[:2]) - 1][:3].lower(),
        "date": it.date if it.date and len(it.date) == len("2023-09-29") else "",
        "doi": _verbatim(it.doi),
        "url": _verbatim(it.url),
    }


def _bibtex_author(author: Author) -> str:
    if author.given:
        return f"{escape_latex(author.family)}, {escape_latex(author.given)}"
    return f"{{{escape_latex(author.family)}}}"


def _verbatim(address: str) -> str:
    """An address as these fields take it: as it is, but for signs that no address has and that would end the field."""
    return "".join(f"%{ord(c):02X}" if c in '{}\\^`|"<>' else c for c in plain(address))


def _within(it: Reference) -> str:
    return it.container and f"In: {it.container}"


_TYPES: Mapping[Kind, tuple[str, str]] = {
    "run": ("dataset", "DATA"),
    "finding": ("dataset", "DATA"),
    "figure": ("graphic", "FIGURE"),
    "table": ("dataset", "DATA"),
    "document": ("document", "GEN"),
}
"""What CSL and RIS call each kind."""
NEWS = "News article"


def _types(it: Reference) -> tuple[str, str]:
    return ("article-newspaper", "NEWS") if it.description == NEWS else _TYPES[it.kind]


def _csl(it: Reference) -> dict[str, Any]:
    # A finding is a sentence, in which "US" and "us" are two words: no style is to change its capitals.
    title = f'<span class="nocase">{escape_csl(it.title)}</span>' if it.kind == "finding" else escape_csl(it.title)
    content: dict[str, Any] = {
        "id": it.key,
        "type": _types(it)[0],
        "title": title,
        "author": [_csl_author(author) for author in it.authors],
        "issued": {"date-parts": [[int(part) for part in it.date.split("-")]]} if it.date else None,
        "genre": escape_csl(it.description),
        "container-title": escape_csl(it.container),
        "version": escape_csl(it.version),
        "DOI": plain(it.doi),
        "URL": plain(it.url),
        "note": escape_csl(it.note),
    }
    return {name: value for name, value in content.items() if value}


def _csl_author(author: Author) -> dict[str, str]:
    if author.given:
        return {"family": escape_csl(author.family), "given": escape_csl(author.given)}
    return {"literal": escape_csl(author.family)}


def _ris(references: Iterable[Reference]) -> str:
    from rispy import RisWriter, dumps

    class Writer(RisWriter):  # type: ignore[misc]  # it comes without types
        def set_header(self, count: int) -> str:  # noqa: ARG002
            return ""  # where it would number them

    text: str = dumps(list(map(_ris_fields, references)), implementation=Writer)
    return text


def _ris_fields(it: Reference) -> dict[str, str | list[str]]:
    year, month, day = [*(it.date or "").split("-"), "", ""][:3]
    fields: dict[str, str | list[str]] = {
        "type_of_reference": _types(it)[1],
        "id": it.key,
        "authors": _texts(map(str, it.authors)),
        "title": plain(it.title),
        "secondary_title": plain(it.container),
        "year": year,
        "date": f"{year}/{month}/{day}/" if month else "",
        "edition": plain(it.version),
        "doi": plain(it.doi),
        "urls": _texts([it.url]),
        # Zotero takes M3 for a DOI, and has no T2 for data: what neither may lose stands in the note.
        "notes": _texts([". ".join(part for part in (it.description, _within(it), it.note) if part)]),
    }
    return {name: value for name, value in fields.items() if value}


def _texts(values: Iterable[str]) -> list[str]:
    return [text for value in values if (text := plain(value))]


# Running text is not left to a CSL processor: citeproc-py 0.11 is quick and gets names and dates right, but escapes no
# title and no name (its own HTML passes <script> on), nor the brackets that a style puts around them, on which Markdown
# acts, and it sets a full stop behind a note that ends with a question mark.


class _Signs(NamedTuple):
    """How a style of running text escapes, sets a title apart and gives an address."""

    escape: Callable[[str], str]
    title: str
    address: Callable[[str], str]


def _running(it: Reference, signs: _Signs) -> str:
    """A reference as one line of text, after the manner of the American Psychological Association."""
    escape = signs.escape
    whole = it.container == ""
    title = signs.title.format(escape(it.title)) if whole else escape(it.title)
    described = escape(f"[{it.description}{f'; {it.version}' if it.version and whole else ''}]")
    date = f"({escape(_in_words(it.date))})."
    authors = escape(_listed(it.authors))
    head = f"{_ended(authors)} {date} {title} {described}." if authors else f"{title} {described}. {date}"
    parts = [head]
    if not whole:
        joined = "" if it.kind == "document" else "In "
        parts.append(f"{joined}{signs.title.format(escape(it.container))}.")
    if it.note:
        parts.append(_ended(escape(it.note)))
    if address := address_of(it):
        parts.append(signs.address(address))
    return " ".join(parts)


def address_of(it: Reference) -> str:
    """Where the cited can be found: its DOI as an address, or its URL."""
    return f"https://doi.org/{it.doi}" if it.doi else it.url


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _listed(authors: tuple[Author, ...]) -> str:
    names = [str(author) for author in authors]
    return ", & ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def _in_words(date: str | None) -> str:
    if date is None:
        return NO_DATE
    year, month, day = [*date.split("-"), "", ""][:3]
    return year + (f", {_MONTHS[int(month) - 1]}" if month else "") + (f" {int(day)}" if day else "")


def _sentence(it: Reference) -> str:
    """A claim with its citation in brackets, to be pasted into a text."""
    who = plain(_listed(it.authors)) or plain(it.container)
    what = plain(it.description[:1].lower() + it.description[1:])
    cited = f"{who}, {_in_words(it.date)}; {what}" if who else f"{_in_words(it.date)}; {what}"
    address = f"; {address_of(it)}" if address_of(it) else ""
    return f"{plain(it.claim or it.title).removesuffix('.')} ({cited}{address})."


_AS_TEXT = _Signs(plain, "{}", plain)
_AS_MARKDOWN = _Signs(lambda text: escape_markdown(plain(text)), "*{}*", lambda address: f"<{address}>")
_AS_LATEX = _Signs(escape_latex, r"\emph{{{}}}", lambda address: rf"\texttt{{{escape_latex(address)}}}")

_RECORDS: Mapping[str, Callable[[Iterable[Reference]], str]] = {
    "bibtex": _bibtex,
    "csl-json": lambda references: json_text([_csl(it) for it in references]),
    "ris": _ris,
}
_TEXTS: Mapping[str, Callable[[Reference], str]] = {
    "apa": lambda it: _running(it, _AS_TEXT),
    "markdown": lambda it: _running(it, _AS_MARKDOWN),
    "latex": lambda it: _running(it, _AS_LATEX),
    "sentence": _sentence,
}
STYLES = ("apa", "bibtex", "csl-json", "latex", "markdown", "ris", "sentence")


# --- LaTeX macros ---

_MACROS = r"""% The findings of a run, to be read with \input{findings.tex}; both commands take the key of a finding:
%   \finding{corpus.words}      its value, as it is displayed
%   \findingcite{corpus.words}  \cite with its entry in findings.bib
% Where the findings of two runs are read and both have a key, take the longer keys of findings.bib. Two runs of one
% name share those as well: make one of them anew with another --name.
\makeatletter
\ifdefined\otr@finding\else
\newcommand\otr@unknown[1]{\errmessage{On the Record: there is no finding \detokenize{#1}}}
\newcommand\otr@two[1]{\errmessage{On the Record: two runs have a finding \detokenize{#1}; take its longer key}}
\newcommand\otr@same[1]{\errmessage{On the Record: two runs of one name differ in \detokenize{#1}; make one of them
  anew with another --name}}
\newcommand\finding[1]{\ifcsname otr@value@\detokenize{#1}\endcsname
  \csname otr@value@\detokenize{#1}\endcsname\else\otr@unknown{#1}\fi}
\newcommand\findingcite[1]{\ifcsname otr@key@\detokenize{#1}\endcsname
  \edef\otr@key{\csname otr@key@\detokenize{#1}\endcsname}%
  \ifx\otr@key\@empty\finding{#1}\else\expandafter\cite\expandafter{\otr@key}\fi
  \else\otr@unknown{#1}\fi}
\newcommand\otr@finding[4]{\def\otr@version{#4}%
  \ifcsname otr@version@\detokenize{#2}\endcsname
    \expandafter\ifx\csname otr@version@\detokenize{#2}\endcsname\otr@version\else
      \otr@define{#1}{}{\otr@same{#1}}\otr@define{#2}{}{\otr@same{#2}}\fi
  \else
    \ifcsname otr@key@\detokenize{#1}\endcsname\otr@define{#1}{}{\otr@two{#1}}\else\otr@define{#1}{#2}{#3}\fi
    \otr@define{#2}{#2}{#3}%
    \expandafter\gdef\csname otr@version@\detokenize{#2}\endcsname{#4}\fi}
\newcommand\otr@define[3]{%
  \expandafter\gdef\csname otr@value@\detokenize{#1}\endcsname{#3}%
  \expandafter\xdef\csname otr@key@\detokenize{#1}\endcsname{\detokenize{#2}}}
\fi
"""
_SIMPLE_KEY = re.compile(r"[a-z0-9._-]+")


def latex_macros(values: Iterable[tuple[str, str, str, str]]) -> Iterator[str]:
    r"""Lines that define ``\finding`` and ``\findingcite`` for keys, their citation keys, values and versions."""
    yield from _MACROS.splitlines()
    for key, longer, value, version in values:
        short = key if _SIMPLE_KEY.fullmatch(key) else longer
        yield rf"\otr@finding{{{short}}}{{{longer}}}{{{escape_latex(value)}}}{{{version}}}"
    yield r"\makeatother"
