r"""Citations: a run, its findings, figures and tables, and the documents that they rest on.

In a run folder lie ``findings.bib``, ``findings.csl.json``, ``findings.tex`` (``\finding{key}`` and
``\findingcite{key}``) and ``findings.md``; ``research cite`` gives each of them in every style. Who made the
collection, when, and where it can be found come from the ``[citation]`` of its ``corpus.toml``, which the manifest
keeps. Nothing here depends on the manifest's digest, which depends on these files: a run is told from another by
the versions of its findings, a figure or a table by the sha256 of its data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, NamedTuple

from research.analysis.findings import Finding, plural, quoted, slug
from research.errors import UsageError
from research.loading import Corpus
from research.outputs.folder import RunFolder
from research.outputs.manifest import refuse_changed_files
from research.outputs.sources import SINGLY, source_block
from research.outputs.styles import (
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
from research.outputs.writing import sha256_of, write_lines, write_text

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
    that has it. Raises ``UsageError`` for an unknown name, with the nearest, and ``RunError`` where a file that is
    cited was changed.
    """
    if style not in STYLES:
        raise UsageError(f"There is no style {style!r}. There are: {', '.join(STYLES)}.")
    refuse_changed_files(folder, {"manifest.json", "findings.json"})
    run = _Run(folder, folder.manifest()["source"])
    addresses = [run.address(key) for key in keys]
    refuse_changed_files(folder, {f"{it}{suffix}" for it in addresses for suffix in (".csv", ".txt")})
    references = [run.reference(it) for it in addresses] if keys else [run.itself()]
    return Cited(written(references, style), run.notes())


def write_citations(folder: RunFolder, corpus: Corpus) -> None:
    """Write the findings of a run for citing: as BibTeX, CSL-JSON, LaTeX macros and Markdown."""
    run = _Run(folder, source_block(corpus))
    references = list(run.all())
    write_text(folder.path / "findings.bib", written(references, "bibtex"))
    write_text(folder.path / "findings.csl.json", written(references, "csl-json"))
    values = [(finding.key, run.finding(finding).key, finding.display) for finding in folder.findings]
    write_lines(folder.path / "findings.tex", latex_macros(values))
    write_lines(folder.path / "findings.md", _markdown(run))


class References:
    """What a run can be cited by: a finding's key, ``figures/NAME``, ``tables/NAME``, and "" for the run itself."""

    def __init__(self, folder: RunFolder) -> None:
        self._run = _Run(folder, folder.manifest()["source"])
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


class _Run:
    """A run folder with what is known of its source, which together give every reference."""

    def __init__(self, folder: RunFolder, source: Mapping[str, Any]) -> None:
        self.folder = folder
        self.source = source
        self.citation = Citation.read(source.get("citation", {}))
        self._name = slug(source["name"])
        self._version = folder.version[:16]
        self._title = f"Findings on {quoted(self.citation.title or source['name'])}"

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

    def finding(self, finding: Finding) -> Reference:
        """A finding of the run."""
        return Reference(
            key=citation_key(self._name, finding.key),
            kind="finding",
            title=finding.statement.removesuffix("."),
            description=f"Finding {finding.key}, version {finding.version}",
            container=self._container,
            claim=finding.statement,
            **self._published(),
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
        near = meant or [by_name[it] for it in get_close_matches(name, by_name, n=1, cutoff=0)]
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        raise UsageError(f"The run {self.folder.path.name} has no finding, figure, table or document {name!r}.{hint}")

    def reference(self, address: str) -> Reference:
        """What lies at an address."""
        part, _, name = address.partition("/")
        match part:
            case "figures":
                caption = (self.folder.path / f"{address}.txt").read_text(encoding="utf-8").partition("\n")[0]
                return self._data(address, "figure", _CLAUSE_END.split(caption, maxsplit=1)[0])
            case "tables":
                return self._data(address, "table", f"Table of {name.partition('.')[2].replace('_', ' ')}")
            case "documents":
                return self._document(next(it for it in self.source["documents"] if it["id"] == name))
        return self.finding(self.folder.finding(address))

    def _data(self, address: str, kind: Any, title: str) -> Reference:
        name = address.partition("/")[2]
        version = sha256_of(self.folder.path / f"{address}.csv")[:16]
        return Reference(
            key=citation_key(self._name, *address.split("/")),
            kind=kind,
            title=title,
            description=f"{kind.capitalize()} {name}, version {version}",
            container=self._container,
            **self._published(),
        )

    def _document(self, entry: Mapping[str, Any]) -> Reference:
        outlet, inferred = entry.get("outlet"), entry.get("inferred", False)
        return Reference(
            key=citation_key(self._name, "documents", entry["id"]),
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

    def _published(self) -> dict[str, Any]:
        it = self.citation
        return {"authors": it.authors, "date": it.date, "doi": it.doi, "url": it.url}

    def files(self, part: str) -> list[str]:
        """The addresses of all figures or tables."""
        paths = (self.folder.path / part).glob("*.csv")
        return sorted(f"{part}/{path.name.removesuffix('.csv')}" for path in paths)


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


def _markdown(run: _Run) -> Iterator[str]:
    yield "# Findings"
    notebook = None
    for finding in run.folder.findings:
        if finding.notebook != notebook:
            notebook = finding.notebook
            yield f"\n## {notebook.capitalize()}\n"
        yield f"- {escape_markdown(finding.statement)} `{finding.key}` ({finding.status})"
    yield "\n## How to cite\n"
    yield f"- {written([run.itself()], 'markdown').rstrip()}"
    for finding in run.folder.findings[:1]:
        key = f"the key of `{finding.key}` is `{run.finding(finding).key}`"
        yield f"\nIn findings.bib and findings.csl.json {key}, and `+` stands for `_`."
    yield "\n## Sources\n"
    count = len(run.source["documents"])
    if count > SINGLY:
        yield f"{plural(count, 'document')}, each of which manifest.json lists with its sha256."
        return
    yield from (f"- {line}" for line in written(run.documents(), "markdown").splitlines())
