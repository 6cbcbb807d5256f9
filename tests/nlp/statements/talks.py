"""Talks written for the tests of turns, and what is read from them."""

from research.loading import Document, Origin, Span
from research.nlp.statements.said import Turn
from research.nlp.statements.turns import turns


def document(text: str, title: str | None = None, speaker: str | None = None, **metadata: str) -> Document:
    fields = {name.replace("_", "-"): value for name, value in metadata.items()}
    origin = Origin("a.txt", "0" * 64, "utf-8")
    return Document("a", text, Span(0, len(text)), origin, title=title, speaker=speaker, metadata=fields)


def said(text: str, turn: Turn) -> str:
    return " / ".join(" ".join(text[slice(*part)].split()) for part in turn.words)


def floor(text: str, title: str | None = None, **metadata: str) -> list[tuple[str | None, str]]:
    """Who speaks, and the words; a role in small letters where nobody is named."""
    return [(turn.speaker or turn.role, said(text, turn)) for turn in turns(document(text, title, **metadata))]


def speakers(text: str, title: str | None = None, **metadata: str) -> list[str]:
    return [turn.speaker or turn.role for turn in turns(document(text, title, **metadata))]


TALK = ("Is the bill dead?", "It is alive. We will get it done.", "Will the docks be sold?", "Not one will be sold.")


def talk(*labels: str) -> str:
    """A talk of four turns; a label with its sign goes before the words."""
    return "\n\n".join(f"{label}{words}" for label, words in zip(labels * 2, TALK, strict=True))
