r"""Cite a run, its findings, figures, tables and rows, the collection and its documents.

A run folder holds ``findings.bib``, ``findings.csl.json``, ``findings.tex`` (``\finding{key}`` and
``\findingcite{key}``) and ``findings.md``; ``research cite`` prints each reference in every style.

The author of a finding is who made it, the analyst: ``[report] author`` in ``corpus.toml``. Who compiled the
collection, when, and where it is published (``[citation]``) belongs to the collection's own entry. The manifest keeps
both. Nothing here may depend on the manifest's digest, which depends on these files: a run is identified by the
versions of its findings, a figure or a table by the sha256 of its data. A key begins with the name of the run
(``research run --name``), so that two runs on one collection can share a bibliography.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, Literal, NamedTuple

from research.analysis.findings import Finding, slug
from research.analysis.notebooks import heading
from research.analysis.wording import plural, quoted
from research.errors import UsageError
from research.loading import Corpus
from research.outputs.citing import addresses
from research.outputs.citing.escaping import citation_key, escape_markdown, plain
from research.outputs.citing.macros import latex_macros
from research.outputs.citing.not_corrected import not_corrected
from research.outputs.citing.styles import NEWS, STYLES, Author, Reference, written
from research.outputs.folder.collection import SINGLY
from research.outputs.folder.manifest import name_in, refuse_changed_files
from research.outputs.folder.run_folder import RunFolder, nearest
from research.outputs.folder.writing import sha256_of, write_lines

COLLECTION = "collection"
"""The address of the collection that was studied."""


class Cited(NamedTuple):
    """References in a style, and notes on what is missing in them, a sentence each."""

    text: str
    notes: list[str]


def cite(folder: RunFolder, keys: Sequence[str], style: str) -> Cited:
    """Cite parts of a run, or the run itself if no key is given.

    A key is a finding's (``corpus.words``), a path in the run folder (``figures/corpus.lengths``,
    ``tables/corpus.documents``), ``documents/ID``, ``collection``, the address of a row (TABLE#ROW), or the citation
    key of any of them. The bare name of a figure or a table is enough where only one has it. Raises ``UsageError`` for
    an unknown name, with the nearest one, and ``RunError`` if a cited file has changed since the run.
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
    """The address that a name or a citation key refers to: the key of a finding, ``figures/…``, or TABLE#ROW.

    Raises ``UsageError`` for an unknown name, with the nearest one.
    """
    run = _Run(folder, folder.manifest())
    address = run.meant(name)
    return address if addresses.is_address(address) else run.address(address)


class Pasted(NamedTuple):
    """What a notebook offers to copy, line by line, what the lines are, and whether a run folder keeps it."""

    lines: list[str]
    said: str
    kept: bool


def to_paste(it: Reference, address: str, *, kept: bool) -> Pasted:
    """The citation of something at the moment when it is shown; ``kept`` says whether a run folder keeps it.

    The name and version of the run are not known before the run ends, so the notebook shows the commands that print its
    keys. Without a run folder there is no key, only the version of what is shown.
    """
    if not kept:
        return Pasted([written([it], "apa").rstrip()], _NOT_KEPT, kept=False)
    commands = [f"research cite RUN {address} --style {style}" for style in ("markdown", "latex", "bibtex")]
    return Pasted([written([it], "sentence").rstrip(), *commands], _KEPT, kept=True)


_NOT_KEPT = "This notebook wrote no run folder. Set run to a folder to save one and get a citation key."
_KEPT = (
    "A sentence to paste, and the commands that print the citation for Pandoc, LaTeX and a bibliography. RUN is the "
    "run folder."
)


def write_citation(folder: RunFolder, said: Mapping[str, Any], name: str) -> None:
    """Write one of the files of citations: BibTeX, CSL-JSON, LaTeX macros or Markdown, such as ``findings.bib``.

    ``said`` is the manifest, or what it will say about the run (see ``manifest.about``).
    """
    write_lines(folder.path / name, _FILES[name](_Run(folder, said)))


def _macros(run: _Run) -> Iterator[str]:
    return latex_macros((it.key, run.finding(it).key, it.display, it.version) for it in run.folder.findings)


class References:
    """The references of a run by address: a finding's key, ``figures/NAME``, ``tables/NAME``, "" for the run itself."""

    def __init__(self, folder: RunFolder, said: Mapping[str, Any]) -> None:
        """``said`` is the manifest, or what it will say about the run (see ``manifest.about``)."""
        self._run = _Run(folder, said)
        self._findings = {finding.key: finding for finding in folder.findings}
        self.notes = self._run.notes()

    def of(self, address: str) -> Reference:
        """The reference at an address."""
        if not address:
            return self._run.itself()
        return self._run.finding(self._findings[address]) if address in self._findings else self._run.reference(address)

    def files(self, part: str) -> list[str]:
        """The addresses of all ``figures`` or ``tables``."""
        return self._run.files(part)


class Collection:
    """The collection that is studied, how it is cited, and who studies it: enough to cite a finding without a run."""

    def __init__(self, name: str, citation: Mapping[str, str], report: Mapping[str, str], run: str = "") -> None:
        self.citation = Citation.read(citation)
        self.analysts = tuple(_authors(plain(report.get("author", ""))))
        self._name = slug(run or name)
        self._collection = self.citation.title or name
        self._title = f"Findings on {quoted(self._collection)}"

    @classmethod
    def of(cls, corpus: Corpus) -> Collection:
        """The collection that a corpus was read from."""
        return cls(corpus.name, corpus.citation, corpus.report)

    @classmethod
    def in_manifest(cls, manifest: Mapping[str, Any]) -> Collection:
        """The collection that a run studied."""
        it = manifest["source"]
        return cls(it["name"], it.get("citation", {}), manifest.get("report", {}))

    def finding(self, finding: Finding) -> Reference:
        """A finding on the collection."""
        return Reference(
            key=self._key_of(finding.key),
            kind="finding",
            title=finding.statement.removesuffix("."),
            description=f"Finding {finding.key}, version {finding.version}",
            short_title=f"Finding {finding.key}",
            claim=finding.statement,
            **self._made(),
        )

    def data(self, address: str, title: str, sha256: str) -> Reference:
        """A figure or a table, by its address (``figures/NAME``) and the sha256 of its data as CSV."""
        kind: Literal["figure", "table"] = "figure" if address.startswith("figures/") else "table"
        return Reference(
            key=self._key_of(address),
            kind=kind,
            title=title,
            description=f"{kind.capitalize()} {address.partition('/')[2]}, version {sha256[:16]}",
            **self._made(),
        )

    def figure(self, address: str, caption: str, sha256: str) -> Reference:
        """A figure, whose title is the first clause of its caption."""
        return self.data(address, _CLAUSE_END.split(caption, maxsplit=1)[0], sha256)

    def table(self, address: str, caption: str, sha256: str) -> Reference:
        """A table, whose title is its caption, or its name where it has none."""
        return self.data(address, caption or address.partition("/")[2], sha256)

    def _key_of(self, address: str) -> str:
        """The citation key of an address; only its first slash is a separator, document ids have slashes as well."""
        return citation_key(self._name, *address.split("/", 1))

    def _key_of_row(self, row: addresses.Row) -> str:
        return citation_key(self._name, "rows", row.table, row.name)

    @property
    def _edition(self) -> str:
        return _COMPUTED

    def _made(self) -> dict[str, Any]:
        """Who made a part of the run, and what it is part of."""
        return {"authors": self.analysts, "container": self._title, "container_note": self._edition}


_COMPUTED = "computed with On the Record"


class _Run(Collection):
    """A run folder and its manifest, which together give every reference."""

    def __init__(self, folder: RunFolder, manifest: Mapping[str, Any]) -> None:
        source = manifest["source"]
        name = name_in(manifest, source["name"])
        super().__init__(source["name"], source.get("citation", {}), manifest.get("report", {}), name)
        self.folder = folder
        self.listed = source["documents"]
        self._version = folder.version[:16]

    def notes(self) -> list[str]:
        """What is missing for a full citation, a sentence each."""
        return [*self.citation.notes, *([] if self.analysts else [_NO_ANALYST])]

    def all(self) -> Iterator[Reference]:
        """The run, its findings, figures and tables, the collection, and its documents unless they are too many."""
        yield self.itself()
        yield from map(self.finding, self.folder.findings)
        yield from map(self.reference, [*self.files("figures"), *self.files("tables")])
        yield self.collection()
        yield from self.documents() if len(self.listed) <= SINGLY else ()

    def documents(self) -> list[Reference]:
        """The documents, one by one."""
        return [self._document(entry) for entry in self.listed]

    def collection(self) -> Reference:
        """The collection, by those who compiled it."""
        it = self.citation
        return Reference(
            key=self._key_of(COLLECTION),
            kind="collection",
            title=self._collection,
            description="Data set",
            authors=it.authors,
            date=it.date,
            version=it.version,
            doi=it.doi,
            url=it.url,
        )

    def itself(self) -> Reference:
        """The run as a whole."""
        findings, documents = len(self.folder.findings), len(self.listed)
        return Reference(
            key=citation_key(self._name),
            kind="run",
            title=self._title,
            description=f"Run {self._version}, {_COMPUTED}",
            authors=self.analysts,
            short_title=self._title,
            claim=f"{self._title}: {plural(findings, 'finding')} on {plural(documents, 'document')}",
        )

    def meant(self, name: str) -> str:
        """The address that a citation key refers to (see ``citation_key``); any other name unchanged.

        Raises ``UsageError`` for a key of another run.
        """
        if not (key := name.strip("[@]")).startswith(f"{citation_key()}."):  # [@key], as pasted from Markdown
            return name
        its = [COLLECTION, *(finding.key for finding in self.folder.findings)]
        its += [*self.files("figures"), *self.files("tables")]
        its += [f"documents/{entry['id']}" for entry in self.listed]
        for address in its:
            if self._key_of(address) == key:
                return address
        files = [path for path in self.folder.files() if path.startswith(("tables/", "evidence/"))]
        refuse_changed_files(self.folder, files)
        rows = (row for table in self.folder.names("tables") for row in addresses.rows_of(self.folder, table))
        passages = (row for finding in self.folder.findings for row in addresses.evidence_rows(finding))
        for row in chain(rows, passages):
            if self._key_of_row(row) == key:
                return row.address
        raise UsageError(
            f"The run {self.folder.path.name} has no citation key {key!r}: the keys of this run begin "
            f"with {self.itself().key}."
        )

    def address(self, name: str) -> str:
        """The address of a name: a finding's key, ``figures/…``, ``tables/…``, ``documents/…`` or ``collection``."""
        keys = [finding.key for finding in self.folder.findings]
        files = [*self.files("figures"), *self.files("tables")]
        known = [*keys, *files, COLLECTION, *(f"documents/{entry['id']}" for entry in self.listed)]
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
        """The reference at an address."""
        part, _, name = address.partition("/")
        match part:
            case "figures":
                return self.figure(address, self.folder.figure_said(name)[0], self._sha256(address))
            case "tables":
                return self.table(address, self.folder.caption(name), self._sha256(address))
            case "collection":
                return self.collection()
            case "documents":
                return self._document(next(it for it in self.listed if it["id"] == name))
        return self.finding(self.folder.finding(address))

    def row(self, row: addresses.Row) -> Reference:
        """A row of a table of the run, or a passage of one of its findings."""
        where = f", in {row.cells['doc_id']}" if row.has_place else ""
        return Reference(
            key=self._key_of_row(row),
            kind="table",
            title=f"{row.label}{where}",
            description=f"Row {row.address}, version {row.version}",
            **self._made(),
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
            note="The outlet, and that this is a news article, are inferred from the text" if inferred else "",
        )

    @property
    def _edition(self) -> str:
        return f"run {self._version}, {_COMPUTED}"

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
"""Lower-case words that may begin a family name."""
_SUFFIXES = {"Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV"}


class Citation(NamedTuple):
    """``[citation]`` of ``corpus.toml``, checked, with a note on each part that is missing or was refused."""

    authors: tuple[Author, ...]
    title: str
    date: str | None
    doi: str
    url: str
    version: str
    notes: list[str]

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Citation:
        """Read and check the values, all of them text."""
        names = ("author", "title", "date", "doi", "url", "version")
        parts = {name: plain(given.get(name, "")) for name in names}
        notes = []
        missing = [f"no {name}" for name in ("author", "title", "date") if not parts[name]]
        if missing:
            notes.append(
                f"corpus.toml has {', '.join(missing)} under [citation]. Add what is missing and run it again."
            )
        checked: Mapping[str, Callable[[str], object]] = {"date": _date, "doi": _DOI.fullmatch, "url": _URL.fullmatch}
        parts["doi"] = _DOI_PREFIX.sub("", parts["doi"])
        for name, is_one in checked.items():
            if (value := parts[name]) and not is_one(value):
                notes.append(f"The {name} {value!r} in [citation] is left out: it must look like {_FORMS[name]}.")
                parts[name] = ""
        return cls(
            authors=tuple(_authors(parts["author"])),
            title=parts["title"],
            date=parts["date"] or None,
            doi=parts["doi"],
            url=parts["url"],
            version=parts["version"],
            notes=notes,
        )


_FORMS = {"date": "2023, 2023-09 or 2023-09-29", "doi": "10.1234/abc", "url": "https://example.org/collection"}


_NO_ANALYST = (
    "corpus.toml names no author under [report], so findings are cited by their titles. "
    'Add the analyst, such as author = "Doe, Jane", and run it again.'
)


def _authors(text: str) -> Iterator[Author]:
    """The authors in ``Doe, Jane; Roe, Richard, Jr.``; a name of any other form is an institution.

    >>> [it.given for it in _authors("van der Berg, Ada; Roe, Richard, Jr.; Office for Trade, Industry")]
    ['Ada', 'Richard', '']
    """
    for name in filter(None, map(str.strip, text.split(";"))):
        family, given, suffix, *more = [*(part.strip() for part in name.split(",")), "", ""]
        is_person = family and given and (not suffix or suffix in _SUFFIXES) and not any(more)
        yield Author(family, given, suffix) if is_person and _is_name(family) and _is_name(given) else Author(name)


def _is_name(text: str) -> bool:
    words = text.split()
    return len(words) <= 4 and all(word in _PARTICLES or not word[0].islower() for word in words)


def _date(written_date: str | None) -> str | None:
    """A date as far as it is known, if the calendar has it.

    >>> _date("2031-02"), _date("2031-02-30")
    ('2031-02', None)
    """
    if not written_date or not _DATE.fullmatch(written_date):
        return None
    year, month, day = map(int, [*written_date.split("-"), "1", "1"][:3])
    return written_date if year and day <= monthrange(year, month)[1] else None


# --- the findings as Markdown ---

_ONE_NAME = (
    "Another run of the same name has the same keys. If a text cites both, Pandoc silently uses the entry of the last "
    "bibliography; run one of them again with another --name.\n"
)


def _markdown(run: _Run) -> Iterator[str]:
    """Lines to paste into a report: each finding with its citation in Pandoc's syntax."""
    yield "# Findings"
    notebook = None
    for finding in run.folder.findings:
        if finding.notebook != notebook:
            notebook = finding.notebook
            yield f"\n## {heading(notebook)}\n"
        said = escape_markdown(plain(finding.statement).removesuffix("."))
        cited = f"[@{run.finding(finding).key}]."
        yield f"- {said} {cited}"
        if finding.corrected is not None and finding.corrected.value is not None:
            yield f"  {escape_markdown(plain(finding.corrected.sentence).removesuffix('.'))} {cited}"
    yield from not_corrected(run.folder.findings)
    yield "\nA number with an interval generalises beyond these documents; any other describes only these.\n"
    yield "## How to cite\n"
    yield f"- {written([run.itself()], 'markdown').rstrip()}"
    yield "\nThe keys in brackets are those of findings.bib and findings.csl.json."
    yield _ONE_NAME
    yield "## Documents\n"
    yield f"- {written([run.collection()], 'markdown').rstrip()}"
    count = len(run.listed)
    if count > SINGLY:
        yield f"\n{plural(count, 'document')}; manifest.json lists each with its sha256."
        return
    yield from (f"- {line}" for line in written(run.documents(), "markdown").splitlines())


_FILES: Mapping[str, Callable[[_Run], Iterable[str]]] = {
    "findings.bib": lambda run: written(run.all(), "bibtex").removesuffix("\n").split("\n"),
    "findings.csl.json": lambda run: written(run.all(), "csl-json").removesuffix("\n").split("\n"),
    "findings.tex": _macros,
    "findings.md": _markdown,
}
