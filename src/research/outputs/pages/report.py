"""``report.html``: the findings of a run for any reader, one click away from their passages and back.

It is one file if the texts fit. Otherwise they are on further pages in ``report/``, and for very large collections only
the paragraphs around the listed passages are. Everything can be read without scripts.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from markupsafe import Markup

from research.analysis import notebooks
from research.analysis.declaring import DOCUMENT
from research.analysis.findings import MEASURES, STATUSES, Finding
from research.analysis.judging.corrected import changed, remaining
from research.loading import Corpus
from research.loading.corpus import Progress
from research.nlp.accuracy import Accuracy
from research.outputs.citing.anchors import checked_evidence
from research.outputs.citing.citations import COLLECTION, References
from research.outputs.citing.styles import Reference, written
from research.outputs.folder.collection import SINGLY
from research.outputs.folder.run_folder import ANCHORS, REPORT, WORKBOOK, RunFolder, notebooks_folder
from research.outputs.folder.writing import read_rows, write_text
from research.outputs.pages.documents import Shelf
from research.outputs.pages.html import LARGEST_PAGE, Pages, fill, part, relative, remove_other_pages
from research.outputs.pages.passages import LISTED_AT_ONCE, MOST_OF_ALL, Listing, Listings, listings
from research.outputs.showing import cells
from research.outputs.showing.cells import Column

IN_ONE_FILE = 400_000
"""The most characters of text in a report of one file, if the passages are few enough."""
_PASSAGES_IN_ONE_FILE = 3_000
IN_FULL = 100_000_000
"""The most characters of text that further pages give in full; beyond, they give the paragraphs of passages."""
_MOST_IN_PARAGRAPHS = 6_000
"""The most passages that are listed in that case, for all findings together."""

ON_THE_FRONT = 60
"""Findings in the report itself; the others follow on pages of as many."""
_ROWS, _ROWS_OF_A_FIGURE, _REJECTED = 20, 8, 50
_LARGEST_DRAWING = 120_000
"""The most bytes of a figure that is embedded as SVG; a larger one is embedded as PNG, whose size is bounded."""


def write_report(folder: RunFolder, corpus: Corpus, said: Mapping[str, Any], progress: Progress | None = None) -> None:
    """Write the report of a run folder that has all other files except the manifest.

    ``said`` is what the manifest says about the run (see ``manifest.about``). ``progress`` is called with the number of
    texts that are placed and their total.
    """
    report = _Report(folder, corpus, said, progress)
    paths = report.write_in_one_file() or report.write_on_pages()
    remove_other_pages(folder.path, paths)


class FindingView(NamedTuple):
    """A finding as it is shown: its number, its reference, and the passages that it lists."""

    number: int
    finding: Finding
    reference: Reference
    counted: Listing | None
    base: Listing | None

    @property
    def about_corpus(self) -> bool:
        """Whether it describes the material; such findings take little room."""
        return notebooks.is_about_corpus(self.finding.notebook)

    @property
    def apa(self) -> str:
        """The citation as a reference list entry."""
        return written([self.reference], "apa").rstrip()

    @property
    def bibtex(self) -> str:
        """The citation for BibTeX."""
        return written([self.reference], "bibtex").rstrip()


class FigureView(NamedTuple):
    """A figure as it is shown."""

    name: str
    caption: str
    alt: str
    picture: str
    data: TableView
    reference: str


class TableView(NamedTuple):
    """The first rows of a table, in the columns that are shown."""

    name: str
    title: str
    columns: list[Column]
    total: int
    path: str
    reference: str

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """The rows that are shown, as cells."""
        return list(zip(*(column.cells for column in self.columns), strict=True))


class MaterialView(NamedTuple):
    """What of the material is left out or repeated: a heading, a sentence, and the rows of a table if it has any."""

    heading: str
    said: str
    caption: str
    table: TableView | None


class Measured(NamedTuple):
    """A measured accuracy, and the numbers of the findings that rest on it."""

    figure: Accuracy
    findings: list[int]


class _Report:
    """The report of one run, in one file or on pages."""

    def __init__(self, folder: RunFolder, corpus: Corpus, said: Mapping[str, Any], progress: Progress | None) -> None:
        self.folder, self.corpus, self.progress = folder, corpus, progress
        self.manifest = said
        self.findings = folder.findings
        self.numbers = {finding.key: number for number, finding in enumerate(self.findings, start=1)}
        self.documents: Sequence[Mapping[str, Any]] = self.manifest["source"]["documents"]
        self.characters = int(corpus.documents["characters"].sum())
        self.references = References(folder, said)

    # --- the two forms ---

    def write_in_one_file(self) -> list[str] | None:
        """Write everything into one file and return its path; None if it is too much."""
        if self.characters > IN_ONE_FILE or len(self.documents) > SINGLY or len(self.findings) > ON_THE_FRONT:
            return None
        its = listings(self.findings, self.folder.passages(), MOST_OF_ALL)
        if sum(it.count for it in its.values()) > _PASSAGES_IN_ONE_FILE:
            return None
        texts: list[Markup] = []

        def put(piece: Markup) -> str:
            texts.append(piece)
            return REPORT

        shelf = self._shelf(put, page=REPORT, level=3, full=True)
        addresses = self._place_all(shelf, its)
        html = self._front(its, addresses, texts=texts, scale="one file")
        if len(html.encode()) > LARGEST_PAGE:
            return None
        write_text(self.folder.path / REPORT, html)
        return [REPORT]

    def write_on_pages(self) -> list[str]:
        """Write the report with texts, passages and documents on further pages; return the paths of all."""
        full = self.characters <= IN_FULL
        most = MOST_OF_ALL if full else _MOST_IN_PARAGRAPHS
        its = listings(self.findings, self.folder.passages(), most)
        texts = Pages(self.folder.path, "texts", "Texts" if full else "Passages in their paragraphs")
        shelf = self._shelf(texts.place, page="report/", level=2, full=full)
        addresses = self._place_all(shelf, its)
        text_pages = texts.close()
        paths = [REPORT, *text_pages, *self._passage_pages(its)]
        document_pages = self._document_pages(addresses)
        finding_pages = self._finding_pages(its)
        pages = {"text_pages": text_pages, "document_pages": document_pages, "finding_pages": finding_pages}
        write_text(
            self.folder.path / REPORT,
            self._front(its, addresses, texts=[], scale="full" if full else "paragraphs", **pages),
        )
        return [*paths, *document_pages, *finding_pages]

    def _shelf(self, put: Any, *, page: str, level: int, full: bool) -> Shelf:
        def link(number: int) -> str:
            return self._address_of(number, page)

        return Shelf(put, link, level, full, self.documents, self._originals, self._copies_counted)

    def _place_all(self, shelf: Shelf, its: Listings) -> dict[str, str]:
        evidence = checked_evidence(self.folder, self.corpus)
        return shelf.place_all(evidence, len(self.corpus), self.numbers, its, self.progress)

    def _page_of(self, number: int) -> str:
        """The page of a finding."""
        further = (number - 1) // ON_THE_FRONT
        return f"report/findings-{further:03d}.html" if further else REPORT

    def _address_of(self, number: int, page: str) -> str:
        """The address of a finding, from a page."""
        return relative(f"{self._page_of(number)}#{self.findings[number - 1].key}", page)

    # --- the pages beside the report ---

    def _passage_pages(self, its: Mapping[Any, Listing]) -> Iterator[str]:
        for listing in its.values():
            if listing.same_as is not None or listing.count <= LISTED_AT_ONCE:
                continue
            number = self.numbers[listing.key]
            kind = "counted by" if listing.role == "counted" else "in the base of"
            name = f"passages-{number if listing.role == 'counted' else len(self.numbers) + number}"
            finding, back = self.findings[number - 1], self._address_of(number, "report/")
            head = fill("passages_head.html", listing=listing, finding=finding, back=back)
            pages = Pages(self.folder.path, name, f"Passages {kind} finding {number}", listed=True, head=head)
            for place in listing.places:
                pages.place(part("passage", place, "report/"))
            listing.pages = pages.close()
            yield from listing.pages

    def _document_pages(self, addresses: Mapping[str, str]) -> list[str]:
        if len(self.documents) <= SINGLY:
            return []
        pages = Pages(self.folder.path, "documents", "Documents", listed=True)
        for entry in self.documents:
            pages.place(part("source", entry, addresses.get(entry["id"]), "report/"))
        return pages.close()

    def _finding_pages(self, its: Mapping[Any, Listing]) -> list[str]:
        views = self._views(its)
        starts = range(ON_THE_FRONT, len(views), ON_THE_FRONT)
        paths = [self._page_of(start + 1) for start in starts]
        for start, path in zip(starts, paths, strict=True):
            names = [Path(it).name for it in ["", *paths, ""]]
            number = start // ON_THE_FRONT
            html = fill(
                "findings.html",
                title="Further findings",
                number=number,
                before=names[number - 1],
                after=names[number + 1],
                page=path,
                listed=LISTED_AT_ONCE,
                address_of=self._address_of,
                groups=_by_notebook(views[start : start + ON_THE_FRONT]),
            )
            write_text(self.folder.path / path, html)
        return paths

    # --- the report itself ---

    def _front(self, its: Mapping[Any, Listing], addresses: Mapping[str, str], **content: Any) -> Markup:
        views = self._views(its)
        dates = sorted(entry["date"] for entry in self.documents if entry["date"])
        tables = {it.name: it for it in map(self._rows_of, self._files("tables"))}
        pages = {"text_pages": [], "document_pages": [], "finding_pages": []} | content
        return fill(
            "report.html",
            title=self.references.of("").title,
            page=REPORT,
            source=self.manifest["source"],
            run=self.folder.version[:16],
            dates=dates and [dates[0], dates[-1]],
            characters=self.characters,
            total=len(views),
            groups=_by_notebook(views[:ON_THE_FRONT]),
            brief=notebooks.in_brief(self.findings),
            numbers=self.numbers,
            listed=LISTED_AT_ONCE,
            address_of=self._address_of,
            on_the_front=ON_THE_FRONT,
            figures=list(self._figures()),
            tables=list(tables.values()),
            measured=_measured(views),
            notes_on_accuracy=_notes_on_accuracy(views),
            judged=changed(self.findings),
            not_corrected=remaining(self.findings),
            measures=_used_by(views, MEASURES, "measure"),
            statuses=_used_by(views, STATUSES, "status"),
            rejected=self.corpus.rejected[:_REJECTED],
            rejected_in_all=len(self.corpus.rejected),
            notes=self.corpus.notes,
            material=list(self._material(tables)),
            notebooks=self.manifest["notebooks"],
            failed=self.manifest["failed"],
            environment=self.manifest["environment"],
            citation=self.references,
            apa=written([self.references.of("")], "apa").rstrip(),
            collection=written([self.references.of(COLLECTION)], "apa").rstrip(),
            web_annotations=ANCHORS if (self.folder.path / ANCHORS).exists() else "",
            workbook=WORKBOOK if (self.folder.path / WORKBOOK).exists() else "",
            bibtex=written([self.references.of("")], "bibtex").rstrip(),
            documents=self.documents if len(self.documents) <= SINGLY else [],
            addresses=addresses,
            **pages,
        )

    def _views(self, its: Mapping[Any, Listing]) -> list[FindingView]:
        return [
            FindingView(
                number,
                finding,
                self.references.of(finding.key),
                its.get((finding.key, "counted")),
                its.get((finding.key, "base")),
            )
            for number, finding in enumerate(self.findings, start=1)
        ]

    @cached_property
    def _originals(self) -> Mapping[str, str]:
        """The original of each document that repeats another."""
        originals: dict[str, str] = {}
        for it in notebooks.declared_tables():
            if it.table.original and self.folder.has_table(it.full_name):
                columns, rows = read_rows(self.folder.path / "tables" / f"{it.full_name}.csv")
                of, by = columns.index(it.table.original), columns.index(DOCUMENT)
                originals |= {row[by]: row[of] for row in rows}
        return originals

    @property
    def _copies_counted(self) -> bool:
        return notebooks.counts_copies(self.manifest["notebooks"].values())

    def _material(self, tables: Mapping[str, TableView]) -> Iterator[MaterialView]:
        for it in notebooks.declared_tables():
            if (declared := it.table.material) is None:
                continue
            heading, table = declared.heading, tables.get(it.full_name)
            if table is None:
                said = f"{heading} are listed by the notebook {it.notebook.name}, which is not part of this run."
            else:
                said = declared.said(table.total, self._copies_counted)
            yield MaterialView(heading, said, declared.caption, table)

    def _figures(self) -> Iterator[FigureView]:
        for address in self._files("figures"):
            path = self.folder.path / f"{address}.csv"
            name = address.partition("/")[2]
            caption, alt = self.folder.figure_said(name)
            data = self._rows_of(address)
            yield FigureView(name, caption, alt, _picture(path), data, data.reference)

    def _files(self, part: str) -> list[str]:
        """The addresses of all ``figures`` or ``tables``, in the order of the notebooks."""
        return sorted(
            self.references.files(part),
            key=lambda address: notebooks.reading_place(address.partition("/")[2].partition(".")[0]),
        )

    def _rows_of(self, address: str) -> TableView:
        part, _, name = address.partition("/")
        path = f"{address}.csv"
        names, rows = read_rows(self.folder.path / path)
        wanted = self.folder.for_reading(name) if part == "tables" else None
        chosen = [names.index(it) for it in wanted if it in names] if wanted else range(len(names))
        most = _ROWS if part == "tables" else _ROWS_OF_A_FIGURE
        columns, total = cells.columns([names[i] for i in chosen], ([row[i] for i in chosen] for row in rows), most)
        reference = self.references.of(address)
        # A column without a value, such as the outlet of documents that name none, makes the others narrow for nothing.
        said = [column for column in columns if not column.empty] or columns
        return TableView(name, reference.title, said, total, path, reference.key)


def _by_notebook(views: Sequence[FindingView]) -> list[tuple[str, str, list[FindingView]]]:
    """The findings by notebook, each with the notebook's question, in the given order."""
    groups = groupby(views, key=lambda view: view.finding.notebook)
    return [(name, _question(name), list(its)) for name, its in groups]


