"""The texts of the documents on pages: each once, in the order of the corpus, with its passages marked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from markupsafe import Markup

from research.analysis.evidence import Passage
from research.loading import Document
from research.loading.corpus import Progress
from research.nlp.cache import Cache
from research.outputs.folder.kept import KeptParts
from research.outputs.pages import passages
from research.outputs.pages.html import fill
from research.outputs.pages.passages import Listings
from research.outputs.pages.texts import Mark, Paragraph, paragraphs

_FULL = 400_000
"""Bytes of paragraphs after which a document continues in another part, possibly on the next page."""


@dataclass(frozen=True)
class Shelf:
    """How texts are placed: ``put`` places a piece and returns its page, ``link`` returns the address of a finding.

    Unless ``full``, only the paragraphs with listed passages are shown. ``level`` is that of a document's heading.
    ``known`` is the manifest's entry for each document, in the order of the corpus; ``originals`` maps a
    copy to its original, and ``counted`` says whether copies are counted.
    """

    put: Callable[[Markup], str]
    link: Callable[[int], str]
    level: int
    full: bool
    known: Sequence[Mapping[str, Any]]
    originals: Mapping[str, str]
    counted: bool

    def place_all(
        self,
        evidence: Iterable[tuple[Document, list[tuple[str, Passage]]]],
        total: int,
        numbers: Mapping[str, int],
        its: Listings,
        progress: Progress | None = None,
    ) -> dict[str, str]:
        """Place every text, note in ``its`` where its passages are, and return the address of each document.

        ``evidence`` gives all ``total`` documents with their passages and is read once, one document at a time.
        """
        addresses = {}
        with Cache() as cache:
            kept = KeptParts(cache, "pages", ["jinja2", "markupsafe"])
            for number, (document, found) in enumerate(evidence, start=1):
                wanted = found if self.full else [(key, row) for key, row in found if its[key, row.role].wanted]
                if (wanted or self.full) and (
                    address := self._place(number, document, wanted, numbers, its, kept=kept)
                ):
                    addresses[document.id] = address
                if progress is not None:
                    progress(number, total)
        return addresses

    def _place(
        self,
        number: int,
        document: Document,
        evidence: Sequence[tuple[str, Passage]],
        numbers: Mapping[str, int],
        its: Listings,
        *,
        kept: KeptParts,
    ) -> str:
        marks = passages.marks(evidence, numbers, its)
        links = [self.link(it) for it in sorted({it for mark in marks for it in (*mark.counted, *mark.base)})]
        about = {"entry": self.known[number - 1], "repeats": self.originals.get(document.id), "counted": self.counted}
        rests_on = [number, self.level, self.full, about, marks, links]
        by_span: dict[tuple[int, int], str] = {}
        first = ""
        for piece, begins in kept.of(document, rests_on, partial(self._shown, number, document, marks, about)):
            page = self.put(Markup(piece))  # noqa: S704 - a template has escaped it
            first = first or f"{page}#d{number}"
            by_span |= {(start, end): f"{page}#{name_of(number, start, end)}" for start, end in begins}
        for key, row in evidence:
            listing = its[key, row.role]
            if listing.wanted:
                address = by_span.get((row.start, row.end), first)
                listing.places.append(passages.place(document, row.start, row.end, address))
        return first

    def _shown(
        self, number: int, document: Document, marks: Sequence[Mark], about: Mapping[str, Any]
    ) -> Iterator[tuple[str, list[tuple[int, int]]]]:
        """The document in parts that fit on a page, each with the passages that begin in it."""

        def name(mark: Mark) -> str:
            return name_of(number, mark.start, mark.end)

        shown = paragraphs(document.text, document.body, marks, name, self.link)
        for part, pieces in enumerate(_parts(shown, full=self.full), start=1):
            its_name = f"d{number}" if part == 1 else f"d{number}-{part}"
            html = fill(
                "document.html", name=its_name, part=part, level=self.level, pieces=pieces, document=document, **about
            )
            yield str(html), [(mark.start, mark.end) for it in pieces if it for mark in it.begins]


def name_of(document: int, start: int, end: int) -> str:
    """The id of a mark on its page."""
    return f"d{document}.{start}-{end}"


def _parts(shown: Iterable[Paragraph], *, full: bool) -> Iterator[list[Paragraph | None]]:
    """The paragraphs of a text in parts that fit on a page; None marks an omission."""
    part: list[Paragraph | None] = []
    size = 0
    for paragraph in shown:
        if not full and not paragraph.marked:
            if not part or part[-1] is not None:
                part.append(None)
            continue
        if part and size > _FULL:
            yield part
            part, size = [], 0
        part.append(paragraph)
        size += len(paragraph.html.encode())
    yield part
