"""The passages as examples to learn from, each with some of the document around it, of which nothing is known."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from research.nlp.statements.labels import ROLES
from training.attributions.data import Attribution, Entity, Example
from training.attributions.gold.draw import Passage, read_passages
from training.attributions.gold.marks import Texts, rows

SETTLED = Path(__file__).with_name("attributions.jsonl")
"""What is marked, after the differences between two readings were settled."""
AROUND = 500
"""Characters of the document on either side of a passage that an example shows as well."""
CHOSEN = 5
"""Of the documents to learn from, every fifth is held out, to choose by."""


def settled(file: Path = SETTLED) -> dict[str, dict[str, Any]]:
    """Return what is marked in each passage, in offsets into its document, from a file that ``marks resolve`` wrote."""
    return {str(row["id"]): row for _, row in rows(file) if row is not None}


def parts(passages: Sequence[Passage]) -> dict[str, str]:
    """Return the part that each passage belongs to: learn, choose (whole documents held out of it) or measure."""
    learned = sorted({(it.corpus, it.document) for it in passages if it.part == "learn"})
    held = set(learned[CHOSEN // 2 :: CHOSEN])
    return {it.id: "choose" if (it.corpus, it.document) in held else it.part for it in passages}


def examples(
    marked: Mapping[str, Mapping[str, Any]], texts: Texts, wanted: Collection[str], around: int = AROUND
) -> Iterator[Example]:
    """Yield the marked passages of the parts ``wanted``, in the order of their ids."""
    passages = read_passages()
    part = parts(list(passages.values()))
    for name in sorted(marked):
        if part[name] in wanted:
            yield example(passages[name], marked[name], texts.document(name), around)


def example(passage: Passage, row: Mapping[str, Any], text: str, around: int = AROUND) -> Example:
    """Return one passage with ``around`` characters of its document's text on either side, cut at white space."""
    start = _at_space(text, max(0, passage.start - around)) if around else passage.start
    end = _at_space(text, min(len(text), passage.end + around)) if around else passage.end
    attributions = [
        Attribution(**{role: [(first - start, last - start) for first, last in it[role]] for role in ROLES})
        for it in row["attributions"]
    ]
    names = [Entity(it["start"] - start, it["end"] - start, (it["type"],)) for it in row["names"]]
    known = (passage.start - start, passage.end - start)
    return Example(passage.id, text[start:end], attributions, names, known=known)


def _at_space(text: str, at: int) -> int:
    while 0 < at < len(text) and not text[at - 1].isspace():
        at += 1
    return at
