"""An annotator that only the tests have: words that begin with a vowel, with their number in the document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from research.loading import Document
from research.nlp.layers import Layer
from research.nlp.records import Record


@dataclass(frozen=True)
class Vowel(Record):
    """A word that begins with a vowel."""

    columns = ("start", "end", "text", "number")

    start: int
    end: int
    number: int

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Vowel:
        return cls(int(record["start"]), int(record["end"]), int(record["number"]))

    def record(self, text: str) -> dict[str, Any]:  # noqa: ARG002
        return {"start": self.start, "end": self.end, "number": self.number}

    def row(self, text: str) -> Sequence[Any]:
        return self.start, self.end, text[self.start : self.end], self.number

    @classmethod
    def extracted(cls, record: Mapping[str, Any]) -> Mapping[str, Any] | None:
        return record if record["number"] else None


def annotate(document: Document, needed: Mapping[str, list[Any]]) -> dict[str, list[Any]]:
    places = [(start, end) for start, end in needed["tokens"] if document.text[start].lower() in "aeiou"]
    return {"vowels": [Vowel(*place, number).record(document.text) for number, place in enumerate(places)]}


LAYER = Layer(name="vowels", tables={"vowels": Vowel}, make=annotate, needs=("text",), files=(__file__,))