def _question(notebook: str) -> str:
    """Return the question of a notebook, or its heading where it asks none of the findings."""
    if notebooks.is_about_corpus(notebook):
        return notebooks.heading(notebook)
    for path in sorted(notebooks_folder().glob(f"[0-9][0-9]_{notebook}.ipynb")):
        # Read as JSON: importing nbformat takes seconds.
        title, *_ = "".join(json.loads(path.read_text(encoding="utf-8"))["cells"][0]["source"]).splitlines()
        return title.lstrip("# ")
    return notebooks.heading(notebook)


def _measured(views: Sequence[FindingView]) -> list[Measured]:
    found: dict[Accuracy, list[int]] = {}
    for view in views:
        for figure in view.finding.accuracy:
            found.setdefault(figure, []).append(view.number)
    return [Measured(figure, numbers) for figure, numbers in found.items()]


def _notes_on_accuracy(views: Sequence[FindingView]) -> list[tuple[str, list[int]]]:
    """Return what findings say about where nothing was measured, and the numbers of these findings."""
    found: dict[str, list[int]] = {}
    for view in views:
        if view.finding.accuracy_note and not view.finding.accuracy:
            found.setdefault(view.finding.accuracy_note, []).append(view.number)
    return list(found.items())


def _used_by(views: Sequence[FindingView], meanings: Mapping[Any, str], kind: str) -> dict[str, tuple[str, list[int]]]:
    """The meaning of each ``measure`` or ``status`` in use, and the numbers of its findings."""
    return {
        name: (meaning, numbers)
        for name, meaning in meanings.items()
        if (numbers := [view.number for view in views if getattr(view.finding, kind) == name])
    }


def _picture(data: Path) -> str:
    """The figure as a data URI: SVG if it is small, otherwise PNG."""
    drawing = data.with_suffix(".svg").read_bytes()
    if len(drawing) <= _LARGEST_DRAWING:
        return f"data:image/svg+xml;base64,{base64.b64encode(drawing).decode()}"
    return f"data:image/png;base64,{base64.b64encode(data.with_suffix('.png').read_bytes()).decode()}"
