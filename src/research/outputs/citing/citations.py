r"""Citations: a run, its findings, figures and tables, and the documents that they rest on.

In a run folder lie ``findings.bib``, ``findings.csl.json``, ``findings.tex`` (``\finding{key}`` and
``\findingcite{key}``) and ``findings.md``; ``research cite`` gives each of them in every style. Who made the
collection, when, and where it can be found come from the ``[citation]`` of its ``corpus.toml``, which the manifest
keeps. Nothing here depends on the manifest's digest, which depends on these files: a run is told from another by
the versions of its findings, a figure or a table by the sha256 of its data. A key begins with the name of the run, as
``research run --name`` gave it: two runs of one source meet in one bibliography without meeting in one key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, Literal, NamedTuple

from research.analysis.findings import Finding, slug
from research.analysis.wording import plural, quoted
from research.errors import UsageError
from research.loading import Corpus
from research.outputs.citing import addresses
from research.outputs.citing.styles import (
    NEWS,
    STYLES,
    Author,
    Reference,
    Style,
    citation_key,
    escape_markdown,
    latex_macros,
    plain,
    written,
)
from research.outputs.folder.collection import SINGLY
from research.outputs.folder.manifest import name_in, refuse_changed_files
from research.outputs.folder.run_folder import RunFolder, nearest
from research.outputs.folder.writing import sha256_of, write_lines, write_text

_AUTHORS = "On the Record"
"""Who stands as the author where a collection names none."""


class Cited(NamedTuple):
    """References in a style, and what the reader should know about them, in one sentence each."""

    text: str
    notes: list[str]


def cite(folder: RunFolder, keys: Sequence[str], style: Style) -> Cited:
    """Cite findings, figures, tables and documents of a run, or the run itself where no key is given.

    A finding is named by its key, the others as they lie in the run folder: ``figures/corpus.lengths``,
    ``tables/corpus.documents``, ``documents/ID``. A name that is no finding's may stand for the one figure or table
    that has it. The row of a table has the address TABLE#ROW. Raises ``UsageError`` for an unknown name, with the
    nearest, and ``RunError`` where a file that is cited was changed.
    """
    if style not in STYLES:
        raise UsageError(f"There is no style {style!r}. There are: {', '.join(STYLES)}.")
    refuse_changed_files(folder, {"manifest.json", "findings.json"})
    run = _Run(folder, folder.manifest())
    keys = [run.meant(key) for key in keys]
    of_rows = [key for key in keys if addresses.is_address(key)]
    names = {key: run.address(key) for key in keys if key not in of_rows}
    tables = {addresses.split(key)[0] for key in of_rows}
    cited = [*names.values(), *(f"tables/{table}" for table in tables)]
    evidence = {f"evidence/{table.partition('.')[0]}.csv" for table in tables}
    refuse_changed_files(folder, evidence | {f"{it}{suffix}" for it in cited for suffix in (".csv", ".txt")})
    rows = {key: addresses.find(folder, key) for key in of_rows}
    references = [run.row(rows[key]) if key in rows else run.reference(names[key]) for key in keys]
    once = dict.fromkeys(references or [run.itself()])
    return Cited(written(once, style), run.notes())


def meant(folder: RunFolder, name: str) -> str:
    """The address that a name or a citation key stands for: the key of a finding, ``figures/…``, or TABLE#ROW.

    Raises ``UsageError`` for an unknown name, with the nearest.
    """
    run = _Run(folder, folder.manifest())
    address = run.meant(name)
    return address if addresses.is_address(address) else run.address(address)


class Pasted(NamedTuple):
    """What a notebook offers to copy, a line each, what the lines are in one sentence, and whether a run keeps it."""

    lines: list[str]
    said: str
    kept: bool


def to_paste(it: Reference, address: str, *, kept: bool) -> Pasted:
    """How something is cited at the moment when it is shown; ``kept`` says whether a run folder keeps it.

    The run's own name and version are not known before it is done: its keys stand in its files, and ``research cite``
    gives them. Without a run there is no key at all: what can be cited is the version of what is shown, its source, and
    that this package computed it.
    """
    if not kept:
        return Pasted([written([it], "apa").rstrip()], _NOT_KEPT, kept=False)
    commands = [f"research cite RUN {address} --style {style}" for style in ("markdown", "latex", "bibtex")]
    return Pasted([written([it], "sentence").rstrip(), *commands], _KEPT, kept=True)


_NOT_KEPT = (
    "Nothing was written, so this is all there is to cite. Give the parameter run a folder, and it has a key for "
    "BibTeX, Pandoc and LaTeX."
)
_KEPT = "As text; and the commands for Pandoc, LaTeX and a bibliography, where RUN is the run folder."


def write_citations(folder: RunFolder, said: Mapping[str, Any]) -> None:
    """Write the findings of a run for citing: as BibTeX, CSL-JSON, LaTeX macros and Markdown.

    ``said`` is the manifest, or what it will say about the run (see ``manifest.about``).
    """
    run = _Run(folder, said)
    references = list(run.all())
    write_text(folder.path / "findings.bib", written(references, "bibtex"))
    write_text(folder.path / "findings.csl.json", written(references, "csl-json"))
    values = [(it.key, run.finding(it).key, it.display, it.version) for it in folder.findings]
    write_lines(folder.path / "findings.tex", latex_macros(values))
    write_lines(folder.path / "findings.md", _markdown(run))


class References:
    """What a run can be cited by: a finding's key, ``figures/NAME``, ``tables/NAME``, and "" for the run itself."""

    def __init__(self, folder: RunFolder, said: Mapping[str, Any]) -> None:
        """``said`` is the manifest, or what it will say about the run (see ``manifest.about``)."""
        self._run = _Run(folder, said)
        self._findings = {finding.key: finding for finding in folder.findings}
        self.notes = self._run.notes()

    def of(self, address: str) -> Reference:
        """The reference of what lies at an address."""
        if not address:
            return self._run.itself()
        return self._run.finding(self._findings[address]) if address in self._findings else self._run.reference(address)

    def files(self, part: str) -> list[str]:
        """The addresses of all ``figures`` or ``tables``."""
        return self._run.files(part)


