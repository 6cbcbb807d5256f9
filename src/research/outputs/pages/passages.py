"""The passages that each finding lists, and their marks in the texts."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from research.analysis.evidence import Passage, Role
from research.analysis.findings import Finding
from research.loading import Document
from research.outputs.pages.html import cut
from research.outputs.pages.texts import Mark

MOST_OF_ALL = 60_000
MOST_LISTED = 2_000
"""The most passages that are listed: for all findings together, and for one finding."""

LISTED_AT_ONCE = 4
"""Passages that a finding shows unfolded. So few are repeated even if an earlier finding lists the same."""

_AROUND = 60
_EXACT = 280
"""Characters shown of the context on either side, and of the passage."""


class Place(NamedTuple):
    """A passage as a finding lists it: its words in context, and the address of its mark."""

    doc_id: str
    start: int
    end: int
    before: str
    exact: str
    after: str
    address: str


@dataclass
class Listing:
    """The passages that a finding counts, or those in its base: their number and the first of them.

    ``same_as`` is the number of an earlier finding that lists the same passages; they are not listed again.
    """

    key: str
    role: Role
    count: int = 0
    most: int = MOST_LISTED
    same_as: int | None = None
    same_role: Role | None = None
    places: list[Place] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)

    @property
    def wanted(self) -> bool:
        """Whether another passage should be listed."""
        return self.same_as is None and len(self.places) < min(self.count, self.most)


Listings = Mapping[tuple[str, Role], Listing]
"""Listings by the key of a finding and the role of its passages."""


def listings(findings: Sequence[Finding], evidence: Iterable[tuple[str, Passage]], most_of_all: int) -> Listings:
    """How many passages each finding lists, still without places; ``evidence`` is read once and not kept."""
    counts: Counter[tuple[str, Role]] = Counter()
    sums: dict[tuple[str, Role], int] = defaultdict(int)
    for key, row in evidence:
        counts[key, row.role] += 1
        # A sum of hashes identifies a set of passages whatever their order, without keeping them.
        place = f"{row.doc_id}\0{row.start}\0{row.end}".encode("utf-8", "surrogatepass")
        sums[key, row.role] += int.from_bytes(hashlib.blake2b(place, digest_size=16).digest(), "big")
    found: dict[tuple[str, Role], Listing] = {}
    first: dict[tuple[int, int], tuple[int, Role]] = {}
    most = max(1, min(MOST_LISTED, most_of_all // max(1, len(counts))))
    roles: tuple[Role, ...] = ("counted", "base")
    # Counted passages first: a base that another finding counts refers to that finding.
    for role in roles:
        for number, finding in enumerate(findings, start=1):
            if count := counts[finding.key, role]:
                same = first.setdefault((count, sums[finding.key, role]), (number, role))
                listing = Listing(finding.key, role, count, most)
                if same != (number, role) and (role == "base" or count > LISTED_AT_ONCE):
                    listing.same_as, listing.same_role = same
                found[finding.key, role] = listing
    return found


def marks(evidence: Sequence[tuple[str, Passage]], numbers: Mapping[str, int], its: Listings) -> list[Mark]:
    """The marks of a document: passages at the same position are one mark, with the numbers of their findings.

    A passage that is only in a base links back to the finding that lists the base.
    """
    counted: dict[tuple[int, int], set[int]] = defaultdict(set)
    base: dict[tuple[int, int], set[int]] = defaultdict(set)
    for key, row in evidence:
        listing = its[key, row.role]
        if row.role == "counted":
            counted[row.start, row.end].add(numbers[key])
        elif listing.same_as is None:
            base[row.start, row.end].add(numbers[key])
    return [
        Mark(start, end, tuple(sorted(counted.get((start, end), ()))), tuple(sorted(base.get((start, end), ()))))
        for start, end in sorted({*counted, *base})
    ]


def place(document: Document, start: int, end: int, address: str) -> Place:
    """A passage as it is listed, with its context cut at word boundaries."""
    text = document.text
    before = cut(text[max(0, start - _AROUND) : start], _AROUND + 1)
    after = cut(text[end : end + _AROUND], _AROUND + 1)
    if start > _AROUND and " " in before.rstrip():
        before = before.partition(" ")[2]
    if end + _AROUND < len(text) and " " in after.lstrip():
        after = after.rpartition(" ")[0]
    if end - start > _EXACT:
        return Place(document.id, start, end, before, f"{cut(text[start : start + _EXACT], _EXACT)}…", "", address)
    return Place(document.id, start, end, before, cut(text[start:end], _EXACT), after, address)
