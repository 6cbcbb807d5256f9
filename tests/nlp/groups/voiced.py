"""Invented documents whose statements are given by their places, for whose words are whose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import SimpleNamespace
from typing import Any, cast

from research import Annotations
from research.loading import Corpus, Document, Origin, Span, Speakers
from research.loading.judgements import Judgements
from research.nlp.annotate import annotate_document
from research.nlp.annotated import AnnotatedDocument
from research.nlp.records import Attribution


def statement(
    text: str, content: str, speaker: str | None, kind: str = "indirect", *, confidence: float = 0.9, level: int = 0
) -> Attribution:
    """A statement by its content, whose parts are separated by " … " and occur once in the text."""
    parts = []
    for part in content.split(" … "):
        assert text.count(part) == 1, part
        parts.append(Span(text.index(part), text.index(part) + len(part)))
    return Attribution(None, None, tuple(parts), kind, confidence, level, speaker, speaker)


def document(
    name: str, text: str, statements: Sequence[Attribution] = (), owner: str | None = None, **fields: Any
) -> AnnotatedDocument:
    """A document with statements, which is the words of ``owner`` where one is named."""
    body = fields.pop("body", Span(0, len(text)))
    its = Document(name, text, body, Origin(f"{name}.txt", "0" * 64, "utf-8"), **fields)
    made: dict[str, Any] = {"attributions": [it.record() for it in statements], "mentions": []}
    made |= {"language": ["en"], "kind": [its.kind or "news"]}
    made |= {"whose": [] if owner is None else [owner, None, "document"]}
    return AnnotatedDocument(its, annotate_document(its, ["counts", "sentences", "text"]) | made)


class Collection(Annotations):
    """Documents that are given, with what ``speakers.csv`` says."""

    def __init__(self, *documents: AnnotatedDocument, speakers: Speakers | None = None, complete: bool = False) -> None:
        self.corpus = cast(
            Corpus, SimpleNamespace(complete=complete, speakers=speakers or Speakers(), judgements=Judgements())
        )
        self.with_copies, self.layers, self._progress = False, (), None
        self._documents = documents
        self.passes = 0

    def __iter__(self) -> Iterator[AnnotatedDocument]:
        self.passes += 1
        return iter(self._documents)


def texts(annotations: Annotations) -> list[str]:
    """What counts of each document, as words separated by blanks."""
    return [" ".join(it[span] for span in it.words) for it in annotations]