class Source:
    """What is studied, with how it asks to be cited: enough to cite what was found before there is a run of it."""

    def __init__(self, name: str, citation: Mapping[str, str], run: str | None = None) -> None:
        self.citation = Citation.read(citation)
        self._name = slug(run or name)
        self._title = f"Findings on {quoted(self.citation.title or name)}"

    @classmethod
    def of(cls, corpus: Corpus) -> Source:
        """The source that a corpus was read from."""
        return cls(corpus.name, corpus.citation)

    def finding(self, finding: Finding) -> Reference:
        """A finding on the source."""
        return Reference(
            key=self._key_of(finding.key),
            kind="finding",
            title=finding.statement.removesuffix("."),
            description=f"Finding {finding.key}, version {finding.version}",
            container=self._container,
            claim=finding.statement,
            **self._published(),
        )

    def data(self, address: str, title: str, sha256: str) -> Reference:
        """A figure or a table of the source, by its address (``figures/NAME``) and the sha256 of its data as CSV."""
        kind: Literal["figure", "table"] = "figure" if address.startswith("figures/") else "table"
        return Reference(
            key=self._key_of(address),
            kind=kind,
            title=title,
            description=f"{kind.capitalize()} {address.partition('/')[2]}, version {sha256[:16]}",
            container=self._container,
            **self._published(),
        )

    def figure(self, address: str, caption: str, sha256: str) -> Reference:
        """A figure, whose title is the first clause of its caption."""
        return self.data(address, _CLAUSE_END.split(caption, maxsplit=1)[0], sha256)

    def table(self, address: str, caption: str, sha256: str) -> Reference:
        """A table, whose title is its caption, or its name where it has none."""
        return self.data(address, caption or address.partition("/")[2], sha256)

    def _key_of(self, address: str) -> str:
        """The citation key of what lies at an address; the id of a document may have a slash as well."""
        return citation_key(self._name, *address.split("/", 1))

    def _key_of_row(self, row: addresses.Row) -> str:
        return citation_key(self._name, "rows", row.table, row.name)

    @property
    def _container(self) -> str:
        return f"{self._title} (computed with On the Record)"

    def _published(self) -> dict[str, Any]:
        it = self.citation
        return {"authors": it.authors, "date": it.date, "doi": it.doi, "url": it.url}


