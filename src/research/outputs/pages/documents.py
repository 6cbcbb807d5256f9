"""The texts of the documents on pages: each once, in the order of the corpus, with its passages marked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from research.analysis.evidence import Passage
from research.loading import Document
from research.loading.corpus import Progress
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
        for number, (document, found) in enumerate(evidence, start=1):
            wanted = found if self.full else [(key, row) for key, row in found if its[key, row.role].wanted]
            if (wanted or self.full) and (address := self._place(number, document, wanted, numbers, its)):
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
    ) -> str:
        marks = passages.marks(evidence, numbers, its)
        pages: dict[Mark, str] = {}
        first = ""
        shown = paragraphs(document.text, document.body, marks, lambda it: name_of(number, it), self.link)
        for part, its_paragraphs in enumerate(_parts(shown, full=self.full), start=1):
            name = f"d{number}" if part == 1 else f"d{number}-{part}"
            about = {"document": document, "entry": self.known[number - 1], "repeats": self.originals.get(document.id)}
            about["counted"] = self.counted
            page = self.put(
                fill("document.html", name=name, part=part, level=self.level, pieces=its_paragraphs, **about)
            )
            first = first or f"{page}#{name}"
            pages |= {mark: page for paragraph in its_paragraphs if paragraph for mark in paragraph.begins}
        by_span = {(mark.start, mark.end): f"{page}#{name_of(number, mark)}" for mark, page in pages.items()}
        for key, row in evidence:
            listing = its[key, row.role]
            if listing.wanted:
                address = by_span.get((row.start, row.end), first)
                listing.places.append(passages.place(document, row.start, row.end, address))
        return first


def name_of(document: int, mark: Mark) -> str:
    """The id of a mark on its page."""
    return f"d{document}.{mark.start}-{mark.end}"


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
