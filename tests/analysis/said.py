"""Invented documents with who says what in them given by hand, not by a model."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType, SimpleNamespace
from typing import Any, NamedTuple, cast

import pandas as pd

from research import Annotations, Finding
from research.analysis import statements
from research.loading import Corpus, Document, Origin, Span, Speakers
from research.loading.judgements import Judgements
from research.nlp.annotate import annotate_document
from research.nlp.annotated import AnnotatedDocument
from research.nlp.records import Attribution


class Said(NamedTuple):
    """An attribution by the words of its parts, each of which occurs once in its text."""

    content: list[str]
    source: str | None = None
    cue: str | None = None
    kind: str = "indirect"
    speaker: str | None = None
    office: str | None = None


class Told(Annotations):
    """Documents with the attributions that a test gives them, so that no model has a say."""

    def __init__(
        self,
        stories: dict[str, tuple[str, list[Said]]],
        *,
        complete: bool = False,
        kinds: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.corpus = cast(Corpus, SimpleNamespace(complete=complete, speakers=Speakers(), judgements=Judgements()))
        self._documents = [
            annotated_by_hand(name, text, said, kinds.get(name)) for name, (text, said) in stories.items()
        ]

    def __iter__(self) -> Iterator[AnnotatedDocument]:
        return iter(self._documents)


def annotated_by_hand(name: str, text: str, said: list[Said], kind: str | None = None) -> AnnotatedDocument:
    def place(part: str) -> Span:
        assert text.count(part) == 1, part
        return Span(text.index(part), text.index(part) + len(part))

    found = [
        Attribution(
            source=None if it.source is None else place(it.source),
            cue=None if it.cue is None else place(it.cue),
            content=tuple(map(place, it.content)),
            kind=it.kind,
            confidence=0.9,
            speaker=it.speaker,
            speaker_label=it.source,
            office=it.office,
        )
        for it in said
    ]
    origin = Origin(f"{name}.txt", "f" * 64, "utf-8")
    return with_attributions(Document(name, text, Span(0, len(text)), origin, kind=kind), found)


def with_attributions(document: Document, found: list[Attribution]) -> AnnotatedDocument:
    by_hand: dict[str, list[Any]] = {"attributions": [it.record() for it in found], "mentions": [], "language": ["en"]}
    by_hand |= {"kind": [document.kind or "news"], "whose": []}
    return AnnotatedDocument(document, annotate_document(document, ["counts", "sentences", "text"]) | by_hand)


LEE, RAY = "Ann Lee", "Bo Ray"


FIRST = (
    "“We will stay,” the mayor, Ann Lee, said, “and we will win.” Bo Ray claimed the vote was stolen. "
    "He feared a riot. Prices rose, it was reported."
)


STORIES = {
    "a": (
        FIRST,
        [
            Said(["We will stay", "and we will win"], "the mayor, Ann Lee", "said", "direct", LEE, "mayor"),
            Said(["the vote was stolen"], "Bo Ray", "claimed", speaker=RAY),
            Said(["a riot"], "He", "feared"),
            Said(["Prices rose"], cue="reported"),
        ],
    ),
    "b": (
        "ANN LEE told reporters that it was “over”. The spokesman declined to comment.",
        [
            Said(["that it was “over”"], "ANN LEE", "told reporters", "mixed", "ANN LEE", "mayor"),
            Said(["to comment"], "The spokesman", "declined"),
        ],
    ),
    "c": ("Nobody said a word. The hall was empty.", []),
    "d": (
        "Mr. Lee noted progress. Ann Lee, the candidate: “Good.” the spokesman waltzed around it.",
        [
            Said(["progress"], "Mr. Lee", "noted", speaker="Lee"),
            Said(["Good"], "Ann Lee, the candidate", ":", "direct", LEE, "candidate"),
            Said(["it."], "the spokesman", "waltzed around"),
        ],
    ),
}


"""Nine attributions with 24 words of content; three of the four documents have one."""


def records(table: pd.DataFrame) -> list[list[object]]:
    return table.astype(object).where(table.notna(), None).values.tolist()


def summary_of(annotations: Annotations, **parameters: object) -> dict[str, Finding]:
    return {it.key: it for it in statements.findings(annotations, **parameters)}


def many(n: int, *others: tuple[str, list[Said]]) -> Annotations:
    """``n`` documents in which a speaker of each one's own says two words and Ann Lee one, and others."""
    own = [
        (
            f"Speaker {number} said: yes indeed. Ann Lee, however, denied it.",
            [
                Said(["yes indeed"], f"Speaker {number}", "said", speaker=f"Speaker {number}"),
                Said(["it"], "Ann Lee", "denied", "direct", LEE),
            ],
        )
        for number in range(n)
    ]
    return Told({f"{number:05}": story for number, story in enumerate([*own, *others])})