class _Run(Source):
    """A run folder with what its manifest says of its source, which together give every reference."""

    def __init__(self, folder: RunFolder, manifest: Mapping[str, Any]) -> None:
        source = manifest["source"]
        super().__init__(source["name"], source.get("citation", {}), name_in(manifest, source["name"]))
        self.folder = folder
        self.source = source
        self._version = folder.version[:16]

    def notes(self) -> list[str]:
        """What is missing in the citation of the collection, and what stands in its place."""
        return self.citation.notes

    def all(self) -> Iterator[Reference]:
        """The run, its findings, figures and tables, and its documents, where they are few enough to be listed."""
        yield self.itself()
        yield from map(self.finding, self.folder.findings)
        documents = self.source["documents"]
        listed = documents if len(documents) <= SINGLY else []
        others = [*self.files("figures"), *self.files("tables")]
        yield from map(self.reference, [*others, *(f"documents/{it['id']}" for it in listed)])

    def documents(self) -> list[Reference]:
        """The documents, one by one."""
        return [self._document(entry) for entry in self.source["documents"]]

    def itself(self) -> Reference:
        """The run as a whole."""
        findings, documents = len(self.folder.findings), len(self.source["documents"])
        return Reference(
            key=citation_key(self._name),
            kind="run",
            title=self._title,
            description=f"Run {self._version}, computed with On the Record",
            version=f"Version {self.citation.version}" if self.citation.version else "",
            claim=f"{self._title}: {plural(findings, 'finding')} on {plural(documents, 'document')}",
            **self._published(),
        )

    def meant(self, name: str) -> str:
        """The address that a citation key stands for (see ``citation_key``); any other name as it is.

        Raises ``UsageError`` for a key of another run.
        """
        if not (key := name.strip("[@]")).startswith(f"{citation_key()}."):  # as it is pasted out of Markdown
            return name
        its = [finding.key for finding in self.folder.findings]
        its += [*self.files("figures"), *self.files("tables")]
        its += [f"documents/{entry['id']}" for entry in self.source["documents"]]
        for address in its:
            if self._key_of(address) == key:
                return address
        rows = (row for table in self.folder.names("tables") for row in addresses.rows_of(self.folder, table))
        passages = (row for finding in self.folder.findings for row in addresses.evidence_rows(finding))
        for row in chain(rows, passages):
            if self._key_of_row(row) == key:
                return row.address
        raise UsageError(
            f"The run {self.folder.path.name} has nothing with the citation key {key!r}: the keys of this run begin "
            f"with {self.itself().key}."
        )

    def address(self, name: str) -> str:
        """What a name stands for: a finding's key, or ``figures/…``, ``tables/…``, ``documents/…``."""
        keys = [finding.key for finding in self.folder.findings]
        files = [*self.files("figures"), *self.files("tables")]
        known = [*keys, *files, *(f"documents/{entry['id']}" for entry in self.source["documents"])]
        if name in known:
            return name
        if (without := _SUFFIX.sub("", name)) in files:
            return without
        meant = [path for path in files if path.partition("/")[2] == name]
        if len(meant) == 1:
            return meant[0]
        by_name = {path.partition("/")[2]: path for path in reversed(known) if "/" in path} | {it: it for it in known}
        close = nearest(name, by_name)
        near = meant or ([by_name[close]] if close else [])
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        raise UsageError(f"The run {self.folder.path.name} has no finding, figure, table or document {name!r}.{hint}")

    def reference(self, address: str) -> Reference:
        """What lies at an address."""
        part, _, name = address.partition("/")
        match part:
            case "figures":
                return self.figure(address, self.folder.figure_said(name)[0], self._sha256(address))
            case "tables":
                return self.table(address, self.folder.caption(name), self._sha256(address))
            case "documents":
                return self._document(next(it for it in self.source["documents"] if it["id"] == name))
        return self.finding(self.folder.finding(address))

    def row(self, row: addresses.Row) -> Reference:
        """A row of a table of the run, or a passage of one of its findings."""
        where = f", in {row.cells['doc_id']}" if row.has_place else ""
        return Reference(
            key=self._key_of_row(row),
            kind="table",
            title=f"{row.label}{where}",
            description=f"Row {row.address}, version {row.version}",
            container=self._container,
            **self._published(),
        )

    def _sha256(self, address: str) -> str:
        return sha256_of(self.folder.path / f"{address}.csv")

    def _document(self, entry: Mapping[str, Any]) -> Reference:
        outlet, inferred = entry.get("outlet"), entry.get("inferred", False)
        return Reference(
            key=self._key_of(f"documents/{entry['id']}"),
            kind="document",
            title=entry.get("title") or entry["id"],
            description=NEWS if inferred else "Document",
            date=_date(entry["date"]),
            container=f"[{outlet}]" if inferred else outlet or "",
            note="That this is a news article, and its outlet, are inferred from the text" if inferred else "",
        )

    @property
    def _container(self) -> str:
        return f"{self._title} (run {self._version}, computed with On the Record)"

    def files(self, part: str) -> list[str]:
        """The addresses of all figures or tables."""
        return [f"{part}/{name}" for name in self.folder.names(part)]


_CLAUSE_END = re.compile(r"[.;](?:\s|$)")
_SUFFIX = re.compile(r"\.(?:csv|png|svg|txt)$")


# --- how a collection asks to be cited ---

_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?", re.ASCII)
_DOI = re.compile(r"10\.\d{4,9}/\S+", re.ASCII)
_URL = re.compile(r"https?://\S+", re.ASCII | re.IGNORECASE)
_DOI_PREFIX = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s?)", re.IGNORECASE)
_PARTICLES = {
    *("af", "al", "bin", "da", "de", "del", "den", "der", "di", "do", "dos", "du"),
    *("el", "ibn", "la", "le", "ten", "ter", "van", "von", "zu"),
}
"""What a family name may begin with in small letters."""


class Citation(NamedTuple):
    """A ``[citation]`` that was understood, with a note on each part that is missing or was not."""

    authors: tuple[Author, ...]
    title: str
    date: str | None
    doi: str
    url: str
    version: str
    notes: list[str]

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Citation:
        """Understand what ``corpus.toml`` says, all of it text."""
        names = ("author", "title", "date", "doi", "url", "version")
        parts = {name: plain(given.get(name, "")) for name in names}
        notes = []
        missing = [f"no {name}" for name in ("author", "title", "date") if not parts[name]]
        if missing:
            notes.append(
                f"The source gives {', '.join(missing)} to be cited by: {_AUTHORS}, its own name and n.d. stand in, "
                "beside the number of the run. Say them under [citation] in its corpus.toml, and run it again."
            )
        checked = {"date": _DATE, "doi": _DOI, "url": _URL}
        parts["doi"] = _DOI_PREFIX.sub("", parts["doi"])
        for name, form in checked.items():
            if (value := parts[name]) and not form.fullmatch(value):
                notes.append(f"The {name} {value!r} in [citation] is left out: it has to look like {_FORMS[name]}.")
                parts[name] = ""
        return cls(
            authors=tuple(_authors(parts["author"])) or (Author(_AUTHORS),),
            title=parts["title"],
            date=parts["date"] or None,
            doi=parts["doi"],
            url=parts["url"],
            version=parts["version"],
            notes=notes,
        )


_FORMS = {"date": "2023, 2023-09 or 2023-09-29", "doi": "10.1234/abc", "url": "https://example.org/collection"}


def _authors(text: str) -> Iterator[Author]:
    """The authors in ``Doe, Jane; Roe, Richard``; what is not a name of that form is an institution."""
    for name in filter(None, map(str.strip, text.split(";"))):
        family, comma, given = (part.strip() for part in name.partition(","))
        is_person = comma and given and all(map(_is_name, (family, given)))
        yield Author(family, given) if is_person else Author(name)


def _is_name(text: str) -> bool:
    words = text.split()
    return "," not in text and len(words) <= 4 and all(word in _PARTICLES or not word[0].islower() for word in words)


def _date(written_date: str | None) -> str | None:
    return written_date if written_date and _DATE.fullmatch(written_date) else None


# --- the findings as Markdown ---

_ONE_NAME = (
    "Another run of this name would have the same keys: if a text cites both, Pandoc takes the entry of the last "
    "bibliography without a word. Then make one of them anew with another --name.\n"
)


def _markdown(run: _Run) -> Iterator[str]:
    """Lines that can be pasted into a report as they are: each sentence carries its citation, as Pandoc reads it."""
    yield "# Findings"
    notebook = None
    for finding in run.folder.findings:
        if finding.notebook != notebook:
            notebook = finding.notebook
            yield f"\n## {notebook.capitalize()}\n"
        said = escape_markdown(finding.statement.removesuffix("."))
        yield f"- {said} [@{run.finding(finding).key}]."
    yield "\nA number with an interval speaks of more than these documents; any other only of what is in them.\n"
    yield "## How to cite\n"
    yield f"- {written([run.itself()], 'markdown').rstrip()}"
    yield "\nThe keys in brackets are those of findings.bib and findings.csl.json."
    yield _ONE_NAME
    yield "## Sources\n"
    count = len(run.source["documents"])
    if count > SINGLY:
        yield f"{plural(count, 'document')}, each of which manifest.json lists with its sha256."
        return
    yield from (f"- {line}" for line in written(run.documents(), "markdown").splitlines())
